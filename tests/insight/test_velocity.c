/*
 * Velocity against lines worked by hand. With x = −7, −5, …, 7: A = Σ x y, S = Σ y,
 * R = 168 Σ y² − 21 S² − A²; slope A ÷ 84, change A ÷ 12, t² = 6 A² ÷ R against 13.7448.
 */
#include "expect.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46))
#define WEEKS 8

static TmIssue *line_issue(const gint64 *rates, gint64 target)
{
    TmIssue *issue = fake_issue_new(W46 - 20, W46);
    for (int i = 0; i < WEEKS; i++)
        fake_value(issue, "org", TM_KPI_ADOPTION, W46 - (WEEKS - 1) + i, rates[i]);
    if (target > 0)
        fake_goal(issue, TM_KPI_ADOPTION, target);
    return issue;
}

static TmVelocity find(const TmIssue *issue)
{
    return tm_velocity_find(issue, tm_issue_scopes(issue)->pdata[0]);
}

static void expect_trajectory(const gint64 *rates, TmTrajectory trajectory)
{
    g_autoptr(TmIssue) issue = line_issue(rates, 0);
    TmVelocity velocity = find(issue);
    assert_null(velocity.reason);
    assert_int_equal(velocity.trajectory, trajectory);
}

/* A = 168, S = 456, R = 0: slope 2, change 14, fitted last 64; 6 points to go are 3 weeks. */
static const gint64 straight[] = {50, 52, 54, 56, 58, 60, 62, 64};

static void test_a_straight_line_needs_no_interval(void **state)
{
    g_autoptr(TmIssue) issue = line_issue(straight, 70);
    TmVelocity velocity = find(issue);
    (void)state;
    assert_int_equal(velocity.trajectory, TM_TRAJECTORY_GROWING);
    assert_int_equal(velocity.slope, 20);
    assert_int_equal(velocity.change, 140);
    assert_int_equal(velocity.aim, TM_AIM_AHEAD);
    assert_int_equal(velocity.earliest, 3);
    assert_int_equal(velocity.latest, 3);
    expect_text(tm_velocity_sentence(issue, &velocity),
        "Adoption grows by 2.0 points a week; the 70% target is in reach in W49.");
}

/*
 * A = 60, S = 418, R = 348: slope 0.714, change exactly 5, t² = 62.1, se = 0.0907, fitted last
 * 54.75. To 57 it is 2.25 points: 2.25 ÷ 1.0504 = 2.14 and 2.25 ÷ 0.3782 = 5.95 weeks.
 */
static const gint64 least_change[] = {50, 51, 50, 52, 53, 53, 54, 55};

static void test_five_points_of_change_are_a_trend(void **state)
{
    g_autoptr(TmIssue) issue = line_issue(least_change, 57);
    TmVelocity velocity = find(issue);
    (void)state;
    assert_int_equal(velocity.trajectory, TM_TRAJECTORY_GROWING);
    assert_int_equal(velocity.slope, 7);
    assert_int_equal(velocity.change, 50);
    assert_int_equal(velocity.earliest, 3);
    assert_int_equal(velocity.latest, 6);
    expect_text(tm_velocity_sentence(issue, &velocity),
        "Adoption grows by 0.7 points a week; the 57% target is in reach between W49 and W52.");
}

/* To 70 it is 15.25 points: 14.5 weeks at the earliest, 40.3 at the latest. */
static void test_no_date_beyond_twenty_six_weeks(void **state)
{
    g_autoptr(TmIssue) issue = line_issue(least_change, 70);
    TmVelocity velocity = find(issue);
    (void)state;
    assert_int_equal(velocity.earliest, 15);
    assert_int_equal(velocity.latest, 0);
    expect_text(tm_velocity_sentence(issue, &velocity),
        "Adoption grows by 0.7 points a week; the 70% target is in reach in W08 at the earliest.");
}

/* A = 69, S = 419, R = 258, to 90: 34.75 points, 31.3 weeks at the earliest. */
static void test_a_target_too_far_away_has_no_date(void **state)
{
    const gint64 rates[] = {50, 50, 51, 52, 53, 53, 54, 56};
    g_autoptr(TmIssue) issue = line_issue(rates, 90);
    TmVelocity velocity = find(issue);
    (void)state;
    assert_int_equal(velocity.aim, TM_AIM_NO_DATE);
    expect_text(tm_velocity_sentence(issue, &velocity),
        "Adoption grows by 0.8 points a week; at this pace the 90% target is more than 26 weeks "
        "away.");
}

/* A = 57, R = 90: t² = 216.6, and yet only 4.75 points. */
static void test_less_than_five_points_are_no_trend(void **state)
{
    const gint64 rates[] = {50, 51, 51, 52, 53, 53, 54, 55};
    (void)state;
    expect_trajectory(rates, TM_TRAJECTORY_FLAT);
}

/* A = 137, R = 14138: 11.4 points, and yet t² = 7.97. */
static void test_noise_is_no_trend(void **state)
{
    const gint64 rates[] = {40, 45, 41, 50, 44, 52, 46, 55};
    g_autoptr(TmIssue) issue = line_issue(rates, 70);
    TmVelocity velocity = find(issue);
    (void)state;
    assert_int_equal(velocity.trajectory, TM_TRAJECTORY_FLAT);
    assert_int_equal(velocity.aim, TM_AIM_NO_DATE);
    expect_text(tm_velocity_sentence(issue, &velocity), "No clear trend of adoption over 8 weeks.");
}

