/* lines: a file piece by piece, by a byte that ends each, over a bounded window. */
#ifndef TIDEMARK_OUTCOMES_LINES_H
#define TIDEMARK_OUTCOMES_LINES_H

#include "reading.h"

#define OUTCOME_LINE_LIMIT (1024 * 1024)

typedef struct OutcomeLines {
    TmBytes *bytes;
    OutcomeReading *reading;
    char end;      /* '\n', or NUL */
    gsize pending; /* to consume before the next piece */
} OutcomeLines;

/*
 * The next piece without its end, valid until the next call; FALSE at the end of the file. Sets the
 * reading's line. Pieces longer than the limit are reported and left out.
 */
gboolean outcome_lines_next(OutcomeLines *lines, TmCell *piece);

#endif
