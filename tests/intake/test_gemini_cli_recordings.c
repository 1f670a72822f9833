/* Gemini CLI's recordings: both forms, copies, what was rewound, sub-agents, quirks. */
#include "transcript.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../cmocka_all.h"

#define FILE_NAME "s.jsonl"
#define WHO " path:" FILE_NAME
#define HEADER_OF(id, kind)                                                                        \
    "{'sessionId':'" id "','projectHash':'0f3a','startTime':'2026-10-05T09:12:40.000Z',"           \
    "'lastUpdated':'2026-10-05T09:12:40.000Z','kind':'" kind "'}\n"
#define HEADER HEADER_OF("s-1", "main")
#define USER(id) "{'id':'" id "','timestamp':'2026-10-05T09:12:44.120Z','type':'user','content':"
#define SAID(id) USER(id) "[{'text':'CANARY'}]}"
#define ANSWER(id, more)                                                                           \
    "{'id':'" id                                                                                   \
    "','timestamp':'2026-10-05T09:12:47.004Z','type':'gemini','content':'CANARY'," more "}"
#define TOKENS                                                                                     \
    "'tokens':{'input':12000,'output':300,'cached':8000,'thoughts':150,'tool':0,'total':12450},"   \
    "'model':'gemini-2.5-pro'"

/* 09:12:44.120 and 09:12:47.004 */
#define PROMPTED "2026-10-05+33164120" WHO " terminal session=1 interactions=0 messages=1\n"
#define ANSWERED_BY(who)                                                                           \
    "2026-10-05+33167004" who " model:gemini-2.5-pro terminal session=1 price/request "            \
    "interactions=1 requests=1 input_tokens=4000 cache_read_tokens=8000 output_tokens=450\n"
#define ANSWERED ANSWERED_BY(WHO)
#define EMPTY                                                                                      \
    ": note: empty file: no rows in it, which does not mean no use (export the period again if "   \
    "use was expected)\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json(FILE_NAME, text, records, diagnostics);
}

/* An answer with these members, in a session of its own. */
static void expect_answer(const char *members, const char *record)
{
    g_autofree char *text = g_strdup_printf(HEADER ANSWER("m", "%s") "\n", members);
    expect(text, record, "");
}

static void read_json(Reading *reading, const char *name, const char *text)
{
    g_autofree char *quoted = transcript_quote(text);
    transcript_read(reading, name, quoted, strlen(quoted));
}

static guint64 key_at(const Reading *reading, guint index)
{
    assert_true(index < reading->keys->len);
    return g_array_index(reading->keys, guint64, index);
}

/* ---- Messages ------------------------------------------------------------------------------ */

static void a_session_has_prompts_and_answers_with_tokens(void **state)
{
    (void)state;
    expect(HEADER SAID("m1") "\n{'$set':{'lastUpdated':'2026-10-05T09:12:44.120Z'}}\n" ANSWER(
               "m2", "'thoughts':[]," TOKENS) "\n",
        PROMPTED ANSWERED, "");
}

static void a_message_that_is_written_again_is_a_copy(void **state)
{
    (void)state;
    Reading reading;
    read_json(&reading, FILE_NAME,
        HEADER ANSWER("m2", "'tokens':null") "\n" ANSWER("m2", TOKENS) "\n" ANSWER(
            "m2", TOKENS ",'toolCalls':[{'id':'c','name':'','status':'success'}]") "\n");
    assert_string_equal(reading.records->str,
        "2026-10-05+33167004" WHO " terminal session=1 interactions=1\n" ANSWERED ANSWERED);
    assert_true(key_at(&reading, 0) == key_at(&reading, 1));
    assert_true(key_at(&reading, 1) == key_at(&reading, 2));
    transcript_clear(&reading);
}

