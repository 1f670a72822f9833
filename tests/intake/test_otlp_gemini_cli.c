/*
 * Gemini CLI and Qwen Code: over OTLP, in the telemetry file, and in Cloud Logging; against
 * records computed by hand.
 */
#include "otlp_samples.h"

#define EVENTS(records) LOGS_OF(TEXT("service.name", "gemini-cli"), "gemini-cli", records)
#define EVENT(name, attributes) LOG(TEXT("event.name", "gemini_cli." name) "," attributes)
#define ANA TEXT("user.email", "ana@example.com")
#define GEMINI " source:gemini-cli-otel-events"
#define METRICS " source:gemini-cli-otel-metrics"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

/* ---- Tokens -------------------------------------------------------------------------------- */

#define COUNTS(input, output, cached, thoughts, tool, total)                                       \
    WHOLE("input_token_count", input)                                                              \
    "," WHOLE("output_token_count", output) "," WHOLE(                                             \
        "cached_content_token_count", cached) "," WHOLE("thoughts_token_count",                    \
        thoughts) "," WHOLE("tool_token_count", tool) "," WHOLE("total_token_count", total)
#define RESPONSE(attributes) EVENTS(EVENT("api_response", ANA "," attributes))
#define ANSWERED                                                                                   \
    AT " email:ana@example.com" GEMINI " terminal price/request interactions=1 requests=1 "

static void cached_input_is_taken_off_and_thoughts_are_added(void **state)
{
    (void)state;
    expect(RESPONSE(COUNTS("12000", "300", "8000", "150", "40", "12490")),
        ANSWERED "input_tokens=4040 cache_read_tokens=8000 output_tokens=450\n", "");
}

static void thoughts_inside_the_output_are_not_added_again(void **state)
{
    (void)state;
    expect(RESPONSE(COUNTS("18009", "47", "0", "40", "0", "18056")),
        ANSWERED "input_tokens=18009 cache_read_tokens=0 output_tokens=47\n", "");
}

static void cached_input_beyond_the_input_is_not_taken_off(void **state)
{
    (void)state;
    expect(RESPONSE(COUNTS("100", "5", "8000", "0", "0", "105")),
        ANSWERED "input_tokens=100 cache_read_tokens=8000 output_tokens=5\n", "");
}

static void counts_left_out_are_zero(void **state)
{
    (void)state;
    expect(RESPONSE(WHOLE("output_token_count", "5") "," TEXT("model", "gemini-2.5-pro")),
        AT " email:ana@example.com" GEMINI " model:gemini-2.5-pro terminal price/request "
           "interactions=1 requests=1 input_tokens=0 cache_read_tokens=0 output_tokens=5\n",
        "");
}

static void a_response_without_counts_has_no_tokens(void **state)
{
    (void)state;
    expect(RESPONSE(WHOLE("status_code", "200")),
        AT " email:ana@example.com" GEMINI " terminal interactions=1 requests=1\n", "");
}

static void a_bad_count_is_named(void **state)
{
    (void)state;
    expect(RESPONSE(WHOLE("thoughts_token_count", "-2")), "",
        "f.json:1:1: skipped: number out of range: thoughts_token_count: a count cannot be so "
        "(compare the record with the vendor's console)\n");
}

/* ---- What counts --------------------------------------------------------------------------- */

static void requests_in_other_roles_give_tokens_only(void **state)
{
    (void)state;
    expect(RESPONSE(WHOLE("output_token_count", "5") "," TEXT("role", "utility_router")),
        AT " email:ana@example.com" GEMINI " terminal price/request interactions=0 requests=0 "
           "input_tokens=0 cache_read_tokens=0 output_tokens=5\n",
        "");
}

#define CALL(function, decision)                                                                   \
    EVENT("tool_call", ANA "," TEXT("function_name", function) "," TEXT("decision", decision))

static void decisions_of_people_about_edits_count(void **state)
{
    (void)state;
    expect(EVENTS(CALL("replace", "accept") "," CALL("write_file", "modify") "," CALL(
               "replace", "reject") "," CALL("replace", "auto_accept") "," CALL("run_shell_command",
               "accept") "," CALL("replace", "")),
        AT " email:ana@example.com" GEMINI " terminal interactions=0 accepted=1\n" AT
           " email:ana@example.com" GEMINI " terminal interactions=0 accepted=1\n" AT
           " email:ana@example.com" GEMINI " terminal interactions=0 rejected=1\n",
        "");
}

