/* Gemini Code Assist's entries of Cloud Logging: three logs, five events, ways of delivery. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define FILE_NAME "entries.json"
#define ENTRY_OF(log, product, user, labels, payload)                                              \
    "{'insertId':'ex1','logName':'projects/example-proj/logs/" log "','timestamp':"                \
    "'2026-09-21T23:34:35.021564463Z','receiveTimestamp':'2026-09-22T00:00:01.662837985Z',"        \
    "'severity':'INFO','resource':{'type':'cloudaicompanion.googleapis.com/Instance','labels':{"   \
    "'resource_container':'example-proj','location':'global','instance_id':'default'}},"           \
    "'labels':{'product':'" product "','user_id':'" user "'" labels "},'jsonPayload':{"            \
    "'@type':'type.googleapis.com/google.cloud.cloudaicompanion.logging.v1.MetadataLog'" payload   \
    "}}"
#define LOG "cloudaicompanion.googleapis.com%2F"
#define ANA "ana@example.com"
#define EVENT(payload)                                                                             \
    ENTRY_OF(LOG "metadata", "code_assist", ANA, ",'method':'Export.Metrics'",                     \
        ",'clientName':'CloudCodeVscode','clientVersion':'1.120.0','requestId':'r-1'," payload)
#define OF(event, id) EVENT("'" event "':{'originalRequestId':'" id "','programmingLanguage':'c'}")
#define REQUEST(method, id)                                                                        \
    ENTRY_OF(LOG "request", "code_assist", ANA,                                                    \
        ",'method':'" method "','request_id':'" id "','client_name':'x','client_version':'1'",     \
        ",'completeTaskRequest':{'input':'CANARY'}")
#define AT "2026-09-21+84875021 email:" ANA

#define SHOWN AT " completion interactions=0 shown=1\n"
#define ACCEPTED AT " completion interactions=1 accepted=1\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json(FILE_NAME, text, records, diagnostics);
}

static guint64 key(const char *text)
{
    return transcript_key_json(FILE_NAME, text);
}

/* ---- Events -------------------------------------------------------------------------------- */

static void a_suggestion_that_is_shown_is_no_interaction(void **state)
{
    (void)state;
    expect(OF("codeExposure", "o-1"), SHOWN, "");
}

static void a_suggestion_that_is_accepted_is_one(void **state)
{
    (void)state;
    expect(OF("codeAcceptance", "o-1"), ACCEPTED, "");
}

static void an_answer_that_is_shown_is_a_prompt(void **state)
{
    (void)state;
    expect(OF("chatExposure", "o-1"), AT " chat interactions=1 messages=1 shown=1\n", "");
}

static void an_answer_that_is_accepted_is_an_interaction(void **state)
{
    (void)state;
    expect(OF("chatAcceptance", "o-1"), AT " chat interactions=1 accepted=1\n", "");
}

static void a_call_is_a_request(void **state)
{
    (void)state;
    expect(EVENT("'apiRequest':{}"), AT " interactions=1 requests=1\n", "");
}

static void events_of_agents_are_told_in_both_spellings(void **state)
{
    (void)state;
    expect(EVENT("'chatExposure':{'originalRequestId':'o','is_agentic':true}"),
        AT " agent interactions=1 messages=1 shown=1\n", "");
    expect(EVENT("'chatAcceptance':{'originalRequestId':'o','isAgentic':true}"),
        AT " agent interactions=1 accepted=1\n", "");
    expect(EVENT("'chatExposure':{'originalRequestId':'o','is_agentic':false}"),
        AT " chat interactions=1 messages=1 shown=1\n", "");
}

static void the_terminal_client_is_told_by_its_name(void **state)
{
    (void)state;
    expect(ENTRY_OF(LOG "metadata", "code_assist", ANA, "",
               ",'clientName':'cloudcode_cli','requestId':'r','apiRequest':{}"),
        AT " terminal interactions=1 requests=1\n", "");
}

static void lines_may_be_numbers_or_texts(void **state)
{
    (void)state;
    expect(EVENT("'codeAcceptance':{'originalRequestId':'o','linesCount':2}") "\n" EVENT(
               "'codeAcceptance':{'originalRequestId':'o','linesCount':'15'}") "\n",
        ACCEPTED ACCEPTED, "");
}

