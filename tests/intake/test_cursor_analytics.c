/* Cursor's Analytics API, of people and of teams; records computed by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define PARAMS "\"params\":{\"startDate\":\"2026-10-05\",\"endDate\":\"2026-10-06\"}"
#define ROWS(rows) "{\"data\":{\"ana@example.com\":[" rows "]}," PARAMS "}"
#define ANA "2026-10-05 email:ana@example.com "
#define COVERED "covered 2026-10-05 2026-10-06\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

static void messages_are_requests_of_each_model(void **state)
{
    (void)state;
    expect("{\"data\":{\"ana@example.com\":[{\"date\":\"2026-10-05\",\"model_breakdown\":{"
           "\"default\":{\"messages\":12,\"users\":1},\"claude-sonnet-5\":{\"messages\":4,"
           "\"users\":1}}}],\"ben@example.com\":[]},\"pagination\":{\"page\":1,\"pageSize\":100,"
           "\"totalUsers\":2,\"totalPages\":1,\"hasNextPage\":false,\"hasPreviousPage\":false},"
           "\"params\":{\"metric\":\"models\",\"teamId\":4242,\"startDate\":\"2026-10-05\","
           "\"endDate\":\"2026-10-05\",\"userMappings\":[{\"id\":\"user_A1\",\"email\":"
           "\"ana@example.com\"},{\"id\":\"user_B2\",\"email\":\"ben@example.com\"}]}}",
        ANA "model:auto interactions=12 requests=12\n" ANA
            "part=1 model:claude-sonnet-5 interactions=4 requests=4\n"
            "covered 2026-10-05 2026-10-05\n",
        "");
}

#define LINES                                                                                      \
    "\"total_green_lines_accepted\":88,\"total_red_lines_accepted\":10,"                           \
    "\"total_green_lines_rejected\":70,\"total_red_lines_rejected\":4,"                            \
    "\"total_green_lines_suggested\":230,\"total_red_lines_suggested\":21,"                        \
    "\"total_lines_suggested\":251,\"total_lines_accepted\":98"
#define TABS                                                                                       \
    "{\"event_date\":\"2026-10-05\",\"total_suggestions\":192,\"total_accepts\":71,"               \
    "\"total_rejects\":60," LINES "}"
#define EDITS                                                                                      \
    "{\"event_date\":\"2026-10-05\",\"total_suggested_diffs\":9,\"total_accepted_diffs\":0,"       \
    "\"total_rejected_diffs\":2," LINES "}"

static void a_page_of_nothing_that_is_known_is_told(void **state)
{
    (void)state;
    expect("{\"data\":{\"ana@example.com\":7}," PARAMS "}", "",
        "f.json: note: empty file: no rows in it, which does not mean no use "
        "(export the period again if use was expected)\n");
}

static void completions_are_shown_accepted_and_rejected(void **state)
{
    (void)state;
    expect(ROWS(TABS), ANA "completion interactions=71 shown=192 accepted=71 rejected=60\n" COVERED,
        "");
}

static void differences_show_that_the_agent_was_asked(void **state)
{
    (void)state;
    expect(ROWS(EDITS), ANA "agent interactions=1 shown=9 accepted=0 rejected=2\n" COVERED, "");
}

static void completions_that_were_only_shown_are_no_use(void **state)
{
    (void)state;
    expect(ROWS("{\"event_date\":\"2026-10-05T07:00:00\",\"total_suggestions\":5,"
                "\"total_accepts\":0}"),
        ANA "completion interactions=0 shown=5 accepted=0\n" COVERED, "");
}

static void a_breakdown_without_models_is_no_message(void **state)
{
    (void)state;
    expect(ROWS("{\"date\":\"2026-10-05\",\"model_breakdown\":{}}"),
        ANA "interactions=0 requests=0\n" COVERED, "");
}

static void parts_of_the_messages_are_one_interaction_of_a_source_of_their_own(void **state)
{
    (void)state;
    Reading reading;
    const char *text = ROWS("{\"event_date\":\"2026-10-05\",\"command_name\":\"x\",\"usage\":7},"
                            "{\"event_date\":\"2026-10-05\",\"model\":\"m\",\"usage\":2},"
                            "{\"event_date\":\"2026-10-05\",\"skill_name\":\"x\",\"usage\":0},"
                            "{\"event_date\":\"2026-10-05\",\"tool_name\":\"x\","
                            "\"mcp_server_name\":\"y\",\"usage\":1}");
    transcript_read(&reading, "f", text, strlen(text));
    assert_string_equal(reading.records->str,
        ANA "interactions=1\n" ANA "interactions=1\n" ANA "interactions=1\n" COVERED);
    assert_string_equal(reading.summary.format->source->key, "cursor-by-user-workflows");
    guint64 first = g_array_index(reading.keys, guint64, 0);
    assert_true(first == g_array_index(reading.keys, guint64, 1));
    assert_true(first == g_array_index(reading.keys, guint64, 2));
    transcript_clear(&reading);
}

static void metrics_of_one_day_are_records_of_their_own(void **state)
{
    (void)state;
    Reading reading;
    const char *text = ROWS(TABS) "\n" ROWS(EDITS);
    transcript_read(&reading, "f", text, strlen(text));
    assert_int_equal(reading.keys->len, 2);
    assert_true(g_array_index(reading.keys, guint64, 0) != g_array_index(reading.keys, guint64, 1));
    assert_string_equal(reading.summary.format->source->key, "cursor-by-user");
    transcript_clear(&reading);
}

static void people_who_are_missing_make_it_incomplete(void **state)
{
    (void)state;
    expect("{\"data\":{\"ana@example.com\":[" TABS "]},\"pagination\":{\"totalUsers\":3}," PARAMS
           "}",
        ANA "completion interactions=71 shown=192 accepted=71 rejected=60\n",
        "f.json: warning: incomplete export: totalUsers: 1 people of 3 are in this file: the other "
        "pages are wanted too (export all pages of the period again)\n");
}

static void pages_in_an_array_are_counted_together(void **state)
{
    (void)state;
    expect("[{\"data\":{\"ana@example.com\":[" TABS "]},\"pagination\":{\"totalUsers\":2}}\n,"
           "{\"data\":{\"ben@example.com\":[]},\"pagination\":{\"totalUsers\":2}," PARAMS "}]",
        ANA "completion interactions=71 shown=192 accepted=71 rejected=60\n", "");
}

static void rows_that_hold_no_use_are_refused_by_name(void **state)
{
    (void)state;
    expect(ROWS("{\"event_date\":\"2026-10-05\",\"client_version\":\"2\",\"user_count\":1,"
                "\"percentage\":0.5},{\"event_date\":\"2026-10-05\",\"file_extension\":\"c\","
                "\"total_files\":1,\"total_accepts\":3,\"total_rejects\":1}"),
        "",
        "f.json: skipped: format not recognised: Cursor's client versions, which are no use: rows "
        "not read: 1 (see docs/formats.md for what is read)\n"
        "f.json: skipped: format not recognised: Cursor's types of files, which are not used: rows "
        "not read: 1 (see docs/formats.md for what is read)\n");
}

static void rankings_and_insights_are_refused_by_name(void **state)
{
    (void)state;
    expect("{\"data\":{\"tab_leaderboard\":{\"data\":[{\"email\":\"a@b\",\"rank\":1}]},"
           "\"agent_leaderboard\":{}}," PARAMS "}\n"
           "{\"data\":{\"intents\":{\"distribution\":[]}}," PARAMS "}",
        "",
        "f.json:1:1: skipped: format not recognised: data: Cursor's leaderboard: a ranking of "
        "people is not read (see docs/formats.md for what is read)\n"
        "f.json:2:1: skipped: format not recognised: data: Cursor's insights into conversations: "
        "they are no figures of days; export usage events or daily usage instead (see "
        "docs/formats.md for what is read)\n");
}

static void bad_rows_are_skipped_and_the_others_taken(void **state)
{
    (void)state;
    expect(ROWS("{\"event_date\":\"2026-10-05\",\"total_accepts\":-1},"
                "{\"event_date\":\"x\",\"total_accepts\":1},{\"total_accepts\":1},"
                "{\"event_date\":\"2026-10-05\"},7,null,"
                "{\"event_date\":\"2026-11-21\",\"total_accepts\":1},"
                "{\"date\":\"2026-10-05\",\"model_breakdown\":{\"m\":{\"messages\":\"1\"},\"n\":"
                "{\"messages\":2}}},{\"event_date\":\"2026-10-05\",\"total_accepts\":2}"),
        ANA "completion interactions=2 accepted=2\n" COVERED,
        "f.json:1:1: skipped: number out of range: data.*[].total_accepts: a count cannot be so "
        "(compare the record with the vendor's console)\n"
        "f.json:1:1: skipped: not a date: data.*[].event_date: neither YYYY-MM-DD nor an instant "
        "with its zone (write dates as YYYY-MM-DD)\n"
        "f.json:1:1: skipped: missing field: event_date: no day (export the file again with all "
        "columns)\n"
        "f.json:1:1: skipped: format not recognised: data: a row of no metric that is known (see "
        "docs/formats.md for what is read)\n"
        "f.json:1:1: skipped: date in the future: event_date: later than the day of this run "
        "(check the clock of the exporting system)\n"
        "f.json:1:1: skipped: not a number: data.*[].model_breakdown.*.messages: a whole number is "
        "wanted (export the file again or mend the field)\n");
}

static void strange_values_do_no_harm(void **state)
{
    (void)state;
    expect("{\"data\":{\"a@b\":7,\"c@d\":[[{\"event_date\":1}]],\"\":[]},\"params\":{\"startDate\":"
           "\"7d\",\"endDate\":{}},\"pagination\":{\"totalUsers\":\"2\"}}",
        "",
        "f.json:1:1: skipped: not a number: pagination.totalUsers: a whole number is wanted "
        "(export the file again or mend the field)\n");
}

static void content_of_people_never_leaves_the_reader(void **state)
{
    (void)state;
    const char *text = ROWS("{\"event_date\":\"2026-10-05\",\"command_name\":\"CANARY\","
                            "\"skill_name\":\"CANARY\",\"tool_name\":\"CANARY\","
                            "\"mcp_server_name\":\"CANARY\",\"file_extension\":\"CANARY\","
                            "\"usage\":1},{\"event_date\":\"2026-10-05\",\"usage\":1,"
                            "\"command_name\":{\"CANARY\":\"CANARY\"}}");
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_string_equal(reading.records->str, ANA "interactions=1\n" COVERED);
    assert_null(strstr(reading.diagnostics, "CANARY"));
    assert_int_equal(reading.summary.dropped_content_fields, 6);
    transcript_clear(&reading);
}

/* ---- Teams --------------------------------------------------------------------------------- */

