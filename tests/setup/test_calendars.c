/* Working days: work weeks, holidays by calendar, iCalendar files, time off. */
#include <string.h>

#include "fixture.h"

static gboolean works(const Fixture *fixture, const char *email, const char *day)
{
    return tm_setup_is_working_day(
        fixture->setup, fixture_person(fixture, email), fixture_day(day));
}

static void work_weeks_are_read_in_all_notations(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv",
        "email,work_days\na@x.io,xxxx---\nb@x.io,Sun-Thu\nc@x.io,\"Mon,Tue,Thu\"\nd@x.io,\n"
        "e@x.io,monday - wednesday\n");
    const TmSetup *setup = fixture_load(fixture);
    static const guint8 expected[] = {0x0f, 0x4f, 0x0b, 0x1f, 0x07};
    for (guint i = 0; i < setup->people->len; i++) {
        const GArray *spells = g_array_index(setup->people, TmPerson, i).spells;
        assert_int_equal(g_array_index(spells, TmRosterSpell, 0).work_days, expected[i]);
    }
}

static void weekends_and_days_off_the_roster_are_no_working_days(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv", "email,end_date\nana@x.io,2026-10-06\n");
    fixture_load(fixture);
    assert_true(works(fixture, "ana@x.io", "2026-10-05"));
    assert_false(works(fixture, "ana@x.io", "2026-10-04"));
    assert_false(works(fixture, "ana@x.io", "2026-10-07"));
    assert_false(
        tm_setup_is_working_day(fixture->setup, TM_PERSON_UNRESOLVED, fixture_day("2026-10-05")));
}

static void holidays_go_by_country_and_location(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "people.csv",
        "email,country,location\nana@x.io,pt,Lisbon\nben@x.io,PT,\ncy@x.io,JP,\ndee@x.io,,\n");
    fixture_write(fixture, "holidays.csv",
        "date,name,calendar\n2026-01-01,New Year,*\n2026-06-10,Portugal Day,PT\n"
        "2026-06-12,Lisbon only,lisbon\n");
    fixture_load(fixture);
    assert_false(works(fixture, "ana@x.io", "2026-01-01"));
    assert_false(works(fixture, "dee@x.io", "2026-01-01"));
    assert_false(works(fixture, "ana@x.io", "2026-06-10"));
    assert_true(works(fixture, "cy@x.io", "2026-06-10"));
    assert_false(works(fixture, "ana@x.io", "2026-06-12"));
    assert_true(works(fixture, "ben@x.io", "2026-06-12"));
}

static void half_days_off_are_working_days_unless_both_halves_are_off(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "timeoff.csv",
        "email,start_date,end_date,portion\nana@x.io,2026-10-05,,0.5\nana@x.io,2026-10-06,,0.5\n"
        "ana@x.io,2026-10-06,2026-10-07,0.5\nana@x.io,2026-10-08,,1\n");
    fixture_load(fixture);
    assert_true(works(fixture, "ana@x.io", "2026-10-05"));
    assert_false(works(fixture, "ana@x.io", "2026-10-06"));
    assert_true(works(fixture, "ana@x.io", "2026-10-07"));
    assert_false(works(fixture, "ana@x.io", "2026-10-08"));
}

static void amounts_in_hours_make_half_days_of_single_days_only(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "timeoff.csv",
        "Employee email,From,To,Amount\nana@x.io,2026-10-05,2026-10-05,4.00 hours\n"
        "ana@x.io,2026-10-06,2026-10-06,8.00 hours\nana@x.io,2026-10-07,2026-10-08,0.5 days\n");
    fixture_load(fixture);
    assert_true(works(fixture, "ana@x.io", "2026-10-05"));
    assert_false(works(fixture, "ana@x.io", "2026-10-06"));
    assert_false(works(fixture, "ana@x.io", "2026-10-07"));
}

static void only_approved_absence_counts(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "timeoff.csv",
        "email,start_date,status\nana@x.io,2026-10-05,Requested\nana@x.io,2026-10-06,Denied\n"
        "ana@x.io,2026-10-07,cancelled\nana@x.io,2026-10-08,APPROVED\nana@x.io,2026-10-09,\n");
    fixture_load(fixture);
    assert_true(works(fixture, "ana@x.io", "2026-10-05"));
    assert_true(works(fixture, "ana@x.io", "2026-10-06"));
    assert_true(works(fixture, "ana@x.io", "2026-10-07"));
    assert_false(works(fixture, "ana@x.io", "2026-10-08"));
    assert_false(works(fixture, "ana@x.io", "2026-10-09"));
}

