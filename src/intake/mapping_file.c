/*
 * Opens and parses mapping files: see mapping_file.h. GLib's parser of simple XML knows no entities
 * but the five of XML and never opens a file; what it passes over, document types and other
 * encodings, is refused here.
 */
#include "mapping_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST_FILE (256 * 1024)
#define LONGEST_VALUE 1024
#define LONGEST_NAME 40
#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define DOCUMENT_TYPE "<!DOCTYPE"
#define DECLARATION "<?xml"

gboolean tm_mapping_refuse(const TmMappingFile *file, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE, "%s:%u: %s", file->path, file->line, text);
    return FALSE;
}

/* ---- Opening ----------------------------------------------------------------------------- */

/* Where the file really is; NULL when that is not in the folder, or does not exist. */
static char *find_in_folder(const char *path)
{
    g_autofree char *named = g_path_get_dirname(path);
    char *folder = realpath(named, NULL), *target = realpath(path, NULL);
    gsize length = folder != NULL ? strlen(folder) : 0;
    char *found = NULL;
    if (folder != NULL && target != NULL && strncmp(target, folder, length) == 0 &&
        (target[length] == '/' || (length > 0 && folder[length - 1] == '/')))
        found = g_strdup(target);
    free(folder);
    free(target);
    return found;
}

/* Without waiting for the other end of a pipe. */
static int open_regular(const char *path)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
    if (descriptor >= 0 && (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(descriptor);
        descriptor = -1;
    }
    return descriptor;
}

/* Up to `size` bytes; -1 when it failed. */
static gssize read_all(int descriptor, char *bytes, gsize size)
{
    gsize length = 0;
    while (length < size) {
        gssize got = read(descriptor, bytes + length, size - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        length += (gsize)got;
    }
    return (gssize)length;
}

static char *read_file(const TmMappingFile *file, gsize *length, GError **error)
{
    g_autofree char *target = find_in_folder(file->path);
    if (target == NULL) {
        tm_mapping_refuse(file, error,
            "is a link that leads nowhere or out of the folder; put the file itself here");
        return NULL;
    }
    int descriptor = open_regular(target);
    g_autofree char *bytes = g_malloc(LARGEST_FILE + 1);
    gssize got = descriptor >= 0 ? read_all(descriptor, bytes, LARGEST_FILE + 1) : -1;
    if (descriptor >= 0)
        close(descriptor);
    if (got < 0) {
        tm_mapping_refuse(file, error, "is no file that can be read; check its permissions");
        return NULL;
    }
    if (got > LARGEST_FILE) {
        tm_mapping_refuse(file, error, "is larger than 256 KiB, and so no mapping");
        return NULL;
    }
    *length = (gsize)got;
    return g_steal_pointer(&bytes);
}

/* ---- Parsing ----------------------------------------------------------------------------- */

static void start_element(GMarkupParseContext *context, const char *element, const char **names,
    const char **values, gpointer user, GError **error)
{
    TmMappingFile *file = user;
    (void)context;
    if (file->begin(file->user, element, names, values, error))
        file->depth++;
}

static void end_element(
    GMarkupParseContext *context, const char *element, gpointer user, GError **error)
{
    (void)context;
    (void)element;
    (void)error;
    ((TmMappingFile *)user)->depth--;
}

static void take_text(
    GMarkupParseContext *context, const char *bytes, gsize length, gpointer user, GError **error)
{
    (void)context;
    if (strspn(bytes, " \t\r\n") < length)
        tm_mapping_refuse(
            user, error, "text between the elements: all is said in attributes; remove it");
}

/* The encoding that an XML declaration names; NULL if it names none. Owned by the caller. */
static char *find_encoding(const char *declaration)
{
    const char *at = strstr(declaration, "encoding");
    at = at != NULL ? at + strcspn(at, "'\"") : NULL;
    return at != NULL && *at != '\0' ? g_strndup(at + 1, strcspn(at + 1, "'\"")) : NULL;
}

/* What the parser itself passes over: comments, declarations, document types. */
static void take_unparsed(
    GMarkupParseContext *context, const char *bytes, gsize length, gpointer user, GError **error)
{
    (void)context;
    g_autofree char *text = g_strndup(bytes, length);
    if (g_str_has_prefix(text, DOCUMENT_TYPE)) {
        tm_mapping_refuse(user, error, "has a document type; remove it, and with it all entities");
        return;
    }
    g_autofree char *encoding = g_str_has_prefix(text, DECLARATION) ? find_encoding(text) : NULL;
    if (encoding != NULL && g_ascii_strcasecmp(encoding, "utf-8") != 0 &&
        g_ascii_strcasecmp(encoding, "us-ascii") != 0)
        tm_mapping_refuse(user, error, "is not in UTF-8; save it so and say encoding=\"UTF-8\"");
}

/* Line by line: the parser's own idea of where it is lies behind the element that it tells. */
static gboolean parse_lines(TmMappingFile *file, GMarkupParseContext *context, const char *bytes,
    gsize length, GError **error)
{
    const char *end = bytes + length;
    for (file->line = 0; bytes < end;) {
        const char *line_end = memchr(bytes, '\n', (gsize)(end - bytes));
        gsize line = line_end != NULL ? (gsize)(line_end + 1 - bytes) : (gsize)(end - bytes);
        file->line++;
        if (!g_markup_parse_context_parse(context, bytes, (gssize)line, error))
            return FALSE;
        bytes += line;
    }
    file->line = MAX(file->line, 1);
    return g_markup_parse_context_end_parse(context, error);
}

static gboolean parse(TmMappingFile *file, const char *bytes, gsize length, GError **error)
{
    static const GMarkupParser parser = {.start_element = start_element,
        .end_element = end_element,
        .text = take_text,
        .passthrough = take_unparsed};
    GError *fault = NULL;
    GMarkupParseContext *context =
        g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, file, NULL);
    gboolean fine = parse_lines(file, context, bytes, length, &fault);
    g_markup_parse_context_free(context);
    if (fine || g_error_matches(fault, G_MARKUP_ERROR, G_MARKUP_ERROR_EMPTY)) {
        g_clear_error(&fault);
        return TRUE;
    }
    if (fault->domain == TM_ERROR) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    g_error_free(fault);
    return tm_mapping_refuse(file, error,
        "not well-formed XML, or with entities of its own; mend it here or just before");
}

