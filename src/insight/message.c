/*
 * The message: two clauses, in this order of priority.
 *
 *   1. adoption against its target, with the direction of the week
 *   2. why the week cannot be compared; else cost against use, cost alone where use is not known
 *
 * Which words a clause takes stands in the tables of message_rules.c.
 */
#include "message.h"

#define TOGETHER_POINTS 5 /* cost and use within so many points of percent rose together */

/* ---- Facts ------------------------------------------------------------------------------- */

const char *message_short_reason(const TmIssue *issue)
{
    const TmScope *organisation = tm_series_organisation(issue);
    TmWeek week = tm_issue_week(issue);
    if (tm_week_is_short(issue, organisation, week))
        return STRING(BECAUSE_SHORT);
    return tm_week_is_short(issue, organisation, week - 1) ? STRING(BECAUSE_SHORT_BEFORE) : NULL;
}

static TmChange change_of(const TmIssue *issue, TmKpiId kpi)
{
    return tm_change_find(issue, tm_series_organisation(issue), kpi, "", tm_issue_week(issue));
}

static void find_tools(MessageFacts *facts)
{
    const GArray *tools = tm_issue_tools(facts->issue);
    for (guint i = 0; i < tools->len; i++) {
        const TmIssueTool *tool = &g_array_index(tools, TmIssueTool, i);
        if (tool->missing_days == 0)
            continue;
        if (facts->first_tool == NULL)
            facts->first_tool = tool->name;
        else
            facts->more_tools++;
    }
}

static MessageFacts gather(const TmIssue *issue)
{
    const char *reason = message_short_reason(issue);
    MessageFacts facts = {
        .issue = issue,
        .adoption = change_of(issue, TM_KPI_ADOPTION),
        .users = change_of(issue, TM_KPI_ACTIVE_USERS),
        .cost = change_of(issue, TM_KPI_COST),
        .use = change_of(issue, TM_KPI_TOKENS),
        .is_short = reason == STRING(BECAUSE_SHORT),
        .was_short = reason == STRING(BECAUSE_SHORT_BEFORE),
    };
    if (facts.use.state != TM_CHANGE_KNOWN || !facts.use.has_percent)
        facts.use = facts.users;
    find_tools(&facts);
    return facts;
}

static const MessageClause *find_clause(
    const MessageFacts *facts, const MessageClause *clauses, guint count)
{
    for (guint i = 0; i < count; i++)
        if (clauses[i].holds(facts))
            return &clauses[i];
    return NULL;
}

/* ---- First clause ------------------------------------------------------------------------ */

static char *points_text(gint64 points)
{
    g_autofree char *count = tm_format_count(points);
    return points == 1 ? g_strdup(STRING(POINT))
                       : tm_text_fill(STRING(POINTS), "count", count, NULL);
}

/* ", 8 points under the 70% target"; "" without a target. */
static char *target_text(const TmIssue *issue, gint64 value)
{
    gint64 target, lower, upper;
    const TmScope *organisation = tm_series_organisation(issue);
    if (!tm_issue_goal(issue, organisation->id, TM_KPI_ADOPTION, &target, &lower, &upper) ||
        target == G_MININT64)
        return g_strdup("");
    g_autofree char *target_value = tm_format_value(TM_UNIT_PERCENT, target, NULL);
    g_autofree char *points = points_text(ABS(value - target));
    const char *pattern = value < target    ? STRING(TARGET_UNDER)
                          : value == target ? STRING(TARGET_AT)
                                            : STRING(TARGET_OVER);
    return tm_text_fill(pattern, "points", points, "target", target_value, NULL);
}

static char *band_text(const TmCell *cell)
{
    g_autofree char *band = tm_format_band(TM_UNIT_PERCENT, cell->low, cell->high, NULL);
    return cell->low > 0 && cell->high < 100
               ? tm_text_fill(STRING(BAND_BETWEEN), "band", band, NULL)
               : g_strdup(band);
}

static char *adoption_clause(const MessageFacts *facts)
{
    const MessageClause *clause = find_clause(facts, message_adoption, message_adoption_count);
    const TmCell *cell = facts->adoption.now;
    gboolean has_value = cell != NULL && cell->state == TM_CELL_VALUE;
    gboolean has_band = cell != NULL && cell->state == TM_CELL_BAND;
    g_autofree char *value = has_value ? tm_format_value(TM_UNIT_PERCENT, cell->value, NULL) : NULL;
    g_autofree char *target = has_value ? target_text(facts->issue, cell->value) : NULL;
    g_autofree char *band = has_band ? band_text(cell) : NULL;
    g_autofree char *minimum = tm_format_count(tm_issue_setting(facts->issue, "minimum_people", 5));
    return tm_text_fill(tm_insight_strings[clause->text], "value", value, "target", target, "band",
        band, "minimum", minimum, NULL);
}

/* ---- Second clause ----------------------------------------------------------------------- */

/* More people with fewer tokens, or the other way round: plain "use" would seem to contradict. */
static gboolean is_against_people(const MessageFacts *facts)
{
    const TmChange *users = &facts->users;
    return users->state == TM_CHANGE_KNOWN &&
           ((users->difference > 0 && facts->use.direction < 0) ||
               (users->difference < 0 && facts->use.direction > 0));
}

static CostLead find_lead(const TmChange *cost, const TmChange *use)
{
    if (cost->direction <= 0 || use->direction <= 0)
        return LEAD_NONE;
    if (cost->percent - use->percent >= TOGETHER_POINTS)
        return LEAD_COST;
    return use->percent - cost->percent >= TOGETHER_POINTS ? LEAD_USE : LEAD_NONE;
}

static char *cost_clause(const MessageFacts *facts)
{
    const TmChange *cost = &facts->cost;
    if (cost->state != TM_CHANGE_KNOWN || !cost->has_percent)
        return g_strdup("");
    gboolean is_known = facts->use.state == TM_CHANGE_KNOWN && facts->use.has_percent;
    int use = is_known ? facts->use.direction : USE_UNKNOWN;
    CostLead lead = is_known ? find_lead(cost, &facts->use) : LEAD_NONE;
    const CostClause *clause = message_costs;
    while (clause->cost != cost->direction || clause->use != use || clause->lead != lead)
        clause++;
    g_autofree char *percent = tm_change_size(cost, tm_issue_currency(facts->issue));
    return tm_text_fill(tm_insight_strings[clause->text], "percent", percent, "use",
        is_against_people(facts) ? STRING(USE_TOKENS) : STRING(USE), NULL);
}

static char *second_clause(const MessageFacts *facts)
{
    const MessageClause *reason = find_clause(facts, message_reasons, message_reason_count);
    if (reason == NULL)
        return cost_clause(facts);
    g_autofree char *count = tm_format_count(facts->more_tools);
    return tm_text_fill(
        tm_insight_strings[reason->text], "tool", facts->first_tool, "count", count, NULL);
}

char *tm_message_write(const TmIssue *issue)
{
    MessageFacts facts = gather(issue);
    g_autofree char *first = adoption_clause(&facts);
    g_autofree char *second = second_clause(&facts);
    return g_strconcat(first, second, NULL);
}
