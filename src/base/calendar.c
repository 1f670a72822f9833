/*
 * Days, ISO weeks and reporting months, in the proleptic Gregorian calendar, years 1 to 9999.
 *
 * Dates are turned into day numbers with years that begin in March, so that the leap day is the
 * last day of its year and needs no special case.
 */
#include <tidemark/base.h>

#include <string.h>

#define DAYS_PER_ERA 146097      /* 400 years */
#define DAYS_BEFORE_EPOCH 719468 /* 0000-03-01 to 1970-01-01 */
#define YEAR_MOST 9999

static gint64 floor_divide(gint64 numerator, gint64 denominator)
{
    gint64 quotient = numerator / denominator;
    return numerator % denominator < 0 ? quotient - 1 : quotient;
}

static gboolean is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int tm_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

int tm_days_in_year(int year)
{
    return is_leap_year(year) ? 366 : 365;
}

TmDay tm_day_from_date(int year, int month, int day)
{
    if (year < 1 || year > YEAR_MOST || day < 1 || day > tm_days_in_month(year, month))
        return TM_DAY_NONE;
    int shifted_year = month <= 2 ? year - 1 : year;
    int era = shifted_year / 400;
    int year_of_era = shifted_year - era * 400;
    int shifted_month = (month + 9) % 12; /* March is 0 */
    int day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_BEFORE_EPOCH;
}

void tm_day_to_date(TmDay day, int *year, int *month, int *day_of_month)
{
    gint64 shifted = (gint64)day + DAYS_BEFORE_EPOCH;
    gint64 era = floor_divide(shifted, DAYS_PER_ERA);
    int day_of_era = (int)(shifted - era * DAYS_PER_ERA);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = (int)(era * 400) + year_of_era + (*month <= 2 ? 1 : 0);
}

/* Value of exactly `count` digits, -1 if one is none. */
static int digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!g_ascii_isdigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

TmDay tm_day_parse(const char *text, gssize length)
{
    gsize bytes = length < 0 ? strlen(text) : (gsize)length;
    if (bytes != 10 || text[4] != '-' || text[7] != '-')
        return TM_DAY_NONE;
    return tm_day_from_date(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
}

int tm_day_weekday(TmDay day)
{
    gint64 since_monday = (gint64)day + 3; /* 1970-01-01 was a Thursday */
    return (int)(since_monday - floor_divide(since_monday, 7) * 7);
}

char *tm_day_format(TmDay day)
{
    if (day == TM_DAY_NONE || day == TM_DAY_FOREVER)
        return g_strdup("");
    int year, month, day_of_month;
    tm_day_to_date(day, &year, &month, &day_of_month);
    return g_strdup_printf("%04d-%02d-%02d", year, month, day_of_month);
}

TmWeek tm_week_of_day(TmDay day)
{
    return (TmWeek)floor_divide((gint64)day + 3, 7);
}

TmDay tm_week_monday(TmWeek week)
{
    return week * 7 - 3;
}

void tm_week_to_iso(TmWeek week, int *iso_year, int *iso_week)
{
    int month, day_of_month;
    TmDay thursday = tm_week_monday(week) + 3;
    tm_day_to_date(thursday, iso_year, &month, &day_of_month);
    *iso_week = (thursday - tm_day_from_date(*iso_year, 1, 1)) / 7 + 1;
}

TmWeek tm_week_from_iso(int iso_year, int iso_week)
{
    TmDay fourth = tm_day_from_date(iso_year, 1, 4); /* always in week 1 */
    if (fourth == TM_DAY_NONE || iso_week < 1 || iso_week > 53)
        return TM_WEEK_NONE;
    TmWeek week = tm_week_of_day(fourth) + iso_week - 1;
    int year, number;
    tm_week_to_iso(week, &year, &number);
    return year == iso_year ? week : TM_WEEK_NONE;
}

TmWeek tm_week_parse(const char *text)
{
    if (strlen(text) != 8 || text[4] != '-' || text[5] != 'W')
        return TM_WEEK_NONE;
    return tm_week_from_iso(digits(text, 4), digits(text + 6, 2));
}

char *tm_week_format(TmWeek week)
{
    int year, number;
    tm_week_to_iso(week, &year, &number);
    return g_strdup_printf("%04d-W%02d", year, number);
}

void tm_week_month(TmWeek week, int *year, int *month)
{
    int day_of_month;
    tm_day_to_date(tm_week_monday(week) + 3, year, month, &day_of_month);
}
