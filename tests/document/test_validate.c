/*
 * Tests of tm_document_validate(): one good tree, and one fault at a time made in it. Each fault
 * must be found at the line of the node that has it.
 */
#include <tidemark/document.h>

#include <string.h>

#include "../cmocka_all.h"

/* The good tree and the nodes that the cases below spoil. Lines are 1, 2, 3 … in this order. */
typedef struct Tree {
    TmDocument *document;
    TmNode *masthead, *message, *section, *figures, *figure, *table, *row, *head_cell, *cell, *card,
        *item, *footer;
} Tree;

static TmNode *add(TmNode *parent, TmNodeKind kind, guint line, const char *text)
{
    TmNode *node = tm_node_add(parent, kind, line);
    if (text != NULL)
        tm_runs_add(&node->runs, TM_TONE_PLAIN, text, NULL);
    return node;
}

static Tree good_tree(void)
{
    Tree tree = {.document = tm_document_new("Report", "en")};
    TmNode *root = tree.document->root;
    tree.masthead = add(root, TM_NODE_MASTHEAD, 1, "Northwind");
    tree.message = add(root, TM_NODE_MESSAGE, 2, "Adoption rose");
    tree.section = add(root, TM_NODE_SECTION, 3, NULL);
    tree.section->title = g_strdup("Twelve weeks");
    tree.section->level = 2;
    tree.section->id = g_strdup("weeks");
    tree.figures = add(tree.section, TM_NODE_FIGURES, 4, NULL);
    tree.figures->columns = 2;
    tree.figure = add(tree.figures, TM_NODE_FIGURE, 5, NULL);
    tree.figure->title = g_strdup("Adoption");
    tree.figure->lead = g_strdup("Adoption rose to 62%.");
    tree.figure->alt = g_strdup("Line");
    tree.figure->chart = tm_chart_new(TM_CHART_LINE, TM_NUMBER_PERCENT);
    tree.table = add(tree.figure, TM_NODE_TABLE, 6, NULL);
    tree.table->title = g_strdup("By week");
    tm_table_add_column(tree.table, "Week", TM_ALIGN_START, 0.5, FALSE);
    tm_table_add_column(tree.table, "Share", TM_ALIGN_END, 0.5, FALSE);
    tree.row = add(tree.table, TM_NODE_ROW, 7, NULL);
    tree.head_cell = add(tree.row, TM_NODE_CELL, 8, "W46");
    tree.head_cell->scope_row = TRUE;
    tree.cell = add(tree.row, TM_NODE_CELL, 9, "62%");
    TmNode *cards = add(tree.section, TM_NODE_CARDS, 10, NULL);
    tree.card = add(cards, TM_NODE_CARD, 11, "from 55%");
    tree.card->title = g_strdup("Adoption");
    tree.card->value = g_strdup("62%");
    TmNode *items = add(tree.section, TM_NODE_ITEMS, 12, NULL);
    tree.item = add(items, TM_NODE_ITEM, 13, "No session in 30 days.");
    tree.item->lead = g_strdup("Reassign 31 seats.");
    tree.footer = add(root, TM_NODE_FOOTER, 14, "No names.");
    return tree;
}

static gboolean validate(const Tree *tree, char **report)
{
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    gboolean good = tm_document_validate(tree->document, "executive.xml", diagnostics);
    *report = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    return good;
}

static void a_good_tree_has_no_fault(void **state)
{
    (void)state;
    Tree tree = good_tree();
    g_autofree char *report = NULL;
    assert_true(validate(&tree, &report));
    assert_string_equal(report, "");
    tm_document_free(tree.document);
}

static void replace(char **field, const char *text)
{
    g_free(*field);
    *field = g_strdup(text);
}

static void second_message(Tree *tree)
{
    add(tree->document->root, TM_NODE_MESSAGE, 20, "again");
}

static void second_footer(Tree *tree)
{
    add(tree->document->root, TM_NODE_FOOTER, 20, "again");
}

static void empty_message(Tree *tree)
{
    g_ptr_array_set_size(tree->message->runs, 0);
}

static void section_skips_a_level(Tree *tree)
{
    tree->section->level = 3;
}

static void section_without_title(Tree *tree)
{
    replace(&tree->section->title, "");
}

static void figure_without_alt(Tree *tree)
{
    replace(&tree->figure->alt, NULL);
}

static void figure_without_sentence(Tree *tree)
{
    replace(&tree->figure->lead, NULL);
}

static void figure_without_chart(Tree *tree)
{
    g_clear_pointer(&tree->figure->chart, tm_chart_free);
}

static void figure_with_two_tables(Tree *tree)
{
    TmNode *table = add(tree->figure, TM_NODE_TABLE, 6, NULL);
    table->title = g_strdup("Second");
    tm_table_add_column(table, "Week", TM_ALIGN_START, 1, FALSE);
    TmNode *row = add(table, TM_NODE_ROW, 6, NULL);
    add(row, TM_NODE_CELL, 6, "W46");
}

static void row_with_a_cell_too_many(Tree *tree)
{
    add(tree->row, TM_NODE_CELL, 20, "3");
}

