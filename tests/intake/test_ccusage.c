/* Reports of ccusage: shapes of all versions, tools, money, text in front; by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect_json("f.json", text, records, diagnostics);
}

#define TOTALS "'totals':{'inputTokens':9,'totalCost':9}"

/* Four classes of tokens and a model with them, as reports of Claude Code have them. */
#define FOUR(input, output, writes, reads)                                                         \
    "'inputTokens':" #input ",'outputTokens':" #output ",'cacheCreationTokens':" #writes           \
    ",'cacheReadTokens':" #reads

#define MODEL(name, cost) "{'modelName':'" name "'," FOUR(1, 2, 3, 4) "," cost "}"

#define TOKENS "input_tokens=1 cache_write_tokens=3 cache_read_tokens=4 output_tokens=2"

/* One day of a model whose price is known. */
#define PRICED(model)                                                                              \
    "2026-09-08 path:f.json model:" model " terminal interactions=~1 " TOKENS                      \
    " list_value=~599000\n"

#define DAILY(rows) "{'daily':[" rows "]," TOTALS "}"

/* ---- Claude Code ------------------------------------------------------------------------- */

static void each_model_of_a_day_is_a_record(void **state)
{
    (void)state;
    expect(DAILY("{'date':'2026-09-08'," FOUR(
               41, 18, 62, 910) ",'totalTokens':1031,'totalCost':9,"
                                "'modelsUsed':['a','b'],'modelBreakdowns':[" MODEL(
                                    "a", "'cost':0.599") ","
                                                         "{'modelName':'b'," FOUR(5, 6, 7,
                                                             8) ",'cost':0.009198000000000001}]}"),
        PRICED("a") "2026-09-08 path:f.json model:b terminal interactions=~1 input_tokens=5 "
                    "cache_write_tokens=7 cache_read_tokens=8 output_tokens=6 list_value=~9198\n",
        "");
}

static void a_row_without_models_is_read_itself(void **state)
{
    (void)state;
    expect(DAILY("{'date':'2026-09-08'," FOUR(1, 2, 3, 4) ",'totalCost':0.599,'modelBreakdowns':"
                                                          "[]}"),
        "2026-09-08 path:f.json terminal interactions=~1 " TOKENS " list_value=~599000\n", "");
}

static void projects_of_a_day_are_added_up(void **state)
{
    (void)state;
    expect("{'projects':{'-home-CANARY-a':[{'date':'2026-09-08','project':'CANARY',"
           "'modelBreakdowns':[" MODEL("a",
               "'cost':0.5") "]}],'-home-CANARY-b':["
                             "{'date':'2026-09-08','modelBreakdowns':[" MODEL("a",
                                 "'cost':0.25") "]},"
                                                "{'date':'2026-09-09','modelBreakdowns':[" MODEL(
                                                    "a", "'cost':1") "]}]}," TOTALS "}",
        "2026-09-08 path:f.json model:a terminal interactions=~1 input_tokens=2 "
        "cache_write_tokens=6 cache_read_tokens=8 output_tokens=4 list_value=~750000\n"
        "2026-09-09 path:f.json model:a terminal interactions=~1 " TOKENS " list_value=~1000000\n",
        "");
}

static void days_are_not_added_to_their_projects(void **state)
{
    (void)state;
    expect("{'projects':{'p':[{'date':'2026-09-08','modelBreakdowns':[" MODEL("a",
               "'cost':0.599") "]}]},'daily':[{'date':'2026-09-08','modelBreakdowns':[" MODEL("a",
               "'cost':0.599") "]}]," TOTALS "}",
        PRICED("a"), "");
}

static void a_model_without_cost_is_priced_here(void **state)
{
    (void)state;
    static const char *const costs[] = {
        "'x':1", "'cost':null", "'cost':0", "'cost':-0.0", "'cost':0,'missingPricing':true"};
    for (guint i = 0; i < G_N_ELEMENTS(costs); i++) {
        g_autofree char *text = g_strdup_printf(
            "{'daily':[{'date':'2026-09-08','modelBreakdowns':[{'modelName':'a'," FOUR(
                1, 2, 3, 4) ",%s},{'modelName':'b','outputTokens':0,'cost':0}]}]}",
            costs[i]);
        expect(text,
            "2026-09-08 path:f.json model:a terminal price interactions=~1 " TOKENS "\n"
            "2026-09-08 path:f.json model:b terminal interactions=~0 output_tokens=0 "
            "list_value=~0\n",
            "");
    }
}

