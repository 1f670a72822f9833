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
 * MESSAGES are what a person sent: prompts, turns of a chat. REQUESTS are calls of a model; one
 * message can cause many.
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
gboolean tm_measure_is_money(TmMeasure measure);

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

/* Kinds of work, where the source or a mapping file states them; never guessed from content. */
typedef enum TmTask {
    TM_TASK_UNKNOWN,
    TM_TASK_CODING,
    TM_TASK_TESTING,
    TM_TASK_DEBUGGING,
    TM_TASK_DOCUMENTATION,
    TM_TASK_REVIEW,
    TM_TASK_REFACTORING,
    TM_TASK_OTHER,
} TmTask;

/* The words for them in tidemark.csv and in mapping files; "" for unknown. */
const char *tm_surface_name(TmSurface surface);
const char *tm_task_name(TmTask task);

/* What becomes of two records with the same key. */
typedef enum TmMerging {
    TM_MERGE_LATER, /* the later export replaces */
    TM_MERGE_TWINS, /* the same, and records have no id: equal keys in one file are several */
    /*
     * Clients copy records between files: they are one, at the earliest time, with the values of
     * the copy that has most tokens. A key is looked for in all weeks of its account. Where parts
     * name requests (TM_PART_OF_REQUEST), part 0 is a copy that does not say which request it was:
     * it is one with the only other part of its key, and nothing beside several.
     */
    TM_MERGE_COPIES,
} TmMerging;

/* In TmRecord.part: the other bits are a hash of the request that a copy names. */
#define TM_PART_OF_REQUEST (1u << 31)

/* Where sessions come from. */
typedef enum TmSessionKind {
    TM_SESSIONS_NONE,   /* rows of days: sessions are not measured */
    TM_SESSIONS_STATED, /* the measure SESSIONS of the records */
    TM_SESSIONS_NAMED,  /* distinct values of TmRecord.session; records without one: by gaps */
    TM_SESSIONS_GAPS,   /* instants with gaps under 30 minutes, marked as estimated */
} TmSessionKind;

/* What is particular about a source. */
typedef enum TmSourceTrait {
    TM_TRAIT_NONE,
    TM_TRAIT_PERSONAL, /* covers days only for the accounts that it has records of */
    TM_TRAIT_OWN_DAYS, /* and of these only days with records: it knows a part of the use only */
    TM_TRAIT_APART,    /* totals of an organisation or of a long period: shown, never in KPIs */
} TmSourceTrait;

/*
 * One source of one tool: a kind of data that never adds up with another kind for the same use.
 * Table in src/intake/sources.def. `order`: lower is preferred (docs/formats.md).
 */
typedef struct TmSource {
    const char *key; /* "cursor-usage-csv"; stored in the ledger, never changed */
    TmToolIndex tool;
    int order;        /* precedence for use */
    int money_order;  /* precedence for metered and list_value */
    guint32 measures; /* bits that it can supply */
    TmMerging merging;
    TmSessionKind sessions;
    TmSourceTrait trait;
} TmSource;

/* Sources at most: those of the program and those that mapping files add. */
#define TM_SOURCE_LIMIT 250

/* Written by tm_intake_prepare() only. */
extern TmSource tm_sources[TM_SOURCE_LIMIT];
extern guint tm_source_count;
guint tm_source_index(const char *key); /* G_MAXUINT if there is none */

/*
 * Adds the sources that depend on the company: for each tool of the set-up the rows of tidemark.csv
 * ("tidemark-csv:TOOL"), then what the files in its folder "mappings" describe (docs/mapping.md).
 * `setup` NULL: the tools that we know, and no mappings. To be called when the set-up is loaded,
 * before a ledger is opened and before any thread reads; again, it begins anew. FALSE with an error
 * that names file and line when a mapping file cannot be used. `setup` is not kept.
 */
gboolean tm_intake_prepare(const TmSetup *setup, GError **error);

