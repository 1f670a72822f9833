/*
 * api.json of models.dev: one object with a member a provider, in it "models" with a member a
 * model, prices in dollars per million tokens.
 */
#include "prices.h"

#define PLACES 6
#define OVER_200K 200000

static const struct {
    const char *field;
    guint rate;
} fields[] = {
    {"input", RATE_INPUT},
    {"output", RATE_OUTPUT},
    {"cache_write", RATE_CACHE_WRITE},
    {"cache_read", RATE_CACHE_READ},
};

/* Of several offers of one model, those of its maker count. */
static const char *const makers[] = {"anthropic", "openai", "google"};

/* Takes the current member if it is a price. */
static gboolean read_rate(PriceFile *file, gint64 *rates)
{
    TmCell key = price_file_key(file);
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (tm_cell_equals(key, fields[i].field))
            return price_file_rate(file, PLACES, MOST_RATE, &rates[fields[i].rate]);
    }
    return TRUE;
}

/* Adds what a band says to the row; what was said before stays. */
static gboolean add_band(PriceFile *file, PriceRow *row, gint64 over, const gint64 *rates)
{
    PriceBand *band = price_file_band(file, row, over);
    for (guint i = 0; band != NULL && i < RATE_COUNT; i++)
        band->rates[i] = band->rates[i] == RATE_NONE ? rates[i] : band->rates[i];
    return band != NULL;
}

static gboolean read_simple_band(PriceFile *file, PriceRow *row, gint64 over)
{
    PriceBand band = price_row(TM_PRICE_MODELS_DEV).bands[0];
    gboolean sound = TRUE;
    if (!price_file_enter(file))
        return TRUE;
    while (tm_json_record_next(file->record))
        sound &= read_rate(file, band.rates);
    return sound && add_band(file, row, over, band.rates);
}

/* "tier": what the band depends on. RATE_NONE if it is not the context. */
static gboolean read_condition(PriceFile *file, gint64 *over)
{
    gboolean sound = TRUE, is_context = FALSE;
    *over = RATE_NONE;
    if (!price_file_enter(file))
        return TRUE;
    while (tm_json_record_next(file->record)) {
        TmCell key = price_file_key(file);
        if (tm_cell_equals(key, "size"))
            sound &= price_file_rate(file, 0, G_MAXINT32, over);
        else if (tm_cell_equals(key, "type")) {
            TmJsonValue value;
            tm_json_record_value(file->record, &value);
            is_context = value.kind == TM_JSON_STRING &&
                         tm_cell_equals((TmCell){value.text, value.length}, "context");
        }
    }
    if (!is_context)
        *over = RATE_NONE;
    return sound;
}

static gboolean read_tier(PriceFile *file, PriceRow *row)
{
    PriceBand band = price_row(TM_PRICE_MODELS_DEV).bands[0];
    gboolean sound = TRUE;
    gint64 over = RATE_NONE;
    if (!price_file_enter(file))
        return TRUE;
    while (tm_json_record_next(file->record)) {
        if (tm_cell_equals(price_file_key(file), "tier"))
            sound &= read_condition(file, &over);
        else
            sound &= read_rate(file, band.rates);
    }
    return sound && (over == RATE_NONE || add_band(file, row, over, band.rates));
}

static gboolean read_tiers(PriceFile *file, PriceRow *row)
{
    TmJsonValue value;
    gboolean sound = TRUE;
    tm_json_record_value(file->record, &value);
    if (value.kind != TM_JSON_ARRAY || !tm_json_record_enter(file->record))
        return TRUE;
    while (tm_json_record_next(file->record))
        sound &= read_tier(file, row);
    return sound;
}

static gboolean read_cost(PriceFile *file, PriceRow *row)
{
    gboolean sound = TRUE;
    if (!price_file_enter(file))
        return TRUE;
    while (tm_json_record_next(file->record)) {
        TmCell key = price_file_key(file);
        if (tm_cell_equals(key, "tiers"))
            sound &= read_tiers(file, row);
        else if (tm_cell_equals(key, "context_over_200k"))
            sound &= read_simple_band(file, row, OVER_200K);
        else
            sound &= read_rate(file, row->bands[0].rates);
    }
    return sound;
}

static void read_models(PriceFile *file, guint rank)
{
    if (!price_file_enter(file))
        return;
    while (tm_json_record_next(file->record)) {
        TmCell model = price_file_key(file);
        PriceRow row = price_row(TM_PRICE_MODELS_DEV);
        gboolean sound = TRUE;
        row.rank = rank;
        if (!price_file_enter(file))
            continue;
        while (tm_json_record_next(file->record)) {
            if (tm_cell_equals(price_file_key(file), "cost"))
                sound &= read_cost(file, &row);
        }
        if (sound)
            price_file_add(file, &row, model);
    }
}

void models_dev_read(PriceFile *file)
{
    while (tm_json_record_next(file->record)) {
        TmCell provider = price_file_key(file);
        guint rank = 1;
        for (gsize i = 0; i < G_N_ELEMENTS(makers); i++)
            rank = tm_cell_equals(provider, makers[i]) ? 0 : rank;
        if (!price_file_enter(file))
            continue;
        while (tm_json_record_next(file->record)) {
            if (tm_cell_equals(price_file_key(file), "models"))
                read_models(file, rank);
        }
    }
}
