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

static gboolean reset(
    const TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger, GError **error)
{
    TmToolIndex tool = tm_setup_tool(setup, invocation->reset);
    if (tool == TM_TOOL_LIMIT)
        return tm_command_refuse(error, "--reset names no tool; `tidemark status` lists them");
    if (!tm_ledger_reset_tool(ledger, tool, error))
        return FALSE;
    printf("forgot what was stored of %s\n", g_array_index(setup->tools, TmTool, tool).name);
    return TRUE;
}

static gboolean ingest(TmInvocation *invocation, const TmSetup *setup, GError **error)
{
    g_autoptr(TmLedgerKey) key = NULL;
    g_autoptr(TmLedger) ledger = tm_ingesting_open(setup, &key, error);
    if (ledger == NULL)
        return FALSE;
    TmIngested ingested;
    if (invocation->reset != NULL && !reset(invocation, setup, ledger, error))
        return FALSE;
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
    g_autoptr(TmSetup) setup = tm_exports_setup(invocation, error);
    if (setup == NULL)
        return FALSE;
    if (invocation->dry_run)
        return list_files(invocation, &setup->settings, error);
    return ingest(invocation, setup, error);
}
