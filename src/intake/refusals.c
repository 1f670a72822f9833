/*
 * The vendors' files that are known and not read. A format that is read needs no row here: it is
 * looked for first.
 */
#include "recognise.h"

#include <string.h>

static const TmRefusalRow csv_refusals[] = {
    {"change_id|metadata_json", TM_KIND_UNKNOWN_FORMAT,
        "Cursor code tracking, changes: lines of code are not used"},
    {"User|Lines this Month", TM_KIND_UNKNOWN_FORMAT,
        "Claude Code dashboard, month to date: it has no days; export Claude Code Analytics "
        "instead"},
};

/* Cursor's chart downloads have no fixed columns: a date, then numbers. */
static const TmRefusalRow chart_refusal = {"Date", TM_KIND_UNKNOWN_FORMAT,
    "a table with a date and no model, as Cursor's charts are downloaded: export the usage events "
    "CSV instead"};

static const TmRefusalRow json_refusals[] = {
    {"download_links", TM_KIND_NO_DATA_FILE,
        "Copilot's list of download links: it holds no rows itself"},
    {"user_totals", TM_KIND_UNKNOWN_FORMAT,
        "test data of a Copilot dashboard, not an export of GitHub"},
    {"groups|billingCycle", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's billing groups: they hold no use, and money only of two days; teams belong into "
        "people.csv"},
    {"directoryGroupId|memberCount", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's billing groups: they hold no use; teams belong into people.csv"},
    {"aggregations", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's sums by model, without people or days: export the usage events instead"},
    {"events|pagination", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's audit log: it holds no use; export the usage events instead"},
    {"changeId|metadata", TM_KIND_UNKNOWN_FORMAT,
        "Cursor code tracking, changes: lines of code are not used"},
    {"line_acceptance_ratio|rank", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's leaderboard: a ranking of people is not read"},
    {"date|dau", TM_KIND_UNKNOWN_FORMAT,
        "Cursor analytics, daily active users: counts of people who repeat; export the daily usage "
        "instead"},
    {"event_date|client_version", TM_KIND_UNKNOWN_FORMAT,
        "Cursor analytics, client versions: they are no use"},
    {"event_date|file_extension", TM_KIND_UNKNOWN_FORMAT,
        "Cursor analytics, types of files: they are not used"},
    {"event_date|usage", TM_KIND_UNKNOWN_FORMAT,
        "Cursor analytics of a team, a part of its messages: export the metrics by person or the "
        "daily usage instead"},
    {"error", TM_KIND_NO_DATA_FILE, "an error message of the vendor, saved in place of data"},
    {"message|documentation_url", TM_KIND_NO_DATA_FILE,
        "an error message of the vendor, saved in place of data"},
};

static gboolean has_cell(const TmCell *cells, guint count, const char *name, gsize length)
{
    for (guint i = 0; i < count; i++) {
        TmCell cell = tm_cell_trim(cells[i]);
        if (cell.length == length && g_ascii_strncasecmp(cell.text, name, length) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean has_all(const TmCell *cells, guint count, const char *names)
{
    for (;;) {
        gsize length = strcspn(names, "|");
        if (!has_cell(cells, count, names, length))
            return FALSE;
        if (names[length] == '\0')
            return TRUE;
        names += length + 1;
    }
}

static const TmRefusalRow *find(
    const TmRefusalRow *rows, guint row_count, const TmCell *cells, guint count)
{
    for (guint i = 0; i < row_count; i++)
        if (has_all(cells, count, rows[i].names))
            return &rows[i];
    return NULL;
}

const TmRefusalRow *tm_csv_refusal(const TmCell *cells, guint count)
{
    const TmRefusalRow *row = find(csv_refusals, G_N_ELEMENTS(csv_refusals), cells, count);
    gboolean chart = count > 1 && tm_cell_equals(tm_cell_trim(cells[0]), chart_refusal.names);
    return row == NULL && chart ? &chart_refusal : row;
}

const TmRefusalRow *tm_json_refusal(const TmCell *members, guint count)
{
    return find(json_refusals, G_N_ELEMENTS(json_refusals), members, count);
}
