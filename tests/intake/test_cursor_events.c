/* Cursor's usage events as JSON: spellings, packagings, money, people; records computed by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

/* 2026-10-05T09:15:02.004Z */
#define AT "\"timestamp\":\"1791191702004\""
#define WHO "\"userEmail\":\"ana@example.com\""
#define ANA "2026-10-05+33302004 email:ana@example.com "
#define EVENT(members) "{" AT "," WHO ",\"model\":\"m\",\"kind\":\"Included\"" members "}"
#define CALL ANA "model:m interactions=1 requests=1"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

static void a_page_of_the_interface_is_read(void **state)
{
    (void)state;
    expect("{\"totalUsageEventsCount\":3,\"pagination\":{\"numPages\":1,\"currentPage\":1,"
           "\"pageSize\":100,\"hasNextPage\":false,\"hasPreviousPage\":false},\"usageEvents\":["
           "{\"timestamp\":\"1791297610777\",\"userEmail\":\"ben@example.com\",\"model\":"
           "\"composer-2.5\",\"kind\":\"Errored, Not Charged\",\"maxMode\":false,"
           "\"isTokenBasedCall\":true,\"isHeadless\":false,\"isChargeable\":true,\"tokenUsage\":{"
           "\"inputTokens\":900,\"outputTokens\":40,\"cacheReadTokens\":12000,\"totalCents\":0.61},"
           "\"cursorTokenFee\":0.3235,\"chargedCents\":0.9335},"
           "{" AT "," WHO ",\"model\":\"claude-sonnet-5-thinking\",\"kind\":\"Usage-based\","
           "\"maxMode\":true,\"requestsCosts\":4.2,\"isTokenBasedCall\":true,\"isHeadless\":true,"
           "\"isChargeable\":true,\"cloudAgentId\":\"bc-1\",\"tokenUsage\":{\"inputTokens\":3100,"
           "\"outputTokens\":2200,\"cacheWriteTokens\":18000,\"cacheReadTokens\":96700,"
           "\"totalCents\":16.8},\"cursorTokenFee\":3.0,\"chargedCents\":19.8},"
           "{\"timestamp\":\"1791191564120\"," WHO ",\"model\":\"default\",\"kind\":\"Included in "
           "Business\",\"maxMode\":false,\"requestsCosts\":1,\"isTokenBasedCall\":false,"
           "\"isHeadless\":false,\"isChargeable\":false,\"chargedCents\":0}],"
           "\"period\":{\"startDate\":1791158400000,\"endDate\":1791763200000}}",
        "2026-10-06+52810777 email:ben@example.com model:composer-2.5 interactions=0 requests=0 "
        "input_tokens=900 cache_write_tokens=0 cache_read_tokens=12000 output_tokens=40 "
        "metered=0\n" ANA "model:claude-sonnet-5-thinking agent interactions=1 requests=1 "
        "input_tokens=3100 cache_write_tokens=18000 cache_read_tokens=96700 output_tokens=2200 "
        "metered=198000\n"
        "2026-10-05+33164120 email:ana@example.com model:auto interactions=1 requests=1 metered=0 "
        "list_value=0\n"
        "covered 2026-10-05 2026-10-11\n",
        "");
}

static void the_dashboard_names_the_owner_only(void **state)
{
    (void)state;
    expect("{\"totalUsageEventsCount\":1,\"usageEventsDisplay\":[{" AT ",\"model\":\"m\",\"kind\":"
           "\"USAGE_EVENT_KIND_INCLUDED_IN_PRO\",\"owningUser\":\"77\",\"owningTeam\":\"5\","
           "\"usageBasedCosts\":\"$0.12\",\"customSubscriptionName\":\"x\",\"serviceAccountId\":"
           "\"null\",\"isTokenBasedCall\":true,\"tokenUsage\":{\"inputTokens\":1,\"totalCents\":"
           "64.6622314453125}}]}",
        "2026-10-05+33302004 user_id:77 path:f.json model:m interactions=1 requests=1 "
        "input_tokens=1 cache_write_tokens=0 cache_read_tokens=0 output_tokens=0 metered=0 "
        "list_value=646622\n",
        "");
}

