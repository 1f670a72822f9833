/* How people whose licence is new come to use it. */
#include "person.h"

#define STARTER_WEEKS 13   /* licences that count as new for starting late */
#define COHORT_WEEKS 26    /* for the time to the first meaningful prompt */
#define STARTER_DAYS 10    /* own working days after which a start is late */
#define NOT_STARTED_DAYS 7 /* days since the licence began */

/* Own working days after the licence's first day, up to and with a day of the frames. */
static guint working_days_since(const TmPersonAt *at, TmDay last)
{
    guint days = 0;
    for (guint week = 0; week <= at->week; week++) {
        TmDay monday = tm_week_monday(at->pass->frames[week].week);
        for (guint day = 0; day < 7; day++)
            if (monday + (TmDay)day > at->began && monday + (TmDay)day <= last)
                days += at->cells[week].working >> day & 1;
    }
    return days;
}

/* First day from the licence's first on that one of the masks has; TM_DAY_NONE: none yet. */
static TmDay first_day(const TmPersonAt *at, gboolean meaningful)
{
    for (guint week = 0; week <= at->week; week++) {
        const TmUse *use = &at->uses[week];
        guint8 days = meaningful ? use->meaningful_days : use->active_days;
        TmDay monday = tm_week_monday(at->pass->frames[week].week);
        for (guint day = 0; day < 7; day++)
            if ((days >> day & 1) != 0 && monday + (TmDay)day >= at->began)
                return monday + (TmDay)day;
    }
    return TM_DAY_NONE;
}

void tm_person_start(const TmPersonAt *at)
{
    TmDay sunday = tm_week_monday(at->frame->week) + 6;
    /* Before the data begin, a first use would not have been seen. */
    if (at->began == TM_DAY_NONE || at->began < at->pass->first_day ||
        at->began <= sunday - 7 * COHORT_WEEKS)
        return;
    TmDay first = first_day(at, TRUE);
    guint held = working_days_since(at, sunday);
    TmStart start = {.days = first == TM_DAY_NONE ? held : working_days_since(at, first),
        .started = first != TM_DAY_NONE};
    g_array_append_val(at->frame->sums->starts[at->block], start);
    if (at->began <= sunday - 7 * STARTER_WEEKS)
        return;
    if (at->began <= sunday - NOT_STARTED_DAYS + 1 && first_day(at, FALSE) == TM_DAY_NONE)
        tm_at_count(at, at->block, TM_KPI_NOT_STARTED);
    if (held < STARTER_DAYS)
        return;
    tm_at_count(at, at->block, TM_KPI_STARTERS);
    if (!start.started || start.days > STARTER_DAYS)
        tm_at_count(at, at->block, TM_KPI_SLOW_STARTERS);
}
