/*
 * Copilot's two retired interfaces, usage and then metrics: one object for each day of an
 * organisation, enterprise or team, without people. Numbers of engaged users overlap and are never
 * added up.
 *
 * The objects do not say whose they are: of several files with a day the latest export counts.
 */
#include "../formats.h"
#include "../json_values.h"

/* The first field of both is the day; the others that are read are counts, which add up. */
enum {
    METRICS_DAY,
    METRICS_SUGGESTIONS,
    METRICS_ACCEPTANCES,
    METRICS_CHATS,
    METRICS_COPIES,
    METRICS_SUMMARIES,
    METRICS_ENGAGED,
    METRICS_PEOPLE,
    METRICS_NAMES,
    METRICS_REST,
    METRICS_FIELD_COUNT
};

#define COMPLETIONS "copilot_ide_code_completions."
#define OF_LANGUAGE COMPLETIONS "editors[].models[].languages[]."
#define CHAT "copilot_ide_chat.editors[].models[]."
#define WEB_CHAT "copilot_dotcom_chat.models[]."
#define REQUESTS "copilot_dotcom_pull_requests."
#define OF_REPOSITORY REQUESTS "repositories[]."

static const TmFieldRule metrics_fields[METRICS_FIELD_COUNT] = {
    [METRICS_DAY] = {"date", TM_FIELD_READ, "day, record key", "UTC day"},
    [METRICS_SUGGESTIONS] = {OF_LANGUAGE "total_code_suggestions", TM_FIELD_READ, "shown",
        "sum over editors, models and languages"},
    [METRICS_ACCEPTANCES] = {OF_LANGUAGE "total_code_acceptances", TM_FIELD_READ,
        "accepted, interactions", "may be above the suggestions: noted"},
    [METRICS_CHATS] = {CHAT "total_chats|" WEB_CHAT "total_chats", TM_FIELD_READ,
        "messages, interactions", "in editors and on the web"},
    [METRICS_COPIES] = {CHAT "total_chat_insertion_events|" CHAT "total_chat_copy_events",
        TM_FIELD_READ, "interactions", ""},
    [METRICS_SUMMARIES] = {OF_REPOSITORY "models[].total_pr_summaries_created", TM_FIELD_READ,
        "interactions", ""},
    [METRICS_ENGAGED] = {COMPLETIONS "total_engaged_users|copilot_ide_chat.total_engaged_users|"
                                     "copilot_dotcom_chat.total_engaged_users|" REQUESTS
                                     "total_engaged_users",
        TM_FIELD_READ, "", "0 beside use: perhaps made from newer reports, noted"},
    [METRICS_PEOPLE] = {"total_active_users|total_engaged_users", TM_FIELD_IGNORED, "",
        "distinct people overlap and cannot be added up"},
    [METRICS_NAMES] = {OF_LANGUAGE "name|" OF_REPOSITORY "name|" COMPLETIONS "languages",
        TM_FIELD_CONTENT, "", "names of languages and repositories"},
    [METRICS_REST] = {COMPLETIONS "editors[].*|" COMPLETIONS "editors[].models[].*|" OF_LANGUAGE
                                  "*|copilot_ide_chat.editors[].*|" CHAT "*|" WEB_CHAT
                                  "*|" OF_REPOSITORY "*|" OF_REPOSITORY "models[].*",
        TM_FIELD_IGNORED, "", "editors, models and their numbers of people"},
};

enum {
    USAGE_DAY,
    USAGE_SUGGESTIONS,
    USAGE_ACCEPTANCES,
    USAGE_CHAT_TURNS,
    USAGE_CHAT_ACCEPTANCES,
    USAGE_PART_SUGGESTIONS,
    USAGE_PART_ACCEPTANCES,
    USAGE_PART_LANGUAGE,
    USAGE_PART_REST,
    USAGE_LINES,
    USAGE_PEOPLE,
    USAGE_FIELD_COUNT
};

