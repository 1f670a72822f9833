/*
 * Tables over teams and over tools. What a column shows is an attribute of the template: a KPI, or
 * one of the special contents below.
 */
#include "binder.h"
#include "strings.h"

#define DOTS_LOW 0
#define DOTS_HIGH 100 /* percent */

typedef struct Table {
    const Binder *binder;
    const Operation *operation;
    TmNode *node;
} Table;

static TmNode *add_cell(TmNode *row, const Operation *column)
{
    return tm_node_add(row, TM_NODE_CELL, column->line);
}

/* Words that stand for a figure which is not there step back. */
static void add_figure(
    const Binder *binder, TmNode *cell, TmKpiId kpi, const TmCell *figure, TmTone tone)
{
    g_autofree char *text = binder_brief_cell(binder, kpi, figure);
    gboolean has_figure =
        figure != NULL && (figure->state == TM_CELL_VALUE || figure->state == TM_CELL_BAND);
    tm_runs_add(&cell->runs, has_figure ? tone : TM_TONE_MUTED, text, NULL);
}

static void add_none(const Binder *binder, const Operation *operation, TmNode *parent)
{
    for (guint i = 0; i < operation->children->len; i++) {
        const Operation *child = operation->children->pdata[i];
        if (child->element != ELEMENT_NONE)
            continue;
        TmNode *paragraph = tm_node_add(parent, TM_NODE_PARAGRAPH, child->line);
        g_autofree char *text = binder_text(binder, child);
        tm_runs_add(&paragraph->runs, TM_TONE_PLAIN, text, NULL);
    }
}

/* ---- Teams ------------------------------------------------------------------------------- */

static void show_name(const Binder *binder G_GNUC_UNUSED, const TmScope *scope, TmNode *cell)
{
    cell->scope_row = TRUE;
    tm_runs_add(&cell->runs, TM_TONE_STRONG, scope->name, NULL);
    if (scope->kind != TM_SCOPE_BLOCK || !scope->merged)
        return;
    g_autofree char *count = tm_format_count(scope->teams->len);
    g_autofree char *words = tm_text_fill(TEXT(TEAMS_TOGETHER), "count", count, NULL);
    tm_runs_add(&cell->runs, TM_TONE_MUTED, TEXT(SEPARATOR), NULL);
    tm_runs_add(&cell->runs, TM_TONE_MUTED, words, NULL);
}

/* A ring beside the dot is a comparison: not over a missing day or new rules. */
static gboolean is_comparable(const Binder *binder, const TmScope *scope)
{
    TmChange change = tm_change_find(binder->issue, scope, TM_KPI_ADOPTION, "", binder->week);
    return change.state != TM_CHANGE_INCOMPLETE && change.state != TM_CHANGE_NEW_RULES;
}

/* One series of two points in time: last week's ring, this week's dot. */
static void show_dots(const Binder *binder, const TmScope *scope, TmNode *cell)
{
    const TmCell *now = binder_cell(binder, scope, TM_KPI_ADOPTION);
    const TmCell *before =
        tm_issue_cell(binder->issue, scope->id, TM_KPI_ADOPTION, "", binder->week - 1);
    TmPoint point = binder_point(TM_KPI_ADOPTION, now);
    if (point.state == TM_POINT_NOT_SHOWN || point.state == TM_POINT_NOT_MEASURED) {
        add_figure(binder, cell, TM_KPI_ADOPTION, now, TM_TONE_MUTED);
        return;
    }
    TmChart *chart = binder_chart(binder, TM_CHART_DOTS, TM_KPI_ADOPTION, binder->week - 1);
    TmSeries *series = tm_chart_add_series(chart, NULL, TM_INK_MAIN);
    tm_series_add(series, is_comparable(binder, scope) ? binder_point(TM_KPI_ADOPTION, before)
                                                       : (TmPoint){.state = TM_POINT_NOT_MEASURED});
    tm_series_add(series, point);
    chart->range_low = DOTS_LOW;
    chart->range_high = DOTS_HIGH;
    cell->chart = chart;

    g_autofree char *target_words = g_strdup("");
    gint64 target;
    if (binder_target(binder, TM_KPI_ADOPTION, &target)) {
        chart->has_target = TRUE;
        chart->target = binder_chart_value(TM_UNIT_PERCENT, target);
        g_autofree char *value = tm_format_value(TM_UNIT_PERCENT, target, NULL);
        g_free(target_words);
        target_words = tm_text_fill(TEXT(DOTS_ALT_TARGET), "target", value, NULL);
    }
    g_autofree char *now_text = binder_brief_cell(binder, TM_KPI_ADOPTION, now);
    g_autofree char *before_text = binder_brief_cell(binder, TM_KPI_ADOPTION, before);
    cell->alt = tm_text_fill(
        TEXT(DOTS_ALT), "now", now_text, "before", before_text, "target", target_words, NULL);
}

