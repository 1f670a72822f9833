/*
 * ChatGPT workspace credits: one row for each day, person and type of use.
 *
 * Credits are no dollars and are not read. What a row counts stands in its type: tokens of one kind
 * and model, tasks of Codex, messages of ChatGPT. Adjustments are rows of their own with negative
 * quantities, under the same type and day: all of these are parts of one record.
 */
#include <string.h>

#include "openai_buckets.h"

#define LONGEST_TYPE 96
#define TOKEN_PREFIX "api."
#define FAST_PREFIX "codex_fast_"
#define CHAT_PREFIX "chat.completion."
#define LENGTH_OF_DATE 11 /* _YYYY_MM_DD */

enum { DATE, WORKSPACE, USER, EMAIL, NAME, PUBLIC_ID, TYPE, CREDITS, QUANTITY, UNITS, FIELD_COUNT };

static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"date_partition", TM_FIELD_READ, "day, record key", ""},
    [WORKSPACE] = {"account_id", TM_FIELD_READ, "record key", "the workspace"},
    [USER] = {"account_user_id", TM_FIELD_IDENTITY, "person", ""},
    [EMAIL] = {"email", TM_FIELD_IDENTITY, "person", ""},
    [NAME] = {"name", TM_FIELD_IGNORED, "", ""},
    [PUBLIC_ID] = {"public_id", TM_FIELD_IGNORED, "", ""},
    [TYPE] = {"usage_type", TM_FIELD_READ, "tool, model, label, record key",
        "api types are tokens of Codex by model; codex types are its tasks; all others are of "
        "ChatGPT"},
    [CREDITS] = {"usage_credits", TM_FIELD_IGNORED, "", "no currency"},
    [QUANTITY] = {"usage_quantity", TM_FIELD_READ,
        "interactions, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens",
        "may have a fraction, which is rounded; negative in adjustments. Counts are interactions, "
        "and output tokens of a model stand for one, both as estimates"},
    [UNITS] = {"usage_units", TM_FIELD_READ, "", "tokens or counts"},
};

static const TmFormat table = {"chatgpt-credits", "ChatGPT workspace credits (CSV)",
    &tm_sources[TM_SOURCE_CHATGPT_CREDITS_CODEX], fields, FIELD_COUNT};

/* Kinds of tokens by the end of the type, before its version. */
static const struct {
    const char *ending;
    TmMeasure measure;
} endings[] = {
    {"_text_cache_write_input", TM_MEASURE_CACHE_WRITE_TOKENS},
    {"_text_cached_input", TM_MEASURE_CACHE_READ_TOKENS},
    {"_text_input", TM_MEASURE_INPUT_TOKENS},
    {"_text_output", TM_MEASURE_OUTPUT_TOKENS},
};

/* What a type says. */
typedef struct Type {
    gboolean codex, tokens, fast;
    TmMeasure measure; /* of tokens */
    char model[LONGEST_TYPE];
    gsize model_length;
    TmSurface surface;
    const char *label; /* NULL: none */
} Type;

typedef struct State {
    GHashTable *parts;
    gboolean warned_unit, warned_type;
} State;

/* ---- Types --------------------------------------------------------------------------------- */

static gboolean cut_front(TmCell *cell, const char *prefix)
{
    gsize length = strlen(prefix);
    if (!tm_cell_begins(*cell, prefix))
        return FALSE;
    *cell = (TmCell){cell->text + length, cell->length - length};
    return TRUE;
}

static gboolean cut_end(TmCell *cell, const char *ending)
{
    gsize length = strlen(ending);
    if (cell->length < length ||
        !tm_cell_equals((TmCell){cell->text + cell->length - length, length}, ending))
        return FALSE;
    cell->length -= length;
    return TRUE;
}

/* "…_v_1" */
static void cut_version(TmCell *cell)
{
    TmCell rest = *cell;
    while (rest.length > 0 && g_ascii_isdigit(rest.text[rest.length - 1]))
        rest.length--;
    if (rest.length < cell->length && cut_end(&rest, "_v_"))
        *cell = rest;
}

/* "…_2026_04_23" */
static void cut_date(TmCell *cell)
{
    static const char pattern[] = "_0000_00_00";
    if (cell->length <= LENGTH_OF_DATE)
        return;
    const char *date = cell->text + cell->length - LENGTH_OF_DATE;
    for (guint i = 0; i < LENGTH_OF_DATE; i++)
        if (pattern[i] == '0' ? !g_ascii_isdigit(date[i]) : date[i] != pattern[i])
            return;
    cell->length -= LENGTH_OF_DATE;
}

