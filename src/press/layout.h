/*
 * layout: a document as pages. Nodes become a flow of items in reading order: elements that open
 * and close, and blocks that are measured once (layout_text.c, layout_grid.c,
 * layout_table.c, layout_definitions.c).
 * layout.c places the blocks on pages and draws them.
 *
 *   layout = tm_layout_new(fonts, document, paper);
 *   tm_layout_draw(layout, canvas);                  may be called for several canvases
 *
 * All blocks stand in a box of 180 × 249 mm in the middle of the paper, so that A4 and US Letter
 * have the same pages. When the blocks before the first forced page break do not fit on page 1,
 * the layout is made anew, tighter.
 */
#ifndef TM_PRESS_LAYOUT_H
#define TM_PRESS_LAYOUT_H

#include <tidemark/press.h>

#include "fonts.h"
#include "pen.h"
#include "words.h"

#define TM_LAYOUT_MM (72 / 25.4)
#define TM_LAYOUT_WIDTH (180 * TM_LAYOUT_MM)
#define TM_LAYOUT_HEIGHT (249 * TM_LAYOUT_MM)

typedef struct TmBlock TmBlock;
typedef struct TmLayout TmLayout;

/* What a page is made of. Measures are in points. */
struct TmBlock {
    const TmNode *node;
    double space_before; /* left out at the top of a page */
    double height;
    gboolean keep_with_next;
    gboolean break_before;
    TmBlock *repeated_head; /* drawn again as decoration when the block begins a page; borrowed */
    TmBlock *next_head;     /* the block below in a head of several; borrowed */
    void (*draw)(const TmBlock *block, TmPen *pen, double x, double y);
    gpointer data; /* for `draw` */
    GDestroyNotify free_data;
    guint outline_level; /* 0: no bookmark */
    char *anchor;        /* of a bookmarked block, owned; else NULL: the node's id */
    guint page;          /* set when placed */
    double y;            /* top inside the box */
};

/* How tight: the first that lets page 1 hold what must stand on it is taken. */
typedef struct TmDensity {
    double space;        /* factor on white space */
    double chart_height; /* of figures in two columns */
} TmDensity;

typedef struct TmLayout {
    TmFonts *fonts;
    const TmDocument *document;
    const TmWords *words;
    TmPaper paper;
    TmDensity density;
    GPtrArray *items;    /* Item*, private to layout.c */
    GHashTable *anchors; /* ids that the pages hold */
    guint page_count;
    guint heading_count;
    double footer_height;
} TmLayout;

TmLayout *tm_layout_new(TmFonts *fonts, const TmDocument *document, TmPaper paper);
void tm_layout_free(TmLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmLayout, tm_layout_free)
void tm_layout_draw(TmLayout *layout, TmCanvas *canvas);

/* For the files that make blocks: elements are closed in the order they were opened. */
void tm_layout_open(TmLayout *layout, const char *tag);
void tm_layout_close(TmLayout *layout);
/* Takes `data`, which `free_data` frees. The block is borrowed. */
TmBlock *tm_layout_add(TmLayout *layout, const TmNode *node, double space_before, double height,
    void (*draw)(const TmBlock *block, TmPen *pen, double x, double y), gpointer data,
    GDestroyNotify free_data);

/*
 * Space before a node that is not text: less right after its section's heading than after another
 * node.
 */
double tm_layout_space_before(const TmLayout *layout, const TmNode *node);

/* layout_text.c */
void tm_layout_masthead(TmLayout *layout, const TmNode *node);
void tm_layout_message(TmLayout *layout, const TmNode *node);
void tm_layout_heading(TmLayout *layout, const TmNode *section);
void tm_layout_paragraph(TmLayout *layout, const TmNode *node);
/* A term over the whole width, its text broken over pages where need be. */
void tm_layout_definition(TmLayout *layout, const TmNode *item);

/* layout_definitions.c */
void tm_layout_definitions(TmLayout *layout, const TmNode *node);

/* layout_grid.c */
void tm_layout_cards(TmLayout *layout, const TmNode *node);
void tm_layout_items(TmLayout *layout, const TmNode *node);
void tm_layout_figures(TmLayout *layout, const TmNode *node);
void tm_layout_figure(TmLayout *layout, const TmNode *node);

/* layout_table.c */
void tm_layout_table(TmLayout *layout, const TmNode *table);

/* layout_furniture.c: what stands on every page */
double tm_layout_footer_height(TmLayout *layout);
void tm_layout_draw_footer(TmLayout *layout, TmPen *pen, double x, double y, guint page);
void tm_layout_draw_running_head(TmLayout *layout, TmPen *pen, double x, double y);
/* Space that the running head takes on pages after the first. */
#define TM_LAYOUT_RUNNING_HEAD 24.0

#endif
