/* Price files of LiteLLM and models.dev. */
#include <string.h>

#include "fixture.h"

#define LITELLM "model_prices_and_context_window.json"
#define MODELS_DEV "api.json"

static void load_litellm(Fixture *fixture, const char *text)
{
    fixture_write(fixture, LITELLM, text);
    fixture_load(fixture);
}

static void load_models_dev(Fixture *fixture, const char *text)
{
    fixture_write(fixture, MODELS_DEV, text);
    fixture_load(fixture);
}

static void assert_prices(
    const Fixture *fixture, const char *model, TmTokenUse use, gint64 expected)
{
    assert_int_equal(fixture_price(fixture, model, use), expected);
}

/* ---- LiteLLM ----------------------------------------------------------------------------- */

static const char claude[] =
    "{\"sample_spec\":{\"input_cost_per_token\":0.5,\"output_cost_per_token\":0.5,\"max_tokens\":"
    "\"set to max\"},\n"
    "\"claude-new\":{\"litellm_provider\":\"anthropic\",\"mode\":\"chat\","
    "\"input_cost_per_token\":3e-06,\"output_cost_per_token\":0.000015,"
    "\"cache_creation_input_token_cost\":3.75E-6,"
    "\"cache_creation_input_token_cost_above_1hr\":6e-06,\"cache_read_input_token_cost\":3e-07,"
    "\"input_cost_per_token_above_200k_tokens\":6e-06,"
    "\"output_cost_per_token_above_200k_tokens\":2.25e-05,"
    "\"cache_creation_input_token_cost_above_200k_tokens\":7.5e-06,"
    "\"cache_creation_input_token_cost_above_1hr_above_200k_tokens\":1.2e-05,"
    "\"cache_read_input_token_cost_above_200k_tokens\":6e-07,"
    "\"provider_specific_entry\":{\"us\":1.1,\"fast\":2.5},"
    "\"search_context_cost_per_query\":{\"search_context_size_low\":0.01},"
    "\"supported_regions\":[\"a\",\"b\"],\"deprecation_date\":null,\"supports_vision\":true}}";

static void each_price_of_a_litellm_entry_is_read(void **state)
{
    Fixture *fixture = *state;
    load_litellm(fixture, claude);
    /* 1000 × (3 + 3.75 + 6 + 0.3 + 15) */
    assert_prices(fixture, "claude-new", (TmTokenUse){1000, 2000, 1000, 1000, 1000}, 28050);
    assert_int_equal(fixture_price_source(fixture, "claude-new"), TM_PRICE_LITELLM);
    assert_int_equal(tm_diagnostics_worst(fixture->diagnostics), TM_SEVERITY_NOTE);
}

static void thresholds_are_in_the_names_of_the_fields(void **state)
{
    Fixture *fixture = *state;
    load_litellm(fixture, claude);
    /* 200001 × 6 + 1000 × (7.5 + 12 + 0.6 + 22.5), against 196999 … at the limit */
    assert_prices(fixture, "claude-new", (TmTokenUse){200001, 2000, 1000, 1000, 1000}, 1242606);
    assert_prices(fixture, "claude-new", (TmTokenUse){197000, 2000, 1000, 1000, 1000}, 616050);
    assert_prices(fixture, "claude-new", (TmTokenUse){197001, 2000, 1000, 1000, 1000}, 1224606);
}

static void the_fast_factor_of_a_litellm_entry_is_read(void **state)
{
    Fixture *fixture = *state;
    load_litellm(fixture, claude);
    assert_prices(fixture, "claude-new-fast", (TmTokenUse){.input = 1000}, 7500);
}

static void the_sample_is_no_model(void **state)
{
    Fixture *fixture = *state;
    load_litellm(fixture, claude);
    assert_prices(fixture, "sample_spec", (TmTokenUse){.input = 1}, FIXTURE_UNPRICED);
}

static void prices_of_service_tiers_are_not_the_base_price(void **state)
{
    Fixture *fixture = *state;
    load_litellm(fixture,
        "{\"gpt-new\":{\"input_cost_per_token_priority\":9e-06,\"input_cost_per_token\":2.5e-06,"
        "\"input_cost_per_token_flex\":1e-06,\"input_cost_per_token_batches\":1e-06,"
        "\"output_cost_per_token\":1.5e-05,\"output_cost_per_reasoning_token\":9e-06,"
        "\"input_cost_per_token_above_272k_tokens\":5e-06,"
        "\"input_cost_per_token_above_272k_tokens_priority\":9e-06,"
        "\"input_cost_per_audio_token\":9e-06,\"cache_read_input_token_cost_priority\":9e-06}}");
    assert_prices(fixture, "gpt-new", (TmTokenUse){.input = 272000}, 680000);
    assert_prices(fixture, "gpt-new", (TmTokenUse){.input = 272001}, 1360005);
    assert_prices(fixture, "gpt-new", (TmTokenUse){.cache_read = 1000}, 250);
}

