/* Cursor's usage CSV: each header generation and each quirk, with records computed by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define V1 "Date,Model,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,"
#define V2_PERSONAL                                                                                \
    "Date,Kind,Model,Max Mode,\"Input (w/ Cache Write)\",\"Input (w/o Cache Write)\",Cache "       \
    "Read,Output Tokens,Total Tokens,"
#define V2_TEAM                                                                                    \
    "Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache "          \
    "Read,Output Tokens,Total Tokens,"
#define V3_TEAM                                                                                    \
    "Date,User,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,Input (w/ Cache Write),Input "     \
    "(w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost\n"

#define ANA "2026-10-05+33302004 email:ana@example.com "

static void expect_version(const char *text, const char *version)
{
    Reading reading;
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_string_equal(reading.diagnostics, "");
    assert_string_equal(reading.summary.version, version);
    transcript_clear(&reading);
}

static void v1_has_list_value_and_what_was_paid(void **state)
{
    (void)state;
    transcript_expect("f.csv",
        V1 "Total Tokens,Cost,Cost to you\n"
           "2025-06-02,gpt-4o,1000,200,8000,300,9500,$0.10,$0.04\n",
        "2025-06-02 path:f.csv model:gpt-4o interactions=1 requests=1 input_tokens=200 "
        "cache_write_tokens=1000 cache_read_tokens=8000 output_tokens=300 metered=40000 "
        "list_value=100000\n",
        "");
}

static void v1_variant_calls_the_total_tokens(void **state)
{
    (void)state;
    transcript_expect("f.csv", "Date,Model,Tokens,Cost\n2025-06-02,gpt-4o,9500,$0.10\n",
        "2025-06-02 path:f.csv model:gpt-4o interactions=1 requests=1 unsplit_tokens=9500 "
        "list_value=100000\n",
        "");
}

static void v2_personal_takes_the_person_from_the_path(void **state)
{
    (void)state;
    transcript_expect("f.csv",
        V2_PERSONAL "Cost\n"
                    "\"2025-11-24T08:01:09.310Z\",\"Included\",\"composer-1\",\"No\",\"0\","
                    "\"4100\",\"22000\",\"900\",\"27000\",\"0.03\"\n",
        "2025-11-24+28869310 path:f.csv model:composer-1 interactions=1 requests=1 "
        "input_tokens=4100 cache_write_tokens=0 cache_read_tokens=22000 output_tokens=900 "
        "metered=0 list_value=30000\n",
        "");
}

static void v2_team_names_the_person(void **state)
{
    (void)state;
    transcript_expect("f.csv",
        V2_TEAM "Cost\n2026-10-05T09:15:02.004Z,ana@example.com,On-Demand,m,No,1,2,3,4,10,1.5\n",
        ANA "model:m interactions=1 requests=1 input_tokens=2 cache_write_tokens=1 "
            "cache_read_tokens=3 output_tokens=4 metered=1500000\n",
        "");
}

static void a_requests_plan_has_no_money(void **state)
{
    (void)state;
    transcript_expect("f.csv",
        V2_TEAM "Requests\n2026-10-05T09:15:02.004Z,ana@example.com,Included,m,No,1,2,3,4,10,1.4\n",
        ANA "model:m interactions=1 requests=1 input_tokens=2 cache_write_tokens=1 "
            "cache_read_tokens=3 output_tokens=4\n",
        "");
}

static void v3_team_knows_agents_and_failures(void **state)
{
    (void)state;
    transcript_expect("f.csv",
        V3_TEAM
        "\"2026-10-06T14:40:10.777Z\",\"ben@example.com\",\"\",\"\",\"Errored, No Charge\","
        "\"composer-2.5\",\"No\",\"\",\"\",\"\",\"\",\"\",\"-\"\n"
        "\"2026-10-05T09:15:02.004Z\",\"ana@example.com\",\"bc-1\",\"\",\"On-Demand\",\"c-s\","
        "\"Yes\",\"18000\",\"3100\",\"96700\",\"2200\",\"120000\",\"$0.20\"\n",
        "2026-10-06+52810777 email:ben@example.com model:composer-2.5 interactions=0 requests=0 "
        "metered=0\n" ANA "model:c-s agent interactions=1 requests=1 input_tokens=3100 "
        "cache_write_tokens=18000 cache_read_tokens=96700 output_tokens=2200 metered=200000\n",
        "");
}

static void versions_are_told_by_their_columns(void **state)
{
    (void)state;
    expect_version(V1 "Total Tokens,Cost,Cost to you\n2025-06-02,m,1,1,1,1,4,1,1\n", "v1");
    expect_version(V2_PERSONAL "Cost\n2025-06-02,Free,m,No,1,1,1,1,4,1\n", "v2 personal");
    expect_version(
        V2_TEAM "Requests\n2025-06-02,a@b,Free,m,No,1,1,1,1,4,1\n", "v2 team, requests plan");
    expect_version(V3_TEAM "2025-06-02,a@b,,,Free,m,No,1,1,1,1,4,1\n", "v3 team");
}

/* Rows with all but the interesting cell fixed. */
static void expect_row(const char *row, const char *record, const char *diagnostics)
{
    g_autofree char *text = g_strconcat(V3_TEAM, row, "\n", NULL);
    transcript_expect("f.csv", text, record, diagnostics);
}

