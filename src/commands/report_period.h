/* report_period: the data files of a month, a quarter or a range of weeks. */
#ifndef TM_COMMANDS_REPORT_PERIOD_H
#define TM_COMMANDS_REPORT_PERIOD_H

#include "command.h"

/* TRUE when the command line asks for more than a week. */
gboolean tm_report_period_wanted(const TmInvocation *invocation);

/* Writes kpis-PERIOD.csv and .json from the archive alone; their paths are printed. */
gboolean tm_report_period(
    const TmInvocation *invocation, const TmSettings *settings, GError **error);

#endif
