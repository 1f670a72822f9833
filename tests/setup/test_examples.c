/* The files that `init` writes. */
#include <string.h>

#include "fixture.h"

static void the_examples_load_without_a_complaint(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *folder = g_build_filename(fixture->folder, "new", NULL);
    g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func(g_free);
    assert_true(tm_setup_write_examples(folder, written, NULL));
    assert_int_equal(written->len, 14);
    g_autofree char *path = g_build_filename(folder, "tidemark.ini", NULL);
    g_autoptr(TmSetup) setup = tm_setup_load(path, fixture->diagnostics, NULL);
    assert_non_null(setup);
    g_autofree char *text = tm_diagnostics_format(fixture->diagnostics, TM_SEVERITY_NOTE, 0);
    assert_string_equal(text, "");
    assert_int_equal(setup->people->len, 2);
}

static void the_example_settings_are_valid_when_all_are_switched_on(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *folder = g_build_filename(fixture->folder, "new", NULL);
    g_autofree char *path = g_build_filename(folder, "tidemark.ini", NULL);
    g_autofree char *text = NULL;
    assert_true(tm_setup_write_examples(folder, NULL, NULL));
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    for (char *at = text; (at = strstr(at, "\n#")) != NULL; at++)
        at[1] = g_ascii_isalpha(at[2]) ? ' ' : '#';
    fixture_write(fixture, "tidemark.ini", text);
    fixture_load(fixture);
    assert_string_equal(fixture->setup->settings.organisation, "Organisation");
}

static void existing_files_stay(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func(g_free);
    assert_true(tm_setup_write_examples(fixture->folder, written, NULL));
    assert_int_equal(written->len, 12);
    fixture_load(fixture);
    assert_string_equal(fixture->setup->settings.organisation, "Test");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_examples_load_without_a_complaint),
        FIXTURE_TEST(the_example_settings_are_valid_when_all_are_switched_on),
        FIXTURE_TEST(existing_files_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
