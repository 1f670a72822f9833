/*
 * Cursor's Analytics API by person: one object for a page, whose `data` has a member for each
 * e-mail address with that person's rows. What a page measures is named behind the data, so it is
 * told by the members of each row: completions, edits of agents, or messages by model.
 *
 * It says what the daily usage says, in other words, and is a source of its own. Other pages
 * (tools, commands, plans, versions) tell of the same use once more and are refused.
 */
#include "../formats.h"
#include "../json_values.h"

#include <string.h>

enum {
    PERSON,
    DAY,
    TABS_SHOWN,
    TABS_ACCEPTED,
    TABS_REJECTED,
    DIFFS_SHOWN,
    DIFFS_ACCEPTED,
    DIFFS_REJECTED,
    MODEL,
    MESSAGES,
    LINES,
    USERS,
    METRIC,
    START,
    END,
    MAPPINGS,
    PAGES,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [PERSON] = {"data.*", TM_FIELD_IDENTITY, "person", "the member's name is an e-mail address"},
    [DAY] = {"data.*[].event_date|data.*[].date", TM_FIELD_READ, "day, record key", "UTC day"},
    [TABS_SHOWN] = {"data.*[].total_suggestions", TM_FIELD_READ, "shown", "completions"},
    [TABS_ACCEPTED] = {"data.*[].total_accepts", TM_FIELD_READ, "accepted, interactions", ""},
    [TABS_REJECTED] = {"data.*[].total_rejects", TM_FIELD_READ, "rejected", ""},
    [DIFFS_SHOWN] = {"data.*[].total_suggested_diffs", TM_FIELD_READ, "shown",
        "edits of agents; files they write directly are mostly not counted"},
    [DIFFS_ACCEPTED] = {"data.*[].total_accepted_diffs", TM_FIELD_READ, "accepted, interactions",
        ""},
    [DIFFS_REJECTED] = {"data.*[].total_rejected_diffs", TM_FIELD_READ, "rejected", ""},
    [MODEL] = {"data.*[].model_breakdown.*", TM_FIELD_READ, "model, part",
        "the member's name; default is read as auto"},
    [MESSAGES] = {"data.*[].model_breakdown.*.messages", TM_FIELD_READ, "messages, interactions",
        ""},
    [LINES] = {"data.*[].total_lines_accepted|data.*[].total_lines_suggested|"
               "data.*[].total_green_lines_accepted|data.*[].total_red_lines_accepted",
        TM_FIELD_IGNORED, "", "lines of code are not used"},
    [USERS] = {"data.*[].model_breakdown.*.users", TM_FIELD_IGNORED, "", "always one"},
    [METRIC] = {"params.metric", TM_FIELD_IGNORED, "", "rows tell what they are"},
    [START] = {"params.startDate", TM_FIELD_READ, "coverage", ""},
    [END] = {"params.endDate", TM_FIELD_READ, "coverage", ""},
    [MAPPINGS] = {"params.userMappings", TM_FIELD_IGNORED, "",
        "ids of users; identities.csv has room for them"},
    [PAGES] = {"pagination", TM_FIELD_READ, "", "a page without the next one is incomplete"},
};

static const TmFormat table = {"cursor-by-user", "Cursor Analytics API by person (JSON)",
    &tm_sources[TM_SOURCE_CURSOR_BY_USER], fields, FIELD_COUNT};

/* What a row measures; what it is, its surface says. */
typedef struct Row {
    gboolean bad;
    TmDay day;
    TmCount shown, accepted, rejected, messages;
    TmCell model;
    TmSurface surface;
} Row;

typedef struct State {
    gboolean begun, has_next, warned_unknown;
    TmCell person;
    TmDay start, end;
} State;

static const struct {
    const char *name;
    guint field;
    TmSurface surface;
} counts[] = {
    {"total_suggestions", TABS_SHOWN, TM_SURFACE_COMPLETION},
    {"total_accepts", TABS_ACCEPTED, TM_SURFACE_COMPLETION},
    {"total_rejects", TABS_REJECTED, TM_SURFACE_COMPLETION},
    {"total_suggested_diffs", DIFFS_SHOWN, TM_SURFACE_AGENT},
    {"total_accepted_diffs", DIFFS_ACCEPTED, TM_SURFACE_AGENT},
    {"total_rejected_diffs", DIFFS_REJECTED, TM_SURFACE_AGENT},
};

