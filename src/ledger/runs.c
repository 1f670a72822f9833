/*
 * Sorted runs. A full buffer is sorted (by account with a counting sort, then the few entries of
 * each account), packed, and appended to an unlinked temporary file; a heap of cursors merges the
 * runs. A file that fits the buffer, which is the usual case, never touches the disk.
 *
 * A run is a sequence of groups: varint account, varint week (signed), varint source, varint length
 * of the packed entries in bytes, the entries.
 */
#include "runs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONGEST_GROUP_HEAD (4 * TM_VARINT_LONGEST)
#define CURSOR_BUFFERS (4 << 20) /* bytes shared by all cursors */
#define LEAST_CURSOR_BUFFER 4096

/* Sixteenths of the buffer; sorting and packing need the rest. */
#define PACKED_SHARE 5
#define ITEM_SHARE 4

#define OFFSET_BITS 23
#define SOURCE_BITS 8

G_STATIC_ASSERT(TM_SOURCE_LIMIT <= 1 << SOURCE_BITS);

typedef struct Item {
    guint64 key;
    gint32 week : 32 - SOURCE_BITS;
    guint32 source : SOURCE_BITS;
    guint32 account;
    guint32 part;
    guint32 offset : OFFSET_BITS; /* of its packed entry; later records have greater ones */
    guint32 length : 32 - OFFSET_BITS;
} Item;

G_STATIC_ASSERT(TM_ENTRY_LONGEST < 1 << (32 - OFFSET_BITS));

typedef struct Cursor {
    guint run; /* later runs hold later records */
    guint8 *buffer;
    gsize capacity, filled, position;
    guint64 file_at, file_end; /* what is left of the run in the file */
    TmLedgerCell cell;
    gsize group_left; /* bytes of packed entries */
    TmEntryReader reader;
    TmEntry entry; /* the current one */
} Cursor;

typedef struct RunPlace {
    guint64 start, end; /* in the temporary file */
} RunPlace;

struct TmRuns {
    const TmAccountTable *accounts;
    gsize packed_limit;
    guint item_limit;
    GByteArray *packed; /* entries as they came */
    GArray *items;      /* Item, one per entry */
    GByteArray *sorted; /* the last run, packed */
    GArray *places;     /* RunPlace of the runs in the file */
    int file;           /* -1 until something is spilled */
    GError *error;
    Cursor *cursors;
    guint cursor_count;
    Cursor **heap; /* the cursors that have an entry, least first */
    guint heap_length;
};

TmRuns *tm_entry_runs_new(const TmAccountTable *accounts, gsize buffer_bytes)
{
    TmRuns *runs = g_new0(TmRuns, 1);
    runs->accounts = accounts;
    runs->packed_limit = buffer_bytes / 16 * PACKED_SHARE;
    g_assert(runs->packed_limit < 1 << OFFSET_BITS);
    runs->item_limit = (guint)(buffer_bytes / 16 * ITEM_SHARE / sizeof(Item)) + 1;
    runs->packed = g_byte_array_sized_new((guint)runs->packed_limit + TM_ENTRY_LONGEST);
    runs->items = g_array_sized_new(FALSE, FALSE, sizeof(Item), runs->item_limit);
    runs->places = g_array_new(FALSE, FALSE, sizeof(RunPlace));
    runs->file = -1;
    return runs;
}

static void free_buffers(TmRuns *runs)
{
    g_clear_pointer(&runs->packed, g_byte_array_unref);
    g_clear_pointer(&runs->items, g_array_unref);
}

void tm_entry_runs_free(TmRuns *runs)
{
    if (runs == NULL)
        return;
    free_buffers(runs);
    for (guint i = 0; i < runs->cursor_count; i++)
        if (runs->cursors[i].capacity > 0)
            g_free(runs->cursors[i].buffer);
    g_free(runs->cursors);
    g_free(runs->heap);
    g_clear_pointer(&runs->sorted, g_byte_array_unref);
    g_array_unref(runs->places);
    if (runs->file >= 0)
        close(runs->file);
    g_clear_error(&runs->error);
    g_free(runs);
}

const GError *tm_entry_runs_error(const TmRuns *runs)
{
    return runs->error;
}

guint tm_entry_runs_count(const TmRuns *runs)
{
    return runs->places->len + (runs->sorted != NULL ? 1 : 0);
}

static void fail(TmRuns *runs, const char *what)
{
    if (runs->error == NULL)
        g_set_error(&runs->error, TM_ERROR, TM_ERROR_INTERNAL, "%s: cannot %s: %s", g_get_tmp_dir(),
            what, g_strerror(errno));
}

