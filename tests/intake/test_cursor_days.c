/* Cursor's daily usage and its old team CSV: the same days; records computed by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define ROW(members) "{\"email\":\"ana@example.com\",\"day\":\"2026-10-05\"" members "}"
#define ANA "2026-10-05 email:ana@example.com "

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

#define FULL                                                                                       \
    "{\"userId\":\"user_A1\",\"day\":\"2026-10-05\",\"date\":1791158400000,\"email\":"             \
    "\"ana@example.com\",\"isActive\":true,\"totalLinesAdded\":412,\"totalLinesDeleted\":96,"      \
    "\"acceptedLinesAdded\":120,\"acceptedLinesDeleted\":31,\"totalApplies\":9,\"totalAccepts\":"  \
    "6,\"totalRejects\":1,\"totalTabsShown\":140,\"totalTabsAccepted\":52,\"composerRequests\":2," \
    "\"chatRequests\":3,\"agentRequests\":11,\"cmdkUsages\":1,\"subscriptionIncludedReqs\":14,"    \
    "\"apiKeyReqs\":0,\"usageBasedReqs\":3,\"bugbotUsages\":0,\"mostUsedModel\":\"default\","      \
    "\"applyMostUsedExtension\":\".c\",\"tabMostUsedExtension\":\"h\",\"clientVersion\":\"2.4."    \
    "1\"}"
#define IDLE                                                                                       \
    "{\"userId\":\"user_B2\",\"day\":\"2026-10-05\",\"date\":1791158400000,\"email\":"             \
    "\"Ben@Example.com\",\"isActive\":false,\"totalAccepts\":0,\"totalTabsShown\":0,"              \
    "\"agentRequests\":0,\"mostUsedModel\":null,\"clientVersion\":null}"
#define FULL_RECORD(who)                                                                           \
    who " completion interactions=52 shown=140 accepted=52\n" who                                  \
        " part=1 edit interactions=9 requests=3 shown=7 accepted=6 rejected=1\n" who               \
        " part=2 chat interactions=3 requests=3\n" who                                             \
        " part=3 agent interactions=11 requests=11\n" who                                          \
        " part=4 review interactions=0 requests=0\n"
#define IDLE_RECORD(who)                                                                           \
    who " completion interactions=0 shown=0 accepted=0\n" who                                      \
        " part=1 edit interactions=0 requests=0 shown=0 accepted=0 rejected=0\n" who               \
        " part=2 chat interactions=0 requests=0\n" who                                             \
        " part=3 agent interactions=0 requests=0\n" who                                            \
        " part=4 review interactions=0 requests=0\n"

static void a_page_of_people_has_their_days(void **state)
{
    (void)state;
    expect("{\"data\":[" FULL "," IDLE
           "],\"period\":{\"startDate\":1791158400000,\"endDate\":1791244800000},\"pagination\":{"
           "\"page\":1,\"pageSize\":100,\"totalUsers\":2,\"totalPages\":1,\"hasNextPage\":false,"
           "\"hasPreviousPage\":false}}",
        FULL_RECORD("2026-10-05 email:ana@example.com user_id:user_A1") IDLE_RECORD(
            "2026-10-05 email:Ben@Example.com user_id:user_B2") "covered 2026-10-05 2026-10-05\n",
        "");
}

static void an_answer_without_pages_covers_its_period(void **state)
{
    (void)state;
    expect("{\"data\":[" ROW(",\"agentRequests\":1") "],\"period\":{\"startDate\":1791072000000,"
                                                     "\"endDate\":1791417599999}}",
        ANA "interactions=0\n" ANA "part=3 agent interactions=1 requests=1\n"
            "covered 2026-10-04 2026-10-07\n",
        "");
}

static void missing_pages_are_an_incomplete_export(void **state)
{
    (void)state;
    expect("{\"data\":[" ROW(",\"agentRequests\":1") "],\"pagination\":{\"page\":1,\"totalPages\":"
                                                     "3},\"period\":{\"startDate\":1791072000000,"
                                                     "\"endDate\":1791417599999}}",
        ANA "interactions=0\n" ANA "part=3 agent interactions=1 requests=1\n",
        "f.json: warning: incomplete export: totalPages: 1 pages of 3 are in this file: the other "
        "pages are wanted too (export all pages of the period again)\n");
}

static void old_answers_tell_the_day_by_an_instant(void **state)
{
    (void)state;
    /* 2026-10-05T13:43:08.288Z */
    expect("[{\"email\":\"ana@example.com\",\"date\":1791207788288,\"chatRequests\":2,"
           "\"agentRequests\":1}]",
        ANA "interactions=0\n" ANA "part=2 chat interactions=2 requests=2\n" ANA
            "part=3 agent interactions=1 requests=1\n",
        "");
}

