/*
 * Templates: any bytes make a document that is sound, or are refused with a reason; the same bytes
 * the same document. libxml2 never speaks for itself.
 */
#include "../report/sample_issue.h"
#include "fuzz.h"

#include <libxml/xmlerror.h>
#include <tidemark/report.h>

static char *make(const TmIssue *issue)
{
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(TmDocument) document = tm_report_executive(issue, "t.xml", diagnostics, &error);
    char *said = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    g_assert_true(g_utf8_validate(said, -1, NULL));
    g_assert_true((document == NULL) == (error != NULL));
    if (document == NULL) {
        g_assert_cmpint(error->code, ==, TM_ERROR_UNUSABLE);
        return said;
    }
    g_free(said);
    return tm_document_dump(document);
}

static void refuse_to_print(void *user, const char *format, ...)
{
    (void)user;
    g_error("libxml2 prints: %s", format);
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static TmIssue *issue; /* lasts as long as the program */
    if (issue == NULL)
        issue = sample_issue_new();
    xmlSetGenericErrorFunc(NULL, refuse_to_print);
    fuzz_enter_folder();
    fuzz_write("t.xml", bytes, length);
    g_autofree char *once = make(issue);
    g_autofree char *again = make(issue);
    g_assert_cmpstr(once, ==, again);
    return 0;
}
