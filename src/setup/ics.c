/*
 * The part of iCalendar (RFC 5545) that holiday and absence calendars use: all-day events, yearly
 * repetition, exceptions, replaced and cancelled instances.
 *
 * Order: unfold lines (before looking at UTF-8, since a fold may cut a letter), gather the
 * properties of each VEVENT, then expand all events, because an event may replace an instance of
 * one that comes later.
 */
#include "ics.h"

#include <string.h>

#define MOST_LINE_BYTES 65536
#define MOST_EVENT_DAYS 3660
#define MOST_EVENTS 100000

typedef struct Event {
    guint64 line;
    TmDay first;
    TmDay end;       /* not included; TM_DAY_NONE if not given */
    gint64 duration; /* days; 0 if not given */
    gboolean timed;
    gboolean cancelled;
    gboolean yearly;
    gboolean rule_unknown;
    gint64 interval, count; /* count 0: without end */
    TmDay until;
    TmDay replaces; /* RECURRENCE-ID; TM_DAY_NONE if not given */
    char *uid;
    char *attendee;
    GArray *exceptions; /* TmDay */
} Event;

typedef struct Calendar {
    const char *path;
    TmDiagnostics *diagnostics;
    GArray *events; /* Event */
    Event current;
    gboolean in_event;
    guint nested; /* components open inside the event, such as alarms */
} Calendar;

static void report(const Calendar *calendar, TmDiagnosticKind kind, guint64 line,
    const char *property, const char *why)
{
    tm_diagnostics_report(calendar->diagnostics, kind,
        &(TmPlace){.file = calendar->path, .line = line, .field = property}, "%s", why);
}

static void event_clear(gpointer pointer)
{
    Event *event = pointer;
    g_free(event->uid);
    g_free(event->attendee);
    g_array_unref(event->exceptions);
}

/* ---- Values ------------------------------------------------------------------------------ */

/* 20261224 at the start of the text. */
static TmDay parse_day(const char *text)
{
    for (int i = 0; i < 8; i++) {
        if (!g_ascii_isdigit(text[i]))
            return TM_DAY_NONE;
    }
    char iso[11] = {
        text[0], text[1], text[2], text[3], '-', text[4], text[5], '-', text[6], text[7], '\0'};
    return tm_day_parse(iso, 10);
}

/* P3D or P2W in days; 0 if it is anything else. */
static gint64 parse_duration(const char *text)
{
    gsize length = strlen(text);
    gint64 number;
    if (length < 3 || text[0] != 'P' || !tm_integer_parse(text + 1, length - 2, &number) ||
        number < 1 || number > MOST_EVENT_DAYS)
        return 0;
    return text[length - 1] == 'D' ? number : text[length - 1] == 'W' ? number * 7 : 0;
}

/* A part that says no more than the first day does (the month or day of the month) is harmless. */
static gboolean part_repeats_start(const Event *event, const char *name, const char *value)
{
    int year, month, day_of_month;
    gint64 number;
    if (event->first == TM_DAY_NONE || !tm_integer_parse(value, strlen(value), &number))
        return FALSE;
    tm_day_to_date(event->first, &year, &month, &day_of_month);
    return (g_str_equal(name, "BYMONTH") && number == month) ||
           (g_str_equal(name, "BYMONTHDAY") && number == day_of_month);
}

static gboolean take_rule_part(Event *event, const char *name, const char *value)
{
    if (g_str_equal(name, "FREQ"))
        return event->yearly = g_str_equal(value, "YEARLY");
    if (g_str_equal(name, "INTERVAL"))
        return tm_integer_parse(value, strlen(value), &event->interval) && event->interval > 0 &&
               event->interval < 10000;
    if (g_str_equal(name, "COUNT"))
        return tm_integer_parse(value, strlen(value), &event->count) && event->count > 0;
    if (g_str_equal(name, "UNTIL"))
        return (event->until = parse_day(value)) != TM_DAY_NONE;
    return g_str_equal(name, "WKST") || part_repeats_start(event, name, value);
}

/* Read when the event ends, since the rule may stand before the first day. */
static void take_rule(Event *event, const char *rule)
{
    g_auto(GStrv) parts = g_strsplit(rule, ";", -1);
    for (char **part = parts; *part != NULL; part++) {
        g_auto(GStrv) sides = g_strsplit(*part, "=", 2);
        if (g_strv_length(sides) != 2 || !take_rule_part(event, sides[0], sides[1]))
            event->rule_unknown = TRUE;
    }
    if (!event->yearly)
        event->rule_unknown = TRUE;
}

static void take_exceptions(Event *event, const char *value)
{
    g_auto(GStrv) days = g_strsplit(value, ",", -1);
    for (char **text = days; *text != NULL; text++) {
        TmDay day = parse_day(*text);
        if (day != TM_DAY_NONE)
            g_array_append_val(event->exceptions, day);
    }
}

static void take_attendee(Event *event, const char *value)
{
    if (event->attendee == NULL && g_ascii_strncasecmp(value, "mailto:", 7) == 0)
        event->attendee = g_strdup(value + 7);
}

