/*
 * The message and the lede. The message has two clauses, in this order of priority:
 *
 *   1. adoption against its target, with the direction of the week; where there is no comparison,
 *      the reason takes the place of the second clause
 *   2. cost against use, from a table of directions; cost alone where use is not known
 *
 * Verbs follow the size of the change: under 2 points it held; from 5 points, by 3 people or more,
 * it jumped or dropped.
 */
#include "series.h"
#include "strings.h"

#define JUMP_POINTS 5
#define JUMP_PEOPLE 3     /* fewer make no jump, however few are licensed */
#define TOGETHER_POINTS 5 /* cost and use within so many points of percent rose together */
#define NEARLY_ALL_PERCENT 90

/* ---- Adoption ---------------------------------------------------------------------------- */

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

/* Why the week cannot be compared although both weeks are known; NULL when it can. */
static const char *short_reason(const TmIssue *issue)
{
    const TmScope *organisation = tm_series_organisation(issue);
    TmWeek week = tm_issue_week(issue);
    if (tm_week_is_short(issue, organisation, week))
        return STRING(BECAUSE_SHORT);
    return tm_week_is_short(issue, organisation, week - 1) ? STRING(BECAUSE_SHORT_BEFORE) : NULL;
}

static gboolean is_change_of_few(const TmIssue *issue)
{
    TmChange users = tm_change_find(
        issue, tm_series_organisation(issue), TM_KPI_ACTIVE_USERS, "", tm_issue_week(issue));
    return users.state == TM_CHANGE_KNOWN && ABS(users.difference) < JUMP_PEOPLE;
}

static const char *adoption_pattern(const TmIssue *issue, const TmChange *change)
{
    if (change->state == TM_CHANGE_KNOWN && short_reason(issue) != NULL)
        return STRING(ADOPTION_STANDS);
    if (change->state == TM_CHANGE_FIRST)
        return STRING(ADOPTION_STARTS);
    if (change->state != TM_CHANGE_KNOWN)
        return STRING(ADOPTION_STANDS);
    if (change->direction == 0)
        return STRING(ADOPTION_HELD);
    gboolean jump = ABS(change->difference) >= JUMP_POINTS && !is_change_of_few(issue);
    if (change->direction > 0)
        return jump ? STRING(ADOPTION_JUMPED) : STRING(ADOPTION_ROSE);
    return jump ? STRING(ADOPTION_DROPPED) : STRING(ADOPTION_FELL);
}

static char *adoption_clause(const TmIssue *issue, const TmChange *change)
{
    const TmCell *cell = change->now;
    if (cell == NULL || cell->state == TM_CELL_NOT_MEASURED)
        return g_strdup(STRING(ADOPTION_NOT_MEASURED));
    if (cell->state == TM_CELL_NOT_SHOWN) {
        g_autofree char *minimum = tm_format_count(tm_issue_setting(issue, "minimum_people", 5));
        return tm_text_fill(STRING(ADOPTION_NOT_SHOWN), "minimum", minimum, NULL);
    }
    if (cell->state == TM_CELL_BAND) {
        g_autofree char *band = tm_format_band(TM_UNIT_PERCENT, cell->low, cell->high, NULL);
        g_autofree char *at = cell->low > 0 && cell->high < 100
                                  ? tm_text_fill(STRING(BAND_BETWEEN), "band", band, NULL)
                                  : g_strdup(band);
        return tm_text_fill(STRING(ADOPTION_BAND), "band", at, NULL);
    }
    g_autofree char *value = tm_format_value(TM_UNIT_PERCENT, cell->value, NULL);
    g_autofree char *target = target_text(issue, cell->value);
    return tm_text_fill(adoption_pattern(issue, change), "value", value, "target", target, NULL);
}

/* ---- Second clause ----------------------------------------------------------------------- */

static char *incomplete_clause(const TmIssue *issue)
{
    const GArray *tools = tm_issue_tools(issue);
    const char *first = NULL;
    guint more = 0;
    for (guint i = 0; i < tools->len; i++) {
        const TmIssueTool *tool = &g_array_index(tools, TmIssueTool, i);
        if (tool->missing_days == 0)
            continue;
        if (first == NULL)
            first = tool->name;
        else
            more++;
    }
    if (first == NULL)
        return g_strdup(STRING(BECAUSE_INCOMPLETE_BEFORE));
    g_autofree char *count = tm_format_count(more);
    return tm_text_fill(more == 0 ? STRING(BECAUSE_INCOMPLETE) : STRING(BECAUSE_INCOMPLETE_MORE),
        "tool", first, "count", count, NULL);
}

