/*
 * Method, coverage and freshness: what the numbers mean and how complete the data behind them is.
 */
#include "binder.h"
#include "strings.h"

#include <string.h>

char *binder_anchor(TmKpiId kpi)
{
    return g_strdelimit(g_strdup_printf("kpi-%s", tm_kpi(kpi)->key), "_", '-');
}

/* First letter large; catalogue texts are written to follow a colon. */
static char *capitalised(const char *text)
{
    char *copy = g_strdup(text);
    *copy = g_ascii_toupper(*copy);
    return copy;
}

static char *catalogue_text(TmKpiId kpi)
{
    g_autofree char *formula = capitalised(tm_kpi(kpi)->formula);
    g_autofree char *reading = capitalised(tm_kpi(kpi)->reading);
    return tm_text_fill(*reading == '\0' ? TEXT(DEFINITION_SHORT) : TEXT(DEFINITION_TEXT),
        "formula", formula, "reading", reading, NULL);
}

static void add_term(const Binder *binder, const Operation *operation, TmNode *parent)
{
    TmNode *item = tm_node_add(parent, TM_NODE_ITEM, operation->line);
    g_autofree char *text = binder_text(binder, operation);
    const Value *kpi = &operation->values[ATTRIBUTE_KPI];
    if (kpi->given)
        item->id = binder_anchor((TmKpiId)kpi->number);
    item->lead = operation->values[ATTRIBUTE_NAME].given
                     ? binder_words(binder, operation, ATTRIBUTE_NAME)
                     : g_strdup(tm_kpi((TmKpiId)kpi->number)->name);
    g_autofree char *meaning =
        *text == '\0' ? catalogue_text((TmKpiId)kpi->number) : g_strdup(text);
    tm_runs_add(&item->runs, TM_TONE_PLAIN, meaning, NULL);
}

/* ---- Freshness --------------------------------------------------------------------------- */

/* Weeks with missing days among those that the report draws. */
static GArray *missing_weeks(const Binder *binder, const TmIssueTool *tool)
{
    GArray *weeks = g_array_new(FALSE, FALSE, sizeof(TmWeek));
    TmWeek first = binder_first_week(binder, DEFAULT_WEEKS);
    for (TmWeek week = first; week <= binder->week; week++)
        if ((tool->missing_weeks >> (guint)(binder->week - week) & 1) != 0)
            g_array_append_val(weeks, week);
    return weeks;
}

static void append_gaps(GString *text, const TmIssueTool *tool)
{
    const char *gaps[3];
    guint count = 0;
    if (!tool->has_sessions)
        gaps[count++] = TEXT(FRESH_NO_SESSIONS);
    if (!tool->has_tokens)
        gaps[count++] = TEXT(FRESH_NO_TOKENS);
    if (!tool->has_money)
        gaps[count++] = TEXT(FRESH_NO_MONEY);
    if (count == 0)
        return;
    g_autoptr(GString) list = g_string_new(gaps[0]);
    for (guint i = 1; i < count; i++)
        g_string_append_printf(list, "%s%s", i + 1 == count ? " and " : ", ", gaps[i]);
    g_autofree char *words = tm_text_fill(TEXT(FRESH_GIVES), "list", list->str, NULL);
    g_string_append(text, words);
}

static char *freshness_text(const Binder *binder, const TmIssueTool *tool)
{
    if (tool->last_day == TM_DAY_NONE)
        return g_strconcat(TEXT(FRESH_NONE), ".", NULL);
    g_autofree char *day = tm_format_day(tool->last_day);
    g_autofree char *to = tm_text_fill(TEXT(FRESH_TO), "day", day, NULL);
    g_autoptr(GArray) weeks = missing_weeks(binder, tool);
    g_autofree char *week_list = tm_format_weeks(weeks);
    g_autofree char *coverage = tm_text_fill(
        weeks->len == 0 ? TEXT(FRESH_COMPLETE) : TEXT(FRESH_MISSING), "weeks", week_list, NULL);
    GString *text = g_string_new(to);
    g_string_append(text, coverage);
    append_gaps(text, tool);
    if (tool->licence_source != NULL && *tool->licence_source != '\0') {
        g_autofree char *licences =
            tm_text_fill(TEXT(FRESH_LICENCES), "source", tool->licence_source, NULL);
        g_string_append(text, licences);
    }
    g_string_append_c(text, '.');
    return g_string_free(text, FALSE);
}

