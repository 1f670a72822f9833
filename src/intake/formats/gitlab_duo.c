/*
 * GitLab Duo, answers to GraphQL queries: events of people, sums of people and sums of a group,
 * whichever the query asked for. Sums are over a time that only the file's name can tell.
 *
 * The place of the fields has moved between versions of GitLab; nodes are found wherever one of
 * the known forms has them.
 */
#include <string.h>

#include "../loose_values.h"
#include "../period_rows.h"

/* The first fields of events, people and groups stand for the beginning of one. */
enum {
    EVENT,
    EVENT_KIND,
    EVENT_TIME,
    EVENT_USER,
    EVENT_SIZE,
    EVENT_LANGUAGE,
    PERSON,
    PERSON_NAME,
    PERSON_ACCEPTED,
    PERSON_CHATS,
    GROUP,
    GROUP_SHOWN,
    GROUP_ACCEPTED,
    GROUP_REST,
    HAS_NEXT,
    ERRORS,
    FIELD_COUNT
};

/* Under one kind of event, with all its nodes or some of them, and for all kinds at once. */
#define USAGE "data.*.aiUsageData."
#define OF_EVENT(name) USAGE "*.nodes[]" name "|" USAGE "*.all.nodes[]" name
#define OF_PERSON(name) "data.*.aiUserMetrics.nodes[]" name
#define OF_GROUP(name) "data.*.aiMetrics" name

static const TmFieldRule fields[FIELD_COUNT] = {
    [EVENT] = {OF_EVENT(""), TM_FIELD_READ, "interactions",
        "each one, but not a suggestion that was shown or rejected"},
    [EVENT_KIND] = {OF_EVENT(".event"), TM_FIELD_READ,
        "shown, accepted, rejected, surface, record key", ""},
    [EVENT_TIME] = {OF_EVENT(".timestamp"), TM_FIELD_READ, "day, instant, record key", ""},
    [EVENT_USER] = {OF_EVENT(".user.username"), TM_FIELD_IDENTITY, "person", "login"},
    [EVENT_SIZE] = {OF_EVENT(".suggestionSize"), TM_FIELD_READ, "record key", ""},
    [EVENT_LANGUAGE] = {OF_EVENT(".language"), TM_FIELD_READ, "record key", ""},
    [PERSON] = {OF_PERSON(""), TM_FIELD_READ, "",
        "a period of one day, which the file's name tells, gives rows of that day; longer ones are "
        "shown apart"},
    [PERSON_NAME] = {OF_PERSON(".user.username"), TM_FIELD_IDENTITY, "person, record key", "login"},
    [PERSON_ACCEPTED] = {OF_PERSON(".codeSuggestionsAcceptedCount") "|" OF_PERSON(
                             ".codeSuggestions.acceptedCount"),
        TM_FIELD_READ, "accepted, interactions", ""},
    [PERSON_CHATS] = {OF_PERSON(".duoChatInteractionsCount"), TM_FIELD_READ,
        "messages, interactions", ""},
    [GROUP] = {OF_GROUP(""), TM_FIELD_READ, "", "sums of the group, which are shown apart"},
    [GROUP_SHOWN] = {OF_GROUP(".codeSuggestions.shownCount") "|" OF_GROUP(
                         ".codeSuggestionsShownCount"),
        TM_FIELD_READ, "shown", ""},
    [GROUP_ACCEPTED] = {OF_GROUP(".codeSuggestions.acceptedCount") "|" OF_GROUP(
                            ".codeSuggestionsAcceptedCount"),
        TM_FIELD_READ, "accepted, interactions", ""},
    [GROUP_REST] = {OF_GROUP(".*") "|" OF_GROUP(".codeSuggestions.*"), TM_FIELD_IGNORED, "",
        "numbers of people, and lines of code"},
    [HAS_NEXT] = {USAGE "*.pageInfo.hasNextPage|" USAGE "*.all.pageInfo.hasNextPage|"
                        "data.*.aiUserMetrics.pageInfo.hasNextPage",
        TM_FIELD_READ, "", "an answer that has a next page is incomplete"},
    [ERRORS] = {"errors", TM_FIELD_READ, "", "without data the answer is none"},
};

