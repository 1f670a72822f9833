/* What the formats of Anthropic's reports have in common; see anthropic_values.h. */
#include "anthropic_values.h"

#include <string.h>

#define LONGEST_NUMBER 40
#define LONGEST_PRODUCT 40
#define MOST_KEYS 1000000

#define PRODUCT "product:"
#define PROJECT "project:"

static gboolean refuse(
    TmReading *reading, TmDiagnosticKind kind, const TmFieldRule *rule, const char *text)
{
    tm_reading_skip(reading, kind, tm_field_name(rule), "%s", text);
    return FALSE;
}

static gboolean take_amount(
    TmReading *reading, const TmFieldRule *rule, gint64 amount, TmCount *micros)
{
    if (amount < -TM_COUNT_LIMIT || amount > TM_COUNT_LIMIT)
        return refuse(reading, TM_KIND_OUT_OF_RANGE, rule, "an amount cannot be so");
    *micros = (TmCount){TRUE, amount};
    return TRUE;
}

gboolean tm_anthropic_take_cents(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *micros)
{
    char shifted[LONGEST_NUMBER + sizeof "e-2"];
    gint64 amount;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    gboolean is_written = (value->kind == TM_JSON_STRING || value->kind == TM_JSON_NUMBER) &&
                          value->length > 0 && value->length <= LONGEST_NUMBER;
    gboolean is_plain = is_written && memchr(value->text, 'e', value->length) == NULL &&
                        memchr(value->text, 'E', value->length) == NULL;
    if (is_plain) {
        memcpy(shifted, value->text, value->length);
        memcpy(shifted + value->length, "e-2", strlen("e-2"));
        is_plain = tm_micros_parse(shifted, value->length + strlen("e-2"), &amount);
    }
    if (!is_plain && is_written && tm_is_digits(value->text, value->length))
        return refuse(reading, TM_KIND_OUT_OF_RANGE, rule, "an amount cannot be so");
    if (!is_plain)
        return refuse(reading, TM_KIND_BAD_NUMBER, rule, "an amount is wanted");
    return take_amount(reading, rule, amount, micros);
}

void tm_anthropic_set_money(TmMeasures *measures, TmCount billed, TmCount list_price)
{
    if (billed.present)
        tm_measures_set(measures, TM_MEASURE_METERED, billed.value);
    if (!list_price.present)
        return;
    gint64 value = list_price.value;
    gboolean takes_back = value < 0;
    if (takes_back == (billed.value < 0)) {
        value -= billed.value;
        value = takes_back ? MIN(value, 0) : MAX(value, 0);
    }
    tm_measures_set(measures, TM_MEASURE_LIST_VALUE, value);
}

gboolean tm_anthropic_take_instant(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gint64 *instant)
{
    TmDay day = TM_DAY_NONE;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind == TM_JSON_STRING && tm_instant_parse(value->text, value->length, instant))
        return TRUE;
    if (!tm_json_take_day(reading, rule, value, &day))
        return FALSE;
    *instant = day * TM_MILLISECONDS_PER_DAY;
    return TRUE;
}

/* ---- Cells ------------------------------------------------------------------------------- */

/* Digits, sign and point of a cell, without commas and currency sign. FALSE if it is too long. */
static gboolean strip(TmCell cell, char *text, gsize *length)
{
    *length = 0;
    for (gsize i = 0; i < cell.length; i++) {
        if (cell.text[i] == ',' || cell.text[i] == '$' || cell.text[i] == ' ')
            continue;
        if (*length == LONGEST_NUMBER)
            return FALSE;
        text[(*length)++] = cell.text[i];
    }
    return TRUE;
}

gboolean tm_anthropic_read_count(
    TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCount *count)
{
    char text[LONGEST_NUMBER];
    gsize length;
    gint64 value = 0, micros;
    cell = tm_cell_trim(cell);
    if (cell.length == 0)
        return TRUE;
    gboolean is_short = strip(cell, text, &length);
    gboolean fits = is_short && tm_integer_parse(text, length, &value);
    if (!fits && is_short && tm_micros_parse(text, length, &micros)) {
        fits = micros % TM_MICROS_PER_UNIT == 0;
        value = micros / TM_MICROS_PER_UNIT;
    }
    if (!fits && !(is_short && tm_is_digits(text, length)))
        return refuse(reading, TM_KIND_BAD_NUMBER, rule, "a whole number is wanted");
    if (!fits || value < 0 || value > TM_COUNT_LIMIT)
        return refuse(reading, TM_KIND_OUT_OF_RANGE, rule, "a count cannot be so");
    *count = (TmCount){TRUE, value};
    return TRUE;
}

