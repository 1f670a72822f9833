/*
 * Sources whose records are copied between files: one record over all weeks, named sessions,
 * running totals, and what a personal source covers.
 */
#include "world.h"

#include <string.h>

#define ANA "ana@example.com"
#define BEN "ben@example.com"
#define MONDAY "2026-11-09"
#define TUESDAY "2026-11-10"
#define NEXT_MONDAY "2026-11-16"
#define REQUEST(n) (TM_PART_OF_REQUEST | (n))

static Row response(const char *day, int hour, guint64 key, guint32 part, gint64 tokens)
{
    return (Row){
        .who = ANA, .instant = at(day, hour, 0), .key = key, .part = part, .tokens = tokens};
}

static Row in_session(Row row, guint64 session)
{
    row.session = session;
    return row;
}

static void store(World *world, const Row *rows, guint length)
{
    const Export file = {.source = COPIES_SOURCE, .rank = 1, .rows = rows, .length = length};
    world_store(world, &file);
}

static gint64 value(World *world, const char *day, TmMeasure measure)
{
    return world_day(world, ANA, COPIES_SOURCE, day_of(day)).value[measure];
}

static gint64 tokens(World *world, const char *day)
{
    return value(world, day, TM_MEASURE_OUTPUT_TOKENS);
}

static gint64 sessions(World *world, const char *day)
{
    return value(world, day, TM_MEASURE_SESSIONS);
}

static void a_copy_in_a_later_week_counts_once_on_the_first_day(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row first[] = {response(MONDAY, 9, 1, REQUEST(1), 50)};
    const Row copy[] = {response(NEXT_MONDAY, 9, 1, REQUEST(1), 50)};
    store(&world, copy, 1);
    store(&world, first, 1);
    world_settle(&world);
    assert_int_equal(tokens(&world, MONDAY), 50);
    assert_int_equal(tokens(&world, NEXT_MONDAY), 0);
    assert_int_equal(value(&world, NEXT_MONDAY, TM_MEASURE_INTERACTIONS), 0);
    world_clear(&world);
}

static void the_copy_with_most_tokens_counts_at_the_earliest_time(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {response(MONDAY, 9, 1, REQUEST(1), 1),
        response(TUESDAY, 9, 1, REQUEST(1), 410), response(NEXT_MONDAY, 9, 1, REQUEST(1), 20)};
    store(&world, rows, 3);
    world_settle(&world);
    assert_int_equal(tokens(&world, MONDAY), 410);
    assert_int_equal(tokens(&world, TUESDAY), 0);
    assert_int_equal(tokens(&world, NEXT_MONDAY), 0);
    world_clear(&world);
}

static void a_copy_that_names_no_request_joins_the_only_one(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {response(MONDAY, 9, 1, REQUEST(1), 10), response(NEXT_MONDAY, 9, 1, 0, 30)};
    store(&world, rows, 2);
    world_settle(&world);
    assert_int_equal(tokens(&world, MONDAY), 30);
    assert_int_equal(tokens(&world, NEXT_MONDAY), 0);
    world_clear(&world);
}

static void an_id_that_two_requests_use_is_two_records(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {response(MONDAY, 9, 1, 0, 5), response(MONDAY, 10, 1, REQUEST(1), 10),
        response(TUESDAY, 9, 1, REQUEST(2), 20)};
    store(&world, rows, 3);
    world_settle(&world);
    assert_int_equal(tokens(&world, MONDAY), 10);
    assert_int_equal(tokens(&world, TUESDAY), 20);
    world_clear(&world);
}

static void a_copy_without_any_request_counts_by_itself(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {response(MONDAY, 9, 1, 0, 5), response(MONDAY, 9, 2, 0, 7)};
    store(&world, rows, 2);
    world_settle(&world);
    assert_int_equal(tokens(&world, MONDAY), 12);
    world_clear(&world);
}

static void a_session_over_two_weeks_counts_once_on_its_first_day(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {in_session(response(TUESDAY, 9, 1, 0, 1), 7),
        in_session(response(NEXT_MONDAY, 9, 2, 0, 1), 7),
        in_session(response(NEXT_MONDAY, 11, 3, 0, 1), 8)};
    store(&world, rows, 3);
    world_settle(&world);
    assert_int_equal(sessions(&world, TUESDAY), 1);
    assert_int_equal(sessions(&world, NEXT_MONDAY), 1);
    world_clear(&world);
}

