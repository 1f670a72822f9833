/*
 * Facts of sources whose records wander between weeks or whose sessions have names: they depend on
 * all that an account has of the source, so they are made for all its weeks at once, after the
 * files of a run have been merged. What is due is a row of the table `unsettled`, written together
 * with the entries: a run that is killed is made good by the next one.
 *
 *   1. copies of one record are joined over the weeks, and running totals become increases from day
 *      to day: settle_copies.c
 *   2. time and sessions: settle_time.c, settle_sessions.c
 *   3. facts by week, written where they differ
 */
#include "settle.h"

#include <string.h>

/* Accounts settled in one transaction. */
#define PER_TRANSACTION 256

gboolean tm_source_settles(guint source)
{
    const TmSource *row = &tm_sources[source];
    return row->merging == TM_MERGE_COPIES || row->sessions == TM_SESSIONS_NAMED ||
           row->trait == TM_TRAIT_PERSONAL;
}

gboolean tm_ledger_unsettle(TmLedger *ledger, guint32 account, guint source, GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_UNSETTLE, error);
    if (statement == NULL)
        return FALSE;
    const gint64 row[] = {(gint64)account + 1, ledger->source_ids[source]};
    tm_ledger_bind(statement, row, G_N_ELEMENTS(row));
    return tm_ledger_execute(ledger, statement, "note what is to be settled", error);
}

/* ---- Facts ------------------------------------------------------------------------------- */

/* Sums by day, and the minutes of interactions that name no session. */
static void sum_up(Settling *settling)
{
    memset(settling->totals, 0, settling->weeks * sizeof *settling->totals);
    for (guint i = 0; i < settling->entries->len; i++) {
        const TmSettledEntry *row = &g_array_index(settling->entries, TmSettledEntry, i);
        TmTotals *totals = &settling->totals[row->week - settling->first];
        if (row->entry.session[0] == 0)
            tm_totals_add(totals, &row->entry);
        else
            tm_totals_add_values(totals, &row->entry);
    }
}

/* Whether the fact of a cell is these bytes already. */
static gboolean is_written(
    TmLedger *ledger, const TmLedgerCell *cell, const GByteArray *packed, GError **error)
{
    sqlite3_stmt *statement = tm_weeks_statement(ledger, TM_STATEMENT_FACT_READ, cell, error);
    if (statement == NULL)
        return FALSE;
    gboolean same = sqlite3_step(statement) == SQLITE_ROW &&
                    (guint)sqlite3_column_bytes(statement, 0) == packed->len &&
                    memcmp(sqlite3_column_blob(statement, 0), packed->data, packed->len) == 0;
    sqlite3_reset(statement);
    return same;
}

/* Without entries a cell has no fact; with entries it has one, even when all of them are copies. */
static gboolean write_fact(
    TmLedger *ledger, Settling *settling, const TmLedgerCell *cell, GError **error)
{
    guint index = (guint)(cell->week - settling->first);
    if (!settling->has_entries[index]) {
        sqlite3_stmt *statement = tm_weeks_statement(ledger, TM_STATEMENT_FACT_DELETE, cell, error);
        return statement != NULL && tm_ledger_execute(ledger, statement, "delete", error);
    }
    g_autoptr(GByteArray) packed = g_byte_array_new();
    guint8 covered = tm_sources[cell->source].trait == TM_TRAIT_PERSONAL
                         ? tm_ledger_covered_for(ledger, cell->account, cell->source, cell->week)
                         : 0;
    tm_totals_pack(&settling->totals[index], covered, packed);
    if (is_written(ledger, cell, packed, error))
        return TRUE;
    sqlite3_stmt *statement = tm_weeks_statement(ledger, TM_STATEMENT_FACT_WRITE, cell, error);
    if (statement == NULL)
        return FALSE;
    sqlite3_bind_blob(statement, 4, packed->data, (int)packed->len, SQLITE_STATIC);
    return tm_ledger_execute(ledger, statement, "write totals", error);
}

