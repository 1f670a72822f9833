/*
 * The sources, in the order of TmSourceIndex. The order of preference leaves room between kinds of
 * data: event streams before 30, vendors' interfaces for events 30, recordings 40, daily rows 50,
 * downloads 60, summaries of other programs 70, snapshots 80. Money follows the same order until a
 * billing export is among the sources.
 *
 * Copilot's rows for an enterprise and for its organisations tell of the same use. The enterprise
 * comes first: it has each person once, while the organisations' files may lack one of them.
 */
#include "formats.h"

#define BIT(name) TM_MEASURE_BIT(TM_MEASURE_##name)

#define FOUR_TOKENS                                                                                \
    (BIT(INPUT_TOKENS) | BIT(CACHE_WRITE_TOKENS) | BIT(CACHE_READ_TOKENS) | BIT(OUTPUT_TOKENS))

#define COPILOT_MEASURES                                                                           \
    (BIT(INTERACTIONS) | BIT(SESSIONS) | BIT(REQUESTS) | BIT(MESSAGES) | BIT(OUTPUT_TOKENS) |      \
        BIT(UNSPLIT_TOKENS) | BIT(LIST_VALUE) | BIT(SHOWN) | BIT(ACCEPTED))

const TmSource tm_sources[] = {
    [TM_SOURCE_CLAUDE_CODE_ANALYTICS] = {"claude-code-analytics", TM_TOOL_CLAUDE_CODE, 50, 50,
        BIT(INTERACTIONS) | BIT(SESSIONS) | FOUR_TOKENS | BIT(METERED) | BIT(LIST_VALUE) |
            BIT(ACCEPTED) | BIT(REJECTED),
        TRUE, FALSE, FALSE},
    [TM_SOURCE_COPILOT_ENTERPRISE_USERS] = {"copilot-enterprise-users", TM_TOOL_COPILOT, 50, 50,
        COPILOT_MEASURES, TRUE, FALSE, FALSE},
    [TM_SOURCE_COPILOT_ORGANISATION_USERS] = {"copilot-organisation-users", TM_TOOL_COPILOT, 51, 51,
        COPILOT_MEASURES, TRUE, FALSE, FALSE},
    [TM_SOURCE_CURSOR_USAGE_CSV] = {"cursor-usage-csv", TM_TOOL_CURSOR, 60, 60,
        BIT(INTERACTIONS) | BIT(REQUESTS) | FOUR_TOKENS | BIT(UNSPLIT_TOKENS) | BIT(METERED) |
            BIT(LIST_VALUE),
        FALSE, TRUE, TRUE},
};

const guint tm_source_count = G_N_ELEMENTS(tm_sources);
G_STATIC_ASSERT(G_N_ELEMENTS(tm_sources) == TM_SOURCE_COUNT);

guint tm_source_index(const char *key)
{
    for (guint i = 0; i < tm_source_count; i++)
        if (g_str_equal(tm_sources[i].key, key))
            return i;
    return G_MAXUINT;
}

const char *tm_measure_name(TmMeasure measure)
{
    static const char *const names[] = {
#define X(id, name) name,
        TM_MEASURES(X)
#undef X
    };
    return names[measure];
}
