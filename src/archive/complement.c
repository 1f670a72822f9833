/*
 * Second bands. A sum whose parts are all printed but one gives that one away, so the smallest
 * printed part is banded too; a banded sum whose parts are all printed gives itself away, so one
 * of its parts is banded. Repeated until nothing changes.
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
    for (guint scope = 1; scope < cells->scopes; scope++) {
        const TmCell *cell = tm_week_cell(cells, scope, kpi);
        if (scope_at(cells, scope)->parent != parent)
            continue;
        if (cell->state != TM_CELL_VALUE && cell->state != TM_CELL_BAND)
            continue;
        family.parts++;
        if (cell->state == TM_CELL_BAND)
            family.hidden++;
        else if (family.smallest == G_MAXUINT ||
                 cell->value < tm_week_cell(cells, family.smallest, kpi)->value)
            family.smallest = scope;
    }
    return family;
}

static void band(const TmWeekCells *cells, guint scope, TmKpiId kpi)
{
    TmCell *cell = tm_week_cell(cells, scope, kpi);
    if (tm_kpi(kpi)->unit == TM_UNIT_PEOPLE)
        tm_band_count(cell, cell->value, tm_week_cell(cells, scope, TM_KPI_LICENSED)->value);
    else
        tm_band_magnitude(cell, cell->value);
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

static void complement_kpi(const TmWeekCells *cells, TmKpiId kpi)
{
    gboolean changed;
    do {
        changed = FALSE;
        for (guint scope = 0; scope < cells->scopes; scope++) {
            TmScopeKind kind = scope_at(cells, scope)->kind;
            if (kind == TM_SCOPE_ORGANISATION || kind == TM_SCOPE_DEPARTMENT)
                changed |= mend(cells, scope, kpi);
        }
    } while (changed);
}

void tm_complement(TmWeekCells *cells)
{
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
        if (tm_kpi((TmKpiId)kpi)->aggregation == TM_AGGREGATE_SUM && kpi != TM_KPI_LICENSED)
            complement_kpi(cells, (TmKpiId)kpi);
}
