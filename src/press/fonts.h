/*
 * fonts: the shipped fonts as a private pango font map, text measures, and the subsets that HTML
 * embeds. One TmFonts per TmPress. Used from one thread only.
 *
 * How text is drawn is decided here, once, for all back ends: one line is one layout, tabular
 * digits, no ligatures and no contextual forms (cairo would mark each with an ActualText), no
 * hinting, exact positions. Controls and line ends in a text count as blanks; a character that no
 * shipped font has is drawn as TM_FONTS_REPLACEMENT.
 *
 *   fonts.c        opening, layouts, widths, metrics
 *   font_break.c   breaking into lines
 *   font_css.c     @font-face rules for HTML
 */
#ifndef TM_PRESS_FONTS_H
#define TM_PRESS_FONTS_H

#include <pango/pangocairo.h>
#include <tidemark/chart.h>

#define TM_FONTS_REPLACEMENT 0x25A1 /* white square */

typedef struct TmFonts TmFonts;

/* Opens the files below tm_data_path("fonts"). TM_ERROR_INTERNAL when one is missing or broken. */
TmFonts *tm_fonts_new(GError **error);
void tm_fonts_free(TmFonts *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmFonts, tm_fonts_free)

/* For charts; valid as long as the fonts. */
const TmTextMeter *tm_fonts_meter(TmFonts *fonts);

/* Width of one line in points, trailing blanks included, as drawn; cached. length -1: to the NUL.
 */
double tm_fonts_width(TmFonts *fonts, const TmTextStyle *style, const char *text, gssize length);

/* Ascent and line height (ascent + descent) of a style in points. Either may be NULL. */
void tm_fonts_metrics(TmFonts *fonts, const TmTextStyle *style, double *ascent, double *height);

/*
 * Breaks text into lines of at most `width` points at the places that Unicode allows; a word that
 * is too long is broken inside, between characters. Blanks at a line's end may hang over. Byte
 * offsets of line starts into `starts` (guint, cleared first); the first is always 0. A line runs
 * to the next start and keeps its trailing blank: draw it so, and copied text has its blanks.
 * Text that is not UTF-8 stays one line.
 */
void tm_fonts_break(
    TmFonts *fonts, const TmTextStyle *style, const char *text, double width, GArray *starts);

/* A layout for drawing one line; borrowed until the next call of any function here. */
PangoLayout *tm_fonts_layout(
    TmFonts *fonts, const TmTextStyle *style, const char *text, gssize length);

/* How many characters of the text no shipped font has (blanks and invisible marks do not count). */
guint tm_fonts_missing(TmFonts *fonts, const char *text);

/*
 * CSS @font-face rules (WOFF2, base64, unicode-range) for the weights and scripts that the given
 * characters need: ready-made subsets from the build for Latin, Greek and Cyrillic, made once per
 * run for the rest. `used[weight]` is a set of code points (GHashTable of GUINT_TO_POINTER), or
 * NULL. Families and weights are those of tm_faces (faces.h). A subset that cannot be made is left
 * out: the reader's own fonts then serve.
 */
void tm_fonts_append_css(TmFonts *fonts, GHashTable *const used[TM_WEIGHT_COUNT], GString *css);

#endif
