/*
 * Combined readings: facts of a group are gathered once, then a table is read from the top; the
 * first row that holds is the reading. Rows that state a direction also set the trend, so that
 * symbol and words never disagree. Only groups of the same function are compared.
 */
#include "series.h"
#include "strings.h"

#define WEEKS 9            /* this week and eight before it */
#define RUN_WORTH_A_WORD 3 /* weeks of falling in a row */
#define GAINS_RUN 4        /* weeks of rising in a row */
#define LONG_STREAK 80     /* tenths of a working day */
#define FLAT_SPREAD 2      /* greatest minus least, points */
#define COST_UP_PERCENT 20
#define FEWEST_PEERS 2

/* Against the median of the other groups of the function. */
#define HIGH_NUMERATOR 3
#define HIGH_DENOMINATOR 2

typedef struct Run {
    gboolean known[WEEKS]; /* index 0: this week; short weeks before it are passed over */
    gint64 value[WEEKS];
    TmWeek week[WEEKS];
    guint falling, rising; /* steps in a row up to this week */
} Run;

typedef struct Facts {
    const TmIssue *issue;
    const TmScope *scope;
    TmChange adoption;
    Run rate, tokens;
    TmChange users, tokens_change;
    TmTrend trend;       /* adoption against the mean of up to four weeks before */
    int depth;           /* tokens per active user against its peers: −1 low, 0, 1 high */
    gint64 cost_percent; /* over its baseline; 0 when not known */
    gint64 streak;       /* tenths; −1 when not known */
} Facts;

typedef struct Rule {
    gboolean (*holds)(const Facts *facts);
    InsightString brief, sentence, ask;
    TmTrend trend; /* UNKNOWN: as measured */
    guint rank;    /* as a decision; 0: none */
    InsightString kicker;
    gboolean look;
    const Run *(*run)(const Facts *facts); /* whose falling or rising weeks the words count */
} Rule;

/* ---- Facts ------------------------------------------------------------------------------- */

static Run gather_run(const TmIssue *issue, const TmScope *scope, TmKpiId kpi)
{
    Run run = {0};
    TmWeek week = tm_issue_week(issue);
    for (int i = 0; i < WEEKS; i++, week--) {
        while (i > 0 && week > tm_issue_first_week(issue) && tm_week_is_short(issue, scope, week))
            week--;
        run.week[i] = week;
        run.known[i] = tm_series_value(issue, scope, kpi, "", week, &run.value[i]);
    }
    for (int i = 0; i + 1 < WEEKS && run.known[i] && run.known[i + 1]; i++) {
        if (run.value[i] >= run.value[i + 1])
            break;
        run.falling++;
    }
    for (int i = 0; i + 1 < WEEKS && run.known[i] && run.known[i + 1]; i++) {
        if (run.value[i] <= run.value[i + 1])
            break;
        run.rising++;
    }
    return run;
}

static TmTrend find_trend(const Run *run)
{
    gint64 sum = 0, weeks = 0;
    for (int i = 1; i <= BASELINE_WEEKS && run->known[i]; i++, weeks++)
        sum += run->value[i];
    if (!run->known[0] || weeks == 0)
        return TM_TREND_UNKNOWN;
    gint64 mean = tm_divide_half_even(sum, weeks);
    if (tm_change_is_flat(TM_UNIT_PERCENT, mean, run->value[0]))
        return TM_TREND_FLAT;
    return run->value[0] > mean ? TM_TREND_UP : TM_TREND_DOWN;
}

