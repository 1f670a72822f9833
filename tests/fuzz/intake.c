/*
 * Exports: any bytes, read as a file of a vendor or as tidemark.csv. With TIDEMARK_FUZZ_FORMAT, as
 * "json_otlp" for JSON(otlp) in formats.def, that reader is the only one there is, and files of no
 * format are given up early and forgotten: all of the time goes into one reader.
 */
#include "check_intake.h"
#include "formats.h"
#include "fuzz.h"

static const struct {
    const char *name;
    const TmCsvFormat *csv;
    const TmJsonFormat *json;
} readers[] = {
#define CSV(reader) {"csv_" #reader, &tm_csv_##reader, NULL},
#define JSON(reader) {"json_" #reader, NULL, &tm_json_##reader},
#include "formats.def"
#undef CSV
#undef JSON
};

static void keep_only(const char *name)
{
    guint at = 0;
    while (at < G_N_ELEMENTS(readers) && !g_str_equal(readers[at].name, name))
        at++;
    g_assert_cmpuint(at, <, G_N_ELEMENTS(readers));
    tm_csv_formats[0] = readers[at].csv;
    tm_csv_formats[1] = NULL;
    tm_json_formats[0] = readers[at].json;
    tm_json_formats[1] = NULL;
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static gboolean prepared;
    static const char *only;
    fuzz_enter_folder();
    if (!prepared) {
        g_assert_true(tm_intake_prepare(NULL, NULL));
        only = g_getenv("TIDEMARK_FUZZ_FORMAT");
        if (only != NULL)
            keep_only(only);
    }
    prepared = TRUE;
    if (check_intake_promises(bytes, length) || only == NULL)
        check_intake_twice(bytes, length);
    else
        fuzz_forget_reached();
    return 0;
}