static void the_highest_limit_that_was_passed_counts(void **state)
{
    Fixture *fixture = *state;
    load_litellm(fixture,
        "{\"new\":{\"input_cost_per_token_above_256k_tokens\":3e-06,\"output_cost_per_token\":1e-6,"
        "\"input_cost_per_token\":1e-06,\"input_cost_per_token_above_128k_tokens\":2e-06}}");
    assert_prices(fixture, "new", (TmTokenUse){.input = 128000}, 128000);
    assert_prices(fixture, "new", (TmTokenUse){.input = 128001}, 256002);
    assert_prices(fixture, "new", (TmTokenUse){.input = 256001}, 768003);
}

static void null_zero_and_text_are_told_apart(void **state)
{
    Fixture *fixture = *state;
    load_litellm(fixture,
        "{\"claude-a\":{\"input_cost_per_token\":\"0.000002\",\"output_cost_per_token\":1e-05,"
        "\"cache_read_input_token_cost\":null,\"cache_creation_input_token_cost\":0.0},"
        "\"claude-b\":{\"input_cost_per_token\":0,\"output_cost_per_token\":0.0},"
        "\"claude-c\":{\"input_cost_per_token\":null,\"output_cost_per_token\":1e-05},"
        "\"claude-d\":{\"input_cost_per_token\":1e-06},\"claude-e\":null,\"claude-f\":[{}]}");
    assert_prices(fixture, "claude-a", (TmTokenUse){1000, 1000, 0, 1000, 0}, 4700);
    static const char *const none[] = {"claude-b", "claude-c", "claude-d", "claude-e", "claude-f"};
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
        assert_prices(fixture, none[i], (TmTokenUse){.input = 1}, FIXTURE_UNPRICED);
    assert_int_equal(tm_diagnostics_exit_code(fixture->diagnostics), 0);
}

static void a_free_entry_does_not_hide_the_built_in_price(void **state)
{
    Fixture *fixture = *state;
    load_litellm(fixture, "{\"gpt-5\":{\"input_cost_per_token\":0,\"output_cost_per_token\":0}}");
    assert_int_equal(fixture_price_source(fixture, "gpt-5"), TM_PRICE_BUILT_IN);
}

static void load_hour_price(Fixture *fixture, const char *hour)
{
    g_autofree char *text = g_strdup_printf(
        "{\"claude-new\":{\"input_cost_per_token\":1e-05,\"output_cost_per_token\":5e-05,"
        "\"cache_creation_input_token_cost_above_1hr\":%s}}",
        hour);
    load_litellm(fixture, text);
}

static void hour_prices_out_of_proportion_are_twice_the_input(void **state)
{
    Fixture *fixture = *state;
    static const struct {
        const char *hour;
        gint64 expected; /* of 1,000 tokens */
    } cases[] = {{"1.9e-05", 19000}, {"2.1e-05", 21000}, {"1.899999e-05", 20000},
        {"2.100001e-05", 20000}, {"4e-06", 20000}, {"2.4e-04", 20000}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        tm_setup_free(g_steal_pointer(&fixture->setup));
        load_hour_price(fixture, cases[i].hour);
        assert_prices(fixture, "claude-new",
            (TmTokenUse){.cache_write = 1000, .cache_write_1h = 1000}, cases[i].expected);
    }
}

static void tiny_prices_are_exact(void **state)
{
    Fixture *fixture = *state;
    load_litellm(fixture, "{\"new\":{\"input_cost_per_token\":7.5e-08,\"output_cost_per_token\":"
                          "0.000000000001,\"cache_read_input_token_cost\":1.25e-09}}");
    assert_prices(fixture, "new", (TmTokenUse){.input = 1000000}, 75000);
    assert_prices(fixture, "new", (TmTokenUse){.cache_read = 1000000}, 1250);
    assert_prices(fixture, "new", (TmTokenUse){.output = 1000000}, 1);
}

