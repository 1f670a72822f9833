/* Dots: one row of a table. Last period's ring, this period's dot, the target's tick. */
#include <math.h>

#include "chart_private.h"

#define MARGIN 4.0
#define RING_RADIUS 3.0
#define DOT_RADIUS 3.6
#define SOFT_WIDTH 2.5 /* of the stroke between ring and dot */
#define BAND_HEIGHT 5.0

typedef struct Track {
    TmPicture *picture;
    double left, right, y;
    double low, high;
} Track;

static double track_x(const Track *track, double value)
{
    double share =
        track->high > track->low ? (value - track->low) / (track->high - track->low) : 0.5;
    return track->left + CLAMP(share, 0.0, 1.0) * (track->right - track->left);
}

static Track make_track(const TmChart *chart, TmPicture *picture)
{
    TmRange range = tm_chart_range(chart);
    if (chart->range_high > chart->range_low)
        range = (TmRange){chart->range_low, chart->range_high, TRUE};
    else if (chart->number == TM_NUMBER_PERCENT)
        range = (TmRange){0.0, 100.0, TRUE};
    else
        tm_range_add(&range, 0.0);
    return (Track){
        .picture = picture,
        .left = MARGIN,
        .right = MAX(picture->width - MARGIN, MARGIN),
        .y = picture->height / 2.0,
        .low = range.low,
        .high = range.high,
    };
}

static void draw_target(const Track *track, const TmChart *chart)
{
    if (!chart->has_target || !isfinite(chart->target))
        return;
    double x = track_x(track, chart->target);
    double half = MIN(track->picture->height / 2.0 - 1.0, 5.0);
    tm_picture_line(track->picture, x, track->y - half, x, track->y + half, TM_INK_TEXT, 0.9);
}

static void draw_before(const Track *track, const TmPoint *before, const TmPoint *now)
{
    if (!tm_point_has_value(before))
        return;
    double x = track_x(track, before->value);
    if (tm_point_has_value(now))
        tm_picture_line(track->picture, x, track->y, track_x(track, now->value), track->y,
            TM_INK_MAIN_LIGHT, SOFT_WIDTH);
    tm_picture_dot(track->picture, x, track->y, RING_RADIUS, TM_INK_MAIN_LIGHT, TRUE);
}

static void draw_now(
    const Track *track, const TmChart *chart, const TmSeries *series, const TmPoint *now)
{
    if (now->state == TM_POINT_BAND) {
        tm_picture_rectangle(track->picture, track_x(track, now->low), track->y - BAND_HEIGHT / 2.0,
            track_x(track, now->high), track->y + BAND_HEIGHT / 2.0, TM_INK_MAIN_LIGHT);
    } else if (now->state == TM_POINT_NOT_SHOWN) {
        tm_picture_rectangle(track->picture, track->left, track->y - BAND_HEIGHT / 2.0,
            track->right, track->y + BAND_HEIGHT / 2.0, TM_INK_RULE)
            ->hatched = TRUE;
    } else if (tm_point_has_value(now)) {
        tm_picture_dot(track->picture, track_x(track, now->value), track->y, DOT_RADIUS,
            chart->highlight_last ? TM_INK_ACCENT : series->ink, tm_point_is_doubtful(now));
    }
}

void tm_draw_dots(const TmChart *chart, TmPicture *picture)
{
    Track track = make_track(chart, picture);
    tm_picture_line(picture, track.left, track.y, track.right, track.y, TM_INK_RULE, 1.0);
    if (chart->series->len == 0 || tm_chart_series(chart, 0)->points->len == 0) {
        draw_target(&track, chart);
        return;
    }
    const TmSeries *series = tm_chart_series(chart, 0);
    guint last = series->points->len - 1;
    TmPoint now = tm_series_point(series, last);
    TmPoint before =
        last > 0 ? tm_series_point(series, last - 1) : (TmPoint){.state = TM_POINT_NOT_MEASURED};
    if (now.state == TM_POINT_BAND || now.state == TM_POINT_NOT_SHOWN)
        draw_now(&track, chart, series, &now);
    draw_target(&track, chart);
    draw_before(&track, &before, &now);
    if (tm_point_has_value(&now))
        draw_now(&track, chart, series, &now);
}
