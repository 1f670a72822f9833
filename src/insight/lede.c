/*
 * The lede: what stands behind the message. People first, then metered cost with the block that
 * holds most of its rise; what would not move the whole is left out.
 */
#include "message.h"

#define NEARLY_ALL_PERCENT 90

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
        (users.state == TM_CHANGE_KNOWN && message_short_reason(issue) != NULL)) {
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
        is_small_beside_cost(issue, &metered) || message_short_reason(issue) != NULL)
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
