/*
 * Cells: what one account has of one source in one week. A cell is a row of `seen` (entries) and
 * a row of `fact` (totals made from them); both are written together, so they never disagree.
 *
 * Sessions by gaps may reach over Sunday's midnight. Their count then depends on the last minute
 * of the week before: a cell looks there when it begins early on Monday, and when the end of its
 * own Sunday changes, the totals of the next week are made again.
 */
#include "internal.h"

#include <string.h>

static gboolean has_gap_sessions(guint source)
{
    return tm_sources[source].sessions == TM_SESSIONS_GAPS;
}

sqlite3_stmt *tm_weeks_statement(
    TmLedger *ledger, TmStatement id, const TmLedgerCell *cell, GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, id, error);
    if (statement != NULL) {
        const gint64 key[] = {
            (gint64)cell->account + 1, cell->week, ledger->source_ids[cell->source]};
        tm_ledger_bind(statement, key, G_N_ELEMENTS(key));
    }
    return statement;
}

static int column_minute(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL
               ? TM_MINUTE_NONE
               : sqlite3_column_int(statement, column);
}

static void bind_minute(sqlite3_stmt *statement, int index, int minute)
{
    if (minute == TM_MINUTE_NONE)
        sqlite3_bind_null(statement, index);
    else
        sqlite3_bind_int(statement, index, minute);
}

/* First and last minute of a cell; TM_MINUTE_NONE where there is no cell. */
static gboolean read_edges(
    TmLedger *ledger, const TmLedgerCell *cell, int *first, int *last, GError **error)
{
    sqlite3_stmt *statement = tm_weeks_statement(ledger, TM_STATEMENT_SEEN_EDGES, cell, error);
    if (statement == NULL)
        return FALSE;
    int step = sqlite3_step(statement);
    *first = step == SQLITE_ROW ? column_minute(statement, 0) : TM_MINUTE_NONE;
    *last = step == SQLITE_ROW ? column_minute(statement, 1) : TM_MINUTE_NONE;
    gboolean read = step == SQLITE_ROW || step == SQLITE_DONE;
    if (!read)
        tm_ledger_fail(ledger, "read", error);
    sqlite3_reset(statement);
    return read;
}

static gboolean broken(const TmLedger *ledger, GError **error)
{
    g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
        "%s: damaged: a packed row cannot be read; restore a copy, or read all exports again",
        ledger->path);
    return FALSE;
}

static gboolean too_many(const TmLedger *ledger, GError **error)
{
    g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
        "%s: one account has more records in a week than can be kept: is this an export?",
        ledger->path);
    return FALSE;
}

/* Adds sessions where they are ours to count, and writes the row of `fact`. */
static gboolean write_totals(
    TmLedger *ledger, const TmLedgerCell *cell, TmTotals *totals, GError **error)
{
    if (has_gap_sessions(cell->source)) {
        TmLedgerCell before = *cell;
        int first = tm_totals_first_minute(totals), first_before, last_before = TM_MINUTE_NONE;
        before.week--;
        if (first != TM_MINUTE_NONE && first < TM_SESSION_GAP &&
            !read_edges(ledger, &before, &first_before, &last_before, error))
            return FALSE;
        tm_totals_sessions(totals, last_before);
    }
    g_autoptr(GByteArray) packed = g_byte_array_new();
    tm_totals_pack(totals, 0, packed);
    sqlite3_stmt *statement = tm_weeks_statement(ledger, TM_STATEMENT_FACT_WRITE, cell, error);
    if (statement == NULL)
        return FALSE;
    sqlite3_bind_blob(statement, 4, packed->data, (int)packed->len, SQLITE_STATIC);
    return tm_ledger_execute(ledger, statement, "write totals", error);
}

static gboolean write_entries(TmLedger *ledger, const TmLedgerCell *cell, const TmTotals *totals,
    const GByteArray *entries, GError **error)
{
    sqlite3_stmt *statement = tm_weeks_statement(ledger, TM_STATEMENT_SEEN_WRITE, cell, error);
    if (statement == NULL)
        return FALSE;
    bind_minute(statement, 4, tm_totals_first_minute(totals));
    bind_minute(statement, 5, tm_totals_last_minute(totals));
    sqlite3_bind_blob64(statement, 6, entries->data, entries->len, SQLITE_STATIC);
    return tm_ledger_execute(ledger, statement, "write entries", error);
}

GByteArray *tm_weeks_entries(TmLedger *ledger, const TmLedgerCell *cell, GError **error)
{
    sqlite3_stmt *statement = tm_weeks_statement(ledger, TM_STATEMENT_SEEN_READ, cell, error);
    if (statement == NULL)
        return NULL;
    g_autoptr(GByteArray) entries = g_byte_array_new();
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        g_byte_array_append(
            entries, sqlite3_column_blob(statement, 0), (guint)sqlite3_column_bytes(statement, 0));
    gboolean read = step == SQLITE_ROW || step == SQLITE_DONE;
    if (!read)
        tm_ledger_fail(ledger, "read", error);
    sqlite3_reset(statement);
    return read ? g_steal_pointer(&entries) : NULL;
}

