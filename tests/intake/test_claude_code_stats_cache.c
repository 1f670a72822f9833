/* Claude Code's stats-cache.json: days with use, and nothing else of it; results of single runs. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define FILE_NAME "stats-cache.json"
#define WHO " path:" FILE_NAME " terminal interactions="
#define CACHE(days)                                                                                \
    "{\n 'version': 2,\n 'lastComputedDate': '2026-10-06',\n 'dailyActivity': [" days "],\n "      \
    "'dailyModelTokens': [{'date':'2026-10-05','tokensByModel':{'claude-sonnet-5':99}}],\n"        \
    " 'modelUsage': {'claude-sonnet-5':{'inputTokens':1,'costUSD':2}},\n 'totalSessions': 3,\n"    \
    " 'totalMessages': 5,\n 'hourCounts': {'9':3}\n}\n"
#define DAY(day, messages)                                                                         \
    "{'date':'" day "','messageCount':" messages ",'sessionCount':3,'toolCallCount':7}"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json(FILE_NAME, text, records, diagnostics);
}

static void a_day_with_messages_had_use(void **state)
{
    (void)state;
    expect(CACHE(DAY("2026-10-05", "41") "," DAY("2026-10-06", "0")),
        "2026-10-05" WHO "1\n2026-10-06" WHO "0\n", "");
}

static void a_day_has_one_key_in_every_cache(void **state)
{
    (void)state;
    assert_true(transcript_key_json(FILE_NAME, CACHE(DAY("2026-10-05", "41"))) ==
                transcript_key_json("old.json", CACHE(DAY("2026-10-05", "3"))));
    assert_true(transcript_key_json(FILE_NAME, CACHE(DAY("2026-10-05", "41"))) !=
                transcript_key_json(FILE_NAME, CACHE(DAY("2026-10-06", "41"))));
}

static void a_cache_without_days_is_no_use(void **state)
{
    (void)state;
    expect(CACHE(""), "",
        FILE_NAME ": note: empty file: no rows in it, which does not mean no use (export the "
                  "period again if use was expected)\n");
}

static void days_that_cannot_be_are_reported_and_the_rest_goes_on(void **state)
{
    (void)state;
    expect(CACHE("{'messageCount':1}," DAY("yesterday", "1") "," DAY("2027-01-01", "1") "," DAY(
               "2026-10-04", "-1") ",7," DAY("2026-10-05", "41")),
        "2026-10-05" WHO "1\n",
        FILE_NAME
        ":1:1: skipped: missing field: dailyActivity[].date: no day (export the file "
        "again with all columns)\n" FILE_NAME
        ":1:1: skipped: not a date: dailyActivity[].date: neither YYYY-MM-DD nor an "
        "instant with its zone (write dates as YYYY-MM-DD)\n" FILE_NAME
        ":1:1: skipped: date in the future: dailyActivity[].date: later than the day of "
        "this run (check the clock of the exporting system)\n" FILE_NAME
        ":1:1: skipped: number out of range: dailyActivity[].messageCount: a count cannot "
        "be so (compare the record with the vendor's console)\n");
}

static void the_result_of_one_run_is_refused_by_name(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{'type':'result','subtype':'success','is_error':false,'duration_ms':5,'duration_api_ms':4,"
        "'num_turns':1,'result':'CANARY','session_id':'s','total_cost_usd':0.1,'usage':{}}\n",
        "{'type':'system','subtype':'init','session_id':'s','cwd':'/CANARY'}\n"
        "{'type':'assistant','message':{'content':'CANARY'},'session_id':'s'}\n"
        "{'type':'result','duration_ms':5,'num_turns':1,'session_id':'s','total_cost_usd':0.1}\n"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *text = transcript_quote(texts[i]);
        Reading reading;
        transcript_read(&reading, "result.json", text, strlen(text));
        assert_false(reading.taken);
        assert_string_equal(reading.diagnostics,
            "result.json: skipped: format not recognised: what Claude Code printed at the end of "
            "one run: resumed sessions carry their cost forward; collect the transcripts below "
            "~/.claude/projects instead (see docs/formats.md for what is read)\n");
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
        cmocka_unit_test(a_day_with_messages_had_use),
        cmocka_unit_test(a_day_has_one_key_in_every_cache),
        cmocka_unit_test(a_cache_without_days_is_no_use),
        cmocka_unit_test(days_that_cannot_be_are_reported_and_the_rest_goes_on),
        cmocka_unit_test(the_result_of_one_run_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
