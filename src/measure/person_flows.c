/* Who became active since the week before, and who no longer is. */
#include "person.h"

/* First covered weeks in which nobody can be told to be new. */
#define FIRST_EVER_WEEKS 4

/* A licence began after the data did, so that we would have seen an earlier use. */
static gboolean licence_is_new(const TmPersonAt *at)
{
    guint first, end;
    tm_roster_licences(at->pass->setup, at->person, &first, &end);
    for (guint i = first; i < end; i++)
        if (g_array_index(at->pass->setup->licences, TmLicence, i).first >=
            tm_week_monday(at->pass->first_data))
            return TRUE;
    return FALSE;
}

static void gained(const TmPersonAt *at)
{
    gboolean tellable = at->frame->week - at->pass->first_data >= FIRST_EVER_WEEKS;
    tm_at_count(at, at->block, TM_KPI_GAINED_USERS);
    if (!at->memory->was_ever && (tellable || licence_is_new(at)))
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
