/*
 * ledger_dump SETTINGS: what the ledger of a company holds, one line for each account, source and
 * day; the account is the beginning of its pseudonym.
 */
#include "opened.h"

#include <stdio.h>

int main(int count, char **arguments)
{
    g_autoptr(GError) error = NULL;
    Opened opened = {0};
    g_autofree char *dump = NULL;
    if (count != 2) {
        fputs("ledger_dump: name the settings file\n", stderr);
        return 2;
    }
    if (opened_open(&opened, arguments[1], &error))
        dump = tm_ledger_dump(opened.ledger, &error);
    if (dump == NULL)
        fprintf(stderr, "ledger_dump: %s\n", error->message);
    else
        fputs(dump, stdout);
    opened_close(&opened);
    return dump == NULL ? 2 : 0;
}
