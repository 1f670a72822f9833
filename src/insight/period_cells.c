/*
 * Figures over more than a week, from published weekly cells only.
 *
 *   counts of people and seats, and prices of a month   mean of the weeks
 *   rates                                               Σ numerators ÷ Σ denominators
 *   tokens, money, sessions, days                       sum; compared per week
 *   means over active people (streak, diversity)        mean weighted by the week's active users
 *   medians and shares of a distribution                none: they need people, not weeks
 *
 * A week that is not there, not shown, not measured or under other rules leaves no figure, since
 * what is missing is not zero. Bands give bands, rounded outward.
 */
#include "series.h"
#include "strings.h"

struct TmPeriodView {
    const TmIssue *issue;
    TmPeriod period;
    GHashTable *weeks_of; /* id of a scope: in how many weeks of the period it has cells */
};

/* ---- Scopes ------------------------------------------------------------------------------ */

static void count_scopes(TmPeriodView *view, TmWeek week)
{
    g_autoptr(GPtrArray) cells = tm_issue_cells(view->issue, week);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < cells->len; i++) {
        const TmCell *cell = cells->pdata[i];
        if (!g_hash_table_add(seen, (gpointer)cell->scope))
            continue;
        gpointer count = g_hash_table_lookup(view->weeks_of, cell->scope);
        g_hash_table_insert(
            view->weeks_of, (gpointer)cell->scope, GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
    }
}

TmPeriodView *tm_period_view_new(const TmIssue *issue, const TmPeriod *period)
{
    TmPeriodView *view = g_new0(TmPeriodView, 1);
    view->issue = issue;
    view->period = *period;
    view->weeks_of = g_hash_table_new(g_str_hash, g_str_equal);
    for (TmWeek week = period->first; week <= period->end; week++)
        count_scopes(view, week);
    return view;
}

void tm_period_view_free(TmPeriodView *view)
{
    if (view == NULL)
        return;
    g_hash_table_unref(view->weeks_of);
    g_free(view);
}

static gboolean is_in_all_weeks(const TmPeriodView *view, const TmScope *scope)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(view->weeks_of, scope->id)) ==
           tm_period_length(&view->period);
}

const TmScope *tm_period_scope(const TmPeriodView *view, const TmScope *scope)
{
    const GPtrArray *scopes = tm_issue_scopes(view->issue);
    while (!is_in_all_weeks(view, scope)) {
        if (scope->kind == TM_SCOPE_ORGANISATION)
            return NULL;
        scope = scopes->pdata[scope->parent];
    }
    return scope;
}

/* ---- How a figure is made ---------------------------------------------------------------- */

TmPeriodMethod tm_period_method(TmKpiId id)
{
    const TmKpi *kpi = tm_kpi(id);
    switch (kpi->aggregation) {
    case TM_AGGREGATE_RATIO:
        return TM_PERIOD_RATE;
    case TM_AGGREGATE_MEAN:
        return TM_PERIOD_WEIGHTED;
    case TM_AGGREGATE_DISTRIBUTION:
        return TM_PERIOD_NO_FIGURE;
    default:
        break;
    }
    gboolean is_state =
        kpi->unit == TM_UNIT_PEOPLE || kpi->unit == TM_UNIT_SEATS || tm_kpi_is_of_seats(id);
    return is_state ? TM_PERIOD_AVERAGE : TM_PERIOD_SUM;
}

/* The spans of one KPI over the weeks of a period, added up. */
typedef struct Total {
    Span sum;
    Span least_most; /* the lowest low and the highest high of a week */
    guint flags;
    int rule_version;
    TmCellState state; /* VALUE or BAND when all weeks are there */
    const char *reason;
} Total;

static void add_end(gint64 *sum, gint64 end)
{
    if (*sum == G_MAXINT64 || end == G_MAXINT64 || __builtin_add_overflow(*sum, end, sum))
        *sum = G_MAXINT64;
}

static void fail(Total *total, TmCellState state, const char *reason)
{
    /* Not shown goes before not measured: it says that there is something. */
    if (total->reason != NULL && total->state == TM_CELL_NOT_SHOWN)
        return;
    total->state = state;
    total->reason = reason;
}

