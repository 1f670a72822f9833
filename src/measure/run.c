/* The ordered pass itself: accounts in the order of the ledger, then people without any use. */
#include "pass.h"

#include <string.h>

TmWeek tm_measure_settled_week(const struct TmSetup *setup, TmDay today)
{
    /* The Sunday of week w is its Monday + 6; it has settled when settle_days have passed. */
    return tm_week_of_day(today - (TmDay)setup->settings.settle_days - 6);
}

/* Person of each account; TM_PERSON_UNRESOLVED where nobody on the roster has it. */
static TmPersonIndex *people_of_accounts(const TmSetup *setup, TmLedger *ledger)
{
    guint32 accounts = tm_ledger_accounts(ledger);
    TmPersonIndex *people = g_new(TmPersonIndex, (gsize)accounts + 1);
    for (guint32 account = 0; account < accounts; account++)
        people[account] = TM_PERSON_UNRESOLVED;
    for (guint person = 0; person < setup->people->len; person++) {
        TmAccount account = tm_ledger_person_account(ledger, person);
        if (account < accounts)
            people[account] = person;
    }
    return people;
}

/* The rows of one account and week that have been read so far. */
typedef struct Gathered {
    TmPersonWeek rows[TM_ROWS_LIMIT];
    guint count;
} Gathered;

static void close_week(TmPass *pass, Gathered *gathered, TmUse *use)
{
    if (gathered->count == 0)
        return;
    guint index = (guint)(gathered->rows[0].week - pass->first);
    TmFacts facts;
    tm_facts_merge(&facts, gathered->rows, gathered->count, pass->frames[index].covered_by_source,
        (guint8)~pass->setup->settings.work_days & TM_ALL_DAYS);
    tm_use_add(pass, &use[index], &facts);
    pass->frames[index].stated |= use[index].total.present;
    tm_use_cover(&use[index], gathered->rows, gathered->count);
    gathered->count = 0;
}

static void close_account(TmPass *pass, TmPersonIndex person, TmUse *use, gboolean *done)
{
    if (person == TM_PERSON_UNRESOLVED) {
        tm_pass_stranger(pass, use);
    } else {
        tm_pass_person(pass, person, use);
        done[person] = TRUE;
    }
    memset(use, 0, pass->weeks * sizeof *use);
    g_array_set_size(pass->tool_uses, 0);
    g_array_set_size(pass->part_uses, 0);
}

static gboolean walk(TmPass *pass, TmLedgerScan *scan, const TmPersonIndex *people, TmUse *use,
    gboolean *done, GError **error)
{
    g_autofree Gathered *gathered = g_new(Gathered, 1);
    gathered->count = 0;
    TmAccount account = G_MAXUINT32;
    for (;;) {
        TmPersonWeek *row = &gathered->rows[gathered->count];
        gboolean more = tm_ledger_scan_next(scan, row);
        gboolean same_account = more && row->account == account;
        if (!same_account || row->week != gathered->rows[0].week) {
            TmPersonWeek *first = &gathered->rows[0];
            guint count = gathered->count;
            close_week(pass, gathered, use);
            if (!same_account && account != G_MAXUINT32)
                close_account(pass, people[account], use, done);
            if (more && count > 0)
                *first = *row;
        }
        if (!more)
            return tm_ledger_scan_end(scan, error);
        account = gathered->rows[0].account;
        if (gathered->count + 1 < TM_ROWS_LIMIT)
            gathered->count++;
    }
}

TmMeasured *tm_measure_run(const struct TmSetup *setup, struct TmLedger *ledger,
    const TmMeasureOptions *options, GError **error)
{
    g_autoptr(TmPass) pass = tm_pass_new(setup, ledger, options);
    g_autofree TmPersonIndex *people = people_of_accounts(setup, ledger);
    g_autofree TmUse *use = g_new0(TmUse, pass->weeks);
    g_autofree gboolean *done = g_new0(gboolean, (gsize)setup->people->len + 1);
    TmLedgerScan *scan =
        tm_ledger_scan(ledger, pass->first, pass->first + (TmWeek)pass->weeks - 1, error);
    if (scan == NULL || !walk(pass, scan, people, use, done, error))
        return NULL;
    for (guint person = 0; person < setup->people->len; person++)
        if (!done[person])
            tm_pass_person(pass, person, use);
    return tm_pass_finish(pass);
}
