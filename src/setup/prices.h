/*
 * prices: the lists of prices, read into one table.
 *
 * Precedence is by TmPriceSource: prices.csv of the company, a price file, then what comes with the
 * program.
 */
#ifndef SETUP_PRICES_H
#define SETUP_PRICES_H

#include <tidemark/records.h>

#include "loading.h"
#include "price_table.h"

typedef struct PriceFile {
    TmJsonRecord *record;
    PriceTable *table;
    TmDiagnostics *diagnostics;
    const char *path;
    const char *text; /* of the whole file */
    const char *counted;
    guint64 line;      /* of `counted` */
    gboolean too_many; /* which is reported once */
} PriceFile;

/* They read the one object of a price file, in which the record stands. */
typedef void (*PriceFileReader)(PriceFile *file);
void litellm_read(PriceFile *file);
void models_dev_read(PriceFile *file);

/* A file of this name beside the others, if it is there. FALSE, reported, if it cannot be used. */
gboolean price_file_load(Loading *loading, const char *name, PriceFileReader read);

/* The current member's key. */
TmCell price_file_key(const PriceFile *file);

/* Goes into the current value if it is an object. */
gboolean price_file_enter(PriceFile *file);

/*
 * The current value as a price, times 10^places. RATE_NONE where there is none: null, and 0, which
 * stands for free as well as for unknown. FALSE, reported, if it is no price.
 */
gboolean price_file_rate(PriceFile *file, int places, gint64 most, gint64 *rate);

/* Like price_row_band(), and reports at the current member that there are too many. */
PriceBand *price_file_band(PriceFile *file, PriceRow *row, gint64 over);

/* Adds a model that has a price of input and one of output. */
void price_file_add(PriceFile *file, PriceRow *row, TmCell model);

void prices_add_built_in(PriceTable *table);

#endif
