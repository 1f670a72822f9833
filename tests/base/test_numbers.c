/* Rounding and reading of numbers. */
#include <tidemark/base.h>

#include <string.h>

#include "../cmocka_all.h"

static void assert_micros(const char *text, gint64 expected)
{
    gint64 micros = -7;
    assert_true(tm_micros_parse(text, strlen(text), &micros));
    assert_true(micros == expected);
}

static void halves_go_to_the_even_neighbour(void **state)
{
    (void)state;
    assert_int_equal(tm_divide_half_even(1, 2), 0);
    assert_int_equal(tm_divide_half_even(3, 2), 2);
    assert_int_equal(tm_divide_half_even(5, 2), 2);
    assert_int_equal(tm_divide_half_even(-1, 2), 0);
    assert_int_equal(tm_divide_half_even(-3, 2), -2);
    assert_int_equal(tm_divide_half_even(-5, 2), -2);
    assert_int_equal(tm_divide_half_even(7, 3), 2);
    assert_int_equal(tm_divide_half_even(8, 3), 3);
    assert_int_equal(tm_divide_half_even(-8, 3), -3);
}

static void division_holds_at_the_ends_of_the_range(void **state)
{
    (void)state;
    assert_true(tm_divide_half_even(G_MININT64, 1) == G_MININT64);
    assert_true(tm_divide_half_even(G_MAXINT64, 1) == G_MAXINT64);
    assert_int_equal(tm_divide_half_even(G_MAXINT64, G_MAXINT64), 1);
    assert_int_equal(tm_divide_half_even(G_MININT64, G_MAXINT64), -1);
    assert_int_equal(tm_divide_half_even(G_MAXINT64 / 2, G_MAXINT64), 0);
}

static void scaling_does_not_overflow_in_between(void **state)
{
    (void)state;
    assert_true(tm_scale_half_even(G_MAXINT64, 7, 7) == G_MAXINT64);
    assert_true(tm_scale_half_even(G_MININT64, G_MAXINT64, G_MAXINT64) == G_MININT64);
    assert_int_equal(tm_scale_half_even(5, 1, 2), 2);
    assert_int_equal(tm_scale_half_even(-7, 1, 2), -4);
}

static void results_beyond_64_bits_stop_at_the_end(void **state)
{
    (void)state;
    assert_true(tm_scale_half_even(G_MAXINT64, 2, 1) == G_MAXINT64);
    assert_true(tm_scale_half_even(G_MININT64, 2, 1) == G_MININT64);
    assert_true(tm_round_to(G_MAXINT64, 1000) == G_MAXINT64);
}

static void rounding_to_a_step_is_half_even(void **state)
{
    (void)state;
    assert_int_equal(tm_round_to(25, 10), 20);
    assert_int_equal(tm_round_to(35, 10), 40);
    assert_int_equal(tm_round_to(-25, 10), -20);
    assert_int_equal(tm_round_to(26, 10), 30);
    assert_int_equal(tm_round_to(499999, 1000000), 0);
}

static void decimals_become_micro_units(void **state)
{
    (void)state;
    assert_micros("0", 0);
    assert_micros("-0", 0);
    assert_micros("1.5", 1500000);
    assert_micros("+40.00", 40000000);
    assert_micros("-0.000001", -1);
    assert_micros("0.1", 100000);
    assert_micros("00012.300000000", 12300000);
}

static void more_decimals_are_rounded_half_even(void **state)
{
    (void)state;
    assert_micros("0.0000005", 0);
    assert_micros("0.0000015", 2);
    assert_micros("0.0000025", 2);
    assert_micros("0.00000250000000000000000000000000000000000000001", 3);
    assert_micros("-0.0000015", -2);
    assert_micros("0.0000000000000000000000000000000000000000000009", 0);
}

static void exponents_move_the_point(void **state)
{
    (void)state;
    assert_micros("1e3", 1000000000);
    assert_micros("1.5E-3", 1500);
    assert_micros("25e-7", 2);
    assert_micros("0e999999999999", 0);
    assert_micros("1e-999999999999", 0);
    assert_micros("0.00000000000000000000000000000000000001e38", 1000000);
    assert_micros("100000000000000000000000000000000000000e-38", 1000000);
}

