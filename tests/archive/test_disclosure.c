/* What may be printed, rule by rule; and that the program's own check sees what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/archive/disclosure.h"
#include "sample_week.h"

static const SampleBlock ordinary[] = {
    {0, 10, 6, 900000, 200000, 150000},
    {0, 12, 7, 800000, 200000, 150000},
    {1, 20, 9, 990000, 200000, 150000},
    {1, 8, 4, 500000, 120000, 90000},
};

static TmCell block_cell(const SampleBlock *blocks, guint count, guint block, TmKpiId kpi)
{
    TmMeasuredWeek *week = sample_week(2965, blocks, count);
    TmWeekCells *cells = tm_disclose_week(week, &sample_options);
    TmCell cell = *tm_week_cell(cells, sample_scope_of_block(week, block), kpi);
    tm_week_cells_free(cells);
    sample_week_free(week);
    return cell;
}

static TmCell organisation_cell(const SampleBlock *blocks, guint count, TmKpiId kpi)
{
    TmMeasuredWeek *week = sample_week(2965, blocks, count);
    TmWeekCells *cells = tm_disclose_week(week, &sample_options);
    TmCell cell = *tm_week_cell(cells, 0, kpi);
    tm_week_cells_free(cells);
    sample_week_free(week);
    return cell;
}

static void ordinary_counts_are_printed(void **state)
{
    (void)state;
    TmCell cell = block_cell(ordinary, 4, 0, TM_KPI_ACTIVE_USERS);
    assert_int_equal(cell.state, TM_CELL_VALUE);
    assert_int_equal(cell.value, 6);
    assert_int_equal(block_cell(ordinary, 4, 0, TM_KPI_ADOPTION).value, 60);
}

static void totals_are_sums_of_printed_parts(void **state)
{
    (void)state;
    assert_int_equal(organisation_cell(ordinary, 4, TM_KPI_ACTIVE_USERS).value, 26);
    assert_int_equal(organisation_cell(ordinary, 4, TM_KPI_TOKENS).value, 3190000);
}

static void assert_active_is_band(gint64 licensed, gint64 active)
{
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].licensed = licensed;
    blocks[0].active = active;
    assert_int_equal(block_cell(blocks, 4, 0, TM_KPI_ACTIVE_USERS).state, TM_CELL_BAND);
}

static void nobody_is_a_band(void **state)
{
    (void)state;
    assert_active_is_band(10, 0);
}

static void one_is_a_band(void **state)
{
    (void)state;
    assert_active_is_band(10, 1);
}

static void all_but_one_is_a_band(void **state)
{
    (void)state;
    assert_active_is_band(10, 9);
}

static void everybody_is_a_band(void **state)
{
    (void)state;
    assert_active_is_band(10, 10);
}

static void two_of_ten_are_printed(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].active = 2;
    assert_int_equal(block_cell(blocks, 4, 0, TM_KPI_ACTIVE_USERS).state, TM_CELL_VALUE);
}

static void banded_count_gives_a_banded_rate(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].active = 10;
    TmCell cell = block_cell(blocks, 4, 0, TM_KPI_ADOPTION);
    assert_int_equal(cell.state, TM_CELL_BAND);
    assert_int_equal(cell.low, 80);
    assert_int_equal(cell.high, 100);
}

static void every_count_band_leaves_three_counts(void **state)
{
    (void)state;
    for (gint64 base = 5; base <= 400; base++) {
        for (gint64 count = 0; count <= base; count++) {
            TmCell cell = {.kpi = TM_KPI_ACTIVE_USERS};
            tm_band_count(&cell, count, base);
            assert_true(cell.low <= count && count <= cell.high);
            assert_true(cell.high - cell.low >= 2);
            assert_true(cell.high <= base);
        }
    }
}

static void percent_band_holds_the_rate_of_its_counts(void **state)
{
    (void)state;
    for (gint64 base = 5; base <= 60; base++) {
        for (gint64 count = 0; count <= base; count++) {
            TmCell counts = {.kpi = TM_KPI_ACTIVE_USERS}, rate = {.kpi = TM_KPI_ADOPTION};
            tm_band_count(&counts, count, base);
            tm_band_percent(&rate, count, base);
            assert_true(counts.low * 100 >= rate.low * base);
            assert_true(counts.high * 100 < (rate.high + 1) * base);
        }
    }
}

static void a_band_has_company_in_its_sum(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].active = 10;
    assert_int_equal(block_cell(blocks, 4, 1, TM_KPI_ACTIVE_USERS).state, TM_CELL_BAND);
    assert_int_equal(organisation_cell(blocks, 4, TM_KPI_ACTIVE_USERS).state, TM_CELL_VALUE);
}

static void a_banded_only_block_bands_its_department(void **state)
{
    (void)state;
    const SampleBlock blocks[] = {{0, 10, 10, 900000, 200000, 150000},
        {1, 12, 7, 800000, 200000, 150000}, {2, 20, 9, 990000, 200000, 150000}};
    TmMeasuredWeek *week = sample_week(2965, blocks, 3);
    TmWeekCells *cells = tm_disclose_week(week, &sample_options);
    guint scope = sample_scope_of_block(week, 0);
    const TmScope *block = g_ptr_array_index(week->partition->scopes, scope);
    assert_int_equal(tm_week_cell(cells, block->parent, TM_KPI_ACTIVE_USERS)->state, TM_CELL_BAND);
    assert_int_equal(
        tm_week_cell(cells, sample_scope_of_block(week, 1), TM_KPI_ACTIVE_USERS)->state,
        TM_CELL_BAND);
    tm_week_cells_free(cells);
    sample_week_free(week);
}

static void tokens_of_two_people_are_a_band(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].tokens = 900000;
    blocks[0].largest = 500000;
    blocks[0].second = 390000;
    TmCell cell = block_cell(blocks, 4, 0, TM_KPI_INPUT_TOKENS);
    assert_int_equal(cell.state, TM_CELL_BAND);
    assert_int_equal(cell.low, 300000);
    assert_int_equal(cell.high, 999000);
}

static void mean_of_a_banded_sum_is_a_band_rounded_outward(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].largest = 500000;
    blocks[0].second = 390000;
    TmCell cell = block_cell(blocks, 4, 0, TM_KPI_TOKENS_PER_ACTIVE);
    assert_int_equal(cell.state, TM_CELL_BAND);
    assert_int_equal(cell.low, 50000);
    assert_int_equal(cell.high, 167000);
}

static void tokens_just_at_the_p_rule_are_printed(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].largest = 400000;
    blocks[0].second = 440000 - 400000;
    blocks[0].tokens = 400000 + 40000 + 60000;
    assert_int_equal(block_cell(blocks, 4, 0, TM_KPI_INPUT_TOKENS).state, TM_CELL_VALUE);
    blocks[0].tokens--;
    assert_int_equal(block_cell(blocks, 4, 0, TM_KPI_INPUT_TOKENS).state, TM_CELL_BAND);
}

static void mean_of_four_active_people_is_not_shown(void **state)
{
    (void)state;
    assert_int_equal(block_cell(ordinary, 4, 3, TM_KPI_STREAK).state, TM_CELL_NOT_SHOWN);
    assert_int_equal(block_cell(ordinary, 4, 0, TM_KPI_STREAK).state, TM_CELL_VALUE);
    assert_int_equal(block_cell(ordinary, 4, 0, TM_KPI_STREAK).value, 40);
}

static void median_needs_twelve_people(void **state)
{
    (void)state;
    assert_int_equal(block_cell(ordinary, 4, 2, TM_KPI_STREAK_MEDIAN).state, TM_CELL_NOT_SHOWN);
    assert_int_equal(organisation_cell(ordinary, 4, TM_KPI_STREAK_MEDIAN).value, 40);
}

static void the_check_accepts_what_is_decided(void **state)
{
    (void)state;
    TmMeasuredWeek *week = sample_week(2965, ordinary, 4);
    TmWeekCells *cells = tm_disclose_week(week, &sample_options);
    g_autoptr(GError) error = NULL;
    assert_true(tm_disclosure_check(cells, week, &sample_options, &error));
    tm_week_cells_free(cells);
    sample_week_free(week);
}

/* Prints a cell that was banded, as a broken rule would, and expects the check to stop it. */
static void assert_check_refuses(const SampleBlock *blocks, guint count, guint block, TmKpiId kpi)
{
    TmMeasuredWeek *week = sample_week(2965, blocks, count);
    TmWeekCells *cells = tm_disclose_week(week, &sample_options);
    TmCell *cell = tm_week_cell(cells, sample_scope_of_block(week, block), kpi);
    assert_int_not_equal(cell->state, TM_CELL_VALUE);
    cell->state = TM_CELL_VALUE;
    g_autoptr(GError) error = NULL;
    assert_false(tm_disclosure_check(cells, week, &sample_options, &error));
    assert_int_equal(error->code, TM_ERROR_INTERNAL);
    tm_week_cells_free(cells);
    sample_week_free(week);
}

