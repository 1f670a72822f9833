/*
 * Tests of page layout: how runs are broken into lines, and where blocks are placed. What is drawn
 * is read from the trace canvas.
 */
#include <stdio.h>
#include <string.h>
#include <tidemark/press.h>

#include "../cmocka_all.h"
#include "text_block.h"

static TmFonts *fonts;
static TmPress *press;

static int open_all(void **state)
{
    (void)state;
    fonts = tm_fonts_new(NULL);
    press = tm_press_new(NULL);
    return fonts == NULL || press == NULL;
}

static int close_all(void **state)
{
    (void)state;
    tm_fonts_free(fonts);
    tm_press_free(press);
    return 0;
}

static const TmTextStyle body = {9, TM_WEIGHT_REGULAR, TM_INK_TEXT};

/* The lines of a text block as the trace has them: texts in quotes, one per span. */
static char *drawn(const GPtrArray *runs, double width, GHashTable *anchors)
{
    g_autoptr(TmTextBlock) block = tm_text_block_new(fonts, runs, &body, 1.4, width);
    g_autoptr(TmCanvas) canvas = tm_canvas_trace_new();
    TmPen pen = {.canvas = canvas, .anchors = anchors};
    tm_text_block_draw(block, &pen, "P", 0, 0, width, TM_ALIGN_START);
    g_autofree char *trace = tm_canvas_trace_finish(canvas);
    g_auto(GStrv) lines = g_strsplit(trace, "\n", -1);
    GString *texts = g_string_new(NULL);
    for (guint i = 0; lines[i] != NULL; i++)
        if (strstr(lines[i], "text ") != NULL)
            g_string_append(texts, strchr(lines[i], '"'));
    return g_string_free(texts, FALSE);
}

static void lines_break_at_blanks_and_keep_them(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) runs = NULL;
    tm_runs_add(&runs, TM_TONE_PLAIN, "one two three", NULL);
    double width = tm_fonts_width(fonts, &body, "one two", -1) + 1;
    g_autofree char *texts = drawn(runs, width, NULL);
    assert_string_equal(texts, "\"one two \"\"three\"");
}

static void parts_of_one_word_stay_together(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) runs = NULL;
    tm_runs_add(&runs, TM_TONE_PLAIN, "in week ", NULL);
    tm_runs_add(&runs, TM_TONE_STRONG, "forty", NULL);
    tm_runs_add(&runs, TM_TONE_PLAIN, "-three.", NULL);
    double width = tm_fonts_width(fonts, &body, "in week forty-", -1);
    g_autofree char *texts = drawn(runs, width, NULL);
    assert_string_equal(texts, "\"in week \"\"forty\"\"-three.\"");
}

static void no_line_is_wider_than_allowed(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) runs = NULL;
    tm_runs_add(&runs, TM_TONE_PLAIN, "a Donaudampfschifffahrtsgesellschaft_without_end ", NULL);
    tm_runs_add(
        &runs, TM_TONE_ACCENT, "and\xC2\xA0some\xC2\xA0words\xC2\xA0that\xC2\xA0stick ", NULL);
    for (double width = 30; width < 200; width += 10) {
        g_autoptr(TmTextBlock) block = tm_text_block_new(fonts, runs, &body, 1.4, width);
        assert_true(block->width <= width + 0.5);
    }
}

static void an_empty_text_has_no_height(void **state)
{
    (void)state;
    g_autoptr(TmTextBlock) block = tm_text_block_new(fonts, NULL, &body, 1.4, 100);
    assert_true(block->height == 0);
}

static void links_to_what_is_not_printed_are_plain_text(void **state)
{
    (void)state;
    g_autoptr(GHashTable) anchors = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) runs = NULL;
    tm_runs_add(&runs, TM_TONE_PLAIN, "here", "#nowhere");
    tm_runs_add(&runs, TM_TONE_PLAIN, " or ", NULL);
    tm_runs_add(&runs, TM_TONE_PLAIN, "there", "../other.html");
    g_autoptr(TmTextBlock) block = tm_text_block_new(fonts, runs, &body, 1.4, 400);
    g_autoptr(TmCanvas) canvas = tm_canvas_trace_new();
    TmPen pen = {.canvas = canvas, .anchors = anchors};
    tm_text_block_draw(block, &pen, "P", 0, 0, 400, TM_ALIGN_START);
    g_autofree char *trace = tm_canvas_trace_finish(canvas);
    assert_null(strstr(trace, "Link"));
}

static void add_paragraph(TmNode *parent, const char *text)
{
    TmNode *node = tm_node_add(parent, TM_NODE_PARAGRAPH, 1);
    tm_runs_add(&node->runs, TM_TONE_PLAIN, text, NULL);
}

