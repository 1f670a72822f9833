/* Rows of our own table and of what mapping files describe: see slots.h and docs/mapping.md. */
#include "slots.h"

#include <string.h>

#include "prepare.h"
#include "row_keys.h"
#include "words.h"

const TmFieldRule tm_slot_fields[TM_SLOT_COUNT] = {
    [TM_SLOT_DATE] = {"date", TM_FIELD_READ, "day, record key",
        "YYYY-MM-DD; it counts as it stands: the UTC day, or the person's own day for a row with a "
        "record"},
    [TM_SLOT_EMAIL] = {"email", TM_FIELD_IDENTITY, "person",
        "one column of email, login and user_id is needed; all empty: a service, or unassigned"},
    [TM_SLOT_LOGIN] = {"login", TM_FIELD_IDENTITY, "person", ""},
    [TM_SLOT_USER_ID] = {"user_id", TM_FIELD_IDENTITY, "person", ""},
    [TM_SLOT_TOOL] = {"tool", TM_FIELD_READ, "source, record key",
        "a tool that we know, or that licenses.csv or subscriptions.csv names"},
    [TM_SLOT_SOURCE] = {"source", TM_FIELD_READ, "source",
        "key of the source that the record is of; empty: tidemark-csv:TOOL"},
    [TM_SLOT_RECORD] = {"record", TM_FIELD_READ, "record key",
        "up to 16 hexadecimal digits: the key of a record of the source; only with a source"},
    [TM_SLOT_PART] = {"part", TM_FIELD_READ, "record key",
        "up to 8 hexadecimal digits: the part of the record; empty is 0"},
    [TM_SLOT_SESSION] = {"session", TM_FIELD_READ, "sessions",
        "up to 16 hexadecimal digits: the hash of a session's name; only with a record"},
    [TM_SLOT_MODEL] = {"model", TM_FIELD_READ, "model, record key", "as the vendor writes it"},
    [TM_SLOT_SURFACE] = {"surface", TM_FIELD_READ, "surface, record key",
        "completion, chat, edit, agent, review, terminal, other"},
    [TM_SLOT_TASK] = {"task", TM_FIELD_READ, "task, record key",
        "coding, testing, debugging, documentation, review, refactoring, other"},
    [TM_SLOT_COST_CENTER] = {"cost_center", TM_FIELD_READ, "label, record key",
        "of several labels the cost centre counts, then the project"},
    [TM_SLOT_PROJECT] = {"project", TM_FIELD_READ, "label, record key", ""},
    [TM_SLOT_PRODUCT] = {"product", TM_FIELD_READ, "label, record key", ""},
    [TM_SLOT_SERVICE] = {"service", TM_FIELD_READ, "service", "true: a key, bot or automation"},
    [TM_SLOT_CURRENCY] = {"currency", TM_FIELD_READ, "",
        "ISO 4217; amounts in another one than the organisation's are left out"},
    [TM_SLOT_FAST] = {"fast", TM_FIELD_READ, "price", "true: the vendor's fast mode"},
    [TM_SLOT_ESTIMATED] = {"estimated", TM_FIELD_READ, "",
        "names of the measures that are estimates, blanks between them"},
    [TM_SLOT_LONG_WRITES] = {"cache_write_1h_tokens", TM_FIELD_READ, "price",
        "those of cache_write_tokens that are kept for an hour"},
#define X(id, name) [TM_SLOT_FIRST_MEASURE + TM_MEASURE_##id] = {name, TM_FIELD_READ, name, ""},
    TM_MEASURES(X)
#undef X
};

#define LONGEST_LABEL 200
#define LONGEST_TOOL 64
#define LONGEST_EPOCH 14 /* digits of an instant: no overflow when seconds become milliseconds */
#define HASH_DIGITS 16
#define PART_DIGITS 8

struct TmSlotReader {
    const TmSlotRules *rules;
    char tool[LONGEST_TOOL]; /* of the last row, and its source */
    gsize tool_length;
    const TmSource *source;
    TmRowKeys keys;
    char label[LONGEST_LABEL + 1];
    gboolean warned_currency, warned_session;
    guint64 strange[TM_SLOT_COUNT]; /* words of the slot that the rules do not have */
};

