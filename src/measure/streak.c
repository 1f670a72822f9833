/* The state machine of a streak: see streak.h. */
#include "streak.h"

static void day_with_activity(TmStreak *streak)
{
    if (streak->run == 0)
        streak->gaps = FALSE;
    streak->run++;
    streak->misses = 0;
}

static void day_without_activity(TmStreak *streak)
{
    if (streak->run > 0) {
        streak->before = streak->run;
        streak->misses = 0;
    }
    streak->run = 0;
    streak->misses++;
}

void tm_streak_week(TmStreak *streak, guint8 working, guint8 active, guint8 unknown)
{
    for (guint day = 0; day < 7; day++) {
        if ((working >> day & 1) == 0)
            continue;
        if (active >> day & 1)
            day_with_activity(streak);
        else if (unknown >> day & 1)
            streak->gaps = TRUE;
        else
            day_without_activity(streak);
    }
}

guint tm_streak_in_force(const TmStreak *streak)
{
    if (streak->run > 0)
        return streak->run;
    return streak->misses == 1 ? streak->before : 0;
}
