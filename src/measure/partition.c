/* From teams and their sizes to the scopes of a week: see partition.h. */
#include "partition.h"

#include "grouping.h"

#include <string.h>

static const TmTeam *team_at(const TmSetup *setup, guint index)
{
    return &g_array_index(setup->teams, TmTeam, index);
}

static const TmScope *scope_at(const TmPartition *partition, guint index)
{
    return g_ptr_array_index(partition->scopes, index);
}

static void index_blocks(TmPartition *partition)
{
    partition->block_of_team = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < partition->scopes->len; i++) {
        const TmScope *scope = scope_at(partition, i);
        for (guint t = 0; scope->kind == TM_SCOPE_BLOCK && t < scope->teams->len; t++)
            g_hash_table_insert(
                partition->block_of_team, scope->teams->pdata[t], GUINT_TO_POINTER(i + 1));
    }
}

guint tm_partition_block_of(TmPartition *partition, const char *team_id)
{
    if (partition->block_of_team == NULL)
        index_blocks(partition);
    gpointer found = g_hash_table_lookup(partition->block_of_team, team_id);
    return found == NULL ? G_MAXUINT : GPOINTER_TO_UINT(found) - 1;
}

guint tm_partition_single(const TmPartition *partition, TmScopeKind kind)
{
    if (kind == TM_SCOPE_ORGANISATION)
        return 0;
    for (guint i = partition->scopes->len; i-- > 0;)
        if (scope_at(partition, i)->kind == kind)
            return i;
    return G_MAXUINT;
}

/* ---- Scopes ------------------------------------------------------------------------------ */

static int compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "prefix-" and 12 hexadecimal digits of the SHA-256 of the ids, each ended by a line feed. */
static char *scope_id(const char *prefix, GPtrArray *sorted_ids)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < sorted_ids->len; i++) {
        const char *id = g_ptr_array_index(sorted_ids, i);
        g_checksum_update(checksum, (const guchar *)id, (gssize)strlen(id));
        g_checksum_update(checksum, (const guchar *)"\n", 1);
    }
    return g_strdup_printf("%s-%.12s", prefix, g_checksum_get_string(checksum));
}

static TmScope *new_scope(TmScopeKind kind, guint parent)
{
    TmScope *scope = g_new0(TmScope, 1);
    scope->kind = kind;
    scope->parent = parent;
    scope->own_line = TRUE;
    scope->teams = g_ptr_array_new_with_free_func(g_free);
    return scope;
}

static TmScope *add_scope(TmPartition *partition, TmScopeKind kind, guint parent)
{
    TmScope *scope = new_scope(kind, parent);
    g_ptr_array_add(partition->scopes, scope);
    return scope;
}

/* The value shared by all teams, or NULL. `get` reads it from a team. */
static char *shared_value(
    const TmSetup *setup, const GArray *teams, const char *(*get)(const TmTeam *team))
{
    const char *shared = NULL;
    for (guint i = 0; i < teams->len; i++) {
        const char *value = get(team_at(setup, g_array_index(teams, guint, i)));
        if (value == NULL || *value == '\0' || (i > 0 && strcmp(value, shared) != 0))
            return NULL;
        shared = value;
    }
    return g_strdup(shared);
}

static const char *team_function(const TmTeam *team)
{
    return team->function;
}

static const char *team_cost_center(const TmTeam *team)
{
    return team->cost_center;
}

static void fill_teams(TmScope *scope, const TmSetup *setup, const GArray *teams)
{
    for (guint i = 0; i < teams->len; i++)
        g_ptr_array_add(scope->teams, g_strdup(team_at(setup, g_array_index(teams, guint, i))->id));
    g_ptr_array_sort(scope->teams, compare_text);
    scope->merged = teams->len > 1;
    scope->function = shared_value(setup, teams, team_function);
    scope->cost_center = shared_value(setup, teams, team_cost_center);
}

/* ---- Atoms ------------------------------------------------------------------------------- */

/* The scope of `kind` that held any of the teams the week before; G_MAXUINT if none did. */
static guint previous_scope(
    TmPartition *previous, const TmSetup *setup, const GArray *teams, TmScopeKind kind)
{
    if (previous == NULL)
        return G_MAXUINT;
    for (guint i = 0; i < teams->len; i++) {
        guint block =
            tm_partition_block_of(previous, team_at(setup, g_array_index(teams, guint, i))->id);
        if (block != G_MAXUINT)
            return kind == TM_SCOPE_BLOCK ? block : scope_at(previous, block)->parent;
    }
    return G_MAXUINT;
}

