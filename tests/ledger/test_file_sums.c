/* Sums of one file: copies, keys told again, twins, running totals; in bounded memory. */
#include <tidemark/ledger.h>

#include <string.h>

#include "../cmocka_all.h"

#define COPIES "claude-code-transcripts"
#define LATER "claude-code-analytics"
#define TWINS "cursor-usage-csv"
#define REQUEST(n) (TM_PART_OF_REQUEST | (n))

/* One record; `who` NULL: ana. */
typedef struct Row {
    const char *source;
    guint64 key;
    guint32 part;
    gint64 tokens;
    gboolean running;
    const char *who;
} Row;

static void add(TmFileSums *sums, const Row *row)
{
    const char *who = row->who != NULL ? row->who : "ana";
    TmRecord record = {.identity = {{TM_IDENTITY_LOGIN, who, strlen(who)}},
        .identities = 1,
        .instant = TM_INSTANT_NONE,
        .key = row->key,
        .part = row->part,
        .running = row->running};
    record.measures.present = TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS);
    record.measures.value[TM_MEASURE_OUTPUT_TOKENS] = row->tokens;
    tm_file_sums_add(sums, &tm_sources[tm_source_index(row->source)], &record);
}

static void finish(TmFileSums *sums, gint64 tokens, guint64 copies)
{
    TmMeasures measures;
    guint64 found;
    g_autoptr(GError) error = NULL;
    assert_true(tm_file_sums_finish(sums, &measures, &found, &error));
    assert_int_equal(measures.value[TM_MEASURE_OUTPUT_TOKENS], tokens);
    assert_int_equal(found, copies);
    tm_file_sums_free(sums);
}

/* The rows come to so many tokens, in this order and the other way round. */
static void expect(const Row *rows, guint count, gint64 tokens, guint64 copies)
{
    TmFileSums *forward = tm_file_sums_new(), *backward = tm_file_sums_new();
    for (guint i = 0; i < count; i++) {
        add(forward, &rows[i]);
        add(backward, &rows[count - 1 - i]);
    }
    finish(forward, tokens, copies);
    finish(backward, tokens, copies);
}

#define EXPECT(tokens, copies, ...)                                                                \
    do {                                                                                           \
        const Row rows[] = {__VA_ARGS__};                                                          \
        expect(rows, G_N_ELEMENTS(rows), tokens, copies);                                          \
    } while (0)

static void copies_are_one_record_with_most_tokens(void **state)
{
    (void)state;
    EXPECT(90, 2, {.source = COPIES, .key = 1, .part = REQUEST(1), .tokens = 1},
        {.source = COPIES, .key = 1, .part = REQUEST(1), .tokens = 80},
        {.source = COPIES, .key = 1, .part = REQUEST(1), .tokens = 5},
        {.source = COPIES, .key = 2, .part = REQUEST(1), .tokens = 10});
}

static void a_copy_without_a_request_joins_the_only_one(void **state)
{
    (void)state;
    EXPECT(30, 1, {.source = COPIES, .key = 1, .part = REQUEST(1), .tokens = 10},
        {.source = COPIES, .key = 1, .part = 0, .tokens = 30});
}

static void a_copy_without_a_request_says_nothing_beside_several(void **state)
{
    (void)state;
    EXPECT(60, 1, {.source = COPIES, .key = 1, .part = 0, .tokens = 99},
        {.source = COPIES, .key = 1, .part = REQUEST(1), .tokens = 10},
        {.source = COPIES, .key = 1, .part = REQUEST(2), .tokens = 20},
        {.source = COPIES, .key = 1, .part = REQUEST(3), .tokens = 30});
}

static void a_copy_without_any_request_counts(void **state)
{
    (void)state;
    EXPECT(12, 0, {.source = COPIES, .key = 1, .part = 0, .tokens = 5},
        {.source = COPIES, .key = 2, .part = 0, .tokens = 7});
}

