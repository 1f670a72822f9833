/* Qwen Code's recordings: prompts, answers, telemetry where it is all there is, branches. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define FILE_NAME "s.jsonl"
#define WHO " path:" FILE_NAME
#define LINE_OF(uuid, session, more)                                                               \
    "{'uuid':'" uuid "','parentUuid':null,'sessionId':'" session                                   \
    "','timestamp':'2026-10-05T09:00:00.000Z','cwd':'/CANARY','version':'0.15.10',"                \
    "'gitBranch':'CANARY'," more "}\n"
#define LINE(uuid, more) LINE_OF(uuid, "s-1", more)
#define SAID "'type':'user','message':{'role':'user','parts':[{'text':'CANARY'}]}"
#define ANSWERED "'type':'assistant','model':'qwen3-coder','message':{'role':'model','parts':[]}"
#define USAGE                                                                                      \
    ",'usageMetadata':{'promptTokenCount':18009,'candidatesTokenCount':47,"                        \
    "'thoughtsTokenCount':20,'totalTokenCount':18056,'cachedContentTokenCount':17000}"
#define TELEMETRY                                                                                  \
    "'type':'system','subtype':'ui_telemetry','systemPayload':{'uiEvent':{'event.name':"           \
    "'qwen-code.api_response','event.timestamp':'2026-10-05T09:00:00.000Z','model':"               \
    "'qwen3-coder','input_token_count':100,'output_token_count':10,"                               \
    "'cached_content_token_count':60,'thoughts_token_count':5,'tool_token_count':1,"               \
    "'total_token_count':116,'response_text':'CANARY','prompt_id':'s-1########0'}}"

#define NINE "2026-10-05+32400000" WHO
#define PROMPTED NINE " terminal session=1 interactions=0 messages=1\n"
#define COUNTED                                                                                    \
    NINE " model:qwen3-coder terminal session=1 price/request interactions=1 requests=1 "          \
         "input_tokens=1009 cache_read_tokens=17000 output_tokens=47\n"
#define WITHOUT NINE " model:qwen3-coder terminal session=1 interactions=1\n"
#define FROM_TELEMETRY                                                                             \
    NINE " model:qwen3-coder terminal session=1 price/request interactions=0 requests=1 "          \
         "input_tokens=41 cache_read_tokens=60 output_tokens=15\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json(FILE_NAME, text, records, diagnostics);
}

static void read_json(Reading *reading, const char *text)
{
    g_autofree char *quoted = transcript_quote(text);
    transcript_read(reading, FILE_NAME, quoted, strlen(quoted));
}

static void a_session_has_prompts_and_answers_with_tokens(void **state)
{
    (void)state;
    expect(LINE("u", SAID) LINE("a", ANSWERED USAGE), PROMPTED COUNTED, "");
}

static void thoughts_beside_the_output_are_added(void **state)
{
    (void)state;
    expect(LINE("a", ANSWERED ",'usageMetadata':{'promptTokenCount':10,'candidatesTokenCount':4,"
                              "'thoughtsTokenCount':3,'totalTokenCount':17}"),
        NINE " model:qwen3-coder terminal session=1 price/request interactions=1 requests=1 "
             "input_tokens=10 cache_read_tokens=0 output_tokens=7\n",
        "");
}

static void an_answer_without_tokens_is_not_measured(void **state)
{
    (void)state;
    expect(LINE("a", ANSWERED) LINE("b", ANSWERED ",'usageMetadata':null")
               LINE("c", ANSWERED ",'usageMetadata':{}"),
        WITHOUT WITHOUT WITHOUT, "");
}

static void telemetry_of_a_session_with_tokens_does_not_count(void **state)
{
    (void)state;
    expect(LINE("t", TELEMETRY) LINE("a", ANSWERED USAGE) LINE("v", TELEMETRY), COUNTED, "");
}

static void telemetry_of_a_session_without_tokens_counts(void **state)
{
    (void)state;
    expect(LINE("a", ANSWERED) LINE("t", TELEMETRY), WITHOUT FROM_TELEMETRY, "");
}

static void the_last_telemetry_waits_for_the_line_of_its_answer(void **state)
{
    (void)state;
    expect(LINE("u", SAID) LINE("t", TELEMETRY), PROMPTED, "");
    expect(LINE("t", TELEMETRY) LINE("a", ANSWERED), WITHOUT FROM_TELEMETRY, "");
    expect(
        LINE("t", TELEMETRY) LINE("a", ANSWERED) LINE("v", TELEMETRY), WITHOUT FROM_TELEMETRY, "");
}

static void telemetry_without_an_answer_counts_when_others_follow(void **state)
{
    (void)state;
    expect(LINE("t", TELEMETRY) LINE("v", TELEMETRY) LINE("a", ANSWERED),
        WITHOUT FROM_TELEMETRY FROM_TELEMETRY, "");
}

static void each_session_of_a_file_decides_for_itself(void **state)
{
    (void)state;
    Reading reading;
    read_json(&reading,
        LINE("t", TELEMETRY) LINE_OF("v", "s-2", TELEMETRY) LINE_OF("a", "s-2", ANSWERED USAGE));
    assert_int_equal(reading.keys->len, 2);
    assert_true(g_str_has_prefix(reading.records->str, FROM_TELEMETRY));
    assert_non_null(strstr(reading.records->str, "input_tokens=1009"));
    transcript_clear(&reading);
}

static void more_telemetry_than_is_held_counts_too(void **state)
{
    (void)state;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < 20000; i++)
        g_string_append_printf(text, LINE("%u", TELEMETRY), i);
    g_string_append(text, LINE("a", ANSWERED));
    Reading reading;
    read_json(&reading, text->str);
    assert_int_equal(reading.summary.rows_taken, 20001);
    transcript_clear(&reading);
    g_string_free(text, TRUE);
}

static void other_telemetry_counts_nothing(void **state)
{
    (void)state;
    expect(LINE("u", SAID)
               LINE("t", "'type':'system','subtype':'ui_telemetry','systemPayload':{'uiEvent':{"
                         "'event.name':'qwen-code.tool_call','function_name':'CANARY'}}")
                   LINE("v", "'type':'system','subtype':'chat_compression','systemPayload':{"
                             "'compressedHistory':['CANARY'],'uiEvent':{'input_token_count':9}}")
                       LINE("w", "'type':'tool_result','toolCallResult':{'x':'CANARY'}"),
        PROMPTED, "");
}

static void what_others_write_in_a_persons_name_is_no_prompt(void **state)
{
    (void)state;
    expect(LINE("a", SAID ",'subtype':'notification'") LINE("b", SAID ",'subtype':'cron'")
               LINE("c", SAID ",'provenance':'goal_runtime'") LINE("d", SAID ",'isSidechain':true")
                   LINE("e", SAID ",'subtype':'mid_turn_user_message','provenance':'real_user'"),
        PROMPTED, "");
}

static void a_subagents_tokens_count(void **state)
{
    (void)state;
    expect(LINE("u", SAID) LINE("a", ANSWERED USAGE ",'isSidechain':true"),
        PROMPTED NINE " model:qwen3-coder agent session=1 price/request interactions=1 requests=1 "
                      "input_tokens=1009 cache_read_tokens=17000 output_tokens=47\n",
        "");
}

static void a_branch_copies_lines_with_their_keys(void **state)
{
    (void)state;
    assert_true(transcript_key_json(FILE_NAME, LINE_OF("a", "s-1", ANSWERED USAGE)) ==
                transcript_key_json(FILE_NAME, LINE_OF("a", "s-2", ANSWERED USAGE)));
    assert_true(transcript_key_json(FILE_NAME, LINE("a", ANSWERED USAGE)) !=
                transcript_key_json(FILE_NAME, LINE("b", ANSWERED USAGE)));
}

static void lines_of_claude_code_are_not_of_this_client(void **state)
{
    (void)state;
    g_autofree char *text =
        transcript_quote("{'parentUuid':null,'isSidechain':false,'userType':'external','cwd':'/x',"
                         "'sessionId':'s','version':'2.1.240','gitBranch':'','type':'assistant',"
                         "'uuid':'a','timestamp':'2026-10-05T09:00:00Z','message':{'id':'m','usage'"
                         ":{'input_tokens':1,'output_tokens':2}}}\n");
    assert_string_equal(transcript_source(FILE_NAME, text), "claude-code-transcripts");
}

static void lines_that_cannot_be_are_reported_by_field(void **state)
{
    (void)state;
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"{'uuid':'','parentUuid':null,'sessionId':'s','timestamp':'2026-10-05T09:00:00Z'," SAID
         "}",
            "missing field: uuid: a line without an id"},
        {"{'uuid':'u','parentUuid':null,'sessionId':'s'," SAID "}",
            "missing field: timestamp: no time"},
        {"{'uuid':'u','parentUuid':null,'sessionId':'s','timestamp':'5.10.'," SAID "}",
            "not a date: timestamp: not an instant"},
        {"{'uuid':'u','parentUuid':null,'sessionId':'s','timestamp':'2027-01-01T00:00:00Z'," SAID
         "}",
            "date in the future: timestamp"},
        {"{'uuid':'u','parentUuid':null,'sessionId':{},'timestamp':'2026-10-05T09:00:00Z'," SAID
         "}",
            "sessionId: text is wanted"},
        {LINE("a", ANSWERED ",'usageMetadata':{'promptTokenCount':-5}"),
            "usageMetadata.promptTokenCount: a count cannot be so"},
        {LINE("a", ANSWERED ",'usageMetadata':{'candidatesTokenCount':'CANARY'}"),
            "usageMetadata.candidatesTokenCount: a whole number is wanted"},
        {LINE("a", ANSWERED ",'isSidechain':'CANARY'"), "isSidechain: true or false is wanted"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        transcript_expect_said(FILE_NAME, cases[i].line, 1, cases[i].said);
}

static void a_last_line_that_is_still_written_is_noted(void **state)
{
    (void)state;
    expect(LINE("u", SAID) LINE("t", TELEMETRY) LINE("a", ANSWERED) "{'uuid':'x','parent",
        PROMPTED WITHOUT FROM_TELEMETRY,
        FILE_NAME ":4:1: note: unfinished line: the last line is not complete yet (nothing to do: "
                  "it is read at the next run)\n");
}

static void no_content_leaves_the_parser(void **state)
{
    (void)state;
    transcript_expect_dropped(FILE_NAME,
        LINE_OF("CANARY", "CANARY", SAID ",'toolCallResult':{'CANARY':'CANARY'},'CANARY':'CANARY'")
            LINE("t", TELEMETRY)
                LINE("v", "'type':'system','systemPayload':{'rawCommand':'CANARY'}")
                    LINE("a", "'type':'assistant','message':'CANARY','model':['CANARY']"),
        16);
}

static void the_sample_reads_as_computed_by_hand(void **state)
{
    (void)state;
    transcript_compare_golden("qwen-chat.jsonl");
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
        cmocka_unit_test(a_session_has_prompts_and_answers_with_tokens),
        cmocka_unit_test(thoughts_beside_the_output_are_added),
        cmocka_unit_test(an_answer_without_tokens_is_not_measured),
        cmocka_unit_test(telemetry_of_a_session_with_tokens_does_not_count),
        cmocka_unit_test(telemetry_of_a_session_without_tokens_counts),
        cmocka_unit_test(the_last_telemetry_waits_for_the_line_of_its_answer),
        cmocka_unit_test(telemetry_without_an_answer_counts_when_others_follow),
        cmocka_unit_test(each_session_of_a_file_decides_for_itself),
        cmocka_unit_test(more_telemetry_than_is_held_counts_too),
        cmocka_unit_test(other_telemetry_counts_nothing),
        cmocka_unit_test(what_others_write_in_a_persons_name_is_no_prompt),
        cmocka_unit_test(a_subagents_tokens_count),
        cmocka_unit_test(a_branch_copies_lines_with_their_keys),
        cmocka_unit_test(lines_of_claude_code_are_not_of_this_client),
        cmocka_unit_test(lines_that_cannot_be_are_reported_by_field),
        cmocka_unit_test(a_last_line_that_is_still_written_is_noted),
        cmocka_unit_test(no_content_leaves_the_parser),
        cmocka_unit_test(the_sample_reads_as_computed_by_hand),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
