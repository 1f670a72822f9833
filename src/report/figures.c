/*
 * Figures: a sentence, a chart over the weeks, its text alternative and its data as a table.
 */
#include "binder.h"
#include "strings.h"

#define WEEK_SHARE 0.2 /* of the data table's width */

/* Kpis of the series, then the figure's own when it is none of them (the total of a stack). */
static GArray *table_kpis(const Operation *operation)
{
    GArray *kpis = g_array_new(FALSE, FALSE, sizeof(TmKpiId));
    TmKpiId own = (TmKpiId)operation->values[ATTRIBUTE_KPI].number;
    gboolean has_own = FALSE;
    for (guint i = 0; i < operation->children->len; i++) {
        const Operation *series = operation->children->pdata[i];
        TmKpiId kpi = (TmKpiId)series->values[ATTRIBUTE_KPI].number;
        g_array_append_val(kpis, kpi);
        has_own = has_own || kpi == own;
    }
    if (!has_own)
        g_array_append_val(kpis, own);
    return kpis;
}

static TmNode *add_text_cell(TmNode *row, const char *text)
{
    TmNode *cell = tm_node_add(row, TM_NODE_CELL, row->line);
    tm_runs_add(&cell->runs, TM_TONE_PLAIN, text, NULL);
    return cell;
}

static void add_data_table(
    const Binder *binder, const Operation *operation, TmNode *figure, TmWeek first)
{
    g_autoptr(GArray) kpis = table_kpis(operation);
    TmNode *table = tm_node_add(figure, TM_NODE_TABLE, operation->line);
    table->title = tm_text_fill(TEXT(DATA_CAPTION), "title", figure->title, NULL);
    table->collapsed = TRUE;
    tm_table_add_column(table, TEXT(WEEK), TM_ALIGN_START, WEEK_SHARE, FALSE);
    for (guint i = 0; i < kpis->len; i++)
        tm_table_add_column(table, tm_kpi(g_array_index(kpis, TmKpiId, i))->name, TM_ALIGN_END,
            (1 - WEEK_SHARE) / kpis->len, FALSE);
    for (TmWeek week = first; week <= binder->week; week++) {
        TmNode *row = tm_node_add(table, TM_NODE_ROW, operation->line);
        g_autofree char *label = tm_format_week(week);
        add_text_cell(row, label)->scope_row = TRUE;
        for (guint i = 0; i < kpis->len; i++) {
            TmKpiId kpi = g_array_index(kpis, TmKpiId, i);
            g_autofree char *text = binder_brief_cell(
                binder, kpi, tm_issue_cell(binder->issue, binder->organisation->id, kpi, "", week));
            add_text_cell(row, text);
        }
    }
}

static void add_all_series(
    const Binder *binder, const Operation *operation, TmChart *chart, TmWeek first)
{
    TmKpiId own = (TmKpiId)operation->values[ATTRIBUTE_KPI].number;
    if (operation->children->len == 0)
        binder_add_series(binder, chart, own, NULL, TM_INK_MAIN, first);
    for (guint i = 0; i < operation->children->len; i++) {
        const Operation *series = operation->children->pdata[i];
        g_autofree char *name = binder_words(binder, series, ATTRIBUTE_NAME);
        gboolean light = binder_number(series, ATTRIBUTE_LIGHT, FALSE) != 0;
        binder_add_series(binder, chart, (TmKpiId)series->values[ATTRIBUTE_KPI].number, name,
            light ? TM_INK_MAIN_LIGHT : TM_INK_MAIN, first);
    }
}

static void add_target(const Binder *binder, TmChart *chart, TmKpiId kpi)
{
    gint64 target;
    if (!binder_target(binder, kpi, &target))
        return;
    TmUnit unit = tm_kpi(kpi)->unit;
    g_autofree char *value = tm_format_value(unit, target, binder->currency);
    chart->has_target = TRUE;
    chart->target = binder_chart_value(unit, target);
    chart->target_label = tm_text_fill(
        kpi == TM_KPI_COST ? TEXT(BUDGET_LABEL) : TEXT(TARGET_LABEL), "value", value, NULL);
}

static void add_bands(TmChart *chart, TmKpiId kpi)
{
    guint count;
    const TmBand *bands = tm_bands(kpi, &count);
    if (bands == NULL)
        return;
    chart->band_steps = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 1; i < count; i++) {
        double step = binder_chart_value(tm_kpi(kpi)->unit, bands[i].from);
        g_array_append_val(chart->band_steps, step);
    }
}

