/*
 * OpenRouter: activity as CSV, one row for each generation, and as JSON, one for each day, model
 * and provider of the account. It is paid by credits as it is used, so what it says is billed.
 */
#include "../loose_values.h"

/* ---- Generations --------------------------------------------------------------------------- */

enum {
    ID,
    TIME,
    COST,
    OWN_KEY,
    PROMPT,
    OUTPUT,
    CACHED,
    MODEL,
    CANCELLED,
    USER,
    KEY,
    APP,
    COST_PARTS,
    REASONING,
    REST,
    FIELD_COUNT
};

#define PAID "dollars of credits that were bought: billed as it is used"
#define BY_OTHERS                                                                                  \
    "dollars at the provider, whose key was brought: what is billed for it stands in the "         \
    "provider's own export"

static const TmFieldRule fields[FIELD_COUNT] = {
    [ID] = {"generation_id", TM_FIELD_READ, "record key", ""},
    [TIME] = {"created_at", TM_FIELD_READ, "day, instant", "UTC, written without a zone"},
    [COST] = {"cost_total", TM_FIELD_READ, "metered", PAID},
    [OWN_KEY] = {"byok_usage_inference", TM_FIELD_READ, "list_value", BY_OTHERS},
    [PROMPT] = {"tokens_prompt", TM_FIELD_READ, "input_tokens",
        "with cached tokens, which are taken off; without their column all are unsplit"},
    [OUTPUT] = {"tokens_completion", TM_FIELD_READ, "output_tokens", "with reasoning"},
    [CACHED] = {"tokens_cached", TM_FIELD_READ, "cache_read_tokens", ""},
    [MODEL] = {"model_permaslug", TM_FIELD_READ, "model", ""},
    [CANCELLED] = {"cancelled", TM_FIELD_READ, "requests",
        "true: no request; the prompt was sent all the same, and its cost stays"},
    [USER] = {"user", TM_FIELD_IDENTITY, "person", "as the program that called has set it"},
    [KEY] = {"api_key_name", TM_FIELD_IDENTITY, "person",
        "trusted second; identities.csv tells whose key it is, else nobody is behind it"},
    [APP] = {"app_name", TM_FIELD_IGNORED, "", ""},
    [COST_PARTS] = {"cost_web_search|cost_cache|cost_file_processing", TM_FIELD_IGNORED, "",
        "parts of the total"},
    [REASONING] = {"tokens_reasoning", TM_FIELD_IGNORED, "", "part of the output"},
    [REST] = {"provider_name|variant|streamed|finish_reason_raw|finish_reason_normalized|"
              "generation_time_ms|time_to_first_token_ms|api_key_disabled",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"openrouter-generations", "OpenRouter activity (CSV)",
    &tm_sources[TM_SOURCE_OPENROUTER_GENERATIONS], fields, FIELD_COUNT};

typedef struct Row {
    gint64 time;
    TmCell id, model, user, key;
    TmCount cost, own_key, prompt, output, cached;
    gboolean cancelled;
} Row;

static const TmLooseSlot slots[] = {
    {ID, TM_LOOSE_TEXT, offsetof(Row, id)},
    {TIME, TM_LOOSE_INSTANT, offsetof(Row, time)},
    {COST, TM_LOOSE_AMOUNT, offsetof(Row, cost)},
    {OWN_KEY, TM_LOOSE_AMOUNT, offsetof(Row, own_key)},
    {PROMPT, TM_LOOSE_COUNT, offsetof(Row, prompt)},
    {OUTPUT, TM_LOOSE_COUNT, offsetof(Row, output)},
    {CACHED, TM_LOOSE_COUNT, offsetof(Row, cached)},
    {MODEL, TM_LOOSE_TEXT, offsetof(Row, model)},
    {CANCELLED, TM_LOOSE_TRUTH, offsetof(Row, cancelled)},
    {USER, TM_LOOSE_TEXT, offsetof(Row, user)},
    {KEY, TM_LOOSE_TEXT, offsetof(Row, key)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

static void open_file(gpointer user G_GNUC_UNUSED, TmReading *reading, guint64 present)
{
    tm_reading_begin(
        reading, &table, present & TM_FIELD_BIT(KEY) ? "with names of keys" : "without keys");
}

/* FALSE when the row was reported, or its day is not wanted. */
static gboolean begin_row(TmReading *reading, const Row *row, TmRecord *record)
{
    if (row->id.length == 0 || row->time == TM_INSTANT_NONE) {
        gboolean no_id = row->id.length == 0;
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, no_id ? "generation_id" : "created_at",
            no_id ? "no id" : "no time");
        return FALSE;
    }
    record->instant = row->time;
    record->day = tm_instant_day(row->time);
    record->key = tm_key_end(tm_key_text(TM_KEY_START, row->id.text, row->id.length));
    return tm_reading_admits(reading, record->day, "created_at");
}

static void set_identity(const Row *row, TmRecord *record)
{
    tm_loose_add_account(record, row->user);
    record->service = record->identities == 0;
    if (row->key.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_API_KEY, row->key.text, row->key.length};
}

static void set_tokens(const Row *row, TmMeasures *measures)
{
    gint64 cached = MIN(row->cached.value, row->prompt.value);
    if (row->cached.present && row->prompt.present) {
        tm_measures_set(measures, TM_MEASURE_INPUT_TOKENS, row->prompt.value - cached);
        tm_measures_set(measures, TM_MEASURE_CACHE_READ_TOKENS, cached);
    } else {
        tm_loose_set(measures, TM_MEASURE_UNSPLIT_TOKENS, row->prompt);
    }
    tm_loose_set(measures, TM_MEASURE_OUTPUT_TOKENS, row->output);
}

static void read_row(gpointer user G_GNUC_UNUSED, TmReading *reading, const TmCell *cells)
{
    Row row = {0};
    TmRecord record = {0};
    tm_loose_begin(&loose, &row);
    if (!tm_loose_take_cells(&loose, reading, cells, &row) || !begin_row(reading, &row, &record))
        return;
    set_identity(&row, &record);
    record.model = row.model.length > 0 ? row.model.text : NULL;
    record.model_length = row.model.length;
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 1);
    tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, row.cancelled ? 0 : 1);
    set_tokens(&row, &record.measures);
    tm_loose_set(&record.measures, TM_MEASURE_METERED, row.cost);
    tm_loose_set(&record.measures, TM_MEASURE_LIST_VALUE, row.own_key);
    tm_reading_take(reading, &record);
}

