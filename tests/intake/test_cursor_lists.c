/* Cursor's members, spend and tracked commits; what they give computed by hand. And samples of all.
 */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

static void expect(const char *name, const char *text, const char *records, const char *diagnostics)
{
    transcript_expect(name, text, records, diagnostics);
}

/* ---- Members ------------------------------------------------------------------------------- */

#define DATED "members-2026-10-07.json"

static void members_are_seats_on_the_day_of_the_file(void **state)
{
    (void)state;
    expect(DATED,
        "{\"teamMembers\":[{\"id\":\"user_A1\",\"name\":\"Ana Lima\",\"email\":\"ana@example.com\","
        "\"role\":\"owner\",\"isRemoved\":false},{\"id\":12,\"name\":\"\",\"email\":"
        "\" Ben@example.com \",\"role\":\"member\",\"isRemoved\":false}]}",
        "seat 2026-10-07 email:ana@example.com user_id:user_A1\n"
        "seat 2026-10-07 email:Ben@example.com user_id:12\n",
        "");
}

static void who_left_and_free_owners_hold_no_seat(void **state)
{
    (void)state;
    expect(DATED,
        "{\"teamMembers\":[{\"id\":1,\"name\":\"C\",\"email\":\"cy@example.com\",\"role\":"
        "\"member\","
        "\"isRemoved\":true},{\"id\":2,\"name\":\"D\",\"email\":\"di@example.com\",\"role\":"
        "\"free-owner\",\"isRemoved\":false},{\"id\":3,\"name\":\"E\",\"email\":\"ed@example.com\","
        "\"role\":\"member\",\"isRemoved\":null}]}",
        "seat 2026-10-07 email:ed@example.com user_id:3\n", "");
}

static void old_answers_are_bare_lists_without_ids(void **state)
{
    (void)state;
    expect(DATED,
        "[{\"name\":\"A\",\"email\":\"ana@example.com\",\"role\":\"owner\"},"
        "{\"name\":\"B\",\"email\":\"ben@example.com\",\"role\":\"member\"}]",
        "seat 2026-10-07 email:ana@example.com\nseat 2026-10-07 email:ben@example.com\n", "");
}

static void bad_members_are_skipped(void **state)
{
    (void)state;
    expect(DATED,
        "[{\"name\":\"A\",\"email\":null,\"role\":\"owner\",\"isRemoved\":false},"
        "{\"name\":\"A\",\"email\":\"a@b\",\"role\":\"owner\",\"isRemoved\":\"no\"},"
        "{\"id\":-4,\"email\":\"a@b\",\"role\":\"owner\",\"isRemoved\":false}]",
        "",
        DATED ":1:2: skipped: missing field: email: neither address nor id (export the file again "
              "with all columns)\n" DATED
              ":1:61: skipped: broken JSON: isRemoved: true or false is wanted (export the file "
              "again; it may be cut off)\n" DATED
              ":1:120: skipped: number out of range: id: a count cannot be so (compare the record "
              "with the vendor's console)\n");
}

/* ---- Spend --------------------------------------------------------------------------------- */

/* The cycle began at 2026-10-01T00:00:00Z. */
#define CYCLE "\"subscriptionCycleStart\":1790812800000"
#define SPENT(money) "{\"email\":\"ana@example.com\",\"role\":\"member\"," money "}"
#define SPEND(money) "{\"teamMemberSpend\":[" SPENT(money) "]," CYCLE "}"

