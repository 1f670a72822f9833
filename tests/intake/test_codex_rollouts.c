/* Codex rollouts: records and totals, repeats, copies of other threads, growth and splitting. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define THREAD "01990000-aaaa-7000-8000-000000000001"
#define PARENT "01990000-bbbb-7000-8000-000000000002"
#define FILE_NAME "rollout-2026-09-08T10-30-00-" THREAD ".jsonl"

#define LINE(time, type, payload)                                                                  \
    "{\"timestamp\":\"2026-09-08T" time "Z\",\"type\":\"" type "\",\"payload\":{" payload "}}\n"
#define EVENT(time, payload) LINE(time, "event_msg", payload)

#define META_WITH(time, id, members)                                                               \
    LINE(time, "session_meta",                                                                     \
        "\"id\":\"" id "\",\"cwd\":\"/home/x\",\"originator\":\"codex-tui\"" members)
#define META META_WITH("08:30:00.100", THREAD, ",\"source\":\"cli\",\"thread_source\":\"user\"")
#define CONTEXT(time, turn, model)                                                                 \
    LINE(time, "turn_context", "\"turn_id\":\"" turn "\",\"model\":\"" model "\"")
#define STARTED(time, turn) EVENT(time, "\"type\":\"task_started\",\"turn_id\":\"" turn "\"")
#define STARTED_AT(time, turn, at)                                                                 \
    EVENT(time, "\"type\":\"task_started\",\"turn_id\":\"" turn "\",\"started_at\":" at)
#define COMPLETE(time, turn, duration)                                                             \
    EVENT(time, "\"type\":\"task_complete\",\"turn_id\":\"" turn                                   \
                "\",\"last_agent_message\":\"x\",\"duration_ms\":" duration)
#define USER_MESSAGE(time) EVENT(time, "\"type\":\"user_message\",\"message\":\"x\"")

/* input, cached, written, output, total */
#define COUNTERS(in, read, written, out, total)                                                    \
    "{\"input_tokens\":" #in ",\"cached_input_tokens\":" #read                                     \
    ",\"cache_write_input_tokens\":" #written ",\"output_tokens\":" #out                           \
    ",\"reasoning_output_tokens\":1,\"total_tokens\":" #total "}"
/* the same without what newer versions have */
#define OLD_COUNTERS(in, read, out, total)                                                         \
    "{\"input_tokens\":" #in ",\"cached_input_tokens\":" #read ",\"output_tokens\":" #out          \
    ",\"reasoning_output_tokens\":0,\"total_tokens\":" #total "}"

#define RECORD_OF(time, thread, turn, response, usage, turn_usage)                                 \
    LINE(time, "token_usage_record",                                                               \
        "\"thread_id\":\"" thread "\",\"turn_id\":\"" turn "\",\"response_id\":\"" response        \
        "\",\"usage\":" usage ",\"turn_token_usage\":" turn_usage                                  \
        ",\"thread_token_usage\":" turn_usage)
#define RECORD(time, turn, response, usage, turn_usage)                                            \
    RECORD_OF(time, THREAD, turn, response, usage, turn_usage)
#define COUNT(time, total, last)                                                                   \
    EVENT(time, "\"type\":\"token_count\",\"info\":{\"total_token_usage\":" total                  \
                ",\"last_token_usage\":" last ",\"model_context_window\":9},\"rate_limits\":null")
#define COUNT_TOTAL(time, total)                                                                   \
    EVENT(time, "\"type\":\"token_count\",\"info\":{\"total_token_usage\":" total "}")

#define ONE COUNTERS(9000, 6000, 500, 420, 9420)
#define ONE_TEXT                                                                                   \
    "input_tokens=2500 cache_write_tokens=500 cache_read_tokens=6000 output_tokens=420\n"
#define FIRST OLD_COUNTERS(1000, 400, 50, 1050)
#define SECOND OLD_COUNTERS(1500, 1000, 60, 1560)
#define BOTH OLD_COUNTERS(2500, 1400, 110, 2610)
#define FIRST_TEXT "input_tokens=600 cache_read_tokens=400 output_tokens=50\n"
#define SECOND_TEXT "input_tokens=500 cache_read_tokens=1000 output_tokens=60\n"

/* Milliseconds of the day, session, and whether it is the first request after a prompt. */
#define HEAD(instant, of, model, where, session, prompts)                                          \
    "2026-09-08+" instant " path:" of " model:" model where " session=" session                    \
    " price/request interactions=1 requests=1 messages=" prompts " "
#define REQUEST(instant, prompts) HEAD(instant, FILE_NAME, "gpt-5.4", " terminal", "1", prompts)

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect(FILE_NAME, text, records, diagnostics);
}

/* ---- Usage records ------------------------------------------------------------------------- */

