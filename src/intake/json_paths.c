/*
 * Nodes of the tree are looked up in the order of the table, from where the last look-up ended:
 * vendors write members in one order, so nearly every look-up is one comparison.
 */
#include "json_paths.h"

#include <string.h>

#define NO_RULE G_MAXUINT
#define ANY_NAME "*"
#define MOST_UNKNOWN 32 /* unknown members kept in mind for one record */

typedef struct Node {
    char *name; /* of the member; "[]" for elements, "*" for any */
    gsize length;
    guint rule; /* NO_RULE: only on the way to others */
    GPtrArray *children;
    guint next;      /* child to look at first */
    guint64 seen_in; /* number of the object in which it was last seen */
} Node;

struct TmJsonPaths {
    const TmFieldRule *rules;
    Node *root;
    Node *page;
    guint64 objects; /* objects walked so far */
    TmCell unknown[MOST_UNKNOWN];
    guint unknown_count;
};

typedef struct Walk {
    TmJsonPaths *paths;
    TmJsonRecord *record;
    const TmJsonFormat *format;
    gpointer state;
    TmReading *reading;
    const char **twice;
} Walk;

static void free_node(gpointer data)
{
    Node *node = data;
    g_ptr_array_unref(node->children);
    g_free(node->name);
    g_free(node);
}

static Node *new_node(const char *name, gsize length)
{
    Node *node = g_new0(Node, 1);
    node->name = g_strndup(name, length);
    node->length = length;
    node->rule = NO_RULE;
    node->children = g_ptr_array_new_with_free_func(free_node);
    return node;
}

static Node *child_named(Node *node, const char *name, gsize length)
{
    for (guint i = 0; i < node->children->len; i++) {
        Node *child = node->children->pdata[i];
        if (child->length == length && memcmp(child->name, name, length) == 0)
            return child;
    }
    Node *child = new_node(name, length);
    g_ptr_array_add(node->children, child);
    return child;
}

/* Adds one path, of which `end` is the end. */
static void add_path(TmJsonPaths *paths, const char *path, const char *end, guint rule)
{
    gboolean is_page = g_str_has_prefix(path, "page.");
    Node *node = is_page ? paths->page : paths->root;
    path += is_page ? strlen("page.") : 0;
    while (path < end) {
        gsize length = strcspn(path, ".[|");
        if (length > 0)
            node = child_named(node, path, length);
        path += length;
        if (path < end && *path == '[') {
            node = child_named(node, "[]", 2);
            path += 2;
        }
        if (path < end && *path == '.')
            path++;
    }
    node->rule = rule;
}

TmJsonPaths *tm_json_paths_new(const TmFieldRule *rules, guint count)
{
    TmJsonPaths *paths = g_new0(TmJsonPaths, 1);
    paths->rules = rules;
    paths->root = new_node("", 0);
    paths->page = new_node("", 0);
    for (guint i = 0; i < count; i++)
        for (const char *name = rules[i].names; name != NULL;) {
            const char *bar = strchr(name, '|');
            add_path(paths, name, bar != NULL ? bar : name + strlen(name), i);
            name = bar != NULL ? bar + 1 : NULL;
        }
    return paths;
}

void tm_json_paths_free(TmJsonPaths *paths)
{
    if (paths == NULL)
        return;
    free_node(paths->root);
    free_node(paths->page);
    g_free(paths);
}

static Node *find_child(Node *node, const char *name, gsize length)
{
    guint count = node->children->len;
    for (guint i = 0, at = node->next; i < count; i++, at = at + 1 < count ? at + 1 : 0) {
        if (at >= count)
            at = 0;
        Node *child = node->children->pdata[at];
        if (child->length == length && memcmp(child->name, name, length) == 0) {
            node->next = at + 1;
            return child;
        }
    }
    for (guint i = 0; i < count; i++) {
        Node *child = node->children->pdata[i];
        if (g_str_equal(child->name, ANY_NAME))
            return child;
    }
    return NULL;
}

