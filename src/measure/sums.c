/* Sums with their two largest contributions: see sums.h. */
#include "sums.h"

static GArray **arrays_new(guint scopes, guint element_size)
{
    GArray **arrays = g_new0(GArray *, scopes);
    for (guint i = 0; i < scopes; i++)
        arrays[i] = g_array_new(FALSE, TRUE, element_size);
    return arrays;
}

static void arrays_free(GArray **arrays, guint scopes)
{
    for (guint i = 0; arrays != NULL && i < scopes; i++)
        g_array_unref(arrays[i]);
    g_free(arrays);
}

TmWeekSums *tm_week_sums_new(guint scopes)
{
    TmWeekSums *sums = g_new0(TmWeekSums, 1);
    sums->scopes = scopes;
    sums->sums = g_new0(TmSum, (gsize)scopes * TM_KPI_COUNT);
    sums->streaks = arrays_new(scopes, sizeof(guint16));
    sums->spread = arrays_new(scopes, sizeof(TmSpread));
    sums->kinds = g_new0(TmKinds, scopes);
    sums->starts = arrays_new(scopes, sizeof(TmStart));
    return sums;
}

void tm_week_sums_free(TmWeekSums *sums)
{
    if (sums == NULL)
        return;
    arrays_free(sums->streaks, sums->scopes);
    arrays_free(sums->spread, sums->scopes);
    arrays_free(sums->starts, sums->scopes);
    for (guint kpi = 0; kpi < TM_KPI_COUNT; kpi++)
        arrays_free(sums->cuts[kpi], sums->scopes);
    g_free(sums->kinds);
    g_free(sums->sums);
    g_free(sums);
}

TmSum *tm_week_cut(TmWeekSums *sums, guint scope, TmKpiId kpi, guint part)
{
    if (sums->cuts[kpi] == NULL)
        sums->cuts[kpi] = arrays_new(sums->scopes, sizeof(TmSum));
    GArray *parts = sums->cuts[kpi][scope];
    if (parts->len <= part)
        g_array_set_size(parts, part + 1);
    return &g_array_index(parts, TmSum, part);
}

guint tm_week_cut_parts(const TmWeekSums *sums, guint scope, TmKpiId kpi)
{
    return sums->cuts[kpi] == NULL ? 0 : sums->cuts[kpi][scope]->len;
}

TmSum *tm_week_sum(TmWeekSums *sums, guint scope, TmKpiId kpi)
{
    return &sums->sums[(gsize)scope * TM_KPI_COUNT + kpi];
}

static void note_contribution(TmSum *sum, gint64 contribution)
{
    if (contribution > sum->largest) {
        sum->second = sum->largest;
        sum->largest = contribution;
    } else if (contribution > sum->second) {
        sum->second = contribution;
    }
}

void tm_sum_add(TmSum *sum, gint64 contribution, gboolean estimated)
{
    if (contribution == 0)
        return;
    sum->value += contribution;
    sum->people++;
    if (estimated)
        sum->flags |= TM_FIGURE_ESTIMATED;
    note_contribution(sum, contribution);
}

void tm_sum_merge(TmSum *whole, const TmSum *part)
{
    whole->value += part->value;
    whole->people += part->people;
    whole->flags |= part->flags;
    note_contribution(whole, part->largest);
    note_contribution(whole, part->second);
}

static int compare_days(gconstpointer a, gconstpointer b)
{
    return (int)*(const guint16 *)a - (int)*(const guint16 *)b;
}

gint64 tm_streaks_twice_median(GArray *streaks)
{
    if (streaks->len == 0)
        return 0;
    g_array_sort(streaks, compare_days);
    guint middle = streaks->len / 2;
    guint16 upper = g_array_index(streaks, guint16, middle);
    guint16 lower = streaks->len % 2 ? upper : g_array_index(streaks, guint16, middle - 1);
    return (gint64)upper + lower;
}
