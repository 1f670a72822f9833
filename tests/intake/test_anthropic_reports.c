/* Usage and cost reports of Anthropic: grouping, buckets, people, money, pages, by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define NOT_FOUND "(compare the record with the vendor's console)\n"
#define INCOMPLETE                                                                                 \
    "warning: incomplete export: has_more: the last page says that there is more, and the next "   \
    "page is not here (export all pages of the period again)\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json("f.json", text, records, diagnostics);
}

#define DAY(results)                                                                               \
    "{'starting_at':'2026-09-08T00:00:00Z','ending_at':'2026-09-09T00:00:00Z',"                    \
    "'results':[" results "]}"

#define PAGE(buckets) "{'data':[" buckets "],'has_more':false,'next_page':null}"

/* A result of the usage report by key, workspace and model. */
#define BY_KEY                                                                                     \
    "{'uncached_input_tokens':1500,'cache_creation':{'ephemeral_1h_input_tokens':1000,"            \
    "'ephemeral_5m_input_tokens':500},'cache_read_input_tokens':20000,'output_tokens':700,"        \
    "'server_tool_use':{'web_search_requests':2},'account_id':null,'api_key_id':'apikey_1',"       \
    "'service_account_id':null,'workspace_id':'wrkspc_1','model':'claude-sonnet-5',"               \
    "'service_tier':'standard','context_window':'0-200k','inference_geo':'global'}"

#define BY_KEY_RECORD                                                                              \
    "2026-09-08 key:apikey_1 service model:claude-sonnet-5 label:project:wrkspc_1 price/1h=1000 "  \
    "interactions=~1 input_tokens=1500 cache_write_tokens=1500 cache_read_tokens=20000 "           \
    "output_tokens=700\n"

#define COVERED "covered 2026-09-08 2026-09-08\n"

static void keys_of_the_usage_report_are_services(void **state)
{
    (void)state;
    expect(PAGE(DAY(BY_KEY)), BY_KEY_RECORD COVERED, "");
}

static void accounts_are_people(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'uncached_input_tokens':1,'output_tokens':2,'account_id':'user_1',"
                    "'api_key_id':null,'workspace_id':null,'model':null}")),
        "2026-09-08 user_id:user_1 interactions=~1 input_tokens=1 output_tokens=2\n" COVERED, "");
}

static void service_accounts_are_services(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'output_tokens':2,'service_account_id':'svac_1'}")),
        "2026-09-08 user_id:svac_1 service interactions=~1 output_tokens=2\n" COVERED, "");
}

static void results_of_nobody_stay_apart(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'output_tokens':2,'api_key_id':null,'workspace_id':'w','model':'m'}")),
        "2026-09-08 source:anthropic-usage-totals service model:m label:project:w price "
        "interactions=~1 output_tokens=2\n",
        "");
}

static void results_of_one_key_are_parts_of_one_record(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'output_tokens':2,'api_key_id':'k','model':'a'},"
                    "{'output_tokens':3,'api_key_id':'l','model':'a'},"
                    "{'output_tokens':4,'api_key_id':'k','model':'b'}")),
        "2026-09-08 key:k service model:a price interactions=~1 output_tokens=2\n"
        "2026-09-08 key:l service model:a price interactions=~1 output_tokens=3\n"
        "2026-09-08 key:k service part=1 model:b price interactions=~1 output_tokens=4\n" COVERED,
        "");
}

static void batches_have_no_list_price(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'output_tokens':2,'api_key_id':'k','model':'a','service_tier':'batch'},"
                    "{'output_tokens':2,'api_key_id':'k','model':'a','service_tier':'flex'},"
                    "{'output_tokens':2,'api_key_id':'k','model':'a','speed':'fast'}")),
        "2026-09-08 key:k service model:a interactions=~1 output_tokens=2\n"
        "2026-09-08 key:k service part=1 model:a interactions=~1 output_tokens=2\n"
        "2026-09-08 key:k service part=2 model:a price/fast interactions=~1 "
        "output_tokens=2\n" COVERED,
        "");
}

