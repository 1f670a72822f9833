/*
 * money_days: metered money of tools and of vendors' own totals, day by day, out of the ledger.
 */
#ifndef TM_COMMANDS_MONEY_DAYS_H
#define TM_COMMANDS_MONEY_DAYS_H

#include <tidemark/ledger.h>

typedef struct TmMoneyDays TmMoneyDays;

/* The last two years of the ledger. NULL with an error; without any data there are no days. */
TmMoneyDays *tm_money_days_read(TmLedger *ledger, const TmSetup *setup, GError **error);
void tm_money_days_free(TmMoneyDays *money);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmMoneyDays, tm_money_days_free)

/* First and last day with data of anything; the first is behind the last without any. */
TmDaySpan tm_money_days_span(const TmMoneyDays *money);

/* A sum over some days. */
typedef struct TmMoneySum {
    gint64 micros;
    guint days; /* that state an amount; 0: not measured */
    TmDay last; /* of these */
} TmMoneySum;

/* Of a tool, sources joined by precedence; of that, what accounts of nobody on the roster cost. */
TmMoneySum tm_money_of_tool(const TmMoneyDays *money, TmToolIndex tool, TmDaySpan days);
TmMoneySum tm_money_of_strangers(const TmMoneyDays *money, TmToolIndex tool, TmDaySpan days);

/* Of a source of the kind TM_TRAIT_APART: the vendor's own total. */
TmMoneySum tm_money_of_source(const TmMoneyDays *money, guint source, TmDaySpan days);

/* The days from the first to the last for which a source has data that may state metered cost. */
TmDaySpan tm_money_covered(const TmMoneyDays *money, TmToolIndex tool);

/* Working days among these on which the company has the tool and no such source has data. */
guint tm_money_missing_days(const TmMoneyDays *money, TmToolIndex tool, TmDaySpan days);

#endif
