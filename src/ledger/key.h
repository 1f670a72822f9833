/* The secret key: what the other files of this room do with it. */
#ifndef LEDGER_KEY_H
#define LEDGER_KEY_H

#include <tidemark/ledger.h>

#define TM_PSEUDONYM_LENGTH 32

/* HMAC-SHA-256 of a text under the key. Safe to call from several threads. */
void tm_ledger_key_digest(
    const TmLedgerKey *key, const char *text, gsize length, guint8 digest[TM_PSEUDONYM_LENGTH]);

/*
 * TRUE if the file's mode lets nobody but the owner in. Else sets an error that says how to mend
 * it; `what` names the file in the message ("the ledger").
 */
gboolean tm_ledger_check_private(const char *path, const char *what, GError **error);

#endif
