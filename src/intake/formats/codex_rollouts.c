/*
 * Codex rollouts: what the command line tool and the editor extensions record of one thread.
 *
 * Newer versions write a usage record after every response of the model; older ones only an event
 * with the thread's running total and the last response, which is written again whenever the
 * display wants it. Threads that begin as a copy of another one are the trap: old versions copy the
 * other's lines with new times, new ones only let the total go on from there.
 *
 * A rollout grows and lies about in copies. Keys are therefore made of what the vendor names a
 * response by, or else of the thread and its running total, never of a place in the file.
 */
#include "codex_rollouts.h"

#include <string.h>

#define LONGEST_MODEL 128
#define TURNS_KEPT 32 /* power of two; a record's turn is nearly always the last one */
#define MILLISECONDS_PER_SECOND 1000
#define PAUSE 500 /* milliseconds without a line; a copy is written in one go */
#define ASSUMED_MODEL "gpt-5"
#define REVIEW_MODEL "codex-auto-review"

/* Kinds of record keys. They are stored in ledgers: never renumbered. */
enum { KEY_RESPONSE = 1, KEY_TOTAL, KEY_PLACE, KEY_TURN, KEY_TURN_TOTAL };

typedef struct Model {
    char text[LONGEST_MODEL];
    gsize length;
} Model;

typedef struct Turn {
    guint64 id;
    Model model;
} Turn;

/* One request, ready to be handed over. */
typedef struct Response {
    gint64 instant;
    guint64 key;
    TmCodexUsage usage;
    Model model;
    gint64 prompts;
    gboolean there;
} Response;

typedef struct State {
    TmJsonValue values[CODEX_VALUE_COUNT]; /* of the line; null where it has none */
    gboolean begun;

    gboolean has_meta;
    guint64 thread, session; /* hashes of ids */
    gboolean subagent;
    gboolean continues; /* its total goes on from another thread's */
    gboolean paginated;
    TmSurface surface;
    gboolean fast;

    gint64 start; /* second in which the file begins */
    gint64 last_line;
    gboolean copying; /* among lines that may be copied from another thread */

    Turn turns[TURNS_KEPT];
    guint turn_count;

    gboolean has_records; /* usage records: nothing else counts from here on */
    gboolean has_total;
    TmCodexUsage total;
    guint64 place;   /* of the last request without a total */
    Response held;   /* the first one of a thread that continues another */
    guint64 counted; /* requests */

    gboolean names_turns; /* task_started is written; user_message may be anything then */
    guint64 prompted_turn;
    gint64 prompts; /* not yet answered */

    gboolean warned_model;
} State;

/* ---- The line ------------------------------------------------------------------------------ */

static void begin_record(gpointer user)
{
    State *state = user;
    memset(state->values, 0, sizeof state->values);
}

static void field(
    gpointer user, TmReading *reading G_GNUC_UNUSED, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (field < CODEX_VALUE_COUNT)
        state->values[field] = *value;
}

/* Text of the line, without complaint about what is none. */
static TmCell text_of(const State *state, guint field)
{
    const TmJsonValue *value = &state->values[field];
    gboolean is_text = value->kind == TM_JSON_STRING && value->length > 0;
    return is_text ? (TmCell){value->text, value->length} : (TmCell){NULL, 0};
}

static guint64 hash_of(TmCell id)
{
    return id.length > 0 ? tm_key_end(tm_key_lower(TM_KEY_START, id.text, id.length)) : 0;
}

static gboolean read_instant(const State *state, gint64 *instant)
{
    TmCell text = text_of(state, CODEX_TIMESTAMP);
    return text.length > 0 && tm_instant_parse(text.text, text.length, instant);
}

/* The same for a line that counts. FALSE when it was reported. */
static gboolean take_instant(const State *state, TmReading *reading, gint64 *instant)
{
    if (read_instant(state, instant))
        return TRUE;
    gboolean missing = text_of(state, CODEX_TIMESTAMP).length == 0;
    tm_reading_skip(reading, missing ? TM_KIND_MISSING_FIELD : TM_KIND_BAD_DATE, "timestamp",
        missing ? "no time" : "not an instant with its zone");
    return FALSE;
}

/* ---- Threads ------------------------------------------------------------------------------- */

