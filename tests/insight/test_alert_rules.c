/* Each alert at its threshold, just under and just over it, worked by hand. */
#include "../cmocka_all.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46)) /* the second of the four weeks of November 2026 */
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)
#define NONE G_MININT64

static const TmAlert *find(const GPtrArray *alerts, TmAlertKind kind, const char *scope)
{
    for (guint i = 0; i < alerts->len; i++) {
        const TmAlert *alert = alerts->pdata[i];
        if (alert->kind == kind && g_str_equal(alert->scope->id, scope))
            return alert;
    }
    return NULL;
}

typedef enum Outcome { NOTHING, SILENT, FIRED, CLEARED } Outcome;

static Outcome outcome_of(const TmIssue *issue, TmAlertKind kind, const char *scope)
{
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, kind, scope);
    return alert == NULL                         ? NOTHING
           : alert->state == TM_ALERT_NOT_JUDGED ? SILENT
           : alert->state == TM_ALERT_FIRED      ? FIRED
                                                 : CLEARED;
}

static void expect_reason(const TmIssue *issue, TmAlertKind kind, const char *reason)
{
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, kind, "org");
    assert_non_null(alert);
    assert_int_equal(alert->state, TM_ALERT_NOT_JUDGED);
    assert_string_equal(alert->reason, reason);
}

/* Values of one KPI of the organisation, the last one the issue's. */
static TmIssue *series_issue(TmKpiId kpi, const gint64 *values, guint count)
{
    TmIssue *issue = fake_issue_new(W46 - (TmWeek)count + 1, W46);
    for (guint i = 0; i < count; i++)
        fake_value(issue, "org", kpi, W46 - (TmWeek)count + 1 + (TmWeek)i, values[i]);
    return issue;
}

static void make_short(TmIssue *issue, TmWeek week)
{
    fake_steady(issue, "org", TM_KPI_USUAL_DAYS, 100);
    fake_steady(issue, "org", TM_KPI_WORKING_DAYS, 100);
    fake_value(issue, "org", TM_KPI_WORKING_DAYS, week, 59);
}

/* ---- Budget ------------------------------------------------------------------------------ */

/*
 * Weeks 45 and 46 of a month of four cost 100 each, all of it seats: the month is projected at
 * 100 + last + 2 × last.
 */
static TmIssue *budget_issue(gint64 last)
{
    const gint64 units[] = {MONEY(100), MONEY(last)};
    TmIssue *issue = series_issue(TM_KPI_COST, units, 2);
    fake_steady(issue, "org", TM_KPI_COST_SEATS, MONEY(last));
    fake_budget(issue, MONEY(100), MONEY(400), 4);
    return issue;
}

static Outcome budget_outcome(gint64 last)
{
    g_autoptr(TmIssue) issue = budget_issue(last);
    return outcome_of(issue, TM_ALERT_BUDGET, "org");
}

static void test_budget_needs_more_than_ten_percent(void **state)
{
    (void)state;
    /* 110 % of 400 is 440 = 100 + 3 × 113⅓ */
    assert_int_equal(budget_outcome(113), NOTHING);
    assert_int_equal(budget_outcome(114), FIRED);
    g_autoptr(TmIssue) at = budget_issue(110); /* 430 against 430 ÷ 1.1 */
    fake_budget(at, MONEY(100), 390909091, 4);
    assert_int_equal(outcome_of(at, TM_ALERT_BUDGET, "org"), NOTHING);
    fake_budget(at, MONEY(100), 390909090, 4);
    assert_int_equal(outcome_of(at, TM_ALERT_BUDGET, "org"), FIRED);
}

static void test_budget_tells_cost_budget_and_excess(void **state)
{
    g_autoptr(TmIssue) issue = budget_issue(120);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_BUDGET, "org");
    (void)state;
    assert_int_equal(alert->low, MONEY(460));
    assert_int_equal(alert->baseline_low, MONEY(400));
    assert_int_equal(alert->excess, MONEY(60));
    assert_true(alert->ends_later);
}

static void test_budget_is_open_since_the_week_of_the_month_that_showed_it(void **state)
{
    const gint64 units[] = {MONEY(900), MONEY(150), MONEY(150)}; /* October's week does not count */
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_COST, units, 3);
    g_autoptr(GPtrArray) alerts = NULL;
    (void)state;
    fake_steady(issue, "org", TM_KPI_COST_SEATS, MONEY(150));
    fake_budget(issue, MONEY(100), MONEY(400), 4);
    alerts = tm_alerts_find(issue);
    assert_int_equal(find(alerts, TM_ALERT_BUDGET, "org")->since, W46 - 1);
    assert_false(find(alerts, TM_ALERT_BUDGET, "org")->is_new);
}

