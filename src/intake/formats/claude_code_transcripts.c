/*
 * Claude Code's local transcripts: one line for each event of a conversation.
 *
 * A response of the model is written once for each block of its content, and again in files of
 * resumed and forked sessions: its lines are copies of one record. The key is the message's id; a
 * line that names its request says so in the part, since gateways use ids again. Lines of subagents
 * and of old resumed sessions do not, and join the only request of their message.
 *
 * Most bytes are prompts, answers and files. They are skipped where they stand: of a message only
 * its id, model and usage are read, and of a person's line whether it holds text or a tool's
 * result.
 */
#include "../formats.h"
#include "../json_values.h"

#include <string.h>

enum {
    TYPE,
    UUID,
    SESSION,
    TIMESTAMP,
    REQUEST,
    SIDECHAIN,
    META,
    COMPACT_SUMMARY,
    TOOL_RESULT,
    PROMPT_SOURCE,
    ORIGIN,
    TURN_ORIGIN,
    COST,
    MESSAGE_ID,
    MODEL,
    INPUT,
    OUTPUT,
    CACHE_WRITE,
    CACHE_READ,
    SHORT_WRITES,
    LONG_WRITES,
    SPEED,
    BLOCK_TYPE,
    CONTENT,
    OTHER_CONTENT,
    PLACES,
    RUNNING_TOTALS,
    HOUSEKEEPING,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [TYPE] = {"type", TM_FIELD_READ, "row kind", "assistant and user; other lines are skipped"},
    [UUID] = {"uuid", TM_FIELD_READ, "record key", "of prompts, and of responses without an id"},
    [SESSION] = {"sessionId", TM_FIELD_READ, "session", "kept as a hash"},
    [TIMESTAMP] = {"timestamp", TM_FIELD_READ, "day, instant",
        "UTC; the earliest of the copies counts"},
    [REQUEST] = {"requestId", TM_FIELD_READ, "part", "tells responses apart whose id is the same"},
    [SIDECHAIN] = {"isSidechain", TM_FIELD_READ, "surface, part",
        "a subagent: paid use, but no prompt of a person"},
    [META] = {"isMeta", TM_FIELD_READ, "messages", "true: no prompt"},
    [COMPACT_SUMMARY] = {"isCompactSummary", TM_FIELD_READ, "messages", "true: no prompt"},
    [TOOL_RESULT] = {"toolUseResult", TM_FIELD_CONTENT, "", "there: no prompt"},
    [PROMPT_SOURCE] = {"promptSource", TM_FIELD_READ, "messages", "system: no prompt"},
    [ORIGIN] = {"origin.kind", TM_FIELD_READ, "messages", "task-notification: no prompt"},
    [TURN_ORIGIN] = {"turnOrigin", TM_FIELD_READ, "messages", "not a person: no prompt"},
    [COST] = {"costUSD", TM_FIELD_READ, "list_value",
        "dollars, only in very old versions; the client's estimate at list price, since it cannot "
        "tell who pays. Without it the tokens are priced"},
    [MESSAGE_ID] = {"message.id", TM_FIELD_READ, "record key", ""},
    [MODEL] = {"message.model", TM_FIELD_READ, "model", "<synthetic>: no call, left out"},
    [INPUT] = {"message.usage.input_tokens", TM_FIELD_READ, "input_tokens", "without cached input"},
    [OUTPUT] = {"message.usage.output_tokens", TM_FIELD_READ, "output_tokens",
        "the copy with most tokens counts: early lines of old versions hold less"},
    [CACHE_WRITE] = {"message.usage.cache_creation_input_tokens", TM_FIELD_READ,
        "cache_write_tokens", "where the two kinds are given, their sum counts"},
    [CACHE_READ] = {"message.usage.cache_read_input_tokens", TM_FIELD_READ, "cache_read_tokens",
        ""},
    [SHORT_WRITES] = {"message.usage.cache_creation.ephemeral_5m_input_tokens", TM_FIELD_READ,
        "cache_write_tokens", ""},
    [LONG_WRITES] = {"message.usage.cache_creation.ephemeral_1h_input_tokens", TM_FIELD_READ,
        "cache_write_tokens", "priced higher"},
    [SPEED] = {"message.usage.speed", TM_FIELD_READ, "list_value", "fast is priced higher"},
    [BLOCK_TYPE] = {"message.content[].type", TM_FIELD_READ, "messages",
        "of a user line: a tool's result is no prompt"},
    [CONTENT] = {"message.content", TM_FIELD_CONTENT, "",
        "of a user line, whether it begins with a command's name: an echo, no prompt"},
    [OTHER_CONTENT] = {"attachment|rendered|content|lastPrompt|summary|aiTitle|customTitle|"
                       "snapshot|error|shape",
        TM_FIELD_CONTENT, "", ""},
    [PLACES] = {"cwd|gitBranch|slug", TM_FIELD_CONTENT, "", "names of folders and branches"},
    [RUNNING_TOTALS] = {"totalCostUSD|modelUsage|totalDuration|startTime", TM_FIELD_IGNORED, "",
        "running totals of the client, in forks with those of the parent"},
    [HOUSEKEEPING] = {"parentUuid|version|userType|entrypoint|agentId|promptId|permissionMode",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"claude-code-transcripts", "Claude Code transcripts (JSON lines)",
    &tm_sources[TM_SOURCE_CLAUDE_CODE_TRANSCRIPTS], fields, FIELD_COUNT};

typedef enum LineType { LINE_OTHER, LINE_ASSISTANT, LINE_USER } LineType;

typedef struct State {
    gboolean begun;
    gboolean bad; /* the line was reported; the rest of it is dropped */
    LineType type;
    TmCell uuid, session, timestamp, request;
    gboolean sidechain, machine_made, has_usage, has_text;
    TmCount cost;
    TmCell message_id, model, speed;
    TmCount tokens[FIELD_COUNT]; /* the token fields by their place in the table */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    gboolean begun = state->begun;
    memset(state, 0, sizeof *state);
    state->begun = begun;
}

static gboolean is(const char *key, gsize length, const char *name)
{
    return strlen(name) == length && memcmp(key, name, length) == 0;
}

/* ---- Values ------------------------------------------------------------------------------ */

static void take_text(State *state, TmReading *reading, TmJsonRecord *record, guint field)
{
    TmCell *const targets[FIELD_COUNT] = {[UUID] = &state->uuid,
        [SESSION] = &state->session,
        [TIMESTAMP] = &state->timestamp,
        [REQUEST] = &state->request,
        [MESSAGE_ID] = &state->message_id,
        [MODEL] = &state->model,
        [SPEED] = &state->speed};
    TmJsonValue value;
    tm_json_record_value(record, &value);
    if (value.kind != TM_JSON_BROKEN && !state->bad)
        state->bad = !tm_json_take_text(reading, &fields[field], &value, targets[field]);
}

static void take_count(State *state, TmReading *reading, TmJsonRecord *record, guint field)
{
    TmJsonValue value;
    tm_json_record_value(record, &value);
    if (value.kind != TM_JSON_BROKEN && !state->bad)
        state->bad = !tm_json_take_count(reading, &fields[field], &value, &state->tokens[field]);
}

static gboolean take_truth(State *state, TmReading *reading, TmJsonRecord *record, guint field)
{
    TmJsonValue value;
    gboolean truth = FALSE;
    tm_json_record_value(record, &value);
    if (value.kind != TM_JSON_BROKEN && !state->bad)
        state->bad = !tm_json_take_truth(reading, &fields[field], &value, &truth);
    return truth;
}

/* A short text that only decides something; anything else says nothing. */
static TmCell take_word(TmJsonRecord *record)
{
    TmJsonValue value;
    if (tm_json_record_kind(record) != TM_JSON_STRING)
        return (TmCell){"", 0};
    tm_json_record_value(record, &value);
    return value.kind == TM_JSON_STRING ? (TmCell){value.text, value.length} : (TmCell){"", 0};
}

static void take_cost(State *state, TmJsonRecord *record)
{
    TmJsonValue value;
    tm_json_record_value(record, &value);
    if (value.kind == TM_JSON_NUMBER)
        state->cost.present = tm_micros_parse(value.text, value.length, &state->cost.value) &&
                              state->cost.value >= 0 && state->cost.value <= TM_COUNT_LIMIT;
}

/* ---- Objects ----------------------------------------------------------------------------- */

static void read_cache_creation(State *state, TmReading *reading, TmJsonRecord *record)
{
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        if (is(key, length, "ephemeral_1h_input_tokens"))
            take_count(state, reading, record, LONG_WRITES);
        else if (is(key, length, "ephemeral_5m_input_tokens"))
            take_count(state, reading, record, SHORT_WRITES);
    }
}

