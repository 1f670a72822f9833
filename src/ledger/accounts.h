/*
 * A table of accounts: pseudonym and kind by number, and the number by pseudonym. A batch numbers
 * the accounts of its file with one; the ledger holds its person table in one.
 */
#ifndef LEDGER_ACCOUNTS_H
#define LEDGER_ACCOUNTS_H

#include "key.h"

#define TM_ACCOUNT_NONE G_MAXUINT32

typedef struct TmAccountRow {
    guint8 pseudonym[TM_PSEUDONYM_LENGTH]; /* all zero: a number that is not in use */
    TmAccountKind kind;
} TmAccountRow;

typedef struct TmAccountTable {
    GArray *rows;       /* TmAccountRow by number */
    guint32 *slots;     /* number + 1 by hash of the pseudonym, 0 if empty */
    guint32 slot_count; /* power of two, at least twice the rows */
} TmAccountTable;

void tm_account_table_init(TmAccountTable *table);
void tm_account_table_clear(TmAccountTable *table);

const TmAccountRow *tm_account_table_row(const TmAccountTable *table, guint32 number);

/* TM_ACCOUNT_NONE if the pseudonym is not in the table. */
guint32 tm_account_table_find(const TmAccountTable *table, const guint8 *pseudonym);

/* Appends an account that is not in the table yet; gives its number. */
guint32 tm_account_table_append(TmAccountTable *table, const guint8 *pseudonym, TmAccountKind kind);

/* Appends a number that is not in use: it has no pseudonym and is never found. */
void tm_account_table_append_unused(TmAccountTable *table);

#endif
