/*
 * repositories.csv: which team a repository or a project belongs to. It decides where no person
 * does: commits of somebody who is not on the roster, tasks that nobody is assigned to.
 */
#include <string.h>

#include "fold.h"
#include "loading.h"
#include "row.h"

#define MOST_REPOSITORY_BYTES 512

enum { REPOSITORY, TEAM, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [REPOSITORY] = {"repository", "repo project project_key", 1},
    [TEAM] = {"team_id", "team", 2},
};

static void take_row(const TableRow *row, gpointer user)
{
    Loading *loading = user;
    GHashTable *repositories = loading->setup->hidden->repositories;
    const char *text;
    char name[MOST_REPOSITORY_BYTES];
    TmTeamIndex team;
    if (!row_text(row, REPOSITORY, &text) || !row_team(loading, row, TEAM, &team))
        return;
    gsize length = fold_into(text, strlen(text), TRUE, name, sizeof name);
    if (length == FOLD_TOO_LONG) {
        row_report(row, TM_KIND_TOO_LONG, REPOSITORY, "the name is longer than 500 bytes");
        return;
    }
    if (g_hash_table_contains(repositories, name)) {
        row_report(row, TM_KIND_OVERLAP, REPOSITORY, "an earlier row gives it to a team");
        return;
    }
    g_hash_table_insert(repositories, g_strdup(name), GUINT_TO_POINTER(team + 1));
}

gboolean repositories_load(Loading *loading)
{
    static const TableFormat format = {
        "repositories.csv", columns, COLUMN_COUNT, "note comment", take_row};
    return table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint,
               loading) != TABLE_UNUSABLE;
}

static TmTeamIndex team_of(const TmSetup *setup, const char *name)
{
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(setup->hidden->repositories, name));
    return found > 0 ? found - 1 : TM_TEAM_NONE;
}

/* FALSE if there is nothing to look up. */
static gboolean fold_name(const TmSetup *setup, const char *name, gsize length, char *folded)
{
    return g_hash_table_size(setup->hidden->repositories) > 0 &&
           fold_into(name, length, TRUE, folded, MOST_IDENTITY_BYTES) != FOLD_TOO_LONG;
}

TmTeamIndex tm_setup_repository_team(const TmSetup *setup, const char *name, gsize length)
{
    char folded[MOST_IDENTITY_BYTES];
    if (!fold_name(setup, name, length, folded))
        return TM_TEAM_NONE;
    TmTeamIndex team = team_of(setup, folded);
    for (char *slash; team == TM_TEAM_NONE && (slash = strrchr(folded, '/')) != NULL;) {
        *slash = '\0';
        team = team_of(setup, folded);
    }
    return team;
}

/* The longest name of a repository at the end of a path. */
static TmTeamIndex team_at_end(const TmSetup *setup, const char *path)
{
    TmTeamIndex team = team_of(setup, path);
    for (const char *slash; team == TM_TEAM_NONE && (slash = strchr(path, '/')) != NULL;) {
        path = slash + 1;
        team = team_of(setup, path);
    }
    return team;
}

TmTeamIndex tm_setup_place_team(const TmSetup *setup, const char *path, gsize length)
{
    char folded[MOST_IDENTITY_BYTES];
    if (!fold_name(setup, path, length, folded))
        return TM_TEAM_NONE;
    TmTeamIndex team = team_at_end(setup, folded);
    char *slash = strrchr(folded, '/');
    if (team != TM_TEAM_NONE || slash == NULL)
        return team;
    *slash = '\0';
    return team_at_end(setup, folded);
}