static void rows_of_a_team_are_nobodys(void **state)
{
    (void)state;
    expect("{\"data\":[" TABS "," EDITS
           ",{\"date\":\"2026-10-05\",\"model_breakdown\":{\"default\":{\"messages\":3,\"users\":2}"
           "}}],\"params\":{\"metric\":\"tabs\",\"teamId\":4242,\"startDate\":\"2026-10-05\","
           "\"endDate\":\"2026-10-05\"}}",
        "2026-10-05 service completion interactions=71 shown=192 accepted=71 rejected=60\n"
        "2026-10-05 service agent interactions=1 shown=9 accepted=0 rejected=2\n"
        "2026-10-05 service model:auto interactions=3 requests=3\n",
        "");
}

static void figures_of_a_team_are_kept_apart(void **state)
{
    (void)state;
    assert_int_equal(tm_sources[tm_source_index("cursor-analytics-team")].trait, TM_TRAIT_APART);
    Reading reading;
    transcript_read(&reading, "f", TABS, strlen(TABS));
    assert_string_equal(reading.summary.format->source->key, "cursor-analytics-team");
    transcript_clear(&reading);
}

#define REVIEW(number, reviews)                                                                    \
    "{\"repo\":\"acme/core\",\"pr_number\":" number                                                \
    ",\"timestamp\":\"2026-10-05T10:00:00Z\",\"reviews\":" reviews                                 \
    ",\"issues\":{\"total\":2,\"by_severity\":{\"high\":1}},\"issues_resolved\":{\"total\":1}}"

