/* Lists of attributes, and the table of their names; see otlp_attributes.h. */
#include "otlp_attributes.h"

#include <string.h>

#define LONGEST_TEXT 1024

const TmFieldRule tm_otel_fields[TM_OTEL_KEY_COUNT] = {
    [TM_OTEL_USER_EMAIL] = {"user.email", TM_FIELD_IDENTITY, "person",
        "of the record, else of its resource; so for all identities"},
    [TM_OTEL_ENDUSER] = {"enduser.id", TM_FIELD_IDENTITY, "person",
        "an address, or another name, as the company sets it"},
    [TM_OTEL_ACCOUNT_UUID] = {"user.account_uuid", TM_FIELD_IDENTITY, "person", ""},
    [TM_OTEL_ACCOUNT] = {"user.account_id", TM_FIELD_IDENTITY, "person", ""},
    [TM_OTEL_USER] = {"user.id", TM_FIELD_IDENTITY, "person",
        "64 hexadecimal digits are an installation of Claude Code, of which a person may have "
        "several"},
    [TM_OTEL_INSTALLATION] = {"installation.id", TM_FIELD_IDENTITY, "person", "of Gemini CLI"},
    [TM_OTEL_SUBSCRIBER] = {"revenium.subscriber.id", TM_FIELD_IDENTITY, "person", ""},
    [TM_OTEL_SERVICE] = {"service.name", TM_FIELD_READ, "source",
        "tells whose GenAI telemetry it is; clients that have events of their own are left out"},
    [TM_OTEL_SESSION] = {"session.id", TM_FIELD_READ, "sessions, record key",
        "distinct ones with an interaction"},
    [TM_OTEL_EVENT_NAME] = {"event.name", TM_FIELD_READ, "measures, record key",
        "Claude Code: user_prompt, api_request, tool_decision; Gemini CLI and Qwen Code: "
        "user_prompt, api_response, tool_call; GenAI: client.inference.operation.details"},
    [TM_OTEL_TIMESTAMP] = {"event.timestamp", TM_FIELD_READ, "day, record key", "instant in UTC"},
    [TM_OTEL_SEQUENCE] = {"event.sequence", TM_FIELD_READ, "record key", ""},
    [TM_OTEL_PROMPT] = {"prompt_id|prompt.id", TM_FIELD_READ, "record key",
        "of Gemini CLI; its first part is the session's id"},
    [TM_OTEL_MODEL] = {"model", TM_FIELD_READ, "model", ""},
    [TM_OTEL_COST_CENTER] = {"cost_center", TM_FIELD_READ, "label", "where the company sets it"},
    [TM_OTEL_PRODUCT] = {"revenium.product.name|product.name", TM_FIELD_READ, "label",
        "of Revenium"},
    [TM_OTEL_TYPE] = {"type", TM_FIELD_READ, "measures",
        "kind of tokens, of a metric. Claude Code: input, output, cacheRead, cacheCreation. Gemini "
        "CLI: input (with cached input) and tool are unsplit_tokens, output and thought are "
        "output_tokens, cache is part of input"},
    [TM_OTEL_DECISION] = {"decision", TM_FIELD_READ, "accepted, rejected",
        "of tools that edit; accept or modify, and reject"},
    [TM_OTEL_ERROR_TYPE] = {"error_type|error.type", TM_FIELD_READ, "",
        "a failed call is no interaction; Gemini CLI counts each error twice, once with it"},
    [TM_OTEL_REQUEST] = {"request_id", TM_FIELD_READ, "record key",
        "else session, sequence, event, time and model"},
    [TM_OTEL_TRANSACTION] = {"transaction_id", TM_FIELD_READ, "record key",
        "marks an event of Revenium"},
    [TM_OTEL_INPUT] = {"input_tokens", TM_FIELD_READ, "input_tokens",
        "without cached input, but of Revenium for Codex, Copilot and Gemini CLI with it, unless "
        "the cached is more"},
    [TM_OTEL_OUTPUT] = {"output_tokens", TM_FIELD_READ, "output_tokens", ""},
    [TM_OTEL_CACHE_READ] = {"cache_read_tokens", TM_FIELD_READ, "cache_read_tokens", ""},
    [TM_OTEL_CACHE_WRITE] = {"cache_creation_tokens", TM_FIELD_READ, "cache_write_tokens", ""},
    [TM_OTEL_CACHE_WRITE_HOUR] = {"cache_creation_1h_tokens", TM_FIELD_READ, "",
        "share of the cache writes with a higher price"},
    [TM_OTEL_COST] = {"cost_usd", TM_FIELD_READ, "list_value",
        "the client's estimate in USD; it cannot tell a subscription from metered use. Zero beside "
        "tokens is no price: list prices then"},
    [TM_OTEL_COST_MICROS] = {"cost_usd_micros", TM_FIELD_READ, "list_value",
        "the same in millionths; goes before it"},
    [TM_OTEL_SPEED] = {"speed", TM_FIELD_READ, "", "fast: another list price"},
    [TM_OTEL_TOOL] = {"tool_name", TM_FIELD_READ, "accepted, rejected",
        "Edit, MultiEdit, Write, NotebookEdit"},
    [TM_OTEL_TOOL_USE] = {"tool_use_id", TM_FIELD_READ, "record key", ""},
    [TM_OTEL_DECIDED_BY] = {"source", TM_FIELD_READ, "accepted, rejected",
        "only decisions of people count: user_permanent, user_temporary, user_abort, user_reject"},
    [TM_OTEL_INPUT_COUNT] = {"input_token_count", TM_FIELD_READ, "input_tokens",
        "with cached input, which is taken off"},
    [TM_OTEL_OUTPUT_COUNT] = {"output_token_count", TM_FIELD_READ, "output_tokens", ""},
    [TM_OTEL_CACHED_COUNT] = {"cached_content_token_count", TM_FIELD_READ, "cache_read_tokens", ""},
    [TM_OTEL_THOUGHTS_COUNT] = {"thoughts_token_count", TM_FIELD_READ, "output_tokens",
        "added to the output, unless the total says that the output has them"},
    [TM_OTEL_TOOL_COUNT] = {"tool_token_count", TM_FIELD_READ, "input_tokens", ""},
    [TM_OTEL_TOTAL_COUNT] = {"total_token_count", TM_FIELD_READ, "record key", ""},
    [TM_OTEL_ROLE] = {"role", TM_FIELD_READ, "interactions, requests",
        "main or absent; requests in other roles give only tokens"},
    [TM_OTEL_FUNCTION] = {"function_name", TM_FIELD_READ, "accepted, rejected",
        "replace, edit, write_file"},
    [TM_OTEL_STATUS] = {"status_code", TM_FIELD_READ, "requests",
        "of the metric: 200 to 299 or absent"},
    [TM_OTEL_WARNING] = {"_warning", TM_FIELD_READ, "",
        "of a Cloud Logging entry: it was too large and is lost"},
    [TM_OTEL_OPERATION] = {"gen_ai.operation.name", TM_FIELD_READ, "requests",
        "chat, generate_content, text_completion; others repeat their use"},
    [TM_OTEL_CONVERSATION] = {"gen_ai.conversation.id", TM_FIELD_READ, "sessions", ""},
    [TM_OTEL_RESPONSE] = {"gen_ai.response.id", TM_FIELD_READ, "record key", "else trace and span"},
    [TM_OTEL_RESPONSE_MODEL] = {"gen_ai.response.model", TM_FIELD_READ, "model", ""},
    [TM_OTEL_REQUEST_MODEL] = {"gen_ai.request.model", TM_FIELD_READ, "model",
        "where there is no other"},
    [TM_OTEL_USAGE_INPUT] = {"gen_ai.usage.input_tokens|gen_ai.usage.prompt_tokens", TM_FIELD_READ,
        "input_tokens, unsplit_tokens",
        "with cached input, unless the cached is more; unsplit where nothing is said of it"},
    [TM_OTEL_USAGE_OUTPUT] = {"gen_ai.usage.output_tokens|gen_ai.usage.completion_tokens",
        TM_FIELD_READ, "output_tokens", "with reasoning"},
    [TM_OTEL_USAGE_CACHE_READ] = {"gen_ai.usage.cache_read.input_tokens|"
                                  "gen_ai.usage.cache_read_tokens|gen_ai.usage.cached_tokens",
        TM_FIELD_READ, "cache_read_tokens", ""},
    [TM_OTEL_USAGE_CACHE_WRITE] = {"gen_ai.usage.cache_creation.input_tokens|"
                                   "gen_ai.usage.cache_write_tokens",
        TM_FIELD_READ, "cache_write_tokens", ""},
    [TM_OTEL_USAGE_TOTAL] = {"gen_ai.usage.total_tokens", TM_FIELD_READ, "unsplit_tokens",
        "where neither input nor output is stated"},
    [TM_OTEL_TOKEN_TYPE] = {"gen_ai.token.type", TM_FIELD_READ, "measures",
        "input: unsplit_tokens, and calls; output: output_tokens"},
    [TM_OTEL_NOT_NEEDED] = {"organization.id|organization.name|terminal.type|app.version|"
                            "app.entrypoint|os.type|os.version|host.arch|service.version|"
                            "prompt_length|duration_ms|query_source|effort|auth_type|interactive|"
                            "billing.kind|finish_reasons",
        TM_FIELD_IGNORED, "",
        "as is any attribute that is not named here; of points, all but content "
        "tell the series apart"},
    [TM_OTEL_TEXTS] = {"prompt|prompt_text|response|request_text|response_text|error|error.message|"
                       "error_message|message|system_prompt|new_context",
        TM_FIELD_CONTENT, "", ""},
    [TM_OTEL_CALLS] = {"body|body_ref|data|hook_definitions|workspace.host_paths|file_path",
        TM_FIELD_CONTENT, "", ""},
    [TM_OTEL_TOOL_CONTENT] = {"tool_input|tool_parameters|full_command|bash_command|function_args|"
                              "command|metadata",
        TM_FIELD_CONTENT, "", ""},
    [TM_OTEL_MESSAGES] = {"gen_ai.input.messages|gen_ai.output.messages|gen_ai.system_instructions|"
                          "gen_ai.prompt|gen_ai.completion|gen_ai.tool.call.arguments|"
                          "gen_ai.tool.call.result|gen_ai.tool.definitions",
        TM_FIELD_CONTENT, "", ""},
    [TM_OTEL_LOG_EVENT_NAME] = {"logRecords[].eventName", TM_FIELD_READ, "measures",
        "event.name by another place; goes before it"},
    [TM_OTEL_LOG_BODY] = {"logRecords[].body.stringValue", TM_FIELD_READ, "measures",
        "where nothing else names the event; any other text is dropped"},
    [TM_OTEL_LOG_TIME] = {"logRecords[].timeUnixNano|logRecords[].observedTimeUnixNano",
        TM_FIELD_READ, "day, record key", "where there is no event.timestamp; the first not zero"},
    [TM_OTEL_SCOPE] = {"scope.name", TM_FIELD_READ, "source", ""},
    [TM_OTEL_METRIC_NAME] = {"metrics[].name", TM_FIELD_READ, "measures, record key",
        "claude_code.token.usage, cost.usage, code_edit_tool.decision, active_time.total; "
        "gemini_cli.token.usage, api.request.count, tool.call.count; gen_ai.client.token.usage. "
        "The output tokens of Claude Code make an interaction each time that they grow"},
    [TM_OTEL_TEMPORALITY] = {"metrics[].sum.aggregationTemporality", TM_FIELD_READ, "",
        "of each point: 1 adds up, 2 is a running total, of which the increases count; a gauge is "
        "taken for a running total"},
    [TM_OTEL_POINT_START] = {"dataPoints[].startTimeUnixNano", TM_FIELD_READ, "record key",
        "with the metric and the attributes of resource and point in any order"},
    [TM_OTEL_POINT_TIME] = {"dataPoints[].timeUnixNano", TM_FIELD_READ, "day, record key",
        "of running totals only the day is in the key"},
    [TM_OTEL_POINT_VALUE] = {"dataPoints[].asInt|dataPoints[].asDouble", TM_FIELD_READ, "measures",
        "seconds are rounded to whole ones"},
    [TM_OTEL_POINT_SUM] = {"dataPoints[].sum", TM_FIELD_READ, "measures", "tokens of a histogram"},
    [TM_OTEL_POINT_CALLS] = {"dataPoints[].count", TM_FIELD_READ, "interactions, requests",
        "calls in a histogram"},
    [TM_OTEL_SPAN_TIME] = {"spans[].startTimeUnixNano", TM_FIELD_READ, "day", ""},
    [TM_OTEL_SPAN_ID] = {"traceId|spanId", TM_FIELD_READ, "record key", ""},
    [TM_OTEL_FILE_TIME] = {"hrTime", TM_FIELD_READ, "day, record key",
        "Gemini CLI's telemetry file: seconds and nanoseconds"},
    [TM_OTEL_FILE_METRIC] = {"scopeMetrics[].metrics[].descriptor.name", TM_FIELD_READ,
        "measures, record key", "Gemini CLI's telemetry file; there 1 is a running total"},
    [TM_OTEL_FILE_POINT] = {"scopeMetrics[].metrics[].dataPoints[].endTime", TM_FIELD_READ, "day",
        "\"[Circular]\": as the first one that is there"},
    [TM_OTEL_ENTRY_TIME] = {"timestamp", TM_FIELD_READ, "day", "of a Cloud Logging entry"},
    [TM_OTEL_ENTRY_ID] = {"insertId", TM_FIELD_READ, "record key", "of a Cloud Logging entry"},
};

