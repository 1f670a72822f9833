/*
 * Rules of the combined readings as data. Limits are those of the bands of the catalogue where it
 * has any; the others are settled here.
 */
#include "rules.h"

#define HEALTHY 60    /* adoption, from here on nothing to do */
#define SCALING 40    /* adoption, below it few use an assistant */
#define FALLING_RUN 3 /* weeks */
#define RISING_RUN 4
#define FLAT_POINTS 2           /* between the least and the greatest of the weeks */
#define HEAVY_PERCENT 150       /* tokens per active user, of the median of the peers */
#define LIGHT_PERCENT 66        /* the same: up to two thirds */
#define CONCENTRATED_PERCENT 80 /* tokens of the top fifth */
#define OUTLIER_PERCENT 200     /* share of cost, of the share of heads */
#define COST_PERCENT 20         /* over the mean */
#define CHURN_PERCENT 10        /* of the active users */
#define FREQUENT_SESSIONS 50    /* tenths: a person and working day */
#define FEW_SESSIONS 20
#define FOCUSED_MESSAGES 60 /* tenths: a session */
#define LONG_MESSAGES 80
#define LONG_STREAK 80 /* tenths of a working day */
#define BROKEN_STREAK 49

#define AT_LEAST(fact, limit)                                                                      \
    {                                                                                              \
        FACT_##fact, limit, G_MAXINT64                                                             \
    }
#define AT_MOST(fact, limit)                                                                       \
    {                                                                                              \
        FACT_##fact, G_MININT64, limit                                                             \
    }
#define IS_UP(fact)                                                                                \
    {                                                                                              \
        FACT_##fact, 1, 1                                                                          \
    }
#define IS_FLAT(fact)                                                                              \
    {                                                                                              \
        FACT_##fact, 0, 0                                                                          \
    }
#define IS_DOWN(fact)                                                                              \
    {                                                                                              \
        FACT_##fact, -1, -1                                                                        \
    }
#define NO_DECISION .kicker = STRING_COUNT
#define WORDS(id)                                                                                  \
    .brief = STRING_BRIEF_##id, .sentence = STRING_SENTENCE_##id, .ask = STRING_ASK_##id,          \
    .audiences = "ET"

const Rule insight_rules[] = {
    {.key = "healthy_and_falling",
        .when = {AT_LEAST(ADOPTION_BEST, HEALTHY), AT_LEAST(ADOPTION_FALLS, FALLING_RUN)},
        .brief = STRING_BRIEF_FALLING,
        .sentence = STRING_SENTENCE_HEALTHY_FALLING,
        .ask = STRING_ASK_FALLING,
        .audiences = "ET",
        .trend = TM_TREND_DOWN,
        .rank = 1,
        .kicker = STRING_KICKER_FALLING,
        .look = TRUE,
        .run = RUN_ADOPTION},
    {.key = "falling",
        .when = {AT_LEAST(ADOPTION_FALLS, FALLING_RUN)},
        WORDS(FALLING),
        .trend = TM_TREND_DOWN,
        .rank = 2,
        .kicker = STRING_KICKER_FALLING,
        .look = TRUE,
        .run = RUN_ADOPTION},
    {.key = "rollout_gap",
        .when = {AT_MOST(ADOPTION, HEALTHY - 1), AT_LEAST(TOKENS_TO_PEERS, HEAVY_PERCENT)},
        WORDS(GAP),
        .rank = 3,
        .kicker = STRING_KICKER_GAP},
    {.key = "light_use",
        .when = {AT_LEAST(ADOPTION, SCALING), AT_MOST(TOKENS_TO_PEERS, LIGHT_PERCENT)},
        WORDS(LIGHT),
        .rank = 4,
        .kicker = STRING_KICKER_LIGHT},
    {.key = "concentrated",
        .when = {AT_LEAST(ADOPTION, HEALTHY), AT_LEAST(TOP_FIFTH, CONCENTRATED_PERCENT)},
        WORDS(CONCENTRATED),
        NO_DECISION},
    {.key = "cost_share",
        .when = {AT_LEAST(COST_TO_HEADS, OUTLIER_PERCENT)},
        WORDS(COST_SHARE),
        NO_DECISION},
    {.key = "cost_up_same_users",
        .when = {AT_LEAST(COST_OVER_MEAN, COST_PERCENT), IS_FLAT(USERS_STEP)},
        WORDS(COST),
        NO_DECISION},
    {.key = "tokens_and_session_cost_up",
        .when = {IS_UP(TOKENS_STEP), IS_UP(COST_PER_SESSION_STEP)},
        WORDS(SESSION_COST),
        NO_DECISION},
    {.key = "tokens_falling",
        .when = {AT_LEAST(TOKENS_FALLS, FALLING_RUN)},
        WORDS(EASING),
        NO_DECISION,
        .run = RUN_TOKENS},
    {.key = "fewer_users_flat_rate",
        .when = {IS_DOWN(USERS_STEP), IS_FLAT(ADOPTION_STEP)},
        WORDS(CHURN),
        NO_DECISION},
    {.key = "churn_behind_newcomers",
        .when = {IS_FLAT(USERS_STEP), AT_LEAST(LAPSED_SHARE, CHURN_PERCENT),
            AT_LEAST(NEW_SHARE, CHURN_PERCENT)},
        WORDS(TURNOVER),
        NO_DECISION},
    {.key = "rising",
        .when = {AT_LEAST(ADOPTION_RISES, RISING_RUN)},
        WORDS(GAINS),
        .trend = TM_TREND_UP,
        .rank = 5,
        .kicker = STRING_KICKER_GAINS,
        .run = RUN_ADOPTION},
    {.key = "daily_work",
        .when = {AT_LEAST(SESSION_FREQUENCY, FREQUENT_SESSIONS),
            AT_MOST(MESSAGES_PER_SESSION, FOCUSED_MESSAGES), AT_LEAST(STREAK, LONG_STREAK)},
        WORDS(DAILY),
        NO_DECISION},
    {.key = "steady",
        .when = {AT_LEAST(ADOPTION, HEALTHY), AT_LEAST(STREAK, LONG_STREAK),
            AT_LEAST(ADOPTION_TREND, 0)},
        WORDS(STEADY),
        NO_DECISION},
    {.key = "on_the_surface",
        .when = {AT_MOST(SESSION_FREQUENCY, FEW_SESSIONS),
            AT_LEAST(MESSAGES_PER_SESSION, LONG_MESSAGES), AT_MOST(STREAK, BROKEN_STREAK)},
        WORDS(SURFACE),
        NO_DECISION},
    {.key = "newcomers_do_little",
        .when = {IS_UP(ADOPTION_STEP), IS_FLAT(TOKENS_STEP)},
        WORDS(NEWCOMERS),
        NO_DECISION},
    {.key = "high_and_flat",
        .when = {AT_LEAST(ADOPTION, HEALTHY), AT_MOST(ADOPTION_SPREAD_8, FLAT_POINTS)},
        WORDS(HIGH_FLAT),
        .trend = TM_TREND_FLAT,
        NO_DECISION},
    {.key = "flat",
        .when = {AT_MOST(ADOPTION_SPREAD_4, FLAT_POINTS)},
        WORDS(FLAT),
        .trend = TM_TREND_FLAT,
        NO_DECISION},
    {.key = "below_and_rising",
        .when = {AT_MOST(ADOPTION, HEALTHY - 1), IS_UP(ADOPTION_TREND)},
        WORDS(BELOW_RISING),
        NO_DECISION},
    {.key = "up", .when = {IS_UP(ADOPTION_TREND)}, WORDS(UP), NO_DECISION},
    {.key = "down", .when = {IS_DOWN(ADOPTION_TREND)}, WORDS(DOWN), NO_DECISION},
    {.key = "teachers",
        .when = {AT_LEAST(DAILY_DEPARTMENTS, 1)},
        .brief = STRING_BRIEF_TEACHERS,
        .sentence = STRING_SENTENCE_TEACHERS,
        .ask = STRING_ASK_TEACHERS,
        .audiences = "E",
        NO_DECISION},
};

