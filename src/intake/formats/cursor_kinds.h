/*
 * cursor_kinds: what Cursor's usage events have in common, as CSV and as JSON: the kinds of calls
 * and who pays for them, models, and the key of an event.
 */
#ifndef TIDEMARK_INTAKE_CURSOR_KINDS_H
#define TIDEMARK_INTAKE_CURSOR_KINDS_H

#include "../formats.h"

typedef enum TmCursorKind {
    TM_CURSOR_UNKNOWN, /* no kind, or one that is not known */
    TM_CURSOR_FAILED,
    TM_CURSOR_OWN_KEY,
    TM_CURSOR_FREE,
    TM_CURSOR_INCLUDED,
    TM_CURSOR_METERED,
} TmCursorKind;

/* A file has a handful of kinds: those met last, each in the place that its text gives it. */
#define TM_CURSOR_KNOWN_KINDS 8 /* power of two */

typedef struct TmCursorKinds {
    gboolean warned;
    struct {
        char text[40];
        gsize length; /* 0: empty */
        TmCursorKind kind;
    } known[TM_CURSOR_KNOWN_KINDS];
} TmCursorKinds;

/* Folds a kind, display text or the name of the interface; one that is new is doubted once. */
TmCursorKind tm_cursor_kind(
    TmCursorKinds *kinds, TmReading *reading, const char *field, TmCell cell);

/*
 * Whose money an event's price is: billed for metered kinds, else list value; a failed call has
 * none. Without a kind it cannot be told whether it is billed.
 */
void tm_cursor_set_money(TmMeasures *measures, TmCursorKind kind, gint64 micros);

/* One call, unless it failed. */
void tm_cursor_set_calls(TmMeasures *measures, TmCursorKind kind);

/* Sets the model ("default" is "auto") and, for a review agent's, the surface. */
void tm_cursor_set_model(TmRecord *record, TmCell model);

/* In the order in which they make the key. */
enum {
    TM_CURSOR_CACHE_WRITE,
    TM_CURSOR_INPUT,
    TM_CURSOR_CACHE_READ,
    TM_CURSOR_OUTPUT,
    TM_CURSOR_TOKENS
};
extern const TmMeasure tm_cursor_token_measures[TM_CURSOR_TOKENS];

/*
 * The key of an event, to be ended by tm_key_end(): its time (an instant, else a day), model and
 * four token counts (0 where there is none). These stay the same when a period is exported again;
 * kind and price do not. The person is not in it: keys are compared within one account.
 */
TmKeyHash tm_cursor_event_key(gint64 time, TmCell model, const gint64 tokens[TM_CURSOR_TOKENS]);

#endif
