/* Entries of JSON that directories export: SCIM, Backstage, GitHub, DX. */
#include <string.h>

#include "fixture.h"

static void assert_parent(const Fixture *fixture, const char *id, const char *parent)
{
    TmTeamIndex at = g_array_index(fixture->setup->teams, TmTeam, fixture_team(fixture, id)).parent;
    assert_string_equal(g_array_index(fixture->setup->teams, TmTeam, at).id, parent);
}

/* ---- SCIM ------------------------------------------------------------------------------------ */

static void scim_users_have_the_primary_address_then_that_for_work(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "scim_users.json", "users.json");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->people->len, 4);
    assert_string_equal(fixture_person_at(fixture, "ana@example.com")->name, "Ana Lima");
    assert_string_equal(fixture_person_at(fixture, "ben@example.com")->name, "Ben Ito");
    assert_string_equal(fixture_person_at(fixture, "cy@example.com")->name, "Cy Rao");
    assert_int_equal(tm_diagnostics_worst(fixture->diagnostics), TM_SEVERITY_NOTE);
}

static void an_inactive_scim_user_is_on_the_roster_on_no_day(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "scim_users.json", "users.json");
    fixture_load(fixture);
    assert_int_equal(fixture_person_at(fixture, "dee@example.com")->spells->len, 0);
    assert_int_equal(fixture_person_at(fixture, "ben@example.com")->spells->len, 1);
}

static void a_scim_department_stands_in_for_a_group(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "scim_users.json", "users.json");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "Engineering");
}

static void scim_user_names_and_other_work_addresses_are_accounts(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "scim_users.json", "users.json");
    fixture_load(fixture);
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_CURSOR, TM_IDENTITY_LOGIN, "BEN.ITO"), "ben@example.com");
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_CURSOR, TM_IDENTITY_EMAIL, "a.lima@example.com"),
        "ana@example.com");
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_CURSOR, TM_IDENTITY_EMAIL, "ana@home.example"), "");
}

static void scim_groups_nest_and_beat_departments(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "scim_users.json", "users.json");
    fixture_export(fixture, "scim_groups.json", "groups.json");
    const TmSetup *setup = fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "core");
    assert_string_equal(fixture_team_of(fixture, "ben@example.com"), "web");
    assert_string_equal(fixture_team_of(fixture, "cy@example.com"), "engineering.direct");
    assert_parent(fixture, "core", "engineering");
    assert_int_equal(setup->teams->len, 4);
}

static void groups_that_only_scim_users_name_are_teams(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "directory/users.json",
        "{\"Resources\":[{\"id\":\"1\",\"userName\":\"ana@x.io\",\"groups\":"
        "[{\"value\":\"g1\",\"display\":\"R&D / "
        "Core\"},{\"value\":\"g2\",\"display\":\"Chess\"}]}]}");
    const TmSetup *setup = fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@x.io"), "R&D - Core");
    TmTeamIndex team = fixture_team(fixture, "R&D - Core");
    assert_string_equal(g_array_index(setup->teams, TmTeam, team).name, "R&D / Core");
    g_autofree char *said = fixture_diagnostics(fixture);
    assert_non_null(strstr(said, "1 person is in several teams"));
}

static void teams_csv_chooses_which_scim_groups_are_teams(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "scim_users.json", "users.json");
    fixture_export(fixture, "scim_groups.json", "groups.json");
    fixture_write(fixture, "teams.csv",
        "team_id,name,type\ng1,The core,team\nengineering,,team\n"
        "Engineering,,team\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->teams->len, 4);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "g1");
    assert_string_equal(fixture_team_of(fixture, "cy@example.com"), "engineering");
    assert_string_equal(fixture_team_of(fixture, "ben@example.com"), "");
    g_autofree char *said = fixture_diagnostics(fixture);
    assert_non_null(strstr(said, "1 group is no team"));
}

static void an_empty_scim_page_is_no_fault(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "harness_developers.csv", "a.csv");
    fixture_write(fixture, "directory/b.json",
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":"
        "0}");
    fixture_write(fixture, "directory/c.json", "\xEF\xBB\xBF[]\n");
    fixture_load(fixture);
    assert_int_equal(tm_diagnostics_worst(fixture->diagnostics), TM_SEVERITY_NOTE);
}

static void pages_that_are_missing_from_a_scim_list_are_noticed(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "directory/1.json",
        "{\"totalResults\":3,\"startIndex\":1,\"Resources\":[{\"userName\":\"ana@x.io\"}]}");
    fixture_write(fixture, "directory/2.json",
        "{\"Resources\":[{\"userName\":\"ben@x.io\"}],\"totalResults\":3,\"startIndex\":2}");
    fixture_load(fixture);
    assert_int_equal(fixture_count(fixture, TM_KIND_INCOMPLETE_EXPORT), 1);
    g_clear_pointer(&fixture->setup, tm_setup_free);
    fixture_write(fixture, "directory/3.json",
        "{\"totalResults\":3,\"startIndex\":3,\"Resources\":[{\"userName\":\"cy@x.io\"}]}");
    fixture_load(fixture);
    assert_int_equal(fixture_count(fixture, TM_KIND_INCOMPLETE_EXPORT), 1);
}

