/*
 * repositories.csv: which team a repository or a project belongs to. It decides where no person
 * does: commits of somebody who is not on the roster, tasks that nobody is assigned to.
 */
#include <string.h>

#include "fold.h"
#include "loading.h"
#include "row.h"

#define MOST_REPOSITORY_BYTES 512
#define MOST_PARTS 32 /* folders of a path that are looked at */

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

/* Index of the team + 1 of the folded name from `start` to `end`, which may be changed for it. */
static guint find_run(const TmSetup *setup, char *start, char *end)
{
    char behind = *end;
    *end = '\0';
    guint team = GPOINTER_TO_UINT(g_hash_table_lookup(setup->hidden->repositories, start));
    *end = behind;
    return team;
}

TmTeamIndex tm_setup_repository_team(const TmSetup *setup, const char *path, gsize length)
{
    char name[MOST_IDENTITY_BYTES];
    gsize folded = fold_into(path, length, TRUE, name, sizeof name);
    if (folded == FOLD_TOO_LONG || g_hash_table_size(setup->hidden->repositories) == 0)
        return TM_TEAM_NONE;
    char *starts[MOST_PARTS + 1];
    guint parts = 0;
    for (char *at = name; at != NULL && parts < MOST_PARTS; at = strchr(at, '/')) {
        at += parts > 0 ? 1 : 0;
        starts[parts++] = at;
    }
    char *end = parts < MOST_PARTS ? name + folded : starts[parts - 1] - 1;
    starts[parts] = end + 1;
    TmTeamIndex best = TM_TEAM_NONE;
    gsize best_length = 0;
    for (guint from = 0; from < parts; from++)
        for (guint to = from; to < parts; to++) {
            char *stop = starts[to + 1] - 1;
            guint team = stop > starts[from] && (gsize)(stop - starts[from]) > best_length
                             ? find_run(setup, starts[from], stop)
                             : 0;
            if (team > 0) {
                best = team - 1;
                best_length = (gsize)(stop - starts[from]);
            }
        }
    return best;
}