static void read_usage(State *state, TmReading *reading, TmJsonRecord *record)
{
    static const struct {
        const char *name;
        guint field;
    } counts[] = {
        {"input_tokens", INPUT},
        {"cache_creation_input_tokens", CACHE_WRITE},
        {"cache_read_input_tokens", CACHE_READ},
        {"output_tokens", OUTPUT},
    };
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    state->has_usage = TRUE;
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
            if (is(key, length, counts[i].name))
                take_count(state, reading, record, counts[i].field);
        if (is(key, length, "cache_creation"))
            read_cache_creation(state, reading, record);
        else if (is(key, length, "speed"))
            take_text(state, reading, record, SPEED);
    }
}

/* Whether a block of a user's message is text or a tool's result. */
static void read_block(State *state, TmJsonRecord *record)
{
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        if (!is(key, length, "type"))
            continue;
        TmCell type = take_word(record);
        state->has_text |= tm_cell_equals(type, "text");
        state->machine_made |= tm_cell_equals(type, "tool_result");
    }
}

static void read_content(State *state, TmReading *reading, TmJsonRecord *record)
{
    reading->summary->dropped_content_fields++;
    if (state->type == LINE_ASSISTANT)
        return;
    TmJsonKind kind = tm_json_record_kind(record);
    if (kind == TM_JSON_STRING) {
        state->has_text = TRUE;
        state->machine_made |= tm_json_record_begins(record, "<command-name>") ||
                               tm_json_record_begins(record, "<local-command-");
    } else if (kind == TM_JSON_ARRAY && tm_json_record_enter(record)) {
        while (tm_json_record_next(record))
            read_block(state, record);
    }
}

