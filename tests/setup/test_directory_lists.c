/* Lists in CSV that directories export, known by their headers. */
#include <string.h>
#include <unistd.h>

#include "fixture.h"

static const TmRosterSpell *spell(const Fixture *fixture, const char *email)
{
    const TmPerson *found = fixture_person_at(fixture, email);
    assert_int_equal(found->spells->len, 1);
    return &g_array_index(found->spells, TmRosterSpell, 0);
}

static void okta_users_are_people_in_their_departments(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "okta_users.csv", "any-name.txt");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->people->len, 3);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "Core");
    assert_string_equal(fixture_team_of(fixture, "ben@example.com"), "Web");
    assert_string_equal(fixture_team_of(fixture, "cy@example.com"), "");
    assert_string_equal(fixture_person_at(fixture, "ana@example.com")->name, "Ana Lima");
    assert_string_equal(fixture_person_at(fixture, "ben@example.com")->name, "Ben I.");
    assert_string_equal(
        g_time_zone_get_identifier(spell(fixture, "ben@example.com")->zone), "Asia/Tokyo");
    assert_int_equal(tm_diagnostics_worst(fixture->diagnostics), TM_SEVERITY_NOTE);
    assert_int_equal(fixture_count(fixture, TM_KIND_UNKNOWN_COLUMN), 0);
}

static void okta_logins_are_accounts_and_second_addresses_are_not(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "okta_users.csv", "okta.csv");
    fixture_load(fixture);
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_CURSOR, TM_IDENTITY_LOGIN, "Ana.Lima"), "ana@example.com");
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_CURSOR, TM_IDENTITY_EMAIL, "ben@old.example"),
        "ben@example.com");
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_CURSOR, TM_IDENTITY_EMAIL, "ana@home.example"), "");
}

static void entra_users_without_mail_are_known_by_their_principal_name(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "entra_users.csv", "entra.csv");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->people->len, 4);
    assert_string_equal(fixture_team_of(fixture, "ben@example.com"), "Web");
    assert_string_equal(fixture_person_at(fixture, "ben@example.com")->name, "Ben Ito");
    assert_int_equal(fixture_count(fixture, TM_KIND_UNKNOWN_COLUMN), 0);
}

static void an_entra_principal_name_beside_the_mail_is_an_account(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "entra_users.csv", "entra.csv");
    fixture_load(fixture);
    assert_string_equal(
        fixture_owner(fixture, TM_TOOL_COPILOT, TM_IDENTITY_EMAIL, "ana@tenant.example"),
        "ana@example.com");
}

static void a_guest_has_the_address_inside_the_principal_name(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "entra_users.csv", "entra.csv");
    fixture_load(fixture);
    assert_string_equal(fixture_person_at(fixture, "guest_one@partner.example")->name, "Gil One");
    assert_string_equal(fixture_owner(fixture, TM_TOOL_CODEX, TM_IDENTITY_EMAIL,
                            "guest_one_partner.example#EXT#@tenant.onmicrosoft.com"),
        "guest_one@partner.example");
}

static void a_disabled_entra_account_is_on_the_roster_on_no_day(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "entra_users.csv", "entra.csv");
    fixture_load(fixture);
    assert_int_equal(fixture_person_at(fixture, "dee@example.com")->spells->len, 0);
}

static void the_usage_location_picks_the_holidays_not_the_name_of_the_country(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "entra_users.csv", "entra.csv");
    fixture_write(fixture, "holidays.csv", "date,calendar\n2026-10-05,PT\n");
    const TmSetup *setup = fixture_load(fixture);
    TmPersonIndex ana = fixture_person(fixture, "ana@example.com");
    assert_false(tm_setup_is_working_day(setup, ana, fixture_day("2026-10-05")));
}

static void a_bulk_template_says_who_is_blocked(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "entra_template.csv", "template.csv");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "Core");
    assert_int_equal(fixture_person_at(fixture, "ben@example.com")->spells->len, 0);
}

static void google_org_units_are_the_hierarchy(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "google_users.csv", "google.csv");
    const TmSetup *setup = fixture_load(fixture);
    TmTeamIndex core = fixture_team(fixture, "Eng.Core");
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "Eng.Core");
    assert_int_equal(
        g_array_index(setup->teams, TmTeam, core).parent, fixture_team(fixture, "Eng"));
    assert_int_equal(fixture_count(fixture, TM_KIND_UNKNOWN_COLUMN), 0);
}

