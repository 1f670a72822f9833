/*
 * html_writer: nesting, escaping, ids and line breaks of HTML5. See the header for the order of
 * calls.
 */
#include "html_writer.h"

#include <string.h>

typedef enum Content { NORMAL, VOID, RAW } Content;

/* INLINE: no line breaks; LINE: ends its line; BLOCK: its content stands on lines of its own. */
typedef enum Layout { INLINE, LINE, BLOCK } Layout;

static const struct {
    const char *name;
    Content content;
    Layout layout;
} elements[TM_HTML_ELEMENT_COUNT] = {
#define X(id, name, content, layout) [TM_HTML_##id] = {name, content, layout},
    TM_HTML_ELEMENTS(X)
#undef X
};

typedef struct Open {
    TmHtmlElement element;
    TmWeight weight;
} Open;

struct TmHtml {
    GString *out;
    GArray *open;         /* Open, innermost last */
    gboolean in_tag;      /* the start tag still takes attributes */
    GHashTable *ids;      /* char*: given out */
    GHashTable *ordinals; /* char* wanted → last ordinal */
    GHashTable *used[TM_WEIGHT_COUNT];
};

TmHtml *tm_html_new(void)
{
    TmHtml *html = g_new0(TmHtml, 1);
    html->out = g_string_new(NULL);
    html->open = g_array_new(FALSE, FALSE, sizeof(Open));
    html->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    html->ordinals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < TM_WEIGHT_COUNT; i++)
        html->used[i] = g_hash_table_new(NULL, NULL);
    return html;
}

void tm_html_free(TmHtml *html)
{
    if (html == NULL)
        return;
    g_string_free(html->out, TRUE);
    g_array_unref(html->open);
    g_hash_table_unref(html->ids);
    g_hash_table_unref(html->ordinals);
    for (guint i = 0; i < TM_WEIGHT_COUNT; i++)
        g_hash_table_unref(html->used[i]);
    g_free(html);
}

static Open *innermost(TmHtml *html)
{
    return html->open->len > 0 ? &g_array_index(html->open, Open, html->open->len - 1) : NULL;
}

static void end_start_tag(TmHtml *html)
{
    if (!html->in_tag)
        return;
    html->in_tag = FALSE;
    g_string_append_c(html->out, '>');
    TmHtmlElement element = innermost(html)->element;
    if (elements[element].content == VOID) {
        g_array_set_size(html->open, html->open->len - 1);
        g_string_append_c(html->out, '\n');
    } else if (elements[element].layout == BLOCK) {
        g_string_append_c(html->out, '\n');
    }
}

void tm_html_doctype(TmHtml *html)
{
    g_assert(html->out->len == 0);
    g_string_append(html->out, "<!DOCTYPE html>\n");
}

static gboolean at_line_start(const TmHtml *html)
{
    return html->out->len == 0 || html->out->str[html->out->len - 1] == '\n';
}

void tm_html_open(TmHtml *html, TmHtmlElement element)
{
    end_start_tag(html);
    const Open *parent = innermost(html);
    g_assert(parent == NULL || elements[parent->element].content == NORMAL);
    if (elements[element].layout == BLOCK && !at_line_start(html))
        g_string_append_c(html->out, '\n');
    Open open = {.element = element, .weight = parent != NULL ? parent->weight : TM_WEIGHT_REGULAR};
    g_array_append_val(html->open, open);
    g_string_append_printf(html->out, "<%s", elements[element].name);
    html->in_tag = TRUE;
}

void tm_html_close(TmHtml *html, TmHtmlElement element)
{
    if (elements[element].content == VOID) {
        g_assert(html->in_tag && innermost(html)->element == element);
        end_start_tag(html);
        return;
    }
    end_start_tag(html);
    g_assert(html->open->len > 0 && innermost(html)->element == element);
    if (elements[element].layout == BLOCK && !at_line_start(html))
        g_string_append_c(html->out, '\n');
    g_array_set_size(html->open, html->open->len - 1);
    g_string_append_printf(html->out, "</%s>", elements[element].name);
    if (elements[element].layout != INLINE)
        g_string_append_c(html->out, '\n');
}

