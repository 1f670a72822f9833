/*
 * cursor_pages: what Cursor's answers say around their rows, and whether all pages of a query are
 * in the file.
 */
#ifndef TIDEMARK_INTAKE_CURSOR_PAGES_H
#define TIDEMARK_INTAKE_CURSOR_PAGES_H

#include "../json_values.h"

/* One page, or the pages of one query so far. */
typedef struct TmCursorPage {
    guint64 have;       /* of what is counted: rows, people or pages */
    TmCount wanted;     /* how many the query has in all its pages */
    TmCount number;     /* of the page */
    TmCount start, end; /* of the period, in milliseconds */
} TmCursorPage;

/* Zeroed before use; a format fills in `page`. */
typedef struct TmCursorPages {
    TmCursorPage page, query;
} TmCursorPages;

/* For the message that a query is not whole. */
typedef struct TmCursorPageWords {
    const char *field; /* which says how many are wanted */
    const char *what;  /* "events" */
} TmCursorPageWords;

/* The page is read. */
void tm_cursor_pages_turn(TmCursorPages *pages, TmReading *reading, const TmCursorPageWords *words);

/* The file is read: reports a last query that is not whole, covers the days of one that is. */
void tm_cursor_pages_end(TmCursorPages *pages, TmReading *reading, const TmCursorPageWords *words);

/* An end of a period, as tm_cursor_take_instant() takes it. */
gboolean tm_cursor_take_end(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *instant);

#endif
