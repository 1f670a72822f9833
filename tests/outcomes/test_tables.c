/* The company's own files: outcomes.csv, survey.csv and themes.md. */
#include "transcript.h"

#include <string.h>

#define HEAD "date,team_id,metric,count,project,source,period\n"

static void counts_are_taken_as_they_stand(void **state)
{
    (void)state;
    transcript_expect("o.csv",
        HEAD "2026-10-05,core,commits,14,acme/CANARY,git,\n"
             "2026-10-05,web,tasks_closed,5,WEB,jira,week\n"
             "2026-10-01,*,Rework Commits,2.5,,CANARY,month\n"
             "2026-10-05,eng,demos,0,_CANARY,,day\n",
        "2026-10-05 core commits 14 # +\n2026-10-05 week web tasks_closed 5 WEB +\n"
        "2026-10-01 month organisation rework_commits 2500000u +\n2026-10-05 eng demos 0 # +\n",
        "");
}

static void a_key_is_day_period_team_metric_and_project(void **state)
{
    (void)state;
    static const char *const rows[] = {"2026-10-05,core,commits,1,a,,",
        "2026-10-12,core,commits,1,a,,", "2026-10-05,web,commits,1,a,,",
        "2026-10-05,core,reverts,1,a,,", "2026-10-05,core,commits,1,b,,",
        "2026-10-05,core,commits,1,a,,week"};
    guint64 keys[G_N_ELEMENTS(rows)];
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strdup_printf(HEAD "%s\n", rows[i]);
        keys[i] = transcript_key("o.csv", text, 0);
        for (guint other = 0; other < i; other++)
            assert_true(keys[i] != keys[other]);
    }
    assert_true(
        keys[0] == transcript_key("p.csv", HEAD "2026-10-05,core,commits,9,a,other,day\n", 0));
}

static void rows_that_cannot_be_taken_are_named(void **state)
{
    (void)state;
    transcript_expect("o.csv",
        HEAD "CANARY,core,commits,1,,,\n2026-10-05,CANARY,commits,1,,,\n"
             "2026-10-05,core,canary@example.com,1,,,\n2026-10-05,core,lines_added,1,,,\n"
             "2026-10-05,core,commits,CANARY,,,\n2026-10-05,core,commits,-1,,,\n"
             "2026-10-05,core,commits,99999999999999999999,,,\n2026-10-05,core,commits,,,,\n"
             "2026-10-06,core,commits,1,,,week\n2026-10-02,core,commits,1,,,month\n"
             "2026-10-05,core,commits,1,,,CANARY\n2026-11-21,core,commits,1,,,\n",
        "",
        "o.csv:2: skipped: not a date: date: a day is written YYYY-MM-DD (write dates as "
        "YYYY-MM-DD)\n"
        "o.csv:3: skipped: unknown reference: team_id: there is no team with this id (add the row "
        "that it refers to)\n"
        "o.csv:4: skipped: value not allowed: metric: a metric has letters, digits and _, at most "
        "40 (see docs/settings.md for the allowed values)\n"
        "o.csv:5: skipped: value not allowed: metric: lines of code are not counted (see "
        "docs/settings.md for the allowed values)\n"
        "o.csv:6: skipped: not a number: count: a number has digits and a decimal point (export "
        "the file again or mend the field)\n"
        "o.csv:7: skipped: number out of range: count: negative, or above 1,000,000,000 (compare "
        "the record with the vendor's console)\n"
        "o.csv:8: skipped: number out of range: count: a number has digits and a decimal point "
        "(compare the record with the vendor's console)\n"
        "o.csv:9: skipped: missing field: count: the row has no number (export the file again with "
        "all columns)\n"
        "o.csv:10: skipped: not a date: date: a week begins on its Monday (write dates as "
        "YYYY-MM-DD)\n"
        "o.csv:11: skipped: not a date: date: a month begins on its first day (write dates as "
        "YYYY-MM-DD)\n"
        "o.csv:12: skipped: value not allowed: period: a period is day, week or month (see "
        "docs/settings.md for the allowed values)\n"
        "o.csv:13: skipped: date in the future: date: later than the day of this run (check the "
        "clock of the exporting system)\n");
}

static void columns_that_are_not_known_are_not_read(void **state)
{
    (void)state;
    transcript_expect("o.csv",
        "date,team_id,metric,count,author,CANARY mail\n"
        "2026-10-05,core,commits,1,CANARY,canary@example.com\n",
        "2026-10-05 core commits 1 +\n",
        "o.csv:1: note: unknown field: author: not in the table of this format (nothing to do: it "
        "is not read)\n"
        "o.csv:1: note: unknown field: not in the table of this format (nothing to do: it is not "
        "read)\n");
}

/* ---- survey.csv -------------------------------------------------------------------------- */

