/*
 * Figures of a period from weekly cells. October 2026 has five weeks (W40 to W44), September four
 * (W36 to W39).
 */
#include "expect.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define W36 (tm_week_from_iso(2026, 36))
#define W40 (tm_week_from_iso(2026, 40))
#define W44 (tm_week_from_iso(2026, 44))
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)

typedef struct Months {
    TmIssue *issue;
    TmPeriodView *now, *before;
} Months;

static void close_months(Months *months)
{
    tm_period_view_free(months->now);
    tm_period_view_free(months->before);
    tm_issue_free(months->issue);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Months, close_months)

static TmIssue *two_months(void)
{
    TmIssue *issue = fake_issue_new(W36, W44);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "Mobile", NULL, 1);
    fake_steady(issue, "org", TM_KPI_LICENSED, 100);
    return issue;
}

/* Views are made when all cells are set: they remember which groups each week has. */
static Months open_months(TmIssue *issue)
{
    TmPeriod october;
    assert_true(tm_period_month(&october, 2026, 10));
    TmPeriod september = tm_period_before(&october);
    return (Months){.issue = issue,
        .now = tm_period_view_new(issue, &october),
        .before = tm_period_view_new(issue, &september)};
}

/* Values of W40, W41, … */
static void set_october(TmIssue *issue, const char *scope, TmKpiId kpi, const gint64 *values)
{
    for (TmWeek week = W40; week <= W44; week++)
        fake_value(issue, scope, kpi, week, values[week - W40]);
}

static TmPeriodCell org_cell(const Months *months, TmKpiId kpi)
{
    return tm_period_cell(months->now, tm_issue_scopes(months->issue)->pdata[0], kpi, "");
}

static TmPeriodChange org_change(const Months *months, TmKpiId kpi)
{
    return tm_period_change(
        months->now, months->before, tm_issue_scopes(months->issue)->pdata[0], kpi, "");
}

static void expect_figure(const TmPeriodCell *cell, gint64 value)
{
    assert_int_equal(cell->state, TM_CELL_VALUE);
    assert_int_equal(cell->value, value);
    assert_null(cell->reason);
}

static void expect_band(const TmPeriodCell *cell, gint64 low, gint64 high)
{
    assert_int_equal(cell->state, TM_CELL_BAND);
    assert_int_equal(cell->low, low);
    assert_int_equal(cell->high, high);
}

static void expect_none(const TmPeriodCell *cell, TmCellState state, const char *reason)
{
    assert_int_equal(cell->state, state);
    assert_string_equal(cell->reason, reason);
}

/* ---- How figures are made ---------------------------------------------------------------- */

/* 50 + 52 + 53 + 55 + 57 = 267; 53.4 a week. */
static void test_people_are_the_mean_of_the_weeks(void **state)
{
    const gint64 users[] = {50, 52, 53, 55, 57};
    TmIssue *issue = two_months();
    (void)state;
    set_october(issue, "org", TM_KPI_ACTIVE_USERS, users);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_ACTIVE_USERS);
    expect_figure(&cell, 53);
    assert_int_equal(cell.weeks, 5);
    assert_string_equal(tm_period_method_name(cell.method), "per week, average");
}

/* 52.5 a week. */
static void test_a_mean_is_rounded_half_to_even(void **state)
{
    TmIssue *issue = two_months();
    TmPeriod weeks;
    (void)state;
    fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W40, 52);
    fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W40 + 1, 53);
    assert_true(tm_period_weeks(&weeks, W40, W40 + 1));
    g_autoptr(TmPeriodView) view = tm_period_view_new(issue, &weeks);
    TmPeriodCell cell =
        tm_period_cell(view, tm_issue_scopes(issue)->pdata[0], TM_KPI_ACTIVE_USERS, "");
    expect_figure(&cell, 52);
    tm_issue_free(issue);
}