/* The parent has three responses; the fork copies two of them, and may go on. */
static gint64 sessions_with_fork(guint64 parent, guint64 fork, gboolean goes_on)
{
    World world;
    world_init(&world);
    const Row parent_rows[] = {in_session(response(MONDAY, 9, 1, 0, 1), parent),
        in_session(response(MONDAY, 10, 2, 0, 1), parent),
        in_session(response(MONDAY, 11, 3, 0, 1), parent)};
    const Row fork_rows[] = {in_session(response(MONDAY, 9, 1, 0, 1), fork),
        in_session(response(MONDAY, 10, 2, 0, 1), fork),
        in_session(response(MONDAY, 12, 4, 0, 1), fork)};
    store(&world, fork_rows, goes_on ? 3 : 2);
    store(&world, parent_rows, 3);
    world_settle(&world);
    gint64 found = sessions(&world, MONDAY);
    world_clear(&world);
    return found;
}

static void a_fork_without_responses_of_its_own_is_no_session(void **state)
{
    (void)state;
    assert_int_equal(sessions_with_fork(1, 2, FALSE), 1);
    assert_int_equal(sessions_with_fork(2, 1, FALSE), 1);
}

static void a_fork_that_goes_on_is_a_session(void **state)
{
    (void)state;
    assert_int_equal(sessions_with_fork(1, 2, TRUE), 2);
    assert_int_equal(sessions_with_fork(2, 1, TRUE), 2);
}

static void a_fork_that_copies_the_whole_parent_is_no_session(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row parent[] = {in_session(response(MONDAY, 9, 1, 0, 1), 1)};
    const Row fork[] = {in_session(response(MONDAY, 9, 1, 0, 1), 2)};
    store(&world, parent, 1);
    store(&world, fork, 1);
    world_settle(&world);
    assert_int_equal(sessions(&world, MONDAY), 1);
    world_clear(&world);
}

static void records_without_a_session_make_sessions_by_gaps(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {response(MONDAY, 9, 1, 0, 1), response(MONDAY, 11, 2, 0, 1),
        in_session(response(MONDAY, 10, 3, 0, 1), 1)};
    store(&world, rows, 3);
    world_settle(&world);
    assert_int_equal(sessions(&world, MONDAY), 3);
    world_clear(&world);
}

/* A row of a contribution: it has a day and no minute. */
static Row contributed(const char *day, guint64 key, guint32 part, gint64 tokens)
{
    Row row = response(day, 0, key, part, tokens);
    row.instant = TM_INSTANT_NONE;
    row.day = day_of(day);
    return row;
}

static void a_copy_that_tells_its_minute_decides_the_day(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row contribution[] = {contributed(MONDAY, 1, REQUEST(1), 50)};
    const Row file[] = {response(TUESDAY, 1, 1, REQUEST(1), 50)};
    store(&world, contribution, 1);
    store(&world, file, 1);
    world_settle(&world);
    assert_int_equal(tokens(&world, MONDAY), 0);
    assert_int_equal(tokens(&world, TUESDAY), 50);
    world_clear(&world);
}

static void of_copies_with_days_alone_the_earliest_day_counts(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row first[] = {contributed(NEXT_MONDAY, 1, REQUEST(1), 50)};
    const Row again[] = {contributed(TUESDAY, 1, REQUEST(1), 60)};
    store(&world, first, 1);
    store(&world, again, 1);
    world_settle(&world);
    assert_int_equal(tokens(&world, TUESDAY), 60);
    assert_int_equal(tokens(&world, NEXT_MONDAY), 0);
    world_clear(&world);
}

static void the_minute_of_the_file_makes_time_of_use(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row contribution[] = {
        contributed(MONDAY, 1, REQUEST(1), 50), contributed(MONDAY, 2, REQUEST(1), 50)};
    const Row file[] = {
        response(MONDAY, 9, 1, REQUEST(1), 50), response(MONDAY, 9, 2, REQUEST(1), 50)};
    Row later = file[1];
    later.instant += 10 * 60 * 1000;
    store(&world, contribution, 2);
    store(&world, file, 1);
    store(&world, &later, 1);
    world_settle(&world);
    assert_int_equal(value(&world, MONDAY, TM_MEASURE_ACTIVE_SECONDS), 600);
    world_clear(&world);
}

