/*
 * The reporting month's cost: what the weeks so far cost, and what the rest will at the pace of
 * now. Seats cost the same each day; metered use follows working days.
 */
#include "series.h"

#define PACE_WEEKS 4

/* Metered cost of a usual week at the mean of the last four weeks; 0 without a metered source. */
static gboolean metered_week(const TmIssue *issue, const TmScope *scope, gint64 *micros)
{
    TmWeek last = tm_issue_week(issue);
    const TmCell *cell = tm_series_cell(issue, scope, TM_KPI_COST_METERED, last);
    *micros = 0;
    if (cell == NULL || cell->state == TM_CELL_NOT_MEASURED)
        return TRUE;
    gint64 metered = 0, worked = 0, usual;
    for (TmWeek week = last; week > last - PACE_WEEKS; week--) {
        gint64 value, days;
        if (!tm_series_value(issue, scope, TM_KPI_COST_METERED, "", week, &value) ||
            !tm_series_value(issue, scope, TM_KPI_WORKING_DAYS, "", week, &days))
            return FALSE;
        metered += value;
        worked += days;
    }
    if (worked <= 0 || !tm_series_value(issue, scope, TM_KPI_USUAL_DAYS, "", last, &usual))
        return FALSE;
    *micros = tm_scale_half_even(metered, usual, worked);
    return TRUE;
}

gboolean tm_projection_find(const TmIssue *issue, const TmScope *scope, TmProjection *projection)
{
    guint weeks_in_month;
    gint64 budget;
    if (!tm_issue_month_budget(issue, scope->id, &budget, &weeks_in_month) || budget <= 0)
        return FALSE;
    TmWeek last = tm_issue_week(issue);
    int year, month;
    tm_week_month(last, &year, &month);

    gint64 cost = 0;
    guint weeks_so_far = 0;
    for (TmWeek week = last;; week--) {
        int week_year, week_month;
        gint64 value;
        tm_week_month(week, &week_year, &week_month);
        if (week_year != year || week_month != month)
            break;
        if (!tm_series_value(issue, scope, TM_KPI_COST, "", week, &value))
            return FALSE;
        cost += value;
        weeks_so_far++;
    }
    gint64 weeks_left = (gint64)weeks_in_month - weeks_so_far;
    if (weeks_left > 0) {
        gint64 seats, metered;
        if (!tm_series_value(issue, scope, TM_KPI_COST_SEATS, "", last, &seats) ||
            !metered_week(issue, scope, &metered))
            return FALSE;
        cost += weeks_left * (seats + metered);
    }
    *projection = (TmProjection){
        .micros = tm_round_to(cost, tm_kpi(TM_KPI_COST)->step),
        .budget = budget,
        .percent = tm_scale_half_even(cost - budget, 100, budget),
        .projected = weeks_left > 0,
    };
    return TRUE;
}
