/*
 * Judgements about depth of use and habit: token spike, session depth decline, streak collapse.
 */
#include "alerts.h"
#include "strings.h"

Judgement alert_judge_token_spike(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    Judgement judgement = {0};
    const char *reason = alert_span(subject, week, &judgement.value);
    if (reason != NULL)
        return alert_unknown(reason);
    Span before, value = judgement.value;
    /* Use out of nothing is a start, not a spike. */
    if (tm_week_is_short(subject->issue, subject->scope, week - 1) ||
        alert_span(subject, week - 1, &before) != NULL || before.high <= 0)
        return alert_unknown(STRING(SILENT_BEFORE));
    judgement.compared = before;
    gint64 percent = 100 + subject->threshold;
    if (before.high != G_MAXINT64 && tm_compare_products(value.low, 100, before.high, percent) >= 0)
        judgement.verdict = VERDICT_BREACH;
    else if (value.high == G_MAXINT64 ||
             tm_compare_products(value.high, 100, before.low, percent) >= 0)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.excess = value.low - before.high;
    return judgement;
}

Judgement alert_judge_session_depth(const Subject *subject, TmWeek week, const Frozen *frozen)
{
    Judgement judgement = {0};
    const char *reason = alert_span_beside_mean(subject, week, frozen, &judgement.value);
    if (reason != NULL)
        return alert_unknown(reason);
    Span sum = frozen->baseline.sum, value = judgement.value;
    gint64 weeks_percent = BASELINE_WEEKS * 100, percent = 100 - subject->threshold;
    if (sum.low > 0 && value.high != G_MAXINT64 &&
        tm_compare_products(value.high, weeks_percent, sum.low, percent) <= 0)
        judgement.verdict = VERDICT_BREACH;
    else if (sum.high == G_MAXINT64 ||
             tm_compare_products(value.low, weeks_percent, sum.high, percent) <= 0)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.excess = alert_mean(subject->kpi, sum.low) - value.high;
    return judgement;
}

/* Both streaks are of the same people and of the same week's cells, so newcomers change nothing. */
Judgement alert_judge_streak_collapse(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    Judgement judgement = {0};
    const char *reason = alert_span(subject, week, &judgement.value);
    if (reason == NULL)
        reason = alert_span_of(subject, TM_KPI_MATCHED_STREAK_BEFORE, week, &judgement.compared);
    if (reason != NULL)
        return alert_unknown(reason);
    Span value = judgement.value, before = judgement.compared;
    gint64 percent = 100 - subject->threshold;
    if (value.high != G_MAXINT64 && tm_compare_products(value.high, 100, before.low, percent) < 0)
        judgement.verdict = VERDICT_BREACH;
    else if (before.high == G_MAXINT64 ||
             tm_compare_products(value.low, 100, before.high, percent) < 0)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.excess = before.low - value.high;
    return judgement;
}