static const TmFieldRule usage_fields[USAGE_FIELD_COUNT] = {
    [USAGE_DAY] = {"day", TM_FIELD_READ, "day, record key", "UTC day"},
    [USAGE_SUGGESTIONS] = {"total_suggestions_count", TM_FIELD_READ, "shown", ""},
    [USAGE_ACCEPTANCES] = {"total_acceptances_count", TM_FIELD_READ, "accepted, interactions",
        "may be above the suggestions: noted"},
    [USAGE_CHAT_TURNS] = {"total_chat_turns", TM_FIELD_READ, "messages, interactions", ""},
    [USAGE_CHAT_ACCEPTANCES] = {"total_chat_acceptances", TM_FIELD_READ, "interactions", ""},
    [USAGE_PART_SUGGESTIONS] = {"breakdown[].suggestions_count", TM_FIELD_READ, "shown",
        "their sum counts where the total is missing"},
    [USAGE_PART_ACCEPTANCES] = {"breakdown[].acceptances_count", TM_FIELD_READ,
        "accepted, interactions", "their sum counts where the total is missing"},
    [USAGE_PART_LANGUAGE] = {"breakdown[].language", TM_FIELD_CONTENT, "", "free text"},
    [USAGE_PART_REST] = {"breakdown[].*", TM_FIELD_IGNORED, "", ""},
    [USAGE_LINES] = {"total_lines_suggested|total_lines_accepted", TM_FIELD_IGNORED, "",
        "lines of code are not used"},
    [USAGE_PEOPLE] = {"total_active_users|total_active_chat_users", TM_FIELD_IGNORED, "",
        "distinct people overlap and cannot be added up"},
};

static const TmFormat metrics_table = {"copilot-older-metrics",
    "Copilot metrics of the retired interface (JSON)", &tm_sources[TM_SOURCE_COPILOT_OLDER_METRICS],
    metrics_fields, METRICS_FIELD_COUNT};

static const TmFormat usage_table = {"copilot-older-usage",
    "Copilot usage of the retired interface (JSON)", &tm_sources[TM_SOURCE_COPILOT_OLDER_USAGE],
    usage_fields, USAGE_FIELD_COUNT};

#define MOST_SUMS 16
G_STATIC_ASSERT((int)METRICS_FIELD_COUNT <= MOST_SUMS && (int)USAGE_FIELD_COUNT <= MOST_SUMS);

typedef struct State {
    gboolean begun, warned_rate, warned_engaged;
    gboolean bad; /* the record was reported; the rest of it is dropped */
    TmDay day;
    TmCount sums[MOST_SUMS]; /* by field */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    *state = (State){.begun = state->begun,
        .warned_rate = state->warned_rate,
        .warned_engaged = state->warned_engaged,
        .day = TM_DAY_NONE};
}

static void take_field(
    State *state, TmReading *reading, const TmFormat *table, guint field, const TmJsonValue *value)
{
    TmCount count = {0}, *sum = &state->sums[field];
    const TmFieldRule *rule = &table->fields[field];
    if (state->bad)
        return;
    state->bad = field == 0 ? !tm_json_take_day(reading, rule, value, &state->day)
                            : !tm_json_take_count(reading, rule, value, &count);
    sum->present |= count.present;
    sum->value = MIN(sum->value + count.value, TM_COUNT_LIMIT);
}

static void set_count(TmMeasures *measures, TmMeasure measure, TmCount count)
{
    if (count.present)
        tm_measures_set(measures, measure, count.value);
}

/* Hands the day over, unless something is wrong with it. */
static void take_day(
    State *state, TmReading *reading, const TmFormat *table, const TmMeasures *measures)
{
    TmRecord record = {.instant = TM_INSTANT_NONE,
        .service = TRUE,
        .day = state->day,
        .key = tm_key_end(tm_key_integer(TM_KEY_START, state->day)),
        .measures = *measures};
    if (!state->begun)
        tm_reading_begin(reading, table, NULL);
    state->begun = TRUE;
    if (state->bad)
        return;
    if (state->day == TM_DAY_NONE)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, table->fields[0].names, "no day");
    else if (tm_reading_admits(reading, state->day, table->fields[0].names))
        tm_reading_take(reading, &record);
}