const TmCsvFormat tm_csv_openrouter = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(ID) | TM_FIELD_BIT(TIME) | TM_FIELD_BIT(COST) | TM_FIELD_BIT(MODEL),
    .open = open_file,
    .row = read_row,
};

/* ---- Days ---------------------------------------------------------------------------------- */

enum {
    DAY,
    DAY_MODEL,
    DAY_VARIANT,
    DAY_ENDPOINT,
    DAY_COST,
    DAY_OWN_KEY,
    DAY_REQUESTS,
    DAY_PROMPT,
    DAY_OUTPUT,
    DAY_REST,
    DAY_FIELD_COUNT
};

static const TmFieldRule day_fields[DAY_FIELD_COUNT] = {
    [DAY] = {"date", TM_FIELD_READ, "day, record key",
        "UTC day of the account, which is shown apart: a row names nobody"},
    [DAY_MODEL] = {"model_permaslug|modelPermaslug", TM_FIELD_READ, "model, record key", ""},
    [DAY_VARIANT] = {"model", TM_FIELD_READ, "record key", ""},
    [DAY_ENDPOINT] = {"endpoint_id|endpointId", TM_FIELD_READ, "record key", ""},
    [DAY_COST] = {"usage", TM_FIELD_READ, "metered", PAID},
    [DAY_OWN_KEY] = {"byok_usage_inference|byokUsageInference", TM_FIELD_READ, "list_value",
        BY_OTHERS},
    [DAY_REQUESTS] = {"requests", TM_FIELD_READ, "requests, interactions", ""},
    [DAY_PROMPT] = {"prompt_tokens|promptTokens", TM_FIELD_READ, "unsplit_tokens",
        "cached tokens are in it, and not told apart"},
    [DAY_OUTPUT] = {"completion_tokens|completionTokens", TM_FIELD_READ, "output_tokens",
        "with reasoning"},
    [DAY_REST] = {"provider_name|providerName|reasoning_tokens|reasoningTokens", TM_FIELD_IGNORED,
        "", ""},
};

