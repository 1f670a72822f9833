/* Issues of Jira: CSV with repeated headings and dates of a site, and REST pages. */
#include "transcript.h"

#include <string.h>

#define HEAD                                                                                       \
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Resolution,Assignee,"   \
    "Assignee Id,Created,Resolved,Labels,Labels,Custom field (CANARY),Comment\n"
#define ROW(id, type, resolution, resolved)                                                        \
    "\"CANARY, again\",WEB-" id ",1032" id "," type ",Done,WEB,CANARY," resolution                 \
    ",CANARY,CANARY,01/Oct/26 9:00 AM," resolved                                                   \
    ",CANARY,CANARY,3.0,\"date;CANARY;CANARY\ntwo\"\n"
#define PLAIN(resolved) "WEB-1,Task," resolved "\n"
#define PLAIN_HEAD "Issue key,Issue Type,Resolved\n"

static void resolved_issues_count_and_features_by_type(void **state)
{
    (void)state;
    Reading reading;
    const char *text = HEAD ROW("7", "Story", "Done", "06/Oct/26 3:26 PM")
        ROW("8", "Epic", "Done", "06/Oct/26 12:30 AM") ROW("9", "Bug", "", "")
            ROW("1", "Bug", "Won't Do", "06/Oct/26 3:26 PM")
                ROW("2", "Sub-task", "Done", "06/Oct/26 3:26 PM");
    transcript_read(&reading, "jira.csv", text, strlen(text));
    assert_string_equal(reading.records->str,
        "2026-10-06 web tasks_closed 1 WEB\n2026-10-06 web tasks_closed 1 WEB\n"
        "2026-10-06 web features_shipped 1 WEB\n");
    assert_string_equal(reading.diagnostics, "");
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_UNFINISHED], 1);
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_RESOLUTION], 1);
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_SUB_TASK], 1);
    transcript_clear(&reading);
}

static void settings_choose_types_and_resolutions(void **state)
{
    (void)state;
    transcript_enter_company("[outcomes]\nsub_tasks = true\nfeature_types = Story, Task\n"
                             "excluded_resolutions = Obsolete\n");
    transcript_expect("jira.csv",
        HEAD ROW("1", "Story", "Won't Do", "06/Oct/26") ROW("2", "Sub-task", "Done", "06/Oct/26")
            ROW("3", "Epic", "obsolete", "06/Oct/26"),
        "2026-10-06 web tasks_closed 1 WEB\n2026-10-06 web features_shipped 1 WEB\n"
        "2026-10-06 web tasks_closed 1 WEB\n",
        "");
    transcript_enter_company("");
}

static void the_first_value_of_a_repeated_heading_counts(void **state)
{
    (void)state;
    transcript_expect("jira.csv",
        "Issue key,Issue Type,Resolved,Resolved,Resolved,Assignee Id\n"
        "COR-1,Task,,2026-10-06 09:12,2026-10-07 09:12,id-ben-CANARY\n",
        "2026-10-06 web tasks_closed 1 COR\n", "");
}

static void a_name_is_looked_up_after_the_id(void **state)
{
    (void)state;
    transcript_expect("jira.csv",
        "Issue key,Issue Type,Resolved,Assignee\nWEB-1,Task,2026-10-06 09:12,Ana CANARY\n",
        "2026-10-06 core tasks_closed 1 WEB\n", "");
}

static void short_and_long_rows_are_taken(void **state)
{
    (void)state;
    transcript_expect("jira.csv",
        "Issue key,Issue Type,Resolved,Assignee Id,Project key\n"
        "COR-1,Task,2026-10-06 09:12\n"
        "COR-2,Task,2026-10-07 09:12,id-ben-CANARY,COR,CANARY,CANARY\n"
        "COR-3,Task,2026-10-08 09:12\n",
        "2026-10-06 core tasks_closed 1 COR\n2026-10-07 web tasks_closed 1 COR\n"
        "2026-10-08 core tasks_closed 1 COR\n",
        "");
}

static void a_file_with_more_than_a_thousand_columns_is_read(void **state)
{
    (void)state;
    GString *head = g_string_new("Issue key,Issue Type"), *row = g_string_new("COR-1,Task");
    for (guint i = 0; i < 1500; i++) {
        g_string_append(head, ",Comment");
        g_string_append(row, ",CANARY");
    }
    g_string_append_printf(head, ",Resolved\n%s,2026-10-06 09:12\n", row->str);
    transcript_expect("jira.csv", head->str, "2026-10-06 core tasks_closed 1 COR\n", "");
    g_string_free(head, TRUE);
    g_string_free(row, TRUE);
}

static void without_a_resolution_the_category_tells(void **state)
{
    (void)state;
    transcript_expect("jira.csv",
        "Issue key,Issue Type,Status Category,Status Category Changed\n"
        "COR-1,Task,Done,06/Oct/26 9:00 AM\nCOR-2,Task,In Progress,06/Oct/26 9:00 AM\n",
        "2026-10-06 core tasks_closed 1 COR\n", "");
}

