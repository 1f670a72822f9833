/*
 * cursor_days: one person's day in Cursor, as the interface's daily usage and the old team
 * analytics CSV tell of it. The record has a part for each surface.
 */
#ifndef TIDEMARK_INTAKE_CURSOR_DAYS_H
#define TIDEMARK_INTAKE_CURSOR_DAYS_H

#include "../json_values.h"

typedef enum TmCursorCounter {
    TM_CURSOR_TABS_SHOWN,
    TM_CURSOR_TABS_ACCEPTED,
    TM_CURSOR_EDITS,
    TM_CURSOR_INLINE_EDITS,
    TM_CURSOR_DIFFS_ACCEPTED,
    TM_CURSOR_DIFFS_REJECTED,
    TM_CURSOR_CHATS,
    TM_CURSOR_AGENT_RUNS,
    TM_CURSOR_REVIEWS,
    TM_CURSOR_PAID_BY_PLAN, /* the same calls, by who pays: never added to the others */
    TM_CURSOR_PAID_ON_DEMAND,
    TM_CURSOR_PAID_BY_OWN_KEY,
    TM_CURSOR_COUNTERS
} TmCursorCounter;

typedef struct TmCursorDay {
    TmDay day;
    TmCell email, user;
    gboolean active_known, active;
    TmCount counters[TM_CURSOR_COUNTERS];
} TmCursorDay;

/*
 * Rows met in one file. Somebody who was invited again has two ids: rows of one address and day
 * with different ids add up, equal ones are one. Bounded; zeroed before use.
 */
typedef struct TmCursorDays {
    GHashTable *seen;
} TmCursorDays;
void tm_cursor_days_clear(TmCursorDays *days);

/* Hands the day over, or reports why not. `day_field` and `email_field` are for messages. */
void tm_cursor_day_take(TmCursorDays *days, TmReading *reading, const TmCursorDay *row,
    const char *day_field, const char *email_field);

#endif
