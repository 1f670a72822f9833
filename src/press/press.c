/* press: the entry points. Each makes what it needs from the fonts and the document alone. */
#include <tidemark/press.h>

#include "canvas.h"
#include "finish.h"
#include "html.h"
#include "layout.h"

struct TmPress {
    TmFonts *fonts;
};

TmPress *tm_press_new(GError **error)
{
    TmFonts *fonts = tm_fonts_new(error);
    if (fonts == NULL)
        return NULL;
    TmPress *press = g_new0(TmPress, 1);
    press->fonts = fonts;
    return press;
}

void tm_press_free(TmPress *press)
{
    if (press == NULL)
        return;
    tm_fonts_free(press->fonts);
    g_free(press);
}

const TmTextMeter *tm_press_meter(TmPress *press)
{
    return tm_fonts_meter(press->fonts);
}

static gboolean check_date(const TmDocument *document, GError **error)
{
    if (document->date != TM_DAY_NONE)
        return TRUE;
    g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "the document has no date");
    return FALSE;
}

GBytes *tm_press_html(TmPress *press, const TmDocument *document, GError **error)
{
    (void)error;
    return tm_html_document(press->fonts, document);
}

GBytes *tm_press_pdf(
    TmPress *press, const TmDocument *document, const TmPdfOptions *options, GError **error)
{
    if (!check_date(document, error))
        return NULL;
    const TmPdfMetadata metadata = {
        .title = document->title, .subject = document->subject, .date = document->date};
    g_autoptr(TmLayout) layout = tm_layout_new(press->fonts, document, options->paper);
    g_autoptr(TmCanvas) canvas = tm_canvas_pdf_new(press->fonts, &metadata);
    tm_layout_draw(layout, canvas);
    g_autoptr(GPtrArray) elements = NULL;
    g_autoptr(GBytes) drawn = tm_canvas_pdf_finish(canvas, &elements, error);
    if (drawn == NULL)
        return NULL;
    return tm_finish_pdf(
        drawn, elements, document, options->attachments, options->attachment_count, error);
}

GBytes *tm_press_png(TmPress *press, const TmDocument *document, TmPaper paper, guint page,
    double dots_per_inch, GError **error)
{
    g_autoptr(TmLayout) layout = tm_layout_new(press->fonts, document, paper);
    g_autoptr(TmCanvas) canvas = tm_canvas_png_new(press->fonts, page, dots_per_inch);
    tm_layout_draw(layout, canvas);
    return tm_canvas_png_finish(canvas, error);
}

char *tm_press_trace(TmPress *press, const TmDocument *document, TmPaper paper, GError **error)
{
    (void)error;
    g_autoptr(TmLayout) layout = tm_layout_new(press->fonts, document, paper);
    g_autoptr(TmCanvas) canvas = tm_canvas_trace_new();
    tm_layout_draw(layout, canvas);
    return tm_canvas_trace_finish(canvas);
}
