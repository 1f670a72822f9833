/* How OpenAI counts tokens; see openai_tokens.h. */
#include "openai_tokens.h"

void tm_openai_set_tokens(const TmOpenaiTokens *tokens, TmMeasures *measures)
{
    gint64 input = tokens->input.value;
    gint64 read = MIN(tokens->cached.value, input);
    gint64 written = MIN(tokens->cache_write.value, input - read);
    if (tokens->cached.present)
        tm_measures_set(measures, TM_MEASURE_CACHE_READ_TOKENS, read);
    if (tokens->cache_write.present)
        tm_measures_set(measures, TM_MEASURE_CACHE_WRITE_TOKENS, written);
    if (tokens->input.present && tokens->cached.present)
        tm_measures_set(measures, TM_MEASURE_INPUT_TOKENS, input - read - written);
    else if (tokens->uncached.present)
        tm_measures_set(measures, TM_MEASURE_INPUT_TOKENS, tokens->uncached.value);
    else if (tokens->input.present)
        tm_measures_set(measures, TM_MEASURE_UNSPLIT_TOKENS, input - written);
    if (tokens->output.present)
        tm_measures_set(measures, TM_MEASURE_OUTPUT_TOKENS, tokens->output.value);
}
