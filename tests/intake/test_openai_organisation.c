/* OpenAI's organisation exports: usage and costs, of the interface and of the dashboard. */
#include "transcript.h"

#include <string.h>
#include <time.h>

#include "../cmocka_all.h"

#define BUCKET(start, end, results)                                                                \
    "{\"object\":\"bucket\",\"start_time\":" start ",\"end_time\":" end ",\"results\":[" results   \
    "]}"
#define DAY_8(results) BUCKET("1788825600", "1788912000", results)
#define DAY_9(results) BUCKET("1788912000", "1788998400", results)
#define DAY_11(results) BUCKET("1789084800", "1789171200", results)
#define PAGE(buckets)                                                                              \
    "{\"object\":\"page\",\"data\":[" buckets "],\"has_more\":false,\"next_page\":\"\"}"

#define USED(input, cached, output, requests, members)                                             \
    "{\"object\":\"organization.usage.completions.result\",\"input_tokens\":" #input               \
    ",\"input_cached_tokens\":" #cached ",\"output_tokens\":" #output                              \
    ",\"num_model_requests\":" #requests ",\"input_audio_tokens\":0," members "}"
#define ANA                                                                                        \
    USED(141000, 76000, 9700, 470,                                                                 \
        "\"project_id\":\"proj\",\"user_id\":\"user-A\",\"api_key_id\":null,\"model\":"            \
        "\"gpt-5.4\",\"batch\":false,\"service_tier\":\"default\"")
#define ANA_TEXT                                                                                   \
    "2026-09-08 user_id:user-A model:gpt-5.4 label:project:proj price interactions=470 "           \
    "requests=470 input_tokens=65000 cache_read_tokens=76000 output_tokens=9700\n"
#define BY(user, members) USED(10, 4, 1, 2, "\"user_id\":\"" user "\"" members)
#define COUNTS "interactions=2 requests=2 input_tokens=6 cache_read_tokens=4 output_tokens=1\n"
#define NOBODY USED(10, 4, 1, 2, "\"user_id\":null")
#define NOBODY_TEXT "2026-09-08 source:openai-usage-organisation service price " COUNTS

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f", text, records, diagnostics);
}

/* ---- Usage of the interface ---------------------------------------------------------------- */

static void usage_of_users_covers_the_days_of_its_buckets(void **state)
{
    (void)state;
    expect(PAGE(DAY_8(ANA) "," DAY_9("")), ANA_TEXT "covered 2026-09-08 2026-09-09\n", "");
}

static void the_results_may_be_called_result_and_the_file_be_an_array(void **state)
{
    (void)state;
    expect("[{\"start_time\":1788825600,\"end_time\":1788912000,\"result\":[" ANA "]}]",
        ANA_TEXT "covered 2026-09-08 2026-09-08\n", "");
}

static void days_between_pages_are_not_covered(void **state)
{
    (void)state;
    expect(PAGE(DAY_8(ANA)) "\n" PAGE(DAY_11("")),
        ANA_TEXT "covered 2026-09-08 2026-09-08\ncovered 2026-09-11 2026-09-11\n", "");
}

static void usage_without_users_stands_apart_and_covers_nothing(void **state)
{
    (void)state;
    expect(PAGE(DAY_8(NOBODY)), NOBODY_TEXT, "");
}

static void grouped_rows_are_parts_of_one_record(void **state)
{
    (void)state;
    Reading reading;
    const char *text = PAGE(DAY_8(BY("user-A", ",\"model\":\"a\"") "," BY(
        "user-B", ",\"model\":\"a\"") "," BY("user-A", ",\"model\":\"b\"")));
    transcript_read(&reading, "f", text, strlen(text));
    assert_string_equal(reading.records->str,
        "2026-09-08 user_id:user-A model:a price " COUNTS
        "2026-09-08 user_id:user-B model:a price " COUNTS
        "2026-09-08 user_id:user-A part=1 model:b price " COUNTS "covered 2026-09-08 2026-09-08\n");
    assert_int_equal(reading.keys->len, 2);
    transcript_clear(&reading);
}