static void the_check_refuses_an_extreme(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].active = 10;
    assert_check_refuses(blocks, 4, 0, TM_KPI_ACTIVE_USERS);
}

static void the_check_refuses_a_cell_that_subtraction_would_give(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].active = 10;
    assert_check_refuses(blocks, 4, 1, TM_KPI_ACTIVE_USERS);
}

static void the_check_refuses_concentrated_tokens(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[0].largest = 700000;
    assert_check_refuses(blocks, 4, 0, TM_KPI_INPUT_TOKENS);
}

static void the_check_refuses_a_mean_of_four(void **state)
{
    (void)state;
    assert_check_refuses(ordinary, 4, 3, TM_KPI_STREAK);
}

static void the_check_refuses_a_block_of_four(void **state)
{
    (void)state;
    SampleBlock blocks[4] = {ordinary[0], ordinary[1], ordinary[2], ordinary[3]};
    blocks[3].licensed = 4;
    blocks[3].active = 2;
    TmMeasuredWeek *week = sample_week(2965, blocks, 4);
    TmWeekCells *cells = tm_disclose_week(week, &sample_options);
    g_autoptr(GError) error = NULL;
    assert_false(tm_disclosure_check(cells, week, &sample_options, &error));
    tm_week_cells_free(cells);
    sample_week_free(week);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_counts_are_printed),
        cmocka_unit_test(totals_are_sums_of_printed_parts),
        cmocka_unit_test(nobody_is_a_band),
        cmocka_unit_test(one_is_a_band),
        cmocka_unit_test(all_but_one_is_a_band),
        cmocka_unit_test(everybody_is_a_band),
        cmocka_unit_test(two_of_ten_are_printed),
        cmocka_unit_test(banded_count_gives_a_banded_rate),
        cmocka_unit_test(every_count_band_leaves_three_counts),
        cmocka_unit_test(percent_band_holds_the_rate_of_its_counts),
        cmocka_unit_test(a_band_has_company_in_its_sum),
        cmocka_unit_test(a_banded_only_block_bands_its_department),
        cmocka_unit_test(tokens_of_two_people_are_a_band),
        cmocka_unit_test(mean_of_a_banded_sum_is_a_band_rounded_outward),
        cmocka_unit_test(tokens_just_at_the_p_rule_are_printed),
        cmocka_unit_test(mean_of_four_active_people_is_not_shown),
        cmocka_unit_test(median_needs_twelve_people),
        cmocka_unit_test(the_check_accepts_what_is_decided),
        cmocka_unit_test(the_check_refuses_an_extreme),
        cmocka_unit_test(the_check_refuses_a_cell_that_subtraction_would_give),
        cmocka_unit_test(the_check_refuses_concentrated_tokens),
        cmocka_unit_test(the_check_refuses_a_mean_of_four),
        cmocka_unit_test(the_check_refuses_a_block_of_four),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
