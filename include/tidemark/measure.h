/*
 * measure: the KPI catalogue, the partition into blocks, and one ordered pass over person-weeks
 * that feeds every figure of every group.
 *
 * tm_measure_run() gives exact figures together with what disclosure control needs to judge them
 * (how many people stand behind each, the two largest contributions). Nothing of it may be shown
 * as it is: archive turns figures into cells that may be published.
 *
 * The catalogue is also read by rooms right of archive; everything else here is for commands only.
 */
#ifndef TIDEMARK_MEASURE_H
#define TIDEMARK_MEASURE_H

#include <tidemark/base.h>

G_BEGIN_DECLS

/* ---- Catalogue --------------------------------------------------------------------------- */

/* Units of published values. Published precision is the catalogue's `step`. */
typedef enum TmUnit {
    TM_UNIT_PEOPLE,  /* whole people */
    TM_UNIT_SEATS,   /* whole seats */
    TM_UNIT_PERCENT, /* whole points */
    TM_UNIT_TOKENS,  /* tokens, in thousands or hundreds */
    TM_UNIT_MONEY,   /* micro-units of the organisation's currency, in cents */
    TM_UNIT_DAYS,    /* tenths of a working day */
    TM_UNIT_PERSON_DAYS,
    TM_UNIT_COUNT,      /* sessions, messages, interactions */
    TM_UNIT_RATE,       /* tenths: so many of one thing to one of another */
    TM_UNIT_HOURS,      /* tenths of an hour */
    TM_UNIT_HUNDREDTHS, /* of a coefficient between 0 and 1 */
} TmUnit;

/* How many of the unit's integers make one: 10 for tenths of a day. */
gint64 tm_unit_scale(TmUnit unit);

typedef enum TmDirection { TM_DIRECTION_NEUTRAL, TM_DIRECTION_UP, TM_DIRECTION_DOWN } TmDirection;

/* How the figure of a larger group comes about. */
typedef enum TmAggregation {
    TM_AGGREGATE_SUM,          /* sum of the blocks' published values */
    TM_AGGREGATE_MEAN,         /* from exact data: sum over people ÷ people */
    TM_AGGREGATE_RATIO,        /* from two published values: numerator ÷ denominator */
    TM_AGGREGATE_TOTAL,        /* sum of other published values (parts) */
    TM_AGGREGATE_DIFFERENCE,   /* from two published values: numerator − denominator */
    TM_AGGREGATE_DISTRIBUTION, /* from exact data of the whole group: medians, shares */
    TM_AGGREGATE_COUNT,        /* people, counted for the organisation and its departments each */
    TM_AGGREGATE_CUT, /* the group in parts, for the organisation and its departments each */
    TM_AGGREGATE_TOP, /* exists for the organisation only */
} TmAggregation;

/* What the parts of a KPI are. */
typedef enum TmPartKind {
    TM_PART_NONE,
    TM_PART_TOOL,    /* key of the tool */
    TM_PART_MODEL,   /* name of the model */
    TM_PART_SURFACE, /* as in tidemark.csv */
    TM_PART_TASK,    /* as in tidemark.csv */
    TM_PART_PROJECT, /* "project:…", "product:…" or "cost_center:…" */
    TM_PART_BUCKET,  /* tm_kpi_buckets() */
} TmPartKind;

/* The small parts of a cut put together; no tool, model or surface has this name. */
#define TM_PART_OTHER "(other)"

