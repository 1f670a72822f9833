/* What a use of tokens costs. */
#include "loading.h"
#include "price_table.h"

#define MOST_TOKENS G_GINT64_CONSTANT(1000000000000000)
#define TOKENS_PER_RATE G_GUINT64_CONSTANT(1000000) /* rates are per million tokens */

__extension__ typedef unsigned __int128 Wide;

static gboolean use_is_sound(const TmTokenUse *use)
{
    const gint64 counts[] = {use->input, use->cache_write, use->cache_read, use->output};
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        if (counts[i] < 0 || counts[i] > MOST_TOKENS)
            return FALSE;
    }
    return use->cache_write_1h >= TM_TOKENS_UNKNOWN && use->cache_write_1h <= use->cache_write;
}

/* The whole request has the prices of the highest band that its input is over. */
static const PriceBand *band_of(const PriceRow *row, const TmTokenUse *use, gboolean per_request)
{
    gint64 input = use->input + use->cache_write + use->cache_read;
    guint band = per_request ? row->band_count - 1 : 0;
    while (band > 0 && input <= row->bands[band].over)
        band--;
    return &row->bands[band];
}

/* In millionths; 0 if no list says what the fast mode of the model costs. */
static gint64 fast_factor(const PriceTable *table, const PriceQuery *query, const PriceRow *row)
{
    PriceQuery further = *query;
    gboolean ignored;
    while (row != NULL && row->fast == 0) {
        further.from = row->source + 1;
        row = price_table_find(table, &further, &ignored);
    }
    return row != NULL ? row->fast : 0;
}

/* All classes together, in millionths of micro-units; FALSE if one has no price. */
static gboolean add_classes(
    const TmTokenUse *use, gint64 hour_writes, const gint64 *rates, Wide *sum)
{
    const gint64 tokens[RATE_COUNT] = {
        [RATE_INPUT] = use->input,
        [RATE_CACHE_WRITE] = use->cache_write - hour_writes,
        [RATE_CACHE_WRITE_1H] = hour_writes,
        [RATE_CACHE_READ] = use->cache_read,
        [RATE_OUTPUT] = use->output,
    };
    *sum = 0;
    for (guint i = 0; i < RATE_COUNT; i++) {
        if (tokens[i] > 0 && rates[i] == RATE_NONE)
            return FALSE;
        if (tokens[i] > 0)
            *sum += (Wide)tokens[i] * (Wide)rates[i];
    }
    return TRUE;
}

static gboolean divide_half_even(Wide sum, guint64 divisor, gint64 *quotient)
{
    Wide whole = sum / divisor;
    guint64 rest = (guint64)(sum - whole * divisor);
    if (rest > divisor - rest || (rest == divisor - rest && whole % 2 == 1))
        whole++;
    *quotient = (gint64)whole;
    return whole <= G_MAXINT64;
}

gboolean tm_setup_price(const TmSetup *setup, TmToolIndex tool, const char *model, gsize length,
    TmDay day, const TmTokenUse *use, gboolean per_request, gboolean fast, gint64 *micros,
    TmPriceOrigin *origin)
{
    const PriceTable *table = setup->hidden->prices;
    ModelForms forms;
    if (!use_is_sound(use) || !model_forms(&forms, model, length))
        return FALSE;
    PriceQuery query = {&forms, tool, day, TM_PRICE_COMPANY};
    gboolean named_fast = FALSE;
    const PriceRow *row = price_table_find(table, &query, &named_fast);
    if (row == NULL)
        return FALSE;
    const gint64 *rates = band_of(row, use, per_request)->rates;
    gboolean unknown = use->cache_write_1h == TM_TOKENS_UNKNOWN;
    gint64 assumed = setup->settings.hour_cache_writes ? use->cache_write : 0;
    gboolean is_fast = fast || named_fast;
    gint64 factor = is_fast ? fast_factor(table, &query, row) : 1;
    guint64 divisor = is_fast ? TOKENS_PER_RATE * TM_MICROS_PER_UNIT : TOKENS_PER_RATE;
    Wide sum;
    if (factor == 0 || !add_classes(use, unknown ? assumed : use->cache_write_1h, rates, &sum) ||
        !divide_half_even(sum * (Wide)factor, divisor, micros))
        return FALSE;
    if (origin != NULL)
        *origin = (TmPriceOrigin){
            .source = row->source,
            .currency = row->currency,
            .assumed_lifetime = unknown && use->cache_write > 0 &&
                                rates[RATE_CACHE_WRITE] != rates[RATE_CACHE_WRITE_1H],
        };
    return TRUE;
}
