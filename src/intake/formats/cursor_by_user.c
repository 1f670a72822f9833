/*
 * Cursor's Analytics API by person (JSON): an object with the rows of each person under an address,
 * which is read as one record. What a row is of is told by its members.
 *
 * Messages, completions and differences tell of different use and add up in one source. Commands,
 * plans, skills and the like are messages already; they are a source of their own that only shows
 * that somebody was active where nothing better does.
 */
#include "cursor_metrics.h"
#include "cursor_walk.h"

enum { PERSON = TM_CURSOR_ROW_FIELDS, TOTAL_USERS, START, END, USER_MAPPINGS, REST, FIELD_COUNT };

static const TmFieldRule fields[FIELD_COUNT] = {
    TM_CURSOR_ROW_RULES("data.*[]."),
    [PERSON] = {"data.*", TM_FIELD_IDENTITY, "person, record key", "the name of the member"},
    [TOTAL_USERS] = {"pagination.totalUsers", TM_FIELD_READ, "",
        "more than there are people: the export is incomplete"},
    [START] = {"params.startDate", TM_FIELD_READ, "coverage", "only of complete exports"},
    [END] = {"params.endDate", TM_FIELD_READ, "coverage", ""},
    [USER_MAPPINGS] = {"params.userMappings", TM_FIELD_IGNORED, "",
        "ids of the same people; identities.csv may have them"},
    [REST] = {"params.metric|params.teamId|pagination.page|pagination.pageSize|"
              "pagination.totalPages|pagination.hasNextPage|pagination.hasPreviousPage",
        TM_FIELD_IGNORED, "", ""},
};

enum { COUNTERS, WORKFLOWS };

static const TmFormat tables[] = {
    [COUNTERS] = {"cursor-by-user", "Cursor analytics by person (JSON)",
        &tm_sources[TM_SOURCE_CURSOR_BY_USER], fields, FIELD_COUNT},
    [WORKFLOWS] = {"cursor-by-user-workflows",
        "Cursor analytics by person: commands, plans, skills, ask mode, MCP (JSON)",
        &tm_sources[TM_SOURCE_CURSOR_BY_USER_WORKFLOWS], fields, FIELD_COUNT},
};

typedef struct State {
    TmCursorMetricRow row;
    guint64 refused[TM_CURSOR_METRICS]; /* rows that are not read, by metric */
    const TmFormat *format;             /* of the record's rows; NULL before the first */
    guint64 people, people_wanted;      /* of the file; wanted of the record that has most */
    TmCount total;                      /* of the record */
    guint64 people_here;
    TmDay start, end;
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    state->format = NULL;
    state->total = (TmCount){0};
    state->people_here = 0;
    state->start = state->end = TM_DAY_NONE;
}

static guint64 record_key(const State *state, TmCell person)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, state->row.metric);
    hash = tm_key_integer(hash, state->row.day);
    return tm_key_end(tm_key_lower(hash, person.text, person.length));
}

/* Which format a row makes; reading begins with the file's first. */
static const TmFormat *format_of(State *state, TmReading *reading)
{
    gboolean workflow = state->row.metric == TM_CURSOR_METRIC_WORKFLOWS;
    const TmFormat *format = &tables[workflow ? WORKFLOWS : COUNTERS];
    if (reading->summary->format == NULL)
        tm_reading_begin(reading, format, NULL);
    state->format = format;
    return format;
}

static void end_row(State *state, TmReading *reading, TmCell person)
{
    const TmCursorMetricRow *row = &state->row;
    TmRecord record = {.day = row->day, .instant = TM_INSTANT_NONE, .identities = 1};
    if (row->bad)
        return;
    if (row->metric == TM_CURSOR_METRIC_VERSIONS || row->metric == TM_CURSOR_METRIC_FILES) {
        state->refused[row->metric]++;
        return;
    }
    if (row->metric == TM_CURSOR_METRIC_UNKNOWN || row->day == TM_DAY_NONE) {
        gboolean undated = row->metric != TM_CURSOR_METRIC_UNKNOWN;
        tm_reading_skip(reading, undated ? TM_KIND_MISSING_FIELD : TM_KIND_UNKNOWN_FORMAT,
            undated ? "event_date" : "data",
            undated ? "no day" : "a row of no metric that is known");
        return;
    }
    if (row->metric == TM_CURSOR_METRIC_WORKFLOWS && row->usage.value == 0)
        return; /* says nothing of the day's other rows */
    record.source = format_of(state, reading)->source;
    record.identity[0] = (TmIdentity){TM_IDENTITY_EMAIL, person.text, person.length};
    record.key = record_key(state, person);
    if (tm_reading_admits(reading, row->day, "event_date"))
        tm_cursor_metric_take(reading, row, &record);
}

static void read_row(State *state, TmReading *reading, TmJsonRecord *record, TmCell person)
{
    tm_cursor_metric_reset(&state->row);
    while (tm_json_record_next(record)) {
        TmCell name;
        name.text = tm_json_record_key(record, &name.length);
        if (!tm_cursor_metric_member(fields, reading, record, name, &state->row))
            tm_reading_note_unknown(reading, name.text, name.length);
    }
    gsize offset;
    if (tm_json_record_fault(record, &offset) == TM_JSON_FAULT_NONE)
        end_row(state, reading, person);
}

