/*
 * External sorting of entries in bounded memory. Use: tm_entry_runs_new, tm_entry_runs_add for each
 * record, tm_entry_runs_finish once, then tm_entry_runs_next until it gives FALSE, then look at
 * tm_entry_runs_error.
 *
 * Entries come back in the order (pseudonym of the account, week, source, key, part), those that
 * are equal in all five combined by the rule of the source; accounts in cells are those of the
 * table; which export they are from is not kept. Rows are then written nearly in the order of their
 * keys, because accounts get their places in the ledger in the order of pseudonyms too.
 */
#ifndef LEDGER_RUNS_H
#define LEDGER_RUNS_H

#include "accounts.h"
#include "entry.h"

typedef struct TmRuns TmRuns;

/* Borrows `accounts`; holds about `buffer_bytes` at most, then spills to a temporary file. */
TmRuns *tm_entry_runs_new(const TmAccountTable *accounts, gsize buffer_bytes);
void tm_entry_runs_free(TmRuns *runs);

void tm_entry_runs_add(TmRuns *runs, const TmLedgerCell *cell, const TmEntry *entry);

/* Sorts what is left. No account may be added to the table between here and the last entry. */
void tm_entry_runs_finish(TmRuns *runs);

gboolean tm_entry_runs_next(TmRuns *runs, TmLedgerCell *cell, TmEntry *entry);

/* What went wrong with the temporary file, or NULL; owned by the runs. */
const GError *tm_entry_runs_error(const TmRuns *runs);

/* How many runs there are; for tests of spilling. */
guint tm_entry_runs_count(const TmRuns *runs);

#endif
