/*
 * intake: exports of the vendors become records.
 *
 * tm_intake_read() recognises a file by its content, reads it in bounded memory, and hands each
 * record to a sink; what cannot be taken is reported with file, line, column, field and reason,
 * and the rest goes on. A format is one file in src/intake/formats/: a constant table of fields
 * (names of the source → slot, unit, note; or dropped unread, for content) and a small row
 * function. Whose record it is, and what is kept of it, is the sink's affair.
 *
 * Fields that hold content (prompts, code, file names, messages) are named in the tables as
 * dropped and never leave the parser.
 */
#ifndef TIDEMARK_INTAKE_H
#define TIDEMARK_INTAKE_H

#include <tidemark/base.h>
#include <tidemark/setup.h>

G_BEGIN_DECLS

/*
 * What can be counted. Token slots are disjoint for every vendor: fresh input excludes cached
 * input; totals without a split go to UNSPLIT. METERED is billed beyond seats; LIST_VALUE is use
 * that a subscription covers, or priced at list prices. INTERACTIONS is what makes a day active.
 */
#define TM_MEASURES(X)                                                                             \
    X(INTERACTIONS, "interactions")                                                                \
    X(SESSIONS, "sessions")                                                                        \
    X(REQUESTS, "requests")                                                                        \
    X(MESSAGES, "messages")                                                                        \
    X(INPUT_TOKENS, "input_tokens")                                                                \
    X(CACHE_WRITE_TOKENS, "cache_write_tokens")                                                    \
    X(CACHE_READ_TOKENS, "cache_read_tokens")                                                      \
    X(OUTPUT_TOKENS, "output_tokens")                                                              \
    X(UNSPLIT_TOKENS, "unsplit_tokens")                                                            \
    X(METERED, "metered")                                                                          \
    X(LIST_VALUE, "list_value")                                                                    \
    X(SHOWN, "shown")                                                                              \
    X(ACCEPTED, "accepted")                                                                        \
    X(REJECTED, "rejected")                                                                        \
    X(ACTIVE_SECONDS, "active_seconds")

typedef enum TmMeasure {
#define X(id, name) TM_MEASURE_##id,
    TM_MEASURES(X)
#undef X
        TM_MEASURE_COUNT
} TmMeasure;

const char *tm_measure_name(TmMeasure measure);

#define TM_MEASURE_BIT(measure) (1u << (measure))

/* Counts; money in micro-units. A measure whose bit is not in `present` is unknown, not zero. */
typedef struct TmMeasures {
    guint32 present;
    guint32 estimated; /* subset of present: stated by the vendor as an estimate, or made by us */
    gint64 value[TM_MEASURE_COUNT]; /* 0 where not present */
} TmMeasures;

typedef enum TmSurface {
    TM_SURFACE_UNKNOWN,
    TM_SURFACE_COMPLETION,
    TM_SURFACE_CHAT,
    TM_SURFACE_EDIT,
    TM_SURFACE_AGENT,
    TM_SURFACE_REVIEW,
    TM_SURFACE_TERMINAL,
    TM_SURFACE_OTHER,
} TmSurface;

/*
 * One source of one tool: a kind of data that never adds up with another kind for the same use.
 * Constant table in src/intake/sources.c. `order`: lower is preferred (docs/formats.md).
 */
typedef struct TmSource {
    const char *key; /* "cursor-usage-csv"; stored in the ledger, never changed */
    TmKnownTool tool;
    int order;             /* precedence for use */
    int money_order;       /* precedence for metered and list_value */
    guint32 measures;      /* bits that it can supply */
    gboolean has_sessions; /* states sessions itself */
    gboolean has_instants; /* records carry an instant: sessions by gaps, the person's own day */
    gboolean twins;        /* records have no id: equal keys in one file are several records */
} TmSource;

extern const TmSource tm_sources[];
extern const guint tm_source_count;
guint tm_source_index(const char *key); /* G_MAXUINT if there is none */

#define TM_INSTANT_NONE G_MININT64
#define TM_RECORD_IDENTITIES 2

/* What a sink receives. Everything pointed to is valid only during the call. */
typedef struct TmRecord {
    TmIdentity identity[TM_RECORD_IDENTITIES]; /* in order of trust; the second may be empty */
    guint identities;                          /* 0: no identity in the file, 1 or 2 */
    gboolean service;                          /* a key, bot or automation: no person behind it */
    TmDay day;                                 /* the source's own (UTC) day */
    gint64 instant;    /* milliseconds UTC, or TM_INSTANT_NONE for day-level sources */
    guint64 key;       /* hash of the record key: same key, same record */
    guint part;        /* 0, 1, …: lines of one record (one per model) */
    const char *model; /* as written, or NULL */
    gsize model_length;
    TmSurface surface;
    TmMeasures measures;
} TmRecord;

/* A format that can be recognised. */
typedef struct TmFormat {
    const char *key;  /* "cursor-usage-csv" */
    const char *name; /* "Cursor usage events CSV" */
    const TmSource *source;
    const TmFieldRule *fields;
    guint field_count;
} TmFormat;

/* Takes what is read. Called from the thread that reads the file. */
typedef struct TmIntakeSink {
    /* Once, when the format is known and before the first record. */
    void (*begin)(gpointer user, const struct TmFormat *format);
    void (*record)(gpointer user, const TmRecord *record);
    /* The file states that it covers these days for everybody, rows or not. */
    void (*covered)(gpointer user, TmDaySpan days);
    gpointer user;
} TmIntakeSink;

/* All formats; `count` may be NULL. */
const TmFormat *tm_formats(guint *count);

/* docs/formats.md, made from the tables of fields and sources. Owned by the caller. */
char *tm_intake_formats_markdown(void);

/* What was found in one file. */
typedef struct TmFileSummary {
    char *path;
    const TmFormat *format; /* NULL: not recognised, or nothing in it */
    char *version;          /* "v2 team", "page", … */
    gboolean compressed;
    guint64 bytes;     /* on disk */
    guint8 sha256[32]; /* of the bytes on disk, hashed while reading */
    gint64 modified;   /* seconds since 1970 */
    gint64 exported;   /* rank of the export: its own time, else the date in its name, else
                          mtime; milliseconds since 1970 */
    TmDay first, last; /* of the rows taken; TM_DAY_NONE without any */
    guint64 rows_taken;
    guint64 rows_skipped;           /* reported and left out */
    guint64 rows_outside;           /* left out by --since / --until */
    guint64 dropped_content_fields; /* how many content fields were dropped unread */
    TmMeasures totals;              /* sum of every measure over the rows taken */
} TmFileSummary;

void tm_file_summary_clear(TmFileSummary *summary);

typedef struct TmIntakeOptions {
    TmDay today;        /* later days are in the future */
    TmDay since, until; /* TM_DAY_NONE / TM_DAY_FOREVER: no limit */
} TmIntakeOptions;

/*
 * Reads one file, plain or gzip. Fills `summary` (clear it in every case). FALSE when nothing of it
 * was taken: not recognised, not readable, empty; the reason is in `diagnostics`. Memory does not
 * grow with the file: at most one window and one record (16 MiB) are held.
 */
gboolean tm_intake_read(const char *path, const TmIntakeOptions *options, const TmIntakeSink *sink,
    TmFileSummary *summary, TmDiagnostics *diagnostics);

/*
 * All regular files below the given files and folders, sorted by path, hidden ones left out; each
 * once. Reports those that do not exist. Elements are char*, owned by the array.
 */
GPtrArray *tm_intake_find_files(char *const *paths, TmDiagnostics *diagnostics);

G_END_DECLS

#endif
