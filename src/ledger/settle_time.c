/*
 * Time of use of one account, where no record states it: what lies between interactions less than a
 * session's gap apart, over all files. It counts on the day of the earlier one.
 *
 * A record of which only the day is known keeps the time that its contribution has estimated.
 */
#include "settle.h"

#define SECONDS_IN_MINUTE 60
#define TIME TM_MEASURE_BIT(TM_MEASURE_ACTIVE_SECONDS)

gint64 tm_settled_minute(const TmSettledEntry *row)
{
    gint64 day = (gint64)row->week * 7 + row->entry.day;
    return day * TM_MINUTES_IN_DAY + MAX(row->entry.minute, 0);
}

gboolean tm_settled_is_interaction(const TmSettledEntry *row)
{
    return row->entry.measures.value[TM_MEASURE_INTERACTIONS] > 0;
}

static gboolean states_time(const GArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        const TmMeasures *measures = &g_array_index(entries, TmSettledEntry, i).entry.measures;
        if (measures->present & ~measures->estimated & TIME)
            return TRUE;
    }
    return FALSE;
}

/* Time that is stated counts alone. */
static void drop_estimates(GArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        TmMeasures *measures = &g_array_index(entries, TmSettledEntry, i).entry.measures;
        if (!(measures->estimated & TIME))
            continue;
        measures->present &= ~TIME;
        measures->estimated &= ~TIME;
        measures->value[TM_MEASURE_ACTIVE_SECONDS] = 0;
    }
}

static void estimate(GArray *entries)
{
    TmSettledEntry *before = NULL;
    for (guint i = 0; i < entries->len; i++) {
        TmSettledEntry *row = &g_array_index(entries, TmSettledEntry, i);
        if (!tm_settled_is_interaction(row) || row->entry.minute == TM_MINUTE_NONE)
            continue;
        gint64 gap =
            before == NULL ? TM_SESSION_GAP : tm_settled_minute(row) - tm_settled_minute(before);
        if (gap < TM_SESSION_GAP)
            before->entry.measures.value[TM_MEASURE_ACTIVE_SECONDS] = gap * SECONDS_IN_MINUTE;
        row->entry.measures.present |= TIME;
        row->entry.measures.estimated |= TIME;
        row->entry.measures.value[TM_MEASURE_ACTIVE_SECONDS] = 0;
        before = row;
    }
}

void tm_settle_time(GArray *entries, const TmSource *source)
{
    if (!(source->measures & TIME))
        return;
    if (states_time(entries))
        drop_estimates(entries);
    else
        estimate(entries);
}
