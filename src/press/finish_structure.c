/*
 * finish_structure: walks the structure tree in step with the list of what was drawn. Each element
 * gets what cairo could not write; artifacts leave the tree and the parent tree.
 */
#include <string.h>

#include "finish.h"

/* An element that the walk is in, and its /K, always made an array. */
typedef struct Level {
    qpdf_oh children;
    qpdf_oh element;
    int index;
} Level;

typedef struct Walk {
    qpdf_data qpdf;
    const GPtrArray *elements;
    guint next; /* element of the list that comes next */
    GArray *levels;
    GHashTable *artifacts; /* page object id → GArray of int */
} Walk;

static gboolean is_element(qpdf_data qpdf, qpdf_oh oh)
{
    return qpdf_oh_is_dictionary(qpdf, oh) && qpdf_oh_has_key(qpdf, oh, "/S");
}

static gboolean name_is(qpdf_data qpdf, qpdf_oh dictionary, const char *key, const char *name)
{
    qpdf_oh value = qpdf_oh_get_key(qpdf, dictionary, key);
    gboolean equal = qpdf_oh_is_name_and_equals(qpdf, value, name);
    qpdf_oh_release(qpdf, value);
    return equal;
}

static void set_text(qpdf_data qpdf, qpdf_oh dictionary, const char *key, const char *text)
{
    qpdf_oh value = qpdf_oh_new_unicode_string(qpdf, text);
    qpdf_oh_replace_key(qpdf, dictionary, key, value);
    qpdf_oh_release(qpdf, value);
}

static void push(Walk *walk, qpdf_oh element)
{
    qpdf_data qpdf = walk->qpdf;
    Level level = {.element = element, .children = qpdf_oh_get_key(qpdf, element, "/K")};
    if (!qpdf_oh_is_array(qpdf, level.children) && !qpdf_oh_is_null(qpdf, level.children)) {
        qpdf_oh array = qpdf_oh_wrap_in_array(qpdf, level.children);
        qpdf_oh_replace_key(qpdf, element, "/K", array);
        qpdf_oh_release(qpdf, level.children);
        level.children = array;
    }
    g_array_append_val(walk->levels, level);
}

static void pop(Walk *walk)
{
    const Level *level = &g_array_index(walk->levels, Level, walk->levels->len - 1);
    qpdf_oh_release(walk->qpdf, level->children);
    qpdf_oh_release(walk->qpdf, level->element);
    g_array_set_size(walk->levels, walk->levels->len - 1);
}

/* The annotation of a link says what the link says. */
static void describe_annotation(qpdf_data qpdf, qpdf_oh element, const char *text)
{
    qpdf_oh children = qpdf_oh_get_key(qpdf, element, "/K");
    int count = qpdf_oh_is_array(qpdf, children) ? qpdf_oh_get_array_n_items(qpdf, children) : 0;
    for (int i = 0; i < count; i++) {
        qpdf_oh child = qpdf_oh_get_array_item(qpdf, children, i);
        if (qpdf_oh_is_dictionary(qpdf, child) && name_is(qpdf, child, "/Type", "/OBJR")) {
            qpdf_oh annotation = qpdf_oh_get_key(qpdf, child, "/Obj");
            set_text(qpdf, annotation, "/Contents", text);
            qpdf_oh_release(qpdf, annotation);
        }
        qpdf_oh_release(qpdf, child);
    }
    qpdf_oh_release(qpdf, children);
}

static void set_table_attributes(qpdf_data qpdf, qpdf_oh element, const TmStructureElement *drawn)
{
    if (drawn->scope == NULL)
        return;
    g_autoptr(GString) source = g_string_new("<</O /Table");
    g_string_append_printf(source, " /Scope /%s", drawn->scope);
    if (drawn->column_span > 1)
        g_string_append_printf(source, " /ColSpan %u", drawn->column_span);
    g_string_append(source, ">>");
    qpdf_oh attributes = qpdf_oh_parse(qpdf, source->str);
    qpdf_oh_replace_key(qpdf, element, "/A", attributes);
    qpdf_oh_release(qpdf, attributes);
}