/* "gpt_5_5_mini" is gpt-5.5-mini. */
static void set_model(Type *type, TmCell name)
{
    type->model_length = name.length;
    for (gsize i = 0; i < name.length; i++) {
        gboolean between = i > 0 && i + 1 < name.length && g_ascii_isdigit(name.text[i - 1]) &&
                           g_ascii_isdigit(name.text[i + 1]);
        type->model[i] = name.text[i] != '_' ? name.text[i] : between ? '.' : '-';
    }
}

/* Tokens of a model. FALSE when the kind of tokens is not known. */
static gboolean read_token_type(TmCell cell, Type *type)
{
    cut_version(&cell);
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
        if (!cut_end(&cell, endings[i].ending))
            continue;
        type->codex = type->tokens = TRUE;
        type->fast = cut_front(&cell, FAST_PREFIX);
        type->measure = endings[i].measure;
        cut_date(&cell);
        set_model(type, cell);
        return TRUE;
    }
    return FALSE;
}

/* FALSE for types that are not known: they are counted as other use of ChatGPT. */
static gboolean read_type(TmCell cell, Type *type)
{
    *type = (Type){.surface = TM_SURFACE_OTHER, .label = "product:other"};
    if (tm_cell_equals(cell, "codex") || tm_cell_begins(cell, "codex.")) {
        type->codex = TRUE;
        type->surface = TM_SURFACE_AGENT;
        type->label = "product:codex";
        return TRUE;
    }
    if (tm_cell_begins(cell, "chat_agent")) {
        type->surface = TM_SURFACE_AGENT;
        type->label = "product:chat_agent";
        return TRUE;
    }
    if (cut_front(&cell, CHAT_PREFIX)) {
        type->surface = TM_SURFACE_CHAT;
        type->label = "product:chat";
        set_model(type, cell);
        return TRUE;
    }
    if (!cut_front(&cell, TOKEN_PREFIX) || !read_token_type(cell, type))
        return FALSE;
    type->surface = TM_SURFACE_UNKNOWN;
    type->label = "product:codex";
    return TRUE;
}

/* ---- Rows ---------------------------------------------------------------------------------- */

static void open_file(
    gpointer state G_GNUC_UNUSED, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    tm_reading_begin(reading, &table, NULL);
}

static gboolean read_day(TmReading *reading, TmCell cell, TmDay *day)
{
    *day = cell.length > 0 ? tm_day_parse(cell.text, (gssize)cell.length) : TM_DAY_NONE;
    if (*day == TM_DAY_NONE)
        tm_reading_skip(reading, cell.length > 0 ? TM_KIND_BAD_DATE : TM_KIND_MISSING_FIELD,
            "date_partition", cell.length > 0 ? "not YYYY-MM-DD" : "no date");
    return *day != TM_DAY_NONE;
}

/* A quantity, rounded; anything above nothing is something. FALSE when the row was reported. */
static gboolean read_quantity(TmReading *reading, TmCell cell, gint64 *quantity, gboolean *any)
{
    gint64 micros;
    if (cell.length == 0 || !tm_micros_parse(cell.text, cell.length, &micros)) {
        gboolean large = tm_is_digits(cell.text, cell.length);
        tm_reading_skip(reading,
            cell.length == 0 ? TM_KIND_MISSING_FIELD
            : large          ? TM_KIND_OUT_OF_RANGE
                             : TM_KIND_BAD_NUMBER,
            "usage_quantity", "a quantity is wanted");
        return FALSE;
    }
    *quantity = tm_divide_half_even(micros, TM_MICROS_PER_UNIT);
    *any = micros > 0;
    if (ABS(*quantity) > TM_COUNT_LIMIT) {
        tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, "usage_quantity", "a quantity cannot be so");
        return FALSE;
    }
    return TRUE;
}

static void set_estimate(TmMeasures *measures, TmMeasure measure, gint64 value)
{
    tm_measures_set(measures, measure, value);
    measures->estimated |= TM_MEASURE_BIT(measure);
}

