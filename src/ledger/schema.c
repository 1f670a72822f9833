/*
 * The tables of the ledger and how older ones become the newest. Version n of the schema is what
 * the first n migrations make; each runs in a transaction of its own.
 */
#include "internal.h"

#include <string.h>

#define APPLICATION_ID 0x544d4c47 /* "TMLG": `file` and we know the ledger by it */

static const char *const migrations[] = {
    /* 1: the first */
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE source (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE person (id INTEGER PRIMARY KEY CHECK (id > 0),"
    " pseudonym BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL) STRICT;"
    /* HMAC of the path; paths may hold names. */
    "CREATE TABLE file (path BLOB NOT NULL, sha256 BLOB NOT NULL, bytes INTEGER NOT NULL,"
    " modified INTEGER NOT NULL, PRIMARY KEY (path, sha256)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX file_by_hash ON file (sha256);"
    /*
     * Packed day totals (totals.c), all that reading needs. In blocks of people (scan.c): a file of
     * one week touches few pages, and a scan still meets all weeks of a person close together.
     */
    "CREATE TABLE fact (block INTEGER NOT NULL, week INTEGER NOT NULL, source INTEGER NOT NULL,"
    " person INTEGER NOT NULL, totals BLOB NOT NULL,"
    " PRIMARY KEY (block, week, source, person)) STRICT, WITHOUT ROWID;"
    /*
     * Packed entries (entry.c), what merging needs; minutes of the week with interactions. By week
     * first: a file touches one stretch of this large table, not a bit of each page.
     */
    "CREATE TABLE seen (week INTEGER NOT NULL, source INTEGER NOT NULL, person INTEGER NOT NULL,"
    " first_minute INTEGER, last_minute INTEGER, entries BLOB NOT NULL,"
    " PRIMARY KEY (week, source, person)) STRICT, WITHOUT ROWID;"
    /* Days as bits, Monday lowest; person 0 is everybody. */
    "CREATE TABLE coverage (person INTEGER NOT NULL, source INTEGER NOT NULL,"
    " week INTEGER NOT NULL, days INTEGER NOT NULL,"
    " PRIMARY KEY (person, source, week)) STRICT, WITHOUT ROWID;",
    /* 2: names of models and labels by hash (names.c); facts to be made again (settle.c); seats */
    "CREATE TABLE name (hash INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
    "CREATE TABLE unsettled (person INTEGER NOT NULL, source INTEGER NOT NULL,"
    " PRIMARY KEY (person, source)) STRICT, WITHOUT ROWID;"
    /* Days since 1970; plan is a hash in `name` or 0. */
    "CREATE TABLE seat (source INTEGER NOT NULL, listed INTEGER NOT NULL, person INTEGER NOT NULL,"
    " created INTEGER, ends INTEGER, plan INTEGER NOT NULL,"
    " PRIMARY KEY (source, listed, person)) STRICT, WITHOUT ROWID;",
    /* 3: counts of teams (outcomes.c); `known` is 0 where the day is estimated */
    "CREATE TABLE outcome (key INTEGER NOT NULL, metric TEXT NOT NULL, known INTEGER NOT NULL,"
    " exported INTEGER NOT NULL, file INTEGER NOT NULL, day INTEGER NOT NULL,"
    " period INTEGER NOT NULL, team TEXT, project INTEGER NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (key, metric)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE answer (key INTEGER NOT NULL, file INTEGER NOT NULL, number INTEGER NOT NULL,"
    " exported INTEGER NOT NULL, day INTEGER NOT NULL, score INTEGER NOT NULL,"
    " scale_max INTEGER NOT NULL, team TEXT, PRIMARY KEY (key, file, number)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE TABLE theme (day INTEGER NOT NULL, heading TEXT NOT NULL, exported INTEGER NOT NULL,"
    " author TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (day, heading)) STRICT,"
    " WITHOUT ROWID;"
    /* Packed entries of one file and cell that settling will merge into `seen`. */
    "CREATE TABLE unmerged (id INTEGER PRIMARY KEY, person INTEGER NOT NULL,"
    " source INTEGER NOT NULL, week INTEGER NOT NULL, entries BLOB NOT NULL) STRICT;"
    "CREATE INDEX unmerged_by_person ON unmerged (person, source, week);",
};

static gboolean run(TmLedger *ledger, const char *sql, const char *what, GError **error)
{
    return sqlite3_exec(ledger->database, sql, NULL, NULL, NULL) == SQLITE_OK ||
           tm_ledger_fail(ledger, what, error);
}

/* The first column of the first row; FALSE if the file cannot be read as a database. */
static gboolean ask(TmLedger *ledger, const char *sql, gint64 *answer, GError **error)
{
    sqlite3_stmt *statement = NULL;
    gboolean answered =
        sqlite3_prepare_v2(ledger->database, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW;
    if (answered)
        *answer = sqlite3_column_int64(statement, 0);
    else
        tm_ledger_fail(ledger, "read it", error);
    sqlite3_finalize(statement);
    return answered;
}

static gboolean harden(TmLedger *ledger, GError **error)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(options); i++)
        if (sqlite3_db_config(ledger->database, options[i].option, options[i].value, NULL) !=
            SQLITE_OK)
            return tm_ledger_fail(ledger, "set it up", error);
    sqlite3_limit(ledger->database, SQLITE_LIMIT_ATTACHED, 0);
    return run(ledger,
        "PRAGMA locking_mode = EXCLUSIVE;" /* the lock file keeps others out; no -shm file */
        "PRAGMA page_size = 16384;"
        "PRAGMA secure_delete = ON;"
        "PRAGMA temp_store = MEMORY;"
        "PRAGMA cache_size = -8192;",
        "set it up", error);
}

/* An empty file is a new ledger; anything else must carry our id and a version that we know. */
static gboolean check_identity(TmLedger *ledger, gint64 *version, GError **error)
{
    gint64 application = 0, tables = 0;
    if (!ask(ledger, "PRAGMA application_id", &application, error) ||
        !ask(ledger, "PRAGMA user_version", version, error) ||
        !ask(ledger, "SELECT count(*) FROM sqlite_schema", &tables, error))
        return FALSE;
    if (application != APPLICATION_ID && (application != 0 || tables > 0)) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "%s: this is a database of another program, not a ledger", ledger->path);
        return FALSE;
    }
    if (*version < 0 || *version > (gint64)G_N_ELEMENTS(migrations)) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "%s: written by a newer version of Tidemark (schema %" G_GINT64_FORMAT
            ", this one knows %d): use that version",
            ledger->path, *version, (int)G_N_ELEMENTS(migrations));
        return FALSE;
    }
    return TRUE;
}

static gboolean migrate(TmLedger *ledger, gint64 version, GError **error)
{
    for (; version < (gint64)G_N_ELEMENTS(migrations); version++) {
        g_autofree char *step =
            g_strdup_printf("BEGIN IMMEDIATE; %s PRAGMA application_id = %d;"
                            "PRAGMA user_version = %" G_GINT64_FORMAT "; COMMIT;",
                migrations[version], APPLICATION_ID, version + 1);
        if (!run(ledger, step, "bring it to the newest version", error)) {
            sqlite3_exec(ledger->database, "ROLLBACK", NULL, NULL, NULL);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean tm_ledger_prepare(TmLedger *ledger, GError **error)
{
    gint64 version = 0;
    return harden(ledger, error) && check_identity(ledger, &version, error) &&
           run(ledger, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;", "set it up",
               error) &&
           migrate(ledger, version, error);
}
