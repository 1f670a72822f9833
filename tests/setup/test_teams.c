/* From teams.csv and people.csv to the hierarchy. */
#include <string.h>

#include "fixture.h"

static const TmTeam *team(const Fixture *fixture, const char *id)
{
    return &g_array_index(fixture->setup->teams, TmTeam, fixture_team(fixture, id));
}

static void assert_parent(const Fixture *fixture, const char *id, const char *parent)
{
    TmTeamIndex found = team(fixture, id)->parent;
    assert_string_equal(g_array_index(fixture->setup->teams, TmTeam, found).id, parent);
}

static void an_organisation_is_implied_above_several_roots(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv", "team_id,type\nweb,team\ncore,department\n");
    const TmSetup *setup = fixture_load(fixture);
    const TmTeam *organisation = &g_array_index(setup->teams, TmTeam, 0);
    assert_string_equal(organisation->name, "Test");
    assert_int_equal(organisation->type, TM_TEAM_ORGANISATION);
    assert_int_equal(organisation->parent, TM_TEAM_NONE);
    assert_int_equal(team(fixture, "web")->parent, 0);
    assert_int_equal(team(fixture, "core")->parent, 0);
}

static void a_root_of_type_organisation_is_the_organisation(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv",
        "team_id,name,parent_team_id,type\ncore,Core,zzz,team\nweb,Web,,team\n"
        "zzz,The company,,organisation\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_string_equal(g_array_index(setup->teams, TmTeam, 0).name, "The company");
    assert_int_equal(setup->teams->len, 3);
    assert_parent(fixture, "web", "zzz");
}

static void a_single_department_does_not_become_the_organisation(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv",
        "team_id,parent_team_id,type\neng,,department\ncore,eng,team\nweb,eng,team\n");
    fixture_load(fixture);
    assert_int_equal(fixture_team(fixture, "eng") == 0, FALSE);
    assert_int_equal(team(fixture, "core")->department, fixture_team(fixture, "eng"));
    assert_int_equal(team(fixture, "eng")->department, fixture_team(fixture, "eng"));
}

static void the_nearest_department_counts(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv",
        "team_id,parent_team_id,type\nbig,,business_unit\nouter,big,department\n"
        "inner,outer,department\ncore,inner,team\nweb,big,team\n");
    fixture_load(fixture);
    assert_int_equal(team(fixture, "core")->department, fixture_team(fixture, "inner"));
    assert_int_equal(team(fixture, "web")->department, 0);
    assert_int_equal(team(fixture, "big")->department, 0);
}

static void people_placed_in_a_higher_unit_form_a_direct_team(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv",
        "team_id,name,parent_team_id,type,function,stage\neng,Engineering,,department,sw,2\n"
        "core,Core,eng,team,,\n");
    fixture_write(fixture, "people.csv",
        "email,team_id\nana@x.io,core\nben@x.io,eng\ncy@x.io,eng\ndee@x.io,organisation\n");
    const TmSetup *setup = fixture_load(fixture);
    const TmTeam *direct = team(fixture, "eng.direct");
    assert_string_equal(direct->name, "Engineering, direct");
    assert_string_equal(direct->function, "sw");
    assert_int_equal(direct->stage, 2);
    assert_int_equal(direct->type, TM_TEAM_TEAM);
    assert_int_equal(direct->department, fixture_team(fixture, "eng"));
    assert_int_equal(tm_setup_team_on(setup, 1, 0), fixture_team(fixture, "eng.direct"));
    assert_int_equal(tm_setup_team_on(setup, 2, 0), fixture_team(fixture, "eng.direct"));
}

static void an_inner_team_is_a_unit_and_its_people_are_direct(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv", "team_id,parent_team_id,type\ncore,,team\nweb,core,team\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(team(fixture, "core")->type, TM_TEAM_BUSINESS_UNIT);
    assert_int_equal(tm_setup_team_on(setup, 0, 0), fixture_team(fixture, "core.direct"));
}

