/*
 * What mapping files are refused for, each with line and remedy, and files that try to reach, to
 * fill or to confuse what is around them.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "mapping_samples.h"

#define PERSON "<slot name='login' from='Who'/>"
#define COUNT "<slot name='requests' from='N'/>"
#define FINE CSV_OF("", PERSON COUNT)

typedef struct Case {
    const char *mapping, *fault;
} Case;

static void expect_all(const Case *cases, guint count)
{
    for (guint i = 0; i < count; i++)
        mapping_expect_fault(cases[i].mapping, -1, cases[i].fault);
}

/* ---- The mapping ------------------------------------------------------------------------- */

static void attributes_of_the_mapping_are_checked(void **state)
{
    (void)state;
    static const Case cases[] = {
        {"<mapping title='T' tool='acme' format='csv'/>", "1: <mapping> needs the attribute name"},
        {"<mapping name='' title='T' tool='acme' format='csv'/>",
            "1: <mapping> needs the attribute name"},
        {"<mapping name='M' title='T' tool='acme' format='csv'/>",
            "1: name: up to 40 small letters, digits, - and _ are wanted"},
        {"<mapping name='m' title='T' tool='nobodys' format='csv'/>",
            "1: there is no tool of this name; name it in licenses.csv"},
        {"<mapping name='m' title='T' tool='acme' format='xls'/>",
            "1: format: csv or json is wanted"},
        {"<mapping name='m' title='T' tool='acme' format='csv' colour='red'/>",
            "1: <mapping> has no attribute colour; docs/mapping.md lists them"},
        {"<mapping name='m' name='n' title='T' tool='acme' format='csv'/>",
            "1: name: is there twice; remove one"},
        {"<mapping name='m' title='T&#10;U' tool='acme' format='csv'/>",
            "1: title: too long, or with a line end or control character; write it in one line"},
        {CSV_OF(" order='0'", ""), "1: order is a number from 1 (first) to 99"},
        {CSV_OF(" order='65'", ""),
            "1: another source of the tool has the order 65; write another one into order, a lower "
            "one if this source is to be preferred"},
        {CSV_OF(" merging='never'", ""), "1: merging: later, twins or copies is wanted"},
        {CSV_OF(" sessions='named'", ""), "1: sessions: gaps is wanted, or nothing"},
        {CSV_OF(" personal='true'", ""), "1: personal: yes or no is wanted"},
        {CSV_OF(" rows='list'", ""), "1: rows and page are of JSON; remove them"},
        {CSV_OF(" page='list'", ""), "1: rows and page are of JSON; remove them"},
        {JSON_OF(" rows='a[]'", ""),
            "1: rows: the path of a list in the record is wanted, such as models"},
        {JSON_OF(" rows='a|b'", ""),
            "1: rows: the path of a list in the record is wanted, such as models"},
        {JSON_OF(" page='a.b'", ""),
            "1: page: the name of the member that holds the records is wanted, such as results"},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
}

static void expect_second(const char *second, const char *fault)
{
    const char *texts[] = {FINE, second, NULL};
    g_autoptr(GError) error = NULL;
    assert_false(mapping_prepare(texts, &error));
    assert_string_equal(mapping_message(error), fault);
}

static void two_mappings_have_two_names_and_two_orders(void **state)
{
    (void)state;
    expect_second(
        FINE, "mappings/1.xml:1: another mapping has the same name; write another one into name");
    expect_second("<mapping name='n' title='T' tool='acme' format='csv'/>",
        "mappings/1.xml:1: another source of the tool has the order 70; write another one into "
        "order, a lower one if this source is to be preferred");
}

static void a_tool_is_named_as_in_licences(void **state)
{
    (void)state;
    mapping_prepare_one("<mapping name='m' title='T' tool='Acme' format='csv'>"
                        "<slot name='date' from='Day'/>" PERSON COUNT "</mapping>");
}

static void there_is_room_for_so_many_mappings(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < 33; i++)
        g_ptr_array_add(texts,
            g_strdup_printf("<mapping name='m%u' title='T' tool='acme' format='csv' order='%u'>"
                            "<slot name='date' from='Day'/>" PERSON COUNT "</mapping>",
                i, i + 1));
    g_ptr_array_add(texts, NULL);
    g_autoptr(GError) error = NULL;
    assert_false(mapping_prepare((const char *const *)texts->pdata, &error));
    assert_string_equal(mapping_message(error),
        "mappings/9.xml:1: more than 32 mappings; remove those that are not needed");
}

