/*
 * Tests of whole HTML files. Goldens hold only what stands in the body, so that a change of the
 * head or of the style sheet does not touch them; charts have tests of their own.
 */
#include <string.h>
#include <tidemark/press.h>

#include "../golden.h"
#include "sample_document.h"

static int open_press(void **state)
{
    *state = tm_press_new(NULL);
    return *state == NULL;
}

static int close_press(void **state)
{
    tm_press_free(*state);
    return 0;
}

static char *html_of(TmPress *press, const TmDocument *document)
{
    g_autoptr(GBytes) bytes = tm_press_html(press, document, NULL);
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    return g_strndup(data, length);
}

static char *html_of_sample(TmPress *press, SampleVariant variant)
{
    g_autoptr(TmDocument) document = sample_document(variant);
    return html_of(press, document);
}

/* From `start` up to `end`, which is left out. */
static char *between(const char *text, const char *start, const char *end)
{
    const char *from = strstr(text, start);
    assert_non_null(from);
    const char *to = strstr(from, end);
    assert_non_null(to);
    return g_strndup(from, (gsize)(to - from));
}

static guint count(const char *text, const char *needle)
{
    guint found = 0;
    for (const char *p = text; (p = strstr(p, needle)) != NULL; p += strlen(needle))
        found++;
    return found;
}

static TmNode *add_text(TmNode *parent, TmNodeKind kind, const char *text)
{
    TmNode *node = tm_node_add(parent, kind, 1);
    tm_runs_add(&node->runs, TM_TONE_PLAIN, text, NULL);
    return node;
}

/* Every kind of node that needs no chart. */
static TmDocument *document_without_charts(void)
{
    TmDocument *document = tm_document_new("Report", "de");
    TmNode *root = document->root;
    add_text(root, TM_NODE_PARAGRAPH, "Promise")->style = TM_STYLE_PROMISE;
    TmNode *masthead = add_text(root, TM_NODE_MASTHEAD, "Northwind");
    masthead->addition = g_strdup("Week 46");
    TmNode *message = add_text(root, TM_NODE_MESSAGE, "Adoption rose to ");
    tm_runs_add(&message->runs, TM_TONE_STRONG, "62%", NULL);
    TmNode *cards = tm_node_add(root, TM_NODE_CARDS, 1);
    cards->title = g_strdup("Numbers");
    TmNode *card = add_text(cards, TM_NODE_CARD, "from 55%");
    card->title = g_strdup("Adoption");
    card->value = g_strdup("62%");
    tm_runs_add(&card->change, TM_TONE_ACCENT, "▲ 7", NULL);
    tm_runs_add(&card->status, TM_TONE_GOOD, "healthy", NULL);
    TmNode *section = tm_node_add(root, TM_NODE_SECTION, 1);
    section->id = g_strdup("content"); /* also the id of <main> */
    section->title = g_strdup("Decide");
    section->addition = g_strdup("soon");
    section->level = 2;
    section->page_break_before = TRUE;
    TmNode *items = tm_node_add(section, TM_NODE_ITEMS, 1);
    TmNode *item = add_text(items, TM_NODE_ITEM, "No session in 30 days.");
    item->title = g_strdup("Seats");
    item->lead = g_strdup("Reassign 31 seats.");
    TmNode *table = tm_node_add(section, TM_NODE_TABLE, 1);
    table->title = g_strdup("Teams");
    tm_table_add_column(table, "Team", TM_ALIGN_START, 0.6, FALSE);
    tm_table_add_column(table, "Share", TM_ALIGN_END, 0.4, FALSE);
    TmNode *group = tm_node_add(table, TM_NODE_ROW, 1);
    group->group_heading = TRUE;
    add_text(group, TM_NODE_CELL, "Platform");
    TmNode *row = tm_node_add(table, TM_NODE_ROW, 1);
    TmNode *name = add_text(row, TM_NODE_CELL, "<b>Ops</b> & co");
    name->scope_row = TRUE;
    TmNode *share = tm_node_add(row, TM_NODE_CELL, 1);
    tm_runs_add(&share->runs, TM_TONE_MUTED, "not shown", "#content");
    TmNode *definitions = tm_node_add(section, TM_NODE_DEFINITIONS, 1);
    TmNode *term = add_text(definitions, TM_NODE_ITEM, "Share of the licensed.");
    term->lead = g_strdup("Adoption");
    add_text(root, TM_NODE_FOOTER, "Not shown below 5 people.");
    document->data_hash = g_strdup("abcd");
    return document;
}

