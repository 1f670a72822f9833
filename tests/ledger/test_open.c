/* Key file, permissions, lock, versions: when the ledger opens and when it refuses. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "key.h"
#include "world.h"

static World world;

static int begin(void **state)
{
    (void)state;
    world_init(&world);
    world_close(&world);
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_clear(&world);
    return 0;
}

static guint mode_of(const char *path)
{
    GStatBuf status;
    assert_int_equal(g_stat(path, &status), 0);
    return status.st_mode & 0777;
}

/* Opening must fail as unusable, with this in the message. */
static void expect_refusal(const char *part)
{
    g_autoptr(GError) error = NULL;
    TmLedger *ledger = tm_ledger_open(world.ledger_path, world.key, world.setup, &error);
    assert_null(ledger);
    assert_true(g_error_matches(error, TM_ERROR, TM_ERROR_UNUSABLE));
    if (strstr(error->message, part) == NULL)
        fail_msg("\"%s\" is not in: %s", part, error->message);
}

static void expect_key_refusal(const char *path, gboolean create, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(tm_ledger_key_load(path, world.ledger_path, create, &error));
    assert_true(g_error_matches(error, TM_ERROR, TM_ERROR_UNUSABLE));
    if (strstr(error->message, part) == NULL)
        fail_msg("\"%s\" is not in: %s", part, error->message);
}

