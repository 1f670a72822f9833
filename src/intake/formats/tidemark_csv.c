/*
 * tidemark.csv: our own plain format, for SQL on a warehouse and for `tidemark contribute`.
 *
 * A row is a day's use of one person and tool. Its key is the day with tool, model, surface, task
 * and label; the person is not in it, since keys are compared within one person's records. Such
 * rows are of the source "tidemark-csv:TOOL". A row with a record is a record of another source,
 * which it names, and meets there what the vendor's own files say.
 */
#include <string.h>

#include "../cell_values.h"
#include "../prepare.h"
#include "../row_keys.h"
#include "../words.h"

enum {
    DATE,
    EMAIL,
    LOGIN,
    USER_ID,
    TOOL,
    SOURCE,
    RECORD,
    PART,
    SESSION,
    MODEL,
    SURFACE,
    TASK,
    COST_CENTER,
    PROJECT,
    PRODUCT,
    SERVICE,
    CURRENCY,
    FAST,
    ESTIMATED,
    LONG_WRITES,
    FIRST_MEASURE,
    FIELD_COUNT = FIRST_MEASURE + TM_MEASURE_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"date", TM_FIELD_READ, "day, record key", "YYYY-MM-DD, a day in UTC"},
    [EMAIL] = {"email", TM_FIELD_IDENTITY, "person",
        "one column of email, login and user_id is needed; all empty: a service, or unassigned"},
    [LOGIN] = {"login", TM_FIELD_IDENTITY, "person", ""},
    [USER_ID] = {"user_id", TM_FIELD_IDENTITY, "person", ""},
    [TOOL] = {"tool", TM_FIELD_READ, "source, record key",
        "a tool that we know, or that licenses.csv or subscriptions.csv names"},
    [SOURCE] = {"source", TM_FIELD_READ, "source",
        "key of the source that the record is of; empty: tidemark-csv:TOOL"},
    [RECORD] = {"record", TM_FIELD_READ, "record key",
        "up to 16 hexadecimal digits: the key of a record of the source; only with a source"},
    [PART] = {"part", TM_FIELD_READ, "record key",
        "up to 8 hexadecimal digits: the part of the record; empty is 0"},
    [SESSION] = {"session", TM_FIELD_READ, "sessions",
        "up to 16 hexadecimal digits: the hash of a session's name; only with a record"},
    [MODEL] = {"model", TM_FIELD_READ, "model, record key", "as the vendor writes it"},
    [SURFACE] = {"surface", TM_FIELD_READ, "surface, record key",
        "completion, chat, edit, agent, review, terminal, other"},
    [TASK] = {"task", TM_FIELD_READ, "task, record key",
        "coding, testing, debugging, documentation, review, refactoring, other"},
    [COST_CENTER] = {"cost_center", TM_FIELD_READ, "label, record key",
        "of several labels the cost centre counts, then the project"},
    [PROJECT] = {"project", TM_FIELD_READ, "label, record key", ""},
    [PRODUCT] = {"product", TM_FIELD_READ, "label, record key", ""},
    [SERVICE] = {"service", TM_FIELD_READ, "service", "true: a key, bot or automation"},
    [CURRENCY] = {"currency", TM_FIELD_READ, "",
        "ISO 4217; amounts in another one than the organisation's are left out"},
    [FAST] = {"fast", TM_FIELD_READ, "price", "true: the vendor's fast mode"},
    [ESTIMATED] = {"estimated", TM_FIELD_READ, "",
        "names of the measures that are estimates, blanks between them"},
    [LONG_WRITES] = {"cache_write_1h_tokens", TM_FIELD_READ, "price",
        "those of cache_write_tokens that are kept for an hour"},
#define X(id, name) [FIRST_MEASURE + TM_MEASURE_##id] = {name, TM_FIELD_READ, name, ""},
    TM_MEASURES(X)
#undef X
};

/* Each row says its source; the first of those that the tools have stands for the file. */
static const TmFormat table = {"tidemark-csv", "Tidemark's own table (CSV)",
    &tm_sources[TM_SOURCE_COUNT], fields, FIELD_COUNT};

#define LONGEST_LABEL 200
#define LONGEST_TOOL 64
#define HASH_DIGITS 16
#define PART_DIGITS 8

