/*
 * base: what every room stands on.
 *
 *   diagnostics   what is wrong with an input, where, and what to do about it
 *   calendar      days, ISO weeks, reporting months
 *   numbers       money in micro-units, rounding half to even, decimal text
 *   files         atomic writing, hashing, the folder of templates and fonts
 *   fields        tables of what is read of an export, and what is dropped unread
 *   audit         an append-only log in which each line carries the hash of the one before
 *
 * Nothing here knows what Tidemark is about. Two levels of failure: a bad *record* is
 * reported to a TmDiagnostics and skipped; a call that cannot go on sets a GError. Programming
 * errors are assertions, input never is. Ownership: a function named `new` or `dup` gives
 * ownership, everything else borrows; `free` functions take NULL.
 */
#ifndef TIDEMARK_BASE_H
#define TIDEMARK_BASE_H

#include <glib.h>

G_BEGIN_DECLS

/* ---- Diagnostics ------------------------------------------------------------------------- */

/* In rising order; the worst one seen decides the exit code. */
typedef enum TmSeverity {
    TM_SEVERITY_NOTE,     /* worth knowing; exit 0 */
    TM_SEVERITY_WARNING,  /* taken, with a doubt; exit 0 */
    TM_SEVERITY_SKIPPED,  /* a record or a file was left out; exit 1 */
    TM_SEVERITY_UNUSABLE, /* settings or all input wrong, nothing was done; exit 2 */
    TM_SEVERITY_INTERNAL, /* our fault or the machine's; exit 3 */
} TmSeverity;

/* One row per kind: identifier, severity, name as printed, what the reader should do. */
#define TM_DIAGNOSTIC_KINDS(X)                                                                     \
    X(NOTE_FILE, NOTE, "note", "nothing to do")                                                    \
    X(DUPLICATE_FILE, NOTE, "duplicate file", "nothing to do: the same bytes were read already")   \
    X(EMPTY_FILE, NOTE, "empty file", "export the period again if use was expected")               \
    X(UNFINISHED_LINE, NOTE, "unfinished line", "nothing to do: it is read at the next run")       \
    X(UNKNOWN_COLUMN, NOTE, "unknown field", "nothing to do: it is not read")                      \
    X(UNKNOWN_MODEL, NOTE, "unknown model", "add it to prices.csv if its price matters")           \
    X(UNKNOWN_PERSON, NOTE, "unknown person", "add the account to identities.csv or people.csv")   \
    X(NO_DATA_FILE, WARNING, "no data in file", "download the files that it links to")             \
    X(DOUBTFUL_VALUE, WARNING, "doubtful value", "compare the record with the vendor's console")   \
    X(INCOMPLETE_EXPORT, WARNING, "incomplete export", "export all pages of the period again")     \
    X(BAD_ENCODING, SKIPPED, "not UTF-8", "save the file as UTF-8 and read it again")              \
    X(BAD_CSV, SKIPPED, "broken CSV", "quote the field as RFC 4180 says, or export it again")      \
    X(BAD_JSON, SKIPPED, "broken JSON", "export the file again; it may be cut off")                \
    X(RAGGED_ROW, SKIPPED, "wrong number of fields", "export the file again or mend the row")      \
    X(TOO_LONG, SKIPPED, "record too long", "check that this is the export, not another file")     \
    X(MISSING_FIELD, SKIPPED, "missing field", "export the file again with all columns")           \
    X(BAD_NUMBER, SKIPPED, "not a number", "export the file again or mend the field")              \
    X(OUT_OF_RANGE, SKIPPED, "number out of range",                                                \
        "compare the record with the vendor's console")                                            \
    X(BAD_DATE, SKIPPED, "not a date", "write dates as YYYY-MM-DD")                                \
    X(FUTURE_DATE, SKIPPED, "date in the future", "check the clock of the exporting system")       \
    X(BAD_VALUE, SKIPPED, "value not allowed", "see docs/settings.md for the allowed values")      \
    X(BAD_REFERENCE, SKIPPED, "unknown reference", "add the row that it refers to")                \
    X(OVERLAP, SKIPPED, "overlapping rows", "end one row before the next one begins")              \
    X(DUPLICATE_ROW, SKIPPED, "row of the same key", "add up the rows of one key")                 \
    X(TRUNCATED_FILE, SKIPPED, "truncated file", "copy or export the file again")                  \
    X(UNREADABLE_FILE, SKIPPED, "unreadable file", "check that it exists and may be read")         \
    X(UNKNOWN_FORMAT, SKIPPED, "format not recognised", "see docs/formats.md for what is read")    \
    X(BAD_SETTING, UNUSABLE, "setting not usable", "mend tidemark.ini; docs/settings.md explains") \
    X(BAD_SETUP, UNUSABLE, "set-up file not usable", "mend the file; docs/settings.md explains")   \
    X(BAD_TEMPLATE, UNUSABLE, "template not usable", "mend the template; see docs/templates.md")   \
    X(NOTHING_TO_DO, UNUSABLE, "nothing to do", "name files or folders that hold vendor exports")  \
    X(LOCKED, UNUSABLE, "another run holds the store", "wait until it has ended")                  \
    X(STORE_FAILED, INTERNAL, "store failed", "check disk space and permissions, then run again")  \
    X(OUTPUT_FAILED, INTERNAL, "output failed",                                                    \
        "check disk space and permissions, then run again")                                        \
    X(CHECK_FAILED, INTERNAL, "disclosure check failed", "report this: nothing was published")

