/*
 * A cell over the weeks: changes, flatness, short weeks and baselines. All comparisons are made
 * in integers.
 */
#include "series.h"

#include "strings.h"

#define WEEKS_LOOKED_BACK 8 /* for four weeks that are not short */

/* Below these a change is noise. */
#define FLAT_POINTS 2
#define FLAT_PERCENT 5
#define FLAT_TENTHS 5 /* of a streak day */

/* Rule 8 of privacy: so few people entering or leaving would show in tokens and cost. */
#define FEW_MOVERS 2

__extension__ typedef __int128 Wide;

int tm_compare_products(gint64 a, gint64 b, gint64 c, gint64 d)
{
    Wide left = (Wide)a * b, right = (Wide)c * d;
    return (left > right) - (left < right);
}

gint64 tm_series_ratio(gint64 value, gint64 times, gint64 divisor, gboolean up)
{
    if (value == G_MAXINT64 || divisor <= 0)
        return G_MAXINT64;
    Wide product = (Wide)value * times, quotient = product / divisor, rest = product % divisor;
    if (rest < 0 && !up)
        quotient--;
    if (rest > 0 && up)
        quotient++;
    return (gint64)CLAMP(quotient, (Wide)G_MININT64, (Wide)G_MAXINT64);
}

const TmScope *tm_series_organisation(const TmIssue *issue)
{
    const GPtrArray *scopes = tm_issue_scopes(issue);
    g_assert(scopes->len > 0);
    return scopes->pdata[0];
}

TmWeek tm_series_month_start(TmWeek week)
{
    int year, month;
    TmPeriod period;
    tm_week_month(week, &year, &month);
    return tm_period_month(&period, year, month) ? period.first : week;
}

const TmCell *tm_series_cell(const TmIssue *issue, const TmScope *scope, TmKpiId kpi, TmWeek week)
{
    return tm_issue_cell(issue, scope->id, kpi, "", week);
}

gboolean tm_series_value(const TmIssue *issue, const TmScope *scope, TmKpiId kpi, const char *part,
    TmWeek week, gint64 *value)
{
    const TmCell *cell = tm_issue_cell(issue, scope->id, kpi, part, week);
    if (cell == NULL || cell->state != TM_CELL_VALUE || (cell->flags & TM_FIGURE_INCOMPLETE) != 0 ||
        cell->rule_version != tm_issue_rule_version(issue))
        return FALSE;
    *value = cell->value;
    return TRUE;
}

const char *tm_series_span(const TmIssue *issue, const TmScope *scope, TmKpiId kpi,
    const char *part, TmWeek week, Span *span)
{
    const TmCell *cell = tm_issue_cell(issue, scope->id, kpi, part, week);
    if (cell == NULL || cell->state == TM_CELL_NOT_MEASURED)
        return STRING(SILENT_NOT_MEASURED);
    if (cell->state == TM_CELL_NOT_SHOWN)
        return STRING(SILENT_NOT_SHOWN);
    if ((cell->flags & TM_FIGURE_INCOMPLETE) != 0)
        return STRING(SILENT_INCOMPLETE);
    if (cell->rule_version != tm_issue_rule_version(issue))
        return STRING(SILENT_RULES);
    gboolean exact = cell->state == TM_CELL_VALUE;
    *span = (Span){exact ? cell->value : cell->low, exact ? cell->value : cell->high};
    return NULL;
}

/* ---- Changes ----------------------------------------------------------------------------- */

gboolean tm_change_is_flat(TmUnit unit, gint64 before, gint64 now)
{
    gint64 size = ABS(now - before);
    switch (unit) {
    case TM_UNIT_PERCENT:
        return size < FLAT_POINTS;
    case TM_UNIT_DAYS:
        return size < FLAT_TENTHS;
    default:
        return size == 0 || tm_compare_products(size, 100, ABS(before), FLAT_PERCENT) < 0;
    }
}

