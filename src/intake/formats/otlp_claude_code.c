/*
 * Claude Code: events (prompts, requests, decisions about edits), and metrics, which tell the same
 * use in sums.
 */
#include "otlp.h"

static const char *const edit_tools[] = {"Edit", "MultiEdit", "Write", "NotebookEdit"};

static gboolean is_edit(TmCell tool)
{
    for (guint i = 0; i < G_N_ELEMENTS(edit_tools); i++)
        if (tm_cell_equals(tool, edit_tools[i]))
            return TRUE;
    return FALSE;
}

/* A person decided about an edit, not a rule or a hook. *measure says how. */
static gboolean is_human_decision(const TmOtelItem *item, TmMeasure *measure)
{
    TmCell decision = tm_otel_text(item, TM_OTEL_DECISION);
    gboolean accepted = tm_cell_equals(decision, "accept");
    *measure = accepted ? TM_MEASURE_ACCEPTED : TM_MEASURE_REJECTED;
    return (accepted || tm_cell_equals(decision, "reject")) &&
           tm_cell_begins(tm_otel_text(item, TM_OTEL_DECIDED_BY), "user_") &&
           is_edit(tm_otel_text(item, TM_OTEL_TOOL));
}

static gboolean begin(TmOtel *otel, const TmOtelItem *item, TmSourceIndex source, TmRecord *record)
{
    if (!tm_otel_record_begin(otel, item, source, record))
        return FALSE;
    record->surface = TM_SURFACE_TERMINAL;
    return TRUE;
}

/* ---- Events -------------------------------------------------------------------------------- */

static void take_prompt(TmOtel *otel, const TmOtelItem *item, TmCell name)
{
    TmRecord record;
    if (!begin(otel, item, TM_SOURCE_CLAUDE_CODE_OTEL_EVENTS, &record))
        return;
    record.key = tm_key_end(tm_otel_event_key(item, name, &record));
    tm_measures_set(&record.measures, TM_MEASURE_MESSAGES, 1);
    tm_otel_hand_over_prompt(otel, &record);
}

static void take_decision(TmOtel *otel, const TmOtelItem *item, TmCell name)
{
    TmRecord record;
    TmMeasure measure;
    if (!is_human_decision(item, &measure) ||
        !begin(otel, item, TM_SOURCE_CLAUDE_CODE_OTEL_EVENTS, &record))
        return;
    record.key = tm_key_end(tm_otel_event_key(item, name, &record));
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 0);
    tm_measures_set(&record.measures, measure, 1);
    tm_otel_hand_over(otel, &record);
}

static guint64 request_key(const TmOtelItem *item, TmCell name, const TmRecord *record)
{
    TmCell id = tm_otel_text(item, TM_OTEL_REQUEST);
    return tm_key_end(id.length > 0 ? tm_key_text(TM_KEY_START, id.text, id.length)
                                    : tm_otel_event_key(item, name, record));
}

static void take_request(TmOtel *otel, const TmOtelItem *item, TmCell name)
{
    TmRecord record;
    if (!begin(otel, item, TM_SOURCE_CLAUDE_CODE_OTEL_EVENTS, &record) ||
        !tm_otel_set_priced_request(otel, item, FALSE, &record))
        return;
    record.key = request_key(item, name, &record);
    tm_otel_hand_over(otel, &record);
}

static const struct {
    const char *name;
    void (*take)(TmOtel *otel, const TmOtelItem *item, TmCell name);
} events[] = {
    {"user_prompt", take_prompt},
    {"api_request", take_request},
    {"tool_decision", take_decision},
};

/* ---- Metrics ------------------------------------------------------------------------------- */

static const struct {
    const char *type;
    TmMeasure measure;
} token_types[] = {
    {"input", TM_MEASURE_INPUT_TOKENS},
    {"output", TM_MEASURE_OUTPUT_TOKENS},
    {"cacheRead", TM_MEASURE_CACHE_READ_TOKENS},
    {"cacheCreation", TM_MEASURE_CACHE_WRITE_TOKENS},
};

