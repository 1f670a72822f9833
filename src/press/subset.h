/*
 * subset: small WOFF2 fonts for HTML. The build makes one per weight and script (make_subsets);
 * characters outside these scripts are subset at run time with the same function.
 */
#ifndef TM_PRESS_SUBSET_H
#define TM_PRESS_SUBSET_H

#include <hb.h>
#include <tidemark/chart.h>

typedef struct TmCodeRange {
    guint32 first, last; /* both included */
} TmCodeRange;

/* A script is a list of code ranges that ends with {0, 0}. No two scripts share a code point. */
typedef struct TmSubsetScript {
    const char *name;
    const TmCodeRange *ranges;
} TmSubsetScript;

enum {
    TM_SCRIPT_LATIN,          /* Basic Latin, Latin-1, usual punctuation, the marks of reports */
    TM_SCRIPT_SYMBOLS,        /* rarer punctuation, superscripts, currencies, arrows */
    TM_SCRIPT_LATIN_EXTENDED, /* the rest of Europe, Vietnamese */
    TM_SCRIPT_GREEK,
    TM_SCRIPT_CYRILLIC,
    TM_SCRIPT_COUNT
};

extern const TmSubsetScript tm_subset_scripts[TM_SCRIPT_COUNT];

typedef struct TmReadySubset {
    const guint8 *bytes; /* WOFF2 */
    gsize length;
} TmReadySubset;

/* Made by make_subsets during the build. */
extern const TmReadySubset tm_ready_subsets[TM_WEIGHT_COUNT][TM_SCRIPT_COUNT];

gboolean tm_script_holds(const TmSubsetScript *script, guint32 code_point);

/* Adds all code points of the script to the set. */
void tm_script_collect(const TmSubsetScript *script, hb_set_t *code_points);

/*
 * WOFF2 font with those of the code points that the face has. No hinting; of the layout features
 * only those that drawing uses too: kern, tnum, mark, ccmp, locl. Same input, same bytes.
 * NULL with an error (TM_ERROR_INTERNAL) when a library refuses.
 */
GBytes *tm_subset_make(hb_face_t *face, const hb_set_t *code_points, GError **error);

#endif
