/* Issues of Linear. */
#include "transcript.h"

#include <string.h>

#define HEAD "ID,Team,Title,Description,Status,Project,Creator,Assignee,Labels,Completed,Canceled\n"

static void completed_issues_count_and_canceled_ones_do_not(void **state)
{
    (void)state;
    Reading reading;
    const char *text =
        HEAD "COR-12,CANARY,CANARY,\"CANARY\nCANARY\",Done,CANARY,CANARY,ben@example.com,\"CANARY, "
             "Feature\",2026-10-06T23:30:00.000Z,\n"
             "COR-13,Core,CANARY,,Canceled,,,ana@example.com,,,2026-10-06T15:00:00.000Z\n"
             "COR-14,Core,CANARY,,Todo,,,ana@example.com,,,\n";
    transcript_read(&reading, "linear.csv", text, strlen(text));
    assert_string_equal(reading.records->str,
        "2026-10-07 web tasks_closed 1 COR\n2026-10-07 web features_shipped 1 COR\n");
    assert_string_equal(reading.diagnostics, "");
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_RESOLUTION], 1);
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_UNFINISHED], 1);
    transcript_clear(&reading);
}

static void names_are_looked_up_and_else_the_key_decides(void **state)
{
    (void)state;
    transcript_expect("linear.csv",
        HEAD "WEB-1,x,x,,Done,,,Ana CANARY,,2026-10-06T15:00:00.000Z,\n"
             "WEB-2,x,x,,Done,,,stranger CANARY,,2026-10-06T15:00:00.000Z,\n",
        "2026-10-06 core tasks_closed 1 WEB\n2026-10-06 web tasks_closed 1 WEB\n", "");
}

static void guards_in_front_of_cells_are_taken_off(void **state)
{
    (void)state;
    transcript_expect("linear.csv",
        "ID,Team,Title,Labels,Completed\nCOR-1,x,'=CANARY(),'-x,2026-10-06T15:00:00.000Z\n"
        "'@COR-2,x,'+CANARY,,2026-10-06T15:00:00.000Z\n",
        "2026-10-06 core tasks_closed 1 COR\n2026-10-06 nobody tasks_closed 1 #\n", "");
}

static void a_guard_is_no_part_of_the_key(void **state)
{
    (void)state;
    assert_true(
        transcript_key("a.csv", "ID,Team,Completed\n'-COR-1,x,2026-10-06T15:00:00.000Z\n", 0) ==
        transcript_key("b.csv", "ID,Team,Completed\n-COR-1,x,2026-10-06T15:00:00.000Z\n", 0));
}

static void rows_that_are_one_cell_short_are_taken(void **state)
{
    (void)state;
    transcript_expect("linear.csv",
        "ID,Team,Completed,Canceled\nCOR-1,x,2026-10-06T15:00:00.000Z\n",
        "2026-10-06 core tasks_closed 1 COR\n", "");
}

static void an_issue_has_one_key_in_older_and_newer_exports(void **state)
{
    (void)state;
    assert_true(
        transcript_key("a.csv", HEAD "COR-1,x,x,,,,,,,2026-10-06T15:00:00.000Z,\n", 0) ==
        transcript_key("b.csv", "ID,Team,Completed\ncor-1,x,2026-10-06T15:00:00.000Z\n", 0));
}

static void rows_that_cannot_be_taken_are_named(void **state)
{
    (void)state;
    transcript_expect("linear.csv",
        "ID,Team,Completed\nCANARY,x,2026-10-06T15:00:00.000Z\nCOR-1,x,CANARY\n", "",
        "linear.csv:2: skipped: value not allowed: ID: an id is a key, a dash and a number (see "
        "docs/settings.md for the allowed values)\n"
        "linear.csv:3: skipped: not a date: Completed: not a moment as this export writes them "
        "(write dates as YYYY-MM-DD)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(completed_issues_count_and_canceled_ones_do_not),
        cmocka_unit_test(names_are_looked_up_and_else_the_key_decides),
        cmocka_unit_test(guards_in_front_of_cells_are_taken_off),
        cmocka_unit_test(a_guard_is_no_part_of_the_key),
        cmocka_unit_test(rows_that_are_one_cell_short_are_taken),
        cmocka_unit_test(an_issue_has_one_key_in_older_and_newer_exports),
        cmocka_unit_test(rows_that_cannot_be_taken_are_named),
    };
    return cmocka_run_group_tests(tests, transcript_enter, NULL);
}
