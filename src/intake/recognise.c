/*
 * Signatures of files: of those that are read, and of the vendors' other files, which are refused
 * by name with what to export instead.
 */
#include "recognise.h"

#include <string.h>

#define MOST_MEMBERS 256  /* of a first record */
#define LONGEST_MEMBER 64 /* a longer name is in no signature */

static const TmCsvFormat *const csv_formats[] = {&tm_cursor_usage_csv};
static const TmJsonFormat *const json_formats[] = {
    &tm_claude_code_analytics, &tm_copilot_user_metrics};

/* A file that is known and not read. `names`: all must be there. */
typedef struct Refusal {
    const char *names;
    TmDiagnosticKind kind;
    const char *text;
} Refusal;

static const Refusal csv_refusals[] = {
    {"Email|Is Active", TM_KIND_UNKNOWN_FORMAT,
        "Cursor team analytics (user and day): export the usage events CSV instead"},
    {"Email|Tabs Accepted", TM_KIND_UNKNOWN_FORMAT,
        "Cursor team analytics (user and day): export the usage events CSV instead"},
    {"commit_hash|composer_lines_added", TM_KIND_UNKNOWN_FORMAT,
        "Cursor code tracking, commits: lines of code are not used"},
    {"change_id|metadata_json", TM_KIND_UNKNOWN_FORMAT,
        "Cursor code tracking, changes: lines of code are not used"},
    {"usage_date_utc|cost_usd", TM_KIND_UNKNOWN_FORMAT,
        "Claude Console cost: it names no person; export Claude Code Analytics instead"},
    {"usage_date_utc", TM_KIND_UNKNOWN_FORMAT,
        "Claude Console tokens: it names no person; export Claude Code Analytics instead"},
    {"User|Lines this Month", TM_KIND_UNKNOWN_FORMAT,
        "Claude Code dashboard, month to date: it has no days; export Claude Code Analytics "
        "instead"},
};

/* Cursor's chart downloads have no fixed columns: a date, then numbers. */
static const Refusal chart_refusal = {"Date", TM_KIND_UNKNOWN_FORMAT,
    "a table with a date and no model, as Cursor's charts are downloaded: export the usage events "
    "CSV instead"};