typedef struct State {
    char tool[LONGEST_TOOL]; /* of the last row, and its source */
    gsize tool_length;
    const TmSource *source;
    TmRowKeys keys;
    char label[LONGEST_LABEL + 1];
    gboolean warned_currency, warned_session;
} State;

static void open_file(gpointer state, TmReading *reading, guint64 present)
{
    (void)state;
    (void)present;
    tm_reading_begin(reading, &table, NULL);
}

static gboolean refuse(TmReading *reading, TmDiagnosticKind kind, guint field, const char *text)
{
    tm_reading_skip(reading, kind, tm_field_name(&fields[field]), "%s", text);
    return FALSE;
}

/* A guard against formulas that spreadsheets and tm_csv_append_field() write is no part of it. */
static gboolean take_text(TmReading *reading, const TmCell *cells, guint field, TmCell *text)
{
    if (!tm_cell_take_text(reading, &fields[field], cells[field], text))
        return FALSE;
    if (text->length > 1 && text->text[0] == '\'' && strchr("=+-@", text->text[1]) != NULL)
        *text = (TmCell){text->text + 1, text->length - 1};
    return TRUE;
}

/* ---- Where the row belongs --------------------------------------------------------------- */

static gboolean read_day(TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell cell = tm_cell_trim(cells[DATE]);
    record->instant = TM_INSTANT_NONE;
    if (cell.length == 0)
        return refuse(reading, TM_KIND_MISSING_FIELD, DATE, "no date");
    record->day = tm_day_parse(cell.text, (gssize)cell.length);
    return record->day != TM_DAY_NONE ||
           refuse(reading, TM_KIND_BAD_DATE, DATE, "not a day as YYYY-MM-DD");
}

/* The source of the tool's own rows; rows of a file often have the same tool. */
static gboolean read_tool(State *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell tool;
    if (!take_text(reading, cells, TOOL, &tool))
        return FALSE;
    if (tool.length == 0)
        return refuse(reading, TM_KIND_MISSING_FIELD, TOOL, "no tool");
    if (!tm_cell_same(tool, (TmCell){state->tool, state->tool_length})) {
        state->source = tm_prepared_csv_source(tool);
        state->tool_length = tool.length < sizeof state->tool ? tool.length : 0;
        memcpy(state->tool, tool.text, state->tool_length);
    }
    record->source = state->source;
    return state->source != NULL ||
           refuse(reading, TM_KIND_BAD_REFERENCE, TOOL,
               "no tool of this name: name it in licenses.csv or subscriptions.csv");
}

static gboolean find_source(TmReading *reading, TmCell key, TmRecord *record)
{
    guint index = 0;
    while (index < tm_source_count && !tm_cell_equals(key, tm_sources[index].key))
        index++;
    if (index == tm_source_count)
        return refuse(reading, TM_KIND_BAD_REFERENCE, SOURCE, "there is no source of this key");
    const TmSource *source = &tm_sources[index];
    if (source->tool != record->source->tool)
        return refuse(
            reading, TM_KIND_BAD_REFERENCE, SOURCE, "the source is of another tool than the row");
    if (source->trait == TM_TRAIT_APART)
        return refuse(reading, TM_KIND_BAD_REFERENCE, SOURCE, "the source has no rows of people");
    record->source = source;
    return TRUE;
}

/* A record of another source: its key, part and session. */
static gboolean read_record(State *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell source;
    guint64 part;
    gboolean has_record = tm_cell_trim(cells[RECORD]).length > 0;
    if (!take_text(reading, cells, SOURCE, &source))
        return FALSE;
    if (has_record && source.length == 0)
        return refuse(reading, TM_KIND_MISSING_FIELD, SOURCE,
            "a record belongs to a source; name it, or leave the record empty");
    if (!has_record && source.length > 0)
        return refuse(reading, TM_KIND_MISSING_FIELD, RECORD,
            "a row of a source needs its record; without one leave the source empty");
    if (!has_record) {
        if (tm_cell_trim(cells[SESSION]).length > 0 && !state->warned_session)
            tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "session",
                "a session without a record does not count, here and below; use the column "
                "sessions");
        state->warned_session |= tm_cell_trim(cells[SESSION]).length > 0;
        return TRUE;
    }
    if (!tm_cell_take_hexadecimal(
            reading, &fields[RECORD], HASH_DIGITS, cells[RECORD], &record->key) ||
        !tm_cell_take_hexadecimal(
            reading, &fields[SESSION], HASH_DIGITS, cells[SESSION], &record->session) ||
        !tm_cell_take_hexadecimal(reading, &fields[PART], PART_DIGITS, cells[PART], &part))
        return FALSE;
    record->part = (guint32)part;
    return find_source(reading, source, record);
}