static void what_is_on_demand_is_metered(void **state)
{
    (void)state;
    static const struct {
        const char *money, *values;
    } cases[] = {
        {"\"spendCents\":4120.5,\"includedSpendCents\":4000,\"overallSpendCents\":4120.5",
            "metered=1205000 list_value=40000000"},
        {"\"spendCents\":120.5,\"includedSpendCents\":4000,\"overallSpendCents\":4120.5",
            "metered=1205000 list_value=40000000"},
        {"\"spendCents\":4120,\"includedSpendCents\":4000", "metered=1200000 list_value=40000000"},
        {"\"spendCents\":120,\"overallSpendCents\":4120", "metered=1200000 list_value=40000000"},
        {"\"spendCents\":120", "metered=~1200000"},
        {"\"spendCents\":120,\"includedSpendCents\":4000", "metered=~1200000 list_value=40000000"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(
            "{\"teamMemberSpend\":[" SPENT("%s") "]," CYCLE ",\"totalMembers\":1,\"totalPages\":1}",
            cases[i].money);
        g_autofree char *record = g_strdup_printf("2026-10-01 service %s\n", cases[i].values);
        expect("f.json", text, record, "");
    }
}

static void spend_is_kept_apart(void **state)
{
    (void)state;
    assert_int_equal(tm_sources[tm_source_index("cursor-spend")].trait, TM_TRAIT_APART);
}

static void a_later_answer_of_a_cycle_replaces_it(void **state)
{
    (void)state;
    Reading reading;
    const char *text =
        SPEND("\"spendCents\":1") SPEND("\"spendCents\":2") "{\"teamMemberSpend\":[{\"email\":"
                                                            "\"ben@example.com\",\"spendCents\":1}]"
                                                            "," CYCLE "}";
    transcript_read(&reading, "f", text, strlen(text));
    const guint64 *keys = (const guint64 *)(const void *)reading.keys->data;
    assert_int_equal(reading.keys->len, 3);
    assert_true(keys[0] == keys[1]);
    assert_true(keys[0] != keys[2]);
    transcript_clear(&reading);
}

static void without_its_cycle_spend_is_not_taken(void **state)
{
    (void)state;
    expect("f.json", "[" SPENT("\"spendCents\":1") "," SPENT("\"spendCents\":1") "]", "",
        "f.json: skipped: missing field: subscriptionCycleStart: without it the sums are of no "
        "known time: save the whole answer (export the file again with all columns)\n");
}

static void members_without_a_row_make_it_incomplete(void **state)
{
    (void)state;
    expect("f.json",
        "{\"teamMemberSpend\":[" SPENT(
            "\"spendCents\":0,\"includedSpendCents\":0") "]," CYCLE
                                                         ",\"totalMembers\":20,\"totalPages\":2}",
        "2026-10-01 service metered=0 list_value=0\n",
        "f.json: warning: incomplete export: totalMembers: 1 members of 20 are in this file: the "
        "other pages are wanted too (export all pages of the period again)\n");
}

static void bad_amounts_skip_the_member(void **state)
{
    (void)state;
    expect("f.json",
        "{\"teamMemberSpend\":[" SPENT("\"spendCents\":-1") "," SPENT(
            "\"spendCents\":\"1\"") "," SPENT("\"spendCents\":null") ",{\"email\":\"\","
                                                                     "\"spendCents\":1}]," CYCLE
                                                                     "}",
        "",
        "f.json:1:21: skipped: number out of range: spendCents: an amount cannot be so (compare "
        "the record with the vendor's console)\n"
        "f.json:1:81: skipped: not a number: spendCents: an amount is wanted (export the file "
        "again or mend the field)\n"
        "f.json:1:142: skipped: missing field: spendCents: no amount (export the file again with "
        "all columns)\n"
        "f.json:1:204: skipped: missing field: email: neither address nor id (export the file "
        "again with all columns)\n");
}

/* ---- Commits ------------------------------------------------------------------------------- */

#define COMMIT_HEADER                                                                              \
    "commit_hash,commit_source,user_id,user_email,repo_name,branch_name,is_primary_branch,"        \
    "total_lines_added,total_lines_deleted,tab_lines_added,tab_lines_deleted,"                     \
    "composer_lines_added,composer_lines_deleted,non_ai_lines_added,non_ai_lines_deleted,message," \
    "commit_ts,created_at\n"
#define CSV_COMMIT                                                                                 \
    "9f1c,ide,user_A1,ana@example.com,acme/core,main,true,120,14,20,0,80,10,20,4,\"Fix parser, "   \
    "again\n\"\"and\"\" again\",2026-10-05T10:02:00.000Z,2026-10-05T10:05:31.000Z\n"
#define JSON_COMMIT                                                                                \
    "{\"commitHash\":\"9f1c\",\"commitSource\":\"ide\",\"userId\":\"user_A1\",\"userEmail\":"      \
    "\"ana@example.com\",\"repoName\":\"acme/core\",\"branchName\":\"main\",\"isPrimaryBranch\":"  \
    "true,\"totalLinesAdded\":120,\"totalLinesDeleted\":14,\"tabLinesAdded\":20,"                  \
    "\"tabLinesDeleted\":0,\"composerLinesAdded\":80,\"composerLinesDeleted\":10,"                 \
    "\"nonAiLinesAdded\":20,\"nonAiLinesDeleted\":null,\"message\":\"x\",\"commitTs\":"            \
    "\"2026-10-05T10:02:00.000Z\",\"createdAt\":\"2026-10-05T10:05:31.000Z\"}"

static void a_traced_commit_is_one_interaction_of_nobody(void **state)
{
    (void)state;
    expect("f.csv",
        COMMIT_HEADER CSV_COMMIT
        "51bb,cli,user_B2,ben@example.com,,,,8,2,0,0,0,0,,,,2026-10-06T15:40:00.000Z,\n"
        "51bc,cloud,user_B2,ben@example.com,,,,8,2,,,,,,,,,2026-10-07T15:41:12.000Z\n",
        "2026-10-05 service interactions=1\n"
        "2026-10-06 service terminal interactions=0\n"
        "2026-10-07 service agent\n",
        "");
}

static void commits_as_json_are_the_same_records(void **state)
{
    (void)state;
    Reading csv, json;
    const char *page = "{\"items\":[" JSON_COMMIT "],\"totalCount\":1,\"page\":1,\"pageSize\":100}";
    const char *rows = COMMIT_HEADER CSV_COMMIT;
    transcript_read(&csv, "f", rows, strlen(rows));
    transcript_read(&json, "f", page, strlen(page));
    assert_string_equal(json.records->str, "2026-10-05 service interactions=1\n");
    assert_string_equal(json.diagnostics, "");
    assert_string_equal(json.records->str, csv.records->str);
    assert_true(g_array_index(csv.keys, guint64, 0) == g_array_index(json.keys, guint64, 0));
    transcript_clear(&csv);
    transcript_clear(&json);
}

static void commits_are_kept_apart(void **state)
{
    (void)state;
    assert_int_equal(tm_sources[tm_source_index("cursor-commits")].trait, TM_TRAIT_APART);
}

static void the_same_commit_of_another_person_is_another_record(void **state)
{
    (void)state;
    Reading reading;
    const char *text = "commit_hash,user_id,composer_lines_added,commit_ts\n"
                       "9f1c,user_A1,1,2026-10-05T10:02:00Z\n9f1c,user_A2,1,2026-10-05T10:02:00Z\n"
                       "9f1c,user_A1,1,2026-10-05T10:02:00Z\n";
    transcript_read(&reading, "f", text, strlen(text));
    const guint64 *keys = (const guint64 *)(const void *)reading.keys->data;
    assert_int_equal(reading.keys->len, 3);
    assert_true(keys[0] != keys[1]);
    assert_true(keys[0] == keys[2]);
    transcript_clear(&reading);
}

static void missing_commits_are_an_incomplete_export(void **state)
{
    (void)state;
    expect("f.json", "{\"items\":[" JSON_COMMIT "],\"totalCount\":9,\"page\":1,\"pageSize\":1}",
        "2026-10-05 service interactions=1\n",
        "f.json: warning: incomplete export: totalCount: 1 commits of 9 are in this file: the "
        "other pages are wanted too (export all pages of the period again)\n");
}

static void bad_commits_are_skipped(void **state)
{
    (void)state;
    expect("f.csv",
        "commit_hash,user_id,composer_lines_added,commit_ts\n"
        ",user_A1,1,2026-10-05T10:02:00Z\n9f1c,user_A1,x,2026-10-05T10:02:00Z\n"
        "9f1c,user_A1,1,soon\n9f1c,user_A1,1,\n9f1c,user_A1,1,2026-11-21T00:00:00Z\n",
        "",
        "f.csv:2:1: skipped: missing field: commitHash: no hash (export the file again with all "
        "columns)\n"
        "f.csv:3:14: skipped: not a number: composerLinesAdded: a whole number is wanted (export "
        "the file again or mend the field)\n"
        "f.csv:4:16: skipped: not a date: commitTs: neither YYYY-MM-DD nor an instant with its "
        "zone (write dates as YYYY-MM-DD)\n"
        "f.csv:5:16: skipped: missing field: commitTs: neither this nor createdAt (export the file "
        "again with all columns)\n"
        "f.csv:6:16: skipped: date in the future: commitTs: later than the day of this run (check "
        "the clock of the exporting system)\n");
}

/* ---- Content ------------------------------------------------------------------------------- */

static void content_of_lists_never_leaves_the_reader(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        guint dropped;
    } cases[] = {
        {"{\"teamMembers\":[{\"id\":1,\"name\":\"CANARY\",\"email\":\"a@b\",\"role\":\"member\"}]}",
            1},
        {"{\"teamMemberSpend\":[{\"email\":\"a@b\",\"name\":\"CANARY\",\"profilePictureUrl\":"
         "\"CANARY\",\"spendCents\":1}]," CYCLE "}",
            2},
        {"[{\"commitHash\":\"1\",\"composerLinesAdded\":1,\"commitTs\":\"2026-10-05\",\"message\":"
         "\"CANARY\",\"repoName\":\"CANARY\",\"branchName\":\"CANARY\"}]",
            3},
        {"commit_hash,composer_lines_added,commit_ts,message,repo_name,branch_name\n"
         "1,1,2026-10-05,CANARY,CANARY,CANARY\n",
            3},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        Reading reading;
        transcript_read(&reading, "f", cases[i].text, strlen(cases[i].text));
        assert_true(reading.taken);
        assert_null(strstr(reading.records->str, "CANARY"));
        assert_string_equal(reading.diagnostics, "");
        assert_int_equal(reading.summary.dropped_content_fields, cases[i].dropped);
        transcript_clear(&reading);
    }
}

