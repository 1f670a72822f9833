/*
 * Day totals and sessions by gaps. The packed form: one byte of days with rows, whose highest bit
 * announces a byte of days that the source covers for this account; then for each day with rows a
 * varint (present measures, shifted left by one; lowest bit: some are estimated), a varint of
 * estimated measures if so, and one signed varint per present measure; then the week's mixes, which
 * rows of older versions lack.
 */
#include "totals.h"

#include <string.h>

#define HAS_COVERED 0x80

void tm_totals_clear(TmTotals *totals)
{
    memset(totals, 0, sizeof *totals);
}

/*
 * Values of a record are sums over the copies in the export that set them; it counts as often as
 * in the file with the most copies. Copies are equal in all but money, so scaling is exact there.
 */
TmMeasures tm_entry_counted(const TmEntry *entry)
{
    TmMeasures measures = entry->measures;
    if (entry->count == entry->copies)
        return measures;
    for (guint32 left = measures.present; left != 0; left &= left - 1) {
        int measure = __builtin_ctz(left);
        measures.value[measure] =
            tm_scale_half_even(measures.value[measure], entry->count, entry->copies);
    }
    return measures;
}

void tm_totals_add_values(TmTotals *totals, const TmEntry *entry)
{
    totals->days_with_rows |= (guint8)(1u << entry->day);
    if (entry->count == entry->copies) {
        tm_measures_merge(&totals->day[entry->day], &entry->measures);
        tm_mixes_add(&totals->mixes, entry, &entry->measures);
    } else {
        TmMeasures measures = tm_entry_counted(entry);
        tm_measures_merge(&totals->day[entry->day], &measures);
        tm_mixes_add(&totals->mixes, entry, &measures);
    }
}

void tm_totals_add(TmTotals *totals, const TmEntry *entry)
{
    guint8 day_bit = (guint8)(1u << entry->day);
    tm_totals_add_values(totals, entry);
    if (entry->measures.value[TM_MEASURE_INTERACTIONS] <= 0)
        return;
    if (entry->minute == TM_MINUTE_NONE) {
        totals->days_untimed |= day_bit;
        return;
    }
    guint minute = (guint)(entry->day * TM_MINUTES_IN_DAY + entry->minute);
    totals->minutes[minute / 64] |= G_GUINT64_CONSTANT(1) << (minute % 64);
}

int tm_totals_first_minute(const TmTotals *totals)
{
    for (guint word = 0; word < G_N_ELEMENTS(totals->minutes); word++)
        if (totals->minutes[word] != 0)
            return (int)(word * 64) + __builtin_ctzll(totals->minutes[word]);
    return TM_MINUTE_NONE;
}

int tm_totals_last_minute(const TmTotals *totals)
{
    for (guint word = G_N_ELEMENTS(totals->minutes); word-- > 0;)
        if (totals->minutes[word] != 0)
            return (int)(word * 64) + 63 - __builtin_clzll(totals->minutes[word]);
    return TM_MINUTE_NONE;
}

/* Sessions that begin on each day; gives the days that have an interaction with a minute. */
static guint8 count_sessions(const TmTotals *totals, int last_minute_before, gint64 sessions[7])
{
    int last = last_minute_before == TM_MINUTE_NONE ? -TM_SESSION_GAP
                                                    : last_minute_before - TM_MINUTES_IN_WEEK;
    guint8 days = 0;
    for (guint word = 0; word < G_N_ELEMENTS(totals->minutes); word++) {
        for (guint64 left = totals->minutes[word]; left != 0; left &= left - 1) {
            int minute = (int)(word * 64) + __builtin_ctzll(left);
            int day = minute / TM_MINUTES_IN_DAY;
            if (minute - last >= TM_SESSION_GAP)
                sessions[day]++;
            days |= (guint8)(1u << day);
            last = minute;
        }
    }
    return days;
}

guint8 tm_totals_count_sessions(const TmTotals *totals, int last_minute_before, gint64 sessions[7])
{
    guint8 timed = count_sessions(totals, last_minute_before, sessions);
    guint8 untimed = totals->days_untimed & (guint8)~timed;
    for (guint32 left = untimed; left != 0; left &= left - 1)
        sessions[__builtin_ctz(left)] = 1;
    return timed | untimed;
}

void tm_totals_sessions(TmTotals *totals, int last_minute_before)
{
    static const guint32 sessions_bit = TM_MEASURE_BIT(TM_MEASURE_SESSIONS);
    gint64 sessions[7] = {0};
    tm_totals_count_sessions(totals, last_minute_before, sessions);
    for (int day = 0; day < 7; day++) {
        TmMeasures *measures = &totals->day[day];
        if (!(measures->present & TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS)))
            continue;
        measures->value[TM_MEASURE_SESSIONS] = sessions[day];
        measures->present |= sessions_bit;
        measures->estimated |= sessions_bit;
    }
}

void tm_totals_pack(const TmTotals *totals, guint8 covered, GByteArray *out)
{
    guint8 packed[7 * (2 + TM_MEASURE_COUNT) * TM_VARINT_LONGEST + 2], *at = packed;
    *at++ = totals->days_with_rows | (covered != 0 ? HAS_COVERED : 0);
    if (covered != 0)
        *at++ = covered;
    for (int day = 0; day < 7; day++) {
        if (!(totals->days_with_rows >> day & 1))
            continue;
        const TmMeasures *measures = &totals->day[day];
        at = tm_varint_write(at, measures->present << 1 | (measures->estimated != 0 ? 1 : 0));
        if (measures->estimated != 0)
            at = tm_varint_write(at, measures->estimated);
        for (guint32 left = measures->present; left != 0; left &= left - 1)
            at = tm_varint_write(at, tm_zigzag(measures->value[__builtin_ctz(left)]));
    }
    g_byte_array_append(out, packed, (guint)(at - packed));
    tm_mixes_pack(&totals->mixes, out);
}

static const guint8 *unpack_day(const guint8 *at, const guint8 *end, TmMeasures *measures)
{
    guint64 head = 0, estimated = 0, value = 0;
    at = tm_varint_read(at, end, &head);
    if (at != NULL && (head & 1))
        at = tm_varint_read(at, end, &estimated);
    guint64 present = head >> 1;
    if (at == NULL || present >> TM_MEASURE_COUNT != 0 || (estimated & ~present) != 0)
        return NULL;
    measures->present = (guint32)present;
    measures->estimated = (guint32)estimated;
    for (guint32 left = measures->present; left != 0; left &= left - 1) {
        at = tm_varint_read(at, end, &value);
        if (at == NULL)
            return NULL;
        measures->value[__builtin_ctz(left)] = tm_unzigzag(value);
    }
    return at;
}

gboolean tm_totals_unpack(const guint8 *bytes, gsize length, TmPersonWeek *week)
{
    if (length == 0 || (length == 1 && (*bytes & HAS_COVERED)))
        return FALSE;
    const guint8 *at = bytes, *end = bytes + length;
    guint8 first = *at++;
    week->days_with_rows = first & (guint8)~HAS_COVERED;
    week->covered = first & HAS_COVERED ? *at++ : 0;
    for (guint32 left = week->days_with_rows; left != 0 && at != NULL; left &= left - 1) {
        int of_week = __builtin_ctz(left);
        at = of_week < 7 ? unpack_day(at, end, &week->day[of_week]) : NULL;
    }
    return at == end || (at != NULL && tm_mixes_unpack(at, end, week));
}