/* The slot as the file calls it. */
static const TmFieldRule *rule_of(const TmSlotReader *state, guint field)
{
    return state->rules != NULL ? &state->rules->fields[field] : &tm_slot_fields[field];
}

static gboolean refuse(const TmSlotReader *state, TmReading *reading, TmDiagnosticKind kind,
    guint field, const char *text)
{
    tm_reading_skip(reading, kind, tm_field_name(rule_of(state, field)), "%s", text);
    return FALSE;
}

/* A guard against formulas that spreadsheets and tm_csv_append_field() write is no part of it. */
static gboolean take_text(
    const TmSlotReader *state, TmReading *reading, const TmCell *cells, guint field, TmCell *text)
{
    if (!tm_cell_take_text(reading, rule_of(state, field), cells[field], text))
        return FALSE;
    if (text->length > 1 && text->text[0] == '\'' && strchr("=+-@", text->text[1]) != NULL)
        *text = (TmCell){text->text + 1, text->length - 1};
    return TRUE;
}

/* ---- Where the row belongs --------------------------------------------------------------- */

/* An instant as a vendor may write it: as text with its zone, or as a number since 1970. */
static gboolean parse_instant(TmDateUnit unit, TmCell cell, gint64 *milliseconds)
{
    if (unit == TM_DATE_TEXT)
        return tm_instant_parse(cell.text, cell.length, milliseconds);
    if (cell.length > LONGEST_EPOCH || !tm_integer_parse(cell.text, cell.length, milliseconds) ||
        *milliseconds < 0)
        return FALSE;
    *milliseconds *= unit == TM_DATE_SECONDS ? 1000 : 1;
    return TRUE;
}

static gboolean read_day(
    const TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    const TmSlotRules *rules = state->rules;
    TmCell cell = tm_cell_trim(cells[TM_SLOT_DATE]);
    record->instant = TM_INSTANT_NONE;
    if (cell.length == 0)
        return refuse(state, reading, TM_KIND_MISSING_FIELD, TM_SLOT_DATE, "no date");
    record->day = tm_day_parse(cell.text, (gssize)cell.length);
    if (record->day != TM_DAY_NONE && rules != NULL && rules->source->sessions == TM_SESSIONS_GAPS)
        return refuse(state, reading, TM_KIND_BAD_DATE, TM_SLOT_DATE,
            "a day without a time, though sessions are made of the gaps between times");
    if (record->day != TM_DAY_NONE)
        return TRUE;
    if (rules == NULL)
        return refuse(state, reading, TM_KIND_BAD_DATE, TM_SLOT_DATE, "not a day as YYYY-MM-DD");
    if (!parse_instant(rules->date, cell, &record->instant))
        return refuse(state, reading, TM_KIND_BAD_DATE, TM_SLOT_DATE,
            "neither a day as YYYY-MM-DD nor an instant as the mapping says");
    record->day = tm_instant_day(record->instant);
    return TRUE;
}

/* The source of the tool's own rows; rows of a file often have the same tool. */
static gboolean read_tool(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell tool;
    if (!take_text(state, reading, cells, TM_SLOT_TOOL, &tool))
        return FALSE;
    if (tool.length == 0)
        return refuse(state, reading, TM_KIND_MISSING_FIELD, TM_SLOT_TOOL, "no tool");
    if (!tm_cell_same(tool, (TmCell){state->tool, state->tool_length})) {
        state->source = tm_prepared_csv_source(tool);
        state->tool_length = tool.length < sizeof state->tool ? tool.length : 0;
        memcpy(state->tool, tool.text, state->tool_length);
    }
    record->source = state->source;
    return state->source != NULL ||
           refuse(state, reading, TM_KIND_BAD_REFERENCE, TM_SLOT_TOOL,
               "no tool of this name: name it in licenses.csv or subscriptions.csv");
}

static gboolean find_source(
    const TmSlotReader *state, TmReading *reading, TmCell key, TmRecord *record)
{
    guint index = 0;
    while (index < tm_source_count && !tm_cell_equals(key, tm_sources[index].key))
        index++;
    if (index == tm_source_count)
        return refuse(state, reading, TM_KIND_BAD_REFERENCE, TM_SLOT_SOURCE,
            "there is no source of this key");
    const TmSource *source = &tm_sources[index];
    if (source->tool != record->source->tool)
        return refuse(state, reading, TM_KIND_BAD_REFERENCE, TM_SLOT_SOURCE,
            "the source is of another tool than the row");
    if (source->trait == TM_TRAIT_APART)
        return refuse(state, reading, TM_KIND_BAD_REFERENCE, TM_SLOT_SOURCE,
            "the source has no rows of people");
    record->source = source;
    return TRUE;
}

