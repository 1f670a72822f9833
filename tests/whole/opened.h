/* opened: the ledger of a company, for programs that print what is in it. */
#ifndef TESTS_WHOLE_OPENED_H
#define TESTS_WHOLE_OPENED_H

#include <tidemark/ledger.h>

typedef struct Opened {
    TmSetup *setup;
    TmLedgerKey *key;
    TmLedger *ledger;
} Opened;

/* Close what was opened in every case. */
static inline void opened_close(Opened *opened)
{
    g_clear_pointer(&opened->ledger, tm_ledger_close);
    g_clear_pointer(&opened->key, tm_ledger_key_free);
    g_clear_pointer(&opened->setup, tm_setup_free);
}

static inline gboolean opened_open(Opened *opened, const char *settings_path, GError **error)
{
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    *opened = (Opened){.setup = tm_setup_load(settings_path, diagnostics, error)};
    if (opened->setup == NULL || !tm_intake_prepare(opened->setup, error))
        return FALSE;
    const TmSettings *settings = &opened->setup->settings;
    opened->key = tm_ledger_key_load(settings->key_path, settings->ledger_path, FALSE, error);
    if (opened->key != NULL)
        opened->ledger = tm_ledger_open(settings->ledger_path, opened->key, opened->setup, error);
    return opened->ledger != NULL;
}

#endif
