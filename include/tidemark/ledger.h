/*
 * ledger: the private store. Facts of accounts under pseudonyms, nothing publishable, no names.
 *
 * Writing: a TmBatch is a sink for the records of one file. It resolves people, sorts records by
 * (person, week, key) while they arrive, keeps bounded memory (sorted runs in an unlinked temporary
 * file), and tm_ledger_store() merges it in one transaction. Same record key: the later export
 * replaces, by the rank of the export (then the hash of the file) and never by reading order; new
 * key: adds; records without an id count as often as in the file where they occur most. So any
 * order or repetition of files gives the same ledger, and so does splitting one between records,
 * as long as copies of a record without an id stay together.
 *
 * Sources with instants that state no sessions get them here: interactions less than 30 minutes
 * apart are one session, counted on its first day, marked as estimated.
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
#include <tidemark/outcomes.h>
#include <tidemark/setup.h>

G_BEGIN_DECLS

typedef struct TmLedger TmLedger;

/* 32 secret bytes. */
typedef struct TmLedgerKey TmLedgerKey;

/*
 * Reads the key file, or makes one (mode 0600) when `create` and neither key nor ledger exist.
 * TM_ERROR_UNUSABLE for a key that others may read, that has the wrong size, or that is missing
 * although the ledger exists; the message says how to mend it.
 */
TmLedgerKey *tm_ledger_key_load(
    const char *path, const char *ledger_path, gboolean create, GError **error);
/* A random key, for those who count accounts and store nothing. */
TmLedgerKey *tm_ledger_key_new(void);
void tm_ledger_key_free(TmLedgerKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmLedgerKey, tm_ledger_key_free)

/*
 * Opens or creates the store (mode 0600), migrates it, takes the lock. NULL with TM_ERROR_UNUSABLE
 * if another run holds it, others may read it, it was made with another key or by a newer version.
 * Key and set-up are borrowed and must outlive the ledger. A ledger belongs to one thread.
 */
TmLedger *tm_ledger_open(const char *path, TmLedgerKey *key, const TmSetup *setup, GError **error);
void tm_ledger_close(TmLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmLedger, tm_ledger_close)

/*
 * Accounts that were unresolved when read and that the set-up now maps to a person (or to "-",
 * which makes them services) are merged into that account, day by day where the mapping has dates.
 * `adopted` is how many. To be called after opening and before storing, so that a record that is
 * read again finds itself. Days stay as they were when read, in the organisation's zone.
 */
gboolean tm_ledger_adopt(TmLedger *ledger, guint64 *adopted, GError **error);

/* ---- Accounts ---------------------------------------------------------------------------- */

typedef enum TmAccountKind {
    TM_ACCOUNT_PERSON,     /* resolved */
    TM_ACCOUNT_UNRESOLVED, /* somebody, we do not know who */
    TM_ACCOUNT_SERVICE,    /* key, bot, automation, shared account */
} TmAccountKind;

/*
 * Whose a record of this tool is, as storing it would find. `account` is the identity that stands
 * for it, NULL where it names nobody; *person is set for a person only.
 */
TmAccountKind tm_record_account(const TmSetup *setup, TmToolIndex tool, const TmRecord *record,
    TmPersonIndex *person, const TmIdentity **account);

/* ---- Writing ----------------------------------------------------------------------------- */

typedef struct TmBatch TmBatch;

/* For one file; may be filled in another thread than the ledger's. Borrows both. */
TmBatch *tm_batch_new(const TmLedgerKey *key, const TmSetup *setup);
void tm_batch_free(TmBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmBatch, tm_batch_free)
TmIntakeSink tm_batch_sink(TmBatch *batch);

/*
 * Sorts what was read. tm_ledger_store() does it if nobody has; called in the thread that has read
 * the file, it takes the work off the ledger's thread. Nothing may be added afterwards.
 */
void tm_batch_finish(TmBatch *batch);

/* Distinct accounts of the file so far: matched to a person, to nobody, and services. */
typedef struct TmAccountCounts {
    guint64 people, unresolved, services;
} TmAccountCounts;

TmAccountCounts tm_batch_count_accounts(const TmBatch *batch);

/* Notes each model of the file whose tokens have no list price. */
void tm_batch_report_unpriced(const TmBatch *batch, const char *path, TmDiagnostics *diagnostics);

