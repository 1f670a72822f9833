/* Claude Enterprise, users: days, products, groups, pages; records computed by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define DATED "users_2026-09-08.json"
#define COVERED                                                                                    \
    "covered 2026-09-08 2026-09-08 source:claude-code-users\ncovered 2026-09-08 2026-09-08\n"

#define ANA "'user':{'id':'user_ana','email_address':'Ana@example.com','type':'user'}"
#define ANA_DAY "2026-09-08 email:Ana@example.com user_id:user_ana "
#define ANA_CODE ANA_DAY "source:claude-code-users terminal "

#define CHAT(messages, conversations)                                                              \
    "'chat_metrics':{'connectors_used_count':2,'distinct_conversation_count':" #conversations      \
    ",'message_count':" #messages ",'thinking_message_count':2}"

#define CODE(sessions, accepted, rejected)                                                         \
    "'claude_code_metrics':{'core_metrics':{'commit_count':2,'distinct_session_count':" #sessions  \
    ",'lines_of_code':{'added_count':240,'removed_count':71},'pull_request_count':1},"             \
    "'tool_actions':{'edit_tool':{'accepted_count':" #accepted ",'rejected_count':" #rejected      \
    "},'write_tool':{'accepted_count':4,'rejected_count':1}}}"

#define PAGE(rows) "{'data':[" rows "],'next_page':null}"

static void expect_day(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json(DATED, text, records, diagnostics);
}

static void code_and_chat_are_records_of_two_tools(void **state)
{
    (void)state;
    expect_day(PAGE("{" ANA "," CHAT(14, 3) "," CODE(5, 31, 3) ",'web_search_count':1}"),
        ANA_CODE "interactions=5 sessions=5 accepted=35 rejected=4\n" ANA_DAY
                 "label:product:chat chat interactions=14 sessions=~3 messages=14\n" COVERED,
        "");
}

static void each_product_is_a_part(void **state)
{
    (void)state;
    expect_day(
        PAGE("{" ANA "," CHAT(
            1, 1) ",'cowork_metrics':{'action_count':9,'message_count':2,'dispatch_turn_count':3,"
                  "'distinct_session_count':1,'file_edit_count':null},"
                  "'design_metrics':{'message_count':4,'distinct_session_count':2},"
                  "'office_metrics':{'excel':{'message_count':5,'distinct_session_count':1},"
                  "'word':{'message_count':6,'distinct_session_count':null}},"
                  "'science_metrics':{'message_count':0,'delegation_count':7,"
                  "'remote_compute_job_count':1,'distinct_session_count':1}}"),
        ANA_DAY
        "label:product:chat chat interactions=1 sessions=~1 messages=1\n" ANA_DAY
        "part=1 label:product:cowork agent interactions=5 sessions=1 messages=2\n" ANA_DAY
        "part=2 label:product:claude_design other interactions=4 sessions=2 messages=4\n" ANA_DAY
        "part=3 label:product:office_agent other interactions=11 sessions=1 messages=11\n" ANA_DAY
        "part=4 label:product:science other interactions=7 sessions=1 messages=0\n" COVERED,
        "");
}

static void products_without_use_are_one_idle_part(void **state)
{
    (void)state;
    expect_day(PAGE("{" ANA "," CHAT(
                   0, 0) ",'cowork_metrics':{'message_count':0},"
                         "'claude_code_metrics':{'core_metrics':{'distinct_session_count':0}}}"),
        ANA_CODE "interactions=0 sessions=0\n" ANA_DAY
                 "label:product:chat chat interactions=0 sessions=~0 messages=0\n" COVERED,
        "");
}

static void idle_products_beside_used_ones_are_left_out(void **state)
{
    (void)state;
    expect_day(PAGE("{" ANA "," CHAT(0, 0) ",'cowork_metrics':{'message_count':1}}"),
        ANA_DAY "label:product:cowork agent interactions=1 messages=1\n" COVERED, "");
}

static void actions_alone_are_one_interaction(void **state)
{
    (void)state;
    expect_day(PAGE("{" ANA
                    ",'cowork_metrics':{'message_count':0,'action_count':8}," CODE(null, 0, 0) "}"),
        ANA_CODE "interactions=1 accepted=4 rejected=1\n" ANA_DAY
                 "label:product:cowork agent interactions=1 messages=0\n" COVERED,
        "");
}

static void a_missing_block_is_not_measured(void **state)
{
    (void)state;
    expect_day(PAGE("{" ANA ",'claude_code_metrics':null," CHAT(1, null) "}"),
        ANA_DAY "label:product:chat chat interactions=1 messages=1\n" COVERED, "");
}

static void a_user_without_address_has_the_id(void **state)
{
    (void)state;
    expect_day(PAGE("{'user':{'id':'u','email_address':null}," CHAT(1, 1) "}"),
        "2026-09-08 user_id:u label:product:chat chat interactions=1 sessions=~1 "
        "messages=1\n" COVERED,
        "");
}

/* ---- Days -------------------------------------------------------------------------------- */

