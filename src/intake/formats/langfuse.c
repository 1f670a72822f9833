/*
 * Langfuse's export of observations, as JSON and as CSV. Only generations are calls of models. What
 * classes of tokens there are, the program that sent them has decided; by Langfuse's rule they are
 * disjoint, and the total tells whether they are.
 */
#include <string.h>

#include "gateway_rows.h"

enum {
    ID,
    TYPE,
    START,
    USER,
    SESSION,
    PROJECT,
    MODEL,
    COST,
    USAGE,
    USAGE_CLASS,
    USAGE_TOTAL,
    INPUT,
    OUTPUT,
    METADATA,
    NAMES,
    STATUS_MESSAGE,
    PARAMETERS,
    COSTS,
    REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [ID] = {"id", TM_FIELD_READ, "record key", ""},
    [TYPE] = {"type", TM_FIELD_READ, "", "GENERATION; others are no calls and not counted"},
    [START] = {"start_time", TM_FIELD_READ, "day, instant", "UTC where it has no zone"},
    [USER] = {"user_id", TM_FIELD_IDENTITY, "person",
        "as the program that called has set it; older exports lack it"},
    [SESSION] = {"session_id", TM_FIELD_READ, "session", ""},
    [PROJECT] = {"project_id", TM_FIELD_READ, "label", "project:ID"},
    [MODEL] = {"provided_model_name", TM_FIELD_READ, "model", ""},
    [COST] = {"total_cost", TM_FIELD_READ, "list_value", TM_GATEWAY_COST},
    [USAGE] = {"usage_details", TM_FIELD_READ,
        "input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, unsplit_tokens",
        "an object, in CSV its text; classes that do not make up the total leave all of it "
        "unsplit"},
    [USAGE_CLASS] = {"usage_details.*", TM_FIELD_IGNORED, "",
        "told by the names: cached, creation, output, input"},
    [USAGE_TOTAL] = {"usage_details.total", TM_FIELD_IGNORED, "", "checks the classes"},
    [INPUT] = {"input", TM_FIELD_CONTENT, "", ""},
    [OUTPUT] = {"output", TM_FIELD_CONTENT, "", ""},
    [METADATA] = {"metadata", TM_FIELD_CONTENT, "", ""},
    [NAMES] = {"name|trace_name|prompt_name", TM_FIELD_CONTENT, "", "may hold anything"},
    [STATUS_MESSAGE] = {"status_message", TM_FIELD_CONTENT, "", ""},
    [PARAMETERS] = {"model_parameters", TM_FIELD_CONTENT, "", "may hold anything"},
    [COSTS] = {"cost_details", TM_FIELD_IGNORED, "", "parts of the total"},
    [REST] = {"trace_id|environment|parent_observation_id|end_time|level|version|"
              "completion_start_time|prompt_id|prompt_version|latency|time_to_first_token|model_id|"
              "created_at|updated_at|usage_pricing_tier_id",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"langfuse-observations", "Langfuse observations (JSON, CSV)",
    &tm_sources[TM_SOURCE_LANGFUSE_OBSERVATIONS], fields, FIELD_COUNT};

#define LONGEST_LABEL 80
#define LONGEST_USAGE 4096 /* bytes of the object in a cell */

/* What the classes of one call add up to. */
typedef struct Usage {
    gboolean has_input, has_output;
    gint64 input, output;           /* classes of that very name */
    gint64 more_input, more_output; /* classes that are some of them, or stand beside them */
    gint64 cached, written, other;
    TmCount total;
} Usage;

typedef struct State {
    TmGatewayState calls;
    Usage usage;
    TmJsonRecord *reader; /* of an object that comes as text */
} State;

static const TmLooseSlot slots[] = {
    {ID, TM_LOOSE_TEXT, offsetof(TmGatewayRow, id)},
    {TYPE, TM_LOOSE_TEXT, offsetof(TmGatewayRow, status)},
    {START, TM_LOOSE_INSTANT, offsetof(TmGatewayRow, time)},
    {USER, TM_LOOSE_TEXT, offsetof(TmGatewayRow, user)},
    {SESSION, TM_LOOSE_TEXT, offsetof(TmGatewayRow, session)},
    {PROJECT, TM_LOOSE_TEXT, offsetof(TmGatewayRow, project)},
    {MODEL, TM_LOOSE_TEXT, offsetof(TmGatewayRow, model)},
    {COST, TM_LOOSE_AMOUNT, offsetof(TmGatewayRow, cost)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

/* Calls are handed over with their usage, which is read apart. */
static const TmGatewayKind kind = {&table, &loose, NULL};

/* ---- Tokens -------------------------------------------------------------------------------- */

static void add_class(Usage *usage, TmCell name, gint64 count)
{
    gboolean is_output = tm_cell_contains(name, "output") || tm_cell_contains(name, "completion") ||
                         tm_cell_contains(name, "reasoning");
    gboolean is_input = tm_cell_contains(name, "input") || tm_cell_contains(name, "prompt");
    gboolean is_cache = tm_cell_contains(name, "cache");
    gboolean is_write = tm_cell_contains(name, "creation") || tm_cell_contains(name, "write");
    gint64 *sum = tm_cell_equals(name, "input")    ? &usage->input
                  : tm_cell_equals(name, "output") ? &usage->output
                  : is_cache && is_write           ? &usage->written
                  : is_cache                       ? &usage->cached
                  : is_output                      ? &usage->more_output
                  : is_input                       ? &usage->more_input
                                                   : &usage->other;
    *sum = MIN(*sum + count, TM_COUNT_LIMIT);
    usage->has_input |= sum == &usage->input || sum == &usage->more_input;
    usage->has_output |= sum == &usage->output || sum == &usage->more_output;
}

/* The members of the object that the reader has entered. FALSE when one was reported. */
static gboolean read_classes(TmReading *reading, TmJsonRecord *record, Usage *usage)
{
    while (tm_json_record_next(record)) {
        gsize length;
        TmJsonValue value;
        TmCount count = {0};
        const char *key = tm_json_record_key(record, &length);
        TmCell name = {key, length};
        tm_json_record_value(record, &value);
        if (value.kind != TM_JSON_NUMBER && value.kind != TM_JSON_STRING)
            continue;
        if (!tm_loose_count(reading, &fields[USAGE], &value, &count))
            return FALSE;
        if (tm_cell_equals(name, "total"))
            usage->total = count;
        else if (count.present)
            add_class(usage, name, count.value);
    }
    return TRUE;
}

/* An object that stands in a cell or in a text. FALSE when it was reported. */
static gboolean read_text(State *state, TmReading *reading, TmCell text)
{
    char padded[LONGEST_USAGE + TM_BYTES_PADDING] = {0};
    gsize offset;
    text = tm_cell_trim(text);
    if (text.length == 0 || tm_cell_equals(text, "null"))
        return TRUE;
    if (state->reader == NULL)
        state->reader = tm_json_record_new();
    if (text.length <= LONGEST_USAGE)
        memcpy(padded, text.text, text.length);
    gboolean opened =
        text.length <= LONGEST_USAGE && tm_json_record_open(state->reader, padded, text.length);
    if (opened && !read_classes(reading, state->reader, &state->usage))
        return FALSE;
    if (opened && tm_json_record_fault(state->reader, &offset) == TM_JSON_FAULT_NONE)
        return TRUE;
    tm_reading_skip(reading, TM_KIND_BAD_JSON, "usage_details", "no object of numbers");
    return FALSE;
}

static void set_known(TmMeasures *measures, TmMeasure measure, gint64 value)
{
    if (value > 0)
        tm_measures_set(measures, measure, value);
}

static void set_tokens(const Usage *usage, TmMeasures *measures)
{
    gint64 input = usage->input + usage->more_input, output = usage->output + usage->more_output;
    gint64 cache = usage->cached + usage->written;
    gboolean disjoint =
        !usage->total.present || input + output + cache + usage->other == usage->total.value;
    gboolean nested = usage->input + usage->output == usage->total.value && cache <= usage->input;
    if (!disjoint && !nested) {
        tm_loose_set(measures, TM_MEASURE_UNSPLIT_TOKENS, usage->total);
        return;
    }
    if (usage->has_input)
        tm_measures_set(measures, TM_MEASURE_INPUT_TOKENS, disjoint ? input : usage->input - cache);
    if (usage->has_output)
        tm_measures_set(measures, TM_MEASURE_OUTPUT_TOKENS, disjoint ? output : usage->output);
    set_known(measures, TM_MEASURE_CACHE_READ_TOKENS, usage->cached);
    set_known(measures, TM_MEASURE_CACHE_WRITE_TOKENS, usage->written);
    set_known(measures, TM_MEASURE_UNSPLIT_TOKENS, disjoint ? usage->other : 0);
}

/* ---- Rows ---------------------------------------------------------------------------------- */

static gsize project_label(TmCell project, char label[LONGEST_LABEL])
{
    static const char prefix[] = "project:";
    gsize length = strlen(prefix);
    if (project.length == 0 || project.length > LONGEST_LABEL - length)
        return 0;
    memcpy(label, prefix, length);
    memcpy(label + length, project.text, project.length);
    return length + project.length;
}

static void take_call(const State *state, TmReading *reading)
{
    static const TmGatewayNames names = {"id", "start_time"};
    const TmGatewayRow *row = &state->calls.row;
    TmRecord record = {0};
    char label[LONGEST_LABEL];
    if (!tm_cell_equals(row->status, "GENERATION") ||
        !tm_gateway_begin_call(reading, row, &names, &record))
        return;
    tm_gateway_set_identity(&record, row->user, (TmCell){"", 0});
    tm_gateway_set_model(&record, row->model);
    record.label_length = project_label(row->project, label);
    record.label = record.label_length > 0 ? label : NULL;
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 1);
    tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, 1);
    set_tokens(&state->usage, &record.measures);
    tm_gateway_set_cost(&record, row->cost);
    tm_reading_take(reading, &record);
}

static void open_file(gpointer user, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    State *state = user;
    tm_gateway_open(&state->calls, reading, &kind);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    state->usage = (Usage){0};
    if (tm_gateway_read_cells(&state->calls, reading, cells) &&
        read_text(state, reading, cells[USAGE]))
        take_call(state, reading);
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->reader, tm_json_record_free);
}

