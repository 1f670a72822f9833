/* teams.csv: the rows as drafts; units.c makes the hierarchy of them. */
#include <string.h>

#include "loading.h"
#include "row.h"

enum {
    ID,
    NAME,
    PARENT,
    TYPE,
    FUNCTION,
    STAGE,
    ROLLOUT_START,
    ROLLOUT_STATE,
    COST_CENTER,
    FIRST,
    LAST,
    COLUMN_COUNT
};
static const TableColumn columns[COLUMN_COUNT] = {
    [ID] = {"team_id", "id reference_id team", 1},
    [NAME] = {"name", "team_name display_name title", 0},
    [PARENT] = {"parent_team_id", "parent_id parent parent_team_reference_id", 0},
    [TYPE] = {"type", NULL, 0},
    [FUNCTION] = {"function", NULL, 0},
    [STAGE] = {"stage", "trust_stage", 0},
    [ROLLOUT_START] = {"rollout_start", NULL, 0},
    [ROLLOUT_STATE] = {"rollout_state", NULL, 0},
    [COST_CENTER] = {"cost_center", "cost_centre", 0},
    [FIRST] = {"start_date", NULL, 0},
    [LAST] = {"end_date", NULL, 0},
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

static void take_row(const TableRow *row, gpointer user)
{
    Loading *loading = user;
    const char *id;
    gint64 stage;
    TmDay first, last, rollout_start;
    int state;
    if (!row_text(row, ID, &id) || !row_days(row, FIRST, LAST, &first, &last) ||
        !row_integer(row, STAGE, 1, 4, 3, &stage) ||
        !row_day(row, ROLLOUT_START, TM_DAY_NONE, &rollout_start) ||
        !row_choice(row, ROLLOUT_STATE, rollout_states, -1, &state))
        return;
    if (!id_is_usable(id)) {
        row_report(row, TM_KIND_BAD_VALUE, ID,
            "an id has at most 100 bytes, no \"/\", \"\\\" or \";\", and does not begin with "
            "\".\"");
        return;
    }
    guint known = unit_find(loading, id);
    if (known != G_MAXUINT) {
        row_report(row, TM_KIND_OVERLAP, ID, "line %" G_GUINT64_FORMAT " has the same id",
            g_array_index(loading->units, UnitDraft, known).line);
        return;
    }
    const char *name = *row->cells[NAME] != '\0' ? row->cells[NAME] : id;
    guint index = unit_add(loading, id, name, parse_type(row->cells[TYPE]));
    UnitDraft *unit = &g_array_index(loading->units, UnitDraft, index);
    unit->line = row->line;
    unit->typed = *row->cells[TYPE] != '\0';
    unit->parent_id = cell_dup(row, PARENT);
    unit->team.function = cell_dup(row, FUNCTION);
    unit->team.cost_center = cell_dup(row, COST_CENTER);
    unit->team.stage = (int)stage;
    unit->team.rollout_start = rollout_start;
    unit->team.rollout_state = state >= 0 ? g_strdup(rollout_states[state]) : NULL;
    unit->team.first = first;
    unit->team.last = last;
}

gboolean teams_load(Loading *loading)
{
    static const TableFormat format = {"teams.csv", columns, COLUMN_COUNT,
        "lead_email team_lead_email lead report_emails", take_row};
    TableState state =
        table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint, loading);
    loading->has_teams_file = state == TABLE_READ;
    return state != TABLE_UNUSABLE;
}
