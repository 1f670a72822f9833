/*
 * Cells are kept in the order in which they were set; a look-up compares them one by one.
 */
#include "fake_issue.h"

#include <string.h>

struct TmIssue {
    TmWeek first, week;
    char *organisation, *currency;
    int rule_version;
    GPtrArray *scopes; /* TmScope* */
    GPtrArray *cells;  /* TmCell*, scope and part interned */
    GArray *tools;     /* TmIssueTool, texts interned */
    GArray *events;    /* TmIssueEvent, texts interned */
    GHashTable *settings;
    GHashTable *goals;                /* "scope kpi" → TmIssueGoal* */
    GHashTable *rollouts;             /* scope → Rollout* */
    GHashTable *budgets;              /* scope → gint64*, of the month */
    gint64 week_budget, month_budget; /* 0: none */
    guint weeks_in_month;
};

typedef struct Rollout {
    const char *state;
    TmDay start;
} Rollout;

static void free_scope(gpointer data)
{
    TmScope *scope = data;
    g_free(scope->id);
    g_free(scope->name);
    g_free(scope->function);
    g_free(scope->cost_center);
    g_ptr_array_unref(scope->teams);
    g_free(scope);
}

TmIssue *fake_issue_new(TmWeek first, TmWeek week)
{
    TmIssue *issue = g_new0(TmIssue, 1);
    issue->first = first;
    issue->week = week;
    issue->organisation = g_strdup("Northwind");
    issue->currency = g_strdup("USD");
    issue->rule_version = TM_RULE_VERSION;
    issue->scopes = g_ptr_array_new_with_free_func(free_scope);
    issue->cells = g_ptr_array_new_with_free_func(g_free);
    issue->tools = g_array_new(FALSE, TRUE, sizeof(TmIssueTool));
    issue->events = g_array_new(FALSE, TRUE, sizeof(TmIssueEvent));
    issue->settings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    issue->goals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    issue->rollouts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    issue->budgets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    fake_scope(issue, TM_SCOPE_ORGANISATION, "org", "Northwind", NULL, 1);
    return issue;
}

void tm_issue_free(TmIssue *issue)
{
    if (issue == NULL)
        return;
    g_free(issue->organisation);
    g_free(issue->currency);
    g_ptr_array_unref(issue->scopes);
    g_ptr_array_unref(issue->cells);
    g_array_unref(issue->tools);
    g_array_unref(issue->events);
    g_hash_table_unref(issue->settings);
    g_hash_table_unref(issue->goals);
    g_hash_table_unref(issue->rollouts);
    g_hash_table_unref(issue->budgets);
    g_free(issue);
}

void fake_issue_name(TmIssue *issue, const char *organisation, const char *currency)
{
    g_free(issue->organisation);
    g_free(issue->currency);
    issue->organisation = g_strdup(organisation);
    issue->currency = g_strdup(currency);
}

TmScope *fake_scope(TmIssue *issue, TmScopeKind kind, const char *id, const char *name,
    const char *function, guint teams)
{
    TmScope *scope = g_new0(TmScope, 1);
    scope->kind = kind;
    scope->id = g_strdup(id);
    scope->name = g_strdup(name);
    scope->function = g_strdup(function);
    scope->teams = g_ptr_array_new();
    for (guint i = 0; i < teams; i++)
        g_ptr_array_add(scope->teams, (gpointer) "team");
    scope->merged = teams > 1;
    scope->own_line = TRUE;
    for (guint i = 0; kind == TM_SCOPE_BLOCK && i < issue->scopes->len; i++) {
        const TmScope *parent = issue->scopes->pdata[i];
        if (parent->kind == TM_SCOPE_DEPARTMENT)
            scope->parent = i;
    }
    g_ptr_array_add(issue->scopes, scope);
    return scope;
}

static TmCell *find_cell(
    const TmIssue *issue, const char *scope, TmKpiId kpi, const char *part, TmWeek week)
{
    for (guint i = 0; i < issue->cells->len; i++) {
        TmCell *cell = issue->cells->pdata[i];
        if (cell->kpi == kpi && cell->week == week && strcmp(cell->scope, scope) == 0 &&
            strcmp(cell->part, part) == 0)
            return cell;
    }
    return NULL;
}

static TmCell *set_cell(
    TmIssue *issue, const char *scope, TmKpiId kpi, const char *part, TmWeek week)
{
    TmCell *cell = find_cell(issue, scope, kpi, part, week);
    if (cell == NULL) {
        cell = g_new0(TmCell, 1);
        g_ptr_array_add(issue->cells, cell);
    }
    *cell = (TmCell){.kpi = kpi,
        .week = week,
        .scope = g_intern_string(scope),
        .part = g_intern_string(part),
        .rule_version = issue->rule_version};
    return cell;
}

