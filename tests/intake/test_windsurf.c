/* Windsurf's answers: whose they are, of which days, and what their numbers count. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define NOBODY(file, line)                                                                         \
    file ":" line ": warning: doubtful value: emails: an answer that names nobody is the team's "  \
         "and stays apart: ask for one person and call the file "                                  \
         "windsurf_KIND_ADDRESS_START_END.json (compare the record with the vendor's console)\n"
#define ADDRESSED "windsurf_cascade_ana_lopez@example.com_2026-09-14_2026-09-20.json"
#define RUNS(runs) "{'queryResults':[{'cascadeRuns':{'cascadeRuns':[" runs "]}}]}"
#define LINES(lines) "{'queryResults':[{'cascadeLines':{'cascadeLines':[" lines "]}}]}"
#define ITEMS(items) "{'responseItems':[" items "]}"
#define ANSWER(results) "{'queryResults':[" results "]}"
#define RUN(members) "{'day':'2026-09-20','cascadeId':'c-1'" members "}"
#define ANA "2026-09-20 email:ana_lopez@example.com "

static void expect_of(
    const char *name, const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json(name, text, records, diagnostics);
}

/* ---- Cascade ------------------------------------------------------------------------------- */

static void a_wrapped_answer_names_its_person(void **state)
{
    (void)state;
    transcript_compare_golden("windsurf-cascade.json");
}

static void the_name_of_the_file_names_the_person(void **state)
{
    (void)state;
    expect_of(ADDRESSED, RUNS(RUN(",'messagesSent':'4'")),
        ANA "session=1 interactions=4 requests=4 messages=4\n", "");
    expect_of("windsurf_cascade_ana_lopez@example.com.json", RUNS(RUN(",'messagesSent':'4'")),
        ANA "session=1 interactions=4 requests=4 messages=4\n", "");
}

static void an_answer_that_names_nobody_stays_apart(void **state)
{
    (void)state;
    expect_of("f.json", RUNS(RUN("") "," RUN(",'mode':'X'")),
        "2026-09-20 source:windsurf-team service session=1 interactions=1 requests=0 messages=0\n"
        "2026-09-20 source:windsurf-team service session=1 interactions=1 requests=0 messages=0\n",
        NOBODY("f.json", "1:1"));
}

static void several_people_of_a_request_are_nobody(void **state)
{
    (void)state;
    expect_of(ADDRESSED,
        "{'request':{'emails':['ana@example.com','ben@example.com']},'response':" RUNS(RUN("")) "}",
        "2026-09-20 source:windsurf-team service session=1 interactions=1 requests=0 messages=0\n",
        NOBODY(ADDRESSED, "1:1"));
}

static void numbers_may_be_numbers(void **state)
{
    (void)state;
    expect_of(ADDRESSED, RUNS(RUN(",'messagesSent':4")),
        ANA "session=1 interactions=4 requests=4 messages=4\n", "");
}

static void modes_are_surfaces_and_unknown_models_are_none(void **state)
{
    (void)state;
#define MODE(mode) RUN(",'model':'UNKNOWN','mode':'CONVERSATIONAL_PLANNER_MODE_" mode "'")
    expect_of(ADDRESSED, RUNS(MODE("DEFAULT") "," MODE("READ_ONLY") "," MODE("NO_TOOL")),
        ANA "agent session=1 interactions=1 requests=0 messages=0\n" ANA
            "chat session=1 interactions=1 requests=0 messages=0\n" ANA
            "chat session=1 interactions=1 requests=0 messages=0\n",
        "");
}

static void a_conversation_is_one_session_over_days(void **state)
{
    (void)state;
    expect_of(ADDRESSED, RUNS(RUN("") ",{'day':'2026-09-21T00:00:00Z','cascadeId':'c-1'}"),
        ANA "session=1 interactions=1 requests=0 messages=0\n"
            "2026-09-21 email:ana_lopez@example.com session=1 interactions=1 requests=0 "
            "messages=0\n",
        "");
}

static void a_run_is_known_by_day_conversation_model_and_mode(void **state)
{
    (void)state;
    guint64 key = transcript_key_json(ADDRESSED, RUNS(RUN(",'model':'m','mode':'x'")));
    assert_true(key == transcript_key_json(
                           ADDRESSED, RUNS(RUN(",'model':'m','mode':'x','messagesSent':'9'"))));
    assert_true(key != transcript_key_json(ADDRESSED, RUNS(RUN(",'model':'n','mode':'x'"))));
    assert_true(key != transcript_key_json(ADDRESSED, RUNS(RUN(",'model':'m','mode':'y'"))));
}

