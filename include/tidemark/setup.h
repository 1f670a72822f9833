/*
 * setup: what the company tells us: settings, people, teams, licences, contracts, calendars,
 * identities, repositories, budgets, goals, and the prices of models.
 *
 * tm_setup_load() reads tidemark.ini, the CSV files beside it and the exports of the company's
 * directory in the folder "directory" once; afterwards a TmSetup is constant and may be read by
 * many threads. Bad lines are reported and skipped; a file that cannot be used at all is an error.
 * Arrays are public and read-only; an index into one of them is the identity of its element
 * (TmPersonIndex, TmTeamIndex, TmToolIndex).
 *
 * Formats, aliases and defaults of every file: docs/settings.md.
 */
#ifndef TIDEMARK_SETUP_H
#define TIDEMARK_SETUP_H

#include <tidemark/base.h>

G_BEGIN_DECLS

typedef guint32 TmPersonIndex;
typedef guint32 TmTeamIndex;
typedef guint32 TmToolIndex; /* below TM_TOOL_LIMIT, so that sets of tools are bit masks */

#define TM_PERSON_UNRESOLVED G_MAXUINT32    /* no row tells whose account this is */
#define TM_PERSON_IGNORED (G_MAXUINT32 - 1) /* identities.csv maps it to "-" */
#define TM_TEAM_NONE G_MAXUINT32
#define TM_TOOL_LIMIT 64
#define TM_MONEY_NONE G_MININT64

/* The tools that we know by name; others get the next free index when a set-up file names them. */
#define TM_KNOWN_TOOLS(X)                                                                          \
    X(CLAUDE_CODE, "claude_code", "Claude Code")                                                   \
    X(CURSOR, "cursor", "Cursor")                                                                  \
    X(COPILOT, "copilot", "GitHub Copilot")                                                        \
    X(GEMINI_CLI, "gemini_cli", "Gemini CLI")                                                      \
    X(CODEX, "codex", "OpenAI Codex")                                                              \
    X(CLAUDE, "claude", "Claude apps")                                                             \
    X(ANTHROPIC_API, "anthropic_api", "Anthropic API")                                             \
    X(OPENAI_API, "openai_api", "OpenAI API")                                                      \
    X(CHATGPT, "chatgpt", "ChatGPT")                                                               \
    X(GEMINI_CODE_ASSIST, "gemini_code_assist", "Gemini Code Assist")                              \
    X(QWEN_CODE, "qwen_code", "Qwen Code")                                                         \
    X(OPENCODE, "opencode", "opencode")                                                            \
    X(AMAZON_Q, "amazon_q", "Amazon Q Developer")                                                  \
    X(KIRO, "kiro", "Kiro")                                                                        \
    X(WINDSURF, "windsurf", "Windsurf")                                                            \
    X(AUGMENT, "augment", "Augment Code")                                                          \
    X(CODY, "cody", "Sourcegraph Cody")                                                            \
    X(OPENROUTER, "openrouter", "OpenRouter")                                                      \
    X(GITLAB_DUO, "gitlab_duo", "GitLab Duo")                                                      \
    X(TABNINE, "tabnine", "Tabnine")                                                               \
    X(JETBRAINS_AI, "jetbrains_ai", "JetBrains AI")                                                \
    X(GATEWAY, "gateway", "Model gateway")                                                         \
    X(OTHER_AGENT, "other_agent", "Other agents")

typedef enum TmKnownTool {
#define X(id, key, name) TM_TOOL_##id,
    TM_KNOWN_TOOLS(X)
#undef X
        TM_TOOL_KNOWN_COUNT
} TmKnownTool;

/* How a date such as 03/04/26 is read. */
typedef enum TmDateOrder {
    TM_DATE_ORDER_AUTO, /* as the file itself shows; undecided dates are refused */
    TM_DATE_ORDER_DAY_FIRST,
    TM_DATE_ORDER_MONTH_FIRST,
} TmDateOrder;

typedef struct TmTool {
    char *key;  /* as in licenses.csv */
    char *name; /* as in reports */
} TmTool;

