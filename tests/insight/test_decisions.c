/* Decisions: order, words, and what fills the places that alerts leave. */
#include "expect.h"
#include "fake_issue.h"

#include <string.h>
#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46))
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)

static GPtrArray *decide(const TmIssue *issue, guint most)
{
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    return tm_decisions_find(issue, alerts, most);
}

static const TmDecision *at(const GPtrArray *decisions, guint index)
{
    assert_true(index < decisions->len);
    return decisions->pdata[index];
}

/* Calm cost of 100 a week for four weeks; the organisation's block has half of it. */
static TmIssue *spike_issue(gint64 organisation, gint64 block)
{
    TmIssue *issue = fake_issue_new(W46 - 4, W46);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "Data", NULL, 1);
    fake_steady(issue, "org", TM_KPI_COST, MONEY(100));
    fake_steady(issue, "block-a", TM_KPI_COST, MONEY(50));
    fake_steady(issue, "block-a", TM_KPI_LICENSED, 20);
    fake_value(issue, "org", TM_KPI_COST, W46, MONEY(organisation));
    fake_value(issue, "block-a", TM_KPI_COST, W46, MONEY(block));
    return issue;
}

static void test_cost_spike_names_the_block_with_most_of_it(void **state)
{
    g_autoptr(TmIssue) issue = spike_issue(200, 101);
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    (void)state;
    assert_string_equal(at(decisions, 0)->kicker, "COST SPIKE");
    assert_string_equal(at(decisions, 0)->lead, "Find the source of $100 extra in Data.");
    assert_string_equal(at(decisions, 0)->text,
        "Weekly cost is 200% of its 4-week mean of $100. New this week. Ask what changed: more "
        "use, a dearer model or a long agent run?");
}

static void test_cost_spike_names_no_block_with_half_of_it(void **state)
{
    g_autoptr(TmIssue) issue = spike_issue(200, 100);
    g_autoptr(GPtrArray) decisions = decide(issue, 1);
    (void)state;
    assert_string_equal(at(decisions, 0)->lead, "Find the source of $100 extra.");
}

static void test_cost_spike_names_no_block_without_its_own_line(void **state)
{
    g_autoptr(TmIssue) issue = spike_issue(200, 140);
    ((TmScope *)tm_issue_scopes(issue)->pdata[2])->own_line = FALSE;
    g_autoptr(GPtrArray) decisions = decide(issue, 1);
    (void)state;
    assert_string_equal(at(decisions, 0)->lead, "Find the source of $100 extra.");
}

static void test_a_block_is_not_told_beside_its_organisation(void **state)
{
    g_autoptr(TmIssue) issue = spike_issue(200, 140);
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    (void)state;
    assert_int_equal(decisions->len, 1);
}

static void test_projected_month_stands_beside_its_budget(void **state)
{
    g_autoptr(TmIssue) issue = spike_issue(200, 60);
    (void)state;
    fake_steady(issue, "org", TM_KPI_COST_SEATS, MONEY(100));
    fake_budget(issue, MONEY(100), MONEY(400), 4);
    g_autoptr(GPtrArray) decisions = decide(issue, 1);
    assert_non_null(
        strstr(at(decisions, 0)->text, "Projected month: $500 against a $400 budget (+25%)."));
}

static void test_metered_cost_out_of_nothing_has_no_percent(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 4, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_COST_METERED, 0);
    fake_value(issue, "org", TM_KPI_COST_METERED, W46, MONEY(40));
    g_autoptr(GPtrArray) decisions = decide(issue, 1);
    assert_string_equal(at(decisions, 0)->lead, "Find the source of $40 extra.");
    assert_non_null(
        strstr(at(decisions, 0)->text, "Metered cost is $40; the 4 weeks before had none."));
}

static void test_a_drop_into_a_band_is_told_as_one(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 4, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_ADOPTION, 60);
    fake_steady(issue, "org", TM_KPI_PRESENT, 100);
    fake_steady(issue, "org", TM_KPI_PRESENT_ACTIVE, 60);
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W46, 0, 39);
    fake_value(issue, "org", TM_KPI_PRESENT_ACTIVE, W46, 30);
    g_autoptr(GPtrArray) decisions = decide(issue, 1);
    assert_string_equal(at(decisions, 0)->text,
        "Adoption is under 40%, its 4-week mean was 60%: at least 30 people fewer of those at "
        "work. New this week.");
}

static void test_a_month_that_is_over_is_not_called_projected(void **state)
{
    g_autoptr(TmIssue) issue = spike_issue(200, 60);
    (void)state;
    fake_budget(issue, MONEY(100), MONEY(300), 2);
    g_autoptr(GPtrArray) decisions = decide(issue, 1);
    assert_non_null(strstr(at(decisions, 0)->text, " Month: $300 against a $300 budget (0%)."));
}

static void test_stale_data_comes_first(void **state)
{
    g_autoptr(TmIssue) issue = spike_issue(200, 60);
    (void)state;
    fake_tool(issue, "cursor", "Cursor", tm_week_monday(W46) + 4, 1, 1);
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    assert_string_equal(
        at(decisions, 0)->lead, "Export Cursor again: 1 day of week 46 is missing.");
    assert_string_equal(at(decisions, 0)->text,
        "The last day with data is 13 November. Until then totals over all tools stand without "
        "comparison.");
    assert_string_equal(at(decisions, 1)->kicker, "COST SPIKE");
}

static void test_a_tool_without_any_day_says_so(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_tool(issue, "cursor", "Cursor", TM_DAY_NONE, 5, 1);
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    assert_string_equal(
        at(decisions, 0)->lead, "Export Cursor again: 5 days of week 46 are missing.");
    assert_non_null(strstr(at(decisions, 0)->text, "There is no data of this tool yet."));
}

