/* Sums become figures, block by block and upward: see pass.h, finish.h. */
#include "finish.h"

#include "seats.h"

/* Session figures say nothing when fewer of the active people than this, in percent, use tools that
 * report sessions. */
#define SESSION_COVERAGE_PERCENT 60

#define BIT(measure) TM_MEASURE_BIT(TM_MEASURE_##measure)

/* Any of these must be supplied for a KPI to be measured; without a row: always. */
static const guint32 needed_measures[TM_KPI_COUNT] = {
    [TM_KPI_TOKENS] = TM_HEADLINE_TOKENS,
    [TM_KPI_INPUT_TOKENS] = BIT(INPUT_TOKENS),
    [TM_KPI_CACHE_WRITE_TOKENS] = BIT(CACHE_WRITE_TOKENS),
    [TM_KPI_OUTPUT_TOKENS] = BIT(OUTPUT_TOKENS),
    [TM_KPI_CACHE_READ_TOKENS] = BIT(CACHE_READ_TOKENS),
    [TM_KPI_UNSPLIT_TOKENS] = BIT(UNSPLIT_TOKENS),
    [TM_KPI_COST_METERED] = BIT(METERED),
    [TM_KPI_LIST_VALUE] = BIT(LIST_VALUE),
    [TM_KPI_ACTIVE_USERS] = BIT(INTERACTIONS),
    [TM_KPI_REGULAR_USERS] = BIT(INTERACTIONS),
    [TM_KPI_PRESENT_ACTIVE] = BIT(INTERACTIONS),
    [TM_KPI_GAINED_USERS] = BIT(INTERACTIONS),
    [TM_KPI_LOST_USERS] = BIT(INTERACTIONS),
    [TM_KPI_NEW_USERS] = BIT(INTERACTIONS),
    [TM_KPI_LAPSED_USERS] = BIT(INTERACTIONS),
    [TM_KPI_LEFT_USERS] = BIT(INTERACTIONS),
    [TM_KPI_AWAY_USERS] = BIT(INTERACTIONS),
    [TM_KPI_USAGE_FREQUENCY] = BIT(INTERACTIONS),
    [TM_KPI_SEGMENTS] = BIT(INTERACTIONS),
    [TM_KPI_ZERO_SESSION_PEOPLE] = BIT(INTERACTIONS),
    [TM_KPI_IDLE_PEOPLE] = BIT(INTERACTIONS),
    [TM_KPI_DECLINING_USERS] = BIT(INTERACTIONS),
    [TM_KPI_NOT_STARTED] = BIT(INTERACTIONS),
    [TM_KPI_STARTERS] = BIT(INTERACTIONS),
    [TM_KPI_SLOW_STARTERS] = BIT(INTERACTIONS),
    [TM_KPI_TIME_TO_FIRST] = BIT(INTERACTIONS),
    [TM_KPI_ACTIVE_UNLICENSED] = BIT(INTERACTIONS),
    [TM_KPI_UNASSIGNED_ACCOUNTS] = BIT(INTERACTIONS),
    [TM_KPI_STREAK] = BIT(INTERACTIONS),
    [TM_KPI_STREAK_MEDIAN] = BIT(INTERACTIONS),
    [TM_KPI_STREAK_5_USERS] = BIT(INTERACTIONS),
    [TM_KPI_STREAK_BANDS] = BIT(INTERACTIONS),
    [TM_KPI_ACTIVE_WORKING_DAYS] = BIT(INTERACTIONS),
    [TM_KPI_ACTIVE_PEOPLE_DAYS] = BIT(INTERACTIONS),
    [TM_KPI_AI_HOURS] = BIT(ACTIVE_SECONDS),
    [TM_KPI_KNOWN_HOURS] = BIT(ACTIVE_SECONDS),
    [TM_KPI_SESSIONS] = BIT(SESSIONS),
    [TM_KPI_SESSION_USERS] = BIT(SESSIONS),
    [TM_KPI_SESSION_DAYS] = BIT(SESSIONS),
    [TM_KPI_SESSION_TOKENS] = BIT(SESSIONS),
    [TM_KPI_TOKEN_SESSIONS] = BIT(SESSIONS),
    [TM_KPI_SESSION_MESSAGES] = BIT(MESSAGES),
    [TM_KPI_MESSAGE_SESSIONS] = BIT(MESSAGES),
    [TM_KPI_SESSION_VALUE] = BIT(METERED) | BIT(LIST_VALUE),
    [TM_KPI_VALUE_SESSIONS] = BIT(METERED) | BIT(LIST_VALUE),
    [TM_KPI_GINI] = BIT(INTERACTIONS),
    [TM_KPI_TOP_FIFTH_SHARE] = BIT(INTERACTIONS),
    [TM_KPI_QUARTILE_RATIO] = BIT(INTERACTIONS),
    [TM_KPI_TOOL_ACTIVE] = BIT(INTERACTIONS),
    [TM_KPI_TOOL_TOKENS] = TM_HEADLINE_TOKENS,
    [TM_KPI_TOOL_METERED] = BIT(METERED),
    [TM_KPI_TOOL_LIST_VALUE] = BIT(LIST_VALUE),
    [TM_KPI_TOOL_SESSIONS] = BIT(SESSIONS),
    [TM_KPI_MATCHED_STREAK_NOW] = BIT(INTERACTIONS),
    [TM_KPI_MATCHED_STREAK_BEFORE] = BIT(INTERACTIONS),
};

