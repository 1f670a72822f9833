/* Moments as exports write them; see times.h. */
#include "times.h"

#define LONGEST_INSTANT 48
#define OFFSET_LENGTH 5 /* +0800 */
#define MINUTES_PER_DAY 1440
#define MILLISECONDS_PER_MINUTE G_GINT64_CONSTANT(60000)

/* ---- Instants ---------------------------------------------------------------------------- */

static gboolean is_short_offset(TmCell text)
{
    if (text.length < OFFSET_LENGTH || (text.text[0] != '+' && text.text[0] != '-'))
        return FALSE;
    for (gsize i = 1; i < OFFSET_LENGTH; i++)
        if (!g_ascii_isdigit(text.text[i]))
            return FALSE;
    return text.length == OFFSET_LENGTH;
}

/* Splits what stands behind the seconds and their fraction from the rest. */
static TmCell split_offset(TmCell *cell)
{
    gsize at = 0;
    while (
        at < cell->length && (at < 19 || g_ascii_isdigit(cell->text[at]) || cell->text[at] == '.'))
        at++;
    TmCell offset = tm_cell_trim((TmCell){cell->text + at, cell->length - at});
    cell->length = at;
    return offset;
}

gboolean outcome_instant(TmCell cell, gint64 *milliseconds)
{
    char text[LONGEST_INSTANT];
    cell = tm_cell_trim(cell);
    if (cell.length < 19 || cell.length >= sizeof text - 2 ||
        memchr(cell.text, '\0', cell.length) != NULL)
        return FALSE;
    TmCell offset = split_offset(&cell);
    int length;
    if (offset.length == 0 || tm_cell_equals(offset, "UTC"))
        length = g_snprintf(text, sizeof text, "%.*sZ", (int)cell.length, cell.text);
    else if (is_short_offset(offset))
        length = g_snprintf(text, sizeof text, "%.*s%.3s:%.2s", (int)cell.length, cell.text,
            offset.text, offset.text + 3);
    else
        length = g_snprintf(text, sizeof text, "%.*s%.*s", (int)cell.length, cell.text,
            (int)offset.length, offset.text);
    return tm_instant_parse(text, (gsize)length, milliseconds);
}

/* The next word of a cell; empty behind the last one. Advances the cell. */
static TmCell next_word(TmCell *rest)
{
    *rest = tm_cell_trim(*rest);
    gsize length = 0;
    while (length < rest->length && !g_ascii_isspace(rest->text[length]))
        length++;
    TmCell word = {rest->text, length};
    *rest = (TmCell){rest->text + length, rest->length - length};
    return word;
}

static int small_number(TmCell cell)
{
    gint64 value;
    return cell.length <= 4 && tm_integer_parse(cell.text, cell.length, &value) && value >= 0
               ? (int)value
               : -1;
}

static int month_by_name(TmCell name);

gboolean outcome_git_instant(TmCell cell, gint64 *milliseconds)
{
    enum { WEEKDAY, MONTH, DAY, TIME, YEAR, OFFSET, WORDS };
    TmCell words[WORDS], rest = cell;
    char text[LONGEST_INSTANT];
    if (outcome_instant(cell, milliseconds))
        return TRUE;
    for (guint i = 0; i < WORDS; i++)
        words[i] = next_word(&rest);
    int month = month_by_name(words[MONTH]), day = small_number(words[DAY]),
        year = small_number(words[YEAR]);
    if (rest.length > 0 || month == 0 || day < 1 || day > 31 || year < 0 ||
        words[TIME].length != 8 || words[OFFSET].length != OFFSET_LENGTH)
        return FALSE;
    int length = g_snprintf(text, sizeof text, "%04d-%02d-%02dT%.8s%.5s", year, month, day,
        words[TIME].text, words[OFFSET].text);
    return outcome_instant((TmCell){text, (gsize)length}, milliseconds);
}

TmDay outcome_local_day(const OutcomeReading *reading, gint64 milliseconds)
{
    return tm_setup_local_day(reading->setup, TM_PERSON_UNRESOLVED, milliseconds, NULL);
}

/* ---- Dates of a site --------------------------------------------------------------------- */

/* Beginnings of the names of each month, in small letters; of two that fit the longer one counts.
 */
static const char *const month_names[12] = {
    "jan|ene|gen",
    "feb|f\xc3\xa9v|fev",
    "mar|m\xc3\xa4r|maa|mrt|mrz",
    "apr|avr|abr",
    "may|mai|mag|mei",
    "jun|juin|giu",
    "jul|juil|lug",
    "aug|ao\xc3\xbb|aou|ago",
    "sep|set",
    "oct|okt|ott|out",
    "nov",
    ("dec|d\xc3\xa9"
     "c|dez|dic"),
};

static int month_by_name(TmCell name)
{
    gsize best = 0;
    int month = 0;
    for (int i = 0; i < 12; i++)
        for (const char *at = month_names[i]; *at != '\0';) {
            gsize length = strcspn(at, "|");
            gboolean fits = length <= name.length && length > best;
            for (gsize k = 0; k < length && fits; k++)
                fits = tm_ascii_lower(name.text[k]) == at[k];
            if (fits) {
                best = length;
                month = i + 1;
            }
            at += at[length] == '|' ? length + 1 : length;
        }
    return month;
}

