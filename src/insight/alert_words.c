/*
 * What each alert says: what to do, the value against what it is held against, since when, and a
 * question or next step. One function a kind, in one table.
 */
#include "series.h"
#include "strings.h"

typedef struct Words {
    char *lead, *text;
} Words;

/* ---- Parts of sentences ------------------------------------------------------------------ */

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

const char *tm_alert_tool_name(const TmIssue *issue, const TmAlert *alert)
{
    const TmIssueTool *tool = find_tool(issue, alert->part);
    return tool != NULL ? tool->name : alert->part;
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

static void write_stale_data(const TmIssue *issue, const TmAlert *alert, Words *words)
{
    const TmIssueTool *tool = find_tool(issue, alert->part);
    g_autofree char *count = tm_format_count(alert->low);
    g_autofree char *week = tm_format_week_number(tm_issue_week(issue));
    words->lead = tm_text_fill(alert->low == 1 ? STRING(STALE_LEAD_ONE) : STRING(STALE_LEAD),
        "tool", tm_alert_tool_name(issue, alert), "count", count, "week", week, NULL);
    gboolean has_day = tool != NULL && tool->last_day != TM_DAY_NONE;
    g_autofree char *day = has_day ? tm_format_day(tool->last_day) : g_strdup("");
    g_autofree char *last =
        tm_text_fill(has_day ? STRING(STALE_LAST_DAY) : STRING(STALE_NO_DAY), "day", day, NULL);
    words->text = g_strjoin(" ", last, STRING(STALE_EFFECT), NULL);
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

static const char *group_name(const TmAlert *alert)
{
    return alert->scope->kind == TM_SCOPE_ORGANISATION ? STRING(ALL_TEAMS) : alert->scope->name;
}

/* The alert's value, and what it is held against, in the KPI's unit. */
static char *value_text(const TmIssue *issue, const TmAlert *alert)
{
    return span_text(tm_kpi(alert->kpi)->unit, alert->low, alert->high, tm_issue_currency(issue));
}

static char *compared_text(const TmIssue *issue, const TmAlert *alert)
{
    return span_text(tm_kpi(alert->kpi)->unit, alert->baseline_low, alert->baseline_high,
        tm_issue_currency(issue));
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

static void write_cost_spike(const TmIssue *issue, const TmAlert *alert, Words *words)
{
    const char *currency = tm_issue_currency(issue);
    g_autofree char *extra = tm_format_value(TM_UNIT_MONEY, alert->excess, currency);
    const TmScope *source =
        alert->scope->kind == TM_SCOPE_ORGANISATION ? source_of_extra(issue, alert) : alert->scope;
    words->lead = source == NULL ? tm_text_fill(STRING(COST_LEAD), "extra", extra, NULL)
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
    words->text = projection == NULL
                      ? g_strjoin(" ", text, since, STRING(COST_ASK), NULL)
                      : g_strjoin(" ", text, projection, since, STRING(COST_ASK), NULL);
}

static void write_adoption_drop(
    const TmIssue *issue G_GNUC_UNUSED, const TmAlert *alert, Words *words)
{
    g_autofree char *week = tm_format_week_number(alert->since);
    words->lead = tm_text_fill(
        alert->scope->kind == TM_SCOPE_ORGANISATION ? STRING(DROP_LEAD_ALL) : STRING(DROP_LEAD),
        "group", alert->scope->name, "week", week, NULL);

    gboolean exact = alert->low == alert->high && alert->baseline_low == alert->baseline_high;
    g_autofree char *value = span_text(TM_UNIT_PERCENT, alert->low, alert->high, NULL);
    g_autofree char *baseline =
        span_text(TM_UNIT_PERCENT, alert->baseline_low, alert->baseline_high, NULL);
    g_autofree char *count = tm_format_count(alert->excess);
    g_autofree char *points = tm_text_fill(STRING(POINTS), "count", count, NULL);
    g_autofree char *people = tm_format_count(alert->people);
    gboolean by_seats = alert->licensed_from != alert->licensed_to;
    const char *pattern = !exact     ? STRING(DROP_TEXT_BAND)
                          : by_seats ? STRING(DROP_TEXT_SEATS)
                                     : STRING(DROP_TEXT);
    g_autofree char *text = tm_text_fill(
        pattern, "value", value, "points", points, "baseline", baseline, "people", people, NULL);
    g_autofree char *since = since_text(alert);
    if (!by_seats) {
        words->text = g_strjoin(" ", text, since, NULL);
        return;
    }
    g_autofree char *from = tm_format_count(alert->licensed_from);
    g_autofree char *to = tm_format_count(alert->licensed_to);
    g_autofree char *seats = tm_text_fill(STRING(DROP_SEATS), "from", from, "to", to, NULL);
    words->text = g_strjoin(" ", text, seats, since, NULL);
}

static void write_unused_seats(const TmIssue *issue, const TmAlert *alert, Words *words)
{
    const char *organisation = alert->scope->id, *currency = tm_issue_currency(issue);
    TmWeek week = tm_issue_week(issue);
    g_autofree char *count = span_text(TM_UNIT_SEATS, alert->low, alert->high, NULL);
    words->lead = tm_text_fill(
        STRING(SEATS_LEAD), "count", count, "tool", tm_alert_tool_name(issue, alert), NULL);

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
    words->text = g_strdup_printf("%s: %s %s %s", use, money, since, STRING(SEATS_ASK));
}

static void write_budget(const TmIssue *issue, const TmAlert *alert, Words *words)
{
    gboolean exact = alert->low == alert->high;
    g_autofree char *size = tm_format_value(
        TM_UNIT_PERCENT, tm_scale_half_even(alert->excess, 100, MAX(1, alert->baseline_low)), NULL);
    g_autofree char *percent =
        exact ? g_strdup(size) : tm_text_fill(STRING(AT_LEAST_SIZE), "size", size, NULL);
    words->lead = tm_text_fill(alert->ends_later ? STRING(BUDGET_LEAD) : STRING(BUDGET_LEAD_OVER),
        "group", group_name(alert), "percent", percent, NULL);
    g_autofree char *cost = value_text(issue, alert);
    g_autofree char *budget = compared_text(issue, alert);
    g_autofree char *over = g_strconcat("+", size, NULL);
    g_autofree char *text =
        tm_text_fill(alert->ends_later ? STRING(COST_PROJECTED) : STRING(COST_MONTH), "cost", cost,
            "budget", budget, "percent", over, NULL);
    g_autofree char *since = since_text(alert);
    words->text = g_strjoin(" ", text, since, STRING(BUDGET_ASK), NULL);
}

/* Alerts whose words only fill places: the value, what it is held against, and a few more. */
typedef struct PlainWords {
    InsightString lead, text, ask;
} PlainWords;

static void write_plain(
    const TmIssue *issue, const TmAlert *alert, const PlainWords *plain, Words *words)
{
    words->lead = tm_text_fill(tm_insight_strings[plain->lead], "group", group_name(alert), NULL);
    g_autofree char *value = value_text(issue, alert);
    g_autofree char *baseline = compared_text(issue, alert);
    g_autofree char *count = tm_format_count(alert->threshold);
    g_autofree char *points = alert->threshold == 1
                                  ? g_strdup(STRING(POINT))
                                  : tm_text_fill(STRING(POINTS), "count", count, NULL);
    g_autofree char *text = tm_text_fill(tm_insight_strings[plain->text], "name",
        tm_kpi(alert->kpi)->name, "value", value, "baseline", baseline, "points", points, NULL);
    g_autofree char *since = since_text(alert);
    words->text = g_strjoin(" ", text, since, tm_insight_strings[plain->ask], NULL);
}

/* ---- The table --------------------------------------------------------------------------- */

static const struct {
    InsightString kicker;
    void (*write)(const TmIssue *issue, const TmAlert *alert, Words *words); /* NULL: plain */
    PlainWords plain;
} alert_words[TM_ALERT_KIND_COUNT] = {
    [TM_ALERT_STALE_DATA] = {STRING_KICKER_STALE_DATA, write_stale_data, {0}},
    [TM_ALERT_COST_SPIKE] = {STRING_KICKER_COST_SPIKE, write_cost_spike, {0}},
    [TM_ALERT_BUDGET] = {STRING_KICKER_BUDGET, write_budget, {0}},
    [TM_ALERT_DEPARTMENT_BUDGET] = {STRING_KICKER_DEPARTMENT_BUDGET, write_budget, {0}},
    [TM_ALERT_ADOPTION_FALL] = {STRING_KICKER_ADOPTION_FALL, NULL,
        {STRING_FALL_LEAD, STRING_FALL_TEXT, STRING_FALL_ASK}},
    [TM_ALERT_ADOPTION_DROP] = {STRING_KICKER_ADOPTION_DROP, write_adoption_drop, {0}},
    [TM_ALERT_BELOW_TARGET] = {STRING_KICKER_BELOW_TARGET, NULL,
        {STRING_BELOW_LEAD, STRING_BELOW_TEXT, STRING_BELOW_ASK}},
    [TM_ALERT_ADOPTION_STALL] = {STRING_KICKER_ADOPTION_STALL, NULL,
        {STRING_STALL_LEAD, STRING_STALL_TEXT, STRING_STALL_ASK}},
    [TM_ALERT_NOT_STARTED] = {STRING_KICKER_NOT_STARTED, NULL,
        {STRING_NOT_STARTED_LEAD, STRING_NOT_STARTED_TEXT, STRING_NOT_STARTED_ASK}},
    [TM_ALERT_ONBOARDING] = {STRING_KICKER_ONBOARDING, NULL,
        {STRING_ONBOARDING_LEAD, STRING_ONBOARDING_TEXT, STRING_ONBOARDING_ASK}},
    [TM_ALERT_STREAK_COLLAPSE] = {STRING_KICKER_STREAK_COLLAPSE, NULL,
        {STRING_STREAK_LEAD, STRING_STREAK_TEXT, STRING_STREAK_ASK}},
    [TM_ALERT_SESSION_DEPTH] = {STRING_KICKER_SESSION_DEPTH, NULL,
        {STRING_DEPTH_LEAD, STRING_DEPTH_TEXT, STRING_DEPTH_ASK}},
    [TM_ALERT_TOKEN_SPIKE] = {STRING_KICKER_TOKEN_SPIKE, NULL,
        {STRING_TOKEN_LEAD, STRING_TOKEN_TEXT, STRING_TOKEN_ASK}},
    [TM_ALERT_UNUSED_SEATS] = {STRING_KICKER_UNUSED_SEATS, write_unused_seats, {0}},
};

const char *tm_alert_kicker(TmAlertKind kind)
{
    return tm_insight_strings[alert_words[kind].kicker];
}

static void write_cleared(const TmIssue *issue, const TmAlert *alert, Words *words)
{
    words->lead = tm_text_fill(STRING(CLEARED_LEAD), "alert", tm_alert_name(alert->kind), "group",
        *alert->part == '\0' ? group_name(alert) : tm_alert_tool_name(issue, alert), NULL);
    g_autofree char *week = tm_format_week_number(alert->since);
    g_autofree char *text = tm_text_fill(
        alert->new_level ? STRING(CLEARED_NEW_LEVEL) : STRING(CLEARED), "week", week, NULL);
    words->text = alert->new_level || alert->kind == TM_ALERT_STALE_DATA
                      ? g_steal_pointer(&text)
                      : g_strjoin(" ", text, STRING(CLEARED_ASK), NULL);
}

void tm_alert_words(const TmIssue *issue, const TmAlert *alert, char **lead, char **text)
{
    Words words = {NULL, NULL};
    if (alert->state == TM_ALERT_CLEARED)
        write_cleared(issue, alert, &words);
    else if (alert_words[alert->kind].write != NULL)
        alert_words[alert->kind].write(issue, alert, &words);
    else
        write_plain(issue, alert, &alert_words[alert->kind].plain, &words);
    *lead = words.lead;
    *text = words.text;
}
