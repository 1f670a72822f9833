/* Sparklines: a word-sized line without axes; the last point marked. */
#include <math.h>

#include "chart_private.h"

#define MARGIN 3.4 /* room for the last dot */
#define LINE_WIDTH 1.6
#define DOT_RADIUS 2.6

typedef struct Box {
    double left, top, right, bottom;
    double low, high;
    guint slots;
} Box;

static double box_x(const Box *box, guint slot)
{
    if (box->slots < 2)
        return box->right;
    return box->left + (box->right - box->left) * slot / (box->slots - 1);
}

/* A line without any change runs through the middle. */
static double box_y(const Box *box, double value)
{
    double share = box->high > box->low ? (value - box->low) / (box->high - box->low) : 0.5;
    return box->bottom - CLAMP(share, 0.0, 1.0) * (box->bottom - box->top);
}

static Box make_box(const TmChart *chart, const TmPicture *picture)
{
    TmRange range = tm_chart_range(chart);
    if (chart->range_high > chart->range_low)
        range = (TmRange){chart->range_low, chart->range_high, TRUE};
    else if (chart->from_zero)
        tm_range_add(&range, 0.0);
    return (Box){
        .left = MARGIN,
        .top = MARGIN,
        .right = MAX(picture->width - MARGIN, MARGIN),
        .bottom = MAX(picture->height - MARGIN, MARGIN),
        .low = range.low,
        .high = range.high,
        .slots = tm_chart_slots(chart),
    };
}

/* Two steps are the usual range: a quiet stripe behind the line. */
static void draw_stripe(const TmChart *chart, const Box *box, TmPicture *picture)
{
    if (chart->band_steps == NULL || chart->band_steps->len != 2)
        return;
    double low = g_array_index(chart->band_steps, double, 0);
    double high = g_array_index(chart->band_steps, double, 1);
    tm_picture_rectangle(
        picture, 0.0, box_y(box, high), picture->width, box_y(box, low), TM_INK_BAND_STRONG);
}

static void draw_target(const TmChart *chart, const Box *box, TmPicture *picture)
{
    if (!chart->has_target || !isfinite(chart->target))
        return;
    double y = box_y(box, chart->target);
    TmShape *line = tm_picture_line(picture, 0.0, y, picture->width, y, TM_INK_TEXT, 0.8);
    line->dash[0] = 2.0;
    line->dash[1] = 2.0;
}

static void draw_special_slots(const TmSeries *series, const Box *box, TmPicture *picture)
{
    double half = box->slots > 1 ? (box->right - box->left) / (box->slots - 1) / 2.0
                                 : (box->right - box->left) / 2.0;
    for (guint slot = 0; slot < box->slots; slot++) {
        TmPoint point = tm_series_point(series, slot);
        double x = box_x(box, slot);
        if (point.state == TM_POINT_BAND)
            tm_picture_rectangle(picture, x - MIN(half * 0.7, 2.0), box_y(box, point.high),
                x + MIN(half * 0.7, 2.0), box_y(box, point.low), TM_INK_MAIN_LIGHT);
        if (point.state == TM_POINT_NOT_SHOWN)
            tm_picture_rectangle(picture, MAX(x - half, 0.0), box->top,
                MIN(x + half, picture->width), box->bottom, TM_INK_RULE)
                ->hatched = TRUE;
    }
}

static void draw_series(const TmChart *chart, guint index, const Box *box, TmPicture *picture)
{
    const TmSeries *series = tm_chart_series(chart, index);
    draw_special_slots(series, box, picture);
    g_autofree TmPoint2 *places = g_new0(TmPoint2, MAX(box->slots, 1));
    for (guint slot = 0; slot < box->slots; slot++)
        places[slot] =
            (TmPoint2){box_x(box, slot), box_y(box, tm_series_point(series, slot).value)};
    TmStroke stroke = {
        series, box->slots, series->width > 0.0 ? series->width : LINE_WIDTH, places};
    tm_draw_stroke(picture, &stroke);
    guint last = 0;
    if (!tm_series_last(series, box->slots, &last))
        return;
    TmPoint point = tm_series_point(series, last);
    gboolean stands_out = chart->highlight_last && index == 0 && last + 1 == box->slots;
    tm_picture_dot(picture, places[last].x, places[last].y, DOT_RADIUS,
        stands_out ? TM_INK_ACCENT : series->ink, tm_point_is_doubtful(&point));
}

void tm_draw_sparkline(const TmChart *chart, TmPicture *picture)
{
    Box box = make_box(chart, picture);
    draw_stripe(chart, &box, picture);
    draw_target(chart, &box, picture);
    for (guint i = chart->series->len; i-- > 0;)
        draw_series(chart, i, &box, picture);
}
