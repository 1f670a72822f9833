/*
 * Cursor's usage events CSV: one row for each model call, in all header generations.
 *
 * The four token columns are disjoint and Total is their sum. Rows have no id: the key is made of
 * instant, model and tokens, which is what stays the same when a period is downloaded again. The
 * person is not in it: keys are compared within one person's records, and so the personal and the
 * team file of the same calls meet.
 */
#include "cursor_cells.h"
#include "cursor_kinds.h"

#include <string.h>

enum {
    DATE,
    USER,
    CLOUD_AGENT,
    AUTOMATION,
    KIND,
    MODEL,
    MAX_MODE,
    CACHE_WRITE,
    INPUT,
    CACHE_READ,
    OUTPUT,
    TOTAL,
    COST,
    COST_TO_YOU,
    REQUESTS,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"Date", TM_FIELD_READ, "day, instant, record key",
        "UTC instant; older files have the day only, and then no instant"},
    [USER] = {"User", TM_FIELD_IDENTITY, "person",
        "e-mail address; empty for service accounts; personal files lack the column and take the "
        "person from the file's path"},
    [CLOUD_AGENT] = {"Cloud Agent ID", TM_FIELD_READ, "surface", "set: background agent"},
    [AUTOMATION] = {"Automation ID", TM_FIELD_READ, "surface, service",
        "set: nobody at the keyboard"},
    [KIND] = {"Kind", TM_FIELD_READ, "metered, requests",
        "On-Demand and Usage-based are billed; errored and aborted rows are no requests"},
    [MODEL] = {"Model", TM_FIELD_READ, "model, surface, record key",
        "default is read as auto; agent_review is a review"},
    [MAX_MODE] = {"Max Mode", TM_FIELD_IGNORED, "", ""},
    [CACHE_WRITE] = {"Input (w/ Cache Write)", TM_FIELD_READ, "cache_write_tokens, record key",
        "written to the cache; not part of the next column"},
    [INPUT] = {"Input (w/o Cache Write)", TM_FIELD_READ, "input_tokens, record key", "uncached"},
    [CACHE_READ] = {"Cache Read", TM_FIELD_READ, "cache_read_tokens, record key", ""},
    [OUTPUT] = {"Output Tokens", TM_FIELD_READ, "output_tokens, record key", ""},
    [TOTAL] = {"Total Tokens|Tokens", TM_FIELD_READ, "unsplit_tokens, record key",
        "used only where the four columns are empty; elsewhere their sum counts"},
    [COST] = {"Cost", TM_FIELD_READ, "metered, list_value",
        "dollars; billed for On-Demand and Usage-based, list value otherwise"},
    [COST_TO_YOU] = {"Cost to you", TM_FIELD_READ, "metered", "dollars; then Cost is list value"},
    [REQUESTS] = {"Requests", TM_FIELD_IGNORED, "", "billing units, not calls"},
};

static const TmFormat table = {"cursor-usage-csv", "Cursor usage events (CSV)",
    &tm_sources[TM_SOURCE_CURSOR_USAGE_CSV], fields, FIELD_COUNT};

/* The column of each token count. */
static const guint token_columns[TM_CURSOR_TOKENS] = {
    [TM_CURSOR_CACHE_WRITE] = CACHE_WRITE,
    [TM_CURSOR_INPUT] = INPUT,
    [TM_CURSOR_CACHE_READ] = CACHE_READ,
    [TM_CURSOR_OUTPUT] = OUTPUT,
};

typedef struct State {
    gboolean has_user, has_cost, has_cost_to_you;
    gboolean warned_cost;
    TmCursorKinds kinds;
} State;

typedef enum Amount { AMOUNT_NUMBER, AMOUNT_NOTHING, AMOUNT_UNKNOWN, AMOUNT_BAD } Amount;

static const char *column_name(guint field)
{
    return tm_field_name(&fields[field]);
}

static const char *version_name(guint64 present)
{
    gboolean team = (present & TM_FIELD_BIT(USER)) != 0;
    gboolean requests = (present & TM_FIELD_BIT(REQUESTS)) && !(present & TM_FIELD_BIT(COST));
    if (!(present & TM_FIELD_BIT(KIND)))
        return "v1";
    if (present & (TM_FIELD_BIT(CLOUD_AGENT) | TM_FIELD_BIT(AUTOMATION)))
        return team       ? requests ? "v3 team, requests plan" : "v3 team"
               : requests ? "v3 personal, requests plan"
                          : "v3 personal";
    return team       ? requests ? "v2 team, requests plan" : "v2 team"
           : requests ? "v2 personal, requests plan"
                      : "v2 personal";
}

static void open_file(gpointer user, TmReading *reading, guint64 present)
{
    State *state = user;
    state->has_user = (present & TM_FIELD_BIT(USER)) != 0;
    state->has_cost = (present & TM_FIELD_BIT(COST)) != 0;
    state->has_cost_to_you = (present & TM_FIELD_BIT(COST_TO_YOU)) != 0;
    tm_reading_begin(reading, &table, version_name(present));
}

