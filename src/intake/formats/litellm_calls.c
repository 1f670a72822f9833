/*
 * LiteLLM: its table of calls, as CSV and as JSON. The names of columns are those of the database.
 */
#include "gateway_rows.h"

enum {
    ID,
    START,
    USER,
    KEY,
    MODEL,
    PROMPT,
    OUTPUT,
    SPEND,
    SESSION,
    STATUS,
    CONTENT,
    METADATA,
    RESPONSE,
    ADDRESS,
    TAGS,
    TOTAL,
    OWNERS,
    REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [ID] = {"request_id", TM_FIELD_READ, "record key", ""},
    [START] = {"startTime", TM_FIELD_READ, "day, instant", "UTC where it has no zone"},
    [USER] = {"user", TM_FIELD_IDENTITY, "person", "an address, or an id that identities.csv has"},
    [KEY] = {"api_key", TM_FIELD_IDENTITY, "person",
        "hashed, trusted second; identities.csv tells whose key it is, else nobody is behind it"},
    [MODEL] = {"model", TM_FIELD_READ, "model", ""},
    [PROMPT] = {"prompt_tokens", TM_FIELD_READ, "unsplit_tokens",
        "cached tokens are in it, and not told apart"},
    [OUTPUT] = {"completion_tokens", TM_FIELD_READ, "output_tokens", ""},
    [SPEND] = {"spend", TM_FIELD_READ, "list_value", TM_GATEWAY_COST},
    [SESSION] = {"session_id", TM_FIELD_READ, "session", ""},
    [STATUS] = {"status", TM_FIELD_READ, "requests, interactions", "failure: neither"},
    [CONTENT] = {"messages", TM_FIELD_CONTENT, "", ""},
    [RESPONSE] = {"response|proxy_server_request", TM_FIELD_CONTENT, "", ""},
    [METADATA] = {"metadata", TM_FIELD_CONTENT, "", ""},
    [ADDRESS] = {"requester_ip_address", TM_FIELD_CONTENT, "", ""},
    [TAGS] = {"request_tags", TM_FIELD_CONTENT, "", "may hold anything"},
    [TOTAL] = {"total_tokens", TM_FIELD_IGNORED, "", ""},
    [OWNERS] = {"team_id|organization_id|end_user|agent_id|project_id", TM_FIELD_IGNORED, "",
        "the roster tells who is in which team"},
    [REST] = {"call_type|endTime|request_duration_ms|completionStartTime|model_id|model_group|"
              "custom_llm_provider|api_base|cache_hit|cache_key|mcp_namespaced_tool_name",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"litellm-calls", "LiteLLM calls (CSV, JSON)",
    &tm_sources[TM_SOURCE_LITELLM_CALLS], fields, FIELD_COUNT};

static const TmLooseSlot slots[] = {
    {ID, TM_LOOSE_TEXT, offsetof(TmGatewayRow, id)},
    {START, TM_LOOSE_INSTANT, offsetof(TmGatewayRow, time)},
    {USER, TM_LOOSE_TEXT, offsetof(TmGatewayRow, user)},
    {KEY, TM_LOOSE_TEXT, offsetof(TmGatewayRow, key)},
    {MODEL, TM_LOOSE_TEXT, offsetof(TmGatewayRow, model)},
    {PROMPT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.prompt)},
    {OUTPUT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.output)},
    {SPEND, TM_LOOSE_AMOUNT, offsetof(TmGatewayRow, cost)},
    {SESSION, TM_LOOSE_TEXT, offsetof(TmGatewayRow, session)},
    {STATUS, TM_LOOSE_TEXT, offsetof(TmGatewayRow, status)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

static void take_call(TmReading *reading, const TmGatewayRow *row)
{
    static const TmGatewayNames names = {"request_id", "startTime"};
    tm_gateway_take_call(reading, row, &names, tm_cell_equals(row->status, "failure"));
}

static const TmGatewayKind kind = {&table, &loose, take_call};

static void open_file(gpointer state, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    tm_gateway_open(state, reading, &kind);
}

static void begin_record(gpointer state)
{
    tm_gateway_begin_record(state, &kind);
}

const TmCsvFormat tm_csv_litellm_calls = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(ID) | TM_FIELD_BIT(START) | TM_FIELD_BIT(SPEND) | TM_FIELD_BIT(MODEL),
    .state_size = sizeof(TmGatewayState),
    .open = open_file,
    .row = tm_gateway_row,
};

static const char *const signatures[] = {"request_id|startTime|spend", NULL};

const TmJsonFormat tm_json_litellm_calls = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(TmGatewayState),
    .begin_record = begin_record,
    .field = tm_gateway_field,
    .end_record = tm_gateway_end_record,
};
