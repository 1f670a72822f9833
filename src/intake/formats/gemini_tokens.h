/*
 * gemini_tokens: counts as Gemini's interface tells them, which do not add up as they stand: cached
 * input is part of the input, tokens from the use of tools stand beside it, and thoughts beside the
 * output, but not in every client.
 */
#ifndef TIDEMARK_INTAKE_GEMINI_TOKENS_H
#define TIDEMARK_INTAKE_GEMINI_TOKENS_H

#include "../json_values.h"

typedef struct TmGeminiTokens {
    TmCount input, output, cached, thoughts, tool, total;
} TmGeminiTokens;

/*
 * Makes the record one request with these tokens, to be priced. A count that is left out is zero; a
 * total alone stays unsplit. FALSE, and nothing changed, when there is no count at all.
 */
gboolean tm_gemini_set_request(const TmGeminiTokens *tokens, TmRecord *record);

#endif
