/*
 * A small company for tests of the ledger: a folder with a set-up, a key and a ledger; and files
 * of records made by hand.
 */
#ifndef TESTS_LEDGER_WORLD_H
#define TESTS_LEDGER_WORLD_H

#include <tidemark/ledger.h>

#include "../cmocka_all.h"

typedef struct World {
    char *folder, *ledger_path, *key_path;
    TmSetup *setup;
    TmLedgerKey *key;
    TmLedger *ledger;
} World;

/* Ana and Ben without a zone, Kiri in Auckland; nobody has aliases. Opens the ledger. */
void world_init(World *world);
void world_clear(World *world);

void world_open(World *world); /* fails the test if the ledger cannot be opened */
void world_close(World *world);

/* Replaces identities.csv and loads the set-up again; the ledger is reopened. */
void world_set_identities(World *world, const char *csv);

/* One record. What is not given is 0; `who` NULL means that the file names nobody. */
typedef struct Row {
    const char *who; /* an address, or the name of a key */
    gint64 instant;  /* milliseconds, or TM_INSTANT_NONE, then `day` counts */
    TmDay day;
    guint64 key;
    guint32 part;
    gint64 tokens;  /* output tokens */
    gint64 metered; /* micro-units */
    gint64 idle;    /* not 0: not an interaction */
    gboolean service;
    guint64 session;  /* of a named session; 0: none */
    gboolean running; /* tokens are a running total */
} Row;

/* One export. */
typedef struct Export {
    const char *source; /* key of tm_sources */
    gint64 rank;
    const Row *rows;
    guint length;
    TmDaySpan covered; /* stated if first is not 0 */
    gsize buffer;      /* bytes; 0: as usual */
} Export;

#define TWINS_SOURCE "cursor-usage-csv"
#define ID_SOURCE "claude-code-analytics"
#define COPIES_SOURCE "claude-code-transcripts" /* personal, with named sessions */

/* A batch filled with the rows of a file. */
TmBatch *world_batch(World *world, const Export *export);

/* What intake would say of a file with these contents. */
TmFileSummary world_summary(const Export *export);

/* Stores a file; fails the test if that fails. */
TmStoreCounts world_store(World *world, const Export *export);

/* Makes what is due; fails the test if that fails. */
void world_settle(World *world);

/* Dump of the ledger; owned by the caller. */
char *world_dump(World *world);

/* The measures of one person, source and day; FALSE in `present` for what is not there. */
TmMeasures world_day(World *world, const char *email, const char *source, TmDay day);

/* Days of a week, as bits, that a source covers for one person. */
guint8 world_covered(World *world, const char *email, const char *source, TmWeek week);

/* Milliseconds of a UTC date and time. */
gint64 at(const char *day, int hour, int minute);
TmDay day_of(const char *day);

#endif
