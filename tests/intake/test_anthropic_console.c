/* CSV exports of the Claude Console: header generations, keys, hours, money; by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.csv", text, records, diagnostics);
}

#define TOKENS                                                                                     \
    "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,"                    \
    "usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,"                               \
    "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,"         \
    "web_search_count,inference_geo,speed\n"

static void tokens_of_a_key_are_read(void **state)
{
    (void)state;
    expect("\xef\xbb\xbf" TOKENS "2026-09-08,claude-sonnet-5,ci-runner,Default,standard,"
           "\xe2\x89\xa4 200k,41000,10,62000,910000,18000,3,not_available,\r\n",
        "2026-09-08 key:ci-runner service model:claude-sonnet-5 label:project:Default "
        "price/1h=62000 interactions=~1 input_tokens=41000 cache_write_tokens=62010 "
        "cache_read_tokens=910000 output_tokens=18000\n",
        "");
}

static void keys_that_claude_code_makes_are_its_use(void **state)
{
    (void)state;
    expect(TOKENS "2026-09-08,m,claude_code_key_ana_abcd,,standard,,1,0,0,0,2,0,,fast\n",
        "2026-09-08 key:claude_code_key_ana_abcd source:claude-code-console-tokens service model:m "
        "terminal price/fast/1h=0 interactions=~1 input_tokens=1 cache_write_tokens=0 "
        "cache_read_tokens=0 output_tokens=2\n",
        "");
}

static void use_in_the_console_has_no_key(void **state)
{
    (void)state;
    expect(TOKENS "2026-09-08,m,,,batch,,0,0,0,0,0,0,,\n",
        "2026-09-08 service model:m interactions=~0 input_tokens=0 cache_write_tokens=0 "
        "cache_read_tokens=0 output_tokens=0\n",
        "");
}

static void rows_of_hours_are_a_source_of_their_own(void **state)
{
    (void)state;
    expect("usage_date_utc,model_version,usage_input_tokens_no_cache\n2026-09-08 14:00,m,1\n"
           "2026-09-08 15:00,m,2\n",
        "2026-09-08 source:anthropic-console-hours service model:m price interactions=~1 "
        "input_tokens=1\n"
        "2026-09-08 source:anthropic-console-hours service model:m price interactions=~1 "
        "input_tokens=2\n",
        "");
}

static void the_oldest_files_have_one_column_of_cache_writes(void **state)
{
    (void)state;
    expect("usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,"
           "usage_input_tokens_cache_write,usage_input_tokens_cache_read,usage_output_tokens,"
           "web_search_count\n2025-06-01,m,k,w,standard,\"1,000\",2,3,4,0\n",
        "2025-06-01 key:k service model:m label:project:w price interactions=~1 input_tokens=1000 "
        "cache_write_tokens=2 cache_read_tokens=3 output_tokens=4\n",
        "");
}

static void rows_that_differ_in_nothing_are_parts(void **state)
{
    (void)state;
    expect("usage_date_utc,model_version,api_key,usage_input_tokens_no_cache\n2026-09-08,m,k,1\n"
           "2026-09-08,m,k,2\n2026-09-08,m,l,3\n",
        "2026-09-08 key:k service model:m price interactions=~1 input_tokens=1\n"
        "2026-09-08 key:k service part=1 model:m price interactions=~1 input_tokens=2\n"
        "2026-09-08 key:l service model:m price interactions=~1 input_tokens=3\n",
        "");
}

/* ---- Cost -------------------------------------------------------------------------------- */

#define COST                                                                                       \
    "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,"        \
    "list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status\n"

static void cost_of_a_key_is_read(void **state)
{
    (void)state;
    expect(COST "2026-09-08,Claude Haiku 4.5,Default,ci-runner,message,,input_no_cache,0.05,0.06,"
                "token,not_available,,apikey_1,active\n"
                "2026-09-08,Claude Haiku 4.5,Default,ci-runner,message,,output,0.02,,token,,,"
                "apikey_1,active\n",
        "2026-09-08 key:ci-runner service model:claude-haiku-4-5 label:project:Default "
        "metered=50000 list_value=10000\n"
        "2026-09-08 key:ci-runner service model:claude-haiku-4-5 label:project:Default "
        "metered=20000\n",
        "");
}

static void the_oldest_cost_files_have_no_workspaces(void **state)
{
    (void)state;
    expect("usage_date_utc,model,api_key,usage_type,token_type,cost_usd\n"
           "2024-11-05,Claude 3.5 Sonnet 2024-10-22,K\xc3\xbc"
           "che,message,input_cache_write,"
           "\"$1,234.50\"\n",
        "2024-11-05 key:K\xc3\xbc"
        "che service model:claude-3-5-sonnet-20241022 "
        "metered=1234500000\n",
        "");
}

static void cost_files_between_are_read(void **state)
{
    (void)state;
    expect("usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd\n"
           "2025-08-05,Claude Sonnet 4,w,k,message,,output,-0.01\n",
        "2025-08-05 key:k service model:claude-sonnet-4 label:project:w metered=-10000\n", "");
}

static void cost_of_claude_code_keys_is_its_cost(void **state)
{
    (void)state;
    expect("usage_date_utc,model,api_key,usage_type,token_type,cost_usd\n"
           "2026-09-08,Claude Opus 5,claude_code_key_bo_x,message,output,1\n",
        "2026-09-08 key:claude_code_key_bo_x source:claude-code-console-cost service "
        "model:claude-opus-5 terminal metered=1000000\n",
        "");
}

static void columns_are_found_by_name(void **state)
{
    (void)state;
    expect("cost_usd,TOKEN_TYPE,model,usage date utc\n2,output,Claude Opus 5,2026-09-08\n",
        "2026-09-08 service model:claude-opus-5 metered=2000000\n", "");
}

