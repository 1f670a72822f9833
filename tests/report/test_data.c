/* kpis.csv and kpis.json hold the published cells, as printed, in a stable order. */
#include "../golden.h"
#include "fake_issue.h"
#include "sample_issue.h"

#include <string.h>
#include <tidemark/report.h>

#define W46 SAMPLE_WEEK
#define MONEY(cents) ((gint64)(cents) * (TM_MICROS_PER_UNIT / 100))

static TmIssue *small_issue(void)
{
    TmIssue *issue = fake_issue_new(W46 - 1, W46);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A, \"quoted\"", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "=SUM(A1)", NULL, 1);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46 - 1, 55);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 62);
    fake_goal(issue, TM_KPI_ADOPTION, 70);
    fake_value(issue, "org", TM_KPI_COST, W46, MONEY(1489322));
    fake_value(issue, "org", TM_KPI_STREAK, W46, 68);
    fake_value(issue, "org", TM_KPI_PRESENT, W46, 99);
    fake_band(issue, "block-a", TM_KPI_ADOPTION, "", W46, 60, 79);
    fake_band(issue, "block-a", TM_KPI_TOKENS, "", W46, 1000000, G_MAXINT64);
    fake_state(issue, "block-a", TM_KPI_STREAK, W46, TM_CELL_NOT_SHOWN);
    fake_value(issue, "block-a", TM_KPI_LICENSED, W46 - 1, 20);
    fake_value(issue, "dept-a", TM_KPI_LICENSED, W46, 20);
    fake_part(issue, TM_KPI_SEATS_HELD, "copilot", W46, 116);
    fake_flags(issue, "org", W46, TM_FIGURE_ESTIMATED);
    return issue;
}

static void test_csv(void **state)
{
    g_autoptr(TmIssue) issue = small_issue();
    g_autofree char *text = tm_report_kpis_csv(issue);
    (void)state;
    assert_golden("report/golden/kpis.csv", text);
}

static void test_json(void **state)
{
    g_autoptr(TmIssue) issue = small_issue();
    g_autofree char *text = tm_report_kpis_json(issue);
    (void)state;
    assert_golden("report/golden/kpis.json", text);
}

static void test_support_cells_are_left_out(void **state)
{
    g_autoptr(TmIssue) issue = small_issue();
    g_autofree char *text = tm_report_kpis_csv(issue);
    (void)state;
    assert_null(strstr(text, "present"));
}

static void test_groups_have_rows_of_the_issues_week_only(void **state)
{
    g_autoptr(TmIssue) issue = small_issue();
    g_autofree char *text = tm_report_kpis_csv(issue);
    (void)state;
    assert_null(strstr(text, "2026-W45,block-a"));
    assert_non_null(strstr(text, "2026-W45,org"));
}

static void test_groups_without_their_own_line_are_left_out(void **state)
{
    g_autoptr(TmIssue) issue = small_issue();
    (void)state;
    ((TmScope *)tm_issue_scopes(issue)->pdata[2])->own_line = FALSE;
    g_autofree char *text = tm_report_kpis_csv(issue);
    assert_null(strstr(text, "block-a"));
}

static void test_no_comparison_where_the_report_shows_none(void **state)
{
    g_autoptr(TmIssue) issue = small_issue();
    (void)state;
    fake_flags(issue, "org", W46 - 1, TM_FIGURE_INCOMPLETE);
    g_autofree char *text = tm_report_kpis_csv(issue);
    assert_non_null(strstr(text, "adoption,,percent,value,62,,,estimated,,70,1\r\n"));
}

static void test_every_line_has_as_many_fields_as_the_head(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    g_autofree char *text = tm_report_kpis_csv(issue);
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    (void)state;
    assert_true(g_strv_length(lines) > 100);
    for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], ",", -1);
        assert_int_equal(g_strv_length(fields), 15);
    }
}

/* ---- Alerts ------------------------------------------------------------------------------ */