typedef struct TmStoreCounts {
    guint64 person_days;       /* rows of the file after grouping */
    guint64 records_new;       /* keys not seen before; all that are copied between files */
    guint64 records_replaced;  /* keys whose values a later export changed */
    guint64 records_unchanged; /* keys already there, or from an earlier export */
    TmAccountCounts accounts;
} TmStoreCounts;

/*
 * Merges a batch in one transaction: after a failure the ledger is as it was. The batch cannot be
 * used again.
 */
gboolean tm_ledger_store(TmLedger *ledger, TmBatch *batch, const TmFileSummary *summary,
    TmStoreCounts *counts, GError **error);

/*
 * Makes the facts that depend on several files or weeks: copies of records in other weeks, named
 * sessions, running totals. To be called after the last store (and after opening, for what a
 * killed run left); until then facts of such sources are those of the last call.
 */
gboolean tm_ledger_settle(TmLedger *ledger, GError **error);

/*
 * TRUE if a file of this path, size and mtime, or of this hash, was stored whole before; a file of
 * which options left rows out was not. `path` or `sha256` may be NULL, then only the other counts.
 */
gboolean tm_ledger_knows_file(
    TmLedger *ledger, const char *path, guint64 bytes, gint64 modified, const guint8 *sha256);

/*
 * Forgets all that the sources of one tool have said, and which files were read, so that the next
 * run reads everything again.
 */
gboolean tm_ledger_reset_tool(TmLedger *ledger, TmToolIndex tool, GError **error);

/* ---- Sums of one file, without a ledger --------------------------------------------------- */

/*
 * What the records of one file come to when each counts as in a ledger: copies once, of a key that
 * is told again the last, running totals as what they gained. Memory is bounded: what is more goes
 * to an unlinked temporary file.
 */
typedef struct TmFileSums TmFileSums;

TmFileSums *tm_file_sums_new(void);
void tm_file_sums_free(TmFileSums *sums);
void tm_file_sums_add(TmFileSums *sums, const TmSource *source, const TmRecord *record);

/* Once, at the end. `copies`: how many records repeat another. FALSE if the temporary file failed.
 */
gboolean tm_file_sums_finish(
    TmFileSums *sums, TmMeasures *measures, guint64 *copies, GError **error);

/* ---- One person's records, without a ledger ---------------------------------------------- */

/*
 * What the files of one person say, as a ledger would count it: copies are one record, of a
 * person's later exports the last counts, a running total is what it has gained that day. Held in
 * memory: some 300 bytes for each record.
 */
typedef struct TmOwnRecords TmOwnRecords;

/* Days are those of the zone, which is borrowed. */
TmOwnRecords *tm_own_records_new(GTimeZone *zone);
void tm_own_records_free(TmOwnRecords *own);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmOwnRecords, tm_own_records_free)

void tm_own_records_add(TmOwnRecords *own, const TmSource *source, const TmRecord *record);

/*
 * Adds the records of one file, which may have been read in another thread, and frees them.
 * `exported` is the rank of the file: TmFileSummary.exported.
 */
void tm_own_records_take(TmOwnRecords *own, TmOwnRecords *file, gint64 exported);

/* Without identities, label and instant, with the day in the zone and one session at most. */
typedef void (*TmOwnVisitor)(gpointer user, const TmRecord *record);

/*
 * Each record on these days, by source, day, key and part. ACTIVE_SECONDS are estimated where
 * sources supply them and nothing states them. Nothing may be added afterwards.
 */
void tm_own_records_foreach(TmOwnRecords *own, TmDaySpan days, TmOwnVisitor visit, gpointer user);

/* ---- Outcomes of teams ------------------------------------------------------------------- */

/* For one file of a development tool; may be filled in another thread than the ledger's. */
typedef struct TmOutcomeBatch TmOutcomeBatch;

TmOutcomeBatch *tm_outcome_batch_new(void);
void tm_outcome_batch_free(TmOutcomeBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmOutcomeBatch, tm_outcome_batch_free)
TmOutcomeSink tm_outcome_batch_sink(TmOutcomeBatch *batch);

/* Stores a file's counts, answers and themes in one transaction; in any order of files the same. */
gboolean tm_ledger_store_outcomes(
    TmLedger *ledger, const TmOutcomeBatch *batch, const TmOutcomeSummary *summary, GError **error);

