/* Changes against the week before, bands, short weeks, projected month. */
#include "expect.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46))
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)

static const TmScope *scope_at(const TmIssue *issue, guint index)
{
    return tm_issue_scopes(issue)->pdata[index];
}

static TmChange org_change(const TmIssue *issue, TmKpiId kpi)
{
    return tm_change_find(issue, scope_at(issue, 0), kpi, "", tm_issue_week(issue));
}

static TmIssue *adoption_issue(gint64 before, gint64 now)
{
    TmIssue *issue = fake_issue_new(W46 - 1, W46);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46 - 1, before);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, now);
    return issue;
}

static void test_two_points_are_a_change(void **state)
{
    g_autoptr(TmIssue) issue = adoption_issue(60, 62);
    TmChange change = org_change(issue, TM_KPI_ADOPTION);
    (void)state;
    assert_int_equal(change.state, TM_CHANGE_KNOWN);
    assert_int_equal(change.direction, 1);
    expect_text(tm_change_size(&change, "USD"), "2 points");
}

static void test_one_point_is_flat(void **state)
{
    g_autoptr(TmIssue) issue = adoption_issue(62, 61);
    TmChange change = org_change(issue, TM_KPI_ADOPTION);
    (void)state;
    assert_int_equal(change.direction, 0);
    expect_text(tm_change_size(&change, "USD"), "1 point");
}

static void test_five_percent_is_where_amounts_move(void **state)
{
    (void)state;
    assert_true(tm_change_is_flat(TM_UNIT_MONEY, 10000, 10499));
    assert_false(tm_change_is_flat(TM_UNIT_MONEY, 10000, 10500));
    assert_false(tm_change_is_flat(TM_UNIT_PEOPLE, 0, 1));
    assert_true(tm_change_is_flat(TM_UNIT_PEOPLE, 0, 0));
    assert_true(tm_change_is_flat(TM_UNIT_DAYS, 60, 64));
    assert_false(tm_change_is_flat(TM_UNIT_DAYS, 60, 65));
}

static void test_no_change_in_the_first_week(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 62);
    assert_int_equal(org_change(issue, TM_KPI_ADOPTION).state, TM_CHANGE_FIRST);
}

static void test_no_change_across_an_incomplete_week(void **state)
{
    g_autoptr(TmIssue) issue = adoption_issue(55, 62);
    (void)state;
    fake_flags(issue, "org", W46 - 1, TM_FIGURE_INCOMPLETE);
    TmChange change = org_change(issue, TM_KPI_ADOPTION);
    assert_int_equal(change.state, TM_CHANGE_INCOMPLETE);
    assert_int_equal(change.difference, 0);
    assert_string_equal(tm_change_reason(change.state), "incomplete week");
}

static void test_no_change_across_new_rules(void **state)
{
    g_autoptr(TmIssue) issue = adoption_issue(55, 62);
    (void)state;
    fake_rules(issue, W46, TM_RULE_VERSION + 1);
    assert_int_equal(org_change(issue, TM_KPI_ADOPTION).state, TM_CHANGE_NEW_RULES);
}

static void test_no_change_from_a_band(void **state)
{
    g_autoptr(TmIssue) issue = adoption_issue(55, 62);
    (void)state;
    fake_band(issue, "org", TM_KPI_ADOPTION, "", W46 - 1, 40, 59);
    assert_int_equal(org_change(issue, TM_KPI_ADOPTION).state, TM_CHANGE_BAND);
}

static void test_no_change_where_not_shown(void **state)
{
    g_autoptr(TmIssue) issue = adoption_issue(55, 62);
    (void)state;
    fake_state(issue, "org", TM_KPI_ADOPTION, W46, TM_CELL_NOT_SHOWN);
    assert_int_equal(org_change(issue, TM_KPI_ADOPTION).state, TM_CHANGE_NOT_SHOWN);
}

static TmChangeState block_cost_state(gint64 licensed_before, gint64 licensed_now)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-a", "A", NULL, 1);
    fake_scope(issue, TM_SCOPE_BLOCK, "block-a", "A", NULL, 1);
    fake_steady(issue, "block-a", TM_KPI_COST, MONEY(100));
    fake_value(issue, "block-a", TM_KPI_LICENSED, W46 - 1, licensed_before);
    fake_value(issue, "block-a", TM_KPI_LICENSED, W46, licensed_now);
    return tm_change_find(issue, scope_at(issue, 2), TM_KPI_COST, "", W46).state;
}

static void test_one_or_two_movers_hide_the_change_of_a_blocks_cost(void **state)
{
    (void)state;
    assert_int_equal(block_cost_state(20, 20), TM_CHANGE_KNOWN);
    assert_int_equal(block_cost_state(20, 21), TM_CHANGE_MEMBERSHIP);
    assert_int_equal(block_cost_state(20, 18), TM_CHANGE_MEMBERSHIP);
    assert_int_equal(block_cost_state(20, 23), TM_CHANGE_KNOWN);
}

static void test_change_from_zero_has_no_percent(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_value(issue, "org", TM_KPI_COST_METERED, W46 - 1, 0);
    fake_value(issue, "org", TM_KPI_COST_METERED, W46, MONEY(40));
    TmChange change = org_change(issue, TM_KPI_COST_METERED);
    assert_false(change.has_percent);
    expect_text(tm_change_size(&change, "USD"), "$40");
}

/* ---- Short weeks ------------------------------------------------------------------------- */

static gboolean is_short(gint64 worked, gint64 usual)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    fake_value(issue, "org", TM_KPI_WORKING_DAYS, W46, worked);
    fake_value(issue, "org", TM_KPI_USUAL_DAYS, W46, usual);
    return tm_week_is_short(issue, scope_at(issue, 0), W46);
}

