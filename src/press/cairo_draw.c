/* Text and shapes on a cairo context. */
#include "cairo_draw.h"

#include <math.h>

#include "palette.h"

/* Distance of hatch lines along x, and their width, in points. The SVG back end has the same. */
#define HATCH_STEP 3.6
#define HATCH_WIDTH 0.7

static void use_ink(cairo_t *cairo, TmInk ink)
{
    TmColour colour = tm_palette_colour(ink, TM_PAPER_LIGHT);
    cairo_set_source_rgb(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
}

void tm_cairo_text(cairo_t *cairo, TmFonts *fonts, double x, double y, TmAnchor anchor,
    const TmTextStyle *style, const char *text)
{
    if (style->ink == TM_INK_NONE || *text == '\0')
        return;
    if (anchor != TM_ANCHOR_START)
        x -= tm_fonts_width(fonts, style, text, -1) * (anchor == TM_ANCHOR_END ? 1.0 : 0.5);
    PangoLayout *layout = tm_fonts_layout(fonts, style, text, -1);
    use_ink(cairo, style->ink);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout, 0));
}

static void trace_outline(cairo_t *cairo, const TmShape *shape)
{
    const TmPoint2 *points = shape->points;
    cairo_new_path(cairo);
    switch (shape->kind) {
    case TM_SHAPE_RECT:
        cairo_rectangle(
            cairo, points[0].x, points[0].y, points[1].x - points[0].x, points[1].y - points[0].y);
        break;
    case TM_SHAPE_CIRCLE:
        cairo_arc(cairo, points[0].x, points[0].y, shape->radius, 0.0, 2.0 * G_PI);
        cairo_close_path(cairo);
        break;
    case TM_SHAPE_PATH:
        for (guint i = 0; i < shape->point_count; i++)
            cairo_line_to(cairo, points[i].x, points[i].y);
        if (shape->closed)
            cairo_close_path(cairo);
        break;
    case TM_SHAPE_TEXT:
        g_assert_not_reached();
    }
}

/* Rising diagonals over the clip region; their places depend on the page only, so that
 * neighbouring hatched shapes join. */
static void draw_hatch(cairo_t *cairo, TmInk ink)
{
    double left, top, right, bottom;
    cairo_clip_extents(cairo, &left, &top, &right, &bottom);
    use_ink(cairo, TM_INK_PAPER);
    cairo_paint(cairo);
    use_ink(cairo, ink);
    cairo_set_line_width(cairo, HATCH_WIDTH);
    cairo_set_dash(cairo, NULL, 0, 0.0);
    double height = bottom - top;
    for (double sum = floor((left + top) / HATCH_STEP) * HATCH_STEP; sum < right + bottom;
         sum += HATCH_STEP) {
        cairo_move_to(cairo, sum - top, top);
        cairo_line_to(cairo, sum - top - height, bottom);
    }
    cairo_stroke(cairo);
}

static void fill_outline(cairo_t *cairo, const TmShape *shape)
{
    if (!shape->hatched) {
        use_ink(cairo, shape->fill);
        cairo_fill_preserve(cairo);
        return;
    }
    cairo_save(cairo);
    cairo_clip(cairo);
    draw_hatch(cairo, shape->fill);
    cairo_restore(cairo);
    trace_outline(cairo, shape);
}

void tm_cairo_shape(cairo_t *cairo, const TmShape *shape, double dx, double dy)
{
    cairo_save(cairo);
    cairo_translate(cairo, dx, dy);
    trace_outline(cairo, shape);
    if (shape->fill != TM_INK_NONE)
        fill_outline(cairo, shape);
    if (shape->stroke != TM_INK_NONE) {
        use_ink(cairo, shape->stroke);
        cairo_set_line_width(cairo, shape->stroke_width);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_set_dash(cairo, shape->dash, shape->dash[0] > 0.0 ? 2 : 0, 0.0);
        cairo_stroke(cairo);
    }
    cairo_new_path(cairo);
    cairo_restore(cairo);
}
