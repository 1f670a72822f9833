/* GitHub's billing reports: header generations, money, tokens, rows that repeat; sums by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

/* The columns of 2025-10, of spring 2026, of 2026-06, of later in 2026, and of metered reports. */
#define COMMON                                                                                     \
    "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,"   \
    "discount_amount,net_amount,"
#define B_HEADER COMMON "exceeds_quota,total_monthly_quota,organization,cost_center_name"
#define C_HEADER B_HEADER ",aic_quantity,aic_gross_amount"
#define D_HEADER                                                                                   \
    COMMON "total_monthly_quota,organization,repository,cost_center_name,aic_quantity,"            \
           "aic_gross_amount"
#define E_HEADER D_HEADER ",input,output,cache_read,cache_write"
#define F_HEADER                                                                                   \
    "date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,"  \
    "net_amount,organization,repository,cost_center_name"

#define B_ROW(user, amounts) "2025-11-03," user ",copilot,copilot_premium_request,m," amounts
#define NOTHING_TO_DO " (nothing to do)\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.csv", text, records, diagnostics);
}

static void premium_requests_have_what_is_billed_and_what_is_covered(void **state)
{
    (void)state;
    expect(B_HEADER "\n" B_ROW("ana",
               "3.6,requests,0.04,0.144,0.144,0,False,300,example-eng,") "\n2025-11-03,bo,copilot,"
                                                                         "copilot_premium_request,"
                                                                         "\"GPT-5, "
                                                                         "preview\",10,requests,"
                                                                         "0.04,0.4,0.1,0.3,True,"
                                                                         "300,example-eng,\"Tools, "
                                                                         "shared\"\n",
        "2025-11-03 login:ana model:m interactions=1 metered=0 list_value=144000\n"
        "2025-11-03 login:bo model:GPT-5, preview label:cost_center:Tools, shared interactions=1 "
        "metered=300000 list_value=100000\n",
        "");
}

static void converted_credits_are_not_added(void **state)
{
    (void)state;
    expect(C_HEADER "\n" B_ROW("ana", "3.6,requests,0.04,0.144,0.144,0,False,300,o,,14.4,0.144"),
        "2025-11-03 login:ana model:m interactions=1 metered=0 list_value=144000\n", "");
}

static void quoted_rows_with_noise_and_crlf_are_read(void **state)
{
    (void)state;
    expect("\xef\xbb\xbf" D_HEADER
           "\r\n\"2026-06-02\",\"ana\",\"copilot\",\"copilot_ai_credit\",\"Auto: GPT-5.4\","
           "\"0.8999999999999999\",\"ai-credits\",\"0.01\",\"0.008999999999999999\","
           "\"0.008999999999999999\",\"0\",\"1900\",\"o\",\"\",\"\",\"0\",\"0\"\r\n",
        "2026-06-02 login:ana model:GPT-5.4 interactions=1 metered=0 list_value=9000\n", "");
}

static void tokens_are_four_disjoint_kinds(void **state)
{
    (void)state;
    expect(E_HEADER "\n2026-09-21,bo,copilot,coding_agent_ai_credit,Coding Agent model,5.75,"
                    "ai-credits,0.01,0.0575,0,0.0575,1900,o,,,0,0,8000,700,5,\n",
        "2026-09-21 login:bo model:Coding Agent model agent interactions=1 metered=57500 "
        "list_value=0\n"
        "2026-09-21 login:bo source:copilot-billing-tokens part=1 model:Coding Agent model agent "
        "input_tokens=8000 cache_read_tokens=5 output_tokens=700\n",
        "");
}

static void rows_without_a_user_are_a_service(void **state)
{
    (void)state;
    expect(E_HEADER "\n2026-09-21,,copilot,copilot_ai_credit,Code Review model,1.2,ai-credits,0.01,"
                    "0.012,0.012,0,Unlimited,o,,,0,0,900,120,0,0\n",
        "2026-09-21 service model:Code Review model review interactions=1 metered=0 "
        "list_value=12000\n"
        "2026-09-21 source:copilot-billing-tokens service part=1 model:Code Review model review "
        "input_tokens=900 cache_write_tokens=0 cache_read_tokens=0 output_tokens=120\n",
        "");
}