/* ---- Its elements ------------------------------------------------------------------------- */

#define PATH                                                                                       \
    "from: a path of members is wanted, such as usage.model: names of up to 64 bytes, 7 at most, " \
    "the first of them not page, and none with one of []*=,/ in it"

static void elements_are_checked_in_their_line(void **state)
{
    (void)state;
    static const Case cases[] = {
        {CSV_OF("", "\n<column/>"),
            "2: this element cannot stand here; docs/mapping.md shows a mapping"},
        {CSV_OF("", "\n<slot name='prompt' from='P'/>"),
            "2: there is no slot of this name; docs/mapping.md lists them"},
        {CSV_OF("", "\n<slot name='tool' from='P'/>"),
            "2: there is no slot of this name; docs/mapping.md lists them"},
        {CSV_OF("", "\n<slot name='model'/>"), "2: <slot> needs the attribute from"},
        {CSV_OF("", "\n<slot name='date' from='D'/>"),
            "2: the slot is filled already; several columns of one slot are written as "
            "from=\"Name|Other name\""},
        {CSV_OF("", "<fixed name='model' value='x'/>\n<slot name='model' from='D'/>"),
            "2: the slot is filled already; several columns of one slot are written as "
            "from=\"Name|Other name\""},
        {CSV_OF("", "\n<slot name='model' from='d_AY'/>"),
            "2: from: empty, or named before: what is there fills one slot"},
        {CSV_OF("", "\n<slot name='model' from='A|a '/>"),
            "2: from: empty, or named before: what is there fills one slot"},
        {CSV_OF("", "\n<slot name='model' from='A|'/>"),
            "2: from: empty, or named before: what is there fills one slot"},
        {CSV_OF("", "\n<content from='Day'/>"),
            "2: from: empty, or named before: what is there fills one slot"},
        {CSV_OF("", "\n<slot name='model' from='A' required='false'/>"),
            "2: required: yes or no is wanted"},
        {CSV_OF("", "\n<slot name='metered' from='A' unit='pence'/>"),
            "2: unit: a date has text, seconds or milliseconds; metered and list_value have units, "
            "cents or micros"},
        {CSV_OF("", "\n<slot name='requests' from='A' unit='cents'/>"),
            "2: unit: a date has text, seconds or milliseconds; metered and list_value have units, "
            "cents or micros"},
        {CSV_OF("", "\n<slot name='output_tokens' from='A' includes_cache='yes'/>"),
            "2: includes_cache: only input_tokens can have it"},
        {CSV_OF("", "\n<fixed name='surface' value='sky'/>"),
            "2: value: not a value that the slot can have in every row; docs/mapping.md lists "
            "them"},
        {CSV_OF("", "\n<fixed name='requests' value='-1'/>"),
            "2: value: not a value that the slot can have in every row; docs/mapping.md lists "
            "them"},
        {CSV_OF("", "\n<fixed name='record' value='1'/>"),
            "2: value: not a value that the slot can have in every row; docs/mapping.md lists "
            "them"},
        {CSV_OF("", "\nwords"),
            "2: text between the elements: all is said in attributes; remove it"},
        {CSV_OF("", "\n<![CDATA[words]]>"),
            "2: text between the elements: all is said in attributes; remove it"},
        {FINE "\n" FINE, "2: a second mapping; put it into a file of its own"},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
}

static void words_are_checked_in_their_line(void **state)
{
    (void)state;
#define WORDS(slot, words) CSV_OF("", "<slot name='" slot "' from='A'>\n" words "</slot>")
    static const Case cases[] = {
        {WORDS("login", "<word from='a' to='b'/>"),
            "2: only surface, task, model and service have words"},
        {WORDS("surface", "<word from='a' to='sky'/>"),
            "2: to: not a word of this slot; docs/mapping.md lists them"},
        {WORDS("service", "<word from='a' to='bot'/>"),
            "2: to: not a word of this slot; docs/mapping.md lists them"},
        {WORDS("task", "<word from='a'/>"), "2: <word> needs the attribute to"},
        {WORDS("task", "<word from='a' to='other'/><word from='A' to='testing'/>"),
            "2: from: the word is there already; remove one"},
        {WORDS("task", "<word from='a' to='other'><word from='b' to='other'/></word>"),
            "2: this element cannot stand here; docs/mapping.md shows a mapping"},
        {CSV_OF("", "<slot name='task' from='A'/>\n<word from='a' to='other'/>"),
            "2: this element cannot stand here; docs/mapping.md shows a mapping"},
        {CSV_OF("", "<slot name='task' from='A'/><fixed name='requests' value='1'>\n"
                    "<word from='a' to='other'/></fixed>"),
            "2: this element cannot stand here; docs/mapping.md shows a mapping"},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
}

static void paths_are_checked_in_their_line(void **state)
{
    (void)state;
    static const char *const paths[] = {"a[].b", "a.*", "a..b", ".a", "a.", "a=b", "a,b", "a/b",
        "page.team", "a|", "../../../a", "a.b.c.d.e.f.g.h"};
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autofree char *mapping =
            g_strdup_printf(JSON_OF(" rows='r'", "\n<slot name='model' from='%s'/>"), paths[i]);
        mapping_expect_fault(mapping, -1, "2: " PATH);
    }
    mapping_expect_fault(ROWS_OF("", "\n<slot name='model' from='a|../a'/>"), -1,
        "2: from: all spellings need the same number of ../ in front");
}

/* ---- The whole --------------------------------------------------------------------------- */

static void what_a_mapping_must_fill_is_named(void **state)
{
    (void)state;
    static const Case cases[] = {
        {MAPPING_OF("csv", "", PERSON COUNT), "1: the slot date is missing"},
        {CSV_OF("", COUNT), "1: a person is missing: fill email, login or user_id, or say "
                            "personal=\"yes\" when each file is of one person"},
        {CSV_OF("", PERSON), "1: a measure is missing, such as interactions or requests"},
        {CSV_OF("", PERSON "<slot name='input_tokens' from='I' includes_cache='yes'/>"),
            "1: includes_cache: fill cache_read_tokens or cache_write_tokens too, or fill "
            "unsplit_tokens instead of input_tokens"},
        {CSV_OF("", PERSON COUNT "<slot name='cache_write_1h_tokens' from='L'/>"),
            "1: cache_write_1h_tokens are a part of cache_write_tokens: fill these too"},
        {CSV_OF(" merging='copies'", PERSON COUNT),
            "1: merging=\"copies\": copies are known by the id of their record; fill record"},
        {CSV_OF(" merging='twins'", PERSON COUNT "<slot name='record' from='Id'/>"),
            "1: merging=\"twins\": twins are rows without an id; leave out record, or say later"},
        {CSV_OF(" sessions='gaps'", PERSON COUNT),
            "1: sessions=\"gaps\": sessions are made of the times of interactions; fill these"},
        {CSV_OF(" sessions='gaps'", PERSON "<slot name='sessions' from='S'/>"),
            "1: sessions=\"gaps\" is for exports that do not tell sessions; leave out session and "
            "sessions, or the attribute"},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
}

static void what_would_recognise_anything_is_refused(void **state)
{
    (void)state;
    static const Case cases[] = {
        {CSV_OF("", "<slot name='login' from='Who' required='no'/>"
                    "<slot name='requests' from='N' required='no'/>"),
            "1: at least two slots must be required, to recognise the export"},
        {JSON_OF("", "<slot name='date' from='a.d'/><slot name='login' from='a.w'/>"
                     "<slot name='requests' from='a.n'/>"),
            "1: at least two slots of different members must be required, to recognise the export"},
        {JSON_OF("", "<slot name='date' from='a|b'/><slot name='login' from='b.w|a.w'/>"
                     "<fixed name='requests' value='1'/>"),
            "1: at least two slots of different members must be required, to recognise the export"},
        {JSON_OF(" rows='r'", "<slot name='date' from='d'/><slot name='login' from='w'/>"
                              "<slot name='requests' from='n'/>"),
            "1: the record needs a required slot with ../ beside its list, to be recognised"},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
}

static void lists_and_pages_must_make_sense(void **state)
{
    (void)state;
    static const Case cases[] = {
        {ROWS_OF("", "<slot name='requests' from='../n'/>"),
            "1: rows: nothing is taken from its elements; paths begin there, and at the record "
            "with ../ in front"},
        {ROWS_OF("", "<slot name='model' from='m'/><slot name='requests' from='../../n'/>"),
            "1: a measure of the page: it would count once for each record; leave it out"},
        {JSON_OF("", "<slot name='date' from='d'/><slot name='login' from='w'/>"
                     "<slot name='requests' from='../n'/>"),
            "1: a measure of the page: it would count once for each record; leave it out"},
        {ROWS_OF("", "<slot name='requests' from='n'/><slot name='record' from='../../id'/>"),
            "1: record: an id of the page is the same for all records; leave it out"},
        {ROWS_OF("", "<slot name='cache_write_tokens' from='w'/>"
                     "<slot name='cache_write_1h_tokens' from='../l'/>"),
            "1: cache_write_1h_tokens must stand where cache_write_tokens stand"},
        {ROWS_OF("", "<slot name='model' from='m'/><slot name='cache_write_tokens' from='../w'/>"
                     "<slot name='cache_write_1h_tokens' from='l'/>"),
            "1: cache_write_1h_tokens must stand where cache_write_tokens stand"},
        {ROWS_OF(
             "", "<slot name='input_tokens' from='i'/><slot name='unsplit_tokens' from='../t'/>"),
            "1: tokens of the record and of its list are the same ones; take one of them"},
        {JSON_OF(" rows='r'", "<slot name='date' from='d'/><slot name='login' from='../w'/>"
                              "<slot name='requests' from='../n'/>"),
            "1: a measure with ../ needs the record's own date and person, with ../ too"},
        {ROWS_OF("", "<slot name='requests' from='n'/><content from='../list'/>"),
            "1: the list of rows is named by another element too; leave that out"},
        {JSON_OF(" page='d'", "<slot name='date' from='d'/><slot name='login' from='w'/>"
                              "<slot name='requests' from='n'/>"),
            "1: page: a record has a member of the same name; paths begin at the record, and at "
            "the page with ../ in front"},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
}

/* ---- Hostile files ------------------------------------------------------------------------ */

#define MALFORMED "not well-formed XML, or with entities of its own; mend it here or just before"
#define NOT_UTF8 "is not UTF-8, or holds a NUL; save it as UTF-8"

static void only_plain_xml_is_read(void **state)
{
    (void)state;
    static const Case cases[] = {
        {"", "1: there is no element in it; docs/mapping.md shows a mapping"},
        {"<!-- none -->\n", "1: there is no element in it; docs/mapping.md shows a mapping"},
        {"Day,Who\n", "1: " MALFORMED},
        {"<mapping", "1: " MALFORMED},
        {"<mapping name='m' title='T'\n tool='acme' format='csv'>\n", "2: " MALFORMED},
        {"<!DOCTYPE mapping [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>\n"
         "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>\n<mapping name='&c;'/>",
            "2: has a document type; remove it, and with it all entities"},
        {"<!DOCTYPE mapping SYSTEM 'file:///etc/passwd'>" FINE,
            "1: has a document type; remove it, and with it all entities"},
        {"<mapping name='&c;'/>", "1: " MALFORMED},
        {"<?xml version='1.0' encoding='UTF-16'?>\n" FINE,
            "1: is not in UTF-8; save it so and say encoding=\"UTF-8\""},
        {"<?xml version='1.0' encoding='x-klingon'?>\n" FINE,
            "1: is not in UTF-8; save it so and say encoding=\"UTF-8\""},
        {CSV_OF("", "\n<slot name='model' from='\xe9'/>"), "2: " NOT_UTF8},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
}

static void a_nul_is_no_text(void **state)
{
    (void)state;
    static const char inside[] = "<mapping\n name='m\0'/>", behind[] = FINE "\n\0";
    mapping_expect_fault(inside, sizeof inside - 1, "2: " NOT_UTF8);
    mapping_expect_fault(behind, sizeof behind - 1, "2: " NOT_UTF8);
}

static void declarations_comments_and_marks_are_fine(void **state)
{
    (void)state;
    mapping_prepare_one(
        "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- Acme -->\r\n"
        "<mapping name='m' title='A &amp; B' tool='acme' format='csv'>\r\n"
        "<slot name='date' from='Day'/>" PERSON COUNT "</mapping>\r\n");
}

/* `count` times an element, whose number stands for %u; then the end. */
static char *many(const char *element, const char *behind, guint count)
{
    g_autoptr(GString) text =
        g_string_new("<mapping name='m' title='T' tool='acme' format='json' rows='r'>\n");
    for (guint i = 0; i < count; i++)
        g_string_append_printf(text, "%s%u%s\n", element, i, behind);
    g_string_append(text, "</mapping>");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void many_elements_are_refused(void **state)
{
    (void)state;
    g_autofree char *fields = many("<ignore from='f", "'/>", 10000);
    g_autofree char *slots = many("<slot name='model' from='f", "'/>", 5000);
    g_autofree char *large = many("<ignore from='f", "'/>", 20000);
    g_autofree char *words = many("<word from='w", "' to='m'/>", 5000);
    g_autofree char *filled = g_strconcat("<mapping name='m' title='T' tool='acme' format='csv'>\n"
                                          "<slot name='model' from='M'>",
        strchr(words, '\n'), NULL);
    mapping_expect_fault(fields, -1, "66: more than 64 fields; leave some out");
    mapping_expect_fault(slots, -1,
        "3: the slot is filled already; several columns of one slot are written as "
        "from=\"Name|Other name\"");
    mapping_expect_fault(large, -1, "1: is larger than 256 KiB, and so no mapping");
    mapping_expect_fault(filled, -1, "259: more than 256 words; leave some out");
}

static void depth_and_length_are_bounded(void **state)
{
    (void)state;
    g_autoptr(GString) nested =
        g_string_new("<mapping name='m' title='T' tool='acme' format='csv'>");
    for (guint i = 0; i < 5000; i++)
        g_string_append(nested, "<slot name='model' from='M'>");
    mapping_expect_fault(
        nested->str, -1, "1: this element cannot stand here; docs/mapping.md shows a mapping");

    g_autoptr(GString) dots = g_string_new("a");
    for (guint i = 0; i < 100; i++)
        g_string_append(dots, ".a");
    g_autofree char *deep =
        g_strdup_printf(JSON_OF("", "\n<slot name='model' from='%s'/>"), dots->str);
    mapping_expect_fault(deep, -1, "2: " PATH);

    g_autofree char *name = g_strnfill(2000, 'a');
    g_autofree char *lengthy =
        g_strdup_printf(CSV_OF("", "\n<slot name='model' from='%s'/>"), name);
    mapping_expect_fault(lengthy, -1,
        "2: from: too long, or with a line end or control character; write it in one line");
    g_autofree char *attribute = g_strdup_printf(CSV_OF("", "\n<slot %s='model'/>"), name);
    mapping_expect_fault(
        attribute, -1, "2: <slot> has no attribute of so long a name; docs/mapping.md lists them");
}

static void cut_mappings_are_refused(void **state)
{
    (void)state;
    const char *whole = FINE;
    for (gsize length = 1; length < strlen(whole); length++) {
        g_autofree char *cut = g_strndup(whole, length);
        const char *texts[] = {cut, NULL};
        g_autoptr(GError) error = NULL;
        assert_false(mapping_prepare(texts, &error));
        assert_true(g_str_has_prefix(mapping_message(error), "mappings/0.xml:1: "));
    }
}

static void expect_unreadable(const char *fault)
{
    g_autoptr(GError) error = NULL;
    gboolean prepared = mapping_prepare_folder(&error);
    assert_int_equal(g_unlink("mappings/0.xml"), 0);
    assert_false(prepared);
    assert_string_equal(mapping_message(error), fault);
}

#define OUTSIDE                                                                                    \
    "mappings/0.xml:1: is a link that leads nowhere or out of the folder; put the file itself "    \
    "here"

static void links_out_of_the_folder_are_refused(void **state)
{
    mapping_forget(state);
    assert_true(g_file_set_contents("outside.xml", FINE, -1, NULL));
    assert_int_equal(g_mkdir_with_parents("mappings2", 0700), 0);
    assert_true(g_file_set_contents("mappings2/near.xml", FINE, -1, NULL));
    static const char *const targets[] = {
        "../outside.xml", "../mappings2/near.xml", "/dev/zero", "nothing.xml", "0.xml"};
    for (guint i = 0; i < G_N_ELEMENTS(targets); i++) {
        assert_int_equal(symlink(targets[i], "mappings/0.xml"), 0);
        expect_unreadable(OUTSIDE);
    }
}

static void links_within_the_folder_are_read(void **state)
{
    mapping_forget(state);
    assert_true(g_file_set_contents("mappings/kept.txt", FINE, -1, NULL));
    assert_int_equal(symlink("kept.txt", "mappings/0.xml"), 0);
    assert_true(mapping_prepare_folder(NULL));
    assert_true(tm_source_index("mapping:m") != G_MAXUINT);
}

static void what_is_no_file_is_not_waited_for(void **state)
{
    mapping_forget(state);
    assert_int_equal(mkfifo("mappings/0.xml", 0600), 0);
    expect_unreadable("mappings/0.xml:1: is no file that can be read; check its permissions");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, mapping_forget)
        TEST(attributes_of_the_mapping_are_checked),
        TEST(two_mappings_have_two_names_and_two_orders),
        TEST(a_tool_is_named_as_in_licences),
        TEST(there_is_room_for_so_many_mappings),
        TEST(elements_are_checked_in_their_line),
        TEST(words_are_checked_in_their_line),
        TEST(paths_are_checked_in_their_line),
        TEST(what_a_mapping_must_fill_is_named),
        TEST(what_would_recognise_anything_is_refused),
        TEST(lists_and_pages_must_make_sense),
        TEST(only_plain_xml_is_read),
        TEST(a_nul_is_no_text),
        TEST(declarations_comments_and_marks_are_fine),
        TEST(many_elements_are_refused),
        TEST(depth_and_length_are_bounded),
        TEST(cut_mappings_are_refused),
        TEST(links_out_of_the_folder_are_refused),
        TEST(links_within_the_folder_are_read),
        TEST(what_is_no_file_is_not_waited_for),
    };
    return cmocka_run_group_tests(tests, mapping_enter, mapping_leave);
}
