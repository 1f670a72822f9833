/* Figures that need every person of a group. */
#include "finish.h"

#include "spread.h"

#define COVERAGE_PERCENT 60

/* One column of the group's people; `active_only` leaves the others out. */
static gint64 *column(const GArray *spread, gboolean tokens, gboolean active_only, guint *count)
{
    gint64 *values = g_new(gint64, spread->len + 1);
    *count = 0;
    for (guint i = 0; i < spread->len; i++) {
        const TmSpread *person = &g_array_index(spread, TmSpread, i);
        if (!active_only || person->active)
            values[(*count)++] = tokens ? person->tokens : (gint64)person->days;
    }
    return values;
}

/* Tokens say how use is spread only where most of the active people use tools that report them. */
static gboolean tokens_say_enough(const TmFrame *frame)
{
    const GArray *everybody = frame->sums->spread[0];
    guint active = 0, with_tokens = 0;
    for (guint i = 0; i < everybody->len; i++) {
        const TmSpread *person = &g_array_index(everybody, TmSpread, i);
        active += person->active;
        with_tokens += person->active && person->has_tokens;
    }
    return with_tokens > 0 && with_tokens * 100 >= active * COVERAGE_PERCENT;
}

static void add(TmMeasuredWeek *week, const TmFrame *frame, guint scope, TmKpiId kpi, gint64 value,
    guint people)
{
    tm_finish_add(week, frame,
        (TmFigure){.kpi = kpi,
            .scope = scope,
            .flags = value == TM_SPREAD_NONE ? TM_FIGURE_NOT_MEASURED : 0,
            .value = value == TM_SPREAD_NONE ? 0 : value,
            .people = people,
            .base = people});
}

/* Tasks where most of the active people's are known, else surfaces. One choice for all groups. */
typedef enum Kind { KIND_NONE, KIND_TASKS, KIND_SURFACES } Kind;

static Kind kind_that_says_enough(TmFrame *frame)
{
    gint64 active = tm_week_sum(frame->sums, 0, TM_KPI_ACTIVE_USERS)->value;
    const TmKinds *kinds = &frame->sums->kinds[0];
    if (kinds->task_people > 0 && kinds->task_people * 100 >= active * COVERAGE_PERCENT)
        return KIND_TASKS;
    if (kinds->surface_people > 0 && kinds->surface_people * 100 >= active * COVERAGE_PERCENT)
        return KIND_SURFACES;
    return KIND_NONE;
}

static void add_diversity(TmMeasuredWeek *week, TmFrame *frame, guint scope, Kind kind)
{
    const TmKinds *kinds = &frame->sums->kinds[scope];
    guint people = kind == KIND_TASKS ? kinds->task_people : kinds->surface_people;
    tm_finish_add(week, frame,
        (TmFigure){.kpi = TM_KPI_DIVERSITY,
            .scope = scope,
            .flags = kind == KIND_NONE ? TM_FIGURE_NOT_MEASURED : 0,
            .value = 10 * (kind == KIND_TASKS ? kinds->tasks : kinds->surfaces),
            .denominator = people,
            .people = people,
            .base = people});
}

static void add_spread(TmMeasuredWeek *week, TmFrame *frame, guint scope, gboolean tokens)
{
    TmWeekSums *sums = frame->sums;
    GArray *streaks = sums->streaks[scope], *starts = sums->starts[scope];
    guint licensed, active;
    g_autofree gint64 *all = column(sums->spread[scope], tokens, FALSE, &licensed);
    g_autofree gint64 *used = column(sums->spread[scope], tokens, TRUE, &active);
    tm_finish_add(week, frame,
        (TmFigure){.kpi = TM_KPI_STREAK_MEDIAN,
            .scope = scope,
            .value = 10 * tm_streaks_twice_median(streaks),
            .denominator = 2,
            .people = streaks->len,
            .base = licensed});
    add(week, frame, scope, TM_KPI_GINI, tm_spread_gini(all, licensed), licensed);
    add(week, frame, scope, TM_KPI_TOP_FIFTH_SHARE, tm_spread_top_fifth(all, licensed), licensed);
    add(week, frame, scope, TM_KPI_QUARTILE_RATIO, tm_spread_quartile_ratio(used, active), active);
    gint64 days = tm_starts_median(starts);
    add(week, frame, scope, TM_KPI_TIME_TO_FIRST, days == TM_SPREAD_NONE ? days : 10 * days,
        starts->len);
}

void tm_finish_spread(TmMeasuredWeek *week, TmFrame *frame)
{
    gboolean tokens = tokens_say_enough(frame);
    Kind kind = kind_that_says_enough(frame);
    for (guint scope = 0; scope < frame->partition->scopes->len; scope++) {
        const TmScope *what = g_ptr_array_index(frame->partition->scopes, scope);
        if (what->kind == TM_SCOPE_UNASSIGNED || what->kind == TM_SCOPE_SPARE)
            continue;
        add_spread(week, frame, scope, tokens);
        add_diversity(week, frame, scope, kind);
    }
}
