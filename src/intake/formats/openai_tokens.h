/*
 * openai_tokens: how OpenAI counts tokens, wherever it does: input holds what was read from the
 * cache and what was written to it, output holds reasoning.
 */
#ifndef TIDEMARK_INTAKE_OPENAI_TOKENS_H
#define TIDEMARK_INTAKE_OPENAI_TOKENS_H

#include "../json_values.h"

/* `uncached` counts only where `cached` is not stated. */
typedef struct TmOpenaiTokens {
    TmCount input, cached, uncached, cache_write, output;
} TmOpenaiTokens;

/* Sets disjoint measures. Input of which the cached part is not known is unsplit. */
void tm_openai_set_tokens(const TmOpenaiTokens *tokens, TmMeasures *measures);

#endif
