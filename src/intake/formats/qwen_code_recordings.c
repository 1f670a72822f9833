/*
 * Qwen Code's recordings of chats: one line for each event of a conversation.
 *
 * A line is known by its uuid, which a branched session copies. A response's tokens stand on its
 * own line and, in most versions, once more on a line of the client's telemetry. The latter count
 * only where a session has none of the former, which is known at its end. The client writes its
 * telemetry first: at the end of a file that is read while it grows, the answer's line may be still
 * to come, so that the last telemetry waits for it.
 */
#include "gemini_tokens.h"
#include "held_records.h"

#include <string.h>

#define EVENT_MEMBER "systemPayload.uiEvent"

enum {
    UUID,
    SESSION,
    TIMESTAMP,
    TYPE,
    SUBTYPE,
    PROVENANCE,
    SIDECHAIN,
    USAGE,
    MODEL,
    INPUT,
    OUTPUT,
    CACHED,
    THOUGHTS,
    TOOL,
    TOTAL,
    EVENT_DETAILS,
    CONTENT,
    PLACES,
    HOUSEKEEPING,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [UUID] = {"uuid", TM_FIELD_READ, "record key", ""},
    [SESSION] = {"sessionId", TM_FIELD_READ, "session", "kept as a hash"},
    [TIMESTAMP] = {"timestamp", TM_FIELD_READ, "day, instant",
        "UTC; the earliest of the copies counts"},
    [TYPE] = {"type", TM_FIELD_READ, "row kind",
        "user: a prompt; assistant: an answer; system: telemetry; others are skipped"},
    [SUBTYPE] = {"subtype", TM_FIELD_READ, "row kind",
        "of user lines: a prompt only without one, or mid_turn_user_message; of system lines: "
        "ui_telemetry"},
    [PROVENANCE] = {"provenance", TM_FIELD_READ, "messages", "not real_user: no prompt"},
    [SIDECHAIN] = {"isSidechain", TM_FIELD_READ, "surface",
        "a sub-agent: paid use, but no prompt of a person"},
    [USAGE] = {"usageMetadata", TM_FIELD_READ, "requests",
        "where a session has one, its telemetry does not count"},
    [MODEL] = {"model|" EVENT_MEMBER ".model", TM_FIELD_READ, "model", ""},
    [INPUT] = {"usageMetadata.promptTokenCount|" EVENT_MEMBER ".input_token_count", TM_FIELD_READ,
        "input_tokens", "with cached input, which is taken off; priced, since no money is stated"},
    [OUTPUT] = {"usageMetadata.candidatesTokenCount|" EVENT_MEMBER ".output_token_count",
        TM_FIELD_READ, "output_tokens", ""},
    [CACHED] = {"usageMetadata.cachedContentTokenCount|" EVENT_MEMBER ".cached_content_token_count",
        TM_FIELD_READ, "cache_read_tokens", ""},
    [THOUGHTS] = {"usageMetadata.thoughtsTokenCount|" EVENT_MEMBER ".thoughts_token_count",
        TM_FIELD_READ, "output_tokens",
        "added, unless input and output make the total without them"},
    [TOOL] = {"usageMetadata.toolUsePromptTokenCount|" EVENT_MEMBER ".tool_token_count",
        TM_FIELD_READ, "input_tokens", "added"},
    [TOTAL] = {"usageMetadata.totalTokenCount|" EVENT_MEMBER ".total_token_count", TM_FIELD_READ,
        "output_tokens", "tells whether thoughts are in the output"},
    [EVENT_DETAILS] = {EVENT_MEMBER ".*", TM_FIELD_CONTENT, "", ""},
    [CONTENT] = {"message|toolCallResult|systemPayload.*", TM_FIELD_CONTENT, "", ""},
    [PLACES] = {"cwd|gitBranch", TM_FIELD_CONTENT, "", "names of folders and branches"},
    [HOUSEKEEPING] = {"parentUuid|version", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"qwen-code-recordings", "Qwen Code chat recordings (JSON lines)",
    &tm_sources[TM_SOURCE_QWEN_CODE_RECORDINGS], fields, FIELD_COUNT};

typedef struct Line {
    gboolean bad; /* reported; the rest of it is dropped */
    TmCell uuid, session, timestamp, type, subtype, provenance, model;
    gboolean sidechain, has_usage;
    TmGeminiTokens tokens;
} Line;

typedef struct State {
    gboolean begun;
    Line line;
    guint64 session;    /* hash; of the lines so far */
    gboolean has_usage; /* it has a line with its response's own tokens */
    guint64 answers;    /* lines of responses */
    guint64 events;     /* lines of telemetry about them */
    gboolean waits;     /* no answer's line stands behind the last of these */
    TmHeldRecords held; /* telemetry of a session without */
} State;

static guint64 hash_of(TmCell text)
{
    return tm_key_end(tm_key_text(TM_KEY_START, text.text, text.length));
}

/* ---- Records ----------------------------------------------------------------------------- */

static void give(gconstpointer user G_GNUC_UNUSED, TmReading *reading, TmRecord *record)
{
    tm_reading_take(reading, record);
}

/* FALSE when the line was reported, or its day is not wanted. */
static gboolean place(const Line *line, TmReading *reading, TmRecord *record)
{
    if (line->uuid.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "uuid", "a line without an id");
        return FALSE;
    }
    record->identity[0] = tm_reading_path_identity(reading);
    record->identities = 1;
    record->surface = line->sidechain ? TM_SURFACE_AGENT : TM_SURFACE_TERMINAL;
    record->key = hash_of(line->uuid);
    record->model = line->model.length > 0 ? line->model.text : NULL;
    record->model_length = line->model.length;
    record->session = line->session.length > 0 ? hash_of(line->session) : 0;
    return tm_json_take_instant(reading, "timestamp", line->timestamp, record);
}