static gboolean set_identity(TmReading *reading, const TmCell *cells, TmRecord *record)
{
    static const struct {
        guint field;
        TmIdentityKind kind;
    } owners[] = {{EMAIL, TM_IDENTITY_EMAIL}, {USER, TM_IDENTITY_USER_ID}};
    for (guint i = 0; i < G_N_ELEMENTS(owners); i++) {
        TmCell cell = tm_cell_trim(cells[owners[i].field]);
        if (cell.length > 0)
            record->identity[record->identities++] =
                (TmIdentity){owners[i].kind, cell.text, cell.length};
    }
    if (record->identities == 0)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "email", "neither e-mail address nor id");
    return record->identities > 0;
}

/* Two ids may turn out to be one person's, so they are in the key. */
static guint64 record_key(const TmCell *cells, TmCell type, const TmRecord *record)
{
    const TmIdentity *owner = &record->identity[0];
    TmCell workspace = tm_cell_trim(cells[WORKSPACE]);
    TmKeyHash hash = tm_key_integer(TM_KEY_START, record->day);
    hash = tm_key_text(hash, workspace.text, workspace.length);
    hash = tm_key_lower(hash, owner->value, owner->length);
    return tm_key_end(tm_key_lower(hash, type.text, type.length));
}

/* A unit that is not known makes the row one of use, without a measure of it. */
static void set_measures(State *state, TmReading *reading, TmCell unit, const Type *type,
    gint64 quantity, gboolean any, TmMeasures *measures)
{
    gboolean tokens = tm_cell_equals(unit, "tokens"), counts = tm_cell_equals(unit, "counts");
    if (!tokens && !counts && !state->warned_unit) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "usage_units",
            "neither tokens nor counts: the quantity is not read, here and below");
        state->warned_unit = TRUE;
    }
    if (tokens && type->tokens)
        tm_measures_set(measures, type->measure, quantity);
    else if (tokens)
        tm_measures_set(measures, TM_MEASURE_UNSPLIT_TOKENS, quantity);
    gboolean stands_for_one = any && (!type->tokens || type->measure == TM_MEASURE_OUTPUT_TOKENS);
    set_estimate(measures, TM_MEASURE_INTERACTIONS,
        counts           ? MAX(quantity, any ? 1 : quantity)
        : stands_for_one ? 1
                         : 0);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    TmRecord record = {.instant = TM_INSTANT_NONE};
    Type type;
    gint64 quantity;
    gboolean any;
    TmCell name = tm_cell_trim(cells[TYPE]);
    if (!read_day(reading, tm_cell_trim(cells[DATE]), &record.day) ||
        !read_quantity(reading, tm_cell_trim(cells[QUANTITY]), &quantity, &any))
        return;
    if (name.length == 0 || name.length > LONGEST_TYPE) {
        tm_reading_skip(reading, name.length == 0 ? TM_KIND_MISSING_FIELD : TM_KIND_BAD_CSV,
            "usage_type", name.length == 0 ? "no type" : "the text is too long");
        return;
    }
    if (!read_type(name, &type) && !state->warned_type) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "usage_type",
            "a type that is not known: taken as other use of ChatGPT, here and below");
        state->warned_type = TRUE;
    }
    if (!set_identity(reading, cells, &record) ||
        !tm_reading_admits(reading, record.day, "date_partition"))
        return;
    record.key = record_key(cells, name, &record);
    if (!tm_openai_next_part(&state->parts, reading, record.key, &record.part))
        return;
    record.source =
        &tm_sources[type.codex ? TM_SOURCE_CHATGPT_CREDITS_CODEX : TM_SOURCE_CHATGPT_CREDITS];
    record.model = type.model_length > 0 ? type.model : NULL;
    record.model_length = type.model_length;
    record.surface = type.surface;
    record.label = type.label;
    record.label_length = strlen(type.label);
    record.pricing = (TmPricing){.wanted = type.tokens, .fast = type.fast};
    set_measures(
        state, reading, tm_cell_trim(cells[UNITS]), &type, quantity, any, &record.measures);
    tm_reading_take(reading, &record);
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->parts, g_hash_table_unref);
}

const TmCsvFormat tm_csv_chatgpt_credits = {
    .tables = &table,
    .table_count = 1,
    .required =
        TM_FIELD_BIT(DATE) | TM_FIELD_BIT(TYPE) | TM_FIELD_BIT(CREDITS) | TM_FIELD_BIT(QUANTITY),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
    .clear = clear,
};