static void read_person(State *state, TmReading *reading, TmJsonRecord *record, TmCell person)
{
    state->people_here++;
    while (tm_json_record_next(record)) {
        TmJsonValue value;
        tm_json_record_value(record, &value);
        if (value.kind == TM_JSON_OBJECT && tm_json_record_enter(record))
            read_row(state, reading, record, person);
    }
}

/* Reports of the team have objects where those of people have lists. */
static void refuse_report(TmReading *reading, TmCell name)
{
    gboolean ranking = tm_cell_contains(name, "leaderboard");
    tm_reading_skip(reading, TM_KIND_UNKNOWN_FORMAT, "data", "%s",
        ranking ? "Cursor's leaderboard: a ranking of people is not read"
                : "Cursor's insights into conversations: they are no figures of days; export "
                  "usage events or daily usage instead");
}

static void read_data(State *state, TmReading *reading, TmJsonRecord *record)
{
    gboolean refused = FALSE;
    while (tm_json_record_next(record)) {
        TmCell name;
        TmJsonValue value;
        name.text = tm_json_record_key(record, &name.length);
        tm_json_record_value(record, &value);
        if (value.kind == TM_JSON_OBJECT && !refused)
            refuse_report(reading, name);
        refused |= value.kind == TM_JSON_OBJECT;
        if (value.kind == TM_JSON_ARRAY && tm_json_record_enter(record))
            read_person(state, reading, record, tm_cell_trim(name));
    }
}

/* A day that is no date ("7d") says nothing. */
static void take_end_of_range(const TmJsonValue *value, TmDay *day)
{
    if (value->kind == TM_JSON_STRING && value->length >= strlen("YYYY-MM-DD"))
        *day = tm_day_parse(value->text, strlen("YYYY-MM-DD"));
}

static void read_around(State *state, TmReading *reading, TmJsonRecord *record)
{
    while (tm_json_record_next(record)) {
        TmCell name;
        TmJsonValue value;
        name.text = tm_json_record_key(record, &name.length);
        gboolean start = tm_cell_equals(name, "startDate"), end = tm_cell_equals(name, "endDate");
        if (!start && !end && !tm_cell_equals(name, "totalUsers"))
            continue;
        tm_json_record_value(record, &value);
        if (value.kind == TM_JSON_BROKEN)
            return;
        if (start || end)
            take_end_of_range(&value, start ? &state->start : &state->end);
        else
            tm_json_take_count(reading, &fields[TOTAL_USERS], &value, &state->total);
    }
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    State *state = user;
    gsize offset;
    while (tm_json_record_next(record)) {
        TmCell name;
        TmJsonValue value;
        name.text = tm_json_record_key(record, &name.length);
        tm_json_record_value(record, &value);
        if (value.kind != TM_JSON_OBJECT || !tm_json_record_enter(record))
            continue;
        if (tm_cell_equals(name, "data"))
            read_data(state, reading, record);
        else
            read_around(state, reading, record);
    }
    return tm_json_record_fault(record, &offset) == TM_JSON_FAULT_NONE;
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    gboolean whole = !state->total.present || state->people_here >= (guint64)state->total.value;
    state->people += state->people_here;
    state->people_wanted = MAX(state->people_wanted, (guint64)state->total.value);
    if (whole && state->format != NULL)
        tm_reading_cover_source(reading, state->format->source, state->start, state->end);
    return TRUE;
}

static void end_file(gpointer user, TmReading *reading)
{
    static const char *const names[TM_CURSOR_METRICS] = {
        [TM_CURSOR_METRIC_VERSIONS] = "client versions, which are no use",
        [TM_CURSOR_METRIC_FILES] = "types of files, which are not used"};
    const State *state = user;
    TmPlace place = {.file = reading->path};
    for (guint i = 0; i < TM_CURSOR_METRICS; i++) {
        if (state->refused[i] > 0)
            tm_diagnostics_report(reading->diagnostics, TM_KIND_UNKNOWN_FORMAT, &place,
                "Cursor's %s: rows not read: %" G_GUINT64_FORMAT, names[i], state->refused[i]);
        reading->summary->rows_skipped += state->refused[i];
    }
    if (state->people < state->people_wanted)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "totalUsers",
            "%" G_GUINT64_FORMAT " people of %" G_GUINT64_FORMAT
            " are in this file: the other pages are wanted too",
            state->people, state->people_wanted);
}

static void clear(gpointer user)
{
    g_clear_pointer(&((State *)user)->row.models, g_array_unref);
}

static const char *const signatures[] = {"data|params", "data|pagination", NULL};

const TmJsonFormat tm_json_cursor_by_user = {
    .tables = tables,
    .table_count = G_N_ELEMENTS(tables),
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .walk = walk,
    .end_record = end_record,
    .end_file = end_file,
    .clear = clear,
};
