/* Copilot's smaller tables: premium requests one by one, and the activity report. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define REQUESTS "Timestamp,User,Model,Requests Used,Exceeds Monthly Quota,Total Monthly Quota\n"
#define ACTIVITY "Report Time,Login,Last Authenticated At,Last Activity At,Last Surface Used\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.csv", text, records, diagnostics);
}

static void requests_have_an_instant_and_a_list_price(void **state)
{
    (void)state;
    expect(REQUESTS "2025-06-18T10:43:41.8378480Z,ana,gpt-4o,1,FALSE,Unlimited\n"
                    "2025-06-18T00:00:01Z,bo,claude-sonnet-4,2.50,false,300\n",
        "2025-06-18+38621837 login:ana model:gpt-4o interactions=1 requests=1 list_value=~40000\n"
        "2025-06-18+1000 login:bo model:claude-sonnet-4 interactions=1 requests=1 "
        "list_value=~100000\n",
        "");
}

static void requests_beyond_the_quota_are_noted_in_any_spelling(void **state)
{
    (void)state;
    expect(REQUESTS "2025-06-18T00:00:01Z,a,m,1,False,300\n2025-06-18T00:00:02Z,a,m,1,TRUE,300\n"
                    "2025-06-18T00:00:03Z,a,m,1,true,300\n",
        "2025-06-18+1000 login:a model:m interactions=1 requests=1 list_value=~40000\n"
        "2025-06-18+2000 login:a model:m interactions=1 requests=1 list_value=~40000\n"
        "2025-06-18+3000 login:a model:m interactions=1 requests=1 list_value=~40000\n",
        "f.csv:3: warning: doubtful value: Exceeds Monthly Quota: 2 requests from here on were "
        "perhaps billed, and this export has no amounts: export the billing report too (compare "
        "the record with the vendor's console)\n");
}

static void equal_requests_are_twins(void **state)
{
    (void)state;
#define TWIN "2025-06-18T00:00:01Z,a,m,1,False,300\n"
    const char *text = REQUESTS TWIN TWIN "2025-06-18T00:00:01Z,a,m,2,False,300\n";
    Reading reading;
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_int_equal(reading.keys->len, 3);
    const guint64 *keys = (const guint64 *)(gconstpointer)reading.keys->data;
    assert_true(keys[0] == keys[1]);
    assert_true(keys[1] != keys[2]);
    assert_int_equal(reading.summary.format->source->merging, TM_MERGE_TWINS);
    transcript_clear(&reading);
}

static void requests_of_nobody_are_a_service(void **state)
{
    (void)state;
    expect(REQUESTS "2025-06-18T00:00:01Z,,m,0,False,300\n",
        "2025-06-18+1000 service model:m interactions=1 requests=1 list_value=~0\n", "");
}

static void bad_requests_are_left_out(void **state)
{
    (void)state;
    expect(REQUESTS "2025-06-18 00:00,a,m,1,False,300\n2025-06-18T00:00:01Z,a,m,many,False,300\n"
                    "2025-06-18T00:00:01Z,a,m,-1,False,300\n2026-11-21T00:00:01Z,a,m,1,False,300\n"
                    "2025-06-18T00:00:01Z,a,m,1,maybe,300\n",
        "2025-06-18+1000 login:a model:m interactions=1 requests=1 list_value=~40000\n",
        "f.csv:2:1: skipped: not a date: Timestamp: not an instant with its zone, as exported "
        "(write dates as YYYY-MM-DD)\n"
        "f.csv:3:26: skipped: not a number: Requests Used: a number is wanted (export the file "
        "again or mend the field)\n"
        "f.csv:4:26: skipped: number out of range: Requests Used: a number cannot be so (compare "
        "the record with the vendor's console)\n"
        "f.csv:5:1: skipped: date in the future: Timestamp: later than the day of this run (check "
        "the clock of the exporting system)\n"
        "f.csv:6:28: warning: doubtful value: Exceeds Monthly Quota: neither true nor false, here "
        "and below (compare the record with the vendor's console)\n");
}

static void the_last_active_day_is_one_interaction(void **state)
{
    (void)state;
    expect(ACTIVITY "2026-09-22T02:00:00Z,ana,2026-09-23T08:00:00Z,2026-09-21T22:22:05-06:00,"
                    "vscode/1.120.0/copilot-chat/0.60.1\n",
        "2026-09-22 login:ana interactions=1\n", "");
}

static void logging_in_alone_is_no_use(void **state)
{
    (void)state;
    expect(ACTIVITY "2026-09-22T02:00:00Z,ana,2026-09-20T08:00:00Z,None,None\n"
                    "2026-09-22T02:00:00Z,bo,2026-09-20T08:00:00Z,,\n"
                    "2026-09-22T02:00:00Z,cy,None,2026-09-21,VS Code 1.89.1\n",
        "2026-09-21 login:cy interactions=1\n", "");
}

static void headings_match_in_any_case_and_joining(void **state)
{
    (void)state;
    expect("organization,LAST_ACTIVITY_AT,login,report_time\n"
           "o1,2026-09-21T01:00:00Z,ana,2026-09-22T02:00:00Z\n",
        "2026-09-21 login:ana interactions=1\n", "");
}

static void the_same_day_in_two_organisations_is_one_record(void **state)
{
    (void)state;
    const char *text = "Report Time,Login,Last Activity At,Organization\n"
                       "2026-09-22T02:00:00Z,Ana,2026-09-21T01:00:00Z,o1\n"
                       "2026-09-23T02:00:00Z,ana,2026-09-21T09:00:00Z,o2\n"
                       "2026-09-23T02:00:00Z,ana,2026-09-20T09:00:00Z,o3\n";
    Reading reading;
    transcript_read(&reading, "f.csv", text, strlen(text));
    const guint64 *keys = (const guint64 *)(gconstpointer)reading.keys->data;
    assert_true(keys[0] == keys[1]);
    assert_true(keys[1] != keys[2]);
    /* 2026-09-23T02:00:00Z */
    assert_int_equal(reading.summary.exported, G_GINT64_CONSTANT(1790128800000));
    transcript_clear(&reading);
}

static void bad_rows_of_activity_are_left_out(void **state)
{
    (void)state;
    expect(ACTIVITY "x,ana,None,9/21/2026 10:00,None\nx,,None,2026-09-21,None\n"
                    "x,ana,None,2026-11-21,None\n",
        "",
        "f.csv:2:12: skipped: not a date: Last Activity At: neither YYYY-MM-DD nor an instant with "
        "its zone (write dates as YYYY-MM-DD)\n"
        "f.csv:3:3: skipped: missing field: Login: no login (export the file again with all "
        "columns)\n"
        "f.csv:4:12: skipped: date in the future: Last Activity At: later than the day of this run "
        "(check the clock of the exporting system)\n");
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
        cmocka_unit_test(requests_have_an_instant_and_a_list_price),
        cmocka_unit_test(requests_beyond_the_quota_are_noted_in_any_spelling),
        cmocka_unit_test(equal_requests_are_twins),
        cmocka_unit_test(requests_of_nobody_are_a_service),
        cmocka_unit_test(bad_requests_are_left_out),
        cmocka_unit_test(the_last_active_day_is_one_interaction),
        cmocka_unit_test(logging_in_alone_is_no_use),
        cmocka_unit_test(headings_match_in_any_case_and_joining),
        cmocka_unit_test(the_same_day_in_two_organisations_is_one_record),
        cmocka_unit_test(bad_rows_of_activity_are_left_out),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
