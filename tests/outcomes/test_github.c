/* Pull requests and issues of GitHub, in both forms. */
#include "transcript.h"

#include <string.h>

#define PULL(number) "\"url\":\"https://github.com/acme/core/pull/" number "\""
#define ISSUE(number) "\"url\":\"https://github.com/acme/core/issues/" number "\""

static void expect(const char *text, const char *records)
{
    transcript_expect("prs.json", text, records, "");
}

static void merged_requests_count_for_the_team_of_the_author(void **state)
{
    (void)state;
    expect("[{\"number\":41,\"title\":\"CANARY\",\"body\":\"CANARY\",\"author\":{\"login\":"
           "\"ana-canary\",\"name\":\"CANARY\"},\"state\":\"MERGED\",\"mergedAt\":"
           "\"2026-10-06T23:30:00Z\",\"labels\":[{\"name\":\"CANARY\"}],\"additions\":12," PULL(
               "41") "},\n{\"number\":42,\"title\":\"CANARY\",\"author\":{\"login\":\"nobody-"
                     "CANARY\"},"
                     "\"mergedAt\":\"2026-10-06T09:30:00Z\"," PULL("42") "}]",
        "2026-10-07 core merged_requests 1 #\n2026-10-06 core merged_requests 1 #\n");
}

static void open_requests_and_those_of_bots_are_not_counted(void **state)
{
    (void)state;
    Reading reading;
    const char *text =
        "[{\"number\":1,\"mergedAt\":null,\"author\":{\"login\":\"ana-canary\"}," PULL(
            "1") "},"
                 "{\"number\":2,\"mergedAt\":\"2026-10-06T09:30:00Z\",\"author\":{\"is_bot\":true,"
                 "\"login\":\"CANARY\"}," PULL("2") "},"
                                                    "{\"number\":3,\"mergedAt\":\"2026-10-06T09:30:"
                                                    "00Z\",\"author\":{\"login\":"
                                                    "\"app/CANARY\"}," PULL(
                                                        "3") "},"
                                                             "{\"number\":4,\"mergedAt\":\"2026-10-"
                                                             "06T09:30:00Z\",\"author\":{\"login\":"
                                                             "\"machine-CANARY\"}," PULL("4") "}]";
    transcript_read(&reading, "prs.json", text, strlen(text));
    assert_string_equal(reading.records->str, "");
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_UNFINISHED], 1);
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_BOT], 3);
    transcript_clear(&reading);
}