gboolean tm_series_hides(
    const TmIssue *issue, const TmScope *scope, TmUnit unit, TmWeek week, TmWeek earlier)
{
    if (scope->kind != TM_SCOPE_BLOCK || (unit != TM_UNIT_TOKENS && unit != TM_UNIT_MONEY))
        return FALSE;
    const TmCell *now = tm_series_cell(issue, scope, TM_KPI_LICENSED, week);
    const TmCell *before = tm_series_cell(issue, scope, TM_KPI_LICENSED, earlier);
    if (now == NULL || before == NULL || now->state != TM_CELL_VALUE ||
        before->state != TM_CELL_VALUE)
        return TRUE;
    gint64 moved = ABS(now->value - before->value);
    return moved > 0 && moved <= FEW_MOVERS;
}

static gboolean was_published_earlier(const TmIssue *issue, const TmCell *now)
{
    for (TmWeek week = now->week - 2; week >= tm_issue_first_week(issue); week--)
        if (tm_issue_cell(issue, now->scope, now->kpi, now->part, week) != NULL)
            return TRUE;
    return FALSE;
}

static TmChangeState change_state(
    const TmIssue *issue, const TmScope *scope, const TmChange *change)
{
    const TmCell *now = change->now, *before = change->before;
    if (now == NULL || now->state == TM_CELL_NOT_MEASURED)
        return TM_CHANGE_NOT_MEASURED;
    if (before == NULL)
        return was_published_earlier(issue, now) ? TM_CHANGE_MISSING : TM_CHANGE_FIRST;
    if (before->state == TM_CELL_NOT_MEASURED)
        return TM_CHANGE_NOT_MEASURED;
    if (now->state == TM_CELL_NOT_SHOWN || before->state == TM_CELL_NOT_SHOWN)
        return TM_CHANGE_NOT_SHOWN;
    if (now->rule_version != before->rule_version)
        return TM_CHANGE_NEW_RULES;
    if (((now->flags | before->flags) & TM_FIGURE_INCOMPLETE) != 0)
        return TM_CHANGE_INCOMPLETE;
    if (now->state == TM_CELL_BAND || before->state == TM_CELL_BAND)
        return TM_CHANGE_BAND;
    if (tm_series_hides(issue, scope, tm_kpi(now->kpi)->unit, now->week, before->week))
        return TM_CHANGE_MEMBERSHIP;
    return TM_CHANGE_KNOWN;
}

TmChange tm_change_find(
    const TmIssue *issue, const TmScope *scope, TmKpiId kpi, const char *part, TmWeek week)
{
    TmChange change = {
        .now = tm_issue_cell(issue, scope->id, kpi, part, week),
        .before = tm_issue_cell(issue, scope->id, kpi, part, week - 1),
    };
    change.state = change_state(issue, scope, &change);
    if (change.state != TM_CHANGE_KNOWN)
        return change;
    gint64 now = change.now->value, before = change.before->value;
    change.difference = now - before;
    change.has_percent = before > 0;
    if (change.has_percent)
        change.percent = tm_scale_half_even(change.difference, 100, before);
    if (!tm_change_is_flat(tm_kpi(kpi)->unit, before, now))
        change.direction = change.difference > 0 ? 1 : -1;
    return change;
}

/* TRUE when this week's cell alone would stop the comparison: then the week before is not blamed.
 */
static gboolean stops_now(const TmChange *change)
{
    const TmCell *now = change->now;
    switch (change->state) {
    case TM_CHANGE_INCOMPLETE:
        return (now->flags & TM_FIGURE_INCOMPLETE) != 0;
    case TM_CHANGE_BAND:
        return now->state == TM_CELL_BAND;
    case TM_CHANGE_NOT_SHOWN:
        return now->state == TM_CELL_NOT_SHOWN;
    case TM_CHANGE_NOT_MEASURED:
        return now == NULL || now->state == TM_CELL_NOT_MEASURED;
    default:
        return TRUE;
    }
}

