/*
 * Months, quarters and ranges as whole ISO weeks: those whose Thursday lies in them. A month has
 * four or five weeks; a quarter mostly thirteen, with twelve or fourteen where the calendar says
 * so.
 */
#include <tidemark/insight.h>

#include <string.h>

#define MONTHS_A_QUARTER 3
#define MONTHS_A_YEAR 12
#define DAYS_TO_THURSDAY 3
#define MOST_WEEKS 53

static TmWeek first_week_from(TmDay day)
{
    TmWeek week = tm_week_of_day(day);
    return tm_week_monday(week) + DAYS_TO_THURSDAY < day ? week + 1 : week;
}

static TmWeek last_week_to(TmDay day)
{
    TmWeek week = tm_week_of_day(day);
    return tm_week_monday(week) + DAYS_TO_THURSDAY > day ? week - 1 : week;
}

/* Whole weeks of `count` months from a month counted from the year 0. */
static gboolean span_months(TmPeriod *period, int month, int count)
{
    int last = month + count - 1;
    int last_year = last / MONTHS_A_YEAR, last_month = last % MONTHS_A_YEAR + 1;
    TmDay from = tm_day_from_date(month / MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1, 1);
    TmDay to = tm_day_from_date(last_year, last_month, tm_days_in_month(last_year, last_month));
    if (from == TM_DAY_NONE || to == TM_DAY_NONE)
        return FALSE;
    period->first = first_week_from(from);
    period->last = period->end = last_week_to(to);
    return TRUE;
}

gboolean tm_period_month(TmPeriod *period, int year, int month)
{
    *period = (TmPeriod){.kind = TM_PERIOD_MONTH, .year = year, .number = month};
    return month >= 1 && month <= MONTHS_A_YEAR &&
           span_months(period, year * MONTHS_A_YEAR + month - 1, 1);
}

gboolean tm_period_quarter(TmPeriod *period, int year, int quarter, int fiscal_month)
{
    *period = (TmPeriod){
        .kind = TM_PERIOD_QUARTER, .year = year, .number = quarter, .fiscal_month = fiscal_month};
    if (quarter < 1 || quarter > 4 || fiscal_month < 1 || fiscal_month > MONTHS_A_YEAR)
        return FALSE;
    int first_year = fiscal_month == 1 ? year : year - 1;
    return span_months(period,
        first_year * MONTHS_A_YEAR + fiscal_month - 1 + MONTHS_A_QUARTER * (quarter - 1),
        MONTHS_A_QUARTER);
}

gboolean tm_period_weeks(TmPeriod *period, TmWeek first, TmWeek last)
{
    *period = (TmPeriod){.kind = TM_PERIOD_WEEKS, .first = first, .last = last, .end = last};
    return first <= last && last - first < MOST_WEEKS;
}

/* The first day of a month: "2026-10". */
static TmDay first_day(const char *month)
{
    g_autofree char *day = g_strconcat(month, "-01", NULL);
    return tm_day_parse(day, -1);
}

gboolean tm_period_parse_month(const char *text, TmPeriod *period)
{
    int year, month, day;
    TmDay first = first_day(text);
    if (first == TM_DAY_NONE)
        return FALSE;
    tm_day_to_date(first, &year, &month, &day);
    return tm_period_month(period, year, month);
}

gboolean tm_period_parse_quarter(const char *text, int fiscal_month, TmPeriod *period)
{
    int year, month, day;
    if (strlen(text) != 7 || text[5] != 'Q')
        return FALSE;
    g_autofree char *january = g_strdup_printf("%.5s01", text); /* of its year */
    TmDay first = first_day(january);
    if (first == TM_DAY_NONE)
        return FALSE;
    tm_day_to_date(first, &year, &month, &day);
    return tm_period_quarter(period, year, text[6] - '0', fiscal_month);
}

gboolean tm_period_settle(TmPeriod *period, TmWeek last_published)
{
    period->end = MIN(period->last, last_published);
    return period->end >= period->first;
}

guint tm_period_length(const TmPeriod *period)
{
    return (guint)(period->end - period->first + 1);
}

gboolean tm_period_is_to_date(const TmPeriod *period)
{
    return period->end < period->last;
}

TmPeriod tm_period_before(const TmPeriod *period)
{
    TmPeriod before;
    gboolean fine = FALSE;
    gboolean wraps = period->number == 1;
    if (period->kind == TM_PERIOD_MONTH && !tm_period_is_to_date(period))
        fine = tm_period_month(
            &before, period->year - wraps, wraps ? MONTHS_A_YEAR : period->number - 1);
    else if (period->kind == TM_PERIOD_QUARTER && !tm_period_is_to_date(period))
        fine = tm_period_quarter(
            &before, period->year - wraps, wraps ? 4 : period->number - 1, period->fiscal_month);
    if (!fine)
        tm_period_weeks(
            &before, period->first - (TmWeek)tm_period_length(period), period->first - 1);
    return before;
}

char *tm_period_name(const TmPeriod *period)
{
    switch (period->kind) {
    case TM_PERIOD_MONTH:
        return g_strdup_printf("%04d-%02d", period->year, period->number);
    case TM_PERIOD_QUARTER:
        return g_strdup_printf("%04d-Q%d", period->year, period->number);
    case TM_PERIOD_WEEKS:
        break;
    }
    g_autofree char *first = tm_week_format(period->first);
    g_autofree char *last = tm_week_format(period->last);
    return g_strconcat(first, "-", last, NULL);
}
