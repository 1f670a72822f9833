/*
 * text_block: breaking runs into lines. A run is cut into pieces that end after blanks; pieces are
 * put into lines greedily, and a piece that follows another without a blank stays with it.
 */
#include "text_block.h"

#include <string.h>

typedef struct Span {
    char *text;
    TmTextStyle style;
    double x, width;   /* width without the blanks at the end */
    double advance;    /* with them */
    const TmRun *link; /* the run if it is a link, borrowed from the document; else NULL */
} Span;

typedef struct Line {
    GArray *spans;
    double width;
} Line;

typedef struct Breaker {
    TmFonts *fonts;
    TmTextBlock *block;
    double width;
    Line *line;         /* the one being filled */
    double x;           /* where the next piece goes */
    gboolean after_gap; /* a line may break before the next piece */
} Breaker;

static void span_clear(gpointer data)
{
    Span *span = data;
    g_clear_pointer(&span->text, g_free);
}

static void line_free(gpointer data)
{
    Line *line = data;
    g_array_unref(line->spans);
    g_free(line);
}

static TmTextStyle style_of(const TmTextStyle *base, TmTone tone)
{
    TmTextStyle style = *base;
    gboolean display = base->weight == TM_WEIGHT_DISPLAY;
    switch (tone) {
    case TM_TONE_PLAIN:
        break;
    case TM_TONE_STRONG:
        style.weight = display ? TM_WEIGHT_DISPLAY : TM_WEIGHT_SEMIBOLD;
        break;
    case TM_TONE_MUTED:
        style.ink = TM_INK_MUTED;
        break;
    case TM_TONE_ACCENT:
        style.weight = display ? TM_WEIGHT_DISPLAY : TM_WEIGHT_SEMIBOLD;
        style.ink = TM_INK_ACCENT_TEXT;
        break;
    case TM_TONE_GOOD:
        style.weight = display ? TM_WEIGHT_DISPLAY : TM_WEIGHT_SEMIBOLD;
        style.ink = TM_INK_MAIN;
        break;
    }
    return style;
}

static void begin_line(Breaker *breaker)
{
    breaker->line = g_new0(Line, 1);
    breaker->line->spans = g_array_new(FALSE, FALSE, sizeof(Span));
    g_array_set_clear_func(breaker->line->spans, span_clear);
    g_ptr_array_add(breaker->block->lines, breaker->line);
    breaker->x = 0;
}

static gsize length_without_blanks(const char *text, gsize length)
{
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\n'))
        length--;
    return length;
}

/*
 * Takes the pieces since the last gap to a new line: the end of a word whose parts are in different
 * tones must not be torn off.
 */
static void move_tail(Breaker *breaker, guint first)
{
    Line *old = breaker->line;
    begin_line(breaker);
    for (guint i = first; i < old->spans->len; i++) {
        Span span = g_array_index(old->spans, Span, i);
        g_array_index(old->spans, Span, i).text = NULL;
        span.x = breaker->x;
        breaker->x += span.advance;
        g_array_append_val(breaker->line->spans, span);
    }
    g_array_set_size(old->spans, first);
}

/* Index of the first span of the line that hangs together with what comes next. */
static guint unbroken_tail(const Line *line)
{
    guint first = line->spans->len;
    while (first > 0) {
        const Span *span = &g_array_index(line->spans, Span, first - 1);
        gsize length = strlen(span->text);
        if (length > 0 && length_without_blanks(span->text, length) < length)
            break;
        first--;
    }
    return first;
}

static void append_piece(
    Breaker *breaker, const char *text, gsize length, const TmTextStyle *style, const TmRun *link)
{
    gsize visible = length_without_blanks(text, length);
    Span span = {.text = g_strndup(text, length), .style = *style, .x = breaker->x, .link = link};
    g_strdelimit(span.text, "\n", ' ');
    span.width = tm_fonts_width(breaker->fonts, style, span.text, (gssize)visible);
    span.advance = tm_fonts_width(breaker->fonts, style, span.text, (gssize)length);
    breaker->x += span.advance;
    g_array_append_val(breaker->line->spans, span);
    breaker->after_gap = visible < length;
}