static void a_bad_run_is_left_out_alone(void **state)
{
    (void)state;
    expect_of(ADDRESSED,
        RUNS(RUN(",'messagesSent':'-4'") "," RUN(
            ",'messagesSent':'many'") ",{'day':'2026-09-20'},"
                                      "{'cascadeId':'c'},{'day':'soon','cascadeId':'c'},7," RUN(
                                          "")),
        ANA "session=1 interactions=1 requests=0 messages=0\n",
        ADDRESSED ":1:1: skipped: number out of range: "
                  "queryResults[].cascadeRuns.cascadeRuns[].messagesSent: a count cannot be so "
                  "(compare the record with the vendor's console)\n" ADDRESSED
                  ":1:1: skipped: not a number: "
                  "queryResults[].cascadeRuns.cascadeRuns[].messagesSent: a whole number is wanted "
                  "(export the file again or mend the field)\n" ADDRESSED
                  ":1:1: skipped: missing field: cascadeId: no conversation (export the file again "
                  "with all columns)\n" ADDRESSED
                  ":1:1: skipped: missing field: day: no day (export the file again with all "
                  "columns)\n" ADDRESSED
                  ":1:1: skipped: not a date: queryResults[].cascadeRuns.cascadeRuns[].day: not "
                  "YYYY-MM-DD (write dates as YYYY-MM-DD)\n");
}

static void empty_answers_do_not_mean_no_use(void **state)
{
    (void)state;
    expect_of("f.json", "{'queryResults':[{}]}", "",
        "f.json: note: empty file: no rows in it, which does not mean no use (export the period "
        "again if use was expected)\n");
}

static void errors_are_no_answers(void **state)
{
    (void)state;
    expect_of("f.json", "{'error':'CANARY'}", "",
        "f.json: warning: no data in file: an error message of the vendor, saved in place of data "
        "(download the files that it links to)\n");
}

/* ---- Queries ------------------------------------------------------------------------------- */

#define KEYED "2026-09-20 key:h-1 source:windsurf-queries "

static void items_of_a_person_and_day_add_up(void **state)
{
    (void)state;
    expect_of("f.json",
        ANSWER(ITEMS("{'item':{'api_key':'h-1','date':'2026-09-20','language':'C',"
                     "'sum_num_acceptances':'45'}},"
                     "{'item':{'api_key':'h-1','date':'2026-09-20','language':'GO',"
                     "'sum_num_acceptances':'5','sum_num_chats_received':'2','sum_accepted':'1'}},"
                     "{'item':{'api_key':'h-2','date':'2026-09-20','sum_num_acceptances':'1'}}")),
        KEYED "completion interactions=50\n" KEYED "chat interactions=~2 requests=2\n" KEYED
              "edit interactions=1\n"
              "2026-09-20 key:h-2 source:windsurf-queries completion interactions=1\n",
        "");
}

static void answers_to_several_queries_have_the_same_keys(void **state)
{
    (void)state;
    Reading reading;
    g_autofree char *text = transcript_quote(ANSWER(
        ITEMS("{'item':{'api_key':'h-1','date':'2026-09-20','num_acceptances':'45'}}") "," ITEMS(
            "{'item':{'api_key':'h-1','date':'2026-09-20','num_acceptances':'44'}},"
            "{'item':{'api_key':'h-1','date':'2026-09-20','num_acceptances':'1'}}")));
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_int_equal(reading.keys->len, 2);
    assert_true(g_array_index(reading.keys, guint64, 0) == g_array_index(reading.keys, guint64, 1));
    transcript_clear(&reading);
}

static void items_without_a_key_are_of_the_person_that_is_named(void **state)
{
    (void)state;
    expect_of(ADDRESSED, ANSWER(ITEMS("{'item':{'date':'2026-09-20','num_acceptances':'4'}}")),
        "2026-09-20 email:ana_lopez@example.com source:windsurf-queries completion "
        "interactions=4\n",
        "");
}

static void items_without_a_day_need_a_period_of_one(void **state)
{
    (void)state;
#define KEYED_ITEM "{'item':{'api_key':'h-1','num_acceptances':'4'}}"
#define WRAPPED(start, end)                                                                        \
    "{'request':{'start_timestamp':'" start "','end_timestamp':'" end                              \
    "'},'response':" ANSWER(ITEMS(KEYED_ITEM)) "}"
    expect_of("f.json", WRAPPED("2026-09-20T00:00:00Z", "2026-09-20T23:59:59Z"),
        KEYED "completion interactions=4\n", "");
    expect_of("windsurf_q_2026-09-20.json", ANSWER(ITEMS(KEYED_ITEM)),
        KEYED "completion interactions=4\n", "");
    expect_of("f.json", WRAPPED("2026-09-14", "2026-09-20"),
        "2026-09-20 source:windsurf-team service completion interactions=4\n", "");
    expect_of("f.json", ANSWER(ITEMS(KEYED_ITEM ",{'item':{'num_acceptances':'4'}}")), "",
        "f.json:1:1: skipped: missing field: date: no day, here and below: ask for it, or name "
        "the days in the file's name (export the file again with all columns)\n");
}

