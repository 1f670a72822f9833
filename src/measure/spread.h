/*
 * spread: figures over all people of a group that cannot be summed: Gini coefficient, share of the
 * top fifth, ratio of the quarters, medians. Exact, in integers; rounded half to even once.
 */
#ifndef TM_MEASURE_SPREAD_H
#define TM_MEASURE_SPREAD_H

#include "sums.h"

/* What cannot be told: nobody used anything, too few people. */
#define TM_SPREAD_NONE G_MININT64

/* All sort `values`, which are 0 or more. */

/* Gini coefficient × n ÷ (n − 1), in hundredths: Σ (2i − n − 1) xᵢ ÷ ((n − 1) Σ xᵢ), x ascending.
 */
gint64 tm_spread_gini(gint64 *values, guint count);

/* Percent of the sum that the fifth with most has; whoever stands on the edge counts in part. */
gint64 tm_spread_top_fifth(gint64 *values, guint count);

/* Mean of the top quarter ÷ mean of the bottom quarter, in tenths; edges count in part. */
gint64 tm_spread_quartile_ratio(gint64 *values, guint count);

/*
 * Kaplan–Meier median of the days to the first meaningful prompt: the least number of days at which
 * at most half have had none. People without one yet count as long as they are watched.
 * TM_SPREAD_NONE: not yet reached. Sorts the array.
 */
gint64 tm_starts_median(GArray *starts);

#endif
