/*
 * insight: alerts, combined readings, the message and the decisions; from published cells only.
 *
 *   words       numbers, dates and cells as text; report uses the same functions, so that a figure
 *               reads alike wherever it stands
 *   changes     a cell against the week before, with the reason when there is no comparison
 *   bands       reading bands of adoption and streak
 *   alerts      what went over a threshold, since when, and what could not be judged
 *   readings    one trend and the readings that hold of a group, by priority
 *   velocity    how fast adoption grows, and when the target is in reach
 *   cost split  why cost changed: seats, more users, use and price per user
 *   cost share  a block's share of cost beside its share of people
 *   periods     months, quarters and ranges from weekly cells
 *   message     the sentence at the top, and what it means
 *   decisions   up to three things to decide
 *
 * Rules are tables (src/insight/): what must hold, what it says, what to do next. Thresholds come
 * from the issue. Nothing is kept as state: identity over weeks and frozen baselines are replayed
 * from the archive. Sentences are supportive and end in a question or a next step.
 *
 * Texts are UTF-8 and, unless a comment says otherwise, owned by the caller.
 */
#ifndef TIDEMARK_INSIGHT_H
#define TIDEMARK_INSIGHT_H

#include <tidemark/archive.h>
#include <tidemark/base.h>

G_BEGIN_DECLS

/* ---- Words ------------------------------------------------------------------------------- */

/*
 * Fills a pattern: each "{name}" becomes the value that follows that name in the arguments (pairs
 * of const char *, ended by NULL). A name that is not given is a programming error.
 */
char *tm_text_fill(const char *pattern, ...) G_GNUC_NULL_TERMINATED;

/* Whole number with a narrow no-break space between thousands and U+2212 for minus. */
char *tm_format_count(gint64 count);

/* "one" … "nine", then digits. */
char *tm_format_count_word(guint count);

/*
 * A value in its unit, shortened to three digits: "62%", "126", "139 M", "$14.9k", "6.8 days".
 * Amounts under 100 keep their cents, as prices do. `currency` is the ISO code; a code without a
 * sign of its own stands in front.
 */
char *tm_format_value(TmUnit unit, gint64 value, const char *currency);

/* The same without the word of the unit, for columns: "6.8". */
char *tm_format_bare(TmUnit unit, gint64 value, const char *currency);

/* Limits of a band: "under 40%", "40–60%", "over 80%". G_MAXINT64 as `high` is open. */
char *tm_format_band(TmUnit unit, gint64 low, gint64 high, const char *currency);

/*
 * A published cell in words: value or band, "at least" and "est." where flagged, "not shown (fewer
 * than 5 people)", "not measured". NULL as `cell` was never published: "not published".
 */
char *tm_format_cell(const TmIssue *issue, TmKpiId kpi, const TmCell *cell, gboolean bare);

char *tm_format_week(TmWeek week);          /* "W46" */
char *tm_format_week_number(TmWeek week);   /* "46" */
char *tm_format_day(TmDay day);             /* "15 November" */
char *tm_format_week_dates(TmWeek week);    /* "9–15 November 2026" */
char *tm_format_weeks(const GArray *weeks); /* TmWeek: "W43 and W44", "W41, W43 and W44" */

/* ---- Changes ----------------------------------------------------------------------------- */

typedef enum TmChangeState {
    TM_CHANGE_KNOWN,
    TM_CHANGE_FIRST,        /* nothing published before */
    TM_CHANGE_MISSING,      /* nothing published the week before, but earlier */
    TM_CHANGE_INCOMPLETE,   /* a tool lacks days in one of the weeks */
    TM_CHANGE_BAND,         /* one of the sides is a band */
    TM_CHANGE_NOT_SHOWN,    /* one of the sides is not shown */
    TM_CHANGE_NOT_MEASURED, /* one of the sides is not measured */
    TM_CHANGE_NEW_RULES,    /* definitions or thresholds changed between them */
    TM_CHANGE_MEMBERSHIP,   /* one or two people entered or left: tokens and money stay silent */
    TM_CHANGE_STATE_COUNT
} TmChangeState;

