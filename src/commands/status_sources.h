/* status_sources: what `status` says of the sources of tools. */
#ifndef TM_COMMANDS_STATUS_SOURCES_H
#define TM_COMMANDS_STATUS_SOURCES_H

#include <tidemark/ledger.h>

/*
 * The sources of a tool that have data, with their last day, and which measures none of them
 * supplies, with an export that would.
 */
void tm_status_print_sources(TmLedger *ledger, TmToolIndex tool, TmWeek first, TmWeek last);

/* The last list of seats of one source. */
typedef struct TmSeatList {
    guint source;
    TmDay listed;
    guint64 seats;
} TmSeatList;

/* The last list of each source that has any (TmSeatList); owned by the caller. NULL with an error.
 */
GArray *tm_status_seat_lists(TmLedger *ledger, GError **error);

/* Those of one tool. */
void tm_status_print_seats(const GArray *lists, TmToolIndex tool);
gboolean tm_status_has_seats(const GArray *lists, TmToolIndex tool);

/* Totals of organisations and of long periods, which enter no figure. FALSE with an error. */
gboolean tm_status_print_apart(
    TmLedger *ledger, const TmSetup *setup, TmWeek first, TmWeek last, GError **error);

#endif
