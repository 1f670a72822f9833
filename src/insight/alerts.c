/*
 * Alerts. One table row per rule; each is replayed over all published weeks of a scope, so that
 * identity (open since) and the frozen baseline follow from the archive alone.
 *
 * The replay of one subject (rule, scope, KPI, tool): a short week changes nothing; a week that
 * cannot be judged keeps the state; a breach opens the alert and freezes the baseline it was
 * judged by; the alert closes when a week clears that baseline, or after eight weeks, when the
 * new level becomes the measure.
 */
#include "series.h"
#include "strings.h"

#define NEW_LEVEL_WEEKS 8
#define ADOPTION_DROP_PEOPLE 3
#define ALL_SCOPES (1u << TM_SCOPE_ORGANISATION | 1u << TM_SCOPE_DEPARTMENT | 1u << TM_SCOPE_BLOCK)

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

typedef enum Verdict { VERDICT_CLEAR, VERDICT_BREACH, VERDICT_UNKNOWN } Verdict;

typedef struct Judgement {
    Verdict verdict;
    const char *reason; /* UNKNOWN */
    Span value;
    gint64 excess, people;
    gint64 licensed_from, licensed_to;
} Judgement;

struct AlertRule {
    TmAlertKind kind;
    guint kpi_count;
    TmKpiId kpis[2]; /* the first that fires is the one that is told */
    guint scopes;    /* bits by TmScopeKind */
    gboolean by_tool;
    gboolean has_baseline;
    const char *setting;
    gint64 fallback;
    Judgement (*judge)(const Subject *subject, TmWeek week, const Frozen *frozen);
};

static Judgement unknown(const char *reason)
{
    return (Judgement){.verdict = VERDICT_UNKNOWN, .reason = reason};
}

/* Mean of a sum over four weeks at the KPI's published precision. */
static gint64 mean(TmKpiId kpi, gint64 sum)
{
    return tm_round_to(tm_divide_half_even(sum, BASELINE_WEEKS), tm_kpi(kpi)->step);
}

/* ---- Rules ------------------------------------------------------------------------------- */

static Judgement judge_cost_spike(const Subject *subject, TmWeek week, const Frozen *frozen)
{
    Judgement judgement = {0};
    const char *reason = tm_series_span(
        subject->issue, subject->scope, subject->kpi, subject->part, week, &judgement.value);
    if (reason != NULL)
        return unknown(reason);
    if (frozen->baseline.reason != NULL)
        return unknown(frozen->baseline.reason);
    Span sum = frozen->baseline.sum;
    gint64 weeks_percent = BASELINE_WEEKS * 100;
    if (sum.high != G_MAXINT64 &&
        tm_compare_products(judgement.value.low, weeks_percent, sum.high, subject->threshold) > 0)
        judgement.verdict = VERDICT_BREACH;
    else if (judgement.value.high == G_MAXINT64 ||
             tm_compare_products(judgement.value.high, weeks_percent, sum.low, subject->threshold) >
                 0)
        return unknown(STRING(SILENT_BAND));
    judgement.excess = judgement.value.low - mean(subject->kpi, sum.high);
    return judgement;
}

/*
 * How many people fewer were active, of those at work, than the baseline's share gives; rounded
 * down. FALSE when that is not known.
 */
static gboolean missing_people(
    const Subject *subject, TmWeek week, const Frozen *frozen, gint64 *people)
{
    gint64 present, active;
    if (!frozen->has_presence || frozen->present <= 0 ||
        !tm_series_value(subject->issue, subject->scope, TM_KPI_PRESENT, "", week, &present) ||
        !tm_series_value(subject->issue, subject->scope, TM_KPI_PRESENT_ACTIVE, "", week, &active))
        return FALSE;
    *people =
        MAX(0, (present * frozen->present_active - active * frozen->present)) / frozen->present;
    return TRUE;
}

/* Bought seats moved the rate when licences grew and as many people as before used them. */
static void note_seats(
    const Subject *subject, TmWeek week, const Frozen *frozen, Judgement *judgement)
{
    gint64 licensed, active;
    if (!frozen->has_seats ||
        !tm_series_value(subject->issue, subject->scope, TM_KPI_LICENSED, "", week, &licensed) ||
        !tm_series_value(subject->issue, subject->scope, TM_KPI_ACTIVE_USERS, "", week, &active))
        return;
    if (licensed * BASELINE_WEEKS > frozen->licensed && active * BASELINE_WEEKS >= frozen->active) {
        judgement->licensed_from = mean(TM_KPI_LICENSED, frozen->licensed);
        judgement->licensed_to = licensed;
    }
}

