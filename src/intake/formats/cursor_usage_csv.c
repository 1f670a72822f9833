/*
 * Cursor's usage events CSV: one row for each model call, in all header generations.
 *
 * The four token columns are disjoint and Total is their sum. Rows have no id: the key is made of
 * instant, model and tokens, which is what stays the same when a period is downloaded again. The
 * person is not in it: keys are compared within one person's records, and so the personal and the
 * team file of the same calls meet.
 */
#include "../formats.h"

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

/* The token columns; each has its measure. */
static const struct {
    guint field;
    TmMeasure measure;
} token_columns[] = {
    {CACHE_WRITE, TM_MEASURE_CACHE_WRITE_TOKENS},
    {INPUT, TM_MEASURE_INPUT_TOKENS},
    {CACHE_READ, TM_MEASURE_CACHE_READ_TOKENS},
    {OUTPUT, TM_MEASURE_OUTPUT_TOKENS},
};

typedef enum Kind {
    KIND_UNKNOWN,
    KIND_FAILED,
    KIND_OWN_KEY,
    KIND_FREE,
    KIND_INCLUDED,
    KIND_METERED,
} Kind;

/* The first text that the cell contains decides. */
static const struct {
    const char *text;
    Kind kind;
} kinds[] = {
    {"error", KIND_FAILED},
    {"abort", KIND_FAILED},
    {"user api key", KIND_OWN_KEY},
    {"user_api_key", KIND_OWN_KEY},
    {"free", KIND_FREE},
    {"includ", KIND_INCLUDED},
    {"custom_subscription", KIND_INCLUDED},
    {"usage", KIND_METERED},
    {"on-demand", KIND_METERED},
    {"on_demand", KIND_METERED},
};

#define KIND_PREFIX "USAGE_EVENT_KIND_" /* as in the vendor's interface; contains "usage" */

/* A file has a handful of kinds: those met last, each in the place that its text gives it. */
#define KNOWN_KINDS 8 /* power of two */

typedef struct KnownKind {
    char text[24];
    gsize length; /* 0: empty */
    Kind kind;
} KnownKind;

typedef struct State {
    gboolean has_user, has_cost, has_cost_to_you;
    gboolean warned_cost, warned_kind;
    KnownKind known[KNOWN_KINDS];
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

static Kind fold_kind(TmCell cell)
{
    gsize prefix = strlen(KIND_PREFIX);
    if (tm_cell_begins(cell, KIND_PREFIX))
        cell = (TmCell){cell.text + prefix, cell.length - prefix};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (tm_cell_contains(cell, kinds[i].text))
            return kinds[i].kind;
    return KIND_UNKNOWN;
}

static Kind look_up_kind(State *state, TmCell cell)
{
    KnownKind *known = &state->known[(cell.length ^ (guchar)cell.text[0]) % KNOWN_KINDS];
    if (tm_cell_same(cell, (TmCell){known->text, known->length}))
        return known->kind;
    Kind kind = fold_kind(cell);
    if (cell.length <= sizeof known->text) {
        memcpy(known->text, cell.text, cell.length);
        known->length = cell.length;
        known->kind = kind;
    }
    return kind;
}

static Kind read_kind(State *state, TmReading *reading, TmCell cell)
{
    cell = tm_cell_trim(cell);
    if (cell.length == 0)
        return KIND_UNKNOWN;
    Kind kind = look_up_kind(state, cell);
    if (kind == KIND_UNKNOWN && !state->warned_kind) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "Kind",
            "a kind that is not known: its cost is taken for list value, here and below");
        state->warned_kind = TRUE;
    }
    return kind;
}

/* A number without the commas between its digits. FALSE if it is too long to be one. */
static gboolean without_commas(TmCell cell, char *copy, gsize size, gsize *length)
{
    *length = 0;
    for (gsize i = 0; i < cell.length; i++) {
        gboolean between = cell.text[i] == ',' && i > 0 && i + 1 < cell.length &&
                           g_ascii_isdigit(cell.text[i - 1]) && g_ascii_isdigit(cell.text[i + 1]);
        if (between)
            continue;
        if (*length == size)
            return FALSE;
        copy[(*length)++] = cell.text[i];
    }
    return TRUE;
}

/* A count with commas, or a large one; or none at all: then it is reported. */
static gboolean read_odd_count(TmReading *reading, TmCell cell, guint field, gint64 *value)
{
    char digits[40];
    gsize length;
    gboolean fits = without_commas(cell, digits, sizeof digits, &length) &&
                    tm_integer_parse(digits, length, value);
    if (!fits && !tm_is_digits(digits, length)) {
        tm_reading_skip(
            reading, TM_KIND_BAD_NUMBER, column_name(field), "a whole number is wanted");
        return FALSE;
    }
    if (!fits || *value < 0 || *value > TM_COUNT_LIMIT) {
        tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, column_name(field), "a count cannot be so");
        return FALSE;
    }
    return TRUE;
}

