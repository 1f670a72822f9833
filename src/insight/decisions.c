/*
 * Up to three things to decide, from alerts and, where these are few, from readings.
 */
#include "series.h"
#include "strings.h"

/* ---- Words of each alert ----------------------------------------------------------------- */

static const TmIssueTool *find_tool(const TmIssue *issue, const char *key)
{
    const GArray *tools = tm_issue_tools(issue);
    for (guint i = 0; i < tools->len; i++) {
        const TmIssueTool *tool = &g_array_index(tools, TmIssueTool, i);
        if (g_str_equal(tool->key, key))
            return tool;
    }
    return NULL;
}

static const char *tool_name(const TmIssue *issue, const char *key)
{
    const TmIssueTool *tool = find_tool(issue, key);
    return tool != NULL ? tool->name : key;
}

static char *since_text(const TmAlert *alert)
{
    g_autofree char *week = tm_format_week_number(alert->since);
    return tm_text_fill(alert->is_new ? STRING(SINCE_NEW) : STRING(SINCE_OPEN), "week", week, NULL);
}

static char *span_text(TmUnit unit, gint64 low, gint64 high, const char *currency)
{
    return low == high ? tm_format_value(unit, low, currency)
                       : tm_format_band(unit, low, high, currency);
}

static void write_stale_data(const TmIssue *issue, const TmAlert *alert, TmDecision *decision)
{
    const TmIssueTool *tool = find_tool(issue, alert->part);
    g_autofree char *count = tm_format_count(alert->low);
    g_autofree char *week = tm_format_week_number(tm_issue_week(issue));
    decision->lead = tm_text_fill(alert->low == 1 ? STRING(STALE_LEAD_ONE) : STRING(STALE_LEAD),
        "tool", tool_name(issue, alert->part), "count", count, "week", week, NULL);
    gboolean has_day = tool != NULL && tool->last_day != TM_DAY_NONE;
    g_autofree char *day = has_day ? tm_format_day(tool->last_day) : g_strdup("");
    g_autofree char *last =
        tm_text_fill(has_day ? STRING(STALE_LAST_DAY) : STRING(STALE_NO_DAY), "day", day, NULL);
    decision->text = g_strjoin(" ", last, STRING(STALE_EFFECT), NULL);
}

/*
 * The block that holds more than half of the organisation's extra cost, against the mean of its own
 * four weeks before. NULL when none does, or when it may not be printed.
 */
static const TmScope *source_of_extra(const TmIssue *issue, const TmAlert *alert)
{
    const GPtrArray *scopes = tm_issue_scopes(issue);
    TmWeek week = tm_issue_week(issue);
    for (guint i = 0; i < scopes->len; i++) {
        const TmScope *scope = scopes->pdata[i];
        gint64 value;
        if (scope->kind != TM_SCOPE_BLOCK || !scope->own_line ||
            !tm_series_value(issue, scope, alert->kpi, "", week, &value) ||
            tm_change_find(issue, scope, alert->kpi, "", week).state == TM_CHANGE_MEMBERSHIP)
            continue;
        Baseline baseline = tm_series_baseline(issue, scope, alert->kpi, "", alert->since);
        if (baseline.reason != NULL || baseline.sum.low != baseline.sum.high)
            continue;
        gint64 extra = value - tm_divide_half_even(baseline.sum.low, BASELINE_WEEKS);
        if (tm_compare_products(extra, 2, alert->excess, 1) > 0)
            return scope;
    }
    return NULL;
}

static char *projection_text(const TmIssue *issue, const TmScope *scope)
{
    TmProjection projection;
    if (!tm_projection_find(issue, scope, &projection))
        return NULL;
    const char *currency = tm_issue_currency(issue);
    g_autofree char *cost = tm_format_value(TM_UNIT_MONEY, projection.micros, currency);
    g_autofree char *budget = tm_format_value(TM_UNIT_MONEY, projection.budget, currency);
    g_autofree char *size = tm_format_value(TM_UNIT_PERCENT, projection.percent, NULL);
    g_autofree char *percent = g_strconcat(projection.percent > 0 ? "+" : "", size, NULL);
    return tm_text_fill(projection.projected ? STRING(COST_PROJECTED) : STRING(COST_MONTH), "cost",
        cost, "budget", budget, "percent", percent, NULL);
}

