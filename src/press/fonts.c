/* Opens the shipped fonts as a private font map; layouts and measures of single lines. */
#include "fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#include "faces.h"
#include "fonts_private.h"

/* More different texts than a long report has; past this the cache starts anew. */
#define MOST_CACHED_WIDTHS 65536

/* ---- Opening ----------------------------------------------------------------------------- */

static int compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds files in a fixed order, so that matching never depends on the table's order. */
static gboolean add_files(FcConfig *config, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = tm_data_path("fonts");
    for (guint weight = 0; weight < TM_WEIGHT_COUNT; weight++)
        g_ptr_array_add(paths, g_build_filename(folder, tm_faces[weight].file, NULL));
    g_ptr_array_sort(paths, compare_paths);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) ||
            !FcConfigAppFontAddFile(config, (const FcChar8 *)path)) {
            g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
                "%s: font file missing or broken (set TIDEMARK_DATA or install again)", path);
            return FALSE;
        }
    }
    return TRUE;
}

/*
 * The private configuration must be current before pango is called at all: otherwise pango starts
 * a thread that loads the machine's configuration.
 */
static PangoFontMap *open_map(GError **error)
{
    FcConfig *config = FcConfigCreate();
    if (!add_files(config, error)) {
        FcConfigDestroy(config);
        return NULL;
    }
    FcConfigSetCurrent(config);
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72.0);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);
    return map;
}

static PangoContext *make_context(PangoFontMap *map)
{
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));
    return context;
}

static PangoLayout *make_layout(PangoContext *context)
{
    PangoLayout *layout = pango_layout_new(context);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0,clig=0,calt=0,tnum=1"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    return layout;
}

/* Reads the faces themselves: what they cover, and what subsets are made from. */
static gboolean open_faces(TmFonts *fonts, GError **error)
{
    for (guint weight = 0; weight < TM_WEIGHT_COUNT; weight++) {
        g_autofree char *folder = tm_data_path("fonts");
        g_autofree char *path = g_build_filename(folder, tm_faces[weight].file, NULL);
        hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
        if (blob == NULL) {
            g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "%s: font file unreadable", path);
            return FALSE;
        }
        hb_face_t *face = fonts->faces[weight] = hb_face_create(blob, 0);
        hb_blob_destroy(blob);
        hb_set_t *covered = hb_set_create();
        hb_face_collect_unicodes(face, covered);
        if (weight == 0)
            hb_set_set(fonts->covered, covered);
        else
            hb_set_intersect(fonts->covered, covered);
        hb_set_destroy(covered);
        if (!hb_set_has(fonts->covered, TM_FONTS_REPLACEMENT)) {
            g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "%s: not a font that serves", path);
            return FALSE;
        }
    }
    return TRUE;
}

static PangoFontDescription *describe(const TmFace *face)
{
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family(description, face->family);
    pango_font_description_set_weight(description, (PangoWeight)face->css_weight);
    return description;
}

static double meter_width(gpointer user, const TmTextStyle *style, const char *text)
{
    return tm_fonts_width(user, style, text, -1);
}

TmFonts *tm_fonts_new(GError **error)
{
    g_autoptr(TmFonts) fonts = g_new0(TmFonts, 1);
    fonts->covered = hb_set_create();
    fonts->widths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    fonts->extra_subsets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    fonts->meter = (TmTextMeter){meter_width, fonts};
    fonts->map = open_map(error);
    if (fonts->map == NULL || !open_faces(fonts, error))
        return NULL;
    fonts->context = make_context(fonts->map);
    fonts->layout = make_layout(fonts->context);
    for (guint weight = 0; weight < TM_WEIGHT_COUNT; weight++)
        fonts->descriptions[weight] = describe(&tm_faces[weight]);
    return g_steal_pointer(&fonts);
}

