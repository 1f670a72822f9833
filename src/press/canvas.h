/*
 * canvas: a table of functions that both charts and pages are drawn with. Back ends: cairo-PDF
 * (tagged), cairo-PNG, SVG, trace. Points, origin at the top left of the page or picture.
 *
 * Order of calls: page_begin, then tags around everything that is drawn, then page_end. Only leaf
 * tags may draw (cairo writes content untagged when an element has both content and children).
 * What is not content (rules, backgrounds, running heads) stands between artifact_begin and
 * artifact_end.
 */
#ifndef TM_PRESS_CANVAS_H
#define TM_PRESS_CANVAS_H

#include <tidemark/chart.h>

typedef struct TmCanvas TmCanvas;

/* Structure elements, named as in ISO 32000. */
typedef struct TmTag {
    const char *name;     /* "P", "H1", "Table", "TR", "TH", "TD", "Figure", "L", "Link", … */
    const char *alt;      /* Figure, Link: text alternative, else NULL */
    const char *scope;    /* TH: "Column" or "Row", else NULL */
    const char *href;     /* Link: "#anchor" or an address, else NULL */
    const char *anchor;   /* named destination to set here, else NULL */
} TmTag;

typedef struct TmCanvasOps {
    void (*page_begin)(TmCanvas *canvas, double width, double height);
    void (*page_end)(TmCanvas *canvas);
    void (*tag_begin)(TmCanvas *canvas, const TmTag *tag);
    void (*tag_end)(TmCanvas *canvas);
    void (*artifact_begin)(TmCanvas *canvas);
    void (*artifact_end)(TmCanvas *canvas);
    /* One line of text on its base line at (x, y). */
    void (*text)(TmCanvas *canvas, double x, double y, TmAnchor anchor, const TmTextStyle *style,
        const char *text);
    void (*shape)(TmCanvas *canvas, const TmShape *shape, double dx, double dy);
    void (*outline)(TmCanvas *canvas, guint level, const char *title, const char *anchor);
} TmCanvasOps;

struct TmCanvas {
    const TmCanvasOps *ops;
};

/* Draws a picture with its top left corner at (x, y). Text shapes go through ops->text. */
void tm_canvas_picture(TmCanvas *canvas, const TmPicture *picture, double x, double y);

#endif
