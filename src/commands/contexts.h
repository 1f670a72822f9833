/* contexts: what reports say about the data itself, from the set-up into the archive. */
#ifndef TM_COMMANDS_CONTEXTS_H
#define TM_COMMANDS_CONTEXTS_H

#include <tidemark/archive.h>
#include <tidemark/setup.h>

/*
 * What the figures of a week are defined by, as text: the program's rules and the settings that
 * change a figure's meaning. Another text starts a new series. Owned by the caller.
 */
char *tm_contexts_definitions(const TmSettings *settings);

/* Currency, thresholds, goals and budgets as of the issue; TmContext, strings interned. */
GArray *tm_contexts_make(
    const TmSetup *setup, const TmMeasured *measured, TmWeek issue, const char *definitions);

#endif
