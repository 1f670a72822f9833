/*
 * Judgements about people who got a licence not long ago: new users not started, onboarding.
 */
#include "alerts.h"
#include "strings.h"

#define STARTERS 5 /* where the issue does not carry slow_start_people */

Judgement alert_judge_not_started(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    Judgement judgement = {0};
    const char *reason = alert_count_of(subject, subject->kpi, week, &judgement.value);
    if (reason != NULL)
        return alert_unknown(reason);
    if (judgement.value.low >= subject->threshold)
        judgement.verdict = VERDICT_BREACH;
    else if (judgement.value.high >= subject->threshold)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.excess = judgement.value.low;
    return judgement;
}

Judgement alert_judge_onboarding(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    Judgement judgement = {0};
    gint64 enough = tm_issue_setting(subject->issue, "slow_start_people", STARTERS);
    Span starters;
    const char *reason = alert_count_of(subject, TM_KPI_STARTERS, week, &starters);
    if (reason != NULL)
        return alert_unknown(reason);
    reason = alert_span(subject, week, &judgement.value);
    if (starters.high < enough) {
        if (reason != NULL)
            judgement.value = (Span){0, 100};
        return judgement;
    }
    if (reason != NULL)
        return alert_unknown(reason);
    Span share = judgement.value;
    if (share.low >= subject->threshold && starters.low >= enough)
        judgement.verdict = VERDICT_BREACH;
    else if (share.high >= subject->threshold)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.excess = share.low - subject->threshold;
    return judgement;
}
