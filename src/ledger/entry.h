/*
 * An entry is what the ledger remembers of one record (one part of it): enough to recompute the
 * totals of its day and to merge later exports. Entries of one account, week and source are kept
 * in one packed text, sorted by key and part; the same packing is used for the sorted runs of a
 * batch. A writer or reader holds the state of one such text: an entry says only what differs
 * from the entry before it.
 */
#ifndef LEDGER_ENTRY_H
#define LEDGER_ENTRY_H

#include <tidemark/ledger.h>

#define TM_MINUTE_NONE (-1)
#define TM_ENTRY_LONGEST 256 /* bytes of one packed entry at most */

/* Which export set the values of a record. The greater one replaces the lesser. */
typedef struct TmExport {
    gint64 rank;  /* TmFileSummary.exported */
    guint64 file; /* first bytes of the file's SHA-256: decides between equal ranks */
} TmExport;

/* What one account has of one source in one week: where entries belong. */
typedef struct TmLedgerCell {
    guint32 account;
    TmWeek week;
    guint source; /* into tm_sources */
} TmLedgerCell;

typedef struct TmEntry {
    guint64 key;
    guint32 part;
    guint8 day;       /* of the week, 0 Monday, local to the account */
    guint8 surface;   /* TmSurface */
    guint8 task;      /* TmTask */
    gboolean running; /* the measures are running totals: TmRecord.running */
    gint16 minute;    /* of that day, or TM_MINUTE_NONE */
    guint32 count;    /* how often the record counts: the most copies of it in any one file */
    guint32 copies;   /* how many copies the export had that set the values */
    TmExport exported;
    /*
     * Sessions that it may belong to, the lesser hash first, 0 if none: a copy in a fork says
     * nothing of which of the two sessions the record was made in.
     */
    guint32 session[2];
    guint32 model, label; /* hashes of names (names.h), 0 if none */
    TmMeasures measures;  /* sums over these copies */
} TmEntry;

int tm_export_compare(const TmExport *a, const TmExport *b);

/* By key and part. */
int tm_entry_compare(const TmEntry *a, const TmEntry *b);

/* 32 bits of a session's hash, never 0 unless there is none; they fold to themselves. */
guint32 tm_session_fold(guint64 session);

/* One copy of a record, on its account's day and minute (or TM_MINUTE_NONE); names are not set. */
TmEntry tm_entry_of_record(const TmRecord *record, TmDay day, int minute);

/* Adds up; at the ends of 64 bits it stays there. */
gint64 tm_add_clamped(gint64 a, gint64 b);
void tm_measures_merge(TmMeasures *sum, const TmMeasures *more);

/* What a counter has gained since `before`; one that has fallen began again. */
void tm_measures_subtract(TmMeasures *measures, const TmMeasures *before);

/*
 * Merges two entries of one file with the same key and part: `earlier` becomes what both say, by
 * the rule of their source.
 */
void tm_entry_combine(TmEntry *earlier, const TmEntry *later, TmMerging merging);

/*
 * One of two copies that clients made of a record: the values of the copy that has most tokens, at
 * the time of the earlier; one that has only a day gives way to one with a minute. Neither order
 * nor repetition of joins matters.
 */
void tm_entry_join(TmEntry *entry, const TmEntry *other);

typedef struct TmEntryWriter {
    GByteArray *out; /* borrowed */
    gboolean started;
    guint64 key;
    guint32 part;
    TmExport exported;
    guint8 surface;
    guint32 present, estimated; /* as written: with the bits of what is no measure */
} TmEntryWriter;

/* Begins a text at the end of `out`. Without an export of its own it starts from rank 0, file 0. */
void tm_entry_writer_begin(TmEntryWriter *writer, GByteArray *out);
void tm_entry_write(TmEntryWriter *writer, const TmEntry *entry);

typedef struct TmEntryReader {
    const guint8 *at, *end;
    gboolean broken; /* the text ended inside an entry or holds impossible values */
    guint32 bits;    /* of the shape in force */
    TmEntry last;
} TmEntryReader;

void tm_entry_reader_begin(TmEntryReader *reader, const guint8 *bytes, gsize length);
/* FALSE at the end, or when the text is broken. */
gboolean tm_entry_read(TmEntryReader *reader, TmEntry *entry);

/* Varints: seven bits a byte, lowest first; signed ones with the sign in the lowest bit. */
#define TM_VARINT_LONGEST 10
guint8 *tm_varint_write(guint8 *at, guint64 value);
/* NULL if there is no whole varint before the end. */
const guint8 *tm_varint_read(const guint8 *at, const guint8 *end, guint64 *value);

static inline guint64 tm_zigzag(gint64 value)
{
    return ((guint64)value << 1) ^ (value < 0 ? G_MAXUINT64 : 0);
}

static inline gint64 tm_unzigzag(guint64 value)
{
    return (gint64)(value >> 1) ^ -(gint64)(value & 1);
}

#endif
