/*
 * period_rows: rows that are sums over the time that was asked for and do not say which: only the
 * file's name can. One day gives rows of that day; a longer time stays apart; without any there is
 * nothing to take.
 */
#ifndef TIDEMARK_INTAKE_PERIOD_ROWS_H
#define TIDEMARK_INTAKE_PERIOD_ROWS_H

#include "reading.h"

typedef struct TmNamedPeriod {
    TmDay first, last; /* TM_DAY_NONE: the name says nothing */
    gboolean reported;
} TmNamedPeriod;

void tm_named_period_find(TmNamedPeriod *period, const TmReading *reading);

static inline gboolean tm_named_period_is_day(const TmNamedPeriod *period)
{
    return period->first != TM_DAY_NONE && period->first == period->last;
}

/*
 * Gives the record the last day of the period and one of two sources; what is longer than a day is
 * nobody's. FALSE when there is no period, which is reported once, or its day is not wanted.
 */
gboolean tm_named_period_date(
    TmNamedPeriod *period, TmReading *reading, guint of_day, guint of_period, TmRecord *record);

/* The key's beginning: the period. */
guint64 tm_named_period_key(const TmNamedPeriod *period);

#endif
