/* Totals and ratios, from published cells only (rule 10). */
#include "disclosure.h"

#include <string.h>

/* ---- Totals ------------------------------------------------------------------------------ */

/* Parts that no source supplies are left out and the total says that it is incomplete; without a
 * part that is not shown there is no total. */
static void total_cell(const TmWeekCells *cells, guint scope, TmKpiId id)
{
    TmCell *cell = tm_week_cell(cells, scope, id);
    const TmKpi *kpi = tm_kpi(id);
    guint measured = 0, banded = 0, parts = 0;
    gboolean missing = FALSE, hidden = FALSE;
    gint64 low = 0, high = 0;
    for (guint i = 0; i < kpi->part_count; i++) {
        const TmCell *part = tm_week_cell(cells, scope, kpi->parts[i]);
        parts += part->state != TM_CELL_ABSENT;
        missing |= part->state == TM_CELL_NOT_MEASURED;
        hidden |= part->state == TM_CELL_NOT_SHOWN;
        if (part->state != TM_CELL_VALUE && part->state != TM_CELL_BAND)
            continue;
        measured++;
        cell->flags |= part->flags;
        banded += part->state == TM_CELL_BAND;
        low += part->state == TM_CELL_BAND ? part->low : part->value;
        high += part->state == TM_CELL_BAND ? part->high : part->value;
    }
    if (parts == 0)
        return;
    if (missing)
        cell->flags |= TM_FIGURE_INCOMPLETE;
    if (hidden || measured == 0) {
        cell->state = hidden ? TM_CELL_NOT_SHOWN : TM_CELL_NOT_MEASURED;
    } else if (banded > 0) {
        cell->state = TM_CELL_BAND;
        cell->low = low;
        cell->high = high;
    } else {
        cell->state = TM_CELL_VALUE;
        cell->value = low;
    }
}

/* ---- Ratios ------------------------------------------------------------------------------ */

/* numerator ÷ denominator in the integers of the ratio's unit, rounded to its step once. */
static gint64 ratio(TmKpiId id, gint64 numerator, gint64 denominator)
{
    TmRatioScale scale = tm_kpi_ratio_scale(id);
    gint64 step = tm_kpi(id)->step;
    return tm_scale_half_even(numerator, scale.up, denominator * (scale.down * step)) * step;
}

/* The same rounded down. */
static gint64 ratio_below(TmKpiId id, gint64 numerator, gint64 denominator)
{
    TmRatioScale scale = tm_kpi_ratio_scale(id);
    gint64 step = tm_kpi(id)->step;
    TmWide steps = (TmWide)numerator * scale.up / ((TmWide)denominator * scale.down * step);
    return (gint64)steps * step;
}

/* People behind a mean or rate are the minimum or more; other denominators have been judged when
 * they were printed. */
static gboolean may_divide_by(TmKpiId id, const TmCell *denominator, gint64 minimum_people)
{
    return denominator->state == TM_CELL_VALUE &&
           denominator->value >= (tm_kpi(id)->unit == TM_UNIT_PEOPLE ? MAX(minimum_people, 1) : 1);
}

/* A rate whose count is a band keeps the band; another ratio of a band is a band rounded outward.
 */
static void ratio_of_band(TmCell *cell, const TmCell *numerator, const TmCell *denominator)
{
    const TmKpi *kpi = tm_kpi(cell->kpi);
    if (kpi->unit == TM_UNIT_PERCENT && tm_kpi(kpi->numerator)->unit == TM_UNIT_PEOPLE) {
        tm_band_percent(cell, numerator->low, denominator->value);
        return;
    }
    cell->state = TM_CELL_BAND;
    cell->low = ratio_below(cell->kpi, numerator->low, denominator->value);
    cell->high = numerator->high == G_MAXINT64
                     ? G_MAXINT64
                     : ratio_below(cell->kpi, numerator->high, denominator->value) + kpi->step;
}

/* All days, or none, would tell of everybody's (rule 6). */
static gboolean is_share_of_days(const TmKpi *kpi)
{
    return kpi->unit == TM_UNIT_PERCENT && tm_kpi(kpi->numerator)->unit == TM_UNIT_PERSON_DAYS;
}

static void ratio_cell(
    TmCell *cell, const TmCell *numerator, const TmCell *denominator, gint64 minimum_people)
{
    const TmKpi *kpi = tm_kpi(cell->kpi);
    if (numerator->state == TM_CELL_ABSENT || denominator->state == TM_CELL_ABSENT)
        return;
    cell->flags = numerator->flags | denominator->flags;
    if (numerator->state == TM_CELL_NOT_MEASURED || denominator->state == TM_CELL_NOT_MEASURED)
        cell->state = TM_CELL_NOT_MEASURED;
    else if (!may_divide_by(kpi->denominator, denominator, minimum_people) ||
             numerator->state == TM_CELL_NOT_SHOWN)
        cell->state = TM_CELL_NOT_SHOWN;
    else if (numerator->state == TM_CELL_BAND)
        ratio_of_band(cell, numerator, denominator);
    else if (is_share_of_days(kpi) && tm_is_extreme(numerator->value, denominator->value))
        tm_band_percent(cell, numerator->value, denominator->value);
    else {
        cell->state = TM_CELL_VALUE;
        cell->value = ratio(cell->kpi, numerator->value, denominator->value);
    }
}