#define NEW_THREAD                                                                                 \
    META STARTED("08:30:01.000", "t-1") CONTEXT("08:30:01.010", "t-1", "gpt-5.4")                  \
        RECORD("08:30:06.000", "t-1", "resp_1", ONE, ONE) COUNT("08:30:07.000", ONE, ONE)          \
            COMPLETE("08:30:09.000", "t-1", "8000")

static void a_usage_record_is_one_request_and_its_event_none(void **state)
{
    (void)state;
    expect(NEW_THREAD,
        REQUEST("30606000", "1") ONE_TEXT "2026-09-08+30609000 path:" FILE_NAME
                                          " terminal session=1 active_seconds=8\n",
        "");
}

static void only_the_first_request_of_a_turn_answers_a_prompt(void **state)
{
    (void)state;
    expect(META CONTEXT("08:30:01.010", "t-1", "gpt-5.4")
               RECORD("08:30:06.000", "t-1", "resp_1", ONE, ONE) RECORD(
                   "08:30:07.000", "t-1", "resp_2", ONE, COUNTERS(18000, 12000, 1000, 840, 18840)),
        REQUEST("30606000", "1") ONE_TEXT REQUEST("30607000", "0") ONE_TEXT, "");
}

static void a_record_has_the_model_of_its_turn(void **state)
{
    (void)state;
    expect(META CONTEXT("08:30:01.010", "t-1", "gpt-5.4") CONTEXT("08:30:01.020", "t-2",
               "gpt-5.4-mini") RECORD("08:30:06.000", "t-1", "resp_1", ONE, ONE)
               RECORD("08:30:07.000", "t-3", "resp_2", ONE, ONE),
        REQUEST("30606000", "1")
            ONE_TEXT HEAD("30607000", FILE_NAME, "gpt-5.4-mini", " terminal", "1", "1") ONE_TEXT,
        "");
}

static void records_of_another_thread_are_copies(void **state)
{
    (void)state;
    expect(META CONTEXT("08:30:01.010", "t-1", "gpt-5.4") RECORD_OF("08:30:06.000", PARENT, "t-0",
               "resp_0", ONE, ONE) RECORD("08:30:07.000", "t-1", "resp_1", ONE, ONE),
        REQUEST("30607000", "1") ONE_TEXT, "");
}

static void events_before_the_first_record_are_of_an_older_version(void **state)
{
    (void)state;
    expect(META CONTEXT("08:30:01.010", "t-1", "gpt-5.4") COUNT("08:30:05.000", FIRST, FIRST)
               COUNT("08:31:00.000", FIRST, FIRST) RECORD("08:31:06.000", "t-2", "resp_1", ONE, ONE)
                   COUNT("08:31:07.000", BOTH, SECOND),
        REQUEST("30605000", "0") FIRST_TEXT REQUEST("30666000", "1") ONE_TEXT, "");
}

static void a_record_without_a_response_id_is_known_by_its_turn(void **state)
{
    (void)state;
    Reading reading;
    const char *text = META CONTEXT("08:30:01.010", "t-1", "gpt-5.4")
        RECORD("08:30:06.000", "t-1", "", ONE, ONE) RECORD("08:30:07.000", "t-1", "", ONE, BOTH)
            RECORD("08:30:08.000", "t-2", "", ONE, ONE);
    transcript_read(&reading, FILE_NAME, text, strlen(text));
    assert_int_equal(reading.keys->len, 3);
    const guint64 *keys = (const guint64 *)(gpointer)reading.keys->data;
    assert_true(keys[0] != keys[1] && keys[0] != keys[2] && keys[1] != keys[2]);
    transcript_clear(&reading);
}

static void cached_tokens_are_never_more_than_input(void **state)
{
    (void)state;
    expect(META CONTEXT("08:30:01.010", "t-1", "gpt-5.4") RECORD("08:30:06.000", "t-1", "r",
               COUNTERS(100, 80, 50, 1, 101), COUNTERS(100, 80, 50, 1, 101)),
        REQUEST("30606000", "1") "input_tokens=0 cache_write_tokens=20 cache_read_tokens=80 "
                                 "output_tokens=1\n",
        "");
}

static void a_fast_tier_is_priced_as_fast(void **state)
{
    (void)state;
    expect(META EVENT("08:30:00.500", "\"type\":\"thread_settings_applied\",\"thread_settings\":{"
                                      "\"service_tier\":\"priority\"}") CONTEXT("08:30:01.010",
               "t-1", "gpt-5.4") RECORD("08:30:06.000", "t-1", "resp_1", ONE, ONE),
        "2026-09-08+30606000 path:" FILE_NAME
        " model:gpt-5.4 terminal session=1 price/request/fast interactions=1 requests=1 "
        "messages=1 " ONE_TEXT,
        "");
}

