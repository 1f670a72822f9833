/* Folding without allocation: it runs for each record of each export. */
#include "fold.h"

#include <string.h>

#define LONGEST_LETTER 6 /* bytes that g_unichar_to_utf8 may write */

/* One letter beyond ASCII; bytes that are not UTF-8 are kept as they are. */
static gsize fold_letter(const char *at, gsize left, char *out, gsize *written)
{
    gunichar letter = g_utf8_get_char_validated(at, (gssize)left);
    if (letter == (gunichar)-1 || letter == (gunichar)-2) {
        *out = *at;
        *written = 1;
        return 1;
    }
    *written = (gsize)g_unichar_to_utf8(g_unichar_tolower(letter), out);
    return (gsize)(g_utf8_next_char(at) - at);
}

gsize fold_into(const char *text, gsize length, gboolean lower, char *out, gsize size)
{
    while (length > 0 && g_ascii_isspace(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    gsize done = 0;
    for (gsize at = 0; at < length;) {
        gsize written = 1;
        if (done + LONGEST_LETTER >= size || text[at] == '\0')
            return FOLD_TOO_LONG;
        if (!lower || (guchar)text[at] < 0x80) {
            out[done] = lower ? g_ascii_tolower(text[at]) : text[at];
            at++;
        } else
            at += fold_letter(text + at, length - at, out + done, &written);
        done += written;
    }
    out[done] = '\0';
    return done;
}

char *fold_dup(const char *text)
{
    gsize length = strlen(text), size = length * LONGEST_LETTER + LONGEST_LETTER + 1;
    g_autofree char *folded = g_malloc(size);
    fold_into(text, length, TRUE, folded, size);
    return g_strdup(folded);
}
