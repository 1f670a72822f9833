/*
 * CSV exports of the Claude Console: tokens and cost, by day (short ranges: by hour), model, key
 * and workspace. A key has its name only. Keys that Claude Code makes when somebody logs in are use
 * of Claude Code; all others are use of the API.
 *
 * Two keys may have one name: rows that differ in nothing are parts of one record.
 */
#include "anthropic_values.h"

#include <string.h>

enum {
    DATE,
    MODEL,
    API_KEY,
    KEY_ID,
    KEY_STATUS,
    WORKSPACE,
    USAGE_TYPE,
    CONTEXT,
    GEO,
    SPEED,
    SHARED_COUNT, /* fields that both exports have */
    INPUT = SHARED_COUNT,
    WRITES,
    SHORT_WRITES,
    LONG_WRITES,
    READS,
    OUTPUT,
    SEARCHES,
    TOKEN_COUNT,
    COST = SHARED_COUNT,
    LIST_PRICE,
    TOKEN_TYPE,
    COST_TYPE,
    COST_COUNT
};

#define SHARED_FIELDS                                                                              \
    [DATE] = {"usage_date_utc", TM_FIELD_READ, "day, record key",                                  \
        "UTC day; with an hour behind it in exports of short ranges"},                             \
    [MODEL] = {"model_version|model", TM_FIELD_READ, "model, record key",                          \
        "a display name becomes an id: Claude Haiku 4.5 is claude-haiku-4-5"},                     \
    [API_KEY] = {"api_key", TM_FIELD_IDENTITY, "person, tool, record key",                         \
        "name of a key; identities.csv may give it to a person; claude_code_key_… is use of "    \
        "Claude Code; empty: use in the Console"},                                                 \
    [KEY_ID] = {"api_key_id", TM_FIELD_IDENTITY, "record key", "tells keys of one name apart"},    \
    [KEY_STATUS] = {"api_key_status", TM_FIELD_IGNORED, "", ""},                                   \
    [WORKSPACE] = {"workspace", TM_FIELD_READ, "label, record key", "project:NAME"},               \
    [USAGE_TYPE] = {"usage_type", TM_FIELD_READ, "list_value, record key",                         \
        "batches have prices of their own: their tokens are not priced"},                          \
    [CONTEXT] = {"context_window", TM_FIELD_READ, "record key", ""},                               \
    [GEO] = {"inference_geo", TM_FIELD_READ, "record key", ""},                                    \
    [SPEED] = {"speed", TM_FIELD_READ, "list_value, record key", "fast: the fast mode"}

static const TmFieldRule token_fields[TOKEN_COUNT] = {
    SHARED_FIELDS,
    [INPUT] = {"usage_input_tokens_no_cache", TM_FIELD_READ, "input_tokens, interactions",
        "without cached input; a row with tokens counts as one interaction"},
    [WRITES] = {"usage_input_tokens_cache_write", TM_FIELD_READ, "cache_write_tokens",
        "oldest files: not split by how long they are kept"},
    [SHORT_WRITES] = {"usage_input_tokens_cache_write_5m", TM_FIELD_READ, "cache_write_tokens", ""},
    [LONG_WRITES] = {"usage_input_tokens_cache_write_1h", TM_FIELD_READ, "cache_write_tokens",
        "kept for an hour; priced differently"},
    [READS] = {"usage_input_tokens_cache_read", TM_FIELD_READ, "cache_read_tokens", ""},
    [OUTPUT] = {"usage_output_tokens", TM_FIELD_READ, "output_tokens", ""},
    [SEARCHES] = {"web_search_count", TM_FIELD_IGNORED, "", ""},
};

static const TmFieldRule cost_fields[COST_COUNT] = {
    SHARED_FIELDS,
    [COST] = {"cost_usd", TM_FIELD_READ, "metered",
        "dollars with two decimals; below zero: an adjustment"},
    [LIST_PRICE] = {"list_price_usd", TM_FIELD_READ, "list_value",
        "dollars; what is billed of it is metered alone"},
    [TOKEN_TYPE] = {"token_type", TM_FIELD_READ, "record key", ""},
    [COST_TYPE] = {"cost_type", TM_FIELD_READ, "record key", ""},
};

static const TmFormat tokens_table = {"anthropic-console-tokens", "Claude Console, tokens (CSV)",
    &tm_sources[TM_SOURCE_ANTHROPIC_CONSOLE_TOKENS], token_fields, TOKEN_COUNT};

static const TmFormat cost_table = {"anthropic-console-cost", "Claude Console, cost (CSV)",
    &tm_sources[TM_SOURCE_ANTHROPIC_CONSOLE_COST], cost_fields, COST_COUNT};

typedef enum What { TOKENS_BY_DAY, TOKENS_BY_HOUR, COST_ROWS, WHATS } What;

