/* One person's weeks become contributions to the sums of their block: see pass.h. */
#include "pass.h"

#include "seats.h"
#include "streak.h"

#include <string.h>

/* Weeks without use after which a seat counts as unused, and as idle. */
#define ZERO_SESSION_WEEKS 4
#define IDLE_WEEKS 9
/* First covered weeks in which nobody can be told to be new. */
#define FIRST_EVER_WEEKS 4

static const struct {
    TmKpiId kpi;
    TmMeasure measure;
} summed[] = {
    {TM_KPI_INPUT_TOKENS, TM_MEASURE_INPUT_TOKENS},
    {TM_KPI_CACHE_WRITE_TOKENS, TM_MEASURE_CACHE_WRITE_TOKENS},
    {TM_KPI_OUTPUT_TOKENS, TM_MEASURE_OUTPUT_TOKENS},
    {TM_KPI_CACHE_READ_TOKENS, TM_MEASURE_CACHE_READ_TOKENS},
    {TM_KPI_UNSPLIT_TOKENS, TM_MEASURE_UNSPLIT_TOKENS},
    {TM_KPI_COST_METERED, TM_MEASURE_METERED},
    {TM_KPI_LIST_VALUE, TM_MEASURE_LIST_VALUE},
};

static guint bits(guint8 mask)
{
    return (guint)__builtin_popcount(mask);
}

static gint64 headline_tokens(const TmMeasures *total)
{
    return total->value[TM_MEASURE_INPUT_TOKENS] + total->value[TM_MEASURE_CACHE_WRITE_TOKENS] +
           total->value[TM_MEASURE_OUTPUT_TOKENS];
}

static void add_magnitudes(TmWeekSums *sums, guint scope, const TmUse *use)
{
    for (gsize i = 0; i < G_N_ELEMENTS(summed); i++)
        tm_sum_add(tm_week_sum(sums, scope, summed[i].kpi), use->total.value[summed[i].measure],
            (use->total.estimated & TM_MEASURE_BIT(summed[i].measure)) != 0);
    tm_sum_add(tm_week_sum(sums, scope, TM_KPI_TOKENS), headline_tokens(&use->total), FALSE);
}

static gboolean is_regular(const TmSettings *settings, const TmUse *use)
{
    return use->total.value[TM_MEASURE_SESSIONS] >= settings->regular_sessions ||
           bits(use->active_days) >= settings->regular_days ||
           headline_tokens(&use->total) > settings->regular_tokens;
}

/* Days of the week on which a tool that the person holds has no data; where the roster stands for
 * licences, everybody holds what has data. */
static guint8 unknown_days(
    const TmPass *pass, guint week, const TmRosterWeek *cell, const TmUse *use)
{
    guint8 unknown = 0;
    guint64 tools = pass->roster->by_licences ? cell->tools : pass->frames[week].tools_seen;
    for (guint64 left = tools; left != 0; left &= left - 1) {
        guint tool = (guint)__builtin_ctzll(left);
        unknown |= (guint8) ~(pass->frames[week].covered[tool] | use->covered[tool]);
    }
    return unknown;
}

/* What is carried from week to week. */
typedef struct Memory {
    TmStreak streak;
    gboolean was_active;           /* licensed and active the week before */
    gboolean was_ever;             /* active in any week before */
    guint64 recent[TM_TOOL_LIMIT]; /* bit n: active on the tool n weeks ago */
} Memory;

/* Flows are counted for the organisation: inside a department movers would blur them. */
static void count_flow(TmFrame *frame, TmKpiId kpi)
{
    tm_sum_add(tm_week_sum(frame->sums, 0, kpi), 1, FALSE);
}

/* A licence began after the tool's data did, so that we would have seen an earlier use. */
static gboolean licence_is_new(const TmPass *pass, TmPersonIndex person)
{
    guint first, end;
    tm_roster_licences(pass->setup, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const TmLicence *licence = &g_array_index(pass->setup->licences, TmLicence, i);
        TmWeek data = pass->first_of[licence->tool];
        if (data != TM_WEEK_NONE && licence->first >= tm_week_monday(data))
            return TRUE;
    }
    return FALSE;
}

