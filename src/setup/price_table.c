/*
 * One hash table from the folded name to the first of its rows, which stand side by side, the best
 * one first; patterns stand before all others, the longest one first.
 */
#include "price_table.h"

#include <string.h>

struct PriceTable {
    GPtrArray *rows; /* PriceRow */
    GStringChunk *texts;
    GHashTable *models; /* ModelKey in a row -> index + 1 */
    guint prefix_count;
    TmPriceSource best_source;
};

/* ---- Rows -------------------------------------------------------------------------------- */

/* What cache tokens usually cost with a maker, in percent of the input price. */
static const struct Maker {
    const char *prefix;
    gint64 write, write_1h, read; /* write_1h 0: the same as write */
} makers[] = {
    {"claude", 125, 200, 10},
    {"gpt-", 100, 0, 10},
    {"chatgpt-", 100, 0, 10},
    {"codex-", 100, 0, 10},
    {"o1", 100, 0, 10},
    {"o3", 100, 0, 10},
    {"o4", 100, 0, 10},
};

static const struct Maker *find_maker(const char *folded, gsize length)
{
    for (gsize i = 0; i < G_N_ELEMENTS(makers); i++) {
        gsize size = strlen(makers[i].prefix);
        if (length >= size && memcmp(folded, makers[i].prefix, size) == 0)
            return &makers[i];
    }
    return NULL;
}

gboolean model_is_claude(const char *folded, gsize length)
{
    return find_maker(folded, length) == &makers[0];
}

static PriceBand empty_band(gint64 over)
{
    PriceBand band = {.over = over};
    for (guint i = 0; i < RATE_COUNT; i++)
        band.rates[i] = RATE_NONE;
    return band;
}

PriceRow price_row(TmPriceSource source)
{
    return (PriceRow){
        .source = source,
        .tool = TM_TOOL_LIMIT,
        .first = TM_DAY_NONE,
        .last = TM_DAY_FOREVER,
        .currency = "USD",
        .band_count = 1,
        .bands = {empty_band(-1)},
    };
}

PriceBand *price_row_band(PriceRow *row, gint64 over)
{
    guint at = row->band_count;
    while (at > 0 && row->bands[at - 1].over >= over)
        at--;
    if (at < row->band_count && row->bands[at].over == over)
        return &row->bands[at];
    if (row->band_count == MOST_BANDS)
        return NULL;
    memmove(&row->bands[at + 1], &row->bands[at], (row->band_count - at) * sizeof row->bands[0]);
    row->bands[at] = empty_band(over);
    row->band_count++;
    return &row->bands[at];
}

static void set_default(gint64 *rate, gint64 input, gint64 percent)
{
    if (*rate == RATE_NONE)
        *rate = tm_scale_half_even(input, percent, 100);
}

static void complete_base(gint64 *rates, const struct Maker *maker)
{
    gint64 input = rates[RATE_INPUT];
    if (maker != NULL) {
        set_default(&rates[RATE_CACHE_WRITE], input, maker->write);
        set_default(&rates[RATE_CACHE_READ], input, maker->read);
        if (maker->write_1h > 0)
            set_default(&rates[RATE_CACHE_WRITE_1H], input, maker->write_1h);
    }
    if (rates[RATE_CACHE_WRITE_1H] == RATE_NONE)
        rates[RATE_CACHE_WRITE_1H] = rates[RATE_CACHE_WRITE];
}

/* What a band does not say: cache prices keep their ratio to the input price, others stay. */
static void complete_band(gint64 *rates, const gint64 *base)
{
    for (guint i = 0; i < RATE_COUNT; i++) {
        if (rates[i] != RATE_NONE)
            continue;
        gboolean follows =
            i != RATE_INPUT && i != RATE_OUTPUT && base[i] != RATE_NONE && base[RATE_INPUT] > 0;
        rates[i] = follows ? MIN(tm_scale_half_even(base[i], rates[RATE_INPUT], base[RATE_INPUT]),
                                 MOST_RATE)
                           : base[i];
    }
}

/* ---- The table --------------------------------------------------------------------------- */

/* Eight bytes at a time: it runs for each record of each export. */
static guint hash_model(gconstpointer pointer)
{
    const guint64 factor = G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    const ModelKey *key = pointer;
    const char *at = key->text;
    guint64 hash = key->length, word;
    gsize left = key->length;
    for (; left >= sizeof word; left -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = (hash ^ word) * factor;
        hash ^= hash >> 32;
    }
    word = 0;
    memcpy(&word, at, left);
    hash = (hash ^ word) * factor;
    return (guint)(hash >> 32);
}

