/* Tests of the document tree: linking, walking, runs, and the dump that other goldens use. */
#include <tidemark/document.h>

#include "../golden.h"

static void new_children_are_linked_in_order(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = tm_document_new("t", "en");
    TmNode *first = tm_node_add(document->root, TM_NODE_PARAGRAPH, 3);
    TmNode *second = tm_node_add(document->root, TM_NODE_SECTION, 4);
    assert_ptr_equal(document->root->first_child, first);
    assert_ptr_equal(document->root->last_child, second);
    assert_ptr_equal(first->next, second);
    assert_ptr_equal(second->previous, first);
    assert_ptr_equal(second->parent, document->root);
    assert_int_equal(second->line, 4);
}

static void walk_enters_and_leaves_every_node_once(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = tm_document_new("t", "en");
    TmNode *section = tm_node_add(document->root, TM_NODE_SECTION, 1);
    tm_node_add(section, TM_NODE_PARAGRAPH, 2);
    tm_node_add(section, TM_NODE_CARDS, 3);
    tm_node_add(document->root, TM_NODE_FOOTER, 4);
    g_autoptr(GString) path = g_string_new(NULL);
    gboolean leaving = FALSE;
    for (TmNode *node = document->root; node != NULL; node = tm_node_walk(node, &leaving))
        g_string_append_printf(path, "%s%s ", leaving ? "/" : "", tm_node_kind_name(node->kind));
    assert_string_equal(path->str,
        "document section paragraph /paragraph cards /cards /section footer /footer /document ");
}

static void deep_trees_are_freed_without_recursion(void **state)
{
    (void)state;
    TmDocument *document = tm_document_new("t", "en");
    TmNode *node = document->root;
    for (guint i = 0; i < 200000; i++)
        node = tm_node_add(node, TM_NODE_SECTION, i);
    tm_document_free(document);
}

static void runs_are_copied_and_joined(void **state)
{
    (void)state;
    char text[] = "one ";
    GPtrArray *runs = NULL;
    tm_runs_add(&runs, TM_TONE_PLAIN, text, NULL);
    text[0] = 'X';
    tm_runs_add(&runs, TM_TONE_STRONG, "two", "#there");
    g_autofree char *joined = tm_runs_text(runs);
    assert_string_equal(joined, "one two");
    g_ptr_array_unref(runs);
}

static void no_runs_are_an_empty_text(void **state)
{
    (void)state;
    g_autofree char *joined = tm_runs_text(NULL);
    assert_string_equal(joined, "");
}

static TmChart *example_chart(void)
{
    TmChart *chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_PERCENT);
    chart->has_target = TRUE;
    chart->target = 70;
    chart->target_label = g_strdup("target 70%");
    const TmPoint points[] = {{.state = TM_POINT_MEASURED, .value = 55},
        {.state = TM_POINT_ESTIMATED, .value = 58.25},
        {.state = TM_POINT_PROVISIONAL, .value = 61, .incomplete = TRUE},
        {.state = TM_POINT_BAND, .low = 40, .high = 60}, {.state = TM_POINT_NOT_SHOWN},
        {.state = TM_POINT_NOT_MEASURED}};
    TmSeries *series = tm_chart_add_series(chart, "licensed", TM_INK_MAIN);
    for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
        tm_chart_add_label(chart, "W");
        tm_series_add(series, points[i]);
    }
    return chart;
}

static void dump_prints_every_field(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = tm_document_new("Tide \"report\"", "en");
    document->subject = g_strdup("one\nline");
    document->identifier = g_strdup("tidemark:x:1");
    document->date = tm_day_from_date(2026, 11, 15);
    document->data_hash = g_strdup("abcd");
    TmNode *masthead = tm_node_add(document->root, TM_NODE_MASTHEAD, 2);
    tm_runs_add(&masthead->runs, TM_TONE_STRONG, "Northwind", NULL);
    masthead->addition = g_strdup("Week 46");
    TmNode *section = tm_node_add(document->root, TM_NODE_SECTION, 5);
    section->id = g_strdup("trend");
    section->title = g_strdup("Trend");
    section->level = 2;
    section->page_break_before = TRUE;
    TmNode *figures = tm_node_add(section, TM_NODE_FIGURES, 6);
    figures->columns = 2;
    TmNode *figure = tm_node_add(figures, TM_NODE_FIGURE, 7);
    figure->title = g_strdup("Adoption");
    figure->lead = g_strdup("It rose.");
    figure->alt = g_strdup("A line that rises");
    figure->chart = example_chart();
    TmNode *table = tm_node_add(figure, TM_NODE_TABLE, 0);
    table->title = g_strdup("Adoption by week");
    table->collapsed = TRUE;
    tm_table_add_column(table, "Week", TM_ALIGN_START, 0.5, FALSE);
    tm_table_add_column(table, "Share", TM_ALIGN_END, 0.5, TRUE);
    TmNode *row = tm_node_add(table, TM_NODE_ROW, 0);
    TmNode *cell = tm_node_add(row, TM_NODE_CELL, 0);
    cell->scope_row = TRUE;
    tm_runs_add(&cell->runs, TM_TONE_PLAIN, "W46\x01", "#trend");
    TmNode *group = tm_node_add(table, TM_NODE_ROW, 0);
    group->group_heading = TRUE;
    TmNode *card = tm_node_add(tm_node_add(section, TM_NODE_CARDS, 9), TM_NODE_CARD, 10);
    card->value = g_strdup("62%");
    tm_runs_add(&card->change, TM_TONE_ACCENT, "▲ 7", NULL);
    tm_runs_add(&card->status, TM_TONE_GOOD, "healthy", NULL);
    TmNode *note = tm_node_add(section, TM_NODE_PARAGRAPH, 11);
    note->style = TM_STYLE_NOTE;
    g_autofree char *dump = tm_document_dump(document);
    assert_golden("document/golden/dump.txt", dump);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_children_are_linked_in_order),
        cmocka_unit_test(walk_enters_and_leaves_every_node_once),
        cmocka_unit_test(deep_trees_are_freed_without_recursion),
        cmocka_unit_test(runs_are_copied_and_joined),
        cmocka_unit_test(no_runs_are_an_empty_text),
        cmocka_unit_test(dump_prints_every_field),
    };
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
