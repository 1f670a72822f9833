/* Readings: each row of the table on its own, and who wins where two hold. */
#include "../golden.h"
#include "expect.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46))
#define MILLION 1000000

/* One block whose adoption runs as given, the last value in the issue's week. */
static TmIssue *rate_issue(const gint64 *rates, guint count)
{
    TmIssue *issue = fake_issue_new(W46 - (TmWeek)count + 1, W46);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "Mobile", "Product", 1);
    for (guint i = 0; i < count; i++)
        fake_value(
            issue, "block-a", TM_KPI_ADOPTION, W46 - (TmWeek)count + 1 + (TmWeek)i, rates[i]);
    return issue;
}

static TmReading *read_block(const TmIssue *issue)
{
    return tm_reading_find(issue, tm_issue_scopes(issue)->pdata[2]);
}

static void expect_brief(const TmIssue *issue, const char *brief, TmTrend trend)
{
    g_autoptr(TmReading) reading = read_block(issue);
    assert_string_equal(reading->brief, brief);
    assert_int_equal(reading->trend, trend);
}

static void expect_rates(const gint64 *rates, guint count, const char *brief, TmTrend trend)
{
    g_autoptr(TmIssue) issue = rate_issue(rates, count);
    expect_brief(issue, brief, trend);
}

static void test_three_falls_in_a_row(void **state)
{
    const gint64 rates[] = {50, 50, 48, 46, 44};
    (void)state;
    expect_rates(rates, G_N_ELEMENTS(rates), "Falling since W44", TM_TREND_DOWN);
}

static void test_two_falls_are_no_run(void **state)
{
    const gint64 rates[] = {50, 50, 50, 48, 44};
    (void)state;
    expect_rates(rates, G_N_ELEMENTS(rates), "Lower than the weeks before", TM_TREND_DOWN);
}

static void test_fall_from_a_healthy_band_is_said(void **state)
{
    const gint64 rates[] = {65, 62, 58, 52};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    g_autoptr(TmReading) reading = read_block(issue);
    (void)state;
    assert_string_equal(reading->sentence,
        "Adoption was healthy within the last 8 weeks and has fallen 3 weeks running.");
    assert_string_equal(reading->ask, "Ask Mobile what changed in week 44, before it sticks.");
    assert_int_equal(reading->rank, 1);
    assert_true(reading->look);
}

static void test_four_gains_in_a_row(void **state)
{
    const gint64 rates[] = {50, 53, 56, 59, 62};
    (void)state;
    expect_rates(rates, G_N_ELEMENTS(rates), "Four weeks of gains", TM_TREND_UP);
}

static void test_flat_for_four_weeks(void **state)
{
    const gint64 rates[] = {30, 41, 42, 41, 43};
    (void)state;
    expect_rates(rates, G_N_ELEMENTS(rates), "Flat for 4 weeks", TM_TREND_FLAT);
}

static void test_flat_for_eight_weeks_in_a_healthy_band(void **state)
{
    const gint64 rates[] = {66, 65, 66, 64, 66, 65, 66, 65};
    (void)state;
    expect_rates(rates, G_N_ELEMENTS(rates), "Flat for 8 weeks", TM_TREND_FLAT);
}

static void test_below_its_band_but_rising(void **state)
{
    const gint64 rates[] = {40, 44, 42, 50};
    (void)state;
    expect_rates(rates, G_N_ELEMENTS(rates), "Rising, not yet healthy", TM_TREND_UP);
}

static void test_first_week(void **state)
{
    const gint64 rates[] = {50};
    (void)state;
    expect_rates(rates, G_N_ELEMENTS(rates), "First week shown", TM_TREND_UNKNOWN);
}

static void test_gap_in_the_weeks_ends_a_run(void **state)
{
    const gint64 rates[] = {60, 57, 54, 51, 48};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    fake_state(issue, "block-a", TM_KPI_ADOPTION, W46 - 2, TM_CELL_NOT_SHOWN);
    expect_brief(issue, "Lower than the weeks before", TM_TREND_DOWN);
}

