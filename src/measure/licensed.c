/* How many people are licensed, without a ledger: see measure.h. */
#include "roster.h"

#include <tidemark/measure.h>

guint64 tm_measure_licensed(const struct TmSetup *setup, TmWeek week)
{
    g_autoptr(TmRoster) roster = tm_roster_make(setup, week, 1);
    guint64 people = 0;
    for (guint person = 0; person < setup->people->len; person++)
        people += tm_roster_week(roster, person, 0)->licensed ? 1 : 0;
    return people;
}