/* ---- Properties -------------------------------------------------------------------------- */

/* The rule is kept as text until the event ends; it shares the place of no other property. */
typedef struct Property {
    const char *name;
    const char *value;
    guint64 line;
} Property;

static void take_start(Calendar *calendar, const Property *property)
{
    Event *event = &calendar->current;
    event->first = parse_day(property->value);
    event->timed = strchr(property->value, 'T') != NULL;
    if (event->first == TM_DAY_NONE)
        report(calendar, TM_KIND_BAD_DATE, property->line, "DTSTART",
            "this is no day in the form 20261224; the event is left out");
}

static void take_property(Calendar *calendar, const Property *property, char **rule)
{
    Event *event = &calendar->current;
    const char *name = property->name, *value = property->value;
    if (g_str_equal(name, "DTSTART"))
        take_start(calendar, property);
    else if (g_str_equal(name, "DTEND"))
        event->end = parse_day(value);
    else if (g_str_equal(name, "DURATION")) {
        event->duration = parse_duration(value);
        event->timed |= event->duration == 0;
    } else if (g_str_equal(name, "STATUS"))
        event->cancelled = g_ascii_strcasecmp(value, "CANCELLED") == 0;
    else if (g_str_equal(name, "UID")) {
        g_free(event->uid);
        event->uid = g_strdup(value);
    } else if (g_str_equal(name, "RRULE")) {
        g_free(*rule);
        *rule = g_ascii_strup(value, -1);
    } else if (g_str_equal(name, "EXDATE"))
        take_exceptions(event, value);
    else if (g_str_equal(name, "RECURRENCE-ID"))
        event->replaces = parse_day(value);
    else if (g_str_equal(name, "ATTENDEE") || g_str_equal(name, "ORGANIZER"))
        take_attendee(event, value);
    else if (g_str_equal(name, "RDATE"))
        report(calendar, TM_KIND_DOUBTFUL_VALUE, property->line, "RDATE",
            "single additional days are not read");
}

static void begin_event(Calendar *calendar, guint64 line)
{
    calendar->in_event = TRUE;
    calendar->nested = 0;
    calendar->current = (Event){
        .line = line,
        .first = TM_DAY_NONE,
        .end = TM_DAY_NONE,
        .until = TM_DAY_FOREVER,
        .replaces = TM_DAY_NONE,
        .interval = 1,
        .exceptions = g_array_new(FALSE, FALSE, sizeof(TmDay)),
    };
}

static void end_event(Calendar *calendar, char **rule)
{
    Event *event = &calendar->current;
    calendar->in_event = FALSE;
    if (*rule != NULL)
        take_rule(event, *rule);
    g_clear_pointer(rule, g_free);
    if (event->rule_unknown)
        report(calendar, TM_KIND_DOUBTFUL_VALUE, event->line, "RRULE",
            "only plain yearly repetition is read; the first instance is taken");
    if (calendar->events->len < MOST_EVENTS)
        g_array_append_val(calendar->events, *event);
    else
        event_clear(event);
}

/* Splits "NAME;PARAM=\"a:b\":value" and gives the value; the name is ended in place. */
static char *split_property(char *line)
{
    gboolean quoted = FALSE;
    char *name_end = NULL;
    for (char *at = line; *at != '\0'; at++) {
        quoted ^= *at == '"';
        if (quoted || (*at != ';' && *at != ':'))
            continue;
        if (name_end == NULL)
            name_end = at;
        if (*at == ':') {
            *name_end = '\0';
            return at + 1;
        }
    }
    return NULL;
}

static void take_line(Calendar *calendar, char *text, guint64 line, char **rule)
{
    char *value = split_property(text);
    if (value == NULL)
        return;
    g_autofree char *name = g_ascii_strup(text, -1);
    gboolean is_event = g_ascii_strcasecmp(value, "VEVENT") == 0;
    gboolean begins = g_str_equal(name, "BEGIN"), ends = g_str_equal(name, "END");
    if (!calendar->in_event) {
        if (begins && is_event)
            begin_event(calendar, line);
    } else if (begins)
        calendar->nested++;
    else if (ends && calendar->nested > 0)
        calendar->nested--;
    else if (ends)
        end_event(calendar, rule);
    else if (calendar->nested == 0)
        take_property(calendar, &(Property){name, value, line}, rule);
}

/* ---- Unfolding --------------------------------------------------------------------------- */

static void take_unfolded(Calendar *calendar, GString *unfolded, guint64 line, char **rule)
{
    if (memchr(unfolded->str, '\0', unfolded->len) != NULL ||
        !g_utf8_validate(unfolded->str, (gssize)unfolded->len, NULL))
        report(calendar, TM_KIND_BAD_ENCODING, line, NULL, "the line is not UTF-8 text");
    else if (unfolded->len > MOST_LINE_BYTES)
        report(calendar, TM_KIND_TOO_LONG, line, NULL, "the line is longer than 64 KiB");
    else
        take_line(calendar, unfolded->str, line, rule);
    g_string_truncate(unfolded, 0);
}

