/* Copilot's two retired interfaces: days of organisations; sums computed by hand. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

#define LANGUAGE(suggestions, acceptances)                                                         \
    "{\"name\":\"canary\",\"total_engaged_users\":3,\"total_code_suggestions\":" #suggestions      \
    ",\"total_code_acceptances\":" #acceptances                                                    \
    ",\"total_code_lines_suggested\":340,\"total_code_lines_accepted\":88}"
#define MODEL                                                                                      \
    "\"name\":\"default\",\"is_custom_model\":false,\"custom_model_training_date\":null,"          \
    "\"total_engaged_users\":5"
#define COMPLETIONS(languages)                                                                     \
    "\"copilot_ide_code_completions\":{\"total_engaged_users\":6,\"languages\":[{\"name\":"        \
    "\"canary\",\"total_engaged_users\":4}],\"editors\":[{\"name\":\"vscode\","                    \
    "\"total_engaged_users\":5,\"models\":[{" MODEL ",\"languages\":[" languages "]}]}]}"
#define CHAT                                                                                       \
    "\"copilot_ide_chat\":{\"total_engaged_users\":4,\"editors\":[{\"name\":\"vscode\","           \
    "\"total_engaged_users\":4,\"models\":[{" MODEL                                                \
    ",\"total_chats\":39,\"total_chat_insertion_events\":6,\"total_chat_copy_events\":11}]}]}"
#define WEB_CHAT                                                                                   \
    "\"copilot_dotcom_chat\":{\"total_engaged_users\":1,\"models\":[{" MODEL ",\"total_chats\":3}" \
    "]}"
#define SUMMARIES                                                                                  \
    "\"copilot_dotcom_pull_requests\":{\"total_engaged_users\":1,\"repositories\":[{\"name\":"     \
    "\"canary\",\"total_engaged_users\":1,\"models\":[{" MODEL                                     \
    ",\"total_pr_summaries_created\":2}]}]}"
#define DAY "\"date\":\"2025-11-03\",\"total_active_users\":9,\"total_engaged_users\":7"

static void a_day_sums_editors_models_and_languages(void **state)
{
    (void)state;
    /* 61 + 30 accepted, 39 + 3 chats, 6 + 11 insertions and copies, 2 summaries: 152 */
    expect("[{" DAY "," COMPLETIONS(LANGUAGE(210, 61) "," LANGUAGE(95, 30)) "," CHAT "," WEB_CHAT
                                                                            "," SUMMARIES "}]",
        "2025-11-03 service interactions=152 messages=42 shown=305 accepted=91\n", "");
}

static void products_may_be_null_empty_or_bare(void **state)
{
    (void)state;
    expect(
        "{\"copilot_ide_code_completions\":{\"total_engaged_users\":0},\"copilot_ide_chat\":null,"
        "\"copilot_dotcom_chat\":{},\"copilot_dotcom_pull_requests\":{\"total_engaged_users\":0,"
        "\"repositories\":[]}," DAY "}",
        "2025-11-03 service interactions=0\n", "");
}

static void the_date_may_come_last(void **state)
{
    (void)state;
    expect("{" WEB_CHAT ",\"date\":\"2025-11-04\"}",
        "2025-11-04 service interactions=3 messages=3\n", "");
}

static void days_without_any_product_are_known_by_their_people(void **state)
{
    (void)state;
    expect("{" DAY "}", "2025-11-03 service interactions=0\n", "");
}

static void tools_may_wrap_the_days(void **state)
{
    (void)state;
    expect("{\"metrics\":[{" DAY "," WEB_CHAT "}]}",
        "2025-11-03 service interactions=3 messages=3\n", "");
}

static void more_accepted_than_shown_is_noted_once_and_taken(void **state)
{
    (void)state;
#define ODD "{" DAY "," COMPLETIONS(LANGUAGE(0, 50)) "}"
    expect(ODD ODD,
        "2025-11-03 service interactions=50 shown=0 accepted=50\n"
        "2025-11-03 service interactions=50 shown=0 accepted=50\n",
        "f.json:1:1: warning: doubtful value: total_code_acceptances: more than was suggested, "
        "here and perhaps below (compare the record with the vendor's console)\n");
}

static void use_without_engaged_people_is_noted_once(void **state)
{
    (void)state;
#define CONVERTED                                                                                  \
    "{\"date\":\"2025-11-03\",\"copilot_dotcom_chat\":{\"total_engaged_users\":0,\"models\":[{"    \
    "\"total_chats\":3}]}}"
    expect(CONVERTED "\n" CONVERTED,
        "2025-11-03 service interactions=3 messages=3\n"
        "2025-11-03 service interactions=3 messages=3\n",
        "f.json:1:1: warning: doubtful value: total_engaged_users: nobody engaged beside use: "
        "perhaps made from newer reports, here and below (compare the record with the vendor's "
        "console)\n");
}

