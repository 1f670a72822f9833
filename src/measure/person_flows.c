/* Who became active since the week before, and who no longer is. */
#include "person.h"

/* First covered weeks in which nobody can be told to be new. */
#define FIRST_EVER_WEEKS 4

/* A licence began after the tool's data did, so that we would have seen an earlier use. */
static gboolean licence_is_new(const TmPersonAt *at)
{
    guint first, end;
    tm_roster_licences(at->pass->setup, at->person, &first, &end);
    for (guint i = first; i < end; i++) {
        const TmLicence *licence = &g_array_index(at->pass->setup->licences, TmLicence, i);
        TmWeek data = at->pass->first_of[licence->tool];
        if (data != TM_WEEK_NONE && licence->first >= tm_week_monday(data))
            return TRUE;
    }
    return FALSE;
}

/* No tool that was used is in the first weeks of its data. */
static gboolean first_ever_is_tellable(const TmPersonAt *at)
{
    for (guint64 left = tm_at_use(at)->active_tools; left != 0; left &= left - 1) {
        TmWeek data = at->pass->first_of[__builtin_ctzll(left)];
        if (data == TM_WEEK_NONE || at->frame->week - data < FIRST_EVER_WEEKS)
            return FALSE;
    }
    return TRUE;
}

static void gained(const TmPersonAt *at)
{
    tm_at_count(at, at->block, TM_KPI_GAINED_USERS);
    if (!at->memory->was_ever && (first_ever_is_tellable(at) || licence_is_new(at)))
        tm_at_count(at, at->block, TM_KPI_NEW_USERS);
}

/* Who has no home any more is missed in the department that they were in. */
static void lost(const TmPersonAt *at)
{
    const TmRosterWeek *cell = tm_at_cell(at);
    TmTeamIndex team = at->memory->team_before;
    guint block = at->block;
    if (block == G_MAXUINT && team != TM_TEAM_NONE)
        block = at->frame->block_of_team[team];
    tm_at_count(at, block, TM_KPI_LOST_USERS);
    tm_at_count(at, block,
        !cell->licensed      ? TM_KPI_LEFT_USERS
        : cell->working == 0 ? TM_KPI_AWAY_USERS
                             : TM_KPI_LAPSED_USERS);
}

void tm_person_flows(const TmPersonAt *at)
{
    if (at->active && at->block != G_MAXUINT && !at->memory->was_active)
        gained(at);
    else if (!at->active && at->memory->was_active)
        lost(at);
}