static gboolean read_person(TmReading *reading, const TmCell *cells, TmRecord *record)
{
    static const struct {
        guint field;
        TmIdentityKind kind;
    } columns[] = {
        {EMAIL, TM_IDENTITY_EMAIL}, {LOGIN, TM_IDENTITY_LOGIN}, {USER_ID, TM_IDENTITY_USER_ID}};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
        TmCell text;
        if (!take_text(reading, cells, columns[i].field, &text))
            return FALSE;
        if (text.length > 0 && record->identities < TM_RECORD_IDENTITIES)
            record->identity[record->identities++] =
                (TmIdentity){columns[i].kind, text.text, text.length};
    }
    if (!tm_truth_parse(tm_cell_trim(cells[SERVICE]), &record->service))
        return refuse(reading, TM_KIND_BAD_VALUE, SERVICE, "true or false is wanted");
    record->service |= record->identities == 0;
    return TRUE;
}

/* ---- What it was used for ---------------------------------------------------------------- */

static gboolean read_label(State *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    static const guint columns[] = {COST_CENTER, PROJECT, PRODUCT};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
        TmCell text;
        if (!take_text(reading, cells, columns[i], &text))
            return FALSE;
        if (text.length == 0)
            continue;
        const char *kind = tm_field_name(&fields[columns[i]]);
        gsize prefix = strlen(kind) + 1;
        if (prefix + text.length > LONGEST_LABEL)
            return refuse(reading, TM_KIND_BAD_VALUE, columns[i], "longer than a name can be");
        g_snprintf(state->label, sizeof state->label, "%s:", kind);
        memcpy(state->label + prefix, text.text, text.length);
        record->label = state->label;
        record->label_length = prefix + text.length;
        return TRUE;
    }
    return TRUE;
}

static gboolean read_dimensions(
    State *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell model;
    if (!take_text(reading, cells, MODEL, &model))
        return FALSE;
    record->model = model.length > 0 ? model.text : NULL;
    record->model_length = model.length;
    if (!tm_surface_parse(tm_cell_trim(cells[SURFACE]), &record->surface))
        return refuse(reading, TM_KIND_BAD_VALUE, SURFACE, fields[SURFACE].note);
    if (!tm_task_parse(tm_cell_trim(cells[TASK]), &record->task))
        return refuse(reading, TM_KIND_BAD_VALUE, TASK, fields[TASK].note);
    return read_label(state, reading, cells, record);
}

static guint64 key_of(const TmRecord *record)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, record->day);
    hash = tm_key_text(hash, record->source->key, strlen(record->source->key));
    hash = tm_key_lower(hash, record->model, record->model_length);
    hash = tm_key_integer(hash, record->surface);
    hash = tm_key_integer(hash, record->task);
    return tm_key_end(tm_key_lower(hash, record->label, record->label_length));
}

/* ---- Measures ---------------------------------------------------------------------------- */

/* Whether amounts of the row count: those in another currency do not. */
static gboolean is_own_currency(State *state, TmReading *reading, const TmCell *cells)
{
    TmCell cell = tm_cell_trim(cells[CURRENCY]);
    const char *own = tm_prepared_currency();
    if (cell.length == 0 || own == NULL || tm_cell_equals(cell, own))
        return TRUE;
    if (!state->warned_currency)
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "currency",
            "not the organisation's currency: the amount is left out, here and below");
    state->warned_currency = TRUE;
    return FALSE;
}

