/* Metered money day by day, for comparison with what vendors bill: see measure.h. */
#include "facts.h"

#include <tidemark/measure.h>

#include <string.h>

typedef struct Metered {
    const TmSetup *setup;
    TmLedger *ledger;
    TmWeek first;
    guint8 *covered;  /* [week][source]: days that decide between sources */
    gboolean *filled; /* [week] */
    TmMeteredVisitor visit;
    gpointer user;
    TmFacts facts;
    TmPersonWeek rows[TM_ROWS_LIMIT]; /* of one account and week */
    guint row_count;
} Metered;

/* Days by source; what a personal source covers, the rows of its account say. */
static const guint8 *covered_in(Metered *metered, TmWeek week)
{
    gsize index = (gsize)(week - metered->first);
    guint8 *covered = metered->covered + index * TM_SOURCE_LIMIT;
    for (guint source = 0; !metered->filled[index] && source < tm_source_count; source++)
        if (tm_sources[source].trait == TM_TRAIT_NONE)
            covered[source] = tm_ledger_covered(metered->ledger, source, week);
    metered->filled[index] = TRUE;
    return covered;
}

static void visit_tool(const Metered *metered, const TmToolWeek *tool)
{
    const TmPersonWeek *row = &metered->rows[0];
    for (guint32 left = tool->metered_days; left != 0; left &= left - 1) {
        int day = __builtin_ctz(left);
        metered->visit(metered->user, tool->tool, row->account, tm_week_monday(row->week) + day,
            tool->metered[day]);
    }
}

static void close_week(Metered *metered)
{
    if (metered->row_count == 0)
        return;
    tm_facts_merge(&metered->facts, metered->rows, metered->row_count,
        covered_in(metered, metered->rows[0].week),
        (guint8)~metered->setup->settings.work_days & TM_ALL_DAYS);
    for (guint i = 0; i < metered->facts.tool_count; i++)
        visit_tool(metered, &metered->facts.tools[i]);
    metered->row_count = 0;
}

static void add_row(Metered *metered, const TmPersonWeek *row)
{
    const TmPersonWeek *before = &metered->rows[0];
    if (metered->row_count > 0 && (before->account != row->account || before->week != row->week))
        close_week(metered);
    if (metered->row_count < TM_ROWS_LIMIT)
        metered->rows[metered->row_count++] = *row;
}

gboolean tm_measure_metered(const struct TmSetup *setup, struct TmLedger *ledger, TmWeek first,
    TmWeek last, TmMeteredVisitor visit, gpointer user, GError **error)
{
    TmLedgerScan *scan = first <= last ? tm_ledger_scan(ledger, first, last, error) : NULL;
    if (scan == NULL)
        return first > last;
    gsize weeks = (gsize)(last - first) + 1;
    g_autofree guint8 *covered = g_malloc0_n(weeks, TM_SOURCE_LIMIT);
    g_autofree gboolean *filled = g_new0(gboolean, weeks);
    g_autofree Metered *metered = g_new0(Metered, 1);
    metered->setup = setup;
    metered->ledger = ledger;
    metered->first = first;
    metered->covered = covered;
    metered->filled = filled;
    metered->visit = visit;
    metered->user = user;
    TmPersonWeek row;
    while (tm_ledger_scan_next(scan, &row))
        add_row(metered, &row);
    close_week(metered);
    return tm_ledger_scan_end(scan, error);
}
