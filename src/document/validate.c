/*
 * validate: every rule that back ends rely on. One table says which kinds stand where, one holds a
 * function per kind for the fields; what concerns the whole tree (ids, links, one message) is
 * gathered on the way. All faults are reported, not only the first.
 */
#include <math.h>
#include <string.h>
#include <tidemark/document.h>

typedef struct Validation {
    TmDiagnostics *diagnostics;
    const char *path;
    GHashTable *ids; /* borrowed char* */
    guint messages, mastheads, footers;
    gboolean good;
} Validation;

static void fault(Validation *validation, const TmNode *node, const char *field, const char *text)
{
    TmPlace place = {.file = validation->path, .line = node->line, .field = field};
    tm_diagnostics_report(validation->diagnostics, TM_KIND_BAD_TEMPLATE, &place, "%s: %s",
        tm_node_kind_name(node->kind), text);
    validation->good = FALSE;
}

static gboolean is_empty(const char *text)
{
    return text == NULL || *text == '\0';
}

static void require(
    Validation *validation, const TmNode *node, const char *field, const char *value)
{
    if (is_empty(value))
        fault(validation, node, field, "has no text here");
}

static gboolean runs_are_empty(const GPtrArray *runs)
{
    for (guint i = 0; runs != NULL && i < runs->len; i++) {
        const TmRun *run = runs->pdata[i];
        if (!is_empty(run->text))
            return FALSE;
    }
    return TRUE;
}

static guint count_children(const TmNode *node, TmNodeKind kind)
{
    guint count = 0;
    for (const TmNode *child = node->first_child; child != NULL; child = child->next)
        count += child->kind == kind;
    return count;
}

/* ---- Fields of each kind ----------------------------------------------------------------- */

static void check_masthead(Validation *validation, const TmNode *node)
{
    if (++validation->mastheads > 1)
        fault(validation, node, NULL, "there is more than one");
    if (runs_are_empty(node->runs))
        fault(validation, node, "runs", "has no text");
}

static void check_message(Validation *validation, const TmNode *node)
{
    if (++validation->messages > 1)
        fault(validation, node, NULL, "there is more than one heading of level 1");
    if (runs_are_empty(node->runs))
        fault(validation, node, "runs", "has no text");
}

static void check_section(Validation *validation, const TmNode *node)
{
    require(validation, node, "title", node->title);
    guint expected = node->parent->kind == TM_NODE_SECTION ? node->parent->level + 1 : 2;
    if (node->level != expected || expected > 3)
        fault(validation, node, "level", "skips a heading level or lies deeper than level 3");
}

static void check_runs_present(Validation *validation, const TmNode *node)
{
    if (runs_are_empty(node->runs))
        fault(validation, node, "runs", "has no text");
}

static void check_not_empty(Validation *validation, const TmNode *node)
{
    if (node->first_child == NULL)
        fault(validation, node, NULL, "holds nothing");
}

static void check_chart_alt(Validation *validation, const TmNode *node)
{
    if (node->chart != NULL && is_empty(node->alt))
        fault(validation, node, "alt", "has a chart without a text alternative");
}

static void check_card(Validation *validation, const TmNode *node)
{
    require(validation, node, "title", node->title);
    require(validation, node, "value", node->value);
    check_chart_alt(validation, node);
}

static void check_item(Validation *validation, const TmNode *node)
{
    require(validation, node, "lead", node->lead);
    if (node->parent->kind == TM_NODE_DEFINITIONS && runs_are_empty(node->runs))
        fault(validation, node, "runs", "defines a term without words");
}

static void check_figures(Validation *validation, const TmNode *node)
{
    check_not_empty(validation, node);
    if (node->columns < 1 || node->columns > 3)
        fault(validation, node, "columns", "must have 1 to 3 columns");
}

static void check_figure(Validation *validation, const TmNode *node)
{
    require(validation, node, "title", node->title);
    require(validation, node, "lead", node->lead);
    require(validation, node, "alt", node->alt);
    if (node->chart == NULL)
        fault(validation, node, "chart", "has no chart");
    if (count_children(node, TM_NODE_TABLE) != 1)
        fault(validation, node, "table", "must have exactly one table of its data");
}

