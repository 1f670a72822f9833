/* The executive report as a tree, for issues of every kind, against golden files. */
#include "../golden.h"
#include "fake_issue.h"
#include "sample_issue.h"

#include <tidemark/report.h>

#include <string.h>

#define W46 SAMPLE_WEEK
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)
#define LONG_NAME "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

/* Fails with what is wrong with the template or the document. */
static TmDocument *make(const TmIssue *issue)
{
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = tm_data_path("templates/executive.xml");
    TmDocument *document = tm_report_executive(issue, path, diagnostics, &error);
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    assert_string_equal(text, "");
    assert_non_null(document);
    return document;
}

static char *dump(const TmIssue *issue)
{
    g_autoptr(TmDocument) document = make(issue);
    return tm_document_dump(document);
}

static void expect_golden(const TmIssue *issue, const char *name)
{
    g_autofree char *text = dump(issue);
    g_autofree char *path = g_strdup_printf("report/golden/%s.txt", name);
    assert_golden(path, text);
}

static void test_sample(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    (void)state;
    expect_golden(issue, "sample");
}

static void test_first_week(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_LICENSED, W46, 20);
    fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W46, 12);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 60);
    fake_value(issue, "org", TM_KPI_COST, W46, MONEY(400));
    fake_value(issue, "org", TM_KPI_COST_SEATS, W46, MONEY(400));
    fake_state(issue, "org", TM_KPI_COST_METERED, W46, TM_CELL_NOT_MEASURED);
    fake_state(issue, "org", TM_KPI_TOKENS, W46, TM_CELL_NOT_MEASURED);
    fake_value(issue, "org", TM_KPI_STREAK, W46, 30);
    fake_tool(issue, "copilot", "Copilot", tm_week_monday(W46) + 6, 0, 0);
    expect_golden(issue, "first-week");
}

static void test_nothing_shown(void **state)
{
    static const TmKpiId kpis[] = {TM_KPI_ACTIVE_USERS, TM_KPI_ADOPTION, TM_KPI_REGULAR_USERS,
        TM_KPI_REGULAR_SHARE, TM_KPI_TOKENS, TM_KPI_COST, TM_KPI_COST_SEATS, TM_KPI_COST_METERED,
        TM_KPI_STREAK, TM_KPI_TOKENS_PER_ACTIVE};
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "Alpha", "Product", 1);
    fake_steady(issue, "org", TM_KPI_LICENSED, 6);
    fake_steady(issue, "block-a", TM_KPI_LICENSED, 6);
    for (guint i = 0; i < G_N_ELEMENTS(kpis); i++)
        for (TmWeek week = W46 - 1; week <= W46; week++) {
            fake_state(issue, "org", kpis[i], week, TM_CELL_NOT_SHOWN);
            fake_state(issue, "block-a", kpis[i], week, TM_CELL_NOT_SHOWN);
        }
    expect_golden(issue, "nothing-shown");
}

static void test_bands(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "Alpha", "Product", 1);
    for (TmWeek week = W46 - 1; week <= W46; week++) {
        fake_band(issue, "org", TM_KPI_ADOPTION, "", week, 60, 79);
        fake_band(issue, "block-a", TM_KPI_ADOPTION, "", week, 80, 100);
        fake_band(issue, "org", TM_KPI_COST, "", week, MONEY(1000), MONEY(3000));
        fake_band(issue, "org", TM_KPI_TOKENS, "", week, 1000000, G_MAXINT64);
    }
    expect_golden(issue, "bands");
}

static void test_incomplete_week(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    const GPtrArray *scopes = tm_issue_scopes(issue);
    (void)state;
    for (guint i = 0; i < scopes->len; i++)
        fake_flags(issue, ((const TmScope *)scopes->pdata[i])->id, W46, TM_FIGURE_INCOMPLETE);
    fake_tool(issue, "windsurf", "Windsurf", tm_week_monday(W46) + 4, 2, 1);
    expect_golden(issue, "incomplete-week");
}

static void test_without_target_and_budget(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    (void)state;
    fake_goal(issue, TM_KPI_ADOPTION, G_MININT64);
    fake_budget(issue, 0, 0, 0);
    expect_golden(issue, "no-target-no-budget");
}

static void test_long_names(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    const GPtrArray *scopes = tm_issue_scopes(issue);
    (void)state;
    fake_issue_name(issue, LONG_NAME, "CHF");
    for (guint i = 0; i < scopes->len; i++) {
        TmScope *scope = scopes->pdata[i];
        char *name = g_strdup_printf("%s %u", LONG_NAME, i);
        g_free(scope->name);
        scope->name = name;
    }
    expect_golden(issue, "long-names");
}

