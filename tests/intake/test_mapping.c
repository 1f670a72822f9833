/*
 * Mapping files: what they make of exports, with facts by hand. What a mapping is refused for, and
 * hostile ones, are in test_mapping_faults.c; the examples of docs/mapping.md in tests/whole.
 */
#include <string.h>

#include "../cmocka_all.h"
#include "mapping_samples.h"
#include "slots.h"

#define READ(mapping, text, records, diagnostics)                                                  \
    do {                                                                                           \
        mapping_prepare_one(mapping);                                                              \
        transcript_expect_json("t", text, records, diagnostics);                                   \
    } while (0)

#define SKIPPED(place, kind, text, remedy) "t:" place ": skipped: " kind ": " text " (" remedy ")\n"
#define COMPARE "compare the record with the vendor's console"

/* ---- Names in messages -------------------------------------------------------------------- */

#define VENDOR_CSV                                                                                 \
    CSV_OF("", "<slot name='email' from='Member|User'/><slot name='interactions' from='Prompts'/>" \
               "<slot name='metered' from='Cost (cents)' unit='cents' required='no'/>"             \
               "<slot name='service' from='Kind' required='no'/>"                                  \
               "<slot name='estimated' from='Guesses' required='no'/>")

static void messages_name_the_vendors_columns(void **state)
{
    (void)state;
    READ(VENDOR_CSV,
        "Day,Member,Prompts,Cost (cents),Kind,Guesses\n"
        "soon,ana@example.com,1,,,\n"
        ",ana@example.com,1,,,\n"
        "2026-12-01,ana@example.com,1,,,\n"
        "2026-11-09,ana@example.com,many,,,\n"
        "2026-11-09,ana@example.com,1,-5,,\n"
        "2026-11-09,ana@example.com,1,,maybe,\n"
        "2026-11-09,ana@example.com,1,,,all\n"
        "2026-11-09,ana@example.com,2,,,\n"
        "2026-11-09,ana@example.com,3,,,\n",
        "2026-11-09 email:ana@example.com interactions=2\n",
        SKIPPED("2:1", "not a date",
            "Day: neither a day as YYYY-MM-DD nor an instant as the mapping says",
            "write dates as YYYY-MM-DD") SKIPPED("3:1", "missing field", "Day: no date",
            "export the file again with all columns") SKIPPED("4:1", "date in the future",
            "Day: later than the day of this run",
            "check the clock of the exporting system") SKIPPED("5:28", "not a number",
            "Prompts: a whole number is wanted", "export the file again or mend the field")
            SKIPPED("6:30", "number out of range", "Cost (cents): an amount cannot be so", COMPARE)
                SKIPPED("7:31", "value not allowed", "Kind: true or false is wanted",
                    "see docs/settings.md for the allowed values")
                    SKIPPED("8:32", "value not allowed", "Guesses: names of measures are wanted",
                        "see docs/settings.md for the allowed values")
                        SKIPPED("10:1", "row of the same key",
                            "Day: an earlier row of this file has the same person, day and key",
                            "add up the rows of one key"));
}

static void messages_name_the_vendors_paths_as_they_are_written(void **state)
{
    (void)state;
    READ(ROWS_OF("", "<slot name='requests' from='use.n'/>"),
        "{'d':'2026-11-09','who':{},'list':[{'use':{'n':1}}]}\n"
        "{'d':'2026-11-09','who':'ana','list':[{'use':{'n':'x'}},{'use':{'n':[]}},{'use':{'n':2}}]}"
        "\n",
        "2026-11-09 login:ana requests=2\n",
        SKIPPED("1:1", "value not allowed", "../who: text or a number is wanted",
            "see docs/settings.md for the allowed values") SKIPPED("2:1", "value not allowed",
            "use.n: text or a number is wanted", "see docs/settings.md for the allowed values")
            SKIPPED("2:1", "not a number", "use.n: a whole number is wanted",
                "export the file again or mend the field"));
}

