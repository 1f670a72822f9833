/* The CSV reader: chunk boundaries, mistakes, re-synchronising, long rows. */
#include <tidemark/records.h>

#include <csv.h>
#include <string.h>

#include "../cmocka_all.h"
#include "memory_file.h"

static gboolean take_header(
    gpointer user, guint64 line, const TmCell *cells, guint count, gint *slots)
{
    GString *out = user;
    g_string_append_printf(out, "header %u", (guint)line);
    for (guint i = 0; i < count; i++) {
        g_string_append_printf(out, "|%.*s", (int)cells[i].length, cells[i].text);
        slots[i] = (gint)i;
    }
    g_string_append_c(out, '\n');
    return TRUE;
}

static void take_row(
    gpointer user, guint64 line, const TmCell *cells, const TmCsvRow *row G_GNUC_UNUSED)
{
    GString *out = user;
    g_string_append_printf(out, "%u", (guint)line);
    for (guint i = 0; i < 2; i++)
        g_string_append_printf(out, "|%.*s", (int)MIN(cells[i].length, 20), cells[i].text);
    g_string_append_c(out, '\n');
}

/* The column of the second cell; 0: not known. */
static void take_column(gpointer user, guint64 line G_GNUC_UNUSED,
    const TmCell *cells G_GNUC_UNUSED, const TmCsvRow *row)
{
    g_string_append_printf(user, "%u ", (guint)tm_csv_column(row, 1));
}

static gboolean take_ragged(gpointer user G_GNUC_UNUSED)
{
    return TRUE;
}

static gboolean ragged; /* whether rows_of() takes rows of another length */

static char *rows_of(const char *text, gsize length, gsize chunk)
{
    g_autoptr(TmBytes) bytes = memory_file(text, length, chunk);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    GString *out = g_string_new(NULL);
    TmCsvSink sink = {
        .header = take_header, .row = take_row, .ragged = ragged ? take_ragged : NULL, .user = out};
    guint64 skipped = tm_csv_read(bytes, "f", &sink, diagnostics);
    assert_int_equal(skipped, tm_diagnostics_count_severity(diagnostics, TM_SEVERITY_SKIPPED));
    g_autofree char *said = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    for (char *line = strtok(said, "\n"); line != NULL; line = strtok(NULL, "\n"))
        g_string_append_printf(out, "%.*s\n", (int)strcspn(line, "("), line);
    return g_string_free(out, FALSE);
}

/* With each size of chunk: the rows may not depend on it. */
static void expect_bytes(const char *text, gsize length, const char *rows)
{
    for (gsize chunk = 1; chunk <= length + 1; chunk++) {
        g_autofree char *found = rows_of(text, length, chunk);
        assert_string_equal(found, rows);
    }
}

static void expect(const char *text, const char *rows)
{
    expect_bytes(text, strlen(text), rows);
}

static void rows_end_in_any_way(void **state)
{
    (void)state;
    expect("a,b\r\n1,2\n\r\n\n3,4\r\n5,6", "header 1|a|b\n2|1|2\n5|3|4\n6|5|6\n");
}

static void quoted_fields_hold_commas_quotes_and_lines(void **state)
{
    (void)state;
    expect("a,b\n\"1,1\",\"x\"\"y\"\n\"l\nm\",\"\"\n3,4\n",
        "header 1|a|b\n2|1,1|x\"y\n3|l\nm|\n5|3|4\n");
}

static void ragged_rows_are_filled_or_cut_where_the_sink_wants_them(void **state)
{
    (void)state;
    ragged = TRUE;
    expect("a,b\n1,2\n3\n4,5,6\n", "header 1|a|b\n2|1|2\n3|3|\n4|4|5\n");
    ragged = FALSE;
}

/* ---- The same as libcsv ---- */

#define MOST_FIELDS 8 /* of a line of seven bytes */

static void add_field(void *text, size_t length, void *user)
{
    g_string_append_printf(user, "|%.*s", (int)length, (const char *)text);
}

static gboolean take_wide_header(gpointer user G_GNUC_UNUSED, guint64 line G_GNUC_UNUSED,
    const TmCell *cells G_GNUC_UNUSED, guint count, gint *slots)
{
    for (guint i = 0; i < count; i++)
        slots[i] = (gint)i;
    return TRUE;
}

static void add_row(gpointer user, guint64 line G_GNUC_UNUSED, const TmCell *cells,
    const TmCsvRow *row G_GNUC_UNUSED)
{
    for (guint i = 0; i < MOST_FIELDS; i++)
        g_string_append_printf(user, "|%.*s", (int)cells[i].length, cells[i].text);
    g_string_append_c(user, '\n');
}

