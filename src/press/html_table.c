/*
 * html_table: tables in a container that scrolls on small screens, with a <tbody> for each group of
 * rows. Data tables of figures stand in <details>.
 */
#include "html_chart.h"

static const char *const align_classes[] = {
    [TM_ALIGN_START] = NULL,
    [TM_ALIGN_END] = "end",
    [TM_ALIGN_CENTRE] = "centre",
};

static const TmColumn *column_at(const TmNode *table, guint index)
{
    return table->table_columns != NULL && index < table->table_columns->len
               ? &g_array_index(table->table_columns, TmColumn, index)
               : NULL;
}

/* The widths become rules of the style sheet: t1, t2 … are classes of this file's tables. */
static void write_columns(TmHtmlPage *page, const TmNode *table)
{
    tm_html_open(page->body, TM_HTML_COLGROUP);
    for (guint i = 0; i < table->table_columns->len; i++) {
        const TmColumn *column = column_at(table, i);
        char share[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(share, sizeof share, "%.2f", column->share * 100);
        g_string_append_printf(page->table_css, ".t%u col:nth-child(%u){width:%s%%}\n",
            page->table_count, i + 1, share);
        tm_html_open(page->body, TM_HTML_COL);
        tm_html_close(page->body, TM_HTML_COL);
    }
    tm_html_close(page->body, TM_HTML_COLGROUP);
}

static void write_column_titles(TmHtmlPage *page, const TmNode *table)
{
    TmHtml *html = page->body;
    tm_html_open(html, TM_HTML_TR);
    for (guint i = 0; i < table->table_columns->len; i++) {
        const TmColumn *column = column_at(table, i);
        tm_html_open(html, TM_HTML_TH);
        tm_html_attribute(html, "scope", "col");
        if (align_classes[column->align] != NULL)
            tm_html_attribute(html, "class", align_classes[column->align]);
        tm_html_weight(html, TM_WEIGHT_MEDIUM);
        tm_html_plain(html, column->title);
        tm_html_close(html, TM_HTML_TH);
    }
    tm_html_close(html, TM_HTML_TR);
}

void tm_html_enter_table(TmHtmlPage *page, const TmNode *table)
{
    TmHtml *html = page->body;
    if (table->collapsed) {
        tm_html_open(html, TM_HTML_DETAILS);
        tm_html_open(html, TM_HTML_SUMMARY);
        tm_html_text(html, page->words->data);
        g_autofree char *of_what = g_strconcat(": ", table->title, NULL);
        tm_html_line(page, TM_HTML_SPAN, "hidden", TM_WEIGHT_REGULAR, of_what);
        tm_html_close(html, TM_HTML_SUMMARY);
    }
    /* The container scrolls on small screens; the keyboard must reach it. */
    tm_html_open(html, TM_HTML_DIV);
    tm_html_attribute(html, "class", "scroll");
    tm_html_attribute(html, "role", "group");
    tm_html_attribute(html, "aria-label", table->title);
    tm_html_attribute(html, "tabindex", "0");
    tm_html_open(html, TM_HTML_TABLE);
    page->table_count++;
    gboolean wide = table->table_columns->len >= 5;
    g_autofree char *class = g_strdup_printf("%s t%u",
        table->collapsed ? "data"
        : wide           ? "main wide"
                         : "main",
        page->table_count);
    tm_html_attribute(html, "class", class);
    tm_html_anchor(page, table);
    tm_html_line(page, TM_HTML_CAPTION, "hidden", TM_WEIGHT_REGULAR, table->title);
    write_columns(page, table);
    tm_html_open(html, TM_HTML_THEAD);
    write_column_titles(page, table);
    page->body_open = FALSE;
}

/* Ends the head or the group before; `tbody` groups rows under their heading. */
static void begin_row_group(TmHtmlPage *page)
{
    tm_html_close(page->body, page->body_open ? TM_HTML_TBODY : TM_HTML_THEAD);
    tm_html_open(page->body, TM_HTML_TBODY);
    page->body_open = TRUE;
}

void tm_html_leave_table(TmHtmlPage *page, const TmNode *table)
{
    tm_html_close(page->body, page->body_open ? TM_HTML_TBODY : TM_HTML_THEAD);
    tm_html_close(page->body, TM_HTML_TABLE);
    tm_html_close(page->body, TM_HTML_DIV);
    if (table->collapsed)
        tm_html_close(page->body, TM_HTML_DETAILS);
}

void tm_html_enter_row(TmHtmlPage *page, const TmNode *row)
{
    if (!row->head && (row->group_heading || !page->body_open))
        begin_row_group(page);
    tm_html_open(page->body, TM_HTML_TR);
    if (row->group_heading)
        tm_html_attribute(page->body, "class", "group");
    tm_html_anchor(page, row);
}

void tm_html_leave_row(TmHtmlPage *page, const TmNode *row)
{
    (void)row;
    tm_html_close(page->body, TM_HTML_TR);
}

static guint index_of(const TmNode *node)
{
    guint index = 0;
    for (const TmNode *before = node->previous; before != NULL; before = before->previous)
        index++;
    return index;
}

/* What heads a cell's column, row or group; NULL for a data cell. */
static const char *scope_of(const TmNode *cell)
{
    if (cell->parent->head)
        return tm_html_has_runs(cell->runs) ? "col" : NULL;
    if (cell->parent->group_heading)
        return "rowgroup";
    return cell->scope_row ? "row" : NULL;
}

void tm_html_enter_cell(TmHtmlPage *page, const TmNode *cell)
{
    TmHtml *html = page->body;
    const TmNode *table = cell->parent->parent;
    const TmColumn *column = column_at(table, index_of(cell));
    const char *scope = scope_of(cell);
    const char *class = column != NULL ? align_classes[column->align] : NULL;
    TmHtmlElement element = scope != NULL ? TM_HTML_TH : TM_HTML_TD;
    tm_html_open(html, element);
    if (scope != NULL) {
        tm_html_attribute(html, "scope", scope);
        tm_html_weight(html, TM_WEIGHT_MEDIUM);
    }
    if (cell->parent->group_heading) {
        g_autofree char *span = g_strdup_printf("%u", table->table_columns->len);
        tm_html_attribute(html, "colspan", span);
    } else if (class != NULL) {
        tm_html_attribute(html, "class", class);
    }
    tm_html_anchor(page, cell);
    tm_html_runs(page, cell->runs);
    if (cell->chart != NULL)
        tm_html_chart(page, cell->chart, NULL, cell->alt);
    tm_html_close(html, element);
}
