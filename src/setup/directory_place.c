/*
 * From groups, links and accounts to units, teams of people and identities. What people.csv,
 * teams.csv and identities.csv say stays; the directory fills up what they leave open.
 */
#include <string.h>

#include "directory.h"
#include "fold.h"
#include "teams.h"

#define NO_UNIT G_MAXUINT

/* ---- Units --------------------------------------------------------------------------------- */

static gsize kind_length(const char *key)
{
    return strcspn(key, ":");
}

static gboolean is_of_kind(const char *key, const char *kind)
{
    return g_str_has_prefix(key, kind);
}

static DirectoryGroup *find_group(const Loading *loading, const char *key)
{
    return g_hash_table_lookup(loading->directory->groups_by_key, key);
}

static guint take_group(Loading *loading, const DirectoryGroup *group)
{
    static const TableColumn columns[TEAM_COLUMN_COUNT] = {[TEAM_ID] = {.name = "id"}};
    const char *cells[TEAM_COLUMN_COUNT];
    for (guint i = 0; i < TEAM_COLUMN_COUNT; i++)
        cells[i] = "";
    cells[TEAM_ID] = group->id;
    cells[TEAM_NAME] = group->name != NULL ? group->name : "";
    cells[TEAM_TYPE] = group->type != NULL ? group->type : "";
    TableRow row = {.file = group->place.file,
        .line = group->place.line,
        .columns = columns,
        .cells = cells,
        .diagnostics = loading->diagnostics};
    guint unit = team_take(loading, &row);
    if (unit != NO_UNIT)
        g_array_index(loading->units, UnitDraft, unit).place = group->place;
    return unit;
}

/*
 * Finds or makes the unit of a group. Sources of two kinds may describe the same team, so that the
 * second finds the unit of the first; within one kind the same id is two teams.
 */
static void make_unit(Loading *loading, DirectoryGroup *group, GHashTable *makers)
{
    guint unit = unit_find(loading, group->id);
    if (loading->has_teams_file) {
        guint other = group->other_id != NULL ? unit_find(loading, group->other_id) : NO_UNIT;
        unit = other != NO_UNIT ? other : unit;
    } else {
        const DirectoryGroup *maker = g_hash_table_lookup(makers, group->id);
        gsize length = kind_length(group->key) + 1;
        if (unit == NO_UNIT || (maker != NULL && strncmp(maker->key, group->key, length) == 0))
            unit = take_group(loading, group);
        if (unit != NO_UNIT && maker == NULL)
            g_hash_table_insert(makers, group->id, group);
    }
    if (unit != NO_UNIT)
        group->unit_id = g_strdup(g_array_index(loading->units, UnitDraft, unit).team.id);
}

/* The first who names a parent is believed. */
static void set_parent(
    Loading *loading, const DirectoryGroup *child, const DirectoryGroup *parent, const TmPlace *at)
{
    if (child->unit_id == NULL || parent->unit_id == NULL)
        return;
    guint place = unit_find(loading, child->unit_id);
    UnitDraft *unit = &g_array_index(loading->units, UnitDraft, place);
    if (unit->parent_id == NULL)
        unit->parent_id = g_strdup(parent->unit_id);
    else if (!g_str_equal(unit->parent_id, parent->unit_id))
        tm_diagnostics_report(loading->diagnostics, TM_KIND_DOUBTFUL_VALUE, at,
            "a group in this list has another parent already, below which it stays");
}

static void set_named_parents(Loading *loading)
{
    for (guint i = 0; i < loading->directory->groups->len; i++) {
        const DirectoryGroup *group = g_ptr_array_index(loading->directory->groups, i);
        if (group->parent == NULL)
            continue;
        const DirectoryGroup *parent = find_group(loading, group->parent);
        if (parent != NULL)
            set_parent(loading, group, parent, &group->place);
        else
            tm_diagnostics_report(loading->diagnostics, TM_KIND_BAD_REFERENCE, &group->place,
                "no entry has this id; the unit is placed below the organisation");
    }
}