static void test_budget_clears_within_its_month(void **state)
{
    const gint64 units[] = {MONEY(150), MONEY(60)}; /* 600 projected, then 150 + 3 × 60 */
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_COST, units, 2);
    (void)state;
    fake_value(issue, "org", TM_KPI_COST_SEATS, W46 - 1, MONEY(150));
    fake_value(issue, "org", TM_KPI_COST_SEATS, W46, MONEY(60));
    fake_budget(issue, MONEY(100), MONEY(400), 4);
    assert_int_equal(outcome_of(issue, TM_ALERT_BUDGET, "org"), CLEARED);
}

static void test_without_a_budget_nothing_is_said(void **state)
{
    g_autoptr(TmIssue) issue = budget_issue(500);
    (void)state;
    fake_budget(issue, 0, 0, 4);
    assert_int_equal(outcome_of(issue, TM_ALERT_BUDGET, "org"), NOTHING);
}

static void test_budget_follows_its_setting(void **state)
{
    g_autoptr(TmIssue) issue = budget_issue(114); /* 442: 10.5 % */
    (void)state;
    fake_setting(issue, "budget_percent", 11);
    assert_int_equal(outcome_of(issue, TM_ALERT_BUDGET, "org"), NOTHING);
}

static void test_an_incomplete_week_of_the_month_silences_the_budget(void **state)
{
    g_autoptr(TmIssue) issue = budget_issue(200);
    (void)state;
    fake_flags(issue, "org", W46 - 1, TM_FIGURE_INCOMPLETE);
    expect_reason(issue, TM_ALERT_BUDGET, "a tool lacks days of the week");
}

static void test_a_band_of_cost_must_be_over_budget_as_a_whole(void **state)
{
    g_autoptr(TmIssue) issue = budget_issue(100);
    (void)state;
    fake_band(issue, "org", TM_KPI_COST, "", W46, MONEY(100), MONEY(300)); /* 400 to 600 */
    expect_reason(issue, TM_ALERT_BUDGET, "shown as a band");
    fake_band(issue, "org", TM_KPI_COST, "", W46, MONEY(141), MONEY(300)); /* 441 to 600 */
    assert_int_equal(outcome_of(issue, TM_ALERT_BUDGET, "org"), FIRED);
}

static void test_metered_cost_is_projected_by_working_day(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 3, W46);
    (void)state;
    /* Four weeks of 100 in 80 days: a usual week of 100 days costs 125; 200 + 2 × 125 = 450. */
    fake_steady(issue, "org", TM_KPI_COST, MONEY(100));
    fake_steady(issue, "org", TM_KPI_COST_METERED, MONEY(100));
    fake_steady(issue, "org", TM_KPI_COST_SEATS, 0);
    fake_steady(issue, "org", TM_KPI_WORKING_DAYS, 80);
    fake_steady(issue, "org", TM_KPI_USUAL_DAYS, 100);
    fake_budget(issue, MONEY(100), MONEY(400), 4);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_int_equal(find(alerts, TM_ALERT_BUDGET, "org")->low, MONEY(450));
}

static Outcome department_outcome(gint64 budget)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_budget(issue, 0, 0, 4);
    fake_month_budget(issue, "dept-a", budget);
    fake_steady(issue, "dept-a", TM_KPI_COST, MONEY(100));
    fake_steady(issue, "dept-a", TM_KPI_COST_SEATS, MONEY(100)); /* 400 projected */
    return outcome_of(issue, TM_ALERT_DEPARTMENT_BUDGET, "dept-a");
}

static void test_department_budget_fires_from_a_quarter_over_on(void **state)
{
    (void)state;
    assert_int_equal(department_outcome(MONEY(320) + 1), NOTHING);
    assert_int_equal(department_outcome(MONEY(320)), FIRED);
    assert_int_equal(department_outcome(MONEY(320) - 1), FIRED);
}

/* ---- Token spike ------------------------------------------------------------------------- */

static Outcome tokens_outcome(gint64 last)
{
    const gint64 tokens[] = {100000, last};
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_TOKENS, tokens, 2);
    return outcome_of(issue, TM_ALERT_TOKEN_SPIKE, "org");
}

