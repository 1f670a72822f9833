/* tidemark run: ingest, publish, report; what a timer calls. */
#include "accounts_seen.h"
#include "command.h"
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

static gboolean audit(const TmSettings *settings, const TmIngested *ingested,
    const TmPublishing *publishing, GError **error)
{
    g_autofree char *members =
        g_strdup_printf("\"inputs\":[%s],\"rule_version\":%d,\"cells\":%" G_GUINT64_FORMAT
                        ",\"bands\":%" G_GUINT64_FORMAT ",\"merged_blocks\":%" G_GUINT64_FORMAT,
            ingested->audit->str, TM_RULE_VERSION, publishing->counts.cells,
            publishing->counts.bands, publishing->counts.merged_blocks);
    return tm_audit_append(settings->audit_path, "run", members, error);
}

static gboolean ingest_and_publish(TmInvocation *invocation, const TmSetup *setup, GError **error)
{
    g_autoptr(TmLedgerKey) key = NULL;
    g_autoptr(TmLedger) ledger = tm_ingesting_open(setup, &key, error);
    if (ledger == NULL)
        return FALSE;
    TmIngested ingested;
    TmPublishing publishing;
    gboolean fine = tm_ingesting_run(invocation, setup, ledger, key, &ingested, error);
    g_autoptr(TmArchive) archive =
        fine ? tm_archive_open(setup->settings.archive_path, TM_ARCHIVE_WRITE, error) : NULL;
    if (archive != NULL) {
        tm_ingested_print(&ingested);
        fine = tm_publishing_plan(invocation, setup, ledger, archive, &publishing, error) &&
               tm_publishing_run(setup, ledger, archive, &publishing, error) &&
               audit(&setup->settings, &ingested, &publishing, error);
        if (fine)
            print_published(&publishing);
    }
    tm_ingested_clear(&ingested);
    return fine && archive != NULL;
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
    TmWeek settled = tm_measure_settled_week(setup, tm_exports_today(invocation, &setup->settings));
    g_autofree char *week = tm_week_format(settled);
    printf("would publish weeks up to %s that have data and were not published yet, and write\n"
           "their reports below %s\n",
        week, setup->settings.output_path);
    say_licensed(setup, settled, week);
    return TRUE;
}

gboolean tm_command_run(TmInvocation *invocation, GError **error)
{
    g_autoptr(TmSetup) setup = tm_exports_setup(invocation, error);
    if (setup == NULL)
        return FALSE;
    if (invocation->dry_run)
        return dry_run(invocation, setup, error);
    return ingest_and_publish(invocation, setup, error) &&
           tm_render(invocation, &setup->settings, invocation->week, error);
}