static void the_fast_mode_is_told_by_the_name(void **state)
{
    (void)state;
    expect(DAILY("{'date':'2026-09-08','modelBreakdowns':["
                 "{'modelName':'claude-opus-5-fast','outputTokens':1},"
                 "{'modelName':'claude-opus-5','outputTokens':2},"
                 "{'modelName':'grok-4-fast','outputTokens':3}]}"),
        "2026-09-08 path:f.json model:claude-opus-5 terminal price/fast interactions=~1 "
        "output_tokens=1\n"
        "2026-09-08 path:f.json model:claude-opus-5 terminal price interactions=~1 "
        "output_tokens=2\n"
        "2026-09-08 path:f.json model:grok-4-fast terminal price interactions=~1 output_tokens=3\n",
        "");
}

static void rows_of_the_old_documentation_are_read(void **state)
{
    (void)state;
    expect("{'type':'daily','data':[{'date':'2026-09-08','models':['a']," FOUR(
               1, 2, 3, 4) ",'totalTokens':10,'costUSD':0.599}],'summary':{'totalCostUSD':0.599}}",
        "2026-09-08 path:f.json terminal interactions=~1 " TOKENS " list_value=~599000\n", "");
}

/* ---- Several tools ----------------------------------------------------------------------- */

#define MERGED(agent, rest)                                                                        \
    "{'agent':'" agent "','modelBreakdowns':[" MODEL(                                              \
        "a", "'cost':0.599") "]," rest "'period':'2026-09-08'," FOUR(1, 2, 3, 4) ",'totalCost':9}"

#define CODEX_PRICED                                                                               \
    "2026-09-08 path:f.json source:ccusage-codex model:a terminal interactions=~1 " TOKENS         \
    " list_value=~599000\n"

static void a_row_of_one_agent_is_its_own(void **state)
{
    (void)state;
    expect(DAILY(MERGED("all", "'metadata':{'agents':['claude']},")), PRICED("a"), "");
    expect(DAILY(MERGED("all", "'metadata':{'agents':['codex']},")), CODEX_PRICED, "");
    expect(DAILY(MERGED("codex", "")), CODEX_PRICED, "");
}

static void parts_by_agent_stand_for_the_row(void **state)
{
    (void)state;
    expect(DAILY(MERGED("all", "'agents':[" MERGED("claude", "") "," MERGED(
                                   "codex", "") "],'metadata':{'agents':['claude','codex']},")),
        PRICED("a") CODEX_PRICED, "");
}

#define MIXED                                                                                      \
    "f.json:1:1: skipped: format not recognised: agents: rows of several tools at once are left "  \
    "out: export with --by-agent (see docs/formats.md for what is read)\n"

static void rows_of_several_agents_are_left_out_and_counted(void **state)
{
    (void)state;
    Reading reading;
    g_autofree char *text = transcript_quote(
        DAILY(MERGED("all", "'metadata':{'agents':['claude','codex']},") "," MERGED(
            "all", "") "," MERGED("claude", "")));
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_string_equal(reading.records->str, PRICED("a"));
    assert_string_equal(reading.diagnostics, MIXED);
    assert_int_equal(reading.summary.rows_skipped, 2);
    transcript_clear(&reading);
}

static void other_agents_are_left_out(void **state)
{
    (void)state;
    expect(DAILY(MERGED("all",
               "'agents':[" MERGED("claude", "") "," MERGED("amp", "") "," MERGED("pi", "") "],")),
        PRICED("a"),
        "f.json:1:1: skipped: format not recognised: agent: rows of tools other than Claude Code "
        "and Codex are left out (see docs/formats.md for what is read)\n");
}

