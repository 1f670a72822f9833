/*
 * use_dump SETTINGS WEEK: what the people and other accounts of a company have used in a week,
 * after the sources of each tool were joined. Prints a line for each tool and measure, with the sum
 * over all accounts, and for each tool the accounts that were active and the days on which each
 * was.
 */
#include "../../src/measure/pass.h"
#include "opened.h"

#include <stdio.h>

typedef struct ToolUse {
    gint64 value[TM_MEASURE_COUNT];
    guint32 present;
    gint64 accounts, days;
} ToolUse;

static void add_tool(ToolUse *sum, const TmToolWeek *tool)
{
    gint64 days = 0;
    for (guint day = 0; day < 7; day++)
        days += tool->interactions[day] > 0;
    sum->accounts += days > 0;
    sum->days += days;
    sum->present |= tool->total.present;
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        sum->value[measure] += tool->total.value[measure];
}

static void add_account(
    const TmPass *pass, TmWeek week, const TmPersonWeek *rows, guint count, ToolUse *sums)
{
    TmFacts facts;
    if (count == 0)
        return;
    tm_facts_merge(&facts, rows, count, pass->frames[week - pass->first].covered_by_source,
        (guint8)~pass->setup->settings.work_days & TM_ALL_DAYS);
    for (guint i = 0; i < facts.tool_count; i++)
        add_tool(&sums[facts.tools[i].tool], &facts.tools[i]);
}

static void print_use(const TmSetup *setup, const ToolUse *sums)
{
    for (guint tool = 0; tool < setup->tools->len; tool++) {
        const char *key = g_array_index(setup->tools, TmTool, tool).key;
        const ToolUse *sum = &sums[tool];
        if (sum->present != 0)
            printf("%s accounts %" G_GINT64_FORMAT "\n%s days %" G_GINT64_FORMAT "\n", key,
                sum->accounts, key, sum->days);
        for (guint32 left = sum->present; left != 0; left &= left - 1) {
            guint measure = (guint)__builtin_ctz(left);
            printf("%s %s %" G_GINT64_FORMAT "\n", key, tm_measure_name((TmMeasure)measure),
                sum->value[measure]);
        }
    }
}

static gboolean add_accounts(
    TmLedger *ledger, const TmPass *pass, TmWeek week, ToolUse *sums, GError **error)
{
    g_autofree TmPersonWeek *rows = g_new0(TmPersonWeek, TM_ROWS_LIMIT + 1);
    TmPersonWeek row;
    guint count = 0;
    TmLedgerScan *scan = tm_ledger_scan(ledger, week, week, error);
    while (scan != NULL && tm_ledger_scan_next(scan, &row)) {
        if (count > 0 && rows[0].account != row.account) {
            add_account(pass, week, rows, count, sums);
            count = 0;
        }
        rows[count++] = row;
    }
    add_account(pass, week, rows, count, sums);
    return tm_ledger_scan_end(scan, error);
}

static gboolean print_week(const Opened *opened, TmWeek week, GError **error)
{
    const TmMeasureOptions options = {.first = week, .last = week};
    g_autoptr(TmPass) pass = tm_pass_new(opened->setup, opened->ledger, &options);
    g_autofree ToolUse *sums = g_new0(ToolUse, TM_TOOL_LIMIT);
    if (!add_accounts(opened->ledger, pass, week, sums, error))
        return FALSE;
    print_use(opened->setup, sums);
    return TRUE;
}

int main(int count, char **arguments)
{
    g_autoptr(GError) error = NULL;
    Opened opened = {0};
    TmWeek week = count == 3 ? tm_week_parse(arguments[2]) : TM_WEEK_NONE;
    if (week == TM_WEEK_NONE) {
        fputs("use_dump: name the settings file and a week\n", stderr);
        return 2;
    }
    gboolean printed =
        opened_open(&opened, arguments[1], &error) && print_week(&opened, week, &error);
    if (!printed)
        fprintf(stderr, "use_dump: %s\n", error->message);
    opened_close(&opened);
    return printed ? 0 : 2;
}