/* What is left of a count without a printed part of it. */
static void difference_cell(TmCell *cell, const TmCell *whole, const TmCell *part)
{
    if (whole->state == TM_CELL_ABSENT || part->state == TM_CELL_ABSENT)
        return;
    cell->flags = whole->flags | part->flags;
    if (whole->state == TM_CELL_VALUE && part->state == TM_CELL_VALUE) {
        cell->state = TM_CELL_VALUE;
        cell->value = whole->value - part->value;
    } else {
        gboolean measured =
            whole->state != TM_CELL_NOT_MEASURED && part->state != TM_CELL_NOT_MEASURED;
        cell->state = measured ? TM_CELL_NOT_SHOWN : TM_CELL_NOT_MEASURED;
    }
}

/* ---- Seats by tool ----------------------------------------------------------------------- */

static const TmCell *tool_cell(const TmWeekCells *cells, TmKpiId kpi, const char *tool)
{
    for (guint i = 0; i < cells->by_part[0]->len; i++) {
        const TmCell *cell = &g_array_index(cells->by_part[0], TmCell, i);
        if (cell->kpi == kpi && strcmp(cell->part, tool) == 0)
            return cell;
    }
    return NULL;
}

static gboolean both_printed(const TmCell *a, const TmCell *b)
{
    return a != NULL && b != NULL && a->state == TM_CELL_VALUE && b->state == TM_CELL_VALUE;
}

/* Seats × price, where both may be printed. */
static TmCell spend_cell(
    const TmCell *like, TmKpiId kpi, const TmCell *seats, const TmCell *price, gint64 extra_seats)
{
    TmCell cell = *like;
    cell.kpi = kpi;
    cell.low = cell.high = cell.value = 0;
    cell.flags = 0;
    if (both_printed(seats, price)) {
        cell.state = TM_CELL_VALUE;
        cell.value = (seats->value + extra_seats) * price->value;
    } else if (seats != NULL && seats->state == TM_CELL_BAND && price != NULL &&
               price->state == TM_CELL_VALUE) {
        cell.state = TM_CELL_BAND;
        cell.low = (seats->low + extra_seats) * price->value;
        cell.high = (seats->high + extra_seats) * price->value;
    } else if (price == NULL || price->state == TM_CELL_NOT_MEASURED || seats == NULL ||
               seats->state == TM_CELL_NOT_MEASURED) {
        cell.state = TM_CELL_NOT_MEASURED;
    } else {
        cell.state = TM_CELL_NOT_SHOWN;
    }
    return cell;
}

static void derive_tool(TmWeekCells *cells, const char *tool, gint64 minimum_people)
{
    const TmCell *purchased = tool_cell(cells, TM_KPI_SEATS_PURCHASED, tool);
    const TmCell *held = tool_cell(cells, TM_KPI_SEATS_HELD, tool);
    const TmCell *price = tool_cell(cells, TM_KPI_SEAT_MONTH_PRICE, tool);
    const TmCell *zero = tool_cell(cells, TM_KPI_SEATS_ZERO_SESSION, tool);
    const TmCell *idle = tool_cell(cells, TM_KPI_SEATS_IDLE, tool);
    gint64 spare = MAX(0, purchased->value - held->value);
    TmCell per_active = *purchased;
    per_active.kpi = TM_KPI_SEATS_PRICE_PER_ACTIVE;
    per_active.value = 0;
    per_active.flags = 0;
    per_active.state = TM_CELL_NOT_MEASURED;
    ratio_cell(&per_active, tool_cell(cells, TM_KPI_SEATS_MONTH_COST, tool),
        tool_cell(cells, TM_KPI_SEATS_ACTIVE, tool), minimum_people);
    TmCell derived[] = {
        spend_cell(purchased, TM_KPI_SPEND_EXPOSED, zero, price, 0),
        spend_cell(purchased, TM_KPI_SPEND_REASSIGNABLE, idle, price, 0),
        spend_cell(purchased, TM_KPI_SPEND_REDUCIBLE, idle, price, spare),
        per_active,
    };
    g_array_append_vals(cells->by_part[0], derived, G_N_ELEMENTS(derived));
}

static void derive_cell(
    TmWeekCells *cells, guint scope, TmKpiId id, const TmPublishOptions *options)
{
    const TmKpi *kpi = tm_kpi(id);
    TmCell *cell = tm_week_cell(cells, scope, id);
    if (kpi->by != TM_PART_NONE)
        return;
    if (kpi->aggregation == TM_AGGREGATE_RATIO)
        ratio_cell(cell, tm_week_cell(cells, scope, kpi->numerator),
            tm_week_cell(cells, scope, kpi->denominator), options->minimum_people);
    else if (kpi->aggregation == TM_AGGREGATE_DIFFERENCE)
        difference_cell(cell, tm_week_cell(cells, scope, kpi->numerator),
            tm_week_cell(cells, scope, kpi->denominator));
}

void tm_derive(TmWeekCells *cells, const TmPublishOptions *options)
{
    for (guint scope = 0; scope < cells->scopes; scope++) {
        for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
            if (tm_kpi((TmKpiId)kpi)->aggregation == TM_AGGREGATE_TOTAL &&
                !tm_kpi((TmKpiId)kpi)->money_rule)
                total_cell(cells, scope, (TmKpiId)kpi);
        for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
            derive_cell(cells, scope, (TmKpiId)kpi, options);
    }
    g_autoptr(GPtrArray) tools = g_ptr_array_new();
    for (guint i = 0; i < cells->by_part[0]->len; i++) {
        const TmCell *cell = &g_array_index(cells->by_part[0], TmCell, i);
        if (cell->kpi == TM_KPI_SEATS_PURCHASED)
            g_ptr_array_add(tools, (gpointer)cell->part);
    }
    for (guint i = 0; i < tools->len; i++)
        derive_tool(cells, g_ptr_array_index(tools, i), options->minimum_people);
}