static TmIssue *issue_with_short_week(TmWeek short_week)
{
    const gint64 rates[] = {58, 56, 20, 54, 52};
    TmIssue *issue = rate_issue(rates, G_N_ELEMENTS(rates));
    fake_steady(issue, "block-a", TM_KPI_USUAL_DAYS, 100);
    fake_steady(issue, "block-a", TM_KPI_WORKING_DAYS, 100);
    fake_value(issue, "block-a", TM_KPI_WORKING_DAYS, short_week, 30);
    return issue;
}

static void test_short_weeks_are_passed_over(void **state)
{
    g_autoptr(TmIssue) issue = issue_with_short_week(W46 - 2);
    (void)state;
    expect_brief(issue, "Falling since W43", TM_TREND_DOWN);
}

static void test_a_short_week_has_no_reading(void **state)
{
    g_autoptr(TmIssue) issue = issue_with_short_week(W46);
    (void)state;
    expect_brief(issue, "Short week", TM_TREND_UNKNOWN);
}

static void test_states_have_no_trend(void **state)
{
    const gint64 rates[] = {50, 55};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    fake_flags(issue, "block-a", W46, TM_FIGURE_INCOMPLETE);
    expect_brief(issue, "Incomplete week", TM_TREND_UNKNOWN);
    fake_band(issue, "block-a", TM_KPI_ADOPTION, "", W46, 60, 79);
    expect_brief(issue, "Shown as a band", TM_TREND_UNKNOWN);
    fake_state(issue, "block-a", TM_KPI_ADOPTION, W46, TM_CELL_NOT_SHOWN);
    expect_brief(issue, "Not shown (fewer than 5 people)", TM_TREND_UNKNOWN);
}

/* ---- Against the same kind of work ------------------------------------------------------- */

/* Two more blocks of the function, at a million tokens per active user. */
static TmIssue *depth_issue(gint64 rate, gint64 tokens)
{
    const gint64 rates[] = {rate, rate};
    TmIssue *issue = rate_issue(rates, G_N_ELEMENTS(rates));
    fake_scope(issue, TM_SCOPE_BLOCK, "block-b", "Growth", "Product", 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-c", "Checkout", "Product", 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-d", "Data", "Platform", 1);
    fake_value(issue, "block-a", TM_KPI_TOKENS_PER_ACTIVE, W46, tokens);
    fake_value(issue, "block-b", TM_KPI_TOKENS_PER_ACTIVE, W46, MILLION);
    fake_value(issue, "block-c", TM_KPI_TOKENS_PER_ACTIVE, W46, MILLION);
    fake_value(issue, "block-d", TM_KPI_TOKENS_PER_ACTIVE, W46, 50 * (gint64)MILLION);
    return issue;
}

static void expect_depth(gint64 rate, gint64 tokens, const char *brief)
{
    g_autoptr(TmIssue) issue = depth_issue(rate, tokens);
    expect_brief(issue, brief, TM_TREND_FLAT);
}

static void test_few_heavy_users_from_half_as_much_again(void **state)
{
    (void)state;
    expect_depth(38, 1499000, "No clear change");
    expect_depth(38, 1500000, "Few heavy users: rollout gap?");
}

static void test_light_use_up_to_two_thirds(void **state)
{
    (void)state;
    expect_depth(70, 661000, "No clear change");
    expect_depth(70, 660000, "Light use: training?");
}

static void test_other_kinds_of_work_are_not_compared_with(void **state)
{
    g_autoptr(TmIssue) issue = depth_issue(38, 5 * (gint64)MILLION);
    TmScope *scope = tm_issue_scopes(issue)->pdata[3];
    (void)state;
    g_free(scope->function);
    scope->function = g_strdup("Platform");
    expect_brief(issue, "No clear change", TM_TREND_FLAT);
}

static void test_long_streaks_and_high_adoption_are_a_habit(void **state)
{
    const gint64 rates[] = {70, 70};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    fake_value(issue, "block-a", TM_KPI_STREAK, W46, 79);
    expect_brief(issue, "No clear change", TM_TREND_FLAT);
    fake_value(issue, "block-a", TM_KPI_STREAK, W46, 80);
    expect_brief(issue, "Steady habit", TM_TREND_FLAT);
}