#define ACTIVE_ON(day) "{'user':{'id':'u'}," CHAT(1, 1) ",'last_activity_date':" day "}"
#define ACTIVE "user_id:u label:product:chat chat interactions=1 sessions=~1 messages=1\n"

static void the_common_date_of_last_activity_is_the_day(void **state)
{
    (void)state;
    transcript_expect_json("f.json", PAGE(ACTIVE_ON("'2026-09-08'") "," ACTIVE_ON("'2026-09-08'")),
        "2026-09-08 " ACTIVE "2026-09-08 " ACTIVE COVERED, "");
}

#define WITHOUT_DAY                                                                                \
    "f.json: skipped: missing field: last_activity_date: rows without a day: name the file after " \
    "the day that it is of (export the file again with all columns)\n"

static void different_dates_of_last_activity_are_no_day(void **state)
{
    (void)state;
    transcript_expect_json(
        "f.json", PAGE(ACTIVE_ON("'2026-09-08'") "," ACTIVE_ON("'2026-09-09'")), "", WITHOUT_DAY);
}

static void a_row_without_date_of_last_activity_leaves_no_day(void **state)
{
    (void)state;
    transcript_expect_json(
        "f.json", PAGE(ACTIVE_ON("'2026-09-08'") "," ACTIVE_ON("null")), "", WITHOUT_DAY);
}

static void rows_without_a_day_are_counted(void **state)
{
    (void)state;
    Reading reading;
    g_autofree char *text =
        transcript_quote(PAGE(ACTIVE_ON("null") "," ACTIVE_ON("null") "," ACTIVE_ON("null")));
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_int_equal(reading.summary.rows_skipped, 3);
    transcript_clear(&reading);
}

static void the_name_of_the_file_wins_over_later_activity(void **state)
{
    (void)state;
    expect_day(PAGE(ACTIVE_ON("'2026-09-20'")), "2026-09-08 " ACTIVE COVERED, "");
}

static void activity_that_ended_before_the_name_is_not_of_that_day(void **state)
{
    (void)state;
    expect_day(PAGE(ACTIVE_ON("'2026-09-07'")), "",
        DATED ":1:10: skipped: not a date: last_activity_date: earlier than the date in the file's "
              "name, which then is not the day of the data (write dates as YYYY-MM-DD)\n");
}

static void a_period_stays_apart(void **state)
{
    (void)state;
    transcript_expect_json("users_2026-09-01_2026-09-30.json",
        PAGE("{" ANA "," CHAT(2, 1) "," CODE(5, 31, 3) "}"),
        "2026-09-30 source:claude-code-users-periods service terminal interactions=5 sessions=5 "
        "accepted=35 rejected=4\n"
        "2026-09-30 source:claude-users-periods service label:product:chat chat interactions=2 "
        "sessions=~1 messages=2\n",
        "");
}

static void days_in_the_future_are_reported(void **state)
{
    (void)state;
    transcript_expect_json("users_2026-11-21.json", PAGE("{" ANA "," CHAT(2, 1) "}"), "",
        "users_2026-11-21.json:1:10: skipped: date in the future: last_activity_date: later than "
        "the day of this run (check the clock of the exporting system)\n");
}

