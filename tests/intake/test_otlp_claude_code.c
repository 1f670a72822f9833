/* Claude Code's events and metrics in OTLP JSON, against records computed by hand. */
#include "otlp_samples.h"

#define CLAUDE TEXT("service.name", "claude-code")
#define EVENTS(records) LOGS_OF(CLAUDE, "com.anthropic.claude_code.events", records)
#define EVENT(name, attributes) LOG(TEXT("event.name", name) "," attributes)
#define ANA TEXT("user.email", "ana@example.com")
#define SESSION(id) TEXT("session.id", id)

#define METRIC(name, points, members)                                                              \
    METRICS_OF(CLAUDE, "com.anthropic.claude_code", "claude_code." name, "sum", points, members)
#define METRICS " source:claude-code-otel-metrics"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

/* ---- Requests ------------------------------------------------------------------------------ */

static void a_request_has_tokens_and_its_clients_estimate(void **state)
{
    (void)state;
    expect(EVENTS(EVENT("api_request",
               ANA "," SESSION("s1") "," TEXT("model", "claude-sonnet-5") "," WHOLE("input_tokens",
                   "310") "," WHOLE("output_tokens", "95") "," WHOLE("cache_read_tokens",
                   "20100") "," WHOLE("cache_creation_tokens", "0") "," VALUE("cost_usd",
                   "{\"doubleValue\":0.1}") "," WHOLE("cost_usd_micros", "5590"))),
        AT " email:ana@example.com model:claude-sonnet-5 terminal session=1 interactions=1 "
           "requests=1 input_tokens=310 cache_write_tokens=0 cache_read_tokens=20100 "
           "output_tokens=95 list_value=~5590\n",
        "");
}

static void versions_that_write_numbers_as_text_are_read(void **state)
{
    (void)state;
    expect(
        EVENTS(EVENT("api_request",
            ANA "," TEXT("model", "claude-sonnet-4-20250514") "," TEXT(
                "input_tokens", "12") "," TEXT("output_tokens", "78") "," TEXT("cache_read_tokens",
                "1000") "," TEXT("cache_creation_tokens", "300") "," TEXT("cost_usd", "0.002631"))),
        AT " email:ana@example.com model:claude-sonnet-4-20250514 terminal interactions=1 "
           "requests=1 input_tokens=12 cache_write_tokens=300 cache_read_tokens=1000 "
           "output_tokens=78 list_value=~2631\n",
        "");
}

static void a_request_without_a_cost_is_priced_later(void **state)
{
    (void)state;
    expect(EVENTS(EVENT("api_request",
               ANA "," WHOLE("input_tokens", "1") "," WHOLE("cache_creation_tokens", "9") "," WHOLE(
                   "cache_creation_1h_tokens", "4") "," TEXT("speed", "fast"))),
        AT " email:ana@example.com terminal price/request/fast/1h=4 interactions=1 requests=1 "
           "input_tokens=1 cache_write_tokens=9\n",
        "");
}

static void a_part_of_the_cache_writes_above_all_of_them_is_not_used(void **state)
{
    (void)state;
    expect(EVENTS(EVENT("api_request", ANA
               "," WHOLE("cache_creation_tokens", "3") "," WHOLE("cache_creation_1h_tokens", "4"))),
        AT " email:ana@example.com terminal price/request interactions=1 requests=1 "
           "cache_write_tokens=3\n",
        "");
}

static void a_cost_of_zero_beside_tokens_is_no_price(void **state)
{
    (void)state;
    expect(EVENTS(EVENT("api_request",
               ANA "," WHOLE("input_tokens", "1") "," WHOLE("cost_usd_micros", "0"))),
        AT " email:ana@example.com terminal price/request interactions=1 requests=1 "
           "input_tokens=1\n",
        "");
}

/* ---- Prompts and requests ------------------------------------------------------------------ */

#define PROMPT(attributes) EVENT("user_prompt", attributes)
#define REQUEST(attributes) EVENT("api_request", attributes "," TEXT("cost_usd", "1"))

static void prompts_beside_requests_are_messages_only(void **state)
{
    (void)state;
    expect(EVENTS(PROMPT(ANA "," TEXT("cost_center", "CC 7")))
               EVENTS(REQUEST(ANA) "," PROMPT(ANA "," WHOLE("event.sequence", "3"))),
        AT " email:ana@example.com label:cost_center:CC 7 terminal interactions=0 messages=1\n" AT
           " email:ana@example.com terminal interactions=1 requests=1 list_value=~1000000\n" AT
           " email:ana@example.com terminal interactions=0 messages=1\n",
        "");
}

