/* The open ledger, for the files of this room; and the statements that they share. */
#ifndef LEDGER_INTERNAL_H
#define LEDGER_INTERNAL_H

#include <sqlite3.h>

#include "accounts.h"
#include "merge.h"

#define TM_EVERYBODY 0 /* person of coverage that holds for all; accounts are rows from 1 on */

/* People whose ids differ only in the lowest bits share a block of the table fact. */
#define TM_BLOCK_BITS "8"
#define TM_BLOCK_PEOPLE 256

/* One row per statement: identifier, text. Prepared when first used. */
#define TM_STATEMENTS(X)                                                                           \
    X(BEGIN, "BEGIN IMMEDIATE")                                                                    \
    X(COMMIT, "COMMIT")                                                                            \
    X(ROLLBACK, "ROLLBACK")                                                                        \
    X(SEEN_READ, "SELECT entries, last_minute FROM seen"                                           \
                 " WHERE person = ?1 AND week = ?2 AND source = ?3")                               \
    X(SEEN_EDGES, "SELECT first_minute, last_minute FROM seen"                                     \
                  " WHERE person = ?1 AND week = ?2 AND source = ?3")                              \
    X(SEEN_WRITE, "REPLACE INTO seen VALUES (?2, ?3, ?1, ?4, ?5, ?6)")                             \
    X(SEEN_DELETE, "DELETE FROM seen WHERE person = ?1 AND week = ?2 AND source = ?3")             \
    X(FACT_WEEKS, "SELECT week, source FROM fact WHERE block = ?1 >> " TM_BLOCK_BITS               \
                  " AND person = ?1 ORDER BY week, source")                                        \
    X(FACT_WRITE, "REPLACE INTO fact VALUES (?1 >> " TM_BLOCK_BITS ", ?2, ?3, ?1, ?4)")            \
    X(FACT_DELETE, "DELETE FROM fact WHERE block = ?1 >> " TM_BLOCK_BITS                           \
                   " AND person = ?1 AND week = ?2 AND source = ?3")                               \
    X(PERSON_READ, "SELECT id, pseudonym, kind FROM person ORDER BY id")                           \
    X(PERSON_WRITE, "INSERT INTO person VALUES (?1, ?2, ?3)")                                      \
    X(PERSON_DELETE, "DELETE FROM person WHERE id = ?1")                                           \
    X(COVERAGE_ADD, "INSERT INTO coverage VALUES (?1, ?2, ?3, ?4)"                                 \
                    " ON CONFLICT DO UPDATE SET days = days | excluded.days")                      \
    X(COVERAGE_SUMS, "SELECT source, week, max(days * (person = 0)), sum(person <> 0)"             \
                     " FROM coverage GROUP BY source, week")                                       \
    X(COVERAGE_READ, "SELECT days FROM coverage WHERE person = ?1 AND source = ?2 AND week = ?3")  \
    X(FILE_WRITE, "REPLACE INTO file VALUES (?1, ?2, ?3, ?4)")                                     \
    X(FILE_BY_PATH, "SELECT 1 FROM file WHERE path = ?1 AND bytes = ?2 AND modified = ?3")         \
    X(FILE_BY_HASH, "SELECT 1 FROM file WHERE sha256 = ?1")                                        \
    X(SPAN, "SELECT min(week), max(week) FROM fact")                                               \
    X(SEEN_SPAN, "SELECT min(week), max(week) FROM seen")                                          \
    X(FACT_READ, "SELECT totals FROM fact WHERE block = ?1 >> " TM_BLOCK_BITS                      \
                 " AND person = ?1 AND week = ?2 AND source = ?3")                                 \
    X(UNSETTLE, "INSERT OR IGNORE INTO unsettled VALUES (?1, ?2)")                                 \
    X(UNSETTLED, "SELECT person, source FROM unsettled LIMIT 1")                                   \
    X(SETTLED, "DELETE FROM unsettled WHERE person = ?1 AND source = ?2")                          \
    X(NAME_WRITE, "INSERT OR IGNORE INTO name VALUES (?1, ?2)")                                    \
    X(NAME_READ, "SELECT text FROM name WHERE hash = ?1")                                          \
    X(UNMERGED_ADD,                                                                                \
        "INSERT INTO unmerged (person, week, source, entries) VALUES (?1, ?2, ?3, ?4)")            \
    X(UNMERGED_READ, "SELECT week, entries FROM unmerged WHERE person = ?1 AND source = ?2"        \
                     " ORDER BY week, id")                                                         \
    X(UNMERGED_DELETE, "DELETE FROM unmerged WHERE person = ?1 AND source = ?2")                   \
    X(UNMERGED_SPAN, "SELECT min(week), max(week) FROM unmerged")                                  \
    X(OUTCOME_WRITE,                                                                               \
        "INSERT INTO outcome (key, known, exported, file, day, period, project, count, metric,"    \
        " team) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO UPDATE SET"        \
        " known = excluded.known, exported = excluded.exported, file = excluded.file,"             \
        " day = excluded.day, period = excluded.period, project = excluded.project,"               \
        " count = excluded.count, team = excluded.team"                                            \
        " WHERE (excluded.known, excluded.exported, excluded.file) > (known, exported, file)")     \
    X(ANSWER_WRITE,                                                                                \
        "INSERT INTO answer (key, file, number, exported, day, score, scale_max, team)"            \
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET"                       \
        " exported = excluded.exported, day = excluded.day, score = excluded.score,"               \
        " scale_max = excluded.scale_max, team = excluded.team"                                    \
        " WHERE excluded.exported > exported")                                                     \
    X(THEME_WRITE,                                                                                 \
        "INSERT INTO theme (day, exported, heading, author, text) VALUES (?1, ?2, ?3, ?4, ?5)"     \
        " ON CONFLICT DO UPDATE SET exported = excluded.exported, author = excluded.author,"       \
        " text = excluded.text WHERE (excluded.exported, excluded.text) > (exported, text)")       \
    X(SEAT_WRITE, "REPLACE INTO seat VALUES (?1, ?2, ?3, ?4, ?5, ?6)")

typedef enum TmStatement {
#define X(id, text) TM_STATEMENT_##id,
    TM_STATEMENTS(X)
#undef X
        TM_STATEMENT_COUNT
} TmStatement;

struct TmLedger {
    sqlite3 *database;
    char *path;
    int lock; /* descriptor of the lock file */
    const TmLedgerKey *key;
    const TmSetup *setup;
    sqlite3_stmt *statements[TM_STATEMENT_COUNT];
    TmAccountTable accounts; /* the person table; number = id - 1 */
    guint32 *of_person;      /* account by person of the set-up; NULL until asked for */
    gint64 *source_ids;      /* id in the ledger by index into tm_sources */
    TmMerger *merger;
    TmTotals *totals;
    GHashTable *names; /* hash -> text, of those asked for */
};

/* ---- schema.c ---- */

/* Makes the connection safe, checks that the file is ours, brings it to the newest version. */
gboolean tm_ledger_prepare(TmLedger *ledger, GError **error);

/* ---- ledger.c ---- */

/* "PATH: cannot WHAT: reason" with the reason that SQLite gives; always FALSE. */
gboolean tm_ledger_fail(const TmLedger *ledger, const char *what, GError **error);

/* A statement ready to be bound; NULL with an error. Reset it when done. */
sqlite3_stmt *tm_ledger_statement(TmLedger *ledger, TmStatement id, GError **error);

/* Binds integers to ?1, ?2, … of a statement, as many as are given. */
void tm_ledger_bind(sqlite3_stmt *statement, const gint64 *values, guint count);

/* Runs a bound statement that gives no rows, and resets it. */
gboolean tm_ledger_execute(
    TmLedger *ledger, sqlite3_stmt *statement, const char *what, GError **error);

gboolean tm_ledger_begin(TmLedger *ledger, GError **error);
gboolean tm_ledger_commit(TmLedger *ledger, GError **error);
/* Undoes the transaction and reads the person table again. */
void tm_ledger_rollback(TmLedger *ledger);

/* Reads the person table into ledger->accounts. */
gboolean tm_ledger_load_accounts(TmLedger *ledger, GError **error);

/* The account with this pseudonym, made if it is not there; TM_ACCOUNT_NONE with an error. */
guint32 tm_ledger_find_or_add_account(
    TmLedger *ledger, const guint8 *pseudonym, TmAccountKind kind, GError **error);

/* Index into tm_sources of a source of the ledger; G_MAXUINT if this version has none. */
guint tm_ledger_source_of_id(const TmLedger *ledger, gint64 id);

/* ---- weeks.c ---- */

/* Merges entries into a cell and writes it if it changed; keeps the next week's sessions right. */
gboolean tm_weeks_merge(TmLedger *ledger, const TmLedgerCell *cell, TmEntrySource next,
    gpointer user, TmMergeCounts *counts, GError **error);

/* Replaces what a cell holds; without an entry the cell is deleted. */
gboolean tm_weeks_replace(
    TmLedger *ledger, const TmLedgerCell *cell, TmEntrySource next, gpointer user, GError **error);

/* The packed entries of a cell; NULL with an error, empty if there is none. */
GByteArray *tm_weeks_entries(TmLedger *ledger, const TmLedgerCell *cell, GError **error);

/* Binds account, week and source of a cell to ?1, ?2, ?3; NULL with an error. */
sqlite3_stmt *tm_weeks_statement(
    TmLedger *ledger, TmStatement id, const TmLedgerCell *cell, GError **error);

/* ---- settle.c ---- */

/*
 * Facts of a source whose records wander between weeks, or whose sessions have names, depend on
 * all weeks of an account: they are made by tm_ledger_settle(), not when a cell is merged.
 */
gboolean tm_source_settles(guint source);

/*
 * Puts entries of a file aside for the next settling: records that are copied between files come in
 * many small files, and merging each into all that its week has would cost its square. `records` is
 * how many there were.
 */
gboolean tm_ledger_add_unmerged(TmLedger *ledger, const TmLedgerCell *cell, TmEntrySource next,
    gpointer user, guint64 *records, guint8 *days, GError **error);

/* Notes that an account's facts of a source have to be made again. */
gboolean tm_ledger_unsettle(TmLedger *ledger, guint32 account, guint source, GError **error);

/* ---- coverage.c ---- */

/* `account` is TM_ACCOUNT_NONE where the days are covered for everybody. */
gboolean tm_ledger_add_coverage(
    TmLedger *ledger, guint32 account, guint source, TmWeek week, guint8 days, GError **error);

/* Days that a source covers for one account only, by itself. */
guint8 tm_ledger_covered_for(TmLedger *ledger, guint32 account, guint source, TmWeek week);

/* ---- files.c ---- */

gboolean tm_ledger_remember_file(TmLedger *ledger, const TmFileSummary *summary, GError **error);

#endif
