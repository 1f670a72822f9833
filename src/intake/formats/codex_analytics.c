/*
 * Codex Enterprise Analytics: one row for each user and day, or for the whole workspace.
 *
 * Tokens are told by client: the row's first part carries sessions and prompts, each client is a
 * part. Totals of the workspace stand apart; rows of users and weeks are not spread over days.
 */
#include "../formats.h"
#include "../json_values.h"

#define SECONDS_PER_DAY 86400

enum {
    START,
    END,
    USER,
    ACTOR_USER,
    EMAIL,
    THREADS,
    TURNS,
    CLIENT,
    CLIENT_NAME,
    INPUT,
    CACHED,
    OUTPUT,
    TOTAL,
    MODEL,
    MODEL_NAME,
    SPEED,
    KIND,
    ACTOR_TYPE,
    CREDITS,
    CLIENT_USE,
    LINES,
    HAS_MORE,
    NEXT_PAGE,
    PAGE_KIND,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [START] = {"start_time", TM_FIELD_READ, "day, record key", "seconds, UTC"},
    [END] = {"end_time", TM_FIELD_READ, "record key", "rows of users must be of one day"},
    [USER] = {"user_id", TM_FIELD_IDENTITY, "person, record key",
        "without user and e-mail address the row is a total of the workspace, shown apart"},
    [ACTOR_USER] = {"actor.user_id", TM_FIELD_IDENTITY, "person, record key", "newer exports"},
    [EMAIL] = {"actor.email|email", TM_FIELD_IDENTITY, "person", "in one place or the other"},
    [THREADS] = {"totals.threads", TM_FIELD_READ, "sessions", ""},
    [TURNS] = {"totals.turns", TM_FIELD_READ, "messages, interactions",
        "without any, threads or tokens count as one interaction"},
    [CLIENT] = {"clients[]", TM_FIELD_READ, "part", "one part for each"},
    [CLIENT_NAME] = {"clients[].client_id", TM_FIELD_READ, "surface",
        "command line: terminal; editors: edit; others: agent"},
    [INPUT] = {"clients[].uncached_text_input_tokens", TM_FIELD_READ, "input_tokens", ""},
    [CACHED] = {"clients[].cached_text_input_tokens", TM_FIELD_READ, "cache_read_tokens", ""},
    [OUTPUT] = {"clients[].text_output_tokens", TM_FIELD_READ, "output_tokens", ""},
    [TOTAL] = {"clients[].text_total_tokens", TM_FIELD_READ, "unsplit_tokens",
        "used only where the others are missing"},
    [MODEL] = {"models[]", TM_FIELD_READ, "", ""},
    [MODEL_NAME] = {"models[].model", TM_FIELD_READ, "model",
        "only if the row has one: tokens are not told by model"},
    [SPEED] = {"models[].speed", TM_FIELD_READ, "pricing", "fast"},
    [KIND] = {"object", TM_FIELD_IGNORED, "", ""},
    [ACTOR_TYPE] = {"actor.type", TM_FIELD_IGNORED, "", ""},
    [CREDITS] = {"totals.credits|clients[].credits|models[].credits", TM_FIELD_IGNORED, "",
        "no currency"},
    [CLIENT_USE] = {"clients[].threads|clients[].turns", TM_FIELD_IGNORED, "",
        "parts of the totals"},
    [LINES] = {"code_attribution", TM_FIELD_IGNORED, "", ""},
    [HAS_MORE] = {"page.has_more", TM_FIELD_READ, "",
        "true without a further page: the export is incomplete"},
    [NEXT_PAGE] = {"page.next_page|page.next_cursor", TM_FIELD_IGNORED, "", ""},
    [PAGE_KIND] = {"page.object", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"codex-analytics", "Codex Enterprise Analytics (JSON)",
    &tm_sources[TM_SOURCE_CODEX_ANALYTICS_USERS], fields, FIELD_COUNT};

typedef struct Client {
    TmCell name;
    TmCount input, cached, output, total;
} Client;

typedef struct Row {
    gboolean bad;
    TmCount start, end, threads, turns;
    TmCell user, email, model;
    guint models;
    gboolean fast;
} Row;

typedef struct State {
    gboolean begun, has_more;
    guint64 weeks, first_week_line; /* rows of users that are longer than a day */
    Row row;
    GArray *clients; /* Client */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    if (state->clients == NULL)
        state->clients = g_array_new(FALSE, TRUE, sizeof(Client));
    g_array_set_size(state->clients, 0);
    state->row = (Row){0};
}

static gboolean take_client(
    TmReading *reading, guint field, const TmJsonValue *value, Client *client)
{
    const TmFieldRule *rule = &fields[field];
    switch (field) {
    case CLIENT_NAME:
        return tm_json_take_text(reading, rule, value, &client->name);
    case INPUT:
        return tm_json_take_count(reading, rule, value, &client->input);
    case CACHED:
        return tm_json_take_count(reading, rule, value, &client->cached);
    case OUTPUT:
        return tm_json_take_count(reading, rule, value, &client->output);
    default:
        return tm_json_take_count(reading, rule, value, &client->total);
    }
}

static gboolean take_speed(TmReading *reading, const TmJsonValue *value, gboolean *fast)
{
    TmCell speed = {0};
    gboolean taken = tm_json_take_text(reading, &fields[SPEED], value, &speed);
    *fast |= tm_cell_equals(speed, "fast");
    return taken;
}

static gboolean take_field(State *state, TmReading *reading, guint field, const TmJsonValue *value)
{
    const TmFieldRule *rule = &fields[field];
    Row *row = &state->row;
    switch (field) {
    case START:
        return tm_json_take_count(reading, rule, value, &row->start);
    case END:
        return tm_json_take_count(reading, rule, value, &row->end);
    case USER:
    case ACTOR_USER:
        return tm_json_take_text(reading, rule, value, &row->user);
    case EMAIL:
        return tm_json_take_text(reading, rule, value, &row->email);
    case THREADS:
        return tm_json_take_count(reading, rule, value, &row->threads);
    case TURNS:
        return tm_json_take_count(reading, rule, value, &row->turns);
    case CLIENT:
        g_array_set_size(state->clients, state->clients->len + 1);
        return TRUE;
    case MODEL:
        row->models++;
        return TRUE;
    case MODEL_NAME:
        return tm_json_take_text(reading, rule, value, &row->model);
    case SPEED:
        return take_speed(reading, value, &row->fast);
    default:
        return take_client(
            reading, field, value, &g_array_index(state->clients, Client, state->clients->len - 1));
    }
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (field == HAS_MORE)
        state->has_more = value->kind == TM_JSON_BOOLEAN && value->truth;
    else if (!state->row.bad)
        state->row.bad = !take_field(state, reading, field, value);
}

static TmSurface surface_of(TmCell client)
{
    static const struct {
        const char *text;
        TmSurface surface;
    } clients[] = {
        {"cli", TM_SURFACE_TERMINAL},
        {"vscode", TM_SURFACE_EDIT},
        {"ide", TM_SURFACE_EDIT},
        {"jetbrains", TM_SURFACE_EDIT},
        {"xcode", TM_SURFACE_EDIT},
    };
    for (guint i = 0; i < G_N_ELEMENTS(clients); i++)
        if (tm_cell_contains(client, clients[i].text))
            return clients[i].surface;
    return client.length > 0 ? TM_SURFACE_AGENT : TM_SURFACE_UNKNOWN;
}

/* The day in which the row lies. FALSE when it was reported, or counted to be. */
static gboolean find_day(State *state, TmReading *reading, gboolean of_person, TmDay *day)
{
    const Row *row = &state->row;
    if (!row->start.present || !row->end.present) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD,
            row->start.present ? "end_time" : "start_time", "a period has two ends");
        return FALSE;
    }
    if (row->end.value <= row->start.value || row->start.value / SECONDS_PER_DAY > G_MAXINT32 / 2) {
        tm_reading_skip(reading, TM_KIND_BAD_DATE, "end_time", "the period does not end");
        return FALSE;
    }
    *day = (TmDay)(row->start.value / SECONDS_PER_DAY);
    if (!of_person || (row->end.value - 1) / SECONDS_PER_DAY == *day)
        return TRUE;
    if (state->weeks++ == 0)
        state->first_week_line = reading->line;
    reading->summary->rows_skipped++;
    return FALSE;
}

