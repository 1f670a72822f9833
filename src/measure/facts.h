/*
 * facts: the week of one person out of the rows of all sources. Sources of one tool never add up
 * twice: for each measure the source that is preferred and covers every day that any source
 * covers takes the week, zeros included; else day by day. A source whose rows of the week do not
 * state a measure has no part in it. Tokens are one measure, since sources cut them into slots in
 * their own ways. Money is one too, chosen by day: what one source bills is no list value of
 * another, and who states what is billed comes before who can only estimate. Different tools add.
 */
#ifndef TM_MEASURE_FACTS_H
#define TM_MEASURE_FACTS_H

#include <tidemark/ledger.h>

/* The slots that make up headline tokens. */
#define TM_HEADLINE_TOKENS                                                                         \
    (TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_CACHE_WRITE_TOKENS) |     \
        TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS))

/* Rows of one account and week: one for each source that has any. */
#define TM_ROWS_LIMIT TM_SOURCE_LIMIT

/* What one tool's sources say of one account and week. */
typedef struct TmToolWeek {
    guint tool;
    gint64 interactions[7];
    gint64 tokens[7]; /* headline tokens */
    gint64 metered[7];
    guint8 token_days, metered_days; /* that state them, as bits */
    TmMeasures total;                /* over the week */
    /* Rows that tell most days of the week's tokens and interactions; NULL: none. Borrowed. */
    const TmPersonWeek *tokens_row, *interactions_row;
} TmToolWeek;

typedef struct TmFacts {
    guint tool_count;
    TmToolWeek tools[TM_ROWS_LIMIT];
} TmFacts;

/*
 * `covered_by_source`: days (bit 0 Monday) that each source covers in the week, by index into
 * tm_sources. `days_off`: days that nobody works; they are covered beside a day that is.
 */
void tm_facts_merge(TmFacts *facts, const TmPersonWeek *rows, guint row_count,
    const guint8 *covered_by_source, guint8 days_off);

#endif