#define START "2026-10-05T09:15:02.004Z,ana@example.com,,,"

static void default_is_read_as_auto(void **state)
{
    (void)state;
    expect_row(START "Included,default,No,,,,,,Included",
        ANA "model:auto interactions=1 requests=1 metered=0\n", "");
}

static void an_automation_is_a_service(void **state)
{
    (void)state;
    expect_row("2026-10-05T09:15:02.004Z,ana@example.com,,3f-1,Included,m,No,,,,,,Included",
        "2026-10-05+33302004 email:ana@example.com service model:m agent interactions=1 "
        "requests=1 metered=0\n",
        "");
}

static void an_empty_user_is_a_service(void **state)
{
    (void)state;
    expect_row("2026-10-05T09:15:02.004Z,,,,Included,m,No,,,,,,Included",
        "2026-10-05+33302004 service model:m interactions=1 requests=1 metered=0\n", "");
}

static void agent_review_is_a_review(void **state)
{
    (void)state;
    expect_row(START "Included,agent_review,No,,,,,,Included",
        ANA "model:agent_review review interactions=1 requests=1 metered=0\n", "");
}

static void an_aborted_row_with_tokens_keeps_them(void **state)
{
    (void)state;
    expect_row(START "\"Aborted, Not Charged\",m,No,,5,,,5,-",
        ANA "model:m interactions=0 requests=0 input_tokens=5 metered=0\n", "");
}

static void a_total_without_parts_is_unsplit(void **state)
{
    (void)state;
    expect_row(START "Included,m,No,,,,,700,Included",
        ANA "model:m interactions=1 requests=1 unsplit_tokens=700 metered=0\n", "");
}

static void parts_without_a_total_are_taken(void **state)
{
    (void)state;
    expect_row(START "Included,m,No,1,2,3,4,0,Included",
        ANA "model:m interactions=1 requests=1 input_tokens=2 cache_write_tokens=1 "
            "cache_read_tokens=3 output_tokens=4 metered=0\n",
        "");
}

static void a_total_that_differs_is_doubted_and_not_taken(void **state)
{
    (void)state;
    expect_row(START "Included,m,No,1,2,3,4,11,Included",
        ANA "model:m interactions=1 requests=1 input_tokens=2 cache_write_tokens=1 "
            "cache_read_tokens=3 output_tokens=4 metered=0\n",
        "f.csv:2:66: warning: doubtful value: Total Tokens: not the sum of the token columns, "
        "which "
        "is taken instead (compare the record with the vendor's console)\n");
}

