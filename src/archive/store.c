/* The append-only table and its chain of hashes: see store.h. */
#include "store.h"

#include <string.h>
#include <sys/stat.h>

#define APPLICATION_ID 0x544d4152 /* "TMAR" */
#define SCHEMA_VERSION 1

static const char schema[] =
    "CREATE TABLE line (sequence INTEGER PRIMARY KEY, issue INTEGER NOT NULL,"
    " week INTEGER NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL, body TEXT NOT NULL,"
    " hash BLOB NOT NULL) STRICT;"
    "CREATE INDEX line_week ON line (week);"
    "CREATE TRIGGER line_no_update BEFORE UPDATE ON line"
    " BEGIN SELECT raise(ABORT, 'the archive is append-only'); END;"
    "CREATE TRIGGER line_no_delete BEFORE DELETE ON line"
    " BEGIN SELECT raise(ABORT, 'the archive is append-only'); END;";

gboolean tm_store_fail(sqlite3 *database, const char *doing, GError **error)
{
    g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "archive: %s: %s", doing,
        database == NULL ? "out of memory" : sqlite3_errmsg(database));
    return FALSE;
}

static gboolean execute(sqlite3 *database, const char *sql, GError **error)
{
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
        return tm_store_fail(database, "setting up", error);
    return TRUE;
}

static gboolean read_number(sqlite3 *database, const char *sql, gint64 *number, GError **error)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        sqlite3_finalize(statement);
        return tm_store_fail(database, "reading its version", error);
    }
    *number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return TRUE;
}

static gboolean prepare_schema(TmArchive *archive, GError **error)
{
    gint64 version = 0, application = 0;
    if (!read_number(archive->database, "PRAGMA user_version", &version, error) ||
        !read_number(archive->database, "PRAGMA application_id", &application, error))
        return FALSE;
    if (version == 0 && application == 0 && archive->mode == TM_ARCHIVE_WRITE) {
        g_autofree char *sql = g_strdup_printf("BEGIN IMMEDIATE; %s PRAGMA application_id = %d;"
                                               "PRAGMA user_version = %d; COMMIT;",
            schema, APPLICATION_ID, SCHEMA_VERSION);
        return execute(archive->database, sql, error);
    }
    if (application != APPLICATION_ID) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "archive: the file is not a Tidemark archive; check the path in tidemark.ini");
        return FALSE;
    }
    if (version > SCHEMA_VERSION) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "archive: written by a newer Tidemark; update the program");
        return FALSE;
    }
    return TRUE;
}

TmArchive *tm_archive_open(const char *path, TmArchiveMode mode, GError **error)
{
    int flags =
        mode == TM_ARCHIVE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (mode == TM_ARCHIVE_WRITE) {
        g_autofree char *folder = g_path_get_dirname(path);
        g_mkdir_with_parents(folder, 0755);
    } else if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "archive: there is none yet; `tidemark run` publishes the first week");
        return NULL;
    }
    g_autoptr(TmArchive) archive = g_new0(TmArchive, 1);
    archive->mode = mode;
    if (sqlite3_open_v2(path, &archive->database, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        tm_store_fail(archive->database, "opening", error);
        return NULL;
    }
    sqlite3_busy_timeout(archive->database, 5000);
    sqlite3_db_config(archive->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(archive->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (mode == TM_ARCHIVE_WRITE &&
        !execute(archive->database, "PRAGMA synchronous = FULL;", error))
        return NULL;
    if (mode == TM_ARCHIVE_READ && !execute(archive->database, "PRAGMA query_only = 1;", error))
        return NULL;
    if (!prepare_schema(archive, error))
        return NULL;
    return g_steal_pointer(&archive);
}

void tm_archive_close(TmArchive *archive)
{
    if (archive == NULL)
        return;
    sqlite3_close(archive->database);
    g_free(archive);
}

/* ---- Lines ------------------------------------------------------------------------------- */

static void hash_text(GChecksum *checksum, const char *text)
{
    g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_update(checksum, (const guchar *)"\n", 1);
}

void tm_line_hash(const TmLine *line, const guint8 before[32], guint8 hash[32])
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *numbers = g_strdup_printf("%d\n%d", line->issue, line->week);
    gsize length = 32;
    g_checksum_update(checksum, before, 32);
    hash_text(checksum, numbers);
    hash_text(checksum, line->kind);
    hash_text(checksum, line->scope);
    hash_text(checksum, line->body);
    g_checksum_get_digest(checksum, hash, &length);
}

static gboolean read_line(sqlite3_stmt *statement, TmLine *line)
{
    line->sequence = sqlite3_column_int64(statement, 0);
    line->issue = sqlite3_column_int(statement, 1);
    line->week = sqlite3_column_int(statement, 2);
    line->kind = (const char *)sqlite3_column_text(statement, 3);
    line->scope = (const char *)sqlite3_column_text(statement, 4);
    line->body = (const char *)sqlite3_column_text(statement, 5);
    line->hash = sqlite3_column_blob(statement, 6);
    return sqlite3_column_bytes(statement, 6) == 32;
}

gboolean tm_store_each(TmArchive *archive, const char *condition, gint64 argument,
    gboolean (*each)(gpointer user, const TmLine *line, GError **error), gpointer user,
    GError **error)
{
    g_autofree char *sql = g_strdup_printf("SELECT sequence, issue, week, kind, scope, body, hash"
                                           " FROM line WHERE %s ORDER BY sequence",
        condition);
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(archive->database, sql, -1, &statement, NULL) != SQLITE_OK)
        return tm_store_fail(archive->database, "reading", error);
    if (sqlite3_bind_parameter_count(statement) > 0)
        sqlite3_bind_int64(statement, 1, argument);
    int result;
    gboolean fine = TRUE;
    while (fine && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        TmLine line;
        if (!read_line(statement, &line)) {
            g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "archive: a line has no hash");
            fine = FALSE;
        } else {
            fine = each(user, &line, error);
        }
    }
    if (fine && result != SQLITE_DONE)
        fine = tm_store_fail(archive->database, "reading", error);
    sqlite3_finalize(statement);
    return fine;
}

/* ---- Verifying --------------------------------------------------------------------------- */

typedef struct Chain {
    guint8 before[32];
    guint64 lines, bad_line;
} Chain;

static gboolean verify_line(gpointer user, const TmLine *line, GError **error)
{
    Chain *chain = user;
    guint8 hash[32];
    (void)error;
    chain->lines++;
    tm_line_hash(line, chain->before, hash);
    gboolean right = memcmp(hash, line->hash, 32) == 0 && line->sequence == (gint64)chain->lines;
    if (!right && chain->bad_line == 0)
        chain->bad_line = chain->lines;
    memcpy(chain->before, line->hash, 32);
    return TRUE;
}

gboolean tm_archive_verify(TmArchive *archive, guint64 *lines, guint64 *bad_line, GError **error)
{
    Chain chain = {{0}, 0, 0};
    if (!tm_store_each(archive, "1", 0, verify_line, &chain, error))
        return FALSE;
    *lines = chain.lines;
    *bad_line = chain.bad_line;
    return chain.bad_line == 0;
}