static void other_messages_and_other_sessions_have_other_keys(void **state)
{
    (void)state;
    Reading reading;
    read_json(&reading, FILE_NAME,
        HEADER ANSWER("m", TOKENS) "\n" ANSWER("n", TOKENS) "\n" HEADER_OF("s-2", "main")
            ANSWER("m", TOKENS) "\n");
    assert_true(key_at(&reading, 0) != key_at(&reading, 1));
    assert_true(key_at(&reading, 0) != key_at(&reading, 2));
    assert_int_equal(reading.sessions->len, 2);
    transcript_clear(&reading);
}

static void what_was_rewound_counts_all_the_same(void **state)
{
    (void)state;
    expect(HEADER SAID("m1") "\n" ANSWER("m2", TOKENS) "\n{'$rewindTo':'m1'}\n", PROMPTED ANSWERED,
        "");
}

static void a_list_that_replaces_the_messages_holds_copies_of_them(void **state)
{
    (void)state;
    Reading reading;
    read_json(&reading, FILE_NAME,
        HEADER SAID("m1") "\n" ANSWER("m2", TOKENS) "\n{'$set':{'messages':[" SAID("m1") "," ANSWER(
            "m2", TOKENS) "]}}\n");
    assert_string_equal(reading.records->str, PROMPTED ANSWERED PROMPTED ANSWERED);
    assert_true(key_at(&reading, 0) == key_at(&reading, 2));
    assert_true(key_at(&reading, 1) == key_at(&reading, 3));
    transcript_clear(&reading);
}

static void a_bad_message_of_a_list_costs_only_itself(void **state)
{
    (void)state;
    expect(HEADER "{'$set':{'messages':[" SAID("m1") "," ANSWER(
               "m2", "'tokens':{'input':-1}") "," ANSWER("m3", TOKENS) "]}}\n",
        PROMPTED ANSWERED,
        FILE_NAME ":2:1: skipped: number out of range: tokens.input: a count cannot be so (compare "
                  "the record with the vendor's console)\n");
}

static void messages_of_the_client_are_none(void **state)
{
    (void)state;
    expect(HEADER "{'id':'a','timestamp':'2026-10-05T09:12:44Z','type':'info','content':'CANARY'}\n"
                  "{'id':'b','timestamp':'2026-10-05T09:12:44Z','type':'error','content':''}\n"
                  "{'id':'c','timestamp':'never','type':'warning','content':''}\n",
        "", FILE_NAME EMPTY);
}

/* ---- Tokens -------------------------------------------------------------------------------- */

#define FIRST "2026-10-05+33167004" WHO
#define LAST " terminal session=1 price/request interactions=1 requests=1"

static void tokens_that_are_null_are_not_measured(void **state)
{
    (void)state;
    expect_answer(
        "'tokens':null,'model':'m'", FIRST " model:m terminal session=1 interactions=1\n");
    expect_answer("'tokens':{},'model':'m'", FIRST " model:m terminal session=1 interactions=1\n");
}

static void tokens_of_tools_are_input(void **state)
{
    (void)state;
    expect_answer("'tokens':{'input':10,'output':2,'cached':4,'thoughts':3,'tool':5,'total':20}",
        FIRST LAST " input_tokens=11 cache_read_tokens=4 output_tokens=5\n");
}

static void thoughts_that_the_output_holds_are_not_added(void **state)
{
    (void)state;
    expect_answer("'tokens':{'input':10,'output':7,'thoughts':3,'total':17}",
        FIRST LAST " input_tokens=10 cache_read_tokens=0 output_tokens=7\n");
}

static void counts_that_are_left_out_are_zero(void **state)
{
    (void)state;
    expect_answer("'tokens':{'input':10,'output':null}",
        FIRST LAST " input_tokens=10 cache_read_tokens=0 output_tokens=0\n");
}

static void cached_input_beyond_the_input_is_beside_it(void **state)
{
    (void)state;
    expect_answer("'tokens':{'input':10,'cached':11}",
        FIRST LAST " input_tokens=10 cache_read_tokens=11 output_tokens=0\n");
}

static void a_total_alone_is_unsplit_and_has_no_price(void **state)
{
    (void)state;
    expect_answer("'tokens':{'total':17}",
        FIRST " terminal session=1 interactions=1 requests=1 unsplit_tokens=17\n");
}

