/* Claude spend report: header generations, periods, products, money; by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define UUID "0f0e0d0c-0000-4000-8000-000000000001"
#define DAY "spend-report-" UUID "-2026-09-08-to-2026-09-08.csv"
#define MONTH "spend-report-" UUID "-2026-09-01-to-2026-09-30.csv"

#define NEWEST                                                                                     \
    "user_email,account_uuid,product,model,total_requests,total_prompt_tokens,"                    \
    "total_completion_tokens,total_net_spend_usd,total_gross_spend_usd,user_id,"                   \
    "total_uncached_input_tokens,total_cache_read_tokens,total_cache_write_5m_tokens,"             \
    "total_cache_write_1h_tokens,total_web_search_count,slack_channel_id,teams_channel_id\n"

#define ANA_ROW                                                                                    \
    "ana@example.com,a-1,Claude Code,claude-sonnet-5,210,4100000,90000,\"1,000.50\","              \
    "\"1,112.00\",user_ana,300000,3600000,150000,50000,0,,\n"

#define ANA_MEASURES                                                                               \
    "interactions=210 requests=210 input_tokens=300000 cache_write_tokens=200000 "                 \
    "cache_read_tokens=3600000 output_tokens=90000 metered=1000500000 list_value=111500000\n"

static void a_report_of_one_day_is_of_that_day(void **state)
{
    (void)state;
    transcript_expect(DAY, "\xef\xbb\xbf" NEWEST ANA_ROW,
        "2026-09-08 email:ana@example.com user_id:user_ana source:claude-code-spend "
        "model:claude-sonnet-5 label:product:claude_code " ANA_MEASURES,
        "");
}

static void a_longer_report_stays_apart(void **state)
{
    (void)state;
    transcript_expect(MONTH, NEWEST ANA_ROW,
        "2026-09-30 source:claude-code-spend-periods service model:claude-sonnet-5 "
        "label:product:claude_code " ANA_MEASURES,
        "");
}

static void channels_are_records_of_their_own(void **state)
{
    (void)state;
    transcript_expect(DAY,
        NEWEST
        "b@example.com,a-2,Claude Tag,m,12,24000,1800,0.42,0.42,u,4000,18000,2000,0,1,C1,\r\n"
        "b@example.com,a-2,Claude Tag,m,3,5000,300,0.08,0.08,u,1000,4000,0,0,0,C2,\r\n",
        "2026-09-08 email:b@example.com user_id:u model:m label:product:claude_tag interactions=12 "
        "requests=12 input_tokens=4000 cache_write_tokens=2000 cache_read_tokens=18000 "
        "output_tokens=1800 metered=420000 list_value=0\n"
        "2026-09-08 email:b@example.com user_id:u model:m label:product:claude_tag interactions=3 "
        "requests=3 input_tokens=1000 cache_write_tokens=0 cache_read_tokens=4000 "
        "output_tokens=300 metered=80000 list_value=0\n",
        "");
}

static void a_second_row_of_one_key_is_left_out(void **state)
{
    (void)state;
    transcript_expect(DAY,
        "user_email,account_uuid,product,model,total_net_spend_usd,user_id\n"
        "a@b,x,Chat,m,1,u\na@b,x,Chat,m,2,u\n",
        "2026-09-08 email:a@b user_id:u model:m label:product:chat interactions=~1 "
        "metered=1000000\n",
        DAY ":3:7: skipped: broken CSV: product: a second row of one person, product, model and "
            "channel (quote the field as RFC 4180 says, or export it again)\n");
}

static void older_files_have_no_split_of_tokens(void **state)
{
    (void)state;
    transcript_expect(DAY,
        "user_email,account_uuid,product,model,total_requests,total_prompt_tokens,"
        "total_completion_tokens,total_net_spend_usd,total_gross_spend_usd\n"
        "a@b,x,Office Agents,m,2,100,10,0.5,0.6\n",
        "2026-09-08 email:a@b model:m label:product:office_agent interactions=2 requests=2 "
        "output_tokens=10 unsplit_tokens=100 metered=500000 list_value=100000\n",
        "");
}

static void the_oldest_files_have_no_money(void **state)
{
    (void)state;
    transcript_expect(DAY,
        "email,product,model,total_requests,total_prompt_tokens,total_completion_tokens\n"
        "a@b,Chat,m,2,100,10\n",
        "2026-09-08 email:a@b model:m label:product:chat price interactions=2 requests=2 "
        "output_tokens=10 unsplit_tokens=100\n",
        "");
}

static void services_of_the_organisation_are_nobody(void **state)
{
    (void)state;
    transcript_expect(DAY,
        "user_email,account_uuid,product,model,total_requests,total_prompt_tokens,"
        "total_completion_tokens,total_net_spend_usd,total_gross_spend_usd\n"
        "(org service usage),(org service),(other),,0.0,0.0,0.0,2.5,2.5\n",
        "2026-09-08 service label:product:other interactions=0 requests=0 output_tokens=0 "
        "unsplit_tokens=0 metered=2500000 list_value=0\n",
        "");
}

static void a_name_without_a_period_gives_no_days(void **state)
{
    (void)state;
    transcript_expect("spend.csv",
        "user_email,product,model,total_net_spend_usd\na@b,Chat,m,1\na@b,Chat,n,1\n", "",
        "spend.csv:2: skipped: missing field: the file's name has no period: keep the name that "
        "the "
        "download had (export the file again with all columns)\n");
}

static void bad_cells_skip_the_row(void **state)
{
    (void)state;
    transcript_expect(DAY,
        "user_email,product,model,total_requests,total_net_spend_usd\n"
        "a@b,Chat,m,-1,1\na@b,Chat,m,1,one\na@b,Chat,m,1.5,1\n",
        "",
        DAY ":2:12: skipped: number out of range: total_requests: a count cannot be so (compare "
            "the record with the vendor's console)\n" DAY
            ":3:14: skipped: not a number: total_net_spend_usd: an amount is wanted (export the "
            "file again or mend the field)\n" DAY
            ":4:12: skipped: not a number: total_requests: a whole number is wanted (export the "
            "file again or mend the field)\n");
}

static void names_of_products_that_are_none_are_not_kept(void **state)
{
    (void)state;
    transcript_expect(DAY,
        "user_email,product,model,total_net_spend_usd\n"
        "a@b,CANARY <b>,m,1\n"
        "c@d,CANARY_CANARY_CANARY_CANARY_CANARY_CANARY,m,1\n"
        "e@f,,m,0\n",
        "2026-09-08 email:a@b model:m label:product:other interactions=~1 metered=1000000\n"
        "2026-09-08 email:c@d model:m label:product:other interactions=~1 metered=1000000\n"
        "2026-09-08 email:e@f model:m interactions=~0 metered=0\n",
        "");
}

static guint64 key_of(const char *name, const char *row)
{
    g_autofree char *text = g_strconcat("user_email,product,model,total_net_spend_usd,user_id,"
                                        "slack_channel_id,teams_channel_id\n",
        row, NULL);
    return transcript_key(name, text);
}

static void each_dimension_tells_rows_apart(void **state)
{
    (void)state;
    static const char *const rows[] = {"a@b,Chat,m,1,u,s,t\n", "a@b,Cowork,m,1,u,s,t\n",
        "a@b,Chat,n,1,u,s,t\n", "a@b,Chat,m,1,v,s,t\n", "a@b,Chat,m,1,u,r,t\n",
        "a@b,Chat,m,1,u,s,r\n", "a@b,Chat,m,1,,s,t\n"};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        for (guint j = 0; j < i; j++)
            assert_true(key_of(DAY, rows[i]) != key_of(DAY, rows[j]));
    assert_true(key_of(DAY, rows[0]) == key_of(DAY, "a@b,Chat,m,2,u,s,t\n"));
    assert_true(key_of(DAY, rows[0]) != key_of(MONTH, rows[0]));
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
        cmocka_unit_test(a_report_of_one_day_is_of_that_day),
        cmocka_unit_test(a_longer_report_stays_apart),
        cmocka_unit_test(channels_are_records_of_their_own),
        cmocka_unit_test(a_second_row_of_one_key_is_left_out),
        cmocka_unit_test(older_files_have_no_split_of_tokens),
        cmocka_unit_test(the_oldest_files_have_no_money),
        cmocka_unit_test(services_of_the_organisation_are_nobody),
        cmocka_unit_test(a_name_without_a_period_gives_no_days),
        cmocka_unit_test(bad_cells_skip_the_row),
        cmocka_unit_test(names_of_products_that_are_none_are_not_kept),
        cmocka_unit_test(each_dimension_tells_rows_apart),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
