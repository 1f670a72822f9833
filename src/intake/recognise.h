/*
 * recognise: what a file is, told by its content and never by its name.
 */
#ifndef TIDEMARK_INTAKE_RECOGNISE_H
#define TIDEMARK_INTAKE_RECOGNISE_H

#include "formats.h"

typedef enum TmFileKind {
    TM_FILE_EMPTY, /* nothing, or only white space, "" or null */
    TM_FILE_CSV,
    TM_FILE_JSON,
    TM_FILE_REFUSED, /* known not to be text that we read; reported */
} TmFileKind;

/* Looks at the beginning of a file. Fills the window as far as needed, consumes a BOM. */
TmFileKind tm_recognise_bytes(TmBytes *bytes, TmReading *reading);

/*
 * The CSV format that a header belongs to, and the field of each column (-1: unknown, noted).
 * NULL when it is none: reported.
 */
const TmCsvFormat *tm_recognise_header(
    TmReading *reading, const TmCell *cells, guint count, gint *fields, guint64 *present);

/* The same for the member names of a first record. */
const TmJsonFormat *tm_recognise_record(TmReading *reading, TmJsonRecord *record);

#endif
