/* OTLP JSON whatever the client: packaging, order of members, forms of numbers, hostile input. */
#include "otlp_samples.h"

#define CLAUDE TEXT("service.name", "claude-code")
#define CLAUDE_SCOPE "com.anthropic.claude_code.events"
#define ANA TEXT("user.email", "ana@example.com")
#define REQUEST TEXT("event.name", "api_request") "," ANA "," TEXT("cost_usd", "0.5")
#define LOGS(records) LOGS_OF(CLAUDE, CLAUDE_SCOPE, records)
#define TAKEN AT " email:ana@example.com terminal interactions=1 requests=1 list_value=~500000\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

/* ---- Packaging ----------------------------------------------------------------------------- */

static void each_line_is_a_request(void **state)
{
    (void)state;
    expect(LOGS(LOG(REQUEST)) LOGS(LOG(REQUEST)), TAKEN TAKEN, "");
}

static void a_request_may_be_indented(void **state)
{
    (void)state;
    expect("{\n  \"resourceLogs\": [\n    {\n      " RESOURCE(
               CLAUDE) ",\n      \"scopeLogs\": [\n"
                       "{ \"logRecords\": [\n" LOG(REQUEST) "\n] } ]\n    }\n  ]\n}\n",
        TAKEN, "");
}

static void requests_may_stand_in_an_array(void **state)
{
    (void)state;
    expect("[" LOGS(LOG(REQUEST)) "," LOGS(LOG(REQUEST)) "]", TAKEN TAKEN, "");
}

static void members_of_a_page_are_not_taken_for_those_of_its_requests(void **state)
{
    (void)state;
    expect(
        LOGS(LOG(REQUEST)) "{\"other\":1,\"records\":[" LOGS(LOG(REQUEST)) "]}", TAKEN TAKEN, "");
}

static void one_request_may_have_all_signals(void **state)
{
    (void)state;
    expect("{\"resourceSpans\":[],\"resourceMetrics\":[],\"resourceLogs\":[{" RESOURCE(
               CLAUDE) ",\"scopeLogs\":[{\"logRecords\":[" LOG(REQUEST) "]}]}]}",
        TAKEN, "");
}

static void a_last_line_that_is_still_written_is_noted(void **state)
{
    (void)state;
    expect(LOGS(LOG(REQUEST)) "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRec", TAKEN,
        "f.json:2:1: note: unfinished line: the last line is not complete yet (nothing to do: it "
        "is read at the next run)\n");
}

/* ---- Order of members ---------------------------------------------------------------------- */

static void the_resource_may_stand_behind_its_scopes(void **state)
{
    (void)state;
    expect("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" LOG(REQUEST) "]}]," RESOURCE(
               CLAUDE) "}]}",
        TAKEN, "");
}

static void the_scope_may_stand_behind_its_records(void **state)
{
    (void)state;
    expect("{\"resourceLogs\":[{\"resource\":{},\"scopeLogs\":[{\"logRecords\":[" LOG(
               REQUEST) "]," SCOPE(CLAUDE_SCOPE) "}]}]}",
        TAKEN, "");
}

static void the_value_may_stand_before_its_key(void **state)
{
    (void)state;
    expect(LOGS(LOG("{\"value\":{\"stringValue\":\"ana@example.com\"},\"key\":\"user.email\"},"
                    "{\"value\":{\"stringValue\":\"api_request\"},\"key\":\"event.name\"},"
                    "{\"value\":{\"doubleValue\":0.5},\"key\":\"cost_usd\"}")),
        TAKEN, "");
}

static void a_metric_may_be_named_behind_its_points(void **state)
{
    (void)state;
    expect(
        "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"sum\":{\"dataPoints\":[" POINT(
            ANA, TIME_BEFORE, TIME,
            "\"asDouble\":7") "]" DELTA "},\"name\":\"claude_code.active_time.total\"}]}]}]}",
        AT " email:ana@example.com source:claude-code-otel-metrics terminal active_seconds=7\n",
        "");
}