static void rows_come_in_any_packaging(void **state)
{
    (void)state;
#define ONE EVENT("")
#define PAGE "{\"usageEvents\":[" ONE "]}"
    static const char *const texts[] = {"[" ONE "]", ONE, PAGE, "[" PAGE "]", "\xef\xbb\xbf" ONE,
        "{\"usageEventsDisplay\":\n[\n" ONE "\n]\n}\n"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        Reading reading;
        g_autofree char *text = g_strdup(texts[i]);
        transcript_read(&reading, "f.json", text, strlen(text));
        assert_string_equal(reading.records->str, CALL "\n");
        assert_string_equal(reading.diagnostics, "");
        transcript_clear(&reading);
    }
}

static void lines_and_values_one_after_another_are_read(void **state)
{
    (void)state;
    expect(ONE "\n" ONE ONE, CALL "\n" CALL "\n" CALL "\n", "");
}

static void flattened_rows_in_snake_case_are_read(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"timestamp\":1791191702004,\"user_email\":\"ana@example.com\",\"model\":\"m\",\"kind\":"
        "\"Included\",\"charged_cents\":1.5,\"token_usage\":{\"input_tokens\":1,"
        "\"cache_read_tokens\":2}}",
        "{\"timestamp\":\"1791191702004\",\"user_email\":\"ana@example.com\",\"model\":\"m\","
        "\"kind\":\"Included\",\"charged_cents\":1.5,\"token_usage__input_tokens\":1,"
        "\"token_usage__cache_read_tokens\":2}",
        "{\"timestamp\":\"2026-10-05T09:15:02.004Z\",\"useremail\":\"ana@example.com\",\"model\":"
        "\"m\",\"kind\":\"Included\",\"chargedcents\":1.5,\"tokenusage_inputtokens\":1,"
        "\"tokenUsage.cacheReadTokens\":2}"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        expect(texts[i],
            CALL " input_tokens=1 cache_write_tokens=0 cache_read_tokens=2 output_tokens=0 "
                 "metered=0 list_value=15000\n",
            "");
}

static void without_any_token_count_tokens_are_not_measured(void **state)
{
    (void)state;
    expect(EVENT(",\"tokenUsage\":{}") EVENT(",\"tokenUsage\":null")
               EVENT(",\"tokenUsage\":{\"inputTokens\":null}"),
        CALL "\n" CALL "\n" CALL "\n", "");
}

static void tokens_count_whatever_the_flag_says(void **state)
{
    (void)state;
    expect(EVENT(",\"isTokenBasedCall\":false,\"tokenUsage\":{\"outputTokens\":7}"),
        CALL " input_tokens=0 cache_write_tokens=0 cache_read_tokens=0 output_tokens=7\n", "");
}

static void the_charge_has_the_fee_in_it(void **state)
{
    (void)state;
    expect(EVENT(",\"chargedCents\":2,\"cursorTokenFee\":1,\"tokenUsage\":{\"totalCents\":9}"),
        CALL " metered=0 list_value=20000\n", "");
}

static void without_a_charge_discount_and_fee_are_applied(void **state)
{
    (void)state;
    expect(EVENT(",\"cursorTokenFee\":0.25,\"tokenUsage\":{\"totalCents\":10,"
                 "\"discountPercentOff\":20}"),
        CALL " metered=0 list_value=82500\n", "");
}

static void without_any_price_money_is_not_measured(void **state)
{
    (void)state;
    expect(EVENT(",\"cursorTokenFee\":0.25,\"requestsCosts\":4"), CALL "\n", "");
}

