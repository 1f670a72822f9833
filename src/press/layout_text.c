/* layout_text: blocks that are text alone: masthead, message, headings, paragraphs, definitions. */
#include "layout.h"
#include "text_block.h"

static const TmTextStyle masthead_style = {9.6, TM_WEIGHT_SEMIBOLD, TM_INK_TEXT};
static const TmTextStyle issue_style = {8.4, TM_WEIGHT_REGULAR, TM_INK_MUTED};
static const TmTextStyle message_style = {18, TM_WEIGHT_DISPLAY, TM_INK_TEXT};

/* By level: 2, 3. */
static const struct {
    TmTextStyle style;
    double before;
    const char *tag;
} headings[] = {
    {{10.5, TM_WEIGHT_SEMIBOLD, TM_INK_TEXT}, 16, "H2"},
    {{9, TM_WEIGHT_SEMIBOLD, TM_INK_TEXT}, 11, "H3"},
};

static const struct {
    TmTextStyle style;
    double leading, before;
    double measure; /* widest line as a share of the box, for readable lines */
} paragraphs[] = {
    [TM_STYLE_BODY] = {{9, TM_WEIGHT_REGULAR, TM_INK_TEXT}, 1.42, 4, 0.9},
    [TM_STYLE_PROMISE] = {{7.8, TM_WEIGHT_REGULAR, TM_INK_MUTED}, 1.35, 4, 1},
    [TM_STYLE_LEDE] = {{9.6, TM_WEIGHT_REGULAR, TM_INK_MUTED}, 1.4, 3, 0.9},
    [TM_STYLE_NOTE] = {{7.8, TM_WEIGHT_REGULAR, TM_INK_MUTED}, 1.4, 7, 1},
};

/* ---- Lines of one text ------------------------------------------------------------------- */

typedef struct Lines {
    TmTextBlock *text;
    guint first, count;
    const char *tag;
    gboolean owns; /* the last block of a text frees it */
} Lines;

static void lines_free(gpointer data)
{
    Lines *lines = data;
    if (lines->owns)
        tm_text_block_free(lines->text);
    g_free(lines);
}

static void draw_lines(const TmBlock *block, TmPen *pen, double x, double y)
{
    const Lines *lines = block->data;
    TmTag tag = {.name = lines->tag};
    tm_text_block_draw_lines(
        lines->text, lines->first, lines->count, pen, &tag, x, y, TM_LAYOUT_WIDTH, TM_ALIGN_START);
}

static TmBlock *add_lines(TmLayout *layout, const TmNode *node, TmTextBlock *text, guint first,
    guint count, const char *tag, double before)
{
    Lines *lines = g_new0(Lines, 1);
    *lines = (Lines){.text = text,
        .first = first,
        .count = count,
        .tag = tag,
        .owns = first + count == tm_text_block_line_count(text)};
    return tm_layout_add(
        layout, node, before, count * text->line_height, draw_lines, lines, lines_free);
}

/*
 * A text as blocks: whole if it is short, else in parts of ten lines, so that no block is larger
 * than a page and no single line stands alone.
 */
static void add_text(
    TmLayout *layout, const TmNode *node, TmTextBlock *text, const char *tag, double before)
{
    const guint whole = 20, part = 10;
    guint count = tm_text_block_line_count(text);
    if (count == 0) {
        tm_text_block_free(text);
        return;
    }
    for (guint first = 0; first < count;) {
        guint left = count - first;
        guint lines = left <= whole ? left : part;
        add_lines(layout, node, text, first, lines, tag, first == 0 ? before : 0);
        first += lines;
    }
}

/* ---- Masthead and message ---------------------------------------------------------------- */

typedef struct Masthead {
    TmTextBlock *name, *issue;
    gboolean stacked; /* both do not fit on one line */
} Masthead;

static void masthead_free(gpointer data)
{
    Masthead *masthead = data;
    tm_text_block_free(masthead->name);
    tm_text_block_free(masthead->issue);
    g_free(masthead);
}