static void records_of_each_resource_have_that_resource(void **state)
{
    (void)state;
    expect("{\"resourceLogs\":[{" RESOURCE(CLAUDE "," TEXT(
               "enduser.id", "bo")) ",\"scopeLogs\":[{"
                                    "\"logRecords\":[" LOG(TEXT("event.name",
                                        "api_request")) "]}]},{\"scopeLogs\":[{"
                                                        "\"logRecords\":[" LOG(TEXT("event.name",
                                                            "claude_code.api_request")) "]}]}]}",
        AT " user_id:bo terminal interactions=1 requests=1\n" AT
           " path:f.json terminal interactions=1 requests=1\n",
        "");
}

/* ---- Names of events ----------------------------------------------------------------------- */

static void an_event_may_be_named_in_three_places(void **state)
{
    (void)state;
    expect(LOGS_OF("", "x",
               "{\"timeUnixNano\":\"" TIME "\",\"eventName\":\"claude_code.api_request\","
               "\"attributes\":[" ANA "," TEXT("cost_usd", "0.5") "]}," LOG(
                   ANA "," TEXT("event.name", "claude_code.api_request") "," TEXT("cost_usd",
                       "0.5")) ","
                               "{\"timeUnixNano\":\"" TIME "\",\"body\":{\"stringValue\":"
                               "\"claude_code.api_request\"},\"attributes\":[" ANA
                               "," TEXT("cost_usd", "0.5") "]}"),
        TAKEN TAKEN TAKEN, "");
}

static void a_name_without_a_prefix_is_known_by_service_or_scope(void **state)
{
    (void)state;
    expect(LOGS_OF(TEXT("service.name", "claude-code-desktop"), "", LOG(REQUEST)) /* 1 */
        LOGS_OF("", CLAUDE_SCOPE, LOG(REQUEST))                                   /* 2 */
        LOGS_OF(TEXT("service.name", "billing"), "app", LOG(REQUEST)),            /* not */
        TAKEN TAKEN, "");
}

static void other_services_are_passed_over(void **state)
{
    (void)state;
    expect(LOGS_OF(TEXT("service.name", "shop"), "", LOG(TEXT("event.name", "order")))
               METRICS_OF("", "", "http.server.duration", "histogram",
                   POINT("", TIME_BEFORE, TIME, "\"count\":\"1\",\"sum\":2"), DELTA),
        "",
        "f.json: note: empty file: no rows in it, which does not mean no use (export the period "
        "again if use was expected)\n");
}

/* ---- Forms of numbers ---------------------------------------------------------------------- */

static void a_count_may_have_any_form(void **state)
{
    (void)state;
    static const char *const forms[] = {"{\"intValue\":\"12\"}", "{\"intValue\":12}",
        "{\"stringValue\":\"12\"}", "{\"doubleValue\":12}", "{\"doubleValue\":12.0}",
        "{\"doubleValue\":\"12\"}", "{\"doubleValue\":1.2e1}"};
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *text = g_strdup_printf(
            LOGS(LOG(REQUEST ",{\"key\":\"input_tokens\",\"value\":%s}")), forms[i]);
        expect(text,
            AT " email:ana@example.com terminal interactions=1 requests=1 input_tokens=12 "
               "list_value=~500000\n",
            "");
    }
}

static void a_value_that_is_empty_or_broken_is_missing(void **state)
{
    (void)state;
    static const char *const forms[] = {"{}", "{\"doubleValue\":{}}", "null", "5", "\"12\"", "[]",
        "{\"arrayValue\":{\"values\":[{\"intValue\":\"5\"}]}}", "{\"kvlistValue\":{\"values\":[]}}",
        "{\"intValue\":null}", "{\"doubleValue\":\"NaN\"}", "{\"stringValue\":\"\"}",
        "{\"stringValue\":\"undefined\"}"};
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *text = g_strdup_printf(
            LOGS(LOG(REQUEST ",{\"key\":\"input_tokens\",\"value\":%s}")), forms[i]);
        expect(text, TAKEN, "");
    }
}