/* ---- Sorting a buffer -------------------------------------------------------------------- */

static int compare_items(const void *first, const void *second)
{
    const Item *a = first, *b = second;
    if (a->week != b->week)
        return a->week < b->week ? -1 : 1;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static int compare_accounts(gconstpointer first, gconstpointer second, gpointer accounts)
{
    const guint32 *a = first, *b = second;
    return memcmp(tm_account_table_row(accounts, *a)->pseudonym,
        tm_account_table_row(accounts, *b)->pseudonym, TM_PSEUDONYM_LENGTH);
}

/* The accounts that occur in the buffer, in the order of their pseudonyms. */
static GArray *accounts_present(const TmRuns *runs, const guint32 *counts)
{
    GArray *present = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 account = 0; account < runs->accounts->rows->len; account++)
        if (counts[account] > 0)
            g_array_append_val(present, account);
    g_array_sort_with_data(present, compare_accounts, (gpointer)runs->accounts);
    return present;
}

/* A sorted copy of the items. */
static Item *sort_items(const TmRuns *runs)
{
    guint length = runs->items->len;
    g_autofree guint32 *ends = g_new0(guint32, runs->accounts->rows->len + 1);
    Item *sorted = g_new(Item, length + 1);
    for (guint i = 0; i < length; i++)
        ends[g_array_index(runs->items, Item, i).account]++;
    g_autoptr(GArray) present = accounts_present(runs, ends);
    g_autofree guint32 *counts = g_new(guint32, present->len + 1);
    guint32 start = 0;
    for (guint i = 0; i < present->len; i++) {
        guint32 account = g_array_index(present, guint32, i);
        counts[i] = ends[account];
        ends[account] = start; /* grows to the end while the items are placed */
        start += counts[i];
    }
    for (guint i = 0; i < length; i++) {
        const Item *item = &g_array_index(runs->items, Item, i);
        sorted[ends[item->account]++] = *item;
    }
    start = 0;
    for (guint i = 0; i < present->len; start += counts[i++])
        qsort(sorted + start, counts[i], sizeof(Item), compare_items);
    return sorted;
}

/*
 * Packs an entry so that it can stand anywhere: no entry has all measures there could be, so that
 * the writer, told that the one before had, writes the shape of this one.
 */
static guint pack_entry(GByteArray *out, const TmEntry *entry)
{
    TmEntryWriter writer;
    guint start = out->len;
    tm_entry_writer_begin(&writer, out);
    writer.present = G_MAXUINT32;
    tm_entry_write(&writer, entry);
    return out->len - start;
}

static void read_packed(const TmRuns *runs, const Item *item, TmEntry *entry)
{
    TmEntryReader reader;
    tm_entry_reader_begin(&reader, runs->packed->data + item->offset, item->length);
    gboolean read = tm_entry_read(&reader, entry);
    g_assert(read);
}

static gboolean is_same_group(const Item *a, const Item *b)
{
    return a->account == b->account && a->week == b->week && a->source == b->source;
}

static gboolean is_same_record(const Item *a, const Item *b)
{
    return is_same_group(a, b) && a->key == b->key && a->part == b->part;
}

/* Packs the items of one account and week, equal ones combined. Gives the end of the group. */
static guint pack_group(
    const TmRuns *runs, const Item *items, guint start, guint length, GByteArray *out)
{
    guint at = start;
    while (at < length && is_same_group(&items[at], &items[start])) {
        const Item *item = &items[at++];
        if (at == length || !is_same_record(item, &items[at])) {
            g_byte_array_append(out, runs->packed->data + item->offset, item->length);
            continue;
        }
        TmEntry entry, next;
        read_packed(runs, item, &entry);
        for (; at < length && is_same_record(item, &items[at]); at++) {
            read_packed(runs, &items[at], &next);
            tm_entry_combine(&entry, &next, tm_sources[item->source].merging);
        }
        pack_entry(out, &entry);
    }
    return at;
}

/* Turns the buffer into runs->sorted and empties it. */
static void sort_buffer(TmRuns *runs)
{
    g_autofree Item *items = sort_items(runs);
    g_autoptr(GByteArray) group = g_byte_array_new();
    runs->sorted = g_byte_array_sized_new(runs->packed->len);
    for (guint at = 0; at < runs->items->len;) {
        guint8 head[LONGEST_GROUP_HEAD], *end = head;
        g_byte_array_set_size(group, 0);
        end = tm_varint_write(end, items[at].account);
        end = tm_varint_write(end, tm_zigzag(items[at].week));
        end = tm_varint_write(end, items[at].source);
        at = pack_group(runs, items, at, runs->items->len, group);
        end = tm_varint_write(end, group->len);
        g_byte_array_append(runs->sorted, head, (guint)(end - head));
        g_byte_array_append(runs->sorted, group->data, group->len);
    }
    g_array_set_size(runs->items, 0);
    g_byte_array_set_size(runs->packed, 0);
}

