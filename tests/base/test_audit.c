/* The audit log: what is written, and which damage is found. */
#include <tidemark/base.h>

#include <glib/gstdio.h>
#include <string.h>

#include "../cmocka_all.h"

typedef struct Log {
    char *folder;
    char *path;
} Log;

static int open_log(void **state)
{
    Log *log = g_new0(Log, 1);
    log->folder = g_dir_make_tmp("tidemark-audit-XXXXXX", NULL);
    log->path = g_build_filename(log->folder, "audit.jsonl", NULL);
    *state = log;
    return 0;
}

static int close_log(void **state)
{
    Log *log = *state;
    g_unlink(log->path);
    g_rmdir(log->folder);
    g_free(log->folder);
    g_free(log->path);
    g_free(log);
    return 0;
}

static void append_three(const Log *log)
{
    assert_true(tm_audit_append(log->path, "ingest", "\"files\":2", NULL));
    assert_true(tm_audit_append(log->path, "report", "", NULL));
    assert_true(tm_audit_append(log->path, "run", "\"a\":1,\n\"b\":2", NULL));
}

static void read_log(const Log *log, char **text)
{
    assert_true(g_file_get_contents(log->path, text, NULL, NULL));
}

static void assert_bad_line(const Log *log, guint64 expected_lines, guint64 expected_bad)
{
    guint64 lines, bad_line;
    g_autoptr(GError) error = NULL;
    assert_int_equal(tm_audit_verify(log->path, &lines, &bad_line, &error), expected_bad == 0);
    assert_null(error);
    assert_int_equal(lines, expected_lines);
    assert_int_equal(bad_line, expected_bad);
}

static void an_untouched_log_is_verified(void **state)
{
    append_three(*state);
    assert_bad_line(*state, 3, 0);
}

static void members_stand_on_the_same_line(void **state)
{
    append_three(*state);
    g_autofree char *text = NULL;
    read_log(*state, &text);
    assert_non_null(strstr(text, "\"command\":\"ingest\",\"files\":2,\"previous\":\"0000"));
    assert_non_null(strstr(text, "\"command\":\"report\",\"previous\":"));
    assert_non_null(strstr(text, "\"a\":1, \"b\":2,"));
}

static void only_the_owner_may_read_the_log(void **state)
{
    Log *log = *state;
    append_three(log);
    GStatBuf status;
    assert_int_equal(g_stat(log->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void an_edited_line_breaks_the_link_of_the_next(void **state)
{
    Log *log = *state;
    append_three(log);
    g_autofree char *text = NULL;
    read_log(log, &text);
    *strstr(text, "ingest") = 'X';
    assert_true(g_file_set_contents(log->path, text, -1, NULL));
    assert_bad_line(log, 3, 2);
}

static void a_removed_line_is_found(void **state)
{
    Log *log = *state;
    append_three(log);
    g_autofree char *text = NULL;
    read_log(log, &text);
    assert_true(g_file_set_contents(log->path, strchr(text, '\n') + 1, -1, NULL));
    assert_bad_line(log, 2, 1);
}

static void a_torn_line_is_reported_and_the_log_goes_on(void **state)
{
    Log *log = *state;
    append_three(log);
    g_autofree char *text = NULL;
    read_log(log, &text);
    assert_true(g_file_set_contents(log->path, text, (gssize)strlen(text) - 20, NULL));
    assert_bad_line(log, 3, 3);
    assert_true(tm_audit_append(log->path, "status", "", NULL));
    assert_true(tm_audit_append(log->path, "status", "", NULL));
    assert_bad_line(log, 5, 3);
}

static void a_line_longer_than_a_block_is_linked(void **state)
{
    Log *log = *state;
    g_autofree char *filler = g_strnfill(200000, 'x');
    g_autofree char *members = g_strdup_printf("\"filler\":\"%s\"", filler);
    append_three(log);
    assert_true(tm_audit_append(log->path, "long", members, NULL));
    assert_true(tm_audit_append(log->path, "after", "", NULL));
    assert_bad_line(log, 5, 0);
}

static void a_missing_log_is_an_error_not_a_bad_line(void **state)
{
    Log *log = *state;
    guint64 lines, bad_line;
    g_autoptr(GError) error = NULL;
    assert_false(tm_audit_verify(log->path, &lines, &bad_line, &error));
    assert_non_null(error);
}

#define LOG_TEST(name) cmocka_unit_test_setup_teardown(name, open_log, close_log)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOG_TEST(an_untouched_log_is_verified),
        LOG_TEST(members_stand_on_the_same_line),
        LOG_TEST(only_the_owner_may_read_the_log),
        LOG_TEST(an_edited_line_breaks_the_link_of_the_next),
        LOG_TEST(a_removed_line_is_found),
        LOG_TEST(a_torn_line_is_reported_and_the_log_goes_on),
        LOG_TEST(a_line_longer_than_a_block_is_linked),
        LOG_TEST(a_missing_log_is_an_error_not_a_bad_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
