/*
 * LiteLLM: its table of spend by day and user, as CSV and as JSON, and the interface's activity by
 * day, which names nobody. The sister tables by team, organisation and tag tell of the same use and
 * are refused.
 */
#include "gateway_rows.h"

/* ---- By user ------------------------------------------------------------------------------- */

enum {
    USER,
    DAY,
    KEY,
    MODEL,
    MODEL_GROUP,
    PROVIDER,
    TOOL,
    ENDPOINT,
    PROMPT,
    CACHED,
    WRITTEN,
    OUTPUT,
    SPEND,
    CALLS,
    SUCCEEDED,
    REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [USER] = {"user_id", TM_FIELD_IDENTITY, "person",
        "an address, or an id that identities.csv has"},
    [DAY] = {"date", TM_FIELD_READ, "day, record key", "UTC day"},
    [KEY] = {"api_key", TM_FIELD_IDENTITY, "person, record key", "hashed, trusted second"},
    [MODEL] = {"model", TM_FIELD_READ, "model, record key", ""},
    [MODEL_GROUP] = {"model_group", TM_FIELD_READ, "record key", ""},
    [PROVIDER] = {"custom_llm_provider", TM_FIELD_READ, "record key", ""},
    [TOOL] = {"mcp_namespaced_tool_name", TM_FIELD_READ, "record key", ""},
    [ENDPOINT] = {"endpoint", TM_FIELD_READ, "record key", ""},
    [PROMPT] = {"prompt_tokens", TM_FIELD_READ, "input_tokens",
        "cached tokens are taken off, unless there are more of them; without their columns all are "
        "unsplit"},
    [CACHED] = {"cache_read_input_tokens", TM_FIELD_READ, "cache_read_tokens", ""},
    [WRITTEN] = {"cache_creation_input_tokens", TM_FIELD_READ, "cache_write_tokens", ""},
    [OUTPUT] = {"completion_tokens", TM_FIELD_READ, "output_tokens", ""},
    [SPEND] = {"spend", TM_FIELD_READ, "list_value", TM_GATEWAY_COST},
    [CALLS] = {"api_requests", TM_FIELD_READ, "requests",
        "with those that failed, where it is not said how many succeeded"},
    [SUCCEEDED] = {"successful_requests", TM_FIELD_READ, "requests, interactions", ""},
    [REST] = {"failed_requests|id|created_at|updated_at", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"litellm-days", "LiteLLM spend by day and user (CSV, JSON)",
    &tm_sources[TM_SOURCE_LITELLM_DAYS], fields, FIELD_COUNT};

static const TmLooseSlot slots[] = {
    {USER, TM_LOOSE_TEXT, offsetof(TmGatewayRow, user)},
    {DAY, TM_LOOSE_DAY, offsetof(TmGatewayRow, day)},
    {KEY, TM_LOOSE_TEXT, offsetof(TmGatewayRow, key)},
    {MODEL, TM_LOOSE_TEXT, offsetof(TmGatewayRow, model)},
    {MODEL_GROUP, TM_LOOSE_TEXT, offsetof(TmGatewayRow, others[0])},
    {PROVIDER, TM_LOOSE_TEXT, offsetof(TmGatewayRow, others[1])},
    {TOOL, TM_LOOSE_TEXT, offsetof(TmGatewayRow, others[2])},
    {ENDPOINT, TM_LOOSE_TEXT, offsetof(TmGatewayRow, others[3])},
    {PROMPT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.prompt)},
    {CACHED, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.cached)},
    {WRITTEN, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.written)},
    {OUTPUT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.output)},
    {SPEND, TM_LOOSE_AMOUNT, offsetof(TmGatewayRow, cost)},
    {CALLS, TM_LOOSE_COUNT, offsetof(TmGatewayRow, calls)},
    {SUCCEEDED, TM_LOOSE_COUNT, offsetof(TmGatewayRow, succeeded)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

static guint64 day_key(const TmGatewayRow *row)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, row->day);
    hash = tm_key_text(hash, row->key.text, row->key.length);
    hash = tm_key_text(hash, row->model.text, row->model.length);
    for (guint i = 0; i < TM_GATEWAY_OTHERS; i++)
        hash = tm_key_text(hash, row->others[i].text, row->others[i].length);
    return tm_key_end(hash);
}

static void set_measures(const TmGatewayRow *row, TmRecord *record)
{
    TmMeasures *measures = &record->measures;
    TmCount calls = row->succeeded.present ? row->succeeded : row->calls;
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, calls.value);
    tm_loose_set(measures, TM_MEASURE_REQUESTS, calls);
    tm_gateway_set_tokens(&row->tokens, measures);
    tm_gateway_set_cost(record, row->cost);
}

static void take_day(TmReading *reading, const TmGatewayRow *row)
{
    TmRecord record = {.instant = TM_INSTANT_NONE, .day = row->day};
    if (row->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "date", "no day");
        return;
    }
    if (!tm_reading_admits(reading, row->day, "date"))
        return;
    record.key = day_key(row);
    tm_gateway_set_identity(&record, row->user, row->key);
    tm_gateway_set_model(&record, row->model);
    set_measures(row, &record);
    tm_reading_take(reading, &record);
}

static const TmGatewayKind kind = {&table, &loose, take_day};

static void open_file(gpointer state, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    tm_gateway_open(state, reading, &kind);
}

static void begin_record(gpointer state)
{
    tm_gateway_begin_record(state, &kind);
}

const TmCsvFormat tm_csv_litellm_days = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(USER) | TM_FIELD_BIT(DAY) | TM_FIELD_BIT(SPEND) | TM_FIELD_BIT(CALLS),
    .state_size = sizeof(TmGatewayState),
    .open = open_file,
    .row = tm_gateway_row,
};