const TmCsvFormat tm_csv_langfuse = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(ID) | TM_FIELD_BIT(TYPE) | TM_FIELD_BIT(START) | TM_FIELD_BIT(USAGE),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
    .clear = clear,
};

/* ---- JSON ---------------------------------------------------------------------------------- */

static gint find_field(TmCell name)
{
    for (guint i = 0; i < FIELD_COUNT; i++)
        for (const char *at = fields[i].names; at != NULL;) {
            gsize length = strcspn(at, "|");
            if (tm_cell_same(name, (TmCell){at, length}))
                return (gint)i;
            at = at[length] == '|' ? at + length + 1 : NULL;
        }
    return -1;
}

static void begin_record(gpointer user)
{
    State *state = user;
    tm_gateway_begin_record(&state->calls, &kind);
    state->usage = (Usage){0};
}

/* The current member, an object or its text. FALSE when it was reported. */
static gboolean read_usage(State *state, TmReading *reading, TmJsonRecord *record)
{
    TmJsonValue value;
    if (tm_json_record_kind(record) == TM_JSON_OBJECT)
        return !tm_json_record_enter(record) || read_classes(reading, record, &state->usage);
    tm_json_record_value(record, &value);
    return value.kind != TM_JSON_STRING ||
           read_text(state, reading, (TmCell){value.text, value.length});
}

