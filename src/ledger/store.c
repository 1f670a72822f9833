/* Storing a batch: its cells in order, its coverage, the file; all or nothing. */
#include "batch.h"
#include "internal.h"

#include <string.h>

/* Gives the entries of one cell of the batch. */
typedef struct CellStream {
    TmRuns *runs;
    TmExport exported; /* of the file that is stored */
    TmLedgerCell cell; /* its account is that of the batch */
    TmLedgerCell next_cell;
    TmEntry next;
    gboolean has_next;
} CellStream;

static void step(CellStream *stream)
{
    stream->has_next = tm_entry_runs_next(stream->runs, &stream->next_cell, &stream->next);
}

static gboolean next_of_cell(gpointer user, TmEntry *entry)
{
    CellStream *stream = user;
    if (!stream->has_next || stream->next_cell.account != stream->cell.account ||
        stream->next_cell.week != stream->cell.week ||
        stream->next_cell.source != stream->cell.source)
        return FALSE;
    *entry = stream->next;
    /* Copies are joined whatever file they come from. */
    if (tm_sources[stream->cell.source].merging != TM_MERGE_COPIES)
        entry->exported = stream->exported;
    step(stream);
    return TRUE;
}

static TmExport export_of(const TmFileSummary *summary)
{
    guint64 start;
    memcpy(&start, summary->sha256, sizeof start);
    return (TmExport){.rank = summary->exported, .file = GUINT64_FROM_BE(start)};
}

/* The ledger's account for one of the batch, made if need be; TM_ACCOUNT_NONE with an error. */
static guint32 account_of(TmLedger *ledger, const TmBatch *batch, guint32 account, GError **error)
{
    const TmAccountRow *row = tm_account_table_row(&batch->accounts, account);
    return tm_ledger_find_or_add_account(ledger, row->pseudonym, row->kind, error);
}

/* Merges the entries of one cell, or puts them aside where many small files are usual. */
static gboolean store_cell(TmLedger *ledger, const TmLedgerCell *cell, CellStream *stream,
    TmStoreCounts *counts, GError **error)
{
    TmMergeCounts merged = {0};
    gboolean stored = tm_sources[cell->source].merging == TM_MERGE_COPIES
                          ? tm_ledger_add_unmerged(ledger, cell, next_of_cell, stream,
                                &merged.added, &merged.days, error)
                          : tm_weeks_merge(ledger, cell, next_of_cell, stream, &merged, error);
    counts->person_days += (guint64)__builtin_popcount(merged.days);
    counts->records_new += merged.added;
    counts->records_replaced += merged.replaced;
    counts->records_unchanged += merged.unchanged;
    return stored;
}

static gboolean store_cells(TmLedger *ledger, TmBatch *batch, const TmFileSummary *summary,
    TmStoreCounts *counts, GError **error)
{
    CellStream stream = {.runs = batch->runs, .exported = export_of(summary)};
    for (step(&stream); stream.has_next;) {
        stream.cell = stream.next_cell;
        TmLedgerCell cell = stream.cell;
        cell.account = account_of(ledger, batch, cell.account, error);
        if (cell.account == TM_ACCOUNT_NONE || !store_cell(ledger, &cell, &stream, counts, error))
            return FALSE;
    }
    const GError *failure = tm_entry_runs_error(batch->runs);
    if (failure != NULL)
        g_propagate_error(error, g_error_copy(failure));
    return failure == NULL;
}

/* ---- Coverage ---------------------------------------------------------------------------- */