static gboolean is_prompt(const Line *line)
{
    gboolean is_plain =
        line->subtype.length == 0 || tm_cell_equals(line->subtype, "mid_turn_user_message");
    gboolean is_person =
        line->provenance.length == 0 || tm_cell_equals(line->provenance, "real_user");
    return is_plain && is_person && !line->sidechain;
}

static void take_prompt(const Line *line, TmReading *reading)
{
    TmRecord record = {0};
    if (!is_prompt(line) || !place(line, reading, &record))
        return;
    /* the answer to it is what counts as interaction */
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 0);
    tm_measures_set(&record.measures, TM_MEASURE_MESSAGES, 1);
    tm_reading_take(reading, &record);
}

static void take_answer(State *state, TmReading *reading)
{
    TmRecord record = {0};
    if (!place(&state->line, reading, &record))
        return;
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 1);
    state->answers++;
    state->waits = FALSE;
    if (state->line.has_usage && tm_gemini_set_request(&state->line.tokens, &record)) {
        state->has_usage = TRUE;
        tm_held_drop(&state->held);
    }
    tm_reading_take(reading, &record);
}

/* Events that are no responses have no counts. The answer's own line is the interaction. */
static void take_telemetry(State *state, TmReading *reading)
{
    TmRecord record = {0};
    gboolean wanted = !state->has_usage && tm_cell_equals(state->line.subtype, "ui_telemetry");
    if (!wanted || !tm_gemini_set_request(&state->line.tokens, &record) ||
        !place(&state->line, reading, &record))
        return;
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 0);
    state->events++;
    state->waits = TRUE;
    if (tm_held_add(&state->held, &record))
        tm_held_release(&state->held, reading, give, NULL);
}

/* Lines of another session begin: what is held had no better source. */
static void follow_session(State *state, TmReading *reading)
{
    guint64 session = state->line.session.length > 0 ? hash_of(state->line.session) : 0;
    if (session == state->session)
        return;
    tm_held_release(&state->held, reading, give, NULL);
    state->session = session;
    state->has_usage = FALSE;
    state->answers = state->events = 0;
}

/* ---- Values ------------------------------------------------------------------------------ */

static void begin_record(gpointer user)
{
    State *state = user;
    state->line = (Line){0};
}

static TmCell *text_of(Line *line, guint field)
{
    TmCell *const targets[FIELD_COUNT] = {[UUID] = &line->uuid,
        [SESSION] = &line->session,
        [TIMESTAMP] = &line->timestamp,
        [TYPE] = &line->type,
        [SUBTYPE] = &line->subtype,
        [PROVENANCE] = &line->provenance,
        [MODEL] = &line->model};
    return targets[field];
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    Line *line = &state->line;
    TmCell *text = text_of(line, field);
    if (line->bad)
        return;
    if (text != NULL)
        line->bad = !tm_json_take_text(reading, &fields[field], value, text);
    else if (field >= INPUT && field <= TOTAL)
        line->bad = !tm_json_take_count(
            reading, &fields[field], value, &line->tokens.counts[field - INPUT]);
    else if (field == SIDECHAIN)
        line->bad = !tm_json_take_truth(reading, &fields[field], value, &line->sidechain);
    else if (field == USAGE)
        line->has_usage = value->kind == TM_JSON_OBJECT;
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (state->line.bad)
        return FALSE;
    follow_session(state, reading);
    if (tm_cell_equals(state->line.type, "user"))
        take_prompt(&state->line, reading);
    else if (tm_cell_equals(state->line.type, "assistant"))
        take_answer(state, reading);
    else if (tm_cell_equals(state->line.type, "system"))
        take_telemetry(state, reading);
    return FALSE; /* the client adds members with every version: unknown ones are not noted */
}

static void end_file(gpointer user, TmReading *reading)
{
    State *state = user;
    if (state->waits && state->events > state->answers)
        tm_held_drop_last(&state->held);
    tm_held_release(&state->held, reading, give, NULL);
}

static void clear(gpointer user)
{
    State *state = user;
    tm_held_clear(&state->held);
}

/* Fewer members than lines of Claude Code, which have these too. */
static const char *const signatures[] = {"parentUuid|sessionId|uuid", NULL};

const TmJsonFormat tm_json_qwen_code_recordings = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .grows = TRUE,
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_file = end_file,
    .clear = clear,
};
