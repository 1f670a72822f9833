/* ChatGPT workspace credits: types, units, adjustments, fractions. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define HEADER                                                                                     \
    "date_partition,account_id,account_user_id,email,name,public_id,usage_type,usage_credits,"     \
    "usage_quantity,usage_units\n"
#define ROW(type, quantity, units)                                                                 \
    "2026-09-08,acct,user-1,ana@example.com,\"Lopez, Ana\",pub," type ",1.5," quantity "," units   \
    "\n"
#define ANA "2026-09-08 email:ana@example.com user_id:user-1 "
#define CHAT ANA "source:chatgpt-credits "

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.csv", text, records, diagnostics);
}

static void tasks_of_codex_are_interactions_by_estimate(void **state)
{
    (void)state;
    expect("\xef\xbb\xbf" HEADER ROW("codex", "403.7", "counts")
               ROW("codex.local.2", "0.25", "counts"),
        ANA "label:product:codex agent interactions=~404\n" ANA
            "label:product:codex agent interactions=~1\n",
        "");
}

static void tokens_are_told_by_type_and_model(void **state)
{
    (void)state;
    expect(HEADER ROW("api.gpt_5_5_2026_04_23_text_input_v_1", "10.5", "tokens")
               ROW("api.gpt_5_5_text_cached_input_v_1", "20", "tokens")
                   ROW("api.codex_fast_gpt_5_4_mini_text_cache_write_input_v_1", "30", "tokens")
                       ROW("api.gpt_5_3_codex_text_output_v_12", "40", "tokens"),
        ANA "model:gpt-5.5 label:product:codex price interactions=~0 input_tokens=10\n" ANA
            "model:gpt-5.5 label:product:codex price interactions=~0 cache_read_tokens=20\n" ANA
            "model:gpt-5.4-mini label:product:codex price/fast interactions=~0 "
            "cache_write_tokens=30\n" ANA
            "model:gpt-5.3-codex label:product:codex price interactions=~1 output_tokens=40\n",
        "");
}

static void other_types_are_of_chatgpt(void **state)
{
    (void)state;
    expect(HEADER ROW("chat.completion.5.pro", "3", "counts")
               ROW("chat_agent.completion", "2", "counts"),
        CHAT "model:5.pro label:product:chat chat interactions=~3\n" CHAT
             "label:product:chat_agent agent interactions=~2\n",
        "");
}

static void types_that_are_not_known_are_said_once(void **state)
{
    (void)state;
    expect(HEADER ROW("image.new", "3", "counts") ROW("api.gpt_9_video_v_1", "7", "tokens"),
        CHAT "label:product:other other interactions=~3\n" CHAT
             "label:product:other other interactions=~1 unsplit_tokens=7\n",
        "f.csv:2:57: warning: doubtful value: usage_type: a type that is not known: taken as other "
        "use of ChatGPT, here and below (compare the record with the vendor's console)\n");
}

static void an_adjustment_is_a_further_part_of_its_record(void **state)
{
    (void)state;
    Reading reading;
    const char *text = HEADER ROW("codex", "5", "counts") ROW("codex", "-2", "counts")
        ROW("codex.local.2", "-1", "counts");
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_string_equal(reading.records->str,
        ANA "label:product:codex agent interactions=~5\n"
            "2026-09-08 email:ana@example.com user_id:user-1 part=1 label:product:codex agent "
            "interactions=~-2\n" ANA "label:product:codex agent interactions=~-1\n");
    assert_int_equal(reading.keys->len, 2);
    transcript_clear(&reading);
}

static void a_unit_that_is_not_known_measures_nothing(void **state)
{
    (void)state;
    expect(HEADER ROW("codex", "5", "hours"), ANA "label:product:codex agent interactions=~1\n",
        "f.csv:2:69: warning: doubtful value: usage_units: neither tokens nor counts: the quantity "
        "is not read, here and below (compare the record with the vendor's console)\n");
}

static void keys_stay_when_rows_come_in_another_file(void **state)
{
    (void)state;
    Reading whole, part;
    const char *both = HEADER ROW("codex", "5", "counts") ROW("chat.completion.5", "1", "counts");
    const char *second = HEADER ROW("chat.completion.5", "9", "counts");
    transcript_read(&whole, "f.csv", both, strlen(both));
    transcript_read(&part, "f.csv", second, strlen(second));
    assert_int_equal(g_array_index(whole.keys, guint64, 1), g_array_index(part.keys, guint64, 0));
    transcript_clear(&whole);
    transcript_clear(&part);
}

static void wrong_values_are_reported(void **state)
{
    (void)state;
    expect(HEADER "x,a,u,e,n,p,codex,1,1,counts\n"
                  ",a,u,e,n,p,codex,1,1,counts\n"
                  "2026-09-08,a,u,e,n,p,codex,1,,counts\n"
                  "2026-09-08,a,u,e,n,p,codex,1,many,counts\n"
                  "2026-09-08,a,u,e,n,p,codex,1,99999999999999999999,counts\n"
                  "2026-09-08,a,u,e,n,p,codex,1,1e16,counts\n"
                  "2026-09-08,a,u,e,n,p,,1,1,counts\n"
                  "2026-09-08,a,,,n,p,codex,1,1,counts\n"
                  "2026-12-08,a,u,e,n,p,codex,1,1,counts\n",
        "",
        "f.csv:2:1: skipped: not a date: date_partition: not YYYY-MM-DD (write dates as "
        "YYYY-MM-DD)\n"
        "f.csv:3:1: skipped: missing field: date_partition: no date (export the file again with "
        "all columns)\n"
        "f.csv:4:30: skipped: missing field: usage_quantity: a quantity is wanted (export the file "
        "again with all columns)\n"
        "f.csv:5:30: skipped: not a number: usage_quantity: a quantity is wanted (export the file "
        "again or mend the field)\n"
        "f.csv:6:30: skipped: number out of range: usage_quantity: a quantity is wanted (compare "
        "the record with the vendor's console)\n"
        "f.csv:7:30: skipped: not a number: usage_quantity: a quantity is wanted (export the file "
        "again or mend the field)\n"
        "f.csv:8:22: skipped: missing field: usage_type: no type (export the file again with all "
        "columns)\n"
        "f.csv:9:15: skipped: missing field: email: neither e-mail address nor id (export the file "
        "again with all columns)\n"
        "f.csv:10:1: skipped: date in the future: date_partition: later than the day of this run "
        "(check the clock of the exporting system)\n");
}

static void names_and_types_are_not_repeated_in_messages(void **state)
{
    (void)state;
    Reading reading;
    const char *text = HEADER "2026-09-08,CANARY,CANARY,,CANARY,CANARY,codex,CANARY,CANARY,CANARY\n"
                              "2026-09-08,a,u,e@example.com,CANARY,CANARY,codex,CANARY,1,counts\n";
    transcript_read(&reading, "f.csv", text, strlen(text));
    assert_int_equal(reading.summary.rows_taken, 1);
    assert_null(strstr(reading.records->str, "CANARY"));
    assert_null(strstr(reading.diagnostics, "CANARY"));
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
        cmocka_unit_test(tasks_of_codex_are_interactions_by_estimate),
        cmocka_unit_test(tokens_are_told_by_type_and_model),
        cmocka_unit_test(other_types_are_of_chatgpt),
        cmocka_unit_test(types_that_are_not_known_are_said_once),
        cmocka_unit_test(an_adjustment_is_a_further_part_of_its_record),
        cmocka_unit_test(a_unit_that_is_not_known_measures_nothing),
        cmocka_unit_test(keys_stay_when_rows_come_in_another_file),
        cmocka_unit_test(wrong_values_are_reported),
        cmocka_unit_test(names_and_types_are_not_repeated_in_messages),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
