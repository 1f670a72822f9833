/* The log of git: counts by day and team, and the quirks of its forms. */
#include "transcript.h"

#include <string.h>

#define A "9f1c0de4a79f1c0de4a79f1c0de4a79f1c0de4a7"
#define B "51bb02c9ee51bb02c9ee51bb02c9ee51bb02c9ee"
#define C "0123456789abcdef0123456789abcdef01234567"
#define PARENT "77aa01bb77aa01bb77aa01bb77aa01bb77aa01bb"
#define ANA "\tana@example.com\tAna CANARY\t" PARENT "\t"
#define BEN "\t12345+ben-canary@users.noreply.github.com\tBen CANARY\t" PARENT "\t"
#define AT(time) "\t" time "\t" time
#define COMMIT(hash, day, subject) "@" hash AT(day "T11:02:00Z") ANA subject

static void expect(const char *text, const char *records)
{
    transcript_expect("log.txt", text, records, "");
}

static void commits_count_on_their_day_for_the_team_of_that_day(void **state)
{
    (void)state;
    expect("@" A AT("2026-10-05T11:02:00+01:00") ANA
        "Fix CANARY\n"
        "12\t3\tsrc/CANARY.c\n-\t-\tCANARY/logo.png\n4\t4\tsrc/{CANARY => new}/util.c\n\n"
        "@" B AT("2026-08-31T12:00:00Z") BEN "Add CANARY\n\n"
                                             "@" C AT("2026-09-01T12:00:00Z") BEN "Add CANARY\n",
        "2026-10-05 core commits 1\n2026-08-31 core commits 1\n2026-09-01 web commits 1\n");
}

static void the_day_is_that_of_the_commit_in_our_zone(void **state)
{
    (void)state;
    /* written on 1 October, committed at 23:30 UTC of 1 October, which is 00:30 in Lisbon */
    expect("@" A "\t2026-09-01T08:00:00Z\t2026-10-01T16:30:00-07:00" ANA "CANARY\n",
        "2026-10-02 core commits 1\n");
}

static void the_day_of_the_author_counts_where_the_settings_say_so(void **state)
{
    (void)state;
    transcript_enter_company("[outcomes]\nauthor_day = true\n");
    expect("@" A "\t2026-09-01T08:00:00Z\t2026-10-01T16:30:00-07:00" ANA "CANARY\n",
        "2026-09-01 core commits 1\n");
    transcript_enter_company("");
}

static void merges_and_bots_are_not_counted(void **state)
{
    (void)state;
    Reading reading;
    const char *text = "@" A AT(
        "2026-10-05T11:02:00Z") "\tana@example.com\tAna\t" PARENT " " B "\tMerge\n"
                                "@" B AT(
                                    "2026-10-05T11:02:00Z") "\t1+CANARY[bot]@users.noreply.github."
                                                            "com\tCANARY\t\tx\n"
                                                            "@" C AT(
                                                                "2026-10-05T11:02:00Z") "\tmachine-"
                                                                                        "CANARY@"
                                                                                        "example."
                                                                                        "com\tCANAR"
                                                                                        "Y\t" PARENT
                                                                                        "\tx\n";
    transcript_read(&reading, "log.txt", text, strlen(text));
    assert_string_equal(reading.records->str, "");
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_MERGE], 1);
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_BOT], 2);
    assert_false(reading.taken);
    transcript_clear(&reading);
}

static void a_revert_is_a_commit_and_a_revert(void **state)
{
    (void)state;
    expect("@" A AT("2026-10-05T11:02:00Z") ANA "Revert \"CANARY\"\n"
                                                "@" B AT("2026-10-05T11:02:00Z") ANA
        "Reverting CANARY\n",
        "2026-10-05 core commits 1\n2026-10-05 core reverts 1\n2026-10-05 core commits 1\n");
}

static void a_commit_without_changed_files_counts(void **state)
{
    (void)state;
    expect("@" A AT("2026-10-05T11:02:00Z") ANA "Empty\n@" B AT("2026-10-06T11:02:00Z") ANA
        "Next\n1\t1\tCANARY\n",
        "2026-10-05 core commits 1\n2026-10-06 core commits 1\n");
}

