/* Which rows of a file were met: see row_keys.h. */
#include "row_keys.h"

#include <string.h>

G_STATIC_ASSERT(sizeof(gpointer) >= sizeof(guint64));

void tm_row_keys_clear(TmRowKeys *keys)
{
    g_clear_pointer(&keys->met, g_hash_table_unref);
}

static gpointer hash_of(const TmRecord *record)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, (gint64)record->key);
    hash = tm_key_text(hash, record->source->key, strlen(record->source->key));
    for (guint i = 0; i < record->identities; i++) {
        hash = tm_key_integer(hash, record->identity[i].kind);
        hash = tm_key_lower(hash, record->identity[i].value, record->identity[i].length);
    }
    return GSIZE_TO_POINTER(tm_key_end(hash));
}

gboolean tm_row_keys_add(
    TmRowKeys *keys, TmReading *reading, const TmRecord *record, const char *field)
{
    gpointer hash = hash_of(record);
    if (keys->met == NULL)
        keys->met = g_hash_table_new(NULL, NULL);
    if (g_hash_table_contains(keys->met, hash)) {
        tm_reading_skip(reading, TM_KIND_DUPLICATE_ROW, field,
            "an earlier row of this file has the same person, day and key");
        return FALSE;
    }
    if (g_hash_table_size(keys->met) < TM_ROW_KEYS_LIMIT) {
        g_hash_table_add(keys->met, hash);
    } else if (!keys->full) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, field,
            "more than %u rows: rows of the same key are not looked for from here on",
            TM_ROW_KEYS_LIMIT);
        keys->full = TRUE;
    }
    return TRUE;
}
