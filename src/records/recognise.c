/* What the first bytes and the name of a file tell, whatever it holds; see records.h. */
#include <tidemark/records.h>

#include <string.h>

#define LOOK_AHEAD 4096 /* bytes that decide whether it is text, CSV or JSON */
#define LONG_DATE 10    /* YYYY-MM-DD */
#define SHORT_DATE 8    /* YYYYMMDD */

static void refuse(
    const char *path, TmDiagnostics *diagnostics, TmDiagnosticKind kind, const char *text)
{
    TmPlace place = {.file = path};
    tm_diagnostics_report(diagnostics, kind, &place, "%s", text);
}

/* Beginnings of files that are no text of ours; lengths, since some hold NUL. */
static const struct {
    const char *bytes;
    gsize length;
    TmDiagnosticKind kind;
    const char *text;
} magics[] = {
    {"PK\x03\x04", 4, TM_KIND_UNKNOWN_FORMAT,
        "a zip archive (or an Excel workbook): unpack it, or save the sheet as CSV"},
    {"PK\x05\x06", 4, TM_KIND_UNKNOWN_FORMAT, "an empty zip archive"},
    {"\xff\xfe", 2, TM_KIND_BAD_ENCODING, "the file is UTF-16"},
    {"\xfe\xff", 2, TM_KIND_BAD_ENCODING, "the file is UTF-16"},
    {"SQLite format 3", 15, TM_KIND_UNKNOWN_FORMAT,
        "an SQLite database; of opencode's, export the messages as docs/contribute.md says"},
    {"%PDF", 4, TM_KIND_UNKNOWN_FORMAT, "a PDF file"},
    {"BZh", 3, TM_KIND_UNKNOWN_FORMAT, "a bzip2 file: unpack it"},
    {"\xfd"
     "7zXZ",
        5, TM_KIND_UNKNOWN_FORMAT, "an xz file: unpack it"},
    {"\x28\xb5\x2f\xfd", 4, TM_KIND_UNKNOWN_FORMAT, "a zstd file: unpack it"},
    {"\x1f\x8b", 2, TM_KIND_UNKNOWN_FORMAT, "a gzip file inside a gzip file: unpack it"},
};

/*
 * Collectors write protobuf and compressed data in pieces, each behind its length in four bytes;
 * none is of 16 MiB, so that the first byte is 0. A message of theirs begins with its field 1.
 */
static gboolean is_collector_binary(
    const TmBytes *bytes, const char *path, TmDiagnostics *diagnostics)
{
    if (bytes->length < 8 || bytes->data[0] != '\0')
        return FALSE;
    gboolean is_zstd = memcmp(bytes->data + 4, "\x28\xb5\x2f\xfd", 4) == 0;
    if (is_zstd)
        refuse(path, diagnostics, TM_KIND_UNKNOWN_FORMAT,
            "OpenTelemetry data compressed by the collector: set its file exporter to format json "
            "without compression");
    else if (bytes->data[4] == '\n')
        refuse(path, diagnostics, TM_KIND_UNKNOWN_FORMAT,
            "OpenTelemetry data in binary form (protobuf): set the collector's file exporter to "
            "format json");
    return is_zstd || bytes->data[4] == '\n';
}

static gboolean is_magic_refused(const TmBytes *bytes, const char *path, TmDiagnostics *diagnostics)
{
    if (is_collector_binary(bytes, path, diagnostics))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(magics); i++)
        if (bytes->length >= magics[i].length &&
            memcmp(bytes->data, magics[i].bytes, magics[i].length) == 0) {
            refuse(path, diagnostics, magics[i].kind, magics[i].text);
            return TRUE;
        }
    gboolean wide = bytes->length >= 4 && (bytes->data[1] == '\0') != (bytes->data[0] == '\0') &&
                    (bytes->data[3] == '\0') != (bytes->data[2] == '\0');
    if (wide)
        refuse(path, diagnostics, TM_KIND_BAD_ENCODING, "the file looks like UTF-16");
    return wide;
}

/* Drops blanks and empty lines in front; what is left begins with text or is empty. */
static void skip_blanks(TmBytes *bytes)
{
    for (;;) {
        gsize blank = 0;
        while (blank < bytes->length && g_ascii_isspace(bytes->data[blank]))
            blank++;
        gboolean done = blank < bytes->length;
        tm_bytes_consume(bytes, blank);
        if (done || !tm_bytes_more(bytes))
            return;
    }
}