/* ---- Lists of rows ------------------------------------------------------------------------ */

#define MODELS                                                                                     \
    ROWS_OF("", "<slot name='model' from='name'/><slot name='requests' from='n' required='no'/>"   \
                "<slot name='interactions' from='../prompts' required='no'/>"                      \
                "<slot name='session' from='../s' required='no'/>"                                 \
                "<fixed name='messages' value='1'/><fixed name='surface' value='agent'/>")

static void an_element_is_a_row_with_what_its_record_says(void **state)
{
    (void)state;
    READ(MODELS,
        "{'who':'ana','list':[{'name':'a','n':2},{'name':'b','n':3}],'s':'x','d':'2026-11-09'}\n"
        "{'d':'2026-11-10','who':'ben','list':[{'name':'a','n':4}]}\n",
        "2026-11-09 login:ana model:a agent session=1 requests=2 messages=1\n"
        "2026-11-09 login:ana model:b agent session=1 requests=3 messages=1\n"
        "2026-11-10 login:ben model:a agent requests=4 messages=1\n",
        "");
}

static void a_measure_of_the_record_counts_once(void **state)
{
    (void)state;
    READ(MODELS,
        "{'d':'2026-11-09','who':'ana','prompts':7,'list':[{'name':'a','n':2},{'name':'b','n':3}]}"
        "\n{'d':'2026-11-10','who':'ana','prompts':8,'list':[]}\n"
        "{'d':'2026-11-11','who':'ana','prompts':9,'list':null}\n",
        "2026-11-09 login:ana model:a agent requests=2 messages=1\n"
        "2026-11-09 login:ana model:b agent requests=3 messages=1\n"
        "2026-11-09 login:ana agent interactions=7\n"
        "2026-11-10 login:ana agent interactions=8\n"
        "2026-11-11 login:ana agent interactions=9\n",
        "");
}

static void the_records_own_row_is_none_of_its_list(void **state)
{
    (void)state;
    READ(ROWS_OF("", "<slot name='requests' from='n'/><slot name='interactions' from='../p'/>"),
        "{'d':'2026-11-09','who':'ana','p':7,'list':[{'n':2}]}\n",
        "2026-11-09 login:ana requests=2\n2026-11-09 login:ana interactions=7\n", "");
}

static void tokens_of_the_record_count_once_with_their_part(void **state)
{
    (void)state;
    READ(ROWS_OF("", "<slot name='requests' from='n'/><slot name='cache_write_tokens' from='../w'/>"
                     "<slot name='cache_write_1h_tokens' from='../l'/><slot name='model' "
                     "from='../m'/>"),
        "{'d':'2026-11-09','who':'ana','m':'x','w':9,'l':4,'list':[{'n':2}]}\n",
        "2026-11-09 login:ana model:x requests=2\n"
        "2026-11-09 login:ana model:x price/1h=4 cache_write_tokens=9\n",
        "");
}

static void what_is_no_list_of_objects_is_left_out(void **state)
{
    (void)state;
    READ(MODELS,
        "{'d':'2026-11-09','who':'ana','list':[7,{'name':'a','n':2},null,[{'n':5}]]}\n"
        "{'d':'2026-11-10','who':'ana','list':{'name':'a','n':2}}\n"
        "{'d':'2026-11-11','who':'ana','list':{'[]':{'name':'a','n':2}}}\n"
        "{'d':'2026-11-12','who':'ana'}\n",
        "2026-11-09 login:ana model:a agent requests=2 messages=1\n",
        SKIPPED("1:1", "value not allowed", "list: an element that is no object",
            "see docs/settings.md for the allowed values") SKIPPED("1:1", "value not allowed",
            "list: an element that is no object",
            "see docs/settings.md for the allowed values") SKIPPED("1:1", "value not allowed",
            "list: an element that is no object", "see docs/settings.md for the allowed values")
            SKIPPED("2:1", "value not allowed", "list: a list is wanted, one element for each row",
                "see docs/settings.md for the allowed values") SKIPPED("3:1", "value not allowed",
                "list: a list is wanted, one element for each row",
                "see docs/settings.md for the allowed values") SKIPPED("4:1", "missing field",
                "list: no list of rows", "export the file again with all columns"));
}

