/*
 * html_nodes: the tree as HTML. The table at the end names two functions a kind; the walk calls
 * them. Text stands in runs, charts are drawn at a fixed design size and scale with their column.
 */
#include "html_nodes.h"

#include "html_chart.h"

/* ---- Runs -------------------------------------------------------------------------------- */

static const struct {
    const char *class; /* of a span; NULL: no element, or <strong> */
    gboolean semibold;
} tones[] = {
    [TM_TONE_PLAIN] = {NULL, FALSE},
    [TM_TONE_STRONG] = {NULL, TRUE},
    [TM_TONE_MUTED] = {"muted", FALSE},
    [TM_TONE_ACCENT] = {"accent", TRUE},
    [TM_TONE_GOOD] = {"good", TRUE},
};

/* Text with right-to-left letters or direction marks must not turn what stands around it. */
static gboolean needs_isolation(const char *text)
{
    static const struct {
        gunichar first, last;
    } ranges[] = {{0x0590, 0x08FF}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069},
        {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        for (guint i = 0; i < G_N_ELEMENTS(ranges); i++)
            if (c >= ranges[i].first && c <= ranges[i].last)
                return TRUE;
    }
    return FALSE;
}

static void write_text(TmHtml *html, const char *text)
{
    if (!needs_isolation(text)) {
        tm_html_text(html, text);
        return;
    }
    tm_html_open(html, TM_HTML_BDI);
    tm_html_text(html, text);
    tm_html_close(html, TM_HTML_BDI);
}

static void write_link_start(TmHtmlPage *page, const char *href)
{
    tm_html_open(page->body, TM_HTML_A);
    const char *id = *href == '#' ? g_hash_table_lookup(page->anchors, href + 1) : NULL;
    if (id == NULL) {
        tm_html_url(page->body, "href", href);
        return;
    }
    g_autofree char *target = g_strconcat("#", id, NULL);
    tm_html_url(page->body, "href", target);
}

static void write_run(TmHtmlPage *page, const TmRun *run)
{
    TmHtml *html = page->body;
    TmHtmlElement element = run->tone == TM_TONE_STRONG ? TM_HTML_STRONG : TM_HTML_SPAN;
    gboolean wrapped = run->tone != TM_TONE_PLAIN;
    if (run->href != NULL)
        write_link_start(page, run->href);
    if (wrapped) {
        tm_html_open(html, element);
        if (tones[run->tone].class != NULL)
            tm_html_attribute(html, "class", tones[run->tone].class);
        if (tones[run->tone].semibold)
            tm_html_weight(html, TM_WEIGHT_SEMIBOLD);
    }
    write_text(html, run->text);
    if (wrapped)
        tm_html_close(html, element);
    if (run->href != NULL)
        tm_html_close(html, TM_HTML_A);
}

static void write_runs(TmHtmlPage *page, const GPtrArray *runs)
{
    for (guint i = 0; runs != NULL && i < runs->len; i++)
        write_run(page, runs->pdata[i]);
}

static gboolean has_runs(const GPtrArray *runs)
{
    return runs != NULL && runs->len > 0;
}

/* An element with a class, a weight and text; nothing when there is no text. */
static void write_line(
    TmHtmlPage *page, TmHtmlElement element, const char *class, TmWeight weight, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    tm_html_open(page->body, element);
    if (class != NULL)
        tm_html_attribute(page->body, "class", class);
    tm_html_weight(page->body, weight);
    write_text(page->body, text);
    tm_html_close(page->body, element);
}

static void write_run_line(TmHtmlPage *page, const char *class, const GPtrArray *runs)
{
    if (!has_runs(runs))
        return;
    tm_html_open(page->body, TM_HTML_P);
    tm_html_attribute(page->body, "class", class);
    write_runs(page, runs);
    tm_html_close(page->body, TM_HTML_P);
}

static void write_anchor(TmHtmlPage *page, const TmNode *node)
{
    if (node->id != NULL)
        tm_html_attribute(page->body, "id", g_hash_table_lookup(page->anchors, node->id));
}

/* An element that only groups its children. */
static void open_group(
    TmHtmlPage *page, const TmNode *node, TmHtmlElement element, const char *class)
{
    tm_html_open(page->body, element);
    tm_html_attribute(page->body, "class", class);
    write_anchor(page, node);
}

