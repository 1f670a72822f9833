/* settle: what settle.c and settle_sessions.c share while one account's facts are made. */
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
} Settling;

/*
 * Sets SESSIONS, and estimated ACTIVE_SECONDS where the source supplies them and no record states
 * them, in the totals. Entries are in the order of their time.
 */
void tm_settle_sessions(Settling *settling, const TmSource *source);

#endif