typedef enum TmDiagnosticKind {
#define X(id, severity, name, remedy) TM_KIND_##id,
    TM_DIAGNOSTIC_KINDS(X)
#undef X
        TM_KIND_COUNT
} TmDiagnosticKind;

/* Where something was found. Unused parts are NULL or 0. Strings are copied when reported. */
typedef struct TmPlace {
    const char *file;  /* path as the user gave it */
    guint64 line;      /* from 1; 0: the whole file */
    guint64 column;    /* byte in the line, from 1; 0: the whole line */
    const char *field; /* name of the column, key or attribute; never its value */
} TmPlace;

/*
 * Collects diagnostics. Not thread-safe: a worker fills one of its own, and the main thread
 * appends it, in the order of the files, so that what is printed never depends on timing.
 */
typedef struct TmDiagnostics TmDiagnostics;

TmDiagnostics *tm_diagnostics_new(void);
void tm_diagnostics_free(TmDiagnostics *diagnostics);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmDiagnostics, tm_diagnostics_free)

/*
 * Reports one thing. The text says what is wrong and never holds a value that could be content
 * or identity; the kind adds severity and remedy. Of one kind and file the first 1,000 are kept,
 * the rest are counted.
 */
void tm_diagnostics_report(TmDiagnostics *diagnostics, TmDiagnosticKind kind, const TmPlace *place,
    const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Moves everything from `source` to the end of `diagnostics`; `source` is empty afterwards. */
void tm_diagnostics_append(TmDiagnostics *diagnostics, TmDiagnostics *source);

/* How often a kind was reported (kept and counted ones). */
guint64 tm_diagnostics_count(const TmDiagnostics *diagnostics, TmDiagnosticKind kind);

/* How many reports of this severity there were. */
guint64 tm_diagnostics_count_severity(const TmDiagnostics *diagnostics, TmSeverity severity);

TmSeverity tm_diagnostics_worst(const TmDiagnostics *diagnostics);

/* 0 fine, 1 finished with skipped records, 2 nothing done, 3 internal. */
int tm_diagnostics_exit_code(const TmDiagnostics *diagnostics);

/*
 * All kept diagnostics as text, one line each: "file:line:column: severity: name: text (remedy)",
 * with "field: " before the text where a field is known.
 * Of one kind and file at most `most_per_kind` are printed, then "… and n more"; 0 prints all.
 * `least` leaves out what is less severe. Owned by the caller.
 */
char *tm_diagnostics_format(
    const TmDiagnostics *diagnostics, TmSeverity least, guint most_per_kind);

/*
 * The quarantine list of skipped records as CSV (file, line, column, field, reason): what was left
 * out and why, never the record itself. Owned by the caller.
 */
char *tm_diagnostics_format_quarantine(const TmDiagnostics *diagnostics);

const char *tm_diagnostic_kind_name(TmDiagnosticKind kind);
const char *tm_diagnostic_kind_remedy(TmDiagnosticKind kind);
TmSeverity tm_diagnostic_kind_severity(TmDiagnosticKind kind);

/* For failures that a caller must stop at; the code is the exit code to use (2 or 3). */
#define TM_ERROR (tm_error_quark())
GQuark tm_error_quark(void);
typedef enum TmErrorCode { TM_ERROR_UNUSABLE = 2, TM_ERROR_INTERNAL = 3 } TmErrorCode;

/* ---- Calendar ---------------------------------------------------------------------------- */

typedef gint32 TmDay;  /* days since 1970-01-01 */
typedef gint32 TmWeek; /* ISO weeks since the one that holds 1970-01-01 (Monday 1969-12-29) */

#define TM_DAY_NONE G_MININT32
#define TM_DAY_FOREVER G_MAXINT32
#define TM_WEEK_NONE G_MININT32

TmDay tm_day_from_date(int year, int month, int day); /* TM_DAY_NONE if there is no such day */
void tm_day_to_date(TmDay day, int *year, int *month, int *day_of_month);
TmDay tm_day_parse(const char *text, gssize length); /* exactly YYYY-MM-DD, else TM_DAY_NONE */
int tm_day_weekday(TmDay day);                       /* 0 Monday … 6 Sunday */
char *tm_day_format(TmDay day);                      /* "2026-11-15"; "" for an open end */
int tm_days_in_month(int year, int month);
int tm_days_in_year(int year);

/*
 * RFC 3339 instant ("2026-10-05T09:15:02.004Z", any number of fraction digits, offset or Z; a
 * blank may stand for T). Milliseconds since 1970 UTC into *milliseconds. FALSE if it is none.
 */
gboolean tm_instant_parse(const char *text, gsize length, gint64 *milliseconds);
TmDay tm_instant_day(gint64 milliseconds); /* its UTC day */

TmWeek tm_week_of_day(TmDay day);
TmDay tm_week_monday(TmWeek week);
void tm_week_to_iso(TmWeek week, int *iso_year, int *iso_week);
TmWeek tm_week_from_iso(int iso_year, int iso_week);
TmWeek tm_week_parse(const char *text); /* "2026-W46", else TM_WEEK_NONE */
char *tm_week_format(TmWeek week);      /* "2026-W46" */

/* A reporting month is made of whole weeks: those whose Thursday lies in it. */
void tm_week_month(TmWeek week, int *year, int *month);

/* ---- Numbers ----------------------------------------------------------------------------- */

#define TM_MICROS_PER_UNIT 1000000

/* numerator / denominator rounded half to even; denominator > 0. */
gint64 tm_divide_half_even(gint64 numerator, gint64 denominator);
/*
 * a × b / c rounded half to even, without overflow in between; c > 0. A result beyond 64 bits
 * becomes the nearest 64-bit number, here and in tm_round_to.
 */
gint64 tm_scale_half_even(gint64 a, gint64 b, gint64 c);
/* value rounded half to even to a multiple of `step` (> 0). */
gint64 tm_round_to(gint64 value, gint64 step);

/*
 * Decimal text to micro-units, without a float on the way: optional sign, digits, optional point
 * and digits, optional exponent; more than 6 decimals are rounded half to even. FALSE if it is
 * not a number or does not fit; G_MININT64 is never given, so that it can mean "none".
 */
gboolean tm_micros_parse(const char *text, gsize length, gint64 *micros);
/* "-1.270000": all six decimals. Free with g_free(). */
char *tm_micros_format(gint64 micros);
/* The same times 10^places in place of 10^6; `places` from 0 to 18. */
gboolean tm_decimal_parse(const char *text, gsize length, int places, gint64 *value);
/* Digits only, with optional sign. FALSE if not, or beyond 64 bits. */
gboolean tm_integer_parse(const char *text, gsize length, gint64 *value);

/* ---- Files ------------------------------------------------------------------------------- */

/*
 * Writes a file whole or not at all: temporary name in the same folder, fsync, rename. Folders
 * are made as needed. Leaves the file alone when it holds these bytes already.
 */
gboolean tm_file_write(const char *path, const void *bytes, gsize length, GError **error);

/* The same, for a file that only its owner may read (mode 0600), whatever was there before. */
gboolean tm_file_write_private(const char *path, const void *bytes, gsize length, GError **error);

/*
 * Makes a folder that only its owner may enter; parents that are missing get the usual mode. What
 * exists stays as it is. FALSE with errno.
 */
gboolean tm_folder_make_private(const char *folder);

/*
 * Path of a shipped file such as "templates/executive.xml": under $TIDEMARK_DATA if set, else
 * beside the program (../share/tidemark), else in the source tree around the build folder.
 * Owned by the caller.
 */
char *tm_data_path(const char *relative);

/* ---- Progress ---------------------------------------------------------------------------- */

/* A line that is rewritten in place; silent unless standard error is a terminal. */
typedef struct TmProgress TmProgress;
TmProgress *tm_progress_new(const char *what, guint64 total);
void tm_progress_step(TmProgress *progress, guint64 done);
void tm_progress_free(TmProgress *progress); /* clears the line */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmProgress, tm_progress_free)

