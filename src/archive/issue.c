/* What a report of one week may know, loaded at once. */
#include "lines.h"
#include "store.h"

#include <string.h>

struct TmIssue {
    TmWeek week, first_week;
    TmWeek issue; /* under which the week was published */
    char *hash;
    int rule_version;
    GPtrArray *scopes; /* TmScope*, of the week */
    GArray *tools;     /* TmIssueTool, of the week */
    GHashTable *gaps;  /* interned tool key → missing days of the week before */
    GArray *contexts;  /* TmContext, as of the issue */
    GArray *cells;     /* TmCell, all weeks up to the week, in store order */
    GHashTable *index; /* TmCell* by itself: (week, scope, KPI, part) */
    GHashTable *known; /* TmContext* by itself: (kind, scope, key) */
    gboolean has_goals;
    const char *no_part; /* "", as strings of cells are: interned */
};

/* ---- Look-up ----------------------------------------------------------------------------- */

static guint cell_hash(gconstpointer key)
{
    const TmCell *cell = key;
    /* Strings are interned, so their addresses are their identity. */
    return g_direct_hash(cell->scope) * 31 + g_direct_hash(cell->part) * 17 +
           (guint)cell->kpi * 1009 + (guint)cell->week * 7919;
}

static gboolean cell_equal(gconstpointer a, gconstpointer b)
{
    const TmCell *first = a, *second = b;
    return first->week == second->week && first->kpi == second->kpi &&
           first->scope == second->scope && first->part == second->part;
}

const TmCell *tm_issue_cell(
    const TmIssue *issue, const char *scope, TmKpiId kpi, const char *part, TmWeek week)
{
    const TmCell key = {.kpi = kpi,
        .week = week,
        .scope = g_intern_string(scope),
        .part = part == NULL || *part == '\0' ? issue->no_part : g_intern_string(part)};
    return g_hash_table_lookup(issue->index, &key);
}

GPtrArray *tm_issue_cells(const TmIssue *issue, TmWeek week)
{
    GPtrArray *cells = g_ptr_array_new();
    for (guint i = 0; i < issue->cells->len; i++) {
        TmCell *cell = &g_array_index(issue->cells, TmCell, i);
        if (cell->week == week)
            g_ptr_array_add(cells, cell);
    }
    return cells;
}

/* ---- Loading ----------------------------------------------------------------------------- */

static gboolean bad_line(const TmLine *line, GError **error)
{
    g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
        "archive: line %" G_GINT64_FORMAT " cannot be read; `tidemark audit` checks the chain",
        line->sequence);
    return FALSE;
}

static gboolean take_line(gpointer user, const TmLine *line, GError **error)
{
    TmIssue *issue = user;
    if (strcmp(line->kind, TM_LINE_CELLS) == 0) {
        issue->first_week = MIN(issue->first_week, line->week);
        return tm_line_parse_cells(line->body, line->week, line->scope, issue->cells) ||
               bad_line(line, error);
    }
    if (line->week == issue->week - 1 && strcmp(line->kind, TM_LINE_TOOL) == 0) {
        TmIssueTool tool;
        if (!tm_line_parse_tool(line->body, line->scope, &tool))
            return bad_line(line, error);
        g_hash_table_insert(issue->gaps, (gpointer)tool.key, GUINT_TO_POINTER(tool.missing_days));
    }
    if (line->week != issue->week)
        return TRUE;
    if (strcmp(line->kind, TM_LINE_SCOPE) == 0) {
        issue->issue = line->issue;
        TmScope *scope = tm_line_parse_scope(line->body, line->scope);
        if (scope == NULL)
            return bad_line(line, error);
        g_ptr_array_add(issue->scopes, scope);
    } else if (strcmp(line->kind, TM_LINE_TOOL) == 0) {
        TmIssueTool tool;
        if (!tm_line_parse_tool(line->body, line->scope, &tool))
            return bad_line(line, error);
        /* Weeks are published in order, so the week before stands before. */
        tool.missing_days_before = GPOINTER_TO_UINT(g_hash_table_lookup(issue->gaps, tool.key));
        g_array_append_val(issue->tools, tool);
    }
    return TRUE;
}