static void twins_in_genai_terms_are_passed_over(void **state)
{
    (void)state;
    expect_nothing(EVENTS(LOG(TEXT(
        "event.name", "gen_ai.client.inference.operation.details") "," TEXT("gen_ai.operation.name",
        "generate_content") "," WHOLE("gen_ai.usage.input_tokens", "9"))));
}

static void other_events_are_passed_over(void **state)
{
    (void)state;
    expect_nothing(EVENTS(EVENT("config", ANA) "," EVENT("api_error", ANA) "," EVENT(
        "api_request", ANA) "," EVENT("file_operation", ANA)));
}

static void qwen_code_is_a_tool_of_its_own(void **state)
{
    (void)state;
    expect(LOGS_OF("", "", LOG(ANA "," TEXT("event.name", "qwen-code.api_response")))
               METRICS_OF("", "", "qwen-code.api.request.count", "sum",
                   POINT(ANA, TIME_BEFORE, TIME, "\"asInt\":3"), DELTA),
        AT " email:ana@example.com source:qwen-code-otel-events terminal interactions=1 "
           "requests=1\n" AT
           " email:ana@example.com source:qwen-code-otel-metrics terminal interactions=3 "
           "requests=3\n",
        "");
}

static void the_session_can_be_cut_out_of_the_prompts_id(void **state)
{
    (void)state;
    expect(EVENTS(EVENT("user_prompt",
               TEXT("installation.id", "i-1") "," TEXT("session.id", "s")) "," EVENT("user_prompt",
               TEXT("installation.id", "i-1") "," TEXT("prompt_id", "s########0"))),
        AT " installation:i-1" GEMINI " terminal session=1 interactions=1 messages=1\n" AT
           " installation:i-1" GEMINI " terminal session=1 interactions=1 messages=1\n",
        "");
}

/* ---- Metrics over OTLP --------------------------------------------------------------------- */

#define METRIC(name, points, members)                                                              \
    METRICS_OF("", "gemini-cli", "gemini_cli." name, "sum", points, members)
#define COUNTER(attributes, value) POINT(ANA "," attributes, TIME_BEFORE, TIME, "\"asInt\":" value)
#define RUNNING AT " email:ana@example.com" METRICS " part=20704 terminal running "

static void input_in_metrics_has_no_split(void **state)
{
    (void)state;
    expect(
        METRIC("token.usage",
            COUNTER(TEXT("type", "input"), "12000") "," COUNTER(TEXT("type", "cache"),
                "8000") "," COUNTER(TEXT("type", "tool"), "40") "," COUNTER(TEXT("type", "output"),
                "300") "," COUNTER(TEXT("type", "thought"), "150"),
            CUMULATIVE),
        RUNNING "unsplit_tokens=12000\n" RUNNING "unsplit_tokens=40\n" RUNNING
                "output_tokens=300\n" RUNNING "output_tokens=150\n",
        "");
}

static void only_requests_that_succeeded_are_counted(void **state)
{
    (void)state;
    expect(METRIC("api.request.count",
               COUNTER(WHOLE("status_code", "200"), "4") "," COUNTER(
                   TEXT("model", "m"), "5") "," COUNTER(WHOLE("status_code", "429"),
                   "6") "," COUNTER(WHOLE("status_code", "200") "," TEXT("error_type", "x"), "7"),
               CUMULATIVE),
        RUNNING "interactions=4 requests=4\n" AT " email:ana@example.com" METRICS
                " part=20704 model:m terminal running interactions=5 "
                "requests=5\n",
        "");
}

static void decisions_are_in_the_metric_of_tool_calls(void **state)
{
    (void)state;
    expect(METRIC("tool.call.count",
               COUNTER(TEXT("function_name", "replace") "," TEXT("decision", "modify"),
                   "2") "," COUNTER(TEXT("function_name", "replace") "," TEXT("decision",
                                        "auto_accept"),
                   "9"),
               DELTA),
        AT " email:ana@example.com" METRICS " terminal accepted=2\n", "");
}

/* ---- The telemetry file -------------------------------------------------------------------- */

/* hrTime is TIME. */
#define RECORD(attributes)                                                                         \
    "{\n  \"hrTime\": [\n    1788855365,\n    120000000\n  ],\n  \"resource\": {\n    "            \
    "\"_rawAttributes\": [\n      [\n        \"service.name\",\n        \"gemini-cli\"\n      ]\n" \
    "    ]\n  },\n  \"instrumentationScope\": {\n    \"name\": \"gemini-cli\"\n  },\n  "           \
    "\"attributes\": {\n    \"installation.id\": \"i-1\",\n    \"interactive\": true,\n   "        \
    " " attributes "\n  },\n  \"_body\": \"text\",\n  \"_isReadonly\": true\n}\n"
