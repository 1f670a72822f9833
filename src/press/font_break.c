/*
 * Breaks a text into lines. The text is shaped once; widths of its characters give the candidate,
 * and the candidate is measured as it will be drawn before it is taken.
 */
#include <string.h>

#include "fonts_private.h"

typedef struct Breaker {
    TmFonts *fonts;
    const TmTextStyle *style;
    const char *text;
    double width;
    guint count;          /* characters */
    double *edges;        /* count + 1: where each character starts, unwrapped */
    guint *offsets;       /* count + 1: byte offset of each character */
    PangoLogAttr *places; /* count + 1 */
} Breaker;

/* Characters of each run in logical order; runs themselves come in visual order. */
static void collect_widths(PangoLayout *layout, guint count, double *widths)
{
    const char *text = pango_layout_get_text(layout);
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    for (GSList *link = line->runs; link != NULL; link = link->next) {
        PangoLayoutRun *run = link->data;
        guint first = (guint)g_utf8_pointer_to_offset(text, text + run->item->offset);
        guint length = (guint)run->item->num_chars;
        g_autofree int *logical = g_new0(int, length);
        pango_glyph_item_get_logical_widths(run, text, logical);
        for (guint i = 0; i < length && first + i < count; i++)
            widths[first + i] = (double)logical[i] / PANGO_SCALE;
    }
}

static void breaker_fill(Breaker *breaker)
{
    PangoLayout *layout = tm_fonts_layout(breaker->fonts, breaker->style, breaker->text, -1);
    guint count = breaker->count = (guint)pango_layout_get_character_count(layout);
    int place_count = 0;
    const PangoLogAttr *places = pango_layout_get_log_attrs_readonly(layout, &place_count);
    breaker->places = g_new0(PangoLogAttr, count + 1);
    memcpy(breaker->places, places, sizeof *places * MIN((guint)place_count, count + 1));
    breaker->edges = g_new0(double, count + 1);
    g_autofree double *widths = g_new0(double, count + 1);
    collect_widths(layout, count, widths);
    breaker->offsets = g_new0(guint, count + 1);
    const char *at = breaker->text;
    for (guint i = 0; i < count; i++) {
        breaker->edges[i + 1] = breaker->edges[i] + widths[i];
        at = g_utf8_next_char(at);
        breaker->offsets[i + 1] = (guint)(at - breaker->text);
    }
}

/* End of the line without the blanks that may hang over. */
static guint without_blanks(const Breaker *breaker, guint start, guint end)
{
    while (end > start && breaker->places[end - 1].is_white)
        end--;
    return end;
}

static gboolean fits(const Breaker *breaker, guint start, guint end)
{
    guint bare = without_blanks(breaker, start, end);
    if (breaker->edges[bare] - breaker->edges[start] > breaker->width * 1.02)
        return FALSE;
    guint from = breaker->offsets[start];
    return tm_fonts_width(breaker->fonts, breaker->style, breaker->text + from,
               (gssize)(breaker->offsets[bare] - from)) <= breaker->width + 1e-6;
}

/* The last place in (start, reach] where the line may end and fits; `start` if there is none. */
static guint last_fitting(const Breaker *breaker, guint start, guint reach, gboolean inside_word)
{
    for (guint end = reach; end > start; end--) {
        gboolean may_end = end == breaker->count || breaker->places[end].is_line_break ||
                           (inside_word && breaker->places[end].is_cursor_position);
        if (may_end && fits(breaker, start, end))
            return end;
    }
    return start;
}

static guint next_character_end(const Breaker *breaker, guint start)
{
    guint end = start + 1;
    while (end < breaker->count && !breaker->places[end].is_cursor_position)
        end++;
    return end;
}

static guint line_end(const Breaker *breaker, guint start)
{
    guint reach = start;
    double limit = breaker->edges[start] + breaker->width * 1.02;
    while (reach < breaker->count &&
           (breaker->edges[reach + 1] <= limit || breaker->places[reach].is_white))
        reach++;
    guint end = last_fitting(breaker, start, reach, FALSE);
    if (end == start)
        end = last_fitting(breaker, start, reach, TRUE);
    return end > start ? end : next_character_end(breaker, start);
}

void tm_fonts_break(
    TmFonts *fonts, const TmTextStyle *style, const char *text, double width, GArray *starts)
{
    guint start = 0;
    g_array_set_size(starts, 0);
    if (!g_utf8_validate(text, -1, NULL)) {
        g_array_append_val(starts, start);
        return;
    }
    Breaker breaker = {.fonts = fonts, .style = style, .text = text, .width = width};
    breaker_fill(&breaker);
    do {
        g_array_append_val(starts, breaker.offsets[start]);
        start = line_end(&breaker, start);
    } while (start < breaker.count);
    g_free(breaker.edges);
    g_free(breaker.offsets);
    g_free(breaker.places);
}
