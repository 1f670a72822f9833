/*
 * Helicone's export of requests, as JSON and as CSV. Its CSV doubles the quotes of objects twice:
 * such rows cannot be told apart from broken ones and are left out, so JSON lines are the better
 * export.
 */
#include "gateway_rows.h"

enum {
    ID,
    CREATED,
    USER,
    MODEL,
    PROMPT,
    OUTPUT,
    COST,
    STATUS,
    REQUEST,
    RESPONSE,
    PROPERTIES,
    REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [ID] = {"response_id", TM_FIELD_READ, "record key", ""},
    [CREATED] = {"request_created_at", TM_FIELD_READ, "day, instant", "UTC where it has no zone"},
    [USER] = {"request_user_id", TM_FIELD_IDENTITY, "person",
        "as the program that called has set it"},
    [MODEL] = {"model", TM_FIELD_READ, "model", ""},
    [PROMPT] = {"prompt_tokens", TM_FIELD_READ, "unsplit_tokens",
        "whether cached tokens are in it is not said"},
    [OUTPUT] = {"completion_tokens", TM_FIELD_READ, "output_tokens", ""},
    [COST] = {"cost", TM_FIELD_READ, "list_value", TM_GATEWAY_COST},
    [STATUS] = {"response_status", TM_FIELD_READ, "requests, interactions",
        "400 and above: neither"},
    [REQUEST] = {"request_body", TM_FIELD_CONTENT, "", ""},
    [RESPONSE] = {"response_body", TM_FIELD_CONTENT, "", ""},
    [PROPERTIES] = {"request_properties", TM_FIELD_CONTENT, "", "may hold anything"},
    [REST] = {"response_created_at|latency", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"helicone-requests", "Helicone requests (JSON, CSV)",
    &tm_sources[TM_SOURCE_HELICONE_REQUESTS], fields, FIELD_COUNT};

#define FIRST_FAILURE 400 /* of HTTP */

static const TmLooseSlot slots[] = {
    {ID, TM_LOOSE_TEXT, offsetof(TmGatewayRow, id)},
    {CREATED, TM_LOOSE_INSTANT, offsetof(TmGatewayRow, time)},
    {USER, TM_LOOSE_TEXT, offsetof(TmGatewayRow, user)},
    {MODEL, TM_LOOSE_TEXT, offsetof(TmGatewayRow, model)},
    {PROMPT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.prompt)},
    {OUTPUT, TM_LOOSE_COUNT, offsetof(TmGatewayRow, tokens.output)},
    {COST, TM_LOOSE_AMOUNT, offsetof(TmGatewayRow, cost)},
    {STATUS, TM_LOOSE_COUNT, offsetof(TmGatewayRow, http_status)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

static void take_request(TmReading *reading, const TmGatewayRow *row)
{
    static const TmGatewayNames names = {"response_id", "request_created_at"};
    tm_gateway_take_call(reading, row, &names, row->http_status.value >= FIRST_FAILURE);
}

static const TmGatewayKind kind = {&table, &loose, take_request};

static void open_file(gpointer state, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    tm_gateway_open(state, reading, &kind);
}

static void begin_record(gpointer state)
{
    tm_gateway_begin_record(state, &kind);
}

const TmCsvFormat tm_csv_helicone = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(ID) | TM_FIELD_BIT(CREATED) | TM_FIELD_BIT(MODEL),
    .state_size = sizeof(TmGatewayState),
    .open = open_file,
    .row = tm_gateway_row,
};

static const char *const signatures[] = {"response_id|request_created_at", NULL};

const TmJsonFormat tm_json_helicone = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(TmGatewayState),
    .begin_record = begin_record,
    .field = tm_gateway_field,
    .end_record = tm_gateway_end_record,
};
