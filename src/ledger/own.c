/*
 * One person's records without a ledger: the rules of settling, for `contribute`.
 *
 * An entry forgets how its record is priced and what the model is called. That stands in a detail,
 * whose number takes the place of the entry's label, and so follows the values that win.
 */
#include "settle.h"

#include <stdlib.h>
#include <string.h>

#define FEWEST_TO_JOIN 4096 /* entries of a source; fewer are joined at the end only */

typedef struct Detail {
    const char *model; /* in the names; NULL: none */
    TmPricing pricing;
} Detail;

struct TmOwnRecords {
    GTimeZone *zone;
    GArray **entries; /* [tm_source_count] of TmSettledEntry; NULL: none */
    guint *joined;    /* [tm_source_count] entries that the last join left */
    GArray *details;  /* Detail; an entry's label is the index and 1 */
    GStringChunk *names;
    guint64 files;
};

TmOwnRecords *tm_own_records_new(GTimeZone *zone)
{
    TmOwnRecords *own = g_new0(TmOwnRecords, 1);
    own->zone = zone;
    own->entries = g_new0(GArray *, tm_source_count);
    own->joined = g_new0(guint, tm_source_count);
    own->details = g_array_new(FALSE, FALSE, sizeof(Detail));
    own->names = g_string_chunk_new(1024);
    return own;
}

void tm_own_records_free(TmOwnRecords *own)
{
    if (own == NULL)
        return;
    for (guint source = 0; source < tm_source_count; source++)
        g_clear_pointer(&own->entries[source], g_array_unref);
    g_free(own->entries);
    g_free(own->joined);
    g_array_unref(own->details);
    g_string_chunk_free(own->names);
    g_free(own);
}

/* ---- Adding ------------------------------------------------------------------------------ */

static GArray *entries_of(TmOwnRecords *own, guint source)
{
    if (own->entries[source] == NULL)
        own->entries[source] = g_array_new(FALSE, FALSE, sizeof(TmSettledEntry));
    return own->entries[source];
}

/* 0 as an entry's label is no detail. */
static guint32 add_detail(TmOwnRecords *own, const char *model, const TmPricing *pricing)
{
    const Detail detail = {
        model != NULL ? g_string_chunk_insert_const(own->names, model) : NULL, *pricing};
    g_array_append_val(own->details, detail);
    return own->details->len;
}

void tm_own_records_add(TmOwnRecords *own, const TmSource *source, const TmRecord *record)
{
    int minute = TM_MINUTE_NONE;
    TmDay day = record->instant == TM_INSTANT_NONE
                    ? record->day
                    : tm_zone_local_day(own->zone, record->instant, &minute);
    g_autofree char *model =
        record->model != NULL ? g_strndup(record->model, record->model_length) : NULL;
    TmSettledEntry row = {
        .week = tm_week_of_day(day), .entry = tm_entry_of_record(record, day, minute)};
    row.entry.label = add_detail(own, model, &record->pricing);
    g_array_append_val(entries_of(own, (guint)(source - tm_sources)), row);
}

/* Copies are joined whenever they may have become half of all. */
static void join_some(TmOwnRecords *own, guint source)
{
    GArray *entries = own->entries[source];
    if (tm_sources[source].merging != TM_MERGE_COPIES || entries->len < FEWEST_TO_JOIN ||
        entries->len / 2 < own->joined[source])
        return;
    tm_settle_join_equal(entries);
    own->joined[source] = entries->len;
}

void tm_own_records_take(TmOwnRecords *own, TmOwnRecords *file, gint64 exported)
{
    const TmExport export = {exported, own->files++};
    for (guint source = 0; source < tm_source_count; source++) {
        GArray *entries = file->entries[source];
        if (entries == NULL)
            continue;
        if (tm_sources[source].merging == TM_MERGE_COPIES)
            tm_settle_join_equal(entries);
        for (guint i = 0; i < entries->len; i++) {
            TmSettledEntry *row = &g_array_index(entries, TmSettledEntry, i);
            const Detail *detail = &g_array_index(file->details, Detail, row->entry.label - 1);
            row->entry.label = add_detail(own, detail->model, &detail->pricing);
            row->entry.exported = export;
        }
        g_array_append_vals(entries_of(own, source), entries->data, entries->len);
        join_some(own, source);
    }
    tm_own_records_free(file);
}

/* ---- Records that are not copied between files -------------------------------------------- */

