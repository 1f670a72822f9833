/* Bands: what may still be said when a number may not be. */
#include "disclosure.h"

/* Fewer counts than this in a band would say too much. */
#define COUNTS_IN_BAND 3

/* Limits in percent, from fine to coarse; small groups get the first that leaves enough counts. */
static const int rate_limits[][5] = {
    {0, 40, 60, 80, 101},
    {0, 40, 80, 101},
    {0, 60, 101},
};

gboolean tm_is_extreme(gint64 count, gint64 base)
{
    return count <= 1 || count >= base - 1;
}

/* First count of `base` people that is at least so many percent. */
static gint64 first_count(gint64 base, int percent)
{
    return ((gint64)percent * base + 99) / 100;
}

static gboolean leaves_enough(const int *limits, gint64 base)
{
    for (guint i = 0; limits[i] <= 100; i++) {
        gint64 end = limits[i + 1] > 100 ? base + 1 : first_count(base, limits[i + 1]);
        if (end - first_count(base, limits[i]) < COUNTS_IN_BAND)
            return FALSE;
    }
    return TRUE;
}

/* The band of a count; depends on the size of the group, never on where the count stands in it. */
static void rate_band(gint64 count, gint64 base, int *low, int *high)
{
    const int *limits = rate_limits[G_N_ELEMENTS(rate_limits) - 1];
    for (guint i = G_N_ELEMENTS(rate_limits); i-- > 0;)
        if (leaves_enough(rate_limits[i], base))
            limits = rate_limits[i];
    guint band = 0;
    while (limits[band + 1] <= 100 && count >= first_count(base, limits[band + 1]))
        band++;
    *low = limits[band];
    *high = MIN(limits[band + 1] - 1, 100);
}

void tm_band_count(TmCell *cell, gint64 count, gint64 base)
{
    int low, high;
    rate_band(count, base, &low, &high);
    cell->state = TM_CELL_BAND;
    cell->value = 0;
    cell->low = first_count(base, low);
    cell->high = high == 100 ? base : first_count(base, high + 1) - 1;
}

void tm_band_percent(TmCell *cell, gint64 count, gint64 base)
{
    int low, high;
    rate_band(count, base, &low, &high);
    cell->state = TM_CELL_BAND;
    cell->value = 0;
    cell->low = low;
    cell->high = high;
}

/* Tokens in thousands, money in whole units and counts run 1–3–10 from 100 upward. */
void tm_band_magnitude(TmCell *cell, gint64 value)
{
    const TmKpi *kpi = tm_kpi(cell->kpi);
    gint64 unit = kpi->unit == TM_UNIT_TOKENS ? 1000 : tm_unit_scale(kpi->unit);
    gint64 low = 0, high = 100 * unit;
    gboolean three = FALSE;
    while (value >= high && high < G_MAXINT64 / 10) {
        low = high;
        high = three ? high / 3 * 10 : high * 3;
        three = !three;
    }
    cell->state = TM_CELL_BAND;
    cell->value = 0;
    cell->low = low;
    cell->high = high - kpi->step;
}
