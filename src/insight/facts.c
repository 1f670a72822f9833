/*
 * Facts are gathered once for a group. Each has one function that says whether it is known; weeks
 * that are incomplete, short, or under other rules make it unknown.
 */
#include "facts.h"

#define SPREAD_WEEKS 4
#define LONG_SPREAD_WEEKS 8
#define DAILY_BUCKET "5+" /* of usage_frequency: active on five days or more */

/* ---- Runs -------------------------------------------------------------------------------- */

/* TRUE when the later value is lower whatever stands behind bands, and may be compared. */
static gboolean steps_down(
    const Facts *facts, const Run *run, TmUnit unit, guint later, guint earlier)
{
    guint newest = MIN(later, earlier), oldest = MAX(later, earlier);
    return run->known[later] && run->known[earlier] &&
           run->span[later].high < run->span[earlier].low &&
           !tm_series_hides(facts->issue, facts->scope, unit, run->week[newest], run->week[oldest]);
}

static void gather_run(Facts *facts, TmKpiId kpi, Run *run)
{
    const TmIssue *issue = facts->issue;
    const TmScope *scope = facts->scope;
    TmUnit unit = tm_kpi(kpi)->unit;
    TmWeek week = tm_issue_week(issue);
    for (guint i = 0; i < RUN_WEEKS; i++, week--) {
        while (i > 0 && week > tm_issue_first_week(issue) && tm_week_is_short(issue, scope, week))
            week--;
        run->week[i] = week;
        run->known[i] = (i == 0 || !tm_week_is_short(issue, scope, week)) &&
                        tm_series_span(issue, scope, kpi, "", week, &run->span[i]) == NULL;
    }
    while (run->falling + 1 < RUN_WEEKS &&
           steps_down(facts, run, unit, run->falling, run->falling + 1))
        run->falling++;
    while (
        run->rising + 1 < RUN_WEEKS && steps_down(facts, run, unit, run->rising + 1, run->rising))
        run->rising++;
}

static gboolean is_exact(const Run *run, guint week)
{
    return run->known[week] && run->span[week].low == run->span[week].high;
}

static TmTrend find_trend(const Run *run)
{
    gint64 sum = 0, weeks = 0;
    for (guint i = 1; i <= BASELINE_WEEKS && is_exact(run, i); i++, weeks++)
        sum += run->span[i].low;
    if (!is_exact(run, 0) || weeks == 0)
        return TM_TREND_UNKNOWN;
    gint64 mean = tm_divide_half_even(sum, weeks), now = run->span[0].low;
    if (tm_change_is_flat(TM_UNIT_PERCENT, mean, now))
        return TM_TREND_FLAT;
    return now > mean ? TM_TREND_UP : TM_TREND_DOWN;
}

/* ---- Single facts ------------------------------------------------------------------------ */

static gboolean exactly(Span *span, gint64 value)
{
    *span = (Span){value, value};
    return TRUE;
}

static gboolean cell_fact(const Facts *facts, TmKpiId kpi, Span *span)
{
    return tm_series_span(facts->issue, facts->scope, kpi, "", tm_issue_week(facts->issue), span) ==
           NULL;
}

/* The week against the one before it; unknown after a short week. */
static gboolean step_fact(const Facts *facts, TmKpiId kpi, Span *span)
{
    TmWeek week = tm_issue_week(facts->issue);
    TmChange change = tm_change_find(facts->issue, facts->scope, kpi, "", week);
    return change.state == TM_CHANGE_KNOWN &&
           !tm_week_is_short(facts->issue, facts->scope, week - 1) &&
           exactly(span, change.direction);
}

static gboolean spread_fact(const Run *run, guint weeks, Span *span)
{
    gint64 least_low = G_MAXINT64, least_high = G_MAXINT64;
    gint64 most_low = G_MININT64, most_high = G_MININT64;
    for (guint i = 0; i < weeks; i++) {
        if (!run->known[i])
            return FALSE;
        least_low = MIN(least_low, run->span[i].low);
        least_high = MIN(least_high, run->span[i].high);
        most_low = MAX(most_low, run->span[i].low);
        most_high = MAX(most_high, run->span[i].high);
    }
    *span = (Span){MAX(most_low - least_high, 0), most_high - least_low};
    return TRUE;
}

static gboolean adoption_best(const Facts *facts, TmKpiId kpi G_GNUC_UNUSED, Span *span)
{
    gboolean known = FALSE;
    for (guint i = 1; i < RUN_WEEKS; i++) {
        if (!facts->adoption.known[i])
            continue;
        Span week = facts->adoption.span[i];
        *span = known ? (Span){MAX(span->low, week.low), MAX(span->high, week.high)} : week;
        known = TRUE;
    }
    return known;
}

static gboolean adoption_spread_4(const Facts *facts, TmKpiId kpi G_GNUC_UNUSED, Span *span)
{
    return spread_fact(&facts->adoption, SPREAD_WEEKS, span);
}