static guint64 hash_of(TmCell text)
{
    return tm_key_end(tm_key_text(TM_KEY_START, text.text, text.length));
}

/* The vendor's own id of the record, if there is one, and the name of its session. */
static gboolean read_vendor_record(
    const TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell id, session;
    if (!take_text(state, reading, cells, TM_SLOT_RECORD, &id) ||
        !take_text(state, reading, cells, TM_SLOT_SESSION, &session))
        return FALSE;
    record->key = id.length > 0 ? hash_of(id) : 0;
    record->session = session.length > 0 ? hash_of(session) : 0;
    return TRUE;
}

/* A record of another source: its key, part and session. */
static gboolean read_record(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell source;
    guint64 part;
    gboolean has_record = tm_cell_trim(cells[TM_SLOT_RECORD]).length > 0;
    if (!take_text(state, reading, cells, TM_SLOT_SOURCE, &source))
        return FALSE;
    if (has_record && source.length == 0)
        return refuse(state, reading, TM_KIND_MISSING_FIELD, TM_SLOT_SOURCE,
            "a record belongs to a source; name it, or leave the record empty");
    if (!has_record && source.length > 0)
        return refuse(state, reading, TM_KIND_MISSING_FIELD, TM_SLOT_RECORD,
            "a row of a source needs its record; without one leave the source empty");
    if (!has_record) {
        if (tm_cell_trim(cells[TM_SLOT_SESSION]).length > 0 && !state->warned_session)
            tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "session",
                "a session without a record does not count, here and below; use the column "
                "sessions");
        state->warned_session |= tm_cell_trim(cells[TM_SLOT_SESSION]).length > 0;
        return TRUE;
    }
    if (!tm_cell_take_hexadecimal(reading, &tm_slot_fields[TM_SLOT_RECORD], HASH_DIGITS,
            cells[TM_SLOT_RECORD], &record->key) ||
        !tm_cell_take_hexadecimal(reading, &tm_slot_fields[TM_SLOT_SESSION], HASH_DIGITS,
            cells[TM_SLOT_SESSION], &record->session) ||
        !tm_cell_take_hexadecimal(
            reading, &tm_slot_fields[TM_SLOT_PART], PART_DIGITS, cells[TM_SLOT_PART], &part))
        return FALSE;
    record->part = (guint32)part;
    return find_source(state, reading, source, record);
}

/* A word that is none of ours, by the rules: not known, and counted. FALSE without rules. */
static gboolean passes(TmSlotReader *state, guint slot)
{
    if (state->rules == NULL)
        return FALSE;
    state->strange[slot]++;
    return TRUE;
}

/* A word as we call it; as it stands when the rules do not have it. */
static TmCell own_word(const TmSlotReader *state, const TmCell *cells, guint slot)
{
    TmCell word = tm_cell_trim(cells[slot]);
    const char *own = state->rules != NULL ? tm_slot_word(state->rules, slot, word) : NULL;
    return own != NULL ? (TmCell){own, strlen(own)} : word;
}

static gboolean has_words(const TmSlotReader *state, guint slot)
{
    for (guint i = 0; state->rules != NULL && i < state->rules->word_count; i++)
        if (state->rules->words[i].slot == slot)
            return TRUE;
    return FALSE;
}

static gboolean read_service(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    if (tm_truth_parse(own_word(state, cells, TM_SLOT_SERVICE), &record->service))
        return TRUE;
    record->service = FALSE;
    return (has_words(state, TM_SLOT_SERVICE) && passes(state, TM_SLOT_SERVICE)) ||
           refuse(state, reading, TM_KIND_BAD_VALUE, TM_SLOT_SERVICE, "true or false is wanted");
}

static gboolean is_personal(const TmSlotRules *rules)
{
    return rules != NULL && rules->source->trait == TM_TRAIT_PERSONAL;
}