static void prompts_alone_are_interactions(void **state)
{
    (void)state;
    expect(EVENTS(PROMPT(ANA "," SESSION("s1")) "," PROMPT(TEXT("user.email", "bo@example.com"))),
        AT " email:ana@example.com terminal session=1 interactions=1 messages=1\n" AT
           " email:bo@example.com terminal interactions=1 messages=1\n",
        "");
}

static void a_prompt_is_no_answer_to_requests_of_another_tool(void **state)
{
    (void)state;
    expect(EVENTS(PROMPT(ANA)) LOGS_OF(
               "", "gemini-cli", LOG(ANA "," TEXT("event.name", "gemini_cli.api_response"))),
        AT " email:ana@example.com source:gemini-cli-otel-events terminal interactions=1 "
           "requests=1\n" AT " email:ana@example.com terminal interactions=1 messages=1\n",
        "");
}

static void prompts_are_held_in_bounded_number(void **state)
{
    (void)state;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < 5000; i++)
        g_string_append(text, EVENTS(PROMPT(ANA)));
    Reading reading;
    transcript_read(&reading, "f.json", text->str, text->len);
    assert_int_equal(reading.summary.rows_taken, 5000);
    assert_int_equal(reading.keys->len, 5000);
    assert_string_equal(reading.diagnostics, "");
    transcript_clear(&reading);
    g_string_free(text, TRUE);
}

/* ---- Decisions ----------------------------------------------------------------------------- */

#define DECISION(tool, decision, source)                                                           \
    EVENT("tool_decision",                                                                         \
        ANA "," TEXT("tool_name", tool) "," TEXT("decision", decision) "," TEXT("source", source))

static void decisions_of_people_about_edits_count(void **state)
{
    (void)state;
    expect(EVENTS(DECISION("Edit", "accept", "user_temporary") "," DECISION(
               "MultiEdit", "accept", "user_permanent") "," DECISION("Write", "reject",
               "user_reject") "," DECISION("NotebookEdit", "reject", "user_abort")),
        AT " email:ana@example.com terminal interactions=0 accepted=1\n" AT
           " email:ana@example.com terminal interactions=0 accepted=1\n" AT
           " email:ana@example.com terminal interactions=0 rejected=1\n" AT
           " email:ana@example.com terminal interactions=0 rejected=1\n",
        "");
}

static void other_decisions_do_not_count(void **state)
{
    (void)state;
    expect_nothing(EVENTS(DECISION("Edit", "accept", "config") "," DECISION(
        "Edit", "reject", "hook") "," DECISION("Bash", "accept",
        "user_temporary") "," DECISION("Edit", "maybe", "user_temporary") "," EVENT("tool_decision",
        TEXT("tool_name", "Edit") "," TEXT("decision", "accept"))));
}

static void other_events_are_passed_over(void **state)
{
    (void)state;
    expect_nothing(EVENTS(EVENT("api_error", ANA) "," EVENT("tool_result", ANA) "," EVENT(
        "subagent_completed", ANA "," WHOLE("total_tokens", "5")) "," EVENT("new", ANA)));
}

/* ---- Identities and sessions --------------------------------------------------------------- */

#define DIGITS "00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00AA"

static void expect_identity(const char *attributes, const char *identities)
{
    g_autofree char *text = g_strdup_printf(
        EVENTS("{\"timeUnixNano\":\"" TIME
               "\",\"body\":{\"stringValue\":\"claude_code.user_prompt\"},\"attributes\":[%s]}"),
        attributes);
    g_autofree char *records =
        g_strdup_printf(AT " %s terminal interactions=1 messages=1\n", identities);
    expect(text, records, "");
}

static void identities_come_in_order_of_trust(void **state)
{
    (void)state;
    expect_identity(TEXT("user.id", "x") "," TEXT("user.account_uuid", "u") "," TEXT(
                        "enduser.id", "bo@example.com") "," ANA,
        "email:ana@example.com email:bo@example.com");
    expect_identity(
        TEXT("user.id", DIGITS) "," TEXT("enduser.id", "bo"), "user_id:bo installation:" DIGITS);
    expect_identity(TEXT("user.id", DIGITS) "," TEXT("user.account_id", "user_1") "," TEXT(
                        "user.account_uuid", "u"),
        "user_id:u user_id:user_1");
    expect_identity(TEXT("user.id", "subject"), "user_id:subject");
    expect_identity(TEXT("user.email", " "), "path:f.json");
}

