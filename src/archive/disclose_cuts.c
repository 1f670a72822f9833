/*
 * Cuts: a group in parts, by days, tool, model and so on, for the organisation and for departments
 * that are large enough. Each printed part has the minimum of people. Where the parts are given
 * (days, segments) a cut is printed whole or not at all; where they are not (tools, models) the
 * small ones are put together as "other". Nobody is in two departments, so a part of the
 * organisation without that of the printed departments must have the minimum of people too, or
 * nobody; else the smallest printed department is held back.
 */
#include "disclosure.h"

#include <string.h>

/* A part on the way to its cell. */
typedef struct Part {
    const char *name;
    TmFigure sum; /* of one figure, or of those put together as "other" */
    gboolean printed;
} Part;

typedef struct Cut {
    guint scope;
    gint64 licensed;
    gboolean measured, printed;
    GArray *parts; /* Part, "other" last */
} Cut;

static gint64 value_of(const TmDisclosure *disclosure, guint scope, TmKpiId kpi)
{
    const TmFigure *figure = tm_disclosure_figure(disclosure, scope, kpi);
    return figure == NULL ? 0 : figure->value;
}

static Part *part_at(const Cut *cut, guint index)
{
    return &g_array_index(cut->parts, Part, index);
}

/* ---- One cut by itself ------------------------------------------------------------------- */

static gboolean part_is_safe(const TmDisclosure *disclosure, const TmFigure *sum)
{
    return sum->people >= disclosure->options->minimum_people &&
           (!tm_kpi(sum->kpi)->money_rule || !tm_is_concentrated(sum, disclosure->options));
}

/* A part of "other" may share people with another, so the larger number is what is sure. */
static void put_together(TmFigure *other, const TmFigure *sum)
{
    gint64 contributions[] = {other->largest, other->second, sum->largest, sum->second};
    other->value += sum->value;
    other->flags |= sum->flags;
    other->people = MAX(other->people, sum->people);
    other->largest = other->second = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(contributions); i++) {
        if (contributions[i] > other->largest) {
            other->second = other->largest;
            other->largest = contributions[i];
        } else if (contributions[i] > other->second) {
            other->second = contributions[i];
        }
    }
}

/* The printed part with the smallest value; NULL: none. */
static Part *smallest_part(const Cut *cut)
{
    Part *smallest = NULL;
    for (guint i = 0; i < cut->parts->len; i++) {
        Part *part = part_at(cut, i);
        if (part->printed && (smallest == NULL || part->sum.value < smallest->sum.value))
            smallest = part;
    }
    return smallest;
}

static void fold_small_parts(const TmDisclosure *disclosure, Cut *cut)
{
    TmFigure other = {0};
    gboolean any = FALSE;
    for (guint i = 0; i < cut->parts->len; i++) {
        Part *part = part_at(cut, i);
        other.kpi = part->sum.kpi;
        part->printed = part_is_safe(disclosure, &part->sum);
        if (part->printed)
            continue;
        put_together(&other, &part->sum);
        any = TRUE;
    }
    while (any && !part_is_safe(disclosure, &other)) {
        Part *part = smallest_part(cut);
        if (part == NULL)
            break;
        part->printed = FALSE;
        put_together(&other, &part->sum);
    }
    cut->printed = smallest_part(cut) != NULL;
    if (!any)
        return;
    Part rest = {.name = TM_PART_OTHER, .sum = other, .printed = TRUE};
    g_array_append_val(cut->parts, rest);
}

static void decide_given_parts(const TmDisclosure *disclosure, Cut *cut)
{
    cut->printed = cut->parts->len > 0;
    for (guint i = 0; i < cut->parts->len; i++) {
        Part *part = part_at(cut, i);
        part->printed = TRUE;
        cut->printed &= part->sum.people >= disclosure->options->minimum_people;
    }
}

/* `figures` are those of the KPI by scope; `next` moves past those of this one. */
static Cut cut_of(
    const TmDisclosure *disclosure, guint scope, TmKpiId kpi, const GPtrArray *figures, guint *next)
{
    Cut cut = {.scope = scope,
        .licensed = value_of(disclosure, scope, TM_KPI_LICENSED),
        .measured = TRUE,
        .parts = g_array_new(FALSE, TRUE, sizeof(Part))};
    for (; *next < figures->len; (*next)++) {
        const TmFigure *figure = figures->pdata[*next];
        if (figure->scope != scope)
            break;
        Part part = {.name = figure->part, .sum = *figure};
        g_array_append_val(cut.parts, part);
        cut.measured &= (figure->flags & TM_FIGURE_NOT_MEASURED) == 0;
    }
    gboolean large_enough = cut.licensed >= tm_people_needed(tm_kpi(kpi), disclosure->options);
    if (!large_enough || !cut.measured)
        cut.printed = FALSE;
    else if (tm_kpi(kpi)->by == TM_PART_BUCKET)
        decide_given_parts(disclosure, &cut);
    else
        fold_small_parts(disclosure, &cut);
    return cut;
}

