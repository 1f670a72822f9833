/*
 * ledger: the private store. Facts of accounts under pseudonyms, nothing publishable, no names.
 *
 * Writing: a TmBatch is a sink for the records of one file. It resolves people, groups records by
 * (person, day) while they arrive, keeps bounded memory (sorted runs in an unlinked temporary
 * file), and tm_ledger_store() merges it in one transaction. Same record key: the later export
 * replaces, by the rank of the export and never by reading order; new key: adds; records without
 * an id count as often as in the file where they occur most. So any order, splitting or repetition
 * of files gives the same ledger.
 *
 * Reading: a TmLedgerScan gives person-weeks in the order (person, week, source).
 *
 * The pseudonym is HMAC-SHA-256 of the canonical identity under a key in a file of its own. One
 * process at a time: tm_ledger_open() takes a lock. The program may be killed at any moment.
 */
#ifndef TIDEMARK_LEDGER_H
#define TIDEMARK_LEDGER_H

#include <tidemark/base.h>
#include <tidemark/intake.h>
#include <tidemark/setup.h>

G_BEGIN_DECLS

typedef struct TmLedger TmLedger;

/* 32 secret bytes. */
typedef struct TmLedgerKey TmLedgerKey;

/*
 * Reads the key file, or makes one (mode 0600) when `create` and neither key nor ledger exist.
 * Refuses a key that others may read, and says how to mend it.
 */
TmLedgerKey *tm_ledger_key_load(
    const char *path, const char *ledger_path, gboolean create, GError **error);
void tm_ledger_key_free(TmLedgerKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmLedgerKey, tm_ledger_key_free)

/* Opens or creates the store, migrates it, takes the lock. NULL with TM_ERROR_UNUSABLE if locked. */
TmLedger *tm_ledger_open(
    const char *path, TmLedgerKey *key, const TmSetup *setup, GError **error);
void tm_ledger_close(TmLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmLedger, tm_ledger_close)

/*
 * Accounts that were unresolved when read and that the set-up now maps to a person are merged into
 * that person. Returns how many.
 */
gboolean tm_ledger_adopt(TmLedger *ledger, guint64 *adopted, GError **error);

/* ---- Writing ----------------------------------------------------------------------------- */

typedef struct TmBatch TmBatch;

/* For one file; may be filled in another thread than the ledger's. */
TmBatch *tm_batch_new(const TmLedgerKey *key, const TmSetup *setup);
void tm_batch_free(TmBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmBatch, tm_batch_free)
TmIntakeSink tm_batch_sink(TmBatch *batch);

typedef struct TmStoreCounts {
    guint64 person_days;       /* rows of the file after grouping */
    guint64 records_new;       /* keys not seen before */
    guint64 records_replaced;  /* keys whose values a later export changed */
    guint64 records_unchanged; /* keys already there, or from an earlier export */
    guint64 people;            /* distinct people matched */
    guint64 unresolved;        /* distinct accounts without a person */
    guint64 services;          /* distinct keys, bots, automations */
} TmStoreCounts;

/* Merges a batch in one transaction. The batch cannot be used again. */
gboolean tm_ledger_store(TmLedger *ledger, TmBatch *batch, const TmFileSummary *summary,
    TmStoreCounts *counts, GError **error);

/* TRUE if a file of this path, size and mtime, or of this hash, was stored whole before. */
gboolean tm_ledger_knows_file(
    TmLedger *ledger, const char *path, guint64 bytes, gint64 modified, const guint8 *sha256);

/* ---- Reading ----------------------------------------------------------------------------- */

typedef guint32 TmAccount; /* row of the ledger's person table */

typedef enum TmAccountKind {
    TM_ACCOUNT_PERSON,     /* resolved */
    TM_ACCOUNT_UNRESOLVED, /* somebody, we do not know who */
    TM_ACCOUNT_SERVICE,    /* key, bot, automation, shared account */
} TmAccountKind;

/* One source's figures of one account in one week, all files merged. */
typedef struct TmPersonWeek {
    TmAccount account;
    TmWeek week;
    guint source;         /* into tm_sources */
    guint8 days_with_rows; /* bit 0 Monday: the source has records of this account that day */
    TmMeasures day[7];
} TmPersonWeek;

typedef struct TmLedgerScan TmLedgerScan;

/* All person-weeks from first to last week, in the order (account, week, source). */
TmLedgerScan *tm_ledger_scan(TmLedger *ledger, TmWeek first, TmWeek last, GError **error);
gboolean tm_ledger_scan_next(TmLedgerScan *scan, TmPersonWeek *person_week);
/* FALSE with an error if the scan ended because reading failed. */
gboolean tm_ledger_scan_end(TmLedgerScan *scan, GError **error);

/* Number of accounts (indices run from 0), kind of one, and the account of a person or NONE. */
guint32 tm_ledger_accounts(TmLedger *ledger);
TmAccountKind tm_ledger_account_kind(TmLedger *ledger, TmAccount account);
TmAccount tm_ledger_person_account(TmLedger *ledger, TmPersonIndex person); /* G_MAXUINT32: none */

/*
 * Days of a week for which a source is covered (bit 0 Monday), for everybody: stated by a file,
 * with rows, or between days with rows in one file.
 */
guint8 tm_ledger_covered(TmLedger *ledger, guint source, TmWeek week);

/* First and last week with any data; FALSE when there is none. */
gboolean tm_ledger_span(TmLedger *ledger, TmWeek *first, TmWeek *last);

/* Logical content as text, ordered by pseudonym: for tests that compare two ledgers. */
char *tm_ledger_dump(TmLedger *ledger, GError **error);

G_END_DECLS

#endif
