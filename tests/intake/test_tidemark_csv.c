/* tidemark.csv: rows of a day, records of other sources, every refusal, with facts by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define HEAD "date,email,tool,"
#define ANA "2026-09-08 email:ana@example.com"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("t.csv", text, records, diagnostics);
}

static void a_row_is_a_day_of_a_person_and_tool(void **state)
{
    (void)state;
    expect("date,email,tool,model,surface,task,interactions,sessions,requests,messages,"
           "input_tokens,cache_write_tokens,cache_read_tokens,output_tokens,unsplit_tokens,metered,"
           "list_value,shown,accepted,rejected,active_seconds\n"
           "2026-09-08,ana@example.com,claude_code,m-1,agent,testing,1,2,3,4,5,6,7,8,9,0.10,0.11,"
           "12,13,14,15\n",
        ANA " model:m-1 agent testing interactions=1 sessions=2 requests=3 messages=4 "
            "input_tokens=5 cache_write_tokens=6 cache_read_tokens=7 output_tokens=8 "
            "unsplit_tokens=9 metered=100000 list_value=110000 shown=12 accepted=13 rejected=14 "
            "active_seconds=15\n",
        "");
}

static void an_empty_cell_is_not_measured_and_zero_is_zero(void **state)
{
    (void)state;
    expect(HEAD "sessions,requests\n2026-09-08,ana@example.com,claude_code,,0\n",
        ANA " requests=0\n", "");
}

static void headings_have_any_case_order_and_separator(void **state)
{
    (void)state;
    expect("Output Tokens,TOOL,E-Mail,Date\n7,Claude Code,ana@example.com,2026-09-08\n",
        ANA " output_tokens=7\n", "");
}

static void each_tool_has_a_source_of_its_own(void **state)
{
    (void)state;
    expect(HEAD "requests\n2026-09-08,ana@example.com,cursor,1\n"
                "2026-09-08,ana@example.com,claude_code,2\n",
        ANA " source:tidemark-csv:cursor requests=1\n" ANA " requests=2\n", "");
}

static void whole_numbers_may_have_the_point_of_a_warehouse(void **state)
{
    (void)state;
    expect(
        HEAD "requests\n2026-09-08,ana@example.com,claude_code,12.0\n", ANA " requests=12\n", "");
}

static void persons_have_an_address_a_login_or_an_id(void **state)
{
    (void)state;
    expect("date,login,user_id,tool,requests\n2026-09-08,ana-l,u1,claude_code,1\n"
           "2026-09-08,,u2,claude_code,2\n",
        "2026-09-08 login:ana-l user_id:u1 requests=1\n2026-09-08 user_id:u2 requests=2\n", "");
}

static void nobody_is_a_service_and_a_service_may_have_a_name(void **state)
{
    (void)state;
    expect(HEAD "service,requests\n2026-09-08,,claude_code,,1\n"
                "2026-09-08,bot@example.com,claude_code,yes,2\n"
                "2026-09-08,ana@example.com,claude_code,false,3\n",
        "2026-09-08 service requests=1\n2026-09-08 email:bot@example.com service requests=2\n" ANA
        " requests=3\n",
        "");
}

static void of_several_labels_the_cost_centre_counts(void **state)
{
    (void)state;
    expect("date,email,tool,project,product,cost_center,requests\n"
           "2026-09-08,ana@example.com,claude_code,p,q,c,1\n"
           "2026-09-08,ana@example.com,claude_code,p,q,,2\n"
           "2026-09-08,ana@example.com,claude_code,,q,,3\n",
        ANA " label:cost_center:c requests=1\n" ANA " label:project:p requests=2\n" ANA
            " label:product:q requests=3\n",
        "");
}

static void tokens_of_a_model_without_money_are_to_be_priced(void **state)
{
    (void)state;
    expect("date,email,tool,model,requests,cache_write_tokens,cache_write_1h_tokens,fast,"
           "list_value\n"
           "2026-09-08,ana@example.com,claude_code,a,1,9,4,true,\n"
           "2026-09-08,ana@example.com,claude_code,b,2,9,,,\n"
           "2026-09-08,ana@example.com,claude_code,c,1,9,,,0\n"
           "2026-09-08,ana@example.com,claude_code,,1,9,,,\n",
        ANA " model:a price/request/fast/1h=4 requests=1 cache_write_tokens=9\n" ANA
            " model:b price requests=2 cache_write_tokens=9\n" ANA
            " model:c requests=1 cache_write_tokens=9 list_value=0\n" ANA
            " requests=1 cache_write_tokens=9\n",
        "");
}

static void estimates_are_marked(void **state)
{
    (void)state;
    expect(HEAD "requests,list_value,estimated\n"
                "2026-09-08,ana@example.com,claude_code,1,2,list_value  requests\n",
        ANA " requests=~1 list_value=~2000000\n", "");
}

static void a_guard_against_formulas_is_taken_off(void **state)
{
    (void)state;
    expect(HEAD "model,requests\n2026-09-08,ana@example.com,claude_code,'@cf/m,1\n",
        ANA " model:@cf/m requests=1\n", "");
}

/* ---- Keys -------------------------------------------------------------------------------- */