/* ---- One pair of functions a kind --------------------------------------------------------- */

static void enter_masthead(TmHtmlPage *page, const TmNode *node)
{
    open_group(page, node, TM_HTML_DIV, "masthead");
    tm_html_open(page->body, TM_HTML_P);
    tm_html_weight(page->body, TM_WEIGHT_SEMIBOLD);
    tm_html_attribute(page->body, "class", "name");
    write_runs(page, node->runs);
    tm_html_close(page->body, TM_HTML_P);
    write_line(page, TM_HTML_P, "issue", TM_WEIGHT_REGULAR, node->addition);
}

static void leave_div(TmHtmlPage *page, const TmNode *node)
{
    (void)node;
    tm_html_close(page->body, TM_HTML_DIV);
}

static void enter_message(TmHtmlPage *page, const TmNode *node)
{
    tm_html_open(page->body, TM_HTML_H1);
    write_anchor(page, node);
    tm_html_weight(page->body, TM_WEIGHT_DISPLAY);
    write_runs(page, node->runs);
    tm_html_close(page->body, TM_HTML_H1);
}

static void enter_section(TmHtmlPage *page, const TmNode *node)
{
    TmHtmlElement heading = node->level == 3 ? TM_HTML_H3 : TM_HTML_H2;
    tm_html_open(page->body, TM_HTML_SECTION);
    if (node->page_break_before)
        tm_html_attribute(page->body, "class", "new-page");
    write_anchor(page, node);
    tm_html_open(page->body, heading);
    tm_html_weight(page->body, TM_WEIGHT_SEMIBOLD);
    write_text(page->body, node->title);
    if (node->addition != NULL && *node->addition != '\0') {
        tm_html_text(page->body, " ");
        write_line(page, TM_HTML_SPAN, "addition", TM_WEIGHT_REGULAR, node->addition);
    }
    tm_html_close(page->body, heading);
}

static void leave_section(TmHtmlPage *page, const TmNode *node)
{
    (void)node;
    tm_html_close(page->body, TM_HTML_SECTION);
}

static void enter_paragraph(TmHtmlPage *page, const TmNode *node)
{
    static const char *const classes[] = {[TM_STYLE_BODY] = "body",
        [TM_STYLE_PROMISE] = "promise",
        [TM_STYLE_LEDE] = "lede",
        [TM_STYLE_NOTE] = "note"};
    tm_html_open(page->body, TM_HTML_P);
    tm_html_attribute(page->body, "class", classes[node->style]);
    write_anchor(page, node);
    write_runs(page, node->runs);
    tm_html_close(page->body, TM_HTML_P);
}

/* A list with a name for screen readers stands in a section of that name. */
static void enter_list(TmHtmlPage *page, const TmNode *node, const char *class)
{
    if (node->title != NULL) {
        tm_html_open(page->body, TM_HTML_SECTION);
        tm_html_attribute(page->body, "aria-label", node->title);
    }
    open_group(page, node, TM_HTML_UL, class);
}

static void enter_cards(TmHtmlPage *page, const TmNode *node)
{
    enter_list(page, node, "cards");
}

static void enter_items(TmHtmlPage *page, const TmNode *node)
{
    enter_list(page, node, "items");
}

static void leave_list(TmHtmlPage *page, const TmNode *node)
{
    tm_html_close(page->body, TM_HTML_UL);
    if (node->title != NULL)
        tm_html_close(page->body, TM_HTML_SECTION);
}

static void enter_card(TmHtmlPage *page, const TmNode *node)
{
    TmHtml *html = page->body;
    open_group(page, node, TM_HTML_LI, "card");
    write_line(page, TM_HTML_P, "label", TM_WEIGHT_MEDIUM, node->title);
    tm_html_open(html, TM_HTML_P);
    tm_html_attribute(html, "class", "value");
    write_line(page, TM_HTML_SPAN, "figure", TM_WEIGHT_DISPLAY, node->value);
    if (has_runs(node->change)) {
        tm_html_text(html, " ");
        tm_html_open(html, TM_HTML_SPAN);
        tm_html_attribute(html, "class", "change");
        tm_html_weight(html, TM_WEIGHT_SEMIBOLD);
        write_runs(page, node->change);
        tm_html_close(html, TM_HTML_SPAN);
    }
    tm_html_close(html, TM_HTML_P);
    if (node->chart != NULL)
        tm_html_chart(page, node->chart, node->title, node->alt);
    write_run_line(page, "context", node->runs);
    write_run_line(page, "status", node->status);
    tm_html_close(html, TM_HTML_LI);
}

