/*
 * Weeks, days and cells in words.
 */
#include "strings.h"

#include <tidemark/insight.h>

#define EN_DASH "\u2013"

static const char *const month_names[] = {"January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December"};

static const char *const count_words[] = {
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};

char *tm_format_count_word(guint count)
{
    return count < G_N_ELEMENTS(count_words) ? g_strdup(count_words[count])
                                             : tm_format_count(count);
}

char *tm_format_week_number(TmWeek week)
{
    int year, number;
    tm_week_to_iso(week, &year, &number);
    return g_strdup_printf("%d", number);
}

char *tm_format_week(TmWeek week)
{
    int year, number;
    tm_week_to_iso(week, &year, &number);
    return g_strdup_printf("W%02d", number);
}

char *tm_format_day(TmDay day)
{
    int year, month, day_of_month;
    tm_day_to_date(day, &year, &month, &day_of_month);
    return g_strdup_printf("%d %s", day_of_month, month_names[month - 1]);
}

char *tm_format_week_dates(TmWeek week)
{
    TmDay monday = tm_week_monday(week);
    int first_year, first_month, first_day, last_year, last_month, last_day;
    tm_day_to_date(monday, &first_year, &first_month, &first_day);
    tm_day_to_date(monday + 6, &last_year, &last_month, &last_day);
    const char *first_name = month_names[first_month - 1];
    const char *last_name = month_names[last_month - 1];
    if (first_year != last_year)
        return g_strdup_printf("%d %s %d " EN_DASH " %d %s %d", first_day, first_name, first_year,
            last_day, last_name, last_year);
    if (first_month != last_month)
        return g_strdup_printf(
            "%d %s " EN_DASH " %d %s %d", first_day, first_name, last_day, last_name, last_year);
    return g_strdup_printf("%d" EN_DASH "%d %s %d", first_day, last_day, last_name, last_year);
}

char *tm_format_weeks(const GArray *weeks)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < weeks->len; i++) {
        g_autofree char *week = tm_format_week(g_array_index(weeks, TmWeek, i));
        if (i > 0)
            g_string_append(text, i + 1 == weeks->len ? " and " : ", ");
        g_string_append(text, week);
    }
    return g_string_free(text, FALSE);
}

static char *value_text(const TmIssue *issue, TmUnit unit, gint64 value, gboolean bare)
{
    const char *currency = tm_issue_currency(issue);
    return bare ? tm_format_bare(unit, value, currency) : tm_format_value(unit, value, currency);
}

char *tm_format_cell(const TmIssue *issue, TmKpiId kpi, const TmCell *cell, gboolean bare)
{
    if (cell == NULL)
        return g_strdup(STRING(CELL_NOT_PUBLISHED));
    TmUnit unit = tm_kpi(kpi)->unit;
    g_autofree char *text = NULL;
    switch (cell->state) {
    case TM_CELL_NOT_MEASURED:
        return g_strdup(STRING(CELL_NOT_MEASURED));
    case TM_CELL_NOT_SHOWN: {
        g_autofree char *minimum = tm_format_count(tm_issue_setting(issue, "minimum_people", 5));
        return tm_text_fill(STRING(CELL_NOT_SHOWN), "minimum", minimum, NULL);
    }
    case TM_CELL_BAND:
        text = tm_format_band(unit, cell->low, cell->high, tm_issue_currency(issue));
        break;
    case TM_CELL_VALUE:
        text = value_text(issue, unit, cell->value, bare);
        break;
    }
    if ((cell->flags & TM_FIGURE_AT_LEAST) != 0 && cell->state == TM_CELL_VALUE) {
        char *longer = tm_text_fill(STRING(CELL_AT_LEAST), "value", text, NULL);
        g_free(text);
        text = longer;
    }
    if ((cell->flags & TM_FIGURE_ESTIMATED) != 0)
        return tm_text_fill(STRING(CELL_ESTIMATED), "value", text, NULL);
    return g_steal_pointer(&text);
}
