/*
 * layout: making the flow, placing its blocks on pages, drawing the pages. Placing is greedy: a
 * block goes to the next page when it, with all that it must stay with, does not fit any more.
 */
#include "layout.h"

#include <math.h>

/* One step of the flow: an element opens, an element closes, or a block stands. */
typedef struct Item {
    const char *open; /* tag, or NULL */
    gboolean close;
    TmBlock block;
} Item;

/* From comfortable to tight. */
#define DEFAULT_DENSITY 3
static const TmDensity densities[] = {{1.15, 110}, {1.1, 107}, {1.05, 105}, {1, 103}, {0.96, 100},
    {0.92, 96}, {0.88, 92}, {0.84, 88}, {0.8, 84}, {0.76, 80}, {0.72, 76}, {0.68, 72}, {0.64, 68},
    {0.6, 64}, {0.55, 60}, {0.5, 56}};

static void item_free(gpointer data)
{
    Item *item = data;
    if (item->block.free_data != NULL)
        item->block.free_data(item->block.data);
    g_free(item->block.anchor);
    g_free(item);
}

static Item *item_add(TmLayout *layout)
{
    Item *item = g_new0(Item, 1);
    g_ptr_array_add(layout->items, item);
    return item;
}

void tm_layout_open(TmLayout *layout, const char *tag)
{
    item_add(layout)->open = tag;
}

void tm_layout_close(TmLayout *layout)
{
    item_add(layout)->close = TRUE;
}

TmBlock *tm_layout_add(TmLayout *layout, const TmNode *node, double space_before, double height,
    void (*draw)(const TmBlock *block, TmPen *pen, double x, double y), gpointer data,
    GDestroyNotify free_data)
{
    TmBlock *block = &item_add(layout)->block;
    *block = (TmBlock){.node = node,
        .space_before = space_before,
        .height = height,
        .draw = draw,
        .data = data,
        .free_data = free_data};
    return block;
}

double tm_layout_space_before(const TmLayout *layout, const TmNode *node)
{
    return (node->previous != NULL ? 10 : 2) * layout->density.space;
}

/* ---- From nodes to the flow -------------------------------------------------------------- */

static void open_section(TmLayout *layout, const TmNode *node)
{
    tm_layout_open(layout, "Sect");
    tm_layout_heading(layout, node);
}

static void leave_element(TmLayout *layout, const TmNode *node)
{
    (void)node;
    tm_layout_close(layout);
}

/* What is inside a `whole` node is laid out by the node itself. */
static const struct {
    void (*enter)(TmLayout *layout, const TmNode *node);
    void (*leave)(TmLayout *layout, const TmNode *node);
    gboolean whole;
} kinds[TM_NODE_KIND_COUNT] = {
    [TM_NODE_MASTHEAD] = {tm_layout_masthead, NULL, FALSE},
    [TM_NODE_MESSAGE] = {tm_layout_message, NULL, FALSE},
    [TM_NODE_SECTION] = {open_section, leave_element, FALSE},
    [TM_NODE_PARAGRAPH] = {tm_layout_paragraph, NULL, FALSE},
    [TM_NODE_CARDS] = {tm_layout_cards, NULL, TRUE},
    [TM_NODE_ITEMS] = {tm_layout_items, NULL, TRUE},
    [TM_NODE_FIGURES] = {tm_layout_figures, NULL, TRUE},
    [TM_NODE_FIGURE] = {tm_layout_figure, NULL, TRUE},
    [TM_NODE_TABLE] = {tm_layout_table, NULL, TRUE},
    [TM_NODE_DEFINITIONS] = {tm_layout_definitions, NULL, TRUE},
};

static TmNode *walk_past(TmNode *node, gboolean *leaving)
{
    *leaving = TRUE;
    return tm_node_walk(node, leaving);
}

