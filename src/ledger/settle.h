/* settle: what settle.c, settle_read.c and settle_sessions.c share while one account's facts are
 * made. */
#ifndef LEDGER_SETTLE_H
#define LEDGER_SETTLE_H

#include "internal.h"

typedef struct TmSettledEntry {
    TmEntry entry;
    TmWeek week;
} TmSettledEntry;

typedef struct Settling {
    TmWeek first, last; /* of all entries of the ledger */
    guint weeks;
    GArray *entries;       /* TmSettledEntry of one account and source */
    TmTotals *totals;      /* [weeks] */
    gboolean *has_entries; /* [weeks] */
    gboolean *is_new;      /* [weeks] something was put aside */
} Settling;

/* First and last week of all entries; without any the last stands before the first. */
gboolean tm_settle_span(TmLedger *ledger, TmWeek *first, TmWeek *last, GError **error);

/*
 * Reads all entries of an account and source (`cell.week` does not matter); those that were put
 * aside are merged into the weeks that they belong to.
 */
gboolean tm_settle_read(TmLedger *ledger, Settling *settling, TmLedgerCell cell, GError **error);

/*
 * Sets SESSIONS, and estimated ACTIVE_SECONDS where the source supplies them and no record states
 * them, in the totals. Entries are in the order of their time.
 */
void tm_settle_sessions(Settling *settling, const TmSource *source);

#endif