static void the_records_own_identity_goes_before_that_of_its_resource(void **state)
{
    (void)state;
    expect(LOGS_OF(CLAUDE "," TEXT("user.email", "shared@example.com") "," SESSION("r"), "",
               PROMPT(ANA) "," PROMPT(SESSION("own")) "," PROMPT(SESSION("r"))),
        AT " email:ana@example.com terminal session=1 interactions=1 messages=1\n" AT
           " email:shared@example.com terminal session=2 interactions=1 messages=1\n" AT
           " email:shared@example.com terminal session=1 interactions=1 messages=1\n",
        "");
}

/* ---- Keys ---------------------------------------------------------------------------------- */

static void a_request_is_known_by_its_id_alone(void **state)
{
    (void)state;
    guint64 key = key_of(EVENTS(EVENT("api_request", ANA "," TEXT("request_id", "req_1"))));
    assert_true(key == key_of(EVENTS(EVENT("api_request",
                           TEXT("request_id", "req_1") "," WHOLE("event.sequence", "9") "," WHOLE(
                               "input_tokens", "7")))));
    assert_true(key != key_of(EVENTS(EVENT("api_request", TEXT("request_id", "req_2")))));
}

static void an_event_without_an_id_is_known_by_session_sequence_name_and_time(void **state)
{
    (void)state;
    static const char *const events[] = {EVENTS(EVENT("user_prompt", SESSION("s1"))),
        EVENTS(EVENT("user_prompt", SESSION("s2"))),
        EVENTS(EVENT("user_prompt", SESSION("s1") "," WHOLE("event.sequence", "1"))),
        EVENTS(EVENT("api_request", SESSION("s1"))),
        EVENTS(EVENT(
            "user_prompt", SESSION("s1") "," TEXT("event.timestamp", "2026-09-08T08:16:05.121Z")))};
    for (guint i = 0; i < G_N_ELEMENTS(events); i++)
        for (guint j = 0; j < i; j++)
            assert_true(key_of(events[i]) != key_of(events[j]));
    assert_true(key_of(events[0]) == key_of(EVENTS(EVENT("user_prompt",
                                         SESSION("s1") "," ANA "," TEXT("prompt_length", "4")))));
}

/* ---- Metrics ------------------------------------------------------------------------------- */

#define TOKENS(type) ANA "," SESSION("s1") "," TEXT("type", type) "," TEXT("model", "m")

static void points_of_tokens_are_disjoint(void **state)
{
    (void)state;
    expect(METRIC("token.usage",
               POINT(TOKENS("input"), TIME_BEFORE, TIME, "\"asDouble\":1240") "," POINT(
                   TOKENS("cacheRead"), TIME_BEFORE, TIME,
                   "\"asInt\":\"52000\"") "," POINT(TOKENS("cacheCreation"), TIME_BEFORE, TIME,
                   "\"asInt\":7") "," POINT(TOKENS("output"), TIME_BEFORE, TIME,
                   "\"asDouble\":20.0") "," POINT(TOKENS("dream"), TIME_BEFORE, TIME,
                   "\"asDouble\":99"),
               DELTA),
        AT " email:ana@example.com" METRICS " model:m terminal session=1 input_tokens=1240\n" AT
           " email:ana@example.com" METRICS " model:m terminal session=1 "
           "cache_read_tokens=52000\n" AT " email:ana@example.com" METRICS
           " model:m terminal session=1 cache_write_tokens=7\n" AT " email:ana@example.com" METRICS
           " model:m terminal session=1 interactions=~1 "
           "output_tokens=20\n",
        "");
}

static void cost_is_an_estimate_and_time_is_rounded(void **state)
{
    (void)state;
    expect(
        METRIC("cost.usage", POINT(ANA, TIME_BEFORE, TIME, "\"asDouble\":0.0123456789"),
            DELTA) METRIC("active_time.total",
            POINT(ANA "," TEXT("type", "user"), TIME_BEFORE, TIME, "\"asDouble\":12.5") "," POINT(
                ANA "," TEXT("type", "cli"), TIME_BEFORE, TIME, "\"asDouble\":3.51"),
            DELTA),
        AT " email:ana@example.com" METRICS " terminal list_value=~12346\n" AT
           " email:ana@example.com" METRICS " terminal active_seconds=12\n" AT
           " email:ana@example.com" METRICS " terminal active_seconds=4\n",
        "");
}

#define EDITS(decision, source)                                                                    \
    ANA "," TEXT("tool_name", "Write") "," TEXT("decision", decision) "," TEXT("source", source)

