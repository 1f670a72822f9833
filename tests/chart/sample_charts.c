/* The charts of sample_charts.h. */
#include "sample_charts.h"

#include <math.h>

static const double adoption[] = {44, 45, 47, 46, 49, 50, 52, 51, 54, 55, 55, 62};
static const double any_use[] = {88, 90, 94, 92, 98, 101, 104, 103, 109, 111, 112, 126};
static const double regular_use[] = {52, 54, 55, 57, 60, 63, 66, 66, 70, 73, 75, 82};
static const double tokens[] = {80, 86, 88, 97, 101, 99, 112, 118, 121, 127, 131, 139};
static const double metered[] = {
    1500, 1600, 1850, 2150, 2250, 2050, 2800, 3000, 3100, 3600, 3800, 7300};

#define WEEKS 12

TmPoint sample_point(double value)
{
    return (TmPoint){.state = TM_POINT_MEASURED, .value = value};
}

void sample_weeks(TmChart *chart, guint count)
{
    for (guint i = 0; i < count; i++) {
        guint week = (46 + 53 - (count - 1 - i) % 53 - 1) % 53 + 1;
        g_autofree char *label = g_strdup_printf("W%u", week);
        tm_chart_add_label(chart, label);
    }
}

static TmSeries *add(
    TmChart *chart, const char *name, TmInk ink, const double *values, guint count, double factor)
{
    TmSeries *series = tm_chart_add_series(chart, name, ink);
    for (guint i = 0; i < count; i++)
        tm_series_add(series, sample_point(values[i] * factor));
    return series;
}

static void set_target(TmChart *chart, double target, const char *label)
{
    chart->has_target = TRUE;
    chart->target = target;
    chart->target_label = g_strdup(label);
}

static TmPoint *point_of(TmSeries *series, guint index)
{
    return &g_array_index(series->points, TmPoint, index);
}

static TmChart *make_adoption(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_PERCENT);
    sample_weeks(chart, WEEKS);
    add(chart, "adoption", TM_INK_MAIN, adoption, WEEKS, 1.0);
    set_target(chart, 70, "target 70%");
    tm_chart_add_band_step(chart, 40);
    tm_chart_add_band_step(chart, 60);
    tm_chart_add_band_step(chart, 80);
    chart->range_low = 20;
    chart->range_high = 100;
    return chart;
}

static TmChart *make_adoption_event(void)
{
    TmChart *chart = make_adoption();
    tm_chart_add_event(chart, 6, "Copilot seats doubled");
    tm_chart_add_event(chart, 11, "new rule");
    return chart;
}

static TmChart *make_cost(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_COLUMNS, TM_NUMBER_MONEY);
    chart->currency = g_strdup("USD");
    sample_weeks(chart, WEEKS);
    TmSeries *seats = tm_chart_add_series(chart, "seats", TM_INK_MAIN_LIGHT);
    for (guint i = 0; i < WEEKS; i++)
        tm_series_add(seats, sample_point(7600));
    add(chart, "metered", TM_INK_MAIN, metered, WEEKS, 1.0);
    set_target(chart, 12000, "budget $12k");
    chart->highlight_last = TRUE;
    return chart;
}

static TmChart *make_cost_in_budget(void)
{
    TmChart *chart = make_cost();
    chart->highlight_last = FALSE;
    chart->target = 14900;
    TmSeries *last = g_ptr_array_index(chart->series, 1);
    point_of(last, 10)->state = TM_POINT_PROVISIONAL;
    point_of(last, 11)->state = TM_POINT_PROVISIONAL;
    point_of(last, 4)->incomplete = TRUE;
    return chart;
}

static TmChart *make_active(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_COUNT);
    sample_weeks(chart, WEEKS);
    add(chart, "any", TM_INK_MAIN, any_use, WEEKS, 1.0);
    add(chart, "regular", TM_INK_MAIN_LIGHT, regular_use, WEEKS, 1.0);
    chart->from_zero = TRUE;
    return chart;
}

static TmChart *make_tokens(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_TOKENS);
    sample_weeks(chart, WEEKS);
    add(chart, "tokens", TM_INK_MAIN, tokens, WEEKS, 1e6);
    chart->from_zero = TRUE;
    return chart;
}

static TmChart *make_one_week(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_PERCENT);
    sample_weeks(chart, 1);
    add(chart, NULL, TM_INK_MAIN, adoption, 1, 1.0);
    set_target(chart, 44, "target 44%");
    return chart;
}

static TmChart *make_one_column(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_COLUMNS, TM_NUMBER_MONEY);
    chart->currency = g_strdup("EUR");
    sample_weeks(chart, 1);
    add(chart, "metered", TM_INK_MAIN, metered, 1, 1.0);
    return chart;
}

static TmChart *make_year(TmChartForm form)
{
    TmChart *chart = tm_chart_new(form, TM_NUMBER_TOKENS);
    sample_weeks(chart, 53);
    TmSeries *series = tm_chart_add_series(chart, "tokens", TM_INK_MAIN);
    for (guint i = 0; i < 53; i++)
        tm_series_add(series, sample_point(4e8 + 7e6 * i + 6e7 * sin(i * 0.9)));
    set_target(chart, 9e8, "budget 900 M");
    return chart;
}

static TmChart *make_year_line(void)
{
    return make_year(TM_CHART_LINE);
}

static TmChart *make_year_columns(void)
{
    return make_year(TM_CHART_COLUMNS);
}