static void a_second_row_of_one_key_is_left_out(void **state)
{
    (void)state;
    expect(HEAD "model,requests\n"
                "2026-09-08,ana@example.com,claude_code,m,1\n"
                "2026-09-08,Ana@Example.com,claude-code,M,2\n"
                "2026-09-08,ben@example.com,claude_code,m,3\n"
                "2026-09-09,ana@example.com,claude_code,m,4\n"
                "2026-09-08,ana@example.com,cursor,m,5\n"
                "2026-09-08,ana@example.com,claude_code,n,6\n",
        ANA " model:m requests=1\n2026-09-08 email:ben@example.com model:m requests=3\n"
            "2026-09-09 email:ana@example.com model:m requests=4\n" ANA
            " source:tidemark-csv:cursor model:m requests=5\n" ANA " model:n requests=6\n",
        "t.csv:3:1: skipped: row of the same key: date: an earlier row of this file has the same "
        "person, day and key (add up the rows of one key)\n");
}

/* The key of the only record of a file. */
static guint64 key_of(const char *text)
{
    Reading reading;
    transcript_read(&reading, "t.csv", text, strlen(text));
    assert_int_equal(reading.keys->len, 1);
    guint64 key = g_array_index(reading.keys, guint64, 0);
    transcript_clear(&reading);
    return key;
}

static void a_key_holds_neither_values_nor_person(void **state)
{
    (void)state;
    guint64 key = key_of(HEAD "requests\n2026-09-08,ana@example.com,claude_code,1\n");
    assert_true(key == key_of("tool,requests,login,date\nclaude_code,2,ana,2026-09-08\n"));
    assert_true(key != key_of(HEAD "requests\n2026-09-09,ana@example.com,claude_code,1\n"));
}

#define RECORD_HEAD "date,email,tool,source,record,part,session,requests\n"

static void a_row_with_a_record_is_that_sources(void **state)
{
    (void)state;
    const char *text = RECORD_HEAD
        "2026-09-08,ana@example.com,claude_code,claude-code-transcripts,00ab000000000001,"
        "80000001,00000000000000ff,1\n"
        "2026-09-08,ana@example.com,claude_code,claude-code-transcripts,00ab000000000001,"
        "80000001,00000000000000fe,1\n";
    Reading reading;
    transcript_read(&reading, "t.csv", text, strlen(text));
    assert_string_equal(reading.records->str,
        ANA " source:claude-code-transcripts part=request session=1 requests=1\n" ANA
            " source:claude-code-transcripts part=request session=2 requests=1\n");
    assert_string_equal(reading.diagnostics, "");
    assert_true(g_array_index(reading.keys, guint64, 0) == G_GUINT64_CONSTANT(0x00ab000000000001));
    assert_true(g_array_index(reading.sessions, guint64, 0) == 0xff);
    transcript_clear(&reading);
}

#define SKIPPED(place, kind, text, remedy)                                                         \
    "t.csv:" place ": skipped: " kind ": " text " (" remedy ")\n"

static void sources_and_records_go_together(void **state)
{
    (void)state;
    expect(RECORD_HEAD "2026-09-08,ana@example.com,claude_code,,0a,,,1\n"
                       "2026-09-08,ana@example.com,claude_code,claude-code-transcripts,,,,1\n"
                       "2026-09-08,ana@example.com,claude_code,no-such,0a,,,1\n"
                       "2026-09-08,ana@example.com,cursor,claude-code-transcripts,0a,,,1\n"
                       "2026-09-08,ana@example.com,claude_code,claude-code-transcripts,xyz,,,1\n"
                       "2026-09-08,ana@example.com,claude_code,claude-code-transcripts,"
                       "0123456789abcdef0,,,1\n",
        "",
        SKIPPED("2:40", "missing field",
            "source: a record belongs to a source; name it, or leave the record empty",
            "export the file again with all columns") SKIPPED("3:64", "missing field",
            "record: a row of a source needs its record; without one leave the source empty",
            "export the file again with all columns") SKIPPED("4:40", "unknown reference",
            "source: there is no source of this key",
            "add the row that it refers to") SKIPPED("5:35", "unknown reference",
            "source: the source is of another tool than the row", "add the row that it refers to")
            SKIPPED("6:64", "value not allowed", "record: up to 16 hexadecimal digits are wanted",
                "see docs/settings.md for the allowed values") SKIPPED("7:64", "value not allowed",
                "record: up to 16 hexadecimal digits are wanted",
                "see docs/settings.md for the allowed values"));
}

