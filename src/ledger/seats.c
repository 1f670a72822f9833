/* Vendors' lists of seats, as they were on the days of the lists. */
#include "internal.h"

gboolean tm_ledger_foreach_seat_list(
    TmLedger *ledger, TmSeatListVisitor visit, gpointer user, GError **error)
{
    static const char text[] =
        "SELECT source, listed, count(*) FROM seat GROUP BY source, listed ORDER BY source, listed";
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(ledger->database, text, -1, &statement, NULL) != SQLITE_OK)
        return tm_ledger_fail(ledger, "read seats", error);
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        guint source = tm_ledger_source_of_id(ledger, sqlite3_column_int64(statement, 0));
        if (source < tm_source_count)
            visit(user, source, sqlite3_column_int(statement, 1),
                (guint64)sqlite3_column_int64(statement, 2));
    }
    if (step != SQLITE_DONE)
        tm_ledger_fail(ledger, "read seats", error);
    sqlite3_finalize(statement);
    return step == SQLITE_DONE;
}
