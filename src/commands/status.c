/* tidemark status: how fresh the data is and what was published; for the operator. */
#include "command.h"
#include "ingesting.h"
#include "outcome_files.h"
#include "reading.h"
#include "status_money.h"
#include "status_sources.h"

#include <tidemark/archive.h>
#include <tidemark/measure.h>

#include <stdio.h>

/* Weeks that are looked back for gaps. */
#define WEEKS_BACK 13

/* Days that anybody has data of. */
static guint8 days_of_anybody(TmLedger *ledger, guint tool, TmWeek week)
{
    guint8 days = 0;
    for (guint source = 0; source < tm_source_count; source++)
        if (tm_sources[source].tool == tool && tm_sources[source].trait != TM_TRAIT_APART)
            days |= tm_ledger_covered(ledger, source, week);
    return days;
}

/* What is said of all tools. */
typedef struct Tools {
    const TmSetup *setup;
    TmLedger *ledger;
    TmToolCoverage *coverage;
    const GArray *seats; /* TmSeatList */
    TmWeek first, last;  /* of the data; first behind last without any */
    TmWeek settled;
} Tools;

/* The last day that anybody has data of; the settled weeks that lack days are added to `gaps`. */
static TmDay look_at_days(const Tools *tools, guint tool, GString *gaps)
{
    TmDay last = TM_DAY_NONE;
    for (TmWeek week = MAX(tools->first, tools->settled - WEEKS_BACK); week <= tools->last;
         week++) {
        guint8 days = tm_tool_coverage_days(tools->coverage, tool, week);
        guint8 any = days_of_anybody(tools->ledger, tool, week);
        if (any != 0)
            last = tm_week_monday(week) + 31 - __builtin_clz(any);
        guint8 expected =
            tools->setup->settings.work_days & tm_setup_tool_days(tools->setup, tool, week);
        int missing = __builtin_popcount((guint8)(expected & ~days));
        if (week > tools->settled || missing == 0)
            continue;
        g_autofree char *name = tm_week_format(week);
        g_string_append_printf(gaps, "%s%s (%d day%s)", gaps->len > 0 ? ", " : "", name, missing,
            missing == 1 ? "" : "s");
    }
    return last;
}

/* FALSE if there is no data of use of the tool. */
static gboolean print_tool(const Tools *tools, guint tool)
{
    g_autoptr(GString) gaps = g_string_new(NULL);
    TmDay last = look_at_days(tools, tool, gaps);
    const char *name = g_array_index(tools->setup->tools, TmTool, tool).name;
    if (last != TM_DAY_NONE) {
        g_autofree char *day = tm_day_format(last);
        printf("  %-16s last day %s; %s%s\n", name, day,
            gaps->len > 0 ? "missing working days: " : "no working day missing", gaps->str);
        tm_status_print_sources(tools->ledger, tool, tools->first, tools->last);
    } else if (tm_status_has_seats(tools->seats, tool)) {
        printf("  %-16s no data of use\n", name);
    }
    tm_status_print_seats(tools->seats, tool);
    return last != TM_DAY_NONE;
}

static gboolean print_tools(const TmSetup *setup, TmLedger *ledger, TmWeek settled, GError **error)
{
    g_autoptr(TmToolCoverage) coverage = tm_tool_coverage_new(ledger);
    g_autoptr(GArray) seats = tm_status_seat_lists(ledger, error);
    Tools tools = {
        .setup = setup, .ledger = ledger, .coverage = coverage, .seats = seats, .settled = settled};
    guint with_data = 0;
    gboolean has_gateway = FALSE;
    if (seats == NULL)
        return FALSE;
    if (!tm_ledger_span(ledger, &tools.first, &tools.last))
        tools.last = tools.first - 1;
    for (guint tool = 0; tool < setup->tools->len; tool++) {
        gboolean has_data = print_tool(&tools, tool);
        with_data += has_data ? 1 : 0;
        has_gateway |= has_data && tool == TM_TOOL_GATEWAY;
    }
    if (has_gateway && with_data > 1)
        puts("    tokens of a client that calls through the gateway and has exports of its own "
             "here count for both");
    return TRUE;
}

static void print_accounts(TmLedger *ledger)
{
    guint64 counts[3];
    tm_ingesting_count_accounts(ledger, counts);
    guint64 people = counts[TM_ACCOUNT_PERSON], unknown = counts[TM_ACCOUNT_UNRESOLVED];
    printf("Ledger: %" G_GUINT64_FORMAT " %s, %" G_GUINT64_FORMAT
           " account%s of unknown people, %" G_GUINT64_FORMAT " keys and bots\n",
        people, people == 1 ? "person" : "people", unknown, unknown == 1 ? "" : "s",
        counts[TM_ACCOUNT_SERVICE]);
    if (unknown > 0)
        puts("  rows in identities.csv would turn unknown accounts into people; "
             "`tidemark check --unmatched FILE`\n  writes them down, to be filled in");
}

static gboolean print_ledger(const TmSetup *setup, TmLedger *ledger, TmWeek settled, GError **error)
{
    TmWeek first, last;
    print_accounts(ledger);
    return print_tools(setup, ledger, settled, error) && tm_outcome_files_status(ledger, error) &&
           (!tm_ledger_span(ledger, &first, &last) ||
               tm_status_print_apart(ledger, setup, first, last, error)) &&
           tm_status_print_money(ledger, setup, error);
}

static gboolean print_archive(const TmSettings *settings, TmWeek settled, GError **error)
{
    g_autofree char *name = tm_week_format(settled);
    if (!g_file_test(settings->archive_path, G_FILE_TEST_EXISTS)) {
        printf("Archive: nothing published; the last settled week is %s\n", name);
        return TRUE;
    }
    g_autoptr(TmArchive) archive = tm_archive_open(settings->archive_path, TM_ARCHIVE_READ, error);
    if (archive == NULL)
        return FALSE;
    g_autoptr(GArray) weeks = tm_archive_weeks(archive);
    guint64 lines, bad_line;
    if (!tm_archive_verify(archive, &lines, &bad_line, error)) {
        if (error != NULL && *error != NULL)
            return FALSE;
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
            "archive: the chain of hashes is broken at line %" G_GUINT64_FORMAT
            "; restore the file from a backup",
            bad_line);
        return FALSE;
    }
    if (weeks->len == 0) {
        printf("Archive: nothing published; the last settled week is %s\n", name);
        return TRUE;
    }
    g_autofree char *first = tm_week_format(g_array_index(weeks, TmWeek, 0));
    g_autofree char *last = tm_week_format(g_array_index(weeks, TmWeek, weeks->len - 1));
    printf("Archive: %u weeks published, %s to %s; chain of %" G_GUINT64_FORMAT
           " lines intact; the last settled week is %s\n",
        weeks->len, first, last, lines, name);
    return TRUE;
}

gboolean tm_command_status(TmInvocation *invocation, GError **error)
{
    g_autoptr(TmSetup) setup = tm_exports_setup(invocation, error);
    if (setup == NULL)
        return FALSE;
    TmWeek settled = tm_measure_settled_week(setup, tm_exports_today(invocation, &setup->settings));
    if (g_file_test(setup->settings.ledger_path, G_FILE_TEST_EXISTS)) {
        g_autoptr(TmLedgerKey) key = NULL;
        g_autoptr(TmLedger) ledger = tm_ingesting_open(setup, &key, error);
        if (ledger == NULL || !print_ledger(setup, ledger, settled, error))
            return FALSE;
    } else {
        puts("Ledger: empty; `tidemark ingest` reads exports");
    }
    return print_archive(&setup->settings, settled, error);
}
