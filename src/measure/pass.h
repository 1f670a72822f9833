/*
 * pass: the one ordered walk over person-weeks. Private to measure.
 *
 * tm_pass_new() prepares the frame of every week (partition, coverage); tm_pass_person() takes one
 * account after the other with all its weeks; tm_pass_finish() turns sums into figures.
 */
#ifndef TM_MEASURE_PASS_H
#define TM_MEASURE_PASS_H

#include "facts.h"
#include "partition.h"
#include "roster.h"
#include "sums.h"
#include <tidemark/ledger.h>
#include <tidemark/measure.h>

/* What is known of a week before anybody's use is looked at. */
typedef struct TmFrame {
    TmWeek week;
    TmPartition *partition;         /* NULL: before the measured weeks, or too few people */
    guint *block_of_team;           /* [team] scope index; G_MAXUINT: none */
    TmWeekSums *sums;               /* NULL without a partition */
    guint8 *covered_by_source;      /* for everybody: decides between sources */
    guint8 *days_by_source;         /* that anybody has data of */
    guint8 covered[TM_TOOL_LIMIT];  /* days with data, by tool: TmToolCoverage */
    guint8 expected[TM_TOOL_LIMIT]; /* working days on which the company has the tool */
    guint64 tools_seen;             /* tools with any covered day in this week or before */
    gboolean incomplete;            /* a tool with licences lacks days */
    guint32 supplied;               /* measures that a covered source can supply */
    guint32 stated;                 /* measures that anybody's rows state */
    gint64 seats_active[TM_TOOL_LIMIT];
    gint64 seats_zero[TM_TOOL_LIMIT];
    gint64 seats_idle[TM_TOOL_LIMIT];
} TmFrame;

/* What one account did with one tool in one week. */
typedef struct TmToolUse {
    guint tool;
    gboolean active;
    gint64 tokens; /* headline */
    gint64 sessions, metered, list_value;
} TmToolUse;

/* What one account's use of a week was of, over all tools: a share of one part. */
typedef struct TmPartUse {
    TmKpiId kpi; /* MODEL_TOKENS, SURFACE_USE, TASK_USE, PROJECT_TOKENS */
    guint part;  /* number of the part */
    gint64 value;
} TmPartUse;

/* Sessions of one account in one week, beside what their tools report with them. */
typedef struct TmSessionUse {
    guint64 tools; /* active on these, which report sessions; a bit a tool */
    gint64 sessions;
    gint64 tokens, with_tokens; /* over tools that report tokens too; and their sessions */
    gint64 messages, with_messages;
    gint64 value, with_value; /* metered cost, else list value */
    gboolean value_estimated;
} TmSessionUse;

/* One account in one week, all tools together. */
typedef struct TmUse {
    guint8 active_days;
    guint8 meaningful_days; /* that reach the floor of a first meaningful prompt */
    guint64 active_tools;
    guint8 covered[TM_TOOL_LIMIT]; /* days of each tool that sources of this account alone cover */
    TmMeasures total;
    TmSessionUse session;
    guint first_tool, tool_count; /* in TmPass.tool_uses */
    guint first_part, part_count; /* in TmPass.part_uses */
} TmUse;

typedef struct TmPass {
    const TmSetup *setup;
    TmLedger *ledger;
    TmRoster *roster;
    TmWeek first;    /* of the frames: the ledger's first week, or the first measured one */
    guint measured;  /* index of the first measured week */
    guint weeks;     /* frames in all */
    TmFrame *frames; /* [weeks] */
    guint64 tools_with_licences;
    TmWeek first_data;              /* first week that a tool is covered for; TM_WEEK_NONE: none */
    TmDay first_day;                /* first day likewise; TM_DAY_FOREVER: none */
    TmWeek first_of[TM_TOOL_LIMIT]; /* the week of each tool */
    GArray *part_uses;              /* TmPartUse of the account at hand */
    GHashTable *parts;              /* hash of a model or label -> its number + 1 */
    GPtrArray *part_names;          /* const char*, interned, by number */
    GArray *tool_uses;              /* TmToolUse of the account at hand */
} TmPass;

TmPass *tm_pass_new(const TmSetup *setup, TmLedger *ledger, const TmMeasureOptions *options);
void tm_pass_free(TmPass *pass);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmPass, tm_pass_free)

/* Tools whose days are expected in a week: with licences or contracts; where the roster stands for
 * licences, those that had any data by then. */
guint64 tm_pass_expected_tools(const TmPass *pass, guint week);

/*
 * Days of a week that a tool lacks: expected, and not covered by any source (see TmToolCoverage).
 * Before the first licence and the first contract, and after the last, nothing is expected of a
 * tool.
 */
guint8 tm_pass_missing_days(const TmPass *pass, guint week, guint tool);

/* Adds a person of the roster; `use` has one element per frame. */
void tm_pass_person(TmPass *pass, TmPersonIndex person, const TmUse *use);

/* Adds an account that belongs to nobody on the roster. */
void tm_pass_stranger(TmPass *pass, const TmUse *use);

/* Notes which days the rows of personal sources cover for their account. */
void tm_use_cover(TmUse *use, const TmPersonWeek *rows, guint row_count);

/* Adds what the sources of all tools said of one week to a use: use.c. */
void tm_use_add(TmPass *pass, TmUse *use, const TmFacts *facts);

/* TRUE if anything was used: rows of zeros tell of an account, not of use. */
gboolean tm_use_is_any(const TmUse *use);

/* Fresh input and output. */
gint64 tm_headline_tokens(const TmMeasures *measures);

TmMeasured *tm_pass_finish(TmPass *pass);

#endif