/* Where work is done, by the words of source and originator; the first that is contained wins. */
static const struct {
    const char *text;
    TmSurface surface;
} surfaces[] = {
    {"vscode", TM_SURFACE_EDIT},
    {"exec", TM_SURFACE_AGENT},
    {"mcp", TM_SURFACE_AGENT},
    {"cli", TM_SURFACE_TERMINAL},
    {"tui", TM_SURFACE_TERMINAL},
};

static TmSurface surface_of(const State *state)
{
    const guint places[] = {CODEX_SOURCE, CODEX_ORIGINATOR};
    if (state->subagent)
        return TM_SURFACE_AGENT;
    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        for (guint j = 0; j < G_N_ELEMENTS(surfaces); j++)
            if (tm_cell_contains(text_of(state, places[i]), surfaces[j].text))
                return surfaces[j].surface;
    return TM_SURFACE_UNKNOWN;
}

/* A subagent's use belongs to the session of the thread that started it. */
static guint64 session_of(const State *state)
{
    const guint parents[] = {CODEX_PARENT, CODEX_SPAWN_PARENT, CODEX_FORKED_FROM};
    for (guint i = 0; state->subagent && i < G_N_ELEMENTS(parents); i++) {
        guint64 parent = hash_of(text_of(state, parents[i]));
        if (parent != 0)
            return parent;
    }
    return state->thread;
}

static void take_first_meta(State *state)
{
    gint64 instant;
    TmCell id = text_of(state, CODEX_ID);
    state->has_meta = TRUE;
    state->thread = id.length > 0 ? hash_of(id) : state->thread;
    state->subagent = state->values[CODEX_SUBAGENT].kind != TM_JSON_NULL ||
                      tm_cell_equals(text_of(state, CODEX_THREAD_SOURCE), "subagent");
    state->session = session_of(state);
    state->surface = surface_of(state);
    gboolean forked = text_of(state, CODEX_FORKED_FROM).length > 0;
    state->continues = forked || text_of(state, CODEX_HISTORY_BASE).length > 0;
    state->paginated = tm_cell_equals(text_of(state, CODEX_HISTORY_MODE), "paginated");
    if (!read_instant(state, &instant))
        return;
    state->start = instant / MILLISECONDS_PER_SECOND;
    state->last_line = instant;
    state->copying = !state->paginated && (forked || state->subagent);
}

/* A second head, of another thread, before anything counted is that of copied lines. */
static void take_meta(State *state)
{
    if (!state->has_meta)
        take_first_meta(state);
    else if (!state->paginated && state->counted == 0 &&
             hash_of(text_of(state, CODEX_ID)) != state->thread)
        state->copying = TRUE;
}

/*
 * Copied lines have times of the file's first second or before. They end where a turn begins that
 * is younger than the file, or after a pause.
 */
static void look_for_end_of_copy(State *state, gboolean begins_turn)
{
    gint64 instant, started;
    if (!state->copying || !read_instant(state, &instant))
        return;
    const TmJsonValue *value = &state->values[CODEX_STARTED_AT];
    gboolean later = instant / MILLISECONDS_PER_SECOND > state->start;
    gboolean young = value->kind == TM_JSON_NUMBER &&
                     tm_integer_parse(value->text, value->length, &started) &&
                     started >= state->start;
    gboolean paused = later && instant - state->last_line >= PAUSE;
    if (paused || (begins_turn && (later || young)))
        state->copying = FALSE;
    state->last_line = instant;
}

/* ---- Models -------------------------------------------------------------------------------- */

static void set_model(Model *model, TmCell text)
{
    model->length = text.length <= LONGEST_MODEL ? text.length : 0;
    if (model->length > 0)
        memcpy(model->text, text.text, model->length);
}

static void take_turn_context(State *state)
{
    TmCell name = text_of(state, CODEX_MODEL);
    if (name.length == 0)
        name = text_of(state, CODEX_SETTINGS_MODEL);
    if (name.length == 0)
        return;
    Turn *turn = &state->turns[state->turn_count++ % TURNS_KEPT];
    turn->id = hash_of(text_of(state, CODEX_TURN_ID));
    set_model(&turn->model, name);
}

/* The model of a turn, else that of the last one; NULL before the first. */
static const Model *model_of_turn(const State *state, guint64 id)
{
    guint kept = MIN(state->turn_count, TURNS_KEPT);
    if (kept == 0)
        return NULL;
    for (guint back = 1; id != 0 && back <= kept; back++) {
        const Turn *turn = &state->turns[(state->turn_count - back) % TURNS_KEPT];
        if (turn->id == id)
            return &turn->model;
    }
    return &state->turns[(state->turn_count - 1) % TURNS_KEPT].model;
}

