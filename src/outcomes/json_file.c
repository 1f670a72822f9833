/*
 * Objects of a JSON file as values by field. The names in a format's table are paths: "base.ref"
 * goes into an object, "labels[].name" into the elements of an array, and all else is passed over
 * unread. A path without "[]" may be there once.
 */
#include "formats.h"

#define LONGEST_PATH 96
#define DEEPEST 4        /* objects and arrays inside one another that a path names */
#define MOST_MEMBERS 128 /* of a first object */

/* Members of pages that hold the records: Jira's. */
static const char *const page_arrays[] = {"issues", NULL};

typedef struct JsonFile {
    OutcomeReading *reading;
    TmJsonRecord *record;
    OutcomeValues values;
    const char *twice; /* name of a member that is there twice, of the table */
} JsonFile;

typedef enum PathState {
    PATH_UNKNOWN,
    PATH_FIELD,  /* a field is read here */
    PATH_PREFIX, /* fields lie further in */
    PATH_CONTENT,
} PathState;

/* What the table says of a path; *field is set for fields. */
static PathState look_up(const OutcomeFormat *format, const char *path, guint *field)
{
    gsize length = strlen(path);
    PathState state = PATH_UNKNOWN;
    for (guint i = 0; i < format->table.field_count; i++) {
        const TmFieldRule *rule = &format->table.fields[i];
        const char *name = rule->names;
        for (; name != NULL; name = strchr(name, '|') != NULL ? strchr(name, '|') + 1 : NULL) {
            if (strncmp(name, path, length) != 0)
                continue;
            gboolean whole = name[length] == '\0' || name[length] == '|';
            if (whole && rule->use == TM_FIELD_CONTENT)
                return PATH_CONTENT;
            if (whole && rule->use != TM_FIELD_IGNORED) {
                *field = i;
                return PATH_FIELD;
            }
            if (name[length] == '.' || name[length] == '[')
                state = PATH_PREFIX;
        }
    }
    return state;
}

static TmCell cell_of(const TmJsonValue *value)
{
    switch (value->kind) {
    case TM_JSON_NUMBER:
    case TM_JSON_STRING:
        return (TmCell){value->text, value->length};
    case TM_JSON_BOOLEAN:
        return value->truth ? (TmCell){"true", 4} : (TmCell){"false", 5};
    case TM_JSON_OBJECT:
    case TM_JSON_ARRAY:
        return (TmCell){"{}", 2}; /* that it is there is all that is asked */
    default:
        return (TmCell){"", 0};
    }
}

static void keep(JsonFile *file, guint field, TmCell cell)
{
    OutcomeValues *values = &file->values;
    const char *names = file->reading->format->table.fields[field].names;
    if (values->cells[field].text == NULL) {
        values->cells[field] = cell;
    } else if (strstr(names, "[]") == NULL) {
        file->twice = tm_field_name(&file->reading->format->table.fields[field]);
    } else if (values->more_count < OUTCOME_MORE) {
        values->more[values->more_count].field = field;
        values->more[values->more_count++].cell = cell;
    }
}

static gboolean walk_object(JsonFile *file, const char *prefix, guint depth);

/* The current value stands at `path`. FALSE when the record is broken. */
static gboolean walk_value(JsonFile *file, const char *path, guint depth)
{
    guint field = 0;
    PathState state = look_up(file->reading->format, path, &field);
    TmJsonValue value;
    if (state == PATH_CONTENT)
        file->reading->summary->dropped_content_fields++;
    if (state == PATH_UNKNOWN || state == PATH_CONTENT)
        return TRUE;
    tm_json_record_value(file->record, &value);
    if (value.kind == TM_JSON_BROKEN)
        return FALSE;
    if (state == PATH_FIELD)
        keep(file, field, cell_of(&value));
    if (state == PATH_FIELD || depth >= DEEPEST ||
        (value.kind != TM_JSON_OBJECT && value.kind != TM_JSON_ARRAY))
        return TRUE;
    if (!tm_json_record_enter(file->record))
        return FALSE;
    if (value.kind == TM_JSON_OBJECT)
        return walk_object(file, path, depth + 1);
    char inside[LONGEST_PATH];
    g_snprintf(inside, sizeof inside, "%s[]", path);
    while (tm_json_record_next(file->record))
        if (!walk_value(file, inside, depth + 1))
            return FALSE;
    return TRUE;
}

static gboolean walk_object(JsonFile *file, const char *prefix, guint depth)
{
    while (tm_json_record_next(file->record)) {
        gsize length, offset = strlen(prefix);
        const char *key = tm_json_record_key(file->record, &length);
        char path[LONGEST_PATH];
        if (offset + length + 2 > sizeof path || memchr(key, '\0', length) != NULL)
            continue;
        g_snprintf(path, sizeof path, "%s%s%.*s", prefix, offset > 0 ? "." : "", (int)length, key);
        if (!walk_value(file, path, depth))
            return FALSE;
    }
    gsize offset;
    return tm_json_record_fault(file->record, &offset) == TM_JSON_FAULT_NONE;
}

static void report_fault(JsonFile *file, const TmJsonPiece *piece)
{
    OutcomeReading *reading = file->reading;
    tm_json_record_report(file->record, reading->path, piece, reading->diagnostics);
    reading->summary->rows_skipped++;
}

/* The first object that can be read decides. FALSE when it is of no format: reported. */
static gboolean recognise(JsonFile *file, const TmJsonPiece *piece)
{
    TmCell names[MOST_MEMBERS];
    guint count = 0;
    if (!tm_json_record_open(file->record, piece->text, piece->length)) {
        report_fault(file, piece);
        return TRUE;
    }
    while (tm_json_record_next(file->record))
        if (count < MOST_MEMBERS) {
            names[count].text = tm_json_record_key(file->record, &names[count].length);
            count++;
        }
    const OutcomeFormat *format =
        outcome_recognise(file->reading, OUTCOME_SHAPE_JSON, names, count);
    if (format != NULL)
        outcome_begin(file->reading, format);
    return format != NULL;
}

static void take_object(JsonFile *file, const TmJsonPiece *piece)
{
    OutcomeReading *reading = file->reading;
    file->values = (OutcomeValues){.more_count = 0};
    file->twice = NULL;
    reading->rows++;
    if (!tm_json_record_open(file->record, piece->text, piece->length) || !walk_object(file, "", 0))
        report_fault(file, piece);
    else if (file->twice != NULL)
        outcome_skip(reading, TM_KIND_BAD_JSON, file->twice, "the member is there twice");
    else
        reading->format->take(reading, &file->values);
}

void outcome_read_json(TmBytes *bytes, OutcomeReading *reading)
{
    g_autoptr(TmJsonRecord) record = tm_json_record_new();
    g_autoptr(TmJsonSplitter) splitter =
        tm_json_splitter_new(bytes, reading->path, page_arrays, reading->diagnostics);
    g_autofree JsonFile *file = g_new0(JsonFile, 1);
    TmJsonPiece piece;
    gboolean going = TRUE;
    file->reading = reading;
    file->record = record;
    while (going && tm_json_splitter_next(splitter, &piece)) {
        if (piece.kind != TM_JSON_RECORD)
            continue;
        reading->line = piece.line;
        reading->column = piece.column;
        if (reading->format == NULL)
            going = recognise(file, &piece);
        if (reading->format != NULL)
            take_object(file, &piece);
    }
    reading->line = reading->column = 0;
    reading->rows += tm_json_splitter_skipped(splitter);
    reading->summary->rows_skipped += tm_json_splitter_skipped(splitter);
}
