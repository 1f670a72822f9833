/* The table of formats, and small helpers of the format files. */
#include "formats.h"

#include <string.h>

static const TmFormat formats[] = {
    [TM_FORMAT_CLAUDE_CODE_ANALYTICS] = {"claude-code-analytics", "Claude Code Analytics (JSON)",
        &tm_sources[TM_SOURCE_CLAUDE_CODE_ANALYTICS], tm_claude_code_fields, TM_CLAUDE_CODE_FIELDS},
    [TM_FORMAT_COPILOT_ENTERPRISE_USERS] = {"copilot-enterprise-users",
        "Copilot usage metrics, user rows of an enterprise (JSON)",
        &tm_sources[TM_SOURCE_COPILOT_ENTERPRISE_USERS], tm_copilot_user_fields,
        TM_COPILOT_USER_FIELDS},
    [TM_FORMAT_COPILOT_ORGANISATION_USERS] = {"copilot-organisation-users",
        "Copilot usage metrics, user rows of an organisation (JSON)",
        &tm_sources[TM_SOURCE_COPILOT_ORGANISATION_USERS], tm_copilot_user_fields,
        TM_COPILOT_USER_FIELDS},
    [TM_FORMAT_CURSOR_USAGE_CSV] = {"cursor-usage-csv", "Cursor usage events (CSV)",
        &tm_sources[TM_SOURCE_CURSOR_USAGE_CSV], tm_cursor_usage_fields, TM_CURSOR_USAGE_FIELDS},
};

G_STATIC_ASSERT(G_N_ELEMENTS(formats) == TM_FORMAT_COUNT);

const TmFormat *tm_formats(guint *count)
{
    if (count != NULL)
        *count = G_N_ELEMENTS(formats);
    return formats;
}

const char *tm_field_name(const TmFieldRule *rule)
{
    const char *bar = strchr(rule->names, '|');
    if (bar == NULL)
        return rule->names;
    g_autofree char *first = g_strndup(rule->names, (gsize)(bar - rule->names));
    return g_intern_string(first);
}

TmCell tm_cell_trim(TmCell cell)
{
    while (cell.length > 0 && g_ascii_isspace(cell.text[0])) {
        cell.text++;
        cell.length--;
    }
    while (cell.length > 0 && g_ascii_isspace(cell.text[cell.length - 1]))
        cell.length--;
    return cell;
}

gboolean tm_cell_equals(TmCell cell, const char *text)
{
    return strlen(text) == cell.length && g_ascii_strncasecmp(cell.text, text, cell.length) == 0;
}

gboolean tm_cell_contains(TmCell cell, const char *text)
{
    gsize length = strlen(text);
    for (gsize i = 0; i + length <= cell.length; i++)
        if (g_ascii_strncasecmp(cell.text + i, text, length) == 0)
            return TRUE;
    return FALSE;
}