static void only_billed_kinds_are_metered(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *values;
    } cases[] = {{"Usage-based", "1 requests=1 metered=10000"},
        {"On-Demand", "1 requests=1 metered=10000"},
        {"USAGE_EVENT_KIND_USAGE_BASED", "1 requests=1 metered=10000"},
        {"USAGE_EVENT_KIND_INCLUDED_IN_ULTRA", "1 requests=1 metered=0 list_value=10000"},
        {"USAGE_EVENT_KIND_CUSTOM_SUBSCRIPTION", "1 requests=1 metered=0 list_value=10000"},
        {"USAGE_EVENT_KIND_FREE_CREDIT", "1 requests=1 metered=0 list_value=10000"},
        {"USAGE_EVENT_KIND_USER_API_KEY", "1 requests=1 metered=0 list_value=10000"},
        {"USAGE_EVENT_KIND_ABORTED_NOT_CHARGED", "0 requests=0 metered=0"},
        {"USAGE_EVENT_KIND_ERRORED_NOT_CHARGED", "0 requests=0 metered=0"},
        {"Errored, No Charge", "0 requests=0 metered=0"},
        {"Timed out, No Charge", "0 requests=0 metered=0"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf("{" AT "," WHO ",\"model\":\"m\",\"kind\":\"%s\","
                                                "\"chargedCents\":1,\"isChargeable\":true}",
            cases[i].kind);
        g_autofree char *record = g_strdup_printf(ANA "model:m interactions=%s\n", cases[i].values);
        expect(text, record, "");
    }
}

static void a_new_kind_is_list_value_and_doubted_once(void **state)
{
    (void)state;
#define GIFT "{" AT "," WHO ",\"model\":\"m\",\"kind\":\"Gift\",\"chargedCents\":1}"
    expect(GIFT "\n" GIFT, CALL " list_value=10000\n" CALL " list_value=10000\n",
        "f.json:1:1: warning: doubtful value: kind: a kind that is not known: its cost is taken "
        "for list value, here and below (compare the record with the vendor's console)\n");
}

static void conversations_name_sessions(void **state)
{
    (void)state;
    expect(EVENT(",\"conversationId\":\"a\"") EVENT(",\"conversationId\":\"b\"")
               EVENT(",\"conversationId\":\"a\"") EVENT(",\"conversationId\":null"),
        ANA "model:m session=1 interactions=1 requests=1\n" ANA
            "model:m session=2 interactions=1 requests=1\n" ANA
            "model:m session=1 interactions=1 requests=1\n" CALL "\n",
        "");
}

static void surfaces_are_told_by_their_signs(void **state)
{
    (void)state;
    expect(EVENT(",\"isHeadless\":true") EVENT(",\"cloudAgentId\":\"bc-1\"")
               EVENT(",\"isFreeBugbot\":true") "{" AT "," WHO
                                               ",\"model\":\"agent_review\",\"kind\":\"Included\"}",
        ANA "model:m agent interactions=1 requests=1\n" ANA
            "model:m agent interactions=1 requests=1\n" ANA
            "model:m review interactions=1 requests=1\n" ANA
            "model:agent_review review interactions=1 requests=1\n",
        "");
}

static void services_are_no_persons(void **state)
{
    (void)state;
#define NOBODY "{" AT ",\"model\":\"m\",\"kind\":\"Included\",\"maxMode\":false"
    expect(NOBODY ",\"userEmail\":\"\"}" NOBODY "}" NOBODY ",\"serviceAccountId\":\"sa-1\","
                  "\"serviceAccountName\":\"x\"}" EVENT(",\"automationId\":\"3f\""),
        "2026-10-05+33302004 service model:m interactions=1 requests=1\n"
        "2026-10-05+33302004 service model:m interactions=1 requests=1\n"
        "2026-10-05+33302004 key:sa-1 service model:m interactions=1 requests=1\n"
        "2026-10-05+33302004 email:ana@example.com service model:m agent interactions=1 "
        "requests=1\n",
        "");
}

static void ids_may_be_numbers_or_text(void **state)
{
    (void)state;
    expect(NOBODY ",\"userId\":12}" NOBODY ",\"userId\":\"user_A\"}",
        "2026-10-05+33302004 user_id:12 model:m interactions=1 requests=1\n"
        "2026-10-05+33302004 user_id:user_A model:m interactions=1 requests=1\n",
        "");
}

/* ---- Pages --------------------------------------------------------------------------------- */

#define SECOND "{\"timestamp\":\"1791191702005\"," WHO ",\"model\":\"m\",\"kind\":\"Included\"}"
#define CALL_2 "2026-10-05+33302005 email:ana@example.com model:m interactions=1 requests=1"

