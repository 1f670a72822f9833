/* Which code points belong to which ready-made subset. */
#include "subset.h"

/* clang-format off */
static const TmCodeRange latin[] = {
    {0x0020, 0x007E}, {0x00A0, 0x00FF},                     /* Basic Latin, Latin-1 */
    {0x0131, 0x0131}, {0x0152, 0x0153},                     /* dotless i, OE */
    {0x2009, 0x200B}, {0x2010, 0x2015}, {0x2018, 0x201E}, {0x2020, 0x2022}, {0x2026, 0x2026},
    {0x202F, 0x202F}, {0x2030, 0x2030}, {0x2032, 0x2033}, {0x2039, 0x203A}, /* punctuation */
    {0x20AC, 0x20AC}, {0x2122, 0x2122},                     /* euro, trade mark */
    {0x2190, 0x2193},                                       /* arrows */
    {0x2212, 0x2212}, {0x2248, 0x2248}, {0x2264, 0x2265},   /* minus, almost, at most, at least */
    {0x25A0, 0x25A1}, {0x25B2, 0x25B3}, {0x25BC, 0x25BC}, {0x25C6, 0x25C6}, {0x25CB, 0x25CB},
    {0x25CF, 0x25CF},                                       /* marks */
    {0, 0},
};

static const TmCodeRange symbols[] = {
    {0x2002, 0x2008}, {0x2016, 0x2017}, {0x201F, 0x201F}, {0x2023, 0x2025}, {0x2027, 0x2027},
    {0x2031, 0x2031}, {0x2034, 0x2038}, {0x2044, 0x2044},
    {0x2070, 0x2071}, {0x2074, 0x208E},                     /* superscripts, subscripts */
    {0x20A0, 0x20AB}, {0x20AD, 0x20BF},                     /* currencies */
    {0x2116, 0x2116}, {0x2194, 0x2199}, {0x2202, 0x2211}, {0x221A, 0x221E}, {0x2260, 0x2260},
    {0x2460, 0x2468},                                       /* circled digits */
    {0x25B6, 0x25B7}, {0x25BD, 0x25BD}, {0x25C0, 0x25C1}, {0x25C7, 0x25C7}, {0x2713, 0x2713},
    {0, 0},
};

static const TmCodeRange latin_extended[] = {
    {0x0100, 0x0130}, {0x0132, 0x0151}, {0x0154, 0x024F}, {0x02C6, 0x02C7}, {0x02D8, 0x02DD},
    {0x1E00, 0x1EFF},
    {0, 0},
};

static const TmCodeRange greek[] = {{0x0370, 0x03FF}, {0, 0}};
static const TmCodeRange cyrillic[] = {{0x0400, 0x045F}, {0x0490, 0x0491}, {0x04B0, 0x04B1}, {0, 0}};
/* clang-format on */

const TmSubsetScript tm_subset_scripts[TM_SCRIPT_COUNT] = {
    [TM_SCRIPT_LATIN] = {"latin", latin},
    [TM_SCRIPT_SYMBOLS] = {"symbols", symbols},
    [TM_SCRIPT_LATIN_EXTENDED] = {"latin-extended", latin_extended},
    [TM_SCRIPT_GREEK] = {"greek", greek},
    [TM_SCRIPT_CYRILLIC] = {"cyrillic", cyrillic},
};

gboolean tm_script_holds(const TmSubsetScript *script, guint32 code_point)
{
    for (const TmCodeRange *range = script->ranges; range->last != 0; range++) {
        if (code_point >= range->first && code_point <= range->last)
            return TRUE;
    }
    return FALSE;
}

void tm_script_collect(const TmSubsetScript *script, hb_set_t *code_points)
{
    for (const TmCodeRange *range = script->ranges; range->last != 0; range++)
        hb_set_add_range(code_points, range->first, range->last);
}