/* ---- The old form -------------------------------------------------------------------------- */

#define OBJECT_OF(messages, behind)                                                                \
    "{\n  'sessionId': 's-1',\n  'projectHash': '0f3a',\n  'startTime': '2026-10-05T09:12:40Z',"   \
    "\n  'lastUpdated': '2026-10-05T09:13:00Z',\n  'messages': [" messages "]" behind "\n}\n"
#define SUMMARY ",\n  'summary': 'CANARY'"
#define BOTH SAID("m1") ",\n" ANSWER("m2", TOKENS)

static void the_old_object_holds_a_list_of_messages(void **state)
{
    (void)state;
    expect(OBJECT_OF(BOTH, SUMMARY), PROMPTED ANSWERED, "");
}

static void a_resumed_session_has_the_same_keys_in_both_forms(void **state)
{
    (void)state;
    assert_true(transcript_key_json("s.json", OBJECT_OF(ANSWER("m2", TOKENS), "")) ==
                transcript_key_json(FILE_NAME, HEADER ANSWER("m2", TOKENS) "\n"));
}

static void the_session_may_stand_behind_its_messages(void **state)
{
    (void)state;
    assert_true(transcript_key_json(
                    "s.json", "{'messages':[" ANSWER("m2", TOKENS) "],'sessionId':'s-1'}\n") ==
                transcript_key_json(FILE_NAME, HEADER ANSWER("m2", TOKENS) "\n"));
}

static void an_old_object_may_tell_at_its_end_that_it_is_a_subagents(void **state)
{
    (void)state;
    expect(OBJECT_OF(BOTH, ",'kind':'subagent'"),
        "2026-10-05+33167004" WHO " model:gemini-2.5-pro agent price/request interactions=0 "
        "requests=1 input_tokens=4000 cache_read_tokens=8000 output_tokens=450\n",
        "");
}

static void objects_one_after_another_are_sessions(void **state)
{
    (void)state;
    Reading reading;
    read_json(&reading, FILE_NAME,
        OBJECT_OF(ANSWER("m", TOKENS), "") "{'sessionId':'s-2','messages':[" ANSWER(
            "m", TOKENS) "]}\n{'messages':[" ANSWER("m", TOKENS) "]}\n");
    assert_int_equal(reading.keys->len, 3);
    assert_int_equal(reading.sessions->len, 2);
    assert_true(key_at(&reading, 0) != key_at(&reading, 1));
    assert_true(key_at(&reading, 1) != key_at(&reading, 2));
    transcript_clear(&reading);
}

static void an_old_object_that_was_cut_keeps_its_whole_messages(void **state)
{
    (void)state;
    expect("{'sessionId':'s-1','projectHash':'0','startTime':'x','messages':[\n" SAID(
               "m1") ",\n" ANSWER("m2", TOKENS) ",\n{'id':'m3','time",
        PROMPTED ANSWERED,
        FILE_NAME ":4:1: skipped: truncated file: the file ends inside this record (copy or export "
                  "the file again)\n");
}

static void an_old_object_may_be_larger_than_a_record(void **state)
{
    (void)state;
    GString *text = g_string_new("{'sessionId':'s-1','projectHash':'0','startTime':'x',"
                                 "'messages':[");
    g_autofree char *long_text = g_strnfill(1000 * 1000, 'x');
    for (guint i = 0; i < 20; i++)
        g_string_append_printf(text, USER("u%u") "'%s'},\n", i, long_text);
    g_string_append(text, ANSWER("m2", TOKENS) "],'summary':''}");
    Reading reading;
    read_json(&reading, FILE_NAME, text->str);
    assert_int_equal(reading.summary.rows_taken, 21);
    assert_string_equal(reading.diagnostics, "");
    transcript_clear(&reading);
    g_string_free(text, TRUE);
}