/* Makes the totals of an existing cell again. */
static gboolean recompute(TmLedger *ledger, const TmLedgerCell *cell, GError **error)
{
    g_autoptr(GByteArray) entries = tm_weeks_entries(ledger, cell, error);
    if (entries == NULL)
        return FALSE;
    TmEntryReader reader;
    TmEntry entry;
    tm_totals_clear(ledger->totals);
    tm_entry_reader_begin(&reader, entries->data, entries->len);
    while (tm_entry_read(&reader, &entry))
        tm_totals_add(ledger->totals, &entry);
    if (reader.broken)
        return broken(ledger, error);
    return write_totals(ledger, cell, ledger->totals, error);
}

/* A session that ends here may go on in the next week. */
static gboolean reaches_next_week(int last_minute)
{
    return last_minute != TM_MINUTE_NONE && last_minute > TM_MINUTES_IN_WEEK - TM_SESSION_GAP;
}

/* The last minute of a cell has changed: mends the sessions of the week after it. */
static gboolean mend_next_week(
    TmLedger *ledger, const TmLedgerCell *cell, int old_last, int last, GError **error)
{
    if (!has_gap_sessions(cell->source) || old_last == last ||
        (!reaches_next_week(old_last) && !reaches_next_week(last)))
        return TRUE;
    TmLedgerCell after = *cell;
    int first_after, last_after;
    after.week++;
    if (!read_edges(ledger, &after, &first_after, &last_after, error))
        return FALSE;
    if (first_after == TM_MINUTE_NONE || first_after >= TM_SESSION_GAP)
        return TRUE;
    return recompute(ledger, &after, error);
}

/*
 * Writes both rows of a cell from its entries and their totals; facts that depend on other weeks
 * too are made later.
 */
static gboolean write_cell(TmLedger *ledger, const TmLedgerCell *cell, TmTotals *totals,
    const GByteArray *entries, int old_last, GError **error)
{
    int last = tm_totals_last_minute(totals);
    if (tm_source_settles(cell->source))
        return write_entries(ledger, cell, totals, entries, error) &&
               tm_ledger_unsettle(ledger, cell->account, cell->source, error);
    return write_entries(ledger, cell, totals, entries, error) &&
           write_totals(ledger, cell, totals, error) &&
           mend_next_week(ledger, cell, old_last, last, error);
}

gboolean tm_weeks_merge(TmLedger *ledger, const TmLedgerCell *cell, TmEntrySource next,
    gpointer user, TmMergeCounts *counts, GError **error)
{
    sqlite3_stmt *statement = tm_weeks_statement(ledger, TM_STATEMENT_SEEN_READ, cell, error);
    if (statement == NULL)
        return FALSE;
    int step = sqlite3_step(statement);
    if (step != SQLITE_ROW && step != SQLITE_DONE) {
        tm_ledger_fail(ledger, "read", error);
        sqlite3_reset(statement);
        return FALSE;
    }
    gboolean exists = step == SQLITE_ROW;
    const guint8 *old = exists ? sqlite3_column_blob(statement, 0) : NULL;
    gsize old_length = exists ? (gsize)sqlite3_column_bytes(statement, 0) : 0;
    int old_last = exists ? column_minute(statement, 1) : TM_MINUTE_NONE;
    g_autoptr(GByteArray) merged = g_byte_array_sized_new((guint)old_length + TM_ENTRY_LONGEST);
    gboolean valid = tm_merge_entries(ledger->merger, tm_sources[cell->source].merging, old,
        old_length, next, user, merged, ledger->totals, counts);
    gboolean changed = merged->len != old_length || memcmp(merged->data, old, old_length) != 0;
    sqlite3_reset(statement);
    if (!valid)
        return merged->len > TM_ENTRIES_LONGEST ? too_many(ledger, error) : broken(ledger, error);
    return !changed || write_cell(ledger, cell, ledger->totals, merged, old_last, error);
}

static gboolean delete_cell(
    TmLedger *ledger, const TmLedgerCell *cell, int old_last, GError **error)
{
    static const TmStatement tables[] = {TM_STATEMENT_SEEN_DELETE, TM_STATEMENT_FACT_DELETE};
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
        sqlite3_stmt *statement = tm_weeks_statement(ledger, tables[i], cell, error);
        if (statement == NULL || !tm_ledger_execute(ledger, statement, "delete", error))
            return FALSE;
    }
    if (tm_source_settles(cell->source))
        return tm_ledger_unsettle(ledger, cell->account, cell->source, error);
    return mend_next_week(ledger, cell, old_last, TM_MINUTE_NONE, error);
}

gboolean tm_weeks_replace(
    TmLedger *ledger, const TmLedgerCell *cell, TmEntrySource next, gpointer user, GError **error)
{
    int old_first, old_last;
    if (!read_edges(ledger, cell, &old_first, &old_last, error))
        return FALSE;
    g_autoptr(GByteArray) entries = g_byte_array_new();
    TmMergeCounts counts;
    tm_merge_entries(ledger->merger, tm_sources[cell->source].merging, NULL, 0, next, user, entries,
        ledger->totals, &counts);
    if (entries->len == 0)
        return delete_cell(ledger, cell, old_last, error);
    return write_cell(ledger, cell, ledger->totals, entries, old_last, error);
}
