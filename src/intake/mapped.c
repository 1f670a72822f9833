/*
 * The readers of what a mapping describes: see mapping.h. Cells of a CSV row go into slots as they
 * come. Of JSON a slot may come from the element of a list, from the record that holds the list, or
 * from the page, and the record's members may stand behind the list: rows are kept until it ends.
 */
#include "mapping.h"

#include "prepare.h"

#include <string.h>

#define SOURCE_PREFIX "mapping:"
#define MOST_ROWS 10000                   /* of one record */
#define FIRST_COUNTED TM_SLOT_LONG_WRITES /* from here on slots hold counts */
#define OWN_PART "record"                 /* tells the record's own row from those of its list */

typedef struct Row {
    gboolean bad; /* reported */
    TmCell cells[TM_SLOT_COUNT];
} Row;

typedef struct State {
    TmSlotReader *reader;
    /* of JSON */
    GArray *rows; /* Row: of the record being read */
    Row record;   /* what the record says beside its list */
    gboolean has_list;
    char *page[TM_SLOT_COUNT]; /* what the page says; owned */
    gboolean in_records;       /* what comes of a page is of its end, or of the next one */
} State;

static void begin(State *state, TmReading *reading)
{
    const TmMapping *mapping = reading->own;
    state->reader = tm_slot_reader_new(&mapping->rules);
    tm_reading_begin(reading, &mapping->table, NULL);
}

/* What rows say that do not say it themselves, up to the slot `end`. */
static void set_fixed(TmCell *cells, const TmMapping *mapping, guint end)
{
    for (guint slot = 0; slot < end; slot++)
        if (mapping->fixed[slot] != NULL)
            cells[slot] = (TmCell){mapping->fixed[slot], strlen(mapping->fixed[slot])};
}

static void forget_page(State *state)
{
    for (guint slot = 0; slot < TM_SLOT_COUNT; slot++)
        g_clear_pointer(&state->page[slot], g_free);
}

static void end_file(gpointer user, TmReading *reading)
{
    State *state = user;
    if (state->reader != NULL)
        tm_slot_reader_end(state->reader, reading);
}

static void clear(gpointer user)
{
    State *state = user;
    tm_slot_reader_free(state->reader);
    g_clear_pointer(&state->rows, g_array_unref);
    forget_page(state);
}

/* ---- CSV ----------------------------------------------------------------------------------- */

static void open_csv(gpointer user, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    begin(user, reading);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    const TmMapping *mapping = reading->own;
    TmCell by_slot[TM_SLOT_COUNT] = {0};
    set_fixed(by_slot, mapping, TM_SLOT_COUNT);
    for (guint field = 0; field < mapping->field_count; field++)
        if (mapping->slot_of[field] < TM_SLOT_COUNT)
            by_slot[mapping->slot_of[field]] = cells[field];
    tm_slot_reader_row(state->reader, reading, by_slot);
}

/* ---- JSON: values -------------------------------------------------------------------------- */

static Row *add_row(State *state)
{
    g_array_set_size(state->rows, state->rows->len + 1); /* zeroed */
    return &g_array_index(state->rows, Row, state->rows->len - 1);
}

static void begin_record(gpointer user)
{
    State *state = user;
    if (state->rows == NULL)
        state->rows = g_array_new(FALSE, TRUE, sizeof(Row));
    g_array_set_size(state->rows, 0);
    memset(&state->record, 0, sizeof state->record);
    state->has_list = FALSE;
    state->in_records = TRUE;
}

/* Reports what is wrong with a row, or with the whole record: the first thing only. */
static void refuse(Row *row, TmReading *reading, const TmFieldRule *rule, const char *text)
{
    if (!row->bad)
        tm_reading_skip(reading, TM_KIND_BAD_VALUE, tm_field_name(rule), "%s", text);
    row->bad = TRUE;
}

/* The list of rows begins: anything else in its place is no list. */
static void take_list(State *state, TmReading *reading, const TmJsonValue *value)
{
    const TmMapping *mapping = reading->own;
    state->has_list = TRUE;
    if (value->kind != TM_JSON_ARRAY && value->kind != TM_JSON_NULL)
        refuse(&state->record, reading, &mapping->fields[mapping->field_count],
            "a list is wanted, one element for each row");
}

static void take_element(State *state, TmReading *reading, const TmJsonValue *value)
{
    const TmMapping *mapping = reading->own;
    const TmFieldRule *rule = &mapping->fields[mapping->field_count];
    if (state->rows->len == MOST_ROWS) {
        refuse(&state->record, reading, rule, "more than 10000 elements: no list of rows");
        return;
    }
    Row *row = add_row(state);
    if (value->kind != TM_JSON_OBJECT)
        refuse(row, reading, rule, "an element that is no object");
}

static gboolean text_of(const TmJsonValue *value, TmCell *cell)
{
    static const char *const words[] = {"false", "true"};
    switch (value->kind) {
    case TM_JSON_STRING:
    case TM_JSON_NUMBER:
        *cell = (TmCell){value->text, value->length};
        return TRUE;
    case TM_JSON_BOOLEAN:
        *cell = (TmCell){words[value->truth ? 1 : 0], strlen(words[value->truth ? 1 : 0])};
        return TRUE;
    default:
        return value->kind == TM_JSON_NULL;
    }
}

