/* The PNG back end: one page on a cairo image surface. */
#include <math.h>

#include "cairo_draw.h"
#include "canvas.h"

/* Larger pictures are a mistake in the resolution. */
#define MOST_PIXELS_A_SIDE 20000.0

typedef struct PngCanvas {
    TmCanvas base;
    TmFonts *fonts;
    guint page;
    guint next_page;
    double scale;
    cairo_surface_t *surface; /* NULL until the page was begun */
    cairo_t *cairo;           /* while the page is drawn */
} PngCanvas;

static PngCanvas *png_of(TmCanvas *canvas)
{
    return (PngCanvas *)canvas;
}

static void png_page_begin(TmCanvas *canvas, double width, double height)
{
    PngCanvas *png = png_of(canvas);
    double pixels_wide = ceil(width * png->scale);
    double pixels_high = ceil(height * png->scale);
    if (png->next_page++ != png->page || pixels_wide > MOST_PIXELS_A_SIDE ||
        pixels_high > MOST_PIXELS_A_SIDE)
        return;
    png->surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)pixels_wide, (int)pixels_high);
    png->cairo = cairo_create(png->surface);
    cairo_set_source_rgb(png->cairo, 1.0, 1.0, 1.0);
    cairo_paint(png->cairo);
    cairo_scale(png->cairo, png->scale, png->scale);
}

static void png_page_end(TmCanvas *canvas)
{
    g_clear_pointer(&png_of(canvas)->cairo, cairo_destroy);
}

static void png_ignore_tag(TmCanvas *canvas, const TmTag *tag)
{
    (void)canvas;
    (void)tag;
}

static void png_ignore(TmCanvas *canvas)
{
    (void)canvas;
}

static void png_text(TmCanvas *canvas, double x, double y, TmAnchor anchor,
    const TmTextStyle *style, const char *text)
{
    PngCanvas *png = png_of(canvas);
    if (png->cairo != NULL)
        tm_cairo_text(png->cairo, png->fonts, x, y, anchor, style, text);
}

static void png_shape(TmCanvas *canvas, const TmShape *shape, double dx, double dy)
{
    PngCanvas *png = png_of(canvas);
    if (png->cairo != NULL)
        tm_cairo_shape(png->cairo, shape, dx, dy);
}

static void png_ignore_outline(TmCanvas *canvas, guint level, const char *title, const char *anchor)
{
    (void)canvas;
    (void)level;
    (void)title;
    (void)anchor;
}

static void png_free(TmCanvas *canvas)
{
    PngCanvas *png = png_of(canvas);
    g_clear_pointer(&png->cairo, cairo_destroy);
    g_clear_pointer(&png->surface, cairo_surface_destroy);
    g_free(png);
}

static const TmCanvasOps png_ops = {
    .page_begin = png_page_begin,
    .page_end = png_page_end,
    .tag_begin = png_ignore_tag,
    .tag_end = png_ignore,
    .artifact_begin = png_ignore,
    .artifact_end = png_ignore,
    .text = png_text,
    .shape = png_shape,
    .outline = png_ignore_outline,
    .free = png_free,
};

TmCanvas *tm_canvas_png_new(TmFonts *fonts, guint page, double dots_per_inch)
{
    PngCanvas *png = g_new0(PngCanvas, 1);
    png->base.ops = &png_ops;
    png->fonts = fonts;
    png->page = page;
    png->scale = dots_per_inch / 72.0;
    return &png->base;
}

static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

GBytes *tm_canvas_png_finish(TmCanvas *canvas, GError **error)
{
    PngCanvas *png = png_of(canvas);
    if (png->surface == NULL) {
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
            "page %u does not exist or is too large for a picture", png->page + 1);
        return NULL;
    }
    GByteArray *bytes = g_byte_array_new();
    cairo_status_t status = cairo_surface_write_to_png_stream(png->surface, write_bytes, bytes);
    if (status != CAIRO_STATUS_SUCCESS) {
        g_byte_array_unref(bytes);
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "the picture could not be written: %s",
            cairo_status_to_string(status));
        return NULL;
    }
    return g_byte_array_free_to_bytes(bytes);
}
