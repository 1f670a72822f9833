/*
 * Gemini CLI and Qwen Code, which descends from it: events and metrics. Their counts of tokens do
 * not add up as they stand: cached input is part of the input, thoughts stand beside the output.
 */
#include "otlp.h"

static const char *const edit_tools[] = {"replace", "edit", "write_file"};

/* A person decided about an edit; auto_accept is no decision. */
static gboolean is_human_decision(const TmOtelItem *item, TmMeasure *measure)
{
    TmCell tool = tm_otel_text(item, TM_OTEL_FUNCTION);
    TmCell decision = tm_otel_text(item, TM_OTEL_DECISION);
    gboolean accepted = tm_cell_equals(decision, "accept") || tm_cell_equals(decision, "modify");
    gboolean is_edit = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(edit_tools); i++)
        is_edit |= tm_cell_equals(tool, edit_tools[i]);
    *measure = accepted ? TM_MEASURE_ACCEPTED : TM_MEASURE_REJECTED;
    return is_edit && (accepted || tm_cell_equals(decision, "reject"));
}

static gboolean begin(TmOtel *otel, const TmOtelItem *item, TmKnownTool tool, TmRecord *record)
{
    gboolean is_gemini = tool == TM_TOOL_GEMINI_CLI;
    TmSourceIndex events =
        is_gemini ? TM_SOURCE_GEMINI_CLI_OTEL_EVENTS : TM_SOURCE_QWEN_CODE_OTEL_EVENTS;
    TmSourceIndex metrics =
        is_gemini ? TM_SOURCE_GEMINI_CLI_OTEL_METRICS : TM_SOURCE_QWEN_CODE_OTEL_METRICS;
    if (!tm_otel_record_begin(otel, item, item->kind == TM_OTEL_EVENT ? events : metrics, record))
        return FALSE;
    record->surface = TM_SURFACE_TERMINAL;
    return TRUE;
}

static void set_key(const TmOtelItem *item, TmCell name, TmRecord *record)
{
    record->key =
        tm_key_end(item->id.length > 0 ? tm_key_text(TM_KEY_START, item->id.text, item->id.length)
                                       : tm_otel_event_key(item, name, record));
}

/* ---- Events -------------------------------------------------------------------------------- */

static void take_prompt(TmOtel *otel, const TmOtelItem *item, TmCell name, TmRecord *record)
{
    set_key(item, name, record);
    tm_measures_set(&record->measures, TM_MEASURE_MESSAGES, 1);
    tm_otel_hand_over_prompt(otel, record);
}

static gboolean read_tokens(TmOtel *otel, const TmOtelItem *item, TmOtelTokens *tokens)
{
    TmCount thoughts = {0}, tool = {0}, total = {0};
    if (!tm_otel_count(otel, item, TM_OTEL_INPUT_COUNT, &tokens->input) ||
        !tm_otel_count(otel, item, TM_OTEL_OUTPUT_COUNT, &tokens->output) ||
        !tm_otel_count(otel, item, TM_OTEL_CACHED_COUNT, &tokens->cache_read) ||
        !tm_otel_count(otel, item, TM_OTEL_THOUGHTS_COUNT, &thoughts) ||
        !tm_otel_count(otel, item, TM_OTEL_TOOL_COUNT, &tool) ||
        !tm_otel_count(otel, item, TM_OTEL_TOTAL_COUNT, &total))
        return FALSE;
    gboolean any = tokens->input.present || tokens->output.present || total.present;
    tokens->input.value += tool.value;
    gboolean output_has_thoughts =
        total.present && tokens->input.value + tokens->output.value == total.value;
    tokens->output.value += output_has_thoughts ? 0 : thoughts.value;
    tokens->input_has_cached = TRUE;
    /* a count that is left out is zero, and caches are not written for a price */
    tokens->input.present = tokens->output.present = tokens->cache_read.present = any;
    return TRUE;
}

