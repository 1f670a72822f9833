/* One person's day in Cursor; see cursor_days.h. */
#include "cursor_days.h"

/* Person-days that are remembered; the interface gives 30 days at once. */
#define MOST_SEEN 500000

/* What each part of a record holds: its surface, its requests, what was shown and accepted. */
typedef struct Part {
    TmSurface surface;
    TmCursorCounter requests[2];
    guint request_count;
    TmCursorCounter shown, accepted, rejected; /* TM_CURSOR_COUNTERS: none */
} Part;

static const Part parts[] = {
    {TM_SURFACE_COMPLETION, {0}, 0, TM_CURSOR_TABS_SHOWN, TM_CURSOR_TABS_ACCEPTED,
        TM_CURSOR_COUNTERS},
    {TM_SURFACE_EDIT, {TM_CURSOR_EDITS, TM_CURSOR_INLINE_EDITS}, 2, TM_CURSOR_COUNTERS,
        TM_CURSOR_DIFFS_ACCEPTED, TM_CURSOR_DIFFS_REJECTED},
    {TM_SURFACE_CHAT, {TM_CURSOR_CHATS}, 1, TM_CURSOR_COUNTERS, TM_CURSOR_COUNTERS,
        TM_CURSOR_COUNTERS},
    {TM_SURFACE_AGENT, {TM_CURSOR_AGENT_RUNS}, 1, TM_CURSOR_COUNTERS, TM_CURSOR_COUNTERS,
        TM_CURSOR_COUNTERS},
    {TM_SURFACE_REVIEW, {TM_CURSOR_REVIEWS}, 1, TM_CURSOR_COUNTERS, TM_CURSOR_COUNTERS,
        TM_CURSOR_COUNTERS},
};

#define MOST_IDS 4 /* of one person on one day */

typedef struct Seen {
    guint64 key;
    guint64 user[MOST_IDS], values[MOST_IDS];
    guint rows;
} Seen;

void tm_cursor_days_clear(TmCursorDays *days)
{
    g_clear_pointer(&days->seen, g_hash_table_unref);
}

/* A row without activity is zeros, whatever it leaves out; elsewhere what is left out is unknown.
 */
static TmCount counter(const TmCursorDay *row, TmCursorCounter which)
{
    if (which == TM_CURSOR_COUNTERS)
        return (TmCount){0};
    TmCount count = row->counters[which];
    if (row->active_known && !row->active)
        count.present = TRUE;
    return count;
}

static void add(TmMeasures *measures, TmMeasure measure, TmCount count)
{
    if (count.present)
        tm_measures_add(measures, measure, count.value);
}

static void fill_part(const TmCursorDay *row, const Part *part, TmMeasures *measures)
{
    TmCount accepted = counter(row, part->accepted), rejected = counter(row, part->rejected);
    for (guint i = 0; i < part->request_count; i++) {
        TmCount requests = counter(row, part->requests[i]);
        add(measures, TM_MEASURE_INTERACTIONS, requests);
        add(measures, TM_MEASURE_REQUESTS, requests);
    }
    add(measures, TM_MEASURE_INTERACTIONS, accepted);
    add(measures, TM_MEASURE_SHOWN, counter(row, part->shown));
    add(measures, TM_MEASURE_ACCEPTED, accepted);
    add(measures, TM_MEASURE_REJECTED, rejected);
    if (part->rejected == TM_CURSOR_COUNTERS || !accepted.present || !rejected.present)
        return;
    add(measures, TM_MEASURE_SHOWN, accepted);
    add(measures, TM_MEASURE_SHOWN, rejected);
}

/*
 * The interactions that no counter tells of: calls that somebody paid for, or, when there are no
 * counters, the vendor's word that the person was active.
 */
static TmCount other_sign(const TmCursorDay *row, gboolean counted, gint64 interactions)
{
    gboolean paid = FALSE;
    for (guint i = TM_CURSOR_PAID_BY_PLAN; i <= TM_CURSOR_PAID_BY_OWN_KEY; i++)
        paid |= row->counters[i].value > 0;
    if (interactions > 0 || (counted && !paid))
        return (TmCount){0};
    return (TmCount){paid || row->active_known, paid || row->active ? 1 : 0};
}

