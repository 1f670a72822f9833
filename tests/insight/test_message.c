/* The message, the lede and the sentences of figures: grammar for 0, 1, many, unknown. */
#include "expect.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46))
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)
#define MOST_WORDS 20

static TmIssue *two_weeks(gint64 before, gint64 now)
{
    TmIssue *issue = fake_issue_new(W46 - 1, W46);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46 - 1, before);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, now);
    return issue;
}

static void expect_adoption(gint64 before, gint64 now, gint64 target, const char *message)
{
    g_autoptr(TmIssue) issue = two_weeks(before, now);
    if (target > 0)
        fake_goal(issue, TM_KPI_ADOPTION, target);
    expect_text(tm_message_write(issue), message);
}

static void test_verbs_follow_the_size_of_the_change(void **state)
{
    (void)state;
    expect_adoption(55, 62, 0, "Adoption jumped to 62%");
    expect_adoption(58, 62, 0, "Adoption rose to 62%");
    expect_adoption(61, 62, 0, "Adoption held at 62%");
    expect_adoption(63, 62, 0, "Adoption held at 62%");
    expect_adoption(64, 62, 0, "Adoption fell to 62%");
    expect_adoption(67, 62, 0, "Adoption dropped to 62%");
}

static void test_distance_to_the_target_has_a_singular(void **state)
{
    (void)state;
    expect_adoption(62, 62, 70, "Adoption held at 62%, 8 points under the 70% target");
    expect_adoption(69, 69, 70, "Adoption held at 69%, 1 point under the 70% target");
    expect_adoption(70, 70, 70, "Adoption held at 70%, at its target");
    expect_adoption(71, 71, 70, "Adoption held at 71%, 1 point over the 70% target");
}

static void test_first_week_starts(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 62);
    expect_text(tm_message_write(issue), "Adoption starts at 62%");
}

static void test_incomplete_week_says_which_tool(void **state)
{
    g_autoptr(TmIssue) issue = two_weeks(55, 62);
    (void)state;
    fake_flags(issue, "org", W46, TM_FIGURE_INCOMPLETE);
    fake_tool(issue, "copilot", "Copilot", W46, 0, 0);
    fake_tool(issue, "cursor", "Cursor", W46, 2, 1);
    expect_text(tm_message_write(issue), "Adoption stands at 62%; Cursor lacks days of the week");
    fake_tool(issue, "windsurf", "Windsurf", W46, 2, 1);
    expect_text(
        tm_message_write(issue), "Adoption stands at 62%; Cursor and 1 more lack days of the week");
}

static void test_incomplete_week_before_is_told(void **state)
{
    g_autoptr(TmIssue) issue = two_weeks(55, 62);
    (void)state;
    fake_flags(issue, "org", W46 - 1, TM_FIGURE_INCOMPLETE);
    expect_text(tm_message_write(issue), "Adoption stands at 62%; the week before is incomplete");
}

static void test_a_short_week_is_not_compared(void **state)
{
    g_autoptr(TmIssue) issue = two_weeks(62, 20);
    (void)state;
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 40);
    fake_steady(issue, "org", TM_KPI_USUAL_DAYS, 100);
    fake_steady(issue, "org", TM_KPI_WORKING_DAYS, 100);
    fake_value(issue, "org", TM_KPI_WORKING_DAYS, W46, 20);
    expect_text(tm_message_write(issue), "Adoption stands at 20%; too few working days to compare");
    expect_text(tm_message_lede(issue), "40 people used an assistant.");
    fake_value(issue, "org", TM_KPI_WORKING_DAYS, W46, 100);
    fake_value(issue, "org", TM_KPI_WORKING_DAYS, W46 - 1, 20);
    expect_text(tm_message_write(issue),
        "Adoption stands at 20%; the week before had too few working days to compare");
}

static void test_new_rules_are_told(void **state)
{
    g_autoptr(TmIssue) issue = two_weeks(55, 62);
    (void)state;
    fake_rules(issue, W46, TM_RULE_VERSION + 1);
    expect_text(tm_message_write(issue), "Adoption stands at 62%; new rules start a new series");
}

static void test_unknown_adoption_is_said_in_words(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    expect_text(tm_message_write(issue), "Adoption is not measured yet");
    fake_state(issue, "org", TM_KPI_ADOPTION, W46, TM_CELL_NOT_SHOWN);
    expect_text(tm_message_write(issue), "Adoption is not shown (fewer than 5 people)");
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W46, 80, 100);
    expect_text(tm_message_write(issue), "Adoption is 80% or more");
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W46, 40, 59);
    expect_text(tm_message_write(issue), "Adoption is at 40–59%");
}

/* ---- Cost against use -------------------------------------------------------------------- */