static void times_are_whole_nanoseconds_of_64_bits(void **state)
{
    (void)state;
    expect(LOGS("{\"timeUnixNano\":1788855365120999999,\"attributes\":[" REQUEST "]}"), TAKEN, "");
}

static void the_observed_time_stands_in_for_a_missing_one(void **state)
{
    (void)state;
    expect(LOGS("{\"timeUnixNano\":\"0\",\"observedTimeUnixNano\":\"" TIME
                "\",\"attributes\":[" REQUEST "]}"),
        TAKEN, "");
}

static void the_events_own_time_goes_before_that_of_the_log(void **state)
{
    (void)state;
    expect(LOGS(LOG(REQUEST "," TEXT("event.timestamp", "2026-09-07T00:00:00.001Z"))),
        "2026-09-07+1 email:ana@example.com terminal interactions=1 requests=1 "
        "list_value=~500000\n",
        "");
}

static void an_unreadable_time_of_the_event_leaves_that_of_the_log(void **state)
{
    (void)state;
    expect(LOGS(LOG(REQUEST "," TEXT("event.timestamp", "yesterday"))), TAKEN, "");
}

/* ---- What is refused ----------------------------------------------------------------------- */

#define BAD(attribute) LOGS(LOG(REQUEST "," attribute))
#define AT_TIME(members) LOGS("{" members "\"attributes\":[" REQUEST "]}")
#define COMPARE " (compare the record with the vendor's console)"
#define MEND " (export the file again or mend the field)"
#define AGAIN " (export the file again with all columns)"

static void a_bad_value_skips_its_record_and_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *diagnostic;
    } cases[] = {
        {BAD(WHOLE("input_tokens", "-1")),
            "number out of range: input_tokens: a count cannot be so" COMPARE},
        {BAD(WHOLE("output_tokens", "99999999999999999999999")),
            "number out of range: output_tokens: a count cannot be so" COMPARE},
        {BAD(TEXT("cache_read_tokens", "many")),
            "not a number: cache_read_tokens: a whole number is wanted" MEND},
        {BAD(VALUE("cache_creation_tokens", "{\"doubleValue\":1.5}")),
            "not a number: cache_creation_tokens: a whole number is wanted" MEND},
        {BAD(VALUE("cost_usd", "{\"doubleValue\":-0.5}")),
            "number out of range: cost_usd: an amount cannot be so" COMPARE},
        {BAD(VALUE("cost_usd", "{\"doubleValue\":\"Infinity\"}")),
            "not a number: cost_usd: an amount is wanted" MEND},
        {BAD(TEXT("session.id", "a\\u0000b")),
            "broken JSON: session.id: the text is too long or holds a NUL (export the file again; "
            "it may be cut off)"},
        {AT_TIME(""), "missing field: timeUnixNano: no time" AGAIN},
        {AT_TIME("\"timeUnixNano\":\"-5\","), "missing field: timeUnixNano: no time" AGAIN},
        {AT_TIME("\"timeUnixNano\":{},"), "missing field: timeUnixNano: no time" AGAIN},
        {AT_TIME("\"timeUnixNano\":\"1795219200000000000\","),
            "date in the future: timeUnixNano: later than the day of this run (check the clock of "
            "the exporting system)"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *diagnostic =
            g_strdup_printf("f.json:1:1: skipped: %s\n", cases[i].diagnostic);
        expect(cases[i].text, "", diagnostic);
    }
}

