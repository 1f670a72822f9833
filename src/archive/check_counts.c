/*
 * The program's own look at counts and cuts: rules 5 to 7 from the exact figures, and what is left
 * of the organisation beside its printed departments. None of the code that made the decisions.
 */
#include "check.h"

#include <string.h>

/* Fewer than this of a flow tell of one person. */
#define LEAST_FLOW 2

static const TmFigure *part_of(const TmCheck *check, guint scope, TmKpiId kpi, const char *part)
{
    for (guint i = 0; i < check->parts[scope]->len; i++) {
        const TmFigure *figure = check->parts[scope]->pdata[i];
        if (figure->kpi == kpi && strcmp(figure->part, part) == 0)
            return figure;
    }
    return NULL;
}

static gint64 licensed_of(const TmCheck *check, guint scope)
{
    const TmFigure *figure = check->figures[(gsize)scope * TM_KPI_COUNT + TM_KPI_LICENSED];
    return figure == NULL ? 0 : figure->value;
}

static gint64 least_group(const TmCheck *check, TmKpiId kpi)
{
    guint asked = tm_kpi(kpi)->minimum_people;
    return asked == 0 || asked == 5 ? check->options->minimum_people
           : asked == 12            ? check->options->distribution_people
                                    : check->options->cross_cut_people;
}

static gboolean is_flow(TmKpiId kpi)
{
    return kpi == TM_KPI_GAINED_USERS || kpi == TM_KPI_LOST_USERS || kpi == TM_KPI_NEW_USERS ||
           kpi == TM_KPI_LAPSED_USERS || kpi == TM_KPI_LEFT_USERS || kpi == TM_KPI_AWAY_USERS;
}

/* The least count that may be seen or worked out. */
static gint64 least_count(const TmCheck *check, TmKpiId kpi)
{
    return is_flow(kpi) || kpi == TM_KPI_SLOW_STARTERS ? LEAST_FLOW
                                                       : check->options->minimum_people;
}

/* ---- Counts ------------------------------------------------------------------------------ */

static gboolean check_count(const TmCheck *check, TmKpiId kpi)
{
    gint64 people_left = 0, count_left = 0;
    gboolean any = FALSE;
    for (guint scope = 0; scope < check->cells->scopes; scope++) {
        const TmCell *cell = tm_week_cell(check->cells, scope, kpi);
        gint64 sign = scope == 0 ? 1 : -1;
        if (cell->state != TM_CELL_VALUE)
            continue;
        if (licensed_of(check, scope) < least_group(check, kpi))
            return tm_check_fail(check, 7, cell);
        if (cell->value < least_count(check, kpi))
            return tm_check_fail(check, 5, cell);
        if (is_flow(kpi) &&
            tm_week_cell(check->cells, scope, TM_KPI_ACTIVE_USERS)->state != TM_CELL_VALUE)
            return tm_check_fail(check, 6, cell);
        any |= scope > 0;
        people_left += sign * licensed_of(check, scope);
        count_left += sign * cell->value;
    }
    if (any && people_left != 0 && count_left < least_count(check, kpi))
        return tm_check_fail(check, 5, tm_week_cell(check->cells, 0, kpi));
    return TRUE;
}

/* ---- Cuts -------------------------------------------------------------------------------- */

static const TmCell *printed_cell(const TmCheck *check, guint scope, TmKpiId kpi, const char *part)
{
    const GArray *cells = check->cells->by_part[scope];
    for (guint i = 0; i < cells->len; i++) {
        const TmCell *cell = &g_array_index(cells, TmCell, i);
        if (cell->kpi == kpi && cell->state == TM_CELL_VALUE && strcmp(cell->part, part) == 0)
            return cell;
    }
    return NULL;
}

/* What stands behind a printed part: its figure, or those that no printed part names. */
static TmFigure behind(const TmCheck *check, guint scope, const TmCell *cell)
{
    TmFigure sum = {.kpi = cell->kpi};
    gboolean other = strcmp(cell->part, TM_PART_OTHER) == 0;
    for (guint i = 0; i < check->parts[scope]->len; i++) {
        const TmFigure *figure = check->parts[scope]->pdata[i];
        if (figure->kpi != cell->kpi)
            continue;
        if (other ? printed_cell(check, scope, cell->kpi, figure->part) != NULL
                  : strcmp(figure->part, cell->part) != 0)
            continue;
        sum.value += figure->value;
        sum.people = MAX(sum.people, figure->people);
        sum.largest += figure->largest; /* one person may have the largest of each */
        sum.second += figure->second;
    }
    return sum;
}

