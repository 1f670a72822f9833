/* Claude Code Analytics: packagings, parts, money, pages; records computed by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

/* Two records of one day: a person with two models, and a key. */
#define PERSON                                                                                     \
    "{\"date\":\"2026-09-08T00:00:00Z\",\"actor\":{\"type\":\"user_actor\",\"email_address\":"     \
    "\"Ana@example.com\"},\"organization_id\":\"o-1\",\"customer_type\":\"subscription\","         \
    "\"subscription_type\":\"team\",\"terminal_type\":\"vscode\",\"is_remote\":false,"             \
    "\"core_metrics\":{\"num_sessions\":4,\"lines_of_code\":{\"added\":312,\"removed\":95},"       \
    "\"commits_by_claude_code\":3,\"pull_requests_by_claude_code\":1},\"tool_actions\":{"          \
    "\"edit_tool\":{\"accepted\":28,\"rejected\":4},\"new_tool\":{\"accepted\":5,\"rejected\":0}}" \
    ",\"model_breakdown\":[{\"model\":\"claude-sonnet-5\",\"tokens\":{\"input\":41000,"            \
    "\"output\":18000,\"cache_read\":910000,\"cache_creation\":62000},\"estimated_cost\":{"        \
    "\"currency\":\"USD\",\"amount\":60}},{\"model\":\"claude-haiku-4-5\",\"tokens\":{\"input\":"  \
    "10,\"output\":20,\"cache_read\":30,\"cache_creation\":40},\"estimated_cost\":{\"currency\":"  \
    "\"USD\",\"amount\":1.234567}}]}"

#define PERSON_TEXT                                                                                \
    "2026-09-08 email:Ana@example.com model:claude-sonnet-5 terminal interactions=4 sessions=4 "   \
    "input_tokens=41000 cache_write_tokens=62000 cache_read_tokens=910000 output_tokens=18000 "    \
    "list_value=~600000 accepted=33 rejected=4\n"                                                  \
    "2026-09-08 email:Ana@example.com part=1 model:claude-haiku-4-5 terminal input_tokens=10 "     \
    "cache_write_tokens=40 cache_read_tokens=30 output_tokens=20 list_value=~12346\n"

#define KEY                                                                                        \
    "{\"date\":\"2026-09-08T00:00:00Z\",\"actor\":{\"type\":\"api_actor\",\"api_key_name\":"       \
    "\"ci-runner\"},\"customer_type\":\"api\",\"subscription_type\":null,\"terminal_type\":null,"  \
    "\"core_metrics\":{\"num_sessions\":9},\"tool_actions\":{},\"model_breakdown\":[{\"model\":"   \
    "\"claude-haiku-4-5-20251001\",\"tokens\":{\"input\":9000},\"estimated_cost\":{\"currency\":"  \
    "\"USD\",\"amount\":3}}]}"

#define KEY_TEXT                                                                                   \
    "2026-09-08 key:ci-runner service model:claude-haiku-4-5-20251001 terminal interactions=9 "    \
    "sessions=9 input_tokens=9000 metered=~30000 accepted=0 rejected=0\n"

#define INCOMPLETE                                                                                 \
    "f.json: warning: incomplete export: has_more: a page says that its day has more, and the "    \
    "next page is not here (export all pages of the period again)\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

static void a_page_is_read(void **state)
{
    (void)state;
    expect("{\"data\":[\n " PERSON ",\n " KEY "\n],\"has_more\":false,\"next_page\":null}\n",
        PERSON_TEXT KEY_TEXT, "");
}

static void pages_one_after_another_are_read(void **state)
{
    (void)state;
    expect("{\"data\":[" PERSON "],\"has_more\":false}{\"data\":[" KEY "],\"has_more\":false}",
        PERSON_TEXT KEY_TEXT, "");
}

static void pages_in_lines_are_read(void **state)
{
    (void)state;
    expect("{\"has_more\":true,\"next_page\":\"p2\",\"data\":[" PERSON "]}\r\n\r\n{\"data\":[" KEY
           "],\"has_more\":false}\r\n",
        PERSON_TEXT KEY_TEXT, "");
}

static void an_array_of_pages_is_read(void **state)
{
    (void)state;
    expect("[{\"data\":[" PERSON "]},\n{\"_comment\":\"x\",\"data\":[" KEY "]}]",
        PERSON_TEXT KEY_TEXT, "");
}

