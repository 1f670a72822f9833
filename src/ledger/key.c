/*
 * The key file: 32 random bytes that only the owner may read. Whoever loses it loses the ledger,
 * so one is made only when there is no ledger yet.
 */
#include "key.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <nettle/hmac.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_LENGTH 32

struct TmLedgerKey {
    guint8 bytes[KEY_LENGTH];
    struct hmac_sha256_ctx hmac; /* keyed; copied for each digest */
};

static gboolean fail(GError **error, TmErrorCode code, const char *path, const char *what)
{
    g_set_error(error, TM_ERROR, code, "%s: cannot %s: %s", path, what, g_strerror(errno));
    return FALSE;
}

gboolean tm_ledger_check_private(const char *path, const char *what, GError **error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return fail(error, TM_ERROR_UNUSABLE, path, "read its permissions");
    if (!S_ISREG(status.st_mode)) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: %s is not a regular file", path, what);
        return FALSE;
    }
    if ((status.st_mode & 077) != 0) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "%s: others may read or write %s; allow only yourself: chmod 600 '%s'", path, what,
            path);
        return FALSE;
    }
    return TRUE;
}

static gboolean fill_with_random(guint8 *bytes, gsize length)
{
    while (length > 0) {
        ssize_t filled = getrandom(bytes, length, 0);
        if (filled < 0 && errno != EINTR)
            return FALSE;
        if (filled > 0) {
            bytes += filled;
            length -= (gsize)filled;
        }
    }
    return TRUE;
}

/*
 * Writes the key under a temporary name and links it to its own: a key file is whole or absent,
 * and one that another run has just made is never replaced. TRUE if it is there afterwards,
 * whoever made it.
 */
static gboolean write_key_file(const TmLedgerKey *key, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (!tm_folder_make_private(folder))
        return fail(error, TM_ERROR_UNUSABLE, folder, "make the folder of the key");
    g_autofree char *temporary = g_build_filename(folder, ".tidemark-key-XXXXXX", NULL);
    int file = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(error, TM_ERROR_UNUSABLE, folder, "create the key in this folder");
    gboolean written = write(file, key->bytes, KEY_LENGTH) == KEY_LENGTH && fsync(file) == 0;
    written = close(file) == 0 && written;
    written = written && (link(temporary, path) == 0 || errno == EEXIST);
    if (!written)
        fail(error, TM_ERROR_INTERNAL, path, "write the key");
    g_unlink(temporary);
    return written;
}

/*
 * Makes the key file, unless another run does so at this moment: runs that start together all read
 * the one key, and the lock of the ledger then lets one of them go on. The key is made before the
 * ledger, hence asked for after it.
 */
static gboolean create_key(const char *path, const char *ledger_path, GError **error)
{
    if (g_file_test(ledger_path, G_FILE_TEST_EXISTS)) {
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return TRUE;
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "%s: the key is missing, but its ledger exists: put the key back, or remove '%s' and "
            "read all exports again",
            path, ledger_path);
        return FALSE;
    }
    g_autoptr(TmLedgerKey) key = g_new0(TmLedgerKey, 1);
    if (!fill_with_random(key->bytes, KEY_LENGTH))
        return fail(error, TM_ERROR_INTERNAL, path, "get random bytes");
    return write_key_file(key, path, error);
}

static TmLedgerKey *read_key(const char *path, GError **error)
{
    if (!tm_ledger_check_private(path, "the key", error))
        return NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        fail(error, TM_ERROR_UNUSABLE, path, "read the key");
        return NULL;
    }
    g_autoptr(TmLedgerKey) key = g_new0(TmLedgerKey, 1);
    guint8 beyond;
    gboolean whole =
        read(file, key->bytes, KEY_LENGTH) == KEY_LENGTH && read(file, &beyond, 1) == 0;
    close(file);
    if (!whole) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "%s: a key has exactly %d bytes; this is not one, or not all of it", path, KEY_LENGTH);
        return NULL;
    }
    hmac_sha256_set_key(&key->hmac, KEY_LENGTH, key->bytes);
    return g_steal_pointer(&key);
}

TmLedgerKey *tm_ledger_key_load(
    const char *path, const char *ledger_path, gboolean create, GError **error)
{
    if (create && !g_file_test(path, G_FILE_TEST_EXISTS) && !create_key(path, ledger_path, error))
        return NULL;
    return read_key(path, error);
}

TmLedgerKey *tm_ledger_key_new(void)
{
    TmLedgerKey *key = g_new0(TmLedgerKey, 1);
    if (!fill_with_random(key->bytes, KEY_LENGTH))
        g_error("the system gives no random bytes");
    hmac_sha256_set_key(&key->hmac, KEY_LENGTH, key->bytes);
    return key;
}

void tm_ledger_key_free(TmLedgerKey *key)
{
    if (key == NULL)
        return;
    explicit_bzero(key, sizeof *key);
    g_free(key);
}

void tm_ledger_key_digest(
    const TmLedgerKey *key, const char *text, gsize length, guint8 digest[TM_PSEUDONYM_LENGTH])
{
    struct hmac_sha256_ctx hmac = key->hmac;
    hmac_sha256_update(&hmac, length, (const uint8_t *)text);
    hmac_sha256_digest(&hmac, TM_PSEUDONYM_LENGTH, digest);
    explicit_bzero(&hmac, sizeof hmac);
}