/* ---- Codex ------------------------------------------------------------------------------- */

static void codex_reports_are_read(void **state)
{
    (void)state;
    expect(DAILY("{'date':'2026-09-08'," FOUR(
               52, 9, 0, 410) ",'reasoningOutputTokens':4,"
                              "'totalTokens':471,'costUSD':0.3675,'models':{'gpt-5.4':{" FOUR(52, 9,
                                  0, 410) ",'reasoningOutputTokens':4,'isFallback':false}}}"),
        "2026-09-08 path:f.json source:ccusage-codex model:gpt-5.4 terminal interactions=~1 "
        "input_tokens=52 cache_write_tokens=0 cache_read_tokens=410 output_tokens=9 "
        "list_value=~367500\n",
        "");
}

static void older_codex_reports_have_cached_tokens_in_the_input(void **state)
{
    (void)state;
    expect(DAILY("{'date':'Aug 10, 2026','inputTokens':462,'cachedInputTokens':410,"
                 "'outputTokens':9,'costUSD':0.5,'models':{'gpt-5':{'inputTokens':462,"
                 "'cachedInputTokens':410,'outputTokens':9,'isFallback':false}}}"),
        "2026-08-10 path:f.json source:ccusage-codex model:gpt-5 terminal interactions=~1 "
        "input_tokens=52 cache_read_tokens=410 output_tokens=9 list_value=~500000\n",
        "");
}

static void the_cost_of_a_row_with_several_models_is_nobodys(void **state)
{
    (void)state;
    expect(DAILY("{'date':'2026-09-08','outputTokens':3,'costUSD':0.5,'models':{"
                 "'a':{'outputTokens':1},'b':{'outputTokens':2}}}"),
        "2026-09-08 path:f.json source:ccusage-codex model:a terminal price interactions=~1 "
        "output_tokens=1\n"
        "2026-09-08 path:f.json source:ccusage-codex model:b terminal price interactions=~1 "
        "output_tokens=2\n",
        "");
}

static void a_model_that_is_assumed_is_not_named(void **state)
{
    (void)state;
    expect(DAILY("{'date':'2026-09-08','costUSD':0.5,'models':{'gpt-5':{'outputTokens':1,"
                 "'isFallback':true}}}"),
        "2026-09-08 path:f.json source:ccusage-codex terminal interactions=~1 output_tokens=1 "
        "list_value=~500000\n",
        "");
}

static void more_cached_than_input_cannot_be(void **state)
{
    (void)state;
    expect(DAILY("{'date':'2026-09-08','models':{'a':{'inputTokens':1,'cachedInputTokens':2}}}"),
        "",
        "f.json:1:1: skipped: number out of range: cachedInputTokens: more than the input that it "
        "is part of (compare the record with the vendor's console)\n");
}

static void english_dates_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *day;
    } dates[] = {{"Jan 1, 2026", "2026-01-01"}, {"Feb 28, 2026", "2026-02-28"},
        {"Sep 09, 2026", "2026-09-09"}, {"Nov 20, 2026", "2026-11-20"}};
    for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *text = g_strdup_printf(
            DAILY("{'date':'%s','cachedInputTokens':0,'outputTokens':1,'costUSD':1}"),
            dates[i].text);
        g_autofree char *record = g_strdup_printf(
            "%s path:f.json source:ccusage-codex terminal interactions=~1 cache_read_tokens=0 "
            "output_tokens=1 list_value=~1000000\n",
            dates[i].day);
        expect(text, record, "");
    }
}

static void other_dates_are_none(void **state)
{
    (void)state;
    static const char *const dates[] = {"Aug 32, 2026", "Aug 0, 2026", "Xyz 10, 2026",
        "n fe 1, 2026", "August 10, 2026", "Aug 10 2026", "Aug 10, 20260", "10 Aug, 2026",
        "Aug , 2026x", "Feb 29, 2026"};
    for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *text = g_strdup_printf(DAILY("{'date':'%s','outputTokens':1}"), dates[i]);
        expect(text, "",
            "f.json:1:1: skipped: not a date: date: neither YYYY-MM-DD nor Aug 10, 2026 (write "
            "dates as YYYY-MM-DD)\n");
    }
}