/* Use is tokens where they are known, else active users. */
static TmChange use_change(const TmIssue *issue)
{
    const TmScope *organisation = tm_series_organisation(issue);
    TmWeek week = tm_issue_week(issue);
    TmChange tokens = tm_change_find(issue, organisation, TM_KPI_TOKENS, "", week);
    if (tokens.state == TM_CHANGE_KNOWN && tokens.has_percent)
        return tokens;
    return tm_change_find(issue, organisation, TM_KPI_ACTIVE_USERS, "", week);
}

/* More people with fewer tokens, or the other way round: plain "use" would seem to contradict. */
static gboolean is_against_people(const TmIssue *issue, const TmChange *use)
{
    TmChange users = tm_change_find(
        issue, tm_series_organisation(issue), TM_KPI_ACTIVE_USERS, "", tm_issue_week(issue));
    return users.state == TM_CHANGE_KNOWN && ((users.difference > 0 && use->direction < 0) ||
                                                 (users.difference < 0 && use->direction > 0));
}

static char *cost_clause(const TmIssue *issue)
{
    /* Rows: cost up, flat, down; columns: use up, flat, down. */
    static const InsightString clauses[3][3] = {
        {STRING_COST_UP_TOGETHER, STRING_COST_UP_USE_FLAT, STRING_COST_UP_USE_DOWN},
        {STRING_COST_FLAT_USE_UP, STRING_COST_FLAT_USE_FLAT, STRING_COST_FLAT_USE_DOWN},
        {STRING_COST_DOWN_USE_UP, STRING_COST_DOWN_USE_FLAT, STRING_COST_DOWN_USE_DOWN},
    };
    static const InsightString alone[3] = {
        STRING_COST_UP_ALONE, STRING_COST_FLAT_ALONE, STRING_COST_DOWN_ALONE};

    TmChange cost =
        tm_change_find(issue, tm_series_organisation(issue), TM_KPI_COST, "", tm_issue_week(issue));
    if (cost.state != TM_CHANGE_KNOWN || !cost.has_percent)
        return g_strdup("");
    TmChange use = use_change(issue);
    if (use.state != TM_CHANGE_KNOWN || !use.has_percent) {
        g_autofree char *percent = tm_change_size(&cost, tm_issue_currency(issue));
        return tm_text_fill(
            tm_insight_strings[alone[1 - cost.direction]], "percent", percent, NULL);
    }
    InsightString clause = clauses[1 - cost.direction][1 - use.direction];
    if (clause == STRING_COST_UP_TOGETHER && cost.percent - use.percent >= TOGETHER_POINTS)
        clause = STRING_COST_UP_FASTER;
    else if (clause == STRING_COST_UP_TOGETHER && use.percent - cost.percent >= TOGETHER_POINTS)
        clause = STRING_COST_UP_SLOWER;
    return tm_text_fill(tm_insight_strings[clause], "use",
        is_against_people(issue, &use) ? STRING(USE_TOKENS) : STRING(USE), NULL);
}

static char *second_clause(const TmIssue *issue, const TmChange *adoption)
{
    switch (adoption->state) {
    case TM_CHANGE_INCOMPLETE:
        return incomplete_clause(issue);
    case TM_CHANGE_MISSING:
        return g_strdup(STRING(BECAUSE_MISSING));
    case TM_CHANGE_NEW_RULES:
        return g_strdup(STRING(BECAUSE_NEW_RULES));
    case TM_CHANGE_KNOWN:
        return short_reason(issue) != NULL ? g_strdup(short_reason(issue)) : cost_clause(issue);
    default:
        return cost_clause(issue);
    }
}

char *tm_message_write(const TmIssue *issue)
{
    TmChange adoption = tm_change_find(
        issue, tm_series_organisation(issue), TM_KPI_ADOPTION, "", tm_issue_week(issue));
    g_autofree char *first = adoption_clause(issue, &adoption);
    g_autofree char *second = second_clause(issue, &adoption);
    return g_strconcat(first, second, NULL);
}

/* ---- Lede -------------------------------------------------------------------------------- */