static void a_null_date_beside_a_day_is_nothing(void **state)
{
    (void)state;
    expect(ROW(",\"date\":null,\"agentRequests\":1"),
        ANA "interactions=0\n" ANA "part=3 agent interactions=1 requests=1\n", "");
}

static void a_row_without_any_day_is_skipped(void **state)
{
    (void)state;
    expect("{\"email\":\"ana@example.com\",\"date\":null,\"agentRequests\":1}", "",
        "f.json:1:1: skipped: missing field: day: no day (export the file again with all "
        "columns)\n");
}

static void counters_that_are_missing_are_not_measured(void **state)
{
    (void)state;
    expect(ROW(",\"isActive\":true,\"totalTabsShown\":5,\"totalTabsAccepted\":null,"
               "\"agentRequests\":1"),
        ANA "completion interactions=0 shown=5\n" ANA "part=3 agent interactions=1 requests=1\n",
        "");
}

static void in_a_row_without_activity_they_are_zero(void **state)
{
    (void)state;
    expect(ROW(",\"isActive\":false,\"agentRequests\":null"),
        IDLE_RECORD("2026-10-05 email:ana@example.com"), "");
}

static void typing_is_no_use(void **state)
{
    (void)state;
    expect(ROW(",\"isActive\":true,\"totalLinesAdded\":77830,\"totalTabsShown\":3,"
               "\"totalTabsAccepted\":0,\"agentRequests\":0"),
        ANA "completion interactions=0 shown=3 accepted=0\n" ANA
            "part=3 agent interactions=0 requests=0\n",
        "");
}

static void a_call_that_no_counter_tells_of_is_one_interaction(void **state)
{
    (void)state;
    expect(ROW(",\"isActive\":true,\"totalTabsAccepted\":0,\"agentRequests\":0,"
               "\"usageBasedReqs\":4"),
        ANA "interactions=1 accepted=0\n" ANA "part=3 agent interactions=0 requests=0\n", "");
}

static void without_counters_the_flag_is_one_interaction(void **state)
{
    (void)state;
    expect(ROW(",\"isActive\":true,\"agentRequests\":null"), ANA "interactions=1\n", "");
}

static void without_counters_or_flag_nothing_is_known(void **state)
{
    (void)state;
    expect(ROW(",\"agentRequests\":null"), "2026-10-05 email:ana@example.com\n", "");
}

static void two_ids_of_one_address_add_up(void **state)
{
    (void)state;
    expect(ROW(",\"userId\":1,\"agentRequests\":2") ROW(",\"userId\":2,\"agentRequests\":3"),
        "2026-10-05 email:ana@example.com user_id:1 interactions=0\n"
        "2026-10-05 email:ana@example.com user_id:1 part=3 agent interactions=2 requests=2\n"
        "2026-10-05 email:ana@example.com user_id:2 part=5 interactions=0\n"
        "2026-10-05 email:ana@example.com user_id:2 part=8 agent interactions=3 requests=3\n",
        "");
}

static void two_ids_with_equal_values_are_one(void **state)
{
    (void)state;
    expect(ROW(",\"userId\":1,\"totalTabsShown\":2") ROW(",\"userId\":2,\"totalTabsShown\":2"),
        "2026-10-05 email:ana@example.com user_id:1 completion shown=2\n", "");
}

static void a_day_that_comes_again_is_the_same_record(void **state)
{
    (void)state;
    const char *text = ROW(",\"userId\":1,\"totalTabsShown\":2")
        ROW(",\"userId\":1,\"totalTabsShown\":3") "{\"email\":\"ANA@example.com\",\"date\":"
                                                  "1791158400000,\"totalTabsShown\":4}";
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_int_equal(reading.keys->len, 3);
    const guint64 *keys = (const guint64 *)(const void *)reading.keys->data;
    assert_true(keys[0] == keys[1] && keys[0] == keys[2]);
    transcript_clear(&reading);
}

static void rows_in_snake_case_are_read(void **state)
{
    (void)state;
    expect("{\"user_id\":7,\"email\":\"ana@example.com\",\"day\":\"2026-10-05\",\"is_active\":true,"
           "\"total_tabs_shown\":3,\"total_tabs_accepted\":1,\"cmdk_usages\":2}",
        "2026-10-05 email:ana@example.com user_id:7 completion interactions=1 shown=3 accepted=1\n"
        "2026-10-05 email:ana@example.com user_id:7 part=1 edit interactions=2 requests=2\n",
        "");
}

