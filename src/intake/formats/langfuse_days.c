/*
 * Langfuse's older sums by day and model: one object for each day, without people.
 */
#include "gateway_rows.h"

enum {
    DAY,
    MODEL_ROW,
    MODEL,
    INPUT,
    OUTPUT,
    COST,
    CALLS,
    TOTAL,
    DAY_REST,
    MODEL_REST,
    PAGE,
    PAGES,
    PAGE_REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [DAY] = {"date", TM_FIELD_READ, "day, record key",
        "UTC day of all users, which is shown apart"},
    [MODEL_ROW] = {"usage[]", TM_FIELD_READ, "part", "one for each model"},
    [MODEL] = {"usage[].model", TM_FIELD_READ, "model", ""},
    [INPUT] = {"usage[].inputUsage", TM_FIELD_READ, "unsplit_tokens",
        "whether cached tokens are in it is not said"},
    [OUTPUT] = {"usage[].outputUsage", TM_FIELD_READ, "output_tokens", ""},
    [COST] = {"usage[].totalCost", TM_FIELD_READ, "list_value", TM_GATEWAY_COST},
    [CALLS] = {"usage[].countObservations", TM_FIELD_READ, "requests, interactions", ""},
    [TOTAL] = {"usage[].totalUsage", TM_FIELD_IGNORED, "", ""},
    [DAY_REST] = {"countTraces|countObservations|totalCost", TM_FIELD_IGNORED, "",
        "the models make it up"},
    [MODEL_REST] = {"usage[].*", TM_FIELD_IGNORED, "", ""},
    [PAGE] = {"page.meta.page", TM_FIELD_READ, "", "a last page before the last is incomplete"},
    [PAGES] = {"page.meta.totalPages", TM_FIELD_READ, "", ""},
    [PAGE_REST] = {"page.meta.*", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"langfuse-days", "Langfuse sums by day (JSON)",
    &tm_sources[TM_SOURCE_LANGFUSE_DAYS], fields, FIELD_COUNT};

static const TmLooseSlot slots[] = {
    {MODEL, TM_LOOSE_TEXT, offsetof(TmGatewayRow, model)},
    {INPUT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.prompt)},
    {OUTPUT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.output)},
    {COST, TM_LOOSE_AMOUNT, offsetof(TmGatewayRow, cost)},
    {CALLS, TM_LOOSE_COUNT, offsetof(TmGatewayRow, calls)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

#define MOST_MODELS 10000 /* of one day; more are left out with it */

typedef struct State {
    gboolean begun, bad;
    TmDay day;
    GArray *models; /* TmGatewayRow */
    TmCount page, pages;
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    if (state->models == NULL)
        state->models = g_array_new(FALSE, TRUE, sizeof(TmGatewayRow));
    g_array_set_size(state->models, 0);
    state->bad = FALSE;
    state->day = TM_DAY_NONE;
}

/* FALSE when the day was reported. */
static gboolean begin_model(State *state, TmReading *reading)
{
    if (state->models->len == MOST_MODELS) {
        tm_reading_skip(reading, TM_KIND_TOO_LONG, "usage", "too many models");
        return FALSE;
    }
    g_array_set_size(state->models, state->models->len + 1);
    tm_loose_begin(&loose, &g_array_index(state->models, TmGatewayRow, state->models->len - 1));
    return TRUE;
}

static gboolean take_field(State *state, TmReading *reading, guint field, const TmJsonValue *value)
{
    switch (field) {
    case DAY:
        return tm_json_take_day(reading, &fields[field], value, &state->day);
    case MODEL_ROW:
        return begin_model(state, reading);
    default:
        return tm_loose_take(&loose, reading, field, value,
            &g_array_index(state->models, TmGatewayRow, state->models->len - 1));
    }
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (field == PAGE || field == PAGES)
        tm_loose_count(
            reading, &fields[field], value, field == PAGE ? &state->page : &state->pages);
    else if (!state->bad)
        state->bad = !take_field(state, reading, field, value);
}

static void take_models(const State *state, TmReading *reading)
{
    TmRecord record = {.instant = TM_INSTANT_NONE, .day = state->day, .service = TRUE};
    record.key = tm_key_end(tm_key_integer(TM_KEY_START, state->day));
    for (guint i = 0; i < state->models->len; i++) {
        const TmGatewayRow *row = &g_array_index(state->models, TmGatewayRow, i);
        record.part = i;
        record.measures = (TmMeasures){0};
        tm_gateway_set_model(&record, row->model);
        tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, row->calls.value);
        tm_loose_set(&record.measures, TM_MEASURE_REQUESTS, row->calls);
        tm_gateway_set_tokens(&row->tokens, &record.measures);
        tm_gateway_set_cost(&record, row->cost);
        tm_reading_take(reading, &record);
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (state->bad)
        return TRUE;
    if (state->day == TM_DAY_NONE)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "date", "no day");
    else if (tm_reading_admits(reading, state->day, "date"))
        take_models(state, reading);
    return TRUE;
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    if (state->page.value < state->pages.value)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "meta.totalPages",
            "the last page here is not the last one");
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->models, g_array_unref);
}

static const char *const signatures[] = {"date|countTraces|usage", NULL};

const TmJsonFormat tm_json_langfuse_days = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_file = end_file,
    .clear = clear,
};
