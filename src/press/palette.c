/* The colours of both papers, one row per ink. */
#include "palette.h"

typedef struct Row {
    const char *name;
    TmColour colours[TM_PAPER_TONE_COUNT];
} Row;

/* clang-format off */
static const Row rows[TM_INK_COUNT] = {
    /*                      name           light               dark */
    [TM_INK_TEXT] =        {"text",        {{0x16, 0x20, 0x2B}, {0xE9, 0xED, 0xF1}}},
    [TM_INK_MUTED] =       {"muted",       {{0x52, 0x60, 0x6D}, {0xA4, 0xAF, 0xBA}}},
    [TM_INK_MAIN] =        {"main",        {{0x0F, 0x52, 0x9E}, {0x86, 0xC1, 0xF7}}},
    [TM_INK_MAIN_LIGHT] =  {"main-light",  {{0x5F, 0x90, 0xC6}, {0x4C, 0x7D, 0xB1}}},
    [TM_INK_ACCENT] =      {"accent",      {{0xD5, 0x5E, 0x00}, {0xF2, 0x7F, 0x2E}}},
    [TM_INK_ACCENT_TEXT] = {"accent-text", {{0xB0, 0x4A, 0x00}, {0xF6, 0x9A, 0x57}}},
    [TM_INK_RULE] =        {"rule",        {{0xD9, 0xE0, 0xE7}, {0x37, 0x3E, 0x47}}},
    [TM_INK_BAND] =        {"band",        {{0xF1, 0xF6, 0xFB}, {0x1C, 0x22, 0x2A}}},
    [TM_INK_BAND_STRONG] = {"band-strong", {{0xE3, 0xED, 0xF8}, {0x22, 0x2C, 0x37}}},
    [TM_INK_PAPER] =       {"paper",       {{0xFF, 0xFF, 0xFF}, {0x16, 0x18, 0x1C}}},
};
/* clang-format on */

TmColour tm_palette_colour(TmInk ink, TmPaperTone tone)
{
    g_assert(ink > TM_INK_NONE && ink < TM_INK_COUNT);
    return rows[ink].colours[tone];
}

const char *tm_palette_name(TmInk ink)
{
    g_assert(ink > TM_INK_NONE && ink < TM_INK_COUNT);
    return rows[ink].name;
}

static void append_variables(GString *css, TmPaperTone tone)
{
    g_string_append(css, ":root{");
    for (TmInk ink = TM_INK_NONE + 1; ink < TM_INK_COUNT; ink++) {
        TmColour colour = rows[ink].colours[tone];
        g_string_append_printf(
            css, "--%s:#%02X%02X%02X;", rows[ink].name, colour.red, colour.green, colour.blue);
    }
    g_string_append(css, "}");
}

void tm_palette_append_css(GString *css)
{
    append_variables(css, TM_PAPER_LIGHT);
    g_string_append(css, "\n@media screen and (prefers-color-scheme:dark){");
    append_variables(css, TM_PAPER_DARK);
    g_string_append(css, "}\n");
}
