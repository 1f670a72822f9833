/*
 * Combined readings: facts of a group against the table of rules (rules.c), and the rows that hold
 * in words. Rows that state a direction also set the trend, so that symbol and words never
 * disagree.
 */
#include "rules.h"

#include <string.h>

/* ---- Words ------------------------------------------------------------------------------- */

typedef struct Places {
    char *state, *percent, *count, *word, *week, *week_number;
    char *cost_share, *head_share, *departments, *all_departments;
} Places;

static void places_clear(Places *places)
{
    g_free(places->state);
    g_free(places->percent);
    g_free(places->count);
    g_free(places->word);
    g_free(places->week);
    g_free(places->week_number);
    g_free(places->cost_share);
    g_free(places->head_share);
    g_free(places->departments);
    g_free(places->all_departments);
}

static char *percent_text(gint64 low, gint64 high)
{
    return low == high ? tm_format_value(TM_UNIT_PERCENT, low, NULL)
                       : tm_format_band(TM_UNIT_PERCENT, low, high, NULL);
}

/* A run of three falling steps that ends in week 46 began to fall in week 44. */
static Places fill_places(const Facts *facts, RuleRun which)
{
    const Run *run = which == RUN_TOKENS ? &facts->tokens : &facts->adoption;
    guint steps = MAX(run->falling, run->rising);
    TmWeek since = run->week[steps > 0 ? steps - 1 : 0];
    const TmCell *adoption =
        tm_series_cell(facts->issue, facts->scope, TM_KPI_ADOPTION, tm_issue_week(facts->issue));
    TmCostShare share;
    tm_cost_share_find(facts->issue, facts->scope, &share);
    Places places = {
        .state = tm_format_cell(facts->issue, TM_KPI_ADOPTION, adoption, FALSE),
        .percent = tm_format_value(TM_UNIT_PERCENT, facts->span[FACT_COST_OVER_MEAN].low, NULL),
        .count = tm_format_count(steps),
        .word = tm_format_count_word(steps),
        .week = tm_format_week(since),
        .week_number = tm_format_week_number(since),
        .cost_share = percent_text(share.cost_low, share.cost_high),
        .head_share = tm_format_value(TM_UNIT_PERCENT, share.heads, NULL),
        .departments = tm_format_count(facts->span[FACT_DAILY_DEPARTMENTS].low),
        .all_departments = tm_format_count(facts->departments),
    };
    *places.word = g_ascii_toupper(*places.word);
    return places;
}

static char *say(InsightString id, const Facts *facts, const Places *places)
{
    return tm_text_fill(tm_insight_strings[id], "group", facts->scope->name, "state", places->state,
        "percent", places->percent, "count", places->count, "word", places->word, "week",
        places->week, "week_number", places->week_number, "cost_share", places->cost_share,
        "head_share", places->head_share, "departments", places->departments, "all_departments",
        places->all_departments, NULL);
}

static TmReading *reading_new(const Facts *facts, const Rule *rule)
{
    Places places = fill_places(facts, rule->run);
    TmReading *reading = g_new0(TmReading, 1);
    reading->key = rule->key;
    reading->audiences = rule->audiences;
    reading->trend = rule->trend == TM_TREND_UNKNOWN ? facts->trend : rule->trend;
    reading->rank = rule->rank;
    reading->look = rule->look;
    reading->kicker = rule->kicker == STRING_COUNT ? NULL : tm_insight_strings[rule->kicker];
    reading->brief = say(rule->brief, facts, &places);
    *reading->brief = g_ascii_toupper(*reading->brief);
    reading->sentence = say(rule->sentence, facts, &places);
    reading->ask = say(rule->ask, facts, &places);
    places_clear(&places);
    return reading;
}

/* A state has no row of its own in the table; it reads like one without conditions. */
static TmReading *state_new(const Facts *facts, const RuleState *state)
{
    const Rule rule = {.key = "",
        .brief = state->brief,
        .sentence = state->sentence,
        .ask = state->ask,
        .audiences = "ET",
        .kicker = STRING_COUNT};
    return reading_new(facts, &rule);
}

/* ---- Finding ----------------------------------------------------------------------------- */

static const RuleState *find_state(const Facts *facts, const RuleState *states, guint count)
{
    for (guint i = 0; i < count; i++)
        if (states[i].holds(facts))
            return &states[i];
    return NULL;
}

GPtrArray *tm_readings_find(const TmIssue *issue, const TmScope *scope, char audience)
{
    GPtrArray *readings = g_ptr_array_new_with_free_func((GDestroyNotify)tm_reading_free);
    Facts facts;
    facts_gather(&facts, issue, scope);
    const RuleState *state = find_state(&facts, insight_states, insight_state_count);
    if (state != NULL) {
        facts.trend = TM_TREND_UNKNOWN; /* nothing is said of a week that cannot be read */
        g_ptr_array_add(readings, state_new(&facts, state));
        return readings;
    }
    for (guint i = 0; i < insight_rule_count; i++) {
        const Rule *rule = &insight_rules[i];
        if (strchr(rule->audiences, audience) != NULL && insight_rule_holds(rule, &facts))
            g_ptr_array_add(readings, reading_new(&facts, rule));
    }
    if (readings->len == 0) {
        state = find_state(&facts, insight_closings, insight_closing_count);
        g_ptr_array_add(readings, state_new(&facts, state));
    }
    return readings;
}

TmReading *tm_reading_find(const TmIssue *issue, const TmScope *scope)
{
    g_autoptr(GPtrArray) readings = tm_readings_find(issue, scope, TM_AUDIENCE_EXECUTIVE);
    return g_ptr_array_steal_index(readings, 0);
}

void tm_reading_free(TmReading *reading)
{
    if (reading == NULL)
        return;
    g_free(reading->brief);
    g_free(reading->sentence);
    g_free(reading->ask);
    g_free(reading);
}