static void thousands_separators_are_dropped(void **state)
{
    (void)state;
    expect_row(START "On-Demand,m,No,\"1,000\",\"12,345,678\",0,0,\"12,346,678\",\"$1,234.56\"",
        ANA "model:m interactions=1 requests=1 input_tokens=12345678 cache_write_tokens=1000 "
            "cache_read_tokens=0 output_tokens=0 metered=1234560000\n",
        "");
}

static void a_comma_at_the_end_is_no_separator(void **state)
{
    (void)state;
    expect_row(START "On-Demand,m,No,\"1,\",0,0,0,1,0", "",
        "f.csv:2:59: skipped: not a number: Input (w/ Cache Write): a whole number is wanted "
        "(export the file again or mend the field)\n");
}

static void costs_without_a_number_are_zero_metered(void **state)
{
    (void)state;
    static const char *const cells[] = {"Included", "Free", "-", "", "included"};
    for (guint i = 0; i < G_N_ELEMENTS(cells); i++) {
        g_autofree char *row = g_strconcat(START "On-Demand,m,No,,,,,,", cells[i], NULL);
        expect_row(row, ANA "model:m interactions=1 requests=1 metered=0\n", "");
    }
}

static void an_unknown_cost_is_not_measured_and_said_once(void **state)
{
    (void)state;
    expect_row(START "On-Demand,m,No,,,,,,NaN\n" START "On-Demand,m,No,,,,,,what",
        ANA "model:m interactions=1 requests=1\n" ANA "model:m interactions=1 requests=1\n",
        "f.csv:2:64: warning: doubtful value: Cost: neither an amount nor a known word: cost is "
        "not "
        "measured, here and below (compare the record with the vendor's console)\n");
}

static void only_billed_kinds_are_metered(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *money;
    } cases[] = {{"On-Demand", " metered=190000"}, {"Usage-based", " metered=190000"},
        {"USAGE_EVENT_KIND_USAGE_BASED", " metered=190000"},
        {"Included in Pro", " metered=0 list_value=190000"},
        {"USAGE_EVENT_KIND_INCLUDED_IN_BUSINESS", " metered=0 list_value=190000"},
        {"Free", " metered=0 list_value=190000"}, {"User API Key", " metered=0 list_value=190000"},
        {"", " list_value=190000"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *row = g_strconcat(START, cases[i].kind, ",m,No,,,,,,0.19", NULL);
        g_autofree char *record =
            g_strconcat(ANA "model:m interactions=1 requests=1", cases[i].money, "\n", NULL);
        expect_row(row, record, "");
    }
}

static void a_failed_call_is_no_use_and_has_no_price(void **state)
{
    (void)state;
    static const char *const failures[] = {
        "\"Errored, No Charge\"", "\"Aborted, Not Charged\"", "Errored", "\"Timeout, No Charge\""};
    for (guint i = 0; i < G_N_ELEMENTS(failures); i++) {
        g_autofree char *row = g_strconcat(START, failures[i], ",m,No,,,,,,0.19", NULL);
        expect_row(row, ANA "model:m interactions=0 requests=0 metered=0\n", "");
    }
}

static void a_new_kind_is_list_value_and_doubted_once(void **state)
{
    (void)state;
    expect_row(START "Gift,m,No,,,,,,0.19\n" START "Gift,m,No,,,,,,0.19",
        ANA "model:m interactions=1 requests=1 list_value=190000\n" ANA
            "model:m interactions=1 requests=1 list_value=190000\n",
        "f.csv:2:44: warning: doubtful value: Kind: a kind that is not known: its cost is taken "
        "for "
        "list value, here and below (compare the record with the vendor's console)\n");
}

