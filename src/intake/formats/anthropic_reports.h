/*
 * anthropic_reports: what the reader of Anthropic's usage and cost reports hands to the part that
 * makes records of it.
 */
#ifndef TIDEMARK_INTAKE_ANTHROPIC_REPORTS_H
#define TIDEMARK_INTAKE_ANTHROPIC_REPORTS_H

#include "anthropic_values.h"

/* One result of a bucket, or one row about a person. Cells are those of the open record. */
typedef struct TmAnthropicRow {
    gboolean bad;        /* reported; it is dropped */
    gboolean enterprise; /* of the Enterprise reports, which have other members */
    gboolean is_cost;
    TmCell workspace, api_key, account, service_account;            /* Admin API */
    TmCell user, email, product, group, channel;                    /* Enterprise */
    TmCell model, tier, context, geo, speed, cost_type, token_type; /* both */
    TmCell currency;
    TmCount uncached, short_writes, long_writes, reads, output, total, requests;
    TmCount amount, list_amount; /* micro-units */
} TmAnthropicRow;

/* What a report covers: a day, a part of one, or longer. */
typedef enum TmAnthropicGrain {
    TM_ANTHROPIC_DAYS,
    TM_ANTHROPIC_HOURS, /* buckets of hours or minutes */
    TM_ANTHROPIC_APART, /* longer than a day, or nobody's */
    TM_ANTHROPIC_GRAINS
} TmAnthropicGrain;

typedef struct TmAnthropicBucket {
    gint64 starts, ends; /* milliseconds; TM_INSTANT_NONE: not stated */
    TmDay day;           /* the last one of a longer period */
    TmAnthropicGrain grain;
} TmAnthropicBucket;

typedef struct TmAnthropicReports {
    gboolean begun;
    gboolean in_bucket; /* the record has results, and no person */
    gboolean bad;       /* the record was reported */
    TmAnthropicBucket bucket;
    GArray *rows; /* TmAnthropicRow, of the record being read */
    gboolean too_many;
    TmAnthropicPages pages;
    gint64 refreshed;        /* the page's own watermark; 0: not stated */
    GArray *covered;         /* TmDaySpan, of the buckets of days so far */
    gboolean covers;         /* rows of keys or accounts came in buckets of days */
    gboolean group_reported; /* as are the next two, once for a file */
    gboolean currency_reported;
    gboolean period_reported;
} TmAnthropicReports;

/* Which of the reports a file is; index of the tables. */
typedef enum TmAnthropicReport {
    TM_ANTHROPIC_USAGE,
    TM_ANTHROPIC_COST,
    TM_ANTHROPIC_USER_USAGE,
    TM_ANTHROPIC_USER_COST,
    TM_ANTHROPIC_TOTAL_USAGE,
    TM_ANTHROPIC_TOTAL_COST,
    TM_ANTHROPIC_REPORTS
} TmAnthropicReport;

TmAnthropicReport tm_anthropic_report_of(
    const TmAnthropicReports *reports, const TmAnthropicRow *row);

/* The bucket's day and grain. FALSE when it was reported. */
gboolean tm_anthropic_place_bucket(TmAnthropicReports *reports, TmReading *reading);

/* Hands over the rows of a record, whose bucket has its place. */
void tm_anthropic_take_rows(TmAnthropicReports *reports, TmReading *reading);

#endif
