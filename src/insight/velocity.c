/*
 * Adoption velocity: the least-squares line through eight weekly rates, tested exactly.
 *
 * With weeks x = −7, −5, …, 7 (half weeks from the middle), y the published whole points,
 * S = Σ y, A = Σ x y and R = 168 Σ y² − 21 S² − A², all of them integers:
 *
 *   slope           b = A ÷ 84 points a week
 *   fitted last       = (3 S + A) ÷ 24
 *   fitted change   7 b = A ÷ 12
 *   its square      t² = 6 A² ÷ R, with six degrees of freedom
 *   standard error  se = √(R ÷ 42336)
 *
 * Nothing is rounded before a decision, and no root is drawn: both sides are squared. So the
 * decision is the same on every machine.
 */
#include "series.h"
#include "strings.h"

#define WEEKS TM_VELOCITY_WEEKS
#define WEEKS_LOOKED_BACK 12 /* for eight that are not short */
#define FEWEST_POINTS 5      /* of fitted change */
#define SUM_OF_SQUARES 168   /* of x */
#define MOST_WEEKS_AHEAD 26
#define MOST_POINTS 1000 /* rates beyond it are no rates; keeps all products within 64 bits */

/* Two-sided, p = 0.01, six degrees of freedom: 3.7074, in ten-thousandths. */
#define T_CRITICAL 37074
#define T_SCALE 10000

/* The sums of the line, latest week last. */
typedef struct Line {
    gint64 sum;   /* S */
    gint64 slope; /* A */
    gint64 rest;  /* R */
} Line;

static Line fit(const gint64 *points)
{
    gint64 squares = 0;
    Line line = {0};
    for (int i = 0; i < WEEKS; i++) {
        line.sum += points[i];
        line.slope += (2 * i - (WEEKS - 1)) * points[i];
        squares += points[i] * points[i];
    }
    line.rest = SUM_OF_SQUARES * squares - SUM_OF_SQUARES / WEEKS * line.sum * line.sum -
                line.slope * line.slope;
    return line;
}

/* t > 3.7074 and a change of five points or more. */
static gboolean is_trend(const Line *line)
{
    if (ABS(line->slope) < FEWEST_POINTS * 12)
        return FALSE;
    return tm_compare_products(6 * line->slope * line->slope, (gint64)T_SCALE * T_SCALE, line->rest,
               (gint64)T_CRITICAL * T_CRITICAL) > 0;
}

/* ---- Weeks ------------------------------------------------------------------------------- */

/* The rates of the latest eight weeks that are not short, oldest first; or why there are none. */
static const char *gather(const TmIssue *issue, const TmScope *scope, gint64 *points, TmWeek *first)
{
    TmWeek last = tm_issue_week(issue);
    if (tm_week_is_short(issue, scope, last))
        return STRING(SILENT_SHORT);
    int missing = WEEKS;
    for (TmWeek week = last; missing > 0; week--) {
        if (week < tm_issue_first_week(issue) || week <= last - WEEKS_LOOKED_BACK)
            return STRING(VELOCITY_HISTORY);
        if (tm_week_is_short(issue, scope, week))
            continue;
        Span span;
        const char *reason = tm_series_span(issue, scope, TM_KPI_ADOPTION, "", week, &span);
        if (reason != NULL)
            return reason == STRING(SILENT_RULES) ? STRING(VELOCITY_RULES) : reason;
        if (span.low != span.high)
            return STRING(SILENT_BAND);
        if (ABS(span.low) > MOST_POINTS)
            return STRING(SILENT_NOT_MEASURED);
        points[--missing] = span.low;
        *first = week;
    }
    return NULL;
}

/* ---- Target date ------------------------------------------------------------------------- */

/*
 * TRUE when the line, at slope + sign × t × se, has come to the target after `weeks`. In
 * 168ths: weeks × sign × 3.7074 × √(2 R ÷ 3) ≥ 7 (24 target − 3 S − A) − 2 A weeks.
 */
static gboolean is_there(const Line *line, gint64 target, int weeks, int sign)
{
    gint64 missing = 7 * (24 * target - 3 * line->sum - line->slope) - 2 * line->slope * weeks;
    gint64 steep = (gint64)2 * weeks * weeks * T_CRITICAL * T_CRITICAL;
    gint64 wide = (gint64)3 * T_SCALE * T_SCALE;
    int size = tm_compare_products(steep, line->rest, wide * ABS(missing), ABS(missing));
    if (sign > 0)
        return missing <= 0 || size >= 0;
    return missing <= 0 && size <= 0;
}

