/*
 * The catalogue of texts, and the one way to fill their places.
 */
#include "strings.h"

#include <tidemark/insight.h>

#include <stdarg.h>
#include <string.h>

const char *const tm_insight_strings[STRING_COUNT] = {
#define X(id, text) [STRING_##id] = text,
    INSIGHT_STRINGS(X)
#undef X
};

char *tm_text_fill(const char *pattern, ...)
{
    g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
    va_list arguments;
    va_start(arguments, pattern);
    for (char *name = va_arg(arguments, char *); name != NULL; name = va_arg(arguments, char *))
        g_hash_table_insert(values, name, va_arg(arguments, char *));
    va_end(arguments);

    GString *text = g_string_new(NULL);
    for (const char *rest = pattern; *rest != '\0';) {
        gsize plain = strcspn(rest, "{");
        g_string_append_len(text, rest, (gssize)plain);
        rest += plain;
        if (*rest == '\0')
            break;
        const char *end = strchr(rest, '}');
        g_assert(end != NULL);
        g_autofree char *name = g_strndup(rest + 1, (gsize)(end - rest - 1));
        const char *value = g_hash_table_lookup(values, name);
        g_assert(value != NULL);
        g_string_append(text, value);
        rest = end + 1;
        /* An abbreviation at the end of a sentence ends the sentence too. */
        if (*rest == '.' && g_str_has_suffix(value, "."))
            rest++;
    }
    return g_string_free(text, FALSE);
}
