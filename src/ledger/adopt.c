/*
 * Adoption: facts of an account that nobody claimed go to the person whom the set-up names now,
 * day by day, since rows of identities.csv have dates. Only pseudonyms are stored, so the set-up's
 * identities are asked one by one which of them is such an account.
 */
#include "internal.h"
#include "resolver.h"

typedef struct Adoption {
    TmLedger *ledger;
    guint64 adopted;
    GError *error; /* the first failure; afterwards nothing is done */
} Adoption;

/* Gives the entries of some days of a packed text. */
typedef struct DayFilter {
    TmEntryReader reader;
    guint8 days;
} DayFilter;

static gboolean next_of_days(gpointer user, TmEntry *entry)
{
    DayFilter *filter = user;
    while (tm_entry_read(&filter->reader, entry))
        if (filter->days >> entry->day & 1)
            return TRUE;
    return FALSE;
}

static DayFilter filter_days(const GByteArray *entries, guint8 days)
{
    DayFilter filter = {.days = days};
    tm_entry_reader_begin(&filter.reader, entries->data, entries->len);
    return filter;
}

static guint8 days_present(const GByteArray *entries)
{
    DayFilter all = filter_days(entries, 0x7f);
    TmEntry entry;
    guint8 days = 0;
    while (next_of_days(&all, &entry))
        days |= (guint8)(1u << entry.day);
    return days;
}

/* The account that an identity belongs to on a day, or TM_ACCOUNT_NONE while nobody claims it. */
static guint32 account_on(
    Adoption *adoption, TmToolIndex tool, const TmIdentity *identity, TmDay day)
{
    TmLedger *ledger = adoption->ledger;
    guint8 pseudonym[TM_PSEUDONYM_LENGTH];
    TmPersonIndex person = tm_setup_resolve(ledger->setup, tool, identity, day);
    if (person == TM_PERSON_UNRESOLVED)
        return TM_ACCOUNT_NONE;
    if (person == TM_PERSON_IGNORED)
        tm_pseudonym_of_identity(ledger->key, ledger->setup, tool, identity, TRUE, pseudonym);
    else
        tm_pseudonym_of_person(
            ledger->key, &g_array_index(ledger->setup->people, TmPerson, person), pseudonym);
    return tm_ledger_find_or_add_account(ledger, pseudonym,
        person == TM_PERSON_IGNORED ? TM_ACCOUNT_SERVICE : TM_ACCOUNT_PERSON, &adoption->error);
}

/* Moves what can be moved of a cell; TRUE if something was. */
static gboolean adopt_cell(
    Adoption *adoption, const TmLedgerCell *cell, TmToolIndex tool, const TmIdentity *identity)
{
    TmLedger *ledger = adoption->ledger;
    g_autoptr(GByteArray) entries = tm_weeks_entries(ledger, cell, &adoption->error);
    if (entries == NULL)
        return FALSE;
    guint8 left = days_present(entries), moved = 0;
    guint8 covered = tm_ledger_covered_for(ledger, cell->account, cell->source, cell->week);
    guint32 targets[7];
    for (int day = 0; day < 7; day++)
        targets[day] = left >> day & 1
                           ? account_on(adoption, tool, identity, tm_week_monday(cell->week) + day)
                           : TM_ACCOUNT_NONE;
    for (int day = 0; day < 7; day++)
        if (targets[day] == cell->account) /* a service that stays one */
            targets[day] = TM_ACCOUNT_NONE;
    for (int day = 0; day < 7 && adoption->error == NULL; day++) {
        if (targets[day] == TM_ACCOUNT_NONE || moved >> day & 1)
            continue;
        DayFilter same = filter_days(entries, 0);
        for (int other = day; other < 7; other++)
            if (targets[other] == targets[day])
                same.days |= (guint8)(1u << other);
        TmLedgerCell target = {.account = targets[day], .week = cell->week, .source = cell->source};
        TmMergeCounts counts;
        tm_weeks_merge(ledger, &target, next_of_days, &same, &counts, &adoption->error);
        if (covered != 0 && adoption->error == NULL)
            tm_ledger_add_coverage(
                ledger, target.account, target.source, target.week, covered, &adoption->error);
        moved |= same.days;
    }
    if (moved == 0 || adoption->error != NULL)
        return FALSE;
    DayFilter rest = filter_days(entries, left & ~moved);
    return tm_weeks_replace(ledger, cell, next_of_days, &rest, &adoption->error);
}

