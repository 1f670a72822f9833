/* Alerts on adoption and goals at their threshold, just under and just over it, worked by hand. */
#include "alert_outcome.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