static void set_identity(const Row *row, TmRecord *record)
{
    if (row->email.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_EMAIL, row->email.text, row->email.length};
    if (row->user.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_USER_ID, row->user.text, row->user.length};
    record->service = record->identities == 0;
    record->source = &tm_sources[record->service ? TM_SOURCE_CODEX_ANALYTICS_WORKSPACE
                                                 : TM_SOURCE_CODEX_ANALYTICS_USERS];
}

static guint64 record_key(const Row *row)
{
    TmCell owner = row->user.length > 0 ? row->user : row->email;
    TmKeyHash hash = tm_key_integer(TM_KEY_START, row->start.value);
    hash = tm_key_integer(hash, row->end.value);
    return tm_key_end(tm_key_lower(hash, owner.text, owner.length));
}

static gboolean has_tokens(const State *state)
{
    for (guint i = 0; i < state->clients->len; i++) {
        const Client *client = &g_array_index(state->clients, Client, i);
        if (client->input.value + client->output.value + client->total.value > 0)
            return TRUE;
    }
    return FALSE;
}

static void set_activity(const State *state, TmMeasures *measures)
{
    const Row *row = &state->row;
    gboolean other = row->threads.value > 0 || has_tokens(state);
    tm_measures_set(
        measures, TM_MEASURE_INTERACTIONS, row->turns.value == 0 && other ? 1 : row->turns.value);
    if (row->turns.present)
        tm_measures_set(measures, TM_MEASURE_MESSAGES, row->turns.value);
    if (row->threads.present)
        tm_measures_set(measures, TM_MEASURE_SESSIONS, row->threads.value);
}

