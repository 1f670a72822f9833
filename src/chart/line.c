/* Lines: one or two series over time. */
#include <math.h>

#include "chart_private.h"

#define MAIN_WIDTH 2.0
#define SECOND_WIDTH 1.6
#define DOT_RADIUS 2.6
#define MARK_RADIUS 1.9
#define BAND_WIDTH 4.0

/* ---- Strokes: shared with the sparkline -------------------------------------------------- */

/* How slots `slot` and the next one are joined. */
typedef enum Join { JOIN_NONE, JOIN_SOLID, JOIN_DASHED } Join;

static Join join_after(const TmStroke *stroke, guint slot)
{
    if (slot + 1 >= stroke->slots)
        return JOIN_NONE;
    TmPoint here = tm_series_point(stroke->series, slot);
    TmPoint next = tm_series_point(stroke->series, slot + 1);
    if (!tm_point_has_value(&here) || !tm_point_has_value(&next))
        return JOIN_NONE;
    return tm_point_is_doubtful(&here) || tm_point_is_doubtful(&next) ? JOIN_DASHED : JOIN_SOLID;
}

/* The longest piece that starts at `first` and is joined in one way; returns its last slot. */
static guint draw_piece(TmPicture *picture, const TmStroke *stroke, guint first)
{
    Join join = join_after(stroke, first);
    guint last = first + 1;
    while (join_after(stroke, last) == join)
        last++;
    TmShape *path = tm_picture_path(
        picture, stroke->places + first, last - first + 1, stroke->series->ink, stroke->width);
    if (join == JOIN_DASHED) {
        path->dash[0] = 3.0;
        path->dash[1] = 2.4;
    }
    return last;
}

/* A value between two gaps has no line: a dot keeps it visible. */
static void draw_lonely_dots(TmPicture *picture, const TmStroke *stroke)
{
    for (guint slot = 0; slot < stroke->slots; slot++) {
        TmPoint point = tm_series_point(stroke->series, slot);
        gboolean joined = join_after(stroke, slot) != JOIN_NONE ||
                          (slot > 0 && join_after(stroke, slot - 1) != JOIN_NONE);
        if (tm_point_has_value(&point) && !joined)
            tm_picture_dot(picture, stroke->places[slot].x, stroke->places[slot].y,
                MAX(stroke->width * 0.8, 1.4), stroke->series->ink, tm_point_is_doubtful(&point));
    }
}

void tm_draw_stroke(TmPicture *picture, const TmStroke *stroke)
{
    guint slot = 0;
    while (slot < stroke->slots) {
        if (join_after(stroke, slot) == JOIN_NONE)
            slot++;
        else
            slot = draw_piece(picture, stroke, slot);
    }
    draw_lonely_dots(picture, stroke);
}

/* ---- The form ---------------------------------------------------------------------------- */

static TmPoint2 *places_of(const TmFrame *frame, const TmSeries *series)
{
    TmPoint2 *places = g_new0(TmPoint2, MAX(frame->slots, 1));
    for (guint slot = 0; slot < frame->slots; slot++) {
        TmPoint point = tm_series_point(series, slot);
        places[slot] = (TmPoint2){tm_frame_x(frame, slot), tm_frame_y(frame, point.value)};
    }
    return places;
}

/* Where only a range is known: a soft bar from low to high. */
static void draw_band_bars(const TmFrame *frame, const TmSeries *series)
{
    for (guint slot = 0; slot < frame->slots; slot++) {
        TmPoint point = tm_series_point(series, slot);
        if (point.state != TM_POINT_BAND)
            continue;
        double half = MIN(BAND_WIDTH, tm_frame_step(frame) * 0.7) / 2.0;
        double x = tm_frame_x(frame, slot);
        x = MAX(frame->left + half, MIN(frame->right - half, x));
        tm_picture_rectangle(frame->picture, x - half, tm_frame_y(frame, point.high), x + half,
            tm_frame_y(frame, point.low), TM_INK_MAIN_LIGHT);
    }
}

/* Rings on doubtful values, a small triangle on the axis below incomplete ones. */
static void draw_point_marks(const TmFrame *frame, const TmSeries *series, const TmPoint2 *places)
{
    for (guint slot = 0; slot < frame->slots; slot++) {
        TmPoint point = tm_series_point(series, slot);
        if (tm_point_is_doubtful(&point))
            tm_picture_dot(
                frame->picture, places[slot].x, places[slot].y, MARK_RADIUS, series->ink, TRUE);
        if (point.incomplete && tm_point_has_value(&point)) {
            double x = places[slot].x;
            const TmPoint2 triangle[] = {
                {x - 2.0, frame->bottom}, {x + 2.0, frame->bottom}, {x, frame->bottom - 3.6}};
            TmShape *mark = tm_picture_path(frame->picture, triangle, 3, TM_INK_MUTED, 0.6);
            mark->closed = TRUE;
            mark->fill = TM_INK_PAPER;
        }
    }
}

static void draw_last_dot(
    const TmFrame *frame, guint index, const TmSeries *series, const TmPoint2 *places)
{
    guint last = 0;
    if (!tm_series_last(series, frame->slots, &last))
        return;
    TmPoint point = tm_series_point(series, last);
    gboolean stands_out = frame->chart->highlight_last && index == 0 && last + 1 == frame->slots;
    tm_picture_dot(frame->picture, places[last].x, places[last].y, DOT_RADIUS,
        stands_out ? TM_INK_ACCENT : series->ink, tm_point_is_doubtful(&point));
}

static void draw_series(const TmFrame *frame, guint index)
{
    const TmSeries *series = tm_chart_series(frame->chart, index);
    g_autofree TmPoint2 *places = places_of(frame, series);
    double usual = index == 0 ? MAIN_WIDTH : SECOND_WIDTH;
    TmStroke stroke = {series, frame->slots, series->width > 0.0 ? series->width : usual, places};
    draw_band_bars(frame, series);
    tm_draw_stroke(frame->picture, &stroke);
    draw_point_marks(frame, series, places);
    draw_last_dot(frame, index, series, places);
}

/* The value beside which a series is labelled: its last one, or the middle of its last band. */
static double label_value(const TmSeries *series, guint slots)
{
    for (guint slot = slots; slot-- > 0;) {
        TmPoint point = tm_series_point(series, slot);
        if (tm_point_has_value(&point))
            return point.value;
        if (point.state == TM_POINT_BAND)
            return point.low + (point.high - point.low) / 2.0;
    }
    return NAN;
}

void tm_draw_line(const TmChart *chart, const TmTextMeter *meter, TmPicture *picture)
{
    TmFrame frame;
    g_autoptr(GArray) labels = tm_end_labels_new();
    guint slots = tm_chart_slots(chart);
    for (guint i = 0; i < chart->series->len; i++)
        tm_frame_label_series(chart, i, label_value(tm_chart_series(chart, i), slots), labels);
    tm_frame_init(&frame, chart, meter, picture, tm_chart_range(chart), labels);
    tm_frame_draw_ground(&frame);
    tm_frame_draw_marks(&frame);
    for (guint i = chart->series->len; i-- > 0;)
        draw_series(&frame, i);
    tm_frame_draw_labels(&frame, labels);
}