static void reviews_of_pull_requests_are_counted_once_each(void **state)
{
    (void)state;
    const char *text = "{\"data\":[" REVIEW("7", "2") "," REVIEW("7", "3") "," REVIEW(
        "8", "1") "],\"pagination\":{\"page\":1,\"totalItems\":3}}";
    Reading reading;
    transcript_read(&reading, "f", text, strlen(text));
    assert_string_equal(reading.records->str,
        "2026-10-05 service review interactions=2 requests=2\n"
        "2026-10-05 service review interactions=3 requests=3\n"
        "2026-10-05 service review interactions=1 requests=1\n");
    assert_string_equal(reading.diagnostics, "");
    const guint64 *keys = (const guint64 *)(const void *)reading.keys->data;
    assert_true(keys[0] == keys[1]);
    assert_true(keys[0] != keys[2]);
    transcript_clear(&reading);
}

static void missing_reviews_are_an_incomplete_export(void **state)
{
    (void)state;
    expect("{\"data\":[" REVIEW("7", "2") "],\"pagination\":{\"page\":1,\"totalItems\":30}}",
        "2026-10-05 service review interactions=2 requests=2\n",
        "f.json: warning: incomplete export: totalItems: 1 rows of 30 are in this file: the other "
        "pages are wanted too (export all pages of the period again)\n");
}

