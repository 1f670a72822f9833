/* Alerts: at their threshold, just under and just over it; baselines, identity, silence. */
#include "expect.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46))
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)

/* The only alert of a kind on the organisation, fired or silent; NULL if there is none. */
static const TmAlert *find(const GPtrArray *alerts, TmAlertKind kind)
{
    for (guint i = 0; i < alerts->len; i++) {
        const TmAlert *alert = alerts->pdata[i];
        if (alert->kind == kind && alert->scope->kind == TM_SCOPE_ORGANISATION)
            return alert;
    }
    return NULL;
}

/* Whole money by week, the last one the issue's. */
static TmIssue *cost_issue(const gint64 *units, guint count)
{
    TmIssue *issue = fake_issue_new(W46 - (TmWeek)count + 1, W46);
    for (guint i = 0; i < count; i++)
        fake_value(issue, "org", TM_KPI_COST, W46 - (TmWeek)count + 1 + (TmWeek)i, MONEY(units[i]));
    return issue;
}

static gboolean spike_fires(gint64 last)
{
    const gint64 units[] = {100, 90, 110, 100, last};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_COST_SPIKE);
    return alert != NULL && alert->state == TM_ALERT_FIRED;
}

static void test_cost_spike_needs_more_than_the_threshold(void **state)
{
    (void)state;
    assert_false(spike_fires(149));
    assert_false(spike_fires(150));
    assert_true(spike_fires(151));
}

static void test_cost_spike_follows_the_setting(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 121};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    (void)state;
    fake_setting(issue, "cost_spike_percent", 120);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_true(find(alerts, TM_ALERT_COST_SPIKE)->state == TM_ALERT_FIRED);
    assert_int_equal(find(alerts, TM_ALERT_COST_SPIKE)->threshold, 120);
}

static void test_metered_cost_spikes_under_a_calm_total(void **state)
{
    const gint64 units[] = {1000, 1000, 1000, 1000, 1100};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    (void)state;
    fake_steady(issue, "org", TM_KPI_COST_METERED, MONEY(100));
    fake_value(issue, "org", TM_KPI_COST_METERED, W46, MONEY(200));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_COST_SPIKE);
    assert_true(alert->state == TM_ALERT_FIRED);
    assert_int_equal(alert->kpi, TM_KPI_COST_METERED);
    assert_int_equal(alert->excess, MONEY(100));
}

static void test_baseline_freezes_at_the_first_breach(void **state)
{
    /* Against a rolling mean (100, 100, 200, 200 → 150) 200 would be no spike any more. */
    const gint64 units[] = {100, 100, 100, 100, 200, 200, 200};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_COST_SPIKE);
    (void)state;
    assert_true(alert->state == TM_ALERT_FIRED);
    assert_int_equal(alert->baseline_low, MONEY(100));
    assert_int_equal(alert->since, W46 - 2);
    assert_false(alert->is_new);
}

static void test_alert_clears_against_its_frozen_baseline(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 200, 200, 140};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_COST_SPIKE);
    (void)state;
    assert_int_equal(alert->state, TM_ALERT_CLEARED);
    assert_int_equal(alert->since, W46 - 2);
    assert_int_equal(alert->baseline_low, MONEY(100));
    assert_false(alert->is_new);
    assert_false(alert->new_level);
}

static void test_a_cleared_alert_is_told_once(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 200, 100, 100};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    (void)state;
    assert_null(find(alerts, TM_ALERT_COST_SPIKE));
}

static void test_an_open_alert_stays_open_over_a_week_that_is_not_known(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 200, 200, 200};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    (void)state;
    fake_flags(issue, "org", W46 - 1, TM_FIGURE_INCOMPLETE);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_int_equal(find(alerts, TM_ALERT_COST_SPIKE)->state, TM_ALERT_FIRED);
    assert_int_equal(find(alerts, TM_ALERT_COST_SPIKE)->since, W46 - 2);
}