static void test_token_spike_fires_from_half_more_on(void **state)
{
    (void)state;
    assert_int_equal(tokens_outcome(149000), NOTHING);
    assert_int_equal(tokens_outcome(150000), FIRED);
    assert_int_equal(tokens_outcome(151000), FIRED);
}

static void test_a_token_spike_that_holds_has_cleared(void **state)
{
    const gint64 tokens[] = {100000, 200000, 200000};
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_TOKENS, tokens, 3);
    (void)state;
    assert_int_equal(outcome_of(issue, TM_ALERT_TOKEN_SPIKE, "org"), CLEARED);
}

static void test_tokens_that_keep_spiking_are_open_since_the_first_week(void **state)
{
    const gint64 tokens[] = {100000, 200000, 400000};
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_TOKENS, tokens, 3);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    (void)state;
    assert_int_equal(find(alerts, TM_ALERT_TOKEN_SPIKE, "org")->since, W46 - 1);
}

static void test_use_out_of_nothing_is_no_token_spike(void **state)
{
    const gint64 tokens[] = {0, 200000};
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_TOKENS, tokens, 2);
    (void)state;
    expect_reason(issue, TM_ALERT_TOKEN_SPIKE, "the weeks before cannot be compared with");
}

static void test_tokens_after_a_short_week_are_not_compared(void **state)
{
    const gint64 tokens[] = {100000, 200000};
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_TOKENS, tokens, 2);
    (void)state;
    make_short(issue, W46 - 1);
    expect_reason(issue, TM_ALERT_TOKEN_SPIKE, "the weeks before cannot be compared with");
}

static void test_bands_of_tokens_must_spike_as_a_whole(void **state)
{
    const gint64 tokens[] = {0, 450000};
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_TOKENS, tokens, 2);
    (void)state;
    fake_band(issue, "org", TM_KPI_TOKENS, "", W46 - 1, 100000, 300000);
    assert_int_equal(outcome_of(issue, TM_ALERT_TOKEN_SPIKE, "org"), FIRED);
    fake_value(issue, "org", TM_KPI_TOKENS, W46, 449000);
    expect_reason(issue, TM_ALERT_TOKEN_SPIKE, "shown as a band");
}

static Outcome block_tokens_outcome(gint64 licensed)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "Data", NULL, 1);
    fake_value(issue, "block-a", TM_KPI_TOKENS, W46 - 1, 100000);
    fake_value(issue, "block-a", TM_KPI_TOKENS, W46, 200000);
    fake_value(issue, "block-a", TM_KPI_LICENSED, W46 - 1, 10);
    fake_value(issue, "block-a", TM_KPI_LICENSED, W46, licensed);
    return outcome_of(issue, TM_ALERT_TOKEN_SPIKE, "block-a");
}

static void test_one_or_two_movers_silence_a_blocks_tokens(void **state)
{
    (void)state;
    assert_int_equal(block_tokens_outcome(10), FIRED);
    assert_int_equal(block_tokens_outcome(11), SILENT);
    assert_int_equal(block_tokens_outcome(8), SILENT);
    assert_int_equal(block_tokens_outcome(13), FIRED);
}

/* ---- Adoption stall ---------------------------------------------------------------------- */

static TmIssue *stall_issue(const gint64 *adoption, guint count)
{
    TmIssue *issue = series_issue(TM_KPI_ADOPTION, adoption, count);
    fake_goal(issue, TM_KPI_ADOPTION, 70);
    fake_rollout(issue, "org", "launch", TM_DAY_NONE);
    return issue;
}

static Outcome stall_outcome(gint64 third)
{
    const gint64 adoption[] = {50, 51, third, 50};
    g_autoptr(TmIssue) issue = stall_issue(adoption, 4);
    return outcome_of(issue, TM_ALERT_ADOPTION_STALL, "org");
}

static void test_stall_fires_up_to_two_points_of_movement(void **state)
{
    (void)state;
    assert_int_equal(stall_outcome(51), FIRED);
    assert_int_equal(stall_outcome(52), FIRED);
    assert_int_equal(stall_outcome(53), NOTHING);
}

static Outcome stall_at(gint64 adoption)
{
    const gint64 values[] = {adoption, adoption, adoption, adoption};
    g_autoptr(TmIssue) issue = stall_issue(values, 4);
    return outcome_of(issue, TM_ALERT_ADOPTION_STALL, "org");
}

static void test_at_its_target_adoption_may_stand_still(void **state)
{
    (void)state;
    assert_int_equal(stall_at(69), FIRED);
    assert_int_equal(stall_at(70), NOTHING);
}