static void parts_of_a_record_add_up(void **state)
{
    (void)state;
    EXPECT(6, 0, {.source = LATER, .key = 1, .part = 0, .tokens = 1},
        {.source = LATER, .key = 1, .part = 1, .tokens = 2},
        {.source = LATER, .key = 1, .part = 2, .tokens = 3});
}

static void of_a_key_that_is_told_again_the_last_counts(void **state)
{
    (void)state;
    const Row rows[] = {{.source = LATER, .key = 1, .part = 0, .tokens = 9},
        {.source = LATER, .key = 1, .part = 0, .tokens = 4}};
    TmFileSums *sums = tm_file_sums_new();
    add(sums, &rows[0]);
    add(sums, &rows[1]);
    finish(sums, 4, 1);
}

static void twins_are_several_records(void **state)
{
    (void)state;
    EXPECT(8, 0, {.source = TWINS, .key = 1, .part = 0, .tokens = 4},
        {.source = TWINS, .key = 1, .part = 0, .tokens = 4});
}

static void keys_are_compared_within_one_account_and_source(void **state)
{
    (void)state;
    EXPECT(7, 0, {.source = COPIES, .key = 1, .part = 0, .tokens = 1},
        {.source = COPIES, .key = 1, .part = 0, .tokens = 2, .who = "ben"},
        {.source = LATER, .key = 1, .part = 0, .tokens = 4});
}

static void running_totals_count_what_they_gained(void **state)
{
    (void)state;
    EXPECT(170, 0, {.source = COPIES, .key = 1, .part = 20000, .tokens = 100, .running = TRUE},
        {.source = COPIES, .key = 1, .part = 20000, .tokens = 40, .running = TRUE},
        {.source = COPIES, .key = 1, .part = 20001, .tokens = 150, .running = TRUE},
        {.source = COPIES, .key = 2, .part = 20000, .tokens = 20, .running = TRUE});
}

static void a_counter_that_has_fallen_began_again(void **state)
{
    (void)state;
    EXPECT(130, 0, {.source = COPIES, .key = 1, .part = 20000, .tokens = 100, .running = TRUE},
        {.source = COPIES, .key = 1, .part = 20001, .tokens = 30, .running = TRUE});
}

/* More than is held in memory; the copies of a record lie far apart. */
static void large_files_are_added_up_too(void **state)
{
    (void)state;
    const guint64 records = 100000;
    TmFileSums *sums = tm_file_sums_new();
    for (gint64 tokens = 1; tokens <= 2; tokens++)
        for (guint64 key = 1; key <= records; key++)
            add(sums, &(Row){.source = COPIES, .key = key, .part = REQUEST(1), .tokens = tokens});
    finish(sums, (gint64)records * 2, records);
}

static void nothing_is_no_measure(void **state)
{
    (void)state;
    TmMeasures measures;
    guint64 copies;
    TmFileSums *sums = tm_file_sums_new();
    assert_true(tm_file_sums_finish(sums, &measures, &copies, NULL));
    assert_int_equal(measures.present, 0);
    tm_file_sums_free(sums);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_one_record_with_most_tokens),
        cmocka_unit_test(a_copy_without_a_request_joins_the_only_one),
        cmocka_unit_test(a_copy_without_a_request_says_nothing_beside_several),
        cmocka_unit_test(a_copy_without_any_request_counts),
        cmocka_unit_test(parts_of_a_record_add_up),
        cmocka_unit_test(of_a_key_that_is_told_again_the_last_counts),
        cmocka_unit_test(twins_are_several_records),
        cmocka_unit_test(keys_are_compared_within_one_account_and_source),
        cmocka_unit_test(running_totals_count_what_they_gained),
        cmocka_unit_test(a_counter_that_has_fallen_began_again),
        cmocka_unit_test(large_files_are_added_up_too),
        cmocka_unit_test(nothing_is_no_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
