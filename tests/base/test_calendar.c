/* Days, ISO weeks and reporting months against known facts and against GDate. */
#include <tidemark/base.h>

#include "../cmocka_all.h"

static TmDay day(const char *text)
{
    return tm_day_parse(text, -1);
}

static void assert_week(const char *date, const char *expected)
{
    g_autofree char *week = tm_week_format(tm_week_of_day(day(date)));
    assert_string_equal(week, expected);
}

static void epoch_is_day_zero_and_a_thursday(void **state)
{
    (void)state;
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(tm_day_weekday(0), 3);
    assert_int_equal(tm_week_of_day(0), 0);
    assert_int_equal(tm_week_monday(0), -3);
}

static void dates_agree_with_gdate_over_four_hundred_years(void **state)
{
    (void)state;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, 1, G_DATE_JANUARY, 1800);
    for (TmDay at = tm_day_from_date(1800, 1, 1); at < tm_day_from_date(2200, 1, 1); at++) {
        int year, month, day_of_month;
        tm_day_to_date(at, &year, &month, &day_of_month);
        assert_int_equal(year, g_date_get_year(&date));
        assert_int_equal(month, g_date_get_month(&date));
        assert_int_equal(day_of_month, g_date_get_day(&date));
        assert_int_equal(tm_day_from_date(year, month, day_of_month), at);
        assert_int_equal(tm_day_weekday(at) + 1, g_date_get_weekday(&date));
        int iso_year, iso_week;
        tm_week_to_iso(tm_week_of_day(at), &iso_year, &iso_week);
        assert_int_equal(iso_week, g_date_get_iso8601_week_of_year(&date));
        g_date_add_days(&date, 1);
    }
}

static void first_and_last_year_can_be_written(void **state)
{
    (void)state;
    g_autofree char *first = tm_day_format(day("0001-01-01"));
    g_autofree char *last = tm_day_format(day("9999-12-31"));
    assert_string_equal(first, "0001-01-01");
    assert_string_equal(last, "9999-12-31");
}

static void open_ends_are_written_as_nothing(void **state)
{
    (void)state;
    g_autofree char *none = tm_day_format(TM_DAY_NONE);
    g_autofree char *forever = tm_day_format(TM_DAY_FOREVER);
    assert_string_equal(none, "");
    assert_string_equal(forever, "");
}

static void only_existing_dates_in_iso_form_are_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31",
        "2026-1-01", "05/10/2026", "2026-10-05 ", "20261005", "2026-10-0x", "0000-01-01", "",
        "-026-01-01", "1900-02-29"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_int_equal(day(wrong[i]), TM_DAY_NONE);
    assert_int_not_equal(day("2000-02-29"), TM_DAY_NONE);
    assert_int_equal(tm_day_parse("2026-10-05T09", 10), day("2026-10-05"));
}

static void year_ends_fall_into_the_right_week(void **state)
{
    (void)state;
    assert_week("2018-12-31", "2019-W01");
    assert_week("2020-12-31", "2020-W53");
    assert_week("2021-01-03", "2020-W53");
    assert_week("2021-01-04", "2021-W01");
    assert_week("2024-12-30", "2025-W01");
    assert_week("2026-11-15", "2026-W46");
    assert_week("2026-12-31", "2026-W53");
    assert_week("2027-01-03", "2026-W53");
    assert_week("2027-01-04", "2027-W01");
}

static void week_53_exists_only_in_long_years(void **state)
{
    (void)state;
    assert_int_not_equal(tm_week_parse("2020-W53"), TM_WEEK_NONE);
    assert_int_not_equal(tm_week_parse("2026-W53"), TM_WEEK_NONE);
    assert_int_equal(tm_week_parse("2025-W53"), TM_WEEK_NONE);
    assert_int_equal(tm_week_parse("2026-W00"), TM_WEEK_NONE);
    assert_int_equal(tm_week_parse("2026-W54"), TM_WEEK_NONE);
    assert_int_equal(tm_week_parse("2026W46"), TM_WEEK_NONE);
    assert_int_equal(tm_week_parse("2026-w46"), TM_WEEK_NONE);
}

static void weeks_read_back_what_they_write(void **state)
{
    (void)state;
    for (TmWeek week = tm_week_from_iso(1999, 1); week < tm_week_from_iso(2040, 1); week++) {
        g_autofree char *text = tm_week_format(week);
        assert_int_equal(tm_week_parse(text), week);
        assert_int_equal(tm_week_of_day(tm_week_monday(week) + 6), week);
    }
}

static void a_week_belongs_to_the_month_of_its_thursday(void **state)
{
    (void)state;
    int year, month;
    tm_week_month(tm_week_parse("2026-W40"), &year, &month); /* Thursday 1 October */
    assert_int_equal(month, 10);
    tm_week_month(tm_week_parse("2026-W44"), &year, &month); /* Thursday 29 October */
    assert_int_equal(month, 10);
    tm_week_month(tm_week_parse("2026-W53"), &year, &month); /* Thursday 31 December */
    assert_int_equal(year, 2026);
    assert_int_equal(month, 12);
    tm_week_month(tm_week_parse("2025-W01"), &year, &month); /* Thursday 2 January */
    assert_int_equal(year, 2025);
    assert_int_equal(month, 1);
}

static void months_and_years_know_their_length(void **state)
{
    (void)state;
    assert_int_equal(tm_days_in_month(2024, 2), 29);
    assert_int_equal(tm_days_in_month(2100, 2), 28);
    assert_int_equal(tm_days_in_month(2026, 13), 0);
    assert_int_equal(tm_days_in_year(2000), 366);
    assert_int_equal(tm_days_in_year(1900), 365);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(epoch_is_day_zero_and_a_thursday),
        cmocka_unit_test(dates_agree_with_gdate_over_four_hundred_years),
        cmocka_unit_test(first_and_last_year_can_be_written),
        cmocka_unit_test(open_ends_are_written_as_nothing),
        cmocka_unit_test(only_existing_dates_in_iso_form_are_read),
        cmocka_unit_test(year_ends_fall_into_the_right_week),
        cmocka_unit_test(week_53_exists_only_in_long_years),
        cmocka_unit_test(weeks_read_back_what_they_write),
        cmocka_unit_test(a_week_belongs_to_the_month_of_its_thursday),
        cmocka_unit_test(months_and_years_know_their_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