static gboolean adoption_spread_8(const Facts *facts, TmKpiId kpi G_GNUC_UNUSED, Span *span)
{
    return spread_fact(&facts->adoption, LONG_SPREAD_WEEKS, span);
}

static gboolean adoption_trend(const Facts *facts, TmKpiId kpi G_GNUC_UNUSED, Span *span)
{
    static const int directions[] = {[TM_TREND_UP] = 1, [TM_TREND_DOWN] = -1};
    return facts->trend != TM_TREND_UNKNOWN &&
           exactly(span, facts->trend == TM_TREND_FLAT ? 0 : directions[facts->trend]);
}

static const Run *run_of(const Facts *facts, TmKpiId kpi)
{
    return kpi == TM_KPI_TOKENS ? &facts->tokens : &facts->adoption;
}

static gboolean falls_fact(const Facts *facts, TmKpiId kpi, Span *span)
{
    return exactly(span, run_of(facts, kpi)->falling);
}

static gboolean rises_fact(const Facts *facts, TmKpiId kpi, Span *span)
{
    return exactly(span, run_of(facts, kpi)->rising);
}

/* A flow of people as percent of the active users. */
static gboolean share_of_users(const Facts *facts, TmKpiId flow, Span *span)
{
    Span part, all;
    if (!cell_fact(facts, flow, &part) || !cell_fact(facts, TM_KPI_ACTIVE_USERS, &all) ||
        all.high <= 0)
        return FALSE;
    *span = (Span){tm_series_ratio(part.low, 100, all.high, FALSE),
        tm_series_ratio(part.high, 100, all.low, TRUE)};
    return TRUE;
}

static gboolean tokens_to_peers(const Facts *facts, TmKpiId kpi G_GNUC_UNUSED, Span *span)
{
    return peers_tokens(facts->issue, facts->scope, span);
}

static gboolean cost_over_mean(const Facts *facts, TmKpiId kpi, Span *span)
{
    TmWeek week = tm_issue_week(facts->issue);
    Span cost;
    if (!cell_fact(facts, kpi, &cost) ||
        tm_series_hides(facts->issue, facts->scope, TM_UNIT_MONEY, week, week - 1))
        return FALSE;
    Baseline baseline = tm_series_baseline(facts->issue, facts->scope, kpi, "", week);
    if (baseline.reason != NULL || baseline.sum.high <= 0)
        return FALSE;
    gint64 times = 100 * BASELINE_WEEKS;
    *span = (Span){tm_series_ratio(cost.low, times, baseline.sum.high, FALSE) - 100,
        tm_series_ratio(cost.high, times, baseline.sum.low, TRUE)};
    if (cost.low == cost.high && baseline.sum.low == baseline.sum.high)
        return exactly(span, tm_scale_half_even(cost.low, times, baseline.sum.low) - 100);
    if (span->high != G_MAXINT64)
        span->high -= 100;
    return TRUE;
}

static gboolean cost_to_heads(const Facts *facts, TmKpiId kpi G_GNUC_UNUSED, Span *span)
{
    TmCostShare share;
    if (!tm_cost_share_find(facts->issue, facts->scope, &share) || share.times_low == 0)
        return FALSE;
    *span = (Span){share.times_low, share.times_high};
    return TRUE;
}

/* Departments that may be named. Borrowed elements. */
static GPtrArray *departments_of(const TmIssue *issue)
{
    GPtrArray *departments = g_ptr_array_new();
    const GPtrArray *scopes = tm_issue_scopes(issue);
    for (guint i = 0; i < scopes->len; i++) {
        TmScope *scope = scopes->pdata[i];
        if (scope->kind == TM_SCOPE_DEPARTMENT && scope->own_line)
            g_ptr_array_add(departments, scope);
    }
    return departments;
}

/* In how many departments people are seen who are active on five days; at least so many. */
static gboolean daily_departments(const Facts *facts, TmKpiId kpi, Span *span)
{
    if (facts->scope->kind != TM_SCOPE_ORGANISATION)
        return FALSE;
    g_autoptr(GPtrArray) departments = departments_of(facts->issue);
    gint64 seen = 0, possible = 0;
    for (guint i = 0; i < departments->len; i++) {
        Span people;
        gboolean known = tm_series_span(facts->issue, departments->pdata[i], kpi, DAILY_BUCKET,
                             tm_issue_week(facts->issue), &people) == NULL;
        seen += known && people.low > 0;
        possible += !known || people.high > 0;
    }
    *span = (Span){seen, possible};
    return TRUE;
}

/* ---- Table ------------------------------------------------------------------------------- */