static void too_few_events_are_an_incomplete_export(void **state)
{
    (void)state;
    expect("{\"totalUsageEventsCount\":12,\"pagination\":{\"currentPage\":1},\"usageEvents\":[" ONE
           "],\"period\":{\"startDate\":1791158400000,\"endDate\":1791763200000}}",
        CALL "\n",
        "f.json: warning: incomplete export: totalUsageEventsCount: 1 events of 12 are in this "
        "file: the other pages are wanted too (export all pages of the period again)\n");
}

static void pages_of_one_query_are_counted_together(void **state)
{
    (void)state;
    expect("[{\"totalUsageEventsCount\":2,\"pagination\":{\"currentPage\":1},\"usageEvents\":[" ONE
           "]},{\"totalUsageEventsCount\":2,\"pagination\":{\"currentPage\":2},\"usageEvents\":"
           "[" SECOND "]}]",
        CALL "\n" CALL_2 "\n", "");
}

static void pages_without_numbers_are_counted_together(void **state)
{
    (void)state;
    expect("{\"totalUsageEventsCount\":2,\"usageEventsDisplay\":[" ONE
           "]}\n{\"totalUsageEventsCount\":2,\"usageEventsDisplay\":[" SECOND "]}",
        CALL "\n" CALL_2 "\n", "");
}

static void each_query_of_a_file_is_counted(void **state)
{
    (void)state;
    expect("[{\"totalUsageEventsCount\":2,\"pagination\":{\"currentPage\":1},\"usageEvents\":[" ONE
           "]},{\"totalUsageEventsCount\":1,\"pagination\":{\"currentPage\":1},\"usageEvents\":"
           "[" SECOND "]}]",
        CALL "\n" CALL_2 "\n",
        "f.json: warning: incomplete export: totalUsageEventsCount: 1 events of 2 are in "
        "this file: the other pages are wanted too (export all pages of the period again)\n");
}

static void events_that_come_again_on_the_next_page_count_once(void **state)
{
    (void)state;
    expect("[{\"totalUsageEventsCount\":3,\"pagination\":{\"currentPage\":1},\"usageEvents\":[" ONE
           "," ONE "]},{\"totalUsageEventsCount\":3,\"pagination\":{\"currentPage\":2},"
           "\"usageEvents\":[" ONE "," SECOND "]}]",
        CALL "\n" CALL "\n" CALL_2 "\n", "");
}

static void twins_on_one_page_are_two(void **state)
{
    (void)state;
    expect("{\"usageEvents\":[" ONE "," ONE "]}", CALL "\n" CALL "\n", "");
}

static void days_of_a_period_that_are_not_whole_are_not_covered(void **state)
{
    (void)state;
    /* from 2026-10-05T00:00:00.001Z to 2026-10-08T23:59:59.999Z */
    expect("{\"usageEvents\":[" ONE
           "],\"period\":{\"startDate\":\"1791158400001\",\"endDate\":\"1791503999999\"}}",
        CALL "\ncovered 2026-10-06 2026-10-08\n", "");
}

static void a_page_without_events_says_nothing(void **state)
{
    (void)state;
    expect("{\"totalUsageEventsCount\":0,\"usageEvents\":[],\"period\":{\"startDate\":1,"
           "\"endDate\":2}}",
        "",
        "f.json: note: empty file: a page without records, which does not mean no use (export the "
        "period again if use was expected)\n");
}

/* ---- Keys ---------------------------------------------------------------------------------- */

static guint64 key_of(const char *text)
{
    Reading reading;
    transcript_read(&reading, "f", text, strlen(text));
    assert_int_equal(reading.keys->len, 1);
    guint64 key = g_array_index(reading.keys, guint64, 0);
    transcript_clear(&reading);
    return key;
}

static void the_key_survives_repricing_and_other_spellings(void **state)
{
    (void)state;
    guint64 old = key_of("{\"usageEvents\":[" EVENT(",\"chargedCents\":1") "]}");
    assert_true(old == key_of("{" AT ",\"owningUser\":\"7\",\"model\":\"m\",\"kind\":"
                              "\"USAGE_EVENT_KIND_USAGE_BASED\",\"chargedCents\":2}"));
    assert_true(old == key_of("{\"timestamp\":1791191702004,\"user_email\":\"x@y\",\"model\":\"m\","
                              "\"kind\":\"Free\"}"));
}