/* The cells of an account; elements are TmLedgerCell. */
static GArray *cells_of(Adoption *adoption, guint32 account)
{
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(TmLedgerCell));
    sqlite3_stmt *statement =
        tm_ledger_statement(adoption->ledger, TM_STATEMENT_FACT_WEEKS, &adoption->error);
    if (statement == NULL)
        return cells;
    sqlite3_bind_int64(statement, 1, (gint64)account + 1);
    int step = sqlite3_step(statement);
    for (; step == SQLITE_ROW; step = sqlite3_step(statement)) {
        TmLedgerCell cell = {
            .account = account,
            .week = sqlite3_column_int(statement, 0),
            .source = tm_ledger_source_of_id(adoption->ledger, sqlite3_column_int64(statement, 1)),
        };
        if (cell.source < tm_source_count)
            g_array_append_val(cells, cell);
    }
    if (step != SQLITE_DONE)
        tm_ledger_fail(adoption->ledger, "read", &adoption->error);
    sqlite3_reset(statement);
    return cells;
}

/* Removes an account that has nothing left. */
static void delete_if_empty(Adoption *adoption, guint32 account)
{
    g_autoptr(GArray) left = cells_of(adoption, account);
    if (left->len > 0 || adoption->error != NULL)
        return;
    sqlite3_stmt *statement =
        tm_ledger_statement(adoption->ledger, TM_STATEMENT_PERSON_DELETE, &adoption->error);
    if (statement == NULL)
        return;
    sqlite3_bind_int64(statement, 1, (gint64)account + 1);
    tm_ledger_execute(adoption->ledger, statement, "delete an account", &adoption->error);
}

/* Moves what the account of an identity has, read as somebody's or as a service's. */
static void adopt_identity(
    Adoption *adoption, TmToolIndex tool, const TmIdentity *identity, gboolean service)
{
    TmLedger *ledger = adoption->ledger;
    guint8 pseudonym[TM_PSEUDONYM_LENGTH];
    tm_pseudonym_of_identity(ledger->key, ledger->setup, tool, identity, service, pseudonym);
    guint32 account = tm_account_table_find(&ledger->accounts, pseudonym);
    if (account == TM_ACCOUNT_NONE)
        return;
    gboolean moved = FALSE;
    g_autoptr(GArray) cells = cells_of(adoption, account);
    for (guint i = 0; i < cells->len && adoption->error == NULL; i++) {
        const TmLedgerCell *cell = &g_array_index(cells, TmLedgerCell, i);
        if ((TmToolIndex)tm_sources[cell->source].tool == tool)
            moved |= adopt_cell(adoption, cell, tool, identity);
    }
    if (moved && adoption->error == NULL) {
        adoption->adopted++;
        delete_if_empty(adoption, account);
    }
}

static void visit(gpointer user, TmToolIndex tool, const TmIdentity *identity)
{
    Adoption *adoption = user;
    if (adoption->error == NULL)
        adopt_identity(adoption, tool, identity, FALSE);
    if (adoption->error == NULL && identity->kind == TM_IDENTITY_API_KEY)
        adopt_identity(adoption, tool, identity, TRUE);
}

static gboolean has_others(const TmLedger *ledger)
{
    for (guint32 account = 0; account < ledger->accounts.rows->len; account++)
        if (tm_account_table_row(&ledger->accounts, account)->kind != TM_ACCOUNT_PERSON)
            return TRUE;
    return FALSE;
}

gboolean tm_ledger_adopt(TmLedger *ledger, guint64 *adopted, GError **error)
{
    Adoption adoption = {.ledger = ledger};
    *adopted = 0;
    if (!has_others(ledger))
        return TRUE;
    if (!tm_ledger_begin(ledger, error))
        return FALSE;
    tm_setup_foreach_identity(ledger->setup, visit, &adoption);
    if (adoption.error == NULL && tm_ledger_commit(ledger, &adoption.error)) {
        *adopted = adoption.adopted;
        return tm_ledger_load_accounts(ledger, error);
    }
    g_propagate_error(error, adoption.error);
    tm_ledger_rollback(ledger);
    return FALSE;
}
