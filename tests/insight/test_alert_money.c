/* Alerts on cost and tokens at their threshold, just under and just over it, worked by hand. */
#include "alert_outcome.h"

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
        cmocka_unit_test(test_a_running_week_is_over_when_it_is_over_already),
        cmocka_unit_test(test_a_running_week_keeps_the_frozen_mean),
        cmocka_unit_test(test_a_running_week_without_history_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
