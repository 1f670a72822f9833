/* What a use costs: built-in prices and prices.csv, with values worked out by hand. */
#include <string.h>

#include "fixture.h"

#define HEADER "tool,model,input,cache_write,cache_read,output,currency,start_date,end_date\n"

static void load_prices(Fixture *fixture, const char *rows)
{
    g_autofree char *text = g_strdup_printf(HEADER "%s", rows);
    fixture_write(fixture, "prices.csv", text);
    fixture_load(fixture);
}

static gint64 price_on(const Fixture *fixture, TmToolIndex tool, const char *model, const char *day)
{
    TmTokenUse use = {.input = 1000};
    gint64 micros;
    return tm_setup_price(fixture->setup, tool, model, strlen(model), fixture_day(day), &use, TRUE,
               FALSE, &micros, NULL)
               ? micros
               : FIXTURE_UNPRICED;
}

static gint64 price_fast(const Fixture *fixture, const char *model)
{
    TmTokenUse use = {.input = 1000, .output = 100};
    gint64 micros;
    return tm_setup_price(
               fixture->setup, 0, model, strlen(model), 0, &use, TRUE, TRUE, &micros, NULL)
               ? micros
               : FIXTURE_UNPRICED;
}

/* ---- Built-in prices --------------------------------------------------------------------- */

static void a_request_of_sonnet_4_5_costs_what_its_vendor_reported(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    /* 12 × 3 + 100 × 3.75 + 200 × 6 + 1000 × 0.3 + 77 × 15 */
    TmTokenUse use = {12, 300, 200, 1000, 77};
    assert_int_equal(fixture_price(fixture, "claude-sonnet-4-5-20250929", use), 3066);
}

static void a_request_of_sonnet_5_costs_the_sum_of_its_classes(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    /* 41000 × 2 + 62000 × 2.5 + 910000 × 0.2 + 18000 × 10 */
    TmTokenUse use = {41000, 62000, 0, 910000, 18000};
    assert_int_equal(fixture_price(fixture, "claude-sonnet-5", use), 599000);
}

static void each_built_in_model_has_the_list_price(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    static const struct {
        const char *model;
        gint64 input, write, write_1h, read, output; /* micros of 1,000 tokens */
    } lists[] = {
        {"claude-fable-5", 10000, 12500, 20000, 1000, 50000},
        {"claude-mythos-5", 10000, 12500, 20000, 1000, 50000},
        {"claude-opus-5", 5000, 6250, 10000, 500, 25000},
        {"claude-opus-4-8", 5000, 6250, 10000, 500, 25000},
        {"claude-opus-4-7", 5000, 6250, 10000, 500, 25000},
        {"claude-opus-4-6", 5000, 6250, 10000, 500, 25000},
        {"claude-opus-4-5", 5000, 6250, 10000, 500, 25000},
        {"claude-opus-4-1", 15000, 18750, 30000, 1500, 75000},
        {"claude-opus-4", 15000, 18750, 30000, 1500, 75000},
        {"claude-sonnet-5", 2000, 2500, 4000, 200, 10000},
        {"claude-sonnet-4-6", 3000, 3750, 6000, 300, 15000},
        {"claude-sonnet-4-5", 3000, 3750, 6000, 300, 15000},
        {"claude-sonnet-4", 3000, 3750, 6000, 300, 15000},
        {"claude-haiku-4-5", 1000, 1250, 2000, 100, 5000},
        {"claude-3-5-haiku", 800, 1000, 1600, 80, 4000},
        {"gpt-5.5", 5000, 5000, 5000, 500, 30000},
        {"gpt-5.4", 2500, 2500, 2500, 250, 15000},
        {"gpt-5.4-mini", 750, 750, 750, 75, 4500},
        {"gpt-5.3-codex", 1750, 1750, 1750, 175, 14000},
        {"gpt-5.2-codex", 1750, 1750, 1750, 175, 14000},
        {"gpt-5", 1250, 1250, 1250, 125, 10000},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        const char *model = lists[i].model;
        const TmTokenUse uses[] = {{.input = 1000}, {.cache_write = 1000},
            {.cache_write = 1000, .cache_write_1h = 1000}, {.cache_read = 1000}, {.output = 1000}};
        const gint64 expected[] = {
            lists[i].input, lists[i].write, lists[i].write_1h, lists[i].read, lists[i].output};
        for (gsize j = 0; j < G_N_ELEMENTS(uses); j++) {
            if (fixture_price(fixture, model, uses[j]) != expected[j])
                fail_msg("class %d of %s has another price", (int)j, model);
        }
    }
}

