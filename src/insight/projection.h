/*
 * The projected month of any week, for alerts that are replayed over weeks.
 */
#ifndef TIDEMARK_INSIGHT_PROJECTION_H
#define TIDEMARK_INSIGHT_PROJECTION_H

#include "series.h"

/*
 * NULL and every cost that the reporting month of `week` may come to as seen from that week, and
 * whether weeks of it are still to come; or why it is not known. Borrowed.
 */
const char *tm_projection_span(const TmIssue *issue, const TmScope *scope, TmWeek week,
    guint weeks_in_month, Span *cost, gboolean *ends_later);

#endif