/* One of each state: a new spike, an open one, one that cleared, and what cannot be judged. */
static TmIssue *alert_issue(void)
{
    TmIssue *issue = fake_issue_new(W46 - 5, W46);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A, \"quoted\"", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "=SUM(A1)", NULL, 1);
    fake_tool(issue, "copilot", "Copilot", tm_week_monday(W46) + 6, 0, 0);
    fake_steady(issue, "org", TM_KPI_COST, MONEY(10000));
    fake_value(issue, "org", TM_KPI_COST, W46, MONEY(20050));
    fake_steady(issue, "dept-a", TM_KPI_NOT_STARTED, 6);
    fake_steady(issue, "org", TM_KPI_NOT_STARTED, 7);
    fake_value(issue, "org", TM_KPI_NOT_STARTED, W46, 3);
    fake_steady(issue, "block-a", TM_KPI_ADOPTION, 60);
    fake_steady(issue, "block-a", TM_KPI_PRESENT, 20);
    fake_steady(issue, "block-a", TM_KPI_PRESENT_ACTIVE, 12);
    fake_band(issue, "block-a", TM_KPI_ADOPTION, "", W46, 0, 39);
    fake_value(issue, "block-a", TM_KPI_PRESENT_ACTIVE, W46, 6);
    fake_part(issue, TM_KPI_SEATS_ZERO_SESSION, "copilot", W46, 30);
    fake_part(issue, TM_KPI_SEATS_HELD, "copilot", W46, 116);
    fake_part(issue, TM_KPI_SEAT_MONTH_PRICE, "copilot", W46, MONEY(3900));
    fake_part(issue, TM_KPI_SPEND_EXPOSED, "copilot", W46, MONEY(117000));
    return issue;
}

static void test_alerts_json(void **state)
{
    g_autoptr(TmIssue) issue = alert_issue();
    g_autofree char *text = tm_report_alerts_json(issue);
    (void)state;
    assert_golden("report/golden/alerts.json", text);
}

static void test_alerts_text(void **state)
{
    g_autoptr(TmIssue) issue = alert_issue();
    g_autofree char *text = tm_report_alerts_text(issue);
    (void)state;
    assert_golden("report/golden/alerts.txt", text);
}

static void test_alerts_of_groups_without_their_own_line_are_left_out(void **state)
{
    g_autoptr(TmIssue) issue = alert_issue();
    (void)state;
    ((TmScope *)tm_issue_scopes(issue)->pdata[2])->own_line = FALSE;
    g_autofree char *json = tm_report_alerts_json(issue);
    g_autofree char *text = tm_report_alerts_text(issue);
    assert_null(strstr(json, "block-a"));
    assert_null(strstr(text, "=SUM"));
}

static void test_a_calm_week_says_so(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 5, W46);
    (void)state;
    ((TmScope *)tm_issue_scopes(issue)->pdata[0])->kind = TM_SCOPE_UNASSIGNED; /* has no rules */
    g_autofree char *text = tm_report_alerts_text(issue);
    assert_non_null(strstr(text, "Nothing went over its threshold."));
}

/* ---- Periods ----------------------------------------------------------------------------- */

/* September (W36 to W39) and October (W40 to W44), with a block that began in W41. */
static TmIssue *months_issue(void)
{
    TmWeek first = tm_week_from_iso(2026, 36), last = tm_week_from_iso(2026, 44);
    TmIssue *issue = fake_issue_new(first, last);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A, \"quoted\"", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "=SUM(A1)", NULL, 1);
    fake_steady(issue, "org", TM_KPI_LICENSED, 100);
    fake_steady(issue, "org", TM_KPI_ACTIVE_USERS, 62);
    fake_steady(issue, "org", TM_KPI_ADOPTION, 62);
    fake_steady(issue, "org", TM_KPI_COST, MONEY(1489322));
    fake_value(issue, "org", TM_KPI_COST, last, MONEY(1489325));
    fake_steady(issue, "org", TM_KPI_PRESENT, 99);
    fake_band(issue, "org", TM_KPI_TOKENS, "", last, 1000000, G_MAXINT64);
    fake_steady(issue, "dept-a", TM_KPI_SESSIONS, 40);
    fake_goal(issue, TM_KPI_ADOPTION, 70);
    for (TmWeek week = tm_week_from_iso(2026, 41); week <= last; week++)
        fake_value(issue, "block-a", TM_KPI_SESSIONS, week, 20);
    return issue;
}

