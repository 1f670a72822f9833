/* Reads series: which values are known, and their range. */
#include <math.h>

#include "chart_private.h"

const TmSeries *tm_chart_series(const TmChart *chart, guint index)
{
    return g_ptr_array_index(chart->series, index);
}

guint tm_chart_slots(const TmChart *chart)
{
    guint slots = chart->x_labels->len;
    for (guint i = 0; i < chart->series->len; i++)
        slots = MAX(slots, tm_chart_series(chart, i)->points->len);
    return slots;
}

gboolean tm_point_has_value(const TmPoint *point)
{
    return point->state == TM_POINT_MEASURED || tm_point_is_doubtful(point);
}

gboolean tm_point_is_doubtful(const TmPoint *point)
{
    return point->state == TM_POINT_ESTIMATED || point->state == TM_POINT_PROVISIONAL;
}

TmPoint tm_series_point(const TmSeries *series, guint slot)
{
    const TmPoint none = {.state = TM_POINT_NOT_MEASURED};
    if (slot >= series->points->len)
        return none;
    TmPoint point = g_array_index(series->points, TmPoint, slot);
    if (tm_point_has_value(&point) && !isfinite(point.value))
        return none;
    if (point.state == TM_POINT_BAND && !(isfinite(point.low) && isfinite(point.high)))
        return none;
    return point;
}

gboolean tm_series_last(const TmSeries *series, guint slots, guint *slot)
{
    for (guint i = slots; i-- > 0;) {
        TmPoint point = tm_series_point(series, i);
        if (tm_point_has_value(&point)) {
            *slot = i;
            return TRUE;
        }
    }
    return FALSE;
}

void tm_range_add(TmRange *range, double value)
{
    range->low = range->any ? MIN(range->low, value) : value;
    range->high = range->any ? MAX(range->high, value) : value;
    range->any = TRUE;
}

TmRange tm_chart_range(const TmChart *chart)
{
    TmRange range = {0};
    guint slots = tm_chart_slots(chart);
    for (guint i = 0; i < chart->series->len; i++) {
        for (guint slot = 0; slot < slots; slot++) {
            TmPoint point = tm_series_point(tm_chart_series(chart, i), slot);
            if (tm_point_has_value(&point))
                tm_range_add(&range, point.value);
            if (point.state == TM_POINT_BAND) {
                tm_range_add(&range, point.low);
                tm_range_add(&range, point.high);
            }
        }
    }
    if (chart->has_target && isfinite(chart->target))
        tm_range_add(&range, chart->target);
    return range;
}
