/*
 * Cursor's Analytics API for a whole team (JSON): rows of a day without people, and one row for
 * each reviewed pull request. They are shown apart. Rows that hold no use are refused by name; see
 * refusals.c.
 */
#include "cursor_metrics.h"
#include "cursor_pages.h"
#include "cursor_walk.h"

enum {
    REPOSITORY = TM_CURSOR_ROW_FIELDS,
    PULL_REQUEST,
    TIMESTAMP,
    REVIEWS,
    ISSUES,
    PAGE_ITEMS,
    PAGE_NUMBER,
    PAGE_REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    TM_CURSOR_ROW_RULES(""),
    [REPOSITORY] = {"repo", TM_FIELD_READ, "record key", "kept as a hash"},
    [PULL_REQUEST] = {"pr_number", TM_FIELD_READ, "record key", ""},
    [TIMESTAMP] = {"timestamp", TM_FIELD_READ, "day", "of a review, UTC"},
    [REVIEWS] = {"reviews", TM_FIELD_READ, "requests, interactions", ""},
    [ISSUES] = {"issues|issues_resolved", TM_FIELD_IGNORED, "", ""},
    [PAGE_ITEMS] = {"page.pagination.totalItems", TM_FIELD_READ, "",
        "more than there are rows: the export is incomplete"},
    [PAGE_NUMBER] = {"page.pagination.page", TM_FIELD_READ, "", "which query a page is of"},
    [PAGE_REST] = {"page.params.metric|page.params.teamId|page.params.startDate|"
                   "page.params.endDate|page.pagination.pageSize|page.pagination.totalPages|"
                   "page.pagination.hasNextPage|page.pagination.hasPreviousPage",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"cursor-analytics-team", "Cursor analytics of a team (JSON)",
    &tm_sources[TM_SOURCE_CURSOR_ANALYTICS_TEAM], fields, FIELD_COUNT};

typedef struct State {
    gboolean begun;
    TmCursorMetricRow row;
    TmCell repository;
    TmCount pull_request, reviews;
    TmCursorPages pages;
} State;

static const TmCursorPageWords words = {"totalItems", "rows"};

static void begin_record(gpointer user)
{
    State *state = user;
    const TmCount none = {0};
    tm_cursor_metric_reset(&state->row);
    state->repository = (TmCell){0};
    state->pull_request = state->reviews = none;
    state->pages.page.have++;
}

static gboolean take_review(State *state, TmReading *reading, guint field, const TmJsonValue *value)
{
    const TmFieldRule *rule = &fields[field];
    switch (field) {
    case REPOSITORY:
        return tm_json_take_text(reading, rule, value, &state->repository);
    case PULL_REQUEST:
        return tm_json_take_count(reading, rule, value, &state->pull_request);
    case TIMESTAMP:
        return tm_cursor_take_date(reading, rule, value, &state->row.day);
    default:
        return tm_json_take_count(reading, rule, value, &state->reviews);
    }
}

/* A member of a reviewed pull request. FALSE when it is none. */
static gboolean read_review(State *state, TmReading *reading, TmJsonRecord *record, TmCell name)
{
    for (guint field = REPOSITORY; field <= REVIEWS; field++) {
        TmJsonValue value;
        if (!tm_cell_equals(name, fields[field].names))
            continue;
        tm_json_record_value(record, &value);
        if (value.kind != TM_JSON_BROKEN && !state->row.bad)
            state->row.bad = !take_review(state, reading, field, &value);
        return TRUE;
    }
    return tm_cell_begins(name, "issues");
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    State *state = user;
    gsize offset;
    while (tm_json_record_next(record)) {
        TmCell name;
        name.text = tm_json_record_key(record, &name.length);
        if (!tm_cursor_metric_member(fields, reading, record, name, &state->row) &&
            !read_review(state, reading, record, name))
            tm_reading_note_unknown(reading, name.text, name.length);
    }
    return tm_json_record_fault(record, &offset) == TM_JSON_FAULT_NONE && !state->row.bad;
}

/* The members around the rows. */
static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmCursorPage *page = &((State *)user)->pages.page;
    tm_json_take_count(
        reading, &fields[field], value, field == PAGE_ITEMS ? &page->wanted : &page->number);
}

static void take_reviews(const State *state, TmReading *reading, TmRecord *record)
{
    TmKeyHash hash = tm_key_text(TM_KEY_START, state->repository.text, state->repository.length);
    record->key = tm_key_end(tm_key_integer(hash, state->pull_request.value));
    record->surface = TM_SURFACE_REVIEW;
    tm_measures_set(&record->measures, TM_MEASURE_INTERACTIONS, state->reviews.value);
    tm_measures_set(&record->measures, TM_MEASURE_REQUESTS, state->reviews.value);
    tm_reading_take(reading, record);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    TmRecord record = {.service = TRUE, .day = state->row.day, .instant = TM_INSTANT_NONE};
    const char *day = state->reviews.present ? "timestamp" : "event_date";
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (state->row.day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, day, "no day");
        return TRUE;
    }
    if (!tm_reading_admits(reading, state->row.day, day))
        return TRUE;
    if (state->reviews.present) {
        take_reviews(state, reading, &record);
        return TRUE;
    }
    if (state->row.metric == TM_CURSOR_METRIC_UNKNOWN ||
        state->row.metric >= TM_CURSOR_METRIC_WORKFLOWS) {
        tm_reading_skip(
            reading, TM_KIND_UNKNOWN_FORMAT, NULL, "a row of a metric that says nothing about use");
        return TRUE;
    }
    record.key =
        tm_key_end(tm_key_integer(tm_key_integer(TM_KEY_START, state->row.metric), state->row.day));
    tm_cursor_metric_take(reading, &state->row, &record);
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

static void clear(gpointer user)
{
    g_clear_pointer(&((State *)user)->row.models, g_array_unref);
}

static const char *const signatures[] = {"event_date|total_suggestions",
    "event_date|total_suggested_diffs", "date|model_breakdown", "pr_number|reviews", NULL};

const TmJsonFormat tm_json_cursor_analytics_team = {
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