static void bad_values_skip_the_day_and_name_the_field(void **state)
{
    (void)state;
    expect(ROW(",\"agentRequests\":-1") "\n" ROW(",\"agentRequests\":1.5") "\n" ROW(
               ",\"agentRequests\":1,\"isActive\":\"yes\"") "\n"
                                                            "{\"day\":\"2026-10-05\",\"email\":\" "
                                                            "\",\"agentRequests\":1}\n"
                                                            "{\"day\":\"2026-13-05\",\"email\":\"a@"
                                                            "b\",\"agentRequests\":1}\n"
                                                            "{\"day\":\"2026-11-21\",\"email\":\"a@"
                                                            "b\",\"agentRequests\":1}\n",
        "",
        "f.json:1:1: skipped: number out of range: agentRequests: a count cannot be so (compare "
        "the record with the vendor's console)\n"
        "f.json:2:1: skipped: not a number: agentRequests: a whole number is wanted (export the "
        "file again or mend the field)\n"
        "f.json:3:1: skipped: broken JSON: isActive: true or false is wanted (export the file "
        "again; it may be cut off)\n"
        "f.json:4:1: skipped: missing field: email: neither address nor id (export the file again "
        "with all columns)\n"
        "f.json:5:1: skipped: not a date: day: neither YYYY-MM-DD nor an instant with its zone "
        "(write dates as YYYY-MM-DD)\n"
        "f.json:6:1: skipped: date in the future: day: later than the day of this run (check the "
        "clock of the exporting system)\n");
}

static void content_of_days_never_leaves_the_reader(void **state)
{
    (void)state;
    const char *text = ROW(",\"agentRequests\":1,\"applyMostUsedExtension\":\"CANARY\","
                           "\"tabMostUsedExtension\":\"CANARY\",\"mostUsedModel\":\"CANARY\"");
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_string_equal(reading.records->str,
        ANA "interactions=0\n" ANA "part=3 agent interactions=1 requests=1\n");
    assert_string_equal(reading.diagnostics, "");
    transcript_clear(&reading);
}

/* ---- CSV ----------------------------------------------------------------------------------- */

#define HEADER                                                                                     \
    "Date,User ID,Email,Is Active,Chat Suggested Lines Added,Chat Suggested Lines Deleted,Chat "   \
    "Accepted Lines Added,Chat Accepted Lines Deleted,Chat Total Applies,Chat Total Accepts,Chat " \
    "Total Rejects,Chat Tabs Shown,Tabs Accepted,Edit Requests,Ask Requests,Agent Requests,Cmd+K " \
    "Usages,Subscription Included Reqs,API Key Reqs,Usage Based Reqs,Bugbot Usages,Most Used "     \
    "Model,Most Used Apply Extension,Most Used Tab Extension,Client Version\n"
#define NUMBERS ",300,40,180,22,9,6,1,140,52,2,3,11,1,14,0,3,0,claude-4-sonnet,.c,.h,1.4.2\n"

static void expect_csv(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.csv", text, records, diagnostics);
}

static void the_csv_has_the_same_days(void **state)
{
    (void)state;
    expect_csv(HEADER "2026-10-05T04:30:00.000Z,user_A1,ana@example.com,true" NUMBERS,
        FULL_RECORD("2026-10-05 email:ana@example.com user_id:user_A1"), "");
}

static void the_key_of_csv_and_json_is_the_same(void **state)
{
    (void)state;
    Reading json, csv;
    const char *row = HEADER "2026-10-05,101,ana@example.com,true" NUMBERS;
    transcript_read(&json, "f", FULL, strlen(FULL));
    transcript_read(&csv, "f", row, strlen(row));
    assert_true(g_array_index(json.keys, guint64, 0) == g_array_index(csv.keys, guint64, 0));
    transcript_clear(&json);
    transcript_clear(&csv);
}

static void empty_numbers_are_zero(void **state)
{
    (void)state;
    expect_csv("Date,Email,Is Active,Chat Tabs Shown,Tabs Accepted,Agent Requests\n"
               "2025-08-04,ana@example.com,True,,,\n",
        "2025-08-04 email:ana@example.com completion interactions=0 shown=0 accepted=0\n"
        "2025-08-04 email:ana@example.com part=3 agent interactions=0 requests=0\n",
        "");
}

static void rows_of_totals_are_left_out(void **state)
{
    (void)state;
    expect_csv(HEADER "2026-10-05,,12 active users,true" NUMBERS "2026-10-05,,all,true" NUMBERS
                      "2026-10-05,,ana@example.com,true" NUMBERS,
        FULL_RECORD("2026-10-05 email:ana@example.com"),
        "f.csv: note: note: Email: rows of totals, which are no person's, are not read: 2 (nothing "
        "to do)\n");
}

