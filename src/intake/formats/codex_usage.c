/* Usage objects of Codex rollouts: six counters, alone and against another; see codex_rollouts.h.
 */
#include "codex_rollouts.h"
#include "openai_tokens.h"

gboolean tm_codex_usage_take(
    const TmJsonValue *values, TmReading *reading, guint first, TmCodexUsage *usage)
{
    *usage = (TmCodexUsage){0};
    for (guint i = 0; i < COUNTER_COUNT; i++)
        if (!tm_json_take_count(reading, &tm_codex_rollouts_table.fields[first + i],
                &values[first + i], &usage->counters[i]))
            return FALSE;
    return TRUE;
}

gboolean tm_codex_usage_says_something(const TmCodexUsage *usage)
{
    for (guint i = 0; i < COUNTER_COUNT; i++)
        if (usage->counters[i].value > 0)
            return TRUE;
    return FALSE;
}

gboolean tm_codex_usage_is_same(const TmCodexUsage *a, const TmCodexUsage *b)
{
    for (guint i = 0; i < COUNTER_COUNT; i++)
        if (a->counters[i].value != b->counters[i].value)
            return FALSE;
    return TRUE;
}

gint64 tm_codex_usage_sum(const TmCodexUsage *usage)
{
    const TmCount *counters = usage->counters;
    return counters[COUNTER_TOTAL].present
               ? counters[COUNTER_TOTAL].value
               : counters[COUNTER_INPUT].value + counters[COUNTER_OUTPUT].value;
}

TmCodexUsage tm_codex_usage_increase(const TmCodexUsage *from, const TmCodexUsage *to)
{
    TmCodexUsage usage = *to;
    for (guint i = 0; i < COUNTER_COUNT; i++)
        usage.counters[i].value = MAX(to->counters[i].value - from->counters[i].value, 0);
    return usage;
}

void tm_codex_usage_set(const TmCodexUsage *usage, TmMeasures *measures)
{
    const TmCount *counters = usage->counters;
    TmOpenaiTokens tokens = {.input = counters[COUNTER_INPUT],
        .cached = counters[COUNTER_CACHED],
        .cache_write = counters[COUNTER_CACHE_WRITE],
        .output = counters[COUNTER_OUTPUT]};
    if (tokens.input.present || tokens.output.present)
        tm_openai_set_tokens(&tokens, measures);
    else if (counters[COUNTER_TOTAL].present)
        tm_measures_set(measures, TM_MEASURE_UNSPLIT_TOKENS, counters[COUNTER_TOTAL].value);
}