static void the_amount_is_rounded_half_to_even_once(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    static const struct {
        gint64 input, read, expected;
    } cases[] = {
        {0, 4, 0}, {0, 5, 0}, {0, 6, 1}, {0, 15, 2}, {0, 25, 2}, {0, 26, 3}, {1, 5, 2}, {2, 5, 2}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        TmTokenUse use = {.input = cases[i].input, .cache_read = cases[i].read};
        assert_int_equal(fixture_price(fixture, "claude-haiku-4-5", use), cases[i].expected);
    }
}

static void use_without_tokens_costs_nothing(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    assert_int_equal(fixture_price(fixture, "gpt-5", (TmTokenUse){0}), 0);
}

/* ---- Long contexts ----------------------------------------------------------------------- */

static void a_request_under_or_at_the_limit_has_the_base_price(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    /* 200000 × 2.5 + 71999 × 0.25 = 517999.75; one more is 518000 */
    assert_int_equal(
        fixture_price(fixture, "gpt-5.4", (TmTokenUse){200000, 0, 0, 71999, 0}), 518000);
    assert_int_equal(
        fixture_price(fixture, "gpt-5.4", (TmTokenUse){200000, 0, 0, 72000, 1000}), 533000);
}

static void a_request_over_the_limit_has_the_long_price_for_all_its_tokens(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    /* 200000 × 5 + 72001 × 0.5 + 1000 × 22.5 = 1058500.5 */
    assert_int_equal(
        fixture_price(fixture, "gpt-5.4", (TmTokenUse){200000, 0, 0, 72001, 1000}), 1058500);
}

static void cache_writes_count_towards_the_limit(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    /* 1 × 6 + 100000 × 7.5 + 100000 × 12 + 1 × 0.6 + 10 × 22.5 */
    TmTokenUse use = {1, 200000, 100000, 1, 10};
    assert_int_equal(fixture_price(fixture, "claude-sonnet-4", use), 1950232);
    /* 100000 × 3.75 + 100000 × 6 + 10 × 15 */
    TmTokenUse at_limit = {0, 200000, 100000, 0, 10};
    assert_int_equal(fixture_price(fixture, "claude-sonnet-4", at_limit), 975150);
}

static void a_sum_over_requests_has_the_base_price(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    TmTokenUse use = {.input = 1000000};
    gint64 micros;
    assert_true(
        tm_setup_price(fixture->setup, 0, "gpt-5.4", 7, 0, &use, FALSE, FALSE, &micros, NULL));
    assert_int_equal(micros, 2500000);
}

static void models_from_claude_4_6_on_have_one_price(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    TmTokenUse use = {.input = 900000};
    assert_int_equal(fixture_price(fixture, "claude-sonnet-4-6", use), 2700000);
    assert_int_equal(fixture_price(fixture, "claude-opus-4-8[1m]", use), 4500000);
}

/* ---- Fast mode --------------------------------------------------------------------------- */

static void the_fast_mode_multiplies_the_price(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    assert_int_equal(price_fast(fixture, "claude-opus-4-8"), 15000); /* 7500 × 2 */
    assert_int_equal(price_fast(fixture, "claude-opus-4-6"), 45000); /* 7500 × 6 */
    assert_int_equal(price_fast(fixture, "gpt-5.5"), 20000);         /* 8000 × 2.5 */
}

static void a_name_that_ends_in_fast_asks_for_the_fast_mode(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    TmTokenUse use = {.input = 1000};
    assert_int_equal(fixture_price(fixture, "claude-opus-4-8-fast", use), 10000);
    assert_int_equal(fixture_price(fixture, "claude-opus-4-8-20260401-fast", use), 10000);
    assert_int_equal(price_fast(fixture, "claude-opus-4-8-fast"), 15000);
}

static void a_fast_mode_without_a_known_price_has_none(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    assert_int_equal(price_fast(fixture, "claude-sonnet-5"), FIXTURE_UNPRICED);
    assert_int_equal(
        fixture_price(fixture, "claude-sonnet-5-fast", (TmTokenUse){.input = 1}), FIXTURE_UNPRICED);
}

static void the_factor_of_a_preferred_list_counts(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "prices.csv",
        "model,input,output,fast_factor\nclaude-opus-4-8,1,10,3.5\nclaude-opus-4-6,1,10,\n");
    fixture_load(fixture);
    assert_int_equal(price_fast(fixture, "claude-opus-4-8"), 7000);  /* 2000 × 3.5 */
    assert_int_equal(price_fast(fixture, "claude-opus-4-6"), 12000); /* 2000 × the built-in 6 */
}

