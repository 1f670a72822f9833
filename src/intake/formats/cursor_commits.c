/*
 * Cursor's code tracking, commits, as JSON and as CSV.
 *
 * The vendor sees a part of the commits of a part of the people, and days of commits are not those
 * of the use that went into them. So a commit makes nobody active and is no request: it is kept
 * apart, as one interaction where the vendor traced lines of it to Cursor. How many lines is not
 * used, and neither is whose commit it is.
 */
#include "cursor_cells.h"
#include "cursor_pages.h"
#include "cursor_walk.h"

enum {
    HASH,
    PLACE,
    USER_ID,
    EMAIL,
    TABS_ADDED,
    TABS_DELETED,
    EDITS_ADDED,
    EDITS_DELETED,
    COMMITTED,
    CREATED,
    MESSAGE,
    REPOSITORY,
    BRANCH,
    IS_PRIMARY,
    ALL_ADDED,
    ALL_DELETED,
    OTHERS_ADDED,
    OTHERS_DELETED,
    PAGE_TOTAL,
    PAGE_NUMBER,
    PAGE_SIZE,
    FIELD_COUNT
};

#define TRACED "only whether there are any"
#define LINES "lines of code are not used"

static const TmFieldRule fields[FIELD_COUNT] = {
    [HASH] = {"commitHash", TM_FIELD_READ, "record key", "comes again with another branch"},
    [PLACE] = {"commitSource", TM_FIELD_READ, "surface", "ide, cli or cloud; newer"},
    [USER_ID] = {"userId", TM_FIELD_IDENTITY, "record key", "no person's figures are made of it"},
    [EMAIL] = {"userEmail", TM_FIELD_IDENTITY, "record key", "where there is no id"},
    [TABS_ADDED] = {"tabLinesAdded", TM_FIELD_READ, "interactions", TRACED},
    [TABS_DELETED] = {"tabLinesDeleted", TM_FIELD_READ, "interactions", TRACED},
    [EDITS_ADDED] = {"composerLinesAdded", TM_FIELD_READ, "interactions", TRACED},
    [EDITS_DELETED] = {"composerLinesDeleted", TM_FIELD_READ, "interactions", TRACED},
    [COMMITTED] = {"commitTs", TM_FIELD_READ, "day", "UTC"},
    [CREATED] = {"createdAt", TM_FIELD_READ, "day", "UTC; used where commitTs is missing"},
    [MESSAGE] = {"message", TM_FIELD_CONTENT, "", ""},
    [REPOSITORY] = {"repoName", TM_FIELD_CONTENT, "", ""},
    [BRANCH] = {"branchName", TM_FIELD_CONTENT, "", ""},
    [IS_PRIMARY] = {"isPrimaryBranch", TM_FIELD_IGNORED, "", ""},
    [ALL_ADDED] = {"totalLinesAdded", TM_FIELD_IGNORED, "", LINES},
    [ALL_DELETED] = {"totalLinesDeleted", TM_FIELD_IGNORED, "", LINES},
    [OTHERS_ADDED] = {"nonAiLinesAdded", TM_FIELD_IGNORED, "", LINES},
    [OTHERS_DELETED] = {"nonAiLinesDeleted", TM_FIELD_IGNORED, "", LINES},
    [PAGE_TOTAL] = {"page.totalCount", TM_FIELD_READ, "",
        "more than there are commits: the export is incomplete"},
    [PAGE_NUMBER] = {"page.page", TM_FIELD_READ, "", "which query a page is of"},
    [PAGE_SIZE] = {"page.pageSize", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat json_table = {"cursor-commits", "Cursor code tracking, commits (JSON)",
    &tm_sources[TM_SOURCE_CURSOR_COMMITS], fields, FIELD_COUNT};
static const TmFormat csv_table = {"cursor-commits-csv", "Cursor code tracking, commits (CSV)",
    &tm_sources[TM_SOURCE_CURSOR_COMMITS], fields, PAGE_TOTAL};

typedef struct Commit {
    TmCell hash, place, user, email;
    TmDay day, stored;
    TmCount lines[EDITS_DELETED + 1 - TABS_ADDED];
} Commit;

static void begin_commit(Commit *commit)
{
    *commit = (Commit){.day = TM_DAY_NONE, .stored = TM_DAY_NONE};
}

static TmSurface surface_of(TmCell place)
{
    return tm_cell_equals(place, "cli")     ? TM_SURFACE_TERMINAL
           : tm_cell_equals(place, "cloud") ? TM_SURFACE_AGENT
                                            : TM_SURFACE_UNKNOWN;
}

static void take_commit(TmReading *reading, const Commit *commit)
{
    TmDay day = commit->day != TM_DAY_NONE ? commit->day : commit->stored;
    TmRecord record = {.service = TRUE,
        .day = day,
        .instant = TM_INSTANT_NONE,
        .surface = surface_of(commit->place)};
    TmCell person = commit->user.length > 0 ? commit->user : commit->email;
    gboolean known = FALSE, traced = FALSE;
    if (commit->hash.length == 0 || day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD,
            tm_field_name(&fields[commit->hash.length == 0 ? HASH : COMMITTED]),
            commit->hash.length == 0 ? "no hash" : "neither this nor createdAt");
        return;
    }
    if (!tm_reading_admits(reading, day, tm_field_name(&fields[COMMITTED])))
        return;
    TmKeyHash hash = tm_key_text(TM_KEY_START, commit->hash.text, commit->hash.length);
    record.key = tm_key_end(tm_key_lower(hash, person.text, person.length));
    for (guint i = 0; i < G_N_ELEMENTS(commit->lines); i++) {
        known |= commit->lines[i].present;
        traced |= commit->lines[i].value > 0;
    }
    if (known)
        tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, traced ? 1 : 0);
    tm_reading_take(reading, &record);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

typedef struct State {
    gboolean begun;
    Commit commit;
    TmCursorPages pages;
} State;

static const TmCursorPageWords words = {"totalCount", "commits"};

static void begin_record(gpointer user)
{
    State *state = user;
    begin_commit(&state->commit);
    state->pages.page.have++;
}

static gboolean take_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    Commit *commit = &((State *)user)->commit;
    const TmFieldRule *rule = &fields[field];
    switch (field) {
    case HASH:
        return tm_json_take_text(reading, rule, value, &commit->hash);
    case PLACE:
        return tm_json_take_text(reading, rule, value, &commit->place);
    case USER_ID:
        return tm_cursor_take_id(reading, rule, value, &commit->user);
    case EMAIL:
        return tm_json_take_text(reading, rule, value, &commit->email);
    case COMMITTED:
        return tm_json_take_day(reading, rule, value, &commit->day);
    case CREATED:
        return tm_json_take_day(reading, rule, value, &commit->stored);
    default:
        return tm_json_take_count(reading, rule, value, &commit->lines[field - TABS_ADDED]);
    }
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    return tm_cursor_walk(&json_table, record, reading, take_field, user);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmCursorPage *page = &((State *)user)->pages.page;
    tm_json_take_count(
        reading, &fields[field], value, field == PAGE_TOTAL ? &page->wanted : &page->number);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &json_table, NULL);
    state->begun = TRUE;
    take_commit(reading, &state->commit);
    return TRUE;
}

