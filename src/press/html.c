/*
 * html: head and body of the file. The body is written first, because the head holds what the body
 * decides: font subsets, column widths, and the hash of the style sheet that the Content-Security-
 * Policy allows. Nothing else may run or load.
 */
#include "html.h"

#include "canvas.h"
#include "html_nodes.h"
#include "html_style.h"
#include "palette.h"

/* Ids of all nodes are given out before anything is written, so that links may point ahead. */
static void reserve_anchors(TmHtmlPage *page)
{
    tm_html_reserve_id(page->body, "content");
    gboolean leaving = FALSE;
    for (TmNode *node = page->document->root; node != NULL; node = tm_node_walk(node, &leaving))
        if (!leaving && node->id != NULL && !g_hash_table_contains(page->anchors, node->id))
            g_hash_table_insert(
                page->anchors, node->id, (char *)tm_html_reserve_id(page->body, node->id));
}

static char *content_security_policy(const char *css)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)css, -1);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(checksum, digest, &length);
    g_autofree char *base64 = g_base64_encode(digest, length);
    return g_strdup_printf("default-src 'none'; style-src 'sha256-%s'; font-src data:; "
                           "img-src data:; base-uri 'none'; form-action 'none'",
        base64);
}

static void write_meta(TmHtml *html, const char *key, const char *name, const char *content)
{
    tm_html_open(html, TM_HTML_META);
    tm_html_attribute(html, key, name);
    tm_html_attribute(html, "content", content);
    tm_html_close(html, TM_HTML_META);
}

static void write_head(TmHtml *html, const TmDocument *document, const char *css)
{
    g_autofree char *policy = content_security_policy(css);
    tm_html_open(html, TM_HTML_HEAD);
    write_meta(html, "http-equiv", "Content-Security-Policy", policy);
    tm_html_open(html, TM_HTML_META);
    tm_html_attribute(html, "charset", "utf-8");
    tm_html_close(html, TM_HTML_META);
    write_meta(html, "name", "viewport", "width=device-width, initial-scale=1");
    write_meta(html, "name", "referrer", "no-referrer");
    write_meta(html, "name", "robots", "noindex");
    write_meta(html, "name", "color-scheme", "light dark");
    if (document->subject != NULL)
        write_meta(html, "name", "description", document->subject);
    tm_html_open(html, TM_HTML_TITLE);
    tm_html_text(html, document->title);
    tm_html_close(html, TM_HTML_TITLE);
    tm_html_open(html, TM_HTML_STYLE);
    tm_html_css(html, css);
    tm_html_close(html, TM_HTML_STYLE);
    tm_html_close(html, TM_HTML_HEAD);
}

static void write_body(TmHtmlPage *page)
{
    tm_html_open(page->body, TM_HTML_BODY);
    tm_html_open(page->body, TM_HTML_A);
    tm_html_attribute(page->body, "class", "skip");
    tm_html_url(page->body, "href", "#content");
    tm_html_text(page->body, page->words->skip);
    tm_html_close(page->body, TM_HTML_A);
    tm_html_nodes(page);
    tm_html_close(page->body, TM_HTML_BODY);
}

GBytes *tm_html_document(TmFonts *fonts, const TmDocument *document)
{
    g_autoptr(TmHtml) body = tm_html_new();
    g_autoptr(TmHtml) html = tm_html_new();
    g_autoptr(GString) css = g_string_new(NULL);
    g_autoptr(GString) table_css = g_string_new(NULL);
    g_autoptr(GHashTable) anchors = g_hash_table_new(g_str_hash, g_str_equal);
    TmHtmlPage page = {.body = body,
        .table_css = table_css,
        .document = document,
        .words = tm_words(document->language),
        .meter = tm_fonts_meter(fonts),
        .anchors = anchors};
    reserve_anchors(&page);
    write_body(&page);
    const GString *markup = tm_html_finish(body);

    tm_palette_append_css(css);
    tm_svg_append_css(css);
    for (guint i = 0; tm_html_style[i] != NULL; i++)
        g_string_append(css, tm_html_style[i]);
    g_string_append(css, table_css->str);
    tm_fonts_append_css(fonts, tm_html_used(body), css);
    /* Checkers take the hash of a style sheet without the line end that may close it. */
    if (css->len > 0 && css->str[css->len - 1] == '\n')
        g_string_truncate(css, css->len - 1);

    tm_html_doctype(html);
    tm_html_open(html, TM_HTML_HTML);
    tm_html_attribute(html, "lang", document->language);
    write_head(html, document, css->str);
    tm_html_markup(html, markup->str, markup->len);
    tm_html_close(html, TM_HTML_HTML);
    const GString *file = tm_html_finish(html);
    return g_bytes_new(file->str, file->len);
}
