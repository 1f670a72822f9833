/* Merging files: any order, repetition or splitting gives one ledger; later exports replace. */
#include <string.h>

#include "world.h"

#define MONDAY "2026-11-09"
#define SHUFFLES 40
#define FILES 8
#define ROWS 60

static gint64 tokens_on(World *world, const char *source, const char *day)
{
    return world_day(world, "ana@example.com", source, day_of(day)).value[TM_MEASURE_OUTPUT_TOKENS];
}

static gint64 metered_on(World *world, const char *source, const char *day)
{
    return world_day(world, "ana@example.com", source, day_of(day)).value[TM_MEASURE_METERED];
}

/* ---- Any order, any repetition ----------------------------------------------------------- */

static const char *const somebody[] = {
    "ana@example.com", "ben@example.com", "kiri@example.com", "eve@elsewhere.example", NULL};

/* A record is a function of its key, but for money and tokens, which exports may revise. */
static Row random_row(GRand *rand, const char *source)
{
    guint64 key = (guint64)g_rand_int_range(rand, 1, 90);
    Row row = {
        .who = somebody[key % G_N_ELEMENTS(somebody)],
        .instant = TM_INSTANT_NONE,
        .day = day_of(MONDAY) + (TmDay)(key % 16),
        .key = key * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15),
        .part = 0,
        .tokens = (gint64)key * 10,
        .metered = g_rand_int_range(rand, 0, 5) * 10000,
        .idle = key % 7 == 0,
        .service = key % 11 == 0,
    };
    if (g_str_equal(source, TWINS_SOURCE))
        row.instant = at(MONDAY, 0, 0) + (gint64)(key / 3 * 11 * 60 + key % 3 * 20) * 60000;
    else
        row.tokens = g_rand_int_range(rand, 0, 1000);
    return row;
}

static void fill_files(GRand *rand, const char *source, Row rows[FILES][ROWS], Export *files)
{
    for (guint i = 0; i < FILES; i++) {
        for (guint j = 0; j < ROWS; j++)
            rows[i][j] = random_row(rand, source);
        files[i] = (Export){
            .source = source,
            .rank = g_rand_int_range(rand, 1, 4), /* equal ranks occur */
            .rows = rows[i],
            .length = ROWS,
            .buffer = i % 2 == 0 ? 2000 : 0,
        };
    }
}

static void shuffle(GRand *rand, guint *order, guint length)
{
    for (guint i = length; i-- > 1;) {
        guint other = (guint)g_rand_int_range(rand, 0, (gint32)i + 1), kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

static char *dump_in_order(const Export *files, const guint *order, guint length)
{
    World world;
    world_init(&world);
    for (guint i = 0; i < length; i++)
        world_store(&world, &files[order[i]]);
    char *dump = world_dump(&world);
    world_clear(&world);
    return dump;
}

static void check_any_order(const char *source, guint32 seed)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    Row rows[FILES][ROWS];
    Export files[FILES];
    guint order[2 * FILES]; /* each file twice */
    fill_files(rand, source, rows, files);
    for (guint i = 0; i < 2 * FILES; i++)
        order[i] = i % FILES;
    g_autofree char *expected = dump_in_order(files, order, FILES);
    assert_true(strlen(expected) > 2000);
    for (guint i = 0; i < SHUFFLES; i++) {
        shuffle(rand, order, 2 * FILES);
        g_autofree char *found = dump_in_order(files, order, 2 * FILES);
        assert_string_equal(found, expected);
    }
}

static void any_order_and_repetition_of_twins_is_one_ledger(void **state)
{
    (void)state;
    check_any_order(TWINS_SOURCE, 1);
}

static void any_order_and_repetition_of_records_with_ids_is_one_ledger(void **state)
{
    (void)state;
    check_any_order(ID_SOURCE, 2);
}

/* All rows in one file, or dealt to several of the same rank; keys stay together. */
static void check_splitting(const char *source)
{
    Row rows[ROWS], parts[4][ROWS];
    guint lengths[4] = {0};
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    for (guint i = 0; i < ROWS; i++) {
        rows[i] = random_row(rand, source);
        rows[i].metered = 0; /* copies are equal, so that the file is sane */
        rows[i].tokens = 7;
        guint part = (guint)(rows[i].key >> 60) % 4;
        parts[part][lengths[part]++] = rows[i];
    }
    Export whole = {.source = source, .rank = 1, .rows = rows, .length = ROWS};
    Export split[4];
    for (guint i = 0; i < 4; i++)
        split[i] = (Export){.source = source, .rank = 1, .rows = parts[i], .length = lengths[i]};
    const guint order[] = {2, 0, 3, 1}, only[] = {0};
    g_autofree char *expected = dump_in_order(&whole, only, 1);
    g_autofree char *found = dump_in_order(split, order, 4);
    assert_string_equal(found, expected);
}

static void splitting_twins_between_records_changes_nothing(void **state)
{
    (void)state;
    check_splitting(TWINS_SOURCE);
}

static void splitting_records_with_ids_changes_nothing(void **state)
{
    (void)state;
    check_splitting(ID_SOURCE);
}

static void a_tiny_buffer_gives_the_same_ledger(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);
    Row rows[20 * ROWS];
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        rows[i] = random_row(rand, TWINS_SOURCE);
    Export usual = {.source = TWINS_SOURCE, .rank = 1, .rows = rows, .length = G_N_ELEMENTS(rows)};
    Export tiny = usual;
    tiny.buffer = 500;
    const guint only[] = {0};
    g_autofree char *expected = dump_in_order(&usual, only, 1);
    g_autofree char *found = dump_in_order(&tiny, only, 1);
    assert_string_equal(found, expected);
}

