/* tidemark check: what exports hold, nothing stored. */
#include "check.h"
#include "ingesting.h"
#include "reading.h"

#include <stdio.h>

/* What is said of the files, in text or JSON. */
typedef struct Checking {
    TmCheckContext context;
    TmCheckSaid said; /* reused for each file */
    TmJson *json;     /* NULL: text */
    TmDiagnostics *diagnostics;
    guint8 work_days;
    gboolean verbose;
    guint64 files, left_out;
} Checking;

static gpointer open_file(gpointer user, TmIntakeSink *sink)
{
    Checking *checking = user;
    return tm_checked_file_new(&checking->context, sink);
}

/* What was said of a file: the counts of diagnostics since the file before. */
static void count_said(Checking *checking)
{
    for (guint kind = 0; kind < TM_KIND_COUNT; kind++) {
        guint64 count = tm_diagnostics_count(checking->diagnostics, (TmDiagnosticKind)kind);
        checking->said.of_file[kind] = count - checking->said.before[kind];
        checking->said.before[kind] = count;
    }
}

static void finish_file(gpointer file)
{
    tm_checked_file_finish(file);
}

static gboolean take_file(
    gpointer user, gpointer data, const TmFileSummary *summary, gboolean taken, GError **error)
{
    Checking *checking = user;
    TmCheckedFile *file = data;
    gboolean fine = file->failure == NULL;
    if (!fine)
        g_propagate_error(error, g_steal_pointer(&file->failure));
    checking->files++;
    checking->left_out += !taken;
    if (file->batch != NULL)
        tm_batch_report_unpriced(file->batch, summary->path, checking->diagnostics);
    if (file->seen != NULL)
        tm_accounts_seen_take(checking->context.seen, g_steal_pointer(&file->seen));
    count_said(checking);
    if (checking->json != NULL)
        tm_check_print_json(checking->json, file, summary, &checking->said, checking->work_days);
    else
        tm_check_print_text(file, summary, &checking->said, checking->work_days, checking->verbose);
    tm_checked_file_free(file);
    return fine;
}

static gboolean check_files(
    TmInvocation *invocation, const TmSettings *settings, Checking *checking, GError **error)
{
    g_autoptr(GPtrArray) files = tm_exports_find(invocation, settings, error);
    if (files == NULL)
        return FALSE;
    const TmReading reading = {.paths = files,
        .options = tm_exports_options(invocation, settings),
        .open = open_file,
        .close = finish_file,
        .take = take_file,
        .user = checking,
        .diagnostics = invocation->diagnostics,
        .what = "checking"};
    if (checking->json != NULL)
        tm_json_begin_array(checking->json);
    gboolean fine = tm_exports_read(&reading, error);
    if (checking->json != NULL) {
        tm_json_end_array(checking->json);
        g_autofree char *text = tm_json_finish(checking->json);
        fputs(text, stdout);
    }
    return fine;
}

/*
 * Accounts are looked up, and compared with what is stored, where there is a company: files named
 * on the command line can be checked anywhere. A ledger is only looked at, never made.
 */
static gboolean open_company(TmSetup *setup, Checking *checking, TmLedgerKey **key, GError **error)
{
    const TmSettings *settings = &setup->settings;
    checking->context.setup = setup;
    if (g_file_test(settings->ledger_path, G_FILE_TEST_EXISTS))
        checking->context.ledger = tm_ingesting_open(setup, key, error);
    else
        *key = tm_ledger_key_new();
    checking->context.key = *key;
    return *key != NULL && (checking->context.ledger != NULL ||
                               !g_file_test(settings->ledger_path, G_FILE_TEST_EXISTS));
}

/* Only how many they are is printed; who they are stands in the file. */
static gboolean write_unmatched(
    const TmAccountsSeen *seen, const char *path, gboolean json, GError **error)
{
    if (!tm_accounts_seen_write_unmatched(seen, path, error))
        return FALSE;
    guint64 count = tm_accounts_seen_count(seen).unresolved;
    if (!json)
        printf("wrote %" G_GUINT64_FORMAT " account%s of nobody into %s, for you alone; complete "
               "the rows and add\nthem to identities.csv\n",
            count, tm_plural(count), path);
    return TRUE;
}

static gboolean check_in_company(TmInvocation *invocation, Checking *checking, GError **error)
{
    g_autoptr(TmSetup) setup = tm_exports_setup(invocation, error);
    if (setup == NULL)
        return FALSE;
    g_autoptr(TmLedgerKey) key = NULL;
    g_autoptr(TmAccountsSeen) seen =
        invocation->unmatched != NULL ? tm_accounts_seen_new(setup) : NULL;
    checking->work_days = setup->settings.work_days;
    checking->context.seen = seen;
    gboolean fine = open_company(setup, checking, &key, error);
    count_said(checking); /* what was said of the set-up is of no file */
    fine = fine && check_files(invocation, &setup->settings, checking, error);
    if (fine && invocation->arguments == NULL && checking->json == NULL)
        tm_outcome_files_check(invocation, setup);
    tm_ledger_close(checking->context.ledger);
    if (fine && seen != NULL)
        fine = write_unmatched(seen, invocation->unmatched, checking->json != NULL, error);
    return fine;
}

static gboolean check_anywhere(TmInvocation *invocation, Checking *checking, GError **error)
{
    TmSettings settings = {.zone = g_time_zone_new_utc()};
    gboolean fine =
        tm_intake_prepare(NULL, error) && check_files(invocation, &settings, checking, error);
    tm_settings_clear(&settings);
    return fine;
}

gboolean tm_command_check(TmInvocation *invocation, GError **error)
{
    g_autoptr(TmJson) json = invocation->json ? tm_json_new() : NULL;
    Checking checking = {.json = json,
        .diagnostics = invocation->diagnostics,
        .work_days = TM_CHECK_WORK_DAYS,
        .verbose = invocation->verbose};
    gboolean anywhere =
        invocation->arguments != NULL && !g_file_test(invocation->config, G_FILE_TEST_EXISTS);
    if (anywhere && invocation->unmatched != NULL)
        return tm_command_refuse(
            error, "--unmatched needs the set-up: name tidemark.ini with --config");
    gboolean fine = anywhere ? check_anywhere(invocation, &checking, error)
                             : check_in_company(invocation, &checking, error);
    if (fine && checking.left_out == checking.files)
        return tm_command_refuse(error, "nothing in these files could be read");
    return fine;
}
