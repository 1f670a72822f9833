/* Which days a source covers for everybody: a growing set, so the order of files cannot matter. */
#include "internal.h"

gboolean tm_ledger_add_coverage(
    TmLedger *ledger, guint source, TmWeek week, guint8 days, GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_COVERAGE_ADD, error);
    if (statement == NULL)
        return FALSE;
    const gint64 row[] = {TM_EVERYBODY, ledger->source_ids[source], week, days};
    tm_ledger_bind(statement, row, G_N_ELEMENTS(row));
    return tm_ledger_execute(ledger, statement, "write coverage", error);
}

guint8 tm_ledger_covered(TmLedger *ledger, guint source, TmWeek week)
{
    g_assert(source < tm_source_count);
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_COVERAGE_READ, NULL);
    if (statement == NULL)
        return 0;
    const gint64 key[] = {TM_EVERYBODY, ledger->source_ids[source], week};
    tm_ledger_bind(statement, key, G_N_ELEMENTS(key));
    guint8 days = 0;
    if (sqlite3_step(statement) == SQLITE_ROW)
        days = (guint8)sqlite3_column_int(statement, 0);
    sqlite3_reset(statement);
    return days;
}