static void test_an_open_alert_that_cannot_be_judged_keeps_its_first_week(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 200, 200};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    (void)state;
    fake_flags(issue, "org", W46, TM_FIGURE_INCOMPLETE);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_int_equal(find(alerts, TM_ALERT_COST_SPIKE)->state, TM_ALERT_NOT_JUDGED);
    assert_int_equal(find(alerts, TM_ALERT_COST_SPIKE)->since, W46 - 1);
}

static void test_alert_that_comes_back_is_new(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 200, 100, 100, 100, 100, 200};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    (void)state;
    assert_true(find(alerts, TM_ALERT_COST_SPIKE)->is_new);
}

static void test_eight_weeks_make_a_new_level(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 200, 200, 200, 200, 200, 200, 200, 200, 200};
    guint count = G_N_ELEMENTS(units);
    (void)state;
    g_autoptr(TmIssue) eighth = cost_issue(units, count - 1);
    g_autoptr(GPtrArray) open = tm_alerts_find(eighth);
    assert_true(find(open, TM_ALERT_COST_SPIKE)->state == TM_ALERT_FIRED);
    g_autoptr(TmIssue) ninth = cost_issue(units, count);
    g_autoptr(GPtrArray) closed = tm_alerts_find(ninth);
    assert_int_equal(find(closed, TM_ALERT_COST_SPIKE)->state, TM_ALERT_CLEARED);
    assert_true(find(closed, TM_ALERT_COST_SPIKE)->new_level);
}

static void test_a_rise_above_the_new_level_is_a_new_alert(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 200, 200, 200, 200, 200, 200, 200, 200, 301};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_COST_SPIKE);
    (void)state;
    assert_int_equal(alert->state, TM_ALERT_FIRED);
    assert_true(alert->is_new);
    assert_int_equal(alert->baseline_low, MONEY(200));
}

static void test_too_few_weeks_are_silent_and_say_so(void **state)
{
    const gint64 units[] = {100, 100, 100, 500};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_COST_SPIKE);
    (void)state;
    assert_false(alert->state == TM_ALERT_FIRED);
    assert_string_equal(alert->reason, "fewer than four complete weeks before");
}

static void test_incomplete_week_is_silent(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 500};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    (void)state;
    fake_flags(issue, "org", W46, TM_FIGURE_INCOMPLETE);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_false(find(alerts, TM_ALERT_COST_SPIKE)->state == TM_ALERT_FIRED);
    assert_string_equal(find(alerts, TM_ALERT_COST_SPIKE)->reason, "a tool lacks days of the week");
}

static void test_short_week_fires_nothing(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 500};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    (void)state;
    fake_steady(issue, "org", TM_KPI_USUAL_DAYS, 100);
    fake_steady(issue, "org", TM_KPI_WORKING_DAYS, 100);
    fake_value(issue, "org", TM_KPI_WORKING_DAYS, W46, 59);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_false(find(alerts, TM_ALERT_COST_SPIKE)->state == TM_ALERT_FIRED);
}

static void test_short_week_enters_no_baseline(void **state)
{
    /* With the 20 of the short week the mean would be 80 and 140 a spike. */
    const gint64 units[] = {100, 100, 100, 20, 100, 140};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    (void)state;
    fake_steady(issue, "org", TM_KPI_USUAL_DAYS, 100);
    fake_steady(issue, "org", TM_KPI_WORKING_DAYS, 100);
    fake_value(issue, "org", TM_KPI_WORKING_DAYS, W46 - 2, 10);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_null(find(alerts, TM_ALERT_COST_SPIKE));
}