/* ---- Lifetime of cache writes ------------------------------------------------------------ */

static void price_unsplit(
    const Fixture *fixture, const char *model, gint64 expected, gboolean assumed)
{
    TmTokenUse use = {.cache_write = 1000, .cache_write_1h = TM_TOKENS_UNKNOWN};
    TmPriceOrigin origin;
    gint64 micros;
    assert_true(tm_setup_price(
        fixture->setup, 0, model, strlen(model), 0, &use, TRUE, FALSE, &micros, &origin));
    assert_int_equal(micros, expected);
    assert_int_equal(origin.assumed_lifetime, assumed);
}

static void writes_of_unknown_lifetime_are_taken_for_an_hour(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    price_unsplit(fixture, "claude-sonnet-4-6", 6000, TRUE);
    price_unsplit(fixture, "gpt-5", 1250, FALSE);
}

static void the_setting_takes_them_for_five_minutes(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "tidemark.ini", "[prices]\ncache_writes = 5m\n");
    fixture_load(fixture);
    price_unsplit(fixture, "claude-sonnet-4-6", 3750, TRUE);
}

static void a_known_split_assumes_nothing(void **state)
{
    Fixture *fixture = *state;
    fixture_load(fixture);
    TmTokenUse use = {.cache_write = 1000, .cache_write_1h = 0};
    TmPriceOrigin origin;
    gint64 micros;
    assert_true(tm_setup_price(
        fixture->setup, 0, "claude-sonnet-4-6", 17, 0, &use, TRUE, FALSE, &micros, &origin));
    assert_int_equal(micros, 3750);
    assert_false(origin.assumed_lifetime);
}

/* ---- Counts that cannot be --------------------------------------------------------------- */

static void impossible_counts_have_no_price(void **state)
{
    Fixture *fixture = *state;
    load_prices(fixture, "*,dear,1000000,1000000,1000000,1000000,,,\n");
    static const TmTokenUse uses[] = {{.input = -1}, {.output = -1}, {.cache_read = -1},
        {.cache_write = -1}, {.cache_write = 1, .cache_write_1h = 2}, {.cache_write_1h = -2},
        {.input = G_MAXINT64}, {.cache_read = G_MAXINT64, .output = G_MAXINT64}};
    for (gsize i = 0; i < G_N_ELEMENTS(uses); i++)
        assert_int_equal(fixture_price(fixture, "gpt-5", uses[i]), FIXTURE_UNPRICED);
    TmTokenUse beyond = {.input = G_GINT64_CONSTANT(10000000000000)};
    assert_int_equal(fixture_price(fixture, "dear", beyond), FIXTURE_UNPRICED);
    TmTokenUse large = {.input = G_GINT64_CONSTANT(9000000000000)};
    assert_int_equal(fixture_price(fixture, "dear", large), G_GINT64_CONSTANT(9000000000000000000));
}

/* ---- prices.csv -------------------------------------------------------------------------- */

static void the_company_s_price_beats_the_built_in_one(void **state)
{
    Fixture *fixture = *state;
    load_prices(fixture, "*,claude-sonnet-5,1.5,2,0.1,8,EUR,,\n");
    TmTokenUse use = {1000, 1000, 0, 1000, 1000};
    TmPriceOrigin origin;
    gint64 micros;
    assert_true(tm_setup_price(
        fixture->setup, 0, "claude-sonnet-5", 15, 0, &use, TRUE, FALSE, &micros, &origin));
    assert_int_equal(micros, 11600);
    assert_int_equal(origin.source, TM_PRICE_COMPANY);
    assert_string_equal(origin.currency, "EUR");
}

static void amounts_without_a_currency_are_in_the_organisation_s(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "tidemark.ini", "[organisation]\ncurrency = GBP\n");
    load_prices(fixture, "*,new,1,,,2,,,\n");
    TmTokenUse use = {.input = 1};
    TmPriceOrigin origin;
    gint64 micros;
    assert_true(
        tm_setup_price(fixture->setup, 0, "new", 3, 0, &use, TRUE, FALSE, &micros, &origin));
    assert_string_equal(origin.currency, "GBP");
    assert_true(
        tm_setup_price(fixture->setup, 0, "gpt-5", 5, 0, &use, TRUE, FALSE, &micros, &origin));
    assert_string_equal(origin.currency, "USD");
    assert_int_equal(origin.source, TM_PRICE_BUILT_IN);
}

