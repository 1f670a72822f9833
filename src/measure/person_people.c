/* Who is licensed, active, regular and present; and on how many days. */
#include "person.h"

gboolean tm_is_regular(const TmSettings *settings, const TmUse *use)
{
    return use->total.value[TM_MEASURE_SESSIONS] >= settings->regular_sessions ||
           tm_bits(use->active_days) >= settings->regular_days ||
           tm_headline_tokens(&use->total) > settings->regular_tokens;
}

/* Part of the cut by active days: 0, 1, 2, 3-4, 5 or more. */
static guint frequency_part(guint days)
{
    return days >= 5 ? 4 : MIN(days, 3);
}

static void add_frequency(const TmPersonAt *at)
{
    tm_at_cut(at, TM_KPI_USAGE_FREQUENCY, frequency_part(tm_bits(tm_at_use(at)->active_days)), 1);
}

void tm_person_people(const TmPersonAt *at)
{
    const TmRosterWeek *cell = tm_at_cell(at);
    const TmUse *use = tm_at_use(at);
    if (!cell->licensed) {
        if (use->active_days != 0)
            tm_sum_add(tm_week_sum(at->frame->sums, 0, TM_KPI_ACTIVE_UNLICENSED), 1, FALSE);
        return;
    }
    tm_sum_add(tm_at_sum(at, TM_KPI_LICENSED), 1, FALSE);
    tm_sum_add(tm_at_sum(at, TM_KPI_WORKING_DAYS), tm_bits(cell->working), FALSE);
    tm_sum_add(tm_at_sum(at, TM_KPI_USUAL_DAYS), tm_bits(cell->usual), FALSE);
    if (cell->working != 0) {
        tm_sum_add(tm_at_sum(at, TM_KPI_PRESENT), 1, FALSE);
        tm_sum_add(tm_at_sum(at, TM_KPI_PRESENT_ACTIVE), at->active, FALSE);
    }
    tm_sum_add(tm_at_sum(at, TM_KPI_ACTIVE_USERS), at->active, FALSE);
    tm_sum_add(tm_at_sum(at, TM_KPI_REGULAR_USERS),
        at->active && tm_is_regular(&at->pass->setup->settings, use), FALSE);
    add_frequency(at);
}
