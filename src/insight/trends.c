/*
 * How a series of the organisation ran: the sentence above a figure, and its text alternative.
 */
#include "series.h"
#include "strings.h"

/* What the drawn weeks hold. Only exact values count; bands and gaps are counted apart. */
typedef struct Course {
    TmWeek first_week, last_week, least_week, greatest_week;
    gint64 first, last, least, greatest;
    guint values, gaps;
    const TmCell *now;
} Course;

static Course follow(const TmIssue *issue, TmKpiId kpi, TmWeek first)
{
    const TmScope *organisation = tm_series_organisation(issue);
    TmWeek last = tm_issue_week(issue);
    Course course = {.now = tm_series_cell(issue, organisation, kpi, last)};
    for (TmWeek week = first; week <= last; week++) {
        const TmCell *cell = tm_series_cell(issue, organisation, kpi, week);
        if (cell == NULL || cell->state != TM_CELL_VALUE) {
            course.gaps++;
            continue;
        }
        if (course.values++ == 0) {
            course.first_week = course.least_week = course.greatest_week = week;
            course.first = course.least = course.greatest = cell->value;
        }
        course.last_week = week;
        course.last = cell->value;
        if (cell->value < course.least) {
            course.least = cell->value;
            course.least_week = week;
        }
        if (cell->value > course.greatest) {
            course.greatest = cell->value;
            course.greatest_week = week;
        }
    }
    return course;
}

/* What follows the trend: incomplete, or cost against the week's budget. */
static char *more_text(const TmIssue *issue, TmKpiId kpi, const TmCell *now)
{
    if ((now->flags & TM_FIGURE_INCOMPLETE) != 0)
        return g_strdup(STRING(TREND_INCOMPLETE));
    gint64 budget;
    if (kpi != TM_KPI_COST ||
        !tm_issue_budget(issue, tm_series_organisation(issue)->id, tm_issue_week(issue), &budget) ||
        budget <= 0)
        return g_strdup("");
    if (now->value <= budget)
        return g_strdup(STRING(TREND_IN_BUDGET));
    g_autofree char *percent = tm_format_value(
        TM_UNIT_PERCENT, tm_scale_half_even(now->value - budget, 100, budget), NULL);
    return tm_text_fill(STRING(TREND_OVER_BUDGET), "percent", percent, NULL);
}

char *tm_trend_sentence(const TmIssue *issue, TmKpiId kpi, const char *name, TmWeek first)
{
    Course course = follow(issue, kpi, first);
    g_autofree char *state = tm_format_cell(issue, kpi, course.now, FALSE);
    if (course.now == NULL || course.now->state != TM_CELL_VALUE)
        return tm_text_fill(STRING(TREND_STATE), "name", name, "last", state, NULL);
    g_autofree char *first_value =
        tm_format_value(tm_kpi(kpi)->unit, course.first, tm_issue_currency(issue));
    g_autofree char *first_week = tm_format_week(course.first_week);
    g_autofree char *more = more_text(issue, kpi, course.now);
    TmUnit unit = tm_kpi(kpi)->unit;
    gboolean steady = tm_change_is_flat(unit, course.first, course.least) &&
                      tm_change_is_flat(unit, course.first, course.greatest);
    const char *pattern = steady ? STRING(TREND_HELD) : STRING(TREND_BACK);
    if (course.values == 1)
        pattern = course.gaps > 0 ? STRING(TREND_STATE) : STRING(TREND_ONE);
    else if (!tm_change_is_flat(unit, course.first, course.last))
        pattern = course.last > course.first ? STRING(TREND_ROSE) : STRING(TREND_FELL);
    return tm_text_fill(pattern, "name", name, "first", first_value, "first_week", first_week,
        "last", state, "more", more, NULL);
}

static void append_gaps(GString *text, guint gaps)
{
    g_autofree char *count = tm_format_count(gaps);
    if (gaps == 0)
        return;
    g_autofree char *words =
        tm_text_fill(gaps == 1 ? STRING(ALT_GAPS_ONE) : STRING(ALT_GAPS), "count", count, NULL);
    g_string_append(text, words);
}

static void append_aim(GString *text, const TmIssue *issue, TmKpiId kpi)
{
    const char *organisation = tm_series_organisation(issue)->id;
    gint64 aim, lower, upper;
    gboolean is_budget = kpi == TM_KPI_COST;
    if (is_budget
            ? !tm_issue_budget(issue, organisation, tm_issue_week(issue), &aim)
            : !tm_issue_goal(issue, organisation, kpi, &aim, &lower, &upper) || aim == G_MININT64)
        return;
    g_autofree char *value = tm_format_value(tm_kpi(kpi)->unit, aim, tm_issue_currency(issue));
    g_autofree char *words =
        tm_text_fill(is_budget ? STRING(ALT_BUDGET) : STRING(ALT_TARGET), "target", value, NULL);
    g_string_append(text, words);
}

char *tm_trend_alternative(const TmIssue *issue, TmKpiId kpi, const char *name, TmWeek first)
{
    Course course = follow(issue, kpi, first);
    TmUnit unit = tm_kpi(kpi)->unit;
    const char *currency = tm_issue_currency(issue);
    gboolean has_values = course.values > 0;
    g_autofree char *first_week = tm_format_week(has_values ? course.first_week : first);
    g_autofree char *last_week =
        tm_format_week(has_values ? course.last_week : tm_issue_week(issue));
    g_autofree char *least_week = tm_format_week(has_values ? course.least_week : first);
    g_autofree char *greatest_week = tm_format_week(has_values ? course.greatest_week : first);
    g_autofree char *first_value = tm_format_value(unit, course.first, currency);
    g_autofree char *last_value = tm_format_value(unit, course.last, currency);
    g_autofree char *least = tm_format_value(unit, course.least, currency);
    g_autofree char *greatest = tm_format_value(unit, course.greatest, currency);
    g_autofree char *state = tm_format_cell(issue, kpi, course.now, FALSE);
    const char *pattern = !has_values                       ? STRING(ALT_NONE)
                          : course.values == 1              ? STRING(ALT_ONE)
                          : course.least == course.greatest ? STRING(ALT_SAME)
                                                            : STRING(ALT_SPAN);
    g_autofree char *span =
        tm_text_fill(pattern, "name", name, "first_week", first_week, "last_week", last_week,
            "least_week", least_week, "greatest_week", greatest_week, "first", first_value, "last",
            last_value, "least", least, "greatest", greatest, "state", state, NULL);
    GString *text = g_string_new(span);
    if (has_values)
        append_gaps(text, course.gaps);
    append_aim(text, issue, kpi);
    g_string_append_c(text, '.');
    return g_string_free(text, FALSE);
}
