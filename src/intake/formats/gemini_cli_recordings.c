/*
 * Gemini CLI's recordings of chats: JSON lines since April 2026, before that one object with the
 * list of messages.
 *
 * A message is written again whenever it grows, by clients that resume an old file also into a new
 * one. Its lines are copies of one record, known by session and message; the copy with most tokens
 * counts, which is the last one, since a message only gains. What a person went back behind stays:
 * it was paid. A line that replaces the list of messages repeats them.
 *
 * A sub-agent has a recording of its own in a folder named by its parent's session. It is use of
 * that session and none of its own. The old object may tell only behind its messages that it is
 * one, so they are held until it ends.
 */
#include "gemini_tokens.h"
#include "held_records.h"

#include <string.h>

#define IN_LIST(name) name "|$set.messages[]." name
#define CHATS "chats"

enum {
    LIST_MESSAGE,
    ID,
    TIMESTAMP,
    TYPE,
    MODEL,
    TOKENS,
    INPUT,
    OUTPUT,
    CACHED,
    THOUGHTS,
    TOOL,
    TOTAL,
    SESSION,
    KIND,
    PAGE_SESSION,
    PAGE_KIND,
    REWIND,
    CONTENT,
    DISPLAY,
    THOUGHT_TEXTS,
    TOOL_CALLS,
    SUMMARY,
    PLACES,
    HOUSEKEEPING,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [LIST_MESSAGE] = {"$set.messages[]", TM_FIELD_READ, "",
        "a list that replaces the messages so far: copies of them"},
    [ID] = {IN_LIST("id"), TM_FIELD_READ, "record key", "with the session"},
    [TIMESTAMP] = {IN_LIST("timestamp"), TM_FIELD_READ, "day, instant", "UTC"},
    [TYPE] = {IN_LIST("type"), TM_FIELD_READ, "row kind",
        "user: a prompt; gemini: an answer; others are skipped"},
    [MODEL] = {IN_LIST("model"), TM_FIELD_READ, "model", ""},
    [TOKENS] = {IN_LIST("tokens"), TM_FIELD_READ, "requests",
        "null: not measured; answers with tokens are requests, fewer than were made"},
    [INPUT] = {IN_LIST("tokens.input"), TM_FIELD_READ, "input_tokens",
        "with cached input, which is taken off; priced, since no money is stated"},
    [OUTPUT] = {IN_LIST("tokens.output"), TM_FIELD_READ, "output_tokens", "without thoughts"},
    [CACHED] = {IN_LIST("tokens.cached"), TM_FIELD_READ, "cache_read_tokens", ""},
    [THOUGHTS] = {IN_LIST("tokens.thoughts"), TM_FIELD_READ, "output_tokens", "added"},
    [TOOL] = {IN_LIST("tokens.tool"), TM_FIELD_READ, "input_tokens", "added"},
    [TOTAL] = {IN_LIST("tokens.total"), TM_FIELD_READ, "output_tokens",
        "tells whether thoughts are in the output"},
    [SESSION] = {"sessionId", TM_FIELD_READ, "session, record key", "kept as a hash"},
    [KIND] = {"kind", TM_FIELD_READ, "session, surface",
        "subagent: tokens of the session that the folder is named by, and nothing else"},
    [PAGE_SESSION] = {"page.sessionId", TM_FIELD_READ, "session, record key", "of the old form"},
    [PAGE_KIND] = {"page.kind", TM_FIELD_READ, "session, surface", "of the old form"},
    [REWIND] = {"$rewindTo", TM_FIELD_IGNORED, "",
        "a person went back: what was said is use all the same"},
    [CONTENT] = {IN_LIST("content"), TM_FIELD_CONTENT, "", ""},
    [DISPLAY] = {IN_LIST("displayContent"), TM_FIELD_CONTENT, "", ""},
    [THOUGHT_TEXTS] = {IN_LIST("thoughts"), TM_FIELD_CONTENT, "", ""},
    [TOOL_CALLS] = {IN_LIST("toolCalls"), TM_FIELD_CONTENT, "", "acceptance is not recorded"},
    [SUMMARY] = {"summary|page.summary|$set.summary|$set.memoryScratchpad|memoryScratchpad|"
                 "page.memoryScratchpad",
        TM_FIELD_CONTENT, "", ""},
    [PLACES] = {"directories|page.directories|$set.directories", TM_FIELD_CONTENT, "",
        "names of folders"},
    [HOUSEKEEPING] = {"projectHash|startTime|lastUpdated|page.projectHash|page.startTime|"
                      "page.lastUpdated|$set.lastUpdated|$set.sessionId",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"gemini-cli-recordings", "Gemini CLI chat recordings (JSON lines)",
    &tm_sources[TM_SOURCE_GEMINI_CLI_RECORDINGS], fields, FIELD_COUNT};

typedef struct Message {
    gboolean bad; /* reported; the rest of it is dropped */
    TmCell id, timestamp, type, model;
    TmGeminiTokens tokens;
} Message;

/* Whose messages they are. */
typedef struct Session {
    guint64 id; /* hash; 0: not known */
    enum { KIND_UNKNOWN, KIND_MAIN, KIND_SUBAGENT } kind;
} Session;

typedef struct State {
    gboolean begun;
    Message message;
    gboolean in_list; /* the message is one of a list */
    Session header;   /* what the record that is being read says */
    Session page;     /* the same of the members around the messages */
    Session session;  /* of the messages */
    gboolean in_page;
    TmHeldRecords held; /* messages of a page that has not ended */
} State;

static guint64 hash_of(const char *text, gsize length)
{
    return tm_key_end(tm_key_text(TM_KEY_START, text, length));
}

/* ---- Sessions ---------------------------------------------------------------------------- */

static char *folder_name(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    return g_path_get_basename(folder);
}

/* A file whose beginning is lost: sub-agents' stand one folder deeper and are not named session-…
 */
static gboolean looks_like_subagent(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *outer = folder_name(folder);
    return g_str_equal(outer, CHATS) && !g_str_has_prefix(name, "session-");
}

static gboolean is_subagent(const Session *session, const TmReading *reading)
{
    return session->kind == KIND_SUBAGENT ||
           (session->kind == KIND_UNKNOWN && looks_like_subagent(reading->path));
}

/* The folder has the name of the parent's session; 0 where the file was taken out of it. */
static guint64 parent_of(const TmReading *reading)
{
    g_autofree char *name = folder_name(reading->path);
    return g_str_equal(name, CHATS) || g_str_equal(name, ".") ? 0 : hash_of(name, strlen(name));
}

/* Gives a record its session, and takes from a sub-agent what is a person's. */
static void finish(gconstpointer user, TmReading *reading, TmRecord *record)
{
    const Session *session = user;
    record->key = tm_key_end(tm_key_integer(record->key, (gint64)session->id));
    record->session = session->id;
    if (is_subagent(session, reading)) {
        if (record->measures.present & TM_MEASURE_BIT(TM_MEASURE_MESSAGES))
            return; /* the parent's words, not a person's */
        record->session = parent_of(reading);
        record->surface = TM_SURFACE_AGENT;
        tm_measures_set(&record->measures, TM_MEASURE_INTERACTIONS, 0);
    }
    tm_reading_take(reading, record);
}

static void release(State *state, TmReading *reading)
{
    tm_held_release(&state->held, reading, finish, &state->session);
}

static void begin_file(State *state, TmReading *reading, const char *form)
{
    if (!state->begun)
        tm_reading_begin(reading, &table, form);
    state->begun = TRUE;
}

static void end_page(gpointer user, TmReading *reading, gboolean closing)
{
    State *state = user;
    begin_file(state, reading, "one object");
    if (!closing) { /* what is still held is of a page that was cut */
        release(state, reading);
        state->session = state->page;
    } else {
        state->session.id = state->page.id != 0 ? state->page.id : state->session.id;
        state->session.kind =
            state->page.kind != KIND_UNKNOWN ? state->page.kind : state->session.kind;
        release(state, reading);
        state->session = (Session){0};
    }
    state->page = (Session){0};
    state->in_page = !closing;
}

static void end_file(gpointer user, TmReading *reading)
{
    release(user, reading);
}

/* ---- Messages ---------------------------------------------------------------------------- */

/* FALSE when the message was reported, or its day is not wanted. */
static gboolean place(const Message *message, TmReading *reading, TmRecord *record)
{
    if (message->id.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "id", "a message without an id");
        return FALSE;
    }
    record->identity[0] = tm_reading_path_identity(reading);
    record->identities = 1;
    record->surface = TM_SURFACE_TERMINAL;
    record->key = tm_key_text(TM_KEY_START, message->id.text, message->id.length);
    return tm_json_take_instant(reading, "timestamp", message->timestamp, record);
}