/* Tokens and key. FALSE when the row was reported. */
static gboolean read_tokens(TmReading *reading, const TmCell *cells, gint64 time, TmRecord *record)
{
    gint64 sum = 0, tokens[TM_CURSOR_TOKENS];
    gboolean any = FALSE;
    TmCount count;
    for (guint i = 0; i < TM_CURSOR_TOKENS; i++) {
        guint column = token_columns[i];
        if (!tm_cursor_cell_count(reading, cells[column], &fields[column], &count))
            return FALSE;
        if (count.present)
            tm_measures_set(&record->measures, tm_cursor_token_measures[i], count.value);
        any |= count.present;
        tokens[i] = count.value;
        sum += count.value;
    }
    if (!tm_cursor_cell_count(reading, cells[TOTAL], &fields[TOTAL], &count))
        return FALSE;
    record->key = tm_cursor_event_key(time, tm_cell_trim(cells[MODEL]), tokens);
    if (!any && count.present) {
        tm_measures_set(&record->measures, TM_MEASURE_UNSPLIT_TOKENS, count.value);
        record->key = tm_key_integer(record->key, count.value);
    } else if (count.present && count.value != 0 && count.value != sum) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, column_name(TOTAL),
            "not the sum of the token columns, which is taken instead");
    }
    return TRUE;
}

/* What a cost cell says: a number of dollars, nothing, or something that is not known. */
static Amount read_amount(TmCell cell, gint64 *micros)
{
    cell = tm_cell_trim(cell);
    *micros = 0;
    if (cell.length == 0 || tm_cell_equals(cell, "Included") || tm_cell_equals(cell, "Free") ||
        tm_cell_equals(cell, "-"))
        return AMOUNT_NOTHING;
    char digits[40];
    gsize length = 0;
    for (gsize i = 0; i < cell.length; i++) {
        char letter = cell.text[i];
        if (letter == '$' || letter == ',' || letter == ' ')
            continue;
        if (length == sizeof digits)
            return AMOUNT_UNKNOWN;
        digits[length++] = letter;
    }
    if (!tm_micros_parse(digits, length, micros))
        return AMOUNT_UNKNOWN;
    return *micros < 0 || *micros > TM_COUNT_LIMIT ? AMOUNT_BAD : AMOUNT_NUMBER;
}

/* Reads one of the money columns. FALSE when the row was reported. */
static gboolean read_money(State *state, TmReading *reading, const TmCell *cells, guint field,
    Amount *amount, gint64 *micros)
{
    *amount = read_amount(cells[field], micros);
    if (*amount == AMOUNT_BAD) {
        tm_reading_skip(
            reading, TM_KIND_OUT_OF_RANGE, column_name(field), "an amount cannot be so");
        return FALSE;
    }
    if (*amount == AMOUNT_UNKNOWN && !state->warned_cost) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, column_name(field),
            "neither an amount nor a known word: cost is not measured, here and below");
        state->warned_cost = TRUE;
    }
    return TRUE;
}

/* v1: Cost is the list value, Cost to you what is paid. */
static gboolean read_two_costs(
    State *state, TmReading *reading, const TmCell *cells, TmMeasures *measures)
{
    Amount amount;
    gint64 micros;
    if (!read_money(state, reading, cells, COST_TO_YOU, &amount, &micros))
        return FALSE;
    if (amount != AMOUNT_UNKNOWN)
        tm_measures_set(measures, TM_MEASURE_METERED, micros);
    if (!state->has_cost)
        return TRUE;
    if (!read_money(state, reading, cells, COST, &amount, &micros))
        return FALSE;
    if (amount == AMOUNT_NUMBER)
        tm_measures_set(measures, TM_MEASURE_LIST_VALUE, micros);
    return TRUE;
}

/* One cost column: who pays depends on the kind; without a kind it cannot be told. */
static gboolean read_one_cost(
    State *state, TmReading *reading, const TmCell *cells, TmCursorKind kind, TmMeasures *measures)
{
    Amount amount;
    gint64 micros;
    if (!read_money(state, reading, cells, COST, &amount, &micros))
        return FALSE;
    if (amount == AMOUNT_NOTHING)
        tm_measures_set(measures, TM_MEASURE_METERED, 0);
    else if (amount == AMOUNT_NUMBER)
        tm_cursor_set_money(measures, kind, micros);
    return TRUE;
}

static void read_identity(
    const State *state, const TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell user = tm_cell_trim(cells[USER]);
    record->service = tm_cell_trim(cells[AUTOMATION]).length > 0;
    if (!state->has_user)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_PATH, reading->path, strlen(reading->path)};
    else if (user.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_EMAIL, user.text, user.length};
    else
        record->service = TRUE;
}

static void read_model(const TmCell *cells, TmRecord *record)
{
    tm_cursor_set_model(record, tm_cell_trim(cells[MODEL]));
    if (tm_cell_trim(cells[CLOUD_AGENT]).length > 0 || tm_cell_trim(cells[AUTOMATION]).length > 0)
        record->surface = TM_SURFACE_AGENT;
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    TmRecord record = {0};
    if (!tm_cursor_cell_day(reading, cells[DATE], &fields[DATE], &record.day, &record.instant))
        return;
    read_model(cells, &record);
    gint64 time = record.instant != TM_INSTANT_NONE ? record.instant : (gint64)record.day;
    if (!read_tokens(reading, cells, time, &record))
        return;
    TmCursorKind kind =
        tm_cursor_kind(&state->kinds, reading, column_name(KIND), tm_cell_trim(cells[KIND]));
    if (state->has_cost_to_you) {
        if (!read_two_costs(state, reading, cells, &record.measures))
            return;
    } else if (state->has_cost && !read_one_cost(state, reading, cells, kind, &record.measures)) {
        return;
    }
    if (!tm_reading_admits(reading, record.day, "Date"))
        return;
    tm_cursor_set_calls(&record.measures, kind);
    read_identity(state, reading, cells, &record);
    record.key = tm_key_end(record.key);
    tm_reading_take(reading, &record);
}

const TmCsvFormat tm_csv_cursor_usage = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(DATE) | TM_FIELD_BIT(MODEL),
    .one_of = TM_FIELD_BIT(CACHE_WRITE) | TM_FIELD_BIT(INPUT) | TM_FIELD_BIT(TOTAL),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
};
