/*
 * The table reader: libcsv in strict mode, fed one physical line at a time, so that the line and
 * column of a fault are known. After a fault reading goes on with the next physical line; a quote
 * that is never closed costs its own line, not the rest of the file.
 */
#include "table.h"

#include "text_file.h"

#include <csv.h>
#include <string.h>

#define MOST_RECORD_BYTES 65536
#define MOST_FIELDS 1000
#define MOST_COLUMNS 32
#define MOST_SOURCES 12 /* headings of one column in one file */

typedef struct Reader {
    const TableFormat *format; /* NULL: to be found among the choices by the header */
    const TableChoice *choices;
    const char *read; /* what the choices are, in words */
    const char *file;
    TmDiagnostics *diagnostics;
    gpointer user;
    struct csv_parser parser;
    GPtrArray *fields; /* of the record being read */
    guint field_count; /* of the header; 0 before it */
    guint sources[MOST_COLUMNS][MOST_SOURCES];
    guint source_counts[MOST_COLUMNS];
    guint64 line;        /* being read */
    guint64 record_line; /* where the record began */
    char delimiter;
    gboolean record_ended;
    gboolean unusable;
} Reader;

static void refuse_file(Reader *reader, const char *field, const char *why)
{
    tm_diagnostics_report(reader->diagnostics, TM_KIND_BAD_SETUP,
        &(TmPlace){.file = reader->file, .line = reader->record_line, .field = field}, "%s", why);
    reader->unusable = TRUE;
}

/* Reports a broken line; in or before the header it makes the whole file unusable. */
static void report_line(
    Reader *reader, TmDiagnosticKind kind, guint64 line, gsize column, const char *why)
{
    if (reader->field_count == 0) {
        refuse_file(reader, NULL, why);
        return;
    }
    tm_diagnostics_report(reader->diagnostics, kind,
        &(TmPlace){.file = reader->file, .line = line, .column = column}, "%s", why);
}

/* ---- Headings ---------------------------------------------------------------------------- */

/*
 * What stands in brackets is no name but a remark of the exporter; and where a heading asks whether
 * to block what the name in brackets enables, the heading counts.
 */
static gboolean is_remark(const char *heading, const char *inside)
{
    static const char *const remarks[] = {"required", "read only", "upload only", NULL};
    gboolean inverted = g_ascii_strncasecmp(heading, "block", strlen("block")) == 0;
    return g_strv_contains(remarks, inside) || (inverted && g_str_equal(inside, "accountenabled"));
}

/* Lower case without separators; of "a [b] c" only b, unless b is a remark. */
static char *fold_heading(const char *heading)
{
    const char *open = strchr(heading, '['), *close = open != NULL ? strchr(open, ']') : NULL;
    const char *start = heading, *end = heading + strlen(heading);
    if (close != NULL) {
        g_autofree char *inside = g_ascii_strdown(open + 1, close - open - 1);
        gboolean remark = is_remark(heading, inside);
        start = remark ? heading : open + 1;
        end = remark ? open : close;
    }
    GString *folded = g_string_new(NULL);
    for (; start < end; start++) {
        if (strchr(" -._", *start) == NULL)
            g_string_append_c(folded, g_ascii_tolower(*start));
    }
    return g_string_free(folded, FALSE);
}

/* Index of a heading by one of the names in our tables; -1 if the file does not have it. */
static int find_heading(const GPtrArray *headings, const char *name)
{
    g_autofree char *folded = fold_heading(name);
    for (guint i = 0; i < headings->len; i++) {
        if (g_str_equal(g_ptr_array_index(headings, i), folded))
            return (int)i;
    }
    return -1;
}

/* One of the names, which have blanks between them, is a heading. */
static gboolean has_heading(const GPtrArray *headings, const char *names)
{
    g_auto(GStrv) each = g_strsplit(names != NULL ? names : "", " ", 0);
    for (char **name = each; *name != NULL; name++) {
        if (find_heading(headings, *name) >= 0)
            return TRUE;
    }
    return FALSE;
}

static void add_source(
    Reader *reader, guint column, const GPtrArray *headings, const char *name, gboolean *known)
{
    int found = find_heading(headings, name);
    if (found < 0 || known[found])
        return;
    known[found] = TRUE;
    g_assert(reader->source_counts[column] < MOST_SOURCES);
    reader->sources[column][reader->source_counts[column]++] = (guint)found;
}

