/*
 * What tests of single alerts share: an organisation's series of one figure, and what becomes of an
 * alert on it.
 */
#ifndef TESTS_INSIGHT_ALERT_OUTCOME_H
#define TESTS_INSIGHT_ALERT_OUTCOME_H

#include "../cmocka_all.h"
#include "fake_issue.h"

#include <tidemark/insight.h>

#define W46 (tm_week_from_iso(2026, 46)) /* the second of the four weeks of November 2026 */
#define MONEY(units) ((gint64)(units)*TM_MICROS_PER_UNIT)
#define NONE G_MININT64

static inline const TmAlert *find(const GPtrArray *alerts, TmAlertKind kind, const char *scope)
{
    for (guint i = 0; i < alerts->len; i++) {
        const TmAlert *alert = alerts->pdata[i];
        if (alert->kind == kind && g_str_equal(alert->scope->id, scope))
            return alert;
    }
    return NULL;
}

typedef enum Outcome { NOTHING, SILENT, FIRED, CLEARED } Outcome;

static inline Outcome outcome_of(const TmIssue *issue, TmAlertKind kind, const char *scope)
{
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, kind, scope);
    return alert == NULL                         ? NOTHING
           : alert->state == TM_ALERT_NOT_JUDGED ? SILENT
           : alert->state == TM_ALERT_FIRED      ? FIRED
                                                 : CLEARED;
}

static inline void expect_reason(const TmIssue *issue, TmAlertKind kind, const char *reason)
{
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    const TmAlert *alert = find(alerts, kind, "org");
    assert_non_null(alert);
    assert_int_equal(alert->state, TM_ALERT_NOT_JUDGED);
    assert_string_equal(alert->reason, reason);
}

/* Values of one KPI of the organisation, the last one the issue's. */
static inline TmIssue *series_issue(TmKpiId kpi, const gint64 *values, guint count)
{
    TmIssue *issue = fake_issue_new(W46 - (TmWeek)count + 1, W46);
    for (guint i = 0; i < count; i++)
        fake_value(issue, "org", kpi, W46 - (TmWeek)count + 1 + (TmWeek)i, values[i]);
    return issue;
}

static inline void make_short(TmIssue *issue, TmWeek week)
{
    fake_steady(issue, "org", TM_KPI_USUAL_DAYS, 100);
    fake_steady(issue, "org", TM_KPI_WORKING_DAYS, 100);
    fake_value(issue, "org", TM_KPI_WORKING_DAYS, week, 59);
}

#endif
