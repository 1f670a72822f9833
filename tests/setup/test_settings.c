/* tidemark.ini: defaults, bounds, paths, and the documentation made from the same table. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

static gboolean load(Fixture *fixture, const char *text, TmSettings *settings)
{
    g_autofree char *path = g_build_filename(fixture->folder, "tidemark.ini", NULL);
    fixture_write(fixture, "tidemark.ini", text);
    return tm_settings_load(settings, path, fixture->diagnostics, NULL);
}

static void an_empty_file_gives_the_defaults(void **state)
{
    TmSettings settings;
    assert_true(load(*state, "", &settings));
    assert_string_equal(settings.time_zone, "UTC");
    assert_string_equal(settings.currency, "USD");
    assert_int_equal(settings.work_days, 0x1f);
    assert_int_equal(settings.minimum_people, 5);
    assert_int_equal(settings.regular_tokens, 10000);
    assert_true(settings.drop_plus_tags);
    assert_null(settings.template_path);
    tm_settings_clear(&settings);
}

static void values_are_taken(void **state)
{
    TmSettings settings;
    assert_true(load(*state,
        "[organisation]\nname = Z\xC3\xBCrich = 1; x\ncurrency=chf\nwork_days = Sun-Thu\n"
        "hours_per_day =\n[identities]\ndrop_plus_tags = false\n",
        &settings));
    assert_string_equal(settings.organisation, "Z\xC3\xBCrich = 1; x");
    assert_string_equal(settings.currency, "CHF");
    assert_int_equal(settings.work_days, 0x4f);
    assert_int_equal(settings.hours_per_day, 8);
    assert_false(settings.drop_plus_tags);
    tm_settings_clear(&settings);
}

static void paths_are_relative_to_the_file(void **state)
{
    Fixture *fixture = *state;
    TmSettings settings;
    assert_true(load(fixture, "[paths]\noutput = ../reports\nledger = /var/x/l.db\n", &settings));
    g_autofree char *above = g_path_get_dirname(fixture->folder);
    g_autofree char *expected = g_build_filename(above, "reports", NULL);
    assert_string_equal(settings.output_path, expected);
    assert_string_equal(settings.ledger_path, "/var/x/l.db");
    assert_string_equal(settings.roster_path, fixture->folder);
    tm_settings_clear(&settings);
}

static void privacy_thresholds_can_only_be_raised(void **state)
{
    TmSettings settings;
    assert_false(load(*state, "[publishing]\nminimum_people = 4\n", &settings));
    assert_false(load(*state, "[publishing]\np_percent = 14\n", &settings));
    assert_true(load(*state, "[publishing]\nminimum_people = 30\n", &settings));
    assert_int_equal(settings.minimum_people, 30);
    assert_int_equal(settings.distribution_people, 30);
    assert_int_equal(settings.cross_cut_people, 30);
    tm_settings_clear(&settings);
}

static void outcomes_are_read_in_the_zone_and_order_of_the_settings(void **state)
{
    TmSettings settings;
    assert_true(load(*state, "", &settings));
    assert_null(settings.outcomes_zone);
    assert_int_equal(settings.outcomes_date_order, TM_DATE_ORDER_AUTO);
    tm_settings_clear(&settings);
    assert_true(
        load(*state, "[outcomes]\ntime_zone = Asia/Tokyo\ndate_format = month_first\n", &settings));
    assert_string_equal(settings.outcomes_time_zone, "Asia/Tokyo");
    assert_non_null(settings.outcomes_zone);
    assert_string_equal(settings.time_zone, "UTC");
    assert_int_equal(settings.outcomes_date_order, TM_DATE_ORDER_MONTH_FIRST);
    tm_settings_clear(&settings);
    assert_false(load(*state, "[outcomes]\ntime_zone = Nowhere\n", &settings));
    assert_false(load(*state, "[outcomes]\ndate_format = dd/mm\n", &settings));
}

static void settings_need_no_roster(void **state)
{
    Fixture *fixture = *state;
    TmSettings settings;
    g_autofree char *path = g_build_filename(fixture->folder, "people.csv", NULL);
    assert_int_equal(remove(path), 0);
    assert_true(load(fixture, "[organisation]\nname = Alone\n", &settings));
    tm_settings_clear(&settings);
}

static void a_missing_file_is_an_error_that_names_init(void **state)
{
    (void)state;
    TmSettings settings;
    g_autoptr(GError) error = NULL;
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    assert_false(tm_settings_load(&settings, "/nowhere/tidemark.ini", diagnostics, &error));
    assert_true(g_error_matches(error, TM_ERROR, TM_ERROR_UNUSABLE));
    assert_non_null(strstr(error->message, "init"));
}

static void a_setup_without_people_is_refused(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    g_autofree char *people = g_build_filename(fixture->folder, "people.csv", NULL);
    g_autofree char *path = g_build_filename(fixture->folder, "tidemark.ini", NULL);
    assert_int_equal(remove(people), 0);
    assert_null(tm_setup_load(path, fixture->diagnostics, &error));
    assert_true(g_error_matches(error, TM_ERROR, TM_ERROR_UNUSABLE));
    assert_int_equal(tm_diagnostics_exit_code(fixture->diagnostics), 2);
}

static void the_roster_may_stand_in_a_folder_of_its_own(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "roster/people.csv", "email\nonly@x.io\n");
    fixture_write(fixture, "tidemark.ini", "[paths]\nroster = roster\n");
    fixture_load(fixture);
    assert_int_equal(fixture->setup->people->len, 1);
    fixture_person(fixture, "only@x.io");
}

static void the_documentation_has_the_current_table(void **state)
{
    (void)state;
    g_autofree char *path =
        g_build_filename(g_getenv("TIDEMARK_DATA"), "docs", "settings.md", NULL);
    g_autofree char *page = NULL;
    g_autofree char *table = tm_settings_document();
    assert_true(g_file_get_contents(path, &page, NULL, NULL));
    if (strstr(page, table) == NULL)
        fail_msg("docs/settings.md must hold this text:\n%s", table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(an_empty_file_gives_the_defaults),
        FIXTURE_TEST(values_are_taken),
        FIXTURE_TEST(paths_are_relative_to_the_file),
        FIXTURE_TEST(privacy_thresholds_can_only_be_raised),
        FIXTURE_TEST(outcomes_are_read_in_the_zone_and_order_of_the_settings),
        FIXTURE_TEST(settings_need_no_roster),
        FIXTURE_TEST(a_missing_file_is_an_error_that_names_init),
        FIXTURE_TEST(a_setup_without_people_is_refused),
        FIXTURE_TEST(the_roster_may_stand_in_a_folder_of_its_own),
        FIXTURE_TEST(the_documentation_has_the_current_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