static void a_report_without_users_is_of_the_organisation_and_apart(void **state)
{
    (void)state;
    const char *text = F_HEADER "\n2026-09-21,copilot,copilot_ai_credit,100,ai-credits,0.01,1,0.4,"
                                "0.6,o,r,Lab\n";
    Reading reading;
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_string_equal(reading.records->str,
        "2026-09-21 service label:cost_center:Lab metered=600000 list_value=400000\n");
    assert_string_equal(reading.summary.format->source->key, "copilot-billing-organisation");
    assert_int_equal(reading.summary.format->source->trait, TM_TRAIT_APART);
    transcript_clear(&reading);
}

static void other_products_and_seats_are_left_out_and_counted(void **state)
{
    (void)state;
    expect("net_amount,gross_amount,unit_type,quantity,sku,product,username,usage_at,"
           "workflow_name\n"
           "1,1,Minutes,5,actions_linux,actions,ana,2026-09-21,canary.yml\n"
           "x,x,Minutes,x,actions_linux,actions,ana,no date,\n"
           "19,19,user-months,1,copilot_for_business,copilot,ana,2026-09-21,\n"
           "0.1,0.1,ai-credits,10,spark_ai_credit,spark,ana,2026-09-21T07:00:00Z,\n"
           "0.1,0.1,ai-credits,10,copilot_ai_credit,,ana,2026-09-21,\n",
        "2026-09-21 login:ana other interactions=1 metered=100000 list_value=0\n"
        "2026-09-21 login:ana interactions=1 metered=100000 list_value=0\n",
        "f.csv:2: note: note: 2 rows of other products from here on, left out" NOTHING_TO_DO
        "f.csv:4: note: note: 1 rows of seats from here on, left out: subscriptions.csv has their "
        "price" NOTHING_TO_DO);
}

static void rows_of_one_record_are_parts_that_add_up(void **state)
{
    (void)state;
    expect(B_HEADER "\n" B_ROW("ana", "1,requests,0.04,0.04,0,0.04,False,300,o,") "\n" B_ROW(
               "bo", "1,requests,0.04,0.04,0,0.04,False,300,o,") "\n" B_ROW("ana",
               "1,requests,0.04,0.04,0,0.04,False,300,o,"),
        "2025-11-03 login:ana model:m interactions=1 metered=40000 list_value=0\n"
        "2025-11-03 login:bo model:m interactions=1 metered=40000 list_value=0\n"
        "2025-11-03 login:ana part=1 model:m interactions=1 metered=40000 list_value=0\n",
        "");
}

static void keys_are_the_same_in_all_generations_of_columns(void **state)
{
    (void)state;
    guint64 key = transcript_key(
        "f.csv", B_HEADER "\n" B_ROW("ana", "1,requests,0.04,0.04,0,0.04,False,300,o,c"));
    assert_true(key == transcript_key("f.csv", D_HEADER
                           "\n" B_ROW("Ana", "9,requests,0.04,0.36,0.36,0,300,o,,c,36,0.36")));
    assert_true(key != transcript_key("f.csv", D_HEADER
                           "\n" B_ROW("ana", "1,requests,0.04,0.04,0,0.04,300,o,r,c,4,0.04")));
    assert_true(key != transcript_key("f.csv",
                           B_HEADER "\n" B_ROW("ana", "1,requests,0.04,0.04,0,0.04,,,o2,c")));
}

static void net_may_follow_from_gross_and_discount(void **state)
{
    (void)state;
    expect(B_HEADER "\n" B_ROW("ana", "1,requests,0.04,0.04,0.01,,False,300,o,"),
        "2025-11-03 login:ana model:m interactions=1 metered=30000 list_value=10000\n", "");
}

static void credits_stand_for_missing_amounts(void **state)
{
    (void)state;
    expect(D_HEADER "\n" B_ROW("ana", "1,requests,0.04,,,,300,o,,,4.5,") "\n" B_ROW(
               "bo", "7.5,ai-credits,0.01,,,,300,o,,,0,"),
        "2025-11-03 login:ana model:m interactions=1 list_value=45000\n"
        "2025-11-03 login:bo model:m interactions=1 list_value=75000\n",
        "");
}

static void nothing_used_is_no_interaction(void **state)
{
    (void)state;
    expect(B_HEADER "\n" B_ROW("ana", "0,requests,0.04,0,0,0,FALSE,Unlimited,o,"),
        "2025-11-03 login:ana model:m interactions=0 metered=0 list_value=0\n", "");
}

