/*
 * Opening and closing the ledger: permissions, lock, connection, key check, the tables of sources
 * and people; and what the other files use to run statements.
 */
#include "internal.h"

#include "resolver.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const char *const statement_texts[TM_STATEMENT_COUNT] = {
#define X(id, text) [TM_STATEMENT_##id] = text,
    TM_STATEMENTS(X)
#undef X
};

static const char key_check_text[] = "tidemark ledger: is this the key?";

/* ---- Statements -------------------------------------------------------------------------- */

gboolean tm_ledger_fail(const TmLedger *ledger, const char *what, GError **error)
{
    int code = sqlite3_errcode(ledger->database);
    gboolean unusable = code == SQLITE_NOTADB || code == SQLITE_READONLY || code == SQLITE_CANTOPEN;
    g_set_error(error, TM_ERROR, unusable ? TM_ERROR_UNUSABLE : TM_ERROR_INTERNAL,
        "%s: cannot %s: %s", ledger->path, what, sqlite3_errmsg(ledger->database));
    return FALSE;
}

sqlite3_stmt *tm_ledger_statement(TmLedger *ledger, TmStatement id, GError **error)
{
    sqlite3_stmt **statement = &ledger->statements[id];
    if (*statement == NULL && sqlite3_prepare_v3(ledger->database, statement_texts[id], -1,
                                  SQLITE_PREPARE_PERSISTENT, statement, NULL) != SQLITE_OK)
        tm_ledger_fail(ledger, "prepare a statement", error);
    return *statement;
}

void tm_ledger_bind(sqlite3_stmt *statement, const gint64 *values, guint count)
{
    for (guint i = 0; i < count; i++)
        sqlite3_bind_int64(statement, (int)i + 1, values[i]);
}

gboolean tm_ledger_execute(
    TmLedger *ledger, sqlite3_stmt *statement, const char *what, GError **error)
{
    gboolean done = sqlite3_step(statement) == SQLITE_DONE;
    if (!done)
        tm_ledger_fail(ledger, what, error);
    sqlite3_reset(statement);
    return done;
}

static gboolean execute_plain(TmLedger *ledger, TmStatement id, const char *what, GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, id, error);
    return statement != NULL && tm_ledger_execute(ledger, statement, what, error);
}

gboolean tm_ledger_begin(TmLedger *ledger, GError **error)
{
    return execute_plain(ledger, TM_STATEMENT_BEGIN, "begin a transaction", error);
}

gboolean tm_ledger_commit(TmLedger *ledger, GError **error)
{
    return execute_plain(ledger, TM_STATEMENT_COMMIT, "write", error);
}

void tm_ledger_rollback(TmLedger *ledger)
{
    /* SQLite may have rolled back by itself, for one when the disk is full. */
    if (!sqlite3_get_autocommit(ledger->database))
        execute_plain(ledger, TM_STATEMENT_ROLLBACK, "roll back", NULL);
    tm_ledger_load_accounts(ledger, NULL);
}

/* ---- People and sources ------------------------------------------------------------------ */

/* Appends a row of the person table; FALSE if it cannot be one. */
static gboolean append_account(TmLedger *ledger, sqlite3_stmt *statement)
{
    TmAccountTable *accounts = &ledger->accounts;
    gint64 id = sqlite3_column_int64(statement, 0);
    const guint8 *pseudonym = sqlite3_column_blob(statement, 1);
    gint64 kind = sqlite3_column_int64(statement, 2);
    if (id <= accounts->rows->len || id >= TM_ACCOUNT_NONE || kind < TM_ACCOUNT_PERSON ||
        kind > TM_ACCOUNT_SERVICE || sqlite3_column_bytes(statement, 1) != TM_PSEUDONYM_LENGTH)
        return FALSE;
    while (accounts->rows->len < id - 1)
        tm_account_table_append_unused(accounts);
    tm_account_table_append(accounts, pseudonym, (TmAccountKind)kind);
    return TRUE;
}

gboolean tm_ledger_load_accounts(TmLedger *ledger, GError **error)
{
    tm_account_table_clear(&ledger->accounts);
    tm_account_table_init(&ledger->accounts);
    g_clear_pointer(&ledger->of_person, g_free);
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_PERSON_READ, error);
    if (statement == NULL)
        return FALSE;
    gboolean valid = TRUE;
    int step = sqlite3_step(statement);
    for (; step == SQLITE_ROW && valid; step = sqlite3_step(statement))
        valid = append_account(ledger, statement);
    if (step != SQLITE_DONE && valid)
        tm_ledger_fail(ledger, "read its accounts", error);
    if (!valid)
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
            "%s: damaged: an account is not one; restore a copy, or read all exports again",
            ledger->path);
    sqlite3_reset(statement);
    return valid && step == SQLITE_DONE;
}

