/*
 * Judgements about adoption: drop, fall of a month, stall; and about any KPI with a goal.
 */
#include "alerts.h"
#include "strings.h"

#define DROP_PEOPLE 3 /* where the issue does not carry adoption_drop_people */
#define STALL_WEEKS 4
#define MONTH_WEEKS 5 /* at most */

/* ---- Drop -------------------------------------------------------------------------------- */

/*
 * How many people fewer were active, of those at work, than the baseline's share gives; rounded
 * down. FALSE when that is not known.
 */
static gboolean missing_people(
    const Subject *subject, TmWeek week, const Frozen *frozen, gint64 *people)
{
    gint64 present, active;
    if (!frozen->has_presence || frozen->present <= 0 ||
        !tm_series_value(subject->issue, subject->scope, TM_KPI_PRESENT, "", week, &present) ||
        !tm_series_value(subject->issue, subject->scope, TM_KPI_PRESENT_ACTIVE, "", week, &active))
        return FALSE;
    *people =
        MAX(0, (present * frozen->present_active - active * frozen->present)) / frozen->present;
    return TRUE;
}

/* Bought seats moved the rate when licences grew and as many people as before used them. */
static void note_seats(
    const Subject *subject, TmWeek week, const Frozen *frozen, Judgement *judgement)
{
    gint64 licensed, active;
    if (!frozen->has_seats ||
        !tm_series_value(subject->issue, subject->scope, TM_KPI_LICENSED, "", week, &licensed) ||
        !tm_series_value(subject->issue, subject->scope, TM_KPI_ACTIVE_USERS, "", week, &active))
        return;
    if (licensed * BASELINE_WEEKS > frozen->licensed && active * BASELINE_WEEKS >= frozen->active) {
        judgement->licensed_from = alert_mean(TM_KPI_LICENSED, frozen->licensed);
        judgement->licensed_to = licensed;
    }
}

Judgement alert_judge_adoption_drop(const Subject *subject, TmWeek week, const Frozen *frozen)
{
    Judgement judgement = {0};
    const char *reason = alert_span_beside_mean(subject, week, frozen, &judgement.value);
    if (reason != NULL)
        return alert_unknown(reason);
    Span sum = frozen->baseline.sum, value = judgement.value;
    gint64 points = subject->threshold * BASELINE_WEEKS;
    if (sum.high - value.low * BASELINE_WEEKS <= points)
        return judgement;
    if (sum.low - value.high * BASELINE_WEEKS <= points)
        return alert_unknown(STRING(SILENT_BAND));
    if (!missing_people(subject, week, frozen, &judgement.people))
        return alert_unknown(STRING(SILENT_PRESENCE));
    if (judgement.people < tm_issue_setting(subject->issue, "adoption_drop_people", DROP_PEOPLE))
        return judgement;
    judgement.verdict = VERDICT_BREACH;
    judgement.excess = alert_mean(subject->kpi, sum.low) - value.high;
    note_seats(subject, week, frozen, &judgement);
    return judgement;
}

/* ---- Fall of a month --------------------------------------------------------------------- */

/* Adoption over several weeks: the sum of active people over the sum of licensed ones. */
typedef struct Reach {
    Span active, licensed;
} Reach;

static gboolean add_span(Span *sum, Span span)
{
    return !__builtin_add_overflow(sum->low, span.low, &sum->low) &&
           !__builtin_add_overflow(sum->high, span.high, &sum->high);
}

static const char *find_reach(
    const Subject *subject, const TmWeek *weeks, guint count, Reach *reach)
{
    *reach = (Reach){{0, 0}, {0, 0}};
    for (guint i = 0; i < count; i++) {
        Span active, licensed;
        const char *reason = alert_span_of(subject, TM_KPI_ACTIVE_USERS, weeks[i], &active);
        if (reason == NULL)
            reason = alert_span_of(subject, TM_KPI_LICENSED, weeks[i], &licensed);
        if (reason != NULL)
            return reason;
        if (!add_span(&reach->active, active) || !add_span(&reach->licensed, licensed))
            return STRING(SILENT_BAND);
    }
    return reach->licensed.low > 0 ? NULL : STRING(SILENT_NOT_MEASURED);
}

static Span reach_percent(const Reach *reach)
{
    return (Span){tm_scale_half_even(reach->active.low, 100, reach->licensed.high),
        MIN(100, tm_scale_half_even(reach->active.high, 100, reach->licensed.low))};
}

/* Sign of active ÷ licensed − percent % of active_before ÷ licensed_before. */
static int compare_reach(
    gint64 active, gint64 licensed, gint64 percent, gint64 active_before, gint64 licensed_before)
{
    return tm_compare_products(
        alert_times(active, 100), licensed_before, alert_times(active_before, percent), licensed);
}

/* The weeks of the month up to `week` that are not short, latest first; and the month's first. */
static guint weeks_of_month(
    const Subject *subject, TmWeek week, TmWeek weeks[MONTH_WEEKS], TmWeek *first)
{
    guint count = 0;
    *first = tm_series_month_start(week);
    for (TmWeek past = week; past >= *first && count < MONTH_WEEKS; past--)
        if (!tm_week_is_short(subject->issue, subject->scope, past))
            weeks[count++] = past;
    return count;
}

