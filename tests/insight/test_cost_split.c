/* Cost split: parts that add up to the micro-unit, seats apart, and when there is none. */
#include "expect.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46))
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)

static void expect_parts(gint64 users_before, gint64 users_now, gint64 cost_before, gint64 cost_now,
    gint64 users, gint64 use)
{
    gint64 users_part, use_part;
    assert_true(tm_cost_split_parts(
        users_before, users_now, cost_before, cost_now, &users_part, &use_part));
    assert_int_equal(users_part, users);
    assert_int_equal(use_part, use);
}

/* 10 users at 4 become 12 at 5: 2 × 4.5 = 9 and 1 × 11 = 11 are the 20 more. */
static void test_parts_worked_by_hand(void **state)
{
    (void)state;
    expect_parts(10, 12, MONEY(40), MONEY(60), MONEY(9), MONEY(11));
}

static void test_the_week_that_comes_first_does_not_matter(void **state)
{
    (void)state;
    expect_parts(12, 10, MONEY(60), MONEY(40), -MONEY(9), -MONEY(11));
}

static void test_only_users_or_only_use(void **state)
{
    (void)state;
    expect_parts(10, 15, MONEY(40), MONEY(60), MONEY(20), 0);
    expect_parts(10, 10, MONEY(40), MONEY(60), 0, MONEY(20));
}

/* 1 × (1 ÷ 3 + 2 ÷ 4) ÷ 2 = 0.416… micro-units become 0, the rest of the change is use. */
static void test_the_rest_of_rounding_goes_to_use(void **state)
{
    (void)state;
    expect_parts(3, 4, 1, 2, 0, 1);
    expect_parts(3, 4, 100, 101, 29, -28); /* 29.29… */
}

/* 1 × (1 ÷ 1 + 0) ÷ 2 = 0.5 goes to the even 0, 1.5 to 2. */
static void test_a_half_goes_to_the_even_side(void **state)
{
    (void)state;
    expect_parts(1, 2, 1, 0, 0, -1);
    expect_parts(1, 2, 3, 0, 2, -5);
}

static void test_parts_add_up_whatever_the_numbers(void **state)
{
    guint64 seed = 7;
    (void)state;
    for (int i = 0; i < 5000; i++) {
        gint64 number[4];
        for (int n = 0; n < 4; n++) {
            seed = seed * G_GUINT64_CONSTANT(6364136223846793005) + 1442695040888963407;
            number[n] = (gint64)(seed >> 33);
        }
        gint64 users, use, before = number[2] * 1013, now = number[3] * 997;
        assert_true(tm_cost_split_parts(
            number[0] % 9999 + 1, number[1] % 9999 + 1, before, now, &users, &use));
        assert_int_equal(users + use, now - before);
    }
}

static void test_nobody_active_has_no_parts(void **state)
{
    gint64 users, use;
    (void)state;
    assert_false(tm_cost_split_parts(0, 5, 0, MONEY(10), &users, &use));
    assert_false(tm_cost_split_parts(5, 0, MONEY(10), 0, &users, &use));
}

/* ---- From cells -------------------------------------------------------------------------- */

static TmIssue *cost_issue(void)
{
    TmIssue *issue = fake_issue_new(W46 - 1, W46);
    fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W46 - 1, 10);
    fake_value(issue, "org", TM_KPI_ACTIVE_USERS, W46, 12);
    fake_value(issue, "org", TM_KPI_COST_METERED, W46 - 1, MONEY(40));
    fake_value(issue, "org", TM_KPI_COST_METERED, W46, MONEY(60));
    fake_value(issue, "org", TM_KPI_COST_SEATS, W46 - 1, MONEY(100));
    fake_value(issue, "org", TM_KPI_COST_SEATS, W46, MONEY(95));
    return issue;
}

static TmCostSplit find(const TmIssue *issue)
{
    TmCostSplit split;
    gboolean known = tm_cost_split_find(issue, tm_issue_scopes(issue)->pdata[0], &split);
    assert_int_equal(known, split.reason == NULL);
    return split;
}

static void test_seats_stand_apart(void **state)
{
    g_autoptr(TmIssue) issue = cost_issue();
    TmCostSplit split = find(issue);
    (void)state;
    assert_int_equal(split.change, MONEY(15));
    assert_int_equal(split.seats + split.users + split.use, split.change);
    expect_text(tm_cost_split_sentence(issue, &split),
        "Cost +$15: seats −$5, more users +$9, use and price per user +$11.");
}

static void test_a_company_with_seats_alone(void **state)
{
    g_autoptr(TmIssue) issue = cost_issue();
    (void)state;
    fake_state(issue, "org", TM_KPI_COST_METERED, W46 - 1, TM_CELL_NOT_MEASURED);
    fake_state(issue, "org", TM_KPI_COST_METERED, W46, TM_CELL_NOT_MEASURED);
    TmCostSplit split = find(issue);
    expect_text(tm_cost_split_sentence(issue, &split), "Cost −$5: seats −$5.");
}

static void test_a_band_has_no_split(void **state)
{
    g_autoptr(TmIssue) issue = cost_issue();
    (void)state;
    fake_band(issue, "org", TM_KPI_COST_METERED, "", W46, MONEY(30), MONEY(100));
    TmCostSplit split = find(issue);
    expect_text(tm_cost_split_sentence(issue, &split), "No split of the cost: shown as a band.");
}

static void test_metered_cost_that_begins_has_no_split(void **state)
{
    g_autoptr(TmIssue) issue = cost_issue();
    (void)state;
    fake_state(issue, "org", TM_KPI_COST_METERED, W46 - 1, TM_CELL_NOT_MEASURED);
    TmCostSplit split = find(issue);
    assert_string_equal(split.reason, "last week not measured");
}

static void test_an_incomplete_week_has_no_split(void **state)
{
    g_autoptr(TmIssue) issue = cost_issue();
    (void)state;
    fake_flags(issue, "org", W46, TM_FIGURE_INCOMPLETE);
    TmCostSplit split = find(issue);
    assert_string_equal(split.reason, "incomplete week");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_worked_by_hand),
        cmocka_unit_test(test_the_week_that_comes_first_does_not_matter),
        cmocka_unit_test(test_only_users_or_only_use),
        cmocka_unit_test(test_the_rest_of_rounding_goes_to_use),
        cmocka_unit_test(test_a_half_goes_to_the_even_side),
        cmocka_unit_test(test_parts_add_up_whatever_the_numbers),
        cmocka_unit_test(test_nobody_active_has_no_parts),
        cmocka_unit_test(test_seats_stand_apart),
        cmocka_unit_test(test_a_company_with_seats_alone),
        cmocka_unit_test(test_a_band_has_no_split),
        cmocka_unit_test(test_metered_cost_that_begins_has_no_split),
        cmocka_unit_test(test_an_incomplete_week_has_no_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
