/* GitLab Duo: events, and sums whose time the file's name tells. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define GROUP(fields) "{'data':{'group':{" fields "}}}"
#define EVENTS(nodes) "'aiUsageData':{'codeSuggestionEvents':{'nodes':[" nodes "]}}"
#define EVENT(name)                                                                                \
    "{'event':'" name "','timestamp':'2026-09-21T18:00:00Z','user':{'username':'ana'}}"
#define ANA "2026-09-21+64800000 login:ana "
#define PEOPLE                                                                                     \
    "'aiUserMetrics':{'nodes':[{'codeSuggestionsAcceptedCount':10,'duoChatInteractionsCount':22,"  \
    "'user':{'username':'ana'}},{'codeSuggestions':{'acceptedCount':'2'},'user':{'username':"      \
    "'bilal'}}]}"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json("f.json", text, records, diagnostics);
}

static void events_are_read_one_by_one(void **state)
{
    (void)state;
    transcript_compare_golden("gitlab-duo.json");
}

static void events_stand_in_several_places(void **state)
{
    (void)state;
#define ACCEPTED ANA "completion interactions=1 accepted=1\n"
#define ONE EVENT("CODE_SUGGESTION_ACCEPTED_IN_IDE")
    expect("{'data':{'project':{" EVENTS(ONE) "}}}", ACCEPTED, "");
    expect(
        GROUP("'aiUsageData':{'codeSuggestionEvents':{'all':{'nodes':[" ONE "]}}}"), ACCEPTED, "");
    expect(GROUP("'aiUsageData':{'all':{'nodes':[" ONE "]}}"), ACCEPTED, "");
}

static void other_events_are_chats_reviews_and_agents(void **state)
{
    (void)state;
    expect(
        GROUP(EVENTS(EVENT("REQUEST_DUO_CHAT_RESPONSE") "," EVENT("REQUEST_REVIEW_ON_MR") "," EVENT(
            "AGENT_PLATFORM_SESSION_STARTED") "," EVENT("CODE_SUGGESTION_REQUESTED"))),
        ANA "chat interactions=1 messages=1\n" ANA "review interactions=1\n" ANA
            "agent interactions=1\n" ANA "completion interactions=0\n",
        "");
}

static void sums_of_one_day_are_peoples_days(void **state)
{
    (void)state;
    transcript_expect_json("duo-2026-09-21.json", GROUP(PEOPLE),
        "2026-09-21 login:ana source:gitlab-duo-users interactions=32 messages=22 accepted=10\n"
        "2026-09-21 login:bilal source:gitlab-duo-users interactions=2 accepted=2\n",
        "");
}

static void sums_of_a_longer_time_stay_apart(void **state)
{
    (void)state;
    transcript_expect_json("duo-2026-09-01-2026-09-21.json", GROUP(PEOPLE),
        "2026-09-21 source:gitlab-duo-periods service interactions=32 messages=22 accepted=10\n"
        "2026-09-21 source:gitlab-duo-periods service interactions=2 accepted=2\n",
        "");
}

#define NO_PERIOD                                                                                  \
    "f.json:1:1: skipped: missing field: sums over a time that is not said, here and below: put "  \
    "its first and last day into the file's name (export the file again with all columns)\n"

static void sums_without_a_time_are_left_out(void **state)
{
    (void)state;
    expect(GROUP(PEOPLE), "", NO_PERIOD);
}

static void sums_of_groups_stay_apart_in_old_and_new_names(void **state)
{
    (void)state;
    transcript_expect_json("duo-2026-09-21.json",
        GROUP("'aiMetrics':{'codeSuggestions':{'shownCount':9,'acceptedCount':4,"
              "'acceptedLinesOfCode':7},'duoUsedCount':3}"),
        "2026-09-21 source:gitlab-duo-groups service interactions=4 shown=9 accepted=4\n", "");
    transcript_expect_json("duo-2026-09-01_2026-09-21.json",
        GROUP("'aiMetrics':{'codeSuggestionsShownCount':9,'codeSuggestionsAcceptedCount':4,"
              "'duoProAssignedUsersCount':3}"),
        "2026-09-21 source:gitlab-duo-groups service interactions=4 shown=9 accepted=4\n", "");
}

static void an_answer_may_hold_all_of_them(void **state)
{
    (void)state;
    transcript_expect_json("duo-2026-09-21.json",
        GROUP(EVENTS(ONE) "," PEOPLE ",'aiMetrics':{'duoUsedCount':3}"),
        ACCEPTED
        "2026-09-21 login:ana source:gitlab-duo-users interactions=32 messages=22 accepted=10\n"
        "2026-09-21 login:bilal source:gitlab-duo-users interactions=2 accepted=2\n"
        "2026-09-21 source:gitlab-duo-groups service interactions=0\n",
        "");
}

static void a_next_page_is_wanted(void **state)
{
    (void)state;
    expect(
        GROUP("'aiUsageData':{'codeSuggestionEvents':{'pageInfo':{'hasNextPage':true},'nodes':[" ONE
              "]}}"),
        ACCEPTED,
        "f.json: warning: incomplete export: pageInfo.hasNextPage: a page says that there is "
        "another one: perhaps it is not here (export all pages of the period again)\n");
}

static void errors_are_told_without_their_text(void **state)
{
    (void)state;
    expect("{'data':null,'errors':[{'message':'CANARY'}]}", "",
        "f.json:1:1: warning: no data in file: errors: the answer holds an error of GitLab "
        "(download the files that it links to)\n"
        "f.json: note: empty file: no rows in it, which does not mean no use (export the period "
        "again if use was expected)\n");
    expect("{'errors':[{'message':'CANARY'}],'data':{'group':{" EVENTS(ONE) "}}}", ACCEPTED,
        "f.json:1:1: warning: incomplete export: errors: the answer holds an error of GitLab "
        "(export all pages of the period again)\n");
}

static void equal_events_are_twins_with_one_key(void **state)
{
    (void)state;
    guint64 key = transcript_key_json("f.json", GROUP(EVENTS(ONE)));
    assert_true(key == transcript_key_json("g.json", "{'data':{'project':{" EVENTS(ONE) "}}}"));
    assert_true(key != transcript_key_json("f.json",
                           GROUP(EVENTS("{'event':'CODE_SUGGESTION_ACCEPTED_IN_IDE','timestamp':"
                                        "'2026-09-21T18:00:00Z','suggestionSize':3}"))));
}

static void bad_events_are_left_out_alone(void **state)
{
    (void)state;
    expect(GROUP(EVENTS("{'timestamp':'2026-09-21T18:00:00Z'},{'event':'X'},"
                        "{'event':'X','timestamp':'soon'},{'event':7,'timestamp':null},7," ONE)),
        ACCEPTED,
        "f.json:1:1: skipped: missing field: event: no kind of event (export the file again with "
        "all columns)\n"
        "f.json:1:1: skipped: missing field: timestamp: no time (export the file again with all "
        "columns)\n"
        "f.json:1:1: skipped: not a date: data.*.aiUsageData.*.nodes[].timestamp: not a date with "
        "its time of day (write dates as YYYY-MM-DD)\n"
        "f.json:1:1: skipped: broken JSON: data.*.aiUsageData.*.nodes[].event: text is wanted "
        "(export the file again; it may be cut off)\n");
}

static void other_members_beside_data_are_another_format(void **state)
{
    (void)state;
    expect("{'data':{},'kind':'x'}", "",
        "f.json:1: skipped: format not recognised: nearest to Cursor usage events (JSON), "
        "which has the members timestamp, model, kind, userEmail (see docs/formats.md for what is "
        "read)\n");
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
        cmocka_unit_test(events_are_read_one_by_one),
        cmocka_unit_test(events_stand_in_several_places),
        cmocka_unit_test(other_events_are_chats_reviews_and_agents),
        cmocka_unit_test(sums_of_one_day_are_peoples_days),
        cmocka_unit_test(sums_of_a_longer_time_stay_apart),
        cmocka_unit_test(sums_without_a_time_are_left_out),
        cmocka_unit_test(sums_of_groups_stay_apart_in_old_and_new_names),
        cmocka_unit_test(an_answer_may_hold_all_of_them),
        cmocka_unit_test(a_next_page_is_wanted),
        cmocka_unit_test(errors_are_told_without_their_text),
        cmocka_unit_test(equal_events_are_twins_with_one_key),
        cmocka_unit_test(bad_events_are_left_out_alone),
        cmocka_unit_test(other_members_beside_data_are_another_format),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
