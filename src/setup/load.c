/* Loading a setup in the order that loading.h names, and freeing it. */
#include <string.h>

#include "directory.h"
#include "loading.h"
#include "price_table.h"
#include "row.h"
#include "settings.h"

/* ---- Tools and teams by name ------------------------------------------------------------- */

static TmToolIndex add_tool(TmSetup *setup, const char *key, const char *name)
{
    TmTool tool = {g_strdup(key), g_strdup(name)};
    g_array_append_val(setup->tools, tool);
    g_hash_table_insert(setup->hidden->tools, tool.key, GUINT_TO_POINTER(setup->tools->len));
    return setup->tools->len - 1;
}

static void add_known_tools(TmSetup *setup)
{
#define X(id, key, name) add_tool(setup, key, name);
    TM_KNOWN_TOOLS(X)
#undef X
}

TmToolIndex tm_setup_tool(const TmSetup *setup, const char *key)
{
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(setup->hidden->tools, key));
    return known > 0 ? known - 1 : TM_TOOL_LIMIT;
}

gboolean row_tool(
    Loading *loading, const TableRow *row, guint column, gboolean any, TmToolIndex *tool)
{
    const char *text = row->cells[column];
    *tool = TM_TOOL_LIMIT;
    if (any && (*text == '\0' || g_str_equal(text, "*")))
        return TRUE;
    if (!row_text(row, column, &text))
        return FALSE;
    g_autofree char *key = key_fold(text);
    *tool = tm_setup_tool(loading->setup, key);
    if (*tool == TM_TOOL_LIMIT && loading->setup->tools->len < TM_TOOL_LIMIT)
        *tool = add_tool(loading->setup, key, text);
    if (*tool == TM_TOOL_LIMIT)
        row_report(row, TM_KIND_OUT_OF_RANGE, column, "there are more than 64 tools");
    return *tool != TM_TOOL_LIMIT;
}

gboolean row_team(Loading *loading, const TableRow *row, guint column, TmTeamIndex *team)
{
    const char *text;
    if (!row_text(row, column, &text))
        return FALSE;
    *team = 0;
    if (g_str_equal(text, "*"))
        return TRUE;
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(loading->setup->hidden->teams, text));
    *team = known - 1;
    if (known == 0)
        row_report(row, TM_KIND_BAD_REFERENCE, column, "there is no team with this id");
    return known > 0;
}

/* ---- Clearing ---------------------------------------------------------------------------- */

static void tool_clear(gpointer pointer)
{
    TmTool *tool = pointer;
    g_free(tool->key);
    g_free(tool->name);
}

static void person_clear(gpointer pointer)
{
    TmPerson *person = pointer;
    g_free(person->email);
    g_free(person->name);
    g_array_unref(person->spells);
    g_array_unref(person->absences);
}

static void team_clear(gpointer pointer)
{
    TmTeam *team = pointer;
    g_free(team->id);
    g_free(team->name);
    g_free(team->function);
    g_free(team->rollout_state);
    g_free(team->cost_center);
}

static void licence_clear(gpointer pointer)
{
    TmLicence *licence = pointer;
    g_free(licence->plan);
    g_free(licence->currency);
}

static void contract_clear(gpointer pointer)
{
    TmContract *contract = pointer;
    g_free(contract->plan);
    g_free(contract->currency);
    g_free(contract->cost_center);
}

static void budget_clear(gpointer pointer)
{
    g_free(((TmBudget *)pointer)->currency);
}

static void goal_clear(gpointer pointer)
{
    g_free(((TmGoal *)pointer)->metric);
}

static void invoice_clear(gpointer pointer)
{
    g_free(((TmInvoice *)pointer)->currency);
}

static void event_clear(gpointer pointer)
{
    g_free(((TmEvent *)pointer)->text);
}

static void unit_draft_clear(gpointer pointer)
{
    UnitDraft *unit = pointer;
    team_clear(&unit->team);
    g_free(unit->parent_id);
}

static void person_draft_free(gpointer pointer)
{
    PersonDraft *person = pointer;
    for (guint i = 0; i < person->spells->len; i++)
        g_free(g_array_index(person->spells, SpellDraft, i).unit_id);
    g_array_unref(person->spells);
    g_free(person->email);
    g_free(person->name);
    g_free(person);
}

static void identity_entry_free(gpointer pointer)
{
    IdentityEntry *entry = pointer;
    g_free((char *)entry->key.value);
    g_array_unref(entry->rows);
    g_free(entry);
}

/* ---- Making ------------------------------------------------------------------------------ */

static GArray *new_array(gsize size, GDestroyNotify clear)
{
    GArray *array = g_array_new(FALSE, FALSE, (guint)size);
    g_array_set_clear_func(array, clear);
    return array;
}

static struct TmSetupPrivate *new_private(void)
{
    struct TmSetupPrivate *hidden = g_new0(struct TmSetupPrivate, 1);
    hidden->people = g_hash_table_new(g_str_hash, g_str_equal);
    hidden->teams = g_hash_table_new(g_str_hash, g_str_equal);
    hidden->tools = g_hash_table_new(g_str_hash, g_str_equal);
    hidden->identities =
        g_hash_table_new_full(identity_hash, identity_equal, identity_entry_free, NULL);
    hidden->repositories = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    hidden->zones =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_time_zone_unref);
    hidden->prices = price_table_new();
    hidden->calendars = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    hidden->common_holidays = g_array_new(FALSE, FALSE, sizeof(TmDay));
    return hidden;
}

