/*
 * Mapping files, which a company writes, and exports read by them. The input is a mapping file and,
 * behind a NUL byte, an export. A mapping is refused with a reason, or what is read by it keeps all
 * promises.
 */
#include <tidemark/intake.h>

#include "check_intake.h"
#include "fuzz.h"

static TmSetup *load_company(void)
{
    static const char settings[] = "[organisation]\nname = Test\n";
    static const char people[] = "email,team_id\nana@x.io,core\n";
    static const char licences[] = "tool,plan,seats,email\nacme,pro,1,ana@x.io\n";
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    fuzz_enter_folder();
    fuzz_write("tidemark.ini", settings, strlen(settings));
    fuzz_write("people.csv", people, strlen(people));
    fuzz_write("licenses.csv", licences, strlen(licences));
    g_assert_cmpint(g_mkdir_with_parents("mappings", 0700), ==, 0);
    TmSetup *setup = tm_setup_load("tidemark.ini", diagnostics, NULL);
    g_assert_nonnull(setup);
    return setup;
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static TmSetup *setup; /* lasts as long as the program */
    g_autoptr(GError) error = NULL;
    const guint8 *end = length > 0 ? memchr(bytes, '\0', length) : NULL;
    gsize size = end != NULL ? (gsize)(end - bytes) : length;
    if (setup == NULL)
        setup = load_company();
    fuzz_write("mappings/m.xml", bytes, size);
    if (!tm_intake_prepare(setup, &error)) {
        g_assert_cmpint(error->domain, ==, TM_ERROR);
        g_assert_cmpint(error->code, ==, TM_ERROR_UNUSABLE);
        g_assert_true(g_utf8_validate(error->message, -1, NULL));
    } else if (end != NULL) {
        check_intake_promises(end + 1, length - size - 1);
        check_intake_twice(end + 1, length - size - 1);
    }
    return 0;
}
