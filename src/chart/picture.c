/* Pictures and their shapes. */
#include "chart_private.h"

static void clear_shape(gpointer data)
{
    TmShape *shape = data;
    g_free(shape->points);
    g_free(shape->text);
}

TmPicture *tm_picture_new(double width, double height)
{
    TmPicture *picture = g_new0(TmPicture, 1);
    picture->width = width;
    picture->height = height;
    picture->shapes = g_array_new(FALSE, TRUE, sizeof(TmShape));
    g_array_set_clear_func(picture->shapes, clear_shape);
    return picture;
}

void tm_picture_free(TmPicture *picture)
{
    if (picture == NULL)
        return;
    g_array_unref(picture->shapes);
    g_free(picture);
}

static TmShape *add_shape(TmPicture *picture, TmShapeKind kind, const TmPoint2 *points, guint count)
{
    TmShape shape = {.kind = kind, .point_count = count};
    shape.points = g_memdup2(points, sizeof *points * count);
    g_array_append_val(picture->shapes, shape);
    return &g_array_index(picture->shapes, TmShape, picture->shapes->len - 1);
}

TmShape *tm_picture_path(
    TmPicture *picture, const TmPoint2 *points, guint count, TmInk stroke, double width)
{
    TmShape *shape = add_shape(picture, TM_SHAPE_PATH, points, count);
    shape->stroke = stroke;
    shape->stroke_width = width;
    return shape;
}

TmShape *tm_picture_line(
    TmPicture *picture, double x1, double y1, double x2, double y2, TmInk stroke, double width)
{
    const TmPoint2 points[] = {{x1, y1}, {x2, y2}};
    return tm_picture_path(picture, points, 2, stroke, width);
}

TmShape *tm_picture_rectangle(
    TmPicture *picture, double left, double top, double right, double bottom, TmInk fill)
{
    const TmPoint2 points[] = {{left, top}, {right, bottom}};
    TmShape *shape = add_shape(picture, TM_SHAPE_RECT, points, 2);
    shape->fill = fill;
    return shape;
}

TmShape *tm_picture_circle(TmPicture *picture, double x, double y, double radius, TmInk fill)
{
    const TmPoint2 centre = {x, y};
    TmShape *shape = add_shape(picture, TM_SHAPE_CIRCLE, &centre, 1);
    shape->radius = radius;
    shape->fill = fill;
    return shape;
}

void tm_picture_text(TmPicture *picture, double x, double y, TmAnchor anchor,
    const TmTextStyle *style, const char *text)
{
    const TmPoint2 place = {x, y};
    TmShape *shape = add_shape(picture, TM_SHAPE_TEXT, &place, 1);
    shape->text = g_strdup(text);
    shape->style = *style;
    shape->anchor = anchor;
}

void tm_picture_dot(TmPicture *picture, double x, double y, double radius, TmInk ink, gboolean open)
{
    const double ring_width = 1.2;
    TmShape *shape = tm_picture_circle(
        picture, x, y, open ? radius - ring_width / 2.0 : radius, open ? TM_INK_PAPER : ink);
    if (open) {
        shape->stroke = ink;
        shape->stroke_width = ring_width;
    }
}
