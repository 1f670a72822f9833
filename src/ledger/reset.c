/* Forgetting what the sources of one tool have said. */
#include "internal.h"

/* One row a table; ?1 is a source. Files are forgotten too, whatever tool they are of. */
static const char *const deletions[] = {
    "DELETE FROM seen WHERE source = ?1",
    "DELETE FROM fact WHERE source = ?1",
    "DELETE FROM coverage WHERE source = ?1",
    "DELETE FROM unsettled WHERE source = ?1",
    "DELETE FROM unmerged WHERE source = ?1",
    "DELETE FROM seat WHERE source = ?1",
};

static gboolean delete_rows(TmLedger *ledger, const char *text, gint64 source, GError **error)
{
    sqlite3_stmt *statement = NULL;
    gboolean done = sqlite3_prepare_v2(ledger->database, text, -1, &statement, NULL) == SQLITE_OK &&
                    sqlite3_bind_int64(statement, 1, source) == SQLITE_OK &&
                    sqlite3_step(statement) == SQLITE_DONE;
    if (!done)
        tm_ledger_fail(ledger, "delete", error);
    sqlite3_finalize(statement);
    return done;
}

static gboolean forget_source(TmLedger *ledger, guint source, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(deletions); i++)
        if (!delete_rows(ledger, deletions[i], ledger->source_ids[source], error))
            return FALSE;
    return TRUE;
}

static gboolean forget_files(TmLedger *ledger, GError **error)
{
    return sqlite3_exec(ledger->database, "DELETE FROM file", NULL, NULL, NULL) == SQLITE_OK ||
           tm_ledger_fail(ledger, "delete", error);
}

gboolean tm_ledger_reset_tool(TmLedger *ledger, TmToolIndex tool, GError **error)
{
    if (!tm_ledger_begin(ledger, error))
        return FALSE;
    gboolean done = forget_files(ledger, error);
    for (guint source = 0; source < tm_source_count && done; source++)
        if (tm_sources[source].tool == tool)
            done = forget_source(ledger, source, error);
    if (done && tm_ledger_commit(ledger, error))
        return TRUE;
    tm_ledger_rollback(ledger);
    return FALSE;
}
