/*
 * byte_changes: small random damage to a text, of the kinds that broken exports have: bytes
 * replaced, taken out, doubled.
 */
#ifndef TIDEMARK_TESTS_BYTE_CHANGES_H
#define TIDEMARK_TESTS_BYTE_CHANGES_H

#include <glib.h>

#define BYTE_CHANGES_MOST 6

/* Bytes that readers care about. */
static const char byte_change_marks[] = "{}[]\",:\\\n\r\0 \xff\xef-0e.";

static inline void change_bytes_once(GRand *random, GByteArray *bytes)
{
    if (bytes->len < 2)
        return;
    guint at = (guint)g_rand_int_range(random, 0, (gint32)bytes->len);
    guint count = (guint)g_rand_int_range(random, 1, 40);
    count = MIN(count, bytes->len - at);
    switch (g_rand_int_range(random, 0, 4)) {
    case 0:
        bytes->data[at] =
            (guint8)byte_change_marks[g_rand_int_range(random, 0, sizeof byte_change_marks - 1)];
        break;
    case 1:
        g_byte_array_remove_range(bytes, at, count);
        break;
    case 2: {
        g_autofree guint8 *copy = g_memdup2(bytes->data + at, count);
        g_byte_array_append(bytes, copy, count);
        break;
    }
    default:
        bytes->data[at] = (guint8)g_rand_int_range(random, 0, 256);
    }
}

/* The text with one or a few changes. Owned by the caller. */
static inline GByteArray *change_bytes(GRand *random, const char *text, gsize length)
{
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)text, (guint)length);
    for (gint changes = g_rand_int_range(random, 1, BYTE_CHANGES_MOST); changes > 0; changes--)
        change_bytes_once(random, bytes);
    return bytes;
}

#endif
