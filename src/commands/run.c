/* tidemark run: ingest, publish, report; what a timer calls. */
#include "accounts_seen.h"
#include "command.h"
#include "daily_cost.h"
#include "ingesting.h"
#include "publishing.h"
#include "reading.h"
#include "render.h"

#include <stdio.h>

static void print_published(const TmPublishing *publishing)
{
    if (publishing->first > publishing->last) {
        puts("no week to publish: all settled weeks with data are published");
        return;
    }
    g_autofree char *first = tm_week_format(publishing->first);
    g_autofree char *last = tm_week_format(publishing->last);
    printf("published %s to %s: %" G_GUINT64_FORMAT " cells, %" G_GUINT64_FORMAT
           " of them as bands, %" G_GUINT64_FORMAT " not shown\n",
        first, last, publishing->counts.cells, publishing->counts.bands,
        publishing->counts.not_shown);
}

static gboolean audit(const TmSettings *settings, const char *command, const TmIngested *ingested,
    const TmPublishing *publishing, GError **error)
{
    g_autofree char *members =
        g_strdup_printf("\"inputs\":[%s],\"rule_version\":%d,\"cells\":%" G_GUINT64_FORMAT
                        ",\"bands\":%" G_GUINT64_FORMAT ",\"merged_blocks\":%" G_GUINT64_FORMAT,
            ingested->audit->str, publishing->rule_version, publishing->counts.cells,
            publishing->counts.bands, publishing->counts.merged_blocks);
    return tm_audit_append(settings->audit_path, command, members, error);
}

static gboolean publish(TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger,
    const TmIngested *ingested, GError **error)
{
    TmPublishing publishing;
    g_autoptr(TmArchive) archive =
        tm_archive_open(setup->settings.archive_path, TM_ARCHIVE_WRITE, error);
    if (archive == NULL)
        return FALSE;
    tm_ingested_print(ingested);
    if (!tm_publishing_plan(invocation, setup, ledger, archive, &publishing, error) ||
        !tm_publishing_run(setup, ledger, archive, &publishing, error) ||
        !audit(&setup->settings, "run", ingested, &publishing, error))
        return FALSE;
    print_published(&publishing);
    return TRUE;
}

static gboolean judge_daily_cost(TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger,
    const TmIngested *ingested, GError **error)
{
    const TmPublishing nothing = {.first = 0, .last = -1, .last_published = TM_WEEK_NONE};
    tm_ingested_print(ingested);
    return audit(&setup->settings, "run --daily-cost", ingested, &nothing, error) &&
           tm_daily_cost(setup, ledger, tm_exports_today(invocation, &setup->settings), error);
}

/* Reads the exports into the ledger, then publishes or judges. */
static gboolean ingest_and_go_on(TmInvocation *invocation, const TmSetup *setup, GError **error)
{
    g_autoptr(TmLedgerKey) key = NULL;
    g_autoptr(TmLedger) ledger = tm_ingesting_open(setup, &key, error);
    if (ledger == NULL)
        return FALSE;
    TmIngested ingested;
    gboolean fine = tm_ingesting_run(invocation, setup, ledger, key, &ingested, error) &&
                    (invocation->daily_cost ? judge_daily_cost : publish)(
                        invocation, setup, ledger, &ingested, error);
    tm_ingested_clear(&ingested);
    return fine;
}

/* Whose accounts the exports name: use of nobody's is in totals and in no group. */
static gboolean say_whose(
    const TmInvocation *invocation, const TmSetup *setup, const GPtrArray *files, GError **error)
{
    g_autoptr(TmAccountsSeen) seen = tm_accounts_seen_new(setup);
    if (!tm_accounts_seen_read(invocation, setup, files, seen, error))
        return FALSE;
    TmAccountCounts counts = tm_accounts_seen_count(seen);
    printf("accounts in these files: %" G_GUINT64_FORMAT " matched to people, %" G_GUINT64_FORMAT
           " to nobody, %" G_GUINT64_FORMAT " keys and bots\n",
        counts.people, counts.unresolved, counts.services);
    if (counts.unresolved > 0)
        puts("`tidemark check --unmatched FILE` writes down those of nobody");
    return TRUE;
}

static void say_licensed(const TmSetup *setup, TmWeek week, const char *name)
{
    guint64 people = tm_measure_licensed(setup, week);
    gint64 minimum = setup->settings.minimum_people;
    printf(
        "%" G_GUINT64_FORMAT " licensed %s in %s", people, people == 1 ? "person" : "people", name);
    if ((gint64)people < minimum)
        printf(": too few, a week is published from %" G_GINT64_FORMAT " on", minimum);
    putchar('\n');
}

static gboolean dry_run(TmInvocation *invocation, const TmSetup *setup, GError **error)
{
    g_autoptr(GPtrArray) files = tm_exports_find(invocation, &setup->settings, error);
    if (files == NULL)
        return FALSE;
    for (guint i = 0; i < files->len; i++)
        printf("would read %s\n", (const char *)g_ptr_array_index(files, i));
    if (!say_whose(invocation, setup, files, error))
        return FALSE;
    if (invocation->daily_cost) {
        printf("would judge the cost of the weeks that are not published yet, and write\n"
               "daily-cost.json and daily-cost.txt below %s\n",
            setup->settings.output_path);
        return TRUE;
    }
    TmWeek settled = tm_measure_settled_week(setup, tm_exports_today(invocation, &setup->settings));
    g_autofree char *week = tm_week_format(settled);
    printf("would publish weeks up to %s that have data and were not published yet, and write\n"
           "their %s below %s\n",
        week, invocation->alerts_only ? "alerts" : "reports", setup->settings.output_path);
    say_licensed(setup, settled, week);
    return TRUE;
}

/* What is written follows from one option; two of them would contradict each other. */
static gboolean choose_output(TmInvocation *invocation, GError **error)
{
    int chosen = invocation->alerts_only + invocation->daily_cost + (invocation->format != NULL);
    if (chosen > 1)
        return tm_command_refuse(
            error, "--alerts-only, --daily-cost and --format exclude each other");
    if (invocation->daily_cost && invocation->week != TM_WEEK_NONE)
        return tm_command_refuse(error, "--daily-cost judges the weeks that are not published yet; "
                                        "leave out --week");
    if (invocation->alerts_only)
        invocation->format = g_strdup("alerts");
    return TRUE;
}

gboolean tm_command_run(TmInvocation *invocation, GError **error)
{
    if (!choose_output(invocation, error))
        return FALSE;
    g_autoptr(TmSetup) setup = tm_exports_setup(invocation, error);
    if (setup == NULL)
        return FALSE;
    if (invocation->dry_run)
        return dry_run(invocation, setup, error);
    return ingest_and_go_on(invocation, setup, error) &&
           (invocation->daily_cost ||
               tm_render(invocation, &setup->settings, invocation->week, error));
}