static void add_client(const Client *client, TmRecord *record)
{
    TmMeasures *measures = &record->measures;
    record->surface = surface_of(client->name);
    gboolean split = client->input.present || client->cached.present || client->output.present;
    if (client->input.present)
        tm_measures_set(measures, TM_MEASURE_INPUT_TOKENS, client->input.value);
    if (client->cached.present)
        tm_measures_set(measures, TM_MEASURE_CACHE_READ_TOKENS, client->cached.value);
    if (client->output.present)
        tm_measures_set(measures, TM_MEASURE_OUTPUT_TOKENS, client->output.value);
    if (!split && client->total.present)
        tm_measures_set(measures, TM_MEASURE_UNSPLIT_TOKENS, client->total.value);
}

static void hand_over(const State *state, TmReading *reading, TmRecord *record)
{
    const Row *row = &state->row;
    gboolean one_model = row->models == 1 && row->model.length > 0;
    record->model = one_model ? row->model.text : NULL;
    record->model_length = one_model ? row->model.length : 0;
    record->pricing = (TmPricing){.wanted = one_model, .fast = one_model && row->fast};
    set_activity(state, &record->measures);
    for (guint i = 0; i < MAX(state->clients->len, 1); i++) {
        record->part = i;
        if (i < state->clients->len)
            add_client(&g_array_index(state->clients, Client, i), record);
        tm_reading_take(reading, record);
        record->measures = (TmMeasures){0};
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    TmRecord record = {.instant = TM_INSTANT_NONE};
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (state->row.bad)
        return TRUE;
    set_identity(&state->row, &record);
    if (!find_day(state, reading, !record.service, &record.day) ||
        !tm_reading_admits(reading, record.day, "start_time"))
        return TRUE;
    record.key = record_key(&state->row);
    hand_over(state, reading, &record);
    return TRUE;
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    TmPlace place = {.file = reading->path, .line = state->first_week_line};
    if (state->weeks > 0)
        tm_diagnostics_report(reading->diagnostics, TM_KIND_UNKNOWN_FORMAT, &place,
            "%" G_GUINT64_FORMAT
            " rows of users from here on are longer than a day, not read: export by day",
            state->weeks);
    if (state->has_more)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "has_more",
            "the last page says that there is more, and the next page is not here");
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->clients, g_array_unref);
}

static const char *const signatures[] = {
    "start_time|end_time|totals|clients", "start_time|end_time|totals", NULL};

const TmJsonFormat tm_json_codex_analytics = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_file = end_file,
    .clear = clear,
};
