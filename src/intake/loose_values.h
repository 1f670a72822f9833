/*
 * loose_values: fields of vendors that write the same rows as JSON and as CSV, and numbers now as
 * numbers and now as text. A table says into which member of a format's row each field goes.
 *
 * An empty text is as good as null, and both as a missing field. Each function returns FALSE when a
 * value cannot be taken; then the record was reported and counted as skipped, and its format must
 * drop it.
 */
#ifndef TIDEMARK_INTAKE_LOOSE_VALUES_H
#define TIDEMARK_INTAKE_LOOSE_VALUES_H

#include "json_values.h"

/* The type of the member that a field goes into. */
typedef enum TmLooseKind {
    TM_LOOSE_COUNT,   /* TmCount: a whole number from 0 to TM_COUNT_LIMIT */
    TM_LOOSE_AMOUNT,  /* TmCount: an amount from 0 to TM_COUNT_LIMIT, in micro-units */
    TM_LOOSE_TEXT,    /* TmCell; {"", 0} without a value */
    TM_LOOSE_TRUTH,   /* gboolean: "true" in any case; else FALSE */
    TM_LOOSE_DAY,     /* TmDay: a date alone or before a time of day; TM_DAY_NONE without a value */
    TM_LOOSE_INSTANT, /* gint64: with its zone or in UTC; TM_INSTANT_NONE without a value */
} TmLooseKind;

typedef struct TmLooseSlot {
    guint field; /* in the field table */
    TmLooseKind kind;
    gsize offset; /* of the member in the row */
} TmLooseSlot;

typedef struct TmLooseTable {
    const TmFieldRule *fields;
    const TmLooseSlot *slots;
    guint slot_count;
} TmLooseTable;

/* Gives the members of a zeroed row that are no counts their value for "missing". */
void tm_loose_begin(const TmLooseTable *table, gpointer row);

/* A value of a JSON record. Fields without a slot are left to the format: TRUE. */
gboolean tm_loose_take(const TmLooseTable *table, TmReading *reading, guint field,
    const TmJsonValue *value, gpointer row);

/* All cells of a CSV row. */
gboolean tm_loose_take_cells(
    const TmLooseTable *table, TmReading *reading, const TmCell *cells, gpointer row);

/* ---- Rows that wait ---------------------------------------------------------------------- */

/* Rows that wait until the file has told of which day they are, with texts of their own. */
typedef struct TmLooseHeld {
    gsize row_size;
    GArray *rows; /* NULL before the first one */
    GStringChunk *texts;
    gboolean reported; /* that there are too many */
} TmLooseHeld;

/* Keeps a row of `row_size` bytes. Too many are counted as skipped, which is reported once. */
void tm_loose_hold(TmLooseHeld *held, const TmLooseTable *table, TmReading *reading,
    gconstpointer row, gsize row_size);

/* How many wait; each of them; and drops them. */
guint tm_loose_held_count(const TmLooseHeld *held);
gconstpointer tm_loose_held_row(const TmLooseHeld *held, guint index);
void tm_loose_held_drop(TmLooseHeld *held);
void tm_loose_held_clear(TmLooseHeld *held);

/* ---- Single values ----------------------------------------------------------------------- */

gboolean tm_loose_count(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *count);

/* Sets a measure that the source states. */
void tm_loose_set(TmMeasures *measures, TmMeasure measure, TmCount count);

/* Adds whose record it is, if the text says anything: an address or else a user's id. */
void tm_loose_add_account(TmRecord *record, TmCell account);

#endif
