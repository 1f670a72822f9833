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
    batch->resolver = tm_resolver_new(key, setup, &batch->accounts);
    batch->first = batch->last = TM_DAY_NONE;
    batch->covered = g_hash_table_new(NULL, NULL);
    return batch;
}

void tm_batch_free(TmBatch *batch)
{
    if (batch == NULL)
        return;
    tm_entry_runs_free(batch->runs);
    tm_resolver_free(batch->resolver);
    tm_account_table_clear(&batch->accounts);
    g_hash_table_unref(batch->covered);
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
    batch->runs = tm_entry_runs_new(
        &batch->accounts, batch->buffer_bytes, batch->source->merging == TM_MERGE_TWINS);
}

static void note_day(TmBatch *batch, TmDay day)
{
    if (batch->first == TM_DAY_NONE || day < batch->first)
        batch->first = day;
    if (batch->last == TM_DAY_NONE || day > batch->last)
        batch->last = day;
}

static void record(gpointer user, const TmRecord *record)
{
    TmBatch *batch = user;
    TmPersonIndex person;
    TmToolIndex tool = batch->source->tool;
    guint32 account = tm_resolver_account(batch->resolver, tool, record, &person);
    int minute = TM_MINUTE_NONE;
    TmDay day = record->instant == TM_INSTANT_NONE
                    ? record->day
                    : tm_setup_local_day(batch->setup, person, record->instant, &minute);
    TmEntry entry = {
        .key = record->key,
        .part = record->part,
        .day = (guint8)tm_day_weekday(day),
        .surface = (guint8)record->surface,
        .minute = (gint16)minute,
        .count = 1,
        .copies = 1,
        .measures = record->measures,
    };
    entry.measures.estimated &= entry.measures.present;
    note_day(batch, record->day);
    tm_entry_runs_add(batch->runs, account, tm_week_of_day(day), &entry);
}

/* Bits of the days of a week that lie in a span. */
static guint8 days_within(TmWeek week, TmDay first, TmDay last)
{
    TmDay monday = tm_week_monday(week);
    guint8 days = 0;
    for (int day = 0; day < 7; day++)
        if (monday + day >= first && monday + day <= last)
            days |= (guint8)(1u << day);
    return days;
}

static guint8 stated_days(const TmBatch *batch, TmWeek week)
{
    return (guint8)GPOINTER_TO_UINT(g_hash_table_lookup(batch->covered, GINT_TO_POINTER(week)));
}

/* A span with an open end, or of many years, states nothing that could be believed. */
static void covered(gpointer user, const TmSource *source, TmDaySpan days)
{
    TmBatch *batch = user;
    (void)source;
    if (days.first == TM_DAY_NONE || days.last == TM_DAY_FOREVER || days.first > days.last ||
        (gint64)days.last - days.first > MOST_COVERED_DAYS)
        return;
    for (TmWeek week = tm_week_of_day(days.first); week <= tm_week_of_day(days.last); week++) {
        guint8 stated = stated_days(batch, week) | days_within(week, days.first, days.last);
        g_hash_table_insert(batch->covered, GINT_TO_POINTER(week), GUINT_TO_POINTER(stated));
    }
}

guint8 tm_batch_covered(const TmBatch *batch, TmWeek week)
{
    guint8 between = batch->first == TM_DAY_NONE ? 0 : days_within(week, batch->first, batch->last);
    return between | stated_days(batch, week);
}

TmIntakeSink tm_batch_sink(TmBatch *batch)
{
    return (TmIntakeSink){.begin = begin, .record = record, .covered = covered, .user = batch};
}

void tm_batch_finish(TmBatch *batch)
{
    if (!batch->finished && batch->runs != NULL)
        tm_entry_runs_finish(batch->runs);
    g_clear_pointer(&batch->resolver, tm_resolver_free); /* its cache is large */
    batch->finished = TRUE;
}