static void shares_of_code_are_no_use(void **state)
{
    (void)state;
    expect_of("f.json",
        ANSWER(ITEMS("{'item':{'percent_code_written':'0.61','date':'2026-09-20'}}")), "",
        "f.json:1:1: warning: doubtful value: responseItems: items without num_acceptances, "
        "num_chats_received or accepted tell of no use (compare the record with the vendor's "
        "console)\n"
        "f.json: note: empty file: no rows in it, which does not mean no use (export the period "
        "again if use was expected)\n");
}

/* ---- Consumption --------------------------------------------------------------------------- */

#define ROW(day, rest) "{'timestamp':'" day "','user_email':'ana@example.com'," rest "}"
#define COUNT(count) "'consumption':{'message_count':" count "}"
#define MONTHS                                                                                     \
    "f.json: warning: doubtful value: timestamp: all rows are of the first of months: taken for "  \
    "whole months, which stay apart; ask for granularity=daily, or name the day in the file's "    \
    "name (compare the record with the vendor's console)\n"

static void consumption_is_by_day_person_and_model(void **state)
{
    (void)state;
    transcript_compare_golden("windsurf-consumption.json");
}

static void the_first_of_a_month_may_be_a_month(void **state)
{
    (void)state;
    expect_of("f.json", ROW("2026-08-01", COUNT("3")) ROW("2026-09-01", COUNT("4")),
        "2026-08-01 source:windsurf-consumption-totals service interactions=3 requests=3 "
        "messages=3\n"
        "2026-09-01 source:windsurf-consumption-totals service interactions=4 requests=4 "
        "messages=4\n",
        MONTHS);
}

static void the_first_of_a_month_is_a_day_where_the_name_says_so(void **state)
{
    (void)state;
    expect_of("windsurf-2026-09-01.json", ROW("2026-09-01", COUNT("4")),
        "2026-09-01 email:ana@example.com interactions=4 requests=4 messages=4\n", "");
}

static void rows_without_a_day_need_a_name_with_one(void **state)
{
    (void)state;
#define UNDATED "{'user_id':'u-1','user_email':'ana@example.com','consumption':{}}"
    expect_of("windsurf-2026-09-05.json", UNDATED,
        "2026-09-05 email:ana@example.com user_id:u-1 interactions=~1\n", "");
    expect_of("windsurf-2026-09-01_2026-09-05.json", UNDATED,
        "2026-09-05 source:windsurf-consumption-totals service interactions=~1\n", "");
    expect_of("f.json", UNDATED UNDATED, "",
        "f.json:1:1: skipped: missing field: timestamp: no day, here and below: ask for "
        "granularity=daily, or name the days in the file's name (export the file again with all "
        "columns)\n");
}

static void a_page_with_a_cursor_is_not_the_last(void **state)
{
    (void)state;
    expect_of("f.json",
        "{'data':[" ROW("2026-09-02", COUNT("4")) "],'pagination':{'next_page_cursor':'abc'}}",
        "2026-09-02 email:ana@example.com interactions=4 requests=4 messages=4\n",
        "f.json: warning: incomplete export: next_page_cursor: the last page says that there is "
        "another one (export all pages of the period again)\n");
}

static void bad_consumption_is_left_out(void **state)
{
    (void)state;
    expect_of("f.json",
        ROW("2026-09-02", COUNT("-1")) ROW("2026-13-01", COUNT("1")) ROW("2026-11-30", COUNT("1")),
        "",
        "f.json:1:1: skipped: number out of range: consumption.message_count: a count cannot be "
        "so (compare the record with the vendor's console)\n"
        "f.json:1:93: skipped: not a date: timestamp: not YYYY-MM-DD (write dates as "
        "YYYY-MM-DD)\n"
        "f.json:1:184: skipped: date in the future: timestamp: later than the day of this run "
        "(check the clock of the exporting system)\n");
}

static void devin_consumption_is_refused(void **state)
{
    (void)state;
    expect_of("f.json", "{'total_acus':1,'consumption_by_date':{},'consumption_by_user':{}}", "",
        "f.json: skipped: format not recognised: Devin's consumption: its sums by day name nobody; "
        "export the consumption of Windsurf by user and day instead (see docs/formats.md for what "
        "is read)\n");
}

/* ---- Members ------------------------------------------------------------------------------- */

