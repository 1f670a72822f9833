/*
 * formats: what a format file in formats/ gives to the rest of intake.
 *
 * A format is a table of fields, whose order is that of the file's own enumeration, and a few
 * functions. A CSV format gets its cells by field number. A JSON format is called with each value
 * whose path is in the table, then at the end of the record.
 */
#ifndef TIDEMARK_INTAKE_FORMATS_H
#define TIDEMARK_INTAKE_FORMATS_H

#include <tidemark/records.h>

#include "reading.h"

/* Index into tm_formats(). */
typedef enum TmFormatIndex {
    TM_FORMAT_CLAUDE_CODE_ANALYTICS,
    TM_FORMAT_COPILOT_ENTERPRISE_USERS,
    TM_FORMAT_COPILOT_ORGANISATION_USERS,
    TM_FORMAT_CURSOR_USAGE_CSV,
    TM_FORMAT_COUNT
} TmFormatIndex;

/* Index into tm_sources. */
typedef enum TmSourceIndex {
    TM_SOURCE_CLAUDE_CODE_ANALYTICS,
    TM_SOURCE_COPILOT_ENTERPRISE_USERS,
    TM_SOURCE_COPILOT_ORGANISATION_USERS,
    TM_SOURCE_CURSOR_USAGE_CSV,
    TM_SOURCE_COUNT
} TmSourceIndex;

#define TM_CURSOR_USAGE_FIELDS 15
#define TM_CLAUDE_CODE_FIELDS 27
#define TM_COPILOT_USER_FIELDS 50

extern const TmFieldRule tm_cursor_usage_fields[TM_CURSOR_USAGE_FIELDS];
extern const TmFieldRule tm_claude_code_fields[TM_CLAUDE_CODE_FIELDS];
extern const TmFieldRule tm_copilot_user_fields[TM_COPILOT_USER_FIELDS];

#define TM_FIELD_BIT(field) (G_GUINT64_CONSTANT(1) << (field))

typedef struct TmCsvFormat {
    TmFormatIndex index;
    guint64 required; /* TM_FIELD_BIT of the columns that must be there */
    guint64 one_of;   /* one of these too */
    gsize state_size; /* zeroed before open() */
    /* The columns are known: finds the version and calls tm_reading_begin(). */
    void (*open)(gpointer state, TmReading *reading, guint64 present);
    void (*row)(gpointer state, TmReading *reading, const TmCell *cells);
} TmCsvFormat;

typedef struct TmJsonFormat {
    TmFormatIndex index;
    const char *keys;       /* members that a record must have to be recognised, by '|' */
    const char *other_keys; /* or these; NULL */
    gsize state_size;       /* zeroed before the first record */
    void (*begin_record)(gpointer state);
    /*
     * A value, by its place in the field table; `value` is an object or array where the table
     * names one, and then stands for "here one begins".
     */
    void (*field)(gpointer state, TmReading *reading, guint field, const TmJsonValue *value);
    /* The record is complete and well-formed. FALSE when it is none of this format. */
    gboolean (*end_record)(gpointer state, TmReading *reading);
    /* The members of a page before its records, and (`closing`) those behind them. */
    void (*end_page)(gpointer state, TmReading *reading, gboolean closing);
    void (*end_file)(gpointer state, TmReading *reading);
    void (*clear)(gpointer state);
} TmJsonFormat;

extern const TmCsvFormat tm_cursor_usage_csv;
extern const TmJsonFormat tm_claude_code_analytics;
extern const TmJsonFormat tm_copilot_user_metrics;

#endif