/* Σ active 40 + 80 + 40 + 40 + 40 = 240 of Σ licensed 80 + 120 + 80 + 80 + 80 = 440: 54.5 %, while
 * the mean of the weekly rates (50, 67, 50, 50, 50) would be 53. */
static void test_rates_add_both_sides(void **state)
{
    const gint64 active[] = {40, 80, 40, 40, 40}, licensed[] = {80, 120, 80, 80, 80};
    const gint64 rates[] = {50, 67, 50, 50, 50};
    TmIssue *issue = two_months();
    (void)state;
    set_october(issue, "org", TM_KPI_ACTIVE_USERS, active);
    set_october(issue, "org", TM_KPI_LICENSED, licensed);
    set_october(issue, "org", TM_KPI_ADOPTION, rates);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_ADOPTION);
    expect_figure(&cell, 55);
}

/* 100 + 110 + 120 + 130 + 141 = 601 thousand; 120.2 thousand a week become 120. */
static void test_tokens_add_up(void **state)
{
    const gint64 tokens[] = {100000, 110000, 120000, 130000, 141000};
    TmIssue *issue = two_months();
    (void)state;
    set_october(issue, "org", TM_KPI_TOKENS, tokens);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_TOKENS);
    expect_figure(&cell, 601000);
    assert_int_equal(cell.per_week, 120000);
}

/* 1,000 + 0 + 0 + 0 + 1,000 over 10 × 5 users: 40 a user and week. */
static void test_cost_per_user_is_cost_over_users(void **state)
{
    const gint64 cost[] = {MONEY(1000), 0, 0, 0, MONEY(1000)};
    TmIssue *issue = two_months();
    (void)state;
    set_october(issue, "org", TM_KPI_COST, cost);
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 10);
    fake_steady(issue, "org", TM_KPI_COST_PER_ACTIVE, MONEY(40));
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_COST_PER_ACTIVE);
    expect_figure(&cell, MONEY(40));
}

/* 30,000,000 tokens for 500 × 5 of money: 12,000 for one unit of it. */
static void test_tokens_per_money_are_per_whole_unit(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_TOKENS, 6000000);
    fake_steady(issue, "org", TM_KPI_COST_SEATS, MONEY(500));
    fake_steady(issue, "org", TM_KPI_TOKENS_PER_SEAT_MONEY, 12000);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_TOKENS_PER_SEAT_MONEY);
    expect_figure(&cell, 12000);
}

/* 150 sessions on 100 working days are 1.5 a day. */
static void test_rates_in_tenths(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_SESSIONS, 150);
    fake_steady(issue, "org", TM_KPI_SESSION_DAYS, 100);
    fake_steady(issue, "org", TM_KPI_SESSION_FREQUENCY, 15);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_SESSION_FREQUENCY);
    expect_figure(&cell, 15);
}

/* (6.0 × 10 + 8.0 × 30 + 7.0 × 20 + 7.0 × 20 + 7.0 × 20) ÷ 100 = 7.2 days; unweighted it is 7.0. */
static void test_streaks_are_weighted_by_active_users(void **state)
{
    const gint64 streaks[] = {60, 80, 70, 70, 70}, users[] = {10, 30, 20, 20, 20};
    TmIssue *issue = two_months();
    (void)state;
    set_october(issue, "org", TM_KPI_STREAK, streaks);
    set_october(issue, "org", TM_KPI_ACTIVE_USERS, users);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_STREAK);
    expect_figure(&cell, 72);
}

static void test_the_price_of_a_month_is_not_added_up(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    for (TmWeek week = W40; week <= W44; week++)
        fake_part(issue, TM_KPI_SEATS_MONTH_COST, "copilot", week, MONEY(1900));
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = tm_period_cell(
        months.now, tm_issue_scopes(issue)->pdata[0], TM_KPI_SEATS_MONTH_COST, "copilot");
    expect_figure(&cell, MONEY(1900));
}

static void test_a_distribution_has_no_figure(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_GINI, 40);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_GINI);
    expect_none(&cell, TM_CELL_NOT_SHOWN, "made of people, so shown by the week only");
}