static void an_unknown_event_counts_nothing(void **state)
{
    (void)state;
    expect(OF("codeExposure", "o") "\n" EVENT("'somethingNew':{'originalRequestId':'o'}") "\n",
        SHOWN, "");
}

/* ---- What counts once ---------------------------------------------------------------------- */

static void a_suggestion_accepted_again_is_the_same(void **state)
{
    (void)state;
    assert_true(key(OF("codeAcceptance", "o-1")) ==
                key(EVENT("'codeAcceptance':{'originalRequestId':'o-1','linesCount':9}")));
    assert_true(key(OF("codeAcceptance", "o-1")) != key(OF("codeAcceptance", "o-2")));
}

static void showing_and_accepting_are_different_records(void **state)
{
    (void)state;
    static const char *const texts[] = {OF("codeExposure", "o"), OF("codeAcceptance", "o"),
        OF("chatExposure", "o"), OF("chatAcceptance", "o"), REQUEST("CompleteTask", "o")};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        for (guint k = 0; k < i; k++)
            assert_true(key(texts[i]) != key(texts[k]));
}

static void a_call_and_its_entry_in_the_log_of_requests_are_one(void **state)
{
    (void)state;
    assert_true(key(EVENT("'apiRequest':{}")) == key(REQUEST("CompleteTask", "r-1")));
    assert_true(key(EVENT("'apiRequest':{}")) != key(REQUEST("CompleteTask", "r-2")));
}

static void an_event_without_a_request_is_known_by_its_entry(void **state)
{
    (void)state;
    static const char without[] = EVENT("'codeAcceptance':{}");
    g_autoptr(GString) other = g_string_new(without);
    g_string_replace(other, "'ex1'", "'ex2'", 0);
    assert_true(key(without) == key(without));
    assert_true(key(without) != key(other->str));
}

/* ---- Requests ------------------------------------------------------------------------------ */

static void requests_of_chat_and_code_are_interactions(void **state)
{
    (void)state;
    expect(REQUEST("CompleteTask", "r-1"), AT " chat interactions=1 requests=1\n", "");
    expect(REQUEST("GenerateCode", "r-1"), AT " completion interactions=1 requests=1\n", "");
}

static void requests_while_typing_are_none(void **state)
{
    (void)state;
    expect(REQUEST("CompleteCode", "r-1"), AT " completion interactions=0 requests=1\n", "");
}

#define RESPONSE                                                                                   \
    ENTRY_OF(LOG "response", "code_assist", ANA, ",'method':'CompleteTask','request_id':'r-1'",    \
        ",'completeTaskResponse':{'output':'CANARY'}")

static void answers_tell_nothing_more(void **state)
{
    (void)state;
    expect("[" RESPONSE "," REQUEST("CompleteTask", "r-1") "]",
        AT " chat interactions=1 requests=1\n", "");
}

/* ---- Persons ------------------------------------------------------------------------------- */

static void service_accounts_are_no_persons(void **state)
{
    (void)state;
    expect(ENTRY_OF(LOG "metadata", "code_assist", "bot@p.iam.gserviceaccount.com", "",
               ",'codeAcceptance':{'originalRequestId':'o'}"),
        "2026-09-21+84875021 email:bot@p.iam.gserviceaccount.com service completion "
        "interactions=1 accepted=1\n",
        "");
}

static void a_principal_that_is_no_address_is_a_user_id(void **state)
{
    (void)state;
    expect(ENTRY_OF(LOG "metadata", "code_assist", "principal-7", "",
               ",'codeAcceptance':{'originalRequestId':'o'}"),
        "2026-09-21+84875021 user_id:principal-7 completion interactions=1 accepted=1\n", "");
}

static void another_product_is_left_out(void **state)
{
    (void)state;
    static const char other[] = ENTRY_OF(
        LOG "metadata", "cloud_assist", ANA, "", ",'chatExposure':{'originalRequestId':'o'}") "\n";
    g_autofree char *text = g_strconcat(other, other, OF("codeAcceptance", "o"), NULL);
    expect(text, ACCEPTED,
        FILE_NAME ":1:1: note: note: labels.product: entries of Cloud Assist, another product, are "
                  "left out (nothing to do)\n");
}