/* The line of the first byte that is no UTF-8, or NUL; 0 if all is well. */
static guint find_bad_byte(const char *bytes, gsize length)
{
    const char *bad;
    guint line = 1;
    if (g_utf8_validate_len(bytes, length, &bad))
        return 0;
    for (const char *at = bytes; at < bad; at++)
        line += *at == '\n' ? 1 : 0;
    return line;
}

gboolean tm_mapping_file_parse(TmMappingFile *file, GError **error)
{
    gsize length, mark = strlen(BYTE_ORDER_MARK);
    file->line = 1;
    g_autofree char *bytes = read_file(file, &length, error);
    if (bytes == NULL)
        return FALSE;
    guint bad = find_bad_byte(bytes, length);
    if (bad > 0) {
        file->line = bad;
        return tm_mapping_refuse(file, error, "is not UTF-8, or holds a NUL; save it as UTF-8");
    }
    gsize skipped = length >= mark && memcmp(bytes, BYTE_ORDER_MARK, mark) == 0 ? mark : 0;
    return parse(file, bytes + skipped, length - skipped, error);
}

/* ---- Attributes -------------------------------------------------------------------------- */

/* Whether a text can be a name or a word: no line ends, no other control characters. */
static gboolean is_plain(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if (g_ascii_iscntrl(*at))
            return FALSE;
    return strlen(text) <= LONGEST_VALUE;
}

gboolean tm_mapping_take_attributes(const TmMappingFile *file, const char *element,
    const char **names, const char **values, TmAttribute *wanted, guint count, guint needed,
    GError **error)
{
    guint32 met = 0;
    for (; *names != NULL; names++, values++) {
        guint i = 0;
        while (i < count && !g_str_equal(wanted[i].name, *names))
            i++;
        if (i == count)
            return tm_mapping_refuse(file, error,
                "<%s> has no attribute %s; docs/mapping.md lists them", element,
                strlen(*names) <= LONGEST_NAME ? *names : "of so long a name");
        if (met & (1u << i))
            return tm_mapping_refuse(file, error, "%s: is there twice; remove one", *names);
        met |= 1u << i;
        if (!is_plain(*values))
            return tm_mapping_refuse(file, error,
                "%s: too long, or with a line end or control character; write it in one line",
                *names);
        wanted[i].value = **values != '\0' ? g_intern_string(*values) : NULL;
    }
    for (guint i = 0; i < needed; i++)
        if (wanted[i].value == NULL)
            return tm_mapping_refuse(
                file, error, "<%s> needs the attribute %s", element, wanted[i].name);
    return TRUE;
}