/* ---- Hostile ----------------------------------------------------------------------------- */

static void bad_cells_skip_the_row(void **state)
{
    (void)state;
    expect("usage_date_utc,model_version,usage_input_tokens_no_cache\n" /* 1 */
           ",m,1\n"                                                     /* 2 */
           "2026-09-31,m,1\n"                                           /* 3 */
           "2026-09-08x14:00,m,1\n"                                     /* 4 */
           "2026-11-21,m,1\n"                                           /* 5 */
           "2026-09-08,m,-1\n"                                          /* 6 */
           "2026-09-08,m,many\n"                                        /* 7 */
           "2026-09-08,m,99999999999999999999\n"                        /* 8 */
           "2026-09-08,m\n"                                             /* 9 */
           "2026-09-08,m,1.0\n",                                        /* 10 */
        "2026-09-08 service model:m price interactions=~1 input_tokens=1\n",
        "f.csv:2:1: skipped: missing field: usage_date_utc: no date (export the file again with "
        "all columns)\n"
        "f.csv:3:1: skipped: not a date: usage_date_utc: neither YYYY-MM-DD nor that with an hour "
        "(write dates as YYYY-MM-DD)\n"
        "f.csv:4:1: skipped: not a date: usage_date_utc: neither YYYY-MM-DD nor that with an hour "
        "(write dates as YYYY-MM-DD)\n"
        "f.csv:5:1: skipped: date in the future: usage_date_utc: later than the day of this run "
        "(check the clock of the exporting system)\n"
        "f.csv:6:14: skipped: number out of range: usage_input_tokens_no_cache: a count cannot be "
        "so (compare the record with the vendor's console)\n"
        "f.csv:7:14: skipped: not a number: usage_input_tokens_no_cache: a whole number is wanted "
        "(export the file again or mend the field)\n"
        "f.csv:8:14: skipped: number out of range: usage_input_tokens_no_cache: a count cannot be "
        "so (compare the record with the vendor's console)\n"
        "f.csv:9: skipped: wrong number of fields: 2 fields where the header has 3 (export the "
        "file again or mend the row)\n");
}

static void bad_amounts_skip_the_row(void **state)
{
    (void)state;
    expect("usage_date_utc,model,cost_usd\n2026-09-08,m,free\n2026-09-08,m,9999999999999\n", "",
        "f.csv:2:14: skipped: not a number: cost_usd: an amount is wanted (export the file again "
        "or mend the field)\n"
        "f.csv:3:14: skipped: number out of range: cost_usd: an amount cannot be so (compare the "
        "record with the vendor's console)\n");
}

static void names_of_models_that_are_too_long_are_none(void **state)
{
    (void)state;
    g_autofree char *model = g_strnfill(65, 'm');
    g_autofree char *text =
        g_strconcat("usage_date_utc,model,cost_usd\n2026-09-08,", model, ",1\n", NULL);
    expect(text, "2026-09-08 service metered=1000000\n", "");
}

static guint64 key_of(const char *row)
{
    g_autofree char *text = g_strconcat(COST, row, NULL);
    return transcript_key("f.csv", text);
}

static void each_dimension_tells_rows_apart(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "2026-09-08,m,w,k,message,c,output,1,1,token,g,s,id,active\n",
        "2026-09-09,m,w,k,message,c,output,1,1,token,g,s,id,active\n",
        "2026-09-08,n,w,k,message,c,output,1,1,token,g,s,id,active\n",
        "2026-09-08,m,v,k,message,c,output,1,1,token,g,s,id,active\n",
        "2026-09-08,m,w,l,message,c,output,1,1,token,g,s,id,active\n",
        "2026-09-08,m,w,k,batch,c,output,1,1,token,g,s,id,active\n",
        "2026-09-08,m,w,k,message,d,output,1,1,token,g,s,id,active\n",
        "2026-09-08,m,w,k,message,c,input_no_cache,1,1,token,g,s,id,active\n",
        "2026-09-08,m,w,k,message,c,output,1,1,search,g,s,id,active\n",
        "2026-09-08,m,w,k,message,c,output,1,1,token,h,s,id,active\n",
        "2026-09-08,m,w,k,message,c,output,1,1,token,g,t,id,active\n",
        "2026-09-08,m,w,k,message,c,output,1,1,token,g,s,other,active\n"};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        for (guint j = 0; j < i; j++)
            assert_true(key_of(rows[i]) != key_of(rows[j]));
    assert_true(
        key_of(rows[0]) == key_of("2026-09-08,m,w,k,message,c,output,2,3,token,g,s,id,deleted\n"));
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
        cmocka_unit_test(tokens_of_a_key_are_read),
        cmocka_unit_test(keys_that_claude_code_makes_are_its_use),
        cmocka_unit_test(use_in_the_console_has_no_key),
        cmocka_unit_test(rows_of_hours_are_a_source_of_their_own),
        cmocka_unit_test(the_oldest_files_have_one_column_of_cache_writes),
        cmocka_unit_test(rows_that_differ_in_nothing_are_parts),
        cmocka_unit_test(cost_of_a_key_is_read),
        cmocka_unit_test(the_oldest_cost_files_have_no_workspaces),
        cmocka_unit_test(cost_files_between_are_read),
        cmocka_unit_test(cost_of_claude_code_keys_is_its_cost),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(bad_cells_skip_the_row),
        cmocka_unit_test(bad_amounts_skip_the_row),
        cmocka_unit_test(names_of_models_that_are_too_long_are_none),
        cmocka_unit_test(each_dimension_tells_rows_apart),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