static void members_hold_seats_and_days_of_last_use(void **state)
{
    (void)state;
    Reading reading;
    const char *text =
        "{\"userTableStats\":[{\"name\":\"x\",\"email\":\"ana@example.com\",\"apiKey\":\"h\","
        "\"signupTime\":\"2025-02-01T08:00:00Z\",\"lastUpdateTime\":\"2026-09-21T18:11:23Z\","
        "\"activeDays\":\"5\",\"lastAutocompleteUsageTime\":\"2026-09-21T17:00:00Z\","
        "\"lastChatUsageTime\":\"2026-09-20T10:00:00Z\","
        "\"lastCommandUsageTime\":\"2026-09-21T10:00:00Z\"}]}";
    transcript_read(&reading, "users-2026-09-22.json", text, strlen(text));
    assert_string_equal(reading.records->str,
        "seat 2026-09-22 email:ana@example.com created 2025-02-01\n"
        "2026-09-21+61200000 email:ana@example.com source:windsurf-last-use interactions=1\n"
        "2026-09-20+36000000 email:ana@example.com source:windsurf-last-use interactions=1\n");
    assert_string_equal(reading.diagnostics, "");
    transcript_clear(&reading);
}

#define MEMBER(rest)                                                                               \
    "{'userTableStats':[{'email':'ana@example.com','lastUpdateTime':'2026-09-21T18:11:23Z',"       \
    "'activeDays':0" rest "}]}"

static void who_is_disabled_or_not_approved_has_no_seat(void **state)
{
    (void)state;
    expect_of("u-2026-09-22.json", MEMBER(",'teamStatus':'USER_TEAM_STATUS_APPROVED'"),
        "seat 2026-09-22 email:ana@example.com\n", "");
#define NOBODY_LISTED                                                                              \
    "u-2026-09-22.json: note: empty file: no rows in it, which does not mean no use (export the "  \
    "period again if use was expected)\n"
    expect_of(
        "u-2026-09-22.json", MEMBER(",'teamStatus':'USER_TEAM_STATUS_PENDING'"), "", NOBODY_LISTED);
    expect_of("u-2026-09-22.json", MEMBER(",'teamStatus':'USER_TEAM_STATUS_UNAPPROVED'"), "",
        NOBODY_LISTED);
    expect_of("u-2026-09-22.json", MEMBER(",'disableCodeium':true"), "", NOBODY_LISTED);
}

static void bad_members_are_left_out(void **state)
{
    (void)state;
    expect_of("f.json",
        "{'userTableStats':[{'email':null,'lastUpdateTime':'x','activeDays':0},"
        "{'email':'a@example.com','lastUpdateTime':'x','activeDays':0,'signupTime':'yesterday'}]}",
        "",
        "f.json:1:20: skipped: missing field: email: no address (export the file again with all "
        "columns)\n"
        "f.json:1:71: skipped: not a date: signupTime: not a date with its time of day (write "
        "dates as YYYY-MM-DD)\n");
}

static void names_of_members_are_dropped(void **state)
{
    (void)state;
    transcript_expect_dropped("u.json", MEMBER(",'name':'CANARY','apiKey':'CANARY'"), 1);
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
        cmocka_unit_test(a_wrapped_answer_names_its_person),
        cmocka_unit_test(the_name_of_the_file_names_the_person),
        cmocka_unit_test(an_answer_that_names_nobody_stays_apart),
        cmocka_unit_test(several_people_of_a_request_are_nobody),
        cmocka_unit_test(numbers_may_be_numbers),
        cmocka_unit_test(modes_are_surfaces_and_unknown_models_are_none),
        cmocka_unit_test(a_conversation_is_one_session_over_days),
        cmocka_unit_test(a_run_is_known_by_day_conversation_model_and_mode),
        cmocka_unit_test(a_bad_run_is_left_out_alone),
        cmocka_unit_test(empty_answers_do_not_mean_no_use),
        cmocka_unit_test(errors_are_no_answers),
        cmocka_unit_test(items_of_a_person_and_day_add_up),
        cmocka_unit_test(answers_to_several_queries_have_the_same_keys),
        cmocka_unit_test(items_without_a_key_are_of_the_person_that_is_named),
        cmocka_unit_test(items_without_a_day_need_a_period_of_one),
        cmocka_unit_test(shares_of_code_are_no_use),
        cmocka_unit_test(consumption_is_by_day_person_and_model),
        cmocka_unit_test(the_first_of_a_month_may_be_a_month),
        cmocka_unit_test(the_first_of_a_month_is_a_day_where_the_name_says_so),
        cmocka_unit_test(rows_without_a_day_need_a_name_with_one),
        cmocka_unit_test(a_page_with_a_cursor_is_not_the_last),
        cmocka_unit_test(bad_consumption_is_left_out),
        cmocka_unit_test(devin_consumption_is_refused),
        cmocka_unit_test(members_hold_seats_and_days_of_last_use),
        cmocka_unit_test(who_is_disabled_or_not_approved_has_no_seat),
        cmocka_unit_test(bad_members_are_left_out),
        cmocka_unit_test(names_of_members_are_dropped),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