/* 2026-Q4 has fourteen weeks, the last of them week 53. */
static void test_a_quarter_of_fourteen_weeks(void **state)
{
    TmPeriod quarter;
    (void)state;
    assert_true(tm_period_quarter(&quarter, 2026, 4, 1));
    g_autoptr(TmIssue) issue = fake_issue_new(W40, tm_week_from_iso(2026, 53));
    fake_steady(issue, "org", TM_KPI_SESSIONS, 100);
    fake_value(issue, "org", TM_KPI_SESSIONS, tm_week_from_iso(2026, 53), 30);
    g_autoptr(TmPeriodView) view = tm_period_view_new(issue, &quarter);
    TmPeriodCell cell = tm_period_cell(view, tm_issue_scopes(issue)->pdata[0], TM_KPI_SESSIONS, "");
    expect_figure(&cell, 1330);
    assert_int_equal(cell.per_week, 95);
}

/* ---- Bands ------------------------------------------------------------------------------- */

/* Four weeks of 20 and one of 10 to 15: 90 to 95, 18 to 19 a week. */
static void test_a_band_of_people_gives_a_band(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 20);
    fake_band(issue, "org", TM_KPI_ACTIVE_USERS, "", W40, 10, 15);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_ACTIVE_USERS);
    expect_band(&cell, 18, 19);
}

/* The same over 5 × 40 licensed people: 45 % to 47.5 %, outward. */
static void test_a_rate_of_a_band_is_a_band(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_LICENSED, 40);
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 20);
    fake_steady(issue, "org", TM_KPI_ADOPTION, 50);
    fake_band(issue, "org", TM_KPI_ACTIVE_USERS, "", W40, 10, 15);
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W40, 0, 39);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_ADOPTION);
    expect_band(&cell, 45, 48);
}

static void test_an_open_band_stays_open(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_TOKENS, 100000);
    fake_band(issue, "org", TM_KPI_TOKENS, "", W44, 1000000, G_MAXINT64);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_TOKENS);
    expect_band(&cell, 1400000, G_MAXINT64);
}

static void test_a_streak_with_a_band_lies_between_its_weeks(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 20);
    fake_steady(issue, "org", TM_KPI_STREAK, 70);
    fake_band(issue, "org", TM_KPI_STREAK, "", W40 + 1, 50, 60);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_STREAK);
    expect_band(&cell, 50, 70);
}

/* ---- Weeks that leave no figure ---------------------------------------------------------- */

static void test_a_week_without_a_measure_is_not_zero(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_TOKENS, 100000);
    fake_state(issue, "org", TM_KPI_TOKENS, W44, TM_CELL_NOT_MEASURED);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_TOKENS);
    expect_none(&cell, TM_CELL_NOT_MEASURED, "not measured in every week");
}

static void test_a_week_that_is_not_shown_leaves_none(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_TOKENS, 100000);
    fake_state(issue, "org", TM_KPI_TOKENS, W40, TM_CELL_NOT_MEASURED);
    fake_state(issue, "org", TM_KPI_TOKENS, W44, TM_CELL_NOT_SHOWN);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_TOKENS);
    expect_none(&cell, TM_CELL_NOT_SHOWN, "not shown in every week");
}

static void test_a_rate_follows_its_own_cells(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 20);
    fake_steady(issue, "org", TM_KPI_ADOPTION, 20);
    fake_state(issue, "org", TM_KPI_ADOPTION, W40, TM_CELL_NOT_SHOWN);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_ADOPTION);
    expect_none(&cell, TM_CELL_NOT_SHOWN, "not shown in every week");
}

static void test_a_period_across_new_rules_has_no_figure(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_TOKENS, 100000);
    fake_rules(issue, W44, TM_RULE_VERSION + 1);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_TOKENS);
    expect_none(&cell, TM_CELL_NOT_SHOWN, "the rules changed within the period");
}