/* ---- Structured text --------------------------------------------------------------------- */

/* Writes JSON; owns nesting, commas, indentation and escaping. Calls must balance. */
typedef struct TmJson TmJson;
TmJson *tm_json_new(void);
void tm_json_free(TmJson *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmJson, tm_json_free)
void tm_json_begin_object(TmJson *json);
void tm_json_end_object(TmJson *json);
void tm_json_begin_array(TmJson *json);
void tm_json_end_array(TmJson *json);
void tm_json_key(TmJson *json, const char *key);
void tm_json_string(TmJson *json, const char *text); /* NULL writes null */
void tm_json_integer(TmJson *json, gint64 value);
void tm_json_decimal(TmJson *json, gint64 micros); /* 1500000 writes 1.5 */
void tm_json_boolean(TmJson *json, gboolean value);
void tm_json_null(TmJson *json);
char *tm_json_finish(TmJson *json); /* the text with a final newline; owned by the caller */

/*
 * Appends one CSV field with RFC 4180 quoting; the caller writes the commas between fields. NULL
 * is an empty field. Text that a spreadsheet would take for a formula
 * (= + - @, tab, CR at the start) gets a ' in front unless it is a plain number.
 */
void tm_csv_append_field(GString *line, const char *text);

/* ---- Fields of exports ------------------------------------------------------------------- */