static const char *people_pattern(const TmChange *users)
{
    gint64 value = users->now->value;
    if (users->state == TM_CHANGE_FIRST)
        return value == 0   ? STRING(LEDE_FIRST_NONE)
               : value == 1 ? STRING(LEDE_FIRST_ONE)
                            : STRING(LEDE_FIRST);
    if (users->difference == 0)
        return STRING(LEDE_SAME);
    if (users->difference > 0)
        return users->difference == 1 ? STRING(LEDE_MORE_ONE) : STRING(LEDE_MORE);
    return users->difference == -1 ? STRING(LEDE_FEWER_ONE) : STRING(LEDE_FEWER);
}

static char *people_sentence(const TmIssue *issue)
{
    TmChange users = tm_change_find(
        issue, tm_series_organisation(issue), TM_KPI_ACTIVE_USERS, "", tm_issue_week(issue));
    if (users.state == TM_CHANGE_INCOMPLETE)
        return g_strdup(STRING(LEDE_INCOMPLETE));
    if ((users.state != TM_CHANGE_KNOWN && users.state != TM_CHANGE_FIRST &&
            users.state != TM_CHANGE_MISSING) ||
        users.now->state != TM_CELL_VALUE)
        return g_strdup("");
    if (users.state == TM_CHANGE_MISSING ||
        (users.state == TM_CHANGE_KNOWN && short_reason(issue) != NULL)) {
        g_autofree char *all = tm_format_count(users.now->value);
        return tm_text_fill(users.now->value == 1 ? STRING(LEDE_SHORT_ONE) : STRING(LEDE_SHORT),
            "count", all, NULL);
    }
    gint64 shown = users.state == TM_CHANGE_FIRST || users.difference == 0 ? users.now->value
                                                                           : ABS(users.difference);
    g_autofree char *count = tm_format_count(shown);
    return tm_text_fill(people_pattern(&users), "count", count, NULL);
}

/* The block whose metered cost rose most, when it holds more than half of the rise; else NULL. */
static const TmScope *main_source(const TmIssue *issue, gint64 rise, gboolean *nearly_all)
{
    const GPtrArray *scopes = tm_issue_scopes(issue);
    for (guint i = 0; i < scopes->len; i++) {
        const TmScope *scope = scopes->pdata[i];
        if (scope->kind != TM_SCOPE_BLOCK || !scope->own_line)
            continue;
        TmChange change =
            tm_change_find(issue, scope, TM_KPI_COST_METERED, "", tm_issue_week(issue));
        if (change.state != TM_CHANGE_KNOWN ||
            tm_compare_products(change.difference, 2, rise, 1) <= 0)
            continue;
        *nearly_all = tm_compare_products(change.difference, 100, rise, NEARLY_ALL_PERCENT) >= 0;
        return scope;
    }
    return NULL;
}

/* A change that would not move the whole cost is no news, and could seem to contradict the message.
 */
static gboolean is_small_beside_cost(const TmIssue *issue, const TmChange *metered)
{
    TmChange cost =
        tm_change_find(issue, tm_series_organisation(issue), TM_KPI_COST, "", tm_issue_week(issue));
    return cost.state == TM_CHANGE_KNOWN && tm_change_is_flat(TM_UNIT_MONEY, cost.before->value,
                                                cost.before->value + metered->difference);
}

static char *metered_sentence(const TmIssue *issue)
{
    TmChange metered = tm_change_find(
        issue, tm_series_organisation(issue), TM_KPI_COST_METERED, "", tm_issue_week(issue));
    if (metered.state != TM_CHANGE_KNOWN || metered.direction == 0 ||
        is_small_beside_cost(issue, &metered) || short_reason(issue) != NULL)
        return g_strdup("");
    g_autofree char *amount =
        tm_format_value(TM_UNIT_MONEY, ABS(metered.difference), tm_issue_currency(issue));
    if (metered.direction < 0)
        return tm_text_fill(STRING(LEDE_METERED_FELL), "amount", amount, NULL);
    gboolean nearly_all = FALSE;
    const TmScope *source = main_source(issue, metered.difference, &nearly_all);
    if (source == NULL)
        return tm_text_fill(STRING(LEDE_METERED_ROSE), "amount", amount, NULL);
    return tm_text_fill(
        nearly_all ? STRING(LEDE_METERED_ROSE_NEARLY) : STRING(LEDE_METERED_ROSE_MOST), "amount",
        amount, "group", source->name, NULL);
}

char *tm_message_lede(const TmIssue *issue)
{
    g_autofree char *people = people_sentence(issue);
    g_autofree char *metered = metered_sentence(issue);
    return g_strconcat(people, *people != '\0' && *metered != '\0' ? " " : "", metered, NULL);
}