static void more_messages_than_are_held_are_taken_too(void **state)
{
    (void)state;
    GString *text = g_string_new("{'sessionId':'s-1','projectHash':'0','startTime':'x',"
                                 "'messages':[");
    for (guint i = 0; i < 20000; i++)
        g_string_append_printf(text,
            "{'id':'%u','timestamp':'2026-10-05T09:12:47Z','type':'gemini','content':'',"
            "'model':'m%u','tokens':{'input':1,'output':2}},\n",
            i, i);
    g_string_append(text, "{}]}");
    Reading reading;
    read_json(&reading, FILE_NAME, text->str);
    assert_int_equal(reading.summary.rows_taken, 20000);
    assert_int_equal(reading.sessions->len, 1);
    assert_non_null(strstr(reading.records->str, " model:m0 "));
    assert_non_null(strstr(reading.records->str, " model:m19999 "));
    transcript_clear(&reading);
    g_string_free(text, TRUE);
}

/* ---- Sub-agents ---------------------------------------------------------------------------- */

#define NESTED "chats/s-1/a-1.jsonl"
#define AGENTS                                                                                     \
    "2026-10-05+33167004 path:%s model:gemini-2.5-pro agent%s price/request interactions=0 "       \
    "requests=1 input_tokens=4000 cache_read_tokens=8000 output_tokens=450\n"

static void expect_agent(const char *path, const char *header, const char *session)
{
    g_autofree char *text = g_strconcat(header, SAID("m1") "\n" ANSWER("m2", TOKENS) "\n", NULL);
    g_autofree char *records = g_strdup_printf(AGENTS, path, session);
    transcript_expect_json(path, text, records, "");
}

static void a_subagents_tokens_count_and_its_prompts_do_not(void **state)
{
    (void)state;
    expect_agent(NESTED, HEADER_OF("a-1", "subagent"), " session=1");
}

static void a_subagent_is_use_of_its_parents_session(void **state)
{
    (void)state;
    Reading parent, agent;
    read_json(&parent, FILE_NAME, HEADER ANSWER("m", TOKENS) "\n");
    read_json(&agent, NESTED, HEADER_OF("a-1", "subagent") ANSWER("m", TOKENS) "\n");
    assert_true(
        g_array_index(parent.sessions, guint64, 0) == g_array_index(agent.sessions, guint64, 0));
    assert_true(key_at(&parent, 0) != key_at(&agent, 0));
    transcript_clear(&parent);
    transcript_clear(&agent);
}

static void a_subagent_without_its_folder_belongs_to_no_session(void **state)
{
    (void)state;
    expect_agent(FILE_NAME, HEADER_OF("a-1", "subagent"), "");
    expect_agent("chats/a-1.jsonl", HEADER_OF("a-1", "subagent"), "");
}

static void a_subagent_whose_header_is_lost_is_known_by_its_folder(void **state)
{
    (void)state;
    expect_agent(NESTED, "", " session=1");
}

static void a_session_in_a_folder_that_people_made_stays_one(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "chats/ana/session-2026-10-05T09-12-11111111.jsonl", "chats/ana/renamed.jsonl"};
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        Reading reading;
        read_json(&reading, paths[i], HEADER ANSWER("m2", TOKENS) "\n");
        assert_non_null(strstr(reading.records->str, " terminal session=1 "));
        transcript_clear(&reading);
    }
    Reading reading;
    read_json(&reading, paths[0], ANSWER("m2", TOKENS) "\n");
    assert_non_null(strstr(reading.records->str, " interactions=1 "));
    transcript_clear(&reading);
}

/* ---- Files --------------------------------------------------------------------------------- */

static void a_file_whose_header_is_lost_has_no_session(void **state)
{
    (void)state;
    expect(ANSWER("m2", TOKENS) "\n",
        "2026-10-05+33167004" WHO " model:gemini-2.5-pro terminal price/request interactions=1 "
        "requests=1 input_tokens=4000 cache_read_tokens=8000 output_tokens=450\n",
        "");
}

static void a_session_without_messages_is_no_use(void **state)
{
    (void)state;
    expect(HEADER, "", FILE_NAME EMPTY);
    expect(OBJECT_OF("", ""), "",
        FILE_NAME ": note: empty file: a page without records, which does not mean no use (export "
                  "the period again if use was expected)\n");
}

