/* pen: see the header. */
#include "pen.h"

void tm_pen_begin_tag(TmPen *pen, const TmTag *tag)
{
    if (pen->artifact_depth > 0)
        return;
    TmTag full = *tag;
    if (full.anchor == NULL)
        full.anchor = g_steal_pointer(&pen->anchor);
    pen->canvas->ops->tag_begin(pen->canvas, &full);
}

void tm_pen_begin(TmPen *pen, const char *tag)
{
    TmTag plain = {.name = tag};
    tm_pen_begin_tag(pen, &plain);
}

void tm_pen_end(TmPen *pen)
{
    if (pen->artifact_depth == 0)
        pen->canvas->ops->tag_end(pen->canvas);
}

void tm_pen_begin_artifact(TmPen *pen)
{
    if (pen->artifact_depth++ == 0)
        pen->canvas->ops->artifact_begin(pen->canvas);
}

void tm_pen_end_artifact(TmPen *pen)
{
    g_assert(pen->artifact_depth > 0);
    if (--pen->artifact_depth == 0)
        pen->canvas->ops->artifact_end(pen->canvas);
}

void tm_pen_text(
    TmPen *pen, double x, double y, TmAnchor anchor, const TmTextStyle *style, const char *text)
{
    pen->canvas->ops->text(pen->canvas, x, y, anchor, style, text);
}

void tm_pen_rule(TmPen *pen, double x1, double y1, double x2, double y2, double width, TmInk ink)
{
    TmPoint2 points[] = {{x1, y1}, {x2, y2}};
    TmShape shape = {.kind = TM_SHAPE_PATH,
        .stroke = ink,
        .stroke_width = width,
        .point_count = G_N_ELEMENTS(points),
        .points = points};
    tm_pen_begin_artifact(pen);
    pen->canvas->ops->shape(pen->canvas, &shape, 0, 0);
    tm_pen_end_artifact(pen);
}

void tm_pen_figure(TmPen *pen, const TmPicture *picture, double x, double y, const char *alt)
{
    TmTag tag = {.name = "Figure", .alt = alt};
    tm_pen_begin_tag(pen, &tag);
    tm_canvas_picture(pen->canvas, picture, x, y);
    tm_pen_end(pen);
}

gboolean tm_pen_can_link(const TmPen *pen, const char *href)
{
    if (pen->artifact_depth > 0)
        return FALSE;
    if (*href == '#')
        return g_hash_table_contains(pen->anchors, href + 1);
    return g_str_has_prefix(href, "https://") || g_str_has_prefix(href, "http://") ||
           g_str_has_prefix(href, "mailto:");
}