/* Up to `end`, which is left out; NULL: the whole document. */
static void make_flow(TmLayout *layout, const TmNode *end)
{
    g_ptr_array_set_size(layout->items, 0);
    layout->heading_count = 0;
    tm_layout_open(layout, "Document");
    gboolean leaving = FALSE;
    for (TmNode *node = layout->document->root; node != NULL && (leaving || node != end);) {
        if (!leaving && kinds[node->kind].enter != NULL)
            kinds[node->kind].enter(layout, node);
        if (leaving && kinds[node->kind].leave != NULL)
            kinds[node->kind].leave(layout, node);
        node = !leaving && kinds[node->kind].whole ? walk_past(node, &leaving)
                                                   : tm_node_walk(node, &leaving);
    }
}

/* ---- Placing ----------------------------------------------------------------------------- */

static TmBlock *block_at(const TmLayout *layout, guint index)
{
    Item *item = layout->items->pdata[index];
    return item->block.draw != NULL ? &item->block : NULL;
}

/* Height of a block and of those that it must stay with, the first one's space left out. */
static double height_together(const TmLayout *layout, guint index)
{
    double height = 0;
    for (guint i = index; i < layout->items->len; i++) {
        const TmBlock *block = block_at(layout, i);
        if (block == NULL)
            continue;
        height += block->height + (i > index ? block->space_before : 0);
        if (!block->keep_with_next)
            break;
    }
    return height;
}

static double head_height(const TmBlock *head)
{
    double height = 0;
    for (; head != NULL; head = head->next_head)
        height += head->height;
    return height;
}

static double page_bottom(const TmLayout *layout)
{
    return TM_LAYOUT_HEIGHT - layout->footer_height;
}

static void place(TmLayout *layout)
{
    guint page = 0;
    double y = 0;
    gboolean at_top = TRUE;
    for (guint i = 0; i < layout->items->len; i++) {
        TmBlock *block = block_at(layout, i);
        if (block == NULL)
            continue;
        double needed = block->space_before + height_together(layout, i);
        gboolean full = y + needed > page_bottom(layout) + 0.01;
        if (!at_top && (full || block->break_before)) {
            page++;
            at_top = TRUE;
            y = TM_LAYOUT_RUNNING_HEAD + head_height(block->repeated_head);
        }
        if (!at_top)
            y += block->space_before;
        block->page = page;
        block->y = y;
        y += block->height;
        at_top = FALSE;
    }
    layout->page_count = page + 1;
}

/* The section that must begin page 2, or NULL. */
static const TmNode *first_forced_break(const TmDocument *document)
{
    gboolean leaving = FALSE;
    for (TmNode *node = document->root; node != NULL; node = tm_node_walk(node, &leaving))
        if (!leaving && node->kind == TM_NODE_SECTION && node->page_break_before)
            return node;
    return NULL;
}

/* What stands before `end` fits on page 1. */
static gboolean first_page_holds(TmLayout *layout, const TmNode *end)
{
    make_flow(layout, end);
    place(layout);
    return layout->page_count == 1;
}

/* The most comfortable density with which page 1 holds what must stand on it, else the tightest. */
static void choose_density(TmLayout *layout)
{
    const TmNode *end = first_forced_break(layout->document);
    layout->density = densities[DEFAULT_DENSITY];
    if (end == NULL)
        return;
    guint low = 0, high = G_N_ELEMENTS(densities) - 1;
    while (low < high) {
        guint middle = (low + high) / 2;
        layout->density = densities[middle];
        if (first_page_holds(layout, end))
            high = middle;
        else
            low = middle + 1;
    }
    layout->density = densities[low];
}

/* Ids of what the pages show: data tables of figures are not among it. */
static void collect_anchors(TmLayout *layout)
{
    gboolean leaving = FALSE;
    for (TmNode *node = layout->document->root; node != NULL;) {
        gboolean hidden = node->kind == TM_NODE_TABLE && node->collapsed;
        if (!leaving && !hidden && node->id != NULL)
            g_hash_table_add(layout->anchors, node->id);
        node = !leaving && hidden ? walk_past(node, &leaving) : tm_node_walk(node, &leaving);
    }
}

