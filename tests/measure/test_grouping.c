/* Merging at once and splitting late. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/measure/grouping.h"

static GArray *atoms_of(guint count, const gint64 *sizes, const guint *previous)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};
    GArray *atoms = g_array_new(FALSE, TRUE, sizeof(TmAtom));
    for (guint i = 0; i < count; i++) {
        TmAtom atom = {.id = ids[i],
            .stands_alone = TRUE,
            .previous = previous == NULL ? G_MAXUINT : previous[i]};
        for (guint week = 0; week < TM_SPLIT_WEEKS; week++)
            atom.size[week] = sizes[i];
        g_array_append_val(atoms, atom);
    }
    return atoms;
}

static guint group_of(GArray *atoms, guint index)
{
    return g_array_index(atoms, TmAtom, index).group;
}

static void large_teams_stay_alone(void **state)
{
    (void)state;
    const gint64 sizes[] = {5, 9, 12};
    g_autoptr(GArray) atoms = atoms_of(3, sizes, NULL);
    tm_grouping_make(atoms, 5);
    assert_int_not_equal(group_of(atoms, 0), group_of(atoms, 1));
    assert_int_not_equal(group_of(atoms, 1), group_of(atoms, 2));
}

static void small_team_joins_the_smallest_other(void **state)
{
    (void)state;
    const gint64 sizes[] = {4, 12, 7};
    g_autoptr(GArray) atoms = atoms_of(3, sizes, NULL);
    tm_grouping_make(atoms, 5);
    assert_int_equal(group_of(atoms, 0), group_of(atoms, 2));
    assert_int_not_equal(group_of(atoms, 0), group_of(atoms, 1));
}

static void small_teams_join_until_large_enough(void **state)
{
    (void)state;
    const gint64 sizes[] = {1, 1, 1, 20};
    g_autoptr(GArray) atoms = atoms_of(4, sizes, NULL);
    tm_grouping_make(atoms, 5);
    for (guint i = 1; i < 4; i++)
        assert_int_equal(group_of(atoms, 0), group_of(atoms, i));
}

static void merged_teams_stay_merged_with_too_little_to_spare(void **state)
{
    (void)state;
    const gint64 sizes[] = {6, 12};
    const guint previous[] = {3, 3};
    g_autoptr(GArray) atoms = atoms_of(2, sizes, previous);
    tm_grouping_make(atoms, 5);
    assert_int_equal(group_of(atoms, 0), group_of(atoms, 1));
}

static void merged_teams_split_with_two_to_spare_on_both_sides(void **state)
{
    (void)state;
    const gint64 sizes[] = {7, 7};
    const guint previous[] = {3, 3};
    g_autoptr(GArray) atoms = atoms_of(2, sizes, previous);
    tm_grouping_make(atoms, 5);
    assert_int_not_equal(group_of(atoms, 0), group_of(atoms, 1));
}

static void three_weeks_of_size_are_not_enough_to_split(void **state)
{
    (void)state;
    const gint64 sizes[] = {7, 7};
    const guint previous[] = {3, 3};
    g_autoptr(GArray) atoms = atoms_of(2, sizes, previous);
    g_array_index(atoms, TmAtom, 0).size[TM_SPLIT_WEEKS - 1] = 6;
    tm_grouping_make(atoms, 5);
    assert_int_equal(group_of(atoms, 0), group_of(atoms, 1));
}

static void early_stage_team_gets_company(void **state)
{
    (void)state;
    const gint64 sizes[] = {30, 12};
    g_autoptr(GArray) atoms = atoms_of(2, sizes, NULL);
    g_array_index(atoms, TmAtom, 0).stands_alone = FALSE;
    tm_grouping_make(atoms, 5);
    assert_int_equal(group_of(atoms, 0), group_of(atoms, 1));
}

static void a_single_small_team_is_left_to_the_level_above(void **state)
{
    (void)state;
    const gint64 sizes[] = {2};
    g_autoptr(GArray) atoms = atoms_of(1, sizes, NULL);
    tm_grouping_make(atoms, 5);
    assert_int_equal(group_of(atoms, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_teams_stay_alone),
        cmocka_unit_test(small_team_joins_the_smallest_other),
        cmocka_unit_test(small_teams_join_until_large_enough),
        cmocka_unit_test(merged_teams_stay_merged_with_too_little_to_spare),
        cmocka_unit_test(merged_teams_split_with_two_to_spare_on_both_sides),
        cmocka_unit_test(three_weeks_of_size_are_not_enough_to_split),
        cmocka_unit_test(early_stage_team_gets_company),
        cmocka_unit_test(a_single_small_team_is_left_to_the_level_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
