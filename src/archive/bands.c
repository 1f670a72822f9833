/* Bands: what may still be said when a number may not be. */
#include "disclosure.h"

static const int rate_limits[] = {0, 40, 60, 80, 101};

gboolean tm_is_extreme(gint64 count, gint64 base)
{
    return count <= 1 || count >= base - 1;
}

static guint rate_band(gint64 count, gint64 base)
{
    guint band = 0;
    while (band + 1 < G_N_ELEMENTS(rate_limits) - 1 &&
           count * 100 >= (gint64)rate_limits[band + 1] * base)
        band++;
    return band;
}

void tm_band_count(TmCell *cell, gint64 count, gint64 base)
{
    guint band = base > 0 ? rate_band(count, base) : 0;
    cell->state = TM_CELL_BAND;
    cell->value = 0;
    cell->low = ((gint64)rate_limits[band] * base + 99) / 100;
    cell->high = MIN(base, ((gint64)rate_limits[band + 1] * base + 99) / 100 - 1);
}

void tm_band_percent(TmCell *cell, gint64 count, gint64 base)
{
    guint band = base > 0 ? rate_band(count, base) : 0;
    cell->state = TM_CELL_BAND;
    cell->value = 0;
    cell->low = rate_limits[band];
    cell->high = rate_limits[band + 1] - 1;
}

/* Tokens in thousands and money in whole units run 1–3–10 from 100 upward. */
void tm_band_magnitude(TmCell *cell, gint64 value)
{
    const TmKpi *kpi = tm_kpi(cell->kpi);
    gint64 unit = kpi->unit == TM_UNIT_MONEY ? TM_MICROS_PER_UNIT : 1000;
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
