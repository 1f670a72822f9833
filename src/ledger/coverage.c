/*
 * Which days a source covers: a growing set, so the order of files cannot matter. What a personal
 * source covers is kept for the account, and for everybody as what anybody has, which tells how
 * fresh a tool's data are and nothing more.
 */
#include "internal.h"

gboolean tm_ledger_add_coverage(
    TmLedger *ledger, guint32 account, guint source, TmWeek week, guint8 days, GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_COVERAGE_ADD, error);
    if (statement == NULL)
        return FALSE;
    gint64 person = account == TM_ACCOUNT_NONE ? TM_EVERYBODY : (gint64)account + 1;
    const gint64 row[] = {person, ledger->source_ids[source], week, days};
    tm_ledger_bind(statement, row, G_N_ELEMENTS(row));
    return tm_ledger_execute(ledger, statement, "write coverage", error);
}

static guint8 read_days(TmLedger *ledger, gint64 person, guint source, TmWeek week)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_COVERAGE_READ, NULL);
    if (statement == NULL)
        return 0;
    const gint64 key[] = {person, ledger->source_ids[source], week};
    tm_ledger_bind(statement, key, G_N_ELEMENTS(key));
    guint8 days = 0;
    if (sqlite3_step(statement) == SQLITE_ROW)
        days = (guint8)sqlite3_column_int(statement, 0);
    sqlite3_reset(statement);
    return days;
}

guint8 tm_ledger_covered_for(TmLedger *ledger, guint32 account, guint source, TmWeek week)
{
    return read_days(ledger, (gint64)account + 1, source, week);
}

guint8 tm_ledger_covered(TmLedger *ledger, guint source, TmWeek week)
{
    g_assert(source < tm_source_count);
    return read_days(ledger, TM_EVERYBODY, source, week);
}
