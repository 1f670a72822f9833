/*
 * The reporting month's cost: what the weeks so far cost, and what the rest will at the pace of
 * now. Seats cost the same each day; metered use follows working days.
 */
#include "projection.h"

#include "strings.h"

#define PACE_WEEKS 4

static void add_span(Span *sum, Span span)
{
    if (__builtin_add_overflow(sum->low, span.low, &sum->low))
        sum->low = G_MAXINT64;
    if (__builtin_add_overflow(sum->high, span.high, &sum->high))
        sum->high = G_MAXINT64;
}

static Span scale_span(Span span, gint64 by, gint64 divisor)
{
    return (Span){tm_scale_half_even(span.low, by, divisor),
        span.high == G_MAXINT64 ? G_MAXINT64 : tm_scale_half_even(span.high, by, divisor)};
}

static const char *span_of_week(
    const TmIssue *issue, const TmScope *scope, TmKpiId kpi, TmWeek week, Span *span)
{
    return week < tm_issue_first_week(issue) ? STRING(SILENT_HISTORY)
                                             : tm_series_span(issue, scope, kpi, "", week, span);
}

/* Metered cost of a usual week at the mean of the last four weeks; 0 without a metered source. */
static const char *metered_week(
    const TmIssue *issue, const TmScope *scope, TmWeek last, Span *metered)
{
    const TmCell *cell = tm_series_cell(issue, scope, TM_KPI_COST_METERED, last);
    *metered = (Span){0, 0};
    if (cell == NULL || cell->state == TM_CELL_NOT_MEASURED)
        return NULL;
    gint64 worked = 0, usual;
    for (TmWeek week = last; week > last - PACE_WEEKS; week--) {
        Span span;
        gint64 days;
        const char *reason = span_of_week(issue, scope, TM_KPI_COST_METERED, week, &span);
        if (reason != NULL)
            return reason;
        if (!tm_series_value(issue, scope, TM_KPI_WORKING_DAYS, "", week, &days))
            return STRING(SILENT_PRESENCE);
        add_span(metered, span);
        worked += days;
    }
    if (worked <= 0 || !tm_series_value(issue, scope, TM_KPI_USUAL_DAYS, "", last, &usual))
        return STRING(SILENT_PRESENCE);
    *metered = scale_span(*metered, usual, worked);
    return NULL;
}

const char *tm_projection_span(const TmIssue *issue, const TmScope *scope, TmWeek week,
    guint weeks_in_month, Span *cost, gboolean *ends_later)
{
    TmWeek first = tm_series_month_start(week);
    gint64 weeks_left = (gint64)weeks_in_month - (week - first + 1);
    Span span, metered;
    *cost = (Span){0, 0};
    *ends_later = weeks_left > 0;
    for (TmWeek past = week; past >= first; past--) {
        const char *reason = span_of_week(issue, scope, TM_KPI_COST, past, &span);
        if (reason != NULL)
            return reason;
        add_span(cost, span);
    }
    if (weeks_left > 0) {
        const char *reason = span_of_week(issue, scope, TM_KPI_COST_SEATS, week, &span);
        if (reason == NULL)
            reason = metered_week(issue, scope, week, &metered);
        if (reason != NULL)
            return reason;
        add_span(&span, metered);
        add_span(cost, scale_span(span, weeks_left, 1));
    }
    gint64 step = tm_kpi(TM_KPI_COST)->step;
    *cost = (Span){tm_round_to(cost->low, step),
        cost->high == G_MAXINT64 ? G_MAXINT64 : tm_round_to(cost->high, step)};
    return NULL;
}

gboolean tm_projection_find(const TmIssue *issue, const TmScope *scope, TmProjection *projection)
{
    guint weeks_in_month;
    gint64 budget;
    Span cost;
    gboolean ends_later;
    if (!tm_issue_month_budget(issue, scope->id, &budget, &weeks_in_month) || budget <= 0 ||
        tm_projection_span(
            issue, scope, tm_issue_week(issue), weeks_in_month, &cost, &ends_later) != NULL ||
        cost.low != cost.high)
        return FALSE;
    *projection = (TmProjection){
        .micros = cost.low,
        .budget = budget,
        .percent = tm_scale_half_even(cost.low - budget, 100, budget),
        .projected = ends_later,
    };
    return TRUE;
}