static void bad_cells_skip_the_row_and_name_the_column(void **state)
{
    (void)state;
    expect_row(START "Included,m,No,-1,,,,,\n"                /* 2 */
        START "Included,m,No,,1000000000000001,,,,\n"         /* 3 */
        START "Included,m,No,,,2.5,,,\n"                      /* 4 */
                     "soon,a@b,,,Included,m,No,,,,,,\n"       /* 5 */
                     ",a@b,,,Included,m,No,,,,,,\n"           /* 6 */
                     "2026-11-21,a@b,,,Included,m,No,,,,,,\n" /* 7 */
        START "On-Demand,m,No,,,,,,-3",                       /* 8 */
        "",
        "f.csv:2:58: skipped: number out of range: Input (w/ Cache Write): a count cannot be so "
        "(compare the record with the vendor's console)\n"
        "f.csv:3:59: skipped: number out of range: Input (w/o Cache Write): a count cannot be so "
        "(compare the record with the vendor's console)\n"
        "f.csv:4:60: skipped: not a number: Cache Read: a whole number is wanted (export the file "
        "again or mend the field)\n"
        "f.csv:5:1: skipped: not a date: Date: neither YYYY-MM-DD nor an instant with its zone "
        "(write dates as YYYY-MM-DD)\n"
        "f.csv:6:1: skipped: missing field: Date: no date (export the file again with all "
        "columns)\n"
        "f.csv:7:1: skipped: date in the future: Date: later than the day of this run (check the "
        "clock of the exporting system)\n"
        "f.csv:8:64: skipped: number out of range: Cost: an amount cannot be so (compare the "
        "record "
        "with the vendor's console)\n");
}

static guint64 key_of(const char *header, const char *row)
{
    Reading reading;
    g_autofree char *text = g_strconcat(header, row, "\n", NULL);
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_int_equal(reading.keys->len, 1);
    guint64 key = g_array_index(reading.keys, guint64, 0);
    transcript_clear(&reading);
    return key;
}

static void the_key_survives_repricing_and_new_columns(void **state)
{
    (void)state;
    guint64 old = key_of(V2_TEAM "Cost\n",
        "2026-10-05T09:15:02.004Z,ana@example.com,Included,default,No,1,2,3,4,10,0.19");
    guint64 new = key_of(
        V3_TEAM, "2026-10-05T09:15:02.004Z,ana@example.com,,,Free,auto,No,1,2,3,4,10,Included");
    assert_true(old == new);
}

static void the_key_of_team_and_personal_files_is_the_same(void **state)
{
    (void)state;
    guint64 personal =
        key_of(V2_PERSONAL "Cost\n", "2026-10-05T09:15:02.004Z,Included,m,No,1,2,3,4,10,0.19");
    guint64 team = key_of(
        V2_TEAM "Cost\n", "2026-10-05T09:15:02.004Z,ana@example.com,Included,m,No,1,2,3,4,10,0.19");
    assert_true(personal == team);
}

static void the_key_tells_instant_model_and_tokens_apart(void **state)
{
    (void)state;
    guint64 one = key_of(V3_TEAM, START "Included,m,No,1,2,3,4,10,");
    assert_true(one != key_of(V3_TEAM, START "Included,n,No,1,2,3,4,10,"));
    assert_true(one != key_of(V3_TEAM, START "Included,m,No,2,1,3,4,10,"));
    assert_true(one != key_of(V3_TEAM,
                           "2026-10-05T09:15:02.005Z,ana@example.com,,,Included,m,No,1,2,3,4,10,"));
}

static void the_key_never_changes_between_versions(void **state)
{
    (void)state;
    assert_int_equal(
        key_of(V3_TEAM, START "Included,m,No,1,2,3,4,10,"), G_GUINT64_CONSTANT(0xa3b78be942809f79));
}

static void twins_are_handed_over_twice(void **state)
{
    (void)state;
    Reading reading;
    const char *text =
        V3_TEAM START "Included,m,No,1,2,3,4,10,\n" START "Included,m,No,1,2,3,4,10,\n";
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_int_equal(reading.keys->len, 2);
    assert_true(g_array_index(reading.keys, guint64, 0) == g_array_index(reading.keys, guint64, 1));
    transcript_clear(&reading);
}

