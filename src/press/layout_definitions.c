/*
 * layout_definitions: terms and their meanings in two columns. Two stand side by side as one block,
 * so that the reading order is that of the rows. A text that would leave much of the column beside
 * it empty, or that may have to be broken over pages, stands alone over the whole width.
 */
#include "layout.h"
#include "text_block.h"

#define COLUMNS 2
#define COLUMN_GAP 20.0
#define SPACE_BEFORE 6.0
#define LEADING 1.38
#define MOST_LINES 12 /* of a text that stands in a column */

static const TmTextStyle term_style = {8.4, TM_WEIGHT_SEMIBOLD, TM_INK_TEXT};
static const TmTextStyle text_style = {8.4, TM_WEIGHT_REGULAR, TM_INK_TEXT};

typedef struct Definitions {
    const TmNode *nodes[COLUMNS];
    TmTextBlock *terms[COLUMNS], *texts[COLUMNS];
    guint count;
} Definitions;

static double column_width(void)
{
    return (TM_LAYOUT_WIDTH - (COLUMNS - 1) * COLUMN_GAP) / COLUMNS;
}

static void definitions_clear_last(Definitions *row)
{
    row->count--;
    tm_text_block_free(row->terms[row->count]);
    tm_text_block_free(row->texts[row->count]);
}

static void definitions_free(gpointer data)
{
    Definitions *row = data;
    while (row->count > 0)
        definitions_clear_last(row);
    g_free(row);
}

static void draw_definitions(const TmBlock *block, TmPen *pen, double x, double y)
{
    const Definitions *row = block->data;
    const double width = column_width();
    for (guint i = 0; i < row->count; i++) {
        double left = x + i * (width + COLUMN_GAP);
        if (row->nodes[i]->id != NULL)
            pen->anchor = row->nodes[i]->id;
        tm_pen_begin(pen, "LI");
        tm_text_block_draw(row->terms[i], pen, "Lbl", left, y, width, TM_ALIGN_START);
        tm_text_block_draw(
            row->texts[i], pen, "LBody", left, y + row->terms[i]->height, width, TM_ALIGN_START);
        tm_pen_end(pen);
    }
}

/* FALSE when the definition needs the whole width. */
static gboolean row_add(TmLayout *layout, Definitions *row, const TmNode *item)
{
    guint i = row->count++;
    row->nodes[i] = item;
    row->terms[i] = tm_text_block_new_text(
        layout->fonts, item->lead, NULL, &term_style, LEADING, column_width());
    row->texts[i] =
        tm_text_block_new(layout->fonts, item->runs, &text_style, LEADING, column_width());
    if (tm_text_block_line_count(row->terms[i]) + tm_text_block_line_count(row->texts[i]) <=
        MOST_LINES)
        return TRUE;
    definitions_clear_last(row);
    return FALSE;
}

/* The first item that is not in the row; `first` itself when it needs the whole width. */
static const TmNode *add_row(TmLayout *layout, const TmNode *first)
{
    Definitions *row = g_new0(Definitions, 1);
    const TmNode *item = first;
    while (item != NULL && row->count < COLUMNS && row_add(layout, row, item))
        item = item->next;
    if (row->count == 0) {
        definitions_free(row);
        return first;
    }
    double height = 0;
    for (guint i = 0; i < row->count; i++)
        height = MAX(height, row->terms[i]->height + row->texts[i]->height);
    tm_layout_add(layout, first, SPACE_BEFORE * layout->density.space, height, draw_definitions,
        row, definitions_free);
    return item;
}

void tm_layout_definitions(TmLayout *layout, const TmNode *node)
{
    tm_layout_open(layout, "L");
    for (const TmNode *item = node->first_child; item != NULL;) {
        const TmNode *next = add_row(layout, item);
        if (next == item) {
            tm_layout_definition(layout, item);
            next = item->next;
        }
        item = next;
    }
    tm_layout_close(layout);
}