static void a_list_without_end_is_refused_with_its_record(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("{'d':'2026-11-09','who':'ana','list':[");
    for (guint i = 0; i <= 10000; i++)
        g_string_append_printf(text, "%s{'name':'%u','n':1}", i > 0 ? "," : "", i);
    g_string_append(text, "]}\n{'d':'2026-11-10','who':'ana','list':[{'name':'a','n':2}]}\n");
    READ(MODELS, text->str, "2026-11-10 login:ana model:a agent requests=2 messages=1\n",
        SKIPPED("1:1", "value not allowed", "list: more than 10000 elements: no list of rows",
            "see docs/settings.md for the allowed values"));
}

static guint64 key_at(const char *text, guint index)
{
    Reading reading;
    g_autofree char *quoted = transcript_quote(text);
    transcript_read(&reading, "t", quoted, strlen(quoted));
    assert_true(index < reading.keys->len);
    guint64 key = g_array_index(reading.keys, guint64, index);
    transcript_clear(&reading);
    return key;
}

static void rows_of_one_record_are_known_by_it_and_what_they_are_about(void **state)
{
    (void)state;
    mapping_prepare_one(
        ROWS_OF("", "<slot name='record' from='../id'/><slot name='model' from='m'/>"
                    "<slot name='requests' from='n'/>"));
    const char *first = "{'id':'r','d':'2026-11-09','who':'ana','list':[{'m':'a','n':2},"
                        "{'m':'b','n':3}]}";
    const char *revised = "{'id':'r','d':'2026-11-10','who':'ana','list':[{'m':'b','n':9}]}";
    const char *other = "{'id':'q','d':'2026-11-09','who':'ana','list':[{'m':'b','n':3}]}";
    assert_true(key_at(first, 0) != key_at(first, 1));
    assert_true(key_at(first, 1) == key_at(revised, 0));
    assert_true(key_at(first, 1) != key_at(other, 0));
}

static void an_id_of_the_element_is_the_key_of_its_row(void **state)
{
    (void)state;
    mapping_prepare_one(ROWS_OF("", "<slot name='record' from='id'/><slot name='model' from='m'/>"
                                    "<slot name='requests' from='n'/>"));
    assert_true(key_at("{'d':'2026-11-09','who':'ana','list':[{'id':'r','m':'a','n':2}]}", 0) ==
                key_at("{'d':'2026-11-10','who':'ana','list':[{'id':'r','m':'b','n':3}]}", 0));
}

static void the_lists_path_may_go_down(void **state)
{
    (void)state;
    READ(JSON_OF(" rows='use.by.model'", "<slot name='date' from='../d'/>"
                                         "<slot name='login' from='../use.who'/>"
                                         "<slot name='requests' from='n'/>"),
        "{'d':'2026-11-09','use':{'by':{'model':[{'n':1}]},'who':'ana'}}\n",
        "2026-11-09 login:ana requests=1\n", "");
}

/* The usual name of a page's array, in a record: its elements are no records. */
static void a_list_may_have_the_name_of_a_pages_array(void **state)
{
    (void)state;
    READ(
        JSON_OF(" rows='items'", "<slot name='date' from='../d'/><slot name='login' from='../who'/>"
                                 "<slot name='requests' from='n'/><content from='../messages'/>"),
        "{'d':'2026-11-09','who':'ana','messages':[{'text':'CANARY'}],'items':[{'n':1},{'n':2}]}\n",
        "2026-11-09 login:ana requests=1\n",
        SKIPPED("1:1", "row of the same key",
            "../d: an earlier row of this file has the same person, day and key",
            "add up the rows of one key"));
}

