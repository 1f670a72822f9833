/* LiteLLM, Langfuse, Helicone: whose calls they were, and which tokens are in which. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

static void expect_csv(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.csv", text, records, diagnostics);
}

static void expect_json(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json("f.json", text, records, diagnostics);
}

/* ---- LiteLLM, calls ------------------------------------------------------------------------ */

static void calls_are_read_from_json(void **state)
{
    (void)state;
    transcript_compare_golden("litellm-calls.json");
}

#define CALLS                                                                                      \
    "request_id,call_type,api_key,spend,prompt_tokens,completion_tokens,startTime,model,user,"     \
    "session_id,status,messages,response,metadata\n"

static void calls_are_read_from_csv(void **state)
{
    (void)state;
    expect_csv(CALLS "q-1,acompletion,h,0.0123,1200,300,2026-10-05 09:12:44.12,gpt-5.5,"
                     "ana@example.com,s-1,success,,,\n",
        "2026-10-05+33164120 email:ana@example.com key:h model:gpt-5.5 session=1 interactions=1 "
        "requests=1 output_tokens=300 unsplit_tokens=1200 list_value=~12300\n",
        "");
}

static void the_id_of_a_call_is_its_key_in_both(void **state)
{
    (void)state;
    assert_true(
        transcript_key("f.csv", CALLS "q-1,x,h,0,1,1,2026-10-05 09:12:44,m,u,s,success,,,\n") ==
        transcript_key_json("f.json",
            "{'request_id':'q-1','startTime':'2026-10-05T09:12:44','spend':3,'user':'v'}"));
}

static void content_of_calls_is_dropped(void **state)
{
    (void)state;
    transcript_expect_dropped("f.json",
        "{'request_id':'q','startTime':'2026-10-05T09:12:44','spend':0,'messages':[{'CANARY':1}],"
        "'response':{'a':'CANARY'},'metadata':'CANARY','request_tags':['CANARY'],"
        "'requester_ip_address':'CANARY','proxy_server_request':'CANARY','end_user':'CANARY'}",
        6);
    transcript_expect_dropped(
        "f.csv", CALLS "q-1,x,h,0,1,1,2026-10-05 09:12:44,m,u,s,success,CANARY,CANARY,CANARY\n", 3);
}

static void bad_calls_are_left_out(void **state)
{
    (void)state;
    expect_json(
        "{'request_id':'','startTime':'2026-10-05T09:12:44','spend':0}\n"
        "{'request_id':'q','startTime':'','spend':0}\n"
        "{'request_id':'q','startTime':'2026-10-05','spend':0}\n"
        "{'request_id':'q','startTime':'2026-10-05T09:12:44','spend':-1}\n"
        "{'request_id':'q','startTime':'2026-10-05T09:12:44','spend':0,'prompt_tokens':[]}\n"
        "{'request_id':'q','startTime':'2026-12-05T09:12:44','spend':0}\n",
        "",
        "f.json:1:1: skipped: missing field: request_id: no id (export the file again with all "
        "columns)\n"
        "f.json:2:1: skipped: missing field: startTime: no time (export the file again with all "
        "columns)\n"
        "f.json:3:1: skipped: not a date: startTime: not a date with its time of day (write dates "
        "as YYYY-MM-DD)\n"
        "f.json:4:1: skipped: number out of range: spend: an amount cannot be so (compare the "
        "record with the vendor's console)\n"
        "f.json:5:1: skipped: not a number: prompt_tokens: a whole number is wanted (export the "
        "file again or mend the field)\n"
        "f.json:6:1: skipped: date in the future: startTime: later than the day of this run (check "
        "the clock of the exporting system)\n");
}

/* ---- LiteLLM, days ------------------------------------------------------------------------- */

#define DAYS                                                                                       \
    "user_id,date,api_key,model,model_group,custom_llm_provider,mcp_namespaced_tool_name,"         \
    "endpoint,prompt_tokens,completion_tokens,cache_read_input_tokens,"                            \
    "cache_creation_input_tokens,spend,api_requests,successful_requests,failed_requests\n"
#define DAY_ROW(model, prompt)                                                                     \
    "ana@example.com,2026-10-05,h," model ",g,p,,/chat," prompt ",30,60,10,0.5,4,3,1\n"

