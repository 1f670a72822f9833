/*
 * Counts of teams from development tools: rows of a team, a day and a metric, nothing of a person.
 *
 * Of rows with one key and metric that of the later export counts (then that of the file with the
 * greater hash), so that order and repetition of files change nothing. Rows that add up inside one
 * file are added before they are stored. Answers without a token of the respondent have no key:
 * they are those of their file. What names a repository is stored under the ledger's key only.
 */
#include "internal.h"

#include <string.h>

typedef struct Item {
    guint64 key;
    char *metric;
    TmDay day;
    TmOutcomePeriod period;
    TmTeamIndex team;
    guint64 project;
    gint64 count;
    gboolean estimated, adds;
} Item;

typedef struct Theme {
    TmDay day;
    char *heading, *author, *text;
} Theme;

struct TmOutcomeBatch {
    GArray *items;     /* Item */
    GHashTable *index; /* "key metric" -> number of the item, in a pointer */
    GArray *answers;   /* TmSurveyAnswer */
    GArray *themes;    /* Theme */
};

static void clear_item(gpointer data)
{
    g_free(((Item *)data)->metric);
}

static void clear_theme(gpointer data)
{
    Theme *theme = data;
    g_free(theme->heading);
    g_free(theme->author);
    g_free(theme->text);
}

TmOutcomeBatch *tm_outcome_batch_new(void)
{
    TmOutcomeBatch *batch = g_new0(TmOutcomeBatch, 1);
    batch->items = g_array_new(FALSE, FALSE, sizeof(Item));
    g_array_set_clear_func(batch->items, clear_item);
    batch->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    batch->answers = g_array_new(FALSE, FALSE, sizeof(TmSurveyAnswer));
    batch->themes = g_array_new(FALSE, FALSE, sizeof(Theme));
    g_array_set_clear_func(batch->themes, clear_theme);
    return batch;
}

void tm_outcome_batch_free(TmOutcomeBatch *batch)
{
    if (batch == NULL)
        return;
    g_array_unref(batch->items);
    g_hash_table_unref(batch->index);
    g_array_unref(batch->answers);
    g_array_unref(batch->themes);
    g_free(batch);
}

/* ---- The sink ---------------------------------------------------------------------------- */

/* A day that is known wins over one that is estimated; else the later row of the file. */
static void replace_item(Item *old, Item new)
{
    gboolean keep = new.estimated && !old->estimated;
    clear_item(keep ? &new : old);
    if (!keep)
        *old = new;
}

static void take_outcome(gpointer user, const TmOutcome *outcome)
{
    TmOutcomeBatch *batch = user;
    Item item = {outcome->key, g_strdup(outcome->metric), outcome->day, outcome->period,
        outcome->team, outcome->project, outcome->count, outcome->estimated, outcome->adds};
    char *name = g_strdup_printf("%016" G_GINT64_MODIFIER "x %s", outcome->key, outcome->metric);
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(batch->index, name));
    if (known == 0) {
        g_array_append_val(batch->items, item);
        g_hash_table_insert(batch->index, name, GUINT_TO_POINTER(batch->items->len));
        return;
    }
    Item *old = &g_array_index(batch->items, Item, known - 1);
    g_free(name);
    if (!item.adds) {
        replace_item(old, item);
        return;
    }
    old->count = tm_add_clamped(old->count, item.count);
    clear_item(&item);
}

static void take_answer(gpointer user, const TmSurveyAnswer *answer)
{
    g_array_append_val(((TmOutcomeBatch *)user)->answers, *answer);
}

static void take_theme(gpointer user, const TmTheme *theme)
{
    Theme copy = {theme->day, g_strndup(theme->heading, theme->heading_length),
        g_strndup(theme->author, theme->author_length), g_strndup(theme->text, theme->text_length)};
    g_array_append_val(((TmOutcomeBatch *)user)->themes, copy);
}

TmOutcomeSink tm_outcome_batch_sink(TmOutcomeBatch *batch)
{
    return (TmOutcomeSink){
        .outcome = take_outcome, .answer = take_answer, .theme = take_theme, .user = batch};
}

/* ---- Storing ----------------------------------------------------------------------------- */

/* What the rows of one file have in common. */
typedef struct Storing {
    TmLedger *ledger;
    gint64 exported;
    gint64 file; /* first bytes of the file's hash */
} Storing;

/* The identifier of a unit; NULL for what is of no team. */
static const char *team_id(const Storing *storing, TmTeamIndex team)
{
    const GArray *teams = storing->ledger->setup->teams;
    return team < teams->len ? g_array_index(teams, TmTeam, team).id : NULL;
}

/* A repository's hash could be guessed; under the key it cannot. */
static gint64 secret_project(const Storing *storing, guint64 project)
{
    guint8 digest[TM_PSEUDONYM_LENGTH];
    gint64 folded;
    if (project == 0)
        return 0;
    g_autofree char *text = g_strdup_printf("project:%016" G_GINT64_MODIFIER "x", project);
    tm_ledger_key_digest(storing->ledger->key, text, strlen(text), digest);
    memcpy(&folded, digest, sizeof folded);
    return GINT64_FROM_BE(folded);
}