static void counted_decisions_are_those_of_people(void **state)
{
    (void)state;
    expect(METRIC("code_edit_tool.decision",
               POINT(EDITS("accept", "user_permanent"), TIME_BEFORE, TIME,
                   "\"asDouble\":3") "," POINT(EDITS("reject", "user_reject"), TIME_BEFORE, TIME,
                   "\"asDouble\":2") "," POINT(EDITS("accept", "config"), TIME_BEFORE, TIME,
                   "\"asDouble\":50"),
               DELTA),
        AT " email:ana@example.com" METRICS " terminal accepted=3\n" AT
           " email:ana@example.com" METRICS " terminal rejected=2\n",
        "");
}

static void running_totals_are_marked_and_stand_by_day(void **state)
{
    (void)state;
    expect(METRIC("token.usage",
               POINT(TOKENS("output"), TIME_BEFORE, TIME, "\"asDouble\":20") "," POINT(
                   TOKENS("output"), TIME_BEFORE, TIME_NEXT_DAY, "\"asDouble\":50"),
               ",\"aggregationTemporality\":\"AGGREGATION_TEMPORALITY_CUMULATIVE\""),
        AT " email:ana@example.com" METRICS " model:m terminal session=1 interactions=~1\n" AT
           " email:ana@example.com" METRICS " part=20704 model:m terminal session=1 running "
           "output_tokens=20\n" AT_NEXT_DAY " email:ana@example.com" METRICS
           " model:m terminal session=1 "
           "interactions=~1\n" AT_NEXT_DAY " email:ana@example.com" METRICS
           " part=20705 model:m terminal session=1 "
           "running output_tokens=50\n",
        "");
}

static void a_counter_of_zero_is_no_use(void **state)
{
    (void)state;
    expect(METRIC("token.usage", POINT(TOKENS("output"), TIME_BEFORE, TIME, "\"asDouble\":0"),
               CUMULATIVE) METRIC("token.usage",
               POINT(TOKENS("output"), TIME_BEFORE, TIME, "\"asDouble\":0"), DELTA),
        AT " email:ana@example.com" METRICS " part=20704 model:m terminal running "
           "interactions=~0 output_tokens=0\n" AT " email:ana@example.com" METRICS
           " model:m terminal interactions=~0 "
           "output_tokens=0\n",
        "");
}

static void points_without_temporality_are_left_out(void **state)
{
    (void)state;
    expect(METRIC("token.usage", POINT(TOKENS("input"), TIME_BEFORE, TIME, "\"asDouble\":1"), ""),
        "",
        "f.json:1:1: skipped: missing field: metrics[].sum.aggregationTemporality: the points may "
        "add up or be running totals (export the file again with all columns)\n");
}

static void other_metrics_and_points_without_a_value_are_passed_over(void **state)
{
    (void)state;
    expect_nothing(METRIC("session.count", POINT(ANA, TIME_BEFORE, TIME, "\"asDouble\":1"),
        DELTA) METRIC("lines_of_code.count", POINT(ANA, TIME_BEFORE, TIME, "\"asDouble\":1"), DELTA)
            METRIC("token.usage", POINT(TOKENS("input"), TIME_BEFORE, TIME, "\"flags\":1"), DELTA));
}

/* ---- Keys of points ------------------------------------------------------------------------ */

#define INPUT(attributes, start, time, value, members)                                             \
    METRIC("token.usage",                                                                          \
        POINT(attributes "," TEXT("type", "input"), start, time, "\"asDouble\":" value), members)

static void a_delta_point_is_known_by_series_start_and_end(void **state)
{
    (void)state;
    static const char *const points[] = {INPUT(ANA, TIME_BEFORE, TIME, "1", DELTA),
        INPUT(ANA, TIME, TIME, "1", DELTA), INPUT(ANA, TIME_BEFORE, TIME_NEXT_DAY, "1", DELTA),
        INPUT(ANA "," TEXT("agent.name", "a"), TIME_BEFORE, TIME, "1", DELTA),
        INPUT(ANA "," TEXT("agent.name", "b"), TIME_BEFORE, TIME, "1", DELTA),
        METRICS_OF(TEXT("host.name", "h"), "", "claude_code.token.usage", "sum",
            POINT(ANA "," TEXT("type", "input"), TIME_BEFORE, TIME, "\"asDouble\":1"), DELTA)};
    for (guint i = 0; i < G_N_ELEMENTS(points); i++)
        for (guint j = 0; j < i; j++)
            assert_true(key_of(points[i]) != key_of(points[j]));
    assert_true(key_of(points[0]) == key_of(INPUT(ANA, TIME_BEFORE, TIME, "2", DELTA)));
}

static void the_order_of_attributes_does_not_matter(void **state)
{
    (void)state;
    assert_true(
        key_of(INPUT(ANA "," SESSION("s") "," TEXT("x", "y"), TIME_BEFORE, TIME, "1", DELTA)) ==
        key_of(INPUT(TEXT("x", "y") "," ANA "," SESSION("s"), TIME_BEFORE, TIME, "1", DELTA)));
}

