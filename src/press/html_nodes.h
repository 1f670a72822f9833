/*
 * html_nodes: one function to enter and one to leave each kind of node. html.c walks the tree and
 * writes the head around what they make.
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

/* Writes everything between <body> and </body>. */
void tm_html_nodes(TmHtmlPage *page);

#endif
