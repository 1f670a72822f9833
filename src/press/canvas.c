/* What all back ends share. */
#include "canvas.h"

void tm_canvas_free(TmCanvas *canvas)
{
    if (canvas != NULL)
        canvas->ops->free(canvas);
}

void tm_canvas_picture(TmCanvas *canvas, const TmPicture *picture, double x, double y)
{
    for (guint i = 0; i < picture->shapes->len; i++) {
        const TmShape *shape = &g_array_index(picture->shapes, TmShape, i);
        if (shape->kind == TM_SHAPE_TEXT)
            canvas->ops->text(canvas, x + shape->points[0].x, y + shape->points[0].y, shape->anchor,
                &shape->style, shape->text);
        else
            canvas->ops->shape(canvas, shape, x, y);
    }
}
