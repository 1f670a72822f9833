/*
 * Cursor's daily usage (Admin API, JSON): one record for each person and UTC day. Answers with
 * pages also have the days without activity; those without have them not.
 */
#include "cursor_days.h"
#include "cursor_pages.h"
#include "cursor_walk.h"

enum {
    DAY,
    DATE,
    EMAIL,
    USER_ID,
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
    LINES,
    FAVOURITE_MODEL,
    EXTENSIONS,
    VERSION,
    PAGE_START,
    PAGE_END,
    PAGE_NUMBER,
    PAGE_COUNT,
    PAGE_REST,
    FIELD_COUNT
};

#define PAYER "a call is one interaction where no other counter tells of any"

static const TmFieldRule fields[FIELD_COUNT] = {
    [DAY] = {"day", TM_FIELD_READ, "day, record key", "UTC day; missing from old answers"},
    [DATE] = {"date", TM_FIELD_READ, "day, record key",
        "an instant of the UTC day, in epoch milliseconds; used where day is missing"},
    [EMAIL] = {"email", TM_FIELD_IDENTITY, "person, record key", "trusted first"},
    [USER_ID] = {"userId", TM_FIELD_IDENTITY, "person",
        "rows of one address and day with two ids add up, unless they are equal"},
    [ACTIVE] = {"isActive", TM_FIELD_READ, "interactions",
        "false: counters that are missing are 0; true: one interaction where there are no "
        "counters at all"},
    [TABS_SHOWN] = {"totalTabsShown", TM_FIELD_READ, "shown", "completions"},
    [TABS_ACCEPTED] = {"totalTabsAccepted", TM_FIELD_READ, "accepted, interactions", "completions"},
    [EDITS] = {"composerRequests", TM_FIELD_READ, "requests, interactions", "edit"},
    [INLINE_EDITS] = {"cmdkUsages", TM_FIELD_READ, "requests, interactions", "edit"},
    [ACCEPTS] = {"totalAccepts", TM_FIELD_READ, "accepted, shown, interactions",
        "differences that were accepted; with the rejected ones they are those shown"},
    [REJECTS] = {"totalRejects", TM_FIELD_READ, "rejected, shown", "differences"},
    [CHATS] = {"chatRequests", TM_FIELD_READ, "requests, interactions", "chat"},
    [AGENT_RUNS] = {"agentRequests", TM_FIELD_READ, "requests, interactions", "agent"},
    [REVIEWS] = {"bugbotUsages", TM_FIELD_READ, "requests, interactions", "review"},
    [BY_PLAN] = {"subscriptionIncludedReqs", TM_FIELD_READ, "interactions", PAYER},
    [ON_DEMAND] = {"usageBasedReqs", TM_FIELD_READ, "interactions", PAYER},
    [BY_OWN_KEY] = {"apiKeyReqs", TM_FIELD_READ, "interactions", PAYER},
    [APPLIES] = {"totalApplies", TM_FIELD_IGNORED, "",
        "automatic ones are not in it: it is no number of what was shown"},
    [LINES] = {"totalLinesAdded|totalLinesDeleted|acceptedLinesAdded|acceptedLinesDeleted",
        TM_FIELD_IGNORED, "", "lines of code are not used"},
    [FAVOURITE_MODEL] = {"mostUsedModel", TM_FIELD_IGNORED, "",
        "not the model of all requests of the day"},
    [EXTENSIONS] = {"applyMostUsedExtension|tabMostUsedExtension", TM_FIELD_CONTENT, "",
        "may hold names of files"},
    [VERSION] = {"clientVersion", TM_FIELD_IGNORED, "", ""},
    [PAGE_START] = {"page.period.startDate", TM_FIELD_READ, "coverage",
        "a period's first and last day count when they are whole"},
    [PAGE_END] = {"page.period.endDate", TM_FIELD_READ, "coverage", ""},
    [PAGE_NUMBER] = {"page.pagination.page", TM_FIELD_READ, "",
        "pages that are missing make the export incomplete"},
    [PAGE_COUNT] = {"page.pagination.totalPages", TM_FIELD_READ, "", ""},
    [PAGE_REST] = {"page.pagination.pageSize|page.pagination.totalUsers|"
                   "page.pagination.hasNextPage|page.pagination.hasPreviousPage",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"cursor-daily-usage", "Cursor daily usage (JSON)",
    &tm_sources[TM_SOURCE_CURSOR_DAILY_USAGE], fields, FIELD_COUNT};

typedef struct State {
    gboolean begun;
    TmCursorDays days;
    TmCursorDay row;
    gint64 date; /* -1: not said */
    TmCursorPages pages;
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    state->row = (TmCursorDay){.day = TM_DAY_NONE};
    state->date = -1;
}

static gboolean take_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    TmCursorDay *row = &state->row;
    const TmFieldRule *rule = &fields[field];
    switch (field) {
    case DAY:
        return tm_json_take_day(reading, rule, value, &row->day);
    case DATE:
        return tm_cursor_take_instant(reading, rule, value, &state->date);
    case EMAIL:
        return tm_json_take_text(reading, rule, value, &row->email);
    case USER_ID:
        return tm_cursor_take_id(reading, rule, value, &row->user);
    case ACTIVE:
        row->active_known = value->kind != TM_JSON_NULL;
        return tm_json_take_truth(reading, rule, value, &row->active);
    default:
        return tm_json_take_count(reading, rule, value, &row->counters[field - FIRST_COUNTER]);
    }
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    return tm_cursor_walk(&table, record, reading, take_field, user);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmCursorPage *page = &((State *)user)->pages.page;
    const TmFieldRule *rule = &fields[field];
    if (field == PAGE_COUNT)
        tm_json_take_count(reading, rule, value, &page->wanted);
    else if (field == PAGE_NUMBER)
        tm_json_take_count(reading, rule, value, &page->number);
    else
        tm_cursor_take_end(reading, rule, value, field == PAGE_START ? &page->start : &page->end);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (state->row.day == TM_DAY_NONE && state->date >= 0)
        state->row.day = tm_instant_day(state->date);
    tm_cursor_day_take(&state->days, reading, &state->row, "day", "email");
    return TRUE;
}

static const TmCursorPageWords words = {"totalPages", "pages"};

static void end_page(gpointer user, TmReading *reading, gboolean closing)
{
    TmCursorPages *pages = &((State *)user)->pages;
    if (!closing)
        return;
    pages->page.have = 1;
    tm_cursor_pages_turn(pages, reading, &words);
}

static void end_file(gpointer user, TmReading *reading)
{
    tm_cursor_pages_end(&((State *)user)->pages, reading, &words);
}

static void clear(gpointer user)
{
    tm_cursor_days_clear(&((State *)user)->days);
}

/* In camel case, in snake case, and in small letters. */
static const char *const signatures[] = {"email|totalTabsShown", "email|agentRequests",
    "email|day|total_tabs_shown", "email|day|agent_requests", "email|day|totaltabsshown",
    "email|day|agentrequests", NULL};

const TmJsonFormat tm_json_cursor_daily = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .walk = walk,
    .end_record = end_record,
    .end_page = end_page,
    .end_file = end_file,
    .clear = clear,
};
