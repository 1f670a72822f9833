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

/* ASCII case folded. */
static inline gboolean tm_cell_equals(TmCell cell, const char *text)
{
    return strlen(text) == cell.length && g_ascii_strncasecmp(cell.text, text, cell.length) == 0;
}

static inline gboolean tm_cell_contains(TmCell cell, const char *text)
{
    gsize length = strlen(text);
    for (gsize i = 0; i + length <= cell.length; i++)
        if (g_ascii_strncasecmp(cell.text + i, text, length) == 0)
            return TRUE;
    return FALSE;
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
