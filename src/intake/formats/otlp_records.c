/* Items become records: whose, when, which tokens, which key; see otlp.h. */
#include "otlp.h"

#include <string.h>

#define NANOSECONDS_PER_MILLISECOND 1000000
#define INSTALLATION_LENGTH 64 /* hexadecimal digits of an installation of Claude Code */
#define PROMPT_MARK "########" /* between session and number in a prompt's id */

/* ---- Dispatch ------------------------------------------------------------------------------ */

static const struct {
    const char *prefix;
    TmKnownTool tool;
    TmOtelHandler take;
} families[] = {
    {"claude_code.", TM_TOOL_CLAUDE_CODE, tm_otel_take_claude_code},
    {"gemini_cli.", TM_TOOL_GEMINI_CLI, tm_otel_take_gemini_cli},
    {"qwen-code.", TM_TOOL_QWEN_CODE, tm_otel_take_gemini_cli},
    {"gen_ai.", TM_TOOL_OTHER_AGENT, tm_otel_take_genai},
};

static gboolean begins(TmCell cell, const char *text)
{
    gsize length = strlen(text);
    return cell.length >= length && memcmp(cell.text, text, length) == 0;
}

static guint find_family(TmCell name)
{
    guint family = 0;
    while (family < G_N_ELEMENTS(families) && !begins(name, families[family].prefix))
        family++;
    return family;
}

gboolean tm_otel_is_known_metric(TmCell name)
{
    return find_family(name) < G_N_ELEMENTS(families);
}

static gboolean dispatch_by(TmOtel *otel, const TmOtelItem *item, TmCell name)
{
    guint family = find_family(name);
    if (family == G_N_ELEMENTS(families))
        return FALSE;
    gsize prefix = strlen(families[family].prefix);
    families[family].take(
        otel, item, families[family].tool, (TmCell){name.text + prefix, name.length - prefix});
    return TRUE;
}

/* Claude Code's attribute event.name has no prefix. */
static gboolean is_of_claude_code(const TmOtel *otel, const TmOtelItem *item)
{
    return begins(otel->scope, "com.anthropic.claude_code") ||
           begins(tm_otel_text(item, TM_OTEL_SERVICE), "claude-code");
}

static void dispatch_event(TmOtel *otel, const TmOtelItem *item)
{
    TmCell name = tm_otel_text(item, TM_OTEL_EVENT_NAME);
    if (tm_otel_text(item, TM_OTEL_TRANSACTION).length > 0)
        tm_otel_take_revenium(otel, item);
    else if (!dispatch_by(otel, item, item->event) && !dispatch_by(otel, item, name) &&
             !dispatch_by(otel, item, item->body) && is_of_claude_code(otel, item))
        tm_otel_take_claude_code(
            otel, item, TM_TOOL_CLAUDE_CODE, item->event.length > 0 ? item->event : name);
}

TmOtelItem *tm_otel_item_begin(TmOtel *otel, TmOtelKind kind)
{
    TmOtelItem *item = &otel->item;
    *item = (TmOtelItem){.kind = kind, .attributes = otel->resource};
    otel->attributes.hashing = kind == TM_OTEL_POINT;
    return item;
}

void tm_otel_dispatch(TmOtel *otel, TmOtelItem *item)
{
    if (item->kind == TM_OTEL_EVENT)
        dispatch_event(otel, item);
    else if (item->kind == TM_OTEL_POINT)
        dispatch_by(otel, item, item->metric->name);
    else
        tm_otel_take_genai(otel, item, TM_TOOL_OTHER_AGENT, (TmCell){"", 0});
}

/* ---- Whose and when ------------------------------------------------------------------------ */

static const struct {
    TmOtelKey key;
    TmIdentityKind kind;
} identities[] = {
    {TM_OTEL_USER_EMAIL, TM_IDENTITY_EMAIL},
    {TM_OTEL_ENDUSER, TM_IDENTITY_USER_ID},
    {TM_OTEL_ACCOUNT_UUID, TM_IDENTITY_USER_ID},
    {TM_OTEL_ACCOUNT, TM_IDENTITY_USER_ID},
    {TM_OTEL_SUBSCRIBER, TM_IDENTITY_USER_ID},
    {TM_OTEL_USER, TM_IDENTITY_USER_ID},
    {TM_OTEL_INSTALLATION, TM_IDENTITY_INSTALLATION_ID},
};