/* ---- Pages, groups, hostile -------------------------------------------------------------- */

static void a_cursor_without_a_further_page_is_incomplete(void **state)
{
    (void)state;
    expect_day("{'data':[{'user':{'id':'u'}," CHAT(1, 1) "}],'next_page':'p2'}",
        "2026-09-08 " ACTIVE,
        DATED ": warning: incomplete export: has_more: the last page says that there is more, and "
              "the next page is not here (export all pages of the period again)\n");
}

static void pages_after_one_another_are_complete(void **state)
{
    (void)state;
    expect_day("{'data':[{'user':{'id':'u'}," CHAT(1, 1) "}],'next_page':'p2'}\n"
                                                         "{'data':[{'user':{'id':'u'}," CHAT(
                                                             1, 1) "}],'next_page':null}",
        "2026-09-08 " ACTIVE "2026-09-08 " ACTIVE COVERED, "");
}

static void rows_in_lines_are_read(void **state)
{
    (void)state;
    expect_day("{'user':{'id':'u'}," CHAT(1, 1) "}\n{'user':{'id':'u'}," CHAT(1, 1) "}\n",
        "2026-09-08 " ACTIVE "2026-09-08 " ACTIVE COVERED, "");
}

static void rows_of_access_groups_are_refused(void **state)
{
    (void)state;
    expect_day(PAGE("{'rbac_group_id':'g','rbac_group_name':'CANARY','user':null," CHAT(
                   1, 1) ",'web_search_count':1},"
                         "{'rbac_group_id':'h','web_search_count':1,'user':null," CHAT(1, 1) "}"),
        "",
        DATED ":1:10: skipped: format not recognised: rbac_group_id: rows of access groups, which "
              "overlap: export without grouping by them (see docs/formats.md for what is read)\n");
}

static void bad_values_are_reported(void **state)
{
    (void)state;
    expect_day("{" ANA "," CHAT(-1, 1) "}\n{" ANA "," CHAT(
                   'x', 1) "}\n"
                           "{'user':{}," CHAT(1, 1) "}\n{'user':7," CHAT(
                               1, 1) "}\n"
                                     "{" ANA ",'chat_metrics':[1,2]}\n{" ANA
                                     "," CHAT(1, 1) "," CHAT(1, 1) "}\n",
        "",
        DATED ":1:1: skipped: number out of range: chat_metrics.message_count: a count cannot be "
              "so (compare the record with the vendor's console)\n" DATED
              ":2:1: skipped: not a number: chat_metrics.message_count: a whole number is wanted "
              "(export the file again or mend the field)\n" DATED
              ":3:1: skipped: missing field: user.id: neither id nor e-mail (export the file again "
              "with all columns)\n" DATED
              ":4:1: skipped: missing field: user.id: neither id nor e-mail (export the file again "
              "with all columns)\n" DATED
              ":5:1: skipped: missing field: chat_metrics: no product in the row (export the file "
              "again with all columns)\n" DATED
              ":6:1: skipped: broken JSON: chat_metrics: the member is there twice (export the "
              "file again; it may be cut off)\n");
}

static void sums_stay_within_bounds(void **state)
{
    (void)state;
    expect_day("{'user':{'id':'u'}," CHAT(
                   0, 0) ",'office_metrics':{'excel':{'message_count':900000000000000},"
                         "'word':{'message_count':900000000000000}}}",
        "2026-09-08 user_id:u label:product:office_agent other interactions=1000000000000000 "
        "messages=1000000000000000\n" COVERED,
        "");
}

static void a_record_is_known_by_day_and_user(void **state)
{
    (void)state;
    guint64 key = transcript_key_json(DATED, "{" ANA "," CHAT(1, 1) "}");
    assert_true(key == transcript_key_json("export-20260908.json", "[{" ANA "," CHAT(9, 2) "}]"));
    assert_true(key != transcript_key_json("users_2026-09-09.json", "{" ANA "," CHAT(1, 1) "}"));
    assert_true(key != transcript_key_json(DATED, "{'user':{'id':'u'}," CHAT(1, 1) "}"));
}

