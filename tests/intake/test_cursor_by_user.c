/* Cursor's Analytics API by person, and the commits of its code tracking. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

#define PAGE(data)                                                                                 \
    "{\"data\":{" data "},\"pagination\":{\"page\":1,\"hasNextPage\":false},"                      \
    "\"params\":{\"metric\":\"x\",\"startDate\":\"2026-10-05\",\"endDate\":\"2026-10-06\"}}"
#define COVERED "covered 2026-10-05 2026-10-06\n"

static void completions_are_shown_accepted_and_rejected(void **state)
{
    (void)state;
    expect(PAGE("\"ana@example.com\":[{\"event_date\":\"2026-10-05\",\"total_suggestions\":192,"
                "\"total_accepts\":71,\"total_rejects\":60,\"total_lines_accepted\":98}],"
                "\"ben@example.com\":[]"),
        "2026-10-05 email:ana@example.com completion interactions=71 shown=192 accepted=71 "
        "rejected=60\n" COVERED,
        "");
}

static void edits_of_agents_are_another_record_of_the_day(void **state)
{
    (void)state;
    Reading tabs, edits;
    const char *one =
        PAGE("\"a@example.com\":[{\"event_date\":\"2026-10-05\",\"total_accepts\":1}]");
    const char *other =
        PAGE("\"a@example.com\":[{\"event_date\":\"2026-10-05\",\"total_accepted_diffs\":2}]");
    transcript_read(&tabs, "t.json", one, strlen(one));
    transcript_read(&edits, "e.json", other, strlen(other));
    assert_string_equal(edits.records->str,
        "2026-10-05 email:a@example.com agent interactions=2 accepted=2\n" COVERED);
    assert_true(g_array_index(tabs.keys, guint64, 0) != g_array_index(edits.keys, guint64, 0));
    transcript_clear(&tabs);
    transcript_clear(&edits);
}

static void messages_are_one_record_for_each_model(void **state)
{
    (void)state;
    expect(PAGE("\"ana@example.com\":[{\"date\":\"2026-10-05\",\"model_breakdown\":{\"default\":{"
                "\"messages\":12,\"users\":1},\"claude-sonnet-5\":{\"messages\":4,\"users\":1}}}]"),
        "2026-10-05 email:ana@example.com model:auto interactions=12 messages=12\n"
        "2026-10-05 email:ana@example.com model:claude-sonnet-5 interactions=4 "
        "messages=4\n" COVERED,
        "");
}

static void other_metrics_tell_of_the_same_use_and_are_left_out(void **state)
{
    (void)state;
    expect(PAGE("\"ana@example.com\":[{\"event_date\":\"2026-10-05\",\"command_name\":\"CANARY\","
                "\"usage\":3},{\"event_date\":\"2026-10-06\",\"command_name\":\"CANARY\","
                "\"usage\":3}]"),
        COVERED,
        "f.json:1:1: warning: doubtful value: params.metric: rows of another metric than tabs, "
        "agent-edits and models are left out, here and below (compare the record with the vendor's "
        "console)\n"
        "f.json: note: empty file: no rows in it, which does not mean no use (export the period "
        "again if use was expected)\n");
}

static void a_page_that_is_not_the_last_is_incomplete(void **state)
{
    (void)state;
    expect("{\"data\":{\"a@example.com\":[{\"event_date\":\"2026-10-05\",\"total_accepts\":1}]},"
           "\"pagination\":{\"hasNextPage\":true},\"params\":{}}",
        "2026-10-05 email:a@example.com completion interactions=1 accepted=1\n",
        "f.json: warning: incomplete export: pagination.hasNextPage: the last page says that there "
        "is another one (export all pages of the period again)\n");
}

static void rows_that_cannot_be_are_reported(void **state)
{
    (void)state;
    expect(PAGE("\"a@example.com\":[{\"total_accepts\":1},{\"event_date\":\"yesterday\","
                "\"total_accepts\":1},{\"event_date\":\"2026-10-05\",\"total_accepts\":-1}]"),
        COVERED,
        "f.json:1:1: skipped: missing field: event_date: no day (export the file again with all "
        "columns)\n"
        "f.json:1:1: skipped: not a date: data.*[].event_date: neither YYYY-MM-DD nor an instant "
        "with its zone (write dates as YYYY-MM-DD)\n"
        "f.json:1:1: skipped: number out of range: data.*[].total_accepts: a count cannot be so "
        "(compare the record with the vendor's console)\n");
}

/* ---- Commits ----------------------------------------------------------------------------- */

#define COMMITS                                                                                    \
    "commit_hash,commit_source,user_id,user_email,repo_name,branch_name,is_primary_branch,"        \
    "total_lines_added,total_lines_deleted,tab_lines_added,tab_lines_deleted,"                     \
    "composer_lines_added,composer_lines_deleted,non_ai_lines_added,non_ai_lines_deleted,"         \
    "message,commit_ts,created_at\n"

static void commits_of_a_table_are_told_apart(void **state)
{
    (void)state;
    transcript_expect("f.csv",
        COMMITS "9f1c,ide,user_A1,ana@example.com,acme/CANARY,CANARY,true,120,14,20,0,80,10,20,4,"
                "\"Fix CANARY, again\",2026-10-05T10:02:00.000Z,2026-10-05T10:05:31.000Z\n"
                "51bb,cli,user_B2,,,,,8,2,0,0,0,2,,,,,2026-10-06T15:41:12.000Z\n",
        "2026-10-05 email:ana@example.com user_id:user_A1 requests=1\n"
        "2026-10-06 user_id:user_B2 requests=0\n",
        "");
}

static void commits_of_a_page_are_the_same_records(void **state)
{
    (void)state;
    expect("{\"items\":[{\"commitHash\":\"9f1c\",\"userId\":\"user_A1\",\"userEmail\":"
           "\"ana@example.com\",\"repoName\":\"CANARY\",\"message\":\"CANARY\","
           "\"composerLinesAdded\":80,\"tabLinesAdded\":0,\"commitTs\":null,\"createdAt\":"
           "\"2026-10-05T10:05:31.000Z\"},{\"commitHash\":\"9f1d\",\"composerLinesAdded\":0}],"
           "\"totalCount\":2,\"page\":1,\"pageSize\":100}",
        "2026-10-05 email:ana@example.com user_id:user_A1 requests=1\n",
        "f.json:1:218: skipped: missing field: commitTs: no time of it (export the file again with "
        "all columns)\n");
}

static int enter_folder(void **state)
{
    (void)state;
    transcript_enter_folder();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(completions_are_shown_accepted_and_rejected),
        cmocka_unit_test(edits_of_agents_are_another_record_of_the_day),
        cmocka_unit_test(messages_are_one_record_for_each_model),
        cmocka_unit_test(other_metrics_tell_of_the_same_use_and_are_left_out),
        cmocka_unit_test(a_page_that_is_not_the_last_is_incomplete),
        cmocka_unit_test(rows_that_cannot_be_are_reported),
        cmocka_unit_test(commits_of_a_table_are_told_apart),
        cmocka_unit_test(commits_of_a_page_are_the_same_records),
    };
    return cmocka_run_group_tests(tests, enter_folder, NULL);
}
