/* Which format a file is of, by its first bytes, its header or its first records. */
#include "recognise.h"

#include <string.h>

#define MOST_TEXT 4096    /* bytes in which JSON must begin */
#define MOST_MEMBERS 256  /* of a first record */
#define LONGEST_MEMBER 64 /* a longer name is in no signature */
#define LONGEST_HEADING 256

static void refuse(TmReading *reading, TmDiagnosticKind kind, const char *text)
{
    TmPlace place = {.file = reading->path};
    tm_diagnostics_report(reading->diagnostics, kind, &place, "%s", text);
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
    if (cell.length > LONGEST_HEADING)
        return FALSE;
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
        TmFieldUse use = format->fields[fields[i]].use;
        gboolean is_read = use == TM_FIELD_READ || use == TM_FIELD_IDENTITY;
        *twice |= is_read && (present & TM_FIELD_BIT(fields[i])) != 0;
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

/*
 * The format that the header has most columns of, without being of it; of several a mapping, which
 * was meant for it. Reported.
 */
static gboolean refuse_near(TmReading *reading, const TmCell *cells, guint count)
{
    const TmCsvFormat *nearest = NULL;
    guint64 nearest_present = 0;
    for (guint i = 0; tm_csv_formats[i] != NULL; i++) {
        gint fields[TM_CSV_COLUMNS];
        gboolean twice;
        guint64 present = map_columns(&tm_csv_formats[i]->tables[0], cells, count, fields, &twice);
        int more = __builtin_popcountll(present) - __builtin_popcountll(nearest_present);
        gboolean is_mapped = tm_csv_formats[i]->own != NULL;
        if (more < 0 || (more == 0 && !is_mapped))
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
    if (row == NULL)
        row = tm_named_refusal(reading->path);
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

/* Gives slots behind the fields to columns that end as the format wants it. */
static void map_endings(const TmCsvFormat *format, const TmCell *cells, guint count, gint *fields)
{
    gsize length = format->ending != NULL ? strlen(format->ending) : 0;
    guint slot = format->tables[0].field_count;
    for (guint i = 0; length > 0 && i < count && slot < TM_CSV_SLOTS; i++) {
        TmCell cell = tm_cell_trim(cells[i]);
        TmCell end = {cell.text + cell.length - MIN(length, cell.length), length};
        if (fields[i] < 0 && cell.length > length && tm_cell_equals(end, format->ending))
            fields[i] = (gint)slot++;
    }
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
    map_endings(format, cells, count, fields);
    for (guint column = 0; column < count; column++)
        if (fields[column] < 0)
            tm_reading_note_unknown(reading, cells[column].text, cells[column].length);
    return format;
}

/* ---- Text in front of JSON ----------------------------------------------------------------- */

/*
 * Whether JSON begins at a byte: a bracket, then what can stand in it. Text in a quoted cell of a
 * CSV file never looks so, since quotes are doubled there.
 */
static gboolean begins_json(const char *at, const char *end)
{
    while (at < end && *at == '[')
        for (at++; at < end && g_ascii_isspace(*at);)
            at++;
    if (at >= end || *at != '{')
        return FALSE;
    for (at++; at < end && g_ascii_isspace(*at);)
        at++;
    return at + 1 < end && ((at[0] == '"' && at[1] != '"') || at[0] == '}');
}

/* Where the first line stands that begins JSON, after other lines; 0 if there is none. */
static gsize find_json(const TmBytes *bytes)
{
    const char *end = bytes->data + MIN(bytes->length, MOST_TEXT), *at = bytes->data;
    while ((at = memchr(at, '\n', (gsize)(end - at))) != NULL)
        if (begins_json(++at, end))
            return (gsize)(at - bytes->data);
    return 0;
}

/* Whether the first line is a header, roughly: quotes around its cells do not matter. */
static gboolean is_known_header(const TmBytes *bytes)
{
    TmCell cells[TM_CSV_COLUMNS];
    guint count = 0;
    const char *at = bytes->data, *line_end = memchr(at, '\n', bytes->length);
    const char *end = line_end != NULL ? line_end : bytes->data + bytes->length;
    while (at < end && count < TM_CSV_COLUMNS) {
        const char *comma = memchr(at, ',', (gsize)(end - at));
        TmCell cell = tm_cell_trim((TmCell){at, (gsize)((comma != NULL ? comma : end) - at)});
        if (cell.length >= 2 && cell.text[0] == '"' && cell.text[cell.length - 1] == '"')
            cell = (TmCell){cell.text + 1, cell.length - 2};
        cells[count++] = cell;
        at = comma != NULL ? comma + 1 : end;
    }
    return best_format(cells, count) != NULL;
}

gboolean tm_recognise_text_before_json(TmBytes *bytes, TmReading *reading)
{
    char first = bytes->data[0];
    gboolean is_log = first == '[' && bytes->length > 1 && g_ascii_isalpha(bytes->data[1]);
    gboolean is_text = (first != '{' && first != '[') || is_log;
    gsize start = is_text && !is_known_header(bytes) ? find_json(bytes) : 0;
    if (start == 0)
        return FALSE;
    TmPlace place = {.file = reading->path, .line = bytes->line};
    tm_diagnostics_report(
        reading->diagnostics, TM_KIND_NOTE_FILE, &place, "text in front of the JSON is left out");
    tm_bytes_consume(bytes, start);
    return TRUE;
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

/* "text" of a signature, or "*text" for how it ends. */
static gboolean is_wanted_text(TmCell text, TmCell wanted)
{
    if (wanted.length == 0 || wanted.text[0] != '*')
        return tm_cell_same(text, wanted);
    wanted = (TmCell){wanted.text + 1, wanted.length - 1};
    return text.length >= wanted.length &&
           tm_cell_same((TmCell){text.text + text.length - wanted.length, wanted.length}, wanted);
}

/* "name" or "name=text" of a signature is among the members. */
static gboolean has_one(const Member *members, guint count, const char *wanted, gsize length)
{
    const char *equals = memchr(wanted, '=', length);
    gsize name = equals != NULL ? (gsize)(equals - wanted) : length;
    for (guint i = 0; i < count; i++) {
        if (!tm_cell_same(members[i].name, (TmCell){wanted, name}))
            continue;
        return equals == NULL ||
               is_wanted_text(members[i].text, (TmCell){equals + 1, length - name - 1});
    }
    return FALSE;
}

/* One of those between commas is. */
static gboolean has_member(const Member *members, guint count, const char *wanted, gsize length)
{
    const char *end = wanted + length, *comma;
    for (; (comma = memchr(wanted, ',', (gsize)(end - wanted))) != NULL; wanted = comma + 1)
        if (has_one(members, count, wanted, (gsize)(comma - wanted)))
            return TRUE;
    return has_one(members, count, wanted, (gsize)(end - wanted));
}

/*
 * How many members a signature asks for, 0 if not all are there; *found counts those that are. A
 * "." at its end asks for no others.
 */
static guint match(const Member *members, guint count, const char *signature, guint *found)
{
    guint wanted = 0, others = 0;
    *found = 0;
    for (;;) {
        gsize length = strcspn(signature, "|");
        gboolean alone = length == 1 && *signature == '.';
        others = alone ? count - MIN(count, wanted) : 0;
        *found += !alone && has_member(members, count, signature, length) ? 1 : 0;
        wanted += alone ? 0 : 1;
        if (signature[length] == '\0')
            return *found == wanted && others == 0 ? wanted + alone : 0;
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

/* What to say of a record that no table knows. A mapping was rather meant for it than others. */
static void refuse_record(const Member *members, guint count, TmRefusal *refusal)
{
    const TmJsonFormat *nearest = NULL;
    guint most = 0;
    *refusal = (TmRefusal){.kind = TM_KIND_UNKNOWN_FORMAT};
    for (guint i = 0; tm_json_formats[i] != NULL; i++) {
        guint found;
        match(members, count, tm_json_formats[i]->signatures[0], &found);
        gboolean is_mapped = tm_json_formats[i]->own != NULL;
        if (found == 0 || (nearest != NULL && (!is_mapped || found < most)))
            continue;
        nearest = tm_json_formats[i];
        most = found;
    }
    if (nearest != NULL) {
        g_auto(GStrv) wanted = g_strsplit(nearest->signatures[0], "|", 0);
        g_autofree char *list = g_strjoinv(", ", wanted);
        refusal->text = g_strdup_printf(
            "nearest to %s, which has the members %s", nearest->tables[0].name, list);
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
