/*
 * The table of combined readings. It is read from the top: the first row that holds is a group's
 * reading, so that the order is the priority.
 */
#ifndef TIDEMARK_INSIGHT_RULES_H
#define TIDEMARK_INSIGHT_RULES_H

#include "facts.h"
#include "strings.h"

#define MOST_CONDITIONS 4

/* Holds when the whole span of a fact lies within the limits. */
typedef struct Condition {
    Fact fact;
    gint64 least, most;
} Condition;

typedef enum RuleRun { RUN_NONE, RUN_ADOPTION, RUN_TOKENS } RuleRun;

typedef struct Rule {
    const char *key;
    Condition when[MOST_CONDITIONS]; /* all of them; FACT_NONE ends */
    InsightString brief, sentence, ask;
    const char *audiences;
    TmTrend trend; /* UNKNOWN: as measured */
    guint rank;    /* as a decision; 0: none */
    InsightString kicker;
    gboolean look;
    RuleRun run; /* whose weeks the words count */
} Rule;

extern const Rule insight_rules[];
extern const guint insight_rule_count;

/*
 * What stands in place of a reading: before the table where a week cannot be read, after it where
 * no row holds.
 */
typedef struct RuleState {
    gboolean (*holds)(const Facts *facts);
    const char *when; /* in words */
    InsightString brief, sentence, ask;
} RuleState;

extern const RuleState insight_states[];
extern const guint insight_state_count;
extern const RuleState insight_closings[]; /* the last one always holds */
extern const guint insight_closing_count;

gboolean insight_rule_holds(const Rule *rule, const Facts *facts);

#endif