static void cached_tokens_are_taken_off_the_prompt(void **state)
{
    (void)state;
    /* 100 - 60 - 10 */
    expect_csv(DAYS DAY_ROW("m", "100"),
        "2026-10-05 email:ana@example.com key:h model:m interactions=3 requests=3 "
        "input_tokens=30 cache_write_tokens=10 cache_read_tokens=60 output_tokens=30 "
        "list_value=~500000\n",
        "");
}

static void more_cached_than_prompted_stands_beside_the_prompt(void **state)
{
    (void)state;
    expect_csv(DAYS DAY_ROW("m", "50"),
        "2026-10-05 email:ana@example.com key:h model:m interactions=3 requests=3 "
        "input_tokens=50 cache_write_tokens=10 cache_read_tokens=60 output_tokens=30 "
        "list_value=~500000\n",
        "");
}

static void days_are_read_from_json(void **state)
{
    (void)state;
    expect_json("{'user_id':'u-1','date':'2026-10-05','spend':0.25,'api_requests':2,"
                "'prompt_tokens':7,'completion_tokens':1}",
        "2026-10-05 user_id:u-1 interactions=2 requests=2 output_tokens=1 unsplit_tokens=7 "
        "list_value=~250000\n",
        "");
}

static void a_day_is_known_by_key_model_and_provider(void **state)
{
    (void)state;
    guint64 key = transcript_key("f.csv", DAYS DAY_ROW("m", "100"));
    assert_true(key == transcript_key("f.csv", DAYS DAY_ROW("m", "999")));
    assert_true(key != transcript_key("f.csv", DAYS DAY_ROW("n", "100")));
}

static void bad_days_are_left_out(void **state)
{
    (void)state;
    expect_csv("user_id,date,spend,api_requests\nu,,1,1\nu,5.10.2026,1,1\nu,2026-10-05,1,x\n", "",
        "f.csv:2:3: skipped: missing field: date: no day (export the file again with all "
        "columns)\n"
        "f.csv:3:3: skipped: not a date: date: not YYYY-MM-DD (write dates as YYYY-MM-DD)\n"
        "f.csv:4:16: skipped: not a number: api_requests: a whole number is wanted (export the "
        "file again or mend the field)\n");
}

#define REFUSED(text)                                                                              \
    " skipped: format not recognised: " text " (see docs/formats.md for what is read)\n"
#define SISTER                                                                                     \
    REFUSED("LiteLLM's spend by team, organisation, agent or tag: the same use as its table by "   \
            "user; export LiteLLM_DailyUserSpend instead")

static void sister_tables_are_refused(void **state)
{
    (void)state;
    expect_csv("team_id,date,spend,api_requests\nt,2026-10-05,1,1\n", "", "f.csv:" SISTER);
    expect_csv("tag,date,spend,api_requests\nt,2026-10-05,1,1\n", "", "f.csv:" SISTER);
    expect_json("{'organization_id':'o','date':'2026-10-05','spend':1,'api_requests':1}", "",
        "f.json:" SISTER);
    expect_json("{'user_id':'u','user_email':'e','spend':1,'max_budget':1}", "",
        "f.json:" REFUSED("LiteLLM's table of users: put ids and e-mail addresses into "
                          "identities.csv"));
}

static void activity_names_nobody_and_stays_apart(void **state)
{
    (void)state;
    expect_json("{'results':[{'date':'2026-10-05','metrics':{'spend':0.5,'prompt_tokens':9,"
                "'completion_tokens':2,'api_requests':3,'total_tokens':11},'breakdown':{'api_keys':"
                "{'x':{}}}},{'metrics':{}},{'date':'2026-10-06','metrics':{'api_requests':1}}],"
                "'metadata':{'has_more':true,'total_spend':1}}",
        "2026-10-05 service interactions=3 requests=3 output_tokens=2 unsplit_tokens=9 "
        "list_value=~500000\n"
        "2026-10-06 service interactions=1 requests=1\n",
        "f.json:1:1: skipped: missing field: date: no day (export the file again with all "
        "columns)\n"
        "f.json: warning: incomplete export: metadata.has_more: the last page says that there is "
        "another one (export all pages of the period again)\n");
}

