/*
 * archive: the publishable store. Cells at their published precision, append-only, each line
 * carrying the hash of the one before; no person in it, in any form.
 *
 * Writing: tm_archive_publish() puts measured figures under disclosure control (privacy rules
 * 1–7, 10, 13), checks the result with code of its own, and appends; when the check fails, nothing
 * is written. Reading: a TmIssue is all that a report of one week may know; reports open nothing
 * else.
 */
#ifndef TIDEMARK_ARCHIVE_H
#define TIDEMARK_ARCHIVE_H

#include <tidemark/base.h>
#include <tidemark/measure.h>

G_BEGIN_DECLS

typedef enum TmCellState {
    TM_CELL_VALUE,        /* `value` may be printed */
    TM_CELL_BAND,         /* only low … high may be printed (high included) */
    TM_CELL_NOT_SHOWN,    /* fewer than the minimum of people */
    TM_CELL_NOT_MEASURED, /* no source supplies it */
} TmCellState;

/* A published cell. Values are integers in the KPI's unit, multiples of its step. */
typedef struct TmCell {
    TmKpiId kpi;
    TmWeek week;
    const char *scope; /* id */
    const char *part;  /* tool key or "" */
    TmCellState state;
    guint flags;      /* TM_FIGURE_ESTIMATED, _INCOMPLETE, _AT_LEAST */
    gint64 value;     /* state VALUE, else 0 */
    gint64 low, high; /* state BAND; G_MAXINT64: open */
    int rule_version;
} TmCell;

typedef struct TmArchive TmArchive;

typedef enum TmArchiveMode { TM_ARCHIVE_READ, TM_ARCHIVE_WRITE } TmArchiveMode;

TmArchive *tm_archive_open(const char *path, TmArchiveMode mode, GError **error);
void tm_archive_close(TmArchive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmArchive, tm_archive_close)

/* Published weeks, oldest first (TmWeek); empty when there are none. Owned by the caller. */
GArray *tm_archive_weeks(TmArchive *archive);

/* Partitions published before, oldest first (TmPartition*): what measure needs for merging. */
GPtrArray *tm_archive_partitions(TmArchive *archive, GError **error);

/* A line of text or number that reports say about the data itself, as of the issue. */
typedef struct TmContext {
    const char *kind; /* "organisation", "currency", "setting", "goal", "budget", "tool", "event" */
    const char *scope; /* scope id, or "" */
    const char *key;   /* setting or KPI key, tool key, … */
    gint64 number;
    const char *text; /* or NULL */
} TmContext;

typedef struct TmPublishOptions {
    gint64 minimum_people, distribution_people, cross_cut_people, p_percent;
    int rule_version;       /* of all cells: see tm_issue_rule_version() */
    const GArray *contexts; /* TmContext */
    TmWeek issue;           /* the last of the weeks: what the contexts are as of */
} TmPublishOptions;

typedef struct TmPublishCounts {
    guint64 cells, bands, not_shown, merged_blocks;
} TmPublishCounts;

/* Appends all weeks of `measured` in one transaction; weeks published before are an error. */
gboolean tm_archive_publish(TmArchive *archive, const TmMeasured *measured,
    const TmPublishOptions *options, TmPublishCounts *counts, GError **error);

/* TRUE if each line's hash follows from the one before. */
gboolean tm_archive_verify(TmArchive *archive, guint64 *lines, guint64 *bad_line, GError **error);

/* ---- Issues: what a report may know ------------------------------------------------------ */

typedef struct TmIssueTool {
    const char *key, *name;
    TmDay last_day;            /* TM_DAY_NONE: no data */
    guint32 missing_weeks;     /* bit n: n weeks before the issue lacked days */
    guint missing_days;        /* of the issue's week */
    guint missing_days_before; /* of the week before, as it was published; 0 if it was not */
    const char *licence_source;
    gboolean has_sessions, has_tokens, has_money;
} TmIssueTool;

