/* What is said of each tool: its seats, and how whole its data are. */
#include "finish.h"

#include "seats.h"

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
    tm_finish_add(week, frame, figure);
}

void tm_finish_seats(TmPass *pass, TmMeasuredWeek *week, guint index, guint tool)
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
    seat_figure(week, frame, key, TM_KPI_SEATS_MONTH_COST,
        priced ? tm_seats_month_cost(pass->setup, tool, sunday) : 0, held, priced);
}

void tm_finish_tool_state(const TmPass *pass, TmMeasuredWeek *week, guint index, guint tool)
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
