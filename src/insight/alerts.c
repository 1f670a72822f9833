/*
 * Alerts. Each rule (alert_rules.c) is replayed over all published weeks of a scope, so that
 * identity (new, open since, cleared) and the frozen baseline follow from the archive alone.
 *
 * The replay of one subject (rule, scope, KPI, tool): a short week changes nothing; a week that
 * cannot be judged keeps the state; a breach freezes the baseline it was judged by, and as many
 * breaches running as the rule asks for open the alert; the alert closes when a week clears that
 * baseline, or after eight weeks, when the new level becomes the measure.
 */
#include "alerts.h"
#include "strings.h"

#define NEW_LEVEL_WEEKS 8

/* ---- Replay ------------------------------------------------------------------------------ */

/* What is known of a subject after a week. */
typedef struct Replay {
    gboolean open;
    guint running;       /* breaches in a row before it opens */
    TmWeek since;        /* the first week of the open or just cleared alert */
    TmWeek frozen_in;    /* the week of the first breach */
    Frozen frozen;       /* the baseline in force */
    Frozen measure;      /* the baseline that the last week was judged by */
    gboolean cleared;    /* in the last week */
    gboolean new_level;  /* cleared because eight weeks passed */
    Judgement judgement; /* of the last week */
} Replay;

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

static gboolean is_held(const Replay *replay)
{
    return replay->open || replay->running > 0;
}

static gboolean level_is_over(const Replay *replay, TmWeek week)
{
    return is_held(replay) && week - replay->frozen_in >= NEW_LEVEL_WEEKS;
}

static Judgement judge(const Subject *subject, TmWeek week, const Frozen *measure)
{
    const AlertRule *rule = subject->rule;
    if (tm_week_is_short(subject->issue, subject->scope, week))
        return alert_unknown(STRING(SILENT_SHORT));
    Judgement judgement = rule->judge(subject, week, measure);
    if (judgement.verdict == VERDICT_UNKNOWN || judgement.verdict == VERDICT_NOT_APPLICABLE)
        return judgement;
    if (rule->is_change &&
        tm_series_hides(subject->issue, subject->scope, tm_kpi(subject->kpi)->unit, week, week - 1))
        return alert_unknown(STRING(CHANGE_MEMBERSHIP));
    if (rule->has_baseline)
        judgement.compared = (Span){alert_mean(subject->kpi, measure->baseline.sum.low),
            alert_mean(subject->kpi, measure->baseline.sum.high)};
    return judgement;
}

static void take_breach(const Subject *subject, TmWeek week, Replay *replay)
{
    if (!is_held(replay)) {
        replay->frozen_in = week;
        replay->frozen = replay->measure;
    }
    if (!replay->open && ++replay->running >= subject->rule->weeks_running) {
        replay->open = TRUE;
        replay->since = week;
    }
}

static void step(const Subject *subject, TmWeek week, Replay *replay)
{
    gboolean new_level = subject->rule->has_baseline && level_is_over(replay, week);
    gboolean short_week = tm_week_is_short(subject->issue, subject->scope, week);
    gboolean was_open = replay->open;
    replay->cleared = replay->new_level = FALSE;
    if (subject->rule->has_baseline)
        replay->measure = is_held(replay) && !new_level ? replay->frozen : freeze(subject, week);
    replay->judgement = judge(subject, week, &replay->measure);
    if (replay->judgement.verdict == VERDICT_UNKNOWN) {
        /* A week that is not known ends what must hold weeks running; a short one is passed over.
         */
        if (!replay->open && !short_week)
            replay->running = 0;
        return;
    }
    if (new_level || replay->judgement.verdict != VERDICT_BREACH) {
        replay->open = FALSE;
        replay->running = 0;
    }
    if (replay->judgement.verdict == VERDICT_BREACH)
        take_breach(subject, week, replay);
    replay->cleared =
        was_open && !replay->open && replay->judgement.verdict != VERDICT_NOT_APPLICABLE;
    replay->new_level = replay->cleared && new_level;
}

static Replay replay_all(const Subject *subject)
{
    Replay replay = {.since = TM_WEEK_NONE};
    TmWeek last = tm_issue_week(subject->issue), first = tm_issue_first_week(subject->issue);
    if (subject->rule->by_month)
        first = MAX(first, tm_series_month_start(last));
    for (TmWeek week = first; week <= last; week++)
        step(subject, week, &replay);
    return replay;
}

/* ---- Alerts of a subject ----------------------------------------------------------------- */