static void members_of_other_types_are_passed_over(void **state)
{
    (void)state;
    static const char *const texts[] = {"{\"resourceLogs\":null}", "{\"resourceLogs\":{}}",
        "{\"resourceLogs\":[null,1,\"x\",[]]}", "{\"resourceLogs\":[{\"resource\":5}]}",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":{}},\"scopeLogs\":7}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"scope\":[],\"logRecords\":\"x\"}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"attributes\":[null,{},{\"key\":1},"
        "{\"key\":\"event.name\"},{\"value\":{}},[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]],"
        "\"body\":{\"stringValue\":[]}}]}]}]}",
        "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":{},\"sum\":{"
        "\"dataPoints\":[{}]}},{\"name\":\"claude_code.token.usage\",\"sum\":3},{\"name\":"
        "\"claude_code.token.usage\",\"gauge\":{\"dataPoints\":{}}}]}]}]}"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        expect_nothing(texts[i]);
}

static void a_fault_inside_a_line_keeps_what_stands_before_it(void **state)
{
    (void)state;
    expect(LOGS(LOG(REQUEST) "," LOG(TEXT("event.name", "\\ud800"))) LOGS(LOG(REQUEST)),
        TAKEN TAKEN,
        "f.json:1:508: skipped: broken JSON: a string with a bad escape, or half of a surrogate "
        "pair (export the file again; it may be cut off)\n");
}

static void a_line_that_is_not_utf8_is_left_out(void **state)
{
    (void)state;
    expect(LOGS(LOG(REQUEST "," TEXT("x", "\xff"))) LOGS(LOG(REQUEST)), TAKEN,
        "f.json:1:1: skipped: not UTF-8: bytes that are not UTF-8 (save the file as UTF-8 and "
        "read it again)\n");
}

static void old_names_of_members_are_told_once(void **state)
{
    (void)state;
    expect("{\"resourceLogs\":[{\"instrumentationLibraryLogs\":[]}]}\n"
           "{\"resourceMetrics\":[{\"instrumentationLibraryMetrics\":[]}]}\n" LOGS(LOG(REQUEST)),
        TAKEN,
        "f.json:1:1: warning: incomplete export: instrumentationLibraryLogs: written by a "
        "collector from before 2022, and not read (export all pages of the period again)\n");
}

#define SEE " (see docs/formats.md for what is read)\n"

static void snake_case_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"resource_logs\":[]}", "{\"resource_metrics\":[]}", "{\"resource_spans\":[]}"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        expect(texts[i], "",
            "f.json: skipped: format not recognised: OpenTelemetry data in an old spelling "
            "(snake_case): export them with a current collector, whose JSON has lowerCamelCase "
            "names" SEE);
}

static void expect_bytes(const char *bytes, gsize length, const char *diagnostics)
{
    Reading reading;
    transcript_read(&reading, "f.json", bytes, length);
    assert_string_equal(reading.diagnostics, diagnostics);
    assert_false(reading.taken);
    transcript_clear(&reading);
}

static void binary_files_of_a_collector_are_refused(void **state)
{
    (void)state;
    expect_bytes("\0\0\1\2\n\x10\x12\x01", 8,
        "f.json: skipped: format not recognised: OpenTelemetry data in binary form (protobuf): "
        "set the collector's file exporter to format json" SEE);
    expect_bytes("\0\1\0\2\x28\xb5\x2f\xfd", 8,
        "f.json: skipped: format not recognised: OpenTelemetry data compressed by the collector: "
        "set its file exporter to format json without compression" SEE);
}

/* ---- Content ------------------------------------------------------------------------------- */

#define CANARY "qX7canary"
#define SECRET(key) TEXT(key, CANARY)

static void content_is_counted_and_goes_nowhere(void **state)
{
    (void)state;
    const char *text =
        LOGS_OF(CLAUDE "," SECRET("workspace.host_paths"), CLAUDE_SCOPE,
            "{\"timeUnixNano\":\"" TIME "\",\"body\":{\"stringValue\":\"" CANARY "\"},"
            "\"severityText\":"
            "\"" CANARY "\","
            "\"att"
            "ribut"
            "es\":"
            "[" REQUEST "," SECRET(
                "prompt") "," SECRET("prompt_text") "," SECRET("r"
                                                               "e"
                                                               "s"
                                                               "p"
                                                               "o"
                                                               "n"
                                                               "s"
                                                               "e") "," SECRET("request_text") "," SECRET("response_text") "," SECRET("error") "," SECRET("error.message") "," SECRET("error_message") "," SECRET("message") "," SECRET("system_prompt") "," SECRET("new_context") "," SECRET("body") "," SECRET("body_ref") "," SECRET("data") "," SECRET("hook_definitions") "," SECRET("file_path") "," SECRET("tool_input") "," SECRET("tool_parameters") "," SECRET("full_command") "," SECRET("bash_command") "," SECRET("function_args") "," SECRET("command") "," SECRET("metadata") "," SECRET("gen_ai.input.messages") "," SECRET("gen_ai.output.messages") "," SECRET("gen_ai.system_instructions") "," SECRET("gen_ai.prompt") "," SECRET("gen_ai.completion") "," SECRET("gen_ai.tool.call.arguments") "," SECRET("gen_ai.tool.call.result") "," SECRET("gen_ai.tool.definitions") "," SECRET(CANARY) "]}");
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_string_equal(reading.records->str, TAKEN);
    assert_string_equal(reading.diagnostics, "");
    assert_int_equal(reading.summary.dropped_content_fields, 32);
    transcript_clear(&reading);
}

