/* The shipped fonts: isolation, measures, line breaks, and what HTML embeds. */
#include "../../src/press/fonts.h"

#include <fontconfig/fontconfig.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <math.h>
#include <string.h>

#include "../../src/press/canvas.h"
#include "../../src/press/subset.h"
#include "../chart/random_charts.h"
#include "../cmocka_all.h"

static const TmTextStyle body = {9.0, TM_WEIGHT_REGULAR, TM_INK_TEXT};

static int open_fonts(void **state)
{
    *state = tm_fonts_new(NULL);
    return *state == NULL ? -1 : 0;
}

static int close_fonts(void **state)
{
    tm_fonts_free(*state);
    return 0;
}

static void no_configuration_of_the_machine_is_read(void **state)
{
    tm_fonts_width(*state, &body, "Adoption", -1);
    FcStrList *files = FcConfigGetConfigFiles(NULL);
    assert_null(FcStrListNext(files));
    FcStrListDone(files);
}

static void every_family_is_a_shipped_one(void **state)
{
    PangoLayout *layout = tm_fonts_layout(*state, &body, "a", -1);
    PangoFontFamily **families = NULL;
    int count = 0;
    pango_context_list_families(pango_layout_get_context(layout), &families, &count);
    for (int i = 0; i < count; i++) {
        const char *name = pango_font_family_get_name(families[i]);
        assert_true(g_str_has_prefix(name, "Inter") || g_str_equal(name, "Sans") ||
                    g_str_equal(name, "Serif") || g_str_equal(name, "Monospace") ||
                    g_str_equal(name, "System-ui"));
    }
    g_free(families);
}

static void a_missing_font_is_an_error(void **state)
{
    (void)state;
    g_autofree char *old = g_strdup(g_getenv("TIDEMARK_DATA"));
    g_autofree char *folder = g_dir_make_tmp("tidemark-fonts-XXXXXX", NULL);
    g_setenv("TIDEMARK_DATA", folder, TRUE);
    g_autoptr(GError) error = NULL;
    g_autoptr(TmFonts) fonts = tm_fonts_new(&error);
    if (old != NULL)
        g_setenv("TIDEMARK_DATA", old, TRUE);
    else
        g_unsetenv("TIDEMARK_DATA");
    g_rmdir(folder);
    assert_null(fonts);
    assert_int_equal(error->code, TM_ERROR_INTERNAL);
}

static void digits_are_equally_wide(void **state)
{
    double one = tm_fonts_width(*state, &body, "1", -1);
    for (char digit = '0'; digit <= '9'; digit++)
        assert_true(fabs(tm_fonts_width(*state, &body, &digit, 1) - one) < 1e-3);
}

static void weights_are_different_fonts(void **state)
{
    double widths[TM_WEIGHT_COUNT];
    for (TmWeight weight = 0; weight < TM_WEIGHT_COUNT; weight++) {
        TmTextStyle style = {20.0, weight, TM_INK_TEXT};
        widths[weight] = tm_fonts_width(*state, &style, "Hamburgefonstiv", -1);
        for (TmWeight other = 0; other < weight; other++)
            assert_true(fabs(widths[weight] - widths[other]) > 0.1);
    }
}

static void widths_grow_with_the_size(void **state)
{
    TmTextStyle twice = body;
    twice.size *= 2.0;
    double single = tm_fonts_width(*state, &body, "Adoption jumped", -1);
    assert_true(fabs(tm_fonts_width(*state, &twice, "Adoption jumped", -1) - 2.0 * single) < 0.05);
}

static void trailing_blanks_count(void **state)
{
    assert_true(tm_fonts_width(*state, &body, "word ", -1) >
                tm_fonts_width(*state, &body, "word", -1) + 1.0);
}

static void characters_without_a_glyph_are_counted(void **state)
{
    assert_int_equal(tm_fonts_missing(*state, "Caf\xC3\xA9 \xE2\x96\xB2 \xCE\xA9 \xD0\xAF\n"), 0);
    assert_int_equal(tm_fonts_missing(*state, "\xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x98\x80"), 3);
}

static void characters_without_a_glyph_still_draw(void **state)
{
    PangoLayout *layout = tm_fonts_layout(*state, &body, "\xE6\x97\xA5 \xFF \n x", -1);
    assert_int_equal(pango_layout_get_unknown_glyphs_count(layout), 0);
    assert_int_equal(pango_layout_get_line_count(layout), 1);
}

/* ---- Lines ------------------------------------------------------------------------------- */

static void assert_lines(
    TmFonts *fonts, const char *text, double width, const char *const *expected)
{
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint));
    tm_fonts_break(fonts, &body, text, width, starts);
    assert_int_equal(starts->len, g_strv_length((char **)expected));
    for (guint i = 0; i < starts->len; i++) {
        guint from = g_array_index(starts, guint, i);
        gsize to = i + 1 < starts->len ? g_array_index(starts, guint, i + 1) : strlen(text);
        g_autofree char *line = g_strndup(text + from, to - from);
        assert_string_equal(line, expected[i]);
    }
}

