/* Faults of templates: each is told with its line; hostile XML is refused. */
#include "../cmocka_all.h"
#include "sample_issue.h"

#include <glib/gstdio.h>
#include <string.h>
#include <tidemark/report.h>
#include <unistd.h>

#define OPEN "<report xmlns=\"urn:tidemark:report:1\" language=\"en\" title=\"T\">\n"
#define CLOSE "</report>\n"

/* What is reported of a template, without its path: "2:0: …" lines; "" if it makes a document. */
static char *faults(const char *xml)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("tidemark-template-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "t.xml", NULL);
    assert_true(g_file_set_contents(path, xml, -1, NULL));
    g_autoptr(TmDocument) document = tm_report_executive(issue, path, diagnostics, &error);
    g_remove(path);
    g_rmdir(folder);
    assert_true((document == NULL) == (error != NULL));
    if (error != NULL)
        assert_int_equal(error->code, TM_ERROR_UNUSABLE);
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    g_auto(GStrv) parts = g_strsplit(text, path, -1);
    return g_strjoinv("t.xml", parts);
}

static void expect_fault(const char *xml, const char *expected)
{
    g_autofree char *text = faults(xml);
    if (strstr(text, expected) == NULL)
        fail_msg("\"%s\" is not in:\n%s", expected, text);
}

static void test_a_small_template_is_enough(void **state)
{
    (void)state;
    g_autofree char *text = faults(OPEN "<message/>\n" CLOSE);
    assert_string_equal(text, "");
}

static void test_unknown_element(void **state)
{
    (void)state;
    expect_fault(OPEN "<message/>\n<chart/>\n" CLOSE,
        "t.xml:3: unusable: template not usable: chart: unknown element");
}

static void test_element_of_another_namespace(void **state)
{
    (void)state;
    expect_fault(OPEN "<message xmlns=\"urn:other\"/>\n" CLOSE, "t.xml:2: ");
}

static void test_element_in_the_wrong_place(void **state)
{
    (void)state;
    expect_fault(
        OPEN "<message/>\n<cards><message/></cards>\n" CLOSE, "message: must not stand here");
}

static void test_unknown_attribute(void **state)
{
    (void)state;
    expect_fault(OPEN "<message colour=\"red\"/>\n" CLOSE,
        "t.xml:2: unusable: template not usable: colour: unknown attribute of this element");
}

static void test_missing_attribute(void **state)
{
    (void)state;
    expect_fault(OPEN "<message/>\n<cards><card kpi=\"cost\"/></cards>\n" CLOSE,
        "t.xml:3: unusable: template not usable: label: required attribute is missing");
}

static void test_values_that_are_not_allowed(void **state)
{
    (void)state;
    expect_fault(OPEN
        "<message/>\n<cards weeks=\"54\"><card kpi=\"cost\" label=\"C\"/></cards>" CLOSE,
        "weeks: must be a whole number from 1 to 53");
    expect_fault(OPEN "<message/>\n<cards><card kpi=\"happiness\" label=\"C\"/></cards>" CLOSE,
        "kpi: must be the key of a KPI that is shown");
    expect_fault(OPEN "<message/>\n<cards><card kpi=\"present\" label=\"C\"/></cards>" CLOSE,
        "kpi: must be the key of a KPI that is shown");
    expect_fault(OPEN "<message/>\n<paragraph style=\"shouting\">x</paragraph>" CLOSE,
        "style: must be one of the words");
}

static void test_unknown_place_in_a_text(void **state)
{
    (void)state;
    expect_fault(OPEN "<message/>\n<paragraph>{person}</paragraph>\n" CLOSE,
        "t.xml:3: unusable: template not usable: paragraph: names a place that there is not");
    expect_fault(
        OPEN "<message/>\n<paragraph>{week</paragraph>\n" CLOSE, "has a brace without its partner");
    expect_fault(
        OPEN "<message/>\n<paragraph>week}</paragraph>\n" CLOSE, "has a brace without its partner");
}

static void test_text_where_none_belongs(void **state)
{
    (void)state;
    expect_fault(OPEN "<message/>\nstray\n" CLOSE, "has text where none belongs");
}

static void test_a_column_shows_one_thing(void **state)
{
    (void)state;
    expect_fault(OPEN "<message/>\n<table rows=\"teams\" caption=\"c\">"
                      "<column title=\"t\" share=\"1\" show=\"name\" kpi=\"cost\"/></table>" CLOSE,
        "column: must have either kpi or show");
}

static void test_all_faults_are_told_at_once(void **state)
{
    (void)state;
    g_autofree char *text = faults(OPEN "<message a=\"1\"/>\n<b/>\n<c/>\n" CLOSE);
    assert_non_null(strstr(text, "t.xml:2:"));
    assert_non_null(strstr(text, "t.xml:3:"));
    assert_non_null(strstr(text, "t.xml:4:"));
}

static void test_a_document_without_a_message_is_refused(void **state)
{
    (void)state;
    expect_fault(OPEN "<lede/>\n" CLOSE, "has no heading of level 1");
}