/* Sources of the API, and of Claude Code. */
static const TmSourceIndex sources[WHATS][2] = {
    [TOKENS_BY_DAY] = {TM_SOURCE_ANTHROPIC_CONSOLE_TOKENS, TM_SOURCE_CLAUDE_CODE_CONSOLE_TOKENS},
    [TOKENS_BY_HOUR] = {TM_SOURCE_ANTHROPIC_CONSOLE_HOURS, TM_SOURCE_CLAUDE_CODE_CONSOLE_HOURS},
    [COST_ROWS] = {TM_SOURCE_ANTHROPIC_CONSOLE_COST, TM_SOURCE_CLAUDE_CODE_CONSOLE_COST},
};

/* What Claude Code calls the keys that it makes. */
#define CODE_KEY "claude_code_key_"

#define DAY_LENGTH 10  /* YYYY-MM-DD */
#define HOUR_LENGTH 16 /* YYYY-MM-DD HH:MM */
#define MODEL_LENGTH 64

typedef struct State {
    GHashTable *seen;
} State;

/* ---- Cells both have --------------------------------------------------------------------- */

/* The day, and whether the row is of an hour. FALSE when it was reported. */
static gboolean read_date(TmReading *reading, TmCell cell, TmDay *day, gboolean *is_hour)
{
    cell = tm_cell_trim(cell);
    if (cell.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "usage_date_utc", "no date");
        return FALSE;
    }
    *is_hour = cell.length > DAY_LENGTH;
    *day = TM_DAY_NONE;
    if (cell.length == DAY_LENGTH ||
        (cell.length >= HOUR_LENGTH &&
            (cell.text[DAY_LENGTH] == ' ' || cell.text[DAY_LENGTH] == 'T')))
        *day = tm_day_parse(cell.text, DAY_LENGTH);
    if (*day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_BAD_DATE, "usage_date_utc",
            "neither YYYY-MM-DD nor that with an hour");
        return FALSE;
    }
    return tm_reading_admits(reading, *day, "usage_date_utc");
}

/*
 * "Claude 3.5 Sonnet 2024-10-22" becomes "claude-3-5-sonnet-20241022"; an id stays as it is.
 * Returns the length, 0 when the name is too long to be one of a model.
 */
static gsize fold_model(TmCell cell, char model[MODEL_LENGTH])
{
    if (cell.length > MODEL_LENGTH)
        return 0;
    for (gsize i = 0; i < cell.length; i++) {
        char letter = tm_ascii_lower(cell.text[i]);
        model[i] = letter == ' ' || letter == '.' ? '-' : letter;
    }
    gsize length = cell.length;
    if (length > DAY_LENGTH &&
        tm_day_parse(model + length - DAY_LENGTH, DAY_LENGTH) != TM_DAY_NONE) {
        char *date = model + length - DAY_LENGTH;
        memmove(date + 4, date + 5, 2);
        memmove(date + 6, date + 8, 2);
        length -= 2;
    }
    return length;
}

static guint64 row_key(const TmCell *cells, const TmCell *more, guint more_count)
{
    static const guint shared[] = {
        DATE, MODEL, API_KEY, KEY_ID, WORKSPACE, USAGE_TYPE, CONTEXT, GEO, SPEED};
    TmKeyHash hash = TM_KEY_START;
    for (guint i = 0; i < G_N_ELEMENTS(shared); i++) {
        TmCell cell = tm_cell_trim(cells[shared[i]]);
        hash = tm_key_text(hash, cell.text, cell.length);
    }
    for (guint i = 0; i < more_count; i++) {
        TmCell cell = tm_cell_trim(more[i]);
        hash = tm_key_text(hash, cell.text, cell.length);
    }
    return tm_key_end(hash);
}

/* What the cells say of the record beside its measures, and hands it over. */
static void take(State *state, TmReading *reading, const TmCell *cells, What what, TmRecord *record)
{
    char model[MODEL_LENGTH], label[TM_ANTHROPIC_LABEL];
    TmCell key = tm_cell_trim(cells[API_KEY]);
    gboolean is_code = tm_cell_begins(key, CODE_KEY);
    record->source = &tm_sources[sources[what][is_code]];
    record->surface = is_code ? TM_SURFACE_TERMINAL : TM_SURFACE_UNKNOWN;
    record->service = TRUE;
    if (key.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_API_KEY, key.text, key.length};
    record->model_length = fold_model(tm_cell_trim(cells[MODEL]), model);
    record->model = record->model_length > 0 ? model : NULL;
    record->label_length = tm_anthropic_project_label(tm_cell_trim(cells[WORKSPACE]), label);
    record->label = record->label_length > 0 ? label : NULL;
    record->part = tm_anthropic_times_seen(&state->seen, record->key);
    tm_reading_take(reading, record);
}

