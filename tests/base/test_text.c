/* The JSON writer and CSV fields. */
#include <tidemark/base.h>

#include "../cmocka_all.h"

static void nesting_commas_and_indentation_are_ours(void **state)
{
    (void)state;
    g_autoptr(TmJson) json = tm_json_new();
    tm_json_begin_object(json);
    tm_json_key(json, "list");
    tm_json_begin_array(json);
    tm_json_integer(json, G_MININT64);
    tm_json_boolean(json, TRUE);
    tm_json_null(json);
    tm_json_string(json, NULL);
    tm_json_end_array(json);
    tm_json_key(json, "empty");
    tm_json_begin_object(json);
    tm_json_end_object(json);
    tm_json_end_object(json);
    g_autofree char *text = tm_json_finish(json);
    assert_string_equal(text,
        "{\n  \"list\": [\n    -9223372036854775808,\n    true,\n    null,\n    null\n  ],\n"
        "  \"empty\": {}\n}\n");
}

static void assert_json_string(const char *value, const char *expected)
{
    g_autoptr(TmJson) json = tm_json_new();
    tm_json_string(json, value);
    g_autofree char *text = tm_json_finish(json);
    assert_string_equal(text, expected);
}

static void strings_are_escaped(void **state)
{
    (void)state;
    assert_json_string("a\"b\\c\n\r\t\001\037", "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f\"\n");
    assert_json_string("é → 日", "\"é → 日\"\n");
    assert_json_string("bad\xff!", "\"bad\xEF\xBF\xBD!\"\n");
}

static void assert_json_decimal(gint64 micros, const char *expected)
{
    g_autoptr(TmJson) json = tm_json_new();
    tm_json_decimal(json, micros);
    g_autofree char *text = tm_json_finish(json);
    assert_string_equal(text, expected);
}

static void decimals_are_exact_and_short(void **state)
{
    (void)state;
    assert_json_decimal(1500000, "1.5\n");
    assert_json_decimal(-1, "-0.000001\n");
    assert_json_decimal(2000000, "2\n");
    assert_json_decimal(0, "0\n");
    assert_json_decimal(G_MININT64, "-9223372036854.775808\n");
}

static void assert_field(const char *text, const char *expected)
{
    g_autoptr(GString) line = g_string_new("x,");
    tm_csv_append_field(line, text);
    assert_string_equal(line->str + 2, expected);
}

static void fields_are_quoted_when_they_must_be(void **state)
{
    (void)state;
    assert_field("plain", "plain");
    assert_field(NULL, "");
    assert_field("", "");
    assert_field("a,b", "\"a,b\"");
    assert_field("a \"b\"", "\"a \"\"b\"\"\"");
    assert_field("line\nbreak", "\"line\nbreak\"");
    assert_field(" blank", "\" blank\"");
}

static void formulas_are_disarmed_but_numbers_stay(void **state)
{
    (void)state;
    assert_field("=1+1", "'=1+1");
    assert_field("@SUM(A1)", "'@SUM(A1)");
    assert_field("-cmd|x", "'-cmd|x");
    assert_field("+1-2", "'+1-2");
    assert_field("\tx", "\"'\tx\"");
    assert_field("\r=x", "\"'\r=x\"");
    assert_field("=\"a\"", "\"'=\"\"a\"\"\"");
    assert_field("-", "'-");
    assert_field("-12.50", "-12.50");
    assert_field("+3", "+3");
    assert_field("--3", "'--3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nesting_commas_and_indentation_are_ours),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(decimals_are_exact_and_short),
        cmocka_unit_test(fields_are_quoted_when_they_must_be),
        cmocka_unit_test(formulas_are_disarmed_but_numbers_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