/* tidemark.ini; every field has a default, src/setup/settings_table.c lists them. */
typedef struct TmSettings {
    char *organisation;               /* name in reports */
    char *time_zone;                  /* IANA name; UTC */
    GTimeZone *zone;                  /* the same, loaded */
    char *currency;                   /* ISO 4217; USD */
    guint8 work_days;                 /* bit 0 Monday … bit 6 Sunday */
    gint64 hours_per_day;             /* 8 */
    gint64 settle_days;               /* days after Sunday before a week is published; 3 */
    gint64 history_weeks;             /* weeks published at most in a first run; 13 */
    gint64 minimum_people;            /* 5; upward only */
    gint64 distribution_people;       /* 12 */
    gint64 cross_cut_people;          /* 20 */
    gint64 active_threshold;          /* interactions that make a day active; 1 */
    gint64 regular_sessions;          /* 3 */
    gint64 regular_days;              /* 3 */
    gint64 regular_tokens;            /* 10,000 */
    gint64 cost_spike_percent;        /* 150 */
    gint64 budget_percent;            /* 10 */
    gint64 department_budget_percent; /* 25 */
    gint64 token_spike_percent;       /* 50 */
    gint64 adoption_drop_points;      /* 10 */
    gint64 adoption_drop_people;      /* 3 */
    gint64 adoption_fall_percent;     /* 40 */
    gint64 adoption_stall_points;     /* 2 */
    gint64 not_started_people;        /* 5 */
    gint64 slow_start_percent;        /* 30 */
    gint64 slow_start_people;         /* 5 */
    gint64 streak_collapse_percent;   /* 20 */
    gint64 session_depth_percent;     /* 30 */
    gint64 unused_seats_percent;      /* 10 */
    gint64 p_percent;                 /* 15 */
    gint64 fiscal_year_month;         /* 1 */
    gboolean drop_plus_tags;          /* ana+cursor@… is ana@… */
    TmDateOrder outcomes_date_order;
    char *outcomes_time_zone;     /* of dates without an offset; NULL: the organisation's */
    GTimeZone *outcomes_zone;     /* the same, loaded; NULL: the organisation's */
    gboolean outcomes_author_day; /* commits count on the day of the author, not of the commit */
    gboolean outcomes_sub_tasks;  /* closed sub-tasks count too */
    char *outcomes_feature_types; /* issue types and labels, by comma */
    char *outcomes_excluded_resolutions; /* by comma */
    gboolean hour_cache_writes; /* cache writes of unknown lifetime are priced as 1-hour ones */
    char *ledger_path;          /* absolute, or beside tidemark.ini */
    char *key_path;
    char *archive_path;
    char *audit_path;
    char *quarantine_path;
    char *output_path;
    char *exports_path;  /* folder that `run` reads when none is named */
    char *outcomes_path; /* folder of exports of development tools; need not exist */
    char *mappings_path; /* folder of mapping files; need not exist */
    char *template_path; /* folder of an organisation's own templates, or NULL */
    char *roster_path;   /* folder of people.csv and the other set-up files */
} TmSettings;

/* One row of people.csv, or of an export of the directory: a person is in one team from first to
 * last, both included. */
typedef struct TmRosterSpell {
    TmDay first, last; /* TM_DAY_NONE / TM_DAY_FOREVER where open */
    TmTeamIndex team;  /* TM_TEAM_NONE: in no team */
    guint8 work_days;  /* bit 0 Monday */
    GTimeZone *zone;   /* NULL: the organisation's */
    guint32 calendar;  /* into calendars; G_MAXUINT32: only the calendar "*" */
} TmRosterSpell;

typedef struct TmPerson {
    char *email;      /* canonical id: trimmed, lower-case */
    char *name;       /* NULL if not given; printed only to the person */
    GArray *spells;   /* TmRosterSpell, by first day, not overlapping */
    GArray *absences; /* TmDaySpan: approved full days off, sorted, joined */
} TmPerson;

typedef struct TmDaySpan {
    TmDay first, last; /* both included */
} TmDaySpan;

typedef enum TmTeamType {
    TM_TEAM_ORGANISATION,
    TM_TEAM_BUSINESS_UNIT,
    TM_TEAM_DEPARTMENT,
    TM_TEAM_TEAM,
} TmTeamType;

