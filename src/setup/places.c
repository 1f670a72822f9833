/*
 * Questions of time and place about a loaded setup: local days, teams on a day, working days.
 * Everything here only reads, so that threads may ask at the same time.
 */
#include "places.h"

#include <string.h>

#include "loading.h"

#define MILLISECONDS_PER_MINUTE 60000
#define MINUTES_PER_DAY 1440

/* GLib would take a path or an offset too; only names of the zone database are wanted. */
GTimeZone *zone_load(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "_+-/";
    if (!g_ascii_isalpha(*name) || name[strspn(name, letters)] != '\0')
        return NULL;
    return g_time_zone_new_identifier(name);
}

GTimeZone *zone_shared(Loading *loading, const char *name)
{
    GHashTable *zones = loading->setup->hidden->zones;
    GTimeZone *zone = g_hash_table_lookup(zones, name);
    if (zone == NULL) {
        zone = zone_load(name);
        if (zone != NULL)
            g_hash_table_insert(zones, g_strdup(name), zone);
    }
    return zone;
}

/* The person's row for a day; NULL when not on the roster. */
static const TmRosterSpell *spell_on(const TmSetup *setup, TmPersonIndex person, TmDay day)
{
    if (person >= setup->people->len)
        return NULL;
    const GArray *spells = g_array_index(setup->people, TmPerson, person).spells;
    for (guint i = 0; i < spells->len; i++) {
        const TmRosterSpell *spell = &g_array_index(spells, TmRosterSpell, i);
        if (spell->first <= day && day <= spell->last)
            return spell;
    }
    return NULL;
}

static gint64 floor_minutes(gint64 milliseconds)
{
    gint64 minutes = milliseconds / MILLISECONDS_PER_MINUTE;
    return milliseconds % MILLISECONDS_PER_MINUTE < 0 ? minutes - 1 : minutes;
}

static gint64 offset_minutes(GTimeZone *zone, gint64 seconds)
{
    gint interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, seconds);
    return interval < 0 ? 0 : g_time_zone_get_offset(zone, interval) / 60;
}

TmDay tm_zone_local_day(GTimeZone *zone, gint64 instant_milliseconds, int *minute)
{
    gint64 minutes = floor_minutes(instant_milliseconds);
    if (zone != NULL)
        minutes += offset_minutes(zone, minutes * 60);
    gint64 day = minutes / MINUTES_PER_DAY;
    if (minutes % MINUTES_PER_DAY < 0)
        day--;
    if (minute != NULL)
        *minute = (int)(minutes - day * MINUTES_PER_DAY);
    return (TmDay)CLAMP(day, TM_DAY_NONE + 1, TM_DAY_FOREVER - 1);
}

TmDay tm_setup_local_day(
    const TmSetup *setup, TmPersonIndex person, gint64 instant_milliseconds, int *minute)
{
    const TmRosterSpell *spell = spell_on(setup, person, tm_instant_day(instant_milliseconds));
    GTimeZone *zone = setup->hidden->zone_is_utc ? NULL : setup->settings.zone;
    if (spell != NULL && spell->zone != NULL)
        zone = spell->zone;
    return tm_zone_local_day(zone, instant_milliseconds, minute);
}

TmTeamIndex tm_setup_team_on(const TmSetup *setup, TmPersonIndex person, TmDay day)
{
    const TmRosterSpell *spell = spell_on(setup, person, day);
    return spell != NULL ? spell->team : TM_TEAM_NONE;
}

static gboolean is_holiday(const TmSetup *setup, const TmRosterSpell *spell, TmDay day)
{
    const GArray *days = spell->calendar != CALENDAR_NONE
                             ? g_ptr_array_index(setup->hidden->calendars, spell->calendar)
                             : setup->hidden->common_holidays;
    guint low = 0, high = days->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(days, TmDay, middle) < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < days->len && g_array_index(days, TmDay, low) == day;
}

static gboolean is_absent(const GArray *absences, TmDay day)
{
    guint low = 0, high = absences->len; /* the first span that ends on the day or later */
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(absences, TmDaySpan, middle).last < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < absences->len && g_array_index(absences, TmDaySpan, low).first <= day;
}

gboolean tm_setup_is_working_day(const TmSetup *setup, TmPersonIndex person, TmDay day)
{
    const TmRosterSpell *spell = spell_on(setup, person, day);
    if (spell == NULL || (spell->work_days & (1 << tm_day_weekday(day))) == 0)
        return FALSE;
    return !is_holiday(setup, spell, day) &&
           !is_absent(g_array_index(setup->people, TmPerson, person).absences, day);
}

gboolean tm_setup_team_within(const TmSetup *setup, TmTeamIndex team, TmTeamIndex ancestor)
{
    while (team != TM_TEAM_NONE && team != ancestor)
        team = g_array_index(setup->teams, TmTeam, team).parent;
    return team != TM_TEAM_NONE;
}
