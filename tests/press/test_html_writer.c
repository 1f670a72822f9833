/* Tests of the HTML writer: escaping by context, ids, nesting, and the characters it notes. */
#include "../golden.h"
#include "html_writer.h"

static char *paragraph(const char *text)
{
    g_autoptr(TmHtml) html = tm_html_new();
    tm_html_open(html, TM_HTML_P);
    tm_html_text(html, text);
    tm_html_close(html, TM_HTML_P);
    return g_strdup(tm_html_finish(html)->str);
}

static void text_is_escaped(void **state)
{
    (void)state;
    g_autofree char *markup = paragraph("<script>a && b</script> ]]> \"x\"");
    assert_string_equal(
        markup, "<p>&lt;script&gt;a &amp;&amp; b&lt;/script&gt; ]]&gt; \"x\"</p>\n");
}

static void attributes_escape_quotes(void **state)
{
    (void)state;
    g_autoptr(TmHtml) html = tm_html_new();
    tm_html_open(html, TM_HTML_P);
    tm_html_attribute(html, "title", "\"><script>");
    tm_html_close(html, TM_HTML_P);
    assert_string_equal(tm_html_finish(html)->str, "<p title=\"&quot;&gt;&lt;script&gt;\"></p>\n");
}

static void urls_are_percent_encoded(void **state)
{
    (void)state;
    g_autoptr(TmHtml) html = tm_html_new();
    tm_html_open(html, TM_HTML_A);
    tm_html_url(html, "href", "../a b/\"x\".html?y=1&z=2#é");
    tm_html_close(html, TM_HTML_A);
    assert_string_equal(
        tm_html_finish(html)->str, "<a href=\"../a%20b/%22x%22.html?y=1&amp;z=2#%C3%A9\"></a>");
}

static void control_characters_are_dropped(void **state)
{
    (void)state;
    g_autofree char *markup = paragraph("a\x01\x1F\x7F\xC2\x85\xEF\xBF\xBF"
                                        "b");
    assert_string_equal(markup, "<p>ab</p>\n");
}

static void broken_utf8_is_replaced(void **state)
{
    (void)state;
    g_autofree char *markup = paragraph("a\xC3(");
    assert_string_equal(markup, "<p>a\xEF\xBF\xBD(</p>\n");
}

static void repeated_ids_get_an_ordinal(void **state)
{
    (void)state;
    g_autoptr(TmHtml) html = tm_html_new();
    assert_string_equal(tm_html_reserve_id(html, "a"), "a");
    assert_string_equal(tm_html_reserve_id(html, "a"), "a-2");
    assert_string_equal(tm_html_reserve_id(html, "a-3"), "a-3");
    assert_string_equal(tm_html_reserve_id(html, "a"), "a-4");
}

static void void_elements_have_no_end_tag(void **state)
{
    (void)state;
    g_autoptr(TmHtml) html = tm_html_new();
    tm_html_open(html, TM_HTML_COLGROUP);
    tm_html_open(html, TM_HTML_COL);
    tm_html_close(html, TM_HTML_COL);
    tm_html_close(html, TM_HTML_COLGROUP);
    assert_string_equal(tm_html_finish(html)->str, "<colgroup>\n<col>\n</colgroup>\n");
}

static void characters_are_noted_by_weight(void **state)
{
    (void)state;
    g_autoptr(TmHtml) html = tm_html_new();
    tm_html_open(html, TM_HTML_P);
    tm_html_text(html, "a");
    tm_html_open(html, TM_HTML_SPAN);
    tm_html_weight(html, TM_WEIGHT_SEMIBOLD);
    tm_html_text(html, "b");
    tm_html_close(html, TM_HTML_SPAN);
    tm_html_text(html, "c");
    tm_html_close(html, TM_HTML_P);
    GHashTable *const *used = tm_html_used(html);
    assert_int_equal(g_hash_table_size(used[TM_WEIGHT_REGULAR]), 2);
    assert_int_equal(g_hash_table_size(used[TM_WEIGHT_SEMIBOLD]), 1);
    assert_true(g_hash_table_contains(used[TM_WEIGHT_SEMIBOLD], GUINT_TO_POINTER('b')));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(attributes_escape_quotes),
        cmocka_unit_test(urls_are_percent_encoded),
        cmocka_unit_test(control_characters_are_dropped),
        cmocka_unit_test(broken_utf8_is_replaced),
        cmocka_unit_test(repeated_ids_get_an_ordinal),
        cmocka_unit_test(void_elements_have_no_end_tag),
        cmocka_unit_test(characters_are_noted_by_weight),
    };
    return cmocka_run_group_tests_name("html writer", tests, NULL, NULL);
}
