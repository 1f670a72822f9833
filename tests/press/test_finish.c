/* Tests of the PDF finisher's parts that need no whole file. */
#include <string.h>

#include "../cmocka_all.h"
#include "finish.h"

static guint rewrite(const char *content, char **result)
{
    g_autoptr(GString) out = g_string_new(NULL);
    guint replaced = tm_finish_content(content, strlen(content), out);
    *result = g_strdup(out->str);
    return replaced;
}

static void decorations_become_artifacts(void **state)
{
    (void)state;
    g_autofree char *result = NULL;
    guint replaced = rewrite("/NonStruct << /MCID 12 >> BDC\n1 0 0 RG\nEMC\n", &result);
    assert_int_equal(replaced, 1);
    assert_string_equal(result, "/Artifact BMC\n1 0 0 RG\nEMC\n");
}

static void other_elements_stay(void **state)
{
    (void)state;
    const char *content = "/P << /MCID 0 >> BDC\n(a) Tj\nEMC\n<</A 1>>\n";
    g_autofree char *result = NULL;
    assert_int_equal(rewrite(content, &result), 0);
    assert_string_equal(result, content);
}

static void strings_are_not_looked_into(void **state)
{
    (void)state;
    const char *content = "(/NonStruct <</MCID 1>> BDC \\) ( nested ) ) Tj <2F4E> Tj";
    g_autofree char *result = NULL;
    assert_int_equal(rewrite(content, &result), 0);
    assert_string_equal(result, content);
}

static void unfinished_strings_end_with_the_content(void **state)
{
    (void)state;
    static const char *const contents[] = {"(abc", "(abc\\", "<41", "/NonStruct", "/NonStruct <<",
        "/NonStruct <</MCID", "/NonStruct <</MCID >> BDC", "/NonStruct <</MCID 1>> BD"};
    for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
        g_autofree char *result = NULL;
        assert_int_equal(rewrite(contents[i], &result), 0);
        assert_string_equal(result, contents[i]);
    }
}

static void metadata_escapes_titles(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = tm_document_new("A <b> & \x01 c", "en");
    document->date = tm_day_from_date(2026, 11, 19);
    g_autofree char *xmp = tm_finish_xmp(document);
    assert_non_null(strstr(xmp, "A &lt;b&gt; &amp;  c<"));
    assert_non_null(strstr(xmp, "<xmp:CreateDate>2026-11-19T00:00:00Z</xmp:CreateDate>"));
}

static guint32 read_u32(const guint8 *bytes)
{
    return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

static void profile_tags_lie_inside_the_profile(void **state)
{
    (void)state;
    g_autoptr(GBytes) profile = tm_finish_srgb_profile();
    gsize length;
    const guint8 *bytes = g_bytes_get_data(profile, &length);
    assert_int_equal(read_u32(bytes), length);
    assert_memory_equal(bytes + 36, "acsp", 4);
    guint32 count = read_u32(bytes + 128);
    assert_int_equal(count, 10);
    for (guint32 i = 0; i < count; i++) {
        const guint8 *entry = bytes + 132 + 12 * i;
        assert_int_equal(read_u32(entry + 4) % 4, 0);
        assert_true(read_u32(entry + 4) + read_u32(entry + 8) <= length);
    }
}

static void a_broken_pdf_is_an_error(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = tm_document_new("t", "en");
    document->date = tm_day_from_date(2026, 11, 19);
    g_autoptr(GBytes) rubbish = g_bytes_new_static("%PDF-1.5\nrubbish", 16);
    g_autoptr(GPtrArray) elements = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    assert_null(tm_finish_pdf(rubbish, elements, document, NULL, 0, &error));
    assert_int_equal(error->code, TM_ERROR_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decorations_become_artifacts),
        cmocka_unit_test(other_elements_stay),
        cmocka_unit_test(strings_are_not_looked_into),
        cmocka_unit_test(unfinished_strings_end_with_the_content),
        cmocka_unit_test(metadata_escapes_titles),
        cmocka_unit_test(profile_tags_lie_inside_the_profile),
        cmocka_unit_test(a_broken_pdf_is_an_error),
    };
    return cmocka_run_group_tests_name("finish", tests, NULL, NULL);
}