static void other_names_of_columns_are_known(void **state)
{
    (void)state;
    expect_csv("date,EMAIL,is_active,Tabs Accepted,Usage-Based Reqs,Bugbot Requests,Cmd+K "
               "Requests,API Requests\n"
               "2025-08-04,ana@example.com,true,0,0,2,\"1,000\",0\n",
        "2025-08-04 email:ana@example.com completion interactions=0 accepted=0\n"
        "2025-08-04 email:ana@example.com part=1 edit interactions=1000 requests=1000\n"
        "2025-08-04 email:ana@example.com part=4 review interactions=2 requests=2\n",
        "");
}

static void two_ids_in_the_csv_add_up(void **state)
{
    (void)state;
    expect_csv("Date,User ID,Email,Is Active,Agent Requests\n2025-08-04,1,a@b,true,2\n"
               "2025-08-04,2,a@b,true,3\n2025-08-04,1,a@b,true,2\n",
        "2025-08-04 email:a@b user_id:1 interactions=0\n"
        "2025-08-04 email:a@b user_id:1 part=3 agent interactions=2 requests=2\n"
        "2025-08-04 email:a@b user_id:2 part=5 interactions=0\n"
        "2025-08-04 email:a@b user_id:2 part=8 agent interactions=3 requests=3\n"
        "2025-08-04 email:a@b user_id:1 interactions=0\n"
        "2025-08-04 email:a@b user_id:1 part=3 agent interactions=2 requests=2\n",
        "");
}

static void bad_cells_skip_the_row_and_name_the_column(void **state)
{
    (void)state;
    expect_csv("Date,Email,Is Active,Tabs Accepted\nsoon,a@b,true,1\n,a@b,true,1\n"
               "2025-08-04,a@b,true,-1\n2025-08-04,a@b,true,x\n2025-08-04,,true,1\n",
        "",
        "f.csv:2:1: skipped: not a date: Date: neither YYYY-MM-DD nor an instant with its zone "
        "(write dates as YYYY-MM-DD)\n"
        "f.csv:3:1: skipped: missing field: Date: no date (export the file again with all "
        "columns)\n"
        "f.csv:4:21: skipped: number out of range: Tabs Accepted: a count cannot be so (compare "
        "the record with the vendor's console)\n"
        "f.csv:5:21: skipped: not a number: Tabs Accepted: a whole number is wanted (export the "
        "file again or mend the field)\n"
        "f.csv:6:12: skipped: missing field: Email: neither address nor id (export the file again "
        "with all columns)\n");
}

static void content_of_the_csv_never_leaves_the_reader(void **state)
{
    (void)state;
    const char *text = "Date,Email,Is Active,Tabs Accepted,Most Used Apply Extension,Most Used Tab "
                       "Extension\n2025-08-04,a@b,true,1,CANARY,CANARY\n";
    Reading reading;
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_null(strstr(reading.records->str, "CANARY"));
    assert_string_equal(reading.diagnostics, "");
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
        cmocka_unit_test(a_page_of_people_has_their_days),
        cmocka_unit_test(an_answer_without_pages_covers_its_period),
        cmocka_unit_test(missing_pages_are_an_incomplete_export),
        cmocka_unit_test(old_answers_tell_the_day_by_an_instant),
        cmocka_unit_test(a_null_date_beside_a_day_is_nothing),
        cmocka_unit_test(a_row_without_any_day_is_skipped),
        cmocka_unit_test(counters_that_are_missing_are_not_measured),
        cmocka_unit_test(in_a_row_without_activity_they_are_zero),
        cmocka_unit_test(typing_is_no_use),
        cmocka_unit_test(a_call_that_no_counter_tells_of_is_one_interaction),
        cmocka_unit_test(without_counters_the_flag_is_one_interaction),
        cmocka_unit_test(without_counters_or_flag_nothing_is_known),
        cmocka_unit_test(two_ids_of_one_address_add_up),
        cmocka_unit_test(two_ids_with_equal_values_are_one),
        cmocka_unit_test(a_day_that_comes_again_is_the_same_record),
        cmocka_unit_test(rows_in_snake_case_are_read),
        cmocka_unit_test(bad_values_skip_the_day_and_name_the_field),
        cmocka_unit_test(content_of_days_never_leaves_the_reader),
        cmocka_unit_test(the_csv_has_the_same_days),
        cmocka_unit_test(the_key_of_csv_and_json_is_the_same),
        cmocka_unit_test(empty_numbers_are_zero),
        cmocka_unit_test(rows_of_totals_are_left_out),
        cmocka_unit_test(other_names_of_columns_are_known),
        cmocka_unit_test(two_ids_in_the_csv_add_up),
        cmocka_unit_test(bad_cells_skip_the_row_and_name_the_column),
        cmocka_unit_test(content_of_the_csv_never_leaves_the_reader),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
