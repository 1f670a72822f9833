/*
 * html_nodes: the tree as HTML. The table at the end names two functions a kind; the walk calls
 * them. Text stands in runs, charts are drawn at a fixed design size and scale with their column.
 */
#include "html_nodes.h"

#include "html_chart.h"

/* Runs as a paragraph of a class; nothing when there are none. */
static void write_run_line(TmHtmlPage *page, const char *class, const GPtrArray *runs)
{
    if (!tm_html_has_runs(runs))
        return;
    tm_html_open(page->body, TM_HTML_P);
    tm_html_attribute(page->body, "class", class);
    tm_html_runs(page, runs);
    tm_html_close(page->body, TM_HTML_P);
}

/* An element that only groups its children. */
static void open_group(
    TmHtmlPage *page, const TmNode *node, TmHtmlElement element, const char *class)
{
    tm_html_open(page->body, element);
    tm_html_attribute(page->body, "class", class);
    tm_html_anchor(page, node);
}

/* ---- One pair of functions a kind --------------------------------------------------------- */

static void enter_masthead(TmHtmlPage *page, const TmNode *node)
{
    open_group(page, node, TM_HTML_DIV, "masthead");
    tm_html_open(page->body, TM_HTML_P);
    tm_html_weight(page->body, TM_WEIGHT_SEMIBOLD);
    tm_html_attribute(page->body, "class", "name");
    tm_html_runs(page, node->runs);
    tm_html_close(page->body, TM_HTML_P);
    tm_html_line(page, TM_HTML_P, "issue", TM_WEIGHT_REGULAR, node->addition);
}

static void leave_div(TmHtmlPage *page, const TmNode *node)
{
    (void)node;
    tm_html_close(page->body, TM_HTML_DIV);
}

static void enter_message(TmHtmlPage *page, const TmNode *node)
{
    tm_html_open(page->body, TM_HTML_H1);
    tm_html_anchor(page, node);
    tm_html_weight(page->body, TM_WEIGHT_DISPLAY);
    tm_html_runs(page, node->runs);
    tm_html_close(page->body, TM_HTML_H1);
}

static void enter_section(TmHtmlPage *page, const TmNode *node)
{
    TmHtmlElement heading = node->level == 3 ? TM_HTML_H3 : TM_HTML_H2;
    tm_html_open(page->body, TM_HTML_SECTION);
    if (node->page_break_before)
        tm_html_attribute(page->body, "class", "new-page");
    tm_html_anchor(page, node);
    tm_html_open(page->body, heading);
    tm_html_weight(page->body, TM_WEIGHT_SEMIBOLD);
    tm_html_plain(page->body, node->title);
    if (node->addition != NULL && *node->addition != '\0') {
        tm_html_text(page->body, " ");
        tm_html_line(page, TM_HTML_SPAN, "addition", TM_WEIGHT_REGULAR, node->addition);
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
    tm_html_anchor(page, node);
    tm_html_runs(page, node->runs);
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
    tm_html_line(page, TM_HTML_P, "label", TM_WEIGHT_MEDIUM, node->title);
    tm_html_open(html, TM_HTML_P);
    tm_html_attribute(html, "class", "value");
    tm_html_line(page, TM_HTML_SPAN, "figure", TM_WEIGHT_DISPLAY, node->value);
    if (tm_html_has_runs(node->change)) {
        tm_html_text(html, " ");
        tm_html_open(html, TM_HTML_SPAN);
        tm_html_attribute(html, "class", "change");
        tm_html_weight(html, TM_WEIGHT_SEMIBOLD);
        tm_html_runs(page, node->change);
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
    tm_html_open(html, TM_HTML_DIV);
    tm_html_open(html, TM_HTML_DT);
    tm_html_anchor(page, node);
    tm_html_weight(html, TM_WEIGHT_SEMIBOLD);
    tm_html_plain(html, node->lead);
    tm_html_close(html, TM_HTML_DT);
    tm_html_open(html, TM_HTML_DD);
    tm_html_runs(page, node->runs);
    tm_html_close(html, TM_HTML_DD);
    tm_html_close(html, TM_HTML_DIV);
}

static void enter_item(TmHtmlPage *page, const TmNode *node)
{
    if (node->parent->kind == TM_NODE_DEFINITIONS) {
        enter_definition(page, node);
        return;
    }
    open_group(page, node, TM_HTML_LI, "item");
    tm_html_line(page, TM_HTML_P, "kicker", TM_WEIGHT_SEMIBOLD, node->title);
    tm_html_line(page, TM_HTML_P, "lead", TM_WEIGHT_SEMIBOLD, node->lead);
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
    tm_html_anchor(page, node);
    tm_html_open(html, TM_HTML_FIGCAPTION);
    tm_html_weight(html, TM_WEIGHT_SEMIBOLD);
    tm_html_plain(html, node->title);
    if (node->addition != NULL && *node->addition != '\0') {
        tm_html_text(html, " ");
        tm_html_line(page, TM_HTML_SPAN, "addition", TM_WEIGHT_REGULAR, node->addition);
    }
    tm_html_close(html, TM_HTML_FIGCAPTION);
    tm_html_chart(page, node->chart, node->title, node->alt);
    tm_html_line(page, TM_HTML_P, "sentence", TM_WEIGHT_REGULAR, node->lead);
}

static void leave_figure(TmHtmlPage *page, const TmNode *node)
{
    (void)node;
    tm_html_close(page->body, TM_HTML_FIGURE);
}

static void enter_footer(TmHtmlPage *page, const TmNode *node)
{
    tm_html_open(page->body, TM_HTML_P);
    tm_html_anchor(page, node);
    tm_html_runs(page, node->runs);
    tm_html_close(page->body, TM_HTML_P);
    if (page->document->data_hash != NULL) {
        g_autofree char *text =
            g_strdup_printf("%s %s", page->words->hash, page->document->data_hash);
        tm_html_line(page, TM_HTML_P, "hash", TM_WEIGHT_REGULAR, text);
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
    [TM_NODE_TABLE] = {tm_html_enter_table, tm_html_leave_table},
    [TM_NODE_ROW] = {tm_html_enter_row, tm_html_leave_row},
    [TM_NODE_CELL] = {tm_html_enter_cell, NULL},
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
