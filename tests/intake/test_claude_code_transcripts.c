/* Claude Code's transcripts: the kinds of lines, copies, what is a prompt, quirks of versions. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define WHO " path:s.jsonl"
#define USE " interactions=1 requests=1"

/* A line of a response; `more` are further members of the line, `usage` those of its usage. */
static char *response(const char *more, const char *usage)
{
    return g_strdup_printf(
        "{\"parentUuid\":null,\"isSidechain\":false,\"message\":{\"id\":\"msg_1\","
        "\"model\":\"claude-sonnet-5\",\"role\":\"assistant\",\"content\":[{"
        "\"type\":\"text\",\"text\":\"private\"}],\"usage\":{%s}},%s"
        "\"type\":\"assistant\",\"uuid\":\"a-1\",\"sessionId\":\"s-1\"}\n",
        usage, more);
}

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("s.jsonl", text, records, diagnostics);
}

/* One response with these members. */
static void expect_response(const char *more, const char *usage, const char *record)
{
    g_autofree char *line = response(more, usage);
    expect(line, record, "");
}

#define NINE "\"timestamp\":\"2026-09-08T09:00:00.000Z\","
#define AT_NINE "2026-09-08+32400000" WHO

static void a_response_has_tokens_model_session_and_price(void **state)
{
    (void)state;
    expect_response(NINE "\"requestId\":\"req_1\",",
        "\"input_tokens\":12,\"cache_creation_input_tokens\":3200,"
        "\"cache_read_input_tokens\":18000,\"output_tokens\":410,\"cache_creation\":{"
        "\"ephemeral_1h_input_tokens\":3000,\"ephemeral_5m_input_tokens\":200},"
        "\"speed\":\"standard\"",
        AT_NINE " part=request model:claude-sonnet-5 terminal session=1 price/request/1h=3000" USE
                " input_tokens=12 cache_write_tokens=3200 cache_read_tokens=18000"
                " output_tokens=410\n");
}

static void cache_writes_without_kinds_are_one_number(void **state)
{
    (void)state;
    expect_response(NINE,
        "\"input_tokens\":1,\"cache_creation_input_tokens\":7,\"output_tokens\":2",
        AT_NINE " model:claude-sonnet-5 terminal session=1 price/request" USE
                " input_tokens=1 cache_write_tokens=7 cache_read_tokens=0 output_tokens=2\n");
}

static void kinds_of_cache_writes_win_even_when_both_are_zero(void **state)
{
    (void)state;
    expect_response(NINE,
        "\"input_tokens\":1,\"cache_creation_input_tokens\":7,\"output_tokens\":2,"
        "\"cache_creation\":{\"ephemeral_1h_input_tokens\":0,\"ephemeral_5m_input_tokens\":0}",
        AT_NINE " model:claude-sonnet-5 terminal session=1 price/request/1h=0" USE
                " input_tokens=1 cache_write_tokens=0 cache_read_tokens=0 output_tokens=2\n");
}

static void nulls_are_as_good_as_nothing(void **state)
{
    (void)state;
    expect_response(NINE,
        "\"input_tokens\":1,\"cache_creation_input_tokens\":null,\"cache_read_input_tokens\":null,"
        "\"output_tokens\":2,\"cache_creation\":null,\"speed\":null,\"iterations\":null",
        AT_NINE " model:claude-sonnet-5 terminal session=1 price/request" USE
                " input_tokens=1 cache_write_tokens=0 cache_read_tokens=0 output_tokens=2\n");
}

static void fast_mode_is_priced_so(void **state)
{
    (void)state;
    expect_response(NINE, "\"input_tokens\":1,\"output_tokens\":2,\"speed\":\"fast\"",
        AT_NINE " model:claude-sonnet-5 terminal session=1 price/request/fast" USE
                " input_tokens=1 cache_write_tokens=0 cache_read_tokens=0 output_tokens=2\n");
}