static gboolean is_installation(TmCell id)
{
    for (gsize i = 0; i < id.length; i++)
        if (!g_ascii_isxdigit(id.text[i]))
            return FALSE;
    return id.length == INSTALLATION_LENGTH;
}

static TmIdentityKind kind_of(TmOtelKey key, TmIdentityKind kind, TmCell id)
{
    if (key == TM_OTEL_ENDUSER && memchr(id.text, '@', id.length) != NULL)
        return TM_IDENTITY_EMAIL;
    return key == TM_OTEL_USER && is_installation(id) ? TM_IDENTITY_INSTALLATION_ID : kind;
}

static void set_identity(TmOtel *otel, const TmOtelItem *item, TmRecord *record)
{
    for (guint i = 0; i < G_N_ELEMENTS(identities) && record->identities < TM_RECORD_IDENTITIES;
         i++) {
        TmOtelKey key = identities[i].key;
        TmCell id = tm_otel_text(item, key);
        if (id.length > 0)
            record->identity[record->identities++] =
                (TmIdentity){kind_of(key, identities[i].kind, id), id.text, id.length};
    }
    if (record->identities == 0)
        record->identity[record->identities++] = tm_reading_path_identity(otel->reading);
}

static gboolean set_time(TmOtel *otel, const TmOtelItem *item, TmRecord *record)
{
    TmCell stamp = tm_otel_text(item, TM_OTEL_TIMESTAMP);
    gboolean stamped = item->kind == TM_OTEL_EVENT && stamp.length > 0 &&
                       tm_instant_parse(stamp.text, stamp.length, &record->instant);
    if (!stamped && item->time == 0) {
        tm_reading_skip(otel->reading, TM_KIND_MISSING_FIELD,
            item->kind == TM_OTEL_SPAN ? "startTimeUnixNano" : "timeUnixNano", "no time");
        return FALSE;
    }
    if (!stamped)
        record->instant = (gint64)(item->time / NANOSECONDS_PER_MILLISECOND);
    record->day = tm_instant_day(record->instant);
    return TRUE;
}

void tm_otel_set_session(TmRecord *record, TmCell session)
{
    guint64 hash = tm_key_end(tm_key_text(TM_KEY_START, session.text, session.length));
    record->session = session.length == 0 ? 0 : MAX(hash, 1);
}

/* The session's id, which Gemini CLI also has at the front of its prompts' ids. */
static TmCell session_of(const TmOtelItem *item)
{
    TmCell session = tm_otel_text(item, TM_OTEL_SESSION);
    TmCell prompt = tm_otel_text(item, TM_OTEL_PROMPT);
    if (session.length > 0 || prompt.length == 0)
        return session;
    const char *mark = g_strstr_len(prompt.text, (gssize)prompt.length, PROMPT_MARK);
    return mark != NULL ? (TmCell){prompt.text, (gsize)(mark - prompt.text)} : session;
}

static void set_label(TmOtel *otel, const TmOtelItem *item, TmRecord *record)
{
    TmCell center = tm_otel_text(item, TM_OTEL_COST_CENTER);
    TmCell product = tm_otel_text(item, TM_OTEL_PRODUCT);
    TmCell name = center.length > 0 ? center : product;
    if (name.length == 0)
        return;
    g_string_assign(otel->label, center.length > 0 ? "cost_center:" : "product:");
    g_string_append_len(otel->label, name.text, (gssize)name.length);
    record->label = otel->label->str;
    record->label_length = otel->label->len;
}

gboolean tm_otel_record_begin(
    TmOtel *otel, const TmOtelItem *item, TmSourceIndex source, TmRecord *record)
{
    *record = (TmRecord){.source = &tm_sources[source]};
    if (item->attributes.unfit != TM_OTEL_WANTED) {
        tm_reading_skip(otel->reading, TM_KIND_BAD_JSON,
            tm_field_name(&tm_otel_fields[item->attributes.unfit]),
            "the text is too long or holds a NUL");
        return FALSE;
    }
    if (!set_time(otel, item, record))
        return FALSE;
    set_identity(otel, item, record);
    set_label(otel, item, record);
    tm_otel_set_session(record, session_of(item));
    return TRUE;
}

