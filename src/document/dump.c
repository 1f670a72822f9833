/*
 * dump: the tree as text, one line a node, two blanks of indentation a level. A field that is not
 * set is left out, so that a new field changes only the dumps that use it.
 *
 *   figure line=12 id="adoption" title="Adoption" alt="…" chart=line/percent[target=70 …]
 */
#include <tidemark/document.h>

static const char *const tone_names[] = {
    [TM_TONE_PLAIN] = NULL,
    [TM_TONE_STRONG] = "strong",
    [TM_TONE_MUTED] = "muted",
    [TM_TONE_ACCENT] = "accent",
    [TM_TONE_GOOD] = "good",
};

static const char *const style_names[] = {
    [TM_STYLE_BODY] = "body",
    [TM_STYLE_PROMISE] = "promise",
    [TM_STYLE_LEDE] = "lede",
    [TM_STYLE_NOTE] = "note",
};

static const char *const align_names[] = {
    [TM_ALIGN_START] = "start",
    [TM_ALIGN_END] = "end",
    [TM_ALIGN_CENTRE] = "centre",
};

static const char *const form_names[] = {
    [TM_CHART_LINE] = "line",
    [TM_CHART_COLUMNS] = "columns",
    [TM_CHART_SPARKLINE] = "sparkline",
    [TM_CHART_DOTS] = "dots",
};

static const char *const number_names[] = {
    [TM_NUMBER_COUNT] = "count",
    [TM_NUMBER_PERCENT] = "percent",
    [TM_NUMBER_TOKENS] = "tokens",
    [TM_NUMBER_MONEY] = "money",
    [TM_NUMBER_DAYS] = "days",
};

static const char *const ink_names[TM_INK_COUNT] = {
    [TM_INK_NONE] = "none",
    [TM_INK_TEXT] = "text",
    [TM_INK_MUTED] = "muted",
    [TM_INK_MAIN] = "main",
    [TM_INK_MAIN_LIGHT] = "main-light",
    [TM_INK_ACCENT] = "accent",
    [TM_INK_ACCENT_TEXT] = "accent-text",
    [TM_INK_RULE] = "rule",
    [TM_INK_BAND] = "band",
    [TM_INK_BAND_STRONG] = "band-strong",
    [TM_INK_PAPER] = "paper",
};

static const char *name_of(const char *const *names, gsize count, guint value)
{
    return value < count ? names[value] : "unknown";
}
#define NAME_OF(names, value) name_of(names, G_N_ELEMENTS(names), (guint)(value))

/* Quotes keep a line one line: line breaks and other control characters become escapes. */
static void append_quoted(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_printf(out, "\\%c", *p);
        else if (*p == '\n')
            g_string_append(out, "\\n");
        else if (*p < 0x20 || *p == 0x7F)
            g_string_append_printf(out, "\\x%02x", *p);
        else
            g_string_append_c(out, (char)*p);
    }
    g_string_append_c(out, '"');
}

static void append_number(GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(buffer, sizeof buffer, "%.6g", value));
}

static void append_text(GString *out, const char *key, const char *text)
{
    if (text == NULL)
        return;
    g_string_append_printf(out, " %s=", key);
    append_quoted(out, text);
}

static void append_count(GString *out, const char *key, guint value)
{
    if (value != 0)
        g_string_append_printf(out, " %s=%u", key, value);
}

static void append_flag(GString *out, const char *key, gboolean value)
{
    if (value)
        g_string_append_printf(out, " %s", key);
}

static void append_runs(GString *out, const char *key, const GPtrArray *runs)
{
    if (runs == NULL)
        return;
    g_string_append_printf(out, " %s=[", key);
    for (guint i = 0; i < runs->len; i++) {
        const TmRun *run = runs->pdata[i];
        if (i > 0)
            g_string_append(out, ", ");
        append_quoted(out, run->text);
        if (run->tone != TM_TONE_PLAIN)
            g_string_append_printf(out, " %s", NAME_OF(tone_names, run->tone));
        append_text(out, "href", run->href);
    }
    g_string_append_c(out, ']');
}

/* "61", "61~" estimated, "61?" provisional, "40..60" band, "-" not shown, "x" not measured;
 * "!" after it: incomplete. */
static void append_point(GString *out, const TmPoint *point)
{
    switch (point->state) {
    case TM_POINT_MEASURED:
        append_number(out, point->value);
        break;
    case TM_POINT_ESTIMATED:
        append_number(out, point->value);
        g_string_append_c(out, '~');
        break;
    case TM_POINT_PROVISIONAL:
        append_number(out, point->value);
        g_string_append_c(out, '?');
        break;
    case TM_POINT_BAND:
        append_number(out, point->low);
        g_string_append(out, "..");
        append_number(out, point->high);
        break;
    case TM_POINT_NOT_SHOWN:
        g_string_append_c(out, '-');
        break;
    case TM_POINT_NOT_MEASURED:
        g_string_append_c(out, 'x');
        break;
    }
    if (point->incomplete)
        g_string_append_c(out, '!');
}