static void write_cost_spike(const TmIssue *issue, const TmAlert *alert, TmDecision *decision)
{
    const char *currency = tm_issue_currency(issue);
    g_autofree char *extra = tm_format_value(TM_UNIT_MONEY, alert->excess, currency);
    const TmScope *source =
        alert->scope->kind == TM_SCOPE_ORGANISATION ? source_of_extra(issue, alert) : alert->scope;
    decision->lead = source == NULL ? tm_text_fill(STRING(COST_LEAD), "extra", extra, NULL)
                                    : tm_text_fill(STRING(COST_LEAD_WHERE), "extra", extra, "group",
                                          source->name, NULL);

    g_autofree char *value = span_text(TM_UNIT_MONEY, alert->low, alert->high, currency);
    g_autofree char *baseline =
        span_text(TM_UNIT_MONEY, alert->baseline_low, alert->baseline_high, currency);
    g_autofree char *percent =
        alert->baseline_high > 0
            ? tm_format_value(
                  TM_UNIT_PERCENT, tm_scale_half_even(alert->low, 100, alert->baseline_high), NULL)
            : g_strdup("");
    g_autofree char *text =
        tm_text_fill(alert->baseline_high > 0 ? STRING(COST_TEXT) : STRING(COST_TEXT_FROM_NONE),
            "what", alert->kpi == TM_KPI_COST ? STRING(COST_TOTAL) : STRING(COST_METERED), "value",
            value, "percent", percent, "baseline", baseline, NULL);
    g_autofree char *projection = projection_text(issue, alert->scope);
    g_autofree char *since = since_text(alert);
    decision->text = projection == NULL
                         ? g_strjoin(" ", text, since, STRING(COST_ASK), NULL)
                         : g_strjoin(" ", text, projection, since, STRING(COST_ASK), NULL);
}

static void write_adoption_drop(
    const TmIssue *issue G_GNUC_UNUSED, const TmAlert *alert, TmDecision *decision)
{
    g_autofree char *week = tm_format_week_number(alert->since);
    decision->lead = tm_text_fill(
        alert->scope->kind == TM_SCOPE_ORGANISATION ? STRING(DROP_LEAD_ALL) : STRING(DROP_LEAD),
        "group", alert->scope->name, "week", week, NULL);

    gboolean exact = alert->low == alert->high && alert->baseline_low == alert->baseline_high;
    g_autofree char *value = span_text(TM_UNIT_PERCENT, alert->low, alert->high, NULL);
    g_autofree char *baseline =
        span_text(TM_UNIT_PERCENT, alert->baseline_low, alert->baseline_high, NULL);
    g_autofree char *count = tm_format_count(alert->excess);
    g_autofree char *points = tm_text_fill(STRING(POINTS), "count", count, NULL);
    g_autofree char *people = tm_format_count(alert->people);
    g_autofree char *text = tm_text_fill(exact ? STRING(DROP_TEXT) : STRING(DROP_TEXT_BAND),
        "value", value, "points", points, "baseline", baseline, "people", people, NULL);
    g_autofree char *since = since_text(alert);
    if (alert->licensed_from == alert->licensed_to) {
        decision->text = g_strjoin(" ", text, since, NULL);
        return;
    }
    g_autofree char *from = tm_format_count(alert->licensed_from);
    g_autofree char *to = tm_format_count(alert->licensed_to);
    g_autofree char *seats = tm_text_fill(STRING(DROP_SEATS), "from", from, "to", to, NULL);
    decision->text = g_strjoin(" ", text, seats, since, NULL);
}

