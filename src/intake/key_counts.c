/* Counting record keys: see key_counts.h. */
#include "key_counts.h"

#define FIRST_SIZE 1024

/* Where the key stands, or the empty place where it belongs. */
static TmKeyCount *find(const TmKeyCounts *counts, guint64 key)
{
    guint at = (guint)key & (counts->size - 1);
    while (counts->places[at].count > 0 && counts->places[at].key != key)
        at = (at + 1) & (counts->size - 1);
    return &counts->places[at];
}

static void grow(TmKeyCounts *counts)
{
    TmKeyCounts grown = {.size = counts->size > 0 ? 2 * counts->size : FIRST_SIZE};
    grown.places = g_new0(TmKeyCount, grown.size);
    for (guint i = 0; i < counts->size; i++)
        if (counts->places[i].count > 0)
            *find(&grown, counts->places[i].key) = counts->places[i];
    grown.keys = counts->keys;
    g_free(counts->places);
    *counts = grown;
}

guint32 tm_key_counts_add(TmKeyCounts *counts, guint64 key)
{
    if (counts->keys >= counts->size / 2)
        grow(counts);
    TmKeyCount *place = find(counts, key);
    counts->keys += place->count == 0 ? 1 : 0;
    place->key = key;
    return place->count++;
}

void tm_key_counts_expect(const TmKeyCounts *counts, guint64 key)
{
    if (counts->size > 0)
        __builtin_prefetch(&counts->places[(guint)key & (counts->size - 1)]);
}

void tm_key_counts_clear(TmKeyCounts *counts)
{
    g_free(counts->places);
    *counts = (TmKeyCounts){0};
}
