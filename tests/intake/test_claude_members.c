/* Members of a Claude organisation: seats from CSV and from the page's JSON. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define CSV "members-0f0e0d0c-0000-4000-8000-000000000001-2026-09-08.csv"
#define JSON "members-2026-09-08.json"

static void seats_are_listed_with_their_tier(void **state)
{
    (void)state;
    transcript_expect(CSV,
        "Name,Email,Role,Status,Seat Tier\n"
        "CANARY,ana@example.com,Owner,Active,Premium\nCANARY,bo@example.com,User,Active,standard\n",
        "seat 2026-09-08 email:ana@example.com plan:Premium\n"
        "seat 2026-09-08 email:bo@example.com plan:standard\n",
        "");
}

static void pending_members_hold_no_seat(void **state)
{
    (void)state;
    transcript_expect(CSV,
        "Name, Email, Role, Status, Seat Tier\n"
        "Pending,,User,Pending,Standard\n,c@example.com,User,pending,Standard\n"
        "Cy,d@example.com,User,Active,Standard\n",
        "seat 2026-09-08 email:d@example.com plan:Standard\n", "");
}

static void two_columns_are_enough(void **state)
{
    (void)state;
    transcript_expect(CSV, "Email,Seat Type\r\nana@example.com,\r\n",
        "seat 2026-09-08 email:ana@example.com\n", "");
}

static void a_list_without_a_date_is_refused(void **state)
{
    (void)state;
    transcript_expect("members.csv", "Email,Seat Tier\na@b,Premium\nc@d,Premium\n", "",
        "members.csv:2: skipped: missing field: the file's name has no date that is past: keep the "
        "name that the download had (export the file again with all columns)\n");
}

static void a_list_of_the_future_is_refused(void **state)
{
    (void)state;
    transcript_expect("members-2026-11-21.csv", "Email,Seat Tier\na@b,Premium\n", "",
        "members-2026-11-21.csv:2: skipped: missing field: the file's name has no date that is "
        "past: keep the name that the download had (export the file again with all columns)\n");
}

#define MEMBER(account, rest)                                                                      \
    "{'account':{'uuid':'x','tagged_id':'user_1','full_name':'CANARY'," account                    \
    "},'role':'user'," rest "}"

static void the_page_has_the_day_of_creation(void **state)
{
    (void)state;
    transcript_expect_json(JSON,
        "[" MEMBER("'email_address':'ana@example.com'",
            "'seat_tier':'team_premium','created_at':'2026-02-03T10:00:00Z','updated_at':"
            "'2026-03-01T00:00:00Z'") "]",
        "seat 2026-09-08 email:ana@example.com user_id:user_1 plan:team_premium created "
        "2026-02-03\n",
        "");
}

static void members_of_the_page_without_address_or_seat_are_left_out(void **state)
{
    (void)state;
    transcript_expect_json(JSON,
        "[" MEMBER("'email_address':null", "'seat_tier':'s'") "," MEMBER("'email_address':'a@b'",
            "'seat_tier':null") "," MEMBER("'email_address':'c@d'", "'seat_tier':'s'") "]",
        "seat 2026-09-08 email:c@d user_id:user_1 plan:s\n", "");
}

static void bad_values_of_the_page_are_reported(void **state)
{
    (void)state;
    transcript_expect_json(JSON,
        MEMBER("'email_address':7", "'seat_tier':'s'") "\n" MEMBER(
            "'email_address':'a@b'", "'seat_tier':'s','created_at':'then'") "\n",
        "",
        JSON ":1:1: skipped: broken JSON: account.email_address: text is wanted (export the file "
             "again; it may be cut off)\n" JSON
             ":2:1: skipped: not a date: created_at: neither YYYY-MM-DD nor an instant with its "
             "zone (write dates as YYYY-MM-DD)\n");
}

static void extra_usage_of_the_page_is_refused(void **state)
{
    (void)state;
    transcript_expect_json("f.json",
        "{'items':[{'account_uuid':'x','account_email':'CANARY','used_credits':1,"
        "'monthly_credit_limit':2}],'page':1,'total':1}",
        "",
        "f.json: skipped: format not recognised: Claude, extra usage as the admin page has it: "
        "month to date without days; export the spend report instead (see docs/formats.md for what "
        "is read)\n");
}

static void names_are_dropped(void **state)
{
    (void)state;
    transcript_expect_dropped(
        JSON, MEMBER("'email_address':'a@b'", "'seat_tier':'s','created_at':null"), 1);
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
        cmocka_unit_test(seats_are_listed_with_their_tier),
        cmocka_unit_test(pending_members_hold_no_seat),
        cmocka_unit_test(two_columns_are_enough),
        cmocka_unit_test(a_list_without_a_date_is_refused),
        cmocka_unit_test(a_list_of_the_future_is_refused),
        cmocka_unit_test(the_page_has_the_day_of_creation),
        cmocka_unit_test(members_of_the_page_without_address_or_seat_are_left_out),
        cmocka_unit_test(bad_values_of_the_page_are_reported),
        cmocka_unit_test(extra_usage_of_the_page_is_refused),
        cmocka_unit_test(names_are_dropped),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