static void hours_are_a_source_of_their_own(void **state)
{
    (void)state;
    expect(PAGE("{'starting_at':'2026-09-08T05:00:00Z','ending_at':'2026-09-08T06:00:00Z',"
                "'results':[{'output_tokens':0,'api_key_id':'k'}]},"
                "{'starting_at':'2026-09-08T23:59:00Z','ending_at':'2026-09-09T00:00:00Z',"
                "'results':[{'output_tokens':1,'api_key_id':'k'}]}"),
        "2026-09-08 key:k source:anthropic-usage-hours service interactions=~0 output_tokens=0\n"
        "2026-09-08 key:k source:anthropic-usage-hours service interactions=~1 output_tokens=1\n",
        "");
}

static void a_day_may_end_a_second_early(void **state)
{
    (void)state;
    expect(PAGE("{'starting_at':'2026-09-08T00:00:00Z','ending_at':'2026-09-08T23:59:59Z',"
                "'results':[{'output_tokens':1,'api_key_id':'k'}]}"),
        "2026-09-08 key:k service interactions=~1 output_tokens=1\n" COVERED, "");
}

static void longer_buckets_stay_apart(void **state)
{
    (void)state;
    expect(PAGE("{'starting_at':'2026-09-08T00:00:00Z','ending_at':'2026-09-10T00:00:00Z',"
                "'results':[{'output_tokens':1,'api_key_id':'k'}]}"),
        "2026-09-09 source:anthropic-usage-totals service interactions=~1 output_tokens=1\n", "");
}

static void idle_days_are_covered(void **state)
{
    (void)state;
    expect(PAGE(DAY(BY_KEY) ",{'starting_at':'2026-09-09T00:00:00Z',"
                            "'ending_at':'2026-09-10T00:00:00Z','results':[]}"),
        BY_KEY_RECORD "covered 2026-09-08 2026-09-09\n", "");
}

static void only_idle_days_are_no_rows(void **state)
{
    (void)state;
    expect(PAGE(DAY("")), "",
        "f.json: note: empty file: no rows in it, which does not mean no use (export the period "
        "again if use was expected)\n");
}

static void members_may_come_in_any_order(void **state)
{
    (void)state;
    expect("{'has_more':false,'data':[{'ending_at':'2026-09-09T00:00:00Z','results':[" BY_KEY
           "],'starting_at':'2026-09-08T00:00:00Z'}]}",
        BY_KEY_RECORD COVERED, "");
}

static void buckets_without_a_page_are_read(void **state)
{
    (void)state;
    expect("[" DAY(BY_KEY) "]", BY_KEY_RECORD COVERED, "");
}

static void a_last_page_that_has_more_is_incomplete(void **state)
{
    (void)state;
    expect("{'data':[" DAY(BY_KEY) "],'has_more':true,'next_page':'p'}", BY_KEY_RECORD COVERED,
        "f.json: " INCOMPLETE);
}

static void a_page_that_follows_makes_it_complete(void **state)
{
    (void)state;
    expect("{'data':[" DAY(BY_KEY) "],'has_more':true,'next_page':'p'}\n{'data':["
                                   "{'starting_at':'2026-09-09T00:00:00Z','ending_at':'2026-09-"
                                   "10T00:00:00Z','results':["
                                   "]}],'has_more':false}",
        BY_KEY_RECORD "covered 2026-09-08 2026-09-09\n", "");
}

/* ---- Cost report ------------------------------------------------------------------------- */

static void the_cost_report_is_of_nobody(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'amount':'123.78912','currency':'USD','description':'Input Tokens',"
                    "'cost_type':'tokens','model':'claude-sonnet-5','token_type':'output_tokens',"
                    "'workspace_id':null},{'amount':'50','currency':'USD','description':'Search',"
                    "'cost_type':'web_search','model':null,'workspace_id':'w'}")),
        "2026-09-08 service model:claude-sonnet-5 metered=1237891\n"
        "2026-09-08 service part=1 label:project:w metered=500000\n",
        "");
}