/* ---- Pages -------------------------------------------------------------------------------- */

#define PAGE_OF(elements)                                                                          \
    JSON_OF(" page='results'", "<slot name='date' from='d'/><slot name='login' from='who'/>"       \
                               "<slot name='requests' from='n'/>" elements)

static void a_page_is_known_by_the_name_of_its_array(void **state)
{
    (void)state;
    READ(PAGE_OF(""),
        "{'next':null,'results':[{'d':'2026-11-09','who':'ana','n':1},\n"
        "{'d':'2026-11-10','who':'ana','n':2}],'more':false}\n"
        "{'results':[{'d':'2026-11-11','who':'ana','n':3}]}\n",
        "2026-11-09 login:ana requests=1\n2026-11-10 login:ana requests=2\n"
        "2026-11-11 login:ana requests=3\n",
        "");
}

static void the_usual_pages_stay_pages(void **state)
{
    (void)state;
    READ(PAGE_OF(""), "{'next':null,'data':[{'d':'2026-11-09','who':'ana','n':1}]}\n",
        "2026-11-09 login:ana requests=1\n", "");
}

static void pages_may_stand_in_an_array_and_be_empty(void **state)
{
    (void)state;
    READ(PAGE_OF(""), "[{'results':[]},{'results':[{'d':'2026-11-09','who':'ana','n':1}]}]",
        "2026-11-09 login:ana requests=1\n", "");
}

static void records_without_their_page_are_read_too(void **state)
{
    (void)state;
    READ(PAGE_OF(""), "{'d':'2026-11-09','who':'ana','n':1}\n", "2026-11-09 login:ana requests=1\n",
        "");
}

static void pages_without_records_are_empty(void **state)
{
    (void)state;
    READ(PAGE_OF(""), "{'results':[]}", "",
        "t: note: empty file: a page without records, which does not mean no use (export the "
        "period again if use was expected)\n");
}

static void what_a_page_says_holds_for_its_records_only(void **state)
{
    (void)state;
    READ(PAGE_OF("<slot name='project' from='../team' required='no'/>"),
        "{'team':'a','results':[{'d':'2026-11-09','who':'ana','n':1},"
        "{'d':'2026-11-10','who':'ana','n':2}],'team2':'x'}\n"
        "{'results':[{'d':'2026-11-11','who':'ana','n':3}]}\n"
        "{'team':'b','results':[{'d':'2026-11-12','who':'ana','n':4}]}\n",
        "2026-11-09 login:ana label:project:a requests=1\n"
        "2026-11-10 login:ana label:project:a requests=2\n"
        "2026-11-11 login:ana requests=3\n"
        "2026-11-12 login:ana label:project:b requests=4\n",
        "");
}

static void a_broken_end_of_a_page_does_not_carry_it_over(void **state)
{
    (void)state;
    static const char *const next[] = {"'other':1", "'currency':'USD'"};
    mapping_prepare_one(PAGE_OF("<slot name='project' from='../team' required='no'/>"
                                "<slot name='currency' from='../currency' required='no'/>"));
    for (guint i = 0; i < G_N_ELEMENTS(next); i++) {
        Reading reading;
        g_autofree char *pages =
            g_strdup_printf("{'team':'a','results':[{'d':'2026-11-09','who':'ana','n':1}],'x':}\n"
                            "{%s,'results':[{'d':'2026-11-10','who':'ana','n':2}]}\n",
                next[i]);
        g_autofree char *text = transcript_quote(pages);
        transcript_read(&reading, "t", text, strlen(text));
        assert_string_equal(reading.records->str,
            "2026-11-09 login:ana label:project:a requests=1\n"
            "2026-11-10 login:ana requests=2\n");
        transcript_clear(&reading);
    }
}