/* Contexts of the issue, and the hash of its last line. */
static gboolean take_context(gpointer user, const TmLine *line, GError **error)
{
    TmIssue *issue = user;
    g_free(issue->hash);
    GString *hash = g_string_new(NULL);
    for (guint i = 0; i < 32; i++)
        g_string_append_printf(hash, "%02x", line->hash[i]);
    issue->hash = g_string_free(hash, FALSE);
    if (strcmp(line->kind, TM_LINE_CONTEXT) != 0)
        return TRUE;
    TmContext context = {.scope = g_intern_string(line->scope)};
    if (!tm_line_parse_context(line->body, &context))
        return bad_line(line, error);
    g_array_append_val(issue->contexts, context);
    return TRUE;
}

/* Texts of contexts are interned too. */
static guint context_hash(gconstpointer key)
{
    const TmContext *context = key;
    return g_direct_hash(context->kind) * 31 + g_direct_hash(context->scope) * 17 +
           g_direct_hash(context->key);
}

static gboolean context_equal(gconstpointer a, gconstpointer b)
{
    const TmContext *first = a, *second = b;
    return first->kind == second->kind && first->scope == second->scope &&
           first->key == second->key;
}

/* Of two contexts alike the first counts. */
static void index_contexts(TmIssue *issue)
{
    issue->known = g_hash_table_new(context_hash, context_equal);
    for (guint i = issue->contexts->len; i-- > 0;) {
        TmContext *context = &g_array_index(issue->contexts, TmContext, i);
        g_hash_table_replace(issue->known, context, context);
        issue->has_goals |= g_str_has_prefix(context->kind, "goal.");
    }
}

static void index_cells(TmIssue *issue)
{
    issue->no_part = g_intern_string("");
    issue->index = g_hash_table_new(cell_hash, cell_equal);
    for (guint i = 0; i < issue->cells->len; i++) {
        TmCell *cell = &g_array_index(issue->cells, TmCell, i);
        if (cell->week == issue->week)
            issue->rule_version = MAX(issue->rule_version, cell->rule_version);
        g_hash_table_replace(issue->index, cell, cell);
    }
}

TmIssue *tm_issue_load(TmArchive *archive, TmWeek week, GError **error)
{
    g_autoptr(TmIssue) issue = g_new0(TmIssue, 1);
    issue->week = issue->first_week = week;
    issue->issue = TM_WEEK_NONE;
    issue->scopes = g_ptr_array_new_with_free_func((GDestroyNotify)tm_scope_free);
    issue->tools = g_array_new(FALSE, FALSE, sizeof(TmIssueTool));
    issue->gaps = g_hash_table_new(g_direct_hash, g_direct_equal);
    issue->contexts = g_array_new(FALSE, FALSE, sizeof(TmContext));
    issue->cells = g_array_new(FALSE, FALSE, sizeof(TmCell));
    if (!tm_store_each(archive, "week <= ?1", week, take_line, issue, error))
        return NULL;
    if (issue->issue == TM_WEEK_NONE) {
        g_autofree char *name = tm_week_format(week);
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "archive: week %s was not published; `tidemark status` lists the weeks that were",
            name);
        return NULL;
    }
    if (!tm_store_each(archive, "issue = ?1", issue->issue, take_context, issue, error))
        return NULL;
    index_cells(issue);
    index_contexts(issue);
    return g_steal_pointer(&issue);
}

void tm_issue_free(TmIssue *issue)
{
    if (issue == NULL)
        return;
    g_ptr_array_unref(issue->scopes);
    g_array_unref(issue->tools);
    g_hash_table_unref(issue->gaps);
    g_array_unref(issue->contexts);
    g_clear_pointer(&issue->index, g_hash_table_unref);
    g_clear_pointer(&issue->known, g_hash_table_unref);
    g_array_unref(issue->cells);
    g_free(issue->hash);
    g_free(issue);
}

/* ---- Questions --------------------------------------------------------------------------- */

TmWeek tm_issue_week(const TmIssue *issue)
{
    return issue->week;
}

TmWeek tm_issue_first_week(const TmIssue *issue)
{
    return issue->first_week;
}