static void adjustments_are_below_zero(void **state)
{
    (void)state;
    expect(
        PAGE(DAY("{'amount':'-1.5','currency':'USD'}")), "2026-09-08 service metered=-15000\n", "");
}

static void other_currencies_are_left_out(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'amount':'1','currency':'EUR'},{'amount':'2','currency':'EUR'}")),
        "2026-09-08 service\n2026-09-08 service part=1\n",
        "f.json:1:10: warning: doubtful value: currency: not USD: amounts are left out, here and "
        "below " NOT_FOUND);
}

/* ---- People ------------------------------------------------------------------------------ */

#define PEOPLE(rows)                                                                               \
    "{'organization_id':'o','data_refreshed_at':'2026-09-10T04:00:00Z','data':[" rows              \
    "],'has_more':false,'next_page':null}"

#define ANA                                                                                        \
    "'actor':{'type':'user_actor','user_id':'user_ana','email':'ana@example.com',"                 \
    "'name':'CANARY','deleted':false},'starting_at':'2026-09-08T00:00:00Z',"                       \
    "'ending_at':'2026-09-09T00:00:00Z'"

#define ANA_RECORD "2026-09-08 email:ana@example.com user_id:user_ana "

static void usage_of_people_is_read(void **state)
{
    (void)state;
    expect(PEOPLE("{" ANA ",'product':'claude_code','model':'claude-sonnet-5','requests':96,"
                  "'uncached_input_tokens':10,'cache_creation':{'ephemeral_5m_input_tokens':20},"
                  "'cache_read_input_tokens':30,'output_tokens':40,'total_tokens':100},"
                  "{" ANA ",'product':'cowork','model':null,'requests':null,'total_tokens':5}"),
        ANA_RECORD
        "source:claude-code-usage model:claude-sonnet-5 label:product:claude_code price "
        "interactions=96 requests=96 input_tokens=10 cache_write_tokens=20 cache_read_tokens=30 "
        "output_tokens=40\n" ANA_RECORD "label:product:cowork interactions=~1 unsplit_tokens=5\n",
        "");
}

static void cost_of_people_is_read(void **state)
{
    (void)state;
    expect(PEOPLE("{" ANA ",'product':'claude_code','model':'claude-sonnet-5','cost_type':null,"
                  "'token_type':null,'amount':'412.500000','list_amount':'450.000000',"
                  "'currency':'USD','requests':96},"
                  "{" ANA ",'product':'claude-in-slack','cost_type':'tokens',"
                  "'token_type':'output_tokens','amount':'41280.000000','list_amount':null,"
                  "'currency':'USD','requests':7}"),
        ANA_RECORD "source:claude-code-cost model:claude-sonnet-5 label:product:claude_code "
                   "interactions=96 requests=96 metered=4125000 list_value=375000\n" ANA_RECORD
                   "label:product:claude_in_slack metered=412800000\n",
        "");
}

static void deleted_people_are_known_by_their_id(void **state)
{
    (void)state;
    expect(PEOPLE("{'actor':{'type':'user_actor','user_id':'user_gone','email':null,'name':"
                  "'Deleted User','deleted':true},'starting_at':'2026-09-08T00:00:00Z',"
                  "'ending_at':'2026-09-09T00:00:00Z','amount':'0','list_amount':'0',"
                  "'currency':'USD','requests':null}"),
        "2026-09-08 user_id:user_gone metered=0 list_value=0\n", "");
}

#define UNDATED                                                                                    \
    "{'data':[{'actor':{'user_id':'u'},'starting_at':null,'ending_at':null,"                       \
    "'total_tokens':5}]}"

static void rows_without_a_bucket_take_the_day_of_the_name(void **state)
{
    (void)state;
    transcript_expect_json("user_usage_2026-09-08.json", UNDATED,
        "2026-09-08 user_id:u interactions=~1 unsplit_tokens=5\n", "");
}