static void draw_masthead(const TmBlock *block, TmPen *pen, double x, double y)
{
    const Masthead *masthead = block->data;
    tm_text_block_draw(masthead->name, pen, "P", x, y, TM_LAYOUT_WIDTH, TM_ALIGN_START);
    double issue_y = masthead->stacked ? y + masthead->name->height
                                       : y + masthead->name->ascent - masthead->issue->ascent;
    tm_text_block_draw(masthead->issue, pen, "P", x, issue_y, TM_LAYOUT_WIDTH,
        masthead->stacked ? TM_ALIGN_START : TM_ALIGN_END);
    double rule = y + block->height - 0.8;
    tm_pen_rule(pen, x, rule, x + TM_LAYOUT_WIDTH, rule, 1.6, TM_INK_TEXT);
}

void tm_layout_masthead(TmLayout *layout, const TmNode *node)
{
    Masthead *masthead = g_new0(Masthead, 1);
    masthead->name =
        tm_text_block_new(layout->fonts, node->runs, &masthead_style, 1.35, TM_LAYOUT_WIDTH);
    masthead->issue = tm_text_block_new_text(
        layout->fonts, node->addition, NULL, &issue_style, 1.35, TM_LAYOUT_WIDTH);
    const double gap = 18;
    masthead->stacked = masthead->name->width + gap + masthead->issue->width > TM_LAYOUT_WIDTH ||
                        tm_text_block_line_count(masthead->name) > 1;
    double height = masthead->name->height + (masthead->stacked ? masthead->issue->height : 0);
    tm_layout_add(layout, node, 9 * layout->density.space, height + 6.5, draw_masthead, masthead,
        masthead_free);
}

void tm_layout_message(TmLayout *layout, const TmNode *node)
{
    TmTextBlock *text =
        tm_text_block_new(layout->fonts, node->runs, &message_style, 1.2, TM_LAYOUT_WIDTH * 0.96);
    add_text(layout, node, text, "H1", 12 * layout->density.space);
}

/* ---- Sections ---------------------------------------------------------------------------- */

void tm_layout_heading(TmLayout *layout, const TmNode *section)
{
    guint index = section->level == 3;
    const double after = 3;
    TmTextBlock *text = tm_text_block_new_text(layout->fonts, section->title, section->addition,
        &headings[index].style, 1.3, TM_LAYOUT_WIDTH);
    guint count = tm_text_block_line_count(text);
    TmBlock *block = add_lines(layout, section, text, 0, count, headings[index].tag,
        headings[index].before * layout->density.space);
    block->height += after * layout->density.space;
    block->keep_with_next = TRUE;
    block->break_before = section->page_break_before;
    block->outline_level = section->level - 1;
    /* Ids never hold an underscore, so a made-up anchor cannot clash with one. */
    layout->heading_count++;
    block->anchor =
        section->id != NULL ? g_strdup(section->id) : g_strdup_printf("_%u", layout->heading_count);
}

void tm_layout_paragraph(TmLayout *layout, const TmNode *node)
{
    TmParagraphStyle style = node->style;
    TmTextBlock *text = tm_text_block_new(layout->fonts, node->runs, &paragraphs[style].style,
        paragraphs[style].leading, TM_LAYOUT_WIDTH * paragraphs[style].measure);
    add_text(layout, node, text, "P", paragraphs[style].before * layout->density.space);
}

void tm_layout_definition(TmLayout *layout, const TmNode *item)
{
    static const TmTextStyle term_style = {9, TM_WEIGHT_SEMIBOLD, TM_INK_TEXT};
    TmTextBlock *term = tm_text_block_new_text(
        layout->fonts, item->lead, NULL, &term_style, 1.4, TM_LAYOUT_WIDTH * 0.9);
    TmTextBlock *text = tm_text_block_new(layout->fonts, item->runs,
        &paragraphs[TM_STYLE_BODY].style, paragraphs[TM_STYLE_BODY].leading, TM_LAYOUT_WIDTH * 0.9);
    tm_layout_open(layout, "LI");
    TmBlock *head = add_lines(
        layout, item, term, 0, tm_text_block_line_count(term), "Lbl", 5 * layout->density.space);
    head->keep_with_next = TRUE;
    add_text(layout, item, text, "LBody", 0);
    tm_layout_close(layout);
}
