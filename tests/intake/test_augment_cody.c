/* Augment's and Sourcegraph's exports: days, and what is longer than a day. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define NO_PERIOD                                                                                  \
    "sums over a time that is not said, here and below: put its first and last day into the "      \
    "file's name (export the file again with all columns)\n"

/* ---- Augment, interface -------------------------------------------------------------------- */

#define METRICS                                                                                    \
    "'metrics':{'total_messages':5,'completions_count':9,'completions_accepted':3,"                \
    "'chat_messages':4}"
#define ANA_ROW "{'user_email':'ana@example.com','active_days':1," METRICS "}"
#define OF_PERIOD(first, last)                                                                     \
    "{'users':[" ANA_ROW "],'pagination':{'has_more':false},'metadata':{"                          \
    "'effective_start_date':'" first "','effective_end_date':'" last "'}}"
#define COUNTS "interactions=8 messages=5 shown=9 accepted=3\n"

static void a_period_of_one_day_gives_people(void **state)
{
    (void)state;
    transcript_compare_golden("augment-users.json");
}

static void a_longer_period_stays_apart(void **state)
{
    (void)state;
    transcript_expect_json("f.json", OF_PERIOD("2026-09-15", "2026-09-21"),
        "2026-09-21 source:augment-periods service " COUNTS, "");
}

static void periods_of_different_people_are_different_records(void **state)
{
    (void)state;
    Reading reading;
    g_autofree char *text = transcript_quote(
        "{'users':[" ANA_ROW ",{'user_email':'ben@example.com'," METRICS "}],'metadata':{"
        "'effective_start_date':'2026-09-15','effective_end_date':'2026-09-21'}}");
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_int_equal(reading.keys->len, 2);
    assert_true(g_array_index(reading.keys, guint64, 0) != g_array_index(reading.keys, guint64, 1));
    transcript_clear(&reading);
}

static void rows_by_editor_get_the_day_of_their_page(void **state)
{
    (void)state;
#define BY_EDITOR(language, day)                                                                   \
    "{'records':[{'user_email':'ana@example.com','language':'" language                            \
    "','editor':'vscode'," METRICS "}],'metadata':{'effective_date':'" day "'}}"
    transcript_expect_json("f.json", BY_EDITOR("go", "2026-09-20") BY_EDITOR("c", "2026-09-21"),
        "2026-09-20 email:ana@example.com " COUNTS "2026-09-21 email:ana@example.com " COUNTS, "");
    assert_true(transcript_key_json("f.json", BY_EDITOR("go", "2026-09-20")) !=
                transcript_key_json("f.json", BY_EDITOR("c", "2026-09-20")));
}

static void the_day_may_stand_in_front_of_the_rows(void **state)
{
    (void)state;
    transcript_expect_json("f.json",
        "{'metadata':{'effective_date':'2026-09-20'},'records':[{'user_email':'ana@example.com',"
        "'language':'c','editor':'vim'," METRICS "}]}",
        "2026-09-20 email:ana@example.com " COUNTS, "");
}

static void days_of_the_organisation_stay_apart(void **state)
{
    (void)state;
    transcript_expect_json("f.json",
        "{'daily_usage':[{'date':'2026-09-20'," METRICS "},{'date':'2026-09-21'," METRICS "}]}",
        "2026-09-20 service " COUNTS "2026-09-21 service " COUNTS, "");
}

static void rows_without_a_page_need_days_in_the_name(void **state)
{
    (void)state;
    transcript_expect_json(
        "augment-2026-09-20.json", "[" ANA_ROW "]", "2026-09-20 email:ana@example.com " COUNTS, "");
    transcript_expect_json("f.json", ANA_ROW "\n" ANA_ROW, "",
        "f.json: skipped: missing field: metadata.effective_date: no day of these rows: save the "
        "whole answer, or name the days in the file's name (export the file again with all "
        "columns)\n");
}