static void the_longest_match_counts(void **state)
{
    Fixture *fixture = *state;
    load_prices(fixture, "*,*,1,,,1,,,\n*,new-4*,2,,,1,,,\n*,New-4.1*,3,,,1,,,\n"
                         "*,new-4-1,4,,,1,,,\n*,new-4-1-2025*,5,,,1,,,\n");
    TmTokenUse use = {.input = 1000};
    assert_int_equal(fixture_price(fixture, "other", use), 1000);
    assert_int_equal(fixture_price(fixture, "new-4", use), 2000);
    assert_int_equal(fixture_price(fixture, "new-40", use), 2000);
    assert_int_equal(fixture_price(fixture, "new-4.1-mini", use), 3000);
    assert_int_equal(fixture_price(fixture, "anthropic/new-4-1", use), 4000);
    assert_int_equal(fixture_price(fixture, "new-4-1-20240805", use), 4000);
    assert_int_equal(fixture_price(fixture, "new-4-1-20250805", use), 5000);
}

static void a_pattern_covers_the_fast_mode(void **state)
{
    Fixture *fixture = *state;
    fixture_write(
        fixture, "prices.csv", "model,input,output,fast_factor\nnew-*,1,2,3\nnew-2*,5,2,\n");
    fixture_load(fixture);
    TmTokenUse use = {.input = 1000};
    assert_int_equal(fixture_price(fixture, "new-1-fast", use), 3000);
    assert_int_equal(fixture_price(fixture, "new-2-fast", use), FIXTURE_UNPRICED);
}

static void the_latest_start_that_has_come_counts(void **state)
{
    Fixture *fixture = *state;
    load_prices(fixture, "*,new,1,,,1,,,\n*,new,3,,,1,,2026-06-01,2026-06-30\n"
                         "*,new,2,,,1,,2026-03-01,\n");
    assert_int_equal(price_on(fixture, 0, "new", "2026-02-28"), 1000);
    assert_int_equal(price_on(fixture, 0, "new", "2026-03-01"), 2000);
    assert_int_equal(price_on(fixture, 0, "new", "2026-05-31"), 2000);
    assert_int_equal(price_on(fixture, 0, "new", "2026-06-01"), 3000);
    assert_int_equal(price_on(fixture, 0, "new", "2026-06-30"), 3000);
    assert_int_equal(price_on(fixture, 0, "new", "2026-07-01"), 2000);
}

static void outside_its_days_a_row_leaves_the_model_to_the_next_list(void **state)
{
    Fixture *fixture = *state;
    load_prices(fixture, "*,gpt-5,9,,,9,,2026-03-01,2026-03-31\n*,new*,9,,,9,,2026-03-01,\n");
    assert_int_equal(price_on(fixture, 0, "gpt-5", "2026-03-31"), 9000);
    assert_int_equal(price_on(fixture, 0, "gpt-5", "2026-04-01"), 1250);
    assert_int_equal(price_on(fixture, 0, "new-1", "2026-02-28"), FIXTURE_UNPRICED);
}

static void a_row_for_the_tool_beats_one_for_all(void **state)
{
    Fixture *fixture = *state;
    load_prices(fixture, "*,new,1,,,1,,2026-01-01,\ncursor,new,2,,,1,,,\ncursor,*,3,,,1,,,\n"
                         ",*,4,,,1,,2026-01-01,\n");
    assert_int_equal(price_on(fixture, TM_TOOL_CURSOR, "new", "2026-08-03"), 2000);
    assert_int_equal(price_on(fixture, TM_TOOL_CODEX, "new", "2026-08-03"), 1000);
    assert_int_equal(price_on(fixture, TM_TOOL_CURSOR, "other", "2026-08-03"), 3000);
    assert_int_equal(price_on(fixture, TM_TOOL_CODEX, "other", "2026-08-03"), 4000);
}

static void a_price_of_zero_that_was_written_is_zero(void **state)
{
    Fixture *fixture = *state;
    load_prices(fixture, "*,own-model,0,0,0,0,,,\n");
    assert_int_equal(fixture_price(fixture, "own-model", (TmTokenUse){9, 9, 9, 9, 9}), 0);
}