/* ---- Events -------------------------------------------------------------------------------- */

static void an_event_written_again_is_one_request(void **state)
{
    (void)state;
    expect(META USER_MESSAGE("08:30:01.000") CONTEXT("08:30:01.010", "t-1", "gpt-5.4")
               COUNT("08:30:05.000", FIRST, FIRST) COUNT("08:30:05.100", FIRST, FIRST)
                   CONTEXT("08:40:00.000", "t-2", "gpt-5.4-mini")
                       COUNT("08:40:00.100", FIRST, FIRST) COUNT("08:40:05.000", BOTH, SECOND),
        REQUEST("30605000", "1") FIRST_TEXT HEAD(
            "31205000", FILE_NAME, "gpt-5.4-mini", " terminal", "1", "0") SECOND_TEXT,
        "");
}

static void an_event_without_info_is_no_request(void **state)
{
    (void)state;
    expect(META EVENT("08:30:05.000", "\"type\":\"token_count\",\"info\":null,\"rate_limits\":{"
                                      "\"primary\":{\"used_percent\":1.5}}"),
        "",
        FILE_NAME ": note: empty file: no rows in it, which does not mean no use (export the "
                  "period again if use was expected)\n");
}

static void without_the_last_usage_the_increase_counts(void **state)
{
    (void)state;
    expect(META CONTEXT("08:30:01.010", "t-1", "gpt-5.4") COUNT_TOTAL("08:30:05.000", FIRST)
               COUNT_TOTAL("08:30:06.000", BOTH),
        REQUEST("30605000", "0") FIRST_TEXT REQUEST("30606000", "0") SECOND_TEXT, "");
}

static void a_total_that_fell_begins_anew(void **state)
{
    (void)state;
    expect(META CONTEXT("08:30:01.010", "t-1", "gpt-5.4") COUNT_TOTAL("08:30:05.000", BOTH)
               COUNT_TOTAL("08:30:06.000", FIRST)
                   COUNT("08:30:07.000", OLD_COUNTERS(10, 0, 1, 11), OLD_COUNTERS(7, 3, 2, 9)),
        REQUEST("30605000",
            "0") "input_tokens=1100 cache_read_tokens=1400 output_tokens=110\n" REQUEST("30606000",
            "0") FIRST_TEXT REQUEST("30607000",
            "0") "input_tokens=4 cache_read_tokens=3 output_tokens=2\n",
        "");
}

static void a_total_that_falls_in_part_is_clamped(void **state)
{
    (void)state;
    expect(META CONTEXT("08:30:01.010", "t-1", "gpt-5.4") COUNT_TOTAL("08:30:05.000", FIRST)
               COUNT_TOTAL("08:30:06.000", OLD_COUNTERS(2000, 100, 60, 2060)),
        REQUEST("30605000", "0") FIRST_TEXT REQUEST(
            "30606000", "0") "input_tokens=1000 cache_read_tokens=0 output_tokens=10\n",
        "");
}

static void without_any_model_one_is_assumed_and_said_once(void **state)
{
    (void)state;
    expect(META COUNT("08:30:05.000", FIRST, FIRST) COUNT("08:30:06.000", BOTH, SECOND),
        HEAD("30605000", FILE_NAME, "gpt-5", " terminal", "1", "0")
            FIRST_TEXT HEAD("30606000", FILE_NAME, "gpt-5", " terminal", "1", "0") SECOND_TEXT,
        FILE_NAME ":2:1: warning: doubtful value: model: no model is named: gpt-5 is assumed, "
                  "here and below (compare the record with the vendor's console)\n");
}

static void the_model_may_stand_in_the_info_or_the_settings(void **state)
{
    (void)state;
    expect(
        META EVENT("08:30:05.000",
            "\"type\":\"token_count\",\"info\":{\"model\":\"gpt-5.1\",\"last_token_usage\":" FIRST
            ",\"total_token_usage\":" FIRST "}") LINE("08:30:05.500", "turn_context",
            "\"collaboration_mode\":{\"settings\":{\"model\":\"gpt-5.2\"}}")
            COUNT("08:30:06.000", BOTH, SECOND),
        HEAD("30605000", FILE_NAME, "gpt-5.1", " terminal", "1", "0")
            FIRST_TEXT HEAD("30606000", FILE_NAME, "gpt-5.2", " terminal", "1", "0") SECOND_TEXT,
        "");
}