static void find_model(State *state, TmReading *reading, guint64 turn, Model *model)
{
    const Model *known = model_of_turn(state, turn);
    if (known != NULL)
        *model = *known;
    else
        set_model(model, text_of(state, CODEX_INFO_MODEL));
    if (model->length > 0)
        return;
    set_model(model, (TmCell){ASSUMED_MODEL, strlen(ASSUMED_MODEL)});
    if (!state->warned_model)
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "model",
            "no model is named: " ASSUMED_MODEL " is assumed, here and below");
    state->warned_model = TRUE;
}

/* ---- TmCodexUsage
 * --------------------------------------------------------------------------------- */

static guint64 key_of_total(const State *state, const TmCodexUsage *total)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, KEY_TOTAL);
    hash = tm_key_integer(hash, (gint64)state->thread);
    for (guint i = 0; i < COUNTER_COUNT; i++)
        hash = tm_key_integer(hash, total->counters[i].value);
    return tm_key_end(hash);
}

static guint64 key_of_place(const State *state, guint64 place)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, KEY_PLACE);
    hash = tm_key_integer(hash, (gint64)state->thread);
    return tm_key_end(tm_key_integer(hash, (gint64)place));
}

/* ---- Records ------------------------------------------------------------------------------- */

static void begin_of(const State *state, const TmReading *reading, gint64 instant, TmRecord *record)
{
    *record = (TmRecord){.identity = {tm_reading_path_identity(reading)},
        .identities = 1,
        .instant = instant,
        .day = tm_instant_day(instant),
        .session = state->session,
        .surface = state->surface};
}

static void hand_over(State *state, TmReading *reading, const Response *response)
{
    TmRecord record;
    begin_of(state, reading, response->instant, &record);
    state->counted++;
    if (!tm_reading_admits(reading, record.day, "timestamp"))
        return;
    record.key = response->key;
    record.model = response->model.text;
    record.model_length = response->model.length;
    if (tm_cell_equals((TmCell){record.model, record.model_length}, REVIEW_MODEL))
        record.surface = TM_SURFACE_REVIEW;
    record.pricing = (TmPricing){.wanted = TRUE, .request = TRUE, .fast = state->fast};
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 1);
    tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, 1);
    tm_measures_set(&record.measures, TM_MEASURE_MESSAGES, response->prompts);
    tm_codex_usage_set(&response->usage, &record.measures);
    tm_reading_take(reading, &record);
}

/* The prompts that this request is the first to answer. */
static gint64 answered_prompts(State *state)
{
    gint64 prompts = state->subagent ? 0 : state->prompts;
    state->prompts = 0;
    return prompts;
}

/* A record says by itself whether it is the first of its turn. */
static gint64 prompts_of_record(State *state, const TmCodexUsage *usage)
{
    gint64 pending = answered_prompts(state), turn_total;
    const TmJsonValue *value = &state->values[CODEX_TURN_TOTAL];
    if (state->subagent || value->kind != TM_JSON_NUMBER ||
        !tm_integer_parse(value->text, value->length, &turn_total))
        return pending;
    return turn_total == tm_codex_usage_sum(usage) ? 1 : 0;
}

/* By its name; other vendors' models give none, but a turn's total only rises. */
static guint64 key_of_record(const State *state)
{
    TmCell id = text_of(state, CODEX_RESPONSE_ID), turn = text_of(state, CODEX_TURN_ID);
    const TmJsonValue *total = &state->values[CODEX_TURN_TOTAL];
    if (id.length > 0)
        return tm_key_end(
            tm_key_text(tm_key_integer(TM_KEY_START, KEY_RESPONSE), id.text, id.length));
    TmKeyHash hash = tm_key_integer(TM_KEY_START, KEY_TURN_TOTAL);
    hash = tm_key_integer(hash, (gint64)state->thread);
    hash = tm_key_text(hash, turn.text, turn.length);
    return tm_key_end(tm_key_text(hash, total->text, total->length));
}

