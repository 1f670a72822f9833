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

/* Index into tm_sources. */
typedef enum TmSourceIndex {
#define SOURCE(id, key, tool, order, money_order, measures, merging, sessions, trait)              \
    TM_SOURCE_##id,
#include "sources.def"
#undef SOURCE
    TM_SOURCE_COUNT
} TmSourceIndex;

#define TM_FIELD_BIT(field) (G_GUINT64_CONSTANT(1) << (field))

typedef struct TmCsvFormat {
    const TmFormat
        *tables; /* what files of this kind are; the first one's fields are the columns */
    guint table_count;
    guint64 required; /* TM_FIELD_BIT of the columns that must be there */
    guint64 one_of;   /* one of these too; 0: nothing more is asked for */
    /*
     * Columns of which only the end is known, as those of models: the ending, or NULL. Those that
     * are in no field get slots behind the fields, and open_column() is called for each before
     * open(). Cells of columns for which there is no slot left are not read, which is noted.
     */
    const char *ending;
    void (*open_column)(gpointer state, guint slot, TmCell heading);
    gconstpointer own; /* what open() finds in the reading's `own`; or NULL */
    gsize state_size;  /* zeroed before open() */
    /* The columns are known: finds the version and calls tm_reading_begin(). */
    void (*open)(gpointer state, TmReading *reading, guint64 present);
    /*
     * A row, by field number; cells of columns that are not there are empty. Cells of content must
     * not be looked at; the caller counts them, empty or not, in the summary's
     * `dropped_content_fields`. Cells live during the call.
     */
    void (*row)(gpointer state, TmReading *reading, const TmCell *cells);
    void (*end_file)(gpointer state, TmReading *reading); /* or NULL */
    void (*clear)(gpointer state);                        /* or NULL */
} TmCsvFormat;

typedef struct TmJsonFormat {
    const TmFormat *tables; /* what files of this kind are; the first one's fields are the paths */
    guint table_count;
    /*
     * Ended by NULL. A record is of this format when it has all members of one signature; they are
     * separated by '|'; "name=text" wants that member to be this text, "name=*text" to end so;
     * "name,other" wants one of these. "." at the end: and no other members.
     */
    const char *const *signatures;
    /*
     * In place of tm_json_page_arrays, for files whose first record is then of this format; NULL:
     * those. A page that has the array `own_page` and is a record of another format is none.
     */
    const char *const *page_arrays;
    const char *own_page; /* among them, and no usual one; or NULL */
    gconstpointer own;    /* what the functions find in the reading's `own`; or NULL */
    gsize state_size;     /* zeroed before the first record */
    void (*begin_record)(gpointer state);
    /*
     * A value that is read or an identity, by its place in the field table; `value` is an object or
     * array where the table names one, and then stands for "here one begins". Texts live until
     * end_record(). Content is not handed over, and is counted by the reader. Members of a page
     * come between records, and before the first begin_record().
     */
    void (*field)(gpointer state, TmReading *reading, guint field, const TmJsonValue *value);
    /*
     * In place of field(), for records that no table of paths describes: reads the opened record.
     * FALSE when it is broken (tm_json_record_fault() says why) or was reported. The field table
     * still says what is read and what is dropped.
     */
    gboolean (*walk)(gpointer state, TmReading *reading, TmJsonRecord *record);
    gboolean lines; /* clients write each record into a line of its own, never in pages */
    gboolean grows; /* clients append to it, line by line, while they run */
    /* The record is complete and well-formed. FALSE when it is none of this format. */
    gboolean (*end_record)(gpointer state, TmReading *reading);
    /* The members of a page before its records, and (`closing`) those behind them; or NULL. */
    void (*end_page)(gpointer state, TmReading *reading, gboolean closing);
    void (*end_file)(gpointer state, TmReading *reading); /* or NULL */
    void (*clear)(gpointer state);                        /* or NULL */
} TmJsonFormat;

#define CSV(name) extern const TmCsvFormat tm_csv_##name;
#define JSON(name) extern const TmJsonFormat tm_json_##name;
#include "formats.def"
#undef CSV
#undef JSON

/* All readers, ended by NULL; behind those of formats.def what mapping files describe. */
#define TM_MAPPING_LIMIT 32
extern const TmCsvFormat *tm_csv_formats[];
extern const TmJsonFormat *tm_json_formats[];

/* For tm_intake_prepare(): forgets what was added, and adds. */
void tm_formats_forget_added(void);
void tm_formats_add_csv(const TmCsvFormat *format);
void tm_formats_add_json(const TmJsonFormat *format);

#endif
