/*
 * Windsurf's consumption: one row for each day and what the query grouped by. A query by months has
 * rows of the same form, dated on the first: so these are held back until a row of another day
 * shows that the file is one of days. Without any, and without a name that tells the day, they are
 * taken for months and stay apart, as do rows that name nobody.
 */
#include "../loose_values.h"

enum {
    TIME,
    USER,
    EMAIL,
    MODEL,
    IDE,
    PRODUCT,
    MESSAGES,
    CREDITS,
    NEXT_PAGE,
    FRESHNESS,
    PAGE_REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [TIME] = {"timestamp", TM_FIELD_READ, "day, record key",
        "UTC day; rows of months are shown apart; without it the day in the file's name"},
    [USER] = {"user_id", TM_FIELD_IDENTITY, "person", "trusted second"},
    [EMAIL] = {"user_email", TM_FIELD_IDENTITY, "person",
        "rows that name nobody are the team's, which are shown apart"},
    [MODEL] = {"model_uid", TM_FIELD_READ, "model, record key", ""},
    [IDE] = {"ide", TM_FIELD_READ, "record key", ""},
    [PRODUCT] = {"product", TM_FIELD_READ, "record key", ""},
    [MESSAGES] = {"consumption.message_count", TM_FIELD_READ, "messages, requests, interactions",
        "a row without any is one interaction"},
    [CREDITS] = {"consumption.*", TM_FIELD_IGNORED, "", "credits and units are no currency"},
    [NEXT_PAGE] = {"page.pagination.next_page_cursor", TM_FIELD_READ, "",
        "a last page that has one is incomplete"},
    [FRESHNESS] = {"page.metadata.data_freshness", TM_FIELD_READ, "rank of the export", ""},
    [PAGE_REST] = {"page.metadata.*|page.pagination.*", TM_FIELD_IGNORED, "", ""},
};

/* The same use with models and without are two sources, so that they never add up. */
static const TmFormat tables[] = {
    {"windsurf-consumption", "Windsurf consumption by model (JSON)",
        &tm_sources[TM_SOURCE_WINDSURF_CONSUMPTION], fields, FIELD_COUNT},
    {"windsurf-consumption-users", "Windsurf consumption by user (JSON)",
        &tm_sources[TM_SOURCE_WINDSURF_CONSUMPTION_USERS], fields, FIELD_COUNT},
};

typedef struct Row {
    gboolean bad;
    TmDay day;
    TmCell user, email, model, ide, product;
    TmCount messages;
} Row;