/* ---- Rules, one by one ------------------------------------------------------------------- */

static void check_replacement(gboolean later_first)
{
    World world;
    world_init(&world);
    const Row old = {.who = "ana@example.com",
        .instant = TM_INSTANT_NONE,
        .day = day_of(MONDAY),
        .key = 5,
        .tokens = 100,
        .metered = 190000};
    Row revised = old;
    revised.tokens = 90;
    revised.metered = 0;
    const Export first = {.source = ID_SOURCE, .rank = 1, .rows = &old, .length = 1};
    const Export second = {.source = ID_SOURCE, .rank = 2, .rows = &revised, .length = 1};
    world_store(&world, later_first ? &second : &first);
    TmStoreCounts counts = world_store(&world, later_first ? &first : &second);
    assert_int_equal(tokens_on(&world, ID_SOURCE, MONDAY), 90);
    assert_int_equal(metered_on(&world, ID_SOURCE, MONDAY), 0);
    assert_int_equal(counts.records_new, 0);
    assert_int_equal(counts.records_replaced, later_first ? 0 : 1);
    assert_int_equal(counts.records_unchanged, later_first ? 1 : 0);
    world_clear(&world);
}

static void a_later_export_replaces(void **state)
{
    (void)state;
    check_replacement(FALSE);
}

static void an_earlier_export_that_is_read_later_does_not_replace(void **state)
{
    (void)state;
    check_replacement(TRUE);
}

static void a_later_export_replaces_all_parts_of_a_record(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[3];
    for (guint i = 0; i < 3; i++)
        rows[i] = (Row){.who = "ana@example.com",
            .instant = TM_INSTANT_NONE,
            .day = day_of(MONDAY),
            .key = 5,
            .part = i,
            .tokens = 100};
    const Export three = {.source = ID_SOURCE, .rank = 1, .rows = rows, .length = 3};
    const Export one = {.source = ID_SOURCE, .rank = 2, .rows = rows, .length = 1};
    world_store(&world, &three);
    assert_int_equal(tokens_on(&world, ID_SOURCE, MONDAY), 300);
    world_store(&world, &one);
    assert_int_equal(tokens_on(&world, ID_SOURCE, MONDAY), 100);
    world_clear(&world);
}

