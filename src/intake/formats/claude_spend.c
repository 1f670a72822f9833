/*
 * Claude spend report: one row for each person, product and model (and channel), summed over the
 * whole period, which only the file's name states. A period of one day gives rows of that day; a
 * longer one stays apart.
 */
#include "anthropic_values.h"

#include <string.h>

enum {
    EMAIL,
    PRODUCT,
    MODEL,
    USER_ID,
    ACCOUNT,
    REQUESTS,
    PROMPT_TOKENS,
    OUTPUT,
    NET,
    GROSS,
    UNCACHED,
    READS,
    SHORT_WRITES,
    LONG_WRITES,
    SEARCHES,
    SLACK,
    TEAMS,
    FAMILY,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [EMAIL] = {"user_email|email", TM_FIELD_IDENTITY, "person",
        "trusted first; the row of the organisation's own services has no address"},
    [PRODUCT] = {"product", TM_FIELD_READ, "tool, label, record key",
        "Claude Code is that tool; others are product:KEY"},
    [MODEL] = {"model", TM_FIELD_READ, "model, record key", ""},
    [USER_ID] = {"user_id", TM_FIELD_IDENTITY, "person, record key", "trusted second"},
    [ACCOUNT] = {"account_uuid", TM_FIELD_IGNORED, "", ""},
    [REQUESTS] = {"total_requests", TM_FIELD_READ, "requests, interactions",
        "where missing, money spent counts as one interaction"},
    [PROMPT_TOKENS] = {"total_prompt_tokens", TM_FIELD_READ, "unsplit_tokens",
        "with cached input in it; used only where the split is missing"},
    [OUTPUT] = {"total_completion_tokens", TM_FIELD_READ, "output_tokens", ""},
    [NET] = {"total_net_spend_usd", TM_FIELD_READ, "metered",
        "dollars after discounts; on plans with seats only what goes beyond them"},
    [GROSS] = {"total_gross_spend_usd", TM_FIELD_READ, "list_value",
        "dollars at list price; what is billed of it is metered alone"},
    [UNCACHED] = {"total_uncached_input_tokens", TM_FIELD_READ, "input_tokens", ""},
    [READS] = {"total_cache_read_tokens", TM_FIELD_READ, "cache_read_tokens", ""},
    [SHORT_WRITES] = {"total_cache_write_5m_tokens", TM_FIELD_READ, "cache_write_tokens", ""},
    [LONG_WRITES] = {"total_cache_write_1h_tokens", TM_FIELD_READ, "cache_write_tokens", ""},
    [SEARCHES] = {"total_web_search_count", TM_FIELD_IGNORED, "", ""},
    [SLACK] = {"slack_channel_id", TM_FIELD_READ, "record key", ""},
    [TEAMS] = {"teams_channel_id", TM_FIELD_READ, "record key", ""},
    [FAMILY] = {"model_family", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"claude-spend", "Claude spend report (CSV)",
    &tm_sources[TM_SOURCE_CLAUDE_SPEND], fields, FIELD_COUNT};

typedef struct State {
    gboolean undated_reported;
    TmDay first, last;
    GHashTable *seen;
} State;

static void open_file(gpointer user, TmReading *reading, guint64 present)
{
    State *state = user;
    tm_path_days(reading->path, &state->first, &state->last);
    if (state->first > state->last)
        state->first = state->last = TM_DAY_NONE;
    tm_reading_begin(reading, &table,
        present & TM_FIELD_BIT(UNCACHED)   ? "with cache tokens"
        : !(present & TM_FIELD_BIT(NET))   ? "without money"
        : present & TM_FIELD_BIT(REQUESTS) ? "with requests"
                                           : "money only");
}

static const struct {
    guint field;
    TmMeasure measure;
    gboolean split; /* a column of the split of the prompt */
} counts[] = {
    {REQUESTS, TM_MEASURE_REQUESTS, FALSE},
    {OUTPUT, TM_MEASURE_OUTPUT_TOKENS, FALSE},
    {UNCACHED, TM_MEASURE_INPUT_TOKENS, TRUE},
    {READS, TM_MEASURE_CACHE_READ_TOKENS, TRUE},
    {SHORT_WRITES, TM_MEASURE_CACHE_WRITE_TOKENS, TRUE},
    {LONG_WRITES, TM_MEASURE_CACHE_WRITE_TOKENS, TRUE},
};

/* Tokens and requests. FALSE when the row was reported. */
static gboolean read_counts(TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCount count = {0};
    gboolean split = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
        guint field = counts[i].field;
        count = (TmCount){0};
        if (!tm_anthropic_read_count(reading, &fields[field], cells[field], &count))
            return FALSE;
        if (count.present)
            tm_measures_add(&record->measures, counts[i].measure, count.value);
        split |= count.present && counts[i].split;
    }
    count = (TmCount){0};
    if (!tm_anthropic_read_count(reading, &fields[PROMPT_TOKENS], cells[PROMPT_TOKENS], &count))
        return FALSE;
    if (count.present && !split)
        tm_measures_set(&record->measures, TM_MEASURE_UNSPLIT_TOKENS, count.value);
    return TRUE;
}

