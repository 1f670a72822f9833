/* status_sources: what `status` says of the sources of tools. */
#ifndef TM_COMMANDS_STATUS_SOURCES_H
#define TM_COMMANDS_STATUS_SOURCES_H

#include <tidemark/ledger.h>

/*
 * The sources of a tool that have data, with their last day, and which measures none of them
 * supplies, with an export that would.
 */
void tm_status_print_sources(TmLedger *ledger, TmToolIndex tool, TmWeek first, TmWeek last);

/* The last list of seats of each vendor. FALSE with an error. */
gboolean tm_status_print_seats(TmLedger *ledger, const TmSetup *setup, GError **error);

/* Totals of organisations and of long periods, which enter no figure. FALSE with an error. */
gboolean tm_status_print_apart(
    TmLedger *ledger, const TmSetup *setup, TmWeek first, TmWeek last, GError **error);

#endif