static Judgement judge_adoption_drop(const Subject *subject, TmWeek week, const Frozen *frozen)
{
    Judgement judgement = {0};
    const char *reason = tm_series_span(
        subject->issue, subject->scope, subject->kpi, subject->part, week, &judgement.value);
    if (reason != NULL)
        return unknown(reason);
    if (frozen->baseline.reason != NULL)
        return unknown(frozen->baseline.reason);
    judgement.value.high = MIN(judgement.value.high, 100);
    Span sum = frozen->baseline.sum, value = judgement.value;
    gint64 points = subject->threshold * BASELINE_WEEKS;
    if (sum.high - value.low * BASELINE_WEEKS <= points)
        return judgement;
    if (sum.low - value.high * BASELINE_WEEKS <= points)
        return unknown(STRING(SILENT_BAND));
    if (!missing_people(subject, week, frozen, &judgement.people))
        return unknown(STRING(SILENT_PRESENCE));
    if (judgement.people < ADOPTION_DROP_PEOPLE)
        return judgement;
    judgement.verdict = VERDICT_BREACH;
    judgement.excess = mean(subject->kpi, sum.low) - value.high;
    note_seats(subject, week, frozen, &judgement);
    return judgement;
}

static Judgement judge_unused_seats(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    Judgement judgement = {0};
    Span held;
    const char *reason = tm_series_span(
        subject->issue, subject->scope, subject->kpi, subject->part, week, &judgement.value);
    if (reason == NULL)
        reason = tm_series_span(
            subject->issue, subject->scope, TM_KPI_SEATS_HELD, subject->part, week, &held);
    if (reason != NULL)
        return unknown(reason);
    Span value = judgement.value;
    judgement.excess = value.low;
    if (value.low > 0 && tm_compare_products(value.low, 100, held.high, subject->threshold) >= 0)
        judgement.verdict = VERDICT_BREACH;
    else if (tm_compare_products(value.high, 100, held.low, subject->threshold) >= 0 &&
             value.high > 0)
        return unknown(STRING(SILENT_BAND));
    return judgement;
}

static const AlertRule rules[] = {
    {TM_ALERT_COST_SPIKE, 2, {TM_KPI_COST, TM_KPI_COST_METERED}, ALL_SCOPES, FALSE, TRUE,
        "cost_spike_percent", 150, judge_cost_spike},
    {TM_ALERT_ADOPTION_DROP, 1, {TM_KPI_ADOPTION}, ALL_SCOPES, FALSE, TRUE, "adoption_drop_points",
        10, judge_adoption_drop},
    {TM_ALERT_UNUSED_SEATS, 1, {TM_KPI_SEATS_ZERO_SESSION}, 1u << TM_SCOPE_ORGANISATION, TRUE,
        FALSE, "unused_seats_percent", 10, judge_unused_seats},
};

/* ---- Replay ------------------------------------------------------------------------------ */

static Frozen freeze(const Subject *subject, TmWeek week)
{
    Frozen frozen = {.baseline = tm_series_baseline(
                         subject->issue, subject->scope, subject->kpi, subject->part, week)};
    if (frozen.baseline.reason != NULL || subject->rule->kind != TM_ALERT_ADOPTION_DROP)
        return frozen;
    const TmIssue *issue = subject->issue;
    const TmScope *scope = subject->scope;
    const Baseline *baseline = &frozen.baseline;
    frozen.has_presence =
        tm_series_sum(issue, scope, TM_KPI_PRESENT, baseline, &frozen.present) &&
        tm_series_sum(issue, scope, TM_KPI_PRESENT_ACTIVE, baseline, &frozen.present_active);
    frozen.has_seats = tm_series_sum(issue, scope, TM_KPI_LICENSED, baseline, &frozen.licensed) &&
                       tm_series_sum(issue, scope, TM_KPI_ACTIVE_USERS, baseline, &frozen.active);
    return frozen;
}

/* The alert as it stands in the issue's week, or NULL when that week is clear. */
static TmAlert *replay(const Subject *subject)
{
    gboolean open = FALSE;
    TmWeek since = TM_WEEK_NONE, last = tm_issue_week(subject->issue);
    Frozen frozen = {0};
    Judgement judgement = {0};
    for (TmWeek week = tm_issue_first_week(subject->issue); week <= last; week++) {
        if (tm_week_is_short(subject->issue, subject->scope, week)) {
            judgement = unknown(STRING(SILENT_SHORT));
            continue;
        }
        if (open && subject->rule->has_baseline && week - since >= NEW_LEVEL_WEEKS)
            open = FALSE;
        if (!open && subject->rule->has_baseline)
            frozen = freeze(subject, week);
        judgement = subject->rule->judge(subject, week, &frozen);
        if (judgement.verdict == VERDICT_BREACH && !open)
            since = week;
        if (judgement.verdict != VERDICT_UNKNOWN)
            open = judgement.verdict == VERDICT_BREACH;
    }
    if (judgement.verdict == VERDICT_CLEAR)
        return NULL;

    TmAlert *alert = g_new0(TmAlert, 1);
    *alert = (TmAlert){
        .kind = subject->rule->kind,
        .scope = subject->scope,
        .kpi = subject->kpi,
        .part = subject->part,
        .threshold = subject->threshold,
        .fired = judgement.verdict == VERDICT_BREACH,
        .reason = judgement.reason,
        .since = open ? since : TM_WEEK_NONE,
    };
    if (!alert->fired)
        return alert;
    alert->is_new = since == last;
    alert->low = judgement.value.low;
    alert->high = judgement.value.high;
    alert->excess = judgement.excess;
    alert->people = judgement.people;
    alert->licensed_from = judgement.licensed_from;
    alert->licensed_to = judgement.licensed_to;
    if (subject->rule->has_baseline) {
        alert->baseline_low = mean(subject->kpi, frozen.baseline.sum.low);
        alert->baseline_high = mean(subject->kpi, frozen.baseline.sum.high);
    }
    return alert;
}

