/* Ticks and the way numbers are written. */
#include <math.h>
#include <tidemark/chart.h>

#include "../cmocka_all.h"

#define NNBSP "\xE2\x80\xAF"
#define MINUS "\xE2\x88\x92"

typedef struct Case {
    TmNumberForm form;
    double value;
    const char *currency;
    const char *expected;
} Case;

static const Case cases[] = {
    {TM_NUMBER_COUNT, 0, NULL, "0"},
    {TM_NUMBER_COUNT, 126, NULL, "126"},
    {TM_NUMBER_COUNT, 999, NULL, "999"},
    {TM_NUMBER_COUNT, 1240, NULL, "1" NNBSP "240"},
    {TM_NUMBER_COUNT, 1243, NULL, "1" NNBSP "240"},
    {TM_NUMBER_COUNT, 12345, NULL, "12" NNBSP "300"},
    {TM_NUMBER_COUNT, 999499, NULL, "999" NNBSP "000"},
    {TM_NUMBER_COUNT, 999600, NULL, "1.0" NNBSP "M"},
    {TM_NUMBER_COUNT, 2.5, NULL, "2.5"},
    {TM_NUMBER_COUNT, 0.001, NULL, "<0.1"},
    {TM_NUMBER_COUNT, -14, NULL, MINUS "14"},
    {TM_NUMBER_PERCENT, 62.4, NULL, "62%"},
    {TM_NUMBER_PERCENT, 0, NULL, "0%"},
    {TM_NUMBER_PERCENT, 0.3, NULL, "<1%"},
    {TM_NUMBER_PERCENT, 99.7, NULL, ">99%"},
    {TM_NUMBER_PERCENT, 100, NULL, "100%"},
    {TM_NUMBER_PERCENT, 143, NULL, "143%"},
    {TM_NUMBER_PERCENT, -0.2, NULL, "0%"},
    {TM_NUMBER_TOKENS, 850, NULL, "850"},
    {TM_NUMBER_TOKENS, 0.2, NULL, "<1"},
    {TM_NUMBER_TOKENS, 12345, NULL, "12.3" NNBSP "k"},
    {TM_NUMBER_TOKENS, 1.14e6, NULL, "1.1" NNBSP "M"},
    {TM_NUMBER_TOKENS, 139e6, NULL, "139" NNBSP "M"},
    {TM_NUMBER_TOKENS, 999.7e6, NULL, "1.0" NNBSP "bn"},
    {TM_NUMBER_TOKENS, 1e12, NULL, "1.0" NNBSP "tn"},
    {TM_NUMBER_MONEY, 14900, "USD", "$14.9k"},
    {TM_NUMBER_MONEY, 12000, "USD", "$12.0k"},
    {TM_NUMBER_MONEY, 118, "EUR",
        "\xE2\x82\xAC"
        "118"},
    {TM_NUMBER_MONEY, 0.12, "USD", "$0.12"},
    {TM_NUMBER_MONEY, 9.999, "USD", "$10"},
    {TM_NUMBER_MONEY, 0.001, "GBP",
        "<\xC2\xA3"
        "0.01"},
    {TM_NUMBER_MONEY, 3500, "CHF", "CHF" NNBSP "3.5k"},
    {TM_NUMBER_MONEY, -3500, "USD", MINUS "$3.5k"},
    {TM_NUMBER_MONEY, 42, NULL, "42"},
    {TM_NUMBER_DAYS, 6.8, NULL, "6.8" NNBSP "d"},
    {TM_NUMBER_DAYS, 3, NULL, "3.0" NNBSP "d"},
    {TM_NUMBER_DAYS, 100, NULL, "100" NNBSP "d"},
    {TM_NUMBER_COUNT, NAN, NULL, "\xE2\x80\x94"},
    {TM_NUMBER_COUNT, INFINITY, NULL, "\xE2\x80\x94"},
};

static void numbers_are_written_as_the_table_says(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = tm_number_format(cases[i].form, cases[i].value, cases[i].currency);
        assert_string_equal(text, cases[i].expected);
    }
}

static guint digits_of(const char *text)
{
    guint digits = 0;
    gboolean started = FALSE;
    guint zeros = 0;
    for (; *text != '\0'; text++) {
        if (!g_ascii_isdigit(*text))
            continue;
        started = started || *text != '0';
        zeros = *text == '0' ? zeros + 1 : 0;
        digits += started ? 1 : 0;
    }
    return digits > zeros ? digits - zeros : 0;
}

static void three_significant_digits_at_most(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(7);
    for (guint i = 0; i < 20000; i++) {
        double value = pow(10.0, g_rand_double_range(random, -3.0, 12.0));
        g_autofree char *text =
            tm_number_format((TmNumberForm)(i % (TM_NUMBER_DAYS + 1)), value, "USD");
        assert_true(digits_of(text) <= 3);
    }
    g_rand_free(random);
}

static void ticks_enclose_the_range(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(11);
    for (guint i = 0; i < 20000; i++) {
        double factor = pow(10.0, g_rand_int_range(random, -9, 13));
        double low = g_rand_double_range(random, -1.0, 1.0) * factor;
        double high = low + g_rand_double(random) * factor;
        guint most = (guint)g_rand_int_range(random, 3, 9);
        double ticks[8];
        guint count = tm_ticks(low, high, most, ticks);
        assert_in_range(count, 2, most);
        double step = ticks[1] - ticks[0];
        assert_true(ticks[0] <= low + step * 1e-6);
        assert_true(ticks[count - 1] >= high - step * 1e-6);
    }
    g_rand_free(random);
}

static void ticks_are_round_numbers(void **state)
{
    (void)state;
    double ticks[6];
    assert_int_equal(tm_ticks(0, 139, 5, ticks), 4);
    assert_true(ticks[0] == 0 && ticks[1] == 50 && ticks[3] == 150);
    assert_int_equal(tm_ticks(44, 70, 5, ticks), 4);
    assert_true(ticks[0] == 40 && ticks[1] == 50 && ticks[3] == 70);
}

static void a_range_of_zero_is_widened(void **state)
{
    (void)state;
    double ticks[5];
    guint count = tm_ticks(0, 0, 5, ticks);
    assert_true(count >= 2 && ticks[0] == 0 && ticks[count - 1] >= 1);
    count = tm_ticks(1e12, 1e12, 5, ticks);
    assert_true(count >= 2 && ticks[0] < 1e12 && ticks[count - 1] > 1e12);
}

static void ticks_of_no_number_are_none(void **state)
{
    (void)state;
    double ticks[5];
    assert_int_equal(tm_ticks(NAN, 1, 5, ticks), 0);
    assert_int_equal(tm_ticks(0, INFINITY, 5, ticks), 0);
    assert_int_equal(tm_ticks(0, 1, 2, ticks), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_written_as_the_table_says),
        cmocka_unit_test(three_significant_digits_at_most),
        cmocka_unit_test(ticks_enclose_the_range),
        cmocka_unit_test(ticks_are_round_numbers),
        cmocka_unit_test(a_range_of_zero_is_widened),
        cmocka_unit_test(ticks_of_no_number_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
