/*
 * Folders of hostile set-up files and the diagnostics that they must give, line for line. To renew
 * the expected texts after a wanted change, run the test with TIDEMARK_RENEW=1 and read the diff.
 */
#include <string.h>

#include "fixture.h"

/* All diagnostics without the path of the folder, and how loading ended. */
static char *load_and_describe(const char *folder)
{
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, "tidemark.ini", NULL);
    g_autoptr(TmSetup) setup = tm_setup_load(path, diagnostics, &error);
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    g_autofree char *prefix = g_strdup_printf("%s/", folder);
    g_auto(GStrv) parts = g_strsplit(text, prefix, -1);
    g_autofree char *short_text = g_strjoinv("", parts);
    return g_strdup_printf("%s%s\n", short_text, setup != NULL ? "loaded" : "refused");
}

static void assert_golden(const char *name)
{
    g_autofree char *folder =
        g_build_filename(g_getenv("TIDEMARK_DATA"), "tests/setup/golden", name, NULL);
    g_autofree char *expected_path = g_build_filename(folder, "expected.txt", NULL);
    g_autofree char *found = load_and_describe(folder);
    g_autofree char *expected = NULL;
    if (g_getenv("TIDEMARK_RENEW") != NULL)
        assert_true(tm_file_write(expected_path, found, strlen(found), NULL));
    assert_true(g_file_get_contents(expected_path, &expected, NULL, NULL));
    assert_string_equal(found, expected);
}

static void bad_rows_are_reported_and_left_out(void **state)
{
    (void)state;
    assert_golden("rows");
}

static void bad_settings_are_named_with_their_lines(void **state)
{
    (void)state;
    assert_golden("settings");
}

static void files_without_a_usable_header_stop_the_load(void **state)
{
    (void)state;
    assert_golden("headers");
}

static void cycles_and_missing_parents_name_their_rows(void **state)
{
    (void)state;
    assert_golden("cycles");
}

static void bad_entries_of_exports_are_reported_and_left_out(void **state)
{
    (void)state;
    assert_golden("exports");
}

static void exports_that_cannot_be_used_stop_the_load(void **state)
{
    (void)state;
    assert_golden("exports_refused");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_rows_are_reported_and_left_out),
        cmocka_unit_test(bad_settings_are_named_with_their_lines),
        cmocka_unit_test(files_without_a_usable_header_stop_the_load),
        cmocka_unit_test(cycles_and_missing_parents_name_their_rows),
        cmocka_unit_test(bad_entries_of_exports_are_reported_and_left_out),
        cmocka_unit_test(exports_that_cannot_be_used_stop_the_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