static void rows_without_a_bucket_in_a_file_of_a_period_stay_apart(void **state)
{
    (void)state;
    transcript_expect_json("user_usage_2026-09-01_2026-09-30.json", UNDATED,
        "2026-09-30 source:claude-usage-totals service interactions=~1 unsplit_tokens=5\n", "");
}

static void rows_without_any_day_are_left_out(void **state)
{
    (void)state;
    expect(UNDATED UNDATED, "",
        "f.json:1:10: skipped: missing field: starting_at: rows without a bucket of time: export "
        "buckets of one day, or name the file after its day (export the file again with all "
        "columns)\n");
}

static void rows_of_access_groups_are_refused(void **state)
{
    (void)state;
    expect(PEOPLE("{" ANA ",'rbac_group_id':'g','total_tokens':5},"
                  "{" ANA ",'rbac_group_id':'h','total_tokens':5},"
                  "{" ANA ",'rbac_group_id':null,'total_tokens':7}"),
        ANA_RECORD "interactions=~1 unsplit_tokens=7\n",
        "f.json:1:75: skipped: format not recognised: rbac_group_id: rows of access groups, which "
        "overlap: export without grouping by them (see docs/formats.md for what is read)\n");
}

static void rows_behind_the_watermark_are_incomplete(void **state)
{
    (void)state;
    expect("{'data':[{'actor':{'user_id':'u'},'starting_at':'2026-09-10T00:00:00Z','ending_at':"
           "'2026-09-11T00:00:00Z','total_tokens':5}],'data_refreshed_at':'2026-09-10T04:00:00Z'}",
        "2026-09-10 user_id:u interactions=~1 unsplit_tokens=5\n",
        "f.json: warning: incomplete export: data_refreshed_at: the last days are not complete "
        "yet, as the report itself says (export all pages of the period again)\n");
}

static void the_watermark_ranks_the_export(void **state)
{
    (void)state;
    Reading reading;
    g_autofree char *text = transcript_quote(PEOPLE("{" ANA ",'total_tokens':5}"));
    transcript_read(&reading, "f-2026-11-01.json", text, strlen(text));
    assert_int_equal(reading.summary.exported, G_GINT64_CONSTANT(1789012800000));
    transcript_clear(&reading);
}

/* ---- Totals of Enterprise ---------------------------------------------------------------- */

static void totals_of_enterprise_stay_apart(void **state)
{
    (void)state;
    expect("{'data_refreshed_at':null,'data':[" DAY(
               "{'uncached_input_tokens':1,'output_tokens':2,'product':'claude_code','model':'m',"
               "'requests':3},{'output_tokens':4,'product':'chat','requests':5}") "]}",
        "2026-09-08 source:claude-code-usage-totals service model:m label:product:claude_code "
        "price interactions=3 requests=3 input_tokens=1 output_tokens=2\n"
        "2026-09-08 service label:product:chat interactions=5 requests=5 output_tokens=4\n",
        "");
}

static void costs_of_enterprise_stay_apart(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'amount':'100','list_amount':'200','currency':'USD','product':null}")),
        "2026-09-08 service metered=1000000 list_value=1000000\n", "");
}

#define COST_OF(amount, list)                                                                      \
    PAGE(DAY("{'amount':'" amount "','list_amount':'" list "','currency':'USD'}"))
#define BILLED_TEXT "2026-09-08 service "

static void what_is_billed_is_no_list_value(void **state)
{
    (void)state;
    expect(COST_OF("100", "100"), BILLED_TEXT "metered=1000000 list_value=0\n", "");
    expect(COST_OF("300", "200"), BILLED_TEXT "metered=3000000 list_value=0\n", "");
    expect(COST_OF("0", "200"), BILLED_TEXT "metered=0 list_value=2000000\n", "");
}

static void an_adjustment_takes_back_both(void **state)
{
    (void)state;
    expect(COST_OF("-100", "-300"), BILLED_TEXT "metered=-1000000 list_value=-2000000\n", "");
    expect(COST_OF("-300", "-200"), BILLED_TEXT "metered=-3000000 list_value=0\n", "");
    expect(COST_OF("-100", "200"), BILLED_TEXT "metered=-1000000 list_value=2000000\n", "");
}