static void test_a_week_under_sixty_percent_is_short(void **state)
{
    (void)state;
    assert_true(is_short(599, 1000));
    assert_false(is_short(600, 1000));
    assert_false(is_short(0, 0));
}

static void test_a_week_of_unknown_length_is_not_short(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    assert_false(tm_week_is_short(issue, scope_at(issue, 0), W46));
}

/* ---- Bands ------------------------------------------------------------------------------- */

static const char *band_name(TmKpiId kpi, gint64 value)
{
    TmCell cell = {.kpi = kpi, .state = TM_CELL_VALUE, .value = value};
    return tm_band_of(kpi, &cell)->name;
}

static void test_bands_begin_at_their_limits(void **state)
{
    (void)state;
    assert_string_equal(band_name(TM_KPI_ADOPTION, 39), "at risk");
    assert_string_equal(band_name(TM_KPI_ADOPTION, 40), "scaling");
    assert_string_equal(band_name(TM_KPI_ADOPTION, 60), "healthy");
    assert_string_equal(band_name(TM_KPI_ADOPTION, 80), "optimised");
    assert_string_equal(band_name(TM_KPI_STREAK, 49), "intermittent");
    assert_string_equal(band_name(TM_KPI_STREAK, 50), "developing");
    assert_string_equal(band_name(TM_KPI_STREAK, 150), "developing");
    assert_string_equal(band_name(TM_KPI_STREAK, 151), "embedded");
}

static void test_a_published_band_names_its_reading_band_only_when_it_fits(void **state)
{
    TmCell cell = {.kpi = TM_KPI_ADOPTION, .state = TM_CELL_BAND, .low = 60, .high = 80};
    (void)state;
    assert_string_equal(tm_band_of(TM_KPI_ADOPTION, &cell)->name, "healthy");
    cell.low = 50;
    assert_null(tm_band_of(TM_KPI_ADOPTION, &cell));
    cell.state = TM_CELL_NOT_SHOWN;
    assert_null(tm_band_of(TM_KPI_ADOPTION, &cell));
    assert_null(tm_band_of(TM_KPI_COST, &cell));
}

/* ---- Projected month --------------------------------------------------------------------- */

/* November 2026 has weeks 45 to 48; week 46 is the second. */
static TmIssue *month_issue(void)
{
    TmIssue *issue = fake_issue_new(W46 - 5, W46);
    fake_steady(issue, "org", TM_KPI_COST_SEATS, MONEY(1000));
    fake_steady(issue, "org", TM_KPI_COST_METERED, MONEY(500));
    fake_steady(issue, "org", TM_KPI_COST, MONEY(1500));
    fake_steady(issue, "org", TM_KPI_WORKING_DAYS, 100);
    fake_steady(issue, "org", TM_KPI_USUAL_DAYS, 120);
    fake_budget(issue, MONEY(1250), MONEY(5000), 4);
    return issue;
}

static void test_month_adds_seats_by_day_and_metered_by_working_day(void **state)
{
    g_autoptr(TmIssue) issue = month_issue();
    TmProjection projection;
    (void)state;
    assert_true(tm_projection_find(issue, scope_at(issue, 0), &projection));
    /* Two weeks at 1500, two at 1000 + 500 ÷ 100 × 120. */
    assert_int_equal(projection.micros, MONEY(3000 + 2 * 1600));
    assert_int_equal(projection.percent, 24);
    assert_true(projection.projected);
}

static void test_month_that_is_over_is_not_projected(void **state)
{
    g_autoptr(TmIssue) issue = month_issue();
    TmProjection projection;
    (void)state;
    fake_budget(issue, MONEY(1250), MONEY(3000), 2);
    assert_true(tm_projection_find(issue, scope_at(issue, 0), &projection));
    assert_int_equal(projection.micros, MONEY(3000));
    assert_false(projection.projected);
}

static void test_month_with_an_incomplete_week_is_not_projected(void **state)
{
    g_autoptr(TmIssue) issue = month_issue();
    TmProjection projection;
    (void)state;
    fake_flags(issue, "org", W46 - 1, TM_FIGURE_INCOMPLETE);
    assert_false(tm_projection_find(issue, scope_at(issue, 0), &projection));
}

static void test_month_without_a_budget_is_not_projected(void **state)
{
    g_autoptr(TmIssue) issue = month_issue();
    TmProjection projection;
    (void)state;
    fake_budget(issue, 0, 0, 0);
    assert_false(tm_projection_find(issue, scope_at(issue, 0), &projection));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_points_are_a_change),
        cmocka_unit_test(test_one_point_is_flat),
        cmocka_unit_test(test_five_percent_is_where_amounts_move),
        cmocka_unit_test(test_no_change_in_the_first_week),
        cmocka_unit_test(test_no_change_across_an_incomplete_week),
        cmocka_unit_test(test_no_change_across_new_rules),
        cmocka_unit_test(test_no_change_from_a_band),
        cmocka_unit_test(test_no_change_where_not_shown),
        cmocka_unit_test(test_one_or_two_movers_hide_the_change_of_a_blocks_cost),
        cmocka_unit_test(test_change_from_zero_has_no_percent),
        cmocka_unit_test(test_a_week_under_sixty_percent_is_short),
        cmocka_unit_test(test_a_week_of_unknown_length_is_not_short),
        cmocka_unit_test(test_bands_begin_at_their_limits),
        cmocka_unit_test(test_a_published_band_names_its_reading_band_only_when_it_fits),
        cmocka_unit_test(test_month_adds_seats_by_day_and_metered_by_working_day),
        cmocka_unit_test(test_month_that_is_over_is_not_projected),
        cmocka_unit_test(test_month_with_an_incomplete_week_is_not_projected),
        cmocka_unit_test(test_month_without_a_budget_is_not_projected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