static void the_oldest_shapes_are_read(void **state)
{
    (void)state;
    expect("{\"timestamp\":\"2026-09-08T08:30:05.000Z\",\"type\":\"token_count\",\"info\":{"
           "\"model\":\"m\",\"total_token_usage\":" FIRST ",\"last_token_usage\":" FIRST "}}\n"
           "{\"timestamp\":\"2026-09-08T08:30:06.000Z\",\"type\":\"token_count\",\"payload\":{"
           "\"info\":{\"model\":\"m\"},\"input_tokens\":10,\"output_tokens\":2}}\n"
           "{\"timestamp\":\"2026-09-08T08:30:07.000Z\",\"type\":\"token_count\",\"payload\":{"
           "\"info\":{\"model\":\"m\"},\"total_tokens\":12}}\n",
        HEAD("30605000", FILE_NAME, "m", "", "1", "0") FIRST_TEXT HEAD("30606000", FILE_NAME, "m",
            "", "1", "0") "output_tokens=2 unsplit_tokens=10\n" HEAD("30607000", FILE_NAME, "m", "",
            "1", "0") "unsplit_tokens=12\n",
        "");
}

static void a_named_turn_is_one_prompt_whatever_is_said_in_it(void **state)
{
    (void)state;
    expect(META STARTED("08:30:01.000", "t-1") USER_MESSAGE("08:30:01.005") STARTED("08:30:01.006",
               "t-1") CONTEXT("08:30:01.010", "t-1", "gpt-5.4") COUNT("08:30:05.000", FIRST, FIRST)
               USER_MESSAGE("08:30:05.500") COUNT("08:30:06.000", BOTH, SECOND),
        REQUEST("30605000", "1") FIRST_TEXT REQUEST("30606000", "0") SECOND_TEXT, "");
}

static void a_thread_without_requests_is_no_session(void **state)
{
    (void)state;
    expect(META STARTED("08:30:01.000", "t-1") COMPLETE("08:30:09.000", "t-1", "8000"), "",
        FILE_NAME ": note: empty file: no rows in it, which does not mean no use (export the "
                  "period again if use was expected)\n");
}

static void the_review_model_is_a_review(void **state)
{
    (void)state;
    expect(META CONTEXT("08:30:01.010", "t-1", "codex-auto-review")
               COUNT("08:30:05.000", FIRST, FIRST),
        HEAD("30605000", FILE_NAME, "codex-auto-review", " review", "1", "0") FIRST_TEXT, "");
}

static void the_surface_is_where_the_thread_runs(void **state)
{
    (void)state;
#define RUN_IN(source)                                                                             \
    META_WITH("08:30:00.100", THREAD, ",\"source\":\"" source "\"")                                \
    CONTEXT("08:30:01.010", "t-1", "gpt-5.4") COUNT("08:30:05.000", FIRST, FIRST)
    expect(
        RUN_IN("vscode"), HEAD("30605000", FILE_NAME, "gpt-5.4", " edit", "1", "0") FIRST_TEXT, "");
    expect(
        RUN_IN("exec"), HEAD("30605000", FILE_NAME, "gpt-5.4", " agent", "1", "0") FIRST_TEXT, "");
    expect(RUN_IN("new"), REQUEST("30605000", "0") FIRST_TEXT, "");
}

/* ---- Copies of other threads --------------------------------------------------------------- */

/* What an old version copies from the other thread: its head, a turn, a request. */
#define COPIED(time)                                                                               \
    META_WITH(time, PARENT, ",\"source\":\"cli\"")                                                 \
    STARTED_AT(time, "t-0", "1788856000")                                                          \
    CONTEXT(time, "t-0", "gpt-5.3") COUNT(time, FIRST, FIRST) COMPLETE(time, "t-0", "5000")
#define FORK META_WITH("08:30:00.100", THREAD, ",\"forked_from_id\":\"" PARENT "\"")
#define OWN_TURN(second)                                                                           \
    CONTEXT("08:30:" second ".010", "t-1", "gpt-5.4")                                              \
    COUNT("08:30:" second ".500", FIRST, FIRST) COUNT("08:30:" second ".900", BOTH, SECOND)

static void a_fork_counts_only_its_own_requests(void **state)
{
    (void)state;
    expect(FORK COPIED("08:30:00.101") STARTED("08:30:20.000", "t-1") OWN_TURN("20"),
        REQUEST("30620900", "1") SECOND_TEXT, "");
}

static void a_second_head_is_enough_to_tell_a_copy(void **state)
{
    (void)state;
    expect(META COPIED("08:30:00.101") STARTED("08:30:20.000", "t-1") OWN_TURN("20"),
        REQUEST("30620900", "1") SECOND_TEXT, "");
}

static void its_own_head_again_is_no_copy(void **state)
{
    (void)state;
    expect(META META CONTEXT("08:30:00.110", "t-1", "gpt-5.4") COUNT("08:30:00.900", FIRST, FIRST),
        REQUEST("30600900", "0") FIRST_TEXT, "");
}

