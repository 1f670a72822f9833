/* opencode's messages: one file each, money or a price, files that are written again. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define FILE_NAME "msg_1.json"
#define WHO " path:" FILE_NAME
/* 2026-10-05T09:00:00.000Z */
#define CREATED "'time':{'created':1791190800000,'completed':1791190801000}"
#define ANSWER_OF(id, more)                                                                        \
    "{\n  'id': '" id "',\n  'sessionID': 'ses_1',\n  'role': 'assistant',\n  'parentID': 'u',\n"  \
    "  'modelID': 'claude-sonnet-5',\n  'providerID': 'anthropic',\n  'mode': 'build',\n"          \
    "  'path': {'cwd':'/CANARY','root':'/CANARY'},\n  " CREATED more "\n}\n"
#define ANSWER(more) ANSWER_OF("msg_1", more)
#define TOKENS                                                                                     \
    ",'tokens':{'input':12,'output':410,'reasoning':40,'cache':{'read':18000,'write':3200}}"
#define PROMPT                                                                                     \
    "{'id':'msg_0','sessionID':'ses_1','role':'user'," CREATED ",'agent':'build',"                 \
    "'summary':{'title':'CANARY','diffs':[{'file':'CANARY'}]}}\n"

#define NINE "2026-10-05+32400000" WHO
#define ANSWERED(price)                                                                            \
    NINE " model:claude-sonnet-5 terminal session=1" price " interactions=1 requests=1 "           \
         "input_tokens=12 cache_write_tokens=3200 cache_read_tokens=18000 output_tokens=450"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json(FILE_NAME, text, records, diagnostics);
}

static void an_answer_has_tokens_and_the_clients_estimate_of_its_price(void **state)
{
    (void)state;
    expect(ANSWER(TOKENS ",'cost':0.0123456"), ANSWERED("") " list_value=~12346\n", "");
}

static void an_answer_that_cost_nothing_is_priced(void **state)
{
    (void)state;
    expect(ANSWER(TOKENS ",'cost':0"), ANSWERED(" price/request") "\n", "");
    expect(ANSWER(TOKENS), ANSWERED(" price/request") "\n", "");
    expect(ANSWER(TOKENS ",'cost':null"), ANSWERED(" price/request") "\n", "");
}

static void a_price_may_have_an_exponent(void **state)
{
    (void)state;
    expect(ANSWER(TOKENS ",'cost':1.5e-5"), ANSWERED("") " list_value=~15\n", "");
}

static void reasoning_that_the_output_holds_is_not_added(void **state)
{
    (void)state;
    expect(ANSWER(",'tokens':{'total':60,'input':10,'output':20,'reasoning':5,'cache':{'read':30,"
                  "'write':0}}"),
        NINE " model:claude-sonnet-5 terminal session=1 price/request interactions=1 requests=1 "
             "input_tokens=10 cache_write_tokens=0 cache_read_tokens=30 output_tokens=20\n",
        "");
    expect(ANSWER(",'tokens':{'total':65,'input':10,'output':20,'reasoning':5,'cache':{'read':30,"
                  "'write':0}}"),
        NINE " model:claude-sonnet-5 terminal session=1 price/request interactions=1 requests=1 "
             "input_tokens=10 cache_write_tokens=0 cache_read_tokens=30 output_tokens=25\n",
        "");
}

static void a_persons_message_is_a_prompt(void **state)
{
    (void)state;
    expect(PROMPT, NINE " terminal session=1 interactions=0 messages=1\n", "");
}

static void an_answer_that_was_broken_off_is_no_request(void **state)
{
    (void)state;
    expect(ANSWER(",'cost':0,'tokens':{'input':0,'output':0,'reasoning':0,'cache':{'read':0,"
                  "'write':0}},'error':{'name':'CANARY'}"),
        NINE " model:claude-sonnet-5 terminal session=1 interactions=1\n", "");
    expect(ANSWER(""), NINE " model:claude-sonnet-5 terminal session=1 interactions=1\n", "");
}