static void bad_rows_of_a_team_are_skipped(void **state)
{
    (void)state;
    expect("{\"event_date\":null,\"total_suggestions\":1}\n"
           "{\"event_date\":\"2026-10-05\",\"total_suggestions\":1.5}\n"
           "{\"event_date\":\"2026-10-05\",\"usage\":1}\n"
           "{\"pr_number\":1,\"reviews\":2}\n",
        "",
        "f.json:1:1: skipped: missing field: event_date: no day (export the file again with all "
        "columns)\n"
        "f.json:2:1: skipped: not a number: total_suggestions: a whole number is wanted (export "
        "the file again or mend the field)\n"
        "f.json:3:1: skipped: format not recognised: a row of a metric that says nothing about "
        "use (see docs/formats.md for what is read)\n"
        "f.json:4:1: skipped: missing field: timestamp: no day (export the file again with all "
        "columns)\n");
}

/* What is refused, and words that the message must have. */
static const struct {
    const char *text, *words;
} refused[] = {
    {"{\"data\":[{\"date\":\"2026-10-05\",\"dau\":4,\"cli_dau\":1}],\"params\":{}}",
        "daily active users"},
    {"{\"data\":[{\"event_date\":\"2026-10-05\",\"client_version\":\"2\"}]}", "client versions"},
    {"{\"data\":[{\"event_date\":\"2026-10-05\",\"file_extension\":\"c\"}]}", "types of files"},
    {"{\"data\":[{\"event_date\":\"2026-10-05\",\"tool_name\":\"x\",\"usage\":1}]}",
        "a part of its messages"},
    {"{\"data\":[{\"event_date\":\"2026-10-05\",\"model\":\"x\",\"usage\":1}]}",
        "a part of its messages"},
    {"{\"groups\":[{\"id\":1,\"dailySpend\":[]}],\"unassignedGroup\":{},\"billingCycle\":{}}",
        "billing groups"},
    {"[{\"id\":1,\"directoryGroupId\":null,\"memberCount\":3}]", "billing groups"},
    {"{\"aggregations\":[{\"modelIntent\":\"m\"}]}", "sums by model"},
    {"{\"events\":[{\"event_type\":\"login\"}],\"pagination\":{}}", "audit log"},
    {"{\"items\":[{\"changeId\":\"1\",\"source\":\"TAB\",\"metadata\":[]}]}", "changes"},
    {"[{\"email\":\"a@b\",\"rank\":1,\"line_acceptance_ratio\":1.2}]", "leaderboard"},
};

static void other_reports_are_refused_by_name(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(refused); i++) {
        Reading reading;
        transcript_read(&reading, "f", refused[i].text, strlen(refused[i].text));
        assert_false(reading.taken);
        assert_null(reading.summary.format);
        if (strstr(reading.diagnostics, refused[i].words) == NULL)
            fail_msg("%s: %s", refused[i].words, reading.diagnostics);
        transcript_clear(&reading);
    }
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
        cmocka_unit_test(messages_are_requests_of_each_model),
        cmocka_unit_test(a_page_of_nothing_that_is_known_is_told),
        cmocka_unit_test(completions_are_shown_accepted_and_rejected),
        cmocka_unit_test(differences_show_that_the_agent_was_asked),
        cmocka_unit_test(completions_that_were_only_shown_are_no_use),
        cmocka_unit_test(a_breakdown_without_models_is_no_message),
        cmocka_unit_test(parts_of_the_messages_are_one_interaction_of_a_source_of_their_own),
        cmocka_unit_test(metrics_of_one_day_are_records_of_their_own),
        cmocka_unit_test(people_who_are_missing_make_it_incomplete),
        cmocka_unit_test(pages_in_an_array_are_counted_together),
        cmocka_unit_test(rows_that_hold_no_use_are_refused_by_name),
        cmocka_unit_test(rankings_and_insights_are_refused_by_name),
        cmocka_unit_test(bad_rows_are_skipped_and_the_others_taken),
        cmocka_unit_test(strange_values_do_no_harm),
        cmocka_unit_test(content_of_people_never_leaves_the_reader),
        cmocka_unit_test(rows_of_a_team_are_nobodys),
        cmocka_unit_test(figures_of_a_team_are_kept_apart),
        cmocka_unit_test(reviews_of_pull_requests_are_counted_once_each),
        cmocka_unit_test(missing_reviews_are_an_incomplete_export),
        cmocka_unit_test(bad_rows_of_a_team_are_skipped),
        cmocka_unit_test(other_reports_are_refused_by_name),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
