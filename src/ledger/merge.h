/*
 * Merging entries of one account, week and source with those that the ledger has. The rule makes
 * the result independent of the order and number of merges:
 *
 *   a record is all entries of one key; the greater export replaces it whole, the lesser changes
 *   nothing but the count; the count is the greater of both (1 where records have ids).
 *
 * Where clients copy records between files (TM_MERGE_COPIES), copies are joined part by part
 * instead, whatever export they come from: tm_entry_join().
 */
#ifndef LEDGER_MERGE_H
#define LEDGER_MERGE_H

#include "totals.h"

typedef struct TmMergeCounts {
    guint64 added, replaced, unchanged; /* records */
    guint8 days;                        /* of the week, on which the new entries lie */
} TmMergeCounts;

/* Bytes of the packed entries of one account, week and source at most: millions of records. */
#define TM_ENTRIES_LONGEST (256u << 20)

/* Gives the next entry, by key and part; FALSE at the end. */
typedef gboolean (*TmEntrySource)(gpointer user, TmEntry *entry);

typedef struct TmMerger TmMerger;
TmMerger *tm_merger_new(void);
void tm_merger_free(TmMerger *merger);

/*
 * Merges the packed `old` entries with those of `next` and appends the result to `out`. Fills
 * `totals` (without sessions) and `counts`. FALSE if `old` is broken, or if the result gets longer
 * than TM_ENTRIES_LONGEST.
 */
gboolean tm_merge_entries(TmMerger *merger, TmMerging merging, const guint8 *old, gsize old_length,
    TmEntrySource next, gpointer user, GByteArray *out, TmTotals *totals, TmMergeCounts *counts);

#endif
