/* Names by hash: see names.h. FNV-1a, since the result is stored and must never change. */
#include "names.h"

#include <string.h>

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
    memset(names, 0, sizeof *names);
    names->texts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
}

void tm_names_clear(TmNames *names)
{
    g_clear_pointer(&names->texts, g_hash_table_unref);
}

/* Where a name of this text is kept. */
static TmRecentName *recent_place(TmNames *names, const char *text, gsize length)
{
    gsize place = length * 7 ^ (guchar)text[length / 2] ^ (guchar)text[length - 1];
    return &names->recent[place % TM_NAMES_RECENT];
}

static guint32 look_up(TmNames *names, const char *text, gsize length)
{
    guint32 hash = hash_name(text, length);
    if (!g_hash_table_contains(names->texts, GUINT_TO_POINTER(hash)))
        g_hash_table_insert(
            names->texts, GUINT_TO_POINTER(hash), g_ascii_strdown(text, (gssize)length));
    return hash;
}

guint32 tm_names_add(TmNames *names, const char *text, gsize length)
{
    length = MIN(length, LONGEST_NAME);
    if (text == NULL || length == 0)
        return 0;
    TmRecentName *recent = recent_place(names, text, length);
    if (recent->length == length && memcmp(recent->text, text, length) == 0)
        return recent->hash;
    guint32 hash = look_up(names, text, length);
    if (length <= TM_NAME_SHORT) {
        memcpy(recent->text, text, length);
        recent->length = length;
        recent->hash = hash;
    }
    return hash;
}
