/* Whose account it is: order of the sources, dates, case, tags, paths. */
#include <string.h>

#include "fixture.h"

static const char rows[] = "email,tool,kind,value,start_date,end_date\n"
                           "ana@x.io,copilot,login,Ana-Lima_acme,,\n"
                           "ben@x.io,,email,old@y.io,,\n"
                           "ana@x.io,,api_key,KEY-1,,2026-06-30\n"
                           "ben@x.io,,api_key,KEY-1,2026-07-01,\n"
                           "ben@x.io,cursor,login,shared,,\n"
                           "ana@x.io,,login,shared,,\n"
                           "-,,login,renovate[bot],,\n"
                           "ben@x.io,,email,ana@x.io,2020-01-01,2020-12-31\n"
                           "ana@x.io,,path,laptops/seven,,\n"
                           "ben@x.io,,path,seven,,\n"
                           "ben@x.io,,path,session.jsonl,,\n"
                           "ana@x.io,,name,\xC3\x84nne Groß,,\n";

static int open_with_rows(void **state)
{
    fixture_open(state);
    fixture_write(*state, "identities.csv", rows);
    fixture_load(*state);
    return 0;
}

static TmPersonIndex resolve(const Fixture *fixture, TmToolIndex tool, TmIdentityKind kind,
    const char *value, const char *day)
{
    TmIdentity identity = {kind, value, strlen(value)};
    return tm_setup_resolve(fixture->setup, tool, &identity, fixture_day(day));
}

#define ANA 0
#define BEN 1
#define RESOLVE(tool, kind, value)                                                                 \
    resolve(*state, TM_TOOL_##tool, TM_IDENTITY_##kind, value, "2026-10-05")

static void a_person_s_own_address_is_found_in_any_case(void **state)
{
    assert_int_equal(RESOLVE(CURSOR, EMAIL, " ANA@x.io "), ANA);
}

static void an_alias_is_found_in_any_case(void **state)
{
    assert_int_equal(RESOLVE(COPILOT, LOGIN, "ana-lima_ACME"), ANA);
    assert_int_equal(RESOLVE(CODEX, EMAIL, "Old@Y.io"), BEN);
    assert_int_equal(RESOLVE(CODEX, NAME, "\xC3\xA4nne GROß"), ANA);
}

static void keys_are_compared_with_case(void **state)
{
    assert_int_equal(RESOLVE(CODEX, API_KEY, "KEY-1"), BEN);
    assert_int_equal(RESOLVE(CODEX, API_KEY, "key-1"), TM_PERSON_UNRESOLVED);
}

static void a_row_for_a_tool_holds_for_that_tool_only(void **state)
{
    assert_int_equal(RESOLVE(CURSOR, LOGIN, "ana-lima_acme"), TM_PERSON_UNRESOLVED);
    assert_int_equal(RESOLVE(CURSOR, LOGIN, "shared"), BEN);
    assert_int_equal(RESOLVE(COPILOT, LOGIN, "shared"), ANA);
}

static void dates_decide_between_owners(void **state)
{
    const Fixture *fixture = *state;
    assert_int_equal(
        resolve(fixture, TM_TOOL_CODEX, TM_IDENTITY_API_KEY, "KEY-1", "2026-06-30"), ANA);
    assert_int_equal(
        resolve(fixture, TM_TOOL_CODEX, TM_IDENTITY_API_KEY, "KEY-1", "2026-07-01"), BEN);
}

static void a_dated_row_beats_the_roster(void **state)
{
    const Fixture *fixture = *state;
    assert_int_equal(
        resolve(fixture, TM_TOOL_CODEX, TM_IDENTITY_EMAIL, "ana@x.io", "2020-12-31"), BEN);
    assert_int_equal(
        resolve(fixture, TM_TOOL_CODEX, TM_IDENTITY_EMAIL, "ana@x.io", "2021-01-01"), ANA);
}

static void a_dash_means_nobody_on_purpose(void **state)
{
    assert_int_equal(RESOLVE(COPILOT, LOGIN, "Renovate[bot]"), TM_PERSON_IGNORED);
}

static void noreply_addresses_are_logins(void **state)
{
    assert_int_equal(
        RESOLVE(CLAUDE_CODE, EMAIL, "12345+ana-lima_acme@users.noreply.github.com"), ANA);
    assert_int_equal(RESOLVE(CURSOR, EMAIL, "shared@users.noreply.github.com"), BEN);
    assert_int_equal(
        RESOLVE(CURSOR, EMAIL, "1+unknown@users.noreply.github.com"), TM_PERSON_UNRESOLVED);
}

static void plus_tags_are_dropped_last(void **state)
{
    assert_int_equal(RESOLVE(CURSOR, EMAIL, "ana+cursor@x.io"), ANA);
    assert_int_equal(RESOLVE(CURSOR, EMAIL, "+cursor@x.io"), TM_PERSON_UNRESOLVED);
}

static void plus_tags_stay_when_the_setting_says_so(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "tidemark.ini", "[identities]\ndrop_plus_tags = false\n");
    fixture_load(fixture);
    assert_int_equal(RESOLVE(CURSOR, EMAIL, "ana+cursor@x.io"), TM_PERSON_UNRESOLVED);
}