Judgement alert_judge_adoption_fall(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    TmWeek weeks[MONTH_WEEKS], before_weeks[MONTH_WEEKS], first;
    Reach now, before;
    guint count = weeks_of_month(subject, week, weeks, &first);
    if (first < tm_issue_first_week(subject->issue))
        return alert_unknown(STRING(SILENT_BEFORE));
    const char *reason = find_reach(subject, weeks, count, &now);
    if (reason != NULL)
        return alert_unknown(reason);
    if (!alert_full_weeks(subject, first - 1, count, before_weeks))
        return alert_unknown(STRING(SILENT_BEFORE));
    reason = find_reach(subject, before_weeks, count, &before);
    if (reason != NULL)
        return alert_unknown(reason == STRING(SILENT_RULES) ? reason : STRING(SILENT_BEFORE));
    Judgement judgement = {.value = reach_percent(&now), .compared = reach_percent(&before)};
    gint64 percent = 100 - subject->threshold;
    if (before.active.low > 0 && compare_reach(now.active.high, now.licensed.low, percent,
                                     before.active.low, before.licensed.high) <= 0)
        judgement.verdict = VERDICT_BREACH;
    else if (before.active.high > 0 && compare_reach(now.active.low, now.licensed.high, percent,
                                           before.active.high, before.licensed.low) <= 0)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.excess = judgement.compared.low - judgement.value.high;
    return judgement;
}

/* ---- Stall ------------------------------------------------------------------------------- */

static gboolean rollout_is_active(const Subject *subject, TmWeek week)
{
    static const char *const active[] = {"seed", "launch", "iterate", NULL};
    TmDay start;
    const char *state = tm_issue_rollout(subject->issue, subject->scope->id, &start);
    return state != NULL && g_strv_contains(active, state) &&
           (start == TM_DAY_NONE || start <= tm_week_monday(week));
}

/* The least and the greatest distance that the four weeks' values can have between them. */
static const char *find_spread(const Subject *subject, TmWeek week, Span *spread)
{
    TmWeek weeks[STALL_WEEKS];
    if (!alert_full_weeks(subject, week, STALL_WEEKS, weeks))
        return STRING(SILENT_HISTORY);
    Span least = {G_MAXINT64, G_MAXINT64}, greatest = {0, 0};
    for (guint i = 0; i < STALL_WEEKS; i++) {
        Span span;
        const char *reason = alert_span(subject, weeks[i], &span);
        if (reason != NULL)
            return weeks[i] == week || reason == STRING(SILENT_RULES) ? reason
                                                                      : STRING(SILENT_HISTORY);
        least = (Span){MIN(least.low, span.low), MIN(least.high, span.high)};
        greatest = (Span){MAX(greatest.low, span.low), MAX(greatest.high, span.high)};
    }
    *spread = (Span){MAX(0, greatest.low - least.high), greatest.high - least.low};
    return NULL;
}

Judgement alert_judge_adoption_stall(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    gint64 target, lower, upper;
    if (!rollout_is_active(subject, week) ||
        !tm_issue_goal(subject->issue, subject->scope->id, subject->kpi, &target, &lower, &upper) ||
        target == G_MININT64)
        return alert_not_applicable();
    Judgement judgement = {.compared = {target, target}};
    Span spread = {0, 0};
    const char *reason = alert_span(subject, week, &judgement.value);
    if (reason == NULL)
        reason = find_spread(subject, week, &spread);
    if (reason != NULL)
        return alert_unknown(reason);
    if (judgement.value.low >= target || spread.low > subject->threshold)
        return judgement;
    if (judgement.value.high >= target || spread.high > subject->threshold)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.verdict = VERDICT_BREACH;
    judgement.excess = target - judgement.value.high;
    return judgement;
}

/* ---- Below target ------------------------------------------------------------------------ */

/* The bound of a week is from + rise × elapsed ÷ days; in no ramp the rise is over. */
typedef struct Line {
    gint64 from, rise, elapsed, days;
} Line;

static Line line_of_week(const TmIssueGoal *goal, TmWeek week)
{
    TmDay sunday = tm_week_monday(week) + 6;
    if (goal->ramp_from == G_MININT64 || goal->ramp_end == TM_DAY_NONE ||
        goal->start == TM_DAY_NONE || goal->ramp_end <= goal->start || sunday >= goal->ramp_end)
        return (Line){goal->lower, 0, 0, 1};
    return (Line){goal->ramp_from, goal->lower - goal->ramp_from, sunday - goal->start,
        goal->ramp_end - goal->start};
}

Judgement alert_judge_below_target(
    const Subject *subject, TmWeek week, const Frozen *frozen G_GNUC_UNUSED)
{
    TmIssueGoal goal;
    if (!tm_issue_goal_whole(subject->issue, subject->scope->id, subject->kpi, &goal) ||
        goal.lower == G_MININT64 ||
        (goal.start != TM_DAY_NONE && tm_week_monday(week) < goal.start))
        return alert_not_applicable();
    Judgement judgement = {0};
    const char *reason = alert_span(subject, week, &judgement.value);
    if (reason != NULL)
        return alert_unknown(reason);
    Line line = line_of_week(&goal, week);
    gint64 bound = tm_round_to(line.from + tm_scale_half_even(line.rise, line.elapsed, line.days),
        tm_kpi(subject->kpi)->step);
    Span value = judgement.value;
    judgement.compared = (Span){bound, bound};
    if (value.high != G_MAXINT64 &&
        tm_compare_products(value.high - line.from, line.days, line.rise, line.elapsed) < 0)
        judgement.verdict = VERDICT_BREACH;
    else if (tm_compare_products(value.low - line.from, line.days, line.rise, line.elapsed) < 0)
        return alert_unknown(STRING(SILENT_BAND));
    judgement.excess = tm_scale_half_even(bound - value.high, 100, MAX(1, bound));
    return judgement;
}
