/* prices.csv: what the company pays for tokens, and the loading of all lists of prices. */
#include <string.h>

#include "loading.h"
#include "prices.h"
#include "row.h"

enum {
    TOOL,
    MODEL,
    INPUT,
    CACHE_WRITE,
    CACHE_WRITE_1H,
    CACHE_READ,
    OUTPUT,
    LONG_OVER,
    LONG_INPUT,
    LONG_CACHE_WRITE,
    LONG_CACHE_WRITE_1H,
    LONG_CACHE_READ,
    LONG_OUTPUT,
    FAST_FACTOR,
    CURRENCY,
    FIRST,
    LAST,
    COLUMN_COUNT
};
static const TableColumn columns[COLUMN_COUNT] = {
    [TOOL] = {"tool", "product", 0},
    [MODEL] = {"model", NULL, 1},
    [INPUT] = {"input", "input_price", 2},
    [CACHE_WRITE] = {"cache_write", "cache_write_5m cache_creation", 0},
    [CACHE_WRITE_1H] = {"cache_write_1h", NULL, 0},
    [CACHE_READ] = {"cache_read", "cached_input", 0},
    [OUTPUT] = {"output", "output_price", 3},
    [LONG_OVER] = {"long_over", NULL, 0},
    [LONG_INPUT] = {"long_input", NULL, 0},
    [LONG_CACHE_WRITE] = {"long_cache_write", "long_cache_write_5m", 0},
    [LONG_CACHE_WRITE_1H] = {"long_cache_write_1h", NULL, 0},
    [LONG_CACHE_READ] = {"long_cache_read", NULL, 0},
    [LONG_OUTPUT] = {"long_output", NULL, 0},
    [FAST_FACTOR] = {"fast_factor", NULL, 0},
    [CURRENCY] = {"currency", NULL, 0},
    [FIRST] = {"start_date", "valid_from", 0},
    [LAST] = {"end_date", "valid_until", 0},
};

/* Columns of the classes of tokens, by RATE_*. */
static const guint base_columns[RATE_COUNT] = {
    [RATE_INPUT] = INPUT,
    [RATE_CACHE_WRITE] = CACHE_WRITE,
    [RATE_CACHE_WRITE_1H] = CACHE_WRITE_1H,
    [RATE_CACHE_READ] = CACHE_READ,
    [RATE_OUTPUT] = OUTPUT,
};
static const guint long_columns[RATE_COUNT] = {
    [RATE_INPUT] = LONG_INPUT,
    [RATE_CACHE_WRITE] = LONG_CACHE_WRITE,
    [RATE_CACHE_WRITE_1H] = LONG_CACHE_WRITE_1H,
    [RATE_CACHE_READ] = LONG_CACHE_READ,
    [RATE_OUTPUT] = LONG_OUTPUT,
};

typedef struct CompanyPrices {
    Loading *loading;
    GHashTable *known; /* "tool model start", to find doubles */
} CompanyPrices;

static gboolean read_amount(
    const TableRow *row, guint column, gint64 most, gint64 otherwise, gint64 *amount)
{
    if (!row_money(row, column, otherwise, amount))
        return FALSE;
    if (*amount <= most)
        return TRUE;
    row_report(row, TM_KIND_OUT_OF_RANGE, column, "the amount is too large");
    return FALSE;
}

static gboolean read_rates(const TableRow *row, const guint *from, gint64 *rates)
{
    for (guint i = 0; i < RATE_COUNT; i++) {
        if (!read_amount(row, from[i], MOST_RATE, RATE_NONE, &rates[i]))
            return FALSE;
    }
    return TRUE;
}

static gboolean read_long_band(const TableRow *row, PriceRow *price)
{
    gint64 over;
    gboolean any = FALSE;
    for (guint i = 0; i < RATE_COUNT; i++)
        any |= *row->cells[long_columns[i]] != '\0';
    if (!row_integer(row, LONG_OVER, 1, G_MAXINT32, 0, &over))
        return FALSE;
    if (any != (over > 0)) {
        row_report(row, TM_KIND_MISSING_FIELD, any ? LONG_OVER : LONG_INPUT,
            "a limit and the prices above it must be given together");
        return FALSE;
    }
    return !any || read_rates(row, long_columns, price_row_band(price, over)->rates);
}

/* Folds the model and takes its star off. FALSE, reported, if it is none. */
static gboolean read_model(
    const TableRow *row, PriceRow *price, char folded[MODEL_NAME_SIZE], gsize *length)
{
    const char *text;
    if (!row_text(row, MODEL, &text))
        return FALSE;
    gsize size = strlen(text);
    const char *star = strchr(text, '*');
    price->is_prefix = star == text + size - 1;
    *length = price->is_prefix ? model_fold_beginning(text, size - 1, folded)
                               : model_fold(text, size, folded);
    if ((star == NULL || price->is_prefix) && (*length > 0 || star == text))
        return TRUE;
    row_report(row, TM_KIND_BAD_VALUE, MODEL,
        "write the name of a model, or its beginning and a * at the end");
    return FALSE;
}

static gboolean is_known(CompanyPrices *prices, const TableRow *row, const PriceRow *price,
    const char *folded, gsize length)
{
    char *key = g_strdup_printf(
        "%u %d %d %.*s", price->tool, price->first, price->is_prefix, (int)length, folded);
    if (g_hash_table_add(prices->known, key))
        return FALSE;
    row_report(row, TM_KIND_OVERLAP, FIRST,
        "an earlier row gives the price of the same tool and model from the same day on");
    return TRUE;
}

static void take_row(const TableRow *row, gpointer user)
{
    CompanyPrices *prices = user;
    PriceRow price = price_row(TM_PRICE_COMPANY);
    g_autofree char *currency = NULL;
    char folded[MODEL_NAME_SIZE];
    gsize length;
    const char *text;
    if (!row_tool(prices->loading, row, TOOL, TRUE, &price.tool) ||
        !read_model(row, &price, folded, &length) || !row_text(row, INPUT, &text) ||
        !row_text(row, OUTPUT, &text) || !read_rates(row, base_columns, price.bands[0].rates) ||
        !read_long_band(row, &price) ||
        !read_amount(row, FAST_FACTOR, MOST_FAST_FACTOR, 0, &price.fast) ||
        !row_currency(row, CURRENCY, &currency) ||
        !row_days(row, FIRST, LAST, &price.first, &price.last) ||
        is_known(prices, row, &price, folded, length))
        return;
    price.currency = currency != NULL ? currency : prices->loading->setup->settings.currency;
    if (!price_table_add(prices->loading->setup->hidden->prices, &price, folded, length))
        row_report(row, TM_KIND_OUT_OF_RANGE, MODEL, "there are more than 200,000 prices");
}

static gboolean company_prices_load(Loading *loading)
{
    static const TableFormat format = {"prices.csv", columns, COLUMN_COUNT, "note", take_row};
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    CompanyPrices prices = {loading, known};
    return table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint,
               &prices) != TABLE_UNUSABLE;
}

gboolean prices_load(Loading *loading)
{
    gboolean usable = company_prices_load(loading);
    prices_add_built_in(loading->setup->hidden->prices);
    usable &= price_file_load(loading, "model_prices_and_context_window.json", litellm_read);
    usable &= price_file_load(loading, "api.json", models_dev_read);
    price_table_seal(loading->setup->hidden->prices);
    return usable;
}
