/* Sums with their two largest contributions: see sums.h. */
#include "sums.h"

TmWeekSums *tm_week_sums_new(guint scopes)
{
    TmWeekSums *sums = g_new0(TmWeekSums, 1);
    sums->scopes = scopes;
    sums->sums = g_new0(TmSum, (gsize)scopes * TM_KPI_COUNT);
    sums->streaks = g_new0(GArray *, scopes);
    for (guint i = 0; i < scopes; i++)
        sums->streaks[i] = g_array_new(FALSE, FALSE, sizeof(guint16));
    return sums;
}

void tm_week_sums_free(TmWeekSums *sums)
{
    if (sums == NULL)
        return;
    for (guint i = 0; i < sums->scopes; i++)
        g_array_unref(sums->streaks[i]);
    g_free(sums->streaks);
    g_free(sums->sums);
    g_free(sums);
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
