/*
 * Files that can be read, damaged at random (always in the same way): loading must neither crash
 * nor break what a loaded setup promises.
 */
#include <string.h>

#include "fixture.h"

#define ROUNDS 600
#define SEED 7

static const char *const files[] = {"people.csv", "teams.csv", "licenses.csv", "identities.csv",
    "timeoff.csv", "DE.ics", "budgets.csv", "goals.csv", "subscriptions.csv", "holidays.csv",
    "tidemark.ini", "prices.csv", "model_prices_and_context_window.json", "api.json"};

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

static void assert_teams_reach_the_organisation(const TmSetup *setup)
{
    assert_true(setup->teams->len > 0);
    for (guint i = 0; i < setup->teams->len; i++) {
        const TmTeam *team = &g_array_index(setup->teams, TmTeam, i);
        TmTeamIndex at = i;
        for (guint steps = 0; at != 0 && steps < setup->teams->len; steps++)
            at = g_array_index(setup->teams, TmTeam, at).parent;
        assert_int_equal(at, 0);
        assert_true(tm_setup_team_within(setup, i, team->department));
    }
}

static void assert_spells_are_in_order(const TmSetup *setup)
{
    for (guint i = 0; i < setup->people->len; i++) {
        const GArray *spells = g_array_index(setup->people, TmPerson, i).spells;
        for (guint j = 0; j < spells->len; j++) {
            const TmRosterSpell *spell = &g_array_index(spells, TmRosterSpell, j);
            assert_true(spell->first <= spell->last && spell->work_days != 0);
            assert_true(j == 0 || (spell - 1)->last < spell->first);
            assert_true(spell->team == TM_TEAM_NONE ||
                        g_array_index(setup->teams, TmTeam, spell->team).type == TM_TEAM_TEAM);
        }
    }
}

static void assert_references_are_valid(const TmSetup *setup)
{
    for (guint i = 0; i < setup->licences->len; i++) {
        const TmLicence *licence = &g_array_index(setup->licences, TmLicence, i);
        assert_true(
            licence->person < setup->people->len || licence->person == TM_PERSON_UNRESOLVED);
        assert_true(licence->tool < setup->tools->len);
    }
    for (guint i = 0; i < setup->budgets->len; i++)
        assert_true(g_array_index(setup->budgets, TmBudget, i).team < setup->teams->len);
    for (guint i = 0; i < setup->goals->len; i++)
        assert_true(g_array_index(setup->goals, TmGoal, i).team < setup->teams->len);
}

static void assert_prices_are_none_or_amounts(const TmSetup *setup)
{
    static const char *const models[] = {"good-1", "good-model", "good-10-fast", "gpt-5"};
    TmTokenUse use = {300000, 1000, TM_TOKENS_UNKNOWN, 1000, 1000};
    for (gsize i = 0; i < G_N_ELEMENTS(models); i++) {
        gint64 micros;
        TmPriceOrigin origin;
        if (!tm_setup_price(
                setup, 0, models[i], strlen(models[i]), 20000, &use, TRUE, FALSE, &micros, &origin))
            continue;
        assert_true(micros >= 0 && origin.source < TM_PRICE_SOURCE_COUNT);
        assert_int_equal(strlen(origin.currency), 3);
    }
}

static void load_once(const Fixture *fixture)
{
    g_autofree char *path = g_build_filename(fixture->folder, "tidemark.ini", NULL);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(TmSetup) setup = tm_setup_load(path, diagnostics, &error);
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    assert_true(g_utf8_validate(text, -1, NULL));
    if (setup == NULL) {
        assert_non_null(error);
        assert_int_equal(tm_diagnostics_exit_code(diagnostics), 2);
        return;
    }
    assert_teams_reach_the_organisation(setup);
    assert_spells_are_in_order(setup);
    assert_references_are_valid(setup);
    assert_prices_are_none_or_amounts(setup);
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
