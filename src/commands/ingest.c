/* tidemark ingest: exports into the private ledger, nothing published. */
#include "command.h"
#include "ingesting.h"
#include "reading.h"

#include <stdio.h>

static gboolean list_files(TmInvocation *invocation, const TmSettings *settings, GError **error)
{
    g_autoptr(GPtrArray) files = tm_exports_find(invocation, settings, error);
    if (files == NULL)
        return FALSE;
    for (guint i = 0; i < files->len; i++)
        printf("would read %s\n", (const char *)g_ptr_array_index(files, i));
    return TRUE;
}

static gboolean ingest(TmInvocation *invocation, const TmSetup *setup, GError **error)
{
    g_autoptr(TmLedgerKey) key = NULL;
    g_autoptr(TmLedger) ledger = tm_ingesting_open(setup, &key, error);
    if (ledger == NULL)
        return FALSE;
    TmIngested ingested;
    gboolean fine = tm_ingesting_run(invocation, setup, ledger, key, &ingested, error);
    if (fine) {
        tm_ingested_print(&ingested);
        g_autofree char *members = g_strdup_printf("\"inputs\":[%s]", ingested.audit->str);
        fine = tm_audit_append(setup->settings.audit_path, "ingest", members, error);
    }
    tm_ingested_clear(&ingested);
    return fine;
}

gboolean tm_command_ingest(TmInvocation *invocation, GError **error)
{
    g_autoptr(TmSetup) setup = tm_setup_load(invocation->config, invocation->diagnostics, error);
    if (setup == NULL)
        return FALSE;
    if (invocation->dry_run)
        return list_files(invocation, &setup->settings, error);
    return ingest(invocation, setup, error);
}
