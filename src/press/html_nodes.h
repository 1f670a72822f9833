/*
 * html_nodes: one function to enter and one to leave each kind of node. html.c writes the head
 * around what they make.
 *
 *   html_nodes.c   the walk, the landmarks, and all kinds but tables
 *   html_table.c   tables, rows, cells
 *   html_runs.c    text in its tones, links
 *   html_chart.c   charts
 */
#ifndef TM_PRESS_HTML_NODES_H
#define TM_PRESS_HTML_NODES_H

#include <tidemark/document.h>

#include "html_writer.h"
#include "words.h"

typedef struct TmHtmlPage {
    TmHtml *body;
    GString *table_css; /* column widths: rules, for styles in attributes are forbidden */
    guint table_count;
    guint chart_count;
    const TmDocument *document;
    const TmWords *words;
    const TmTextMeter *meter;
    GHashTable *anchors; /* node id → id in the file; borrowed from both */
    gboolean in_main;
    gboolean body_open; /* a <tbody> is open in the current table */
} TmHtmlPage;

/* html_runs.c: text alone; isolated when it holds right-to-left letters. */
void tm_html_plain(TmHtml *html, const char *text);
void tm_html_runs(TmHtmlPage *page, const GPtrArray *runs);
gboolean tm_html_has_runs(const GPtrArray *runs);
/* An element with a class (or NULL), a weight and text; nothing when there is no text. */
void tm_html_line(
    TmHtmlPage *page, TmHtmlElement element, const char *class, TmWeight weight, const char *text);
/* The id of the node, if it has one, for the element whose start tag is open. */
void tm_html_anchor(TmHtmlPage *page, const TmNode *node);

/* html_table.c */
void tm_html_enter_table(TmHtmlPage *page, const TmNode *table);
void tm_html_leave_table(TmHtmlPage *page, const TmNode *table);
void tm_html_enter_row(TmHtmlPage *page, const TmNode *row);
void tm_html_leave_row(TmHtmlPage *page, const TmNode *row);
void tm_html_enter_cell(TmHtmlPage *page, const TmNode *cell);

/* Writes everything between <body> and </body>. */
void tm_html_nodes(TmHtmlPage *page);

#endif
