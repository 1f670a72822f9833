/* A batch, for the store and for tests. */
#ifndef LEDGER_BATCH_H
#define LEDGER_BATCH_H

#include "names.h"
#include "resolver.h"
#include "runs.h"

#define TM_BATCH_BUFFER (8 << 20) /* bytes that a batch holds before it spills */

/* What a file says of one source's days. */
typedef struct TmBatchSource {
    gboolean met;
    TmDay first, last;    /* the source's own days with rows; TM_DAY_NONE without any */
    GHashTable *stated;   /* days that the file states, as bits by week, both in pointers */
    GHashTable *accounts; /* of a personal source: TmDaySpan with rows by account */
} TmBatchSource;

/* A seat of a list. */
typedef struct TmBatchSeat {
    guint source;
    guint32 account;
    TmDay listed, created, ends;
    guint32 plan; /* hash of its name, 0 if none */
} TmBatchSeat;

struct TmBatch {
    const TmSetup *setup;
    gsize buffer_bytes;
    TmAccountTable accounts;
    TmResolver *resolver;
    const TmSource *source; /* of the format; NULL until it is known */
    TmRuns *runs;           /* NULL until then */
    gboolean finished;
    TmBatchSource *sources; /* [tm_source_count] */
    TmNames names;
    GArray *seats;        /* TmBatchSeat */
    GHashTable *unpriced; /* name of a model without a list price -> records, in a pointer */
};

/* Tests use a tiny buffer to force spilling. Before the first record. */
void tm_batch_set_buffer(TmBatch *batch, gsize bytes);

/* Days of a week for which the file covers everybody, by one source. */
guint8 tm_batch_covered(const TmBatchSource *source, TmWeek week);

/* Bits of the days of a week that lie in a span. */
guint8 tm_days_within(TmWeek week, TmDay first, TmDay last);

#endif