/* ---- Ways of delivery ---------------------------------------------------------------------- */

#define TWO OF("codeExposure", "o-1") "," OF("codeAcceptance", "o-1")

static void entries_come_as_lines_array_or_list(void **state)
{
    (void)state;
    expect(OF("codeExposure", "o-1") "\n" OF("codeAcceptance", "o-1") "\n", SHOWN ACCEPTED, "");
    expect("[" TWO "]\n", SHOWN ACCEPTED, "");
    expect("{'entries':[" TWO "]}\n", SHOWN ACCEPTED, "");
}

#define GOES_ON                                                                                    \
    FILE_NAME ": warning: incomplete export: nextPageToken: the list of entries goes on in pages " \
              "that may not be here (export all pages of the period again)\n"

static void a_list_that_goes_on_is_incomplete(void **state)
{
    (void)state;
    expect("{'entries':[" TWO "],'nextPageToken':'CANARY'}\n", SHOWN ACCEPTED, GOES_ON);
    expect("{'entries':[" OF("codeExposure", "o-1") "],'nextPageToken':'x'}\n{'entries':[" OF(
               "codeAcceptance", "o-1") "]}\n",
        SHOWN ACCEPTED, "");
}

static void a_list_without_entries_is_no_use(void **state)
{
    (void)state;
    expect("{'entries':[]}\n", "",
        FILE_NAME ": note: empty file: no rows in it, which does not mean no use (export the "
                  "period again if use was expected)\n");
}

static void a_list_of_something_else_is_refused(void **state)
{
    (void)state;
    expect("{'entries':[{'CANARY':'CANARY'},7]}\n", "",
        FILE_NAME ":1:1: skipped: format not recognised: entries: a list without any entry of "
                  "Gemini Code Assist's logs (see docs/formats.md for what is read)\n");
}

static void entries_of_other_logs_are_left_out(void **state)
{
    (void)state;
    static const char text[] =
        OF("codeExposure", "o-1") "\n" ENTRY_OF("cloudaudit.googleapis.com%2Factivity", "x", ANA,
            "", ",'codeAcceptance':{'originalRequestId':'o'}") "\n";
    expect(text, SHOWN,
        FILE_NAME ":2:1: note: note: logName: entries of other logs are left out (nothing to "
                  "do)\n");
}

static void other_exports_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"{'timeSeries':[{'metric':{'type':'x'},'resource':{},'points':[]}]}",
            "series of Cloud Monitoring: totals of a project"},
        {"[{'metric':{'type':'x'},'resource':{},'metricKind':'GAUGE','points':[]}]",
            "series of Cloud Monitoring: totals of a project"},
        {"{'logname':'x','timestamp':'x','jsonpayload_v1_metadatalog':{'CANARY':1}}",
            "Gemini Code Assist's entries as BigQuery has them"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        transcript_expect_said(FILE_NAME, cases[i].text, 0, cases[i].said);
}

static void entries_of_gemini_cli_are_not_of_this_product(void **state)
{
    (void)state;
    g_autofree char *text = transcript_quote(
        "{'insertId':'a','logName':'projects/p/logs/gemini_cli','timestamp':'2026-09-21T23:00:00Z',"
        "'jsonPayload':{'event.name':'gemini_cli.user_prompt','session.id':'s'}}\n");
    Reading reading;
    transcript_read(&reading, FILE_NAME, text, strlen(text));
    assert_string_equal(reading.summary.format->key, "otlp");
    transcript_clear(&reading);
}