static void every_kind_of_node_has_its_markup(void **state)
{
    g_autoptr(TmDocument) document = document_without_charts();
    g_autofree char *html = html_of(*state, document);
    g_autofree char *body = between(html, "<body>", "</html>");
    assert_golden("press/golden/body.html", body);
}

static void figures_have_caption_picture_sentence_and_table_in_order(void **state)
{
    g_autofree char *html = html_of_sample(*state, SAMPLE_PLAIN);
    g_autofree char *figure = between(html, "<figure>", "</figure>");
    const char *caption = strstr(figure, "<figcaption>");
    const char *picture = strstr(figure, "<svg");
    const char *sentence = strstr(figure, "class=\"sentence\"");
    const char *table = strstr(figure, "<details>");
    assert_true(caption != NULL && caption < picture && picture < sentence && sentence < table);
}

static void the_policy_comes_first_and_names_the_style_sheet(void **state)
{
    g_autofree char *html = html_of_sample(*state, SAMPLE_PLAIN);
    g_autofree char *css = between(html, "<style>", "</style>");
    const char *content = css + strlen("<style>");
    guint8 digest[32];
    gsize length = sizeof digest;
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)content, -1);
    g_checksum_get_digest(checksum, digest, &length);
    g_autofree char *base64 = g_base64_encode(digest, length);
    g_autofree char *expected = g_strdup_printf(
        "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'sha256-%s'; font-src data:; img-src data:; base-uri 'none'; "
        "form-action 'none'\">\n",
        base64);
    assert_non_null(strstr(html, expected));
}

static void nothing_runs_and_nothing_is_loaded(void **state)
{
    g_autofree char *html = html_of_sample(*state, SAMPLE_HOSTILE);
    static const char *const forbidden[] = {"<script", "<link", "<img", "<iframe",
        " style=", " src=", "@import", "url(http", "javascript:"};
    for (guint i = 0; i < G_N_ELEMENTS(forbidden); i++)
        if (strstr(html, forbidden[i]) != NULL)
            fail_msg("found %s", forbidden[i]);
    /* Fonts are the only addresses in the style sheet. */
    assert_int_equal(count(html, "url("), count(html, "url(data:font/woff2;base64,"));
}

static void right_to_left_names_are_isolated(void **state)
{
    g_autofree char *html = html_of_sample(*state, SAMPLE_HOSTILE);
    assert_non_null(strstr(html, "<bdi>فريق البنية التحتية</bdi>"));
}

static void all_ids_are_different(void **state)
{
    g_autofree char *html = html_of_sample(*state, SAMPLE_TALL);
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint found = 0;
    for (const char *p = html; (p = strstr(p, " id=\"")) != NULL; found++) {
        p += strlen(" id=\"");
        if (!g_hash_table_add(ids, g_strndup(p, strcspn(p, "\""))))
            fail_msg("an id is used twice");
    }
    assert_true(found > 100);
}

static void the_same_document_makes_the_same_bytes(void **state)
{
    g_autoptr(TmPress) other = tm_press_new(NULL);
    g_autofree char *first = html_of_sample(*state, SAMPLE_HOSTILE);
    g_autofree char *second = html_of_sample(other, SAMPLE_HOSTILE);
    assert_string_equal(first, second);
}

static void an_executive_report_is_not_larger_than_250_kilobytes(void **state)
{
    g_autofree char *html = html_of_sample(*state, SAMPLE_LONG);
    assert_true(strlen(html) < 250 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_node_has_its_markup),
        cmocka_unit_test(figures_have_caption_picture_sentence_and_table_in_order),
        cmocka_unit_test(the_policy_comes_first_and_names_the_style_sheet),
        cmocka_unit_test(nothing_runs_and_nothing_is_loaded),
        cmocka_unit_test(right_to_left_names_are_isolated),
        cmocka_unit_test(all_ids_are_different),
        cmocka_unit_test(the_same_document_makes_the_same_bytes),
        cmocka_unit_test(an_executive_report_is_not_larger_than_250_kilobytes),
    };
    return cmocka_run_group_tests_name("html", tests, open_press, close_press);
}