static void enter_definition(TmHtmlPage *page, const TmNode *node)
{
    TmHtml *html = page->body;
    tm_html_open(html, TM_HTML_DT);
    write_anchor(page, node);
    tm_html_weight(html, TM_WEIGHT_SEMIBOLD);
    write_text(html, node->lead);
    tm_html_close(html, TM_HTML_DT);
    tm_html_open(html, TM_HTML_DD);
    write_runs(page, node->runs);
    tm_html_close(html, TM_HTML_DD);
}

static void enter_item(TmHtmlPage *page, const TmNode *node)
{
    if (node->parent->kind == TM_NODE_DEFINITIONS) {
        enter_definition(page, node);
        return;
    }
    open_group(page, node, TM_HTML_LI, "item");
    write_line(page, TM_HTML_P, "kicker", TM_WEIGHT_SEMIBOLD, node->title);
    write_line(page, TM_HTML_P, "lead", TM_WEIGHT_SEMIBOLD, node->lead);
    write_run_line(page, "text", node->runs);
    tm_html_close(page->body, TM_HTML_LI);
}

static void enter_definitions(TmHtmlPage *page, const TmNode *node)
{
    open_group(page, node, TM_HTML_DL, "definitions");
}

static void leave_definitions(TmHtmlPage *page, const TmNode *node)
{
    (void)node;
    tm_html_close(page->body, TM_HTML_DL);
}

static void enter_figures(TmHtmlPage *page, const TmNode *node)
{
    static const char *const classes[] = {"figures one", "figures two", "figures three"};
    open_group(page, node, TM_HTML_DIV, classes[CLAMP(node->columns, 1, 3) - 1]);
}

static void enter_figure(TmHtmlPage *page, const TmNode *node)
{
    TmHtml *html = page->body;
    tm_html_open(html, TM_HTML_FIGURE);
    write_anchor(page, node);
    tm_html_open(html, TM_HTML_FIGCAPTION);
    tm_html_weight(html, TM_WEIGHT_SEMIBOLD);
    write_text(html, node->title);
    if (node->addition != NULL && *node->addition != '\0') {
        tm_html_text(html, " ");
        write_line(page, TM_HTML_SPAN, "addition", TM_WEIGHT_REGULAR, node->addition);
    }
    tm_html_close(html, TM_HTML_FIGCAPTION);
    tm_html_chart(page, node->chart, node->title, node->alt);
    write_line(page, TM_HTML_P, "sentence", TM_WEIGHT_REGULAR, node->lead);
}

static void leave_figure(TmHtmlPage *page, const TmNode *node)
{
    (void)node;
    tm_html_close(page->body, TM_HTML_FIGURE);
}

/* ---- Tables ------------------------------------------------------------------------------ */

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
        write_text(html, column->title);
        tm_html_close(html, TM_HTML_TH);
    }
    tm_html_close(html, TM_HTML_TR);
}

static void enter_table(TmHtmlPage *page, const TmNode *table)
{
    TmHtml *html = page->body;
    if (table->collapsed) {
        tm_html_open(html, TM_HTML_DETAILS);
        tm_html_open(html, TM_HTML_SUMMARY);
        tm_html_text(html, page->words->data);
        g_autofree char *of_what = g_strconcat(": ", table->title, NULL);
        write_line(page, TM_HTML_SPAN, "hidden", TM_WEIGHT_REGULAR, of_what);
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
    write_anchor(page, table);
    write_line(page, TM_HTML_CAPTION, "hidden", TM_WEIGHT_REGULAR, table->title);
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

static void leave_table(TmHtmlPage *page, const TmNode *table)
{
    tm_html_close(page->body, page->body_open ? TM_HTML_TBODY : TM_HTML_THEAD);
    tm_html_close(page->body, TM_HTML_TABLE);
    tm_html_close(page->body, TM_HTML_DIV);
    if (table->collapsed)
        tm_html_close(page->body, TM_HTML_DETAILS);
}

static void enter_row(TmHtmlPage *page, const TmNode *row)
{
    if (!row->head && (row->group_heading || !page->body_open))
        begin_row_group(page);
    tm_html_open(page->body, TM_HTML_TR);
    if (row->group_heading)
        tm_html_attribute(page->body, "class", "group");
    write_anchor(page, row);
}

static void leave_row(TmHtmlPage *page, const TmNode *row)
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
        return "col";
    if (cell->parent->group_heading)
        return "rowgroup";
    return cell->scope_row ? "row" : NULL;
}

static void enter_cell(TmHtmlPage *page, const TmNode *cell)
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
    write_anchor(page, cell);
    write_runs(page, cell->runs);
    if (cell->chart != NULL)
        tm_html_chart(page, cell->chart, NULL, cell->alt);
    tm_html_close(html, element);
}