static void a_google_user_at_the_top_is_in_the_department(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "google_users.csv", "google.csv");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "cy@example.com"), "Board");
}

static void a_suspended_google_user_is_on_the_roster_on_no_day(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "google_users.csv", "google.csv");
    fixture_load(fixture);
    assert_int_equal(fixture_person_at(fixture, "ben@example.com")->spells->len, 0);
}

static void devlake_users_and_teams_belong_together(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "devlake_users.csv", "1.csv");
    fixture_export(fixture, "devlake_teams.csv", "2.csv");
    const TmSetup *setup = fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "2");
    assert_string_equal(fixture_team_of(fixture, "ben@example.com"), "3");
    assert_string_equal(g_array_index(setup->teams, TmTeam, 0).name, "Engineering");
    assert_string_equal(
        g_array_index(setup->teams, TmTeam, fixture_team(fixture, "2")).name, "Core");
    assert_int_equal(fixture_count(fixture, TM_KIND_UNKNOWN_COLUMN), 0);
}

static void a_list_of_accounts_is_no_list_of_people(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "devlake_users.csv", "1.csv");
    fixture_export(fixture, "devlake_accounts.csv", "2.csv");
    fixture_refuse(fixture);
    g_autofree char *said = fixture_diagnostics(fixture);
    assert_non_null(strstr(said, "directory/2.csv:1: "));
}

static void harness_developers_are_people(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "harness_developers.csv", "harness.csv");
    fixture_load(fixture);
    assert_string_equal(fixture_person_at(fixture, "ana@example.com")->name, "Ana Lima");
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "core");
    assert_int_equal(fixture_count(fixture, TM_KIND_UNKNOWN_COLUMN), 0);
}

static void what_excel_does_to_a_list_is_undone(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "directory/excel.csv",
        "\xEF\xBB\xBFuserPrincipalName;mail;department\r\n"
        "ana@example.com;ana@example.com;'=Core\r\n;;\r\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->people->len, 1);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "=Core");
}

static void a_heading_that_is_read_must_not_be_there_twice(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "directory/twice.csv", "mail,department,Mail\na@x.io,core,b@x.io\n");
    fixture_refuse(fixture);
    g_autofree char *said = fixture_diagnostics(fixture);
    assert_non_null(strstr(said, "directory/twice.csv:1: "));
}

static void a_heading_that_is_not_read_may_be_there_twice(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "directory/twice.csv", "mail,title,Title\na@x.io,x,y\n");
    assert_int_equal(fixture_load(fixture)->people->len, 1);
}

static void people_csv_wins_for_the_same_person(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "okta_users.csv", "okta.csv");
    fixture_write(fixture, "people.csv",
        "email,name,team_id,status,end_date\n"
        "ana@example.com,Ana,chosen,,\n"
        "ben@example.com,,,inactive,\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->people->len, 3);
    assert_string_equal(fixture_team_of(fixture, "ana@example.com"), "chosen");
    assert_string_equal(fixture_person_at(fixture, "ana@example.com")->name, "Ana");
    assert_int_equal(fixture_person_at(fixture, "ben@example.com")->spells->len, 0);
}

static void of_two_exports_the_first_by_name_gives_the_person(void **state)
{
    Fixture *fixture = *state;
    fixture_write(
        fixture, "directory/b.csv", "mail,department\nana@x.io,second\nben@x.io,second\n");
    fixture_write(fixture, "directory/a.csv", "mail,department\nana@x.io,first\n");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@x.io"), "first");
    assert_string_equal(fixture_team_of(fixture, "ben@x.io"), "second");
    assert_int_equal(fixture_count(fixture, TM_KIND_OVERLAP), 0);
}

static void the_same_person_twice_in_an_export_is_reported(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "directory/a.csv", "mail,department\nana@x.io,one\nANA@x.io,two\n");
    fixture_load(fixture);
    assert_string_equal(fixture_team_of(fixture, "ana@x.io"), "one");
    assert_int_equal(fixture_count(fixture, TM_KIND_OVERLAP), 1);
}

