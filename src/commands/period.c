/* Days on the command line: a date, or how long ago. */
#include "command.h"

#include <string.h>

#define LONGEST_AGO 9999

/* The same day of the month `months` before, or the last one of a shorter month. */
static TmDay months_before(TmDay day, int months)
{
    int year, month, of_month;
    tm_day_to_date(day, &year, &month, &of_month);
    int index = year * 12 + month - 1 - months;
    int length = tm_days_in_month(index / 12, index % 12 + 1);
    return tm_day_from_date(index / 12, index % 12 + 1, MIN(of_month, length));
}

TmDay tm_period_day(const char *text, TmDay today)
{
    gsize length = strlen(text);
    gint64 count;
    TmDay day = tm_day_parse(text, (gssize)length);
    if (day != TM_DAY_NONE || length < 2 || !g_ascii_isdigit(text[0]) ||
        !tm_integer_parse(text, length - 1, &count) || count > LONGEST_AGO)
        return day;
    switch (text[length - 1]) {
    case 'd':
        return today - (TmDay)count;
    case 'w':
        return today - (TmDay)count * 7;
    case 'm':
        return months_before(today, (int)count);
    case 'y':
        return months_before(today, (int)count * 12);
    default:
        return TM_DAY_NONE;
    }
}