/* The reference last and first: the order in the file must not matter. */
static void the_bare_name_of_the_maker_is_the_reference(void **state)
{
    Fixture *fixture = *state;
#define ENTRY(name, provider, price)                                                               \
    "\"" name "\":{\"litellm_provider\":\"" provider "\",\"input_cost_per_token\":" price          \
    ",\"output_cost_per_token\":1}"
    load_litellm(fixture,
        "{" ENTRY("us.anthropic.claude-a-v1:0", "bedrock", "9e-06") "," ENTRY("claude-a",
            "anthropic", "1e-06") "," ENTRY("gpt-b", "openai", "2e-06") "," ENTRY("azure/gpt-b",
            "azure", "9e-06") "," ENTRY("openrouter/only", "openrouter",
            "3e-06") "," ENTRY("twice/c", "x", "9e-06") "," ENTRY("c", "y", "4e-06") "}");
#undef ENTRY
    assert_prices(fixture, "claude-a", (TmTokenUse){.input = 1000}, 1000);
    assert_prices(fixture, "azure/gpt-b", (TmTokenUse){.input = 1000}, 2000);
    assert_prices(fixture, "only", (TmTokenUse){.input = 1000}, 3000);
    assert_prices(fixture, "c", (TmTokenUse){.input = 1000}, 4000);
}

/* ---- models.dev -------------------------------------------------------------------------- */

static const char providers[] =
    "{\"aaa\":{\"id\":\"aaa\",\"models\":{\"gpt-new\":{\"cost\":{\"input\":9,\"output\":9}}}},\n"
    "\"openai\":{\"models\":{\"gpt-new\":{\"name\":\"GPT "
    "New\",\"cost\":{\"input\":2.5,\"output\":15,"
    "\"cache_read\":0.25,\"reasoning\":60,\"tiers\":[{\"input\":5,\"output\":22.5,\"cache_read\":0."
    "5,"
    "\"tier\":{\"type\":\"context\",\"size\":272000}},{\"input\":90,\"output\":90,"
    "\"tier\":{\"type\":\"speed\",\"size\":10}}]},\"limit\":{\"context\":1050000,\"output\":128000}"
    "}}},\n"
    "\"zzz\":{\"models\":{\"gpt-new\":{\"cost\":{\"input\":8,\"output\":8}},\"bare\":{}}},\n"
    "\"anthropic\":{\"models\":{\"claude-new\":{\"cost\":{\"input\":3,\"output\":15,\"cache_read\":"
    "0.3,"
    "\"cache_write\":3.75,\"context_over_200k\":{\"input\":6,\"output\":22.5,\"cache_read\":0.6,"
    "\"cache_write\":7.5}}}}}}";

static void each_price_of_a_models_dev_entry_is_read(void **state)
{
    Fixture *fixture = *state;
    load_models_dev(fixture, providers);
    assert_prices(fixture, "claude-new", (TmTokenUse){1000, 2000, 1000, 1000, 1000}, 28050);
    assert_prices(fixture, "claude-new", (TmTokenUse){200001, 2000, 1000, 1000, 1000}, 1242606);
    assert_int_equal(fixture_price_source(fixture, "claude-new"), TM_PRICE_MODELS_DEV);
    assert_int_equal(tm_diagnostics_worst(fixture->diagnostics), TM_SEVERITY_NOTE);
}

static void only_tiers_of_the_context_are_long_prices(void **state)
{
    Fixture *fixture = *state;
    load_models_dev(fixture, providers);
    assert_prices(fixture, "gpt-new", (TmTokenUse){.input = 272000}, 680000);
    assert_prices(fixture, "gpt-new", (TmTokenUse){272000, 0, 0, 2, 2}, 1360046);
}

static void the_maker_s_offer_counts_wherever_it_stands(void **state)
{
    Fixture *fixture = *state;
    load_models_dev(fixture, providers);
    assert_prices(fixture, "gpt-new", (TmTokenUse){.input = 1000}, 2500);
}

static void models_without_a_cost_have_none(void **state)
{
    Fixture *fixture = *state;
    load_models_dev(fixture, providers);
    assert_prices(fixture, "bare", (TmTokenUse){.input = 1}, FIXTURE_UNPRICED);
}

/* ---- Precedence -------------------------------------------------------------------------- */

static void write_list(Fixture *fixture, TmPriceSource source)
{
    if (source == TM_PRICE_COMPANY)
        fixture_write(fixture, "prices.csv", "model,input,output\ngpt*,7,9\n");
    else if (source == TM_PRICE_LITELLM)
        fixture_write(fixture, LITELLM,
            "{\"x/gpt-5\":{\"input_cost_per_token\":8e-06,\"output_cost_per_token\":9e-06}}");
    else if (source == TM_PRICE_MODELS_DEV)
        fixture_write(fixture, MODELS_DEV,
            "{\"openai\":{\"models\":{\"gpt-5-2025-08-07\":{\"cost\":{\"input\":9,\"output\":9}}}}"
            "}");
}