static const char *const signatures[] = {"user_id|date|spend|api_requests", NULL};

const TmJsonFormat tm_json_litellm_days = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(TmGatewayState),
    .begin_record = begin_record,
    .field = tm_gateway_field,
    .end_record = tm_gateway_end_record,
};

/* ---- Activity ------------------------------------------------------------------------------ */

enum {
    RESULT,
    RESULT_DAY,
    RESULT_PROMPT,
    RESULT_CACHED,
    RESULT_WRITTEN,
    RESULT_OUTPUT,
    RESULT_SPEND,
    RESULT_CALLS,
    RESULT_SUCCEEDED,
    RESULT_REST,
    BREAKDOWN,
    PAGES,
    HAS_MORE,
    RESULT_FIELD_COUNT
};

#define METRIC(name) "results[].metrics." name

static const TmFieldRule result_fields[RESULT_FIELD_COUNT] = {
    [RESULT] = {"results[]", TM_FIELD_READ, "", "a day of all users, which is shown apart"},
    [RESULT_DAY] = {"results[].date", TM_FIELD_READ, "day, record key", "UTC day"},
    [RESULT_PROMPT] = {METRIC("prompt_tokens"), TM_FIELD_READ, "input_tokens", "as by user"},
    [RESULT_CACHED] = {METRIC("cache_read_input_tokens"), TM_FIELD_READ, "cache_read_tokens", ""},
    [RESULT_WRITTEN] = {METRIC("cache_creation_input_tokens"), TM_FIELD_READ, "cache_write_tokens",
        ""},
    [RESULT_OUTPUT] = {METRIC("completion_tokens"), TM_FIELD_READ, "output_tokens", ""},
    [RESULT_SPEND] = {METRIC("spend"), TM_FIELD_READ, "list_value", TM_GATEWAY_COST},
    [RESULT_CALLS] = {METRIC("api_requests"), TM_FIELD_READ, "requests", ""},
    [RESULT_SUCCEEDED] = {METRIC("successful_requests"), TM_FIELD_READ, "requests, interactions",
        ""},
    [RESULT_REST] = {METRIC("*"), TM_FIELD_IGNORED, "", ""},
    [BREAKDOWN] = {"results[].breakdown", TM_FIELD_CONTENT, "", "names of keys and teams"},
    [PAGES] = {"metadata.*", TM_FIELD_IGNORED, "", "sums over the period"},
    [HAS_MORE] = {"metadata.has_more", TM_FIELD_READ, "",
        "a last page that has more is incomplete"},
};

static const TmFormat result_table = {"litellm-activity", "LiteLLM activity by day (JSON)",
    &tm_sources[TM_SOURCE_LITELLM_ACTIVITY], result_fields, RESULT_FIELD_COUNT};

static const TmLooseSlot result_slots[] = {
    {RESULT_DAY, TM_LOOSE_DAY, offsetof(TmGatewayRow, day)},
    {RESULT_PROMPT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.prompt)},
    {RESULT_CACHED, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.cached)},
    {RESULT_WRITTEN, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.written)},
    {RESULT_OUTPUT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.output)},
    {RESULT_SPEND, TM_LOOSE_AMOUNT, offsetof(TmGatewayRow, cost)},
    {RESULT_CALLS, TM_LOOSE_COUNT, offsetof(TmGatewayRow, calls)},
    {RESULT_SUCCEEDED, TM_LOOSE_COUNT, offsetof(TmGatewayRow, succeeded)},
};

static const TmLooseTable result_loose = {result_fields, result_slots, G_N_ELEMENTS(result_slots)};

/* Days are handed over as they end. */
static const TmGatewayKind result_kind = {&result_table, &result_loose, NULL};

typedef struct Activity {
    TmGatewayState days; /* the one being read */
    gboolean is_open, has_more;
} Activity;

static void begin_activity(gpointer user)
{
    Activity *activity = user;
    tm_gateway_begin_record(&activity->days, &result_kind);
    activity->is_open = FALSE;
}

/* A day ends where the next one begins. */
static void finish_result(Activity *activity, TmReading *reading)
{
    const TmGatewayRow *row = &activity->days.row;
    TmRecord record = {.instant = TM_INSTANT_NONE, .day = row->day, .service = TRUE};
    gboolean whole = tm_gateway_has_record(&activity->days, reading);
    if (activity->is_open && whole && row->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "date", "no day");
    } else if (activity->is_open && whole && tm_reading_admits(reading, row->day, "date")) {
        record.key = tm_key_end(tm_key_integer(TM_KEY_START, row->day));
        set_measures(row, &record);
        tm_reading_take(reading, &record);
    }
    tm_gateway_begin_record(&activity->days, &result_kind);
}

static void activity_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    Activity *activity = user;
    if (field == HAS_MORE) {
        activity->has_more = value->kind == TM_JSON_BOOLEAN && value->truth;
    } else if (field == RESULT) {
        finish_result(activity, reading);
        activity->is_open = value->kind == TM_JSON_OBJECT;
    } else {
        tm_gateway_field(&activity->days, reading, field, value);
    }
}

static gboolean end_activity(gpointer user, TmReading *reading)
{
    finish_result(user, reading);
    return TRUE;
}

static void end_activity_file(gpointer user, TmReading *reading)
{
    const Activity *activity = user;
    if (activity->has_more)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "metadata.has_more",
            "the last page says that there is another one");
}

static const char *const activity_signatures[] = {"results|metadata", NULL};

const TmJsonFormat tm_json_litellm_activity = {
    .tables = &result_table,
    .table_count = 1,
    .signatures = activity_signatures,
    .state_size = sizeof(Activity),
    .begin_record = begin_activity,
    .field = activity_field,
    .end_record = end_activity,
    .end_file = end_activity_file,
};
