/*
 * Second bands. A sum whose parts are all printed but one gives that one away, so the smallest
 * printed part is banded too; a banded sum whose parts are all printed gives itself away, so one
 * of its parts is banded. Sums run over groups (departments, blocks) and over slots (tokens).
 * Repeated until nothing changes.
 */
#include "disclosure.h"

typedef struct Family {
    guint parts;    /* that add to the sum */
    guint hidden;   /* of them, not printed */
    guint smallest; /* printed part with the smallest value; G_MAXUINT: none */
} Family;

static const TmScope *scope_at(const TmWeekCells *cells, guint scope)
{
    return g_ptr_array_index(cells->partition->scopes, scope);
}

static Family look_at(const TmWeekCells *cells, guint parent, TmKpiId kpi)
{
    Family family = {0, 0, G_MAXUINT};
    for (guint scope = parent; tm_cells_next_part(cells, parent, kpi, &scope);) {
        const TmCell *cell = tm_week_cell(cells, scope, kpi);
        if (cell->state != TM_CELL_VALUE && cell->state != TM_CELL_BAND)
            continue;
        family.parts++;
        if (cell->state == TM_CELL_BAND)
            family.hidden++;
        else if (family.smallest == G_MAXUINT ||
                 *tm_week_published(cells, scope, kpi) <
                     *tm_week_published(cells, family.smallest, kpi))
            family.smallest = scope;
    }
    return family;
}

static void band(const TmWeekCells *cells, guint scope, TmKpiId kpi)
{
    TmCell *cell = tm_week_cell(cells, scope, kpi);
    gint64 value = *tm_week_published(cells, scope, kpi);
    if (tm_kpi(kpi)->unit == TM_UNIT_PEOPLE)
        tm_band_count(cell, value, cells->bases[(gsize)scope * TM_KPI_COUNT + kpi]);
    else
        tm_band_magnitude(cell, value);
}

/* TRUE if a cell was banded. */
static gboolean mend(const TmWeekCells *cells, guint parent, TmKpiId kpi)
{
    TmCell *whole = tm_week_cell(cells, parent, kpi);
    Family family = look_at(cells, parent, kpi);
    if (family.parts == 0)
        return FALSE;
    if (whole->state == TM_CELL_BAND && family.hidden == 0) {
        band(cells, family.smallest, kpi);
        return TRUE;
    }
    if (whole->state == TM_CELL_VALUE && family.hidden == 1) {
        band(cells, family.smallest == G_MAXUINT ? parent : family.smallest, kpi);
        return TRUE;
    }
    return FALSE;
}

/* The slots of a total in one group: TRUE if a cell was banded. */
static gboolean mend_slots(const TmWeekCells *cells, guint scope, TmKpiId total)
{
    const TmKpi *kpi = tm_kpi(total);
    const TmCell *whole = tm_week_cell(cells, scope, total);
    guint hidden = 0;
    TmKpiId smallest = TM_KPI_COUNT, largest = TM_KPI_COUNT;
    for (guint i = 0; i < kpi->part_count; i++) {
        TmKpiId slot = kpi->parts[i];
        const TmCell *cell = tm_week_cell(cells, scope, slot);
        gint64 value = *tm_week_published(cells, scope, slot);
        hidden += cell->state == TM_CELL_BAND;
        if (cell->state != TM_CELL_VALUE)
            continue;
        if (smallest == TM_KPI_COUNT || value < *tm_week_published(cells, scope, smallest))
            smallest = slot;
        if (largest == TM_KPI_COUNT || value > *tm_week_published(cells, scope, largest))
            largest = slot;
    }
    if (whole->state == TM_CELL_VALUE && hidden == 1) {
        band(cells, scope, smallest == TM_KPI_COUNT ? total : smallest);
        return TRUE;
    }
    if (whole->state == TM_CELL_BAND && hidden == 0 && largest != TM_KPI_COUNT) {
        band(cells, scope, largest);
        return TRUE;
    }
    return FALSE;
}

static gboolean mend_groups(const TmWeekCells *cells, TmKpiId kpi)
{
    gboolean changed = FALSE;
    for (guint scope = 0; scope < cells->scopes; scope++) {
        TmScopeKind kind = scope_at(cells, scope)->kind;
        if (kind == TM_SCOPE_ORGANISATION || kind == TM_SCOPE_DEPARTMENT)
            changed |= mend(cells, scope, kpi);
        if (tm_kpi(kpi)->aggregation == TM_AGGREGATE_TOTAL)
            changed |= mend_slots(cells, scope, kpi);
    }
    return changed;
}

void tm_complement(TmWeekCells *cells)
{
    gboolean changed;
    do {
        changed = FALSE;
        for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
            if (tm_adds_up((TmKpiId)kpi) && kpi != TM_KPI_LICENSED)
                changed |= mend_groups(cells, (TmKpiId)kpi);
    } while (changed);
}