static const struct {
    FactWords words;
    TmKpiId kpi; /* that it is made from */
    gboolean (*gather)(const Facts *facts, TmKpiId kpi, Span *span);
} rows[FACT_COUNT] = {
    [FACT_ADOPTION] = {{"adoption", TM_UNIT_PERCENT, FALSE}, TM_KPI_ADOPTION, cell_fact},
    [FACT_ADOPTION_BEST] = {{"best adoption of the 8 weeks before", TM_UNIT_PERCENT, FALSE},
        TM_KPI_ADOPTION, adoption_best},
    [FACT_ADOPTION_FALLS] = {{"weeks of falling adoption in a row", TM_UNIT_COUNT, FALSE},
        TM_KPI_ADOPTION, falls_fact},
    [FACT_ADOPTION_RISES] = {{"weeks of rising adoption in a row", TM_UNIT_COUNT, FALSE},
        TM_KPI_ADOPTION, rises_fact},
    [FACT_ADOPTION_SPREAD_4] = {{"points between the least and greatest adoption of 4 weeks",
                                    TM_UNIT_COUNT, FALSE},
        TM_KPI_ADOPTION, adoption_spread_4},
    [FACT_ADOPTION_SPREAD_8] = {{"points between the least and greatest adoption of 8 weeks",
                                    TM_UNIT_COUNT, FALSE},
        TM_KPI_ADOPTION, adoption_spread_8},
    [FACT_ADOPTION_STEP] = {{"adoption against the week before", TM_UNIT_COUNT, TRUE},
        TM_KPI_ADOPTION, step_fact},
    [FACT_ADOPTION_TREND] = {{"adoption against its mean of up to 4 weeks before", TM_UNIT_COUNT,
                                 TRUE},
        TM_KPI_ADOPTION, adoption_trend},
    [FACT_USERS_STEP] = {{"active users against the week before", TM_UNIT_COUNT, TRUE},
        TM_KPI_ACTIVE_USERS, step_fact},
    [FACT_NEW_SHARE] = {{"new users, of the active ones", TM_UNIT_PERCENT, FALSE}, TM_KPI_NEW_USERS,
        share_of_users},
    [FACT_LAPSED_SHARE] = {{"lapsed users, of the active ones", TM_UNIT_PERCENT, FALSE},
        TM_KPI_LAPSED_USERS, share_of_users},
    [FACT_TOKENS_STEP] = {{"tokens against the week before", TM_UNIT_COUNT, TRUE}, TM_KPI_TOKENS,
        step_fact},
    [FACT_TOKENS_FALLS] = {{"weeks of falling tokens in a row", TM_UNIT_COUNT, FALSE},
        TM_KPI_TOKENS, falls_fact},
    [FACT_TOKENS_TO_PEERS] = {{"tokens per active user, of the median of the same kind of work",
                                  TM_UNIT_PERCENT, FALSE},
        TM_KPI_TOKENS_PER_ACTIVE, tokens_to_peers},
    [FACT_TOP_FIFTH] = {{"share of the top fifth", TM_UNIT_PERCENT, FALSE}, TM_KPI_TOP_FIFTH_SHARE,
        cell_fact},
    [FACT_COST_OVER_MEAN] = {{"cost over its mean of the 4 weeks before", TM_UNIT_PERCENT, FALSE},
        TM_KPI_COST, cost_over_mean},
    [FACT_COST_TO_HEADS] =
        {{"share of the cost, of the share of the heads, in the same kind of work", TM_UNIT_PERCENT,
             FALSE},
            TM_KPI_COST, cost_to_heads},
    [FACT_COST_PER_SESSION_STEP] = {{"cost per session against the week before", TM_UNIT_COUNT,
                                        TRUE},
        TM_KPI_COST_PER_SESSION, step_fact},
    [FACT_SESSION_FREQUENCY] = {{"sessions a person and working day", TM_UNIT_RATE, FALSE},
        TM_KPI_SESSION_FREQUENCY, cell_fact},
    [FACT_MESSAGES_PER_SESSION] = {{"messages per session", TM_UNIT_RATE, FALSE},
        TM_KPI_MESSAGES_PER_SESSION, cell_fact},
    [FACT_STREAK] = {{"average streak", TM_UNIT_DAYS, FALSE}, TM_KPI_STREAK, cell_fact},
    [FACT_DAILY_DEPARTMENTS] = {{"departments where people are active on 5 days", TM_UNIT_COUNT,
                                    FALSE},
        TM_KPI_USAGE_FREQUENCY, daily_departments},
};

const FactWords *fact_words(Fact fact)
{
    g_assert(fact > FACT_NONE && fact < FACT_COUNT);
    return &rows[fact].words;
}

void facts_gather(Facts *facts, const TmIssue *issue, const TmScope *scope)
{
    g_autoptr(GPtrArray) departments = departments_of(issue);
    *facts = (Facts){.issue = issue, .scope = scope, .departments = departments->len};
    gather_run(facts, TM_KPI_ADOPTION, &facts->adoption);
    gather_run(facts, TM_KPI_TOKENS, &facts->tokens);
    facts->trend = find_trend(&facts->adoption);
    for (Fact fact = FACT_NONE + 1; fact < FACT_COUNT; fact++)
        facts->known[fact] = rows[fact].gather(facts, rows[fact].kpi, &facts->span[fact]);
}
