/*
 * recognise: what a file is, told by its content and never by its name.
 */
#ifndef TIDEMARK_INTAKE_RECOGNISE_H
#define TIDEMARK_INTAKE_RECOGNISE_H

#include "formats.h"

/*
 * A report that was captured together with what its program had to say: lines of text, then JSON.
 * Drops that text from a window that is not empty, and notes it. FALSE if the file is none such.
 */
gboolean tm_recognise_text_before_json(TmBytes *bytes, TmReading *reading);

/*
 * The CSV format that a header belongs to, and the field of each column (-1: unknown, noted).
 * NULL when it is none: reported.
 */
const TmCsvFormat *tm_recognise_header(
    TmReading *reading, const TmCell *cells, guint count, gint *fields, guint64 *present);

/* What to say of a file that is not read. */
typedef struct TmRefusal {
    TmDiagnosticKind kind;
    char *text;       /* owned */
    gboolean certain; /* the record is known, and its file is not read */
} TmRefusal;

/* The format of an opened record by its members; NULL when it is none, and then `refusal`. */
const TmJsonFormat *tm_recognise_record(TmJsonRecord *record, TmRefusal *refusal);

/* ---- refusals.c: files of the vendors that are known and not read ------------------------ */

typedef struct TmRefusalRow {
    const char *names; /* columns or members that all must be there, by '|'; members also as
                          "name=text" */
    TmDiagnosticKind kind;
    const char *text; /* what it is, and what to export instead */
} TmRefusalRow;

/*
 * The row for a header, or for the members of a record and their texts (empty where a member is no
 * text); NULL if there is none.
 */
const TmRefusalRow *tm_csv_refusal(const TmCell *cells, guint count);
const TmRefusalRow *tm_json_refusal(const TmCell *members, const TmCell *texts, guint count);

/* The row for a file whose name says what it is, where its columns do not. */
const TmRefusalRow *tm_named_refusal(const char *path);

#endif