static void a_first_bucket_that_begins_late_has_the_key_of_the_whole_one(void **state)
{
    (void)state;
    Reading late, whole, hour;
    const char *texts[] = {BUCKET("1788840000", "1788912000", ANA), DAY_8(ANA),
        BUCKET("1788908400", "1788912000", ANA)};
    transcript_read(&late, "f", texts[0], strlen(texts[0]));
    transcript_read(&whole, "f", texts[1], strlen(texts[1]));
    transcript_read(&hour, "f", texts[2], strlen(texts[2]));
    assert_string_equal(late.records->str, ANA_TEXT);
    guint64 key = g_array_index(whole.keys, guint64, 0);
    assert_int_equal(g_array_index(late.keys, guint64, 0), key);
    assert_true(g_array_index(hour.keys, guint64, 0) != key);
    transcript_clear(&late);
    transcript_clear(&whole);
    transcript_clear(&hour);
}

static void input_without_a_split_is_unsplit(void **state)
{
    (void)state;
    expect(DAY_8("{\"num_model_requests\":1,\"input_tokens\":5,\"user_id\":\"u\"}"),
        "2026-09-08 user_id:u price interactions=1 requests=1 unsplit_tokens=5\n"
        "covered 2026-09-08 2026-09-08\n",
        "");
}

static void newer_rows_tell_what_was_written_to_the_cache(void **state)
{
    (void)state;
    expect(DAY_8(BY("u", ",\"input_uncached_tokens\":6,\"input_cache_write_tokens\":2")),
        "2026-09-08 user_id:u price interactions=2 requests=2 input_tokens=4 "
        "cache_write_tokens=2 cache_read_tokens=4 output_tokens=1\n"
        "covered 2026-09-08 2026-09-08\n",
        "");
}

static void batches_and_tiers_have_other_prices(void **state)
{
    (void)state;
    expect(DAY_8(BY("u", ",\"batch\":true") "," BY("v", ",\"service_tier\":\"flex\"") "," BY(
               "w", ",\"service_tier\":\"priority\"")),
        "2026-09-08 user_id:u " COUNTS "2026-09-08 user_id:v " COUNTS
        "2026-09-08 user_id:w price/fast " COUNTS "covered 2026-09-08 2026-09-08\n",
        "");
}

static void a_last_page_that_has_more_wants_another(void **state)
{
    (void)state;
    expect("{\"data\":[" DAY_8(NOBODY) "],\"has_more\":true}", NOBODY_TEXT,
        "f: warning: incomplete export: has_more: the last page says that there is more, and the "
        "next page is not here (export all pages of the period again)\n");
    expect("{\"data\":[" DAY_8(NOBODY) "],\"has_more\":true}{\"data\":[" DAY_9(
               "") "],\"has_more\":false}",
        NOBODY_TEXT, "");
}

static void buckets_without_any_result_are_no_use_stated(void **state)
{
    (void)state;
    expect(PAGE(DAY_8("") "," DAY_9("")), "",
        "f: note: empty file: no rows in it, which does not mean no use (export the period again "
        "if use was expected)\n");
}

static void wrong_values_of_usage_are_reported(void **state)
{
    (void)state;
    expect("[" DAY_8("{\"input_tokens\":-5}") ",\n" DAY_8(
               "{\"vector_store_bytes\":5},{}") ",\n" BUCKET("1788825600", "1789084800",
               ANA) ",\n" BUCKET("null", "1788912000", ANA) ",\n" BUCKET("1988825600", "1988825700",
               ANA) "]",
        "",
        "f:1:2: skipped: number out of range: results[].input_tokens: a count cannot be so "
        "(compare the record with the vendor's console)\n"
        "f:2:1: skipped: missing field: num_model_requests: results without requests, tokens or "
        "amounts are not read, here and below (export the file again with all columns)\n"
        "f:2: note: unknown field: vector_store_bytes: not in the table of this format (nothing to "
        "do: it is not read)\n"
        "f:3:1: skipped: not a date: end_time: the bucket does not lie within one day (UTC): "
        "export buckets of a day or less (write dates as YYYY-MM-DD)\n"
        "f:4:1: skipped: missing field: start_time: a bucket of time has two ends (export the file "
        "again with all columns)\n"
        "f:5:1: skipped: date in the future: start_time: later than the day of this run (check the "
        "clock of the exporting system)\n");
}

/* ---- Costs of the interface ---------------------------------------------------------------- */

#define COST(value, currency, members)                                                             \
    "{\"object\":\"organization.costs.result\",\"amount\":{\"value\":" value                       \
    ",\"currency\":\"" currency "\"}," members "}"
#define NO_ITEM "\"line_item\":null"
/* The format's own source is the one that stands apart, so that it is not named. */
#define BILLED "2026-09-08 service "

