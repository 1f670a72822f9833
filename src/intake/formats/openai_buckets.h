/*
 * openai_buckets: what the readers of OpenAI's organisation exports share: buckets of time, rows of
 * usage and of costs, from the interface and from the dashboard alike.
 *
 * A row has no id. All rows of one bucket and owner are the parts of one record, so that the export
 * of a later day replaces them whole, however it is grouped. Rows that name no user are totals of
 * the organisation: they go to sources that stand apart.
 */
#ifndef TIDEMARK_INTAKE_OPENAI_BUCKETS_H
#define TIDEMARK_INTAKE_OPENAI_BUCKETS_H

#include "../formats.h"
#include "openai_tokens.h"

/* What has to be kept in mind of one file. Zeroed before use; cleared by tm_openai_file_clear(). */
typedef struct TmOpenaiFile {
    GHashTable *parts; /* record key → parts so far */
    gboolean has_users;
    TmDay run_first, run_last; /* days of whole-day buckets that follow one another */
    gboolean has_run;
} TmOpenaiFile;

typedef struct TmOpenaiBucket {
    TmDay day;
    gboolean whole_day;
    gint64 end; /* seconds since 1970 */
    gint64 width;
} TmOpenaiBucket;

/* One row of usage; empty cells and absent counts are what the export does not say. */
typedef struct TmOpenaiUsage {
    TmCell user, project, model, tier;
    gboolean batch;
    TmCount requests;
    TmOpenaiTokens tokens;
} TmOpenaiUsage;

typedef struct TmOpenaiCost {
    TmCell user, email, project, line_item;
    gint64 micros;
} TmOpenaiCost;

/* A count in a CSV cell; an empty cell leaves it absent. FALSE when the row was reported. */
gboolean tm_openai_take_cell(
    TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCount *count);

/* The bounds of a bucket, in seconds. FALSE when they are none within one day: reported. */
gboolean tm_openai_bucket(
    TmReading *reading, const TmCount *start, const TmCount *end, TmOpenaiBucket *bucket);

/*
 * Dollars as decimal text, with any number of decimals. FALSE when the row was reported: not a
 * number, negative, or of another currency.
 */
gboolean tm_openai_take_amount(TmReading *reading, const char *field, TmCell amount,
    const char *currency_field, TmCell currency, gint64 *micros);

/* The file has this bucket, with or without rows: it tells what days are covered. */
void tm_openai_see_bucket(TmOpenaiFile *file, TmReading *reading, const TmOpenaiBucket *bucket);

void tm_openai_take_usage(TmOpenaiFile *file, TmReading *reading, const TmOpenaiBucket *bucket,
    const TmOpenaiUsage *usage);
void tm_openai_take_cost(
    TmOpenaiFile *file, TmReading *reading, const TmOpenaiBucket *bucket, const TmOpenaiCost *cost);

/* Hands over the last days covered. */
void tm_openai_file_end(TmOpenaiFile *file, TmReading *reading);
void tm_openai_file_clear(TmOpenaiFile *file);

/*
 * The number of a further part of the record with this key, from 0. FALSE, and reported, when too
 * many are kept in mind. `parts` is made when needed; the caller frees it.
 */
gboolean tm_openai_next_part(
    GHashTable **parts, TmReading *reading, guint64 record_key, guint32 *part);

#endif
