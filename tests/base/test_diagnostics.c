/* Order, bounds, counts and texts of diagnostics. */
#include <tidemark/base.h>

#include <string.h>

#include "../cmocka_all.h"

static TmDiagnostics *with_three(void)
{
    TmDiagnostics *diagnostics = tm_diagnostics_new();
    tm_diagnostics_report(diagnostics, TM_KIND_BAD_DATE,
        &(TmPlace){.file = "b.csv", .line = 3, .column = 7, .field = "start_date"}, "no such day");
    tm_diagnostics_report(
        diagnostics, TM_KIND_UNKNOWN_COLUMN, &(TmPlace){.file = "a.csv", .line = 1}, "not read");
    tm_diagnostics_report(diagnostics, TM_KIND_NO_DATA_FILE, NULL, "only %d links", 2);
    return diagnostics;
}

static guint count_lines(const char *text)
{
    guint lines = 0;
    for (; *text != '\0'; text++)
        lines += *text == '\n' ? 1 : 0;
    return lines;
}

static void the_text_keeps_the_order_of_reporting(void **state)
{
    (void)state;
    g_autoptr(TmDiagnostics) diagnostics = with_three();
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    assert_string_equal(text,
        "b.csv:3:7: skipped: not a date: start_date: no such day (write dates as YYYY-MM-DD)\n"
        "a.csv:1: note: unknown field: not read (nothing to do: it is not read)\n"
        "warning: no data in file: only 2 links (download the files that it links to)\n");
}

static void the_least_severity_filters(void **state)
{
    (void)state;
    g_autoptr(TmDiagnostics) diagnostics = with_three();
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_SKIPPED, 0);
    assert_int_equal(count_lines(text), 1);
    assert_non_null(strstr(text, "b.csv:3:7"));
}

static void the_worst_decides_the_exit_code(void **state)
{
    (void)state;
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    assert_int_equal(tm_diagnostics_exit_code(diagnostics), 0);
    tm_diagnostics_report(diagnostics, TM_KIND_DOUBTFUL_VALUE, NULL, "x");
    assert_int_equal(tm_diagnostics_exit_code(diagnostics), 0);
    tm_diagnostics_report(diagnostics, TM_KIND_BAD_CSV, NULL, "x");
    assert_int_equal(tm_diagnostics_exit_code(diagnostics), 1);
    tm_diagnostics_report(diagnostics, TM_KIND_STORE_FAILED, NULL, "x");
    tm_diagnostics_report(diagnostics, TM_KIND_BAD_SETTING, NULL, "x");
    assert_int_equal(tm_diagnostics_exit_code(diagnostics), 3);
    assert_int_equal(tm_diagnostics_worst(diagnostics), TM_SEVERITY_INTERNAL);
}

static void report_many(TmDiagnostics *diagnostics, const char *file, guint number)
{
    for (guint i = 0; i < number; i++)
        tm_diagnostics_report(
            diagnostics, TM_KIND_BAD_NUMBER, &(TmPlace){.file = file, .line = i + 1}, "x");
}

static void only_a_thousand_of_a_kind_and_file_are_kept(void **state)
{
    (void)state;
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    report_many(diagnostics, "a.csv", 1205);
    report_many(diagnostics, "b.csv", 2);
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    assert_int_equal(count_lines(text), 1003);
    assert_non_null(strstr(text, "a.csv: skipped: not a number: … and 205 more\n"));
    assert_int_equal(tm_diagnostics_count(diagnostics, TM_KIND_BAD_NUMBER), 1207);
    assert_int_equal(tm_diagnostics_count_severity(diagnostics, TM_SEVERITY_SKIPPED), 1207);
}

static void the_rest_is_named_after_the_last_printed_line(void **state)
{
    (void)state;
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    report_many(diagnostics, "a.csv", 4);
    report_many(diagnostics, "b.csv", 1);
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 1);
    assert_string_equal(text,
        "a.csv:1: skipped: not a number: x (export the file again or mend the field)\n"
        "a.csv: skipped: not a number: … and 3 more\n"
        "b.csv:1: skipped: not a number: x (export the file again or mend the field)\n");
}

static void appending_moves_everything_in_order(void **state)
{
    (void)state;
    g_autoptr(TmDiagnostics) all = tm_diagnostics_new();
    g_autoptr(TmDiagnostics) worker = tm_diagnostics_new();
    report_many(all, "a.csv", 999);
    report_many(worker, "a.csv", 1500);
    report_many(worker, "b.csv", 1);
    tm_diagnostics_append(all, worker);
    assert_int_equal(tm_diagnostics_count(all, TM_KIND_BAD_NUMBER), 2500);
    assert_int_equal(tm_diagnostics_count(worker, TM_KIND_BAD_NUMBER), 0);
    g_autofree char *text = tm_diagnostics_format(all, TM_SEVERITY_NOTE, 0);
    assert_non_null(strstr(text, "a.csv: skipped: not a number: … and 1499 more\nb.csv:1:"));
    g_autofree char *rest = tm_diagnostics_format(worker, TM_SEVERITY_NOTE, 0);
    assert_string_equal(rest, "");
}

static void control_characters_of_names_do_not_reach_the_terminal(void **state)
{
    (void)state;
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    tm_diagnostics_report(diagnostics, TM_KIND_UNKNOWN_COLUMN,
        &(TmPlace){.file = "a\n\033[2J.csv", .field = "x\033\xff"}, "y\nz");
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    assert_null(strchr(text, '\033'));
    assert_int_equal(count_lines(text), 1);
    assert_true(g_utf8_validate(text, -1, NULL));
}

static void the_quarantine_lists_skipped_records_only(void **state)
{
    (void)state;
    g_autoptr(TmDiagnostics) diagnostics = with_three();
    g_autofree char *text = tm_diagnostics_format_quarantine(diagnostics);
    assert_string_equal(text, "file,line,column,field,reason\r\n"
                              "b.csv,3,7,start_date,not a date: no such day\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_keeps_the_order_of_reporting),
        cmocka_unit_test(the_least_severity_filters),
        cmocka_unit_test(the_worst_decides_the_exit_code),
        cmocka_unit_test(only_a_thousand_of_a_kind_and_file_are_kept),
        cmocka_unit_test(the_rest_is_named_after_the_last_printed_line),
        cmocka_unit_test(appending_moves_everything_in_order),
        cmocka_unit_test(control_characters_of_names_do_not_reach_the_terminal),
        cmocka_unit_test(the_quarantine_lists_skipped_records_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
