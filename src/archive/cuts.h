/*
 * cuts: a group in parts. Each printed part has the minimum of people. Nobody is in two
 * departments, so what the organisation has of a part beside the departments that print it must
 * have the minimum of people too.
 *
 * Where the parts are given (days, segments) a cut is printed whole or not at all. Where they are
 * not (tools, models) small parts are put together as "other"; a department prints no part that the
 * organisation does not, so that its "other" is made of whole parts of the organisation's cut.
 * Private to archive.
 */
#ifndef TM_ARCHIVE_CUTS_H
#define TM_ARCHIVE_CUTS_H

#include "disclosure.h"

/* A part on the way to its cell. */
typedef struct TmPart {
    const char *name;
    TmFigure sum; /* of one figure, or of those put together as "other" */
    gboolean printed;
} TmPart;

/* The cut of one group. */
typedef struct TmCut {
    guint scope;
    gint64 licensed;
    gboolean measured, printed;
    GArray *parts; /* TmPart */
} TmCut;

static inline TmPart *tm_part_at(const TmCut *cut, guint index)
{
    return &g_array_index(cut->parts, TmPart, index);
}

/*
 * Decides the cuts (TmCut) of the organisation, which is the first, and its departments where parts
 * are not given, and adds "other" to each: fold_cuts.c. Those that cannot be printed are not
 * `printed` before or after.
 */
void tm_cuts_fold(const TmDisclosure *disclosure, GArray *cuts);

#endif