/* A word wider than the line is broken where the fonts allow it. */
static void append_long(
    Breaker *breaker, const char *text, gsize length, const TmTextStyle *style, const TmRun *link)
{
    g_autofree char *word = g_strndup(text, length);
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint));
    tm_fonts_break(breaker->fonts, style, word, breaker->width, starts);
    for (guint i = 0; i < starts->len; i++) {
        gsize from = g_array_index(starts, guint, i);
        gsize to = i + 1 < starts->len ? g_array_index(starts, guint, i + 1) : length;
        if (i > 0)
            begin_line(breaker);
        append_piece(breaker, word + from, to - from, style, link);
    }
}

static void place_piece(
    Breaker *breaker, const char *text, gsize length, const TmTextStyle *style, const TmRun *link)
{
    const double slack = 0.01;
    gsize visible = length_without_blanks(text, length);
    double width = tm_fonts_width(breaker->fonts, style, text, (gssize)visible);
    if (breaker->line->spans->len > 0 && breaker->x + width > breaker->width + slack) {
        guint tail = breaker->after_gap ? breaker->line->spans->len : unbroken_tail(breaker->line);
        if (tail > 0)
            move_tail(breaker, tail);
    }
    if (breaker->x + width > breaker->width + slack) {
        if (breaker->x > 0)
            begin_line(breaker);
        append_long(breaker, text, length, style, link);
    } else {
        append_piece(breaker, text, length, style, link);
    }
}

static void place_run(Breaker *breaker, const TmRun *run, const TmTextStyle *base)
{
    TmTextStyle style = style_of(base, run->tone);
    const char *p = run->text;
    while (*p != '\0') {
        gsize length = strcspn(p, " \n");
        length += strspn(p + length, " \n");
        place_piece(breaker, p, length, &style, run->href != NULL ? run : NULL);
        p += length;
    }
}

static gboolean same_look(const Span *a, const Span *b)
{
    return a->link == b->link && a->style.weight == b->style.weight && a->style.ink == b->style.ink;
}

/* Pieces of one run become one span again; its width is measured anew, kerning included. */
static void join_spans(TmFonts *fonts, Line *line)
{
    GArray *joined = g_array_new(FALSE, FALSE, sizeof(Span));
    g_array_set_clear_func(joined, span_clear);
    for (guint i = 0; i < line->spans->len; i++) {
        Span *span = &g_array_index(line->spans, Span, i);
        Span *last = joined->len > 0 ? &g_array_index(joined, Span, joined->len - 1) : NULL;
        if (last != NULL && same_look(last, span)) {
            char *text = g_strconcat(last->text, span->text, NULL);
            g_free(last->text);
            last->text = text;
        } else {
            g_array_append_val(joined, *span);
            span->text = NULL;
        }
    }
    double x = 0;
    for (guint i = 0; i < joined->len; i++) {
        Span *span = &g_array_index(joined, Span, i);
        gsize length = strlen(span->text);
        span->x = x;
        span->width = tm_fonts_width(
            fonts, &span->style, span->text, (gssize)length_without_blanks(span->text, length));
        span->advance = tm_fonts_width(fonts, &span->style, span->text, (gssize)length);
        x += span->advance;
        line->width = span->x + span->width;
    }
    g_array_unref(line->spans);
    line->spans = joined;
}

TmTextBlock *tm_text_block_new(
    TmFonts *fonts, const GPtrArray *runs, const TmTextStyle *style, double leading, double width)
{
    TmTextBlock *block = g_new0(TmTextBlock, 1);
    block->lines = g_ptr_array_new_with_free_func(line_free);
    block->line_height = style->size * leading;
    double ascent, height;
    tm_fonts_metrics(fonts, style, &ascent, &height);
    block->ascent = ascent + (block->line_height - height) / 2;
    Breaker breaker = {.fonts = fonts, .block = block, .width = width};
    for (guint i = 0; runs != NULL && i < runs->len; i++) {
        if (breaker.line == NULL)
            begin_line(&breaker);
        place_run(&breaker, runs->pdata[i], style);
    }
    for (guint i = 0; i < block->lines->len; i++) {
        Line *line = block->lines->pdata[i];
        join_spans(fonts, line);
        block->width = MAX(block->width, line->width);
    }
    block->height = block->lines->len * block->line_height;
    return block;
}