/* How a field of an export is used, for the documents made from the tables. */
typedef enum TmFieldUse {
    TM_FIELD_READ,     /* becomes a measure, a day, a dimension, part of the record key */
    TM_FIELD_IDENTITY, /* whose record it is; never stored as it stands */
    TM_FIELD_IGNORED,  /* known, not needed */
    TM_FIELD_CONTENT,  /* could hold content: dropped unread */
} TmFieldUse;

typedef struct TmFieldRule {
    const char *names; /* as in the source, variants separated by '|'; JSON paths with dots */
    TmFieldUse use;
    const char *slot; /* "input_tokens", "day", "record key"; "" if none */
    const char *note; /* unit and quirk, in words; "" if none */
} TmFieldRule;

/* The first of a rule's names, for messages: static text. */
const char *tm_field_name(const TmFieldRule *rule);

/* Appends the rules as a table of Markdown. */
void tm_field_rules_append_markdown(GString *text, const TmFieldRule *rules, guint count);

/* ---- Audit ------------------------------------------------------------------------------- */

/*
 * Appends one line to the audit log: JSON with time, user, command and the given members, and the
 * SHA-256 of the line before; the file is made with mode 0600. A last line cut short by a kill is
 * left as it is: the new line starts on its own and links to it. `members` is the inside of a JSON
 * object ("\"cells\":12"), or "".
 */
gboolean tm_audit_append(
    const char *path, const char *command, const char *members, GError **error);

/* TRUE if each line carries the hash of the one before; else *bad_line is the first that does not.
 */
gboolean tm_audit_verify(const char *path, guint64 *lines, guint64 *bad_line, GError **error);

G_END_DECLS

#endif
