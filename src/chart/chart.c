/* Life of charts, and which form is drawn by which file. */
#include "chart_private.h"

static void free_series(gpointer data)
{
    TmSeries *series = data;
    g_free(series->name);
    g_array_unref(series->points);
    g_free(series);
}

static void clear_event(gpointer data)
{
    g_free(((TmChartEvent *)data)->text);
}

TmChart *tm_chart_new(TmChartForm form, TmNumberForm number)
{
    TmChart *chart = g_new0(TmChart, 1);
    chart->form = form;
    chart->number = number;
    chart->series = g_ptr_array_new_with_free_func(free_series);
    chart->x_labels = g_ptr_array_new_with_free_func(g_free);
    tm_chart_set_word(chart, TM_POINT_ESTIMATED, "estimated");
    tm_chart_set_word(chart, TM_POINT_PROVISIONAL, "provisional");
    tm_chart_set_word(chart, TM_POINT_NOT_SHOWN, "not shown");
    tm_chart_set_word(chart, TM_POINT_NOT_MEASURED, "not measured");
    return chart;
}

void tm_chart_free(TmChart *chart)
{
    if (chart == NULL)
        return;
    g_free(chart->currency);
    g_ptr_array_unref(chart->series);
    g_ptr_array_unref(chart->x_labels);
    g_free(chart->target_label);
    g_clear_pointer(&chart->band_steps, g_array_unref);
    g_clear_pointer(&chart->events, g_array_unref);
    for (guint state = 0; state < TM_POINT_STATE_COUNT; state++)
        g_free(chart->words[state]);
    g_free(chart);
}

TmSeries *tm_chart_add_series(TmChart *chart, const char *name, TmInk ink)
{
    TmSeries *series = g_new0(TmSeries, 1);
    series->name = g_strdup(name);
    series->ink = ink;
    series->points = g_array_new(FALSE, TRUE, sizeof(TmPoint));
    g_ptr_array_add(chart->series, series);
    return series;
}

void tm_series_add(TmSeries *series, TmPoint point)
{
    g_array_append_val(series->points, point);
}

void tm_chart_add_label(TmChart *chart, const char *text)
{
    g_ptr_array_add(chart->x_labels, g_strdup(text));
}

void tm_chart_add_event(TmChart *chart, guint index, const char *text)
{
    if (chart->events == NULL) {
        chart->events = g_array_new(FALSE, TRUE, sizeof(TmChartEvent));
        g_array_set_clear_func(chart->events, clear_event);
    }
    TmChartEvent event = {index, g_strdup(text)};
    g_array_append_val(chart->events, event);
}

void tm_chart_add_band_step(TmChart *chart, double limit)
{
    if (chart->band_steps == NULL)
        chart->band_steps = g_array_new(FALSE, TRUE, sizeof(double));
    g_array_append_val(chart->band_steps, limit);
}

void tm_chart_set_word(TmChart *chart, TmPointState state, const char *text)
{
    g_free(chart->words[state]);
    chart->words[state] = g_strdup(text);
}

TmPicture *tm_chart_draw(
    const TmChart *chart, double width, double height, const TmTextMeter *meter)
{
    TmPicture *picture = tm_picture_new(width, height);
    switch (chart->form) {
    case TM_CHART_LINE:
        tm_draw_line(chart, meter, picture);
        break;
    case TM_CHART_COLUMNS:
        tm_draw_columns(chart, meter, picture);
        break;
    case TM_CHART_SPARKLINE:
        tm_draw_sparkline(chart, picture);
        break;
    case TM_CHART_DOTS:
        tm_draw_dots(chart, picture);
        break;
    }
    return picture;
}