static void append_atom(GArray *atoms, const TmSetup *setup, const TmTeamSize *sizes,
    const GArray *teams, const char *id, TmPartition *previous, TmScopeKind kind)
{
    TmAtom atom = {.id = id, .previous = previous_scope(previous, setup, teams, kind)};
    for (guint i = 0; i < teams->len; i++) {
        guint team = g_array_index(teams, guint, i);
        for (guint week = 0; week < TM_SPLIT_WEEKS; week++)
            atom.size[week] += sizes[team].licensed[week];
        atom.stands_alone |= team_at(setup, team)->stage >= 3;
    }
    g_array_append_val(atoms, atom);
}

/* Teams with people on the roster whose department is `department`; all teams for G_MAXUINT. */
static GArray *teams_of(const TmSetup *setup, const TmTeamSize *sizes, guint department)
{
    GArray *teams = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < setup->teams->len; i++)
        if (sizes[i].roster > 0 &&
            (department == G_MAXUINT || team_at(setup, i)->department == department))
            g_array_append_val(teams, i);
    return teams;
}

/* ---- Departments and their blocks -------------------------------------------------------- */

typedef struct Builder {
    const TmSetup *setup;
    const TmTeamSize *sizes;
    TmPartition *previous;
    TmPartition *partition;
} Builder;

static char *block_name(const Builder *builder, const TmScope *department, const GArray *teams,
    guint blocks, guint merged_before)
{
    if (teams->len == 1)
        return g_strdup(team_at(builder->setup, g_array_index(teams, guint, 0))->name);
    if (blocks == 1)
        return g_strdup(department->name);
    if (merged_before > 0)
        return g_strdup_printf("Other teams in %s (%u)", department->name, merged_before + 1);
    return g_strdup_printf("Other teams in %s", department->name);
}

static int compare_scope_names(gconstpointer a, gconstpointer b)
{
    const TmScope *first = *(TmScope *const *)a, *second = *(TmScope *const *)b;
    int order = strcmp(first->name, second->name);
    return order != 0 ? order : strcmp(first->id, second->id);
}

static guint group_of(const GArray *atoms, guint index)
{
    return g_array_index(atoms, TmAtom, index).group;
}

/* The groups of the atoms, each once, in the order of their first atoms. */
static GArray *distinct_groups(const GArray *atoms)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < atoms->len; i++) {
        guint group = group_of(atoms, i);
        if (g_hash_table_add(seen, GUINT_TO_POINTER(group + 1)))
            g_array_append_val(groups, group);
    }
    return groups;
}

/* The members (indices of units, parallel to the atoms) of one group. */
static GArray *members_of(const GArray *atoms, const GArray *units, guint group)
{
    GArray *members = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < atoms->len; i++)
        if (group_of(atoms, i) == group)
            g_array_append_val(members, g_array_index(units, guint, i));
    return members;
}

static GArray *team_atoms(const Builder *builder, const GArray *teams)
{
    GArray *atoms = g_array_new(FALSE, FALSE, sizeof(TmAtom));
    for (guint i = 0; i < teams->len; i++) {
        guint team = g_array_index(teams, guint, i);
        g_autoptr(GArray) single = g_array_new(FALSE, FALSE, sizeof(guint));
        g_array_append_val(single, team);
        append_atom(atoms, builder->setup, builder->sizes, single,
            team_at(builder->setup, team)->id, builder->previous, TM_SCOPE_BLOCK);
    }
    tm_grouping_make(atoms, builder->setup->settings.minimum_people);
    return atoms;
}

/* Partitions the teams of one (merged) department and appends its blocks by name. */
static void add_blocks(Builder *builder, const TmScope *department, guint parent, GArray *teams)
{
    g_autoptr(GArray) atoms = team_atoms(builder, teams);
    g_autoptr(GArray) groups = distinct_groups(atoms);
    g_autoptr(GPtrArray) made = g_ptr_array_new();
    guint merged = 0;
    for (guint i = 0; i < groups->len; i++) {
        g_autoptr(GArray) members = members_of(atoms, teams, g_array_index(groups, guint, i));
        TmScope *scope = new_scope(TM_SCOPE_BLOCK, parent);
        fill_teams(scope, builder->setup, members);
        scope->id = scope_id("block", scope->teams);
        scope->name = block_name(builder, department, members, groups->len, merged);
        merged += members->len > 1;
        g_ptr_array_add(made, scope);
    }
    g_ptr_array_sort(made, compare_scope_names);
    for (guint i = 0; i < made->len; i++)
        g_ptr_array_add(builder->partition->scopes, g_ptr_array_index(made, i));
}

/* A department, or several merged ones, waiting to be appended in the order of names. */
typedef struct PendingDepartment {
    char *name;
    char *id;
    GArray *teams; /* guint */
} PendingDepartment;

static void pending_free(gpointer data)
{
    PendingDepartment *pending = data;
    g_free(pending->name);
    g_free(pending->id);
    g_array_unref(pending->teams);
    g_free(pending);
}