static Outcome stall_in_state(const char *name, TmDay start)
{
    const gint64 adoption[] = {50, 50, 50, 50};
    g_autoptr(TmIssue) issue = stall_issue(adoption, 4);
    fake_rollout(issue, "org", name, start);
    return outcome_of(issue, TM_ALERT_ADOPTION_STALL, "org");
}

static void test_stall_needs_an_active_rollout(void **state)
{
    (void)state;
    assert_int_equal(stall_in_state("seed", TM_DAY_NONE), FIRED);
    assert_int_equal(stall_in_state("iterate", tm_week_monday(W46)), FIRED);
    assert_int_equal(stall_in_state("iterate", tm_week_monday(W46) + 1), NOTHING);
    assert_int_equal(stall_in_state("baseline", TM_DAY_NONE), NOTHING);
    assert_int_equal(stall_in_state("done", TM_DAY_NONE), NOTHING);
}

static void test_a_short_week_is_not_one_of_the_four(void **state)
{
    const gint64 adoption[] = {50, 50, 50, 10, 50};
    g_autoptr(TmIssue) issue = stall_issue(adoption, 5);
    (void)state;
    make_short(issue, W46 - 1);
    assert_int_equal(outcome_of(issue, TM_ALERT_ADOPTION_STALL, "org"), FIRED);
}

static void test_three_weeks_are_too_few_for_a_stall(void **state)
{
    const gint64 adoption[] = {50, 50, 50};
    g_autoptr(TmIssue) issue = stall_issue(adoption, 3);
    (void)state;
    assert_int_equal(outcome_of(issue, TM_ALERT_ADOPTION_STALL, "org"), SILENT);
}

static void test_a_band_may_hide_movement(void **state)
{
    const gint64 adoption[] = {50, 50, 50, 50};
    g_autoptr(TmIssue) issue = stall_issue(adoption, 4);
    (void)state;
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W46 - 1, 40, 59);
    expect_reason(issue, TM_ALERT_ADOPTION_STALL, "shown as a band");
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W46 - 1, 60, 79);
    assert_int_equal(outcome_of(issue, TM_ALERT_ADOPTION_STALL, "org"), NOTHING);
}

/* ---- Adoption fall ----------------------------------------------------------------------- */

/* 100 licensed; active people of weeks 43 to 46: two weeks of October and two of November. */
static TmIssue *fall_issue(const gint64 *active, guint count)
{
    TmIssue *issue = series_issue(TM_KPI_ACTIVE_USERS, active, count);
    fake_steady(issue, "org", TM_KPI_LICENSED, 100);
    return issue;
}

static Outcome fall_outcome(gint64 last)
{
    const gint64 active[] = {50, 50, 30, last};
    g_autoptr(TmIssue) issue = fall_issue(active, 4);
    return outcome_of(issue, TM_ALERT_ADOPTION_FALL, "org");
}

static void test_fall_fires_from_forty_percent_less_on(void **state)
{
    (void)state;
    assert_int_equal(fall_outcome(31), CLEARED); /* week 45 alone was at the threshold */
    assert_int_equal(fall_outcome(30), FIRED);
    assert_int_equal(fall_outcome(29), FIRED);
}

static void test_fall_tells_both_rates(void **state)
{
    const gint64 active[] = {60, 50, 30, 25};
    g_autoptr(TmIssue) issue = fall_issue(active, 4);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_ADOPTION_FALL, "org");
    (void)state;
    assert_int_equal(alert->low, 28); /* 27.5, half to even */
    assert_int_equal(alert->baseline_low, 55);
    assert_int_equal(alert->since, W46 - 1);
}

static void test_a_month_is_held_against_as_many_full_weeks(void **state)
{
    const gint64 active[] = {50, 50, 10, 30, 30};
    g_autoptr(TmIssue) issue = fall_issue(active, 5);
    (void)state;
    make_short(issue, W46 - 2);
    assert_int_equal(outcome_of(issue, TM_ALERT_ADOPTION_FALL, "org"), FIRED);
}

static void test_too_few_weeks_before_the_month_silence_the_fall(void **state)
{
    const gint64 active[] = {50, 30, 30};
    g_autoptr(TmIssue) issue = fall_issue(active, 3);
    (void)state;
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 30);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_ADOPTION_FALL, "org");
    assert_int_equal(alert->state, TM_ALERT_NOT_JUDGED);
    assert_string_equal(alert->reason, "the weeks before cannot be compared with");
}

