/*
 * The table of alerts that are replayed, and what their judgements share. What each alert means in
 * words stands in alert_catalogue.c.
 */
#include "alerts.h"
#include "strings.h"

#define ORGANISATION (1u << TM_SCOPE_ORGANISATION)
#define DEPARTMENTS (1u << TM_SCOPE_DEPARTMENT)
#define ALL_SCOPES (ORGANISATION | DEPARTMENTS | 1u << TM_SCOPE_BLOCK)

const AlertRule alert_rules[] = {
    {.kind = TM_ALERT_COST_SPIKE,
        .kpi_count = 2,
        .kpis = {TM_KPI_COST, TM_KPI_COST_METERED},
        .scopes = ALL_SCOPES,
        .has_baseline = TRUE,
        .is_change = TRUE,
        .weeks_running = 1,
        .judge = alert_judge_cost_spike},
    {.kind = TM_ALERT_BUDGET,
        .kpi_count = 1,
        .kpis = {TM_KPI_COST},
        .scopes = ORGANISATION,
        .by_month = TRUE,
        .weeks_running = 1,
        .judge = alert_judge_budget},
    {.kind = TM_ALERT_DEPARTMENT_BUDGET,
        .kpi_count = 1,
        .kpis = {TM_KPI_COST},
        .scopes = DEPARTMENTS,
        .by_month = TRUE,
        .weeks_running = 1,
        .judge = alert_judge_budget},
    {.kind = TM_ALERT_ADOPTION_FALL,
        .kpi_count = 1,
        .kpis = {TM_KPI_ADOPTION},
        .scopes = ALL_SCOPES,
        .by_month = TRUE,
        .is_change = TRUE,
        .weeks_running = 1,
        .judge = alert_judge_adoption_fall},
    {.kind = TM_ALERT_ADOPTION_DROP,
        .kpi_count = 1,
        .kpis = {TM_KPI_ADOPTION},
        .scopes = ALL_SCOPES,
        .has_baseline = TRUE,
        .is_change = TRUE,
        .weeks_running = 1,
        .judge = alert_judge_adoption_drop},
    {.kind = TM_ALERT_BELOW_TARGET,
        .scopes = ALL_SCOPES,
        .by_goal = TRUE,
        .weeks_running = 1,
        .judge = alert_judge_below_target},
    {.kind = TM_ALERT_ADOPTION_STALL,
        .kpi_count = 1,
        .kpis = {TM_KPI_ADOPTION},
        .scopes = ALL_SCOPES,
        .is_change = TRUE,
        .weeks_running = 1,
        .judge = alert_judge_adoption_stall},
    {.kind = TM_ALERT_NOT_STARTED,
        .kpi_count = 1,
        .kpis = {TM_KPI_NOT_STARTED},
        .scopes = ORGANISATION | DEPARTMENTS,
        .weeks_running = 1,
        .judge = alert_judge_not_started},
    {.kind = TM_ALERT_ONBOARDING,
        .kpi_count = 1,
        .kpis = {TM_KPI_SLOW_START_SHARE},
        .scopes = ORGANISATION | DEPARTMENTS,
        .weeks_running = 1,
        .judge = alert_judge_onboarding},
    {.kind = TM_ALERT_STREAK_COLLAPSE,
        .kpi_count = 1,
        .kpis = {TM_KPI_MATCHED_STREAK_NOW},
        .scopes = ALL_SCOPES,
        .weeks_running = 1,
        .judge = alert_judge_streak_collapse},
    {.kind = TM_ALERT_SESSION_DEPTH,
        .kpi_count = 1,
        .kpis = {TM_KPI_SESSION_DEPTH},
        .scopes = ALL_SCOPES,
        .has_baseline = TRUE,
        .is_change = TRUE,
        .weeks_running = 2,
        .judge = alert_judge_session_depth},
    {.kind = TM_ALERT_TOKEN_SPIKE,
        .kpi_count = 1,
        .kpis = {TM_KPI_TOKENS},
        .scopes = ALL_SCOPES,
        .is_change = TRUE,
        .weeks_running = 1,
        .judge = alert_judge_token_spike},
    {.kind = TM_ALERT_UNUSED_SEATS,
        .kpi_count = 1,
        .kpis = {TM_KPI_SEATS_ZERO_SESSION},
        .scopes = ORGANISATION,
        .by_tool = TRUE,
        .weeks_running = 1,
        .judge = alert_judge_unused_seats},
};
const guint alert_rule_count = G_N_ELEMENTS(alert_rules);

/* ---- For judgements ---------------------------------------------------------------------- */

Judgement alert_unknown(const char *reason)
{
    return (Judgement){.verdict = VERDICT_UNKNOWN, .reason = reason};
}

Judgement alert_not_applicable(void)
{
    return (Judgement){.verdict = VERDICT_NOT_APPLICABLE};
}

/* A share is never over 100 %; what is "at least" so much, over missing days, is open above. */
static const char *find_span(
    const Subject *subject, TmKpiId kpi, const char *part, TmWeek week, Span *span)
{
    const char *reason = tm_series_span(subject->issue, subject->scope, kpi, part, week, span);
    if (reason != NULL)
        return reason;
    const TmCell *cell = tm_issue_cell(subject->issue, subject->scope->id, kpi, part, week);
    if ((cell->flags & TM_FIGURE_AT_LEAST) != 0)
        span->high = G_MAXINT64;
    if (tm_kpi(kpi)->unit == TM_UNIT_PERCENT)
        span->high = MIN(span->high, 100);
    return NULL;
}

const char *alert_span(const Subject *subject, TmWeek week, Span *span)
{
    return find_span(subject, subject->kpi, subject->part, week, span);
}

const char *alert_span_beside_mean(
    const Subject *subject, TmWeek week, const Frozen *frozen, Span *span)
{
    const char *reason = alert_span(subject, week, span);
    return reason != NULL ? reason : frozen->baseline.reason;
}

const char *alert_span_of(const Subject *subject, TmKpiId kpi, TmWeek week, Span *span)
{
    return find_span(subject, kpi, "", week, span);
}

const char *alert_count_of(const Subject *subject, TmKpiId kpi, TmWeek week, Span *span)
{
    const char *reason = alert_span_of(subject, kpi, week, span);
    if (reason != STRING(SILENT_NOT_SHOWN))
        return reason;
    *span = (Span){0, tm_issue_setting(subject->issue, "minimum_people", 5) - 1};
    return NULL;
}

#define SHORT_WEEKS_AT_MOST 4

gboolean alert_full_weeks(const Subject *subject, TmWeek last, guint count, TmWeek *weeks)
{
    guint found = 0;
    TmWeek first =
        MAX(tm_issue_first_week(subject->issue), last - (TmWeek)count - SHORT_WEEKS_AT_MOST + 1);
    for (TmWeek week = last; week >= first && found < count; week--)
        if (!tm_week_is_short(subject->issue, subject->scope, week))
            weeks[found++] = week;
    return found == count;
}

gint64 alert_mean(TmKpiId kpi, gint64 sum)
{
    return tm_round_to(tm_divide_half_even(sum, BASELINE_WEEKS), tm_kpi(kpi)->step);
}

gint64 alert_times(gint64 a, gint64 b)
{
    return tm_scale_half_even(a, b, 1);
}