/* ---- Names --------------------------------------------------------------------------------- */

static guint slot_of(TmCell name)
{
    return (guint)tm_key_end(tm_key_text(TM_KEY_START, name.text, name.length)) &
           (TM_OTEL_SLOTS - 1);
}

static void add_name(TmOtelNames *names, TmCell name, TmOtelKey key)
{
    guint slot = slot_of(name);
    while (names->slots[slot].name.text != NULL)
        slot = (slot + 1) & (TM_OTEL_SLOTS - 1);
    names->slots[slot].name = name;
    names->slots[slot].key = key;
}

void tm_otel_names_fill(TmOtelNames *names)
{
    memset(names, 0, sizeof *names);
    for (TmOtelKey key = 0; key < TM_OTEL_NAMES_END; key++)
        for (const char *name = tm_otel_fields[key].names;;) {
            gsize length = strcspn(name, "|");
            add_name(names, (TmCell){name, length}, key);
            if (name[length] == '\0')
                break;
            name += length + 1;
        }
}

/* TM_OTEL_NOT_NEEDED for names that are in no row. */
static TmOtelKey find_name(const TmOtelNames *names, TmCell name)
{
    for (guint slot = slot_of(name); names->slots[slot].name.text != NULL;
         slot = (slot + 1) & (TM_OTEL_SLOTS - 1))
        if (tm_cell_same(names->slots[slot].name, name))
            return names->slots[slot].key;
    return TM_OTEL_NOT_NEEDED;
}

