/* The store: append-only, chained, complete or untouched; and what an issue gives back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample_week.h"
#include <glib/gstdio.h>
#include <sqlite3.h>

#define FIRST_WEEK 2960

static const SampleBlock blocks[] = {
    {0, 10, 6, 900000, 200000, 150000},
    {0, 12, 7, 800000, 200000, 150000},
    {1, 20, 10, 990000, 200000, 150000},
};

static char *folder, *path;

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("tidemark-archive-XXXXXX", NULL);
    path = g_build_filename(folder, "archive.sqlite", NULL);
    return folder == NULL;
}

static int drop_folder(void **state)
{
    (void)state;
    g_unlink(path);
    g_rmdir(folder);
    g_free(folder);
    g_free(path);
    return 0;
}

#define EVENT_DAY 20000

static void publish(TmWeek first, guint weeks)
{
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_WRITE, NULL);
    assert_non_null(archive);
    g_autoptr(TmMeasured) measured = sample_measured(first, weeks, blocks, 3);
    g_autoptr(GArray) contexts = g_array_new(FALSE, FALSE, sizeof(TmContext));
    const TmContext lines[] = {{"currency", "", "", 0, "EUR"},
        {"setting", "", "cost_spike_percent", 160, NULL},
        {"goal.target", "org", "adoption", 70, NULL}, {"goal.lower", "org", "adoption", 60, NULL},
        {"goal.start", "org", "adoption", 20000, NULL},
        {"goal.ramp_from", "org", "adoption", 20, NULL},
        {"goal.ramp_end", "org", "adoption", 20140, NULL}, {"rollout", "org", "state", 0, "launch"},
        {"rollout", "org", "start", 20001, NULL}, {"budget", "org", "2026-W40", 12000, NULL},
        {"event", "block-0", "", EVENT_DAY, "Of the block"},
        {"event", "org", "", EVENT_DAY, "With a\ttab"},
        {"event", "org", "", EVENT_DAY - 1, "Before"},
        {"event", "dept-0", "", EVENT_DAY + 1, "Of the department"},
        {"event", "block-1", "", EVENT_DAY, "Of another block"}};
    g_array_append_vals(contexts, lines, G_N_ELEMENTS(lines));
    TmPublishOptions options = sample_options;
    options.contexts = contexts;
    options.issue = first + (TmWeek)weeks - 1;
    TmPublishCounts counts;
    g_autoptr(GError) error = NULL;
    assert_true(tm_archive_publish(archive, measured, &options, &counts, &error));
    assert_true(counts.cells > 0);
}

static gboolean chain_is_intact(guint64 *lines, guint64 *bad_line)
{
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_READ, NULL);
    return tm_archive_verify(archive, lines, bad_line, NULL);
}

static int published(void **state)
{
    if (make_folder(state) != 0)
        return 1;
    publish(FIRST_WEEK, 3);
    return 0;
}

static void chain_holds_over_two_runs(void **state)
{
    (void)state;
    guint64 lines, bad_line;
    publish(FIRST_WEEK + 3, 1);
    assert_true(chain_is_intact(&lines, &bad_line));
    assert_true(lines > 20);
}

static int execute(const char *sql)
{
    sqlite3 *database;
    sqlite3_open(path, &database);
    int result = sqlite3_exec(database, sql, NULL, NULL, NULL);
    sqlite3_close(database);
    return result;
}

static void lines_cannot_be_changed(void **state)
{
    (void)state;
    assert_int_not_equal(execute("UPDATE line SET body = '' WHERE sequence = 2"), SQLITE_OK);
    assert_int_not_equal(execute("DELETE FROM line WHERE sequence = 2"), SQLITE_OK);
}

static void an_edited_line_is_found(void **state)
{
    (void)state;
    guint64 lines, bad_line;
    assert_int_equal(
        execute(
            "DROP TRIGGER line_no_update; UPDATE line SET body = body || ' ' WHERE sequence = 2"),
        SQLITE_OK);
    assert_false(chain_is_intact(&lines, &bad_line));
    assert_int_equal(bad_line, 2);
}

static void a_week_is_published_once(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_WRITE, NULL);
    g_autoptr(TmMeasured) measured = sample_measured(FIRST_WEEK + 2, 2, blocks, 3);
    TmPublishCounts counts;
    g_autoptr(GError) error = NULL;
    assert_false(tm_archive_publish(archive, measured, &sample_options, &counts, &error));
    g_autoptr(GArray) weeks = tm_archive_weeks(archive);
    assert_int_equal(weeks->len, 3);
}

static void an_issue_gives_back_cells_and_contexts(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_READ, NULL);
    g_autoptr(TmIssue) issue = tm_issue_load(archive, FIRST_WEEK + 2, NULL);
    assert_non_null(issue);
    const TmCell *cell = tm_issue_cell(issue, "org", TM_KPI_ACTIVE_USERS, NULL, FIRST_WEEK + 1);
    assert_non_null(cell);
    assert_int_equal(cell->value, 23);
    assert_string_equal(tm_issue_currency(issue), "EUR");
    assert_int_equal(tm_issue_setting(issue, "cost_spike_percent", 150), 160);
    gint64 target;
    assert_true(tm_issue_goal(issue, "org", TM_KPI_ADOPTION, &target, NULL, NULL));
    assert_int_equal(target, 70);
    assert_false(tm_issue_goal(issue, "block-0", TM_KPI_ADOPTION, &target, NULL, NULL));
}

static void an_issue_gives_back_the_days_of_a_goal(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_READ, NULL);
    g_autoptr(TmIssue) issue = tm_issue_load(archive, FIRST_WEEK + 2, NULL);
    TmIssueGoal goal;
    assert_true(tm_issue_goal_whole(issue, "org", TM_KPI_ADOPTION, &goal));
    assert_int_equal(goal.lower, 60);
    assert_int_equal(goal.upper, G_MININT64);
    assert_int_equal(goal.start, 20000);
    assert_int_equal(goal.ramp_from, 20);
    assert_int_equal(goal.ramp_end, 20140);
    assert_false(tm_issue_goal_whole(issue, "org", TM_KPI_STREAK, &goal));
    assert_int_equal(goal.start, TM_DAY_NONE);
}

static void an_issue_gives_back_the_rollout(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_READ, NULL);
    g_autoptr(TmIssue) issue = tm_issue_load(archive, FIRST_WEEK + 2, NULL);
    TmDay start;
    assert_string_equal(tm_issue_rollout(issue, "org", &start), "launch");
    assert_int_equal(start, 20001);
    assert_null(tm_issue_rollout(issue, "block-0", &start));
    assert_int_equal(start, TM_DAY_NONE);
}

/* Two more weeks: a tool that lacked two days in the first and none in the second. */
static void an_issue_knows_the_gaps_of_the_week_before(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_WRITE, NULL);
    g_autoptr(TmMeasured) measured = sample_measured(FIRST_WEEK + 3, 2, blocks, 3);
    for (guint i = 0; i < 2; i++) {
        TmMeasuredWeek *week = measured->weeks->pdata[i];
        TmToolState tool = {.tool = "cursor",
            .name = g_strdup("Cursor"),
            .missing_days = i == 0 ? 2 : 0,
            .licence_source = "roster"};
        g_array_append_val(week->tools, tool);
    }
    TmPublishOptions options = sample_options;
    options.issue = FIRST_WEEK + 4;
    TmPublishCounts counts;
    assert_true(tm_archive_publish(archive, measured, &options, &counts, NULL));
    g_autoptr(TmIssue) first = tm_issue_load(archive, FIRST_WEEK + 3, NULL);
    g_autoptr(TmIssue) second = tm_issue_load(archive, FIRST_WEEK + 4, NULL);
    const TmIssueTool *before = &g_array_index(tm_issue_tools(first), TmIssueTool, 0);
    const TmIssueTool *after = &g_array_index(tm_issue_tools(second), TmIssueTool, 0);
    assert_int_equal(before->missing_days_before, 0);
    assert_int_equal(after->missing_days, 0);
    assert_int_equal(after->missing_days_before, 2);
}