static Row counter(const char *day, guint64 key, gint64 total)
{
    Row row = response(day, 9, key, (guint32)day_of(day), total);
    row.running = TRUE;
    return row;
}

static void a_running_total_counts_its_increase_from_day_to_day(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {counter(MONDAY, 1, 100), counter(MONDAY, 1, 80), counter(TUESDAY, 1, 130),
        counter(NEXT_MONDAY, 1, 135), counter(NEXT_MONDAY, 2, 9)};
    store(&world, rows, 5);
    world_settle(&world);
    assert_int_equal(tokens(&world, MONDAY), 100);
    assert_int_equal(tokens(&world, TUESDAY), 30);
    assert_int_equal(tokens(&world, NEXT_MONDAY), 5 + 9);
    world_clear(&world);
}

static void a_running_total_that_fell_began_again(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {counter(MONDAY, 1, 100), counter(TUESDAY, 1, 40)};
    store(&world, rows, 2);
    world_settle(&world);
    assert_int_equal(tokens(&world, TUESDAY), 40);
    world_clear(&world);
}

static void an_increase_beside_the_total_of_its_day_is_part_of_it(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row totals[] = {counter(MONDAY, 1, 100), counter(TUESDAY, 1, 150)};
    const Row increases[] = {contributed(MONDAY, 1, (guint32)day_of(MONDAY), 100),
        contributed(TUESDAY, 1, (guint32)day_of(TUESDAY), 50)};
    store(&world, increases, 2);
    store(&world, totals, 2);
    world_settle(&world);
    assert_int_equal(tokens(&world, MONDAY), 100);
    assert_int_equal(tokens(&world, TUESDAY), 50);
    world_clear(&world);
}

static void increases_before_a_total_are_part_of_it(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row total[] = {counter(NEXT_MONDAY, 1, 180)};
    const Row increases[] = {contributed(MONDAY, 1, (guint32)day_of(MONDAY), 100),
        contributed(TUESDAY, 1, (guint32)day_of(TUESDAY), 50)};
    store(&world, total, 1);
    store(&world, increases, 2);
    world_settle(&world);
    assert_int_equal(tokens(&world, NEXT_MONDAY), 30);
    world_clear(&world);
}

static void time_is_the_union_of_gaps_under_half_an_hour(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[] = {
        response(MONDAY, 9, 1, 0, 1), response(MONDAY, 9, 2, 0, 1), response(MONDAY, 9, 3, 0, 1)};
    rows[1].instant += 10 * 60000;
    rows[2].instant += 50 * 60000;
    store(&world, rows, 3);
    world_settle(&world);
    assert_int_equal(value(&world, MONDAY, TM_MEASURE_ACTIVE_SECONDS), 600);
    world_clear(&world);
}

static void a_personal_source_covers_days_for_its_people_only(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row other = response(MONDAY, 9, 9, 0, 1);
    other.who = BEN;
    const Row rows[] = {response(MONDAY, 9, 1, 0, 1), response("2026-11-12", 9, 2, 0, 1), other};
    store(&world, rows, 3);
    world_settle(&world);
    TmWeek week = tm_week_of_day(day_of(MONDAY));
    assert_int_equal(world_covered(&world, ANA, COPIES_SOURCE, week), 0x0f);
    assert_int_equal(world_covered(&world, BEN, COPIES_SOURCE, week), 0x01);
    world_clear(&world);
}

static void what_a_killed_run_left_is_settled_by_the_next(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {response(MONDAY, 9, 1, 0, 5)};
    store(&world, rows, 1);
    assert_int_equal(tokens(&world, MONDAY), 0);
    world_close(&world);
    world_open(&world);
    world_settle(&world);
    assert_int_equal(tokens(&world, MONDAY), 5);
    world_clear(&world);
}

/* ---- Any order --------------------------------------------------------------------------- */

#define FILES 6
#define ROWS 40
#define SHUFFLES 12

