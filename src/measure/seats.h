/*
 * seats: what seats cost, day by day, and how many there are.
 *
 * A day costs: holders at their own price, else the contract's, plus purchased seats that nobody
 * holds at the contract's price. A month's price is divided by the days of the month, a year's by
 * the days of the year; each spell (or contract) and week is rounded to micro-units once.
 */
#ifndef TM_MEASURE_SEATS_H
#define TM_MEASURE_SEATS_H

#include "roster.h"

/* Cost of one licence in the week that begins on `monday`, micro-units. */
gint64 tm_seats_licence_cost(const TmSetup *setup, const TmLicence *licence, TmDay monday);

/* Cost of the purchased seats that nobody holds, over all contracts, in one week. */
gint64 tm_seats_spare_cost(const TmSetup *setup, TmDay monday);

/* Seats of a tool on a day; platform fees are not seats. Without a contract purchased = held. */
gint64 tm_seats_held(const TmSetup *setup, TmToolIndex tool, TmDay day);
gint64 tm_seats_purchased(const TmSetup *setup, TmToolIndex tool, TmDay day);

/* Contract price of one seat and month (a year's ÷ 12), the mean over the seats of the contracts in
 * force; TM_MONEY_NONE without a contract. */
gint64 tm_seats_month_price(const TmSetup *setup, TmToolIndex tool, TmDay day);

/* What the purchased seats cost a month at that price, rounded once; TM_MONEY_NONE likewise. */
gint64 tm_seats_month_cost(const TmSetup *setup, TmToolIndex tool, TmDay day);

#endif
