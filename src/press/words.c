/* words: see the header. */
#include "words.h"

#include <glib.h>
#include <string.h>

static const TmWords table[] = {
    {"en", "Skip to content", "Data", "page", "of", "Data"},
    {"de", "Zum Inhalt", "Daten", "Seite", "von", "Daten"},
};

const TmWords *tm_words(const char *language)
{
    gsize length = strcspn(language, "-_");
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (strlen(table[i].language) == length &&
            g_ascii_strncasecmp(table[i].language, language, length) == 0)
            return &table[i];
    return &table[0];
}