/* ---- Sections, sessions, other periods --------------------------------------------------- */

static void days_are_taken_out_of_several_reports(void **state)
{
    (void)state;
    expect("{'blocks':[{'id':'x'}],'daily':[{'date':'2026-09-08','modelBreakdowns':[" MODEL(
               "a", "'cost':0.599") "]}],'monthly':[{'month':'2026-09','outputTokens':7}],"
                                    "'weekly':[{'week':'2026-09-06','outputTokens':7}]}",
        PRICED("a"), "");
}

static void other_periods_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *section;
    } reports[] = {
        {"{'weekly':[{'week':'2026-09-06','outputTokens':7}]," TOTALS "}", "weekly"},
        {"{'monthly':[{'period':'2026-09','agent':'all'}]," TOTALS "}", "monthly"},
        {"{'blocks':[{'id':'2026-09-08T10:00:00.000Z','entries':3,'isGap':false}]}", "blocks"},
        {"{'sessionId':'s','totalCost':1,'entries':[{'timestamp':'x'}]}", "entries"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(reports); i++) {
        g_autofree char *message = g_strdup_printf(
            "f.json:1:1: skipped: format not recognised: %s: a report that is not by days: export "
            "ccusage daily --json (see docs/formats.md for what is read)\n",
            reports[i].section);
        expect(reports[i].text, "", message);
    }
}

static void sessions_with_instants_are_counted(void **state)
{
    (void)state;
    expect("{'sessions':[{'sessionId':'s-1','projectPath':'CANARY','firstActivity':"
           "'2026-09-08T00:00:01Z','lastActivity':'2026-09-09T10:00:00Z','outputTokens':7,"
           "'totalCost':1}]," TOTALS "}",
        "2026-09-08+1000 path:f.json source:ccusage-claude-sessions terminal interactions=~1 "
        "sessions=~1\n",
        "");
    expect("{'session':[{'agent':'all','period':'s-1','metadata':{'agents':['codex'],"
           "'lastActivity':'2026-09-08T00:00:02Z'}}]," TOTALS "}",
        "2026-09-08+2000 path:f.json source:ccusage-codex-sessions terminal interactions=~1 "
        "sessions=~1\n",
        "");
}

static void folders_are_no_sessions(void **state)
{
    (void)state;
    expect("{'sessions':[{'sessionId':'-home-CANARY','lastActivity':'2026-09-08','outputTokens':7},"
           "{'sessionId':'subagents','lastActivity':'2026-09-08'}]," TOTALS "}",
        "",
        "f.json:1:1: skipped: format not recognised: sessions: a report that is not by days: "
        "export ccusage daily --json (see docs/formats.md for what is read)\n");
}

static void a_report_without_days_is_empty(void **state)
{
    (void)state;
    expect(DAILY(""), "",
        "f.json: note: empty file: no rows in it, which does not mean no use (export the period "
        "again if use was expected)\n");
}

/* ---- Text in front ----------------------------------------------------------------------- */

#define LEFT_OUT "f.json:1: note: note: text in front of the JSON is left out (nothing to do)\n"
#define REPORT                                                                                     \
    "{\n  'daily':[{'date':'2026-09-08','modelBreakdowns':[" MODEL("a", "'cost':0.599") "]}]}\n"

static void text_in_front_is_left_out(void **state)
{
    (void)state;
    expect("WARN  Fetching latest model pricing, please wait...\n\xe2\x84\xb9 Loaded "
           "'prices'\n" REPORT,
        PRICED("a"), LEFT_OUT);
    expect("[ccusage] Fetching prices\n" REPORT, PRICED("a"), LEFT_OUT);
    expect("npm warn exec\n\n[" REPORT "]", PRICED("a"), LEFT_OUT);
}

static void lines_are_counted_behind_text_in_front(void **state)
{
    (void)state;
    expect("WARN  x\n\n{'daily':[{'date':'then','outputTokens':1}]}", "",
        LEFT_OUT "f.json:3:1: skipped: not a date: date: neither YYYY-MM-DD nor Aug 10, 2026 "
                 "(write dates as YYYY-MM-DD)\n");
}