void tm_fonts_free(TmFonts *fonts)
{
    if (fonts == NULL)
        return;
    g_clear_object(&fonts->layout);
    g_clear_object(&fonts->context);
    g_clear_object(&fonts->map);
    for (guint weight = 0; weight < TM_WEIGHT_COUNT; weight++) {
        g_clear_pointer(&fonts->descriptions[weight], pango_font_description_free);
        g_clear_pointer(&fonts->faces[weight], hb_face_destroy);
    }
    hb_set_destroy(fonts->covered);
    g_hash_table_unref(fonts->widths);
    g_hash_table_unref(fonts->extra_subsets);
    g_free(fonts);
}

const TmTextMeter *tm_fonts_meter(TmFonts *fonts)
{
    return &fonts->meter;
}

/* ---- Lines ------------------------------------------------------------------------------- */

static gboolean is_invisible(gunichar character)
{
    GUnicodeType type = g_unichar_type(character);
    return type == G_UNICODE_FORMAT || character == 0xFE0F || character == 0xFE0E;
}

/* The character to draw instead, one for one, so that positions in characters stay the same. */
static gunichar drawable(const TmFonts *fonts, gunichar character)
{
    switch (g_unichar_type(character)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return ' ';
    default:
        break;
    }
    if (is_invisible(character) || hb_set_has(fonts->covered, character))
        return character;
    return g_unichar_isspace(character) ? ' ' : TM_FONTS_REPLACEMENT;
}

PangoLayout *tm_fonts_layout(
    TmFonts *fonts, const TmTextStyle *style, const char *text, gssize length)
{
    g_autofree char *valid = g_utf8_make_valid(text, length);
    g_autoptr(GString) clean = g_string_sized_new(strlen(valid));
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at))
        g_string_append_unichar(clean, drawable(fonts, g_utf8_get_char(at)));
    PangoFontDescription *description = fonts->descriptions[style->weight];
    pango_font_description_set_absolute_size(description, style->size * PANGO_SCALE);
    pango_layout_set_font_description(fonts->layout, description);
    pango_layout_set_text(fonts->layout, clean->str, (int)clean->len);
    return fonts->layout;
}

double tm_fonts_width(TmFonts *fonts, const TmTextStyle *style, const char *text, gssize length)
{
    gsize bytes = length < 0 ? strlen(text) : (gsize)length;
    g_autofree char *key = g_strdup_printf(
        "%d:%.4f:%.*s", style->weight, style->size, (int)MIN(bytes, (gsize)G_MAXINT), text);
    const double *cached = g_hash_table_lookup(fonts->widths, key);
    if (cached != NULL)
        return *cached;
    if (g_hash_table_size(fonts->widths) >= MOST_CACHED_WIDTHS)
        g_hash_table_remove_all(fonts->widths);
    int width = 0;
    pango_layout_get_size(tm_fonts_layout(fonts, style, text, length), &width, NULL);
    double *stored = g_new(double, 1);
    *stored = (double)width / PANGO_SCALE;
    g_hash_table_insert(fonts->widths, g_steal_pointer(&key), stored);
    return *stored;
}

void tm_fonts_metrics(TmFonts *fonts, const TmTextStyle *style, double *ascent, double *height)
{
    PangoFontDescription *description = fonts->descriptions[style->weight];
    pango_font_description_set_absolute_size(description, style->size * PANGO_SCALE);
    PangoFontMetrics *metrics = pango_context_get_metrics(fonts->context, description, NULL);
    double up = (double)pango_font_metrics_get_ascent(metrics) / PANGO_SCALE;
    double down = (double)pango_font_metrics_get_descent(metrics) / PANGO_SCALE;
    pango_font_metrics_unref(metrics);
    if (ascent != NULL)
        *ascent = up;
    if (height != NULL)
        *height = up + down;
}

guint tm_fonts_missing(TmFonts *fonts, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    guint missing = 0;
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (character != TM_FONTS_REPLACEMENT && drawable(fonts, character) == TM_FONTS_REPLACEMENT)
            missing++;
    }
    return missing;
}
