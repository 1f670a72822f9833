/* Counting record keys, also many and similar ones. */
#include "key_counts.h"

#include "../cmocka_all.h"

#define MANY 5000

static void each_key_is_counted_by_itself(void **state)
{
    (void)state;
    TmKeyCounts counts = {0};
    for (guint round = 0; round < 3; round++)
        for (guint64 key = 0; key < MANY; key++) {
            tm_key_counts_expect(&counts, key << 32); /* all begin their search at one place */
            assert_int_equal(tm_key_counts_add(&counts, key << 32), round);
        }
    assert_int_equal(counts.keys, MANY);
    tm_key_counts_clear(&counts);
}

static void what_was_cleared_is_forgotten(void **state)
{
    (void)state;
    TmKeyCounts counts = {0};
    assert_int_equal(tm_key_counts_add(&counts, 7), 0);
    tm_key_counts_clear(&counts);
    assert_int_equal(counts.keys, 0);
    assert_int_equal(tm_key_counts_add(&counts, 7), 0);
    tm_key_counts_clear(&counts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_key_is_counted_by_itself),
        cmocka_unit_test(what_was_cleared_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