static const TmFormat table = {"gitlab-duo", "GitLab Duo, answers of GraphQL (JSON)",
    &tm_sources[TM_SOURCE_GITLAB_DUO_EVENTS], fields, FIELD_COUNT};

typedef struct Node {
    guint kind; /* EVENT, PERSON, GROUP; 0 is EVENT, so `open` says whether there is one */
    gboolean open, bad;
    TmCell event, user, size, language;
    gint64 time;
    TmCount shown, accepted, chats;
} Node;

static const TmLooseSlot slots[] = {
    {EVENT_KIND, TM_LOOSE_TEXT, offsetof(Node, event)},
    {EVENT_TIME, TM_LOOSE_INSTANT, offsetof(Node, time)},
    {EVENT_USER, TM_LOOSE_TEXT, offsetof(Node, user)},
    {EVENT_LANGUAGE, TM_LOOSE_TEXT, offsetof(Node, language)},
    {PERSON_NAME, TM_LOOSE_TEXT, offsetof(Node, user)},
    {PERSON_ACCEPTED, TM_LOOSE_COUNT, offsetof(Node, accepted)},
    {PERSON_CHATS, TM_LOOSE_COUNT, offsetof(Node, chats)},
    {GROUP_SHOWN, TM_LOOSE_COUNT, offsetof(Node, shown)},
    {GROUP_ACCEPTED, TM_LOOSE_COUNT, offsetof(Node, accepted)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

typedef struct State {
    gboolean begun, has_next, has_errors;
    guint64 nodes; /* of the record */
    TmNamedPeriod period;
    Node node;
} State;

static void begin_format(State *state, TmReading *reading)
{
    if (state->begun)
        return;
    tm_reading_begin(reading, &table, NULL);
    tm_named_period_find(&state->period, reading);
    state->begun = TRUE;
}

static void begin_record(gpointer user)
{
    State *state = user;
    state->node = (Node){0};
    tm_loose_begin(&loose, &state->node);
    state->has_errors = FALSE;
    state->nodes = 0;
}

/* ---- Nodes --------------------------------------------------------------------------------- */

static void set_identity(const Node *node, TmRecord *record)
{
    record->service = node->user.length == 0;
    record->identities = record->service ? 0 : 1;
    record->identity[0] = (TmIdentity){TM_IDENTITY_LOGIN, node->user.text, node->user.length};
}

/* What the names of events tell; the others are of agents. */
static const struct {
    const char *part;
    TmSurface surface;
    TmMeasure measure; /* TM_MEASURE_COUNT: none */
    gboolean is_interaction;
} kinds[] = {
    {"SUGGESTION_SHOWN", TM_SURFACE_COMPLETION, TM_MEASURE_SHOWN, FALSE},
    {"SUGGESTION_ACCEPTED", TM_SURFACE_COMPLETION, TM_MEASURE_ACCEPTED, TRUE},
    {"SUGGESTION_REJECTED", TM_SURFACE_COMPLETION, TM_MEASURE_REJECTED, FALSE},
    {"SUGGESTION", TM_SURFACE_COMPLETION, TM_MEASURE_COUNT, FALSE},
    {"CHAT", TM_SURFACE_CHAT, TM_MEASURE_MESSAGES, TRUE},
    {"REVIEW", TM_SURFACE_REVIEW, TM_MEASURE_COUNT, TRUE},
    {"", TM_SURFACE_AGENT, TM_MEASURE_COUNT, TRUE},
};

static void take_event(TmReading *reading, const Node *node)
{
    TmRecord record = {.instant = node->time};
    guint kind = 0;
    if (node->event.length == 0 || node->time == TM_INSTANT_NONE) {
        gboolean no_kind = node->event.length == 0;
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, no_kind ? "event" : "timestamp",
            no_kind ? "no kind of event" : "no time");
        return;
    }
    record.day = tm_instant_day(node->time);
    if (!tm_reading_admits(reading, record.day, "timestamp"))
        return;
    while (!tm_cell_contains(node->event, kinds[kind].part))
        kind++;
    set_identity(node, &record);
    record.surface = kinds[kind].surface;
    TmKeyHash hash = tm_key_integer(TM_KEY_START, node->time);
    hash = tm_key_text(hash, node->event.text, node->event.length);
    hash = tm_key_text(hash, node->size.text, node->size.length);
    record.key = tm_key_end(tm_key_text(hash, node->language.text, node->language.length));
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, kinds[kind].is_interaction ? 1 : 0);
    if (kinds[kind].measure != TM_MEASURE_COUNT)
        tm_measures_set(&record.measures, kinds[kind].measure, 1);
    tm_reading_take(reading, &record);
}