static void test_each_kind_has_its_turn_before_a_second_of_a_kind(void **state)
{
    g_autoptr(TmIssue) issue = spike_issue(200, 60);
    (void)state;
    fake_tool(issue, "copilot", "Copilot", tm_week_monday(W46) + 3, 2, 1);
    fake_tool(issue, "cursor", "Cursor", tm_week_monday(W46) + 2, 3, 1);
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    assert_non_null(strstr(at(decisions, 0)->lead, "Cursor")); /* more days are missing */
    assert_string_equal(at(decisions, 1)->kicker, "COST SPIKE");
    assert_non_null(strstr(at(decisions, 2)->lead, "Copilot"));
}

static TmIssue *seats_issue(void)
{
    TmIssue *issue = fake_issue_new(W46, W46);
    fake_tool(issue, "copilot", "Copilot", tm_week_monday(W46) + 6, 0, 0);
    fake_part(issue, TM_KPI_SEATS_ZERO_SESSION, "copilot", W46, 31);
    fake_part(issue, TM_KPI_SEATS_HELD, "copilot", W46, 116);
    return issue;
}

static void test_unused_seats_tell_their_price(void **state)
{
    g_autoptr(TmIssue) issue = seats_issue();
    (void)state;
    fake_part(issue, TM_KPI_SEAT_MONTH_PRICE, "copilot", W46, MONEY(39));
    fake_part(issue, TM_KPI_SPEND_EXPOSED, "copilot", W46, MONEY(1209));
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    assert_string_equal(at(decisions, 0)->lead, "Reassign or retire 31 seats of Copilot.");
    assert_string_equal(at(decisions, 0)->text,
        "No use in 4 weeks on 27% of 116 seats: $1.2k a month at $39 a seat. New this week. Offer "
        "them first where people wait.");
}

static void test_unused_seats_without_a_price_say_so(void **state)
{
    g_autoptr(TmIssue) issue = seats_issue();
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    (void)state;
    assert_non_null(strstr(at(decisions, 0)->text, "no price is given in subscriptions.csv."));
}

static void test_unused_seats_in_a_band_are_told_as_one(void **state)
{
    g_autoptr(TmIssue) issue = seats_issue();
    (void)state;
    fake_band(issue, "org", TM_KPI_SEATS_ZERO_SESSION, "copilot", W46, 20, 40);
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    assert_string_equal(at(decisions, 0)->lead, "Reassign or retire 20–40 seats of Copilot.");
    assert_non_null(strstr(at(decisions, 0)->text, "No use in 4 weeks on 20–40 of 116 seats"));
}

static void test_readings_fill_what_alerts_leave(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 4, W46);
    const gint64 rates[] = {50, 53, 56, 59, 62};
    (void)state;
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "Growth", NULL, 1);
    for (int i = 0; i < 5; i++)
        fake_value(issue, "block-a", TM_KPI_ADOPTION, W46 - 4 + i, rates[i]);
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    assert_int_equal(decisions->len, 1);
    assert_string_equal(at(decisions, 0)->lead, "Find out what works in Growth and share it.");
    assert_false(at(decisions, 0)->look);
}

static void test_nothing_to_decide_is_an_empty_list(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    (void)state;
    assert_int_equal(decisions->len, 0);
}

static void test_drop_that_seats_explain_asks_about_the_new_holders(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 4, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_ADOPTION, 60);
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 60);
    fake_steady(issue, "org", TM_KPI_LICENSED, 100);
    fake_steady(issue, "org", TM_KPI_PRESENT, 100);
    fake_steady(issue, "org", TM_KPI_PRESENT_ACTIVE, 60);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 40);
    fake_value(issue, "org", TM_KPI_LICENSED, W46, 150);
    fake_value(issue, "org", TM_KPI_PRESENT, W46, 150);
    g_autoptr(GPtrArray) decisions = decide(issue, 3);
    assert_string_equal(at(decisions, 0)->lead, "Ask the teams what changed in week 46.");
    assert_string_equal(at(decisions, 0)->text,
        "Adoption is 40%, 20 points under its 4-week mean of 60%. Licences went from 100 to 150 "
        "while as many people used them: new seats move the rate. Do the new holders need a "
        "start? New this week.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cost_spike_names_the_block_with_most_of_it),
        cmocka_unit_test(test_cost_spike_names_no_block_with_half_of_it),
        cmocka_unit_test(test_cost_spike_names_no_block_without_its_own_line),
        cmocka_unit_test(test_a_block_is_not_told_beside_its_organisation),
        cmocka_unit_test(test_projected_month_stands_beside_its_budget),
        cmocka_unit_test(test_metered_cost_out_of_nothing_has_no_percent),
        cmocka_unit_test(test_a_drop_into_a_band_is_told_as_one),
        cmocka_unit_test(test_a_month_that_is_over_is_not_called_projected),
        cmocka_unit_test(test_stale_data_comes_first),
        cmocka_unit_test(test_a_tool_without_any_day_says_so),
        cmocka_unit_test(test_each_kind_has_its_turn_before_a_second_of_a_kind),
        cmocka_unit_test(test_unused_seats_tell_their_price),
        cmocka_unit_test(test_unused_seats_without_a_price_say_so),
        cmocka_unit_test(test_unused_seats_in_a_band_are_told_as_one),
        cmocka_unit_test(test_readings_fill_what_alerts_leave),
        cmocka_unit_test(test_nothing_to_decide_is_an_empty_list),
        cmocka_unit_test(test_drop_that_seats_explain_asks_about_the_new_holders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