static void enter_footer(TmHtmlPage *page, const TmNode *node)
{
    tm_html_open(page->body, TM_HTML_P);
    write_anchor(page, node);
    write_runs(page, node->runs);
    tm_html_close(page->body, TM_HTML_P);
    if (page->document->data_hash != NULL) {
        g_autofree char *text =
            g_strdup_printf("%s %s", page->words->hash, page->document->data_hash);
        write_line(page, TM_HTML_P, "hash", TM_WEIGHT_REGULAR, text);
    }
}

static const struct {
    void (*enter)(TmHtmlPage *page, const TmNode *node);
    void (*leave)(TmHtmlPage *page, const TmNode *node);
} kinds[TM_NODE_KIND_COUNT] = {
    [TM_NODE_MASTHEAD] = {enter_masthead, leave_div},
    [TM_NODE_MESSAGE] = {enter_message, NULL},
    [TM_NODE_SECTION] = {enter_section, leave_section},
    [TM_NODE_PARAGRAPH] = {enter_paragraph, NULL},
    [TM_NODE_CARDS] = {enter_cards, leave_list},
    [TM_NODE_CARD] = {enter_card, NULL},
    [TM_NODE_ITEMS] = {enter_items, leave_list},
    [TM_NODE_ITEM] = {enter_item, NULL},
    [TM_NODE_FIGURES] = {enter_figures, leave_div},
    [TM_NODE_FIGURE] = {enter_figure, leave_figure},
    [TM_NODE_TABLE] = {enter_table, leave_table},
    [TM_NODE_ROW] = {enter_row, leave_row},
    [TM_NODE_CELL] = {enter_cell, NULL},
    [TM_NODE_DEFINITIONS] = {enter_definitions, leave_definitions},
    [TM_NODE_FOOTER] = {enter_footer, NULL},
};

/* ---- The walk, with the landmarks around the children of the root ------------------------- */

/* What stands before and in the masthead is the header, the footer is the footer. */
static TmHtmlElement landmark_of(const TmNode *node)
{
    if (node->kind == TM_NODE_FOOTER)
        return TM_HTML_FOOTER;
    for (const TmNode *later = node; later != NULL; later = later->next)
        if (later->kind == TM_NODE_MASTHEAD)
            return TM_HTML_HEADER;
    return TM_HTML_MAIN;
}

static void change_landmark(TmHtmlPage *page, TmHtmlElement *current, TmHtmlElement wanted)
{
    if (*current == wanted)
        return;
    if (*current != TM_HTML_BODY)
        tm_html_close(page->body, *current);
    if (wanted != TM_HTML_BODY) {
        tm_html_open(page->body, wanted);
        if (wanted == TM_HTML_MAIN)
            tm_html_attribute(page->body, "id", "content");
    }
    *current = wanted;
}

void tm_html_nodes(TmHtmlPage *page)
{
    TmHtmlElement landmark = TM_HTML_BODY;
    TmNode *root = page->document->root;
    gboolean leaving = FALSE;
    for (TmNode *node = root; node != NULL; node = tm_node_walk(node, &leaving)) {
        if (!leaving && node->parent == root)
            change_landmark(page, &landmark, landmark_of(node));
        if (!leaving && kinds[node->kind].enter != NULL)
            kinds[node->kind].enter(page, node);
        if (leaving && kinds[node->kind].leave != NULL)
            kinds[node->kind].leave(page, node);
    }
    change_landmark(page, &landmark, TM_HTML_BODY);
}