static const char *event_text(const GArray *events, guint index)
{
    return g_array_index(events, TmIssueEvent, index).text;
}

static void events_are_those_of_the_scope_and_above_by_day(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_READ, NULL);
    g_autoptr(TmIssue) issue = tm_issue_load(archive, FIRST_WEEK + 2, NULL);
    g_autoptr(GArray) events = tm_issue_events(issue, "block-0", EVENT_DAY - 1, EVENT_DAY + 1);
    assert_int_equal(events->len, 4);
    assert_string_equal(event_text(events, 0), "Before");
    assert_string_equal(event_text(events, 1), "With a\ttab");
    assert_string_equal(event_text(events, 2), "Of the block");
    assert_string_equal(event_text(events, 3), "Of the department");
    assert_string_equal(g_array_index(events, TmIssueEvent, 3).scope, "dept-0");
}

static void events_outside_the_days_or_below_the_scope_are_left_out(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_READ, NULL);
    g_autoptr(TmIssue) issue = tm_issue_load(archive, FIRST_WEEK + 2, NULL);
    g_autoptr(GArray) events = tm_issue_events(issue, "org", EVENT_DAY, EVENT_DAY + 1);
    assert_int_equal(events->len, 1);
    assert_int_equal(g_array_index(events, TmIssueEvent, 0).day, EVENT_DAY);
    g_autoptr(GArray) none = tm_issue_events(issue, "nowhere", 0, EVENT_DAY + 1);
    assert_int_equal(none->len, 0);
}