/* What HTML forbids even as a character reference: controls and non-characters. */
static gboolean is_allowed(gunichar c)
{
    if (c < 0x20)
        return c == '\n' || c == '\t';
    if (c >= 0x7F && c < 0xA0)
        return FALSE;
    return (c & 0xFFFE) != 0xFFFE && !(c >= 0xFDD0 && c <= 0xFDEF);
}

static void append_escaped(GString *out, const char *text, gboolean attribute)
{
    g_autofree char *mended = NULL;
    if (!g_utf8_validate(text, -1, NULL))
        text = mended = g_utf8_make_valid(text, -1);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '&')
            g_string_append(out, "&amp;");
        else if (c == '<')
            g_string_append(out, "&lt;");
        else if (c == '>')
            g_string_append(out, "&gt;");
        else if (c == '"' && attribute)
            g_string_append(out, "&quot;");
        else if (is_allowed(c))
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
}

static void begin_attribute(TmHtml *html, const char *name)
{
    g_assert(html->in_tag);
    g_string_append_printf(html->out, " %s=\"", name);
}

void tm_html_attribute(TmHtml *html, const char *name, const char *value)
{
    begin_attribute(html, name);
    append_escaped(html->out, value, TRUE);
    g_string_append_c(html->out, '"');
}

void tm_html_url(TmHtml *html, const char *name, const char *url)
{
    begin_attribute(html, name);
    g_autofree char *encoded =
        g_uri_escape_string(url, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH "?#[]%", FALSE);
    append_escaped(html->out, encoded, TRUE);
    g_string_append_c(html->out, '"');
}

const char *tm_html_reserve_id(TmHtml *html, const char *wanted)
{
    g_autofree char *id = g_strdup(wanted);
    guint ordinal = GPOINTER_TO_UINT(g_hash_table_lookup(html->ordinals, wanted));
    if (ordinal == 0)
        ordinal = 1;
    while (g_hash_table_contains(html->ids, id)) {
        g_free(id);
        id = g_strdup_printf("%s-%u", wanted, ++ordinal);
    }
    g_hash_table_replace(html->ordinals, g_strdup(wanted), GUINT_TO_POINTER(ordinal));
    const char *given = id;
    g_hash_table_add(html->ids, g_steal_pointer(&id));
    return given;
}

const char *tm_html_id(TmHtml *html, const char *wanted)
{
    const char *id = tm_html_reserve_id(html, wanted);
    tm_html_attribute(html, "id", id);
    return id;
}

void tm_html_weight(TmHtml *html, TmWeight weight)
{
    g_assert(html->open->len > 0);
    innermost(html)->weight = weight;
}

void tm_html_note_text(TmHtml *html, TmWeight weight, const char *text)
{
    g_autofree char *mended = NULL;
    if (!g_utf8_validate(text, -1, NULL))
        text = mended = g_utf8_make_valid(text, -1);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c > 0x20 && is_allowed(c))
            g_hash_table_add(html->used[weight], GUINT_TO_POINTER(c));
    }
}

void tm_html_text(TmHtml *html, const char *text)
{
    end_start_tag(html);
    const Open *parent = innermost(html);
    g_assert(parent != NULL && elements[parent->element].content == NORMAL);
    tm_html_note_text(html, parent->weight, text);
    append_escaped(html->out, text, FALSE);
}

void tm_html_css(TmHtml *html, const char *css)
{
    end_start_tag(html);
    g_assert(innermost(html) != NULL && innermost(html)->element == TM_HTML_STYLE);
    g_assert(strstr(css, "</") == NULL && strstr(css, "<!--") == NULL);
    g_string_append(html->out, css);
}

void tm_html_markup(TmHtml *html, const char *markup, gsize length)
{
    end_start_tag(html);
    g_string_append_len(html->out, markup, (gssize)length);
}

GHashTable *const *tm_html_used(const TmHtml *html)
{
    return html->used;
}

const GString *tm_html_finish(TmHtml *html)
{
    end_start_tag(html);
    g_assert(html->open->len == 0);
    return html->out;
}
