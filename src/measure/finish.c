/* Sums become figures, block by block and upward: see pass.h. */
#include "pass.h"

#include "seats.h"

#include <string.h>

/* KPIs that are summed over people and rolled up from blocks. */
static const TmKpiId rolled_up[] = {TM_KPI_LICENSED, TM_KPI_ACTIVE_USERS, TM_KPI_REGULAR_USERS,
    TM_KPI_TOKENS, TM_KPI_INPUT_TOKENS, TM_KPI_CACHE_WRITE_TOKENS, TM_KPI_OUTPUT_TOKENS,
    TM_KPI_CACHE_READ_TOKENS, TM_KPI_UNSPLIT_TOKENS, TM_KPI_COST_SEATS, TM_KPI_COST_METERED,
    TM_KPI_LIST_VALUE, TM_KPI_STREAK, TM_KPI_PRESENT, TM_KPI_PRESENT_ACTIVE, TM_KPI_WORKING_DAYS,
    TM_KPI_USUAL_DAYS};

/* The organisation's flows and lines of their own. */
static const TmKpiId top_counts[] = {TM_KPI_GAINED_USERS, TM_KPI_LOST_USERS, TM_KPI_NEW_USERS,
    TM_KPI_LAPSED_USERS, TM_KPI_ACTIVE_UNLICENSED};

/* Any of these must be supplied for a KPI to be measured; 0: always. */
static guint32 needed_measures(TmKpiId kpi)
{
    switch (kpi) {
    case TM_KPI_TOKENS:
        return TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS) |
               TM_MEASURE_BIT(TM_MEASURE_CACHE_WRITE_TOKENS) |
               TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS);
    case TM_KPI_INPUT_TOKENS:
        return TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS);
    case TM_KPI_CACHE_WRITE_TOKENS:
        return TM_MEASURE_BIT(TM_MEASURE_CACHE_WRITE_TOKENS);
    case TM_KPI_OUTPUT_TOKENS:
        return TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS);
    case TM_KPI_CACHE_READ_TOKENS:
        return TM_MEASURE_BIT(TM_MEASURE_CACHE_READ_TOKENS);
    case TM_KPI_UNSPLIT_TOKENS:
        return TM_MEASURE_BIT(TM_MEASURE_UNSPLIT_TOKENS);
    case TM_KPI_COST_METERED:
        return TM_MEASURE_BIT(TM_MEASURE_METERED);
    case TM_KPI_LIST_VALUE:
        return TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    case TM_KPI_ACTIVE_USERS:
    case TM_KPI_REGULAR_USERS:
    case TM_KPI_PRESENT_ACTIVE:
    case TM_KPI_STREAK:
    case TM_KPI_STREAK_MEDIAN:
    case TM_KPI_GAINED_USERS:
    case TM_KPI_LOST_USERS:
    case TM_KPI_NEW_USERS:
    case TM_KPI_LAPSED_USERS:
    case TM_KPI_ACTIVE_UNLICENSED:
    case TM_KPI_UNASSIGNED_ACCOUNTS:
        return TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    default:
        return 0;
    }
}

static guint frame_flags(const TmFrame *frame, TmKpiId kpi)
{
    guint32 needed = needed_measures(kpi);
    if (needed == 0)
        return 0;
    guint flags = frame->incomplete ? TM_FIGURE_INCOMPLETE : 0;
    return (frame->supplied & needed) == 0 ? flags | TM_FIGURE_NOT_MEASURED : flags;
}

static void add_figure(TmMeasuredWeek *week, const TmFrame *frame, TmFigure figure)
{
    figure.flags |= frame_flags(frame, figure.kpi);
    if (figure.part == NULL)
        figure.part = "";
    if (figure.denominator == 0)
        figure.denominator = 1;
    g_array_append_val(week->figures, figure);
}

static void roll_up(TmFrame *frame)
{
    GPtrArray *scopes = frame->partition->scopes;
    /* Blocks first into their departments, then these and what has no block into the whole. */
    for (guint pass = 0; pass < 2; pass++) {
        for (guint i = scopes->len; i-- > 1;) {
            const TmScope *scope = g_ptr_array_index(scopes, i);
            if ((scope->kind == TM_SCOPE_BLOCK) != (pass == 0))
                continue;
            for (gsize k = 0; k < G_N_ELEMENTS(rolled_up); k++)
                tm_sum_merge(tm_week_sum(frame->sums, scope->parent, rolled_up[k]),
                    tm_week_sum(frame->sums, i, rolled_up[k]));
            GArray *streaks = frame->sums->streaks[i];
            g_array_append_vals(frame->sums->streaks[scope->parent], streaks->data, streaks->len);
        }
    }
}

