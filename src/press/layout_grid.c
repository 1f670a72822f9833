/*
 * layout_grid: blocks that stand side by side: cards, items, figures. A row of the grid is one
 * block, so that it is never broken over pages; the parts of cards share their base lines.
 */
#include "layout.h"
#include "text_block.h"

/* ---- Cards ------------------------------------------------------------------------------- */

enum { PART_LABEL, PART_VALUE, PART_CHANGE, PART_CHART, PART_CONTEXT, PART_STATUS, PART_COUNT };

#define CARDS_ACROSS 5
#define CARD_PADDING 7.0
#define CHANGE_GAP 4.5
#define SPARKLINE_HEIGHT 25.0

typedef struct Card {
    const TmNode *node;
    TmTextBlock *texts[PART_COUNT]; /* NULL: no such part, or the chart */
    TmPicture *chart;
} Card;

typedef struct CardRow {
    GArray *cards; /* Card */
    guint across;
    double tops[PART_COUNT]; /* of each part, from the top of the row */
    gboolean change_below;   /* a change does not fit beside its value */
    gboolean rule_above;
} CardRow;

static void card_clear(gpointer data)
{
    Card *card = data;
    for (guint i = 0; i < PART_COUNT; i++)
        tm_text_block_free(card->texts[i]);
    tm_picture_free(card->chart);
}

static void card_row_free(gpointer data)
{
    CardRow *row = data;
    g_array_unref(row->cards);
    g_free(row);
}

/* Column of the box, from 0; the first one has no padding, for its text keeps the margin. */
static double column_width(guint across, double gap)
{
    return (TM_LAYOUT_WIDTH - (across - 1) * gap) / across;
}

static double card_inner_width(guint across, guint index)
{
    double width = TM_LAYOUT_WIDTH / across;
    return width - (index == 0 ? CARD_PADDING : 2 * CARD_PADDING);
}

static Card measure_card(TmLayout *layout, const TmNode *node, double width)
{
    static const TmTextStyle label = {8, TM_WEIGHT_MEDIUM, TM_INK_MUTED};
    static const TmTextStyle value = {16.5, TM_WEIGHT_DISPLAY, TM_INK_TEXT};
    static const TmTextStyle change = {7.8, TM_WEIGHT_SEMIBOLD, TM_INK_MUTED};
    static const TmTextStyle context = {7.4, TM_WEIGHT_REGULAR, TM_INK_MUTED};
    static const TmTextStyle status = {7.4, TM_WEIGHT_SEMIBOLD, TM_INK_TEXT};
    TmFonts *fonts = layout->fonts;
    Card card = {.node = node};
    card.texts[PART_LABEL] = tm_text_block_new_text(fonts, node->title, NULL, &label, 1.3, width);
    card.texts[PART_VALUE] = tm_text_block_new_text(fonts, node->value, NULL, &value, 1.2, width);
    card.texts[PART_CHANGE] = tm_text_block_new(fonts, node->change, &change, 1.3, width);
    card.texts[PART_CONTEXT] = tm_text_block_new(fonts, node->runs, &context, 1.35, width);
    card.texts[PART_STATUS] = tm_text_block_new(fonts, node->status, &status, 1.35, width);
    if (node->chart != NULL)
        card.chart = tm_chart_draw(node->chart, width, SPARKLINE_HEIGHT, tm_fonts_meter(fonts));
    return card;
}

static gboolean change_fits(const Card *card, double width)
{
    return card->texts[PART_VALUE]->width + CHANGE_GAP + card->texts[PART_CHANGE]->width <= width;
}

static double part_height(const CardRow *row, guint part)
{
    double height = 0;
    for (guint i = 0; i < row->cards->len; i++) {
        const Card *card = &g_array_index(row->cards, Card, i);
        if (part == PART_CHART)
            height = MAX(height, card->chart != NULL ? card->chart->height + 5 : 0);
        else if (part != PART_CHANGE || row->change_below)
            height = MAX(height, card->texts[part]->height);
    }
    return height;
}

static void draw_card(const CardRow *row, guint index, TmPen *pen, double x, double y)
{
    const Card *card = &g_array_index(row->cards, Card, index);
    double width = card_inner_width(row->across, index);
    double left = x + index * TM_LAYOUT_WIDTH / row->across + (index == 0 ? 0 : CARD_PADDING);
    if (card->node->id != NULL)
        pen->anchor = card->node->id;
    tm_pen_begin(pen, "Div");
    for (guint part = 0; part < PART_COUNT; part++) {
        double top = y + row->tops[part];
        double part_x = left;
        if (part == PART_CHART) {
            if (card->chart != NULL)
                tm_pen_figure(pen, card->chart, left, top + 2, card->node->alt);
            continue;
        }
        if (part == PART_CHANGE && !row->change_below) {
            const TmTextBlock *value = card->texts[PART_VALUE];
            part_x += value->width + CHANGE_GAP;
            top = y + row->tops[PART_VALUE] + value->ascent - card->texts[part]->ascent;
        }
        tm_text_block_draw(card->texts[part], pen, "P", part_x, top, width, TM_ALIGN_START);
    }
    tm_pen_end(pen);
}

