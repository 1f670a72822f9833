/* The roster week by week: see roster.h. */
#include "roster.h"

static const TmPerson *person_at(const TmSetup *setup, guint index)
{
    return &g_array_index(setup->people, TmPerson, index);
}

static const TmLicence *licence_at(const TmSetup *setup, guint index)
{
    return &g_array_index(setup->licences, TmLicence, index);
}

/* First licence whose person is not below `person`; licences are sorted by person. */
static guint licence_bound(const TmSetup *setup, TmPersonIndex person)
{
    guint low = 0, high = setup->licences->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (licence_at(setup, middle)->person < person)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void tm_roster_licences(const TmSetup *setup, TmPersonIndex person, guint *first, guint *end)
{
    *first = *end = licence_bound(setup, person);
    while (*end < setup->licences->len && licence_at(setup, *end)->person == person)
        (*end)++;
}

TmDay tm_roster_began(const TmRoster *roster, TmPersonIndex person)
{
    if (!roster->by_licences) {
        const GArray *spells = person_at(roster->setup, person)->spells;
        return spells->len == 0 ? TM_DAY_NONE : g_array_index(spells, TmRosterSpell, 0).first;
    }
    guint first, end;
    tm_roster_licences(roster->setup, person, &first, &end);
    TmDay began = first == end ? TM_DAY_NONE : licence_at(roster->setup, first)->first;
    for (guint i = first; i < end; i++)
        began = MIN(began, licence_at(roster->setup, i)->first);
    return began;
}

/* First day of a licence (or spell) in force on a day; TM_DAY_FOREVER: none. */
static TmDay in_force_since(const TmRoster *roster, TmPersonIndex person, TmDay day)
{
    TmDay since = TM_DAY_FOREVER;
    const GArray *spells = person_at(roster->setup, person)->spells;
    guint first, end;
    for (guint i = 0; !roster->by_licences && i < spells->len; i++) {
        const TmRosterSpell *spell = &g_array_index(spells, TmRosterSpell, i);
        if (spell->first <= day && day <= spell->last)
            since = MIN(since, spell->first);
    }
    if (!roster->by_licences)
        return since;
    tm_roster_licences(roster->setup, person, &first, &end);
    for (guint i = first; i < end; i++) {
        const TmLicence *licence = licence_at(roster->setup, i);
        if (licence->first <= day && day <= licence->last)
            since = MIN(since, licence->first);
    }
    return since;
}

TmDay tm_roster_licensed_since(const TmRoster *roster, TmPersonIndex person, TmDay day)
{
    TmDay since = in_force_since(roster, person, day);
    while (since != TM_DAY_FOREVER && since > TM_DAY_NONE + 1) {
        TmDay earlier = in_force_since(roster, person, since - 1);
        if (earlier == TM_DAY_FOREVER)
            break;
        since = earlier;
    }
    return since;
}

static const TmRosterSpell *spell_on(const TmPerson *person, TmDay day)
{
    for (guint i = 0; i < person->spells->len; i++) {
        const TmRosterSpell *spell = &g_array_index(person->spells, TmRosterSpell, i);
        if (spell->first <= day && day <= spell->last)
            return spell;
    }
    return NULL;
}

static guint64 tools_held(const TmSetup *setup, guint first, guint end, TmDay day)
{
    guint64 tools = 0;
    for (guint i = first; i < end; i++) {
        const TmLicence *licence = licence_at(setup, i);
        if (licence->first <= day && day <= licence->last)
            tools |= G_GUINT64_CONSTANT(1) << licence->tool;
    }
    return tools;
}

static void fill_days(TmRosterWeek *cell, const TmSetup *setup, TmPersonIndex index, TmDay monday)
{
    for (guint day = 0; day < 7; day++) {
        const TmRosterSpell *spell = spell_on(person_at(setup, index), monday + (TmDay)day);
        if (spell != NULL && (spell->work_days >> day & 1))
            cell->usual |= (guint8)(1u << day);
        if (tm_setup_is_working_day(setup, index, monday + (TmDay)day))
            cell->working |= (guint8)(1u << day);
    }
}

static void fill_person(TmRoster *roster, TmPersonIndex index)
{
    const TmSetup *setup = roster->setup;
    const TmPerson *person = person_at(setup, index);
    guint first_licence, end_licence;
    tm_roster_licences(setup, index, &first_licence, &end_licence);
    for (guint week = 0; week < roster->weeks; week++) {
        TmRosterWeek *cell = &roster->cells[(gsize)index * roster->weeks + week];
        TmDay monday = tm_week_monday(roster->first + (TmWeek)week);
        const TmRosterSpell *spell = spell_on(person, monday);
        cell->team = spell == NULL ? TM_TEAM_NONE : spell->team;
        fill_days(cell, setup, index, monday);
        cell->tools = tools_held(setup, first_licence, end_licence, monday + 6);
        if (cell->team == TM_TEAM_NONE)
            continue;
        cell->licensed = !roster->by_licences || cell->tools != 0;
        TmTeamSize *size = &roster->sizes[(gsize)week * setup->teams->len + cell->team];
        size->roster++;
        size->licensed[0] += cell->licensed;
    }
}

TmRoster *tm_roster_make(const TmSetup *setup, TmWeek first, guint weeks)
{
    TmRoster *roster = g_new0(TmRoster, 1);
    roster->setup = setup;
    roster->first = first;
    roster->weeks = weeks;
    roster->by_licences = setup->licences->len > 0;
    for (guint i = 0; i < setup->licences->len; i++)
        roster->licensed_tools |= G_GUINT64_CONSTANT(1) << licence_at(setup, i)->tool;
    roster->cells = g_new0(TmRosterWeek, (gsize)setup->people->len * weeks + 1);
    roster->sizes = g_new0(TmTeamSize, (gsize)setup->teams->len * weeks + 1);
    for (guint person = 0; person < setup->people->len; person++)
        fill_person(roster, person);
    return roster;
}

void tm_roster_free(TmRoster *roster)
{
    if (roster == NULL)
        return;
    g_free(roster->cells);
    g_free(roster->sizes);
    g_free(roster);
}

const TmRosterWeek *tm_roster_week(const TmRoster *roster, TmPersonIndex person, guint week)
{
    return &roster->cells[(gsize)person * roster->weeks + week];
}

TmTeamSize *tm_roster_sizes(const TmRoster *roster, guint week)
{
    guint teams = roster->setup->teams->len;
    TmTeamSize *sizes = g_new0(TmTeamSize, teams);
    for (guint team = 0; team < teams; team++) {
        sizes[team].roster = roster->sizes[(gsize)week * teams + team].roster;
        for (guint ago = 0; ago < TM_SPLIT_WEEKS; ago++) {
            guint then = week >= ago ? week - ago : 0;
            sizes[team].licensed[ago] = roster->sizes[(gsize)then * teams + team].licensed[0];
        }
    }
    return sizes;
}