static void a_page_that_has_more_is_not_the_last(void **state)
{
    (void)state;
    transcript_expect_json("f.json",
        "{'users':[" ANA_ROW "],'pagination':{'has_more':true},'metadata':{"
        "'effective_start_date':'2026-09-21','effective_end_date':'2026-09-21'}}",
        "2026-09-21 email:ana@example.com " COUNTS,
        "f.json: warning: incomplete export: has_more: the last page says that there is another "
        "one (export all pages of the period again)\n");
}

static void bad_metrics_are_left_out(void **state)
{
    (void)state;
    transcript_expect_json("augment-2026-09-20.json",
        "[{'user_email':'a@example.com','metrics':{'total_messages':-1}},"
        "{'user_email':7,'metrics':{}},{'user_email':'ana@example.com','metrics':null}]",
        "2026-09-20 email:ana@example.com interactions=0\n",
        "augment-2026-09-20.json:1:2: skipped: number out of range: metrics.total_messages: a "
        "count cannot be so (compare the record with the vendor's console)\n"
        "augment-2026-09-20.json:1:65: skipped: broken JSON: user_email: text is wanted (export "
        "the file again; it may be cut off)\n");
}

/* ---- Augment, download --------------------------------------------------------------------- */

#define DASHBOARD                                                                                  \
    "User,First Seen,Last Seen,Active Days,Completions,Accepted Completions,Accept Rate,"          \
    "Chat Messages,Agent Messages,Remote Agent Messages,Interactive CLI Agent Messages,"           \
    "Non-Interactive CLI Agent Messages,Tool Uses,Total Modified Lines of Code,"                   \
    "Completion Lines of Code,Instruction Lines of Code,Agent Lines of Code,"                      \
    "Remote Agent Lines of Code,CLI Agent Lines of Code\n"
#define DASHBOARD_ROW                                                                              \
    "ana@example.com,2026-01-02,2026-09-21,4,10,4,40.00%,1,2,3,4,5,9,1,1,1,1,1,1\n"

static void a_download_is_of_the_days_in_its_name(void **state)
{
    (void)state;
    /* 1 + 2 + 3 + 4 + 5 messages and 4 acceptances */
    transcript_expect("augment-2026-09-21.csv", DASHBOARD DASHBOARD_ROW,
        "2026-09-21 email:ana@example.com interactions=19 messages=15 shown=10 accepted=4\n", "");
    transcript_expect("augment-2026-09-01-2026-09-21.csv", DASHBOARD DASHBOARD_ROW,
        "2026-09-21 source:augment-csv-periods service interactions=19 messages=15 shown=10 "
        "accepted=4\n",
        "");
    transcript_expect("f.csv", DASHBOARD DASHBOARD_ROW DASHBOARD_ROW, "",
        "f.csv:2: skipped: missing field: " NO_PERIOD);
}

static void bad_rows_of_a_download_are_left_out(void **state)
{
    (void)state;
    transcript_expect("augment-2026-09-21.csv",
        DASHBOARD ",2026-01-02,2026-09-21,4,10,4,40.00%,1,2,3,4,5,9,1,1,1,1,1,1\n"
                  "ana@example.com,2026-01-02,2026-09-21,4,10,4,40.00%,1,2,x,4,5,9,1,1,1,1,1,1\n",
        "",
        "augment-2026-09-21.csv:2:1: skipped: missing field: User: no user (export the file again "
        "with all columns)\n"
        "augment-2026-09-21.csv:3:57: skipped: not a number: Remote Agent Messages: a whole number "
        "is wanted (export the file again or mend the field)\n");
}

/* ---- Sourcegraph --------------------------------------------------------------------------- */

static void rows_by_client_and_language_add_up(void **state)
{
    (void)state;
    transcript_compare_golden("cody-clients.csv");
}

static void without_clients_it_is_a_source_of_its_own(void **state)
{
    (void)state;
#define BY_DAY "instance_user_id,username,timestamp_date,chat_events,command_events\n"
    transcript_expect("f.csv", BY_DAY "7,ana,2026-09-21,3,1\n",
        "2026-09-21 login:ana user_id:7 interactions=4 messages=3\n", "");
    assert_string_equal(transcript_source("f.csv", BY_DAY "7,ana,2026-09-21,3,1\n"), "cody-days");
}

