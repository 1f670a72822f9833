/*
 * Reading bands of the catalogue as tables.
 */
#include <tidemark/insight.h>

static const TmBand adoption_bands[] = {
    {0, "at risk", FALSE},
    {40, "scaling", FALSE},
    {60, "healthy", TRUE},
    {80, "optimised", TRUE},
};

/* Tenths of a working day; over 15 days is embedded, 15 itself is not. */
static const TmBand streak_bands[] = {
    {0, "intermittent", FALSE},
    {50, "developing", FALSE},
    {151, "embedded", TRUE},
};

const TmBand *tm_bands(TmKpiId kpi, guint *count)
{
    switch (kpi) {
    case TM_KPI_ADOPTION:
        *count = G_N_ELEMENTS(adoption_bands);
        return adoption_bands;
    case TM_KPI_STREAK:
        *count = G_N_ELEMENTS(streak_bands);
        return streak_bands;
    default:
        *count = 0;
        return NULL;
    }
}

static const TmBand *band_at(const TmBand *bands, guint count, gint64 value)
{
    const TmBand *found = &bands[0];
    for (guint i = 1; i < count; i++)
        if (value >= bands[i].from)
            found = &bands[i];
    return found;
}

const TmBand *tm_band_of(TmKpiId kpi, const TmCell *cell)
{
    guint count;
    const TmBand *bands = tm_bands(kpi, &count);
    if (bands == NULL || cell == NULL)
        return NULL;
    if (cell->state == TM_CELL_VALUE)
        return band_at(bands, count, cell->value);
    if (cell->state != TM_CELL_BAND)
        return NULL;
    /* A published band holds its upper limit, which may be the first value of the next one. */
    const TmBand *low = band_at(bands, count, cell->low);
    const TmBand *high = band_at(bands, count, MAX(cell->low, cell->high - 1));
    return low == high ? low : NULL;
}
