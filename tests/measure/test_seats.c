/* Seat money by day, worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/measure/seats.h"

static TmSetup setup;

static int make_setup(void **state)
{
    (void)state;
    setup.settings.currency = (char *)"USD";
    setup.licences = g_array_new(FALSE, TRUE, sizeof(TmLicence));
    setup.contracts = g_array_new(FALSE, TRUE, sizeof(TmContract));
    return 0;
}

static int drop_setup(void **state)
{
    (void)state;
    g_array_unref(setup.licences);
    g_array_unref(setup.contracts);
    return 0;
}

static TmLicence licence(gint64 price)
{
    return (TmLicence){.person = 0,
        .tool = TM_TOOL_CURSOR,
        .first = TM_DAY_NONE,
        .last = TM_DAY_FOREVER,
        .monthly_price = price,
        .seats = 1};
}

static void add_contract(gint64 seats, gint64 price, gboolean yearly, const char *plan)
{
    const TmContract contract = {.tool = TM_TOOL_CURSOR,
        .plan = (char *)plan,
        .seats = seats,
        .price_per_seat = price,
        .yearly = yearly,
        .currency = (char *)"USD",
        .first = TM_DAY_NONE,
        .last = TM_DAY_FOREVER};
    g_array_append_val(setup.contracts, contract);
}

static TmDay monday(int year, int month, int day)
{
    return tm_day_from_date(year, month, day);
}

static void a_week_inside_one_month(void **state)
{
    (void)state;
    const TmLicence one = licence(30 * TM_MICROS_PER_UNIT);
    /* November has 30 days: 7 × 1.00 */
    assert_int_equal(tm_seats_licence_cost(&setup, &one, monday(2026, 11, 9)), 7000000);
}

static void a_week_over_two_months_is_rounded_once(void **state)
{
    (void)state;
    const TmLicence one = licence(40 * TM_MICROS_PER_UNIT);
    /* 26–31 October: 6 × 40/31; 1 November: 40/30; together 9.07526881… */
    assert_int_equal(tm_seats_licence_cost(&setup, &one, monday(2026, 10, 26)), 9075269);
}

static void a_spell_that_ends_in_the_week_counts_its_last_day(void **state)
{
    (void)state;
    TmLicence one = licence(30 * TM_MICROS_PER_UNIT);
    one.last = monday(2026, 11, 9) + 2;
    assert_int_equal(tm_seats_licence_cost(&setup, &one, monday(2026, 11, 9)), 3000000);
}

static void yearly_price_by_days_of_the_year(void **state)
{
    (void)state;
    add_contract(1, 365 * TM_MICROS_PER_UNIT, TRUE, "business");
    const TmLicence one = licence(TM_MONEY_NONE);
    assert_int_equal(tm_seats_licence_cost(&setup, &one, monday(2026, 11, 9)), 7000000);
    g_array_set_size(setup.contracts, 0);
}

static void spare_seats_cost_the_contract_price(void **state)
{
    (void)state;
    add_contract(3, 30 * TM_MICROS_PER_UNIT, FALSE, "business");
    const TmLicence one = licence(TM_MONEY_NONE);
    g_array_append_val(setup.licences, one);
    assert_int_equal(tm_seats_spare_cost(&setup, monday(2026, 11, 9)), 14000000);
    g_array_set_size(setup.licences, 0);
    g_array_set_size(setup.contracts, 0);
}

static void more_holders_than_seats_cost_nothing_extra(void **state)
{
    (void)state;
    add_contract(1, 30 * TM_MICROS_PER_UNIT, FALSE, "business");
    const TmLicence one = licence(TM_MONEY_NONE);
    g_array_append_val(setup.licences, one);
    g_array_append_val(setup.licences, one);
    assert_int_equal(tm_seats_spare_cost(&setup, monday(2026, 11, 9)), 0);
    g_array_set_size(setup.licences, 0);
    g_array_set_size(setup.contracts, 0);
}

static void platform_fee_is_a_cost_and_not_a_seat(void **state)
{
    (void)state;
    add_contract(1, 300 * TM_MICROS_PER_UNIT, FALSE, "platform");
    assert_int_equal(tm_seats_spare_cost(&setup, monday(2026, 11, 9)), 70000000);
    assert_int_equal(tm_seats_purchased(&setup, TM_TOOL_CURSOR, monday(2026, 11, 9)), 0);
    g_array_set_size(setup.contracts, 0);
}

static void other_currencies_are_left_out(void **state)
{
    (void)state;
    TmLicence one = licence(30 * TM_MICROS_PER_UNIT);
    one.currency = (char *)"EUR";
    assert_int_equal(tm_seats_licence_cost(&setup, &one, monday(2026, 11, 9)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_inside_one_month),
        cmocka_unit_test(a_week_over_two_months_is_rounded_once),
        cmocka_unit_test(a_spell_that_ends_in_the_week_counts_its_last_day),
        cmocka_unit_test(yearly_price_by_days_of_the_year),
        cmocka_unit_test(spare_seats_cost_the_contract_price),
        cmocka_unit_test(more_holders_than_seats_cost_nothing_extra),
        cmocka_unit_test(platform_fee_is_a_cost_and_not_a_seat),
        cmocka_unit_test(other_currencies_are_left_out),
    };
    return cmocka_run_group_tests(tests, make_setup, drop_setup);
}
