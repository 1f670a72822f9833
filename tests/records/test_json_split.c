/* The splitter: containers, chunk boundaries, mistakes, long records. */
#include <tidemark/records.h>

#include <string.h>

#include "../cmocka_all.h"
#include "memory_file.h"

/* All pieces, one in a line with its place, then the diagnostics. */
static char *split(const char *text, gsize length, gsize chunk)
{
    static const char *const kinds[] = {"", "head ", "tail "};
    g_autoptr(TmBytes) bytes = memory_file(text, length, chunk);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    static const char *const page_arrays[] = {"data", "day_totals", "list!id", NULL};
    g_autoptr(TmJsonSplitter) splitter = tm_json_splitter_new(bytes, "f", page_arrays, diagnostics);
    GString *out = g_string_new(NULL);
    TmJsonPiece piece;
    while (tm_json_splitter_next(splitter, &piece))
        g_string_append_printf(out, "%u:%u %s%.*s\n", (guint)piece.line, (guint)piece.column,
            kinds[piece.kind], (int)MIN(piece.length, 200), piece.text);
    g_autofree char *said = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    for (char *line = strtok(said, "\n"); line != NULL; line = strtok(NULL, "\n"))
        g_string_append_printf(out, "%.*s\n", (int)strcspn(line, "("), line);
    return g_string_free(out, FALSE);
}

/* With each size of chunk: the pieces may not depend on it. */
static void expect(const char *text, const char *pieces)
{
    for (gsize chunk = 1; chunk <= strlen(text) + 1; chunk++) {
        g_autofree char *found = split(text, strlen(text), chunk);
        assert_string_equal(found, pieces);
    }
}

static void objects_stand_in_lines_or_glued(void **state)
{
    (void)state;
    expect("{\"a\":1}\n{\"b\":{}}{\"c\":[1]} {}\r\n\r\n{\"d\":\"}{\"}",
        "1:1 {\"a\":1}\n2:1 {\"b\":{}}\n2:9 {\"c\":[1]}\n2:19 {}\n4:1 {\"d\":\"}{\"}\n");
}

#define PADDING_MOST 130 /* more than two of the blocks that the scanner takes */

/* Where a string, an escape or a bracket stands among the blocks of the scanner may not matter. */
static void escapes_and_brackets_may_stand_at_any_place(void **state)
{
    (void)state;
    for (guint length = 0; length <= PADDING_MOST; length++) {
        g_autofree char *padding = g_strnfill(length, 'x');
        g_autofree char *first =
            g_strdup_printf("{\"k\":\"%s\\\"}{\",\"n\":[{\"a\":\"]\\\\\"}]}", padding);
        g_autofree char *text = g_strdup_printf("%s\n{\"b\":2}", first);
        g_autofree char *pieces = g_strdup_printf("1:1 %s\n2:1 {\"b\":2}\n", first);
        g_autofree char *found = split(text, strlen(text), TM_BYTES_CHUNK);
        assert_string_equal(found, pieces);
    }
}

static void a_page_may_begin_at_any_place(void **state)
{
    (void)state;
    for (guint length = 0; length <= PADDING_MOST; length++) {
        g_autofree char *padding = g_strnfill(length, 'x');
        g_autofree char *text =
            g_strdup_printf("{\"p\":\"%s\",\"data\" : [{\"r\":1}],\"more\":1}", padding);
        g_autofree char *pieces = g_strdup_printf("1:1 head {\"p\":\"%s\"}\n"
                                                  "1:%u {\"r\":1}\n1:%u tail {\"more\":1}\n",
            padding, length + 19, length + 27);
        g_autofree char *found = split(text, strlen(text), TM_BYTES_CHUNK);
        assert_string_equal(found, pieces);
    }
}

static void a_string_over_a_line_end_is_found_at_any_place(void **state)
{
    (void)state;
    for (guint length = 0; length <= PADDING_MOST; length++) {
        g_autofree char *padding = g_strnfill(length, 'x');
        g_autofree char *text = g_strdup_printf("{\"k\":\"%s\n{\"b\":2}", padding);
        g_autofree char *found = split(text, strlen(text), TM_BYTES_CHUNK);
        g_autofree char *place = g_strdup_printf("f:1:%u: ", length + 7);
        assert_true(g_str_has_prefix(found, "2:1 {\"b\":2}\n"));
        assert_non_null(strstr(found, place));
    }
}

static void what_is_glued_to_a_null_is_reported_once(void **state)
{
    (void)state;
    expect("nullable{\"a\":1}\nnull{\"b\":2}",
        "1:9 {\"a\":1}\n2:5 {\"b\":2}\n"
        "f:1:5: skipped: broken JSON: something else where an object should begin \n");
}

