/*
 * The vendors' files that are known and not read. A format that is read needs no row here: it is
 * looked for first.
 */
#include "recognise.h"

#include <string.h>

static const TmRefusalRow csv_refusals[] = {
    {"change_id|metadata_json", TM_KIND_UNKNOWN_FORMAT,
        "Cursor code tracking, changes: lines of code are not used"},
    {"start_time|end_time|start_time_iso|end_time_iso", TM_KIND_EMPTY_FILE,
        "an OpenAI dashboard download without any use, which does not mean no use"},
    {"User|Lines this Month", TM_KIND_UNKNOWN_FORMAT,
        "Claude Code dashboard, month to date: it has no days; export Claude Code Analytics "
        "instead"},
};

/* Cursor's chart downloads have no fixed columns: a date, then numbers. */
static const TmRefusalRow chart_refusal = {"Date", TM_KIND_UNKNOWN_FORMAT,
    "a table with a date and no model, as Cursor's charts are downloaded: export the usage events "
    "CSV instead"};

static const TmRefusalRow json_refusals[] = {
    {"type=thread.started|thread_id", TM_KIND_UNKNOWN_FORMAT,
        "output of codex exec --json: it has no times; collect the rollouts below "
        "~/.codex/sessions "
        "instead"},
    {"type=CODEX_LOG", TM_KIND_UNKNOWN_FORMAT,
        "Codex logs of the Compliance API: they hold prompts; export Codex Enterprise Analytics "
        "instead"},
    {"event_type=CODEX_LOG", TM_KIND_UNKNOWN_FORMAT,
        "Codex logs of the Compliance API: they hold prompts; export Codex Enterprise Analytics "
        "instead"},
    {"pull_request_reviews|comments", TM_KIND_UNKNOWN_FORMAT,
        "Codex code reviews: they are no use by persons; export Codex Enterprise Analytics, usage, "
        "instead"},
    {"replies|reactions", TM_KIND_UNKNOWN_FORMAT,
        "answers to Codex code reviews: they are no use of it; export Codex Enterprise Analytics, "
        "usage, instead"},
    {"object=organization.user|email", TM_KIND_UNKNOWN_FORMAT,
        "OpenAI's list of users: put ids and e-mail addresses into identities.csv"},
    {"download_links", TM_KIND_NO_DATA_FILE,
        "Copilot's list of download links: it holds no rows itself"},
    {"user_totals", TM_KIND_UNKNOWN_FORMAT,
        "test data of a Copilot dashboard, not an export of GitHub"},
    {"error", TM_KIND_NO_DATA_FILE, "an error message of the vendor, saved in place of data"},
    {"message|documentation_url", TM_KIND_NO_DATA_FILE,
        "an error message of the vendor, saved in place of data"},
};

/* "name" or "name=text" is among the names; `texts` NULL: there are only names. */
static gboolean has_cell(
    const TmCell *cells, const TmCell *texts, guint count, const char *wanted, gsize length)
{
    const char *equals = memchr(wanted, '=', length);
    gsize name = equals != NULL ? (gsize)(equals - wanted) : length;
    for (guint i = 0; i < count; i++) {
        TmCell cell = tm_cell_trim(cells[i]);
        if (cell.length != name || g_ascii_strncasecmp(cell.text, wanted, name) != 0)
            continue;
        return equals == NULL ||
               (texts != NULL && tm_cell_same(texts[i], (TmCell){equals + 1, length - name - 1}));
    }
    return FALSE;
}

static gboolean has_all(const TmCell *cells, const TmCell *texts, guint count, const char *names)
{
    for (;;) {
        gsize length = strcspn(names, "|");
        if (!has_cell(cells, texts, count, names, length))
            return FALSE;
        if (names[length] == '\0')
            return TRUE;
        names += length + 1;
    }
}

static const TmRefusalRow *find(const TmRefusalRow *rows, guint row_count, const TmCell *cells,
    const TmCell *texts, guint count)
{
    for (guint i = 0; i < row_count; i++)
        if (has_all(cells, texts, count, rows[i].names))
            return &rows[i];
    return NULL;
}

const TmRefusalRow *tm_csv_refusal(const TmCell *cells, guint count)
{
    const TmRefusalRow *row = find(csv_refusals, G_N_ELEMENTS(csv_refusals), cells, NULL, count);
    gboolean chart = count > 1 && tm_cell_equals(tm_cell_trim(cells[0]), chart_refusal.names);
    return row == NULL && chart ? &chart_refusal : row;
}

const TmRefusalRow *tm_json_refusal(const TmCell *members, const TmCell *texts, guint count)
{
    return find(json_refusals, G_N_ELEMENTS(json_refusals), members, texts, count);
}