static void add_cell(Total *total, const TmCell *cell)
{
    if (cell == NULL) {
        fail(total, TM_CELL_NOT_MEASURED, STRING(PERIOD_NOT_IN_ALL));
        return;
    }
    if (total->rule_version == 0)
        total->rule_version = cell->rule_version;
    total->flags |= cell->flags;
    if (cell->state == TM_CELL_NOT_SHOWN)
        fail(total, TM_CELL_NOT_SHOWN, STRING(PERIOD_NOT_SHOWN));
    else if (cell->state == TM_CELL_NOT_MEASURED)
        fail(total, TM_CELL_NOT_MEASURED, STRING(PERIOD_NOT_MEASURED));
    else if (cell->rule_version != total->rule_version)
        fail(total, TM_CELL_NOT_SHOWN, STRING(PERIOD_RULES));
    if (total->reason != NULL)
        return;
    gboolean exact = cell->state == TM_CELL_VALUE;
    Span span = {exact ? cell->value : cell->low, exact ? cell->value : cell->high};
    if (!exact)
        total->state = TM_CELL_BAND;
    add_end(&total->sum.low, span.low);
    add_end(&total->sum.high, span.high);
    total->least_most.low = MIN(total->least_most.low, span.low);
    total->least_most.high = MAX(total->least_most.high, span.high);
}

static Total add_weeks(
    const TmPeriodView *view, const TmScope *scope, TmKpiId kpi, const char *part)
{
    Total total = {.state = TM_CELL_VALUE, .least_most = {G_MAXINT64, G_MININT64}};
    for (TmWeek week = view->period.first; week <= view->period.end; week++)
        add_cell(&total, tm_issue_cell(view->issue, scope->id, kpi, part, week));
    if (total.reason == NULL && total.sum.low == G_MAXINT64)
        fail(&total, TM_CELL_NOT_SHOWN, STRING(PERIOD_TOO_LARGE));
    return total;
}

/* ---- Figures ----------------------------------------------------------------------------- */

static void set_value(TmPeriodCell *cell, gint64 value)
{
    cell->state = TM_CELL_VALUE;
    cell->value = value;
}

static void set_band(TmPeriodCell *cell, gint64 low, gint64 high)
{
    cell->state = TM_CELL_BAND;
    cell->low = low;
    cell->high = high;
}

/* value × times ÷ divisor to the KPI's step: half to even once, or outward. */
static gint64 to_step(const TmPeriodCell *cell, gint64 value, gint64 times, gint64 divisor)
{
    gint64 step = tm_kpi(cell->kpi)->step;
    return tm_scale_half_even(value, times, divisor * step) * step;
}

static gint64 to_step_outward(
    const TmPeriodCell *cell, gint64 value, gint64 times, gint64 divisor, gboolean up)
{
    gint64 step = tm_kpi(cell->kpi)->step;
    if (divisor <= 0 || divisor > G_MAXINT64 / step)
        return up ? G_MAXINT64 : 0;
    gint64 steps = tm_series_ratio(value, times, divisor * step, up), whole;
    return steps == G_MAXINT64 || __builtin_mul_overflow(steps, step, &whole) ? G_MAXINT64 : whole;
}

static void make_sum(TmPeriodCell *cell, const Total *total, guint weeks)
{
    if (total->state == TM_CELL_BAND) {
        set_band(cell, total->sum.low, total->sum.high);
        return;
    }
    set_value(cell, total->sum.low);
    cell->per_week = to_step(cell, total->sum.low, 1, weeks);
}

static void make_average(TmPeriodCell *cell, const Total *total, guint weeks)
{
    if (total->state == TM_CELL_BAND)
        set_band(cell, to_step_outward(cell, total->sum.low, 1, weeks, FALSE),
            to_step_outward(cell, total->sum.high, 1, weeks, TRUE));
    else
        set_value(cell, to_step(cell, total->sum.low, 1, weeks));
    cell->per_week = cell->value;
}

