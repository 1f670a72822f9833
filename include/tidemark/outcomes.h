/*
 * outcomes: exports of development tools become counts of teams.
 *
 * tm_outcomes_read() recognises a file by its content, reads it in bounded memory and hands each
 * counted item to a sink: a commit, a merged request, a closed task, a row of outcomes.csv. An
 * item has a day, a team and a metric; nothing about a person leaves the room, and no title, body,
 * message, path or number of lines. Who did the work is looked up to find the team and forgotten.
 * Answers to a survey and written themes come through functions of their own.
 *
 * Formats, counting rules and cautions: docs/outcomes.md.
 */
#ifndef TIDEMARK_OUTCOMES_H
#define TIDEMARK_OUTCOMES_H

#include <tidemark/base.h>
#include <tidemark/setup.h>

G_BEGIN_DECLS

/* Metrics that are counted here; outcomes.csv may name others. */
#define TM_OUTCOME_METRICS(X)                                                                      \
    X(COMMITS, "commits")                                                                          \
    X(MERGED_REQUESTS, "merged_requests")                                                          \
    X(TASKS_CLOSED, "tasks_closed")                                                                \
    X(FEATURES_SHIPPED, "features_shipped")                                                        \
    X(REVERTS, "reverts")                                                                          \
    X(REWORK_COMMITS, "rework_commits")

typedef enum TmOutcomeMetric {
#define X(id, name) TM_OUTCOME_##id,
    TM_OUTCOME_METRICS(X)
#undef X
        TM_OUTCOME_METRIC_COUNT
} TmOutcomeMetric;

const char *tm_outcome_metric_name(TmOutcomeMetric metric);

/* What tool the export is from. */
#define TM_OUTCOME_SOURCES(X)                                                                      \
    X(TABLE, "outcomes_csv")                                                                       \
    X(GIT, "git")                                                                                  \
    X(GITHUB, "github")                                                                            \
    X(GITLAB, "gitlab")                                                                            \
    X(JIRA, "jira")                                                                                \
    X(LINEAR, "linear")                                                                            \
    X(SURVEY, "survey")                                                                            \
    X(THEMES, "themes")

typedef enum TmOutcomeSource {
#define X(id, key) TM_OUTCOME_SOURCE_##id,
    TM_OUTCOME_SOURCES(X)
#undef X
        TM_OUTCOME_SOURCE_COUNT
} TmOutcomeSource;

const char *tm_outcome_source_key(TmOutcomeSource source);

/* How many days a count stands for, from `day` on; never spread over them. */
typedef enum TmOutcomePeriod {
    TM_OUTCOME_DAY,
    TM_OUTCOME_WEEK,  /* day is a Monday */
    TM_OUTCOME_MONTH, /* day is the first of a calendar month */
} TmOutcomePeriod;

/* One counted item. What it points to is valid only during the call. */
typedef struct TmOutcome {
    guint64 key;     /* hash: the same item has the same key in every export */
    gint64 exported; /* rank of the export in milliseconds: of one key the highest one counts */
    TmOutcomeSource source;
    TmDay day; /* in the organisation's zone */
    TmOutcomePeriod period;
    TmTeamIndex team;        /* any unit; 0 the organisation; TM_TEAM_NONE: unattributed */
    const char *metric;      /* lower case, digits and "_" */
    guint64 project;         /* hash of the repository or project; 0: none */
    const char *project_key; /* as written, only if it has the form of a key ("WEB"); else NULL */
    gint64 count;            /* in millionths; 0 or more */
    gboolean estimated;      /* the day is not the one wanted, but the nearest that is known */
    gboolean adds; /* items with this key in one file add up; else the later one replaces */
} TmOutcome;

/* One answer of survey.csv. Without a token of the respondent no two answers have one key. */
typedef struct TmSurveyAnswer {
    guint64 key;     /* 0 without a token: such answers are replaced file by file */
    gint64 exported; /* as of TmOutcome */
    TmDay day;
    TmTeamIndex team; /* 0: the organisation */
    gint64 score;     /* in millionths; 0 to scale_max */
    gint64 scale_max; /* in millionths */
} TmSurveyAnswer;