/* Sums of a person, or of the group. */
static void take_sums(State *state, TmReading *reading, const Node *node)
{
    TmRecord record = {0};
    gboolean of_group = node->kind == GROUP;
    if (!of_group && node->user.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "user.username", "no user");
        return;
    }
    set_identity(node, &record);
    if (!tm_named_period_date(&state->period, reading,
            of_group ? TM_SOURCE_GITLAB_DUO_GROUPS : TM_SOURCE_GITLAB_DUO_USERS,
            of_group ? TM_SOURCE_GITLAB_DUO_GROUPS : TM_SOURCE_GITLAB_DUO_PERIODS, &record))
        return;
    TmKeyHash hash = tm_named_period_key(&state->period);
    record.key = tm_key_end(tm_key_lower(hash, node->user.text, node->user.length));
    tm_measures_set(
        &record.measures, TM_MEASURE_INTERACTIONS, node->accepted.value + node->chats.value);
    tm_loose_set(&record.measures, TM_MEASURE_MESSAGES, node->chats);
    tm_loose_set(&record.measures, TM_MEASURE_SHOWN, node->shown);
    tm_loose_set(&record.measures, TM_MEASURE_ACCEPTED, node->accepted);
    tm_reading_take(reading, &record);
}

/* A node ends where the next one begins. */
static void finish_node(State *state, TmReading *reading)
{
    const Node *node = &state->node;
    state->nodes += node->open ? 1 : 0;
    if (node->open && !node->bad && node->kind == EVENT)
        take_event(reading, node);
    else if (node->open && !node->bad)
        take_sums(state, reading, node);
    state->node = (Node){0};
    tm_loose_begin(&loose, &state->node);
}

/* ---- The record ---------------------------------------------------------------------------- */

/* A number of lines, of which only the digits are wanted; or null. */
static void take_size(State *state, const TmJsonValue *value)
{
    if (value->kind == TM_JSON_NUMBER || value->kind == TM_JSON_STRING)
        state->node.size = (TmCell){value->text, value->length};
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    begin_format(state, reading);
    if (field == ERRORS) {
        state->has_errors = value->kind == TM_JSON_ARRAY;
    } else if (field == HAS_NEXT) {
        state->has_next |= value->kind == TM_JSON_BOOLEAN && value->truth;
    } else if (field == EVENT || field == PERSON || field == GROUP) {
        finish_node(state, reading);
        state->node.kind = field;
        state->node.open = value->kind == TM_JSON_OBJECT;
    } else if (field == EVENT_SIZE) {
        take_size(state, value);
    } else if (!state->node.bad) {
        state->node.bad = !tm_loose_take(&loose, reading, field, value, &state->node);
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    begin_format(state, reading);
    finish_node(state, reading);
    if (state->has_errors)
        tm_reading_warn(reading,
            state->nodes > 0 ? TM_KIND_INCOMPLETE_EXPORT : TM_KIND_NO_DATA_FILE, "errors",
            "the answer holds an error of GitLab");
    return TRUE;
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    if (state->has_next)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "pageInfo.hasNextPage",
            "a page says that there is another one: perhaps it is not here");
}

static const char *const signatures[] = {"data|.", "data|errors|.", "data|extensions|.",
    "data|correlationId|.", "data|errors|extensions|.", NULL};

const TmJsonFormat tm_json_gitlab_duo = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_file = end_file,
};
