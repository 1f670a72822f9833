/* Which format a file is of, by its first bytes, its header or its first records. */
#include "recognise.h"

#include <string.h>

#define LOOK_AHEAD 4096   /* bytes that decide whether it is text, CSV or JSON */
#define MOST_MEMBERS 256  /* of a first record */
#define LONGEST_MEMBER 64 /* a longer name is in no signature */

static void refuse(TmReading *reading, TmDiagnosticKind kind, const char *text)
{
    TmPlace place = {.file = reading->path};
    tm_diagnostics_report(reading->diagnostics, kind, &place, "%s", text);
}

/* ---- First bytes --------------------------------------------------------------------------- */

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
    {"%PDF", 4, TM_KIND_UNKNOWN_FORMAT, "a PDF file"},
    {"BZh", 3, TM_KIND_UNKNOWN_FORMAT, "a bzip2 file: unpack it"},
    {"\xfd"
     "7zXZ",
        5, TM_KIND_UNKNOWN_FORMAT, "an xz file: unpack it"},
    {"\x28\xb5\x2f\xfd", 4, TM_KIND_UNKNOWN_FORMAT, "a zstd file: unpack it"},
    {"\x1f\x8b", 2, TM_KIND_UNKNOWN_FORMAT, "a gzip file inside a gzip file: unpack it"},
};

static gboolean is_magic_refused(const TmBytes *bytes, TmReading *reading)
{
    for (guint i = 0; i < G_N_ELEMENTS(magics); i++)
        if (bytes->length >= magics[i].length &&
            memcmp(bytes->data, magics[i].bytes, magics[i].length) == 0) {
            refuse(reading, magics[i].kind, magics[i].text);
            return TRUE;
        }
    gboolean wide = bytes->length >= 4 && (bytes->data[1] == '\0') != (bytes->data[0] == '\0') &&
                    (bytes->data[3] == '\0') != (bytes->data[2] == '\0');
    if (wide)
        refuse(reading, TM_KIND_BAD_ENCODING, "the file looks like UTF-16");
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

TmFileKind tm_recognise_bytes(TmBytes *bytes, TmReading *reading)
{
    while (bytes->length < LOOK_AHEAD && tm_bytes_more(bytes))
        ;
    if (is_magic_refused(bytes, reading))
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
        refuse(reading, TM_KIND_UNKNOWN_FORMAT,
            "a web page or XML, perhaps a log-in page saved in place of the export");
        return TM_FILE_REFUSED;
    }
    if (memchr(bytes->data, '\0', MIN(bytes->length, LOOK_AHEAD)) != NULL) {
        refuse(reading, TM_KIND_UNKNOWN_FORMAT, "not a text file");
        return TM_FILE_REFUSED;
    }
    return first == '{' || first == '[' ? TM_FILE_JSON : TM_FILE_CSV;
}

/* ---- CSV ----------------------------------------------------------------------------------- */

/* Separators that exporters write in one heading or another; they and case do not matter. */
static gboolean is_separator(char letter)
{
    return letter == ' ' || letter == '_' || letter == '-' || letter == '.';
}

/* Whether `length` bytes of a name are the cell's text but for case and separators. */
static gboolean is_heading(const char *name, gsize length, TmCell cell)
{
    gsize at = 0;
    for (gsize i = 0; i < length; i++) {
        if (is_separator(name[i]))
            continue;
        while (at < cell.length && is_separator(cell.text[at]))
            at++;
        if (at == cell.length || tm_ascii_lower(cell.text[at]) != tm_ascii_lower(name[i]))
            return FALSE;
        at++;
    }
    while (at < cell.length && is_separator(cell.text[at]))
        at++;
    return at == cell.length && cell.length > 0;
}

/* Whether one of the variants in `names` ('|' between them) is the cell's text. */
static gboolean is_variant(const char *names, TmCell cell)
{
    for (;;) {
        gsize length = strcspn(names, "|");
        if (is_heading(names, length, cell))
            return TRUE;
        if (names[length] == '\0')
            return FALSE;
        names += length + 1;
    }
}

static gint find_field(const TmFormat *format, TmCell cell)
{
    for (guint i = 0; i < format->field_count; i++)
        if (is_variant(format->fields[i].names, cell))
            return (gint)i;
    return -1;
}

