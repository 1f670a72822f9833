/* publishing: settled weeks from the ledger into the archive; used by `run`. */
#ifndef TM_COMMANDS_PUBLISHING_H
#define TM_COMMANDS_PUBLISHING_H

#include "command.h"
#include <tidemark/archive.h>
#include <tidemark/ledger.h>

typedef struct TmPublishing {
    TmWeek first, last;     /* weeks to publish; first > last: none */
    TmWeek last_published;  /* TM_WEEK_NONE: none yet */
    int rule_version;       /* of what was published; after publishing */
    TmPublishCounts counts; /* likewise */
} TmPublishing;

/* Which weeks are settled, have data, and were not published yet. */
gboolean tm_publishing_plan(const TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger,
    TmArchive *archive, TmPublishing *publishing, GError **error);

/* Measures and publishes them. */
gboolean tm_publishing_run(const TmSetup *setup, TmLedger *ledger, TmArchive *archive,
    TmPublishing *publishing, GError **error);

#endif