static TmPeriod october(void)
{
    TmPeriod period;
    assert_true(tm_period_month(&period, 2026, 10));
    return period;
}

static void test_csv_of_a_month(void **state)
{
    g_autoptr(TmIssue) issue = months_issue();
    TmPeriod period = october();
    (void)state;
    g_autofree char *text = tm_report_period_csv(issue, &period);
    assert_golden("report/golden/kpis-month.csv", text);
}

static void test_json_of_a_month(void **state)
{
    g_autoptr(TmIssue) issue = months_issue();
    TmPeriod period = october();
    (void)state;
    g_autofree char *text = tm_report_period_json(issue, &period);
    assert_golden("report/golden/kpis-month.json", text);
}

static void test_a_month_to_date_says_so(void **state)
{
    g_autoptr(TmIssue) issue = months_issue();
    TmPeriod period = october();
    (void)state;
    assert_true(tm_period_settle(&period, tm_week_from_iso(2026, 42)));
    g_autofree char *text = tm_report_period_json(issue, &period);
    assert_non_null(strstr(text, "\"to_date\": true"));
}

static void test_groups_without_their_own_line_have_no_month(void **state)
{
    g_autoptr(TmIssue) issue = months_issue();
    TmPeriod period = october();
    (void)state;
    ((TmScope *)tm_issue_scopes(issue)->pdata[2])->own_line = FALSE;
    g_autofree char *text = tm_report_period_csv(issue, &period);
    assert_null(strstr(text, "block-a"));
}

static void test_the_schema_is_current(void **state)
{
    g_autofree char *text = tm_report_kpis_schema();
    (void)state;
    assert_golden("../docs/schemas/kpis.schema.json", text);
}

static void test_the_schema_lists_no_kpi_that_executives_may_not_see(void **state)
{
    g_autofree char *text = tm_report_kpis_schema();
    (void)state;
    for (int id = 0; id < TM_KPI_COUNT; id++) {
        const TmKpi *kpi = tm_kpi((TmKpiId)id);
        g_autofree char *quoted = g_strdup_printf("\"%s\"", kpi->key);
        gboolean allowed = !kpi->support && strchr(kpi->audiences, 'E') != NULL;
        assert_int_equal(strstr(text, quoted) != NULL, allowed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_support_cells_are_left_out),
        cmocka_unit_test(test_groups_have_rows_of_the_issues_week_only),
        cmocka_unit_test(test_groups_without_their_own_line_are_left_out),
        cmocka_unit_test(test_no_comparison_where_the_report_shows_none),
        cmocka_unit_test(test_every_line_has_as_many_fields_as_the_head),
        cmocka_unit_test(test_alerts_json),
        cmocka_unit_test(test_alerts_text),
        cmocka_unit_test(test_alerts_of_groups_without_their_own_line_are_left_out),
        cmocka_unit_test(test_a_calm_week_says_so),
        cmocka_unit_test(test_the_schema_is_current),
        cmocka_unit_test(test_the_schema_lists_no_kpi_that_executives_may_not_see),
        cmocka_unit_test(test_csv_of_a_month),
        cmocka_unit_test(test_json_of_a_month),
        cmocka_unit_test(test_a_month_to_date_says_so),
        cmocka_unit_test(test_groups_without_their_own_line_have_no_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
