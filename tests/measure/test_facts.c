/* Sources of one tool never add up twice; different tools add. */
#include "../cmocka_all.h"

#include "../../src/measure/facts.h"

#define WHOLE_WEEK 0x7f
#define NO_DAYS 0
#define MON 0x01
#define TUE 0x02

static guint8 covered[TM_SOURCE_LIMIT];

static guint source(const char *key)
{
    guint index = tm_source_index(key);
    assert_true(index < tm_source_count && index < G_N_ELEMENTS(covered));
    return index;
}

static TmPersonWeek row(const char *key, guint8 days, gint64 interactions)
{
    TmPersonWeek week = {.source = source(key), .days_with_rows = days};
    for (guint day = 0; day < 7; day++) {
        if ((days >> day & 1) == 0)
            continue;
        week.day[day].present = TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
        week.day[day].value[TM_MEASURE_INTERACTIONS] = interactions;
    }
    return week;
}

static int nothing_covered(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(covered); i++)
        covered[i] = 0;
    return 0;
}

static void one_source_is_taken_whole(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {row("cursor-usage-csv", MON | TUE, 3)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 1, covered, NO_DAYS);
    assert_int_equal(facts.tool_count, 1);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_INTERACTIONS], 6);
    assert_int_equal(facts.tools[0].interactions[1], 3);
}

static void different_tools_stay_apart(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {row("cursor-usage-csv", MON, 3), row("claude-code-analytics", MON, 4)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tool_count, 2);
}

static void the_preferred_source_takes_a_week_that_it_covers(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        row("copilot-enterprise-users", MON, 5), row("copilot-organisation-users", MON | TUE, 9)};
    covered[source("copilot-enterprise-users")] = WHOLE_WEEK;
    covered[source("copilot-organisation-users")] = WHOLE_WEEK;
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tool_count, 1);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_INTERACTIONS], 5);
}

static void a_covered_day_without_rows_is_zero_and_not_filled_from_below(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        row("copilot-enterprise-users", MON, 5), row("copilot-organisation-users", TUE, 9)};
    covered[source("copilot-enterprise-users")] = MON | TUE;
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].interactions[1], 0);
}

static void a_preferred_source_without_any_row_still_says_zero(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {row("copilot-organisation-users", TUE, 9)};
    covered[source("copilot-enterprise-users")] = WHOLE_WEEK;
    TmFacts facts;
    tm_facts_merge(&facts, rows, 1, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_INTERACTIONS], 0);
}

static void a_day_that_only_the_other_covers_is_taken_from_it(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        row("copilot-enterprise-users", MON, 5), row("copilot-organisation-users", MON | TUE, 9)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].interactions[0], 9);
    assert_int_equal(facts.tools[0].interactions[1], 9);
}

static void two_halves_of_a_week_are_put_together_by_day(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        row("copilot-enterprise-users", MON, 5), row("copilot-organisation-users", TUE, 9)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_INTERACTIONS], 14);
}

#define FRIDAY 0x10
#define SATURDAY 0x20
#define WEEKEND 0x60

static void a_day_off_beside_a_covered_day_is_covered(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        row("copilot-enterprise-users", FRIDAY, 5), row("copilot-organisation-users", SATURDAY, 9)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, WEEKEND);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_INTERACTIONS], 5);
}

static TmPersonWeek with_measure(TmPersonWeek week, TmMeasure measure, gint64 value)
{
    for (guint day = 0; day < 7; day++)
        if (week.days_with_rows >> day & 1) {
            week.day[day].present |= TM_MEASURE_BIT(measure);
            week.day[day].value[measure] = value;
        }
    return week;
}

static void all_slots_of_tokens_come_from_one_source(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        with_measure(row("claude-code-transcripts", MON, 1), TM_MEASURE_OUTPUT_TOKENS, 7),
        with_measure(row("claude-code-analytics", MON, 1), TM_MEASURE_UNSPLIT_TOKENS, 50)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_OUTPUT_TOKENS], 7);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_UNSPLIT_TOKENS], 0);
}

static void what_no_row_states_is_taken_from_another_source(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {row("tidemark-csv:claude_code", MON | TUE, 4),
        with_measure(row("claude-code-transcripts", MON, 4), TM_MEASURE_SESSIONS, 3)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_INTERACTIONS], 8);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_SESSIONS], 3);
}

