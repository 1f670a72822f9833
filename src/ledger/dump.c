/*
 * The logical content as text, for tests that compare two ledgers: one line per account, week,
 * source and day, ordered by pseudonym; nothing in it depends on ids or on reading order.
 */
#include "internal.h"

#include <string.h>

static int compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void append_measures(GString *line, const TmMeasures *measures)
{
    for (guint32 left = measures->present; left != 0; left &= left - 1) {
        int measure = __builtin_ctz(left);
        g_string_append_printf(line, " %s=%s%" G_GINT64_FORMAT, tm_measure_name((TmMeasure)measure),
            measures->estimated & TM_MEASURE_BIT(measure) ? "~" : "", measures->value[measure]);
    }
}

static void append_pseudonym(GString *line, const TmAccountRow *account)
{
    for (guint i = 0; i < TM_PSEUDONYM_LENGTH; i++)
        g_string_append_printf(line, "%02x", account->pseudonym[i]);
}

static void add_lines(GPtrArray *lines, TmLedger *ledger, const TmPersonWeek *person_week)
{
    static const char *const kinds[] = {"person", "unresolved", "service"};
    const TmAccountRow *account = tm_account_table_row(&ledger->accounts, person_week->account);
    for (int day = 0; day < 7; day++) {
        if (!(person_week->days_with_rows >> day & 1))
            continue;
        GString *line = g_string_new(NULL);
        g_autofree char *date = tm_day_format(tm_week_monday(person_week->week) + day);
        append_pseudonym(line, account);
        g_string_append_printf(
            line, " %s %s %s", kinds[account->kind], tm_sources[person_week->source].key, date);
        append_measures(line, &person_week->day[day]);
        g_string_append_c(line, '\n');
        g_ptr_array_add(lines, g_string_free(line, FALSE));
    }
}

char *tm_ledger_dump(TmLedger *ledger, GError **error)
{
    TmLedgerScan *scan = tm_ledger_scan(ledger, G_MININT32, G_MAXINT32, error);
    if (scan == NULL)
        return NULL;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    TmPersonWeek person_week;
    while (tm_ledger_scan_next(scan, &person_week))
        add_lines(lines, ledger, &person_week);
    if (!tm_ledger_scan_end(scan, error))
        return NULL;
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("", (char **)lines->pdata);
}
