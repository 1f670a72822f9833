/*
 * Samples with bytes changed, cut and doubled by a fixed random order: reading them must end, must
 * give the same twice, and must count each record once.
 */
#include "transcript.h"

#include "../byte_changes.h"

#define ROUNDS 250

static guint count_lines(const GString *text)
{
    guint lines = 0;
    for (gsize i = 0; i < text->len; i++)
        lines += text->str[i] == '\n' ? 1 : 0;
    return lines;
}

static void read_changed(GRand *random, const char *sample, gsize length)
{
    GByteArray *bytes = change_bytes(random, sample, length);
    Reading once, again;
    transcript_read(&once, "f", (const char *)bytes->data, bytes->len);
    transcript_read(&again, "f", (const char *)bytes->data, bytes->len);
    assert_string_equal(once.records->str, again.records->str);
    assert_string_equal(once.diagnostics, again.diagnostics);
    assert_int_equal(count_lines(once.records), once.keys->len);
    assert_true(once.summary.rows_taken <= once.keys->len);
    assert_true(g_utf8_validate(once.records->str, (gssize)once.records->len, NULL));
    transcript_clear(&once);
    transcript_clear(&again);
    g_byte_array_unref(bytes);
}

static void changed_samples_are_read_alike_each_time(void **state)
{
    (void)state;
    static const char *const samples[] = {"hostile-git.log", "hostile-gh.json", "hostile-jira.csv",
        "hostile-jira.json", "hostile-outcomes.csv", "git-z.log", "gitlab.csv", "linear.csv"};
    GRand *random = g_rand_new_with_seed(20261120);
    transcript_expect_changes();
    for (guint i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autofree char *path =
            g_build_filename(g_getenv("TIDEMARK_DATA"), "tests/outcomes/samples", samples[i], NULL);
        g_autofree char *bytes = NULL;
        gsize length;
        assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        for (guint round = 0; round < ROUNDS; round++)
            read_changed(random, bytes, length);
    }
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_samples_are_read_alike_each_time),
    };
    return cmocka_run_group_tests(tests, transcript_enter, NULL);
}