TmLayout *tm_layout_new(TmFonts *fonts, const TmDocument *document, TmPaper paper)
{
    TmLayout *layout = g_new0(TmLayout, 1);
    layout->fonts = fonts;
    layout->document = document;
    layout->words = tm_words(document->language);
    layout->paper = paper;
    layout->items = g_ptr_array_new_with_free_func(item_free);
    layout->anchors = g_hash_table_new(g_str_hash, g_str_equal);
    collect_anchors(layout);
    layout->footer_height = tm_layout_footer_height(layout);
    choose_density(layout);
    make_flow(layout, NULL);
    place(layout);
    return layout;
}

void tm_layout_free(TmLayout *layout)
{
    if (layout == NULL)
        return;
    g_ptr_array_unref(layout->items);
    g_hash_table_unref(layout->anchors);
    g_free(layout);
}

/* ---- Drawing ----------------------------------------------------------------------------- */

static const struct {
    double width, height;
} papers[] = {
    [TM_PAPER_A4] = {210 * TM_LAYOUT_MM, 297 * TM_LAYOUT_MM},
    [TM_PAPER_LETTER] = {612, 792},
};

typedef struct Drawing {
    TmLayout *layout;
    TmPen *pen;
    double x, y; /* top left corner of the box */
    guint page;
} Drawing;

static void begin_page(Drawing *drawing)
{
    TmCanvas *canvas = drawing->pen->canvas;
    TmPaper paper = drawing->layout->paper;
    canvas->ops->page_begin(canvas, papers[paper].width, papers[paper].height);
    if (drawing->page > 0)
        tm_layout_draw_running_head(drawing->layout, drawing->pen, drawing->x, drawing->y);
}

/* The last footer is content, so that it is read once; those before are decoration. */
static void end_page(Drawing *drawing)
{
    TmPen *pen = drawing->pen;
    gboolean last = drawing->page + 1 == drawing->layout->page_count;
    if (!last)
        tm_pen_begin_artifact(pen);
    tm_layout_draw_footer(drawing->layout, pen, drawing->x,
        drawing->y + TM_LAYOUT_HEIGHT - drawing->layout->footer_height, drawing->page);
    if (!last)
        tm_pen_end_artifact(pen);
}

static void draw_repeated_head(Drawing *drawing, const TmBlock *block)
{
    const TmBlock *head = block->repeated_head;
    if (head == NULL)
        return;
    double y = drawing->y + block->y - head_height(head);
    tm_pen_begin_artifact(drawing->pen);
    for (; head != NULL; head = head->next_head) {
        head->draw(head, drawing->pen, drawing->x, y);
        y += head->height;
    }
    tm_pen_end_artifact(drawing->pen);
}

static void draw_block(Drawing *drawing, const TmBlock *block)
{
    TmPen *pen = drawing->pen;
    if (block->page != drawing->page) {
        end_page(drawing);
        pen->canvas->ops->page_end(pen->canvas);
        drawing->page = block->page;
        begin_page(drawing);
        draw_repeated_head(drawing, block);
    }
    const char *anchor = block->anchor != NULL ? block->anchor : block->node->id;
    if (anchor != NULL)
        pen->anchor = anchor;
    if (block->outline_level > 0)
        pen->canvas->ops->outline(pen->canvas, block->outline_level, block->node->title, anchor);
    block->draw(block, pen, drawing->x, drawing->y + block->y);
}

void tm_layout_draw(TmLayout *layout, TmCanvas *canvas)
{
    TmPen pen = {.canvas = canvas, .anchors = layout->anchors};
    Drawing drawing = {.layout = layout,
        .pen = &pen,
        .x = (papers[layout->paper].width - TM_LAYOUT_WIDTH) / 2,
        .y = (papers[layout->paper].height - TM_LAYOUT_HEIGHT) / 2};
    begin_page(&drawing);
    for (guint i = 0; i < layout->items->len; i++) {
        const Item *item = layout->items->pdata[i];
        if (item->open != NULL)
            tm_pen_begin(&pen, item->open);
        else if (item->close)
            tm_pen_end(&pen);
        else
            draw_block(&drawing, &item->block);
    }
    end_page(&drawing);
    tm_pen_end(&pen);
    canvas->ops->page_end(canvas);
}