typedef struct TmChange {
    TmChangeState state;
    const TmCell *now, *before; /* borrowed from the issue; either may be NULL */
    gint64 difference;          /* now − before, in the KPI's unit; state KNOWN, else 0 */
    gboolean has_percent;       /* FALSE where the week before was zero */
    gint64 percent;             /* of the week before, whole points */
    int direction;              /* −1, 0, 1; 0 also where the change is flat */
} TmChange;

/* A cell against the week before it. */
TmChange tm_change_find(
    const TmIssue *issue, const TmScope *scope, TmKpiId kpi, const char *part, TmWeek week);

/*
 * Why there is no change, in a few words ("incomplete week", "last week incomplete"); "" when there
 * is one. Borrowed.
 */
const char *tm_change_reason(const TmChange *change);

/* TRUE when a difference is too small to speak of: under 2 points, 5 % or half a streak day. */
gboolean tm_change_is_flat(TmUnit unit, gint64 before, gint64 now);

/* Size of a known change without its sign: "7 points", "14", "6%", "0.5 days". */
char *tm_change_size(const TmChange *change, const char *currency);

#define TM_SHORT_WEEK_PERCENT 60 /* of the usual working days */

/*
 * TRUE if the week had under 60 % of the group's usual working days; such a week fires nothing and
 * enters no baseline.
 */
gboolean tm_week_is_short(const TmIssue *issue, const TmScope *scope, TmWeek week);

/* ---- Bands ------------------------------------------------------------------------------- */

typedef struct TmBand {
    gint64 from;      /* first value of the band, in the KPI's unit */
    const char *name; /* "healthy" */
    gboolean good;    /* nothing to do */
} TmBand;

/* The KPI's reading bands, lowest first, and how many; NULL where it has none. Borrowed. */
const TmBand *tm_bands(TmKpiId kpi, guint *count);

/* The band that a cell lies in; NULL without bands, without a value, or when it spans several. */
const TmBand *tm_band_of(TmKpiId kpi, const TmCell *cell);

/* ---- Alerts ------------------------------------------------------------------------------ */

/* In the order in which decisions take them. */
typedef enum TmAlertKind {
    TM_ALERT_STALE_DATA,
    TM_ALERT_COST_SPIKE,
    TM_ALERT_BUDGET,
    TM_ALERT_DEPARTMENT_BUDGET,
    TM_ALERT_ADOPTION_FALL,
    TM_ALERT_ADOPTION_DROP,
    TM_ALERT_BELOW_TARGET,
    TM_ALERT_ADOPTION_STALL,
    TM_ALERT_NOT_STARTED,
    TM_ALERT_ONBOARDING,
    TM_ALERT_STREAK_COLLAPSE,
    TM_ALERT_SESSION_DEPTH,
    TM_ALERT_TOKEN_SPIKE,
    TM_ALERT_UNUSED_SEATS,
    TM_ALERT_KIND_COUNT
} TmAlertKind;

/* Alerts of one theme on one group have one answer, so decisions tell the first of them. */
typedef enum TmAlertTheme {
    TM_ALERT_THEME_DATA,
    TM_ALERT_THEME_MONEY,
    TM_ALERT_THEME_REACH,
    TM_ALERT_THEME_START,
    TM_ALERT_THEME_DEPTH,
    TM_ALERT_THEME_SEATS,
    TM_ALERT_THEME_COUNT
} TmAlertTheme;

/* What an alert is, in words: docs/alerts.md and the data file are made from it. */
typedef struct TmAlertInfo {
    const char *key;  /* "cost_spike" */
    const char *name; /* "cost spike" */
    TmAlertTheme theme;
    const char *setting;   /* key in tidemark.ini of the threshold; NULL: there is none */
    gint64 fallback;       /* threshold where the issue does not carry the setting */
    const char *unit;      /* what the threshold counts */
    const char *compared;  /* what the value is held against; NULL: the threshold alone */
    const char *rule;      /* when it fires */
    const char *needs;     /* data without which it stays silent */
    const char *identity;  /* what ends it */
    const char *next_step; /* question or next step */
} TmAlertInfo;

