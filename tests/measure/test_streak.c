/* The streak in force at a week's end. Masks: bit 0 is Monday. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/measure/streak.h"

#define WORK 0x1f
#define MON 0x01
#define TUE 0x02
#define WED 0x04
#define THU 0x08
#define FRI 0x10
#define SAT 0x20

static void weekends_neither_break_nor_lengthen(void **state)
{
    (void)state;
    TmStreak streak = {0};
    tm_streak_week(&streak, WORK, WORK | SAT, 0);
    tm_streak_week(&streak, WORK, WORK, 0);
    assert_int_equal(tm_streak_in_force(&streak), 10);
}

static void holiday_does_not_break(void **state)
{
    (void)state;
    TmStreak streak = {0};
    tm_streak_week(&streak, WORK & ~WED, MON | TUE | THU | FRI, 0);
    assert_int_equal(tm_streak_in_force(&streak), 4);
}

static void last_working_day_may_be_missing(void **state)
{
    (void)state;
    TmStreak streak = {0};
    tm_streak_week(&streak, WORK, MON | TUE | WED | THU, 0);
    assert_int_equal(tm_streak_in_force(&streak), 4);
}

static void two_missing_days_end_it(void **state)
{
    (void)state;
    TmStreak streak = {0};
    tm_streak_week(&streak, WORK, MON | TUE | WED, 0);
    assert_int_equal(tm_streak_in_force(&streak), 0);
}

static void a_missed_friday_breaks_it_for_the_next_week(void **state)
{
    (void)state;
    TmStreak streak = {0};
    tm_streak_week(&streak, WORK, MON | TUE | WED | THU, 0);
    tm_streak_week(&streak, WORK, WORK, 0);
    assert_int_equal(tm_streak_in_force(&streak), 5);
}

static void a_week_off_keeps_it(void **state)
{
    (void)state;
    TmStreak streak = {0};
    tm_streak_week(&streak, WORK, WORK, 0);
    tm_streak_week(&streak, 0, 0, 0);
    tm_streak_week(&streak, WORK, WORK, 0);
    assert_int_equal(tm_streak_in_force(&streak), 10);
}

static void days_without_data_neither_break_nor_extend(void **state)
{
    (void)state;
    TmStreak streak = {0};
    tm_streak_week(&streak, WORK, MON | TUE | FRI, WED | THU);
    assert_int_equal(tm_streak_in_force(&streak), 3);
    assert_true(streak.gaps);
}

static void part_time_days_count_like_others(void **state)
{
    (void)state;
    TmStreak streak = {0};
    tm_streak_week(&streak, MON | TUE | WED, MON | TUE | WED, 0);
    tm_streak_week(&streak, MON | TUE | WED, MON | TUE | WED, 0);
    assert_int_equal(tm_streak_in_force(&streak), 6);
}

static void activity_only_on_a_day_off_makes_no_streak(void **state)
{
    (void)state;
    TmStreak streak = {0};
    tm_streak_week(&streak, WORK, SAT, 0);
    assert_int_equal(tm_streak_in_force(&streak), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekends_neither_break_nor_lengthen),
        cmocka_unit_test(holiday_does_not_break),
        cmocka_unit_test(last_working_day_may_be_missing),
        cmocka_unit_test(two_missing_days_end_it),
        cmocka_unit_test(a_missed_friday_breaks_it_for_the_next_week),
        cmocka_unit_test(a_week_off_keeps_it),
        cmocka_unit_test(days_without_data_neither_break_nor_extend),
        cmocka_unit_test(part_time_days_count_like_others),
        cmocka_unit_test(activity_only_on_a_day_off_makes_no_streak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