static void scope_figures(TmMeasuredWeek *week, TmFrame *frame, guint scope)
{
    const TmSum *licensed = tm_week_sum(frame->sums, scope, TM_KPI_LICENSED);
    guint base = (guint)licensed->value;
    for (gsize k = 0; k < G_N_ELEMENTS(rolled_up); k++) {
        TmKpiId kpi = rolled_up[k];
        const TmSum *sum = tm_week_sum(frame->sums, scope, kpi);
        TmFigure figure = {.kpi = kpi,
            .scope = scope,
            .flags = sum->flags,
            .value = sum->value,
            .people = sum->people,
            .base = base,
            .largest = sum->largest,
            .second = sum->second};
        if (kpi == TM_KPI_PRESENT_ACTIVE)
            figure.base = (guint)tm_week_sum(frame->sums, scope, TM_KPI_PRESENT)->value;
        if (kpi == TM_KPI_STREAK) {
            figure.value *= 10; /* tenths of a day */
            figure.denominator = sum->people;
        }
        add_figure(week, frame, figure);
    }
    GArray *streaks = frame->sums->streaks[scope];
    add_figure(week, frame,
        (TmFigure){.kpi = TM_KPI_STREAK_MEDIAN,
            .scope = scope,
            .value = 10 * tm_streaks_twice_median(streaks),
            .denominator = 2,
            .people = streaks->len,
            .base = base});
}

/* Groups without people of their own: only what they add to the whole. */
static void outside_figures(TmMeasuredWeek *week, TmFrame *frame, guint scope)
{
    const TmScope *what = g_ptr_array_index(frame->partition->scopes, scope);
    guint accounts = tm_week_sum(frame->sums, scope, TM_KPI_UNASSIGNED_ACCOUNTS)->people;
    if (what->kind == TM_SCOPE_UNASSIGNED)
        add_figure(week, frame,
            (TmFigure){.kpi = TM_KPI_UNASSIGNED_ACCOUNTS,
                .scope = scope,
                .value = accounts,
                .people = accounts,
                .base = accounts});
    for (gsize k = 0; k < G_N_ELEMENTS(rolled_up); k++) {
        const TmSum *sum = tm_week_sum(frame->sums, scope, rolled_up[k]);
        if (sum->value == 0)
            continue;
        add_figure(week, frame,
            (TmFigure){.kpi = rolled_up[k],
                .scope = scope,
                .flags = sum->flags,
                .value = sum->value,
                .people = sum->people,
                .base = accounts,
                .largest = sum->largest,
                .second = sum->second});
    }
}

static void flow_figures(const TmPass *pass, TmMeasuredWeek *week, TmFrame *frame)
{
    gboolean first_week = pass->first_data == TM_WEEK_NONE || frame->week <= pass->first_data;
    for (gsize k = 0; k < G_N_ELEMENTS(top_counts); k++) {
        const TmSum *sum = tm_week_sum(frame->sums, 0, top_counts[k]);
        gboolean needs_before = top_counts[k] != TM_KPI_ACTIVE_UNLICENSED;
        add_figure(week, frame,
            (TmFigure){.kpi = top_counts[k],
                .flags = needs_before && first_week ? TM_FIGURE_NOT_MEASURED : 0,
                .value = sum->value,
                .people = sum->people,
                .base = (guint)tm_week_sum(frame->sums, 0, TM_KPI_LICENSED)->value});
    }
}

/* TRUE if the tool lacks no day in the `weeks` weeks that end with this one. */
static gboolean covered_for(const TmPass *pass, guint index, guint tool, guint weeks)
{
    for (guint ago = 0; ago < weeks; ago++)
        if (ago > index || tm_pass_missing_days(pass, index - ago, tool) != 0)
            return FALSE;
    return TRUE;
}

static void seat_figure(TmMeasuredWeek *week, TmFrame *frame, const char *tool, TmKpiId kpi,
    gint64 value, gint64 held, gboolean measured)
{
    TmFigure figure = {.kpi = kpi,
        .part = tool,
        .flags = measured ? 0 : TM_FIGURE_NOT_MEASURED,
        .value = measured ? value : 0,
        .people = (guint)CLAMP(value, 0, G_MAXINT32),
        .base = (guint)CLAMP(held, 0, G_MAXINT32)};
    add_figure(week, frame, figure);
}