static void expect_cost(gint64 cost, gint64 use, const char *clause)
{
    g_autoptr(TmIssue) issue = two_weeks(62, 62);
    fake_value(issue, "org", TM_KPI_COST, W46 - 1, MONEY(100));
    fake_value(issue, "org", TM_KPI_COST, W46, MONEY(cost));
    if (use > 0) {
        fake_value(issue, "org", TM_KPI_TOKENS, W46 - 1, 100000);
        fake_value(issue, "org", TM_KPI_TOKENS, W46, use * 1000);
    }
    g_autofree char *expected = g_strconcat("Adoption held at 62%", clause, NULL);
    expect_text(tm_message_write(issue), expected);
}

static void test_cost_against_use_in_all_directions(void **state)
{
    (void)state;
    expect_cost(131, 106, "; cost rose faster than use");
    expect_cost(106, 131, "; use grew faster than cost");
    expect_cost(110, 114, "; cost and use rose together");
    expect_cost(110, 104, "; cost rose while use held");
    expect_cost(110, 90, "; cost rose while use fell");
    expect_cost(104, 110, "; use grew at the same cost");
    expect_cost(100, 100, "; cost and use held");
    expect_cost(104, 90, "; use fell at the same cost");
    expect_cost(90, 110, "; use grew while cost fell");
    expect_cost(90, 100, "; cost fell at the same use");
    expect_cost(90, 90, "; cost and use fell");
}

static void test_cost_without_known_use_stands_alone(void **state)
{
    (void)state;
    expect_cost(131, 0, "; cost rose 31%");
    expect_cost(100, 0, "; cost held");
    expect_cost(90, 0, "; cost fell 10%");
}

static void test_active_users_stand_in_for_tokens(void **state)
{
    g_autoptr(TmIssue) issue = two_weeks(62, 62);
    (void)state;
    fake_value(issue, "org", TM_KPI_COST, W46 - 1, MONEY(100));
    fake_value(issue, "org", TM_KPI_COST, W46, MONEY(120));
    fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W46 - 1, 100);
    fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W46, 80);
    expect_text(tm_message_write(issue), "Adoption held at 62%; cost rose while use fell");
}

static void test_the_longest_message_has_twenty_words(void **state)
{
    g_autoptr(TmIssue) issue = two_weeks(55, 62);
    (void)state;
    fake_goal(issue, TM_KPI_ADOPTION, 70);
    fake_value(issue, "org", TM_KPI_COST, W46 - 1, MONEY(100));
    fake_value(issue, "org", TM_KPI_COST, W46, MONEY(131));
    fake_steady(issue, "org", TM_KPI_TOKENS, 100000);
    g_autofree char *message = tm_message_write(issue);
    g_auto(GStrv) words = g_strsplit(message, " ", -1);
    assert_in_range(g_strv_length(words), 10, MOST_WORDS);
}

/* ---- Lede -------------------------------------------------------------------------------- */

static void expect_lede(gint64 before, gint64 now, const char *lede)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - (before >= 0), W46);
    if (before >= 0)
        fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W46 - 1, before);
    fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W46, now);
    expect_text(tm_message_lede(issue), lede);
}

static void test_people_in_the_lede_have_a_singular(void **state)
{
    (void)state;
    expect_lede(112, 126, "14 more people used an assistant than the week before.");
    expect_lede(112, 113, "1 more person used an assistant than the week before.");
    expect_lede(112, 112, "112 people used an assistant, as many as the week before.");
    expect_lede(112, 111, "1 person fewer used an assistant than the week before.");
    expect_lede(112, 100, "12 people fewer used an assistant than the week before.");
    expect_lede(-1, 0, "Nobody used an assistant in the first week shown.");
    expect_lede(-1, 1, "1 person used an assistant in the first week shown.");
    expect_lede(-1, 126, "126 people used an assistant in the first week shown.");
}

static void test_lede_is_empty_when_nothing_is_known(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    expect_text(tm_message_lede(issue), "");
}

static void test_lede_does_not_compare_an_incomplete_week(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 100);
    fake_flags(issue, "org", W46, TM_FIGURE_INCOMPLETE);
    expect_text(
        tm_message_lede(issue), "Figures over all tools may still rise and are not compared.");
}

/* Metered cost of the organisation from 100 to `now`; of one block from 50 to `block`. */
static TmIssue *metered_issue(gint64 now, gint64 block)
{
    TmIssue *issue = fake_issue_new(W46 - 1, W46);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "Data", NULL, 1);
    fake_steady(issue, "block-a", TM_KPI_LICENSED, 20);
    fake_value(issue, "org", TM_KPI_COST_METERED, W46 - 1, MONEY(100));
    fake_value(issue, "org", TM_KPI_COST_METERED, W46, MONEY(now));
    fake_value(issue, "block-a", TM_KPI_COST_METERED, W46 - 1, MONEY(50));
    fake_value(issue, "block-a", TM_KPI_COST_METERED, W46, MONEY(block));
    return issue;
}