/* ---- Values -------------------------------------------------------------------------------- */

void tm_otel_attributes_clear(TmOtelAttributes *attributes)
{
    *attributes = (TmOtelAttributes){.unfit = TM_OTEL_WANTED};
}

TmCell tm_otel_key(const TmJsonRecord *record)
{
    TmCell key;
    key.text = tm_json_record_key(record, &key.length);
    return key;
}

gboolean tm_otel_enter(TmJsonRecord *record, TmJsonKind kind)
{
    return tm_json_record_kind(record) == kind && tm_json_record_enter(record);
}

TmCell tm_otel_read_scalar(TmJsonRecord *record)
{
    TmJsonValue value;
    tm_json_record_value(record, &value);
    switch (value.kind) {
    case TM_JSON_STRING:
    case TM_JSON_NUMBER:
        return (TmCell){value.text, value.length};
    case TM_JSON_BOOLEAN:
        return value.truth ? (TmCell){"true", 4} : (TmCell){"false", 5};
    default:
        return (TmCell){NULL, 0};
    }
}

static gboolean is_scalar_member(TmCell name)
{
    return tm_otel_is(name, "stringValue") || tm_otel_is(name, "intValue") ||
           tm_otel_is(name, "doubleValue") || tm_otel_is(name, "boolValue");
}