static void a_known_header_is_not_text_in_front(void **state)
{
    (void)state;
    transcript_expect("f.csv", "\"Date\",Model,Tokens\n2026-09-08,m,7\n{\"daily\":[]}\n",
        "2026-09-08 path:f.csv model:m interactions=1 requests=1 unsplit_tokens=7\n",
        "f.csv:3:2: skipped: broken CSV: a quote inside a field that is not quoted, or text after "
        "a closing quote (quote the field as RFC 4180 says, or export it again)\n");
}

static void json_in_a_cell_is_not_the_beginning(void **state)
{
    (void)state;
    transcript_expect("f.csv", "a,b\n1,\"\n{\"\"daily\"\":[]}\n\"\n", "",
        "f.csv: skipped: format not recognised: the first line is the header of no known CSV "
        "export (see docs/formats.md for what is read)\n");
}

/* ---- Hostile ----------------------------------------------------------------------------- */

static void bad_rows_leave_the_others(void **state)
{
    (void)state;
    expect(DAILY("{'date':'2026-09-08','modelBreakdowns':[{'modelName':'a','outputTokens':-1}]},"
                 "{'date':'2026-09-08','modelBreakdowns':[{'modelName':'a','outputTokens':'1'}]},"
                 "{'date':'2026-09-08','modelBreakdowns':[{'modelName':7,'outputTokens':1}]},"
                 "{'date':'2026-09-08','modelBreakdowns':[{'modelName':'a','cost':'1'}]},"
                 "{'date':'2026-09-08','modelBreakdowns':[{'modelName':'a','cost':-1}]},"
                 "{'date':'2026-09-08','modelBreakdowns':[{'modelName':'a\\u0000','cost':1}]},"
                 "{'outputTokens':1},{'date':'2026-11-21','outputTokens':1},7,null,[{}],"
                 "{'date':'2026-09-08','modelBreakdowns':7,'models':null,'agents':{},'metadata':1,"
                 "'outputTokens':4}"),
        "2026-09-08 path:f.json terminal interactions=~1 output_tokens=4\n",
        "f.json:1:1: skipped: number out of range: outputTokens: a count cannot be so (compare the "
        "record with the vendor's console)\n"
        "f.json:1:1: skipped: not a number: outputTokens: a whole number is wanted (export the "
        "file again or mend the field)\n"
        "f.json:1:1: skipped: broken JSON: modelName: text is wanted (export the file again; it "
        "may be cut off)\n"
        "f.json:1:1: skipped: not a number: cost: an amount is wanted (export the file again or "
        "mend the field)\n"
        "f.json:1:1: skipped: number out of range: cost: an amount cannot be so (compare the "
        "record with the vendor's console)\n"
        "f.json:1:1: skipped: broken JSON: modelName: the text is too long or holds a NUL (export "
        "the file again; it may be cut off)\n"
        "f.json:1:1: skipped: missing field: date: no date (export the file again with all "
        "columns)\n"
        "f.json:1:1: skipped: date in the future: date: later than the day of this run (check the "
        "clock of the exporting system)\n");
}

static void a_row_with_too_many_models_is_left_out(void **state)
{
    (void)state;
    GString *text = g_string_new("{\"daily\":[{\"date\":\"2026-09-08\",\"modelBreakdowns\":[");
    for (guint i = 0; i < 1002; i++)
        g_string_append(text, i > 0 ? ",{}" : "{}");
    g_string_append(text, "]}]}");
    transcript_expect("f.json", text->str, "",
        "f.json:1:1: skipped: record too long: modelBreakdowns: more than 1000 models in a row "
        "(check that this is the export, not another file)\n");
    g_string_free(text, TRUE);
}