static void note_content(Walk *walk, qpdf_oh page, int content_id)
{
    gpointer key = GINT_TO_POINTER(qpdf_oh_get_object_id(walk->qpdf, page));
    GArray *ids = g_hash_table_lookup(walk->artifacts, key);
    if (ids == NULL) {
        ids = g_array_new(FALSE, FALSE, sizeof(int));
        g_hash_table_insert(walk->artifacts, key, ids);
    }
    g_array_append_val(ids, content_id);
}

/* Marked content of an artifact: numbers on the element's page, or references with a page. */
static void note_artifact(Walk *walk)
{
    qpdf_data qpdf = walk->qpdf;
    const Level *level = &g_array_index(walk->levels, Level, walk->levels->len - 1);
    qpdf_oh own_page = qpdf_oh_get_key(qpdf, level->element, "/Pg");
    int count = qpdf_oh_is_array(qpdf, level->children)
                    ? qpdf_oh_get_array_n_items(qpdf, level->children)
                    : 0;
    for (int i = 0; i < count; i++) {
        qpdf_oh child = qpdf_oh_get_array_item(qpdf, level->children, i);
        if (qpdf_oh_is_integer(qpdf, child)) {
            note_content(walk, own_page, qpdf_oh_get_int_value_as_int(qpdf, child));
        } else if (qpdf_oh_is_dictionary(qpdf, child) && qpdf_oh_has_key(qpdf, child, "/MCID")) {
            qpdf_oh page = qpdf_oh_get_key(qpdf, child, "/Pg");
            qpdf_oh id = qpdf_oh_get_key(qpdf, child, "/MCID");
            note_content(walk, qpdf_oh_is_dictionary(qpdf, page) ? page : own_page,
                qpdf_oh_get_int_value_as_int(qpdf, id));
            qpdf_oh_release(qpdf, page);
            qpdf_oh_release(qpdf, id);
        }
        qpdf_oh_release(qpdf, child);
    }
    qpdf_oh_release(qpdf, own_page);
}

static gboolean matches(qpdf_data qpdf, qpdf_oh element, const TmStructureElement *drawn)
{
    g_autofree char *name = g_strconcat("/", drawn->name, NULL);
    return name_is(qpdf, element, "/S", name);
}

/* Enters the element in the child slot of the innermost level. FALSE if the list says otherwise. */
static gboolean enter(Walk *walk, qpdf_oh element)
{
    if (walk->next >= walk->elements->len)
        return FALSE;
    const TmStructureElement *drawn = walk->elements->pdata[walk->next++];
    if (!matches(walk->qpdf, element, drawn))
        return FALSE;
    push(walk, element);
    if (drawn->is_artifact) {
        note_artifact(walk);
        pop(walk);
        Level *parent = &g_array_index(walk->levels, Level, walk->levels->len - 1);
        qpdf_oh_erase_item(walk->qpdf, parent->children, --parent->index);
        return TRUE;
    }
    if (drawn->alt != NULL)
        set_text(walk->qpdf, element, "/Alt", drawn->alt);
    if (drawn->href != NULL)
        describe_annotation(walk->qpdf, element, drawn->alt != NULL ? drawn->alt : drawn->href);
    set_table_attributes(walk->qpdf, element, drawn);
    return TRUE;
}

/* One child of the innermost level, or the end of it. FALSE on a mismatch. */
static gboolean step(Walk *walk)
{
    qpdf_data qpdf = walk->qpdf;
    Level *level = &g_array_index(walk->levels, Level, walk->levels->len - 1);
    int count = qpdf_oh_is_array(qpdf, level->children)
                    ? qpdf_oh_get_array_n_items(qpdf, level->children)
                    : 0;
    if (level->index >= count) {
        pop(walk);
        return TRUE;
    }
    qpdf_oh child = qpdf_oh_get_array_item(qpdf, level->children, level->index++);
    if (is_element(qpdf, child))
        return enter(walk, child);
    qpdf_oh_release(qpdf, child);
    return TRUE;
}

