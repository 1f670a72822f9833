/*
 * transcript: reads a text as a file of outcomes, under a small company, and writes down all that
 * the sink was given, so that a test compares text with text.
 *
 * The company: team core with Ana; team web with Ben, who was in core until August 2026; the
 * repository acme/core and the project COR belong to core, the project WEB to web.
 *
 * Every read fails the test when the word CANARY comes out, in a record or in a message; samples
 * have it wherever content or a person could stand.
 */
#ifndef TESTS_OUTCOMES_TRANSCRIPT_H
#define TESTS_OUTCOMES_TRANSCRIPT_H

#include <tidemark/outcomes.h>

#include "../cmocka_all.h"

#define TEST_TODAY "2026-11-20"

typedef struct Reading {
    GString *records; /* one line for each call of the sink */
    GArray *keys;     /* guint64 of each */
    guint64 project;  /* of the last outcome */
    char *diagnostics;
    TmOutcomeSummary summary;
    gboolean taken;
} Reading;

/* Enters a new folder with the company; `settings` is added to its tidemark.ini. For the group. */
void transcript_enter_company(const char *settings);

/* Writes one more set-up file of the company; before the first read. */
void transcript_add_file(const char *name, const char *text);

void transcript_read(Reading *reading, const char *name, const char *text, gsize length);
void transcript_clear(Reading *reading);

/* Reads a text and compares what came. */
void transcript_expect(
    const char *name, const char *text, const char *records, const char *diagnostics);

/* The key of the record that comes `index`th out of the text. */
guint64 transcript_key(const char *name, const char *text, guint index);

/* A change may move the word to where the key of a project stands: records may hold it. */
void transcript_expect_changes(void);

/* A text of any kind may have the word as the name of a field, too: messages may hold it. */
void transcript_expect_anything(void);

/* Set-up of a test group: the company without further settings. */
int transcript_enter(void **state);

#endif