#define SURVEY "date,team_id,score,scale_max,respondent,comment\n"

static void answers_keep_their_scale(void **state)
{
    (void)state;
    transcript_expect("s.csv", SURVEY "2026-10-05,core,4,5,CANARY,CANARY\n2026-10-05,*,7.5,10,,\n",
        "2026-10-05 core 4 5\n2026-10-05 organisation 7500000u 10\n", "");
}

static void a_respondent_answers_once_a_day(void **state)
{
    (void)state;
    const char *text = SURVEY "2026-10-05,core,4,5,aa,\n2026-10-05,core,5,5,aa,\n"
                              "2026-10-05,core,4,5,bb,\n2026-10-05,core,4,5,,\n";
    guint64 first = transcript_key("s.csv", text, 0);
    assert_true(first == transcript_key("s.csv", text, 1));
    assert_true(first != transcript_key("s.csv", text, 2));
    assert_true(transcript_key("s.csv", text, 3) == 0);
}

static void answers_that_cannot_be_taken_are_named(void **state)
{
    (void)state;
    transcript_expect("s.csv",
        SURVEY "2026-10-05,core,6,5,,\n2026-10-05,core,0,0,,\n"
               "2026-10-05,core,4,5,canary@example.com,\n",
        "",
        "s.csv:2: skipped: number out of range: score: the score is above the end of its scale "
        "(compare the record with the vendor's console)\n"
        "s.csv:3: skipped: number out of range: score: the score is above the end of its scale "
        "(compare the record with the vendor's console)\n"
        "s.csv:4: skipped: value not allowed: respondent: a respondent is a random token of at "
        "most 200 bytes, never an address (see docs/settings.md for the allowed values)\n");
}

/* ---- themes.md --------------------------------------------------------------------------- */

static void themes_are_handed_on_as_written(void **state)
{
    (void)state;
    transcript_expect("t.md",
        "# Themes of the quarter\n\n## Reviews\nAuthor: Cy Okafor\nDate: 2026-10-05\n\n"
        "First line\n\nauthor: in the text\n\n### Tests\r\ndate: 2026-10-06\r\nAUTHOR: Dee\r\n"
        "They are\r\nwritten\r\n",
        "2026-10-05 [Reviews] [Cy Okafor] [First line\n\nauthor: in the text]\n"
        "2026-10-06 [Tests] [Dee] [They are\nwritten]\n",
        "");
}

static void themes_that_lack_something_are_named(void **state)
{
    (void)state;
    transcript_expect("t.md",
        "# CANARY\nDate: 2026-10-05\nCANARY\n# CANARY\nAuthor: CANARY\nCANARY\n"
        "# CANARY\nAuthor: CANARY\nDate: CANARY\nCANARY\n# CANARY\nAuthor: CANARY\n"
        "Date: 2026-10-05\n# CANARY\nAuthor: CANARY\nDate: 2026-10-05\n\xff CANARY\n",
        "",
        "t.md:1: skipped: missing field: Author: a theme is a heading, an author, a date and a "
        "text (export the file again with all columns)\n"
        "t.md:4: skipped: missing field: Date: a theme is a heading, an author, a date and a text "
        "(export the file again with all columns)\n"
        "t.md:7: skipped: not a date: Date: not a day (write dates as YYYY-MM-DD)\n"
        "t.md:11: skipped: missing field: text: a theme is a heading, an author, a date and a text "
        "(export the file again with all columns)\n"
        "t.md:14: skipped: not UTF-8: bytes that are not UTF-8 (save the file as UTF-8 and read it "
        "again)\n");
}

static void a_theme_has_a_bounded_text(void **state)
{
    (void)state;
    GString *text = g_string_new("# x\nAuthor: x\nDate: 2026-10-05\n");
    for (guint i = 0; i < 2000; i++)
        g_string_append(text, "CANARY CANARY CANARY CANARY CANARY CANARY\n");
    transcript_expect("t.md", text->str, "",
        "t.md:1: skipped: record too long: text: longer than 64 KiB (check that this is the "
        "export, not another file)\n");
    g_string_free(text, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_taken_as_they_stand),
        cmocka_unit_test(a_key_is_day_period_team_metric_and_project),
        cmocka_unit_test(rows_that_cannot_be_taken_are_named),
        cmocka_unit_test(columns_that_are_not_known_are_not_read),
        cmocka_unit_test(answers_keep_their_scale),
        cmocka_unit_test(a_respondent_answers_once_a_day),
        cmocka_unit_test(answers_that_cannot_be_taken_are_named),
        cmocka_unit_test(themes_are_handed_on_as_written),
        cmocka_unit_test(themes_that_lack_something_are_named),
        cmocka_unit_test(a_theme_has_a_bounded_text),
    };
    return cmocka_run_group_tests(tests, transcript_enter, NULL);
}
