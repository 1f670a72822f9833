/*
 * The program's own look at what it is about to publish: rules 1–7 and 10 from the exact figures,
 * with none of the code that made the decisions. It fails closed.
 */
#include "check.h"

gboolean tm_check_fail(const TmCheck *check, int rule, const TmCell *cell)
{
    g_autofree char *week = tm_week_format(cell->week);
    g_set_error(check->error, TM_ERROR, TM_ERROR_INTERNAL,
        "disclosure check, rule %d: %s of %s in %s may not be printed; nothing was published", rule,
        tm_kpi(cell->kpi)->key, cell->scope, week);
    return FALSE;
}

static const TmScope *scope_at(const TmCheck *check, guint scope)
{
    return g_ptr_array_index(check->cells->partition->scopes, scope);
}

static gboolean is_group(TmScopeKind kind)
{
    return kind == TM_SCOPE_ORGANISATION || kind == TM_SCOPE_DEPARTMENT || kind == TM_SCOPE_BLOCK;
}

/* Rule 1: every group has the minimum of licensed people. */
static gboolean check_sizes(const TmCheck *check)
{
    for (guint i = 0; i < check->week->figures->len; i++) {
        const TmFigure *figure = &g_array_index(check->week->figures, TmFigure, i);
        if (figure->kpi == TM_KPI_LICENSED && is_group(scope_at(check, figure->scope)->kind) &&
            figure->value < check->options->minimum_people)
            return tm_check_fail(check, 1, tm_week_cell(check->cells, figure->scope, figure->kpi));
    }
    return TRUE;
}

/* Rules 5, 6 and 7 for one printed figure. */
static gboolean check_figure(const TmCheck *check, const TmFigure *figure, const TmCell *cell)
{
    const TmKpi *kpi = tm_kpi(figure->kpi);
    gint64 minimum = check->options->minimum_people;
    if (cell->state != TM_CELL_VALUE)
        return TRUE;
    if (kpi->aggregation == TM_AGGREGATE_MEAN && figure->people < minimum)
        return tm_check_fail(check, 5, cell);
    if (kpi->aggregation == TM_AGGREGATE_DISTRIBUTION &&
        figure->people < check->options->distribution_people)
        return tm_check_fail(check, 7, cell);
    if (kpi->money_rule && figure->people != 0 && figure->people < minimum)
        return tm_check_fail(check, 5, cell);
    gint64 others = figure->value - figure->largest - figure->second;
    if (kpi->money_rule &&
        (TmWide)others * 100 < (TmWide)check->options->p_percent * figure->largest)
        return tm_check_fail(check, 5, cell);
    gboolean counts_people = kpi->aggregation == TM_AGGREGATE_SUM && kpi->unit == TM_UNIT_PEOPLE &&
                             figure->kpi != TM_KPI_LICENSED;
    if (counts_people && (figure->value < 2 || figure->base - figure->value < 2))
        return tm_check_fail(check, 6, cell);
    return TRUE;
}

static gboolean check_figures(const TmCheck *check)
{
    for (guint i = 0; i < check->week->figures->len; i++) {
        const TmFigure *figure = &g_array_index(check->week->figures, TmFigure, i);
        if (*figure->part == '\0' &&
            !check_figure(check, figure, tm_week_cell(check->cells, figure->scope, figure->kpi)))
            return FALSE;
    }
    return TRUE;
}

/* Rules 2, 3 and 6: printed parts add up to the printed whole, and a cell that is not printed is
 * not the only one of its sum. */
static gboolean check_sum(const TmCheck *check, guint parent, TmKpiId kpi)
{
    const TmCell *whole = tm_week_cell(check->cells, parent, kpi);
    gint64 sum = 0;
    guint printed = 0, hidden = 0;
    for (guint scope = parent; tm_cells_next_part(check->cells, parent, kpi, &scope);) {
        const TmCell *part = tm_week_cell(check->cells, scope, kpi);
        if (part->state == TM_CELL_VALUE) {
            printed++;
            sum += part->value;
        } else if (part->state == TM_CELL_BAND) {
            hidden++;
        }
    }
    if (whole->state == TM_CELL_VALUE && hidden == 1)
        return tm_check_fail(check, 6, whole);
    if (whole->state == TM_CELL_VALUE && hidden == 0 && printed > 0 && sum != whole->value)
        return tm_check_fail(check, 3, whole);
    if (whole->state == TM_CELL_BAND && hidden == 0 && printed > 0)
        return tm_check_fail(check, 6, whole);
    return TRUE;
}