const TmAlertInfo *tm_alert_info(TmAlertKind kind);
const char *tm_alert_name(TmAlertKind kind); /* "cost spike"; borrowed */

/* docs/alerts.md; owned by the caller. */
char *tm_alert_catalogue_markdown(void);

typedef enum TmAlertState {
    TM_ALERT_NOT_JUDGED, /* `reason` says why */
    TM_ALERT_FIRED,
    TM_ALERT_CLEARED, /* was open until the week before; told once */
} TmAlertState;

typedef struct TmAlert {
    TmAlertKind kind;
    TmAlertState state;
    const TmScope *scope; /* borrowed from the issue */
    TmKpiId kpi;          /* what went over its threshold; TM_KPI_COUNT for stale data */
    const char *part;     /* tool key, or "" */
    const char *reason;   /* borrowed; NULL when judged */
    gint64 low, high;     /* this week's value; equal unless it is a band */
    gint64 threshold;     /* from the settings, in the info's unit */
    gint64 baseline_low; /* what the value is held against (info's `compared`); or 0. The mean of */
    gint64 baseline_high; /* four weeks is frozen at the first breach. Equal unless it is a band */
    gint64 excess;        /* beyond the baseline, at least: money, points, seats, days, percent */
    gint64 people;        /* adoption drop: fewer people than the baseline gives */
    gint64 licensed_from, licensed_to; /* adoption drop: equal unless bought seats moved the rate */
    gboolean has_price;                /* unused seats: what they cost a month is known */
    gint64 price_low, price_high;
    gboolean ends_later; /* budgets: weeks of the month are still to come */
    TmWeek since;        /* first week of the open alert, also when it cleared; TM_WEEK_NONE */
    gboolean is_new;     /* fired: since this week */
    gboolean new_level;  /* cleared: eight weeks passed, the new level is the measure now */
} TmAlert;

/*
 * All alerts of the issue's week in order of kind, scope, KPI and part; TmAlert*, with free
 * function. What does not apply (no budget, no goal, no rollout) has none.
 */
GPtrArray *tm_alerts_find(const TmIssue *issue);

/* The fired alert of a kind on a scope, or NULL; borrowed. */
const TmAlert *tm_alerts_of_scope(const GPtrArray *alerts, TmAlertKind kind, const TmScope *scope);

/* TRUE if reports have a line for the alert's group. */
gboolean tm_alert_may_be_named(const TmAlert *alert);

/* Name of the tool that the alert is about; "" where it is about all. Borrowed. */
const char *tm_alert_tool_name(const TmIssue *issue, const TmAlert *alert);

/* "COST SPIKE"; borrowed. */
const char *tm_alert_kicker(TmAlertKind kind);

/*
 * What a fired or cleared alert says: `lead` is what to do, `text` the value against what it is
 * held against, since when, and a question. Both are owned by the caller.
 */
void tm_alert_words(const TmIssue *issue, const TmAlert *alert, char **lead, char **text);

/*
 * The cost spike of a week that is not published yet, for the daily run: `micros` is what the week
 * has cost so far, exactly. FIRED when it is over the threshold already; CLEARED when it is not, so
 * far; NOT_JUDGED when the published weeks give no baseline. The scope must be one of the issue's.
 */
TmAlertState tm_alert_judge_cost(
    const TmIssue *issue, const TmScope *scope, TmKpiId kpi, gint64 micros);

/* ---- Readings ---------------------------------------------------------------------------- */

typedef enum TmTrend { TM_TREND_UNKNOWN, TM_TREND_UP, TM_TREND_FLAT, TM_TREND_DOWN } TmTrend;