static void a_session_without_a_record_is_doubted_once(void **state)
{
    (void)state;
    expect(HEAD "session,requests\n2026-09-08,ana@example.com,claude_code,ff,1\n"
                "2026-09-09,ana@example.com,claude_code,ff,1\n",
        ANA " requests=1\n2026-09-09 email:ana@example.com requests=1\n",
        "t.csv:2:40: warning: doubtful value: session: a session without a record does not count, "
        "here and below; use the column sessions (compare the record with the vendor's "
        "console)\n");
}

/* ---- Refusals ---------------------------------------------------------------------------- */

static void an_unknown_tool_is_to_be_named(void **state)
{
    (void)state;
    expect(HEAD "requests\n2026-09-08,ana@example.com,acme,1\n2026-09-08,ana@example.com,,1\n", "",
        SKIPPED("2:28", "unknown reference",
            "tool: no tool of this name: name it in licenses.csv or subscriptions.csv",
            "add the row that it refers to") SKIPPED("3:28", "missing field", "tool: no tool",
            "export the file again with all columns"));
}

static void hostile_rows_cost_only_themselves(void **state)
{
    (void)state;
    expect(HEAD "surface,task,requests,metered,service,estimated,cache_write_1h_tokens\n"
                "2026-02-30,ana@example.com,claude_code,,,1,,,,\n"
                ",ana@example.com,claude_code,,,1,,,,\n"
                "2026-12-01,ana@example.com,claude_code,,,1,,,,\n"
                "2026-09-08,ana@example.com,claude_code,sky,,1,,,,\n"
                "2026-09-08,ana@example.com,claude_code,,play,1,,,,\n"
                "2026-09-08,ana@example.com,claude_code,,,-1,,,,\n"
                "2026-09-08,ana@example.com,claude_code,,,99999999999999999999,,,,\n"
                "2026-09-08,ana@example.com,claude_code,,,1.5,,,,\n"
                "2026-09-08,ana@example.com,claude_code,,,1,$3,,,\n"
                "2026-09-08,ana@example.com,claude_code,,,1,-3,,,\n"
                "2026-09-08,ana@example.com,claude_code,,,1,,maybe,,\n"
                "2026-09-08,ana@example.com,claude_code,,,1,,,cost,\n"
                "2026-09-08,ana@example.com,claude_code,,,1,,,,7\n"
                "2026-09-08,ana@example.com,claude_code,chat,,,,,,\n"
                "2026-09-08,ana@example.com,claude_code\n"
                "2026-09-08,ana@example.com,claude_code,chat,review,1,,,,\n",
        ANA " chat reviewing requests=1\n",
        SKIPPED("2:1", "not a date", "date: not a day as YYYY-MM-DD",
            "write dates as YYYY-MM-DD") SKIPPED("3:1", "missing field", "date: no date",
            "export the file again with all columns") SKIPPED("4:1", "date in the future",
            "date: later than the day of this run",
            "check the clock of the exporting system") SKIPPED("5:40", "value not allowed",
            "surface: completion, chat, edit, agent, review, terminal, other",
            "see docs/settings.md for the allowed values") SKIPPED("6:41", "value not allowed",
            "task: coding, testing, debugging, documentation, review, "
            "refactoring, other",
            "see docs/settings.md for the allowed values") SKIPPED("7:42", "number out of range",
            "requests: a count cannot be so",
            "compare the record with the vendor's console") SKIPPED("8:42", "number out of range",
            "requests: a count cannot be so",
            "compare the record with the vendor's console") SKIPPED("9:42", "not a number",
            "requests: a whole number is wanted", "export the file again or mend the field")
            SKIPPED("10:44", "not a number", "metered: an amount is wanted",
                "export the file again or mend the field") SKIPPED("11:44", "number out of range",
                "metered: an amount cannot be so", "compare the record with the vendor's console")
                SKIPPED("12:45", "value not allowed", "service: true or false is wanted",
                    "see docs/settings.md for the allowed values") SKIPPED("13:46",
                    "value not allowed", "estimated: names of measures are wanted",
                    "see docs/settings.md for the allowed values") SKIPPED("14:47",
                    "number out of range",
                    "cache_write_1h_tokens: more than cache_write_tokens, of which they are a "
                    "part",
                    "compare the record with the vendor's console") SKIPPED("15", "missing field",
                    "the row has no measure", "export the file again with all columns")
                    SKIPPED("16", "wrong number of fields", "3 fields where the header has 10",
                        "export the file again or mend the row"));
}

