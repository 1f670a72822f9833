/* Merging two streams of entries, record by record. */
#include "merge.h"

#include <string.h>

/* One of the two streams: the record that is being merged, and the entry after it. */
typedef struct Side {
    TmEntrySource next;
    gpointer user;
    GArray *record; /* TmEntry: all parts of one key */
    TmEntry ahead;
    gboolean has_ahead;
} Side;

struct TmMerger {
    Side old, new;
    GArray *joined; /* TmEntry: copies of one record on both sides */
};

TmMerger *tm_merger_new(void)
{
    TmMerger *merger = g_new0(TmMerger, 1);
    merger->old.record = g_array_new(FALSE, FALSE, sizeof(TmEntry));
    merger->new.record = g_array_new(FALSE, FALSE, sizeof(TmEntry));
    merger->joined = g_array_new(FALSE, FALSE, sizeof(TmEntry));
    return merger;
}

void tm_merger_free(TmMerger *merger)
{
    if (merger == NULL)
        return;
    g_array_unref(merger->old.record);
    g_array_unref(merger->new.record);
    g_array_unref(merger->joined);
    g_free(merger);
}

static void begin_side(Side *side, TmEntrySource next, gpointer user)
{
    side->next = next;
    side->user = user;
    side->has_ahead = next(user, &side->ahead);
}

/*
 * Takes all parts of the next key. All get the count and copies of the part that has the most:
 * these belong to the record, not to a part.
 */
static void take_record(Side *side)
{
    guint64 key = side->ahead.key;
    guint32 count = 0, copies = 0;
    g_array_set_size(side->record, 0);
    for (; side->has_ahead && side->ahead.key == key;
         side->has_ahead = side->next(side->user, &side->ahead)) {
        g_array_append_val(side->record, side->ahead);
        count = MAX(count, side->ahead.count);
        copies = MAX(copies, side->ahead.copies);
    }
    for (guint part = 0; part < side->record->len; part++) {
        TmEntry *entry = &g_array_index(side->record, TmEntry, part);
        entry->count = count;
        entry->copies = copies;
    }
}

static const TmEntry *first_part(const GArray *record)
{
    return &g_array_index(record, TmEntry, 0);
}

static void set_count(GArray *record, guint32 count)
{
    for (guint part = 0; part < record->len; part++)
        g_array_index(record, TmEntry, part).count = count;
}

/* TRUE if both say the same, whatever export they come from. */
static gboolean says_the_same(const GArray *a, const GArray *b)
{
    if (a->len != b->len)
        return FALSE;
    for (guint part = 0; part < a->len; part++) {
        const TmEntry *one = &g_array_index(a, TmEntry, part);
        const TmEntry *other = &g_array_index(b, TmEntry, part);
        TmMeasures of_one = tm_entry_counted(one), of_other = tm_entry_counted(other);
        if (one->part != other->part || one->day != other->day || one->minute != other->minute ||
            one->surface != other->surface || one->task != other->task ||
            one->model != other->model || one->label != other->label ||
            one->running != other->running || one->count != other->count ||
            memcmp(one->session, other->session, sizeof one->session) != 0 ||
            memcmp(&of_one, &of_other, sizeof of_one) != 0)
            return FALSE;
    }
    return TRUE;
}

static gboolean read_old(gpointer reader, TmEntry *entry)
{
    return tm_entry_read(reader, entry);
}

typedef struct Output {
    TmEntryWriter writer;
    TmTotals *totals;
} Output;

static void put_record(Output *output, const GArray *record)
{
    for (guint part = 0; part < record->len; part++) {
        const TmEntry *entry = &g_array_index(record, TmEntry, part);
        tm_entry_write(&output->writer, entry);
        tm_totals_add(output->totals, entry);
    }
}

/* Both sides have the key. Gives the record that stays. */
static const GArray *choose(GArray *old, GArray *new, TmMergeCounts *counts)
{
    guint32 old_count = first_part(old)->count;
    guint32 count = MAX(old_count, first_part(new)->count);
    set_count(new, count);
    if (tm_export_compare(&first_part(new)->exported, &first_part(old)->exported) <= 0) {
        set_count(old, count);
        *(count > old_count ? &counts->replaced : &counts->unchanged) += 1;
        return old;
    }
    *(says_the_same(old, new) ? &counts->unchanged : &counts->replaced) += 1;
    return new;
}

/* Both sides have the key, and records are copied between files: all parts, equal ones joined. */
static const GArray *join(
    GArray *joined, const GArray *old, const GArray *new, TmMergeCounts *counts)
{
    guint from_old = 0, from_new = 0;
    g_array_set_size(joined, 0);
    while (from_old < old->len || from_new < new->len) {
        const TmEntry *a = from_old < old->len ? &g_array_index(old, TmEntry, from_old) : NULL;
        const TmEntry *b = from_new < new->len ? &g_array_index(new, TmEntry, from_new) : NULL;
        gboolean take_old = a != NULL && (b == NULL || a->part <= b->part);
        gboolean take_new = b != NULL && (a == NULL || b->part <= a->part);
        TmEntry entry = take_old ? *a : *b;
        if (take_old && take_new)
            tm_entry_join(&entry, b);
        g_array_append_val(joined, entry);
        from_old += take_old ? 1 : 0;
        from_new += take_new ? 1 : 0;
    }
    *(says_the_same(old, joined) ? &counts->unchanged : &counts->replaced) += 1;
    return joined;
}

gboolean tm_merge_entries(TmMerger *merger, TmMerging merging, const guint8 *old_bytes,
    gsize old_length, TmEntrySource next, gpointer user, GByteArray *out, TmTotals *totals,
    TmMergeCounts *counts)
{
    Side *old = &merger->old, *new = &merger->new;
    Output output = {.totals = totals};
    TmEntryReader reader;
    tm_entry_writer_begin(&output.writer, out);
    tm_totals_clear(totals);
    memset(counts, 0, sizeof *counts);
    tm_entry_reader_begin(&reader, old_bytes, old_length);
    begin_side(old, read_old, &reader);
    begin_side(new, next, user);
    while ((old->has_ahead || new->has_ahead) && out->len <= TM_ENTRIES_LONGEST) {
        gboolean from_old = old->has_ahead && (!new->has_ahead || old->ahead.key <= new->ahead.key);
        gboolean from_new = new->has_ahead && (!old->has_ahead || new->ahead.key <= old->ahead.key);
        if (from_old)
            take_record(old);
        if (from_new) {
            take_record(new);
            for (guint part = 0; part < new->record->len; part++)
                counts->days |= (guint8)(1u << g_array_index(new->record, TmEntry, part).day);
        }
        if (from_old && from_new) {
            put_record(&output, merging == TM_MERGE_COPIES
                                    ? join(merger->joined, old->record, new->record, counts)
                                    : choose(old->record, new->record, counts));
        } else {
            put_record(&output, from_old ? old->record : new->record);
            counts->added += from_new ? 1 : 0;
        }
    }
    return !reader.broken && out->len <= TM_ENTRIES_LONGEST;
}