static void a_stated_cost_is_list_value(void **state)
{
    (void)state;
    expect_response(NINE "\"costUSD\":0.0123,", "\"input_tokens\":1,\"output_tokens\":2",
        AT_NINE " model:claude-sonnet-5 terminal session=1" USE
                " input_tokens=1 cache_write_tokens=0 cache_read_tokens=0 output_tokens=2"
                " list_value=~12300\n");
}

static void lines_of_one_response_are_copies_of_one_key(void **state)
{
    (void)state;
    g_autofree char *one =
        response(NINE "\"requestId\":\"r\",", "\"input_tokens\":1,\"output_tokens\":1");
    g_autofree char *text = g_strconcat(one, one, NULL);
    Reading reading;
    transcript_read(&reading, "s.jsonl", text, strlen(text));
    assert_int_equal(reading.keys->len, 2);
    assert_true(g_array_index(reading.keys, guint64, 0) == g_array_index(reading.keys, guint64, 1));
    transcript_clear(&reading);
}

static void a_subagent_names_no_request_of_its_own(void **state)
{
    (void)state;
    expect("{\"isSidechain\":true,\"agentId\":\"x\",\"type\":\"assistant\",\"uuid\":\"a\","
           "\"sessionId\":\"s\",\"requestId\":\"r\",\"timestamp\":\"2026-09-08T09:00:00Z\","
           "\"message\":{\"id\":\"m\",\"model\":\"claude-haiku-4-5\",\"usage\":{"
           "\"input_tokens\":3,\"output_tokens\":4}}}\n",
        AT_NINE " model:claude-haiku-4-5 agent session=1 price/request" USE
                " input_tokens=3 cache_write_tokens=0 cache_read_tokens=0 output_tokens=4\n",
        "");
}

static void what_the_client_writes_itself_is_no_call(void **state)
{
    (void)state;
    expect("{\"isSidechain\":false,\"type\":\"assistant\",\"uuid\":\"a\",\"sessionId\":\"s\","
           "\"timestamp\":\"2026-09-08T09:00:00Z\",\"isApiErrorMessage\":true,\"message\":{"
           "\"id\":\"0\",\"model\":\"<synthetic>\",\"usage\":{\"input_tokens\":0,"
           "\"output_tokens\":0}}}\n",
        "",
        "s.jsonl: note: empty file: no rows in it, which does not mean no use (export the "
        "period again if use was expected)\n");
}

static void a_response_without_an_id_is_known_by_its_line(void **state)
{
    (void)state;
    expect("{\"isSidechain\":false,\"type\":\"assistant\",\"uuid\":\"a\",\"sessionId\":\"s\","
           "\"timestamp\":\"2026-09-08T09:00:00Z\",\"message\":{\"usage\":{\"input_tokens\":3,"
           "\"output_tokens\":4}}}\n",
        AT_NINE " terminal session=1 price/request" USE
                " input_tokens=3 cache_write_tokens=0 cache_read_tokens=0 output_tokens=4\n",
        "");
}

/* ---- Prompts ----------------------------------------------------------------------------- */

/* How many prompts a user line with these members is. */
static guint prompts(const char *members)
{
    g_autofree char *line =
        g_strdup_printf("{\"isSidechain\":false,\"type\":\"user\",\"uuid\":\"u\",\"sessionId\":"
                        "\"s\"," NINE "%s}\n",
            members);
    Reading reading;
    transcript_read(&reading, "s.jsonl", line, strlen(line));
    guint count = (guint)reading.summary.rows_taken;
    assert_true(count == 0 || strstr(reading.records->str, " messages=1") != NULL);
    transcript_clear(&reading);
    return count;
}

#define SAID "\"message\":{\"role\":\"user\",\"content\":\"private\"}"

