/*
 * gemini_tokens: counts as Gemini's interface tells them, which do not add up as they stand: cached
 * input is part of the input, tokens from the use of tools stand beside it, and thoughts beside the
 * output, but not in every client.
 */
#ifndef TIDEMARK_INTAKE_GEMINI_TOKENS_H
#define TIDEMARK_INTAKE_GEMINI_TOKENS_H

#include "../json_values.h"

/* Formats name the fields in this order, one behind the other. */
typedef enum TmGeminiCount {
    TM_GEMINI_INPUT,
    TM_GEMINI_OUTPUT,
    TM_GEMINI_CACHED,
    TM_GEMINI_THOUGHTS,
    TM_GEMINI_TOOL,
    TM_GEMINI_TOTAL,
    TM_GEMINI_COUNTS
} TmGeminiCount;

typedef struct TmGeminiTokens {
    TmCount counts[TM_GEMINI_COUNTS];
} TmGeminiTokens;

/*
 * Makes the record one request with these tokens, to be priced. A count that is left out is zero; a
 * total alone stays unsplit. FALSE, and nothing changed, when there is no count at all.
 */
gboolean tm_gemini_set_request(const TmGeminiTokens *tokens, TmRecord *record);

#endif
