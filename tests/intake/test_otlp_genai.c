/* GenAI spans, events and metrics, and Revenium's events, against records computed by hand. */
#include "otlp_samples.h"

#define ANA TEXT("user.email", "ana@example.com")
#define SPAN_OF(service, attributes)                                                               \
    "{\"resourceSpans\":[{" RESOURCE(service) ",\"scopeSpans\":[{\"spans\":[{\"traceId\":\"t1\","  \
                                              "\"spanId\":\"s1\",\"startTimeUnixNano\":\"" TIME    \
                                              "\",\"endTimeUnixNano\":\"" TIME_NEXT_DAY            \
                                              "\",\"name\":\"chat m\",\"attributes\":[" attributes \
                                              "]}]}]}]}\n"
#define SPAN(attributes) SPAN_OF("", attributes)
#define CHAT TEXT("gen_ai.operation.name", "chat") "," ANA
#define SPANS " source:other-agent-genai-spans"
#define CALLED AT " email:ana@example.com" SPANS " "

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

/* ---- Tokens -------------------------------------------------------------------------------- */

#define USAGE(name, number) WHOLE("gen_ai.usage." name, number)

static void cached_input_is_part_of_the_input(void **state)
{
    (void)state;
    expect(SPAN(CHAT "," USAGE("input_tokens", "1000") "," USAGE("output_tokens", "50") "," USAGE(
               "cache_read.input_tokens", "600") "," USAGE("cache_creation.input_tokens", "100")),
        CALLED "price/request interactions=1 requests=1 input_tokens=300 cache_write_tokens=100 "
               "cache_read_tokens=600 output_tokens=50\n",
        "");
}

static void cached_input_beyond_the_input_is_beside_it(void **state)
{
    (void)state;
    expect(SPAN(CHAT "," USAGE("input_tokens", "1000") "," USAGE("cached_tokens", "1001")),
        CALLED "price/request interactions=1 requests=1 input_tokens=1000 "
               "cache_read_tokens=1001\n",
        "");
}

static void input_of_which_no_cache_is_told_is_unsplit_and_not_priced(void **state)
{
    (void)state;
    expect(SPAN(CHAT "," USAGE("prompt_tokens", "1000") "," USAGE("completion_tokens", "50")),
        CALLED "interactions=1 requests=1 output_tokens=50 unsplit_tokens=1000\n", "");
}

static void a_total_alone_is_unsplit(void **state)
{
    (void)state;
    expect(SPAN(CHAT "," USAGE("total_tokens", "1050")),
        CALLED "interactions=1 requests=1 unsplit_tokens=1050\n", "");
}

static void a_total_beside_its_parts_is_not_added(void **state)
{
    (void)state;
    expect(SPAN(CHAT "," USAGE("input_tokens", "1000") "," USAGE("output_tokens", "50") "," USAGE(
               "total_tokens", "1050")),
        CALLED "interactions=1 requests=1 output_tokens=50 unsplit_tokens=1000\n", "");
}

/* ---- Calls --------------------------------------------------------------------------------- */

static void the_responses_model_goes_before_the_requests(void **state)
{
    (void)state;
    expect(SPAN(CHAT "," TEXT("gen_ai.request.model", "gpt") "," TEXT(
               "gen_ai.response.model", "gpt-5.5") "," TEXT("gen_ai.conversation.id", "c"))
               SPAN(CHAT "," TEXT("gen_ai.request.model", "gpt")),
        CALLED "model:gpt-5.5 session=1 interactions=1 requests=1\n" CALLED
               "model:gpt interactions=1 requests=1\n",
        "");
}

static void only_calls_of_models_count(void **state)
{
    (void)state;
    static const char *const operations[] = {
        "embeddings", "execute_tool", "invoke_agent", "create_agent", ""};
    for (guint i = 0; i < G_N_ELEMENTS(operations); i++) {
        g_autofree char *text = g_strdup_printf(
            SPAN(TEXT("gen_ai.operation.name", "%s") "," USAGE("input_tokens", "5")),
            operations[i]);
        expect_nothing(text);
    }
}

static void each_kind_of_call_counts(void **state)
{
    (void)state;
    static const char *const operations[] = {"chat", "generate_content", "text_completion"};
    for (guint i = 0; i < G_N_ELEMENTS(operations); i++) {
        g_autofree char *text =
            g_strdup_printf(SPAN(TEXT("gen_ai.operation.name", "%s") "," ANA), operations[i]);
        expect(text, CALLED "interactions=1 requests=1\n", "");
    }
}

static void a_call_that_failed_is_no_interaction(void **state)
{
    (void)state;
    expect(SPAN(CHAT "," TEXT("error.type", "timeout") "," USAGE("output_tokens", "5")),
        CALLED "price/request interactions=0 requests=0 output_tokens=5\n", "");
}

