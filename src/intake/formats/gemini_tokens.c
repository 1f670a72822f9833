/* Disjoint slots from Gemini's counts; see gemini_tokens.h. */
#include "gemini_tokens.h"

gboolean tm_gemini_set_request(const TmGeminiTokens *tokens, TmRecord *record)
{
    const TmCount *counts = tokens->counts;
    gboolean split = counts[TM_GEMINI_INPUT].present || counts[TM_GEMINI_OUTPUT].present;
    if (!split && !counts[TM_GEMINI_TOTAL].present)
        return FALSE;
    TmMeasures *measures = &record->measures;
    tm_measures_set(measures, TM_MEASURE_REQUESTS, 1);
    if (!split) {
        tm_measures_set(measures, TM_MEASURE_UNSPLIT_TOKENS, counts[TM_GEMINI_TOTAL].value);
        return TRUE;
    }
    gint64 input = counts[TM_GEMINI_INPUT].value + counts[TM_GEMINI_TOOL].value,
           output = counts[TM_GEMINI_OUTPUT].value;
    gboolean has_thoughts =
        counts[TM_GEMINI_TOTAL].present && input + output == counts[TM_GEMINI_TOTAL].value;
    if (!has_thoughts)
        output += counts[TM_GEMINI_THOUGHTS].value;
    if (counts[TM_GEMINI_CACHED].value <= input)
        input -= counts[TM_GEMINI_CACHED].value;
    tm_measures_set(measures, TM_MEASURE_INPUT_TOKENS, input);
    tm_measures_set(measures, TM_MEASURE_CACHE_READ_TOKENS, counts[TM_GEMINI_CACHED].value);
    tm_measures_set(measures, TM_MEASURE_OUTPUT_TOKENS, output);
    record->pricing = (TmPricing){.wanted = TRUE, .request = TRUE};
    return TRUE;
}
