/* Names by hash: see names.h. FNV-1a, since the result is stored and must never change. */
#include "names.h"

#define LONGEST_NAME 200

static guint32 hash_name(const char *text, gsize length)
{
    guint32 hash = 0x811c9dc5u;
    for (gsize i = 0; i < length; i++)
        hash = (hash ^ (guchar)g_ascii_tolower(text[i])) * 0x01000193u;
    return hash == 0 ? 1 : hash;
}

void tm_names_init(TmNames *names)
{
    names->texts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
}

void tm_names_clear(TmNames *names)
{
    g_clear_pointer(&names->texts, g_hash_table_unref);
}

guint32 tm_names_add(TmNames *names, const char *text, gsize length)
{
    length = MIN(length, LONGEST_NAME);
    if (text == NULL || length == 0)
        return 0;
    guint32 hash = hash_name(text, length);
    if (!g_hash_table_contains(names->texts, GUINT_TO_POINTER(hash)))
        g_hash_table_insert(
            names->texts, GUINT_TO_POINTER(hash), g_ascii_strdown(text, (gssize)length));
    return hash;
}
