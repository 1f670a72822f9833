/* Fields that come in more than one form; see loose_values.h. */
#include "loose_values.h"

#include <string.h>

#define LONGEST_INSTANT 40
#define LENGTH_OF_DATE 10 /* YYYY-MM-DD */
#define MOST_HELD 200000

void tm_loose_begin(const TmLooseTable *table, gpointer row)
{
    for (guint i = 0; i < table->slot_count; i++) {
        char *member = (char *)row + table->slots[i].offset;
        if (table->slots[i].kind == TM_LOOSE_TEXT)
            *(TmCell *)(gpointer)member = (TmCell){"", 0};
        else if (table->slots[i].kind == TM_LOOSE_DAY)
            *(TmDay *)(gpointer)member = TM_DAY_NONE;
        else if (table->slots[i].kind == TM_LOOSE_INSTANT)
            *(gint64 *)(gpointer)member = TM_INSTANT_NONE;
    }
}

static gboolean refuse(
    TmReading *reading, TmDiagnosticKind kind, const TmFieldRule *rule, const char *text)
{
    tm_reading_skip(reading, kind, tm_field_name(rule), "%s", text);
    return FALSE;
}

/* A number that stands in a text becomes one; an empty text becomes null. */
static TmJsonValue unquote(const TmJsonValue *value)
{
    TmJsonValue plain = *value;
    if (value->kind != TM_JSON_STRING)
        return plain;
    TmCell text = tm_cell_trim((TmCell){value->text, value->length});
    plain.kind = text.length > 0 ? TM_JSON_NUMBER : TM_JSON_NULL;
    plain.text = text.text;
    plain.length = text.length;
    return plain;
}

gboolean tm_loose_count(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *count)
{
    TmJsonValue plain = unquote(value);
    return tm_json_take_count(reading, rule, &plain, count);
}

static gboolean take_amount(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *micros)
{
    gint64 amount;
    TmJsonValue plain = unquote(value);
    if (plain.kind == TM_JSON_NULL)
        return TRUE;
    if (plain.kind != TM_JSON_NUMBER || !tm_micros_parse(plain.text, plain.length, &amount))
        return refuse(reading, TM_KIND_BAD_NUMBER, rule, "an amount is wanted");
    if (amount < 0 || amount > TM_COUNT_LIMIT)
        return refuse(reading, TM_KIND_OUT_OF_RANGE, rule, "an amount cannot be so");
    *micros = (TmCount){TRUE, amount};
    return TRUE;
}

/* Text without blanks around it; *cell is empty for null. */
static gboolean take_text(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCell *cell)
{
    *cell = (TmCell){"", 0};
    return tm_json_take_text(reading, rule, value, cell);
}

static gboolean take_truth(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gboolean *truth)
{
    TmCell cell;
    if (value->kind == TM_JSON_BOOLEAN)
        *truth = value->truth;
    if (value->kind == TM_JSON_BOOLEAN)
        return TRUE;
    if (!take_text(reading, rule, value, &cell))
        return FALSE;
    *truth = tm_cell_equals(cell, "true");
    return TRUE;
}

static gboolean take_day(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmDay *day)
{
    TmCell cell;
    if (!take_text(reading, rule, value, &cell))
        return FALSE;
    if (cell.length == 0)
        return TRUE;
    gboolean ends = cell.length == LENGTH_OF_DATE ||
                    (cell.length > LENGTH_OF_DATE &&
                        (cell.text[LENGTH_OF_DATE] == 'T' || cell.text[LENGTH_OF_DATE] == ' '));
    *day = ends ? tm_day_parse(cell.text, LENGTH_OF_DATE) : TM_DAY_NONE;
    return *day != TM_DAY_NONE || refuse(reading, TM_KIND_BAD_DATE, rule, "not YYYY-MM-DD");
}

/* Without a zone it is UTC: so do databases write it. */
static gboolean take_instant(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gint64 *instant)
{
    TmCell cell;
    char zoned[LONGEST_INSTANT + 2];
    if (!take_text(reading, rule, value, &cell))
        return FALSE;
    if (cell.length == 0 || tm_instant_parse(cell.text, cell.length, instant))
        return TRUE;
    gboolean is_short = cell.length <= LONGEST_INSTANT;
    if (is_short) {
        memcpy(zoned, cell.text, cell.length);
        zoned[cell.length] = 'Z';
    }
    if (is_short && tm_instant_parse(zoned, cell.length + 1, instant))
        return TRUE;
    *instant = TM_INSTANT_NONE;
    return refuse(reading, TM_KIND_BAD_DATE, rule, "not a date with its time of day");
}

