/*
 * sample_document: a made-up executive report for the tests of press: twelve weeks, nine blocks,
 * three decisions, four charts. Variants change its texts, not its shape.
 */
#ifndef TIDEMARK_TESTS_SAMPLE_DOCUMENT_H
#define TIDEMARK_TESTS_SAMPLE_DOCUMENT_H

#include <tidemark/document.h>

typedef enum SampleVariant {
    SAMPLE_PLAIN,
    SAMPLE_LONG,    /* every text is 30 % longer */
    SAMPLE_HOSTILE, /* names with markup, right-to-left letters, 200 characters */
    SAMPLE_TALL,    /* 120 blocks: the table goes on over several pages */
} SampleVariant;

/* Owned by the caller. */
TmDocument *sample_document(SampleVariant variant);

#endif
