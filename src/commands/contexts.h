/* contexts: what reports say about the data itself, from the set-up into the archive. */
#ifndef TM_COMMANDS_CONTEXTS_H
#define TM_COMMANDS_CONTEXTS_H

#include <tidemark/archive.h>
#include <tidemark/setup.h>

/* Currency, thresholds, goals and budgets as of the issue; TmContext, strings interned. */
GArray *tm_contexts_make(const TmSetup *setup, const TmMeasured *measured, TmWeek issue);

#endif