/* ---- Values -------------------------------------------------------------------------------- */

/* JavaScript writes what it does not know as NaN or "undefined". */
static gboolean is_missing(TmCell value)
{
    return value.length == 0 || tm_otel_is(value, "NaN") || tm_otel_is(value, "undefined");
}

gboolean tm_otel_count(TmOtel *otel, const TmOtelItem *item, TmOtelKey key, TmCount *count)
{
    TmCell text = tm_otel_text(item, key);
    TmJsonValue value = {.kind = TM_JSON_NUMBER, .text = text.text, .length = text.length};
    return is_missing(text) ||
           tm_json_take_count(otel->reading, &tm_otel_fields[key], &value, count);
}

static gboolean parse_amount(TmOtel *otel, TmOtelKey key, TmCell text, TmCount *micros)
{
    gint64 amount;
    const char *field = tm_field_name(&tm_otel_fields[key]);
    if (!tm_micros_parse(text.text, text.length, &amount)) {
        tm_reading_skip(otel->reading, TM_KIND_BAD_NUMBER, field, "an amount is wanted");
        return FALSE;
    }
    if (amount < 0 || amount > TM_COUNT_LIMIT) {
        tm_reading_skip(otel->reading, TM_KIND_OUT_OF_RANGE, field, "an amount cannot be so");
        return FALSE;
    }
    *micros = (TmCount){TRUE, amount};
    return TRUE;
}

/* An amount in whole units to micro-units, likewise. */
static gboolean take_amount(TmOtel *otel, const TmOtelItem *item, TmOtelKey key, TmCount *micros)
{
    TmCell text = tm_otel_text(item, key);
    return is_missing(text) || parse_amount(otel, key, text, micros);
}

void tm_otel_set_model(TmRecord *record, TmCell model)
{
    record->model = model.length > 0 ? model.text : NULL;
    record->model_length = model.length;
}

static void set_count(TmRecord *record, TmMeasure measure, TmCount count)
{
    if (count.present)
        tm_measures_set(&record->measures, measure, count.value);
}

gboolean tm_otel_set_tokens(TmRecord *record, const TmOtelTokens *tokens)
{
    TmCount input = tokens->input;
    gint64 cached = tokens->cache_read.value + tokens->cache_write.value;
    if (tokens->input_has_cached && cached <= input.value)
        input.value -= cached;
    set_count(record, TM_MEASURE_INPUT_TOKENS, input);
    set_count(record, TM_MEASURE_OUTPUT_TOKENS, tokens->output);
    set_count(record, TM_MEASURE_CACHE_READ_TOKENS, tokens->cache_read);
    set_count(record, TM_MEASURE_CACHE_WRITE_TOKENS, tokens->cache_write);
    return input.present || tokens->output.present || tokens->cache_read.present ||
           tokens->cache_write.present;
}

void tm_otel_set_request(TmRecord *record, gboolean is_interaction)
{
    tm_measures_set(&record->measures, TM_MEASURE_INTERACTIONS, is_interaction ? 1 : 0);
    tm_measures_set(&record->measures, TM_MEASURE_REQUESTS, is_interaction ? 1 : 0);
}

/* What the client states, unless it states that tokens cost nothing; else list prices. */
static gboolean set_money(TmOtel *otel, const TmOtelItem *item, gboolean tokens, TmRecord *record)
{
    TmCount micros = {0}, hour = {0};
    if (!tm_otel_count(otel, item, TM_OTEL_COST_MICROS, &micros) ||
        (!micros.present && !take_amount(otel, item, TM_OTEL_COST, &micros)) ||
        !tm_otel_count(otel, item, TM_OTEL_CACHE_WRITE_HOUR, &hour))
        return FALSE;
    if (micros.value > 0 || (micros.present && !tokens)) {
        tm_measures_set(&record->measures, TM_MEASURE_LIST_VALUE, micros.value);
        record->measures.estimated |= TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    } else if (tokens) {
        record->pricing = (TmPricing){.wanted = TRUE,
            .request = TRUE,
            .fast = tm_cell_equals(tm_otel_text(item, TM_OTEL_SPEED), "fast"),
            .long_cache_known = hour.present,
            .long_cache_writes = hour.value};
    }
    return TRUE;
}