gboolean tm_anthropic_read_dollars(
    TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCount *micros)
{
    char text[LONGEST_NUMBER];
    gsize length;
    gint64 amount;
    cell = tm_cell_trim(cell);
    if (cell.length == 0)
        return TRUE;
    gboolean is_short = strip(cell, text, &length);
    gboolean fits = is_short && tm_micros_parse(text, length, &amount);
    if (!fits && is_short && tm_is_digits(text, length))
        return refuse(reading, TM_KIND_OUT_OF_RANGE, rule, "an amount cannot be so");
    if (!fits)
        return refuse(reading, TM_KIND_BAD_NUMBER, rule, "an amount is wanted");
    return take_amount(reading, rule, amount, micros);
}

/* ---- Reports ----------------------------------------------------------------------------- */

void tm_anthropic_skip_once(TmReading *reading, gboolean *reported, TmDiagnosticKind kind,
    const char *field, const char *text)
{
    if (*reported)
        reading->summary->rows_skipped++;
    else
        tm_reading_skip(reading, kind, field, "%s", text);
    *reported = TRUE;
}

gboolean tm_anthropic_is_grouped(TmReading *reading, TmCell group, gboolean *reported)
{
    if (group.length == 0)
        return FALSE;
    tm_anthropic_skip_once(reading, reported, TM_KIND_UNKNOWN_FORMAT, "rbac_group_id",
        "rows of access groups, which overlap: export without grouping by them");
    return TRUE;
}

/* ---- Pages ------------------------------------------------------------------------------- */

void tm_anthropic_page_more(TmAnthropicPages *pages, const TmJsonValue *value)
{
    pages->says = value->kind == TM_JSON_BOOLEAN;
    pages->has_more = pages->says && value->truth;
}

void tm_anthropic_page_next(TmAnthropicPages *pages, const TmJsonValue *value)
{
    pages->has_cursor = value->kind == TM_JSON_STRING && value->length > 0;
}

void tm_anthropic_page_closed(TmAnthropicPages *pages)
{
    gboolean wanted = pages->says ? pages->has_more : pages->has_cursor;
    *pages = (TmAnthropicPages){.wanted = wanted};
}

gboolean tm_anthropic_pages_are_complete(const TmAnthropicPages *pages, TmReading *reading)
{
    if (pages->wanted)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "has_more",
            "the last page says that there is more, and the next page is not here");
    return !pages->wanted;
}

/* ---- Labels ------------------------------------------------------------------------------ */

/* Display names that are no other spelling of the product's key. */
static const struct {
    const char *name, *key;
} products[] = {{"office_agents", "office_agent"}};

/* The key of a product: small letters, digits, underscores. FALSE if it is no name of one. */
static gboolean fold_product(TmCell product, char *key, gsize *length)
{
    if (product.length == 0 || product.length > LONGEST_PRODUCT)
        return FALSE;
    for (gsize i = 0; i < product.length; i++) {
        char letter = tm_ascii_lower(product.text[i]);
        gboolean separates = letter == ' ' || letter == '-' || letter == '_';
        if (!separates && !g_ascii_isalnum(letter))
            return FALSE;
        key[i] = separates ? '_' : letter;
    }
    *length = product.length;
    for (guint i = 0; i < G_N_ELEMENTS(products); i++)
        if (tm_cell_equals((TmCell){key, *length}, products[i].name)) {
            *length = strlen(products[i].key);
            memcpy(key, products[i].key, *length);
        }
    return TRUE;
}

gsize tm_anthropic_product_label(TmCell product, char label[TM_ANTHROPIC_LABEL])
{
    gsize length;
    if (product.length == 0)
        return 0;
    memcpy(label, PRODUCT, strlen(PRODUCT));
    if (!fold_product(product, label + strlen(PRODUCT), &length)) {
        length = strlen("other");
        memcpy(label + strlen(PRODUCT), "other", length);
    }
    return strlen(PRODUCT) + length;
}

gboolean tm_anthropic_is_code(TmCell product)
{
    char key[LONGEST_PRODUCT];
    gsize length;
    return fold_product(product, key, &length) &&
           tm_cell_equals((TmCell){key, length}, "claude_code");
}

gsize tm_anthropic_project_label(TmCell id, char label[TM_ANTHROPIC_LABEL])
{
    gsize prefix = strlen(PROJECT);
    if (id.length == 0 || id.length > TM_ANTHROPIC_LABEL - prefix)
        return 0;
    memcpy(label, PROJECT, prefix);
    memcpy(label + prefix, id.text, id.length);
    return prefix + id.length;
}

/* ---- Twins ------------------------------------------------------------------------------- */

guint32 tm_anthropic_times_seen(GHashTable **seen, guint64 key)
{
    if (*seen == NULL)
        *seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    guint32 times = GPOINTER_TO_UINT(g_hash_table_lookup(*seen, &key));
    if (times > 0 || g_hash_table_size(*seen) < MOST_KEYS)
        g_hash_table_insert(*seen, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(times + 1));
    return times;
}