/* Maps the columns of a header to a format's fields; the first column of a name counts. */
static guint64 map_columns(
    const TmFormat *format, const TmCell *cells, guint count, gint *fields, gboolean *twice)
{
    guint64 present = 0;
    *twice = FALSE;
    for (guint i = 0; i < count; i++) {
        fields[i] = find_field(format, tm_cell_trim(cells[i]));
        if (fields[i] < 0)
            continue;
        *twice |= (present & TM_FIELD_BIT(fields[i])) != 0;
        present |= TM_FIELD_BIT(fields[i]);
    }
    return present;
}

static void append_name(GString *text, const char *name)
{
    g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", name);
}

/* What a header lacks of a format, by name; NULL if it is not near it. */
static char *missing_columns(const TmCsvFormat *format, guint64 present)
{
    const TmFormat *table = &format->tables[0];
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < table->field_count; i++)
        if ((format->required & ~present) & TM_FIELD_BIT(i))
            append_name(names, tm_field_name(&table->fields[i]));
    for (guint i = 0; i < table->field_count && (format->one_of & present) == 0; i++)
        if (format->one_of & TM_FIELD_BIT(i)) {
            g_string_append_printf(names, "%s%s or the like", names->len > 0 ? ", " : "",
                tm_field_name(&table->fields[i]));
            break;
        }
    gboolean near = __builtin_popcountll(present) >= 2;
    return g_string_free(names, !near);
}

/* The format that the header has most columns of, without being of it; reported. */
static gboolean refuse_near(TmReading *reading, const TmCell *cells, guint count)
{
    const TmCsvFormat *nearest = NULL;
    guint64 nearest_present = 0;
    for (guint i = 0; tm_csv_formats[i] != NULL; i++) {
        gint fields[TM_CSV_COLUMNS];
        gboolean twice;
        guint64 present = map_columns(&tm_csv_formats[i]->tables[0], cells, count, fields, &twice);
        if (__builtin_popcountll(present) <= __builtin_popcountll(nearest_present))
            continue;
        nearest = tm_csv_formats[i];
        nearest_present = present;
    }
    g_autofree char *missing = nearest != NULL ? missing_columns(nearest, nearest_present) : NULL;
    if (missing == NULL)
        return FALSE;
    TmPlace place = {.file = reading->path, .line = reading->line};
    tm_diagnostics_report(reading->diagnostics, TM_KIND_UNKNOWN_FORMAT, &place,
        "nearest to %s, but without: %s", nearest->tables[0].name, missing);
    return TRUE;
}

static void refuse_header(TmReading *reading, const TmCell *cells, guint count)
{
    const TmRefusalRow *row = tm_csv_refusal(cells, count);
    if (row != NULL) {
        refuse(reading, row->kind, row->text);
        return;
    }
    if (refuse_near(reading, cells, count))
        return;
    gboolean other = count == 1 && (memchr(cells[0].text, ';', cells[0].length) != NULL ||
                                       memchr(cells[0].text, '\t', cells[0].length) != NULL);
    refuse(reading, TM_KIND_UNKNOWN_FORMAT,
        other ? "columns are not separated by commas: save the export without changing it"
              : "the first line is the header of no known CSV export");
}

/* The format that asks for most of the columns that are there. */
static const TmCsvFormat *best_format(const TmCell *cells, guint count)
{
    const TmCsvFormat *best = NULL;
    for (guint i = 0; tm_csv_formats[i] != NULL; i++) {
        const TmCsvFormat *format = tm_csv_formats[i];
        gint fields[TM_CSV_COLUMNS];
        gboolean twice;
        guint64 present = map_columns(&format->tables[0], cells, count, fields, &twice);
        if ((present & format->required) != format->required ||
            (format->one_of != 0 && (present & format->one_of) == 0))
            continue;
        if (best == NULL ||
            __builtin_popcountll(format->required) > __builtin_popcountll(best->required))
            best = format;
    }
    return best;
}