/* ---- Tokens ------------------------------------------------------------------------------ */

static const struct {
    guint field;
    TmMeasure measure;
} token_columns[] = {
    {INPUT, TM_MEASURE_INPUT_TOKENS},
    {WRITES, TM_MEASURE_CACHE_WRITE_TOKENS},
    {SHORT_WRITES, TM_MEASURE_CACHE_WRITE_TOKENS},
    {LONG_WRITES, TM_MEASURE_CACHE_WRITE_TOKENS},
    {READS, TM_MEASURE_CACHE_READ_TOKENS},
    {OUTPUT, TM_MEASURE_OUTPUT_TOKENS},
};

static gboolean read_tokens(TmReading *reading, const TmCell *cells, TmRecord *record)
{
    gint64 sum = 0;
    for (guint i = 0; i < G_N_ELEMENTS(token_columns); i++) {
        TmCount count = {0};
        guint field = token_columns[i].field;
        if (!tm_anthropic_read_count(reading, &token_fields[field], cells[field], &count))
            return FALSE;
        if (count.present)
            tm_measures_add(&record->measures, token_columns[i].measure, count.value);
        if (field == LONG_WRITES) {
            record->pricing.long_cache_known = count.present;
            record->pricing.long_cache_writes = count.value;
        }
        sum += count.value;
    }
    tm_measures_set(&record->measures, TM_MEASURE_INTERACTIONS, sum > 0 ? 1 : 0);
    record->measures.estimated |= TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    return TRUE;
}

static void token_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    gboolean is_hour;
    TmRecord record = {.instant = TM_INSTANT_NONE};
    if (!read_date(reading, cells[DATE], &record.day, &is_hour) ||
        !read_tokens(reading, cells, &record))
        return;
    record.key = row_key(cells, NULL, 0);
    record.pricing.wanted = tm_cell_trim(cells[MODEL]).length > 0 &&
                            !tm_cell_begins(tm_cell_trim(cells[USAGE_TYPE]), "batch");
    record.pricing.fast = tm_cell_equals(tm_cell_trim(cells[SPEED]), "fast");
    take(user, reading, cells, is_hour ? TOKENS_BY_HOUR : TOKENS_BY_DAY, &record);
}

static void open_tokens(gpointer user G_GNUC_UNUSED, TmReading *reading, guint64 present)
{
    tm_reading_begin(reading, &tokens_table,
        present & TM_FIELD_BIT(WRITES)    ? "oldest"
        : present & TM_FIELD_BIT(CONTEXT) ? "with context window"
                                          : "without context window");
}

/* ---- Cost -------------------------------------------------------------------------------- */

static void cost_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    gboolean is_hour;
    TmCount cost = {0}, list = {0};
    TmRecord record = {.instant = TM_INSTANT_NONE};
    const TmCell types[] = {cells[TOKEN_TYPE], cells[COST_TYPE]};
    if (!read_date(reading, cells[DATE], &record.day, &is_hour) ||
        !tm_anthropic_read_dollars(reading, &cost_fields[COST], cells[COST], &cost) ||
        !tm_anthropic_read_dollars(reading, &cost_fields[LIST_PRICE], cells[LIST_PRICE], &list))
        return;
    tm_anthropic_set_money(&record.measures, cost, list);
    record.key = row_key(cells, types, G_N_ELEMENTS(types));
    take(user, reading, cells, COST_ROWS, &record);
}

static void open_cost(gpointer user G_GNUC_UNUSED, TmReading *reading, guint64 present)
{
    tm_reading_begin(reading, &cost_table,
        present & TM_FIELD_BIT(KEY_ID)       ? "with key ids"
        : present & TM_FIELD_BIT(LIST_PRICE) ? "with list price"
        : present & TM_FIELD_BIT(WORKSPACE)  ? "with workspaces"
                                             : "without workspaces");
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->seen, g_hash_table_unref);
}

const TmCsvFormat tm_csv_anthropic_console_tokens = {
    .tables = &tokens_table,
    .table_count = 1,
    .required = TM_FIELD_BIT(DATE) | TM_FIELD_BIT(MODEL) | TM_FIELD_BIT(INPUT),
    .state_size = sizeof(State),
    .open = open_tokens,
    .row = token_row,
    .clear = clear,
};

const TmCsvFormat tm_csv_anthropic_console_cost = {
    .tables = &cost_table,
    .table_count = 1,
    .required = TM_FIELD_BIT(DATE) | TM_FIELD_BIT(MODEL) | TM_FIELD_BIT(COST),
    .state_size = sizeof(State),
    .open = open_cost,
    .row = cost_row,
    .clear = clear,
};
