/*
 * text_block: runs broken into lines of a given width, measured once and drawn later. Lines break
 * at blanks; a word that is too long is broken inside. Each stretch of one run in one line is drawn
 * by one call, so that right-to-left names keep the order of their words.
 */
#ifndef TM_PRESS_TEXT_BLOCK_H
#define TM_PRESS_TEXT_BLOCK_H

#include <tidemark/document.h>

#include "fonts.h"
#include "pen.h"

typedef struct TmTextBlock {
    GPtrArray *lines; /* of lines, private */
    double ascent;    /* of the first line, half of the leading included */
    double line_height;
    double width; /* of the widest line */
    double height;
} TmTextBlock;

/*
 * `style` is that of plain runs; other tones change weight and ink. `leading` is a multiple of the
 * size. NULL runs make an empty block of height 0. Owned by the caller.
 */
TmTextBlock *tm_text_block_new(
    TmFonts *fonts, const GPtrArray *runs, const TmTextStyle *style, double leading, double width);
/* The same for one text and, if not NULL, a second one in regular muted after it. */
TmTextBlock *tm_text_block_new_text(TmFonts *fonts, const char *text, const char *addition,
    const TmTextStyle *style, double leading, double width);
void tm_text_block_free(TmTextBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmTextBlock, tm_text_block_free)

guint tm_text_block_line_count(const TmTextBlock *block);

/*
 * Draws `count` lines from line `first` with the top left corner at (x, y) in an element, with Span
 * and Link inside when there is a link. `width` is what `align` refers to.
 */
void tm_text_block_draw_lines(const TmTextBlock *block, guint first, guint count, TmPen *pen,
    const TmTag *tag, double x, double y, double width, TmAlign align);
/* All lines. Draws nothing when empty. */
void tm_text_block_draw(const TmTextBlock *block, TmPen *pen, const char *tag, double x, double y,
    double width, TmAlign align);

#endif