/* For whom a reading is meant: letters of docs/kpis.md. */
#define TM_AUDIENCE_EXECUTIVE 'E'
#define TM_AUDIENCE_TEAM 'T'

typedef struct TmReading {
    const char *key;       /* of its row in docs/readings.md; "" where none holds. Borrowed */
    const char *audiences; /* borrowed */
    TmTrend trend;
    guint rank;         /* 1 and up: worth a decision, smallest first; 0: not */
    gboolean look;      /* needs a look */
    const char *kicker; /* heading of its decision, or NULL; borrowed */
    char *brief;        /* for a table: "Steady habit" */
    char *sentence;     /* what it means */
    char *ask;          /* question or next step, with the group's name */
} TmReading;

/*
 * All readings of a group for an audience (TmReading*, with free function), by priority; where none
 * holds, or the week cannot be read, the one that says so. Never empty. Groups are compared only
 * with groups of the same function, and a band counts only where every value in it would.
 */
GPtrArray *tm_readings_find(const TmIssue *issue, const TmScope *scope, char audience);

/* The first of them for the executive report. */
TmReading *tm_reading_find(const TmIssue *issue, const TmScope *scope);
void tm_reading_free(TmReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmReading, tm_reading_free)

/* ---- Adoption velocity ------------------------------------------------------------------- */

#define TM_VELOCITY_WEEKS 8

typedef enum TmTrajectory {
    TM_TRAJECTORY_UNKNOWN,
    TM_TRAJECTORY_GROWING,
    TM_TRAJECTORY_FLAT, /* no clear trend */
    TM_TRAJECTORY_DECLINING,
} TmTrajectory;

typedef enum TmAim {
    TM_AIM_NONE,    /* there is no target */
    TM_AIM_REACHED, /* the fitted line is at it or above */
    TM_AIM_NO_DATE, /* the line does not grow, or not within 26 weeks */
    TM_AIM_AHEAD,
} TmAim;

typedef struct TmVelocity {
    TmTrajectory trajectory;
    const char *reason; /* why it is not known; NULL when it is. Borrowed */
    TmWeek first;       /* of the eight weeks */
    gint64 slope;       /* tenths of a point a week */
    gint64 change;      /* tenths of a point, from the first fitted value to the last */
    TmAim aim;
    gint64 target;          /* whole points */
    guint earliest, latest; /* AHEAD: weeks after the issue's; `latest` 0: beyond 26 weeks */
} TmVelocity;

/*
 * Least-squares slope of the latest eight weekly rates of a group, short weeks passed over. Growing
 * or declining only when the slope has p < 0.01 (two-sided, six degrees of freedom: |t| > 3.7074)
 * and the fitted change is five points or more. The target lies between
 * (target − fitted last) ÷ (slope + t × se) and the same with slope − t × se, in whole weeks
 * rounded up. Not known with a week that is missing, incomplete, a band or under other rules. All
 * decisions are made in integers; the formula is in src/insight/velocity.c.
 */
TmVelocity tm_velocity_find(const TmIssue *issue, const TmScope *scope);

/* "Adoption grows by 1.8 points a week; the 70% target is in reach between W49 and W52." */
char *tm_velocity_sentence(const TmIssue *issue, const TmVelocity *velocity);

/* ---- Cost split -------------------------------------------------------------------------- */

/* In micro-units: change = seats + users + use, exact. */
typedef struct TmCostSplit {
    const char *reason; /* why there is none; NULL when there is. Borrowed */
    gint64 change;
    gint64 seats;
    gint64 users; /* more users: Δusers × mean metered cost per user */
    gint64 use;   /* use and price per user: Δ of that cost × mean users */
    gboolean has_metered;
} TmCostSplit;

/* Cost of the issue's week against the week before it. FALSE with `reason` where it is not known.
 */
gboolean tm_cost_split_find(const TmIssue *issue, const TmScope *scope, TmCostSplit *split);

/*
 * The two parts of a change of metered cost. `users` is rounded half to even, `use` is the rest, so
 * that they add up to cost_now − cost_before. FALSE when nobody was active in one of the weeks.
 */