static void lines_break_at_blanks_and_keep_them(void **state)
{
    assert_lines(*state, "Weekly cost is 143% of its average.", 80.0,
        (const char *const[]){"Weekly cost is ", "143% of its ", "average.", NULL});
}

static void no_break_spaces_do_not_break(void **state)
{
    assert_lines(*state, "cost 139\xE2\x80\xAFM\xC2\xA0tokens", 60.0,
        (const char *const[]){"cost ", "139\xE2\x80\xAFM\xC2\xA0tokens", NULL});
}

static void an_empty_text_is_one_line(void **state)
{
    assert_lines(*state, "", 60.0, (const char *const[]){"", NULL});
}

static void a_line_is_never_wider_than_asked(void **state)
{
    static const char *const words[] = {"Gesch\xC3\xA4"
                                        "ftsf\xC3\xBChrungssitzung",
        "a", "of", "4-week", "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", "e\xCC\x81t\xC3\xA9", "AVATAR",
        "(x/y)", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"};
    GRand *random = g_rand_new_with_seed(3);
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < 1500; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (gint k = g_rand_int_range(random, 0, 30); k > 0; k--)
            g_string_append_printf(text, "%s%s",
                words[g_rand_int_range(random, 0, G_N_ELEMENTS(words))],
                g_rand_boolean(random) ? " " : "");
        double width = g_rand_double_range(random, 30.0, 200.0);
        tm_fonts_break(*state, &body, text->str, width, starts);
        for (guint line = 0; line < starts->len; line++) {
            guint from = g_array_index(starts, guint, line);
            gsize to = line + 1 < starts->len ? g_array_index(starts, guint, line + 1) : text->len;
            while (to > from && text->str[to - 1] == ' ')
                to--;
            assert_true(tm_fonts_width(*state, &body, text->str + from, (gssize)(to - from)) <=
                        width + 0.01);
        }
    }
    g_rand_free(random);
}

static void a_width_of_nothing_gives_one_character_a_line(void **state)
{
    assert_lines(*state, "abc", 0.0, (const char *const[]){"a", "b", "c", NULL});
}

/* ---- Charts measured with the real fonts ------------------------------------------------- */

static void labels_keep_clear_in_random_charts(void **state)
{
    const TmTextMeter *meter = tm_fonts_meter(*state);
    GRand *random = g_rand_new_with_seed(46);
    for (guint i = 0; i < 2000; i++) {
        g_autoptr(TmChart) chart = random_chart(random);
        double width = g_rand_double_range(random, 150.0, 600.0);
        double height = g_rand_double_range(random, 40.0, 250.0);
        g_autoptr(TmPicture) picture = tm_chart_draw(chart, width, height, meter);
        g_autofree char *fault = picture_fault(picture, meter);
        if (fault != NULL)
            fail_msg("chart %u (form %d, %.1f by %.1f): %s", i, chart->form, width, height, fault);
    }
    g_rand_free(random);
}

/* ---- Subsets ----------------------------------------------------------------------------- */

static char *css_for(TmFonts *fonts, const char *text)
{
    g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        g_hash_table_add(used, GUINT_TO_POINTER(g_utf8_get_char(at)));
    GHashTable *all[TM_WEIGHT_COUNT] = {used, used, used, used};
    GString *css = g_string_new(NULL);
    tm_fonts_append_css(fonts, all, css);
    return g_string_free(css, FALSE);
}

static guint count_faces(const char *css)
{
    guint count = 0;
    for (const char *at = strstr(css, "@font-face"); at != NULL; at = strstr(at + 1, "@font-face"))
        count++;
    return count;
}

static void western_pages_embed_less_than_110_kilobytes(void **state)
{
    g_autofree char *css = css_for(*state, "Adoption \xE2\x96\xB2 62% \xE2\x88\x92 3\xE2\x80\xAF"
                                           "M \xC3\xBC \xE2\x82\xAC \xC2\xB7 \xE2\x80\x93");
    assert_int_equal(count_faces(css), TM_WEIGHT_COUNT);
    assert_true(strlen(css) < 110 * 1024);
}

static void each_script_brings_its_own_face(void **state)
{
    g_autofree char *css = css_for(*state, "A\xC4\x90\xCE\xA9\xD0\xAF");
    assert_int_equal(count_faces(css), 4 * TM_WEIGHT_COUNT);
}

static void rare_characters_are_subset_when_asked_for(void **state)
{
    g_autofree char *css = css_for(*state, "\xE2\x8C\x98");
    assert_int_equal(count_faces(css), TM_WEIGHT_COUNT);
    assert_non_null(strstr(css, "unicode-range:U+2318}"));
}