/* ---- Broken and hostile XML -------------------------------------------------------------- */

static void test_not_well_formed(void **state)
{
    (void)state;
    expect_fault(
        OPEN "<section heading=\"x\">\n" CLOSE, "an element is closed by the end tag of another");
    expect_fault("", "not well-formed");
    expect_fault("\xff\xfe", "not well-formed");
    expect_fault(OPEN "<message/>\n<paragraph>\xc3\x28</paragraph>" CLOSE, "not well-formed");
}

static void test_entity_declaration_is_refused(void **state)
{
    (void)state;
    expect_fault("<!DOCTYPE report [<!ENTITY a \"b\">]>\n" OPEN "<message/>" CLOSE,
        "t.xml:1: unusable: template not usable: has a document type");
}

static void test_external_entity_is_not_read(void **state)
{
    (void)state;
    g_autofree char *text =
        faults("<!DOCTYPE report [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n" OPEN
               "<message/><paragraph>&x;</paragraph>" CLOSE);
    assert_non_null(strstr(text, "has a document type"));
    assert_null(strstr(text, "root"));
}

static void test_external_subset_is_refused(void **state)
{
    (void)state;
    expect_fault("<!DOCTYPE report SYSTEM \"file:///etc/passwd\">\n" OPEN "<message/>" CLOSE,
        "has a document type");
}

static void test_undeclared_entity_is_refused(void **state)
{
    (void)state;
    expect_fault(OPEN "<message/>\n<paragraph>&nbsp;</paragraph>" CLOSE, "an entity is used");
}

static void test_deep_nesting_ends_with_a_message(void **state)
{
    g_autoptr(GString) xml = g_string_new(OPEN);
    (void)state;
    for (int i = 0; i < 5000; i++)
        g_string_append(xml, "<section heading=\"x\">");
    expect_fault(xml->str, "not well-formed");
}

static void test_a_huge_file_is_refused(void **state)
{
    (void)state;
    g_autofree char *blanks = g_strnfill(1024 * 1024, ' ');
    g_autofree char *xml = g_strconcat(OPEN "<message/>", blanks, CLOSE, NULL);
    expect_fault(xml, "is larger than 1 MiB");
}

static void test_a_missing_file_is_told(void **state)
{
    g_autoptr(TmIssue) issue = sample_issue_new();
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    (void)state;
    assert_null(tm_report_executive(issue, "/nowhere/t.xml", diagnostics, &error));
    assert_int_equal(tm_diagnostics_count(diagnostics, TM_KIND_BAD_TEMPLATE), 1);
}

static void test_values_of_a_template_stay_out_of_messages(void **state)
{
    (void)state;
    g_autofree char *text =
        faults(OPEN "<message/>\n<paragraph style=\"secret-value\">x</paragraph>" CLOSE);
    assert_null(strstr(text, "secret-value"));
}

/* What libxml2 says by itself has bytes of the file in it. */
static void test_bytes_of_no_encoding_are_not_printed(void **state)
{
    (void)state;
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("tidemark-template-XXXXXX", &path, NULL),
        before = dup(STDERR_FILENO);
    assert_true(file >= 0 && before >= 0);
    assert_int_equal(dup2(file, STDERR_FILENO), STDERR_FILENO);
    g_autofree char *text = faults("<?xml version=\"1.0\" encoding=\"EUC-JP\"?>\n" OPEN
                                   "<message/>\n<paragraph>\xff\xff\xff</paragraph>\n" CLOSE);
    dup2(before, STDERR_FILENO);
    close(before);
    off_t printed = lseek(file, 0, SEEK_END);
    close(file);
    g_remove(path);
    assert_non_null(strstr(text, "save it as UTF-8"));
    assert_int_equal(printed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_small_template_is_enough),
        cmocka_unit_test(test_unknown_element),
        cmocka_unit_test(test_element_of_another_namespace),
        cmocka_unit_test(test_element_in_the_wrong_place),
        cmocka_unit_test(test_unknown_attribute),
        cmocka_unit_test(test_missing_attribute),
        cmocka_unit_test(test_values_that_are_not_allowed),
        cmocka_unit_test(test_unknown_place_in_a_text),
        cmocka_unit_test(test_text_where_none_belongs),
        cmocka_unit_test(test_a_column_shows_one_thing),
        cmocka_unit_test(test_all_faults_are_told_at_once),
        cmocka_unit_test(test_a_document_without_a_message_is_refused),
        cmocka_unit_test(test_not_well_formed),
        cmocka_unit_test(test_entity_declaration_is_refused),
        cmocka_unit_test(test_external_entity_is_not_read),
        cmocka_unit_test(test_external_subset_is_refused),
        cmocka_unit_test(test_undeclared_entity_is_refused),
        cmocka_unit_test(test_deep_nesting_ends_with_a_message),
        cmocka_unit_test(test_a_huge_file_is_refused),
        cmocka_unit_test(test_a_missing_file_is_told),
        cmocka_unit_test(test_values_of_a_template_stay_out_of_messages),
        cmocka_unit_test(test_bytes_of_no_encoding_are_not_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