guint32 tm_ledger_find_or_add_account(
    TmLedger *ledger, const guint8 *pseudonym, TmAccountKind kind, GError **error)
{
    guint32 account = tm_account_table_find(&ledger->accounts, pseudonym);
    if (account != TM_ACCOUNT_NONE)
        return account;
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_PERSON_WRITE, error);
    if (statement == NULL)
        return TM_ACCOUNT_NONE;
    sqlite3_bind_int64(statement, 1, (gint64)ledger->accounts.rows->len + 1);
    sqlite3_bind_blob(statement, 2, pseudonym, TM_PSEUDONYM_LENGTH, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, kind);
    if (!tm_ledger_execute(ledger, statement, "write an account", error))
        return TM_ACCOUNT_NONE;
    g_clear_pointer(&ledger->of_person, g_free);
    return tm_account_table_append(&ledger->accounts, pseudonym, kind);
}

/* Gives each source its id; a new one gets the next, in the order of tm_sources. */
static gboolean load_sources(TmLedger *ledger, GError **error)
{
    sqlite3_stmt *add = NULL, *find = NULL;
    gboolean prepared =
        sqlite3_prepare_v2(ledger->database, "INSERT OR IGNORE INTO source (key) VALUES (?1)", -1,
            &add, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(
            ledger->database, "SELECT id FROM source WHERE key = ?1", -1, &find, NULL) == SQLITE_OK;
    gboolean loaded = prepared;
    ledger->source_ids = g_new0(gint64, tm_source_count + 1);
    for (guint i = 0; i < tm_source_count && loaded; i++) {
        sqlite3_bind_text(add, 1, tm_sources[i].key, -1, SQLITE_STATIC);
        sqlite3_bind_text(find, 1, tm_sources[i].key, -1, SQLITE_STATIC);
        if (sqlite3_step(find) != SQLITE_ROW) {
            sqlite3_reset(find);
            loaded = sqlite3_step(add) == SQLITE_DONE && sqlite3_step(find) == SQLITE_ROW;
        }
        if (loaded)
            ledger->source_ids[i] = sqlite3_column_int64(find, 0);
        sqlite3_reset(add);
        sqlite3_reset(find);
    }
    if (!loaded)
        tm_ledger_fail(ledger, "read its sources", error);
    sqlite3_finalize(add);
    sqlite3_finalize(find);
    return loaded;
}

guint tm_ledger_source_of_id(const TmLedger *ledger, gint64 id)
{
    for (guint source = 0; source < tm_source_count; source++)
        if (ledger->source_ids[source] == id)
            return source;
    return G_MAXUINT;
}

/* ---- Key --------------------------------------------------------------------------------- */

/* The ledger keeps a digest of a fixed text; another key gives another digest. */
static gboolean check_key(TmLedger *ledger, GError **error)
{
    guint8 digest[TM_PSEUDONYM_LENGTH];
    tm_ledger_key_digest(ledger->key, key_check_text, strlen(key_check_text), digest);
    sqlite3_stmt *add = NULL, *find = NULL;
    gboolean known =
        sqlite3_prepare_v2(ledger->database,
            "INSERT INTO meta (name, value) VALUES ('key_check', ?1)"
            " ON CONFLICT DO NOTHING",
            -1, &add, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(ledger->database, "SELECT value FROM meta WHERE name = 'key_check'", -1,
            &find, NULL) == SQLITE_OK;
    if (known && sqlite3_step(find) != SQLITE_ROW) {
        sqlite3_reset(find);
        sqlite3_bind_blob(add, 1, digest, sizeof digest, SQLITE_STATIC);
        known = sqlite3_step(add) == SQLITE_DONE && sqlite3_step(find) == SQLITE_ROW;
    }
    if (!known)
        tm_ledger_fail(ledger, "check its key", error);
    gboolean same = known && sqlite3_column_bytes(find, 0) == (int)sizeof digest &&
                    memcmp(sqlite3_column_blob(find, 0), digest, sizeof digest) == 0;
    if (known && !same)
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "%s: made with another key: put back the key file that belongs to it", ledger->path);
    sqlite3_finalize(add);
    sqlite3_finalize(find);
    return same;
}

/* ---- Opening ----------------------------------------------------------------------------- */

/* The kernel drops the lock when the process ends, however it ends. The file stays. */
static gboolean take_lock(TmLedger *ledger, GError **error)
{
    g_autofree char *path = g_strconcat(ledger->path, ".lock", NULL);
    ledger->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (ledger->lock >= 0 && flock(ledger->lock, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
    if (ledger->lock >= 0 && errno == EWOULDBLOCK)
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "%s: another run holds the ledger: wait until it has ended", ledger->path);
    else
        g_set_error(
            error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: cannot lock it: %s", path, g_strerror(errno));
    return FALSE;
}

/* SQLite would make the file with the mode that the umask allows. */
static gboolean make_private_file(const TmLedger *ledger, GError **error)
{
    int file = open(ledger->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: cannot open the ledger: %s",
            ledger->path, g_strerror(errno));
        return FALSE;
    }
    close(file);
    return tm_ledger_check_private(ledger->path, "the ledger", error);
}

static gboolean connect(TmLedger *ledger, GError **error)
{
    if (sqlite3_open_v2(ledger->path, &ledger->database,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
        return TRUE;
    return tm_ledger_fail(ledger, "open the ledger", error);
}

TmLedger *tm_ledger_open(const char *path, TmLedgerKey *key, const TmSetup *setup, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (!tm_folder_make_private(folder)) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: cannot make the folder: %s", folder,
            g_strerror(errno));
        return NULL;
    }
    g_autoptr(TmLedger) ledger = g_new0(TmLedger, 1);
    ledger->path = g_strdup(path);
    ledger->lock = -1;
    ledger->key = key;
    ledger->setup = setup;
    ledger->merger = tm_merger_new();
    ledger->totals = g_new0(TmTotals, 1);
    tm_account_table_init(&ledger->accounts);
    if (!take_lock(ledger, error) || !make_private_file(ledger, error) || !connect(ledger, error) ||
        !tm_ledger_prepare(ledger, error) || !check_key(ledger, error) ||
        !load_sources(ledger, error) || !tm_ledger_load_accounts(ledger, error))
        return NULL;
    return g_steal_pointer(&ledger);
}

void tm_ledger_close(TmLedger *ledger)
{
    if (ledger == NULL)
        return;
    for (guint i = 0; i < TM_STATEMENT_COUNT; i++)
        sqlite3_finalize(ledger->statements[i]);
    sqlite3_close(ledger->database);
    if (ledger->lock >= 0)
        close(ledger->lock);
    tm_merger_free(ledger->merger);
    tm_account_table_clear(&ledger->accounts);
    g_free(ledger->totals);
    g_clear_pointer(&ledger->names, g_hash_table_unref);
    g_free(ledger->of_person);
    g_free(ledger->source_ids);
    g_free(ledger->path);
    g_free(ledger);
}

const char *tm_ledger_name(TmLedger *ledger, guint32 hash)
{
    if (ledger->names == NULL)
        ledger->names = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    const char *known = g_hash_table_lookup(ledger->names, GUINT_TO_POINTER(hash));
    sqlite3_stmt *statement =
        known != NULL ? NULL : tm_ledger_statement(ledger, TM_STATEMENT_NAME_READ, NULL);
    if (statement == NULL)
        return known;
    tm_ledger_bind(statement, (const gint64[]){hash}, 1);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        char *text = g_strdup((const char *)sqlite3_column_text(statement, 0));
        g_hash_table_insert(ledger->names, GUINT_TO_POINTER(hash), text);
        known = text;
    }
    sqlite3_reset(statement);
    return known;
}

/* ---- Accounts ---------------------------------------------------------------------------- */

guint32 tm_ledger_accounts(TmLedger *ledger)
{
    return ledger->accounts.rows->len;
}

TmAccountKind tm_ledger_account_kind(TmLedger *ledger, TmAccount account)
{
    return tm_account_table_row(&ledger->accounts, account)->kind;
}

TmAccount tm_ledger_person_account(TmLedger *ledger, TmPersonIndex person)
{
    const GArray *people = ledger->setup->people;
    g_assert(person < people->len);
    if (ledger->of_person == NULL) {
        ledger->of_person = g_new(guint32, people->len);
        for (guint i = 0; i < people->len; i++) {
            guint8 pseudonym[TM_PSEUDONYM_LENGTH];
            tm_pseudonym_of_person(ledger->key, &g_array_index(people, TmPerson, i), pseudonym);
            ledger->of_person[i] = tm_account_table_find(&ledger->accounts, pseudonym);
        }
    }
    return ledger->of_person[person];
}

gboolean tm_ledger_span(TmLedger *ledger, TmWeek *first, TmWeek *last)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_SPAN, NULL);
    if (statement == NULL)
        return FALSE;
    gboolean found =
        sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL;
    if (found) {
        *first = sqlite3_column_int(statement, 0);
        *last = sqlite3_column_int(statement, 1);
    }
    sqlite3_reset(statement);
    return found;
}