static void absences_that_touch_are_joined(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "timeoff.csv",
        "email,start_date,end_date\nana@x.io,2026-10-08,2026-10-09\n"
        "ana@x.io,2026-10-05,2026-10-07\nana@x.io,2026-10-06,2026-10-06\nana@x.io,2026-10-12,\n");
    const TmSetup *setup = fixture_load(fixture);
    const GArray *absences = g_array_index(setup->people, TmPerson, 0).absences;
    assert_int_equal(absences->len, 2);
    assert_int_equal(g_array_index(absences, TmDaySpan, 0).last, fixture_day("2026-10-09"));
}

/* ---- iCalendar --------------------------------------------------------------------------- */

static void load_calendar(Fixture *fixture, const char *events)
{
    g_autofree char *text =
        g_strdup_printf("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n%sEND:VCALENDAR\r\n", events);
    fixture_write(fixture, "people.csv", "email,country,work_days\nana@x.io,PT,xxxxxxx\n");
    fixture_write(fixture, "PT.ics", text);
    fixture_load(fixture);
}

/* The days of 2026 on which nobody works, as "MM-DD MM-DD". */
static char *days_off(const Fixture *fixture)
{
    GString *out = g_string_new(NULL);
    for (TmDay day = fixture_day("2026-01-01"); day <= fixture_day("2026-12-31"); day++) {
        if (tm_setup_is_working_day(fixture->setup, 0, day))
            continue;
        g_autofree char *text = tm_day_format(day);
        g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", text + 5);
    }
    return g_string_free(out, FALSE);
}

static void assert_days_off(Fixture *fixture, const char *events, const char *expected)
{
    load_calendar(fixture, events);
    g_autofree char *found = days_off(fixture);
    assert_string_equal(found, expected);
}

static void the_end_of_an_event_is_not_included(void **state)
{
    assert_days_off(*state,
        "BEGIN:VEVENT\r\nUID:h1\r\nDTSTART;VALUE=DATE:20261224\r\n"
        "DTEND;VALUE=DATE:20261227\r\nSUMMARY:Christmas\\, office\r\n  closed\r\nEND:VEVENT\r\n",
        "12-24 12-25 12-26");
}

static void an_event_without_end_lasts_a_day(void **state)
{
    assert_days_off(*state, "BEGIN:VEVENT\nDTSTART:20260501\nEND:VEVENT\n", "05-01");
}

static void durations_count_days_or_weeks(void **state)
{
    assert_days_off(*state,
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\nDURATION:P2D\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260601\nDURATION:P1W\nEND:VEVENT\n",
        "05-01 05-02 06-01 06-02 06-03 06-04 06-05 06-06 06-07");
}

static void lines_are_unfolded_before_they_are_read(void **state)
{
    assert_days_off(*state,
        "BEGIN:VEVENT\r\nSUMMARY:caf\xC3\r\n \xA9\r\nDTSTART;VALUE=DA\r\n TE:2026\r\n\t0501\r\n"
        "END:VEVENT\r\n",
        "05-01");
    assert_int_equal(fixture_count(*state, TM_KIND_BAD_ENCODING), 0);
}

static void quoted_parameters_may_hold_colons(void **state)
{
    assert_days_off(
        *state, "BEGIN:VEVENT\ndtstart;X-A=\"a:b;c\";value=DATE:20260501\nEND:VEVENT\n", "05-01");
}

static void cancelled_events_are_dropped(void **state)
{
    assert_days_off(
        *state, "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\nSTATUS:CANCELLED\nEND:VEVENT\n", "");
}

static void events_with_a_time_are_noted_and_ignored(void **state)
{
    assert_days_off(*state,
        "BEGIN:VEVENT\nDTSTART;TZID=Europe/Lisbon:20260501T090000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART:20260502T000000Z\nEND:VEVENT\n",
        "");
    assert_int_equal(fixture_count(*state, TM_KIND_NOTE_FILE), 2);
}

