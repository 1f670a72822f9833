/* Budgets by days, and goals. */
#include "fixture.h"

static void assert_budget(
    const Fixture *fixture, const char *first, const char *last, gint64 expected)
{
    gint64 micros = -1;
    TmDaySpan span = {fixture_day(first), fixture_day(last)};
    assert_true(tm_setup_budget(fixture->setup, 0, span, &micros));
    assert_true(micros == expected);
}

static void load_budgets(Fixture *fixture, const char *rows)
{
    g_autofree char *text = g_strdup_printf("team_id,tool,month,amount,currency\n%s", rows);
    fixture_write(fixture, "budgets.csv", text);
    fixture_load(fixture);
}

static void a_week_over_the_end_of_a_month_takes_days_of_both(void **state)
{
    Fixture *fixture = *state;
    load_budgets(fixture, "*,*,2026-10,31000,\n*,*,2026-11,60000,\n");
    assert_budget(fixture, "2026-10-26", "2026-11-01", G_GINT64_CONSTANT(8000000000));
    assert_budget(fixture, "2026-10-01", "2026-10-31", 31000 * (gint64)TM_MICROS_PER_UNIT);
}

static void a_finer_period_beats_a_coarser_one(void **state)
{
    Fixture *fixture = *state;
    load_budgets(fixture, "*,*,2026,365,\n*,*,2026-Q4,9200,\n*,*,2026-11,300,\n");
    assert_budget(fixture, "2026-09-30", "2026-09-30", 1000000);
    assert_budget(fixture, "2026-10-31", "2026-10-31", 100000000);
    assert_budget(fixture, "2026-11-30", "2026-11-30", 10000000);
    assert_budget(fixture, "2026-09-30", "2026-10-01", 101000000);
}

static void shares_of_days_are_rounded_once(void **state)
{
    Fixture *fixture = *state;
    load_budgets(fixture, "*,*,2026-10,0.00001,\n*,*,2026-11,0.00001,\n");
    assert_budget(fixture, "2026-10-01", "2026-11-30", 20);
    assert_budget(fixture, "2026-10-31", "2026-11-01", 1); /* 10/31 + 10/30 = 0.66 */
    assert_budget(fixture, "2026-10-01", "2026-10-01", 0); /* 0.32 */
    assert_budget(fixture, "2026-11-01", "2026-11-15", 5);
}

static void halves_are_rounded_to_even(void **state)
{
    Fixture *fixture = *state;
    load_budgets(fixture, "*,*,2026-11,0.000003,\n*,*,2026-09,0.000001,\n");
    assert_budget(fixture, "2026-11-01", "2026-11-15", 2); /* 1.5 */
    assert_budget(fixture, "2026-09-01", "2026-09-15", 0); /* 0.5 */
    assert_budget(fixture, "2026-11-01", "2026-11-05", 0); /* 0.5 */
    assert_budget(fixture, "2026-11-01", "2026-11-25", 2); /* 2.5 */
}

static void leap_years_and_the_largest_amount_are_exact(void **state)
{
    Fixture *fixture = *state;
    load_budgets(fixture, "*,*,2028,1000000000000,\n");
    assert_budget(
        fixture, "2028-01-01", "2028-12-31", G_GINT64_CONSTANT(1000000000000) * TM_MICROS_PER_UNIT);
}

static void a_day_without_budget_means_none(void **state)
{
    Fixture *fixture = *state;
    gint64 micros;
    load_budgets(
        fixture, "*,*,2026-10,31,\n*,cursor,2026-11,60,\n*,*,2026-12,5,EUR\ncore,*,2026,1,\n");
    TmDaySpan over = {fixture_day("2026-10-31"), fixture_day("2026-11-01")};
    TmDaySpan foreign = {fixture_day("2026-12-01"), fixture_day("2026-12-01")};
    assert_false(tm_setup_budget(fixture->setup, 0, over, &micros));
    assert_false(tm_setup_budget(fixture->setup, 0, foreign, &micros));
    assert_false(tm_setup_budget(fixture->setup, fixture_team(fixture, "web"), over, &micros));
    assert_true(tm_setup_budget(fixture->setup, fixture_team(fixture, "core"), over, &micros));
}

static gint64 target(const Fixture *fixture, TmTeamIndex unit, const char *day)
{
    const TmGoal *goal = tm_setup_goal(fixture->setup, unit, "adoption", fixture_day(day));
    return goal != NULL ? goal->target / TM_MICROS_PER_UNIT : -1;
}

static void the_nearest_goal_in_force_counts(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "teams.csv",
        "team_id,parent_team_id,type\neng,,department\ncore,eng,team\nweb,eng,team\n");
    fixture_write(fixture, "goals.csv",
        "team_id,metric,target,start_date,end_date\n*,adoption,50,2026-01-01,\n"
        "eng,Adoption,60,2026-07-01,2026-09-30\ncore,adoption,70,2026-08-01,2026-08-31\n");
    fixture_load(fixture);
    TmTeamIndex core = fixture_team(fixture, "core"), web = fixture_team(fixture, "web");
    assert_int_equal(target(fixture, core, "2026-08-15"), 70);
    assert_int_equal(target(fixture, web, "2026-08-15"), 60);
    assert_int_equal(target(fixture, core, "2026-10-01"), 50);
    assert_int_equal(target(fixture, 0, "2025-12-31"), -1);
    assert_null(tm_setup_goal(fixture->setup, core, "streak", fixture_day("2026-08-15")));
}

static void bounds_that_are_not_given_are_none(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "goals.csv", "team_id,metric,target,lower\n*,adoption,62.5,0\n");
    const TmSetup *setup = fixture_load(fixture);
    const TmGoal *goal = &g_array_index(setup->goals, TmGoal, 0);
    assert_int_equal(goal->target, 62500000);
    assert_int_equal(goal->lower, 0);
    assert_true(goal->upper == TM_MONEY_NONE);
}

static void a_ramp_has_both_its_ends(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "goals.csv",
        "team_id,metric,target,lower,start_date,ramp_from,ramp_end\n"
        "*,adoption,70,60,2026-01-05,20,2026-06-29\n"
        "*,streak,8,5,2026-01-05,2,\n"
        "*,sessions,8,5,2026-01-05,,2026-06-29\n"
        "*,tokens,8,5,,2,2026-06-29\n"
        "*,active_users,8,5,2026-01-05,2,2026-01-05\n");
    const TmSetup *setup = fixture_load(fixture);
    const TmGoal *goal = &g_array_index(setup->goals, TmGoal, 0);
    assert_int_equal(setup->goals->len, 1);
    assert_int_equal(goal->ramp_from, 20000000);
    assert_int_equal(goal->ramp_end, fixture_day("2026-06-29"));
    assert_int_equal(fixture_count(fixture, TM_KIND_MISSING_FIELD), 3);
    assert_int_equal(fixture_count(fixture, TM_KIND_BAD_DATE), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_week_over_the_end_of_a_month_takes_days_of_both),
        FIXTURE_TEST(a_finer_period_beats_a_coarser_one),
        FIXTURE_TEST(shares_of_days_are_rounded_once),
        FIXTURE_TEST(halves_are_rounded_to_even),
        FIXTURE_TEST(leap_years_and_the_largest_amount_are_exact),
        FIXTURE_TEST(a_day_without_budget_means_none),
        FIXTURE_TEST(the_nearest_goal_in_force_counts),
        FIXTURE_TEST(bounds_that_are_not_given_are_none),
        FIXTURE_TEST(a_ramp_has_both_its_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
