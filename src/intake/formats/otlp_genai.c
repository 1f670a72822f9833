/*
 * GenAI conventions: spans, events and metrics of calls to models, from whatever program sends
 * them. The three tell of the same calls and are sources of their own.
 *
 * Claude Code, Gemini CLI and Qwen Code send such data besides events of their own, which say more:
 * theirs are left out.
 */
#include "otlp.h"

static const char *const own_telemetry[] = {"claude-code", "claude_code",
    "com.anthropic.claude_code", "gemini-cli", "gemini_cli", "qwen-code"};

typedef struct Sources {
    const char *service; /* how service.name begins; NULL: any other */
    TmSourceIndex spans, events, metrics;
} Sources;

#define SOURCES(service, tool)                                                                     \
    {                                                                                              \
        service, TM_SOURCE_##tool##_GENAI_SPANS, TM_SOURCE_##tool##_GENAI_EVENTS,                  \
            TM_SOURCE_##tool##_GENAI_METRICS                                                       \
    }

static const Sources sources[] = {
    SOURCES("codex", CODEX),
    SOURCES("copilot", COPILOT),
    SOURCES("github-copilot", COPILOT),
    SOURCES("cursor", CURSOR),
    SOURCES("opencode", OPENCODE),
    SOURCES("litellm", GATEWAY),
    SOURCES(NULL, OTHER_AGENT),
};

static gboolean has_own_telemetry(TmCell name)
{
    for (guint i = 0; i < G_N_ELEMENTS(own_telemetry); i++)
        if (tm_cell_begins(name, own_telemetry[i]))
            return TRUE;
    return FALSE;
}

static TmSourceIndex source_of(const TmOtelItem *item)
{
    TmCell service = tm_otel_text(item, TM_OTEL_SERVICE);
    const Sources *found = sources;
    while (found->service != NULL && !tm_cell_begins(service, found->service))
        found++;
    return item->kind == TM_OTEL_SPAN    ? found->spans
           : item->kind == TM_OTEL_EVENT ? found->events
                                         : found->metrics;
}

static void set_model(const TmOtelItem *item, TmRecord *record)
{
    TmCell response = tm_otel_text(item, TM_OTEL_RESPONSE_MODEL);
    tm_otel_set_model(
        record, response.length > 0 ? response : tm_otel_text(item, TM_OTEL_REQUEST_MODEL));
}

static void set_session(const TmOtelItem *item, TmRecord *record)
{
    TmCell conversation = tm_otel_text(item, TM_OTEL_CONVERSATION);
    if (conversation.length > 0)
        tm_otel_set_session(record, conversation);
}

/* ---- Calls --------------------------------------------------------------------------------- */

/* Agents and workflows repeat the use of the calls inside them. */
static gboolean is_call(const TmOtelItem *item)
{
    static const char *const operations[] = {"chat", "generate_content", "text_completion"};
    TmCell operation = tm_otel_text(item, TM_OTEL_OPERATION);
    for (guint i = 0; i < G_N_ELEMENTS(operations); i++)
        if (tm_cell_equals(operation, operations[i]))
            return TRUE;
    return FALSE;
}

static gboolean read_tokens(TmOtel *otel, const TmOtelItem *item, TmOtelTokens *tokens)
{
    tokens->input_has_cached = TRUE;
    return tm_otel_count(otel, item, TM_OTEL_USAGE_INPUT, &tokens->input) &&
           tm_otel_count(otel, item, TM_OTEL_USAGE_OUTPUT, &tokens->output) &&
           tm_otel_count(otel, item, TM_OTEL_USAGE_CACHE_READ, &tokens->cache_read) &&
           tm_otel_count(otel, item, TM_OTEL_USAGE_CACHE_WRITE, &tokens->cache_write);
}

