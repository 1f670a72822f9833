/*
 * Cuts: a group in parts, by days, tool, model and so on, for the organisation and for departments
 * that are large enough: see cuts.h. Here: cuts whose parts are given (days, segments), which are
 * printed whole or not at all, and the cells of all cuts.
 */
#include "cuts.h"

#include <string.h>

static gint64 value_of(const TmDisclosure *disclosure, guint scope, TmKpiId kpi)
{
    const TmFigure *figure = tm_disclosure_figure(disclosure, scope, kpi);
    return figure == NULL ? 0 : figure->value;
}

/* Parts add up to something: where that is a band, so are they hidden (rule 12). */
static gboolean whole_is_printed(const TmDisclosure *disclosure, guint scope, TmKpiId kpi)
{
    return tm_week_cell(disclosure->cells, scope, tm_kpi(kpi)->whole)->state == TM_CELL_VALUE;
}

/* `figures` are those of the KPI by scope; `next` moves past those of this one. */
static TmCut cut_of(
    const TmDisclosure *disclosure, guint scope, TmKpiId kpi, const GPtrArray *figures, guint *next)
{
    TmCut cut = {.scope = scope,
        .licensed = value_of(disclosure, scope, TM_KPI_LICENSED),
        .measured = TRUE,
        .parts = g_array_new(FALSE, TRUE, sizeof(TmPart))};
    for (; *next < figures->len; (*next)++) {
        const TmFigure *figure = figures->pdata[*next];
        if (figure->scope != scope)
            break;
        TmPart part = {.name = figure->part, .sum = *figure};
        g_array_append_val(cut.parts, part);
        cut.measured &= (figure->flags & TM_FIGURE_NOT_MEASURED) == 0;
    }
    gboolean large_enough = cut.licensed >= tm_people_needed(tm_kpi(kpi), disclosure->options);
    cut.printed = large_enough && cut.measured && cut.parts->len > 0 &&
                  whole_is_printed(disclosure, scope, kpi);
    return cut;
}

/* ---- Departments beside the organisation ------------------------------------------------- */

/* What is left of each part of the organisation without the printed departments. */
static gboolean departments_are_safe(const TmDisclosure *disclosure, const GArray *cuts)
{
    const TmCut *whole = &g_array_index(cuts, TmCut, 0);
    gint64 licensed = whole->licensed;
    for (guint i = 1; i < cuts->len; i++)
        if (g_array_index(cuts, TmCut, i).printed)
            licensed -= g_array_index(cuts, TmCut, i).licensed;
    for (guint part = 0; licensed != 0 && part < whole->parts->len; part++) {
        gint64 people = tm_part_at(whole, part)->sum.people;
        for (guint i = 1; i < cuts->len; i++)
            if (g_array_index(cuts, TmCut, i).printed)
                people -= (gint64)tm_part_at(&g_array_index(cuts, TmCut, i), part)->sum.people;
        if (people < disclosure->options->minimum_people)
            return FALSE;
    }
    return TRUE;
}

static void hold_departments_back(const TmDisclosure *disclosure, GArray *cuts)
{
    gboolean whole = g_array_index(cuts, TmCut, 0).printed;
    for (;;) {
        TmCut *smallest = NULL;
        for (guint i = 1; i < cuts->len; i++) {
            TmCut *cut = &g_array_index(cuts, TmCut, i);
            if (cut->printed && (smallest == NULL || cut->licensed < smallest->licensed))
                smallest = cut;
        }
        if (smallest == NULL || (whole && departments_are_safe(disclosure, cuts)))
            return;
        smallest->printed = FALSE;
    }
}

static void decide_given_parts(const TmDisclosure *disclosure, GArray *cuts)
{
    for (guint i = 0; i < cuts->len; i++) {
        TmCut *cut = &g_array_index(cuts, TmCut, i);
        for (guint part = 0; part < cut->parts->len; part++) {
            tm_part_at(cut, part)->printed = TRUE;
            cut->printed &=
                tm_part_at(cut, part)->sum.people >= disclosure->options->minimum_people;
        }
    }
    hold_departments_back(disclosure, cuts);
}

/* ---- Cells ------------------------------------------------------------------------------- */

/* Who uses two of the parts that were put together is one person: how many there are lies between
 * the largest part and the sum. */