static TmChart *make_gaps(void)
{
    TmChart *chart = make_active();
    for (guint i = 0; i < 2; i++) {
        TmSeries *series = g_ptr_array_index(chart->series, i);
        point_of(series, 3)->state = TM_POINT_NOT_MEASURED;
        point_of(series, 5)->state = TM_POINT_NOT_SHOWN;
        point_of(series, 6)->state = TM_POINT_NOT_SHOWN;
        point_of(series, 7)->state = TM_POINT_NOT_SHOWN;
        point_of(series, 8)->incomplete = TRUE;
        point_of(series, 10)->state = TM_POINT_ESTIMATED;
        point_of(series, 11)->state = TM_POINT_PROVISIONAL;
    }
    return chart;
}

static TmChart *make_not_shown_now(void)
{
    TmChart *chart = make_adoption();
    TmSeries *series = g_ptr_array_index(chart->series, 0);
    point_of(series, 10)->state = TM_POINT_NOT_SHOWN;
    point_of(series, 11)->state = TM_POINT_NOT_SHOWN;
    return chart;
}

static TmChart *make_bands(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_PERCENT);
    sample_weeks(chart, WEEKS);
    TmSeries *series = tm_chart_add_series(chart, "adoption", TM_INK_MAIN);
    for (guint i = 0; i < WEEKS; i++) {
        double low = i < 5 ? 40 : 60;
        tm_series_add(series, (TmPoint){.state = TM_POINT_BAND, .low = low, .high = low + 20});
    }
    chart->range_high = 100;
    return chart;
}

static TmChart *make_long_labels(void)
{
    TmChart *chart = make_cost();
    g_free(chart->target_label);
    chart->target_label = g_strdup("Gesamtbudget f\xC3\xBCr Programmierhilfen 12.000 US-Dollar");
    TmSeries *seats = g_ptr_array_index(chart->series, 0);
    g_free(seats->name);
    seats->name = g_strdup("Nutzungslizenzen der Arbeitspl\xC3\xA4tze");
    return chart;
}

static TmChart *make_huge(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_COUNT);
    sample_weeks(chart, WEEKS);
    add(chart, "requests", TM_INK_MAIN, tokens, WEEKS, 1e10);
    return chart;
}

static TmChart *make_tiny(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_MONEY);
    chart->currency = g_strdup("CHF");
    sample_weeks(chart, WEEKS);
    add(chart, "cost", TM_INK_MAIN, tokens, WEEKS, 1e-5);
    return chart;
}

static TmChart *make_flat_zero(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_COUNT);
    sample_weeks(chart, WEEKS);
    add(chart, "people", TM_INK_MAIN, adoption, WEEKS, 0.0);
    return chart;
}

static TmChart *make_empty(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_PERCENT);
    tm_chart_add_series(chart, "adoption", TM_INK_MAIN);
    return chart;
}

static TmChart *make_sparkline(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_SPARKLINE, TM_NUMBER_PERCENT);
    add(chart, NULL, TM_INK_MAIN, adoption, WEEKS, 1.0);
    set_target(chart, 70, NULL);
    return chart;
}

static TmChart *make_sparkline_alert(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_SPARKLINE, TM_NUMBER_MONEY);
    TmSeries *series = add(chart, NULL, TM_INK_MAIN, metered, WEEKS, 1.0);
    point_of(series, 4)->state = TM_POINT_NOT_SHOWN;
    point_of(series, 9)->state = TM_POINT_ESTIMATED;
    chart->highlight_last = TRUE;
    return chart;
}

static TmChart *make_dots(double before, TmPoint now)
{
    TmChart *chart = tm_chart_new(TM_CHART_DOTS, TM_NUMBER_PERCENT);
    TmSeries *series = tm_chart_add_series(chart, NULL, TM_INK_MAIN);
    tm_series_add(series, sample_point(before));
    tm_series_add(series, now);
    set_target(chart, 70, NULL);
    return chart;
}

static TmChart *make_dots_up(void)
{
    return make_dots(52, sample_point(81));
}

static TmChart *make_dots_estimated(void)
{
    return make_dots(60, (TmPoint){.state = TM_POINT_ESTIMATED, .value = 38});
}

static TmChart *make_dots_band(void)
{
    return make_dots(NAN, (TmPoint){.state = TM_POINT_BAND, .low = 40, .high = 60});
}

static TmChart *make_dots_not_shown(void)
{
    return make_dots(NAN, (TmPoint){.state = TM_POINT_NOT_SHOWN});
}

const SampleChart sample_charts[] = {
    {"adoption", 244, 92, make_adoption},
    {"cost", 244, 92, make_cost},
    {"active", 244, 92, make_active},
    {"tokens", 244, 92, make_tokens},
    {"adoption with events", 244, 92, make_adoption_event},
    {"cost within budget, provisional", 244, 92, make_cost_in_budget},
    {"gaps, not shown, estimated", 244, 92, make_gaps},
    {"not shown now", 244, 92, make_not_shown_now},
    {"bands only", 244, 92, make_bands},
    {"long labels", 244, 92, make_long_labels},
    {"53 weeks", 244, 92, make_year_line},
    {"53 columns", 244, 92, make_year_columns},
    {"one week, on target", 244, 92, make_one_week},
    {"one column", 244, 92, make_one_column},
    {"huge", 244, 92, make_huge},
    {"tiny", 244, 92, make_tiny},
    {"flat zero", 244, 92, make_flat_zero},
    {"empty", 244, 92, make_empty},
    {"small multiple", 118, 60, make_adoption},
    {"small multiple of cost", 118, 60, make_cost},
    {"sparkline", 84, 20, make_sparkline},
    {"sparkline with an alert", 84, 20, make_sparkline_alert},
    {"dots", 112, 12, make_dots_up},
    {"dots, estimated", 112, 12, make_dots_estimated},
    {"dots, band", 112, 12, make_dots_band},
    {"dots, not shown", 112, 12, make_dots_not_shown},
};

const guint sample_chart_count = G_N_ELEMENTS(sample_charts);