static void costs_are_metered_totals(void **state)
{
    (void)state;
    expect(PAGE(DAY_8(COST("0.06", "usd", NO_ITEM ",\"project_id\":\"p\"")) "," DAY_9("")),
        BILLED "label:project:p metered=60000\n", "");
}

static void an_amount_may_be_text_with_many_decimals(void **state)
{
    (void)state;
    expect(DAY_8(COST("\"0.003835980000000000000000000000\"", "USD", NO_ITEM) "," COST(
               "1.5e-05", "USD", NO_ITEM)),
        BILLED "metered=3836\n2026-09-08 service part=1 metered=15\n", "");
}

static void amounts_without_a_line_item_beside_others_are_their_sum(void **state)
{
    (void)state;
    expect(DAY_8(COST("3", "usd", NO_ITEM) "," COST("1", "usd",
               "\"line_item\":\"gpt-5.4, input\"") "," COST("2", "usd", "\"line_item\":\"tools\"")),
        BILLED "model:gpt-5.4 metered=1000000\n2026-09-08 service part=1 metered=2000000\n", "");
}

static void wrong_amounts_are_reported(void **state)
{
    (void)state;
    expect("[" DAY_8(COST("1", "eur", NO_ITEM)) ",\n" DAY_8(COST("-1", "usd", NO_ITEM)) ",\n" DAY_8(
               COST("\"x\"", "usd", NO_ITEM)) ",\n" DAY_8(COST("null", "usd",
               NO_ITEM)) ",\n" DAY_8(COST("1e30", "usd", NO_ITEM)) ",\n" DAY_8(COST("[]", "usd",
               NO_ITEM)) "]",
        "",
        "f:1:2: skipped: value not allowed: amount.currency: not US dollars (see docs/settings.md "
        "for the allowed values)\n"
        "f:2:1: skipped: number out of range: amount.value: an amount cannot be so (compare the "
        "record with the vendor's console)\n"
        "f:3:1: skipped: not a number: amount.value: an amount is wanted (export the file again or "
        "mend the field)\n"
        "f:4:1: skipped: missing field: amount.value: an amount is wanted (export the file again "
        "with all columns)\n"
        "f:5:1: skipped: not a number: amount.value: an amount is wanted (export the file again or "
        "mend the field)\n"
        "f:6:1: skipped: broken JSON: results[].amount.value: text is wanted (export the file "
        "again; it may be cut off)\n");
}

/* ---- The dashboard's usage ----------------------------------------------------------------- */

#define USAGE_HEADER                                                                               \
    "start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,"       \
    "api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,"          \
    "input_uncached_tokens,input_text_tokens,output_text_tokens,input_cached_text_tokens,"         \
    "input_audio_tokens,input_cached_audio_tokens,output_audio_tokens,input_image_tokens,"         \
    "input_cached_image_tokens,output_image_tokens\n"
#define ON_DAY_8 "1788825600,1788912000,2026-09-08T00:00:00+00:00,2026-09-09T00:00:00+00:00,"
#define ON_DAY_9 "1788912000,1788998400,2026-09-09T00:00:00+00:00,2026-09-10T00:00:00+00:00,"

static void a_row_of_the_dashboard_is_read_and_idle_ones_cover(void **state)
{
    (void)state;
    expect(USAGE_HEADER ON_DAY_8 "proj,3.0,user-A,key,gpt-5.4-2026-03-05,,default,4212,1673,1280,"
                                 "2932,4212,1673,1280,0,0,0,0,0,0\n" ON_DAY_9
                                 ",,,,,,,,,,,,,,,,,,,\n",
        "2026-09-08 user_id:user-A model:gpt-5.4-2026-03-05 label:project:proj price "
        "interactions=3 requests=3 input_tokens=2932 cache_read_tokens=1280 output_tokens=1673\n"
        "covered 2026-09-08 2026-09-09\n",
        "");
}

static void the_dashboard_and_the_interface_have_the_same_keys(void **state)
{
    (void)state;
    Reading page, download;
    const char *json = PAGE(DAY_8(ANA));
    const char *csv = "start_time,end_time,num_model_requests,user_id,model,project_id,"
                      "input_tokens,input_cached_tokens,output_tokens\n"
                      "1788825600,1788912000,470,user-A,gpt-5.4,proj,141000,76000,9700\n";
    transcript_read(&page, "f", json, strlen(json));
    transcript_read(&download, "f", csv, strlen(csv));
    assert_string_equal(page.records->str, download.records->str);
    assert_int_equal(
        g_array_index(page.keys, guint64, 0), g_array_index(download.keys, guint64, 0));
    transcript_clear(&page);
    transcript_clear(&download);
}