static void a_last_line_that_is_still_written_is_noted(void **state)
{
    (void)state;
    expect(HEADER ANSWER("m2", TOKENS) "\n{'id':'m3','timest", ANSWERED,
        FILE_NAME ":3:1: note: unfinished line: the last line is not complete yet (nothing to do: "
                  "it is read at the next run)\n");
}

static void lines_that_cannot_be_are_reported_by_field(void **state)
{
    (void)state;
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"{'timestamp':'2026-10-05T09:12:47Z','type':'gemini','content':''}",
            "missing field: id: a message without an id"},
        {"{'id':'','timestamp':'2026-10-05T09:12:47Z','type':'user','content':''}",
            "missing field: id: a message without an id"},
        {"{'id':'m','type':'user','content':''}", "missing field: timestamp: no time"},
        {"{'id':'m','timestamp':'yesterday','type':'user','content':''}",
            "not a date: timestamp: not an instant"},
        {"{'id':'m','timestamp':17,'type':'user','content':''}", "timestamp: text is wanted"},
        {"{'id':7,'timestamp':'2026-10-05T09:12:47Z','type':'user','content':''}",
            "id: text is wanted"},
        {ANSWER("m", "'tokens':'many'"), "tokens: an object is wanted"},
        {ANSWER("m", "'tokens':{'input':'many'}"), "tokens.input: a whole number is wanted"},
        {ANSWER("m", "'tokens':{'output':-1}"), "tokens.output: a count cannot be so"},
        {ANSWER("m", "'tokens':{'total':1e300}"), "tokens.total: a"},
        {ANSWER("m", "'tokens':{'cached':99999999999999999999}"),
            "tokens.cached: a count cannot be so"},
        {ANSWER("m", "'model':{}"), "model: text is wanted"},
        {ANSWER("m", "'model':'a\\u0000b'"), "model: the text is too long or holds a NUL"},
        {ANSWER("m", "'id':'n'"), "id: the member is there twice"},
        {"{'id':'m','timestamp':'2027-01-01T00:00:00Z','type':'user','content':''}",
            "date in the future: timestamp"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(HEADER, cases[i].line, "\n", NULL);
        transcript_expect_said(FILE_NAME, text, 1, cases[i].said);
    }
}

static void days_outside_the_bounds_are_left_out(void **state)
{
    (void)state;
    TmIntakeOptions options = {.today = tm_day_parse(TEST_TODAY, -1),
        .since = tm_day_parse("2026-10-06", -1),
        .until = TM_DAY_FOREVER};
    g_autofree char *text = transcript_quote(HEADER SAID("m1") "\n" ANSWER("m2", TOKENS) "\n");
    Reading reading;
    transcript_read_with(&reading, FILE_NAME, text, strlen(text), &options);
    assert_int_equal(reading.summary.rows_outside, 2);
    assert_int_equal(reading.summary.rows_taken, 0);
    transcript_clear(&reading);
}

static void other_files_of_the_client_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"[{'sessionId':'s','messageId':0,'type':'user','message':'CANARY','timestamp':"
         "'2026-10-05T09:12:47Z'}]",
            "Gemini CLI's logs.json"},
        {"[{'role':'user','parts':[{'text':'CANARY'}]}]", "a saved conversation of Gemini CLI"},
        {"{'history':[{'type':'user','text':'CANARY'}],'clientHistory':[],'toolCall':{}}",
            "a saved conversation of Gemini CLI"},
        {"{'history':[{'role':'user'}],'authType':'x'}", "a saved conversation of Gemini CLI"},
        {"{'session_id':'s','response':'CANARY','stats':{'models':{}}}",
            "what Gemini CLI printed at the end of one run"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        transcript_expect_said(FILE_NAME, cases[i].text, 0, cases[i].said);
}