/* ---- Langfuse ------------------------------------------------------------------------------ */

static void observations_are_read_from_json(void **state)
{
    (void)state;
    transcript_compare_golden("langfuse-observations.json");
}

#define OBSERVATIONS                                                                               \
    "id,type,start_time,user_id,provided_model_name,usage_details,total_cost,input\n"
#define CALL(usage) "o-1,GENERATION,2026-10-05 09:12:44,u-1,m," usage ",0.5,\n"
#define CALLED "2026-10-05+33164000 user_id:u-1 model:m interactions=1 requests=1"

static void usage_in_csv_is_text(void **state)
{
    (void)state;
    expect_csv(OBSERVATIONS CALL("\"{\"\"input\"\":5,\"\"output\"\":\"\"2\"\",\"\"total\"\":7}\""),
        CALLED " input_tokens=5 output_tokens=2 list_value=~500000\n", "");
    expect_csv(OBSERVATIONS CALL(""), CALLED " list_value=~500000\n", "");
    expect_csv(OBSERVATIONS CALL("{}"), CALLED " list_value=~500000\n", "");
}

static void usage_that_is_no_object_is_reported(void **state)
{
    (void)state;
#define NO_OBJECT                                                                                  \
    "f.csv:2:42: skipped: broken JSON: usage_details: no object of numbers (export the file "      \
    "again; it may be cut off)\n"
    expect_csv(OBSERVATIONS CALL("12"), "", NO_OBJECT);
    expect_csv(OBSERVATIONS CALL("\"{\"\"input\"\":5\""), "", NO_OBJECT);
    expect_csv(OBSERVATIONS CALL("\"{\"\"input\"\":-5}\""), "",
        "f.csv:2:42: skipped: number out of range: usage_details: a count cannot be so (compare "
        "the record with the vendor's console)\n");
    g_autofree char *blanks = g_strnfill(5000, ' ');
    g_autofree char *text = g_strconcat(
        OBSERVATIONS "o-1,GENERATION,2026-10-05 09:12:44,u-1,m,\"{", blanks, "}\",0.5,\n", NULL);
    expect_csv(text, "", NO_OBJECT);
}

static void usage_may_be_text_in_json_too(void **state)
{
    (void)state;
    Reading reading;
    const char *text =
        "{\"id\":\"o\",\"type\":\"generation\",\"start_time\":\"2026-10-05T09:12:44Z\","
        "\"usage_details\":\"{\\\"input\\\":5,\\\"output\\\":2}\"}";
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_string_equal(reading.records->str,
        "2026-10-05+33164000 service interactions=1 requests=1 input_tokens=5 output_tokens=2\n");
    transcript_clear(&reading);
}

static void a_call_without_a_cost_is_priced_by_its_model(void **state)
{
    (void)state;
    expect_csv(OBSERVATIONS "o-1,GENERATION,2026-10-05 09:12:44,u-1,m,\"{\"\"input\"\":5}\",,\n",
        "2026-10-05+33164000 user_id:u-1 model:m price/request interactions=1 requests=1 "
        "input_tokens=5\n",
        "");
}

static void other_types_are_no_calls(void **state)
{
    (void)state;
    expect_csv(OBSERVATIONS "o-1,SPAN,2026-10-05 09:12:44,u-1,m,,0.5,\n", "",
        "f.csv: note: empty file: no rows in it, which does not mean no use (export the period "
        "again if use was expected)\n");
}

static void content_of_observations_is_dropped(void **state)
{
    (void)state;
    transcript_expect_dropped("f.json",
        "{'id':'o','type':'GENERATION','start_time':'2026-10-05T09:12:44Z','usage_details':{},"
        "'input':{'a':['CANARY']},'output':'CANARY','metadata':{'CANARY':1},'name':'CANARY',"
        "'trace_name':'CANARY','prompt_name':'CANARY','status_message':'CANARY',"
        "'model_parameters':{'stop':'CANARY'}}",
        8);
    transcript_expect_dropped(
        "f.csv", OBSERVATIONS "o-1,GENERATION,2026-10-05 09:12:44,u-1,m,,0.5,CANARY\n", 1);
}

