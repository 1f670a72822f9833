/* Accounts that nobody claimed become people's when the set-up learns whose they are. */
#include <string.h>

#include "world.h"

#define MONDAY "2026-11-09"
#define STRANGER "old-name@elsewhere.example"

static World world;

static int begin(void **state)
{
    (void)state;
    world_init(&world);
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_clear(&world);
    return 0;
}

static Row row_of(const char *who, int days_after, guint64 key, gint64 tokens)
{
    return (Row){.who = who,
        .instant = TM_INSTANT_NONE,
        .day = day_of(MONDAY) + days_after,
        .key = key,
        .tokens = tokens};
}

static void store_rows(const Row *rows, guint length, gint64 rank)
{
    const Export file = {.source = ID_SOURCE, .rank = rank, .rows = rows, .length = length};
    world_store(&world, &file);
}

static guint64 adopt(const char *identities)
{
    guint64 adopted = G_MAXUINT64;
    world_set_identities(&world, identities);
    assert_true(tm_ledger_adopt(world.ledger, &adopted, NULL));
    return adopted;
}

static gint64 tokens(int days_after)
{
    return world_day(&world, "ana@example.com", ID_SOURCE, day_of(MONDAY) + days_after)
        .value[TM_MEASURE_OUTPUT_TOKENS];
}

static gboolean dump_has(const char *word)
{
    g_autofree char *dump = world_dump(&world);
    return strstr(dump, word) != NULL;
}

static void a_claimed_account_becomes_the_person(void **state)
{
    (void)state;
    const Row row = row_of(STRANGER, 0, 1, 70);
    store_rows(&row, 1, 1);
    assert_int_equal(tokens(0), 0);
    assert_int_equal(adopt("email,tool,kind,value\nana@example.com,,email," STRANGER "\n"), 1);
    assert_int_equal(tokens(0), 70);
    assert_false(dump_has("unresolved"));
}

static void adopting_gives_the_ledger_that_reading_later_would_have_given(void **state)
{
    (void)state;
    const char *identities = "email,tool,kind,value\nana@example.com,,email," STRANGER "\n";
    const Row rows[] = {
        row_of(STRANGER, 0, 1, 70), row_of("ana@example.com", 0, 2, 7), row_of(STRANGER, 9, 3, 5)};
    store_rows(rows, 3, 1);
    adopt(identities);
    g_autofree char *found = world_dump(&world);
    world_clear(&world);
    world_init(&world);
    world_set_identities(&world, identities);
    store_rows(rows, 3, 1);
    g_autofree char *expected = world_dump(&world);
    assert_string_equal(found, expected);
}

static void a_record_that_both_accounts_have_counts_once(void **state)
{
    (void)state;
    const Row one = row_of(STRANGER, 0, 1, 70), other = row_of("ana@example.com", 0, 1, 80);
    store_rows(&one, 1, 1);
    store_rows(&other, 1, 2);
    adopt("email,tool,kind,value\nana@example.com,,email," STRANGER "\n");
    assert_int_equal(tokens(0), 80);
}

static void a_dated_claim_moves_only_its_days(void **state)
{
    (void)state;
    const Row rows[] = {row_of(STRANGER, 1, 1, 70), row_of(STRANGER, 2, 2, 7)};
    store_rows(rows, 2, 1);
    assert_int_equal(adopt("email,tool,kind,value,start_date,end_date\n"
                           "ana@example.com,,email," STRANGER ",2026-11-11,\n"),
        1);
    assert_int_equal(tokens(1), 0);
    assert_int_equal(tokens(2), 7);
    assert_true(dump_has("unresolved claude-code-analytics 2026-11-10"));
    assert_false(dump_has("unresolved claude-code-analytics 2026-11-11"));
}

static void a_claim_for_another_tool_moves_nothing(void **state)
{
    (void)state;
    const Row row = row_of(STRANGER, 0, 1, 70);
    store_rows(&row, 1, 1);
    assert_int_equal(
        adopt("email,tool,kind,value\nana@example.com,cursor,email," STRANGER "\n"), 0);
    assert_int_equal(tokens(0), 0);
}

static void an_account_mapped_to_nobody_becomes_a_service(void **state)
{
    (void)state;
    const Row row = row_of(STRANGER, 0, 1, 70);
    store_rows(&row, 1, 1);
    assert_int_equal(adopt("email,tool,kind,value\n-,,email," STRANGER "\n"), 1);
    assert_true(dump_has(" service "));
    assert_false(dump_has("unresolved"));
}

static void a_claimed_key_becomes_the_person(void **state)
{
    (void)state;
    Row row = row_of("ci-key", 0, 1, 70);
    row.service = TRUE;
    store_rows(&row, 1, 1);
    assert_int_equal(adopt("email,tool,kind,value\nana@example.com,,api_key,ci-key\n"), 1);
    assert_int_equal(tokens(0), 70);
}

static void a_key_mapped_to_nobody_keeps_its_use(void **state)
{
    (void)state;
    Row row = row_of("ci-key", 0, 1, 70);
    row.service = TRUE;
    store_rows(&row, 1, 1);
    g_autofree char *before = world_dump(&world);
    assert_int_equal(adopt("email,tool,kind,value\n-,,api_key,ci-key\n"), 0);
    g_autofree char *after = world_dump(&world);
    assert_string_equal(before, after);
}

static void what_a_service_did_is_not_its_owners(void **state)
{
    (void)state;
    Row row = row_of("ana@example.com", 0, 1, 70);
    row.service = TRUE;
    store_rows(&row, 1, 1);
    assert_int_equal(tokens(0), 0);
    assert_true(dump_has("service"));
}

static void adopting_twice_adopts_nothing_more(void **state)
{
    (void)state;
    const char *identities = "email,tool,kind,value\nana@example.com,,email," STRANGER "\n";
    const Row row = row_of(STRANGER, 0, 1, 70);
    store_rows(&row, 1, 1);
    adopt(identities);
    assert_int_equal(adopt(identities), 0);
    assert_int_equal(tokens(0), 70);
}

static void a_record_read_again_after_adoption_counts_once(void **state)
{
    (void)state;
    const Row row = row_of(STRANGER, 0, 1, 70);
    store_rows(&row, 1, 1);
    adopt("email,tool,kind,value\nana@example.com,,email," STRANGER "\n");
    store_rows(&row, 1, 2);
    assert_int_equal(tokens(0), 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_claimed_account_becomes_the_person, begin, end),
        cmocka_unit_test_setup_teardown(
            adopting_gives_the_ledger_that_reading_later_would_have_given, begin, end),
        cmocka_unit_test_setup_teardown(a_record_that_both_accounts_have_counts_once, begin, end),
        cmocka_unit_test_setup_teardown(a_dated_claim_moves_only_its_days, begin, end),
        cmocka_unit_test_setup_teardown(a_claim_for_another_tool_moves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(an_account_mapped_to_nobody_becomes_a_service, begin, end),
        cmocka_unit_test_setup_teardown(a_claimed_key_becomes_the_person, begin, end),
        cmocka_unit_test_setup_teardown(a_key_mapped_to_nobody_keeps_its_use, begin, end),
        cmocka_unit_test_setup_teardown(what_a_service_did_is_not_its_owners, begin, end),
        cmocka_unit_test_setup_teardown(adopting_twice_adopts_nothing_more, begin, end),
        cmocka_unit_test_setup_teardown(a_record_read_again_after_adoption_counts_once, begin, end),
    };
    return cmocka_run_group_tests_name("ledger adopt", tests, NULL, NULL);
}
