/* The colours: enough contrast on both papers, and enough difference without hue. */
#include "../../src/press/palette.h"

#include <math.h>

#include "../cmocka_all.h"

static double linear(guint8 channel)
{
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* Relative luminance and contrast as WCAG 2.2 defines them. */
static double luminance(TmColour colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

static double contrast(TmInk first, TmInk second, TmPaperTone tone)
{
    double a = luminance(tm_palette_colour(first, tone));
    double b = luminance(tm_palette_colour(second, tone));
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static double lightness(TmInk ink, TmPaperTone tone)
{
    return 116.0 * cbrt(luminance(tm_palette_colour(ink, tone))) - 16.0;
}

static const TmInk grounds[] = {TM_INK_PAPER, TM_INK_BAND, TM_INK_BAND_STRONG};

static void words_have_contrast_of_4_5(void **state)
{
    (void)state;
    static const TmInk words[] = {TM_INK_TEXT, TM_INK_MUTED, TM_INK_MAIN, TM_INK_ACCENT_TEXT};
    for (TmPaperTone tone = 0; tone < TM_PAPER_TONE_COUNT; tone++) {
        for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
            for (guint k = 0; k < G_N_ELEMENTS(grounds); k++)
                assert_true(contrast(words[i], grounds[k], tone) >= 4.5);
        }
    }
}

static void marks_have_contrast_of_3(void **state)
{
    (void)state;
    static const TmInk marks[] = {TM_INK_MAIN, TM_INK_MAIN_LIGHT, TM_INK_ACCENT};
    for (TmPaperTone tone = 0; tone < TM_PAPER_TONE_COUNT; tone++) {
        for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
            assert_true(contrast(marks[i], TM_INK_PAPER, tone) >= 3.0);
    }
}

static void series_differ_in_lightness(void **state)
{
    (void)state;
    for (TmPaperTone tone = 0; tone < TM_PAPER_TONE_COUNT; tone++)
        assert_true(
            fabs(lightness(TM_INK_MAIN, tone) - lightness(TM_INK_MAIN_LIGHT, tone)) >= 20.0);
}

static void css_has_both_papers(void **state)
{
    (void)state;
    g_autoptr(GString) css = g_string_new(NULL);
    tm_palette_append_css(css);
    assert_non_null(strstr(css->str, "--main-light:"));
    assert_non_null(strstr(css->str, "prefers-color-scheme:dark"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_contrast_of_4_5),
        cmocka_unit_test(marks_have_contrast_of_3),
        cmocka_unit_test(series_differ_in_lightness),
        cmocka_unit_test(css_has_both_papers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