static void entries_that_cannot_be_are_reported_by_field(void **state)
{
    (void)state;
    static const struct {
        const char *was, *is, *said;
    } cases[] = {
        {"'user_id':'" ANA "'", "'x':1", "missing field: labels.user_id: an entry of nobody"},
        {"'user_id':'" ANA "'", "'user_id':''", "missing field: labels.user_id"},
        {"'user_id':'" ANA "'", "'user_id':{'CANARY':1}", "labels.user_id: text is wanted"},
        {"'timestamp':'2026-09-21T23:34:35.021564463Z'", "'timestamp':null",
            "missing field: timestamp: no time"},
        {"2026-09-21T23:34:35.021564463Z", "CANARY", "not a date: timestamp: not an instant"},
        {"2026-09-21T23:34:35.021564463Z", "2027-09-21T23:34:35Z", "date in the future: timestamp"},
        {"'originalRequestId':'o'", "'originalRequestId':7",
            "jsonPayload.codeExposure.originalRequestId: text is wanted"},
        {"'originalRequestId':'o'", "'is_agentic':'CANARY'", "is_agentic: true or false is wanted"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new(EVENT("'codeAcceptance':{'originalRequestId':'o'}"));
        assert_int_equal(g_string_replace(text, cases[i].was, cases[i].is, 1), 1);
        transcript_expect_said(FILE_NAME, text->str, 1, cases[i].said);
    }
}

static void a_bad_entry_of_a_list_costs_only_itself(void **state)
{
    (void)state;
    expect("{'entries':[" EVENT("'codeExposure':{'originalRequestId':7}") "," OF(
               "codeAcceptance", "o") "]}\n",
        ACCEPTED,
        FILE_NAME ":1:1: skipped: broken JSON: jsonPayload.codeExposure.originalRequestId: text is "
                  "wanted (export the file again; it may be cut off)\n");
}

static void no_content_leaves_the_parser(void **state)
{
    (void)state;
    transcript_expect_dropped(FILE_NAME,
        REQUEST("CompleteTask", "CANARY") "\n" RESPONSE "\n" EVENT(
            "'codeAcceptance':{'originalRequestId':'CANARY','extra':'CANARY'}"
            ",'other':'CANARY'") "\n{'entries':[" REQUEST("CompleteTask", "r") "]}\n",
        4);
}

static void the_sample_reads_as_computed_by_hand(void **state)
{
    (void)state;
    transcript_compare_golden("gemini-code-assist.ndjson");
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
        cmocka_unit_test(a_suggestion_that_is_shown_is_no_interaction),
        cmocka_unit_test(a_suggestion_that_is_accepted_is_one),
        cmocka_unit_test(an_answer_that_is_shown_is_a_prompt),
        cmocka_unit_test(an_answer_that_is_accepted_is_an_interaction),
        cmocka_unit_test(a_call_is_a_request),
        cmocka_unit_test(events_of_agents_are_told_in_both_spellings),
        cmocka_unit_test(the_terminal_client_is_told_by_its_name),
        cmocka_unit_test(lines_may_be_numbers_or_texts),
        cmocka_unit_test(an_unknown_event_counts_nothing),
        cmocka_unit_test(a_suggestion_accepted_again_is_the_same),
        cmocka_unit_test(showing_and_accepting_are_different_records),
        cmocka_unit_test(a_call_and_its_entry_in_the_log_of_requests_are_one),
        cmocka_unit_test(an_event_without_a_request_is_known_by_its_entry),
        cmocka_unit_test(requests_of_chat_and_code_are_interactions),
        cmocka_unit_test(requests_while_typing_are_none),
        cmocka_unit_test(answers_tell_nothing_more),
        cmocka_unit_test(service_accounts_are_no_persons),
        cmocka_unit_test(a_principal_that_is_no_address_is_a_user_id),
        cmocka_unit_test(another_product_is_left_out),
        cmocka_unit_test(entries_come_as_lines_array_or_list),
        cmocka_unit_test(a_list_that_goes_on_is_incomplete),
        cmocka_unit_test(a_list_without_entries_is_no_use),
        cmocka_unit_test(a_list_of_something_else_is_refused),
        cmocka_unit_test(entries_of_other_logs_are_left_out),
        cmocka_unit_test(other_exports_are_refused_by_name),
        cmocka_unit_test(entries_of_gemini_cli_are_not_of_this_product),
        cmocka_unit_test(entries_that_cannot_be_are_reported_by_field),
        cmocka_unit_test(a_bad_entry_of_a_list_costs_only_itself),
        cmocka_unit_test(no_content_leaves_the_parser),
        cmocka_unit_test(the_sample_reads_as_computed_by_hand),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
