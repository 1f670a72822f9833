/*
 * From rows to the hierarchy: parents, cycles, the organisation on top, "NAME, direct" teams,
 * departments, final order; then people with their teams.
 *
 * Units are drafts with indexes of their own until units_arrange() sorts them; "place" below is
 * such an index, "team" is the final one.
 */
#include <string.h>

#include "loading.h"

#define NO_UNIT G_MAXUINT

static UnitDraft *unit_at(const Loading *loading, guint place)
{
    return &g_array_index(loading->units, UnitDraft, place);
}

static void report_unit(Loading *loading, guint place, TmDiagnosticKind kind, const char *why)
{
    tm_diagnostics_report(loading->diagnostics, kind, &unit_at(loading, place)->place, "%s", why);
}

/* ---- Parents ----------------------------------------------------------------------------- */

static void link_parents(Loading *loading)
{
    for (guint i = 0; i < loading->units->len; i++) {
        UnitDraft *unit = unit_at(loading, i);
        if (unit->parent_id == NULL)
            continue;
        unit->parent = unit_find(loading, unit->parent_id);
        if (unit->parent == NO_UNIT)
            report_unit(loading, i, TM_KIND_BAD_REFERENCE,
                "no row has this id; the unit is placed below the organisation");
    }
}

typedef enum WalkState { UNSEEN, ON_THE_WAY, DONE } WalkState;

/* Names every row of the cycle and hangs its units below the organisation. */
static void break_cycle(Loading *loading, guint start, WalkState *states)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    guint place = start;
    do {
        g_string_append_printf(lines, "%s%" G_GUINT64_FORMAT, lines->len > 0 ? ", " : "",
            unit_at(loading, place)->place.line);
        place = unit_at(loading, place)->parent;
    } while (place != start);
    g_autofree char *why = g_strdup_printf(
        "the parents form a cycle (line %s); the unit is placed below the organisation",
        lines->str);
    do {
        UnitDraft *unit = unit_at(loading, place);
        report_unit(loading, place, TM_KIND_BAD_REFERENCE, why);
        states[place] = DONE;
        place = unit->parent;
        unit->parent = NO_UNIT;
    } while (place != start);
}

static void break_cycles(Loading *loading)
{
    g_autofree WalkState *states = g_new0(WalkState, loading->units->len + 1);
    for (guint i = 0; i < loading->units->len; i++) {
        guint place = i;
        while (place != NO_UNIT && states[place] == UNSEEN) {
            states[place] = ON_THE_WAY;
            place = unit_at(loading, place)->parent;
        }
        if (place != NO_UNIT && states[place] == ON_THE_WAY)
            break_cycle(loading, place, states);
        for (place = i; place != NO_UNIT && states[place] == ON_THE_WAY;
             place = unit_at(loading, place)->parent)
            states[place] = DONE;
    }
}

/* ---- The organisation -------------------------------------------------------------------- */

static char *free_id(const Loading *loading, const char *wanted)
{
    GString *id = g_string_new(wanted);
    while (unit_find(loading, id->str) != NO_UNIT)
        g_string_append_c(id, '_');
    return g_string_free(id, FALSE);
}

static guint add_organisation(Loading *loading)
{
    g_autofree char *id = free_id(loading, "organisation");
    return unit_add(loading, id, loading->setup->settings.organisation, TM_TEAM_ORGANISATION);
}

static void mark_inner_units(Loading *loading)
{
    for (guint i = 0; i < loading->units->len; i++) {
        guint parent = unit_at(loading, i)->parent;
        if (parent != NO_UNIT)
            unit_at(loading, parent)->has_units = TRUE;
    }
}

/* The one top unit that is an organisation by its type, or by being alone and untyped. */
static guint find_organisation(const Loading *loading)
{
    guint tops = 0, organisations = 0, organisation = NO_UNIT, top = NO_UNIT;
    for (guint i = 0; i < loading->units->len; i++) {
        const UnitDraft *unit = unit_at(loading, i);
        if (unit->parent != NO_UNIT)
            continue;
        tops++;
        top = i;
        if (unit->team.type == TM_TEAM_ORGANISATION) {
            organisations++;
            organisation = i;
        }
    }
    if (organisations == 1)
        return organisation;
    gboolean alone = tops == 1 && !unit_at(loading, top)->typed && unit_at(loading, top)->has_units;
    return alone ? top : NO_UNIT;
}

