/*
 * Judgements about money: cost spike, budgets, unused seats.
 */
#include "alerts.h"
#include "projection.h"
#include "strings.h"

Judgement alert_judge_cost_spike(const Subject *subject, TmWeek week, const Frozen *frozen)
{
    Judgement judgement = {0};
    const char *reason = alert_span_beside_mean(subject, week, frozen, &judgement.value);
    if (reason != NULL)
        return alert_unknown(reason);
    Span sum = frozen->baseline.sum, value = judgement.value;
    gint64 weeks_percent = BASELINE_WEEKS * 100;
    if (sum.high != G_MAXINT64 &&
        tm_compare_products(value.low, weeks_percent, sum.high, subject->threshold) > 0)
        judgement.verdict = VERDICT_BREACH;
    else if (value.high == G_MAXINT64 ||
             tm_compare_products(value.high, weeks_percent, sum.low, subject->threshold) > 0)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.excess = value.low - alert_mean(subject->kpi, sum.high);
    return judgement;
}

/* Sign of cost against the budget and its margin; the organisation's must be passed, that of a
 * department is at its limit already when it is reached. */
static int compare_with_budget(const Subject *subject, gint64 cost, gint64 budget)
{
    int sign = tm_compare_products(cost, 100, budget, 100 + subject->threshold);
    return sign == 0 && subject->rule->kind == TM_ALERT_DEPARTMENT_BUDGET ? 1 : sign;
}

Judgement alert_judge_budget(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    gint64 budget;
    guint weeks_in_month;
    if (!tm_issue_month_budget(subject->issue, subject->scope->id, &budget, &weeks_in_month) ||
        budget <= 0)
        return alert_not_applicable();
    Judgement judgement = {.compared = {budget, budget}};
    const char *reason = tm_projection_span(subject->issue, subject->scope, week, weeks_in_month,
        &judgement.value, &judgement.ends_later);
    if (reason != NULL)
        return alert_unknown(reason);
    if (compare_with_budget(subject, judgement.value.low, budget) > 0)
        judgement.verdict = VERDICT_BREACH;
    else if (compare_with_budget(subject, judgement.value.high, budget) > 0)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.excess = judgement.value.low - budget;
    return judgement;
}

Judgement alert_judge_unused_seats(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    Judgement judgement = {0};
    Span held;
    const char *reason = alert_span(subject, week, &judgement.value);
    if (reason == NULL)
        reason = tm_series_span(
            subject->issue, subject->scope, TM_KPI_SEATS_HELD, subject->part, week, &held);
    if (reason != NULL)
        return alert_unknown(reason);
    Span value = judgement.value;
    judgement.compared = held;
    judgement.excess = value.low;
    judgement.has_price = tm_series_span(subject->issue, subject->scope, TM_KPI_SPEND_EXPOSED,
                              subject->part, week, &judgement.price) == NULL;
    if (value.low > 0 && tm_compare_products(value.low, 100, held.high, subject->threshold) >= 0)
        judgement.verdict = VERDICT_BREACH;
    else if (value.high > 0 &&
             tm_compare_products(value.high, 100, held.low, subject->threshold) >= 0)
        return alert_unknown(STRING(SILENT_BAND));
    return judgement;
}