#define OWNER AT " installation:i-1" GEMINI " terminal "

#define FILE_PROMPT RECORD("\"event.name\": \"gemini_cli.user_prompt\", \"prompt_length\": 42")
#define FILE_RESPONSE                                                                              \
    RECORD("\"event.name\": \"gemini_cli.api_response\", \"input_token_count\": 12000, "           \
           "\"output_token_count\": 300, \"cached_content_token_count\": 8000, "                   \
           "\"finish_reasons\": [\"STOP\"], \"error\": null")
#define FILE_RESPONSE_TEXT                                                                         \
    OWNER "price/request interactions=1 requests=1 input_tokens=4000 cache_read_tokens=8000 "      \
          "output_tokens=300\n"

static void records_of_the_telemetry_file_are_read(void **state)
{
    (void)state;
    expect(FILE_PROMPT FILE_RESPONSE, OWNER "interactions=0 messages=1\n" FILE_RESPONSE_TEXT, "");
}

static void the_events_time_goes_before_that_of_the_record(void **state)
{
    (void)state;
    expect(RECORD("\"event.name\": \"gemini_cli.api_response\", \"event.timestamp\": "
                  "\"2026-10-05T00:00:00.002Z\""),
        "2026-10-05+2 installation:i-1" GEMINI " terminal interactions=1 requests=1\n", "");
}

static void spans_and_twins_in_the_telemetry_file_are_passed_over(void **state)
{
    (void)state;
    expect("{\n\"traceId\": \"t\",\n\"name\": \"generate\",\n\"kind\": 0,\n\"duration\": [0, 5],\n"
           "\"attributes\": {\n\"event.name\": \"gemini_cli.api_response\"}\n}\n" RECORD(
               "\"event.name\": \"gen_ai.client.inference.operation.details\", "
               "\"gen_ai.operation.name\": \"generate_content\", "
               "\"gen_ai.usage.input_tokens\": 12000") FILE_RESPONSE,
        FILE_RESPONSE_TEXT, "");
}

static void a_twin_without_its_event_is_no_request_either(void **state)
{
    (void)state;
    expect_nothing(RECORD("\"event.name\": \"gen_ai.client.inference.operation.details\", "
                          "\"gen_ai.operation.name\": \"generate_content\", "
                          "\"gen_ai.usage.input_tokens\": 12000"));
}

static void an_object_that_is_cut_costs_only_itself(void **state)
{
    (void)state;
    Reading reading;
    const char *text = "{\n  \"hrTime\": [\n    1788855365,\n" FILE_RESPONSE FILE_RESPONSE;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_string_equal(reading.records->str, FILE_RESPONSE_TEXT FILE_RESPONSE_TEXT);
    assert_true(reading.summary.rows_skipped > 0);
    transcript_clear(&reading);
}

#define BATCH(metrics)                                                                             \
    "{\n\"resource\": {\"_rawAttributes\": []},\n\"scopeMetrics\": [{\"scope\": {\"name\": "       \
    "\"gemini-cli\"}, \"metrics\": [" metrics "]}]\n}\n"
#define FILE_METRIC(name, temporality, points)                                                     \
    "{\"descriptor\": {\"name\": \"" name "\", \"type\": \"COUNTER\"}, "                           \
    "\"aggregationTemporality\": " temporality ", \"dataPointType\": 3, \"dataPoints\": [" points  \
    "]}"
#define FILE_POINT(type, end, value)                                                               \
    "{\"attributes\": {\"session.id\": \"s\", \"type\": \"" type                                   \
    "\"}, \"startTime\": [1788855305,"                                                             \
    " 0], \"endTime\": " end ", \"value\": " value "}"

static void batches_hold_running_totals_of_the_librarys_kind(void **state)
{
    (void)state;
    expect(BATCH(FILE_METRIC("gemini_cli.token.usage", "1",
               FILE_POINT("output", "[1788855365, 120000000]", "300") "," FILE_POINT(
                   "thought", "\"[Circular]\"", "150"))),
        AT " path:f.json" METRICS " part=20704 terminal session=1 running output_tokens=300\n" AT
           " path:f.json" METRICS " part=20704 terminal session=1 running output_tokens=150\n",
        "");
}

static void zero_is_the_librarys_delta(void **state)
{
    (void)state;
    expect(BATCH(FILE_METRIC("gemini_cli.token.usage", "0",
               FILE_POINT("output", "[1788855365, 120000000]", "300"))),
        AT " path:f.json" METRICS " terminal session=1 output_tokens=300\n", "");
}