/* Derived units are never the organisation, given ones may be. */
static void place_organisation(Loading *loading, gboolean given)
{
    guint organisation = given ? find_organisation(loading) : NO_UNIT;
    if (organisation == NO_UNIT)
        organisation = add_organisation(loading);
    for (guint i = 0; i < loading->units->len; i++) {
        UnitDraft *unit = unit_at(loading, i);
        if (i == organisation)
            unit->team.type = TM_TEAM_ORGANISATION;
        else if (unit->parent == NO_UNIT)
            unit->parent = organisation;
        if (i != organisation && (unit->team.type == TM_TEAM_ORGANISATION ||
                                     (unit->team.type == TM_TEAM_TEAM && unit->has_units)))
            unit->team.type = TM_TEAM_BUSINESS_UNIT;
    }
}

/* ---- Without a row ------------------------------------------------------------------------- */

char *unit_id_from_text(const char *text)
{
    char *id = g_strdup(text);
    for (char *at = id; *at != '\0'; at++) {
        if (*at == '/' || *at == '\\' || *at == '*' || *at == ';' || g_ascii_iscntrl(*at) ||
            (at == id && *at == '.'))
            *at = '-';
    }
    return id;
}

/* "/Eng/Core" makes the units "Eng" and "Eng.Core"; other text is one unit. */
static guint derive_unit(Loading *loading, const char *text)
{
    gboolean is_path = *text == '/';
    g_auto(GStrv) parts = g_strsplit(is_path ? text + 1 : text, is_path ? "/" : "\n", -1);
    g_autoptr(GString) id = g_string_new(NULL);
    guint parent = NO_UNIT;
    for (char **part = parts; *part != NULL; part++) {
        if (*g_strstrip(*part) == '\0')
            continue;
        g_autofree char *own = unit_id_from_text(*part);
        g_string_append_printf(id, "%s%s", id->len > 0 ? "." : "", own);
        guint place = unit_find(loading, id->str);
        if (place == NO_UNIT) {
            place = unit_add(loading, id->str, *part, TM_TEAM_TEAM);
            unit_at(loading, place)->parent = parent;
        }
        parent = place;
    }
    return parent;
}

static void derive_units(Loading *loading)
{
    for (guint i = 0; i < loading->people->len; i++) {
        PersonDraft *person = g_ptr_array_index(loading->people, i);
        for (guint j = 0; j < person->spells->len; j++) {
            SpellDraft *draft = &g_array_index(person->spells, SpellDraft, j);
            draft->unit = draft->unit_id != NULL ? derive_unit(loading, draft->unit_id) : NO_UNIT;
        }
    }
}

/* ---- Placing people ---------------------------------------------------------------------- */

static void find_units(Loading *loading)
{
    for (guint i = 0; i < loading->people->len; i++) {
        PersonDraft *person = g_ptr_array_index(loading->people, i);
        for (guint j = 0; j < person->spells->len; j++) {
            SpellDraft *draft = &g_array_index(person->spells, SpellDraft, j);
            draft->unit = draft->unit_id != NULL ? unit_find(loading, draft->unit_id) : NO_UNIT;
            if (draft->unit_id != NULL && draft->unit == NO_UNIT)
                tm_diagnostics_report(loading->diagnostics, TM_KIND_BAD_REFERENCE,
                    &(TmPlace){.file = person->file,
                        .line = draft->line,
                        .field = draft->from_department ? "department" : "team_id"},
                    "teams.csv has no such id; the person is in no team on these days");
        }
    }
}

/* The team of those who are placed in a higher unit itself. */
static guint add_direct_team(Loading *loading, guint place)
{
    g_autofree char *wanted = g_strdup_printf("%s.direct", unit_at(loading, place)->team.id);
    g_autofree char *id = free_id(loading, wanted);
    g_autofree char *name = g_strdup_printf("%s, direct", unit_at(loading, place)->team.name);
    guint direct = unit_add(loading, id, name, TM_TEAM_TEAM);
    UnitDraft *unit = unit_at(loading, direct), *above = unit_at(loading, place);
    unit->parent = place;
    unit->team.function = g_strdup(above->team.function);
    unit->team.cost_center = g_strdup(above->team.cost_center);
    unit->team.stage = above->team.stage;
    unit->team.rollout_state = g_strdup(above->team.rollout_state);
    unit->team.rollout_start = above->team.rollout_start;
    unit->team.first = above->team.first;
    unit->team.last = above->team.last;
    return direct;
}

