/* A batch, for the store and for tests. */
#ifndef LEDGER_BATCH_H
#define LEDGER_BATCH_H

#include "resolver.h"
#include "runs.h"

#define TM_BATCH_BUFFER (8 << 20) /* bytes that a batch holds before it spills */

struct TmBatch {
    const TmSetup *setup;
    gsize buffer_bytes;
    TmAccountTable accounts;
    TmResolver *resolver;
    const TmSource *source; /* NULL until the format is known */
    TmRuns *runs;           /* NULL until then */
    gboolean finished;
    TmDay first, last;   /* the source's own days with rows; TM_DAY_NONE without any */
    GHashTable *covered; /* stated days as bits by week, both in pointers */
};

/* Tests use a tiny buffer to force spilling. Before the first record. */
void tm_batch_set_buffer(TmBatch *batch, gsize bytes);

/* Days of a week for which the file covers everybody. */
guint8 tm_batch_covered(const TmBatch *batch, TmWeek week);

#endif