gboolean tm_cost_split_parts(gint64 users_before, gint64 users_now, gint64 cost_before,
    gint64 cost_now, gint64 *users, gint64 *use);

char *tm_cost_split_sentence(const TmIssue *issue, const TmCostSplit *split);

/* ---- Cost share beside head share -------------------------------------------------------- */

/* All in whole percent; low equals high unless a band stands behind it. */
typedef struct TmCostShare {
    gint64 cost_low, cost_high;   /* of the organisation's cost */
    gint64 heads;                 /* of the organisation's licensed people */
    gint64 times_low, times_high; /* share of cost ÷ share of heads among the blocks of the same
                                     function; 0 where there are fewer than two others */
    gboolean is_outlier;          /* from twice the share of heads, whatever the bands hide */
} TmCostShare;

/* Shares of a block in the issue's week; FALSE where they are not known. */
gboolean tm_cost_share_find(const TmIssue *issue, const TmScope *scope, TmCostShare *share);

/* ---- Periods of more than a week --------------------------------------------------------- */

typedef enum TmPeriodKind { TM_PERIOD_WEEKS, TM_PERIOD_MONTH, TM_PERIOD_QUARTER } TmPeriodKind;

/* Whole ISO weeks: those whose Thursday lies in the month or quarter. */
typedef struct TmPeriod {
    TmPeriodKind kind;
    TmWeek first, last; /* both included */
    TmWeek end;         /* last settled week of it; before `last`, the period is "to date" */
    int year, number;   /* MONTH, QUARTER: as in its name */
    int fiscal_month;   /* QUARTER: first month of the fiscal year */
} TmPeriod;

/* FALSE if there is no such month or quarter. Until it is settled, `end` is `last`. */
gboolean tm_period_month(TmPeriod *period, int year, int month);

/* A fiscal year bears the name of the calendar year that it ends in. */
gboolean tm_period_quarter(TmPeriod *period, int year, int quarter, int fiscal_month);

/* FALSE if the last week lies before the first, or more than 53 weeks are asked for. */
gboolean tm_period_weeks(TmPeriod *period, TmWeek first, TmWeek last);

gboolean tm_period_parse_month(const char *text, TmPeriod *period); /* 2026-10 */
gboolean tm_period_parse_quarter(
    const char *text, int fiscal_month, TmPeriod *period); /* 2026-Q3 */

/* Cuts the period at the last published week; FALSE if it begins after that. */
gboolean tm_period_settle(TmPeriod *period, TmWeek last_published);

guint tm_period_length(const TmPeriod *period); /* settled weeks */
gboolean tm_period_is_to_date(const TmPeriod *period);

/* The month or quarter before; before a range or a period to date, as many weeks. */
TmPeriod tm_period_before(const TmPeriod *period);

char *tm_period_name(const TmPeriod *period); /* "2026-10", "2026-Q3", "2026-W40-2026-W47" */

typedef enum TmPeriodMethod {
    TM_PERIOD_SUM,       /* tokens, money, sessions, days: added, compared per week */
    TM_PERIOD_AVERAGE,   /* counts of people and seats, prices of a month: mean of the weeks */
    TM_PERIOD_RATE,      /* Σ numerators ÷ Σ denominators */
    TM_PERIOD_WEIGHTED,  /* means over active people, weighted by the week's active users */
    TM_PERIOD_NO_FIGURE, /* medians and shares of a distribution: made from people */
} TmPeriodMethod;

TmPeriodMethod tm_period_method(TmKpiId kpi);
const char *tm_period_method_name(TmPeriodMethod method); /* "per week, average"; borrowed */

