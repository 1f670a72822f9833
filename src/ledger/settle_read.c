/* Entries put aside when files are stored, and all entries of an account when they are settled. */
#include "settle.h"

#include <stdlib.h>

gboolean tm_ledger_add_unmerged(TmLedger *ledger, const TmLedgerCell *cell, TmEntrySource next,
    gpointer user, guint64 *records, guint8 *days, GError **error)
{
    g_autoptr(GByteArray) packed = g_byte_array_new();
    TmEntryWriter writer;
    TmEntry entry;
    tm_entry_writer_begin(&writer, packed);
    while (next(user, &entry)) {
        tm_entry_write(&writer, &entry);
        *days |= (guint8)(1u << entry.day);
        (*records)++;
    }
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_UNMERGED_ADD, error);
    if (statement == NULL)
        return FALSE;
    const gint64 key[] = {(gint64)cell->account + 1, cell->week, ledger->source_ids[cell->source]};
    tm_ledger_bind(statement, key, G_N_ELEMENTS(key));
    sqlite3_bind_blob64(statement, 4, packed->data, packed->len, SQLITE_STATIC);
    return tm_ledger_execute(ledger, statement, "put entries aside", error) &&
           tm_ledger_unsettle(ledger, cell->account, cell->source, error);
}

/* Widens the weeks to those that a statement gives. */
static gboolean widen_span(
    TmLedger *ledger, TmStatement id, TmWeek *first, TmWeek *last, GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, id, error);
    if (statement == NULL)
        return FALSE;
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
        *first = MIN(*first, sqlite3_column_int(statement, 0));
        *last = MAX(*last, sqlite3_column_int(statement, 1));
    }
    sqlite3_reset(statement);
    return TRUE;
}

gboolean tm_settle_span(TmLedger *ledger, TmWeek *first, TmWeek *last, GError **error)
{
    *first = G_MAXINT32;
    *last = G_MININT32;
    if (!widen_span(ledger, TM_STATEMENT_SEEN_SPAN, first, last, error) ||
        !widen_span(ledger, TM_STATEMENT_UNMERGED_SPAN, first, last, error))
        return FALSE;
    if (*first > *last) {
        *first = 0;
        *last = -1;
    }
    return TRUE;
}

/* FALSE when the packed text is broken. */
static gboolean append_entries(Settling *settling, TmWeek week, const guint8 *entries, gsize length)
{
    TmEntryReader reader;
    TmSettledEntry row = {.week = week};
    tm_entry_reader_begin(&reader, entries, length);
    while (tm_entry_read(&reader, &row.entry))
        g_array_append_val(settling->entries, row);
    settling->has_entries[week - settling->first] |= length > 0;
    return !reader.broken;
}

static gboolean damaged(const TmLedger *ledger, GError **error)
{
    g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
        "%s: damaged: a packed row cannot be read; restore a copy, or read all exports again",
        ledger->path);
    return FALSE;
}

static gboolean read_merged(TmLedger *ledger, Settling *settling, TmLedgerCell cell, GError **error)
{
    for (cell.week = settling->first; cell.week <= settling->last; cell.week++) {
        g_autoptr(GByteArray) entries = tm_weeks_entries(ledger, &cell, error);
        if (entries == NULL)
            return FALSE;
        settling->has_entries[cell.week - settling->first] = FALSE;
        settling->is_new[cell.week - settling->first] = FALSE;
        if (!append_entries(settling, cell.week, entries->data, entries->len))
            return damaged(ledger, error);
    }
    return TRUE;
}

/* Adds what was put aside; *any tells whether there was something. */
static gboolean read_unmerged(
    TmLedger *ledger, Settling *settling, const TmLedgerCell *cell, gboolean *any, GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_UNMERGED_READ, error);
    if (statement == NULL)
        return FALSE;
    const gint64 key[] = {(gint64)cell->account + 1, ledger->source_ids[cell->source]};
    tm_ledger_bind(statement, key, G_N_ELEMENTS(key));
    gboolean whole = TRUE;
    int step = SQLITE_ROW;
    *any = FALSE;
    while (whole && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        TmWeek week = sqlite3_column_int(statement, 0);
        whole = append_entries(settling, week, sqlite3_column_blob(statement, 1),
            (gsize)sqlite3_column_bytes(statement, 1));
        settling->is_new[week - settling->first] = TRUE;
        *any = TRUE;
    }
    if (whole && step != SQLITE_DONE)
        tm_ledger_fail(ledger, "read", error);
    sqlite3_reset(statement);
    return whole ? step == SQLITE_DONE : damaged(ledger, error);
}

static int compare_in_week(const void *first, const void *second)
{
    const TmSettledEntry *a = first, *b = second;
    if (a->week != b->week)
        return a->week < b->week ? -1 : 1;
    return tm_entry_compare(&a->entry, &b->entry);
}

/* Orders entries by week and key; equal ones become one. */
static void join_in_weeks(GArray *entries)
{
    guint kept = 0;
    qsort(entries->data, entries->len, sizeof(TmSettledEntry), compare_in_week);
    for (guint at = 0; at < entries->len; at++) {
        const TmSettledEntry *row = &g_array_index(entries, TmSettledEntry, at);
        TmSettledEntry *last = kept > 0 ? &g_array_index(entries, TmSettledEntry, kept - 1) : NULL;
        if (last != NULL && compare_in_week(last, row) == 0)
            tm_entry_join(&last->entry, &row->entry);
        else
            g_array_index(entries, TmSettledEntry, kept++) = *row;
    }
    g_array_set_size(entries, kept);
}

/* Gives the entries of one week, which stand one after another. */
typedef struct WeekStream {
    const GArray *entries;
    guint at;
    TmWeek week;
} WeekStream;

static gboolean next_of_week(gpointer user, TmEntry *entry)
{
    WeekStream *stream = user;
    if (stream->at == stream->entries->len)
        return FALSE;
    const TmSettledEntry *row = &g_array_index(stream->entries, TmSettledEntry, stream->at);
    if (row->week != stream->week)
        return FALSE;
    *entry = row->entry;
    stream->at++;
    return TRUE;
}

static void skip_week(WeekStream *stream)
{
    TmEntry entry;
    while (next_of_week(stream, &entry))
        ;
}

/* Writes the weeks to which something was added, and drops what was put aside. */
static gboolean write_merged(
    TmLedger *ledger, const Settling *settling, TmLedgerCell cell, GError **error)
{
    WeekStream stream = {.entries = settling->entries};
    while (stream.at < settling->entries->len) {
        stream.week = g_array_index(settling->entries, TmSettledEntry, stream.at).week;
        cell.week = stream.week;
        if (!settling->is_new[cell.week - settling->first])
            skip_week(&stream);
        else if (!tm_weeks_replace(ledger, &cell, next_of_week, &stream, error))
            return FALSE;
    }
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_UNMERGED_DELETE, error);
    if (statement == NULL)
        return FALSE;
    const gint64 key[] = {(gint64)cell.account + 1, ledger->source_ids[cell.source]};
    tm_ledger_bind(statement, key, G_N_ELEMENTS(key));
    return tm_ledger_execute(ledger, statement, "delete", error);
}

gboolean tm_settle_read(TmLedger *ledger, Settling *settling, TmLedgerCell cell, GError **error)
{
    gboolean any;
    g_array_set_size(settling->entries, 0);
    if (!read_merged(ledger, settling, cell, error) ||
        !read_unmerged(ledger, settling, &cell, &any, error))
        return FALSE;
    if (!any)
        return TRUE;
    join_in_weeks(settling->entries);
    return write_merged(ledger, settling, cell, error);
}