static void an_event_is_a_call_of_another_source(void **state)
{
    (void)state;
    expect(LOGS_OF("", "acme.agent",
               "{\"timeUnixNano\":\"" TIME "\",\"eventName\":"
               "\"gen_ai.client.inference.operation.details\",\"attributes\":[" CHAT
               "]}," LOG(CHAT "," TEXT("event.name", "gen_ai.user.message"))),
        AT " email:ana@example.com source:other-agent-genai-events interactions=1 requests=1\n",
        "");
}

static void a_known_service_is_its_tool(void **state)
{
    (void)state;
    static const struct {
        const char *service, *source;
    } services[] = {{"codex_cli_rs", "codex"}, {"copilot-chat", "copilot"},
        {"github-copilot", "copilot"}, {"cursor-ide", "cursor"}, {"opencode", "opencode"},
        {"LiteLLM", "gateway"}, {"acme", "other-agent"}};
    for (guint i = 0; i < G_N_ELEMENTS(services); i++) {
        g_autofree char *text =
            g_strdup_printf(SPAN_OF(TEXT("service.name", "%s"), CHAT), services[i].service);
        g_autofree char *record = g_strdup_printf(AT
            " email:ana@example.com source:%s-genai-spans interactions=1 requests=1\n",
            services[i].source);
        expect(text, record, "");
    }
}

static void clients_with_events_of_their_own_are_passed_over(void **state)
{
    (void)state;
    static const char *const services[] = {
        "claude-code", "claude-code-desktop", "gemini-cli", "qwen-code"};
    for (guint i = 0; i < G_N_ELEMENTS(services); i++) {
        g_autofree char *text =
            g_strdup_printf(SPAN_OF(TEXT("service.name", "%s"), CHAT), services[i]);
        expect_nothing(text);
    }
}

/* ---- Metrics ------------------------------------------------------------------------------- */

#define HISTOGRAM(kind, points, members)                                                           \
    METRICS_OF(ANA, "acme", "gen_ai.client.token.usage", kind, points, members)
#define HISTOGRAM_POINT(type)                                                                      \
    POINT(TEXT("gen_ai.token.type", type) "," TEXT("gen_ai.request.model", "m"), TIME_BEFORE,      \
        TIME, "\"count\":\"3\",\"sum\":4200")
#define MEASURED AT " email:ana@example.com source:other-agent-genai-metrics "

static void a_histogram_has_calls_and_tokens(void **state)
{
    (void)state;
    expect(HISTOGRAM("histogram", HISTOGRAM_POINT("input") "," HISTOGRAM_POINT("output"), DELTA)
               HISTOGRAM("exponentialHistogram", HISTOGRAM_POINT("input"), CUMULATIVE),
        MEASURED "model:m interactions=3 requests=3 unsplit_tokens=4200\n" MEASURED
                 "model:m output_tokens=4200\n" MEASURED
                 "part=20704 model:m running interactions=3 requests=3 unsplit_tokens=4200\n",
        "");
}

static void other_histograms_are_passed_over(void **state)
{
    (void)state;
    expect_nothing(METRICS_OF("", "", "gen_ai.client.operation.duration", "histogram",
        HISTOGRAM_POINT("input"), DELTA) HISTOGRAM("histogram", HISTOGRAM_POINT("cached"), DELTA));
}

static void a_bad_count_of_calls_is_named(void **state)
{
    (void)state;
    expect(
        HISTOGRAM("histogram",
            POINT(TEXT("gen_ai.token.type", "input"), TIME_BEFORE, TIME, "\"count\":-3,\"sum\":4"),
            DELTA),
        "",
        "f.json:1:1: skipped: number out of range: dataPoints[].count: a count cannot be so "
        "(compare the record with the vendor's console)\n");
}

/* ---- Keys ---------------------------------------------------------------------------------- */

static void a_call_is_known_by_its_response_else_by_its_span(void **state)
{
    (void)state;
    guint64 span = key_of(SPAN(CHAT));
    assert_true(span == key_of(SPAN(CHAT "," USAGE("input_tokens", "1"))));
    assert_true(span != key_of(SPAN(CHAT "," TEXT("gen_ai.response.id", "r1"))));
    assert_true(key_of(LOGS_OF("", "",
                    LOG(CHAT "," TEXT("gen_ai.response.id", "r1") "," TEXT(
                        "event.name", "gen_ai.client.inference.operation.details")))) ==
                key_of(SPAN(CHAT "," TEXT("gen_ai.response.id", "r1"))));
}

/* ---- Revenium ------------------------------------------------------------------------------ */

