/* The readers of what a mapping describes: see mapping.h. */
#include "mapping.h"

#include "prepare.h"

#include <string.h>

#define SOURCE_PREFIX "mapping:"

typedef struct State {
    TmSlotReader *reader;
    TmCell cells[TM_SLOT_COUNT]; /* of the record being read */
    gboolean bad;                /* reported; the rest of the record is dropped */
    guint content;               /* columns of content that the file has */
} State;

static void begin(State *state, TmReading *reading)
{
    const TmMapping *mapping = reading->own;
    state->reader = tm_slot_reader_new(&mapping->rules);
    tm_reading_begin(reading, &mapping->table, NULL);
}

static void forget_cells(State *state)
{
    memset(state->cells, 0, sizeof state->cells);
}

/* What every row says. */
static void set_fixed(State *state, const TmMapping *mapping)
{
    for (guint slot = 0; slot < TM_SLOT_COUNT; slot++)
        if (mapping->fixed[slot] != NULL)
            state->cells[slot] = (TmCell){mapping->fixed[slot], strlen(mapping->fixed[slot])};
}

static void clear(gpointer user)
{
    tm_slot_reader_free(((State *)user)->reader);
}

/* ---- CSV ----------------------------------------------------------------------------------- */

static void open_csv(gpointer user, TmReading *reading, guint64 present)
{
    State *state = user;
    const TmMapping *mapping = reading->own;
    for (guint field = 0; field < mapping->field_count; field++)
        state->content +=
            mapping->fields[field].use == TM_FIELD_CONTENT && (present & TM_FIELD_BIT(field)) != 0;
    begin(state, reading);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    const TmMapping *mapping = reading->own;
    reading->summary->dropped_content_fields += state->content;
    forget_cells(state);
    set_fixed(state, mapping);
    for (guint field = 0; field < mapping->field_count; field++)
        if (mapping->slot_of[field] < TM_SLOT_COUNT)
            state->cells[mapping->slot_of[field]] = cells[field];
    tm_slot_reader_row(state->reader, reading, state->cells);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void begin_record(gpointer user)
{
    State *state = user;
    forget_cells(state);
    state->bad = FALSE;
}

static void take_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    const TmMapping *mapping = reading->own;
    TmCell *cell = &state->cells[mapping->slot_of[field]];
    switch (value->kind) {
    case TM_JSON_STRING:
    case TM_JSON_NUMBER:
        *cell = (TmCell){value->text, value->length};
        break;
    case TM_JSON_BOOLEAN:
        *cell =
            value->truth ? (TmCell){"true", strlen("true")} : (TmCell){"false", strlen("false")};
        break;
    case TM_JSON_NULL:
        break;
    default:
        if (!state->bad)
            tm_reading_skip(reading, TM_KIND_BAD_VALUE, tm_field_name(&mapping->fields[field]),
                "text or a number is wanted");
        state->bad = TRUE;
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    const TmMapping *mapping = reading->own;
    if (state->reader == NULL)
        begin(state, reading);
    set_fixed(state, mapping);
    if (!state->bad)
        tm_slot_reader_row(state->reader, reading, state->cells);
    return TRUE;
}

/* ---- Adding ------------------------------------------------------------------------------ */

/* The outermost members that the required fields name, each once. */
static const char *signature_of(const TmMapping *mapping)
{
    g_autoptr(GString) signature = g_string_new(NULL);
    g_autoptr(GHashTable) met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint field = 0; field < mapping->field_count; field++) {
        const char *path = mapping->fields[field].names;
        if (!(mapping->required & TM_FIELD_BIT(field)) || strchr(path, '|') != NULL)
            continue;
        char *member = g_strndup(path, strcspn(path, "."));
        if (g_hash_table_contains(met, member)) {
            g_free(member);
            continue;
        }
        g_string_append_printf(signature, "%s%s", signature->len > 0 ? "|" : "", member);
        g_hash_table_add(met, member);
    }
    return g_intern_string(signature->str);
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
        .clear = clear};
    tm_formats_add_csv(&mapping->csv);
}

static void add_json(TmMapping *mapping)
{
    mapping->signatures[0] = signature_of(mapping);
    mapping->json = (TmJsonFormat){.tables = &mapping->table,
        .table_count = 1,
        .signatures = mapping->signatures,
        .own = mapping,
        .state_size = sizeof(State),
        .begin_record = begin_record,
        .field = take_field,
        .end_record = end_record,
        .clear = clear};
    tm_formats_add_json(&mapping->json);
}

gboolean tm_mapping_add(TmMapping *mapping)
{
    g_autofree char *key = g_strconcat(SOURCE_PREFIX, mapping->name, NULL);
    const TmSource *source = tm_source_add(key, &mapping->source);
    if (source == NULL)
        return FALSE;
    mapping->rules.source = source;
    mapping->table =
        (TmFormat){source->key, mapping->title, source, mapping->fields, mapping->field_count};
    if (mapping->is_json)
        add_json(mapping);
    else
        add_csv(mapping);
    return TRUE;
}