/* A figure of a period, made from its published weekly cells. */
typedef struct TmPeriodCell {
    TmKpiId kpi;
    const char *part; /* borrowed from the caller */
    TmPeriodMethod method;
    TmCellState state;
    const char *reason; /* why it is not shown or not measured; else NULL. Borrowed */
    guint flags;        /* of any week */
    guint weeks;
    gint64 value;     /* state VALUE, else 0 */
    gint64 low, high; /* state BAND; G_MAXINT64: open */
    gint64 per_week;  /* SUM and AVERAGE with a value: the same a week */
    int rule_version;
} TmPeriodCell;

typedef struct TmPeriodView TmPeriodView;

/* The settled weeks of a period as an issue knows them; the issue must outlive the view. */
TmPeriodView *tm_period_view_new(const TmIssue *issue, const TmPeriod *period);
void tm_period_view_free(TmPeriodView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmPeriodView, tm_period_view_free)

/*
 * The group that stands for a scope of the issue's week in the join of the weeks' partitions:
 * itself when it exists in every week, else the nearest one above that does; NULL when a week of
 * the period was not published at all. Borrowed from the issue.
 */
const TmScope *tm_period_scope(const TmPeriodView *view, const TmScope *scope);

/* Not shown, with the reason, where a week is missing, the group or the rules changed. */
TmPeriodCell tm_period_cell(
    const TmPeriodView *view, const TmScope *scope, TmKpiId kpi, const char *part);

typedef struct TmPeriodChange {
    TmPeriodCell now, before;
    const char *reason; /* why they cannot be compared; NULL when they can. Borrowed */
    gint64 difference;  /* now − before; of sums, per week */
    gboolean has_percent;
    gint64 percent;
    int direction; /* −1, 0, 1; 0 also where the change is flat */
} TmPeriodChange;

TmPeriodChange tm_period_change(const TmPeriodView *now, const TmPeriodView *before,
    const TmScope *scope, TmKpiId kpi, const char *part);

/* ---- Sentences --------------------------------------------------------------------------- */

/* The message: one sentence without a full stop, about 20 words at most. */
char *tm_message_write(const TmIssue *issue);

/* docs/readings.md: rules and priority of readings and message. */
char *tm_readings_markdown(void);

/* What it means: one or two sentences; "" when there is nothing to add. */
char *tm_message_lede(const TmIssue *issue);

/* How a series of the organisation ran from `first` to the issue's week: for a figure's lead. */
char *tm_trend_sentence(const TmIssue *issue, TmKpiId kpi, const char *name, TmWeek first);

/* The same as text alternative: start, end, least, greatest, target or budget. */
char *tm_trend_alternative(const TmIssue *issue, TmKpiId kpi, const char *name, TmWeek first);

/* ---- Projected month --------------------------------------------------------------------- */

typedef struct TmProjection {
    gint64 micros;      /* cost of the reporting month */
    gint64 budget;      /* its budget */
    gint64 percent;     /* over (or under) budget, whole points */
    gboolean projected; /* FALSE: the month is over, the cost is what it was */
} TmProjection;

/*
 * Cost of the issue's reporting month against its budget: weeks so far, then seats by day and
 * metered use by working day at the mean of the last four weeks. FALSE when there is no budget or a
 * week that it needs is incomplete or not shown.
 */
gboolean tm_projection_find(const TmIssue *issue, const TmScope *scope, TmProjection *projection);

/* ---- Decisions --------------------------------------------------------------------------- */

typedef struct TmDecision {
    const char *kicker; /* "COST SPIKE"; borrowed */
    char *lead;         /* "Find the source of $3.5k extra in Data infrastructure." */
    char *text;         /* value against baseline, since when, next step */
    gboolean look;      /* an alert; else a reading worth acting on */
} TmDecision;

/*
 * At most `most` decisions (TmDecision*, with free function). Fired alerts come first: one of each
 * theme, stale data before all, then what is new this week, then what was open before; within
 * these by TmAlertKind, largest excess first. Then the rest of each theme in the same order. A
 * group whose parent has the same alert is left out. Readings by rank fill what is left.
 */
GPtrArray *tm_decisions_find(const TmIssue *issue, const GPtrArray *alerts, guint most);

G_END_DECLS

#endif
