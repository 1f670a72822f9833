/* Whole weeks of months, quarters and ranges, against the calendar. */
#include "expect.h"

#include <tidemark/insight.h>

static void expect_weeks(const TmPeriod *period, int first_year, int first, int last_year, int last)
{
    assert_int_equal(period->first, tm_week_from_iso(first_year, first));
    assert_int_equal(period->last, tm_week_from_iso(last_year, last));
}

static void expect_month(const char *text, int year, int first, int last)
{
    TmPeriod period;
    assert_true(tm_period_parse_month(text, &period));
    expect_weeks(&period, year, first, year, last);
    expect_text(tm_period_name(&period), text);
}

/* Thursdays of October 2026: 1, 8, 15, 22, 29. Of November: 5, 12, 19, 26. */
static void test_months_have_four_or_five_weeks(void **state)
{
    (void)state;
    expect_month("2026-10", 2026, 40, 44);
    expect_month("2026-11", 2026, 45, 48);
}

/* 31 December 2026 is the Thursday of week 53. */
static void test_week_53_belongs_to_december(void **state)
{
    (void)state;
    expect_month("2026-12", 2026, 49, 53);
    expect_month("2027-01", 2027, 1, 4);
}

/* Thursday 2 January 2020 is in week 1, which begins on 30 December 2019. */
static void test_a_week_can_begin_in_the_year_before(void **state)
{
    (void)state;
    expect_month("2019-12", 2019, 49, 52);
    expect_month("2020-01", 2020, 1, 5);
}

static void expect_quarter(const char *text, int fiscal_month, int first_year, int first,
    int last_year, int last, guint weeks)
{
    TmPeriod period;
    assert_true(tm_period_parse_quarter(text, fiscal_month, &period));
    expect_weeks(&period, first_year, first, last_year, last);
    assert_int_equal(tm_period_length(&period), weeks);
    expect_text(tm_period_name(&period), text);
}

/* 1 October and 31 December 2026 are both Thursdays; 1 January 2027 is a Friday. */
static void test_quarters_have_twelve_to_fourteen_weeks(void **state)
{
    (void)state;
    expect_quarter("2026-Q3", 1, 2026, 27, 2026, 39, 13);
    expect_quarter("2026-Q4", 1, 2026, 40, 2026, 53, 14);
    expect_quarter("2027-Q1", 1, 2027, 1, 2027, 12, 12);
}

static void test_a_fiscal_year_is_named_after_its_end(void **state)
{
    (void)state;
    expect_quarter("2027-Q1", 7, 2026, 27, 2026, 39, 13);
    expect_quarter("2027-Q2", 7, 2026, 40, 2026, 53, 14);
    expect_quarter("2027-Q4", 7, 2027, 13, 2027, 25, 13);
}

/* With a year from November, the first quarter is November to January. */
static void test_a_quarter_may_cross_the_calendar_year(void **state)
{
    (void)state;
    expect_quarter("2027-Q1", 11, 2026, 45, 2027, 4, 13);
}

static void test_every_week_is_in_exactly_one_month(void **state)
{
    TmWeek next = tm_week_from_iso(2019, 1);
    TmPeriod period;
    (void)state;
    for (int month = 0; month < 12 * 12; month++) {
        assert_true(tm_period_month(&period, 2019 + month / 12, month % 12 + 1));
        assert_int_equal(period.first, next);
        assert_in_range(tm_period_length(&period), 4, 5);
        next = period.last + 1;
    }
}

static void test_every_week_is_in_exactly_one_quarter(void **state)
{
    TmPeriod period;
    (void)state;
    assert_true(tm_period_quarter(&period, 2018, 4, 4));
    TmWeek next = period.last + 1;
    for (int quarter = 0; quarter < 4 * 12; quarter++) {
        assert_true(tm_period_quarter(&period, 2019 + quarter / 4, quarter % 4 + 1, 4));
        assert_int_equal(period.first, next);
        next = period.last + 1;
    }
}

static void test_texts_that_are_no_period_are_refused(void **state)
{
    static const char *const months[] = {
        "2026-13", "2026-00", "2026-1", "2026-1a", "26-10", "2026-10-01", "", "0000-01", "2026/10"};
    static const char *const quarters[] = {
        "2026-Q0", "2026-Q5", "2026Q3", "2026-q3", "2026-Q33", ""};
    TmPeriod period;
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(months); i++)
        assert_false(tm_period_parse_month(months[i], &period));
    for (guint i = 0; i < G_N_ELEMENTS(quarters); i++)
        assert_false(tm_period_parse_quarter(quarters[i], 1, &period));
    assert_false(tm_period_parse_quarter("2026-Q3", 13, &period));
    assert_false(tm_period_quarter(&period, 1, 1, 7));
}

