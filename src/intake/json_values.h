/*
 * json_values: JSON values as counts, money, text. A null is as good as a missing member. Each
 * function returns FALSE when the value cannot be taken; then the record was reported and counted
 * as skipped, and its format must drop it.
 */
#ifndef TIDEMARK_INTAKE_JSON_VALUES_H
#define TIDEMARK_INTAKE_JSON_VALUES_H

#include "formats.h"

typedef struct TmCount {
    gboolean present;
    gint64 value;
} TmCount;

/* A whole number from 0 to TM_COUNT_LIMIT; "12.0" is one too. `count` stays when there is none. */
gboolean tm_json_take_count(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *count);

/* Hundredths (cents, credits) to micro-units; from 0 to TM_COUNT_LIMIT. Dollars: loose_values.h. */
gboolean tm_json_take_hundredths(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *micros);

/* Text without NUL, at most 1 KiB; `cell` stays as it is when the value is null. */
gboolean tm_json_take_text(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCell *cell);

gboolean tm_json_take_truth(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gboolean *truth);

/* YYYY-MM-DD, or an instant, of which the UTC day is taken. */
gboolean tm_json_take_day(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmDay *day);

/*
 * Gives the record the instant that `text` states with its zone, and its UTC day. FALSE also when
 * records of that day are not wanted. `field` is static text, for messages.
 */
gboolean tm_json_take_instant(TmReading *reading, const char *field, TmCell text, TmRecord *record);

#endif