/* One stored count. Pointers are valid during the call. */
typedef struct TmStoredOutcome {
    const char *metric;
    const char *team; /* id of the unit; NULL: of no team */
    TmDay day;
    TmOutcomePeriod period;
    gint64 count; /* in millionths */
    gboolean estimated;
} TmStoredOutcome;

typedef void (*TmOutcomeVisitor)(gpointer user, const TmStoredOutcome *outcome);

/* Every stored count, by metric, team and day. */
gboolean tm_ledger_foreach_outcome(
    TmLedger *ledger, TmOutcomeVisitor visit, gpointer user, GError **error);

/* ---- Reading ----------------------------------------------------------------------------- */

typedef guint32 TmAccount; /* row of the ledger's person table */

/* Distinct mixes of one account, week and source that are kept apart; the rest is one, unnamed. */
#define TM_MIX_LIMIT 32

/* What a part of a week's use was of: hashes of names (tm_ledger_name()), 0 where not stated. */
typedef struct TmMix {
    guint32 model, label;
    TmSurface surface;
    TmTask task;
    gint64 tokens; /* headline */
    gint64 interactions;
} TmMix;

/* One source's figures of one account in one week, all files merged. */
typedef struct TmPersonWeek {
    TmAccount account;
    TmWeek week;
    guint source;          /* into tm_sources */
    guint8 days_with_rows; /* bit 0 Monday: the source has records of this account that day */
    guint8 covered;        /* days that a personal source covers for this account */
    TmMeasures day[7];
    guint mix_count; /* 0: stored by a version that did not keep it, or nothing is stated */
    TmMix mix[TM_MIX_LIMIT];
} TmPersonWeek;

typedef struct TmLedgerScan TmLedgerScan;

/*
 * All person-weeks from first to last week, in the order (account, week, source), where sources
 * come in the order in which the ledger came to know them. Nothing may be stored before its end.
 */
TmLedgerScan *tm_ledger_scan(TmLedger *ledger, TmWeek first, TmWeek last, GError **error);
gboolean tm_ledger_scan_next(TmLedgerScan *scan, TmPersonWeek *person_week);
/* Frees the scan. FALSE with an error if it ended because reading failed. */
gboolean tm_ledger_scan_end(TmLedgerScan *scan, GError **error);

/*
 * Number of accounts (indices run from 0), kind of one, and the account of a person or NONE. After
 * adoption some indices may be out of use: no person-week has them.
 */
guint32 tm_ledger_accounts(TmLedger *ledger);
TmAccountKind tm_ledger_account_kind(TmLedger *ledger, TmAccount account);
TmAccount tm_ledger_person_account(TmLedger *ledger, TmPersonIndex person); /* G_MAXUINT32: none */

/*
 * Days of a week for which a source is covered (bit 0 Monday), for everybody: stated by a file,
 * with rows, or between days with rows in one file. Days are the source's own (UTC), since the
 * local day of one person says nothing about the others.
 */
guint8 tm_ledger_covered(TmLedger *ledger, guint source, TmWeek week);

/*
 * Days of weeks that each tool is covered for, whoever uses it. Where a tool has a source with data
 * of everybody, people's own files say nothing of the others: of them, those of five people or more
 * in the week count. Where all its sources are of that kind, a day is covered when anybody has data
 * of it. As of the call: what is stored later is not in it.
 */
typedef struct TmToolCoverage TmToolCoverage;

TmToolCoverage *tm_tool_coverage_new(TmLedger *ledger);
void tm_tool_coverage_free(TmToolCoverage *coverage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmToolCoverage, tm_tool_coverage_free)
guint8 tm_tool_coverage_days(const TmToolCoverage *coverage, TmToolIndex tool, TmWeek week);

typedef void (*TmSeatListVisitor)(gpointer user, guint source, TmDay listed, guint64 seats);

/* The lists of seats that are stored, by source and day. */
gboolean tm_ledger_foreach_seat_list(
    TmLedger *ledger, TmSeatListVisitor visit, gpointer user, GError **error);

/* Name of a model or label by its hash, in small letters; NULL if there is none. Borrowed. */
const char *tm_ledger_name(TmLedger *ledger, guint32 hash);

/* First and last week with any data; FALSE when there is none. */
gboolean tm_ledger_span(TmLedger *ledger, TmWeek *first, TmWeek *last);

/* Logical content as text, ordered by pseudonym: for tests that compare two ledgers. */
char *tm_ledger_dump(TmLedger *ledger, GError **error);

G_END_DECLS

#endif