static void a_copy_may_reach_into_the_next_second(void **state)
{
    (void)state;
    expect(FORK COPIED("08:30:00.995") COUNT("08:30:01.001", BOTH, SECOND)
               STARTED("08:30:20.000", "t-1") CONTEXT("08:30:20.010", "t-1", "gpt-5.4")
                   COUNT("08:30:22.000", OLD_COUNTERS(3500, 1800, 160, 3660), FIRST),
        REQUEST("30622000", "1") FIRST_TEXT, "");
}

static void a_young_turn_ends_the_copy_within_the_first_second(void **state)
{
    (void)state;
    expect(FORK COPIED("08:30:00.101") STARTED_AT("08:30:00.110", "t-1", "1788856200")
               CONTEXT("08:30:00.120", "t-1", "gpt-5.4") COUNT("08:30:00.700", BOTH, SECOND),
        REQUEST("30600700", "1") SECOND_TEXT, "");
}

static void a_pause_ends_the_copy_where_no_turn_is_named(void **state)
{
    (void)state;
    expect(FORK COPIED("08:30:00.101") OWN_TURN("20"), REQUEST("30620900", "0") SECOND_TEXT, "");
}

static void a_subagent_belongs_to_the_session_of_its_parent(void **state)
{
    (void)state;
    Reading parent, child;
    const char *user = META_WITH("08:30:00.100", PARENT, ",\"source\":\"cli\"")
        CONTEXT("08:30:01.000", "t-0", "gpt-5.4") COUNT("08:30:05.000", FIRST, FIRST);
    const char *agent = META_WITH("08:31:00.100", THREAD,
        ",\"thread_source\":\"subagent\",\"source\":{\"subagent\":{\"thread_spawn\":{"
        "\"parent_thread_id\":\"" PARENT "\"}}}") STARTED("08:31:02.000", "t-9")
        CONTEXT("08:31:02.010", "t-9", "gpt-5.4") COUNT("08:31:05.000", FIRST, FIRST)
            COMPLETE("08:31:06.000", "t-9", "4000");
    transcript_read(&parent, "parent.jsonl", user, strlen(user));
    transcript_read(&child, FILE_NAME, agent, strlen(agent));
    assert_string_equal(
        child.records->str, HEAD("30665000", FILE_NAME, "gpt-5.4", " agent", "1", "0") FIRST_TEXT);
    assert_int_equal(
        g_array_index(parent.sessions, guint64, 0), g_array_index(child.sessions, guint64, 0));
    assert_true(g_array_index(parent.keys, guint64, 0) != g_array_index(child.keys, guint64, 0));
    transcript_clear(&parent);
    transcript_clear(&child);
}

/* ---- Threads whose total goes on ----------------------------------------------------------- */

#define CONTINUED                                                                                  \
    META_WITH("08:30:00.100", THREAD,                                                              \
        ",\"source\":\"cli\",\"history_mode\":\"paginated\",\"forked_from_id\":\"" PARENT          \
        "\",\"history_base\":{\"thread_id\":\"" PARENT "\",\"end_ordinal_exclusive\":9}")          \
    CONTEXT("08:30:00.200", "t-1", "gpt-5.4")

static void a_first_total_that_goes_on_is_no_increase(void **state)
{
    (void)state;
    expect(CONTINUED COUNT_TOTAL("08:30:00.500", FIRST) COUNT_TOTAL("08:30:05.000", BOTH),
        REQUEST("30605000", "0") SECOND_TEXT, "");
}

static void the_last_usage_of_a_continued_thread_counts(void **state)
{
    (void)state;
    expect(CONTINUED COUNT("08:30:00.500", BOTH, SECOND), REQUEST("30600500", "0") SECOND_TEXT, "");
    expect(CONTINUED COUNT("08:30:00.500", FIRST, FIRST) COUNT("08:30:05.000", BOTH, SECOND),
        REQUEST("30600500", "0") FIRST_TEXT REQUEST("30605000", "0") SECOND_TEXT, "");
}

static void the_others_total_before_the_first_record_is_dropped(void **state)
{
    (void)state;
    expect(CONTINUED COUNT("08:30:00.500", FIRST, FIRST)
               RECORD("08:30:05.000", "t-1", "resp_9", ONE, ONE),
        REQUEST("30605000", "1") ONE_TEXT, "");
}

/* ---- Keys ---------------------------------------------------------------------------------- */

#define OLD_HEAD META CONTEXT("08:30:01.010", "t-1", "gpt-5.4")
#define OLD_LINES                                                                                  \
    COUNT("08:30:05.000", FIRST, FIRST)                                                            \
    COUNT("08:30:05.100", FIRST, FIRST)                                                            \
    COUNT("08:30:06.000", BOTH, SECOND)                                                            \
    COUNT("08:30:07.000", BOTH, SECOND)                                                            \
    COUNT("08:30:08.000", OLD_COUNTERS(3500, 1800, 160, 3660), FIRST)