TmCell tm_otel_read_any(TmJsonRecord *record)
{
    TmCell scalar = {NULL, 0};
    if (!tm_otel_enter(record, TM_JSON_OBJECT))
        return scalar;
    while (tm_json_record_next(record))
        if (scalar.text == NULL && is_scalar_member(tm_otel_key(record)))
            scalar = tm_otel_read_scalar(record);
    return scalar;
}

/* ---- Attributes ---------------------------------------------------------------------------- */

static void keep(TmOtelAttributes *attributes, TmOtelKey key, TmCell value)
{
    if (value.text == NULL)
        return;
    if (value.length > LONGEST_TEXT || memchr(value.text, '\0', value.length) != NULL)
        attributes->unfit = key;
    else
        attributes->values[key] = tm_cell_trim(value);
}

/* Whether an attribute's value is looked at; content is counted as dropped. */
static gboolean is_read(const TmOtelReader *reader, TmOtelKey key)
{
    if (tm_otel_fields[key].use != TM_FIELD_CONTENT)
        return key < TM_OTEL_WANTED || reader->hashing;
    ++*reader->dropped_content;
    return FALSE;
}

static void take(const TmOtelReader *reader, TmOtelAttributes *attributes, TmOtelKey key,
    guint64 name_hash, TmCell value)
{
    if (reader->hashing)
        attributes->series += tm_key_end(tm_key_text(name_hash, value.text, value.length));
    if (key < TM_OTEL_WANTED)
        keep(attributes, key, value);
}