static void bad_observations_are_left_out(void **state)
{
    (void)state;
    expect_json("{'id':'','type':'GENERATION','start_time':'2026-10-05T09:12:44Z',"
                "'usage_details':{}}\n"
                "{'id':'o','type':'GENERATION','start_time':null,'usage_details':{}}\n"
                "{'id':'o','type':'GENERATION','start_time':'2026-10-05T09:12:44Z',"
                "'usage_details':{'input':'many'}}\n"
                "{'id':'o','type':'GENERATION','start_time':'2026-10-05T09:12:44Z',"
                "'usage_details':{},'total_cost':'free'}\n"
                "{'id':'o','type':'GENERATION','start_time':'2026-10-05T09:12:44Z',"
                "'usage_details':[7]}\n",
        "2026-10-05+33164000 service interactions=1 requests=1\n",
        "f.json:1:1: skipped: missing field: id: no id (export the file again with all columns)\n"
        "f.json:2:1: skipped: missing field: start_time: no time (export the file again with all "
        "columns)\n"
        "f.json:3:1: skipped: not a number: usage_details: a whole number is wanted (export the "
        "file again or mend the field)\n"
        "f.json:4:1: skipped: not a number: total_cost: an amount is wanted (export the file again "
        "or mend the field)\n");
}

static void sums_by_day_have_a_part_for_each_model(void **state)
{
    (void)state;
    expect_json("{'data':[{'date':'2026-10-05','countTraces':4,'countObservations':9,'totalCost':1,"
                "'usage':[{'model':'m','inputUsage':10,'outputUsage':2,'totalUsage':12,"
                "'totalCost':0.75,'countTraces':3,'countObservations':5},{'model':null,"
                "'inputUsage':1,'outputUsage':1,'totalCost':0.25,'countObservations':1}]},"
                "{'date':'x','countTraces':0,'usage':[]}],"
                "'meta':{'page':1,'limit':50,'totalItems':70,'totalPages':2}}",
        "2026-10-05 service model:m interactions=5 requests=5 output_tokens=2 unsplit_tokens=10 "
        "list_value=~750000\n"
        "2026-10-05 service part=1 interactions=1 requests=1 output_tokens=1 unsplit_tokens=1 "
        "list_value=~250000\n",
        "f.json:1:296: skipped: not a date: date: neither YYYY-MM-DD nor an instant with its zone "
        "(write dates as YYYY-MM-DD)\n"
        "f.json: warning: incomplete export: meta.totalPages: the last page here is not the last "
        "one (export all pages of the period again)\n");
}

/* ---- Helicone ------------------------------------------------------------------------------ */

#define HELICONE                                                                                   \
    "response_id,response_created_at,response_status,request_created_at,request_body,"             \
    "request_properties,request_user_id,model,prompt_tokens,completion_tokens,latency,cost\n"
#define ANA                                                                                        \
    "2026-10-05+33164120 email:ana@example.com model:gpt-5.5 interactions=1 requests=1 "           \
    "output_tokens=300 unsplit_tokens=1200 list_value=~12300\n"
#define FINE                                                                                       \
    "r-1,2026-10-05T09:12:47.004Z,200,2026-10-05T09:12:44.120Z,,,ana@example.com,gpt-5.5,1200,"    \
    "300,2884,0.0123\n"
#define REQUEST(id)                                                                                \
    "{'response_id':'" id "','response_status':200,'request_created_at':"                          \
    "'2026-10-05T09:12:44.120Z','request_user_id':'ana@example.com','model':'gpt-5.5',"            \
    "'prompt_tokens':1200,'completion_tokens':300,'latency':2884,'cost':0.0123}"

static void requests_are_read_from_csv_and_json(void **state)
{
    (void)state;
    expect_csv(HELICONE FINE, ANA, "");
    expect_json(REQUEST("r-1") "\n" REQUEST("r-2"), ANA ANA, "");
    assert_true(
        transcript_key("f.csv", HELICONE FINE) == transcript_key_json("f.json", REQUEST("r-1")));
}