static void test_a_falling_team_has_no_steady_habit(void **state)
{
    const gint64 rates[] = {75, 75, 70};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    fake_value(issue, "block-a", TM_KPI_STREAK, W46, 120);
    expect_brief(issue, "Lower than the weeks before", TM_TREND_DOWN);
}

static void test_tokens_that_fall_three_weeks(void **state)
{
    const gint64 rates[] = {50, 51, 50, 51, 50};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    for (TmWeek week = W46 - 3; week <= W46; week++)
        fake_value(issue, "block-a", TM_KPI_TOKENS, week, (W46 - week + 1) * (gint64)MILLION);
    fake_steady(issue, "block-a", TM_KPI_LICENSED, 20);
    expect_brief(issue, "Tokens falling since W44", TM_TREND_FLAT);
}

static void test_newcomers_who_do_little(void **state)
{
    const gint64 rates[] = {50, 50, 55};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    fake_steady(issue, "block-a", TM_KPI_TOKENS, 5 * (gint64)MILLION);
    fake_steady(issue, "block-a", TM_KPI_LICENSED, 20);
    expect_brief(issue, "Newcomers do little yet", TM_TREND_UP);
}

static void test_users_lost_at_a_flat_rate(void **state)
{
    const gint64 rates[] = {50, 50};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    fake_value(issue, "block-a", TM_KPI_ACTIVE_USERS, W46 - 1, 20);
    fake_value(issue, "block-a", TM_KPI_ACTIVE_USERS, W46, 15);
    expect_brief(issue, "Fewer users, rate held", TM_TREND_FLAT);
}

static void test_cost_up_at_the_same_users(void **state)
{
    const gint64 rates[] = {50, 50, 50, 50, 50};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    fake_steady(issue, "block-a", TM_KPI_ACTIVE_USERS, 20);
    fake_steady(issue, "block-a", TM_KPI_LICENSED, 30);
    fake_steady(issue, "block-a", TM_KPI_COST, 100 * (gint64)MILLION);
    fake_value(issue, "block-a", TM_KPI_COST, W46, 120 * (gint64)MILLION);
    g_autoptr(TmReading) reading = read_block(issue);
    assert_string_equal(reading->brief, "Cost up, same users");
    assert_string_equal(
        reading->sentence, "Cost rose 20% on its 4-week mean at the same number of users.");
}

static void test_without_a_week_to_compare_no_change_is_claimed(void **state)
{
    static const gint64 rates[] = {44, 50};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    fake_flags(issue, "block-a", W46 - 1, TM_FIGURE_INCOMPLETE);
    expect_brief(issue, "No week to compare with", TM_TREND_UNKNOWN);
}

/* ---- Several figures --------------------------------------------------------------------- */

/* Two weeks in which nothing but what a test sets can be read. */
static TmIssue *quiet_issue(gint64 rate)
{
    const gint64 rates[] = {rate, rate};
    return rate_issue(rates, G_N_ELEMENTS(rates));
}

static void test_high_adoption_of_a_few_champions(void **state)
{
    g_autoptr(TmIssue) issue = quiet_issue(60);
    (void)state;
    fake_value(issue, "block-a", TM_KPI_TOP_FIFTH_SHARE, W46, 79);
    expect_brief(issue, "No clear change", TM_TREND_FLAT);
    fake_value(issue, "block-a", TM_KPI_TOP_FIFTH_SHARE, W46, 80);
    expect_brief(issue, "Carried by a few", TM_TREND_FLAT);
}

static void test_a_band_fires_only_when_all_of_it_would(void **state)
{
    g_autoptr(TmIssue) issue = quiet_issue(60);
    (void)state;
    fake_band(issue, "block-a", TM_KPI_ADOPTION, "", W46, 60, 79);
    fake_band(issue, "block-a", TM_KPI_TOP_FIFTH_SHARE, "", W46, 70, 90);
    expect_brief(issue, "Shown as a band", TM_TREND_UNKNOWN);
    fake_band(issue, "block-a", TM_KPI_TOP_FIFTH_SHARE, "", W46, 80, 100);
    expect_brief(issue, "Carried by a few", TM_TREND_UNKNOWN);
    fake_band(issue, "block-a", TM_KPI_ADOPTION, "", W46, 40, 60);
    expect_brief(issue, "Shown as a band", TM_TREND_UNKNOWN);
}