/* The figure's own series first, then the others by name. */
static char *alternative(const Binder *binder, const Operation *operation, const char *title,
    TmChartForm form, TmWeek first)
{
    TmKpiId own = (TmKpiId)operation->values[ATTRIBUTE_KPI].number;
    g_autofree char *main_text = tm_trend_alternative(binder->issue, own, title, first);
    g_autoptr(GString) text = g_string_new(main_text);
    for (guint i = 0; i < operation->children->len; i++) {
        const Operation *series = operation->children->pdata[i];
        TmKpiId kpi = (TmKpiId)series->values[ATTRIBUTE_KPI].number;
        if (kpi == own)
            continue;
        g_autofree char *more = tm_trend_alternative(binder->issue, kpi, tm_kpi(kpi)->name, first);
        g_string_append_printf(text, " %s", more);
    }
    return tm_text_fill(
        form == TM_CHART_COLUMNS ? TEXT(ALT_COLUMNS) : TEXT(ALT_LINE), "text", text->str, NULL);
}

/* The organisation's events in the weeks that are drawn; caller unrefs. */
static GArray *events_since(const Binder *binder, TmWeek first)
{
    return tm_issue_events(binder->issue, binder->organisation->id, tm_week_monday(first),
        tm_week_monday(binder->week) + 6);
}

static void add_marks(const Binder *binder, TmChart *chart, TmWeek first)
{
    g_autoptr(GArray) events = events_since(binder, first);
    for (guint i = 0; i < events->len; i++) {
        const TmIssueEvent *event = &g_array_index(events, TmIssueEvent, i);
        tm_chart_add_event(chart, (guint)(tm_week_of_day(event->day) - first), event->text);
    }
}

/* All marks in words, since a chart has no room for some. */
static void add_marks_note(
    const Binder *binder, const Operation *operation, guint weeks, TmNode *parent)
{
    g_autoptr(GArray) events = events_since(binder, binder_first_week(binder, weeks));
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < events->len; i++) {
        const TmIssueEvent *event = &g_array_index(events, TmIssueEvent, i);
        g_autofree char *day = tm_format_day(event->day);
        g_autofree char *words = tm_text_fill(TEXT(EVENT), "day", day, "text", event->text, NULL);
        g_string_append_printf(list, "%s%s", i > 0 ? "; " : "", words);
    }
    if (events->len == 0)
        return;
    TmNode *note = tm_node_add(parent, TM_NODE_PARAGRAPH, operation->line);
    g_autofree char *text = tm_text_fill(TEXT(EVENTS), "list", list->str, NULL);
    note->style = TM_STYLE_NOTE;
    tm_runs_add(&note->runs, TM_TONE_PLAIN, text, NULL);
}

static void bind_figure(
    const Binder *binder, const Operation *operation, guint weeks, TmNode *parent)
{
    TmKpiId kpi = (TmKpiId)operation->values[ATTRIBUTE_KPI].number;
    TmChartForm form = (TmChartForm)operation->values[ATTRIBUTE_FORM].number;
    TmWeek first = binder_first_week(binder, weeks);
    TmNode *figure = tm_node_add(parent, TM_NODE_FIGURE, operation->line);
    figure->title = binder_words(binder, operation, ATTRIBUTE_TITLE);
    figure->addition = binder_words(binder, operation, ATTRIBUTE_UNIT);
    figure->lead = tm_trend_sentence(binder->issue, kpi, figure->title, first);
    figure->alt = alternative(binder, operation, figure->title, form, first);

    TmChart *chart = binder_chart(binder, form, kpi, first);
    figure->chart = chart;
    add_all_series(binder, operation, chart, first);
    if (binder_number(operation, ATTRIBUTE_TARGET, FALSE) != 0)
        add_target(binder, chart, kpi);
    if (binder_number(operation, ATTRIBUTE_BANDS, FALSE) != 0)
        add_bands(chart, kpi);
    chart->from_zero = binder_number(operation, ATTRIBUTE_FROM_ZERO, FALSE) != 0;
    add_marks(binder, chart, first);
    chart->highlight_last = binder_has_alert(binder, kpi);
    add_data_table(binder, operation, figure, first);
}

void bind_figures(const Binder *binder, const Operation *operation, TmNode *parent)
{
    guint weeks = (guint)binder_number(operation, ATTRIBUTE_WEEKS, DEFAULT_WEEKS);
    TmNode *figures = tm_node_add(parent, TM_NODE_FIGURES, operation->line);
    figures->columns = (guint)binder_number(operation, ATTRIBUTE_COLUMNS, 2);
    for (guint i = 0; i < operation->children->len; i++)
        bind_figure(binder, operation->children->pdata[i], weeks, figures);
    add_marks_note(binder, operation, weeks, parent);
}
