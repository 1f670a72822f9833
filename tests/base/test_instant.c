/* RFC 3339 instants. */
#include <tidemark/base.h>

#include <string.h>

#include "../cmocka_all.h"

static void assert_instant(const char *text, gint64 expected)
{
    gint64 milliseconds = -1;
    assert_true(tm_instant_parse(text, strlen(text), &milliseconds));
    assert_true(milliseconds == expected);
}

static void utc_instants_are_read(void **state)
{
    (void)state;
    assert_instant("1970-01-01T00:00:00Z", 0);
    assert_instant("2026-10-05T09:15:02Z", G_GINT64_CONSTANT(1791191702000));
    assert_instant("2026-10-05 09:15:02z", G_GINT64_CONSTANT(1791191702000));
    assert_instant("1969-12-31T23:59:59.999Z", -1);
}

static void fractions_of_any_length_are_cut_to_milliseconds(void **state)
{
    (void)state;
    assert_instant("1970-01-01T00:00:00.5Z", 500);
    assert_instant("1970-01-01T00:00:00.0049Z", 4);
    assert_instant("1970-01-01T00:00:00.123456789123456789Z", 123);
}

static void offsets_move_the_instant(void **state)
{
    (void)state;
    assert_instant("1970-01-01T02:00:00+02:00", 0);
    assert_instant("1969-12-31T18:30:00.250-05:30", 250);
    assert_instant("1970-01-01T00:00:00-00:00", 0);
    assert_instant("1970-01-01T00:00:00+23:59", -86340000);
}

static void anything_else_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "2026-10-05", "2026-10-05T09:15:02",
        "2026-10-05T09:15:02.Z", "2026-10-05T24:00:00Z", "2026-10-05T09:60:00Z",
        "2026-10-05T09:15:61Z", "2026-02-30T09:15:02Z", "2026-10-05T09:15:02+0200",
        "2026-10-05T09:15:02+24:00", "2026-10-05T09:15:02Zx", "2026-10-05X09:15:02Z",
        "2026-10-05T9:15:02ZZ", "2026-10-05T09:15:02,5Z", "+026-10-05T09:15:02Z"};
    gint64 milliseconds;
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_false(tm_instant_parse(wrong[i], strlen(wrong[i]), &milliseconds));
}

static void the_length_is_respected(void **state)
{
    (void)state;
    gint64 milliseconds;
    assert_true(tm_instant_parse("1970-01-01T00:00:01Z\",", 20, &milliseconds));
    assert_int_equal(milliseconds, 1000);
    assert_false(tm_instant_parse("1970-01-01T00:00:01.5Z", 21, &milliseconds));
}

static void the_day_of_an_instant_is_rounded_down(void **state)
{
    (void)state;
    assert_int_equal(tm_instant_day(-1), -1);
    assert_int_equal(tm_instant_day(0), 0);
    assert_int_equal(tm_instant_day(86399999), 0);
    assert_int_equal(tm_instant_day(86400000), 1);
    assert_int_equal(tm_instant_day(G_MININT64), TM_DAY_NONE + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utc_instants_are_read),
        cmocka_unit_test(fractions_of_any_length_are_cut_to_milliseconds),
        cmocka_unit_test(offsets_move_the_instant),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(the_length_is_respected),
        cmocka_unit_test(the_day_of_an_instant_is_rounded_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