gboolean tm_otel_set_priced_request(
    TmOtel *otel, const TmOtelItem *item, gboolean input_has_cached, TmRecord *record)
{
    TmOtelTokens tokens = {.input_has_cached = input_has_cached};
    if (!tm_otel_count(otel, item, TM_OTEL_INPUT, &tokens.input) ||
        !tm_otel_count(otel, item, TM_OTEL_OUTPUT, &tokens.output) ||
        !tm_otel_count(otel, item, TM_OTEL_CACHE_READ, &tokens.cache_read) ||
        !tm_otel_count(otel, item, TM_OTEL_CACHE_WRITE, &tokens.cache_write))
        return FALSE;
    tm_otel_set_model(record, tm_otel_text(item, TM_OTEL_MODEL));
    tm_otel_set_request(record, TRUE);
    return set_money(otel, item, tm_otel_set_tokens(record, &tokens), record);
}

TmKeyHash tm_otel_event_key(const TmOtelItem *item, TmCell name, const TmRecord *record)
{
    static const TmOtelKey parts[] = {TM_OTEL_SESSION, TM_OTEL_SEQUENCE, TM_OTEL_PROMPT,
        TM_OTEL_MODEL, TM_OTEL_TOOL_USE, TM_OTEL_TOTAL_COUNT};
    TmKeyHash hash = tm_key_text(TM_KEY_START, name.text, name.length);
    hash = tm_key_integer(hash, record->instant);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        TmCell part = tm_otel_text(item, parts[i]);
        hash = tm_key_text(hash, part.text, part.length);
    }
    return hash;
}

/* ---- Points -------------------------------------------------------------------------------- */

static gboolean parse_value(TmOtel *otel, TmCell text, TmOtelUnit unit, TmCount *value)
{
    TmJsonValue number = {.kind = TM_JSON_NUMBER, .text = text.text, .length = text.length};
    if (unit == TM_OTEL_WHOLE)
        return tm_json_take_count(
            otel->reading, &tm_otel_fields[TM_OTEL_POINT_VALUE], &number, value);
    if (!parse_amount(otel, TM_OTEL_POINT_VALUE, text, value))
        return FALSE;
    if (unit == TM_OTEL_ROUNDED)
        value->value = tm_divide_half_even(value->value, TM_MICROS_PER_UNIT);
    return TRUE;
}

static void set_series_key(const TmOtelItem *item, TmRecord *record)
{
    const TmOtelMetric *metric = item->metric;
    TmKeyHash hash = tm_key_text(TM_KEY_START, metric->name.text, metric->name.length);
    hash = tm_key_integer(hash, (gint64)item->attributes.series);
    hash = tm_key_integer(hash, metric->is_gauge ? 0 : (gint64)item->start);
    record->running = metric->temporality == TM_OTEL_CUMULATIVE;
    if (record->running)
        record->part = (guint32)record->day;
    else
        hash = tm_key_integer(hash, (gint64)item->time);
    record->key = tm_key_end(hash);
}

gboolean tm_otel_set_point(
    TmOtel *otel, const TmOtelItem *item, TmRecord *record, TmMeasure measure, TmOtelUnit unit)
{
    TmCount value = {0};
    if (is_missing(item->value))
        return FALSE;
    if (item->metric->temporality == TM_OTEL_UNSPECIFIED) {
        tm_reading_skip(otel->reading, TM_KIND_MISSING_FIELD,
            tm_field_name(&tm_otel_fields[TM_OTEL_TEMPORALITY]),
            "the points may add up or be running totals");
        return FALSE;
    }
    if (!parse_value(otel, item->value, unit, &value))
        return FALSE;
    if (value.value == 0)
        record->session = 0;
    tm_measures_set(&record->measures, measure, value.value);
    set_series_key(item, record);
    return TRUE;
}
