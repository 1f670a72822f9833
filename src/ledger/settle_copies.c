/*
 * One account's entries of a source over all weeks: copies of one record become one
 * (tm_entry_join), running totals become increases from day to day.
 */
#include "settle.h"

#include <stdlib.h>
#include <string.h>

/* Minutes are compared over weeks: the day of an entry counts from the first week. */
static gint64 place_of(const TmSettledEntry *row)
{
    return ((gint64)row->week * 7 + row->entry.day) * (TM_MINUTES_IN_DAY + 1) + row->entry.minute;
}

static int compare_places(const TmSettledEntry *a, const TmSettledEntry *b)
{
    gint64 place_a = place_of(a), place_b = place_of(b);
    return place_a < place_b ? -1 : place_a > place_b;
}

/* Which copy's time counts: as tm_entry_join() has it, over weeks. */
static int compare_times(const TmSettledEntry *a, const TmSettledEntry *b)
{
    gboolean untimed_a = a->entry.minute == TM_MINUTE_NONE;
    gboolean untimed_b = b->entry.minute == TM_MINUTE_NONE;
    return untimed_a != untimed_b ? untimed_a - untimed_b : compare_places(a, b);
}

static int compare_by_key(const void *first, const void *second)
{
    const TmSettledEntry *a = first, *b = second;
    int order = tm_entry_compare(&a->entry, &b->entry);
    return order != 0 ? order : compare_times(a, b);
}

/* Joins `other`, whose time does not count before that of `row`. */
static void join_later(TmSettledEntry *row, const TmSettledEntry *other)
{
    TmEntry copy = other->entry;
    if (compare_times(other, row) > 0) { /* only its values can matter */
        copy.day = row->entry.day;
        copy.minute = row->entry.minute;
        memset(copy.session, 0, sizeof copy.session);
    }
    tm_entry_join(&row->entry, &copy);
}

void tm_settle_join_equal(GArray *entries)
{
    guint kept = 0;
    if (entries->len > 0)
        qsort(entries->data, entries->len, sizeof(TmSettledEntry), compare_by_key);
    for (guint at = 0; at < entries->len; at++) {
        const TmSettledEntry *row = &g_array_index(entries, TmSettledEntry, at);
        TmSettledEntry *last = kept > 0 ? &g_array_index(entries, TmSettledEntry, kept - 1) : NULL;
        if (last != NULL && tm_entry_compare(&last->entry, &row->entry) == 0)
            join_later(last, row);
        else
            g_array_index(entries, TmSettledEntry, kept++) = *row;
    }
    g_array_set_size(entries, kept);
}

/* Joins the first entry of a key to the second, and leaves the second. */
static void join_to_second(TmSettledEntry *first)
{
    gboolean in_order = compare_times(&first[0], &first[1]) <= 0;
    guint32 part = first[1].entry.part;
    TmSettledEntry joined = in_order ? first[0] : first[1];
    join_later(&joined, in_order ? &first[1] : &first[0]);
    joined.entry.part = part;
    first[1] = joined;
}

void tm_settle_join_unnamed(GArray *entries)
{
    guint kept = 0, end;
    for (guint at = 0; at < entries->len; at = end) {
        TmSettledEntry *first = &g_array_index(entries, TmSettledEntry, at);
        for (end = at + 1; end < entries->len; end++)
            if (g_array_index(entries, TmSettledEntry, end).entry.key != first->entry.key)
                break;
        guint count = end - at;
        if (count > 1 && first[0].entry.part == 0 && (first[1].entry.part & TM_PART_OF_REQUEST)) {
            if (count == 2)
                join_to_second(first);
            first++;
            count--;
        }
        memmove(&g_array_index(entries, TmSettledEntry, kept), first, count * sizeof *first);
        kept += count;
    }
    g_array_set_size(entries, kept);
}

/* ---- Running totals ---------------------------------------------------------------------- */

/*
 * Entries of a counter that are no running totals are increases that a contribution states: they
 * raise what the next total is compared with.
 */
void tm_settle_difference(GArray *entries)
{
    TmMeasures level = {0};
    guint64 key = 0;
    for (guint i = 0; i < entries->len; i++) {
        TmSettledEntry *row = &g_array_index(entries, TmSettledEntry, i);
        TmMeasures stated = row->entry.measures;
        if (row->entry.key != key)
            level = (TmMeasures){0};
        key = row->entry.key;
        if (row->entry.running) {
            tm_measures_subtract(&row->entry.measures, &level);
            level = stated;
        } else {
            tm_measures_merge(&level, &stated);
        }
    }
}

/* ---- Order ------------------------------------------------------------------------------- */

static int compare_by_place(const void *first, const void *second)
{
    const TmSettledEntry *a = first, *b = second;
    int order = compare_places(a, b);
    return order != 0 ? order : tm_entry_compare(&a->entry, &b->entry);
}

void tm_settle_sort_by_time(GArray *entries)
{
    if (entries->len > 0)
        qsort(entries->data, entries->len, sizeof(TmSettledEntry), compare_by_place);
}