static gboolean is(const char *key, gsize length, const char *name)
{
    return strlen(name) == length && memcmp(key, name, length) == 0;
}

static void begin_record(gpointer user)
{
    State *state = user;
    state->person = (TmCell){"", 0};
    state->start = state->end = TM_DAY_NONE;
    state->has_next = FALSE;
}

/* ---- Rows -------------------------------------------------------------------------------- */

static void take_count(TmReading *reading, TmJsonRecord *record, guint field, Row *row)
{
    TmCount *const targets[FIELD_COUNT] = {[TABS_SHOWN] = &row->shown,
        [TABS_ACCEPTED] = &row->accepted,
        [TABS_REJECTED] = &row->rejected,
        [DIFFS_SHOWN] = &row->shown,
        [DIFFS_ACCEPTED] = &row->accepted,
        [DIFFS_REJECTED] = &row->rejected,
        [MESSAGES] = &row->messages};
    TmJsonValue value;
    tm_json_record_value(record, &value);
    if (value.kind != TM_JSON_BROKEN && !row->bad)
        row->bad = !tm_json_take_count(reading, &fields[field], &value, targets[field]);
}

/* The first ten characters: some answers have an instant. */
static void take_day(TmReading *reading, TmJsonRecord *record, Row *row)
{
    TmJsonValue value;
    tm_json_record_value(record, &value);
    if (value.kind != TM_JSON_BROKEN && !row->bad)
        row->bad = !tm_json_take_day(reading, &fields[DAY], &value, &row->day);
}

static void set_identity(const State *state, TmRecord *record)
{
    record->identity[0] = (TmIdentity){TM_IDENTITY_EMAIL, state->person.text, state->person.length};
    record->identities = 1;
}

static void set_count(TmMeasures *measures, TmMeasure measure, TmCount count)
{
    if (count.present)
        tm_measures_set(measures, measure, count.value);
}

static void take_row(const State *state, TmReading *reading, const Row *row)
{
    TmRecord record = {.instant = TM_INSTANT_NONE, .surface = row->surface, .day = row->day};
    if (!tm_reading_admits(reading, row->day, "event_date"))
        return;
    set_identity(state, &record);
    record.model = row->model.length > 0 ? row->model.text : NULL;
    record.model_length = row->model.length;
    TmKeyHash hash = tm_key_integer(TM_KEY_START, row->day);
    hash = tm_key_integer(hash, row->surface);
    record.key = tm_key_end(tm_key_lower(hash, row->model.text, row->model.length));
    set_count(&record.measures, TM_MEASURE_SHOWN, row->shown);
    set_count(&record.measures, TM_MEASURE_ACCEPTED, row->accepted);
    set_count(&record.measures, TM_MEASURE_REJECTED, row->rejected);
    set_count(&record.measures, TM_MEASURE_MESSAGES, row->messages);
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS,
        row->messages.present ? row->messages.value : row->accepted.value);
    tm_reading_take(reading, &record);
}

/* Messages by model: each model is a record of its own. The day stands before them. */
static void read_models(const State *state, TmReading *reading, TmJsonRecord *record, Row *row)
{
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    while (tm_json_record_next(record)) {
        Row of_model = {.day = row->day, .bad = row->bad};
        of_model.model.text = tm_json_record_key(record, &of_model.model.length);
        if (tm_cell_equals(of_model.model, "default"))
            of_model.model = (TmCell){"auto", strlen("auto")};
        if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
            continue;
        while (tm_json_record_next(record)) {
            gsize length;
            const char *key = tm_json_record_key(record, &length);
            if (is(key, length, "messages"))
                take_count(reading, record, MESSAGES, &of_model);
        }
        if (!of_model.bad && of_model.day == TM_DAY_NONE) {
            tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "date", "no day before the models");
            row->bad = TRUE;
            return;
        }
        if (!of_model.bad && of_model.messages.present)
            take_row(state, reading, &of_model);
    }
}

