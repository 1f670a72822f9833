/*
 * press: documents become files.
 *
 * A TmPress holds what costs time to make (the private set of fonts, text measures, font subsets)
 * and is used for many documents. Only the shipped fonts are used; nothing of the machine's
 * configuration is read. Output depends on the document alone: same tree, same bytes.
 *
 *   HTML   one file: no script, no request, Content-Security-Policy, embedded font subsets,
 *          light and dark, print style
 *   PDF    paged for A4, Letter or both (a box that fits both), tagged, PDF/UA-1 and PDF/A-3a
 *   PNG    one page, for tests and previews
 *   trace  what was drawn where, as text, for golden tests
 */
#ifndef TIDEMARK_PRESS_H
#define TIDEMARK_PRESS_H

#include <tidemark/base.h>
#include <tidemark/chart.h>
#include <tidemark/document.h>

G_BEGIN_DECLS

typedef struct TmPress TmPress;

/* Opens the fonts (tm_data_path("fonts")). NULL with an error when one is missing. */
TmPress *tm_press_new(GError **error);
void tm_press_free(TmPress *press);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmPress, tm_press_free)

/* Measures as the press draws; valid as long as the press. */
const TmTextMeter *tm_press_meter(TmPress *press);

typedef enum TmPaper { TM_PAPER_A4, TM_PAPER_LETTER } TmPaper;

/* A file inside the PDF (PDF/A-3 associated file). */
typedef struct TmAttachment {
    const char *name;      /* "kpis.csv" */
    const char *mime_type; /* "text/csv" */
    const char *description;
    const void *bytes;
    gsize length;
} TmAttachment;

typedef struct TmPdfOptions {
    TmPaper paper;
    const TmAttachment *attachments;
    guint attachment_count;
} TmPdfOptions;

/*
 * The document must have passed tm_document_validate(). All return bytes that the caller owns, or
 * NULL with an error (TM_ERROR_INTERNAL). A PDF needs the document's date. `page` counts from 0.
 *
 * PDF: what stands before the first section with page_break_before is fitted on page 1 by using
 * less white space and lower charts; if even the tightest does not do, it goes on to page 2.
 * Tables of figures' data are not printed; links lead inside the file or to http, https, mailto.
 */
GBytes *tm_press_html(TmPress *press, const TmDocument *document, GError **error);
GBytes *tm_press_pdf(
    TmPress *press, const TmDocument *document, const TmPdfOptions *options, GError **error);
GBytes *tm_press_png(TmPress *press, const TmDocument *document, TmPaper paper, guint page,
    double dots_per_inch, GError **error);
char *tm_press_trace(TmPress *press, const TmDocument *document, TmPaper paper, GError **error);

G_END_DECLS

#endif