/* ---- Backstage ------------------------------------------------------------------------------- */

static void backstage_memberships_stand_on_either_side(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "backstage.json", "catalogue.json");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->people->len, 3);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "core");
    assert_string_equal(fixture_team_of(fixture, "ben@example.com"), "web");
    assert_string_equal(fixture_team_of(fixture, "cy@example.com"), "engineering.direct");
    assert_int_equal(tm_diagnostics_count_severity(fixture->diagnostics, TM_SEVERITY_NOTE), 0);
}

static void backstage_parents_stand_on_either_side(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "backstage.json", "catalogue.json");
    const TmSetup *setup = fixture_load(fixture);
    TmTeamIndex engineering = fixture_team(fixture, "engineering");
    assert_parent(fixture, "core", "engineering");
    assert_parent(fixture, "web", "engineering");
    assert_string_equal(g_array_index(setup->teams, TmTeam, engineering).name, "Engineering");
    assert_int_equal(g_array_index(setup->teams, TmTeam, engineering).type, TM_TEAM_DEPARTMENT);
}

static void a_backstage_login_is_an_account_at_github_only(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "backstage.json", "catalogue.json");
    fixture_load(fixture);
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_COPILOT, TM_IDENTITY_LOGIN, "analima"), "ana@example.com");
    assert_string_equal(fixture_owner(fixture, TM_TOOL_CURSOR, TM_IDENTITY_LOGIN, "analima"), "");
    assert_string_equal(fixture_owner(fixture, TM_TOOL_CURSOR, TM_IDENTITY_EMAIL,
                            "12345+AnaLima@users.noreply.github.com"),
        "ana@example.com");
}

static void a_backstage_user_without_an_address_is_found_by_the_login(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email\nana@x.io\n");
    fixture_write(fixture, "identities.csv", "email,tool,kind,value\nana@x.io,copilot,login,al\n");
    fixture_write(fixture, "directory/c.json",
        "[{\"kind\":\"User\",\"metadata\":{\"name\":\"a\",\"annotations\":{\"github.com/"
        "user-login\":"
        "\"AL\"}},\"spec\":{\"memberOf\":[\"core\"]}},"
        "{\"kind\":\"Group\",\"metadata\":{\"name\":\"core\"},\"spec\":{\"type\":\"team\"}}]");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@x.io"), "core");
}

static void backstage_references_default_to_the_name_space_of_the_entity(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "directory/c.json",
        "{\"items\":[{\"kind\":\"User\",\"metadata\":{\"name\":\"a\",\"namespace\":\"Lab\"},"
        "\"spec\":{\"profile\":{\"email\":\"ana@x.io\"},\"memberOf\":[\"core\"]}},"
        "{\"kind\":\"Group\",\"metadata\":{\"name\":\"core\",\"namespace\":\"lab\"},\"spec\":{}},"
        "{\"kind\":\"Group\",\"metadata\":{\"name\":\"core\"},\"spec\":{}}],\"totalItems\":3}");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@x.io"), "lab.core");
}

/* ---- GitHub ---------------------------------------------------------------------------------- */

static const char logins[] = "email,tool,kind,value\nana@x.io,copilot,login,analima\n"
                             "ben@x.io,,login,ben-ito_example\n";

static void github_members_are_in_the_team_that_their_folder_names(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email\nana@x.io\nben@x.io\n");
    fixture_write(fixture, "identities.csv", logins);
    fixture_export(fixture, "github_teams.json", "teams.json");
    fixture_export(fixture, "github_engineering_members.json", "Engineering/page1.json");
    fixture_export(fixture, "github_core_members.json", "core/page1.json");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@x.io"), "core");
    assert_string_equal(fixture_team_of(fixture, "ben@x.io"), "engineering.direct");
    assert_parent(fixture, "core", "engineering");
    assert_int_equal(tm_diagnostics_count_severity(fixture->diagnostics, TM_SEVERITY_NOTE), 0);
}

static void a_folder_is_a_team_without_a_list_of_teams(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email\nana@x.io\nben@x.io\n");
    fixture_write(fixture, "identities.csv", logins);
    fixture_export(fixture, "github_core_members.json", "core/page1.json");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@x.io"), "core");
}

static void github_members_whom_nobody_knows_are_named_by_their_lines(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email\nana@x.io\nben@x.io\n");
    fixture_write(fixture, "identities.csv", logins);
    fixture_export(fixture, "github_org_members.json", "members.json");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->people->len, 2);
    assert_int_equal(fixture_count(fixture, TM_KIND_UNKNOWN_PERSON), 1);
    g_autofree char *said = fixture_diagnostics(fixture);
    assert_non_null(strstr(said, "directory/members.json:3: note: unknown person: login: "));
}

static void a_login_that_is_ignored_on_purpose_is_not_reported(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email\nana@x.io\n");
    fixture_write(fixture, "identities.csv", "email,kind,value\n-,login,analima\n");
    fixture_export(fixture, "github_core_members.json", "core/page1.json");
    fixture_load(fixture);
    assert_int_equal(fixture_count(fixture, TM_KIND_UNKNOWN_PERSON), 0);
}