#define NEW_LINES                                                                                  \
    RECORD("08:31:05.000", "t-1", "resp_1", ONE, ONE)                                              \
    COUNT("08:31:05.100", ONE, ONE)                                                                \
    RECORD("08:31:06.000", "t-1", "resp_2", ONE, COUNTERS(18000, 12000, 1000, 840, 18840))         \
    COMPLETE("08:31:09.000", "t-1", "8000")

/* The records by key: a copy of one adds nothing. */
static void collect(GHashTable *found, const Reading *reading)
{
    g_auto(GStrv) lines = g_strsplit(reading->records->str, "\n", 0);
    for (guint i = 0; i < reading->keys->len; i++) {
        guint64 *key = g_memdup2(&g_array_index(reading->keys, guint64, i), sizeof(guint64));
        const char *known = g_hash_table_lookup(found, key);
        const char *measures = strstr(lines[i], " model:");
        measures = measures != NULL ? measures : strstr(lines[i], " session");
        assert_non_null(measures);
        if (known != NULL)
            assert_string_equal(known, measures);
        g_hash_table_insert(found, key, g_strdup(measures));
    }
}

static void read_into(GHashTable *found, const char *head, const char *text, gsize length)
{
    Reading reading;
    GString *file = g_string_new(head);
    g_string_append_len(file, text, (gssize)length);
    transcript_read(&reading, FILE_NAME, file->str, file->len);
    collect(found, &reading);
    transcript_clear(&reading);
    g_string_free(file, TRUE);
}

static GHashTable *new_collection(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

static void assert_within(GHashTable *part, GHashTable *whole)
{
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, part);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        assert_non_null(g_hash_table_lookup(whole, key));
        assert_string_equal(g_hash_table_lookup(whole, key), value);
    }
}

/* The event that repeats a record, and the end of a turn, mean nothing without what is before. */
static gboolean leans_on_line_before(const char *text, const char *at)
{
    g_autofree char *before = g_strndup(text, (gsize)(at - text));
    g_autofree char *line = g_strndup(at, strcspn(at, "\n"));
    const char *record = g_strrstr(before, "token_usage_record");
    gboolean behind_record = record != NULL && strchr(record, '\n') == before + strlen(before) - 1;
    return strstr(line, "task_complete") != NULL ||
           (behind_record && strstr(line, "token_count") != NULL);
}

/* Every state of growth, and every pair of files that hold the lines between them. */
static void check_every_split(const char *text, guint records)
{
    g_autoptr(GHashTable) whole = new_collection();
    read_into(whole, OLD_HEAD, text, strlen(text));
    assert_int_equal(g_hash_table_size(whole), records);
    for (const char *at = text; at != NULL && *at != '\0'; at = strchr(at, '\n') + 1) {
        g_autoptr(GHashTable) grown = new_collection();
        read_into(grown, OLD_HEAD, text, (gsize)(at - text));
        assert_within(grown, whole);
        if (leans_on_line_before(text, at))
            continue;
        read_into(grown, OLD_HEAD, at, strlen(at));
        assert_within(grown, whole);
        assert_int_equal(g_hash_table_size(grown), records);
    }
}

static void growth_and_splitting_keep_records_and_keys(void **state)
{
    (void)state;
    check_every_split(OLD_LINES, 3);
    check_every_split(OLD_LINES NEW_LINES, 6);
}

static void a_state_cut_at_any_byte_holds_no_other_record(void **state)
{
    (void)state;
    static const char text[] = OLD_LINES NEW_LINES;
    g_autoptr(GHashTable) whole = new_collection();
    read_into(whole, OLD_HEAD, text, strlen(text));
    for (gsize length = 0; length < strlen(text); length += 7) {
        g_autoptr(GHashTable) grown = new_collection();
        read_into(grown, OLD_HEAD, text, length);
        assert_within(grown, whole);
    }
}

static void the_thread_of_a_file_without_its_head_is_in_its_name(void **state)
{
    (void)state;
    Reading whole, headless;
    const char *with = OLD_HEAD OLD_LINES,
               *without = CONTEXT("08:30:01.010", "t-1", "gpt-5.4") OLD_LINES;
    transcript_read(&whole, FILE_NAME, with, strlen(with));
    transcript_read(&headless, FILE_NAME, without, strlen(without));
    assert_int_equal(whole.keys->len, headless.keys->len);
    assert_memory_equal(whole.keys->data, headless.keys->data, whole.keys->len * sizeof(guint64));
    assert_int_equal(
        g_array_index(whole.sessions, guint64, 0), g_array_index(headless.sessions, guint64, 0));
    transcript_clear(&whole);
    transcript_clear(&headless);
}