static void read_message(State *state, TmReading *reading, TmJsonRecord *record)
{
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        if (is(key, length, "content"))
            read_content(state, reading, record);
        else if (is(key, length, "usage"))
            read_usage(state, reading, record);
        else if (is(key, length, "id"))
            take_text(state, reading, record, MESSAGE_ID);
        else if (is(key, length, "model"))
            take_text(state, reading, record, MODEL);
    }
}

static void read_origin(State *state, TmJsonRecord *record)
{
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        if (is(key, length, "kind"))
            state->machine_made |= tm_cell_equals(take_word(record), "task-notification");
    }
}

/* A member that matters for prompts only. */
static void read_prompt_member(
    State *state, TmReading *reading, TmJsonRecord *record, const char *key, gsize length)
{
    if (is(key, length, "isMeta")) {
        state->machine_made |= take_truth(state, reading, record, META);
    } else if (is(key, length, "isCompactSummary")) {
        state->machine_made |= take_truth(state, reading, record, COMPACT_SUMMARY);
    } else if (is(key, length, "toolUseResult")) {
        reading->summary->dropped_content_fields++;
        state->machine_made = TRUE;
    } else if (is(key, length, "promptSource")) {
        state->machine_made |= tm_cell_equals(take_word(record), "system");
    } else if (is(key, length, "turnOrigin")) {
        TmCell origin = take_word(record);
        state->machine_made |= origin.length > 0 && !tm_cell_equals(origin, "user") &&
                               !tm_cell_equals(origin, "human");
    } else if (is(key, length, "origin")) {
        read_origin(state, record);
    }
}

static void read_type(State *state, TmJsonRecord *record)
{
    TmCell type = take_word(record);
    state->type = tm_cell_equals(type, "assistant") ? LINE_ASSISTANT
                  : tm_cell_equals(type, "user")    ? LINE_USER
                                                    : LINE_OTHER;
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    State *state = user;
    gsize offset;
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        if (is(key, length, "type"))
            read_type(state, record);
        else if (is(key, length, "message"))
            read_message(state, reading, record);
        else if (is(key, length, "uuid"))
            take_text(state, reading, record, UUID);
        else if (is(key, length, "sessionId"))
            take_text(state, reading, record, SESSION);
        else if (is(key, length, "timestamp"))
            take_text(state, reading, record, TIMESTAMP);
        else if (is(key, length, "requestId"))
            take_text(state, reading, record, REQUEST);
        else if (is(key, length, "isSidechain"))
            state->sidechain = take_truth(state, reading, record, SIDECHAIN);
        else if (is(key, length, "costUSD"))
            take_cost(state, record);
        else
            read_prompt_member(state, reading, record, key, length);
    }
    return tm_json_record_fault(record, &offset) == TM_JSON_FAULT_NONE;
}

