/* budgets.csv, and the budget of a unit for a span of days. */
#include <string.h>

#include "loading.h"
#include "row.h"

/*
 * A multiple of the length of every month, quarter and year: 28, 29, 30, 31, 90, 91, 92, 365 and
 * 366 days. In this denominator the shares of days are added exactly and rounded once.
 */
#define COMMON_DAYS (G_GINT64_CONSTANT(4) * 9 * 5 * 7 * 13 * 23 * 29 * 31 * 61 * 73)

enum { TEAM, TOOL, MONTH, AMOUNT, CURRENCY, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [TEAM] = {"team_id", "team", 1},
    [TOOL] = {"tool", NULL, 0},
    [MONTH] = {"month", "period", 2},
    [AMOUNT] = {"amount", "budget", 3},
    [CURRENCY] = {"currency", NULL, 0},
};

/* The first day of a month, or NONE; `months` is how many of them the period has. */
static gboolean span_of_months(int year, int month, int months, TmDaySpan *span)
{
    int last_month = month + months - 1;
    span->first = tm_day_from_date(year, month, 1);
    span->last = tm_day_from_date(year, last_month, tm_days_in_month(year, last_month));
    return span->first != TM_DAY_NONE && span->last != TM_DAY_NONE;
}

/* YYYY, YYYY-MM or YYYY-Qn. */
static gboolean parse_period(const char *text, TmDaySpan *span)
{
    gsize length = strlen(text);
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i]) && i != 4 && !(i == 5 && text[i] == 'Q'))
            return FALSE;
    }
    int year = length >= 4 ? (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 +
                                 (text[3] - '0')
                           : 0;
    if (length == 4)
        return span_of_months(year, 1, 12, span);
    if (length != 7 || text[4] != '-')
        return FALSE;
    int number = text[6] - '0';
    if (text[5] == 'Q')
        return number >= 1 && number <= 4 && span_of_months(year, number * 3 - 2, 3, span);
    return span_of_months(year, (text[5] - '0') * 10 + number, 1, span);
}

static gboolean is_known(const TableRow *row, const GArray *budgets, const TmBudget *wanted)
{
    for (guint i = 0; i < budgets->len; i++) {
        const TmBudget *budget = &g_array_index(budgets, TmBudget, i);
        if (budget->team == wanted->team && budget->tool == wanted->tool &&
            budget->first == wanted->first && budget->last == wanted->last) {
            row_report(row, TM_KIND_OVERLAP, MONTH,
                "an earlier row gives the budget of the same unit, tool and period");
            return TRUE;
        }
    }
    return FALSE;
}

static void take_row(const TableRow *row, gpointer user)
{
    Loading *loading = user;
    g_autofree char *currency = NULL;
    const char *text;
    TmBudget budget = {0};
    TmDaySpan span;
    if (!row_team(loading, row, TEAM, &budget.team) ||
        !row_tool(loading, row, TOOL, TRUE, &budget.tool) || !row_text(row, MONTH, &text))
        return;
    if (!parse_period(text, &span)) {
        row_report(row, TM_KIND_BAD_DATE, MONTH, "write YYYY-MM, YYYY-Qn or YYYY");
        return;
    }
    budget.first = span.first;
    budget.last = span.last;
    if (!row_text(row, AMOUNT, &text) || !row_money(row, AMOUNT, 0, &budget.amount) ||
        !row_currency(row, CURRENCY, &currency) || is_known(row, loading->setup->budgets, &budget))
        return;
    budget.currency =
        currency != NULL ? g_steal_pointer(&currency) : g_strdup(loading->setup->settings.currency);
    g_array_append_val(loading->setup->budgets, budget);
}

gboolean budgets_load(Loading *loading)
{
    static const TableFormat format = {"budgets.csv", columns, COLUMN_COUNT, "note", take_row};
    return table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint,
               loading) != TABLE_UNUSABLE;
}

/* The finest budget over all tools that covers the day; NULL if none does. */
static const TmBudget *budget_on(const TmSetup *setup, TmTeamIndex unit, TmDay day)
{
    const TmBudget *finest = NULL;
    for (guint i = 0; i < setup->budgets->len; i++) {
        const TmBudget *budget = &g_array_index(setup->budgets, TmBudget, i);
        if (budget->team != unit || budget->tool != TM_TOOL_LIMIT || day < budget->first ||
            day > budget->last || !g_str_equal(budget->currency, setup->settings.currency))
            continue;
        if (finest == NULL || budget->last - budget->first < finest->last - finest->first)
            finest = budget;
    }
    return finest;
}

gboolean tm_setup_budget(const TmSetup *setup, TmTeamIndex unit, TmDaySpan span, gint64 *micros)
{
    gint64 whole = 0, rest = 0; /* the sum is whole + rest / COMMON_DAYS */
    if (span.first > span.last)
        return FALSE;
    for (gint64 day = span.first; day <= span.last; day++) {
        const TmBudget *budget = budget_on(setup, unit, (TmDay)day);
        if (budget == NULL)
            return FALSE;
        gint64 days = (gint64)budget->last - budget->first + 1;
        rest += budget->amount % days * (COMMON_DAYS / days);
        if (__builtin_add_overflow(whole, budget->amount / days + rest / COMMON_DAYS, &whole))
            return FALSE;
        rest %= COMMON_DAYS;
    }
    gint64 odd = whole % 2; /* ties depend on it */
    *micros = whole - odd + tm_divide_half_even(odd * COMMON_DAYS + rest, COMMON_DAYS);
    return TRUE;
}