/*
 * Output tokens that were added are the sign of an interaction. A running total is told again and
 * again while nobody works: each of its values is one interaction, at the first time of it.
 */
static void take_sign_of_use(TmOtel *otel, TmRecord *record)
{
    gint64 value = record->measures.value[TM_MEASURE_OUTPUT_TOKENS];
    tm_measures_set(&record->measures, TM_MEASURE_INTERACTIONS, value > 0 ? 1 : 0);
    record->measures.estimated |= TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    if (!record->running || value == 0)
        return;
    TmRecord sign = *record;
    sign.running = FALSE;
    sign.part = 0;
    sign.key = tm_key_end(tm_key_integer(tm_key_integer(TM_KEY_START, (gint64)sign.key), value));
    sign.measures = (TmMeasures){0};
    tm_measures_set(&sign.measures, TM_MEASURE_INTERACTIONS, 1);
    sign.measures.estimated = TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    record->measures.present &= ~TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    record->measures.estimated &= ~TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    record->measures.value[TM_MEASURE_INTERACTIONS] = 0;
    tm_otel_hand_over(otel, &sign);
}

static void take_tokens(TmOtel *otel, const TmOtelItem *item, TmRecord *record)
{
    TmCell type = tm_otel_text(item, TM_OTEL_TYPE);
    for (guint i = 0; i < G_N_ELEMENTS(token_types); i++) {
        TmMeasure measure = token_types[i].measure;
        if (!tm_cell_equals(type, token_types[i].type) ||
            !tm_otel_set_point(otel, item, record, measure, TM_OTEL_WHOLE))
            continue;
        tm_otel_set_model(record, tm_otel_text(item, TM_OTEL_MODEL));
        if (measure == TM_MEASURE_OUTPUT_TOKENS)
            take_sign_of_use(otel, record);
        tm_otel_hand_over(otel, record);
    }
}

static void take_cost(TmOtel *otel, const TmOtelItem *item, TmRecord *record)
{
    if (!tm_otel_set_point(otel, item, record, TM_MEASURE_LIST_VALUE, TM_OTEL_MONEY))
        return;
    record->measures.estimated = record->measures.present;
    tm_otel_set_model(record, tm_otel_text(item, TM_OTEL_MODEL));
    tm_otel_hand_over(otel, record);
}

static void take_decisions(TmOtel *otel, const TmOtelItem *item, TmRecord *record)
{
    TmMeasure measure;
    if (is_human_decision(item, &measure) &&
        tm_otel_set_point(otel, item, record, measure, TM_OTEL_WHOLE))
        tm_otel_hand_over(otel, record);
}

static void take_time(TmOtel *otel, const TmOtelItem *item, TmRecord *record)
{
    if (tm_otel_set_point(otel, item, record, TM_MEASURE_ACTIVE_SECONDS, TM_OTEL_ROUNDED))
        tm_otel_hand_over(otel, record);
}

static const struct {
    const char *name;
    void (*take)(TmOtel *otel, const TmOtelItem *item, TmRecord *record);
} metrics[] = {
    {"token.usage", take_tokens},
    {"cost.usage", take_cost},
    {"code_edit_tool.decision", take_decisions},
    {"active_time.total", take_time},
};

static void take_point(TmOtel *otel, const TmOtelItem *item, TmCell name)
{
    TmRecord record;
    for (guint i = 0; i < G_N_ELEMENTS(metrics); i++)
        if (tm_cell_equals(name, metrics[i].name) &&
            begin(otel, item, TM_SOURCE_CLAUDE_CODE_OTEL_METRICS, &record))
            metrics[i].take(otel, item, &record);
}

void tm_otel_take_claude_code(
    TmOtel *otel, const TmOtelItem *item, TmKnownTool tool G_GNUC_UNUSED, TmCell name)
{
    if (item->kind == TM_OTEL_POINT)
        take_point(otel, item, name);
    for (guint i = 0; i < G_N_ELEMENTS(events) && item->kind == TM_OTEL_EVENT; i++)
        if (tm_cell_equals(name, events[i].name))
            events[i].take(otel, item, name);
}
