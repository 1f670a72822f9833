/* Counts of teams: one row for each item, whatever the order and repetition of files. */
#include "world.h"

#include <string.h>

#define DAY "2026-11-10"

static TmOutcome outcome(guint64 key, const char *metric, gint64 count)
{
    return (TmOutcome){.key = key,
        .metric = metric,
        .day = day_of(DAY),
        .team = 0,
        .count = count * TM_MICROS_PER_UNIT};
}

static void store(World *world, const TmOutcome *outcomes, guint length, gint64 exported)
{
    g_autoptr(TmOutcomeBatch) batch = tm_outcome_batch_new();
    g_autoptr(GError) error = NULL;
    TmOutcomeSink sink = tm_outcome_batch_sink(batch);
    TmOutcomeSummary summary = {.path = (char *)"outcomes/x", .exported = exported};
    summary.sha256[0] = (guint8)exported;
    for (guint i = 0; i < length; i++)
        sink.outcome(sink.user, &outcomes[i]);
    tm_ledger_store_outcomes(world->ledger, batch, &summary, &error);
    if (error != NULL)
        fail_msg("%s", error->message);
}

static void append(gpointer user, const TmStoredOutcome *stored)
{
    g_string_append_printf(user, "%s %" G_GINT64_FORMAT "%s;", stored->metric,
        stored->count / TM_MICROS_PER_UNIT, stored->estimated ? "~" : "");
}

static void expect(World *world, const char *stored)
{
    g_autoptr(GString) text = g_string_new(NULL);
    assert_true(tm_ledger_foreach_outcome(world->ledger, append, text, NULL));
    assert_string_equal(text->str, stored);
}

static int begin(void **state)
{
    World *world = g_new(World, 1);
    world_init(world);
    *state = world;
    return 0;
}

static int end(void **state)
{
    world_clear(*state);
    g_free(*state);
    return 0;
}

static void the_later_export_counts_in_any_order(void **state)
{
    const TmOutcome early[] = {outcome(1, "commits", 3)}, late[] = {outcome(1, "commits", 5)};
    store(*state, late, 1, 20);
    store(*state, early, 1, 10);
    expect(*state, "commits 5;");
    store(*state, late, 1, 20);
    expect(*state, "commits 5;");
}

static void rows_that_add_up_do_so_inside_one_file_only(void **state)
{
    TmOutcome rows[] = {outcome(1, "commits", 3), outcome(1, "commits", 4)};
    rows[0].adds = rows[1].adds = TRUE;
    store(*state, rows, 2, 10);
    store(*state, rows, 2, 10);
    expect(*state, "commits 7;");
}

static void a_known_day_is_preferred_to_an_estimated_one(void **state)
{
    TmOutcome estimated[] = {outcome(1, "merged_requests", 1)};
    const TmOutcome known[] = {outcome(1, "merged_requests", 1)};
    estimated[0].estimated = TRUE;
    store(*state, known, 1, 10);
    store(*state, estimated, 1, 20);
    expect(*state, "merged_requests 1;");
}

static void one_item_may_have_several_metrics(void **state)
{
    const TmOutcome rows[] = {outcome(1, "tasks_closed", 1), outcome(1, "features_shipped", 1)};
    store(*state, rows, 2, 10);
    expect(*state, "features_shipped 1;tasks_closed 1;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_later_export_counts_in_any_order, begin, end),
        cmocka_unit_test_setup_teardown(rows_that_add_up_do_so_inside_one_file_only, begin, end),
        cmocka_unit_test_setup_teardown(a_known_day_is_preferred_to_an_estimated_one, begin, end),
        cmocka_unit_test_setup_teardown(one_item_may_have_several_metrics, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
