/* Measured weeks become lines, all or none. */
#include "disclosure.h"
#include "lines.h"
#include "store.h"

#include <string.h>

/* A line being appended to the chain. */
typedef struct Writer {
    TmArchive *archive;
    sqlite3_stmt *insert;
    TmWeek issue;
    gint64 sequence;
    guint8 before[32];
} Writer;

static gboolean last_of_chain(gpointer user, const TmLine *line, GError **error)
{
    Writer *writer = user;
    (void)error;
    writer->sequence = line->sequence;
    memcpy(writer->before, line->hash, 32);
    return TRUE;
}

static gboolean append_line(Writer *writer, TmWeek week, const char *kind, const char *scope,
    const char *body, GError **error)
{
    TmLine line = {++writer->sequence, writer->issue, week, kind, scope, body, NULL};
    guint8 hash[32];
    tm_line_hash(&line, writer->before, hash);
    sqlite3_bind_int64(writer->insert, 1, line.sequence);
    sqlite3_bind_int(writer->insert, 2, line.issue);
    sqlite3_bind_int(writer->insert, 3, line.week);
    sqlite3_bind_text(writer->insert, 4, kind, -1, SQLITE_STATIC);
    sqlite3_bind_text(writer->insert, 5, scope, -1, SQLITE_STATIC);
    sqlite3_bind_text(writer->insert, 6, body, -1, SQLITE_STATIC);
    sqlite3_bind_blob(writer->insert, 7, hash, sizeof hash, SQLITE_STATIC);
    gboolean written = sqlite3_step(writer->insert) == SQLITE_DONE;
    sqlite3_reset(writer->insert);
    if (!written)
        return tm_store_fail(writer->archive->database, "writing", error);
    memcpy(writer->before, hash, sizeof hash);
    return TRUE;
}

static void count_cell(TmPublishCounts *counts, const TmCell *cell)
{
    counts->cells++;
    counts->bands += cell->state == TM_CELL_BAND;
    counts->not_shown += cell->state == TM_CELL_NOT_SHOWN;
}

static gboolean append_scope(
    Writer *writer, const TmWeekCells *cells, guint index, TmPublishCounts *counts, GError **error)
{
    const TmScope *scope = g_ptr_array_index(cells->partition->scopes, index);
    TmWeek week = cells->partition->week;
    g_autoptr(GString) body = g_string_new(NULL);
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++) {
        const TmCell *cell = tm_week_cell(cells, index, (TmKpiId)kpi);
        if (cell->state == TM_CELL_ABSENT)
            continue;
        tm_line_append_cell(body, cell);
        count_cell(counts, cell);
    }
    for (guint i = 0; i < cells->by_part[index]->len; i++) {
        const TmCell *cell = &g_array_index(cells->by_part[index], TmCell, i);
        tm_line_append_cell(body, cell);
        count_cell(counts, cell);
    }
    counts->merged_blocks += scope->kind == TM_SCOPE_BLOCK && scope->merged;
    g_autofree char *description = tm_line_scope(scope);
    return append_line(writer, week, TM_LINE_SCOPE, scope->id, description, error) &&
           append_line(writer, week, TM_LINE_CELLS, scope->id, body->str, error);
}

static gboolean append_week(Writer *writer, const TmMeasuredWeek *week,
    const TmPublishOptions *options, TmPublishCounts *counts, GError **error)
{
    g_autoptr(TmWeekCells) cells = tm_disclose_week(week, options);
    if (!tm_disclosure_check(cells, week, options, error))
        return FALSE;
    for (guint scope = 0; scope < cells->scopes; scope++)
        if (!append_scope(writer, cells, scope, counts, error))
            return FALSE;
    for (guint i = 0; i < week->tools->len; i++) {
        const TmToolState *tool = &g_array_index(week->tools, TmToolState, i);
        g_autofree char *body = tm_line_tool(tool);
        if (!append_line(writer, week->partition->week, TM_LINE_TOOL, tool->tool, body, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean append_all(Writer *writer, const TmMeasured *measured,
    const TmPublishOptions *options, TmPublishCounts *counts, GError **error)
{
    for (guint i = 0; i < measured->weeks->len; i++)
        if (!append_week(writer, g_ptr_array_index(measured->weeks, i), options, counts, error))
            return FALSE;
    for (guint i = 0; options->contexts != NULL && i < options->contexts->len; i++) {
        const TmContext *context = &g_array_index(options->contexts, TmContext, i);
        g_autofree char *body = tm_line_context(context);
        if (!append_line(writer, options->issue, TM_LINE_CONTEXT,
                context->scope == NULL ? "" : context->scope, body, error))
            return FALSE;
    }
    return TRUE;
}

/* A week is published once. */
static gboolean check_new(TmArchive *archive, const TmMeasured *measured, GError **error)
{
    g_autoptr(GArray) published = tm_archive_weeks(archive);
    for (guint i = 0; i < measured->weeks->len; i++) {
        const TmMeasuredWeek *week = g_ptr_array_index(measured->weeks, i);
        for (guint j = 0; j < published->len; j++) {
            if (g_array_index(published, TmWeek, j) != week->partition->week)
                continue;
            g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
                "archive: a week that was published cannot be published again");
            return FALSE;
        }
    }
    return TRUE;
}

gboolean tm_archive_publish(TmArchive *archive, const TmMeasured *measured,
    const TmPublishOptions *options, TmPublishCounts *counts, GError **error)
{
    *counts = (TmPublishCounts){0};
    if (measured->weeks->len == 0)
        return TRUE;
    if (!check_new(archive, measured, error))
        return FALSE;
    Writer writer = {.archive = archive, .issue = options->issue};
    if (!tm_store_each(archive, "sequence = (SELECT max(sequence) FROM line)", 0, last_of_chain,
            &writer, error))
        return FALSE;
    if (sqlite3_exec(archive->database, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(archive->database,
            "INSERT INTO line (sequence, issue, week, kind, scope, body, hash)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            -1, &writer.insert, NULL) != SQLITE_OK)
        return tm_store_fail(archive->database, "beginning to publish", error);
    gboolean fine = append_all(&writer, measured, options, counts, error);
    sqlite3_finalize(writer.insert);
    if (fine && sqlite3_exec(archive->database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        fine = tm_store_fail(archive->database, "publishing", error);
    if (!fine)
        sqlite3_exec(archive->database, "ROLLBACK", NULL, NULL, NULL);
    return fine;
}