static void test_a_new_month_starts_anew(void **state)
{
    /* Week 45 falls to 20 of 50; in December week 49 is held against week 48 alone. */
    TmWeek w49 = tm_week_from_iso(2026, 49);
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 3, w49);
    (void)state;
    fake_steady(issue, "org", TM_KPI_LICENSED, 100);
    for (TmWeek week = W46 - 3; week <= w49; week++)
        fake_value(issue, "org", TM_KPI_ACTIVE_USERS, week, week < W46 - 1 ? 50 : 20);
    assert_int_equal(outcome_of(issue, TM_ALERT_ADOPTION_FALL, "org"), NOTHING);
}

static void test_a_band_must_have_fallen_as_a_whole(void **state)
{
    const gint64 active[] = {50, 50, 25, 25};
    g_autoptr(TmIssue) issue = fall_issue(active, 4);
    (void)state;
    fake_band(issue, "org", TM_KPI_ACTIVE_USERS, "", W46, 20, 35); /* 60 of 200 at most: fired */
    assert_int_equal(outcome_of(issue, TM_ALERT_ADOPTION_FALL, "org"), FIRED);
    fake_band(issue, "org", TM_KPI_ACTIVE_USERS, "", W46, 20, 36);
    assert_int_equal(outcome_of(issue, TM_ALERT_ADOPTION_FALL, "org"), SILENT);
}

/* ---- Below target ------------------------------------------------------------------------ */

static TmIssueGoal goal_from(gint64 lower, TmDay start)
{
    return (TmIssueGoal){NONE, lower, NONE, start, NONE, TM_DAY_NONE};
}

static Outcome target_outcome(gint64 adoption, const TmIssueGoal *goal)
{
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_ADOPTION, &adoption, 1);
    fake_goal_of(issue, "org", TM_KPI_ADOPTION, goal);
    return outcome_of(issue, TM_ALERT_BELOW_TARGET, "org");
}

static void test_below_target_is_under_the_lower_bound(void **state)
{
    TmIssueGoal goal = goal_from(60, TM_DAY_NONE);
    (void)state;
    assert_int_equal(target_outcome(59, &goal), FIRED);
    assert_int_equal(target_outcome(60, &goal), NOTHING);
    assert_int_equal(target_outcome(61, &goal), NOTHING);
}

static void test_a_target_alone_is_no_bound(void **state)
{
    TmIssueGoal goal = {70, NONE, NONE, TM_DAY_NONE, NONE, TM_DAY_NONE};
    (void)state;
    assert_int_equal(target_outcome(10, &goal), NOTHING);
}

static void test_a_goal_counts_from_its_first_whole_week_on(void **state)
{
    TmIssueGoal monday = goal_from(60, tm_week_monday(W46));
    TmIssueGoal tuesday = goal_from(60, tm_week_monday(W46) + 1);
    (void)state;
    assert_int_equal(target_outcome(50, &monday), FIRED);
    assert_int_equal(target_outcome(50, &tuesday), NOTHING);
}

/* From 20 on the Monday of week 37 to 60 on that of week 57: 140 days, of which week 46 ends on the
 * 69th: 20 + 40 × 69 ÷ 140 = 39.71. */
static TmIssueGoal ramp(void)
{
    TmDay start = tm_week_monday(W46 - 9);
    return (TmIssueGoal){NONE, 60, NONE, start, 20, start + 140};
}

static void test_in_a_ramp_the_line_is_the_bound(void **state)
{
    TmIssueGoal goal = ramp();
    (void)state;
    assert_int_equal(target_outcome(39, &goal), FIRED);
    assert_int_equal(target_outcome(40, &goal), NOTHING);
}

static void test_the_ramp_ends_at_the_bound(void **state)
{
    TmIssueGoal goal = ramp();
    (void)state;
    goal.ramp_end = tm_week_monday(W46) + 6;
    assert_int_equal(target_outcome(59, &goal), FIRED);
    assert_int_equal(target_outcome(60, &goal), NOTHING);
}

static void test_the_bound_of_the_week_is_told(void **state)
{
    const gint64 adoption = 39;
    TmIssueGoal goal = ramp();
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_ADOPTION, &adoption, 1);
    (void)state;
    fake_goal_of(issue, "org", TM_KPI_ADOPTION, &goal);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_int_equal(find(alerts, TM_ALERT_BELOW_TARGET, "org")->baseline_low, 40);
}