/* ---- Spilling ---------------------------------------------------------------------------- */

/* A file that has no name, or loses it at once: a kill leaves nothing behind. */
static int open_temporary(void)
{
    int file = open(g_get_tmp_dir(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        return file;
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "tidemark-XXXXXX", NULL);
    file = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        g_unlink(path);
    return file;
}

static gboolean write_all(int file, const guint8 *bytes, gsize length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno != EINTR)
            return FALSE;
        if (written > 0) {
            bytes += written;
            length -= (gsize)written;
        }
    }
    return TRUE;
}

/* Moves runs->sorted to the file. After a failure everything is dropped: the store will refuse. */
static void spill(TmRuns *runs)
{
    g_autoptr(GByteArray) sorted = g_steal_pointer(&runs->sorted);
    if (runs->error != NULL || sorted->len == 0)
        return;
    if (runs->file < 0)
        runs->file = open_temporary();
    if (runs->file < 0) {
        fail(runs, "create a temporary file here");
        return;
    }
    guint places = runs->places->len;
    guint64 start = places > 0 ? g_array_index(runs->places, RunPlace, places - 1).end : 0;
    RunPlace place = {.start = start, .end = start + sorted->len};
    if (write_all(runs->file, sorted->data, sorted->len))
        g_array_append_val(runs->places, place);
    else
        fail(runs, "write a temporary file here");
}

void tm_entry_runs_add(TmRuns *runs, const TmLedgerCell *cell, const TmEntry *entry)
{
    if (runs->items->len >= runs->item_limit || runs->packed->len >= runs->packed_limit) {
        sort_buffer(runs);
        spill(runs);
    }
    Item item = {
        .key = entry->key,
        .week = cell->week,
        .source = cell->source & ((1u << SOURCE_BITS) - 1),
        .account = cell->account,
        .part = entry->part,
        .offset = runs->packed->len & ((1u << OFFSET_BITS) - 1),
    };
    guint length = pack_entry(runs->packed, entry);
    item.length = length & ((1u << (32 - OFFSET_BITS)) - 1);
    g_array_append_val(runs->items, item);
}

/* ---- Merging ----------------------------------------------------------------------------- */

/* Makes at least `wanted` bytes available from the position on, or all that are left. */
static gboolean refill(TmRuns *runs, Cursor *cursor, gsize wanted)
{
    if (cursor->filled - cursor->position >= wanted || cursor->file_at == cursor->file_end)
        return TRUE;
    cursor->filled -= cursor->position;
    memmove(cursor->buffer, cursor->buffer + cursor->position, cursor->filled);
    cursor->position = 0;
    while (cursor->filled < cursor->capacity && cursor->file_at < cursor->file_end) {
        gsize room = MIN(cursor->capacity - cursor->filled, cursor->file_end - cursor->file_at);
        ssize_t got =
            pread(runs->file, cursor->buffer + cursor->filled, room, (off_t)cursor->file_at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            fail(runs, "read a temporary file here");
            return FALSE;
        }
        cursor->filled += (gsize)got;
        cursor->file_at += (guint64)got;
    }
    return TRUE;
}

/* Reads the head of a group; FALSE at the end of the run. */
static gboolean begin_group(TmRuns *runs, Cursor *cursor)
{
    if (!refill(runs, cursor, LONGEST_GROUP_HEAD) || cursor->position == cursor->filled)
        return FALSE;
    const guint8 *at = cursor->buffer + cursor->position, *end = cursor->buffer + cursor->filled;
    guint64 account = 0, week = 0, source = 0, length = 0;
    at = tm_varint_read(at, end, &account);
    at = at != NULL ? tm_varint_read(at, end, &week) : NULL;
    at = at != NULL ? tm_varint_read(at, end, &source) : NULL;
    at = at != NULL ? tm_varint_read(at, end, &length) : NULL;
    g_assert(at != NULL); /* we wrote it */
    cursor->cell = (TmLedgerCell){(guint32)account, (TmWeek)tm_unzigzag(week), (guint)source};
    cursor->group_left = length;
    cursor->position = (gsize)(at - cursor->buffer);
    tm_entry_reader_begin(&cursor->reader, at, 0);
    return TRUE;
}

