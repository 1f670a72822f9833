/* The fields of Codex rollouts: what is read of a line, and what is dropped. */
#include "codex_rollouts.h"

enum {
    RATE_LIMITS = CODEX_VALUE_COUNT,
    CLI_VERSION,
    FOLDER,
    REPOSITORY,
    INSTRUCTIONS,
    MESSAGE,
    LAST_MESSAGE,
    CONTENT,
    REASONING,
    ARGUMENTS,
    OUTPUT,
    COMMAND,
    ITEM,
    HISTORY,
    FIELD_COUNT
};

#define PAYLOAD "payload."
#define INFO_TOTAL(name) PAYLOAD "info.total_token_usage." name "|info.total_token_usage." name
#define INFO_LAST(name) PAYLOAD "info.last_token_usage." name "|info.last_token_usage." name
#define RECORD(name) PAYLOAD "usage." name
#define DIRECT(name) PAYLOAD name "|" name

/* A block of counters; only those of one API response become measures. */
#define COUNTERS(first, path, use, slot, note)                                                     \
    [(first) + COUNTER_INPUT] = {path("input_tokens"), use, slot "input_tokens", note},            \
               [(first) + COUNTER_CACHED] = {path("cached_input_tokens"), use,                     \
                   slot "cache_read_tokens", "part of input_tokens"},                              \
               [(first) + COUNTER_CACHE_WRITE] = {path("cache_write_input_tokens"), use,           \
                   slot "cache_write_tokens", "part of input_tokens; newer versions"},             \
               [(first) + COUNTER_OUTPUT] = {path("output_tokens"), use, slot "output_tokens",     \
                   "with reasoning"},                                                              \
               [(first) + COUNTER_REASONING] = {path("reasoning_output_tokens"), use, "",          \
                   "part of output_tokens"},                                                       \
               [(first) + COUNTER_TOTAL] = {path("total_tokens"), use, slot "unsplit_tokens",      \
                   "used only where nothing else is there"}

