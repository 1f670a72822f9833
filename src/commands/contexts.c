/* Set-up to archive lines: see contexts.h. */
#include "contexts.h"

#include <string.h>

static void add(GArray *contexts, const char *kind, const char *scope, const char *key,
    gint64 number, const char *text)
{
    const TmContext context = {.kind = g_intern_string(kind),
        .scope = g_intern_string(scope),
        .key = g_intern_string(key),
        .number = number,
        .text = text == NULL ? NULL : g_intern_string(text)};
    g_array_append_val(contexts, context);
}

static void add_settings(GArray *contexts, const TmSettings *settings)
{
    const struct {
        const char *key;
        gint64 value;
    } published[] = {
        {"minimum_people", settings->minimum_people},
        {"distribution_people", settings->distribution_people},
        {"cross_cut_people", settings->cross_cut_people},
        {"regular_sessions", settings->regular_sessions},
        {"regular_days", settings->regular_days},
        {"regular_tokens", settings->regular_tokens},
        {"active_threshold", settings->active_threshold},
        {"settle_days", settings->settle_days},
        {"fiscal_year_month", settings->fiscal_year_month},
        {"cost_spike_percent", settings->cost_spike_percent},
        {"budget_percent", settings->budget_percent},
        {"department_budget_percent", settings->department_budget_percent},
        {"token_spike_percent", settings->token_spike_percent},
        {"adoption_drop_points", settings->adoption_drop_points},
        {"adoption_drop_people", settings->adoption_drop_people},
        {"adoption_fall_percent", settings->adoption_fall_percent},
        {"adoption_stall_points", settings->adoption_stall_points},
        {"not_started_people", settings->not_started_people},
        {"slow_start_percent", settings->slow_start_percent},
        {"slow_start_people", settings->slow_start_people},
        {"streak_collapse_percent", settings->streak_collapse_percent},
        {"session_depth_percent", settings->session_depth_percent},
        {"unused_seats_percent", settings->unused_seats_percent},
    };
    add(contexts, "currency", "", "", 0, settings->currency);
    add(contexts, "time_zone", "", "", 0, settings->time_zone);
    for (gsize i = 0; i < G_N_ELEMENTS(published); i++)
        add(contexts, "setting", "", published[i].key, published[i].value, NULL);
}

/* The unit that a scope stands for: itself, its one department, its one team; else none. */
static TmTeamIndex unit_of(const TmSetup *setup, const TmScope *scope)
{
    if (scope->kind == TM_SCOPE_ORGANISATION)
        return 0;
    TmTeamIndex unit = TM_TEAM_NONE;
    for (guint i = 0; i < setup->teams->len; i++) {
        const TmTeam *team = &g_array_index(setup->teams, TmTeam, i);
        for (guint t = 0; t < scope->teams->len; t++) {
            if (strcmp(team->id, g_ptr_array_index(scope->teams, t)) != 0)
                continue;
            TmTeamIndex candidate = scope->kind == TM_SCOPE_BLOCK ? i : team->department;
            if (unit != TM_TEAM_NONE && unit != candidate)
                return TM_TEAM_NONE;
            unit = candidate;
        }
    }
    return unit;
}

/* A goal's number (62 % is 62,000,000) in the integers of cells. */
static gint64 cell_number(TmKpiId kpi, gint64 micros)
{
    return tm_divide_half_even(micros, TM_MICROS_PER_UNIT / tm_unit_scale(tm_kpi(kpi)->unit));
}

static void add_goals(
    GArray *contexts, const TmSetup *setup, const TmScope *scope, TmTeamIndex unit, TmDay day)
{
    for (int id = 0; id < TM_KPI_COUNT; id++) {
        const char *key = tm_kpi((TmKpiId)id)->key;
        const TmGoal *goal = tm_setup_goal(setup, unit, key, day);
        if (goal == NULL)
            continue;
        const struct {
            const char *kind;
            gint64 value;
        } numbers[] = {{"goal.target", goal->target}, {"goal.lower", goal->lower},
            {"goal.upper", goal->upper}, {"goal.ramp_from", goal->ramp_from}};
        for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
            if (numbers[i].value != TM_MONEY_NONE)
                add(contexts, numbers[i].kind, scope->id, key,
                    cell_number((TmKpiId)id, numbers[i].value), NULL);
        if (goal->first != TM_DAY_NONE)
            add(contexts, "goal.start", scope->id, key, goal->first, NULL);
        if (goal->ramp_from != TM_MONEY_NONE)
            add(contexts, "goal.ramp_end", scope->id, key, goal->ramp_end, NULL);
    }
}

/* The rollout that a unit is in: its own, else that of the nearest unit above. */
static void add_rollout(
    GArray *contexts, const TmSetup *setup, const TmScope *scope, TmTeamIndex unit)
{
    for (; unit != TM_TEAM_NONE; unit = g_array_index(setup->teams, TmTeam, unit).parent) {
        const TmTeam *team = &g_array_index(setup->teams, TmTeam, unit);
        if (team->rollout_state == NULL)
            continue;
        add(contexts, "rollout", scope->id, "state", 0, team->rollout_state);
        if (team->rollout_start != TM_DAY_NONE)
            add(contexts, "rollout", scope->id, "start", team->rollout_start, NULL);
        return;
    }
}

