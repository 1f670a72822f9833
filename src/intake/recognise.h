/*
 * recognise: what a file is, told by its content and never by its name.
 */
#ifndef TIDEMARK_INTAKE_RECOGNISE_H
#define TIDEMARK_INTAKE_RECOGNISE_H

#include "formats.h"

/*
 * The CSV format that a header belongs to, and the field of each column (-1: unknown, noted).
 * NULL when it is none: reported.
 */
const TmCsvFormat *tm_recognise_header(
    TmReading *reading, const TmCell *cells, guint count, gint *fields, guint64 *present);

/* The same for the member names of a first record. */
const TmJsonFormat *tm_recognise_record(TmReading *reading, TmJsonRecord *record);

#endif
