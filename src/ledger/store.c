/* Storing a batch: its cells in order, its coverage, the file; all or nothing. */
#include "batch.h"
#include "internal.h"

#include <string.h>

/* Gives the entries of one cell of the batch. */
typedef struct CellStream {
    TmRuns *runs;
    TmExport exported; /* of the file that is stored */
    guint32 account;   /* of the batch */
    TmWeek week;
    guint32 next_account;
    TmWeek next_week;
    TmEntry next;
    gboolean has_next;
} CellStream;

static void step(CellStream *stream)
{
    stream->has_next =
        tm_entry_runs_next(stream->runs, &stream->next_account, &stream->next_week, &stream->next);
}

static gboolean next_of_cell(gpointer user, TmEntry *entry)
{
    CellStream *stream = user;
    if (!stream->has_next || stream->next_account != stream->account ||
        stream->next_week != stream->week)
        return FALSE;
    *entry = stream->next;
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

static gboolean store_cells(TmLedger *ledger, TmBatch *batch, const TmFileSummary *summary,
    TmStoreCounts *counts, GError **error)
{
    CellStream stream = {.runs = batch->runs, .exported = export_of(summary)};
    guint source = (guint)(batch->source - tm_sources);
    for (step(&stream); stream.has_next;) {
        TmMergeCounts merged;
        stream.account = stream.next_account;
        stream.week = stream.next_week;
        const TmAccountRow *row = tm_account_table_row(&batch->accounts, stream.account);
        TmLedgerCell cell = {
            .account = tm_ledger_find_or_add_account(ledger, row->pseudonym, row->kind, error),
            .week = stream.week,
            .source = source,
        };
        if (cell.account == TM_ACCOUNT_NONE ||
            !tm_weeks_merge(ledger, &cell, next_of_cell, &stream, &merged, error))
            return FALSE;
        counts->person_days += (guint64)__builtin_popcount(merged.days);
        counts->records_new += merged.added;
        counts->records_replaced += merged.replaced;
        counts->records_unchanged += merged.unchanged;
    }
    const GError *failure = tm_entry_runs_error(batch->runs);
    if (failure != NULL)
        g_propagate_error(error, g_error_copy(failure));
    return failure == NULL;
}

static gboolean store_coverage(TmLedger *ledger, const TmBatch *batch, GError **error)
{
    guint source = (guint)(batch->source - tm_sources);
    TmWeek first = TM_WEEK_NONE, last = TM_WEEK_NONE;
    if (batch->first != TM_DAY_NONE) {
        first = tm_week_of_day(batch->first);
        last = tm_week_of_day(batch->last);
        for (TmWeek week = first; week <= last; week++)
            if (!tm_ledger_add_coverage(ledger, source, week, tm_batch_covered(batch, week), error))
                return FALSE;
    }
    GHashTableIter stated;
    gpointer key;
    g_hash_table_iter_init(&stated, batch->covered);
    while (g_hash_table_iter_next(&stated, &key, NULL)) {
        TmWeek week = GPOINTER_TO_INT(key);
        if ((first == TM_WEEK_NONE || week < first || week > last) &&
            !tm_ledger_add_coverage(ledger, source, week, tm_batch_covered(batch, week), error))
            return FALSE;
    }
    return TRUE;
}

static void count_accounts(const TmBatch *batch, TmStoreCounts *counts)
{
    for (guint32 account = 0; account < batch->accounts.rows->len; account++) {
        TmAccountKind kind = tm_account_table_row(&batch->accounts, account)->kind;
        guint64 *count = kind == TM_ACCOUNT_PERSON    ? &counts->people
                         : kind == TM_ACCOUNT_SERVICE ? &counts->services
                                                      : &counts->unresolved;
        (*count)++;
    }
}

gboolean tm_ledger_store(TmLedger *ledger, TmBatch *batch, const TmFileSummary *summary,
    TmStoreCounts *counts, GError **error)
{
    memset(counts, 0, sizeof *counts);
    tm_batch_finish(batch);
    if (!tm_ledger_begin(ledger, error))
        return FALSE;
    gboolean stored =
        batch->source == NULL || (store_cells(ledger, batch, summary, counts, error) &&
                                     store_coverage(ledger, batch, error));
    stored = stored && tm_ledger_remember_file(ledger, summary, error) &&
             tm_ledger_commit(ledger, error);
    if (!stored) {
        tm_ledger_rollback(ledger);
        memset(counts, 0, sizeof *counts);
        return FALSE;
    }
    count_accounts(batch, counts);
    return TRUE;
}
