/* Stacked columns from zero, with a budget line. */
#include <math.h>

#include "chart_private.h"

#define COLUMN_SHARE 0.8 /* of a slot */
#define MOST_COLUMN_WIDTH 26.0

/* What a part adds to its column; columns start at zero, so nothing goes below it. */
static double part_height(const TmSeries *series, guint slot)
{
    TmPoint point = tm_series_point(series, slot);
    return tm_point_has_value(&point) ? MAX(point.value, 0.0) : 0.0;
}

static double column_height(const TmChart *chart, guint slot, guint parts)
{
    double height = 0.0;
    for (guint i = 0; i < parts; i++)
        height += part_height(tm_chart_series(chart, i), slot);
    return height;
}

static TmRange column_range(const TmChart *chart)
{
    TmRange range = {0};
    guint slots = tm_chart_slots(chart);
    for (guint slot = 0; slot < slots; slot++) {
        double height = column_height(chart, slot, chart->series->len);
        if (height > 0.0)
            tm_range_add(&range, height);
    }
    if (chart->has_target && isfinite(chart->target))
        tm_range_add(&range, chart->target);
    return range;
}

/* The uppermost part of a column that has any height. */
static guint top_part(const TmChart *chart, guint slot)
{
    guint top = chart->series->len;
    while (top > 0 && part_height(tm_chart_series(chart, top - 1), slot) <= 0.0)
        top--;
    return top > 0 ? top - 1 : 0;
}

static TmInk part_ink(const TmChart *chart, guint part, guint slot)
{
    gboolean stands_out =
        chart->highlight_last && slot + 1 == tm_chart_slots(chart) && part == top_part(chart, slot);
    return stands_out ? TM_INK_ACCENT : tm_chart_series(chart, part)->ink;
}

static void draw_part(const TmFrame *frame, guint part, guint slot, double half)
{
    const TmChart *chart = frame->chart;
    const TmSeries *series = tm_chart_series(chart, part);
    double height = part_height(series, slot);
    if (height <= 0.0)
        return;
    double below = column_height(chart, slot, part);
    double x = tm_frame_x(frame, slot);
    TmInk ink = part_ink(chart, part, slot);
    TmShape *shape = tm_picture_rectangle(frame->picture, x - half,
        tm_frame_y(frame, below + height), x + half, tm_frame_y(frame, below), ink);
    TmPoint point = tm_series_point(series, slot);
    if (tm_point_is_doubtful(&point)) {
        shape->hatched = TRUE;
        shape->stroke = ink;
        shape->stroke_width = 0.8;
    }
}

/* A column of which a tool lacks days has a small open triangle on top. */
static void draw_incomplete_mark(const TmFrame *frame, guint slot)
{
    const TmChart *chart = frame->chart;
    gboolean incomplete = FALSE;
    for (guint i = 0; i < chart->series->len; i++) {
        TmPoint point = tm_series_point(tm_chart_series(chart, i), slot);
        incomplete = incomplete || (point.incomplete && tm_point_has_value(&point));
    }
    if (!incomplete)
        return;
    double x = tm_frame_x(frame, slot);
    double y = tm_frame_y(frame, column_height(chart, slot, chart->series->len)) - 1.5;
    const TmPoint2 triangle[] = {{x - 2.0, y}, {x + 2.0, y}, {x, y - 3.6}};
    TmShape *mark = tm_picture_path(frame->picture, triangle, 3, TM_INK_MUTED, 0.6);
    mark->closed = TRUE;
    mark->fill = TM_INK_PAPER;
}

/* Middle of the part in the newest column that has it; NAN if none has. */
static double part_middle(const TmChart *chart, guint part, guint *slot_of_part)
{
    for (guint slot = tm_chart_slots(chart); slot-- > 0;) {
        double height = part_height(tm_chart_series(chart, part), slot);
        if (height > 0.0) {
            *slot_of_part = slot;
            return column_height(chart, slot, part) + height / 2.0;
        }
    }
    return NAN;
}

/* One series is labelled with its last value, several with their names beside their parts. */
static void add_labels(const TmChart *chart, GArray *labels)
{
    guint slot = 0;
    if (chart->series->len == 1) {
        double middle = part_middle(chart, 0, &slot);
        tm_frame_label_series(chart, 0, isfinite(middle) ? middle * 2.0 : middle, labels);
        return;
    }
    for (guint i = 0; i < chart->series->len; i++) {
        const TmSeries *series = tm_chart_series(chart, i);
        double middle = part_middle(chart, i, &slot);
        if (!isfinite(middle))
            continue;
        TmInk ink = part_ink(chart, i, slot);
        TmTextStyle style = tm_axis_style;
        style.ink = tm_label_ink(ink);
        style.weight = ink == TM_INK_MAIN_LIGHT ? TM_WEIGHT_REGULAR : TM_WEIGHT_SEMIBOLD;
        tm_end_labels_add(labels, middle, TM_PRIORITY_VALUE + i, &style, series->name);
    }
}

/* Words for the newest column, when it is not plain. */
static void add_state_word(const TmChart *chart, GArray *labels)
{
    guint slots = tm_chart_slots(chart);
    if (slots == 0 || chart->series->len < 2)
        return;
    double top = column_height(chart, slots - 1, chart->series->len);
    for (guint i = chart->series->len; i-- > 0;) {
        TmPoint point = tm_series_point(tm_chart_series(chart, i), slots - 1);
        gboolean is_plain = point.state == TM_POINT_MEASURED || point.state == TM_POINT_BAND;
        if (!is_plain) {
            tm_end_labels_add(
                labels, top, TM_PRIORITY_WORD, &tm_axis_style, chart->words[point.state]);
            return;
        }
    }
}

void tm_draw_columns(const TmChart *chart, const TmTextMeter *meter, TmPicture *picture)
{
    TmFrame frame;
    g_autoptr(GArray) labels = tm_end_labels_new();
    add_labels(chart, labels);
    add_state_word(chart, labels);
    tm_frame_init(&frame, chart, meter, picture, column_range(chart), labels);
    tm_frame_draw_ground(&frame);
    double half = MIN(tm_frame_step(&frame) * COLUMN_SHARE, MOST_COLUMN_WIDTH) / 2.0;
    for (guint slot = 0; slot < frame.slots; slot++) {
        for (guint part = 0; part < chart->series->len; part++)
            draw_part(&frame, part, slot, half);
        draw_incomplete_mark(&frame, slot);
    }
    tm_frame_draw_marks(&frame);
    tm_frame_draw_labels(&frame, labels);
}
