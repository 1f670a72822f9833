/* OpenRouter's activity: what is billed, what is not, and which tokens are in which. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define HEADER                                                                                     \
    "generation_id,created_at,cost_total,byok_usage_inference,tokens_prompt,tokens_completion,"    \
    "tokens_cached,model_permaslug,cancelled,user,api_key_name\n"
#define ROW(rest) "gen-1,2026-09-21 14:13:20.120," rest "\n"
#define AT "2026-09-21+51200120 "

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.csv", text, records, diagnostics);
}

static void generations_are_read_with_the_full_header(void **state)
{
    (void)state;
    transcript_compare_golden("openrouter-generations.csv");
}

static void credits_are_billed_and_own_keys_are_not(void **state)
{
    (void)state;
    expect(HEADER ROW("0.0123,0.004,10,2,4,m,false,ana@example.com,k"),
        AT "email:ana@example.com key:k model:m interactions=1 requests=1 input_tokens=6 "
           "cache_read_tokens=4 output_tokens=2 metered=12300 list_value=4000\n",
        "");
}

static void a_key_alone_is_no_person_of_itself(void **state)
{
    (void)state;
    expect(HEADER ROW("0,,,,,m,false,,ana-laptop"),
        AT "key:ana-laptop service model:m interactions=1 requests=1 metered=0\n", "");
    expect(HEADER ROW("0,,,,,m,false,,"),
        AT "service model:m interactions=1 requests=1 metered=0\n", "");
}

static void a_cancelled_generation_is_no_request_and_keeps_its_cost(void **state)
{
    (void)state;
    expect(HEADER ROW("0.5,,,,,m,true,u-1,"),
        AT "user_id:u-1 model:m interactions=1 requests=0 metered=500000\n", "");
}

static void without_cached_tokens_the_prompt_is_unsplit(void **state)
{
    (void)state;
    expect("generation_id,created_at,cost_total,model_permaslug,tokens_prompt,tokens_completion\n"
           "gen-1,2026-09-21 14:13:20.120,0,m,10,2\n",
        AT "service model:m interactions=1 requests=1 output_tokens=2 unsplit_tokens=10 "
           "metered=0\n",
        "");
}

static void more_cached_than_prompted_is_all_cached(void **state)
{
    (void)state;
    expect(HEADER ROW("0,,10,2,11,m,false,u-1,"),
        AT "user_id:u-1 model:m interactions=1 requests=1 input_tokens=0 cache_read_tokens=10 "
           "output_tokens=2 metered=0\n",
        "");
}

static void the_id_is_the_key(void **state)
{
    (void)state;
    guint64 key = transcript_key("f.csv", HEADER ROW("0,,,,,m,false,u-1,"));
    assert_true(key == transcript_key("f.csv", HEADER ROW("7,,5,,,n,true,u-2,k")));
    assert_true(key != transcript_key(
                           "f.csv", HEADER "gen-2,2026-09-21 14:13:20.120,0,,,,,m,false,u-1,\n"));
}

static void bad_generations_are_left_out(void **state)
{
    (void)state;
    expect(HEADER ",2026-09-21 14:13:20,0,,,,,m,,,\n"
                  "gen-1,,0,,,,,m,,,\n"
                  "gen-1,2026-09-21,0,,,,,m,,,\n"
                  "gen-1,2026-09-21 14:13:20,-1,,,,,m,,,\n"
                  "gen-1,2026-09-21 14:13:20,free,,,,,m,,,\n"
                  "gen-1,2026-09-21 14:13:20,0,,1e30,,,m,,,\n"
                  "gen-1,2027-09-21 14:13:20,0,,,,,m,,,\n",
        "",
        "f.csv:2:1: skipped: missing field: generation_id: no id (export the file again with all "
        "columns)\n"
        "f.csv:3:7: skipped: missing field: created_at: no time (export the file again with all "
        "columns)\n"
        "f.csv:4:7: skipped: not a date: created_at: not a date with its time of day (write dates "
        "as YYYY-MM-DD)\n"
        "f.csv:5:27: skipped: number out of range: cost_total: an amount cannot be so (compare the "
        "record with the vendor's console)\n"
        "f.csv:6:27: skipped: not a number: cost_total: an amount is wanted (export the file again "
        "or mend the field)\n"
        "f.csv:7:30: skipped: not a number: tokens_prompt: a whole number is wanted (export the "
        "file again or mend the field)\n"
        "f.csv:8:7: skipped: date in the future: created_at: later than the day of this run (check "
        "the clock of the exporting system)\n");
}

/* ---- Days ---------------------------------------------------------------------------------- */

