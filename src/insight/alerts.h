/*
 * What the replay of alerts (alerts.c) and the judgements (alert_rules_*.c) share. A judgement
 * looks at one week of one subject and at the baseline that is in force; the replay makes the
 * identity over weeks out of judgements.
 */
#ifndef TIDEMARK_INSIGHT_ALERTS_H
#define TIDEMARK_INSIGHT_ALERTS_H

#include "series.h"

typedef struct AlertRule AlertRule;

/* What a rule is replayed for. */
typedef struct Subject {
    const TmIssue *issue;
    const AlertRule *rule;
    const TmScope *scope;
    TmKpiId kpi;
    const char *part;
    gint64 threshold;
} Subject;

/* A baseline with what the adoption drop compares beside it. */
typedef struct Frozen {
    Baseline baseline;
    gboolean has_presence;
    gint64 present, present_active; /* sums over the baseline's weeks */
    gboolean has_seats;
    gint64 licensed, active; /* likewise */
} Frozen;

typedef enum Verdict {
    VERDICT_CLEAR,
    VERDICT_BREACH,
    VERDICT_UNKNOWN,       /* `reason` says why; an open alert stays open */
    VERDICT_NOT_APPLICABLE /* no budget, no goal, no rollout: there is nothing to say */
} Verdict;

typedef struct Judgement {
    Verdict verdict;
    const char *reason; /* UNKNOWN */
    Span value;
    Span compared; /* what the value is held against; of rules with a baseline the replay's */
    gint64 excess, people;
    gint64 licensed_from, licensed_to;
    gboolean has_price;
    Span price;
    gboolean ends_later;
} Judgement;

struct AlertRule {
    TmAlertKind kind;
    guint kpi_count;
    TmKpiId kpis[2]; /* the first that fires is the one that is told */
    guint scopes;    /* bits by TmScopeKind */
    gboolean by_tool;
    gboolean by_goal;      /* one subject for each KPI that has a goal, instead of `kpis` */
    gboolean by_month;     /* each reporting month starts anew */
    gboolean has_baseline; /* mean of four weeks, frozen at the first breach */
    gboolean is_change;    /* held against weeks before: silent where few people moved */
    guint weeks_running;   /* that must breach before it fires */
    Judgement (*judge)(const Subject *subject, TmWeek week, const Frozen *frozen);
};

/* All rules, in the order of TmAlertKind, without stale data, which needs no replay. */
extern const AlertRule alert_rules[];
extern const guint alert_rule_count;

/* ---- For judgements ---------------------------------------------------------------------- */

Judgement alert_unknown(const char *reason);
Judgement alert_not_applicable(void);

/* The subject's own cell of a week: NULL and the span, or why it cannot be judged. */
const char *alert_span(const Subject *subject, TmWeek week, Span *span);

/* The same with the baseline: also why that one is not known. */
const char *alert_span_beside_mean(
    const Subject *subject, TmWeek week, const Frozen *frozen, Span *span);

/* The same as alert_span() of another KPI of the subject's scope. A share is never more than 100 %.
 */
const char *alert_span_of(const Subject *subject, TmKpiId kpi, TmWeek week, Span *span);

/* A count of people: one that is not shown is smaller than the minimum. */
const char *alert_count_of(const Subject *subject, TmKpiId kpi, TmWeek week, Span *span);

/*
 * Weeks up to `last` that are not short, latest first; FALSE when fewer than `count` lie in the
 * published weeks of the last `count` + 4.
 */
gboolean alert_full_weeks(const Subject *subject, TmWeek last, guint count, TmWeek *weeks);

/* Mean of a sum over the four weeks of a baseline at the KPI's published precision. */
gint64 alert_mean(TmKpiId kpi, gint64 sum);

/* a × b, or the nearest 64-bit number. */
gint64 alert_times(gint64 a, gint64 b);

Judgement alert_judge_cost_spike(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_budget(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_unused_seats(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_token_spike(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_session_depth(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_streak_collapse(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_adoption_drop(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_adoption_fall(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_adoption_stall(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_below_target(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_not_started(const Subject *subject, TmWeek week, const Frozen *frozen);
Judgement alert_judge_onboarding(const Subject *subject, TmWeek week, const Frozen *frozen);

#endif