/* ---- Departments beside the organisation ------------------------------------------------- */

static const Part *printed_part(const Cut *cut, const char *name)
{
    for (guint i = 0; cut->printed && i < cut->parts->len; i++)
        if (part_at(cut, i)->printed && strcmp(part_at(cut, i)->name, name) == 0)
            return part_at(cut, i);
    return NULL;
}

/* People of a printed part of the organisation who are in no printed department's. */
static gint64 people_left(const GArray *cuts, const Part *part)
{
    gint64 people = part->sum.people;
    for (guint i = 1; i < cuts->len; i++) {
        const Part *same = printed_part(&g_array_index(cuts, Cut, i), part->name);
        people -= same == NULL ? 0 : (gint64)same->sum.people;
    }
    return people;
}

static gboolean departments_are_safe(const TmDisclosure *disclosure, const GArray *cuts)
{
    const Cut *whole = &g_array_index(cuts, Cut, 0);
    gint64 licensed_left = whole->licensed;
    for (guint i = 1; i < cuts->len; i++)
        if (g_array_index(cuts, Cut, i).printed)
            licensed_left -= g_array_index(cuts, Cut, i).licensed;
    if (licensed_left == 0)
        return TRUE;
    for (guint i = 0; i < whole->parts->len; i++) {
        const Part *part = part_at(whole, i);
        if (part->printed && people_left(cuts, part) < disclosure->options->minimum_people)
            return FALSE;
    }
    return TRUE;
}

static void hold_departments_back(const TmDisclosure *disclosure, GArray *cuts)
{
    gboolean whole = g_array_index(cuts, Cut, 0).printed;
    for (;;) {
        Cut *smallest = NULL;
        for (guint i = 1; i < cuts->len; i++) {
            Cut *cut = &g_array_index(cuts, Cut, i);
            if (cut->printed && (smallest == NULL || cut->licensed < smallest->licensed))
                smallest = cut;
        }
        if (smallest == NULL || (whole && departments_are_safe(disclosure, cuts)))
            return;
        smallest->printed = FALSE;
    }
}

/* ---- Cells ------------------------------------------------------------------------------- */

static void add_cell(const TmDisclosure *disclosure, const Cut *cut, TmKpiId kpi, const Part *part,
    TmCellState state)
{
    TmCell cell = {.kpi = kpi,
        .week = disclosure->cells->partition->week,
        .scope = tm_cells_scope(disclosure->cells, cut->scope)->id,
        .part = part == NULL ? TM_PART_OTHER : part->name,
        .state = state,
        .flags = part == NULL ? 0 : part->sum.flags,
        .rule_version = TM_RULE_VERSION};
    if (state == TM_CELL_VALUE)
        cell.value = tm_round_to(part->sum.value, tm_kpi(kpi)->step);
    g_array_append_val(disclosure->cells->by_part[cut->scope], cell);
}

/* A cut that is not printed says so once; one that a group is too small for is not spoken of. */
static void add_cells(const TmDisclosure *disclosure, const Cut *cut, TmKpiId kpi)
{
    if (cut->parts->len == 0 || cut->licensed < tm_people_needed(tm_kpi(kpi), disclosure->options))
        return;
    if (!cut->printed) {
        add_cell(
            disclosure, cut, kpi, NULL, cut->measured ? TM_CELL_NOT_SHOWN : TM_CELL_NOT_MEASURED);
        return;
    }
    for (guint i = 0; i < cut->parts->len; i++)
        if (part_at(cut, i)->printed)
            add_cell(disclosure, cut, kpi, part_at(cut, i), TM_CELL_VALUE);
}

static void disclose_cut(const TmDisclosure *disclosure, TmKpiId kpi, const GPtrArray *figures)
{
    g_autoptr(GArray) cuts = g_array_new(FALSE, TRUE, sizeof(Cut));
    guint next = 0;
    for (guint scope = 0; scope < disclosure->cells->scopes; scope++) {
        if (!tm_is_upper_scope(tm_cells_scope(disclosure->cells, scope)))
            continue;
        Cut cut = cut_of(disclosure, scope, kpi, figures, &next);
        g_array_append_val(cuts, cut);
    }
    hold_departments_back(disclosure, cuts);
    for (guint i = 0; i < cuts->len; i++) {
        add_cells(disclosure, &g_array_index(cuts, Cut, i), kpi);
        g_array_unref(g_array_index(cuts, Cut, i).parts);
    }
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
        disclose_cut(disclosure, (TmKpiId)kpi, figures[kpi]);
        g_ptr_array_unref(figures[kpi]);
    }
}