static void columns_come_in_any_order_and_case(void **state)
{
    (void)state;
    transcript_expect("f.csv",
        "COST,model,total tokens,DATE,Input (W/O cache write)\n0.5,m,7,2026-10-05,7\n",
        "2026-10-05 path:f.csv model:m interactions=1 requests=1 input_tokens=7 "
        "list_value=500000\n",
        "");
}

static void an_unknown_column_is_noted_once_by_name(void **state)
{
    (void)state;
    transcript_expect("f.csv",
        "Date,Model,Tokens,Speed,\"ana <ana@example.com>\"\n2026-10-05,m,7,fast,1\n"
        "2026-10-05,m,8,fast,1\n",
        "2026-10-05 path:f.csv model:m interactions=1 requests=1 unsplit_tokens=7\n"
        "2026-10-05 path:f.csv model:m interactions=1 requests=1 unsplit_tokens=8\n",
        "f.csv:1: note: unknown field: Speed: not in the table of this format (nothing to do: it "
        "is not read)\n"
        "f.csv:1: note: unknown field: a field whose name is no identifier is not in the table of "
        "this format (nothing to do: it is not read)\n");
}

static void empty_lines_before_the_header_count_as_lines(void **state)
{
    (void)state;
    transcript_expect("f.csv", "\xef\xbb\xbf\r\n\n\"Date\",Model,Tokens\r\nsoon,m,7\r\n", "",
        "f.csv:4:1: skipped: not a date: Date: neither YYYY-MM-DD nor an instant with its zone "
        "(write dates as YYYY-MM-DD)\n");
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
        cmocka_unit_test(v1_has_list_value_and_what_was_paid),
        cmocka_unit_test(v1_variant_calls_the_total_tokens),
        cmocka_unit_test(v2_personal_takes_the_person_from_the_path),
        cmocka_unit_test(v2_team_names_the_person),
        cmocka_unit_test(a_requests_plan_has_no_money),
        cmocka_unit_test(v3_team_knows_agents_and_failures),
        cmocka_unit_test(versions_are_told_by_their_columns),
        cmocka_unit_test(default_is_read_as_auto),
        cmocka_unit_test(an_automation_is_a_service),
        cmocka_unit_test(an_empty_user_is_a_service),
        cmocka_unit_test(agent_review_is_a_review),
        cmocka_unit_test(an_aborted_row_with_tokens_keeps_them),
        cmocka_unit_test(a_total_without_parts_is_unsplit),
        cmocka_unit_test(parts_without_a_total_are_taken),
        cmocka_unit_test(a_total_that_differs_is_doubted_and_not_taken),
        cmocka_unit_test(thousands_separators_are_dropped),
        cmocka_unit_test(a_comma_at_the_end_is_no_separator),
        cmocka_unit_test(costs_without_a_number_are_zero_metered),
        cmocka_unit_test(an_unknown_cost_is_not_measured_and_said_once),
        cmocka_unit_test(only_billed_kinds_are_metered),
        cmocka_unit_test(a_failed_call_is_no_use_and_has_no_price),
        cmocka_unit_test(a_new_kind_is_list_value_and_doubted_once),
        cmocka_unit_test(bad_cells_skip_the_row_and_name_the_column),
        cmocka_unit_test(the_key_survives_repricing_and_new_columns),
        cmocka_unit_test(the_key_of_team_and_personal_files_is_the_same),
        cmocka_unit_test(the_key_tells_instant_model_and_tokens_apart),
        cmocka_unit_test(the_key_never_changes_between_versions),
        cmocka_unit_test(twins_are_handed_over_twice),
        cmocka_unit_test(columns_come_in_any_order_and_case),
        cmocka_unit_test(an_unknown_column_is_noted_once_by_name),
        cmocka_unit_test(empty_lines_before_the_header_count_as_lines),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
