/*
 * layout_table: the head and each row of a table are blocks. A group heading stays with its first
 * row; the head is drawn again on the pages that the table goes on to. Tables of figures' data are
 * left out: the data file is attached.
 */
#include "layout.h"
#include "text_block.h"

static const TmTextStyle title_style = {7.6, TM_WEIGHT_MEDIUM, TM_INK_MUTED};
static const TmTextStyle cell_style = {8.3, TM_WEIGHT_REGULAR, TM_INK_TEXT};
static const TmTextStyle row_head_style = {8.3, TM_WEIGHT_MEDIUM, TM_INK_TEXT};
static const TmTextStyle group_style = {7.6, TM_WEIGHT_MEDIUM, TM_INK_MUTED};

#define CELL_GAP 9.0    /* between columns */
#define ROW_PADDING 3.4 /* above and below the text of a row */
#define CHART_HEIGHT 14.0

typedef struct Cell {
    const TmNode *node; /* NULL in the row of column titles */
    TmTextBlock *text;
    TmPicture *chart;
    const char *tag, *scope;
    guint column_span;
    double x, width;
    TmAlign align;
} Cell;

typedef struct Row {
    GArray *cells; /* Cell */
    gboolean head;
    double padding_above;
} Row;

static void cell_clear(gpointer data)
{
    Cell *cell = data;
    tm_text_block_free(cell->text);
    tm_picture_free(cell->chart);
}

static Row *row_new(void)
{
    Row *row = g_new0(Row, 1);
    row->cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    g_array_set_clear_func(row->cells, cell_clear);
    row->padding_above = ROW_PADDING;
    return row;
}

static void row_free(gpointer data)
{
    Row *row = data;
    g_array_unref(row->cells);
    g_free(row);
}

static void draw_cell(const Cell *cell, TmPen *pen, double x, double top, double height)
{
    TmTag tag = {.name = cell->tag, .scope = cell->scope, .column_span = cell->column_span};
    if (cell->node != NULL && cell->node->id != NULL)
        tag.anchor = cell->node->id;
    double text_y = top + (height - cell->text->height) / 2;
    guint lines = tm_text_block_line_count(cell->text);
    if (cell->chart == NULL && lines > 0) {
        tm_text_block_draw_lines(
            cell->text, 0, lines, pen, &tag, x + cell->x, text_y, cell->width, cell->align);
        return;
    }
    tm_pen_begin_tag(pen, &tag);
    if (lines > 0)
        tm_text_block_draw(cell->text, pen, "P", x + cell->x, text_y, cell->width, cell->align);
    if (cell->chart != NULL)
        tm_pen_figure(pen, cell->chart, x + cell->x, top + (height - cell->chart->height) / 2,
            cell->node->alt);
    tm_pen_end(pen);
}

static void draw_row(const TmBlock *block, TmPen *pen, double x, double y)
{
    const Row *row = block->data;
    double height = block->height - row->padding_above - ROW_PADDING;
    double bottom = y + block->height;
    tm_pen_begin(pen, "TR");
    for (guint i = 0; i < row->cells->len; i++) {
        const Cell *cell = &g_array_index(row->cells, Cell, i);
        /* Column titles stand on the rule, everything else in the middle of its row. */
        double top = y + row->padding_above;
        if (row->head)
            draw_cell(cell, pen, x, top + height - cell->text->height, cell->text->height);
        else
            draw_cell(cell, pen, x, top, height);
    }
    tm_pen_end(pen);
    tm_pen_rule(pen, x, bottom, x + TM_LAYOUT_WIDTH, bottom, row->head ? 0.8 : 0.5,
        row->head ? TM_INK_TEXT : TM_INK_RULE);
}

static double row_height(const Row *row)
{
    double height = 0;
    for (guint i = 0; i < row->cells->len; i++) {
        const Cell *cell = &g_array_index(row->cells, Cell, i);
        height = MAX(height, cell->text->height);
        if (cell->chart != NULL)
            height = MAX(height, cell->chart->height);
    }
    return height + row->padding_above + ROW_PADDING;
}