static void elements_of_an_array_are_records(void **state)
{
    (void)state;
    expect(" [ {\"a\":[{}]} ,\n{\"b\":2}]\n", "1:4 {\"a\":[{}]}\n2:1 {\"b\":2}\n");
}

static void a_page_gives_head_records_and_tail(void **state)
{
    (void)state;
    expect("{\"x\":1,\"data\" : [{\"a\":1},{\"a\":2}], \"more\":true }",
        "1:1 head {\"x\":1}\n1:18 {\"a\":1}\n1:26 {\"a\":2}\n1:34 tail {\"more\":true}\n");
}

static void pages_stand_in_arrays_and_one_after_another(void **state)
{
    (void)state;
    expect("[{\"data\":[{\"a\":1}]},{\"day_totals\":[],\"n\":null}]{\"data\":[{\"b\":1}]}",
        "1:2 head {}\n1:11 {\"a\":1}\n1:19 tail {}\n1:21 head {}\n1:37 tail {\"n\":null}\n"
        "1:48 head {}\n1:57 {\"b\":1}\n1:65 tail {}\n");
}

static void only_a_member_of_the_object_itself_makes_a_page(void **state)
{
    (void)state;
    expect("{\"x\":{\"data\":[{}]},\"y\":\"data\",\"z\":[{}],\"data\":{}}",
        "1:1 {\"x\":{\"data\":[{}]},\"y\":\"data\",\"z\":[{}],\"data\":{}}\n");
}

static void brackets_and_quotes_in_strings_do_not_count(void **state)
{
    (void)state;
    expect("{\"a\":\"\\\"}]{[\\\\\"}{\"b\":\"\\\\\\\"\"}",
        "1:1 {\"a\":\"\\\"}]{[\\\\\"}\n1:17 {\"b\":\"\\\\\\\"\"}\n");
}

static void a_line_that_broke_off_costs_one_record(void **state)
{
    (void)state;
    expect("{\"a\":1}\n{\"b\":\n{\"c\":3}\n{\"d\":4}\n",
        "1:1 {\"a\":1}\n3:1 {\"c\":3}\n4:1 {\"d\":4}\n"
        "f:4:1: skipped: broken JSON: the record broke off before this object; the record begins "
        "in line 2 \n");
}

static void a_string_that_broke_off_costs_one_record(void **state)
{
    (void)state;
    expect("{\"a\":\"x\n{\"c\":3}\n",
        "2:1 {\"c\":3}\nf:1:8: skipped: broken JSON: a string that does not end in its line \n");
}

static void brackets_that_do_not_match_cost_one_record(void **state)
{
    (void)state;
    expect("[{\"a\":[1,2},{\"b\":[{\"x\":1},{\"y\":2}]},{\"c\":3}]",
        "1:13 {\"b\":[{\"x\":1},{\"y\":2}]}\n1:37 {\"c\":3}\n"
        "f:1:11: skipped: broken JSON: a closing bracket that does not match \n");
}

static void inner_objects_of_a_broken_record_are_no_records(void **state)
{
    (void)state;
    expect("[\n {\n  \"a\": \"x,\n  \"b\": [\n   {\"y\": 1}\n  ]\n },\n {\"c\":3}\n]\n",
        "8:2 {\"c\":3}\nf:3:11: skipped: broken JSON: a string that does not end in its line; the "
        "record begins in line 2 \n");
}

static void the_last_record_may_be_cut_off(void **state)
{
    (void)state;
    expect("{\"a\":1}\n{\"b\":",
        "1:1 {\"a\":1}\nf:2:1: skipped: truncated file: the file ends inside this record \n");
}

/* What is said of a text in a file that grows; `skipped` records were left out. */
static void expect_growing(const char *text, guint64 skipped, const char *said)
{
    for (gsize chunk = 1; chunk <= strlen(text) + 1; chunk++) {
        g_autoptr(TmBytes) bytes = memory_file(text, strlen(text), chunk);
        g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
        static const char *const page_arrays[] = {NULL};
        g_autoptr(TmJsonSplitter) splitter =
            tm_json_splitter_new(bytes, "f", page_arrays, diagnostics);
        TmJsonPiece piece;
        tm_json_splitter_grows(splitter);
        while (tm_json_splitter_next(splitter, &piece))
            ;
        assert_int_equal(tm_json_splitter_skipped(splitter), skipped);
        g_autofree char *found = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
        assert_true(g_str_has_prefix(found, said));
    }
}

#define UNFINISHED ":1: note: unfinished line: the last line is not complete yet (nothing"
#define TRUNCATED "skipped: truncated file: the file ends inside this record"

static void a_last_line_that_is_still_written_is_noted(void **state)
{
    (void)state;
    expect_growing("{\"a\":1}\n{\"b\":", 0, "f:2" UNFINISHED);
    expect_growing("{\"a\":1}\n{\"b\":\"{}", 0, "f:2" UNFINISHED);
    expect_growing("{\"b\":[", 0, "f:1" UNFINISHED);
}

