/* From teams and their sizes to scopes. */
#include "../cmocka_all.h"

#include <string.h>

#include "../../src/measure/partition.h"

static TmSetup setup;
static TmTeamSize sizes[8];

/* organisation > { alpha > { a1, a2, a3 }, beta > { b1 } } */
static int make_setup(void **state)
{
    static const struct {
        const char *id, *name, *function;
        TmTeamIndex parent, department;
        TmTeamType type;
    } units[] = {
        {"org", "Larkfield", NULL, TM_TEAM_NONE, 0, TM_TEAM_ORGANISATION},
        {"alpha", "Alpha", NULL, 0, 1, TM_TEAM_DEPARTMENT},
        {"beta", "Beta", NULL, 0, 2, TM_TEAM_DEPARTMENT},
        {"a1", "Checkout", "product", 1, 1, TM_TEAM_TEAM},
        {"a2", "Growth", "product", 1, 1, TM_TEAM_TEAM},
        {"a3", "Data", "platform", 1, 1, TM_TEAM_TEAM},
        {"b1", "Finance", "corporate", 2, 2, TM_TEAM_TEAM},
    };
    (void)state;
    memset(sizes, 0, sizeof sizes);
    setup.settings.organisation = (char *)"Larkfield";
    setup.settings.minimum_people = 5;
    setup.teams = g_array_new(FALSE, TRUE, sizeof(TmTeam));
    for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
        const TmTeam team = {.id = (char *)units[i].id,
            .name = (char *)units[i].name,
            .function = (char *)units[i].function,
            .parent = units[i].parent,
            .department = units[i].department,
            .type = units[i].type,
            .stage = 3};
        g_array_append_val(setup.teams, team);
    }
    return 0;
}

static int drop_setup(void **state)
{
    (void)state;
    g_array_unref(setup.teams);
    return 0;
}

static void size(guint team, gint64 people)
{
    sizes[team].roster = people;
    for (guint week = 0; week < TM_SPLIT_WEEKS; week++)
        sizes[team].licensed[week] = people;
}

static const TmScope *scope_of(TmPartition *partition, const char *team)
{
    guint block = tm_partition_block_of(partition, team);
    return block == G_MAXUINT ? NULL : g_ptr_array_index(partition->scopes, block);
}

static void every_large_team_is_a_block(void **state)
{
    (void)state;
    size(3, 10), size(4, 8), size(5, 7), size(6, 9);
    TmPartition *partition = tm_partition_make(&setup, 1, sizes, NULL);
    assert_string_equal(scope_of(partition, "a1")->name, "Checkout");
    assert_string_equal(scope_of(partition, "b1")->name, "Finance");
    assert_string_equal(scope_of(partition, "a1")->function, "product");
    tm_partition_free(partition);
}

static void a_merged_block_has_a_function_only_if_its_teams_share_it(void **state)
{
    (void)state;
    size(3, 4), size(4, 6), size(5, 20), size(6, 9);
    TmPartition *partition = tm_partition_make(&setup, 1, sizes, NULL);
    assert_ptr_equal(scope_of(partition, "a1"), scope_of(partition, "a2"));
    assert_string_equal(scope_of(partition, "a1")->name, "Other teams in Alpha");
    assert_string_equal(scope_of(partition, "a1")->function, "product");
    tm_partition_free(partition);
    size(4, 20), size(5, 6);
    partition = tm_partition_make(&setup, 1, sizes, NULL);
    assert_ptr_equal(scope_of(partition, "a1"), scope_of(partition, "a3"));
    assert_null(scope_of(partition, "a1")->function);
    tm_partition_free(partition);
}

static void a_small_department_joins_a_sibling(void **state)
{
    (void)state;
    size(3, 10), size(4, 8), size(5, 7), size(6, 3);
    TmPartition *partition = tm_partition_make(&setup, 1, sizes, NULL);
    const TmScope *finance = scope_of(partition, "b1");
    assert_true(finance->merged);
    const TmScope *department = g_ptr_array_index(partition->scopes, finance->parent);
    assert_int_equal(department->teams->len, 4);
    tm_partition_free(partition);
}

static void an_organisation_below_the_minimum_has_no_partition(void **state)
{
    (void)state;
    size(3, 4);
    assert_null(tm_partition_make(&setup, 1, sizes, NULL));
}

static void a_team_with_nobody_is_in_no_block(void **state)
{
    (void)state;
    size(3, 10), size(6, 9);
    TmPartition *partition = tm_partition_make(&setup, 1, sizes, NULL);
    assert_int_equal(tm_partition_block_of(partition, "a2"), G_MAXUINT);
    tm_partition_free(partition);
}

static void the_id_of_a_block_depends_on_its_teams_alone(void **state)
{
    (void)state;
    size(3, 10), size(4, 8), size(5, 7), size(6, 9);
    TmPartition *first = tm_partition_make(&setup, 1, sizes, NULL);
    size(4, 0), size(3, 30);
    TmPartition *second = tm_partition_make(&setup, 2, sizes, first);
    assert_string_equal(scope_of(first, "a1")->id, scope_of(second, "a1")->id);
    tm_partition_free(first);
    tm_partition_free(second);
}

static void blocks_of_the_week_before_stay_together(void **state)
{
    (void)state;
    size(3, 4), size(4, 6), size(5, 20), size(6, 9);
    TmPartition *first = tm_partition_make(&setup, 1, sizes, NULL);
    sizes[3].licensed[0] = sizes[3].roster = 9;
    TmPartition *second = tm_partition_make(&setup, 2, sizes, first);
    assert_ptr_equal(scope_of(second, "a1"), scope_of(second, "a2"));
    tm_partition_free(first);
    tm_partition_free(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_large_team_is_a_block, make_setup, drop_setup),
        cmocka_unit_test_setup_teardown(
            a_merged_block_has_a_function_only_if_its_teams_share_it, make_setup, drop_setup),
        cmocka_unit_test_setup_teardown(a_small_department_joins_a_sibling, make_setup, drop_setup),
        cmocka_unit_test_setup_teardown(
            an_organisation_below_the_minimum_has_no_partition, make_setup, drop_setup),
        cmocka_unit_test_setup_teardown(a_team_with_nobody_is_in_no_block, make_setup, drop_setup),
        cmocka_unit_test_setup_teardown(
            the_id_of_a_block_depends_on_its_teams_alone, make_setup, drop_setup),
        cmocka_unit_test_setup_teardown(
            blocks_of_the_week_before_stay_together, make_setup, drop_setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
