/* Distribution figures against hand-worked truth. */
#include "../cmocka_all.h"

#include "../../src/measure/spread.h"

static void gini_of_one_to_four_is_a_third(void **state)
{
    (void)state;
    gint64 values[] = {3, 1, 4, 2};
    /* (−3·1 − 1·2 + 1·3 + 3·4) ÷ (3 · 10) = 10 ÷ 30 */
    assert_int_equal(tm_spread_gini(values, 4), 33);
}

static void gini_is_nought_when_all_use_the_same(void **state)
{
    (void)state;
    gint64 values[] = {7, 7, 7};
    assert_int_equal(tm_spread_gini(values, 3), 0);
}

static void gini_is_one_when_one_person_has_all(void **state)
{
    (void)state;
    gint64 values[] = {0, 10, 0, 0};
    assert_int_equal(tm_spread_gini(values, 4), 100);
}

static void gini_of_no_use_is_not_told(void **state)
{
    (void)state;
    gint64 values[] = {0, 0, 0};
    assert_true(tm_spread_gini(values, 3) == TM_SPREAD_NONE);
}

static void gini_of_huge_values_does_not_overflow(void **state)
{
    (void)state;
    gint64 values[50];
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = i == 0 ? G_MAXINT64 / 2 : 0;
    assert_int_equal(tm_spread_gini(values, G_N_ELEMENTS(values)), 100);
}

static void top_fifth_of_five_is_one_person(void **state)
{
    (void)state;
    gint64 values[] = {1, 6, 1, 1, 1};
    assert_int_equal(tm_spread_top_fifth(values, 5), 60);
}

static void the_edge_of_the_top_fifth_counts_in_part(void **state)
{
    (void)state;
    gint64 values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    /* 12 and 11 whole, two fifths of 10: 27 of 78 */
    assert_int_equal(tm_spread_top_fifth(values, 12), 35);
}

static void quarters_of_eight_are_two_each(void **state)
{
    (void)state;
    gint64 values[] = {8, 1, 2, 3, 1, 3, 2, 8};
    assert_int_equal(tm_spread_quartile_ratio(values, 8), 80);
}

static void edges_of_quarters_count_in_part(void **state)
{
    (void)state;
    gint64 values[] = {1, 2, 3, 4, 5};
    /* (5 + ¼·4) ÷ (1 + ¼·2) = 6 ÷ 1.5 */
    assert_int_equal(tm_spread_quartile_ratio(values, 5), 40);
}

static void a_bottom_quarter_without_use_gives_no_ratio(void **state)
{
    (void)state;
    gint64 values[] = {0, 2, 3, 4};
    assert_true(tm_spread_quartile_ratio(values, 4) == TM_SPREAD_NONE);
}

static gint64 median_of(const TmStart *starts, guint count)
{
    g_autoptr(GArray) array = g_array_new(FALSE, FALSE, sizeof(TmStart));
    g_array_append_vals(array, starts, count);
    return tm_starts_median(array);
}

static void median_start_is_where_half_have_started(void **state)
{
    (void)state;
    const TmStart starts[] = {{4, TRUE}, {1, TRUE}, {3, FALSE}, {2, TRUE}};
    /* 3/4 after one day, 3/4 · 2/3 = 1/2 after two */
    assert_int_equal(median_of(starts, 4), 2);
}

static void who_is_not_watched_long_leaves_the_others(void **state)
{
    (void)state;
    const TmStart starts[] = {{1, FALSE}, {2, TRUE}, {3, TRUE}};
    assert_int_equal(median_of(starts, 3), 2);
}

static void who_starts_on_the_day_that_another_is_last_seen_counts_among_both(void **state)
{
    (void)state;
    const TmStart starts[] = {{2, FALSE}, {2, TRUE}, {5, FALSE}};
    /* Three are at risk on day 2: 2/3 are left, never a half. */
    assert_true(median_of(starts, 3) == TM_SPREAD_NONE);
}

static void median_that_half_have_not_reached_is_not_told(void **state)
{
    (void)state;
    const TmStart starts[] = {{5, TRUE}, {9, FALSE}, {9, FALSE}};
    assert_true(median_of(starts, 3) == TM_SPREAD_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gini_of_one_to_four_is_a_third),
        cmocka_unit_test(gini_is_nought_when_all_use_the_same),
        cmocka_unit_test(gini_is_one_when_one_person_has_all),
        cmocka_unit_test(gini_of_no_use_is_not_told),
        cmocka_unit_test(gini_of_huge_values_does_not_overflow),
        cmocka_unit_test(top_fifth_of_five_is_one_person),
        cmocka_unit_test(the_edge_of_the_top_fifth_counts_in_part),
        cmocka_unit_test(quarters_of_eight_are_two_each),
        cmocka_unit_test(edges_of_quarters_count_in_part),
        cmocka_unit_test(a_bottom_quarter_without_use_gives_no_ratio),
        cmocka_unit_test(median_start_is_where_half_have_started),
        cmocka_unit_test(who_is_not_watched_long_leaves_the_others),
        cmocka_unit_test(who_starts_on_the_day_that_another_is_last_seen_counts_among_both),
        cmocka_unit_test(median_that_half_have_not_reached_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