/* Figures that are not measured where too few of the active people have sessions. */
static gboolean is_of_sessions(TmKpiId kpi)
{
    return kpi == TM_KPI_SESSIONS || kpi == TM_KPI_SESSION_DAYS || kpi == TM_KPI_SESSION_TOKENS ||
           kpi == TM_KPI_TOKEN_SESSIONS || kpi == TM_KPI_SESSION_MESSAGES ||
           kpi == TM_KPI_MESSAGE_SESSIONS || kpi == TM_KPI_SESSION_VALUE ||
           kpi == TM_KPI_VALUE_SESSIONS;
}

/* Summed over people and rolled up from blocks. */
static gboolean rolls_up(TmKpiId id)
{
    const TmKpi *kpi = tm_kpi(id);
    return (kpi->aggregation == TM_AGGREGATE_SUM || kpi->aggregation == TM_AGGREGATE_MEAN ||
               (kpi->aggregation == TM_AGGREGATE_TOTAL && kpi->money_rule)) &&
           kpi->by == TM_PART_NONE;
}

/*
 * What can be told of a week: what rows state. Where there are none, nobody used anything, and
 * that is known of all that the sources can supply.
 */
static guint32 told_in(const TmFrame *frame)
{
    return frame->stated == 0 ? frame->supplied
                              : frame->stated | (frame->supplied & BIT(INTERACTIONS));
}

static guint frame_flags(const TmFrame *frame, TmKpiId kpi)
{
    guint32 needed = needed_measures[kpi];
    if (needed == 0)
        return 0;
    guint flags = frame->incomplete ? TM_FIGURE_INCOMPLETE : 0;
    return (told_in(frame) & needed) == 0 ? flags | TM_FIGURE_NOT_MEASURED : flags;
}

void tm_finish_add(TmMeasuredWeek *week, const TmFrame *frame, TmFigure figure)
{
    figure.flags |= frame_flags(frame, figure.kpi);
    if (figure.part == NULL)
        figure.part = "";
    if (figure.denominator == 0)
        figure.denominator = 1;
    g_array_append_val(week->figures, figure);
}

static void append_all(GArray **arrays, guint whole, guint part)
{
    g_array_append_vals(arrays[whole], arrays[part]->data, arrays[part]->len);
}

static void roll_up_scope(TmWeekSums *sums, guint whole, guint part)
{
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
        if (rolls_up((TmKpiId)kpi))
            tm_sum_merge(
                tm_week_sum(sums, whole, (TmKpiId)kpi), tm_week_sum(sums, part, (TmKpiId)kpi));
    sums->kinds[whole].tasks += sums->kinds[part].tasks;
    sums->kinds[whole].surfaces += sums->kinds[part].surfaces;
    sums->kinds[whole].task_people += sums->kinds[part].task_people;
    sums->kinds[whole].surface_people += sums->kinds[part].surface_people;
    append_all(sums->streaks, whole, part);
    append_all(sums->spread, whole, part);
    append_all(sums->starts, whole, part);
}

static void roll_up(TmFrame *frame)
{
    GPtrArray *scopes = frame->partition->scopes;
    /* Blocks first into their departments, then these and what has no block into the whole. */
    for (guint pass = 0; pass < 2; pass++) {
        for (guint i = scopes->len; i-- > 1;) {
            const TmScope *scope = g_ptr_array_index(scopes, i);
            if ((scope->kind == TM_SCOPE_BLOCK) == (pass == 0))
                roll_up_scope(frame->sums, scope->parent, i);
        }
    }
}

