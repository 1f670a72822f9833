/*
 * Copilot's first usage interface, retired: one object for each day of an organisation, enterprise
 * or team, without people. The totals of a day may be missing; its breakdown then adds up to them.
 *
 * The object does not say whose it is: of several files with a day the latest export counts.
 */
#include "../formats.h"
#include "../json_values.h"

enum {
    DAY,
    SUGGESTIONS,
    ACCEPTANCES,
    CHAT_TURNS,
    CHAT_ACCEPTANCES,
    PART_SUGGESTIONS,
    PART_ACCEPTANCES,
    PART_LANGUAGE,
    PART_REST,
    LINES,
    PEOPLE,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [DAY] = {"day", TM_FIELD_READ, "day, record key", "UTC day"},
    [SUGGESTIONS] = {"total_suggestions_count", TM_FIELD_READ, "shown", ""},
    [ACCEPTANCES] = {"total_acceptances_count", TM_FIELD_READ, "accepted, interactions",
        "may be above the suggestions: noted"},
    [CHAT_TURNS] = {"total_chat_turns", TM_FIELD_READ, "messages, interactions", ""},
    [CHAT_ACCEPTANCES] = {"total_chat_acceptances", TM_FIELD_READ, "interactions", ""},
    [PART_SUGGESTIONS] = {"breakdown[].suggestions_count", TM_FIELD_READ, "shown",
        "their sum counts where the total is missing"},
    [PART_ACCEPTANCES] = {"breakdown[].acceptances_count", TM_FIELD_READ, "accepted, interactions",
        "their sum counts where the total is missing"},
    [PART_LANGUAGE] = {"breakdown[].language", TM_FIELD_CONTENT, "", "free text"},
    [PART_REST] = {"breakdown[].*", TM_FIELD_IGNORED, "", ""},
    [LINES] = {"total_lines_suggested|total_lines_accepted", TM_FIELD_IGNORED, "",
        "lines of code are not used"},
    [PEOPLE] = {"total_active_users|total_active_chat_users", TM_FIELD_IGNORED, "",
        "distinct people overlap and cannot be added up"},
};

static const TmFormat table = {"copilot-older-usage", "Copilot usage of the retired interface",
    &tm_sources[TM_SOURCE_COPILOT_OLDER_USAGE], fields, FIELD_COUNT};

typedef struct State {
    gboolean begun, warned_rate;
    gboolean bad; /* the record was reported; the rest of it is dropped */
    TmDay day;
    TmCount sums[PART_ACCEPTANCES + 1]; /* by field, from SUGGESTIONS on */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    *state = (State){.begun = state->begun, .warned_rate = state->warned_rate, .day = TM_DAY_NONE};
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    TmCount count = {0};
    if (state->bad)
        return;
    if (field == DAY) {
        state->bad = !tm_json_take_day(reading, &fields[field], value, &state->day);
        return;
    }
    state->bad = !tm_json_take_count(reading, &fields[field], value, &count);
    TmCount *sum = &state->sums[field];
    sum->present |= count.present;
    sum->value = MIN(sum->value + count.value, TM_COUNT_LIMIT);
}

static TmCount total_or_sum(const State *state, guint total, guint parts)
{
    return state->sums[total].present ? state->sums[total] : state->sums[parts];
}

static void add(TmMeasures *measures, TmMeasure measure, TmCount count)
{
    if (count.present)
        tm_measures_set(measures, measure, count.value);
}

static void set_measures(State *state, TmReading *reading, TmMeasures *measures)
{
    TmCount shown = total_or_sum(state, SUGGESTIONS, PART_SUGGESTIONS);
    TmCount accepted = total_or_sum(state, ACCEPTANCES, PART_ACCEPTANCES);
    TmCount turns = state->sums[CHAT_TURNS];
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS,
        accepted.value + turns.value + state->sums[CHAT_ACCEPTANCES].value);
    add(measures, TM_MEASURE_SHOWN, shown);
    add(measures, TM_MEASURE_ACCEPTED, accepted);
    add(measures, TM_MEASURE_MESSAGES, turns);
    if (accepted.value <= shown.value || state->warned_rate)
        return;
    tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "total_acceptances_count",
        "more than was suggested, here and perhaps below");
    state->warned_rate = TRUE;
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
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "day", "no day");
        return TRUE;
    }
    if (!tm_reading_admits(reading, state->day, "day"))
        return TRUE;
    set_measures(state, reading, &record.measures);
    record.key = tm_key_end(tm_key_integer(TM_KEY_START, state->day));
    tm_reading_take(reading, &record);
    return TRUE;
}

static const char *const signatures[] = {
    "day|breakdown", "day|total_suggestions_count", "day|total_chat_turns", NULL};

const TmJsonFormat tm_json_copilot_older_usage = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
};