static gboolean read_person(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    static const struct {
        guint field;
        TmIdentityKind kind;
    } columns[] = {{TM_SLOT_EMAIL, TM_IDENTITY_EMAIL}, {TM_SLOT_LOGIN, TM_IDENTITY_LOGIN},
        {TM_SLOT_USER_ID, TM_IDENTITY_USER_ID}};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
        TmCell text;
        if (!take_text(state, reading, cells, columns[i].field, &text))
            return FALSE;
        if (text.length > 0 && record->identities < TM_RECORD_IDENTITIES)
            record->identity[record->identities++] =
                (TmIdentity){columns[i].kind, text.text, text.length};
    }
    if (!read_service(state, reading, cells, record))
        return FALSE;
    if (record->identities == 0 && is_personal(state->rules))
        record->identity[record->identities++] = tm_reading_path_identity(reading);
    record->service |= record->identities == 0;
    return TRUE;
}

/* ---- What it was used for ---------------------------------------------------------------- */

static gboolean read_label(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    static const guint columns[] = {TM_SLOT_COST_CENTER, TM_SLOT_PROJECT, TM_SLOT_PRODUCT};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
        TmCell text;
        if (!take_text(state, reading, cells, columns[i], &text))
            return FALSE;
        if (text.length == 0)
            continue;
        const char *kind = tm_field_name(&tm_slot_fields[columns[i]]);
        gsize prefix = strlen(kind) + 1;
        if (prefix + text.length > LONGEST_LABEL)
            return refuse(
                state, reading, TM_KIND_BAD_VALUE, columns[i], "longer than a name can be");
        g_snprintf(state->label, sizeof state->label, "%s:", kind);
        memcpy(state->label + prefix, text.text, text.length);
        record->label = state->label;
        record->label_length = prefix + text.length;
        return TRUE;
    }
    return TRUE;
}

/* Whether some word of the vendor's becomes this model. */
static gboolean is_own_model(const TmSlotReader *state, TmCell model)
{
    for (guint i = 0; i < state->rules->word_count; i++)
        if (state->rules->words[i].slot == TM_SLOT_MODEL &&
            tm_cell_equals(model, state->rules->words[i].to))
            return TRUE;
    return FALSE;
}

static gboolean read_model(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell model;
    if (!take_text(state, reading, cells, TM_SLOT_MODEL, &model))
        return FALSE;
    const char *own =
        state->rules != NULL ? tm_slot_word(state->rules, TM_SLOT_MODEL, model) : NULL;
    if (own != NULL)
        model = (TmCell){own, strlen(own)};
    else if (model.length > 0 && has_words(state, TM_SLOT_MODEL) && !is_own_model(state, model))
        passes(state, TM_SLOT_MODEL);
    record->model = model.length > 0 ? model.text : NULL;
    record->model_length = model.length;
    return TRUE;
}

static gboolean read_dimensions(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    if (!read_model(state, reading, cells, record))
        return FALSE;
    if (!tm_surface_parse(own_word(state, cells, TM_SLOT_SURFACE), &record->surface) &&
        !passes(state, TM_SLOT_SURFACE))
        return refuse(state, reading, TM_KIND_BAD_VALUE, TM_SLOT_SURFACE,
            tm_slot_fields[TM_SLOT_SURFACE].note);
    if (!tm_task_parse(own_word(state, cells, TM_SLOT_TASK), &record->task) &&
        !passes(state, TM_SLOT_TASK))
        return refuse(
            state, reading, TM_KIND_BAD_VALUE, TM_SLOT_TASK, tm_slot_fields[TM_SLOT_TASK].note);
    return read_label(state, reading, cells, record);
}

static TmKeyHash add_dimensions(TmKeyHash hash, const TmRecord *record)
{
    hash = tm_key_lower(hash, record->model, record->model_length);
    hash = tm_key_integer(hash, record->surface);
    hash = tm_key_integer(hash, record->task);
    return tm_key_lower(hash, record->label, record->label_length);
}

/*
 * What a row is about; of rows of one record the record in place of the time. Twins have no id, so
 * theirs is also what they say.
 */