/* One member. FALSE when the record was reported. */
static gboolean read_member(
    State *state, TmReading *reading, TmJsonRecord *record, TmCell name, gint field)
{
    TmJsonValue value;
    if (field < 0)
        tm_reading_note_unknown(reading, name.text, name.length);
    if (field >= 0 && fields[field].use == TM_FIELD_CONTENT)
        reading->summary->dropped_content_fields++;
    if (field == USAGE)
        return read_usage(state, reading, record);
    if (field < 0 || fields[field].use == TM_FIELD_CONTENT || fields[field].use == TM_FIELD_IGNORED)
        return TRUE;
    tm_json_record_value(record, &value);
    if (value.kind != TM_JSON_BROKEN)
        tm_gateway_field(&state->calls, reading, (guint)field, &value);
    return !state->calls.bad;
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    State *state = user;
    gsize offset;
    tm_gateway_has_record(&state->calls, reading);
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        TmCell name = {key, length};
        if (!read_member(state, reading, record, name, find_field(name)))
            return FALSE;
    }
    return tm_json_record_fault(record, &offset) == TM_JSON_FAULT_NONE;
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    take_call(user, reading);
    return TRUE;
}

static const char *const signatures[] = {"id|type|start_time|usage_details", NULL};

const TmJsonFormat tm_json_langfuse = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .walk = walk,
    .end_record = end_record,
    .clear = clear,
};