static void points_may_stand_before_what_they_mean(void **state)
{
    (void)state;
    expect(BATCH("{\"dataPoints\": [" FILE_POINT("output", "[1788855365, 120000000]",
               "300") "], \"aggregationTemporality\": 1, \"descriptor\": {\"name\": "
                      "\"gemini_cli.token.usage\"}}"),
        AT " path:f.json" METRICS " part=20704 terminal session=1 running output_tokens=300\n", "");
}

static void texts_in_place_of_arrays_and_histograms_are_passed_over(void **state)
{
    (void)state;
    expect_nothing(BATCH(FILE_METRIC("gemini_cli.api.request.latency", "1",
        "{\"attributes\": {}, \"endTime\": [1788855365, 0], \"value\": {\"min\": 1, \"buckets\":"
        " {\"boundaries\": \"[Circular]\"}}}") ","
                                               "{\"descriptor\": {\"name\": "
                                               "\"gemini_cli.token.usage\"}, "
                                               "\"aggregationTemporality\": 1, "
                                               "\"dataPoints\": \"[Circular]\"}") "{\"resource\": "
                                                                                  "1, "
                                                                                  "\"scopeMetrics\""
                                                                                  ": "
                                                                                  "\"[Circular]"
                                                                                  "\"}");
}

static void a_batch_without_any_time_is_reported(void **state)
{
    (void)state;
    expect(BATCH(FILE_METRIC(
               "gemini_cli.token.usage", "1", FILE_POINT("output", "\"[Circular]\"", "300"))),
        "",
        "f.json:1:1: skipped: missing field: timeUnixNano: no time (export the file again with "
        "all columns)\n");
}

static void later_batches_tell_of_the_same_counter(void **state)
{
    (void)state;
    assert_true(key_of(BATCH(FILE_METRIC("gemini_cli.token.usage", "1",
                    FILE_POINT("output", "[1788855365, 0]", "3")))) ==
                key_of(BATCH(FILE_METRIC("gemini_cli.token.usage", "1",
                    "{\"attributes\": {\"type\": \"output\", \"session.id\": \"s\"}, \"startTime\":"
                    " \"[Circular]\", \"endTime\": [1788855375, 0], \"value\": 9}"))));
}

static void an_event_has_one_key_in_the_file_and_over_otlp(void **state)
{
    (void)state;
    assert_true(key_of(RECORD("\"event.name\": \"gemini_cli.user_prompt\", \"session.id\": \"s\", "
                              "\"prompt_id\": \"s########0\"")) ==
                key_of(EVENTS(EVENT(
                    "user_prompt", TEXT("session.id", "s") "," TEXT("prompt_id", "s########0")))));
}

static void the_same_event_twice_has_one_key_and_others_differ(void **state)
{
    (void)state;
    static const char *const events[] = {EVENTS(EVENT("api_response", TEXT("session.id", "s"))),
        EVENTS(EVENT("api_response", TEXT("session.id", "t"))),
        EVENTS(EVENT("user_prompt", TEXT("session.id", "s"))),
        EVENTS(EVENT("api_response", TEXT("session.id", "s") "," TEXT("prompt_id", "p"))),
        EVENTS(EVENT("api_response", TEXT("session.id", "s") "," TEXT("model", "m"))),
        EVENTS(EVENT("api_response", TEXT("session.id", "s") "," WHOLE("total_token_count", "3")))};
    for (guint i = 0; i < G_N_ELEMENTS(events); i++)
        for (guint j = 0; j < i; j++)
            assert_true(key_of(events[i]) != key_of(events[j]));
}

/* ---- Cloud Logging ------------------------------------------------------------------------- */

#define ENTRY(id, payload)                                                                         \
    "{\"insertId\":\"" id "\",\"jsonPayload\":{" payload "},\"logName\":\"projects/p/logs/"        \
    "gemini_cli\",\"resource\":{\"type\":\"global\"},\"timestamp\":"                               \
    "\"2026-09-08T08:16:05.120123456Z\"}"
#define PAYLOAD                                                                                    \
    "\"event.name\":\"gemini_cli.api_response\",\"user.email\":\"ana@example.com\","               \
    "\"message\":\"text\",\"input_token_count\":12000.0,\"output_token_count\":300.0"
#define PAYLOAD_TEXT ANSWERED "input_tokens=12000 cache_read_tokens=0 output_tokens=300\n"

