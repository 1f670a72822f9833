/* settle: what the files settle*.c and own.c share while one account's facts are made. */
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

/* ---- settle_copies.c ---- */

/*
 * Equal keys and parts become one. Entries then stand by key and part, and so they must for the two
 * functions below.
 */
void tm_settle_join_equal(GArray *entries);

/*
 * A copy that does not say which request it was (part 0) is one with the only other part of its
 * key; beside several it says nothing new.
 */
void tm_settle_join_unnamed(GArray *entries);

/* Running totals become increases; their parts are days. */
void tm_settle_difference(GArray *entries);

void tm_settle_sort_by_time(GArray *entries);

/* ---- settle_time.c: entries in the order of their time ---- */

/* Sets estimated ACTIVE_SECONDS where the source supplies them and no record states them. */
void tm_settle_time(GArray *entries, const TmSource *source);

/* Minutes since week 0 began, local; an entry without a minute is at the start of its day. */
gint64 tm_settled_minute(const TmSettledEntry *row);

gboolean tm_settled_is_interaction(const TmSettledEntry *row);

/* ---- settle_sessions.c: entries in the order of their time ---- */

/* Sets SESSIONS in the totals. */
void tm_settle_sessions(Settling *settling, const TmSource *source);

/* Each entry belongs to one session afterwards: the one with which it is counted. */
void tm_settle_choose_sessions(GArray *entries);

#endif