static void check_table(Validation *validation, const TmNode *node)
{
    require(validation, node, "title", node->title);
    check_not_empty(validation, node);
    if (node->table_columns == NULL || node->table_columns->len == 0) {
        fault(validation, node, "columns", "has no columns");
        return;
    }
    double sum = 0;
    for (guint i = 0; i < node->table_columns->len; i++) {
        const TmColumn *column = &g_array_index(node->table_columns, TmColumn, i);
        require(validation, node, "columns", column->title);
        if (!isfinite(column->share) || column->share <= 0)
            fault(validation, node, "share", "has a column without width");
        sum += column->share;
    }
    if (!(fabs(sum - 1) < 0.01))
        fault(validation, node, "share", "has column widths that do not add up to 1");
}

static void check_row(Validation *validation, const TmNode *node)
{
    if (node->head && node->previous != NULL && !node->previous->head)
        fault(validation, node, "head", "belongs to the head but stands below the body");
    guint cells = count_children(node, TM_NODE_CELL);
    if (node->group_heading) {
        if (cells != 1)
            fault(validation, node, NULL, "heads a group and must hold exactly one cell");
        return;
    }
    const GArray *columns = node->parent->table_columns;
    if (columns == NULL || cells != columns->len)
        fault(validation, node, NULL, "has not as many cells as the table has columns");
    guint heads = 0;
    for (const TmNode *cell = node->first_child; cell != NULL; cell = cell->next)
        heads += cell->scope_row;
    if (heads > 1)
        fault(validation, node, "scope_row", "has more than one cell that heads it");
}

static void check_footer(Validation *validation, const TmNode *node)
{
    if (++validation->footers > 1)
        fault(validation, node, NULL, "there is more than one");
    check_runs_present(validation, node);
}

#define KIND(id) (1u << TM_NODE_##id)
#define FLOW                                                                                       \
    (KIND(SECTION) | KIND(PARAGRAPH) | KIND(CARDS) | KIND(ITEMS) | KIND(FIGURES) | KIND(FIGURE) |  \
        KIND(TABLE) | KIND(DEFINITIONS))

static const struct {
    guint children; /* kinds allowed directly below */
    void (*check)(Validation *validation, const TmNode *node);
} rules[TM_NODE_KIND_COUNT] = {
    [TM_NODE_DOCUMENT] = {FLOW | KIND(MASTHEAD) | KIND(MESSAGE) | KIND(FOOTER), check_not_empty},
    [TM_NODE_MASTHEAD] = {0, check_masthead},
    [TM_NODE_MESSAGE] = {0, check_message},
    [TM_NODE_SECTION] = {FLOW, check_section},
    [TM_NODE_PARAGRAPH] = {0, check_runs_present},
    [TM_NODE_CARDS] = {KIND(CARD), check_not_empty},
    [TM_NODE_CARD] = {0, check_card},
    [TM_NODE_ITEMS] = {KIND(ITEM), check_not_empty},
    [TM_NODE_ITEM] = {0, check_item},
    [TM_NODE_FIGURES] = {KIND(FIGURE), check_figures},
    [TM_NODE_FIGURE] = {KIND(TABLE), check_figure},
    [TM_NODE_TABLE] = {KIND(ROW), check_table},
    [TM_NODE_ROW] = {KIND(CELL), check_row},
    [TM_NODE_CELL] = {0, check_chart_alt},
    [TM_NODE_DEFINITIONS] = {KIND(ITEM), check_not_empty},
    [TM_NODE_FOOTER] = {0, check_footer},
};

/* ---- What every node must keep ----------------------------------------------------------- */

static void check_utf8(
    Validation *validation, const TmNode *node, const char *field, const char *text)
{
    if (text != NULL && !g_utf8_validate(text, -1, NULL))
        fault(validation, node, field, "is not UTF-8");
}

/* Lower-case letters, digits and hyphens, a letter first: safe in HTML, CSS, PDF and addresses. */
static gboolean id_is_good(const char *id)
{
    return g_ascii_islower(*id) &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id);
}

