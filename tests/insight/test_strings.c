/* Words that no text of insight or report may hold. The catalogues are read as source. */
#include "../cmocka_all.h"

#include <glib.h>
#include <insight/rules.h>
#include <insight/strings.h>
#include <string.h>
#include <tidemark/insight.h>

static const char *const insight_texts[] = {
#define X(id, text) text,
    INSIGHT_STRINGS(X)
#undef X
};

#include <report/strings.h>

static const char *const report_texts[] = {
#define X(id, text) text,
    REPORT_STRINGS(X)
#undef X
};

static const char *const refused[] = {"tracking", "monitoring", "surveillance", "performance",
    "metric", "ranking", "compliance", "!"};

static void refuse_words(const char *text)
{
    g_autofree char *small = g_ascii_strdown(text, -1);
    for (guint i = 0; i < G_N_ELEMENTS(refused); i++)
        if (strstr(small, refused[i]) != NULL)
            fail_msg("\"%s\" holds \"%s\"", text, refused[i]);
}

static void test_insight_uses_supportive_words(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(insight_texts); i++)
        refuse_words(insight_texts[i]);
}

static void test_the_catalogue_of_alerts_uses_supportive_words(void **state)
{
    g_autofree char *page = tm_alert_catalogue_markdown();
    (void)state;
    g_auto(GStrv) parts = g_strsplit(page, "<!--", -1);
    g_autofree char *text = g_strjoinv("", parts);
    refuse_words(text);
}

static void test_report_uses_supportive_words(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(report_texts); i++)
        refuse_words(report_texts[i]);
}

static void test_the_template_uses_supportive_words(void **state)
{
    g_autofree char *path =
        g_build_filename(g_getenv("TIDEMARK_DATA"), "templates", "executive.xml", NULL);
    g_autofree char *template = NULL;
    (void)state;
    assert_true(g_file_get_contents(path, &template, NULL, NULL));
    /* "<!--" of the file's own comments is no exclamation. */
    g_auto(GStrv) parts = g_strsplit(template, "<!--", -1);
    g_autofree char *text = g_strjoinv("", parts);
    refuse_words(text);
}

static void test_the_page_of_readings_uses_supportive_words(void **state)
{
    g_autofree char *page = tm_readings_markdown();
    (void)state;
    refuse_words(page);
}

/* ---- Texts of readings ------------------------------------------------------------------- */

static void test_a_reading_is_one_sentence(void **state)
{
    (void)state;
    for (guint i = 0; i < insight_rule_count; i++) {
        const char *sentence = insight_texts[insight_rules[i].sentence];
        assert_true(g_str_has_suffix(sentence, "."));
        assert_null(strstr(sentence, ". "));
    }
}

static void test_a_reading_asks_or_says_what_to_do(void **state)
{
    (void)state;
    for (guint i = 0; i < insight_rule_count; i++) {
        const char *ask = insight_texts[insight_rules[i].ask];
        assert_true(g_str_has_suffix(ask, "?") || g_str_has_suffix(ask, "."));
    }
}

static void test_no_two_readings_have_one_key(void **state)
{
    (void)state;
    for (guint i = 0; i < insight_rule_count; i++)
        for (guint other = 0; other < i; other++)
            assert_string_not_equal(insight_rules[i].key, insight_rules[other].key);
}

static void test_an_abbreviation_ends_the_sentence(void **state)
{
    (void)state;
    g_autofree char *text = tm_text_fill("Cost rose to {value}.", "value", "$5.0k est.", NULL);
    assert_string_equal(text, "Cost rose to $5.0k est.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_insight_uses_supportive_words),
        cmocka_unit_test(test_the_catalogue_of_alerts_uses_supportive_words),
        cmocka_unit_test(test_report_uses_supportive_words),
        cmocka_unit_test(test_the_template_uses_supportive_words),
        cmocka_unit_test(test_the_page_of_readings_uses_supportive_words),
        cmocka_unit_test(test_a_reading_is_one_sentence),
        cmocka_unit_test(test_a_reading_asks_or_says_what_to_do),
        cmocka_unit_test(test_no_two_readings_have_one_key),
        cmocka_unit_test(test_an_abbreviation_ends_the_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