static TmSetup *new_setup(void)
{
    TmSetup *setup = g_new0(TmSetup, 1);
    setup->tools = new_array(sizeof(TmTool), tool_clear);
    setup->people = new_array(sizeof(TmPerson), person_clear);
    setup->teams = new_array(sizeof(TmTeam), team_clear);
    setup->licences = new_array(sizeof(TmLicence), licence_clear);
    setup->contracts = new_array(sizeof(TmContract), contract_clear);
    setup->budgets = new_array(sizeof(TmBudget), budget_clear);
    setup->goals = new_array(sizeof(TmGoal), goal_clear);
    setup->invoices = new_array(sizeof(TmInvoice), invoice_clear);
    setup->events = new_array(sizeof(TmEvent), event_clear);
    setup->hidden = new_private();
    add_known_tools(setup);
    return setup;
}

void tm_setup_free(TmSetup *setup)
{
    if (setup == NULL)
        return;
    struct TmSetupPrivate *hidden = setup->hidden;
    g_hash_table_unref(hidden->people);
    g_hash_table_unref(hidden->teams);
    g_hash_table_unref(hidden->tools);
    g_hash_table_unref(hidden->identities);
    g_hash_table_unref(hidden->repositories);
    g_hash_table_unref(hidden->zones);
    price_table_free(hidden->prices);
    g_ptr_array_unref(hidden->calendars);
    g_array_unref(hidden->common_holidays);
    g_free(hidden);
    g_array_unref(setup->tools);
    g_array_unref(setup->people);
    g_array_unref(setup->teams);
    g_array_unref(setup->licences);
    g_array_unref(setup->contracts);
    g_array_unref(setup->budgets);
    g_array_unref(setup->goals);
    g_array_unref(setup->invoices);
    g_array_unref(setup->events);
    g_free(setup->fingerprint);
    tm_settings_clear(&setup->settings);
    g_free(setup);
}

static void start_loading(Loading *loading, TmSetup *setup, TmDiagnostics *diagnostics)
{
    *loading = (Loading){.setup = setup, .diagnostics = diagnostics};
    loading->fingerprint = g_checksum_new(G_CHECKSUM_SHA256);
    loading->named_calendars =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    loading->joined_calendars = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    loading->units = new_array(sizeof(UnitDraft), unit_draft_clear);
    loading->unit_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    loading->people = g_ptr_array_new_with_free_func(person_draft_free);
    loading->people_by_email = g_hash_table_new(g_str_hash, g_str_equal);
    loading->paths = g_string_chunk_new(1024);
    loading->directory = directory_new();
}

static void end_loading(Loading *loading)
{
    g_checksum_free(loading->fingerprint);
    g_hash_table_unref(loading->named_calendars);
    g_hash_table_unref(loading->joined_calendars);
    g_array_unref(loading->units);
    g_hash_table_unref(loading->unit_ids);
    g_hash_table_unref(loading->people_by_email);
    g_ptr_array_unref(loading->people);
    directory_free(loading->directory);
    g_string_chunk_free(loading->paths);
}

const char *path_kept(Loading *loading, const char *path)
{
    return g_string_chunk_insert_const(loading->paths, path);
}

/* All files are looked at even when one is unusable, so that one run names every fault. */
static gboolean load_files(Loading *loading)
{
    gboolean usable = holidays_load(loading);
    usable &= teams_load(loading);
    usable &= people_load(loading);
    usable &= directory_load(loading);
    usable &= people_number(loading);
    usable &= identities_load(loading);
    units_link(loading);
    directory_place(loading);
    units_arrange(loading);
    usable &= repositories_load(loading);
    usable &= licences_load(loading);
    usable &= contracts_load(loading);
    usable &= budgets_load(loading);
    usable &= goals_load(loading);
    usable &= invoices_load(loading);
    usable &= events_load(loading);
    usable &= time_off_load(loading);
    usable &= prices_load(loading);
    return usable;
}

static gboolean load_into(Loading *loading, const char *settings_path, GError **error)
{
    TmSetup *setup = loading->setup;
    if (!settings_read(
            &setup->settings, settings_path, loading->diagnostics, loading->fingerprint, error))
        return FALSE;
    setup->hidden->zone_is_utc = g_str_equal(setup->settings.time_zone, "UTC");
    loading->folder = setup->settings.roster_path;
    if (!load_files(loading)) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: the set-up files cannot be used",
            loading->folder);
        return FALSE;
    }
    setup->fingerprint = g_strdup(g_checksum_get_string(loading->fingerprint));
    return TRUE;
}

TmSetup *tm_setup_load(const char *settings_path, TmDiagnostics *diagnostics, GError **error)
{
    g_autoptr(TmSetup) setup = new_setup();
    Loading loading;
    start_loading(&loading, setup, diagnostics);
    gboolean loaded = load_into(&loading, settings_path, error);
    end_loading(&loading);
    return loaded ? g_steal_pointer(&setup) : NULL;
}
