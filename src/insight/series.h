/*
 * Helpers over an issue that several files of insight use: spans of possible values, short weeks,
 * baselines.
 */
#ifndef TIDEMARK_INSIGHT_SERIES_H
#define TIDEMARK_INSIGHT_SERIES_H

#include <tidemark/insight.h>

#define BASELINE_WEEKS 4

/* Every value that a published cell leaves possible; low equals high unless it is a band. */
typedef struct Span {
    gint64 low, high;
} Span;

/* Sum over the four weeks before a week that are not short; `reason` says why there is none. */
typedef struct Baseline {
    Span sum;
    const char *reason;           /* NULL: known */
    TmWeek weeks[BASELINE_WEEKS]; /* latest first */
} Baseline;

/* The organisation's scope. */
const TmScope *tm_series_organisation(const TmIssue *issue);

const TmCell *tm_series_cell(const TmIssue *issue, const TmScope *scope, TmKpiId kpi, TmWeek week);

/* TRUE and the value when the cell has one that may be compared: not a band, not incomplete. */
gboolean tm_series_value(const TmIssue *issue, const TmScope *scope, TmKpiId kpi, const char *part,
    TmWeek week, gint64 *value);

/* NULL and the span, or why the week cannot be judged. Borrowed. */
const char *tm_series_span(const TmIssue *issue, const TmScope *scope, TmKpiId kpi,
    const char *part, TmWeek week, Span *span);

Baseline tm_series_baseline(
    const TmIssue *issue, const TmScope *scope, TmKpiId kpi, const char *part, TmWeek week);

/* Sum of a KPI over a baseline's weeks; FALSE when one of them has no comparable value. */
gboolean tm_series_sum(
    const TmIssue *issue, const TmScope *scope, TmKpiId kpi, const Baseline *baseline, gint64 *sum);

/* First week of the reporting month that a week lies in. */
TmWeek tm_series_month_start(TmWeek week);

/*
 * TRUE when one or two people entered or left a block between two weeks, so that a change of its
 * tokens or money could show them; other groups and units are never hidden.
 */
gboolean tm_series_hides(
    const TmIssue *issue, const TmScope *scope, TmUnit unit, TmWeek week, TmWeek earlier);

/*
 * value × times ÷ divisor, rounded down or up, so that the end of a span stays outside of what is
 * possible. An open end stays open.
 */
gint64 tm_series_ratio(gint64 value, gint64 times, gint64 divisor, gboolean up);

/* Sign of a × b − c × d, exact. */
int tm_compare_products(gint64 a, gint64 b, gint64 c, gint64 d);

#endif
