/* The table of formats. */
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