#define TM_INSTANT_NONE G_MININT64
#define TM_RECORD_IDENTITIES 2

/* What must be known of a record, beside its measures, to price it at list prices. */
typedef struct TmPricing {
    gboolean wanted;           /* no money is stated: price the tokens, marked as estimated */
    gboolean request;          /* the record is one request: long-context rates apply to it */
    gboolean fast;             /* the vendor's fast mode */
    gboolean long_cache_known; /* the next field says how the cache writes split */
    gint64 long_cache_writes;  /* tokens of CACHE_WRITE_TOKENS, kept for an hour; no more than it */
} TmPricing;

/* What a sink receives. Everything pointed to is valid only during the call. */
typedef struct TmRecord {
    const TmSource *source;                    /* NULL: that of the file's format */
    TmIdentity identity[TM_RECORD_IDENTITIES]; /* in order of trust; the second may be empty */
    guint identities;                          /* 0: no identity in the file, 1 or 2 */
    gboolean service;                          /* a key, bot or automation: no person behind it */
    TmDay day;                                 /* the source's own (UTC) day */
    gint64 instant;    /* milliseconds UTC, or TM_INSTANT_NONE for day-level sources */
    guint64 key;       /* hash of the record key: same key, same record */
    guint32 part;      /* 0, 1, …: lines of one record (one per model) */
    guint64 session;   /* hash of the session's id, 0 if none; for TM_SESSIONS_NAMED */
    const char *model; /* as written, or NULL */
    gsize model_length;
    const char *label; /* "project:…", "product:…" or "cost_center:…"; NULL: none */
    gsize label_length;
    TmSurface surface;
    TmTask task;
    /*
     * The measures are running totals of a counter: `key` names the counter, `part` is the day.
     * What counts is the increase from one day of it to the next. Only with TM_MERGE_COPIES.
     */
    gboolean running;
    TmPricing pricing;
    TmMeasures measures;
} TmRecord;

/* One seat of a vendor's list of seats. Valid during the call. */
typedef struct TmSeat {
    const TmSource *source;
    TmIdentity identity[TM_RECORD_IDENTITIES];
    guint identities;
    TmDay listed;     /* the day of the list */
    TmDay created;    /* TM_DAY_NONE if the list does not say */
    TmDay ends;       /* the seat's last day, as announced; TM_DAY_FOREVER */
    const char *plan; /* as written, or NULL */
    gsize plan_length;
} TmSeat;

/* A format that can be recognised. */
typedef struct TmFormat {
    const char *key;        /* "cursor-usage-csv" */
    const char *name;       /* "Cursor usage events CSV" */
    const TmSource *source; /* of records that name no other */
    const TmFieldRule *fields;
    guint field_count;
} TmFormat;

/* Takes what is read. Called from the thread that reads the file. */
typedef struct TmIntakeSink {
    /* Once, when the format is known and before the first record. */
    void (*begin)(gpointer user, const struct TmFormat *format);
    void (*record)(gpointer user, const TmRecord *record);
    /* The file states that it covers these days for everybody, rows or not. */
    void (*covered)(gpointer user, const TmSource *source, TmDaySpan days);
    void (*seat)(gpointer user, const TmSeat *seat);
    gpointer user;
} TmIntakeSink;

/* All formats, in the order in which docs/formats.md has them. */
guint tm_intake_format_count(void);
const TmFormat *tm_intake_format(guint index);

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
    guint64 seats;                  /* of a list of seats */
    guint64 dropped_content_fields; /* how many content fields were dropped unread */
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
 * All regular files below the given files and folders, sorted by path, each once. Hidden ones are
 * left out, but not those in the folders of clients (.claude, .codex, .gemini and their like), and
 * so is what clients leave behind when writing failed.
 * Reports those that do not exist. Elements are char*, owned by the array.
 */
GPtrArray *tm_intake_find_files(char *const *paths, TmDiagnostics *diagnostics);

G_END_DECLS

#endif
