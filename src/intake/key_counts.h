/*
 * key_counts: how often each record key was met. A table with open addressing, since it is asked
 * for each row of large files: keys are hashes already.
 */
#ifndef TIDEMARK_INTAKE_KEY_COUNTS_H
#define TIDEMARK_INTAKE_KEY_COUNTS_H

#include <glib.h>

typedef struct TmKeyCount {
    guint64 key;
    guint32 count; /* 0: the place is empty */
} TmKeyCount;

/* All zero is an empty table. */
typedef struct TmKeyCounts {
    TmKeyCount *places;
    guint size; /* a power of two */
    guint keys;
} TmKeyCounts;

/* Counts the key once more. How often it had been counted before. */
guint32 tm_key_counts_add(TmKeyCounts *counts, guint64 key);

/* The key will be counted soon: has the memory of its place fetched meanwhile. */
void tm_key_counts_expect(const TmKeyCounts *counts, guint64 key);

/* Forgets all keys and gives their memory back. */
void tm_key_counts_clear(TmKeyCounts *counts);

#endif
