/* Text of the store's lines: see lines.h. */
#include "lines.h"

#include <string.h>

/* ---- Cells ------------------------------------------------------------------------------- */

void tm_line_append_cell(GString *body, const TmCell *cell)
{
    g_string_append_printf(body,
        "%s\t%s\t%d\t%u\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%d\n",
        tm_kpi(cell->kpi)->key, cell->part, (int)cell->state, cell->flags, cell->value, cell->low,
        cell->high, cell->rule_version);
}

/* Next number up to a tab or line end; moves on past it. */
static gboolean take_integer(const char **text, gint64 *value)
{
    gsize length = strcspn(*text, "\t\n");
    if (!tm_integer_parse(*text, length, value))
        return FALSE;
    *text += length + ((*text)[length] != '\0');
    return TRUE;
}

/* Next field as a string of at most 63 bytes. */
static gboolean take_word(const char **text, char word[64])
{
    gsize length = strcspn(*text, "\t\n");
    if (length > 63 || (*text)[length] == '\0')
        return FALSE;
    memcpy(word, *text, length);
    word[length] = '\0';
    *text += length + 1;
    return TRUE;
}

/* Cells of a group come in the order of the catalogue: the next one is one of the next. */
static TmKpiId kpi_after(TmKpiId before, const char *key)
{
    for (int id = (int)before; id < TM_KPI_COUNT; id++)
        if (strcmp(tm_kpi((TmKpiId)id)->key, key) == 0)
            return (TmKpiId)id;
    return tm_kpi_by_key(key);
}

static gboolean take_cell(const char **text, TmCell *cell)
{
    char key[64], part[64];
    gint64 numbers[6];
    if (!take_word(text, key) || !take_word(text, part))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (!take_integer(text, &numbers[i]))
            return FALSE;
    cell->kpi = kpi_after(cell->kpi, key);
    if (*part != '\0')
        cell->part = g_intern_string(part);
    cell->state = (TmCellState)numbers[0];
    cell->flags = (guint)numbers[1];
    cell->value = numbers[2];
    cell->low = numbers[3];
    cell->high = numbers[4];
    cell->rule_version = (int)numbers[5];
    return TRUE;
}

gboolean tm_line_parse_cells(const char *body, TmWeek week, const char *scope, GArray *cells)
{
    const char *interned = g_intern_string(scope), *no_part = g_intern_string("");
    TmKpiId before = (TmKpiId)0;
    while (*body != '\0') {
        TmCell cell = {.week = week, .scope = interned, .kpi = before, .part = no_part};
        if (!take_cell(&body, &cell))
            return FALSE;
        before = cell.kpi;
        /* A KPI that this version no longer has stays in the store and is not shown. */
        if (cell.kpi != TM_KPI_COUNT)
            g_array_append_val(cells, cell);
    }
    return TRUE;
}

/* ---- Lists of escaped fields ------------------------------------------------------------- */

static void append_field(GString *body, const char *text)
{
    if (body->len > 0)
        g_string_append_c(body, '\t');
    if (text == NULL)
        return;
    g_autofree char *escaped = g_strescape(text, NULL);
    g_string_append_printf(body, "\"%s\"", escaped);
}

static void append_number(GString *body, gint64 number)
{
    g_string_append_printf(body, "\t%" G_GINT64_FORMAT, number);
}

/* NULL for an empty field, else the text between quotes without its escapes. */
static char *read_field(const char *field)
{
    gsize length = strlen(field);
    if (length < 2 || field[0] != '"' || field[length - 1] != '"')
        return NULL;
    g_autofree char *inside = g_strndup(field + 1, length - 2);
    return g_strcompress(inside);
}

static gint64 read_number(const char *field)
{
    gint64 number = 0;
    tm_integer_parse(field, strlen(field), &number);
    return number;
}

/* ---- Scopes ------------------------------------------------------------------------------ */

char *tm_line_scope(const TmScope *scope)
{
    GString *body = g_string_new(NULL);
    append_field(body, scope->name);
    append_field(body, scope->function);
    append_field(body, scope->cost_center);
    append_number(body, scope->kind);
    append_number(body, scope->parent);
    append_number(body, scope->merged);
    append_number(body, scope->own_line);
    for (guint i = 0; i < scope->teams->len; i++)
        append_field(body, g_ptr_array_index(scope->teams, i));
    return g_string_free(body, FALSE);
}

TmScope *tm_line_parse_scope(const char *body, const char *id)
{
    g_auto(GStrv) fields = g_strsplit(body, "\t", -1);
    if (g_strv_length(fields) < 7)
        return NULL;
    TmScope *scope = g_new0(TmScope, 1);
    scope->id = g_strdup(id);
    scope->name = read_field(fields[0]);
    scope->function = read_field(fields[1]);
    scope->cost_center = read_field(fields[2]);
    scope->kind = (TmScopeKind)read_number(fields[3]);
    scope->parent = (guint)read_number(fields[4]);
    scope->merged = (gboolean)read_number(fields[5]);
    scope->own_line = (gboolean)read_number(fields[6]);
    scope->teams = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 7; fields[i] != NULL; i++)
        g_ptr_array_add(scope->teams, read_field(fields[i]));
    return scope;
}

/* ---- Tools ------------------------------------------------------------------------------- */

char *tm_line_tool(const TmToolState *tool)
{
    GString *body = g_string_new(NULL);
    append_field(body, tool->name);
    append_field(body, tool->licence_source);
    append_number(body, tool->last_day);
    append_number(body, tool->missing_weeks);
    append_number(body, tool->missing_days);
    append_number(body, tool->has_sessions);
    append_number(body, tool->has_tokens);
    append_number(body, tool->has_money);
    return g_string_free(body, FALSE);
}

static const char *read_interned(const char *field)
{
    g_autofree char *text = read_field(field);
    return g_intern_string(text == NULL ? "" : text);
}

gboolean tm_line_parse_tool(const char *body, const char *key, TmIssueTool *tool)
{
    g_auto(GStrv) fields = g_strsplit(body, "\t", -1);
    if (g_strv_length(fields) != 8)
        return FALSE;
    tool->key = g_intern_string(key);
    tool->name = read_interned(fields[0]);
    tool->licence_source = read_interned(fields[1]);
    tool->last_day = (TmDay)read_number(fields[2]);
    tool->missing_weeks = (guint32)read_number(fields[3]);
    tool->missing_days = (guint)read_number(fields[4]);
    tool->has_sessions = (gboolean)read_number(fields[5]);
    tool->has_tokens = (gboolean)read_number(fields[6]);
    tool->has_money = (gboolean)read_number(fields[7]);
    return TRUE;
}

/* ---- Contexts ---------------------------------------------------------------------------- */

char *tm_line_context(const TmContext *context)
{
    GString *body = g_string_new(NULL);
    append_field(body, context->kind);
    append_field(body, context->key);
    append_field(body, context->text);
    append_number(body, context->number);
    return g_string_free(body, FALSE);
}

gboolean tm_line_parse_context(const char *body, TmContext *context)
{
    g_auto(GStrv) fields = g_strsplit(body, "\t", -1);
    if (g_strv_length(fields) != 4)
        return FALSE;
    context->kind = read_interned(fields[0]);
    context->key = read_interned(fields[1]);
    context->text = *fields[2] == '\0' ? NULL : read_interned(fields[2]);
    context->number = read_number(fields[3]);
    return TRUE;
}
