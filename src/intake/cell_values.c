/* Cells as counts, money, text; see cell_values.h. They are read as JSON values are. */
#include "cell_values.h"

static TmJsonValue as_value(TmCell cell, TmJsonKind kind)
{
    cell = tm_cell_trim(cell);
    return (TmJsonValue){
        .kind = cell.length > 0 ? kind : TM_JSON_NULL, .text = cell.text, .length = cell.length};
}

gboolean tm_cell_take_count(
    TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCount *count)
{
    TmJsonValue value = as_value(cell, TM_JSON_NUMBER);
    return tm_json_take_count(reading, rule, &value, count);
}

static gboolean take_amount(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *micros)
{
    gint64 amount;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (!tm_micros_parse(value->text, value->length, &amount)) {
        tm_reading_skip(reading, TM_KIND_BAD_NUMBER, tm_field_name(rule), "an amount is wanted");
        return FALSE;
    }
    if (amount < 0 || amount > TM_COUNT_LIMIT) {
        tm_reading_skip(
            reading, TM_KIND_OUT_OF_RANGE, tm_field_name(rule), "an amount cannot be so");
        return FALSE;
    }
    *micros = (TmCount){TRUE, amount};
    return TRUE;
}

gboolean tm_cell_take_money(
    TmReading *reading, const TmFieldRule *rule, TmMoneyUnit unit, TmCell cell, TmCount *micros)
{
    TmJsonValue value = as_value(cell, TM_JSON_NUMBER);
    switch (unit) {
    case TM_UNIT_CENTS:
        return tm_json_take_hundredths(reading, rule, &value, micros);
    case TM_UNIT_MICROS:
        return tm_json_take_count(reading, rule, &value, micros);
    default:
        return take_amount(reading, rule, &value, micros);
    }
}

gboolean tm_cell_take_hexadecimal(
    TmReading *reading, const TmFieldRule *rule, guint digits, TmCell cell, guint64 *value)
{
    cell = tm_cell_trim(cell);
    gboolean fits = cell.length <= digits;
    *value = 0;
    for (gsize i = 0; i < cell.length && fits; i++) {
        gint digit = g_ascii_xdigit_value(cell.text[i]);
        fits = digit >= 0;
        *value = *value << 4 | (guint64)MAX(digit, 0);
    }
    if (!fits)
        tm_reading_skip(reading, TM_KIND_BAD_VALUE, tm_field_name(rule),
            "up to %u hexadecimal digits are wanted", digits);
    return fits;
}

gboolean tm_cell_take_text(TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCell *text)
{
    TmJsonValue value = as_value(cell, TM_JSON_STRING);
    *text = (TmCell){value.text, 0};
    return tm_json_take_text(reading, rule, &value, text);
}