int tm_issue_rule_version(const TmIssue *issue)
{
    return issue->rule_version;
}

const char *tm_issue_hash(const TmIssue *issue)
{
    return issue->hash;
}

const GPtrArray *tm_issue_scopes(const TmIssue *issue)
{
    return issue->scopes;
}

const GArray *tm_issue_tools(const TmIssue *issue)
{
    return issue->tools;
}

static const TmContext *find_context(
    const TmIssue *issue, const char *kind, const char *scope, const char *key)
{
    const TmContext wanted = {.kind = g_intern_string(kind),
        .scope = g_intern_string(scope),
        .key = g_intern_string(key)};
    return g_hash_table_lookup(issue->known, &wanted);
}

const char *tm_issue_organisation(const TmIssue *issue)
{
    return ((const TmScope *)g_ptr_array_index(issue->scopes, 0))->name;
}

const char *tm_issue_definitions(const TmIssue *issue)
{
    const TmContext *context = find_context(issue, "definitions", "", "");
    return context == NULL ? NULL : context->text;
}

const char *tm_issue_currency(const TmIssue *issue)
{
    const TmContext *context = find_context(issue, "currency", "", "");
    return context == NULL || context->text == NULL ? "USD" : context->text;
}

gint64 tm_issue_setting(const TmIssue *issue, const char *key, gint64 fallback)
{
    const TmContext *context = find_context(issue, "setting", "", key);
    return context == NULL ? fallback : context->number;
}

static gint64 goal_number(const TmIssue *issue, const char *scope, TmKpiId kpi, const char *which)
{
    if (!issue->has_goals) /* asked for every group, KPI and week */
        return G_MININT64;
    g_autofree char *kind = g_strconcat("goal.", which, NULL);
    const TmContext *context = find_context(issue, kind, scope, tm_kpi(kpi)->key);
    return context == NULL ? G_MININT64 : context->number;
}

gboolean tm_issue_goal(const TmIssue *issue, const char *scope, TmKpiId kpi, gint64 *target,
    gint64 *lower, gint64 *upper)
{
    gint64 numbers[] = {goal_number(issue, scope, kpi, "target"),
        goal_number(issue, scope, kpi, "lower"), goal_number(issue, scope, kpi, "upper")};
    gint64 *results[] = {target, lower, upper};
    gboolean any = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (results[i] != NULL)
            *results[i] = numbers[i];
        any |= numbers[i] != G_MININT64;
    }
    return any;
}

static TmDay goal_day(const TmIssue *issue, const char *scope, TmKpiId kpi, const char *which)
{
    gint64 day = goal_number(issue, scope, kpi, which);
    return day == G_MININT64 ? TM_DAY_NONE : (TmDay)day;
}

gboolean tm_issue_goal_whole(
    const TmIssue *issue, const char *scope, TmKpiId kpi, TmIssueGoal *goal)
{
    goal->start = goal_day(issue, scope, kpi, "start");
    goal->ramp_from = goal_number(issue, scope, kpi, "ramp_from");
    goal->ramp_end = goal_day(issue, scope, kpi, "ramp_end");
    return tm_issue_goal(issue, scope, kpi, &goal->target, &goal->lower, &goal->upper);
}

const char *tm_issue_rollout(const TmIssue *issue, const char *scope, TmDay *start)
{
    const TmContext *state = find_context(issue, "rollout", scope, "state");
    const TmContext *first = find_context(issue, "rollout", scope, "start");
    *start = first == NULL ? TM_DAY_NONE : (TmDay)first->number;
    return state == NULL ? NULL : state->text;
}

gboolean tm_issue_budget(const TmIssue *issue, const char *scope, TmWeek week, gint64 *micros)
{
    g_autofree char *name = tm_week_format(week);
    const TmContext *context = find_context(issue, "budget", scope, name);
    if (context != NULL)
        *micros = context->number;
    return context != NULL;
}

