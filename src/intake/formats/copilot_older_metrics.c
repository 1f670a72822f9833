/*
 * Copilot's retired metrics interface: one object for each day of an organisation, enterprise or
 * team, without people. Its numbers of engaged users overlap and are never added up.
 *
 * The object does not say whose it is: of several files with a day the latest export counts.
 */
#include "../formats.h"
#include "../json_values.h"

enum {
    DATE,
    SUGGESTIONS,
    ACCEPTANCES,
    CHATS,
    COPIES,
    SUMMARIES,
    ENGAGED,
    PEOPLE,
    NAMES,
    REST,
    FIELD_COUNT
};

#define COMPLETIONS "copilot_ide_code_completions."
#define OF_LANGUAGE COMPLETIONS "editors[].models[].languages[]."
#define CHAT "copilot_ide_chat.editors[].models[]."
#define WEB_CHAT "copilot_dotcom_chat.models[]."
#define REQUESTS "copilot_dotcom_pull_requests."
#define OF_REPOSITORY REQUESTS "repositories[]."

static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"date", TM_FIELD_READ, "day, record key", "UTC day"},
    [SUGGESTIONS] = {OF_LANGUAGE "total_code_suggestions", TM_FIELD_READ, "shown",
        "sum over editors, models and languages"},
    [ACCEPTANCES] = {OF_LANGUAGE "total_code_acceptances", TM_FIELD_READ, "accepted, interactions",
        "may be above the suggestions: noted"},
    [CHATS] = {CHAT "total_chats|" WEB_CHAT "total_chats", TM_FIELD_READ, "messages, interactions",
        "in editors and on the web"},
    [COPIES] = {CHAT "total_chat_insertion_events|" CHAT "total_chat_copy_events", TM_FIELD_READ,
        "interactions", ""},
    [SUMMARIES] = {OF_REPOSITORY "models[].total_pr_summaries_created", TM_FIELD_READ,
        "interactions", ""},
    [ENGAGED] = {COMPLETIONS "total_engaged_users|copilot_ide_chat.total_engaged_users|"
                             "copilot_dotcom_chat.total_engaged_users|" REQUESTS
                             "total_engaged_users",
        TM_FIELD_READ, "", "0 beside use: perhaps made from newer reports, noted"},
    [PEOPLE] = {"total_active_users|total_engaged_users", TM_FIELD_IGNORED, "",
        "distinct people overlap and cannot be added up"},
    [NAMES] = {OF_LANGUAGE "name|" OF_REPOSITORY "name|" COMPLETIONS "languages", TM_FIELD_CONTENT,
        "", "names of languages and repositories"},
    [REST] = {COMPLETIONS "editors[].*|" COMPLETIONS "editors[].models[].*|" OF_LANGUAGE
                          "*|copilot_ide_chat.editors[].*|" CHAT "*|" WEB_CHAT "*|" OF_REPOSITORY
                          "*|" OF_REPOSITORY "models[].*",
        TM_FIELD_IGNORED, "", "editors, models and their numbers of people"},
};

static const TmFormat table = {"copilot-older-metrics", "Copilot metrics of the retired interface",
    &tm_sources[TM_SOURCE_COPILOT_OLDER_METRICS], fields, FIELD_COUNT};

typedef struct State {
    gboolean begun, warned_rate, warned_engaged;
    gboolean bad; /* the record was reported; the rest of it is dropped */
    TmDay day;
    TmCount sums[ENGAGED + 1]; /* by field, from SUGGESTIONS on */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    *state = (State){.begun = state->begun,
        .warned_rate = state->warned_rate,
        .warned_engaged = state->warned_engaged,
        .day = TM_DAY_NONE};
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    TmCount count = {0};
    if (state->bad)
        return;
    if (field == DATE) {
        state->bad = !tm_json_take_day(reading, &fields[field], value, &state->day);
        return;
    }
    state->bad = !tm_json_take_count(reading, &fields[field], value, &count);
    state->sums[field].present |= count.present;
    state->sums[field].value = MIN(state->sums[field].value + count.value, TM_COUNT_LIMIT);
}

static void set_measures(const State *state, TmMeasures *measures)
{
    static const struct {
        guint field;
        TmMeasure measure;
    } slots[] = {{SUGGESTIONS, TM_MEASURE_SHOWN}, {ACCEPTANCES, TM_MEASURE_ACCEPTED},
        {CHATS, TM_MEASURE_MESSAGES}};
    static const guint interactions[] = {ACCEPTANCES, CHATS, COPIES, SUMMARIES};
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, 0);
    for (guint i = 0; i < G_N_ELEMENTS(interactions); i++)
        tm_measures_add(measures, TM_MEASURE_INTERACTIONS, state->sums[interactions[i]].value);
    for (guint i = 0; i < G_N_ELEMENTS(slots); i++)
        if (state->sums[slots[i].field].present)
            tm_measures_set(measures, slots[i].measure, state->sums[slots[i].field].value);
}

/* What is strange in a day without being wrong; said once in a file. */
static void check_day(State *state, TmReading *reading, const TmMeasures *measures)
{
    const TmCount *engaged = &state->sums[ENGAGED];
    if (state->sums[ACCEPTANCES].value > state->sums[SUGGESTIONS].value && !state->warned_rate) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "total_code_acceptances",
            "more than was suggested, here and perhaps below");
        state->warned_rate = TRUE;
    }
    if (engaged->present && engaged->value == 0 && !state->warned_engaged &&
        measures->value[TM_MEASURE_INTERACTIONS] > 0) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "total_engaged_users",
            "nobody engaged beside use: perhaps made from newer reports, here and below");
        state->warned_engaged = TRUE;
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    TmRecord record = {.instant = TM_INSTANT_NONE, .service = TRUE, .day = state->day};
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (state->bad)
        return TRUE;
    if (state->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "date", "no date");
        return TRUE;
    }
    if (!tm_reading_admits(reading, state->day, "date"))
        return TRUE;
    set_measures(state, &record.measures);
    check_day(state, reading, &record.measures);
    record.key = tm_key_end(tm_key_integer(TM_KEY_START, state->day));
    tm_reading_take(reading, &record);
    return TRUE;
}

static const char *const signatures[] = {"date|copilot_ide_code_completions",
    "date|copilot_ide_chat", "date|copilot_dotcom_chat", "date|copilot_dotcom_pull_requests",
    "date|total_active_users|total_engaged_users", NULL};

const TmJsonFormat tm_json_copilot_older_metrics = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
};
