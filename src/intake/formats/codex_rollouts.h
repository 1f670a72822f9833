/*
 * codex_rollouts: the fields of a line of a Codex rollout, for the reader and its table, and the
 * usage objects in it.
 *
 * A line's values are collected as they stand and judged when its type is known: most lines are
 * private, and their members mean nothing to us.
 */
#ifndef TIDEMARK_INTAKE_CODEX_ROLLOUTS_H
#define TIDEMARK_INTAKE_CODEX_ROLLOUTS_H

#include "../formats.h"
#include "../json_values.h"

/* The counters of each usage object, in the order in which the table has them. */
enum {
    COUNTER_INPUT,
    COUNTER_CACHED,
    COUNTER_CACHE_WRITE,
    COUNTER_OUTPUT,
    COUNTER_REASONING,
    COUNTER_TOTAL,
    COUNTER_COUNT
};

enum {
    CODEX_TIMESTAMP,
    CODEX_TYPE,
    CODEX_EVENT,
    CODEX_ORDINAL,
    CODEX_ID,
    CODEX_FORKED_FROM,
    CODEX_HISTORY_BASE,
    CODEX_HISTORY_MODE,
    CODEX_PARENT,
    CODEX_SPAWN_PARENT,
    CODEX_SUBAGENT,
    CODEX_THREAD_SOURCE,
    CODEX_SOURCE,
    CODEX_ORIGINATOR,
    CODEX_TURN_ID,
    CODEX_MODEL,
    CODEX_SETTINGS_MODEL,
    CODEX_INFO_MODEL,
    CODEX_TIER,
    CODEX_THREAD_ID,
    CODEX_RESPONSE_ID,
    CODEX_STARTED_AT,
    CODEX_DURATION,
    CODEX_TURN_TOTAL,
    CODEX_USAGE, /* each of these four begins a block of COUNTER_COUNT fields */
    CODEX_TOTAL_USAGE = CODEX_USAGE + COUNTER_COUNT,
    CODEX_LAST_USAGE = CODEX_TOTAL_USAGE + COUNTER_COUNT,
    CODEX_DIRECT_USAGE = CODEX_LAST_USAGE + COUNTER_COUNT,
    CODEX_VALUE_COUNT = CODEX_DIRECT_USAGE + COUNTER_COUNT, /* fields behind it are not read */
};

extern const TmFormat tm_codex_rollouts_table;

/* ---- codex_usage.c: one usage object ------------------------------------------------------- */

typedef struct TmCodexUsage {
    TmCount counters[COUNTER_COUNT];
} TmCodexUsage;

/* Reads the block of a line's values that begins at `first`. FALSE when it was reported. */
gboolean tm_codex_usage_take(
    const TmJsonValue *values, TmReading *reading, guint first, TmCodexUsage *usage);

gboolean tm_codex_usage_says_something(const TmCodexUsage *usage); /* any counter above 0 */
gboolean tm_codex_usage_is_same(const TmCodexUsage *a, const TmCodexUsage *b);
gint64 tm_codex_usage_sum(const TmCodexUsage *usage); /* all tokens */

/* From one total to a later one, each counter at least 0. */
TmCodexUsage tm_codex_usage_increase(const TmCodexUsage *from, const TmCodexUsage *to);

/* The tokens of one response as measures. */
void tm_codex_usage_set(const TmCodexUsage *usage, TmMeasures *measures);

#endif
