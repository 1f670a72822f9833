/*
 * Cursor's code tracking, commits (JSON and CSV). It sees a part of a company's commits only, and
 * says of their lines which an assistant wrote; lines of code are not used. What is left is that a
 * person committed something with completions or agents in it: a total apart, in no figure.
 */
#include "../formats.h"
#include "../json_values.h"

#include <string.h>

enum {
    HASH,
    USER_ID,
    EMAIL,
    TIME,
    CREATED,
    TAB_LINES,
    AGENT_LINES,
    OTHER_LINES,
    NAMES,
    SOURCE,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [HASH] = {"commitHash|commit_hash", TM_FIELD_READ, "record key",
        "not unique: with the person it is the key, and the later row counts"},
    [USER_ID] = {"userId|user_id", TM_FIELD_IDENTITY, "person", "trusted second"},
    [EMAIL] = {"userEmail|user_email", TM_FIELD_IDENTITY, "person", ""},
    [TIME] = {"commitTs|commit_ts", TM_FIELD_READ, "day", "UTC; else that of createdAt"},
    [CREATED] = {"createdAt|created_at", TM_FIELD_READ, "day", "when the vendor stored the row"},
    [TAB_LINES] = {"tabLinesAdded|tab_lines_added", TM_FIELD_READ, "requests",
        "above zero here or in the next field: a commit with an assistant's work in it"},
    [AGENT_LINES] = {"composerLinesAdded|composer_lines_added", TM_FIELD_READ, "requests", ""},
    [OTHER_LINES] = {"totalLinesAdded|total_lines_added|totalLinesDeleted|total_lines_deleted|"
                     "tabLinesDeleted|tab_lines_deleted|composerLinesDeleted|"
                     "composer_lines_deleted|nonAiLinesAdded|non_ai_lines_added|"
                     "nonAiLinesDeleted|non_ai_lines_deleted",
        TM_FIELD_IGNORED, "", "lines of code are not used"},
    [NAMES] = {"repoName|repo_name|branchName|branch_name|message", TM_FIELD_CONTENT, "",
        "names and subjects of work"},
    [SOURCE] = {"commitSource|commit_source|isPrimaryBranch|is_primary_branch", TM_FIELD_IGNORED,
        "", ""},
};

static const TmFormat table = {"cursor-commits", "Cursor code tracking, commits (JSON or CSV)",
    &tm_sources[TM_SOURCE_CURSOR_COMMITS], fields, FIELD_COUNT};

typedef struct Commit {
    gboolean bad;
    TmCell hash, user_id, email;
    TmDay day, created;
    gboolean assisted;
} Commit;

static void take_commit(TmReading *reading, const Commit *commit)
{
    TmRecord record = {.instant = TM_INSTANT_NONE, .day = commit->day};
    if (record.day == TM_DAY_NONE)
        record.day = commit->created;
    if (commit->hash.length == 0 || record.day == TM_DAY_NONE) {
        gboolean no_hash = commit->hash.length == 0;
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, no_hash ? "commitHash" : "commitTs",
            no_hash ? "no commit" : "no time of it");
        return;
    }
    if (!tm_reading_admits(reading, record.day, "commitTs"))
        return;
    const TmIdentity given[] = {
        {TM_IDENTITY_EMAIL, commit->email.text, commit->email.length},
        {TM_IDENTITY_USER_ID, commit->user_id.text, commit->user_id.length},
    };
    for (guint i = 0; i < G_N_ELEMENTS(given); i++)
        if (given[i].length > 0)
            record.identity[record.identities++] = given[i];
    record.service = record.identities == 0;
    record.key = tm_key_end(tm_key_lower(TM_KEY_START, commit->hash.text, commit->hash.length));
    tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, commit->assisted ? 1 : 0);
    tm_reading_take(reading, &record);
}

/* ---- JSON -------------------------------------------------------------------------------- */

typedef struct State {
    gboolean begun;
    Commit commit;
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    state->commit = (Commit){.day = TM_DAY_NONE, .created = TM_DAY_NONE};
}

static gboolean take_lines(
    TmReading *reading, guint field, const TmJsonValue *value, Commit *commit)
{
    TmCount count = {0};
    if (!tm_json_take_count(reading, &fields[field], value, &count))
        return FALSE;
    commit->assisted |= count.value > 0;
    return TRUE;
}

static gboolean take_field(
    Commit *commit, TmReading *reading, guint field, const TmJsonValue *value)
{
    const TmFieldRule *rule = &fields[field];
    switch (field) {
    case HASH:
        return tm_json_take_text(reading, rule, value, &commit->hash);
    case USER_ID:
        return tm_json_take_text(reading, rule, value, &commit->user_id);
    case EMAIL:
        return tm_json_take_text(reading, rule, value, &commit->email);
    case TIME:
        return tm_json_take_day(reading, rule, value, &commit->day);
    case CREATED:
        return tm_json_take_day(reading, rule, value, &commit->created);
    default:
        return take_lines(reading, field, value, commit);
    }
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (!state->commit.bad)
        state->commit.bad = !take_field(&state->commit, reading, field, value);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &table, "JSON");
    state->begun = TRUE;
    if (!state->commit.bad)
        take_commit(reading, &state->commit);
    return TRUE;
}

static const char *const signatures[] = {
    "commitHash|composerLinesAdded", "commit_hash|composer_lines_added", NULL};

const TmJsonFormat tm_json_cursor_commits = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
};

/* ---- CSV --------------------------------------------------------------------------------- */

static void open_file(
    gpointer user G_GNUC_UNUSED, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    tm_reading_begin(reading, &table, "CSV");
}

/* FALSE when the row was reported. An empty cell is no day. */
static gboolean read_day(TmReading *reading, const TmCell *cells, guint column, TmDay *day)
{
    TmCell cell = tm_cell_trim(cells[column]);
    TmJsonValue value = {.kind = cell.length > 0 ? TM_JSON_STRING : TM_JSON_NULL,
        .text = cell.text,
        .length = cell.length};
    return tm_json_take_day(reading, &fields[column], &value, day);
}

static gboolean read_lines(TmReading *reading, const TmCell *cells, guint column, Commit *commit)
{
    TmCell cell = tm_cell_trim(cells[column]);
    TmJsonValue value = {.kind = cell.length > 0 ? TM_JSON_NUMBER : TM_JSON_NULL,
        .text = cell.text,
        .length = cell.length};
    return take_lines(reading, column, &value, commit);
}

static void read_row(gpointer user G_GNUC_UNUSED, TmReading *reading, const TmCell *cells)
{
    Commit commit = {.day = TM_DAY_NONE,
        .created = TM_DAY_NONE,
        .hash = tm_cell_trim(cells[HASH]),
        .user_id = tm_cell_trim(cells[USER_ID]),
        .email = tm_cell_trim(cells[EMAIL])};
    reading->summary->dropped_content_fields += cells[NAMES].length > 0 ? 1 : 0;
    if (read_day(reading, cells, TIME, &commit.day) &&
        read_day(reading, cells, CREATED, &commit.created) &&
        read_lines(reading, cells, TAB_LINES, &commit) &&
        read_lines(reading, cells, AGENT_LINES, &commit))
        take_commit(reading, &commit);
}

const TmCsvFormat tm_csv_cursor_commits = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(HASH) | TM_FIELD_BIT(AGENT_LINES),
    .open = open_file,
    .row = read_row,
};