static void run_sql(const char *sql)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(world.ledger_path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

/* ---- Key --------------------------------------------------------------------------------- */

static void a_new_key_is_private_and_random(void **state)
{
    (void)state;
    g_autofree char *one = g_build_filename(world.folder, "new", "one", NULL);
    g_autofree char *two = g_build_filename(world.folder, "new", "two", NULL);
    g_autofree char *nowhere = g_build_filename(world.folder, "none.db", NULL);
    g_autofree char *of_one = NULL, *of_two = NULL;
    gsize length;
    tm_ledger_key_free(tm_ledger_key_load(one, nowhere, TRUE, NULL));
    tm_ledger_key_free(tm_ledger_key_load(two, nowhere, TRUE, NULL));
    assert_int_equal(mode_of(one), 0600);
    assert_true(g_file_get_contents(one, &of_one, &length, NULL));
    assert_true(g_file_get_contents(two, &of_two, NULL, NULL));
    assert_int_equal(length, 32);
    assert_memory_not_equal(of_one, of_two, 32);
}

#define RACERS 8
#define RACES 20

static gpointer race_for_a_key(gpointer path)
{
    g_autofree char *nowhere = g_build_filename(world.folder, "none.db", NULL);
    return tm_ledger_key_load(path, nowhere, TRUE, NULL);
}

static void runs_that_start_together_get_one_key(void **state)
{
    (void)state;
    for (guint race = 0; race < RACES; race++) {
        g_autofree char *name = g_strdup_printf("raced-%u", race);
        g_autofree char *path = g_build_filename(world.folder, name, NULL);
        GThread *threads[RACERS];
        guint8 digests[RACERS][TM_PSEUDONYM_LENGTH];
        for (guint i = 0; i < RACERS; i++)
            threads[i] = g_thread_new("racer", race_for_a_key, path);
        for (guint i = 0; i < RACERS; i++) {
            g_autoptr(TmLedgerKey) key = g_thread_join(threads[i]);
            assert_non_null(key);
            tm_ledger_key_digest(key, "x", 1, digests[i]);
            assert_memory_equal(digests[i], digests[0], TM_PSEUDONYM_LENGTH);
        }
    }
}

static void only_the_last_folder_of_a_new_key_is_private(void **state)
{
    (void)state;
    g_autofree char *parent = g_build_filename(world.folder, "shared", NULL);
    g_autofree char *folder = g_build_filename(parent, "own", NULL);
    g_autofree char *path = g_build_filename(folder, "key", NULL);
    g_autofree char *nowhere = g_build_filename(world.folder, "none.db", NULL);
    mode_t before = umask(022);
    tm_ledger_key_free(tm_ledger_key_load(path, nowhere, TRUE, NULL));
    umask(before);
    assert_int_equal(mode_of(parent), 0755);
    assert_int_equal(mode_of(folder), 0700);
}

static void a_key_is_not_made_unless_asked_for(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(world.folder, "absent", NULL);
    g_autofree char *nowhere = g_build_filename(world.folder, "none.db", NULL);
    assert_null(tm_ledger_key_load(path, nowhere, FALSE, NULL));
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void a_key_is_never_made_beside_an_existing_ledger(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(world.folder, "absent", NULL);
    expect_key_refusal(path, TRUE, "put the key back");
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void a_key_that_others_may_read_is_refused(void **state)
{
    (void)state;
    assert_int_equal(g_chmod(world.key_path, 0640), 0);
    expect_key_refusal(world.key_path, TRUE, "chmod 600");
    assert_int_equal(g_chmod(world.key_path, 0600), 0);
}

static void check_key_length(gsize length)
{
    g_autofree char *path = g_build_filename(world.folder, "short", NULL);
    g_autofree char *bytes = g_strnfill(length, 'k');
    assert_true(g_file_set_contents_full(
        path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    expect_key_refusal(path, FALSE, "32 bytes");
    g_unlink(path);
}

static void a_key_that_is_too_short_is_refused(void **state)
{
    (void)state;
    check_key_length(31);
}

static void a_key_that_is_too_long_is_refused(void **state)
{
    (void)state;
    check_key_length(33);
}

static void another_key_does_not_open_the_ledger(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(world.folder, "other", NULL);
    g_autofree char *nowhere = g_build_filename(world.folder, "none.db", NULL);
    TmLedgerKey *own = world.key;
    world.key = tm_ledger_key_load(path, nowhere, TRUE, NULL);
    expect_refusal("another key");
    tm_ledger_key_free(world.key);
    world.key = own;
}

/* ---- Ledger ------------------------------------------------------------------------------ */

static void the_ledger_is_private(void **state)
{
    (void)state;
    assert_int_equal(mode_of(world.ledger_path), 0600);
}

static void a_ledger_that_others_may_read_is_refused(void **state)
{
    (void)state;
    assert_int_equal(g_chmod(world.ledger_path, 0644), 0);
    expect_refusal("chmod 600");
    assert_int_equal(g_chmod(world.ledger_path, 0600), 0);
}

static void a_second_run_is_kept_out(void **state)
{
    (void)state;
    world_open(&world);
    expect_refusal("another run");
    world_close(&world);
}

static void a_killed_run_leaves_no_lock(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        TmLedger *ledger = tm_ledger_open(world.ledger_path, world.key, world.setup, NULL);
        _exit(ledger != NULL ? 0 : 1);
    }
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    world_open(&world);
    world_close(&world);
}

static void a_newer_schema_is_refused(void **state)
{
    (void)state;
    run_sql("PRAGMA user_version = 99");
    expect_refusal("newer version");
    run_sql("PRAGMA user_version = 1");
}

static void a_database_of_another_program_is_refused(void **state)
{
    (void)state;
    run_sql("PRAGMA application_id = 7");
    expect_refusal("another program");
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    (void)state;
    g_autofree char *text = g_strnfill(5000, 'x');
    assert_true(g_file_set_contents_full(
        world.ledger_path, text, 5000, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    expect_refusal("not a database");
}

static void a_ledger_that_was_cut_off_before_its_first_table_is_made_again(void **state)
{
    (void)state;
    assert_true(
        g_file_set_contents_full(world.ledger_path, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    world_open(&world);
    g_autofree char *dump = world_dump(&world);
    assert_string_equal(dump, "");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_key_is_private_and_random, begin, end),
        cmocka_unit_test_setup_teardown(runs_that_start_together_get_one_key, begin, end),
        cmocka_unit_test_setup_teardown(only_the_last_folder_of_a_new_key_is_private, begin, end),
        cmocka_unit_test_setup_teardown(a_key_is_not_made_unless_asked_for, begin, end),
        cmocka_unit_test_setup_teardown(a_key_is_never_made_beside_an_existing_ledger, begin, end),
        cmocka_unit_test_setup_teardown(a_key_that_others_may_read_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_key_that_is_too_short_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_key_that_is_too_long_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(another_key_does_not_open_the_ledger, begin, end),
        cmocka_unit_test_setup_teardown(the_ledger_is_private, begin, end),
        cmocka_unit_test_setup_teardown(a_ledger_that_others_may_read_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_second_run_is_kept_out, begin, end),
        cmocka_unit_test_setup_teardown(a_killed_run_leaves_no_lock, begin, end),
        cmocka_unit_test_setup_teardown(a_newer_schema_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_database_of_another_program_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(
            a_ledger_that_was_cut_off_before_its_first_table_is_made_again, begin, end),
    };
    return cmocka_run_group_tests_name("ledger open", tests, NULL, NULL);
}
