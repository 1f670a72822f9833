/*
 * Sums of one file, as its records would count in a ledger that has no other. Records are sorted by
 * source, account and key, whatever their week, so that copies meet each other.
 */
#include <tidemark/records.h>

#include "runs.h"

struct TmFileSums {
    TmAccountTable accounts; /* one for all: the key of an entry tells accounts apart */
    TmRuns *runs;
    TmMeasures sums;
    guint64 repeatable, distinct; /* records that can be told again, and without repetitions */

    /* The record that is being summed up. */
    guint source;
    guint64 key;
    TmEntry held[2]; /* its first parts, as long as it is not known whether they count */
    guint held_count;
    gboolean decided; /* they did or did not: later parts count */
    TmMeasures level; /* of a counter: what it has gained so far */
};

#define BUFFER (4 << 20) /* bytes that are held before they are spilled */

TmFileSums *tm_file_sums_new(void)
{
    static const guint8 nobody[TM_PSEUDONYM_LENGTH] = {1};
    TmFileSums *sums = g_new0(TmFileSums, 1);
    tm_account_table_init(&sums->accounts);
    tm_account_table_append(&sums->accounts, nobody, TM_ACCOUNT_PERSON);
    sums->runs = tm_entry_runs_new(&sums->accounts, BUFFER);
    return sums;
}

void tm_file_sums_free(TmFileSums *sums)
{
    if (sums == NULL)
        return;
    tm_entry_runs_free(sums->runs);
    tm_account_table_clear(&sums->accounts);
    g_free(sums);
}

/* Keys are compared within one account only. */
static guint64 key_of(const TmRecord *record)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, (gint64)record->key);
    if (record->identities == 0)
        return tm_key_end(hash);
    const TmIdentity *identity = &record->identity[0];
    hash = tm_key_integer(hash, identity->kind);
    return tm_key_end(tm_key_lower(hash, identity->value, identity->length));
}

void tm_file_sums_add(TmFileSums *sums, const TmSource *source, const TmRecord *record)
{
    TmEntry entry = {.key = key_of(record),
        .part = record->part,
        .running = record->running,
        .minute = TM_MINUTE_NONE,
        .count = 1,
        .copies = 1,
        .measures = record->measures};
    entry.measures.estimated &= entry.measures.present;
    if (source->merging == TM_MERGE_TWINS) { /* equal keys in one file are several records */
        tm_measures_merge(&sums->sums, &entry.measures);
        return;
    }
    const TmLedgerCell cell = {.source = (guint)(source - tm_sources)};
    sums->repeatable += record->running ? 0 : 1;
    tm_entry_runs_add(sums->runs, &cell, &entry);
}

/* ---- Summing up -------------------------------------------------------------------------- */

static void count(TmFileSums *sums, const TmEntry *entry)
{
    TmMeasures measures = entry->measures;
    if (entry->running) {
        tm_measures_subtract(&measures, &sums->level);
        sums->level = entry->measures;
    }
    sums->distinct += entry->running ? 0 : 1;
    tm_measures_merge(&sums->sums, &measures);
}

/* The record has no more parts: a copy that names no request is one with the only other. */
static void end_record(TmFileSums *sums)
{
    if (sums->held_count == 2)
        tm_entry_join(&sums->held[0], &sums->held[1]);
    if (sums->held_count > 0)
        count(sums, &sums->held[0]);
    sums->held_count = 0;
    sums->decided = FALSE;
    sums->level = (TmMeasures){0};
}

/* As tm_settle_join_unnamed() has it, with two parts at hand. */
static void take_part(TmFileSums *sums, const TmEntry *entry)
{
    gboolean unnamed =
        sums->held_count == 1 && sums->held[0].part == 0 && (entry->part & TM_PART_OF_REQUEST);
    if (!sums->decided && (sums->held_count == 0 || unnamed)) {
        sums->held[sums->held_count++] = *entry;
        return;
    }
    if (sums->held_count > 0) /* of two the first says nothing that the others do not */
        count(sums, &sums->held[sums->held_count - 1]);
    sums->held_count = 0;
    sums->decided = TRUE;
    count(sums, entry);
}

gboolean tm_file_sums_finish(
    TmFileSums *sums, TmMeasures *measures, guint64 *copies, GError **error)
{
    TmLedgerCell cell;
    TmEntry entry;
    tm_entry_runs_finish(sums->runs);
    while (tm_entry_runs_next(sums->runs, &cell, &entry)) {
        if (entry.key != sums->key || cell.source != sums->source)
            end_record(sums);
        sums->key = entry.key;
        sums->source = cell.source;
        take_part(sums, &entry);
    }
    end_record(sums);
    *measures = sums->sums;
    *copies = sums->repeatable - sums->distinct;
    const GError *failure = tm_entry_runs_error(sums->runs);
    if (failure != NULL)
        g_propagate_error(error, g_error_copy(failure));
    return failure == NULL;
}