static void connect_columns(Reader *reader, const GPtrArray *headings, gboolean *known)
{
    const TableFormat *format = reader->format;
    for (guint i = 0; i < format->column_count; i++) {
        add_source(reader, i, headings, format->columns[i].name, known);
        g_auto(GStrv) aliases = g_strsplit(
            format->columns[i].aliases != NULL ? format->columns[i].aliases : "", " ", 0);
        for (char **alias = aliases; *alias != NULL; alias++)
            add_source(reader, i, headings, *alias, known);
    }
    g_auto(GStrv) unread = g_strsplit(format->unread != NULL ? format->unread : "", " ", 0);
    for (char **name = unread; *name != NULL; name++) {
        int found = find_heading(headings, *name);
        if (found >= 0)
            known[found] = TRUE;
    }
}

static void note_unknown(Reader *reader, guint heading)
{
    tm_diagnostics_report(reader->diagnostics, TM_KIND_UNKNOWN_COLUMN,
        &(TmPlace){.file = reader->file,
            .line = reader->record_line,
            .field = g_ptr_array_index(reader->fields, heading)},
        "the column is not read");
}

/* One column of each number in `needed` must have a heading; the first that lacks one, or NULL. */
static const TableColumn *missing_column(const TableFormat *format, const GPtrArray *headings)
{
    for (guint i = 0; i < format->column_count; i++) {
        guint number = format->columns[i].needed;
        gboolean there = number == 0;
        for (guint j = 0; j < format->column_count && !there; j++) {
            const TableColumn *column = &format->columns[j];
            there = column->needed == number &&
                    (has_heading(headings, column->name) || has_heading(headings, column->aliases));
        }
        if (!there)
            return &format->columns[i];
    }
    return NULL;
}

static gboolean fits(const TableChoice *choice, const GPtrArray *headings)
{
    return missing_column(choice->format, headings) == NULL &&
           !has_heading(headings, choice->foreign) &&
           (choice->marks == NULL || has_heading(headings, choice->marks));
}

/* Finds the format by the header where it is not known. */
static gboolean choose_format(Reader *reader, const GPtrArray *headings)
{
    for (guint i = 0; reader->format == NULL && reader->choices[i].format != NULL; i++) {
        if (fits(&reader->choices[i], headings))
            reader->format = reader->choices[i].format;
    }
    if (reader->format == NULL) {
        g_autofree char *why =
            g_strdup_printf("the header is that of no known list; read are %s", reader->read);
        refuse_file(reader, NULL, why);
    }
    return reader->format != NULL;
}

/* The heading is read as one of the columns. */
static gboolean is_source(const Reader *reader, int heading)
{
    for (guint i = 0; i < reader->format->column_count; i++) {
        for (guint j = 0; j < reader->source_counts[i]; j++) {
            if ((int)reader->sources[i][j] == heading)
                return TRUE;
        }
    }
    return FALSE;
}

static void take_header(Reader *reader)
{
    g_autoptr(GPtrArray) headings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree gboolean *known = g_new0(gboolean, reader->fields->len);
    for (guint i = 0; i < reader->fields->len; i++)
        g_ptr_array_add(headings, fold_heading(g_ptr_array_index(reader->fields, i)));
    reader->field_count = reader->fields->len;
    if (!choose_format(reader, headings))
        return;
    connect_columns(reader, headings, known);
    for (guint i = 0; i < headings->len && !reader->unusable; i++) {
        const char *heading = g_ptr_array_index(headings, i);
        gboolean twice = !g_hash_table_add(seen, (gpointer)heading);
        if (twice && is_source(reader, find_heading(headings, heading)))
            refuse_file(reader, g_ptr_array_index(reader->fields, i), "the column is there twice");
        else if (!twice && !known[i] && *heading != '\0')
            note_unknown(reader, i);
    }
    const TableColumn *missing = missing_column(reader->format, headings);
    if (!reader->unusable && missing != NULL)
        refuse_file(reader, missing->name, "the column is missing");
}

/* ---- Records ----------------------------------------------------------------------------- */