gboolean tm_loose_take(const TmLooseTable *table, TmReading *reading, guint field,
    const TmJsonValue *value, gpointer row)
{
    const TmFieldRule *rule = &table->fields[field];
    guint at = 0;
    while (at < table->slot_count && table->slots[at].field != field)
        at++;
    if (at == table->slot_count)
        return TRUE;
    gpointer member = (char *)row + table->slots[at].offset;
    switch (table->slots[at].kind) {
    case TM_LOOSE_COUNT:
        return tm_loose_count(reading, rule, value, member);
    case TM_LOOSE_AMOUNT:
        return take_amount(reading, rule, value, member);
    case TM_LOOSE_TEXT:
        return take_text(reading, rule, value, member);
    case TM_LOOSE_TRUTH:
        return take_truth(reading, rule, value, member);
    case TM_LOOSE_DAY:
        return take_day(reading, rule, value, member);
    default:
        return take_instant(reading, rule, value, member);
    }
}

gboolean tm_loose_take_cells(
    const TmLooseTable *table, TmReading *reading, const TmCell *cells, gpointer row)
{
    for (guint i = 0; i < table->slot_count; i++) {
        guint field = table->slots[i].field;
        TmCell cell = tm_cell_trim(cells[field]);
        TmJsonValue value = {.kind = TM_JSON_STRING, .text = cell.text, .length = cell.length};
        if (cell.length > 0 && !tm_loose_take(table, reading, field, &value, row))
            return FALSE;
    }
    return TRUE;
}

/* ---- Rows that wait ------------------------------------------------------------------------ */

static void refuse_more(TmLooseHeld *held, TmReading *reading)
{
    if (held->reported)
        reading->summary->rows_skipped++;
    else
        tm_reading_skip(reading, TM_KIND_TOO_LONG, NULL,
            "too many rows wait for their day, from here on: split the file");
    held->reported = TRUE;
}

void tm_loose_hold(TmLooseHeld *held, const TmLooseTable *table, TmReading *reading,
    gconstpointer row, gsize row_size)
{
    if (held->rows == NULL) {
        held->row_size = row_size;
        held->rows = g_array_new(FALSE, FALSE, (guint)row_size);
        held->texts = g_string_chunk_new(4096);
    }
    if (held->rows->len == MOST_HELD) {
        refuse_more(held, reading);
        return;
    }
    g_array_append_vals(held->rows, row, 1);
    char *copy = held->rows->data + (held->rows->len - 1) * row_size;
    for (guint i = 0; i < table->slot_count; i++) {
        if (table->slots[i].kind != TM_LOOSE_TEXT)
            continue;
        TmCell *cell = (gpointer)(copy + table->slots[i].offset);
        cell->text = g_string_chunk_insert_len(held->texts, cell->text, (gssize)cell->length);
    }
}

guint tm_loose_held_count(const TmLooseHeld *held)
{
    return held->rows != NULL ? held->rows->len : 0;
}

gconstpointer tm_loose_held_row(const TmLooseHeld *held, guint index)
{
    return held->rows->data + index * held->row_size;
}

void tm_loose_held_drop(TmLooseHeld *held)
{
    if (held->rows == NULL)
        return;
    g_array_set_size(held->rows, 0);
    g_string_chunk_clear(held->texts);
}

void tm_loose_held_clear(TmLooseHeld *held)
{
    g_clear_pointer(&held->rows, g_array_unref);
    g_clear_pointer(&held->texts, g_string_chunk_free);
}

/* ---- Records ------------------------------------------------------------------------------- */

void tm_loose_set(TmMeasures *measures, TmMeasure measure, TmCount count)
{
    if (count.present)
        tm_measures_set(measures, measure, count.value);
}

void tm_loose_add_account(TmRecord *record, TmCell account)
{
    gboolean is_address = account.length > 0 && memchr(account.text, '@', account.length) != NULL;
    if (account.length > 0)
        record->identity[record->identities++] = (TmIdentity){
            is_address ? TM_IDENTITY_EMAIL : TM_IDENTITY_USER_ID, account.text, account.length};
}
