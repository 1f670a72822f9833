/*
 * Counts of people that the organisation and its departments have each: who gained and lost the
 * habit, who has not started, whose licence lies unused. Nobody is in two departments, so what the
 * organisation has beyond the printed departments is a count too, and must be one that may be
 * printed; else the smallest printed department is held back.
 */
#include "disclosure.h"

/* A flow and what is left of its whole without it must both be two or more, and so must what flows
 * the other way. */
typedef struct Flow {
    TmKpiId kpi, whole, beside;
} Flow;

static const Flow flows[] = {
    {TM_KPI_GAINED_USERS, TM_KPI_COUNT, TM_KPI_LOST_USERS},
    {TM_KPI_LOST_USERS, TM_KPI_COUNT, TM_KPI_GAINED_USERS},
    {TM_KPI_NEW_USERS, TM_KPI_GAINED_USERS, TM_KPI_LOST_USERS},
    {TM_KPI_LAPSED_USERS, TM_KPI_LOST_USERS, TM_KPI_GAINED_USERS},
    {TM_KPI_LEFT_USERS, TM_KPI_LOST_USERS, TM_KPI_GAINED_USERS},
    {TM_KPI_AWAY_USERS, TM_KPI_LOST_USERS, TM_KPI_GAINED_USERS},
};

#define LEAST_FLOW 2

static const Flow *flow_of(TmKpiId kpi)
{
    for (gsize i = 0; i < G_N_ELEMENTS(flows); i++)
        if (flows[i].kpi == kpi)
            return &flows[i];
    return NULL;
}

/* What a group has, or what is left of one: counts by KPI, and licensed people. */
typedef struct Group {
    gint64 value[TM_KPI_COUNT];
    gint64 licensed;
} Group;

static gint64 value_of(const TmDisclosure *disclosure, guint scope, TmKpiId kpi)
{
    const TmFigure *figure = tm_disclosure_figure(disclosure, scope, kpi);
    return figure == NULL ? 0 : figure->value;
}

static Group group_of(const TmDisclosure *disclosure, guint scope)
{
    Group group = {.licensed = value_of(disclosure, scope, TM_KPI_LICENSED)};
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
        if (tm_kpi((TmKpiId)kpi)->aggregation == TM_AGGREGATE_COUNT)
            group.value[kpi] = value_of(disclosure, scope, (TmKpiId)kpi);
    return group;
}

static gboolean may_print(const TmDisclosure *disclosure, const Group *group, TmKpiId kpi)
{
    gint64 value = group->value[kpi];
    const Flow *flow = flow_of(kpi);
    if (group->licensed < tm_people_needed(tm_kpi(kpi), disclosure->options))
        return FALSE;
    if (kpi == TM_KPI_SLOW_STARTERS)
        return group->value[TM_KPI_STARTERS] >= disclosure->options->minimum_people &&
               !tm_is_extreme(value, group->value[TM_KPI_STARTERS]);
    if (flow == NULL)
        return value >= disclosure->options->minimum_people &&
               !tm_is_extreme(value, group->licensed);
    return value >= LEAST_FLOW && group->value[flow->beside] >= LEAST_FLOW &&
           (flow->whole == TM_KPI_COUNT || group->value[flow->whole] - value >= LEAST_FLOW);
}

/* What the organisation may say of a count that may not be printed. */
static void say_less(const TmDisclosure *disclosure, TmCell *cell, const TmFigure *figure)
{
    gint64 minimum = disclosure->options->minimum_people;
    cell->state = TM_CELL_NOT_SHOWN;
    if (figure->kpi == TM_KPI_SLOW_STARTERS && figure->base >= minimum) {
        tm_band_count(cell, figure->value, figure->base);
    } else if (flow_of(figure->kpi) == NULL && figure->value < minimum) {
        cell->state = TM_CELL_BAND;
        cell->low = 0;
        cell->high = minimum - 1;
    }
}

/* With flows, active users of one week follow from those of the other: bands must stay bands. */
static gboolean flows_may_be_told(const TmDisclosure *disclosure, guint scope, TmKpiId kpi)
{
    return flow_of(kpi) == NULL ||
           tm_week_cell(disclosure->cells, scope, TM_KPI_ACTIVE_USERS)->state == TM_CELL_VALUE;
}

