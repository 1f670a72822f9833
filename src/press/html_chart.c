/* html_chart: see the header. */
#include "html_chart.h"

#include <string.h>

#include "canvas.h"

typedef struct Size {
    const char *class;
    double width, height; /* the drawing's own units: it is scaled to its column */
} Size;

/* Up to two drawings a form; the second is for small screens. */
static const struct {
    guint count;
    Size sizes[2];
} forms[] = {
    [TM_CHART_LINE] = {2, {{"chart normal", 336, 118}, {"chart narrow", 250, 132}}},
    [TM_CHART_COLUMNS] = {2, {{"chart normal", 336, 118}, {"chart narrow", 250, 132}}},
    [TM_CHART_SPARKLINE] = {1, {{"chart small", 112, 28}, {NULL, 0, 0}}},
    [TM_CHART_DOTS] = {1, {{"chart cell", 150, 16}, {NULL, 0, 0}}},
};

static void note_texts(TmHtml *html, const TmPicture *picture)
{
    for (guint i = 0; i < picture->shapes->len; i++) {
        const TmShape *shape = &g_array_index(picture->shapes, TmShape, i);
        if (shape->kind == TM_SHAPE_TEXT)
            tm_html_note_text(html, shape->style.weight, shape->text);
    }
}

static void write_drawing(TmHtmlPage *page, const TmChart *chart, const Size *size,
    const char *title, const char *description)
{
    g_autofree char *prefix = g_strdup_printf("c%u", ++page->chart_count);
    g_autoptr(TmPicture) picture = tm_chart_draw(chart, size->width, size->height, page->meter);
    g_autofree char *svg =
        tm_svg_picture(picture, tm_html_reserve_id(page->body, prefix), title, description);
    note_texts(page->body, picture);
    tm_html_open(page->body, TM_HTML_DIV);
    tm_html_attribute(page->body, "class", size->class);
    tm_html_markup(page->body, svg, strlen(svg));
    tm_html_close(page->body, TM_HTML_DIV);
}

void tm_html_chart(TmHtmlPage *page, const TmChart *chart, const char *title, const char *alt)
{
    for (guint i = 0; i < forms[chart->form].count; i++)
        write_drawing(page, chart, &forms[chart->form].sizes[i], title != NULL ? title : alt,
            title != NULL ? alt : NULL);
}
