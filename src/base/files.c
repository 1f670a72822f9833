/*
 * Atomic writing: a reader sees the old file or the new one, never a part, also after a power cut.
 */
#include <tidemark/base.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static gboolean fail(GError **error, const char *what, const char *path)
{
    g_set_error(
        error, TM_ERROR, TM_ERROR_INTERNAL, "%s: cannot %s: %s", path, what, g_strerror(errno));
    return FALSE;
}

/* TRUE if the file holds exactly these bytes; anything unreadable counts as different. */
static gboolean holds_already(const char *path, const void *bytes, gsize length)
{
    GStatBuf status;
    if (g_stat(path, &status) != 0 || !S_ISREG(status.st_mode) ||
        (guint64)status.st_size != (guint64)length)
        return FALSE;
    g_autofree char *old = NULL;
    gsize old_length;
    return g_file_get_contents(path, &old, &old_length, NULL) && old_length == length &&
           (length == 0 || memcmp(old, bytes, length) == 0);
}

static gboolean write_all(int file, const char *bytes, gsize length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, MIN(length, (gsize)1 << 30));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return FALSE;
        bytes += written;
        length -= (gsize)written;
    }
    return TRUE;
}

/* A rename is safe only when its folder is on the disk too. */
static void sync_folder(const char *folder)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

/* Fills the temporary file and closes it; errno tells what failed. */
static gboolean fill(int file, const void *bytes, gsize length)
{
    gboolean filled = write_all(file, bytes, length) && fsync(file) == 0;
    int reason = errno;
    if (close(file) != 0 && filled)
        return FALSE;
    errno = reason;
    return filled;
}

gboolean tm_folder_make_private(const char *folder)
{
    g_autofree char *parent = g_path_get_dirname(folder);
    return g_mkdir_with_parents(parent, 0755) == 0 && g_mkdir_with_parents(folder, 0700) == 0;
}

static gboolean replace(const char *path, const void *bytes, gsize length, int mode, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0755) != 0)
        return fail(error, "make the folder", folder);
    g_autofree char *temporary = g_build_filename(folder, ".tidemark-XXXXXX", NULL);
    int file = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, mode);
    if (file < 0)
        return fail(error, "create a file", folder);
    if (!fill(file, bytes, length) || g_rename(temporary, path) != 0) {
        fail(error, "write", path);
        g_unlink(temporary);
        return FALSE;
    }
    sync_folder(folder);
    return TRUE;
}

gboolean tm_file_write(const char *path, const void *bytes, gsize length, GError **error)
{
    return holds_already(path, bytes, length) || replace(path, bytes, length, 0644, error);
}

gboolean tm_file_write_private(const char *path, const void *bytes, gsize length, GError **error)
{
    return replace(path, bytes, length, 0600, error);
}