/*
 * One unit of teams.csv, or a group of the directory. Index 0 is always the organisation. After
 * loading, people are only in units of type TEAM (those placed directly in a higher unit form the
 * team "NAME, direct"), and every team has a department: without one on the way up, the
 * organisation is the department.
 */
typedef struct TmTeam {
    char *id;
    char *name;
    TmTeamIndex parent; /* TM_TEAM_NONE for the organisation */
    TmTeamType type;
    char *function;      /* kind of work, or NULL: compared with none */
    int stage;           /* trust stage 1–4; 3 if not given */
    char *rollout_state; /* NULL, or baseline, seed, launch, iterate, done */
    TmDay rollout_start;
    char *cost_center;
    TmTeamIndex department; /* nearest unit of type department, itself included; else 0 */
    TmDay first, last;
} TmTeam;

/* One spell of licenses.csv. */
typedef struct TmLicence {
    TmPersonIndex person; /* TM_PERSON_UNRESOLVED: shared or unassigned seats */
    TmToolIndex tool;
    char *plan; /* or NULL */
    TmDay first, last;
    gint64 monthly_price; /* micro-units; TM_MONEY_NONE: the contract's */
    char *currency;       /* or NULL: the organisation's */
    gint64 seats;         /* 1 for a person */
} TmLicence;

/* One row of subscriptions.csv. */
typedef struct TmContract {
    TmToolIndex tool;
    char *plan;
    gint64 seats;
    gint64 price_per_seat; /* micro-units per period */
    gboolean yearly;       /* else monthly */
    char *currency;
    TmDay first, last;
    char *cost_center;
} TmContract;

/* One row of budgets.csv. A finer period beats a coarser one. */
typedef struct TmBudget {
    TmTeamIndex team;  /* 0: the organisation ("*") */
    TmToolIndex tool;  /* TM_TOOL_LIMIT: all tools ("*") */
    TmDay first, last; /* calendar days of the month, quarter or year */
    gint64 amount;     /* micro-units for the whole period */
    char *currency;
} TmBudget;

/* One row of goals.csv. Values are in the KPI's unit, in micro-units (62 % is 62,000,000). */
typedef struct TmGoal {
    TmTeamIndex team;
    char *metric;
    gint64 target, lower, upper; /* TM_MONEY_NONE where not given */
    TmDay first, last;
    gint64 ramp_from; /* what `lower` is on the first day; TM_MONEY_NONE: no ramp */
    TmDay ramp_end;   /* from here on it is `lower`; in between it rises in a straight line */
} TmGoal;

/* One row of invoices.csv: what a vendor has billed for some days. */
typedef struct TmInvoice {
    TmToolIndex tool;
    TmDay first, last; /* both given */
    gint64 amount;     /* micro-units, at least 0 */
    char *currency;
} TmInvoice;

/* One row of events.csv: a mark on the time axis. */
typedef struct TmEvent {
    TmDay day;
    TmTeamIndex team; /* 0: the organisation ("*") */
    char *text;       /* one line of at most 60 letters */
} TmEvent;

typedef struct TmSetup {
    TmSettings settings;
    GArray *tools;     /* TmTool */
    GArray *people;    /* TmPerson, sorted by email */
    GArray *teams;     /* TmTeam, organisation first, then by id; parents need not come first */
    GArray *licences;  /* TmLicence, by person, tool, first day */
    GArray *contracts; /* TmContract */
    GArray *budgets;   /* TmBudget */
    GArray *goals;     /* TmGoal */
    GArray *invoices;  /* TmInvoice, by tool, first and last day */
    GArray *events;    /* TmEvent, by day, team, text */
    char *fingerprint; /* SHA-256 over all set-up files and exports, hexadecimal */
    struct TmSetupPrivate *hidden; /* look-up tables: holidays, identities */
} TmSetup;

/*
 * Reads the settings file and every set-up file in settings.roster_path that exists. Problems of
 * single lines go to `diagnostics`. NULL with an error when the settings or a file that is there
 * cannot be used, or when neither people.csv nor an export of the directory says who is on the
 * roster: a run without them would publish wrong figures for good.
 */