static const Refusal json_refusals[] = {
    {"download_links", TM_KIND_NO_DATA_FILE,
        "Copilot's list of download links: it holds no rows itself"},
    {"team_id|slug", TM_KIND_UNKNOWN_FORMAT,
        "Copilot team membership rows: export users-1-day or users-28-day instead"},
    {"repo_id", TM_KIND_UNKNOWN_FORMAT,
        "Copilot repository rows: export users-1-day or users-28-day instead"},
    {"daily_active_users", TM_KIND_UNKNOWN_FORMAT,
        "Copilot aggregate rows, which name no person: export users-1-day or users-28-day "
        "instead"},
    {"date|copilot_ide_code_completions", TM_KIND_UNKNOWN_FORMAT,
        "Copilot metrics of the interface that ended in 2026: export users-1-day or users-28-day "
        "instead"},
    {"date|copilot_ide_chat", TM_KIND_UNKNOWN_FORMAT,
        "Copilot metrics of the interface that ended in 2026: export users-1-day or users-28-day "
        "instead"},
    {"day|total_suggestions_count", TM_KIND_UNKNOWN_FORMAT,
        "Copilot usage of the interface that ended in 2025: export users-1-day or users-28-day "
        "instead"},
    {"day|breakdown", TM_KIND_UNKNOWN_FORMAT,
        "Copilot usage of the interface that ended in 2025: export users-1-day or users-28-day "
        "instead"},
    {"starting_at|results", TM_KIND_UNKNOWN_FORMAT,
        "a Claude usage or cost report by time bucket: export Claude Code Analytics instead"},
    {"claude_code_metrics", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise analytics: export Claude Code Analytics instead"},
    {"chat_metrics", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise analytics: export Claude Code Analytics instead"},
    {"summaries", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise summaries, which name no person: export Claude Code Analytics instead"},
    {"actor|total_tokens", TM_KIND_UNKNOWN_FORMAT,
        "a Claude Enterprise usage report: export Claude Code Analytics instead"},
    {"actor|list_amount", TM_KIND_UNKNOWN_FORMAT,
        "a Claude Enterprise cost report: export Claude Code Analytics instead"},
    {"user_totals", TM_KIND_UNKNOWN_FORMAT,
        "test data of a Copilot dashboard, not an export of GitHub"},
    {"usageEvents", TM_KIND_UNKNOWN_FORMAT,
        "usage events of Cursor's interface: export the usage events CSV instead"},
    {"usageEventsDisplay", TM_KIND_UNKNOWN_FORMAT,
        "usage events of Cursor's dashboard: export the usage events CSV instead"},
    {"error", TM_KIND_NO_DATA_FILE, "an error message of the vendor, saved in place of data"},
    {"message|documentation_url", TM_KIND_NO_DATA_FILE,
        "an error message of the vendor, saved in place of data"},
};

static void refuse(TmReading *reading, TmDiagnosticKind kind, const char *text)
{
    TmPlace place = {.file = reading->path};
    tm_diagnostics_report(reading->diagnostics, kind, &place, "%s", text);
}

/* ---- CSV ----------------------------------------------------------------------------------- */

/* Whether one of the variants in `names` ('|' between them) is the cell's text. */
static gboolean is_variant(const char *names, TmCell cell)
{
    for (;;) {
        gsize length = strcspn(names, "|");
        if (length == cell.length && g_ascii_strncasecmp(names, cell.text, length) == 0)
            return TRUE;
        if (names[length] == '\0')
            return FALSE;
        names += length + 1;
    }
}

static gint find_field(const TmFormat *format, TmCell cell)
{
    for (guint i = 0; i < format->field_count; i++)
        if (is_variant(format->fields[i].names, cell))
            return (gint)i;
    return -1;
}

static gboolean has_cell(const TmCell *cells, guint count, const char *name, gsize length)
{
    for (guint i = 0; i < count; i++) {
        TmCell cell = tm_cell_trim(cells[i]);
        if (cell.length == length && g_ascii_strncasecmp(cell.text, name, length) == 0)
            return TRUE;
    }
    return FALSE;
}

/* All names of a signature are among the cells; counts those that are. */
static gboolean has_all(const TmCell *cells, guint count, const char *names, guint *found)
{
    gboolean all = TRUE;
    *found = 0;
    for (;;) {
        gsize length = strcspn(names, "|");
        gboolean has = has_cell(cells, count, names, length);
        *found += has ? 1 : 0;
        all &= has;
        if (names[length] == '\0')
            return all;
        names += length + 1;
    }
}

static gboolean is_refused(TmReading *reading, const TmCell *cells, guint count,
    const Refusal *refusals, guint refusal_count)
{
    guint found;
    for (guint i = 0; i < refusal_count; i++)
        if (has_all(cells, count, refusals[i].names, &found)) {
            refuse(reading, refusals[i].kind, refusals[i].text);
            return TRUE;
        }
    return FALSE;
}

/* Maps the columns of a header to a format's fields; the first column of a name counts. */
static guint64 map_columns(
    const TmFormat *format, const TmCell *cells, guint count, gint *fields, gboolean *twice)
{
    guint64 present = 0;
    *twice = FALSE;
    for (guint i = 0; i < count; i++) {
        fields[i] = find_field(format, tm_cell_trim(cells[i]));
        if (fields[i] < 0)
            continue;
        *twice |= (present & TM_FIELD_BIT(fields[i])) != 0;
        present |= TM_FIELD_BIT(fields[i]);
    }
    return present;
}

static void append_name(GString *text, const char *name)
{
    g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", name);
}

/* What a header lacks of a format, by name; NULL if it is not near it. */
static char *missing_columns(const TmCsvFormat *format, guint64 present)
{
    const TmFormat *table = &tm_formats(NULL)[format->index];
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < table->field_count; i++)
        if ((format->required & ~present) & TM_FIELD_BIT(i))
            append_name(names, tm_field_name(&table->fields[i]));
    if ((format->one_of & present) == 0)
        append_name(names, "a column of tokens");
    gboolean near = __builtin_popcountll(present) >= 2;
    return g_string_free(names, !near);
}

static void refuse_header(TmReading *reading, const TmCell *cells, guint count)
{
    gint fields[TM_CSV_COLUMNS];
    gboolean twice;
    for (guint i = 0; i < G_N_ELEMENTS(csv_formats); i++) {
        const TmFormat *table = &tm_formats(NULL)[csv_formats[i]->index];
        guint64 present = map_columns(table, cells, count, fields, &twice);
        g_autofree char *missing = missing_columns(csv_formats[i], present);
        if (missing == NULL)
            continue;
        TmPlace place = {.file = reading->path, .line = reading->line};
        tm_diagnostics_report(reading->diagnostics, TM_KIND_UNKNOWN_FORMAT, &place,
            "nearest to %s, but without: %s", table->name, missing);
        return;
    }
    gboolean dated = count > 1 && tm_cell_equals(tm_cell_trim(cells[0]), chart_refusal.names);
    gboolean other = count == 1 && (memchr(cells[0].text, ';', cells[0].length) != NULL ||
                                       memchr(cells[0].text, '\t', cells[0].length) != NULL);
    refuse(reading, TM_KIND_UNKNOWN_FORMAT,
        dated   ? chart_refusal.text
        : other ? "columns are not separated by commas: save the export without changing it"
                : "the first line is the header of no known CSV export");
}

const TmCsvFormat *tm_recognise_header(
    TmReading *reading, const TmCell *cells, guint count, gint *fields, guint64 *present)
{
    for (guint i = 0; i < G_N_ELEMENTS(csv_formats); i++) {
        const TmCsvFormat *format = csv_formats[i];
        const TmFormat *table = &tm_formats(NULL)[format->index];
        gboolean twice;
        *present = map_columns(table, cells, count, fields, &twice);
        if ((*present & format->required) != format->required || !(*present & format->one_of))
            continue;
        if (twice) {
            refuse(reading, TM_KIND_UNKNOWN_FORMAT, "a column of the export is there twice");
            return NULL;
        }
        for (guint column = 0; column < count; column++)
            if (fields[column] < 0)
                tm_reading_note_unknown(reading, cells[column].text, cells[column].length);
        return format;
    }
    if (!is_refused(reading, cells, count, csv_refusals, G_N_ELEMENTS(csv_refusals)))
        refuse_header(reading, cells, count);
    return NULL;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static guint list_members(TmJsonRecord *record, TmCell *cells)
{
    guint count = 0;
    while (tm_json_record_next(record) && count < MOST_MEMBERS) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        if (length > 0 && length <= LONGEST_MEMBER)
            cells[count++] = (TmCell){key, length};
    }
    return count;
}

static void refuse_record(TmReading *reading, const TmCell *cells, guint count)
{
    for (guint i = 0; i < G_N_ELEMENTS(json_formats); i++) {
        guint found;
        has_all(cells, count, json_formats[i]->keys, &found);
        if (found == 0)
            continue;
        TmPlace place = {reading->path, reading->line, reading->column, NULL};
        g_auto(GStrv) wanted = g_strsplit(json_formats[i]->keys, "|", 0);
        g_autofree char *list = g_strjoinv(", ", wanted);
        tm_diagnostics_report(reading->diagnostics, TM_KIND_UNKNOWN_FORMAT, &place,
            "nearest to %s, which has the members %s",
            tm_formats(NULL)[json_formats[i]->index].name, list);
        return;
    }
    refuse(reading, TM_KIND_UNKNOWN_FORMAT, "the first JSON object is a record of no known export");
}

const TmJsonFormat *tm_recognise_record(TmReading *reading, TmJsonRecord *record)
{
    TmCell cells[MOST_MEMBERS];
    guint count = list_members(record, cells), found;
    if (is_refused(reading, cells, count, json_refusals, G_N_ELEMENTS(json_refusals)))
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS(json_formats); i++)
        if (has_all(cells, count, json_formats[i]->keys, &found) ||
            (json_formats[i]->other_keys != NULL &&
                has_all(cells, count, json_formats[i]->other_keys, &found)))
            return json_formats[i];
    refuse_record(reading, cells, count);
    return NULL;
}