static void a_row_of_the_dashboard_without_a_user_stands_apart(void **state)
{
    (void)state;
    expect("Start Time,End Time,Num Model Requests,Batch\n1788825600,1788912000,2,true\n",
        "2026-09-08 source:openai-usage-organisation service interactions=2 requests=2\n", "");
}

static void wrong_values_of_the_dashboard_are_reported(void **state)
{
    (void)state;
    expect("start_time,end_time,num_model_requests\n"
           "x,1788912000,1\n1788825600,,1\n1788825600,1788912000,1.5\n"
           "1788825600,1788912000,-1\n1788825600,1788912000,99999999999999999999\n",
        "",
        "f:2:1: skipped: not a number: start_time: a whole number is wanted (export the file again "
        "or mend the field)\n"
        "f:3:12: skipped: missing field: end_time: a bucket of time has two ends (export the file "
        "again with all columns)\n"
        "f:4:23: skipped: not a number: num_model_requests: a whole number is wanted (export the "
        "file again or mend the field)\n"
        "f:5:23: skipped: number out of range: num_model_requests: a count cannot be so (compare "
        "the record with the vendor's console)\n"
        "f:6:23: skipped: number out of range: num_model_requests: a count cannot be so (compare "
        "the record with the vendor's console)\n");
}

static void a_download_with_times_alone_is_empty(void **state)
{
    (void)state;
    expect("start_time,end_time,start_time_iso,end_time_iso\n" ON_DAY_8 "\n", "",
        "f: note: empty file: an OpenAI dashboard download without any use, which does not mean no "
        "use (export the period again if use was expected)\n");
}

/* ---- The dashboard's costs ----------------------------------------------------------------- */

#define COST_HEADER                                                                                \
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,"       \
    "quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,"          \
    "organization_name,user_email,api_source\n"
#define COST_ROW(amount, item, user, project, email)                                               \
    ON_DAY_8 amount ",usd,,," item "," user ",," project ",org,,Org," email ",\n"
#define OWNER "owner@example.com"

static void one_email_address_is_that_of_the_account(void **state)
{
    (void)state;
    expect(COST_HEADER COST_ROW("0.003835980000000000000000000000", "", "", "", OWNER)
               COST_ROW("0.5", "", "", "proj", OWNER),
        "2026-09-08 source:openai-costs-organisation service metered=3836\n"
        "2026-09-08 source:openai-costs-organisation service part=1 label:project:proj "
        "metered=500000\n",
        "");
}

static void several_email_addresses_tell_users_apart(void **state)
{
    (void)state;
    expect(COST_HEADER COST_ROW("1", "", "user-A", "", OWNER)
               COST_ROW("2", "", "", "", "ben@example.com"),
        "2026-09-08 email:" OWNER " user_id:user-A metered=1000000\n"
        "2026-09-08 email:ben@example.com metered=2000000\n",
        "");
}

static void a_user_id_alone_tells_whose_it_is(void **state)
{
    (void)state;
    expect(COST_HEADER COST_ROW("1", "", "user-A", "", OWNER),
        "2026-09-08 user_id:user-A metered=1000000\n", "");
}

static void the_sum_of_an_owners_line_items_is_left_out(void **state)
{
    (void)state;
    expect(COST_HEADER COST_ROW("3", "", "", "", OWNER) COST_ROW(
               "1", "\"gpt-5.4, input\"", "", "", OWNER) COST_ROW("7", "", "user-B", "", OWNER),
        "2026-09-08 source:openai-costs-organisation service model:gpt-5.4 metered=1000000\n"
        "2026-09-08 user_id:user-B metered=7000000\n",
        "");
}

static void buckets_without_costs_are_passed_over(void **state)
{
    (void)state;
    expect(COST_HEADER ON_DAY_9 ",,,,,,,,,,,,\n" COST_ROW("1", "", "u", "", ""),
        "2026-09-08 user_id:u metered=1000000\n", "");
}

