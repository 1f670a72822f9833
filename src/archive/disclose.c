/* The decision about each figure: see disclosure.h. */
#include "disclosure.h"

TmCell *tm_week_cell(const TmWeekCells *cells, guint scope, TmKpiId kpi)
{
    return &cells->grid[(gsize)scope * TM_KPI_COUNT + kpi];
}

gint64 *tm_week_published(const TmWeekCells *cells, guint scope, TmKpiId kpi)
{
    return &cells->published[(gsize)scope * TM_KPI_COUNT + kpi];
}

static gboolean is_measured(const TmWeekCells *cells, guint scope, TmKpiId kpi)
{
    return tm_week_cell(cells, scope, kpi)->state != TM_CELL_NOT_MEASURED;
}

gboolean tm_cells_next_part(const TmWeekCells *cells, guint parent, TmKpiId kpi, guint *scope)
{
    for ((*scope)++; *scope < cells->scopes; (*scope)++) {
        const TmScope *next = tm_cells_scope(cells, *scope);
        if (parent > 0)
            return next->parent == parent;
        gboolean is_block = next->kind == TM_SCOPE_BLOCK;
        if (is_block ? !is_measured(cells, next->parent, kpi) : is_measured(cells, *scope, kpi))
            return TRUE;
    }
    return FALSE;
}

gboolean tm_adds_up(TmKpiId kpi)
{
    return tm_kpi(kpi)->aggregation == TM_AGGREGATE_SUM ||
           (tm_kpi(kpi)->aggregation == TM_AGGREGATE_TOTAL && tm_kpi(kpi)->money_rule);
}

/* ---- Sums of blocks ---------------------------------------------------------------------- */

static gboolean is_count_of_people(const TmKpi *kpi)
{
    return kpi->unit == TM_UNIT_PEOPLE;
}

/* Rule 5: who contributed are the minimum or more (or nobody at all), and without the two largest
 * contributions at least p % of the largest remains. */
gboolean tm_is_concentrated(const TmFigure *figure, const TmPublishOptions *options)
{
    gint64 rest = figure->value - figure->largest - figure->second;
    if (figure->people > 0 && figure->people < options->minimum_people)
        return TRUE;
    return (TmWide)rest * 100 < (TmWide)figure->largest * options->p_percent;
}

/* Whether the exact sum of a group may be printed. */
static gboolean may_print_sum(const TmDisclosure *context, const TmFigure *figure)
{
    const TmKpi *kpi = tm_kpi(figure->kpi);
    if (figure->kpi == TM_KPI_LICENSED)
        return TRUE;
    if (is_count_of_people(kpi))
        return !tm_is_extreme(figure->value, figure->base);
    if (kpi->money_rule)
        return !tm_is_concentrated(figure, context->options);
    return TRUE;
}

static void band_sum(TmCell *cell, gint64 value, gint64 base)
{
    if (is_count_of_people(tm_kpi(cell->kpi)))
        tm_band_count(cell, value, base);
    else
        tm_band_magnitude(cell, value);
}

/* A department that is not measured as a whole still has blocks that are. */
static gboolean adds_to_parent(const TmCell *cell, TmScopeKind kind)
{
    return cell->state == TM_CELL_VALUE || cell->state == TM_CELL_BAND ||
           (cell->state == TM_CELL_NOT_MEASURED && kind == TM_SCOPE_DEPARTMENT);
}

/* Unassigned use is shown whole or waits: enough accounts, and no slot of the tokens that one or
 * two of them make up. */
static gboolean may_print_unassigned(
    const TmDisclosure *context, guint scope, const TmFigure *figure)
{
    if (figure->base < context->options->minimum_people)
        return FALSE;
    const TmKpi *tokens = tm_kpi(TM_KPI_TOKENS);
    gboolean is_token_slot = figure->kpi == TM_KPI_TOKENS;
    for (guint i = 0; i < tokens->part_count; i++)
        is_token_slot |= tokens->parts[i] == figure->kpi;
    if (!is_token_slot)
        return may_print_sum(context, figure);
    const TmFigure *headline = tm_disclosure_figure(context, scope, TM_KPI_TOKENS);
    if (headline != NULL && !may_print_sum(context, headline))
        return FALSE;
    for (guint i = 0; i < tokens->part_count; i++) {
        const TmFigure *slot = tm_disclosure_figure(context, scope, tokens->parts[i]);
        if (slot != NULL && !may_print_sum(context, slot))
            return FALSE;
    }
    return TRUE;
}

/* Sets the state of a cell whose published value is known. */
static void settle_sum(const TmDisclosure *context, guint scope, TmKpiId kpi)
{
    const TmFigure *figure = tm_disclosure_figure(context, scope, kpi);
    TmCell *cell = tm_week_cell(context->cells, scope, kpi);
    gint64 *published = tm_week_published(context->cells, scope, kpi);
    if (tm_cells_scope(context->cells, scope)->kind == TM_SCOPE_UNASSIGNED &&
        !may_print_unassigned(context, scope, figure)) {
        cell->state = TM_CELL_NOT_SHOWN;
        *published = 0;
        return;
    }
    cell->state = TM_CELL_VALUE;
    cell->value = *published;
    if (!may_print_sum(context, figure))
        band_sum(cell, *published, figure->base);
}