static const TmFieldRule fields[FIELD_COUNT] = {
    [CODEX_TIMESTAMP] = {"timestamp", TM_FIELD_READ, "day, instant", "UTC instant"},
    [CODEX_TYPE] = {"type", TM_FIELD_READ, "",
        "lines of other types than those named here are skipped unread"},
    [CODEX_EVENT] = {PAYLOAD "type", TM_FIELD_READ, "",
        "task_started and user_message are prompts, task_complete is active time, token_count is "
        "a request; a prompt counts with the first request that answers it"},
    [CODEX_ORDINAL] = {"ordinal", TM_FIELD_IGNORED, "", ""},
    [CODEX_ID] = {PAYLOAD "id", TM_FIELD_READ, "session, record key",
        "thread; where it is missing, the one in the file's name"},
    [CODEX_FORKED_FROM] = {PAYLOAD "forked_from_id", TM_FIELD_READ, "",
        "the lines copied from the other thread at the start of the file are left out"},
    [CODEX_HISTORY_BASE] = {PAYLOAD "history_base.thread_id", TM_FIELD_READ, "",
        "totals go on from those of another thread"},
    [CODEX_HISTORY_MODE] = {PAYLOAD "history_mode", TM_FIELD_READ, "", "paginated: nothing copied"},
    [CODEX_PARENT] = {PAYLOAD "parent_thread_id", TM_FIELD_READ, "session",
        "of a subagent: its use belongs to the session of this thread"},
    [CODEX_SPAWN_PARENT] = {PAYLOAD "source.subagent.thread_spawn.parent_thread_id", TM_FIELD_READ,
        "session", "the same, in older versions"},
    [CODEX_SUBAGENT] = {PAYLOAD "source.subagent", TM_FIELD_READ, "surface",
        "a subagent: its turns are no prompts and its time is that of the thread that waits"},
    [CODEX_THREAD_SOURCE] = {PAYLOAD "thread_source", TM_FIELD_READ, "surface", "subagent or user"},
    [CODEX_SOURCE] = {PAYLOAD "source", TM_FIELD_READ, "surface",
        "cli: terminal; vscode: edit; exec, mcp and subagents: agent"},
    [CODEX_ORIGINATOR] = {PAYLOAD "originator", TM_FIELD_READ, "surface",
        "where source does not say"},
    [CODEX_TURN_ID] = {PAYLOAD "turn_id", TM_FIELD_READ, "messages, model, record key", ""},
    [CODEX_MODEL] = {PAYLOAD "model", TM_FIELD_READ, "model",
        "of the turn; gpt-5 is assumed, and reported, where no model is named"},
    [CODEX_SETTINGS_MODEL] = {PAYLOAD "collaboration_mode.settings.model", TM_FIELD_READ, "model",
        "where the turn names none"},
    [CODEX_INFO_MODEL] = {PAYLOAD "info.model|info.model", TM_FIELD_READ, "model",
        "where the turn names none"},
    [CODEX_TIER] = {PAYLOAD "thread_settings.service_tier", TM_FIELD_READ, "pricing",
        "fast and priority are priced as fast"},
    [CODEX_THREAD_ID] = {PAYLOAD "thread_id", TM_FIELD_READ, "session",
        "records of other threads are copies and are left out"},
    [CODEX_RESPONSE_ID] = {PAYLOAD "response_id", TM_FIELD_READ, "record key", ""},
    [CODEX_STARTED_AT] = {PAYLOAD "started_at", TM_FIELD_READ, "",
        "tells turns of the thread from those copied into it"},
    [CODEX_DURATION] = {PAYLOAD "duration_ms", TM_FIELD_READ, "active_seconds",
        "milliseconds of a turn, rounded to seconds"},
    [CODEX_TURN_TOTAL] = {PAYLOAD "turn_token_usage.total_tokens", TM_FIELD_READ, "messages",
        "equal to usage in the first request of a turn"},
    COUNTERS(CODEX_USAGE, RECORD, TM_FIELD_READ, "",
        "one request; with cached and written tokens, which are taken off. A file that has such "
        "records counts nothing else from the first of them on"),
    COUNTERS(CODEX_TOTAL_USAGE, INFO_TOTAL, TM_FIELD_READ, "record key; ",
        "running total; the same total again is the same request, and increases count only where "
        "last_token_usage is missing"),
    COUNTERS(CODEX_LAST_USAGE, INFO_LAST, TM_FIELD_READ, "", "one request, in older versions"),
    COUNTERS(CODEX_DIRECT_USAGE, DIRECT, TM_FIELD_READ, "", "the same, in the oldest versions"),
    [RATE_LIMITS] = {PAYLOAD "rate_limits", TM_FIELD_IGNORED, "", ""},
    [CLI_VERSION] = {PAYLOAD "cli_version", TM_FIELD_IGNORED, "", ""},
    [FOLDER] = {PAYLOAD "cwd", TM_FIELD_CONTENT, "", ""},
    [REPOSITORY] = {PAYLOAD "git", TM_FIELD_CONTENT, "", ""},
    [INSTRUCTIONS] = {PAYLOAD "instructions|" PAYLOAD "base_instructions|" PAYLOAD
                              "user_instructions|" PAYLOAD "developer_instructions",
        TM_FIELD_CONTENT, "", ""},
    [MESSAGE] = {PAYLOAD "message|" PAYLOAD "text|" PAYLOAD "images", TM_FIELD_CONTENT, "", ""},
    [LAST_MESSAGE] = {PAYLOAD "last_agent_message", TM_FIELD_CONTENT, "", ""},
    [CONTENT] = {PAYLOAD "content|" PAYLOAD "encrypted_content", TM_FIELD_CONTENT, "", ""},
    [REASONING] = {PAYLOAD "summary", TM_FIELD_CONTENT, "", ""},
    [ARGUMENTS] = {PAYLOAD "arguments|" PAYLOAD "input|" PAYLOAD "action", TM_FIELD_CONTENT, "",
        ""},
    [OUTPUT] = {PAYLOAD "output|" PAYLOAD "stdout|" PAYLOAD "stderr|" PAYLOAD
                        "aggregated_output|" PAYLOAD "formatted_output",
        TM_FIELD_CONTENT, "", ""},
    [COMMAND] = {PAYLOAD "command|" PAYLOAD "changes", TM_FIELD_CONTENT, "", ""},
    [ITEM] = {PAYLOAD "item", TM_FIELD_CONTENT, "", ""},
    [HISTORY] = {PAYLOAD "replacement_history", TM_FIELD_CONTENT, "", ""},
};

const TmFormat tm_codex_rollouts_table = {"codex-rollouts", "Codex rollouts (JSON lines)",
    &tm_sources[TM_SOURCE_CODEX_ROLLOUTS], fields, FIELD_COUNT};
