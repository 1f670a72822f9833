/* Sessions by gaps: interactions less than 30 minutes apart, counted on the first day. */
#include "world.h"

#define SUNDAY "2026-11-15"
#define NEXT_MONDAY "2026-11-16"
#define WEDNESDAY "2026-11-11"

static Row use(gint64 instant, guint64 key)
{
    return (Row){.who = "ana@example.com", .instant = instant, .key = key};
}

static void store_rows(World *world, const Row *rows, guint length)
{
    const Export file = {.source = TWINS_SOURCE, .rank = 1, .rows = rows, .length = length};
    world_store(world, &file);
}

static gint64 sessions(World *world, const char *day)
{
    TmMeasures found = world_day(world, "ana@example.com", TWINS_SOURCE, day_of(day));
    assert_true(found.present & TM_MEASURE_BIT(TM_MEASURE_SESSIONS));
    return found.value[TM_MEASURE_SESSIONS];
}

static void check_gap(int minutes, gint64 expected)
{
    World world;
    world_init(&world);
    const Row rows[] = {use(at(WEDNESDAY, 9, 0), 1), use(at(WEDNESDAY, 9, minutes), 2)};
    store_rows(&world, rows, 2);
    assert_int_equal(sessions(&world, WEDNESDAY), expected);
    world_clear(&world);
}

static void a_gap_of_29_minutes_is_one_session(void **state)
{
    (void)state;
    check_gap(29, 1);
}

static void a_gap_of_30_minutes_is_two_sessions(void **state)
{
    (void)state;
    check_gap(30, 2);
}

static void sessions_by_gaps_say_that_they_are_estimated(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {use(at(WEDNESDAY, 9, 0), 1)};
    store_rows(&world, rows, 1);
    TmMeasures found = world_day(&world, "ana@example.com", TWINS_SOURCE, day_of(WEDNESDAY));
    assert_int_equal(found.estimated, TM_MEASURE_BIT(TM_MEASURE_SESSIONS));
    world_clear(&world);
}

static void what_is_no_interaction_makes_no_session(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[] = {use(at(WEDNESDAY, 9, 0), 1)};
    rows[0].idle = 1;
    store_rows(&world, rows, 1);
    assert_int_equal(sessions(&world, WEDNESDAY), 0);
    world_clear(&world);
}

static void a_day_without_times_has_one_session(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[] = {use(TM_INSTANT_NONE, 1), use(TM_INSTANT_NONE, 2)};
    rows[0].day = rows[1].day = day_of(WEDNESDAY);
    store_rows(&world, rows, 2);
    assert_int_equal(sessions(&world, WEDNESDAY), 1);
    world_clear(&world);
}

static void a_session_over_midnight_counts_on_its_first_day(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {use(at(WEDNESDAY, 23, 50), 1), use(at("2026-11-12", 0, 10), 2)};
    store_rows(&world, rows, 2);
    assert_int_equal(sessions(&world, WEDNESDAY), 1);
    assert_int_equal(sessions(&world, "2026-11-12"), 0);
    world_clear(&world);
}

static void a_source_that_states_sessions_gets_none_from_us(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[] = {use(TM_INSTANT_NONE, 1)};
    rows[0].day = day_of(WEDNESDAY);
    const Export file = {.source = ID_SOURCE, .rank = 1, .rows = rows, .length = 1};
    world_store(&world, &file);
    TmMeasures found = world_day(&world, "ana@example.com", ID_SOURCE, day_of(WEDNESDAY));
    assert_false(found.present & TM_MEASURE_BIT(TM_MEASURE_SESSIONS));
    world_clear(&world);
}

/* ---- Over the end of the week ------------------------------------------------------------ */

typedef enum Arrival { TOGETHER, EARLIER_FIRST, LATER_FIRST } Arrival;

static void store_both(World *world, Arrival arrival, int sunday_minute, int monday_minute)
{
    const Row rows[] = {use(at(SUNDAY, 23, sunday_minute), 1),
        use(at(NEXT_MONDAY, 0, monday_minute), 2), use(at(NEXT_MONDAY, 12, 0), 3)};
    switch (arrival) {
    case TOGETHER:
        store_rows(world, rows, 3);
        break;
    case EARLIER_FIRST:
        store_rows(world, rows, 1);
        store_rows(world, rows + 1, 2);
        break;
    case LATER_FIRST:
        store_rows(world, rows + 1, 2);
        assert_int_equal(sessions(world, NEXT_MONDAY), 2);
        store_rows(world, rows, 1);
        break;
    }
}

static void check_week_end(Arrival arrival, int monday_minute, gint64 expected)
{
    World world;
    world_init(&world);
    store_both(&world, arrival, 45, monday_minute);
    assert_int_equal(sessions(&world, SUNDAY), 1);
    assert_int_equal(sessions(&world, NEXT_MONDAY), expected);
    world_clear(&world);
}

static void a_session_goes_on_in_the_next_week_of_the_same_file(void **state)
{
    (void)state;
    check_week_end(TOGETHER, 14, 1);
}

static void a_session_goes_on_in_a_week_that_arrives_later(void **state)
{
    (void)state;
    check_week_end(EARLIER_FIRST, 14, 1);
}

static void a_session_goes_on_in_a_week_that_arrived_before(void **state)
{
    (void)state;
    check_week_end(LATER_FIRST, 14, 1);
}

static void a_session_ends_at_a_gap_of_30_minutes_over_the_week_end(void **state)
{
    (void)state;
    check_week_end(LATER_FIRST, 15, 2);
}

/* A later export says that Sunday's record was no interaction: Monday begins a session again. */
static void monday_is_mended_when_sunday_loses_its_interaction(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    store_both(&world, TOGETHER, 45, 10);
    assert_int_equal(sessions(&world, NEXT_MONDAY), 1);
    Row row = use(at(SUNDAY, 23, 45), 1);
    row.idle = 1;
    const Export later = {.source = TWINS_SOURCE, .rank = 2, .rows = &row, .length = 1};
    world_store(&world, &later);
    assert_int_equal(sessions(&world, SUNDAY), 0);
    assert_int_equal(sessions(&world, NEXT_MONDAY), 2);
    world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_of_29_minutes_is_one_session),
        cmocka_unit_test(a_gap_of_30_minutes_is_two_sessions),
        cmocka_unit_test(sessions_by_gaps_say_that_they_are_estimated),
        cmocka_unit_test(what_is_no_interaction_makes_no_session),
        cmocka_unit_test(a_day_without_times_has_one_session),
        cmocka_unit_test(a_session_over_midnight_counts_on_its_first_day),
        cmocka_unit_test(a_source_that_states_sessions_gets_none_from_us),
        cmocka_unit_test(a_session_goes_on_in_the_next_week_of_the_same_file),
        cmocka_unit_test(a_session_goes_on_in_a_week_that_arrives_later),
        cmocka_unit_test(a_session_goes_on_in_a_week_that_arrived_before),
        cmocka_unit_test(a_session_ends_at_a_gap_of_30_minutes_over_the_week_end),
        cmocka_unit_test(monday_is_mended_when_sunday_loses_its_interaction),
    };
    return cmocka_run_group_tests_name("ledger sessions", tests, NULL, NULL);
}