static guint base_of(TmFrame *frame, guint scope, TmKpiId kpi)
{
    TmKpiId base = TM_KPI_LICENSED;
    if (kpi == TM_KPI_PRESENT_ACTIVE)
        base = TM_KPI_PRESENT;
    else if (kpi == TM_KPI_STREAK_5_USERS || kpi == TM_KPI_SESSION_USERS)
        base = TM_KPI_ACTIVE_USERS;
    return (guint)tm_week_sum(frame->sums, scope, base)->value;
}

gboolean tm_finish_sessions_are_covered(TmFrame *frame, guint scope)
{
    return tm_week_sum(frame->sums, scope, TM_KPI_SESSION_USERS)->value * 100 >=
           tm_week_sum(frame->sums, scope, TM_KPI_ACTIVE_USERS)->value * SESSION_COVERAGE_PERCENT;
}

/* Sums are in seconds, so that no person's time is rounded. */
static void make_hours(TmFigure *figure)
{
    const gint64 tenth = 360;
    figure->value = tm_divide_half_even(figure->value, tenth);
    figure->largest = tm_divide_half_even(figure->largest, tenth);
    figure->second = tm_divide_half_even(figure->second, tenth);
}

static void sum_figure(TmMeasuredWeek *week, TmFrame *frame, guint scope, TmKpiId kpi)
{
    const TmSum *sum = tm_week_sum(frame->sums, scope, kpi);
    TmFigure figure = {.kpi = kpi,
        .scope = scope,
        .flags = sum->flags,
        .value = sum->value,
        .people = sum->people,
        .base = base_of(frame, scope, kpi),
        .largest = sum->largest,
        .second = sum->second};
    if (tm_kpi(kpi)->aggregation == TM_AGGREGATE_MEAN) {
        figure.value *= 10; /* tenths of a day */
        figure.denominator = sum->people;
    }
    if (tm_kpi(kpi)->unit == TM_UNIT_HOURS)
        make_hours(&figure);
    if (is_of_sessions(kpi) && !tm_finish_sessions_are_covered(frame, scope))
        figure.flags |= TM_FIGURE_NOT_MEASURED;
    tm_finish_add(week, frame, figure);
}

static void scope_figures(TmMeasuredWeek *week, TmFrame *frame, guint scope)
{
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++)
        if (rolls_up((TmKpiId)kpi) && kpi != TM_KPI_DIVERSITY)
            sum_figure(week, frame, scope, (TmKpiId)kpi);
}

/* Groups without people of their own: only what they add to the whole. */
static void outside_figures(TmMeasuredWeek *week, TmFrame *frame, guint scope)
{
    const TmScope *what = g_ptr_array_index(frame->partition->scopes, scope);
    guint accounts = tm_week_sum(frame->sums, scope, TM_KPI_UNASSIGNED_ACCOUNTS)->people;
    if (what->kind == TM_SCOPE_UNASSIGNED)
        tm_finish_add(week, frame,
            (TmFigure){.kpi = TM_KPI_UNASSIGNED_ACCOUNTS,
                .scope = scope,
                .value = accounts,
                .people = accounts,
                .base = accounts});
    for (int kpi = 0; kpi < TM_KPI_COUNT; kpi++) {
        const TmSum *sum = tm_week_sum(frame->sums, scope, (TmKpiId)kpi);
        if (!rolls_up((TmKpiId)kpi) || sum->value == 0)
            continue;
        tm_finish_add(week, frame,
            (TmFigure){.kpi = (TmKpiId)kpi,
                .scope = scope,
                .flags = sum->flags,
                .value = sum->value,
                .people = sum->people,
                .base = accounts,
                .largest = sum->largest,
                .second = sum->second});
    }
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
    tm_finish_spread(week, frame);
    tm_finish_counts(pass, week, index);
    tm_finish_cuts(pass, week, index);
    for (guint tool = 0; tool < pass->setup->tools->len; tool++) {
        if (!tool_matters(pass, tool))
            continue;
        tm_finish_tool_state(pass, week, index, tool);
        if (pass->tools_with_licences >> tool & 1)
            tm_finish_seats(pass, week, index, tool);
    }
    week->partition = g_steal_pointer(&frame->partition);
    /* Sums of all weeks and their figures would not both be small beside each other. */
    g_clear_pointer(&frame->sums, tm_week_sums_free);
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
