/* Alerts on new people, streaks and sessions at, just under and just over their threshold. */
#include "alert_outcome.h"

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

static void test_a_hidden_count_without_an_open_alert_says_nothing(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_state(issue, "org", TM_KPI_NOT_STARTED, W46, TM_CELL_NOT_SHOWN);
    assert_int_equal(outcome_of(issue, TM_ALERT_NOT_STARTED, "org"), NOTHING);
}

static void test_a_hidden_count_leaves_an_open_alert_open(void **state)
{
    const gint64 people[] = {9, 9};
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_NOT_STARTED, people, 2);
    (void)state;
    fake_state(issue, "org", TM_KPI_NOT_STARTED, W46, TM_CELL_NOT_SHOWN);
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

static void test_a_streak_of_at_least_so_much_may_be_longer(void **state)
{
    const gint64 now = 30;
    g_autoptr(TmIssue) issue = series_issue(TM_KPI_MATCHED_STREAK_NOW, &now, 1);
    (void)state;
    fake_flags(issue, "org", W46, TM_FIGURE_AT_LEAST);
    fake_value(issue, "org", TM_KPI_MATCHED_STREAK_BEFORE, W46, 50);
    assert_int_equal(outcome_of(issue, TM_ALERT_STREAK_COLLAPSE, "org"), SILENT);
    fake_value(issue, "org", TM_KPI_MATCHED_STREAK_BEFORE, W46, 37);
    assert_int_equal(outcome_of(issue, TM_ALERT_STREAK_COLLAPSE, "org"), NOTHING);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_not_started_fires_from_five_people_on),
        cmocka_unit_test(test_a_hidden_count_without_an_open_alert_says_nothing),
        cmocka_unit_test(test_a_hidden_count_leaves_an_open_alert_open),
        cmocka_unit_test(test_not_started_in_a_short_week_is_silent),
        cmocka_unit_test(test_what_is_not_measured_says_so),
        cmocka_unit_test(test_onboarding_fires_from_thirty_percent_on),
        cmocka_unit_test(test_onboarding_needs_five_starters),
        cmocka_unit_test(test_starters_too_few_to_show_are_too_few),
        cmocka_unit_test(test_streak_collapse_needs_more_than_a_fifth),
        cmocka_unit_test(test_a_streak_of_too_few_people_is_silent),
        cmocka_unit_test(test_a_streak_of_at_least_so_much_may_be_longer),
        cmocka_unit_test(test_depth_declines_from_thirty_percent_on),
        cmocka_unit_test(test_depth_needs_two_weeks_running),
        cmocka_unit_test(test_the_second_week_is_held_against_the_mean_before_the_first),
        cmocka_unit_test(test_a_short_week_between_two_low_ones_is_passed_over),
        cmocka_unit_test(test_an_unknown_week_between_two_low_ones_breaks_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