static void test_any_figure_may_have_a_bound(void **state)
{
    const gint64 streak = 79;
    TmIssueGoal goal = goal_from(80, TM_DAY_NONE);
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_STREAK, &streak, 1);
    (void)state;
    fake_goal_of(issue, "org", TM_KPI_STREAK, &goal);
    assert_int_equal(outcome_of(issue, TM_ALERT_BELOW_TARGET, "org"), FIRED);
}

static void test_less_of_what_should_be_small_is_no_alert(void **state)
{
    const gint64 cost = MONEY(1);
    TmIssueGoal goal = goal_from(MONEY(2), TM_DAY_NONE);
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_NOT_STARTED, &cost, 1);
    (void)state;
    fake_goal_of(issue, "org", TM_KPI_NOT_STARTED, &goal);
    assert_int_equal(outcome_of(issue, TM_ALERT_BELOW_TARGET, "org"), NOTHING);
}

static void test_a_band_must_be_under_the_bound_as_a_whole(void **state)
{
    TmIssueGoal goal = goal_from(60, TM_DAY_NONE);
    const gint64 adoption = 0;
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_ADOPTION, &adoption, 1);
    (void)state;
    fake_goal_of(issue, "org", TM_KPI_ADOPTION, &goal);
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W46, 40, 60);
    expect_reason(issue, TM_ALERT_BELOW_TARGET, "shown as a band");
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W46, 40, 59);
    assert_int_equal(outcome_of(issue, TM_ALERT_BELOW_TARGET, "org"), FIRED);
}

/* ---- New people -------------------------------------------------------------------------- */

static Outcome count_outcome(gint64 people)
{
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_NOT_STARTED, &people, 1);
    return outcome_of(issue, TM_ALERT_NOT_STARTED, "org");
}

static void test_not_started_fires_from_five_people_on(void **state)
{
    (void)state;
    assert_int_equal(count_outcome(4), NOTHING);
    assert_int_equal(count_outcome(5), FIRED);
    assert_int_equal(count_outcome(6), FIRED);
}

static void test_a_count_too_small_to_show_is_under_the_threshold(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_state(issue, "org", TM_KPI_NOT_STARTED, W46, TM_CELL_NOT_SHOWN);
    assert_int_equal(outcome_of(issue, TM_ALERT_NOT_STARTED, "org"), NOTHING);
    fake_setting(issue, "minimum_people", 10); /* up to 9 may hide in it */
    assert_int_equal(outcome_of(issue, TM_ALERT_NOT_STARTED, "org"), SILENT);
}

static void test_not_started_in_a_short_week_is_silent(void **state)
{
    const gint64 people = 9;
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_NOT_STARTED, &people, 1);
    (void)state;
    make_short(issue, W46);
    expect_reason(issue, TM_ALERT_NOT_STARTED, "too few working days this week");
}

static void test_what_is_not_measured_says_so(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    expect_reason(issue, TM_ALERT_NOT_STARTED, "not measured");
}

static Outcome onboarding_outcome(gint64 share, gint64 starters)
{
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_SLOW_START_SHARE, &share, 1);
    fake_value(issue, "org", TM_KPI_STARTERS, W46, starters);
    return outcome_of(issue, TM_ALERT_ONBOARDING, "org");
}

static void test_onboarding_fires_from_thirty_percent_on(void **state)
{
    (void)state;
    assert_int_equal(onboarding_outcome(29, 10), NOTHING);
    assert_int_equal(onboarding_outcome(30, 10), FIRED);
    assert_int_equal(onboarding_outcome(31, 10), FIRED);
}

static void test_onboarding_needs_five_starters(void **state)
{
    (void)state;
    assert_int_equal(onboarding_outcome(60, 4), NOTHING);
    assert_int_equal(onboarding_outcome(60, 5), FIRED);
}

static void test_starters_too_few_to_show_are_too_few(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_state(issue, "org", TM_KPI_STARTERS, W46, TM_CELL_NOT_SHOWN);
    fake_state(issue, "org", TM_KPI_SLOW_START_SHARE, W46, TM_CELL_NOT_SHOWN);
    assert_int_equal(outcome_of(issue, TM_ALERT_ONBOARDING, "org"), NOTHING);
}

/* ---- Streak and depth -------------------------------------------------------------------- */

static Outcome streak_outcome(gint64 now)
{
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_MATCHED_STREAK_NOW, &now, 1);
    fake_value(issue, "org", TM_KPI_MATCHED_STREAK_BEFORE, W46, 50);
    return outcome_of(issue, TM_ALERT_STREAK_COLLAPSE, "org");
}

