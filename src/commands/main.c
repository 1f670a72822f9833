/* The program's front door: finds the command, parses its options, turns the outcome into an exit
 * code. */
#include "command.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static const TmCommand commands[] = {
    {"init", "[FOLDER]", "write a commented tidemark.ini and example set-up files",
        "FOLDER is made if needed; without it the current folder is used. Files that exist are "
        "left\n"
        "alone.",
        0, tm_command_init},
    {"check", "[FILE|FOLDER…]", "read exports without storing anything and say what they hold",
        "For each file: format, version, period, rows taken and skipped, and the sum of every\n"
        "measure as its records would count, copies once, so that it can be compared with the\n"
        "vendor's console. Without arguments the exports folder of tidemark.ini is read; files\n"
        "that are named need no tidemark.ini. --unmatched writes down the accounts that belong to\n"
        "nobody on the roster, as rows of identities.csv to be filled in; only you can read the "
        "file.",
        TM_OPTION_CONFIG | TM_OPTION_TODAY | TM_OPTION_PERIOD | TM_OPTION_JSON |
            TM_OPTION_UNMATCHED,
        tm_command_check},
    {"ingest", "[FILE|FOLDER…]", "read exports into the private ledger",
        "Without arguments the exports folder of tidemark.ini is read. Reading a file again\n"
        "changes nothing; the order of files does not matter. --reset cursor forgets what is "
        "stored\n"
        "of Cursor before it reads: use of which the exports are gone is lost.",
        TM_OPTION_CONFIG | TM_OPTION_TODAY | TM_OPTION_PERIOD | TM_OPTION_DRY_RUN | TM_OPTION_RESET,
        tm_command_ingest},
    {"run", "[FILE|FOLDER…]", "ingest, publish the settled weeks, and write the reports",
        "What a timer calls every week. Safe to repeat: a week is published once, and the same\n"
        "input gives the same bytes. Without arguments the exports folder of tidemark.ini is "
        "read.\n"
        "--alerts-only writes alerts.json and alerts.txt of the week and no report. --daily-cost\n"
        "publishes nothing: it says whether the cost of a week that is not published yet is over "
        "its\n"
        "threshold already, without any figure.",
        TM_OPTION_CONFIG | TM_OPTION_TODAY | TM_OPTION_WEEK | TM_OPTION_PERIOD | TM_OPTION_DRY_RUN |
            TM_OPTION_FORMAT | TM_OPTION_ALERTS,
        tm_command_run},
    {"report", "", "write the reports of a published week again, or data of a longer time",
        "Reads the archive only: works without the ledger and its key. Of a month, a quarter or a\n"
        "range of weeks it writes data files, with the period before beside it. Months and "
        "quarters\n"
        "are the weeks whose Thursday lies in them; one that is not over holds its settled weeks.\n"
        "Quarters follow fiscal_year_month, and a fiscal year is named after the year it ends in.",
        TM_OPTION_CONFIG | TM_OPTION_WEEK | TM_OPTION_LONG_PERIOD | TM_OPTION_DRY_RUN |
            TM_OPTION_FORMAT,
        tm_command_report},
    {"status", "", "say how fresh the data is and what was published",
        "Names working days without data, counts accounts that identities.csv does not explain, "
        "and\n"
        "verifies the archive.",
        TM_OPTION_CONFIG | TM_OPTION_TODAY, tm_command_status},
    {"explain", "[KPI…]", "say what a number means, how it is made and who sees it",
        "Without a KPI all are listed.", 0, tm_command_explain},
    {"contribute", "[FILE|FOLDER…]", "write your own use on this machine as tidemark.csv",
        "For a developer whose company counts on such files. Reads what Claude Code, Codex,\n"
        "Gemini CLI, Qwen Code and opencode left on this machine, or the files that are named, "
        "and\n"
        "writes counts only: day, address, tool, model, numbers, and hashes of record ids, so "
        "that\n"
        "nothing is counted twice, however often and from however many machines you contribute.\n"
        "No prompt, answer, path or project is written. Days are those of this machine's zone: the "
        "last\n"
        "30 days, or those since --since. --dry-run prints every line that would be written.",
        TM_OPTION_TODAY | TM_OPTION_PERIOD | TM_OPTION_DRY_RUN | TM_OPTION_CONTRIBUTE,
        tm_command_contribute},
};

gboolean tm_command_refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, TM_ERROR, TM_ERROR_UNUSABLE, text);
    return FALSE;
}

