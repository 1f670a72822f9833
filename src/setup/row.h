/*
 * row: reads typed values out of the cells of a row. Each function reports what is wrong and then
 * returns FALSE; its row is left out. An empty cell gives the default that the function names.
 */
#ifndef SETUP_ROW_H
#define SETUP_ROW_H

#include "table.h"

/* Amounts and prices stay below a million million, so that sums over days cannot overflow. */
#define MOST_MONEY (G_GINT64_CONSTANT(1000000000000) * TM_MICROS_PER_UNIT)

void row_report(const TableRow *row, TmDiagnosticKind kind, guint column, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* The cell must not be empty. */
gboolean row_text(const TableRow *row, guint column, const char **text);

gboolean row_day(const TableRow *row, guint column, TmDay otherwise, TmDay *day);

/* First and last day, both included; open ends where empty. */
gboolean row_days(
    const TableRow *row, guint first_column, guint last_column, TmDay *first, TmDay *last);

/* Money of at least 0; `otherwise` where empty. */
gboolean row_money(const TableRow *row, guint column, gint64 otherwise, gint64 *micros);

gboolean row_integer(
    const TableRow *row, guint column, gint64 least, gint64 most, gint64 otherwise, gint64 *value);

/* Three letters; NULL where empty. Owned by the caller. */
gboolean row_currency(const TableRow *row, guint column, char **currency);

/* Lower-case address; NULL where empty. Owned by the caller. */
gboolean row_email(const TableRow *row, guint column, char **email);

/* Place in a list of names ended by NULL, without case, "-" and blank being "_". */
gboolean row_choice(
    const TableRow *row, guint column, const char *const *names, int otherwise, int *choice);

/* "xxxxx--", "Mon-Fri", "Sun-Thu" or "Mon,Tue,Thu" as bits, bit 0 Monday. FALSE if it is none. */
gboolean work_days_parse(const char *text, guint8 *work_days);

gboolean currency_is_valid(const char *text);

/* Text of a cell that is not empty, else NULL. */
char *cell_dup(const TableRow *row, guint column);

/* Lower case with "_" for blank and "-": how keys of tools and choices are compared. */
char *key_fold(const char *text);

#endif