/* One section of themes.md, which is written to be published. UTF-8, not ended by NUL. */
typedef struct TmTheme {
    gint64 exported; /* as of TmOutcome */
    TmDay day;
    const char *heading;
    gsize heading_length;
    const char *author;
    gsize author_length;
    const char *text; /* without blank lines around it */
    gsize text_length;
} TmTheme;

/* Takes what is read; functions may be NULL. Called from the thread that reads the file. */
typedef struct TmOutcomeSink {
    void (*outcome)(gpointer user, const TmOutcome *outcome);
    void (*answer)(gpointer user, const TmSurveyAnswer *answer);
    void (*theme)(gpointer user, const TmTheme *theme);
    gpointer user;
} TmOutcomeSink;

/* A format that can be recognised, and the table of what is read of it. */
typedef struct TmOutcomeFormat {
    const char *key;
    const char *name;
    TmOutcomeSource source;
    const TmFieldRule *fields;
    guint field_count;
} TmOutcomeFormat;

/* Items that are known and not counted, by reason. */
#define TM_OUTCOME_EXCLUSIONS(X)                                                                   \
    X(BOT, "made by a bot")                                                                        \
    X(MERGE, "a merge of branches")                                                                \
    X(UNFINISHED, "neither merged nor closed")                                                     \
    X(OTHER_BRANCH, "merged into another branch than the main one")                                \
    X(REQUEST_AMONG_ISSUES, "a pull request in a list of issues")                                  \
    X(RESOLUTION, "closed without being done")                                                     \
    X(SUB_TASK, "a sub-task")

typedef enum TmOutcomeExclusion {
#define X(id, words) TM_OUTCOME_EXCLUDED_##id,
    TM_OUTCOME_EXCLUSIONS(X)
#undef X
        TM_OUTCOME_EXCLUSION_COUNT
} TmOutcomeExclusion;

const char *tm_outcome_exclusion_words(TmOutcomeExclusion exclusion);

/* What was found in one file. */
typedef struct TmOutcomeSummary {
    char *path;
    const TmOutcomeFormat *format; /* NULL: not recognised, or nothing in it */
    gboolean compressed;
    guint64 bytes;     /* on disk */
    guint8 sha256[32]; /* of the bytes on disk */
    gint64 modified;   /* seconds since 1970 */
    gint64 exported;   /* the last date in the file's name, else mtime; milliseconds since 1970 */
    TmDay first, last; /* of what was taken; TM_DAY_NONE without any */
    guint64 rows_taken;
    guint64 rows_skipped;                              /* reported and left out */
    guint64 rows_excluded[TM_OUTCOME_EXCLUSION_COUNT]; /* not counted, by the rules */
    guint64 rows_unattributed;                         /* taken, but of no team */
    guint64 dropped_content_fields;                    /* content fields dropped unread */
} TmOutcomeSummary;

void tm_outcome_summary_clear(TmOutcomeSummary *summary);

/* How to read; tm_outcome_options() fills it from the settings. Pointers are borrowed. */
typedef struct TmOutcomeOptions {
    TmDay today; /* later days are in the future */
    TmDateOrder date_order;
    GTimeZone *zone;                  /* of Jira's dates without an offset */
    gboolean author_day;              /* commits on the day of the author */
    gboolean sub_tasks;               /* count them */
    const char *feature_types;        /* issue types and labels, by comma */
    const char *excluded_resolutions; /* by comma */
} TmOutcomeOptions;

TmOutcomeOptions tm_outcome_options(const TmSetup *setup, TmDay today);

/*
 * Reads one file, plain or gzip. Fills `summary` (clear it in every case). FALSE when nothing of it
 * was taken; the reason is in `diagnostics`. Memory does not grow with the file.
 */
gboolean tm_outcomes_read(const char *path, const TmOutcomeOptions *options, const TmSetup *setup,
    const TmOutcomeSink *sink, TmOutcomeSummary *summary, TmDiagnostics *diagnostics);

/* The tables of fields in docs/outcomes.md, as Markdown. Owned by the caller. */
char *tm_outcomes_formats_markdown(void);

G_END_DECLS

#endif
