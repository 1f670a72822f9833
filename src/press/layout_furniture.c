/* layout_furniture: running head and footer, which stand on every page outside of the flow. */
#include "layout.h"
#include "text_block.h"

static const TmTextStyle footer_style = {7.2, TM_WEIGHT_REGULAR, TM_INK_MUTED};
static const TmTextStyle head_style = {7.8, TM_WEIGHT_MEDIUM, TM_INK_MUTED};

#define RUNNING_ISSUE_MOST 0.65 /* of the width, for the issue in the running head */
#define FOOTER_LEADING 1.38
#define FOOTER_RULE 6.0   /* from the rule to the text */
#define FOOTER_ABOVE 8.0  /* between the content and the rule */
#define FOOTER_SIDE 110.0 /* width kept free for the page number and the hash */

static const TmNode *child_of_kind(const TmDocument *document, TmNodeKind kind)
{
    for (const TmNode *node = document->root->first_child; node != NULL; node = node->next)
        if (node->kind == kind)
            return node;
    return NULL;
}

static TmTextBlock *footer_text(const TmLayout *layout)
{
    const TmNode *footer = child_of_kind(layout->document, TM_NODE_FOOTER);
    return tm_text_block_new(layout->fonts, footer != NULL ? footer->runs : NULL, &footer_style,
        FOOTER_LEADING, TM_LAYOUT_WIDTH - FOOTER_SIDE);
}

double tm_layout_footer_height(TmLayout *layout)
{
    g_autoptr(TmTextBlock) text = footer_text(layout);
    double least = 2 * text->line_height;
    return FOOTER_ABOVE + FOOTER_RULE + MAX(text->height, least);
}

void tm_layout_draw_footer(TmLayout *layout, TmPen *pen, double x, double y, guint page)
{
    const double right = x + TM_LAYOUT_WIDTH;
    g_autoptr(TmTextBlock) text = footer_text(layout);
    y += FOOTER_ABOVE;
    tm_pen_rule(pen, x, y, right, y, 0.6, TM_INK_RULE);
    y += FOOTER_RULE;
    tm_text_block_draw(text, pen, "P", x, y, TM_LAYOUT_WIDTH - FOOTER_SIDE, TM_ALIGN_START);

    tm_pen_begin_artifact(pen);
    g_autofree char *number = g_strdup_printf(
        "%s %u %s %u", layout->words->page, page + 1, layout->words->of, layout->page_count);
    tm_pen_text(pen, right, y + text->ascent, TM_ANCHOR_END, &footer_style, number);
    if (layout->document->data_hash != NULL) {
        g_autofree char *hash =
            g_strdup_printf("%s %.12s", layout->words->hash, layout->document->data_hash);
        tm_pen_text(
            pen, right, y + text->ascent + text->line_height, TM_ANCHOR_END, &footer_style, hash);
    }
    tm_pen_end_artifact(pen);
}

void tm_layout_draw_running_head(TmLayout *layout, TmPen *pen, double x, double y)
{
    const TmNode *masthead = child_of_kind(layout->document, TM_NODE_MASTHEAD);
    if (masthead == NULL)
        return;
    const double gap = 18;
    g_autofree char *name = tm_runs_text(masthead->runs);
    /* The issue comes first: the name of the organisation may be long. */
    g_autoptr(TmTextBlock) right = tm_text_block_new_text(layout->fonts, masthead->addition, NULL,
        &footer_style, 1.35, TM_LAYOUT_WIDTH * RUNNING_ISSUE_MOST);
    const double name_width = TM_LAYOUT_WIDTH - right->width - gap;
    g_autoptr(TmTextBlock) left =
        tm_text_block_new_text(layout->fonts, name, NULL, &head_style, 1.35, name_width);
    /* One line each: what does not fit is on page 1 in full. */
    const TmTag tag = {.name = "P"};
    tm_pen_begin_artifact(pen);
    if (tm_text_block_line_count(left) > 0)
        tm_text_block_draw_lines(left, 0, 1, pen, &tag, x, y, name_width, TM_ALIGN_START);
    if (tm_text_block_line_count(right) > 0)
        tm_text_block_draw_lines(right, 0, 1, pen, &tag, x, y, TM_LAYOUT_WIDTH, TM_ALIGN_END);
    tm_pen_rule(pen, x, y + 14, x + TM_LAYOUT_WIDTH, y + 14, 0.6, TM_INK_RULE);
    tm_pen_end_artifact(pen);
}
