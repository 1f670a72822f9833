/* A temporary folder of set-up files. */
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>

void fixture_write(Fixture *fixture, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    assert_true(tm_file_write(path, text, strlen(text), NULL));
}

void fixture_remove(Fixture *fixture, const char *name)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    assert_int_equal(g_remove(path), 0);
}

void fixture_export(Fixture *fixture, const char *sample, const char *name)
{
    g_autofree char *path =
        g_build_filename(g_getenv("TIDEMARK_DATA"), "tests/setup/directory", sample, NULL);
    g_autofree char *place = g_build_filename("directory", name, NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    fixture_write(fixture, place, text);
}

int fixture_open(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->folder = g_dir_make_tmp("tidemark-setup-XXXXXX", NULL);
    fixture->diagnostics = tm_diagnostics_new();
    fixture_write(fixture, "tidemark.ini", "[organisation]\nname = Test\n");
    fixture_write(fixture, "people.csv", "email,team_id\nana@x.io,core\nben@x.io,web\n");
    *state = fixture;
    return 0;
}

int fixture_open_without_people(void **state)
{
    fixture_open(state);
    fixture_remove(*state, "people.csv");
    return 0;
}

int fixture_close(void **state)
{
    Fixture *fixture = *state;
    const char *argv[] = {"rm", "-r", fixture->folder, NULL};
    g_spawn_sync(
        NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    tm_setup_free(fixture->setup);
    tm_diagnostics_free(fixture->diagnostics);
    g_free(fixture->folder);
    g_free(fixture);
    return 0;
}

const TmSetup *fixture_load(Fixture *fixture)
{
    g_autofree char *path = g_build_filename(fixture->folder, "tidemark.ini", NULL);
    fixture->setup = tm_setup_load(path, fixture->diagnostics, NULL);
    if (fixture->setup == NULL) {
        g_autofree char *text = tm_diagnostics_format(fixture->diagnostics, TM_SEVERITY_NOTE, 0);
        print_error("%s", text);
    }
    assert_non_null(fixture->setup);
    return fixture->setup;
}

TmDay fixture_day(const char *text)
{
    TmDay day = tm_day_parse(text, -1);
    assert_int_not_equal(day, TM_DAY_NONE);
    return day;
}

TmPersonIndex fixture_person(const Fixture *fixture, const char *email)
{
    for (guint i = 0; i < fixture->setup->people->len; i++) {
        if (g_str_equal(g_array_index(fixture->setup->people, TmPerson, i).email, email))
            return i;
    }
    fail_msg("nobody has the address %s", email);
    return TM_PERSON_UNRESOLVED;
}

const TmPerson *fixture_person_at(const Fixture *fixture, const char *email)
{
    return &g_array_index(fixture->setup->people, TmPerson, fixture_person(fixture, email));
}

TmTeamIndex fixture_team(const Fixture *fixture, const char *id)
{
    for (guint i = 0; i < fixture->setup->teams->len; i++) {
        if (g_str_equal(g_array_index(fixture->setup->teams, TmTeam, i).id, id))
            return i;
    }
    fail_msg("no team has the id %s", id);
    return TM_TEAM_NONE;
}

guint64 fixture_count(const Fixture *fixture, TmDiagnosticKind kind)
{
    return tm_diagnostics_count(fixture->diagnostics, kind);
}

#define SOME_DAY "2026-10-05"

const char *fixture_team_of(const Fixture *fixture, const char *email)
{
    TmTeamIndex team =
        tm_setup_team_on(fixture->setup, fixture_person(fixture, email), fixture_day(SOME_DAY));
    return team != TM_TEAM_NONE ? g_array_index(fixture->setup->teams, TmTeam, team).id : "";
}

const char *fixture_owner(
    const Fixture *fixture, TmToolIndex tool, TmIdentityKind kind, const char *value)
{
    TmIdentity identity = {kind, value, strlen(value)};
    TmPersonIndex person = tm_setup_resolve(fixture->setup, tool, &identity, fixture_day(SOME_DAY));
    return person < fixture->setup->people->len
               ? g_array_index(fixture->setup->people, TmPerson, person).email
               : "";
}

char *fixture_diagnostics(const Fixture *fixture)
{
    g_autofree char *text = tm_diagnostics_format(fixture->diagnostics, TM_SEVERITY_NOTE, 0);
    g_autofree char *prefix = g_strdup_printf("%s/", fixture->folder);
    g_auto(GStrv) parts = g_strsplit(text, prefix, -1);
    return g_strjoinv("", parts);
}

void fixture_refuse(Fixture *fixture)
{
    g_autofree char *path = g_build_filename(fixture->folder, "tidemark.ini", NULL);
    g_autoptr(GError) error = NULL;
    fixture->setup = tm_setup_load(path, fixture->diagnostics, &error);
    assert_null(fixture->setup);
    assert_true(g_error_matches(error, TM_ERROR, TM_ERROR_UNUSABLE));
    assert_int_equal(tm_diagnostics_exit_code(fixture->diagnostics), 2);
}

gint64 fixture_price(const Fixture *fixture, const char *model, TmTokenUse use)
{
    gint64 micros = 0;
    return tm_setup_price(fixture->setup, TM_TOOL_CLAUDE_CODE, model, strlen(model),
               fixture_day("2026-08-03"), &use, TRUE, FALSE, &micros, NULL)
               ? micros
               : FIXTURE_UNPRICED;
}

TmPriceSource fixture_price_source(const Fixture *fixture, const char *model)
{
    gint64 micros;
    TmTokenUse use = {.input = 1};
    TmPriceOrigin origin;
    assert_true(tm_setup_price(fixture->setup, TM_TOOL_CLAUDE_CODE, model, strlen(model),
        fixture_day("2026-08-03"), &use, TRUE, FALSE, &micros, &origin));
    return origin.source;
}