static Row random_row(GRand *rand)
{
    static const char *const days[] = {MONDAY, TUESDAY, "2026-11-15", NEXT_MONDAY, "2026-11-30"};
    static const char *const people[] = {ANA, BEN, "stranger@example.com"};
    Row row =
        response(days[g_rand_int_range(rand, 0, G_N_ELEMENTS(days))], g_rand_int_range(rand, 0, 24),
            (guint64)g_rand_int_range(rand, 1, 30), 0, g_rand_int_range(rand, 0, 5));
    row.who = people[g_rand_int_range(rand, 0, G_N_ELEMENTS(people))];
    row.part = row.key % 3 == 0 ? 0 : REQUEST((guint32)row.key);
    row.session = (guint64)g_rand_int_range(rand, 0, 5);
    return row;
}

static void shuffle(GRand *rand, guint *order, guint length)
{
    for (guint i = length; i-- > 1;) {
        guint other = (guint)g_rand_int_range(rand, 0, (gint32)i + 1), kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

/* Stores rows in an order, cut into files at random places; settles now and then. */
static char *dump_of(GRand *rand, const Row *rows, const guint *order, guint length)
{
    World world;
    world_init(&world);
    for (guint at_row = 0; at_row < length;) {
        Row file[ROWS];
        guint count = (guint)g_rand_int_range(rand, 1, ROWS);
        count = MIN(count, length - at_row);
        for (guint i = 0; i < count; i++)
            file[i] = rows[order[at_row + i]];
        store(&world, file, count);
        if (g_rand_boolean(rand))
            world_settle(&world);
        at_row += count;
    }
    world_settle(&world);
    char *dump = world_dump(&world);
    world_clear(&world);
    return dump;
}

static void any_order_split_and_repetition_is_one_ledger(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    Row rows[FILES * ROWS];
    guint order[2 * FILES * ROWS]; /* each row twice */
    for (guint i = 0; i < FILES * ROWS; i++)
        rows[i] = random_row(rand);
    for (guint i = 0; i < G_N_ELEMENTS(order); i++)
        order[i] = i % (FILES * ROWS);
    g_autofree char *expected = dump_of(rand, rows, order, FILES * ROWS);
    assert_true(strlen(expected) > 1000);
    for (guint i = 0; i < SHUFFLES; i++) {
        shuffle(rand, order, G_N_ELEMENTS(order));
        g_autofree char *found = dump_of(rand, rows, order, G_N_ELEMENTS(order));
        assert_string_equal(found, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_in_a_later_week_counts_once_on_the_first_day),
        cmocka_unit_test(the_copy_with_most_tokens_counts_at_the_earliest_time),
        cmocka_unit_test(a_copy_that_names_no_request_joins_the_only_one),
        cmocka_unit_test(an_id_that_two_requests_use_is_two_records),
        cmocka_unit_test(a_copy_without_any_request_counts_by_itself),
        cmocka_unit_test(a_session_over_two_weeks_counts_once_on_its_first_day),
        cmocka_unit_test(a_fork_without_responses_of_its_own_is_no_session),
        cmocka_unit_test(a_fork_that_goes_on_is_a_session),
        cmocka_unit_test(a_fork_that_copies_the_whole_parent_is_no_session),
        cmocka_unit_test(records_without_a_session_make_sessions_by_gaps),
        cmocka_unit_test(a_running_total_counts_its_increase_from_day_to_day),
        cmocka_unit_test(a_running_total_that_fell_began_again),
        cmocka_unit_test(a_copy_that_tells_its_minute_decides_the_day),
        cmocka_unit_test(of_copies_with_days_alone_the_earliest_day_counts),
        cmocka_unit_test(the_minute_of_the_file_makes_time_of_use),
        cmocka_unit_test(an_increase_beside_the_total_of_its_day_is_part_of_it),
        cmocka_unit_test(increases_before_a_total_are_part_of_it),
        cmocka_unit_test(time_is_the_union_of_gaps_under_half_an_hour),
        cmocka_unit_test(a_personal_source_covers_days_for_its_people_only),
        cmocka_unit_test(what_a_killed_run_left_is_settled_by_the_next),
        cmocka_unit_test(any_order_split_and_repetition_is_one_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