static void take_record(Reader *reader)
{
    const char *cells[MOST_COLUMNS];
    if (reader->fields->len != reader->field_count) {
        tm_diagnostics_report(reader->diagnostics, TM_KIND_RAGGED_ROW,
            &(TmPlace){.file = reader->file, .line = reader->record_line},
            "%u fields, the header has %u", reader->fields->len, reader->field_count);
        return;
    }
    for (guint column = 0; column < reader->format->column_count; column++) {
        cells[column] = "";
        for (guint i = 0; i < reader->source_counts[column] && *cells[column] == '\0'; i++)
            cells[column] = g_ptr_array_index(reader->fields, reader->sources[column][i]);
    }
    TableRow row = {.file = reader->file,
        .line = reader->record_line,
        .columns = reader->format->columns,
        .cells = cells,
        .diagnostics = reader->diagnostics};
    reader->format->take(&row, reader->user);
}

/* Spreadsheets leave rows of nothing but commas at the end. */
static gboolean is_blank(const GPtrArray *fields)
{
    for (guint i = 0; i < fields->len; i++) {
        if (*(const char *)g_ptr_array_index(fields, i) != '\0')
            return FALSE;
    }
    return TRUE;
}

/* Bulk templates start with a row that only says "version:v1.0". */
static gboolean is_version_row(const GPtrArray *fields)
{
    return g_str_has_prefix(g_ptr_array_index(fields, 0), "version:");
}

static void on_field(void *bytes, size_t length, void *user)
{
    Reader *reader = user;
    if (reader->fields->len > MOST_FIELDS)
        return;
    char *text = g_strstrip(g_strndup(bytes, length));
    if (text[0] == '\'' && text[1] != '\0' && strchr("=+-@", text[1]) != NULL)
        memmove(text, text + 1, strlen(text)); /* a guard that kept a formula from running */
    g_ptr_array_add(reader->fields, text);
}

static void on_row(int terminator, void *user)
{
    (void)terminator;
    Reader *reader = user;
    reader->record_ended = TRUE;
    if (!reader->unusable && !is_blank(reader->fields)) {
        if (reader->fields->len > MOST_FIELDS)
            report_line(reader, TM_KIND_TOO_LONG, reader->record_line, 0, "more than 1,000 fields");
        else if (reader->field_count > 0)
            take_record(reader);
        else if (!is_version_row(reader->fields))
            take_header(reader);
    }
    g_ptr_array_set_size(reader->fields, 0);
}

/* ---- Lines ------------------------------------------------------------------------------- */

static void start_parser(Reader *reader)
{
    int failed = csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
    g_assert(failed == 0);
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    g_ptr_array_set_size(reader->fields, 0);
}

static void restart_parser(Reader *reader)
{
    csv_free(&reader->parser);
    start_parser(reader);
}

/* First byte after the line at `at`; line ends are LF, CRLF or a lone CR. */
static const char *after_line(const char *at, const char *end)
{
    for (; at < end; at++) {
        if (*at == '\n')
            return at + 1;
        if (*at == '\r')
            return at + 1 < end && at[1] == '\n' ? at + 2 : at + 1;
    }
    return end;
}

/* The first of comma, semicolon and tab that splits the header, quoted parts left out. */
static char find_delimiter(const char *text, const char *end)
{
    for (const char *next; text < end; text = next) {
        next = after_line(text, end);
        gboolean found_semicolon = FALSE, found_tab = FALSE, quoted = FALSE;
        for (const char *at = text; at < next; at++) {
            quoted ^= *at == '"';
            if (*at == ',' && !quoted)
                return ',';
            found_semicolon |= *at == ';' && !quoted;
            found_tab |= *at == '\t' && !quoted;
        }
        if (found_semicolon || found_tab)
            return found_semicolon ? ';' : '\t';
        if (!g_str_has_prefix(text, "version:"))
            break;
    }
    return ',';
}

static gboolean line_is_sound(
    const char *at, gsize length, TmDiagnosticKind *kind, gsize *column, const char **why)
{
    const char *bad = memchr(at, '\0', length);
    *column = bad != NULL ? (gsize)(bad - at) + 1 : 0;
    *kind = TM_KIND_BAD_CSV;
    *why = "there is a NUL byte";
    if (bad != NULL)
        return FALSE;
    *kind = TM_KIND_TOO_LONG;
    *why = "the line is longer than 64 KiB";
    if (length > MOST_RECORD_BYTES)
        return FALSE;
    *kind = TM_KIND_BAD_ENCODING;
    *why = "this byte is not UTF-8";
    gboolean valid = g_utf8_validate(at, (gssize)length, &bad);
    *column = (gsize)(bad - at) + 1;
    return valid;
}

