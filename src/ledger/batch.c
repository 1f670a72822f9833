/*
 * The sink for one file: whose record, which local day and minute, then into the sorter. Nothing
 * here touches the store, so that a file is read and grouped in a thread of its own.
 */
#include "batch.h"

#include <string.h>

#define MOST_COVERED_DAYS 3660

TmBatch *tm_batch_new(const TmLedgerKey *key, const TmSetup *setup)
{
    TmBatch *batch = g_new0(TmBatch, 1);
    batch->setup = setup;
    batch->buffer_bytes = TM_BATCH_BUFFER;
    tm_account_table_init(&batch->accounts);
    tm_names_init(&batch->names);
    batch->resolver = tm_resolver_new(key, setup, &batch->accounts);
    batch->sources = g_new0(TmBatchSource, tm_source_count);
    batch->seats = g_array_new(FALSE, FALSE, sizeof(TmBatchSeat));
    batch->unpriced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return batch;
}

void tm_batch_free(TmBatch *batch)
{
    if (batch == NULL)
        return;
    tm_entry_runs_free(batch->runs);
    tm_resolver_free(batch->resolver);
    tm_account_table_clear(&batch->accounts);
    tm_names_clear(&batch->names);
    for (guint source = 0; source < tm_source_count; source++) {
        g_clear_pointer(&batch->sources[source].stated, g_hash_table_unref);
        g_clear_pointer(&batch->sources[source].accounts, g_hash_table_unref);
    }
    g_free(batch->sources);
    g_array_unref(batch->seats);
    g_hash_table_unref(batch->unpriced);
    g_free(batch);
}

void tm_batch_set_buffer(TmBatch *batch, gsize bytes)
{
    g_assert(batch->runs == NULL);
    batch->buffer_bytes = bytes;
}

static void begin(gpointer user, const TmFormat *format)
{
    TmBatch *batch = user;
    g_assert(batch->source == NULL);
    batch->source = format->source;
    batch->runs = tm_entry_runs_new(&batch->accounts, batch->buffer_bytes);
}

/* ---- Coverage ---------------------------------------------------------------------------- */

static TmBatchSource *meet(TmBatch *batch, const TmSource *source)
{
    TmBatchSource *met = &batch->sources[source - tm_sources];
    if (met->met)
        return met;
    met->met = TRUE;
    met->first = met->last = TM_DAY_NONE;
    met->stated = g_hash_table_new(NULL, NULL);
    if (source->trait == TM_TRAIT_PERSONAL)
        met->accounts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    return met;
}

static void widen(TmDay *first, TmDay *last, TmDay day)
{
    *first = *first == TM_DAY_NONE ? day : MIN(*first, day);
    *last = *last == TM_DAY_NONE ? day : MAX(*last, day);
}

static void note_day(TmBatch *batch, const TmSource *source, guint32 account, TmDay day)
{
    TmBatchSource *met = meet(batch, source);
    widen(&met->first, &met->last, day);
    if (met->accounts == NULL)
        return;
    TmDaySpan *span = g_hash_table_lookup(met->accounts, GUINT_TO_POINTER(account));
    if (span == NULL) {
        span = g_new(TmDaySpan, 1);
        *span = (TmDaySpan){TM_DAY_NONE, TM_DAY_NONE};
        g_hash_table_insert(met->accounts, GUINT_TO_POINTER(account), span);
    }
    widen(&span->first, &span->last, day);
}

guint8 tm_days_within(TmWeek week, TmDay first, TmDay last)
{
    TmDay monday = tm_week_monday(week);
    guint8 days = 0;
    for (int day = 0; day < 7; day++)
        if (monday + day >= first && monday + day <= last)
            days |= (guint8)(1u << day);
    return days;
}

static guint8 stated_days(const TmBatchSource *source, TmWeek week)
{
    return (guint8)GPOINTER_TO_UINT(g_hash_table_lookup(source->stated, GINT_TO_POINTER(week)));
}

/* A span with an open end, or of many years, states nothing that could be believed. */
static void covered(gpointer user, const TmSource *source, TmDaySpan days)
{
    TmBatch *batch = user;
    if (days.first == TM_DAY_NONE || days.last == TM_DAY_FOREVER || days.first > days.last ||
        (gint64)days.last - days.first > MOST_COVERED_DAYS)
        return;
    TmBatchSource *met = meet(batch, source);
    for (TmWeek week = tm_week_of_day(days.first); week <= tm_week_of_day(days.last); week++) {
        guint8 stated = stated_days(met, week) | tm_days_within(week, days.first, days.last);
        g_hash_table_insert(met->stated, GINT_TO_POINTER(week), GUINT_TO_POINTER(stated));
    }
}

guint8 tm_batch_covered(const TmBatchSource *source, TmWeek week)
{
    guint8 between =
        source->first == TM_DAY_NONE ? 0 : tm_days_within(week, source->first, source->last);
    return between | stated_days(source, week);
}

/* ---- Records ----------------------------------------------------------------------------- */

#define LONGEST_MODEL 60
#define MOST_UNPRICED 100 /* names that are kept for a message */

