/*
 * The audit log: one JSON object a line, each ending in the SHA-256 of the line before it.
 *
 * "previous" is the last member on purpose: a line that a kill cut short does not have it, so that
 * verifying reports that line, while the next append starts on a new line and chains on from it.
 */
#include <tidemark/base.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define HASH_DIGITS 64
#define NO_LINE_BEFORE "0000000000000000000000000000000000000000000000000000000000000000"
#define LINK_START ",\"previous\":\""
#define LINK_END "\"}"
#define READ_BYTES 65536

static gboolean fail(GError **error, const char *what, const char *path)
{
    g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "%s: cannot %s the audit log: %s", path, what,
        g_strerror(errno));
    return FALSE;
}

static char *hash_of_line(const char *line, gsize length)
{
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)line, length);
}

/* Bytes after the last line feed but one that ends the file; *ended tells whether it was there. */
static gboolean read_last_line(int file, GString *line, gboolean *ended)
{
    off_t end = lseek(file, 0, SEEK_END);
    if (end < 0)
        return FALSE;
    *ended = TRUE;
    for (off_t at = end; at > 0;) {
        char block[READ_BYTES];
        size_t wanted = (size_t)MIN(at, (off_t)sizeof block);
        at -= (off_t)wanted;
        if (pread(file, block, wanted, at) != (ssize_t)wanted)
            return FALSE;
        if (at + (off_t)wanted == end) {
            *ended = block[wanted - 1] == '\n';
            wanted -= *ended ? 1 : 0;
        }
        const char *feed = memrchr(block, '\n', wanted);
        const char *start = feed != NULL ? feed + 1 : block;
        g_string_prepend_len(line, start, (gssize)(wanted - (size_t)(start - block)));
        if (feed != NULL)
            break;
    }
    return TRUE;
}

static void append_json_text(GString *out, const char *text)
{
    g_autoptr(TmJson) json = tm_json_new();
    tm_json_string(json, text);
    g_autofree char *quoted = tm_json_finish(json);
    g_string_append_len(out, quoted, (gssize)strlen(quoted) - 1);
}

static GString *make_line(const char *command, const char *members, const char *previous)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
    GString *line = g_string_new(NULL);
    g_string_append_printf(line, "{\"time\":\"%s\",\"user\":", time);
    append_json_text(line, g_get_user_name());
    g_string_append(line, ",\"command\":");
    append_json_text(line, command);
    if (*members != '\0')
        g_string_append_printf(line, ",%s", members);
    for (char *at = line->str; *at != '\0'; at++) { /* between members a line break is a blank */
        if (*at == '\n' || *at == '\r')
            *at = ' ';
    }
    g_string_append_printf(line, LINK_START "%s" LINK_END "\n", previous);
    return line;
}

static gboolean write_line(int file, const GString *line)
{
    gsize done = 0;
    while (done < line->len) {
        ssize_t written = write(file, line->str + done, line->len - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return FALSE;
        done += (gsize)written;
    }
    return fsync(file) == 0;
}

static gboolean append_to(int file, const char *command, const char *members)
{
    g_autoptr(GString) last = g_string_new(NULL);
    gboolean ended;
    if (flock(file, LOCK_EX) != 0 || !read_last_line(file, last, &ended))
        return FALSE;
    g_autofree char *previous =
        last->len > 0 ? hash_of_line(last->str, last->len) : g_strdup(NO_LINE_BEFORE);
    g_autoptr(GString) line = make_line(command, members, previous);
    if (!ended)
        g_string_prepend_c(line, '\n');
    return write_line(file, line);
}

gboolean tm_audit_append(const char *path, const char *command, const char *members, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (!tm_folder_make_private(folder))
        return fail(error, "make a folder for", path);
    int file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return fail(error, "open", path);
    gboolean appended = append_to(file, command, members) || fail(error, "write", path);
    close(file);
    return appended;
}

/* The line ends in a link that carries this hash. */
static gboolean carries(const char *line, gsize length, const char *hash)
{
    gsize link = strlen(LINK_START) + HASH_DIGITS + strlen(LINK_END);
    if (length < link)
        return FALSE;
    const char *at = line + length - link;
    return memcmp(at, LINK_START, strlen(LINK_START)) == 0 &&
           memcmp(at + strlen(LINK_START), hash, HASH_DIGITS) == 0 &&
           memcmp(line + length - strlen(LINK_END), LINK_END, strlen(LINK_END)) == 0;
}

gboolean tm_audit_verify(const char *path, guint64 *lines, guint64 *bad_line, GError **error)
{
    *lines = 0;
    *bad_line = 0;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return fail(error, "open", path);
    g_autofree char *previous = g_strdup(NO_LINE_BEFORE);
    char *line = NULL;
    size_t size = 0;
    ssize_t got;
    while ((got = getline(&line, &size, file)) > 0) {
        gsize length = (gsize)got;
        (*lines)++;
        gboolean ended = line[length - 1] == '\n';
        length -= ended ? 1 : 0;
        if (*bad_line == 0 && (!ended || !carries(line, length, previous)))
            *bad_line = *lines;
        g_free(previous);
        previous = hash_of_line(line, length);
    }
    gboolean read = ferror(file) == 0;
    free(line);
    fclose(file);
    if (!read)
        return fail(error, "read", path);
    return *bad_line == 0;
}
