/* Reading a set-up file whole: only regular files of a sane size, never UTF-16. */
#include "text_file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MOST_FILE_BYTES (64 * 1024 * 1024)

static TextFileState refuse(
    TmDiagnosticKind kind, TmDiagnostics *diagnostics, const char *path, const char *why)
{
    tm_diagnostics_report(diagnostics, kind, &(TmPlace){.file = path}, "%s", why);
    return TEXT_FILE_UNUSABLE;
}

/* Name and length go in too, so that moving text between files changes the fingerprint. */
static void add_to_fingerprint(
    GChecksum *fingerprint, const char *path, const char *bytes, gsize length)
{
    if (fingerprint == NULL)
        return;
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *head = g_strdup_printf("%s %" G_GSIZE_FORMAT "\n", name, length);
    g_checksum_update(fingerprint, (const guchar *)head, -1);
    g_checksum_update(fingerprint, (const guchar *)bytes, (gssize)length);
}

static gboolean starts_with(const char *bytes, gsize length, const char *mark, gsize mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

TextFileState text_file_read(const char *path, TmDiagnosticKind kind, TmDiagnostics *diagnostics,
    GChecksum *fingerprint, char **bytes, gsize *length)
{
    GStatBuf status;
    if (g_stat(path, &status) != 0)
        return errno == ENOENT ? TEXT_FILE_MISSING
                               : refuse(kind, diagnostics, path, "the file cannot be read");
    if (!S_ISREG(status.st_mode))
        return refuse(kind, diagnostics, path, "this is not a regular file");
    if (status.st_size > MOST_FILE_BYTES)
        return refuse(kind, diagnostics, path, "the file is larger than 64 MiB");
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, length, NULL))
        return refuse(kind, diagnostics, path, "the file cannot be read");
    if (starts_with(text, *length, "\xFF\xFE", 2) || starts_with(text, *length, "\xFE\xFF", 2))
        return refuse(kind, diagnostics, path, "the file is UTF-16; save it as UTF-8");
    add_to_fingerprint(fingerprint, path, text, *length);
    gsize mark = starts_with(text, *length, "\xEF\xBB\xBF", 3) ? 3 : 0;
    *length -= mark;
    memmove(text, text + mark, *length + 1);
    *bytes = g_steal_pointer(&text);
    return TEXT_FILE_READ;
}