static void test_one_team(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "Northwind", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "Alpha", NULL, 1);
    for (guint i = 0; i < 2; i++) {
        const char *scope = i == 0 ? "org" : "block-a";
        fake_steady(issue, scope, TM_KPI_LICENSED, 9);
        fake_steady(issue, scope, TM_KPI_ACTIVE_USERS, 6);
        fake_steady(issue, scope, TM_KPI_ADOPTION, 67);
        fake_steady(issue, scope, TM_KPI_TOKENS, 4000000);
        fake_steady(issue, scope, TM_KPI_TOKENS_PER_ACTIVE, 667000);
        fake_steady(issue, scope, TM_KPI_COST, MONEY(90));
        fake_steady(issue, scope, TM_KPI_STREAK, 55);
    }
    expect_golden(issue, "one-team");
}

/* ---- What golden files would not tell ---------------------------------------------------- */

static void test_events_are_marked_in_their_weeks_and_listed(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    (void)state;
    fake_event(issue, "org", tm_week_monday(W46 - 12), "Too early");
    fake_event(issue, "org", tm_week_monday(W46 - 11), "Opening");
    fake_event(issue, "org", tm_week_monday(W46) + 6, "Closing");
    g_autofree char *text = dump(issue);
    assert_non_null(
        strstr(text, "\"Marked in the charts: 24 August, Opening; 15 November, Closing.\""));
    assert_non_null(strstr(text, "0:\"Opening\""));
    assert_non_null(strstr(text, "11:\"Closing\""));
    assert_null(strstr(text, "Too early"));
}

static void test_departments_stand_for_more_than_thirty_blocks(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 60);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "The department", NULL, 1);
    for (guint i = 0; i < 31; i++) {
        g_autofree char *id = g_strdup_printf("block-%u", i);
        fake_scope(issue, TM_SCOPE_BLOCK, id, "A team", NULL, 1);
    }
    g_autofree char *text = dump(issue);
    assert_non_null(strstr(text, "\"The department\""));
    assert_null(strstr(text, "\"A team\""));
}

static void test_a_team_without_its_own_line_has_none(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    (void)state;
    ((TmScope *)tm_issue_scopes(issue)->pdata[3])->own_line = FALSE; /* Growth */
    g_autofree char *text = dump(issue);
    assert_null(strstr(text, "Growth"));
}

static void test_the_same_issue_gives_the_same_tree(void **state)
{
    g_autoptr(TmIssue) first = sample_issue_new();
    g_autoptr(TmIssue) second = sample_issue_new();
    (void)state;
    g_autofree char *one = dump(first);
    g_autofree char *other = dump(second);
    assert_string_equal(one, other);
}

static void test_support_cells_are_not_printed(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    (void)state;
    fake_steady(issue, "org", TM_KPI_USUAL_DAYS, 987654);
    g_autofree char *text = dump(issue);
    assert_null(strstr(text, "987"));
}

static void test_cleared_alerts_are_named_once(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    (void)state;
    fake_steady(issue, "org", TM_KPI_NOT_STARTED, 7);
    fake_value(issue, "org", TM_KPI_NOT_STARTED, SAMPLE_WEEK, 2);
    fake_value(issue, "block-mobile", TM_KPI_TOKENS, SAMPLE_WEEK - 2, 1000000);
    fake_value(issue, "block-mobile", TM_KPI_TOKENS, SAMPLE_WEEK - 1, 9000000);
    g_autofree char *text = dump(issue);
    assert_non_null(
        strstr(text, "Alerts cleared this week: new users not started, token spike of Mobile."));
}

static void test_cleared_alerts_of_a_team_without_its_own_line_are_not_named(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    const GPtrArray *scopes = tm_issue_scopes(issue);
    (void)state;
    fake_value(issue, "block-mobile", TM_KPI_TOKENS, SAMPLE_WEEK - 2, 1000000);
    fake_value(issue, "block-mobile", TM_KPI_TOKENS, SAMPLE_WEEK - 1, 9000000);
    for (guint i = 0; i < scopes->len; i++)
        ((TmScope *)scopes->pdata[i])->own_line &=
            strcmp(((TmScope *)scopes->pdata[i])->name, "Mobile") != 0;
    g_autofree char *text = dump(issue);
    assert_null(strstr(text, "Alerts cleared"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sample),
        cmocka_unit_test(test_first_week),
        cmocka_unit_test(test_nothing_shown),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_incomplete_week),
        cmocka_unit_test(test_without_target_and_budget),
        cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_one_team),
        cmocka_unit_test(test_events_are_marked_in_their_weeks_and_listed),
        cmocka_unit_test(test_departments_stand_for_more_than_thirty_blocks),
        cmocka_unit_test(test_a_team_without_its_own_line_has_none),
        cmocka_unit_test(test_the_same_issue_gives_the_same_tree),
        cmocka_unit_test(test_support_cells_are_not_printed),
        cmocka_unit_test(test_cleared_alerts_are_named_once),
        cmocka_unit_test(test_cleared_alerts_of_a_team_without_its_own_line_are_not_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