void fake_value(TmIssue *issue, const char *scope, TmKpiId kpi, TmWeek week, gint64 value)
{
    set_cell(issue, scope, kpi, "", week)->value = value;
}

void fake_cell_part(
    TmIssue *issue, const char *scope, TmKpiId kpi, const char *part, TmWeek week, gint64 value)
{
    set_cell(issue, scope, kpi, part, week)->value = value;
}

void fake_part(TmIssue *issue, TmKpiId kpi, const char *part, TmWeek week, gint64 value)
{
    fake_cell_part(issue, "org", kpi, part, week, value);
}

void fake_band(TmIssue *issue, const char *scope, TmKpiId kpi, const char *part, TmWeek week,
    gint64 low, gint64 high)
{
    TmCell *cell = set_cell(issue, scope, kpi, part, week);
    cell->state = TM_CELL_BAND;
    cell->low = low;
    cell->high = high;
}

void fake_state(TmIssue *issue, const char *scope, TmKpiId kpi, TmWeek week, TmCellState state)
{
    set_cell(issue, scope, kpi, "", week)->state = state;
}

void fake_flags(TmIssue *issue, const char *scope, TmWeek week, guint flags)
{
    for (guint i = 0; i < issue->cells->len; i++) {
        TmCell *cell = issue->cells->pdata[i];
        if (cell->week == week && strcmp(cell->scope, scope) == 0)
            cell->flags |= flags;
    }
}

void fake_rules(TmIssue *issue, TmWeek before, int rule_version)
{
    for (guint i = 0; i < issue->cells->len; i++) {
        TmCell *cell = issue->cells->pdata[i];
        if (cell->week < before)
            cell->rule_version = rule_version;
    }
}

void fake_steady(TmIssue *issue, const char *scope, TmKpiId kpi, gint64 value)
{
    for (TmWeek week = issue->first; week <= issue->week; week++)
        fake_value(issue, scope, kpi, week, value);
}

void fake_tool(TmIssue *issue, const char *key, const char *name, TmDay last_day,
    guint missing_days, guint32 missing_weeks)
{
    TmIssueTool tool = {.key = g_intern_string(key),
        .name = g_intern_string(name),
        .last_day = last_day,
        .missing_days = missing_days,
        .missing_weeks = missing_weeks,
        .licence_source = "licenses.csv",
        .has_sessions = TRUE,
        .has_tokens = TRUE,
        .has_money = TRUE};
    g_array_append_val(issue->tools, tool);
}

static char *goal_key(const char *scope, TmKpiId kpi)
{
    return g_strdup_printf("%s %s", scope, tm_kpi(kpi)->key);
}

void fake_goal_of(TmIssue *issue, const char *scope, TmKpiId kpi, const TmIssueGoal *goal)
{
    g_hash_table_insert(issue->goals, goal_key(scope, kpi), g_memdup2(goal, sizeof *goal));
}

void fake_goal(TmIssue *issue, TmKpiId kpi, gint64 target)
{
    const TmIssueGoal goal = {target, G_MININT64, G_MININT64, TM_DAY_NONE, G_MININT64, TM_DAY_NONE};
    fake_goal_of(issue, "org", kpi, &goal);
}

void fake_rollout(TmIssue *issue, const char *scope, const char *state, TmDay start)
{
    const Rollout rollout = {g_intern_string(state), start};
    g_hash_table_insert(issue->rollouts, g_strdup(scope), g_memdup2(&rollout, sizeof rollout));
}

void fake_tool_before(TmIssue *issue, const char *key, guint missing_days)
{
    for (guint i = 0; i < issue->tools->len; i++) {
        TmIssueTool *tool = &g_array_index(issue->tools, TmIssueTool, i);
        if (strcmp(tool->key, key) == 0)
            tool->missing_days_before = missing_days;
    }
}

void fake_month_budget(TmIssue *issue, const char *scope, gint64 micros)
{
    g_hash_table_insert(issue->budgets, g_strdup(scope), g_memdup2(&micros, sizeof micros));
}

void fake_budget(TmIssue *issue, gint64 week_micros, gint64 month_micros, guint weeks_in_month)
{
    issue->week_budget = week_micros;
    issue->month_budget = month_micros;
    issue->weeks_in_month = weeks_in_month;
}