static void test_band_fires_only_when_all_its_values_would(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 0};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    (void)state;
    fake_band(issue, "org", TM_KPI_COST, "", W46, MONEY(100), MONEY(300));
    g_autoptr(GPtrArray) doubtful = tm_alerts_find(issue);
    assert_false(find(doubtful, TM_ALERT_COST_SPIKE)->state == TM_ALERT_FIRED);
    assert_string_equal(find(doubtful, TM_ALERT_COST_SPIKE)->reason, "shown as a band");
    fake_band(issue, "org", TM_KPI_COST, "", W46, MONEY(300), G_MAXINT64);
    g_autoptr(GPtrArray) certain = tm_alerts_find(issue);
    assert_true(find(certain, TM_ALERT_COST_SPIKE)->state == TM_ALERT_FIRED);
    fake_band(issue, "org", TM_KPI_COST, "", W46, MONEY(30), MONEY(100));
    g_autoptr(GPtrArray) clear = tm_alerts_find(issue);
    assert_null(find(clear, TM_ALERT_COST_SPIKE));
}

static void test_new_rules_in_the_baseline_are_silent(void **state)
{
    const gint64 units[] = {100, 100, 100, 100, 500};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    (void)state;
    fake_rules(issue, W46 - 1, TM_RULE_VERSION + 1);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_string_equal(find(alerts, TM_ALERT_COST_SPIKE)->reason,
        "the rules changed within the four weeks before");
}

static void test_cost_from_nothing_fires(void **state)
{
    const gint64 units[] = {0, 0, 0, 0, 40};
    g_autoptr(TmIssue) issue = cost_issue(units, G_N_ELEMENTS(units));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    (void)state;
    assert_true(find(alerts, TM_ALERT_COST_SPIKE)->state == TM_ALERT_FIRED);
    assert_int_equal(find(alerts, TM_ALERT_COST_SPIKE)->baseline_high, 0);
}

/* ---- Adoption drop ----------------------------------------------------------------------- */

/* 100 licensed, all at work; active people by week. */
static TmIssue *adoption_issue(const gint64 *active, guint count, gint64 licensed)
{
    TmIssue *issue = fake_issue_new(W46 - (TmWeek)count + 1, W46);
    for (guint i = 0; i < count; i++) {
        TmWeek week = W46 - (TmWeek)count + 1 + (TmWeek)i;
        fake_value(issue, "org", TM_KPI_LICENSED, week, licensed);
        fake_value(issue, "org", TM_KPI_ACTIVE_USERS, week, active[i]);
        fake_value(
            issue, "org", TM_KPI_ADOPTION, week, tm_scale_half_even(active[i], 100, licensed));
        fake_value(issue, "org", TM_KPI_PRESENT, week, licensed);
        fake_value(issue, "org", TM_KPI_PRESENT_ACTIVE, week, active[i]);
    }
    return issue;
}

static gboolean drop_fires(gint64 last)
{
    const gint64 active[] = {60, 60, 62, 58, last};
    g_autoptr(TmIssue) issue = adoption_issue(active, G_N_ELEMENTS(active), 100);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_ADOPTION_DROP);
    return alert != NULL && alert->state == TM_ALERT_FIRED;
}

static void test_adoption_drop_needs_more_than_ten_points(void **state)
{
    (void)state;
    assert_false(drop_fires(51));
    assert_false(drop_fires(50));
    assert_true(drop_fires(49));
}

static gboolean small_drop_fires(gint64 last)
{
    const gint64 active[] = {10, 10, 10, 10, last};
    g_autoptr(TmIssue) issue = adoption_issue(active, G_N_ELEMENTS(active), 20);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_ADOPTION_DROP);
    return alert != NULL && alert->state == TM_ALERT_FIRED;
}

static void test_adoption_drop_needs_three_people(void **state)
{
    const gint64 active[] = {7, 7, 7, 7, 5}; /* 14 points of 14, 2 people */
    g_autoptr(TmIssue) issue = adoption_issue(active, G_N_ELEMENTS(active), 14);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    (void)state;
    assert_null(find(alerts, TM_ALERT_ADOPTION_DROP));
    assert_false(small_drop_fires(8));
    assert_true(small_drop_fires(7));
}

static void test_people_who_are_away_do_not_count_as_a_drop(void **state)
{
    const gint64 active[] = {60, 60, 60, 60, 45};
    g_autoptr(TmIssue) issue = adoption_issue(active, G_N_ELEMENTS(active), 100);
    (void)state;
    fake_value(issue, "org", TM_KPI_PRESENT, W46, 75); /* 45 of 75 are the usual 60 % */
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_null(find(alerts, TM_ALERT_ADOPTION_DROP));
}

