/*
 * transcript: what tm_intake_read() made of some bytes, as text: one line for each record and span,
 * then the diagnostics. Written into the working directory, which tests make for themselves.
 */
#ifndef TESTS_INTAKE_TRANSCRIPT_H
#define TESTS_INTAKE_TRANSCRIPT_H

#include <tidemark/intake.h>

/* The day of all tests. */
#define TEST_TODAY "2026-11-20"

typedef struct Reading {
    GString *records;  /* one line each; spans as "covered FIRST LAST" */
    GArray *keys;      /* guint64, of the lines that are part 0 or running */
    GArray *sessions;  /* guint64, distinct, in the order in which they came */
    char *diagnostics; /* all of them, formatted */
    gboolean taken;    /* what tm_intake_read() returned */
    TmFileSummary summary;
} Reading;

/* Goes to a new empty folder. */
void transcript_enter_folder(void);

/* Writes `name` in the working directory and reads it. */
void transcript_read(Reading *reading, const char *name, const char *bytes, gsize length);

/* The same with bounds; `options` NULL: no bounds, today as above. */
void transcript_read_with(Reading *reading, const char *name, const char *bytes, gsize length,
    const TmIntakeOptions *options);

void transcript_clear(Reading *reading);

/* Fails unless reading `text` gives these records and diagnostics. */
void transcript_expect(
    const char *name, const char *text, const char *records, const char *diagnostics);

/* The same; in `text`, ' stands for ". */
void transcript_expect_json(
    const char *name, const char *text, const char *records, const char *diagnostics);

/* Owned by the caller: the text with " in place of '. */
char *transcript_quote(const char *text);

/*
 * Reads `text`, in which ' stands for ", and fails unless so many fields of content were dropped
 * and the word CANARY, which they hold, was neither handed over nor printed.
 */
void transcript_expect_dropped(const char *name, const char *text, guint64 dropped);

/*
 * Reads `text`, in which ' stands for ", and fails unless nothing of it was taken, so many records
 * were skipped, and the diagnostics hold `said` and not the word CANARY.
 */
void transcript_expect_said(const char *name, const char *text, guint64 skipped, const char *said);

/* transcript_key(), with ' for " in the text. */
guint64 transcript_key_json(const char *name, const char *text);

/* Key of the source that `text` is read as, and the record key of its only record. */
const char *transcript_source(const char *name, const char *text);
guint64 transcript_key(const char *name, const char *text);

/*
 * Reads a file of samples/ and compares the transcript with golden/NAME.txt; with
 * TIDEMARK_WRITE_GOLDEN set, writes that file first.
 */
void transcript_compare_golden(const char *sample);

#endif