static void bad_days_and_counts_are_left_out(void **state)
{
    (void)state;
    expect("{\"date\":\"2025-02-30\",\"copilot_ide_chat\":{}}\n"
           "{\"date\":null,\"copilot_ide_chat\":{}}\n"
           "{\"date\":\"2026-11-21\",\"copilot_ide_chat\":{}}\n"
           "{\"date\":\"2025-11-03\",\"copilot_dotcom_chat\":{\"models\":[{\"total_chats\":-1}]}}\n"
           "{\"date\":\"2025-11-03\",\"copilot_dotcom_chat\":{\"models\":{\"total_chats\":1}}}\n",
        "2025-11-03 service interactions=0\n",
        "f.json:1:1: skipped: not a date: date: neither YYYY-MM-DD nor an instant with its zone "
        "(write dates as YYYY-MM-DD)\n"
        "f.json:2:1: skipped: missing field: date: no day (export the file again with all "
        "columns)\n"
        "f.json:3:1: skipped: date in the future: date: later than the day of this run (check the "
        "clock of the exporting system)\n"
        "f.json:4:1: skipped: number out of range: "
        "copilot_ide_chat.editors[].models[].total_chats: a count cannot be so (compare the record "
        "with the vendor's console)\n"
        "f.json:5: note: unknown field: total_chats: not in the table of this format (nothing to "
        "do: it is not read)\n");
}

#define PART(language, suggestions, acceptances)                                                   \
    "{\"language\":\"" language "\",\"editor\":\"vscode\",\"suggestions_count\":" #suggestions     \
    ",\"acceptances_count\":" #acceptances                                                         \
    ",\"lines_suggested\":500,\"lines_accepted\":120,\"active_users\":6}"

static void totals_of_a_day_win_over_its_breakdown(void **state)
{
    (void)state;
    expect("[{\"day\":\"2024-08-05\",\"total_suggestions_count\":510,\"total_acceptances_count\":"
           "140,\"total_lines_suggested\":900,\"total_lines_accepted\":205,\"total_active_users\":"
           "11,\"total_chat_acceptances\":4,\"total_chat_turns\":37,\"total_active_chat_users\":5,"
           "\"breakdown\":[" PART("c", 300, 90) "]}]",
        "2024-08-05 service interactions=181 messages=37 shown=510 accepted=140\n", "");
}

static void a_breakdown_stands_for_missing_totals(void **state)
{
    (void)state;
    expect("{\"day\":\"2024-08-06\",\"breakdown\":[" PART("c", 40, 9) "," PART("c", 40, 9) "]}",
        "2024-08-06 service interactions=18 shown=80 accepted=18\n", "");
}

static void a_null_breakdown_is_none(void **state)
{
    (void)state;
    expect("{\"day\":\"2024-08-06\",\"total_chat_turns\":0,\"breakdown\":null}",
        "2024-08-06 service interactions=0 messages=0\n", "");
}

static void more_accepted_than_suggested_is_noted(void **state)
{
    (void)state;
    expect("{\"day\":\"2024-08-06\",\"breakdown\":[" PART("c", 0, 9) "]}",
        "2024-08-06 service interactions=9 shown=0 accepted=9\n",
        "f.json:1:1: warning: doubtful value: total_acceptances_count: more than was suggested, "
        "here and perhaps below (compare the record with the vendor's console)\n");
}

static void bad_usage_days_are_left_out(void **state)
{
    (void)state;
    expect("{\"day\":5,\"breakdown\":[]}\n{\"day\":\"2024-08-06\",\"breakdown\":[{"
           "\"suggestions_count\":1.5}]}\n{\"day\":null,\"breakdown\":[]}",
        "",
        "f.json:1:1: skipped: not a date: day: neither YYYY-MM-DD nor an instant with its zone "
        "(write dates as YYYY-MM-DD)\n"
        "f.json:2:1: skipped: not a number: breakdown[].suggestions_count: a whole number is "
        "wanted (export the file again or mend the field)\n"
        "f.json:3:1: skipped: missing field: day: no day (export the file again with all "
        "columns)\n");
}

static void both_interfaces_stand_apart(void **state)
{
    (void)state;
    static const char *const keys[] = {"copilot-older-metrics", "copilot-older-usage"};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        assert_int_equal(tm_sources[tm_source_index(keys[i])].trait, TM_TRAIT_APART);
}

static void names_never_leave_the_parser(void **state)
{
    (void)state;
    static const char *const texts[] = {"{" DAY "," COMPLETIONS(LANGUAGE(210, 61)) "," SUMMARIES
                                                                                   "}",
        "{\"day\":\"2024-08-06\",\"breakdown\":[" PART("canary", 40, 9) "]}"};
    static const guint dropped[] = {3, 1};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        Reading reading;
        transcript_read(&reading, "f.json", texts[i], strlen(texts[i]));
        assert_int_equal(reading.summary.rows_taken, 1);
        assert_int_equal(reading.summary.dropped_content_fields, dropped[i]);
        assert_null(strstr(reading.records->str, "canary"));
        assert_string_equal(reading.diagnostics, "");
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
        cmocka_unit_test(a_day_sums_editors_models_and_languages),
        cmocka_unit_test(products_may_be_null_empty_or_bare),
        cmocka_unit_test(the_date_may_come_last),
        cmocka_unit_test(days_without_any_product_are_known_by_their_people),
        cmocka_unit_test(tools_may_wrap_the_days),
        cmocka_unit_test(more_accepted_than_shown_is_noted_once_and_taken),
        cmocka_unit_test(use_without_engaged_people_is_noted_once),
        cmocka_unit_test(bad_days_and_counts_are_left_out),
        cmocka_unit_test(totals_of_a_day_win_over_its_breakdown),
        cmocka_unit_test(a_breakdown_stands_for_missing_totals),
        cmocka_unit_test(a_null_breakdown_is_none),
        cmocka_unit_test(more_accepted_than_suggested_is_noted),
        cmocka_unit_test(bad_usage_days_are_left_out),
        cmocka_unit_test(both_interfaces_stand_apart),
        cmocka_unit_test(names_never_leave_the_parser),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