static void band_people(TmCell *cell, const TmFigure *sum)
{
    cell->state = TM_CELL_BAND;
    cell->value = 0;
    cell->low = sum->people;
    cell->high = sum->value;
}

static void add_cell(const TmDisclosure *disclosure, const TmCut *cut, TmKpiId kpi,
    const TmPart *part, TmCellState state)
{
    TmCell cell = {.kpi = kpi,
        .week = disclosure->cells->partition->week,
        .scope = tm_cells_scope(disclosure->cells, cut->scope)->id,
        .part = part == NULL ? TM_PART_OTHER : part->name,
        .state = state,
        .flags = part == NULL ? 0 : part->sum.flags,
        .rule_version = disclosure->options->rule_version};
    if (state == TM_CELL_VALUE)
        cell.value = tm_round_to(part->sum.value, tm_kpi(kpi)->step);
    if (state == TM_CELL_VALUE && tm_kpi(kpi)->unit == TM_UNIT_PEOPLE &&
        part->sum.people != part->sum.value)
        band_people(&cell, &part->sum);
    g_array_append_val(disclosure->cells->by_part[cut->scope], cell);
}

/* A cut that is not printed says so once; one that a group is too small for is not spoken of. */
static void add_cells(const TmDisclosure *disclosure, const TmCut *cut, TmKpiId kpi)
{
    if (cut->parts->len == 0 || cut->licensed < tm_people_needed(tm_kpi(kpi), disclosure->options))
        return;
    if (!cut->printed) {
        add_cell(
            disclosure, cut, kpi, NULL, cut->measured ? TM_CELL_NOT_SHOWN : TM_CELL_NOT_MEASURED);
        return;
    }
    for (guint i = 0; i < cut->parts->len; i++)
        if (tm_part_at(cut, i)->printed)
            add_cell(disclosure, cut, kpi, tm_part_at(cut, i), TM_CELL_VALUE);
}

static void disclose_cut(const TmDisclosure *disclosure, TmKpiId kpi, const GPtrArray *figures)
{
    g_autoptr(GArray) cuts = g_array_new(FALSE, TRUE, sizeof(TmCut));
    guint next = 0;
    for (guint scope = 0; scope < disclosure->cells->scopes; scope++) {
        if (!tm_is_upper_scope(tm_cells_scope(disclosure->cells, scope)))
            continue;
        TmCut cut = cut_of(disclosure, scope, kpi, figures, &next);
        g_array_append_val(cuts, cut);
    }
    if (tm_kpi(kpi)->by == TM_PART_BUCKET)
        decide_given_parts(disclosure, cuts);
    else
        tm_cuts_fold(disclosure, cuts);
    for (guint i = 0; i < cuts->len; i++) {
        add_cells(disclosure, &g_array_index(cuts, TmCut, i), kpi);
        g_array_unref(g_array_index(cuts, TmCut, i).parts);
    }
}

/* By scope; given parts in their order, for which they stand in one array, others by name. */
static int compare_figures(gconstpointer a, gconstpointer b)
{
    const TmFigure *one = *(const TmFigure *const *)a, *other = *(const TmFigure *const *)b;
    if (one->scope != other->scope)
        return one->scope < other->scope ? -1 : 1;
    if (tm_kpi(one->kpi)->by != TM_PART_BUCKET)
        return strcmp(one->part, other->part);
    return (one > other) - (one < other);
}

void tm_disclose_cuts(const TmDisclosure *disclosure)
{
    GPtrArray *figures[TM_KPI_COUNT] = {0};
    for (guint i = 0; i < disclosure->week->figures->len; i++) {
        TmFigure *figure = &g_array_index(disclosure->week->figures, TmFigure, i);
        if (tm_kpi(figure->kpi)->aggregation != TM_AGGREGATE_CUT)
            continue;
        if (figures[figure->kpi] == NULL)
            figures[figure->kpi] = g_ptr_array_new();
        g_ptr_array_add(figures[figure->kpi], figure);
    }
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++) {
        if (figures[kpi] == NULL)
            continue;
        g_ptr_array_sort(figures[kpi], compare_figures);
        disclose_cut(disclosure, (TmKpiId)kpi, figures[kpi]);
        g_ptr_array_unref(figures[kpi]);
    }
}