TmSetup *tm_setup_load(const char *settings_path, TmDiagnostics *diagnostics, GError **error);
void tm_setup_free(TmSetup *setup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmSetup, tm_setup_free)

/* Only tidemark.ini: for commands that must run without the roster (report, explain). */
gboolean tm_settings_load(
    TmSettings *settings, const char *path, TmDiagnostics *diagnostics, GError **error);
void tm_settings_clear(TmSettings *settings);

/*
 * Writes a commented tidemark.ini and example set-up files into a folder; existing ones stay. The
 * paths of those written are added to `written_paths` (may be NULL), which owns them.
 */
gboolean tm_setup_write_examples(const char *folder, GPtrArray *written_paths, GError **error);

/* The tables of docs/settings.md about tidemark.ini, as Markdown. Owned by the caller. */
char *tm_settings_document(void);

/* ---- Identities -------------------------------------------------------------------------- */

typedef enum TmIdentityKind {
    TM_IDENTITY_EMAIL,
    TM_IDENTITY_LOGIN,
    TM_IDENTITY_USER_ID,
    TM_IDENTITY_INSTALLATION_ID,
    TM_IDENTITY_API_KEY,
    TM_IDENTITY_DEVICE,
    TM_IDENTITY_NAME,
    TM_IDENTITY_PATH,
    TM_IDENTITY_KIND_COUNT
} TmIdentityKind;

/* How a source names who used it. `value` need not end in NUL and is not kept. */
typedef struct TmIdentity {
    TmIdentityKind kind;
    const char *value;
    gsize length;
} TmIdentity;

/*
 * Whose account this was on that day: dated row of identities.csv or of the directory, else
 * people.email, else GitHub's noreply address as a login, else without the plus tag (setting), else
 * TM_PERSON_UNRESOLVED. For a path the longest matching row wins (folder or file name).
 */
TmPersonIndex tm_setup_resolve(
    const TmSetup *setup, TmToolIndex tool, const TmIdentity *identity, TmDay day);

/* The canonical text of an identity ("copilot:login:ana-lima_acme"), for its pseudonym. */
void tm_identity_canonical(
    const TmSetup *setup, TmToolIndex tool, const TmIdentity *identity, GString *out);

typedef void (*TmIdentityVisitor)(gpointer user, TmToolIndex tool, const TmIdentity *identity);

/*
 * Calls `visit` for every identity that can be written down: the rows of identities.csv and
 * the accounts of the directory, and each person's address as an e-mail and as a login; for each
 * tool where the tool does not matter. In no particular order; the same identity may come twice.
 * Whose it is, tm_setup_resolve() tells.
 */
void tm_setup_foreach_identity(const TmSetup *setup, TmIdentityVisitor visit, gpointer user);

/* ---- Repositories and projects ----------------------------------------------------------- */

/*
 * The team that repositories.csv gives to a repository ("acme/core") or a project ("WEB"), else to
 * the nearest owner or group above it ("acme"). TM_TEAM_NONE without a row.
 */
TmTeamIndex tm_setup_repository_team(const TmSetup *setup, const char *name, gsize length);

/*
 * The same for a file that comes from a repository and does not name it: its path without an
 * extension ends in the repository ("exports/acme/core"), else that of its folder does.
 */
TmTeamIndex tm_setup_place_team(const TmSetup *setup, const char *path, gsize length);

/* ---- Questions of time and place --------------------------------------------------------- */

/* Local day and minute of the day (0–1439; `minute` may be NULL) of an instant; zone NULL: UTC. */
TmDay tm_zone_local_day(GTimeZone *zone, gint64 instant_milliseconds, int *minute);

/* The same in the zone of the person's roster row of that UTC day, else in ours. */
TmDay tm_setup_local_day(
    const TmSetup *setup, TmPersonIndex person, gint64 instant_milliseconds, int *minute);

/* Team of a person on a day; TM_TEAM_NONE when not on the roster that day. */
TmTeamIndex tm_setup_team_on(const TmSetup *setup, TmPersonIndex person, TmDay day);

/*
 * A day of the person's work week that is neither holiday nor an approved full day off. FALSE on
 * days when the person is not on the roster.
 */
