/* On which days of a week a tool is the company's. */
#include "fixture.h"

/* The week of Monday 2026-10-26. */
static guint8 days_of(const Fixture *fixture, TmToolIndex tool)
{
    return tm_setup_tool_days(fixture->setup, tool, tm_week_of_day(fixture_day("2026-10-26")));
}

static void load(Fixture *fixture, const char *licences, const char *contracts)
{
    g_autofree char *held = g_strconcat("email,tool,start_date,end_date\n", licences, NULL);
    g_autofree char *bought =
        g_strconcat("tool,seats,price_per_seat,start_date,end_date\n", contracts, NULL);
    fixture_write(fixture, "licenses.csv", held);
    fixture_write(fixture, "subscriptions.csv", bought);
    fixture_load(fixture);
}

static void a_licence_counts_from_its_first_to_its_last_day(void **state)
{
    Fixture *fixture = *state;
    load(fixture, "ana@example.com,cursor,2026-10-28,2026-10-30\n", "");
    assert_int_equal(days_of(fixture, TM_TOOL_CURSOR), 0x1c);
}

static void a_contract_counts_where_nobody_holds_a_seat(void **state)
{
    Fixture *fixture = *state;
    load(fixture, "ana@example.com,cursor,,2026-10-26\n", "cursor,5,40.00,2026-11-01,\n");
    assert_int_equal(days_of(fixture, TM_TOOL_CURSOR), 0x41);
}

static void before_and_after_there_are_no_days(void **state)
{
    Fixture *fixture = *state;
    load(fixture, "ana@example.com,cursor,2026-11-02,\n", "cursor,5,40.00,,2026-10-25\n");
    assert_int_equal(days_of(fixture, TM_TOOL_CURSOR), 0);
}

static void a_tool_without_licence_and_contract_has_all_days(void **state)
{
    Fixture *fixture = *state;
    load(fixture, "ana@example.com,cursor,2026-11-02,\n", "");
    assert_int_equal(days_of(fixture, TM_TOOL_COPILOT), TM_ALL_DAYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_licence_counts_from_its_first_to_its_last_day),
        FIXTURE_TEST(a_contract_counts_where_nobody_holds_a_seat),
        FIXTURE_TEST(before_and_after_there_are_no_days),
        FIXTURE_TEST(a_tool_without_licence_and_contract_has_all_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