static gboolean store_item(const Storing *storing, const Item *item, GError **error)
{
    sqlite3_stmt *statement =
        tm_ledger_statement(storing->ledger, TM_STATEMENT_OUTCOME_WRITE, error);
    if (statement == NULL)
        return FALSE;
    const gint64 numbers[] = {(gint64)item->key, item->estimated ? 0 : 1, storing->exported,
        storing->file, item->day, item->period, secret_project(storing, item->project),
        item->count};
    tm_ledger_bind(statement, numbers, G_N_ELEMENTS(numbers));
    sqlite3_bind_text(statement, 9, item->metric, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 10, team_id(storing, item->team), -1, SQLITE_STATIC);
    return tm_ledger_execute(storing->ledger, statement, "write an outcome", error);
}

static gboolean store_answer(
    const Storing *storing, const TmSurveyAnswer *answer, guint number, GError **error)
{
    sqlite3_stmt *statement =
        tm_ledger_statement(storing->ledger, TM_STATEMENT_ANSWER_WRITE, error);
    if (statement == NULL)
        return FALSE;
    const gint64 numbers[] = {(gint64)answer->key, answer->key != 0 ? 0 : storing->file,
        answer->key != 0 ? 0 : number, storing->exported, answer->day, answer->score,
        answer->scale_max};
    tm_ledger_bind(statement, numbers, G_N_ELEMENTS(numbers));
    sqlite3_bind_text(statement, 8, team_id(storing, answer->team), -1, SQLITE_STATIC);
    return tm_ledger_execute(storing->ledger, statement, "write an answer", error);
}

static gboolean store_theme(const Storing *storing, const Theme *theme, GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(storing->ledger, TM_STATEMENT_THEME_WRITE, error);
    if (statement == NULL)
        return FALSE;
    const gint64 numbers[] = {theme->day, storing->exported};
    tm_ledger_bind(statement, numbers, G_N_ELEMENTS(numbers));
    sqlite3_bind_text(statement, 3, theme->heading, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, theme->author, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, theme->text, -1, SQLITE_STATIC);
    return tm_ledger_execute(storing->ledger, statement, "write a theme", error);
}

static gboolean store_all(const Storing *storing, const TmOutcomeBatch *batch, GError **error)
{
    for (guint i = 0; i < batch->items->len; i++)
        if (!store_item(storing, &g_array_index(batch->items, Item, i), error))
            return FALSE;
    for (guint i = 0; i < batch->answers->len; i++)
        if (!store_answer(storing, &g_array_index(batch->answers, TmSurveyAnswer, i), i, error))
            return FALSE;
    for (guint i = 0; i < batch->themes->len; i++)
        if (!store_theme(storing, &g_array_index(batch->themes, Theme, i), error))
            return FALSE;
    return TRUE;
}

gboolean tm_ledger_store_outcomes(
    TmLedger *ledger, const TmOutcomeBatch *batch, const TmOutcomeSummary *summary, GError **error)
{
    Storing storing = {.ledger = ledger, .exported = summary->exported};
    memcpy(&storing.file, summary->sha256, sizeof storing.file);
    storing.file = GINT64_FROM_BE(storing.file);
    TmFileSummary file = {
        .path = summary->path, .bytes = summary->bytes, .modified = summary->modified};
    memcpy(file.sha256, summary->sha256, sizeof file.sha256);
    if (!tm_ledger_begin(ledger, error))
        return FALSE;
    if (store_all(&storing, batch, error) && tm_ledger_remember_file(ledger, &file, error) &&
        tm_ledger_commit(ledger, error))
        return TRUE;
    tm_ledger_rollback(ledger);
    return FALSE;
}

/* ---- Reading ----------------------------------------------------------------------------- */

gboolean tm_ledger_foreach_outcome(
    TmLedger *ledger, TmOutcomeVisitor visit, gpointer user, GError **error)
{
    static const char text[] = "SELECT metric, team, day, period, count, known FROM outcome"
                               " ORDER BY metric, team, day, period, key";
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(ledger->database, text, -1, &statement, NULL) != SQLITE_OK)
        return tm_ledger_fail(ledger, "read outcomes", error);
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        TmStoredOutcome outcome = {
            .metric = (const char *)sqlite3_column_text(statement, 0),
            .team = (const char *)sqlite3_column_text(statement, 1),
            .day = sqlite3_column_int(statement, 2),
            .period = (TmOutcomePeriod)sqlite3_column_int(statement, 3),
            .count = sqlite3_column_int64(statement, 4),
            .estimated = sqlite3_column_int(statement, 5) == 0,
        };
        visit(user, &outcome);
    }
    if (step != SQLITE_DONE)
        tm_ledger_fail(ledger, "read outcomes", error);
    sqlite3_finalize(statement);
    return step == SQLITE_DONE;
}