/* No tool that was used is in the first weeks of its data. */
static gboolean first_ever_is_tellable(const TmPass *pass, TmWeek week, guint64 active_tools)
{
    for (guint64 left = active_tools; left != 0; left &= left - 1) {
        TmWeek data = pass->first_of[__builtin_ctzll(left)];
        if (data == TM_WEEK_NONE || week - data < FIRST_EVER_WEEKS)
            return FALSE;
    }
    return TRUE;
}

static void count_flows(TmPass *pass, guint week, TmPersonIndex person, const TmRosterWeek *cell,
    const TmUse *use, gboolean active, const Memory *memory)
{
    TmFrame *frame = &pass->frames[week];
    if (active && !memory->was_active) {
        count_flow(frame, TM_KPI_GAINED_USERS);
        if (!memory->was_ever && (first_ever_is_tellable(pass, frame->week, use->active_tools) ||
                                     licence_is_new(pass, person)))
            count_flow(frame, TM_KPI_NEW_USERS);
    } else if (!active && memory->was_active) {
        count_flow(frame, TM_KPI_LOST_USERS);
        if (cell->licensed && cell->working != 0)
            count_flow(frame, TM_KPI_LAPSED_USERS);
    }
}

static void count_people(TmPass *pass, guint week, const TmRosterWeek *cell, guint block,
    const TmUse *use, gboolean active, const Memory *memory)
{
    TmFrame *frame = &pass->frames[week];
    TmWeekSums *sums = frame->sums;
    if (!cell->licensed) {
        if (use->active_days != 0)
            tm_sum_add(tm_week_sum(sums, 0, TM_KPI_ACTIVE_UNLICENSED), 1, FALSE);
        return;
    }
    tm_sum_add(tm_week_sum(sums, block, TM_KPI_LICENSED), 1, FALSE);
    tm_sum_add(tm_week_sum(sums, block, TM_KPI_WORKING_DAYS), bits(cell->working), FALSE);
    tm_sum_add(tm_week_sum(sums, block, TM_KPI_USUAL_DAYS), bits(cell->usual), FALSE);
    if (cell->working != 0) {
        tm_sum_add(tm_week_sum(sums, block, TM_KPI_PRESENT), 1, FALSE);
        tm_sum_add(tm_week_sum(sums, block, TM_KPI_PRESENT_ACTIVE), active, FALSE);
    }
    if (!active)
        return;
    tm_sum_add(tm_week_sum(sums, block, TM_KPI_ACTIVE_USERS), 1, FALSE);
    tm_sum_add(tm_week_sum(sums, block, TM_KPI_REGULAR_USERS),
        is_regular(&pass->setup->settings, use), FALSE);
    guint16 streak = (guint16)MIN(tm_streak_in_force(&memory->streak), G_MAXUINT16);
    g_array_append_val(sums->streaks[block], streak);
    TmSum *streaks = tm_week_sum(sums, block, TM_KPI_STREAK);
    streaks->value += streak;
    streaks->people++;
    if (memory->streak.gaps)
        streaks->flags |= TM_FIGURE_AT_LEAST;
}

/* First day of the spells of one tool that follow each other without a day between, up to licence
 * `index`; a person's licences are sorted by tool and first day. */
static TmDay held_since(const TmSetup *setup, guint first, guint index)
{
    const TmLicence *licence = &g_array_index(setup->licences, TmLicence, index);
    TmDay since = licence->first;
    for (guint i = index; i-- > first;) {
        const TmLicence *earlier = &g_array_index(setup->licences, TmLicence, i);
        if (earlier->tool != licence->tool || earlier->last < since - 1)
            break;
        since = MIN(since, earlier->first);
    }
    return since;
}

