/* Counts and cuts of the organisation and its departments: what may be printed, and that the
 * program's own check sees what may not. */
#include "../cmocka_all.h"

#include <string.h>

#include "../../src/archive/disclosure.h"
#include "sample_week.h"

/* Departments of 40, 30 and 22 licensed people, a block each, and nobody else. */
static const SampleBlock company[] = {
    {0, 40, 20, 0, 0, 0}, {1, 30, 15, 0, 0, 0}, {2, 22, 11, 0, 0, 0}};

#define DEPARTMENTS 3

typedef struct Fixture {
    TmMeasuredWeek *week;
    TmWeekCells *cells;
} Fixture;

static int enter(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->week = sample_week(2965, company, G_N_ELEMENTS(company));
    *state = fixture;
    return 0;
}

static int leave(void **state)
{
    Fixture *fixture = *state;
    tm_week_cells_free(fixture->cells);
    sample_week_free(fixture->week);
    g_free(fixture);
    return 0;
}

static guint scope_of(const Fixture *fixture, guint department)
{
    guint block = sample_scope_of_block(fixture->week, department);
    return ((const TmScope *)g_ptr_array_index(fixture->week->partition->scopes, block))->parent;
}

static void add(
    Fixture *fixture, guint scope, TmKpiId kpi, const char *part, gint64 people, guint base)
{
    TmFigure figure = {.kpi = kpi,
        .scope = scope,
        .part = part,
        .value = people,
        .denominator = 1,
        .people = (guint)people,
        .base = base,
        .largest = MIN(people, 1),
        .second = MIN(people, 1)};
    g_array_append_val(fixture->week->figures, figure);
}

/* The same count for each department, and their sum. */
static void count(Fixture *fixture, TmKpiId kpi, const gint64 of[DEPARTMENTS])
{
    add(fixture, 0, kpi, "", of[0] + of[1] + of[2], 92);
    for (guint i = 0; i < DEPARTMENTS; i++)
        add(fixture, scope_of(fixture, i), kpi, "", of[i], (guint)company[i].licensed);
}

/* A part of a cut, likewise. */
static void cut(Fixture *fixture, TmKpiId kpi, const char *part, const gint64 of[DEPARTMENTS])
{
    add(fixture, 0, kpi, part, of[0] + of[1] + of[2], 92);
    for (guint i = 0; i < DEPARTMENTS; i++)
        add(fixture, scope_of(fixture, i), kpi, part, of[i], (guint)company[i].licensed);
}

static void disclose(Fixture *fixture)
{
    fixture->cells = tm_disclose_week(fixture->week, &sample_options);
    g_autoptr(GError) error = NULL;
    tm_disclosure_check(fixture->cells, fixture->week, &sample_options, &error);
    assert_null(error);
}

static TmCell *department_cell(const Fixture *fixture, guint department, TmKpiId kpi)
{
    return tm_week_cell(fixture->cells, scope_of(fixture, department), kpi);
}

static TmCell *part_cell(const Fixture *fixture, guint scope, const char *part)
{
    GArray *cells = fixture->cells->by_part[scope];
    for (guint i = 0; i < cells->len; i++)
        if (strcmp(g_array_index(cells, TmCell, i).part, part) == 0)
            return &g_array_index(cells, TmCell, i);
    return NULL;
}

static void assert_check_stops(const Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    assert_false(tm_disclosure_check(fixture->cells, fixture->week, &sample_options, &error));
    assert_int_equal(error->code, TM_ERROR_INTERNAL);
}

/* ---- Counts ------------------------------------------------------------------------------ */

static void counts_of_five_are_printed_for_all(void **state)
{
    Fixture *fixture = *state;
    count(fixture, TM_KPI_NOT_STARTED, (gint64[]){5, 6, 7});
    disclose(fixture);
    assert_int_equal(tm_week_cell(fixture->cells, 0, TM_KPI_NOT_STARTED)->value, 18);
    for (guint i = 0; i < DEPARTMENTS; i++)
        assert_int_equal(department_cell(fixture, i, TM_KPI_NOT_STARTED)->state, TM_CELL_VALUE);
}

static void count_that_subtraction_would_give_holds_the_smallest_department_back(void **state)
{
    Fixture *fixture = *state;
    count(fixture, TM_KPI_NOT_STARTED, (gint64[]){6, 3, 7});
    disclose(fixture);
    assert_int_equal(department_cell(fixture, 0, TM_KPI_NOT_STARTED)->state, TM_CELL_VALUE);
    assert_int_equal(department_cell(fixture, 1, TM_KPI_NOT_STARTED)->state, TM_CELL_NOT_SHOWN);
    assert_int_equal(department_cell(fixture, 2, TM_KPI_NOT_STARTED)->state, TM_CELL_NOT_SHOWN);
}