/* Input of which nothing is said about caches, or a total, is unsplit and cannot be priced. */
static gboolean set_tokens(
    TmOtel *otel, const TmOtelItem *item, TmOtelTokens *tokens, TmRecord *record)
{
    TmCount unsplit = {0};
    if (!tokens->cache_read.present && !tokens->cache_write.present) {
        unsplit = tokens->input;
        tokens->input.present = FALSE;
    }
    gboolean any = tm_otel_set_tokens(record, tokens);
    if (!any && !unsplit.present && !tm_otel_count(otel, item, TM_OTEL_USAGE_TOTAL, &unsplit))
        return FALSE;
    if (unsplit.present)
        tm_measures_set(&record->measures, TM_MEASURE_UNSPLIT_TOKENS, unsplit.value);
    record->pricing.wanted = record->pricing.request = any && !unsplit.present;
    return TRUE;
}

static guint64 call_key(const TmOtelItem *item, const TmRecord *record)
{
    TmCell id = tm_otel_text(item, TM_OTEL_RESPONSE);
    if (id.length > 0)
        return tm_key_end(tm_key_text(TM_KEY_START, id.text, id.length));
    TmKeyHash hash = tm_key_lower(TM_KEY_START, item->trace.text, item->trace.length);
    hash = tm_key_lower(hash, item->span.text, item->span.length);
    if (item->trace.length == 0 || item->span.length == 0)
        hash = tm_otel_event_key(item, (TmCell){record->model, record->model_length}, record);
    return tm_key_end(hash);
}

static void take_call(TmOtel *otel, const TmOtelItem *item)
{
    TmRecord record;
    TmOtelTokens tokens = {0};
    if (!is_call(item) || !tm_otel_record_begin(otel, item, source_of(item), &record) ||
        !read_tokens(otel, item, &tokens) || !set_tokens(otel, item, &tokens, &record))
        return;
    set_model(item, &record);
    set_session(item, &record);
    tm_otel_set_request(&record, tm_otel_text(item, TM_OTEL_ERROR_TYPE).length == 0);
    record.key = call_key(item, &record);
    tm_otel_hand_over(otel, &record);
}

/* ---- Metrics ------------------------------------------------------------------------------- */

/* Each call is in both histograms, once: the one of the input counts it. */
static gboolean add_calls(TmOtel *otel, const TmOtelItem *item, TmRecord *record)
{
    TmJsonValue value = {TM_JSON_NUMBER, item->calls.text, item->calls.length, FALSE};
    TmCount calls = {0};
    if (item->calls.length == 0)
        return TRUE;
    if (!tm_json_take_count(otel->reading, &tm_otel_fields[TM_OTEL_POINT_CALLS], &value, &calls))
        return FALSE;
    tm_measures_set(&record->measures, TM_MEASURE_REQUESTS, calls.value);
    tm_measures_set(&record->measures, TM_MEASURE_INTERACTIONS, calls.value);
    return TRUE;
}

static void take_tokens(TmOtel *otel, const TmOtelItem *item)
{
    TmRecord record;
    TmCell type = tm_otel_text(item, TM_OTEL_TOKEN_TYPE);
    gboolean is_input = tm_cell_equals(type, "input");
    if ((!is_input && !tm_cell_equals(type, "output")) ||
        !tm_otel_record_begin(otel, item, source_of(item), &record) ||
        !tm_otel_set_point(otel, item, &record,
            is_input ? TM_MEASURE_UNSPLIT_TOKENS : TM_MEASURE_OUTPUT_TOKENS, TM_OTEL_WHOLE) ||
        (is_input && !add_calls(otel, item, &record)))
        return;
    set_model(item, &record);
    tm_otel_hand_over(otel, &record);
}

void tm_otel_take_genai(
    TmOtel *otel, const TmOtelItem *item, TmKnownTool tool G_GNUC_UNUSED, TmCell name)
{
    if (has_own_telemetry(otel->scope) || has_own_telemetry(tm_otel_text(item, TM_OTEL_SERVICE)))
        return;
    if (item->kind == TM_OTEL_POINT && tm_cell_equals(name, "client.token.usage"))
        take_tokens(otel, item);
    else if (item->kind == TM_OTEL_SPAN ||
             (item->kind == TM_OTEL_EVENT &&
                 tm_cell_equals(name, "client.inference.operation.details")))
        take_call(otel, item);
}
