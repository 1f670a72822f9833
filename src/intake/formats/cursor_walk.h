/*
 * cursor_walk: rows of Cursor's interface, whose names and values come in several spellings.
 *
 * Warehouse tools flatten rows and write their keys in snake case, so names are compared without
 * case and separators: "tokenUsage.inputTokens", "token_usage__input_tokens" and
 * "tokenusage_inputtokens" are one.
 */
#ifndef TIDEMARK_INTAKE_CURSOR_WALK_H
#define TIDEMARK_INTAKE_CURSOR_WALK_H

#include "../json_values.h"

/* The value of a field that is read. FALSE when the record was reported. */
typedef gboolean (*TmCursorTake)(
    gpointer state, TmReading *reading, guint field, const TmJsonValue *value);

/*
 * Walks an opened record by a format's field table, of at most 64 fields. A path "a.b" is member b
 * of an object a; paths of pages never match. FALSE when the record is broken or was reported.
 */
gboolean tm_cursor_walk(const TmFormat *format, TmJsonRecord *record, TmReading *reading,
    TmCursorTake take, gpointer state);

/* An id: a number or text; the text "null" is none. */
gboolean tm_cursor_take_id(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCell *cell);

/* Epoch milliseconds, as a number or as digits, or an RFC 3339 instant. Null leaves it alone. */
gboolean tm_cursor_take_instant(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gint64 *instant);

/* YYYY-MM-DD, perhaps with a time behind it, which is left out. Null leaves it alone. */
gboolean tm_cursor_take_date(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmDay *day);

#endif
