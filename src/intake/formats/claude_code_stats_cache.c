/*
 * Claude Code's stats-cache.json: the client's own sums by day. They outlive the transcripts, which
 * the client deletes after a month, and may be old: of them only is taken that a day had use.
 */
#include "../formats.h"
#include "../json_values.h"

enum { DAY_ROW, DATE, MESSAGES, OTHER_COUNTS, TOTALS, FIELD_COUNT };

static const TmFieldRule fields[FIELD_COUNT] = {
    [DAY_ROW] = {"dailyActivity[]", TM_FIELD_READ, "", ""},
    [DATE] = {"dailyActivity[].date", TM_FIELD_READ, "day, record key",
        "of the machine's own time zone"},
    [MESSAGES] = {"dailyActivity[].messageCount", TM_FIELD_READ, "interactions",
        "1 where there are messages: they are of people, models and tools alike"},
    [OTHER_COUNTS] = {"dailyActivity[].sessionCount|dailyActivity[].toolCallCount",
        TM_FIELD_IGNORED, "", ""},
    [TOTALS] = {"version|lastComputedDate|dailyModelTokens|modelUsage|totalSessions|totalMessages|"
                "longestSession|firstSessionDate|hourCounts|totalSpeculationTimeSavedMs|"
                "shotDistribution",
        TM_FIELD_IGNORED, "", "sums without days, or tokens of unknown kinds"},
};

static const TmFormat table = {"claude-code-stats-cache", "Claude Code stats-cache.json",
    &tm_sources[TM_SOURCE_CLAUDE_CODE_STATS_CACHE], fields, FIELD_COUNT};

typedef struct State {
    gboolean begun;
    gboolean in_row, bad;
    TmDay day;
    TmCount messages;
} State;

static void begin_row(State *state)
{
    *state = (State){.begun = state->begun, .day = TM_DAY_NONE};
}

static void end_row(const State *state, TmReading *reading)
{
    TmRecord record = {.day = state->day, .instant = TM_INSTANT_NONE};
    if (!state->in_row || state->bad)
        return;
    if (state->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "dailyActivity[].date", "no day");
        return;
    }
    if (!tm_reading_admits(reading, state->day, "dailyActivity[].date"))
        return;
    record.identity[0] = tm_reading_path_identity(reading);
    record.identities = 1;
    record.surface = TM_SURFACE_TERMINAL;
    record.key = tm_key_end(tm_key_integer(TM_KEY_START, state->day));
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, state->messages.value > 0 ? 1 : 0);
    tm_reading_take(reading, &record);
}

static void begin_record(gpointer user)
{
    begin_row(user);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (field == DAY_ROW) {
        end_row(state, reading);
        begin_row(state);
        state->in_row = value->kind == TM_JSON_OBJECT;
    } else if (!state->bad && field == DATE) {
        state->bad = !tm_json_take_day(reading, &fields[field], value, &state->day);
    } else if (!state->bad) {
        state->bad = !tm_json_take_count(reading, &fields[field], value, &state->messages);
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    end_row(state, reading);
    return TRUE;
}

static const char *const signatures[] = {"dailyActivity|dailyModelTokens", NULL};

const TmJsonFormat tm_json_claude_code_stats_cache = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
};