static void a_page_that_says_no_text_is_reported_once(void **state)
{
    (void)state;
    READ(PAGE_OF("<slot name='project' from='../team' required='no'/>"),
        "{'team':{'a':1},'results':[{'d':'2026-11-09','who':'ana','n':1}]}\n",
        "2026-11-09 login:ana requests=1\n",
        "t:1:28: skipped: value not allowed: ../team: text or a number is wanted, for all records "
        "of the page (see docs/settings.md for the allowed values)\n");
}

/* A bucket of a vendor's report has an array of this name; it stays that vendor's. */
static void a_known_format_keeps_its_records(void **state)
{
    (void)state;
    g_autofree char *bucket =
        transcript_quote("{'starting_at':'2026-11-09T00:00:00Z','ending_at':'2026-11-10T00:00:00Z',"
                         "'results':[{'amount':'1','currency':'USD'}]}\n");
    const char *before = transcript_source("t", bucket);
    mapping_prepare_one(JSON_OF(" page='results'",
        "<slot name='date' from='amount'/><fixed name='login' value='x'/>"
        "<slot name='requests' from='currency'/>"));
    assert_string_equal(transcript_source("t", bucket), before);
}

/* ---- Recognition -------------------------------------------------------------------------- */

#define SPELLED                                                                                    \
    JSON_OF("", "<slot name='date' from='am|an'/><slot name='login' from='whoever.id|member.id'/>" \
                "<slot name='requests' from='n|count'/>")

static void one_of_several_spellings_is_enough(void **state)
{
    (void)state;
    READ(SPELLED,
        "{'an':'2026-11-09','whoever':{'id':'ana'},'count':1}\n"
        "{'am':'2026-11-10','member':{'id':'ana'},'n':2}\n",
        "2026-11-09 login:ana requests=1\n2026-11-10 login:ana requests=2\n", "");
}

static void without_any_spelling_of_a_member_it_is_another_file(void **state)
{
    (void)state;
    mapping_prepare_one(SPELLED);
    transcript_expect_said("t", "{'an':'2026-11-09','whoever':{'id':'ana'}}\n", 0,
        "nearest to Mapped, which has the members am,an, whoever,member, n,count");
}

static void an_export_near_to_a_mapping_is_compared_with_it(void **state)
{
    (void)state;
    mapping_prepare_one(
        CSV_OF("", "<slot name='email' from='Email'/><slot name='requests' from='N'/>"));
    transcript_expect_said(
        "t", "Day,Email,M\n2026-11-09,ana@example.com,1\n", 0, "nearest to Mapped, but without: N");
    mapping_prepare_one(
        JSON_OF("", "<slot name='date' from='account'/><slot name='login' from='seat'/>"
                    "<slot name='requests' from='n'/>"));
    transcript_expect_said("t", "{'account':'CANARY','n':1}\n", 0,
        "t:1: skipped: format not recognised: nearest to Mapped, which has the members account, "
        "seat, n");
}

static void records_of_a_page_near_to_a_mapping_are_compared_with_it(void **state)
{
    (void)state;
    mapping_prepare_one(PAGE_OF(""));
    transcript_expect_said("t", "{'next':1,\n'results':[\n{'d':'2026-11-09','user':'ana','n':1}]}",
        0,
        "t:3: skipped: format not recognised: nearest to Mapped, which has the members d, who, n");
}

static void a_mapping_is_forgotten_with_its_file(void **state)
{
    (void)state;
    mapping_prepare_one(PAGE_OF(""));
    assert_true(tm_source_index("mapping:m") != G_MAXUINT);
    mapping_forget(state);
    assert_true(tm_source_index("mapping:m") == G_MAXUINT);
    transcript_expect_said("t", "{'d':'2026-11-09','who':'ana','n':1}\n", 0, "not recognised");
}

/* ---- Words -------------------------------------------------------------------------------- */