static void take_usage_record(State *state, TmReading *reading)
{
    Response response = {0};
    guint64 thread = hash_of(text_of(state, CODEX_THREAD_ID));
    state->has_records = TRUE;
    state->held.there = FALSE;
    if (state->has_meta && thread != 0 && thread != state->thread)
        return;
    if (!state->has_meta && thread != 0)
        state->thread = state->session = thread;
    if (!take_instant(state, reading, &response.instant) ||
        !tm_codex_usage_take(state->values, reading, CODEX_USAGE, &response.usage))
        return;
    response.key = key_of_record(state);
    find_model(state, reading, hash_of(text_of(state, CODEX_TURN_ID)), &response.model);
    response.prompts = prompts_of_record(state, &response.usage);
    hand_over(state, reading, &response);
}

static void release(State *state, TmReading *reading)
{
    if (state->held.there)
        hand_over(state, reading, &state->held);
    state->held.there = FALSE;
}

/* What a token_count says of the last response; nothing if only a total of others is known. */
static TmCodexUsage usage_of_event(
    const State *state, const TmCodexUsage *last, const TmCodexUsage *total)
{
    gboolean fell =
        state->has_total && tm_codex_usage_sum(total) < tm_codex_usage_sum(&state->total);
    if (tm_codex_usage_says_something(last))
        return *last;
    if (state->has_total && !fell)
        return tm_codex_usage_increase(&state->total, total);
    return state->continues && !state->has_total ? (TmCodexUsage){0} : *total;
}

/*
 * The first event of a thread that continues another may only repeat the other's total: it waits
 * for the next one, and is dropped if that is a usage record.
 */
static void count_event(State *state, TmReading *reading, Response *response, gboolean first)
{
    release(state, reading);
    find_model(state, reading, 0, &response->model);
    response->prompts = answered_prompts(state);
    response->there = TRUE;
    if (first && state->continues)
        state->held = *response;
    else
        hand_over(state, reading, response);
}

static void take_token_count(State *state, TmReading *reading)
{
    TmCodexUsage total, last, direct;
    Response response = {0};
    if (state->has_records ||
        !tm_codex_usage_take(state->values, reading, CODEX_TOTAL_USAGE, &total) ||
        !tm_codex_usage_take(state->values, reading, CODEX_LAST_USAGE, &last) ||
        !tm_codex_usage_take(state->values, reading, CODEX_DIRECT_USAGE, &direct))
        return;
    gboolean has_total = tm_codex_usage_says_something(&total), first = !state->has_total;
    if (has_total && state->has_total && tm_codex_usage_is_same(&total, &state->total))
        return;
    response.usage = has_total                              ? usage_of_event(state, &last, &total)
                     : tm_codex_usage_says_something(&last) ? last
                                                            : direct;
    if (has_total)
        state->total = total;
    state->has_total |= has_total;
    if (state->copying || !tm_codex_usage_says_something(&response.usage) ||
        !take_instant(state, reading, &response.instant))
        return;
    response.key = has_total ? key_of_total(state, &total) : key_of_place(state, ++state->place);
    count_event(state, reading, &response, has_total && first);
}

/* ---- Turns --------------------------------------------------------------------------------- */

static void take_task_started(State *state)
{
    guint64 turn = hash_of(text_of(state, CODEX_TURN_ID));
    if (turn != 0 && turn == state->prompted_turn)
        return;
    if (!state->names_turns)
        state->prompts = 0;
    state->names_turns = TRUE;
    state->prompted_turn = turn;
    state->prompts += state->copying ? 0 : 1;
}

static void take_user_message(State *state)
{
    if (!state->names_turns && !state->copying)
        state->prompts++;
}

/* How long a turn took. A subagent's turn lies within one of the thread that waits for it. */
static void take_task_complete(State *state, TmReading *reading)
{
    gint64 instant;
    TmCount duration = {0};
    TmRecord record;
    TmCell turn = text_of(state, CODEX_TURN_ID);
    if (state->copying || state->subagent || state->counted == 0 || turn.length == 0 ||
        !tm_json_take_count(reading, &tm_codex_rollouts_table.fields[CODEX_DURATION],
            &state->values[CODEX_DURATION], &duration) ||
        !duration.present || !take_instant(state, reading, &instant))
        return;
    begin_of(state, reading, instant, &record);
    if (!tm_reading_admits(reading, record.day, "timestamp"))
        return;
    TmKeyHash hash = tm_key_integer(TM_KEY_START, KEY_TURN);
    hash = tm_key_integer(hash, (gint64)state->thread);
    record.key = tm_key_end(tm_key_text(hash, turn.text, turn.length));
    tm_measures_set(&record.measures, TM_MEASURE_ACTIVE_SECONDS,
        tm_divide_half_even(duration.value, MILLISECONDS_PER_SECOND));
    tm_reading_take(reading, &record);
}

