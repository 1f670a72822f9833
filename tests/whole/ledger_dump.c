/*
 * ledger_dump SETTINGS: what the ledger of a company holds, one line for each account, source and
 * day; the account is the beginning of its pseudonym.
 */
#include <tidemark/ledger.h>

#include <stdio.h>

static int fail(const char *text)
{
    fprintf(stderr, "ledger_dump: %s\n", text);
    return 2;
}

int main(int count, char **arguments)
{
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    if (count != 2)
        return fail("name the settings file");
    g_autoptr(TmSetup) setup = tm_setup_load(arguments[1], diagnostics, &error);
    if (setup == NULL || !tm_intake_prepare(setup, &error))
        return fail(error->message);
    const TmSettings *settings = &setup->settings;
    g_autoptr(TmLedgerKey) key =
        tm_ledger_key_load(settings->key_path, settings->ledger_path, FALSE, &error);
    g_autoptr(TmLedger) ledger =
        key != NULL ? tm_ledger_open(settings->ledger_path, key, setup, &error) : NULL;
    g_autofree char *dump = ledger != NULL ? tm_ledger_dump(ledger, &error) : NULL;
    if (dump == NULL)
        return fail(error->message);
    fputs(dump, stdout);
    return 0;
}
