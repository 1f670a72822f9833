/*
 * tree: nodes and runs are made, walked and freed here. A node is linked into its parent at once
 * and owned by it; tm_document_free() takes the tree apart without recursion.
 */
#include <tidemark/document.h>

static const char *const kind_names[TM_NODE_KIND_COUNT] = {
#define X(id, name) [TM_NODE_##id] = name,
    TM_NODE_KINDS(X)
#undef X
};

const char *tm_node_kind_name(TmNodeKind kind)
{
    g_return_val_if_fail((guint)kind < TM_NODE_KIND_COUNT, "unknown");
    return kind_names[kind];
}

static TmNode *node_new(TmNodeKind kind, guint template_line)
{
    TmNode *node = g_new0(TmNode, 1);
    node->kind = kind;
    node->line = template_line;
    return node;
}

static void run_free(gpointer data)
{
    TmRun *run = data;
    g_free(run->text);
    g_free(run->href);
    g_free(run);
}

static void column_clear(gpointer data)
{
    TmColumn *column = data;
    g_clear_pointer(&column->title, g_free);
}

static void node_free(TmNode *node)
{
    g_free(node->id);
    g_free(node->title);
    g_free(node->addition);
    g_free(node->lead);
    g_free(node->value);
    g_free(node->alt);
    g_clear_pointer(&node->runs, g_ptr_array_unref);
    g_clear_pointer(&node->change, g_ptr_array_unref);
    g_clear_pointer(&node->status, g_ptr_array_unref);
    g_clear_pointer(&node->table_columns, g_array_unref);
    tm_chart_free(node->chart);
    g_free(node);
}

TmDocument *tm_document_new(const char *title, const char *language)
{
    TmDocument *document = g_new0(TmDocument, 1);
    document->title = g_strdup(title);
    document->language = g_strdup(language);
    document->date = TM_DAY_NONE;
    document->root = node_new(TM_NODE_DOCUMENT, 0);
    document->root->title = g_strdup(title);
    return document;
}

void tm_document_free(TmDocument *document)
{
    if (document == NULL)
        return;
    gboolean leaving = FALSE;
    TmNode *node = document->root;
    while (node != NULL) {
        /* A node is freed when the walk has left it, and the step away from it is already known. */
        TmNode *left = leaving ? node : NULL;
        node = tm_node_walk(node, &leaving);
        if (left != NULL)
            node_free(left);
    }
    g_free(document->title);
    g_free(document->language);
    g_free(document->subject);
    g_free(document->identifier);
    g_free(document->data_hash);
    g_free(document);
}

TmNode *tm_node_add(TmNode *parent, TmNodeKind kind, guint template_line)
{
    TmNode *node = node_new(kind, template_line);
    node->parent = parent;
    node->previous = parent->last_child;
    if (parent->last_child != NULL)
        parent->last_child->next = node;
    else
        parent->first_child = node;
    parent->last_child = node;
    return node;
}

void tm_runs_add(GPtrArray **runs, TmTone tone, const char *text, const char *href)
{
    if (*runs == NULL)
        *runs = g_ptr_array_new_with_free_func(run_free);
    TmRun *run = g_new0(TmRun, 1);
    run->text = g_strdup(text);
    run->tone = tone;
    run->href = g_strdup(href);
    g_ptr_array_add(*runs, run);
}

char *tm_runs_text(const GPtrArray *runs)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; runs != NULL && i < runs->len; i++) {
        const TmRun *run = runs->pdata[i];
        g_string_append(text, run->text);
    }
    return g_string_free(text, FALSE);
}

void tm_table_add_column(
    TmNode *table, const char *title, TmAlign align, double share, gboolean is_chart)
{
    if (table->table_columns == NULL) {
        table->table_columns = g_array_new(FALSE, FALSE, sizeof(TmColumn));
        g_array_set_clear_func(table->table_columns, column_clear);
    }
    TmColumn column = {
        .title = g_strdup(title), .align = align, .share = share, .is_chart = is_chart};
    g_array_append_val(table->table_columns, column);
}

TmNode *tm_node_walk(TmNode *node, gboolean *leaving)
{
    if (!*leaving) {
        if (node->first_child != NULL)
            return node->first_child;
        *leaving = TRUE;
        return node;
    }
    if (node->next != NULL) {
        *leaving = FALSE;
        return node->next;
    }
    return node->parent;
}
