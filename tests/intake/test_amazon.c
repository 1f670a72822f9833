/* Reports of Amazon Q Developer and of Kiro: numbers worked out by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define NARROW "UserId,Date,Chat_MessagesSent,Inline_AcceptanceCount,Inline_SuggestionsCount\n"
#define KIRO                                                                                       \
    "Date,UserId,Client_Type,Chat_Conversations,Credits_Used,Overage_Cap,Overage_Credits_Used,"    \
    "Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages"
#define ARN(account) "arn:aws:codewhisperer:us-east-1:" account ":profile/EXAMPLE"

#define FILE_NAME "QDeveloperLogs-f.csv"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect(FILE_NAME, text, records, diagnostics);
}

/* ---- Activity ------------------------------------------------------------------------------ */

static void the_full_header_is_read_by_commands(void **state)
{
    (void)state;
    transcript_compare_golden("amazon-q-activity.csv");
}

static void a_narrow_header_gives_what_it_has(void **state)
{
    (void)state;
    expect(NARROW "u-1,2026-09-21,,4,\n",
        "2026-09-21 user_id:u-1 completion interactions=4 accepted=4\n", "");
}

static void headings_may_stand_in_any_order_with_blanks(void **state)
{
    (void)state;
    expect("\"Date \",\" Chat_MessagesSent\",\"UserId\"\n\"09-21-2026\",\"3\",\"u-1\"\n",
        "2026-09-21 user_id:u-1 chat interactions=~3 messages=3\n", "");
}

static void dates_come_in_five_forms(void **state)
{
    (void)state;
#define DAY_OF(date) NARROW "u-1," date ",1,0,0\n"
#define READ_AS(day) day " user_id:u-1 chat interactions=~1 messages=1\n"
    expect(DAY_OF("03-04-2026"), READ_AS("2026-03-04"), "");
    expect(DAY_OF("03/04/2026"), READ_AS("2026-03-04"), "");
    expect(DAY_OF("2026-03-04"), READ_AS("2026-03-04"), "");
    expect(DAY_OF("2026/03/04"), READ_AS("2026-03-04"), "");
    expect(DAY_OF("2026-03-04T23:00:00Z"), READ_AS("2026-03-04"), "");
}

static void day_and_month_are_never_swapped(void **state)
{
    (void)state;
    expect(DAY_OF("21-09-2026"), "",
        FILE_NAME
        ":2:5: skipped: not a date: Date: neither MM-DD-YYYY nor YYYY-MM-DD (write dates as "
        "YYYY-MM-DD)\n");
}

static void a_suggestion_merely_shown_is_no_interaction(void **state)
{
    (void)state;
    expect(NARROW "u-1,2026-09-21,0,0,9\n",
        "2026-09-21 user_id:u-1 completion interactions=0 shown=9 accepted=0\n", "");
}

static void the_directory_and_quotes_are_no_part_of_an_id(void **state)
{
    (void)state;
    expect(NARROW "d-9067000000.u-1,2026-09-21,1,0,0\n\"\"\"u-2\"\"\",2026-09-21,1,0,0\n",
        "2026-09-21 user_id:u-1 chat interactions=~1 messages=1\n"
        "2026-09-21 user_id:u-2 chat interactions=~1 messages=1\n",
        "");
}

static void what_kiro_writes_is_of_kiro(void **state)
{
    (void)state;
    assert_string_equal(
        transcript_source("KiroLogs-f.csv", NARROW "u-1,2026-09-21,1,0,0\n"), "kiro-activity");
    assert_string_equal(
        transcript_source("f.csv", NARROW "u-1,2026-09-21,1,0,0\n"), "amazon-q-activity");
}

static void a_report_without_its_folders_is_noted(void **state)
{
    (void)state;
    transcript_expect("f.csv", NARROW "u-1,2026-09-21,1,0,0\n",
        "2026-09-21 user_id:u-1 chat interactions=~1 messages=1\n",
        "f.csv: note: note: counted as Amazon Q Developer; a report of Kiro has the same columns "
        "and is told by the folder KiroLogs of the bucket in its path (nothing to do)\n");
}

static void the_same_day_of_two_accounts_adds(void **state)
{
    (void)state;
#define OF_ACCOUNT(account, time)                                                                  \
    transcript_key(account "_by_user_analytic_" time "_report.csv", NARROW "u,2026-09-21,1,0,0\n")
    assert_true(
        OF_ACCOUNT("111122223333", "202609220000") != OF_ACCOUNT("111122224444", "202609220000"));
    assert_true(
        OF_ACCOUNT("111122223333", "202609220000") == OF_ACCOUNT("111122223333", "202609230200"));
}

static gint64 rank_of(const char *name)
{
    Reading reading;
    const char *text = NARROW "u,2026-09-21,1,0,0\n";
    transcript_read(&reading, name, text, strlen(text));
    gint64 rank = reading.summary.exported;
    transcript_clear(&reading);
    return rank;
}

static void the_time_in_the_name_ranks_the_export(void **state)
{
    (void)state;
    /* 2026-09-22T02:05Z */
    assert_int_equal(
        rank_of("111122223333_by_user_analytic_202609220205_report.csv"), 1790042700000);
}

