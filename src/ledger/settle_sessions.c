/*
 * Sessions of one account, and the time in them.
 *
 * A named session counts once, on its first day. A fork of a session begins with copies of its
 * parent's records, and nothing marks it: such a record may belong to either. So a session counts
 * when a record can only belong to it; a record that may belong to two sessions, none of which
 * counts by itself, makes the lesser one count. A record of two sessions that both count dates the
 * one whose own records begin first.
 *
 * Records without a session's name make sessions by gaps. Time is what lies between interactions
 * less than a session's gap apart.
 */
#include "settle.h"

#include <string.h>

#define SECONDS_IN_MINUTE 60

typedef struct Session {
    gint64 own;   /* minute of its first record that can only belong to it */
    gint64 first; /* minute of its first record */
} Session;

/* Minutes since the first week began; a record without a minute is at the start of its day. */
static gint64 minute_of(const Settling *settling, const TmSettledEntry *row)
{
    gint64 day = (gint64)(row->week - settling->first) * 7 + row->entry.day;
    return day * TM_MINUTES_IN_DAY + MAX(row->entry.minute, 0);
}

static gboolean is_interaction(const TmSettledEntry *row)
{
    return row->entry.measures.value[TM_MEASURE_INTERACTIONS] > 0;
}

static Session *find_session(GHashTable *sessions, guint32 name)
{
    return name == 0 ? NULL : g_hash_table_lookup(sessions, GUINT_TO_POINTER(name));
}

static Session *add_session(GHashTable *sessions, guint32 name, gint64 minute)
{
    Session *session = find_session(sessions, name);
    if (session != NULL)
        return session;
    session = g_new(Session, 1);
    *session = (Session){minute, minute};
    g_hash_table_insert(sessions, GUINT_TO_POINTER(name), session);
    return session;
}

/* The session that a record which may belong to two of them belongs to. */
static Session *session_of_copy(GHashTable *sessions, const TmEntry *entry, gint64 minute)
{
    Session *one = find_session(sessions, entry->session[0]);
    Session *other = find_session(sessions, entry->session[1]);
    if (one == NULL && other == NULL)
        return add_session(sessions, entry->session[0], minute);
    if (one == NULL || (other != NULL && other->own < one->own))
        return other;
    return one;
}

/* Sessions by name with their first minutes. Entries come in the order of time. */
static GHashTable *named_sessions(const Settling *settling)
{
    GHashTable *sessions = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    for (guint i = 0; i < settling->entries->len; i++) {
        const TmSettledEntry *row = &g_array_index(settling->entries, TmSettledEntry, i);
        if (is_interaction(row) && row->entry.session[0] != 0 && row->entry.session[1] == 0)
            add_session(sessions, row->entry.session[0], minute_of(settling, row));
    }
    for (guint i = 0; i < settling->entries->len; i++) {
        const TmSettledEntry *row = &g_array_index(settling->entries, TmSettledEntry, i);
        if (!is_interaction(row) || row->entry.session[1] == 0)
            continue;
        gint64 minute = minute_of(settling, row);
        Session *session = session_of_copy(sessions, &row->entry, minute);
        session->first = MIN(session->first, minute);
    }
    return sessions;
}

static void add_named(const Settling *settling, gint64 *by_day)
{
    g_autoptr(GHashTable) sessions = named_sessions(settling);
    GHashTableIter iterator;
    gpointer value;
    g_hash_table_iter_init(&iterator, sessions);
    while (g_hash_table_iter_next(&iterator, NULL, &value))
        by_day[((const Session *)value)->first / TM_MINUTES_IN_DAY]++;
}

/* Sets the sessions of a week's days: named ones, and those by gaps. */
static void set_week(TmTotals *totals, const gint64 *named, int last_minute_before)
{
    static const guint32 bit = TM_MEASURE_BIT(TM_MEASURE_SESSIONS);
    gint64 gaps[7] = {0};
    guint8 by_gaps = tm_totals_count_sessions(totals, last_minute_before, gaps);
    for (int day = 0; day < 7; day++) {
        TmMeasures *measures = &totals->day[day];
        if (!(measures->present & TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS)))
            continue;
        measures->present |= bit;
        measures->value[TM_MEASURE_SESSIONS] = named[day] + gaps[day];
        if (by_gaps >> day & 1)
            measures->estimated |= bit;
    }
}

static void set_sessions(Settling *settling)
{
    g_autofree gint64 *by_day = g_new0(gint64, (gsize)settling->weeks * 7 + 1);
    int before = TM_MINUTE_NONE;
    add_named(settling, by_day);
    for (guint week = 0; week < settling->weeks; week++) {
        set_week(&settling->totals[week], &by_day[(gsize)week * 7], before);
        before = tm_totals_last_minute(&settling->totals[week]);
    }
}

/* ---- Time -------------------------------------------------------------------------------- */

static gboolean states_time(const Settling *settling)
{
    for (guint week = 0; week < settling->weeks; week++)
        for (int day = 0; day < 7; day++)
            if (settling->totals[week].day[day].present & TM_MEASURE_BIT(TM_MEASURE_ACTIVE_SECONDS))
                return TRUE;
    return FALSE;
}

/* The union of minutes over all files: time between two records counts on the day of the first. */
static void set_time(Settling *settling)
{
    static const guint32 bit = TM_MEASURE_BIT(TM_MEASURE_ACTIVE_SECONDS);
    const TmSettledEntry *before = NULL;
    for (guint i = 0; i < settling->entries->len; i++) {
        const TmSettledEntry *row = &g_array_index(settling->entries, TmSettledEntry, i);
        if (!is_interaction(row) || row->entry.minute == TM_MINUTE_NONE)
            continue;
        TmMeasures *today = &settling->totals[row->week - settling->first].day[row->entry.day];
        today->present |= bit;
        today->estimated |= bit;
        gint64 gap = before == NULL ? TM_SESSION_GAP
                                    : minute_of(settling, row) - minute_of(settling, before);
        if (gap < TM_SESSION_GAP)
            settling->totals[before->week - settling->first]
                .day[before->entry.day]
                .value[TM_MEASURE_ACTIVE_SECONDS] += gap * SECONDS_IN_MINUTE;
        before = row;
    }
}

void tm_settle_sessions(Settling *settling, const TmSource *source)
{
    if (source->sessions == TM_SESSIONS_NAMED || source->sessions == TM_SESSIONS_GAPS)
        set_sessions(settling);
    if ((source->measures & TM_MEASURE_BIT(TM_MEASURE_ACTIVE_SECONDS)) && !states_time(settling))
        set_time(settling);
}