static void write_unused_seats(const TmIssue *issue, const TmAlert *alert, TmDecision *decision)
{
    const char *organisation = alert->scope->id, *currency = tm_issue_currency(issue);
    TmWeek week = tm_issue_week(issue);
    g_autofree char *count = span_text(TM_UNIT_SEATS, alert->low, alert->high, NULL);
    decision->lead = tm_text_fill(
        STRING(SEATS_LEAD), "count", count, "tool", tool_name(issue, alert->part), NULL);

    const TmCell *held = tm_issue_cell(issue, organisation, TM_KPI_SEATS_HELD, alert->part, week);
    g_autofree char *held_text = tm_format_cell(issue, TM_KPI_SEATS_HELD, held, TRUE);
    gboolean exact = alert->low == alert->high && held->state == TM_CELL_VALUE && held->value > 0;
    g_autofree char *share = exact ? tm_format_value(TM_UNIT_PERCENT,
                                         tm_scale_half_even(alert->low, 100, held->value), NULL)
                                   : g_strdup("");
    g_autofree char *use = tm_text_fill(exact ? STRING(SEATS_TEXT) : STRING(SEATS_TEXT_BAND),
        "share", share, "count", count, "held", held_text, NULL);

    const TmCell *price =
        tm_issue_cell(issue, organisation, TM_KPI_SEAT_MONTH_PRICE, alert->part, week);
    const TmCell *spend =
        tm_issue_cell(issue, organisation, TM_KPI_SPEND_EXPOSED, alert->part, week);
    gboolean priced = price != NULL && price->state == TM_CELL_VALUE && spend != NULL &&
                      spend->state != TM_CELL_NOT_MEASURED && spend->state != TM_CELL_NOT_SHOWN;
    g_autofree char *price_text =
        priced ? tm_format_value(TM_UNIT_MONEY, price->value, currency) : g_strdup("");
    g_autofree char *spend_text =
        priced ? tm_format_cell(issue, TM_KPI_SPEND_EXPOSED, spend, FALSE) : g_strdup("");
    g_autofree char *money = tm_text_fill(priced ? STRING(SEATS_PRICE) : STRING(SEATS_NO_PRICE),
        "spend", spend_text, "price", price_text, NULL);
    g_autofree char *since = since_text(alert);
    decision->text = g_strdup_printf("%s: %s %s %s", use, money, since, STRING(SEATS_ASK));
}

static const struct {
    InsightString kicker;
    void (*write)(const TmIssue *issue, const TmAlert *alert, TmDecision *decision);
} alert_words[TM_ALERT_KIND_COUNT] = {
    [TM_ALERT_STALE_DATA] = {STRING_KICKER_STALE_DATA, write_stale_data},
    [TM_ALERT_COST_SPIKE] = {STRING_KICKER_COST_SPIKE, write_cost_spike},
    [TM_ALERT_ADOPTION_DROP] = {STRING_KICKER_ADOPTION_DROP, write_adoption_drop},
    [TM_ALERT_UNUSED_SEATS] = {STRING_KICKER_UNUSED_SEATS, write_unused_seats},
};

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
        if (tm_alerts_of_scope(alerts, alert->kind, scope) != NULL)
            return TRUE;
    }
    return FALSE;
}

typedef struct Choice {
    const TmAlert *alert;
    guint round; /* 0: the first of its kind */
    guint place; /* among all alerts, for a stable order */
} Choice;

/* Kind, then size, then the order of scopes. */
static int compare_size(gconstpointer a, gconstpointer b)
{
    const Choice *left = a, *right = b;
    if (left->alert->kind != right->alert->kind)
        return left->alert->kind < right->alert->kind ? -1 : 1;
    if (left->alert->excess != right->alert->excess)
        return left->alert->excess > right->alert->excess ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

static int compare_round(gconstpointer a, gconstpointer b)
{
    const Choice *left = a, *right = b;
    if (left->round != right->round)
        return left->round < right->round ? -1 : 1;
    return compare_size(a, b);
}

static gboolean may_be_named(const TmScope *scope)
{
    return scope->kind == TM_SCOPE_ORGANISATION || scope->own_line;
}

static GArray *choose(const TmIssue *issue, const GPtrArray *alerts)
{
    GArray *choices = g_array_new(FALSE, FALSE, sizeof(Choice));
    for (guint i = 0; i < alerts->len; i++) {
        Choice choice = {.alert = alerts->pdata[i], .place = i};
        if (choice.alert->fired && may_be_named(choice.alert->scope) &&
            !is_told_above(issue, alerts, choice.alert))
            g_array_append_val(choices, choice);
    }
    g_array_sort(choices, compare_size);
    for (guint i = 1; i < choices->len; i++) {
        Choice *choice = &g_array_index(choices, Choice, i);
        const Choice *before = &g_array_index(choices, Choice, i - 1);
        if (choice->alert->kind == before->alert->kind)
            choice->round = before->round + 1;
    }
    g_array_sort(choices, compare_round);
    return choices;
}

static gboolean has_alert(const GPtrArray *alerts, const TmScope *scope)
{
    for (guint i = 0; i < alerts->len; i++) {
        const TmAlert *alert = alerts->pdata[i];
        if (alert->fired && alert->scope == scope)
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
        decision->kicker = tm_insight_strings[alert_words[alert->kind].kicker];
        decision->look = TRUE;
        alert_words[alert->kind].write(issue, alert, decision);
        g_ptr_array_add(decisions, decision);
    }
    add_readings(decisions, issue, alerts, most);
    return decisions;
}