/* A weaker match in a preferred list beats a better match in the next. */
static void lists_rank_as_they_are_named(void **state)
{
    Fixture *fixture = *state;
    static const gint64 expected[TM_PRICE_SOURCE_COUNT] = {7000, 8000, 9000, 1250};
    for (int source = TM_PRICE_BUILT_IN; source >= TM_PRICE_COMPANY; source--) {
        tm_setup_free(g_steal_pointer(&fixture->setup));
        write_list(fixture, (TmPriceSource)source);
        fixture_load(fixture);
        assert_prices(fixture, "gpt-5-2025-08-07", (TmTokenUse){.input = 1000}, expected[source]);
        assert_int_equal(fixture_price_source(fixture, "gpt-5-2025-08-07"), source);
    }
}

static void the_better_match_counts_in_each_list(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "prices.csv", "model,input,output\nother,7,9\n");
    load_litellm(fixture,
        "{\"new\":{\"input_cost_per_token\":1e-06,\"output_cost_per_token\":1e-06},"
        "\"new-20260102\":{\"input_cost_per_token\":2e-06,"
        "\"output_cost_per_token\":1e-06}}");
    assert_prices(fixture, "new-20260102", (TmTokenUse){.input = 1000}, 2000);
    assert_prices(fixture, "new-20260103", (TmTokenUse){.input = 1000}, 1000);
}

static void what_a_preferred_list_lacks_comes_from_the_next(void **state)
{
    Fixture *fixture = *state;
    for (int source = TM_PRICE_COMPANY; source < TM_PRICE_BUILT_IN; source++)
        write_list(fixture, (TmPriceSource)source);
    fixture_load(fixture);
    assert_int_equal(fixture_price_source(fixture, "claude-sonnet-5"), TM_PRICE_BUILT_IN);
}

static void a_price_file_takes_the_fast_factor_from_the_next_list(void **state)
{
    Fixture *fixture = *state;
    load_litellm(
        fixture, "{\"gpt-5.4\":{\"input_cost_per_token\":3e-06,\"output_cost_per_token\":9e-06}}");
    assert_prices(fixture, "gpt-5.4-fast", (TmTokenUse){.input = 1000}, 6000);
}

static void models_dev_takes_the_fast_factor_from_the_built_in_list(void **state)
{
    Fixture *fixture = *state;
    load_models_dev(
        fixture, "{\"openai\":{\"models\":{\"gpt-5.4\":{\"cost\":{\"input\":3,\"output\":9}}}}}");
    assert_prices(fixture, "gpt-5.4-fast", (TmTokenUse){.input = 1000}, 6000);
}

static void a_price_file_changes_the_fingerprint(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *before = g_strdup(fixture_load(fixture)->fingerprint);
    tm_setup_free(g_steal_pointer(&fixture->setup));
    load_litellm(fixture, claude);
    assert_string_not_equal(before, fixture->setup->fingerprint);
}

/* ---- Files of any kind ------------------------------------------------------------------- */

/* Whether the folder can be used with this file in it. */
static gboolean is_usable(Fixture *fixture, const char *name, const char *bytes, gsize length)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    g_autofree char *settings = g_build_filename(fixture->folder, "tidemark.ini", NULL);
    assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(TmSetup) setup = tm_setup_load(settings, diagnostics, NULL);
    assert_int_equal(setup == NULL, tm_diagnostics_count(diagnostics, TM_KIND_BAD_SETUP) > 0);
    return setup != NULL;
}

static void files_that_are_no_sound_object_are_refused(void **state)
{
    Fixture *fixture = *state;
    static const char *const files[] = {"", " ", "[]", "1", "null", "\"a\"", "{", "{\"a\"",
        "{\"a\":", "{\"a\":{}", "{\"a\":{\"input_cost_per_token\":1e-6",
        "{\"a\":{\"models\":{\"b\"", "{\"a\":{\"litellm_provider\":\"\\x\"}}", "{\"a\":{}}\xff",
        "{'a':1}", "<html></html>"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        if (is_usable(fixture, LITELLM, files[i], strlen(files[i])))
            fail_msg("%s was taken", files[i]);
    }
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    Fixture *fixture = *state;
    for (gsize length = 0; length < strlen(claude); length++)
        assert_false(is_usable(fixture, LITELLM, claude, length));
    g_autofree char *path = g_build_filename(fixture->folder, LITELLM, NULL);
    assert_true(g_file_set_contents(path, "{}", -1, NULL));
    for (gsize length = 0; length < strlen(providers); length++)
        assert_false(is_usable(fixture, MODELS_DEV, providers, length));
}

