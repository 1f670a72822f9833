/*
 * canvas: a table of functions that both charts and pages are drawn with. Back ends: cairo-PDF
 * (tagged), cairo-PNG, SVG, trace. Points, origin at the top left of the page or picture.
 *
 * Order of calls: page_begin, then tags around everything that is drawn, then page_end; at last
 * the back end's finish function, then tm_canvas_free. Only leaf tags may draw (cairo writes
 * content untagged when an element has both content and children): the PDF back end asserts it.
 * A tag may stay open over a page end, a leaf too. What is not content (rules, backgrounds,
 * running heads) stands between artifact_begin and artifact_end, where no tag is a leaf that
 * draws.
 */
#ifndef TM_PRESS_CANVAS_H
#define TM_PRESS_CANVAS_H

#include <tidemark/chart.h>

#include "fonts.h"

typedef struct TmCanvas TmCanvas;

/* Structure elements, named as in ISO 32000 ("Link" only where href is given). */
typedef struct TmTag {
    const char *name;   /* "P", "H1", "Table", "TR", "TH", "TD", "Figure", "L", "Link", … */
    const char *alt;    /* Figure, Link: text alternative, else NULL */
    const char *scope;  /* TH: "Column" or "Row", else NULL */
    guint column_span;  /* TH: columns that it stands over; 0: one */
    const char *href;   /* Link: "#anchor" or an address, else NULL */
    const char *anchor; /* named destination to set here, else NULL */
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
    /* Any shape but text, moved by (dx, dy). */
    void (*shape)(TmCanvas *canvas, const TmShape *shape, double dx, double dy);
    /* Level from 1; the anchor is one that some tag sets. */
    void (*outline)(TmCanvas *canvas, guint level, const char *title, const char *anchor);
    void (*free)(TmCanvas *canvas);
} TmCanvasOps;

struct TmCanvas {
    const TmCanvasOps *ops;
};

void tm_canvas_free(TmCanvas *canvas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmCanvas, tm_canvas_free)

/* Draws a picture with its top left corner at (x, y). Text shapes go through ops->text. */
void tm_canvas_picture(TmCanvas *canvas, const TmPicture *picture, double x, double y);

/* ---- PDF --------------------------------------------------------------------------------- */

typedef struct TmPdfMetadata {
    const char *title;
    const char *subject; /* or NULL */
    TmDay date;          /* creation and change date, at midnight UTC */
} TmPdfMetadata;

/*
 * cairo takes no attributes for structure elements and knows no artifacts, so the PDF back end
 * records one of these per element, in the order of tag_begin and artifact_begin. That is the
 * order in which a depth-first walk from /StructTreeRoot /K meets the elements (children before
 * next siblings), so the finisher walks both in step: /S of the n-th element is `name` of the
 * n-th entry. It has to set /Alt (Figure, Link) and /Contents of the link's annotation from
 * `alt`, /A << /O /Table /Scope … >> from `scope`, and turn every entry with is_artifact (written
 * as NonStruct) into an artifact: /NonStruct << /MCID n >> BDC → /Artifact BMC, the element
 * removed, its ParentTree entry null. Destinations and links are in the file already. Dates in
 * /Info lack the "D:" in front.
 */
typedef struct TmStructureElement {
    char *name;
    char *alt;   /* or NULL */
    char *scope; /* or NULL */
    guint column_span;
    char *href; /* or NULL */
    gboolean is_artifact;
} TmStructureElement;

/* The fonts must outlive the canvas. */
TmCanvas *tm_canvas_pdf_new(TmFonts *fonts, const TmPdfMetadata *metadata);

/*
 * Ends the file; nothing may be drawn afterwards. Bytes owned by the caller; *elements too, an
 * array of TmStructureElement* in the order told above (may be NULL if not wanted). Fails
 * (TM_ERROR_INTERNAL) when a link names an anchor that no tag set, or when cairo gave up.
 */
GBytes *tm_canvas_pdf_finish(TmCanvas *canvas, GPtrArray **elements, GError **error);

/* ---- PNG --------------------------------------------------------------------------------- */

/* Draws page `page` (from 0) on white paper; calls for other pages do nothing. */
TmCanvas *tm_canvas_png_new(TmFonts *fonts, guint page, double dots_per_inch);

/* The file; fails (TM_ERROR_INTERNAL) when there was no such page or it is too large. */
GBytes *tm_canvas_png_finish(TmCanvas *canvas, GError **error);

/* ---- SVG --------------------------------------------------------------------------------- */

/*
 * One picture as an <svg> element for HTML. Text stays text. Colours come from classes, one per
 * ink: f-main fills, s-main strokes (tm_svg_append_css), so that dark paper works. `prefix` starts
 * every id and must be unique in the file ("c7"). With a title: role="img" with <title> and, if
 * not NULL, <desc>; without: hidden from screen readers. There is no xmlns attribute: HTML needs
 * none. Tags, artifacts and outline entries do nothing.
 */
TmCanvas *tm_canvas_svg_new(const char *prefix, const char *title, const char *description);
char *tm_canvas_svg_finish(TmCanvas *canvas); /* owned by the caller */

/* The whole of it for one chart picture. Owned by the caller. */
char *tm_svg_picture(
    const TmPicture *picture, const char *prefix, const char *title, const char *description);

/* Rules for the classes above; they use the variables of tm_palette_append_css (palette.h). */
void tm_svg_append_css(GString *css);

/* ---- Trace ------------------------------------------------------------------------------- */

/* One line per call, numbers with two decimals: for golden tests. */
TmCanvas *tm_canvas_trace_new(void);
char *tm_canvas_trace_finish(TmCanvas *canvas); /* owned by the caller */

#endif