static void expect_metered(gint64 now, gint64 block, const char *lede)
{
    g_autoptr(TmIssue) issue = metered_issue(now, block);
    expect_text(tm_message_lede(issue), lede);
}

static void test_a_block_is_named_when_it_holds_more_than_half(void **state)
{
    (void)state;
    expect_metered(200, 100, "Metered cost rose by $100 in one week.");
    expect_metered(200, 101, "Metered cost rose by $100 in one week, most of it in Data.");
    expect_metered(200, 140, "Metered cost rose by $100 in one week, nearly all of it in Data.");
    expect_metered(60, 20, "Metered cost fell by $40 in one week.");
    expect_metered(104, 54, "");
}

static void test_a_block_without_its_own_line_is_not_named(void **state)
{
    g_autoptr(TmIssue) issue = metered_issue(200, 150);
    (void)state;
    ((TmScope *)tm_issue_scopes(issue)->pdata[2])->own_line = FALSE;
    expect_text(tm_message_lede(issue), "Metered cost rose by $100 in one week.");
}

/* ---- Figures ----------------------------------------------------------------------------- */

static void test_figures_say_start_and_end(void **state)
{
    g_autoptr(TmIssue) issue = two_weeks(55, 62);
    (void)state;
    expect_text(tm_trend_sentence(issue, TM_KPI_ADOPTION, "Adoption", W46 - 1),
        "Adoption rose from 55% in W45 to 62%.");
    expect_text(tm_trend_sentence(issue, TM_KPI_ADOPTION, "Adoption", W46),
        "Adoption: 62% in the first week shown.");
    expect_text(
        tm_trend_sentence(issue, TM_KPI_TOKENS, "Tokens", W46), "Tokens: not published this week.");
}

static void test_cost_figure_compares_with_the_budget(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_COST, MONEY(12000));
    fake_budget(issue, MONEY(10000), 0, 0);
    expect_text(tm_trend_sentence(issue, TM_KPI_COST, "Cost", W46 - 1),
        "Cost held at $12.0k since W45, 20% over the week's budget.");
    fake_budget(issue, MONEY(12000), 0, 0);
    expect_text(tm_trend_sentence(issue, TM_KPI_COST, "Cost", W46 - 1),
        "Cost held at $12.0k since W45, within the week's budget.");
}

static void test_text_alternative_tells_extremes_gaps_and_target(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 3, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_ADOPTION, W46 - 3, 50);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46 - 2, 40);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 62);
    fake_goal(issue, TM_KPI_ADOPTION, 70);
    expect_text(tm_trend_alternative(issue, TM_KPI_ADOPTION, "Adoption", W46 - 3),
        "Adoption, W43 to W46: from 50% to 62%; lowest 40% in W44, highest 62% in W46; 1 week "
        "without a value; target 70%.");
    expect_text(tm_trend_alternative(issue, TM_KPI_TOKENS, "Tokens", W46 - 3),
        "Tokens: no exact value to draw; not published in W46.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verbs_follow_the_size_of_the_change),
        cmocka_unit_test(test_distance_to_the_target_has_a_singular),
        cmocka_unit_test(test_first_week_starts),
        cmocka_unit_test(test_incomplete_week_says_which_tool),
        cmocka_unit_test(test_incomplete_week_before_is_told),
        cmocka_unit_test(test_a_short_week_is_not_compared),
        cmocka_unit_test(test_new_rules_are_told),
        cmocka_unit_test(test_unknown_adoption_is_said_in_words),
        cmocka_unit_test(test_cost_against_use_in_all_directions),
        cmocka_unit_test(test_cost_without_known_use_stands_alone),
        cmocka_unit_test(test_active_users_stand_in_for_tokens),
        cmocka_unit_test(test_the_longest_message_has_twenty_words),
        cmocka_unit_test(test_people_in_the_lede_have_a_singular),
        cmocka_unit_test(test_lede_is_empty_when_nothing_is_known),
        cmocka_unit_test(test_lede_does_not_compare_an_incomplete_week),
        cmocka_unit_test(test_a_block_is_named_when_it_holds_more_than_half),
        cmocka_unit_test(test_a_block_without_its_own_line_is_not_named),
        cmocka_unit_test(test_figures_say_start_and_end),
        cmocka_unit_test(test_cost_figure_compares_with_the_budget),
        cmocka_unit_test(test_text_alternative_tells_extremes_gaps_and_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