static void rows_inside_rows_come_to_an_end(void **state)
{
    (void)state;
    Reading reading;
    GString *text = g_string_new("{\"daily\":[");
    for (guint i = 0; i < 60; i++)
        g_string_append(text, "{\"date\":\"2026-09-08\",\"agents\":[");
    for (guint i = 0; i < 60; i++)
        g_string_append(text, "]}");
    g_string_append(text, "]}");
    transcript_read(&reading, "f.json", text->str, text->len);
    assert_string_equal(reading.records->str, "");
    assert_string_not_equal(reading.diagnostics, "");
    transcript_clear(&reading);
    g_string_free(text, TRUE);
}

static void content_is_dropped(void **state)
{
    (void)state;
    transcript_expect_dropped("f.json",
        "{'projects':{'-home-CANARY':[{'date':'2026-09-08','project':'CANARY','outputTokens':1}]},"
        "'sessions':[{'sessionId':'-home-CANARY','projectPath':'CANARY','directory':'CANARY',"
        "'sessionFile':'CANARY'}],'totals':{}}",
        5);
}

/* ---- Keys -------------------------------------------------------------------------------- */

static guint64 key_of(const char *text)
{
    return transcript_key_json("f.json", text);
}

#define OF(day, name)                                                                              \
    DAILY("{'date':'" day "','modelBreakdowns':[{'modelName':'" name "','outputTokens':1}]}")

static void a_record_is_known_by_tool_day_and_model(void **state)
{
    (void)state;
    guint64 key = key_of(OF("2026-09-08", "a"));
    assert_true(key == key_of(DAILY("{'agent':'claude','period':'2026-09-08','modelBreakdowns':["
                                    "{'modelName':'a','outputTokens':2,'cost':3}]}")));
    assert_true(key != key_of(OF("2026-09-09", "a")));
    assert_true(key != key_of(OF("2026-09-08", "b")));
    assert_true(key != key_of(OF("2026-09-08", "a-fast")));
    assert_true(key != key_of(DAILY("{'date':'2026-09-08','models':{'a':{'outputTokens':1}}}")));
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
        cmocka_unit_test(each_model_of_a_day_is_a_record),
        cmocka_unit_test(a_row_without_models_is_read_itself),
        cmocka_unit_test(projects_of_a_day_are_added_up),
        cmocka_unit_test(days_are_not_added_to_their_projects),
        cmocka_unit_test(a_model_without_cost_is_priced_here),
        cmocka_unit_test(the_fast_mode_is_told_by_the_name),
        cmocka_unit_test(rows_of_the_old_documentation_are_read),
        cmocka_unit_test(a_row_of_one_agent_is_its_own),
        cmocka_unit_test(parts_by_agent_stand_for_the_row),
        cmocka_unit_test(rows_of_several_agents_are_left_out_and_counted),
        cmocka_unit_test(other_agents_are_left_out),
        cmocka_unit_test(codex_reports_are_read),
        cmocka_unit_test(older_codex_reports_have_cached_tokens_in_the_input),
        cmocka_unit_test(the_cost_of_a_row_with_several_models_is_nobodys),
        cmocka_unit_test(a_model_that_is_assumed_is_not_named),
        cmocka_unit_test(more_cached_than_input_cannot_be),
        cmocka_unit_test(english_dates_are_read),
        cmocka_unit_test(other_dates_are_none),
        cmocka_unit_test(days_are_taken_out_of_several_reports),
        cmocka_unit_test(other_periods_are_refused),
        cmocka_unit_test(sessions_with_instants_are_counted),
        cmocka_unit_test(folders_are_no_sessions),
        cmocka_unit_test(a_report_without_days_is_empty),
        cmocka_unit_test(text_in_front_is_left_out),
        cmocka_unit_test(lines_are_counted_behind_text_in_front),
        cmocka_unit_test(a_known_header_is_not_text_in_front),
        cmocka_unit_test(json_in_a_cell_is_not_the_beginning),
        cmocka_unit_test(bad_rows_leave_the_others),
        cmocka_unit_test(a_row_with_too_many_models_is_left_out),
        cmocka_unit_test(rows_inside_rows_come_to_an_end),
        cmocka_unit_test(content_is_dropped),
        cmocka_unit_test(a_record_is_known_by_tool_day_and_model),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