/* By key, export and part; details stand in the order in which records were read. */
static int compare_by_export(const void *first, const void *second)
{
    const TmEntry *a = &((const TmSettledEntry *)first)->entry;
    const TmEntry *b = &((const TmSettledEntry *)second)->entry;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    int order = tm_export_compare(&a->exported, &b->exported);
    order = order != 0 ? order : tm_entry_compare(a, b);
    return order != 0 ? order : a->label < b->label ? -1 : a->label > b->label;
}

/* How many entries from `at` on have its key and export. */
static guint length_of_record(const GArray *entries, guint at)
{
    const TmEntry *first = &g_array_index(entries, TmSettledEntry, at).entry;
    guint end = at + 1;
    for (; end < entries->len; end++) {
        const TmEntry *next = &g_array_index(entries, TmSettledEntry, end).entry;
        if (next->key != first->key || tm_export_compare(&next->exported, &first->exported) != 0)
            break;
    }
    return end - at;
}

/* Of equal parts of a record in one file the last counts. */
static guint drop_replaced(TmSettledEntry *rows, guint count)
{
    guint kept = 0;
    for (guint i = 0; i < count; i++)
        if (i + 1 == count || rows[i + 1].entry.part != rows[i].entry.part)
            rows[kept++] = rows[i];
    return kept;
}

/*
 * Of each key the file that counts: the latest export, or, where equal keys in one file are several
 * records, the one that has most of them.
 */
static void choose_exports(GArray *entries, TmMerging merging)
{
    guint kept = 0, length;
    if (entries->len > 0)
        qsort(entries->data, entries->len, sizeof(TmSettledEntry), compare_by_export);
    for (guint at = 0, best = 0, most = 0; at < entries->len; at += length) {
        TmSettledEntry *rows = &g_array_index(entries, TmSettledEntry, at);
        length = length_of_record(entries, at);
        if (merging == TM_MERGE_LATER || length >= most) {
            best = at;
            most = length;
        }
        if (at + length < entries->len && rows[length].entry.key == rows->entry.key)
            continue;
        TmSettledEntry *chosen = &g_array_index(entries, TmSettledEntry, best);
        if (merging == TM_MERGE_LATER)
            most = drop_replaced(chosen, most);
        memmove(&g_array_index(entries, TmSettledEntry, kept), chosen, most * sizeof *chosen);
        kept += most;
        most = 0;
    }
    g_array_set_size(entries, kept);
}

/* ---- Visiting ---------------------------------------------------------------------------- */

static void settle(GArray *entries, const TmSource *source)
{
    if (source->merging == TM_MERGE_COPIES) {
        tm_settle_join_equal(entries);
        tm_settle_join_unnamed(entries);
        tm_settle_difference(entries);
    } else {
        choose_exports(entries, source->merging);
    }
    tm_settle_sort_by_time(entries);
    tm_settle_time(entries, source);
    tm_settle_choose_sessions(entries);
}

static TmDay day_of(const TmSettledEntry *row)
{
    return tm_week_monday(row->week) + row->entry.day;
}

static int compare_by_day(const void *first, const void *second)
{
    const TmSettledEntry *a = first, *b = second;
    if (day_of(a) != day_of(b))
        return day_of(a) < day_of(b) ? -1 : 1;
    int order = tm_entry_compare(&a->entry, &b->entry);
    return order != 0 ? order : a->entry.label < b->entry.label ? -1 : 1;
}

static TmRecord record_of(
    const TmOwnRecords *own, const TmSource *source, const TmSettledEntry *row)
{
    const Detail *detail = &g_array_index(own->details, Detail, row->entry.label - 1);
    return (TmRecord){.source = source,
        .day = day_of(row),
        .instant = TM_INSTANT_NONE,
        .key = row->entry.key,
        .part = row->entry.part,
        .session = row->entry.session[0],
        .model = detail->model,
        .model_length = detail->model != NULL ? strlen(detail->model) : 0,
        .surface = (TmSurface)row->entry.surface,
        .task = (TmTask)row->entry.task,
        .pricing = detail->pricing,
        .measures = row->entry.measures};
}

void tm_own_records_foreach(TmOwnRecords *own, TmDaySpan days, TmOwnVisitor visit, gpointer user)
{
    for (guint source = 0; source < tm_source_count; source++) {
        GArray *entries = own->entries[source];
        if (entries == NULL || entries->len == 0)
            continue;
        settle(entries, &tm_sources[source]);
        qsort(entries->data, entries->len, sizeof(TmSettledEntry), compare_by_day);
        for (guint i = 0; i < entries->len; i++) {
            const TmSettledEntry *row = &g_array_index(entries, TmSettledEntry, i);
            if (day_of(row) < days.first || day_of(row) > days.last)
                continue;
            TmRecord record = record_of(own, &tm_sources[source], row);
            visit(user, &record);
        }
    }
}