/* Steps to the next entry; FALSE at the end of the run. */
static gboolean advance(TmRuns *runs, Cursor *cursor)
{
    if (cursor->group_left == 0 && !begin_group(runs, cursor))
        return FALSE;
    if (!refill(runs, cursor, TM_ENTRY_LONGEST))
        return FALSE;
    const guint8 *start = cursor->buffer + cursor->position;
    cursor->reader.at = start;
    cursor->reader.end = start + MIN(cursor->filled - cursor->position, cursor->group_left);
    gboolean read = tm_entry_read(&cursor->reader, &cursor->entry);
    g_assert(read); /* we wrote it */
    cursor->position += (gsize)(cursor->reader.at - start);
    cursor->group_left -= (gsize)(cursor->reader.at - start);
    return TRUE;
}

/* Order of what two cursors stand on, without the run. */
static int compare_places(const TmRuns *runs, const Cursor *a, const Cursor *b)
{
    if (a->cell.account != b->cell.account)
        return compare_accounts(&a->cell.account, &b->cell.account, (gpointer)runs->accounts);
    if (a->cell.week != b->cell.week)
        return a->cell.week < b->cell.week ? -1 : 1;
    if (a->cell.source != b->cell.source)
        return a->cell.source < b->cell.source ? -1 : 1;
    return tm_entry_compare(&a->entry, &b->entry);
}

static gboolean comes_before(const TmRuns *runs, const Cursor *a, const Cursor *b)
{
    int order = compare_places(runs, a, b);
    return order != 0 ? order < 0 : a->run < b->run;
}

static void sift_down(TmRuns *runs, guint at)
{
    for (;;) {
        guint least = at;
        for (guint child = 2 * at + 1; child <= 2 * at + 2 && child < runs->heap_length; child++)
            if (comes_before(runs, runs->heap[child], runs->heap[least]))
                least = child;
        if (least == at)
            return;
        Cursor *moved = runs->heap[at];
        runs->heap[at] = runs->heap[least];
        runs->heap[least] = moved;
        at = least;
    }
}

/* Steps the least cursor on, and takes it out at its end. */
static void advance_least(TmRuns *runs)
{
    if (!advance(runs, runs->heap[0]))
        runs->heap[0] = runs->heap[--runs->heap_length];
    sift_down(runs, 0);
}

static void open_cursors(TmRuns *runs)
{
    gsize capacity = MAX(CURSOR_BUFFERS / MAX(runs->places->len, 1), LEAST_CURSOR_BUFFER);
    runs->cursors = g_new0(Cursor, tm_entry_runs_count(runs));
    runs->heap = g_new0(Cursor *, tm_entry_runs_count(runs));
    for (guint run = 0; run < runs->places->len; run++) {
        const RunPlace *place = &g_array_index(runs->places, RunPlace, run);
        Cursor *cursor = &runs->cursors[runs->cursor_count++];
        cursor->capacity = MIN(capacity, place->end - place->start);
        cursor->buffer = g_malloc(cursor->capacity);
        cursor->file_at = place->start;
        cursor->file_end = place->end;
    }
    if (runs->sorted != NULL) {
        Cursor *cursor = &runs->cursors[runs->cursor_count++];
        cursor->buffer = runs->sorted->data;
        cursor->filled = runs->sorted->len;
    }
    for (guint run = 0; run < runs->cursor_count; run++) {
        runs->cursors[run].run = run;
        if (advance(runs, &runs->cursors[run]))
            runs->heap[runs->heap_length++] = &runs->cursors[run];
    }
    for (guint at = runs->heap_length; at-- > 0;)
        sift_down(runs, at);
}

void tm_entry_runs_finish(TmRuns *runs)
{
    sort_buffer(runs);
    free_buffers(runs);
    open_cursors(runs);
}

gboolean tm_entry_runs_next(TmRuns *runs, TmLedgerCell *cell, TmEntry *entry)
{
    if (runs->heap_length == 0 || runs->error != NULL)
        return FALSE;
    const Cursor *least = runs->heap[0];
    *cell = least->cell;
    *entry = least->entry;
    advance_least(runs);
    while (runs->heap_length > 0) {
        least = runs->heap[0];
        if (least->cell.account != cell->account || least->cell.week != cell->week ||
            least->cell.source != cell->source || tm_entry_compare(&least->entry, entry) != 0)
            break;
        tm_entry_combine(entry, &least->entry, tm_sources[cell->source].merging);
        advance_least(runs);
    }
    return TRUE;
}
