/* Rows of the period that the file's name states; see period_rows.h. */
#include "period_rows.h"

void tm_named_period_find(TmNamedPeriod *period, const TmReading *reading)
{
    *period = (TmNamedPeriod){TM_DAY_NONE, TM_DAY_NONE, FALSE};
    tm_path_days(reading->path, &period->first, &period->last);
    if (period->first > period->last)
        period->first = period->last = TM_DAY_NONE;
}

gboolean tm_named_period_date(
    TmNamedPeriod *period, TmReading *reading, guint of_day, guint of_period, TmRecord *record)
{
    if (period->first == TM_DAY_NONE) {
        if (period->reported)
            reading->summary->rows_skipped++;
        else
            tm_reading_skip(reading, TM_KIND_MISSING_FIELD, NULL,
                "sums over a time that is not said, here and below: put its first and last day "
                "into the file's name");
        period->reported = TRUE;
        return FALSE;
    }
    gboolean is_day = tm_named_period_is_day(period);
    record->day = period->last;
    record->instant = TM_INSTANT_NONE;
    record->source = &tm_sources[is_day ? of_day : of_period];
    if (!is_day) {
        record->identities = 0;
        record->service = TRUE;
    }
    return tm_reading_admits(reading, record->day, NULL);
}

guint64 tm_named_period_key(const TmNamedPeriod *period)
{
    return tm_key_integer(tm_key_integer(TM_KEY_START, period->first), period->last);
}