static guint64 key_of(const TmSlotReader *state, const TmCell *cells, const TmRecord *record)
{
    const TmSource *source = record->source;
    gboolean has_instant = record->instant != TM_INSTANT_NONE;
    gint64 time = has_instant ? record->instant : record->day;
    TmCell part = state->rules != NULL ? cells[TM_SLOT_PART] : (TmCell){0};
    TmKeyHash hash = tm_key_integer(TM_KEY_START, record->key != 0 ? (gint64)record->key : time);
    hash = tm_key_text(hash, source->key, strlen(source->key));
    hash = add_dimensions(hash, record);
    if (part.length > 0)
        hash = tm_key_text(hash, part.text, part.length);
    for (guint i = 0; i < TM_MEASURE_COUNT && source->merging == TM_MERGE_TWINS; i++)
        hash = tm_key_integer(hash, record->measures.value[i]);
    return tm_key_end(hash);
}

/* FALSE when an earlier row had the same key, and is no twin: reported. */
static gboolean set_key(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    gboolean has_record = tm_cell_trim(cells[TM_SLOT_RECORD]).length > 0;
    if (has_record && (state->rules == NULL || !state->rules->shared_record))
        return TRUE;
    record->key = key_of(state, cells, record);
    return record->source->merging == TM_MERGE_TWINS ||
           tm_row_keys_add(
               &state->keys, reading, record, tm_field_name(rule_of(state, TM_SLOT_DATE)));
}

/* ---- Measures ---------------------------------------------------------------------------- */

/* Input that is stated with that of the cache becomes fresh input. */
static gboolean take_cache_out(const TmSlotReader *state, TmReading *reading, TmMeasures *measures)
{
    gint64 *input = &measures->value[TM_MEASURE_INPUT_TOKENS];
    gint64 cached = measures->value[TM_MEASURE_CACHE_READ_TOKENS] +
                    measures->value[TM_MEASURE_CACHE_WRITE_TOKENS];
    if (state->rules == NULL || !state->rules->includes_cache ||
        !(measures->present & TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS)))
        return TRUE;
    if (cached > *input)
        return refuse(state, reading, TM_KIND_OUT_OF_RANGE,
            TM_SLOT_FIRST_MEASURE + TM_MEASURE_INPUT_TOKENS,
            "less than the tokens of the cache, which it includes by the mapping");
    *input -= cached;
    return TRUE;
}

/* Whether amounts of the row count: those in another currency do not. */
static gboolean is_own_currency(TmSlotReader *state, TmReading *reading, const TmCell *cells)
{
    TmCell cell = tm_cell_trim(cells[TM_SLOT_CURRENCY]);
    const char *own = tm_prepared_currency();
    if (cell.length == 0 || own == NULL || tm_cell_equals(cell, own))
        return TRUE;
    if (!state->warned_currency)
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE,
            tm_field_name(rule_of(state, TM_SLOT_CURRENCY)),
            "not the organisation's currency: the amount is left out, here and below");
    state->warned_currency = TRUE;
    return FALSE;
}

static gboolean read_measures(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmMeasures *measures)
{
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++) {
        guint field = TM_SLOT_FIRST_MEASURE + measure;
        gboolean money = tm_measure_is_money((TmMeasure)measure);
        TmCount count = {0};
        TmMoneyUnit unit = state->rules != NULL ? state->rules->money[measure] : TM_UNIT_DOLLARS;
        gboolean fine =
            money ? tm_cell_take_money(reading, rule_of(state, field), unit, cells[field], &count)
                  : tm_cell_take_count(reading, rule_of(state, field), cells[field], &count);
        if (!fine)
            return FALSE;
        if (count.present && (!money || is_own_currency(state, reading, cells)))
            tm_measures_set(measures, (TmMeasure)measure, count.value);
    }
    return take_cache_out(state, reading, measures);
}

/* Names of measures, with blanks between them. */
static gboolean read_estimated(
    const TmSlotReader *state, TmReading *reading, TmCell cell, TmMeasures *measures)
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
            return refuse(state, reading, TM_KIND_BAD_VALUE, TM_SLOT_ESTIMATED,
                "names of measures are wanted");
        measures->estimated |= TM_MEASURE_BIT(measure) & measures->present;
        cell = tm_cell_trim((TmCell){cell.text + length, cell.length - length});
    }
    return TRUE;
}