static void the_short_form_of_changes_is_passed_over(void **state)
{
    (void)state;
    expect("@" A AT("2026-10-05T11:02:00Z") ANA "CANARY\n 1 file changed, 1 insertion(+)\n\n",
        "2026-10-05 core commits 1\n");
}

static void subjects_may_hold_tabs_and_look_like_commits(void **state)
{
    (void)state;
    expect("@" A AT("2026-10-05T11:02:00Z") ANA "tab\t@" B "\tCANARY\tmore\n",
        "2026-10-05 core commits 1\n");
}

static void quoted_paths_are_passed_over(void **state)
{
    (void)state;
    expect("@" A AT("2026-10-05T11:02:00Z") ANA "x\n1\t0\t\"CANARY/\\303\\251\\n@" B "\\t.txt\"\n",
        "2026-10-05 core commits 1\n");
}

/* With -z paths stand as they are: here one with a line end, one that looks like a commit. */
static void with_nul_no_path_is_taken_for_a_commit(void **state)
{
    (void)state;
    static const char text[] =
        COMMIT(A, "2026-10-05", "Move\n0\t0\t\0") COMMIT(B, "2026-10-05", "old CANARY\0") COMMIT(
            B, "2026-10-05", "new CANARY\0") "1\t0\tsrc/CANARY\n" COMMIT(B, "2026-10-05", "x\0\0")
            COMMIT(C, "2026-10-06", "Empty\0")
                COMMIT(PARENT, "2026-10-07", "Revert \"CANARY\"\n3\t0\tCANARY\0");
    Reading reading;
    transcript_read(&reading, "log.txt", text, sizeof text - 1);
    assert_string_equal(reading.records->str,
        "2026-10-05 core commits 1\n2026-10-06 core commits 1\n2026-10-07 core commits 1\n"
        "2026-10-07 core reverts 1\n");
    assert_string_equal(reading.diagnostics, "");
    transcript_clear(&reading);
}

static void the_same_commit_has_the_same_key_in_every_clone(void **state)
{
    (void)state;
    guint64 key = transcript_key("one.txt", "@" A AT("2026-10-05T11:02:00Z") ANA "x\n", 0);
    assert_true(
        key ==
        transcript_key("two.txt",
            "@" B AT("2026-10-04T11:02:00Z") ANA "x\n@" A AT("2026-10-05T11:02:00Z") ANA "x\n", 1));
    assert_true(key != transcript_key("three.txt", "@" B AT("2026-10-05T11:02:00Z") ANA "x\n", 0));
}

static void a_commit_and_its_revert_have_two_keys(void **state)
{
    (void)state;
    const char *text = "@" A AT("2026-10-05T11:02:00Z") ANA "Revert \"x\"\n";
    assert_true(transcript_key("l", text, 0) != transcript_key("l", text, 1));
}

#define STRANGER "\tCANARY@elsewhere.org\tCANARY\t\t"

static void strangers_are_of_no_team_unless_the_place_of_the_file_has_one(void **state)
{
    (void)state;
    const char *text = "@" A AT("2026-10-05T11:02:00Z") STRANGER "x\n";
    Reading reading;
    transcript_read(&reading, "log.txt", text, strlen(text));
    assert_string_equal(reading.records->str, "2026-10-05 nobody commits 1\n");
    assert_int_equal(reading.summary.rows_unattributed, 1);
    transcript_clear(&reading);
    g_mkdir_with_parents("acme", 0755);
    transcript_expect("acme/core.git.log", text, "2026-10-05 core commits 1\n", "");
    transcript_expect("acme/other.log", text, "2026-10-05 nobody commits 1\n", "");
}

static void the_simple_form_counts_days_of_authors_as_estimates(void **state)
{
    (void)state;
    expect("commit " A " (HEAD -> CANARY)\nAuthor: Ana CANARY <ana@example.com>\n"
           "Date:   Mon Oct 5 23:30:00 2026 -0700\n\n    Revert \"CANARY\"\n    \n"
           "    This reverts commit " B ".\n\n 1 file changed, 1 insertion(+)\n\n"
           "commit " B "\nMerge: 0123456 789abcd\nAuthor: Ben <ben@example.com>\n"
           "Date:   Mon Oct 5 10:02:00 2026 +0100\n\n    Merge CANARY\n\n"
           "commit " C "\nAuthor: Ben CANARY <ben@example.com>\n"
           "Date:   2026-10-06 10:02:00 +0100\n\n    commit CANARY\n    Revert \"CANARY\"\n",
        "~2026-10-06 core commits 1\n~2026-10-06 core reverts 1\n~2026-10-06 web commits 1\n");
}

