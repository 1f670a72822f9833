/* Reading: order, range of weeks, span. */
#include <sqlite3.h>

#include "internal.h"
#include "world.h"

#define MONDAY "2026-11-09"
#define PEOPLE 600 /* more than two blocks of the table */
#define WEEKS 3

static World world;

/* Strangers by number, each with a record in every week, from two sources. */
static int begin(void **state)
{
    (void)state;
    static char who[PEOPLE][40];
    g_autofree Row *rows = g_new0(Row, PEOPLE);
    world_init(&world);
    for (int week = WEEKS; week-- > 0;) {
        for (guint i = 0; i < PEOPLE; i++) {
            g_snprintf(who[i], sizeof who[i], "p%u@elsewhere.example", i);
            rows[i] = (Row){.who = who[i],
                .instant = TM_INSTANT_NONE,
                .day = day_of(MONDAY) + 7 * week,
                .key = i * WEEKS + (guint)week,
                .tokens = i};
        }
        const Export one = {.source = ID_SOURCE, .rank = 1, .rows = rows, .length = PEOPLE};
        const Export other = {.source = TWINS_SOURCE, .rank = 1, .rows = rows, .length = PEOPLE};
        world_store(&world, &other);
        world_store(&world, &one);
    }
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_clear(&world);
    return 0;
}

static gboolean comes_after(const TmPersonWeek *a, const TmPersonWeek *b)
{
    if (a->account != b->account)
        return a->account > b->account;
    return a->week != b->week ? a->week > b->week : a->source > b->source;
}

static void person_weeks_come_by_account_week_and_source(void **state)
{
    (void)state;
    TmLedgerScan *scan = tm_ledger_scan(world.ledger, G_MININT32, G_MAXINT32, NULL);
    TmPersonWeek last, next;
    guint count = 1;
    assert_true(tm_ledger_scan_next(scan, &last));
    for (; tm_ledger_scan_next(scan, &next); last = next, count++)
        assert_true(comes_after(&next, &last));
    assert_true(tm_ledger_scan_end(scan, NULL));
    assert_int_equal(count, 2 * PEOPLE * WEEKS);
}

static void a_scan_keeps_to_its_weeks(void **state)
{
    (void)state;
    TmWeek wanted = tm_week_of_day(day_of(MONDAY)) + 1;
    TmLedgerScan *scan = tm_ledger_scan(world.ledger, wanted, wanted, NULL);
    TmPersonWeek next;
    guint count = 0;
    for (; tm_ledger_scan_next(scan, &next); count++)
        assert_int_equal(next.week, wanted);
    assert_true(tm_ledger_scan_end(scan, NULL));
    assert_int_equal(count, 2 * PEOPLE);
}

static void a_scan_of_weeks_without_data_is_empty(void **state)
{
    (void)state;
    TmLedgerScan *scan = tm_ledger_scan(world.ledger, 0, 1, NULL);
    TmPersonWeek next;
    assert_false(tm_ledger_scan_next(scan, &next));
    assert_true(tm_ledger_scan_end(scan, NULL));
}

static void a_measure_that_is_not_there_is_not_zero_but_absent(void **state)
{
    (void)state;
    TmLedgerScan *scan = tm_ledger_scan(world.ledger, G_MININT32, G_MAXINT32, NULL);
    TmPersonWeek next;
    assert_true(tm_ledger_scan_next(scan, &next));
    assert_int_equal(next.days_with_rows, 1);
    assert_false(next.day[0].present & TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS));
    assert_int_equal(next.day[1].present, 0);
    assert_true(tm_ledger_scan_end(scan, NULL));
}

static void the_span_goes_from_the_first_to_the_last_week(void **state)
{
    (void)state;
    TmWeek first, last;
    assert_true(tm_ledger_span(world.ledger, &first, &last));
    assert_int_equal(first, tm_week_of_day(day_of(MONDAY)));
    assert_int_equal(last, first + WEEKS - 1);
}

static void an_empty_ledger_has_no_span(void **state)
{
    (void)state;
    World empty;
    TmWeek first, last;
    world_init(&empty);
    assert_false(tm_ledger_span(empty.ledger, &first, &last));
    world_clear(&empty);
}

static void a_person_without_use_has_no_account(void **state)
{
    (void)state;
    assert_int_equal(tm_ledger_person_account(world.ledger, 0), G_MAXUINT32);
}

static void rows_of_a_source_that_is_gone_are_passed_over(void **state)
{
    (void)state;
    guint twins = tm_source_index(TWINS_SOURCE);
    gint64 id = world.ledger->source_ids[twins];
    world.ledger->source_ids[twins] = -1;
    TmLedgerScan *scan = tm_ledger_scan(world.ledger, G_MININT32, G_MAXINT32, NULL);
    TmPersonWeek next;
    guint count = 0;
    for (; tm_ledger_scan_next(scan, &next); count++)
        assert_int_equal(next.source, tm_source_index(ID_SOURCE));
    assert_true(tm_ledger_scan_end(scan, NULL));
    assert_int_equal(count, PEOPLE * WEEKS);
    world.ledger->source_ids[twins] = id;
}

static void a_damaged_row_ends_the_scan_with_an_error(void **state)
{
    (void)state;
    assert_int_equal(sqlite3_exec(world.ledger->database,
                         "UPDATE fact SET totals = x'7f0102' WHERE person = 300", NULL, NULL, NULL),
        SQLITE_OK);
    TmLedgerScan *scan = tm_ledger_scan(world.ledger, G_MININT32, G_MAXINT32, NULL);
    g_autoptr(GError) error = NULL;
    TmPersonWeek next;
    while (tm_ledger_scan_next(scan, &next))
        assert_true(next.account < 299);
    assert_false(tm_ledger_scan_end(scan, &error));
    assert_true(g_error_matches(error, TM_ERROR, TM_ERROR_INTERNAL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(person_weeks_come_by_account_week_and_source),
        cmocka_unit_test(a_scan_keeps_to_its_weeks),
        cmocka_unit_test(a_scan_of_weeks_without_data_is_empty),
        cmocka_unit_test(a_measure_that_is_not_there_is_not_zero_but_absent),
        cmocka_unit_test(the_span_goes_from_the_first_to_the_last_week),
        cmocka_unit_test(an_empty_ledger_has_no_span),
        cmocka_unit_test(a_person_without_use_has_no_account),
        cmocka_unit_test(rows_of_a_source_that_is_gone_are_passed_over),
        cmocka_unit_test(a_damaged_row_ends_the_scan_with_an_error), /* the last: it damages */
    };
    return cmocka_run_group_tests_name("ledger scan", tests, begin, end);
}