static void quotes_doubled_twice_cost_their_row_alone(void **state)
{
    (void)state;
    Reading reading;
    const char *text = HELICONE
        "r-2,2026-10-05T09:12:47Z,200,2026-10-05T09:12:44Z,\"{\"\"\"\"CANARY\"\"\"\": \"\"\"\"a, "
        "b\"\"\"\"}\",,u,m,1,1,1,\n" FINE
        "r-3,2026-10-05T09:12:47Z,200,2026-10-05T09:12:44Z,\"{\"\"CANARY\": 1, \"b\": 2}\",,u,m,1,"
        "1,1,\n" FINE;
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_int_equal(reading.summary.rows_taken, 3);
    assert_int_equal(reading.summary.rows_skipped, 1);
    assert_null(strstr(reading.records->str, "CANARY"));
    assert_null(strstr(reading.diagnostics, "CANARY"));
    transcript_clear(&reading);
}

static void a_comma_behind_the_last_request_does_no_harm(void **state)
{
    (void)state;
    expect_json("[" REQUEST("r-1") ",\n" REQUEST("r-2") ",\n]", ANA ANA, "");
}

static void failed_requests_are_no_use_and_costs_may_be_missing(void **state)
{
    (void)state;
    expect_json("{'response_id':'r','response_status':429,'request_created_at':"
                "'2026-10-05T09:12:44Z','cost':null}",
        "2026-10-05+33164000 service interactions=0 requests=0\n", "");
}

static void bodies_of_requests_are_dropped(void **state)
{
    (void)state;
    transcript_expect_dropped("f.json",
        "{'response_id':'r','request_created_at':'2026-10-05T09:12:44Z','request_body':{'m':"
        "'CANARY'},'response_body':'CANARY','request_properties':{'CANARY':'CANARY'}}",
        3);
    transcript_expect_dropped(
        "f.csv", HELICONE "r-1,,200,2026-10-05T09:12:44Z,CANARY,CANARY,u,m,1,1,1,1\n", 2);
}

static void bad_requests_are_left_out(void **state)
{
    (void)state;
    expect_json("{'response_id':null,'request_created_at':'2026-10-05T09:12:44Z'}\n"
                "{'response_id':'r','request_created_at':7}\n"
                "{'response_id':'r','request_created_at':'2026-10-05T09:12:44Z','cost':{}}\n",
        "",
        "f.json:1:1: skipped: missing field: response_id: no id (export the file again with all "
        "columns)\n"
        "f.json:2:1: skipped: broken JSON: request_created_at: text is wanted (export the file "
        "again; it may be cut off)\n"
        "f.json:3:1: skipped: not a number: cost: an amount is wanted (export the file again or "
        "mend the field)\n");
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
        cmocka_unit_test(calls_are_read_from_json),
        cmocka_unit_test(calls_are_read_from_csv),
        cmocka_unit_test(the_id_of_a_call_is_its_key_in_both),
        cmocka_unit_test(content_of_calls_is_dropped),
        cmocka_unit_test(bad_calls_are_left_out),
        cmocka_unit_test(cached_tokens_are_taken_off_the_prompt),
        cmocka_unit_test(more_cached_than_prompted_stands_beside_the_prompt),
        cmocka_unit_test(days_are_read_from_json),
        cmocka_unit_test(a_day_is_known_by_key_model_and_provider),
        cmocka_unit_test(bad_days_are_left_out),
        cmocka_unit_test(sister_tables_are_refused),
        cmocka_unit_test(activity_names_nobody_and_stays_apart),
        cmocka_unit_test(observations_are_read_from_json),
        cmocka_unit_test(usage_in_csv_is_text),
        cmocka_unit_test(usage_that_is_no_object_is_reported),
        cmocka_unit_test(usage_may_be_text_in_json_too),
        cmocka_unit_test(a_call_without_a_cost_is_priced_by_its_model),
        cmocka_unit_test(other_types_are_no_calls),
        cmocka_unit_test(content_of_observations_is_dropped),
        cmocka_unit_test(bad_observations_are_left_out),
        cmocka_unit_test(sums_by_day_have_a_part_for_each_model),
        cmocka_unit_test(requests_are_read_from_csv_and_json),
        cmocka_unit_test(quotes_doubled_twice_cost_their_row_alone),
        cmocka_unit_test(a_comma_behind_the_last_request_does_no_harm),
        cmocka_unit_test(failed_requests_are_no_use_and_costs_may_be_missing),
        cmocka_unit_test(bodies_of_requests_are_dropped),
        cmocka_unit_test(bad_requests_are_left_out),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