static void small_count_of_the_organisation_is_a_band(void **state)
{
    Fixture *fixture = *state;
    count(fixture, TM_KPI_NOT_STARTED, (gint64[]){1, 1, 2});
    disclose(fixture);
    const TmCell *cell = tm_week_cell(fixture->cells, 0, TM_KPI_NOT_STARTED);
    assert_int_equal(cell->state, TM_CELL_BAND);
    assert_int_equal(cell->low, 0);
    assert_int_equal(cell->high, 4);
}

static void flow_that_leaves_one_of_its_whole_is_not_shown(void **state)
{
    Fixture *fixture = *state;
    count(fixture, TM_KPI_GAINED_USERS, (gint64[]){4, 3, 3});
    count(fixture, TM_KPI_LOST_USERS, (gint64[]){2, 2, 2});
    count(fixture, TM_KPI_NEW_USERS, (gint64[]){4, 3, 2});
    disclose(fixture);
    assert_int_equal(tm_week_cell(fixture->cells, 0, TM_KPI_GAINED_USERS)->value, 10);
    assert_int_equal(tm_week_cell(fixture->cells, 0, TM_KPI_NEW_USERS)->state, TM_CELL_NOT_SHOWN);
    assert_int_equal(
        tm_week_cell(fixture->cells, 0, TM_KPI_RETURNED_USERS)->state, TM_CELL_NOT_SHOWN);
}

static void returned_people_are_who_gained_and_is_not_new(void **state)
{
    Fixture *fixture = *state;
    count(fixture, TM_KPI_GAINED_USERS, (gint64[]){4, 4, 4});
    count(fixture, TM_KPI_LOST_USERS, (gint64[]){2, 2, 2});
    count(fixture, TM_KPI_NEW_USERS, (gint64[]){2, 2, 2});
    disclose(fixture);
    assert_int_equal(tm_week_cell(fixture->cells, 0, TM_KPI_RETURNED_USERS)->value, 6);
    assert_int_equal(department_cell(fixture, 2, TM_KPI_RETURNED_USERS)->value, 2);
}

static void the_check_stops_a_small_count_of_a_department(void **state)
{
    Fixture *fixture = *state;
    count(fixture, TM_KPI_NOT_STARTED, (gint64[]){6, 3, 7});
    disclose(fixture);
    TmCell *cell = department_cell(fixture, 1, TM_KPI_NOT_STARTED);
    cell->state = TM_CELL_VALUE;
    cell->value = 3;
    assert_check_stops(fixture);
}

static void the_check_stops_a_count_that_subtraction_would_give(void **state)
{
    Fixture *fixture = *state;
    count(fixture, TM_KPI_NOT_STARTED, (gint64[]){6, 3, 7});
    disclose(fixture);
    TmCell *cell = department_cell(fixture, 2, TM_KPI_NOT_STARTED);
    cell->state = TM_CELL_VALUE;
    cell->value = 7;
    assert_check_stops(fixture);
}

/* ---- Cuts -------------------------------------------------------------------------------- */

static void cut_with_five_in_each_part_is_printed(void **state)
{
    Fixture *fixture = *state;
    cut(fixture, TM_KPI_SEGMENTS, "unused", (gint64[]){10, 10, 8});
    cut(fixture, TM_KPI_SEGMENTS, "occasional", (gint64[]){10, 10, 7});
    cut(fixture, TM_KPI_SEGMENTS, "part_of_work", (gint64[]){20, 10, 7});
    disclose(fixture);
    assert_int_equal(part_cell(fixture, 0, "unused")->value, 28);
    assert_int_equal(part_cell(fixture, scope_of(fixture, 2), "part_of_work")->value, 7);
}

static void cut_with_a_small_part_is_not_shown_and_says_so_once(void **state)
{
    Fixture *fixture = *state;
    cut(fixture, TM_KPI_SEGMENTS, "unused", (gint64[]){10, 10, 8});
    cut(fixture, TM_KPI_SEGMENTS, "occasional", (gint64[]){26, 16, 12});
    cut(fixture, TM_KPI_SEGMENTS, "part_of_work", (gint64[]){4, 4, 2});
    disclose(fixture);
    assert_int_equal(part_cell(fixture, 0, "part_of_work")->value, 10);
    guint first = scope_of(fixture, 0);
    assert_int_equal(fixture->cells->by_part[first]->len, 1);
    assert_int_equal(part_cell(fixture, first, TM_PART_OTHER)->state, TM_CELL_NOT_SHOWN);
}