static TmAlertState state_of(const Replay *replay)
{
    return replay->judgement.verdict == VERDICT_UNKNOWN ? TM_ALERT_NOT_JUDGED
           : replay->open                               ? TM_ALERT_FIRED
                                                        : TM_ALERT_CLEARED;
}

/* The alert as it stands in the issue's week, or NULL when there is nothing to tell. */
static TmAlert *find_alert(const Subject *subject)
{
    Replay replay = replay_all(subject);
    const Judgement *judgement = &replay.judgement;
    if (!replay.open && !replay.cleared && judgement->verdict != VERDICT_UNKNOWN)
        return NULL;
    TmAlert *alert = g_new0(TmAlert, 1);
    *alert = (TmAlert){
        .kind = subject->rule->kind,
        .state = state_of(&replay),
        .scope = subject->scope,
        .kpi = subject->kpi,
        .part = subject->part,
        .threshold = subject->threshold,
        .reason = judgement->reason,
        .since = replay.open || replay.cleared ? replay.since : TM_WEEK_NONE,
    };
    if (alert->state == TM_ALERT_NOT_JUDGED)
        return alert;
    alert->is_new = replay.open && replay.since == tm_issue_week(subject->issue);
    alert->new_level = replay.new_level;
    alert->low = judgement->value.low;
    alert->high = judgement->value.high;
    alert->baseline_low = judgement->compared.low;
    alert->baseline_high = judgement->compared.high;
    alert->excess = judgement->excess;
    alert->people = judgement->people;
    alert->licensed_from = judgement->licensed_from;
    alert->licensed_to = judgement->licensed_to;
    alert->has_price = judgement->has_price;
    alert->price_low = judgement->price.low;
    alert->price_high = judgement->price.high;
    alert->ends_later = judgement->ends_later;
    return alert;
}

static Subject subject_of(const TmIssue *issue, const AlertRule *rule, const TmScope *scope,
    TmKpiId kpi, const char *part)
{
    const TmAlertInfo *info = tm_alert_info(rule->kind);
    return (Subject){.issue = issue,
        .rule = rule,
        .scope = scope,
        .kpi = kpi,
        .part = part,
        .threshold = info->setting == NULL
                         ? info->fallback
                         : tm_issue_setting(issue, info->setting, info->fallback)};
}

/* How much an alert of one KPI says beside those of the rule's others. */
static guint weight(const TmAlert *alert)
{
    return alert == NULL                         ? 0
           : alert->state == TM_ALERT_NOT_JUDGED ? 1
           : alert->state == TM_ALERT_CLEARED    ? 2
                                                 : 3;
}

/*
 * Judges each KPI of a rule and tells one: the first that fired, else the first that cleared, else
 * what keeps the first from being judged.
 */
static void add_alert(GPtrArray *alerts, const TmIssue *issue, const AlertRule *rule,
    const TmScope *scope, const char *part)
{
    g_autofree TmAlert *told = NULL;
    for (guint i = 0; i < rule->kpi_count; i++) {
        Subject subject = subject_of(issue, rule, scope, rule->kpis[i], part);
        g_autofree TmAlert *alert = find_alert(&subject);
        if (weight(alert) > weight(told) && (i == 0 || weight(alert) > 1)) {
            g_free(told);
            told = g_steal_pointer(&alert);
        }
    }
    /* A tool without seats is not worth a word; one whose alert is open is. */
    if (told != NULL && rule->by_tool && told->reason == STRING(SILENT_NOT_MEASURED) &&
        told->since == TM_WEEK_NONE)
        return;
    if (told != NULL)
        g_ptr_array_add(alerts, g_steal_pointer(&told));
}

static void add_tools(
    GPtrArray *alerts, const TmIssue *issue, const AlertRule *rule, const TmScope *scope)
{
    const GArray *tools = tm_issue_tools(issue);
    for (guint i = 0; i < tools->len; i++)
        add_alert(alerts, issue, rule, scope, g_array_index(tools, TmIssueTool, i).key);
}

/* A lower bound has a meaning where more is better, or neither. */
static void add_goals(
    GPtrArray *alerts, const TmIssue *issue, const AlertRule *rule, const TmScope *scope)
{
    for (int id = 0; id < TM_KPI_COUNT; id++) {
        const TmKpi *kpi = tm_kpi((TmKpiId)id);
        if (kpi->support || kpi->by != TM_PART_NONE || kpi->direction == TM_DIRECTION_DOWN)
            continue;
        Subject subject = subject_of(issue, rule, scope, (TmKpiId)id, "");
        TmAlert *alert = find_alert(&subject);
        if (alert != NULL)
            g_ptr_array_add(alerts, alert);
    }
}

