/*
 * Samples with bytes changed, cut, doubled and moved by a fixed random order: reading them must
 * end, must give the same twice, and must count each record once.
 */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define ROUNDS 400
#define MOST_CHANGES 6

/* Bytes that readers care about. */
static const char marks[] = "{}[]\",:\\\n\r\0 \xff\xef-0e.";

static void change(GRand *random, GByteArray *bytes)
{
    if (bytes->len < 2)
        return;
    guint at = (guint)g_rand_int_range(random, 0, (gint32)bytes->len);
    guint count = (guint)g_rand_int_range(random, 1, 40);
    count = MIN(count, bytes->len - at);
    switch (g_rand_int_range(random, 0, 4)) {
    case 0:
        bytes->data[at] = (guint8)marks[g_rand_int_range(random, 0, sizeof marks - 1)];
        break;
    case 1:
        g_byte_array_remove_range(bytes, at, count);
        break;
    case 2: {
        g_autofree guint8 *copy = g_memdup2(bytes->data + at, count);
        g_byte_array_append(bytes, copy, count);
        break;
    }
    default:
        bytes->data[at] = (guint8)g_rand_int_range(random, 0, 256);
    }
}

static void read_changed(GRand *random, const char *sample, gsize length)
{
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)sample, (guint)length);
    for (gint changes = g_rand_int_range(random, 1, MOST_CHANGES); changes > 0; changes--)
        change(random, bytes);
    Reading once, again;
    transcript_read(&once, "f", (const char *)bytes->data, bytes->len);
    transcript_read(&again, "f", (const char *)bytes->data, bytes->len);
    assert_string_equal(once.records->str, again.records->str);
    assert_string_equal(once.diagnostics, again.diagnostics);
    assert_int_equal(once.summary.rows_taken, once.keys->len);
    assert_true(g_utf8_validate(once.records->str, (gssize)once.records->len, NULL));
    transcript_clear(&once);
    transcript_clear(&again);
    g_byte_array_unref(bytes);
}

static void changed_samples_are_read_alike_each_time(void **state)
{
    (void)state;
    static const char *const samples[] = {"cursor-v3-team.csv", "copilot-users-1-day.ndjson",
        "claude-page.json", "hostile-cursor.csv", "hostile-copilot.ndjson", "hostile-claude.json",
        "cursor-events.json", "cursor-daily-usage.json", "cursor-team-analytics.csv",
        "cursor-analytics-users.json", "cursor-analytics-team.json", "cursor-spend.json",
        "cursor-commits.csv"};
    GRand *random = g_rand_new_with_seed(20261120);
    for (guint i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autofree char *path =
            g_build_filename(g_getenv("TIDEMARK_DATA"), "tests/intake/samples", samples[i], NULL);
        g_autofree char *bytes = NULL;
        gsize length;
        assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        for (guint round = 0; round < ROUNDS; round++)
            read_changed(random, bytes, length);
    }
    g_rand_free(random);
}

static int enter(void **state)
{
    (void)state;
    transcript_enter_folder();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_samples_are_read_alike_each_time),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