static gboolean read_measures(
    State *state, TmReading *reading, const TmCell *cells, TmMeasures *measures)
{
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++) {
        guint field = FIRST_MEASURE + measure;
        gboolean money = measure == TM_MEASURE_METERED || measure == TM_MEASURE_LIST_VALUE;
        TmCount count = {0};
        gboolean fine = money ? tm_cell_take_money(
                                    reading, &fields[field], TM_UNIT_DOLLARS, cells[field], &count)
                              : tm_cell_take_count(reading, &fields[field], cells[field], &count);
        if (!fine)
            return FALSE;
        if (count.present && (!money || is_own_currency(state, reading, cells)))
            tm_measures_set(measures, (TmMeasure)measure, count.value);
    }
    return TRUE;
}

/* Names of measures, with blanks between them. */
static gboolean read_estimated(TmReading *reading, TmCell cell, TmMeasures *measures)
{
    cell = tm_cell_trim(cell);
    while (cell.length > 0) {
        gsize length = 0;
        guint measure = 0;
        while (length < cell.length && cell.text[length] != ' ')
            length++;
        while (measure < TM_MEASURE_COUNT &&
               !tm_cell_equals((TmCell){cell.text, length}, tm_measure_name((TmMeasure)measure)))
            measure++;
        if (measure == TM_MEASURE_COUNT)
            return refuse(reading, TM_KIND_BAD_VALUE, ESTIMATED, "names of measures are wanted");
        measures->estimated |= TM_MEASURE_BIT(measure) & measures->present;
        cell = tm_cell_trim((TmCell){cell.text + length, cell.length - length});
    }
    return TRUE;
}

static gboolean read_pricing(TmReading *reading, const TmCell *cells, TmRecord *record)
{
    static const guint32 money =
        TM_MEASURE_BIT(TM_MEASURE_METERED) | TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    static const guint32 tokens =
        TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_CACHE_WRITE_TOKENS) |
        TM_MEASURE_BIT(TM_MEASURE_CACHE_READ_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS);
    const TmMeasures *measures = &record->measures;
    TmPricing *pricing = &record->pricing;
    TmCount long_writes = {0};
    if (!tm_cell_take_count(reading, &fields[LONG_WRITES], cells[LONG_WRITES], &long_writes))
        return FALSE;
    if (long_writes.value > measures->value[TM_MEASURE_CACHE_WRITE_TOKENS])
        return refuse(reading, TM_KIND_OUT_OF_RANGE, LONG_WRITES,
            "more than cache_write_tokens, of which "
            "they are a part");
    pricing->long_cache_known = long_writes.present;
    pricing->long_cache_writes = long_writes.value;
    if (!tm_truth_parse(tm_cell_trim(cells[FAST]), &pricing->fast))
        return refuse(reading, TM_KIND_BAD_VALUE, FAST, "true or false is wanted");
    pricing->request = measures->value[TM_MEASURE_REQUESTS] == 1;
    pricing->wanted = record->model != NULL && (measures->present & tokens) != 0 &&
                      (measures->present & money) == 0;
    return TRUE;
}

static gboolean has_measure_cell(const TmCell *cells)
{
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        if (tm_cell_trim(cells[FIRST_MEASURE + measure]).length > 0)
            return TRUE;
    return FALSE;
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    TmRecord record = {0};
    if (!read_day(reading, cells, &record) || !read_tool(state, reading, cells, &record) ||
        !read_record(state, reading, cells, &record) || !read_person(reading, cells, &record) ||
        !read_dimensions(state, reading, cells, &record) ||
        !read_measures(state, reading, cells, &record.measures) ||
        !read_estimated(reading, cells[ESTIMATED], &record.measures) ||
        !read_pricing(reading, cells, &record))
        return;
    if (!has_measure_cell(cells)) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, NULL, "the row has no measure");
        return;
    }
    if (!tm_reading_admits(reading, record.day, "date"))
        return;
    if (tm_cell_trim(cells[RECORD]).length == 0) {
        record.key = key_of(&record);
        if (!tm_row_keys_add(&state->keys, reading, &record, "date"))
            return;
    }
    tm_reading_take(reading, &record);
}

static void clear(gpointer user)
{
    tm_row_keys_clear(&((State *)user)->keys);
}

const TmCsvFormat tm_csv_tidemark = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(DATE) | TM_FIELD_BIT(TOOL),
    .one_of = TM_FIELD_BIT(EMAIL) | TM_FIELD_BIT(LOGIN) | TM_FIELD_BIT(USER_ID),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
    .clear = clear,
};
