/* Disjoint slots from Gemini's counts; see gemini_tokens.h. */
#include "gemini_tokens.h"

gboolean tm_gemini_set_request(const TmGeminiTokens *tokens, TmRecord *record)
{
    gboolean split = tokens->input.present || tokens->output.present;
    if (!split && !tokens->total.present)
        return FALSE;
    TmMeasures *measures = &record->measures;
    tm_measures_set(measures, TM_MEASURE_REQUESTS, 1);
    if (!split) {
        tm_measures_set(measures, TM_MEASURE_UNSPLIT_TOKENS, tokens->total.value);
        return TRUE;
    }
    gint64 input = tokens->input.value + tokens->tool.value, output = tokens->output.value;
    gboolean has_thoughts = tokens->total.present && input + output == tokens->total.value;
    if (!has_thoughts)
        output += tokens->thoughts.value;
    if (tokens->cached.value <= input)
        input -= tokens->cached.value;
    tm_measures_set(measures, TM_MEASURE_INPUT_TOKENS, input);
    tm_measures_set(measures, TM_MEASURE_CACHE_READ_TOKENS, tokens->cached.value);
    tm_measures_set(measures, TM_MEASURE_OUTPUT_TOKENS, output);
    record->pricing = (TmPricing){.wanted = TRUE, .request = TRUE};
    return TRUE;
}