static void what_ends_elsewhere_is_cut_off_even_in_a_file_that_grows(void **state)
{
    (void)state;
    expect_growing("{\"a\":1}{\"b\":", 1, "f:1:8: " TRUNCATED);
    expect_growing("{\"a\":1}\n{\n\"b\":", 1, "f:2:1: " TRUNCATED);
}

static void a_member_in_front_may_make_it_no_page(void **state)
{
    (void)state;
    expect("{\"id\":1,\"list\":[{\"a\":1}]}", "1:1 {\"id\":1,\"list\":[{\"a\":1}]}\n");
    expect(
        "{\"idx\":1,\"list\":[{\"a\":1}]}", "1:1 head {\"idx\":1}\n1:18 {\"a\":1}\n1:26 tail {}\n");
    expect(
        "{\"list\":[{\"a\":1}],\"id\":1}", "1:1 head {}\n1:10 {\"a\":1}\n1:18 tail {\"id\":1}\n");
}

static void a_page_may_be_cut_off(void **state)
{
    (void)state;
    expect("{\"data\":[{\"a\":1},",
        "1:1 head {}\n1:10 {\"a\":1}\nf:1:18: skipped: truncated file: the file ends inside an "
        "array: records may be missing \n");
}

static void a_page_after_a_broken_one_is_read(void **state)
{
    (void)state;
    expect("{\"data\":[{\"a\":1},{\"b\n{\"data\":[{\"c\":3}],\"n\":1}\n",
        "1:1 head {}\n1:10 {\"a\":1}\n2:1 head {}\n2:10 {\"c\":3}\n2:18 tail {\"n\":1}\n"
        "f:1:21: skipped: broken JSON: a string that does not end in its line \n");
}

static void other_values_are_reported_once_in_a_row(void **state)
{
    (void)state;
    expect("{\"a\":1}\n12\n\"x\"\ntrue\n{\"b\":2}\n}\nnull\n{\"c\":3}\n",
        "1:1 {\"a\":1}\n5:1 {\"b\":2}\n8:1 {\"c\":3}\n"
        "f:2:1: skipped: broken JSON: something else where an object should begin \n"
        "f:6:1: skipped: broken JSON: something else where an object should begin \n");
}

static void too_much_depth_is_a_mistake(void **state)
{
    (void)state;
    GString *text = g_string_new("{\"a\":");
    for (guint i = 0; i < 1000; i++)
        g_string_append_c(text, '[');
    g_string_append(text, "\n{\"b\":2}\n");
    g_autofree char *found = split(text->str, text->len, 64);
    assert_string_equal(
        found, "2:1 {\"b\":2}\nf:1:133: skipped: broken JSON: brackets are nested too deeply \n");
    g_string_free(text, TRUE);
}

/* A record of `size` bytes between two small ones. */
static char *around_long_record(gsize size, gboolean in_lines)
{
    GString *text = g_string_new(in_lines ? "{\"a\":1}\n{\"x\":\"" : "[{\"a\":1},{\"x\":\"");
    gsize from = text->len;
    g_string_set_size(text, from + size);
    memset(text->str + from, 'x', size);
    g_string_append(text, in_lines ? "\"}\n{\"c\":3}\n" : "\"},{\"c\":3}]");
    char *found = split(text->str, text->len, TM_BYTES_CHUNK);
    g_string_free(text, TRUE);
    return found;
}

static void a_record_of_ten_mebibytes_is_read(void **state)
{
    (void)state;
    g_autofree char *found = around_long_record(10 << 20, TRUE);
    assert_true(g_str_has_prefix(found, "1:1 {\"a\":1}\n2:1 {\"x\":\"xxx"));
    assert_true(g_str_has_suffix(found, "x\n3:1 {\"c\":3}\n"));
}

static void a_longer_record_is_skipped(void **state)
{
    (void)state;
    g_autofree char *lines = around_long_record(40 << 20, TRUE);
    assert_string_equal(lines,
        "1:1 {\"a\":1}\n3:1 {\"c\":3}\n"
        "f:2:1: skipped: record too long: the record is longer than 16 MiB \n");
    g_autofree char *array = around_long_record(40 << 20, FALSE);
    assert_string_equal(array,
        "1:2 {\"a\":1}\n1:41943059 {\"c\":3}\n"
        "f:1:10: skipped: record too long: the record is longer than 16 MiB \n");
}

