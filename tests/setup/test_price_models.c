/* Under which names the price of a model is found. */
#include <string.h>

#include "fixture.h"

#define INPUT ((TmTokenUse){.input = 1000})

static void every_spelling_of_a_model_finds_its_price(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    static const char *const names[] = {
        "claude-opus-4-1",
        " claude-opus-4-1 ",
        "Claude-Opus-4-1",
        "claude-opus-4.1",
        "anthropic/claude-opus-4-1",
        "openrouter/anthropic/claude-opus-4.1",
        "anthropic.claude-opus-4-1",
        "anthropic.claude-opus-4-1-v1",
        "anthropic.claude-opus-4-1-20250805-v1:0",
        "us.anthropic.claude-opus-4-1-20250805-v1:0",
        "eu.anthropic.claude-opus-4-1-20250805-v2:0",
        "apac.anthropic.claude-opus-4-1-v1:0",
        "global.anthropic.claude-opus-4-1-v1:0",
        "bedrock/us.anthropic.claude-opus-4-1-20250805-v1:0[1m]",
        "vertex_ai/claude-opus-4-1@20250805",
        "claude-opus-4-1@default",
        "claude-opus-4-1[1m]",
        "claude-opus-4-1[1M]",
        "claude-opus-4-1-20250805",
        "claude-opus-4-1-2025-08-05",
        "claude-opus-4-1-latest",
        "Claude Opus 4.1",
        "Auto: Claude Opus 4.1",
        "auto:claude-opus-4-1",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (fixture_price(fixture, names[i], INPUT) != 15000)
            fail_msg("%s has another price", names[i]);
    }
}

static void other_names_find_none(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    static const char *const names[] = {
        "",
        " ",
        "/",
        "anthropic/",
        "anthropic.",
        "auto:",
        "@20250805",
        "[1m]",
        "-fast",
        "-20250805",
        "-latest",
        "claude",
        "claude-opus",
        "claude-opus-4-2",
        "claude-opus-4-10",
        "claude-opus-4-1-thinking",
        "claude-opus-4-1-2025080",
        "claude-opus-4-1-202508051",
        "claude-opus-4-1-2025-08",
        "claude-opus-4-1-v1",
        "myclaude-opus-4-1",
        "gpt-5.6",
        "gpt-5.4-nano",
        "gpt-5-nano",
        "o1.5",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (fixture_price(fixture, names[i], INPUT) != FIXTURE_UNPRICED)
            fail_msg("%s has a price", names[i]);
    }
}

static void names_that_begin_alike_have_their_own_prices(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    assert_int_equal(fixture_price(fixture, "gpt-5", INPUT), 1250);
    assert_int_equal(fixture_price(fixture, "gpt-5.4", INPUT), 2500);
    assert_int_equal(fixture_price(fixture, "gpt-5.4-mini", INPUT), 750);
    assert_int_equal(fixture_price(fixture, "GPT-5.3-Codex", INPUT), 1750);
    assert_int_equal(fixture_price(fixture, "claude-opus-4", INPUT), 15000);
    assert_int_equal(fixture_price(fixture, "claude-opus-4-5", INPUT), 5000);
    assert_int_equal(fixture_price(fixture, "claude-sonnet-5", INPUT), 2000);
    assert_int_equal(fixture_price(fixture, "claude-3-5-haiku-20241022", INPUT), 800);
}

static void a_shorter_name_never_stands_for_a_longer_one(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "prices.csv", "model,input,output\nnew-4,1,2\n");
    fixture_load(fixture);
    assert_int_equal(fixture_price(fixture, "new-4", INPUT), 1000);
    assert_int_equal(fixture_price(fixture, "new-4-1", INPUT), FIXTURE_UNPRICED);
    assert_int_equal(fixture_price(fixture, "new-4.1-20250805", INPUT), FIXTURE_UNPRICED);
}

static void a_dated_row_is_better_than_the_row_without_date(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "prices.csv",
        "model,input,output\nnew-4,1,2\nnew-4-20250805,3,2\nnew-5-latest,4,2\n");
    fixture_load(fixture);
    assert_int_equal(fixture_price(fixture, "new-4-20250805", INPUT), 3000);
    assert_int_equal(fixture_price(fixture, "new-4-20250806", INPUT), 1000);
    assert_int_equal(fixture_price(fixture, "new-5", INPUT), 4000);
    assert_int_equal(fixture_price(fixture, "new-5-20250805", INPUT), 4000);
}

static void version_words_that_belong_to_the_name_stay(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "prices.csv",
        "model,input,output\ndeepseek-v3,1,2\ndeepseek,3,4\nmini-fast,5,6\nclaude,7,8\n");
    fixture_load(fixture);
    assert_int_equal(fixture_price(fixture, "deepseek/deepseek-v3", INPUT), 1000);
    assert_int_equal(fixture_price(fixture, "deepseek-v4", INPUT), FIXTURE_UNPRICED);
    assert_int_equal(fixture_price(fixture, "mini-fast", INPUT), 5000);
    assert_int_equal(fixture_price(fixture, "anthropic.claude-v2:1", INPUT), FIXTURE_UNPRICED);
    assert_int_equal(fixture_price(fixture, "anthropic.claude-v1", INPUT), FIXTURE_UNPRICED);
}

static void names_beyond_all_length_have_no_price(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    TmTokenUse use = INPUT;
    gint64 micros;
    for (gsize length = 100; length < 200; length++) {
        g_autofree char *name = g_strnfill(length, 'a');
        memcpy(name + length - 5, "-fast", 5);
        assert_false(
            tm_setup_price(fixture->setup, 0, name, length, 0, &use, TRUE, FALSE, &micros, NULL));
    }
}

static void any_bytes_are_a_name_without_a_price(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    GRand *random = g_rand_new_with_seed(11);
    static const char marks[] = "-:./@[1m]v0 fast\0\xff";
    TmTokenUse use = INPUT;
    for (guint round = 0; round < 20000; round++) {
        char name[24];
        gsize length = g_rand_int(random) % sizeof name;
        gint64 micros;
        for (gsize i = 0; i < length; i++)
            name[i] = marks[g_rand_int(random) % sizeof marks];
        g_autofree char *exact = g_memdup2(name, length); /* so that a sanitizer sees its end */
        assert_false(
            tm_setup_price(fixture->setup, 0, exact, length, 0, &use, TRUE, FALSE, &micros, NULL));
    }
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(every_spelling_of_a_model_finds_its_price),
        FIXTURE_TEST(other_names_find_none),
        FIXTURE_TEST(names_that_begin_alike_have_their_own_prices),
        FIXTURE_TEST(a_shorter_name_never_stands_for_a_longer_one),
        FIXTURE_TEST(a_dated_row_is_better_than_the_row_without_date),
        FIXTURE_TEST(version_words_that_belong_to_the_name_stay),
        FIXTURE_TEST(names_beyond_all_length_have_no_price),
        FIXTURE_TEST(any_bytes_are_a_name_without_a_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
