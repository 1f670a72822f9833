/* JSON values as counts, money, text; see json_values.h. */
#include "json_values.h"

#include <string.h>

#define LONGEST_TEXT 1024
#define LONGEST_NUMBER 64

static gboolean refuse(
    TmReading *reading, TmDiagnosticKind kind, const TmFieldRule *rule, const char *text)
{
    tm_reading_skip(reading, kind, tm_field_name(rule), "%s", text);
    return FALSE;
}

static gboolean is_whole(const TmJsonValue *value, gint64 *whole)
{
    gint64 micros;
    if (tm_integer_parse(value->text, value->length, whole))
        return TRUE;
    if (!tm_micros_parse(value->text, value->length, &micros) || micros % TM_MICROS_PER_UNIT != 0)
        return FALSE;
    *whole = micros / TM_MICROS_PER_UNIT;
    return TRUE;
}

gboolean tm_json_take_count(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *count)
{
    gint64 whole = 0;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    gboolean is_number = value->kind == TM_JSON_NUMBER;
    gboolean fits = is_number && is_whole(value, &whole);
    if (!fits && !(is_number && tm_is_digits(value->text, value->length)))
        return refuse(reading, TM_KIND_BAD_NUMBER, rule, "a whole number is wanted");
    if (!fits || whole < 0 || whole > TM_COUNT_LIMIT)
        return refuse(reading, TM_KIND_OUT_OF_RANGE, rule, "a count cannot be so");
    *count = (TmCount){TRUE, whole};
    return TRUE;
}

/* The number as text with two decimals more; a number with an exponent is shifted afterwards. */
static gboolean parse_hundredths(const TmJsonValue *value, gint64 *micros)
{
    char shifted[LONGEST_NUMBER + 4];
    if (value->length > LONGEST_NUMBER)
        return FALSE;
    if (memchr(value->text, 'e', value->length) != NULL ||
        memchr(value->text, 'E', value->length) != NULL) {
        if (!tm_micros_parse(value->text, value->length, micros))
            return FALSE;
        *micros = tm_divide_half_even(*micros, 100);
        return TRUE;
    }
    memcpy(shifted, value->text, value->length);
    memcpy(shifted + value->length, "e-2", sizeof "e-2");
    return tm_micros_parse(shifted, value->length + strlen("e-2"), micros);
}

gboolean tm_json_take_hundredths(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *micros)
{
    gint64 amount;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind != TM_JSON_NUMBER || !parse_hundredths(value, &amount))
        return refuse(reading, TM_KIND_BAD_NUMBER, rule, "an amount is wanted");
    if (amount < 0 || amount > TM_COUNT_LIMIT)
        return refuse(reading, TM_KIND_OUT_OF_RANGE, rule, "an amount cannot be so");
    *micros = (TmCount){TRUE, amount};
    return TRUE;
}

gboolean tm_json_take_text(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCell *cell)
{
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind != TM_JSON_STRING)
        return refuse(reading, TM_KIND_BAD_JSON, rule, "text is wanted");
    if (value->length > LONGEST_TEXT || memchr(value->text, '\0', value->length) != NULL)
        return refuse(reading, TM_KIND_BAD_JSON, rule, "the text is too long or holds a NUL");
    *cell = tm_cell_trim((TmCell){value->text, value->length});
    return TRUE;
}

gboolean tm_json_take_truth(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gboolean *truth)
{
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind != TM_JSON_BOOLEAN)
        return refuse(reading, TM_KIND_BAD_JSON, rule, "true or false is wanted");
    *truth = value->truth;
    return TRUE;
}

gboolean tm_json_take_day(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmDay *day)
{
    gint64 instant;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind == TM_JSON_STRING) {
        *day = tm_day_parse(value->text, (gssize)value->length);
        if (*day == TM_DAY_NONE && tm_instant_parse(value->text, value->length, &instant))
            *day = tm_instant_day(instant);
    }
    if (value->kind != TM_JSON_STRING || *day == TM_DAY_NONE)
        return refuse(
            reading, TM_KIND_BAD_DATE, rule, "neither YYYY-MM-DD nor an instant with its zone");
    return TRUE;
}

gboolean tm_json_take_instant(TmReading *reading, const char *field, TmCell text, TmRecord *record)
{
    if (text.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, field, "no time");
        return FALSE;
    }
    if (!tm_instant_parse(text.text, text.length, &record->instant)) {
        tm_reading_skip(reading, TM_KIND_BAD_DATE, field, "not an instant with its zone");
        return FALSE;
    }
    record->day = tm_instant_day(record->instant);
    return tm_reading_admits(reading, record->day, field);
}
