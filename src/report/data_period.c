/*
 * Which figures stand in the data files of a period.
 */
#include "data_period.h"

#include <string.h>

typedef struct Key {
    guint scope; /* index among the issue's scopes */
    TmKpiId kpi;
    const char *part;
} Key;

static int compare_keys(gconstpointer a, gconstpointer b)
{
    const Key *left = a, *right = b;
    if (left->scope != right->scope)
        return left->scope < right->scope ? -1 : 1;
    if (left->kpi != right->kpi)
        return left->kpi < right->kpi ? -1 : 1;
    return strcmp(left->part, right->part);
}

/* Indexes of the scopes that may have rows, one up so that none is 0. */
static GHashTable *index_scopes(const TmIssue *issue)
{
    GHashTable *indexes = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *scopes = tm_issue_scopes(issue);
    for (guint i = 0; i < scopes->len; i++) {
        TmScope *scope = scopes->pdata[i];
        if (scope->kind == TM_SCOPE_ORGANISATION || scope->own_line)
            g_hash_table_insert(indexes, scope->id, GUINT_TO_POINTER(i + 1));
    }
    return indexes;
}

static GArray *find_keys(const TmIssue *issue, const TmPeriod *period)
{
    g_autoptr(GHashTable) indexes = index_scopes(issue);
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(Key));
    for (TmWeek week = period->first; week <= period->end; week++) {
        g_autoptr(GPtrArray) cells = tm_issue_cells(issue, week);
        for (guint i = 0; i < cells->len; i++) {
            const TmCell *cell = cells->pdata[i];
            guint scope = GPOINTER_TO_UINT(g_hash_table_lookup(indexes, cell->scope));
            const Key key = {scope - 1, cell->kpi, cell->part};
            if (scope > 0 && !tm_kpi(cell->kpi)->support)
                g_array_append_val(keys, key);
        }
    }
    g_array_sort(keys, compare_keys);
    return keys;
}

static PeriodRow make_row(
    const TmIssue *issue, const TmPeriodView *now, const TmPeriodView *before, const Key *key)
{
    const TmScope *scope = tm_issue_scopes(issue)->pdata[key->scope];
    gint64 lower, upper;
    PeriodRow row = {
        .scope = scope,
        .kpi = tm_kpi(key->kpi),
        .stands_for = tm_period_scope(now, scope),
        .change = tm_period_change(now, before, scope, key->kpi, key->part),
    };
    /* Goals are given for a week: sums of a longer time have none. */
    row.has_target = *key->part == '\0' && row.change.now.method != TM_PERIOD_SUM &&
                     tm_issue_goal(issue, scope->id, key->kpi, &row.target, &lower, &upper) &&
                     row.target != G_MININT64;
    return row;
}

GArray *period_rows_new(const TmIssue *issue, const TmPeriod *period)
{
    TmPeriod earlier = tm_period_before(period);
    g_autoptr(TmPeriodView) now = tm_period_view_new(issue, period);
    g_autoptr(TmPeriodView) before = tm_period_view_new(issue, &earlier);
    g_autoptr(GArray) keys = find_keys(issue, period);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(PeriodRow));
    for (guint i = 0; i < keys->len; i++) {
        const Key *key = &g_array_index(keys, Key, i);
        if (i > 0 && compare_keys(key, key - 1) == 0)
            continue;
        PeriodRow row = make_row(issue, now, before, key);
        g_array_append_val(rows, row);
    }
    return rows;
}