static void draw_cards(const TmBlock *block, TmPen *pen, double x, double y)
{
    const CardRow *row = block->data;
    double bottom = y + block->height;
    if (row->rule_above)
        tm_pen_rule(pen, x, y, x + TM_LAYOUT_WIDTH, y, 0.6, TM_INK_RULE);
    tm_pen_rule(pen, x, bottom, x + TM_LAYOUT_WIDTH, bottom, 0.6, TM_INK_RULE);
    for (guint i = 1; i < row->cards->len; i++) {
        double line = x + i * TM_LAYOUT_WIDTH / row->across;
        tm_pen_rule(pen, line, y, line, bottom, 0.6, TM_INK_RULE);
    }
    for (guint i = 0; i < row->cards->len; i++)
        draw_card(row, i, pen, x, y);
}

static const TmNode *add_card_row(
    TmLayout *layout, const TmNode *cards, const TmNode *first, guint across)
{
    CardRow *row = g_new0(CardRow, 1);
    row->across = across;
    row->rule_above = first->previous == NULL;
    row->cards = g_array_new(FALSE, FALSE, sizeof(Card));
    g_array_set_clear_func(row->cards, card_clear);
    const TmNode *node = first;
    for (guint i = 0; i < across && node != NULL; i++, node = node->next) {
        double width = card_inner_width(across, i);
        Card card = measure_card(layout, node, width);
        row->change_below |= !change_fits(&card, width);
        g_array_append_val(row->cards, card);
    }
    const double padding = 7 * layout->density.space;
    double y = padding;
    for (guint part = 0; part < PART_COUNT; part++) {
        row->tops[part] = y;
        y += part_height(row, part);
    }
    tm_layout_add(layout, row->rule_above ? cards : first,
        row->rule_above ? 10 * layout->density.space : 0, y + padding - 1, draw_cards, row,
        card_row_free);
    return node;
}

void tm_layout_cards(TmLayout *layout, const TmNode *node)
{
    guint count = 0;
    for (const TmNode *card = node->first_child; card != NULL; card = card->next)
        count++;
    tm_layout_open(layout, "Div");
    for (const TmNode *first = node->first_child; first != NULL;)
        first = add_card_row(layout, node, first, MIN(count, CARDS_ACROSS));
    tm_layout_close(layout);
}

/* ---- Items ------------------------------------------------------------------------------- */

#define ITEMS_ACROSS 3
#define ITEM_GAP 14.0

typedef struct ItemRow {
    const TmNode *nodes[ITEMS_ACROSS];
    TmTextBlock *kickers[ITEMS_ACROSS], *leads[ITEMS_ACROSS], *texts[ITEMS_ACROSS];
    guint count, across;
} ItemRow;

static void item_row_free(gpointer data)
{
    ItemRow *row = data;
    for (guint i = 0; i < row->count; i++) {
        tm_text_block_free(row->kickers[i]);
        tm_text_block_free(row->leads[i]);
        tm_text_block_free(row->texts[i]);
    }
    g_free(row);
}

/* Upper case by the character alone, the same in every locale. */
static char *upper_case(const char *text)
{
    GString *upper = g_string_new(NULL);
    for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char(p))
        g_string_append_unichar(upper, g_unichar_toupper(g_utf8_get_char(p)));
    return g_string_free(upper, FALSE);
}

static void draw_items(const TmBlock *block, TmPen *pen, double x, double y)
{
    const ItemRow *row = block->data;
    double width = column_width(row->across, ITEM_GAP);
    for (guint i = 0; i < row->count; i++) {
        double left = x + i * (width + ITEM_GAP);
        double top = y;
        TmTextBlock *const parts[] = {row->kickers[i], row->leads[i], row->texts[i]};
        if (row->nodes[i]->id != NULL)
            pen->anchor = row->nodes[i]->id;
        tm_pen_begin(pen, "LI");
        tm_pen_begin(pen, "LBody");
        for (guint part = 0; part < G_N_ELEMENTS(parts); part++) {
            tm_text_block_draw(parts[part], pen, "P", left, top, width, TM_ALIGN_START);
            top += parts[part]->height;
        }
        tm_pen_end(pen);
        tm_pen_end(pen);
    }
}

static const TmNode *add_item_row(
    TmLayout *layout, const TmNode *items, const TmNode *first, guint across)
{
    static const TmTextStyle kicker = {7.2, TM_WEIGHT_SEMIBOLD, TM_INK_ACCENT_TEXT};
    static const TmTextStyle lead = {8.4, TM_WEIGHT_SEMIBOLD, TM_INK_TEXT};
    static const TmTextStyle text = {8.4, TM_WEIGHT_REGULAR, TM_INK_TEXT};
    const double leading = 1.38, width = column_width(across, ITEM_GAP);
    ItemRow *row = g_new0(ItemRow, 1);
    row->across = across;
    double height = 0;
    const TmNode *node = first;
    for (; row->count < across && node != NULL; node = node->next) {
        g_autofree char *upper = upper_case(node->title);
        guint i = row->count++;
        row->nodes[i] = node;
        row->kickers[i] =
            tm_text_block_new_text(layout->fonts, upper, NULL, &kicker, leading, width);
        row->leads[i] =
            tm_text_block_new_text(layout->fonts, node->lead, NULL, &lead, leading, width);
        row->texts[i] = tm_text_block_new(layout->fonts, node->runs, &text, leading, width);
        height =
            MAX(height, row->kickers[i]->height + row->leads[i]->height + row->texts[i]->height);
    }
    tm_layout_add(layout, items, (first->previous == NULL ? 2 : 8) * layout->density.space, height,
        draw_items, row, item_row_free);
    return node;
}