static void text_of_a_person_is_a_prompt(void **state)
{
    (void)state;
    assert_int_equal(prompts(SAID), 1);
    assert_int_equal(prompts("\"turnOrigin\":\"user\"," SAID), 1);
    assert_int_equal(
        prompts("\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"private\"}]}"), 1);
}

static void what_machines_write_in_a_persons_name_is_none(void **state)
{
    (void)state;
    assert_int_equal(prompts("\"isMeta\":true," SAID), 0);
    assert_int_equal(prompts("\"isCompactSummary\":true," SAID), 0);
    assert_int_equal(prompts("\"toolUseResult\":\"private\"," SAID), 0);
    assert_int_equal(prompts("\"toolUseResult\":{\"stdout\":\"private\"}," SAID), 0);
    assert_int_equal(prompts("\"promptSource\":\"system\"," SAID), 0);
    assert_int_equal(prompts("\"origin\":{\"kind\":\"task-notification\"}," SAID), 0);
    assert_int_equal(prompts("\"turnOrigin\":\"scheduler\"," SAID), 0);
    assert_int_equal(prompts("\"message\":{\"content\":[{\"type\":\"tool_result\",\"content\":"
                             "\"private\"},{\"type\":\"text\",\"text\":\"private\"}]}"),
        0);
    assert_int_equal(
        prompts("\"message\":{\"content\":\"<command-name>/cost</command-name>\"}"), 0);
}

/* ---- Files ------------------------------------------------------------------------------- */

static void a_file_may_begin_with_other_lines(void **state)
{
    (void)state;
    g_autofree char *line = response(NINE, "\"input_tokens\":1,\"output_tokens\":2");
    g_autofree char *text = g_strconcat("{\"type\":\"summary\",\"summary\":\"private\","
                                        "\"leafUuid\":\"l\"}\n{\"type\":\"mode\",\"mode\":\"x\"}\n",
        line, NULL);
    expect(text,
        AT_NINE " model:claude-sonnet-5 terminal session=1 price/request" USE
                " input_tokens=1 cache_write_tokens=0 cache_read_tokens=0 output_tokens=2\n",
        "");
}

static void blobs_of_requests_are_no_messages(void **state)
{
    (void)state;
    g_autofree char *line = response(NINE, "\"input_tokens\":1,\"output_tokens\":2");
    g_autofree char *text = g_strconcat(line,
        "{\"type\":\"api-request-blob\",\"message\":{\"id\":\"b\",\"model\":\"m\",\"usage\":{"
        "\"input_tokens\":999}}}\n{\"type\":\"cost-state\",\"totalCostUSD\":5}\n",
        NULL);
    expect(text,
        AT_NINE " model:claude-sonnet-5 terminal session=1 price/request" USE
                " input_tokens=1 cache_write_tokens=0 cache_read_tokens=0 output_tokens=2\n",
        "");
}

static void a_last_line_that_is_still_written_is_noted(void **state)
{
    (void)state;
    g_autofree char *line = response(NINE, "\"input_tokens\":1,\"output_tokens\":2");
    g_autofree char *text = g_strconcat(line, "{\"isSidechain\":false,\"mess", NULL);
    expect(text,
        AT_NINE " model:claude-sonnet-5 terminal session=1 price/request" USE
                " input_tokens=1 cache_write_tokens=0 cache_read_tokens=0 output_tokens=2\n",
        "s.jsonl:2:1: note: unfinished line: the last line is not complete yet (nothing to do: it "
        "is read at the next run)\n");
}