/*
 * Three blocks of a function with 10, 20 and 20 people; a block of another one. The two others cost
 * 30 each: with 40 the first has 40 % of the cost and 20 % of the heads.
 */
static TmIssue *cost_share_issue(gint64 cost)
{
    TmIssue *issue = quiet_issue(50);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-b", "Growth", "Product", 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-c", "Checkout", "Product", 1);
    fake_value(issue, "org", TM_KPI_COST, W46, 200 * (gint64)MILLION);
    fake_value(issue, "org", TM_KPI_LICENSED, W46, 100);
    fake_value(issue, "block-a", TM_KPI_COST, W46, cost * MILLION);
    fake_value(issue, "block-a", TM_KPI_LICENSED, W46, 10);
    for (guint i = 0; i < 2; i++) {
        const char *peer = i == 0 ? "block-b" : "block-c";
        fake_value(issue, peer, TM_KPI_COST, W46, 30 * (gint64)MILLION);
        fake_value(issue, peer, TM_KPI_LICENSED, W46, 20);
    }
    return issue;
}

static void test_twice_the_head_share_is_an_outlier(void **state)
{
    g_autoptr(TmIssue) issue = cost_share_issue(40);
    (void)state;
    g_autoptr(TmReading) reading = read_block(issue);
    assert_string_equal(reading->brief, "Cost share twice its heads");
    assert_string_equal(reading->sentence,
        "Mobile has 20% of the cost with 10% of the people, and twice its share among teams of "
        "the same kind of work.");
    assert_string_equal(reading->ask, "What does Mobile do differently?");
}

static void test_less_than_twice_the_head_share_is_none(void **state)
{
    g_autoptr(TmIssue) issue = cost_share_issue(39);
    (void)state;
    expect_brief(issue, "No clear change", TM_TREND_FLAT);
}

static void test_a_peer_in_a_band_may_cost_more(void **state)
{
    g_autoptr(TmIssue) issue = cost_share_issue(40);
    (void)state;
    fake_band(issue, "block-b", TM_KPI_COST, "", W46, 10 * (gint64)MILLION, 31 * (gint64)MILLION);
    expect_brief(issue, "No clear change", TM_TREND_FLAT);
    fake_band(issue, "block-b", TM_KPI_COST, "", W46, 10 * (gint64)MILLION, 30 * (gint64)MILLION);
    expect_brief(issue, "Cost share twice its heads", TM_TREND_FLAT);
}

static void test_shares_need_two_others_of_the_function(void **state)
{
    g_autoptr(TmIssue) issue = cost_share_issue(90);
    TmCostShare share;
    (void)state;
    ((TmScope *)tm_issue_scopes(issue)->pdata[4])->own_line = FALSE;
    assert_true(tm_cost_share_find(issue, tm_issue_scopes(issue)->pdata[2], &share));
    assert_int_equal(share.cost_low, 45);
    assert_int_equal(share.heads, 10);
    assert_int_equal(share.times_low, 0);
    assert_false(share.is_outlier);
}

static void test_tokens_and_session_cost_both_up(void **state)
{
    g_autoptr(TmIssue) issue = quiet_issue(50);
    (void)state;
    fake_steady(issue, "block-a", TM_KPI_LICENSED, 20);
    fake_value(issue, "block-a", TM_KPI_TOKENS, W46 - 1, 100 * (gint64)MILLION);
    fake_value(issue, "block-a", TM_KPI_TOKENS, W46, 105 * (gint64)MILLION);
    fake_value(issue, "block-a", TM_KPI_COST_PER_SESSION, W46 - 1, 500000);
    fake_value(issue, "block-a", TM_KPI_COST_PER_SESSION, W46, 520000);
    expect_brief(issue, "No clear change", TM_TREND_FLAT);
    fake_value(issue, "block-a", TM_KPI_COST_PER_SESSION, W46, 530000);
    expect_brief(issue, "Tokens and session cost up", TM_TREND_FLAT);
}