static void entries_of_cloud_logging_are_read(void **state)
{
    (void)state;
    expect("[" ENTRY("a", PAYLOAD) "," ENTRY("b", PAYLOAD) "]", PAYLOAD_TEXT PAYLOAD_TEXT, "");
    expect(ENTRY("a", PAYLOAD) "\n" ENTRY("b", PAYLOAD) "\n", PAYLOAD_TEXT PAYLOAD_TEXT, "");
}

static void an_entry_is_known_by_its_id(void **state)
{
    (void)state;
    assert_true(key_of(ENTRY("a", PAYLOAD)) == key_of(ENTRY("a", PAYLOAD ",\"model\":\"m\"")));
    assert_true(key_of(ENTRY("a", PAYLOAD)) != key_of(ENTRY("b", PAYLOAD)));
}

static void an_entry_that_was_too_large_is_lost(void **state)
{
    (void)state;
    expect(ENTRY("a", "\"_warning\":\"payload exceeded\",\"data\":\"x\"") "\n" ENTRY("b", PAYLOAD),
        PAYLOAD_TEXT,
        "f.json:1:1: skipped: missing field: jsonPayload: the entry was too large for the log, "
        "which dropped it: its use is lost (export the file again with all columns)\n");
}

static void entries_of_other_logs_are_not_recognised(void **state)
{
    (void)state;
    Reading reading;
    const char *text = "{\"insertId\":\"a\",\"jsonPayload\":{},\"logName\":\"projects/p/logs/app\","
                       "\"timestamp\":\"2026-09-08T08:16:05Z\"}";
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_null(reading.summary.format);
    transcript_clear(&reading);
}

/* ---- Content ------------------------------------------------------------------------------- */

#define CANARY "qX7canary"

static void content_goes_nowhere(void **state)
{
    (void)state;
    const char *text = RECORD("\"event.name\": \"gemini_cli.user_prompt\", \"prompt\": \"" CANARY
                              "\", \"function_args\": \"" CANARY "\", \"" CANARY "\": 1");
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_string_equal(reading.records->str, OWNER "interactions=1 messages=1\n");
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
        cmocka_unit_test(cached_input_is_taken_off_and_thoughts_are_added),
        cmocka_unit_test(thoughts_inside_the_output_are_not_added_again),
        cmocka_unit_test(cached_input_beyond_the_input_is_not_taken_off),
        cmocka_unit_test(counts_left_out_are_zero),
        cmocka_unit_test(a_response_without_counts_has_no_tokens),
        cmocka_unit_test(a_bad_count_is_named),
        cmocka_unit_test(requests_in_other_roles_give_tokens_only),
        cmocka_unit_test(decisions_of_people_about_edits_count),
        cmocka_unit_test(twins_in_genai_terms_are_passed_over),
        cmocka_unit_test(other_events_are_passed_over),
        cmocka_unit_test(qwen_code_is_a_tool_of_its_own),
        cmocka_unit_test(the_session_can_be_cut_out_of_the_prompts_id),
        cmocka_unit_test(input_in_metrics_has_no_split),
        cmocka_unit_test(only_requests_that_succeeded_are_counted),
        cmocka_unit_test(decisions_are_in_the_metric_of_tool_calls),
        cmocka_unit_test(records_of_the_telemetry_file_are_read),
        cmocka_unit_test(the_events_time_goes_before_that_of_the_record),
        cmocka_unit_test(spans_and_twins_in_the_telemetry_file_are_passed_over),
        cmocka_unit_test(a_twin_without_its_event_is_no_request_either),
        cmocka_unit_test(an_object_that_is_cut_costs_only_itself),
        cmocka_unit_test(batches_hold_running_totals_of_the_librarys_kind),
        cmocka_unit_test(zero_is_the_librarys_delta),
        cmocka_unit_test(points_may_stand_before_what_they_mean),
        cmocka_unit_test(texts_in_place_of_arrays_and_histograms_are_passed_over),
        cmocka_unit_test(a_batch_without_any_time_is_reported),
        cmocka_unit_test(later_batches_tell_of_the_same_counter),
        cmocka_unit_test(an_event_has_one_key_in_the_file_and_over_otlp),
        cmocka_unit_test(the_same_event_twice_has_one_key_and_others_differ),
        cmocka_unit_test(entries_of_cloud_logging_are_read),
        cmocka_unit_test(an_entry_is_known_by_its_id),
        cmocka_unit_test(an_entry_that_was_too_large_is_lost),
        cmocka_unit_test(entries_of_other_logs_are_not_recognised),
        cmocka_unit_test(content_goes_nowhere),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