static void take_lines(Calendar *calendar, const char *at, const char *end)
{
    g_autoptr(GString) unfolded = g_string_new(NULL);
    g_autofree char *rule = NULL;
    guint64 line = 0, start = 1;
    while (at < end) {
        const char *feed = memchr(at, '\n', (gsize)(end - at));
        const char *stop = feed != NULL ? feed : end;
        gsize length = (gsize)(stop - at);
        length -= length > 0 && at[length - 1] == '\r' ? 1 : 0;
        line++;
        gboolean folded = length > 0 && (at[0] == ' ' || at[0] == '\t');
        if (!folded) {
            take_unfolded(calendar, unfolded, start, &rule);
            start = line;
        }
        g_string_append_len(unfolded, at + (folded ? 1 : 0), (gssize)(length - (folded ? 1 : 0)));
        at = feed != NULL ? feed + 1 : end;
    }
    take_unfolded(calendar, unfolded, start, &rule);
    if (calendar->in_event) {
        report(calendar, TM_KIND_TRUNCATED_FILE, calendar->current.line, "VEVENT",
            "the file ends inside this event, which is left out");
        event_clear(&calendar->current);
    }
}

/* ---- Expansion --------------------------------------------------------------------------- */

/* How many days the event lasts; 0 if it cannot be used. */
static gint64 event_days(const Calendar *calendar, const Event *event)
{
    gint64 days = 1;
    if (event->end != TM_DAY_NONE)
        days = MAX((gint64)event->end - event->first, 1);
    else if (event->duration > 0)
        days = event->duration;
    if (days <= MOST_EVENT_DAYS)
        return days;
    report(calendar, TM_KIND_OUT_OF_RANGE, event->line, "DTEND", "the event lasts over ten years");
    return 0;
}

static char *instance_key(const char *uid, TmDay day)
{
    return g_strdup_printf("%d %s", day, uid);
}

static gboolean is_left_out(const Event *event, TmDay day, GHashTable *replaced)
{
    for (guint i = 0; i < event->exceptions->len; i++) {
        if (g_array_index(event->exceptions, TmDay, i) == day)
            return TRUE;
    }
    if (event->uid == NULL || event->replaces != TM_DAY_NONE)
        return FALSE;
    g_autofree char *key = instance_key(event->uid, day);
    return g_hash_table_contains(replaced, key);
}

typedef struct Expansion {
    const Calendar *calendar;
    GHashTable *replaced; /* instance keys */
    TmDay last_day;
    void (*take)(const IcsEvent *event, gpointer user);
    gpointer user;
} Expansion;

static void expand(const Expansion *expansion, const Event *event, gint64 days)
{
    int year, month, day_of_month;
    tm_day_to_date(event->first, &year, &month, &day_of_month);
    gboolean repeats = event->yearly && !event->rule_unknown;
    gint64 instances = 0;
    for (gint64 at = year; at <= 9999; at += event->interval) {
        TmDay first = tm_day_from_date((int)at, month, day_of_month);
        if (first == TM_DAY_NONE) /* 29 February */
            continue;
        if (repeats && (first > event->until || first > expansion->last_day))
            return;
        instances++;
        if (!is_left_out(event, first, expansion->replaced)) {
            IcsEvent instance = {event->line, first, (TmDay)(first + days - 1), event->attendee};
            expansion->take(&instance, expansion->user);
        }
        if (!repeats || instances == event->count)
            return;
    }
}

static void expand_all(Expansion *expansion)
{
    const Calendar *calendar = expansion->calendar;
    for (guint i = 0; i < calendar->events->len; i++) {
        const Event *event = &g_array_index(calendar->events, Event, i);
        if (event->uid != NULL && event->replaces != TM_DAY_NONE)
            g_hash_table_add(expansion->replaced, instance_key(event->uid, event->replaces));
    }
    for (guint i = 0; i < calendar->events->len; i++) {
        const Event *event = &g_array_index(calendar->events, Event, i);
        if (event->first == TM_DAY_NONE || event->cancelled)
            continue;
        if (event->timed) {
            report(calendar, TM_KIND_NOTE_FILE, event->line, "DTSTART",
                "an event with a time of day is no day off");
            continue;
        }
        gint64 days = event_days(calendar, event);
        if (days > 0)
            expand(expansion, event, days);
    }
}

void ics_read(const char *path, const char *text, gsize length, TmDay last_day,
    TmDiagnostics *diagnostics, void (*take)(const IcsEvent *event, gpointer user), gpointer user)
{
    Calendar calendar = {.path = path, .diagnostics = diagnostics};
    calendar.events = g_array_new(FALSE, FALSE, sizeof(Event));
    g_array_set_clear_func(calendar.events, event_clear);
    take_lines(&calendar, text, text + length);
    g_autoptr(GHashTable) replaced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Expansion expansion = {&calendar, replaced, last_day, take, user};
    expand_all(&expansion);
    g_array_unref(calendar.events);
}