static void end_message(State *state, TmReading *reading)
{
    const Message *message = &state->message;
    gboolean is_prompt = tm_cell_equals(message->type, "user");
    gboolean is_answer = tm_cell_equals(message->type, "gemini");
    TmRecord record = {0};
    if (message->bad || (!is_prompt && !is_answer) || !place(message, reading, &record))
        return;
    /* the answer to a prompt is what counts as interaction */
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, is_answer ? 1 : 0);
    if (is_prompt) {
        tm_measures_set(&record.measures, TM_MEASURE_MESSAGES, 1);
    } else {
        record.model = message->model.length > 0 ? message->model.text : NULL;
        record.model_length = message->model.length;
        tm_gemini_set_request(&message->tokens, &record);
    }
    if (!state->in_page)
        finish(&state->session, reading, &record);
    else if (tm_held_add(&state->held, &record))
        release(state, reading);
}

/* ---- Values ------------------------------------------------------------------------------ */

static void begin_record(gpointer user)
{
    State *state = user;
    state->message = (Message){0};
    state->in_list = FALSE;
    state->header = (Session){0};
}

static TmCell *text_of(Message *message, guint field)
{
    TmCell *const targets[FIELD_COUNT] = {[ID] = &message->id,
        [TIMESTAMP] = &message->timestamp,
        [TYPE] = &message->type,
        [MODEL] = &message->model};
    return targets[field];
}

