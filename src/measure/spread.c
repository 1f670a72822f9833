/* Distribution figures: see spread.h. */
#include "spread.h"

#include <stdlib.h>

__extension__ typedef __int128 Wide;

static int compare(const void *a, const void *b)
{
    gint64 first = *(const gint64 *)a, second = *(const gint64 *)b;
    return (first > second) - (first < second);
}

/* numerator ÷ denominator rounded half to even; neither is negative. */
static gint64 divide(Wide numerator, Wide denominator)
{
    Wide quotient = numerator / denominator, twice = 2 * (numerator % denominator);
    if (twice > denominator || (twice == denominator && (quotient & 1)))
        quotient++;
    return quotient > G_MAXINT64 ? G_MAXINT64 : (gint64)quotient;
}

static Wide sum_of(const gint64 *values, guint count)
{
    Wide sum = 0;
    for (guint i = 0; i < count; i++)
        sum += values[i];
    return sum;
}

gint64 tm_spread_gini(gint64 *values, guint count)
{
    qsort(values, count, sizeof *values, compare);
    Wide sum = sum_of(values, count), weighted = 0;
    if (count < 2 || sum == 0)
        return TM_SPREAD_NONE;
    for (guint i = 0; i < count; i++)
        weighted += (2 * ((Wide)i + 1) - count - 1) * values[i];
    return divide(100 * weighted, (Wide)(count - 1) * sum);
}

/* `parts` times the sum of the last 1/parts of the values, and of the first. */
static Wide top_part(const gint64 *values, guint count, guint parts)
{
    guint whole = count / parts, rest = count % parts;
    Wide sum = parts * sum_of(values + count - whole, whole);
    return rest == 0 ? sum : sum + (Wide)rest * values[count - whole - 1];
}

static Wide bottom_part(const gint64 *values, guint count, guint parts)
{
    guint whole = count / parts, rest = count % parts;
    Wide sum = parts * sum_of(values, whole);
    return rest == 0 ? sum : sum + (Wide)rest * values[whole];
}

gint64 tm_spread_top_fifth(gint64 *values, guint count)
{
    qsort(values, count, sizeof *values, compare);
    Wide sum = sum_of(values, count);
    return sum == 0 ? TM_SPREAD_NONE : divide(100 * top_part(values, count, 5), 5 * sum);
}

gint64 tm_spread_quartile_ratio(gint64 *values, guint count)
{
    qsort(values, count, sizeof *values, compare);
    Wide bottom = count == 0 ? 0 : bottom_part(values, count, 4);
    return bottom == 0 ? TM_SPREAD_NONE : divide(10 * top_part(values, count, 4), bottom);
}

static int compare_starts(gconstpointer a, gconstpointer b)
{
    const TmStart *first = a, *second = b;
    if (first->days != second->days)
        return first->days < second->days ? -1 : 1;
    return second->started - first->started; /* who started at that time was still watched */
}

gint64 tm_starts_median(GArray *starts)
{
    g_array_sort(starts, compare_starts);
    /* Exact fractions would outgrow 128 bits; a double is exact enough to compare with a half,
     * because a product of ratios that is a half is made of few factors. */
    double without = 1;
    for (guint i = 0; i < starts->len;) {
        guint days = g_array_index(starts, TmStart, i).days, started = 0, at_risk = starts->len - i;
        for (; i < starts->len && g_array_index(starts, TmStart, i).days == days; i++)
            started += g_array_index(starts, TmStart, i).started ? 1 : 0;
        without *= (double)(at_risk - started) / at_risk;
        if (without <= 0.5 + 1e-12)
            return days;
    }
    return TM_SPREAD_NONE;
}
