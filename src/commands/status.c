/* tidemark status: how fresh the data is and what was published; for the operator. */
#include "command.h"
#include "ingesting.h"
#include "outcome_files.h"
#include "reading.h"
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

/* FALSE if there is no data of the tool. */
static gboolean print_tool(const TmSetup *setup, TmLedger *ledger, const TmToolCoverage *coverage,
    guint tool, TmWeek settled)
{
    TmDay last = TM_DAY_NONE;
    g_autoptr(GString) gaps = g_string_new(NULL);
    TmWeek data_first, data_last;
    if (!tm_ledger_span(ledger, &data_first, &data_last))
        return FALSE;
    for (TmWeek week = MAX(data_first, settled - WEEKS_BACK); week <= data_last; week++) {
        guint8 days = tm_tool_coverage_days(coverage, tool, week);
        guint8 any = days_of_anybody(ledger, tool, week);
        if (any != 0)
            last = tm_week_monday(week) + 31 - __builtin_clz(any);
        guint8 expected = setup->settings.work_days & tm_setup_tool_days(setup, tool, week);
        guint missing = (guint)__builtin_popcount((guint8)(expected & ~days));
        if (week > settled || missing == 0)
            continue;
        g_autofree char *name = tm_week_format(week);
        g_string_append_printf(gaps, "%s%s (%u days)", gaps->len > 0 ? ", " : "", name, missing);
    }
    if (last == TM_DAY_NONE)
        return FALSE;
    g_autofree char *day = tm_day_format(last);
    printf("  %-16s last day %s; %s%s\n", g_array_index(setup->tools, TmTool, tool).name, day,
        gaps->len > 0 ? "missing working days: " : "no working day missing", gaps->str);
    tm_status_print_sources(ledger, tool, data_first, data_last);
    return TRUE;
}

static void print_tools(const TmSetup *setup, TmLedger *ledger, TmWeek settled)
{
    g_autoptr(TmToolCoverage) coverage = tm_tool_coverage_new(ledger);
    guint with_data = 0;
    gboolean has_gateway = FALSE;
    for (guint tool = 0; tool < setup->tools->len; tool++) {
        gboolean has_data = print_tool(setup, ledger, coverage, tool, settled);
        with_data += has_data ? 1 : 0;
        has_gateway |= has_data && tool == TM_TOOL_GATEWAY;
    }
    if (has_gateway && with_data > 1)
        puts("    tokens of a client that calls through the gateway and has exports of its own "
             "here count for both");
}

static gboolean print_ledger(const TmSetup *setup, TmLedger *ledger, TmWeek settled, GError **error)
{
    guint64 counts[3] = {0};
    guint32 accounts = tm_ledger_accounts(ledger);
    for (guint32 account = 0; account < accounts; account++)
        counts[tm_ledger_account_kind(ledger, account)]++;
    printf("Ledger: %" G_GUINT64_FORMAT " people, %" G_GUINT64_FORMAT
           " accounts of unknown people, %" G_GUINT64_FORMAT " keys and bots\n",
        counts[TM_ACCOUNT_PERSON], counts[TM_ACCOUNT_UNRESOLVED], counts[TM_ACCOUNT_SERVICE]);
    if (counts[TM_ACCOUNT_UNRESOLVED] > 0)
        puts("  rows in identities.csv would turn unknown accounts into people");
    print_tools(setup, ledger, settled);
    TmWeek first, last;
    return tm_status_print_seats(ledger, setup, error) &&
           (!tm_ledger_span(ledger, &first, &last) ||
               tm_status_print_apart(ledger, setup, first, last, error)) &&
           tm_outcome_files_status(ledger, error);
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