static int compare_values(gconstpointer a, gconstpointer b)
{
    const gint64 *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* Tokens per active user against twice the median of the function's other blocks. */
static int find_depth(const TmIssue *issue, const TmScope *scope)
{
    gint64 own;
    TmWeek week = tm_issue_week(issue);
    if (scope->kind != TM_SCOPE_BLOCK || scope->function == NULL ||
        !tm_series_value(issue, scope, TM_KPI_TOKENS_PER_ACTIVE, "", week, &own))
        return 0;
    g_autoptr(GArray) peers = g_array_new(FALSE, FALSE, sizeof(gint64));
    const GPtrArray *scopes = tm_issue_scopes(issue);
    for (guint i = 0; i < scopes->len; i++) {
        const TmScope *peer = scopes->pdata[i];
        gint64 value;
        if (peer != scope && peer->kind == TM_SCOPE_BLOCK && peer->own_line &&
            g_strcmp0(peer->function, scope->function) == 0 &&
            tm_series_value(issue, peer, TM_KPI_TOKENS_PER_ACTIVE, "", week, &value))
            g_array_append_val(peers, value);
    }
    if (peers->len < FEWEST_PEERS)
        return 0;
    g_array_sort(peers, compare_values);
    gint64 lower = g_array_index(peers, gint64, (peers->len - 1) / 2);
    gint64 upper = g_array_index(peers, gint64, peers->len / 2);
    gint64 median = lower + (upper - lower) / 2;
    if (tm_compare_products(own, HIGH_DENOMINATOR, median, HIGH_NUMERATOR) >= 0)
        return 1;
    if (tm_compare_products(own, HIGH_NUMERATOR, median, HIGH_DENOMINATOR) <= 0)
        return -1;
    return 0;
}

static gint64 find_cost_percent(const TmIssue *issue, const TmScope *scope)
{
    gint64 cost;
    TmWeek week = tm_issue_week(issue);
    Baseline baseline = tm_series_baseline(issue, scope, TM_KPI_COST, "", week);
    if (!tm_series_value(issue, scope, TM_KPI_COST, "", week, &cost) || baseline.reason != NULL ||
        baseline.sum.low != baseline.sum.high || baseline.sum.low <= 0)
        return 0;
    gint64 mean = tm_divide_half_even(baseline.sum.low, BASELINE_WEEKS);
    return mean > 0 ? tm_scale_half_even(cost - mean, 100, mean) : 0;
}

static Facts gather(const TmIssue *issue, const TmScope *scope)
{
    TmWeek week = tm_issue_week(issue);
    Facts facts = {
        .issue = issue,
        .scope = scope,
        .adoption = tm_change_find(issue, scope, TM_KPI_ADOPTION, "", week),
        .rate = gather_run(issue, scope, TM_KPI_ADOPTION),
        .tokens = gather_run(issue, scope, TM_KPI_TOKENS),
        .users = tm_change_find(issue, scope, TM_KPI_ACTIVE_USERS, "", week),
        .tokens_change = tm_change_find(issue, scope, TM_KPI_TOKENS, "", week),
        .depth = find_depth(issue, scope),
        .cost_percent = find_cost_percent(issue, scope),
        .streak = -1,
    };
    facts.trend = find_trend(&facts.rate);
    tm_series_value(issue, scope, TM_KPI_STREAK, "", week, &facts.streak);
    return facts;
}

/* ---- Rules ------------------------------------------------------------------------------- */

#define HEALTHY_FROM 60
#define WIDE_FROM 40 /* below it adoption is low */

static gint64 rate_now(const Facts *facts)
{
    return facts->rate.value[0];
}

static gboolean has_no_value(const Facts *facts)
{
    const TmCell *now = facts->adoption.now;
    return now == NULL || now->state == TM_CELL_NOT_SHOWN || now->state == TM_CELL_NOT_MEASURED;
}

static gboolean is_incomplete(const Facts *facts)
{
    return (facts->adoption.now->flags & TM_FIGURE_INCOMPLETE) != 0;
}

static gboolean is_short(const Facts *facts)
{
    return tm_week_is_short(facts->issue, facts->scope, tm_issue_week(facts->issue));
}

static gboolean is_band(const Facts *facts)
{
    return facts->adoption.now->state == TM_CELL_BAND;
}

static gboolean is_first(const Facts *facts)
{
    return facts->adoption.state == TM_CHANGE_FIRST;
}

static gboolean has_new_rules(const Facts *facts)
{
    return facts->adoption.state == TM_CHANGE_NEW_RULES;
}

static gboolean is_falling(const Facts *facts)
{
    return facts->rate.falling >= RUN_WORTH_A_WORD;
}

static gboolean was_healthy_and_falls(const Facts *facts)
{
    if (!is_falling(facts))
        return FALSE;
    for (int i = 1; i < WEEKS; i++)
        if (facts->rate.known[i] && facts->rate.value[i] >= HEALTHY_FROM)
            return TRUE;
    return FALSE;
}

static gboolean is_carried_by_few(const Facts *facts)
{
    return facts->depth > 0 && rate_now(facts) < HEALTHY_FROM;
}

static gboolean is_wide_and_light(const Facts *facts)
{
    return facts->depth < 0 && rate_now(facts) >= WIDE_FROM;
}

static gboolean costs_more_at_same_users(const Facts *facts)
{
    return facts->cost_percent >= COST_UP_PERCENT && facts->users.state == TM_CHANGE_KNOWN &&
           facts->users.direction == 0;
}

static gboolean tokens_ease(const Facts *facts)
{
    return facts->tokens.falling >= RUN_WORTH_A_WORD;
}

static gboolean loses_users_at_flat_rate(const Facts *facts)
{
    return facts->users.state == TM_CHANGE_KNOWN && facts->users.direction < 0 &&
           facts->adoption.state == TM_CHANGE_KNOWN && facts->adoption.direction == 0;
}

static gboolean gains(const Facts *facts)
{
    return facts->rate.rising >= GAINS_RUN;
}

static gboolean newcomers_do_little(const Facts *facts)
{
    return facts->adoption.state == TM_CHANGE_KNOWN && facts->adoption.direction > 0 &&
           facts->tokens_change.state == TM_CHANGE_KNOWN && facts->tokens_change.direction == 0;
}

static gboolean is_steady(const Facts *facts)
{
    return rate_now(facts) >= HEALTHY_FROM && facts->streak >= LONG_STREAK &&
           facts->trend != TM_TREND_DOWN;
}

static gboolean spread_is_flat(const Facts *facts, int weeks)
{
    gint64 least = G_MAXINT64, greatest = G_MININT64;
    for (int i = 0; i < weeks; i++) {
        if (!facts->rate.known[i])
            return FALSE;
        least = MIN(least, facts->rate.value[i]);
        greatest = MAX(greatest, facts->rate.value[i]);
    }
    return greatest - least <= FLAT_SPREAD;
}

static gboolean is_below_but_rises(const Facts *facts)
{
    return rate_now(facts) < HEALTHY_FROM && facts->trend == TM_TREND_UP &&
           !spread_is_flat(facts, 4);
}

static gboolean is_high_and_flat(const Facts *facts)
{
    return rate_now(facts) >= HEALTHY_FROM && spread_is_flat(facts, 8);
}

static gboolean is_flat(const Facts *facts)
{
    return spread_is_flat(facts, 4);
}

static gboolean trends_up(const Facts *facts)
{
    return facts->trend == TM_TREND_UP;
}

static gboolean trends_down(const Facts *facts)
{
    return facts->trend == TM_TREND_DOWN;
}

static gboolean has_no_trend(const Facts *facts)
{
    return facts->trend == TM_TREND_UNKNOWN;
}

static gboolean always(const Facts *facts G_GNUC_UNUSED)
{
    return TRUE;
}

static const Run *run_of_rate(const Facts *facts)
{
    return &facts->rate;
}

static const Run *run_of_tokens(const Facts *facts)
{
    return &facts->tokens;
}

#define WORDS(id) STRING_BRIEF_##id, STRING_SENTENCE_##id
#define ASK(id) STRING_ASK_##id
#define NO_KICKER STRING_COUNT

/* The first six rows guard the rest: below them this week and the week before have values. */
static const Rule rules[] = {
    {has_no_value, WORDS(STATE), ASK(NOTHING), 0, 0, NO_KICKER, FALSE, NULL},
    {is_incomplete, WORDS(INCOMPLETE), ASK(NOTHING), 0, 0, NO_KICKER, FALSE, NULL},
    {is_short, WORDS(SHORT), ASK(NOTHING), 0, 0, NO_KICKER, FALSE, NULL},
    {is_band, WORDS(BAND), ASK(NOTHING), 0, 0, NO_KICKER, FALSE, NULL},
    {is_first, WORDS(FIRST), ASK(NOTHING), 0, 0, NO_KICKER, FALSE, NULL},
    {has_new_rules, WORDS(NEW_RULES), ASK(NOTHING), 0, 0, NO_KICKER, FALSE, NULL},
    {was_healthy_and_falls, STRING_BRIEF_FALLING, STRING_SENTENCE_HEALTHY_FALLING, ASK(FALLING),
        TM_TREND_DOWN, 1, STRING_KICKER_FALLING, TRUE, run_of_rate},
    {is_falling, WORDS(FALLING), ASK(FALLING), TM_TREND_DOWN, 2, STRING_KICKER_FALLING, TRUE,
        run_of_rate},
    {is_carried_by_few, WORDS(GAP), ASK(GAP), 0, 3, STRING_KICKER_GAP, FALSE, NULL},
    {is_wide_and_light, WORDS(LIGHT), ASK(LIGHT), 0, 4, STRING_KICKER_LIGHT, FALSE, NULL},
    {costs_more_at_same_users, WORDS(COST), ASK(COST), 0, 0, NO_KICKER, FALSE, NULL},
    {tokens_ease, WORDS(EASING), ASK(EASING), 0, 0, NO_KICKER, FALSE, run_of_tokens},
    {loses_users_at_flat_rate, WORDS(CHURN), ASK(CHURN), 0, 0, NO_KICKER, FALSE, NULL},
    {gains, WORDS(GAINS), ASK(GAINS), TM_TREND_UP, 5, STRING_KICKER_GAINS, FALSE, run_of_rate},
    {is_steady, WORDS(STEADY), ASK(STEADY), 0, 0, NO_KICKER, FALSE, NULL},
    {newcomers_do_little, WORDS(NEWCOMERS), ASK(NEWCOMERS), 0, 0, NO_KICKER, FALSE, NULL},
    {is_below_but_rises, WORDS(BELOW_RISING), ASK(BELOW_RISING), 0, 0, NO_KICKER, FALSE, NULL},
    {is_high_and_flat, WORDS(HIGH_FLAT), ASK(HIGH_FLAT), TM_TREND_FLAT, 0, NO_KICKER, FALSE, NULL},
    {is_flat, WORDS(FLAT), ASK(FLAT), TM_TREND_FLAT, 0, NO_KICKER, FALSE, NULL},
    {trends_up, WORDS(UP), ASK(UP), 0, 0, NO_KICKER, FALSE, NULL},
    {trends_down, WORDS(DOWN), ASK(DOWN), 0, 0, NO_KICKER, FALSE, NULL},
    {has_no_trend, WORDS(NO_COMPARISON), ASK(NOTHING), 0, 0, NO_KICKER, FALSE, NULL},
    {always, WORDS(NO_CHANGE), ASK(NO_CHANGE), 0, 0, NO_KICKER, FALSE, NULL},
};

/* ---- Words ------------------------------------------------------------------------------- */

typedef struct Places {
    char *state, *value, *percent, *count, *word, *week, *week_number;
} Places;

static void places_clear(Places *places)
{
    g_free(places->state);
    g_free(places->value);
    g_free(places->percent);
    g_free(places->count);
    g_free(places->word);
    g_free(places->week);
    g_free(places->week_number);
}

/* A run of three falling steps that ends in week 46 began to fall in week 44. */
static Places fill_places(const Facts *facts, const Rule *rule)
{
    const Run *run = rule->run == NULL ? &facts->rate : rule->run(facts);
    guint steps = MAX(run->falling, run->rising);
    TmWeek since = run->week[steps > 0 ? steps - 1 : 0];
    Places places = {
        .state = tm_format_cell(facts->issue, TM_KPI_ADOPTION, facts->adoption.now, FALSE),
        .value = tm_format_cell(facts->issue, TM_KPI_ADOPTION, facts->adoption.now, FALSE),
        .percent = tm_format_value(TM_UNIT_PERCENT, facts->cost_percent, NULL),
        .count = tm_format_count(steps),
        .word = tm_format_count_word(steps),
        .week = tm_format_week(since),
        .week_number = tm_format_week_number(since),
    };
    *places.word = g_ascii_toupper(*places.word);
    return places;
}

static char *say(InsightString id, const Facts *facts, const Places *places)
{
    return tm_text_fill(tm_insight_strings[id], "group", facts->scope->name, "state", places->state,
        "value", places->value, "percent", places->percent, "count", places->count, "word",
        places->word, "week", places->week, "week_number", places->week_number, NULL);
}

TmReading *tm_reading_find(const TmIssue *issue, const TmScope *scope)
{
    Facts facts = gather(issue, scope);
    const Rule *rule = rules;
    while (!rule->holds(&facts))
        rule++;
    Places places = fill_places(&facts, rule);
    TmReading *reading = g_new0(TmReading, 1);
    if (rule->holds != is_short)
        reading->trend = rule->trend == TM_TREND_UNKNOWN ? facts.trend : rule->trend;
    reading->rank = rule->rank;
    reading->look = rule->look;
    reading->kicker = rule->kicker == NO_KICKER ? NULL : tm_insight_strings[rule->kicker];
    reading->brief = say(rule->brief, &facts, &places);
    *reading->brief = g_ascii_toupper(*reading->brief);
    reading->sentence = say(rule->sentence, &facts, &places);
    reading->ask = say(rule->ask, &facts, &places);
    places_clear(&places);
    return reading;
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
