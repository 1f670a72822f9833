/*
 * augment: what the readers of Augment's exports share: the counts of a row, which are of a person
 * and a day, or of a longer time or the whole organisation and then stay apart.
 */
#ifndef TIDEMARK_INTAKE_AUGMENT_H
#define TIDEMARK_INTAKE_AUGMENT_H

#include "../loose_values.h"

typedef struct TmAugmentCounts {
    TmCount messages, completions, accepted;
} TmAugmentCounts;

/* Messages, and completions that were accepted, are interactions. */
void tm_augment_set_measures(const TmAugmentCounts *counts, TmMeasures *measures);

#endif