static void test_nothing_is_compared_with_a_short_week(void **state)
{
    g_autoptr(TmIssue) issue = quiet_issue(50);
    (void)state;
    fake_value(issue, "block-a", TM_KPI_ACTIVE_USERS, W46 - 1, 20);
    fake_value(issue, "block-a", TM_KPI_ACTIVE_USERS, W46, 15);
    expect_brief(issue, "Fewer users, rate held", TM_TREND_FLAT);
    fake_value(issue, "block-a", TM_KPI_USUAL_DAYS, W46 - 1, 100);
    fake_value(issue, "block-a", TM_KPI_WORKING_DAYS, W46 - 1, 59);
    expect_brief(issue, "No week to compare with", TM_TREND_UNKNOWN);
}

static void test_tokens_stay_silent_when_one_or_two_people_move(void **state)
{
    const gint64 rates[] = {50, 54, 50, 54, 50};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    for (TmWeek week = W46 - 3; week <= W46; week++)
        fake_value(issue, "block-a", TM_KPI_TOKENS, week, (W46 - week + 1) * (gint64)MILLION);
    fake_steady(issue, "block-a", TM_KPI_LICENSED, 20);
    fake_value(issue, "block-a", TM_KPI_LICENSED, W46 - 3, 18);
    expect_brief(issue, "Lower than the weeks before", TM_TREND_DOWN);
    fake_value(issue, "block-a", TM_KPI_LICENSED, W46 - 3, 17);
    expect_brief(issue, "Tokens falling since W44", TM_TREND_DOWN);
}

static void test_newcomers_hide_churn(void **state)
{
    g_autoptr(TmIssue) issue = quiet_issue(50);
    (void)state;
    fake_steady(issue, "block-a", TM_KPI_ACTIVE_USERS, 40);
    fake_value(issue, "block-a", TM_KPI_NEW_USERS, W46, 4);
    fake_value(issue, "block-a", TM_KPI_LAPSED_USERS, W46, 3);
    expect_brief(issue, "No clear change", TM_TREND_FLAT);
    fake_value(issue, "block-a", TM_KPI_LAPSED_USERS, W46, 4);
    expect_brief(issue, "Newcomers replace users", TM_TREND_FLAT);
}

static void set_habit(TmIssue *issue, gint64 frequency, gint64 messages, gint64 streak)
{
    fake_value(issue, "block-a", TM_KPI_SESSION_FREQUENCY, W46, frequency);
    fake_value(issue, "block-a", TM_KPI_MESSAGES_PER_SESSION, W46, messages);
    fake_value(issue, "block-a", TM_KPI_STREAK, W46, streak);
}

static void test_frequent_short_sessions_are_daily_work(void **state)
{
    g_autoptr(TmIssue) issue = quiet_issue(50);
    (void)state;
    set_habit(issue, 50, 61, 80);
    expect_brief(issue, "No clear change", TM_TREND_FLAT);
    set_habit(issue, 50, 60, 80);
    expect_brief(issue, "Part of the daily work", TM_TREND_FLAT);
}

static void test_rare_long_conversations_are_on_the_surface(void **state)
{
    g_autoptr(TmIssue) issue = quiet_issue(50);
    (void)state;
    set_habit(issue, 20, 80, 50);
    expect_brief(issue, "No clear change", TM_TREND_FLAT);
    set_habit(issue, 20, 80, 49);
    expect_brief(issue, "Still on the surface", TM_TREND_FLAT);
}

/* ---- Priority and audiences -------------------------------------------------------------- */

static void test_the_first_row_of_the_table_wins(void **state)
{
    const gint64 rates[] = {65, 62, 58, 52};
    g_autoptr(TmIssue) issue = rate_issue(rates, G_N_ELEMENTS(rates));
    (void)state;
    set_habit(issue, 50, 60, 80);
    g_autoptr(GPtrArray) readings =
        tm_readings_find(issue, tm_issue_scopes(issue)->pdata[2], TM_AUDIENCE_TEAM);
    static const char *const keys[] = {"healthy_and_falling", "falling", "daily_work", "down"};
    assert_int_equal(readings->len, G_N_ELEMENTS(keys));
    for (guint i = 0; i < readings->len; i++)
        assert_string_equal(((const TmReading *)readings->pdata[i])->key, keys[i]);
}