static void wrong_costs_of_the_dashboard_are_reported(void **state)
{
    (void)state;
    expect("start_time,end_time,amount_value,amount_currency\n1788825600,1788912000,1,GBP\n"
           "1788825600,1788912000,-1,usd\n1788825600,1788912000,abc,usd\n"
           "1988825600,1988912000,1,usd\n",
        "",
        "f:2:25: skipped: value not allowed: amount_currency: not US dollars (see docs/settings.md "
        "for the allowed values)\n"
        "f:3:23: skipped: number out of range: amount_value: an amount cannot be so (compare the "
        "record with the vendor's console)\n"
        "f:4:23: skipped: not a number: amount_value: an amount is wanted (export the file again "
        "or mend the field)\n"
        "f:5:12: skipped: not a date: end_time: the bucket does not lie within one day (UTC): "
        "export buckets of a day or less (write dates as YYYY-MM-DD)\n");
}

static void names_are_not_handed_on(void **state)
{
    (void)state;
    Reading reading;
    const char *text = COST_HEADER ON_DAY_8 "1,usd,CANARY,CANARY,,u,CANARY,p,CANARY,CANARY,CANARY,"
                                            "a@b.example,CANARY\n" ON_DAY_8
                                            "CANARY,usd,,,,CANARY,,CANARY,,,,CANARY,\n";
    transcript_read(&reading, "f", text, strlen(text));
    assert_int_equal(reading.summary.rows_taken, 1);
    assert_null(strstr(reading.records->str, "CANARY"));
    assert_null(strstr(reading.diagnostics, "CANARY"));
    transcript_clear(&reading);
}

/* One look at all results for each of them took the square of their number: here more than a
 * minute. */
static void many_results_of_a_bucket_take_no_longer_each_than_few(void **state)
{
    (void)state;
    GString *text =
        g_string_new("{\"start_time\":1788825600,\"end_time\":1788912000,\"results\":[");
    for (guint i = 0; i < 200000; i++)
        g_string_append_printf(text, "%s{\"amount\":{\"value\":\"1\"}}", i > 0 ? "," : "");
    g_string_append(text, "]}");
    Reading reading;
    clock_t before = clock();
    transcript_read(&reading, "f", text->str, text->len);
    assert_true((clock() - before) / CLOCKS_PER_SEC < 20);
    assert_string_equal(reading.diagnostics, "");
    assert_int_equal(reading.keys->len, 1);
    transcript_clear(&reading);
    g_string_free(text, TRUE);
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
        cmocka_unit_test(usage_of_users_covers_the_days_of_its_buckets),
        cmocka_unit_test(the_results_may_be_called_result_and_the_file_be_an_array),
        cmocka_unit_test(days_between_pages_are_not_covered),
        cmocka_unit_test(usage_without_users_stands_apart_and_covers_nothing),
        cmocka_unit_test(grouped_rows_are_parts_of_one_record),
        cmocka_unit_test(a_first_bucket_that_begins_late_has_the_key_of_the_whole_one),
        cmocka_unit_test(input_without_a_split_is_unsplit),
        cmocka_unit_test(newer_rows_tell_what_was_written_to_the_cache),
        cmocka_unit_test(batches_and_tiers_have_other_prices),
        cmocka_unit_test(a_last_page_that_has_more_wants_another),
        cmocka_unit_test(buckets_without_any_result_are_no_use_stated),
        cmocka_unit_test(wrong_values_of_usage_are_reported),
        cmocka_unit_test(costs_are_metered_totals),
        cmocka_unit_test(an_amount_may_be_text_with_many_decimals),
        cmocka_unit_test(amounts_without_a_line_item_beside_others_are_their_sum),
        cmocka_unit_test(wrong_amounts_are_reported),
        cmocka_unit_test(a_row_of_the_dashboard_is_read_and_idle_ones_cover),
        cmocka_unit_test(the_dashboard_and_the_interface_have_the_same_keys),
        cmocka_unit_test(a_row_of_the_dashboard_without_a_user_stands_apart),
        cmocka_unit_test(wrong_values_of_the_dashboard_are_reported),
        cmocka_unit_test(a_download_with_times_alone_is_empty),
        cmocka_unit_test(one_email_address_is_that_of_the_account),
        cmocka_unit_test(several_email_addresses_tell_users_apart),
        cmocka_unit_test(a_user_id_alone_tells_whose_it_is),
        cmocka_unit_test(the_sum_of_an_owners_line_items_is_left_out),
        cmocka_unit_test(buckets_without_costs_are_passed_over),
        cmocka_unit_test(wrong_costs_of_the_dashboard_are_reported),
        cmocka_unit_test(names_are_not_handed_on),
        cmocka_unit_test(many_results_of_a_bucket_take_no_longer_each_than_few),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