/* Units of both sides and of the result become one factor, so that nothing is rounded before. */
static void make_rate(TmPeriodCell *cell, const Total *above, const Total *below)
{
    const TmKpi *kpi = tm_kpi(cell->kpi);
    TmRatioScale scale = tm_kpi_ratio_scale(cell->kpi);
    gint64 times = scale.up, divisor = scale.down;
    gint64 low, high, unused;
    if (below->sum.low < 0 || below->sum.high == 0) {
        cell->state = TM_CELL_NOT_SHOWN;
        cell->reason = STRING(PERIOD_NONE_BELOW);
        return;
    }
    if (__builtin_mul_overflow(below->sum.low, divisor * kpi->step, &unused)) {
        cell->state = TM_CELL_NOT_SHOWN;
        cell->reason = STRING(PERIOD_TOO_LARGE);
        return;
    }
    if (above->state == TM_CELL_VALUE && below->state == TM_CELL_VALUE) {
        set_value(cell, to_step(cell, above->sum.low, times, below->sum.low * divisor));
        return;
    }
    high = to_step_outward(cell, above->sum.high, times, below->sum.low * divisor, TRUE);
    low = below->sum.high > G_MAXINT64 / divisor
              ? 0
              : to_step_outward(cell, above->sum.low, times, below->sum.high * divisor, FALSE);
    if (kpi->unit == TM_UNIT_PERCENT)
        high = MIN(high, 100);
    set_band(cell, low, high);
}

/* Σ mean × active users ÷ Σ active users; with a band on either side, all that it may be. */
static void make_weighted(TmPeriodCell *cell, const TmPeriodView *view, const TmScope *scope,
    const Total *means, const Total *users)
{
    if (users->sum.high == 0) {
        cell->state = TM_CELL_NOT_SHOWN;
        cell->reason = STRING(PERIOD_NONE_BELOW);
        return;
    }
    if (means->state == TM_CELL_BAND || users->state == TM_CELL_BAND) {
        set_band(cell, means->least_most.low, means->least_most.high);
        return;
    }
    gint64 sum = 0, product;
    for (TmWeek week = view->period.first; week <= view->period.end; week++) {
        const TmCell *mean = tm_issue_cell(view->issue, scope->id, cell->kpi, cell->part, week);
        const TmCell *active = tm_issue_cell(view->issue, scope->id, TM_KPI_ACTIVE_USERS, "", week);
        if (__builtin_mul_overflow(mean->value, active->value, &product) ||
            __builtin_add_overflow(sum, product, &sum)) {
            cell->state = TM_CELL_NOT_SHOWN;
            cell->reason = STRING(PERIOD_TOO_LARGE);
            return;
        }
    }
    set_value(cell, to_step(cell, sum, 1, users->sum.low));
}

static gboolean takes(TmPeriodCell *cell, const Total *total)
{
    cell->flags |= total->flags;
    cell->rule_version = total->rule_version;
    if (total->reason == NULL)
        return TRUE;
    cell->state = total->state;
    cell->reason = total->reason;
    return FALSE;
}

static void make(TmPeriodCell *cell, const TmPeriodView *view, const TmScope *scope)
{
    const TmKpi *kpi = tm_kpi(cell->kpi);
    Total own = add_weeks(view, scope, cell->kpi, cell->part), above, below;
    if (!takes(cell, &own))
        return;
    switch (cell->method) {
    case TM_PERIOD_SUM:
        make_sum(cell, &own, tm_period_length(&view->period));
        break;
    case TM_PERIOD_AVERAGE:
        make_average(cell, &own, tm_period_length(&view->period));
        break;
    case TM_PERIOD_RATE:
        above = add_weeks(view, scope, kpi->numerator, cell->part);
        below = add_weeks(view, scope, kpi->denominator, cell->part);
        if (takes(cell, &above) && takes(cell, &below))
            make_rate(cell, &above, &below);
        break;
    case TM_PERIOD_WEIGHTED:
        below = add_weeks(view, scope, TM_KPI_ACTIVE_USERS, "");
        if (takes(cell, &below))
            make_weighted(cell, view, scope, &own, &below);
        break;
    case TM_PERIOD_NO_FIGURE:
        cell->state = TM_CELL_NOT_SHOWN;
        cell->reason = STRING(PERIOD_NEEDS_PEOPLE);
        break;
    }
}