TmTextBlock *tm_text_block_new_text(TmFonts *fonts, const char *text, const char *addition,
    const TmTextStyle *style, double leading, double width)
{
    g_autoptr(GPtrArray) runs = NULL;
    if (text != NULL && *text != '\0')
        tm_runs_add(&runs, TM_TONE_PLAIN, text, NULL);
    if (runs == NULL || addition == NULL || *addition == '\0')
        return tm_text_block_new(fonts, runs, style, leading, width);

    /* The addition is lighter than any tone makes it: it is placed in a style of its own. */
    TmTextStyle light = {.size = style->size, .weight = TM_WEIGHT_REGULAR, .ink = TM_INK_MUTED};
    TmRun blank = {.text = (char *)" "}, second = {.text = (char *)addition};
    TmTextBlock *block = tm_text_block_new(fonts, NULL, style, leading, width);
    Breaker breaker = {.fonts = fonts, .block = block, .width = width};
    begin_line(&breaker);
    place_run(&breaker, runs->pdata[0], style);
    place_run(&breaker, &blank, style);
    place_run(&breaker, &second, &light);
    for (guint i = 0; i < block->lines->len; i++) {
        Line *line = block->lines->pdata[i];
        join_spans(fonts, line);
        block->width = MAX(block->width, line->width);
    }
    block->height = block->lines->len * block->line_height;
    return block;
}

void tm_text_block_free(TmTextBlock *block)
{
    if (block == NULL)
        return;
    g_ptr_array_unref(block->lines);
    g_free(block);
}

guint tm_text_block_line_count(const TmTextBlock *block)
{
    return block->lines->len;
}

/* A link looks like its run: on paper nothing is to be clicked, and the tag says what it is. */
static void draw_link(const Span *span, TmPen *pen, double x, double y)
{
    TmTag tag = {.name = "Link", .alt = span->link->text, .href = span->link->href};
    tm_pen_begin_tag(pen, &tag);
    tm_pen_text(pen, x, y, TM_ANCHOR_START, &span->style, span->text);
    tm_pen_end(pen);
}

static void draw_span(const Span *span, TmPen *pen, gboolean in_parts, double x, double y)
{
    x += span->x;
    if (in_parts && span->link != NULL && tm_pen_can_link(pen, span->link->href)) {
        draw_link(span, pen, x, y);
        return;
    }
    if (in_parts)
        tm_pen_begin(pen, "Span");
    tm_pen_text(pen, x, y, TM_ANCHOR_START, &span->style, span->text);
    if (in_parts)
        tm_pen_end(pen);
}

static gboolean has_link(const TmTextBlock *block, guint first, guint count, const TmPen *pen)
{
    for (guint i = first; i < first + count; i++) {
        const Line *line = block->lines->pdata[i];
        for (guint k = 0; k < line->spans->len; k++) {
            const Span *span = &g_array_index(line->spans, Span, k);
            if (span->link != NULL && tm_pen_can_link(pen, span->link->href))
                return TRUE;
        }
    }
    return FALSE;
}

void tm_text_block_draw_lines(const TmTextBlock *block, guint first, guint count, TmPen *pen,
    const TmTag *tag, double x, double y, double width, TmAlign align)
{
    gboolean in_parts = has_link(block, first, count, pen);
    tm_pen_begin_tag(pen, tag);
    for (guint i = 0; i < count; i++) {
        const Line *line = block->lines->pdata[first + i];
        double spare = width - line->width;
        double left = align == TM_ALIGN_END ? spare : align == TM_ALIGN_CENTRE ? spare / 2 : 0;
        double base = y + i * block->line_height + block->ascent;
        for (guint k = 0; k < line->spans->len; k++)
            draw_span(&g_array_index(line->spans, Span, k), pen, in_parts, x + left, base);
    }
    tm_pen_end(pen);
}

void tm_text_block_draw(const TmTextBlock *block, TmPen *pen, const char *tag, double x, double y,
    double width, TmAlign align)
{
    if (block->lines->len == 0)
        return;
    TmTag plain = {.name = tag};
    tm_text_block_draw_lines(block, 0, block->lines->len, pen, &plain, x, y, width, align);
}
