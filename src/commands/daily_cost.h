/* daily_cost: whether running weeks cost too much already; used by `run --daily-cost`. */
#ifndef TM_COMMANDS_DAILY_COST_H
#define TM_COMMANDS_DAILY_COST_H

#include "command.h"
#include <tidemark/ledger.h>

/*
 * Judges the weeks between the last published one and today's, as far as they have gone, and writes
 * fired or not, without figures, below the output folder. Nothing is archived. FALSE with an error
 * when no week was published yet: there is nothing to hold them against.
 */
gboolean tm_daily_cost(const TmSetup *setup, TmLedger *ledger, TmDay today, GError **error);

#endif
