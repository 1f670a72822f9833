/* sample_week: measured weeks made by hand for the archive's tests. */
#ifndef SAMPLE_WEEK_H
#define SAMPLE_WEEK_H

#include <tidemark/archive.h>

/* What is known of one block. */
typedef struct SampleBlock {
    guint department; /* 0, 1, … */
    gint64 licensed, active, tokens, largest, second;
} SampleBlock;

/* A week with these blocks, their departments and the organisation; figures rolled up. */
TmMeasuredWeek *sample_week(TmWeek week, const SampleBlock *blocks, guint count);
void sample_week_free(TmMeasuredWeek *week);
TmMeasured *sample_measured(TmWeek first, guint weeks, const SampleBlock *blocks, guint count);

/* Scope index of a block. */
guint sample_scope_of_block(const TmMeasuredWeek *week, guint block);

extern const TmPublishOptions sample_options;

#endif