static void a_counter_is_known_by_series_and_start(void **state)
{
    (void)state;
    guint64 key = key_of(INPUT(ANA, TIME_BEFORE, TIME, "1", CUMULATIVE));
    assert_true(key == key_of(INPUT(ANA, TIME_BEFORE, TIME_NEXT_DAY, "8", CUMULATIVE)));
    assert_true(key != key_of(INPUT(ANA, TIME, TIME_NEXT_DAY, "8", CUMULATIVE)));
}

#define GAUGE(start)                                                                               \
    METRICS_OF(CLAUDE, "", "claude_code.token.usage", "gauge",                                     \
        POINT(ANA "," TEXT("type", "input"), start, TIME, "\"asInt\":\"5\""), "")

static void a_gauge_is_a_counter_without_a_start(void **state)
{
    (void)state;
    expect(GAUGE("0"),
        AT " email:ana@example.com" METRICS " part=20704 terminal running input_tokens=5\n", "");
    assert_true(key_of(GAUGE("0")) == key_of(GAUGE(TIME_BEFORE)));
}

/* The two records of output: the sign of use, and the running total. */
static void sign_keys(const char *text, guint64 *sign)
{
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_int_equal(reading.keys->len, 2);
    *sign = g_array_index(reading.keys, guint64, 0);
    transcript_clear(&reading);
}

#define OUTPUT(time, value)                                                                        \
    METRIC("token.usage", POINT(TOKENS("output"), TIME_BEFORE, time, "\"asDouble\":" value),       \
        CUMULATIVE)

static void a_running_total_that_stands_still_is_one_sign_of_use(void **state)
{
    (void)state;
    guint64 first, again, more;
    sign_keys(OUTPUT(TIME, "5"), &first);
    sign_keys(OUTPUT(TIME_NEXT_DAY, "5"), &again);
    sign_keys(OUTPUT(TIME_NEXT_DAY, "6"), &more);
    assert_true(first == again);
    assert_true(first != more);
}

static void running_totals_are_counted_as_rows(void **state)
{
    (void)state;
    Reading reading;
    const char *text = INPUT(ANA, TIME_BEFORE, TIME, "5", CUMULATIVE);
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_true(reading.taken);
    assert_int_equal(reading.summary.rows_taken, 1);
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
        cmocka_unit_test(a_request_has_tokens_and_its_clients_estimate),
        cmocka_unit_test(versions_that_write_numbers_as_text_are_read),
        cmocka_unit_test(a_request_without_a_cost_is_priced_later),
        cmocka_unit_test(a_part_of_the_cache_writes_above_all_of_them_is_not_used),
        cmocka_unit_test(a_cost_of_zero_beside_tokens_is_no_price),
        cmocka_unit_test(prompts_beside_requests_are_messages_only),
        cmocka_unit_test(prompts_alone_are_interactions),
        cmocka_unit_test(a_prompt_is_no_answer_to_requests_of_another_tool),
        cmocka_unit_test(prompts_are_held_in_bounded_number),
        cmocka_unit_test(decisions_of_people_about_edits_count),
        cmocka_unit_test(other_decisions_do_not_count),
        cmocka_unit_test(other_events_are_passed_over),
        cmocka_unit_test(identities_come_in_order_of_trust),
        cmocka_unit_test(the_records_own_identity_goes_before_that_of_its_resource),
        cmocka_unit_test(a_request_is_known_by_its_id_alone),
        cmocka_unit_test(an_event_without_an_id_is_known_by_session_sequence_name_and_time),
        cmocka_unit_test(points_of_tokens_are_disjoint),
        cmocka_unit_test(cost_is_an_estimate_and_time_is_rounded),
        cmocka_unit_test(counted_decisions_are_those_of_people),
        cmocka_unit_test(running_totals_are_marked_and_stand_by_day),
        cmocka_unit_test(a_counter_of_zero_is_no_use),
        cmocka_unit_test(points_without_temporality_are_left_out),
        cmocka_unit_test(other_metrics_and_points_without_a_value_are_passed_over),
        cmocka_unit_test(a_delta_point_is_known_by_series_start_and_end),
        cmocka_unit_test(the_order_of_attributes_does_not_matter),
        cmocka_unit_test(a_counter_is_known_by_series_and_start),
        cmocka_unit_test(a_gauge_is_a_counter_without_a_start),
        cmocka_unit_test(a_running_total_that_stands_still_is_one_sign_of_use),
        cmocka_unit_test(running_totals_are_counted_as_rows),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