gboolean tm_setup_is_working_day(const TmSetup *setup, TmPersonIndex person, TmDay day);

/* The unit or one of its ancestors is `ancestor`. */
gboolean tm_setup_team_within(const TmSetup *setup, TmTeamIndex team, TmTeamIndex ancestor);

/*
 * Budget of a unit for a span of days in the organisation's currency: each day's share of its
 * month's (quarter's, year's) amount, summed and rounded once. FALSE without a budget for each day.
 * Only rows for all tools count; budgets of single tools are read from the array.
 */
gboolean tm_setup_budget(const TmSetup *setup, TmTeamIndex unit, TmDaySpan span, gint64 *micros);

/* Goal in force for a KPI: the unit's own, else its nearest ancestor's; NULL if none. */
const TmGoal *tm_setup_goal(const TmSetup *setup, TmTeamIndex unit, const char *metric, TmDay day);

/* ---- Prices and plans -------------------------------------------------------------------- */

/* Lists of prices, the preferred one first. */
typedef enum TmPriceSource {
    TM_PRICE_COMPANY,    /* prices.csv */
    TM_PRICE_LITELLM,    /* model_prices_and_context_window.json */
    TM_PRICE_MODELS_DEV, /* api.json */
    TM_PRICE_BUILT_IN,   /* list prices that come with the program */
    TM_PRICE_SOURCE_COUNT
} TmPriceSource;

#define TM_TOKENS_UNKNOWN (-1)

/* Tokens of one model. No class holds tokens of another; 0 where there were none. */
typedef struct TmTokenUse {
    gint64 input;          /* neither read from a cache nor written to one */
    gint64 cache_write;    /* of every lifetime */
    gint64 cache_write_1h; /* part of cache_write; TM_TOKENS_UNKNOWN: the split is not known */
    gint64 cache_read;
    gint64 output; /* with reasoning */
} TmTokenUse;

/* What an amount rests on. */
typedef struct TmPriceOrigin {
    TmPriceSource source;
    const char *currency;      /* ISO 4217; owned by the setup */
    gboolean assumed_lifetime; /* the setting cache_writes made a difference */
} TmPriceOrigin;

/*
 * An estimate at list price, in micro-units of origin->currency, rounded half to even once.
 *
 * `model` as a source writes it (docs/settings.md says how it is looked up); it need not end in NUL
 * and is not kept. `per_request`: the use is that of one request, so that prices for long contexts
 * apply; a sum over requests has the base prices. `fast`: served in the vendor's fast mode; a name
 * that ends in "-fast" says so too.
 *
 * FALSE when there is no price for the model, its fast mode or one of the classes that have tokens
 * on that day, when a count is negative, or when the amount does not fit: nothing is ever priced as
 * zero for want of a price. `origin` may be NULL. Allocates nothing and may be called by many
 * threads.
 */
gboolean tm_setup_price(const TmSetup *setup, TmToolIndex tool, const char *model, gsize length,
    TmDay day, const TmTokenUse *use, gboolean per_request, gboolean fast, gint64 *micros,
    TmPriceOrigin *origin);

/* A plan by which vendors sell. Licences and contracts hold the key of a plan that is known. */
typedef struct TmPlan {
    const char *key;     /* "max_20x" */
    const char *aliases; /* other spellings, folded, with blanks between; or NULL */
    gboolean by_use;     /* use is billed, not covered by a subscription */
} TmPlan;

/* The plan that vendors write like this, or NULL. `text` need not end in NUL. */
const TmPlan *tm_plan_find(const char *text, gsize length);

/* All known plans, in the order of docs/settings.md. */
const TmPlan *tm_plans(guint *count);

#define TM_ALL_DAYS 0x7f

/*
 * Days of a week (bit 0 Monday) on which the company has the tool: some licence or contract is in
 * force. All days for a tool that neither names.
 */
guint8 tm_setup_tool_days(const TmSetup *setup, TmToolIndex tool, TmWeek week);

/* Index of a tool by key; TM_TOOL_LIMIT if no set-up file named it and it is not a known one. */
TmToolIndex tm_setup_tool(const TmSetup *setup, const char *key);

G_END_DECLS

#endif
