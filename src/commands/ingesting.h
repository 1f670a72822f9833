/* ingesting: exports into the ledger; used by `ingest` and `run`. */
#ifndef TM_COMMANDS_INGESTING_H
#define TM_COMMANDS_INGESTING_H

#include "command.h"
#include "outcome_files.h"
#include <tidemark/ledger.h>

typedef struct TmIngested {
    guint64 files_read, files_unchanged, files_left_out;
    guint64 rows_taken, rows_skipped;
    guint64 unresolved; /* accounts of nobody in the ledger */
    TmOutcomesRead outcomes;
    GString *audit; /* members of the audit line: hashes of the inputs */
} TmIngested;

void tm_ingested_clear(TmIngested *ingested);

/* Opens the ledger with its key, both made if there are none. NULL with an error. */
TmLedger *tm_ingesting_open(const TmSetup *setup, TmLedgerKey **key, GError **error);

/* Reads what the invocation names into the ledger; writes the quarantine list. */
gboolean tm_ingesting_run(TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger,
    const TmLedgerKey *key, TmIngested *ingested, GError **error);

/* Accounts of the ledger, by TmAccountKind. */
void tm_ingesting_count_accounts(TmLedger *ledger, guint64 counts[3]);

/* One paragraph for people. */
void tm_ingested_print(const TmIngested *ingested);

#endif