static void without_teams_csv_there_is_one_level(void **state)
{
    Fixture *fixture = *state;
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->teams->len, 3);
    assert_parent(fixture, "core", "organisation");
    assert_int_equal(team(fixture, "core")->department, 0);
    assert_int_equal(team(fixture, "core")->stage, 3);
}

static void unit_paths_are_split_without_teams_csv(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv",
        "email,org_unit_path\nana@x.io,/Eng/Core\nben@x.io,/Eng\ncy@x.io,/\ndee@x.io,/Eng/Web/\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_parent(fixture, "Eng.Core", "Eng");
    assert_parent(fixture, "Eng", "organisation");
    assert_string_equal(team(fixture, "Eng.Core")->name, "Core");
    assert_int_equal(tm_setup_team_on(setup, 1, 0), fixture_team(fixture, "Eng.direct"));
    assert_int_equal(tm_setup_team_on(setup, 2, 0), TM_TEAM_NONE);
    assert_int_equal(tm_setup_team_on(setup, 3, 0), fixture_team(fixture, "Eng.Web"));
}

static void a_department_stands_in_for_a_missing_team(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv",
        "email,team,department\nana@x.io,,R&D / Ops\nben@x.io,web;core,Sales\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_string_equal(team(fixture, "R&D - Ops")->name, "R&D / Ops");
    assert_int_equal(tm_setup_team_on(setup, 1, 0), fixture_team(fixture, "web"));
    assert_int_equal(setup->teams->len, 3);
}

static void teams_are_sorted_by_id_after_the_organisation(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv", "team_id,type\nweb,team\nabc,team\ncore,team\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(fixture_team(fixture, "organisation"), 0);
    assert_int_equal(fixture_team(fixture, "abc"), 1);
    assert_int_equal(fixture_team(fixture, "web"), 3);
    assert_int_equal(setup->teams->len, 4);
}

static void being_within_follows_the_parents(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv",
        "team_id,parent_team_id,type\neng,,department\ncore,eng,team\nweb,,team\n");
    const TmSetup *setup = fixture_load(fixture);
    TmTeamIndex eng = fixture_team(fixture, "eng"), core = fixture_team(fixture, "core");
    assert_true(tm_setup_team_within(setup, core, eng));
    assert_true(tm_setup_team_within(setup, core, core));
    assert_true(tm_setup_team_within(setup, core, 0));
    assert_false(tm_setup_team_within(setup, eng, core));
    assert_false(tm_setup_team_within(setup, TM_TEAM_NONE, 0));
}

static void units_of_a_cycle_hang_below_the_organisation(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv",
        "team_id,parent_team_id\ncore,web\nweb,core\nlost,nowhere\nunder,core\n");
    fixture_load(fixture);
    assert_parent(fixture, "core", "organisation");
    assert_parent(fixture, "web", "organisation");
    assert_parent(fixture, "lost", "organisation");
    assert_parent(fixture, "under", "core");
    assert_int_equal(fixture_count(fixture, TM_KIND_BAD_REFERENCE), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(an_organisation_is_implied_above_several_roots),
        FIXTURE_TEST(a_root_of_type_organisation_is_the_organisation),
        FIXTURE_TEST(a_single_department_does_not_become_the_organisation),
        FIXTURE_TEST(the_nearest_department_counts),
        FIXTURE_TEST(people_placed_in_a_higher_unit_form_a_direct_team),
        FIXTURE_TEST(an_inner_team_is_a_unit_and_its_people_are_direct),
        FIXTURE_TEST(without_teams_csv_there_is_one_level),
        FIXTURE_TEST(unit_paths_are_split_without_teams_csv),
        FIXTURE_TEST(a_department_stands_in_for_a_missing_team),
        FIXTURE_TEST(teams_are_sorted_by_id_after_the_organisation),
        FIXTURE_TEST(being_within_follows_the_parents),
        FIXTURE_TEST(units_of_a_cycle_hang_below_the_organisation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
