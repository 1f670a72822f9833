/* What the pictures of charts hold, and what every picture must keep. */
#include <math.h>
#include <tidemark/chart.h>

#include "../cmocka_all.h"
#include "random_charts.h"
#include "sample_charts.h"

/* About the mean width of letters in Inter. */
static double simple_width(gpointer user, const TmTextStyle *style, const char *text)
{
    (void)user;
    return 0.58 * style->size * (double)g_utf8_strlen(text, -1);
}

static const TmTextMeter meter = {simple_width, NULL};

static TmChart *line_of(const double *values, guint count)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_COUNT);
    sample_weeks(chart, count);
    TmSeries *series = tm_chart_add_series(chart, NULL, TM_INK_MAIN);
    for (guint i = 0; i < count; i++)
        tm_series_add(series, sample_point(values[i]));
    return chart;
}

static TmPoint *point_of(TmChart *chart, guint slot)
{
    TmSeries *series = g_ptr_array_index(chart->series, 0);
    return &g_array_index(series->points, TmPoint, slot);
}

static guint count_shapes(const TmPicture *picture, gboolean (*matches)(const TmShape *))
{
    guint count = 0;
    for (guint i = 0; i < picture->shapes->len; i++)
        count += matches(&g_array_index(picture->shapes, TmShape, i)) ? 1 : 0;
    return count;
}

static gboolean is_main_line(const TmShape *shape)
{
    return shape->kind == TM_SHAPE_PATH && shape->stroke == TM_INK_MAIN && shape->dash[0] == 0.0;
}

static gboolean is_dashed_main_line(const TmShape *shape)
{
    return shape->kind == TM_SHAPE_PATH && shape->stroke == TM_INK_MAIN && shape->dash[0] > 0.0;
}

static gboolean is_open_dot(const TmShape *shape)
{
    return shape->kind == TM_SHAPE_CIRCLE && shape->fill == TM_INK_PAPER;
}

static gboolean is_hatched(const TmShape *shape)
{
    return shape->hatched;
}

static gboolean is_column(const TmShape *shape)
{
    return shape->kind == TM_SHAPE_RECT && shape->fill == TM_INK_MAIN;
}

static gboolean is_value_label(const TmShape *shape)
{
    return shape->kind == TM_SHAPE_TEXT && shape->style.weight == TM_WEIGHT_SEMIBOLD &&
           g_ascii_isdigit(*shape->text);
}

static gboolean is_soft_bar(const TmShape *shape)
{
    return shape->kind == TM_SHAPE_RECT && shape->fill == TM_INK_MAIN_LIGHT;
}

static const TmShape *find_text(const TmPicture *picture, const char *text)
{
    for (guint i = 0; i < picture->shapes->len; i++) {
        const TmShape *shape = &g_array_index(picture->shapes, TmShape, i);
        if (shape->kind == TM_SHAPE_TEXT && g_str_equal(shape->text, text))
            return shape;
    }
    return NULL;
}

static const double rising[] = {10, 12, 14, 16, 18, 20};

static void a_whole_series_is_one_stroke(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = line_of(rising, 6);
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    assert_int_equal(count_shapes(picture, is_main_line), 1);
}

static void a_gap_breaks_the_line(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = line_of(rising, 6);
    point_of(chart, 2)->state = TM_POINT_NOT_MEASURED;
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    assert_int_equal(count_shapes(picture, is_main_line), 2);
}

static void what_is_no_number_is_a_gap(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = line_of(rising, 6);
    point_of(chart, 2)->value = NAN;
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    assert_int_equal(count_shapes(picture, is_main_line), 2);
}

static void provisional_values_are_dashed_and_open(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = line_of(rising, 6);
    point_of(chart, 5)->state = TM_POINT_PROVISIONAL;
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    assert_int_equal(count_shapes(picture, is_dashed_main_line), 1);
    assert_true(count_shapes(picture, is_open_dot) >= 1);
    assert_non_null(find_text(picture, "provisional"));
}

static void suppressed_slots_are_hatched_once_per_run(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = line_of(rising, 6);
    point_of(chart, 1)->state = TM_POINT_NOT_SHOWN;
    point_of(chart, 2)->state = TM_POINT_NOT_SHOWN;
    point_of(chart, 4)->state = TM_POINT_NOT_SHOWN;
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    assert_int_equal(count_shapes(picture, is_hatched), 2);
}

static void a_suppressed_last_value_is_said_not_shown(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = line_of(rising, 6);
    point_of(chart, 5)->state = TM_POINT_NOT_SHOWN;
    tm_chart_set_word(chart, TM_POINT_NOT_SHOWN, "verdeckt");
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    assert_non_null(find_text(picture, "verdeckt"));
    assert_int_equal(count_shapes(picture, is_value_label), 0);
}