static void the_key_is_that_of_the_csv(void **state)
{
    (void)state;
    guint64 csv =
        key_of("Date,Model,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output "
               "Tokens\n2026-10-05T09:15:02.004Z,auto,1,2,3,4\n");
    guint64 json =
        key_of("{" AT "," WHO ",\"model\":\"default\",\"kind\":\"Included\",\"tokenUsage\":{"
               "\"inputTokens\":2,\"outputTokens\":4,\"cacheWriteTokens\":1,"
               "\"cacheReadTokens\":3}}");
    assert_true(csv == json);
}

static void the_key_tells_time_model_and_tokens_apart(void **state)
{
    (void)state;
    guint64 one = key_of(ONE);
    assert_true(one != key_of(SECOND));
    assert_true(one != key_of(EVENT(",\"tokenUsage\":{\"inputTokens\":1}")));
    assert_true(one != key_of("{" AT "," WHO ",\"model\":\"n\",\"kind\":\"Included\"}"));
}

static void the_key_never_changes_between_versions(void **state)
{
    (void)state;
    assert_int_equal(key_of(ONE), G_GUINT64_CONSTANT(0x4b0a8b44eb3591d));
}

/* ---- Hostile ------------------------------------------------------------------------------- */

static void bad_values_skip_the_event_and_name_the_field(void **state)
{
    (void)state;
    expect(EVENT(",\"tokenUsage\":{\"inputTokens\":-1}") "\n"                       /* 1 */
        EVENT(",\"tokenUsage\":{\"outputTokens\":\"7\"}") "\n"                      /* 2 */
        EVENT(",\"tokenUsage\":{\"cacheReadTokens\":99999999999999999999}") "\n"    /* 3 */
        EVENT(",\"chargedCents\":-1") "\n"                                          /* 4 */
        EVENT(",\"chargedCents\":\"1\"") "\n"                                       /* 5 */
        EVENT(",\"tokenUsage\":{\"totalCents\":1,\"discountPercentOff\":101}") "\n" /* 6 */
        EVENT(",\"isHeadless\":1") "\n"                                             /* 7 */
        EVENT(",\"conversationId\":[]") "\n"                                        /* 8 */
        EVENT(",\"chargedCents\":1,\"charged_cents\":2") "\n",                      /* 9 */
        "",
        "f.json:1:1: skipped: number out of range: tokenUsage.inputTokens: a count cannot be so "
        "(compare the record with the vendor's console)\n"
        "f.json:2:1: skipped: not a number: tokenUsage.outputTokens: a whole number is wanted "
        "(export the file again or mend the field)\n"
        "f.json:3:1: skipped: number out of range: tokenUsage.cacheReadTokens: a count cannot be "
        "so (compare the record with the vendor's console)\n"
        "f.json:4:1: skipped: number out of range: chargedCents: an amount cannot be so (compare "
        "the record with the vendor's console)\n"
        "f.json:5:1: skipped: not a number: chargedCents: an amount is wanted (export the file "
        "again or mend the field)\n"
        "f.json:6:1: skipped: number out of range: tokenUsage.discountPercentOff: a share cannot "
        "be so (compare the record with the vendor's console)\n"
        "f.json:7:1: skipped: broken JSON: isHeadless: true or false is wanted (export the file "
        "again; it may be cut off)\n"
        "f.json:8:1: skipped: broken JSON: conversationId: text is wanted (export the file again; "
        "it may be cut off)\n"
        "f.json:9:1: skipped: broken JSON: chargedCents: the member is there twice (export the "
        "file again; it may be cut off)\n");
}

