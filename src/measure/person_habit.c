/* Streaks, active days, and the share of time. */
#include "person.h"

/* Limits of the bands of streaks, in working days. */
#define STREAK_DEVELOPING 5
#define STREAK_EMBEDDED 15

static guint streak_part(guint streak)
{
    return streak < STREAK_DEVELOPING ? 0 : streak <= STREAK_EMBEDDED ? 1 : 2;
}

static void add_streak(const TmPersonAt *at)
{
    TmWeekSums *sums = at->frame->sums;
    guint16 streak = (guint16)MIN(tm_streak_in_force(&at->memory->streak), G_MAXUINT16);
    g_array_append_val(sums->streaks[at->block], streak);
    TmSum *streaks = tm_at_sum(at, TM_KPI_STREAK);
    streaks->value += streak;
    streaks->people++;
    if (at->memory->streak.gaps)
        streaks->flags |= TM_FIGURE_AT_LEAST;
    tm_sum_add(tm_at_sum(at, TM_KPI_STREAK_5_USERS), streak >= STREAK_DEVELOPING, FALSE);
    tm_at_cut(at, TM_KPI_STREAK_BANDS, streak_part(streak), 1);
}

/* The same people at the end of both weeks, so that newcomers do not pull the mean down. */
static void add_matched_streak(const TmPersonAt *at)
{
    TmSum *now = tm_at_sum(at, TM_KPI_MATCHED_STREAK_NOW);
    TmSum *before = tm_at_sum(at, TM_KPI_MATCHED_STREAK_BEFORE);
    now->value += tm_streak_in_force(&at->memory->streak);
    before->value += at->memory->streak_before;
    now->people++;
    before->people++;
}

static void add_time(const TmPersonAt *at)
{
    const TmMeasures *total = &tm_at_use(at)->total;
    if ((total->present & TM_MEASURE_BIT(TM_MEASURE_ACTIVE_SECONDS)) == 0)
        return;
    gint64 hours =
        (gint64)tm_bits(tm_at_cell(at)->working) * at->pass->setup->settings.hours_per_day;
    tm_sum_add(tm_at_sum(at, TM_KPI_AI_HOURS), total->value[TM_MEASURE_ACTIVE_SECONDS],
        (total->estimated & TM_MEASURE_BIT(TM_MEASURE_ACTIVE_SECONDS)) != 0);
    tm_sum_add(tm_at_sum(at, TM_KPI_KNOWN_HOURS), hours * 3600, FALSE);
}

void tm_person_habit(const TmPersonAt *at)
{
    if (at->memory->was_active)
        add_matched_streak(at);
    add_time(at);
    if (!at->active)
        return;
    guint8 working = tm_at_cell(at)->working;
    add_streak(at);
    tm_sum_add(tm_at_sum(at, TM_KPI_ACTIVE_PEOPLE_DAYS), tm_bits(working), FALSE);
    tm_sum_add(tm_at_sum(at, TM_KPI_ACTIVE_WORKING_DAYS),
        tm_bits(working & tm_at_use(at)->active_days), FALSE);
}
