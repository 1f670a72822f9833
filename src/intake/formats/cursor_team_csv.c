/*
 * Cursor's team analytics CSV, as the dashboard had it until autumn 2025: one row for each person
 * and UTC day, with the counters of the daily usage under other names. An empty number is 0.
 */
#include "cursor_cells.h"
#include "cursor_days.h"

#include <string.h>

enum {
    DATE,
    USER_ID,
    EMAIL,
    ACTIVE,
    FIRST_COUNTER, /* from here on in the order of TmCursorCounter */
    TABS_SHOWN = FIRST_COUNTER,
    TABS_ACCEPTED,
    EDITS,
    INLINE_EDITS,
    ACCEPTS,
    REJECTS,
    CHATS,
    AGENT_RUNS,
    REVIEWS,
    BY_PLAN,
    ON_DEMAND,
    BY_OWN_KEY,
    APPLIES,
    SUGGESTED_ADDED,
    SUGGESTED_DELETED,
    ACCEPTED_ADDED,
    ACCEPTED_DELETED,
    FAVOURITE_MODEL,
    APPLY_EXTENSION,
    TAB_EXTENSION,
    VERSION,
    FIELD_COUNT
};

#define PAYER "a call is one interaction where no other counter tells of any"
#define LINES "lines of code are not used"
#define FILE_NAMES "may hold names of files"

static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"Date", TM_FIELD_READ, "day, record key", "the UTC day of an instant, or a day"},
    [USER_ID] = {"User ID", TM_FIELD_IDENTITY, "person",
        "rows of one address and day with two ids add up, unless they are equal"},
    [EMAIL] = {"Email", TM_FIELD_IDENTITY, "person, record key",
        "trusted first; rows where it is no address are totals and left out"},
    [ACTIVE] = {"Is Active", TM_FIELD_READ, "interactions",
        "true: one interaction where there are no counters at all"},
    [TABS_SHOWN] = {"Chat Tabs Shown|Tabs Shown", TM_FIELD_READ, "shown",
        "completions; before 2025-09 too few"},
    [TABS_ACCEPTED] = {"Tabs Accepted|Chat Tabs Accepted", TM_FIELD_READ, "accepted, interactions",
        "completions; before 2025-09 too few"},
    [EDITS] = {"Edit Requests|Edit Reqs|Edit Usages", TM_FIELD_READ, "requests, interactions",
        "edit"},
    [INLINE_EDITS] = {"Cmd+K Usages|Cmd+K Requests|Cmd+K Reqs", TM_FIELD_READ,
        "requests, interactions", "edit"},
    [ACCEPTS] = {"Chat Total Accepts", TM_FIELD_READ, "accepted, shown, interactions",
        "differences that were accepted; with the rejected ones they are those shown"},
    [REJECTS] = {"Chat Total Rejects", TM_FIELD_READ, "rejected, shown", "differences"},
    [CHATS] = {"Ask Requests|Ask Reqs|Ask Usages", TM_FIELD_READ, "requests, interactions", "chat"},
    [AGENT_RUNS] = {"Agent Requests|Agent Reqs|Agent Usages", TM_FIELD_READ,
        "requests, interactions", "agent"},
    [REVIEWS] = {"Bugbot Usages|Bugbot Requests|Bugbot Reqs", TM_FIELD_READ,
        "requests, interactions", "review"},
    [BY_PLAN] = {"Subscription Included Reqs|Subscription Included Requests", TM_FIELD_READ,
        "interactions", PAYER},
    [ON_DEMAND] = {"Usage Based Reqs|Usage Based Requests", TM_FIELD_READ, "interactions", PAYER},
    [BY_OWN_KEY] = {"API Key Reqs|API Key Requests|API Requests|API Reqs", TM_FIELD_READ,
        "interactions", PAYER},
    [APPLIES] = {"Chat Total Applies", TM_FIELD_IGNORED, "", ""},
    [SUGGESTED_ADDED] = {"Chat Suggested Lines Added", TM_FIELD_IGNORED, "", LINES},
    [SUGGESTED_DELETED] = {"Chat Suggested Lines Deleted", TM_FIELD_IGNORED, "", LINES},
    [ACCEPTED_ADDED] = {"Chat Accepted Lines Added", TM_FIELD_IGNORED, "", LINES},
    [ACCEPTED_DELETED] = {"Chat Accepted Lines Deleted", TM_FIELD_IGNORED, "", LINES},
    [FAVOURITE_MODEL] = {"Most Used Model", TM_FIELD_IGNORED, "",
        "not the model of all requests of the day"},
    [APPLY_EXTENSION] = {"Most Used Apply Extension", TM_FIELD_CONTENT, "", FILE_NAMES},
    [TAB_EXTENSION] = {"Most Used Tab Extension", TM_FIELD_CONTENT, "", FILE_NAMES},
    [VERSION] = {"Client Version", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"cursor-team-csv", "Cursor team analytics (CSV)",
    &tm_sources[TM_SOURCE_CURSOR_TEAM_CSV], fields, FIELD_COUNT};

typedef struct State {
    guint64 present;
    guint64 totals; /* rows that are nobody's */
    TmCursorDays days;
} State;

static void open_file(gpointer user, TmReading *reading, guint64 present)
{
    State *state = user;
    state->present = present;
    tm_reading_begin(reading, &table, NULL);
}

/* FALSE when the row was reported. */
static gboolean read_counters(
    const State *state, TmReading *reading, const TmCell *cells, TmCursorDay *row)
{
    for (guint i = 0; i < TM_CURSOR_COUNTERS; i++) {
        guint column = FIRST_COUNTER + i;
        if ((state->present & TM_FIELD_BIT(column)) == 0)
            continue;
        if (!tm_cursor_cell_count(reading, cells[column], &fields[column], &row->counters[i]))
            return FALSE;
        row->counters[i].present = TRUE;
    }
    return TRUE;
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    gint64 instant;
    TmCell active = tm_cell_trim(cells[ACTIVE]);
    TmCursorDay row = {.email = tm_cell_trim(cells[EMAIL]),
        .user = tm_cell_trim(cells[USER_ID]),
        .active = tm_cell_equals(active, "true")};
    row.active_known = row.active || tm_cell_equals(active, "false");
    if (row.email.length > 0 && memchr(row.email.text, '@', row.email.length) == NULL) {
        state->totals++;
        return;
    }
    if (!tm_cursor_cell_day(reading, cells[DATE], &fields[DATE], &row.day, &instant) ||
        !read_counters(state, reading, cells, &row))
        return;
    tm_cursor_day_take(&state->days, reading, &row, "Date", "Email");
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    TmPlace place = {.file = reading->path, .field = "Email"};
    if (state->totals > 0)
        tm_diagnostics_report(reading->diagnostics, TM_KIND_NOTE_FILE, &place,
            "rows of totals, which are no person's, are not read: %" G_GUINT64_FORMAT,
            state->totals);
}

static void clear(gpointer user)
{
    tm_cursor_days_clear(&((State *)user)->days);
}

const TmCsvFormat tm_csv_cursor_team = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(DATE) | TM_FIELD_BIT(EMAIL),
    .one_of = TM_FIELD_BIT(ACTIVE) | TM_FIELD_BIT(TABS_ACCEPTED) | TM_FIELD_BIT(ACCEPTS),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
    .end_file = end_file,
    .clear = clear,
};
