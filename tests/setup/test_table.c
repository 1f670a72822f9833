/* What the CSV reader accepts, seen through people.csv. */
#include "fixture.h"

static void assert_both_read(Fixture *fixture, const char *text)
{
    fixture_write(fixture, "people.csv", text);
    fixture_load(fixture);
    fixture_person(fixture, "ana@x.io");
    TmPersonIndex ben = fixture_person(fixture, "ben@x.io");
    assert_string_equal(g_array_index(fixture->setup->people, TmPerson, ben).name, "Ben Ito");
    assert_int_equal(tm_diagnostics_worst(fixture->diagnostics), TM_SEVERITY_NOTE);
}

static void semicolons_split_when_the_header_has_no_comma(void **state)
{
    assert_both_read(*state, "email;name\nana@x.io;Ana, dear\nben@x.io;Ben Ito\n");
}

static void tabs_split_when_the_header_has_nothing_else(void **state)
{
    assert_both_read(*state, "email\tname\nana@x.io\t\nben@x.io\tBen Ito\n");
}

static void a_mark_and_any_line_end_are_accepted(void **state)
{
    assert_both_read(*state, "\xEF\xBB\xBF\"email\",name\r\nana@x.io,\rben@x.io,Ben Ito\n");
}

static void headings_are_compared_without_case_and_separators(void **state)
{
    assert_both_read(*state, "E-Mail Address,Display.Name\nana@x.io,\nben@x.io,Ben Ito\n");
}

static void the_name_in_brackets_counts(void **state)
{
    assert_both_read(*state,
        "version:v1.0\nUser name [userPrincipalName] Required,Name [displayName] Required\n"
        "ana@x.io,\nben@x.io,Ben Ito\n");
}

static void a_remark_in_brackets_does_not_count(void **state)
{
    assert_both_read(*state,
        "First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY]\n"
        "Ana,Lima,ana@x.io,Active\nBen,Ito,ben@x.io,Active\n");
}

static void the_best_alias_with_a_value_is_taken(void **state)
{
    assert_both_read(*state,
        "userPrincipalName,mail,displayName\nana@x.io,,\nbi@tenant.onmicrosoft.com,ben@x.io,"
        "Ben Ito\n");
}

static void a_login_counts_only_as_an_address(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "login,email\nana@x.io,\nben,ben@x.io\nflo,\n");
    fixture_load(fixture);
    assert_int_equal(fixture->setup->people->len, 2);
    assert_int_equal(fixture_count(fixture, TM_KIND_MISSING_FIELD), 1);
}

static void quoted_fields_may_hold_line_breaks(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email,name\nana@x.io,\"Ana\nLima\"\nbad,row\n");
    fixture_load(fixture);
    assert_string_equal(g_array_index(fixture->setup->people, TmPerson, 0).name, "Ana\nLima");
    g_autofree char *text = tm_diagnostics_format(fixture->diagnostics, TM_SEVERITY_NOTE, 0);
    assert_non_null(g_strstr_len(text, -1, "people.csv:4: skipped"));
}

static void a_guard_against_formulas_is_taken_off(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email,name\nana@x.io,'=Ana\n");
    fixture_load(fixture);
    assert_string_equal(g_array_index(fixture->setup->people, TmPerson, 0).name, "=Ana");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(semicolons_split_when_the_header_has_no_comma),
        FIXTURE_TEST(tabs_split_when_the_header_has_nothing_else),
        FIXTURE_TEST(a_mark_and_any_line_end_are_accepted),
        FIXTURE_TEST(headings_are_compared_without_case_and_separators),
        FIXTURE_TEST(the_name_in_brackets_counts),
        FIXTURE_TEST(a_remark_in_brackets_does_not_count),
        FIXTURE_TEST(the_best_alias_with_a_value_is_taken),
        FIXTURE_TEST(a_login_counts_only_as_an_address),
        FIXTURE_TEST(quoted_fields_may_hold_line_breaks),
        FIXTURE_TEST(a_guard_against_formulas_is_taken_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