static void take_message_field(
    Message *message, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmCell *text = text_of(message, field);
    if (message->bad)
        return;
    if (text != NULL) {
        message->bad = !tm_json_take_text(reading, &fields[field], value, text);
    } else if (field >= INPUT && field <= TOTAL) {
        message->bad = !tm_json_take_count(
            reading, &fields[field], value, &message->tokens.counts[field - INPUT]);
    } else if (field == TOKENS && value->kind != TM_JSON_OBJECT && value->kind != TM_JSON_NULL) {
        tm_reading_skip(reading, TM_KIND_BAD_JSON, "tokens", "an object is wanted");
        message->bad = TRUE;
    }
}

/* A session's id, or whether it is a sub-agent's. */
static void take_session_field(
    Session *session, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmCell text = {NULL, 0};
    if (!tm_json_take_text(reading, &fields[field], value, &text) || text.length == 0)
        return;
    if (field == SESSION || field == PAGE_SESSION)
        session->id = hash_of(text.text, text.length);
    else
        session->kind = tm_cell_equals(text, "subagent") ? KIND_SUBAGENT : KIND_MAIN;
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    switch (field) {
    case LIST_MESSAGE:
        if (state->in_list)
            end_message(state, reading);
        state->message = (Message){0};
        state->in_list = TRUE;
        begin_file(state, reading, "lines");
        break;
    case SESSION:
    case KIND:
        take_session_field(&state->header, reading, field, value);
        break;
    case PAGE_SESSION:
    case PAGE_KIND:
        take_session_field(&state->page, reading, field, value);
        break;
    default:
        take_message_field(&state->message, reading, field, value);
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    begin_file(state, reading, "lines");
    if (state->header.id != 0 && !state->in_page)
        state->session = state->header;
    end_message(state, reading);
    return FALSE; /* the client adds members with every version: unknown ones are not noted */
}

static void clear(gpointer user)
{
    State *state = user;
    tm_held_clear(&state->held);
}

static const char *const signatures[] = {"projectHash|sessionId|startTime",
    "content|id|timestamp|type=user", "content|id|timestamp|type=gemini",
    "content|id|timestamp|type=info", "content|id|timestamp|type=error",
    "content|id|timestamp|type=warning", NULL};

const TmJsonFormat tm_json_gemini_cli_recordings = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .grows = TRUE,
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_page = end_page,
    .end_file = end_file,
    .clear = clear,
};
