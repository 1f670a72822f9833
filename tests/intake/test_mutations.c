/*
 * Samples with bytes changed, cut, doubled and moved by a fixed random order: reading them must
 * end, must give the same twice, and must count each record once.
 */
#include "transcript.h"

#include <string.h>

#include "../byte_changes.h"
#include "../cmocka_all.h"

#define ROUNDS 400
static void read_changed(GRand *random, const char *sample, gsize length)
{
    GByteArray *bytes = change_bytes(random, sample, length);
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
    static const char *const samples[] = {"anthropic-usage.json", "ccusage-daily.json",
        "claude-console-cost.csv", "claude-user-cost.json", "claude-users.json",
        "cursor-v3-team.csv", "copilot-users-1-day.ndjson", "claude-page.json",
        "hostile-cursor.csv", "hostile-copilot.ndjson", "hostile-claude.json",
        "copilot-activity.csv", "copilot-billing.csv", "copilot-billing-api.json",
        "copilot-older-metrics.json", "copilot-older-usage.json", "copilot-requests.csv",
        "copilot-seats.json", "copilot-totals-28-day.json", "otlp-collector.ndjson",
        "gemini-telemetry.json", "gemini-chat.json", "gemini-chat.jsonl", "qwen-chat.jsonl",
        "gemini-code-assist.ndjson", "cursor-events.json", "cursor-daily-usage.json",
        "cursor-team-analytics.csv", "cursor-by-user.json", "cursor-analytics-team.json",
        "cursor-spend.json", "cursor-commits.csv", "amazon-q-activity.csv", "kiro-report.csv",
        "windsurf-cascade.json", "windsurf-consumption.json", "augment-users.json",
        "cody-clients.csv", "openrouter-generations.csv", "gitlab-duo.json", "litellm-calls.json",
        "langfuse-observations.json"};
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
