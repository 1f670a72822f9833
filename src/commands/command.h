/*
 * command: what every sub-command shares. One file per sub-command; each has a row in the table of
 * main.c. Commands that only report (report, explain) never include the ledger's header; a test
 * checks this.
 */
#ifndef TM_COMMANDS_COMMAND_H
#define TM_COMMANDS_COMMAND_H

#include <tidemark/base.h>
#include <tidemark/setup.h>

/* Options that several commands understand. */
typedef struct TmInvocation {
    char *config; /* --config: path of tidemark.ini */
    char *today_text;
    char *week_text;
    char *since_text, *until_text;
    char *month_text, *quarter_text; /* report: --month, --quarter */
    char *from_text, *to_text;       /* report: --from, --to */
    gboolean dry_run;
    gboolean verbose;
    gboolean json;
    char *format;         /* report: html,pdf,data,alerts or tree, trace */
    char *paper;          /* report: a4 or letter */
    char **arguments;     /* what is left */
    TmDay today;          /* --today, else the clock in the organisation's zone */
    TmWeek week;          /* --week, else TM_WEEK_NONE */
    char *reset;          /* --reset: key of a tool to forget first */
    char *person;         /* --as: contribute: whose use it is */
    char *output;         /* --output: contribute: the file to write */
    gboolean alerts_only; /* --alerts-only: run: no report, only the alerts */
    gboolean daily_cost;  /* --daily-cost: run: publish nothing, judge the cost of running weeks */
    char *unmatched;      /* --unmatched: check: the file for accounts of nobody */
    TmDiagnostics *diagnostics;
} TmInvocation;

/* Which of the shared options a command takes. */
enum {
    TM_OPTION_CONFIG = 1,
    TM_OPTION_TODAY = 2,
    TM_OPTION_WEEK = 4,
    TM_OPTION_PERIOD = 8,
    TM_OPTION_DRY_RUN = 16,
    TM_OPTION_JSON = 32,
    TM_OPTION_FORMAT = 64,
    TM_OPTION_RESET = 128,
    TM_OPTION_CONTRIBUTE = 256,
    TM_OPTION_ALERTS = 512,
    TM_OPTION_LONG_PERIOD = 1024,
    TM_OPTION_UNMATCHED = 2048,
};

typedef struct TmCommand {
    const char *name;
    const char *arguments; /* as in the usage line */
    const char *summary;   /* one line */
    const char *help;      /* paragraphs under the options */
    guint options;
    /* FALSE with an error when the command could not go on. */
    gboolean (*run)(TmInvocation *invocation, GError **error);
} TmCommand;

gboolean tm_command_init(TmInvocation *invocation, GError **error);
gboolean tm_command_ingest(TmInvocation *invocation, GError **error);
gboolean tm_command_report(TmInvocation *invocation, GError **error);
gboolean tm_command_run(TmInvocation *invocation, GError **error);
gboolean tm_command_check(TmInvocation *invocation, GError **error);
gboolean tm_command_status(TmInvocation *invocation, GError **error);
gboolean tm_command_explain(TmInvocation *invocation, GError **error);
gboolean tm_command_contribute(TmInvocation *invocation, GError **error);

/* "s" unless there is one of them. */
static inline const char *tm_plural(guint64 count)
{
    return count == 1 ? "" : "s";
}

/*
 * The day that "2026-11-19", "30d", "2w", "1m" or "1y" means (so long before today); TM_DAY_NONE if
 * it is none of these.
 */
TmDay tm_period_day(const char *text, TmDay today);

/* Sets *error (TM_ERROR_UNUSABLE) from a text. Always FALSE. */
gboolean tm_command_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