static void bad_rows_are_left_out(void **state)
{
    (void)state;
    expect(NARROW "u-1,2026-09-21,x,0,0\n"
                  "u-1,2026-09-21,-1,0,0\n"
                  "u-1,2026-09-21,99999999999999999999,0,0\n"
                  ",2026-09-21,1,0,0\n"
                  "u-1,,1,0,0\n"
                  "u-1,2026-11-21,1,0,0\n"
                  "u-1,2026-09-21,2,0,0\n",
        "2026-09-21 user_id:u-1 chat interactions=~2 messages=2\n",
        FILE_NAME
        ":2:16: skipped: not a number: Chat_MessagesSent: a whole number is wanted (export "
        "the file again or mend the field)\n" FILE_NAME
        ":3:16: skipped: number out of range: Chat_MessagesSent: a count cannot be so "
        "(compare the record with the vendor's console)\n" FILE_NAME
        ":4:16: skipped: number out of range: Chat_MessagesSent: a count cannot be so "
        "(compare the record with the vendor's console)\n" FILE_NAME
        ":5:1: skipped: missing field: UserId: no user (export the file again with all "
        "columns)\n" FILE_NAME
        ":6:5: skipped: missing field: Date: no date (export the file again with all "
        "columns)\n" FILE_NAME
        ":7:5: skipped: date in the future: Date: later than the day of this run (check the "
        "clock of the exporting system)\n");
}

/* ---- Kiro's report ------------------------------------------------------------------------- */

static void messages_are_told_by_model(void **state)
{
    (void)state;
    transcript_compare_golden("kiro-report.csv");
}

static void columns_of_models_are_found_wherever_they_stand(void **state)
{
    (void)state;
    expect("gpt_5.6_sol_messages,Total_Messages,Date,qwen3_coder_next_messages,UserId,Client_Type\n"
           "2,5,2026-09-21,3,u-1,KIRO_CLI\n",
        "2026-09-21 user_id:u-1 model:gpt-5.6-sol terminal interactions=~5 messages=2\n"
        "2026-09-21 user_id:u-1 part=1 model:qwen3-coder-next terminal messages=3\n",
        "");
}

static void the_total_is_no_model(void **state)
{
    (void)state;
    expect(KIRO "\n2026-09-21,u-1,KIRO_IDE,2,1.5,,,,,,8\n",
        "2026-09-21 user_id:u-1 agent interactions=~8 sessions=2 messages=8\n", "");
}

static void each_client_and_account_is_a_record_of_its_own(void **state)
{
    (void)state;
#define REPORT(client, arn) KIRO "\n2026-09-21,u-1," client ",2,1.5,,,," arn ",,8\n"
    guint64 key = transcript_key("f.csv", REPORT("KIRO_IDE", ARN("111122223333")));
    assert_true(key != transcript_key("f.csv", REPORT("PLUGIN", ARN("111122223333"))));
    assert_true(key != transcript_key("f.csv", REPORT("KIRO_IDE", ARN("111122224444"))));
    assert_true(key == transcript_key("KIRO_IDE_111122223333_user_report_202609220000.csv",
                           REPORT("KIRO_IDE", "")));
}

static void more_models_than_there_are_slots_are_noted(void **state)
{
    (void)state;
    GString *text = g_string_new("Date,UserId,Client_Type,Total_Messages");
    for (guint i = 0; i < 53; i++)
        g_string_append_printf(text, ",m%u_messages", i);
    g_string_append(text, "\n2026-09-21,u-1,PLUGIN,6");
    for (guint i = 0; i < 53; i++)
        g_string_append(text, i == 52 || i == 51 ? ",3" : ",0");
    expect(text->str,
        "2026-09-21 user_id:u-1 model:m51 chat interactions=~6 messages=3\n"
        "2026-09-21 user_id:u-1 part=1 chat messages=3\n",
        FILE_NAME
        ":1: note: unknown field: m52_messages: not in the table of this format (nothing to "
        "do: it is not read)\n");
    g_string_free(text, TRUE);
}

static void bad_cells_of_a_report_are_left_out(void **state)
{
    (void)state;
    expect("Date,UserId,Client_Type,Total_Messages,auto_messages\n"
           "2026-09-21,u-1,KIRO_IDE,8,many\n"
           "2026-09-21,,KIRO_IDE,8,8\n"
           "2026-09-21,u-1,KIRO_IDE,8\n"
           "yesterday,u-1,KIRO_IDE,8,8\n",
        "",
        FILE_NAME
        ":2: skipped: not a number: *_messages: a whole number is wanted (export the file "
        "again or mend the field)\n" FILE_NAME
        ":3:12: skipped: missing field: UserId: no user (export the file again with all "
        "columns)\n" FILE_NAME
        ":4: skipped: wrong number of fields: 4 fields where the header has 5 (export the "
        "file "
        "again or mend the row)\n" FILE_NAME
        ":5:1: skipped: not a date: Date: neither MM-DD-YYYY nor YYYY-MM-DD (write dates as "
        "YYYY-MM-DD)\n");
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
        cmocka_unit_test(the_full_header_is_read_by_commands),
        cmocka_unit_test(a_narrow_header_gives_what_it_has),
        cmocka_unit_test(headings_may_stand_in_any_order_with_blanks),
        cmocka_unit_test(dates_come_in_five_forms),
        cmocka_unit_test(day_and_month_are_never_swapped),
        cmocka_unit_test(a_suggestion_merely_shown_is_no_interaction),
        cmocka_unit_test(the_directory_and_quotes_are_no_part_of_an_id),
        cmocka_unit_test(what_kiro_writes_is_of_kiro),
        cmocka_unit_test(a_report_without_its_folders_is_noted),
        cmocka_unit_test(the_same_day_of_two_accounts_adds),
        cmocka_unit_test(the_time_in_the_name_ranks_the_export),
        cmocka_unit_test(bad_rows_are_left_out),
        cmocka_unit_test(messages_are_told_by_model),
        cmocka_unit_test(columns_of_models_are_found_wherever_they_stand),
        cmocka_unit_test(the_total_is_no_model),
        cmocka_unit_test(each_client_and_account_is_a_record_of_its_own),
        cmocka_unit_test(more_models_than_there_are_slots_are_noted),
        cmocka_unit_test(bad_cells_of_a_report_are_left_out),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
