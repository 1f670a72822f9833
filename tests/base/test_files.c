/* Atomic writing and the place of shipped files, in a temporary folder. */
#include <tidemark/base.h>

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../cmocka_all.h"

static char *folder;

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("tidemark-files-XXXXXX", NULL);
    return folder == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    const char *argv[] = {"rm", "-r", folder, NULL};
    g_spawn_sync(
        NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    g_free(folder);
    return 0;
}

static guint count_entries(const char *path)
{
    guint entries = 0;
    g_autoptr(GDir) listing = g_dir_open(path, 0, NULL);
    while (g_dir_read_name(listing) != NULL)
        entries++;
    return entries;
}

static void a_file_is_written_with_its_folders(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(folder, "a", "b", "c.txt", NULL);
    g_autofree char *found = NULL;
    assert_true(tm_file_write(path, "hello", 5, NULL));
    assert_true(g_file_get_contents(path, &found, NULL, NULL));
    assert_string_equal(found, "hello");
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(count_entries(parent), 1);
}

static void permissions_follow_the_umask(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(folder, "mode.txt", NULL);
    mode_t before = umask(027);
    assert_true(tm_file_write(path, "x", 1, NULL));
    umask(before);
    GStatBuf status;
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
}

static guint64 inode(const char *path)
{
    GStatBuf status;
    assert_int_equal(g_stat(path, &status), 0);
    return status.st_ino;
}

static void identical_bytes_leave_the_file_alone(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(folder, "same.txt", NULL);
    g_autofree char *keeper = g_build_filename(folder, "same.link", NULL);
    assert_true(tm_file_write(path, "one", 3, NULL));
    assert_int_equal(link(path, keeper), 0);
    assert_true(tm_file_write(path, "one", 3, NULL));
    assert_int_equal(inode(path), inode(keeper));
    assert_true(tm_file_write(path, "two", 3, NULL));
    assert_int_not_equal(inode(path), inode(keeper));
}

static void a_failed_write_says_why_and_leaves_nothing(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(folder, "taken", NULL);
    g_autofree char *inside = g_build_filename(path, "x", NULL);
    g_autoptr(GError) error = NULL;
    assert_int_equal(g_mkdir_with_parents(inside, 0755), 0);
    guint before = count_entries(folder);
    assert_false(tm_file_write(path, "x", 1, &error));
    assert_true(g_error_matches(error, TM_ERROR, TM_ERROR_INTERNAL));
    assert_int_equal(count_entries(folder), before);
}

static void the_environment_names_the_data_folder(void **state)
{
    (void)state;
    g_autofree char *before = g_strdup(g_getenv("TIDEMARK_DATA"));
    g_setenv("TIDEMARK_DATA", folder, TRUE);
    g_autofree char *path = tm_data_path("templates/x.xml");
    g_autofree char *expected = g_build_filename(folder, "templates/x.xml", NULL);
    assert_string_equal(path, expected);
    g_unsetenv("TIDEMARK_DATA");
    g_autofree char *without = tm_data_path("templates/x.xml");
    assert_true(g_str_has_suffix(without, "templates/x.xml"));
    assert_false(g_str_has_prefix(without, folder));
    if (before != NULL)
        g_setenv("TIDEMARK_DATA", before, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_written_with_its_folders),
        cmocka_unit_test(permissions_follow_the_umask),
        cmocka_unit_test(identical_bytes_leave_the_file_alone),
        cmocka_unit_test(a_failed_write_says_why_and_leaves_nothing),
        cmocka_unit_test(the_environment_names_the_data_folder),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
