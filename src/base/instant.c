/*
 * RFC 3339 instants. Called about a million times in a run, hence read by position: no format
 * strings, no allocation.
 */
#include <tidemark/base.h>

#define MILLISECONDS_PER_DAY G_GINT64_CONSTANT(86400000)
#define SHORTEST 20 /* 2026-10-05T09:15:02Z */

/* Two digits as a number; above 99 if they are none. */
static inline guint two_digits(const char *text)
{
    guint high = (guint)(guchar)text[0] - '0', low = (guint)(guchar)text[1] - '0';
    return high > 9 || low > 9 ? 100 : high * 10 + low;
}

/* Reads "Z" or "+hh:mm" up to the end of the text into minutes east of UTC. */
static gboolean parse_offset(const char *text, gsize length, gint64 *minutes)
{
    if (length == 1 && (text[0] == 'Z' || text[0] == 'z')) {
        *minutes = 0;
        return TRUE;
    }
    if (length != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return FALSE;
    guint hour = two_digits(text + 1), minute = two_digits(text + 4);
    if (hour > 23 || minute > 59)
        return FALSE;
    *minutes = (gint64)(hour * 60 + minute) * (text[0] == '-' ? -1 : 1);
    return TRUE;
}

/* Reads ".123456" into whole milliseconds; *used is 0 when there is no fraction. */
static gboolean parse_fraction(const char *text, gsize length, gsize *used, gint64 *milliseconds)
{
    *used = 0;
    *milliseconds = 0;
    if (length == 0 || text[0] != '.')
        return TRUE;
    gint64 weight = 100;
    gsize at = 1;
    for (; at < length && g_ascii_isdigit(text[at]); at++) {
        *milliseconds += (text[at] - '0') * weight;
        weight /= 10;
    }
    *used = at;
    return at > 1;
}

gboolean tm_instant_parse(const char *text, gsize length, gint64 *milliseconds)
{
    if (length < SHORTEST || text[13] != ':' || text[16] != ':')
        return FALSE;
    if (text[10] != 'T' && text[10] != 't' && text[10] != ' ')
        return FALSE;
    TmDay day = tm_day_parse(text, 10);
    guint hour = two_digits(text + 11), minute = two_digits(text + 14),
          second = two_digits(text + 17);
    if (day == TM_DAY_NONE || hour > 23 || minute > 59 || second > 60)
        return FALSE;
    gsize used;
    gint64 fraction, offset;
    if (!parse_fraction(text + 19, length - 19, &used, &fraction) ||
        !parse_offset(text + 19 + used, length - 19 - used, &offset))
        return FALSE;
    gint64 seconds = (gint64)hour * 3600 + minute * 60 + second - offset * 60;
    *milliseconds = day * MILLISECONDS_PER_DAY + seconds * 1000 + fraction;
    return TRUE;
}

TmDay tm_instant_day(gint64 milliseconds)
{
    gint64 day = milliseconds / MILLISECONDS_PER_DAY;
    if (milliseconds % MILLISECONDS_PER_DAY < 0)
        day--;
    return (TmDay)CLAMP(day, TM_DAY_NONE + 1, TM_DAY_FOREVER - 1);
}
