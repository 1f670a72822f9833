/*
 * Revenium: one event for each call, of several coding tools, sent beside what the tools send
 * themselves. The text of the log record names tool and event ("cursor_ide.api_response").
 */
#include "otlp.h"

static const struct {
    const char *prefix;
    TmSourceIndex source;
    gboolean input_has_cached; /* what the tool's vendor counts as input */
} tools[] = {
    {"claude_code.", TM_SOURCE_CLAUDE_CODE_REVENIUM, FALSE},
    {"claude-code.", TM_SOURCE_CLAUDE_CODE_REVENIUM, FALSE},
    {"cursor_ide.", TM_SOURCE_CURSOR_REVENIUM, FALSE},
    {"cursor-ide.", TM_SOURCE_CURSOR_REVENIUM, FALSE},
    {"gemini_cli.", TM_SOURCE_GEMINI_CLI_REVENIUM, TRUE},
    {"gemini-cli.", TM_SOURCE_GEMINI_CLI_REVENIUM, TRUE},
    {"codex_cli.", TM_SOURCE_CODEX_REVENIUM, TRUE},
    {"codex-cli.", TM_SOURCE_CODEX_REVENIUM, TRUE},
    {"github_copilot.", TM_SOURCE_COPILOT_REVENIUM, TRUE},
    {"github-copilot.", TM_SOURCE_COPILOT_REVENIUM, TRUE},
};

/* G_N_ELEMENTS(tools) for an event of another tool, or of another kind than a call. */
static guint find_tool(TmCell name)
{
    guint i = 0;
    while (i < G_N_ELEMENTS(tools) && !tm_cell_begins(name, tools[i].prefix))
        i++;
    if (i == G_N_ELEMENTS(tools))
        return i;
    gsize prefix = strlen(tools[i].prefix);
    TmCell event = {name.text + prefix, name.length - prefix};
    gboolean is_call =
        tm_cell_equals(event, "api_response") || tm_cell_equals(event, "api_request");
    return is_call ? i : G_N_ELEMENTS(tools);
}

void tm_otel_take_revenium(TmOtel *otel, const TmOtelItem *item)
{
    TmRecord record;
    TmCell id = tm_otel_text(item, TM_OTEL_TRANSACTION);
    guint tool = find_tool(item->body);
    if (tool == G_N_ELEMENTS(tools) ||
        !tm_otel_record_begin(otel, item, tools[tool].source, &record) ||
        !tm_otel_set_priced_request(otel, item, tools[tool].input_has_cached, &record))
        return;
    record.key = tm_key_end(tm_key_text(TM_KEY_START, id.text, id.length));
    tm_otel_hand_over(otel, &record);
}
