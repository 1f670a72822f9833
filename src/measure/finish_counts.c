/* Counts of people and cuts, for the organisation and its departments. */
#include "finish.h"

/* What a count is a part of, and for how many weeks there must be data. */
static const struct {
    TmKpiId kpi, base;
    guint weeks;
    gboolean organisation_only;
} counts[] = {
    {TM_KPI_GAINED_USERS, TM_KPI_LICENSED, 2, FALSE},
    {TM_KPI_LOST_USERS, TM_KPI_LICENSED, 2, FALSE},
    {TM_KPI_NEW_USERS, TM_KPI_LICENSED, 2, FALSE},
    {TM_KPI_LAPSED_USERS, TM_KPI_LICENSED, 2, FALSE},
    {TM_KPI_LEFT_USERS, TM_KPI_LICENSED, 2, FALSE},
    {TM_KPI_AWAY_USERS, TM_KPI_LICENSED, 2, FALSE},
    {TM_KPI_ACTIVE_UNLICENSED, TM_KPI_LICENSED, 1, TRUE},
    {TM_KPI_ZERO_SESSION_PEOPLE, TM_KPI_LICENSED, 4, FALSE},
    {TM_KPI_IDLE_PEOPLE, TM_KPI_LICENSED, 9, FALSE},
    {TM_KPI_DECLINING_USERS, TM_KPI_LICENSED, 8, FALSE},
    {TM_KPI_NOT_STARTED, TM_KPI_LICENSED, 1, FALSE},
    {TM_KPI_STARTERS, TM_KPI_LICENSED, 1, FALSE},
    {TM_KPI_SLOW_STARTERS, TM_KPI_STARTERS, 1, FALSE},
};

static const struct {
    TmKpiId kpi, base;
    guint weeks;
} cuts[] = {
    {TM_KPI_USAGE_FREQUENCY, TM_KPI_LICENSED, 1},
    {TM_KPI_SEGMENTS, TM_KPI_LICENSED, 4},
    {TM_KPI_STREAK_BANDS, TM_KPI_ACTIVE_USERS, 1},
    {TM_KPI_TOOL_ACTIVE, TM_KPI_LICENSED, 1},
    {TM_KPI_TOOL_TOKENS, TM_KPI_LICENSED, 1},
    {TM_KPI_TOOL_METERED, TM_KPI_LICENSED, 1},
    {TM_KPI_TOOL_LIST_VALUE, TM_KPI_LICENSED, 1},
    {TM_KPI_TOOL_SESSIONS, TM_KPI_LICENSED, 1},
    {TM_KPI_MODEL_TOKENS, TM_KPI_LICENSED, 1},
    {TM_KPI_SURFACE_USE, TM_KPI_LICENSED, 1},
    {TM_KPI_TASK_USE, TM_KPI_LICENSED, 1},
    {TM_KPI_PROJECT_TOKENS, TM_KPI_LICENSED, 1},
};

static guint unless_data_for(const TmPass *pass, const TmFrame *frame, guint weeks)
{
    gboolean known =
        pass->first_data != TM_WEEK_NONE && frame->week - pass->first_data >= (TmWeek)weeks - 1;
    return known ? 0 : TM_FIGURE_NOT_MEASURED;
}

static gboolean is_upper(const TmScope *scope)
{
    return scope->kind == TM_SCOPE_ORGANISATION || scope->kind == TM_SCOPE_DEPARTMENT;
}

void tm_finish_counts(const TmPass *pass, TmMeasuredWeek *week, guint index)
{
    TmFrame *frame = &pass->frames[index];
    GPtrArray *scopes = frame->partition->scopes;
    for (guint scope = 0; scope < scopes->len; scope++) {
        if (!is_upper(scopes->pdata[scope]))
            continue;
        for (gsize k = 0; k < G_N_ELEMENTS(counts); k++) {
            if (counts[k].organisation_only && scope != 0)
                continue;
            const TmSum *sum = tm_week_sum(frame->sums, scope, counts[k].kpi);
            tm_finish_add(week, frame,
                (TmFigure){.kpi = counts[k].kpi,
                    .scope = scope,
                    .flags = unless_data_for(pass, frame, counts[k].weeks),
                    .value = sum->value,
                    .people = sum->people,
                    .base = (guint)tm_week_sum(frame->sums, scope, counts[k].base)->value});
        }
    }
}

static const char *part_name(const TmPass *pass, TmKpiId kpi, guint part)
{
    const char *const *buckets = tm_kpi_buckets(kpi);
    switch (tm_kpi(kpi)->by) {
    case TM_PART_MODEL:
    case TM_PART_PROJECT:
        return pass->part_names->pdata[part - 1]; /* nothing is counted without a name */
    case TM_PART_SURFACE:
        return tm_surface_name((TmSurface)part);
    case TM_PART_TASK:
        return tm_task_name((TmTask)part);
    case TM_PART_TOOL:
        return g_intern_string(g_array_index(pass->setup->tools, TmTool, part).key);
    case TM_PART_BUCKET:
    case TM_PART_NONE:
        break;
    }
    return buckets[part];
}

static void add_cut(const TmPass *pass, TmMeasuredWeek *week, TmFrame *frame, guint scope, gsize k)
{
    TmKpiId kpi = cuts[k].kpi;
    guint base = (guint)tm_week_sum(frame->sums, scope, cuts[k].base)->value;
    guint flags = unless_data_for(pass, frame, cuts[k].weeks);
    if (kpi == TM_KPI_TOOL_SESSIONS && !tm_finish_sessions_are_covered(frame, scope))
        flags |= TM_FIGURE_NOT_MEASURED;
    guint known = tm_week_cut_parts(frame->sums, scope, kpi);
    guint parts = tm_kpi_buckets(kpi) != NULL ? g_strv_length((char **)tm_kpi_buckets(kpi)) : known;
    for (guint part = 0; part < parts; part++) {
        const TmSum none = {0};
        const TmSum *sum = part < known ? tm_week_cut(frame->sums, scope, kpi, part) : &none;
        /* A tool that nobody used is no part; a group of people without anybody is. */
        if (sum->people == 0 && tm_kpi(kpi)->by != TM_PART_BUCKET)
            continue;
        tm_finish_add(week, frame,
            (TmFigure){.kpi = kpi,
                .scope = scope,
                .part = part_name(pass, kpi, part),
                .flags = sum->flags | flags,
                .value = sum->value,
                .people = sum->people,
                .base = base,
                .largest = sum->largest,
                .second = sum->second});
    }
}

void tm_finish_cuts(const TmPass *pass, TmMeasuredWeek *week, guint index)
{
    TmFrame *frame = &pass->frames[index];
    GPtrArray *scopes = frame->partition->scopes;
    for (guint scope = 0; scope < scopes->len; scope++)
        for (gsize k = 0; is_upper(scopes->pdata[scope]) && k < G_N_ELEMENTS(cuts); k++)
            add_cut(pass, week, frame, scope, k);
}