static void missing_cache_prices_follow_the_maker(void **state)
{
    Fixture *fixture = *state;
    load_prices(fixture, "*,claude-new,4,,,1,,,\n*,gpt-new,4,,,1,,,\n*,gpt-odd,4,6,,1,,,\n");
    TmTokenUse write = {.cache_write = 1000}, hour = {.cache_write = 1000, .cache_write_1h = 1000};
    TmTokenUse read = {.cache_read = 1000};
    assert_int_equal(fixture_price(fixture, "claude-new", write), 5000);
    assert_int_equal(fixture_price(fixture, "claude-new", hour), 8000);
    assert_int_equal(fixture_price(fixture, "claude-new", read), 400);
    assert_int_equal(fixture_price(fixture, "gpt-new", write), 4000);
    assert_int_equal(fixture_price(fixture, "gpt-new", hour), 4000);
    assert_int_equal(fixture_price(fixture, "gpt-new", read), 400);
    assert_int_equal(fixture_price(fixture, "gpt-odd", hour), 6000);
}

static void other_makers_cache_without_a_price_has_none(void **state)
{
    Fixture *fixture = *state;
    load_prices(fixture, "*,new,4,5,,1,,,\n");
    assert_int_equal(fixture_price(fixture, "new", (TmTokenUse){.cache_write = 1000}), 5000);
    assert_int_equal(
        fixture_price(fixture, "new", (TmTokenUse){1000, 0, 0, 1, 1000}), FIXTURE_UNPRICED);
}

static void a_company_s_long_price_holds_over_its_limit(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "prices.csv",
        "model,input,cache_write_1h,output,long_over,long_input,long_cache_read,long_output\n"
        "claude-new,4,9,20,1000,6,1,\n");
    fixture_load(fixture);
    assert_int_equal(fixture_price(fixture, "claude-new", (TmTokenUse){.input = 1000}), 4000);
    assert_int_equal(fixture_price(fixture, "claude-new", (TmTokenUse){.input = 1001}), 6006);
    /* 1000 × 6 + 1000 × 7.5 + 1000 × 13.5 + 1000 × 1 + 1000 × 20: what is not given keeps its
     * ratio to the input price */
    TmTokenUse use = {1000, 2000, 1000, 1000, 1000};
    assert_int_equal(fixture_price(fixture, "claude-new", use), 48000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_request_of_sonnet_4_5_costs_what_its_vendor_reported),
        FIXTURE_TEST(a_request_of_sonnet_5_costs_the_sum_of_its_classes),
        FIXTURE_TEST(each_built_in_model_has_the_list_price),
        FIXTURE_TEST(the_amount_is_rounded_half_to_even_once),
        FIXTURE_TEST(use_without_tokens_costs_nothing),
        FIXTURE_TEST(a_request_under_or_at_the_limit_has_the_base_price),
        FIXTURE_TEST(a_request_over_the_limit_has_the_long_price_for_all_its_tokens),
        FIXTURE_TEST(cache_writes_count_towards_the_limit),
        FIXTURE_TEST(a_sum_over_requests_has_the_base_price),
        FIXTURE_TEST(models_from_claude_4_6_on_have_one_price),
        FIXTURE_TEST(the_fast_mode_multiplies_the_price),
        FIXTURE_TEST(a_name_that_ends_in_fast_asks_for_the_fast_mode),
        FIXTURE_TEST(a_fast_mode_without_a_known_price_has_none),
        FIXTURE_TEST(the_factor_of_a_preferred_list_counts),
        FIXTURE_TEST(writes_of_unknown_lifetime_are_taken_for_an_hour),
        FIXTURE_TEST(the_setting_takes_them_for_five_minutes),
        FIXTURE_TEST(a_known_split_assumes_nothing),
        FIXTURE_TEST(impossible_counts_have_no_price),
        FIXTURE_TEST(the_company_s_price_beats_the_built_in_one),
        FIXTURE_TEST(amounts_without_a_currency_are_in_the_organisation_s),
        FIXTURE_TEST(the_longest_match_counts),
        FIXTURE_TEST(a_pattern_covers_the_fast_mode),
        FIXTURE_TEST(the_latest_start_that_has_come_counts),
        FIXTURE_TEST(outside_its_days_a_row_leaves_the_model_to_the_next_list),
        FIXTURE_TEST(a_row_for_the_tool_beats_one_for_all),
        FIXTURE_TEST(a_price_of_zero_that_was_written_is_zero),
        FIXTURE_TEST(missing_cache_prices_follow_the_maker),
        FIXTURE_TEST(other_makers_cache_without_a_price_has_none),
        FIXTURE_TEST(a_company_s_long_price_holds_over_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