static void each_run_makes_the_same_subset(void **state)
{
    g_autoptr(TmFonts) again = tm_fonts_new(NULL);
    g_autofree char *first = css_for(*state, "\xE2\x8C\x98\xE2\x99\xA5");
    mallopt(M_PERTURB, 0x55); /* fills new memory: nothing unset may reach the font */
    g_autofree char *second = css_for(again, "\xE2\x99\xA5\xE2\x8C\x98");
    mallopt(M_PERTURB, 0);
    assert_string_equal(first, second);
}

static void characters_of_no_font_bring_no_face(void **state)
{
    g_autofree char *css = css_for(*state, "\xE6\x97\xA5");
    assert_string_equal(css, "");
}

static void no_two_scripts_share_a_code_point(void **state)
{
    (void)state;
    for (guint32 code_point = 0; code_point < 0x3000; code_point++) {
        guint holders = 0;
        for (guint script = 0; script < TM_SCRIPT_COUNT; script++)
            holders += tm_script_holds(&tm_subset_scripts[script], code_point) ? 1 : 0;
        assert_in_range(holders, 0, 1);
    }
}

/* Unpacks with the tool of the woff2 package, one of the packages that the tests install. */
static hb_face_t *unpack(const TmReadySubset *subset)
{
    g_autofree char *tool = g_find_program_in_path("woff2_decompress");
    assert_non_null(tool);
    g_autofree char *folder = g_dir_make_tmp("tidemark-subset-XXXXXX", NULL);
    g_autofree char *packed = g_build_filename(folder, "s.woff2", NULL);
    g_autofree char *unpacked = g_build_filename(folder, "s.ttf", NULL);
    g_file_set_contents(packed, (const char *)subset->bytes, (gssize)subset->length, NULL);
    char *arguments[] = {tool, packed, NULL};
    gboolean ran =
        g_spawn_sync(NULL, arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
            NULL, NULL, NULL, NULL, NULL, NULL);
    char *bytes = NULL;
    gsize length = 0;
    gboolean read = ran && g_file_get_contents(unpacked, &bytes, &length, NULL);
    g_remove(packed);
    g_remove(unpacked);
    g_rmdir(folder);
    assert_true(read);
    hb_blob_t *blob =
        hb_blob_create(bytes, (unsigned int)length, HB_MEMORY_MODE_READONLY, bytes, g_free);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    return face;
}

static void ready_subsets_hold_what_reports_print(void **state)
{
    (void)state;
    static const hb_codepoint_t needed[] = {'A', 'z', '0', '%', 0xE4, 0xDF, 0x20AC, 0x2013, 0x202F,
        0x2212, 0x25B2, 0x25BC, 0x25C6, 0x25CF, 0x25CB, 0x25A0, 0x2026, 0xB7};
    for (guint weight = 0; weight < TM_WEIGHT_COUNT; weight++) {
        hb_face_t *face = unpack(&tm_ready_subsets[weight][TM_SCRIPT_LATIN]);
        hb_set_t *covered = hb_set_create();
        hb_face_collect_unicodes(face, covered);
        for (guint i = 0; i < G_N_ELEMENTS(needed); i++)
            assert_true(hb_set_has(covered, needed[i]));
        hb_set_destroy(covered);
        hb_face_destroy(face);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_configuration_of_the_machine_is_read),
        cmocka_unit_test(every_family_is_a_shipped_one),
        cmocka_unit_test(a_missing_font_is_an_error),
        cmocka_unit_test(digits_are_equally_wide),
        cmocka_unit_test(weights_are_different_fonts),
        cmocka_unit_test(widths_grow_with_the_size),
        cmocka_unit_test(trailing_blanks_count),
        cmocka_unit_test(characters_without_a_glyph_are_counted),
        cmocka_unit_test(characters_without_a_glyph_still_draw),
        cmocka_unit_test(lines_break_at_blanks_and_keep_them),
        cmocka_unit_test(no_break_spaces_do_not_break),
        cmocka_unit_test(an_empty_text_is_one_line),
        cmocka_unit_test(a_line_is_never_wider_than_asked),
        cmocka_unit_test(a_width_of_nothing_gives_one_character_a_line),
        cmocka_unit_test(labels_keep_clear_in_random_charts),
        cmocka_unit_test(western_pages_embed_less_than_110_kilobytes),
        cmocka_unit_test(each_script_brings_its_own_face),
        cmocka_unit_test(rare_characters_are_subset_when_asked_for),
        cmocka_unit_test(each_run_makes_the_same_subset),
        cmocka_unit_test(characters_of_no_font_bring_no_face),
        cmocka_unit_test(no_two_scripts_share_a_code_point),
        cmocka_unit_test(ready_subsets_hold_what_reports_print),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
