/*
 * Totals of one account, week and source, made from its entries; and their packed form, which the
 * scan reads. Use: tm_totals_clear, tm_totals_add per entry, tm_totals_sessions where sessions are
 * not stated by the source, tm_totals_pack.
 */
#ifndef LEDGER_TOTALS_H
#define LEDGER_TOTALS_H

#include "entry.h"
#include "mix.h"

#define TM_MINUTES_IN_DAY 1440
#define TM_MINUTES_IN_WEEK (7 * TM_MINUTES_IN_DAY)

/* Interactions less than this apart are one session. */
#define TM_SESSION_GAP 30

typedef struct TmTotals {
    guint8 days_with_rows;
    guint8 days_untimed; /* days that have an interaction without a minute */
    TmMeasures day[7];
    guint64 minutes[(TM_MINUTES_IN_WEEK + 63) / 64]; /* bit set: an interaction in that minute */
    TmMixes mixes;
} TmTotals;

/* What an entry adds to its day: its values as often as it counts. */
TmMeasures tm_entry_counted(const TmEntry *entry);

void tm_totals_clear(TmTotals *totals);
void tm_totals_add(TmTotals *totals, const TmEntry *entry);

/* First and last minute of the week with an interaction; TM_MINUTE_NONE if there is none. */
int tm_totals_first_minute(const TmTotals *totals);
int tm_totals_last_minute(const TmTotals *totals);

/*
 * Sets estimated SESSIONS on every day that says anything about interactions. A session counts on
 * the day it begins; one that has begun in the week before (`last_minute_before`, of that week, or
 * TM_MINUTE_NONE) counts there. A day whose interactions have no minutes has one session.
 */
void tm_totals_sessions(TmTotals *totals, int last_minute_before);

/* Only the values of an entry, without its minute. */
void tm_totals_add_values(TmTotals *totals, const TmEntry *entry);

/*
 * Sessions by gaps that begin on each day, and 1 on days whose interactions have no minutes; gives
 * the days that have any. `last_minute_before` as above.
 */
guint8 tm_totals_count_sessions(const TmTotals *totals, int last_minute_before, gint64 sessions[7]);

/* `covered`: days that a personal source covers for the account. */
void tm_totals_pack(const TmTotals *totals, guint8 covered, GByteArray *out);

/* Reads packed totals; `week` must be all zero but for its mix. FALSE if the bytes are broken. */
gboolean tm_totals_unpack(const guint8 *bytes, gsize length, TmPersonWeek *week);

#endif