/* A report of `sections` sections, with one more line of text before each than before the last. */
static TmDocument *document_of_sections(guint sections)
{
    TmDocument *document = tm_document_new("t", "en");
    document->date = tm_day_from_date(2026, 11, 19);
    TmNode *message = tm_node_add(document->root, TM_NODE_MESSAGE, 1);
    tm_runs_add(&message->runs, TM_TONE_PLAIN, "Message", NULL);
    for (guint i = 0; i < sections; i++) {
        TmNode *section = tm_node_add(document->root, TM_NODE_SECTION, 1);
        section->level = 2;
        section->title = g_strdup("Heading");
        for (guint k = 0; k <= i; k++)
            add_paragraph(section, "text");
    }
    return document;
}

static void no_heading_ends_a_page(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = document_of_sections(25);
    g_autofree char *trace = tm_press_trace(press, document, TM_PAPER_A4, NULL);
    g_auto(GStrv) lines = g_strsplit(trace, "\n", -1);
    const char *last = "";
    guint breaks = 0;
    for (guint i = 0; lines[i] != NULL; i++) {
        if (strstr(lines[i], "\"Heading\"") != NULL || strstr(lines[i], "\"text\"") != NULL)
            last = lines[i];
        if (strstr(lines[i], "\"page ") == NULL)
            continue;
        breaks++;
        assert_null(strstr(last, "\"Heading\""));
    }
    assert_true(breaks > 3);
}

static void long_paragraphs_go_on_over_pages(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = document_of_sections(1);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < 3000; i++)
        g_string_append(text, "word ");
    add_paragraph(document->root, text->str);
    g_autofree char *trace = tm_press_trace(press, document, TM_PAPER_A4, NULL);
    guint found = 0;
    for (const char *p = trace; (p = strstr(p, "word ")) != NULL; p += strlen("word "))
        found++;
    assert_int_equal(found, 3000);
    assert_non_null(strstr(trace, "\"page 3 of "));
}

static void add_definition(TmNode *definitions, const char *term, const char *text)
{
    TmNode *item = tm_node_add(definitions, TM_NODE_ITEM, 1);
    item->lead = g_strdup(term);
    tm_runs_add(&item->runs, TM_TONE_PLAIN, text, NULL);
}

/* Where a text stands. */
static void find_place(const char *trace, const char *text, double *x, double *y)
{
    g_autofree char *quoted = g_strdup_printf("\"%s\"", text);
    const char *at = strstr(trace, quoted);
    assert_non_null(at);
    while (at > trace && at[-1] != '\n')
        at--;
    assert_int_equal(sscanf(strstr(at, "text "), "text %lf %lf", x, y), 2);
}

static void definitions_stand_in_two_columns_row_by_row(void **state)
{
    (void)state;
    double x[3], y[3];
    g_autoptr(TmDocument) document = document_of_sections(1);
    TmNode *definitions = tm_node_add(document->root->last_child, TM_NODE_DEFINITIONS, 1);
    add_definition(definitions, "First", "one");
    add_definition(definitions, "Second", "two");
    add_definition(definitions, "Third", "three");
    g_autofree char *trace = tm_press_trace(press, document, TM_PAPER_A4, NULL);
    find_place(trace, "First", &x[0], &y[0]);
    find_place(trace, "Second", &x[1], &y[1]);
    find_place(trace, "Third", &x[2], &y[2]);
    assert_true(x[1] > x[0] + 200 && y[1] == y[0]);
    assert_true(x[2] == x[0] && y[2] > y[0]);
    assert_true(strstr(trace, "\"First\"") < strstr(trace, "\"Second\""));
    assert_true(strstr(trace, "\"Second\"") < strstr(trace, "\"Third\""));
}

static void long_definitions_go_on_over_pages(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = document_of_sections(1);
    TmNode *definitions = tm_node_add(document->root->last_child, TM_NODE_DEFINITIONS, 1);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < 3000; i++)
        g_string_append(text, "word ");
    add_definition(definitions, "Short", "one");
    add_definition(definitions, "Long", text->str);
    g_autofree char *trace = tm_press_trace(press, document, TM_PAPER_A4, NULL);
    assert_non_null(strstr(trace, "\"page 3 of "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_blanks_and_keep_them),
        cmocka_unit_test(parts_of_one_word_stay_together),
        cmocka_unit_test(no_line_is_wider_than_allowed),
        cmocka_unit_test(an_empty_text_has_no_height),
        cmocka_unit_test(links_to_what_is_not_printed_are_plain_text),
        cmocka_unit_test(no_heading_ends_a_page),
        cmocka_unit_test(long_paragraphs_go_on_over_pages),
        cmocka_unit_test(definitions_stand_in_two_columns_row_by_row),
        cmocka_unit_test(long_definitions_go_on_over_pages),
    };
    return cmocka_run_group_tests_name("layout", tests, open_all, close_all);
}