const TmCsvFormat *tm_recognise_header(
    TmReading *reading, const TmCell *cells, guint count, gint *fields, guint64 *present)
{
    const TmCsvFormat *format = best_format(cells, count);
    if (format == NULL) {
        refuse_header(reading, cells, count);
        return NULL;
    }
    gboolean twice;
    *present = map_columns(&format->tables[0], cells, count, fields, &twice);
    if (twice) {
        refuse(reading, TM_KIND_UNKNOWN_FORMAT, "a column of the export is there twice");
        return NULL;
    }
    for (guint column = 0; column < count; column++)
        if (fields[column] < 0)
            tm_reading_note_unknown(reading, cells[column].text, cells[column].length);
    return format;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

typedef struct Member {
    TmCell name;
    TmCell text; /* of a short string; else empty */
} Member;

/* Names are copied: a value that is asked for may move what the reader points to. */
static guint list_members(TmJsonRecord *record, Member *members)
{
    guint count = 0;
    while (tm_json_record_next(record) && count < MOST_MEMBERS) {
        gsize length;
        TmJsonValue value;
        const char *key = tm_json_record_key(record, &length);
        tm_json_record_value(record, &value);
        if (value.kind == TM_JSON_BROKEN)
            break;
        if (length == 0 || length > LONGEST_MEMBER)
            continue;
        members[count++] = (Member){{key, length},
            value.kind == TM_JSON_STRING ? (TmCell){value.text, value.length} : (TmCell){"", 0}};
    }
    return count;
}

/* "name" or "name=text" of a signature is among the members. */
static gboolean has_member(const Member *members, guint count, const char *wanted, gsize length)
{
    const char *equals = memchr(wanted, '=', length);
    gsize name = equals != NULL ? (gsize)(equals - wanted) : length;
    for (guint i = 0; i < count; i++) {
        if (!tm_cell_same(members[i].name, (TmCell){wanted, name}))
            continue;
        return equals == NULL ||
               tm_cell_same(members[i].text, (TmCell){equals + 1, length - name - 1});
    }
    return FALSE;
}

/* How many members a signature asks for, 0 if not all are there; *found counts those that are. */
static guint match(const Member *members, guint count, const char *signature, guint *found)
{
    guint wanted = 0;
    *found = 0;
    for (;;) {
        gsize length = strcspn(signature, "|");
        wanted++;
        *found += has_member(members, count, signature, length) ? 1 : 0;
        if (signature[length] == '\0')
            return *found == wanted ? wanted : 0;
        signature += length + 1;
    }
}

static const TmJsonFormat *best_record_format(const Member *members, guint count)
{
    const TmJsonFormat *best = NULL;
    guint best_wanted = 0;
    for (guint i = 0; tm_json_formats[i] != NULL; i++)
        for (const char *const *signature = tm_json_formats[i]->signatures; *signature != NULL;
             signature++) {
            guint found, wanted = match(members, count, *signature, &found);
            if (wanted <= best_wanted)
                continue;
            best = tm_json_formats[i];
            best_wanted = wanted;
        }
    return best;
}

/* What to say of a record that no table knows. */
static void refuse_record(const Member *members, guint count, TmRefusal *refusal)
{
    *refusal = (TmRefusal){.kind = TM_KIND_UNKNOWN_FORMAT};
    for (guint i = 0; tm_json_formats[i] != NULL; i++) {
        const char *signature = tm_json_formats[i]->signatures[0];
        guint found;
        match(members, count, signature, &found);
        if (found == 0)
            continue;
        g_auto(GStrv) wanted = g_strsplit(signature, "|", 0);
        g_autofree char *list = g_strjoinv(", ", wanted);
        refusal->text = g_strdup_printf(
            "nearest to %s, which has the members %s", tm_json_formats[i]->tables[0].name, list);
        return;
    }
    refusal->text = g_strdup("the first JSON object is a record of no known export");
}

const TmJsonFormat *tm_recognise_record(TmJsonRecord *record, TmRefusal *refusal)
{
    Member members[MOST_MEMBERS];
    TmCell names[MOST_MEMBERS], texts[MOST_MEMBERS];
    guint count = list_members(record, members);
    for (guint i = 0; i < count; i++) {
        names[i] = members[i].name;
        texts[i] = members[i].text;
    }
    const TmJsonFormat *format = best_record_format(members, count);
    const TmRefusalRow *row = format == NULL ? tm_json_refusal(names, texts, count) : NULL;
    if (row != NULL)
        *refusal = (TmRefusal){row->kind, g_strdup(row->text), TRUE};
    else if (format == NULL)
        refuse_record(members, count, refusal);
    return format;
}