static void tool_seats(TmPass *pass, TmMeasuredWeek *week, guint index, guint tool)
{
    TmFrame *frame = &pass->frames[index];
    TmDay sunday = tm_week_monday(frame->week) + 6;
    const char *key = g_intern_string(g_array_index(pass->setup->tools, TmTool, tool).key);
    gint64 held = tm_seats_held(pass->setup, tool, sunday);
    gint64 purchased = tm_seats_purchased(pass->setup, tool, sunday);
    gint64 price = tm_seats_month_price(pass->setup, tool, sunday);
    gboolean priced = price != TM_MONEY_NONE;
    gboolean active_known = tm_pass_missing_days(pass, index, tool) == 0;
    gboolean zero_known = covered_for(pass, index, tool, 4);
    gboolean idle_known = covered_for(pass, index, tool, 9);
    gint64 idle = frame->seats_idle[tool];
    seat_figure(week, frame, key, TM_KPI_SEATS_PURCHASED, purchased, held, TRUE);
    seat_figure(week, frame, key, TM_KPI_SEATS_HELD, held, held, TRUE);
    seat_figure(
        week, frame, key, TM_KPI_SEATS_ACTIVE, frame->seats_active[tool], held, active_known);
    seat_figure(
        week, frame, key, TM_KPI_SEATS_ZERO_SESSION, frame->seats_zero[tool], held, zero_known);
    seat_figure(week, frame, key, TM_KPI_SEATS_IDLE, idle, held, idle_known);
    seat_figure(week, frame, key, TM_KPI_SEAT_MONTH_PRICE, price, held, priced);
    seat_figure(
        week, frame, key, TM_KPI_SEATS_MONTH_COST, priced ? price * purchased : 0, held, priced);
}

static void tool_state(const TmPass *pass, TmMeasuredWeek *week, guint index, guint tool)
{
    const TmTool *what = &g_array_index(pass->setup->tools, TmTool, tool);
    TmToolState state = {.tool = g_intern_string(what->key),
        .name = g_strdup(what->name),
        .last_day = TM_DAY_NONE,
        .licence_source = pass->roster->by_licences ? "licenses.csv" : "roster"};
    for (guint i = 0; i <= index; i++) {
        guint8 covered = pass->frames[i].covered[tool];
        if (covered != 0)
            state.last_day = tm_week_monday(pass->frames[i].week) + 31 - __builtin_clz(covered);
        if (index - i < 32 && tm_pass_missing_days(pass, i, tool) != 0)
            state.missing_weeks |= 1u << (index - i);
    }
    state.missing_days = (guint)__builtin_popcount(tm_pass_missing_days(pass, index, tool));
    for (guint source = 0; source < tm_source_count; source++) {
        if ((guint)tm_sources[source].tool != tool ||
            pass->frames[index].days_by_source[source] == 0)
            continue;
        guint32 supplied = tm_sources[source].measures;
        state.has_sessions |= (supplied & TM_MEASURE_BIT(TM_MEASURE_SESSIONS)) != 0;
        state.has_tokens |= (supplied & TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS)) != 0;
        state.has_money |= (supplied & TM_MEASURE_BIT(TM_MEASURE_METERED)) != 0;
    }
    g_array_append_val(week->tools, state);
}

/* Shared and unassigned seats, and purchased ones that nobody holds. */
static void add_spare_cost(const TmPass *pass, TmFrame *frame)
{
    TmDay monday = tm_week_monday(frame->week);
    gint64 cost = tm_seats_spare_cost(pass->setup, monday);
    for (guint i = 0; i < pass->setup->licences->len; i++) {
        const TmLicence *licence = &g_array_index(pass->setup->licences, TmLicence, i);
        if (licence->person == TM_PERSON_UNRESOLVED)
            cost += tm_seats_licence_cost(pass->setup, licence, monday);
    }
    guint spare = tm_partition_single(frame->partition, TM_SCOPE_SPARE);
    tm_sum_add(tm_week_sum(frame->sums, spare, TM_KPI_COST_SEATS), cost, FALSE);
}

static gboolean tool_matters(const TmPass *pass, guint tool)
{
    if (pass->tools_with_licences >> tool & 1)
        return TRUE;
    for (guint i = 0; i < pass->weeks; i++)
        if (pass->frames[i].covered[tool] != 0)
            return TRUE;
    return FALSE;
}

static TmMeasuredWeek *finish_week(TmPass *pass, guint index)
{
    TmFrame *frame = &pass->frames[index];
    TmMeasuredWeek *week = tm_measured_week_new();
    add_spare_cost(pass, frame);
    roll_up(frame);
    for (guint scope = 0; scope < frame->partition->scopes->len; scope++) {
        const TmScope *what = g_ptr_array_index(frame->partition->scopes, scope);
        if (what->kind == TM_SCOPE_UNASSIGNED || what->kind == TM_SCOPE_SPARE)
            outside_figures(week, frame, scope);
        else
            scope_figures(week, frame, scope);
    }
    flow_figures(pass, week, frame);
    for (guint tool = 0; tool < pass->setup->tools->len; tool++) {
        if (!tool_matters(pass, tool))
            continue;
        tool_state(pass, week, index, tool);
        if (pass->tools_with_licences >> tool & 1)
            tool_seats(pass, week, index, tool);
    }
    week->partition = g_steal_pointer(&frame->partition);
    return week;
}

TmMeasured *tm_pass_finish(TmPass *pass)
{
    TmMeasured *measured = tm_measured_new();
    for (guint index = pass->measured; index < pass->weeks; index++)
        if (pass->frames[index].partition != NULL)
            g_ptr_array_add(measured->weeks, finish_week(pass, index));
    return measured;
}
