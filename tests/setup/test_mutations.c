/*
 * Files that can be read, damaged at random (always in the same way): loading must neither crash
 * nor break what a loaded setup promises.
 */
#include <string.h>

#include "fixture.h"
#include "promises.h"

#define ROUNDS 600
#define SEED 7

static const char *const files[] = {"people.csv", "teams.csv", "licenses.csv", "identities.csv",
    "timeoff.csv", "DE.ics", "budgets.csv", "goals.csv", "invoices.csv", "events.csv",
    "subscriptions.csv", "holidays.csv", "tidemark.ini", "prices.csv",
    "model_prices_and_context_window.json", "api.json"};

static const char *const exports[] = {"directory/backstage.json", "directory/scim_users.json",
    "directory/scim_groups.json", "directory/github_teams.json", "directory/dx_hierarchy.json",
    "directory/dx_teams_list.json", "directory/okta_users.csv", "directory/entra_users.csv",
    "directory/google_users.csv", "directory/devlake_teams.csv",
    "directory/core/github_core_members.json"};

typedef struct Original {
    char *bytes;
    gsize length;
} Original;

/* Set-up files stand in golden/rows, exports in the folder of their samples. */
static void read_original(const char *name, Original *original)
{
    gboolean is_export = g_str_has_prefix(name, "directory/");
    g_autofree char *own = is_export ? g_path_get_basename(name) : g_strdup(name);
    g_autofree char *path = g_build_filename(g_getenv("TIDEMARK_DATA"), "tests/setup",
        is_export ? "directory" : "golden/rows", own, NULL);
    assert_true(g_file_get_contents(path, &original->bytes, &original->length, NULL));
}

static void write_file(const Fixture *fixture, const char *name, const char *bytes, gsize length)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

/* Changes a byte or takes a few away, up to eight times. */
static void damage(GRand *random, char *bytes, gsize *length)
{
    static const char marks[] = ",;\"\n\r\t\0\xff-:=@*/\\{}[] 0129xZ";
    gint32 changes = g_rand_int_range(random, 1, 9);
    for (gint32 i = 0; i<changes && * length> 0; i++) {
        gsize at = g_rand_int(random) % *length;
        gsize cut = g_rand_int(random) % 20;
        if (g_rand_boolean(random))
            bytes[at] = marks[g_rand_int(random) % sizeof marks];
        else if (at + cut < *length) {
            memmove(bytes + at, bytes + at + cut, *length - at - cut);
            *length -= cut;
        }
    }
}

static void load_once(const Fixture *fixture)
{
    g_autofree char *path = g_build_filename(fixture->folder, "tidemark.ini", NULL);
    promises_check(path);
}

static void damage_each(Fixture *fixture, const char *const *names, gsize count)
{
    g_autofree Original *originals = g_new0(Original, count);
    GRand *random = g_rand_new_with_seed(SEED);
    for (gsize i = 0; i < count; i++) {
        read_original(names[i], &originals[i]);
        write_file(fixture, names[i], originals[i].bytes, originals[i].length);
    }
    for (guint round = 0; round < ROUNDS; round++) {
        gsize which = g_rand_int(random) % count;
        const Original *original = &originals[which];
        gsize length = original->length;
        g_autofree char *bytes = g_memdup2(original->bytes, length);
        damage(random, bytes, &length);
        write_file(fixture, names[which], bytes, length);
        load_once(fixture);
        write_file(fixture, names[which], original->bytes, original->length);
    }
    for (gsize i = 0; i < count; i++)
        g_free(originals[i].bytes);
    g_rand_free(random);
}

static void damaged_files_never_break_a_promise(void **state)
{
    damage_each(*state, files, G_N_ELEMENTS(files));
}

static void damaged_exports_never_break_a_promise(void **state)
{
    damage_each(*state, exports, G_N_ELEMENTS(exports));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(damaged_files_never_break_a_promise),
        FIXTURE_TEST(damaged_exports_never_break_a_promise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
