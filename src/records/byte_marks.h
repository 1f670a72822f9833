/*
 * byte_marks: where certain bytes stand in a block of 64, as a number with one bit for each byte,
 * the lowest for the first. SSE2 where there is; else eight bytes are compared at a time.
 */
#ifndef TIDEMARK_RECORDS_BYTE_MARKS_H
#define TIDEMARK_RECORDS_BYTE_MARKS_H

#include <glib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define TM_MARKS_BLOCK 64

typedef struct TmMarks {
    guint64 quotes, backslashes, newlines;
    guint64 brackets; /* { } [ ] */
} TmMarks;

#ifdef __SSE2__

static inline TmMarks tm_marks_of(const char *block)
{
    TmMarks marks = {0, 0, 0, 0};
    for (guint i = 0; i < TM_MARKS_BLOCK; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(block + i));
        __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20)); /* [ ] become { } */
        __m128i brackets = _mm_or_si128(
            _mm_cmpeq_epi8(folded, _mm_set1_epi8('{')), _mm_cmpeq_epi8(folded, _mm_set1_epi8('}')));
        __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
        __m128i backslashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
        __m128i newlines = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
        marks.quotes |= (guint64)(guint)_mm_movemask_epi8(quotes) << i;
        marks.backslashes |= (guint64)(guint)_mm_movemask_epi8(backslashes) << i;
        marks.newlines |= (guint64)(guint)_mm_movemask_epi8(newlines) << i;
        marks.brackets |= (guint64)(guint)_mm_movemask_epi8(brackets) << i;
    }
    return marks;
}

#else

#define TM_MARKS_ONES G_GUINT64_CONSTANT(0x0101010101010101)

/* One bit for each of eight bytes that is `byte`. */
static inline guint64 tm_marks_equal(guint64 word, guchar byte)
{
    const guint64 low = TM_MARKS_ONES * 0x7f;
    guint64 other = word ^ (TM_MARKS_ONES * byte);
    guint64 equal = ~(((other & low) + low) | other | low) >> 7; /* lowest bit of each such byte */
    return (equal * G_GUINT64_CONSTANT(0x0102040810204080)) >> 56;
}

static inline TmMarks tm_marks_of(const char *block)
{
    TmMarks marks = {0, 0, 0, 0};
    for (guint i = 0; i < TM_MARKS_BLOCK; i += 8) {
        guint64 word;
        memcpy(&word, block + i, sizeof word);
        word = GUINT64_FROM_LE(word);
        guint64 folded = word | (TM_MARKS_ONES * 0x20); /* [ ] become { } */
        marks.quotes |= tm_marks_equal(word, '"') << i;
        marks.backslashes |= tm_marks_equal(word, '\\') << i;
        marks.newlines |= tm_marks_equal(word, '\n') << i;
        marks.brackets |= (tm_marks_equal(folded, '{') | tm_marks_equal(folded, '}')) << i;
    }
    return marks;
}

#endif

/*
 * The first byte from `at` on that is one of four; one must be there. Up to TM_MARKS_STEP - 1 bytes
 * behind it are read.
 */
#define TM_MARKS_STEP 16

#ifdef __SSE2__

static inline const char *tm_marks_find(const char *at, char a, char b, char c, char d)
{
    for (;; at += TM_MARKS_STEP) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i ab = _mm_or_si128(
            _mm_cmpeq_epi8(bytes, _mm_set1_epi8(a)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b)));
        __m128i cd = _mm_or_si128(
            _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(d)));
        guint found = (guint)_mm_movemask_epi8(_mm_or_si128(ab, cd));
        if (found != 0)
            return at + __builtin_ctz(found);
    }
}

#else

static inline const char *tm_marks_find(const char *at, char a, char b, char c, char d)
{
    while (*at != a && *at != b && *at != c && *at != d)
        at++;
    return at;
}

#endif

/* Each bit: whether the number of quotes up to and with that byte is odd. */
static inline guint64 tm_marks_inside(guint64 quotes)
{
    quotes ^= quotes << 1;
    quotes ^= quotes << 2;
    quotes ^= quotes << 4;
    quotes ^= quotes << 8;
    quotes ^= quotes << 16;
    return quotes ^ quotes << 32;
}

/*
 * Each bit: whether that byte stands behind an odd number of backslashes; `carry`: the first one
 * does. Runs of backslashes that begin on an even place escape what ends them on an odd one, and
 * the other way round; adding a run's beginning to the run finds its end.
 */
static inline guint64 tm_marks_escaped(guint64 backslashes, gboolean carry)
{
    const guint64 even = G_GUINT64_CONSTANT(0x5555555555555555);
    guint64 first = carry ? 1 : 0;
    if (backslashes == 0)
        return first;
    backslashes &= ~first;
    guint64 follows = backslashes << 1 | first;
    guint64 odd_starts = backslashes & ~even & ~follows;
    guint64 inverted = (odd_starts + backslashes) << 1;
    return (even ^ inverted) & follows;
}

#endif
