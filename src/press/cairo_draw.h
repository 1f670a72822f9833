/* cairo_draw: text and shapes on any cairo context, in the light palette. For PDF and PNG. */
#ifndef TM_PRESS_CAIRO_DRAW_H
#define TM_PRESS_CAIRO_DRAW_H

#include "fonts.h"

void tm_cairo_text(cairo_t *cairo, TmFonts *fonts, double x, double y, TmAnchor anchor,
    const TmTextStyle *style, const char *text);
void tm_cairo_shape(cairo_t *cairo, const TmShape *shape, double dx, double dy);

#endif