static void print_usage(FILE *stream)
{
    fputs("Usage: tidemark COMMAND [OPTION…] [ARGUMENT…]\n\n"
          "Answers one question from the vendors' exports: are our AI coding assistants used, by\n"
          "which groups, at what cost, and what should we do next?\n\nCommands:\n",
        stream);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(stream, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs("\n`tidemark COMMAND --help` explains one; `man tidemark` explains all.\n"
          "Exit codes: 0 fine, 1 finished with skipped records, 2 nothing done: input or settings\n"
          "wrong, 3 internal.\n",
        stream);
}

static const TmCommand *find_command(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* ---- Options ----------------------------------------------------------------------------- */

typedef struct SharedOption {
    guint option; /* 0: every command has it */
    GOptionEntry entry;
} SharedOption;

static gboolean parse_options(
    const TmCommand *command, TmInvocation *invocation, int *argc, char ***argv, GError **error)
{
    const SharedOption shared[] = {
        {TM_OPTION_CONFIG, {"config", 'c', 0, G_OPTION_ARG_FILENAME, &invocation->config,
                               "settings file (default: tidemark.ini)", "FILE"}},
        {TM_OPTION_TODAY, {"today", 0, 0, G_OPTION_ARG_STRING, &invocation->today_text,
                              "the day to take for today (default: the clock)", "DATE"}},
        {TM_OPTION_WEEK, {"week", 0, 0, G_OPTION_ARG_STRING, &invocation->week_text,
                             "the week of the report (default: the last published)", "2026-W46"}},
        {TM_OPTION_LONG_PERIOD, {"month", 0, 0, G_OPTION_ARG_STRING, &invocation->month_text,
                                    "data files of a month", "2026-10"}},
        {TM_OPTION_LONG_PERIOD, {"quarter", 0, 0, G_OPTION_ARG_STRING, &invocation->quarter_text,
                                    "data files of a quarter of the fiscal year", "2026-Q3"}},
        {TM_OPTION_LONG_PERIOD, {"from", 0, 0, G_OPTION_ARG_STRING, &invocation->from_text,
                                    "data files of a range of weeks: the first", "2026-W40"}},
        {TM_OPTION_LONG_PERIOD, {"to", 0, 0, G_OPTION_ARG_STRING, &invocation->to_text,
                                    "data files of a range of weeks: the last", "2026-W47"}},
        {TM_OPTION_PERIOD,
            {"since", 0, 0, G_OPTION_ARG_STRING, &invocation->since_text,
                "leave out records before this day, or older than this", "DATE|30d|2w|1m|1y"}},
        {TM_OPTION_PERIOD,
            {"until", 0, 0, G_OPTION_ARG_STRING, &invocation->until_text,
                "leave out records after this day, or younger than this", "DATE|30d|2w|1m|1y"}},
        {TM_OPTION_DRY_RUN, {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &invocation->dry_run,
                                "say what would be done, and do nothing", NULL}},
        {TM_OPTION_JSON,
            {"json", 0, 0, G_OPTION_ARG_NONE, &invocation->json, "print JSON for programs", NULL}},
        {TM_OPTION_UNMATCHED,
            {"unmatched", 0, 0, G_OPTION_ARG_FILENAME, &invocation->unmatched,
                "write the accounts that belong to nobody into this file", "FILE"}},
        {TM_OPTION_RESET, {"reset", 0, 0, G_OPTION_ARG_STRING, &invocation->reset,
                              "forget all that is stored of a tool, then read again", "TOOL"}},
        {TM_OPTION_CONTRIBUTE, {"as", 0, 0, G_OPTION_ARG_STRING, &invocation->person,
                                   "the address under which your company knows you", "ADDRESS"}},
        {TM_OPTION_CONTRIBUTE, {"output", 'o', 0, G_OPTION_ARG_FILENAME, &invocation->output,
                                   "the file to write (default: tidemark.csv)", "FILE"}},
        {TM_OPTION_FORMAT,
            {"format", 'f', 0, G_OPTION_ARG_STRING, &invocation->format,
                "html, pdf, data, alerts, in a list (default: the first three); tree or trace to "
                "print",
                "LIST"}},
        {TM_OPTION_FORMAT, {"paper", 0, 0, G_OPTION_ARG_STRING, &invocation->paper,
                               "a4 (default) or letter", "SIZE"}},
        {TM_OPTION_ALERTS, {"alerts-only", 0, 0, G_OPTION_ARG_NONE, &invocation->alerts_only,
                               "write the alerts of the week and no report", NULL}},
        {TM_OPTION_ALERTS, {"daily-cost", 0, 0, G_OPTION_ARG_NONE, &invocation->daily_cost,
                               "publish nothing; judge the cost of running weeks", NULL}},
        {0, {"verbose", 'v', 0, G_OPTION_ARG_NONE, &invocation->verbose,
                "print notes, and every diagnostic", NULL}},
        {0, {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &invocation->arguments, NULL,
                NULL}},
    };
    GOptionEntry entries[G_N_ELEMENTS(shared) + 1] = {{0}};
    guint count = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(shared); i++)
        if (shared[i].option == 0 || (command->options & shared[i].option))
            entries[count++] = shared[i].entry;
    g_autoptr(GOptionContext) context = g_option_context_new(command->arguments);
    g_option_context_set_summary(context, command->summary);
    g_option_context_set_description(context, command->help);
    g_option_context_add_main_entries(context, entries, NULL);
    g_autofree char *program = g_strdup_printf("tidemark %s", command->name);
    g_set_prgname(program);
    return g_option_context_parse(context, argc, argv, error);
}

static gboolean parse_day(const char *option, const char *text, TmDay *day, GError **error)
{
    if (text == NULL)
        return TRUE;
    *day = tm_day_parse(text, -1);
    return *day != TM_DAY_NONE ||
           tm_command_refuse(error, "--%s is not a date; write it as YYYY-MM-DD", option);
}

/* Today may not be known yet: any day shows whether the text can be understood. */
static gboolean check_period(const char *option, const char *text, GError **error)
{
    return text == NULL || tm_period_day(text, 0) != TM_DAY_NONE ||
           tm_command_refuse(error,
               "--%s is not a date; write it as YYYY-MM-DD, or as 30d, 2w, 1m, 1y for so long ago",
               option);
}

static gboolean parse_values(TmInvocation *invocation, GError **error)
{
    invocation->today = TM_DAY_NONE;
    invocation->week = TM_WEEK_NONE;
    if (!parse_day("today", invocation->today_text, &invocation->today, error) ||
        !check_period("since", invocation->since_text, error) ||
        !check_period("until", invocation->until_text, error))
        return FALSE;
    if (invocation->week_text != NULL) {
        invocation->week = tm_week_parse(invocation->week_text);
        if (invocation->week == TM_WEEK_NONE)
            return tm_command_refuse(error, "--week is not an ISO week; write it as 2026-W46");
    }
    if (invocation->config == NULL)
        invocation->config = g_strdup("tidemark.ini");
    return TRUE;
}

static void clear_invocation(TmInvocation *invocation)
{
    g_free(invocation->config);
    g_free(invocation->today_text);
    g_free(invocation->week_text);
    g_free(invocation->since_text);
    g_free(invocation->until_text);
    g_free(invocation->month_text);
    g_free(invocation->quarter_text);
    g_free(invocation->from_text);
    g_free(invocation->to_text);
    g_free(invocation->reset);
    g_free(invocation->person);
    g_free(invocation->output);
    g_free(invocation->unmatched);
    g_free(invocation->format);
    g_free(invocation->paper);
    g_strfreev(invocation->arguments);
    tm_diagnostics_free(invocation->diagnostics);
}

/* ---- Running ----------------------------------------------------------------------------- */

/* At a terminal or not, at most this many diagnostics of one kind and file are printed. */
#define PRINTED_PER_KIND 10

static void print_diagnostics(const TmInvocation *invocation)
{
    g_autofree char *text = tm_diagnostics_format(invocation->diagnostics,
        invocation->verbose ? TM_SEVERITY_NOTE : TM_SEVERITY_WARNING,
        invocation->verbose ? 0 : PRINTED_PER_KIND);
    fputs(text, stderr);
}

static int exit_code_of(const TmInvocation *invocation, const GError *error)
{
    if (error == NULL)
        return tm_diagnostics_exit_code(invocation->diagnostics);
    if (error->domain == TM_ERROR)
        return error->code;
    return error->domain == G_OPTION_ERROR ? TM_ERROR_UNUSABLE : TM_ERROR_INTERNAL;
}

static int run_command(const TmCommand *command, int argc, char **argv)
{
    TmInvocation invocation = {.diagnostics = tm_diagnostics_new()};
    g_autoptr(GError) error = NULL;
    if (parse_options(command, &invocation, &argc, &argv, &error) &&
        parse_values(&invocation, &error))
        command->run(&invocation, &error);
    print_diagnostics(&invocation);
    if (error != NULL)
        fprintf(stderr, "tidemark: %s\n", error->message);
    int code = exit_code_of(&invocation, error);
    clear_invocation(&invocation);
    return code;
}

int main(int argc, char **argv)
{
    /* Texts of GLib's option parser in the reader's language; numbers stay in the C locale. */
    setlocale(LC_MESSAGES, "");
    setlocale(LC_CTYPE, "");
    if (argc < 2) {
        print_usage(stderr);
        return TM_ERROR_UNUSABLE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("tidemark " TM_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_usage(stdout);
        return 0;
    }
    const TmCommand *command = find_command(argv[1]);
    if (command == NULL) {
        fprintf(stderr, "tidemark: there is no such command; `tidemark --help` lists them\n");
        return TM_ERROR_UNUSABLE;
    }
    return run_command(command, argc - 1, argv + 1);
}