/* Judges each KPI of a rule; the first breach counts, else what keeps the first from being judged.
 */
static void add_alert(GPtrArray *alerts, const TmIssue *issue, const AlertRule *rule,
    const TmScope *scope, const char *part)
{
    g_autofree TmAlert *silent = NULL;
    for (guint i = 0; i < rule->kpi_count; i++) {
        Subject subject = {.issue = issue,
            .rule = rule,
            .scope = scope,
            .kpi = rule->kpis[i],
            .part = part,
            .threshold = tm_issue_setting(issue, rule->setting, rule->fallback)};
        g_autofree TmAlert *alert = replay(&subject);
        if (alert != NULL && alert->fired) {
            g_ptr_array_add(alerts, g_steal_pointer(&alert));
            return;
        }
        if (i == 0)
            silent = g_steal_pointer(&alert);
    }
    /* A tool without seats is not worth a word. */
    if (silent != NULL && rule->by_tool && silent->reason == STRING(SILENT_NOT_MEASURED))
        return;
    if (silent != NULL)
        g_ptr_array_add(alerts, g_steal_pointer(&silent));
}

/* A tool that lacks days of the week is said before any number; it needs no history. */
static void add_stale_data(GPtrArray *alerts, const TmIssue *issue)
{
    const GArray *tools = tm_issue_tools(issue);
    for (guint i = 0; i < tools->len; i++) {
        const TmIssueTool *tool = &g_array_index(tools, TmIssueTool, i);
        if (tool->missing_days == 0)
            continue;
        TmWeek since = tm_issue_week(issue);
        for (guint bit = 1; bit < 32 && (tool->missing_weeks >> bit & 1) != 0 &&
                            since > tm_issue_first_week(issue);
             bit++)
            since--;
        TmAlert *alert = g_new0(TmAlert, 1);
        *alert = (TmAlert){
            .kind = TM_ALERT_STALE_DATA,
            .scope = tm_series_organisation(issue),
            .kpi = TM_KPI_COUNT,
            .part = tool->key,
            .fired = TRUE,
            .low = tool->missing_days,
            .high = tool->missing_days,
            .excess = tool->missing_days,
            .since = since,
            .is_new = since == tm_issue_week(issue),
        };
        g_ptr_array_add(alerts, alert);
    }
}

static void add_tools(
    GPtrArray *alerts, const TmIssue *issue, const AlertRule *rule, const TmScope *scope)
{
    const GArray *tools = tm_issue_tools(issue);
    for (guint i = 0; i < tools->len; i++)
        add_alert(alerts, issue, rule, scope, g_array_index(tools, TmIssueTool, i).key);
}

GPtrArray *tm_alerts_find(const TmIssue *issue)
{
    GPtrArray *alerts = g_ptr_array_new_with_free_func(g_free);
    const GPtrArray *scopes = tm_issue_scopes(issue);
    add_stale_data(alerts, issue);
    for (guint r = 0; r < G_N_ELEMENTS(rules); r++)
        for (guint s = 0; s < scopes->len; s++) {
            const TmScope *scope = scopes->pdata[s];
            if ((rules[r].scopes & 1u << scope->kind) == 0)
                continue;
            if (rules[r].by_tool)
                add_tools(alerts, issue, &rules[r], scope);
            else
                add_alert(alerts, issue, &rules[r], scope, "");
        }
    return alerts;
}

const TmAlert *tm_alerts_of_scope(const GPtrArray *alerts, TmAlertKind kind, const TmScope *scope)
{
    for (guint i = 0; i < alerts->len; i++) {
        const TmAlert *alert = alerts->pdata[i];
        if (alert->fired && alert->kind == kind && alert->scope == scope)
            return alert;
    }
    return NULL;
}

const char *tm_alert_name(TmAlertKind kind)
{
    static const InsightString names[TM_ALERT_KIND_COUNT] = {
        [TM_ALERT_STALE_DATA] = STRING_ALERT_STALE_DATA,
        [TM_ALERT_COST_SPIKE] = STRING_ALERT_COST_SPIKE,
        [TM_ALERT_ADOPTION_DROP] = STRING_ALERT_ADOPTION_DROP,
        [TM_ALERT_UNUSED_SEATS] = STRING_ALERT_UNUSED_SEATS,
    };
    return tm_insight_strings[names[kind]];
}