static gboolean is_only(const TmBytes *bytes, const char *text)
{
    TmCell all = tm_cell_trim((TmCell){bytes->data, bytes->length});
    return all.length == strlen(text) && memcmp(all.text, text, all.length) == 0;
}

TmFileKind tm_bytes_recognise(TmBytes *bytes, const char *path, TmDiagnostics *diagnostics)
{
    while (bytes->length < LOOK_AHEAD && tm_bytes_more(bytes))
        ;
    if (is_magic_refused(bytes, path, diagnostics))
        return TM_FILE_REFUSED;
    if (bytes->length >= 3 && memcmp(bytes->data, "\xef\xbb\xbf", 3) == 0)
        tm_bytes_consume(bytes, 3);
    skip_blanks(bytes);
    while (bytes->length < LOOK_AHEAD && tm_bytes_more(bytes))
        ;
    if (bytes->length == 0 || is_only(bytes, "\"\"") || is_only(bytes, "null") ||
        is_only(bytes, "[]") || is_only(bytes, "{}"))
        return TM_FILE_EMPTY;
    char first = bytes->data[0];
    if (first == '<') {
        refuse(path, diagnostics, TM_KIND_UNKNOWN_FORMAT,
            "a web page or XML, perhaps a log-in page saved in place of the export");
        return TM_FILE_REFUSED;
    }
    if (memchr(bytes->data, '\0', MIN(bytes->length, LOOK_AHEAD)) != NULL) {
        refuse(path, diagnostics, TM_KIND_UNKNOWN_FORMAT, "not a text file");
        return TM_FILE_REFUSED;
    }
    return first == '{' || first == '[' ? TM_FILE_JSON : TM_FILE_CSV;
}

void tm_bytes_report_failure(const TmBytes *bytes, const char *path, TmDiagnostics *diagnostics)
{
    static const struct {
        TmDiagnosticKind kind;
        const char *text;
    } failures[] = {
        [TM_BYTES_READ_ERROR] = {TM_KIND_UNREADABLE_FILE, "reading failed before the end"},
        [TM_BYTES_TRUNCATED] = {TM_KIND_TRUNCATED_FILE, "the gzip data end too early"},
        [TM_BYTES_CORRUPT] = {TM_KIND_TRUNCATED_FILE, "the gzip data are damaged"},
        [TM_BYTES_BOMB] = {TM_KIND_TOO_LONG,
            "the gzip data unfold to more than 1 GiB and 200 times their size; not read further"},
    };
    if (bytes->failure != TM_BYTES_FINE)
        refuse(path, diagnostics, failures[bytes->failure].kind, failures[bytes->failure].text);
}

/* A date at the start of `text`, in one of the forms of file names; its length, 0 if there is none.
 */
static gsize date_at(const char *text, TmDay *day)
{
    char dashed[] = "YYYY-MM-DD";
    *day = strnlen(text, LONG_DATE) == LONG_DATE ? tm_day_parse(text, LONG_DATE) : TM_DAY_NONE;
    if (*day != TM_DAY_NONE)
        return LONG_DATE;
    if (strnlen(text, SHORT_DATE) < SHORT_DATE)
        return 0;
    memcpy(dashed, text, 4);
    memcpy(dashed + 5, text + 4, 2);
    memcpy(dashed + 8, text + 6, 2);
    *day = tm_day_parse(dashed, LONG_DATE);
    return *day != TM_DAY_NONE ? SHORT_DATE : 0;
}

void tm_path_days(const char *path, TmDay *first, TmDay *last)
{
    g_autofree char *name = g_path_get_basename(path);
    gboolean bounded = TRUE; /* no digit stands before */
    *first = *last = TM_DAY_NONE;
    for (const char *at = name; *at != '\0'; bounded = !g_ascii_isdigit(*at), at++) {
        TmDay day;
        gsize length = bounded ? date_at(at, &day) : 0;
        if (length == 0 || g_ascii_isdigit(at[length]))
            continue;
        *first = *first == TM_DAY_NONE ? day : *first;
        *last = day;
        at += length - 1;
    }
}