#define WORDS                                                                                      \
    CSV_OF(" merging='twins'",                                                                     \
        "<slot name='login' from='Who'/><slot name='requests' from='N'/>"                          \
        "<slot name='surface' from='Mode'><word from='Inline' to='completion'/></slot>"            \
        "<slot name='task' from='Job' required='no'><word from='fix it' to='debugging'/></slot>"   \
        "<slot name='model' from='Model' required='no'><word from='big' to='acme-1'/></slot>"      \
        "<slot name='service' from='Kind' required='no'><word from='bot' to='true'/>"              \
        "<word from='human' to='false'/></slot>")

static void words_of_the_vendor_become_ours(void **state)
{
    (void)state;
    READ(WORDS,
        "Day,Who,N,Mode,Job,Model,Kind\n"
        "2026-11-09,ana,1,inline,FIX IT,Big,human\n"
        "2026-11-09,ana,2, INLINE ,testing,,bot\n"
        "2026-11-09,ana,3,chat,,acme-1,true\n"
        "2026-11-09,ana,4,,,,\n",
        "2026-11-09 login:ana model:acme-1 completion debugging requests=1\n"
        "2026-11-09 login:ana service completion testing requests=2\n"
        "2026-11-09 login:ana service model:acme-1 chat requests=3\n"
        "2026-11-09 login:ana requests=4\n",
        "");
}

static void unknown_words_are_counted_and_not_printed(void **state)
{
    (void)state;
    READ(WORDS,
        "Day,Who,N,Mode,Job,Model,Kind\n"
        "2026-11-09,ana,1,CANARY,CANARY,small,CANARY\n"
        "2026-11-09,ana,2,CANARY2,,,\n",
        "2026-11-09 login:ana model:small requests=1\n2026-11-09 login:ana requests=2\n",
        "t: note: unknown model: Model: rows with a word that the mapping does not have: 1; the "
        "model stays as the vendor writes it (add it to prices.csv if its price matters)\n"
        "t: warning: doubtful value: Mode: rows with a word that the mapping does not have: 2; "
        "taken as unknown, so add a <word> for it (" COMPARE ")\n"
        "t: warning: doubtful value: Job: rows with a word that the mapping does not have: 1; "
        "taken as unknown, so add a <word> for it (" COMPARE ")\n"
        "t: warning: doubtful value: Kind: rows with a word that the mapping does not have: 1; "
        "taken as unknown, so add a <word> for it (" COMPARE ")\n");
}

static void truths_of_json_are_words(void **state)
{
    (void)state;
    READ(JSON_OF("", "<slot name='date' from='d'/><slot name='login' from='who'/>"
                     "<slot name='requests' from='n'/><slot name='surface' from='agentic'>"
                     "<word from='true' to='agent'/><word from='false' to='chat'/></slot>"),
        "{'d':'2026-11-09','who':'ana','n':1,'agentic':true}\n"
        "{'d':'2026-11-09','who':'ana','n':1,'agentic':false}\n",
        "2026-11-09 login:ana agent requests=1\n2026-11-09 login:ana chat requests=1\n", "");
}

/* ---- Tokens ------------------------------------------------------------------------------- */

#define CACHED                                                                                     \
    CSV_OF("", "<slot name='login' from='Who'/>"                                                   \
               "<slot name='input_tokens' from='In' includes_cache='yes'/>"                        \
               "<slot name='cache_read_tokens' from='Read'/>"                                      \
               "<slot name='cache_write_tokens' from='Write' required='no'/>")

static void cached_tokens_are_taken_off_the_input(void **state)
{
    (void)state;
    READ(CACHED,
        "Day,Who,In,Read,Write\n2026-11-09,ana,100,70,20\n2026-11-10,ana,100,100,\n"
        "2026-11-11,ana,100,,\n2026-11-12,ana,,5,\n",
        "2026-11-09 login:ana input_tokens=10 cache_write_tokens=20 cache_read_tokens=70\n"
        "2026-11-10 login:ana input_tokens=0 cache_read_tokens=100\n"
        "2026-11-11 login:ana input_tokens=100\n"
        "2026-11-12 login:ana cache_read_tokens=5\n",
        "");
}

