/*
 * GitHub's billing exports as CSV: reports of premium requests, of AI credits, of AI usage with
 * tokens, and of metered use. One table that grew over time; columns are found by name.
 *
 * A record is all rows of one day, user, SKU, model, organisation, repository and cost centre: they
 * add up, each row being a part of it. Reports without a user column are totals of organisations
 * and stand apart.
 */
#include "../formats.h"

#include <string.h>

#include "../key_counts.h"
#include "copilot_bill.h"

enum {
    DATE,
    USERNAME,
    PRODUCT,
    SKU,
    MODEL,
    QUANTITY,
    UNIT,
    PRICE,
    GROSS,
    DISCOUNT,
    NET,
    EXCEEDS,
    QUOTA,
    ORGANISATION,
    REPOSITORY,
    COST_CENTRE,
    CREDITS,
    CREDITS_GROSS,
    INPUT,
    OUTPUT,
    CACHE_READ,
    CACHE_WRITE,
    WORKFLOW,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"date|usage_at", TM_FIELD_READ, "day, record key",
        "UTC day; a time behind it is not read"},
    [USERNAME] = {"username|user", TM_FIELD_IDENTITY, "person, record key",
        "login; empty: use of nobody in particular; without the column the file is of the "
        "organisation"},
    [PRODUCT] = {"product", TM_FIELD_READ, "", "rows of other products than Copilot are left out"},
    [SKU] = {"sku", TM_FIELD_READ, "surface, record key", "rows of seats are left out"},
    [MODEL] = {"model", TM_FIELD_READ, "model, surface, record key",
        "the vendor's choice is read without Auto:"},
    [QUANTITY] = {"quantity", TM_FIELD_READ, "interactions",
        "billing units, no prompts: use counts as one interaction in each row"},
    [UNIT] = {"unit_type", TM_FIELD_READ, "list_value",
        "requests or credits; the two are never added up"},
    [PRICE] = {"applied_cost_per_quantity|price_per_unit", TM_FIELD_IGNORED, "", ""},
    [GROSS] = {"gross_amount", TM_FIELD_READ, "list_value",
        "dollars; what is above the net amount is covered by an allowance or discount"},
    [DISCOUNT] = {"discount_amount", TM_FIELD_READ, "metered",
        "used where the net amount is missing"},
    [NET] = {"net_amount", TM_FIELD_READ, "metered", "dollars billed"},
    [EXCEEDS] = {"exceeds_quota|exceeds_monthly_quota", TM_FIELD_IGNORED, "",
        "the net amount tells what is billed"},
    [QUOTA] = {"total_monthly_quota", TM_FIELD_IGNORED, "", ""},
    [ORGANISATION] = {"organization", TM_FIELD_READ, "record key", ""},
    [REPOSITORY] = {"repository|repository_name", TM_FIELD_READ, "record key", ""},
    [COST_CENTRE] = {"cost_center_name|cost_center", TM_FIELD_READ, "label, record key", ""},
    [CREDITS] = {"aic_quantity", TM_FIELD_READ, "list_value",
        "the same use in credits of 0.01 USD; counts only where all amounts are missing"},
    [CREDITS_GROSS] = {"aic_gross_amount", TM_FIELD_IGNORED, "", "the gross amount once more"},
    [INPUT] = {"input", TM_FIELD_READ, "input_tokens", "without cached input"},
    [OUTPUT] = {"output", TM_FIELD_READ, "output_tokens", ""},
    [CACHE_READ] = {"cache_read", TM_FIELD_READ, "cache_read_tokens", ""},
    [CACHE_WRITE] = {"cache_write", TM_FIELD_READ, "cache_write_tokens", ""},
    [WORKFLOW] = {"workflow_path|workflow_name", TM_FIELD_CONTENT, "", "a path in a repository"},
};

enum { OF_USERS, OF_ORGANISATION };

static const TmFormat tables[] = {
    [OF_USERS] = {"copilot-billing", "GitHub billing report with users (CSV)",
        &tm_sources[TM_SOURCE_COPILOT_BILLING], fields, FIELD_COUNT},
    [OF_ORGANISATION] = {"copilot-billing-organisation",
        "GitHub billing report without users (CSV)",
        &tm_sources[TM_SOURCE_COPILOT_BILLING_ORGANISATION], fields, FIELD_COUNT},
};

static const struct {
    guint field;
    TmMeasure measure;
} token_columns[] = {
    {INPUT, TM_MEASURE_INPUT_TOKENS},
    {OUTPUT, TM_MEASURE_OUTPUT_TOKENS},
    {CACHE_READ, TM_MEASURE_CACHE_READ_TOKENS},
    {CACHE_WRITE, TM_MEASURE_CACHE_WRITE_TOKENS},
};

#define LONGEST_LABEL 200
#define COST_CENTRE_LABEL "cost_center:"

/* Keys of a day that are kept beside those of the day being read; beyond, whole days are dropped.
 */
#define MOST_KEYS 65536