static void count_seats(TmPass *pass, guint week, TmPersonIndex person, const Memory *memory)
{
    TmFrame *frame = &pass->frames[week];
    TmDay sunday = tm_week_monday(frame->week) + 6;
    guint first, end;
    tm_roster_licences(pass->setup, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const TmLicence *licence = &g_array_index(pass->setup->licences, TmLicence, i);
        if (licence->first > sunday || licence->last < sunday)
            continue;
        guint64 recent = memory->recent[licence->tool];
        TmDay since = held_since(pass->setup, first, i);
        guint64 zero_mask = (G_GUINT64_CONSTANT(1) << ZERO_SESSION_WEEKS) - 1;
        guint64 idle_mask = (G_GUINT64_CONSTANT(1) << IDLE_WEEKS) - 1;
        frame->seats_active[licence->tool] += (gint64)(recent & 1);
        if ((recent & zero_mask) == 0 && since <= sunday - 7 * ZERO_SESSION_WEEKS + 1)
            frame->seats_zero[licence->tool]++;
        if ((recent & idle_mask) == 0 && since <= sunday - 7 * IDLE_WEEKS + 1)
            frame->seats_idle[licence->tool]++;
    }
}

/* Seat money of a person goes to their home block; without one, to the spare seats. */
static void add_seat_cost(TmPass *pass, guint week, TmPersonIndex person, guint block)
{
    TmFrame *frame = &pass->frames[week];
    gint64 cost = 0;
    guint first, end;
    tm_roster_licences(pass->setup, person, &first, &end);
    for (guint i = first; i < end; i++)
        cost += tm_seats_licence_cost(pass->setup,
            &g_array_index(pass->setup->licences, TmLicence, i), tm_week_monday(frame->week));
    if (block == G_MAXUINT)
        block = tm_partition_single(frame->partition, TM_SCOPE_SPARE);
    tm_sum_add(tm_week_sum(frame->sums, block, TM_KPI_COST_SEATS), cost, FALSE);
}

static void add_week(TmPass *pass, guint week, TmPersonIndex person, const TmRosterWeek *cell,
    const TmUse *use, gboolean active, const Memory *memory)
{
    TmFrame *frame = &pass->frames[week];
    if (frame->sums == NULL)
        return;
    guint block = cell->team == TM_TEAM_NONE ? G_MAXUINT : frame->block_of_team[cell->team];
    add_seat_cost(pass, week, person, block);
    count_seats(pass, week, person, memory);
    if (block == G_MAXUINT) {
        if (use->active_days != 0 || use->total.present != 0) {
            guint unassigned = tm_partition_single(frame->partition, TM_SCOPE_UNASSIGNED);
            add_magnitudes(frame->sums, unassigned, use);
            tm_sum_add(tm_week_sum(frame->sums, unassigned, TM_KPI_UNASSIGNED_ACCOUNTS), 1, FALSE);
        }
        if (memory->was_active)
            count_flow(frame, TM_KPI_LOST_USERS);
        return;
    }
    add_magnitudes(frame->sums, block, use);
    count_people(pass, week, cell, block, use, active, memory);
    count_flows(pass, week, person, cell, use, active, memory);
}

void tm_pass_person(TmPass *pass, TmPersonIndex person, const TmUse *use)
{
    Memory memory = {0};
    for (guint week = 0; week < pass->weeks; week++) {
        const TmRosterWeek *cell = tm_roster_week(pass->roster, person, week);
        gboolean active = cell->licensed && use[week].active_days != 0;
        tm_streak_week(&memory.streak, cell->working, use[week].active_days,
            unknown_days(pass, week, cell, &use[week]));
        for (guint tool = 0; tool < pass->setup->tools->len; tool++)
            memory.recent[tool] = memory.recent[tool] << 1 | (use[week].active_tools >> tool & 1);
        add_week(pass, week, person, cell, &use[week], active, &memory);
        memory.was_active = active;
        memory.was_ever |= use[week].active_days != 0;
    }
}

void tm_pass_stranger(TmPass *pass, const TmUse *use)
{
    for (guint week = pass->measured; week < pass->weeks; week++) {
        TmFrame *frame = &pass->frames[week];
        if (frame->sums == NULL || use[week].total.present == 0)
            continue;
        guint unassigned = tm_partition_single(frame->partition, TM_SCOPE_UNASSIGNED);
        add_magnitudes(frame->sums, unassigned, &use[week]);
        tm_sum_add(tm_week_sum(frame->sums, unassigned, TM_KPI_UNASSIGNED_ACCOUNTS), 1, FALSE);
    }
}
