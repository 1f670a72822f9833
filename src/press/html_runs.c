/* html_runs: text in its tones, links, and the other small parts that nodes are written with. */
#include "html_nodes.h"

static const struct {
    const char *class; /* of a span; NULL: no element, or <strong> */
    gboolean semibold;
} tones[] = {
    [TM_TONE_PLAIN] = {NULL, FALSE},
    [TM_TONE_STRONG] = {NULL, TRUE},
    [TM_TONE_MUTED] = {"muted", FALSE},
    [TM_TONE_ACCENT] = {"accent", TRUE},
    [TM_TONE_GOOD] = {"good", TRUE},
};

/* Text with right-to-left letters or direction marks must not turn what stands around it. */
static gboolean needs_isolation(const char *text)
{
    static const struct {
        gunichar first, last;
    } ranges[] = {{0x0590, 0x08FF}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069},
        {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        for (guint i = 0; i < G_N_ELEMENTS(ranges); i++)
            if (c >= ranges[i].first && c <= ranges[i].last)
                return TRUE;
    }
    return FALSE;
}

void tm_html_plain(TmHtml *html, const char *text)
{
    if (!needs_isolation(text)) {
        tm_html_text(html, text);
        return;
    }
    tm_html_open(html, TM_HTML_BDI);
    tm_html_text(html, text);
    tm_html_close(html, TM_HTML_BDI);
}

static void write_link_start(TmHtmlPage *page, const char *href)
{
    tm_html_open(page->body, TM_HTML_A);
    const char *id = *href == '#' ? g_hash_table_lookup(page->anchors, href + 1) : NULL;
    if (id == NULL) {
        tm_html_url(page->body, "href", href);
        return;
    }
    g_autofree char *target = g_strconcat("#", id, NULL);
    tm_html_url(page->body, "href", target);
}

static void write_run(TmHtmlPage *page, const TmRun *run)
{
    TmHtml *html = page->body;
    TmHtmlElement element = run->tone == TM_TONE_STRONG ? TM_HTML_STRONG : TM_HTML_SPAN;
    gboolean wrapped = run->tone != TM_TONE_PLAIN;
    if (run->href != NULL)
        write_link_start(page, run->href);
    if (wrapped) {
        tm_html_open(html, element);
        if (tones[run->tone].class != NULL)
            tm_html_attribute(html, "class", tones[run->tone].class);
        if (tones[run->tone].semibold)
            tm_html_weight(html, TM_WEIGHT_SEMIBOLD);
    }
    tm_html_plain(html, run->text);
    if (wrapped)
        tm_html_close(html, element);
    if (run->href != NULL)
        tm_html_close(html, TM_HTML_A);
}

void tm_html_runs(TmHtmlPage *page, const GPtrArray *runs)
{
    for (guint i = 0; runs != NULL && i < runs->len; i++)
        write_run(page, runs->pdata[i]);
}

gboolean tm_html_has_runs(const GPtrArray *runs)
{
    return runs != NULL && runs->len > 0;
}

/* An element with a class, a weight and text; nothing when there is no text. */
void tm_html_line(
    TmHtmlPage *page, TmHtmlElement element, const char *class, TmWeight weight, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    tm_html_open(page->body, element);
    if (class != NULL)
        tm_html_attribute(page->body, "class", class);
    tm_html_weight(page->body, weight);
    tm_html_plain(page->body, text);
    tm_html_close(page->body, element);
}

void tm_html_anchor(TmHtmlPage *page, const TmNode *node)
{
    if (node->id != NULL)
        tm_html_attribute(page->body, "id", g_hash_table_lookup(page->anchors, node->id));
}