/* Artifacts have no parent element any more. */
static void clear_parents(qpdf_data qpdf, qpdf_oh parents, const GArray *ids)
{
    int count = qpdf_oh_get_array_n_items(qpdf, parents);
    qpdf_oh null = qpdf_oh_new_null(qpdf);
    for (guint i = 0; i < ids->len; i++) {
        int id = g_array_index(ids, int, i);
        if (id >= 0 && id < count)
            qpdf_oh_set_array_item(qpdf, parents, id, null);
    }
    qpdf_oh_release(qpdf, null);
}

/* Page object id by the key that the page has in the parent tree. */
static GHashTable *pages_by_key(qpdf_data qpdf)
{
    GHashTable *pages = g_hash_table_new(NULL, NULL);
    int count = qpdf_get_num_pages(qpdf);
    for (int i = 0; i < count; i++) {
        qpdf_oh page = qpdf_get_page_n(qpdf, (size_t)i);
        qpdf_oh key = qpdf_oh_get_key(qpdf, page, "/StructParents");
        if (qpdf_oh_is_integer(qpdf, key))
            g_hash_table_insert(pages, GINT_TO_POINTER(qpdf_oh_get_int_value_as_int(qpdf, key)),
                GINT_TO_POINTER(qpdf_oh_get_object_id(qpdf, page)));
        qpdf_oh_release(qpdf, key);
        qpdf_oh_release(qpdf, page);
    }
    return pages;
}

static void clean_parent_tree(qpdf_data qpdf, qpdf_oh root, GHashTable *artifacts)
{
    g_autoptr(GHashTable) pages = pages_by_key(qpdf);
    qpdf_oh tree = qpdf_oh_get_key(qpdf, root, "/ParentTree");
    qpdf_oh numbers = qpdf_oh_get_key(qpdf, tree, "/Nums");
    int count = qpdf_oh_is_array(qpdf, numbers) ? qpdf_oh_get_array_n_items(qpdf, numbers) : 0;
    for (int i = 0; i + 1 < count; i += 2) {
        qpdf_oh key = qpdf_oh_get_array_item(qpdf, numbers, i);
        qpdf_oh parents = qpdf_oh_get_array_item(qpdf, numbers, i + 1);
        gpointer page =
            g_hash_table_lookup(pages, GINT_TO_POINTER(qpdf_oh_get_int_value_as_int(qpdf, key)));
        const GArray *ids = g_hash_table_lookup(artifacts, page);
        if (ids != NULL && qpdf_oh_is_array(qpdf, parents))
            clear_parents(qpdf, parents, ids);
        qpdf_oh_release(qpdf, key);
        qpdf_oh_release(qpdf, parents);
    }
    qpdf_oh_release(qpdf, numbers);
    qpdf_oh_release(qpdf, tree);
}

gboolean tm_finish_structure(
    qpdf_data qpdf, const GPtrArray *elements, GHashTable *artifacts, GError **error)
{
    qpdf_oh catalogue = qpdf_get_root(qpdf);
    qpdf_oh root = qpdf_oh_get_key(qpdf, catalogue, "/StructTreeRoot");
    g_autoptr(GArray) levels = g_array_new(FALSE, FALSE, sizeof(Level));
    Walk walk = {.qpdf = qpdf, .elements = elements, .levels = levels, .artifacts = artifacts};
    gboolean good = qpdf_oh_is_dictionary(qpdf, root);
    if (good)
        push(&walk, qpdf_oh_new_object(qpdf, root));
    while (good && levels->len > 0)
        good = step(&walk);
    if (good && walk.next == elements->len) {
        clean_parent_tree(qpdf, root, artifacts);
    } else {
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
            "the PDF's structure differs from what was drawn at element %u of %u", walk.next,
            elements->len);
        good = FALSE;
    }
    while (levels->len > 0)
        pop(&walk);
    qpdf_oh_release(qpdf, root);
    qpdf_oh_release(qpdf, catalogue);
    return good;
}
