/*
 * Which cells stand in the data files, and their values in plain units.
 */
#include "data_rows.h"

#include <string.h>

#define WEEKS 12
#define MOST_PLAIN (G_MAXINT64 / TM_MICROS_PER_UNIT)

static const char *const scope_kinds[] = {
    [TM_SCOPE_ORGANISATION] = "organisation",
    [TM_SCOPE_DEPARTMENT] = "department",
    [TM_SCOPE_BLOCK] = "team",
    [TM_SCOPE_UNASSIGNED] = "unassigned",
    [TM_SCOPE_SPARE] = "spare seats",
};

static const char *const state_names[] = {
    [TM_CELL_VALUE] = "value",
    [TM_CELL_BAND] = "band",
    [TM_CELL_NOT_SHOWN] = "not shown",
    [TM_CELL_NOT_MEASURED] = "not measured",
};

const char *data_scope_kind(TmScopeKind kind)
{
    return scope_kinds[kind];
}

const char *data_state(TmCellState state)
{
    return state_names[state];
}

const char *data_unit_name(TmUnit unit, const char *currency)
{
    switch (unit) {
    case TM_UNIT_PEOPLE:
        return "people";
    case TM_UNIT_SEATS:
        return "seats";
    case TM_UNIT_PERCENT:
        return "percent";
    case TM_UNIT_TOKENS:
        return "tokens";
    case TM_UNIT_MONEY:
        return currency;
    case TM_UNIT_DAYS:
        return "working days";
    case TM_UNIT_PERSON_DAYS:
        return "person-days";
    case TM_UNIT_COUNT:
        return "count";
    case TM_UNIT_RATE:
        return "rate";
    case TM_UNIT_HOURS:
        return "hours";
    case TM_UNIT_HUNDREDTHS:
        return "coefficient";
    }
    return "";
}

char *data_value(const TmKpi *kpi, gint64 value)
{
    const char *sign = value < 0 ? "-" : "";
    guint64 size = value < 0 ? (guint64)0 - (guint64)value : (guint64)value;
    switch (tm_unit_scale(kpi->unit)) {
    case 1:
        return g_strdup_printf("%" G_GINT64_FORMAT, value);
    case 10:
        return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%d", sign, size / 10, (int)(size % 10));
    case TM_MICROS_PER_UNIT: /* published in cents */
        size /= TM_MICROS_PER_UNIT / 100;
        break;
    default: /* hundredths */
        break;
    }
    return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%02d", sign, size / 100, (int)(size % 100));
}

gint64 data_micros(const TmKpi *kpi, gint64 value)
{
    if (kpi->unit == TM_UNIT_MONEY)
        return value;
    gint64 bounded = CLAMP(value, -MOST_PLAIN, MOST_PLAIN);
    return bounded * (TM_MICROS_PER_UNIT / tm_unit_scale(kpi->unit));
}

gboolean data_shows_kpi(const TmKpi *kpi)
{
    return !kpi->support && strchr(kpi->audiences, 'E') != NULL;
}

static void add_row(GArray *rows, const TmIssue *issue, GHashTable *scopes, const TmCell *cell)
{
    const TmKpi *kpi = tm_kpi(cell->kpi);
    const TmScope *scope = g_hash_table_lookup(scopes, cell->scope);
    gboolean is_organisation = scope != NULL && scope->kind == TM_SCOPE_ORGANISATION;
    if (scope == NULL || !data_shows_kpi(kpi) || (!is_organisation && !scope->own_line) ||
        (!is_organisation && cell->week != tm_issue_week(issue)))
        return;
    DataRow row = {
        .cell = cell,
        .kpi = kpi,
        .scope_name = scope->name,
        .scope_kind = scope_kinds[scope->kind],
        .state = state_names[cell->state],
        .unit = data_unit_name(kpi->unit, tm_issue_currency(issue)),
    };
    TmChange change = tm_change_find(issue, scope, cell->kpi, cell->part, cell->week);
    row.has_last_week = change.state == TM_CHANGE_KNOWN;
    if (row.has_last_week)
        row.last_week = change.before->value;
    gint64 lower, upper;
    row.has_target = *cell->part == '\0' &&
                     tm_issue_goal(issue, cell->scope, cell->kpi, &row.target, &lower, &upper) &&
                     row.target != G_MININT64;
    g_array_append_val(rows, row);
}

GArray *data_rows_new(const TmIssue *issue)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(DataRow));
    g_autoptr(GHashTable) scopes = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *all = tm_issue_scopes(issue);
    for (guint i = 0; i < all->len; i++) {
        TmScope *scope = all->pdata[i];
        g_hash_table_insert(scopes, scope->id, scope);
    }
    TmWeek last = tm_issue_week(issue);
    for (TmWeek week = MAX(last - WEEKS + 1, tm_issue_first_week(issue)); week <= last; week++) {
        g_autoptr(GPtrArray) cells = tm_issue_cells(issue, week);
        for (guint i = 0; i < cells->len; i++)
            add_row(rows, issue, scopes, cells->pdata[i]);
    }
    return rows;
}