static void less_input_than_cached_tokens_is_refused(void **state)
{
    (void)state;
    READ(CACHED, "Day,Who,In,Read,Write\n2026-11-09,ana,100,90,20\n", "",
        SKIPPED("2:16", "number out of range",
            "In: less than the tokens of the cache, which it includes by the mapping", COMPARE));
}

/* ---- Merging, sessions, persons ------------------------------------------------------------ */

static const TmSource *source(void)
{
    return &tm_sources[tm_source_index("mapping:m")];
}

static void twins_are_several_and_known_by_what_they_say(void **state)
{
    (void)state;
    READ(CSV_OF(
             " merging='twins'", "<slot name='login' from='Who'/><slot name='requests' from='N'/>"),
        "Day,Who,N\n2026-11-09,ana,1\n2026-11-09,ana,1\n",
        "2026-11-09 login:ana requests=1\n2026-11-09 login:ana requests=1\n", "");
    assert_int_equal(source()->merging, TM_MERGE_TWINS);
    const char *text = "Day,Who,N\n2026-11-09,ana,1\n2026-11-09,ana,1\n2026-11-09,ana,2\n";
    assert_true(key_at(text, 0) == key_at(text, 1));
    assert_true(key_at(text, 0) != key_at(text, 2));
}

static void copies_are_known_by_their_record(void **state)
{
    (void)state;
    READ(
        CSV_OF(" merging='copies'", "<slot name='login' from='Who'/><slot name='record' from='Id'/>"
                                    "<slot name='requests' from='N'/>"),
        "Day,Who,Id,N\n2026-11-09,ana,a,1\n2026-11-09,ana,a,1\n",
        "2026-11-09 login:ana requests=1\n2026-11-09 login:ana requests=1\n", "");
    assert_int_equal(source()->merging, TM_MERGE_COPIES);
}

static void sessions_by_gaps_need_times(void **state)
{
    (void)state;
    READ(CSV_OF(" sessions='gaps'",
             "<slot name='login' from='Who'/><slot name='interactions' from='N'/>"),
        "Day,Who,N\n2026-11-09T08:00:00Z,ana,1\n2026-11-09,ana,2\n",
        "2026-11-09+28800000 login:ana interactions=1\n",
        SKIPPED("3:1", "not a date",
            "Day: a day without a time, though sessions are made of the gaps between times",
            "write dates as YYYY-MM-DD"));
    assert_int_equal(source()->sessions, TM_SESSIONS_GAPS);
    assert_true(source()->measures & TM_MEASURE_BIT(TM_MEASURE_SESSIONS));
}

static void a_personal_file_is_known_by_its_path(void **state)
{
    (void)state;
    READ(CSV_OF(" personal='yes'", "<slot name='requests' from='N'/>"), "Day,N\n2026-11-09,1\n",
        "2026-11-09 path:t requests=1\n", "");
    assert_int_equal(source()->trait, TM_TRAIT_PERSONAL);
}

static void a_personal_file_may_name_its_person(void **state)
{
    (void)state;
    READ(CSV_OF(
             " personal='yes'", "<slot name='login' from='Who'/><slot name='requests' from='N'/>"),
        "Day,Who,N\n2026-11-09,ana,1\n2026-11-10,,1\n",
        "2026-11-09 login:ana requests=1\n2026-11-10 path:t requests=1\n", "");
}

/* ---- Content ------------------------------------------------------------------------------ */

static void content_never_leaves_the_parser(void **state)
{
    (void)state;
    mapping_prepare_one(ROWS_OF("", "<slot name='requests' from='n'/><content from='text'/>"
                                    "<ignore from='junk'/><content from='../title'/>"));
    transcript_expect_dropped("t",
        "{'d':'2026-11-09','who':'ana','title':'CANARY','list':[{'n':1,'text':'CANARY',"
        "'junk':'CANARY'},{'n':'CANARY','text':['CANARY',{'CANARY':1}]}]}\n"
        "{'d':'CANARY','who':'ana','list':[{'n':1,'text':null}]}\n",
        4);
}