/* Reads a count. FALSE when the row was reported; *is_there tells an empty cell. */
static gboolean read_count(
    TmReading *reading, const TmCell *cells, guint field, gboolean *is_there, gint64 *value)
{
    TmCell cell = cells[field];
    *value = 0;
    *is_there = TRUE;
    if (tm_cell_short_number(cell, value))
        return TRUE;
    cell = tm_cell_trim(cell);
    *is_there = cell.length > 0;
    return cell.length == 0 || read_odd_count(reading, cell, field, value);
}

static gboolean read_tokens(TmReading *reading, const TmCell *cells, TmRecord *record)
{
    gint64 sum = 0, value, total;
    gboolean any = FALSE, is_there, has_total;
    for (guint i = 0; i < G_N_ELEMENTS(token_columns); i++) {
        if (!read_count(reading, cells, token_columns[i].field, &is_there, &value))
            return FALSE;
        if (is_there)
            tm_measures_set(&record->measures, token_columns[i].measure, value);
        any |= is_there;
        sum += value;
        record->key = tm_key_integer(record->key, value);
    }
    if (!read_count(reading, cells, TOTAL, &has_total, &total))
        return FALSE;
    if (!any && has_total) {
        tm_measures_set(&record->measures, TM_MEASURE_UNSPLIT_TOKENS, total);
        record->key = tm_key_integer(record->key, total);
    } else if (has_total && total != 0 && total != sum) {
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
    State *state, TmReading *reading, const TmCell *cells, Kind kind, TmMeasures *measures)
{
    Amount amount;
    gint64 micros;
    if (!read_money(state, reading, cells, COST, &amount, &micros))
        return FALSE;
    if (amount == AMOUNT_NOTHING || (amount == AMOUNT_NUMBER && kind == KIND_METERED))
        tm_measures_set(measures, TM_MEASURE_METERED, micros);
    else if (amount == AMOUNT_NUMBER) {
        tm_measures_set(measures, TM_MEASURE_LIST_VALUE, micros);
        if (kind != KIND_UNKNOWN)
            tm_measures_set(measures, TM_MEASURE_METERED, 0);
    }
    return TRUE;
}

static gboolean read_date(TmReading *reading, TmCell cell, TmRecord *record)
{
    cell = tm_cell_trim(cell);
    record->instant = TM_INSTANT_NONE;
    if (cell.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "Date", "no date");
        return FALSE;
    }
    record->day = tm_day_parse(cell.text, (gssize)cell.length);
    if (record->day == TM_DAY_NONE && tm_instant_parse(cell.text, cell.length, &record->instant))
        record->day = tm_instant_day(record->instant);
    if (record->day == TM_DAY_NONE) {
        tm_reading_skip(
            reading, TM_KIND_BAD_DATE, "Date", "neither YYYY-MM-DD nor an instant with its zone");
        return FALSE;
    }
    record->key = tm_key_integer(
        TM_KEY_START, record->instant != TM_INSTANT_NONE ? record->instant : (gint64)record->day);
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
    TmCell model = tm_cell_trim(cells[MODEL]);
    if (tm_cell_equals(model, "default"))
        model = (TmCell){"auto", strlen("auto")};
    record->model = model.length > 0 ? model.text : NULL;
    record->model_length = model.length;
    record->key = tm_key_lower(record->key, model.text, model.length);
    if (tm_cell_trim(cells[CLOUD_AGENT]).length > 0 || tm_cell_trim(cells[AUTOMATION]).length > 0)
        record->surface = TM_SURFACE_AGENT;
    else if (tm_cell_equals(model, "agent_review"))
        record->surface = TM_SURFACE_REVIEW;
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    TmRecord record = {0};
    if (!read_date(reading, cells[DATE], &record))
        return;
    read_model(cells, &record);
    if (!read_tokens(reading, cells, &record))
        return;
    Kind kind = read_kind(state, reading, cells[KIND]);
    if (state->has_cost_to_you) {
        if (!read_two_costs(state, reading, cells, &record.measures))
            return;
    } else if (state->has_cost && !read_one_cost(state, reading, cells, kind, &record.measures)) {
        return;
    }
    if (!tm_reading_admits(reading, record.day, "Date"))
        return;
    gint64 calls = kind == KIND_FAILED ? 0 : 1;
    tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, calls);
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, calls);
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
