/*
 * checking: what `check` finds out about one file, beyond what its reader says: days, accounts,
 * overlap with what is stored, and one record as an example.
 */
#ifndef TM_COMMANDS_CHECKING_H
#define TM_COMMANDS_CHECKING_H

#include "accounts_seen.h"
#include "command.h"
#include <tidemark/ledger.h>

/* What all files are checked against. The ledger is NULL when nothing is stored. */
typedef struct TmCheckContext {
    const TmSetup *setup; /* NULL: no settings, accounts are not looked up */
    TmLedgerKey *key;
    TmLedger *ledger;
    TmAccountsSeen *seen; /* gathers accounts over all files; NULL: not wanted */
} TmCheckContext;

/* One file while it is read, and afterwards. */
typedef struct TmCheckedFile {
    const TmCheckContext *context;
    TmBatch *batch; /* NULL without a set-up */
    TmIntakeSink batch_sink;
    TmAccountsSeen *seen; /* NULL: not wanted */
    const TmFormat *format;
    GHashTable *days;    /* with rows */
    GHashTable *sources; /* TmSource -> its days with rows */
    char *example;       /* first record, without what names a person; NULL without any */
    TmFileSums *adding;  /* while it is read */
    TmMeasures sums;     /* as the records would count, copies once */
    guint64 copies;      /* records that repeat another one of the file */
    GError *failure;     /* of adding up */
} TmCheckedFile;

TmCheckedFile *tm_checked_file_new(const TmCheckContext *context, TmIntakeSink *sink);
/* Adds up, in the thread that has read the file. */
void tm_checked_file_finish(TmCheckedFile *file);
void tm_checked_file_free(TmCheckedFile *file);

/* Working days of the organisation between the first and last day of the file without any row. */
guint tm_checked_missing_days(
    const TmCheckedFile *file, const TmFileSummary *summary, guint8 work_days);

/*
 * Days of the file that are stored: from its own sources, and from others of the same tools.
 * FALSE when there is no ledger to compare with.
 */
gboolean tm_checked_overlap(const TmCheckedFile *file, guint *days, guint *own, guint *others);

#endif