static void show_active(const Binder *binder, const TmScope *scope, TmNode *cell)
{
    const TmCell *active = binder_cell(binder, scope, TM_KPI_ACTIVE_USERS);
    const TmCell *licensed = binder_cell(binder, scope, TM_KPI_LICENSED);
    g_autofree char *active_text = binder_brief_cell(binder, TM_KPI_ACTIVE_USERS, active);
    g_autofree char *licensed_text = binder_brief_cell(binder, TM_KPI_LICENSED, licensed);
    g_autofree char *text =
        tm_text_fill(TEXT(ACTIVE_OF), "active", active_text, "licensed", licensed_text, NULL);
    tm_runs_add(&cell->runs, TM_TONE_PLAIN, text, NULL);
}

static void show_reading(const Binder *binder, const TmScope *scope, TmNode *cell)
{
    static const int directions[] = {[TM_TREND_UP] = 1, [TM_TREND_FLAT] = 0, [TM_TREND_DOWN] = -1};
    g_autoptr(TmReading) reading = tm_reading_find(binder->issue, scope);
    if (reading->trend != TM_TREND_UNKNOWN)
        tm_runs_add(&cell->runs, reading->look ? TM_TONE_ACCENT : TM_TONE_MUTED,
            binder_symbol(directions[reading->trend]), NULL);
    tm_runs_add(&cell->runs, TM_TONE_PLAIN, reading->brief, NULL);
}

static void (*const team_contents[SHOW_COUNT])(
    const Binder *binder, const TmScope *scope, TmNode *cell) = {
    [SHOW_NAME] = show_name,
    [SHOW_DOTS] = show_dots,
    [SHOW_ACTIVE] = show_active,
    [SHOW_READING] = show_reading,
};

static void add_team(const Table *table, const TmScope *scope)
{
    const Binder *binder = table->binder;
    TmNode *row = tm_node_add(table->node, TM_NODE_ROW, table->operation->line);
    for (guint i = 0; i < table->operation->children->len; i++) {
        const Operation *column = table->operation->children->pdata[i];
        if (column->element != ELEMENT_COLUMN)
            continue;
        TmNode *cell = add_cell(row, column);
        const Value *kpi = &column->values[ATTRIBUTE_KPI];
        if (kpi->given)
            add_figure(binder, cell, (TmKpiId)kpi->number,
                binder_cell(binder, scope, (TmKpiId)kpi->number), TM_TONE_PLAIN);
        else
            team_contents[column->values[ATTRIBUTE_SHOW].number](binder, scope, cell);
    }
}

/* A heading begins with a capital, however the set-up file writes it. */
static char *capitalised(const char *text)
{
    const char *rest = *text == '\0' ? text : g_utf8_next_char(text);
    g_autofree char *first = g_utf8_strup(text, rest - text);
    return g_strconcat(first, rest, NULL);
}

static void add_group_heading(const Table *table, const TmScope *scope)
{
    TmNode *row = tm_node_add(table->node, TM_NODE_ROW, table->operation->line);
    row->group_heading = TRUE;
    g_autofree char *other = binder_words(table->binder, table->operation, ATTRIBUTE_OTHER);
    const char *title = scope->function != NULL ? scope->function
                        : *other != '\0'        ? other
                                                : TEXT(OTHER_GROUPS);
    TmNode *cell = tm_node_add(row, TM_NODE_CELL, table->operation->line);
    g_autofree char *heading = capitalised(title);
    tm_runs_add(&cell->runs, TM_TONE_MUTED, heading, NULL);
}

