/* What alerts say, their catalogue, docs/alerts.md, and their order in decisions. */
#include "../golden.h"
#include "expect.h"
#include "fake_issue.h"

#include <string.h>
#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46))
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)
#define NONE G_MININT64

/* ---- Catalogue --------------------------------------------------------------------------- */

static void test_the_page_is_current(void **state)
{
    g_autofree char *page = tm_alert_catalogue_markdown();
    (void)state;
    assert_golden("../docs/alerts.md", page);
}

static void test_every_alert_has_its_words(void **state)
{
    (void)state;
    for (int kind = 0; kind < TM_ALERT_KIND_COUNT; kind++) {
        const TmAlertInfo *info = tm_alert_info((TmAlertKind)kind);
        assert_true(strlen(info->key) > 3 && strlen(info->name) > 3 && strlen(info->unit) > 3);
        assert_true(strlen(info->rule) > 20 && strlen(info->next_step) > 20);
        assert_true(strlen(info->needs) > 3 && strlen(info->identity) > 3);
    }
}

static void test_themes_stand_together_so_that_kinds_are_an_order(void **state)
{
    (void)state;
    for (int kind = 1; kind < TM_ALERT_KIND_COUNT; kind++)
        assert_true(tm_alert_info((TmAlertKind)kind)->theme >=
                    tm_alert_info((TmAlertKind)(kind - 1))->theme);
}

static void test_thresholds_are_the_defaults_of_the_settings(void **state)
{
    g_autofree char *path =
        g_build_filename(g_getenv("TIDEMARK_DATA"), "docs", "settings.md", NULL);
    g_autofree char *settings = NULL;
    (void)state;
    assert_true(g_file_get_contents(path, &settings, NULL, NULL));
    for (int kind = 0; kind < TM_ALERT_KIND_COUNT; kind++) {
        const TmAlertInfo *info = tm_alert_info((TmAlertKind)kind);
        if (info->setting == NULL)
            continue;
        g_autofree char *row = g_strdup_printf("| `%s` | whole number, ", info->setting);
        g_autofree char *otherwise =
            g_strdup_printf(" | `%" G_GINT64_FORMAT "` | ", info->fallback);
        const char *line = strstr(settings, row);
        assert_non_null(line);
        assert_non_null(strstr(line, otherwise));
        assert_true(strstr(line, otherwise) < strchr(line, '\n'));
    }
}

/* ---- Words ------------------------------------------------------------------------------- */

/* Lead and text of the organisation's alert of a kind, as "LEAD TEXT". */
static char *say(const TmIssue *issue, TmAlertKind kind)
{
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    for (guint i = 0; i < alerts->len; i++) {
        const TmAlert *alert = alerts->pdata[i];
        if (alert->kind != kind || alert->state == TM_ALERT_NOT_JUDGED)
            continue;
        g_autofree char *lead = NULL, *text = NULL;
        tm_alert_words(issue, alert, &lead, &text);
        return g_strdup_printf("%s %s", lead, text);
    }
    return NULL;
}

static void test_budget(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_COST, MONEY(120));
    fake_steady(issue, "org", TM_KPI_COST_SEATS, MONEY(120));
    fake_budget(issue, MONEY(100), MONEY(400), 4);
    expect_text(say(issue, TM_ALERT_BUDGET),
        "Look at the month of all teams: it is heading for 20% over its budget. Projected month: "
        "$480 against a $400 budget (+20%). Open since week 45. More users, deeper use or price: "
        "which of them, and does the budget still fit?");
}

static void test_fall(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 3, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_LICENSED, 100);
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 50);
    fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W46, 10);
    expect_text(say(issue, TM_ALERT_ADOPTION_FALL),
        "Ask all teams what changed this month. Adoption is 30% this month so far, 50% in as many "
        "weeks before. New this week. Is it time off, access, or did the tools stop helping?");
}

static void test_below_target(void **state)
{
    const TmIssueGoal goal = {80, 60, NONE, TM_DAY_NONE, NONE, TM_DAY_NONE};
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 55);
    fake_goal_of(issue, "org", TM_KPI_ADOPTION, &goal);
    expect_text(say(issue, TM_ALERT_BELOW_TARGET),
        "Ask all teams what would help to reach the goal. Adoption rate is 55%, under 60%, the "
        "lower bound of this week. New this week. Is help missing, or does the goal need another "
        "look?");
}

static void test_stall(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 3, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_ADOPTION, 50);
    fake_goal(issue, TM_KPI_ADOPTION, 70);
    fake_rollout(issue, "org", "launch", TM_DAY_NONE);
    expect_text(say(issue, TM_ALERT_ADOPTION_STALL),
        "Find the next use case with all teams. Adoption is 50% and has moved by 2 points at most "
        "in 4 weeks; the target is 70%. New this week. Who has not started, and why?");
}

static void test_new_people(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_NOT_STARTED, W46, 7);
    fake_value(issue, "org", TM_KPI_STARTERS, W46, 12);
    fake_value(issue, "org", TM_KPI_SLOW_START_SHARE, W46, 42);
    expect_text(say(issue, TM_ALERT_NOT_STARTED),
        "Offer a start to the new licence holders in all teams. 7 people have held a licence for 7 "
        "days or more and have not used it yet. New this week. Do they have access, and do they "
        "know whom to ask?");
    expect_text(say(issue, TM_ALERT_ONBOARDING),
        "Look at the first days of new licence holders in all teams. 42% of those licensed in the "
        "last 13 weeks took more than 10 working days to a first real use. New this week. What "
        "stood in the way: access, time, or a first task?");
}

