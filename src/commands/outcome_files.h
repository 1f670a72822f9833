/* outcome_files: exports of development tools, read beside those of the vendors. */
#ifndef TM_COMMANDS_OUTCOME_FILES_H
#define TM_COMMANDS_OUTCOME_FILES_H

#include "command.h"
#include <tidemark/ledger.h>

typedef struct TmOutcomesRead {
    guint64 files_read, files_unchanged, files_left_out;
    guint64 taken, unattributed;
} TmOutcomesRead;

/* Reads the folder of outcomes, if there is one, into the ledger. */
gboolean tm_outcome_files_ingest(TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger,
    TmOutcomesRead *read, GError **error);

/* Says what is in the files of the folder and stores nothing. */
void tm_outcome_files_check(TmInvocation *invocation, const TmSetup *setup);

/* One line for each metric that is stored: first and last day, count. */
gboolean tm_outcome_files_status(TmLedger *ledger, GError **error);

#endif