static void take_settings(State *state)
{
    TmCell tier = text_of(state, CODEX_TIER);
    state->fast = tm_cell_equals(tier, "fast") || tm_cell_equals(tier, "priority");
}

/* ---- The file ------------------------------------------------------------------------------ */

#define LENGTH_OF_ID 36 /* of a UUID in text */

static gboolean is_id(const char *text)
{
    for (guint i = 0; i < LENGTH_OF_ID; i++) {
        gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !g_ascii_isxdigit(text[i]))
            return FALSE;
    }
    return TRUE;
}

/* The thread by the file's name, "rollout-TIME-ID.jsonl": for files that lack their head. */
static guint64 thread_of_name(const TmReading *reading)
{
    g_autofree char *name = g_path_get_basename(reading->path);
    gsize length = strlen(name);
    for (gsize at = 0; at + LENGTH_OF_ID <= length; at++)
        if (is_id(name + at))
            return hash_of((TmCell){name + at, LENGTH_OF_ID});
    return hash_of((TmCell){name, length});
}

typedef enum Line {
    LINE_META,
    LINE_CONTEXT,
    LINE_RECORD,
    LINE_COUNT,
    LINE_STARTED,
    LINE_COMPLETE,
    LINE_MESSAGE,
    LINE_SETTINGS,
    LINE_OTHER,
} Line;

/* Later versions call a task a turn. */
static const struct {
    const char *name;
    Line line;
} lines[] = {
    {"session_meta", LINE_META},
    {"turn_context", LINE_CONTEXT},
    {"token_usage_record", LINE_RECORD},
    {"token_count", LINE_COUNT},
    {"task_started", LINE_STARTED},
    {"turn_started", LINE_STARTED},
    {"task_complete", LINE_COMPLETE},
    {"turn_complete", LINE_COMPLETE},
    {"user_message", LINE_MESSAGE},
    {"thread_settings_applied", LINE_SETTINGS},
};

static Line line_of(const State *state)
{
    TmCell type = text_of(state, CODEX_TYPE);
    if (tm_cell_equals(type, "event_msg"))
        type = text_of(state, CODEX_EVENT);
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
        if (tm_cell_equals(type, lines[i].name))
            return lines[i].line;
    return LINE_OTHER;
}

static void take_line(State *state, TmReading *reading, Line line)
{
    switch (line) {
    case LINE_META:
        take_meta(state);
        break;
    case LINE_CONTEXT:
        take_turn_context(state);
        break;
    case LINE_RECORD:
        take_usage_record(state, reading);
        break;
    case LINE_COUNT:
        take_token_count(state, reading);
        break;
    case LINE_STARTED:
        take_task_started(state);
        break;
    case LINE_COMPLETE:
        take_task_complete(state, reading);
        break;
    case LINE_MESSAGE:
        take_user_message(state);
        break;
    case LINE_SETTINGS:
        take_settings(state);
        break;
    case LINE_OTHER:
        break;
    }
}

/* FALSE: what else is in a line is not noted, since most lines are private. */
static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    if (!state->begun) {
        tm_reading_begin(reading, &tm_codex_rollouts_table, NULL);
        state->thread = state->session = thread_of_name(reading);
        state->begun = TRUE;
    }
    Line line = line_of(state);
    if (line != LINE_META)
        look_for_end_of_copy(state, line == LINE_STARTED);
    take_line(state, reading, line);
    return FALSE;
}

static void end_file(gpointer user, TmReading *reading)
{
    release(user, reading);
}

static const char *const signatures[] = {"timestamp|type=session_meta|payload",
    "timestamp|type=turn_context|payload", "timestamp|type=event_msg|payload",
    "timestamp|type=token_usage_record|payload", "timestamp|type=response_item|payload",
    "timestamp|type=token_count", NULL};

const TmJsonFormat tm_json_codex_rollouts = {
    .tables = &tm_codex_rollouts_table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .grows = TRUE,
    .begin_record = begin_record,
    .field = field,
    .lines = TRUE,
    .end_record = end_record,
    .end_file = end_file,
};