static void every_content_field_of_the_table_is_in_the_test_above(void **state)
{
    (void)state;
    guint names = 0;
    for (guint i = 0; i < tm_intake_format_count(); i++) {
        const TmFormat *format = tm_intake_format(i);
        for (guint j = 0; j < format->field_count && g_str_equal(format->key, "otlp"); j++)
            if (format->fields[j].use == TM_FIELD_CONTENT) {
                g_auto(GStrv) variants = g_strsplit(format->fields[j].names, "|", 0);
                names += g_strv_length(variants);
            }
    }
    assert_int_equal(names, 32);
}

/* ---- Whole files --------------------------------------------------------------------------- */

static void a_collectors_file_with_all_kinds_is_read(void **state)
{
    (void)state;
    transcript_compare_golden("otlp-collector.ndjson");
}

static void a_telemetry_file_with_all_kinds_is_read(void **state)
{
    (void)state;
    transcript_compare_golden("gemini-telemetry.json");
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
        cmocka_unit_test(each_line_is_a_request),
        cmocka_unit_test(a_request_may_be_indented),
        cmocka_unit_test(requests_may_stand_in_an_array),
        cmocka_unit_test(members_of_a_page_are_not_taken_for_those_of_its_requests),
        cmocka_unit_test(one_request_may_have_all_signals),
        cmocka_unit_test(a_last_line_that_is_still_written_is_noted),
        cmocka_unit_test(the_resource_may_stand_behind_its_scopes),
        cmocka_unit_test(the_scope_may_stand_behind_its_records),
        cmocka_unit_test(the_value_may_stand_before_its_key),
        cmocka_unit_test(a_metric_may_be_named_behind_its_points),
        cmocka_unit_test(records_of_each_resource_have_that_resource),
        cmocka_unit_test(an_event_may_be_named_in_three_places),
        cmocka_unit_test(a_name_without_a_prefix_is_known_by_service_or_scope),
        cmocka_unit_test(other_services_are_passed_over),
        cmocka_unit_test(a_count_may_have_any_form),
        cmocka_unit_test(a_value_that_is_empty_or_broken_is_missing),
        cmocka_unit_test(times_are_whole_nanoseconds_of_64_bits),
        cmocka_unit_test(the_observed_time_stands_in_for_a_missing_one),
        cmocka_unit_test(the_events_own_time_goes_before_that_of_the_log),
        cmocka_unit_test(an_unreadable_time_of_the_event_leaves_that_of_the_log),
        cmocka_unit_test(a_bad_value_skips_its_record_and_is_named),
        cmocka_unit_test(members_of_other_types_are_passed_over),
        cmocka_unit_test(a_fault_inside_a_line_keeps_what_stands_before_it),
        cmocka_unit_test(a_line_that_is_not_utf8_is_left_out),
        cmocka_unit_test(old_names_of_members_are_told_once),
        cmocka_unit_test(snake_case_is_refused),
        cmocka_unit_test(binary_files_of_a_collector_are_refused),
        cmocka_unit_test(content_is_counted_and_goes_nowhere),
        cmocka_unit_test(every_content_field_of_the_table_is_in_the_test_above),
        cmocka_unit_test(a_collectors_file_with_all_kinds_is_read),
        cmocka_unit_test(a_telemetry_file_with_all_kinds_is_read),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