const guint insight_rule_count = G_N_ELEMENTS(insight_rules);

gboolean insight_rule_holds(const Rule *rule, const Facts *facts)
{
    for (guint i = 0; i < MOST_CONDITIONS && rule->when[i].fact != FACT_NONE; i++) {
        const Condition *condition = &rule->when[i];
        const Span *span = &facts->span[condition->fact];
        if (!facts->known[condition->fact] || span->low < condition->least ||
            span->high > condition->most)
            return FALSE;
    }
    return TRUE;
}

/* ---- In place of a reading --------------------------------------------------------------- */

static const TmCell *adoption_cell(const Facts *facts)
{
    return tm_series_cell(facts->issue, facts->scope, TM_KPI_ADOPTION, tm_issue_week(facts->issue));
}

static TmChangeState adoption_change(const Facts *facts)
{
    return tm_change_find(
        facts->issue, facts->scope, TM_KPI_ADOPTION, "", tm_issue_week(facts->issue))
        .state;
}

static gboolean has_no_value(const Facts *facts)
{
    const TmCell *now = adoption_cell(facts);
    return now == NULL || now->state == TM_CELL_NOT_SHOWN || now->state == TM_CELL_NOT_MEASURED;
}

static gboolean is_incomplete(const Facts *facts)
{
    return (adoption_cell(facts)->flags & TM_FIGURE_INCOMPLETE) != 0;
}

static gboolean is_short(const Facts *facts)
{
    return tm_week_is_short(facts->issue, facts->scope, tm_issue_week(facts->issue));
}

static gboolean is_first(const Facts *facts)
{
    return adoption_change(facts) == TM_CHANGE_FIRST;
}

static gboolean has_new_rules(const Facts *facts)
{
    return adoption_change(facts) == TM_CHANGE_NEW_RULES;
}

static gboolean is_band(const Facts *facts)
{
    return adoption_cell(facts)->state == TM_CELL_BAND;
}

static gboolean has_no_trend(const Facts *facts)
{
    return facts->trend == TM_TREND_UNKNOWN;
}

static gboolean always(const Facts *facts G_GNUC_UNUSED)
{
    return TRUE;
}

#define SAY(id) STRING_BRIEF_##id, STRING_SENTENCE_##id, STRING_ASK_NOTHING

/* Below the first row adoption has a cell. */
const RuleState insight_states[] = {
    {has_no_value, "adoption is not shown, not measured or not published", SAY(STATE)},
    {is_incomplete, "a tool lacks days of the week", SAY(INCOMPLETE)},
    {is_short, "the week had under 60% of the usual working days", SAY(SHORT)},
    {is_first, "the group is shown for the first time", SAY(FIRST)},
    {has_new_rules, "definitions changed since the week before", SAY(NEW_RULES)},
};

const guint insight_state_count = G_N_ELEMENTS(insight_states);

const RuleState insight_closings[] = {
    {is_band, "adoption is shown as a band", SAY(BAND)},
    {has_no_trend, "no week before can be compared with", SAY(NO_COMPARISON)},
    {always, "nothing else holds", STRING_BRIEF_NO_CHANGE, STRING_SENTENCE_NO_CHANGE,
        STRING_ASK_NO_CHANGE},
};

const guint insight_closing_count = G_N_ELEMENTS(insight_closings);