static void names_with_tabs_and_quotes_come_back_whole(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_READ, NULL);
    g_autoptr(TmIssue) issue = tm_issue_load(archive, FIRST_WEEK + 2, NULL);
    const TmScope *scope = g_ptr_array_index(tm_issue_scopes(issue), 0);
    assert_string_equal(scope->name, "Name of \"org\"\twith a tab");
    assert_string_equal(g_ptr_array_index(scope->teams, 0), "team of org");
}

static void an_unpublished_week_is_refused(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_READ, NULL);
    g_autoptr(GError) error = NULL;
    assert_null(tm_issue_load(archive, FIRST_WEEK + 9, &error));
    assert_int_equal(error->code, TM_ERROR_UNUSABLE);
}

static void partitions_come_back_in_order(void **state)
{
    (void)state;
    g_autoptr(TmArchive) archive = tm_archive_open(path, TM_ARCHIVE_READ, NULL);
    g_autoptr(GPtrArray) partitions = tm_archive_partitions(archive, NULL);
    assert_int_equal(partitions->len, 3);
    const TmPartition *last = g_ptr_array_index(partitions, 2);
    assert_int_equal(last->week, FIRST_WEEK + 2);
    assert_int_equal(last->scopes->len, 6);
}

static void another_database_is_refused(void **state)
{
    (void)state;
    g_unlink(path);
    assert_int_equal(execute("CREATE TABLE other (x); PRAGMA user_version = 1"), SQLITE_OK);
    g_autoptr(GError) error = NULL;
    assert_null(tm_archive_open(path, TM_ARCHIVE_WRITE, &error));
    assert_int_equal(error->code, TM_ERROR_UNUSABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(chain_holds_over_two_runs, published, drop_folder),
        cmocka_unit_test_setup_teardown(lines_cannot_be_changed, published, drop_folder),
        cmocka_unit_test_setup_teardown(an_edited_line_is_found, published, drop_folder),
        cmocka_unit_test_setup_teardown(a_week_is_published_once, published, drop_folder),
        cmocka_unit_test_setup_teardown(
            an_issue_gives_back_cells_and_contexts, published, drop_folder),
        cmocka_unit_test_setup_teardown(
            an_issue_gives_back_the_days_of_a_goal, published, drop_folder),
        cmocka_unit_test_setup_teardown(an_issue_gives_back_the_rollout, published, drop_folder),
        cmocka_unit_test_setup_teardown(
            an_issue_knows_the_gaps_of_the_week_before, published, drop_folder),
        cmocka_unit_test_setup_teardown(
            events_are_those_of_the_scope_and_above_by_day, published, drop_folder),
        cmocka_unit_test_setup_teardown(
            events_outside_the_days_or_below_the_scope_are_left_out, published, drop_folder),
        cmocka_unit_test_setup_teardown(
            names_with_tabs_and_quotes_come_back_whole, published, drop_folder),
        cmocka_unit_test_setup_teardown(an_unpublished_week_is_refused, published, drop_folder),
        cmocka_unit_test_setup_teardown(partitions_come_back_in_order, published, drop_folder),
        cmocka_unit_test_setup_teardown(another_database_is_refused, make_folder, drop_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
