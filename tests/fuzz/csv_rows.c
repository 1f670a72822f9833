/*
 * The CSV reader: rows may not depend on the chunks in which a file is read. The first byte chooses
 * the size of the chunks and, by its highest bit, whether rows of another length are taken.
 */
#include <tidemark/records.h>

#include "../records/memory_file.h"
#include "fuzz.h"

typedef struct Rows {
    GString *out;
    guint count; /* of slots in use */
    guint64 line;
} Rows;

static gboolean take_header(
    gpointer user, guint64 line, const TmCell *cells, guint count, gint *slots)
{
    Rows *rows = user;
    rows->count = MIN(count, TM_CSV_SLOTS);
    rows->line = line;
    for (guint i = 0; i < count; i++) {
        g_string_append_len(rows->out, cells[i].text, (gssize)cells[i].length);
        g_string_append_c(rows->out, '|');
        /* every third column is not wanted */
        slots[i] = i < TM_CSV_SLOTS && i % 3 != 2 ? (gint)i : -1;
    }
    return TRUE;
}

static void append_cell(Rows *rows, TmCell cell)
{
    char padding[TM_CELL_PADDING];
    gint64 number = 0, parsed = 0;
    g_string_append_len(rows->out, cell.text, (gssize)cell.length);
    if (cell.text == NULL)
        return;
    memcpy(padding, cell.text + cell.length, sizeof padding); /* which may be read */
    if (tm_cell_short_number(cell, &number)) {
        g_assert_true(tm_integer_parse(cell.text, cell.length, &parsed));
        g_assert_cmpint(number, ==, parsed);
    }
}

static void take_row(gpointer user, guint64 line, const TmCell *cells, const TmCsvRow *row)
{
    Rows *rows = user;
    g_assert_cmpuint(line, >=, rows->line); /* a CR ends a row, too */
    rows->line = line;
    g_string_append_printf(rows->out, "\n%" G_GUINT64_FORMAT, line);
    for (guint i = 0; i < rows->count; i++) {
        g_string_append_printf(rows->out, "|%" G_GUINT64_FORMAT ":", tm_csv_column(row, i));
        append_cell(rows, cells[i]);
    }
}

static gboolean take_ragged(gpointer user G_GNUC_UNUSED)
{
    return TRUE;
}

static GString *rows_of(const char *text, gsize length, gsize chunk, gboolean ragged)
{
    g_autoptr(TmBytes) bytes = memory_file(text, length, chunk);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    Rows rows = {.out = g_string_new(NULL)};
    TmCsvSink sink = {.header = take_header,
        .row = take_row,
        .ragged = ragged ? take_ragged : NULL,
        .user = &rows};
    guint64 skipped = tm_csv_read(bytes, "f", &sink, diagnostics);
    g_assert_cmpuint(skipped, ==, tm_diagnostics_count_severity(diagnostics, TM_SEVERITY_SKIPPED));
    g_autofree char *said = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    g_assert_true(g_utf8_validate(said, -1, NULL));
    g_string_append_printf(rows.out, "\n%s", said);
    return rows.out;
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static const gsize chunks[] = {1, 2, 3, 5, 7, 8, 13, 16, 31, 63, 64, 65, 127, 128, 129, 1000};
    guint8 choice = fuzz_choice(&bytes, &length);
    gsize chunk = chunks[choice % G_N_ELEMENTS(chunks)];
    g_autoptr(GString) whole =
        rows_of((const char *)bytes, length, TM_BYTES_CHUNK, (choice & 0x80) != 0);
    g_autoptr(GString) parts = rows_of((const char *)bytes, length, chunk, (choice & 0x80) != 0);
    g_assert_cmpmem(whole->str, whole->len, parts->str, parts->len);
    return 0;
}
