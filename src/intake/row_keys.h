/*
 * row_keys: which rows of a file were met, so that a second one of the same key is seen. Memory is
 * bounded: behind TM_ROW_KEYS_LIMIT rows nothing more is kept in mind.
 */
#ifndef TIDEMARK_INTAKE_ROW_KEYS_H
#define TIDEMARK_INTAKE_ROW_KEYS_H

#include "reading.h"

#define TM_ROW_KEYS_LIMIT 4000000

typedef struct TmRowKeys {
    GHashTable *met; /* hashes of keys with persons; NULL before the first one */
    gboolean full;
} TmRowKeys;

void tm_row_keys_clear(TmRowKeys *keys);

/* FALSE when a row of the record's key, person and source was there before: reported at `field`. */
gboolean tm_row_keys_add(
    TmRowKeys *keys, TmReading *reading, const TmRecord *record, const char *field);

#endif
