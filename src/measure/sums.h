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

/* What distribution figures need of one licensed person. */
typedef struct TmSpread {
    gint64 tokens; /* headline */
    guint days;    /* active ones */
    gboolean active, has_tokens;
} TmSpread;

/* A new licence: own working days to the first meaningful prompt, or so far without one. */
typedef struct TmStart {
    guint days;
    gboolean started;
} TmStart;

/* Over active people: how many tasks and surfaces each had, and whose are known. */
typedef struct TmKinds {
    gint64 tasks, surfaces;
    guint task_people, surface_people;
} TmKinds;

/* All sums of one week: [scope × TM_KPI_COUNT + kpi], and what of each scope's people cannot be
 * summed. */
typedef struct TmWeekSums {
    guint scopes;
    TmSum *sums;
    GArray **streaks;            /* [scope] guint16, days, of active people */
    GArray **spread;             /* [scope] TmSpread */
    TmKinds *kinds;              /* [scope] */
    GArray **starts;             /* [scope] TmStart */
    GArray **cuts[TM_KPI_COUNT]; /* [kpi][scope] TmSum by number of the part; NULL: none yet */
} TmWeekSums;

TmWeekSums *tm_week_sums_new(guint scopes);
void tm_week_sums_free(TmWeekSums *sums);

TmSum *tm_week_sum(TmWeekSums *sums, guint scope, TmKpiId kpi);

/* Sum of a part of a cut. Valid until the next part is asked for. */
TmSum *tm_week_cut(TmWeekSums *sums, guint scope, TmKpiId kpi, guint part);

/* Parts of a cut that have a sum, from 0. */
guint tm_week_cut_parts(const TmWeekSums *sums, guint scope, TmKpiId kpi);

/* Adds one person's contribution; nothing happens for 0. */
void tm_sum_add(TmSum *sum, gint64 contribution, gboolean estimated);

/* Adds the sums of a part to the whole that it belongs to. */
void tm_sum_merge(TmSum *whole, const TmSum *part);

/* Twice the median of days (so that it stays whole); 0 for none. Sorts the array. */
gint64 tm_streaks_twice_median(GArray *streaks);

#endif
