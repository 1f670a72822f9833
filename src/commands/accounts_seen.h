/*
 * accounts_seen: whose accounts exports name, over all files of a run; for `check --unmatched` and
 * `run --dry-run`. Nothing of it is printed but counts: values go into a file that the operator
 * asks for.
 */
#ifndef TM_COMMANDS_ACCOUNTS_SEEN_H
#define TM_COMMANDS_ACCOUNTS_SEEN_H

#include "command.h"
#include <tidemark/ledger.h>

/* May be filled in another thread; each file has its own. */
typedef struct TmAccountsSeen TmAccountsSeen;

TmAccountsSeen *tm_accounts_seen_new(const TmSetup *setup);
void tm_accounts_seen_free(TmAccountsSeen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmAccountsSeen, tm_accounts_seen_free)

void tm_accounts_seen_record(TmAccountsSeen *seen, const TmSource *source, const TmRecord *record);

/* Adds those of one file and frees it. */
void tm_accounts_seen_take(TmAccountsSeen *seen, TmAccountsSeen *file);

/* Reads files for the accounts that they name, and nothing else. */
gboolean tm_accounts_seen_read(const TmInvocation *invocation, const TmSetup *setup,
    const GPtrArray *files, TmAccountsSeen *seen, GError **error);

/* Distinct ones. */
TmAccountCounts tm_accounts_seen_count(const TmAccountsSeen *seen);

/*
 * Writes the accounts of nobody as rows of identities.csv without an address: tool, kind and value,
 * sorted, in a file of mode 0600. An account that names itself in two ways has two rows.
 */
gboolean tm_accounts_seen_write_unmatched(
    const TmAccountsSeen *seen, const char *path, GError **error);

#endif