static void test_drop_is_silent_when_presence_is_not_known(void **state)
{
    const gint64 active[] = {60, 60, 60, 60, 40};
    g_autoptr(TmIssue) issue = adoption_issue(active, G_N_ELEMENTS(active), 100);
    (void)state;
    fake_state(issue, "org", TM_KPI_PRESENT, W46, TM_CELL_NOT_SHOWN);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_string_equal(
        find(alerts, TM_ALERT_ADOPTION_DROP)->reason, "not known how many people were at work");
}

static void test_drop_says_when_new_seats_moved_the_rate(void **state)
{
    const gint64 active[] = {60, 60, 60, 60, 60};
    g_autoptr(TmIssue) issue = adoption_issue(active, G_N_ELEMENTS(active), 100);
    (void)state;
    fake_value(issue, "org", TM_KPI_LICENSED, W46, 150);
    fake_value(issue, "org", TM_KPI_PRESENT, W46, 150);
    fake_value(issue, "org", TM_KPI_ADOPTION, W46, 40);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_ADOPTION_DROP);
    assert_true(alert->state == TM_ALERT_FIRED);
    assert_int_equal(alert->licensed_from, 100);
    assert_int_equal(alert->licensed_to, 150);
}

static void test_drop_of_people_is_not_put_down_to_seats(void **state)
{
    const gint64 active[] = {60, 60, 60, 60, 40};
    g_autoptr(TmIssue) issue = adoption_issue(active, G_N_ELEMENTS(active), 100);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_ADOPTION_DROP);
    (void)state;
    assert_int_equal(alert->licensed_from, alert->licensed_to);
    assert_int_equal(alert->people, 20);
    assert_int_equal(alert->excess, 20);
}

/* ---- Unused seats, stale data ------------------------------------------------------------ */

static const TmAlert *seats_alert(GPtrArray **alerts, gint64 unused, gint64 held)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    static TmScope organisation = {.kind = TM_SCOPE_ORGANISATION};
    fake_tool(issue, "copilot", "Copilot", tm_week_monday(W46) + 6, 0, 0);
    fake_part(issue, TM_KPI_SEATS_ZERO_SESSION, "copilot", W46, unused);
    fake_part(issue, TM_KPI_SEATS_HELD, "copilot", W46, held);
    *alerts = tm_alerts_find(issue);
    for (guint i = 0; i < (*alerts)->len; i++) /* the issue's scopes are gone after this */
        ((TmAlert *)(*alerts)->pdata[i])->scope = &organisation;
    return find(*alerts, TM_ALERT_UNUSED_SEATS);
}

static void test_unused_seats_fire_from_the_threshold_on(void **state)
{
    g_autoptr(GPtrArray) under = NULL, at = NULL, over = NULL;
    (void)state;
    assert_null(seats_alert(&under, 9, 100));
    assert_true(seats_alert(&at, 10, 100)->state == TM_ALERT_FIRED);
    assert_true(seats_alert(&over, 11, 100)->state == TM_ALERT_FIRED);
}

static void test_no_seats_at_all_fire_nothing(void **state)
{
    g_autoptr(GPtrArray) alerts = NULL;
    (void)state;
    assert_null(seats_alert(&alerts, 0, 0));
}

static void test_a_tool_without_seats_is_not_spoken_of(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_tool(issue, "cursor", "Cursor", tm_week_monday(W46) + 6, 0, 0);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_null(find(alerts, TM_ALERT_UNUSED_SEATS));
}

static void test_stale_data_is_open_since_the_first_gap_in_a_row(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 5, W46);
    (void)state;
    fake_tool(issue, "cursor", "Cursor", tm_week_monday(W46) + 3, 3, 1 | 2 | 4 | 16);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_STALE_DATA);
    assert_true(alert->state == TM_ALERT_FIRED);
    assert_int_equal(alert->since, W46 - 2);
    assert_int_equal(alert->low, 3);
}