/* ---- To date, and before ----------------------------------------------------------------- */

static void expect_before(TmPeriod period, int first_year, int first, int last_year, int last)
{
    TmPeriod before = tm_period_before(&period);
    expect_weeks(&before, first_year, first, last_year, last);
    assert_int_equal(before.end, before.last);
}

static void test_a_whole_month_stands_beside_the_month_before(void **state)
{
    TmPeriod period;
    (void)state;
    tm_period_month(&period, 2026, 10);
    expect_before(period, 2026, 36, 2026, 39);
    tm_period_month(&period, 2027, 1);
    expect_before(period, 2026, 49, 2026, 53);
}

static void test_a_whole_quarter_stands_beside_the_quarter_before(void **state)
{
    TmPeriod period;
    (void)state;
    tm_period_quarter(&period, 2026, 4, 1);
    expect_before(period, 2026, 27, 2026, 39);
    tm_period_quarter(&period, 2027, 1, 1);
    expect_before(period, 2026, 40, 2026, 53);
}

static void test_to_date_stands_beside_as_many_weeks(void **state)
{
    TmPeriod period;
    (void)state;
    tm_period_month(&period, 2026, 11);
    assert_true(tm_period_settle(&period, tm_week_from_iso(2026, 46)));
    assert_true(tm_period_is_to_date(&period));
    assert_int_equal(tm_period_length(&period), 2);
    expect_before(period, 2026, 43, 2026, 44);
}

static void test_a_month_with_its_last_week_is_not_to_date(void **state)
{
    TmPeriod period;
    (void)state;
    tm_period_month(&period, 2026, 11);
    assert_true(tm_period_settle(&period, tm_week_from_iso(2026, 48)));
    assert_false(tm_period_is_to_date(&period));
}

static void test_a_period_that_has_not_begun_is_refused(void **state)
{
    TmPeriod period;
    (void)state;
    tm_period_month(&period, 2026, 11);
    assert_false(tm_period_settle(&period, tm_week_from_iso(2026, 44)));
}

static void test_a_range_stands_beside_as_many_weeks(void **state)
{
    TmPeriod period;
    (void)state;
    assert_true(tm_period_weeks(&period, tm_week_from_iso(2026, 50), tm_week_from_iso(2027, 2)));
    assert_int_equal(tm_period_length(&period), 6);
    expect_text(tm_period_name(&period), "2026-W50-2027-W02");
    expect_before(period, 2026, 44, 2026, 49);
}

static void test_ranges_that_are_none_are_refused(void **state)
{
    TmWeek week = tm_week_from_iso(2026, 40);
    TmPeriod period;
    (void)state;
    assert_false(tm_period_weeks(&period, week, week - 1));
    assert_true(tm_period_weeks(&period, week, week + 52));
    assert_false(tm_period_weeks(&period, week, week + 53));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_months_have_four_or_five_weeks),
        cmocka_unit_test(test_week_53_belongs_to_december),
        cmocka_unit_test(test_a_week_can_begin_in_the_year_before),
        cmocka_unit_test(test_quarters_have_twelve_to_fourteen_weeks),
        cmocka_unit_test(test_a_fiscal_year_is_named_after_its_end),
        cmocka_unit_test(test_a_quarter_may_cross_the_calendar_year),
        cmocka_unit_test(test_every_week_is_in_exactly_one_month),
        cmocka_unit_test(test_every_week_is_in_exactly_one_quarter),
        cmocka_unit_test(test_texts_that_are_no_period_are_refused),
        cmocka_unit_test(test_a_whole_month_stands_beside_the_month_before),
        cmocka_unit_test(test_a_whole_quarter_stands_beside_the_quarter_before),
        cmocka_unit_test(test_to_date_stands_beside_as_many_weeks),
        cmocka_unit_test(test_a_month_with_its_last_week_is_not_to_date),
        cmocka_unit_test(test_a_period_that_has_not_begun_is_refused),
        cmocka_unit_test(test_a_range_stands_beside_as_many_weeks),
        cmocka_unit_test(test_ranges_that_are_none_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