static void test_streak_collapse_needs_more_than_a_fifth(void **state)
{
    (void)state;
    assert_int_equal(streak_outcome(41), NOTHING);
    assert_int_equal(streak_outcome(40), NOTHING);
    assert_int_equal(streak_outcome(39), FIRED);
    assert_int_equal(streak_outcome(0), FIRED);
}

static void test_a_streak_of_too_few_people_is_silent(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_state(issue, "org", TM_KPI_MATCHED_STREAK_NOW, W46, TM_CELL_NOT_SHOWN);
    expect_reason(issue, TM_ALERT_STREAK_COLLAPSE, "too few people to show");
}

static TmIssue *depth_issue(gint64 first, gint64 second)
{
    const gint64 depth[] = {10000, 9000, 11000, 10000, first, second};
    return series_issue(TM_KPI_SESSION_DEPTH, depth, G_N_ELEMENTS(depth));
}

static Outcome depth_outcome(gint64 first, gint64 second)
{
    g_autoptr(TmIssue) issue = depth_issue(first, second);
    return outcome_of(issue, TM_ALERT_SESSION_DEPTH, "org");
}

static void test_depth_declines_from_thirty_percent_on(void **state)
{
    (void)state;
    assert_int_equal(depth_outcome(7000, 7100), NOTHING);
    assert_int_equal(depth_outcome(7000, 7000), FIRED);
    assert_int_equal(depth_outcome(7000, 6900), FIRED);
}

static void test_depth_needs_two_weeks_running(void **state)
{
    (void)state;
    assert_int_equal(depth_outcome(10000, 5000), NOTHING);
    assert_int_equal(depth_outcome(7100, 5000), NOTHING);
}

static void test_the_second_week_is_held_against_the_mean_before_the_first(void **state)
{
    /* With the 4,000 of the first week in the mean (8,500) its 70 % would be 5,950. */
    g_autoptr(TmIssue) issue = depth_issue(4000, 7000);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_SESSION_DEPTH, "org");
    (void)state;
    assert_int_equal(alert->state, TM_ALERT_FIRED);
    assert_int_equal(alert->baseline_low, 10000);
    assert_true(alert->is_new);
}

static void test_a_short_week_between_two_low_ones_is_passed_over(void **state)
{
    const gint64 depth[] = {10000, 10000, 10000, 10000, 6000, 12000, 6000};
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_SESSION_DEPTH, depth, G_N_ELEMENTS(depth));
    (void)state;
    make_short(issue, W46 - 1);
    assert_int_equal(outcome_of(issue, TM_ALERT_SESSION_DEPTH, "org"), FIRED);
}

static void test_an_unknown_week_between_two_low_ones_breaks_the_run(void **state)
{
    const gint64 depth[] = {10000, 10000, 10000, 10000, 6000, 6000, 6000};
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_SESSION_DEPTH, depth, G_N_ELEMENTS(depth));
    (void)state;
    fake_flags(issue, "org", W46 - 1, TM_FIGURE_INCOMPLETE);
    assert_int_not_equal(outcome_of(issue, TM_ALERT_SESSION_DEPTH, "org"), FIRED);
}

/* ---- Daily cost -------------------------------------------------------------------------- */

static TmAlertState daily(const gint64 *units, guint count, gint64 micros)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - (TmWeek)count + 1, W46);
    for (guint i = 0; i < count; i++)
        fake_value(issue, "org", TM_KPI_COST, W46 - (TmWeek)count + 1 + (TmWeek)i, MONEY(units[i]));
    return tm_alert_judge_cost(issue, tm_issue_scopes(issue)->pdata[0], TM_KPI_COST, micros);
}

static void test_a_running_week_is_over_when_it_is_over_already(void **state)
{
    const gint64 units[] = {100, 100, 100, 100};
    (void)state;
    assert_int_equal(daily(units, 4, MONEY(150)), TM_ALERT_CLEARED);
    assert_int_equal(daily(units, 4, MONEY(150) + 1), TM_ALERT_FIRED);
}

static void test_a_running_week_keeps_the_frozen_mean(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 400};
    (void)state;
    assert_int_equal(daily(units, 5, MONEY(151)), TM_ALERT_FIRED);
}