/* A name that is written like a model's may be printed; another one could be anything. */
static char *printable_model(const TmRecord *record)
{
    gboolean printable = record->model_length > 0 && record->model_length <= LONGEST_MODEL;
    for (gsize i = 0; printable && i < record->model_length; i++)
        printable = g_ascii_isalnum(record->model[i]) ||
                    (record->model[i] != '\0' && strchr("-._:/ ", record->model[i]) != NULL);
    return printable ? g_ascii_strdown(record->model, (gssize)record->model_length)
                     : g_strdup(record->model_length == 0 ? "no name" : "a name of another form");
}

static void note_unpriced(TmBatch *batch, const TmRecord *record)
{
    char *model = printable_model(record);
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(batch->unpriced, model));
    if (count > 0 || g_hash_table_size(batch->unpriced) < MOST_UNPRICED)
        g_hash_table_insert(batch->unpriced, model, GUINT_TO_POINTER(count + 1));
    else
        g_free(model);
}

/*
 * Tokens without an amount are worth their list price, in the organisation's currency. What has no
 * price is not measured.
 */
static void price(TmBatch *batch, TmToolIndex tool, const TmRecord *record, TmMeasures *measures)
{
    static const guint32 tokens = TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS) |
                                  TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS) |
                                  TM_MEASURE_BIT(TM_MEASURE_CACHE_WRITE_TOKENS) |
                                  TM_MEASURE_BIT(TM_MEASURE_CACHE_READ_TOKENS);
    const TmPricing *pricing = &record->pricing;
    TmPriceOrigin origin;
    gint64 micros;
    if (!pricing->wanted || (measures->present & tokens) == 0)
        return;
    const TmTokenUse use = {.input = measures->value[TM_MEASURE_INPUT_TOKENS],
        .cache_write = measures->value[TM_MEASURE_CACHE_WRITE_TOKENS],
        .cache_write_1h =
            pricing->long_cache_known ? pricing->long_cache_writes : TM_TOKENS_UNKNOWN,
        .cache_read = measures->value[TM_MEASURE_CACHE_READ_TOKENS],
        .output = measures->value[TM_MEASURE_OUTPUT_TOKENS]};
    if (record->model == NULL ||
        !tm_setup_price(batch->setup, tool, record->model, record->model_length, record->day, &use,
            pricing->request, pricing->fast, &micros, &origin)) {
        note_unpriced(batch, record);
        return;
    }
    if (!g_str_equal(origin.currency, batch->setup->settings.currency))
        return;
    measures->value[TM_MEASURE_LIST_VALUE] = micros;
    measures->present |= TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    measures->estimated |= TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
}

static void record(gpointer user, const TmRecord *record)
{
    TmBatch *batch = user;
    const TmSource *source = record->source != NULL ? record->source : batch->source;
    TmPersonIndex person;
    guint32 account = tm_resolver_account(batch->resolver, source->tool, record, &person);
    int minute = TM_MINUTE_NONE;
    TmDay day = record->instant == TM_INSTANT_NONE
                    ? record->day
                    : tm_setup_local_day(batch->setup, person, record->instant, &minute);
    TmEntry entry = tm_entry_of_record(record, day, minute);
    entry.model = tm_names_add(&batch->names, record->model, record->model_length);
    entry.label = tm_names_add(&batch->names, record->label, record->label_length);
    price(batch, source->tool, record, &entry.measures);
    note_day(batch, source, account, record->day);
    TmLedgerCell cell = {account, tm_week_of_day(day), (guint)(source - tm_sources)};
    tm_entry_runs_add(batch->runs, &cell, &entry);
}

static void seat(gpointer user, const TmSeat *seat)
{
    TmBatch *batch = user;
    TmPersonIndex person;
    const TmSource *source = seat->source != NULL ? seat->source : batch->source;
    TmRecord holder = {.day = seat->listed, .identities = seat->identities};
    memcpy(holder.identity, seat->identity, sizeof holder.identity);
    TmBatchSeat row = {
        .source = (guint)(source - tm_sources),
        .account = tm_resolver_account(batch->resolver, source->tool, &holder, &person),
        .listed = seat->listed,
        .created = seat->created,
        .ends = seat->ends,
        .plan = tm_names_add(&batch->names, seat->plan, seat->plan_length),
    };
    g_array_append_val(batch->seats, row);
}

TmIntakeSink tm_batch_sink(TmBatch *batch)
{
    return (TmIntakeSink){
        .begin = begin, .record = record, .covered = covered, .seat = seat, .user = batch};
}

void tm_batch_finish(TmBatch *batch)
{
    if (!batch->finished && batch->runs != NULL)
        tm_entry_runs_finish(batch->runs);
    g_clear_pointer(&batch->resolver, tm_resolver_free); /* its cache is large */
    batch->finished = TRUE;
}

void tm_batch_report_unpriced(const TmBatch *batch, const char *path, TmDiagnostics *diagnostics)
{
    g_autoptr(GList) models =
        g_list_sort(g_hash_table_get_keys(batch->unpriced), (GCompareFunc)strcmp);
    for (const GList *model = models; model != NULL; model = model->next) {
        const TmPlace place = {.file = path};
        tm_diagnostics_report(diagnostics, TM_KIND_UNKNOWN_MODEL, &place,
            "%s: no list price; the value of %u records is not measured", (const char *)model->data,
            GPOINTER_TO_UINT(g_hash_table_lookup(batch->unpriced, model->data)));
    }
}
