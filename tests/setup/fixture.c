/* A temporary folder of set-up files. */
#include "fixture.h"

#include <string.h>

void fixture_write(Fixture *fixture, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    assert_true(tm_file_write(path, text, strlen(text), NULL));
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
