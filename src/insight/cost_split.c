/*
 * Why metered cost changed: more users, or more use and price per user.
 *
 *   change = Δusers × (p + p′) ÷ 2 + Δp × (u + u′) ÷ 2     with p = cost ÷ users
 *
 * holds exactly, whichever week comes first. The first part is
 * Δusers × (c u′ + c′ u) ÷ (2 u u′), rounded half to even once to the micro-unit; what is left of
 * the change is the second, so that the parts always add up.
 */
#include "series.h"
#include "strings.h"

#define MOST_USERS 100000000                            /* more than there are users */
#define MOST_COST (G_MAXINT64 / 4 / TM_MICROS_PER_UNIT) /* of whole units: 2 trillion */

__extension__ typedef __int128 Wide;

static Wide half_even(Wide numerator, Wide denominator)
{
    Wide size = numerator < 0 ? -numerator : numerator;
    Wide quotient = size / denominator, rest = size % denominator;
    if (2 * rest > denominator || (2 * rest == denominator && quotient % 2 == 1))
        quotient++;
    return numerator < 0 ? -quotient : quotient;
}

gboolean tm_cost_split_parts(gint64 users_before, gint64 users_now, gint64 cost_before,
    gint64 cost_now, gint64 *users, gint64 *use)
{
    if (users_before <= 0 || users_now <= 0 || users_before > MOST_USERS ||
        users_now > MOST_USERS || ABS(cost_before / TM_MICROS_PER_UNIT) > MOST_COST ||
        ABS(cost_now / TM_MICROS_PER_UNIT) > MOST_COST)
        return FALSE;
    Wide mean = (Wide)cost_before * users_now + (Wide)cost_now * users_before;
    Wide part = half_even((users_now - users_before) * mean, (Wide)2 * users_before * users_now);
    if (part < G_MININT64 / 2 || part > G_MAXINT64 / 2)
        return FALSE;
    *users = (gint64)part;
    *use = cost_now - cost_before - *users;
    return TRUE;
}

/* A side that no source supplies changes nothing; FALSE when a change exists and is not known. */
static gboolean side_change(TmChange change, TmCostSplit *split, gint64 *difference)
{
    gboolean absent = (change.now == NULL || change.now->state == TM_CELL_NOT_MEASURED) &&
                      (change.before == NULL || change.before->state == TM_CELL_NOT_MEASURED);
    *difference = change.difference;
    if (change.state == TM_CHANGE_KNOWN || absent)
        return TRUE;
    split->reason = tm_change_reason(&change);
    return FALSE;
}

static gboolean split_metered(const TmChange *metered, const TmChange *users, TmCostSplit *split)
{
    if (metered->state != TM_CHANGE_KNOWN)
        return TRUE; /* no metered cost in either week */
    if (users->state != TM_CHANGE_KNOWN) {
        split->reason = tm_change_reason(users);
        return FALSE;
    }
    if (tm_cost_split_parts(users->before->value, users->now->value, metered->before->value,
            metered->now->value, &split->users, &split->use))
        return TRUE;
    split->reason = STRING(SPLIT_NOBODY);
    return FALSE;
}

gboolean tm_cost_split_find(const TmIssue *issue, const TmScope *scope, TmCostSplit *split)
{
    TmWeek week = tm_issue_week(issue);
    TmChange metered = tm_change_find(issue, scope, TM_KPI_COST_METERED, "", week);
    TmChange seats = tm_change_find(issue, scope, TM_KPI_COST_SEATS, "", week);
    TmChange users = tm_change_find(issue, scope, TM_KPI_ACTIVE_USERS, "", week);
    gint64 metered_difference;
    *split = (TmCostSplit){0};
    if (metered.state != TM_CHANGE_KNOWN && seats.state != TM_CHANGE_KNOWN) {
        split->reason =
            tm_change_reason(metered.state == TM_CHANGE_NOT_MEASURED ? &seats : &metered);
        return FALSE;
    }
    if (!side_change(seats, split, &split->seats) ||
        !side_change(metered, split, &metered_difference) ||
        !split_metered(&metered, &users, split))
        return FALSE;
    split->has_metered = metered.state == TM_CHANGE_KNOWN;
    split->change = split->seats + metered_difference;
    return TRUE;
}

/* "+$40", "−$12", "$0". */
static char *signed_money(const TmIssue *issue, gint64 micros)
{
    g_autofree char *amount = tm_format_value(TM_UNIT_MONEY, micros, tm_issue_currency(issue));
    return g_strconcat(micros > 0 ? "+" : "", amount, NULL);
}

char *tm_cost_split_sentence(const TmIssue *issue, const TmCostSplit *split)
{
    if (split->reason != NULL)
        return tm_text_fill(STRING(SPLIT_UNKNOWN), "reason", split->reason, NULL);
    g_autofree char *change = signed_money(issue, split->change);
    g_autofree char *seats = signed_money(issue, split->seats);
    g_autofree char *users = signed_money(issue, split->users);
    g_autofree char *use = signed_money(issue, split->use);
    return tm_text_fill(split->has_metered ? STRING(SPLIT) : STRING(SPLIT_SEATS), "change", change,
        "seats", seats, "users", users, "use", use, NULL);
}
