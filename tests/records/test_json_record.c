/* The pull reader: running over an object or array a second time; keys and strings. */
#include <tidemark/records.h>

#include <string.h>

#include "../cmocka_all.h"

/* Opens a copy of the text with readable bytes behind it. */
static TmJsonRecord *open_record(const char *text, char **padded)
{
    *padded = g_malloc0(strlen(text) + TM_BYTES_PADDING);
    memcpy(*padded, text, strlen(text));
    TmJsonRecord *record = tm_json_record_new();
    assert_true(tm_json_record_open(record, *padded, strlen(text)));
    return record;
}

/* Appends what the current value is: kinds by a letter, scalars as they are. */
static void append_value(TmJsonRecord *record, GString *out)
{
    TmJsonValue value;
    tm_json_record_value(record, &value);
    if (value.kind == TM_JSON_OBJECT || value.kind == TM_JSON_ARRAY)
        g_string_append(out, value.kind == TM_JSON_OBJECT ? "{}" : "[]");
    else
        g_string_append_len(out, value.text, (gssize)value.length);
    g_string_append_c(out, ' ');
}

/* The members of the inner value, passed over once and then read; and those behind it. */
static char *read_twice(const char *text)
{
    g_autofree char *padded = NULL;
    g_autoptr(TmJsonRecord) record = open_record(text, &padded);
    GString *out = g_string_new(NULL);
    gsize offset;
    assert_true(tm_json_record_next(record));
    assert_true(tm_json_record_enter(record));
    while (tm_json_record_next(record))
        ;
    if (tm_json_record_again(record))
        while (tm_json_record_next(record))
            append_value(record, out);
    g_string_append(out, "| ");
    while (tm_json_record_next(record))
        append_value(record, out);
    assert_int_equal(tm_json_record_fault(record, &offset), TM_JSON_FAULT_NONE);
    return g_string_free(out, FALSE);
}

static void expect(const char *text, const char *values)
{
    g_autofree char *found = read_twice(text);
    assert_string_equal(found, values);
}

static void an_object_can_be_read_again(void **state)
{
    (void)state;
    expect("{\"a\":{\"b\":1,\"c\":{\"d\":2},\"e\":\"x\"},\"f\":3}", "1 {} x | 3 ");
}

static void an_array_can_be_read_again(void **state)
{
    (void)state;
    expect("{\"a\":[1,[2],\"x\"],\"f\":3}", "1 [] x | 3 ");
}

static void what_is_empty_is_empty_again(void **state)
{
    (void)state;
    expect("{\"a\":{},\"f\":3}", "| 3 ");
    expect("{\"a\":[],\"f\":3}", "| 3 ");
}

static void a_record_that_failed_cannot_be_read_again(void **state)
{
    (void)state;
    g_autofree char *padded = NULL;
    g_autoptr(TmJsonRecord) record = open_record("{\"a\":{\"b\":1 2}}", &padded);
    gsize offset;
    assert_true(tm_json_record_next(record));
    assert_true(tm_json_record_enter(record));
    while (tm_json_record_next(record))
        ;
    assert_int_equal(tm_json_record_fault(record, &offset), TM_JSON_FAULT_SYNTAX);
    assert_false(tm_json_record_again(record));
}

/* A line of many levels, each read again: strings are asked for once, and none is lost. */
static void strings_of_a_second_run_are_whole(void **state)
{
    (void)state;
    GString *text = g_string_new("{\"a\":[\"0\"");
    for (guint i = 1; i < 2000; i++)
        g_string_append_printf(text, ",\"%u\"", i);
    g_string_append(text, "]}");
    g_autofree char *found = read_twice(text->str);
    gchar **words = g_strsplit(found, " ", 0);
    for (guint i = 0; i < 2000; i++)
        assert_int_equal(g_ascii_strtoull(words[i], NULL, 10), i);
    g_strfreev(words);
    g_string_free(text, TRUE);
}

/* ---- Keys and strings ---- */

/* The members of an object as "KEY=VALUE ", keys as written. */
static char *members_of(const char *text)
{
    g_autofree char *padded = NULL;
    g_autoptr(TmJsonRecord) record = open_record(text, &padded);
    GString *out = g_string_new(NULL);
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        g_string_append_len(out, key, (gssize)length);
        g_string_append_c(out, '=');
        append_value(record, out);
    }
    return g_string_free(out, FALSE);
}

static void expect_members(const char *text, const char *members)
{
    g_autofree char *found = members_of(text);
    assert_string_equal(found, members);
}

static void escapes_of_strings_are_resolved(void **state)
{
    (void)state;
    expect_members(
        "{\"a\":\"x\\\"y\\n\\u00e4\",\"b\" : \"\\\\\" ,\"c\":\"\"}", "a=x\"y\n\xc3\xa4 b=\\ c= ");
}

static void strings_end_wherever_they_are_long(void **state)
{
    (void)state;
    for (guint length = 1; length < 40; length++) {
        g_autofree char *word = g_strnfill(length, 'w');
        g_autofree char *text = g_strdup_printf("{\"%s\":\"%s\",\"b\":1}", word, word);
        g_autofree char *members = g_strdup_printf("%s=%s b=1 ", word, word);
        expect_members(text, members);
    }
}

static void escapes_of_keys_stay(void **state)
{
    (void)state;
    expect_members("{\"a\\\"b\":1,\"\\\\\":2,\"\":3}", "a\\\"b=1 \\\\=2 =3 ");
}

static void a_key_is_a_name_when_all_of_it_is(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        gboolean same;
    } names[] = {{"key", TRUE}, {"ke", FALSE}, {"keys", FALSE}, {"kex", FALSE}, {"", FALSE}};
    g_autofree char *padded = NULL;
    g_autoptr(TmJsonRecord) record = open_record("{\"key\":1}", &padded);
    assert_true(tm_json_record_next(record));
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        assert_int_equal(
            tm_json_record_has_key(record, names[i].name, strlen(names[i].name)), names[i].same);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_can_be_read_again),
        cmocka_unit_test(an_array_can_be_read_again),
        cmocka_unit_test(what_is_empty_is_empty_again),
        cmocka_unit_test(a_record_that_failed_cannot_be_read_again),
        cmocka_unit_test(strings_of_a_second_run_are_whole),
        cmocka_unit_test(escapes_of_strings_are_resolved),
        cmocka_unit_test(strings_end_wherever_they_are_long),
        cmocka_unit_test(escapes_of_keys_stay),
        cmocka_unit_test(a_key_is_a_name_when_all_of_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