static void move_to_direct_teams(Loading *loading)
{
    g_autoptr(GHashTable) direct_teams = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < loading->people->len; i++) {
        PersonDraft *person = g_ptr_array_index(loading->people, i);
        for (guint j = 0; j < person->spells->len; j++) {
            SpellDraft *draft = &g_array_index(person->spells, SpellDraft, j);
            if (draft->unit == NO_UNIT || unit_at(loading, draft->unit)->team.type == TM_TEAM_TEAM)
                continue;
            gpointer key = GUINT_TO_POINTER(draft->unit + 1);
            guint direct = GPOINTER_TO_UINT(g_hash_table_lookup(direct_teams, key));
            if (direct == 0) {
                direct = add_direct_team(loading, draft->unit) + 1;
                g_hash_table_insert(direct_teams, key, GUINT_TO_POINTER(direct));
            }
            draft->unit = direct - 1;
        }
    }
}

/* ---- Final order ------------------------------------------------------------------------- */

static int compare_places(gconstpointer left, gconstpointer right, gpointer user)
{
    const UnitDraft *a = unit_at(user, *(const guint *)left);
    const UnitDraft *b = unit_at(user, *(const guint *)right);
    gboolean a_first = a->team.type == TM_TEAM_ORGANISATION;
    gboolean b_first = b->team.type == TM_TEAM_ORGANISATION;
    return a_first != b_first ? (a_first ? -1 : 1) : strcmp(a->team.id, b->team.id);
}

static void find_departments(GArray *teams)
{
    for (guint i = 0; i < teams->len; i++) {
        TmTeamIndex at = i;
        while (at != 0 && g_array_index(teams, TmTeam, at).type != TM_TEAM_DEPARTMENT)
            at = g_array_index(teams, TmTeam, at).parent;
        g_array_index(teams, TmTeam, i).department = at;
    }
}

/* Fills setup->teams; gives the final index by place, owned by the caller. */
static TmTeamIndex *sort_units(Loading *loading)
{
    guint count = loading->units->len;
    g_autofree guint *places = g_new(guint, count);
    TmTeamIndex *teams = g_new(TmTeamIndex, count);
    for (guint i = 0; i < count; i++)
        places[i] = i;
    g_qsort_with_data(places, (gint)count, sizeof *places, compare_places, loading);
    for (guint i = 0; i < count; i++)
        teams[places[i]] = i;
    for (guint i = 0; i < count; i++) {
        UnitDraft *unit = unit_at(loading, places[i]);
        unit->team.parent = unit->parent != NO_UNIT ? teams[unit->parent] : TM_TEAM_NONE;
        g_array_append_val(loading->setup->teams, unit->team);
        g_hash_table_insert(loading->setup->hidden->teams, unit->team.id, GUINT_TO_POINTER(i + 1));
        memset(&unit->team, 0, sizeof unit->team); /* its strings have moved */
    }
    find_departments(loading->setup->teams);
    return teams;
}

static int compare_spells(gconstpointer left, gconstpointer right)
{
    const TmRosterSpell *a = left, *b = right;
    return (a->first > b->first) - (a->first < b->first);
}

static void move_people(Loading *loading, const TmTeamIndex *teams)
{
    for (guint i = 0; i < loading->people->len; i++) {
        PersonDraft *draft = g_ptr_array_index(loading->people, i);
        TmPerson person = {
            .email = g_steal_pointer(&draft->email),
            .name = g_steal_pointer(&draft->name),
            .spells = g_array_new(FALSE, FALSE, sizeof(TmRosterSpell)),
            .absences = g_array_new(FALSE, FALSE, sizeof(TmDaySpan)),
        };
        for (guint j = 0; j < draft->spells->len; j++) {
            const SpellDraft *spell = &g_array_index(draft->spells, SpellDraft, j);
            g_array_append_val(person.spells, spell->spell);
            g_array_index(person.spells, TmRosterSpell, j).team =
                spell->unit != NO_UNIT ? teams[spell->unit] : TM_TEAM_NONE;
        }
        g_array_sort(person.spells, compare_spells);
        g_array_append_val(loading->setup->people, person);
    }
}

void units_link(Loading *loading)
{
    link_parents(loading);
    break_cycles(loading);
}

void units_arrange(Loading *loading)
{
    gboolean given = loading->units->len > 0;
    if (!loading->has_teams_file)
        derive_units(loading);
    mark_inner_units(loading);
    place_organisation(loading, given);
    if (loading->has_teams_file)
        find_units(loading);
    move_to_direct_teams(loading);
    g_autofree TmTeamIndex *teams = sort_units(loading);
    move_people(loading, teams);
}