/* ---- Records ----------------------------------------------------------------------------- */

static guint64 hash_of(const char *kind, TmCell id)
{
    TmKeyHash hash = tm_key_text(TM_KEY_START, kind, strlen(kind));
    return tm_key_end(tm_key_text(hash, id.text, id.length));
}

/* Day, session and person. FALSE when the line was reported, or its day is not wanted. */
static gboolean place(const State *state, TmReading *reading, TmRecord *record)
{
    record->identity[0] = tm_reading_path_identity(reading);
    record->identities = 1;
    record->session = state->session.length > 0 ? hash_of("session", state->session) : 0;
    return tm_json_take_instant(reading, "timestamp", state->timestamp, record);
}

static void set_tokens(const State *state, TmRecord *record)
{
    TmMeasures *measures = &record->measures;
    const TmCount *tokens = state->tokens;
    gboolean split = tokens[SHORT_WRITES].present || tokens[LONG_WRITES].present;
    gint64 writes =
        split ? tokens[SHORT_WRITES].value + tokens[LONG_WRITES].value : tokens[CACHE_WRITE].value;
    tm_measures_set(measures, TM_MEASURE_INPUT_TOKENS, tokens[INPUT].value);
    tm_measures_set(measures, TM_MEASURE_CACHE_WRITE_TOKENS, writes);
    tm_measures_set(measures, TM_MEASURE_CACHE_READ_TOKENS, tokens[CACHE_READ].value);
    tm_measures_set(measures, TM_MEASURE_OUTPUT_TOKENS, tokens[OUTPUT].value);
    record->pricing = (TmPricing){.wanted = !state->cost.present,
        .request = TRUE,
        .fast = tm_cell_equals(state->speed, "fast"),
        .long_cache_known = split,
        .long_cache_writes = tokens[LONG_WRITES].value};
    if (!state->cost.present)
        return;
    tm_measures_set(measures, TM_MEASURE_LIST_VALUE, state->cost.value);
    measures->estimated |= TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
}

static void take_response(const State *state, TmReading *reading)
{
    TmRecord record = {.surface = state->sidechain ? TM_SURFACE_AGENT : TM_SURFACE_TERMINAL};
    if (!state->has_usage || tm_cell_equals(state->model, "<synthetic>"))
        return;
    if (state->message_id.length == 0 && state->uuid.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "message.id", "neither this nor a uuid");
        return;
    }
    if (!place(state, reading, &record))
        return;
    record.key = state->message_id.length > 0 ? hash_of("response", state->message_id)
                                              : hash_of("line", state->uuid);
    if (state->message_id.length > 0 && state->request.length > 0 && !state->sidechain)
        record.part = TM_PART_OF_REQUEST | (guint32)hash_of("request", state->request);
    record.model = state->model.length > 0 ? state->model.text : NULL;
    record.model_length = state->model.length;
    tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, 1);
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 1);
    set_tokens(state, &record);
    tm_reading_take(reading, &record);
}

/* A prompt: the response to it is what counts as interaction. */
static void take_prompt(const State *state, TmReading *reading)
{
    TmRecord record = {.surface = TM_SURFACE_TERMINAL};
    if (state->machine_made || state->sidechain || !state->has_text || state->uuid.length == 0 ||
        !place(state, reading, &record))
        return;
    record.key = hash_of("prompt", state->uuid);
    tm_measures_set(&record.measures, TM_MEASURE_MESSAGES, 1);
    tm_reading_take(reading, &record);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (!state->bad && state->type == LINE_ASSISTANT)
        take_response(state, reading);
    else if (!state->bad && state->type == LINE_USER)
        take_prompt(state, reading);
    return FALSE; /* the vendor adds members with every version: unknown ones are not noted */
}

static const char *const signatures[] = {"isSidechain|sessionId|type|uuid",
    "type=summary|summary|leafUuid", "type=file-history-snapshot|messageId", NULL};

const TmJsonFormat tm_json_claude_code_transcripts = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .walk = walk,
    .lines = TRUE,
    .grows = TRUE,
    .end_record = end_record,
};