/* ---- Hostile ----------------------------------------------------------------------------- */

static void a_bad_result_leaves_the_others(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'output_tokens':-1,'api_key_id':'k'},{'output_tokens':'2','api_key_id':'k'},"
                    "{'output_tokens':99999999999999999999,'api_key_id':'k'},"
                    "{'output_tokens':3,'api_key_id':7},{'output_tokens':4,'api_key_id':'k'}")),
        "2026-09-08 key:k service interactions=~1 output_tokens=4\n" COVERED,
        "f.json:1:10: skipped: number out of range: output_tokens: a count cannot be so " NOT_FOUND
        "f.json:1:10: skipped: not a number: output_tokens: a whole number is wanted (export the "
        "file again or mend the field)\n"
        "f.json:1:10: skipped: number out of range: output_tokens: a count cannot be so " NOT_FOUND
        "f.json:1:10: skipped: broken JSON: api_key_id: text is wanted (export the file again; it "
        "may be cut off)\n");
}

static void amounts_that_are_none_are_reported(void **state)
{
    (void)state;
    expect(PAGE(DAY("{'amount':'1,5','currency':'USD'},{'amount':'','currency':'USD'},"
                    "{'amount':true,'currency':'USD'},{'amount':'1e3','currency':'USD'},"
                    "{'amount':'9999999999999','currency':'USD'}")),
        "",
        "f.json:1:10: skipped: not a number: amount: an amount is wanted (export the file again or "
        "mend the field)\n"
        "f.json:1:10: skipped: not a number: amount: an amount is wanted (export the file again or "
        "mend the field)\n"
        "f.json:1:10: skipped: not a number: amount: an amount is wanted (export the file again or "
        "mend the field)\n"
        "f.json:1:10: skipped: not a number: amount: an amount is wanted (export the file again or "
        "mend the field)\n"
        "f.json:1:10: skipped: number out of range: amount: an amount cannot be so " NOT_FOUND);
}

static void buckets_that_cannot_be_are_reported(void **state)
{
    (void)state;
    expect("{'starting_at':'2026-09-08','ending_at':'2026-09-08','results':[]}\n"
           "{'starting_at':'yesterday','ending_at':'2026-09-08','results':[]}\n"
           "{'starting_at':null,'ending_at':'2026-09-08','results':[]}\n"
           "{'starting_at':'2027-09-08','ending_at':'2027-09-09','results':[{'output_tokens':1}]}",
        "",
        "f.json:1:1: skipped: not a date: ending_at: the bucket ends before it begins (write dates "
        "as YYYY-MM-DD)\n"
        "f.json:2:1: skipped: not a date: starting_at: neither YYYY-MM-DD nor an instant with its "
        "zone (write dates as YYYY-MM-DD)\n"
        "f.json:3:1: skipped: missing field: starting_at: no day (export the file again with all "
        "columns)\n"
        "f.json:4:1: skipped: date in the future: starting_at: later than the day of this run "
        "(check the clock of the exporting system)\n");
}

static void a_bucket_with_too_many_results_is_left_out(void **state)
{
    (void)state;
    GString *text = g_string_new("{\"starting_at\":\"2026-09-08\",\"results\":[");
    for (guint i = 0; i < 50001; i++)
        g_string_append(text, i > 0 ? ",{}" : "{}");
    g_string_append(text, "]}");
    transcript_expect("f.json", text->str, "",
        "f.json:1:1: skipped: record too long: results: more than 50000 results in one bucket: "
        "export smaller buckets (check that this is the export, not another file)\n");
    g_string_free(text, TRUE);
}

static void content_is_dropped(void **state)
{
    (void)state;
    transcript_expect_dropped(
        "f.json", PEOPLE("{" ANA ",'total_tokens':-5,'description':'CANARY'}"), 2);
}

/* ---- Keys -------------------------------------------------------------------------------- */