static gboolean is_separator(char sign)
{
    return sign == '/' || sign == '-' || sign == '.' || sign == ' ' || sign == ',';
}

/* The next part of a date, and the signs behind it. */
static TmCell next_part(TmCell *rest)
{
    gsize length = 0;
    while (length < rest->length && !is_separator(rest->text[length]) &&
           !(rest->text[length] == 'T' && length > 0 && g_ascii_isdigit(rest->text[length - 1])))
        length++;
    TmCell part = {rest->text, length};
    gboolean first = TRUE;
    while (length < rest->length &&
           (is_separator(rest->text[length]) || (first && rest->text[length] == 'T'))) {
        first = FALSE;
        length++;
    }
    *rest = (TmCell){rest->text + length, rest->length - length};
    return part;
}

/* One or two digits at the front of a cell; -1 if there are none. Advances the cell. */
static int leading_number(TmCell *rest)
{
    gsize length = 0;
    while (length < 2 && length < rest->length && g_ascii_isdigit(rest->text[length]))
        length++;
    int value = length > 0 ? small_number((TmCell){rest->text, length}) : -1;
    *rest = (TmCell){rest->text + length, rest->length - length};
    return value;
}

/* ":" and two digits; -1 if they are not there. Advances the cell. */
static int after_colon(TmCell *rest)
{
    if (rest->length < 3 || rest->text[0] != ':' || !g_ascii_isdigit(rest->text[2]))
        return -1;
    *rest = (TmCell){rest->text + 1, rest->length - 1};
    return leading_number(rest);
}

/* "16:14", "9:00:30 AM" or nothing, into the minute of the day. */
static gboolean parse_clock(TmCell rest, int *minute)
{
    *minute = 0;
    if (rest.length == 0)
        return TRUE;
    int hour = leading_number(&rest), least = after_colon(&rest);
    after_colon(&rest); /* seconds, if they are there */
    rest = tm_cell_trim(rest);
    gboolean after_noon = tm_cell_equals(rest, "PM"),
             half = after_noon || tm_cell_equals(rest, "AM");
    if (hour < 0 || least < 0 || least > 59 || (!half && (rest.length > 0 || hour > 23)) ||
        (half && (hour < 1 || hour > 12)))
        return FALSE;
    *minute = (half ? hour % 12 + (after_noon ? 12 : 0) : hour) * 60 + least;
    return TRUE;
}

static int full_year(TmCell cell)
{
    int year = small_number(cell);
    if (cell.length == 2 && year >= 0)
        return year < 70 ? 2000 + year : 1900 + year;
    return cell.length == 4 ? year : -1;
}

gboolean outcome_site_time(TmCell cell, OutcomeSiteTime *time)
{
    TmCell rest = tm_cell_trim(cell);
    TmCell a = next_part(&rest), b = next_part(&rest), c = next_part(&rest);
    *time = (OutcomeSiteTime){.month = 0};
    if (a.length == 4) { /* the year stands first: 2026-10-05 */
        TmCell year = a;
        a = c;
        c = year;
        time->month = small_number(b);
    } else if (month_by_name(b) > 0) {
        time->month = month_by_name(b);
    } else if (month_by_name(a) > 0) { /* Oct 5, 2026 */
        time->month = month_by_name(a);
        a = b;
    }
    time->first = a.length <= 2 ? small_number(a) : -1;
    time->second = time->month == 0 && b.length <= 2 ? small_number(b) : 0;
    time->year = full_year(c);
    return time->first > 0 && time->second >= 0 && time->month >= 0 && time->year >= 0 &&
           (time->month > 0 || time->second > 0) && parse_clock(rest, &time->minute);
}

/* Minutes east of UTC that hold at a local time. */
static gint64 offset_at(GTimeZone *zone, gint64 local_minutes)
{
    gint interval = g_time_zone_find_interval(zone, G_TIME_TYPE_STANDARD, local_minutes * 60);
    return interval < 0 ? 0 : g_time_zone_get_offset(zone, interval) / 60;
}

TmDay outcome_site_day(
    const OutcomeReading *reading, const OutcomeSiteTime *time, TmDateOrder order)
{
    gboolean month_first = time->month == 0 && order == TM_DATE_ORDER_MONTH_FIRST;
    int day_of_month = month_first ? time->second : time->first;
    int month = time->month > 0 ? time->month : month_first ? time->first : time->second;
    TmDay day = tm_day_from_date(time->year, month, day_of_month);
    GTimeZone *zone = reading->options->zone;
    if (day == TM_DAY_NONE || zone == NULL)
        return day;
    gint64 minutes = (gint64)day * MINUTES_PER_DAY + time->minute;
    minutes -= offset_at(zone, minutes);
    return outcome_local_day(reading, minutes * MILLISECONDS_PER_MINUTE);
}