static void part_that_subtraction_would_give_holds_the_smallest_department_back(void **state)
{
    Fixture *fixture = *state;
    /* The middle department has 3 in its last part, which the others would give away. */
    cut(fixture, TM_KPI_SEGMENTS, "unused", (gint64[]){10, 17, 8});
    cut(fixture, TM_KPI_SEGMENTS, "occasional", (gint64[]){10, 10, 7});
    cut(fixture, TM_KPI_SEGMENTS, "part_of_work", (gint64[]){20, 3, 7});
    disclose(fixture);
    assert_int_equal(part_cell(fixture, scope_of(fixture, 0), "unused")->state, TM_CELL_VALUE);
    assert_null(part_cell(fixture, scope_of(fixture, 2), "unused"));
}

static void small_tools_are_put_together_until_five_use_them(void **state)
{
    Fixture *fixture = *state;
    cut(fixture, TM_KPI_TOOL_ACTIVE, "large", (gint64[]){10, 10, 10});
    cut(fixture, TM_KPI_TOOL_ACTIVE, "middle", (gint64[]){3, 2, 3});
    cut(fixture, TM_KPI_TOOL_ACTIVE, "small", (gint64[]){1, 1, 1});
    disclose(fixture);
    assert_int_equal(part_cell(fixture, 0, "large")->value, 30);
    assert_null(part_cell(fixture, 0, "middle"));
    /* Eight people at least, eleven if nobody uses both. */
    assert_int_equal(part_cell(fixture, 0, TM_PART_OTHER)->low, 8);
    assert_int_equal(part_cell(fixture, 0, TM_PART_OTHER)->high, 11);
}

static void a_part_that_one_department_puts_away_is_put_away_in_another_too(void **state)
{
    Fixture *fixture = *state;
    /* Three people of the middle department use the second tool: alone, they could be worked out.
     */
    cut(fixture, TM_KPI_TOOL_ACTIVE, "first", (gint64[]){20, 12, 9});
    cut(fixture, TM_KPI_TOOL_ACTIVE, "second", (gint64[]){15, 3, 8});
    cut(fixture, TM_KPI_TOOL_ACTIVE, "third", (gint64[]){10, 7, 9});
    disclose(fixture);
    assert_int_equal(part_cell(fixture, 0, "second")->value, 26);
    assert_int_equal(part_cell(fixture, scope_of(fixture, 0), "second")->value, 15);
    assert_null(part_cell(fixture, scope_of(fixture, 1), "second"));
    assert_null(part_cell(fixture, scope_of(fixture, 2), "second"));
    assert_int_equal(part_cell(fixture, scope_of(fixture, 2), "first")->value, 9);
    assert_int_equal(part_cell(fixture, scope_of(fixture, 2), TM_PART_OTHER)->value, 8);
}

static void a_department_prints_no_part_that_the_organisation_puts_away(void **state)
{
    Fixture *fixture = *state;
    cut(fixture, TM_KPI_TOOL_ACTIVE, "first", (gint64[]){20, 12, 9});
    cut(fixture, TM_KPI_TOOL_ACTIVE, "second", (gint64[]){6, 0, 0});
    cut(fixture, TM_KPI_TOOL_ACTIVE, "third", (gint64[]){2, 1, 0});
    disclose(fixture);
    assert_null(part_cell(fixture, 0, "second")); /* put together with the third's three */
    assert_null(part_cell(fixture, scope_of(fixture, 0), "second"));
}

static void rest_that_one_person_may_make_up_takes_in_more(void **state)
{
    Fixture *fixture = *state;
    /* Twelve people each, but the same two may have most of both small tasks. */
    static const char *const parts[] = {"coding", "testing", "review"};
    static const gint64 values[] = {9000, 100, 90}, largest[] = {500, 44, 44};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        TmFigure figure = {.kpi = TM_KPI_TASK_USE,
            .part = parts[i],
            .value = values[i],
            .denominator = 1,
            .people = i == 0 ? 40 : 4,
            .base = 92,
            .largest = largest[i],
            .second = i == 0 ? 400 : 20};
        g_array_append_val(fixture->week->figures, figure);
    }
    disclose(fixture);
    assert_int_equal(part_cell(fixture, 0, TM_PART_OTHER)->state, TM_CELL_NOT_SHOWN);
    assert_null(part_cell(fixture, 0, "coding"));
}

