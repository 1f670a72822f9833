/*
 * opencode's messages: one small JSON file for each, below storage/message. The client writes a
 * file again while the answer grows, so copies differ, and the one with most tokens counts.
 *
 * Nothing in a message tells whether its session is a sub-agent's: those count as sessions too.
 */
#include "../formats.h"
#include "../json_values.h"

#include <string.h>

enum {
    ID,
    SESSION,
    ROLE,
    CREATED,
    MODEL,
    COST,
    INPUT,
    OUTPUT,
    REASONING,
    CACHE_READ,
    CACHE_WRITE,
    TOTAL,
    CONTENT,
    PLACES,
    HOUSEKEEPING,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [ID] = {"id", TM_FIELD_READ, "record key",
        "newer versions keep a database: docs/contribute.md says how its messages are exported"},
    [SESSION] = {"sessionID", TM_FIELD_READ, "session", "kept as a hash"},
    [ROLE] = {"role", TM_FIELD_READ, "row kind", "user: a prompt; assistant: a request"},
    [CREATED] = {"time.created", TM_FIELD_READ, "day, instant", "milliseconds since 1970"},
    [MODEL] = {"modelID", TM_FIELD_READ, "model", ""},
    [COST] = {"cost", TM_FIELD_READ, "list_value",
        "dollars, the client's estimate at list price, since it cannot tell who pays; 0 stands for "
        "a subscription or an unknown price: then the tokens are priced"},
    [INPUT] = {"tokens.input", TM_FIELD_READ, "input_tokens", "without cached input"},
    [OUTPUT] = {"tokens.output", TM_FIELD_READ, "output_tokens", ""},
    [REASONING] = {"tokens.reasoning", TM_FIELD_READ, "output_tokens",
        "added, unless the others make the total without it"},
    [CACHE_READ] = {"tokens.cache.read", TM_FIELD_READ, "cache_read_tokens", ""},
    [CACHE_WRITE] = {"tokens.cache.write", TM_FIELD_READ, "cache_write_tokens", ""},
    [TOTAL] = {"tokens.total", TM_FIELD_READ, "output_tokens",
        "tells whether reasoning is in the output"},
    [CONTENT] = {"summary|system|error|parts|structured", TM_FIELD_CONTENT, "", ""},
    [PLACES] = {"path", TM_FIELD_CONTENT, "", "names of folders"},
    [HOUSEKEEPING] = {"parentID|providerID|mode|agent|time.completed|finish|model|tools|variant|"
                      "format",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"opencode-messages", "opencode messages (JSON)",
    &tm_sources[TM_SOURCE_OPENCODE_MESSAGES], fields, FIELD_COUNT};

typedef struct State {
    gboolean begun;
    gboolean bad; /* reported; the rest of the message is dropped */
    TmCell id, session, role, model;
    TmCount counts[FIELD_COUNT]; /* by their place in the table */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    *state = (State){.begun = state->begun};
}

static gboolean take_cost(TmReading *reading, const TmJsonValue *value, TmCount *micros)
{
    gint64 amount;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind != TM_JSON_NUMBER || !tm_micros_parse(value->text, value->length, &amount)) {
        tm_reading_skip(reading, TM_KIND_BAD_NUMBER, "cost", "an amount is wanted");
        return FALSE;
    }
    if (amount < 0 || amount > TM_COUNT_LIMIT) {
        tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, "cost", "an amount cannot be so");
        return FALSE;
    }
    *micros = (TmCount){TRUE, amount};
    return TRUE;
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    TmCell *const texts[FIELD_COUNT] = {[ID] = &state->id,
        [SESSION] = &state->session,
        [ROLE] = &state->role,
        [MODEL] = &state->model};
    if (state->bad)
        return;
    if (texts[field] != NULL)
        state->bad = !tm_json_take_text(reading, &fields[field], value, texts[field]);
    else if (field == COST)
        state->bad = !take_cost(reading, value, &state->counts[COST]);
    else
        state->bad = !tm_json_take_count(reading, &fields[field], value, &state->counts[field]);
}

/* ---- Records ----------------------------------------------------------------------------- */

static guint64 hash_of(TmCell text)
{
    return tm_key_end(tm_key_text(TM_KEY_START, text.text, text.length));
}

/* FALSE when the message was reported, or its day is not wanted. */
static gboolean place(const State *state, TmReading *reading, TmRecord *record)
{
    if (state->id.length == 0 || !state->counts[CREATED].present) {
        gboolean has_id = state->id.length > 0;
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, has_id ? "time.created" : "id",
            has_id ? "no time" : "a message without an id");
        return FALSE;
    }
    record->instant = state->counts[CREATED].value;
    record->day = tm_instant_day(record->instant);
    record->identity[0] = tm_reading_path_identity(reading);
    record->identities = 1;
    record->surface = TM_SURFACE_TERMINAL;
    record->key = hash_of(state->id);
    record->session = state->session.length > 0 ? hash_of(state->session) : 0;
    return tm_reading_admits(reading, record->day, "time.created");
}

/* An answer that was broken off, or has not ended, has no tokens: it is no request yet. */
static void set_request(const State *state, TmRecord *record)
{
    TmMeasures *measures = &record->measures;
    const TmCount *counts = state->counts;
    gint64 output = counts[OUTPUT].value;
    gint64 others = counts[INPUT].value + counts[CACHE_READ].value + counts[CACHE_WRITE].value;
    gboolean has_reasoning = counts[TOTAL].present && counts[TOTAL].value == others + output;
    output += has_reasoning ? 0 : counts[REASONING].value;
    if (others + output == 0)
        return;
    tm_measures_set(measures, TM_MEASURE_REQUESTS, 1);
    tm_measures_set(measures, TM_MEASURE_INPUT_TOKENS, counts[INPUT].value);
    tm_measures_set(measures, TM_MEASURE_CACHE_WRITE_TOKENS, counts[CACHE_WRITE].value);
    tm_measures_set(measures, TM_MEASURE_CACHE_READ_TOKENS, counts[CACHE_READ].value);
    tm_measures_set(measures, TM_MEASURE_OUTPUT_TOKENS, output);
    if (counts[COST].value == 0) {
        record->pricing = (TmPricing){.wanted = TRUE, .request = TRUE};
        return;
    }
    tm_measures_set(measures, TM_MEASURE_LIST_VALUE, counts[COST].value);
    measures->estimated |= TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    gboolean is_prompt = tm_cell_equals(state->role, "user");
    TmRecord record = {0};
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (state->bad || (!is_prompt && !tm_cell_equals(state->role, "assistant")) ||
        !place(state, reading, &record))
        return FALSE;
    /* the answer to a prompt is what counts as interaction */
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, is_prompt ? 0 : 1);
    if (is_prompt) {
        tm_measures_set(&record.measures, TM_MEASURE_MESSAGES, 1);
    } else {
        record.model = state->model.length > 0 ? state->model.text : NULL;
        record.model_length = state->model.length;
        set_request(state, &record);
    }
    tm_reading_take(reading, &record);
    return FALSE; /* the client adds members with every version: unknown ones are not noted */
}

static const char *const signatures[] = {
    "id|role=assistant|sessionID|time", "id|role=user|sessionID|time", NULL};

const TmJsonFormat tm_json_opencode_messages = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
};