/*
 * Links lead inside the document, to another file of the same site, or to the web. Any other
 * scheme (script, data, file) and "//host" are refused.
 */
static gboolean href_is_good(const char *href)
{
    if (*href == '\0' || g_str_has_prefix(href, "//") || strchr(href, '\\') != NULL)
        return FALSE;
    for (const char *p = href; *p != '\0'; p++)
        if ((unsigned char)*p <= 0x20 || *p == 0x7F)
            return FALSE;
    if (g_str_has_prefix(href, "https://") || g_str_has_prefix(href, "http://") ||
        g_str_has_prefix(href, "mailto:"))
        return TRUE;
    return strcspn(href, ":") >= strcspn(href, "/?#");
}

static void check_runs(
    Validation *validation, const TmNode *node, const char *field, const GPtrArray *runs)
{
    for (guint i = 0; runs != NULL && i < runs->len; i++) {
        const TmRun *run = runs->pdata[i];
        if (run->text == NULL)
            fault(validation, node, field, "has a run without text");
        check_utf8(validation, node, field, run->text);
        check_utf8(validation, node, "href", run->href);
        if (run->href != NULL && !href_is_good(run->href))
            fault(validation, node, "href", "has a link that leads nowhere good");
        if (run->href != NULL && is_empty(run->text))
            fault(validation, node, "href", "has a link without words");
    }
}

static void check_strings(Validation *validation, const TmNode *node)
{
    check_utf8(validation, node, "title", node->title);
    check_utf8(validation, node, "addition", node->addition);
    check_utf8(validation, node, "lead", node->lead);
    check_utf8(validation, node, "value", node->value);
    check_utf8(validation, node, "alt", node->alt);
    check_runs(validation, node, "runs", node->runs);
    check_runs(validation, node, "change", node->change);
    check_runs(validation, node, "status", node->status);
    for (guint i = 0; node->table_columns != NULL && i < node->table_columns->len; i++)
        check_utf8(
            validation, node, "columns", g_array_index(node->table_columns, TmColumn, i).title);
    if (node->id == NULL)
        return;
    if (!id_is_good(node->id))
        fault(validation, node, "id", "is not made of lower-case letters, digits and hyphens");
    else if (!g_hash_table_add(validation->ids, node->id))
        fault(validation, node, "id", "is used twice");
}

static void check_node(Validation *validation, const TmNode *node)
{
    if (node->parent != NULL && (rules[node->parent->kind].children & (1u << node->kind)) == 0) {
        fault(validation, node, NULL, "must not stand here");
        return;
    }
    check_strings(validation, node);
    rules[node->kind].check(validation, node);
}

static void check_targets(Validation *validation, const TmNode *node, const GPtrArray *runs)
{
    for (guint i = 0; runs != NULL && i < runs->len; i++) {
        const TmRun *run = runs->pdata[i];
        if (run->href != NULL && *run->href == '#' &&
            !g_hash_table_contains(validation->ids, run->href + 1))
            fault(validation, node, "href", "links to an id that the document does not have");
    }
}

gboolean tm_document_validate(
    const TmDocument *document, const char *template_path, TmDiagnostics *diagnostics)
{
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    Validation validation = {
        .diagnostics = diagnostics, .path = template_path, .ids = ids, .good = TRUE};
    TmNode *root = document->root;
    require(&validation, root, "title", document->title);
    require(&validation, root, "language", document->language);
    check_utf8(&validation, root, "title", document->title);
    check_utf8(&validation, root, "subject", document->subject);

    gboolean leaving = FALSE;
    for (TmNode *node = root; node != NULL; node = tm_node_walk(node, &leaving))
        if (!leaving)
            check_node(&validation, node);
    if (validation.messages == 0)
        fault(&validation, root, "message", "has no heading of level 1");

    leaving = FALSE;
    for (TmNode *node = root; node != NULL; node = tm_node_walk(node, &leaving)) {
        if (leaving)
            continue;
        check_targets(&validation, node, node->runs);
        check_targets(&validation, node, node->change);
        check_targets(&validation, node, node->status);
    }
    return validation.good;
}