gboolean tm_issue_month_budget(
    const TmIssue *issue, const char *scope, gint64 *micros, guint *weeks_in_month)
{
    g_autofree char *name = tm_week_format(issue->week);
    const TmContext *context = find_context(issue, "month_budget", scope, name);
    if (context == NULL)
        return FALSE;
    int year, month, other_year, other_month;
    tm_week_month(issue->week, &year, &month);
    *weeks_in_month = 0;
    for (TmWeek week = issue->week - 5; week <= issue->week + 5; week++) {
        tm_week_month(week, &other_year, &other_month);
        *weeks_in_month += year == other_year && month == other_month;
    }
    *micros = context->number;
    return TRUE;
}

static const TmScope *find_scope(const TmIssue *issue, const char *id)
{
    for (guint i = 0; i < issue->scopes->len; i++) {
        const TmScope *scope = issue->scopes->pdata[i];
        if (strcmp(scope->id, id) == 0)
            return scope;
    }
    return NULL;
}

static void add_events(
    const TmIssue *issue, const TmScope *scope, TmDay first, TmDay last, GArray *events)
{
    for (guint i = 0; i < issue->contexts->len; i++) {
        const TmContext *context = &g_array_index(issue->contexts, TmContext, i);
        if (strcmp(context->kind, "event") != 0 || strcmp(context->scope, scope->id) != 0 ||
            context->number < first || context->number > last || context->text == NULL)
            continue;
        const TmIssueEvent event = {(TmDay)context->number, context->scope, context->text};
        g_array_append_val(events, event);
    }
}

/* Keeps the order of equal days: outer scopes were added first. */
static int compare_events(gconstpointer left, gconstpointer right)
{
    const TmIssueEvent *a = left, *b = right;
    return (a->day > b->day) - (a->day < b->day);
}

GArray *tm_issue_events(const TmIssue *issue, const char *scope, TmDay first, TmDay last)
{
    const TmScope *chain[3]; /* block, department, organisation */
    guint length = 0;
    GArray *events = g_array_new(FALSE, FALSE, sizeof(TmIssueEvent));
    const TmScope *at = find_scope(issue, scope);
    while (at != NULL && length < G_N_ELEMENTS(chain)) {
        chain[length++] = at;
        gboolean is_top = at->kind == TM_SCOPE_ORGANISATION || at->parent >= issue->scopes->len;
        at = is_top ? NULL : g_ptr_array_index(issue->scopes, at->parent);
    }
    while (length > 0)
        add_events(issue, chain[--length], first, last, events);
    g_array_sort(events, compare_events);
    return events;
}

/* ---- The archive as a whole -------------------------------------------------------------- */

static gboolean take_week(gpointer user, const TmLine *line, GError **error)
{
    GArray *weeks = user;
    (void)error;
    if (weeks->len == 0 || g_array_index(weeks, TmWeek, weeks->len - 1) != line->week)
        g_array_append_val(weeks, line->week);
    return TRUE;
}

GArray *tm_archive_weeks(TmArchive *archive)
{
    GArray *weeks = g_array_new(FALSE, FALSE, sizeof(TmWeek));
    tm_store_each(archive, "kind = 'scope' AND scope = 'org'", 0, take_week, weeks, NULL);
    return weeks;
}

static void partition_free(gpointer partition)
{
    tm_partition_free(partition);
}

static gboolean take_partition(gpointer user, const TmLine *line, GError **error)
{
    GPtrArray *partitions = user;
    TmScope *scope = tm_line_parse_scope(line->body, line->scope);
    if (scope == NULL)
        return bad_line(line, error);
    TmPartition *last =
        partitions->len == 0 ? NULL : g_ptr_array_index(partitions, partitions->len - 1);
    if (last == NULL || last->week != line->week) {
        last = g_new0(TmPartition, 1);
        last->week = line->week;
        last->scopes = g_ptr_array_new_with_free_func((GDestroyNotify)tm_scope_free);
        g_ptr_array_add(partitions, last);
    }
    g_ptr_array_add(last->scopes, scope);
    return TRUE;
}

GPtrArray *tm_archive_partitions(TmArchive *archive, GError **error)
{
    g_autoptr(GPtrArray) partitions = g_ptr_array_new_with_free_func(partition_free);
    if (!tm_store_each(archive, "kind = 'scope'", 0, take_partition, partitions, error))
        return NULL;
    return g_steal_pointer(&partitions);
}
