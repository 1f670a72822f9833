/*
 * Names of models and labels. Entries hold 32-bit hashes of them; the texts are kept once, in small
 * letters, so that neither the order of files nor their spelling matters.
 */
#ifndef LEDGER_NAMES_H
#define LEDGER_NAMES_H

#include <glib.h>

/* A file has a handful of names: those met last, each in the place that its text gives it. */
#define TM_NAMES_RECENT 16 /* power of two */
#define TM_NAME_SHORT 48   /* longer ones are hashed each time */

typedef struct TmRecentName {
    char text[TM_NAME_SHORT];
    gsize length; /* 0: empty */
    guint32 hash;
} TmRecentName;

typedef struct TmNames {
    GHashTable *texts; /* hash -> text in small letters */
    TmRecentName recent[TM_NAMES_RECENT];
} TmNames;

void tm_names_init(TmNames *names);
void tm_names_clear(TmNames *names);

/* The hash of a name, which is kept; 0 for NULL and for an empty one. */
guint32 tm_names_add(TmNames *names, const char *text, gsize length);

#endif