static void a_file_that_is_written_again_is_a_copy(void **state)
{
    (void)state;
    assert_true(transcript_key_json(FILE_NAME, ANSWER("")) ==
                transcript_key_json("copy.json", ANSWER(TOKENS)));
    assert_true(transcript_key_json(FILE_NAME, ANSWER("")) !=
                transcript_key_json(FILE_NAME, ANSWER_OF("msg_2", "")));
}

static void messages_may_be_collected_in_one_file(void **state)
{
    (void)state;
    expect("[" PROMPT "," ANSWER(TOKENS) "]",
        NINE " terminal session=1 interactions=0 messages=1\n" ANSWERED(" price/request") "\n", "");
    expect(PROMPT ANSWER(TOKENS),
        NINE " terminal session=1 interactions=0 messages=1\n" ANSWERED(" price/request") "\n", "");
}

static void messages_that_cannot_be_are_reported_by_field(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"{'id':'','sessionID':'s','role':'user','time':{'created':1}}",
            "missing field: id: a message without an id"},
        {"{'id':'m','sessionID':'s','role':'user','time':{}}",
            "missing field: time.created: no time"},
        {"{'id':'m','sessionID':'s','role':'user','time':{'created':'CANARY'}}",
            "time.created: a whole number is wanted"},
        {"{'id':'m','sessionID':'s','role':'user','time':{'created':-1}}",
            "time.created: a count cannot be so"},
        {"{'id':'m','sessionID':'s','role':'user','time':{'created':999999999999999}}",
            "date in the future: time.created"},
        {"{'id':'m','sessionID':[],'role':'user','time':{'created':1}}",
            "sessionID: text is wanted"},
        {ANSWER(",'cost':-0.5"), "cost: an amount cannot be so"},
        {ANSWER(",'cost':'CANARY'"), "cost: an amount is wanted"},
        {ANSWER(",'cost':1e99"), "cost: an amount"},
        {ANSWER(",'tokens':{'input':1.5}"), "tokens.input: a whole number is wanted"},
        {ANSWER(",'tokens':{'cache':{'read':-1}}"), "tokens.cache.read: a count cannot be so"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        transcript_expect_said(FILE_NAME, cases[i].text, 1, cases[i].said);
}

static void parts_and_sessions_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"{'id':'prt_1','sessionID':'s','messageID':'m','type':'text','text':'CANARY'}",
            "a part of an opencode message"},
        {"{'id':'ses_1','version':'1.0','projectID':'p','directory':'/CANARY','title':'CANARY',"
         "'time':{'created':1}}",
            "an opencode session without its messages"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        transcript_expect_said(FILE_NAME, cases[i].text, 0, cases[i].said);
}

static void no_content_leaves_the_parser(void **state)
{
    (void)state;
    transcript_expect_dropped(FILE_NAME,
        PROMPT ANSWER_OF(
            "CANARY", ",'system':['CANARY'],'error':'CANARY','parts':['CANARY'],'CANARY':'CANARY'"),
        5);
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
        cmocka_unit_test(an_answer_has_tokens_and_the_clients_estimate_of_its_price),
        cmocka_unit_test(an_answer_that_cost_nothing_is_priced),
        cmocka_unit_test(a_price_may_have_an_exponent),
        cmocka_unit_test(reasoning_that_the_output_holds_is_not_added),
        cmocka_unit_test(a_persons_message_is_a_prompt),
        cmocka_unit_test(an_answer_that_was_broken_off_is_no_request),
        cmocka_unit_test(a_file_that_is_written_again_is_a_copy),
        cmocka_unit_test(messages_may_be_collected_in_one_file),
        cmocka_unit_test(messages_that_cannot_be_are_reported_by_field),
        cmocka_unit_test(parts_and_sessions_are_refused_by_name),
        cmocka_unit_test(no_content_leaves_the_parser),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
