/* Exports: any bytes, read as a file of a vendor or as tidemark.csv. */
#include <tidemark/intake.h>

#include "check_intake.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static gboolean prepared;
    fuzz_enter_folder();
    if (!prepared)
        g_assert_true(tm_intake_prepare(NULL, NULL));
    prepared = TRUE;
    check_intake(bytes, length);
    return 0;
}