/* Left edge of a column, from the shares of those before it. */
static double column_x(const TmNode *table, guint index)
{
    double x = 0;
    for (guint i = 0; i < index; i++)
        x += g_array_index(table->table_columns, TmColumn, i).share * TM_LAYOUT_WIDTH;
    return x;
}

static Cell cell_frame(const TmNode *table, guint index)
{
    const TmColumn *column = &g_array_index(table->table_columns, TmColumn, index);
    gboolean last = index + 1 == table->table_columns->len;
    return (Cell){.x = column_x(table, index),
        .width = MAX(column->share * TM_LAYOUT_WIDTH - (last ? 0 : CELL_GAP), 1),
        .align = column->align};
}

static TmBlock *add_row(TmLayout *layout, const TmNode *node, Row *row, double before)
{
    return tm_layout_add(layout, node, before, row_height(row), draw_row, row, row_free);
}

static TmBlock *add_titles(TmLayout *layout, const TmNode *table)
{
    Row *row = row_new();
    row->head = TRUE;
    row->padding_above = 0;
    for (guint i = 0; i < table->table_columns->len; i++) {
        Cell cell = cell_frame(table, i);
        cell.text = tm_text_block_new_text(layout->fonts,
            g_array_index(table->table_columns, TmColumn, i).title, NULL, &title_style, 1.3,
            cell.width);
        cell.tag = "TH";
        cell.scope = "Column";
        g_array_append_val(row->cells, cell);
    }
    TmBlock *block = add_row(layout, table, row, tm_layout_space_before(layout, table));
    block->keep_with_next = TRUE;
    return block;
}

static Cell measure_cell(TmLayout *layout, const TmNode *node, const TmNode *table, guint index)
{
    Cell cell = cell_frame(table, index);
    const TmTextStyle *style = &cell_style;
    cell.node = node;
    cell.tag = "TD";
    if (node->parent->group_heading) {
        cell.width = TM_LAYOUT_WIDTH;
        cell.align = TM_ALIGN_START;
        cell.tag = "TH";
        cell.scope = "Row";
        cell.column_span = table->table_columns->len;
        style = &group_style;
    } else if (node->parent->head && node->runs != NULL) {
        cell.tag = "TH";
        cell.scope = "Column";
        style = &title_style;
    } else if (node->scope_row) {
        cell.tag = "TH";
        cell.scope = "Row";
        style = &row_head_style;
    }
    cell.text = tm_text_block_new(layout->fonts, node->runs, style, 1.34, cell.width);
    if (node->chart != NULL)
        cell.chart =
            tm_chart_draw(node->chart, cell.width, CHART_HEIGHT, tm_fonts_meter(layout->fonts));
    return cell;
}

static TmBlock *add_node_row(TmLayout *layout, const TmNode *table, const TmNode *node)
{
    Row *row = row_new();
    row->head = node->head;
    guint index = 0;
    for (const TmNode *child = node->first_child; child != NULL; child = child->next) {
        Cell cell = measure_cell(layout, child, table, index++);
        g_array_append_val(row->cells, cell);
    }
    if (node->group_heading)
        row->padding_above = 8;
    TmBlock *block = add_row(layout, node, row, 0);
    block->keep_with_next = node->group_heading || node->head;
    return block;
}

void tm_layout_table(TmLayout *layout, const TmNode *table)
{
    if (table->collapsed)
        return;
    tm_layout_open(layout, "Table");
    tm_layout_open(layout, "THead");
    TmBlock *head = add_titles(layout, table);
    const TmNode *row = table->first_child;
    for (TmBlock *last = head; row != NULL && row->head; row = row->next, last = last->next_head)
        last->next_head = add_node_row(layout, table, row);
    tm_layout_close(layout);
    tm_layout_open(layout, "TBody");
    for (; row != NULL; row = row->next)
        add_node_row(layout, table, row)->repeated_head = head;
    tm_layout_close(layout);
    tm_layout_close(layout);
}
