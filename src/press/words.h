/*
 * words: the few words that press itself adds to a document, by language. Everything else comes
 * with the document.
 */
#ifndef TM_PRESS_WORDS_H
#define TM_PRESS_WORDS_H

typedef struct TmWords {
    const char *language; /* primary subtag */
    const char *skip;     /* link to the content */
    const char *data;     /* summary of a chart's table */
    const char *page;     /* "page" 2 */
    const char *of;       /* "of" 4 */
    const char *hash;     /* before the hash of the data */
} TmWords;

/* For a BCP 47 tag; English when there are none in that language. */
const TmWords *tm_words(const char *language);

#endif
