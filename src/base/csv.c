/* Writing CSV fields that neither break the row nor start a formula in a spreadsheet. */
#include <tidemark/base.h>

#include <string.h>

/* Optional sign, digits, optional point and digits. */
static gboolean is_plain_number(const char *text)
{
    text += strspn(text, "+-") == 1 ? 1 : 0;
    gsize whole = strspn(text, "0123456789");
    text += whole;
    if (*text == '.') {
        gsize fraction = strspn(text + 1, "0123456789");
        if (fraction == 0)
            return FALSE;
        text += fraction + 1;
    }
    return whole > 0 && *text == '\0';
}

void tm_csv_append_field(GString *line, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    gboolean guard = strchr("=+-@\t\r", *text) != NULL && !is_plain_number(text);
    gboolean quote =
        strpbrk(text, ",;\t\"\r\n") != NULL || *text == ' ' || text[strlen(text) - 1] == ' ';
    if (quote)
        g_string_append_c(line, '"');
    if (guard)
        g_string_append_c(line, '\'');
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"')
            g_string_append_c(line, '"');
        g_string_append_c(line, *at);
    }
    if (quote)
        g_string_append_c(line, '"');
}
