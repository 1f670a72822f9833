/* Which files were stored, so that an unchanged one is not read again. */
#include "internal.h"

#include <string.h>

#define HASH_LENGTH 32

/* A path may hold a name, so only its digest under the key is kept. */
static void digest_of_path(const TmLedger *ledger, const char *path, guint8 *digest)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    g_autofree char *text = g_strconcat("path:", absolute, NULL);
    tm_ledger_key_digest(ledger->key, text, strlen(text), digest);
}

gboolean tm_ledger_remember_file(TmLedger *ledger, const TmFileSummary *summary, GError **error)
{
    if (summary->rows_outside > 0) /* not stored whole */
        return TRUE;
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_FILE_WRITE, error);
    if (statement == NULL)
        return FALSE;
    guint8 path[TM_PSEUDONYM_LENGTH];
    digest_of_path(ledger, summary->path, path);
    sqlite3_bind_blob(statement, 1, path, sizeof path, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, summary->sha256, HASH_LENGTH, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, (gint64)summary->bytes);
    sqlite3_bind_int64(statement, 4, summary->modified);
    return tm_ledger_execute(ledger, statement, "write a file's hash", error);
}

static gboolean has_row(sqlite3_stmt *statement)
{
    gboolean found = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_reset(statement);
    return found;
}

static gboolean knows_path(TmLedger *ledger, const char *path, guint64 bytes, gint64 modified)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_FILE_BY_PATH, NULL);
    if (statement == NULL)
        return FALSE;
    guint8 digest[TM_PSEUDONYM_LENGTH];
    digest_of_path(ledger, path, digest);
    sqlite3_bind_blob(statement, 1, digest, sizeof digest, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 2, (gint64)bytes);
    sqlite3_bind_int64(statement, 3, modified);
    return has_row(statement);
}

static gboolean knows_hash(TmLedger *ledger, const guint8 *sha256)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_FILE_BY_HASH, NULL);
    if (statement == NULL)
        return FALSE;
    sqlite3_bind_blob(statement, 1, sha256, HASH_LENGTH, SQLITE_TRANSIENT);
    return has_row(statement);
}

gboolean tm_ledger_knows_file(
    TmLedger *ledger, const char *path, guint64 bytes, gint64 modified, const guint8 *sha256)
{
    return (path != NULL && knows_path(ledger, path, bytes, modified)) ||
           (sha256 != NULL && knows_hash(ledger, sha256));
}
