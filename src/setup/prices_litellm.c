/*
 * model_prices_and_context_window.json of LiteLLM: one object with a member a model, prices in
 * dollars per token.
 */
#include "prices.h"

#include <string.h>

#define PLACES 12 /* dollars per token to millionths of a dollar per million tokens */
#define FAST_PLACES 6

static const struct {
    const char *field;
    guint rate;
} fields[] = {
    {"input_cost_per_token", RATE_INPUT},
    {"output_cost_per_token", RATE_OUTPUT},
    {"cache_creation_input_token_cost", RATE_CACHE_WRITE},
    {"cache_read_input_token_cost", RATE_CACHE_READ},
};

static gboolean take_front(TmCell *cell, const char *text)
{
    gsize length = strlen(text);
    if (cell->length < length || memcmp(cell->text, text, length) != 0)
        return FALSE;
    cell->text += length;
    cell->length -= length;
    return TRUE;
}

/* "_above_200k_tokens" as 200,000; -1 for nothing. FALSE for other ends: those of service tiers. */
static gboolean parse_threshold(TmCell end, gint64 *over)
{
    *over = -1;
    if (end.length == 0)
        return TRUE;
    if (!take_front(&end, "_above_"))
        return FALSE;
    gint64 thousands = 0;
    while (end.length > 0 && g_ascii_isdigit(*end.text) && thousands < 1000000) {
        thousands = thousands * 10 + (*end.text - '0');
        end.text++;
        end.length--;
    }
    *over = thousands * 1000;
    return thousands > 0 && take_front(&end, "k_tokens") && end.length == 0;
}

/* Which price a member is; FALSE if it is another one, or none. */
static gboolean parse_field(TmCell key, guint *rate, gint64 *over)
{
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        TmCell end = key;
        if (!take_front(&end, fields[i].field))
            continue;
        *rate = fields[i].rate;
        if (*rate == RATE_CACHE_WRITE && take_front(&end, "_above_1hr"))
            *rate = RATE_CACHE_WRITE_1H;
        return parse_threshold(end, over);
    }
    return FALSE;
}

static gboolean read_factors(PriceFile *file, PriceRow *row)
{
    gboolean sound = TRUE;
    if (!price_file_enter(file))
        return TRUE;
    while (tm_json_record_next(file->record)) {
        TmCell key = price_file_key(file);
        gint64 factor;
        if (!tm_cell_equals(key, "fast"))
            continue;
        sound &= price_file_rate(file, FAST_PLACES, MOST_FAST_FACTOR, &factor);
        row->fast = sound && factor != RATE_NONE ? factor : 0;
    }
    return sound;
}

static gboolean read_member(PriceFile *file, PriceRow *row)
{
    TmCell key = price_file_key(file);
    guint rate;
    gint64 over, value;
    if (tm_cell_equals(key, "provider_specific_entry"))
        return read_factors(file, row);
    if (tm_cell_equals(key, "litellm_provider")) {
        TmJsonValue text;
        tm_json_record_value(file->record, &text);
        TmCell provider = {text.text, text.kind == TM_JSON_STRING ? text.length : 0};
        row->rank =
            tm_cell_equals(provider, "anthropic") || tm_cell_equals(provider, "openai") ? 0 : 1;
        return TRUE;
    }
    if (!parse_field(key, &rate, &over))
        return TRUE;
    if (!price_file_rate(file, PLACES, MOST_RATE, &value))
        return FALSE;
    PriceBand *band = value != RATE_NONE ? price_file_band(file, row, over) : NULL;
    if (band != NULL)
        band->rates[rate] = value;
    return band != NULL || value == RATE_NONE;
}

/* The list has wrong 1-hour prices for some models of Anthropic's, whose price is twice the input.
 */
static void drop_wrong_hours(PriceRow *row, TmCell model)
{
    char folded[MODEL_NAME_SIZE];
    if (!model_is_claude(folded, model_fold(model.text, model.length, folded)))
        return;
    for (guint i = 0; i < row->band_count; i++) {
        gint64 *rates = row->bands[i].rates;
        gint64 input =
            rates[RATE_INPUT] != RATE_NONE ? rates[RATE_INPUT] : row->bands[0].rates[RATE_INPUT];
        gint64 tenfold =
            rates[RATE_CACHE_WRITE_1H] != RATE_NONE ? rates[RATE_CACHE_WRITE_1H] * 10 : 0;
        if (input == RATE_NONE || tenfold < input * 19 || tenfold > input * 21)
            rates[RATE_CACHE_WRITE_1H] = RATE_NONE;
    }
}

void litellm_read(PriceFile *file)
{
    while (tm_json_record_next(file->record)) {
        TmCell model = price_file_key(file);
        if (tm_cell_equals(model, "sample_spec") || !price_file_enter(file))
            continue;
        PriceRow row = price_row(TM_PRICE_LITELLM);
        gboolean sound = TRUE;
        row.rank = 1;
        while (tm_json_record_next(file->record))
            sound &= read_member(file, &row);
        if (!sound)
            continue;
        drop_wrong_hours(&row, model);
        price_file_add(file, &row, model);
    }
}