static void the_last_of_equal_ids_in_one_file_counts(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[2];
    for (guint i = 0; i < 2; i++)
        rows[i] = (Row){.who = "ana@example.com",
            .instant = TM_INSTANT_NONE,
            .day = day_of(MONDAY),
            .key = 5,
            .tokens = 100 + i};
    const Export file = {.source = ID_SOURCE, .rank = 1, .rows = rows, .length = 2};
    assert_int_equal(world_store(&world, &file).records_new, 1);
    assert_int_equal(tokens_on(&world, ID_SOURCE, MONDAY), 101);
    world_clear(&world);
}

static Row twin(gint64 metered)
{
    return (Row){.who = "ana@example.com",
        .instant = at(MONDAY, 9, 0),
        .key = 5,
        .tokens = 100,
        .metered = metered};
}

static void copies_count_as_often_as_in_the_file_with_the_most(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {twin(0), twin(0), twin(0)};
    const Export two = {.source = TWINS_SOURCE, .rank = 1, .rows = rows, .length = 2};
    const Export three = {.source = TWINS_SOURCE, .rank = 2, .rows = rows, .length = 3};
    const Export one = {.source = TWINS_SOURCE, .rank = 3, .rows = rows, .length = 1};
    world_store(&world, &two);
    assert_int_equal(tokens_on(&world, TWINS_SOURCE, MONDAY), 200);
    assert_int_equal(world_store(&world, &three).records_replaced, 1);
    assert_int_equal(tokens_on(&world, TWINS_SOURCE, MONDAY), 300);
    assert_int_equal(world_store(&world, &one).records_unchanged, 1);
    assert_int_equal(tokens_on(&world, TWINS_SOURCE, MONDAY), 300);
    world_clear(&world);
}

static void copies_of_different_cost_add_up_exactly(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {twin(190000), twin(200000)};
    const Export file = {.source = TWINS_SOURCE, .rank = 1, .rows = rows, .length = 2};
    world_store(&world, &file);
    assert_int_equal(metered_on(&world, TWINS_SOURCE, MONDAY), 390000);
    world_clear(&world);
}

static void a_later_cost_holds_for_all_copies(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row before[] = {twin(190000), twin(190000)}, after[] = {twin(50000)};
    const Export first = {.source = TWINS_SOURCE, .rank = 1, .rows = before, .length = 2};
    const Export second = {.source = TWINS_SOURCE, .rank = 2, .rows = after, .length = 1};
    world_store(&world, &first);
    world_store(&world, &second);
    assert_int_equal(metered_on(&world, TWINS_SOURCE, MONDAY), 100000);
    world_clear(&world);
}

static void a_record_read_again_is_unchanged(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {twin(190000)};
    const Export file = {.source = TWINS_SOURCE, .rank = 1, .rows = rows, .length = 1};
    world_store(&world, &file);
    TmStoreCounts counts = world_store(&world, &file);
    assert_int_equal(counts.records_unchanged, 1);
    assert_int_equal(counts.records_new + counts.records_replaced, 0);
    assert_int_equal(counts.person_days, 1);
    world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_and_repetition_of_twins_is_one_ledger),
        cmocka_unit_test(any_order_and_repetition_of_records_with_ids_is_one_ledger),
        cmocka_unit_test(splitting_twins_between_records_changes_nothing),
        cmocka_unit_test(splitting_records_with_ids_changes_nothing),
        cmocka_unit_test(a_tiny_buffer_gives_the_same_ledger),
        cmocka_unit_test(a_later_export_replaces),
        cmocka_unit_test(an_earlier_export_that_is_read_later_does_not_replace),
        cmocka_unit_test(a_later_export_replaces_all_parts_of_a_record),
        cmocka_unit_test(the_last_of_equal_ids_in_one_file_counts),
        cmocka_unit_test(copies_count_as_often_as_in_the_file_with_the_most),
        cmocka_unit_test(copies_of_different_cost_add_up_exactly),
        cmocka_unit_test(a_later_cost_holds_for_all_copies),
        cmocka_unit_test(a_record_read_again_is_unchanged),
    };
    return cmocka_run_group_tests_name("ledger merge", tests, NULL, NULL);
}