void fake_setting(TmIssue *issue, const char *key, gint64 value)
{
    g_hash_table_insert(issue->settings, g_strdup(key), g_memdup2(&value, sizeof value));
}

/* ---- What rooms right of archive call ---------------------------------------------------- */

TmWeek tm_issue_week(const TmIssue *issue)
{
    return issue->week;
}

TmWeek tm_issue_first_week(const TmIssue *issue)
{
    return issue->first;
}

const char *tm_issue_organisation(const TmIssue *issue)
{
    return issue->organisation;
}

const char *tm_issue_currency(const TmIssue *issue)
{
    return issue->currency;
}

int tm_issue_rule_version(const TmIssue *issue)
{
    return issue->rule_version;
}

const char *tm_issue_hash(const TmIssue *issue G_GNUC_UNUSED)
{
    return "0123456789abcdef";
}

const GPtrArray *tm_issue_scopes(const TmIssue *issue)
{
    return issue->scopes;
}

GPtrArray *tm_issue_cells(const TmIssue *issue, TmWeek week)
{
    GPtrArray *cells = g_ptr_array_new();
    for (guint i = 0; i < issue->cells->len; i++) {
        TmCell *cell = issue->cells->pdata[i];
        if (cell->week == week)
            g_ptr_array_add(cells, cell);
    }
    return cells;
}

const TmCell *tm_issue_cell(
    const TmIssue *issue, const char *scope, TmKpiId kpi, const char *part, TmWeek week)
{
    return find_cell(issue, scope, kpi, part, week);
}

const GArray *tm_issue_tools(const TmIssue *issue)
{
    return issue->tools;
}

gint64 tm_issue_setting(const TmIssue *issue, const char *key, gint64 fallback)
{
    const gint64 *value = g_hash_table_lookup(issue->settings, key);
    return value != NULL ? *value : fallback;
}

gboolean tm_issue_goal_whole(
    const TmIssue *issue, const char *scope, TmKpiId kpi, TmIssueGoal *goal)
{
    g_autofree char *key = goal_key(scope, kpi);
    const TmIssueGoal *found = g_hash_table_lookup(issue->goals, key);
    *goal = found != NULL ? *found
                          : (TmIssueGoal){G_MININT64, G_MININT64, G_MININT64, TM_DAY_NONE,
                                G_MININT64, TM_DAY_NONE};
    return found != NULL;
}

gboolean tm_issue_goal(const TmIssue *issue, const char *scope, TmKpiId kpi, gint64 *target,
    gint64 *lower, gint64 *upper)
{
    TmIssueGoal goal;
    gboolean found = tm_issue_goal_whole(issue, scope, kpi, &goal);
    *target = goal.target;
    *lower = goal.lower;
    *upper = goal.upper;
    return found;
}

const char *tm_issue_rollout(const TmIssue *issue, const char *scope, TmDay *start)
{
    const Rollout *rollout = g_hash_table_lookup(issue->rollouts, scope);
    *start = rollout != NULL ? rollout->start : TM_DAY_NONE;
    return rollout != NULL ? rollout->state : NULL;
}

gboolean tm_issue_budget(
    const TmIssue *issue, const char *scope, TmWeek week G_GNUC_UNUSED, gint64 *micros)
{
    *micros = issue->week_budget;
    return issue->week_budget > 0 && strcmp(scope, "org") == 0;
}

gboolean tm_issue_month_budget(
    const TmIssue *issue, const char *scope, gint64 *micros, guint *weeks_in_month)
{
    const gint64 *own = g_hash_table_lookup(issue->budgets, scope);
    *micros = own != NULL ? *own : issue->month_budget;
    *weeks_in_month = issue->weeks_in_month;
    return own != NULL || (issue->month_budget > 0 && strcmp(scope, "org") == 0);
}

void fake_event(TmIssue *issue, const char *scope, TmDay day, const char *text)
{
    const TmIssueEvent event = {day, g_intern_string(scope), g_intern_string(text)};
    g_array_append_val(issue->events, event);
}

GArray *tm_issue_events(const TmIssue *issue, const char *scope, TmDay first, TmDay last)
{
    GArray *events = g_array_new(FALSE, FALSE, sizeof(TmIssueEvent));
    for (guint i = 0; i < issue->events->len; i++) {
        TmIssueEvent event = g_array_index(issue->events, TmIssueEvent, i);
        if (strcmp(event.scope, scope) == 0 && event.day >= first && event.day <= last)
            g_array_append_val(events, event);
    }
    return events;
}
