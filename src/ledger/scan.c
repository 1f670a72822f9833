/*
 * Reading in the order (account, week, source). The table has blocks of people, each in the order
 * (week, source, person): the packed rows of one block are held at a time and dealt to its people
 * by a counting sort, which keeps weeks and sources in order. Nothing is allocated per row.
 */
#include "internal.h"

#include <string.h>

typedef struct PackedRow {
    guint32 person; /* id */
    TmWeek week;
    gint64 source_id;
    guint32 start, length; /* of the totals in the block's bytes */
} PackedRow;

struct TmLedgerScan {
    TmLedger *ledger;
    sqlite3_stmt *statement;
    gboolean has_row;  /* the statement stands on a row that is in no block yet */
    GByteArray *bytes; /* packed totals of the block */
    GArray *rows;      /* PackedRow of the block, as in the table */
    GArray *order;     /* their indices, by person */
    guint at;          /* next in order */
    gint64 last_id;    /* the row before was of this source … */
    guint last_source; /* … with this index */
    GError *error;
};

static gboolean damaged(TmLedgerScan *scan)
{
    g_set_error(&scan->error, TM_ERROR, TM_ERROR_INTERNAL,
        "%s: damaged: a row of totals cannot be read; restore a copy, or read all exports again",
        scan->ledger->path);
    return FALSE;
}

static gboolean step(TmLedgerScan *scan)
{
    int result = sqlite3_step(scan->statement);
    scan->has_row = result == SQLITE_ROW;
    return result == SQLITE_ROW || result == SQLITE_DONE ||
           tm_ledger_fail(scan->ledger, "read", &scan->error);
}

TmLedgerScan *tm_ledger_scan(TmLedger *ledger, TmWeek first, TmWeek last, GError **error)
{
    static const char text[] = "SELECT person, week, source, totals FROM fact"
                               " WHERE week BETWEEN ?1 AND ?2"
                               " ORDER BY block, week, source, person";
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(ledger->database, text, -1, &statement, NULL) != SQLITE_OK) {
        tm_ledger_fail(ledger, "read", error);
        return NULL;
    }
    const gint64 weeks[] = {first, last};
    tm_ledger_bind(statement, weeks, G_N_ELEMENTS(weeks));
    TmLedgerScan *scan = g_new0(TmLedgerScan, 1);
    scan->ledger = ledger;
    scan->statement = statement;
    scan->bytes = g_byte_array_new();
    scan->rows = g_array_new(FALSE, FALSE, sizeof(PackedRow));
    scan->order = g_array_new(FALSE, FALSE, sizeof(guint));
    step(scan);
    return scan;
}

/* Takes the row that the statement stands on; *block is its block. */
static gboolean take_row(TmLedgerScan *scan, gint64 *block)
{
    sqlite3_stmt *statement = scan->statement;
    gint64 person = sqlite3_column_int64(statement, 0);
    const guint8 *totals = sqlite3_column_blob(statement, 3);
    PackedRow row = {
        .person = (guint32)person,
        .week = sqlite3_column_int(statement, 1),
        .source_id = sqlite3_column_int64(statement, 2),
        .start = scan->bytes->len,
        .length = (guint32)sqlite3_column_bytes(statement, 3),
    };
    if (person < 1 || person > scan->ledger->accounts.rows->len || row.length == 0)
        return damaged(scan);
    *block = person / TM_BLOCK_PEOPLE;
    g_byte_array_append(scan->bytes, totals, row.length);
    g_array_append_val(scan->rows, row);
    return TRUE;
}

static void order_by_person(TmLedgerScan *scan)
{
    guint ends[TM_BLOCK_PEOPLE] = {0}, start = 0;
    g_array_set_size(scan->order, scan->rows->len);
    for (guint i = 0; i < scan->rows->len; i++)
        ends[g_array_index(scan->rows, PackedRow, i).person % TM_BLOCK_PEOPLE]++;
    for (guint i = 0; i < TM_BLOCK_PEOPLE; i++) {
        guint count = ends[i];
        ends[i] = start; /* grows to the end while the rows are dealt */
        start += count;
    }
    for (guint i = 0; i < scan->rows->len; i++) {
        guint of_block = g_array_index(scan->rows, PackedRow, i).person % TM_BLOCK_PEOPLE;
        g_array_index(scan->order, guint, ends[of_block]++) = i;
    }
}

/* Reads the next block; FALSE at the end or after an error. */
static gboolean read_block(TmLedgerScan *scan)
{
    gint64 block = 0;
    g_byte_array_set_size(scan->bytes, 0);
    g_array_set_size(scan->rows, 0);
    scan->at = 0;
    if (!scan->has_row || !take_row(scan, &block) || !step(scan))
        return FALSE;
    while (scan->has_row && sqlite3_column_int64(scan->statement, 0) / TM_BLOCK_PEOPLE == block)
        if (!take_row(scan, &block) || !step(scan))
            return FALSE;
    order_by_person(scan);
    return TRUE;
}

static guint source_of_id(TmLedgerScan *scan, gint64 id)
{
    if (id != scan->last_id) {
        scan->last_id = id;
        scan->last_source = tm_ledger_source_of_id(scan->ledger, id);
    }
    return scan->last_source;
}

/* Rows of a source that the set-up no longer has (its mapping file is gone) are passed over. */
static const PackedRow *next_row(TmLedgerScan *scan, guint *source)
{
    for (;;) {
        if (scan->at == scan->rows->len && !read_block(scan))
            return NULL;
        guint index = g_array_index(scan->order, guint, scan->at++);
        const PackedRow *row = &g_array_index(scan->rows, PackedRow, index);
        *source = source_of_id(scan, row->source_id);
        if (*source != G_MAXUINT)
            return row;
    }
}

gboolean tm_ledger_scan_next(TmLedgerScan *scan, TmPersonWeek *person_week)
{
    guint source;
    const PackedRow *row = scan->error == NULL ? next_row(scan, &source) : NULL;
    if (row == NULL)
        return FALSE;
    memset(person_week, 0, offsetof(TmPersonWeek, mix));
    person_week->account = row->person - 1;
    person_week->week = row->week;
    person_week->source = source;
    return tm_totals_unpack(scan->bytes->data + row->start, row->length, person_week) ||
           damaged(scan);
}

gboolean tm_ledger_scan_end(TmLedgerScan *scan, GError **error)
{
    if (scan == NULL)
        return TRUE;
    gboolean whole = scan->error == NULL;
    if (!whole)
        g_propagate_error(error, scan->error);
    sqlite3_finalize(scan->statement);
    g_byte_array_unref(scan->bytes);
    g_array_unref(scan->rows);
    g_array_unref(scan->order);
    g_free(scan);
    return whole;
}