/* First week from now in which the line is there; 0: not within 26 weeks. */
static guint weeks_until(const Line *line, gint64 target, int sign)
{
    for (int weeks = 1; weeks <= MOST_WEEKS_AHEAD; weeks++)
        if (is_there(line, target, weeks, sign))
            return (guint)weeks;
    return 0;
}

static void find_target(
    const TmIssue *issue, const TmScope *scope, const Line *line, TmVelocity *velocity)
{
    gint64 lower, upper;
    if (!tm_issue_goal(issue, scope->id, TM_KPI_ADOPTION, &velocity->target, &lower, &upper) ||
        velocity->target == G_MININT64 || ABS(velocity->target) > MOST_POINTS) {
        velocity->aim = TM_AIM_NONE;
        return;
    }
    if (24 * velocity->target <= 3 * line->sum + line->slope) {
        velocity->aim = TM_AIM_REACHED;
        return;
    }
    velocity->aim = TM_AIM_NO_DATE;
    if (velocity->trajectory != TM_TRAJECTORY_GROWING)
        return;
    velocity->earliest = weeks_until(line, velocity->target, 1);
    velocity->latest = weeks_until(line, velocity->target, -1);
    if (velocity->earliest > 0)
        velocity->aim = TM_AIM_AHEAD;
}

/* ---- Result ------------------------------------------------------------------------------ */

TmVelocity tm_velocity_find(const TmIssue *issue, const TmScope *scope)
{
    gint64 points[WEEKS];
    TmVelocity velocity = {0};
    velocity.reason = gather(issue, scope, points, &velocity.first);
    if (velocity.reason != NULL)
        return velocity;
    Line line = fit(points);
    velocity.slope = tm_divide_half_even(10 * line.slope, 84);
    velocity.change = tm_divide_half_even(10 * line.slope, 12);
    velocity.trajectory = !is_trend(&line) ? TM_TRAJECTORY_FLAT
                          : line.slope > 0 ? TM_TRAJECTORY_GROWING
                                           : TM_TRAJECTORY_DECLINING;
    find_target(issue, scope, &line, &velocity);
    return velocity;
}

/* ---- Words ------------------------------------------------------------------------------- */

static char *date_text(const TmIssue *issue, const TmVelocity *velocity)
{
    g_autofree char *target = tm_format_value(TM_UNIT_PERCENT, velocity->target, NULL);
    TmWeek week = tm_issue_week(issue);
    g_autofree char *earliest = tm_format_week(week + (TmWeek)velocity->earliest);
    g_autofree char *latest = tm_format_week(week + (TmWeek)velocity->latest);
    switch (velocity->aim) {
    case TM_AIM_REACHED:
        return tm_text_fill(STRING(AIM_REACHED), "target", target, NULL);
    case TM_AIM_NO_DATE:
        if (velocity->trajectory != TM_TRAJECTORY_GROWING)
            return g_strdup("");
        return tm_text_fill(STRING(AIM_NO_DATE), "target", target, NULL);
    case TM_AIM_AHEAD:
        return tm_text_fill(velocity->latest == 0                    ? STRING(AIM_NOT_BEFORE)
                            : velocity->latest == velocity->earliest ? STRING(AIM_WEEK)
                                                                     : STRING(AIM_WEEKS),
            "target", target, "earliest", earliest, "latest", latest, NULL);
    case TM_AIM_NONE:
        break;
    }
    return g_strdup("");
}

char *tm_velocity_sentence(const TmIssue *issue, const TmVelocity *velocity)
{
    static const InsightString patterns[] = {
        [TM_TRAJECTORY_UNKNOWN] = STRING_VELOCITY_UNKNOWN,
        [TM_TRAJECTORY_GROWING] = STRING_VELOCITY_GROWING,
        [TM_TRAJECTORY_FLAT] = STRING_VELOCITY_FLAT,
        [TM_TRAJECTORY_DECLINING] = STRING_VELOCITY_DECLINING,
    };
    g_autofree char *slope = tm_format_bare(TM_UNIT_RATE, ABS(velocity->slope), NULL);
    g_autofree char *date = date_text(issue, velocity);
    return tm_text_fill(tm_insight_strings[patterns[velocity->trajectory]], "slope", slope,
        "reason", velocity->reason == NULL ? "" : velocity->reason, "date", date, NULL);
}