static void append_series(GString *out, const TmSeries *series)
{
    g_string_append(out, " series=");
    append_quoted(out, series->name != NULL ? series->name : "");
    g_string_append_printf(out, ":%s", NAME_OF(ink_names, series->ink));
    if (series->width > 0) {
        g_string_append_c(out, ':');
        append_number(out, series->width);
    }
    g_string_append_c(out, '(');
    for (guint i = 0; series->points != NULL && i < series->points->len; i++) {
        if (i > 0)
            g_string_append_c(out, ' ');
        append_point(out, &g_array_index(series->points, TmPoint, i));
    }
    g_string_append_c(out, ')');
}

static void append_chart(GString *out, const TmChart *chart)
{
    if (chart == NULL)
        return;
    g_string_append_printf(out, " chart=%s/%s[", NAME_OF(form_names, chart->form),
        NAME_OF(number_names, chart->number));
    g_string_append_printf(out, "labels=%u", chart->x_labels != NULL ? chart->x_labels->len : 0);
    append_text(out, "currency", chart->currency);
    if (chart->has_target) {
        g_string_append(out, " target=");
        append_number(out, chart->target);
    }
    append_text(out, "target_label", chart->target_label);
    for (guint i = 0; chart->band_steps != NULL && i < chart->band_steps->len; i++) {
        g_string_append(out, i == 0 ? " steps=" : ",");
        append_number(out, g_array_index(chart->band_steps, double, i));
    }
    append_flag(out, "from_zero", chart->from_zero);
    append_flag(out, "highlight_last", chart->highlight_last);
    if (chart->range_low < chart->range_high) {
        g_string_append(out, " range=");
        append_number(out, chart->range_low);
        g_string_append(out, "..");
        append_number(out, chart->range_high);
    }
    for (guint i = 0; chart->events != NULL && i < chart->events->len; i++) {
        const TmChartEvent *event = &g_array_index(chart->events, TmChartEvent, i);
        g_string_append_printf(out, " event=%u:", event->index);
        append_quoted(out, event->text != NULL ? event->text : "");
    }
    for (guint i = 0; chart->series != NULL && i < chart->series->len; i++)
        append_series(out, chart->series->pdata[i]);
    g_string_append_c(out, ']');
}

static void append_columns(GString *out, const GArray *columns)
{
    if (columns == NULL)
        return;
    g_string_append(out, " columns=[");
    for (guint i = 0; i < columns->len; i++) {
        const TmColumn *column = &g_array_index(columns, TmColumn, i);
        if (i > 0)
            g_string_append(out, ", ");
        append_quoted(out, column->title != NULL ? column->title : "");
        g_string_append_printf(out, " %s ", NAME_OF(align_names, column->align));
        append_number(out, column->share);
        append_flag(out, "chart", column->is_chart);
    }
    g_string_append_c(out, ']');
}

static void append_node(GString *out, const TmNode *node)
{
    g_string_append(out, tm_node_kind_name(node->kind));
    append_count(out, "line", node->line);
    append_text(out, "id", node->id);
    if (node->kind == TM_NODE_PARAGRAPH)
        g_string_append_printf(out, " style=%s", NAME_OF(style_names, node->style));
    append_count(out, "level", node->level);
    append_count(out, "columns", node->columns);
    append_flag(out, "page_break_before", node->page_break_before);
    append_flag(out, "collapsed", node->collapsed);
    append_flag(out, "head", node->head);
    append_flag(out, "group_heading", node->group_heading);
    append_flag(out, "scope_row", node->scope_row);
    append_text(out, "title", node->title);
    append_text(out, "addition", node->addition);
    append_text(out, "lead", node->lead);
    append_text(out, "value", node->value);
    append_runs(out, "change", node->change);
    append_runs(out, "runs", node->runs);
    append_runs(out, "status", node->status);
    append_columns(out, node->table_columns);
    append_chart(out, node->chart);
    append_text(out, "alt", node->alt);
    g_string_append_c(out, '\n');
}

static void append_heading(GString *out, const TmDocument *document)
{
    g_string_append(out, "#");
    append_text(out, "title", document->title);
    append_text(out, "language", document->language);
    append_text(out, "subject", document->subject);
    append_text(out, "identifier", document->identifier);
    if (document->date != TM_DAY_NONE) {
        g_autofree char *date = tm_day_format(document->date);
        g_string_append_printf(out, " date=%s", date);
    }
    append_text(out, "data_hash", document->data_hash);
    g_string_append_c(out, '\n');
}

char *tm_document_dump(const TmDocument *document)
{
    GString *out = g_string_new(NULL);
    append_heading(out, document);
    gboolean leaving = FALSE;
    guint depth = 0;
    for (TmNode *node = document->root; node != NULL; node = tm_node_walk(node, &leaving)) {
        if (leaving) {
            depth--;
            continue;
        }
        for (guint i = 0; i < depth; i++)
            g_string_append(out, "  ");
        append_node(out, node);
        depth++;
    }
    return g_string_free(out, FALSE);
}