static void a_session_that_began_the_week_before_is_not_asked_for_elsewhere(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {row("claude-code-transcripts", MON, 4),
        with_measure(row("claude-code-analytics", MON, 4), TM_MEASURE_SESSIONS, 1)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_SESSIONS], 0);
}

static void what_is_billed_has_no_list_value_from_another_source(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        with_measure(row("claude-code-transcripts", MON, 1), TM_MEASURE_LIST_VALUE, 70),
        with_measure(row("claude-code-analytics", MON, 1), TM_MEASURE_METERED, 50)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_METERED], 50);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_LIST_VALUE], 0);
}

static void a_bill_of_some_days_leaves_the_other_days_to_the_list_value(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        with_measure(row("claude-code-transcripts", MON | TUE, 1), TM_MEASURE_LIST_VALUE, 70),
        with_measure(row("claude-code-cost", MON, 1), TM_MEASURE_METERED, 50)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_METERED], 50);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_LIST_VALUE], 70);
}

static void without_a_bill_the_preferred_list_value_is_taken(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        with_measure(row("claude-code-analytics", MON, 1), TM_MEASURE_LIST_VALUE, 50),
        with_measure(row("claude-code-transcripts", MON, 1), TM_MEASURE_LIST_VALUE, 70)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_LIST_VALUE], 70);
}

static void what_only_one_source_supplies_is_taken_from_it(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        with_measure(row("claude-code-transcripts", MON, 1), TM_MEASURE_MESSAGES, 7),
        with_measure(row("claude-code-analytics", MON, 2), TM_MEASURE_ACCEPTED, 50)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_INTERACTIONS], 1);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_MESSAGES], 7);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_ACCEPTED], 50);
}

static void what_a_personal_source_covers_is_said_by_the_row(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {
        row("claude-code-transcripts", MON, 3), row("claude-code-analytics", MON | TUE, 9)};
    rows[0].covered = MON | TUE;
    TmFacts facts;
    tm_facts_merge(&facts, rows, 2, covered, NO_DAYS);
    assert_int_equal(facts.tools[0].total.value[TM_MEASURE_INTERACTIONS], 3);
}

static void totals_of_an_organisation_enter_no_figure(void **state)
{
    (void)state;
    TmPersonWeek rows[] = {row("copilot-organisation-totals", MON, 1000)};
    TmFacts facts;
    tm_facts_merge(&facts, rows, 1, covered, NO_DAYS);
    assert_int_equal(facts.tool_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(one_source_is_taken_whole, nothing_covered),
        cmocka_unit_test_setup(different_tools_stay_apart, nothing_covered),
        cmocka_unit_test_setup(the_preferred_source_takes_a_week_that_it_covers, nothing_covered),
        cmocka_unit_test_setup(
            a_covered_day_without_rows_is_zero_and_not_filled_from_below, nothing_covered),
        cmocka_unit_test_setup(a_preferred_source_without_any_row_still_says_zero, nothing_covered),
        cmocka_unit_test_setup(a_day_that_only_the_other_covers_is_taken_from_it, nothing_covered),
        cmocka_unit_test_setup(a_day_off_beside_a_covered_day_is_covered, nothing_covered),
        cmocka_unit_test_setup(all_slots_of_tokens_come_from_one_source, nothing_covered),
        cmocka_unit_test_setup(what_only_one_source_supplies_is_taken_from_it, nothing_covered),
        cmocka_unit_test_setup(what_a_personal_source_covers_is_said_by_the_row, nothing_covered),
        cmocka_unit_test_setup(totals_of_an_organisation_enter_no_figure, nothing_covered),
        cmocka_unit_test_setup(what_no_row_states_is_taken_from_another_source, nothing_covered),
        cmocka_unit_test_setup(
            a_session_that_began_the_week_before_is_not_asked_for_elsewhere, nothing_covered),
        cmocka_unit_test_setup(
            what_is_billed_has_no_list_value_from_another_source, nothing_covered),
        cmocka_unit_test_setup(
            a_bill_of_some_days_leaves_the_other_days_to_the_list_value, nothing_covered),
        cmocka_unit_test_setup(without_a_bill_the_preferred_list_value_is_taken, nothing_covered),
        cmocka_unit_test_setup(two_halves_of_a_week_are_put_together_by_day, nothing_covered),
    };
    tm_intake_prepare(NULL, NULL); /* the sources of tidemark.csv */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
