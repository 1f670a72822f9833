/* Copilot user rows: containers, prompts, interactions, scopes; records computed by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define HEAD "{\"day\":\"2026-09-21\",\"organization_id\":\"800001\",\"user_id\":5001"
#define ROW(members) HEAD members "}"
#define WHO "2026-09-21 user_id:5001 "

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

static void a_full_row_is_read(void **state)
{
    (void)state;
    expect(ROW(",\"user_login\":\"ana-dev_EXM\",\"ai_credits_used\":37.255,"
               "\"user_initiated_interaction_count\":14,\"code_generation_activity_count\":31,"
               "\"code_acceptance_activity_count\":9,\"loc_added_sum\":210,\"used_cli\":true,"
               "\"used_copilot_code_review_passive\":true,\"totals_by_ide\":[{\"ide\":\"vscode\","
               "\"last_known_plugin_version\":null}],\"totals_by_feature\":[{\"feature\":"
               "\"chat_inline\",\"loc_added_sum\":1},{\"feature\":\"copilot_cli\","
               "\"user_initiated_interaction_count\":6}],\"totals_by_language_feature\":[{"
               "\"language\":\"secret text\"}],\"totals_by_cli\":{\"session_count\":2,"
               "\"request_count\":20,\"prompt_count\":6,\"token_usage\":{\"output_tokens_sum\":"
               "9000,\"prompt_tokens_sum\":391000,\"avg_tokens_per_request\":20000.0},"
               "\"last_known_cli_version\":{\"cli_version\":\"1\"}},\"totals_by_skill\":[{"
               "\"skill\":\"other\"}]"),
        "2026-09-21 user_id:5001 login:ana-dev_EXM interactions=23 sessions=2 requests=20 "
        "messages=14 output_tokens=9000 unsplit_tokens=391000 list_value=372550 shown=31 "
        "accepted=9\n",
        "");
}

static void terminal_prompts_outside_the_counter_are_added(void **state)
{
    (void)state;
    expect(ROW(",\"user_initiated_interaction_count\":3,\"totals_by_feature\":[],"
               "\"totals_by_cli\":{\"session_count\":1,\"request_count\":3,\"prompt_count\":2}"),
        WHO "interactions=5 sessions=1 requests=3 messages=5\n", "");
}

static void terminal_prompts_inside_the_counter_are_not_added(void **state)
{
    (void)state;
    expect(ROW(",\"user_initiated_interaction_count\":3,\"totals_by_feature\":[{\"feature\":"
               "\"copilot_cli\"}],\"totals_by_cli\":{\"prompt_count\":2}"),
        WHO "interactions=3 messages=3\n", "");
}

static void without_features_the_day_tells_whether_they_are_inside(void **state)
{
    (void)state;
    expect("{\"day\":\"2026-04-09\",\"user_id\":1,\"user_initiated_interaction_count\":3,"
           "\"totals_by_cli\":{\"prompt_count\":2}}\n"
           "{\"day\":\"2026-04-10\",\"user_id\":1,\"user_initiated_interaction_count\":3,"
           "\"totals_by_cli\":{\"prompt_count\":2}}\n",
        "2026-04-09 user_id:1 interactions=5 messages=5\n"
        "2026-04-10 user_id:1 interactions=3 messages=3\n",
        "");
}

static void generations_alone_are_no_interaction(void **state)
{
    (void)state;
    expect(ROW(",\"code_generation_activity_count\":7,\"code_acceptance_activity_count\":0"),
        WHO "interactions=0 shown=7 accepted=0\n", "");
}

static void a_flag_alone_is_one_interaction(void **state)
{
    (void)state;
    expect(ROW(",\"used_copilot_cloud_agent\":true,\"used_copilot_coding_agent\":false"),
        WHO "interactions=1\n", "");
}

static void a_passive_review_alone_is_none(void **state)
{
    (void)state;
    expect(ROW(",\"used_copilot_code_review_passive\":true,"
               "\"used_copilot_code_review_active\":null"),
        WHO "interactions=0\n", "");
}

static void credits_alone_are_one_interaction(void **state)
{
    (void)state;
    expect(ROW(",\"ai_credits_used\":0.5"), WHO "interactions=1 list_value=5000\n", "");
}

static void agent_jobs_are_interactions_and_no_messages(void **state)
{
    (void)state;
    expect(ROW(",\"user_initiated_interaction_count\":1,\"totals_by_3rd_party_agent\":[{"
               "\"agent_id\":\"x\",\"agent_name\":\"y\",\"user_initiated_interaction_count\":2}]"),
        WHO "interactions=3 messages=1\n", "");
}

static void sessions_of_terminal_app_and_editor_agents_add_up(void **state)
{
    (void)state;
    expect(ROW(",\"totals_by_cli\":{\"session_count\":2},\"totals_by_copilot_app\":{"
               "\"session_count\":3,\"request_count\":1,\"token_usage\":{\"prompt_tokens_sum\":7,"
               "\"output_tokens_sum\":null}},\"totals_by_vscode_agent\":{\"session_count\":4,"
               "\"total_user_messages\":5}"),
        WHO "interactions=5 sessions=9 requests=1 unsplit_tokens=7\n", "");
}

static void nulls_and_old_names_of_lines_are_nothing(void **state)
{
    (void)state;
    expect(ROW(",\"user_initiated_interaction_count\":null,\"generated_loc_sum\":5,"
               "\"accepted_loc_sum\":2,\"loc_added_sum\":null,\"totals_by_cli\":null"),
        WHO "interactions=0\n", "");
}

static void glued_rows_and_blank_lines_are_read(void **state)
{
    (void)state;
    expect("\xef\xbb\xbf" ROW("") ROW("") "\r\n\r\n" ROW("") "\r\n",
        WHO "interactions=0\n" WHO "interactions=0\n" WHO "interactions=0\n", "");
}

static void a_wrapper_gives_ids_coverage_and_time(void **state)
{
    (void)state;
    const char *text = "{\"report_start_day\":\"2026-08-25\",\"report_end_day\":\"2026-09-21\","
                       "\"organization_id\":\"800001\",\"created_at\":\"2026-09-22T03:30:00.000Z\","
                       "\"day_totals\":[{\"day\":\"2026-09-21\",\"user_id\":5001}]}";
    Reading reading;
    transcript_read(&reading, "f-2026-01-01.json", text, strlen(text));
    assert_string_equal(
        reading.records->str, "covered 2026-08-25 2026-09-21\n" WHO "interactions=0\n");
    assert_int_equal(reading.summary.exported, G_GINT64_CONSTANT(1790047800000));
    Reading bare;
    transcript_read(&bare, "f.json", ROW(""), strlen(ROW("")));
    assert_true(g_array_index(bare.keys, guint64, 0) == g_array_index(reading.keys, guint64, 0));
    transcript_clear(&bare);
    transcript_clear(&reading);
}

static void rows_of_28_days_cover_them_once(void **state)
{
    (void)state;
#define SPAN ",\"report_start_day\":\"2026-08-25\",\"report_end_day\":\"2026-09-21\""
    expect(ROW(SPAN) "\n" ROW(SPAN),
        "covered 2026-08-25 2026-09-21\n" WHO "interactions=0\n" WHO "interactions=0\n", "");
}

static void the_scope_makes_the_source(void **state)
{
    (void)state;
    assert_string_equal(transcript_source("f.json", ROW(",\"enterprise_id\":\"700001\"")),
        "copilot-organisation-users");
    assert_string_equal(
        transcript_source(
            "f.json", "{\"day\":\"2026-09-21\",\"enterprise_id\":\"700001\",\"user_id\":5001}"),
        "copilot-enterprise-users");
}

static void rows_of_the_other_scope_are_refused(void **state)
{
    (void)state;
    expect(ROW("") "\n{\"day\":\"2026-09-21\",\"enterprise_id\":\"700001\",\"user_id\":5001}",
        WHO "interactions=0\n",
        "f.json:2:1: skipped: format not recognised: organization_id: enterprise and "
        "organisation rows in one file: only rows like the first are read (see docs/formats.md for "
        "what is read)\n");
}

static void other_kinds_of_rows_are_counted_by_name(void **state)
{
    (void)state;
    expect(
        ROW("") "\n" ROW(
            ",\"team_id\":61,\"slug\":\"x\"") "\n"
                                              "{\"day\":\"2026-09-21\",\"daily_active_users\":2}\n"
                                              "{\"day\":\"2026-09-21\",\"daily_active_users\":3}\n"
                                              "{\"day\":\"2026-09-21\",\"repo_id\":3}\n",
        WHO "interactions=0\n",
        "f.json:2: skipped: format not recognised: 1 team membership rows from here on, not read: "
        "they hold no use (see docs/formats.md for what is read)\n"
        "f.json:5: skipped: format not recognised: 1 repository rows from here on, not read: the "
        "first row is of another kind (see docs/formats.md for what is read)\n"
        "f.json:3: skipped: format not recognised: 2 aggregate rows from here on, not read: the "
        "first row is of another kind (see docs/formats.md for what is read)\n");
}

static void ids_may_be_numbers_or_text(void **state)
{
    (void)state;
    expect("{\"day\":\"2026-09-21\",\"user_id\":\"5001\",\"organization_id\":800001}\n"
           "{\"day\":\"2026-09-21\",\"organization_id\":800001,\"user_id\":5001.0}",
        WHO "interactions=0\n" WHO "interactions=0\n", "");
}

static void a_login_alone_is_enough(void **state)
{
    (void)state;
    expect("{\"day\":\"2026-09-21\",\"user_login\":\"bo\"}", "2026-09-21 login:bo interactions=0\n",
        "");
}

static void a_row_without_anybody_is_refused(void **state)
{
    (void)state;
    expect("{\"day\":\"2026-09-21\",\"user_id\":null}", "",
        "f.json:1:1: skipped: missing field: user_id: neither id nor login (export the file again "
        "with all columns)\n");
}

static void unknown_members_are_noted_once_wherever_they_are(void **state)
{
    (void)state;
    expect(ROW(",\"new_count\":1,\"totals_by_cli\":{\"new_inner\":2}") "\n" ROW(",\"new_count\":1"),
        WHO "interactions=0\n" WHO "interactions=0\n",
        "f.json:1: note: unknown field: new_count: not in the table of this format (nothing to "
        "do: it is not read)\n"
        "f.json:1: note: unknown field: new_inner: not in the table of this format (nothing to "
        "do: it is not read)\n");
}

static void dropped_content_is_counted(void **state)
{
    (void)state;
    const char *text = ROW(",\"totals_by_language_feature\":[],\"totals_by_skill\":null");
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_int_equal(reading.summary.dropped_content_fields, 2);
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
        cmocka_unit_test(a_full_row_is_read),
        cmocka_unit_test(terminal_prompts_outside_the_counter_are_added),
        cmocka_unit_test(terminal_prompts_inside_the_counter_are_not_added),
        cmocka_unit_test(without_features_the_day_tells_whether_they_are_inside),
        cmocka_unit_test(generations_alone_are_no_interaction),
        cmocka_unit_test(a_flag_alone_is_one_interaction),
        cmocka_unit_test(a_passive_review_alone_is_none),
        cmocka_unit_test(credits_alone_are_one_interaction),
        cmocka_unit_test(agent_jobs_are_interactions_and_no_messages),
        cmocka_unit_test(sessions_of_terminal_app_and_editor_agents_add_up),
        cmocka_unit_test(nulls_and_old_names_of_lines_are_nothing),
        cmocka_unit_test(glued_rows_and_blank_lines_are_read),
        cmocka_unit_test(a_wrapper_gives_ids_coverage_and_time),
        cmocka_unit_test(rows_of_28_days_cover_them_once),
        cmocka_unit_test(the_scope_makes_the_source),
        cmocka_unit_test(rows_of_the_other_scope_are_refused),
        cmocka_unit_test(other_kinds_of_rows_are_counted_by_name),
        cmocka_unit_test(ids_may_be_numbers_or_text),
        cmocka_unit_test(a_login_alone_is_enough),
        cmocka_unit_test(a_row_without_anybody_is_refused),
        cmocka_unit_test(unknown_members_are_noted_once_wherever_they_are),
        cmocka_unit_test(dropped_content_is_counted),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
