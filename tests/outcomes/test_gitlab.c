/* Issues and merge requests of GitLab. */
#include "transcript.h"

#include <string.h>

#define ISSUES                                                                                     \
    "Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,"      \
    "Confidential,Locked,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,"    \
    "Weight,Labels,Time Estimate,Time Spent\n"
#define ISSUE(number, state, assignee, closed, labels)                                             \
    "CANARY,\"CANARY\nmore, CANARY\"," number                                                      \
    ",https://gitlab.example.com/acme/core/-/issues/" number "," state                             \
    ",CANARY,CANARY,CANARY,\"" assignee "\",No,No,,2026-10-01 08:00:00,"                           \
    "2026-10-07 08:00:00," closed ",CANARY,,\"" labels "\",0,0\n"

#define REQUESTS                                                                                   \
    "Title,Description,MR IID,URL,State,Source Branch,Target Branch,Source Project ID,"            \
    "Target Project ID,Author,Author Username,Assignees,Assignee Usernames,Approvers,"             \
    "Approver Usernames,Merged User,Merged Username,Milestone ID,Created At (UTC),"                \
    "Updated At (UTC)\n"
#define REQUEST(number, state, author)                                                             \
    "CANARY,CANARY," number ",https://gitlab.example.com/acme/core/-/merge_requests/" number       \
    "," state ",CANARY,CANARY,12,12,CANARY," author ",CANARY,CANARY,CANARY,CANARY,CANARY,CANARY,," \
    "2026-10-01 08:00:00 UTC,2026-10-05 23:30:00 UTC\n"

static void closed_issues_count_for_the_first_assignee_with_a_team(void **state)
{
    (void)state;
    Reading reading;
    const char *text = ISSUES ISSUE("1", "Closed", "stranger-CANARY,ben.canary",
        "2026-10-05 23:30:00", "x,feature") ISSUE("2", "Open", "ben.canary", "", "")
        ISSUE("3", "Closed", "", "2026-10-06 08:00:00", "CANARY");
    transcript_read(&reading, "issues.csv", text, strlen(text));
    assert_string_equal(reading.records->str,
        "2026-10-06 web tasks_closed 1 #\n2026-10-06 web features_shipped 1 #\n"
        "2026-10-06 core tasks_closed 1 #\n");
    assert_string_equal(reading.diagnostics, "");
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_UNFINISHED], 1);
    /* title, description, milestone and three columns of people in each of three rows */
    assert_int_equal(reading.summary.dropped_content_fields, 18);
    transcript_clear(&reading);
}

static void issues_of_two_projects_with_one_number_have_two_keys(void **state)
{
    (void)state;
    const char *text = ISSUES ISSUE("1", "Closed", "", "2026-10-05 23:30:00",
        "") "x,x,1,https://gitlab.example.com/acme/web/-/issues/1,Closed,,,,,,,,,,2026-10-05 "
            "23:30:00,,,,,\n";
    assert_true(transcript_key("i.csv", text, 0) != transcript_key("i.csv", text, 1));
}

static void the_day_of_a_merge_request_is_an_estimate_in_csv(void **state)
{
    (void)state;
    transcript_expect("mrs.csv",
        REQUESTS REQUEST("5", "merged", "ana.canary") REQUEST("6", "opened", "ana.canary")
            REQUEST("7", "merged", "project_12_bot_CANARY"),
        "~2026-10-06 core merged_requests 1 #\n", "");
}

#define REST(number, moment)                                                                       \
    "{\"iid\":" number ",\"project_id\":12,\"title\":\"CANARY\",\"state\":\"merged\","             \
    "\"merged_at\":\"" moment "\",\"author\":{\"username\":\"ana.canary\",\"name\":\"CANARY\"},"   \
    "\"labels\":[\"CANARY\"],\"web_url\":"                                                         \
    "\"https://gitlab.example.com/acme/core/-/merge_requests/" number "\"}"

static void the_day_of_a_merge_request_is_known_in_rest_pages(void **state)
{
    (void)state;
    transcript_expect("mrs.json", "[" REST("5", "2026-10-03T10:00:00.123+02:00") "]",
        "2026-10-03 core merged_requests 1 #\n", "");
}

static void a_merge_request_has_one_key_in_both_forms(void **state)
{
    (void)state;
    guint64 key = transcript_key("mrs.csv", REQUESTS REQUEST("5", "merged", "ana.canary"), 0);
    assert_true(key == transcript_key("a.json", "[" REST("5", "2026-10-03T10:00:00Z") "]", 0));
    assert_true(key != transcript_key("a.json", "[" REST("6", "2026-10-03T10:00:00Z") "]", 0));
}

static guint64 project_of(const char *address)
{
    Reading reading;
    g_autofree char *text = g_strdup_printf(
        "Issue ID,URL,State,Closed At (UTC)\n1,%s,Closed,2026-10-05 23:30:00\n", address);
    transcript_read(&reading, "issues.csv", text, strlen(text));
    guint64 project = reading.project;
    assert_true(project != 0);
    transcript_clear(&reading);
    return project;
}

static void a_project_is_the_same_in_older_addresses(void **state)
{
    (void)state;
    guint64 project = project_of("https://gitlab.example.com/acme/core/-/issues/1");
    assert_true(project == project_of("https://gitlab.example.com/acme/core/issues/1"));
    assert_true(project != project_of("https://gitlab.example.com/acme/web/-/issues/1"));
}

static void rows_that_cannot_be_taken_are_named(void **state)
{
    (void)state;
    transcript_expect("issues.csv",
        ISSUES ISSUE("1", "Closed", "", "CANARY",
            "") "x,x,2,CANARY,Closed,,,,,,,,,,2026-10-05 23:30:00,,,,,\nCANARY,short\n",
        "",
        "issues.csv:2: skipped: not a date: Closed At (UTC): not a moment as this export writes "
        "them (write dates as YYYY-MM-DD)\n"
        "issues.csv:4: skipped: value not allowed: URL: not the address of such an item (see "
        "docs/settings.md for the allowed values)\n"
        "issues.csv:5: skipped: wrong number of fields: 2 fields where the header has 20 (export "
        "the file again or mend the row)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_issues_count_for_the_first_assignee_with_a_team),
        cmocka_unit_test(issues_of_two_projects_with_one_number_have_two_keys),
        cmocka_unit_test(the_day_of_a_merge_request_is_an_estimate_in_csv),
        cmocka_unit_test(the_day_of_a_merge_request_is_known_in_rest_pages),
        cmocka_unit_test(a_merge_request_has_one_key_in_both_forms),
        cmocka_unit_test(a_project_is_the_same_in_older_addresses),
        cmocka_unit_test(rows_that_cannot_be_taken_are_named),
    };
    return cmocka_run_group_tests(tests, transcript_enter, NULL);
}
