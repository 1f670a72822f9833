/* tasks: what merged requests and closed tasks of all tools have in common. */
#ifndef TIDEMARK_OUTCOMES_TASKS_H
#define TIDEMARK_OUTCOMES_TASKS_H

#include "formats.h"

/* Who may have done it, in order of trust. */
#define OUTCOME_ACCOUNTS 3
typedef struct OutcomeAccount {
    TmIdentityKind kind;
    TmCell accounts; /* several may stand there with commas between them */
} OutcomeAccount;

typedef struct OutcomeTask {
    TmKeyHash identity; /* what tells it from others of its source */
    TmDay day;
    gboolean estimated;
    TmToolIndex tool; /* of the accounts, in identities.csv; TM_TOOL_LIMIT: any */
    OutcomeAccount accounts[OUTCOME_ACCOUNTS];
    TmCell project; /* repository or project; decides the team where no account does */
    gboolean is_feature;
} OutcomeTask;

/* Counts a merged request; one of an account that is left out on purpose is a bot's. */
void outcome_take_request(OutcomeReading *reading, const OutcomeTask *task);

/* Counts a closed task, and a shipped feature if it is one. */
void outcome_take_task(OutcomeReading *reading, const OutcomeTask *task);

/* The day of an instant in the organisation's zone. FALSE when it was reported. */
gboolean outcome_read_day(OutcomeReading *reading, TmCell cell, const char *field, TmDay *day);

/* The field must be a whole number from 1 on. FALSE when it was reported. */
gboolean outcome_read_number(
    OutcomeReading *reading, const OutcomeValues *values, guint field, gint64 *number);

/* The field's name, for messages. */
const char *outcome_field(const OutcomeReading *reading, guint field);

#endif
