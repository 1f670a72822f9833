/*
 * List prices that come with the program, as of August 2026, in dollars. A model whose price
 * changes gets one row for each price.
 */
#include "prices.h"

#include <string.h>

#define MICROS_PER_MILL 1000
#define MICROS_PER_TENTH 100000
#define NEVER 0
#define ALWAYS NULL

/* Prices are in thousandths of a dollar per million tokens. */
typedef struct BuiltInPrice {
    const char *model;      /* folded: see model_name.h */
    const char *valid_from; /* YYYY-MM-DD */
    int input, cache_write, cache_write_1h, cache_read, output;
    int fast;      /* factor of the fast mode in tenths; 0: there is none */
    int long_over; /* a request with more input has the prices that follow, its cache alike */
    int long_input, long_output;
} BuiltInPrice;

static const BuiltInPrice built_in[] = {
    {"claude-fable-5", ALWAYS, 10000, 12500, 20000, 1000, 50000, 0, NEVER, 0, 0},
    {"claude-mythos-5", ALWAYS, 10000, 12500, 20000, 1000, 50000, 0, NEVER, 0, 0},
    {"claude-opus-5", ALWAYS, 5000, 6250, 10000, 500, 25000, 20, NEVER, 0, 0},
    {"claude-opus-4-8", ALWAYS, 5000, 6250, 10000, 500, 25000, 20, NEVER, 0, 0},
    {"claude-opus-4-7", ALWAYS, 5000, 6250, 10000, 500, 25000, 60, NEVER, 0, 0},
    {"claude-opus-4-6", ALWAYS, 5000, 6250, 10000, 500, 25000, 60, NEVER, 0, 0},
    {"claude-opus-4-5", ALWAYS, 5000, 6250, 10000, 500, 25000, 0, NEVER, 0, 0},
    {"claude-opus-4-1", ALWAYS, 15000, 18750, 30000, 1500, 75000, 0, NEVER, 0, 0},
    {"claude-opus-4-0", ALWAYS, 15000, 18750, 30000, 1500, 75000, 0, NEVER, 0, 0},
    {"claude-opus-4", ALWAYS, 15000, 18750, 30000, 1500, 75000, 0, NEVER, 0, 0},
    {"claude-sonnet-5", ALWAYS, 2000, 2500, 4000, 200, 10000, 0, NEVER, 0, 0},
    {"claude-sonnet-4-6", ALWAYS, 3000, 3750, 6000, 300, 15000, 0, NEVER, 0, 0},
    {"claude-sonnet-4-5", ALWAYS, 3000, 3750, 6000, 300, 15000, 0, 200000, 6000, 22500},
    {"claude-sonnet-4-0", ALWAYS, 3000, 3750, 6000, 300, 15000, 0, 200000, 6000, 22500},
    {"claude-sonnet-4", ALWAYS, 3000, 3750, 6000, 300, 15000, 0, 200000, 6000, 22500},
    {"claude-haiku-4-5", ALWAYS, 1000, 1250, 2000, 100, 5000, 0, NEVER, 0, 0},
    {"claude-haiku-3-5", ALWAYS, 800, 1000, 1600, 80, 4000, 0, NEVER, 0, 0},
    {"claude-3-5-haiku", ALWAYS, 800, 1000, 1600, 80, 4000, 0, NEVER, 0, 0},
    {"gpt-5-5", ALWAYS, 5000, 5000, 5000, 500, 30000, 25, NEVER, 0, 0},
    {"gpt-5-4", ALWAYS, 2500, 2500, 2500, 250, 15000, 20, 272000, 5000, 22500},
    {"gpt-5-4-mini", ALWAYS, 750, 750, 750, 75, 4500, 0, NEVER, 0, 0},
    {"gpt-5-3-codex", ALWAYS, 1750, 1750, 1750, 175, 14000, 20, NEVER, 0, 0},
    {"gpt-5-2-codex", ALWAYS, 1750, 1750, 1750, 175, 14000, 0, NEVER, 0, 0},
    {"gpt-5", ALWAYS, 1250, 1250, 1250, 125, 10000, 0, NEVER, 0, 0},
};

static gint64 rate(int mills)
{
    return (gint64)mills * MICROS_PER_MILL;
}

static PriceRow row_of(const BuiltInPrice *price)
{
    PriceRow row = price_row(TM_PRICE_BUILT_IN);
    gint64 *rates = row.bands[0].rates;
    rates[RATE_INPUT] = rate(price->input);
    rates[RATE_CACHE_WRITE] = rate(price->cache_write);
    rates[RATE_CACHE_WRITE_1H] = rate(price->cache_write_1h);
    rates[RATE_CACHE_READ] = rate(price->cache_read);
    rates[RATE_OUTPUT] = rate(price->output);
    row.fast = (gint64)price->fast * MICROS_PER_TENTH;
    if (price->valid_from != ALWAYS)
        row.first = tm_day_parse(price->valid_from, -1);
    if (price->long_over != NEVER) {
        PriceBand *band = price_row_band(&row, price->long_over);
        band->rates[RATE_INPUT] = rate(price->long_input);
        band->rates[RATE_OUTPUT] = rate(price->long_output);
    }
    return row;
}

void prices_add_built_in(PriceTable *table)
{
    for (gsize i = 0; i < G_N_ELEMENTS(built_in); i++) {
        PriceRow row = row_of(&built_in[i]);
        price_table_add(table, &row, built_in[i].model, strlen(built_in[i].model));
    }
}