/* A = 225, R = 22098: t² = 13.7456, just over 13.7448; A = 175, R = 13370: 13.7435, just under. */
static void test_the_limit_of_t_is_exact(void **state)
{
    const gint64 over[] = {46, 49, 49, 44, 56, 52, 59, 68};
    const gint64 under[] = {48, 61, 57, 63, 59, 64, 66, 67};
    (void)state;
    expect_trajectory(over, TM_TRAJECTORY_GROWING);
    expect_trajectory(under, TM_TRAJECTORY_FLAT);
}

/* The least change turned round: A = −60. */
static void test_a_fall_is_a_decline(void **state)
{
    const gint64 rates[] = {55, 54, 53, 53, 52, 50, 51, 50};
    g_autoptr(TmIssue) issue = line_issue(rates, 60);
    TmVelocity velocity = find(issue);
    (void)state;
    assert_int_equal(velocity.trajectory, TM_TRAJECTORY_DECLINING);
    assert_int_equal(velocity.slope, -7);
    assert_int_equal(velocity.aim, TM_AIM_NO_DATE);
    expect_text(tm_velocity_sentence(issue, &velocity), "Adoption declines by 0.7 points a week.");
}

static void test_a_target_at_the_fitted_last_value_is_reached(void **state)
{
    g_autoptr(TmIssue) issue = line_issue(straight, 64);
    TmVelocity velocity = find(issue);
    (void)state;
    assert_int_equal(velocity.aim, TM_AIM_REACHED);
    expect_text(tm_velocity_sentence(issue, &velocity),
        "Adoption grows by 2.0 points a week; the 64% target is reached.");
}

/* ---- Weeks that cannot be read ----------------------------------------------------------- */

static void expect_unknown(const TmIssue *issue, const char *reason)
{
    TmVelocity velocity = find(issue);
    assert_int_equal(velocity.trajectory, TM_TRAJECTORY_UNKNOWN);
    assert_string_equal(velocity.reason, reason);
}

static void test_a_missing_week_makes_it_unknown(void **state)
{
    g_autoptr(TmIssue) issue = line_issue(straight, 0);
    (void)state;
    fake_state(issue, "org", TM_KPI_ADOPTION, W46 - 3, TM_CELL_NOT_MEASURED);
    expect_unknown(issue, "not measured");
}

static void test_a_band_makes_it_unknown(void **state)
{
    g_autoptr(TmIssue) issue = line_issue(straight, 0);
    (void)state;
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W46 - 7, 40, 59);
    expect_unknown(issue, "shown as a band");
}

static void test_an_incomplete_week_makes_it_unknown(void **state)
{
    g_autoptr(TmIssue) issue = line_issue(straight, 0);
    (void)state;
    fake_flags(issue, "org", W46 - 4, TM_FIGURE_INCOMPLETE);
    expect_unknown(issue, "a tool lacks days of the week");
}

static void test_new_rules_make_it_unknown(void **state)
{
    g_autoptr(TmIssue) issue = line_issue(straight, 0);
    (void)state;
    fake_rules(issue, W46 - 5, TM_RULE_VERSION - 1);
    expect_unknown(issue, "the rules changed within the 8 weeks");
}

static void test_seven_weeks_are_too_few(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 6, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_ADOPTION, 50);
    expect_unknown(issue, "fewer than 8 weeks to compare");
}

static void make_short(TmIssue *issue, TmWeek week)
{
    fake_value(issue, "org", TM_KPI_USUAL_DAYS, week, 100);
    fake_value(issue, "org", TM_KPI_WORKING_DAYS, week, 59);
}

/* W46 back to W38 without W43 are eight weeks; W43's rate of 1 would spoil the line. */
static void test_a_short_week_is_passed_over(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 20, W46);
    (void)state;
    for (int i = 0; i < WEEKS; i++)
        fake_value(issue, "org", TM_KPI_ADOPTION, W46 - (i < 3 ? i : i + 1), 64 - 2 * i);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46 - 3, 1);
    make_short(issue, W46 - 3);
    TmVelocity velocity = find(issue);
    assert_int_equal(velocity.slope, 20);
    assert_int_equal(velocity.first, W46 - 8);
}

static void test_a_short_issue_says_nothing(void **state)
{
    g_autoptr(TmIssue) issue = line_issue(straight, 0);
    (void)state;
    make_short(issue, W46);
    expect_unknown(issue, "too few working days this week");
}

static void test_more_than_four_short_weeks_are_too_many(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 20, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_ADOPTION, 50);
    for (TmWeek week = W46 - 5; week < W46; week++)
        make_short(issue, week);
    expect_unknown(issue, "fewer than 8 weeks to compare");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_straight_line_needs_no_interval),
        cmocka_unit_test(test_five_points_of_change_are_a_trend),
        cmocka_unit_test(test_no_date_beyond_twenty_six_weeks),
        cmocka_unit_test(test_a_target_too_far_away_has_no_date),
        cmocka_unit_test(test_less_than_five_points_are_no_trend),
        cmocka_unit_test(test_noise_is_no_trend),
        cmocka_unit_test(test_the_limit_of_t_is_exact),
        cmocka_unit_test(test_a_fall_is_a_decline),
        cmocka_unit_test(test_a_target_at_the_fitted_last_value_is_reached),
        cmocka_unit_test(test_a_missing_week_makes_it_unknown),
        cmocka_unit_test(test_a_band_makes_it_unknown),
        cmocka_unit_test(test_an_incomplete_week_makes_it_unknown),
        cmocka_unit_test(test_new_rules_make_it_unknown),
        cmocka_unit_test(test_seven_weeks_are_too_few),
        cmocka_unit_test(test_a_short_week_is_passed_over),
        cmocka_unit_test(test_a_short_issue_says_nothing),
        cmocka_unit_test(test_more_than_four_short_weeks_are_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