static void values_of_other_kinds_leave_only_their_model_out(void **state)
{
    Fixture *fixture = *state;
    static const char *const values[] = {"-1e-06", "1e400", "1e-6e", "99", "\"free\"", "\"\"",
        "true", "[1]", "{\"a\":1}", "123456789012345678901234567890"};
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autofree char *text = g_strdup_printf(
            "{\"bad\":{\"input_cost_per_token\":%s,\n\"output_cost_per_token\":1e-06},\n"
            "\"good\":{\"input_cost_per_token\":1e-06,\"output_cost_per_token\":1e-06}}",
            values[i]);
        tm_setup_free(g_steal_pointer(&fixture->setup));
        load_litellm(fixture, text);
        assert_prices(fixture, "bad", (TmTokenUse){.input = 1}, FIXTURE_UNPRICED);
        assert_prices(fixture, "good", (TmTokenUse){.input = 1}, 1);
        assert_int_equal(fixture_count(fixture, TM_KIND_BAD_NUMBER), i + 1);
    }
}

static void nesting_beyond_the_reader_is_passed_over_or_refused(void **state)
{
    Fixture *fixture = *state;
    for (gsize depth = 1; depth < 3000; depth = depth * 3 / 2 + 1) {
        g_autoptr(GString) text = g_string_new("{\"a\":{\"models\":{\"b\":{\"cost\":{\"tiers\":");
        for (gsize i = 0; i < depth; i++)
            g_string_append(text, "[{\"tier\":");
        g_string_append_c(text, '1');
        for (gsize i = 0; i < depth; i++)
            g_string_append(text, "}]");
        g_string_append(text, "}}}}}");
        gboolean usable = is_usable(fixture, MODELS_DEV, text->str, text->len);
        assert_true(usable || depth > 500);
    }
}

static void a_file_over_sixteen_mebibytes_is_refused(void **state)
{
    Fixture *fixture = *state;
    gsize length = (gsize)16 * 1024 * 1024;
    g_autofree char *text = g_strnfill(length + 1, ' ');
    text[0] = '{';
    text[length - 1] = '}';
    assert_true(is_usable(fixture, LITELLM, text, length));
    text[length - 1] = ' ';
    text[length] = '}';
    assert_false(is_usable(fixture, LITELLM, text, length + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(each_price_of_a_litellm_entry_is_read),
        FIXTURE_TEST(thresholds_are_in_the_names_of_the_fields),
        FIXTURE_TEST(the_fast_factor_of_a_litellm_entry_is_read),
        FIXTURE_TEST(the_sample_is_no_model),
        FIXTURE_TEST(prices_of_service_tiers_are_not_the_base_price),
        FIXTURE_TEST(the_highest_limit_that_was_passed_counts),
        FIXTURE_TEST(null_zero_and_text_are_told_apart),
        FIXTURE_TEST(a_free_entry_does_not_hide_the_built_in_price),
        FIXTURE_TEST(hour_prices_out_of_proportion_are_twice_the_input),
        FIXTURE_TEST(tiny_prices_are_exact),
        FIXTURE_TEST(the_bare_name_of_the_maker_is_the_reference),
        FIXTURE_TEST(each_price_of_a_models_dev_entry_is_read),
        FIXTURE_TEST(only_tiers_of_the_context_are_long_prices),
        FIXTURE_TEST(the_maker_s_offer_counts_wherever_it_stands),
        FIXTURE_TEST(models_without_a_cost_have_none),
        FIXTURE_TEST(lists_rank_as_they_are_named),
        FIXTURE_TEST(the_better_match_counts_in_each_list),
        FIXTURE_TEST(what_a_preferred_list_lacks_comes_from_the_next),
        FIXTURE_TEST(a_price_file_takes_the_fast_factor_from_the_next_list),
        FIXTURE_TEST(models_dev_takes_the_fast_factor_from_the_built_in_list),
        FIXTURE_TEST(a_price_file_changes_the_fingerprint),
        FIXTURE_TEST(files_that_are_no_sound_object_are_refused),
        FIXTURE_TEST(a_file_cut_anywhere_is_refused),
        FIXTURE_TEST(values_of_other_kinds_leave_only_their_model_out),
        FIXTURE_TEST(nesting_beyond_the_reader_is_passed_over_or_refused),
        FIXTURE_TEST(a_file_over_sixteen_mebibytes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
