/*
 * Rows of the data files of a period: one for each KPI and part that any of its weeks has, of every
 * group with a line of its own.
 */
#ifndef TIDEMARK_REPORT_DATA_PERIOD_H
#define TIDEMARK_REPORT_DATA_PERIOD_H

#include "data_rows.h"

typedef struct PeriodRow {
    const TmScope *scope;
    const TmKpi *kpi;
    const TmScope *stands_for; /* the group that has the figure in all weeks; NULL if none has */
    TmPeriodChange change;
    gboolean has_target;
    gint64 target;
} PeriodRow;

/* PeriodRow, by scope, KPI and part. Owned by the caller. */
GArray *period_rows_new(const TmIssue *issue, const TmPeriod *period);

#endif