typedef struct TmIssue TmIssue;

/* Everything known as of a published week; NULL with TM_ERROR_UNUSABLE if it was not published. */
TmIssue *tm_issue_load(TmArchive *archive, TmWeek week, GError **error);
void tm_issue_free(TmIssue *issue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmIssue, tm_issue_free)

TmWeek tm_issue_week(const TmIssue *issue);
TmWeek tm_issue_first_week(const TmIssue *issue); /* of all published weeks up to the issue */
const char *tm_issue_organisation(const TmIssue *issue);
const char *tm_issue_currency(const TmIssue *issue);

/* Number of the definitions that the week's figures were made by; another number, another series.
 */
int tm_issue_rule_version(const TmIssue *issue);

/* These definitions as text, or NULL where an older version did not keep them. Borrowed. */
const char *tm_issue_definitions(const TmIssue *issue);

const char *tm_issue_hash(const TmIssue *issue); /* of the last line, hexadecimal */

/* Scopes of the issue's week: organisation first, departments by name, each before its blocks. */
const GPtrArray *tm_issue_scopes(const TmIssue *issue); /* const TmScope* */

/* All cells of one week in canonical order (scope, KPI, part): for the data files. */
GPtrArray *tm_issue_cells(const TmIssue *issue, TmWeek week); /* const TmCell*; caller unrefs */

/* One cell, or NULL if it was never published (the scope did not exist that week, …). */
const TmCell *tm_issue_cell(
    const TmIssue *issue, const char *scope, TmKpiId kpi, const char *part, TmWeek week);

const GArray *tm_issue_tools(const TmIssue *issue); /* TmIssueTool, by key */

/* Setting in force ("cost_spike_percent"); `fallback` if the issue does not carry it. */
gint64 tm_issue_setting(const TmIssue *issue, const char *key, gint64 fallback);

/*
 * Goal of a scope for a KPI, in the units of cells. Each may be NULL; G_MININT64 where not given.
 * FALSE if there is none.
 */
gboolean tm_issue_goal(const TmIssue *issue, const char *scope, TmKpiId kpi, gint64 *target,
    gint64 *lower, gint64 *upper);

/* A goal with the days on which it holds. Numbers are G_MININT64 where not given. */
typedef struct TmIssueGoal {
    gint64 target, lower, upper;
    TmDay start;      /* TM_DAY_NONE: open */
    gint64 ramp_from; /* what `lower` is on the first day; it rises in a straight line … */
    TmDay ramp_end;   /* … to itself on this one; TM_DAY_NONE without a ramp */
} TmIssueGoal;

gboolean tm_issue_goal_whole(
    const TmIssue *issue, const char *scope, TmKpiId kpi, TmIssueGoal *goal);

/*
 * Phase of a scope's rollout ("seed", "launch", …) and its first day (TM_DAY_NONE if not given);
 * NULL if there is none. Borrowed.
 */
const char *tm_issue_rollout(const TmIssue *issue, const char *scope, TmDay *start);

/* Budget of a scope for one week, in micro-units. FALSE if there is none. */
gboolean tm_issue_budget(const TmIssue *issue, const char *scope, TmWeek week, gint64 *micros);

/* Budget for the reporting month that the issue's week lies in, and how many weeks it has. */
gboolean tm_issue_month_budget(
    const TmIssue *issue, const char *scope, gint64 *micros, guint *weeks_in_month);

/* Something that happened, as events.csv had it when the issue was published. */
typedef struct TmIssueEvent {
    TmDay day;
    const char *scope; /* id: the scope itself, or one above it */
    const char *text;  /* one line; owned by the issue */
} TmIssueEvent;

/*
 * Events of a scope and of those above it from the first to the last day, both included, by day;
 * those above come first within one. Later events than the issue's last day are not in it. Owned by
 * the caller.
 */
GArray *tm_issue_events(const TmIssue *issue, const char *scope, TmDay first, TmDay last);

G_END_DECLS

#endif
