/* Codex Enterprise Analytics: users by day, totals apart, clients, what is refused. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define DAY "\"start_time\":1788825600,\"end_time\":1788912000"
#define WEEK "\"start_time\":1788739200,\"end_time\":1789344000"
#define CLIENTS                                                                                    \
    "\"clients\":[{\"client_id\":\"codex_cli\",\"threads\":2,\"turns\":15,\"credits\":10.5,"       \
    "\"uncached_text_input_tokens\":52000,\"cached_text_input_tokens\":410000,"                    \
    "\"text_output_tokens\":9000,\"text_total_tokens\":471000},{\"client_id\":\"codex_vscode\","   \
    "\"threads\":1,\"turns\":6,\"credits\":4,\"uncached_text_input_tokens\":9000,"                 \
    "\"cached_text_input_tokens\":60000,\"text_output_tokens\":2000,\"text_total_tokens\":71000}]"
#define ANA                                                                                        \
    "{\"object\":\"codex.usage\"," DAY ",\"user_id\":\"user-A\",\"actor\":{\"type\":\"user\","     \
    "\"user_id\":\"user-A\",\"email\":\"ana@example.com\"},\"totals\":{\"threads\":3,\"turns\":21" \
    ",\"credits\":14.5}," CLIENTS ",\"models\":[{\"model\":\"gpt-5.4\",\"credits\":14.5,"          \
    "\"speed\":\"standard\"}],\"code_attribution\":{\"lines_added\":180,\"lines_removed\":44}}"
#define ANA_TEXT                                                                                   \
    "2026-09-08 email:ana@example.com user_id:user-A model:gpt-5.4 terminal price "                \
    "interactions=21 sessions=3 messages=21 input_tokens=52000 cache_read_tokens=410000 "          \
    "output_tokens=9000\n"                                                                         \
    "2026-09-08 email:ana@example.com user_id:user-A part=1 model:gpt-5.4 edit price "             \
    "input_tokens=9000 cache_read_tokens=60000 output_tokens=2000\n"

#define ROW(period, members) "{" period "," members "}"
#define TOTALS(threads, turns) "\"totals\":{\"threads\":" #threads ",\"turns\":" #turns "}"
#define BEN "\"user_id\":\"user-B\",\"email\":\"ben@example.com\""
#define BEN_HEAD "2026-09-08 email:ben@example.com user_id:user-B "

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

static void a_page_is_read_by_client(void **state)
{
    (void)state;
    expect("{\"object\":\"page\",\"data\":[" ANA "],\"has_more\":false,\"next_page\":null}",
        ANA_TEXT, "");
}

static void rows_are_read_without_a_page(void **state)
{
    (void)state;
    expect(ANA "\n" ANA, ANA_TEXT ANA_TEXT, "");
    expect("[" ANA "]", ANA_TEXT, "");
}

static void an_older_row_has_its_email_at_the_top(void **state)
{
    (void)state;
    expect(ROW(DAY, BEN "," TOTALS(1, 2)), BEN_HEAD "interactions=2 sessions=1 messages=2\n", "");
}

static void totals_of_the_workspace_stand_apart(void **state)
{
    (void)state;
    expect("{\"data\":[" ROW(DAY, "\"user_id\":null,\"actor\":null," TOTALS(9, 40)) "," ROW(
               WEEK, "\"user_id\":null," TOTALS(30, 200)) "]}",
        "2026-09-08 source:codex-analytics-workspace service interactions=40 sessions=9 "
        "messages=40\n"
        "2026-09-07 source:codex-analytics-workspace service interactions=200 sessions=30 "
        "messages=200\n",
        "");
}

static void weeks_of_users_are_not_spread(void **state)
{
    (void)state;
    expect(ROW(WEEK, BEN "," TOTALS(1, 2)) "\n" ROW(WEEK, BEN "," TOTALS(1, 2)), "",
        "f.json:1: skipped: format not recognised: 2 rows of users from here on are longer than a "
        "day, not read: export by day (see docs/formats.md for what is read)\n");
}

static void tokens_of_several_models_have_none(void **state)
{
    (void)state;
    expect(ROW(DAY, BEN ",\"models\":[{\"model\":\"a\"},{\"model\":\"b\"}]," TOTALS(1, 2)),
        BEN_HEAD "interactions=2 sessions=1 messages=2\n", "");
}

static void the_fast_speed_of_the_only_model_is_priced(void **state)
{
    (void)state;
    expect(ROW(DAY, BEN ",\"models\":[{\"model\":\"a\",\"speed\":\"fast\"}]," TOTALS(1, 2)),
        BEN_HEAD "model:a price/fast interactions=2 sessions=1 messages=2\n", "");
}

static void use_without_turns_is_one_interaction(void **state)
{
    (void)state;
    expect(ROW(DAY, BEN "," TOTALS(1, 0)) "\n" ROW(
               DAY, BEN ",\"clients\":[{\"client_id\":\"web\",\"text_total_tokens\":5}]," TOTALS(
                        0, 0)) "\n" ROW(DAY, BEN ",\"clients\":null,\"models\":null," TOTALS(0, 0)),
        BEN_HEAD "interactions=1 sessions=1 messages=0\n" BEN_HEAD
                 "agent interactions=1 sessions=0 messages=0 unsplit_tokens=5\n" BEN_HEAD
                 "interactions=0 sessions=0 messages=0\n",
        "");
}

static void a_page_that_has_more_wants_another(void **state)
{
    (void)state;
    expect("{\"data\":[" ANA "],\"has_more\":true,\"next_cursor\":\"c\"}", ANA_TEXT,
        "f.json: warning: incomplete export: has_more: the last page says that there is more, and "
        "the next page is not here (export all pages of the period again)\n");
}

static void keys_are_of_the_period_and_the_user(void **state)
{
    (void)state;
    Reading one, other;
    const char *first = ANA "\n" ROW(DAY, BEN "," TOTALS(1, 2));
    const char *second = ROW(DAY, BEN "," TOTALS(7, 8));
    transcript_read(&one, "f", first, strlen(first));
    transcript_read(&other, "f", second, strlen(second));
    assert_true(g_array_index(one.keys, guint64, 0) != g_array_index(one.keys, guint64, 1));
    assert_int_equal(g_array_index(one.keys, guint64, 1), g_array_index(other.keys, guint64, 0));
    transcript_clear(&one);
    transcript_clear(&other);
}

static void wrong_values_are_reported(void **state)
{
    (void)state;
    expect("[" ROW(DAY, "\"user_id\":7," TOTALS(1, 2)) ",\n" ROW(
               DAY, BEN "," TOTALS(-1, 2)) ",\n" ROW("\"start_time\":5,\"end_time\":null",
               BEN "," TOTALS(1, 2)) ",\n" ROW("\"start_time\":5,\"end_time\":5",
               BEN "," TOTALS(1, 2)) ",\n" ROW("\"start_time\":1988825600,\"end_time\":1988825601",
               BEN "," TOTALS(1, 2)) ",\n" ROW(DAY,
               BEN ",\"clients\":[{\"text_output_tokens\":\"x\"}]," TOTALS(1, 2)) "]",
        "",
        "f.json:1:2: skipped: broken JSON: user_id: text is wanted (export the file again; it may "
        "be cut off)\n"
        "f.json:2:1: skipped: number out of range: totals.threads: a count cannot be so (compare "
        "the record with the vendor's console)\n"
        "f.json:3:1: skipped: missing field: end_time: a period has two ends (export the file "
        "again with all columns)\n"
        "f.json:4:1: skipped: not a date: end_time: the period does not end (write dates as "
        "YYYY-MM-DD)\n"
        "f.json:5:1: skipped: date in the future: start_time: later than the day of this run "
        "(check the clock of the exporting system)\n"
        "f.json:6:1: skipped: not a number: clients[].text_output_tokens: a whole number is wanted "
        "(export the file again or mend the field)\n");
}

/* ---- What is refused by name --------------------------------------------------------------- */