/* One day with more keys than this is cut: its rows are too many to be told apart. */
#define MOST_KEYS_OF_DAY 4000000

typedef struct State {
    gboolean has_users;
    gboolean warned_order, warned_net;
    TmDay day;         /* of the last row */
    TmKeyCounts parts; /* parts so far by record key, of the days kept */
    GHashTable *gone;  /* days whose keys were dropped */
    GString *label;
    TmCopilotLeftOut left_out;
} State;

static const char *version_name(guint64 present)
{
    if (present & TM_FIELD_BIT(INPUT))
        return "with tokens";
    if (present & TM_FIELD_BIT(CREDITS))
        return "with credits";
    return present & TM_FIELD_BIT(MODEL) ? "premium requests" : "metered use";
}

static void open_file(gpointer user, TmReading *reading, guint64 present)
{
    State *state = user;
    state->has_users = (present & TM_FIELD_BIT(USERNAME)) != 0;
    state->day = TM_DAY_NONE;
    state->gone = g_hash_table_new(NULL, NULL);
    state->label = g_string_new(NULL);
    tm_reading_begin(
        reading, &tables[state->has_users ? OF_USERS : OF_ORGANISATION], version_name(present));
}

static const char *column_name(guint field)
{
    return tm_field_name(&fields[field]);
}

/* ---- Cells --------------------------------------------------------------------------------- */

/* A day as printed, perhaps with a time behind it. */
static gboolean read_date(TmReading *reading, TmCell cell, TmDay *day)
{
    const gsize length = strlen("YYYY-MM-DD");
    cell = tm_cell_trim(cell);
    gboolean has_time = cell.length > length && strchr("T ", cell.text[length]) != NULL;
    *day = tm_day_parse(cell.text, (gssize)(has_time ? length : cell.length));
    if (*day == TM_DAY_NONE)
        tm_reading_skip(reading, cell.length == 0 ? TM_KIND_MISSING_FIELD : TM_KIND_BAD_DATE,
            column_name(DATE),
            cell.length == 0 ? "no date" : "not YYYY-MM-DD; a spreadsheet may have changed it");
    return *day != TM_DAY_NONE;
}

/* A decimal number as exported; an empty cell is none. FALSE when the row was reported. */
static gboolean read_decimal(TmReading *reading, const TmCell *cells, guint field, TmCount *count)
{
    TmCell cell = tm_cell_trim(cells[field]);
    gint64 micros = 0;
    *count = (TmCount){0};
    if (cell.length == 0)
        return TRUE;
    gboolean fits = tm_micros_parse(cell.text, cell.length, &micros);
    if (!fits && !tm_is_digits(cell.text, cell.length)) {
        tm_reading_skip(reading, TM_KIND_BAD_NUMBER, column_name(field),
            "a plain number is wanted; a spreadsheet may have changed it");
        return FALSE;
    }
    if (!fits || micros < 0 || micros > TM_COUNT_LIMIT) {
        tm_reading_skip(
            reading, TM_KIND_OUT_OF_RANGE, column_name(field), "an amount cannot be so");
        return FALSE;
    }
    *count = (TmCount){TRUE, micros};
    return TRUE;
}

/* Digits, perhaps with zeros behind a point; exponents of a spreadsheet have lost digits. */
static gboolean is_whole(TmCell cell, gint64 *value)
{
    if (tm_cell_short_number(cell, value))
        return TRUE;
    const char *point = memchr(cell.text, '.', cell.length);
    gsize length = point != NULL ? (gsize)(point - cell.text) : cell.length;
    for (gsize i = length + 1; i < cell.length; i++)
        if (cell.text[i] != '0')
            return FALSE;
    return tm_integer_parse(cell.text, length, value);
}

static gboolean read_tokens(TmReading *reading, const TmCell *cells, TmMeasures *measures)
{
    for (guint i = 0; i < G_N_ELEMENTS(token_columns); i++) {
        guint field = token_columns[i].field;
        TmCell cell = tm_cell_trim(cells[field]);
        gint64 value = 0;
        if (cell.length == 0)
            continue;
        if (!is_whole(cell, &value)) {
            tm_reading_skip(
                reading, TM_KIND_BAD_NUMBER, column_name(field), "a whole number is wanted");
            return FALSE;
        }
        if (value < 0 || value > TM_COUNT_LIMIT) {
            tm_reading_skip(
                reading, TM_KIND_OUT_OF_RANGE, column_name(field), "a count cannot be so");
            return FALSE;
        }
        tm_measures_set(measures, token_columns[i].measure, value);
    }
    return TRUE;
}

static gboolean read_bill(
    State *state, TmReading *reading, const TmCell *cells, TmCopilotBill *bill)
{
    if (!read_decimal(reading, cells, QUANTITY, &bill->quantity) ||
        !read_decimal(reading, cells, CREDITS, &bill->converted) ||
        !read_decimal(reading, cells, GROSS, &bill->gross) ||
        !read_decimal(reading, cells, DISCOUNT, &bill->discount) ||
        !read_decimal(reading, cells, NET, &bill->net))
        return FALSE;
    gboolean above = bill->gross.present && bill->net.value > bill->gross.value;
    if (above && !state->warned_net) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, column_name(NET),
            "above the gross amount: nothing of it is covered, here and below");
        state->warned_net = TRUE;
    }
    return TRUE;
}