static void days_and_months_are_told_apart_by_a_number_above_twelve(void **state)
{
    (void)state;
    transcript_expect("jira.csv", PLAIN_HEAD PLAIN("10/6/2026 16:14") PLAIN("6/21/2026 16:14"),
        "2026-10-06 web tasks_closed 1 WEB\n2026-06-21 web tasks_closed 1 WEB\n", "");
    transcript_expect("jira.csv", PLAIN_HEAD PLAIN("06.10.26") PLAIN("21.06.26 16:14"),
        "2026-10-06 web tasks_closed 1 WEB\n2026-06-21 web tasks_closed 1 WEB\n", "");
}

static void other_dates_of_the_row_show_the_order_too(void **state)
{
    (void)state;
    transcript_expect("jira.csv",
        "Issue key,Issue Type,Created,Resolved\nWEB-1,Task,21/6/26,6/10/26\n",
        "2026-10-06 web tasks_closed 1 WEB\n", "");
}

#define UNDECIDED                                                                                  \
    "jira.csv:2: skipped: not a date: Resolved: the file does not show whether day or month "      \
    "stands first: set date_format in the group outcomes of tidemark.ini; rows with such dates "   \
    "are left out (write dates as YYYY-MM-DD)\n"

static void a_file_that_does_not_show_the_order_is_not_guessed_at(void **state)
{
    (void)state;
    Reading reading;
    const char *text = PLAIN_HEAD PLAIN("6/10/26") PLAIN("6/10/26") PLAIN("5/5/26");
    transcript_read(&reading, "jira.csv", text, strlen(text));
    assert_string_equal(reading.records->str, "2026-05-05 web tasks_closed 1 WEB\n");
    assert_string_equal(reading.diagnostics, UNDECIDED);
    assert_int_equal(reading.summary.rows_skipped, 2);
    transcript_clear(&reading);
}

static void a_file_that_shows_both_orders_is_not_guessed_at(void **state)
{
    (void)state;
    Reading reading;
    const char *text = PLAIN_HEAD PLAIN("6/10/26") PLAIN("21/6/26") PLAIN("6/21/26");
    transcript_read(&reading, "jira.csv", text, strlen(text));
    assert_string_equal(reading.records->str, "");
    assert_int_equal(reading.summary.rows_skipped, 3);
    transcript_clear(&reading);
}

static void the_settings_decide_the_order(void **state)
{
    (void)state;
    transcript_enter_company("[outcomes]\ndate_format = day_first\n");
    transcript_expect(
        "jira.csv", PLAIN_HEAD PLAIN("6/10/26"), "2026-10-06 web tasks_closed 1 WEB\n", "");
    transcript_enter_company("[outcomes]\ndate_format = month_first\n");
    transcript_expect(
        "jira.csv", PLAIN_HEAD PLAIN("6/10/26"), "2026-06-10 web tasks_closed 1 WEB\n", "");
    transcript_enter_company("");
}

/* 23:30 of 5 October in New York is 04:30 of the 6th in Lisbon. */
static void days_are_moved_from_the_zone_of_the_site_to_ours(void **state)
{
    (void)state;
    transcript_enter_company("[outcomes]\ntime_zone = America/New_York\n");
    transcript_expect("jira.csv", PLAIN_HEAD PLAIN("2026-10-05 23:30"),
        "2026-10-06 web tasks_closed 1 WEB\n", "");
    transcript_enter_company("");
    transcript_expect("jira.csv", PLAIN_HEAD PLAIN("2026-10-05 23:30"),
        "2026-10-05 web tasks_closed 1 WEB\n", "");
}

static void months_have_names_in_several_languages(void **state)
{
    (void)state;
    static const struct {
        const char *date, *day;
    } dates[] = {
        {"11/May/24 03:26 PM", "2024-05-11"},
        {"27/Sep/26 9:00 AM", "2026-09-27"},
        {"5. Okt. 2026 09:12", "2026-10-05"},
        {"05/M\xc3\xa4r/26", "2026-03-05"},
        {"5/juil./26 9:00", "2026-07-05"},
        {"5/juin/26", "2026-06-05"},
        {"05/Ago/26", "2026-08-05"},
        {"5/dez/25", "2025-12-05"},
        {"Oct 5, 2026 3:26:11 PM", "2026-10-05"},
        {"2026-10-05T09:12", "2026-10-05"},
        {"2026/10/05", "2026-10-05"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *text = g_strdup_printf(PLAIN_HEAD "WEB-1,Task,\"%s\"\n", dates[i].date);
        g_autofree char *records = g_strdup_printf("%s web tasks_closed 1 WEB\n", dates[i].day);
        transcript_expect("jira.csv", text, records, "");
    }
}

static void what_is_no_date_is_named(void **state)
{
    (void)state;
    static const char *const dates[] = {"CANARY", "31/Feb/26", "5/Xyz/26", "0/Oct/26", "5/Oct/6",
        "5/Oct/26 25:00", "5/Oct/26 13:00 PM", "5/Oct/26 9", "2026-13-05", "99999999999/Oct/26",
        "5/Oct/26 9:00 CANARY", "-5/Oct/26", "///", "\xc3\xa9/\xc3\xa9/\xc3\xa9"};
    for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *text = g_strdup_printf(PLAIN_HEAD "WEB-1,Task,%s\n", dates[i]);
        transcript_expect("jira.csv", text, "",
            "jira.csv:2: skipped: not a date: Resolved: not a date as Jira writes them (write "
            "dates as YYYY-MM-DD)\n");
    }
}

