/* subscriptions.csv: what was bought. */
#include "loading.h"
#include "row.h"

#define MOST_SEATS 10000000

enum { TOOL, PLAN, SEATS, PRICE, PERIOD, CURRENCY, FIRST, LAST, COST_CENTER, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [TOOL] = {"tool", "product", 1},
    [PLAN] = {"plan", NULL, 0},
    [SEATS] = {"seats", "quantity", 2},
    [PRICE] = {"price_per_seat", "price", 3},
    [PERIOD] = {"billing_period", "period", 0},
    [CURRENCY] = {"currency", NULL, 0},
    [FIRST] = {"start_date", NULL, 0},
    [LAST] = {"end_date", NULL, 0},
    [COST_CENTER] = {"cost_center", "cost_centre", 0},
};
static const char *const periods[] = {
    "month", "monthly", "year", "yearly", "annual", "annually", NULL};
#define FIRST_YEARLY 2

static void take_row(const TableRow *row, gpointer user)
{
    Loading *loading = user;
    g_autofree char *currency = NULL;
    const char *text;
    int period;
    TmContract contract = {0};
    if (!row_tool(loading, row, TOOL, FALSE, &contract.tool) || !row_text(row, SEATS, &text) ||
        !row_integer(row, SEATS, 0, MOST_SEATS, 0, &contract.seats) ||
        !row_text(row, PRICE, &text) || !row_money(row, PRICE, 0, &contract.price_per_seat) ||
        !row_choice(row, PERIOD, periods, 0, &period) || !row_currency(row, CURRENCY, &currency) ||
        !row_days(row, FIRST, LAST, &contract.first, &contract.last))
        return;
    contract.plan = row_plan(row, PLAN);
    contract.yearly = period >= FIRST_YEARLY;
    contract.currency =
        currency != NULL ? g_steal_pointer(&currency) : g_strdup(loading->setup->settings.currency);
    contract.cost_center = cell_dup(row, COST_CENTER);
    g_array_append_val(loading->setup->contracts, contract);
}

gboolean contracts_load(Loading *loading)
{
    static const TableFormat format = {
        "subscriptions.csv", columns, COLUMN_COUNT, "included_usage note", take_row};
    return table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint,
               loading) != TABLE_UNUSABLE;
}
