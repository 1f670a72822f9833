/* Copilot's list of seats: pages, duplicates, days; and what is not a list. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define NAME "seats-2026-09-22.json"
#define ASSIGNEE(login, id)                                                                        \
    "\"assignee\":{\"login\":\"" login "\",\"id\":" #id                                            \
    ",\"node_id\":\"U\",\"type\":\"User\",\"site_admin\":false}"
#define SEAT(login, id, active)                                                                    \
    "{\"created_at\":\"2026-01-12T09:00:00+01:00\",\"updated_at\":\"2026-02-01T00:00:00Z\","       \
    "\"pending_cancellation_date\":null,\"last_activity_at\":" active                              \
    ",\"last_activity_editor\":\"vscode/1\",\"last_authenticated_at\":null,\"plan_type\":"         \
    "\"business\"," ASSIGNEE(login, id) ",\"assigning_team\":null,\"organization\":{\"login\":"    \
                                        "\"o\",\"id\":8}}"
#define ANA "seat 2026-09-22 user_id:5001 login:ana plan:business created 2026-01-12\n"

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect(NAME, text, records, diagnostics);
}

static void all_packagings_of_pages_are_read(void **state)
{
    (void)state;
    static const char *const packagings[] = {
        "{\"total_seats\":1,\"seats\":[" SEAT("ana", 5001, "null") "]}",
        "{\"seats\":[" SEAT("ana", 5001, "null") "],\"total_seats\":1}",
        "[" SEAT("ana", 5001, "null") "]",
        "[{\"total_seats\":1,\"seats\":[" SEAT("ana", 5001, "null") "]},{\"seats\":[]}]",
        SEAT("ana", 5001, "null") "\n",
    };
    for (guint i = 0; i < G_N_ELEMENTS(packagings); i++)
        expect(packagings[i], ANA, "");
}

static void of_several_seats_that_with_the_newest_activity_counts(void **state)
{
    (void)state;
    /* 18:22 at -06:00 is 00:22 of the 22nd in UTC, later than 23:00Z of the 21st */
    expect("[" SEAT("old", 5001, "null") "," SEAT("bo", 5002, "null") "," SEAT(
               "ana", 5001, "\"2026-09-21T18:22:05-06:00\"") "," SEAT("older", 5001,
               "\"2026-09-21T23:00:00Z\"") "," SEAT("none", 5001, "null") "]",
        ANA "seat 2026-09-22 user_id:5002 login:bo plan:business created 2026-01-12\n", "");
}

static void without_ids_logins_are_compared_in_any_case(void **state)
{
    (void)state;
    expect("[{\"created_at\":null,\"assignee\":{\"login\":\"Ana\"}},"
           "{\"created_at\":null,\"assignee\":{\"login\":\"ana\"}}]",
        "seat 2026-09-22 login:Ana\n", "");
}

static void an_address_is_trusted_first(void **state)
{
    (void)state;
    expect("[{\"created_at\":\"2026-04-02T09:00:00Z\",\"assignee\":{\"login\":\"bo\",\"id\":5002,"
           "\"email\":\"bo@example.com\"}}]",
        "seat 2026-09-22 email:bo@example.com login:bo created 2026-04-02\n", "");
}

static void a_cancellation_is_a_day_or_an_instant(void **state)
{
    (void)state;
    expect("[{\"created_at\":\"2026-04-01T23:30:00-03:00\",\"pending_cancellation_date\":"
           "\"2026-10-01\",\"assignee\":{\"id\":1}},"
           "{\"created_at\":null,\"pending_cancellation_date\":\"2026-10-01T22:00:00-05:00\","
           "\"assignee\":{\"id\":\"2\"}}]",
        "seat 2026-09-22 user_id:1 created 2026-04-02 ends 2026-10-01\n"
        "seat 2026-09-22 user_id:2 ends 2026-10-02\n",
        "");
}

static void without_a_date_in_the_name_the_file_s_time_is_the_day(void **state)
{
    (void)state;
    const char *text = "[" SEAT("ana", 5001, "null") "]";
    Reading reading;
    transcript_read(&reading, "seats.json", text, strlen(text));
    g_autofree char *day = tm_day_format(tm_instant_day(reading.summary.modified * 1000));
    g_autofree char *expected = g_strconcat("seat ", day, " ", NULL);
    assert_true(g_str_has_prefix(reading.records->str, expected));
    assert_true(reading.taken);
    assert_int_equal(reading.summary.seats, 1);
    transcript_clear(&reading);
}

