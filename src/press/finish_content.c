/*
 * finish_content: cairo knows no artifacts, so decorations are drawn as NonStruct elements and get
 * their right name here. The stream is read token by token, for a text may hold these very words.
 */
#include <string.h>

#include "finish.h"

/* End of a literal string that starts at `at` with "(". */
static gsize skip_literal(const char *content, gsize length, gsize at)
{
    guint depth = 0;
    for (; at < length; at++) {
        if (content[at] == '\\')
            at++;
        else if (content[at] == '(')
            depth++;
        else if (content[at] == ')' && --depth == 0)
            return at + 1;
    }
    return length;
}

static gsize skip_hexadecimal(const char *content, gsize length, gsize at)
{
    const char *end = memchr(content + at, '>', length - at);
    return end != NULL ? (gsize)(end - content) + 1 : length;
}

static gsize skip_blanks(const char *content, gsize length, gsize at)
{
    while (at < length && (content[at] == ' ' || content[at] == '\n' || content[at] == '\r'))
        at++;
    return at;
}

/* Position after `word` and the blanks before it, or 0 if it does not stand there. */
static gsize expect(const char *content, gsize length, gsize at, const char *word)
{
    gsize size = strlen(word);
    at = skip_blanks(content, length, at);
    return length - at >= size && memcmp(content + at, word, size) == 0 ? at + size : 0;
}

/* Length of "/NonStruct << /MCID n >> BDC" at `at`, or 0. */
static gsize match_decoration(const char *content, gsize length, gsize at)
{
    static const char *const words[] = {"/NonStruct", "<<", "/MCID"};
    gsize position = at;
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if ((position = expect(content, length, position, words[i])) == 0)
            return 0;
    position = skip_blanks(content, length, position);
    gsize digits = position;
    while (position < length && g_ascii_isdigit(content[position]))
        position++;
    if (position == digits || (position = expect(content, length, position, ">>")) == 0 ||
        (position = expect(content, length, position, "BDC")) == 0)
        return 0;
    return position - at;
}

guint tm_finish_content(const char *content, gsize length, GString *out)
{
    guint replaced = 0;
    gsize at = 0;
    while (at < length) {
        gsize next = at + 1;
        if (content[at] == '(')
            next = skip_literal(content, length, at);
        else if (content[at] == '<' && at + 1 < length && content[at + 1] == '<')
            next = at + 2;
        else if (content[at] == '<')
            next = skip_hexadecimal(content, length, at);
        gsize decoration = content[at] == '/' ? match_decoration(content, length, at) : 0;
        if (decoration > 0) {
            g_string_append(out, "/Artifact BMC");
            at += decoration;
            replaced++;
            continue;
        }
        next = MIN(next, length);
        g_string_append_len(out, content + at, (gssize)(next - at));
        at = next;
    }
    return replaced;
}