/* ---- Records ------------------------------------------------------------------------------- */

static guint64 record_key(const TmCell *cells, TmDay day)
{
    static const guint in_key[] = {USERNAME, SKU, MODEL, ORGANISATION, REPOSITORY, COST_CENTRE};
    TmKeyHash hash = tm_key_integer(TM_KEY_START, day);
    for (guint i = 0; i < G_N_ELEMENTS(in_key); i++) {
        TmCell cell = tm_cell_trim(cells[in_key[i]]);
        hash = tm_key_lower(hash, cell.text, cell.length);
    }
    return tm_key_end(hash);
}

/* Reports are in the order of days: keys of past days can be dropped. */
static void forget_keys(State *state, TmReading *reading, TmDay day)
{
    guint count = state->parts.keys;
    if ((day != state->day && count > MOST_KEYS) || count > MOST_KEYS_OF_DAY) {
        g_hash_table_add(state->gone, GINT_TO_POINTER(state->day));
        tm_key_counts_clear(&state->parts);
    }
    state->day = day;
    if (!state->warned_order && g_hash_table_size(state->gone) > 0 &&
        g_hash_table_contains(state->gone, GINT_TO_POINTER(day))) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, column_name(DATE),
            "days are not in order in this long file: rows that repeat may not add up");
        state->warned_order = TRUE;
    }
}

/* How many rows of the record there were before. */
static guint32 next_part(State *state, TmReading *reading, const TmRecord *record)
{
    forget_keys(state, reading, record->day);
    return tm_key_counts_add(&state->parts, record->key);
}

static void set_label(State *state, TmCell cell, TmRecord *record)
{
    cell = tm_cell_trim(cell);
    if (cell.length == 0 || cell.length > LONGEST_LABEL)
        return;
    g_string_assign(state->label, COST_CENTRE_LABEL);
    g_string_append_len(state->label, cell.text, (gssize)cell.length);
    record->label = state->label->str;
    record->label_length = state->label->len;
}

static void set_identity(const State *state, TmCell login, TmRecord *record)
{
    login = tm_cell_trim(login);
    record->service = !state->has_users || login.length == 0;
    if (!record->service)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_LOGIN, login.text, login.length};
}

/*
 * Tokens of a bill are those of all surfaces, while users' rows have the terminal's and the app's
 * only; for interactions it is the other way round. So they are a source of their own. The part is
 * none of a row's, since the row was counted.
 */
static void take_tokens(const State *state, TmReading *reading, TmRecord *record)
{
    if (!state->has_users || record->measures.present == 0)
        return;
    record->source = &tm_sources[TM_SOURCE_COPILOT_BILLING_TOKENS];
    record->part++;
    tm_reading_take(reading, record);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    TmRecord record = {.instant = TM_INSTANT_NONE};
    TmCopilotBill bill = {.product = tm_cell_trim(cells[PRODUCT]),
        .sku = tm_cell_trim(cells[SKU]),
        .model = tm_cell_trim(cells[MODEL]),
        .unit = tm_cell_trim(cells[UNIT])};
    TmMeasures tokens = {0};
    if (!tm_copilot_bill_is_use(&bill, reading, &state->left_out) ||
        !read_date(reading, cells[DATE], &record.day))
        return;
    record.key = record_key(cells, record.day);
    tm_key_counts_expect(&state->parts, record.key);
    if (!read_bill(state, reading, cells, &bill) || !read_tokens(reading, cells, &tokens) ||
        !tm_reading_admits(reading, record.day, column_name(DATE)))
        return;
    set_identity(state, cells[USERNAME], &record);
    set_label(state, cells[COST_CENTRE], &record);
    tm_copilot_bill_set(&bill, state->has_users, &record);
    record.part = next_part(state, reading, &record);
    tm_reading_take(reading, &record);
    record.measures = tokens;
    take_tokens(state, reading, &record);
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    tm_copilot_bill_note_left_out(&state->left_out, reading);
}

static void clear(gpointer user)
{
    State *state = user;
    tm_key_counts_clear(&state->parts);
    g_hash_table_unref(state->gone);
    g_string_free(state->label, TRUE);
}

const TmCsvFormat tm_csv_copilot_billing = {
    .tables = tables,
    .table_count = G_N_ELEMENTS(tables),
    .required = TM_FIELD_BIT(DATE) | TM_FIELD_BIT(PRODUCT) | TM_FIELD_BIT(SKU) |
                TM_FIELD_BIT(QUANTITY) | TM_FIELD_BIT(UNIT),
    .one_of = TM_FIELD_BIT(GROSS) | TM_FIELD_BIT(NET),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
    .end_file = end_file,
    .clear = clear,
};