void tm_otel_read_map(const TmOtelReader *reader, TmOtelAttributes *attributes)
{
    if (!tm_otel_enter(reader->record, TM_JSON_OBJECT))
        return;
    while (tm_json_record_next(reader->record)) {
        TmCell name = tm_otel_key(reader->record);
        TmOtelKey key = find_name(reader->names, name);
        if (!is_read(reader, key))
            continue;
        guint64 hash = tm_key_text(TM_KEY_START, name.text, name.length);
        take(reader, attributes, key, hash, tm_otel_read_scalar(reader->record));
    }
}

typedef struct Attribute {
    const TmOtelReader *reader;
    TmOtelAttributes *attributes;
    gboolean wanted;
    TmOtelKey key;
    guint64 name_hash;
} Attribute;

static gboolean is_value(TmCell name)
{
    return tm_otel_is(name, "value");
}

static gboolean read_name(gpointer user, TmCell member)
{
    Attribute *attribute = user;
    if (!tm_otel_is(member, "key"))
        return FALSE;
    TmCell name = tm_otel_read_scalar(attribute->reader->record);
    attribute->key = find_name(attribute->reader->names, name);
    attribute->wanted = name.text != NULL && is_read(attribute->reader, attribute->key);
    if (attribute->wanted && attribute->reader->hashing)
        attribute->name_hash = tm_key_text(TM_KEY_START, name.text, name.length);
    return TRUE;
}

static void read_value(gpointer user, TmCell member G_GNUC_UNUSED)
{
    Attribute *attribute = user;
    if (attribute->wanted)
        take(attribute->reader, attribute->attributes, attribute->key, attribute->name_hash,
            tm_otel_read_any(attribute->reader->record));
}

void tm_otel_read_list(const TmOtelReader *reader, TmOtelAttributes *attributes)
{
    static const TmOtelShape shape = {is_value, read_name, read_value};
    if (!tm_otel_enter(reader->record, TM_JSON_ARRAY))
        return;
    while (tm_json_record_next(reader->record)) {
        Attribute attribute = {.reader = reader, .attributes = attributes};
        if (tm_otel_enter(reader->record, TM_JSON_OBJECT))
            tm_otel_read_shape(reader->record, &shape, &attribute);
    }
}

void tm_otel_read_shape(TmJsonRecord *record, const TmOtelShape *shape, gpointer user)
{
    gboolean ready = FALSE, late = FALSE;
    while (tm_json_record_next(record)) {
        TmCell name = tm_otel_key(record);
        if (!shape->is_bulk(name))
            ready |= shape->head(user, name);
        else if (ready)
            shape->bulk(user, name);
        else
            late = TRUE;
    }
    if (!late || !tm_json_record_again(record))
        return;
    while (tm_json_record_next(record)) {
        TmCell name = tm_otel_key(record);
        if (shape->is_bulk(name))
            shape->bulk(user, name);
    }
}