/* ---- Settling ---------------------------------------------------------------------------- */

static gboolean settle_account(
    TmLedger *ledger, Settling *settling, TmLedgerCell cell, GError **error)
{
    if (!tm_settle_read(ledger, settling, cell, error))
        return FALSE;
    if (tm_sources[cell.source].merging == TM_MERGE_COPIES) {
        tm_settle_join_equal(settling->entries);
        tm_settle_join_unnamed(settling->entries);
        tm_settle_difference(settling->entries);
    }
    tm_settle_sort_by_time(settling->entries);
    tm_settle_time(settling->entries, &tm_sources[cell.source]);
    sum_up(settling);
    tm_settle_sessions(settling, &tm_sources[cell.source]);
    for (cell.week = settling->first; cell.week <= settling->last; cell.week++)
        if (!write_fact(ledger, settling, &cell, error))
            return FALSE;
    return TRUE;
}

/* The next account and source that are due; FALSE when there is none. */
static gboolean next_due(TmLedger *ledger, gint64 due[2], GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_UNSETTLED, error);
    if (statement == NULL)
        return FALSE;
    gboolean found = sqlite3_step(statement) == SQLITE_ROW;
    for (int i = 0; found && i < 2; i++)
        due[i] = sqlite3_column_int64(statement, i);
    sqlite3_reset(statement);
    return found;
}

static gboolean forget_due(TmLedger *ledger, const gint64 due[2], GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_SETTLED, error);
    if (statement == NULL)
        return FALSE;
    tm_ledger_bind(statement, due, 2);
    return tm_ledger_execute(ledger, statement, "note what was settled", error);
}

/* Settles some accounts in one transaction; *more tells whether others are due. */
static gboolean settle_some(TmLedger *ledger, Settling *settling, gboolean *more, GError **error)
{
    gint64 due[2];
    GError *failure = NULL;
    *more = FALSE;
    for (guint done = 0; done < PER_TRANSACTION; done++) {
        if (!next_due(ledger, due, &failure))
            break;
        TmLedgerCell cell = {
            .account = (guint32)(due[0] - 1), .source = tm_ledger_source_of_id(ledger, due[1])};
        if ((cell.source < tm_source_count && !settle_account(ledger, settling, cell, &failure)) ||
            !forget_due(ledger, due, &failure))
            break;
        *more = done + 1 == PER_TRANSACTION;
    }
    if (failure == NULL)
        return TRUE;
    g_propagate_error(error, failure);
    return FALSE;
}

static gboolean prepare(TmLedger *ledger, Settling *settling, GError **error)
{
    if (!tm_settle_span(ledger, &settling->first, &settling->last, error))
        return FALSE;
    settling->weeks = (guint)(settling->last - settling->first + 1);
    settling->totals = g_new0(TmTotals, settling->weeks + 1);
    settling->has_entries = g_new0(gboolean, settling->weeks + 1);
    settling->is_new = g_new0(gboolean, settling->weeks + 1);
    settling->entries = g_array_new(FALSE, FALSE, sizeof(TmSettledEntry));
    return TRUE;
}

gboolean tm_ledger_settle(TmLedger *ledger, GError **error)
{
    Settling settling = {0};
    gint64 due[2];
    gboolean more = next_due(ledger, due, NULL), fine = TRUE;
    if (more)
        fine = prepare(ledger, &settling, error);
    while (more && fine) {
        fine = tm_ledger_begin(ledger, error);
        if (!fine)
            break;
        fine = settle_some(ledger, &settling, &more, error) && tm_ledger_commit(ledger, error);
        if (!fine)
            tm_ledger_rollback(ledger);
    }
    g_free(settling.totals);
    g_free(settling.has_entries);
    g_free(settling.is_new);
    g_clear_pointer(&settling.entries, g_array_unref);
    return fine;
}