static void a_bare_array_of_records_is_read(void **state)
{
    (void)state;
    expect("\xef\xbb\xbf[" PERSON "," KEY "]", PERSON_TEXT KEY_TEXT, "");
}

static void records_in_lines_are_read(void **state)
{
    (void)state;
    expect(PERSON "\n" KEY, PERSON_TEXT KEY_TEXT, "");
}

static void a_page_that_has_more_wants_another(void **state)
{
    (void)state;
    expect("{\"data\":[" KEY "],\"has_more\":true,\"next_page\":\"x\"}", KEY_TEXT, INCOMPLETE);
}

/* A record of one day with given members besides. */
#define OF_DAY(day, members)                                                                       \
    "{\"date\":\"" day "\",\"actor\":{\"type\":\"user_actor\",\"email_address\":\"a@b.example\"}," \
    "\"model_breakdown\":[]," members "}"

#define ACTIVE "\"core_metrics\":{\"num_sessions\":1}"

static void the_next_page_must_be_of_the_same_day(void **state)
{
    (void)state;
    expect("{\"data\":[" OF_DAY("2026-09-08", ACTIVE) "],\"has_more\":true}\n"
                                                      "{\"data\":[" OF_DAY("2026-09-09",
                                                          ACTIVE) "],\"has_more\":false}\n",
        "2026-09-08 email:a@b.example terminal interactions=1 sessions=1\n"
        "2026-09-09 email:a@b.example terminal interactions=1 sessions=1\n",
        "f.json:2:10: warning: incomplete export: has_more: a page says that its day has more, "
        "and the next page is not here (export all pages of the period again)\n");
}

static void an_empty_page_covers_nothing(void **state)
{
    (void)state;
    expect("{\"data\":[],\"has_more\":false,\"next_page\":null}", "",
        "f.json: note: empty file: a page without records, which does not mean no use (export the "
        "period again if use was expected)\n");
}

static void tokens_without_sessions_are_one_interaction(void **state)
{
    (void)state;
    expect("{\"date\":\"2026-09-08\",\"actor\":{\"type\":\"user_actor\",\"email_address\":\"a@b\"},"
           "\"core_metrics\":{\"num_sessions\":0},\"model_breakdown\":[{\"model\":\"m\","
           "\"tokens\":{\"output\":1}}]}",
        "2026-09-08 email:a@b model:m terminal interactions=1 sessions=0 output_tokens=1\n", "");
}

static void file_actions_without_sessions_are_one_interaction(void **state)
{
    (void)state;
    expect(OF_DAY("2026-09-08",
               "\"core_metrics\":{},\"tool_actions\":{\"edit_tool\":{\"rejected\":2}}"),
        "2026-09-08 email:a@b.example terminal interactions=1 accepted=0 rejected=2\n", "");
}

static void a_record_without_any_use_is_no_interaction(void **state)
{
    (void)state;
    expect(OF_DAY("2026-09-08", "\"core_metrics\":{\"num_sessions\":0},\"tool_actions\":{}"),
        "2026-09-08 email:a@b.example terminal interactions=0 sessions=0 accepted=0 rejected=0\n",
        "");
}

static void remote_use_is_agent_use(void **state)
{
    (void)state;
    expect(OF_DAY("2026-09-08", ACTIVE ",\"is_remote\":true"),
        "2026-09-08 email:a@b.example agent interactions=1 sessions=1\n", "");
}

static void other_currencies_leave_the_amount_out(void **state)
{
    (void)state;
    expect("{\"date\":\"2026-09-08\",\"actor\":{\"type\":\"user_actor\",\"email_address\":\"a@b\"},"
           "\"core_metrics\":{\"num_sessions\":1},\"model_breakdown\":[{\"model\":\"m\","
           "\"estimated_cost\":{\"currency\":\"EUR\",\"amount\":5}}]}",
        "2026-09-08 email:a@b model:m terminal interactions=1 sessions=1\n",
        "f.json:1:1: warning: doubtful value: model_breakdown[].estimated_cost.currency: not USD: "
        "the amount of this model is left out (compare the record with the vendor's console)\n");
}