/* ---- DX -------------------------------------------------------------------------------------- */

static void dx_teams_bring_their_people(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "dx_hierarchy.json", "dx.json");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->people->len, 3);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "core");
    assert_string_equal(fixture_team_of(fixture, "ben@example.com"), "web");
    assert_string_equal(fixture_team_of(fixture, "cy@example.com"), "engineering.direct");
}

static void a_dx_contributor_who_has_left_stays_away(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "dx_hierarchy.json", "dx.json");
    fixture_write(fixture, "directory/okta.csv", "email,status\nana@example.com,DEPROVISIONED\n");
    fixture_load(fixture);
    assert_int_equal(fixture_person_at(fixture, "ana@example.com")->spells->len, 0);
}

static void dx_lists_of_teams_refer_by_the_ids_of_dx(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email,team_id\nana@x.io,core\n");
    fixture_export(fixture, "dx_teams_list.json", "dx.json");
    fixture_load(fixture);
    assert_parent(fixture, "core", "Engineering");
    assert_string_equal(fixture_team_of(fixture, "ana@x.io"), "core");
}

/* ---- Together -------------------------------------------------------------------------------- */

static void two_sources_may_describe_the_same_team(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "backstage.json", "backstage.json");
    fixture_export(fixture, "github_teams.json", "github.json");
    fixture_export(fixture, "github_core_members.json", "core/page.json");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->teams->len, 5);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "core");
    assert_int_equal(fixture_count(fixture, TM_KIND_OVERLAP), 0);
}

static void a_team_that_people_csv_gives_stays(void **state)
{
    Fixture *fixture = *state;
    fixture_write(
        fixture, "people.csv", "email,team_id\nana@example.com,chosen\nben@example.com,\n");
    fixture_export(fixture, "backstage.json", "backstage.json");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "chosen");
    assert_string_equal(fixture_team_of(fixture, "ben@example.com"), "web");
}

static void identities_csv_wins_for_the_same_account(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "backstage.json", "backstage.json");
    fixture_write(fixture, "identities.csv",
        "email,tool,kind,value\nben@example.com,copilot,login,analima\n");
    fixture_load(fixture);
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_COPILOT, TM_IDENTITY_LOGIN, "analima"), "ben@example.com");
    assert_int_equal(fixture_count(fixture, TM_KIND_OVERLAP), 0);
}

static void an_account_of_two_people_stays_with_the_first(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "directory/a.csv",
        "login,email\nshared,ana@x.io\nshared,ben@x.io\nana@x.io,cy@x.io\n");
    fixture_load(fixture);
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_CODEX, TM_IDENTITY_LOGIN, "shared"), "ana@x.io");
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_CODEX, TM_IDENTITY_EMAIL, "ana@x.io"), "ana@x.io");
    assert_int_equal(fixture_count(fixture, TM_KIND_OVERLAP), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXPORT_TEST(scim_users_have_the_primary_address_then_that_for_work),
        EXPORT_TEST(an_inactive_scim_user_is_on_the_roster_on_no_day),
        EXPORT_TEST(a_scim_department_stands_in_for_a_group),
        EXPORT_TEST(scim_user_names_and_other_work_addresses_are_accounts),
        EXPORT_TEST(scim_groups_nest_and_beat_departments),
        EXPORT_TEST(groups_that_only_scim_users_name_are_teams),
        EXPORT_TEST(teams_csv_chooses_which_scim_groups_are_teams),
        EXPORT_TEST(an_empty_scim_page_is_no_fault),
        EXPORT_TEST(pages_that_are_missing_from_a_scim_list_are_noticed),
        EXPORT_TEST(backstage_memberships_stand_on_either_side),
        EXPORT_TEST(backstage_parents_stand_on_either_side),
        EXPORT_TEST(a_backstage_login_is_an_account_at_github_only),
        EXPORT_TEST(a_backstage_user_without_an_address_is_found_by_the_login),
        EXPORT_TEST(backstage_references_default_to_the_name_space_of_the_entity),
        EXPORT_TEST(github_members_are_in_the_team_that_their_folder_names),
        EXPORT_TEST(a_folder_is_a_team_without_a_list_of_teams),
        EXPORT_TEST(github_members_whom_nobody_knows_are_named_by_their_lines),
        EXPORT_TEST(a_login_that_is_ignored_on_purpose_is_not_reported),
        EXPORT_TEST(dx_teams_bring_their_people),
        EXPORT_TEST(a_dx_contributor_who_has_left_stays_away),
        EXPORT_TEST(dx_lists_of_teams_refer_by_the_ids_of_dx),
        EXPORT_TEST(two_sources_may_describe_the_same_team),
        EXPORT_TEST(a_team_that_people_csv_gives_stays),
        EXPORT_TEST(identities_csv_wins_for_the_same_account),
        EXPORT_TEST(an_account_of_two_people_stays_with_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