#define REVENIUM(body, attributes)                                                                 \
    LOGS_OF(TEXT("revenium.product.name", "Shop") "," TEXT("revenium.subscriber.id", "sub-1"), "", \
        "{\"timeUnixNano\":\"" TIME "\",\"body\":{\"stringValue\":\"" body                         \
        "\"},\"attributes\":[" TEXT("transaction_id", "x1") "," attributes "]}")
#define CURSOR AT " user_id:sub-1 source:cursor-revenium "

static void an_event_of_revenium_is_a_request_of_its_tool(void **state)
{
    (void)state;
    expect(REVENIUM("cursor_ide.api_response",
               TEXT("model", "m") "," TEXT("session.id", "s") "," TEXT(
                   "input_tokens", "100") "," TEXT("output_tokens",
                   "20") "," TEXT("cache_read_tokens", "60") "," TEXT("cache_creation_tokens",
                   "5") "," TEXT("cost_usd", "0.0123") "," TEXT("billing.kind", "usage")),
        CURSOR "model:m label:product:Shop session=1 interactions=1 requests=1 input_tokens=100 "
               "cache_write_tokens=5 cache_read_tokens=60 output_tokens=20 list_value=~12300\n",
        "");
}

static void what_a_tool_counts_as_input_depends_on_its_vendor(void **state)
{
    (void)state;
    static const struct {
        const char *body, *source;
        int input;
    } tools[] = {{"claude_code.api_request", "claude-code", 100},
        {"claude-code.api_response", "claude-code", 100},
        {"gemini_cli.api_response", "gemini-cli", 40}, {"codex_cli.api_response", "codex", 40},
        {"github_copilot.api_response", "copilot", 40}};
    for (guint i = 0; i < G_N_ELEMENTS(tools); i++) {
        g_autofree char *text = g_strdup_printf(
            REVENIUM("%s", TEXT("input_tokens", "100") "," TEXT("cache_read_tokens", "60")),
            tools[i].body);
        g_autofree char *record = g_strdup_printf(AT
            " user_id:sub-1 source:%s-revenium label:product:Shop price/request interactions=1 "
            "requests=1 input_tokens=%d cache_read_tokens=60\n",
            tools[i].source, tools[i].input);
        expect(text, record, "");
    }
}

static void other_events_of_revenium_are_passed_over(void **state)
{
    (void)state;
    expect_nothing(REVENIUM("cursor_ide.session_start", ANA) REVENIUM("other.api_response", ANA));
}

static void a_transaction_is_known_by_its_id(void **state)
{
    (void)state;
    assert_true(key_of(REVENIUM("cursor_ide.api_response", TEXT("input_tokens", "1"))) ==
                key_of(REVENIUM("cursor_ide.api_response", TEXT("session.id", "s"))));
}

static void no_two_sources_of_a_tool_have_one_order(void **state)
{
    (void)state;
    for (guint i = 0; i < tm_source_count; i++)
        for (guint j = 0; j < i; j++)
            assert_false(tm_sources[i].tool == tm_sources[j].tool &&
                         (tm_sources[i].order == tm_sources[j].order ||
                             tm_sources[i].money_order == tm_sources[j].money_order));
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
        cmocka_unit_test(cached_input_is_part_of_the_input),
        cmocka_unit_test(cached_input_beyond_the_input_is_beside_it),
        cmocka_unit_test(input_of_which_no_cache_is_told_is_unsplit_and_not_priced),
        cmocka_unit_test(a_total_alone_is_unsplit),
        cmocka_unit_test(a_total_beside_its_parts_is_not_added),
        cmocka_unit_test(the_responses_model_goes_before_the_requests),
        cmocka_unit_test(only_calls_of_models_count),
        cmocka_unit_test(each_kind_of_call_counts),
        cmocka_unit_test(a_call_that_failed_is_no_interaction),
        cmocka_unit_test(an_event_is_a_call_of_another_source),
        cmocka_unit_test(a_known_service_is_its_tool),
        cmocka_unit_test(clients_with_events_of_their_own_are_passed_over),
        cmocka_unit_test(a_histogram_has_calls_and_tokens),
        cmocka_unit_test(other_histograms_are_passed_over),
        cmocka_unit_test(a_bad_count_of_calls_is_named),
        cmocka_unit_test(a_call_is_known_by_its_response_else_by_its_span),
        cmocka_unit_test(an_event_of_revenium_is_a_request_of_its_tool),
        cmocka_unit_test(what_a_tool_counts_as_input_depends_on_its_vendor),
        cmocka_unit_test(other_events_of_revenium_are_passed_over),
        cmocka_unit_test(a_transaction_is_known_by_its_id),
        cmocka_unit_test(no_two_sources_of_a_tool_have_one_order),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