/* By lines, with each size of chunk; lines that are no single object are cut as always. */
static void lines_come_whole_and_may_be_asked_for_again(void **state)
{
    (void)state;
    static const char text[] = "{\"a\":1}\n{\"b\":2}{\"c\":3}\n {\"d\":\n4}\n{\"e\":5} \r\n";
    for (gsize chunk = 1; chunk <= strlen(text) + 1; chunk++) {
        static const char *const page_arrays[] = {NULL};
        g_autoptr(TmBytes) bytes = memory_file(text, strlen(text), chunk);
        g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
        g_autoptr(TmJsonSplitter) splitter =
            tm_json_splitter_new(bytes, "f", page_arrays, diagnostics);
        g_autoptr(TmJsonRecord) record = tm_json_record_new();
        g_autoptr(GString) found = g_string_new(NULL);
        TmJsonPiece piece;
        tm_json_splitter_by_lines(splitter);
        while (tm_json_splitter_next(splitter, &piece)) {
            gboolean whole = tm_json_record_open(record, piece.text, piece.length);
            while (whole && tm_json_record_next(record))
                ;
            if (piece.unchecked && !tm_json_record_at_end(record))
                tm_json_splitter_again(splitter);
            else
                g_string_append_printf(
                    found, "%u %.*s\n", (guint)piece.line, (int)piece.length, piece.text);
        }
        assert_string_equal(
            found->str, "1 {\"a\":1}\n2 {\"b\":2}\n2 {\"c\":3}\n3 {\"d\":\n4}\n5 {\"e\":5}\n");
    }
}

/* Many lines each of which could begin a record: reading must not become quadratic. */
static void many_broken_lines_end_in_time(void **state)
{
    (void)state;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < 100000; i++)
        g_string_append(text, "{\"a\":[\n");
    gint64 start = g_get_monotonic_time();
    g_autofree char *found = split(text->str, text->len, TM_BYTES_CHUNK);
    assert_true(g_get_monotonic_time() - start < 5 * G_USEC_PER_SEC);
    g_string_free(text, TRUE);
}

/* By lines, a line that cannot be taken whole must not be looked through at each of its objects. */
static void many_objects_of_a_line_end_in_time(void **state)
{
    (void)state;
    static const char *const page_arrays[] = {NULL};
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < 2000000; i++)
        g_string_append(text, "}{");
    g_autoptr(TmBytes) bytes = memory_file(text->str, text->len, TM_BYTES_CHUNK);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(TmJsonSplitter) splitter = tm_json_splitter_new(bytes, "f", page_arrays, diagnostics);
    TmJsonPiece piece;
    guint found = 0;
    gint64 start = g_get_monotonic_time();
    tm_json_splitter_by_lines(splitter);
    while (tm_json_splitter_next(splitter, &piece))
        found++;
    assert_true(g_get_monotonic_time() - start < 10 * G_USEC_PER_SEC);
    assert_int_equal(found, 1999999);
    g_string_free(text, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_stand_in_lines_or_glued),
        cmocka_unit_test(escapes_and_brackets_may_stand_at_any_place),
        cmocka_unit_test(a_page_may_begin_at_any_place),
        cmocka_unit_test(a_string_over_a_line_end_is_found_at_any_place),
        cmocka_unit_test(what_is_glued_to_a_null_is_reported_once),
        cmocka_unit_test(elements_of_an_array_are_records),
        cmocka_unit_test(a_page_gives_head_records_and_tail),
        cmocka_unit_test(pages_stand_in_arrays_and_one_after_another),
        cmocka_unit_test(only_a_member_of_the_object_itself_makes_a_page),
        cmocka_unit_test(brackets_and_quotes_in_strings_do_not_count),
        cmocka_unit_test(a_line_that_broke_off_costs_one_record),
        cmocka_unit_test(a_string_that_broke_off_costs_one_record),
        cmocka_unit_test(brackets_that_do_not_match_cost_one_record),
        cmocka_unit_test(inner_objects_of_a_broken_record_are_no_records),
        cmocka_unit_test(the_last_record_may_be_cut_off),
        cmocka_unit_test(a_last_line_that_is_still_written_is_noted),
        cmocka_unit_test(what_ends_elsewhere_is_cut_off_even_in_a_file_that_grows),
        cmocka_unit_test(a_member_in_front_may_make_it_no_page),
        cmocka_unit_test(a_page_may_be_cut_off),
        cmocka_unit_test(a_page_after_a_broken_one_is_read),
        cmocka_unit_test(other_values_are_reported_once_in_a_row),
        cmocka_unit_test(too_much_depth_is_a_mistake),
        cmocka_unit_test(a_record_of_ten_mebibytes_is_read),
        cmocka_unit_test(a_longer_record_is_skipped),
        cmocka_unit_test(lines_come_whole_and_may_be_asked_for_again),
        cmocka_unit_test(many_broken_lines_end_in_time),
        cmocka_unit_test(many_objects_of_a_line_end_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
