/*
 * roster: where each person was in each week, what they held, which days they worked; and how
 * large each team was. Made once from the set-up, before any use is looked at.
 */
#ifndef TM_MEASURE_ROSTER_H
#define TM_MEASURE_ROSTER_H

#include "partition.h"
#include <tidemark/setup.h>

/* One person in one week. */
typedef struct TmRosterWeek {
    TmTeamIndex team;  /* home by Monday's roster; TM_TEAM_NONE: not on it */
    guint64 tools;     /* licences held on Sunday, a bit a tool */
    gboolean licensed; /* on Monday's roster and holding any */
    guint8 working;    /* own working days, bit 0 Monday */
    guint8 usual;      /* the same without holidays and time off */
} TmRosterWeek;

typedef struct TmRoster {
    const TmSetup *setup;
    TmWeek first;
    guint weeks;
    gboolean by_licences;   /* FALSE: no licence rows at all, the roster stands for them */
    guint64 licensed_tools; /* tools that any licence row names */
    TmRosterWeek *cells;    /* [person × weeks + week] */
    TmTeamSize *sizes;      /* [week × teams + team]; only licensed[0] and roster are set */
} TmRoster;

TmRoster *tm_roster_make(const TmSetup *setup, TmWeek first, guint weeks);
void tm_roster_free(TmRoster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmRoster, tm_roster_free)

const TmRosterWeek *tm_roster_week(const TmRoster *roster, TmPersonIndex person, guint week);

/* Team sizes of a week with the history that a split looks at; [teams], owned by the caller. Weeks
 * before the roster's first count as the first. */
TmTeamSize *tm_roster_sizes(const TmRoster *roster, guint week);

/*
 * First day of a person's first licence, where the roster stands for licences of their first spell;
 * TM_DAY_NONE where that is open or there is none.
 */
TmDay tm_roster_began(const TmRoster *roster, TmPersonIndex person);

/*
 * First day of the days up to this one on each of which the person held a licence, of whatever
 * tool; where the roster stands for licences, was on it. TM_DAY_FOREVER if not on this day.
 */
TmDay tm_roster_licensed_since(const TmRoster *roster, TmPersonIndex person, TmDay day);

/* First and one past the last licence of a person in setup->licences. */
void tm_roster_licences(const TmSetup *setup, TmPersonIndex person, guint *first, guint *end);

#endif
