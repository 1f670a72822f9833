/*
 * csv_rows: rows of a CSV file, by libcsv in strict mode.
 *
 * libcsv is fed one physical line at a time, so that an error has an exact line and column. A row
 * that cannot be read is reported and skipped, and reading goes on at the line after the one in
 * which the row began: an open quote costs one row, not the rest of the file.
 */
#ifndef TIDEMARK_INTAKE_CSV_ROWS_H
#define TIDEMARK_INTAKE_CSV_ROWS_H

#include "bytes.h"
#include "cell.h"

#define TM_CSV_SLOTS 64    /* columns that one format may ask for */
#define TM_CSV_COLUMNS 512 /* a header with more is none */

/* The row that is being handed over. */
typedef struct TmCsvRow TmCsvRow;

typedef struct TmCsvSink {
    /*
     * The first row. Gives each column the slot under which row() finds it, or -1. FALSE stops
     * reading.
     */
    gboolean (*header)(gpointer user, guint64 line, const TmCell *cells, guint count, gint *slots);
    /* Each other row: cells by slot. */
    void (*row)(gpointer user, guint64 line, const TmCell *cells, const TmCsvRow *row);
    gpointer user;
} TmCsvSink;

/*
 * Where the field of a slot begins in the row's first line, from 1; 0 when the row lacks it or it
 * stands on a later line. Looked for anew each time: for messages only.
 */
guint64 tm_csv_column(const TmCsvRow *row, guint slot);

/*
 * Reads all rows. Returns how many were reported and skipped here. Cells live during a call;
 * TM_CELL_PADDING bytes behind the text of a row's cell may be read.
 */
guint64 tm_csv_read(
    TmBytes *bytes, const char *path, const TmCsvSink *sink, TmDiagnostics *diagnostics);

#endif