static void end_page(gpointer user, TmReading *reading, gboolean closing)
{
    if (closing)
        tm_cursor_pages_turn(&((State *)user)->pages, reading, &words);
}

static void end_file(gpointer user, TmReading *reading)
{
    tm_cursor_pages_end(&((State *)user)->pages, reading, &words);
}

static const char *const signatures[] = {
    "commitHash|composerLinesAdded", "commit_hash|composer_lines_added", NULL};

const TmJsonFormat tm_json_cursor_commits = {
    .tables = &json_table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .walk = walk,
    .end_record = end_record,
    .end_page = end_page,
    .end_file = end_file,
};

/* ---- CSV ----------------------------------------------------------------------------------- */

static void open_file(
    gpointer user G_GNUC_UNUSED, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    tm_reading_begin(reading, &csv_table, NULL);
}

/* FALSE when the row was reported; an empty cell leaves *day alone. */
static gboolean read_day(TmReading *reading, const TmCell *cells, guint column, TmDay *day)
{
    gint64 instant;
    return tm_cell_trim(cells[column]).length == 0 ||
           tm_cursor_cell_day(reading, cells[column], &fields[column], day, &instant);
}

static void read_row(gpointer user G_GNUC_UNUSED, TmReading *reading, const TmCell *cells)
{
    Commit commit;
    begin_commit(&commit);
    commit.hash = tm_cell_trim(cells[HASH]);
    commit.place = tm_cell_trim(cells[PLACE]);
    commit.user = tm_cell_trim(cells[USER_ID]);
    commit.email = tm_cell_trim(cells[EMAIL]);
    if (!read_day(reading, cells, COMMITTED, &commit.day) ||
        !read_day(reading, cells, CREATED, &commit.stored))
        return;
    for (guint i = 0; i < G_N_ELEMENTS(commit.lines); i++) {
        guint column = TABS_ADDED + i;
        if (!tm_cursor_cell_count(reading, cells[column], &fields[column], &commit.lines[i]))
            return;
    }
    take_commit(reading, &commit);
}

const TmCsvFormat tm_csv_cursor_commits = {
    .tables = &csv_table,
    .table_count = 1,
    .required = TM_FIELD_BIT(HASH) | TM_FIELD_BIT(EDITS_ADDED),
    .open = open_file,
    .row = read_row,
};