/* Appends what libcsv makes of a line as a row of its own; FALSE if it makes none. */
static gboolean read_alone(const char *line, gsize length, GString *rows)
{
    struct csv_parser parser;
    g_autoptr(GString) fields = g_string_new(NULL);
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    gboolean whole = csv_parse(&parser, line, length, add_field, NULL, fields) == length &&
                     parser.pstate == 0 && memchr(line, '\r', length - 2) == NULL;
    csv_free(&parser);
    if (!whole || fields->len == 0)
        return FALSE;
    guint count = 0;
    for (gsize i = 0; i < fields->len; i++)
        count += fields->str[i] == '|' ? 1 : 0;
    g_string_append(rows, fields->str);
    for (; count < MOST_FIELDS; count++)
        g_string_append_c(rows, '|');
    g_string_append_c(rows, '\n');
    return TRUE;
}

static void every_short_line_means_what_libcsv_makes_of_it(void **state)
{
    (void)state;
    static const char bytes_of_lines[] = "a,\" \r";
    g_autoptr(GString) text = g_string_new("1,2,3,4,5,6,7,8\n"), rows = g_string_new(NULL);
    for (guint length = 1; length < MOST_FIELDS; length++) {
        guint lines = 1;
        for (guint i = 0; i < length; i++)
            lines *= strlen(bytes_of_lines);
        for (guint number = 0; number < lines; number++) {
            char line[MOST_FIELDS + 1];
            for (guint i = 0, rest = number; i < length; i++, rest /= strlen(bytes_of_lines))
                line[i] = bytes_of_lines[rest % strlen(bytes_of_lines)];
            line[length] = '\n';
            if (read_alone(line, length + 1, rows))
                g_string_append_len(text, line, length + 1);
        }
    }
    assert_true(rows->len > 100000);
    g_autoptr(TmBytes) bytes = memory_file(text->str, text->len, TM_BYTES_CHUNK);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GString) found = g_string_new(NULL);
    TmCsvSink sink = {
        .header = take_wide_header, .row = add_row, .ragged = take_ragged, .user = found};
    assert_int_equal(tm_csv_read(bytes, "f", &sink, diagnostics), 0);
    assert_true(g_string_equal(found, rows));
}

static void fields_after_a_row_that_grows_are_its_own(void **state)
{
    (void)state;
    g_autoptr(GString) long_text = g_string_new("a,b\n1,2\n\"x\"\"\",\"\n");
    for (guint i = 0; i < 5000; i++)
        g_string_append(long_text, "many lines\n");
    g_string_append(long_text, "\"\n3,4\n");
    g_autofree char *found = rows_of(long_text->str, long_text->len, TM_BYTES_CHUNK);
    assert_string_equal(found, "header 1|a|b\n2|1|2\n3|x\"|\nmany lines\nmany lin\n5005|3|4\n");
}

static void short_numbers_are_digits_only(void **state)
{
    (void)state;
    for (gsize length = 0; length <= 9; length++)
        for (gsize at = 0; at < length; at++)
            for (guint byte = 0; byte < 256; byte++) {
                char text[TM_CELL_PADDING] = "98765432198";
                text[at] = (char)byte;
                gint64 found = 0, wanted = 0;
                gboolean digit = g_ascii_isdigit(byte);
                assert_int_equal(
                    tm_cell_short_number((TmCell){text, length}, &found), digit && length <= 8);
                if (digit && length <= 8)
                    assert_true(tm_integer_parse(text, length, &wanted));
                assert_int_equal(found, wanted);
            }
    assert_false(tm_cell_short_number((TmCell){NULL, 0}, &(gint64){0}));
}

/* Under the sanitizer: what is held of a row must grow with its lines. */
static void a_field_of_many_lines_is_whole(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("a,b\n1,\"");
    for (guint i = 0; i < 2000; i++)
        g_string_append(text, "x\n");
    g_string_append(text, "\"\n3,4\n");
    g_autofree char *found = rows_of(text->str, text->len, TM_BYTES_CHUNK);
    assert_string_equal(found, "header 1|a|b\n2|1|x\nx\nx\nx\nx\nx\nx\nx\nx\nx\n\n2003|3|4\n");
}

static void a_row_with_other_fields_is_skipped(void **state)
{
    (void)state;
    expect("a,b\n1\n1,2,3\n4,5\n",
        "header 1|a|b\n4|4|5\nf:2: skipped: wrong number of fields: 1 fields where the header has "
        "2 \nf:3: skipped: wrong number of fields: 3 fields where the header has 2 \n");
}

static void a_stray_quote_costs_its_row(void **state)
{
    (void)state;
    expect("a,b\n1,2\"\n3,4\n\"5\"x,6\n7,8\n",
        "header 1|a|b\n3|3|4\n5|7|8\n"
        "f:2:4: skipped: broken CSV: a quote inside a field that is not quoted, or text after a "
        "closing quote \n"
        "f:4:4: skipped: broken CSV: a quote inside a field that is not quoted, or text after a "
        "closing quote \n");
}

