/* Events and invoices: what is given, in an order that rows do not decide. */
#include "fixture.h"

static const TmEvent *event(const Fixture *fixture, guint index)
{
    assert_true(index < fixture->setup->events->len);
    return &g_array_index(fixture->setup->events, TmEvent, index);
}

static const TmInvoice *invoice(const Fixture *fixture, guint index)
{
    assert_true(index < fixture->setup->invoices->len);
    return &g_array_index(fixture->setup->invoices, TmInvoice, index);
}

static void events_stand_in_the_order_of_their_days(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "events.csv",
        "date,team_id,text\n2026-10-05,*,Later\n2026-09-14,core,Earlier\n2026-10-05,*,Also\n");
    fixture_load(fixture);
    assert_int_equal(fixture->setup->events->len, 3);
    assert_string_equal(event(fixture, 0)->text, "Earlier");
    assert_int_equal(event(fixture, 0)->team, fixture_team(fixture, "core"));
    assert_string_equal(event(fixture, 1)->text, "Also");
    assert_int_equal(event(fixture, 1)->team, 0);
    assert_int_equal(event(fixture, 2)->day, fixture_day("2026-10-05"));
}

static void a_text_may_have_sixty_letters_of_any_language(void **state)
{
    Fixture *fixture = *state;
    GString *rows = g_string_new("date,team_id,text\n2026-10-05,*,");
    for (guint i = 0; i < 60; i++)
        g_string_append(rows, "ü");
    g_autofree char *text = g_string_free(rows, FALSE);
    fixture_write(fixture, "events.csv", text);
    fixture_load(fixture);
    assert_int_equal(fixture->setup->events->len, 1);
}

static void invoices_stand_by_tool_and_period(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "invoices.csv",
        "tool,period_start,period_end,amount,currency\n"
        "cursor,2026-11-01,2026-11-30,3,\ncursor,2026-10-01,2026-10-31,2.000001,eur\n"
        "claude_code,2026-11-01,2026-11-30,1,\n");
    fixture_load(fixture);
    assert_int_equal(fixture->setup->invoices->len, 3);
    assert_int_equal(invoice(fixture, 0)->tool, TM_TOOL_CLAUDE_CODE);
    assert_int_equal(invoice(fixture, 1)->amount, 2000001);
    assert_string_equal(invoice(fixture, 1)->currency, "EUR");
    assert_string_equal(invoice(fixture, 2)->currency, "USD");
}

static void two_amounts_of_one_period_are_two_invoices(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "invoices.csv",
        "tool,period_start,period_end,amount\n"
        "cursor,2026-10-01,2026-10-31,1\ncursor,2026-10-01,2026-10-31,2\n");
    fixture_load(fixture);
    assert_int_equal(fixture->setup->invoices->len, 2);
    assert_int_equal(fixture_count(fixture, TM_KIND_OVERLAP), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(events_stand_in_the_order_of_their_days),
        FIXTURE_TEST(a_text_may_have_sixty_letters_of_any_language),
        FIXTURE_TEST(invoices_stand_by_tool_and_period),
        FIXTURE_TEST(two_amounts_of_one_period_are_two_invoices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