static void take_response(TmOtel *otel, const TmOtelItem *item, TmCell name, TmRecord *record)
{
    TmOtelTokens tokens = {0};
    TmCell role = tm_otel_text(item, TM_OTEL_ROLE);
    if (!read_tokens(otel, item, &tokens))
        return;
    tm_otel_set_model(record, tm_otel_text(item, TM_OTEL_MODEL));
    tm_otel_set_request(record, role.length == 0 || tm_cell_equals(role, "main"));
    gboolean any = tm_otel_set_tokens(record, &tokens);
    record->pricing = (TmPricing){.wanted = any, .request = any};
    set_key(item, name, record);
    tm_otel_hand_over(otel, record);
}

static void take_tool_call(TmOtel *otel, const TmOtelItem *item, TmCell name, TmRecord *record)
{
    TmMeasure measure;
    if (!is_human_decision(item, &measure))
        return;
    set_key(item, name, record);
    tm_measures_set(&record->measures, TM_MEASURE_INTERACTIONS, 0);
    tm_measures_set(&record->measures, measure, 1);
    tm_otel_hand_over(otel, record);
}

/* ---- Metrics ------------------------------------------------------------------------------- */

/* Input holds the cached input, which another series tells: it cannot be taken off. */
static const struct {
    const char *type;
    TmMeasure measure;
} token_types[] = {
    {"input", TM_MEASURE_UNSPLIT_TOKENS},
    {"tool", TM_MEASURE_UNSPLIT_TOKENS},
    {"output", TM_MEASURE_OUTPUT_TOKENS},
    {"thought", TM_MEASURE_OUTPUT_TOKENS},
};

static void take_tokens(
    TmOtel *otel, const TmOtelItem *item, TmCell name G_GNUC_UNUSED, TmRecord *record)
{
    TmCell type = tm_otel_text(item, TM_OTEL_TYPE);
    for (guint i = 0; i < G_N_ELEMENTS(token_types); i++) {
        if (!tm_cell_equals(type, token_types[i].type) ||
            !tm_otel_set_point(otel, item, record, token_types[i].measure, TM_OTEL_WHOLE))
            continue;
        tm_otel_set_model(record, tm_otel_text(item, TM_OTEL_MODEL));
        tm_otel_hand_over(otel, record);
    }
}

static void take_requests(
    TmOtel *otel, const TmOtelItem *item, TmCell name G_GNUC_UNUSED, TmRecord *record)
{
    TmCell status = tm_otel_text(item, TM_OTEL_STATUS);
    gboolean succeeded = tm_otel_text(item, TM_OTEL_ERROR_TYPE).length == 0 &&
                         (status.length == 0 || status.text[0] == '2');
    if (!succeeded || !tm_otel_set_point(otel, item, record, TM_MEASURE_REQUESTS, TM_OTEL_WHOLE))
        return;
    tm_measures_set(
        &record->measures, TM_MEASURE_INTERACTIONS, record->measures.value[TM_MEASURE_REQUESTS]);
    tm_otel_set_model(record, tm_otel_text(item, TM_OTEL_MODEL));
    tm_otel_hand_over(otel, record);
}

static void take_decisions(
    TmOtel *otel, const TmOtelItem *item, TmCell name G_GNUC_UNUSED, TmRecord *record)
{
    TmMeasure measure;
    if (is_human_decision(item, &measure) &&
        tm_otel_set_point(otel, item, record, measure, TM_OTEL_WHOLE))
        tm_otel_hand_over(otel, record);
}

static const struct {
    TmOtelKind kind;
    const char *name;
    void (*take)(TmOtel *otel, const TmOtelItem *item, TmCell name, TmRecord *record);
} takers[] = {
    {TM_OTEL_EVENT, "user_prompt", take_prompt},
    {TM_OTEL_EVENT, "api_response", take_response},
    {TM_OTEL_EVENT, "tool_call", take_tool_call},
    {TM_OTEL_POINT, "token.usage", take_tokens},
    {TM_OTEL_POINT, "api.request.count", take_requests},
    {TM_OTEL_POINT, "tool.call.count", take_decisions},
};

void tm_otel_take_gemini_cli(TmOtel *otel, const TmOtelItem *item, TmKnownTool tool, TmCell name)
{
    TmRecord record;
    for (guint i = 0; i < G_N_ELEMENTS(takers); i++)
        if (takers[i].kind == item->kind && tm_cell_equals(name, takers[i].name) &&
            begin(otel, item, tool, &record))
            takers[i].take(otel, item, name, &record);
}