/* Behind records comes the end of their page or, if that was broken, the beginning of another. */
static void take_of_page(
    State *state, TmReading *reading, guint slot, const TmFieldRule *rule, const TmJsonValue *value)
{
    TmCell cell = {0};
    if (state->in_records)
        forget_page(state);
    state->in_records = FALSE;
    if (!text_of(value, &cell))
        tm_reading_warn(reading, TM_KIND_BAD_VALUE, tm_field_name(rule),
            "text or a number is wanted, for all records of the page");
    g_free(state->page[slot]);
    state->page[slot] = cell.text != NULL ? g_strndup(cell.text, cell.length) : NULL;
}

static void take_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    const TmMapping *mapping = reading->own;
    if (field == mapping->field_count) {
        take_list(state, reading, value);
        return;
    }
    if (field > mapping->field_count) {
        take_element(state, reading, value);
        return;
    }
    guint slot = mapping->slot_of[field];
    const TmFieldRule *rule = &mapping->rules.fields[slot];
    if (mapping->level_of[field] == TM_LEVEL_PAGE) {
        take_of_page(state, reading, slot, rule, value);
        return;
    }
    Row *row = &state->record;
    if (mapping->rows != NULL && mapping->level_of[field] == TM_LEVEL_ROW) {
        if (state->rows->len == 0 || row->bad) /* no list, or too long a one: reported */
            return;
        row = &g_array_index(state->rows, Row, state->rows->len - 1);
    }
    if (!text_of(value, &row->cells[slot]))
        refuse(row, reading, rule, "text or a number is wanted");
}

/* ---- JSON: rows ---------------------------------------------------------------------------- */

static void set_from(TmCell *cells, const TmCell *more, guint end)
{
    for (guint slot = 0; slot < end; slot++)
        if (more[slot].text != NULL)
            cells[slot] = more[slot];
}

static void set_from_page(TmCell *cells, const State *state)
{
    for (guint slot = 0; slot < TM_SLOT_COUNT; slot++)
        if (state->page[slot] != NULL)
            cells[slot] = (TmCell){state->page[slot], strlen(state->page[slot])};
}

/* What the record counts beside its list: a row of its own, so that it counts once. */
static void read_own_row(State *state, TmReading *reading)
{
    gboolean counts = FALSE;
    for (guint slot = TM_SLOT_FIRST_MEASURE; slot < TM_SLOT_COUNT; slot++)
        counts |= state->record.cells[slot].length > 0;
    if (!counts)
        return;
    TmCell cells[TM_SLOT_COUNT] = {0};
    set_fixed(cells, reading->own, FIRST_COUNTED);
    set_from_page(cells, state);
    set_from(cells, state->record.cells, TM_SLOT_COUNT);
    cells[TM_SLOT_PART] = (TmCell){OWN_PART, strlen(OWN_PART)};
    tm_slot_reader_row(state->reader, reading, cells);
}

static void read_json_row(State *state, TmReading *reading, const Row *row)
{
    const TmMapping *mapping = reading->own;
    TmCell cells[TM_SLOT_COUNT] = {0};
    if (row->bad)
        return;
    set_fixed(cells, mapping, TM_SLOT_COUNT);
    set_from_page(cells, state);
    set_from(cells, state->record.cells, mapping->rows != NULL ? FIRST_COUNTED : TM_SLOT_COUNT);
    set_from(cells, row->cells, TM_SLOT_COUNT);
    tm_slot_reader_row(state->reader, reading, cells);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    const TmMapping *mapping = reading->own;
    if (state->reader == NULL)
        begin(state, reading);
    if (state->record.bad)
        return FALSE;
    if (mapping->rows == NULL) {
        add_row(state);
    } else if (!state->has_list) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, mapping->rows, "no list of rows");
        return FALSE;
    }
    for (guint i = 0; i < state->rows->len; i++)
        read_json_row(state, reading, &g_array_index(state->rows, Row, i));
    if (mapping->rows != NULL)
        read_own_row(state, reading);
    return TRUE;
}

static void end_page(gpointer user, TmReading *reading, gboolean closing)
{
    State *state = user;
    (void)reading;
    if (closing || state->in_records)
        forget_page(state);
    state->in_records = FALSE;
}

/* ---- Adding ------------------------------------------------------------------------------ */

char *tm_mapping_source_key(const char *name)
{
    return g_strconcat(SOURCE_PREFIX, name, NULL);
}

static void add_csv(TmMapping *mapping)
{
    mapping->csv = (TmCsvFormat){.tables = &mapping->table,
        .table_count = 1,
        .required = mapping->required,
        .own = mapping,
        .state_size = sizeof(State),
        .open = open_csv,
        .row = read_row,
        .end_file = end_file,
        .clear = clear};
    tm_formats_add_csv(&mapping->csv);
}

static void add_json(TmMapping *mapping)
{
    mapping->json = (TmJsonFormat){.tables = &mapping->table,
        .table_count = 1,
        .signatures = mapping->signatures,
        .page_arrays = mapping->page_arrays,
        .own_page = mapping->page,
        .own = mapping,
        .state_size = sizeof(State),
        .begin_record = begin_record,
        .field = take_field,
        .end_record = end_record,
        .end_page = end_page,
        .end_file = end_file,
        .clear = clear};
    tm_formats_add_json(&mapping->json);
}

gboolean tm_mapping_add(TmMapping *mapping)
{
    g_autofree char *key = tm_mapping_source_key(mapping->name);
    const TmSource *source = tm_source_add(key, &mapping->source);
    if (source == NULL)
        return FALSE;
    guint walked = mapping->field_count + (mapping->rows != NULL ? 2 : 0);
    mapping->rules.source = source;
    mapping->table = (TmFormat){source->key, mapping->title, source, mapping->fields, walked};
    if (mapping->is_json)
        add_json(mapping);
    else
        add_csv(mapping);
    return TRUE;
}