static void add_freshness(const Binder *binder, const Operation *operation, TmNode *parent)
{
    const GArray *tools = tm_issue_tools(binder->issue);
    for (guint i = 0; i < tools->len; i++) {
        const TmIssueTool *tool = &g_array_index(tools, TmIssueTool, i);
        TmNode *item = tm_node_add(parent, TM_NODE_ITEM, operation->line);
        item->lead = g_strdup(tool->name);
        g_autofree char *text = freshness_text(binder, tool);
        tm_runs_add(&item->runs, TM_TONE_PLAIN, text, NULL);
    }
}

void bind_definitions(const Binder *binder, const Operation *operation, TmNode *parent)
{
    TmNode *definitions = tm_node_add(parent, TM_NODE_DEFINITIONS, operation->line);
    for (guint i = 0; i < operation->children->len; i++) {
        const Operation *child = operation->children->pdata[i];
        if (child->element == ELEMENT_TERM)
            add_term(binder, child, definitions);
        else
            add_freshness(binder, child, definitions);
    }
}

/* ---- Alerts that cleared, or could not be judged ----------------------------------------- */

/* The alert, with its tool, or with its group where that is not the organisation. */
static char *alert_text(const Binder *binder, const TmAlert *alert)
{
    const char *of = *alert->part != '\0' ? tm_alert_tool_name(binder->issue, alert)
                     : alert->scope != binder->organisation ? alert->scope->name
                                                            : NULL;
    return of == NULL ? g_strdup(tm_alert_name(alert->kind))
                      : tm_text_fill(
                            TEXT(ALERT_OF), "alert", tm_alert_name(alert->kind), "name", of, NULL);
}

/* Names the organisation's alerts that stay silent for one reason. */
static char *silent_alerts(const Binder *binder, const char *reason)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < binder->alerts->len; i++) {
        const TmAlert *alert = binder->alerts->pdata[i];
        if (alert->state == TM_ALERT_NOT_JUDGED && alert->scope == binder->organisation &&
            strcmp(alert->reason, reason) == 0)
            g_ptr_array_add(texts, alert_text(binder, alert));
    }
    g_ptr_array_add(texts, NULL);
    return g_strjoinv(", ", (char **)texts->pdata);
}

/* Silent alerts of the organisation, put together by their reason. */
static char *not_judged_text(const Binder *binder)
{
    GString *list = g_string_new(NULL);
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < binder->alerts->len; i++) {
        const TmAlert *alert = binder->alerts->pdata[i];
        if (alert->state != TM_ALERT_NOT_JUDGED || alert->scope != binder->organisation ||
            !g_hash_table_add(told, (gpointer)alert->reason))
            continue;
        g_autofree char *names = silent_alerts(binder, alert->reason);
        g_autofree char *item =
            tm_text_fill(TEXT(NOT_JUDGED_ITEM), "alert", names, "reason", alert->reason, NULL);
        g_string_append_printf(list, "%s%s", list->len > 0 ? "; " : "", item);
    }
    return g_string_free(list, FALSE);
}

static char *cleared_text(const Binder *binder)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < binder->alerts->len; i++) {
        const TmAlert *alert = binder->alerts->pdata[i];
        if (alert->state != TM_ALERT_CLEARED || !tm_alert_may_be_named(alert))
            continue;
        g_autofree char *item = alert_text(binder, alert);
        g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", item);
    }
    return g_string_free(list, FALSE);
}

static void add_note(
    const Operation *operation, TmNode *parent, const char *pattern, const char *list)
{
    if (*list == '\0')
        return;
    TmNode *paragraph = tm_node_add(parent, TM_NODE_PARAGRAPH, operation->line);
    paragraph->style = TM_STYLE_NOTE;
    g_autofree char *text = tm_text_fill(pattern, "list", list, NULL);
    tm_runs_add(&paragraph->runs, TM_TONE_PLAIN, text, NULL);
}

void bind_not_judged(const Binder *binder, const Operation *operation, TmNode *parent)
{
    g_autofree char *cleared = cleared_text(binder);
    g_autofree char *silent = not_judged_text(binder);
    add_note(operation, parent, TEXT(CLEARED), cleared);
    add_note(operation, parent, TEXT(NOT_JUDGED), silent);
}