static void the_full_simple_form_knows_the_day_of_the_commit(void **state)
{
    (void)state;
    expect("commit " A "\nAuthor:     Ana <ana@example.com>\n"
           "AuthorDate: Tue Sep 1 10:02:00 2026 +0100\nCommit:     CANARY <canary@example.com>\n"
           "CommitDate: Mon Oct 5 10:02:00 2026 +0100\n\n    x\n",
        "2026-10-05 core commits 1\n");
}

static void lines_may_end_with_a_return(void **state)
{
    (void)state;
    expect("\xef\xbb\xbf@" A AT("2026-10-05T11:02:00Z") ANA "x\r\n1\t1\tCANARY\r\n\r\n",
        "2026-10-05 core commits 1\n");
}

static void what_cannot_be_read_is_named_and_left_out(void **state)
{
    (void)state;
    transcript_expect("log.txt",
        "@" A "\tCANARY\tCANARY" ANA "x\n"
        "@" B "\t2026-10-05T11:02:00Z\tCANARY\n"
        "@" C AT("2026-11-21T11:02:00Z") ANA "x\n",
        "",
        "log.txt:1: skipped: not a date: date: the commit has no date that can be read (write "
        "dates as YYYY-MM-DD)\n"
        "log.txt:2: skipped: missing field: %aE: the line of a commit has 7 fields with tabs "
        "between them (export the file again with all columns)\n"
        "log.txt:3: skipped: date in the future: date: later than the day of this run (check the "
        "clock of the exporting system)\n");
}

static void a_line_without_end_does_not_fill_the_memory(void **state)
{
    (void)state;
    GString *text = g_string_new("@" A AT("2026-10-05T11:02:00Z") ANA "x\n@" B "\t");
    for (guint i = 0; i < 300000; i++)
        g_string_append(text, "CANARY ");
    g_string_append(text, "\n@" C AT("2026-10-06T11:02:00Z") ANA "x\n");
    transcript_expect("log.txt", text->str,
        "2026-10-05 core commits 1\n2026-10-06 core commits 1\n",
        "log.txt:2: skipped: record too long: longer than 1 MiB without an end (check that this is "
        "the export, not another file)\n");
    g_string_free(text, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commits_count_on_their_day_for_the_team_of_that_day),
        cmocka_unit_test(the_day_is_that_of_the_commit_in_our_zone),
        cmocka_unit_test(the_day_of_the_author_counts_where_the_settings_say_so),
        cmocka_unit_test(merges_and_bots_are_not_counted),
        cmocka_unit_test(a_revert_is_a_commit_and_a_revert),
        cmocka_unit_test(a_commit_without_changed_files_counts),
        cmocka_unit_test(the_short_form_of_changes_is_passed_over),
        cmocka_unit_test(subjects_may_hold_tabs_and_look_like_commits),
        cmocka_unit_test(quoted_paths_are_passed_over),
        cmocka_unit_test(with_nul_no_path_is_taken_for_a_commit),
        cmocka_unit_test(the_same_commit_has_the_same_key_in_every_clone),
        cmocka_unit_test(a_commit_and_its_revert_have_two_keys),
        cmocka_unit_test(strangers_are_of_no_team_unless_the_place_of_the_file_has_one),
        cmocka_unit_test(the_simple_form_counts_days_of_authors_as_estimates),
        cmocka_unit_test(the_full_simple_form_knows_the_day_of_the_commit),
        cmocka_unit_test(lines_may_end_with_a_return),
        cmocka_unit_test(what_cannot_be_read_is_named_and_left_out),
        cmocka_unit_test(a_line_without_end_does_not_fill_the_memory),
    };
    return cmocka_run_group_tests(tests, transcript_enter, NULL);
}