static void no_content_leaves_the_parser(void **state)
{
    (void)state;
    static const char text[] = HEADER
        "{'id':'CANARY','timestamp':'2026-10-05T09:12:44Z','type':'user','content':[{'text':"
        "'CANARY'}],'displayContent':'CANARY','CANARY':1}\n"
        "{'id':'CANARY','timestamp':'2026-10-05T09:12:44Z','type':'gemini','content':'CANARY',"
        "'thoughts':[{'subject':'CANARY','description':'CANARY'}],'toolCalls':[{'name':'CANARY',"
        "'args':{'CANARY':'CANARY'},'result':'CANARY'}],'tokens':{'input':'CANARY'}}\n"
        "{'$set':{'summary':'CANARY','directories':['CANARY'],'memoryScratchpad':{'x':'CANARY'}}}\n"
        "{'id':'m','timestamp':'CANARY','type':'user','content':'CANARY'}\n"
        "{'sessionId':'CANARY','projectHash':'CANARY','summary':'CANARY','messages':[],"
        "'directories':['CANARY']}\n";
    transcript_expect_dropped(FILE_NAME, text, 11);
}

static void both_forms_of_a_whole_session_read_alike(void **state)
{
    (void)state;
    transcript_compare_golden("gemini-chat.json");
    transcript_compare_golden("gemini-chat.jsonl");
}

static int enter(void **state)
{
    (void)state;
    transcript_enter_folder();
    assert_int_equal(g_mkdir_with_parents("chats/s-1", 0700), 0);
    assert_int_equal(g_mkdir_with_parents("chats/ana", 0700), 0);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_has_prompts_and_answers_with_tokens),
        cmocka_unit_test(a_message_that_is_written_again_is_a_copy),
        cmocka_unit_test(other_messages_and_other_sessions_have_other_keys),
        cmocka_unit_test(what_was_rewound_counts_all_the_same),
        cmocka_unit_test(a_list_that_replaces_the_messages_holds_copies_of_them),
        cmocka_unit_test(a_bad_message_of_a_list_costs_only_itself),
        cmocka_unit_test(messages_of_the_client_are_none),
        cmocka_unit_test(tokens_that_are_null_are_not_measured),
        cmocka_unit_test(tokens_of_tools_are_input),
        cmocka_unit_test(thoughts_that_the_output_holds_are_not_added),
        cmocka_unit_test(counts_that_are_left_out_are_zero),
        cmocka_unit_test(cached_input_beyond_the_input_is_beside_it),
        cmocka_unit_test(a_total_alone_is_unsplit_and_has_no_price),
        cmocka_unit_test(the_old_object_holds_a_list_of_messages),
        cmocka_unit_test(a_resumed_session_has_the_same_keys_in_both_forms),
        cmocka_unit_test(the_session_may_stand_behind_its_messages),
        cmocka_unit_test(an_old_object_may_tell_at_its_end_that_it_is_a_subagents),
        cmocka_unit_test(objects_one_after_another_are_sessions),
        cmocka_unit_test(an_old_object_that_was_cut_keeps_its_whole_messages),
        cmocka_unit_test(an_old_object_may_be_larger_than_a_record),
        cmocka_unit_test(more_messages_than_are_held_are_taken_too),
        cmocka_unit_test(a_subagents_tokens_count_and_its_prompts_do_not),
        cmocka_unit_test(a_subagent_is_use_of_its_parents_session),
        cmocka_unit_test(a_subagent_without_its_folder_belongs_to_no_session),
        cmocka_unit_test(a_subagent_whose_header_is_lost_is_known_by_its_folder),
        cmocka_unit_test(a_session_in_a_folder_that_people_made_stays_one),
        cmocka_unit_test(a_file_whose_header_is_lost_has_no_session),
        cmocka_unit_test(a_session_without_messages_is_no_use),
        cmocka_unit_test(a_last_line_that_is_still_written_is_noted),
        cmocka_unit_test(lines_that_cannot_be_are_reported_by_field),
        cmocka_unit_test(days_outside_the_bounds_are_left_out),
        cmocka_unit_test(other_files_of_the_client_are_refused_by_name),
        cmocka_unit_test(no_content_leaves_the_parser),
        cmocka_unit_test(both_forms_of_a_whole_session_read_alike),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