/* Two departments; people who are active on five days are seen in the first. */
static TmIssue *teachers_issue(void)
{
    TmIssue *issue = fake_issue_new(W46 - 1, W46);
    fake_steady(issue, "org", TM_KPI_ADOPTION, 50);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-b", "B", NULL, 1);
    fake_cell_part(issue, "dept-a", TM_KPI_USAGE_FREQUENCY, "5+", W46, 7);
    fake_cell_part(issue, "dept-b", TM_KPI_USAGE_FREQUENCY, "5+", W46, 0);
    return issue;
}

static void test_executives_read_where_teachers_are(void **state)
{
    g_autoptr(TmIssue) issue = teachers_issue();
    g_autoptr(TmReading) reading = tm_reading_find(issue, tm_issue_scopes(issue)->pdata[0]);
    (void)state;
    assert_string_equal(reading->brief, "Daily users in 1 of 2");
    assert_string_equal(reading->audiences, "E");
}

static void test_teams_do_not(void **state)
{
    g_autoptr(TmIssue) issue = teachers_issue();
    g_autoptr(GPtrArray) readings =
        tm_readings_find(issue, tm_issue_scopes(issue)->pdata[0], TM_AUDIENCE_TEAM);
    (void)state;
    assert_int_equal(readings->len, 1);
    assert_string_equal(((const TmReading *)readings->pdata[0])->key, "");
}

static void test_the_page_of_readings_is_current(void **state)
{
    g_autofree char *made = tm_readings_markdown();
    (void)state;
    assert_golden("../docs/readings.md", made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_falls_in_a_row),
        cmocka_unit_test(test_two_falls_are_no_run),
        cmocka_unit_test(test_fall_from_a_healthy_band_is_said),
        cmocka_unit_test(test_four_gains_in_a_row),
        cmocka_unit_test(test_flat_for_four_weeks),
        cmocka_unit_test(test_flat_for_eight_weeks_in_a_healthy_band),
        cmocka_unit_test(test_below_its_band_but_rising),
        cmocka_unit_test(test_first_week),
        cmocka_unit_test(test_gap_in_the_weeks_ends_a_run),
        cmocka_unit_test(test_short_weeks_are_passed_over),
        cmocka_unit_test(test_a_short_week_has_no_reading),
        cmocka_unit_test(test_states_have_no_trend),
        cmocka_unit_test(test_few_heavy_users_from_half_as_much_again),
        cmocka_unit_test(test_light_use_up_to_two_thirds),
        cmocka_unit_test(test_other_kinds_of_work_are_not_compared_with),
        cmocka_unit_test(test_long_streaks_and_high_adoption_are_a_habit),
        cmocka_unit_test(test_a_falling_team_has_no_steady_habit),
        cmocka_unit_test(test_tokens_that_fall_three_weeks),
        cmocka_unit_test(test_newcomers_who_do_little),
        cmocka_unit_test(test_users_lost_at_a_flat_rate),
        cmocka_unit_test(test_cost_up_at_the_same_users),
        cmocka_unit_test(test_without_a_week_to_compare_no_change_is_claimed),
        cmocka_unit_test(test_high_adoption_of_a_few_champions),
        cmocka_unit_test(test_a_band_fires_only_when_all_of_it_would),
        cmocka_unit_test(test_twice_the_head_share_is_an_outlier),
        cmocka_unit_test(test_less_than_twice_the_head_share_is_none),
        cmocka_unit_test(test_a_peer_in_a_band_may_cost_more),
        cmocka_unit_test(test_shares_need_two_others_of_the_function),
        cmocka_unit_test(test_tokens_and_session_cost_both_up),
        cmocka_unit_test(test_nothing_is_compared_with_a_short_week),
        cmocka_unit_test(test_tokens_stay_silent_when_one_or_two_people_move),
        cmocka_unit_test(test_newcomers_hide_churn),
        cmocka_unit_test(test_frequent_short_sessions_are_daily_work),
        cmocka_unit_test(test_rare_long_conversations_are_on_the_surface),
        cmocka_unit_test(test_the_first_row_of_the_table_wins),
        cmocka_unit_test(test_executives_read_where_teachers_are),
        cmocka_unit_test(test_teams_do_not),
        cmocka_unit_test(test_the_page_of_readings_is_current),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