/* The node of the member that the record stands at; NULL if the table has none, then *key is set.
 */
static Node *find_member(Node *node, const TmJsonRecord *record, TmCell *key)
{
    if (node->next < node->children->len) {
        Node *expected = node->children->pdata[node->next];
        if (tm_json_record_has_key(record, expected->name, expected->length)) {
            node->next++;
            return expected;
        }
    }
    key->text = tm_json_record_key(record, &key->length);
    return find_child(node, key->text, key->length);
}

static TmWalk walk_inside(Walk *walk, Node *node);

static gboolean is_wanted(const Walk *walk, const Node *node)
{
    return node->rule != NO_RULE && (walk->paths->rules[node->rule].use == TM_FIELD_READ ||
                                        walk->paths->rules[node->rule].use == TM_FIELD_IDENTITY);
}

/* The current value of the record belongs to `node`. */
static TmWalk walk_value(Walk *walk, Node *node)
{
    if (node->rule != NO_RULE && walk->paths->rules[node->rule].use == TM_FIELD_CONTENT)
        walk->reading->summary->dropped_content_fields++;
    gboolean wanted = is_wanted(walk, node);
    if (!wanted && node->children->len == 0)
        return TM_WALK_DONE;
    TmJsonValue value;
    tm_json_record_value(walk->record, &value);
    if (value.kind == TM_JSON_BROKEN)
        return TM_WALK_BROKEN;
    if (wanted)
        walk->format->field(walk->state, walk->reading, node->rule, &value);
    gboolean inside =
        node->children->len > 0 && (value.kind == TM_JSON_OBJECT || value.kind == TM_JSON_ARRAY);
    if (!inside)
        return TM_WALK_DONE;
    if (!tm_json_record_enter(walk->record))
        return TM_WALK_BROKEN;
    if (value.kind == TM_JSON_OBJECT)
        return walk_inside(walk, node);
    Node *element = find_child(node, "[]", 2);
    while (tm_json_record_next(walk->record)) {
        TmWalk result = element != NULL ? walk_value(walk, element) : TM_WALK_DONE;
        if (result != TM_WALK_DONE)
            return result;
    }
    return TM_WALK_DONE;
}

static void keep_unknown(TmJsonPaths *paths, const char *key, gsize length)
{
    if (paths->unknown_count < MOST_UNKNOWN)
        paths->unknown[paths->unknown_count++] = (TmCell){key, length};
}

static TmWalk walk_inside(Walk *walk, Node *node)
{
    guint64 object = ++walk->paths->objects;
    while (tm_json_record_next(walk->record)) {
        TmCell key;
        Node *child = find_member(node, walk->record, &key);
        if (child == NULL) {
            keep_unknown(walk->paths, key.text, key.length);
            continue;
        }
        if (child->seen_in == object && !g_str_equal(child->name, ANY_NAME)) {
            *walk->twice = child->name;
            return TM_WALK_TWICE;
        }
        child->seen_in = object;
        TmWalk result = walk_value(walk, child);
        if (result != TM_WALK_DONE)
            return result;
    }
    gsize offset;
    return tm_json_record_fault(walk->record, &offset) == TM_JSON_FAULT_NONE ? TM_WALK_DONE
                                                                             : TM_WALK_BROKEN;
}

TmWalk tm_json_paths_walk(TmJsonPaths *paths, gboolean page, TmJsonRecord *record,
    const TmJsonFormat *format, gpointer state, TmReading *reading, const char **twice)
{
    Walk walk = {paths, record, format, state, reading, twice};
    paths->unknown_count = 0;
    return walk_inside(&walk, page ? paths->page : paths->root);
}

void tm_json_paths_note_unknown(const TmJsonPaths *paths, TmReading *reading)
{
    for (guint i = 0; i < paths->unknown_count; i++)
        tm_reading_note_unknown(reading, paths->unknown[i].text, paths->unknown[i].length);
}