static void teams_csv_is_the_whole_hierarchy(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "devlake_teams.csv", "teams.csv");
    fixture_write(fixture, "teams.csv", "team_id\ncore\n");
    fixture_write(fixture, "directory/a.csv", "mail,team\nana@x.io,core\n");
    assert_int_equal(fixture_load(fixture)->teams->len, 2);
}

static void without_people_anywhere_loading_is_refused(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "devlake_teams.csv", "teams.csv");
    fixture_refuse(fixture);
    g_autofree char *said = fixture_diagnostics(fixture);
    assert_non_null(strstr(said, "people.csv: "));
}

static void the_fingerprint_covers_exports_and_their_folders(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "harness_developers.csv", "a.csv");
    g_autofree char *without = g_strdup(fixture_load(fixture)->fingerprint);
    g_clear_pointer(&fixture->setup, tm_setup_free);
    fixture_export(fixture, "github_core_members.json", "core/page.json");
    g_autofree char *in_core = g_strdup(fixture_load(fixture)->fingerprint);
    g_clear_pointer(&fixture->setup, tm_setup_free);
    fixture_remove(fixture, "directory/core/page.json");
    fixture_export(fixture, "github_core_members.json", "web/page.json");
    const char *in_web = fixture_load(fixture)->fingerprint;
    assert_string_not_equal(in_core, without);
    assert_string_not_equal(in_web, in_core);
}

static void hidden_files_are_passed_over(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "harness_developers.csv", "a.csv");
    fixture_write(fixture, "directory/.DS_Store", "\x01\x02");
    assert_int_equal(fixture_load(fixture)->people->len, 1);
}

static void what_is_named_like_the_folder_must_be_one(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email\nana@x.io\n");
    fixture_write(fixture, "directory", "mail\nben@x.io\n");
    fixture_refuse(fixture);
}

static void a_link_that_leads_nowhere_is_refused_by_name(void **state)
{
    Fixture *fixture = *state;
    fixture_export(fixture, "harness_developers.csv", "a.csv");
    g_autofree char *path = g_build_filename(fixture->folder, "directory", "b.csv", NULL);
    assert_int_equal(symlink("nowhere.csv", path), 0);
    fixture_refuse(fixture);
    g_autofree char *said = fixture_diagnostics(fixture);
    assert_non_null(strstr(said, "directory/b.csv: "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXPORT_TEST(okta_users_are_people_in_their_departments),
        EXPORT_TEST(okta_logins_are_accounts_and_second_addresses_are_not),
        EXPORT_TEST(entra_users_without_mail_are_known_by_their_principal_name),
        EXPORT_TEST(an_entra_principal_name_beside_the_mail_is_an_account),
        EXPORT_TEST(a_guest_has_the_address_inside_the_principal_name),
        EXPORT_TEST(a_disabled_entra_account_is_on_the_roster_on_no_day),
        EXPORT_TEST(the_usage_location_picks_the_holidays_not_the_name_of_the_country),
        EXPORT_TEST(a_bulk_template_says_who_is_blocked),
        EXPORT_TEST(google_org_units_are_the_hierarchy),
        EXPORT_TEST(a_google_user_at_the_top_is_in_the_department),
        EXPORT_TEST(a_suspended_google_user_is_on_the_roster_on_no_day),
        EXPORT_TEST(devlake_users_and_teams_belong_together),
        EXPORT_TEST(a_list_of_accounts_is_no_list_of_people),
        EXPORT_TEST(harness_developers_are_people),
        EXPORT_TEST(what_excel_does_to_a_list_is_undone),
        EXPORT_TEST(a_heading_that_is_read_must_not_be_there_twice),
        EXPORT_TEST(a_heading_that_is_not_read_may_be_there_twice),
        EXPORT_TEST(people_csv_wins_for_the_same_person),
        EXPORT_TEST(of_two_exports_the_first_by_name_gives_the_person),
        EXPORT_TEST(the_same_person_twice_in_an_export_is_reported),
        EXPORT_TEST(teams_csv_is_the_whole_hierarchy),
        EXPORT_TEST(without_people_anywhere_loading_is_refused),
        EXPORT_TEST(the_fingerprint_covers_exports_and_their_folders),
        EXPORT_TEST(hidden_files_are_passed_over),
        EXPORT_TEST(a_link_that_leads_nowhere_is_refused_by_name),
        EXPORT_TEST(what_is_named_like_the_folder_must_be_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