/* ---- Hostile lines ------------------------------------------------------------------------- */

#define BAD(time, members) EVENT(time, "\"type\":\"token_count\",\"info\":{" members "}")

static void what_counts_and_is_wrong_is_reported(void **state)
{
    (void)state;
    expect(
        OLD_HEAD BAD("08:30:05.000", "\"last_token_usage\":{\"input_tokens\":\"1\"}") BAD(
            "08:30:05.000", "\"last_token_usage\":{\"output_tokens\":-1}") BAD("08:30:05.000",
            "\"last_token_usage\":{\"input_tokens\":1e30}") BAD("25:00:00.000",
            "\"last_token_usage\":{\"input_tokens\":1}") "{\"timestamp\":7,\"type\":\"token_"
                                                         "count\",\"payload\":{\"input_tokens\":1}}"
                                                         "\n"
                                                         "{\"timestamp\":\"2027-01-01T00:00:00Z\","
                                                         "\"type\":\"token_count\",\"payload\":{"
                                                         "\"input_tokens\":1}}\n"
                                                         "{\"type\":\"event_msg\",\"payload\":{"
                                                         "\"type\":1,\"type\":2}}\n",
        "",
        FILE_NAME
        ":3:1: skipped: not a number: payload.info.last_token_usage.input_tokens: a "
        "whole number is wanted (export the file again or mend the field)\n" FILE_NAME
        ":4:1: skipped: number out of range: payload.info.last_token_usage.output_tokens"
        ": a count cannot be so (compare the record with the vendor's console)\n" FILE_NAME
        ":5:1: skipped: not a number: payload.info.last_token_usage.input_tokens: a "
        "whole number is wanted (export the file again or mend the field)\n" FILE_NAME
        ":6:1: skipped: not a date: timestamp: not an instant with its zone (write dates "
        "as YYYY-MM-DD)\n" FILE_NAME
        ":7:1: skipped: missing field: timestamp: no time (export the file again with "
        "all columns)\n" FILE_NAME
        ":8:1: skipped: date in the future: timestamp: later than the day of this run "
        "(check the clock of the exporting system)\n" FILE_NAME
        ":9:1: skipped: broken JSON: type: the member is there twice (export the file "
        "again; it may be cut off)\n");
}

static void lines_of_other_types_are_passed_over(void **state)
{
    (void)state;
    expect("{\"timestamp\":\"2026-09-08T08:30:00.000Z\",\"type\":\"response_item\",\"payload\":7}"
           "\n" META LINE("08:30:00.500", "new_type", "\"turn_id\":7,\"usage\":\"x\",\"model\":{}")
               LINE("08:30:00.600", "world_state", "\"id\":[1,2],\"info\":{\"model\":3}")
                   LINE("08:30:00.700", "turn_context", "\"turn_id\":{},\"model\":[]")
                       EVENT("08:30:00.800", "\"type\":\"thread_settings_applied\"") CONTEXT(
                           "08:30:01.010", "t-1", "gpt-5.4") COUNT("08:30:05.000", FIRST, FIRST),
        REQUEST("30605000", "0") FIRST_TEXT, "");
}

static void a_last_line_that_is_still_written_is_noted(void **state)
{
    (void)state;
    expect(OLD_HEAD COUNT("08:30:05.000", FIRST, FIRST) "{\"timestamp\":\"2026-09-08T08:30:0",
        REQUEST("30605000", "0") FIRST_TEXT,
        FILE_NAME ":4:1: note: unfinished line: the last line is not complete yet (nothing to do: "
                  "it is read at the next run)\n");
}

static void records_that_share_a_line_all_count(void **state)
{
    (void)state;
    g_autofree char *joined = g_strdup(OLD_HEAD OLD_LINES);
    for (char *end = joined; (end = strchr(end, '\n')) != NULL && end[1] != '\0';)
        *end = ' ';
    g_autofree char *first = g_strconcat(META, joined, NULL); /* the first line tells the format */
    Reading apart, together;
    transcript_read(&apart, FILE_NAME, META OLD_HEAD OLD_LINES, strlen(META OLD_HEAD OLD_LINES));
    transcript_read(&together, FILE_NAME, first, strlen(first));
    assert_string_not_equal(apart.records->str, "");
    assert_string_equal(together.records->str, apart.records->str);
    assert_int_equal(together.summary.dropped_content_fields, apart.summary.dropped_content_fields);
    transcript_clear(&apart);
    transcript_clear(&together);
}

#define CANARY "CANARY-8c1f"