static void a_login_that_is_an_address_is_one(void **state)
{
    assert_int_equal(RESOLVE(CURSOR, LOGIN, "ben@x.io"), BEN);
    assert_int_equal(RESOLVE(CURSOR, USER_ID, "ben@x.io"), TM_PERSON_UNRESOLVED);
}

static void the_longest_part_of_a_path_wins(void **state)
{
    assert_int_equal(RESOLVE(CODEX, PATH, "/exports/laptops/seven/session.json"), ANA);
    assert_int_equal(RESOLVE(CODEX, PATH, "exports\\laptops\\seven\\a.json"), ANA);
    assert_int_equal(RESOLVE(CODEX, PATH, "other/seven/a.json"), BEN);
    assert_int_equal(RESOLVE(CODEX, PATH, "any/session.jsonl"), BEN);
    assert_int_equal(RESOLVE(CODEX, PATH, "seventeen/a.json"), TM_PERSON_UNRESOLVED);
}

static void hostile_values_are_unresolved(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *large = g_strnfill(1000000, 'a');
    TmIdentity with_nul = {TM_IDENTITY_EMAIL, "ana@x.io\0evil", 13};
    TmIdentity empty = {TM_IDENTITY_EMAIL, NULL, 0};
    assert_int_equal(RESOLVE(CURSOR, EMAIL, large), TM_PERSON_UNRESOLVED);
    assert_int_equal(RESOLVE(CURSOR, PATH, large), TM_PERSON_UNRESOLVED);
    assert_int_equal(RESOLVE(CURSOR, EMAIL, "\xff\xfe@"), TM_PERSON_UNRESOLVED);
    assert_int_equal(
        tm_setup_resolve(fixture->setup, TM_TOOL_CURSOR, &with_nul, 0), TM_PERSON_UNRESOLVED);
    assert_int_equal(
        tm_setup_resolve(fixture->setup, TM_TOOL_CURSOR, &empty, 0), TM_PERSON_UNRESOLVED);
}

static void values_need_not_end_in_nul(void **state)
{
    Fixture *fixture = *state;
    TmIdentity identity = {TM_IDENTITY_EMAIL, "ana@x.io\",\"more\"", 8};
    assert_int_equal(tm_setup_resolve(fixture->setup, TM_TOOL_CURSOR, &identity, 0), ANA);
}

static void the_canonical_text_names_tool_kind_and_folded_value(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GString) out = g_string_new(NULL);
    TmIdentity identity = {TM_IDENTITY_LOGIN, " Ana-Lima_ACME ", 15};
    tm_identity_canonical(fixture->setup, TM_TOOL_COPILOT, &identity, out);
    assert_string_equal(out->str, "copilot:login:ana-lima_acme");
}

static gpointer resolve_many(gpointer user)
{
    const Fixture *fixture = user;
    guint wrong = 0;
    for (guint i = 0; i < 200000; i++) {
        TmIdentity identity = {TM_IDENTITY_EMAIL, "ANA+tag@x.io", 12};
        int minute;
        wrong += tm_setup_resolve(fixture->setup, TM_TOOL_CURSOR, &identity, 20000) != ANA;
        wrong += tm_setup_local_day(fixture->setup, ANA, (gint64)i * 100000, &minute) < 0;
    }
    return GUINT_TO_POINTER(wrong);
}

static void threads_may_resolve_at_the_same_time(void **state)
{
    GThread *first = g_thread_new("first", resolve_many, *state);
    GThread *second = g_thread_new("second", resolve_many, *state);
    assert_null(g_thread_join(first));
    assert_null(g_thread_join(second));
}

#define ROWS_TEST(name) cmocka_unit_test_setup_teardown(name, open_with_rows, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROWS_TEST(a_person_s_own_address_is_found_in_any_case),
        ROWS_TEST(an_alias_is_found_in_any_case),
        ROWS_TEST(keys_are_compared_with_case),
        ROWS_TEST(a_row_for_a_tool_holds_for_that_tool_only),
        ROWS_TEST(dates_decide_between_owners),
        ROWS_TEST(a_dated_row_beats_the_roster),
        ROWS_TEST(a_dash_means_nobody_on_purpose),
        ROWS_TEST(noreply_addresses_are_logins),
        ROWS_TEST(plus_tags_are_dropped_last),
        FIXTURE_TEST(plus_tags_stay_when_the_setting_says_so),
        ROWS_TEST(a_login_that_is_an_address_is_one),
        ROWS_TEST(the_longest_part_of_a_path_wins),
        ROWS_TEST(hostile_values_are_unresolved),
        ROWS_TEST(values_need_not_end_in_nul),
        ROWS_TEST(the_canonical_text_names_tool_kind_and_folded_value),
        ROWS_TEST(threads_may_resolve_at_the_same_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
