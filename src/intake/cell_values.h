/*
 * cell_values: cells of CSV files as counts, money, text. An empty cell is as good as a missing
 * column. Each function returns FALSE when the cell cannot be taken; then the row was reported and
 * counted as skipped, and its format must drop it.
 */
#ifndef TIDEMARK_INTAKE_CELL_VALUES_H
#define TIDEMARK_INTAKE_CELL_VALUES_H

#include "json_values.h"

typedef enum TmMoneyUnit { TM_UNIT_DOLLARS, TM_UNIT_CENTS, TM_UNIT_MICROS } TmMoneyUnit;

/* A whole number from 0 to TM_COUNT_LIMIT; "12.0" is one too. `count` stays when there is none. */
gboolean tm_cell_take_count(
    TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCount *count);

/* An amount in one of the units, of whatever currency, to micro-units. */
gboolean tm_cell_take_money(
    TmReading *reading, const TmFieldRule *rule, TmMoneyUnit unit, TmCell cell, TmCount *micros);

/* One to `digits` hexadecimal digits. */
gboolean tm_cell_take_hexadecimal(
    TmReading *reading, const TmFieldRule *rule, guint digits, TmCell cell, guint64 *value);

/* Text without NUL, at most 1 KiB, without blanks around it. */
gboolean tm_cell_take_text(TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCell *text);

#endif