static void a_null_is_a_missing_value(void **state)
{
    (void)state;
    expect(OF_DAY("2026-09-08", "\"core_metrics\":{\"num_sessions\":null},\"tool_actions\":null,"
                                "\"is_remote\":null"),
        "2026-09-08 email:a@b.example terminal interactions=0\n", "");
}

static void bad_values_skip_the_record_and_name_the_member(void **state)
{
    (void)state;
    expect(OF_DAY("2026-09-08", "\"core_metrics\":{\"num_sessions\":-1}") "\n" /* 1 */
        OF_DAY("2026-09-08", "\"core_metrics\":{\"num_sessions\":1.5}") "\n"   /* 2 */
        OF_DAY("2026-09-08", "\"core_metrics\":{\"num_sessions\":\"4\"}") "\n" /* 3 */
        OF_DAY(
            "2026-09-08", "\"core_metrics\":{\"num_sessions\":99999999999999999999}") "\n" /* 4 */
        OF_DAY("2026-09-31", ACTIVE) "\n"                                                  /* 5 */
        OF_DAY("2026-11-21T00:00:00Z", ACTIVE) "\n"                                        /* 6 */
        OF_DAY("2026-09-08", ACTIVE ",\"is_remote\":1") "\n"                               /* 7 */
        OF_DAY("2026-09-08", ACTIVE ",\"terminal_type\":\"a\\u0000b\"") "\n"               /* 8 */
        OF_DAY("2026-09-08", ACTIVE ",\"terminal_type\":\"\\ud800\"") "\n"                 /* 9 */
        OF_DAY("2026-09-08", ACTIVE "," ACTIVE) "\n"                                       /* 10 */
        OF_DAY("2026-09-08", ACTIVE ",\"terminal_type\":\"\xff\"") "\n",                   /* 11 */
        "",
        "f.json:1:1: skipped: number out of range: core_metrics.num_sessions: a count cannot be "
        "so (compare the record with the vendor's console)\n"
        "f.json:2:1: skipped: not a number: core_metrics.num_sessions: a whole number is wanted "
        "(export the file again or mend the field)\n"
        "f.json:3:1: skipped: not a number: core_metrics.num_sessions: a whole number is wanted "
        "(export the file again or mend the field)\n"
        "f.json:4:1: skipped: number out of range: core_metrics.num_sessions: a count cannot be "
        "so (compare the record with the vendor's console)\n"
        "f.json:5:1: skipped: not a date: date: neither YYYY-MM-DD nor an instant with its zone "
        "(write dates as YYYY-MM-DD)\n"
        "f.json:6:1: skipped: date in the future: date: later than the day of this run (check the "
        "clock of the exporting system)\n"
        "f.json:7:1: skipped: broken JSON: is_remote: true or false is wanted (export "
        "the file again; it may be cut off)\n"
        "f.json:8:1: skipped: broken JSON: terminal_type: the text is too long or holds a "
        "NUL (export the file again; it may be cut off)\n"
        "f.json:9:153: skipped: broken JSON: a string with a bad escape, or half of a surrogate "
        "pair (export the file again; it may be cut off)\n"
        "f.json:10:1: skipped: broken JSON: core_metrics: the member is there twice (export the "
        "file again; it may be cut off)\n"
        "f.json:11:1: skipped: not UTF-8: bytes that are not UTF-8 (save the file as UTF-8 and "
        "read it again)\n");
}

static void a_record_with_too_many_models_is_left_out(void **state)
{
    (void)state;
    GString *text = g_string_new(
        "{\"date\":\"2026-09-08\",\"actor\":{\"type\":\"user_actor\",\"email_address\":\"a@b\"},"
        "\"core_metrics\":{},\"model_breakdown\":[");
    for (guint i = 0; i < 1001; i++)
        g_string_append(text, i > 0 ? ",{}" : "{}");
    g_string_append(text, "]}");
    expect(text->str, "",
        "f.json:1:1: skipped: record too long: model_breakdown[]: more than 1000 models in a "
        "record (check that this is the export, not another file)\n");
    g_string_free(text, TRUE);
}

