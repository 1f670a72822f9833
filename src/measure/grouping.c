/* Merging at once, splitting late: see grouping.h. */
#include "grouping.h"

#include <string.h>

static TmAtom *atom_at(GArray *atoms, guint i)
{
    return &g_array_index(atoms, TmAtom, i);
}

static gint64 group_size(GArray *atoms, guint group, guint weeks_ago)
{
    gint64 size = 0;
    for (guint i = 0; i < atoms->len; i++)
        if (atom_at(atoms, i)->group == group)
            size += atom_at(atoms, i)->size[weeks_ago];
    return size;
}

static gboolean group_stands_alone(GArray *atoms, guint group)
{
    for (guint i = 0; i < atoms->len; i++)
        if (atom_at(atoms, i)->group == group && atom_at(atoms, i)->stands_alone)
            return TRUE;
    return FALSE;
}

/* Atoms keep the company of the week before; a new one starts alone. A group is named by its first
 * atom's index. */
static void start_groups(GArray *atoms)
{
    for (guint i = 0; i < atoms->len; i++) {
        TmAtom *atom = atom_at(atoms, i);
        atom->group = i;
        for (guint j = 0; j < i && atom->previous != G_MAXUINT; j++) {
            if (atom_at(atoms, j)->previous == atom->previous) {
                atom->group = atom_at(atoms, j)->group;
                break;
            }
        }
    }
}

/* TRUE if the atom and the rest of its group both had people to spare for all the weeks. */
static gboolean may_split(GArray *atoms, guint index, gint64 minimum)
{
    const TmAtom *atom = atom_at(atoms, index);
    if (!atom->stands_alone)
        return FALSE;
    gboolean rest_stands_alone = FALSE;
    for (guint i = 0; i < atoms->len; i++)
        if (i != index && atom_at(atoms, i)->group == atom->group)
            rest_stands_alone |= atom_at(atoms, i)->stands_alone;
    if (!rest_stands_alone)
        return FALSE;
    for (guint week = 0; week < TM_SPLIT_WEEKS; week++) {
        gint64 rest = group_size(atoms, atom->group, week) - atom->size[week];
        if (atom->size[week] < minimum + TM_SPLIT_SPARE || rest < minimum + TM_SPLIT_SPARE)
            return FALSE;
    }
    return TRUE;
}

static guint fresh_group(GArray *atoms)
{
    guint group = atoms->len;
    for (guint i = 0; i < atoms->len; i++)
        group = MAX(group, atom_at(atoms, i)->group + 1);
    return group;
}

static void split_groups(GArray *atoms, gint64 minimum)
{
    for (guint i = 0; i < atoms->len; i++)
        if (may_split(atoms, i, minimum))
            atom_at(atoms, i)->group = fresh_group(atoms);
}

/* The smallest group other than `except` that is too small (`only_small`), or of all. Of equal ones
 * the one with the first atom. G_MAXUINT if there is none. */
static guint smallest_group(GArray *atoms, gint64 minimum, guint except, gboolean only_small)
{
    guint best = G_MAXUINT;
    gint64 best_size = 0;
    for (guint i = 0; i < atoms->len; i++) {
        guint group = atom_at(atoms, i)->group;
        if (group == except || group == best)
            continue;
        gint64 size = group_size(atoms, group, 0);
        if (only_small && size >= minimum && group_stands_alone(atoms, group))
            continue;
        if (best == G_MAXUINT || size < best_size) {
            best = group;
            best_size = size;
        }
    }
    return best;
}

static void merge_groups(GArray *atoms, gint64 minimum)
{
    for (;;) {
        guint small = smallest_group(atoms, minimum, G_MAXUINT, TRUE);
        if (small == G_MAXUINT)
            return;
        guint host = smallest_group(atoms, minimum, small, FALSE);
        if (host == G_MAXUINT)
            return;
        for (guint i = 0; i < atoms->len; i++)
            if (atom_at(atoms, i)->group == small)
                atom_at(atoms, i)->group = host;
    }
}

void tm_grouping_make(GArray *atoms, gint64 minimum)
{
    start_groups(atoms);
    split_groups(atoms, minimum);
    merge_groups(atoms, minimum);
}
