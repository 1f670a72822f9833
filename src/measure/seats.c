/* Seat money: see seats.h. */
#include "seats.h"

#include <string.h>

__extension__ typedef __int128 Wide;

/* A sum of amounts ÷ days, kept exact until it is rounded. */
typedef struct DailySum {
    Wide numerator;
    Wide denominator;
} DailySum;

static void daily_add(DailySum *sum, gint64 amount, int days)
{
    if (sum->denominator % days != 0) {
        sum->numerator *= days;
        sum->denominator *= days;
    }
    sum->numerator += (Wide)amount * (sum->denominator / days);
}

static gint64 daily_round(const DailySum *sum)
{
    Wide quotient = sum->numerator / sum->denominator;
    Wide twice = 2 * (sum->numerator % sum->denominator);
    if (twice > sum->denominator || (twice == sum->denominator && (quotient & 1)))
        quotient++;
    return (gint64)quotient;
}

static const TmContract *contract_at(const TmSetup *setup, guint index)
{
    return &g_array_index(setup->contracts, TmContract, index);
}

static const TmLicence *licence_at(const TmSetup *setup, guint index)
{
    return &g_array_index(setup->licences, TmLicence, index);
}

static gboolean in_force(TmDay first, TmDay last, TmDay day)
{
    return first <= day && day <= last;
}

/* Amounts in other currencies are never added or converted. */
static gboolean own_currency(const TmSetup *setup, const char *currency)
{
    return currency == NULL || g_ascii_strcasecmp(currency, setup->settings.currency) == 0;
}

static gboolean is_platform_fee(const TmContract *contract)
{
    return contract->plan != NULL && g_ascii_strcasecmp(contract->plan, "platform") == 0;
}

/* The contract that a licence falls under on a day: same tool and plan, else the tool's first. */
static const TmContract *contract_for(const TmSetup *setup, const TmLicence *licence, TmDay day)
{
    const TmContract *first = NULL;
    for (guint i = 0; i < setup->contracts->len; i++) {
        const TmContract *contract = contract_at(setup, i);
        if (contract->tool != licence->tool || is_platform_fee(contract) ||
            !in_force(contract->first, contract->last, day))
            continue;
        if (licence->plan != NULL && contract->plan != NULL &&
            g_ascii_strcasecmp(licence->plan, contract->plan) == 0)
            return contract;
        if (first == NULL)
            first = contract;
    }
    return first;
}

static int period_days(TmDay day, gboolean yearly)
{
    int year, month, day_of_month;
    tm_day_to_date(day, &year, &month, &day_of_month);
    return yearly ? tm_days_in_year(year) : tm_days_in_month(year, month);
}

gint64 tm_seats_licence_cost(const TmSetup *setup, const TmLicence *licence, TmDay monday)
{
    DailySum sum = {0, 1};
    for (TmDay day = monday; day < monday + 7; day++) {
        if (!in_force(licence->first, licence->last, day))
            continue;
        if (licence->monthly_price != TM_MONEY_NONE) {
            if (own_currency(setup, licence->currency))
                daily_add(&sum, licence->monthly_price * licence->seats, period_days(day, FALSE));
            continue;
        }
        const TmContract *contract = contract_for(setup, licence, day);
        if (contract != NULL && own_currency(setup, contract->currency))
            daily_add(&sum, contract->price_per_seat * licence->seats,
                period_days(day, contract->yearly));
    }
    return daily_round(&sum);
}

static gint64 held_under(const TmSetup *setup, const TmContract *contract, TmDay day)
{
    gint64 held = 0;
    for (guint i = 0; i < setup->licences->len; i++) {
        const TmLicence *licence = licence_at(setup, i);
        if (licence->tool == contract->tool && in_force(licence->first, licence->last, day) &&
            contract_for(setup, licence, day) == contract)
            held += licence->seats;
    }
    return held;
}

gint64 tm_seats_spare_cost(const TmSetup *setup, TmDay monday)
{
    gint64 cost = 0;
    for (guint i = 0; i < setup->contracts->len; i++) {
        const TmContract *contract = contract_at(setup, i);
        if (!own_currency(setup, contract->currency))
            continue;
        DailySum sum = {0, 1};
        for (TmDay day = monday; day < monday + 7; day++) {
            if (!in_force(contract->first, contract->last, day))
                continue;
            gint64 held = is_platform_fee(contract) ? 0 : held_under(setup, contract, day);
            daily_add(&sum, contract->price_per_seat * MAX(0, contract->seats - held),
                period_days(day, contract->yearly));
        }
        cost += daily_round(&sum);
    }
    return cost;
}

gint64 tm_seats_held(const TmSetup *setup, TmToolIndex tool, TmDay day)
{
    gint64 held = 0;
    for (guint i = 0; i < setup->licences->len; i++) {
        const TmLicence *licence = licence_at(setup, i);
        if (licence->tool == tool && in_force(licence->first, licence->last, day))
            held += licence->seats;
    }
    return held;
}

gint64 tm_seats_purchased(const TmSetup *setup, TmToolIndex tool, TmDay day)
{
    gint64 purchased = 0;
    gboolean any = FALSE;
    for (guint i = 0; i < setup->contracts->len; i++) {
        const TmContract *contract = contract_at(setup, i);
        if (contract->tool != tool || is_platform_fee(contract) ||
            !in_force(contract->first, contract->last, day))
            continue;
        purchased += contract->seats;
        any = TRUE;
    }
    gint64 held = tm_seats_held(setup, tool, day);
    return any ? purchased : held;
}

/* Seats and twelve times what they cost a month, over the contracts in our currency. */
typedef struct Contracted {
    gint64 seats;
    Wide yearly;
} Contracted;

static Contracted contracted(const TmSetup *setup, TmToolIndex tool, TmDay day)
{
    Contracted sum = {0};
    for (guint i = 0; i < setup->contracts->len; i++) {
        const TmContract *contract = contract_at(setup, i);
        if (contract->tool != tool || is_platform_fee(contract) ||
            !in_force(contract->first, contract->last, day) ||
            !own_currency(setup, contract->currency))
            continue;
        sum.seats += contract->seats;
        sum.yearly +=
            (Wide)contract->price_per_seat * contract->seats * (contract->yearly ? 1 : 12);
    }
    return sum;
}

gint64 tm_seats_month_price(const TmSetup *setup, TmToolIndex tool, TmDay day)
{
    Contracted sum = contracted(setup, tool, day);
    const DailySum price = {sum.yearly, (Wide)sum.seats * 12};
    return sum.seats <= 0 ? TM_MONEY_NONE : daily_round(&price);
}

gint64 tm_seats_month_cost(const TmSetup *setup, TmToolIndex tool, TmDay day)
{
    Contracted sum = contracted(setup, tool, day);
    const DailySum cost = {sum.yearly * tm_seats_purchased(setup, tool, day), (Wide)sum.seats * 12};
    return sum.seats <= 0 ? TM_MONEY_NONE : daily_round(&cost);
}