static void lines_that_cannot_be_are_reported_by_field(void **state)
{
    (void)state;
    static const struct {
        const char *more, *usage, *said;
    } cases[] = {
        {"", "\"input_tokens\":1", "timestamp: no time"},
        {"\"timestamp\":\"yesterday\",", "\"input_tokens\":1", "timestamp: not an instant"},
        {"\"timestamp\":7,", "\"input_tokens\":1", "timestamp: text is wanted"},
        {NINE, "\"input_tokens\":-1", "message.usage.input_tokens: a count cannot be so"},
        {NINE, "\"output_tokens\":\"many\"", "message.usage.output_tokens: a whole number"},
        {NINE, "\"output_tokens\":1e30", "message.usage.output_tokens: a"},
        {"\"timestamp\":\"2027-01-01T00:00:00Z\",", "\"input_tokens\":1", "date in the future"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *line = response(cases[i].more, cases[i].usage);
        Reading reading;
        transcript_read(&reading, "s.jsonl", line, strlen(line));
        assert_int_equal(reading.summary.rows_taken, 0);
        assert_int_equal(reading.summary.rows_skipped, 1);
        if (strstr(reading.diagnostics, cases[i].said) == NULL)
            fail_msg("%s: %s", cases[i].said, reading.diagnostics);
        transcript_clear(&reading);
    }
}

static void no_content_leaves_the_parser(void **state)
{
    (void)state;
    static const char text[] =
        "{\"type\":\"summary\",\"summary\":\"CANARY\",\"leafUuid\":\"CANARY\"}\n"
        "{\"isSidechain\":false,\"type\":\"user\",\"uuid\":\"u\",\"sessionId\":\"CANARY\"," NINE
        "\"cwd\":\"/CANARY\",\"gitBranch\":\"CANARY\",\"slug\":\"CANARY\",\"message\":{\"content\":"
        "\"CANARY\"},\"toolUseResult\":{\"CANARY\":\"CANARY\"}}\n"
        "{\"isSidechain\":false,\"type\":\"user\",\"uuid\":\"u\",\"sessionId\":\"s\"," NINE
        "\"message\":{\"content\":[{\"type\":\"CANARY\",\"text\":\"CANARY\"}]},\"CANARY\":1}\n"
        "{\"isSidechain\":false,\"type\":\"assistant\",\"uuid\":\"a\",\"sessionId\":\"s\"," NINE
        "\"message\":{\"id\":\"CANARY\",\"content\":[{\"type\":\"text\",\"text\":\"CANARY\"}],"
        "\"usage\":{\"input_tokens\":\"CANARY\"}}}\n";
    Reading reading;
    transcript_read(&reading, "s.jsonl", text, strlen(text));
    assert_null(strstr(reading.records->str, "CANARY"));
    assert_null(strstr(reading.diagnostics, "CANARY"));
    assert_true(reading.summary.dropped_content_fields >= 4);
    transcript_clear(&reading);
}

static int enter_folder(void **state)
{
    (void)state;
    transcript_enter_folder();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_response_has_tokens_model_session_and_price),
        cmocka_unit_test(cache_writes_without_kinds_are_one_number),
        cmocka_unit_test(kinds_of_cache_writes_win_even_when_both_are_zero),
        cmocka_unit_test(nulls_are_as_good_as_nothing),
        cmocka_unit_test(fast_mode_is_priced_so),
        cmocka_unit_test(a_stated_cost_is_list_value),
        cmocka_unit_test(lines_of_one_response_are_copies_of_one_key),
        cmocka_unit_test(a_subagent_names_no_request_of_its_own),
        cmocka_unit_test(what_the_client_writes_itself_is_no_call),
        cmocka_unit_test(a_response_without_an_id_is_known_by_its_line),
        cmocka_unit_test(text_of_a_person_is_a_prompt),
        cmocka_unit_test(what_machines_write_in_a_persons_name_is_none),
        cmocka_unit_test(a_file_may_begin_with_other_lines),
        cmocka_unit_test(blobs_of_requests_are_no_messages),
        cmocka_unit_test(a_last_line_that_is_still_written_is_noted),
        cmocka_unit_test(lines_that_cannot_be_are_reported_by_field),
        cmocka_unit_test(no_content_leaves_the_parser),
    };
    return cmocka_run_group_tests(tests, enter_folder, NULL);
}
