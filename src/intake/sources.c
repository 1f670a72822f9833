/* The table of sources, made of sources.def. */
#include "formats.h"

#define BIT(name) TM_MEASURE_BIT(TM_MEASURE_##name)

/* Sets of measures that sources have in common. */
#define FOUR_TOKENS                                                                                \
    (BIT(INPUT_TOKENS) | BIT(CACHE_WRITE_TOKENS) | BIT(CACHE_READ_TOKENS) | BIT(OUTPUT_TOKENS))
#define MONEY (BIT(METERED) | BIT(LIST_VALUE))
/* All tokens of a person come from one source, with a split or without, so that none count twice.
 */
#define REQUEST_TOKENS (FOUR_TOKENS | BIT(UNSPLIT_TOKENS))
#define AGENT_EVENTS                                                                               \
    (BIT(INTERACTIONS) | BIT(SESSIONS) | BIT(REQUESTS) | BIT(MESSAGES) | REQUEST_TOKENS |          \
        BIT(LIST_VALUE) | BIT(ACCEPTED) | BIT(REJECTED))
#define RECORDINGS                                                                                 \
    (BIT(INTERACTIONS) | BIT(SESSIONS) | BIT(REQUESTS) | BIT(MESSAGES) | REQUEST_TOKENS |          \
        BIT(LIST_VALUE) | BIT(ACTIVE_SECONDS))
#define CLAUDE_CODE_METRICS                                                                        \
    (BIT(INTERACTIONS) | BIT(SESSIONS) | REQUEST_TOKENS | BIT(LIST_VALUE) | BIT(ACCEPTED) |        \
        BIT(REJECTED) | BIT(ACTIVE_SECONDS))
#define GEMINI_CLI_METRICS                                                                         \
    (BIT(INTERACTIONS) | BIT(SESSIONS) | BIT(REQUESTS) | REQUEST_TOKENS | BIT(ACCEPTED) |          \
        BIT(REJECTED))
#define GENAI_CALLS                                                                                \
    (BIT(INTERACTIONS) | BIT(SESSIONS) | BIT(REQUESTS) | REQUEST_TOKENS | BIT(LIST_VALUE))
#define GENAI_METRICS (BIT(INTERACTIONS) | BIT(SESSIONS) | BIT(REQUESTS) | REQUEST_TOKENS)
#define COPILOT_MEASURES                                                                           \
    (BIT(INTERACTIONS) | BIT(SESSIONS) | BIT(REQUESTS) | BIT(MESSAGES) | BIT(OUTPUT_TOKENS) |      \
        BIT(UNSPLIT_TOKENS) | BIT(LIST_VALUE) | BIT(SHOWN) | BIT(ACCEPTED))

#define ENTERPRISE_USAGE (BIT(INTERACTIONS) | BIT(REQUESTS) | FOUR_TOKENS | BIT(UNSPLIT_TOKENS))
#define ENTERPRISE_COST (BIT(INTERACTIONS) | BIT(REQUESTS) | MONEY)
#define SPEND (ENTERPRISE_USAGE | MONEY)
#define GATEWAY_CALLS (BIT(INTERACTIONS) | BIT(REQUESTS) | REQUEST_TOKENS | BIT(LIST_VALUE))

/* Sessions that the ledger makes are supplied by the source too. */
#define WITH_SESSIONS(kind) ((kind) == TM_SESSIONS_NONE ? 0u : BIT(SESSIONS))

TmSource tm_sources[TM_SOURCE_LIMIT] = {
#define SOURCE(id, key, tool, order, money_order, measures, merging, sessions, trait)              \
    [TM_SOURCE_##id] = {key, TM_TOOL_##tool, order, money_order,                                   \
        (measures) | WITH_SESSIONS(TM_SESSIONS_##sessions), TM_MERGE_##merging,                    \
        TM_SESSIONS_##sessions, TM_TRAIT_##trait},
#include "sources.def"
#undef SOURCE
};

G_STATIC_ASSERT(TM_SOURCE_COUNT <= TM_SOURCE_LIMIT);

guint tm_source_count = TM_SOURCE_COUNT;

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

gboolean tm_measure_is_money(TmMeasure measure)
{
    return measure == TM_MEASURE_METERED || measure == TM_MEASURE_LIST_VALUE;
}
