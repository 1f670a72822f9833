/*
 * Whose record it is: identities of records become numbers of an account table. One resolver
 * serves one file in one thread.
 */
#ifndef LEDGER_RESOLVER_H
#define LEDGER_RESOLVER_H

#include "accounts.h"

typedef struct TmResolver TmResolver;

/* Borrows all three; adds what it meets to `accounts`. */
TmResolver *tm_resolver_new(const TmLedgerKey *key, const TmSetup *setup, TmAccountTable *accounts);
void tm_resolver_free(TmResolver *resolver);

/*
 * The account behind a record of this tool; *person is its person, or TM_PERSON_UNRESOLVED. The
 * record's own day decides which dated row of identities.csv holds.
 */
guint32 tm_resolver_account(
    TmResolver *resolver, TmToolIndex tool, const TmRecord *record, TmPersonIndex *person);

/* Pseudonyms: of a person; of an identity that nobody claims, or (service) of a service. */
void tm_pseudonym_of_person(const TmLedgerKey *key, const TmPerson *person, guint8 *pseudonym);
void tm_pseudonym_of_identity(const TmLedgerKey *key, const TmSetup *setup, TmToolIndex tool,
    const TmIdentity *identity, gboolean service, guint8 *pseudonym);

#endif
