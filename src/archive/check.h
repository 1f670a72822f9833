/* check: what the parts of the program's own look before publishing share. Private to archive. */
#ifndef TM_ARCHIVE_CHECK_H
#define TM_ARCHIVE_CHECK_H

#include "disclosure.h"

typedef struct TmCheck {
    const TmWeekCells *cells;
    const TmMeasuredWeek *week;
    const TmPublishOptions *options;
    const TmFigure **figures; /* [scope × TM_KPI_COUNT + kpi], of those without a part */
    GPtrArray **parts;        /* [scope] const TmFigure*: those with a part */
    GError **error;
} TmCheck;

/* Sets an error that names rule, KPI and group, and gives FALSE. */
gboolean tm_check_fail(const TmCheck *check, int rule, const TmCell *cell);

/* Counts and cuts of the organisation and its departments: check_counts.c. */
gboolean tm_check_counts(const TmCheck *check);

#endif