static gboolean read_money(TmReading *reading, const TmCell *cells, TmMeasures *measures)
{
    TmCount net = {0}, gross = {0};
    if (!tm_anthropic_read_dollars(reading, &fields[NET], cells[NET], &net) ||
        !tm_anthropic_read_dollars(reading, &fields[GROSS], cells[GROSS], &gross))
        return FALSE;
    tm_anthropic_set_money(measures, net, gross);
    return TRUE;
}

static void set_activity(TmRecord *record)
{
    TmMeasures *measures = &record->measures;
    gboolean has_requests = measures->present & TM_MEASURE_BIT(TM_MEASURE_REQUESTS);
    gint64 interactions = measures->value[TM_MEASURE_REQUESTS];
    gboolean spent = measures->value[TM_MEASURE_METERED] > 0 ||
                     measures->value[TM_MEASURE_LIST_VALUE] > 0 ||
                     measures->value[TM_MEASURE_OUTPUT_TOKENS] > 0;
    if (!has_requests && spent)
        interactions = 1;
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, interactions);
    if (!has_requests)
        measures->estimated |= TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
}

/* "(org service usage)" and the like stand for no person. */
static void read_identity(const TmCell *cells, TmRecord *record)
{
    TmCell email = tm_cell_trim(cells[EMAIL]), id = tm_cell_trim(cells[USER_ID]);
    if (memchr(email.text, '@', email.length) != NULL)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_EMAIL, email.text, email.length};
    if (id.length > 0 && id.text[0] != '(')
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_USER_ID, id.text, id.length};
    record->service = record->identities == 0;
}

static guint64 row_key(const State *state, const TmCell *cells)
{
    gboolean has_id = tm_cell_trim(cells[USER_ID]).length > 0;
    const guint parts[] = {has_id ? USER_ID : EMAIL, PRODUCT, MODEL, SLACK, TEAMS};
    TmKeyHash hash = tm_key_integer(tm_key_integer(TM_KEY_START, state->first), state->last);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        TmCell cell = tm_cell_trim(cells[parts[i]]);
        hash = tm_key_lower(hash, cell.text, cell.length);
    }
    return tm_key_end(hash);
}

static gboolean has_period(State *state, TmReading *reading)
{
    if (state->first != TM_DAY_NONE)
        return TRUE;
    tm_anthropic_skip_once(reading, &state->undated_reported, TM_KIND_MISSING_FIELD, NULL,
        "the file's name has no period: keep the name that the download had");
    return FALSE;
}

static void set_source(const State *state, const TmCell *cells, TmRecord *record)
{
    gboolean is_code = tm_anthropic_is_code(tm_cell_trim(cells[PRODUCT]));
    gboolean is_day = state->first == state->last;
    record->day = state->last;
    record->source = &tm_sources[is_code  ? is_day ? TM_SOURCE_CLAUDE_CODE_SPEND
                                                   : TM_SOURCE_CLAUDE_CODE_SPEND_PERIODS
                                 : is_day ? TM_SOURCE_CLAUDE_SPEND
                                          : TM_SOURCE_CLAUDE_SPEND_PERIODS];
    if (is_day)
        return;
    record->identities = 0;
    record->service = TRUE;
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    char label[TM_ANTHROPIC_LABEL];
    const guint32 money =
        TM_MEASURE_BIT(TM_MEASURE_METERED) | TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    TmCell model = tm_cell_trim(cells[MODEL]);
    TmRecord record = {.instant = TM_INSTANT_NONE};
    if (!has_period(state, reading) || !read_counts(reading, cells, &record) ||
        !read_money(reading, cells, &record.measures) ||
        !tm_reading_admits(reading, state->last, NULL))
        return;
    record.key = row_key(state, cells);
    if (tm_anthropic_times_seen(&state->seen, record.key) > 0) {
        tm_reading_skip(reading, TM_KIND_BAD_CSV, "product",
            "a second row of one person, product, model and channel");
        return;
    }
    read_identity(cells, &record);
    set_source(state, cells, &record);
    set_activity(&record);
    record.model = model.length > 0 && model.text[0] != '(' ? model.text : NULL;
    record.model_length = record.model != NULL ? model.length : 0;
    record.pricing.wanted = record.model != NULL && (record.measures.present & money) == 0;
    record.label_length = tm_anthropic_product_label(tm_cell_trim(cells[PRODUCT]), label);
    record.label = record.label_length > 0 ? label : NULL;
    tm_reading_take(reading, &record);
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->seen, g_hash_table_unref);
}

const TmCsvFormat tm_csv_claude_spend = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(EMAIL) | TM_FIELD_BIT(PRODUCT) | TM_FIELD_BIT(MODEL),
    .one_of = TM_FIELD_BIT(NET) | TM_FIELD_BIT(PROMPT_TOKENS),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
    .clear = clear,
};
