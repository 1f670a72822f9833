/* check: how the command `check` prints what it found out of a file. */
#ifndef TM_COMMANDS_CHECK_H
#define TM_COMMANDS_CHECK_H

#include "checking.h"

#define TM_CHECK_WORK_DAYS 0x1f /* Monday to Friday, where no settings say otherwise */

/* Counts of diagnostics by kind. */
typedef struct TmCheckSaid {
    guint64 of_file[TM_KIND_COUNT];
    guint64 before[TM_KIND_COUNT]; /* up to the file before */
} TmCheckSaid;

void tm_check_print_text(const TmCheckedFile *file, const TmFileSummary *summary,
    const TmCheckSaid *said, guint8 work_days, gboolean verbose);

void tm_check_print_json(TmJson *json, const TmCheckedFile *file, const TmFileSummary *summary,
    const TmCheckSaid *said, guint8 work_days);

#endif
