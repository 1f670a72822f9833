/*
 * cell: a slice of text as it stands in a file, not ended by NUL. Small functions that run for each
 * cell of each row, hence inline.
 */
#ifndef TIDEMARK_INTAKE_CELL_H
#define TIDEMARK_INTAKE_CELL_H

#include <glib.h>
#include <string.h>

typedef struct TmCell {
    const char *text; /* NULL: the file has no such column */
    gsize length;
} TmCell;

/* Bytes behind the text of a CSV cell that may be read (never used). */
#define TM_CELL_PADDING 32

/* Without blanks around it. */
static inline TmCell tm_cell_trim(TmCell cell)
{
    while (cell.length > 0 && g_ascii_isspace(cell.text[0])) {
        cell.text++;
        cell.length--;
    }
    while (cell.length > 0 && g_ascii_isspace(cell.text[cell.length - 1]))
        cell.length--;
    return cell;
}

/* g_ascii_tolower() is a call. */
static inline char tm_ascii_lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter | 0x20) : letter;
}

/* Bytes at the front of the cell that are those of the text, ASCII case folded. */
static inline gsize tm_cell_agreement(TmCell cell, const char *text)
{
    gsize at = 0;
    while (at < cell.length && text[at] != '\0' &&
           tm_ascii_lower(cell.text[at]) == tm_ascii_lower(text[at]))
        at++;
    return at;
}

/* ASCII case folded. */
static inline gboolean tm_cell_begins(TmCell cell, const char *text)
{
    return text[tm_cell_agreement(cell, text)] == '\0';
}

static inline gboolean tm_cell_equals(TmCell cell, const char *text)
{
    gsize same = tm_cell_agreement(cell, text);
    return same == cell.length && text[same] == '\0';
}

static inline gboolean tm_cell_contains(TmCell cell, const char *text)
{
    for (; cell.length > 0; cell.text++, cell.length--)
        if (tm_cell_begins(cell, text))
            return TRUE;
    return FALSE;
}

/*
 * The value of a CSV cell of one to eight digits; FALSE for anything else. No branch depends on the
 * number of digits, which differs from cell to cell.
 */
static inline gboolean tm_cell_short_number(TmCell cell, gint64 *value)
{
    const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101);
    guint64 word;
    if (cell.length - 1 >= sizeof word)
        return FALSE;
    memcpy(&word, cell.text, sizeof word);
    guint64 blank = 8 * (sizeof word - cell.length);
    word = (GUINT64_FROM_LE(word) ^ (ones * '0')) << blank; /* digits to the end, zeros before */
    if (((word | (word + ones * (0x7f - 9))) & (ones << 7)) != 0)
        return FALSE;
    /* neighbours become numbers of two, then four, then eight digits */
    word = (word * 10 + (word >> 8)) & G_GUINT64_CONSTANT(0x00ff00ff00ff00ff);
    word = (word * 100 + (word >> 16)) & G_GUINT64_CONSTANT(0x0000ffff0000ffff);
    word = (word * 10000 + (word >> 32)) & G_GUINT64_CONSTANT(0xffffffff);
    *value = (gint64)word;
    return TRUE;
}

/* The same bytes. */
static inline gboolean tm_cell_same(TmCell a, TmCell b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

/* Digits with or without a sign: what cannot be read as a number then is too large, not malformed.
 */
static inline gboolean tm_is_digits(const char *text, gsize length)
{
    gsize sign = length > 1 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    for (gsize i = sign; i < length; i++)
        if (!g_ascii_isdigit(text[i]))
            return FALSE;
    return length > 0;
}

#endif