static char *list_of(guint count)
{
    GString *text = g_string_new("[");
    for (guint i = 1; i <= count; i++)
        g_string_append_printf(text,
            "%s{\"number\":%u,\"mergedAt\":null,\"author\":{\"login\":\"ana-canary\"},\"url\":"
            "\"https://github.com/acme/core/pull/%u\"}",
            i > 1 ? "," : "", i, i);
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

static void lists_of_the_length_of_a_limit_are_doubted(void **state)
{
    (void)state;
    g_autofree char *text = list_of(30), *longer = list_of(31), *most = list_of(1000);
    transcript_expect("prs.json", text, "",
        "prs.json: warning: incomplete export: exactly 30 records, which is where exports of this "
        "kind are cut off (export all pages of the period again)\n");
    transcript_expect("prs.json", most, "",
        "prs.json: warning: incomplete export: exactly 1000 records, which is where exports of "
        "this kind are cut off (export all pages of the period again)\n");
    transcript_expect("prs.json", longer, "", "");
}

static void issues_count_once_closed_and_as_features_by_label(void **state)
{
    (void)state;
    expect("[{\"number\":7,\"closedAt\":\"2026-10-06T09:30:00Z\",\"stateReason\":\"COMPLETED\","
           "\"assignees\":[{\"login\":\"stranger-CANARY\"},{\"login\":\"ben-canary\"}],"
           "\"labels\":[{\"name\":\"CANARY\"},{\"name\":\"feature\"}],\"title\":\"CANARY\"," ISSUE(
               "7") "},"
                    "{\"number\":8,\"closedAt\":null," ISSUE(
                        "8") "},"
                             "{\"number\":9,\"closedAt\":\"2026-10-06T09:30:00Z\",\"stateReason\":"
                             "\"NOT_PLANNED\"," ISSUE(
                                 "9") "},"
                                      "{\"number\":10,\"closedAt\":\"2026-10-06T09:30:00Z\","
                                      "\"stateReason\":null,"
                                      "\"author\":{\"login\":\"ben-canary\"}," ISSUE("10") "}]",
        "2026-10-06 web tasks_closed 1 #\n2026-10-06 web features_shipped 1 #\n"
        "2026-10-06 core tasks_closed 1 #\n");
}

#define REST_PULL                                                                                  \
    "{\"number\":41,\"title\":\"CANARY\",\"user\":{\"login\":\"ana-canary\",\"type\":\"User\"},"   \
    "\"merged_at\":\"2026-10-06T09:30:00Z\",\"base\":{\"ref\":\"main\",\"repo\":{\"full_name\":"   \
    "\"CANARY\",\"default_branch\":\"main\"}},\"html_url\":"                                       \
    "\"https://github.com/acme/core/pull/41\"}"

static void rest_requests_count_when_merged_into_the_default_branch(void **state)
{
    (void)state;
    expect("[" REST_PULL ",{\"number\":42,\"user\":{\"login\":\"ana-canary\"},\"merged_at\":"
           "\"2026-10-06T09:30:00Z\",\"base\":{\"ref\":\"CANARY\",\"repo\":{\"default_branch\":"
           "\"main\"}},\"html_url\":\"https://github.com/acme/core/pull/42\"},"
           "{\"number\":43,\"user\":{\"login\":\"CANARY\",\"type\":\"Bot\"},\"merged_at\":"
           "\"2026-10-06T09:30:00Z\",\"html_url\":\"https://github.com/acme/core/pull/43\"}]",
        "2026-10-06 core merged_requests 1 #\n");
}

static void a_request_has_one_key_in_every_form(void **state)
{
    (void)state;
    guint64 rest = transcript_key("a.json", "[" REST_PULL "]", 0);
    assert_true(
        rest == transcript_key("b.json",
                    "[{\"number\":41,\"mergedAt\":\"2026-10-06T09:30:00Z\"," PULL("41") "}]", 0));
    assert_true(
        rest != transcript_key("c.json",
                    "[{\"number\":42,\"mergedAt\":\"2026-10-06T09:30:00Z\"," PULL("42") "}]", 0));
    assert_true(rest != transcript_key("d.json",
                            "[{\"number\":41,\"mergedAt\":\"2026-10-06T09:30:00Z\",\"url\":"
                            "\"https://github.com/acme/other/pull/41\"}]",
                            0));
}

static void pull_requests_among_issues_are_passed_over(void **state)
{
    (void)state;
    Reading reading;
    const char *text =
        "[{\"number\":5,\"html_url\":\"https://github.com/acme/core/pull/5\",\"closed_at\":"
        "\"2026-10-06T09:30:00Z\",\"pull_request\":{\"merged_at\":\"2026-10-06T09:30:00Z\"}},"
        "{\"number\":6,\"html_url\":\"https://github.com/acme/core/issues/6\",\"title\":\"CANARY\","
        "\"user\":{\"login\":\"ben-canary\"},\"assignees\":[],\"state_reason\":\"completed\","
        "\"closed_at\":\"2026-10-06T09:30:00Z\"}]";
    transcript_read(&reading, "issues.json", text, strlen(text));
    assert_string_equal(reading.records->str, "2026-10-06 core tasks_closed 1 #\n");
    assert_int_equal(reading.summary.rows_excluded[TM_OUTCOME_EXCLUDED_REQUEST_AMONG_ISSUES], 1);
    transcript_clear(&reading);
}

static void a_list_without_addresses_is_refused_by_name(void **state)
{
    (void)state;
    transcript_expect("prs.json",
        "[{\"number\":41,\"mergedAt\":\"2026-10-06T09:30:00Z\",\"title\":\"CANARY\"}]", "",
        "prs.json:1:2: skipped: format not recognised: nearest to GitHub pull requests, gh pr list "
        "--json, but without: url (see docs/formats.md for what is read)\n");
}

static void records_that_cannot_be_taken_are_named(void **state)
{
    (void)state;
    transcript_expect("prs.json",
        "[{\"number\":\"CANARY\",\"mergedAt\":\"2026-10-06T09:30:00Z\"," PULL(
            "1") "},\n"
                 "{\"number\":99999999999999999999,\"mergedAt\":\"2026-10-06T09:30:00Z\"," PULL(
                     "1") "},\n"
                          "{\"number\":3,\"mergedAt\":\"CANARY\"," PULL(
                              "3") "},\n"
                                   "{\"number\":4,\"mergedAt\":\"2026-10-06T09:30:00Z\",\"url\":"
                                   "\"CANARY\"},\n"
                                   "{\"number\":5,\"number\":6,\"mergedAt\":\"2026-10-06T09:30:"
                                   "00Z\"," PULL("5") "},\n"
                                                      "{\"number\":7,\"mergedAt\":\"2026-12-06T09:"
                                                      "30:00Z\"," PULL("7") "}]",
        "",
        "prs.json:1:2: skipped: not a number: number: not a whole number (export the file again or "
        "mend the field)\n"
        "prs.json:2:1: skipped: number out of range: number: below 1, or larger than any that is "
        "given (compare the record with the vendor's console)\n"
        "prs.json:3:1: skipped: not a date: mergedAt: not a moment as this export writes them "
        "(write dates as YYYY-MM-DD)\n"
        "prs.json:4:1: skipped: value not allowed: url: not the address of such an item (see "
        "docs/settings.md for the allowed values)\n"
        "prs.json:5:1: skipped: broken JSON: number: the member is there twice (export the file "
        "again; it may be cut off)\n"
        "prs.json:6:1: skipped: date in the future: mergedAt: later than the day of this run "
        "(check the clock of the exporting system)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merged_requests_count_for_the_team_of_the_author),
        cmocka_unit_test(open_requests_and_those_of_bots_are_not_counted),
        cmocka_unit_test(lists_of_the_length_of_a_limit_are_doubted),
        cmocka_unit_test(issues_count_once_closed_and_as_features_by_label),
        cmocka_unit_test(rest_requests_count_when_merged_into_the_default_branch),
        cmocka_unit_test(a_request_has_one_key_in_every_form),
        cmocka_unit_test(pull_requests_among_issues_are_passed_over),
        cmocka_unit_test(a_list_without_addresses_is_refused_by_name),
        cmocka_unit_test(records_that_cannot_be_taken_are_named),
    };
    return cmocka_run_group_tests(tests, transcript_enter, NULL);
}
