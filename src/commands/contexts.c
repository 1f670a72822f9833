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
        {"adoption_drop_points", settings->adoption_drop_points},
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
            {"goal.upper", goal->upper}};
        for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
            if (numbers[i].value != TM_MONEY_NONE)
                add(contexts, numbers[i].kind, scope->id, key,
                    cell_number((TmKpiId)id, numbers[i].value), NULL);
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

static void add_budgets(GArray *contexts, const TmSetup *setup, const TmScope *scope,
    TmTeamIndex unit, const TmMeasured *measured, TmWeek issue)
{
    gint64 micros;
    for (guint i = 0; i < measured->weeks->len; i++) {
        const TmMeasuredWeek *week = g_ptr_array_index(measured->weeks, i);
        TmDay monday = tm_week_monday(week->partition->week);
        g_autofree char *name = tm_week_format(week->partition->week);
        if (tm_setup_budget(setup, unit, (TmDaySpan){monday, monday + 6}, &micros))
            add(contexts, "budget", scope->id, name, micros, NULL);
    }
    if (tm_setup_budget(setup, unit, reporting_month(issue), &micros))
        add(contexts, "month_budget", scope->id, "", micros, NULL);
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

GArray *tm_contexts_make(const TmSetup *setup, const TmMeasured *measured, TmWeek issue)
{
    GArray *contexts = g_array_new(FALSE, FALSE, sizeof(TmContext));
    const TmMeasuredWeek *last = g_ptr_array_index(measured->weeks, measured->weeks->len - 1);
    add_settings(contexts, &setup->settings);
    for (guint i = 0; i < last->partition->scopes->len; i++) {
        const TmScope *scope = g_ptr_array_index(last->partition->scopes, i);
        add_events(contexts, setup, scope, tm_week_monday(issue) + 6);
        TmTeamIndex unit = unit_of(setup, scope);
        if (unit == TM_TEAM_NONE)
            continue;
        add_goals(contexts, setup, scope, unit, tm_week_monday(issue) + 6);
        if (scope->kind != TM_SCOPE_BLOCK)
            add_budgets(contexts, setup, scope, unit, measured, issue);
    }
    return contexts;
}