static void samples_give_the_known_records(void **state)
{
    (void)state;
    static const char *const samples[] = {"cursor-events.json", "cursor-daily-usage.json",
        "cursor-team-analytics.csv", "cursor-by-user.json", "cursor-analytics-team.json",
        "cursor-spend.json", "cursor-commits.csv"};
    for (guint i = 0; i < G_N_ELEMENTS(samples); i++)
        transcript_compare_golden(samples[i]);
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
        cmocka_unit_test(members_are_seats_on_the_day_of_the_file),
        cmocka_unit_test(who_left_and_free_owners_hold_no_seat),
        cmocka_unit_test(old_answers_are_bare_lists_without_ids),
        cmocka_unit_test(bad_members_are_skipped),
        cmocka_unit_test(what_is_on_demand_is_metered),
        cmocka_unit_test(spend_is_kept_apart),
        cmocka_unit_test(a_later_answer_of_a_cycle_replaces_it),
        cmocka_unit_test(without_its_cycle_spend_is_not_taken),
        cmocka_unit_test(members_without_a_row_make_it_incomplete),
        cmocka_unit_test(bad_amounts_skip_the_member),
        cmocka_unit_test(a_traced_commit_is_one_interaction_of_nobody),
        cmocka_unit_test(commits_as_json_are_the_same_records),
        cmocka_unit_test(commits_are_kept_apart),
        cmocka_unit_test(the_same_commit_of_another_person_is_another_record),
        cmocka_unit_test(missing_commits_are_an_incomplete_export),
        cmocka_unit_test(bad_commits_are_skipped),
        cmocka_unit_test(content_of_lists_never_leaves_the_reader),
        cmocka_unit_test(samples_give_the_known_records),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