static void an_actor_must_be_of_a_known_type_and_have_a_name(void **state)
{
    (void)state;
    expect("{\"date\":\"2026-09-08\",\"actor\":{\"type\":\"robot\"},\"core_metrics\":{},"
           "\"model_breakdown\":[]}\n"
           "{\"date\":\"2026-09-08\",\"actor\":{},\"core_metrics\":{},\"model_breakdown\":[]}\n"
           "{\"date\":\"2026-09-08\",\"actor\":{\"type\":\"user_actor\",\"email_address\":\" \"},"
           "\"core_metrics\":{},\"model_breakdown\":[]}\n",
        "",
        "f.json:1:1: skipped: format not recognised: actor.type: neither user_actor nor "
        "api_actor (see docs/formats.md for what is read)\n"
        "f.json:2:1: skipped: missing field: actor.type: no actor (export the file again with all "
        "columns)\n"
        "f.json:3:1: skipped: missing field: actor.email_address: the actor has no name (export "
        "the file again with all columns)\n");
}

static guint64 key_with(const char *members)
{
    Reading reading;
    g_autofree char *text = g_strconcat(
        "{\"date\":\"2026-09-08\",\"actor\":{\"type\":\"user_actor\",\"email_address\":\"a@b\"},"
        "\"core_metrics\":{},\"model_breakdown\":[]",
        members, "}", NULL);
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_int_equal(reading.keys->len, 1);
    guint64 key = g_array_index(reading.keys, guint64, 0);
    transcript_clear(&reading);
    return key;
}

static void each_member_of_the_key_tells_records_apart(void **state)
{
    (void)state;
    static const char *const members[] = {"", ",\"organization_id\":\"o\"",
        ",\"customer_type\":\"api\"", ",\"subscription_type\":\"team\"",
        ",\"terminal_type\":\"tmux\"", ",\"is_remote\":true"};
    for (guint i = 0; i < G_N_ELEMENTS(members); i++)
        for (guint j = 0; j < i; j++)
            assert_true(key_with(members[i]) != key_with(members[j]));
}

static void local_use_and_an_older_export_without_the_member_have_one_key(void **state)
{
    (void)state;
    assert_true(key_with("") == key_with(",\"is_remote\":false"));
}

static void bounds_leave_days_out_and_count_them(void **state)
{
    (void)state;
    TmIntakeOptions options = {.today = tm_day_parse(TEST_TODAY, -1),
        .since = tm_day_parse("2026-09-08", -1),
        .until = tm_day_parse("2026-09-08", -1)};
    const char *text =
        OF_DAY("2026-09-07", ACTIVE) OF_DAY("2026-09-08", ACTIVE) OF_DAY("2026-09-09", ACTIVE);
    Reading reading;
    transcript_read_with(&reading, "f.json", text, strlen(text), &options);
    assert_string_equal(
        reading.records->str, "2026-09-08 email:a@b.example terminal interactions=1 sessions=1\n");
    assert_int_equal(reading.summary.rows_outside, 2);
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
        cmocka_unit_test(a_page_is_read),
        cmocka_unit_test(pages_one_after_another_are_read),
        cmocka_unit_test(pages_in_lines_are_read),
        cmocka_unit_test(an_array_of_pages_is_read),
        cmocka_unit_test(a_bare_array_of_records_is_read),
        cmocka_unit_test(records_in_lines_are_read),
        cmocka_unit_test(a_page_that_has_more_wants_another),
        cmocka_unit_test(the_next_page_must_be_of_the_same_day),
        cmocka_unit_test(an_empty_page_covers_nothing),
        cmocka_unit_test(tokens_without_sessions_are_one_interaction),
        cmocka_unit_test(file_actions_without_sessions_are_one_interaction),
        cmocka_unit_test(a_record_without_any_use_is_no_interaction),
        cmocka_unit_test(remote_use_is_agent_use),
        cmocka_unit_test(other_currencies_leave_the_amount_out),
        cmocka_unit_test(a_null_is_a_missing_value),
        cmocka_unit_test(bad_values_skip_the_record_and_name_the_member),
        cmocka_unit_test(a_record_with_too_many_models_is_left_out),
        cmocka_unit_test(an_actor_must_be_of_a_known_type_and_have_a_name),
        cmocka_unit_test(each_member_of_the_key_tells_records_apart),
        cmocka_unit_test(local_use_and_an_older_export_without_the_member_have_one_key),
        cmocka_unit_test(bounds_leave_days_out_and_count_them),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