/* More accepted than shown is strange without being wrong: said once in a file. */
static void check_rate(
    State *state, TmReading *reading, const TmMeasures *measures, const char *field)
{
    if (state->bad || state->warned_rate ||
        measures->value[TM_MEASURE_ACCEPTED] <= measures->value[TM_MEASURE_SHOWN])
        return;
    tm_reading_warn(
        reading, TM_KIND_DOUBTFUL_VALUE, field, "more than was suggested, here and perhaps below");
    state->warned_rate = TRUE;
}

/* ---- Metrics ------------------------------------------------------------------------------- */

static void metrics_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    take_field(user, reading, &metrics_table, field, value);
}

/* Tools turn newer reports into this shape and know no number of people. */
static void check_engaged(State *state, TmReading *reading, const TmMeasures *measures)
{
    const TmCount *engaged = &state->sums[METRICS_ENGAGED];
    if (state->bad || state->warned_engaged || !engaged->present || engaged->value > 0 ||
        measures->value[TM_MEASURE_INTERACTIONS] == 0)
        return;
    tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "total_engaged_users",
        "nobody engaged beside use: perhaps made from newer reports, here and below");
    state->warned_engaged = TRUE;
}

static gboolean metrics_end_record(gpointer user, TmReading *reading)
{
    static const guint interactions[] = {
        METRICS_ACCEPTANCES, METRICS_CHATS, METRICS_COPIES, METRICS_SUMMARIES};
    State *state = user;
    TmMeasures measures = {0};
    tm_measures_set(&measures, TM_MEASURE_INTERACTIONS, 0);
    for (guint i = 0; i < G_N_ELEMENTS(interactions); i++)
        tm_measures_add(&measures, TM_MEASURE_INTERACTIONS, state->sums[interactions[i]].value);
    set_count(&measures, TM_MEASURE_MESSAGES, state->sums[METRICS_CHATS]);
    set_count(&measures, TM_MEASURE_SHOWN, state->sums[METRICS_SUGGESTIONS]);
    set_count(&measures, TM_MEASURE_ACCEPTED, state->sums[METRICS_ACCEPTANCES]);
    check_rate(state, reading, &measures, "total_code_acceptances");
    check_engaged(state, reading, &measures);
    take_day(state, reading, &metrics_table, &measures);
    return TRUE;
}

static const char *const metrics_signatures[] = {"date|copilot_ide_code_completions",
    "date|copilot_ide_chat", "date|copilot_dotcom_chat", "date|copilot_dotcom_pull_requests",
    "date|total_active_users|total_engaged_users", NULL};

const TmJsonFormat tm_json_copilot_older_metrics = {
    .tables = &metrics_table,
    .table_count = 1,
    .signatures = metrics_signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = metrics_field,
    .end_record = metrics_end_record,
};

/* ---- Usage --------------------------------------------------------------------------------- */

static void usage_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    take_field(user, reading, &usage_table, field, value);
}

/* The newest day may come without totals. */
static TmCount total_or_sum(const State *state, guint total, guint parts)
{
    return state->sums[total].present ? state->sums[total] : state->sums[parts];
}

static gboolean usage_end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    TmMeasures measures = {0};
    TmCount accepted = total_or_sum(state, USAGE_ACCEPTANCES, USAGE_PART_ACCEPTANCES);
    TmCount turns = state->sums[USAGE_CHAT_TURNS];
    tm_measures_set(&measures, TM_MEASURE_INTERACTIONS,
        accepted.value + turns.value + state->sums[USAGE_CHAT_ACCEPTANCES].value);
    set_count(&measures, TM_MEASURE_MESSAGES, turns);
    set_count(&measures, TM_MEASURE_SHOWN,
        total_or_sum(state, USAGE_SUGGESTIONS, USAGE_PART_SUGGESTIONS));
    set_count(&measures, TM_MEASURE_ACCEPTED, accepted);
    check_rate(state, reading, &measures, "total_acceptances_count");
    take_day(state, reading, &usage_table, &measures);
    return TRUE;
}

static const char *const usage_signatures[] = {
    "day|breakdown", "day|total_suggestions_count", "day|total_chat_turns", NULL};

const TmJsonFormat tm_json_copilot_older_usage = {
    .tables = &usage_table,
    .table_count = 1,
    .signatures = usage_signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = usage_field,
    .end_record = usage_end_record,
};
