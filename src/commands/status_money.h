/*
 * status_money: what the exports come to in money, against vendors' own totals and invoices. Exact,
 * for the operator; nothing of it goes into a report.
 */
#ifndef TM_COMMANDS_STATUS_MONEY_H
#define TM_COMMANDS_STATUS_MONEY_H

#include <tidemark/ledger.h>

/* "1310.00"; millionths only where there are any. Owned by the caller. */
char *tm_status_amount(gint64 micros);

/*
 * For each tool the last twelve calendar months of data and the periods of invoices.csv: metered
 * cost, what vendors and invoices say instead, the difference, and its reason where it can be told.
 * FALSE with an error.
 */
gboolean tm_status_print_money(TmLedger *ledger, const TmSetup *setup, GError **error);

#endif