static void test_a_gap_of_earlier_weeks_is_not_stale(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 5, W46);
    (void)state;
    fake_tool(issue, "cursor", "Cursor", tm_week_monday(W46) + 6, 0, 2);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_null(find(alerts, TM_ALERT_STALE_DATA));
}

static void test_stale_data_clears_once(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 5, W46);
    (void)state;
    fake_tool(issue, "cursor", "Cursor", tm_week_monday(W46) + 6, 0, 2 | 4);
    fake_tool_before(issue, "cursor", 2);
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, TM_ALERT_STALE_DATA);
    assert_int_equal(alert->state, TM_ALERT_CLEARED);
    assert_int_equal(alert->since, W46 - 2);
}

static void test_unused_seats_come_with_their_price(void **state)
{
    g_autoptr(TmIssue) issue = fake_issue_new(W46 - 1, W46);
    (void)state;
    fake_tool(issue, "copilot", "Copilot", tm_week_monday(W46) + 6, 0, 0);
    fake_part(issue, TM_KPI_SEATS_ZERO_SESSION, "copilot", W46, 10);
    fake_part(issue, TM_KPI_SEATS_HELD, "copilot", W46, 100);
    fake_part(issue, TM_KPI_SPEND_EXPOSED, "copilot", W46, MONEY(390));
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    assert_true(find(alerts, TM_ALERT_UNUSED_SEATS)->has_price);
    assert_int_equal(find(alerts, TM_ALERT_UNUSED_SEATS)->price_low, MONEY(390));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cost_spike_needs_more_than_the_threshold),
        cmocka_unit_test(test_cost_spike_follows_the_setting),
        cmocka_unit_test(test_metered_cost_spikes_under_a_calm_total),
        cmocka_unit_test(test_baseline_freezes_at_the_first_breach),
        cmocka_unit_test(test_alert_clears_against_its_frozen_baseline),
        cmocka_unit_test(test_a_cleared_alert_is_told_once),
        cmocka_unit_test(test_an_open_alert_stays_open_over_a_week_that_is_not_known),
        cmocka_unit_test(test_an_open_alert_that_cannot_be_judged_keeps_its_first_week),
        cmocka_unit_test(test_alert_that_comes_back_is_new),
        cmocka_unit_test(test_eight_weeks_make_a_new_level),
        cmocka_unit_test(test_a_rise_above_the_new_level_is_a_new_alert),
        cmocka_unit_test(test_too_few_weeks_are_silent_and_say_so),
        cmocka_unit_test(test_incomplete_week_is_silent),
        cmocka_unit_test(test_short_week_fires_nothing),
        cmocka_unit_test(test_short_week_enters_no_baseline),
        cmocka_unit_test(test_band_fires_only_when_all_its_values_would),
        cmocka_unit_test(test_new_rules_in_the_baseline_are_silent),
        cmocka_unit_test(test_cost_from_nothing_fires),
        cmocka_unit_test(test_adoption_drop_needs_more_than_ten_points),
        cmocka_unit_test(test_adoption_drop_needs_three_people),
        cmocka_unit_test(test_people_who_are_away_do_not_count_as_a_drop),
        cmocka_unit_test(test_drop_is_silent_when_presence_is_not_known),
        cmocka_unit_test(test_drop_says_when_new_seats_moved_the_rate),
        cmocka_unit_test(test_drop_of_people_is_not_put_down_to_seats),
        cmocka_unit_test(test_unused_seats_fire_from_the_threshold_on),
        cmocka_unit_test(test_no_seats_at_all_fire_nothing),
        cmocka_unit_test(test_a_tool_without_seats_is_not_spoken_of),
        cmocka_unit_test(test_stale_data_is_open_since_the_first_gap_in_a_row),
        cmocka_unit_test(test_a_gap_of_earlier_weeks_is_not_stale),
        cmocka_unit_test(test_stale_data_clears_once),
        cmocka_unit_test(test_unused_seats_come_with_their_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
