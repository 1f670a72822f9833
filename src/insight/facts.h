/*
 * What readings look at: facts of one group, each as the span of what its published cells leave
 * possible. A rule that holds for a whole span holds whatever stands behind a band.
 */
#ifndef TIDEMARK_INSIGHT_FACTS_H
#define TIDEMARK_INSIGHT_FACTS_H

#include "series.h"

#define RUN_WEEKS 9 /* this week and eight before it */

/* Adoption and tokens over the weeks that are not short. */
typedef struct Run {
    gboolean known[RUN_WEEKS]; /* index 0: this week */
    Span span[RUN_WEEKS];
    TmWeek week[RUN_WEEKS];
    guint falling, rising; /* steps in a row up to this week */
} Run;

typedef enum Fact {
    FACT_NONE, /* ends a rule's conditions */
    FACT_ADOPTION,
    FACT_ADOPTION_BEST,
    FACT_ADOPTION_FALLS,
    FACT_ADOPTION_RISES,
    FACT_ADOPTION_SPREAD_4,
    FACT_ADOPTION_SPREAD_8,
    FACT_ADOPTION_STEP,
    FACT_ADOPTION_TREND,
    FACT_USERS_STEP,
    FACT_NEW_SHARE,
    FACT_LAPSED_SHARE,
    FACT_TOKENS_STEP,
    FACT_TOKENS_FALLS,
    FACT_TOKENS_TO_PEERS,
    FACT_TOP_FIFTH,
    FACT_COST_OVER_MEAN,
    FACT_COST_TO_HEADS,
    FACT_COST_PER_SESSION_STEP,
    FACT_SESSION_FREQUENCY,
    FACT_MESSAGES_PER_SESSION,
    FACT_STREAK,
    FACT_DAILY_DEPARTMENTS,
    FACT_COUNT
} Fact;

typedef struct Facts {
    const TmIssue *issue;
    const TmScope *scope;
    Run adoption, tokens;
    TmTrend trend; /* of adoption, against the mean of up to four weeks before */
    gboolean known[FACT_COUNT];
    Span span[FACT_COUNT];
    guint departments; /* of the issue's week */
} Facts;

void facts_gather(Facts *facts, const TmIssue *issue, const TmScope *scope);

/* A fact in words and the unit of its limits; `is_direction`: −1 down, 0 flat, 1 up. */
typedef struct FactWords {
    const char *name;
    TmUnit unit;
    gboolean is_direction;
} FactWords;

const FactWords *fact_words(Fact fact);

/* Groups of one function compared with each other; FALSE where there are too few of them. */
gboolean peers_tokens(const TmIssue *issue, const TmScope *scope, Span *span);

#endif
