/*
 * partition: the blocks of a week. A block has the minimum of licensed people or more; teams that
 * are too small are merged, never hidden (docs/privacy.md). Merging happens at once, splitting only
 * after four weeks with two people to spare on both sides, so that blocks do not flicker.
 */
#ifndef TM_MEASURE_PARTITION_H
#define TM_MEASURE_PARTITION_H

#include <tidemark/measure.h>
#include <tidemark/setup.h>

/* Weeks of size history that a split looks at, the week itself included. */
#define TM_SPLIT_WEEKS 4
/* People to spare on both sides of a split. */
#define TM_SPLIT_SPARE 2

/* One team as the partition sees it. */
typedef struct TmTeamSize {
    gint64 licensed[TM_SPLIT_WEEKS]; /* [0] this week, [1] the week before, … */
    gint64 roster;                   /* people on Monday's roster, licensed or not */
} TmTeamSize;

/*
 * The partition of a week. `sizes` has one element per unit of the set-up; `previous` is the
 * partition of the week before, or NULL. NULL when the organisation has fewer than the minimum of
 * licensed people: then nothing may be published.
 */
TmPartition *tm_partition_make(
    const TmSetup *setup, TmWeek week, const TmTeamSize *sizes, TmPartition *previous);

/* Index of the block that a team belongs to; G_MAXUINT if it had nobody on the roster. */
guint tm_partition_block_of(TmPartition *partition, const char *team_id);

/* Index of the scope of a kind that exists once (organisation, unassigned, spare). */
guint tm_partition_single(const TmPartition *partition, TmScopeKind kind);

#endif
