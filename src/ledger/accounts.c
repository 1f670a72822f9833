/*
 * Accounts by number and by pseudonym: open addressing with linear probing. Pseudonyms are
 * uniformly distributed, so their first bytes are the hash.
 */
#include "accounts.h"

#include <string.h>

#define FIRST_SLOTS 256

void tm_account_table_init(TmAccountTable *table)
{
    table->rows = g_array_new(FALSE, TRUE, sizeof(TmAccountRow));
    table->slots = g_new0(guint32, FIRST_SLOTS);
    table->slot_count = FIRST_SLOTS;
}

void tm_account_table_clear(TmAccountTable *table)
{
    g_clear_pointer(&table->rows, g_array_unref);
    g_clear_pointer(&table->slots, g_free);
    table->slot_count = 0;
}

const TmAccountRow *tm_account_table_row(const TmAccountTable *table, guint32 number)
{
    g_assert(number < table->rows->len);
    return &g_array_index(table->rows, TmAccountRow, number);
}

/* The slot that holds the pseudonym, or the empty one where it belongs. */
static guint32 *slot_of(const TmAccountTable *table, const guint8 *pseudonym)
{
    guint32 hash;
    memcpy(&hash, pseudonym, sizeof hash);
    for (guint32 at = hash & (table->slot_count - 1);; at = (at + 1) & (table->slot_count - 1)) {
        guint32 *slot = &table->slots[at];
        if (*slot == 0 || memcmp(tm_account_table_row(table, *slot - 1)->pseudonym, pseudonym,
                              TM_PSEUDONYM_LENGTH) == 0)
            return slot;
    }
}

guint32 tm_account_table_find(const TmAccountTable *table, const guint8 *pseudonym)
{
    return *slot_of(table, pseudonym) - 1; /* 0, empty, becomes TM_ACCOUNT_NONE */
}

static void grow(TmAccountTable *table)
{
    static const guint8 unused[TM_PSEUDONYM_LENGTH];
    g_free(table->slots);
    table->slot_count *= 2;
    table->slots = g_new0(guint32, table->slot_count);
    for (guint32 number = 0; number < table->rows->len; number++) {
        const guint8 *pseudonym = tm_account_table_row(table, number)->pseudonym;
        if (memcmp(pseudonym, unused, TM_PSEUDONYM_LENGTH) != 0)
            *slot_of(table, pseudonym) = number + 1;
    }
}

static guint32 append_row(TmAccountTable *table, const TmAccountRow *row)
{
    if (table->rows->len >= table->slot_count / 2)
        grow(table);
    g_array_append_vals(table->rows, row, 1);
    return table->rows->len - 1;
}

guint32 tm_account_table_append(TmAccountTable *table, const guint8 *pseudonym, TmAccountKind kind)
{
    TmAccountRow row = {.kind = kind};
    memcpy(row.pseudonym, pseudonym, TM_PSEUDONYM_LENGTH);
    guint32 number = append_row(table, &row);
    *slot_of(table, pseudonym) = number + 1;
    return number;
}

void tm_account_table_append_unused(TmAccountTable *table)
{
    TmAccountRow row = {.kind = TM_ACCOUNT_UNRESOLVED};
    append_row(table, &row);
}