static void the_last_value_is_written(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = line_of(rising, 6);
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    assert_int_equal(count_shapes(picture, is_value_label), 1);
}

static void the_newest_week_always_has_its_label(void **state)
{
    (void)state;
    for (guint weeks = 1; weeks <= 53; weeks++) {
        double values[53] = {0};
        g_autoptr(TmChart) chart = line_of(values, weeks);
        g_autoptr(TmPicture) picture = tm_chart_draw(chart, 150, 60, &meter);
        assert_non_null(find_text(picture, "W46"));
    }
}

static void columns_stand_on_zero(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = line_of(rising, 6);
    chart->form = TM_CHART_COLUMNS;
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    const TmShape *zero = find_text(picture, "0");
    assert_non_null(zero);
    assert_int_equal(count_shapes(picture, is_column), 6);
    double foot = zero->points[0].y - zero->style.size * 0.727 / 2.0;
    for (guint i = 0; i < picture->shapes->len; i++) {
        const TmShape *shape = &g_array_index(picture->shapes, TmShape, i);
        if (is_column(shape))
            assert_true(fabs(shape->points[1].y - foot) < 0.01);
    }
}

static void column_heights_are_proportional(void **state)
{
    (void)state;
    const double values[] = {10, 40};
    g_autoptr(TmChart) chart = line_of(values, 2);
    chart->form = TM_CHART_COLUMNS;
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    double heights[2];
    guint count = 0;
    for (guint i = 0; i < picture->shapes->len; i++) {
        const TmShape *shape = &g_array_index(picture->shapes, TmShape, i);
        if (is_column(shape) && count < 2)
            heights[count++] = shape->points[1].y - shape->points[0].y;
    }
    assert_int_equal(count, 2);
    assert_true(fabs(heights[1] / heights[0] - 4.0) < 1e-6);
}

static void an_unknown_week_has_no_column(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = line_of(rising, 6);
    chart->form = TM_CHART_COLUMNS;
    point_of(chart, 3)->state = TM_POINT_NOT_MEASURED;
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 240, 90, &meter);
    assert_int_equal(count_shapes(picture, is_column), 5);
}

static void a_band_is_a_bar_from_low_to_high(void **state)
{
    (void)state;
    g_autoptr(TmChart) chart = tm_chart_new(TM_CHART_DOTS, TM_NUMBER_PERCENT);
    TmSeries *series = tm_chart_add_series(chart, NULL, TM_INK_MAIN);
    tm_series_add(series, (TmPoint){.state = TM_POINT_BAND, .low = 40, .high = 60});
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, 108, 12, &meter);
    assert_int_equal(count_shapes(picture, is_soft_bar), 1);
    for (guint i = 0; i < picture->shapes->len; i++) {
        const TmShape *shape = &g_array_index(picture->shapes, TmShape, i);
        if (is_soft_bar(shape)) {
            assert_true(fabs(shape->points[0].x - 44.0) < 1e-9);
            assert_true(fabs(shape->points[1].x - 64.0) < 1e-9);
        }
    }
}

static void labels_keep_clear_in_random_charts(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(20261115);
    for (guint i = 0; i < 4000; i++) {
        g_autoptr(TmChart) chart = random_chart(random);
        double width = g_rand_double_range(random, 150, 600);
        double height = g_rand_double_range(random, 40, 250);
        g_autoptr(TmPicture) picture = tm_chart_draw(chart, width, height, &meter);
        g_autofree char *fault = picture_fault(picture, &meter);
        if (fault != NULL)
            fail_msg("chart %u (form %d, %.1f by %.1f): %s", i, chart->form, width, height, fault);
    }
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_series_is_one_stroke),
        cmocka_unit_test(a_gap_breaks_the_line),
        cmocka_unit_test(what_is_no_number_is_a_gap),
        cmocka_unit_test(provisional_values_are_dashed_and_open),
        cmocka_unit_test(suppressed_slots_are_hatched_once_per_run),
        cmocka_unit_test(a_suppressed_last_value_is_said_not_shown),
        cmocka_unit_test(the_last_value_is_written),
        cmocka_unit_test(the_newest_week_always_has_its_label),
        cmocka_unit_test(columns_stand_on_zero),
        cmocka_unit_test(column_heights_are_proportional),
        cmocka_unit_test(an_unknown_week_has_no_column),
        cmocka_unit_test(a_band_is_a_bar_from_low_to_high),
        cmocka_unit_test(labels_keep_clear_in_random_charts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