static void a_group_that_is_too_small_has_no_cut(void **state)
{
    Fixture *fixture = *state;
    guint block = sample_scope_of_block(fixture->week, 0);
    add(fixture, block, TM_KPI_SEGMENTS, "unused", 40, 40);
    disclose(fixture);
    assert_int_equal(fixture->cells->by_part[block]->len, 0);
}

/* Everybody of the first department is active: its count is a band. */
static void make_everybody_active(Fixture *fixture)
{
    SampleBlock blocks[DEPARTMENTS] = {company[0], company[1], company[2]};
    blocks[0].active = blocks[0].licensed;
    sample_week_free(fixture->week);
    fixture->week = sample_week(2965, blocks, DEPARTMENTS);
}

static void a_cut_whose_whole_is_a_band_is_not_shown(void **state)
{
    Fixture *fixture = *state;
    make_everybody_active(fixture);
    cut(fixture, TM_KPI_STREAK_BANDS, "under_5", (gint64[]){20, 8, 6});
    cut(fixture, TM_KPI_STREAK_BANDS, "5-15", (gint64[]){20, 7, 5});
    disclose(fixture);
    guint first = scope_of(fixture, 0);
    assert_int_equal(department_cell(fixture, 0, TM_KPI_ACTIVE_USERS)->state, TM_CELL_BAND);
    assert_int_equal(part_cell(fixture, first, TM_PART_OTHER)->state, TM_CELL_NOT_SHOWN);
}

static void flows_are_not_shown_where_the_active_users_are_a_band(void **state)
{
    Fixture *fixture = *state;
    make_everybody_active(fixture);
    count(fixture, TM_KPI_GAINED_USERS, (gint64[]){4, 4, 4});
    count(fixture, TM_KPI_LOST_USERS, (gint64[]){2, 2, 2});
    disclose(fixture);
    assert_int_equal(department_cell(fixture, 0, TM_KPI_GAINED_USERS)->state, TM_CELL_NOT_SHOWN);
}

static void the_check_stops_a_part_of_a_banded_whole(void **state)
{
    Fixture *fixture = *state;
    make_everybody_active(fixture);
    cut(fixture, TM_KPI_STREAK_BANDS, "under_5", (gint64[]){20, 8, 6});
    cut(fixture, TM_KPI_STREAK_BANDS, "5-15", (gint64[]){20, 7, 5});
    disclose(fixture);
    TmCell *cell = part_cell(fixture, scope_of(fixture, 0), TM_PART_OTHER);
    cell->part = "5-15";
    cell->state = TM_CELL_VALUE;
    assert_check_stops(fixture);
}

static void the_check_stops_a_small_part(void **state)
{
    Fixture *fixture = *state;
    cut(fixture, TM_KPI_TOOL_ACTIVE, "large", (gint64[]){10, 10, 10});
    cut(fixture, TM_KPI_TOOL_ACTIVE, "small", (gint64[]){2, 1, 1});
    disclose(fixture);
    TmCell *cell = part_cell(fixture, 0, TM_PART_OTHER);
    cell->part = "small";
    cell->state = TM_CELL_VALUE;
    assert_check_stops(fixture);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(counts_of_five_are_printed_for_all),
        TEST(count_that_subtraction_would_give_holds_the_smallest_department_back),
        TEST(small_count_of_the_organisation_is_a_band),
        TEST(flow_that_leaves_one_of_its_whole_is_not_shown),
        TEST(returned_people_are_who_gained_and_is_not_new),
        TEST(the_check_stops_a_small_count_of_a_department),
        TEST(the_check_stops_a_count_that_subtraction_would_give),
        TEST(cut_with_five_in_each_part_is_printed),
        TEST(cut_with_a_small_part_is_not_shown_and_says_so_once),
        TEST(part_that_subtraction_would_give_holds_the_smallest_department_back),
        TEST(small_tools_are_put_together_until_five_use_them),
        TEST(a_part_that_one_department_puts_away_is_put_away_in_another_too),
        TEST(a_department_prints_no_part_that_the_organisation_puts_away),
        TEST(rest_that_one_person_may_make_up_takes_in_more),
        TEST(a_group_that_is_too_small_has_no_cut),
        TEST(a_cut_whose_whole_is_a_band_is_not_shown),
        TEST(flows_are_not_shown_where_the_active_users_are_a_band),
        TEST(the_check_stops_a_part_of_a_banded_whole),
        TEST(the_check_stops_a_small_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
