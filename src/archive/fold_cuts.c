/* Cuts whose parts are not given: see cuts.h. */
#include "cuts.h"

#include <string.h>

static gboolean part_is_safe(const TmDisclosure *disclosure, const TmFigure *sum)
{
    return sum->people >= disclosure->options->minimum_people &&
           (!tm_kpi(sum->kpi)->money_rule || !tm_is_concentrated(sum, disclosure->options));
}

/* The same person may use several parts: that many people are sure, and one or two of them may have
 * the largest contributions to all. */
static void put_together(TmFigure *other, const TmFigure *sum)
{
    other->kpi = sum->kpi;
    other->value += sum->value;
    other->flags |= sum->flags;
    other->people = MAX(other->people, sum->people);
    other->largest += sum->largest;
    other->second += sum->second;
}

/* FALSE if there is no "other". */
static gboolean sum_of_other(const TmCut *cut, TmFigure *other)
{
    gboolean any = FALSE;
    *other = (TmFigure){0};
    for (guint i = 0; i < cut->parts->len; i++) {
        if (tm_part_at(cut, i)->printed)
            continue;
        put_together(other, &tm_part_at(cut, i)->sum);
        any = TRUE;
    }
    return any;
}

/* The printed part with the smallest value; NULL: none. */
static TmPart *smallest_part(const TmCut *cut)
{
    TmPart *smallest = NULL;
    for (guint i = 0; i < cut->parts->len; i++) {
        TmPart *part = tm_part_at(cut, i);
        if (part->printed && (smallest == NULL || part->sum.value < smallest->sum.value))
            smallest = part;
    }
    return smallest;
}

/* Puts parts into "other" until it may be printed; without any part left there is no cut. */
static void settle(const TmDisclosure *disclosure, TmCut *cut)
{
    TmFigure other;
    TmPart *smallest = smallest_part(cut);
    while (smallest != NULL && sum_of_other(cut, &other) && !part_is_safe(disclosure, &other)) {
        smallest->printed = FALSE;
        smallest = smallest_part(cut);
    }
    cut->printed = smallest != NULL;
}

static TmPart *part_named(const TmCut *cut, const char *name)
{
    for (guint i = 0; i < cut->parts->len; i++)
        if (tm_part_at(cut, i)->name == name || strcmp(tm_part_at(cut, i)->name, name) == 0)
            return tm_part_at(cut, i);
    return NULL;
}

/* `whole` is the organisation's cut; NULL for itself. */
static void fold_small_parts(const TmDisclosure *disclosure, TmCut *cut, const TmCut *whole)
{
    if (!cut->printed || (whole != NULL && !whole->printed)) {
        cut->printed = FALSE;
        return;
    }
    for (guint i = 0; i < cut->parts->len; i++) {
        TmPart *part = tm_part_at(cut, i);
        const TmPart *same = whole == NULL ? NULL : part_named(whole, part->name);
        part->printed = part_is_safe(disclosure, &part->sum) &&
                        (whole == NULL || (same != NULL && same->printed));
    }
    settle(disclosure, cut);
}

/* ---- Departments beside the organisation ------------------------------------------------- */

static gboolean prints(const TmCut *cut, const char *name)
{
    const TmPart *part = cut->printed ? part_named(cut, name) : NULL;
    return part != NULL && part->printed;
}

/* Puts a part of the department where it has the fewest people into its "other", if what is left
 * of it elsewhere would be too few. TRUE if something changed. */
static gboolean guard_part(const TmDisclosure *disclosure, GArray *cuts, const TmPart *part)
{
    gint64 people = part->sum.people, licensed = g_array_index(cuts, TmCut, 0).licensed;
    TmCut *smallest = NULL;
    TmPart *smallest_of = NULL;
    for (guint i = 1; i < cuts->len; i++) {
        TmCut *cut = &g_array_index(cuts, TmCut, i);
        if (!prints(cut, part->name))
            continue;
        TmPart *same = part_named(cut, part->name);
        people -= same->sum.people;
        licensed -= cut->licensed;
        if (smallest == NULL || same->sum.people < smallest_of->sum.people) {
            smallest = cut;
            smallest_of = same;
        }
    }
    if (smallest == NULL || licensed == 0 || people >= disclosure->options->minimum_people)
        return FALSE;
    smallest_of->printed = FALSE;
    settle(disclosure, smallest);
    return TRUE;
}

/* A department whose "other" is the organisation's, because it prints all that the other does. */
static gboolean tells_other(const TmCut *cut, const TmCut *whole)
{
    for (guint i = 0; cut->printed && i < cut->parts->len; i++)
        if (!tm_part_at(cut, i)->printed && prints(whole, tm_part_at(cut, i)->name))
            return FALSE;
    return cut->printed;
}

/* People who are sure to be in the organisation's "other" and in no department that tells its. */
static gint64 people_of_other_left(const GArray *cuts)
{
    const TmCut *whole = &g_array_index(cuts, TmCut, 0);
    gint64 most = 0;
    for (guint i = 0; i < whole->parts->len; i++) {
        const TmPart *part = tm_part_at(whole, i);
        gint64 people = part->printed ? 0 : part->sum.people;
        for (guint other = 1; !part->printed && other < cuts->len; other++) {
            const TmCut *cut = &g_array_index(cuts, TmCut, other);
            const TmPart *same = tells_other(cut, whole) ? part_named(cut, part->name) : NULL;
            people -= same == NULL ? 0 : (gint64)same->sum.people;
        }
        most = MAX(most, people);
    }
    return most;
}

static gboolean guard_other(const TmDisclosure *disclosure, GArray *cuts)
{
    const TmCut *whole = &g_array_index(cuts, TmCut, 0);
    gint64 licensed = whole->licensed;
    TmFigure other;
    TmCut *smallest = NULL;
    if (!sum_of_other(whole, &other))
        return FALSE;
    for (guint i = 1; i < cuts->len; i++) {
        TmCut *cut = &g_array_index(cuts, TmCut, i);
        if (!tells_other(cut, whole))
            continue;
        licensed -= cut->licensed;
        if (smallest == NULL || cut->licensed < smallest->licensed)
            smallest = cut;
    }
    if (smallest == NULL || licensed == 0 ||
        people_of_other_left(cuts) >= disclosure->options->minimum_people)
        return FALSE;
    smallest_part(smallest)->printed = FALSE;
    settle(disclosure, smallest);
    return TRUE;
}

static gboolean guard(const TmDisclosure *disclosure, GArray *cuts)
{
    const TmCut *whole = &g_array_index(cuts, TmCut, 0);
    gboolean changed = guard_other(disclosure, cuts);
    for (guint i = 0; i < whole->parts->len; i++)
        if (tm_part_at(whole, i)->printed)
            changed |= guard_part(disclosure, cuts, tm_part_at(whole, i));
    return changed;
}

void tm_cuts_fold(const TmDisclosure *disclosure, GArray *cuts)
{
    TmCut *whole = &g_array_index(cuts, TmCut, 0);
    fold_small_parts(disclosure, whole, NULL);
    for (guint i = 1; i < cuts->len; i++)
        fold_small_parts(disclosure, &g_array_index(cuts, TmCut, i), whole);
    while (guard(disclosure, cuts))
        continue;
    for (guint i = 0; i < cuts->len; i++) {
        const TmCut *cut = &g_array_index(cuts, TmCut, i);
        TmPart other = {.name = TM_PART_OTHER, .printed = TRUE};
        if (cut->printed && sum_of_other(cut, &other.sum))
            g_array_append_val(cut->parts, other);
    }
}
