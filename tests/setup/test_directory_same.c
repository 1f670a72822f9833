/*
 * The same company, told in several ways, is the same set-up: once by people.csv and teams.csv, and
 * then by each kind of export that can say all of it.
 */
#include <string.h>

#include "fixture.h"

static const char people[] = "email,name,team_id\n"
                             "ana@example.com,Ana Lima,core\n"
                             "ben@example.com,Ben Ito,web\n"
                             "cy@example.com,Cy Rao,engineering\n";
static const char teams[] = "team_id,name,parent_team_id,type\n"
                            "engineering,Engineering,,department\n"
                            "core,Core,engineering,team\n"
                            "web,Web,engineering,team\n";
static const char identities[] = "email,tool,kind,value\nana@example.com,copilot,login,analima\n";

static void append_people(GString *out, const TmSetup *setup)
{
    for (guint i = 0; i < setup->people->len; i++) {
        const TmPerson *person = &g_array_index(setup->people, TmPerson, i);
        g_string_append_printf(out, "%s (%s)", person->email, person->name);
        for (guint j = 0; j < person->spells->len; j++) {
            const TmRosterSpell *spell = &g_array_index(person->spells, TmRosterSpell, j);
            const char *zone = spell->zone != NULL ? g_time_zone_get_identifier(spell->zone) : "-";
            g_string_append_printf(out, " %d-%d %s %x %s %x", spell->first, spell->last,
                spell->team != TM_TEAM_NONE ? g_array_index(setup->teams, TmTeam, spell->team).id
                                            : "-",
                spell->work_days, zone, spell->calendar);
        }
        g_string_append_c(out, '\n');
    }
}

static void append_teams(GString *out, const TmSetup *setup)
{
    for (guint i = 0; i < setup->teams->len; i++) {
        const TmTeam *team = &g_array_index(setup->teams, TmTeam, i);
        g_string_append_printf(out, "%s (%s) %u %d %u %d %d-%d\n", team->id, team->name,
            team->parent, (int)team->type, team->department, team->stage, team->first, team->last);
    }
}

static void append_identity(gpointer user, TmToolIndex tool, const TmIdentity *identity)
{
    g_ptr_array_add(user, g_strdup_printf("%u %d %.*s\n", tool, (int)identity->kind,
                              (int)identity->length, identity->value));
}

static int compare_texts(gconstpointer left, gconstpointer right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void append_identities(GString *out, const TmSetup *setup)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    tm_setup_foreach_identity(setup, append_identity, texts);
    g_ptr_array_sort(texts, compare_texts);
    for (guint i = 0; i < texts->len; i++)
        g_string_append(out, g_ptr_array_index(texts, i));
}

/* All that a setup says of people, teams and identities; then it is unloaded. */
static char *load_and_describe(Fixture *fixture)
{
    const TmSetup *setup = fixture_load(fixture);
    GString *out = g_string_new(NULL);
    append_people(out, setup);
    append_teams(out, setup);
    append_identities(out, setup);
    g_clear_pointer(&fixture->setup, tm_setup_free);
    return g_string_free(out, FALSE);
}

static char *describe_files(Fixture *fixture)
{
    fixture_write(fixture, "people.csv", people);
    fixture_write(fixture, "teams.csv", teams);
    fixture_write(fixture, "identities.csv", identities);
    char *text = load_and_describe(fixture);
    fixture_remove(fixture, "people.csv");
    fixture_remove(fixture, "teams.csv");
    return text;
}

static void backstage_says_the_same_as_the_files(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *expected = describe_files(fixture);
    fixture_remove(fixture, "identities.csv");
    fixture_export(fixture, "backstage.json", "catalogue.json");
    g_autofree char *found = load_and_describe(fixture);
    assert_string_equal(found, expected);
}

/* SCIM has no types of groups: the single top group is then the organisation, as in teams.csv. */
static void scim_says_the_same_as_the_files(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *expected = NULL;
    fixture_write(fixture, "people.csv",
        "email,name,team_id,time_zone,status,login\n"
        "ana@example.com,Ana Lima,core,Europe/Lisbon,active,\n"
        "ben@example.com,Ben Ito,web,,active,ben.ito\n"
        "cy@example.com,Cy Rao,engineering,,active,\n"
        "dee@example.com,Dee Fox,,,inactive,\n");
    fixture_write(fixture, "teams.csv",
        "team_id,parent_team_id\nengineering,\ncore,engineering\nweb,engineering\n");
    fixture_write(fixture, "identities.csv",
        "email,tool,kind,value\nana@example.com,,email,a.lima@example.com\n");
    expected = load_and_describe(fixture);
    fixture_remove(fixture, "people.csv");
    fixture_remove(fixture, "teams.csv");
    fixture_remove(fixture, "identities.csv");
    fixture_export(fixture, "scim_users.json", "users.json");
    fixture_export(fixture, "scim_groups.json", "groups.json");
    g_autofree char *found = load_and_describe(fixture);
    assert_string_equal(found, expected);
}

static void the_files_themselves_are_read_in_the_folder(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *expected = describe_files(fixture);
    fixture_write(fixture, "directory/a", teams);
    fixture_write(fixture, "directory/b", people);
    g_autofree char *found = load_and_describe(fixture);
    assert_string_equal(found, expected);
}

static void teams_of_github_complete_a_list_of_people(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "identities.csv",
        "email,tool,kind,value\nana@x.io,copilot,login,analima\nben@x.io,copilot,login,ben-ito_"
        "example\n");
    fixture_write(fixture, "people.csv", "email,team_id\nana@x.io,core\nben@x.io,engineering\n");
    fixture_write(fixture, "teams.csv",
        "team_id,name,parent_team_id\nengineering,Engineering,\ncore,Core,engineering\n"
        "web,Web,engineering\n");
    g_autofree char *expected = load_and_describe(fixture);
    fixture_write(fixture, "people.csv", "email\nana@x.io\nben@x.io\n");
    fixture_remove(fixture, "teams.csv");
    fixture_export(fixture, "github_teams.json", "teams.json");
    fixture_export(fixture, "github_engineering_members.json", "engineering/1.json");
    fixture_export(fixture, "github_core_members.json", "core/1.json");
    g_autofree char *found = load_and_describe(fixture);
    assert_string_equal(found, expected);
}

/* Whatever order the files have, groups, members and users find one another. */
static void the_order_of_files_does_not_matter(void **state)
{
    Fixture *fixture = *state;
    fixture_remove(fixture, "people.csv");
    fixture_export(fixture, "scim_users.json", "a.json");
    fixture_export(fixture, "scim_groups.json", "b.json");
    g_autofree char *expected = load_and_describe(fixture);
    fixture_export(fixture, "scim_users.json", "b.json");
    fixture_export(fixture, "scim_groups.json", "a.json");
    g_autofree char *found = load_and_describe(fixture);
    assert_string_equal(found, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(backstage_says_the_same_as_the_files),
        FIXTURE_TEST(scim_says_the_same_as_the_files),
        FIXTURE_TEST(the_files_themselves_are_read_in_the_folder),
        FIXTURE_TEST(teams_of_github_complete_a_list_of_people),
        FIXTURE_TEST(the_order_of_files_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