static void without_a_column_of_persons_it_is_not_this_file(void **state)
{
    (void)state;
    Reading reading;
    const char *text = "date,tool,requests\n2026-09-08,claude_code,1\n";
    transcript_read(&reading, "t.csv", text, strlen(text));
    assert_false(reading.taken);
    assert_string_equal(reading.records->str, "");
    assert_int_equal(reading.summary.rows_taken, 0);
    transcript_clear(&reading);
}

/* ---- A company --------------------------------------------------------------------------- */

/* As if a set-up file had named a tool of its own. */
static void prepare_for_company(const char *currency)
{
    TmTool tools[] = {
        {(char *)"claude_code", (char *)"Claude Code"}, {(char *)"acme_code", (char *)"Acme Code"}};
    GArray *array = g_array_new(FALSE, FALSE, sizeof(TmTool));
    g_array_append_vals(array, tools, G_N_ELEMENTS(tools));
    TmSetup setup = {.settings.currency = (char *)currency, .tools = array};
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    assert_true(tm_intake_prepare(&setup, NULL));
    g_array_unref(array);
}

static int prepare_anywhere(void **state)
{
    (void)state;
    return tm_intake_prepare(NULL, NULL) ? 0 : 1;
}

static void money_of_another_currency_is_left_out_with_one_warning(void **state)
{
    (void)state;
    prepare_for_company("EUR");
    expect(HEAD "requests,metered,currency\n2026-09-08,ana@example.com,claude_code,1,2,USD\n"
                "2026-09-09,ana@example.com,claude_code,1,2,USD\n"
                "2026-09-10,ana@example.com,claude_code,1,2,eur\n"
                "2026-09-11,ana@example.com,claude_code,1,2,\n",
        ANA " requests=1\n2026-09-09 email:ana@example.com requests=1\n"
            "2026-09-10 email:ana@example.com requests=1 metered=2000000\n"
            "2026-09-11 email:ana@example.com requests=1 metered=2000000\n",
        "t.csv:2:44: warning: doubtful value: currency: not the organisation's currency: the "
        "amount is left out, here and below (compare the record with the vendor's console)\n");
}

static void a_tool_of_the_companys_own_is_known(void **state)
{
    (void)state;
    prepare_for_company("USD");
    expect(HEAD "requests\n2026-09-08,ana@example.com,Acme Code,1\n",
        ANA " source:tidemark-csv:acme_code requests=1\n", "");
    assert_int_equal(tm_sources[tm_source_index("tidemark-csv:acme_code")].tool, 1);
}

static void preparing_again_adds_nothing(void **state)
{
    (void)state;
    prepare_for_company("USD");
    guint count = tm_source_count;
    prepare_for_company("USD");
    assert_int_equal(tm_source_count, count);
}

static int enter(void **state)
{
    transcript_enter_folder();
    return prepare_anywhere(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_a_day_of_a_person_and_tool),
        cmocka_unit_test(an_empty_cell_is_not_measured_and_zero_is_zero),
        cmocka_unit_test(headings_have_any_case_order_and_separator),
        cmocka_unit_test(each_tool_has_a_source_of_its_own),
        cmocka_unit_test(whole_numbers_may_have_the_point_of_a_warehouse),
        cmocka_unit_test(persons_have_an_address_a_login_or_an_id),
        cmocka_unit_test(nobody_is_a_service_and_a_service_may_have_a_name),
        cmocka_unit_test(of_several_labels_the_cost_centre_counts),
        cmocka_unit_test(tokens_of_a_model_without_money_are_to_be_priced),
        cmocka_unit_test(estimates_are_marked),
        cmocka_unit_test(a_guard_against_formulas_is_taken_off),
        cmocka_unit_test(a_second_row_of_one_key_is_left_out),
        cmocka_unit_test(a_key_holds_neither_values_nor_person),
        cmocka_unit_test(a_row_with_a_record_is_that_sources),
        cmocka_unit_test(sources_and_records_go_together),
        cmocka_unit_test(a_session_without_a_record_is_doubted_once),
        cmocka_unit_test(an_unknown_tool_is_to_be_named),
        cmocka_unit_test(hostile_rows_cost_only_themselves),
        cmocka_unit_test(without_a_column_of_persons_it_is_not_this_file),
        cmocka_unit_test_teardown(
            money_of_another_currency_is_left_out_with_one_warning, prepare_anywhere),
        cmocka_unit_test_teardown(a_tool_of_the_companys_own_is_known, prepare_anywhere),
        cmocka_unit_test_teardown(preparing_again_adds_nothing, prepare_anywhere),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
