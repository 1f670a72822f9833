/*
 * Premium requests of Copilot as CSV, one row for each request: the export of 2025, before billing
 * reports had rows of days. It has no amounts; a request has a list price.
 */
#include "../formats.h"

#include <string.h>

enum { TIMESTAMP, USER, MODEL, USED, EXCEEDS, QUOTA, FIELD_COUNT };

static const TmFieldRule fields[FIELD_COUNT] = {
    [TIMESTAMP] = {"Timestamp", TM_FIELD_READ, "day, instant, record key", "UTC instant"},
    [USER] = {"User|Username", TM_FIELD_IDENTITY, "person", "login; empty: nobody in particular"},
    [MODEL] = {"Model", TM_FIELD_READ, "model, record key", ""},
    [USED] = {"Requests Used", TM_FIELD_READ, "list_value, record key",
        "billing units of 0.04 USD, fractions with a model's factor: marked as estimated"},
    [EXCEEDS] = {"Exceeds Monthly Quota", TM_FIELD_READ, "",
        "true: perhaps billed, which only a billing report can tell; noted"},
    [QUOTA] = {"Total Monthly Quota", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"copilot-requests-csv", "Copilot premium requests (CSV)",
    &tm_sources[TM_SOURCE_COPILOT_REQUESTS_CSV], fields, FIELD_COUNT};

#define MICROS_OF_UNIT 40000 /* list price: 0.04 USD */

typedef struct State {
    gboolean warned_word;
    guint64 exceeding, exceeding_line; /* requests beyond the quota, and the first one */
} State;

static void open_file(
    gpointer user G_GNUC_UNUSED, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    tm_reading_begin(reading, &table, NULL);
}

static gboolean read_time(TmReading *reading, TmCell cell, TmRecord *record)
{
    cell = tm_cell_trim(cell);
    if (!tm_instant_parse(cell.text, cell.length, &record->instant)) {
        tm_reading_skip(
            reading, TM_KIND_BAD_DATE, "Timestamp", "not an instant with its zone, as exported");
        return FALSE;
    }
    record->day = tm_instant_day(record->instant);
    return TRUE;
}

static gboolean read_used(TmReading *reading, TmCell cell, gint64 *micros)
{
    cell = tm_cell_trim(cell);
    if (!tm_micros_parse(cell.text, cell.length, micros)) {
        tm_reading_skip(reading, TM_KIND_BAD_NUMBER, "Requests Used", "a number is wanted");
        return FALSE;
    }
    if (*micros < 0 || *micros > TM_COUNT_LIMIT) {
        tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, "Requests Used", "a number cannot be so");
        return FALSE;
    }
    return TRUE;
}

static void note_quota(State *state, TmReading *reading, TmCell cell)
{
    cell = tm_cell_trim(cell);
    gboolean exceeds = tm_cell_equals(cell, "true");
    if (exceeds && state->exceeding++ == 0)
        state->exceeding_line = reading->line;
    if (exceeds || cell.length == 0 || tm_cell_equals(cell, "false") || state->warned_word)
        return;
    tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "Exceeds Monthly Quota",
        "neither true nor false, here and below");
    state->warned_word = TRUE;
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    TmRecord record = {0};
    TmCell login = tm_cell_trim(cells[USER]), model = tm_cell_trim(cells[MODEL]);
    gint64 used;
    if (!read_time(reading, cells[TIMESTAMP], &record) || !read_used(reading, cells[USED], &used) ||
        !tm_reading_admits(reading, record.day, "Timestamp"))
        return;
    note_quota(state, reading, cells[EXCEEDS]);
    record.service = login.length == 0;
    record.identity[0] = (TmIdentity){TM_IDENTITY_LOGIN, login.text, login.length};
    record.identities = record.service ? 0 : 1;
    record.model = model.length > 0 ? model.text : NULL;
    record.model_length = model.length;
    TmKeyHash hash = tm_key_integer(TM_KEY_START, record.instant);
    hash = tm_key_lower(hash, model.text, model.length);
    record.key = tm_key_end(tm_key_integer(hash, used));
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 1);
    tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, 1);
    tm_measures_set(&record.measures, TM_MEASURE_LIST_VALUE,
        tm_scale_half_even(used, MICROS_OF_UNIT, TM_MICROS_PER_UNIT));
    record.measures.estimated = TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    tm_reading_take(reading, &record);
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    TmPlace place = {
        .file = reading->path, .line = state->exceeding_line, .field = "Exceeds Monthly Quota"};
    if (state->exceeding > 0)
        tm_diagnostics_report(reading->diagnostics, TM_KIND_DOUBTFUL_VALUE, &place,
            "%" G_GUINT64_FORMAT " requests from here on were perhaps billed, and this export has "
            "no amounts: export the billing report too",
            state->exceeding);
}

const TmCsvFormat tm_csv_copilot_requests = {
    .tables = &table,
    .table_count = 1,
    .required =
        TM_FIELD_BIT(TIMESTAMP) | TM_FIELD_BIT(USER) | TM_FIELD_BIT(MODEL) | TM_FIELD_BIT(USED),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
    .end_file = end_file,
};
