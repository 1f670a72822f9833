/*
 * fonts: the shipped fonts as a private pango font map, text measures, and the subsets that HTML
 * embeds. One TmFonts per TmPress.
 */
#ifndef TM_PRESS_FONTS_H
#define TM_PRESS_FONTS_H

#include <pango/pangocairo.h>
#include <tidemark/chart.h>

typedef struct TmFonts TmFonts;

TmFonts *tm_fonts_new(GError **error);
void tm_fonts_free(TmFonts *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmFonts, tm_fonts_free)

const TmTextMeter *tm_fonts_meter(TmFonts *fonts);

/* Width of one line in points, as drawn (tabular digits, no ligatures); cached. */
double tm_fonts_width(TmFonts *fonts, const TmTextStyle *style, const char *text, gssize length);

/* Ascent and line height (ascent + descent) of a style in points. */
void tm_fonts_metrics(TmFonts *fonts, const TmTextStyle *style, double *ascent, double *height);

/*
 * Breaks text into lines of at most `width` points at the places that Unicode allows; a word that
 * is too long is broken inside. Byte offsets of line starts into `starts` (guint, cleared first).
 */
void tm_fonts_break(
    TmFonts *fonts, const TmTextStyle *style, const char *text, double width, GArray *starts);

/* A layout for drawing one line; borrowed until the next call. */
PangoLayout *tm_fonts_layout(
    TmFonts *fonts, const TmTextStyle *style, const char *text, gssize length);

/* Code points of the text that no shipped font has. */
guint tm_fonts_missing(TmFonts *fonts, const char *text);

/*
 * CSS @font-face rules (WOFF2, base64, unicode-range) for the weights and scripts that the given
 * characters need: ready-made subsets from the build for Latin, Greek and Cyrillic, made once per
 * run for the rest. `used[weight]` is a set of code points (GHashTable of GUINT_TO_POINTER).
 */
void tm_fonts_append_css(TmFonts *fonts, GHashTable *const used[TM_WEIGHT_COUNT], GString *css);

#endif