static guint64 hash_values(const TmCursorDay *row)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, row->active);
    for (guint i = 0; i < TM_CURSOR_COUNTERS; i++)
        hash = tm_key_integer(hash, row->counters[i].present ? row->counters[i].value : -1);
    return tm_key_end(hash);
}

/*
 * Which row of its record this one is, from 0: that of its id. FALSE when another id has the same
 * values: the vendor has the day twice.
 */
static gboolean place_row(Seen *seen, guint64 user, guint64 values, guint *place)
{
    for (*place = 0; *place < seen->rows; ++*place)
        if (user == 0 || seen->user[*place] == 0 || seen->user[*place] == user)
            return TRUE;
    for (guint i = 0; i < seen->rows; i++)
        if (seen->values[i] == values)
            return FALSE;
    if (seen->rows == MOST_IDS)
        return FALSE;
    seen->user[*place] = user;
    seen->values[*place] = values;
    seen->rows++;
    return TRUE;
}

static gboolean is_new_row(TmCursorDays *days, const TmCursorDay *row, guint64 key, guint *place)
{
    *place = 0;
    if (days->seen == NULL)
        days->seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    Seen *seen = g_hash_table_lookup(days->seen, &key);
    if (seen == NULL && g_hash_table_size(days->seen) == MOST_SEEN)
        return TRUE;
    if (seen == NULL) {
        seen = g_new0(Seen, 1);
        seen->key = key;
        g_hash_table_insert(days->seen, &seen->key, seen);
    }
    guint64 user = 0;
    if (row->user.length > 0)
        user = tm_key_end(tm_key_lower(TM_KEY_START, row->user.text, row->user.length));
    return place_row(seen, user, hash_values(row), place);
}

static void hand_over(TmReading *reading, const TmCursorDay *row, TmRecord *record, guint first)
{
    TmMeasures measures[G_N_ELEMENTS(parts)] = {0};
    gboolean counted = FALSE;
    gint64 interactions = 0;
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        fill_part(row, &parts[i], &measures[i]);
        counted |= (measures[i].present & TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS)) != 0;
        interactions |= measures[i].value[TM_MEASURE_INTERACTIONS];
    }
    TmCount sign = other_sign(row, counted, interactions);
    TmSurface first_surface =
        measures[0].present != 0 && !sign.present ? TM_SURFACE_COMPLETION : TM_SURFACE_UNKNOWN;
    sign.present |= counted;
    add(&measures[0], TM_MEASURE_INTERACTIONS, sign);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (first + i > 0 && measures[i].present == 0)
            continue;
        record->part = first + i;
        record->surface = i == 0 ? first_surface : parts[i].surface;
        record->measures = measures[i];
        tm_reading_take(reading, record);
    }
}

void tm_cursor_day_take(TmCursorDays *days, TmReading *reading, const TmCursorDay *row,
    const char *day_field, const char *email_field)
{
    TmRecord record = {.day = row->day, .instant = TM_INSTANT_NONE};
    guint place;
    if (row->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, day_field, "no day");
        return;
    }
    if (row->email.length == 0 && row->user.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, email_field, "neither address nor id");
        return;
    }
    if (!tm_reading_admits(reading, row->day, day_field))
        return;
    TmCell person = row->email.length > 0 ? row->email : row->user;
    TmKeyHash hash = tm_key_integer(TM_KEY_START, row->day);
    record.key = tm_key_end(tm_key_lower(hash, person.text, person.length));
    if (row->email.length > 0)
        record.identity[record.identities++] =
            (TmIdentity){TM_IDENTITY_EMAIL, row->email.text, row->email.length};
    if (row->user.length > 0)
        record.identity[record.identities++] =
            (TmIdentity){TM_IDENTITY_USER_ID, row->user.text, row->user.length};
    if (is_new_row(days, row, record.key, &place))
        hand_over(reading, row, &record, place * (guint)G_N_ELEMENTS(parts));
}