static void row_with_two_heads(Tree *tree)
{
    tree->cell->scope_row = TRUE;
}

static void column_without_width(Tree *tree)
{
    g_array_index(tree->table->table_columns, TmColumn, 0).share = 0;
}

static void figures_in_four_columns(Tree *tree)
{
    tree->figures->columns = 4;
}

static void cell_chart_without_alt(Tree *tree)
{
    tree->cell->chart = tm_chart_new(TM_CHART_DOTS, TM_NUMBER_PERCENT);
}

static void card_without_value(Tree *tree)
{
    replace(&tree->card->value, NULL);
}

static void item_without_lead(Tree *tree)
{
    replace(&tree->item->lead, NULL);
}

static void card_outside_cards(Tree *tree)
{
    TmNode *card = add(tree->section, TM_NODE_CARD, 20, "x");
    card->title = g_strdup("x");
    card->value = g_strdup("x");
}

static void duplicate_id(Tree *tree)
{
    replace(&tree->figure->id, "weeks");
}

static void id_with_blank(Tree *tree)
{
    replace(&tree->section->id, "two weeks");
}

static void link_to_nothing(Tree *tree)
{
    tm_runs_add(&tree->cell->runs, TM_TONE_PLAIN, "x", "#nowhere");
}

static void link_to_script(Tree *tree)
{
    tm_runs_add(&tree->cell->runs, TM_TONE_PLAIN, "x", "javascript:alert(1)");
}

static void link_to_other_host_without_scheme(Tree *tree)
{
    tm_runs_add(&tree->cell->runs, TM_TONE_PLAIN, "x", "//host/page");
}

static void link_with_blank_before_scheme(Tree *tree)
{
    tm_runs_add(&tree->cell->runs, TM_TONE_PLAIN, "x", " javascript:alert(1)");
}

static void broken_utf8(Tree *tree)
{
    tm_runs_add(&tree->cell->runs, TM_TONE_PLAIN, "\xC3(", NULL);
}

static const struct {
    void (*spoil)(Tree *tree);
    guint line; /* where the fault must be reported */
} cases[] = {
    {second_message, 20},
    {second_footer, 20},
    {empty_message, 2},
    {section_skips_a_level, 3},
    {section_without_title, 3},
    {figure_without_alt, 5},
    {figure_without_sentence, 5},
    {figure_without_chart, 5},
    {figure_with_two_tables, 5},
    {row_with_a_cell_too_many, 7},
    {row_with_two_heads, 7},
    {column_without_width, 6},
    {figures_in_four_columns, 4},
    {cell_chart_without_alt, 9},
    {card_without_value, 11},
    {item_without_lead, 13},
    {card_outside_cards, 20},
    {duplicate_id, 5},
    {id_with_blank, 3},
    {link_to_nothing, 9},
    {link_to_script, 9},
    {link_to_other_host_without_scheme, 9},
    {link_with_blank_before_scheme, 9},
    {broken_utf8, 9},
};

static void each_fault_is_found_at_its_line(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        Tree tree = good_tree();
        cases[i].spoil(&tree);
        g_autofree char *report = NULL;
        gboolean good = validate(&tree, &report);
        g_autofree char *prefix = g_strdup_printf("executive.xml:%u: ", cases[i].line);
        if (good || strstr(report, prefix) == NULL)
            fail_msg("case %u: expected %s, got: %s", i, prefix, report);
        tm_document_free(tree.document);
    }
}

static void all_faults_are_reported(void **state)
{
    (void)state;
    Tree tree = good_tree();
    for (guint i = 0; i < 3; i++)
        cases[3 + i].spoil(&tree);
    g_autofree char *report = NULL;
    assert_false(validate(&tree, &report));
    g_auto(GStrv) lines = g_strsplit(report, "\n", -1);
    assert_int_equal(g_strv_length(lines) - 1, 3);
    tm_document_free(tree.document);
}

static void a_tree_without_message_is_refused(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = tm_document_new("Report", "en");
    add(document->root, TM_NODE_PARAGRAPH, 1, "text");
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    assert_false(tm_document_validate(document, "x.xml", diagnostics));
    assert_int_equal(tm_diagnostics_count(diagnostics, TM_KIND_BAD_TEMPLATE), 1);
}

static void relative_links_are_allowed(void **state)
{
    (void)state;
    Tree tree = good_tree();
    tm_runs_add(&tree.cell->runs, TM_TONE_PLAIN, "x", "../team/b7/2026-W46/team.html#weeks");
    tm_runs_add(&tree.cell->runs, TM_TONE_PLAIN, "x", "#weeks");
    tm_runs_add(&tree.cell->runs, TM_TONE_PLAIN, "x", "https://example.org/a:b?c=d");
    g_autofree char *report = NULL;
    assert_true(validate(&tree, &report));
    tm_document_free(tree.document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_tree_has_no_fault),
        cmocka_unit_test(each_fault_is_found_at_its_line),
        cmocka_unit_test(all_faults_are_reported),
        cmocka_unit_test(a_tree_without_message_is_refused),
        cmocka_unit_test(relative_links_are_allowed),
    };
    return cmocka_run_group_tests_name("validate", tests, NULL, NULL);
}
