/*
 * json_split: cuts a file of JSON into records, over a bounded window.
 *
 * Taken are objects one per line, one after another, in an array, and inside pages: objects with a
 * member "data" or "day_totals" that is an array. Elements of such an array come one by one, so
 * that memory does not grow with the page; the page's other members come as small objects before
 * and behind them.
 *
 * The splitter only balances brackets outside strings. What does not balance is reported, and
 * reading goes on at the line after the one in which the record began (without lines: at the next
 * place where a record can begin).
 */
#ifndef TIDEMARK_INTAKE_JSON_SPLIT_H
#define TIDEMARK_INTAKE_JSON_SPLIT_H

#include "bytes.h"

#define TM_JSON_DEPTH 128 /* brackets inside one another */

typedef enum TmJsonPieceKind {
    TM_JSON_RECORD,
    TM_JSON_PAGE_HEAD, /* members of a page before its records, as an object */
    TM_JSON_PAGE_TAIL, /* members behind them */
} TmJsonPieceKind;

/* One object; TM_BYTES_PADDING bytes behind it are readable. Valid until the next call. */
typedef struct TmJsonPiece {
    TmJsonPieceKind kind;
    const char *text;
    gsize length;
    guint64 line, column; /* where it begins */
} TmJsonPiece;

typedef struct TmJsonSplitter TmJsonSplitter;

TmJsonSplitter *tm_json_splitter_new(TmBytes *bytes, const char *path, TmDiagnostics *diagnostics);
void tm_json_splitter_free(TmJsonSplitter *splitter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmJsonSplitter, tm_json_splitter_free)

/* The next piece; FALSE at the end. */
gboolean tm_json_splitter_next(TmJsonSplitter *splitter, TmJsonPiece *piece);

/* How many records were reported and left out. */
guint64 tm_json_splitter_skipped(const TmJsonSplitter *splitter);

#endif