static void the_id_stands_in_for_address_and_name(void **state)
{
    (void)state;
    transcript_expect("f.csv", BY_DAY "7,,2026-09-21,3,1\n",
        "2026-09-21 user_id:7 interactions=4 messages=3\n", "");
}

static void months_stay_apart(void **state)
{
    (void)state;
#define BY_MONTH "Instance user ID,Timestamp Month,Chat Events,Command Events\n"
    transcript_expect("f.csv", BY_MONTH "7,2026-09,3,1\n8,2026-09-01,1,\n9,2026-11,1,\n",
        "2026-09-30 source:cody-periods service interactions=4 messages=3\n"
        "2026-09-30 source:cody-periods service interactions=1 messages=1\n"
        "2026-11-20 source:cody-periods service interactions=1 messages=1\n",
        "");
}

static void sums_by_user_need_days_in_the_name(void **state)
{
    (void)state;
#define BY_USER "Instance user ID,Chat Events,Command Events\n7,3,1\n"
    transcript_expect(
        "cody-2026-09-21.csv", BY_USER, "2026-09-21 user_id:7 interactions=4 messages=3\n", "");
    transcript_expect("cody-2026-09-01_2026-09-21.csv", BY_USER,
        "2026-09-21 source:cody-periods service interactions=4 messages=3\n", "");
    transcript_expect("f.csv", BY_USER, "", "f.csv:2: skipped: missing field: " NO_PERIOD);
}

static void bad_rows_of_sourcegraph_are_left_out(void **state)
{
    (void)state;
    transcript_expect("f.csv",
        BY_DAY "7,ana,2026-09-31,3,1\n7,ana,,3,1\n,,2026-09-21,3,1\n7,ana,2026-09-21,3.5,1\n", "",
        "f.csv:2:7: skipped: not a date: Timestamp Date: not YYYY-MM-DD (write dates as "
        "YYYY-MM-DD)\n"
        "f.csv:3:7: skipped: missing field: Timestamp Date: no date (export the file again with "
        "all columns)\n"
        "f.csv:4:1: skipped: missing field: Instance user ID: no user (export the file again with "
        "all columns)\n"
        "f.csv:5:18: skipped: not a number: Chat Events: a whole number is wanted (export the "
        "file again or mend the field)\n");
    transcript_expect("f.csv", BY_MONTH "7,2026-13,3,1\n7,,3,1\n", "",
        "f.csv:2:3: skipped: not a date: Timestamp Month: not YYYY-MM (write dates as "
        "YYYY-MM-DD)\n"
        "f.csv:3:3: skipped: not a date: Timestamp Month: not YYYY-MM (write dates as "
        "YYYY-MM-DD)\n");
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
        cmocka_unit_test(a_period_of_one_day_gives_people),
        cmocka_unit_test(a_longer_period_stays_apart),
        cmocka_unit_test(periods_of_different_people_are_different_records),
        cmocka_unit_test(rows_by_editor_get_the_day_of_their_page),
        cmocka_unit_test(the_day_may_stand_in_front_of_the_rows),
        cmocka_unit_test(days_of_the_organisation_stay_apart),
        cmocka_unit_test(rows_without_a_page_need_days_in_the_name),
        cmocka_unit_test(a_page_that_has_more_is_not_the_last),
        cmocka_unit_test(bad_metrics_are_left_out),
        cmocka_unit_test(a_download_is_of_the_days_in_its_name),
        cmocka_unit_test(bad_rows_of_a_download_are_left_out),
        cmocka_unit_test(rows_by_client_and_language_add_up),
        cmocka_unit_test(without_clients_it_is_a_source_of_its_own),
        cmocka_unit_test(the_id_stands_in_for_address_and_name),
        cmocka_unit_test(months_stay_apart),
        cmocka_unit_test(sums_by_user_need_days_in_the_name),
        cmocka_unit_test(bad_rows_of_sourcegraph_are_left_out),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
