/* Teams: the rows as drafts; units.c makes the hierarchy of them. */
#include <string.h>

#include "row.h"
#include "teams.h"

static const TableColumn columns[TEAM_COLUMN_COUNT] = {
    [TEAM_ID] = {"team_id", "id reference_id team", 1},
    [TEAM_NAME] = {"name", "team_name display_name title", 0},
    [TEAM_PARENT] = {"parent_team_id", "parent_id parent parent_team_reference_id", 0},
    [TEAM_TYPE] = {"type", NULL, 0},
    [TEAM_FUNCTION] = {"function", NULL, 0},
    [TEAM_STAGE] = {"stage", "trust_stage", 0},
    [TEAM_ROLLOUT_START] = {"rollout_start", NULL, 0},
    [TEAM_ROLLOUT_STATE] = {"rollout_state", NULL, 0},
    [TEAM_COST_CENTER] = {"cost_center", "cost_centre", 0},
    [TEAM_START] = {"start_date", NULL, 0},
    [TEAM_END] = {"end_date", NULL, 0},
};

static const char *const rollout_states[] = {"baseline", "seed", "launch", "iterate", "done", NULL};

/* Names of types; any other text is a team, since the field is free. */
static const struct {
    const char *name;
    TmTeamType type;
} types[] = {
    {"organisation", TM_TEAM_ORGANISATION},
    {"organization", TM_TEAM_ORGANISATION},
    {"company", TM_TEAM_ORGANISATION},
    {"root", TM_TEAM_ORGANISATION},
    {"business_unit", TM_TEAM_BUSINESS_UNIT},
    {"division", TM_TEAM_BUSINESS_UNIT},
    {"product_area", TM_TEAM_BUSINESS_UNIT},
    {"department", TM_TEAM_DEPARTMENT},
};

static TmTeamType parse_type(const char *text)
{
    g_autofree char *key = key_fold(text);
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        if (g_str_equal(types[i].name, key))
            return types[i].type;
    }
    return TM_TEAM_TEAM;
}

/* Ids become names of folders, so that they must not lead anywhere else. */
static gboolean id_is_usable(const char *id)
{
    if (*id == '.' || g_str_equal(id, "*") || strlen(id) > MOST_UNIT_ID_BYTES)
        return FALSE;
    for (; *id != '\0'; id++) {
        if (*id == '/' || *id == '\\' || *id == ';' || g_ascii_iscntrl(*id))
            return FALSE;
    }
    return TRUE;
}

guint unit_find(const Loading *loading, const char *id)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(loading->unit_ids, id)) - 1;
}

guint unit_add(Loading *loading, const char *id, const char *name, TmTeamType type)
{
    UnitDraft unit = {
        .team = {.id = g_strdup(id),
            .name = g_strdup(name),
            .parent = TM_TEAM_NONE,
            .type = type,
            .stage = 3,
            .rollout_start = TM_DAY_NONE,
            .first = TM_DAY_NONE,
            .last = TM_DAY_FOREVER},
        .parent = G_MAXUINT,
    };
    g_array_append_val(loading->units, unit);
    guint index = loading->units->len - 1;
    g_hash_table_insert(loading->unit_ids, g_strdup(id), GUINT_TO_POINTER(index + 1));
    return index;
}

guint team_take(Loading *loading, const TableRow *row)
{
    const char *id;
    gint64 stage;
    TmDay first, last, rollout_start;
    int state;
    if (!row_text(row, TEAM_ID, &id) || !row_days(row, TEAM_START, TEAM_END, &first, &last) ||
        !row_integer(row, TEAM_STAGE, 1, 4, 3, &stage) ||
        !row_day(row, TEAM_ROLLOUT_START, TM_DAY_NONE, &rollout_start) ||
        !row_choice(row, TEAM_ROLLOUT_STATE, rollout_states, -1, &state))
        return G_MAXUINT;
    if (!id_is_usable(id)) {
        row_report(row, TM_KIND_BAD_VALUE, TEAM_ID,
            "an id has at most 100 bytes, no \"/\", \"\\\" or \";\", and does not begin with "
            "\".\"");
        return G_MAXUINT;
    }
    guint known = unit_find(loading, id);
    if (known != G_MAXUINT) {
        row_report(row, TM_KIND_OVERLAP, TEAM_ID, "line %" G_GUINT64_FORMAT " has the same id",
            g_array_index(loading->units, UnitDraft, known).place.line);
        return G_MAXUINT;
    }
    const char *name = *row->cells[TEAM_NAME] != '\0' ? row->cells[TEAM_NAME] : id;
    guint index = unit_add(loading, id, name, parse_type(row->cells[TEAM_TYPE]));
    UnitDraft *unit = &g_array_index(loading->units, UnitDraft, index);
    unit->place = (TmPlace){.file = path_kept(loading, row->file),
        .line = row->line,
        .field = row->columns[TEAM_PARENT].name};
    unit->typed = *row->cells[TEAM_TYPE] != '\0';
    unit->parent_id = cell_dup(row, TEAM_PARENT);
    unit->team.function = cell_dup(row, TEAM_FUNCTION);
    unit->team.cost_center = cell_dup(row, TEAM_COST_CENTER);
    unit->team.stage = (int)stage;
    unit->team.rollout_start = rollout_start;
    unit->team.rollout_state = state >= 0 ? g_strdup(rollout_states[state]) : NULL;
    unit->team.first = first;
    unit->team.last = last;
    return index;
}

/* teams.csv is the whole hierarchy where there is one: lists of the directory add nothing to it. */
static void take_row(const TableRow *row, gpointer user)
{
    Loading *loading = user;
    if (!loading->has_teams_file)
        team_take(loading, row);
}

const TableFormat teams_format = {"teams.csv", columns, TEAM_COLUMN_COUNT,
    "lead_email team_lead_email lead report_emails alias sorting_index parent_team_name", take_row};

gboolean teams_load(Loading *loading)
{
    TableState state = table_read(
        loading->folder, &teams_format, loading->diagnostics, loading->fingerprint, loading);
    loading->has_teams_file = state == TABLE_READ;
    return state != TABLE_UNUSABLE;
}