static const TmLooseSlot slots[] = {
    {TIME, TM_LOOSE_DAY, offsetof(Row, day)},
    {USER, TM_LOOSE_TEXT, offsetof(Row, user)},
    {EMAIL, TM_LOOSE_TEXT, offsetof(Row, email)},
    {MODEL, TM_LOOSE_TEXT, offsetof(Row, model)},
    {IDE, TM_LOOSE_TEXT, offsetof(Row, ide)},
    {PRODUCT, TM_LOOSE_TEXT, offsetof(Row, product)},
    {MESSAGES, TM_LOOSE_COUNT, offsetof(Row, messages)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

typedef struct State {
    gboolean begun, has_next, reported_undated;
    gboolean of_days; /* a row is not of the first of a month */
    Row row;
    TmLooseHeld held; /* rows of the first of months */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    state->row = (Row){0};
    tm_loose_begin(&loose, &state->row);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    gint64 instant;
    if (field == NEXT_PAGE)
        state->has_next = value->kind == TM_JSON_STRING && value->length > 0;
    else if (field == FRESHNESS && value->kind == TM_JSON_STRING &&
             tm_instant_parse(value->text, value->length, &instant))
        reading->summary->exported = MAX(reading->summary->exported, instant);
    else if (field != FRESHNESS && !state->row.bad)
        state->row.bad = !tm_loose_take(&loose, reading, field, value, &state->row);
}

/* Rows of a day, or (`is_period`) of a longer time that ends or begins on it. */
static void take_row(TmReading *reading, const Row *row, gboolean is_period)
{
    TmRecord record = {.instant = TM_INSTANT_NONE, .day = row->day};
    if (!tm_reading_admits(reading, row->day, "timestamp"))
        return;
    if (!is_period) {
        tm_loose_add_account(&record, row->email);
        if (row->user.length > 0)
            record.identity[record.identities++] =
                (TmIdentity){TM_IDENTITY_USER_ID, row->user.text, row->user.length};
    }
    record.service = record.identities == 0;
    record.source = record.service ? &tm_sources[TM_SOURCE_WINDSURF_CONSUMPTION_TOTALS]
                                   : reading->summary->format->source;
    TmCell owner = row->user.length > 0 ? row->user : row->email;
    const TmCell parts[] = {
        row->model, row->ide, row->product, is_period ? owner : (TmCell){"", 0}};
    TmKeyHash hash = tm_key_integer(TM_KEY_START, row->day);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        hash = tm_key_lower(hash, parts[i].text, parts[i].length);
    record.key = tm_key_end(hash);
    record.model = row->model.length > 0 ? row->model.text : NULL;
    record.model_length = row->model.length;
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, MAX(row->messages.value, 1));
    if (row->messages.value == 0)
        record.measures.estimated = TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    tm_loose_set(&record.measures, TM_MEASURE_REQUESTS, row->messages);
    tm_loose_set(&record.measures, TM_MEASURE_MESSAGES, row->messages);
    tm_reading_take(reading, &record);
}

/* ---- Days or months ------------------------------------------------------------------------ */

static gboolean is_first_of_month(TmDay day)
{
    int year, month, of_month;
    tm_day_to_date(day, &year, &month, &of_month);
    return of_month == 1;
}

static void release(State *state, TmReading *reading, gboolean is_period)
{
    for (guint i = 0; i < tm_loose_held_count(&state->held); i++)
        take_row(reading, tm_loose_held_row(&state->held, i), is_period);
    tm_loose_held_drop(&state->held);
}

/* A row without a day is of the days in the file's name. FALSE when it was reported. */
static gboolean find_period(State *state, TmReading *reading, gboolean *is_period)
{
    TmDay first;
    tm_path_days(reading->path, &first, &state->row.day);
    *is_period = first != state->row.day;
    if (first != TM_DAY_NONE && first <= state->row.day)
        return TRUE;
    if (state->reported_undated)
        reading->summary->rows_skipped++;
    else
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "timestamp",
            "no day, here and below: ask for granularity=daily, or name the days in the file's "
            "name");
    state->reported_undated = TRUE;
    return FALSE;
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    gboolean is_period = FALSE;
    if (!state->begun)
        tm_reading_begin(reading, &tables[state->row.model.length > 0 ? 0 : 1], NULL);
    state->begun = TRUE;
    if (state->row.bad)
        return TRUE;
    if (state->row.day == TM_DAY_NONE) {
        if (find_period(state, reading, &is_period))
            take_row(reading, &state->row, is_period);
        return TRUE;
    }
    if (!state->of_days && is_first_of_month(state->row.day)) {
        tm_loose_hold(&state->held, &loose, reading, &state->row, sizeof(Row));
        return TRUE;
    }
    state->of_days = TRUE;
    release(state, reading, FALSE);
    take_row(reading, &state->row, FALSE);
    return TRUE;
}

static void end_file(gpointer user, TmReading *reading)
{
    State *state = user;
    TmDay first, last;
    tm_path_days(reading->path, &first, &last);
    gboolean is_named = first != TM_DAY_NONE && first == last;
    for (guint i = 0; i < tm_loose_held_count(&state->held); i++)
        is_named &= ((const Row *)tm_loose_held_row(&state->held, i))->day == first;
    if (tm_loose_held_count(&state->held) > 0 && !is_named)
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "timestamp",
            "all rows are of the first of months: taken for whole months, which stay apart; ask "
            "for granularity=daily, or name the day in the file's name");
    release(state, reading, !is_named);
    if (state->has_next)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "next_page_cursor",
            "the last page says that there is another one");
}

static void clear(gpointer user)
{
    tm_loose_held_clear(&((State *)user)->held);
}

static const char *const signatures[] = {"consumption|timestamp", "consumption|user_id",
    "consumption|user_email", "consumption|model_uid", NULL};

const TmJsonFormat tm_json_windsurf_consumption = {
    .tables = tables,
    .table_count = G_N_ELEMENTS(tables),
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_file = end_file,
    .clear = clear,
};
