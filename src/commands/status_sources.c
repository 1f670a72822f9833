/* Sources of tools: see status_sources.h. */
#include "status_sources.h"

#include "status_money.h"

#include <stdio.h>

/* Measures that a reader of reports would miss; the others are means to them. */
static const guint32 wanted =
    TM_MEASURE_BIT(TM_MEASURE_SESSIONS) | TM_MEASURE_BIT(TM_MEASURE_REQUESTS) |
    TM_MEASURE_BIT(TM_MEASURE_MESSAGES) | TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS) |
    TM_MEASURE_BIT(TM_MEASURE_METERED) | TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE) |
    TM_MEASURE_BIT(TM_MEASURE_ACTIVE_SECONDS);

/* The last day that a source covers in these weeks; TM_DAY_NONE without any. */
static TmDay last_day(TmLedger *ledger, guint source, TmWeek first, TmWeek last)
{
    for (TmWeek week = last; week >= first; week--) {
        guint8 days = tm_ledger_covered(ledger, source, week);
        if (days != 0)
            return tm_week_monday(week) + 31 - __builtin_clz(days);
    }
    return TM_DAY_NONE;
}

static gboolean enters_figures(guint source, TmToolIndex tool)
{
    return tm_sources[source].tool == tool && tm_sources[source].trait != TM_TRAIT_APART;
}

/* The source without data that supplies most of the missing measures; the preferred of equals. */
static guint best_addition(const gboolean *has_data, TmToolIndex tool, guint32 missing)
{
    guint best = G_MAXUINT;
    int best_count = 0;
    for (guint source = 0; source < tm_source_count; source++) {
        int count = __builtin_popcount(tm_sources[source].measures & missing);
        gboolean preferred = best != G_MAXUINT && count == best_count &&
                             tm_sources[source].order < tm_sources[best].order;
        if (!enters_figures(source, tool) || has_data[source] ||
            (count <= best_count && !preferred))
            continue;
        best = source;
        best_count = count;
    }
    return best;
}

static void print_measures(guint32 measures)
{
    const char *separator = "";
    for (; measures != 0; measures &= measures - 1) {
        printf("%s%s", separator, tm_measure_name((TmMeasure)__builtin_ctz(measures)));
        separator = ", ";
    }
}

static void print_missing(const gboolean *has_data, TmToolIndex tool, guint32 missing)
{
    if (missing == 0)
        return;
    guint addition = best_addition(has_data, tool, missing);
    fputs("    not measured: ", stdout);
    print_measures(missing);
    putchar('\n');
    if (addition != G_MAXUINT) {
        printf("      exports of the kind %s state ", tm_sources[addition].key);
        print_measures(tm_sources[addition].measures & missing);
        puts(" (docs/formats.md)");
    }
}

void tm_status_print_sources(TmLedger *ledger, TmToolIndex tool, TmWeek first, TmWeek last)
{
    g_autofree gboolean *has_data = g_new0(gboolean, tm_source_count);
    guint32 supplied = 0;
    for (guint source = 0; source < tm_source_count; source++) {
        TmDay day =
            enters_figures(source, tool) ? last_day(ledger, source, first, last) : TM_DAY_NONE;
        if (day == TM_DAY_NONE)
            continue;
        g_autofree char *text = tm_day_format(day);
        printf("    %s to %s\n", tm_sources[source].key, text);
        has_data[source] = TRUE;
        supplied |= tm_sources[source].measures;
    }
    print_missing(has_data, tool, wanted & ~supplied);
}

/* ---- Apart ------------------------------------------------------------------------------- */

static void add_week(TmMeasures *sum, const TmPersonWeek *person_week)
{
    for (int day = 0; day < 7; day++)
        for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
            if (person_week->day[day].present & TM_MEASURE_BIT(measure)) {
                sum->present |= TM_MEASURE_BIT(measure);
                sum->value[measure] += person_week->day[day].value[measure];
            }
}

static void print_totals(const TmSource *source, const TmSetup *setup, const TmMeasures *sum)
{
    printf("  %-16s %s:", g_array_index(setup->tools, TmTool, source->tool).name, source->key);
    const char *separator = " ";
    for (guint32 left = sum->present; left != 0; left &= left - 1) {
        TmMeasure measure = (TmMeasure)__builtin_ctz(left);
        g_autofree char *value = tm_measure_is_money(measure)
                                     ? tm_status_amount(sum->value[measure])
                                     : g_strdup_printf("%" G_GINT64_FORMAT, sum->value[measure]);
        printf("%s%s %s%s%s", separator, tm_measure_name(measure), value,
            tm_measure_is_money(measure) ? " " : "",
            tm_measure_is_money(measure) ? setup->settings.currency : "");
        separator = ", ";
    }
    putchar('\n');
}

gboolean tm_status_print_apart(
    TmLedger *ledger, const TmSetup *setup, TmWeek first, TmWeek last, GError **error)
{
    g_autofree TmMeasures *sums = g_new0(TmMeasures, tm_source_count);
    TmLedgerScan *scan = tm_ledger_scan(ledger, first, last, error);
    TmPersonWeek person_week;
    gboolean any = FALSE;
    if (scan == NULL)
        return FALSE;
    while (tm_ledger_scan_next(scan, &person_week))
        if (tm_sources[person_week.source].trait == TM_TRAIT_APART)
            add_week(&sums[person_week.source], &person_week);
    if (!tm_ledger_scan_end(scan, error))
        return FALSE;
    for (guint source = 0; source < tm_source_count; source++) {
        if (sums[source].present == 0)
            continue;
        if (!any)
            puts("Apart (totals of organisations and long periods; in no figure):");
        any = TRUE;
        print_totals(&tm_sources[source], setup, &sums[source]);
    }
    return TRUE;
}

/* ---- Seats ------------------------------------------------------------------------------- */

/* A later list of the same source takes the place of the one before. */
static void visit_list(gpointer user, guint source, TmDay listed, guint64 seats)
{
    GArray *lists = user;
    const TmSeatList list = {source, listed, seats};
    if (lists->len > 0 && g_array_index(lists, TmSeatList, lists->len - 1).source == source)
        g_array_set_size(lists, lists->len - 1);
    g_array_append_val(lists, list);
}

GArray *tm_status_seat_lists(TmLedger *ledger, GError **error)
{
    g_autoptr(GArray) lists = g_array_new(FALSE, FALSE, sizeof(TmSeatList));
    if (!tm_ledger_foreach_seat_list(ledger, visit_list, lists, error))
        return NULL;
    return g_steal_pointer(&lists);
}

gboolean tm_status_has_seats(const GArray *lists, TmToolIndex tool)
{
    for (guint i = 0; i < lists->len; i++)
        if (tm_sources[g_array_index(lists, TmSeatList, i).source].tool == tool)
            return TRUE;
    return FALSE;
}

void tm_status_print_seats(const GArray *lists, TmToolIndex tool)
{
    for (guint i = 0; i < lists->len; i++) {
        const TmSeatList *list = &g_array_index(lists, TmSeatList, i);
        if (tm_sources[list->source].tool != tool)
            continue;
        g_autofree char *day = tm_day_format(list->listed);
        printf("    %s of %s: %" G_GUINT64_FORMAT " seat%s\n", tm_sources[list->source].key, day,
            list->seats, list->seats == 1 ? "" : "s");
    }
}
