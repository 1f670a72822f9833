/* Rosters: movers, teams on a day, zones, licences. */
#include <string.h>

#include "fixture.h"

static void a_mover_is_in_each_team_on_its_days(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv",
        "email,team_id,start_date,end_date\n"
        "ben@x.io,web,2026-09-01,\nben@x.io,core,2025-02-01,2026-08-31\n");
    const TmSetup *setup = fixture_load(fixture);
    TmTeamIndex core = fixture_team(fixture, "core"), web = fixture_team(fixture, "web");
    assert_int_equal(tm_setup_team_on(setup, 0, fixture_day("2025-01-31")), TM_TEAM_NONE);
    assert_int_equal(tm_setup_team_on(setup, 0, fixture_day("2025-02-01")), core);
    assert_int_equal(tm_setup_team_on(setup, 0, fixture_day("2026-08-31")), core);
    assert_int_equal(tm_setup_team_on(setup, 0, fixture_day("2026-09-01")), web);
    assert_int_equal(tm_setup_team_on(setup, TM_PERSON_UNRESOLVED, 0), TM_TEAM_NONE);
}

static void addresses_are_trimmed_and_lower_case(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email\n\" Ana.Lima@X.IO \"\n");
    fixture_load(fixture);
    fixture_person(fixture, "ana.lima@x.io");
}

static void people_are_sorted_by_address(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email\nzoe@x.io\nana@x.io\nmax@x.io\n");
    fixture_load(fixture);
    assert_int_equal(fixture_person(fixture, "ana@x.io"), 0);
    assert_int_equal(fixture_person(fixture, "zoe@x.io"), 2);
}

static void status_columns_say_who_has_left(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv",
        "email,team_id,account_enabled,suspended,end_date\n"
        "ana@x.io,core,True,False,\nben@x.io,core,False,,\ncy@x.io,core,,TRUE,\n"
        "dee@x.io,core,False,,2026-03-31\n");
    const TmSetup *setup = fixture_load(fixture);
    TmTeamIndex core = fixture_team(fixture, "core");
    TmDay day = fixture_day("2026-03-01");
    assert_int_equal(tm_setup_team_on(setup, 0, day), core);
    assert_int_equal(tm_setup_team_on(setup, 1, day), TM_TEAM_NONE);
    assert_int_equal(tm_setup_team_on(setup, 2, day), TM_TEAM_NONE);
    assert_int_equal(tm_setup_team_on(setup, 3, day), core);
}

static gint64 instant(const char *text)
{
    gint64 milliseconds;
    assert_true(tm_instant_parse(text, strlen(text), &milliseconds));
    return milliseconds;
}

static void assert_local(
    const Fixture *fixture, TmPersonIndex person, const char *when, const char *day, int expected)
{
    int minute;
    TmDay local = tm_setup_local_day(fixture->setup, person, instant(when), &minute);
    assert_int_equal(local, fixture_day(day));
    assert_int_equal(minute, expected);
}

static void each_person_has_the_day_of_the_own_zone(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv",
        "email,time_zone\nana@x.io,\nben@x.io,Asia/Tokyo\ncy@x.io,America/New_York\n");
    fixture_load(fixture);
    assert_local(fixture, 0, "2026-10-05T23:30:00Z", "2026-10-05", 23 * 60 + 30);
    assert_local(fixture, 1, "2026-10-05T23:30:00Z", "2026-10-06", 8 * 60 + 30);
    assert_local(fixture, 2, "2026-10-05T03:59:59.999Z", "2026-10-04", 23 * 60 + 59);
    assert_local(fixture, TM_PERSON_UNRESOLVED, "2026-10-05T23:30:00Z", "2026-10-05", 23 * 60 + 30);
    assert_local(fixture, 0, "1969-12-31T23:59:59.999Z", "1969-12-31", 23 * 60 + 59);
}

static void days_follow_the_change_of_clocks(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "tidemark.ini", "[organisation]\ntime_zone = Europe/Berlin\n");
    fixture_load(fixture);
    assert_local(fixture, 0, "2026-03-29T00:59:00Z", "2026-03-29", 119);
    assert_local(fixture, 0, "2026-03-29T01:00:00Z", "2026-03-29", 180);
    assert_local(fixture, 0, "2026-03-29T21:59:00Z", "2026-03-29", 1439);
    assert_local(fixture, 0, "2026-03-29T22:00:00Z", "2026-03-30", 0);
    assert_local(fixture, 0, "2026-10-25T21:59:00Z", "2026-10-25", 1379);
    assert_local(fixture, 0, "2026-10-25T23:00:00Z", "2026-10-26", 0);
}

static void licences_are_sorted_and_typed(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "licenses.csv",
        "email,tool,plan,start_date,end_date,monthly_price,currency,seats\n"
        ",new-tool,,,,,,7\nben@x.io,cursor,pro,,,40.5,eur,\n"
        "ana@x.io,copilot,a,2026-02-01,,,,\nana@x.io,copilot,a,,2026-01-31,,,\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_int_equal(setup->licences->len, 4);
    const TmLicence *licences = (const TmLicence *)(void *)setup->licences->data;
    assert_int_equal(licences[0].last, fixture_day("2026-01-31"));
    assert_true(licences[1].monthly_price == TM_MONEY_NONE);
    assert_int_equal(licences[2].monthly_price, 40500000);
    assert_string_equal(licences[2].currency, "EUR");
    assert_int_equal(licences[3].person, TM_PERSON_UNRESOLVED);
    assert_int_equal(licences[3].seats, 7);
    assert_int_equal(licences[3].tool, tm_setup_tool(setup, "new_tool"));
    assert_int_equal(tm_setup_tool(setup, "claude_code"), TM_TOOL_CLAUDE_CODE);
    assert_int_equal(tm_setup_tool(setup, "never"), TM_TOOL_LIMIT);
}

static void contracts_take_the_currency_of_the_organisation(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "subscriptions.csv",
        "tool,plan,seats,price_per_seat,billing_period\ncursor,pro,10,480,year\n");
    const TmSetup *setup = fixture_load(fixture);
    const TmContract *contract = &g_array_index(setup->contracts, TmContract, 0);
    assert_true(contract->yearly);
    assert_string_equal(contract->currency, "USD");
    assert_int_equal(contract->price_per_seat, 480000000);
    assert_int_equal(contract->last, TM_DAY_FOREVER);
}

static void the_fingerprint_changes_with_any_file(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *before = g_strdup(fixture_load(fixture)->fingerprint);
    g_clear_pointer(&fixture->setup, tm_setup_free);
    assert_string_equal(fixture_load(fixture)->fingerprint, before);
    g_clear_pointer(&fixture->setup, tm_setup_free);
    fixture_write(fixture, "goals.csv", "team_id,metric,target\n");
    assert_string_not_equal(fixture_load(fixture)->fingerprint, before);
    assert_int_equal(strlen(before), 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_mover_is_in_each_team_on_its_days),
        FIXTURE_TEST(addresses_are_trimmed_and_lower_case),
        FIXTURE_TEST(people_are_sorted_by_address),
        FIXTURE_TEST(status_columns_say_who_has_left),
        FIXTURE_TEST(each_person_has_the_day_of_the_own_zone),
        FIXTURE_TEST(days_follow_the_change_of_clocks),
        FIXTURE_TEST(licences_are_sorted_and_typed),
        FIXTURE_TEST(contracts_take_the_currency_of_the_organisation),
        FIXTURE_TEST(the_fingerprint_changes_with_any_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