static TmDaySpan reporting_month(TmWeek week)
{
    int year, month, other_year, other_month;
    TmWeek first = week, last = week;
    tm_week_month(week, &year, &month);
    for (TmWeek other = week - 5; other <= week + 5; other++) {
        tm_week_month(other, &other_year, &other_month);
        if (other_year != year || other_month != month)
            continue;
        first = MIN(first, other);
        last = MAX(last, other);
    }
    return (TmDaySpan){tm_week_monday(first), tm_week_monday(last) + 6};
}

/* Of each week, and of the reporting month that it lies in. */
static void add_budgets(GArray *contexts, const TmSetup *setup, const TmScope *scope,
    TmTeamIndex unit, const TmMeasured *measured)
{
    gint64 micros;
    for (guint i = 0; i < measured->weeks->len; i++) {
        const TmMeasuredWeek *measured_week = g_ptr_array_index(measured->weeks, i);
        TmWeek week = measured_week->partition->week;
        TmDay monday = tm_week_monday(week);
        g_autofree char *name = tm_week_format(week);
        if (tm_setup_budget(setup, unit, (TmDaySpan){monday, monday + 6}, &micros))
            add(contexts, "budget", scope->id, name, micros, NULL);
        if (tm_setup_budget(setup, unit, reporting_month(week), &micros))
            add(contexts, "month_budget", scope->id, name, micros, NULL);
    }
}

/*
 * Whether an event of a unit stands with a scope. That of a team stands with the block that the
 * team is in; that of a larger unit with each department that has teams in it.
 */
static gboolean happened_in(const TmSetup *setup, TmTeamIndex unit, const TmScope *scope)
{
    const TmTeam *of_event = &g_array_index(setup->teams, TmTeam, unit);
    if (unit == 0 || scope->kind == TM_SCOPE_ORGANISATION)
        return unit == 0 && scope->kind == TM_SCOPE_ORGANISATION;
    gboolean is_team = of_event->type == TM_TEAM_TEAM;
    if (is_team != (scope->kind == TM_SCOPE_BLOCK))
        return FALSE;
    for (guint i = 0; i < setup->teams->len; i++)
        for (guint t = 0; t < scope->teams->len; t++)
            if (strcmp(g_array_index(setup->teams, TmTeam, i).id,
                    g_ptr_array_index(scope->teams, t)) == 0 &&
                tm_setup_team_within(setup, i, unit))
                return TRUE;
    return FALSE;
}

/* Up to the issue's last day: what is to come is not published. */
static void add_events(GArray *contexts, const TmSetup *setup, const TmScope *scope, TmDay last_day)
{
    if (scope->kind != TM_SCOPE_ORGANISATION && scope->kind != TM_SCOPE_DEPARTMENT &&
        scope->kind != TM_SCOPE_BLOCK)
        return;
    for (guint i = 0; i < setup->events->len; i++) {
        const TmEvent *event = &g_array_index(setup->events, TmEvent, i);
        if (event->day <= last_day && happened_in(setup, event->team, scope))
            add(contexts, "event", scope->id, "", event->day, event->text);
    }
}

char *tm_contexts_definitions(const TmSettings *settings)
{
    const struct {
        const char *key;
        gint64 value;
    } parts[] = {
        {"program", TM_RULE_VERSION},
        {"active_threshold", settings->active_threshold},
        {"regular_sessions", settings->regular_sessions},
        {"regular_days", settings->regular_days},
        {"regular_tokens", settings->regular_tokens},
        {"hours_per_day", settings->hours_per_day},
        {"work_days", settings->work_days},
    };
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_string_append_printf(text, "%s=%" G_GINT64_FORMAT ";", parts[i].key, parts[i].value);
    g_string_append_printf(
        text, "time_zone=%s;currency=%s", settings->time_zone, settings->currency);
    return g_string_free(text, FALSE);
}

GArray *tm_contexts_make(
    const TmSetup *setup, const TmMeasured *measured, TmWeek issue, const char *definitions)
{
    GArray *contexts = g_array_new(FALSE, FALSE, sizeof(TmContext));
    const TmMeasuredWeek *last = g_ptr_array_index(measured->weeks, measured->weeks->len - 1);
    add_settings(contexts, &setup->settings);
    add(contexts, "definitions", "", "", 0, definitions);
    for (guint i = 0; i < last->partition->scopes->len; i++) {
        const TmScope *scope = g_ptr_array_index(last->partition->scopes, i);
        add_events(contexts, setup, scope, tm_week_monday(issue) + 6);
        TmTeamIndex unit = unit_of(setup, scope);
        if (unit == TM_TEAM_NONE)
            continue;
        add_goals(contexts, setup, scope, unit, tm_week_monday(issue) + 6);
        add_rollout(contexts, setup, scope, unit);
        /* A department that stands for the whole organisation has no budget of its own. */
        if (scope->kind == TM_SCOPE_ORGANISATION ||
            (scope->kind == TM_SCOPE_DEPARTMENT && unit != 0))
            add_budgets(contexts, setup, scope, unit, measured);
    }
    return contexts;
}