static void test_a_period_that_began_before_all_weeks(void **state)
{
    TmPeriod october;
    (void)state;
    assert_true(tm_period_month(&october, 2026, 10));
    g_autoptr(TmIssue) issue = fake_issue_new(W40 + 1, W44);
    fake_steady(issue, "org", TM_KPI_TOKENS, 100000);
    g_autoptr(TmPeriodView) view = tm_period_view_new(issue, &october);
    const TmScope *organisation = tm_issue_scopes(issue)->pdata[0];
    TmPeriodCell cell = tm_period_cell(view, organisation, TM_KPI_TOKENS, "");
    expect_none(&cell, TM_CELL_NOT_SHOWN, "a week of the period was not published");
    assert_null(tm_period_scope(view, organisation));
}

static void test_an_incomplete_week_marks_the_period(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_TOKENS, 100000);
    fake_flags(issue, "org", W40 + 2, TM_FIGURE_INCOMPLETE);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_TOKENS);
    expect_figure(&cell, 500000);
    assert_int_equal(cell.flags, TM_FIGURE_INCOMPLETE);
}

static void test_numbers_too_large_to_add_leave_none(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_TOKENS, G_MAXINT64 / 2);
    g_auto(Months) months = open_months(issue);
    TmPeriodCell cell = org_cell(&months, TM_KPI_TOKENS);
    expect_none(&cell, TM_CELL_NOT_SHOWN, "too large to add up");
}

/* ---- Groups ------------------------------------------------------------------------------ */

static void test_a_group_that_changed_goes_up_to_its_parent(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "dept-a", TM_KPI_SESSIONS, 20);
    for (TmWeek week = W40 + 1; week <= W44; week++)
        fake_value(issue, "block-a", TM_KPI_SESSIONS, week, 20);
    g_auto(Months) months = open_months(issue);
    const TmScope *block = tm_issue_scopes(issue)->pdata[2];
    TmPeriodCell cell = tm_period_cell(months.now, block, TM_KPI_SESSIONS, "");
    expect_none(&cell, TM_CELL_NOT_SHOWN, "the group changed within the period");
    assert_string_equal(tm_period_scope(months.now, block)->id, "dept-a");
}

static void test_a_group_of_all_weeks_stands_for_itself(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "block-a", TM_KPI_SESSIONS, 20);
    g_auto(Months) months = open_months(issue);
    const TmScope *block = tm_issue_scopes(issue)->pdata[2];
    TmPeriodCell cell = tm_period_cell(months.now, block, TM_KPI_SESSIONS, "");
    expect_figure(&cell, 100);
    assert_true(tm_period_scope(months.now, block) == block);
}

/* ---- Against the period before ----------------------------------------------------------- */

/* 5 × 100 after 4 × 120: more in all, but 20 less a week. */
static void test_sums_are_compared_per_week(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_SESSIONS, 100);
    for (TmWeek week = W36; week < W40; week++)
        fake_value(issue, "org", TM_KPI_SESSIONS, week, 120);
    g_auto(Months) months = open_months(issue);
    TmPeriodChange change = org_change(&months, TM_KPI_SESSIONS);
    assert_null(change.reason);
    expect_figure(&change.now, 500);
    expect_figure(&change.before, 480);
    assert_int_equal(change.difference, -20);
    assert_int_equal(change.percent, -17);
    assert_int_equal(change.direction, -1);
}

static void test_new_rules_between_periods_stop_the_comparison(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_SESSIONS, 100);
    fake_rules(issue, W40, TM_RULE_VERSION + 1);
    g_auto(Months) months = open_months(issue);
    TmPeriodChange change = org_change(&months, TM_KPI_SESSIONS);
    expect_figure(&change.now, 500);
    assert_string_equal(change.reason, "the rules changed since the period before");
}