static void a_date_in_the_future_is_not_the_day_of_a_list(void **state)
{
    (void)state;
    const char *text = "[" SEAT("ana", 5001, "null") "]";
    Reading reading;
    transcript_read(&reading, "seats-2027-01-01.json", text, strlen(text));
    assert_false(g_str_has_prefix(reading.records->str, "seat 2027-01-01"));
    transcript_clear(&reading);
}

static void seats_of_nobody_are_noted_once(void **state)
{
    (void)state;
    expect(
        "[{\"created_at\":null,\"assignee\":null},\n{\"created_at\":null,\"assignee\":{}},\n" SEAT(
            "ana", 5001, "null") "]",
        ANA,
        NAME ":1: note: note: assignee: 2 seats of nobody from here on, left out (nothing to "
             "do)\n");
}

static void bad_seats_are_left_out(void **state)
{
    (void)state;
    expect("{\"created_at\":\"2026-13-01\",\"assignee\":{\"id\":1}}\n"
           "{\"created_at\":null,\"last_activity_at\":\"yesterday\",\"assignee\":{\"id\":1}}\n"
           "{\"created_at\":null,\"assignee\":{\"id\":1.5}}\n"
           "{\"created_at\":null,\"assignee\":{\"id\":{}}}\n"
           "{\"created_at\":null,\"assignee\":[{\"id\":7}]}\n" SEAT("ana", 5001, "null"),
        ANA,
        NAME ":1:1: skipped: not a date: created_at: neither YYYY-MM-DD nor an instant with its "
             "zone (write dates as YYYY-MM-DD)\n" NAME
             ":2:1: skipped: not a date: last_activity_at: not an instant with its zone (write "
             "dates as YYYY-MM-DD)\n" NAME
             ":3:1: skipped: not a number: assignee.id: a whole number is wanted (export the file "
             "again or mend the field)\n" NAME
             ":4:1: skipped: broken JSON: assignee.id: text is wanted (export the file again; it "
             "may be cut off)\n" NAME
             ":5: note: note: assignee: 1 seats of nobody from here on, left out (nothing to "
             "do)\n");
}

static void names_never_leave_the_parser(void **state)
{
    (void)state;
    const char *text =
        "[{\"created_at\":null,\"assignee\":{\"id\":1,\"name\":\"canary\",\"html_url\":\"canary\"},"
        "\"assigning_team\":{\"name\":\"canary\"},\"last_activity_editor\":\"canary\"}]";
    Reading reading;
    transcript_read(&reading, NAME, text, strlen(text));
    assert_string_equal(reading.records->str, "seat 2026-09-22 user_id:1\n");
    assert_string_equal(reading.diagnostics, "");
    assert_int_equal(reading.summary.dropped_content_fields, 2);
    transcript_clear(&reading);
}

static void a_summary_of_seats_is_refused_by_name(void **state)
{
    (void)state;
    expect("{\"seat_breakdown\":{\"total\":3},\"seat_management_setting\":\"assign_selected\"}", "",
        NAME ": skipped: format not recognised: GitHub's summary of Copilot seats: it names no "
             "person; export the list of seats instead (see docs/formats.md for what is read)\n");
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
        cmocka_unit_test(all_packagings_of_pages_are_read),
        cmocka_unit_test(of_several_seats_that_with_the_newest_activity_counts),
        cmocka_unit_test(without_ids_logins_are_compared_in_any_case),
        cmocka_unit_test(an_address_is_trusted_first),
        cmocka_unit_test(a_cancellation_is_a_day_or_an_instant),
        cmocka_unit_test(without_a_date_in_the_name_the_file_s_time_is_the_day),
        cmocka_unit_test(a_date_in_the_future_is_not_the_day_of_a_list),
        cmocka_unit_test(seats_of_nobody_are_noted_once),
        cmocka_unit_test(bad_seats_are_left_out),
        cmocka_unit_test(names_never_leave_the_parser),
        cmocka_unit_test(a_summary_of_seats_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