static void test_streak(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_MATCHED_STREAK_NOW, W46, 31);
    fake_value(issue, "org", TM_KPI_MATCHED_STREAK_BEFORE, W46, 64);
    expect_text(say(issue, TM_ALERT_STREAK_COLLAPSE),
        "Ask all teams what interrupted the habit. The mean streak of people active the week "
        "before "
        "went from 6.4\u202fdays to 3.1\u202fdays. New this week. A change of work, an outage, or "
        "less help "
        "than before?");
}

static void test_depth_and_tokens(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 5, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_SESSION_DEPTH, 10000);
    fake_value(issue, "org", TM_KPI_SESSION_DEPTH, W46 - 1, 6000);
    fake_value(issue, "org", TM_KPI_SESSION_DEPTH, W46, 6000);
    fake_steady(issue, "org", TM_KPI_TOKENS, 1000000);
    fake_value(issue, "org", TM_KPI_TOKENS, W46, 2000000);
    expect_text(say(issue, TM_ALERT_SESSION_DEPTH),
        "Ask all teams what sessions are used for now. Tokens per session are 6.0\u202fk, two "
        "weeks "
        "running well under their 4-week mean of 10.0\u202fk. New this week. Smaller tasks, "
        "another "
        "tool, or less help than before?");
    expect_text(say(issue, TM_ALERT_TOKEN_SPIKE),
        "Find out what drives the tokens of all teams. Tokens are 2.0\u202fM against 1.0\u202fM "
        "the week "
        "before. New this week. More people, a new way of working, or a long agent run?");
}

static void test_cleared(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 2, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_NOT_STARTED, W46 - 2, 7);
    fake_value(issue, "org", TM_KPI_NOT_STARTED, W46 - 1, 7);
    fake_value(issue, "org", TM_KPI_NOT_STARTED, W46, 2);
    expect_text(say(issue, TM_ALERT_NOT_STARTED),
        "Cleared: new users not started, all teams. It was open since week 44. What helped, and is "
        "it worth sharing?");
}

static void test_a_new_level_says_so(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 12, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_COST, MONEY(200));
    for (TmWeek week = W46 - 12; week < W46 - 8; week++)
        fake_value(issue, "org", TM_KPI_COST, week, MONEY(100));
    expect_text(say(issue, TM_ALERT_COST_SPIKE),
        "Cleared: cost spike, all teams. It was open since week 38; after 8 weeks the new level is "
        "the measure.");
}

/* ---- Order in decisions ------------------------------------------------------------------ */

static void expect_kickers(const TmIssue *issue, const char *kickers)
{
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    g_autoptr(GPtrArray) decisions = tm_decisions_find(issue, alerts, 6);
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < decisions->len; i++) {
        const TmDecision *decision = decisions->pdata[i];
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", decision->kicker);
    }
    assert_string_equal(list->str, kickers);
}

static void test_what_is_new_comes_before_what_was_open(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 5, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_COST, MONEY(100));
    fake_value(issue, "org", TM_KPI_COST, W46 - 1, MONEY(200));
    fake_value(issue, "org", TM_KPI_COST, W46, MONEY(200));
    fake_steady(issue, "org", TM_KPI_TOKENS, 1000000);
    fake_value(issue, "org", TM_KPI_TOKENS, W46, 2000000);
    expect_kickers(issue, "TOKEN SPIKE, COST SPIKE");
}

static void test_one_of_each_theme_comes_before_a_second_one(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 5, W46);
    (void)state;
    fake_steady(issue, "org", TM_KPI_COST, MONEY(100));
    fake_value(issue, "org", TM_KPI_COST, W46, MONEY(200));
    fake_steady(issue, "org", TM_KPI_COST_SEATS, MONEY(200));
    fake_budget(issue, MONEY(100), MONEY(400), 4);
    fake_steady(issue, "org", TM_KPI_NOT_STARTED, 9);
    expect_kickers(issue, "COST SPIKE, NOT STARTED YET, BUDGET");
}

static void test_a_cleared_alert_is_no_decision(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_NOT_STARTED, W46 - 1, 9);
    fake_value(issue, "org", TM_KPI_NOT_STARTED, W46, 1);
    expect_kickers(issue, "");
}

static void test_a_bound_of_another_figure_is_not_told_above(void **state)
{
    const TmIssueGoal adoption = {NONE, 60, NONE, TM_DAY_NONE, NONE, TM_DAY_NONE};
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 50);
    fake_value(issue, "dept-a", TM_KPI_ADOPTION, W46, 40);
    fake_value(issue, "dept-a", TM_KPI_STREAK, W46, 40);
    fake_goal_of(issue, "org", TM_KPI_ADOPTION, &adoption);
    fake_goal_of(issue, "dept-a", TM_KPI_ADOPTION, &adoption);
    fake_goal_of(issue, "dept-a", TM_KPI_STREAK, &adoption);
    expect_kickers(issue, "BELOW TARGET, BELOW TARGET");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_page_is_current),
        cmocka_unit_test(test_every_alert_has_its_words),
        cmocka_unit_test(test_themes_stand_together_so_that_kinds_are_an_order),
        cmocka_unit_test(test_thresholds_are_the_defaults_of_the_settings),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_fall),
        cmocka_unit_test(test_below_target),
        cmocka_unit_test(test_stall),
        cmocka_unit_test(test_new_people),
        cmocka_unit_test(test_streak),
        cmocka_unit_test(test_depth_and_tokens),
        cmocka_unit_test(test_cleared),
        cmocka_unit_test(test_a_new_level_says_so),
        cmocka_unit_test(test_what_is_new_comes_before_what_was_open),
        cmocka_unit_test(test_one_of_each_theme_comes_before_a_second_one),
        cmocka_unit_test(test_a_cleared_alert_is_no_decision),
        cmocka_unit_test(test_a_bound_of_another_figure_is_not_told_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
