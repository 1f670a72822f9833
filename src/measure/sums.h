/*
 * sums: what the pass adds up, per week, group and KPI, with what disclosure control needs.
 */
#ifndef TM_MEASURE_SUMS_H
#define TM_MEASURE_SUMS_H

#include <tidemark/measure.h>

typedef struct TmSum {
    gint64 value;
    gint64 largest, second; /* the two largest contributions */
    guint people;           /* who contributed something */
    guint flags;            /* TM_FIGURE_ESTIMATED, _AT_LEAST */
} TmSum;

/* All sums of one week: [scope × TM_KPI_COUNT + kpi], and the streaks of each scope's people. */
typedef struct TmWeekSums {
    guint scopes;
    TmSum *sums;
    GArray **streaks; /* [scope] guint16, days */
} TmWeekSums;

TmWeekSums *tm_week_sums_new(guint scopes);
void tm_week_sums_free(TmWeekSums *sums);

TmSum *tm_week_sum(TmWeekSums *sums, guint scope, TmKpiId kpi);

/* Adds one person's contribution; nothing happens for 0. */
void tm_sum_add(TmSum *sum, gint64 contribution, gboolean estimated);

/* Adds the sums of a part to the whole that it belongs to. */
void tm_sum_merge(TmSum *whole, const TmSum *part);

/* Twice the median of days (so that it stays whole); 0 for none. Sorts the array. */
gint64 tm_streaks_twice_median(GArray *streaks);

#endif