#define SNAKE                                                                                      \
    "{'date':'2026-09-21','model':'openai/gpt-4.1','model_permaslug':'openai/gpt-4.1-2025-04-14'," \
    "'endpoint_id':'e','provider_name':'OpenAI','usage':0.015,'byok_usage_inference':0.25,"        \
    "'requests':5,'prompt_tokens':50,'completion_tokens':125,'reasoning_tokens':25}"
#define CAMEL                                                                                      \
    "{'date':'2026-09-21 00:00:00','model':'openai/gpt-4.1',"                                      \
    "'modelPermaslug':'openai/gpt-4.1-2025-04-14','endpointId':'e','providerName':'OpenAI',"       \
    "'usage':0.015,'byokUsageInference':0.25,'requests':5,'promptTokens':50,"                      \
    "'completionTokens':125,'reasoningTokens':25}"
#define DAY                                                                                        \
    "2026-09-21 service model:openai/gpt-4.1-2025-04-14 interactions=5 requests=5 "                \
    "output_tokens=125 unsplit_tokens=50 metered=15000 list_value=250000\n"

static void days_of_the_account_stay_apart_in_both_spellings(void **state)
{
    (void)state;
    transcript_expect_json("f.json", "{'data':[" SNAKE "]}", DAY, "");
    transcript_expect_json("f.json", "[" CAMEL "]", DAY, "");
    assert_true(transcript_key_json("f.json", SNAKE) == transcript_key_json("f.json", CAMEL));
}

static void noise_of_floats_is_rounded(void **state)
{
    (void)state;
    transcript_expect_json("f.json",
        "{'date':'2026-09-21','model_permaslug':'m','usage':0.015000000000000001,'requests':null}",
        "2026-09-21 service model:m interactions=0 metered=15000\n", "");
}

static void bad_days_are_left_out(void **state)
{
    (void)state;
    transcript_expect_json("f.json",
        "{'date':null,'model_permaslug':'m','usage':1}\n"
        "{'date':'2026-09-21','model_permaslug':'m','usage':true}\n"
        "{'date':'2026-09-21','model_permaslug':{},'usage':1}\n",
        "",
        "f.json:1:1: skipped: missing field: date: no day (export the file again with all "
        "columns)\n"
        "f.json:2:1: skipped: not a number: usage: an amount is wanted (export the file again or "
        "mend the field)\n"
        "f.json:3:1: skipped: broken JSON: model_permaslug: text is wanted (export the file again; "
        "it may be cut off)\n");
}

static int enter(void **state)
{
    (void)state;
    transcript_enter_folder();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generations_are_read_with_the_full_header),
        cmocka_unit_test(credits_are_billed_and_own_keys_are_not),
        cmocka_unit_test(a_key_alone_is_no_person_of_itself),
        cmocka_unit_test(a_cancelled_generation_is_no_request_and_keeps_its_cost),
        cmocka_unit_test(without_cached_tokens_the_prompt_is_unsplit),
        cmocka_unit_test(more_cached_than_prompted_is_all_cached),
        cmocka_unit_test(the_id_is_the_key),
        cmocka_unit_test(bad_generations_are_left_out),
        cmocka_unit_test(days_of_the_account_stay_apart_in_both_spellings),
        cmocka_unit_test(noise_of_floats_is_rounded),
        cmocka_unit_test(bad_days_are_left_out),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
