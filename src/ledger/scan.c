/* Reading: one ordered pass over the packed totals, without allocating per row. */
#include "internal.h"
#include "totals.h"

#include <string.h>

struct TmLedgerScan {
    TmLedger *ledger;
    sqlite3_stmt *statement;
    gint64 last_id;    /* the row before was of this source … */
    guint last_source; /* … with this index */
    GError *error;
};

TmLedgerScan *tm_ledger_scan(TmLedger *ledger, TmWeek first, TmWeek last, GError **error)
{
    static const char text[] = "SELECT person, week, source, totals FROM fact"
                               " WHERE week BETWEEN ?1 AND ?2 ORDER BY person, week, source";
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(ledger->database, text, -1, &statement, NULL) != SQLITE_OK) {
        tm_ledger_fail(ledger, "read", error);
        return NULL;
    }
    const gint64 weeks[] = {first, last};
    tm_ledger_bind(statement, weeks, G_N_ELEMENTS(weeks));
    TmLedgerScan *scan = g_new0(TmLedgerScan, 1);
    scan->ledger = ledger;
    scan->statement = statement;
    return scan;
}

static guint source_of_id(TmLedgerScan *scan, gint64 id)
{
    if (id != scan->last_id) {
        scan->last_id = id;
        scan->last_source = tm_ledger_source_of_id(scan->ledger, id);
    }
    return scan->last_source;
}

/* FALSE when the row's bytes are broken. */
static gboolean decode(TmLedgerScan *scan, TmPersonWeek *person_week)
{
    sqlite3_stmt *statement = scan->statement;
    gint64 person = sqlite3_column_int64(statement, 0);
    memset(person_week, 0, sizeof *person_week);
    person_week->account = (TmAccount)(person - 1);
    person_week->week = sqlite3_column_int(statement, 1);
    person_week->source = source_of_id(scan, sqlite3_column_int64(statement, 2));
    const guint8 *totals = sqlite3_column_blob(statement, 3);
    gsize length = (gsize)sqlite3_column_bytes(statement, 3);
    return person > 0 && person <= scan->ledger->accounts.rows->len &&
           person_week->source < tm_source_count &&
           tm_totals_unpack(totals, length, &person_week->days_with_rows, person_week->day);
}

gboolean tm_ledger_scan_next(TmLedgerScan *scan, TmPersonWeek *person_week)
{
    if (scan->error != NULL)
        return FALSE;
    int step = sqlite3_step(scan->statement);
    if (step == SQLITE_ROW && decode(scan, person_week))
        return TRUE;
    if (step == SQLITE_ROW)
        g_set_error(&scan->error, TM_ERROR, TM_ERROR_INTERNAL,
            "%s: damaged: a row of totals cannot be read; restore a copy, or read all exports "
            "again",
            scan->ledger->path);
    else if (step != SQLITE_DONE)
        tm_ledger_fail(scan->ledger, "read", &scan->error);
    return FALSE;
}

gboolean tm_ledger_scan_end(TmLedgerScan *scan, GError **error)
{
    if (scan == NULL)
        return TRUE;
    gboolean whole = scan->error == NULL;
    sqlite3_finalize(scan->statement);
    if (!whole)
        g_propagate_error(error, scan->error);
    g_free(scan);
    return whole;
}
