/*
 * pen: what pages are drawn with: a canvas that knows whether it is in an artifact. There, tags are
 * left out, so that a table head can be drawn a second time as decoration by the same function.
 */
#ifndef TM_PRESS_PEN_H
#define TM_PRESS_PEN_H

#include "canvas.h"

typedef struct TmPen {
    TmCanvas *canvas;
    GHashTable *anchors; /* ids that the pages hold; links to others are plain text */
    const char *anchor;  /* destination for the next element; borrowed */
    guint artifact_depth;
} TmPen;

void tm_pen_begin(TmPen *pen, const char *tag);
void tm_pen_begin_tag(TmPen *pen, const TmTag *tag);
void tm_pen_end(TmPen *pen);
void tm_pen_begin_artifact(TmPen *pen);
void tm_pen_end_artifact(TmPen *pen);

void tm_pen_text(
    TmPen *pen, double x, double y, TmAnchor anchor, const TmTextStyle *style, const char *text);
/* A straight line as decoration. */
void tm_pen_rule(TmPen *pen, double x1, double y1, double x2, double y2, double width, TmInk ink);
/* A picture as a Figure element with its text alternative. */
void tm_pen_figure(TmPen *pen, const TmPicture *picture, double x, double y, const char *alt);

/* TRUE if the link can be followed from a PDF file. */
gboolean tm_pen_can_link(const TmPen *pen, const char *href);

#endif