static const TmFormat day_table = {"openrouter-days", "OpenRouter activity by day (JSON)",
    &tm_sources[TM_SOURCE_OPENROUTER_DAYS], day_fields, DAY_FIELD_COUNT};

typedef struct DayRow {
    gboolean bad;
    TmDay day;
    TmCell model, variant, endpoint;
    TmCount cost, own_key, requests, prompt, output;
} DayRow;

static const TmLooseSlot day_slots[] = {
    {DAY, TM_LOOSE_DAY, offsetof(DayRow, day)},
    {DAY_MODEL, TM_LOOSE_TEXT, offsetof(DayRow, model)},
    {DAY_VARIANT, TM_LOOSE_TEXT, offsetof(DayRow, variant)},
    {DAY_ENDPOINT, TM_LOOSE_TEXT, offsetof(DayRow, endpoint)},
    {DAY_COST, TM_LOOSE_AMOUNT, offsetof(DayRow, cost)},
    {DAY_OWN_KEY, TM_LOOSE_AMOUNT, offsetof(DayRow, own_key)},
    {DAY_REQUESTS, TM_LOOSE_COUNT, offsetof(DayRow, requests)},
    {DAY_PROMPT, TM_LOOSE_COUNT, offsetof(DayRow, prompt)},
    {DAY_OUTPUT, TM_LOOSE_COUNT, offsetof(DayRow, output)},
};

static const TmLooseTable day_loose = {day_fields, day_slots, G_N_ELEMENTS(day_slots)};

typedef struct DayState {
    gboolean begun;
    DayRow row;
} DayState;

static void begin_day(gpointer user)
{
    DayState *state = user;
    state->row = (DayRow){0};
    tm_loose_begin(&day_loose, &state->row);
}

static void day_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    DayState *state = user;
    if (!state->row.bad)
        state->row.bad = !tm_loose_take(&day_loose, reading, field, value, &state->row);
}

static void take_day(TmReading *reading, const DayRow *row)
{
    TmRecord record = {.instant = TM_INSTANT_NONE, .day = row->day, .service = TRUE};
    TmKeyHash hash = tm_key_integer(TM_KEY_START, row->day);
    hash = tm_key_text(hash, row->model.text, row->model.length);
    hash = tm_key_text(hash, row->variant.text, row->variant.length);
    record.key = tm_key_end(tm_key_text(hash, row->endpoint.text, row->endpoint.length));
    record.model = row->model.length > 0 ? row->model.text : NULL;
    record.model_length = row->model.length;
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, row->requests.value);
    tm_loose_set(&record.measures, TM_MEASURE_REQUESTS, row->requests);
    tm_loose_set(&record.measures, TM_MEASURE_UNSPLIT_TOKENS, row->prompt);
    tm_loose_set(&record.measures, TM_MEASURE_OUTPUT_TOKENS, row->output);
    tm_loose_set(&record.measures, TM_MEASURE_METERED, row->cost);
    tm_loose_set(&record.measures, TM_MEASURE_LIST_VALUE, row->own_key);
    tm_reading_take(reading, &record);
}

static gboolean end_day(gpointer user, TmReading *reading)
{
    DayState *state = user;
    const DayRow *row = &state->row;
    if (!state->begun)
        tm_reading_begin(reading, &day_table, NULL);
    state->begun = TRUE;
    if (row->bad)
        return TRUE;
    if (row->day == TM_DAY_NONE)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "date", "no day");
    else if (tm_reading_admits(reading, row->day, "date"))
        take_day(reading, row);
    return TRUE;
}

static const char *const day_signatures[] = {
    "date|model_permaslug|usage", "date|modelPermaslug|usage", NULL};

const TmJsonFormat tm_json_openrouter = {
    .tables = &day_table,
    .table_count = 1,
    .signatures = day_signatures,
    .state_size = sizeof(DayState),
    .begin_record = begin_day,
    .field = day_field,
    .end_record = end_day,
};