static void yearly_events_repeat(void **state)
{
    assert_days_off(*state,
        "BEGIN:VEVENT\nRRULE:FREQ=YEARLY\nDTSTART;VALUE=DATE:20200501\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200601\nRRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1\n"
        "END:VEVENT\n",
        "05-01 06-01");
    assert_int_equal(fixture_count(*state, TM_KIND_DOUBTFUL_VALUE), 0);
}

static void count_until_and_interval_bound_the_repetition(void **state)
{
    assert_days_off(*state,
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;COUNT=6\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200102\nRRULE:FREQ=YEARLY;COUNT=7\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200103\nRRULE:FREQ=YEARLY;UNTIL=20260102\n"
        "END:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200104\nRRULE:FREQ=YEARLY;UNTIL=20260104T000000Z\n"
        "END:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200105\nRRULE:FREQ=YEARLY;INTERVAL=4\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200106\nRRULE:FREQ=YEARLY;INTERVAL=3\nEND:VEVENT\n",
        "01-02 01-04 01-06");
}

static void exceptions_and_replacements_take_instances_away(void **state)
{
    assert_days_off(*state,
        "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\n"
        "EXDATE;VALUE=DATE:20250501,20260501\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20200601\nRRULE:FREQ=YEARLY\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nRECURRENCE-ID;VALUE=DATE:20260601\n"
        "DTSTART;VALUE=DATE:20260603\nEND:VEVENT\n",
        "06-03");
}

static void other_rules_give_the_first_instance_and_a_warning(void **state)
{
    assert_days_off(*state,
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\nRRULE:FREQ=MONTHLY\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20251127\nRRULE:FREQ=YEARLY;BYDAY=4TH\nEND:VEVENT\n",
        "05-01");
    assert_int_equal(fixture_count(*state, TM_KIND_DOUBTFUL_VALUE), 2);
}

static void alarms_and_time_zones_are_skipped(void **state)
{
    assert_days_off(*state,
        "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:20200101\nEND:STANDARD\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\nBEGIN:VALARM\nDURATION:P9D\nEND:VALARM\n"
        "END:VEVENT\n",
        "05-01");
}

static void absence_calendars_name_people_by_address(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "timeoff.ics",
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261005\n"
        "ATTENDEE;CN=\"Ana: Lima\":mailto:Ana@X.io\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261006\nSUMMARY:Ana off\nEND:VEVENT\n");
    fixture_load(fixture);
    assert_false(works(fixture, "ana@x.io", "2026-10-05"));
    assert_true(works(fixture, "ana@x.io", "2026-10-06"));
    assert_int_equal(fixture_count(fixture, TM_KIND_BAD_REFERENCE), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(work_weeks_are_read_in_all_notations),
        FIXTURE_TEST(weekends_and_days_off_the_roster_are_no_working_days),
        FIXTURE_TEST(holidays_go_by_country_and_location),
        FIXTURE_TEST(half_days_off_are_working_days_unless_both_halves_are_off),
        FIXTURE_TEST(amounts_in_hours_make_half_days_of_single_days_only),
        FIXTURE_TEST(only_approved_absence_counts),
        FIXTURE_TEST(absences_that_touch_are_joined),
        FIXTURE_TEST(the_end_of_an_event_is_not_included),
        FIXTURE_TEST(an_event_without_end_lasts_a_day),
        FIXTURE_TEST(durations_count_days_or_weeks),
        FIXTURE_TEST(lines_are_unfolded_before_they_are_read),
        FIXTURE_TEST(quoted_parameters_may_hold_colons),
        FIXTURE_TEST(cancelled_events_are_dropped),
        FIXTURE_TEST(events_with_a_time_are_noted_and_ignored),
        FIXTURE_TEST(yearly_events_repeat),
        FIXTURE_TEST(count_until_and_interval_bound_the_repetition),
        FIXTURE_TEST(exceptions_and_replacements_take_instances_away),
        FIXTURE_TEST(other_rules_give_the_first_instance_and_a_warning),
        FIXTURE_TEST(alarms_and_time_zones_are_skipped),
        FIXTURE_TEST(absence_calendars_name_people_by_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