static void net_above_gross_is_noted_once(void **state)
{
    (void)state;
#define ODD B_ROW("ana", "1,requests,0.04,0.04,0,0.05,False,300,o,")
    expect(B_HEADER "\n" ODD "\n" ODD,
        "2025-11-03 login:ana model:m interactions=1 metered=50000 list_value=0\n"
        "2025-11-03 login:ana part=1 model:m interactions=1 metered=50000 list_value=0\n",
        "f.csv:2:73: warning: doubtful value: net_amount: above the gross amount: nothing of it is "
        "covered, here and below (compare the record with the vendor's console)\n");
}

static void what_a_spreadsheet_changed_is_left_out(void **state)
{
    (void)state;
    expect(E_HEADER "\n"
                    "9/21/2026,a,copilot,s,m,1,ai-credits,1,1,1,0,0,o,,,0,0,1,1,1,1\n"
                    "2026-09-21,a,copilot,s,m,\"1,5\",ai-credits,1,1,1,0,0,o,,,0,0,1,1,1,1\n"
                    "2026-09-21,a,copilot,s,m,1,ai-credits,1,$1,1,0,0,o,,,0,0,1,1,1,1\n"
                    "2026-09-21,a,copilot,s,m,1,ai-credits,1,1,1,0,0,o,,,0,0,9.1E+11,1,1,1\n"
                    "2026-09-21,a,copilot,s,m,1,ai-credits,1,1E-2,1,0,0,o,,,0,0,42.0,1,1,1\n",
        "2026-09-21 login:a model:m interactions=1 metered=0 list_value=10000\n"
        "2026-09-21 login:a source:copilot-billing-tokens part=1 model:m input_tokens=42 "
        "cache_write_tokens=1 cache_read_tokens=1 output_tokens=1\n",
        "f.csv:2:1: skipped: not a date: date: not YYYY-MM-DD; a spreadsheet may have changed it "
        "(write dates as YYYY-MM-DD)\n"
        "f.csv:3:26: skipped: not a number: quantity: a plain number is wanted; a spreadsheet may "
        "have changed it (export the file again or mend the field)\n"
        "f.csv:4:41: skipped: not a number: gross_amount: a plain number is wanted; a spreadsheet "
        "may have changed it (export the file again or mend the field)\n"
        "f.csv:5:57: skipped: not a number: input: a whole number is wanted (export the file again "
        "or mend the field)\n");
}

static void impossible_numbers_and_days_are_left_out(void **state)
{
    (void)state;
    expect(E_HEADER "\n"
                    "2026-09-21,a,copilot,s,m,-1,ai-credits,1,1,1,0,0,o,,,0,0,1,1,1,1\n"
                    "2026-09-21,a,copilot,s,m,1,ai-credits,1,99999999999999999999,1,0,0,o,,,0,0,1,"
                    "1,1,1\n"
                    "2026-09-21,a,copilot,s,m,1,ai-credits,1,1,1,0,0,o,,,0,0,1,1,1,-7\n"
                    "2026-09-21,a,copilot,s,m,1,ai-credits,1,1,1,0,0,o,,,0,0,1,9999999999999999,1,"
                    "1\n"
                    ",a,copilot,s,m,1,ai-credits,1,1,1,0,0,o,,,0,0,1,1,1,1\n"
                    "2026-11-21,a,copilot,s,m,1,ai-credits,1,1,1,0,0,o,,,0,0,1,1,1,1\n"
                    "2026-09-21,a,copilot\n",
        "",
        "f.csv:2:26: skipped: number out of range: quantity: an amount cannot be so (compare the "
        "record with the vendor's console)\n"
        "f.csv:3:41: skipped: number out of range: gross_amount: an amount cannot be so (compare "
        "the record with the vendor's console)\n"
        "f.csv:4:63: skipped: number out of range: cache_write: a count cannot be so (compare the "
        "record with the vendor's console)\n"
        "f.csv:5:59: skipped: number out of range: output: a count cannot be so (compare the "
        "record with the vendor's console)\n"
        "f.csv:6:1: skipped: missing field: date: no date (export the file again with all "
        "columns)\n"
        "f.csv:7:1: skipped: date in the future: date: later than the day of this run (check the "
        "clock of the exporting system)\n"
        "f.csv:8: skipped: wrong number of fields: 3 fields where the header has 21 (export the "
        "file again or mend the row)\n");
}