#define REFUSED(text)                                                                              \
    "f.json: skipped: format not recognised: " text " (see docs/formats.md for "                   \
    "what is read)\n"

static void other_files_of_codex_are_refused_by_name(void **state)
{
    (void)state;
    expect("{\"type\":\"thread.started\",\"thread_id\":\"t\"}\n{\"type\":\"turn.started\"}\n", "",
        REFUSED("output of codex exec --json: it has no times; collect the rollouts below "
                "~/.codex/sessions instead"));
    expect("{\"type\":\"CODEX_LOG\",\"timestamp\":\"2026-09-08T00:00:00Z\",\"payload\":{}}", "",
        REFUSED("Codex logs of the Compliance API: they hold prompts; export Codex Enterprise "
                "Analytics instead"));
    expect("{\"event_type\":\"CODEX_LOG\"}", "",
        REFUSED("Codex logs of the Compliance API: they hold prompts; export Codex Enterprise "
                "Analytics instead"));
    expect("{\"data\":[{" DAY ",\"pull_request_reviews\":3,\"comments\":4}]}", "",
        REFUSED("Codex code reviews: they are no use by persons; export Codex Enterprise "
                "Analytics, usage, instead"));
    expect("{\"data\":[{" DAY ",\"replies\":3,\"reactions\":4}]}", "",
        REFUSED("answers to Codex code reviews: they are no use of it; export Codex Enterprise "
                "Analytics, usage, instead"));
    expect("{\"data\":[{\"object\":\"organization.user\",\"id\":\"u\",\"email\":\"x\"}]}", "",
        REFUSED("OpenAI's list of users: put ids and e-mail addresses into identities.csv"));
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
        cmocka_unit_test(a_page_is_read_by_client),
        cmocka_unit_test(rows_are_read_without_a_page),
        cmocka_unit_test(an_older_row_has_its_email_at_the_top),
        cmocka_unit_test(totals_of_the_workspace_stand_apart),
        cmocka_unit_test(weeks_of_users_are_not_spread),
        cmocka_unit_test(tokens_of_several_models_have_none),
        cmocka_unit_test(the_fast_speed_of_the_only_model_is_priced),
        cmocka_unit_test(use_without_turns_is_one_interaction),
        cmocka_unit_test(a_page_that_has_more_wants_another),
        cmocka_unit_test(keys_are_of_the_period_and_the_user),
        cmocka_unit_test(wrong_values_are_reported),
        cmocka_unit_test(other_files_of_codex_are_refused_by_name),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