static void test_incomplete_weeks_stop_the_comparison(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_SESSIONS, 100);
    fake_flags(issue, "org", W36, TM_FIGURE_INCOMPLETE);
    g_auto(Months) months = open_months(issue);
    TmPeriodChange change = org_change(&months, TM_KPI_SESSIONS);
    assert_string_equal(change.reason, "an incomplete week in the period before");
}

static void test_a_band_before_stops_the_comparison(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_SESSIONS, 100);
    fake_band(issue, "org", TM_KPI_SESSIONS, "", W36, 30, 99);
    g_auto(Months) months = open_months(issue);
    TmPeriodChange change = org_change(&months, TM_KPI_SESSIONS);
    assert_string_equal(change.reason, "the period before is shown as a band");
}

static void test_a_period_before_without_a_figure_stops_the_comparison(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "org", TM_KPI_SESSIONS, 100);
    fake_state(issue, "org", TM_KPI_SESSIONS, W36, TM_CELL_NOT_MEASURED);
    g_auto(Months) months = open_months(issue);
    TmPeriodChange change = org_change(&months, TM_KPI_SESSIONS);
    assert_string_equal(change.reason, "the period before has no figure");
}

static void test_one_or_two_people_between_periods_stay_hidden(void **state)
{
    TmIssue *issue = two_months();
    (void)state;
    fake_steady(issue, "block-a", TM_KPI_TOKENS, 100000);
    fake_steady(issue, "block-a", TM_KPI_LICENSED, 20);
    fake_value(issue, "block-a", TM_KPI_LICENSED, W44, 21);
    g_auto(Months) months = open_months(issue);
    TmPeriodChange change = tm_period_change(
        months.now, months.before, tm_issue_scopes(issue)->pdata[2], TM_KPI_TOKENS, "");
    assert_string_equal(change.reason, "membership changed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_are_the_mean_of_the_weeks),
        cmocka_unit_test(test_a_mean_is_rounded_half_to_even),
        cmocka_unit_test(test_rates_add_both_sides),
        cmocka_unit_test(test_tokens_add_up),
        cmocka_unit_test(test_cost_per_user_is_cost_over_users),
        cmocka_unit_test(test_tokens_per_money_are_per_whole_unit),
        cmocka_unit_test(test_rates_in_tenths),
        cmocka_unit_test(test_streaks_are_weighted_by_active_users),
        cmocka_unit_test(test_the_price_of_a_month_is_not_added_up),
        cmocka_unit_test(test_a_distribution_has_no_figure),
        cmocka_unit_test(test_a_quarter_of_fourteen_weeks),
        cmocka_unit_test(test_a_band_of_people_gives_a_band),
        cmocka_unit_test(test_a_rate_of_a_band_is_a_band),
        cmocka_unit_test(test_an_open_band_stays_open),
        cmocka_unit_test(test_a_streak_with_a_band_lies_between_its_weeks),
        cmocka_unit_test(test_a_week_without_a_measure_is_not_zero),
        cmocka_unit_test(test_a_week_that_is_not_shown_leaves_none),
        cmocka_unit_test(test_a_rate_follows_its_own_cells),
        cmocka_unit_test(test_a_period_across_new_rules_has_no_figure),
        cmocka_unit_test(test_a_period_that_began_before_all_weeks),
        cmocka_unit_test(test_an_incomplete_week_marks_the_period),
        cmocka_unit_test(test_numbers_too_large_to_add_leave_none),
        cmocka_unit_test(test_a_group_that_changed_goes_up_to_its_parent),
        cmocka_unit_test(test_a_group_of_all_weeks_stands_for_itself),
        cmocka_unit_test(test_sums_are_compared_per_week),
        cmocka_unit_test(test_new_rules_between_periods_stop_the_comparison),
        cmocka_unit_test(test_incomplete_weeks_stop_the_comparison),
        cmocka_unit_test(test_a_band_before_stops_the_comparison),
        cmocka_unit_test(test_a_period_before_without_a_figure_stops_the_comparison),
        cmocka_unit_test(test_one_or_two_people_between_periods_stay_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