static void content_is_dropped(void **state)
{
    (void)state;
    transcript_expect_dropped(
        DATED, "{" ANA ",'rbac_group_name':'CANARY'," CHAT(1, 1) ",'web_search_count':0}", 1);
}

/* ---- Other reports of Claude Enterprise --------------------------------------------------- */

static void expect_refusal(const char *text, const char *reason)
{
    g_autofree char *diagnostics = g_strconcat("f.json: skipped: format not recognised: ", reason,
        " (see docs/formats.md for what is read)\n", NULL);
    transcript_expect_json("f.json", text, "", diagnostics);
}

static void reports_that_name_no_person_are_refused(void **state)
{
    (void)state;
    expect_refusal(PAGE("{'skill_name':'CANARY','distinct_user_count':3,'chat_metrics':{},"
                        "'claude_code_metrics':{}}"),
        "Claude Enterprise, skills: not by person and day; export users instead");
    expect_refusal(PAGE("{'connector_name':'CANARY','distinct_user_count':3}"),
        "Claude Enterprise, connectors: not by person and day; export users instead");
    expect_refusal(PAGE("{'plugin_name':'CANARY','distinct_user_count':3,'install_count':1}"),
        "Claude Enterprise, plugins: not by person and day; export users instead");
    expect_refusal(PAGE("{'artifact_type':'CANARY','artifacts_created_count':3}"),
        "Claude Enterprise, artifacts: not by person and day; export users instead");
    expect_refusal(PAGE("{'project_id':'p','project_name':'CANARY','message_count':3}"),
        "Claude Enterprise, projects: names can be confidential; export users instead");
    expect_refusal("{'summaries':[{'starting_at':'2026-09-08T00:00:00Z','ending_at':"
                   "'2026-09-09T00:00:00Z','daily_active_user_count':41,"
                   "'weekly_active_user_count':77}]}",
        "Claude Enterprise, summaries: counts of active people, which are made of people's days "
        "here; export users instead");
}

static void users_by_access_group_are_refused(void **state)
{
    (void)state;
    expect_refusal(PAGE("{'rbac_group_id':'g','rbac_group_name':'CANARY'," CHAT(1, 1) "}"),
        "Claude Enterprise, users by access group: groups overlap; export users without grouping");
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
        cmocka_unit_test(code_and_chat_are_records_of_two_tools),
        cmocka_unit_test(each_product_is_a_part),
        cmocka_unit_test(products_without_use_are_one_idle_part),
        cmocka_unit_test(idle_products_beside_used_ones_are_left_out),
        cmocka_unit_test(actions_alone_are_one_interaction),
        cmocka_unit_test(a_missing_block_is_not_measured),
        cmocka_unit_test(a_user_without_address_has_the_id),
        cmocka_unit_test(the_common_date_of_last_activity_is_the_day),
        cmocka_unit_test(different_dates_of_last_activity_are_no_day),
        cmocka_unit_test(a_row_without_date_of_last_activity_leaves_no_day),
        cmocka_unit_test(rows_without_a_day_are_counted),
        cmocka_unit_test(the_name_of_the_file_wins_over_later_activity),
        cmocka_unit_test(activity_that_ended_before_the_name_is_not_of_that_day),
        cmocka_unit_test(a_period_stays_apart),
        cmocka_unit_test(days_in_the_future_are_reported),
        cmocka_unit_test(a_cursor_without_a_further_page_is_incomplete),
        cmocka_unit_test(pages_after_one_another_are_complete),
        cmocka_unit_test(rows_in_lines_are_read),
        cmocka_unit_test(rows_of_access_groups_are_refused),
        cmocka_unit_test(bad_values_are_reported),
        cmocka_unit_test(sums_stay_within_bounds),
        cmocka_unit_test(a_record_is_known_by_day_and_user),
        cmocka_unit_test(content_is_dropped),
        cmocka_unit_test(reports_that_name_no_person_are_refused),
        cmocka_unit_test(users_by_access_group_are_refused),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