static gboolean read_pricing(
    const TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    static const guint32 money =
        TM_MEASURE_BIT(TM_MEASURE_METERED) | TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    static const guint32 tokens =
        TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_CACHE_WRITE_TOKENS) |
        TM_MEASURE_BIT(TM_MEASURE_CACHE_READ_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS);
    const TmMeasures *measures = &record->measures;
    TmPricing *pricing = &record->pricing;
    TmCount long_writes = {0};
    if (!tm_cell_take_count(
            reading, rule_of(state, TM_SLOT_LONG_WRITES), cells[TM_SLOT_LONG_WRITES], &long_writes))
        return FALSE;
    if (long_writes.value > measures->value[TM_MEASURE_CACHE_WRITE_TOKENS])
        return refuse(state, reading, TM_KIND_OUT_OF_RANGE, TM_SLOT_LONG_WRITES,
            "more than cache_write_tokens, of which "
            "they are a part");
    pricing->long_cache_known = long_writes.present;
    pricing->long_cache_writes = long_writes.value;
    if (!tm_truth_parse(tm_cell_trim(cells[TM_SLOT_FAST]), &pricing->fast))
        return refuse(state, reading, TM_KIND_BAD_VALUE, TM_SLOT_FAST, "true or false is wanted");
    pricing->request = measures->value[TM_MEASURE_REQUESTS] == 1;
    pricing->wanted = record->model != NULL && (measures->present & tokens) != 0 &&
                      (measures->present & money) == 0;
    return TRUE;
}

static gboolean has_measure_cell(const TmCell *cells)
{
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        if (tm_cell_trim(cells[TM_SLOT_FIRST_MEASURE + measure]).length > 0)
            return TRUE;
    return FALSE;
}

static gboolean read_origin(
    TmSlotReader *state, TmReading *reading, const TmCell *cells, TmRecord *record)
{
    if (state->rules == NULL)
        return read_tool(state, reading, cells, record) &&
               read_record(state, reading, cells, record);
    record->source = state->rules->source;
    return read_vendor_record(state, reading, cells, record);
}

void tm_slot_reader_row(TmSlotReader *state, TmReading *reading, const TmCell *cells)
{
    TmRecord record = {0};
    if (!read_day(state, reading, cells, &record) || !read_origin(state, reading, cells, &record) ||
        !read_person(state, reading, cells, &record) ||
        !read_dimensions(state, reading, cells, &record) ||
        !read_measures(state, reading, cells, &record.measures) ||
        !read_estimated(state, reading, cells[TM_SLOT_ESTIMATED], &record.measures) ||
        !read_pricing(state, reading, cells, &record))
        return;
    if (!has_measure_cell(cells)) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, NULL, "the row has no measure");
        return;
    }
    if (tm_reading_admits(reading, record.day, tm_field_name(rule_of(state, TM_SLOT_DATE))) &&
        set_key(state, reading, cells, &record))
        tm_reading_take(reading, &record);
}

/* ---- Words --------------------------------------------------------------------------------- */

const char *tm_slot_word(const TmSlotRules *rules, guint slot, TmCell word)
{
    for (guint i = 0; i < rules->word_count; i++)
        if (rules->words[i].slot == slot && tm_cell_equals(word, rules->words[i].from))
            return rules->words[i].to;
    return NULL;
}

void tm_slot_reader_end(TmSlotReader *reader, TmReading *reading)
{
    for (guint slot = 0; slot < TM_SLOT_COUNT; slot++) {
        gboolean is_model = slot == TM_SLOT_MODEL;
        if (reader->strange[slot] > 0)
            tm_reading_warn(reading, is_model ? TM_KIND_UNKNOWN_MODEL : TM_KIND_DOUBTFUL_VALUE,
                tm_field_name(rule_of(reader, slot)),
                "rows with a word that the mapping does not have: %" G_GUINT64_FORMAT "; %s",
                reader->strange[slot],
                is_model ? "the model stays as the vendor writes it"
                         : "taken as unknown, so add a <word> for it");
    }
}

TmSlotReader *tm_slot_reader_new(const TmSlotRules *rules)
{
    TmSlotReader *reader = g_new0(TmSlotReader, 1);
    reader->rules = rules;
    return reader;
}

void tm_slot_reader_free(TmSlotReader *reader)
{
    if (reader == NULL)
        return;
    tm_row_keys_clear(&reader->keys);
    g_free(reader);
}