typedef enum TmKpiId {
    /* people */
    TM_KPI_LICENSED,
    TM_KPI_ACTIVE_USERS,
    TM_KPI_REGULAR_USERS,
    TM_KPI_ADOPTION,
    TM_KPI_REGULAR_SHARE,
    TM_KPI_GAINED_USERS,
    TM_KPI_LOST_USERS,
    TM_KPI_NEW_USERS,
    TM_KPI_LAPSED_USERS,
    TM_KPI_RETURNED_USERS,
    TM_KPI_LEFT_USERS,
    TM_KPI_AWAY_USERS,
    TM_KPI_USAGE_FREQUENCY,
    TM_KPI_SEGMENTS,
    TM_KPI_ZERO_SESSION_PEOPLE,
    TM_KPI_IDLE_PEOPLE,
    TM_KPI_DECLINING_USERS,
    TM_KPI_NOT_STARTED,
    TM_KPI_STARTERS,
    TM_KPI_SLOW_STARTERS,
    TM_KPI_SLOW_START_SHARE,
    TM_KPI_TIME_TO_FIRST,
    TM_KPI_ACTIVE_UNLICENSED,
    TM_KPI_UNASSIGNED_ACCOUNTS,
    /* tokens */
    TM_KPI_TOKENS,
    TM_KPI_INPUT_TOKENS,
    TM_KPI_CACHE_WRITE_TOKENS,
    TM_KPI_OUTPUT_TOKENS,
    TM_KPI_CACHE_READ_TOKENS,
    TM_KPI_UNSPLIT_TOKENS,
    TM_KPI_TOKENS_PER_ACTIVE,
    TM_KPI_ALL_INPUT_TOKENS,
    TM_KPI_CACHE_LEVERAGE,
    /* money */
    TM_KPI_COST,
    TM_KPI_COST_SEATS,
    TM_KPI_COST_METERED,
    TM_KPI_LIST_VALUE,
    TM_KPI_COST_PER_ACTIVE,
    TM_KPI_COST_PER_LICENSED,
    TM_KPI_TOKENS_PER_SEAT_MONEY,
    TM_KPI_SESSIONS_PER_SEAT_MONEY,
    /* habit */
    TM_KPI_STREAK,
    TM_KPI_STREAK_MEDIAN,
    TM_KPI_STREAK_5_USERS,
    TM_KPI_STREAK_CONSISTENCY,
    TM_KPI_STREAK_BANDS,
    TM_KPI_ACTIVE_WORKING_DAYS,
    TM_KPI_ACTIVE_PEOPLE_DAYS,
    TM_KPI_ACTIVE_DAY_SHARE,
    TM_KPI_AI_HOURS,
    TM_KPI_KNOWN_HOURS,
    TM_KPI_AI_TIME_SHARE,
    /* sessions */
    TM_KPI_SESSIONS,
    TM_KPI_SESSION_USERS,
    TM_KPI_SESSION_COVERAGE,
    TM_KPI_SESSION_DAYS,
    TM_KPI_SESSION_FREQUENCY,
    TM_KPI_SESSION_TOKENS,
    TM_KPI_TOKEN_SESSIONS,
    TM_KPI_SESSION_DEPTH,
    TM_KPI_SESSION_MESSAGES,
    TM_KPI_MESSAGE_SESSIONS,
    TM_KPI_MESSAGES_PER_SESSION,
    TM_KPI_SESSION_VALUE,
    TM_KPI_VALUE_SESSIONS,
    TM_KPI_COST_PER_SESSION,
    TM_KPI_GINI,
    TM_KPI_TOP_FIFTH_SHARE,
    TM_KPI_QUARTILE_RATIO,
    /* mix */
    TM_KPI_TOOL_ACTIVE,
    TM_KPI_TOOL_TOKENS,
    TM_KPI_TOOL_METERED,
    TM_KPI_TOOL_LIST_VALUE,
    TM_KPI_TOOL_SESSIONS,
    TM_KPI_MODEL_TOKENS,
    TM_KPI_SURFACE_USE,
    TM_KPI_TASK_USE,
    TM_KPI_PROJECT_TOKENS,
    TM_KPI_DIVERSITY,
    /* seats, one line a tool (part = tool key) */
    TM_KPI_SEATS_PURCHASED,
    TM_KPI_SEATS_HELD,
    TM_KPI_SEATS_ACTIVE,
    TM_KPI_SEATS_ZERO_SESSION,
    TM_KPI_SEATS_IDLE,
    TM_KPI_SEAT_MONTH_PRICE,
    TM_KPI_SEATS_MONTH_COST,
    TM_KPI_SEATS_PRICE_PER_ACTIVE,
    TM_KPI_SPEND_EXPOSED,
    TM_KPI_SPEND_REASSIGNABLE,
    TM_KPI_SPEND_REDUCIBLE,
    /* support cells: archived for alerts, not shown */
    TM_KPI_PRESENT,
    TM_KPI_PRESENT_ACTIVE,
    TM_KPI_WORKING_DAYS,
    TM_KPI_USUAL_DAYS,
    TM_KPI_MATCHED_STREAK_NOW,
    TM_KPI_MATCHED_STREAK_BEFORE,
    TM_KPI_COUNT
} TmKpiId;

