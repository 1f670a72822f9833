/* goals.csv, and the goal in force for a unit. */
#include <string.h>

#include "loading.h"
#include "row.h"

enum { TEAM, METRIC, TARGET, LOWER, UPPER, FIRST, LAST, RAMP_FROM, RAMP_END, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [TEAM] = {"team_id", "team", 1},
    [METRIC] = {"metric", "kpi", 2},
    [TARGET] = {"target", "goal", 0},
    [LOWER] = {"lower", "minimum", 0},
    [UPPER] = {"upper", "maximum", 0},
    [FIRST] = {"start_date", NULL, 0},
    [LAST] = {"end_date", NULL, 0},
    [RAMP_FROM] = {"ramp_from", NULL, 0},
    [RAMP_END] = {"ramp_end", NULL, 0},
};

static gboolean is_known(const TableRow *row, const GArray *goals, const TmGoal *wanted)
{
    for (guint i = 0; i < goals->len; i++) {
        const TmGoal *goal = &g_array_index(goals, TmGoal, i);
        if (goal->team == wanted->team && g_str_equal(goal->metric, wanted->metric) &&
            days_overlap(goal->first, goal->last, wanted->first, wanted->last)) {
            row_report(row, TM_KIND_OVERLAP, FIRST,
                "an earlier row sets the same goal on some of these days");
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean bounds_are_in_order(const TableRow *row, const TmGoal *goal)
{
    gboolean lower = goal->lower != TM_MONEY_NONE, upper = goal->upper != TM_MONEY_NONE;
    if (!lower && !upper && goal->target == TM_MONEY_NONE) {
        row_report(row, TM_KIND_MISSING_FIELD, TARGET, "target, lower and upper are all empty");
        return FALSE;
    }
    if (lower && upper && goal->lower > goal->upper) {
        row_report(row, TM_KIND_BAD_VALUE, UPPER, "the upper bound is below the lower one");
        return FALSE;
    }
    return TRUE;
}

/* A line needs both its ends: a value and a day at each. */
static gboolean ramp_is_whole(const TableRow *row, const TmGoal *goal)
{
    gboolean begins = goal->ramp_from != TM_MONEY_NONE, ends = goal->ramp_end != TM_DAY_NONE;
    if (!begins && !ends)
        return TRUE;
    if (!begins || !ends || goal->lower == TM_MONEY_NONE || goal->first == TM_DAY_NONE) {
        row_report(row, TM_KIND_MISSING_FIELD, begins ? RAMP_END : RAMP_FROM,
            "a ramp needs lower, start_date, ramp_from and ramp_end");
        return FALSE;
    }
    if (goal->ramp_end <= goal->first) {
        row_report(row, TM_KIND_BAD_DATE, RAMP_END, "the ramp ends before it begins");
        return FALSE;
    }
    return TRUE;
}

static void take_row(const TableRow *row, gpointer user)
{
    Loading *loading = user;
    const char *text;
    TmGoal goal = {0};
    if (!row_team(loading, row, TEAM, &goal.team) || !row_text(row, METRIC, &text) ||
        !row_money(row, TARGET, TM_MONEY_NONE, &goal.target) ||
        !row_money(row, LOWER, TM_MONEY_NONE, &goal.lower) ||
        !row_money(row, UPPER, TM_MONEY_NONE, &goal.upper) || !bounds_are_in_order(row, &goal) ||
        !row_days(row, FIRST, LAST, &goal.first, &goal.last) ||
        !row_money(row, RAMP_FROM, TM_MONEY_NONE, &goal.ramp_from) ||
        !row_day(row, RAMP_END, TM_DAY_NONE, &goal.ramp_end) || !ramp_is_whole(row, &goal))
        return;
    goal.metric = key_fold(text);
    if (is_known(row, loading->setup->goals, &goal))
        g_free(goal.metric);
    else
        g_array_append_val(loading->setup->goals, goal);
}

gboolean goals_load(Loading *loading)
{
    static const TableFormat format = {"goals.csv", columns, COLUMN_COUNT, "note", take_row};
    return table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint,
               loading) != TABLE_UNUSABLE;
}

static const TmGoal *goal_of(const TmSetup *setup, TmTeamIndex unit, const char *metric, TmDay day)
{
    for (guint i = 0; i < setup->goals->len; i++) {
        const TmGoal *goal = &g_array_index(setup->goals, TmGoal, i);
        if (goal->team == unit && goal->first <= day && day <= goal->last &&
            g_str_equal(goal->metric, metric))
            return goal;
    }
    return NULL;
}

const TmGoal *tm_setup_goal(const TmSetup *setup, TmTeamIndex unit, const char *metric, TmDay day)
{
    const TmGoal *goal = NULL;
    while (goal == NULL && unit != TM_TEAM_NONE) {
        goal = goal_of(setup, unit, metric, day);
        unit = g_array_index(setup->teams, TmTeam, unit).parent;
    }
    return goal;
}
