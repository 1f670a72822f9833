/*
 * html_writer: the only place that writes markup. It keeps the stack of open elements, closes what
 * it opened, escapes by context, makes ids unique, and remembers which characters were written in
 * which weight, so that the right font subsets can be embedded.
 *
 *   tm_html_open(html, TM_HTML_P);              start tag; attributes may follow
 *   tm_html_attribute(html, "class", "lede");
 *   tm_html_text(html, "a < b");                ends the start tag, escapes
 *   tm_html_close(html, TM_HTML_P);             must be the innermost open element
 *
 * Calls that do not nest are programming errors and abort.
 */
#ifndef TM_PRESS_HTML_WRITER_H
#define TM_PRESS_HTML_WRITER_H

#include <tidemark/chart.h>

/* name, kind of element, line break around it */
#define TM_HTML_ELEMENTS(X)                                                                        \
    X(A, "a", NORMAL, INLINE)                                                                      \
    X(BDI, "bdi", NORMAL, INLINE)                                                                  \
    X(BODY, "body", NORMAL, BLOCK)                                                                 \
    X(CAPTION, "caption", NORMAL, LINE)                                                            \
    X(COL, "col", VOID, LINE)                                                                      \
    X(COLGROUP, "colgroup", NORMAL, BLOCK)                                                         \
    X(DD, "dd", NORMAL, LINE)                                                                      \
    X(DETAILS, "details", NORMAL, BLOCK)                                                           \
    X(DIV, "div", NORMAL, BLOCK)                                                                   \
    X(DL, "dl", NORMAL, BLOCK)                                                                     \
    X(DT, "dt", NORMAL, LINE)                                                                      \
    X(FIGCAPTION, "figcaption", NORMAL, LINE)                                                      \
    X(FIGURE, "figure", NORMAL, BLOCK)                                                             \
    X(FOOTER, "footer", NORMAL, BLOCK)                                                             \
    X(H1, "h1", NORMAL, LINE)                                                                      \
    X(H2, "h2", NORMAL, LINE)                                                                      \
    X(H3, "h3", NORMAL, LINE)                                                                      \
    X(HEAD, "head", NORMAL, BLOCK)                                                                 \
    X(HEADER, "header", NORMAL, BLOCK)                                                             \
    X(HTML, "html", NORMAL, BLOCK)                                                                 \
    X(LI, "li", NORMAL, BLOCK)                                                                     \
    X(MAIN, "main", NORMAL, BLOCK)                                                                 \
    X(META, "meta", VOID, LINE)                                                                    \
    X(P, "p", NORMAL, LINE)                                                                        \
    X(SECTION, "section", NORMAL, BLOCK)                                                           \
    X(SPAN, "span", NORMAL, INLINE)                                                                \
    X(STRONG, "strong", NORMAL, INLINE)                                                            \
    X(STYLE, "style", RAW, LINE)                                                                   \
    X(SUMMARY, "summary", NORMAL, LINE)                                                            \
    X(TABLE, "table", NORMAL, BLOCK)                                                               \
    X(TBODY, "tbody", NORMAL, BLOCK)                                                               \
    X(TD, "td", NORMAL, LINE)                                                                      \
    X(TH, "th", NORMAL, LINE)                                                                      \
    X(THEAD, "thead", NORMAL, BLOCK)                                                               \
    X(TITLE, "title", NORMAL, LINE)                                                                \
    X(TR, "tr", NORMAL, BLOCK)                                                                     \
    X(UL, "ul", NORMAL, BLOCK)

typedef enum TmHtmlElement {
#define X(id, name, content, layout) TM_HTML_##id,
    TM_HTML_ELEMENTS(X)
#undef X
        TM_HTML_ELEMENT_COUNT
} TmHtmlElement;

typedef struct TmHtml TmHtml;

TmHtml *tm_html_new(void);
void tm_html_free(TmHtml *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmHtml, tm_html_free)

void tm_html_doctype(TmHtml *html);
void tm_html_open(TmHtml *html, TmHtmlElement element);
void tm_html_close(TmHtml *html, TmHtmlElement element);

/* Between tm_html_open() and anything else. The value is escaped. */
void tm_html_attribute(TmHtml *html, const char *name, const char *value);
/* An address; what may not stand in one is percent-encoded. */
void tm_html_url(TmHtml *html, const char *name, const char *url);
/*
 * Sets the id, made unique in the file: wanted, wanted-2, wanted-3 … Returns the id given; owned
 * by the writer.
 */
const char *tm_html_id(TmHtml *html, const char *wanted);
/* Reserves an id for markup that is written elsewhere. */
const char *tm_html_reserve_id(TmHtml *html, const char *wanted);

/* Weight of the text in the open element and in those inside it; as the style sheet has it. */
void tm_html_weight(TmHtml *html, TmWeight weight);

/* Text: escaped; control characters are dropped, broken UTF-8 replaced. */
void tm_html_text(TmHtml *html, const char *text);
/* The style sheet; must not hold what would end the element. */
void tm_html_css(TmHtml *html, const char *css);
/* Finished markup of another writer of ours (SVG canvas, a body written first). */
void tm_html_markup(TmHtml *html, const char *markup, gsize length);
/* Notes characters that such markup shows. */
void tm_html_note_text(TmHtml *html, TmWeight weight, const char *text);

/* Characters written so far: one set of code points a weight; borrowed. */
GHashTable *const *tm_html_used(const TmHtml *html);

/* The markup so far; nothing may be open. Owned by the writer. */
const GString *tm_html_finish(TmHtml *html);

#endif