static void finish_row(State *state, TmReading *reading, const Row *row)
{
    gboolean counted = row->shown.present || row->accepted.present || row->rejected.present;
    if (row->bad || row->messages.present)
        return;
    if (!counted && !state->warned_unknown) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "params.metric",
            "rows of another metric than tabs, agent-edits and models are left out, here and "
            "below");
        state->warned_unknown = TRUE;
    }
    if (!counted)
        return;
    if (row->day == TM_DAY_NONE)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "event_date", "no day");
    else
        take_row(state, reading, row);
}

static void read_row(State *state, TmReading *reading, TmJsonRecord *record)
{
    Row row = {.day = TM_DAY_NONE};
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        if (is(key, length, "event_date") || is(key, length, "date")) {
            take_day(reading, record, &row);
        } else if (is(key, length, "model_breakdown")) {
            row.messages.present = TRUE; /* taken model by model */
            read_models(state, reading, record, &row);
        }
        for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
            if (is(key, length, counts[i].name)) {
                row.surface = counts[i].surface;
                take_count(reading, record, counts[i].field, &row);
            }
    }
    finish_row(state, reading, &row);
}

/* ---- Pages ------------------------------------------------------------------------------- */

static void read_data(State *state, TmReading *reading, TmJsonRecord *record)
{
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    while (tm_json_record_next(record)) {
        state->person.text = tm_json_record_key(record, &state->person.length);
        state->person = tm_cell_trim(state->person);
        if (tm_json_record_kind(record) != TM_JSON_ARRAY || !tm_json_record_enter(record))
            continue;
        while (tm_json_record_next(record))
            read_row(state, reading, record);
    }
}

static TmDay read_period_day(TmJsonRecord *record)
{
    TmJsonValue value;
    gint64 instant;
    tm_json_record_value(record, &value);
    if (value.kind != TM_JSON_STRING)
        return TM_DAY_NONE;
    TmDay day = tm_day_parse(value.text, (gssize)value.length);
    return day == TM_DAY_NONE && tm_instant_parse(value.text, value.length, &instant)
               ? tm_instant_day(instant)
               : day;
}

static void read_params(State *state, TmJsonRecord *record)
{
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        if (is(key, length, "startDate"))
            state->start = read_period_day(record);
        else if (is(key, length, "endDate"))
            state->end = read_period_day(record);
    }
}

static void read_pages(State *state, TmJsonRecord *record)
{
    if (tm_json_record_kind(record) != TM_JSON_OBJECT || !tm_json_record_enter(record))
        return;
    while (tm_json_record_next(record)) {
        gsize length;
        TmJsonValue value;
        const char *key = tm_json_record_key(record, &length);
        if (!is(key, length, "hasNextPage"))
            continue;
        tm_json_record_value(record, &value);
        state->has_next = value.kind == TM_JSON_BOOLEAN && value.truth;
    }
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    State *state = user;
    gsize offset;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    while (tm_json_record_next(record)) {
        gsize length;
        const char *key = tm_json_record_key(record, &length);
        if (is(key, length, "data"))
            read_data(state, reading, record);
        else if (is(key, length, "params"))
            read_params(state, record);
        else if (is(key, length, "pagination"))
            read_pages(state, record);
    }
    return tm_json_record_fault(record, &offset) == TM_JSON_FAULT_NONE;
}

/* A page holds some of the people, but the days that it states hold for all once all pages are
 * here.
 */
static gboolean end_record(gpointer user, TmReading *reading)
{
    const State *state = user;
    tm_reading_cover(reading, state->start, state->end);
    return FALSE;
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    if (state->has_next)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "pagination.hasNextPage",
            "the last page says that there is another one");
}

static const char *const signatures[] = {"data|params|pagination", NULL};

const TmJsonFormat tm_json_cursor_by_user = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .walk = walk,
    .end_record = end_record,
    .end_file = end_file,
};
