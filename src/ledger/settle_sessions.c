/*
 * Sessions of one account.
 *
 * A named session counts once, on its first day. A fork of a session begins with copies of its
 * parent's records, and nothing marks it: such a record may belong to either. So a session counts
 * when a record can only belong to it; a record that may belong to two sessions, none of which
 * counts by itself, makes the lesser one count. A record of two sessions that both count dates the
 * one whose own records begin first.
 *
 * Records without a session's name make sessions by gaps.
 */
#include "settle.h"

typedef struct Session {
    guint32 name;
    gint64 own;   /* minute of its first record that can only belong to it */
    gint64 first; /* minute of its first record */
} Session;

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
    *session = (Session){name, minute, minute};
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
static GHashTable *named_sessions(const GArray *entries)
{
    GHashTable *sessions = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    for (guint i = 0; i < entries->len; i++) {
        const TmSettledEntry *row = &g_array_index(entries, TmSettledEntry, i);
        if (tm_settled_is_interaction(row) && row->entry.session[0] != 0 &&
            row->entry.session[1] == 0)
            add_session(sessions, row->entry.session[0], tm_settled_minute(row));
    }
    for (guint i = 0; i < entries->len; i++) {
        const TmSettledEntry *row = &g_array_index(entries, TmSettledEntry, i);
        if (!tm_settled_is_interaction(row) || row->entry.session[1] == 0)
            continue;
        gint64 minute = tm_settled_minute(row);
        Session *session = session_of_copy(sessions, &row->entry, minute);
        session->first = MIN(session->first, minute);
    }
    return sessions;
}

static void add_named(const Settling *settling, gint64 *by_day)
{
    g_autoptr(GHashTable) sessions = named_sessions(settling->entries);
    gint64 first_day = (gint64)settling->first * 7;
    GHashTableIter iterator;
    gpointer value;
    g_hash_table_iter_init(&iterator, sessions);
    while (g_hash_table_iter_next(&iterator, NULL, &value))
        by_day[((const Session *)value)->first / TM_MINUTES_IN_DAY - first_day]++;
}

void tm_settle_choose_sessions(GArray *entries)
{
    g_autoptr(GHashTable) sessions = named_sessions(entries);
    for (guint i = 0; i < entries->len; i++) {
        TmSettledEntry *row = &g_array_index(entries, TmSettledEntry, i);
        if (row->entry.session[1] == 0)
            continue;
        row->entry.session[0] =
            session_of_copy(sessions, &row->entry, tm_settled_minute(row))->name;
        row->entry.session[1] = 0;
    }
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

void tm_settle_sessions(Settling *settling, const TmSource *source)
{
    if (source->sessions == TM_SESSIONS_NAMED || source->sessions == TM_SESSIONS_GAPS)
        set_sessions(settling);
}
