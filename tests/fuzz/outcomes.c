/*
 * Exports of development tools: any bytes, read as a file of one. What comes out keeps the promises
 * of <tidemark/outcomes.h>, and the same bytes give the same twice.
 */
#include "../outcomes/transcript.h"
#include "fuzz.h"

/* With a date, so that nothing depends on when the file was written. */
#define NAME "export-2026-11-18"

static guint count_lines(const GString *text)
{
    guint lines = 0;
    for (gsize i = 0; i < text->len; i++)
        lines += text->str[i] == '\n' ? 1 : 0;
    return lines;
}

static void check_reading(const Reading *reading, gsize length)
{
    g_assert_true(g_utf8_validate(reading->diagnostics, -1, NULL));
    g_assert_true(g_utf8_validate_len(reading->records->str, reading->records->len, NULL));
    g_assert_cmpuint(reading->summary.bytes, ==, length);
    g_assert_cmpuint(reading->summary.rows_taken, <=, count_lines(reading->records));
    g_assert_true(reading->taken || reading->records->len == 0);
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static gboolean entered;
    Reading once, again;
    if (!entered) {
        transcript_enter_company("");
        transcript_expect_anything();
        entered = TRUE;
    }
    transcript_read(&once, NAME, (const char *)bytes, length);
    transcript_read(&again, NAME, (const char *)bytes, length);
    check_reading(&once, length);
    g_assert_cmpmem(once.records->str, once.records->len, again.records->str, again.records->len);
    g_assert_cmpstr(once.diagnostics, ==, again.diagnostics);
    transcript_clear(&once);
    transcript_clear(&again);
    return 0;
}