/* ---- The page ----------------------------------------------------------------------------- */

static void expect_on_page(const char *page, const char *word)
{
    g_autofree char *code = g_strdup_printf("`%s`", word);
    if (strstr(page, code) == NULL)
        fail_msg("docs/mapping.md does not name %s", word);
}

static void the_page_names_every_slot_and_word(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(g_getenv("TIDEMARK_DATA"), "docs/mapping.md", NULL);
    g_autofree char *page = NULL;
    assert_true(g_file_get_contents(path, &page, NULL, NULL));
    for (guint slot = 0; slot < TM_SLOT_COUNT; slot++)
        if (slot != TM_SLOT_TOOL && slot != TM_SLOT_SOURCE && slot != TM_SLOT_PART)
            expect_on_page(page, tm_field_name(&tm_slot_fields[slot]));
    for (guint surface = TM_SURFACE_UNKNOWN + 1; surface <= TM_SURFACE_OTHER; surface++)
        expect_on_page(page, tm_surface_name((TmSurface)surface));
    for (guint task = TM_TASK_UNKNOWN + 1; task <= TM_TASK_OTHER; task++)
        expect_on_page(page, tm_task_name((TmTask)task));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, mapping_forget)
        TEST(messages_name_the_vendors_columns),
        TEST(messages_name_the_vendors_paths_as_they_are_written),
        TEST(an_element_is_a_row_with_what_its_record_says),
        TEST(a_measure_of_the_record_counts_once),
        TEST(the_records_own_row_is_none_of_its_list),
        TEST(tokens_of_the_record_count_once_with_their_part),
        TEST(what_is_no_list_of_objects_is_left_out),
        TEST(a_list_without_end_is_refused_with_its_record),
        TEST(rows_of_one_record_are_known_by_it_and_what_they_are_about),
        TEST(an_id_of_the_element_is_the_key_of_its_row),
        TEST(the_lists_path_may_go_down),
        TEST(a_list_may_have_the_name_of_a_pages_array),
        TEST(a_page_is_known_by_the_name_of_its_array),
        TEST(the_usual_pages_stay_pages),
        TEST(pages_may_stand_in_an_array_and_be_empty),
        TEST(records_without_their_page_are_read_too),
        TEST(pages_without_records_are_empty),
        TEST(what_a_page_says_holds_for_its_records_only),
        TEST(a_broken_end_of_a_page_does_not_carry_it_over),
        TEST(a_page_that_says_no_text_is_reported_once),
        TEST(a_known_format_keeps_its_records),
        TEST(one_of_several_spellings_is_enough),
        TEST(without_any_spelling_of_a_member_it_is_another_file),
        TEST(an_export_near_to_a_mapping_is_compared_with_it),
        TEST(records_of_a_page_near_to_a_mapping_are_compared_with_it),
        TEST(a_mapping_is_forgotten_with_its_file),
        TEST(words_of_the_vendor_become_ours),
        TEST(unknown_words_are_counted_and_not_printed),
        TEST(truths_of_json_are_words),
        TEST(cached_tokens_are_taken_off_the_input),
        TEST(less_input_than_cached_tokens_is_refused),
        TEST(twins_are_several_and_known_by_what_they_say),
        TEST(copies_are_known_by_their_record),
        TEST(sessions_by_gaps_need_times),
        TEST(a_personal_file_is_known_by_its_path),
        TEST(a_personal_file_may_name_its_person),
        TEST(content_never_leaves_the_parser),
        TEST(the_page_names_every_slot_and_word),
    };
    return cmocka_run_group_tests(tests, mapping_enter, mapping_leave);
}