typedef struct TmKpi {
    const char *key;  /* "adoption": in files, goals.csv, `explain` */
    const char *name; /* "Adoption rate" */
    TmUnit unit;
    gint64 step; /* published precision in the unit's integers */
    TmDirection direction;
    TmAggregation aggregation;
    TmKpiId numerator, denominator; /* RATIO; DIFFERENCE */
    TmKpiId whole;                  /* CUT: what its parts give away together */
    TmKpiId parts[3];               /* TOTAL */
    guint part_count;
    guint minimum_people;  /* 0: the group's minimum; else as 5, 12 or 20 in the settings */
    gboolean money_rule;   /* the p % rule applies */
    TmPartKind by;         /* one cell a part */
    gboolean support;      /* archived, not shown */
    const char *audiences; /* E: executive and department reports, T: team report; "ET" */
    const char *formula;   /* in words */
    const char *sources;   /* measures that it is made from, in words */
    const char *reading;   /* bands and how to read it */
    const char *decision;  /* what it changes */
} TmKpi;

const TmKpi *tm_kpi(TmKpiId id);
TmKpiId tm_kpi_by_key(const char *key); /* TM_KPI_COUNT if there is none */

/* What makes the terms of a ratio its unit's integers: numerator × up ÷ (denominator × down). */
typedef struct TmRatioScale {
    gint64 up, down; /* without common factors */
} TmRatioScale;

TmRatioScale tm_kpi_ratio_scale(TmKpiId ratio);

/* Keys of the parts of a KPI by bucket, in order, NULL at the end; NULL for others. Borrowed. */
const char *const *tm_kpi_buckets(TmKpiId id);

/* TRUE for the KPIs that give one figure for each tool's seats. */
gboolean tm_kpi_is_of_seats(TmKpiId id);

/* Version of the program's definitions and disclosure rules; a change starts a new series. */
#define TM_RULE_VERSION 1

/* docs/kpis.md and `tidemark explain`; owned by the caller. */
char *tm_kpi_catalogue_markdown(void);
char *tm_kpi_explain(TmKpiId id);

/* ---- Partition --------------------------------------------------------------------------- */

typedef enum TmScopeKind {
    TM_SCOPE_ORGANISATION,
    TM_SCOPE_DEPARTMENT,
    TM_SCOPE_BLOCK,
    TM_SCOPE_UNASSIGNED, /* use of accounts that belong to nobody on the roster */
    TM_SCOPE_SPARE,      /* seats that nobody on the roster holds */
} TmScopeKind;

/* A group that may have figures: the organisation, a department, or a block of teams. */
typedef struct TmScope {
    TmScopeKind kind;
    char *id;          /* "org", "unassigned", "spare", "block-" + hash of its sorted team ids,
                          "dept-" + hash of its sorted department ids */
    char *name;        /* as printed */
    char *function;    /* shared by all its teams, else NULL */
    char *cost_center; /* shared by all its teams, else NULL */
    guint parent;      /* index in the week's scopes; the organisation is its own */
    GPtrArray *teams;  /* char*: sorted ids of the teams it is made of */
    gboolean merged;   /* more than one team */
    gboolean own_line; /* FALSE: its teams' trust stage keeps it out of reports' lines */
} TmScope;

void tm_scope_free(TmScope *scope);

