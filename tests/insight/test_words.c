/* Numbers, dates and cells as text. */
#include "expect.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define THIN "\u202f"
#define W46 (tm_week_from_iso(2026, 46))

static void test_counts_are_grouped_by_thousands(void **state)
{
    (void)state;
    expect_text(tm_format_count(0), "0");
    expect_text(tm_format_count(999), "999");
    expect_text(tm_format_count(1240), "1" THIN "240");
    expect_text(tm_format_count(-1234567), "\u2212"
                                           "1" THIN "234" THIN "567");
}

static void test_counts_survive_the_smallest_number(void **state)
{
    (void)state;
    expect_text(tm_format_count(G_MININT64),
        "\u2212"
        "9" THIN "223" THIN "372" THIN "036" THIN "854" THIN "775" THIN "807");
}

static void test_small_counts_are_words(void **state)
{
    (void)state;
    expect_text(tm_format_count_word(0), "no");
    expect_text(tm_format_count_word(3), "three");
    expect_text(tm_format_count_word(10), "10");
}

static void test_money_is_shortened_to_three_digits(void **state)
{
    static const struct {
        gint64 micros;
        const char *text;
    } cases[] = {
        {0, "$0"},
        {420000, "$0.42"},
        {39000000, "$39"},
        {19500000, "$19.50"},
        {118430000, "$118"},
        {999400000, "$999"},
        {999600000, "$1.0k"},
        {12000000000, "$12.0k"},
        {14900000000, "$14.9k"},
        {99960000000, "$100k"},
        {214000000000, "$214k"},
        {1250000000000, "$1.2M"},
        {1260000000000, "$1.3M"},
        {-3500000000, "\u2212$3.5k"},
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        expect_text(tm_format_value(TM_UNIT_MONEY, cases[i].micros, "USD"), cases[i].text);
}

static void test_currencies_without_a_sign_print_their_code(void **state)
{
    (void)state;
    expect_text(tm_format_value(TM_UNIT_MONEY, 118000000, "CHF"), "CHF" THIN "118");
    expect_text(tm_format_value(TM_UNIT_MONEY, 118000000, "EUR"), "€118");
    expect_text(tm_format_value(TM_UNIT_MONEY, 118000000, NULL), "118");
}

static void test_tokens_carry_their_scale(void **state)
{
    (void)state;
    expect_text(tm_format_value(TM_UNIT_TOKENS, 0, NULL), "0");
    expect_text(tm_format_value(TM_UNIT_TOKENS, 600000, NULL), "600" THIN "k");
    expect_text(tm_format_value(TM_UNIT_TOKENS, 1100000, NULL), "1.1" THIN "M");
    expect_text(tm_format_value(TM_UNIT_TOKENS, 139400000, NULL), "139" THIN "M");
    expect_text(tm_format_value(TM_UNIT_TOKENS, 999999000, NULL), "1.0" THIN "bn");
}

static void test_days_keep_their_decimal(void **state)
{
    (void)state;
    expect_text(tm_format_value(TM_UNIT_DAYS, 10, NULL), "1.0" THIN "days");
    expect_text(tm_format_value(TM_UNIT_DAYS, 0, NULL), "0.0" THIN "days");
    expect_text(tm_format_value(TM_UNIT_DAYS, 68, NULL), "6.8" THIN "days");
    expect_text(tm_format_bare(TM_UNIT_DAYS, 120, NULL), "12.0");
}

static void test_bands_say_which_side_is_open(void **state)
{
    (void)state;
    expect_text(tm_format_band(TM_UNIT_PERCENT, 0, 39, NULL), "under 40%");
    expect_text(tm_format_band(TM_UNIT_PERCENT, 40, 59, NULL), "40–59%");
    expect_text(tm_format_band(TM_UNIT_PERCENT, 80, 100, NULL), "80% or more");
    expect_text(tm_format_band(TM_UNIT_PEOPLE, 5, G_MAXINT64, NULL), "5 or more");
    expect_text(tm_format_band(TM_UNIT_PEOPLE, 0, 4, NULL), "up to 4");
    expect_text(tm_format_band(TM_UNIT_MONEY, 0, 99990000, "USD"), "under $100");
    expect_text(tm_format_band(TM_UNIT_MONEY, 0, 600000000, "USD"), "up to $600");
    expect_text(tm_format_band(TM_UNIT_TOKENS, 0, 99000, NULL), "under 100" THIN "k");
    expect_text(tm_format_band(TM_UNIT_MONEY, 100000000, 300000000, "USD"), "$100–$300");
}

static void test_weeks_over_the_end_of_a_month_name_both(void **state)
{
    (void)state;
    expect_text(tm_format_week_dates(W46), "9–15 November 2026");
    expect_text(tm_format_week_dates(tm_week_from_iso(2026, 44)), "26 October – 1 November 2026");
    expect_text(
        tm_format_week_dates(tm_week_from_iso(2026, 53)), "28 December 2026 – 3 January 2027");
    expect_text(tm_format_week(tm_week_from_iso(2027, 1)), "W01");
}

static void test_lists_of_weeks_end_with_and(void **state)
{
    g_autoptr(GArray) weeks = g_array_new(FALSE, FALSE, sizeof(TmWeek));
    (void)state;
    expect_text(tm_format_weeks(weeks), "");
    for (TmWeek week = W46 - 2; week <= W46; week++)
        g_array_append_val(weeks, week);
    expect_text(tm_format_weeks(weeks), "W44, W45 and W46");
    g_array_set_size(weeks, 2);
    expect_text(tm_format_weeks(weeks), "W44 and W45");
}

static void test_cells_say_their_state(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46, W46);
    (void)state;
    fake_setting(issue, "minimum_people", 7);
    TmCell cell = {.kpi = TM_KPI_STREAK, .state = TM_CELL_VALUE, .value = 68};
    expect_text(tm_format_cell(issue, TM_KPI_STREAK, &cell, FALSE), "6.8" THIN "days");
    cell.flags = TM_FIGURE_AT_LEAST | TM_FIGURE_ESTIMATED;
    expect_text(
        tm_format_cell(issue, TM_KPI_STREAK, &cell, FALSE), "at least 6.8" THIN "days est.");
    cell.state = TM_CELL_NOT_SHOWN;
    expect_text(
        tm_format_cell(issue, TM_KPI_STREAK, &cell, FALSE), "not shown (fewer than 7 people)");
    cell.state = TM_CELL_NOT_MEASURED;
    expect_text(tm_format_cell(issue, TM_KPI_STREAK, &cell, FALSE), "not measured");
    expect_text(tm_format_cell(issue, TM_KPI_STREAK, NULL, FALSE), "not published");
}

static void test_patterns_keep_braces_of_values(void **state)
{
    (void)state;
    expect_text(tm_text_fill("{a} and {b}{a}", "a", "{b}", "b", "2", NULL), "{b} and 2{b}");
    expect_text(tm_text_fill("nothing", NULL), "nothing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_are_grouped_by_thousands),
        cmocka_unit_test(test_counts_survive_the_smallest_number),
        cmocka_unit_test(test_small_counts_are_words),
        cmocka_unit_test(test_money_is_shortened_to_three_digits),
        cmocka_unit_test(test_currencies_without_a_sign_print_their_code),
        cmocka_unit_test(test_tokens_carry_their_scale),
        cmocka_unit_test(test_days_keep_their_decimal),
        cmocka_unit_test(test_bands_say_which_side_is_open),
        cmocka_unit_test(test_weeks_over_the_end_of_a_month_name_both),
        cmocka_unit_test(test_lists_of_weeks_end_with_and),
        cmocka_unit_test(test_cells_say_their_state),
        cmocka_unit_test(test_patterns_keep_braces_of_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