static void test_a_running_week_without_history_is_not_judged(void **state)
{
    const gint64 units[] = {100, 100, 100};
    (void)state;
    assert_int_equal(daily(units, 3, MONEY(900)), TM_ALERT_NOT_JUDGED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_budget_needs_more_than_ten_percent),
        cmocka_unit_test(test_budget_tells_cost_budget_and_excess),
        cmocka_unit_test(test_budget_is_open_since_the_week_of_the_month_that_showed_it),
        cmocka_unit_test(test_budget_clears_within_its_month),
        cmocka_unit_test(test_without_a_budget_nothing_is_said),
        cmocka_unit_test(test_budget_follows_its_setting),
        cmocka_unit_test(test_an_incomplete_week_of_the_month_silences_the_budget),
        cmocka_unit_test(test_a_band_of_cost_must_be_over_budget_as_a_whole),
        cmocka_unit_test(test_metered_cost_is_projected_by_working_day),
        cmocka_unit_test(test_department_budget_fires_from_a_quarter_over_on),
        cmocka_unit_test(test_token_spike_fires_from_half_more_on),
        cmocka_unit_test(test_a_token_spike_that_holds_has_cleared),
        cmocka_unit_test(test_tokens_that_keep_spiking_are_open_since_the_first_week),
        cmocka_unit_test(test_use_out_of_nothing_is_no_token_spike),
        cmocka_unit_test(test_tokens_after_a_short_week_are_not_compared),
        cmocka_unit_test(test_bands_of_tokens_must_spike_as_a_whole),
        cmocka_unit_test(test_one_or_two_movers_silence_a_blocks_tokens),
        cmocka_unit_test(test_stall_fires_up_to_two_points_of_movement),
        cmocka_unit_test(test_at_its_target_adoption_may_stand_still),
        cmocka_unit_test(test_stall_needs_an_active_rollout),
        cmocka_unit_test(test_a_short_week_is_not_one_of_the_four),
        cmocka_unit_test(test_three_weeks_are_too_few_for_a_stall),
        cmocka_unit_test(test_a_band_may_hide_movement),
        cmocka_unit_test(test_fall_fires_from_forty_percent_less_on),
        cmocka_unit_test(test_fall_tells_both_rates),
        cmocka_unit_test(test_a_month_is_held_against_as_many_full_weeks),
        cmocka_unit_test(test_too_few_weeks_before_the_month_silence_the_fall),
        cmocka_unit_test(test_a_new_month_starts_anew),
        cmocka_unit_test(test_a_band_must_have_fallen_as_a_whole),
        cmocka_unit_test(test_below_target_is_under_the_lower_bound),
        cmocka_unit_test(test_a_target_alone_is_no_bound),
        cmocka_unit_test(test_a_goal_counts_from_its_first_whole_week_on),
        cmocka_unit_test(test_in_a_ramp_the_line_is_the_bound),
        cmocka_unit_test(test_the_ramp_ends_at_the_bound),
        cmocka_unit_test(test_the_bound_of_the_week_is_told),
        cmocka_unit_test(test_any_figure_may_have_a_bound),
        cmocka_unit_test(test_less_of_what_should_be_small_is_no_alert),
        cmocka_unit_test(test_a_band_must_be_under_the_bound_as_a_whole),
        cmocka_unit_test(test_not_started_fires_from_five_people_on),
        cmocka_unit_test(test_a_count_too_small_to_show_is_under_the_threshold),
        cmocka_unit_test(test_not_started_in_a_short_week_is_silent),
        cmocka_unit_test(test_what_is_not_measured_says_so),
        cmocka_unit_test(test_onboarding_fires_from_thirty_percent_on),
        cmocka_unit_test(test_onboarding_needs_five_starters),
        cmocka_unit_test(test_starters_too_few_to_show_are_too_few),
        cmocka_unit_test(test_streak_collapse_needs_more_than_a_fifth),
        cmocka_unit_test(test_a_streak_of_too_few_people_is_silent),
        cmocka_unit_test(test_depth_declines_from_thirty_percent_on),
        cmocka_unit_test(test_depth_needs_two_weeks_running),
        cmocka_unit_test(test_the_second_week_is_held_against_the_mean_before_the_first),
        cmocka_unit_test(test_a_short_week_between_two_low_ones_is_passed_over),
        cmocka_unit_test(test_an_unknown_week_between_two_low_ones_breaks_the_run),
        cmocka_unit_test(test_a_running_week_is_over_when_it_is_over_already),
        cmocka_unit_test(test_a_running_week_keeps_the_frozen_mean),
        cmocka_unit_test(test_a_running_week_without_history_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
