/*
 * reading: what all formats share while one file is read: where we are, what is skipped and why,
 * the limits of days, the sums for the summary.
 */
#ifndef TIDEMARK_INTAKE_READING_H
#define TIDEMARK_INTAKE_READING_H

#include <tidemark/intake.h>
#include <tidemark/records.h>

#define TM_COUNT_LIMIT G_GINT64_CONSTANT(1000000000000000) /* 10^15: no export holds more */
#define TM_UNKNOWN_FIELDS 100                              /* unknown names noted for one file */

typedef struct TmReading {
    const char *path;
    const TmIntakeOptions *options;
    const TmIntakeSink *sink;
    TmFileSummary *summary;
    TmDiagnostics *diagnostics;
    guint64 line, column; /* where the record being read begins; column 0: see locate */
    /* Column of a field of the record in its line, 0 if not known; NULL: it is never known. */
    guint64 (*locate)(gconstpointer user, const char *field);
    gconstpointer locate_user;
    gconstpointer own;              /* the `own` of the format, once it is known */
    GHashTable *unknown;            /* names of fields that were noted: char* */
    TmDaySpan covered;              /* the last span handed to the sink … */
    const TmSource *covered_source; /* … and its source */
} TmReading;

void tm_reading_start(TmReading *reading);
void tm_reading_clear(TmReading *reading);

/* The format is known: fills the summary and calls the sink. `version` is copied. */
void tm_reading_begin(TmReading *reading, const TmFormat *format, const char *version);

/* Reports about the record being read. skip() also counts it as left out. */
void tm_reading_skip(TmReading *reading, TmDiagnosticKind kind, const char *field,
    const char *format, ...) G_GNUC_PRINTF(4, 5);
void tm_reading_warn(TmReading *reading, TmDiagnosticKind kind, const char *field,
    const char *format, ...) G_GNUC_PRINTF(4, 5);

/*
 * Notes a field that no table knows, once for each name. The name is printed only if it looks
 * like one; otherwise it might be content.
 */
void tm_reading_note_unknown(TmReading *reading, const char *name, gsize length);

/* Whether records of that day are wanted. Reports days in the future, counts those outside. */
gboolean tm_reading_admits(TmReading *reading, TmDay day, const char *field);

/* Hands a record, or one part of it, to the sink and adds it to the summary. */
void tm_reading_take(TmReading *reading, const TmRecord *record);

/* The file states that it covers these days. Spans that cannot be are ignored. */
void tm_reading_cover(TmReading *reading, TmDay first, TmDay last);

/* The same for a source that is not that of the file's format. */
void tm_reading_cover_source(TmReading *reading, const TmSource *source, TmDay first, TmDay last);

/* Hands a seat of a list to the sink. */
void tm_reading_take_seat(TmReading *reading, const TmSeat *seat);

/*
 * The day of the export, for lists that do not say it: the last date in the file's name that is not
 * in the future, else the UTC day on which the file last changed.
 */
TmDay tm_reading_export_day(const TmReading *reading);

/* Whose file it is, for sources without an account inside: the path, by identities.csv. */
TmIdentity tm_reading_path_identity(const TmReading *reading);

/* ---- Measures ---------------------------------------------------------------------------- */

static inline void tm_measures_set(TmMeasures *measures, TmMeasure measure, gint64 value)
{
    measures->present |= TM_MEASURE_BIT(measure);
    measures->value[measure] = value;
}

/* Adds to what is there; present afterwards. Stays within 64 bits. */
void tm_measures_add(TmMeasures *measures, TmMeasure measure, gint64 value);

#endif
