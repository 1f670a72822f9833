/*
 * The KPI catalogue: one row per KPI. Computing, docs/kpis.md, `explain`, data files and tests all
 * read this table. Its rows stand in the files catalogue_*.def, by subject.
 */
#include <tidemark/measure.h>

#include <string.h>

#define ONE_CENT (TM_MICROS_PER_UNIT / 100)

static const TmKpi catalogue[TM_KPI_COUNT] = {
#include "catalogue_habit.def"
#include "catalogue_mix.def"
#include "catalogue_money.def"
#include "catalogue_people.def"
#include "catalogue_seats.def"
#include "catalogue_sessions.def"
#include "catalogue_support.def"
#include "catalogue_tokens.def"
};

const TmKpi *tm_kpi(TmKpiId id)
{
    g_assert(id >= 0 && id < TM_KPI_COUNT);
    return &catalogue[id];
}

TmKpiId tm_kpi_by_key(const char *key)
{
    for (int id = 0; id < TM_KPI_COUNT; id++)
        if (strcmp(catalogue[id].key, key) == 0)
            return (TmKpiId)id;
    return TM_KPI_COUNT;
}

gint64 tm_unit_scale(TmUnit unit)
{
    switch (unit) {
    case TM_UNIT_MONEY:
        return TM_MICROS_PER_UNIT;
    case TM_UNIT_HUNDREDTHS:
        return 100;
    case TM_UNIT_DAYS:
    case TM_UNIT_RATE:
    case TM_UNIT_HOURS:
        return 10;
    case TM_UNIT_PEOPLE:
    case TM_UNIT_SEATS:
    case TM_UNIT_PERCENT:
    case TM_UNIT_TOKENS:
    case TM_UNIT_PERSON_DAYS:
    case TM_UNIT_COUNT:
        break;
    }
    return 1;
}

static gint64 common_divisor(gint64 a, gint64 b)
{
    while (b != 0) {
        gint64 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

TmRatioScale tm_kpi_ratio_scale(TmKpiId ratio)
{
    const TmKpi *kpi = tm_kpi(ratio);
    gint64 up = tm_unit_scale(kpi->unit) * tm_unit_scale(tm_kpi(kpi->denominator)->unit) *
                (kpi->unit == TM_UNIT_PERCENT ? 100 : 1);
    gint64 down = tm_unit_scale(tm_kpi(kpi->numerator)->unit);
    gint64 common = common_divisor(up, down);
    return (TmRatioScale){up / common, down / common};
}

const char *const *tm_kpi_buckets(TmKpiId id)
{
    static const char *const days[] = {"0", "1", "2", "3-4", "5+", NULL};
    static const char *const segments[] = {"unused", "occasional", "part_of_work", NULL};
    static const char *const streaks[] = {"under_5", "5-15", "over_15", NULL};
    return id == TM_KPI_USAGE_FREQUENCY ? days
           : id == TM_KPI_SEGMENTS      ? segments
           : id == TM_KPI_STREAK_BANDS  ? streaks
                                        : NULL;
}

gboolean tm_kpi_is_of_seats(TmKpiId id)
{
    return catalogue[id].by == TM_PART_TOOL && catalogue[id].aggregation != TM_AGGREGATE_CUT;
}
