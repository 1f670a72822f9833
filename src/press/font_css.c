/* @font-face rules for the characters of one document. */
#include "faces.h"
#include "fonts_private.h"
#include "subset.h"

static void append_face(GString *css, const TmFace *face, const guint8 *bytes, gsize length,
    const hb_set_t *code_points)
{
    g_autofree char *encoded = g_base64_encode(bytes, length);
    g_string_append_printf(css,
        "@font-face{font-family:\"%s\";font-weight:%d;font-style:normal;font-display:block;"
        "src:url(data:font/woff2;base64,%s) format(\"woff2\");unicode-range:",
        face->family, face->css_weight, encoded);
    hb_codepoint_t first = HB_SET_VALUE_INVALID;
    hb_codepoint_t last = HB_SET_VALUE_INVALID;
    const char *comma = "";
    while (hb_set_next_range(code_points, &first, &last)) {
        if (first == last)
            g_string_append_printf(css, "%sU+%X", comma, first);
        else
            g_string_append_printf(css, "%sU+%X-%X", comma, first, last);
        comma = ",";
    }
    g_string_append(css, "}\n");
}

/* Moves the code points of `script` from `wanted` away; TRUE if there were any. */
static gboolean take_script(hb_set_t *wanted, const hb_set_t *script)
{
    hb_set_t *both = hb_set_copy(wanted);
    hb_set_intersect(both, script);
    gboolean any = !hb_set_is_empty(both);
    hb_set_destroy(both);
    hb_set_subtract(wanted, script);
    return any;
}

/* Ready-made subsets for the scripts that `wanted` touches; leaves what no script holds. */
static void append_ready(GString *css, guint weight, hb_set_t *wanted)
{
    for (guint script = 0; script < TM_SCRIPT_COUNT; script++) {
        hb_set_t *code_points = hb_set_create();
        tm_script_collect(&tm_subset_scripts[script], code_points);
        const TmReadySubset *ready = &tm_ready_subsets[weight][script];
        if (take_script(wanted, code_points))
            append_face(css, &tm_faces[weight], ready->bytes, ready->length, code_points);
        hb_set_destroy(code_points);
    }
}

static char *subset_key(guint weight, const hb_set_t *code_points)
{
    GString *key = g_string_new(NULL);
    g_string_append_printf(key, "%u", weight);
    hb_codepoint_t code_point = HB_SET_VALUE_INVALID;
    while (hb_set_next(code_points, &code_point))
        g_string_append_printf(key, ",%x", code_point);
    return g_string_free(key, FALSE);
}

/* The subset for characters of no script, made the first time that this set is asked for. */
static void append_extra(TmFonts *fonts, GString *css, guint weight, const hb_set_t *wanted)
{
    g_autofree char *key = subset_key(weight, wanted);
    GBytes *bytes = g_hash_table_lookup(fonts->extra_subsets, key);
    if (bytes == NULL) {
        bytes = tm_subset_make(fonts->faces[weight], wanted, NULL);
        if (bytes == NULL)
            return;
        g_hash_table_insert(fonts->extra_subsets, g_steal_pointer(&key), bytes);
    }
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    append_face(css, &tm_faces[weight], data, length, wanted);
}

void tm_fonts_append_css(TmFonts *fonts, GHashTable *const used[TM_WEIGHT_COUNT], GString *css)
{
    for (guint weight = 0; weight < TM_WEIGHT_COUNT; weight++) {
        if (used[weight] == NULL)
            continue;
        hb_set_t *wanted = hb_set_create();
        GHashTableIter iterator;
        gpointer code_point;
        g_hash_table_iter_init(&iterator, used[weight]);
        while (g_hash_table_iter_next(&iterator, &code_point, NULL))
            hb_set_add(wanted, GPOINTER_TO_UINT(code_point));
        hb_set_intersect(wanted, fonts->covered);
        append_ready(css, weight, wanted);
        if (!hb_set_is_empty(wanted))
            append_extra(fonts, css, weight, wanted);
        hb_set_destroy(wanted);
    }
}
