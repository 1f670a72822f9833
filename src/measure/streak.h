/*
 * streak: consecutive own working days with activity. Days off neither break nor lengthen a
 * streak, activity on a day off does not lengthen it either, and a day without data neither breaks
 * nor extends it ("at least n days"). At a week's end the streak in force ends on the last working
 * day or the one before.
 */
#ifndef TM_MEASURE_STREAK_H
#define TM_MEASURE_STREAK_H

#include <glib.h>

typedef struct TmStreak {
    guint run;     /* working days in a row up to the last one seen */
    guint before;  /* the run that the latest day without activity ended */
    guint misses;  /* working days without activity since */
    gboolean gaps; /* the run, or the one before, spans days without data */
} TmStreak;

/* Goes through one week; bit 0 of each mask is Monday. `unknown`: days without data. */
void tm_streak_week(TmStreak *streak, guint8 working, guint8 active, guint8 unknown);

/* The streak in force in days. */
guint tm_streak_in_force(const TmStreak *streak);

#endif