static void decide_organisation(const TmDisclosure *disclosure, TmKpiId kpi)
{
    const TmFigure *figure = tm_disclosure_figure(disclosure, 0, kpi);
    TmCell *cell = tm_week_cell(disclosure->cells, 0, kpi);
    Group group = group_of(disclosure, 0);
    cell->flags = figure->flags;
    if (figure->flags & TM_FIGURE_NOT_MEASURED) {
        cell->state = TM_CELL_NOT_MEASURED;
    } else if (may_print(disclosure, &group, kpi) && flows_may_be_told(disclosure, 0, kpi)) {
        cell->state = TM_CELL_VALUE;
        cell->value = figure->value;
    } else {
        say_less(disclosure, cell, figure);
    }
}

static gboolean is_printed(const TmDisclosure *disclosure, guint scope, TmKpiId kpi)
{
    return tm_week_cell(disclosure->cells, scope, kpi)->state == TM_CELL_VALUE;
}

/* The organisation without its printed departments. */
static Group rest_of(const TmDisclosure *disclosure, TmKpiId kpi)
{
    Group rest = group_of(disclosure, 0);
    for (guint scope = 1; scope < disclosure->cells->scopes; scope++) {
        if (tm_cells_scope(disclosure->cells, scope)->kind != TM_SCOPE_DEPARTMENT ||
            !is_printed(disclosure, scope, kpi))
            continue;
        Group department = group_of(disclosure, scope);
        rest.licensed -= department.licensed;
        for (int other = 0; other < TM_KPI_COUNT; other++)
            rest.value[other] -= department.value[other];
    }
    return rest;
}

/* The printed department with the fewest licensed people; 0: none. */
static guint smallest_printed(const TmDisclosure *disclosure, TmKpiId kpi)
{
    guint smallest = 0;
    for (guint scope = 1; scope < disclosure->cells->scopes; scope++)
        if (tm_cells_scope(disclosure->cells, scope)->kind == TM_SCOPE_DEPARTMENT &&
            is_printed(disclosure, scope, kpi) &&
            (smallest == 0 || value_of(disclosure, scope, TM_KPI_LICENSED) <
                                  value_of(disclosure, smallest, TM_KPI_LICENSED)))
            smallest = scope;
    return smallest;
}

static void decide_departments(const TmDisclosure *disclosure, TmKpiId kpi)
{
    gboolean whole_is_printed = is_printed(disclosure, 0, kpi);
    for (guint scope = 1; scope < disclosure->cells->scopes; scope++) {
        const TmFigure *figure = tm_disclosure_figure(disclosure, scope, kpi);
        TmCell *cell = tm_week_cell(disclosure->cells, scope, kpi);
        if (figure == NULL || tm_cells_scope(disclosure->cells, scope)->kind != TM_SCOPE_DEPARTMENT)
            continue;
        Group group = group_of(disclosure, scope);
        cell->flags = figure->flags;
        cell->state = TM_CELL_NOT_SHOWN;
        if (figure->flags & TM_FIGURE_NOT_MEASURED) {
            cell->state = TM_CELL_NOT_MEASURED;
        } else if (whole_is_printed && may_print(disclosure, &group, kpi) &&
                   flows_may_be_told(disclosure, scope, kpi)) {
            cell->state = TM_CELL_VALUE;
            cell->value = figure->value;
        }
    }
    for (;;) {
        guint smallest = smallest_printed(disclosure, kpi);
        Group rest = rest_of(disclosure, kpi);
        if (smallest == 0 || (rest.licensed == 0 && rest.value[kpi] == 0) ||
            may_print(disclosure, &rest, kpi))
            return;
        TmCell *cell = tm_week_cell(disclosure->cells, smallest, kpi);
        cell->state = TM_CELL_NOT_SHOWN;
        cell->value = 0;
    }
}

void tm_disclose_counts(const TmDisclosure *disclosure)
{
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++) {
        if (tm_kpi((TmKpiId)kpi)->aggregation != TM_AGGREGATE_COUNT ||
            tm_disclosure_figure(disclosure, 0, (TmKpiId)kpi) == NULL)
            continue;
        decide_organisation(disclosure, (TmKpiId)kpi);
        decide_departments(disclosure, (TmKpiId)kpi);
    }
}