/*
 * For a block the published value is its own, for a larger group the sum over its parts, so that
 * printed parts add up to the printed whole.
 */
static void sum_cell(const TmDisclosure *context, guint scope, TmKpiId kpi)
{
    const TmFigure *figure = tm_disclosure_figure(context, scope, kpi);
    TmCell *cell = tm_week_cell(context->cells, scope, kpi);
    if (figure == NULL)
        return;
    cell->flags = figure->flags;
    if (figure->flags & TM_FIGURE_NOT_MEASURED) {
        cell->state = TM_CELL_NOT_MEASURED;
        return;
    }
    TmScopeKind kind = tm_cells_scope(context->cells, scope)->kind;
    if (kind != TM_SCOPE_ORGANISATION && kind != TM_SCOPE_DEPARTMENT)
        *tm_week_published(context->cells, scope, kpi) =
            tm_round_to(figure->value, tm_kpi(kpi)->step);
    settle_sum(context, scope, kpi);
}

static void sum_cells(const TmDisclosure *context, TmKpiId kpi)
{
    TmWeekCells *cells = context->cells;
    /* Parts stand after their wholes, so backwards every whole is complete when it is reached. */
    for (guint scope = cells->scopes; scope-- > 0;) {
        sum_cell(context, scope, kpi);
        if (scope > 0 &&
            adds_to_parent(tm_week_cell(cells, scope, kpi), tm_cells_scope(cells, scope)->kind))
            *tm_week_published(cells, tm_cells_scope(cells, scope)->parent, kpi) +=
                *tm_week_published(cells, scope, kpi);
    }
}

/* A total under a rule of its own (tokens): the sum of its slots' published values. */
static void ruled_total_cell(const TmDisclosure *context, guint scope, TmKpiId id)
{
    const TmKpi *kpi = tm_kpi(id);
    const TmFigure *figure = tm_disclosure_figure(context, scope, id);
    TmCell *cell = tm_week_cell(context->cells, scope, id);
    if (figure == NULL)
        return;
    cell->flags = figure->flags;
    if (figure->flags & TM_FIGURE_NOT_MEASURED) {
        cell->state = TM_CELL_NOT_MEASURED;
        return;
    }
    for (guint i = 0; i < kpi->part_count; i++)
        *tm_week_published(context->cells, scope, id) +=
            *tm_week_published(context->cells, scope, kpi->parts[i]);
    settle_sum(context, scope, id);
}

/* ---- Means, distributions, lines of their own ------------------------------------------- */

static void mean_cell(const TmDisclosure *context, guint scope, TmKpiId kpi)
{
    const TmFigure *figure = tm_disclosure_figure(context, scope, kpi);
    TmCell *cell = tm_week_cell(context->cells, scope, kpi);
    if (figure == NULL)
        return;
    cell->flags = figure->flags;
    gint64 minimum = tm_people_needed(tm_kpi(kpi), context->options);
    if (figure->flags & TM_FIGURE_NOT_MEASURED) {
        cell->state = TM_CELL_NOT_MEASURED;
    } else if (figure->people < minimum) {
        cell->state = TM_CELL_NOT_SHOWN;
    } else {
        cell->state = TM_CELL_VALUE;
        cell->value =
            tm_round_to(tm_divide_half_even(figure->value, figure->denominator), tm_kpi(kpi)->step);
    }
}

gint64 tm_people_needed(const TmKpi *kpi, const TmPublishOptions *options)
{
    return kpi->minimum_people >= 20   ? options->cross_cut_people
           : kpi->minimum_people >= 12 ? options->distribution_people
                                       : options->minimum_people;
}

gboolean tm_is_upper_scope(const TmScope *scope)
{
    return scope->kind == TM_SCOPE_ORGANISATION || scope->kind == TM_SCOPE_DEPARTMENT;
}

/* A line of its own, shown from the minimum of people. */
static void top_cell(const TmDisclosure *context, guint scope, TmKpiId kpi)
{
    const TmFigure *figure = tm_disclosure_figure(context, scope, kpi);
    TmCell *cell = tm_week_cell(context->cells, scope, kpi);
    if (figure == NULL)
        return;
    cell->flags = figure->flags;
    if (figure->flags & TM_FIGURE_NOT_MEASURED) {
        cell->state = TM_CELL_NOT_MEASURED;
    } else if (figure->value >= context->options->minimum_people) {
        cell->state = TM_CELL_VALUE;
        cell->value = figure->value;
    } else {
        cell->state = TM_CELL_NOT_SHOWN;
    }
}

/* ---- Seats by tool ----------------------------------------------------------------------- */

/* People behind a seat count; purchases and prices say nothing about people. */
static gboolean counts_holders(TmKpiId kpi)
{
    return kpi == TM_KPI_SEATS_ACTIVE || kpi == TM_KPI_SEATS_ZERO_SESSION ||
           kpi == TM_KPI_SEATS_IDLE;
}