/* All scopes of a week: organisation first, then departments by name, each followed by its blocks,
 * then the unassigned use and the spare seats, both with the organisation as parent. */
typedef struct TmPartition {
    TmWeek week;
    GPtrArray *scopes;         /* TmScope* */
    GHashTable *block_of_team; /* index + 1 by id of the team; made when first asked for */
} TmPartition;

void tm_partition_free(TmPartition *partition);

/* ---- Figures ----------------------------------------------------------------------------- */

enum {
    TM_FIGURE_ESTIMATED = 1,    /* at least a part is an estimate */
    TM_FIGURE_INCOMPLETE = 2,   /* a tool with licences lacks days of the week */
    TM_FIGURE_NOT_MEASURED = 4, /* no source supplies it */
    TM_FIGURE_AT_LEAST = 8,     /* streaks over missing days */
};

/* One exact figure of one group in one week. */
typedef struct TmFigure {
    TmKpiId kpi;
    guint scope;      /* in the week's partition */
    const char *part; /* interned, or "" */
    guint flags;
    gint64 value;           /* exact; of MEAN and DISTRIBUTION the numerator */
    gint64 denominator;     /* MEAN, DISTRIBUTION; else 1 */
    guint people;           /* who contributes (to a count: who is counted) */
    guint base;             /* out of how many (licensed people of the group) */
    gint64 largest, second; /* the two largest contributions, for the p % rule */
} TmFigure;

/* What is known about the data of a tool as of the last week. */
typedef struct TmToolState {
    const char *tool; /* key, interned */
    char *name;
    TmDay last_day;             /* last covered day; TM_DAY_NONE: no data */
    guint32 missing_weeks;      /* bit n: the week n before the issue lacks days */
    guint missing_days;         /* of the week */
    guint licensed;             /* people who hold a licence */
    const char *licence_source; /* "licenses.csv" or "roster" */
    gboolean has_sessions, has_tokens, has_money;
} TmToolState;

typedef struct TmMeasuredWeek {
    TmPartition *partition;
    GArray *figures; /* TmFigure */
    GArray *tools;   /* TmToolState */
} TmMeasuredWeek;

typedef struct TmMeasured {
    GPtrArray *weeks; /* TmMeasuredWeek*, oldest first */
} TmMeasured;

TmMeasuredWeek *tm_measured_week_new(void); /* without a partition; owned by the array it joins */
TmMeasured *tm_measured_new(void);
void tm_measured_free(TmMeasured *measured);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmMeasured, tm_measured_free)

struct TmSetup;
struct TmLedger;

typedef struct TmMeasureOptions {
    TmWeek first, last;       /* weeks to measure, both included */
    const GPtrArray *history; /* TmPartition*: partitions published before, oldest first */
} TmMeasureOptions;

/* Last week that has settled on a day: its Sunday lies settle_days or more before. */
TmWeek tm_measure_settled_week(const struct TmSetup *setup, TmDay today);

/* Licensed people of a week, by the set-up alone: the denominator of adoption. */
guint64 tm_measure_licensed(const struct TmSetup *setup, TmWeek week);

/* One ordered pass. NULL with an error when the ledger cannot be read. */
TmMeasured *tm_measure_run(const struct TmSetup *setup, struct TmLedger *ledger,
    const TmMeasureOptions *options, GError **error);

/*
 * What one account's metered use of a tool cost on a day, sources joined by precedence: micro-units
 * of the organisation's currency. `account` is the ledger's.
 */
typedef void (*TmMeteredVisitor)(
    gpointer user, guint tool, guint32 account, TmDay day, gint64 micros);

/*
 * Visits each account's days that state metered cost, from first to last week. Exact, of single
 * accounts: for sums that the operator compares with invoices, and never to be published. FALSE
 * with an error when the ledger cannot be read.
 */
gboolean tm_measure_metered(const struct TmSetup *setup, struct TmLedger *ledger, TmWeek first,
    TmWeek last, TmMeteredVisitor visit, gpointer user, GError **error);

G_END_DECLS

#endif