static void an_open_quote_costs_its_row_and_no_more(void **state)
{
    (void)state;
    expect("a,b\n\"1,2\n3,4\n\"5\",6\n7,8\n",
        "header 1|a|b\n3|3|4\n4|5|6\n5|7|8\n"
        "f:4:2: skipped: broken CSV: a quote that does not close the field opened in line 2 \n");
}

static void a_quote_never_closed_costs_its_row(void **state)
{
    (void)state;
    expect("a,b\n1,2\n\"3,4\n5,6\n",
        "header 1|a|b\n2|1|2\n4|5|6\nf:3: skipped: broken CSV: a quote is never closed \n");
}

static void bad_bytes_cost_their_row(void **state)
{
    (void)state;
    static const char text[] = "a,b\n1,\xff\n2,\0\n3,\xc3\xa9\n";
    expect_bytes(text, sizeof text - 1,
        "header 1|a|b\n4|3|\xc3\xa9\n"
        "f:2:3: skipped: not UTF-8: bytes that are not UTF-8 \n"
        "f:3:3: skipped: not UTF-8: a NUL byte \n");
}

static void a_long_row_is_skipped(void **state)
{
    (void)state;
    GString *text = g_string_new("a,b\n1,2\n");
    gsize from = text->len;
    g_string_set_size(text, from + (40 << 20));
    memset(text->str + from, 'x', 40 << 20);
    g_string_append(text, "\n3,4\n");
    g_autofree char *found = rows_of(text->str, text->len, TM_BYTES_CHUNK);
    assert_string_equal(found, "header 1|a|b\n2|1|2\n4|3|4\n"
                               "f:3: skipped: record too long: the row is longer than 16 MiB \n");
    g_string_free(text, TRUE);
}

static void an_open_quote_before_many_rows_costs_one(void **state)
{
    (void)state;
    GString *text = g_string_new("a,b\n\"1,2\n");
    for (guint i = 0; i < 400000; i++)
        g_string_append(text, "3,of_a_row_longer_than_most_others_to_reach_the_limit\n");
    g_autofree char *found = rows_of(text->str, text->len, TM_BYTES_CHUNK);
    assert_true(
        g_str_has_suffix(found, "\n400002|3|of_a_row_longer_than\n"
                                "f:2: skipped: record too long: the row is longer than 16 MiB \n"));
    g_string_free(text, TRUE);
}

static void expect_columns(const char *text, const char *columns)
{
    for (gsize chunk = 1; chunk <= strlen(text) + 1; chunk++) {
        g_autoptr(TmBytes) bytes = memory_file(text, strlen(text), chunk);
        g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
        GString *out = g_string_new(NULL);
        TmCsvSink sink = {.header = take_header, .row = take_column, .user = out};
        tm_csv_read(bytes, "f", &sink, diagnostics);
        assert_string_equal(strchr(out->str, '\n') + 1, columns);
        g_string_free(out, TRUE);
    }
}

static void columns_are_those_of_the_row(void **state)
{
    (void)state;
    expect_columns("a,b\n1,2\n333,4", "3 5 ");
    expect_columns("a,b\r\n1,2\r\n333,4\r\n", "3 5 ");
}

static void behind_a_bare_carriage_return_no_column_is_named(void **state)
{
    (void)state;
    expect_columns("a,b\r1,2\r333,4", "0 0 ");
    expect_columns("a,b\n1,2\r333,4\n55,6", "3 0 4 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_end_in_any_way),
        cmocka_unit_test(quoted_fields_hold_commas_quotes_and_lines),
        cmocka_unit_test(ragged_rows_are_filled_or_cut_where_the_sink_wants_them),
        cmocka_unit_test(every_short_line_means_what_libcsv_makes_of_it),
        cmocka_unit_test(fields_after_a_row_that_grows_are_its_own),
        cmocka_unit_test(short_numbers_are_digits_only),
        cmocka_unit_test(a_field_of_many_lines_is_whole),
        cmocka_unit_test(a_row_with_other_fields_is_skipped),
        cmocka_unit_test(a_stray_quote_costs_its_row),
        cmocka_unit_test(an_open_quote_costs_its_row_and_no_more),
        cmocka_unit_test(a_quote_never_closed_costs_its_row),
        cmocka_unit_test(bad_bytes_cost_their_row),
        cmocka_unit_test(a_long_row_is_skipped),
        cmocka_unit_test(an_open_quote_before_many_rows_costs_one),
        cmocka_unit_test(columns_are_those_of_the_row),
        cmocka_unit_test(behind_a_bare_carriage_return_no_column_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