static gboolean equal_models(gconstpointer left, gconstpointer right)
{
    const ModelKey *a = left, *b = right;
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

PriceTable *price_table_new(void)
{
    PriceTable *table = g_new0(PriceTable, 1);
    table->rows = g_ptr_array_new_with_free_func(g_free);
    table->texts = g_string_chunk_new(4096);
    table->models = g_hash_table_new(hash_model, equal_models);
    return table;
}

void price_table_free(PriceTable *table)
{
    g_hash_table_unref(table->models);
    g_ptr_array_unref(table->rows);
    g_string_chunk_free(table->texts);
    g_free(table);
}

gboolean price_table_add(PriceTable *table, const PriceRow *row, const char *folded, gsize length)
{
    if (table->rows->len == MOST_PRICES)
        return FALSE;
    PriceRow *copy = g_memdup2(row, sizeof *row);
    copy->model.text = g_string_chunk_insert_len(table->texts, folded, (gssize)length);
    copy->model.length = length;
    copy->currency = g_string_chunk_insert_const(table->texts, row->currency);
    complete_base(copy->bands[0].rates, find_maker(folded, length));
    for (guint i = 1; i < copy->band_count; i++)
        complete_band(copy->bands[i].rates, copy->bands[0].rates);
    g_ptr_array_add(table->rows, copy);
    return TRUE;
}

static int compare(gint64 a, gint64 b)
{
    return (a > b) - (a < b);
}

static int compare_models(const PriceRow *a, const PriceRow *b)
{
    int order = compare(!a->is_prefix, !b->is_prefix);
    order = order != 0 ? order : -compare((gint64)a->model.length, (gint64)b->model.length);
    return order != 0 ? order : memcmp(a->model.text, b->model.text, a->model.length);
}

/* Of rows for one model: the preferred list, then a row for a tool, then the newest price. */
static int compare_rows(gconstpointer left, gconstpointer right)
{
    const PriceRow *a = *(PriceRow *const *)left, *b = *(PriceRow *const *)right;
    int order = compare_models(a, b);
    order = order != 0 ? order : compare(a->source, b->source);
    order = order != 0 ? order : compare(a->rank, b->rank);
    order = order != 0 ? order : compare(a->tool == TM_TOOL_LIMIT, b->tool == TM_TOOL_LIMIT);
    return order != 0 ? order : -compare(a->first, b->first);
}

void price_table_seal(PriceTable *table)
{
    g_ptr_array_sort(table->rows, compare_rows);
    table->best_source = TM_PRICE_SOURCE_COUNT;
    for (guint i = 0; i < table->rows->len; i++) {
        PriceRow *row = g_ptr_array_index(table->rows, i);
        table->best_source = MIN(table->best_source, row->source);
        if (row->is_prefix)
            table->prefix_count = i + 1;
        else if (!g_hash_table_contains(table->models, &row->model))
            g_hash_table_insert(table->models, &row->model, GUINT_TO_POINTER(i + 1));
    }
}

/* ---- Searching --------------------------------------------------------------------------- */

static gboolean row_holds(const PriceRow *row, const PriceQuery *query)
{
    return row->source >= query->from && query->day >= row->first && query->day <= row->last &&
           (row->tool == TM_TOOL_LIMIT || row->tool == query->tool);
}

/* The best row for exactly this name. */
static const PriceRow *find_exact(
    const PriceTable *table, const PriceQuery *query, const ModelForm *form)
{
    ModelKey key = {form->text, form->length};
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(table->models, &key));
    for (guint i = at; at > 0 && i <= table->rows->len; i++) {
        const PriceRow *row = g_ptr_array_index(table->rows, i - 1);
        if (i > at && !equal_models(&row->model, &key))
            break;
        if (row_holds(row, query))
            return row;
    }
    return NULL;
}

/* The longest pattern. */
static const PriceRow *find_prefix(const PriceTable *table, const PriceQuery *query)
{
    const ModelForm *whole = &query->model->whole;
    for (guint i = 0; i < table->prefix_count; i++) {
        const PriceRow *row = g_ptr_array_index(table->rows, i);
        if (row->model.length <= whole->length &&
            memcmp(row->model.text, whole->text, row->model.length) == 0 && row_holds(row, query))
            return row;
    }
    return NULL;
}

const PriceRow *price_table_find(const PriceTable *table, const PriceQuery *query, gboolean *fast)
{
    const PriceRow *best = NULL;
    gsize matched = 0; /* bytes of the name that the best row names */
    for (guint i = 0; i < query->model->count; i++) {
        const ModelForm *form = &query->model->forms[i];
        const PriceRow *row = find_exact(table, query, form);
        if (row == NULL || (best != NULL && row->source >= best->source))
            continue;
        best = row;
        matched = form->length;
        *fast = form->fast;
        if (best->source == table->best_source)
            break;
    }
    const PriceRow *prefix = find_prefix(table, query);
    if (prefix == NULL ||
        (best != NULL && (best->source < prefix->source ||
                             (best->source == prefix->source && matched >= prefix->model.length))))
        return best;
    *fast = query->model->whole.fast;
    return prefix;
}
