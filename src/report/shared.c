/*
 * What several families of elements need: cells, charts over weeks, rows of teams.
 */
#include "binder.h"
#include "strings.h"

#define MOST_BLOCKS 30 /* above it the table holds departments */

const TmCell *binder_cell(const Binder *binder, const TmScope *scope, TmKpiId kpi)
{
    return tm_issue_cell(binder->issue, scope->id, kpi, "", binder->week);
}

TmWeek binder_first_week(const Binder *binder, guint weeks)
{
    return MAX(binder->week - (TmWeek)weeks + 1, tm_issue_first_week(binder->issue));
}

double binder_chart_value(TmUnit unit, gint64 value)
{
    return (double)value / (double)tm_unit_scale(unit);
}

static TmNumberForm number_form(TmUnit unit)
{
    switch (unit) {
    case TM_UNIT_PERCENT:
        return TM_NUMBER_PERCENT;
    case TM_UNIT_TOKENS:
        return TM_NUMBER_TOKENS;
    case TM_UNIT_MONEY:
        return TM_NUMBER_MONEY;
    case TM_UNIT_DAYS:
        return TM_NUMBER_DAYS;
    default:
        return TM_NUMBER_COUNT;
    }
}

TmPoint binder_point(TmKpiId kpi, const TmCell *cell)
{
    TmPoint point = {.state = TM_POINT_NOT_MEASURED};
    if (cell == NULL || cell->state == TM_CELL_NOT_MEASURED)
        return point;
    TmUnit unit = tm_kpi(kpi)->unit;
    point.incomplete = (cell->flags & TM_FIGURE_INCOMPLETE) != 0;
    if (cell->state == TM_CELL_NOT_SHOWN) {
        point.state = TM_POINT_NOT_SHOWN;
    } else if (cell->state == TM_CELL_BAND && cell->high == G_MAXINT64) {
        point.state = TM_POINT_NOT_SHOWN; /* an open band has no upper end to draw */
    } else if (cell->state == TM_CELL_BAND) {
        point.state = TM_POINT_BAND;
        point.low = binder_chart_value(unit, cell->low);
        point.high = binder_chart_value(unit, cell->high);
    } else {
        point.state =
            (cell->flags & TM_FIGURE_ESTIMATED) != 0 ? TM_POINT_ESTIMATED : TM_POINT_MEASURED;
        point.value = binder_chart_value(unit, cell->value);
    }
    return point;
}

TmChart *binder_chart(const Binder *binder, TmChartForm form, TmKpiId kpi, TmWeek first)
{
    TmChart *chart = tm_chart_new(form, number_form(tm_kpi(kpi)->unit));
    if (tm_kpi(kpi)->unit == TM_UNIT_MONEY)
        chart->currency = g_strdup(binder->currency);
    for (TmWeek week = first; week <= binder->week; week++) {
        g_autofree char *label = tm_format_week(week);
        tm_chart_add_label(chart, label);
    }
    return chart;
}

void binder_add_series(
    const Binder *binder, TmChart *chart, TmKpiId kpi, const char *name, TmInk ink, TmWeek first)
{
    TmSeries *series = tm_chart_add_series(chart, name, ink);
    for (TmWeek week = first; week <= binder->week; week++)
        tm_series_add(series, binder_point(kpi, tm_issue_cell(binder->issue,
                                                    binder->organisation->id, kpi, "", week)));
}

gboolean binder_target(const Binder *binder, TmKpiId kpi, gint64 *target)
{
    gint64 lower, upper;
    const char *organisation = binder->organisation->id;
    if (kpi == TM_KPI_COST)
        return tm_issue_budget(binder->issue, organisation, binder->week, target) && *target > 0;
    return tm_issue_goal(binder->issue, organisation, kpi, target, &lower, &upper) &&
           *target != G_MININT64;
}

gboolean binder_has_alert(const Binder *binder, TmKpiId kpi)
{
    TmAlertKind kind = kpi == TM_KPI_COST ? TM_ALERT_COST_SPIKE : TM_ALERT_ADOPTION_DROP;
    return (kpi == TM_KPI_COST || kpi == TM_KPI_ADOPTION) &&
           tm_alerts_of_scope(binder->alerts, kind, binder->organisation) != NULL;
}

const char *binder_symbol(int direction)
{
    return direction > 0 ? "▲ " : direction < 0 ? "▼ " : "■ ";
}

/* Function by name, groups without one last; the order of scopes within. */
static int compare_functions(gconstpointer a, gconstpointer b)
{
    const TmScope *left = *(const TmScope *const *)a, *right = *(const TmScope *const *)b;
    if ((left->function == NULL) != (right->function == NULL))
        return left->function == NULL ? 1 : -1;
    int order = g_strcmp0(left->function, right->function);
    if (order != 0)
        return order;
    if (left->merged != right->merged)
        return left->merged ? 1 : -1;
    order = g_strcmp0(left->name, right->name);
    return order != 0 ? order : g_strcmp0(left->id, right->id);
}

static GPtrArray *scopes_of_kind(const Binder *binder, TmScopeKind kind)
{
    GPtrArray *rows = g_ptr_array_new();
    const GPtrArray *scopes = tm_issue_scopes(binder->issue);
    for (guint i = 0; i < scopes->len; i++) {
        TmScope *scope = scopes->pdata[i];
        if (scope->kind == kind && scope->own_line)
            g_ptr_array_add(rows, scope);
    }
    return rows;
}

GPtrArray *binder_rows(const Binder *binder)
{
    g_autoptr(GPtrArray) rows = scopes_of_kind(binder, TM_SCOPE_BLOCK);
    if (rows->len > MOST_BLOCKS)
        return scopes_of_kind(binder, TM_SCOPE_DEPARTMENT);
    g_ptr_array_sort(rows, compare_functions);
    return g_steal_pointer(&rows);
}

char *binder_brief_cell(const Binder *binder, TmKpiId kpi, const TmCell *cell)
{
    if (cell != NULL && cell->state == TM_CELL_NOT_SHOWN)
        return g_strdup(TEXT(NOT_SHOWN));
    g_autofree char *text = tm_format_cell(binder->issue, kpi, cell, TRUE);
    if (cell != NULL && (cell->flags & TM_FIGURE_INCOMPLETE) != 0 &&
        (cell->state == TM_CELL_VALUE || cell->state == TM_CELL_BAND))
        return tm_text_fill(TEXT(CELL_INCOMPLETE), "value", text, NULL);
    return g_steal_pointer(&text);
}

GPtrArray *binder_tools_with_seats(const Binder *binder)
{
    GPtrArray *rows = g_ptr_array_new();
    const GArray *tools = tm_issue_tools(binder->issue);
    for (guint i = 0; i < tools->len; i++) {
        TmIssueTool *tool = &g_array_index(tools, TmIssueTool, i);
        const TmCell *held = tm_issue_cell(
            binder->issue, binder->organisation->id, TM_KPI_SEATS_HELD, tool->key, binder->week);
        if (held != NULL && held->state != TM_CELL_NOT_MEASURED)
            g_ptr_array_add(rows, tool);
    }
    return rows;
}