static gboolean check_part(const TmCheck *check, guint scope, const TmCell *cell)
{
    TmFigure sum = behind(check, scope, cell);
    gint64 others = sum.value - sum.largest - sum.second;
    if (licensed_of(check, scope) < least_group(check, cell->kpi))
        return tm_check_fail(check, 7, cell);
    if (tm_week_cell(check->cells, scope, tm_kpi(cell->kpi)->whole)->state != TM_CELL_VALUE)
        return tm_check_fail(check, 6, cell);
    if (sum.people < check->options->minimum_people)
        return tm_check_fail(check, 7, cell);
    if (tm_kpi(cell->kpi)->money_rule &&
        (TmWide)others * 100 < (TmWide)check->options->p_percent * sum.largest)
        return tm_check_fail(check, 5, cell);
    return TRUE;
}

/* A part of the organisation, seen beside those departments that print it. */
static gboolean check_part_left(const TmCheck *check, const TmCell *cell)
{
    const TmFigure *whole = part_of(check, 0, cell->kpi, cell->part);
    gint64 people = whole == NULL ? 0 : whole->people, licensed = licensed_of(check, 0);
    gboolean any = FALSE;
    for (guint scope = 1; whole != NULL && scope < check->cells->scopes; scope++) {
        if (printed_cell(check, scope, cell->kpi, cell->part) == NULL)
            continue;
        any = TRUE;
        people -= part_of(check, scope, cell->kpi, cell->part)->people;
        licensed -= licensed_of(check, scope);
    }
    if (any && licensed != 0 && people < check->options->minimum_people)
        return tm_check_fail(check, 7, cell);
    return TRUE;
}

/* The other parts of the organisation, seen beside departments that have put the same together. */
static gboolean check_other_left(const TmCheck *check, const TmCell *cell)
{
    gint64 most = 0, licensed = licensed_of(check, 0);
    gboolean any = FALSE;
    g_autofree gboolean *same = g_new0(gboolean, check->cells->scopes);
    for (guint scope = 1; scope < check->cells->scopes; scope++) {
        guint printed = 0, missing = 0;
        for (guint i = 0; i < check->parts[scope]->len; i++) {
            const TmFigure *figure = check->parts[scope]->pdata[i];
            gboolean here = figure->kpi == cell->kpi &&
                            printed_cell(check, scope, cell->kpi, figure->part) != NULL;
            printed += here;
            missing += figure->kpi == cell->kpi && !here &&
                       printed_cell(check, 0, cell->kpi, figure->part) != NULL;
        }
        same[scope] = printed > 0 && missing == 0;
        any |= same[scope];
        licensed -= same[scope] ? licensed_of(check, scope) : 0;
    }
    for (guint i = 0; i < check->parts[0]->len; i++) {
        const TmFigure *figure = check->parts[0]->pdata[i];
        if (figure->kpi != cell->kpi || printed_cell(check, 0, cell->kpi, figure->part) != NULL)
            continue;
        gint64 people = figure->people;
        for (guint scope = 1; scope < check->cells->scopes; scope++) {
            const TmFigure *part =
                same[scope] ? part_of(check, scope, cell->kpi, figure->part) : NULL;
            people -= part == NULL ? 0 : (gint64)part->people;
        }
        most = MAX(most, people);
    }
    if (any && licensed != 0 && most < check->options->minimum_people)
        return tm_check_fail(check, 7, cell);
    return TRUE;
}

static gboolean check_cuts(const TmCheck *check)
{
    for (guint scope = 0; scope < check->cells->scopes; scope++) {
        const GArray *cells = check->cells->by_part[scope];
        for (guint i = 0; i < cells->len; i++) {
            const TmCell *cell = &g_array_index(cells, TmCell, i);
            if (tm_kpi_is_of_seats(cell->kpi) || cell->state != TM_CELL_VALUE)
                continue;
            gboolean other = strcmp(cell->part, TM_PART_OTHER) == 0;
            if (!check_part(check, scope, cell) ||
                (scope == 0 && !other && !check_part_left(check, cell)) ||
                (scope == 0 && other && !check_other_left(check, cell)))
                return FALSE;
        }
    }
    return TRUE;
}

gboolean tm_check_counts(const TmCheck *check)
{
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
        if (tm_kpi((TmKpiId)kpi)->aggregation == TM_AGGREGATE_COUNT &&
            !check_count(check, (TmKpiId)kpi))
            return FALSE;
    return check_cuts(check);
}