void tm_layout_items(TmLayout *layout, const TmNode *node)
{
    guint count = 0;
    for (const TmNode *item = node->first_child; item != NULL; item = item->next)
        count++;
    tm_layout_open(layout, "L");
    /* Two items take two of three columns: a longer line would be hard to read. */
    guint across = count == 1 ? 1 : ITEMS_ACROSS;
    for (const TmNode *first = node->first_child; first != NULL;)
        first = add_item_row(layout, node, first, across);
    tm_layout_close(layout);
}

/* ---- Figures ----------------------------------------------------------------------------- */

#define FIGURES_ACROSS 3
#define FIGURE_GAP 16.0

typedef struct FigureRow {
    const TmNode *nodes[FIGURES_ACROSS];
    TmTextBlock *captions[FIGURES_ACROSS], *sentences[FIGURES_ACROSS];
    TmPicture *charts[FIGURES_ACROSS];
    guint count, across;
    double chart_top, sentence_top;
} FigureRow;

static void figure_row_free(gpointer data)
{
    FigureRow *row = data;
    for (guint i = 0; i < row->count; i++) {
        tm_text_block_free(row->captions[i]);
        tm_text_block_free(row->sentences[i]);
        tm_picture_free(row->charts[i]);
    }
    g_free(row);
}

static void draw_figures(const TmBlock *block, TmPen *pen, double x, double y)
{
    const FigureRow *row = block->data;
    double width = column_width(row->across, FIGURE_GAP);
    for (guint i = 0; i < row->count; i++) {
        double left = x + i * (width + FIGURE_GAP);
        /* A caption that is shorter than its neighbour's stands next to its chart. */
        double caption_y = y + row->chart_top - 3 - row->captions[i]->height;
        if (row->nodes[i]->id != NULL)
            pen->anchor = row->nodes[i]->id;
        tm_pen_begin(pen, "Div");
        tm_text_block_draw(row->captions[i], pen, "P", left, caption_y, width, TM_ALIGN_START);
        tm_pen_figure(pen, row->charts[i], left, y + row->chart_top, row->nodes[i]->alt);
        tm_text_block_draw(
            row->sentences[i], pen, "P", left, y + row->sentence_top, width, TM_ALIGN_START);
        tm_pen_end(pen);
    }
}

static const TmNode *add_figure_row(
    TmLayout *layout, const TmNode *node, const TmNode *first, guint across)
{
    static const TmTextStyle caption = {8.7, TM_WEIGHT_SEMIBOLD, TM_INK_TEXT};
    static const TmTextStyle sentence = {7.6, TM_WEIGHT_REGULAR, TM_INK_MUTED};
    /* A chart over the whole width may be a little higher than one of two. */
    const double chart_height = layout->density.chart_height * (across == 1 ? 1.25 : 1);
    const double width = column_width(across, FIGURE_GAP);
    FigureRow *row = g_new0(FigureRow, 1);
    row->across = across;
    double caption_height = 0, sentence_height = 0;
    const TmNode *figure = first;
    for (; row->count < across && figure != NULL && figure->kind == TM_NODE_FIGURE;
         figure = figure->next) {
        guint i = row->count++;
        row->nodes[i] = figure;
        row->captions[i] = tm_text_block_new_text(
            layout->fonts, figure->title, figure->addition, &caption, 1.35, width);
        row->sentences[i] =
            tm_text_block_new_text(layout->fonts, figure->lead, NULL, &sentence, 1.35, width);
        row->charts[i] =
            tm_chart_draw(figure->chart, width, chart_height, tm_fonts_meter(layout->fonts));
        caption_height = MAX(caption_height, row->captions[i]->height);
        sentence_height = MAX(sentence_height, row->sentences[i]->height);
        if (node->kind == TM_NODE_FIGURE)
            break;
    }
    row->chart_top = caption_height + 3;
    row->sentence_top = row->chart_top + chart_height + 1;
    gboolean first_row = first->previous == NULL || node->kind == TM_NODE_FIGURE;
    tm_layout_add(layout, node, (first_row ? 2 : 9) * layout->density.space,
        row->sentence_top + sentence_height, draw_figures, row, figure_row_free);
    return figure;
}

void tm_layout_figures(TmLayout *layout, const TmNode *node)
{
    for (const TmNode *first = node->first_child; first != NULL;)
        first = add_figure_row(layout, node, first, CLAMP(node->columns, 1, FIGURES_ACROSS));
}

void tm_layout_figure(TmLayout *layout, const TmNode *node)
{
    add_figure_row(layout, node, node, 1);
}