static void bad_times_skip_the_event(void **state)
{
    (void)state;
#define AT_TIME(time) "{\"timestamp\":" time "," WHO ",\"model\":\"m\",\"kind\":\"Included\"}\n"
    expect(AT_TIME("\"soon\"") AT_TIME("\"\"") AT_TIME("\"253402300800000\"") AT_TIME("-1")
               AT_TIME("null") AT_TIME("{}") AT_TIME("\"1795219200000\""),
        "",
        "f.json:1:1: skipped: not a date: timestamp: neither epoch milliseconds nor an instant "
        "with its zone (write dates as YYYY-MM-DD)\n"
        "f.json:2:1: skipped: not a date: timestamp: neither epoch milliseconds nor an instant "
        "with its zone (write dates as YYYY-MM-DD)\n"
        "f.json:3:1: skipped: not a date: timestamp: neither epoch milliseconds nor an instant "
        "with its zone (write dates as YYYY-MM-DD)\n"
        "f.json:4:1: skipped: number out of range: timestamp: a count cannot be so (compare the "
        "record with the vendor's console)\n"
        "f.json:5:1: skipped: missing field: timestamp: no time (export the file again with all "
        "columns)\n"
        "f.json:6:1: skipped: not a date: timestamp: neither epoch milliseconds nor an instant "
        "with its zone (write dates as YYYY-MM-DD)\n"
        "f.json:7:1: skipped: date in the future: timestamp: later than the day of this run (check "
        "the clock of the exporting system)\n");
}

static void a_file_cut_off_keeps_what_is_whole(void **state)
{
    (void)state;
    expect("{\"usageEvents\":[" ONE ",{" AT, CALL "\n",
        "f.json:1:107: skipped: truncated file: the file ends inside this record (copy or export "
        "the file again)\n");
}

static void an_unknown_member_is_noted(void **state)
{
    (void)state;
    expect(EVENT(",\"newField\":{\"tokenUsage\":{\"inputTokens\":5}}"), CALL "\n",
        "f.json:1: note: unknown field: newField: not in the table of this format (nothing to do: "
        "it is not read)\n");
}

static void content_never_leaves_the_reader(void **state)
{
    (void)state;
    const char *text = EVENT(",\"serviceAccountName\":\"CANARY\"")
        EVENT(",\"serviceAccountName\":{\"CANARY\":[\"CANARY\"]},\"CANARY \\u0041\":\"CANARY\"");
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_null(strstr(reading.records->str, "CANARY"));
    assert_null(strstr(reading.diagnostics, "CANARY"));
    assert_int_equal(reading.summary.rows_taken, 2);
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
        cmocka_unit_test(a_page_of_the_interface_is_read),
        cmocka_unit_test(the_dashboard_names_the_owner_only),
        cmocka_unit_test(rows_come_in_any_packaging),
        cmocka_unit_test(lines_and_values_one_after_another_are_read),
        cmocka_unit_test(flattened_rows_in_snake_case_are_read),
        cmocka_unit_test(without_any_token_count_tokens_are_not_measured),
        cmocka_unit_test(tokens_count_whatever_the_flag_says),
        cmocka_unit_test(the_charge_has_the_fee_in_it),
        cmocka_unit_test(without_a_charge_discount_and_fee_are_applied),
        cmocka_unit_test(without_any_price_money_is_not_measured),
        cmocka_unit_test(only_billed_kinds_are_metered),
        cmocka_unit_test(a_new_kind_is_list_value_and_doubted_once),
        cmocka_unit_test(conversations_name_sessions),
        cmocka_unit_test(surfaces_are_told_by_their_signs),
        cmocka_unit_test(services_are_no_persons),
        cmocka_unit_test(ids_may_be_numbers_or_text),
        cmocka_unit_test(too_few_events_are_an_incomplete_export),
        cmocka_unit_test(pages_of_one_query_are_counted_together),
        cmocka_unit_test(pages_without_numbers_are_counted_together),
        cmocka_unit_test(each_query_of_a_file_is_counted),
        cmocka_unit_test(events_that_come_again_on_the_next_page_count_once),
        cmocka_unit_test(twins_on_one_page_are_two),
        cmocka_unit_test(days_of_a_period_that_are_not_whole_are_not_covered),
        cmocka_unit_test(a_page_without_events_says_nothing),
        cmocka_unit_test(the_key_survives_repricing_and_other_spellings),
        cmocka_unit_test(the_key_is_that_of_the_csv),
        cmocka_unit_test(the_key_tells_time_model_and_tokens_apart),
        cmocka_unit_test(the_key_never_changes_between_versions),
        cmocka_unit_test(bad_values_skip_the_event_and_name_the_field),
        cmocka_unit_test(bad_times_skip_the_event),
        cmocka_unit_test(a_file_cut_off_keeps_what_is_whole),
        cmocka_unit_test(an_unknown_member_is_noted),
        cmocka_unit_test(content_never_leaves_the_reader),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
