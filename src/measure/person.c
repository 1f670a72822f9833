/* One person's weeks become contributions to the sums of their groups: see pass.h, person.h. */
#include "person.h"

#include <string.h>

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

TmSum *tm_at_sum(const TmPersonAt *at, TmKpiId kpi)
{
    return tm_week_sum(at->frame->sums, at->block, kpi);
}

static guint department_of(const TmPersonAt *at, guint block)
{
    const TmScope *scope = g_ptr_array_index(at->frame->partition->scopes, block);
    return scope->parent;
}

void tm_at_count(const TmPersonAt *at, guint block, TmKpiId kpi)
{
    tm_sum_add(tm_week_sum(at->frame->sums, 0, kpi), 1, FALSE);
    if (block != G_MAXUINT)
        tm_sum_add(tm_week_sum(at->frame->sums, department_of(at, block), kpi), 1, FALSE);
}

void tm_at_cut(const TmPersonAt *at, TmKpiId kpi, guint part, gint64 contribution)
{
    tm_sum_add(tm_week_cut(at->frame->sums, 0, kpi, part), contribution, FALSE);
    tm_sum_add(
        tm_week_cut(at->frame->sums, department_of(at, at->block), kpi, part), contribution, FALSE);
}

static void add_magnitudes(TmWeekSums *sums, guint scope, const TmUse *use)
{
    for (gsize i = 0; i < G_N_ELEMENTS(summed); i++)
        tm_sum_add(tm_week_sum(sums, scope, summed[i].kpi), use->total.value[summed[i].measure],
            (use->total.estimated & TM_MEASURE_BIT(summed[i].measure)) != 0);
    tm_sum_add(tm_week_sum(sums, scope, TM_KPI_TOKENS), tm_headline_tokens(&use->total), FALSE);
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

static void add_unassigned(TmFrame *frame, const TmUse *use)
{
    guint unassigned = tm_partition_single(frame->partition, TM_SCOPE_UNASSIGNED);
    add_magnitudes(frame->sums, unassigned, use);
    tm_sum_add(tm_week_sum(frame->sums, unassigned, TM_KPI_UNASSIGNED_ACCOUNTS), 1, FALSE);
}

static void add_week(const TmPersonAt *at)
{
    const TmUse *use = tm_at_use(at);
    tm_person_seats(at);
    tm_person_flows(at);
    if (at->block == G_MAXUINT) {
        if (tm_use_is_any(use))
            add_unassigned(at->frame, use);
        return;
    }
    add_magnitudes(at->frame->sums, at->block, use);
    tm_person_people(at);
    if (!tm_at_cell(at)->licensed)
        return;
    tm_person_habit(at);
    tm_person_sessions(at);
    tm_person_history(at);
    tm_person_start(at);
}

static guint home_block(const TmFrame *frame, TmTeamIndex team)
{
    return frame->sums == NULL || team == TM_TEAM_NONE ? G_MAXUINT : frame->block_of_team[team];
}

void tm_pass_person(TmPass *pass, TmPersonIndex person, const TmUse *use)
{
    TmMemory memory = {.team_before = TM_TEAM_NONE};
    TmPersonAt at = {.pass = pass,
        .person = person,
        .began = tm_roster_began(pass->roster, person),
        .cells = tm_roster_week(pass->roster, person, 0),
        .uses = use,
        .memory = &memory};
    for (guint week = 0; week < pass->weeks; week++) {
        const TmRosterWeek *cell = &at.cells[week];
        at.week = week;
        at.frame = &pass->frames[week];
        at.active = cell->licensed && use[week].active_days != 0;
        at.block = home_block(at.frame, cell->team);
        tm_streak_week(&memory.streak, cell->working, use[week].active_days,
            unknown_days(pass, week, cell, &use[week]));
        for (guint tool = 0; tool < pass->setup->tools->len; tool++)
            memory.recent[tool] = memory.recent[tool] << 1 | (use[week].active_tools >> tool & 1);
        if (at.frame->sums != NULL)
            add_week(&at);
        memory.was_active = at.active;
        memory.was_ever |= use[week].active_days != 0;
        memory.streak_before = tm_streak_in_force(&memory.streak);
        memory.team_before = cell->team;
    }
}

void tm_pass_stranger(TmPass *pass, const TmUse *use)
{
    for (guint week = pass->measured; week < pass->weeks; week++)
        if (pass->frames[week].sums != NULL && tm_use_is_any(&use[week]))
            add_unassigned(&pass->frames[week], &use[week]);
}
