/*
 * What a week's use of one account and source was of: by model, label, surface and task. For shares
 * of a week, so days are not kept apart.
 */
#ifndef LEDGER_MIX_H
#define LEDGER_MIX_H

#include "entry.h"

typedef struct TmMixes {
    guint count;
    TmMix mix[TM_MIX_LIMIT];
} TmMixes;

/* Adds an entry's headline tokens and interactions; `measures` are what it counts for. */
void tm_mixes_add(TmMixes *mixes, const TmEntry *entry, const TmMeasures *measures);

/* Appends the packed form, in an order that does not depend on that of the entries; nothing where
 * nothing is stated. */
void tm_mixes_pack(const TmMixes *mixes, GByteArray *out);

/* Reads all bytes up to `end`. FALSE if they are broken. */
gboolean tm_mixes_unpack(const guint8 *at, const guint8 *end, TmPersonWeek *week);

#endif
