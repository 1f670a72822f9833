/*
 * Up to three things to decide, from alerts and, where these are few, from readings.
 */
#include <tidemark/insight.h>

/* ---- Choice ------------------------------------------------------------------------------ */

static void decision_free(gpointer data)
{
    TmDecision *decision = data;
    g_free(decision->lead);
    g_free(decision->text);
    g_free(decision);
}

/* TRUE if the scope's department or organisation has the same alert: it is told there. */
static gboolean is_told_above(const TmIssue *issue, const GPtrArray *alerts, const TmAlert *alert)
{
    const GPtrArray *scopes = tm_issue_scopes(issue);
    const TmScope *scope = alert->scope;
    while (scope->kind != TM_SCOPE_ORGANISATION) {
        scope = scopes->pdata[scope->parent];
        const TmAlert *above = tm_alerts_of_scope(alerts, alert->kind, scope);
        if (above != NULL && (alert->kind != TM_ALERT_BELOW_TARGET || above->kpi == alert->kpi))
            return TRUE;
    }
    return FALSE;
}

typedef struct Choice {
    const TmAlert *alert;
    guint round; /* 0: the first of its theme */
    guint place; /* among all alerts, for a stable order */
} Choice;

static TmAlertTheme theme_of(const Choice *choice)
{
    return tm_alert_info(choice->alert->kind)->theme;
}

/* Stale data, then what is new, then what was open before. */
static int urgency(const Choice *choice)
{
    return choice->alert->kind == TM_ALERT_STALE_DATA ? 0 : choice->alert->is_new ? 1 : 2;
}

/* Urgency, kind, size, and the order of scopes. */
static int compare_urgency(const Choice *left, const Choice *right)
{
    if (urgency(left) != urgency(right))
        return urgency(left) - urgency(right);
    if (left->alert->kind != right->alert->kind)
        return left->alert->kind < right->alert->kind ? -1 : 1;
    if (left->alert->excess != right->alert->excess)
        return left->alert->excess > right->alert->excess ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

static int compare_in_theme(gconstpointer a, gconstpointer b)
{
    const Choice *left = a, *right = b;
    if (theme_of(left) != theme_of(right))
        return theme_of(left) < theme_of(right) ? -1 : 1;
    return compare_urgency(left, right);
}

static int compare_round(gconstpointer a, gconstpointer b)
{
    const Choice *left = a, *right = b;
    if (left->round != right->round)
        return left->round < right->round ? -1 : 1;
    return compare_urgency(left, right);
}

static GArray *choose(const TmIssue *issue, const GPtrArray *alerts)
{
    GArray *choices = g_array_new(FALSE, FALSE, sizeof(Choice));
    for (guint i = 0; i < alerts->len; i++) {
        Choice choice = {.alert = alerts->pdata[i], .place = i};
        if (choice.alert->state == TM_ALERT_FIRED && tm_alert_may_be_named(choice.alert) &&
            !is_told_above(issue, alerts, choice.alert))
            g_array_append_val(choices, choice);
    }
    g_array_sort(choices, compare_in_theme);
    for (guint i = 1; i < choices->len; i++) {
        Choice *choice = &g_array_index(choices, Choice, i);
        const Choice *before = &g_array_index(choices, Choice, i - 1);
        if (theme_of(choice) == theme_of(before))
            choice->round = before->round + 1;
    }
    g_array_sort(choices, compare_round);
    return choices;
}

static gboolean has_alert(const GPtrArray *alerts, const TmScope *scope)
{
    for (guint i = 0; i < alerts->len; i++) {
        const TmAlert *alert = alerts->pdata[i];
        if (alert->state == TM_ALERT_FIRED && alert->scope == scope)
            return TRUE;
    }
    return FALSE;
}

/* Readings of printed blocks without an alert, by rank and then in the order of scopes. */
static void add_readings(
    GPtrArray *decisions, const TmIssue *issue, const GPtrArray *alerts, guint most)
{
    const GPtrArray *scopes = tm_issue_scopes(issue);
    g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)tm_reading_free);
    guint last_rank = 0;
    for (guint i = 0; i < scopes->len; i++) {
        const TmScope *scope = scopes->pdata[i];
        if (scope->kind != TM_SCOPE_BLOCK || !scope->own_line || has_alert(alerts, scope))
            continue;
        TmReading *reading = tm_reading_find(issue, scope);
        last_rank = MAX(last_rank, reading->rank);
        g_ptr_array_add(readings, reading);
    }
    for (guint rank = 1; rank <= last_rank; rank++)
        for (guint i = 0; i < readings->len && decisions->len < most; i++) {
            const TmReading *reading = readings->pdata[i];
            if (reading->rank != rank)
                continue;
            TmDecision *decision = g_new0(TmDecision, 1);
            decision->kicker = reading->kicker;
            decision->lead = g_strdup(reading->ask);
            decision->text = g_strdup(reading->sentence);
            decision->look = reading->look;
            g_ptr_array_add(decisions, decision);
        }
}

GPtrArray *tm_decisions_find(const TmIssue *issue, const GPtrArray *alerts, guint most)
{
    GPtrArray *decisions = g_ptr_array_new_with_free_func(decision_free);
    g_autoptr(GArray) choices = choose(issue, alerts);
    for (guint i = 0; i < choices->len && decisions->len < most; i++) {
        const TmAlert *alert = g_array_index(choices, Choice, i).alert;
        TmDecision *decision = g_new0(TmDecision, 1);
        decision->kicker = tm_alert_kicker(alert->kind);
        decision->look = TRUE;
        tm_alert_words(issue, alert, &decision->lead, &decision->text);
        g_ptr_array_add(decisions, decision);
    }
    add_readings(decisions, issue, alerts, most);
    return decisions;
}