static gboolean check_sums(const TmCheck *check)
{
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++) {
        if (!tm_adds_up((TmKpiId)kpi))
            continue;
        for (guint scope = 0; scope < check->cells->scopes; scope++)
            if (is_group(scope_at(check, scope)->kind) &&
                scope_at(check, scope)->kind != TM_SCOPE_BLOCK &&
                !check_sum(check, scope, (TmKpiId)kpi))
                return FALSE;
    }
    return TRUE;
}

/* Rule 6 for slots: a printed total does not give away its only slot that is not printed. */
static gboolean check_slots(const TmCheck *check)
{
    for (guint scope = 0; scope < check->cells->scopes; scope++) {
        const TmCell *whole = tm_week_cell(check->cells, scope, TM_KPI_TOKENS);
        guint hidden = 0;
        for (guint i = 0; i < tm_kpi(TM_KPI_TOKENS)->part_count; i++)
            hidden += tm_week_cell(check->cells, scope, tm_kpi(TM_KPI_TOKENS)->parts[i])->state ==
                      TM_CELL_BAND;
        if (whole->state == TM_CELL_VALUE && hidden == 1)
            return tm_check_fail(check, 6, whole);
    }
    return TRUE;
}

/* Rule 10: a printed ratio follows from two printed numbers. */
static gboolean check_ratios(const TmCheck *check)
{
    for (guint scope = 0; scope < check->cells->scopes; scope++) {
        for (int id = 0; id < TM_KPI_COUNT; id++) {
            const TmKpi *kpi = tm_kpi((TmKpiId)id);
            const TmCell *cell = tm_week_cell(check->cells, scope, (TmKpiId)id);
            if (kpi->aggregation != TM_AGGREGATE_RATIO || kpi->by != TM_PART_NONE ||
                cell->state != TM_CELL_VALUE)
                continue;
            if (tm_week_cell(check->cells, scope, kpi->numerator)->state != TM_CELL_VALUE ||
                tm_week_cell(check->cells, scope, kpi->denominator)->state != TM_CELL_VALUE)
                return tm_check_fail(check, 10, cell);
        }
    }
    return TRUE;
}

static void index_figures(TmCheck *check)
{
    guint scopes = check->cells->scopes;
    check->figures = g_new0(const TmFigure *, (gsize)scopes *TM_KPI_COUNT);
    check->parts = g_new0(GPtrArray *, scopes);
    for (guint scope = 0; scope < scopes; scope++)
        check->parts[scope] = g_ptr_array_new();
    for (guint i = 0; i < check->week->figures->len; i++) {
        TmFigure *figure = &g_array_index(check->week->figures, TmFigure, i);
        if (*figure->part == '\0')
            check->figures[(gsize)figure->scope * TM_KPI_COUNT + figure->kpi] = figure;
        else
            g_ptr_array_add(check->parts[figure->scope], figure);
    }
}

gboolean tm_disclosure_check(const TmWeekCells *cells, const TmMeasuredWeek *week,
    const TmPublishOptions *options, GError **error)
{
    TmCheck check = {.cells = cells, .week = week, .options = options, .error = error};
    index_figures(&check);
    gboolean fine = check_sizes(&check) && check_figures(&check) && check_sums(&check) &&
                    check_slots(&check) && check_ratios(&check) && tm_check_counts(&check);
    for (guint scope = 0; scope < cells->scopes; scope++)
        g_ptr_array_unref(check.parts[scope]);
    g_free(check.parts);
    g_free(check.figures);
    return fine;
}
