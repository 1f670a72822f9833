/*
 * person: one person at one week of the walk, and what each subject adds of them to the sums of
 * their groups. Private to measure.
 */
#ifndef TM_MEASURE_PERSON_H
#define TM_MEASURE_PERSON_H

#include "pass.h"
#include "streak.h"

/* Weeks without use after which a seat counts as unused, and as idle. */
#define TM_ZERO_SESSION_WEEKS 4
#define TM_IDLE_WEEKS 9

/* What is carried from week to week. */
typedef struct TmMemory {
    TmStreak streak;
    guint streak_before;           /* in force at the end of the week before */
    gboolean was_active;           /* licensed and active the week before */
    gboolean was_ever;             /* active in any week before */
    TmTeamIndex team_before;       /* home of the week before; TM_TEAM_NONE: none */
    guint64 recent[TM_TOOL_LIMIT]; /* bit n: active on the tool n weeks ago */
} TmMemory;

typedef struct TmPersonAt {
    TmPass *pass;
    guint week; /* index of the frame */
    TmFrame *frame;
    TmPersonIndex person;
    TmDay began;               /* first day of the first licence; TM_DAY_NONE: not known */
    const TmRosterWeek *cells; /* [weeks] */
    const TmUse *uses;         /* [weeks] */
    guint block;               /* scope of the home block; G_MAXUINT: none */
    gboolean active;           /* licensed and active */
    const TmMemory *memory;
} TmPersonAt;

static inline const TmRosterWeek *tm_at_cell(const TmPersonAt *at)
{
    return &at->cells[at->week];
}

static inline const TmUse *tm_at_use(const TmPersonAt *at)
{
    return &at->uses[at->week];
}

static inline guint tm_bits(guint8 mask)
{
    return (guint)__builtin_popcount(mask);
}

/* Sum of the home block. */
TmSum *tm_at_sum(const TmPersonAt *at, TmKpiId kpi);

/* Counts the person for the organisation and for the department of a scope (G_MAXUINT: none). */
void tm_at_count(const TmPersonAt *at, guint block, TmKpiId kpi);

/* Adds to a part of a cut, for the organisation and the department of the home block. */
void tm_at_cut(const TmPersonAt *at, TmKpiId kpi, guint part, gint64 contribution);

/* 3 sessions, 3 active days, or over the token floor (settings). */
gboolean tm_is_regular(const TmSettings *settings, const TmUse *use);

/* ---- Subjects ---------------------------------------------------------------------------- */

void tm_person_people(const TmPersonAt *at);   /* licensed, active, regular, present */
void tm_person_habit(const TmPersonAt *at);    /* streaks, active days, time */
void tm_person_sessions(const TmPersonAt *at); /* sessions, spread, tools */
void tm_person_flows(const TmPersonAt *at);    /* gained, lost and their kinds */
void tm_person_history(const TmPersonAt *at);  /* segments, unused, declining */
void tm_person_start(const TmPersonAt *at);    /* not started, time to the first prompt */
void tm_person_seats(const TmPersonAt *at);    /* seats by tool and their cost */

#endif