/* More keys than are kept beside a day: those of the day before are forgotten. */
static void days_out_of_order_in_a_long_file_are_noted(void **state)
{
    (void)state;
    GString *text = g_string_new("date,username,product,sku,quantity,unit_type,net_amount\n");
    for (guint i = 0; i <= 65536; i++)
        g_string_append_printf(text, "2026-09-21,u%u,copilot,s,1,requests,1\n", i);
    g_string_append(text, "2026-09-22,u1,copilot,s,1,requests,1\n"
                          "2026-09-22,u1,copilot,s,1,requests,1\n");
    Reading reading;
    transcript_read(&reading, "f.csv", text->str, text->len);
    assert_int_equal(reading.summary.rows_taken, 65538);
    assert_true(g_str_has_suffix(
        reading.records->str, "2026-09-22 login:u1 part=1 interactions=1 metered=1000000\n"));
    assert_string_equal(reading.diagnostics, "");
    transcript_clear(&reading);
    g_string_append(text, "2026-09-21,u1,copilot,s,1,requests,1\n");
    transcript_read(&reading, "f.csv", text->str, text->len);
    assert_string_equal(reading.diagnostics,
        "f.csv:65541:1: warning: doubtful value: date: days are not in order in this long file: "
        "rows that repeat may not add up (compare the record with the vendor's console)\n");
    transcript_clear(&reading);
    g_string_free(text, TRUE);
}

static void workflows_never_leave_the_parser(void **state)
{
    (void)state;
    const char *text = F_HEADER ",username,workflow_path\n2026-09-21,copilot,s,1,ai-credits,0.01,1,"
                                "0,1,canary,canary,,ana,canary\n";
    Reading reading;
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_string_equal(
        reading.records->str, "2026-09-21 login:ana interactions=1 metered=1000000 list_value=0\n");
    assert_string_equal(reading.diagnostics, "");
    assert_int_equal(reading.summary.dropped_content_fields, 1);
    transcript_clear(&reading);
}

static void every_cell_of_content_counts_as_dropped_with_or_without_any(void **state)
{
    (void)state;
    const char *text = F_HEADER ",username,workflow_path\n"
                                "2026-09-21,copilot,s,1,ai-credits,0.01,1,0,1,o,,,ana,canary\n"
                                "2026-09-22,copilot,s,1,ai-credits,0.01,1,0,1,o,,,ana,\n";
    Reading reading;
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_int_equal(reading.summary.rows_taken, 2);
    assert_int_equal(reading.summary.dropped_content_fields, 2);
    transcript_clear(&reading);
}

static void an_answer_about_a_report_is_refused_by_name(void **state)
{
    (void)state;
    transcript_expect("f.json", "{\"id\":\"x\",\"status\":\"done\",\"download_urls\":[]}", "",
        "f.json: warning: no data in file: GitHub's answer about a billing report: it holds no "
        "rows itself (download the files that it links to)\n");
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
        cmocka_unit_test(premium_requests_have_what_is_billed_and_what_is_covered),
        cmocka_unit_test(converted_credits_are_not_added),
        cmocka_unit_test(quoted_rows_with_noise_and_crlf_are_read),
        cmocka_unit_test(tokens_are_four_disjoint_kinds),
        cmocka_unit_test(rows_without_a_user_are_a_service),
        cmocka_unit_test(a_report_without_users_is_of_the_organisation_and_apart),
        cmocka_unit_test(other_products_and_seats_are_left_out_and_counted),
        cmocka_unit_test(rows_of_one_record_are_parts_that_add_up),
        cmocka_unit_test(keys_are_the_same_in_all_generations_of_columns),
        cmocka_unit_test(net_may_follow_from_gross_and_discount),
        cmocka_unit_test(credits_stand_for_missing_amounts),
        cmocka_unit_test(nothing_used_is_no_interaction),
        cmocka_unit_test(net_above_gross_is_noted_once),
        cmocka_unit_test(what_a_spreadsheet_changed_is_left_out),
        cmocka_unit_test(impossible_numbers_and_days_are_left_out),
        cmocka_unit_test(days_out_of_order_in_a_long_file_are_noted),
        cmocka_unit_test(workflows_never_leave_the_parser),
        cmocka_unit_test(every_cell_of_content_counts_as_dropped_with_or_without_any),
        cmocka_unit_test(an_answer_about_a_report_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