static void no_content_leaves_the_parser(void **state)
{
    (void)state;
    const char *text = LINE("08:30:00.100", "session_meta",
        "\"id\":\"" THREAD "\",\"cwd\":\"" CANARY "\",\"git\":{\"branch\":\"" CANARY
        "\"},\"instructions\":\"" CANARY "\",\"base_instructions\":{\"text\":\"" CANARY
        "\"}") CONTEXT("08:30:01.000", "t-1", "gpt-5.4") LINE("08:30:01.500", "response_item",
        "\"type\":\"message\",\"content\":[{\"text\":\"" CANARY "\"}],\"summary\":\"" CANARY
        "\",\"arguments\":\"" CANARY "\",\"output\":\"" CANARY "\",\"" CANARY "\":\"" CANARY "\"")
        EVENT("08:30:02.000", "\"type\":\"user_message\",\"message\":\"" CANARY
                              "\",\"images\":[\"" CANARY "\"]") EVENT("08:30:02.500",
            "\"type\":\"item_completed\",\"item\":{\"text\":\"" CANARY "\"}") EVENT("08:30:02.600",
            "\"type\":\"exec\",\"command\":[\"" CANARY "\"],\"stdout\":\"" CANARY
            "\",\"changes\":{\"" CANARY "\":1}") LINE("08:30:02.700", "compacted",
            "\"message\":\"" CANARY "\",\"replacement_history\":[\"" CANARY "\"]")
            COUNT("08:30:05.000", FIRST, FIRST) EVENT("08:30:06.000",
                "\"type\":\"task_complete\",\"turn_id\":\"t-1\",\"last_agent_message\":\"" CANARY
                "\",\"duration_ms\":\"" CANARY "\"");
    Reading reading;
    transcript_read(&reading, FILE_NAME, text, strlen(text));
    assert_int_equal(reading.summary.rows_taken, 1);
    assert_int_equal(reading.summary.dropped_content_fields, 17);
    assert_null(strstr(reading.records->str, CANARY));
    assert_null(strstr(reading.diagnostics, CANARY));
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
        cmocka_unit_test(a_usage_record_is_one_request_and_its_event_none),
        cmocka_unit_test(only_the_first_request_of_a_turn_answers_a_prompt),
        cmocka_unit_test(a_record_has_the_model_of_its_turn),
        cmocka_unit_test(records_of_another_thread_are_copies),
        cmocka_unit_test(events_before_the_first_record_are_of_an_older_version),
        cmocka_unit_test(a_record_without_a_response_id_is_known_by_its_turn),
        cmocka_unit_test(cached_tokens_are_never_more_than_input),
        cmocka_unit_test(a_fast_tier_is_priced_as_fast),
        cmocka_unit_test(an_event_written_again_is_one_request),
        cmocka_unit_test(an_event_without_info_is_no_request),
        cmocka_unit_test(without_the_last_usage_the_increase_counts),
        cmocka_unit_test(a_total_that_fell_begins_anew),
        cmocka_unit_test(a_total_that_falls_in_part_is_clamped),
        cmocka_unit_test(without_any_model_one_is_assumed_and_said_once),
        cmocka_unit_test(the_model_may_stand_in_the_info_or_the_settings),
        cmocka_unit_test(the_oldest_shapes_are_read),
        cmocka_unit_test(a_named_turn_is_one_prompt_whatever_is_said_in_it),
        cmocka_unit_test(a_thread_without_requests_is_no_session),
        cmocka_unit_test(the_review_model_is_a_review),
        cmocka_unit_test(the_surface_is_where_the_thread_runs),
        cmocka_unit_test(a_fork_counts_only_its_own_requests),
        cmocka_unit_test(a_second_head_is_enough_to_tell_a_copy),
        cmocka_unit_test(its_own_head_again_is_no_copy),
        cmocka_unit_test(a_copy_may_reach_into_the_next_second),
        cmocka_unit_test(a_young_turn_ends_the_copy_within_the_first_second),
        cmocka_unit_test(a_pause_ends_the_copy_where_no_turn_is_named),
        cmocka_unit_test(a_subagent_belongs_to_the_session_of_its_parent),
        cmocka_unit_test(a_first_total_that_goes_on_is_no_increase),
        cmocka_unit_test(the_last_usage_of_a_continued_thread_counts),
        cmocka_unit_test(the_others_total_before_the_first_record_is_dropped),
        cmocka_unit_test(growth_and_splitting_keep_records_and_keys),
        cmocka_unit_test(a_state_cut_at_any_byte_holds_no_other_record),
        cmocka_unit_test(the_thread_of_a_file_without_its_head_is_in_its_name),
        cmocka_unit_test(what_counts_and_is_wrong_is_reported),
        cmocka_unit_test(lines_of_other_types_are_passed_over),
        cmocka_unit_test(a_last_line_that_is_still_written_is_noted),
        cmocka_unit_test(records_that_share_a_line_all_count),
        cmocka_unit_test(no_content_leaves_the_parser),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