static gboolean is_blank_line(const char *at, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isspace(at[i]))
            return FALSE;
    }
    return TRUE;
}

static gboolean feed_line(Reader *reader, const char *at, gsize length, TmDiagnosticKind *kind,
    gsize *column, const char **why)
{
    gsize used = csv_parse(&reader->parser, at, length, on_field, on_row, reader);
    *kind = TM_KIND_BAD_CSV;
    *column = used + 1;
    *why = "a quote stands where RFC 4180 allows none";
    if (used != length)
        return FALSE;
    if (at[length - 1] != '\n' && at[length - 1] != '\r')
        csv_parse(&reader->parser, "\n", 1, on_field, on_row, reader);
    return TRUE;
}

/* A record that is being read over several lines, so that a lost quote can be given up. */
typedef struct OpenRecord {
    const char *start;
    const char *second_line;
    gboolean open;
} OpenRecord;

/* Gives up a record whose quote is never closed; reading goes on with its second line. */
static const char *give_up(Reader *reader, OpenRecord *record)
{
    report_line(reader, TM_KIND_BAD_CSV, reader->record_line, 0,
        "a quote is opened here and not closed within 64 KiB of well-formed lines");
    restart_parser(reader);
    record->open = FALSE;
    reader->line = reader->record_line;
    return record->second_line;
}

/* Reads the line from `at` to `next`; gives where to go on. */
static const char *read_line(
    Reader *reader, OpenRecord *record, const char *at, const char *next, const char *end)
{
    gsize length = (gsize)(next - at);
    gboolean continued = record->open;
    reader->line++;
    if (!continued) {
        *record = (OpenRecord){.start = at, .second_line = next};
        reader->record_line = reader->line;
        reader->record_ended = FALSE;
        if (is_blank_line(at, length))
            return next;
    }
    if (continued && (gsize)(next - record->start) > MOST_RECORD_BYTES)
        return give_up(reader, record);
    const char *why;
    gsize column;
    TmDiagnosticKind kind;
    if (!line_is_sound(at, length, &kind, &column, &why) ||
        !feed_line(reader, at, length, &kind, &column, &why)) {
        if (continued)
            return give_up(reader, record);
        report_line(reader, kind, reader->line, column, why);
        restart_parser(reader);
        return next;
    }
    record->open = !reader->record_ended;
    return record->open && next == end ? give_up(reader, record) : next;
}

static void read_lines(Reader *reader, const char *at, const char *end)
{
    OpenRecord record = {0};
    while (at < end && !reader->unusable)
        at = read_line(reader, &record, at, after_line(at, end), end);
}

static TableState read_text(Reader *reader, const char *text, gsize length)
{
    reader->fields = g_ptr_array_new_with_free_func(g_free);
    reader->delimiter = find_delimiter(text, text + length);
    start_parser(reader);
    read_lines(reader, text, text + length);
    csv_free(&reader->parser);
    if (reader->field_count == 0 && !reader->unusable)
        refuse_file(reader, NULL, "the file has no header");
    g_ptr_array_unref(reader->fields);
    return reader->unusable ? TABLE_UNUSABLE : TABLE_READ;
}

TableState table_read(const char *folder, const TableFormat *format, TmDiagnostics *diagnostics,
    GChecksum *fingerprint, gpointer user)
{
    g_assert(format->column_count <= MOST_COLUMNS);
    g_autofree char *path = g_build_filename(folder, format->file_name, NULL);
    g_autofree char *text = NULL;
    gsize length;
    TextFileState state =
        text_file_read(path, TM_KIND_BAD_SETUP, diagnostics, fingerprint, &text, &length);
    if (state != TEXT_FILE_READ)
        return state == TEXT_FILE_MISSING ? TABLE_MISSING : TABLE_UNUSABLE;
    Reader reader = {.format = format, .file = path, .diagnostics = diagnostics, .user = user};
    return read_text(&reader, text, length);
}

TableState table_read_any(const char *path, const char *text, gsize length,
    const TableChoice *choices, const char *read, TmDiagnostics *diagnostics, gpointer user)
{
    Reader reader = {
        .choices = choices, .read = read, .file = path, .diagnostics = diagnostics, .user = user};
    return read_text(&reader, text, length);
}