static guint64 key_of(const char *text)
{
    return transcript_key_json("f.json", text);
}

static void another_grouping_of_a_bucket_has_the_same_key(void **state)
{
    (void)state;
    assert_true(key_of(DAY("{'output_tokens':1,'api_key_id':'k','model':'m'}")) ==
                key_of(DAY("{'output_tokens':2,'api_key_id':'k','workspace_id':'w'}")));
    assert_true(key_of(DAY("{'output_tokens':1,'api_key_id':'k'}")) !=
                key_of(DAY("{'output_tokens':1,'api_key_id':'l'}")));
}

static void each_group_of_a_person_has_a_key_of_its_own(void **state)
{
    (void)state;
    static const char *const rows[] = {"{" ANA ",'total_tokens':1}",
        "{" ANA ",'total_tokens':1,'product':'chat'}", "{" ANA ",'total_tokens':1,'model':'m'}",
        "{" ANA ",'total_tokens':1,'context_window':'0-200k'}",
        "{" ANA ",'total_tokens':1,'inference_geo':'us'}",
        "{" ANA ",'total_tokens':1,'speed':'fast'}",
        "{" ANA ",'total_tokens':1,'slack_channel_id':'c'}"};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        for (guint j = 0; j < i; j++)
            assert_true(key_of(rows[i]) != key_of(rows[j]));
    assert_true(key_of(rows[0]) == key_of("{" ANA ",'total_tokens':2}"));
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
        cmocka_unit_test(keys_of_the_usage_report_are_services),
        cmocka_unit_test(accounts_are_people),
        cmocka_unit_test(service_accounts_are_services),
        cmocka_unit_test(results_of_nobody_stay_apart),
        cmocka_unit_test(results_of_one_key_are_parts_of_one_record),
        cmocka_unit_test(batches_have_no_list_price),
        cmocka_unit_test(hours_are_a_source_of_their_own),
        cmocka_unit_test(a_day_may_end_a_second_early),
        cmocka_unit_test(longer_buckets_stay_apart),
        cmocka_unit_test(idle_days_are_covered),
        cmocka_unit_test(only_idle_days_are_no_rows),
        cmocka_unit_test(members_may_come_in_any_order),
        cmocka_unit_test(buckets_without_a_page_are_read),
        cmocka_unit_test(a_last_page_that_has_more_is_incomplete),
        cmocka_unit_test(a_page_that_follows_makes_it_complete),
        cmocka_unit_test(the_cost_report_is_of_nobody),
        cmocka_unit_test(adjustments_are_below_zero),
        cmocka_unit_test(other_currencies_are_left_out),
        cmocka_unit_test(usage_of_people_is_read),
        cmocka_unit_test(cost_of_people_is_read),
        cmocka_unit_test(deleted_people_are_known_by_their_id),
        cmocka_unit_test(rows_without_a_bucket_take_the_day_of_the_name),
        cmocka_unit_test(rows_without_a_bucket_in_a_file_of_a_period_stay_apart),
        cmocka_unit_test(rows_without_any_day_are_left_out),
        cmocka_unit_test(rows_of_access_groups_are_refused),
        cmocka_unit_test(rows_behind_the_watermark_are_incomplete),
        cmocka_unit_test(the_watermark_ranks_the_export),
        cmocka_unit_test(totals_of_enterprise_stay_apart),
        cmocka_unit_test(costs_of_enterprise_stay_apart),
        cmocka_unit_test(what_is_billed_is_no_list_value),
        cmocka_unit_test(an_adjustment_takes_back_both),
        cmocka_unit_test(a_bad_result_leaves_the_others),
        cmocka_unit_test(amounts_that_are_none_are_reported),
        cmocka_unit_test(buckets_that_cannot_be_are_reported),
        cmocka_unit_test(a_bucket_with_too_many_results_is_left_out),
        cmocka_unit_test(content_is_dropped),
        cmocka_unit_test(another_grouping_of_a_bucket_has_the_same_key),
        cmocka_unit_test(each_group_of_a_person_has_a_key_of_its_own),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