/* Departments, and teams of which none has a function, stand without group headings. */
static gboolean has_groups(const GPtrArray *scopes)
{
    for (guint i = 0; i < scopes->len; i++) {
        const TmScope *scope = scopes->pdata[i];
        if (scope->kind == TM_SCOPE_BLOCK && scope->function != NULL)
            return TRUE;
    }
    return FALSE;
}

static void add_teams(const Table *table, const GPtrArray *scopes)
{
    gboolean grouped = has_groups(scopes);
    for (guint i = 0; i < scopes->len; i++) {
        const TmScope *scope = scopes->pdata[i];
        const TmScope *before = i > 0 ? scopes->pdata[i - 1] : NULL;
        if (grouped && (before == NULL || g_strcmp0(before->function, scope->function) != 0))
            add_group_heading(table, scope);
        add_team(table, scope);
    }
}

/* ---- Tools ------------------------------------------------------------------------------- */

static const TmCell *tool_cell(const Binder *binder, const TmIssueTool *tool, TmKpiId kpi)
{
    return tm_issue_cell(binder->issue, binder->organisation->id, kpi,
        tm_kpi(kpi)->by == TM_PART_TOOL ? tool->key : "", binder->week);
}

static void add_tool(const Table *table, const TmIssueTool *tool)
{
    TmNode *row = tm_node_add(table->node, TM_NODE_ROW, table->operation->line);
    for (guint i = 0; i < table->operation->children->len; i++) {
        const Operation *column = table->operation->children->pdata[i];
        if (column->element != ELEMENT_COLUMN)
            continue;
        TmNode *cell = add_cell(row, column);
        const Value *kpi = &column->values[ATTRIBUTE_KPI];
        if (kpi->given) {
            add_figure(table->binder, cell, (TmKpiId)kpi->number,
                tool_cell(table->binder, tool, (TmKpiId)kpi->number), TM_TONE_PLAIN);
        } else {
            cell->scope_row = TRUE;
            tm_runs_add(&cell->runs, TM_TONE_STRONG, tool->name, NULL);
        }
    }
}

/* ---- Binding ----------------------------------------------------------------------------- */

static gboolean is_text(const Operation *column)
{
    const Value *show = &column->values[ATTRIBUTE_SHOW];
    return show->given && show->number != SHOW_ACTIVE;
}

static void add_columns(const Table *table)
{
    for (guint i = 0; i < table->operation->children->len; i++) {
        const Operation *column = table->operation->children->pdata[i];
        if (column->element != ELEMENT_COLUMN)
            continue;
        const Value *show = &column->values[ATTRIBUTE_SHOW];
        g_autofree char *title = binder_words(table->binder, column, ATTRIBUTE_TITLE);
        tm_table_add_column(table->node, title, is_text(column) ? TM_ALIGN_START : TM_ALIGN_END,
            (double)column->values[ATTRIBUTE_SHARE].number / 1000,
            show->given && show->number == SHOW_DOTS);
    }
}

void bind_table(const Binder *binder, const Operation *operation, TmNode *parent)
{
    gboolean of_teams = operation->values[ATTRIBUTE_ROWS].number == ROWS_TEAMS;
    g_autoptr(GPtrArray) rows = of_teams ? binder_rows(binder) : binder_tools_with_seats(binder);
    if (rows->len == 0) {
        add_none(binder, operation, parent);
        return;
    }
    Table table = {.binder = binder,
        .operation = operation,
        .node = tm_node_add(parent, TM_NODE_TABLE, operation->line)};
    table.node->title = binder_words(binder, operation, ATTRIBUTE_CAPTION);
    add_columns(&table);
    if (of_teams)
        add_teams(&table, rows);
    for (guint i = 0; !of_teams && i < rows->len; i++)
        add_tool(&table, rows->pdata[i]);
}