const char *tm_change_reason(const TmChange *change)
{
    static const struct {
        InsightString now, before;
    } reasons[TM_CHANGE_STATE_COUNT] = {
        [TM_CHANGE_FIRST] = {STRING_CHANGE_FIRST, 0},
        [TM_CHANGE_MISSING] = {STRING_CHANGE_MISSING, 0},
        [TM_CHANGE_INCOMPLETE] = {STRING_CHANGE_INCOMPLETE, STRING_CHANGE_INCOMPLETE_BEFORE},
        [TM_CHANGE_BAND] = {STRING_CHANGE_BAND, STRING_CHANGE_BAND_BEFORE},
        [TM_CHANGE_NOT_SHOWN] = {STRING_CHANGE_NOT_SHOWN, STRING_CHANGE_NOT_SHOWN_BEFORE},
        [TM_CHANGE_NOT_MEASURED] = {STRING_CHANGE_NOT_MEASURED, STRING_CHANGE_NOT_MEASURED_BEFORE},
        [TM_CHANGE_NEW_RULES] = {STRING_CHANGE_NEW_RULES, 0},
        [TM_CHANGE_MEMBERSHIP] = {STRING_CHANGE_MEMBERSHIP, 0},
    };
    if (change->state == TM_CHANGE_KNOWN)
        return "";
    return tm_insight_strings[stops_now(change) ? reasons[change->state].now
                                                : reasons[change->state].before];
}

char *tm_change_size(const TmChange *change, const char *currency)
{
    TmUnit unit = tm_kpi(change->now->kpi)->unit;
    gint64 size = ABS(change->difference);
    if (unit == TM_UNIT_PERCENT) {
        g_autofree char *count = tm_format_count(size);
        return size == 1 ? g_strdup(STRING(POINT))
                         : tm_text_fill(STRING(POINTS), "count", count, NULL);
    }
    if ((unit == TM_UNIT_TOKENS || unit == TM_UNIT_MONEY) && change->has_percent)
        return tm_format_value(TM_UNIT_PERCENT, ABS(change->percent), NULL);
    return tm_format_value(unit, size, currency);
}

/* ---- Short weeks and baselines ----------------------------------------------------------- */

gboolean tm_week_is_short(const TmIssue *issue, const TmScope *scope, TmWeek week)
{
    const TmCell *worked = tm_series_cell(issue, scope, TM_KPI_WORKING_DAYS, week);
    const TmCell *usual = tm_series_cell(issue, scope, TM_KPI_USUAL_DAYS, week);
    if (worked == NULL || usual == NULL || worked->state != TM_CELL_VALUE ||
        usual->state != TM_CELL_VALUE)
        return FALSE;
    return tm_compare_products(worked->value, 100, usual->value, TM_SHORT_WEEK_PERCENT) < 0;
}

Baseline tm_series_baseline(
    const TmIssue *issue, const TmScope *scope, TmKpiId kpi, const char *part, TmWeek week)
{
    Baseline baseline = {.reason = STRING(SILENT_HISTORY)};
    guint found = 0;
    for (TmWeek past = week - 1; past >= week - WEEKS_LOOKED_BACK && found < BASELINE_WEEKS;
         past--) {
        if (past < tm_issue_first_week(issue))
            return baseline;
        if (tm_week_is_short(issue, scope, past))
            continue;
        Span span;
        const char *reason = tm_series_span(issue, scope, kpi, part, past, &span);
        if (reason != NULL) {
            if (reason == STRING(SILENT_RULES))
                baseline.reason = reason;
            return baseline;
        }
        baseline.weeks[found++] = past;
        if (__builtin_add_overflow(baseline.sum.low, span.low, &baseline.sum.low))
            return baseline;
        baseline.sum.high =
            span.high > G_MAXINT64 - baseline.sum.high ? G_MAXINT64 : baseline.sum.high + span.high;
    }
    if (found == BASELINE_WEEKS)
        baseline.reason = NULL;
    return baseline;
}

gboolean tm_series_sum(
    const TmIssue *issue, const TmScope *scope, TmKpiId kpi, const Baseline *baseline, gint64 *sum)
{
    *sum = 0;
    for (guint i = 0; i < BASELINE_WEEKS; i++) {
        gint64 value;
        if (!tm_series_value(issue, scope, kpi, "", baseline->weeks[i], &value) ||
            __builtin_add_overflow(*sum, value, sum))
            return FALSE;
    }
    return TRUE;
}
