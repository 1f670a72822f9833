/* Copilot usage metrics that name no person: totals, repositories, pages, mixed files. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define TOTALS                                                                                     \
    "{\"day\":\"2026-09-21\",\"organization_id\":\"800001\",\"enterprise_id\":\"700001\","         \
    "\"daily_active_users\":2"
#define REPOSITORY                                                                                 \
    "{\"day\":\"2026-09-21\",\"organization_id\":\"800001\",\"repo_id\":42,"                       \
    "\"repo_owner_name\":\"canary\",\"repo_name\":\"canary\",\"repo_visibility\":\"private\""
#define COUNTED "2026-09-21 service interactions=0\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

static void totals_have_the_counters_and_nobody(void **state)
{
    (void)state;
    expect(TOTALS ",\"weekly_active_users\":2,\"daily_active_cli_users\":2,"
                  "\"monthly_passive_copilot_code_review_users\":1,"
                  "\"user_initiated_interaction_count\":14,\"code_generation_activity_count\":31,"
                  "\"code_acceptance_activity_count\":9,\"ai_credits_used\":37.25,"
                  "\"totals_by_feature\":[{\"feature\":\"copilot_cli\"}],"
                  "\"totals_by_cli\":{\"session_count\":3,\"request_count\":23,\"prompt_count\":7,"
                  "\"token_usage\":{\"output_tokens_sum\":9300,\"prompt_tokens_sum\":392200,"
                  "\"avg_tokens_per_request\":17456.52}},"
                  "\"totals_by_3rd_party_agent\":[{\"agent_id\":\"x\",\"session_count\":4,"
                  "\"user_initiated_interaction_count\":2}],"
                  "\"totals_by_ai_adoption_phase\":[{\"avg_x\":1.5}],"
                  "\"pull_requests\":{\"total_created\":3,\"median_minutes_to_merge\":93.5,"
                  "\"total_copilot_suggestions\":2}}",
        "2026-09-21 service interactions=25 sessions=3 requests=23 messages=14 output_tokens=9300 "
        "unsplit_tokens=392200 list_value=372500 shown=31 accepted=9\n",
        "");
}

static void credits_alone_make_no_interaction_of_many_people(void **state)
{
    (void)state;
    expect(TOTALS ",\"ai_credits_used\":5}", "2026-09-21 service interactions=0 list_value=50000\n",
        "");
}

static void the_scope_of_totals_makes_the_source(void **state)
{
    (void)state;
    assert_string_equal(transcript_source("f.json", TOTALS "}"), "copilot-organisation-totals");
    assert_string_equal(
        transcript_source("f.json", "{\"day\":\"2026-09-21\",\"enterprise_id\":\"700001\","
                                    "\"daily_active_users\":2}"),
        "copilot-enterprise-totals");
}

static void totals_and_repositories_stand_apart(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "copilot-enterprise-totals", "copilot-organisation-totals", "copilot-repositories"};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        assert_int_equal(tm_sources[tm_source_index(keys[i])].trait, TM_TRAIT_APART);
}

static void a_repository_is_known_by_its_number(void **state)
{
    (void)state;
    expect(REPOSITORY ",\"pull_requests\":{\"total_created\":3,\"total_suggestions\":9,"
                      "\"total_copilot_suggestions\":5,\"total_copilot_applied_suggestions\":2,"
                      "\"copilot_suggestions_by_comment_type\":[{\"total_copilot_suggestions\":7}]}"
                      ",\"pull_request_review_times\":{\"x\":1}}",
        "2026-09-21 service label:project:42 review shown=5 accepted=2\n", "");
    assert_string_equal(transcript_source("f.json", REPOSITORY "}"), "copilot-repositories");
}

static void a_repository_without_reviews_measures_nothing(void **state)
{
    (void)state;
    expect(
        REPOSITORY ",\"pull_requests\":null}", "2026-09-21 service label:project:42 review\n", "");
}

static void a_repository_is_one_in_both_scopes(void **state)
{
    (void)state;
    assert_true(transcript_key("f.json", REPOSITORY "}") ==
                transcript_key("f.json",
                    "{\"day\":\"2026-09-21\",\"enterprise_id\":\"7\",\"repo_id\":\"42\"}"));
}

static void totals_differ_by_day_and_scope_only(void **state)
{
    (void)state;
    guint64 key = transcript_key("f.json", TOTALS "}");
    assert_true(key == transcript_key("f.json", TOTALS ",\"user_initiated_interaction_count\":5}"));
    assert_true(
        key != transcript_key("f.json", "{\"day\":\"2026-09-22\",\"organization_id\":\"800001\","
                                        "\"daily_active_users\":2}"));
    assert_true(
        key != transcript_key("f.json", "{\"day\":\"2026-09-21\",\"organization_id\":\"800002\","
                                        "\"daily_active_users\":2}"));
}

static void all_packagings_give_the_same_record(void **state)
{
    (void)state;
    static const char *const packagings[] = {
        TOTALS "}",
        "[" TOTALS "}]",
        "{\"organization_id\":\"800001\",\"day_totals\":[{\"day\":\"2026-09-21\","
        "\"daily_active_users\":2}]}",
        "{\"day_totals\":[{\"day\":\"2026-09-21\",\"daily_active_users\":2}],"
        "\"organization_id\":\"800001\",\"copilot_feature_engagement\":{\"x\":1}}",
        "[{\"day_totals\":[" TOTALS "}]}]",
    };
    for (guint i = 0; i < G_N_ELEMENTS(packagings); i++) {
        expect(packagings[i], COUNTED, "");
        assert_true(
            transcript_key("f.json", packagings[i]) == transcript_key("f.json", packagings[0]));
    }
}

static void ids_and_days_behind_the_rows_count(void **state)
{
    (void)state;
    expect("{\"day_totals\":[{\"day\":\"2026-09-21\",\"user_id\":5001}],\"report_start_day\":"
           "\"2026-08-25\",\"report_end_day\":\"2026-09-21\",\"enterprise_id\":\"700001\"}",
        "covered 2026-08-25 2026-09-21\n2026-09-21 user_id:5001 interactions=0\n", "");
    assert_string_equal(
        transcript_source("f.json", "{\"day_totals\":[{\"day\":\"2026-09-21\",\"user_id\":5001}],"
                                    "\"enterprise_id\":\"700001\"}"),
        "copilot-enterprise-users");
}

static void ids_of_a_page_are_forgotten_with_it(void **state)
{
    (void)state;
    assert_true(
        transcript_key("f.json", "{\"organization_id\":\"1\",\"day_totals\":[]}\n"
                                 "{\"day_totals\":[{\"day\":\"2026-09-21\",\"user_id\":5001}]}") ==
        transcript_key("f.json", "{\"day\":\"2026-09-21\",\"user_id\":5001}"));
}

static void ids_of_a_row_win_over_those_of_the_page(void **state)
{
    (void)state;
    assert_true(transcript_key("f.json", "{\"organization_id\":\"1\",\"day_totals\":[" TOTALS
                                         "}]}") == transcript_key("f.json", TOTALS "}"));
}

static void a_broken_end_of_a_page_keeps_its_rows(void **state)
{
    (void)state;
    expect("{\"day_totals\":[{\"day\":\"2026-09-21\",\"user_id\":5001}],\"x\":}",
        "2026-09-21 user_id:5001 interactions=0\n",
        "f.json:1:52: skipped: broken JSON: not well-formed (export the file again; it may be cut "
        "off)\n");
}

static void rows_held_for_their_ids_are_bounded(void **state)
{
    (void)state;
    GString *text = g_string_new("{\"day_totals\":[");
    for (guint i = 0; i <= 100000; i++)
        g_string_append_printf(text, "{\"day\":\"2026-09-21\",\"user_id\":%u},\n", i);
    g_string_append(text, "]}");
    Reading reading;
    transcript_read(&reading, "f.json", text->str, text->len);
    assert_int_equal(reading.summary.rows_taken, 100000);
    assert_string_equal(reading.diagnostics,
        "f.json:100001:1: skipped: record too long: organization_id: too many rows before the ids "
        "at the end of their page (check that this is the export, not another file)\n");
    transcript_clear(&reading);
    g_string_free(text, TRUE);
}

static void other_kinds_in_a_file_of_totals_are_counted(void **state)
{
    (void)state;
    expect(TOTALS "}\n{\"day\":\"2026-09-21\",\"user_id\":1}\n" REPOSITORY "}\n", COUNTED,
        "f.json:2: skipped: format not recognised: 1 user rows from here on, not read: the first "
        "row is of another kind (see docs/formats.md for what is read)\n"
        "f.json:3: skipped: format not recognised: 1 repository rows from here on, not read: the "
        "first row is of another kind (see docs/formats.md for what is read)\n");
}

static void memberships_alone_are_refused_once(void **state)
{
    (void)state;
#define MEMBER                                                                                     \
    "{\"user_id\":1,\"user_login\":\"a\",\"day\":\"2026-09-21\",\"team_id\":61,\"slug\":"          \
    "\"canary\"}"
    expect(MEMBER "\n" MEMBER, "",
        "f.json:1: skipped: format not recognised: 2 team membership rows from here on, not read: "
        "they hold no use (see docs/formats.md for what is read)\n");
}

static void memberships_before_users_do_not_decide(void **state)
{
    (void)state;
    expect(MEMBER "\n{\"day\":\"2026-09-21\",\"user_id\":1}",
        "2026-09-21 user_id:1 interactions=0\n",
        "f.json:1: skipped: format not recognised: 1 team membership rows from here on, not read: "
        "they hold no use (see docs/formats.md for what is read)\n");
}

static void hostile_totals_are_left_out(void **state)
{
    (void)state;
    expect(TOTALS ",\"user_initiated_interaction_count\":-1}\n" TOTALS
                  ",\"totals_by_cli\":{\"request_count\":\"x\"}}\n"
                  "{\"day\":\"2026-13-01\",\"daily_active_users\":2}\n"
                  "{\"day\":null,\"daily_active_users\":2}\n"
                  "{\"day\":\"2026-11-21\",\"daily_active_users\":2}\n",
        "",
        "f.json:1:1: skipped: number out of range: user_initiated_interaction_count: a count "
        "cannot be so (compare the record with the vendor's console)\n"
        "f.json:2:1: skipped: not a number: totals_by_cli.request_count: a whole number is wanted "
        "(export the file again or mend the field)\n"
        "f.json:3:1: skipped: not a date: day: neither YYYY-MM-DD nor an instant with its zone "
        "(write dates as YYYY-MM-DD)\n"
        "f.json:4:1: skipped: missing field: day: no day (export the file again with all "
        "columns)\n"
        "f.json:5:1: skipped: date in the future: day: later than the day of this run (check the "
        "clock of the exporting system)\n");
}

static void names_never_leave_the_parser(void **state)
{
    (void)state;
    const char *text = REPOSITORY ",\"slug\":\"canary\",\"totals_by_language_feature\":[{"
                                  "\"language\":\"canary\"}],\"totals_by_skill\":[{\"skill\":"
                                  "\"canary\"}]}";
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_int_equal(reading.summary.rows_taken, 1);
    assert_int_equal(reading.summary.dropped_content_fields, 5);
    assert_null(strstr(reading.records->str, "canary"));
    assert_string_equal(reading.diagnostics, "");
    transcript_clear(&reading);
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
        cmocka_unit_test(totals_have_the_counters_and_nobody),
        cmocka_unit_test(credits_alone_make_no_interaction_of_many_people),
        cmocka_unit_test(the_scope_of_totals_makes_the_source),
        cmocka_unit_test(totals_and_repositories_stand_apart),
        cmocka_unit_test(a_repository_is_known_by_its_number),
        cmocka_unit_test(a_repository_without_reviews_measures_nothing),
        cmocka_unit_test(a_repository_is_one_in_both_scopes),
        cmocka_unit_test(totals_differ_by_day_and_scope_only),
        cmocka_unit_test(all_packagings_give_the_same_record),
        cmocka_unit_test(ids_and_days_behind_the_rows_count),
        cmocka_unit_test(ids_of_a_page_are_forgotten_with_it),
        cmocka_unit_test(ids_of_a_row_win_over_those_of_the_page),
        cmocka_unit_test(a_broken_end_of_a_page_keeps_its_rows),
        cmocka_unit_test(rows_held_for_their_ids_are_bounded),
        cmocka_unit_test(other_kinds_in_a_file_of_totals_are_counted),
        cmocka_unit_test(memberships_alone_are_refused_once),
        cmocka_unit_test(memberships_before_users_do_not_decide),
        cmocka_unit_test(hostile_totals_are_left_out),
        cmocka_unit_test(names_never_leave_the_parser),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
