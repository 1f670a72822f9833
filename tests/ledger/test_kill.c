/* A run that is killed at any moment leaves the ledger after some whole file, never between. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "world.h"

#define MONDAY "2026-11-09"
#define FILES 6
#define ROWS 400
#define KILLS 25

static const char *const who[] = {"ana@example.com", "ben@example.com", "kiri@example.com"};

/* Each file adds rows and revises those of the files before it. */
static void store_file(World *world, guint file)
{
    Row rows[ROWS];
    for (guint i = 0; i < ROWS; i++)
        rows[i] = (Row){.who = who[i % G_N_ELEMENTS(who)],
            .instant = TM_INSTANT_NONE,
            .day = day_of(MONDAY) + (TmDay)(i % 25),
            .key = i + file * ROWS / 2,
            .tokens = file};
    const Export export = {.source = ID_SOURCE, .rank = file + 1, .rows = rows, .length = ROWS};
    world_store(world, &export);
}

/* The dump after each number of files; elements are char*. */
static GPtrArray *possible_dumps(void)
{
    World world;
    GPtrArray *dumps = g_ptr_array_new_with_free_func(g_free);
    world_init(&world);
    for (guint file = 0;; file++) {
        g_ptr_array_add(dumps, world_dump(&world));
        if (file == FILES)
            break;
        store_file(&world, file);
    }
    world_clear(&world);
    return dumps;
}

/* Stores all files in a child and kills it after a while. */
static void store_and_kill(World *world, gulong microseconds)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        world_open(world);
        for (guint file = 0; file < FILES; file++)
            store_file(world, file);
        pause();
        _exit(1);
    }
    g_usleep(microseconds);
    int status;
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static gboolean is_one_of(const GPtrArray *dumps, const char *found)
{
    for (guint i = 0; i < dumps->len; i++)
        if (g_str_equal(g_ptr_array_index(dumps, i), found))
            return TRUE;
    return FALSE;
}

static void a_kill_leaves_whole_files(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) dumps = possible_dumps();
    for (guint kills = 0; kills < KILLS; kills++) {
        World world;
        world_init(&world);
        world_close(&world);
        store_and_kill(&world, 3000 + 250 * kills);
        world_open(&world);
        g_autofree char *found = world_dump(&world);
        assert_true(is_one_of(dumps, found));
        for (guint file = 0; file < FILES; file++) /* reading everything again mends it */
            store_file(&world, file);
        g_autofree char *mended = world_dump(&world);
        assert_string_equal(mended, g_ptr_array_index(dumps, FILES));
        world_clear(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_leaves_whole_files),
    };
    return cmocka_run_group_tests_name("ledger kill", tests, NULL, NULL);
}