/* ---- Stale data -------------------------------------------------------------------------- */

static TmWeek stale_since(const TmIssue *issue, const TmIssueTool *tool, TmWeek last, guint bit)
{
    TmWeek since = last;
    for (; bit < 32 && (tool->missing_weeks >> bit & 1) != 0 && since > tm_issue_first_week(issue);
         bit++)
        since--;
    return since;
}

/*
 * A tool that lacks days of the week is said before any number; it needs no history. It clears when
 * the week before was published with gaps and this week has none.
 */
static void add_stale_data(GPtrArray *alerts, const TmIssue *issue)
{
    const GArray *tools = tm_issue_tools(issue);
    for (guint i = 0; i < tools->len; i++) {
        const TmIssueTool *tool = &g_array_index(tools, TmIssueTool, i);
        gboolean fired = tool->missing_days > 0;
        if (!fired && tool->missing_days_before == 0)
            continue;
        TmWeek week = tm_issue_week(issue);
        TmAlert *alert = g_new0(TmAlert, 1);
        *alert = (TmAlert){
            .kind = TM_ALERT_STALE_DATA,
            .state = fired ? TM_ALERT_FIRED : TM_ALERT_CLEARED,
            .scope = tm_series_organisation(issue),
            .kpi = TM_KPI_COUNT,
            .part = tool->key,
            .threshold = tm_alert_info(TM_ALERT_STALE_DATA)->fallback,
            .low = tool->missing_days,
            .high = tool->missing_days,
            .excess = tool->missing_days,
            .since =
                fired ? stale_since(issue, tool, week, 1) : stale_since(issue, tool, week - 1, 2),
        };
        alert->is_new = alert->since == week;
        g_ptr_array_add(alerts, alert);
    }
}

/* ---- All --------------------------------------------------------------------------------- */

GPtrArray *tm_alerts_find(const TmIssue *issue)
{
    GPtrArray *alerts = g_ptr_array_new_with_free_func(g_free);
    const GPtrArray *scopes = tm_issue_scopes(issue);
    add_stale_data(alerts, issue);
    for (guint r = 0; r < alert_rule_count; r++)
        for (guint s = 0; s < scopes->len; s++) {
            const AlertRule *rule = &alert_rules[r];
            const TmScope *scope = scopes->pdata[s];
            if ((rule->scopes & 1u << scope->kind) == 0)
                continue;
            if (rule->by_tool)
                add_tools(alerts, issue, rule, scope);
            else if (rule->by_goal)
                add_goals(alerts, issue, rule, scope);
            else
                add_alert(alerts, issue, rule, scope, "");
        }
    return alerts;
}

const TmAlert *tm_alerts_of_scope(const GPtrArray *alerts, TmAlertKind kind, const TmScope *scope)
{
    for (guint i = 0; i < alerts->len; i++) {
        const TmAlert *alert = alerts->pdata[i];
        if (alert->state == TM_ALERT_FIRED && alert->kind == kind && alert->scope == scope)
            return alert;
    }
    return NULL;
}

gboolean tm_alert_may_be_named(const TmAlert *alert)
{
    return alert->scope->kind == TM_SCOPE_ORGANISATION || alert->scope->own_line;
}

static const AlertRule *rule_of(TmAlertKind kind)
{
    for (guint i = 0; i < alert_rule_count; i++)
        if (alert_rules[i].kind == kind)
            return &alert_rules[i];
    g_assert_not_reached();
}

TmAlertState tm_alert_judge_cost(
    const TmIssue *issue, const TmScope *scope, TmKpiId kpi, gint64 micros)
{
    Subject subject = subject_of(issue, rule_of(TM_ALERT_COST_SPIKE), scope, kpi, "");
    Replay replay = replay_all(&subject);
    Frozen measure = replay.open ? replay.frozen : freeze(&subject, tm_issue_week(issue) + 1);
    if (measure.baseline.reason != NULL || measure.baseline.sum.high == G_MAXINT64)
        return TM_ALERT_NOT_JUDGED;
    return tm_compare_products(
               micros, BASELINE_WEEKS * 100, measure.baseline.sum.high, subject.threshold) > 0
               ? TM_ALERT_FIRED
               : TM_ALERT_CLEARED;
}