static void set_parents_of_members(Loading *loading)
{
    for (guint i = 0; i < loading->directory->links->len; i++) {
        const DirectoryLink *link = &g_array_index(loading->directory->links, DirectoryLink, i);
        const DirectoryGroup *child = find_group(loading, link->member);
        const DirectoryGroup *parent =
            child != NULL && link->group != NULL ? find_group(loading, link->group) : NULL;
        if (parent != NULL)
            set_parent(loading, child, parent, &link->place);
    }
}

void directory_make_units(Loading *loading)
{
    g_autoptr(GHashTable) makers = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < loading->directory->groups->len; i++)
        make_unit(loading, g_ptr_array_index(loading->directory->groups, i), makers);
    if (loading->has_teams_file)
        return;
    set_named_parents(loading);
    set_parents_of_members(loading);
}

/* ---- Accounts ------------------------------------------------------------------------------ */

static TmPersonIndex person_of_address(const Loading *loading, const char *email)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(loading->setup->hidden->people, email)) - 1;
}

/* What identities.csv says of the account holds; `own` has those that came from the directory. */
static void add_identity(Loading *loading, const DirectoryAccount *account, GHashTable *own)
{
    TmSetup *setup = loading->setup;
    char folded[MOST_IDENTITY_BYTES];
    IdentityKey key = {account->tool, account->kind, folded, 0};
    key.length = identity_fold(account->kind, account->value, strlen(account->value), folded);
    IdentityRow row = {TM_DAY_NONE, TM_DAY_FOREVER, person_of_address(loading, account->email)};
    if (key.length == FOLD_TOO_LONG || row.person == TM_PERSON_UNRESOLVED)
        return;
    const IdentityEntry *entry = identity_find(setup, &key);
    if (entry != NULL && !g_hash_table_contains(own, entry))
        return;
    gboolean is_address_of_other = account->kind == TM_IDENTITY_EMAIL &&
                                   person_of_address(loading, folded) != TM_PERSON_UNRESOLVED;
    if (is_address_of_other || !identity_add(setup, &key, &row))
        tm_diagnostics_report(loading->diagnostics, TM_KIND_OVERLAP, &account->place,
            "the same account is that of somebody else");
    else
        g_hash_table_add(own, (gpointer)identity_find(setup, &key));
}

static void add_identities(Loading *loading)
{
    g_autoptr(GHashTable) own = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < loading->directory->accounts->len; i++)
        add_identity(
            loading, &g_array_index(loading->directory->accounts, DirectoryAccount, i), own);
}

/* ---- Who is where -------------------------------------------------------------------------- */

/* The team that a person is put in; of several the lowest one, then the first. */
typedef struct Home {
    guint unit;
    guint depth;
    gboolean tied; /* with another one of the same depth */
} Home;

static TmPersonIndex find_member(const Loading *loading, const char *member)
{
    const char *person = g_hash_table_lookup(loading->directory->people, member);
    person = person != NULL ? person : member;
    TmIdentity identity = {TM_IDENTITY_LOGIN, person + kind_length(person), 0};
    identity.value += *identity.value == ':' ? 1 : 0;
    identity.length = strlen(identity.value);
    if (is_of_kind(person, KEY_LOGIN))
        return tm_setup_resolve(loading->setup, TM_TOOL_COPILOT, &identity, TM_DAY_FOREVER);
    if (!is_of_kind(person, KEY_ADDRESS))
        return TM_PERSON_UNRESOLVED;
    g_autofree char *email = fold_dup(identity.value);
    TmPersonIndex found = person_of_address(loading, email);
    return found != TM_PERSON_UNRESOLVED
               ? found
               : person_by_email(loading->setup, TM_TOOL_LIMIT, email, TM_DAY_FOREVER);
}

static guint depth_of(const Loading *loading, guint unit)
{
    guint depth = 0;
    while ((unit = g_array_index(loading->units, UnitDraft, unit).parent) != NO_UNIT)
        depth++;
    return depth;
}

static void put(const Loading *loading, Home *home, guint unit)
{
    guint depth = depth_of(loading, unit);
    if (home->unit == NO_UNIT || depth > home->depth)
        *home = (Home){unit, depth, FALSE};
    else if (depth == home->depth && unit != home->unit)
        home->tied = TRUE;
}