static void the_largest_amount_fits_and_the_next_does_not(void **state)
{
    (void)state;
    gint64 micros;
    assert_micros("9223372036854.775807", G_MAXINT64);
    assert_micros("-9223372036854.775807", -G_MAXINT64);
    static const char *const large[] = {"9223372036854.775808", "-9223372036854.775808", "1e13",
        "9223372036854.7758075", "1e999999999999",
        "99999999999999999999999999999999999999999999999999999"};
    for (gsize i = 0; i < G_N_ELEMENTS(large); i++)
        assert_false(tm_micros_parse(large[i], strlen(large[i]), &micros));
}

static void assert_text(gint64 micros, const char *expected)
{
    g_autofree char *text = tm_micros_format(micros);
    assert_string_equal(text, expected);
}

static void amounts_are_written_with_all_decimals(void **state)
{
    (void)state;
    assert_text(0, "0.000000");
    assert_text(1270000, "1.270000");
    assert_text(-1, "-0.000001");
    assert_text(-1500000, "-1.500000");
    assert_text(G_MAXINT64, "9223372036854.775807");
    assert_text(G_MININT64, "-9223372036854.775808");
}

static void assert_decimal(const char *text, int places, gint64 expected)
{
    gint64 value;
    assert_true(tm_decimal_parse(text, strlen(text), places, &value));
    assert_true(value == expected);
}

static void decimals_are_kept_to_the_wanted_place(void **state)
{
    (void)state;
    assert_decimal("6.25e-06", 12, 6250000);
    assert_decimal("0.00000030", 12, 300000);
    assert_decimal("2.5e-12", 12, 2);
    assert_decimal("3.5e-12", 12, 4);
    assert_decimal("2.5", 0, 2);
    assert_decimal("9.223372036854775807", 18, G_MAXINT64);
    gint64 value;
    assert_false(tm_decimal_parse("9.223372036854775808", 20, 18, &value));
}

static void what_is_no_decimal_is_refused(void **state)
{
    (void)state;
    gint64 micros;
    static const char *const wrong[] = {"", "-", ".", "1.", ".5", "1,5", "1e", "1e+", " 1", "1 ",
        "0x10", "nan", "inf", "$1", "1.2.3", "--1", "1e1.5"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_false(tm_micros_parse(wrong[i], strlen(wrong[i]), &micros));
}

static void integers_are_read_to_the_ends_of_the_range(void **state)
{
    (void)state;
    gint64 value;
    assert_true(tm_integer_parse("9223372036854775807", 19, &value) && value == G_MAXINT64);
    assert_true(tm_integer_parse("-9223372036854775808", 20, &value) && value == G_MININT64);
    assert_true(tm_integer_parse("+42x", 3, &value) && value == 42);
    static const char *const wrong[] = {
        "9223372036854775808", "-9223372036854775809", "", "-", "1.0", "1e3", " 1"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_false(tm_integer_parse(wrong[i], strlen(wrong[i]), &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(halves_go_to_the_even_neighbour),
        cmocka_unit_test(division_holds_at_the_ends_of_the_range),
        cmocka_unit_test(scaling_does_not_overflow_in_between),
        cmocka_unit_test(results_beyond_64_bits_stop_at_the_end),
        cmocka_unit_test(rounding_to_a_step_is_half_even),
        cmocka_unit_test(decimals_become_micro_units),
        cmocka_unit_test(more_decimals_are_rounded_half_even),
        cmocka_unit_test(exponents_move_the_point),
        cmocka_unit_test(the_largest_amount_fits_and_the_next_does_not),
        cmocka_unit_test(amounts_are_written_with_all_decimals),
        cmocka_unit_test(decimals_are_kept_to_the_wanted_place),
        cmocka_unit_test(what_is_no_decimal_is_refused),
        cmocka_unit_test(integers_are_read_to_the_ends_of_the_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