static gboolean store_common_coverage(
    TmLedger *ledger, guint source, const TmBatchSource *met, GError **error)
{
    TmWeek first = TM_WEEK_NONE, last = TM_WEEK_NONE;
    if (met->first != TM_DAY_NONE) {
        first = tm_week_of_day(met->first);
        last = tm_week_of_day(met->last);
        for (TmWeek week = first; week <= last; week++)
            if (!tm_ledger_add_coverage(
                    ledger, TM_ACCOUNT_NONE, source, week, tm_batch_covered(met, week), error))
                return FALSE;
    }
    GHashTableIter stated;
    gpointer key;
    g_hash_table_iter_init(&stated, met->stated);
    while (g_hash_table_iter_next(&stated, &key, NULL)) {
        TmWeek week = GPOINTER_TO_INT(key);
        if ((first == TM_WEEK_NONE || week < first || week > last) &&
            !tm_ledger_add_coverage(
                ledger, TM_ACCOUNT_NONE, source, week, tm_batch_covered(met, week), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean store_personal_coverage(
    TmLedger *ledger, const TmBatch *batch, guint source, const TmBatchSource *met, GError **error)
{
    GHashTableIter accounts;
    gpointer key, value;
    g_hash_table_iter_init(&accounts, met->accounts);
    while (g_hash_table_iter_next(&accounts, &key, &value)) {
        const TmDaySpan *span = value;
        guint32 account = account_of(ledger, batch, GPOINTER_TO_UINT(key), error);
        if (account == TM_ACCOUNT_NONE || !tm_ledger_unsettle(ledger, account, source, error))
            return FALSE;
        for (TmWeek week = tm_week_of_day(span->first); week <= tm_week_of_day(span->last); week++)
            if (!tm_ledger_add_coverage(ledger, account, source, week,
                    tm_days_within(week, span->first, span->last), error))
                return FALSE;
    }
    return TRUE;
}

static gboolean store_coverage(TmLedger *ledger, const TmBatch *batch, GError **error)
{
    for (guint source = 0; source < tm_source_count; source++) {
        const TmBatchSource *met = &batch->sources[source];
        if (met->met && (!store_common_coverage(ledger, source, met, error) ||
                            (met->accounts != NULL &&
                                !store_personal_coverage(ledger, batch, source, met, error))))
            return FALSE;
    }
    return TRUE;
}

/* ---- Names and seats --------------------------------------------------------------------- */

static gboolean store_names(TmLedger *ledger, const TmBatch *batch, GError **error)
{
    GHashTableIter names;
    gpointer hash, text;
    g_hash_table_iter_init(&names, batch->names.texts);
    while (g_hash_table_iter_next(&names, &hash, &text)) {
        sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_NAME_WRITE, error);
        if (statement == NULL)
            return FALSE;
        sqlite3_bind_int64(statement, 1, GPOINTER_TO_UINT(hash));
        sqlite3_bind_text(statement, 2, text, -1, SQLITE_STATIC);
        if (!tm_ledger_execute(ledger, statement, "write a name", error))
            return FALSE;
    }
    return TRUE;
}

static gboolean store_seats(TmLedger *ledger, const TmBatch *batch, GError **error)
{
    for (guint i = 0; i < batch->seats->len; i++) {
        const TmBatchSeat *seat = &g_array_index(batch->seats, TmBatchSeat, i);
        guint32 account = account_of(ledger, batch, seat->account, error);
        sqlite3_stmt *statement = account == TM_ACCOUNT_NONE
                                      ? NULL
                                      : tm_ledger_statement(ledger, TM_STATEMENT_SEAT_WRITE, error);
        if (statement == NULL)
            return FALSE;
        const gint64 row[] = {ledger->source_ids[seat->source], seat->listed, (gint64)account + 1,
            seat->created, seat->ends, seat->plan};
        tm_ledger_bind(statement, row, G_N_ELEMENTS(row));
        if (!tm_ledger_execute(ledger, statement, "write a seat", error))
            return FALSE;
    }
    return TRUE;
}

TmAccountCounts tm_batch_count_accounts(const TmBatch *batch)
{
    TmAccountCounts counts = {0};
    for (guint32 account = 0; account < batch->accounts.rows->len; account++) {
        TmAccountKind kind = tm_account_table_row(&batch->accounts, account)->kind;
        guint64 *count = kind == TM_ACCOUNT_PERSON    ? &counts.people
                         : kind == TM_ACCOUNT_SERVICE ? &counts.services
                                                      : &counts.unresolved;
        (*count)++;
    }
    return counts;
}

gboolean tm_ledger_store(TmLedger *ledger, TmBatch *batch, const TmFileSummary *summary,
    TmStoreCounts *counts, GError **error)
{
    memset(counts, 0, sizeof *counts);
    tm_batch_finish(batch);
    if (!tm_ledger_begin(ledger, error))
        return FALSE;
    gboolean stored = batch->source == NULL ||
                      (store_cells(ledger, batch, summary, counts, error) &&
                          store_coverage(ledger, batch, error) &&
                          store_names(ledger, batch, error) && store_seats(ledger, batch, error));
    stored = stored && tm_ledger_remember_file(ledger, summary, error) &&
             tm_ledger_commit(ledger, error);
    if (!stored) {
        tm_ledger_rollback(ledger);
        memset(counts, 0, sizeof *counts);
        return FALSE;
    }
    counts->accounts = tm_batch_count_accounts(batch);
    return TRUE;
}
