/*
 * The message as tables: which clause is taken when. Each table is read from the top, so that the
 * order is the priority; docs/readings.md is made from them.
 */
#ifndef TIDEMARK_INSIGHT_MESSAGE_H
#define TIDEMARK_INSIGHT_MESSAGE_H

#include "series.h"
#include "strings.h"

/* What the clauses look at: the organisation's week against the one before. */
typedef struct MessageFacts {
    const TmIssue *issue;
    TmChange adoption, users, cost;
    TmChange use;           /* tokens where they are known, else active users */
    const char *first_tool; /* the first that lacks days of the week, or NULL */
    guint more_tools;       /* others that do */
    gboolean is_short, was_short;
} MessageFacts;

typedef struct MessageClause {
    gboolean (*holds)(const MessageFacts *facts);
    const char *when; /* in words */
    InsightString text;
} MessageClause;

/* The first clause: adoption. The last row always holds. */
extern const MessageClause message_adoption[];
extern const guint message_adoption_count;

/* The second clause where adoption cannot be compared: why. */
extern const MessageClause message_reasons[];
extern const guint message_reason_count;

typedef enum CostLead { LEAD_NONE, LEAD_COST, LEAD_USE } CostLead;

#define USE_UNKNOWN 2

/* The second clause else: cost against use. Directions are −1, 0, 1. */
typedef struct CostClause {
    int cost, use; /* `use` may be USE_UNKNOWN */
    CostLead lead; /* both rose, one of them by 5 points of percent more */
    InsightString text;
} CostClause;

extern const CostClause message_costs[];
extern const guint message_cost_count;

/* Why a week cannot be compared although both weeks are known; NULL when it can. */
const char *message_short_reason(const TmIssue *issue);

#endif
