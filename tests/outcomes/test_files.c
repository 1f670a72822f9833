/* What is no export, what a file as a whole says, hostile files, and the page of documentation. */
#include "transcript.h"

#include <string.h>

#include "../golden.h"

static void expect_refused(const char *text, const char *diagnostics)
{
    Reading reading;
    transcript_read(&reading, "x", text, strlen(text));
    assert_string_equal(reading.records->str, "");
    assert_string_equal(reading.diagnostics, diagnostics);
    assert_null(reading.summary.format);
    assert_false(reading.taken);
    transcript_clear(&reading);
}

#define UNKNOWN                                                                                    \
    "skipped: format not recognised: no export of outcomes; docs/outcomes.md lists those that "    \
    "are read (see docs/formats.md for what is read)\n"

static void other_files_are_refused_without_a_word_of_theirs(void **state)
{
    (void)state;
    expect_refused("CANARY,CANARY\nCANARY,1\n", "x:1: " UNKNOWN);
    expect_refused("{\"CANARY\":\"CANARY\"}", "x:1:1: " UNKNOWN);
    expect_refused("date;team_id;metric;count\n",
        "x:1: skipped: format not recognised: columns are not separated by commas (see "
        "docs/formats.md for what is read)\n");
    expect_refused("# CANARY\n\nCANARY\n", "x:1: " UNKNOWN);
    expect_refused("commit CANARY\nAuthor: CANARY\n", "x:1: " UNKNOWN);
    expect_refused("", "x: note: empty file: nothing in it (export the period again if use was "
                       "expected)\n");
}

static void a_header_that_lacks_a_column_names_it(void **state)
{
    (void)state;
    expect_refused("date,team_id,metric\n2026-10-05,core,commits\n",
        "x:1: skipped: format not recognised: nearest to outcomes.csv, but without: count (see "
        "docs/formats.md for what is read)\n");
}

static void a_header_alone_is_an_empty_export(void **state)
{
    (void)state;
    transcript_expect("x", "date,team_id,metric,count\n", "",
        "x: note: empty file: no records in it (export the period again if use was expected)\n");
}

static void a_missing_file_is_reported(void **state)
{
    (void)state;
    TmOutcomeSummary summary;
    TmOutcomeSink sink = {NULL, NULL, NULL, NULL};
    TmOutcomeOptions options = {.today = 0};
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    assert_false(tm_outcomes_read("missing", &options, NULL, &sink, &summary, diagnostics));
    assert_int_equal(tm_diagnostics_count(diagnostics, TM_KIND_UNREADABLE_FILE), 1);
    tm_outcome_summary_clear(&summary);
}

#define TABLE "date,team_id,metric,count\n2026-10-07,core,commits,1\n2026-10-05,web,commits,1\n"

static void a_summary_tells_days_rows_and_rank(void **state)
{
    (void)state;
    Reading reading;
    transcript_read(
        &reading, "o-2026-10-31.csv", TABLE "2026-10-05,web,commits,x\n", strlen(TABLE) + 25);
    const TmOutcomeSummary *summary = &reading.summary;
    assert_string_equal(summary->format->key, "outcomes-csv");
    assert_int_equal(summary->first, tm_day_parse("2026-10-05", -1));
    assert_int_equal(summary->last, tm_day_parse("2026-10-07", -1));
    assert_int_equal(summary->rows_taken, 2);
    assert_int_equal(summary->rows_skipped, 1);
    assert_int_equal(summary->bytes, strlen(TABLE) + 25);
    assert_true(summary->exported == tm_day_parse("2026-10-31", -1) * G_GINT64_CONSTANT(86400000));
    transcript_clear(&reading);
}

static void without_a_date_in_the_name_the_age_of_the_file_is_the_rank(void **state)
{
    (void)state;
    Reading reading;
    transcript_read(&reading, "o.csv", TABLE, strlen(TABLE));
    assert_true(reading.summary.modified > 0);
    assert_true(reading.summary.exported == reading.summary.modified * 1000);
    transcript_clear(&reading);
}

static void hostile_files_give_these_records_and_messages(void **state)
{
    (void)state;
    static const char *const samples[] = {"hostile-git.log", "hostile-gh.json", "hostile-jira.csv",
        "hostile-jira.json", "hostile-outcomes.csv"};
    for (guint i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autofree char *path =
            g_build_filename(g_getenv("TIDEMARK_DATA"), "tests/outcomes/samples", samples[i], NULL);
        g_autofree char *golden = g_strdup_printf("outcomes/golden/%s.txt", samples[i]);
        g_autofree char *bytes = NULL;
        gsize length;
        Reading reading;
        assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        transcript_read(&reading, samples[i], bytes, length);
        g_autofree char *text = g_strconcat(reading.records->str, reading.diagnostics, NULL);
        assert_golden(golden, text);
        transcript_clear(&reading);
    }
}

static void the_documentation_has_the_current_tables(void **state)
{
    (void)state;
    g_autofree char *path =
        g_build_filename(g_getenv("TIDEMARK_DATA"), "docs", "outcomes.md", NULL);
    g_autofree char *page = NULL;
    g_autofree char *tables = tm_outcomes_formats_markdown();
    assert_true(g_file_get_contents(path, &page, NULL, NULL));
    if (strstr(page, tables) == NULL)
        fail_msg("docs/outcomes.md must hold this text:\n%s", tables);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_files_are_refused_without_a_word_of_theirs),
        cmocka_unit_test(a_header_that_lacks_a_column_names_it),
        cmocka_unit_test(a_header_alone_is_an_empty_export),
        cmocka_unit_test(a_missing_file_is_reported),
        cmocka_unit_test(a_summary_tells_days_rows_and_rank),
        cmocka_unit_test(without_a_date_in_the_name_the_age_of_the_file_is_the_rank),
        cmocka_unit_test(hostile_files_give_these_records_and_messages),
        cmocka_unit_test(the_documentation_has_the_current_tables),
    };
    return cmocka_run_group_tests(tests, transcript_enter, NULL);
}