TmPeriodCell tm_period_cell(
    const TmPeriodView *view, const TmScope *scope, TmKpiId kpi, const char *part)
{
    TmPeriodCell cell = {.kpi = kpi,
        .part = part,
        .method = tm_period_method(kpi),
        .state = TM_CELL_NOT_SHOWN,
        .weeks = tm_period_length(&view->period)};
    if (view->period.first < tm_issue_first_week(view->issue) ||
        !is_in_all_weeks(view, tm_series_organisation(view->issue)))
        cell.reason = STRING(PERIOD_WEEKS_MISSING);
    else if (!is_in_all_weeks(view, scope))
        cell.reason = STRING(PERIOD_GROUP_CHANGED);
    else
        make(&cell, view, scope);
    return cell;
}

/* ---- Comparison -------------------------------------------------------------------------- */

/* Sums are compared per week, since periods differ in length. */
static gint64 compared_value(const TmPeriodCell *cell)
{
    return cell->method == TM_PERIOD_SUM ? cell->per_week : cell->value;
}

static const char *incomparable(const TmPeriodCell *now, const TmPeriodCell *before)
{
    if (now->state == TM_CELL_NOT_SHOWN || now->state == TM_CELL_NOT_MEASURED)
        return now->reason;
    if (before->state == TM_CELL_NOT_SHOWN || before->state == TM_CELL_NOT_MEASURED)
        return STRING(PERIOD_NO_FIGURE_BEFORE);
    if (now->rule_version != before->rule_version)
        return STRING(PERIOD_NEW_RULES);
    if ((now->flags & TM_FIGURE_INCOMPLETE) != 0)
        return STRING(PERIOD_INCOMPLETE);
    if ((before->flags & TM_FIGURE_INCOMPLETE) != 0)
        return STRING(PERIOD_INCOMPLETE_BEFORE);
    if (now->state == TM_CELL_BAND)
        return STRING(CHANGE_BAND);
    if (before->state == TM_CELL_BAND)
        return STRING(PERIOD_BAND_BEFORE);
    return NULL;
}

TmPeriodChange tm_period_change(const TmPeriodView *now, const TmPeriodView *before,
    const TmScope *scope, TmKpiId kpi, const char *part)
{
    TmPeriodChange change = {
        .now = tm_period_cell(now, scope, kpi, part),
        .before = tm_period_cell(before, scope, kpi, part),
    };
    TmUnit unit = tm_kpi(kpi)->unit;
    change.reason = incomparable(&change.now, &change.before);
    if (change.reason == NULL &&
        tm_series_hides(now->issue, scope, unit, now->period.end, before->period.end))
        change.reason = STRING(CHANGE_MEMBERSHIP);
    if (change.reason != NULL)
        return change;
    gint64 from = compared_value(&change.before), to = compared_value(&change.now);
    change.difference = to - from;
    change.has_percent = from > 0;
    if (change.has_percent)
        change.percent = tm_scale_half_even(change.difference, 100, from);
    if (!tm_change_is_flat(unit, from, to))
        change.direction = change.difference > 0 ? 1 : -1;
    return change;
}

const char *tm_period_method_name(TmPeriodMethod method)
{
    static const InsightString names[] = {
        [TM_PERIOD_SUM] = STRING_PERIOD_SUM,
        [TM_PERIOD_AVERAGE] = STRING_PERIOD_AVERAGE,
        [TM_PERIOD_RATE] = STRING_PERIOD_RATE,
        [TM_PERIOD_WEIGHTED] = STRING_PERIOD_WEIGHTED,
        [TM_PERIOD_NO_FIGURE] = STRING_PERIOD_NO_FIGURE,
    };
    return tm_insight_strings[names[method]];
}