static TmCell tool_cell(const TmDisclosure *context, const TmFigure *figure)
{
    TmCell cell = {.kpi = figure->kpi,
        .week = context->week->partition->week,
        .scope = tm_cells_scope(context->cells, 0)->id,
        .part = figure->part,
        .flags = figure->flags,
        .rule_version = context->options->rule_version};
    if (figure->flags & TM_FIGURE_NOT_MEASURED) {
        cell.state = TM_CELL_NOT_MEASURED;
    } else if (!counts_holders(figure->kpi)) {
        cell.value = tm_round_to(figure->value, tm_kpi(figure->kpi)->step);
    } else if (figure->base < context->options->minimum_people) {
        cell.state = TM_CELL_NOT_SHOWN;
    } else if (figure->kpi == TM_KPI_SEATS_ACTIVE) {
        cell.value = figure->value;
        if (tm_is_extreme(figure->value, figure->base))
            tm_band_count(&cell, figure->value, figure->base);
    } else if (figure->value >= context->options->minimum_people) {
        cell.value = figure->value;
    } else {
        cell.state = TM_CELL_BAND;
        cell.low = 0;
        cell.high = context->options->minimum_people - 1;
    }
    return cell;
}

/* ---- The week ---------------------------------------------------------------------------- */

static TmWeekCells *week_cells_new(const TmMeasuredWeek *week, int rule_version)
{
    TmWeekCells *cells = g_new0(TmWeekCells, 1);
    cells->partition = week->partition;
    cells->scopes = week->partition->scopes->len;
    cells->grid = g_new0(TmCell, (gsize)cells->scopes * TM_KPI_COUNT);
    cells->published = g_new0(gint64, (gsize)cells->scopes * TM_KPI_COUNT);
    cells->bases = g_new0(gint64, (gsize)cells->scopes * TM_KPI_COUNT);
    cells->by_part = g_new0(GArray *, cells->scopes);
    for (guint scope = 0; scope < cells->scopes; scope++) {
        cells->by_part[scope] = g_array_new(FALSE, TRUE, sizeof(TmCell));
        for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++) {
            TmCell *cell = tm_week_cell(cells, scope, (TmKpiId)kpi);
            cell->kpi = (TmKpiId)kpi;
            cell->week = week->partition->week;
            cell->scope = tm_cells_scope(cells, scope)->id;
            cell->part = "";
            cell->state = TM_CELL_ABSENT;
            cell->rule_version = rule_version;
        }
    }
    return cells;
}

void tm_week_cells_free(TmWeekCells *cells)
{
    if (cells == NULL)
        return;
    g_free(cells->grid);
    g_free(cells->published);
    g_free(cells->bases);
    for (guint scope = 0; scope < cells->scopes; scope++)
        g_array_unref(cells->by_part[scope]);
    g_free(cells->by_part);
    g_free(cells);
}

static void decide(const TmDisclosure *context, TmKpiId kpi)
{
    for (guint scope = 0; scope < context->cells->scopes; scope++) {
        switch (tm_kpi(kpi)->aggregation) {
        case TM_AGGREGATE_MEAN:
        case TM_AGGREGATE_DISTRIBUTION:
            mean_cell(context, scope, kpi);
            break;
        case TM_AGGREGATE_TOP:
            top_cell(context, scope, kpi);
            break;
        case TM_AGGREGATE_TOTAL:
            if (tm_kpi(kpi)->money_rule)
                ruled_total_cell(context, scope, kpi);
            break;
        case TM_AGGREGATE_SUM:   /* summed before, upward */
        case TM_AGGREGATE_RATIO: /* derived after, from what is published */
        case TM_AGGREGATE_DIFFERENCE:
        case TM_AGGREGATE_COUNT: /* decided for all groups together */
        case TM_AGGREGATE_CUT:
            break;
        }
    }
}

TmWeekCells *tm_disclose_week(const TmMeasuredWeek *week, const TmPublishOptions *options)
{
    TmWeekCells *cells = week_cells_new(week, options->rule_version);
    g_autofree const TmFigure **figures =
        g_new0(const TmFigure *, (gsize)cells->scopes *TM_KPI_COUNT);
    const TmDisclosure context = {week, options, cells, figures};
    for (guint i = 0; i < week->figures->len; i++) {
        const TmFigure *figure = &g_array_index(week->figures, TmFigure, i);
        gsize place = (gsize)figure->scope * TM_KPI_COUNT + figure->kpi;
        if (*figure->part == '\0') {
            figures[place] = figure;
            cells->bases[place] = figure->base;
        } else if (tm_kpi_is_of_seats(figure->kpi)) {
            TmCell cell = tool_cell(&context, figure);
            g_array_append_val(cells->by_part[0], cell);
        }
    }
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
        if (tm_kpi((TmKpiId)kpi)->aggregation == TM_AGGREGATE_SUM)
            sum_cells(&context, (TmKpiId)kpi);
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
        if (tm_kpi((TmKpiId)kpi)->by == TM_PART_NONE)
            decide(&context, (TmKpiId)kpi);
    tm_complement(cells);
    tm_disclose_counts(&context);
    tm_disclose_cuts(&context);
    tm_derive(cells, options);
    return cells;
}
