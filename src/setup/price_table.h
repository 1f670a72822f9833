/*
 * price_table: prices of models from all lists, and the search among them.
 *
 *   price_table_new() → price_table_add() for each price → price_table_seal() → price_table_find()
 *
 * After sealing the table is constant and may be searched by many threads.
 */
#ifndef SETUP_PRICE_TABLE_H
#define SETUP_PRICE_TABLE_H

#include <tidemark/setup.h>

#include "model_name.h"

/* Classes of tokens that have a price of their own. */
enum {
    RATE_INPUT,
    RATE_CACHE_WRITE,    /* kept for 5 minutes */
    RATE_CACHE_WRITE_1H, /* kept for an hour */
    RATE_CACHE_READ,
    RATE_OUTPUT,
    RATE_COUNT
};

#define RATE_NONE TM_MONEY_NONE
/* A unit of money per token; with it, no amount that fits overflows on its way. */
#define MOST_RATE (G_GINT64_CONSTANT(1000000) * TM_MICROS_PER_UNIT)
#define MOST_FAST_FACTOR (G_GINT64_CONSTANT(1000) * TM_MICROS_PER_UNIT)
#define MOST_BANDS 5
#define MOST_PRICES 200000 /* in all lists */

/* Prices of requests with more than so many tokens of input. */
typedef struct PriceBand {
    gint64 over;              /* -1: every request */
    gint64 rates[RATE_COUNT]; /* micro-units per million tokens, or RATE_NONE */
} PriceBand;

typedef struct ModelKey {
    const char *text; /* folded */
    gsize length;
} ModelKey;

typedef struct PriceRow {
    ModelKey model;     /* owned by the table */
    gboolean is_prefix; /* every model that begins like this */
    TmPriceSource source;
    guint rank;       /* of equal rows in one list the lowest one counts */
    TmToolIndex tool; /* TM_TOOL_LIMIT: any */
    TmDay first, last;
    const char *currency; /* owned by the table */
    gint64 fast;          /* factor of the fast mode in millionths; 0: not known */
    guint band_count;
    PriceBand bands[MOST_BANDS]; /* rising; the first one is for every request */
} PriceRow;

typedef struct PriceTable PriceTable;

PriceTable *price_table_new(void);
void price_table_free(PriceTable *table);

/* A row for every tool and day, in dollars, without a price. */
PriceRow price_row(TmPriceSource source);

/* The band over so many tokens, made if needed; NULL if there are too many. */
PriceBand *price_row_band(PriceRow *row, gint64 over);

/* The model is one of Anthropic's. */
gboolean model_is_claude(const char *folded, gsize length);

/*
 * Adds a copy of the row for a model by its folded name. Prices of the cache that are missing get
 * what is usual with the model's maker. FALSE if the table is full.
 */
gboolean price_table_add(PriceTable *table, const PriceRow *row, const char *folded, gsize length);

void price_table_seal(PriceTable *table);

typedef struct PriceQuery {
    const ModelForms *model;
    TmToolIndex tool;
    TmDay day;
    TmPriceSource from; /* lists that are preferred to this one are passed over */
} PriceQuery;

/* NULL without a price. `fast`: the name asked for the fast mode. */
const PriceRow *price_table_find(const PriceTable *table, const PriceQuery *query, gboolean *fast);

#endif