static void a_thousand_rows_are_doubted(void **state)
{
    (void)state;
    GString *text = g_string_new(PLAIN_HEAD);
    for (guint i = 0; i < 1000; i++)
        g_string_append_printf(text, "WEB-%u,Task,\n", i);
    transcript_expect("jira.csv", text->str, "",
        "jira.csv: warning: incomplete export: exactly 1000 records, which is where exports of "
        "this kind are cut off (export all pages of the period again)\n");
    g_string_append(text, "WEB-1000,Task,\n");
    transcript_expect("jira.csv", text->str, "", "");
    g_string_free(text, TRUE);
}

#define REST(fields) "{\"id\":\"10321\",\"key\":\"WEB-7\",\"fields\":{" fields "}}"
#define REST_DONE                                                                                  \
    "\"summary\":\"CANARY\",\"issuetype\":{\"name\":\"Epic\",\"subtask\":false},\"project\":"      \
    "{\"key\":\"WEB\",\"name\":\"CANARY\"},\"resolutiondate\":"                                    \
    "\"2026-10-06T02:04:03.848+0800\",\"resolution\":{\"name\":\"Done\"},\"assignee\":"            \
    "{\"accountId\":\"id-CANARY\",\"displayName\":\"CANARY\",\"emailAddress\":"                    \
    "\"ana@example.com\"},\"description\":{\"content\":[{\"text\":\"CANARY\"}]}"

static void rest_pages_are_cut_into_issues(void **state)
{
    (void)state;
    transcript_expect("jira.json",
        "{\"startAt\":0,\"maxResults\":50,\"total\":3,\"issues\":[" REST(REST_DONE) "," REST(
            "\"issuetype\":{\"name\":\"CANARY\",\"subtask\":true},"
            "\"resolutiondate\":\"2026-10-06T13:04:03.848+0800\"") "," REST("\"resolutiondate\":"
                                                                            "null,\"resolution\":"
                                                                            "null,\"status\":{"
                                                                            "\"name\":\"CANARY\","
                                                                            "\"statusCategory\":{"
                                                                            "\"key\":\"done\"}},"
                                                                            "\"statuscategorychange"
                                                                            "date\":"
                                                                            "\"2026-10-07T13:04:03."
                                                                            "848+0800\"") "]}",
        /* 02:04 at +08:00 is 19:04 of the day before in Lisbon */
        "2026-10-05 core tasks_closed 1 WEB\n2026-10-05 core features_shipped 1 WEB\n"
        "2026-10-07 web tasks_closed 1 WEB\n",
        "");
}

static void an_issue_that_was_moved_keeps_its_key(void **state)
{
    (void)state;
    guint64 key = transcript_key("a.csv", HEAD ROW("1", "Bug", "Done", "06/Oct/26"), 0);
    assert_true(
        key ==
        transcript_key("b.json",
            "{\"issues\":[{\"id\":\"10321\",\"key\":\"COR-99\",\"fields\":{\"resolutiondate\":"
            "\"2026-10-06T13:04:03.848+0800\"}}]}",
            0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolved_issues_count_and_features_by_type),
        cmocka_unit_test(settings_choose_types_and_resolutions),
        cmocka_unit_test(the_first_value_of_a_repeated_heading_counts),
        cmocka_unit_test(a_name_is_looked_up_after_the_id),
        cmocka_unit_test(short_and_long_rows_are_taken),
        cmocka_unit_test(a_file_with_more_than_a_thousand_columns_is_read),
        cmocka_unit_test(without_a_resolution_the_category_tells),
        cmocka_unit_test(days_and_months_are_told_apart_by_a_number_above_twelve),
        cmocka_unit_test(other_dates_of_the_row_show_the_order_too),
        cmocka_unit_test(a_file_that_does_not_show_the_order_is_not_guessed_at),
        cmocka_unit_test(a_file_that_shows_both_orders_is_not_guessed_at),
        cmocka_unit_test(the_settings_decide_the_order),
        cmocka_unit_test(days_are_moved_from_the_zone_of_the_site_to_ours),
        cmocka_unit_test(months_have_names_in_several_languages),
        cmocka_unit_test(what_is_no_date_is_named),
        cmocka_unit_test(a_thousand_rows_are_doubted),
        cmocka_unit_test(rest_pages_are_cut_into_issues),
        cmocka_unit_test(an_issue_that_was_moved_keeps_its_key),
    };
    return cmocka_run_group_tests(tests, transcript_enter, NULL);
}
