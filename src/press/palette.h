/*
 * palette: the colours behind the inks of charts and pages, for light and dark paper. Two hues
 * and greys. PDF and PNG use the light one; HTML gets both as CSS variables, named --main and so
 * on after the ink. Contrast is part of the tests: text 4.5:1, marks 3:1.
 */
#ifndef TM_PRESS_PALETTE_H
#define TM_PRESS_PALETTE_H

#include <tidemark/chart.h>

typedef struct TmColour {
    guint8 red, green, blue;
} TmColour;

typedef enum TmPaperTone { TM_PAPER_LIGHT, TM_PAPER_DARK, TM_PAPER_TONE_COUNT } TmPaperTone;

TmColour tm_palette_colour(TmInk ink, TmPaperTone tone); /* not for TM_INK_NONE */
const char *tm_palette_name(TmInk ink);                  /* "main-light" */

/* Variables for both papers: light by default, dark when the reader's system asks, light in print.
 */
void tm_palette_append_css(GString *css);

#endif
