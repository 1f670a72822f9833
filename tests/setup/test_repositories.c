/* repositories.csv: the team of a repository, a project or the place of a file. */
#include <string.h>

#include "fixture.h"

static TmTeamIndex team_of(const Fixture *fixture, const char *path)
{
    return tm_setup_repository_team(fixture->setup, path, strlen(path));
}

static TmTeamIndex team_of_place(const Fixture *fixture, const char *path)
{
    return tm_setup_place_team(fixture->setup, path, strlen(path));
}

static void the_nearest_row_above_wins(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "repositories.csv",
        "Repository,Team ID\nacme,core\nAcme/Web,web\nWEB,web\nother/core,core\n");
    fixture_load(fixture);
    TmTeamIndex core = fixture_team(fixture, "core"), web = fixture_team(fixture, "web");
    assert_int_equal(team_of(fixture, "acme/anything"), core);
    assert_int_equal(team_of(fixture, "acme/web"), web);
    assert_int_equal(team_of(fixture, "ACME/web/deeper"), web);
    assert_int_equal(team_of(fixture, "/exports/acme/web"), TM_TEAM_NONE);
    assert_int_equal(team_of(fixture, "web"), web);
    assert_int_equal(team_of(fixture, "acmes"), TM_TEAM_NONE);
    assert_int_equal(team_of(fixture, "core"), TM_TEAM_NONE);
    assert_int_equal(team_of(fixture, ""), TM_TEAM_NONE);
    assert_int_equal(team_of(fixture, "///"), TM_TEAM_NONE);
}

static void the_end_of_a_path_or_of_its_folder_counts(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "repositories.csv", "repository,team_id\nacme/core,core\nWEB,web\n");
    fixture_load(fixture);
    TmTeamIndex core = fixture_team(fixture, "core"), web = fixture_team(fixture, "web");
    assert_int_equal(team_of_place(fixture, "acme/core"), core);
    assert_int_equal(team_of_place(fixture, "/exports/acme/core"), core);
    assert_int_equal(team_of_place(fixture, "/web/exports/Acme/Core/october"), core);
    assert_int_equal(team_of_place(fixture, "/web/october"), web);
    assert_int_equal(team_of_place(fixture, "/web/exports/october"), TM_TEAM_NONE);
    assert_int_equal(team_of_place(fixture, "other-acme/core"), TM_TEAM_NONE);
    assert_int_equal(team_of_place(fixture, ""), TM_TEAM_NONE);
    assert_int_equal(team_of_place(fixture, "///"), TM_TEAM_NONE);
}

static void deep_and_long_paths_end(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "repositories.csv", "repository,team_id\nacme,core\n");
    fixture_load(fixture);
    GString *deep = g_string_new("acme");
    for (guint i = 0; i < 100; i++)
        g_string_append(deep, "/x");
    assert_int_equal(team_of(fixture, deep->str), fixture_team(fixture, "core"));
    for (guint i = 0; i < 5000; i++)
        g_string_append(deep, "/x");
    assert_int_equal(team_of(fixture, deep->str), TM_TEAM_NONE);
    g_string_free(deep, TRUE);
}

static void without_the_file_nothing_has_a_team(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    assert_int_equal(team_of(fixture, "acme"), TM_TEAM_NONE);
}

static void rows_that_cannot_be_used_are_reported(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "repositories.csv",
        "repository,team_id\nacme,nowhere\n,core\nweb,core\nWeb,web\n");
    fixture_load(fixture);
    assert_int_equal(fixture_count(fixture, TM_KIND_BAD_REFERENCE), 1);
    assert_int_equal(fixture_count(fixture, TM_KIND_MISSING_FIELD), 1);
    assert_int_equal(fixture_count(fixture, TM_KIND_OVERLAP), 1);
    assert_int_equal(team_of(fixture, "web"), fixture_team(fixture, "core"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_nearest_row_above_wins),
        FIXTURE_TEST(the_end_of_a_path_or_of_its_folder_counts),
        FIXTURE_TEST(deep_and_long_paths_end),
        FIXTURE_TEST(without_the_file_nothing_has_a_team),
        FIXTURE_TEST(rows_that_cannot_be_used_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
