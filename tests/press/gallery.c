/*
 * For looking at: draws all sample charts on one page into a folder, as gallery.pdf, gallery.png,
 * gallery.svg (light) and gallery-dark.svg. Not a test.
 */
#include <stdio.h>

#include "../../src/press/canvas.h"
#include "../../src/press/palette.h"
#include "../chart/sample_charts.h"

#define COLUMNS 2
#define CELL_WIDTH 262.0
#define CELL_HEIGHT 118.0
#define MARGIN 28.0

static const TmTextStyle title_style = {8.6, TM_WEIGHT_SEMIBOLD, TM_INK_TEXT};

static double page_width(void)
{
    return 2.0 * MARGIN + COLUMNS * CELL_WIDTH;
}

static double page_height(void)
{
    return 2.0 * MARGIN + CELL_HEIGHT * ((sample_chart_count + COLUMNS - 1) / COLUMNS);
}

static void draw_all(TmCanvas *canvas, TmFonts *fonts)
{
    canvas->ops->page_begin(canvas, page_width(), page_height());
    for (guint i = 0; i < sample_chart_count; i++) {
        double x = MARGIN + CELL_WIDTH * (i % COLUMNS);
        double y = MARGIN + CELL_HEIGHT * (i / COLUMNS);
        g_autoptr(TmChart) chart = sample_charts[i].make();
        g_autoptr(TmPicture) picture = tm_chart_draw(
            chart, sample_charts[i].width, sample_charts[i].height, tm_fonts_meter(fonts));
        canvas->ops->tag_begin(canvas, &(TmTag){.name = "Figure", .alt = sample_charts[i].name});
        canvas->ops->text(canvas, x, y + 9.0, TM_ANCHOR_START, &title_style, sample_charts[i].name);
        tm_canvas_picture(canvas, picture, x, y + 14.0);
        canvas->ops->tag_end(canvas);
    }
    canvas->ops->page_end(canvas);
}

static void save(const char *folder, const char *name, const void *bytes, gsize length)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    if (!tm_file_write(path, bytes, (gssize)length, &error))
        fprintf(stderr, "gallery: %s\n", error->message);
}

static void save_bytes(const char *folder, const char *name, GBytes *bytes)
{
    gsize length = 0;
    const void *data = g_bytes_get_data(bytes, &length);
    save(folder, name, data, length);
}

static void save_svg(const char *folder, const char *name, const char *drawing, TmPaperTone tone)
{
    g_autoptr(GString) css = g_string_new(NULL);
    tm_svg_append_css(css);
    for (TmInk ink = TM_INK_NONE + 1; ink < TM_INK_COUNT; ink++) {
        TmColour colour = tm_palette_colour(ink, tone);
        g_autofree char *variable = g_strdup_printf("var(--%s)", tm_palette_name(ink));
        g_autofree char *value =
            g_strdup_printf("#%02x%02x%02x", colour.red, colour.green, colour.blue);
        g_string_replace(css, variable, value, 0);
    }
    g_autoptr(GString) svg = g_string_new(drawing);
    g_autofree char *head = g_strdup_printf("<svg xmlns=\"http://www.w3.org/2000/svg\" class=");
    g_autofree char *style = g_strdup_printf(
        "<style>%s</style><rect width=\"100%%\" height=\"100%%\" class=\"f-paper\"/>", css->str);
    g_string_replace(svg, "<svg class=", head, 1);
    g_string_insert(svg, strstr(svg->str, "</title>") - svg->str + 8, style);
    save(folder, name, svg->str, svg->len);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : ".";
    g_autoptr(GError) error = NULL;
    g_autoptr(TmFonts) fonts = tm_fonts_new(&error);
    if (fonts == NULL) {
        fprintf(stderr, "gallery: %s\n", error->message);
        return 1;
    }
    g_autoptr(TmCanvas) png = tm_canvas_png_new(fonts, 0, 144.0);
    draw_all(png, fonts);
    g_autoptr(GBytes) png_bytes = tm_canvas_png_finish(png, &error);
    save_bytes(folder, "gallery.png", png_bytes);
    g_autoptr(TmCanvas) pdf = tm_canvas_pdf_new(fonts, &(TmPdfMetadata){.title = "Gallery"});
    draw_all(pdf, fonts);
    g_autoptr(GBytes) pdf_bytes = tm_canvas_pdf_finish(pdf, NULL, &error);
    save_bytes(folder, "gallery.pdf", pdf_bytes);
    g_autoptr(TmCanvas) svg = tm_canvas_svg_new("gallery", "Gallery", NULL);
    draw_all(svg, fonts);
    g_autofree char *drawing = tm_canvas_svg_finish(svg);
    save_svg(folder, "gallery.svg", drawing, TM_PAPER_LIGHT);
    save_svg(folder, "gallery-dark.svg", drawing, TM_PAPER_DARK);
    return 0;
}
