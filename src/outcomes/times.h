/* times: the ways in which exports of development tools write a moment. */
#ifndef TIDEMARK_OUTCOMES_TIMES_H
#define TIDEMARK_OUTCOMES_TIMES_H

#include "reading.h"

/*
 * Like tm_instant_parse(), and also: an offset without a colon ("+0800"), a blank before it, the
 * word UTC, and nothing at all, which is UTC. Seconds must be there.
 */
gboolean outcome_instant(TmCell cell, gint64 *milliseconds);

/* git's own form: "Mon Oct 5 10:02:00 2026 +0100"; else as outcome_instant(). */
gboolean outcome_git_instant(TmCell cell, gint64 *milliseconds);

/* The day in the organisation's zone. */
TmDay outcome_local_day(const OutcomeReading *reading, gint64 milliseconds);

/*
 * A date as a site of Jira shows it, with or without a time of day: "11/May/24 03:26 PM",
 * "6/21/2025 16:14", "2026-10-05 09:12", "05.10.26". Names of months may be English, German,
 * French, Spanish, Portuguese, Italian or Dutch.
 */
typedef struct OutcomeSiteTime {
    int first, second, year; /* of the first two, which is the day depends on the order */
    int month;               /* 0: one of the first two; else `first` is the day */
    int minute;              /* of the day */
} OutcomeSiteTime;

gboolean outcome_site_time(TmCell cell, OutcomeSiteTime *time);

/* Its day in the organisation's zone. TM_DAY_NONE if there is no such day. */
TmDay outcome_site_day(
    const OutcomeReading *reading, const OutcomeSiteTime *time, TmDateOrder order);

#endif
