/*
 * grouping: merging of small things into groups that are large enough; used for teams inside a
 * department and for departments inside the organisation.
 */
#ifndef TM_MEASURE_GROUPING_H
#define TM_MEASURE_GROUPING_H

#include "partition.h"

/* A team or a department. */
typedef struct TmAtom {
    const char *id;
    gint64 size[TM_SPLIT_WEEKS]; /* licensed people; [0] this week */
    gboolean stands_alone;       /* its trust stage lets it have a line of its own */
    guint previous;              /* group that it was in the week before; G_MAXUINT: none */
    guint group;                 /* result: atoms with the same number belong together */
} TmAtom;

/*
 * Sets `group` of every atom (TmAtom, sorted by id). After this each group has `minimum` people and
 * an atom that stands alone, or there is only one group.
 */
void tm_grouping_make(GArray *atoms, gint64 minimum);

#endif