static int compare_pending(gconstpointer a, gconstpointer b)
{
    const PendingDepartment *first = *(PendingDepartment *const *)a;
    const PendingDepartment *second = *(PendingDepartment *const *)b;
    int order = strcmp(first->name, second->name);
    return order != 0 ? order : strcmp(first->id, second->id);
}

static char *department_name(const Builder *builder, const GArray *departments, guint groups)
{
    const char *first = team_at(builder->setup, g_array_index(departments, guint, 0))->name;
    if (departments->len == 1)
        return g_strdup(first);
    if (groups == 1)
        return g_strdup(builder->setup->settings.organisation);
    if (departments->len == 2)
        return g_strdup_printf("%s and %s", first,
            team_at(builder->setup, g_array_index(departments, guint, 1))->name);
    return g_strdup("Other departments");
}

/* Units that are the department of a team with people, by id. */
static GArray *departments_in_use(const Builder *builder)
{
    GArray *departments = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < builder->setup->teams->len; i++) {
        g_autoptr(GArray) teams = teams_of(builder->setup, builder->sizes, i);
        if (teams->len > 0)
            g_array_append_val(departments, i);
    }
    return departments;
}

static PendingDepartment *pending_new(
    const Builder *builder, const GArray *departments, guint groups)
{
    PendingDepartment *pending = g_new0(PendingDepartment, 1);
    pending->teams = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < departments->len; i++) {
        guint department = g_array_index(departments, guint, i);
        g_ptr_array_add(ids, team_at(builder->setup, department)->id);
        g_autoptr(GArray) teams = teams_of(builder->setup, builder->sizes, department);
        g_array_append_vals(pending->teams, teams->data, teams->len);
    }
    g_ptr_array_sort(ids, compare_text);
    pending->id = scope_id("dept", ids);
    pending->name = department_name(builder, departments, groups);
    return pending;
}

static GPtrArray *group_departments(const Builder *builder)
{
    g_autoptr(GArray) departments = departments_in_use(builder);
    g_autoptr(GArray) atoms = g_array_new(FALSE, FALSE, sizeof(TmAtom));
    for (guint i = 0; i < departments->len; i++) {
        guint department = g_array_index(departments, guint, i);
        g_autoptr(GArray) teams = teams_of(builder->setup, builder->sizes, department);
        append_atom(atoms, builder->setup, builder->sizes, teams,
            team_at(builder->setup, department)->id, builder->previous, TM_SCOPE_DEPARTMENT);
    }
    tm_grouping_make(atoms, builder->setup->settings.minimum_people);

    g_autoptr(GArray) groups = distinct_groups(atoms);
    GPtrArray *pending = g_ptr_array_new_with_free_func(pending_free);
    for (guint i = 0; i < groups->len; i++) {
        g_autoptr(GArray) members = members_of(atoms, departments, g_array_index(groups, guint, i));
        g_ptr_array_add(pending, pending_new(builder, members, groups->len));
    }
    g_ptr_array_sort(pending, compare_pending);
    return pending;
}

TmPartition *tm_partition_make(
    const TmSetup *setup, TmWeek week, const TmTeamSize *sizes, TmPartition *previous)
{
    gint64 licensed = 0;
    for (guint i = 0; i < setup->teams->len; i++)
        licensed += sizes[i].licensed[0];
    if (licensed < setup->settings.minimum_people)
        return NULL;

    TmPartition *partition = g_new0(TmPartition, 1);
    partition->week = week;
    partition->scopes = g_ptr_array_new_with_free_func((GDestroyNotify)tm_scope_free);
    Builder builder = {setup, sizes, previous, partition};

    TmScope *organisation = add_scope(partition, TM_SCOPE_ORGANISATION, 0);
    organisation->id = g_strdup("org");
    organisation->name = g_strdup(setup->settings.organisation);
    g_autoptr(GArray) all = teams_of(setup, sizes, G_MAXUINT);
    fill_teams(organisation, setup, all);

    g_autoptr(GPtrArray) pending = group_departments(&builder);
    for (guint i = 0; i < pending->len; i++) {
        PendingDepartment *one = g_ptr_array_index(pending, i);
        guint index = partition->scopes->len;
        TmScope *scope = add_scope(partition, TM_SCOPE_DEPARTMENT, 0);
        scope->id = g_strdup(one->id);
        scope->name = g_strdup(one->name);
        fill_teams(scope, setup, one->teams);
        add_blocks(&builder, scope, index, one->teams);
    }
    TmScope *unassigned = add_scope(partition, TM_SCOPE_UNASSIGNED, 0);
    unassigned->id = g_strdup("unassigned");
    unassigned->name = g_strdup("Unassigned use");
    TmScope *spare = add_scope(partition, TM_SCOPE_SPARE, 0);
    spare->id = g_strdup("spare");
    spare->name = g_strdup("Spare seats");
    return partition;
}