static void report_link(Loading *loading, const DirectoryLink *link, gboolean is_group)
{
    if (is_group)
        tm_diagnostics_report(loading->diagnostics, TM_KIND_BAD_REFERENCE, &link->place,
            "no entry has the id of a group in this list");
    else
        tm_diagnostics_report(loading->diagnostics, TM_KIND_UNKNOWN_PERSON, &link->place,
            "nobody on the roster has this account");
}

static void follow_link(Loading *loading, const DirectoryLink *link, Home *homes)
{
    const DirectoryGroup *group = link->group != NULL ? find_group(loading, link->group) : NULL;
    if (link->group != NULL && group == NULL) {
        report_link(loading, link, TRUE);
        return;
    }
    if (link->reported || find_group(loading, link->member) != NULL)
        return; /* no address; a group below the group */
    TmPersonIndex person = find_member(loading, link->member);
    if (person == TM_PERSON_UNRESOLVED)
        report_link(loading, link, is_of_kind(link->member, KEY_GROUP));
    else if (person != TM_PERSON_IGNORED && group != NULL && group->unit_id != NULL)
        put(loading, &homes[person], unit_find(loading, group->unit_id));
}

/* What a person's own entry says comes before what groups say. */
static Home *find_homes(Loading *loading)
{
    const GArray *links = loading->directory->links;
    Home *homes = g_new(Home, loading->people->len + 1);
    for (guint i = 0; i < loading->people->len; i++)
        homes[i] = (Home){NO_UNIT, 0, FALSE};
    for (gboolean own = TRUE;; own = FALSE) {
        for (guint i = 0; i < links->len; i++) {
            const DirectoryLink *link = &g_array_index(links, DirectoryLink, i);
            if (link->own == own)
                follow_link(loading, link, homes);
        }
        if (!own)
            return homes;
    }
}

/* A row that names a team keeps it; a department only stood in for one. TRUE if it was needed. */
static gboolean move_in(Loading *loading, const PersonDraft *person, const Home *home)
{
    gboolean needed = FALSE;
    for (guint i = 0; i < person->spells->len && home->unit != NO_UNIT; i++) {
        SpellDraft *spell = &g_array_index(person->spells, SpellDraft, i);
        if (spell->unit_id != NULL && !spell->from_department)
            continue;
        needed = TRUE;
        g_free(spell->unit_id);
        spell->unit_id = g_strdup(g_array_index(loading->units, UnitDraft, home->unit).team.id);
        spell->from_department = FALSE;
    }
    return needed;
}

static void note_count(Loading *loading, guint count, const char *one, const char *several)
{
    g_autofree char *path = g_build_filename(loading->folder, DIRECTORY_FOLDER, NULL);
    if (count > 0)
        tm_diagnostics_report(loading->diagnostics, TM_KIND_NOTE_FILE, &(TmPlace){.file = path},
            "%u %s", count, count == 1 ? one : several);
}

static guint count_groups_without_unit(const Loading *loading)
{
    guint count = 0;
    for (guint i = 0; i < loading->directory->groups->len; i++) {
        const DirectoryGroup *group = g_ptr_array_index(loading->directory->groups, i);
        count += group->unit_id == NULL ? 1 : 0;
    }
    return count;
}

void directory_place(Loading *loading)
{
    add_identities(loading);
    g_autofree Home *homes = find_homes(loading);
    guint tied = 0;
    for (guint i = 0; i < loading->people->len; i++) {
        const PersonDraft *person = g_ptr_array_index(loading->people, i);
        tied += move_in(loading, person, &homes[i]) && homes[i].tied ? 1 : 0;
    }
    note_count(loading, tied, "person is in several teams; the first one counts",
        "people are in several teams; the first one of each counts");
    if (loading->has_teams_file)
        note_count(loading, count_groups_without_unit(loading),
            "group is no team, since teams.csv does not have it",
            "groups are no teams, since teams.csv does not have them");
}
