/*
 * The parsers of short texts: days, instants, numbers, file names, UTF-8, and what is written to be
 * read again. The first byte chooses the parser.
 */
#include <tidemark/records.h>

#include "../records/memory_file.h"
#include "fuzz.h"

static void parse_day(const char *text, gsize length)
{
    TmDay day = tm_day_parse(text, (gssize)length);
    if (day == TM_DAY_NONE)
        return;
    g_autofree char *again = tm_day_format(day);
    g_assert_cmpmem(text, length, again, strlen(again));
    TmWeek week = tm_week_of_day(day);
    int year, month, of_month, iso_year, iso_week;
    tm_day_to_date(day, &year, &month, &of_month);
    g_assert_cmpint(tm_day_from_date(year, month, of_month), ==, day);
    g_assert_cmpint(tm_week_monday(week) + tm_day_weekday(day), ==, day);
    tm_week_to_iso(week, &iso_year, &iso_week);
    g_assert_cmpint(tm_week_from_iso(iso_year, iso_week), ==, week);
}

static void parse_instant(const char *text, gsize length)
{
    gint64 milliseconds;
    if (!tm_instant_parse(text, length, &milliseconds))
        return;
    TmDay day = tm_instant_day(milliseconds), written = tm_day_parse(text, 10);
    g_assert_cmpint(ABS(day - written), <=, 1);
}

static void parse_decimal(const char *text, gsize length)
{
    gint64 micros, units;
    if (!tm_decimal_parse(text, length, 0, &units) || !tm_micros_parse(text, length, &micros))
        return;
    g_assert_cmpint(micros, >, G_MININT64);
    g_assert_cmpint(tm_divide_half_even(micros, TM_MICROS_PER_UNIT) - units, <=, 1);
    g_assert_cmpint(units - tm_divide_half_even(micros, TM_MICROS_PER_UNIT), <=, 1);
}

static void parse_integer(const char *text, gsize length)
{
    gint64 value, decimal;
    if (!tm_integer_parse(text, length, &value))
        return;
    g_assert_true(tm_is_digits(text, length));
    if (tm_decimal_parse(text, length, 0, &decimal))
        g_assert_cmpint(value, ==, decimal);
    else
        g_assert_cmpint(value, ==, G_MININT64);
}

static void parse_week(const char *text, gsize length)
{
    g_autofree char *copy = g_strndup(text, length);
    TmWeek week = tm_week_parse(copy);
    if (week == TM_WEEK_NONE)
        return;
    g_autofree char *again = tm_week_format(week);
    g_assert_cmpstr(again, ==, copy);
}

static void parse_path(const char *text, gsize length)
{
    g_autofree char *path = g_strndup(text, length);
    TmDay first, last;
    tm_path_days(path, &first, &last);
    g_assert_true((first == TM_DAY_NONE) == (last == TM_DAY_NONE));
}

static void check_utf8(const char *text, gsize length)
{
    /* GLib takes no NUL, which is UTF-8 all the same */
    if (memchr(text, '\0', length) == NULL)
        g_assert_cmpint(
            tm_utf8_is_valid(text, length), ==, g_utf8_validate_len(text, length, NULL));
}

/* A text that is UTF-8 and has no NUL survives being written as JSON and read. */
static void survive_json(const char *text, gsize length)
{
    g_autofree char *copy = g_strndup(text, length);
    if (!g_utf8_validate(copy, -1, NULL))
        return;
    g_autoptr(TmJson) json = tm_json_new();
    tm_json_begin_object(json);
    tm_json_key(json, "k");
    tm_json_string(json, copy);
    tm_json_end_object(json);
    g_autofree char *written = tm_json_finish(json);
    gsize size = strlen(written);
    g_autofree char *padded = g_malloc0(size + TM_BYTES_PADDING);
    memcpy(padded, written, size);
    g_autoptr(TmJsonRecord) record = tm_json_record_new();
    TmJsonValue value;
    g_assert_true(tm_json_record_open(record, padded, size) && tm_json_record_next(record));
    tm_json_record_value(record, &value);
    g_assert_cmpint(value.kind, ==, TM_JSON_STRING);
    g_assert_cmpmem(value.text, value.length, copy, strlen(copy));
}

static gboolean take_header(
    gpointer user, guint64 line, const TmCell *cells, guint count, gint *slots)
{
    (void)user, (void)line, (void)cells;
    slots[count - 1] = 0;
    return TRUE;
}

static void keep_cell(gpointer user, guint64 line, const TmCell *cells, const TmCsvRow *row)
{
    (void)line, (void)row;
    g_string_append_len(user, cells[0].text, (gssize)cells[0].length);
}

/* The same for CSV, where a text like a formula gets a mark in front. */
static void survive_csv(const char *text, gsize length)
{
    g_autofree char *copy = g_strndup(text, length);
    if (!g_utf8_validate(copy, -1, NULL))
        return;
    g_autoptr(GString) written = g_string_new("a,b\r\n1,");
    g_autoptr(GString) read = g_string_new(NULL);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    tm_csv_append_field(written, copy);
    g_string_append(written, "\r\n");
    g_autoptr(TmBytes) bytes = memory_file(written->str, written->len, TM_BYTES_CHUNK);
    TmCsvSink sink = {.header = take_header, .row = keep_cell, .user = read};
    g_assert_cmpuint(tm_csv_read(bytes, "f", &sink, diagnostics), ==, 0);
    gboolean marked = read->len == strlen(copy) + 1 && read->str[0] == '\'';
    g_assert_cmpstr(read->str + (marked ? 1 : 0), ==, copy);
    g_assert_true(read->len == 0 || strchr("=@\t\r", read->str[0]) == NULL);
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static void (*const parsers[])(const char *text, gsize length) = {parse_day, parse_instant,
        parse_decimal, parse_integer, parse_week, parse_path, check_utf8, survive_json,
        survive_csv};
    guint parser = fuzz_choice(&bytes, &length) % G_N_ELEMENTS(parsers);
    parsers[parser]((const char *)bytes, length);
    return 0;
}
